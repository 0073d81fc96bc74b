/* Do the command's readers of archives (tools/stream.c, unpack.c, kind.c, mboxes.c) find in any file the messages that the
 * library finds in its bytes: as a stream and as a mapped file, whole and in parts, up to a stop, up to an error; and in
 * what was packed the messages that were packed? Is each message the bytes at its offset; is nothing opened for it, and no
 * more memory taken than a format's window? The input is a file. What the readers find is heard here, in the place of
 * tools/worker.c. Their room for a stream is small in this build, so that small inputs get out of it. */
#include "command.h"
#include "scan.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
#include <malloc.h>
#define HEAP_IN_USE (mallinfo2().uordblks + mallinfo2().hblkhd)
#else
#define HEAP_IN_USE 0
#endif

/* The address sanitizer's, where there is one. */
size_t allocated_bytes(void) __asm__("__sanitizer_get_current_allocated_bytes") __attribute__((weak));

/* ---- what is found -------------------------------------------------------------------------------------- */

/* Files are read in up to so many parts; of a body so many bytes are looked at, if the header leaves room. */
enum { MOST = 8192, PARTS = 4, BODY_READ = 4096 };

typedef struct found {
    uint64_t path;   /* a hash of it */
    uint64_t offset; /* of the message in its file */
    uint64_t bytes;  /* that it takes there */
    size_t len;
    uint64_t hash;
} found;

typedef struct record {
    size_t count;
    size_t most; /* after so many the reader is told to stop */
    unsigned troubles;
    unsigned no_mail;
    uint64_t words; /* a hash of all complaints */
    uint64_t told;  /* bytes beside those of the messages */
    found *all;     /* room for MOST */
} record;

static record *hearing;
static hoptls_msg origin; /* the file that offsets are of; null within archives */
static size_t heap_before;

static uint64_t hash_of(const void *bytes, size_t len)
{
    return choices_from(bytes, len).state;
}

static size_t heap(void)
{
    return allocated_bytes != NULL ? allocated_bytes() : HEAP_IN_USE;
}

/* xz and lzma may ask for a dictionary of 1 GiB, by libarchive's limit; 7-Zip for one of its own beside. */
static void check_heap(int packed)
{
    size_t limit = packed ? (size_t)5 << 29 : (size_t)1 << 20;
    size_t now = heap();
    MUST(now < heap_before || now - heap_before <= limit, "a reader's memory is bounded");
}

int worker_message(struct worker *worker, uint64_t offset, hoptls_msg msg, uint64_t bytes)
{
    record *r = hearing;
    MUST(!worker->stop, "who is told to stop finds no more");
    check_heap(origin.ptr == NULL);
    if (origin.ptr != NULL) {
        MUST(offset <= origin.len && msg.len <= origin.len - offset, "I3: a message lies in its file");
        MUST(msg.len == 0 || memcmp(msg.ptr, origin.ptr + offset, msg.len) == 0,
             "a message is the bytes at its offset");
    }
    if (r->count < MOST) {
        found f = {hash_of(worker->path, strlen(worker->path)), offset, bytes, msg.len,
                   hash_of(msg.ptr, msg.len)};
        r->all[r->count++] = f;
    }
    worker->stop = r->count >= r->most;
    return worker->stop ? -1 : 0;
}

void worker_tell_bytes(struct worker *worker, uint64_t bytes)
{
    (void)worker;
    hearing->told += bytes;
}

static void hear(const char *words, uint64_t more)
{
    hearing->words = (hearing->words ^ more ^ hash_of(words, strlen(words))) * 0x100000001B3u;
}

void scan_trouble(struct worker *worker, int64_t offset, const char *words)
{
    MUST(words == NULL || (words[0] != '\0' && strchr(words, '\n') == NULL), "trouble is told in one line");
    MUST(offset >= -1 && (origin.ptr == NULL || offset <= (int64_t)origin.len),
         "trouble has a place in the file");
    worker->scan->trouble = 1;
    hearing->troubles++;
    hear(words != NULL ? words : "cannot be read", (uint64_t)offset);
}

void scan_skip(struct worker *worker, const char *words)
{
    (void)worker;
    hear(words, 0);
}

void tally_add_file(struct tally *tally, unsigned column, uint64_t number)
{
    (void)tally;
    hearing->no_mail += column == FILE_NO_MAIL ? (unsigned)number : 0;
}

/* ---- readings ------------------------------------------------------------------------------------------- */

/* How a file is read. */
enum way { WAY_ANY, WAY_MESSAGE, WAY_EMLX, WAY_MBOX, WAY_QUOTED, WAYS };

/* A stream out of memory, which fails behind `whole` bytes if it has more. */
struct memory {
    hoptls_msg bytes;
    size_t at;
    size_t whole;
};

static size_t read_memory(struct stream *stream, uint8_t *bytes, size_t len)
{
    struct memory *m = stream->from;
    size_t n = m->whole - m->at < len ? m->whole - m->at : len;
    check_heap(1);
    if (n < len && m->whole < m->bytes.len) {
        stream->error = "a stream that breaks";
    }
    if (n > 0) {
        memcpy(bytes, m->bytes.ptr + m->at, n);
    }
    m->at += n;
    return n;
}

static struct scan the_scan;
static struct worker the_worker;
static struct tally *const no_tally = NULL;

static struct worker *worker_begin(record *r, hoptls_msg file, const char *path)
{
    static const struct scan_options options = {0};
    struct worker *worker = &the_worker;
    the_scan.options = &options;
    the_scan.trouble = 0;
    worker->scan = &the_scan;
    worker->tally = no_tally;
    worker->weight = 1;
    worker->stop = 0;
    worker->named = 0;
    (void)snprintf(worker->path, sizeof worker->path, "%s", path);
    hearing = r;
    origin = file;
    heap_before = heap();
    return worker;
}

static record record_open(void)
{
    record r = {0, SIZE_MAX, 0, 0, 0, 0, NULL};
    r.all = calloc(MOST, sizeof *r.all);
    if (r.all == NULL) {
        exit(99);
    }
    r.most = MOST;
    return r;
}

static void read_way(struct worker *worker, struct stream *stream, enum way way)
{
    switch (way) {
    case WAY_MESSAGE: stream_message(worker, stream); break;
    case WAY_EMLX: stream_emlx(worker, stream); break;
    case WAY_MBOX: stream_mbox(worker, stream, HOPTLS_MBOX_ANY); break;
    case WAY_QUOTED: stream_mbox(worker, stream, HOPTLS_MBOX_QUOTED); break;
    default: stream_any(worker, stream, KIND_AUTO, 0); break;
    }
}

static int is_packed_kind(hoptls_msg file)
{
    enum kind kind = kind_of(file.ptr, file.len < KIND_HEAD ? file.len : KIND_HEAD);
    return kind == KIND_ARCHIVE || kind == KIND_GZIP;
}

/* What is found in the first `whole` bytes of a stream, over a room that held `fill`. Behind them it breaks. */
static void read_stream(record *r, hoptls_msg file, enum way way, uint8_t fill, size_t whole,
                        const char *path)
{
    static const hoptls_msg nowhere = {NULL, 0};
    struct memory memory = {file, 0, whole};
    struct stream stream = {.read = read_memory, .from = &memory};
    struct worker *worker;
    unsigned troubles = r->troubles;
    uint8_t *room = malloc(ROOM); /* of just that size */
    if (room == NULL) {
        exit(99);
    }
    memset(room, fill, ROOM);
    worker = worker_begin(r, way == WAY_ANY && is_packed_kind(file) ? nowhere : file, path);
    worker->room = room;
    read_way(worker, &stream, way);
    MUST(way != WAY_ANY || worker->stop || r->troubles > troubles || memory.at == whole,
         "a stream is read to its end");
    MUST(strcmp(worker->path, path) == 0, "a path is as it was");
    MUST(r->troubles == troubles || the_scan.trouble, "trouble is remembered");
    free(room);
}

static int same_found(const found *a, const found *b)
{
    return a->path == b->path && a->offset == b->offset && a->len == b->len && a->hash == b->hash;
}

static void check_same(const record *a, const record *b, const char *what)
{
    MUST(a->count == b->count, what);
    for (size_t i = 0; i < a->count; i++) {
        MUST(same_found(&a->all[i], &b->all[i]) && a->all[i].bytes == b->all[i].bytes, what);
    }
}

/* ---- streams -------------------------------------------------------------------------------------------- */

/* The same with another memory, and with no descriptor to be had: whatever would open a file would fail, and be told. */
static void check_again(const record *r, hoptls_msg file, enum way way)
{
    record again = record_open();
    struct rlimit limit;
    struct rlimit none;
    size_t before;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        exit(99);
    }
    none = limit;
    none.rlim_cur = 0;
    before = heap();
    MUST(setrlimit(RLIMIT_NOFILE, &none) == 0, "a limit is lowered");
    read_stream(&again, file, way, 0xFF, file.len, "file");
    MUST(setrlimit(RLIMIT_NOFILE, &limit) == 0, "a limit is raised again");
    MUST(heap() <= before || HEAP_IN_USE != 0, "a reader leaves no memory behind");
    check_same(r, &again, "I6: the same file, the same messages; and none is opened for them");
    MUST(r->troubles == again.troubles && r->words == again.words && r->told == again.told &&
             r->no_mail == again.no_mail,
         "I6: the same file, the same complaints");
    free(again.all);
}

/* Told to stop behind some message, a reader has found those before it. */
static void check_stop(const record *r, hoptls_msg file, enum way way, choices *c)
{
    record part = record_open();
    if (r->count > 0 && r->count < MOST) {
        part.most = 1 + choose(c, (uint32_t)r->count);
        read_stream(&part, file, way, 0, file.len, "file");
        MUST(part.count == part.most, "a stop comes behind the message that it came with");
        for (size_t i = 0; i < part.count; i++) {
            MUST(same_found(&part.all[i], &r->all[i]), "a stop changes nothing before it");
        }
    }
    free(part.all);
}

/* A stream that breaks is trouble, unless all that was wanted came before. */
static void check_break(hoptls_msg file, enum way way, choices *c)
{
    record part = record_open();
    size_t whole = choose(c, (uint32_t)file.len);
    if (file.len > 0) {
        read_stream(&part, file, way, 0, whole, "file");
        MUST(part.troubles > 0 || (way != WAY_MBOX && way != WAY_QUOTED), "a stream that breaks is trouble");
    }
    free(part.all);
}

/* What a file unpacks to is read up to 128 rooms, or to a thousand times its size, however deep it is packed. */
static void check_size(const record *r, hoptls_msg file)
{
    uint64_t rooms = 128 * (uint64_t)ROOM;
    uint64_t most = 1001 * (uint64_t)file.len > rooms ? 1001 * (uint64_t)file.len : rooms;
    uint64_t bytes = r->told;
    for (size_t i = 0; i < r->count; i++) {
        bytes += r->all[i].bytes;
    }
    MUST(bytes <= most + ROOM, "what is read of a file is bounded by its size");
}

static void check_stream(hoptls_msg file, enum way way, choices *c)
{
    record r = record_open();
    read_stream(&r, file, way, 0x00, file.len, "file");
    check_size(&r, file);
    check_again(&r, file, way);
    check_stop(&r, file, way, c);
    check_break(file, way, c);
    free(r.all);
}

/* ---- one mbox, in all ways ------------------------------------------------------------------------------ */

static void plain_walk(record *r, hoptls_msg file, uint32_t quoting)
{
    size_t pos = kind_mark(file.ptr, file.len);
    size_t before = pos;
    hoptls_msg msg;
    while (r->count < MOST && hoptls_mbox_read(file, quoting, &pos, &msg) == HOPTLS_MORE) {
        found f = {hash_of("file", 4), (uint64_t)(msg.ptr - file.ptr), pos - before, msg.len,
                   hash_of(msg.ptr, msg.len)};
        r->all[r->count++] = f;
        before = pos;
    }
}

/* A stream shows its reader a part at a time. What decides of a separator must be in it: its line and the name behind. */
static int has_long_lines(hoptls_msg file)
{
    size_t line = 0;
    for (size_t i = 0; i < file.len; i++) {
        if (file.ptr[i] == '\n') {
            line = i + 1;
        } else if (i - line > ROOM / 32 / 3) {
            return 1;
        }
    }
    return 0;
}

/* Whether each message, and what it says of its length, is within what a stream's reader looks at. */
static int is_small(const record *r, hoptls_msg file, uint32_t quoting)
{
    for (size_t i = 0; i < r->count; i++) {
        hoptls_msg msg = {file.ptr + r->all[i].offset, r->all[i].len};
        size_t body;
        uint64_t length = 0;
        if (quoting == HOPTLS_MBOX_ANY) {
            hoptls_mbox_length(msg, &body, &length);
        }
        if (msg.len > ROOM / 2 || length > ROOM / 4) {
            return 0;
        }
    }
    return 1;
}

/* Whether each message that states its length has just that. */
static int lengths_hold(const record *r, hoptls_msg file)
{
    int hold = 1;
    for (size_t i = 0; i < r->count; i++) {
        hoptls_msg msg = {file.ptr + r->all[i].offset, r->all[i].len};
        size_t body;
        uint64_t length;
        hold &= hoptls_mbox_length(msg, &body, &length) != HOPTLS_MORE || length == msg.len - body;
    }
    return hold;
}

/* Of a long message as much as there is room for; else the same. */
static void check_streamed(const record *plain, hoptls_msg file, enum way way)
{
    record r = record_open();
    uint32_t quoting = way == WAY_QUOTED ? HOPTLS_MBOX_QUOTED : HOPTLS_MBOX_ANY;
    int small = is_small(plain, file, quoting);
    read_stream(&r, file, way, 0, file.len, "file");
    if (small && !has_long_lines(file)) {
        check_same(&r, plain, "the messages of a stream are those of the file");
    } else if (!has_long_lines(file) && (quoting == HOPTLS_MBOX_QUOTED || lengths_hold(plain, file))) {
        MUST(r.count == plain->count, "a stream has as many messages as the file");
        for (size_t i = 0; i < r.count; i++) {
            MUST(r.all[i].offset == plain->all[i].offset,
                 "the messages of a stream stand where they do in the file");
            MUST(r.all[i].len == plain->all[i].len ||
                     (plain->all[i].len > ROOM / 2 && r.all[i].len > ROOM / 4),
                 "of a long message there is as much as there is room for");
        }
    }
    free(r.all);
}

static void check_mapped(const record *plain, hoptls_msg file, int fd, uint32_t quoting)
{
    record r = record_open();
    struct worker *worker = worker_begin(&r, file, "file");
    MUST(mboxes_file(worker, fd, file.len, quoting) == 0, "a file is mapped");
    check_same(&r, plain, "the messages of a mapped file are those of its bytes");
    free(r.all);
}

/* As tools/pool.c does with several threads: each part begins where its first message seems to; where the part before
 * ended elsewhere, it is read again from there. */
static void read_part(record *r, hoptls_msg file, struct piece *piece, uint64_t next)
{
    record guessed = record_open();
    record again = record_open();
    const record *right = &guessed;
    mboxes_part(worker_begin(&guessed, file, "file"), piece, UINT64_MAX);
    if (piece->first != next) {
        mboxes_part(worker_begin(&again, file, "file"), piece, guessed.count);
        check_same(&guessed, &again, "what is taken back is what was counted");
        again.count = 0;
        piece->first = next;
        mboxes_part(worker_begin(&again, file, "file"), piece, UINT64_MAX);
        right = &again;
    }
    for (size_t i = 0; i < right->count && r->count < MOST; i++) {
        r->all[r->count++] = right->all[i];
    }
    free(guessed.all);
    free(again.all);
}

static void check_parts(const record *plain, hoptls_msg file, int fd, uint32_t quoting, choices *c)
{
    record r = record_open();
    struct big *big = calloc(1, sizeof *big + sizeof "file");
    uint64_t from = 0;
    uint64_t next = 0;
    if (big == NULL) {
        exit(99);
    }
    big->fd = fd;
    big->size = file.len;
    big->quoting = quoting;
    memcpy(big->path, "file", sizeof "file");
    for (unsigned part = 0; part < PARTS && from < file.len; part++) {
        struct piece piece;
        memset(&piece, 0, sizeof piece);
        piece.big = big;
        piece.to = part + 1 < PARTS ? from + 1 + choose(c, (uint32_t)(file.len - from)) : file.len;
        piece.first = part == 0 ? 0 : mboxes_guess(big, from);
        MUST(piece.first >= from && piece.first <= file.len, "a guess is behind where it began");
        read_part(&r, file, &piece, next);
        next = piece.next;
        from = piece.to;
    }
    check_same(&r, plain, "the messages of an mbox in parts are those of the whole");
    free(big);
    free(r.all);
}

static void check_mbox(hoptls_msg file, enum way way, choices *c)
{
    uint32_t quoting = way == WAY_QUOTED ? HOPTLS_MBOX_QUOTED : HOPTLS_MBOX_ANY;
    record plain = record_open();
    plain_walk(&plain, file, quoting);
    if (plain.count < MOST && file.len > 0) {
        int fd = open(file_with(0, file.ptr, file.len), O_RDONLY | O_CLOEXEC);
        MUST(fd >= 0, "a file");
        check_streamed(&plain, file, way);
        check_mapped(&plain, file, fd, quoting);
        check_parts(&plain, file, fd, quoting, c);
        close(fd);
    }
    free(plain.all);
}

/* ---- one message ---------------------------------------------------------------------------------------- */

/* A file of Apple's is a number, a line end, so many bytes. */
static void check_emlx(hoptls_msg file)
{
    record r = record_open();
    uint64_t length;
    size_t head = file.len < KIND_HEAD ? file.len : KIND_HEAD;
    size_t mark = kind_mark(file.ptr, file.len);
    size_t start = kind_emlx(file.ptr + mark, head - mark, &length);
    read_stream(&r, file, WAY_EMLX, 0, file.len, "file");
    MUST(start > 0 || r.count == 0 || file.len > head, "what is no .emlx has no message");
    if (start > 0) {
        const char *number = (const char *)file.ptr + mark;
        size_t rest = file.len - mark - start;
        start += mark;
        MUST(file.ptr[start - 1] == '\n' && strtoull(number, NULL, 10) == length,
             "an .emlx begins with a number and a line end");
        MUST(r.count == 1 && r.all[0].offset == start && r.all[0].len <= length && r.all[0].len <= rest,
             "an .emlx is one message, of the length that it states");
        MUST(r.all[0].len == (rest < length ? rest : length) || r.all[0].len >= BODY_READ,
             "an .emlx is one message, of the length that it states");
    }
    free(r.all);
}

/* A file of a Maildir is one message, whatever is in it. A separator in front of it takes some of the reader's room. */
static void check_message(hoptls_msg file)
{
    record r = record_open();
    read_stream(&r, file, WAY_MESSAGE, 0, file.len, "file");
    MUST(r.count == 1, "a file of a Maildir is one message");
    MUST(r.all[0].offset + r.all[0].len == file.len || r.all[0].len >= BODY_READ ||
             r.all[0].offset + r.all[0].len == ROOM,
         "a message is all of its file, or its header and what is looked at of its body");
    free(r.all);
}

/* ---- what was packed ------------------------------------------------------------------------------------ */

enum { PACKED_ROOM = 1 << 18, MEMBERS = 4 };

typedef int setter(struct archive *);

static setter *const formats[] = {archive_write_set_format_pax,    archive_write_set_format_ustar,
                                  archive_write_set_format_gnutar, archive_write_set_format_cpio_newc,
                                  archive_write_set_format_zip,    archive_write_set_format_pax_restricted};
static setter *const filters[] = {archive_write_add_filter_none,  archive_write_add_filter_gzip,
                                  archive_write_add_filter_bzip2, archive_write_add_filter_compress,
                                  archive_write_add_filter_zstd,  archive_write_add_filter_lz4};

static void put_member(struct archive *a, const char *name, hoptls_msg bytes)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)bytes.len);
    MUST(archive_write_header(a, entry) == ARCHIVE_OK, "a member is packed");
    MUST(archive_write_data(a, bytes.ptr, bytes.len) == (la_ssize_t)bytes.len, "a member is packed");
    archive_entry_free(entry);
}

/* Members are parts of the input; `format` null: one that is only compressed. Names lead out of the folder, which is
 * nothing to who opens none. */
static const char *const names[MEMBERS] = {"cur/1:2,S", "../../b", "/tmp/c", "d.mbox"};

static hoptls_msg packed(const hoptls_msg *members, unsigned count, setter *format, setter *filter)
{
    struct archive *a = archive_write_new();
    uint8_t *bytes = malloc(PACKED_ROOM);
    size_t used = 0;
    hoptls_msg out;
    if (a == NULL || bytes == NULL || format(a) != ARCHIVE_OK || filter(a) != ARCHIVE_OK ||
        archive_write_open_memory(a, bytes, PACKED_ROOM, &used) != ARCHIVE_OK) {
        exit(99);
    }
    for (unsigned i = 0; i < count; i++) {
        put_member(a, names[i], members[i]);
    }
    MUST(archive_write_close(a) == ARCHIVE_OK, "an archive is packed");
    archive_write_free(a);
    out = exact_copy(bytes, used);
    free(bytes);
    return out;
}

/* Readings of the members, one behind the other: what the archive ought to give. */
static void read_members(record *r, const hoptls_msg *members, unsigned count, int named)
{
    for (unsigned i = 0; i < count; i++) {
        enum way way = named && i == 0 ? WAY_MESSAGE : WAY_ANY; /* of a Maildir */
        char path[64];
        (void)snprintf(path, sizeof path, "file%s%s", named ? "//" : "", named ? names[i] : "");
        read_stream(r, members[i], way, 0, members[i].len, path);
    }
}

static void check_packed(hoptls_msg file, choices *c)
{
    hoptls_msg members[MEMBERS] = {{NULL, 0}};
    hoptls_msg archive;
    record plain = record_open();
    record r = record_open();
    size_t at = 0;
    unsigned count = 1 + choose(c, MEMBERS);
    setter *format = formats[choose(c, sizeof formats / sizeof formats[0])];
    setter *filter = filters[choose(c, sizeof filters / sizeof filters[0])];
    for (unsigned i = 0; i < count; i++) {
        size_t len = i + 1 < count ? choose(c, (uint32_t)(file.len - at) + 1) : file.len - at;
        members[i] = exact_copy(file.ptr + at, len);
        at += len;
    }
    archive = packed(members, count, format, filter);
    read_members(&plain, members, count, 1);
    read_stream(&r, archive, WAY_ANY, 0, archive.len, "file");
    if (plain.count < MOST && plain.troubles == 0) {
        check_same(&r, &plain, "the messages of an archive are those that were packed");
        MUST(r.troubles == 0 && r.no_mail == plain.no_mail,
             "an archive that was packed is read without trouble");
    }
    exact_free(archive);
    for (unsigned i = 0; i < count; i++) {
        exact_free(members[i]);
    }
    free(plain.all);
    free(r.all);
}

/* A file that is compressed and not packed gives what it holds, under its own name. */
static void check_compressed(hoptls_msg file, choices *c)
{
    record plain = record_open();
    record r = record_open();
    setter *filter = filters[1 + choose(c, sizeof filters / sizeof filters[0] - 1)];
    hoptls_msg archive = packed(&file, 1, archive_write_set_format_raw, filter);
    read_members(&plain, &file, 1, 0);
    read_stream(&r, archive, WAY_ANY, 0, archive.len, "file");
    if (plain.count < MOST && plain.troubles == 0) {
        check_same(&r, &plain, "the messages of a compressed file are those of the file");
    }
    exact_free(archive);
    free(plain.all);
    free(r.all);
}

/* ---- the whole ------------------------------------------------------------------------------------------ */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hoptls_msg file = exact_copy(data, size);
    choices c = choices_from(data, size);
    for (unsigned way = 0; way < WAYS; way++) {
        check_stream(file, (enum way)way, &c);
    }
    check_mbox(file, WAY_MBOX, &c);
    check_mbox(file, WAY_QUOTED, &c);
    check_emlx(file);
    check_message(file);
    check_packed(file, &c);
    if (size > 0) { /* not all of libarchive's compressors take nothing */
        check_compressed(file, &c);
    }
    exact_free(file);
    return 0;
}
