/* What must be survived: input that nobody would send but an attacker, at sizes that only he would choose, and calls
 * that are wrong. Each within seconds; the time limit of the test run is part of the test. */
#include "cases.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { MEGABYTE = 1000 * 1000 };

static hoptls_msg msg_of(const void *ptr, size_t len)
{
    hoptls_msg msg = {ptr, len};
    return msg;
}

static uint8_t *bytes_of(size_t len)
{
    uint8_t *p = malloc(len);
    assert_non_null(p);
    return p;
}

/* Read with no hop, and with a few; the report is the same. */
static hoptls_report survive(const void *ptr, size_t len)
{
    hoptls_hop hops[3];
    hoptls_report few;
    hoptls_report none;

    memset(hops, 0xA5, sizeof hops);
    assert_int_equal(hoptls_message_read(msg_of(ptr, len), NULL, hops, 3, &few), HOPTLS_OK);
    assert_int_equal(hoptls_message_read(msg_of(ptr, len), NULL, NULL, 0, &none), HOPTLS_OK);
    assert_memory_equal(&few, &none, sizeof few);
    return few;
}

static void no_hops(const void *ptr, size_t len)
{
    hoptls_report r = survive(ptr, len);
    assert_int_equal(r.hops, 0);
    assert_int_equal(r.counted, 0);
    assert_int_equal(r.claimed_hop, HOPTLS_NO_HOP);
    assert_int_equal(r.trusted_hop, HOPTLS_NO_HOP);
    assert_int_equal(r.submission_hop, HOPTLS_NO_HOP);
    assert_int_equal(r.retrieval_hop, HOPTLS_NO_HOP);
    assert_true(r.body <= len);
}

/* ---- little ------------------------------------------------------------------------------------------- */

static void empty_input(void **state)
{
    (void)state;
    no_hops("", 0);
    no_hops("\n", 1);
    no_hops("\r\n", 2);
    no_hops("\r", 1);
    no_hops("\0", 1);
    assert_int_equal(survive("\n", 1).body, 1);
    assert_int_equal(survive("\r\n", 2).body, 2);
}

static void empty_field(void **state)
{
    static const char *const fields[] = {"Received:", "Received:\n", "Received: \n\n", "Received:;",
                                         "Received:\r\n \r\n"};
    (void)state;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        hoptls_report r = survive(fields[i], strlen(fields[i]));
        assert_int_equal(r.hops, 1);
        assert_int_equal(r.claimed, HOPTLS_V_UNKNOWN);
    }
}

static void header_without_end(void **state)
{
    static const char mail[] = "Received: from a.example.org (a.example.org [192.0.2.1])\n"
                               "\tby b.example.com (Postfix) with ESMTPS id 1";
    hoptls_report r = survive(mail, sizeof mail - 1);

    (void)state;
    assert_int_equal(r.hops, 1);
    assert_int_equal(r.claimed, HOPTLS_V_TLS);
    assert_int_equal(r.body, sizeof mail - 1);
}

/* A carriage return alone ends nothing: all of it is one field, so no second one can hide in it. */
static void carriage_returns_alone(void **state)
{
    static const char mail[] = "Received: from a.example.org (a.example.org [192.0.2.1])\r"
                               "\tby b.example.com (Postfix) with ESMTP id 1\r"
                               "Received: from c.example.org (c.example.org [192.0.2.9])\r"
                               "\tby a.example.org (Postfix) with ESMTPS id 2\r\r";
    hoptls_report r = survive(mail, sizeof mail - 1);
    uint8_t *many = bytes_of(MEGABYTE);

    (void)state;
    assert_int_equal(r.hops, 1);
    assert_int_not_equal(r.claimed, HOPTLS_V_TLS);
    memset(many, '\r', MEGABYTE);
    no_hops(many, MEGABYTE);
    free(many);
}

/* ---- much --------------------------------------------------------------------------------------------- */

static void a_megabyte_of_one_byte(void **state)
{
    static const uint8_t bytes[] = {0x00, ' ', '\t', ':', '(', '"', 'R', 0x80, 0xFF};
    uint8_t *p = bytes_of(MEGABYTE);

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) {
        memset(p, bytes[i], MEGABYTE);
        no_hops(p, MEGABYTE);
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        memset(p, (int)byte, MEGABYTE / 100);
        no_hops(p, MEGABYTE / 100);
    }
    free(p);
}

static void hundred_megabytes_of(const char *head, char byte)
{
    size_t len = strlen(head) + 100 * (size_t)MEGABYTE;
    uint8_t *p = bytes_of(len);
    hoptls_report r;

    memset(p, byte, len);
    memcpy(p, head, strlen(head));
    r = survive(p, len);
    assert_int_equal(r.hops, 1);
    assert_int_equal(r.claimed, HOPTLS_V_UNKNOWN);
    assert_int_equal(r.body, len);
    free(p);
}

static void hundred_megabytes_of_parentheses(void **state)
{
    (void)state;
    hundred_megabytes_of("Received: ", '(');
}

static void hundred_megabytes_of_quotes(void **state)
{
    (void)state;
    hundred_megabytes_of("Received: from ", '"');
}

static void hundred_megabytes_of_a_host_name(void **state)
{
    (void)state;
    hundred_megabytes_of("Received: from a by ", 'a');
}

static uint8_t *repeated(const char *unit, size_t times, size_t *len)
{
    size_t n = strlen(unit);
    uint8_t *p = bytes_of(n * times);
    for (size_t i = 0; i < times; i++) {
        memcpy(p + i * n, unit, n);
    }
    *len = n * times;
    return p;
}

static void a_million_received_fields(void **state)
{
    size_t len;
    uint8_t *p =
        repeated("Received: from a.example.org (a.example.org [192.0.2.1]) by b.example.com (Postfix)"
                 " with ESMTP id 1; Mon, 2 Mar 2026 10:00:00 +0000\n",
                 MEGABYTE, &len);
    hoptls_report r = survive(p, len);

    (void)state;
    assert_int_equal(r.hops, MEGABYTE);
    assert_int_equal(r.claimed, HOPTLS_V_PLAIN);
    free(p);
}

static void a_million_empty_received_fields(void **state)
{
    size_t len;
    uint8_t *p = repeated("Received:\n", MEGABYTE, &len);

    (void)state;
    assert_int_equal(survive(p, len).hops, MEGABYTE);
    free(p);
}

/* The one hop that decides lies far behind the last that fits (nothing truncates silently). */
static void hops_beyond_the_room_are_judged(void **state)
{
    static const char tls[] = "Received: from a.example.org (a.example.org [192.0.2.1])\n"
                              "\tby b.example.com (Postfix) with ESMTPS id 1\n";
    static const char plain[] = "Received: from c.example.net (c.example.net [198.51.100.1])\n"
                                "\tby a.example.org (Postfix) with ESMTP id 1;"
                                " Mon, 2 Mar 2026 10:00:00 +0000\n\n";
    size_t len;
    uint8_t *many = repeated(tls, 1000, &len);
    uint8_t *mail = bytes_of(len + sizeof plain);
    hoptls_report r;

    (void)state;
    memcpy(mail, many, len);
    memcpy(mail + len, plain, sizeof plain - 1);
    assert_int_equal(survive(mail, len).claimed, HOPTLS_V_TLS);
    r = survive(mail, len + sizeof plain - 1);
    assert_int_equal(r.hops, 1001);
    assert_int_equal(r.claimed, HOPTLS_V_PLAIN);
    assert_int_equal(r.claimed_hop, 1000);
    free(many);
    free(mail);
}

/* ---- more than offsets can tell ----------------------------------------------------------------------- */

#if SIZE_MAX > 0xFFFFFFFFu
#define FOUR_GIB ((size_t)1 << 32)

static void over_four_gigabytes(void **state)
{
    arena nothing = arena_make(1);
    const size_t sizes[] = {FOUR_GIB, FOUR_GIB + 1, SIZE_MAX};
    hoptls_report before;
    hoptls_report after;
    hoptls_field field;
    uint32_t pos = 0;

    (void)state;
    memset(&before, 0x5A, sizeof before);
    memset(&after, 0x5A, sizeof after);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        hoptls_msg big = msg_of(nothing.map, sizes[i]); /* on the page that nobody may touch */
        assert_int_equal(hoptls_message_read(big, NULL, NULL, 0, &after), HOPTLS_E_SIZE);
        assert_memory_equal(&before, &after, sizeof after);
        assert_int_equal(hoptls_field_next(big, &pos, &field), HOPTLS_E_SIZE);
        assert_int_equal(pos, 0);
    }
    arena_free(&nothing);
}

/* The longest message that is taken, with its only Received field at the very end: no offset wraps. */
static void just_under_four_gigabytes(void **state)
{
    static const char tail[] = "\nReceived: from a.example.org (a.example.org [192.0.2.1])"
                               " by b.example.com (Postfix) with ESMTPS id 1";
    size_t len = FOUR_GIB - 1;
    uint8_t *map =
        mmap(NULL, FOUR_GIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    hoptls_hop hop;
    hoptls_report r;

    (void)state;
    if (map == MAP_FAILED) {
        skip();
    }
    memcpy(map + len - (sizeof tail - 1), tail, sizeof tail - 1);
    assert_int_equal(hoptls_message_read(msg_of(map, len), NULL, &hop, 1, &r), HOPTLS_OK);
    assert_int_equal(r.hops, 1);
    assert_int_equal(r.claimed, HOPTLS_V_TLS);
    assert_int_equal(r.body, 0xFFFFFFFFu);
    assert_int_equal(hop.field.off, len - (sizeof tail - 2));
    assert_int_equal(hop.field.len, sizeof tail - 2);
    munmap(map, FOUR_GIB);
}
#endif

/* ---- calls that are wrong ----------------------------------------------------------------------------- */

static void wrong_message_calls(void **state)
{
    hoptls_report r;
    hoptls_report as_before;
    hoptls_hop hop;
    hoptls_msg nowhere = msg_of(NULL, 5);

    (void)state;
    memset(&r, 0x5A, sizeof r);
    memset(&as_before, 0x5A, sizeof as_before);
    assert_int_equal(hoptls_message_read(nowhere, NULL, NULL, 0, &r), HOPTLS_E_ARG);
    assert_int_equal(hoptls_message_read(msg_of("a", 1), NULL, NULL, 1, &r), HOPTLS_E_ARG);
    assert_int_equal(hoptls_message_read(msg_of("a", 1), NULL, &hop, 1, NULL), HOPTLS_E_ARG);
    assert_memory_equal(&r, &as_before, sizeof r);
    no_hops(NULL, 0); /* no bytes at no address are an empty message */
}

static void wrong_field_calls(void **state)
{
    hoptls_msg msg = msg_of("Received: a\n", 12);
    hoptls_msg nowhere = msg_of(NULL, 5);
    hoptls_field field;
    hoptls_field as_before;
    uint32_t pos = 0;

    (void)state;
    memset(&field, 0x5A, sizeof field);
    memset(&as_before, 0x5A, sizeof as_before);
    assert_int_equal(hoptls_field_next(nowhere, &pos, &field), HOPTLS_E_ARG);
    assert_int_equal(hoptls_field_next(msg, NULL, &field), HOPTLS_E_ARG);
    assert_int_equal(hoptls_field_next(msg, &pos, NULL), HOPTLS_E_ARG);
    assert_int_equal(pos, 0);
    pos = 13;
    assert_int_equal(hoptls_field_next(msg, &pos, &field), HOPTLS_E_ARG);
    assert_int_equal(pos, 13);
    assert_memory_equal(&field, &as_before, sizeof field);
    assert_int_not_equal(hoptls_field_is_received(msg, NULL), 1);
    assert_int_not_equal(hoptls_field_is_received(nowhere, &field), 1);
    assert_int_not_equal(hoptls_field_is_received(msg, &field), 1);
}

static void wrong_token_calls(void **state)
{
    hoptls_msg msg = msg_of("Received: a\n", 12);
    hoptls_msg nowhere = msg_of(NULL, 5);
    hoptls_span value = {9, 2};
    hoptls_span outside = {9, 4};
    hoptls_tokens_state tokens;
    hoptls_tokens_state as_before;
    hoptls_token token;

    (void)state;
    memset(&tokens, 0x5A, sizeof tokens);
    memset(&as_before, 0x5A, sizeof as_before);
    assert_int_equal(hoptls_tokens(nowhere, value, &tokens), HOPTLS_E_ARG);
    assert_int_equal(hoptls_tokens(msg, outside, &tokens), HOPTLS_E_ARG);
    assert_int_equal(hoptls_tokens(msg, value, NULL), HOPTLS_E_ARG);
    assert_memory_equal(&tokens, &as_before, sizeof tokens);
    assert_int_equal(hoptls_tokens(msg, value, &tokens), HOPTLS_OK);
    assert_int_equal(hoptls_token_next(nowhere, &tokens, &token), HOPTLS_E_ARG);
    assert_int_equal(hoptls_token_next(msg, NULL, &token), HOPTLS_E_ARG);
    assert_int_equal(hoptls_token_next(msg, &tokens, NULL), HOPTLS_E_ARG);
    tokens.end = 13;
    assert_int_equal(hoptls_token_next(msg, &tokens, &token), HOPTLS_E_ARG);
}

static void wrong_hop_calls(void **state)
{
    hoptls_msg msg = msg_of("Received: a\n", 12);
    hoptls_msg nowhere = msg_of(NULL, 5);
    hoptls_field field;
    hoptls_field outside;
    uint32_t pos = 0;
    hoptls_hop hop;
    hoptls_hop as_before;
    hoptls_policy policy = {0, 0, 0, 0, 0, 0};

    (void)state;
    memset(&hop, 0x5A, sizeof hop);
    memset(&as_before, 0x5A, sizeof as_before);
    assert_int_equal(hoptls_field_next(msg, &pos, &field), HOPTLS_MORE);
    outside = field;
    outside.value.len += 10;
    assert_int_equal(hoptls_hop_read(nowhere, &field, &hop), HOPTLS_E_ARG);
    assert_int_equal(hoptls_hop_read(msg, NULL, &hop), HOPTLS_E_ARG);
    assert_int_equal(hoptls_hop_read(msg, &outside, &hop), HOPTLS_E_ARG);
    assert_int_equal(hoptls_hop_read(msg, &field, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_hop_route(msg, NULL, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_hop_judge(NULL, &policy), HOPTLS_E_ARG);
    assert_memory_equal(&hop, &as_before, sizeof hop);
    assert_int_equal(hoptls_hop_read(msg, &field, &hop), HOPTLS_OK);
    assert_int_equal(hoptls_hop_route(nowhere, NULL, &hop), HOPTLS_E_ARG);
}

static void wrong_report_calls(void **state)
{
    hoptls_report report;
    hoptls_policy policy = {0, 0, 0, 0, 0, 0};
    hoptls_hop hop;

    (void)state;
    memset(&hop, 0, sizeof hop);
    assert_int_equal(hoptls_report_begin(NULL, &policy), HOPTLS_E_ARG);
    assert_int_equal(hoptls_report_begin(&report, NULL), HOPTLS_OK);
    assert_int_equal(hoptls_report_add(NULL, &hop), HOPTLS_E_ARG);
    assert_int_equal(hoptls_report_add(&report, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_report_end(NULL), HOPTLS_E_ARG);
}

static void wrong_content_calls(void **state)
{
    hoptls_msg nowhere = msg_of(NULL, 5);
    hoptls_msg msg = msg_of("a: b\n\nx", 7);
    hoptls_field outside = {{0, 4}, {0, 1}, {2, 9}};

    (void)state;
    assert_int_equal(hoptls_content_field(msg, NULL), 0);
    assert_int_equal(hoptls_content_field(msg, &outside), 0);
    assert_int_equal(hoptls_content_body(msg, 8), 0);
    assert_int_equal(hoptls_content_body(nowhere, 0), 0);
}

static void wrong_archive_calls(void **state)
{
    hoptls_msg nowhere = msg_of(NULL, 5);
    hoptls_msg archive = msg_of("From a\n\n", 8);
    hoptls_msg out = {NULL, 77};
    size_t pos = 0;

    (void)state;
    assert_int_equal(hoptls_mbox_next(nowhere, &pos, &out), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_next(archive, NULL, &out), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_next(archive, &pos, NULL), HOPTLS_E_ARG);
    assert_int_equal(pos, 0);
    pos = 9;
    assert_int_equal(hoptls_mbox_next(archive, &pos, &out), HOPTLS_E_ARG);
    assert_int_equal(pos, 9);
    assert_int_equal(out.len, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_input),
        cmocka_unit_test(empty_field),
        cmocka_unit_test(header_without_end),
        cmocka_unit_test(carriage_returns_alone),
        cmocka_unit_test(a_megabyte_of_one_byte),
        cmocka_unit_test(hundred_megabytes_of_parentheses),
        cmocka_unit_test(hundred_megabytes_of_quotes),
        cmocka_unit_test(hundred_megabytes_of_a_host_name),
        cmocka_unit_test(a_million_received_fields),
        cmocka_unit_test(a_million_empty_received_fields),
        cmocka_unit_test(hops_beyond_the_room_are_judged),
#if SIZE_MAX > 0xFFFFFFFFu
        cmocka_unit_test(over_four_gigabytes),
        cmocka_unit_test(just_under_four_gigabytes),
#endif
        cmocka_unit_test(wrong_message_calls),
        cmocka_unit_test(wrong_field_calls),
        cmocka_unit_test(wrong_token_calls),
        cmocka_unit_test(wrong_hop_calls),
        cmocka_unit_test(wrong_report_calls),
        cmocka_unit_test(wrong_content_calls),
        cmocka_unit_test(wrong_archive_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
