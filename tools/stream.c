/* Messages out of bytes that come one after the other: pipes, and what was unpacked. No more of them is kept than has room;
 * what is decided here is what would be decided of the same bytes in a file, but where a message is longer than the
 * room and its length must be believed before it is known where it leads. */
#include "outlook.h"
#include "scan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* Near the end of what was read so far a separator may lack its line, or the header behind it. */
enum {
    MARGIN = ROOM / 32,
    BODY_LEAST = 4096,
    FIRST_READ = ROOM / 128,
    HEAD = FIRST_READ > KIND_HEAD ? FIRST_READ : KIND_HEAD
};

size_t stream_read(struct stream *stream, uint8_t *bytes, size_t len)
{
    size_t head = stream->head_len < len ? stream->head_len : len;
    size_t more = 0;
    if (head > 0) {
        memcpy(bytes, stream->head, head);
        stream->head += head;
        stream->head_len -= head;
    }
    if (head < len && !stream->ended) {
        more = stream->read(stream, bytes + head, len - head);
        stream->ended = more < len - head;
    }
    return head + more;
}

const char *stream_error(struct stream *stream)
{
    stream->told = 1;
    return stream->error;
}

static void tell_error(struct worker *worker, struct stream *stream, int64_t offset)
{
    if (stream->error != NULL && !stream->told) {
        scan_trouble(worker, offset, stream_error(stream));
    }
}

/* ---- What was read and is not yet done with ---- */

struct room {
    struct worker *worker;
    struct stream *stream;
    uint8_t *bytes;
    size_t at;     /* the first byte that counts */
    size_t end;    /* behind the last that was read */
    uint64_t base; /* where bytes[0] stands in the stream */
    int ended;     /* 1: there is nothing more to be read */
};

static struct room room_open(struct worker *worker, struct stream *stream)
{
    struct room room = {worker, stream, worker->room, 0, 0, 0, 0};
    return room;
}

static hoptls_msg rest(const struct room *room)
{
    hoptls_msg msg = {room->bytes + room->at, room->end - room->at};
    return msg;
}

/* Read so many bytes more, or as many as there is room for. */
static void fill(struct room *room, size_t more)
{
    size_t n;
    if (room->at > 0 && ROOM - room->end < more) {
        memmove(room->bytes, room->bytes + room->at, room->end - room->at);
        room->base += room->at;
        room->end -= room->at;
        room->at = 0;
    }
    more = more < ROOM - room->end ? more : ROOM - room->end;
    n = more > 0 && !room->ended ? stream_read(room->stream, room->bytes + room->end, more) : 0;
    room->end += n;
    room->ended |= n < more;
    if (room->ended) {
        tell_error(room->worker, room->stream, (int64_t)(room->base + room->end));
    }
}

static int is_full(const struct room *room)
{
    return room->at == 0 && room->end == ROOM;
}

static void skip_mark(struct room *room)
{
    room->at += kind_mark(room->bytes + room->at, room->end - room->at);
}

/* ---- A message alone ---- */

/* Whether the header ends in `msg`, with enough of the body behind it to tell what it is: at an empty line, if not
 * before. */
static int is_enough(hoptls_msg msg)
{
    const uint8_t *last = msg.ptr + (msg.len > BODY_LEAST ? msg.len - BODY_LEAST : 0);
    const uint8_t *line = msg.ptr;
    while (line != NULL && line < last) {
        if (*line == '\n' || (*line == '\r' && line + 1 < last && line[1] == '\n')) {
            return 1;
        }
        line = memchr(line, '\n', (size_t)(last - line));
        line = line != NULL ? line + 1 : NULL;
    }
    return 0;
}

static void fill_message(struct room *room)
{
    size_t more = FIRST_READ;
    fill(room, more);
    skip_mark(room);
    while (!room->ended && !is_full(room) && !is_enough(rest(room))) {
        more *= 2;
        fill(room, more);
    }
}

static const char too_long[] = "a header of over 2 MiB; what is behind that was not read";

static void tell_if_cut(const struct room *room, uint64_t offset)
{
    if (is_full(room) && !room->ended && !is_enough(rest(room))) {
        scan_trouble(room->worker, (int64_t)offset, too_long);
    }
}

/* A message that was saved with its separator has it in front still. */
static hoptls_msg without_separator(hoptls_msg msg)
{
    const uint8_t *feed =
        msg.len >= 5 && memcmp(msg.ptr, "From ", 5) == 0 ? memchr(msg.ptr, '\n', msg.len) : NULL;
    if (feed != NULL) {
        msg.len -= (size_t)(feed + 1 - msg.ptr);
        msg.ptr = feed + 1;
    }
    return msg;
}

static void tell_message(struct room *room, hoptls_msg msg, uint64_t bytes)
{
    uint64_t offset = room->base + (uint64_t)(msg.ptr - room->bytes);
    tell_if_cut(room, offset);
    worker_message(room->worker, offset, msg, bytes);
}

void stream_message(struct worker *worker, struct stream *stream)
{
    struct room room = room_open(worker, stream);
    fill_message(&room);
    tell_message(&room, without_separator(rest(&room)), room.end);
}

/* Behind the message stands a property list of Apple's, which is none of it. */
void stream_emlx(struct worker *worker, struct stream *stream)
{
    struct room room = room_open(worker, stream);
    uint64_t length;
    size_t start;
    hoptls_msg msg;
    fill_message(&room);
    msg = rest(&room);
    start = kind_emlx(msg.ptr, msg.len, &length);
    if (start == 0) {
        scan_trouble(worker, 0, "no .emlx: its first line is not the length of the message");
        return;
    }
    msg.ptr += start;
    msg.len -= start;
    msg.len = msg.len < length ? msg.len : (size_t)length;
    tell_message(&room, msg, room.end);
}

/* ---- An mbox ---- */

/* Go to `offset` of the stream. */
static void skip_to(struct room *room, uint64_t offset)
{
    while (room->base + room->end < offset && !room->ended) {
        room->at = room->end;
        fill(room, ROOM / 4);
    }
    offset = offset < room->base + room->end ? offset : room->base + room->end;
    room->at = offset > room->base ? (size_t)(offset - room->base) : 0;
}

/* Of bytes in which no separator was seen: how many cannot be the beginning of one. */
static size_t before_margin(size_t len)
{
    return len > MARGIN ? len - MARGIN : 0;
}

/* Go to the next separator, by what stands in the bytes alone. What is kept of bytes that were searched has two more in
 * front, which a separator's empty line may need: no separator begins before the third. */
static void skip_to_separator(struct room *room, uint32_t quoting)
{
    size_t pos = 0;
    size_t least = 0;
    int found = 0;
    while (!found) {
        hoptls_msg msg = rest(room);
        size_t done;
        do {
            hoptls_mbox_seek(msg, quoting, &pos);
        } while (pos < least && pos < msg.len);
        found = room->ended || (pos < msg.len && msg.len - pos > MARGIN);
        done = pos < msg.len ? pos : before_margin(msg.len);
        if (!found && done > 2) {
            room->at += done - 2;
            least = pos < msg.len ? 2 : 3;
        }
        if (!found) {
            pos = 0;
            fill(room, ROOM / 2);
        }
    }
    room->at += pos;
}

static size_t line_end_at(hoptls_msg msg, size_t at)
{
    if (msg.len - at >= 1 && msg.ptr[at] == '\n') {
        return 1;
    }
    return msg.len - at >= 2 && msg.ptr[at] == '\r' && msg.ptr[at + 1] == '\n' ? 2 : 0;
}

/* Whether a separator stands behind the byte that is the next, the last of a body by its length, or one or two empty lines
 * behind; or the end. */
static int is_separator_behind(struct room *room, uint32_t quoting)
{
    hoptls_msg msg;
    size_t end = 1;
    size_t pos;
    if (room->end - room->at < MARGIN) {
        fill(room, ROOM / 4);
    }
    msg = rest(room);
    if (msg.len <= end) {
        return 1;
    }
    end += line_end_at(msg, end);
    end += line_end_at(msg, end);
    pos = end - 1;
    hoptls_mbox_seek(msg, quoting, &pos);
    return pos == end || end == msg.len;
}

static const char astray[] =
    "a Content-Length that leads to no separator, of a message too long to look behind it: "
    "messages may be missing";

/* A message that is longer than the room: its header is here, its end is far. `believed` is set to whether its length
 * held, which tells of the lengths that follow. */
static void read_long(struct room *room, hoptls_msg msg, uint32_t quoting, int *believed)
{
    uint64_t start = room->base + (uint64_t)(msg.ptr - room->bytes);
    uint64_t length = 0;
    size_t body = 0;
    int counted = quoting == HOPTLS_MBOX_ANY && hoptls_mbox_length(msg, &body, &length) == HOPTLS_MORE;
    tell_message(room, msg, (uint64_t)(msg.ptr - room->bytes) - room->at);
    if (room->worker->stop) {
        return;
    }
    room->at = (size_t)(start - room->base) + body;
    if (counted && *believed) {
        skip_to(room, start + body + length - 1);
        *believed = is_separator_behind(room, quoting);
        room->at += room->at < room->end ? 1 : 0;
        if (!*believed) {
            scan_trouble(room->worker, (int64_t)start, astray);
        }
    }
    if (!counted || !*believed) {
        skip_to_separator(room, quoting);
    }
    worker_tell_bytes(room->worker, room->base + room->at - start);
}

/* Whether the message ends by a length that leads beyond what was read: its end is not known yet. */
static int leads_beyond(const struct room *room, hoptls_msg msg, uint32_t quoting)
{
    hoptls_msg all = {msg.ptr, (size_t)(room->bytes + room->end - msg.ptr)};
    uint64_t length;
    size_t body;
    return !room->ended && quoting == HOPTLS_MBOX_ANY &&
           hoptls_mbox_length(msg, &body, &length) == HOPTLS_MORE && length > all.len - body;
}

static void read_next(struct room *room, uint32_t quoting, int *believed)
{
    hoptls_msg all = rest(room);
    hoptls_msg msg;
    size_t pos = 0;
    int known;
    if (hoptls_mbox_read(all, quoting, &pos, &msg) != HOPTLS_MORE) {
        worker_tell_bytes(room->worker, all.len);
        room->at = room->end;
        return;
    }
    known = room->ended || (all.len - pos > MARGIN && !leads_beyond(room, msg, quoting));
    if (!known && !is_full(room)) {
        fill(room, ROOM);
    } else if (!known) {
        msg.len = (size_t)(room->bytes + room->end - msg.ptr);
        read_long(room, msg, quoting, believed);
    } else {
        uint64_t offset = room->base + (uint64_t)(msg.ptr - room->bytes);
        worker_message(room->worker, offset, msg, pos);
        room->at += pos;
    }
}

void stream_mbox(struct worker *worker, struct stream *stream, uint32_t quoting)
{
    struct room room = room_open(worker, stream);
    int believed = 1;
    fill(&room, FIRST_READ);
    skip_mark(&room);
    while (!worker->stop && (room.at < room.end || !room.ended)) {
        if (!room.ended && room.end - room.at < ROOM / 4) {
            fill(&room, ROOM / 4);
        }
        read_next(&room, quoting, &believed);
    }
}

/* ---- Anything ---- */

/* Read the rest, so that who writes into a pipe is not cut off, and that what has a check sum is checked; nothing of it is kept. */
void stream_end(struct worker *worker, struct stream *stream)
{
    while (stream_read(stream, worker->room, ROOM) == ROOM && !worker->stop) {
    }
    tell_error(worker, stream, -1);
}

/* libpst, the one library for it, ends the process where memory or a file is not as it wants them. */
static const char store[] = "a store of Outlook (.pst), which is not read here: convert it with readpst(1)";

static const char no_mail[] = "holds no mail";
static const char utf16[] = "text in UTF-16, which is not read here: convert it to UTF-8";

/* What lies in folders and archives may be anything; what the user named was meant. */
static int is_named(const struct worker *worker, unsigned depth)
{
    return depth == 0 && worker->named;
}

static void tell_no_mail(struct worker *worker, unsigned depth, const char *words)
{
    tally_add_file(worker->tally, FILE_NO_MAIL, 1);
    if (is_named(worker, depth)) {
        worker->scan->trouble = 1;
    }
    scan_skip(worker, words);
}

/* By its name: `.eml`, or a number, as MH has it. */
static int is_named_as_mail(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    size_t len = strlen(name);
    return name[strspn(name, "0123456789")] == '\0' || (len > 4 && strcasecmp(name + len - 4, ".eml") == 0);
}

/* Many a text begins with a word and a colon. */
static int is_other_text(const struct worker *worker, const uint8_t *head, size_t len, unsigned depth)
{
    return !is_named(worker, depth) && !is_named_as_mail(worker->path) && !kind_is_mail(head, len);
}

/* One that was packed is kept whole, since it is read in no order: up to so many bytes. Of one on the disk a hundredth is kept. */
enum { PACKED_MOST = 4 << 20, OUTLOOK_MOST = 512 << 20 };

static const char no_memory[] = "no memory";

static void tell_outlook(struct worker *worker, enum outlook found)
{
    const char *words = outlook_remark(found);
    if (words != NULL && found != OUTLOOK_OTHER) {
        scan_trouble(worker, -1, words);
    }
}

static enum outlook unpack_outlook(struct worker *worker, struct stream *stream, uint8_t *room,
                                   hoptls_msg *msg)
{
    enum outlook found = OUTLOOK_NEVER;
    uint8_t *bytes = malloc(PACKED_MOST + 1);
    size_t len = bytes != NULL ? stream_read(stream, bytes, PACKED_MOST + 1) : 0;
    if (bytes == NULL) {
        scan_trouble(worker, -1, no_memory);
    } else if (stream->error != NULL) {
        tell_error(worker, stream, -1);
    } else if (len > PACKED_MOST) {
        scan_trouble(worker, -1,
                     "a message of Outlook of over 4 MiB, packed or from a pipe: unpack it first");
    } else {
        found = outlook_bytes(bytes, len, room, msg);
        tell_outlook(worker, found);
    }
    free(bytes);
    return found;
}

static enum outlook open_outlook(struct worker *worker, const struct stream *stream, uint8_t *room,
                                 hoptls_msg *msg)
{
    enum outlook found = OUTLOOK_NEVER;
    struct stat about;
    if (fstat(stream->fd, &about) < 0) {
        scan_trouble(worker, -1, strerror(errno));
    } else if (about.st_size > OUTLOOK_MOST) {
        scan_trouble(worker, -1, "a message of Outlook of over 512 MiB; skipped");
    } else {
        found = outlook_file(stream->fd, room, msg);
        tell_outlook(worker, found);
    }
    return found;
}

static void read_outlook(struct worker *worker, struct stream *stream, unsigned depth)
{
    hoptls_msg msg = {NULL, 0};
    uint8_t *room = malloc(OUTLOOK_ROOM);
    enum outlook found;
    if (room == NULL) {
        scan_trouble(worker, -1, no_memory);
        return;
    }
    found = stream->on_disk ? open_outlook(worker, stream, room, &msg)
                            : unpack_outlook(worker, stream, room, &msg);
    if (found == OUTLOOK_OTHER) {
        tell_no_mail(worker, depth, no_mail);
    } else if (msg.ptr != NULL) {
        worker_message(worker, 0, msg, msg.len);
    }
    free(room);
}

static int holds_mail(enum kind kind)
{
    return kind != KIND_NOTHING && kind != KIND_EMPTY && kind != KIND_PST && kind != KIND_UTF16;
}

static void read_kind(struct worker *worker, struct stream *stream, enum kind kind, enum kind format,
                      unsigned depth)
{
    switch (kind) {
    case KIND_MESSAGE: stream_message(worker, stream); break;
    case KIND_MBOX: stream_mbox(worker, stream, HOPTLS_MBOX_ANY); break;
    case KIND_MBOX_QUOTED: stream_mbox(worker, stream, HOPTLS_MBOX_QUOTED); break;
    case KIND_EMLX: stream_emlx(worker, stream); break;
    case KIND_ARCHIVE:
    case KIND_GZIP: unpack(worker, stream, kind, format == KIND_ARCHIVE ? KIND_AUTO : format, depth); break;
    case KIND_MSG: read_outlook(worker, stream, depth); break;
    case KIND_PST: scan_trouble(worker, -1, store); break;
    case KIND_EMPTY: break;
    case KIND_UTF16: tell_no_mail(worker, depth, utf16); break;
    default: tell_no_mail(worker, depth, no_mail); break;
    }
}

void stream_any(struct worker *worker, struct stream *stream, enum kind format, unsigned depth)
{
    uint8_t head[HEAD];
    size_t n = stream_read(stream, head, sizeof head);
    size_t len = n < KIND_HEAD ? n : KIND_HEAD;
    enum kind kind = kind_as(format, head, len);
    if (kind == KIND_MESSAGE && format == KIND_AUTO && is_other_text(worker, head, len, depth)) {
        kind = KIND_NOTHING;
    }
    stream->head = head;
    stream->head_len = n;
    if (stream->error == NULL || holds_mail(kind)) {
        read_kind(worker, stream, kind, format, depth);
    }
    if ((depth == 0 && !stream->on_disk) || (stream->meter != NULL && holds_mail(kind))) {
        stream_end(worker, stream);
    }
    tell_error(worker, stream, -1);
}
