/* Invariants I1 to I6 of core/README.md on every message of the corpus: the message lies against a page that nobody
 * may touch, at its end and at its start, cut at every length; what is written lies between patterns. */
#include "cases.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LONGEST = 16 * 1024,   /* of a longer message the first bytes are tried */
    EVERY_BYTE = 2 * 1024, /* up to here every length, behind it one in STRIDE */
    STRIDE = 61,           /* prime, so that it falls into step with nothing */
    SOME_CAPS = 8,         /* one length in so many is read with little room too */
    MANY = 12,             /* hops that fit; longer messages test what does not */
    GUARDS = 2             /* hops before and behind that must keep their pattern */
};

/* ---- what a call may write ---------------------------------------------------------------------------- */

/* The result of one reading, inside a pattern. */
typedef struct result {
    uint8_t before[64];
    hoptls_report report;
    uint8_t behind[64];
    hoptls_hop hops[GUARDS + MANY + GUARDS];
} result;

/* Each byte is like the next one, and the first is `byte`. */
static int all_are(const void *memory, size_t len, uint8_t byte)
{
    const uint8_t *p = memory;
    return len == 0 || (p[0] == byte && memcmp(p, p + 1, len - 1) == 0);
}

static uint32_t hops_in(const result *r, uint32_t cap)
{
    return r->report.hops < cap ? r->report.hops : cap;
}

/* Read with everything set to `fill` before, and see that nothing but the results changed (I2). */
static void read_into(result *r, hoptls_msg msg, uint32_t cap, uint8_t fill)
{
    hoptls_hop *hops = r->hops + GUARDS;
    uint32_t used;

    memset(r, fill, sizeof *r);
    assert_int_equal(hoptls_message_read(msg, NULL, cap > 0 ? hops : NULL, cap, &r->report), HOPTLS_OK);
    used = hops_in(r, cap);
    assert_true(all_are(r->before, sizeof r->before, fill));
    assert_true(all_are(r->behind, sizeof r->behind, fill));
    assert_true(all_are(r->hops, GUARDS * sizeof r->hops[0], fill));
    assert_true(all_are(hops + used, (MANY + GUARDS - used) * sizeof r->hops[0], fill));
}

/* ---- spans (I3) --------------------------------------------------------------------------------------- */

static int inside(hoptls_span s, size_t len)
{
    return s.off <= len && s.len <= len - s.off && (s.len > 0 || s.off == 0);
}

static int hop_is_inside(const hoptls_hop *h, size_t len)
{
    const hoptls_span spans[] = {h->field,    h->value,    h->helo,      h->rdns,       h->by,
                                 h->with,     h->id,       h->recipient, h->date_text,  h->proof,
                                 h->helo_org, h->rdns_org, h->by_org,    h->tls.cipher, h->tls.group};
    size_t i = 0;
    while (i < sizeof spans / sizeof spans[0] && inside(spans[i], len)) {
        i++;
    }
    return i == sizeof spans / sizeof spans[0];
}

static void spans_are_inside(const result *r, size_t len)
{
    uint32_t used = hops_in(r, MANY);
    for (uint32_t i = 0; i < used; i++) {
        assert_true(hop_is_inside(&r->hops[GUARDS + i], len));
    }
    assert_true(r->report.body <= len);
}

/* ---- tokens (I4, I5) ---------------------------------------------------------------------------------- */

static uint32_t depth_behind(uint32_t depth, uint32_t kind)
{
    if (kind == HOPTLS_TOKEN_OPEN) {
        return depth + 1;
    }
    if (kind == HOPTLS_TOKEN_CLOSE) {
        return depth - 1;
    }
    return depth;
}

static void tokens_partition(hoptls_msg msg, hoptls_span value)
{
    hoptls_tokens_state state;
    hoptls_token token;
    uint32_t at = value.off;
    uint32_t depth = 0;

    assert_int_equal(hoptls_tokens(msg, value, &state), HOPTLS_OK);
    while (hoptls_token_next(msg, &state, &token) == HOPTLS_MORE) {
        assert_true(token.span.off == at && token.span.len > 0);
        assert_true(token.kind != HOPTLS_TOKEN_CLOSE || depth > 0);
        at += token.span.len;
        depth = depth_behind(depth, token.kind);
        assert_true(token.depth == depth);
    }
    assert_true(at == value.off + value.len);
}

static void fields_are_in_order(hoptls_msg msg)
{
    hoptls_field field;
    uint32_t pos = 0;
    uint32_t end = 0;

    while (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE) {
        assert_true(inside(field.whole, msg.len) && inside(field.name, msg.len) &&
                    inside(field.value, msg.len));
        assert_true(field.whole.off >= end && field.whole.len > 0 && pos > end);
        end = field.whole.off + field.whole.len;
        assert_true(field.value.off + field.value.len <= end && pos >= end && pos <= msg.len);
        tokens_partition(msg, field.value);
    }
    assert_true(pos >= end && pos <= msg.len);
}

/* ---- archives ----------------------------------------------------------------------------------------- */

static void archive_is_in_order(hoptls_msg archive)
{
    hoptls_msg one;
    size_t pos = 0;
    const uint8_t *end = archive.ptr;

    while (hoptls_mbox_next(archive, &pos, &one) == HOPTLS_MORE) {
        assert_true(one.ptr >= end && one.len <= (size_t)(archive.ptr + archive.len - one.ptr));
        assert_true(one.ptr + one.len > end || pos == archive.len);
        end = one.ptr + one.len;
        assert_true(pos >= (size_t)(end - archive.ptr) && pos <= archive.len);
    }
}

/* ---- a message of one length -------------------------------------------------------------------------- */

static hoptls_msg msg_of(const uint8_t *ptr, size_t len)
{
    hoptls_msg msg = {ptr, len};
    return msg;
}

static void same_results(const result *a, const result *b, uint32_t cap)
{
    assert_memory_equal(&a->report, &b->report, sizeof a->report);
    if (hops_in(b, cap) > 0) {
        assert_memory_equal(a->hops + GUARDS, b->hops + GUARDS, hops_in(b, cap) * sizeof a->hops[0]);
    }
}

/* With room for no hop, one, two: the report is the same, and so are the hops that fit. */
static void smaller_rooms_agree(const result *all, hoptls_msg msg)
{
    static result other;
    for (uint32_t cap = 0; cap < 3; cap++) {
        read_into(&other, msg, cap, 0xFF);
        same_results(all, &other, cap);
    }
}

static void length_is_safe(arena *room, const uint8_t *bytes, size_t len)
{
    static result all;
    static result other;
    hoptls_msg at_end = msg_of(arena_at_end(room, bytes, len), len);
    hoptls_msg at_start = {NULL, len};

    read_into(&all, at_end, MANY, 0x00);
    spans_are_inside(&all, len);
    if (len % SOME_CAPS == 0) {
        smaller_rooms_agree(&all, at_end);
    }
    fields_are_in_order(at_end);
    archive_is_in_order(at_end);

    at_start.ptr = arena_at_start(room, bytes, len);
    read_into(&other, at_start, MANY, 0xFF);
    same_results(&all, &other, MANY);
    fields_are_in_order(at_start);
    archive_is_in_order(at_start);
}

static size_t next_length(size_t len, size_t last)
{
    size_t next = len + (len < EVERY_BYTE ? 1 : STRIDE);
    return next > last && len < last ? last : next;
}

static void lengths_are_safe(const uint8_t *bytes, size_t len)
{
    size_t last = len < LONGEST ? len : LONGEST;
    arena room = arena_make(last);

    for (size_t n = 0; n <= last; n = next_length(n, last)) {
        length_is_safe(&room, bytes, n);
    }
    arena_free(&room);
}

/* ---- cases -------------------------------------------------------------------------------------------- */

static void message_is_safe(void **state)
{
    const corpus_case *one = *state;

    lengths_are_safe(one->mail.ptr, one->mail.len);
}

/* Every short string over the bytes that the grammar turns on: what no corpus would think of. */
static void short_strings_are_safe(void **state)
{
    static const uint8_t bytes[] = {'\n', '\r', ' ',  ':', '(', ')',  '"',
                                    '<',  '[',  '\\', ';', 'a', 0x00, 0xFF};
    static const char head[] = "Received:";
    enum { KINDS = sizeof bytes, HEAD = sizeof head - 1 };
    uint8_t line[HEAD + 4];
    arena room = arena_make(sizeof line);

    (void)state;
    memcpy(line, head, HEAD);
    for (uint32_t n = 0; n < KINDS * KINDS * KINDS * KINDS; n++) {
        line[HEAD + 0] = bytes[n % KINDS];
        line[HEAD + 1] = bytes[n / KINDS % KINDS];
        line[HEAD + 2] = bytes[n / KINDS / KINDS % KINDS];
        line[HEAD + 3] = bytes[n / KINDS / KINDS / KINDS];
        length_is_safe(&room, line, sizeof line);
        length_is_safe(&room, line + HEAD, 4);
    }
    arena_free(&room);
}

/* The guard itself: without it the other cases would show nothing. A hop outside keeps its pattern only if seen. */
static void the_pattern_is_looked_at(void **state)
{
    uint8_t memory[8];
    (void)state;
    memset(memory, 0xFF, sizeof memory);
    assert_true(all_are(memory, sizeof memory, 0xFF));
    memory[7] = 0xFE;
    assert_false(all_are(memory, sizeof memory, 0xFF));
    assert_true(all_are(memory, 7, 0xFF));
}

static void spans_outside_are_seen(void **state)
{
    hoptls_span whole = {0, 10};
    hoptls_span behind = {3, 8};
    hoptls_span wrap = {8, 0xFFFFFFFFu};
    hoptls_span absent = {4, 0};
    hoptls_hop hop;

    (void)state;
    assert_true(inside(whole, 10));
    assert_false(inside(whole, 9));
    assert_false(inside(behind, 10));
    assert_false(inside(wrap, 10));
    assert_false(inside(absent, 10));
    memset(&hop, 0, sizeof hop);
    assert_true(hop_is_inside(&hop, 10));
    hop.tls.group = behind;
    assert_false(hop_is_inside(&hop, 10));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest own[] = {
        {"the_pattern_is_looked_at", the_pattern_is_looked_at, NULL, NULL, NULL},
        {"spans_outside_are_seen", spans_outside_are_seen, NULL, NULL, NULL},
        {"short_strings_are_safe", short_strings_are_safe, NULL, NULL, NULL},
    };
    const size_t count = sizeof own / sizeof own[0];
    corpus mails;
    struct CMUnitTest *list;
    int failed;

    if (argc != 2) {
        fprintf(stderr, "usage: test_bounds CORPUS\n");
        return EXIT_FAILURE;
    }
    mails = corpus_below(argv[1], CORPUS_SAMPLE);
    list = calloc(count + mails.count, sizeof *list);
    memcpy(list, own, sizeof own);
    for (size_t i = 0; i < mails.count; i++) {
        struct CMUnitTest one = {mails.list[i].name, message_is_safe, NULL, NULL, &mails.list[i]};
        list[count + i] = one;
    }
    failed = _cmocka_run_group_tests("bounds", list, count + mails.count, NULL, NULL);
    free(list);
    corpus_free(&mails);
    return failed == 0 && count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
