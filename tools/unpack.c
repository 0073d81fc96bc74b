/* Packed and compressed files but gzip, whatever is packed in them again, with libarchive: bytes come one after the other, so that no
 * file takes more memory than its format's own window, and nothing is written anywhere. */
#include "scan.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that a file may unpack to, a thousand times its own, before it is taken for a bomb. No mail packs so well; what is
 * small may. */
enum { RATIO_MOST = 1000, PIECE = 64 << 10 };
static const uint64_t small = UINT64_C(128) * ROOM;

const char meter_words[] = "unpacks to over a thousand times its size; the rest was not read";
static const char too_deep[] = "packed more than eight times; skipped";
static const char not_packed[] = "begins like a packed file, but is damaged or none; skipped";

struct pack {
    struct meter meter;
    struct worker *worker;
    struct stream *packed;
    struct archive *archive;
    enum kind format; /* of what is in it */
    int is_known;     /* 1: its first bytes are those of a format */
    int broken;       /* 1: it was told that nothing more can be read */
    uint8_t piece[PIECE];
};

/* ---- How much comes out ---- */

void meter_begin(struct meter *meter, const struct stream *packed)
{
    meter->outermost = packed->meter != NULL ? packed->meter->outermost : meter;
}

static uint64_t growth(const struct meter *meter)
{
    return meter->out > meter->in ? meter->out - meter->in : 0;
}

static void count_out(struct meter *meter, uint64_t more)
{
    meter->out += more;
    meter->over |= meter->out > small && meter->out / RATIO_MOST > meter->in;
}

/* A small file may hold others that each unpack to much, and others that hold those: all that they add is the file's. */
int meter_runs_over(struct meter *meter, uint64_t more)
{
    uint64_t before = growth(meter);
    count_out(meter, more);
    if (meter->outermost != meter) {
        count_out(meter->outermost, growth(meter) - before);
    }
    return meter->over || meter->outermost->over;
}

int meter_stops(struct meter *meter, struct stream *stream)
{
    int stops = meter_runs_over(meter, 0);
    if (stops && stream->error == NULL) {
        stream->error = meter_words;
        stream->told = 1;
    }
    return stops;
}

/* ---- What libarchive asks for ---- */

static la_ssize_t give_bytes(struct archive *archive, void *of, const void **bytes)
{
    struct pack *pack = of;
    size_t n = stream_read(pack->packed, pack->piece, sizeof pack->piece);
    if (n == 0 && pack->packed->error != NULL) {
        archive_set_error(archive, EIO, "%s", stream_error(pack->packed));
        return -1;
    }
    *bytes = pack->piece;
    pack->meter.in += n;
    return (la_ssize_t)n;
}

/* ---- A member ---- */

/* What libarchive found wrong, if it says so in one line. */
static const char *reason(struct pack *pack)
{
    const char *words = archive_error_string(pack->archive);
    return words != NULL && words[0] != '\0' && strchr(words, '\n') == NULL ? words : "cannot be unpacked";
}

/* A stream's read. */
static size_t read_member(struct stream *stream, uint8_t *bytes, size_t len)
{
    struct pack *pack = stream->from;
    size_t done = 0;
    la_ssize_t n = meter_stops(&pack->meter, stream) ? 0 : 1;
    while (done < len && n > 0) {
        n = archive_read_data(pack->archive, bytes + done, len - done);
        if (n < 0) {
            stream->error = reason(pack);
            pack->broken |= n == ARCHIVE_FATAL;
            return done;
        }
        done += (size_t)n;
        if (meter_runs_over(&pack->meter, (uint64_t)n)) {
            stream->error = meter_words;
            break;
        }
    }
    return done;
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

/* ---- A Maildir that was packed ---- */

/* Whether the folder that a member lies in has this name. */
static int lies_in(const char *name, const char *folder)
{
    const char *slash = strrchr(name, '/');
    size_t len = strlen(folder);
    return slash != NULL && (size_t)(slash - name) >= len && memcmp(slash - len, folder, len) == 0 &&
           (slash - name == (ptrdiff_t)len || slash[-(ptrdiff_t)len - 1] == '/');
}

/* Nobody can look whether such a folder stands in a Maildir, since it may not have come yet. But files of one have names of
 * their own: a number and a dot (of seconds since 1970), or flags behind a colon. */
static int is_of_maildir(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *last = slash != NULL ? slash + 1 : name;
    size_t digits = strspn(last, "0123456789");
    return (digits > 0 && (last[digits] == '.' || last[digits] == '_')) || strstr(last, ":2,") != NULL;
}

static void read_file(struct pack *pack, struct stream *member, const char *name, unsigned depth)
{
    int maildir = pack->format == KIND_AUTO && name != NULL && is_of_maildir(name);
    if (maildir && lies_in(name, "tmp")) {
        scan_skip(pack->worker, "in a folder `tmp`, as what a Maildir has not delivered; skipped");
        tally_add_file(pack->worker->tally, FILE_SKIPPED, 1);
    } else if (maildir && (lies_in(name, "cur") || lies_in(name, "new"))) {
        stream_message(pack->worker, member);
        stream_end(pack->worker, member);
    } else {
        stream_any(pack->worker, member, pack->format, depth);
    }
}

static void read_entry(struct pack *pack, struct archive_entry *entry, unsigned depth)
{
    struct worker *worker = pack->worker;
    struct stream member = {.read = read_member, .from = pack, .meter = &pack->meter};
    size_t len = strlen(worker->path);
    int is_raw = archive_format(pack->archive) == ARCHIVE_FORMAT_RAW;
    if (!is_raw && archive_entry_filetype(entry) != AE_IFREG) {
        return;
    }
    add_member_name(worker, entry, is_raw);
    read_file(pack, &member, is_raw ? NULL : archive_entry_pathname(entry), depth);
    worker->path[len] = '\0';
}

/* Compressions one in the other are libarchive's to take off. */
static unsigned layers(struct archive *archive)
{
    int compressions = archive_filter_count(archive) - 1;
    int containers = archive_format(archive) != ARCHIVE_FORMAT_RAW ? 1 : 0;
    return (unsigned)((compressions > 0 ? compressions : 0) + containers);
}

/* Why nothing in it is read, or null. */
static const char *why_unread(const struct pack *pack, unsigned depth)
{
    unsigned count = layers(pack->archive);
    if (count == 0 && pack->is_known) {
        return not_packed;
    }
    return depth + count > DEPTH_PACKED ? too_deep : NULL;
}

static void read_entries(struct pack *pack, unsigned depth)
{
    struct archive_entry *entry;
    const char *words = NULL;
    int status = ARCHIVE_OK;
    while (words == NULL && !pack->worker->stop && !meter_runs_over(&pack->meter, 0)) {
        status = archive_read_next_header(pack->archive, &entry);
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
            break;
        }
        words = why_unread(pack, depth);
        if (words == NULL) {
            read_entry(pack, entry, depth + (layers(pack->archive) > 0 ? layers(pack->archive) : 1));
        }
    }
    if (words != NULL) {
        scan_trouble(pack->worker, -1, words);
    } else if ((status == ARCHIVE_FATAL || status == ARCHIVE_FAILED) && !pack->broken) {
        scan_trouble(pack->worker, -1, reason(pack));
    }
}

/* ---- The whole ---- */

/* What is compressed with gzip in one of these comes out as it is, and is gunzip.c's. */
static void choose_formats(struct archive *archive)
{
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

static void unpack_known(struct worker *worker, struct stream *stream, enum kind format, unsigned depth)
{
    struct pack *pack = calloc(1, sizeof *pack);
    if (pack == NULL) {
        scan_trouble(worker, -1, strerror(ENOMEM));
        return;
    }
    meter_begin(&pack->meter, stream);
    pack->worker = worker;
    pack->packed = stream;
    pack->format = format;
    pack->is_known = kind_of(stream->head, stream->head_len) == KIND_ARCHIVE;
    pack->archive = archive_read_new();
    if (pack->archive == NULL) {
        scan_trouble(worker, -1, strerror(ENOMEM));
    } else {
        read_pack(pack, depth);
        archive_read_free(pack->archive);
    }
    free(pack);
}

void unpack(struct worker *worker, struct stream *stream, enum kind kind, enum kind format, unsigned depth)
{
    if (depth == DEPTH_PACKED) {
        scan_trouble(worker, -1, too_deep);
    } else if (kind == KIND_GZIP) {
        gunzip(worker, stream, format, depth);
    } else {
        unpack_known(worker, stream, format, depth);
    }
}
