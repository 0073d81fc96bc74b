/* What the library costs, a stage at a time. Everything is read first; then each stage goes over all of it, RUNS times,
 * and the best run counts. The checksum is of the verdicts: two builds that differ in it do not do the same work.
 *
 *     bench ARCHIVE.mbox [RUNS [STAGE]]
 *
 * Stages: fields (a header section into fields), hops (Received fields, known where, into facts, scope and verdict),
 * messages (all of hoptls_message_read). `bench/gate` counts the instructions of a stage by the names of its function. */
#include "hoptls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct message {
    hoptls_msg bytes;
    size_t first; /* of its Received fields, and behind its last */
    size_t last;
} message;

typedef struct archive {
    uint8_t *ptr;
    size_t len;
    message *messages;
    size_t message_count;
    hoptls_field *fields;
    size_t field_count;
    size_t header_bytes;
    size_t received_bytes;
} archive;

static void fail(const char *file, const char *why)
{
    fprintf(stderr, "bench: %s: %s\n", file, why);
    exit(2);
}

/* Room for one more in a row that doubles. */
static void *grown(void *row, size_t count, size_t size)
{
    if ((count & (count - 1)) == 0) {
        row = realloc(row, (count == 0 ? 1 : 2 * count) * size);
        if (row == NULL) {
            fail("memory", "there is not enough");
        }
    }
    return row;
}

static void load(archive *a, const char *file)
{
    FILE *in = fopen(file, "rb");
    long size = -1;
    if (in == NULL || fseek(in, 0, SEEK_END) != 0 || (size = ftell(in)) < 0) {
        fail(file, "cannot be read");
    }
    rewind(in);
    a->len = (size_t)size;
    a->ptr = malloc(a->len + 1);
    if (a->ptr == NULL || fread(a->ptr, 1, a->len, in) != a->len) {
        fail(file, "cannot be read");
    }
    fclose(in);
}

static void add_message(archive *a, hoptls_msg bytes)
{
    message m = {bytes, a->field_count, 0};
    hoptls_field field;
    uint32_t pos = 0;
    while (hoptls_field_next(bytes, &pos, &field) == HOPTLS_MORE) {
        if (hoptls_field_is_received(bytes, &field) == 1) {
            a->fields = grown(a->fields, a->field_count, sizeof *a->fields);
            a->fields[a->field_count++] = field;
            a->received_bytes += field.whole.len;
        }
    }
    a->header_bytes += pos;
    m.last = a->field_count;
    a->messages = grown(a->messages, a->message_count, sizeof *a->messages);
    a->messages[a->message_count++] = m;
}

static void split(archive *a)
{
    hoptls_msg all = {a->ptr, a->len};
    hoptls_msg one;
    size_t pos = 0;
    while (hoptls_mbox_next(all, &pos, &one) == HOPTLS_MORE) {
        add_message(a, one);
    }
}

/* ---- the stages ---- */

static const hoptls_policy policy = {0};

/* FNV-1a, a byte at a time */
static uint64_t mixed(uint64_t sum, uint64_t value)
{
    return (sum ^ value) * 0x100000001B3u;
}

__attribute__((noinline)) static uint64_t stage_fields(const archive *a)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < a->message_count; i++) {
        hoptls_field field;
        uint32_t pos = 0;
        while (hoptls_field_next(a->messages[i].bytes, &pos, &field) == HOPTLS_MORE) {
            sum += (uint64_t)hoptls_field_is_received(a->messages[i].bytes, &field);
        }
    }
    return sum;
}

static uint64_t hops_of(const archive *a, const message *m, uint64_t sum)
{
    hoptls_hop hops[2];
    const hoptls_hop *newer = NULL;
    for (size_t k = m->first; k < m->last; k++) {
        hoptls_hop *hop = &hops[k % 2];
        (void)hoptls_hop_read(m->bytes, &a->fields[k], hop);
        (void)hoptls_hop_route(m->bytes, newer, hop);
        (void)hoptls_hop_judge(hop, &policy);
        sum = mixed(sum, hop->verdict | (uint64_t)hop->writer << 8 | (uint64_t)hop->tls.version << 24);
        newer = hop;
    }
    return sum;
}

__attribute__((noinline)) static uint64_t stage_hops(const archive *a)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < a->message_count; i++) {
        sum = hops_of(a, &a->messages[i], sum);
    }
    return sum;
}

__attribute__((noinline)) static uint64_t stage_messages(const archive *a)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < a->message_count; i++) {
        hoptls_hop hops[32];
        hoptls_report report;
        (void)hoptls_message_read(a->messages[i].bytes, &policy, hops, 32, &report);
        sum = mixed(sum, report.claimed | (uint64_t)report.hops << 8);
    }
    return sum;
}

typedef struct stage {
    const char *name;
    uint64_t (*run)(const archive *);
    int of_received; /* 1: its bytes are those of the Received fields, else of the headers */
} stage;

static const stage stages[] = {
    {"fields", stage_fields, 0}, {"hops", stage_hops, 1}, {"messages", stage_messages, 0}};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void measure(const archive *a, const stage *s, int runs)
{
    double best = 1e9;
    uint64_t sum = 0;
    size_t bytes = s->of_received ? a->received_bytes : a->header_bytes;
    for (int i = 0; i < runs; i++) {
        double begin = seconds();
        double took;
        sum = s->run(a);
        took = seconds() - begin;
        best = took < best ? took : best;
    }
    printf("%-9s %9.1f ns a Received field %9.1f MB/s of %zu bytes, checksum %016llx\n", s->name,
           best * 1e9 / (double)(a->field_count + (a->field_count == 0)), (double)bytes / best / 1e6, bytes,
           (unsigned long long)sum);
}

int main(int argc, char **argv)
{
    archive a = {0};
    int runs = argc > 2 ? atoi(argv[2]) : 9;
    if (argc < 2 || argc > 4 || runs < 1) {
        fprintf(stderr, "usage: bench ARCHIVE.mbox [RUNS [STAGE]]\n");
        return 2;
    }
    load(&a, argv[1]);
    split(&a);
    printf("%zu messages, %zu Received fields\n", a.message_count, a.field_count);
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++) {
        if (argc < 4 || strcmp(argv[3], stages[i].name) == 0) {
            measure(&a, &stages[i], runs);
        }
    }
    free(a.fields);
    free(a.messages);
    free(a.ptr);
    return 0;
}
