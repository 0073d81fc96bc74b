#include "output.h"

#include <errno.h>
#include <unistd.h>

void output_begin(struct output *out, int fd)
{
    out->fd = fd;
    out->write = NULL;
    out->to = NULL;
    out->error = 0;
    out->len = 0;
}

int output_flush(struct output *out)
{
    size_t done = 0;
    if (out->write != NULL && out->error == 0 && out->len > 0) {
        out->error = out->write(out->to, out->bytes, out->len);
        done = out->len;
    }
    while (done < out->len && out->error == 0) {
        ssize_t n = write(out->fd, out->bytes + done, out->len - done);
        if (n >= 0) {
            done += (size_t)n;
        } else if (errno != EINTR) {
            out->error = errno;
        }
    }
    out->len = 0;
    return out->error == 0 ? 0 : -1;
}

/* What fills the buffer, and what comes behind an error. */
void output_much(struct output *out, const void *bytes, size_t len)
{
    const char *from = bytes;
    while (len > 0 && out->error == 0) {
        size_t room = OUTPUT_ROOM - out->len;
        size_t part = len < room ? len : room;
        memcpy(out->bytes + out->len, from, part);
        out->len += part;
        from += part;
        len -= part;
        if (out->len == OUTPUT_ROOM) {
            output_flush(out);
        }
    }
}

void output_number(struct output *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    output_bytes(out, digits + at, sizeof digits - at);
}

void output_fill(struct output *out, const char *word, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        output_word(out, word);
    }
}
