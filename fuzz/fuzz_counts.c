/* Is any file of counts (tools/counts.c) either refused in one line that names file and line, or taken and written again byte
 * for byte; do two parts of it, read one behind the other in either order, give the whole; does what it teaches
 * (tools/learn.c) change nothing of a hop but the meaning of silence? The input is the file. */
#include "command.h"
#include "counts.h"
#include "learn.h"

#include <stdlib.h>
#include <string.h>

static int read_counts(struct counts *counts, const uint8_t *bytes, size_t size)
{
    const char *path = file_with(0, bytes, size);
    int status = counts_read(counts, path);
    check_complaint(status, path, bytes, size);
    return status;
}

static buffer written(struct counts *counts)
{
    static struct output out;
    output_begin(&out, file_emptied(1));
    counts_write(counts, &out);
    MUST(output_flush(&out) == 0, "counts are written");
    return file_bytes(1);
}

static void check_written(struct counts *counts, const uint8_t *data, size_t size, const char *what)
{
    buffer b = written(counts);
    MUST(b.len == size && memcmp(b.ptr, data, size) == 0, what);
    buffer_free(&b);
}

/* The rows, shared out by the choices; each part has the first line. */
static void share_out(const uint8_t *data, size_t size, choices *c, buffer part[2])
{
    size_t at = 0;
    while (at < size) {
        const uint8_t *feed = memchr(data + at, '\n', size - at);
        size_t end = (size_t)(feed - data) + 1;
        uint32_t which = choose(c, 2);
        buffer_put(&part[which], data + at, end - at);
        if (at == 0) {
            buffer_put(&part[1 - which], data, end);
        }
        at = end;
    }
}

static void check_parts_add_up(const uint8_t *data, size_t size, choices *c)
{
    buffer part[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    share_out(data, size, c, part);
    for (int first = 0; first < 2; first++) {
        struct counts counts = {NULL, 0, 0, 0, 0};
        MUST(read_counts(&counts, part[first].ptr, part[first].len) == 0, "a part of counts is counts");
        MUST(read_counts(&counts, part[1 - first].ptr, part[1 - first].len) == 0,
             "a part of counts is counts");
        check_written(&counts, data, size, "counts merge by addition, in any order");
        counts_free(&counts);
    }
    buffer_free(&part[0]);
    buffer_free(&part[1]);
}

static void check_learned(struct counts *counts, choices *c)
{
    struct learn_rule rule = {choose(c, 10001), choose(c, 100), choose(c, 5)};
    struct learned *learned = learned_open(counts, &rule);
    sample s = sample_hops();
    if (learned == NULL) {
        exit(99);
    }
    for (uint32_t i = 0; i < s.count; i++) {
        hoptls_hop before;
        hoptls_hop *h = &s.hops[i];
        MUST(hoptls_hop_route(s.msg, i > 0 ? &s.hops[i - 1] : NULL, h) == HOPTLS_OK, "a hop is routed");
        before = *h;
        learned_tell_silence(learned, s.msg, h);
        MUST(h->silence == before.silence ||
                 (before.silence == HOPTLS_SILENCE_UNKNOWN && h->silence == HOPTLS_SILENCE_PLAIN &&
                  h->silence_basis == HOPTLS_BASIS_LEARNED),
             "only what was not known is learned");
        h->silence = before.silence;
        h->silence_basis = before.silence_basis;
        MUST(memcmp(h, &before, sizeof before) == 0,
             "what is learned is what silence means, and nothing else");
    }
    learned_close(learned);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct counts counts = {NULL, 0, 0, 0, 0};
    choices c = choices_from(data, size);
    if (read_counts(&counts, data, size) == 0) {
        check_written(&counts, data, size, "counts have one spelling");
        check_parts_add_up(data, size, &c);
        check_learned(&counts, &c);
    } else {
        counts_free(&counts);
    }
    return 0;
}
