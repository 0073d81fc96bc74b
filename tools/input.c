#include "input.h"

#include "kind.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_ROOM = 1 << 16 };

static const char too_long[] = "longer than 4 GiB - 1 byte, which is more than one message may be";

_Noreturn static void on_shrunk_file(int signal)
{
    static const char words[] = "hoptls: a file shrank while it was read\n";
    (void)signal;
    if (write(STDERR_FILENO, words, sizeof words - 1) < 0) {
        _exit(2);
    }
    _exit(2);
}

void input_guard(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_shrunk_file;
    sigaction(SIGBUS, &action, NULL);
}

static int fail(struct input *input, const char *error)
{
    input->error = error;
    return -1;
}

static int map_file(struct input *input, int fd, size_t size)
{
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) {
        return -1;
    }
    input->bytes = bytes;
    input->size = size;
    input->mapped = 1;
    return 0;
}

/* Room for more bytes: twice as many as before, and one more than a message may have. */
static int grow(struct input *input, size_t *room)
{
    size_t more = *room > 0 ? *room * 2 : FIRST_ROOM;
    void *bytes = realloc(input->bytes, more);
    if (bytes == NULL) {
        return -1;
    }
    input->bytes = bytes;
    *room = more;
    return 0;
}

static ssize_t read_some(int fd, void *bytes, size_t room)
{
    ssize_t n;
    do {
        n = read(fd, bytes, room);
    } while (n < 0 && errno == EINTR);
    return n;
}

/* All that a pipe or a device gives. */
static int read_all(struct input *input, int fd)
{
    size_t room = 0;
    ssize_t n = 1;
    while (n > 0) {
        if (input->size == room && grow(input, &room) < 0) {
            return fail(input, strerror(ENOMEM));
        }
        n = read_some(fd, (char *)input->bytes + input->size, room - input->size);
        input->size += n > 0 ? (size_t)n : 0;
        if (input->size > UINT32_MAX) {
            return fail(input, too_long);
        }
    }
    return n < 0 ? fail(input, strerror(errno)) : 0;
}

/* A file of the kernel's may be regular, have no size and yet give bytes: it is read. */
static int load(struct input *input, int fd)
{
    struct stat about;
    if (fstat(fd, &about) < 0) {
        return fail(input, strerror(errno));
    }
    if (S_ISDIR(about.st_mode)) {
        return fail(input, strerror(EISDIR));
    }
    if (S_ISREG(about.st_mode) && about.st_size > 0 && lseek(fd, 0, SEEK_CUR) == 0) {
        if ((uintmax_t)about.st_size <= SIZE_MAX && map_file(input, fd, (size_t)about.st_size) == 0) {
            return 0;
        }
    }
    return read_all(input, fd);
}

static int is_mbox(hoptls_msg all)
{
    return all.len >= 5 && memcmp(all.ptr, "From ", 5) == 0;
}

/* The message in the bytes: of an mbox its first. */
static int find_message(struct input *input)
{
    const uint8_t *bytes = (const uint8_t *)(input->size > 0 ? input->bytes : "");
    size_t mark = kind_mark(bytes, input->size);
    hoptls_msg all = {bytes + mark, input->size - mark};
    hoptls_msg next;
    size_t pos = 0;
    input->msg = all;
    if (is_mbox(all) && hoptls_mbox_next(all, &pos, &input->msg) == HOPTLS_MORE) {
        input->is_mbox = hoptls_mbox_next(all, &pos, &next) == HOPTLS_MORE;
    }
    input->offset = (size_t)(input->msg.ptr - bytes);
    return input->msg.len > UINT32_MAX ? fail(input, too_long) : 0;
}

static int open_path(const char *path)
{
    return strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

int input_open(struct input *input, const char *path)
{
    int status;
    int fd = open_path(path);
    memset(input, 0, sizeof *input);
    if (fd < 0) {
        return fail(input, strerror(errno));
    }
    status = load(input, fd);
    if (fd != STDIN_FILENO) {
        close(fd);
    }
    return status == 0 ? find_message(input) : -1;
}

void input_close(struct input *input)
{
    if (input->mapped) {
        munmap(input->bytes, input->size);
    } else {
        free(input->bytes);
    }
    input->bytes = NULL;
}
