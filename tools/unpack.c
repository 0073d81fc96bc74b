/* Packed and compressed files, whatever is packed in them again, with libarchive: bytes come one after the other, so that no
 * file takes more memory than its format's own window, and nothing is written anywhere. */
#include "scan.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Containers in containers; and bytes that a file may unpack to, a thousand times its own, before it is taken for a bomb.
 * No mail packs so well; what is small may. */
enum { DEPTH_MOST = 8, RATIO_MOST = 1000, PIECE = 64 << 10 };
static const uint64_t small = UINT64_C(128) * ROOM;

static const char bomb[] = "unpacks to over a thousand times its size; the rest was not read";
static const char too_deep[] = "packed more than eight times; skipped";

struct pack {
    struct worker *worker;
    struct pack *outermost; /* the file itself, which all that is unpacked out of it is counted against */
    struct stream *packed;
    struct archive *archive;
    uint64_t in, out; /* bytes so far; of the outermost, those out of containers in it too */
    int bombed;
    uint8_t piece[PIECE];
};

/* ---- What libarchive asks for ---- */

static la_ssize_t give_bytes(struct archive *archive, void *of, const void **bytes)
{
    struct pack *pack = of;
    long n = stream_read(pack->packed, pack->piece, sizeof pack->piece);
    if (n < 0) {
        archive_set_error(archive, EIO, "%s", pack->packed->error);
        return -1;
    }
    *bytes = pack->piece;
    pack->in += (uint64_t)n;
    return n;
}

/* ---- A member ---- */

static void count_out(struct pack *pack, uint64_t more)
{
    pack->out += more;
    pack->bombed |= pack->out > small && pack->out / RATIO_MOST > pack->in;
}

/* A small file may hold others that each unpack to much, and others that hold those. */
static int is_bomb(struct pack *pack, uint64_t more)
{
    count_out(pack, more);
    if (pack->outermost != pack) {
        count_out(pack->outermost, more);
    }
    return pack->bombed || pack->outermost->bombed;
}

/* What libarchive found wrong, if it says so in one line. */
static const char *reason(struct pack *pack)
{
    const char *words = archive_error_string(pack->archive);
    return words != NULL && words[0] != '\0' && strchr(words, '\n') == NULL ? words : "cannot be unpacked";
}

/* A stream's read. */
static long read_member(struct stream *stream, uint8_t *bytes, size_t len)
{
    struct pack *pack = stream->from;
    size_t done = 0;
    la_ssize_t n = 1;
    while (done < len && n > 0) {
        n = archive_read_data(pack->archive, bytes + done, len - done);
        if (n < 0) {
            stream->error = reason(pack);
            return -1;
        }
        done += (size_t)n;
        if (is_bomb(pack, (uint64_t)n)) {
            stream->error = bomb;
            return -1;
        }
    }
    return (long)done;
}

/* A single compressed file has no members with names; the name of what is in it is then the file's. */
static void add_member_name(struct worker *worker, struct archive_entry *entry, int is_raw)
{
    const char *name = archive_entry_pathname(entry);
    size_t len = strlen(worker->path);
    size_t more = name != NULL && !is_raw ? strlen(name) : 0;
    if (more == 0) {
        return;
    }
    if (len + 2 + more >= sizeof worker->path) {
        more = sizeof worker->path - len - 3;
    }
    memcpy(worker->path + len, "//", 2);
    memcpy(worker->path + len + 2, name, more);
    worker->path[len + 2 + more] = '\0';
}

static void read_entry(struct pack *pack, struct archive_entry *entry, unsigned depth)
{
    struct worker *worker = pack->worker;
    struct stream member = {.read = read_member, .from = pack};
    size_t len = strlen(worker->path);
    int is_raw = archive_format(pack->archive) == ARCHIVE_FORMAT_RAW;
    if (!is_raw && archive_entry_filetype(entry) != AE_IFREG) {
        return;
    }
    add_member_name(worker, entry, is_raw);
    stream_any(worker, &member, KIND_AUTO, depth + 1);
    worker->path[len] = '\0';
}

static void read_entries(struct pack *pack, unsigned depth)
{
    struct archive_entry *entry;
    int status = ARCHIVE_OK;
    while (!pack->worker->stop && !is_bomb(pack, 0)) {
        status = archive_read_next_header(pack->archive, &entry);
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
            break;
        }
        read_entry(pack, entry, depth);
    }
    if (status == ARCHIVE_FATAL || status == ARCHIVE_FAILED) {
        scan_trouble(pack->worker, -1, reason(pack));
    }
}

/* ---- The whole ---- */

static void choose_formats(struct archive *archive)
{
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_lzma(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_lz4(archive);
    archive_read_support_filter_lzip(archive);
    archive_read_support_filter_compress(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip_streamable(archive);
    archive_read_support_format_cpio(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_raw(archive);
}

static void read_pack(struct pack *pack, unsigned depth)
{
    choose_formats(pack->archive);
    if (archive_read_open(pack->archive, pack, NULL, give_bytes, NULL) != ARCHIVE_OK) {
        scan_trouble(pack->worker, -1, reason(pack));
        return;
    }
    read_entries(pack, depth);
}

void unpack(struct worker *worker, struct stream *stream, unsigned depth)
{
    struct pack *pack = depth < DEPTH_MOST ? calloc(1, sizeof *pack) : NULL;
    if (pack == NULL) {
        scan_trouble(worker, -1, depth < DEPTH_MOST ? strerror(ENOMEM) : too_deep);
        return;
    }
    pack->worker = worker;
    pack->outermost = stream->read == read_member ? ((struct pack *)stream->from)->outermost : pack;
    pack->packed = stream;
    pack->archive = archive_read_new();
    if (pack->archive == NULL) {
        scan_trouble(worker, -1, strerror(ENOMEM));
    } else {
        read_pack(pack, depth);
        archive_read_free(pack->archive);
    }
    free(pack);
}
