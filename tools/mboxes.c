/* An mbox on the disk: mapped, a part at a time, so that no more of it is in memory than is being read. */
#include "files.h"
#include "guard.h"
#include "scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file is read in parts from this size on. */
enum { BIG_LEAST = 16 << 20 };

static const char shrank[] = "shrank while it was read; what was behind its new end is missing";

/* ---- Which files ---- */

static struct big *new_big(int fd, uint64_t size, uint32_t quoting, const char *path)
{
    size_t len = strlen(path);
    struct big *big = malloc(sizeof *big + len + 1);
    if (big == NULL) {
        return NULL;
    }
    big->fd = fd;
    big->size = size;
    big->quoting = quoting;
    atomic_init(&big->users, 1);
    memcpy(big->path, path, len + 1);
    return big;
}

static enum kind kind_of_file(const struct scan_options *options, int fd)
{
    uint8_t head[KIND_HEAD];
    ssize_t n;
    n = pread(fd, head, sizeof head, 0);
    return kind_as(options->format, head, n > 0 ? (size_t)n : 0);
}

struct big *mboxes_big(const struct scan_options *options, int at, const char *name, const char *path)
{
    struct big *big = NULL;
    struct stat about;
    int fd = files_read(at, name);
    if (fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_size >= BIG_LEAST) {
        enum kind kind = kind_of_file(options, fd);
        if (kind == KIND_MBOX || kind == KIND_MBOX_QUOTED) {
            uint32_t quoting = kind == KIND_MBOX_QUOTED ? HOPTLS_MBOX_QUOTED : HOPTLS_MBOX_ANY;
            big = new_big(fd, (uint64_t)about.st_size, quoting, path);
        }
    }
    if (big == NULL && fd >= 0) {
        close(fd);
    }
    return big;
}

struct big *mboxes_keep(struct big *big)
{
    atomic_fetch_add(&big->users, 1);
    return big;
}

void mboxes_release(struct big *big)
{
    if (big != NULL && atomic_fetch_sub(&big->users, 1) == 1) {
        close(big->fd);
        free(big);
    }
}

/* ---- A part ---- */

/* The file from a place to its end. Only what is looked at is read, and takes memory. */
struct view {
    hoptls_msg bytes;
    uint64_t base;
};

static int view_open(struct view *view, int fd, uint64_t from, uint64_t size)
{
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    void *bytes;
    view->base = from - from % page;
    view->bytes.len = (size_t)(size - view->base);
    bytes = mmap(NULL, view->bytes.len, PROT_READ, MAP_PRIVATE, fd, (off_t)view->base);
    view->bytes.ptr = bytes;
    return bytes != MAP_FAILED ? 0 : -1;
}

static void view_close(struct view *view)
{
    munmap((void *)(uintptr_t)view->bytes.ptr, view->bytes.len);
}

uint64_t mboxes_guess(const struct big *big, uint64_t from)
{
    struct view view;
    uint64_t before = from >= 2 ? from - 2 : 0;
    size_t pos;
    if (from == 0 || view_open(&view, big->fd, before, big->size) < 0) {
        return from;
    }
    pos = (size_t)(before - view.base);
    do {
        hoptls_mbox_seek(view.bytes, big->quoting, &pos);
    } while (view.base + pos < from);
    view_close(&view);
    return view.base + pos;
}

/* The messages whose separators stand before `to`. Returns where the next one stands. */
static uint64_t read_view(struct worker *worker, const struct view *view, uint64_t from, uint64_t to,
                          uint32_t quoting, uint64_t most)
{
    size_t pos = from > 0 ? (size_t)(from - view->base) : kind_mark(view->bytes.ptr, view->bytes.len);
    hoptls_msg msg;
    while (view->base + pos < to && most > 0) {
        size_t before = pos;
        if (hoptls_mbox_read(view->bytes, quoting, &pos, &msg) != HOPTLS_MORE ||
            worker_message(worker, view->base + (uint64_t)(msg.ptr - view->bytes.ptr), msg, pos - before) <
                0) {
            break;
        }
        most--;
    }
    return view->base + pos;
}

static void set_path(struct worker *worker, const char *path)
{
    size_t len = strlen(path);
    len = len < sizeof worker->path ? len : sizeof worker->path - 1;
    memcpy(worker->path, path, len);
    worker->path[len] = '\0';
}

void mboxes_part(struct worker *worker, struct piece *piece, uint64_t most)
{
    struct big *big = piece->big;
    struct view view;
    set_path(worker, big->path);
    worker->messages = 0;
    worker->skip = 0;
    piece->next = piece->first;
    if (piece->first >= piece->to) {
        return;
    }
    if (view_open(&view, big->fd, piece->first, big->size) < 0) {
        scan_trouble(worker, (int64_t)piece->first, strerror(errno));
        return;
    }
    guard_begin();
    piece->next = read_view(worker, &view, piece->first, piece->to, big->quoting, most);
    if (guard_end() && worker->weight > 0) {
        scan_trouble(worker, -1, shrank);
    }
    view_close(&view);
}

int mboxes_file(struct worker *worker, int fd, uint64_t size, uint32_t quoting)
{
    struct view view;
    if (view_open(&view, fd, 0, size) < 0) {
        return -1;
    }
    guard_begin();
    read_view(worker, &view, 0, size, quoting, UINT64_MAX);
    if (guard_end()) {
        scan_trouble(worker, -1, shrank);
    }
    view_close(&view);
    return 0;
}
