/* bytes.h: spans and classes of bytes. */
#include "bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#ifdef HOPTLS_COUNT_WORK
uint64_t hoptls_work;
#endif

static hoptls_span whole_of(const char *text)
{
    hoptls_span s = {0, (uint32_t)strlen(text)};
    return s;
}

static const uint8_t *bytes_of(const char *text)
{
    return (const uint8_t *)text;
}

static void assert_span(hoptls_span s, uint32_t off, uint32_t len)
{
    assert_int_equal(s.off, off);
    assert_int_equal(s.len, len);
}

/* An empty span has one form, so that structs can be compared byte by byte. */
static void test_span_of(void **state)
{
    (void)state;
    assert_span(span_of(3, 7), 3, 4);
    assert_span(span_of(0, 1), 0, 1);
    assert_span(span_of(7, 7), 0, 0);
    assert_span(span_of(8, 7), 0, 0);
    assert_span(span_of(0, UINT32_MAX), 0, UINT32_MAX);
    assert_span(span_of(UINT32_MAX - 1, UINT32_MAX), UINT32_MAX - 1, 1);
    assert_int_equal(span_end(span_of(UINT32_MAX - 1, UINT32_MAX)), UINT32_MAX);
}

static void test_span_in(void **state)
{
    static const struct {
        hoptls_span span;
        size_t len;
        int in;
    } cases[] = {
        {{0, 0}, 0, 1},          {{0, 1}, 0, 0},          {{1, 0}, 0, 0},
        {{0, 5}, 5, 1},          {{1, 5}, 5, 0},          {{5, 0}, 5, 1},
        {{6, 0}, 5, 0},          {{4, 1}, 5, 1},          {{4, 2}, 5, 0},
        {{UINT32_MAX, 2}, 9, 0}, {{2, UINT32_MAX}, 9, 0}, {{UINT32_MAX, UINT32_MAX}, UINT32_MAX, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(span_in(cases[i].span, cases[i].len), cases[i].in);
    }
}

/* Every byte value against the sets as they are written down in the RFCs. */
static void test_classes(void **state)
{
    (void)state;
    for (unsigned c = 0; c < 256; c++) {
        const char *upper = c != 0 && c < 128 ? strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (int)c) : NULL;
        uint8_t b = (uint8_t)c;
        assert_int_equal(lower(b), upper ? strchr("abcdefghijklmnopqrstuvwxyz", (int)c + 32)[0] : (int)c);
        assert_int_equal(is_space(b), c != 0 && memchr(" \t\r\n", (int)c, 4) != NULL);
        assert_int_equal(is_digit(b), memchr("0123456789", (int)c, 10) != NULL);
        assert_int_equal(is_alpha(b),
                         memchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", (int)c, 52) != NULL);
        assert_int_equal(is_hex(b), memchr("0123456789abcdefABCDEF", (int)c, 22) != NULL);
    }
}

static void test_comparisons(void **state)
{
    static const struct {
        const char *text, *word;
        int is, starts, ends;
    } cases[] = {
        {"tls", "tls", 1, 1, 1},     {"TLS", "tls", 1, 1, 1},
        {"tLsv", "tls", 0, 1, 0},    {"STARTTLS", "tls", 0, 0, 1},
        {"tl", "tls", 0, 0, 0},      {"", "tls", 0, 0, 0},
        {"", "", 1, 1, 1},           {"x", "", 0, 1, 1},
        {"tls tls", "tls", 0, 1, 1}, {"t@s", "t`s", 0, 0, 0},
        {"[", "{", 0, 0, 0},         {"tlS ", "tls", 0, 1, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const uint8_t *p = bytes_of(cases[i].text);
        const uint8_t *word = bytes_of(cases[i].word);
        uint32_t n = (uint32_t)strlen(cases[i].word);
        assert_int_equal(span_is(p, whole_of(cases[i].text), word, n), cases[i].is);
        assert_int_equal(span_starts(p, whole_of(cases[i].text), word, n), cases[i].starts);
        assert_int_equal(span_ends(p, whole_of(cases[i].text), word, n), cases[i].ends);
    }
}

/* A span in the middle: what stands around it must not matter, and must not be read. */
static void test_comparisons_inside(void **state)
{
    const uint8_t *p = bytes_of("xxTLSv1.3xx");
    hoptls_span middle = {2, 7};
    (void)state;
    assert_true(span_is(p, middle, TEXT("tlsv1.3")));
    assert_true(span_starts(p, middle, TEXT("tls")));
    assert_false(span_starts(p, middle, TEXT("xtls")));
    assert_true(span_ends(p, middle, TEXT("1.3")));
    assert_false(span_ends(p, middle, TEXT("1.3x")));
    assert_false(span_ends(p, middle, TEXT("xtlsv1.3")));
}

static void test_span_same(void **state)
{
    const uint8_t *p = bytes_of("mail.example MAIL.Example mail.examplf");
    hoptls_span a = {0, 12}, b = {13, 12}, c = {26, 12}, shorter = {13, 11}, none = {0, 0};
    (void)state;
    assert_true(span_same(p, a, a));
    assert_true(span_same(p, a, b));
    assert_true(span_same(p, b, a));
    assert_false(span_same(p, a, c));
    assert_false(span_same(p, a, shorter));
    assert_true(span_same(p, none, none));
    assert_false(span_same(p, a, none));
}

static void test_trim(void **state)
{
    static const struct {
        const char *text;
        uint32_t off, len;
    } cases[] = {
        {"", 0, 0},   {" ", 0, 0},  {" \t\r\n ", 0, 0},      {"a", 0, 1},
        {" a", 1, 1}, {"a ", 0, 1}, {"\r\n\ta b\r\n", 3, 3}, {"\va\v", 0, 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const uint8_t *p = bytes_of(cases[i].text);
        assert_span(span_trim(p, whole_of(cases[i].text)), cases[i].off, cases[i].len);
    }
}

static void test_skip_space(void **state)
{
    const uint8_t *p = bytes_of("a \t\r\nb");
    (void)state;
    assert_int_equal(skip_space(p, 0, 6), 0);
    assert_int_equal(skip_space(p, 1, 6), 5);
    assert_int_equal(skip_space(p, 1, 3), 3);
    assert_int_equal(skip_space(p, 6, 6), 6);
    assert_int_equal(skip_space_back(p, 0, 6), 6);
    assert_int_equal(skip_space_back(p, 0, 5), 1);
    assert_int_equal(skip_space_back(p, 2, 5), 2);
    assert_int_equal(skip_space_back(p, 5, 5), 5);
}

/* A blank in a phrase is any run of blanks and line ends in the message, and never none. */
static void test_phrases(void **state)
{
    static const struct {
        const char *text, *phrase;
        uint32_t end; /* where the phrase ends, if the text begins with it */
    } cases[] = {
        {"not encrypted", "not encrypted", 13},
        {"(NOT encrypted)", "(not encrypted)", 15},
        {"NOT\r\n\t encrypted at all", "not encrypted", 16},
        {"Not  Encrypted", "not encrypted", 14},
        {"notencrypted", "not encrypted", 0},
        {"not encrypte", "not encrypted", 0},
        {"is not encrypted", "not encrypted", 0},
        {"not", "not ", 0},
        {"not ", "not ", 4},
        {"not \t x", "not ", 6},
        {"a", "a", 1},
        {"", "a", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        hoptls_span all = whole_of(cases[i].text);
        const uint8_t *p = bytes_of(cases[i].text);
        const uint8_t *phrase = bytes_of(cases[i].phrase);
        uint32_t n = (uint32_t)strlen(cases[i].phrase);
        assert_int_equal(phrase_end(p, all, phrase, n), cases[i].end);
        assert_int_equal(phrase_starts(p, all, phrase, n), cases[i].end > 0);
        assert_int_equal(phrase_is(p, all, phrase, n), cases[i].end > 0 && cases[i].end == all.len);
    }
    assert_int_equal(phrase_end(bytes_of("xxover  TLSxx"), span_of(2, 11), TEXT("over tls")), 11);
    assert_int_equal(phrase_end(bytes_of("xxover  TLSxx"), span_of(2, 10), TEXT("over tls")), 0);
}

static void test_phrase_ends(void **state)
{
    static const struct {
        const char *text;
        int ends;
    } cases[] = {
        {"(verified OK)", 1},
        {"CN=a (Verified\r\n\tok)", 1},
        {"(verified ok) ", 0},
        {"(verified ok) (not so)", 0},
        {"(a) (verified ok)", 1},
        {"(verified ok", 0},
        {"verified ok)", 0},
        {"(", 0},
        {"", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(phrase_ends(bytes_of(cases[i].text), whole_of(cases[i].text), TEXT("(verified ok)")),
                         cases[i].ends);
    }
}

static void test_find_last(void **state)
{
    const uint8_t *p = bytes_of("a;b;c");
    (void)state;
    assert_int_equal(find_last(p, span_of(0, 5), ';'), 3);
    assert_int_equal(find_last(p, span_of(0, 3), ';'), 1);
    assert_int_equal(find_last(p, span_of(2, 3), ';'), 3);
    assert_int_equal(find_last(p, span_of(0, 5), 'a'), 0);
    assert_int_equal(find_last(p, span_of(0, 5), 'c'), 4);
    assert_int_equal(find_last(p, span_of(0, 5), ':'), 5);
    assert_int_equal(find_last(p, span_of(0, 0), 'a'), 0);
}

/* Blocks of just the right size, for a sanitizer to see a byte too many. */
static void test_exact_blocks(void **state)
{
    (void)state;
    for (uint32_t n = 1; n < 40; n++) {
        uint8_t *p = malloc(n);
        hoptls_span all = {0, n};
        assert_non_null(p);
        memset(p, ' ', n);
        assert_span(span_trim(p, all), 0, 0);
        assert_int_equal(skip_space(p, 0, n), n);
        assert_int_equal(skip_space_back(p, 0, n), 0);
        memset(p, 'x', n);
        assert_true(span_is(p, all, p, n));
        assert_true(span_ends(p, all, p, n - 1));
        assert_false(span_ends(p, span_of(1, n), p, n));
        assert_false(span_starts(p, span_of(1, n), p, n));
        assert_true(span_same(p, all, all));
        free(p);
    }
}

static void test_text_macro(void **state)
{
    (void)state;
    assert_true(span_is(bytes_of("A\0b"), span_of(0, 3), TEXT("a\0b")));
    assert_false(span_is(bytes_of("A\0c"), span_of(0, 3), TEXT("a\0b")));
}

#ifdef HOPTLS_COUNT_WORK
static void test_work_is_counted(void **state)
{
    const uint8_t *p = bytes_of("     mail.example     ");
    hoptls_span name = {5, 12};
    (void)state;
    hoptls_work = 0;
    assert_true(span_same(p, name, name));
    assert_int_equal(hoptls_work, 12);
    hoptls_work = 0;
    assert_true(span_is(p, name, TEXT("mail.example")));
    assert_int_equal(hoptls_work, 12);
    hoptls_work = 0;
    assert_span(span_trim(p, span_of(0, 22)), 5, 12);
    assert_int_equal(hoptls_work, 10);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_span_of),
        cmocka_unit_test(test_span_in),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_comparisons),
        cmocka_unit_test(test_comparisons_inside),
        cmocka_unit_test(test_span_same),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_skip_space),
        cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_phrase_ends),
        cmocka_unit_test(test_find_last),
        cmocka_unit_test(test_exact_blocks),
        cmocka_unit_test(test_text_macro),
#ifdef HOPTLS_COUNT_WORK
        cmocka_unit_test(test_work_is_counted),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
