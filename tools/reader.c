/* A file that was found: opened, and read as what it is. */
#include "files.h"
#include "scan.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Up to this size a file is read rather than mapped: that costs less. */
enum { MAP_LEAST = 256 << 10 };

/* ---- Bytes of a descriptor ---- */

struct source {
    int fd;
};

/* What was opened without waiting is waited for here. */
static ssize_t read_some(int fd, uint8_t *bytes, size_t len)
{
    ssize_t n = read(fd, bytes, len);
    while (n < 0 && (errno == EINTR || errno == EAGAIN)) {
        struct pollfd ready = {fd, POLLIN, 0};
        if (errno == EAGAIN) {
            poll(&ready, 1, -1);
        }
        n = read(fd, bytes, len);
    }
    return n;
}

/* A stream's read. */
static size_t read_source(struct stream *stream, uint8_t *bytes, size_t len)
{
    const struct source *source = stream->from;
    size_t done = 0;
    ssize_t n = 1;
    while (done < len && n > 0) {
        n = read_some(source->fd, bytes + done, len - done);
        done += n > 0 ? (size_t)n : 0;
        if (stream->on_disk && n >= 0) {
            break; /* a file on the disk gives less than asked for only at its end */
        }
    }
    stream->error = n < 0 ? strerror(errno) : NULL;
    return done;
}

/* ---- What kind of file ---- */

static enum kind peek(const struct worker *worker, int fd)
{
    uint8_t head[KIND_HEAD];
    ssize_t n = pread(fd, head, sizeof head, 0);
    return kind_as(worker->scan->options->format, head, n > 0 ? (size_t)n : 0);
}

/* An mbox of some size is mapped; whatever else is read as it comes. */
static void read_regular(struct worker *worker, int fd, uint64_t size)
{
    struct source source = {fd};
    struct stream stream = {.read = read_source, .from = &source, .on_disk = 1, .fd = fd};
    enum kind kind = size >= MAP_LEAST ? peek(worker, fd) : KIND_AUTO;
    uint32_t quoting = kind == KIND_MBOX_QUOTED ? HOPTLS_MBOX_QUOTED : HOPTLS_MBOX_ANY;
    if ((kind == KIND_MBOX || kind == KIND_MBOX_QUOTED) && mboxes_file(worker, fd, size, quoting) == 0) {
        return;
    }
    stream_any(worker, &stream, worker->scan->options->format, 0);
}

static void read_pipe(struct worker *worker, int fd)
{
    struct source source = {fd};
    struct stream stream = {.read = read_source, .from = &source};
    stream_any(worker, &stream, worker->scan->options->format, 0);
}

/* ---- A file ---- */

static int set_path(struct worker *worker, const struct entry *entry)
{
    size_t len = strlen(entry->name) + 1;
    size_t at = 0;
    if (entry->folder != NULL) {
        at = strlen(entry->folder->path);
        if (at + 1 + len > sizeof worker->path) {
            return -1;
        }
        memcpy(worker->path, entry->folder->path, at);
        worker->path[at++] = '/';
    }
    if (at + len > sizeof worker->path) {
        return -1;
    }
    memcpy(worker->path + at, entry->name, len);
    return 0;
}

/* Somebody may have read a part of it before, so that it is read as a stream whatever it is. */
static int is_standard_input(const struct entry *entry)
{
    return entry->folder == NULL && strcmp(entry->name, "-") == 0;
}

static int open_entry(const struct entry *entry)
{
    if (entry->folder != NULL) {
        return files_read(entry->folder->fd, entry->name);
    }
    return is_standard_input(entry) ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                    : files_read(AT_FDCWD, entry->name);
}

/* In a Maildir a file is a message, whatever it looks like; its size is not asked for. */
static void read_message(struct worker *worker, int fd)
{
    struct source source = {fd};
    struct stream stream = {.read = read_source, .from = &source, .on_disk = 1, .fd = fd};
    stream_message(worker, &stream);
}

static void read_open(struct worker *worker, const struct entry *entry, int fd)
{
    struct stat about;
    if (entry->folder != NULL && entry->folder->maildir && worker->scan->options->format == KIND_AUTO) {
        read_message(worker, fd);
    } else if (fstat(fd, &about) < 0) {
        scan_trouble(worker, -1, strerror(errno));
    } else if (S_ISREG(about.st_mode) && about.st_size > 0 && !is_standard_input(entry)) {
        read_regular(worker, fd, (uint64_t)about.st_size);
    } else if (S_ISDIR(about.st_mode)) {
        scan_skip(worker, strerror(EISDIR));
    } else {
        read_pipe(worker, fd);
    }
}

void reader_entry(struct worker *worker, const struct entry *entry)
{
    int fd;
    worker->messages = 0;
    worker->stop = 0;
    worker->named = entry->folder == NULL;
    if (set_path(worker, entry) < 0) {
        scan_trouble(worker, -1, strerror(ENAMETOOLONG));
        return;
    }
    worker_begin_file(worker);
    if (worker->stop) {
        return;
    }
    fd = open_entry(entry);
    if (fd < 0) {
        scan_trouble(worker, -1, strerror(errno));
        return;
    }
    read_open(worker, entry, fd);
    close(fd);
    worker_end_file(worker);
}
