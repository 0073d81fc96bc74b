/* Invariant I7: the work done on a message is at most a constant times its length, whatever the message. Work is
 * counted, not timed, and in two ways that know nothing of each other: the bytes that the core says it examined
 * (HOPTLS_WORK, in a build with HOPTLS_COUNT_WORK), and the branches that it took, which the compiler counts. */
#include "cases.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bounds, for each byte of the message. Of the shapes below the worst are a row of empty Received fields, which
 * examines 27 bytes for each of its own, and short ones in the corpus, which take 50 branches. */
#define BYTES_A_BYTE    64
#define BRANCHES_A_BYTE 128

/* Each Received field, be it empty, is held against the rows of writers.h: 2600 branches for two hundred rows. That is
 * no work on bytes, and grows with the table, not with the message. */
#define BRANCHES_A_FIELD 8192

/* What a message costs before its first byte. */
#define BYTES_A_CALL    1024
#define BRANCHES_A_CALL 4096

/* A loop that forgot to count would take branches for no bytes at all. */
#define BRANCHES_A_COUNT 100

extern uint64_t hoptls_work;
uint64_t hoptls_work;

static uint64_t branches;

/* The core of this test is compiled with -fsanitize-coverage=trace-pc, which calls this at every branch. */
void count_branch(void) __asm__("__sanitizer_cov_trace_pc");
void count_branch(void)
{
    branches++;
}

typedef struct cost {
    uint64_t bytes;
    uint64_t branches;
    uint64_t fields; /* Received */
} cost;

static cost cost_of(const uint8_t *ptr, size_t len)
{
    hoptls_hop hops[4];
    hoptls_report report;
    hoptls_msg msg = {ptr, len};
    cost c;

    hoptls_work = 0;
    branches = 0;
    assert_int_equal(hoptls_message_read(msg, NULL, hops, 4, &report), HOPTLS_OK);
    c.bytes = hoptls_work;
    c.branches = branches;
    c.fields = report.hops;
    return c;
}

static cost cost_of_archive(const uint8_t *ptr, size_t len)
{
    hoptls_msg archive = {ptr, len};
    hoptls_msg one;
    size_t pos = 0;
    cost c;

    hoptls_work = 0;
    branches = 0;
    while (hoptls_mbox_next(archive, &pos, &one) == HOPTLS_MORE) {
    }
    c.bytes = hoptls_work;
    c.branches = branches;
    c.fields = 0;
    return c;
}

static int is_linear(cost c, size_t len)
{
    return c.bytes <= BYTES_A_CALL + (uint64_t)BYTES_A_BYTE * len &&
           c.branches <= BRANCHES_A_CALL + BRANCHES_A_FIELD * c.fields + (uint64_t)BRANCHES_A_BYTE * len;
}

static void print_cost(cost c, size_t len, const char *where, const char *unit)
{
    text shown = {NULL, 0, 0};
    text_value(&shown, (const uint8_t *)unit, strlen(unit));
    print_error("# %6.2f bytes and %6.2f branches a byte, in %zu bytes of %s, %s\n",
                (double)c.bytes / (double)len, (double)c.branches / (double)len, len, shown.ptr, where);
    text_free(&shown);
}

/* HOPTLS_SHOW_COST in the environment prints what every shape costs, to set the bounds by. */
static void check(cost c, size_t len, const char *where, const char *unit)
{
    if (!is_linear(c, len) || getenv("HOPTLS_SHOW_COST") != NULL) {
        print_cost(c, len, where, unit);
    }
    assert_true(is_linear(c, len));
}

/* ---- shapes ------------------------------------------------------------------------------------------- */

/* Where a run of one unit stands in a message. */
typedef struct place {
    const char *name;
    const char *head;
    const char *tail;
} place;

static const place places[] = {
    {"a Received field", "Received: ", "\n\n"},
    {"a name", "Received: from ", " by b.example.com with ESMTP; Mon, 2 Mar 2026 10:00:00 +0000\n\n"},
    {"a comment", "Received: from a.example.org (", ") by b.example.com (Postfix) with ESMTPS id 1\n\n"},
    {"the writer's name", "Received: from a by ", "\n\n"},
    {"the writer's comment", "Received: from a by b.example.com (", ") with ESMTP id 1; 2 Mar 2026\n\n"},
    {"a protocol", "Received: from a by b.example.com with ", " id 1\n\n"},
    {"behind a protocol", "Received: from a by b.example.com (Postfix) with ESMTPS ", "\n\n"},
    {"a date", "Received: from a by b.example.com; ", "\n\n"},
    {"many fields", "", "\n\n"},
    {"a field name", "Subject", ": x\n\n"},
    {"a content type", "Content-Type: ", "\n\n"},
    {"a subject", "Subject: ", "\n\n"},
    {"a body", "Subject: x\n\n", ""},
};

static const char *const units[] = {
    "(",
    ")",
    "\"",
    "<",
    ">",
    "[",
    "]",
    "\\",
    ";",
    ":",
    ",",
    "=",
    ".",
    "-",
    "_",
    "/",
    "@",
    "a",
    "0",
    " ",
    "\t",
    "\r",
    "\n",
    "\xff",
    "()",
    ")(",
    "(a",
    "(a)",
    "((",
    "(\\",
    "\\(",
    "\"(",
    "(\"",
    "<\"",
    "\"<",
    "<(",
    "[(",
    "<a",
    "<a>",
    "[a]",
    "\"a\"",
    "a;",
    "; ",
    "(;)",
    "\n ",
    "\r\n\t",
    "\n\t(",
    "a\n b",
    "by ",
    "with ",
    "for ",
    "id ",
    "via ",
    "from ",
    "tls ",
    "group ",
    "with with",
    "with ESMTPS ",
    "with ESMTP-",
    "by a with b ",
    "from a by b ",
    "by by\n ",
    "(using ",
    "(using TLSv1.2 with cipher ",
    "(version=",
    "(version=TLSv1.2 cipher=",
    "(TLS: ",
    "(TLSv1.2:",
    "cipher=",
    "version=",
    "bits=",
    "verify=",
    "DHE-RSA-AES256-SHA-",
    "TLS_AES_256_GCM_SHA384_",
    "TLSv1.2/",
    "over TLS secured channel ",
    "Microsoft SMTP Server ",
    "encrypted ",
    "[192.0.2.1] ",
    "192.0.2.1.",
    "[IPv6:2001:db8::1] ",
    "::",
    "1:",
    "a.b.",
    "co.uk.",
    "localhost.",
    "; Mon, 2 Mar 2026 10:00:00 +0000 ",
    "Mon, ",
    "Mar ",
    "(EST) ",
    "10:",
    "+",
    "Received: ",
    "Received:\n",
    "Received: x\n",
    "Received: from a by b\n",
    "Received: (\n",
    "X: y\n",
    "From a\n",
    "\nFrom a\n",
    "\n\nFrom a\n\n",
    "\r\n\r\n",
    "Content-Type: multipart/",
    "; protocol=",
    "boundary=",
    "-----BEGIN PGP MESSAGE-----\n",
    "application/pkcs7-mime;",
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* `head`, then `unit` over and over up to `len` bytes, then `tail`. */
static blob shape(const place *where, const char *unit, size_t len)
{
    size_t head = strlen(where->head);
    size_t tail = strlen(where->tail);
    size_t n = strlen(unit);
    blob b = {malloc(head + len + tail), head + len + tail};

    assert_non_null(b.ptr);
    memcpy(b.ptr, where->head, head);
    for (size_t i = 0; i < len; i++) {
        b.ptr[head + i] = (uint8_t)unit[i % n];
    }
    memcpy(b.ptr + head + len, where->tail, tail);
    return b;
}

static void shape_is_linear(const place *where, const char *unit, size_t len)
{
    blob b = shape(where, unit, len);
    check(cost_of(b.ptr, b.len), b.len, where->name, unit);
    check(cost_of_archive(b.ptr, b.len), b.len, "an archive", unit);
    blob_free(&b);
}

static void shapes_in_one_place(void **state)
{
    const place *where = *state;
    for (size_t i = 0; i < COUNT(units); i++) {
        for (size_t len = 10 * 1000; len <= 40 * 1000; len *= 4) {
            shape_is_linear(where, units[i], len);
        }
    }
}

static void one_field_of_a_megabyte(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(units); i++) {
        shape_is_linear(&places[0], units[i], 1000 * 1000);
    }
}

static void a_million_folds(void **state)
{
    (void)state;
    shape_is_linear(&places[0], "\n ", 2 * 1000 * 1000);
    shape_is_linear(&places[0], "\r\n\t", 3 * 1000 * 1000);
    shape_is_linear(&places[11], "\n a", 3 * 1000 * 1000);
}

static void a_million_fields(void **state)
{
    (void)state;
    shape_is_linear(&places[8], "Received: from a by b with c;\n", 30 * 1000 * 1000);
    shape_is_linear(&places[8], "X:\n", 3 * 1000 * 1000);
}

/* Comments open in one half and closed in the other: what a parser with a stack, or one that looks ahead for each
 * partner, would pay for dearly. */
static void nested_comments(void **state)
{
    (void)state;
    for (size_t half = 1000; half <= 256 * 1000; half *= 4) {
        blob b = shape(&places[0], "(", 2 * half);
        memset(b.ptr + strlen(places[0].head) + half, ')', half);
        check(cost_of(b.ptr, b.len), b.len, places[0].name, "( and )");
        blob_free(&b);
    }
}

/* ---- the counters ------------------------------------------------------------------------------------- */

/* A counter that stands still would prove anything. Every byte of a header must be looked at once. */
static void the_counters_move(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(places) - 1; i++) {
        blob b = shape(&places[i], "a b\n ", 5000);
        cost c = cost_of(b.ptr, b.len);
        assert_true(c.bytes >= b.len);
        assert_true(c.branches > 0);
        blob_free(&b);
    }
}

/* The two counters agree: no loop of the core is left out of the count of bytes. */
static void no_loop_goes_uncounted(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(places) - 1; i++) {
        for (size_t j = 0; j < COUNT(units); j++) {
            blob b = shape(&places[i], units[j], 20 * 1000);
            cost c = cost_of(b.ptr, b.len);
            if (c.branches > BRANCHES_A_CALL + BRANCHES_A_FIELD * c.fields + BRANCHES_A_COUNT * c.bytes) {
                print_cost(c, b.len, places[i].name, units[j]);
            }
            assert_true(c.branches <=
                        BRANCHES_A_CALL + BRANCHES_A_FIELD * c.fields + BRANCHES_A_COUNT * c.bytes);
            blob_free(&b);
        }
    }
}

static void quadratic_work_would_be_found(void **state)
{
    cost quadratic = {0, 0, 0};
    (void)state;
    quadratic.bytes = (uint64_t)40 * 1000 * 40 * 1000 / 2;
    assert_false(is_linear(quadratic, 40 * 1000));
    quadratic.branches = quadratic.bytes;
    quadratic.bytes = 0;
    assert_false(is_linear(quadratic, 40 * 1000));
}

/* The body is not read, but for its first lines. */
static void the_body_costs_nothing(void **state)
{
    blob little = shape(&places[COUNT(places) - 1], "a line of text\n", 5000);
    blob much = shape(&places[COUNT(places) - 1], "a line of text\n", 500 * 1000);

    (void)state;
    assert_int_equal(cost_of(much.ptr, much.len).bytes, cost_of(little.ptr, little.len).bytes);
    blob_free(&little);
    blob_free(&much);
}

static void the_corpus_is_linear(void **state)
{
    corpus mails = corpus_below(*state, CORPUS_SAMPLE);

    assert_true(mails.count > 0);
    for (size_t i = 0; i < mails.count; i++) {
        const corpus_case *one = &mails.list[i];
        check(cost_of(one->mail.ptr, one->mail.len), one->mail.len + 1, one->name, "the corpus");
        check(cost_of_archive(one->mail.ptr, one->mail.len), one->mail.len + 1, one->name, "the corpus");
    }
    corpus_free(&mails);
}

static void add(struct CMUnitTest *list, size_t *count, const char *name, CMUnitTestFunction run,
                const void *state)
{
    struct CMUnitTest one = {name, run, NULL, NULL, (void *)(uintptr_t)state};
    list[(*count)++] = one;
}

int main(int argc, char **argv)
{
    struct CMUnitTest list[COUNT(places) + 9];
    size_t count = 0;

    if (argc != 2) {
        fprintf(stderr, "usage: test_linear CORPUS\n");
        return EXIT_FAILURE;
    }
    add(list, &count, "the_counters_move", the_counters_move, NULL);
    add(list, &count, "no_loop_goes_uncounted", no_loop_goes_uncounted, NULL);
    add(list, &count, "quadratic_work_would_be_found", quadratic_work_would_be_found, NULL);
    add(list, &count, "the_body_costs_nothing", the_body_costs_nothing, NULL);
    add(list, &count, "the_corpus_is_linear", the_corpus_is_linear, argv[1]);
    for (size_t i = 0; i < COUNT(places); i++) {
        add(list, &count, places[i].name, shapes_in_one_place, &places[i]);
    }
    add(list, &count, "one_field_of_a_megabyte", one_field_of_a_megabyte, NULL);
    add(list, &count, "a_million_folds", a_million_folds, NULL);
    add(list, &count, "a_million_fields", a_million_fields, NULL);
    add(list, &count, "nested_comments", nested_comments, NULL);
    return _cmocka_run_group_tests("linear", list, count, NULL, NULL) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
