/* gzip (RFC 1952), with zlib: unlike libarchive it compares each member's check sum and length with what came out, without which
 * a damaged file gives other mail than was packed, and nobody is told. */
#include "scan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { PIECE = 64 << 10, AS_GZIP = 16 + MAX_WBITS };

static const char cut_short[] = "a gzip that is cut short; what came before was read";
static const char more_behind[] = "behind the end of the gzip stands what is none; that was not read";

struct gunzip {
    struct meter meter;
    struct stream *packed;
    z_stream zip;
    int in_member; /* 0: between two, or behind the last */
    int ended;
    char words[128]; /* what is wrong */
    uint8_t piece[PIECE];
};

/* What of the packed bytes is next, if none are there. */
static void feed(struct gunzip *g)
{
    if (g->zip.avail_in == 0) {
        size_t n = stream_read(g->packed, g->piece, sizeof g->piece);
        g->zip.next_in = g->piece;
        g->zip.avail_in = (uInt)n;
        g->meter.in += n;
    }
}

static const char *damage(struct gunzip *g)
{
    (void)snprintf(g->words, sizeof g->words, "a damaged gzip (%s): what was read of it may be wrong",
                   g->zip.msg != NULL ? g->zip.msg : "no reason given");
    return g->words;
}

/* Members stand one behind the other, and may be filled up with zeros. Returns what is wrong, or null. */
static const char *begin_member(struct gunzip *g)
{
    while (g->zip.avail_in > 0 && g->zip.next_in[0] == 0) {
        g->zip.next_in++;
        g->zip.avail_in--;
        feed(g);
    }
    if (g->zip.avail_in == 0) {
        g->ended = 1;
        return NULL;
    }
    g->in_member = 1;
    return g->zip.next_in[0] != 0x1F || inflateReset(&g->zip) != Z_OK ? more_behind : NULL;
}

static const char *inflate_some(struct gunzip *g)
{
    int status;
    if (g->zip.avail_in == 0) {
        return cut_short;
    }
    status = inflate(&g->zip, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
        g->in_member = 0;
        return NULL;
    }
    return status == Z_OK || status == Z_BUF_ERROR ? NULL : damage(g);
}

/* A stream's read. */
static size_t read_gzip(struct stream *stream, uint8_t *bytes, size_t len)
{
    struct gunzip *g = stream->from;
    size_t done = 0;
    if (meter_stops(&g->meter, stream)) {
        return 0;
    }
    while (done < len && !g->ended && stream->error == NULL) {
        size_t room = len - done < PIECE ? len - done : PIECE;
        g->zip.next_out = bytes + done;
        g->zip.avail_out = (uInt)room;
        feed(g);
        if (g->zip.avail_in == 0 && g->packed->error != NULL) {
            stream->error = stream_error(g->packed);
        } else {
            stream->error = g->in_member ? inflate_some(g) : begin_member(g);
        }
        room -= g->zip.avail_out;
        done += room;
        if (meter_runs_over(&g->meter, room)) {
            stream->error = meter_words;
        }
    }
    return done;
}

void gunzip(struct worker *worker, struct stream *stream, enum kind format, unsigned depth)
{
    struct gunzip *g = calloc(1, sizeof *g);
    struct stream inside = {.read = read_gzip, .from = g};
    if (g == NULL || inflateInit2(&g->zip, AS_GZIP) != Z_OK) {
        scan_trouble(worker, -1, strerror(ENOMEM));
        free(g);
        return;
    }
    meter_begin(&g->meter, stream);
    g->packed = stream;
    g->in_member = 1;
    inside.meter = &g->meter;
    stream_any(worker, &inside, format, depth + 1);
    inflateEnd(&g->zip);
    free(g);
}
