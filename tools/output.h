/* Buffered writing to a file descriptor. Errors stick: after the first one nothing more is written. */
#ifndef HOPTLS_TOOLS_OUTPUT_H
#define HOPTLS_TOOLS_OUTPUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { OUTPUT_ROOM = 1 << 16 };

struct output {
    int fd;
    /* Where the bytes go instead, or null: returns 0, or an errno. */
    int (*write)(void *to, const char *bytes, size_t len);
    void *to;
    int error; /* errno of the first write that failed, or 0 */
    size_t len;
    char bytes[OUTPUT_ROOM];
};

void output_begin(struct output *out, int fd);
void output_much(struct output *out, const void *bytes, size_t len);
void output_number(struct output *out, uint64_t number);
void output_fill(struct output *out, const char *word, unsigned count); /* `word`, `count` times */

/* In the header so that the length of a literal is known when this is compiled. */
static inline void output_bytes(struct output *out, const void *bytes, size_t len)
{
    if (len < OUTPUT_ROOM - out->len && out->error == 0) {
        memcpy(out->bytes + out->len, bytes, len);
        out->len += len;
    } else {
        output_much(out, bytes, len);
    }
}

static inline void output_word(struct output *out, const char *word)
{
    output_bytes(out, word, strlen(word));
}

/* Write what is held back. Returns 0, or -1 if any write so far has failed. */
int output_flush(struct output *out);

#endif
