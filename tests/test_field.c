/* field.c: header fields. */
#include "internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HOPTLS_COUNT_WORK
uint64_t hoptls_work;
#endif

#define BIG ((size_t)10 << 20)

/* ---- what a header section must come out as ------------------------------------------------------------ */

/* A literal with its length, since some hold NULs. */
typedef struct bytes {
    const char *ptr;
    size_t len;
} bytes;

#define B(literal)                                                                                           \
    {                                                                                                        \
        literal, sizeof(literal) - 1                                                                         \
    }

typedef struct expected {
    bytes whole;
    bytes name;
    bytes value;
} expected;

typedef struct field_case {
    const char *what;
    bytes msg;
    size_t body;
    expected field[4];
} field_case;

/* clang-format off */
static const field_case cases[] = {
    {"nothing", B(""), 0, {{B(""), B(""), B("")}}},
    {"an empty line", B("\nx"), 1, {{B(""), B(""), B("")}}},
    {"an empty line, CRLF", B("\r\nx"), 2, {{B(""), B(""), B("")}}},
    {"a field", B("A: b\n\nx"), 6, {{B("A: b"), B("A"), B(" b")}}},
    {"a field, CRLF", B("A: b\r\n\r\nx"), 8, {{B("A: b"), B("A"), B(" b")}}},
    {"line ends of both kinds", B("A: b\r\nC: d\n\r\n"), 13,
     {{B("A: b"), B("A"), B(" b")}, {B("C: d"), B("C"), B(" d")}}},
    {"a header without end", B("A: b\nC: d"), 9,
     {{B("A: b"), B("A"), B(" b")}, {B("C: d"), B("C"), B(" d")}}},
    {"a header that ends with its last field", B("A: b\n"), 5, {{B("A: b"), B("A"), B(" b")}}},
    {"no blank behind the colon", B("A:b\n\n"), 5, {{B("A:b"), B("A"), B("b")}}},
    {"no value", B("A:\nC:\r\n\n"), 8, {{B("A:"), B("A"), B("")}, {B("C:"), B("C"), B("")}}},
    {"colons in the value", B("A::b:\n\n"), 7, {{B("A::b:"), B("A"), B(":b:")}}},

    {"a fold", B("A: b\n c\n\td\nE: f\n\n"), 17,
     {{B("A: b\n c\n\td"), B("A"), B(" b\n c\n\td")}, {B("E: f"), B("E"), B(" f")}}},
    {"a fold, CRLF", B("A: b\r\n\tc\r\nD: e\r\n\r\n"), 18,
     {{B("A: b\r\n\tc"), B("A"), B(" b\r\n\tc")}, {B("D: e"), B("D"), B(" e")}}},
    {"a fold behind the colon", B("A:\n b\n\n"), 7, {{B("A:\n b"), B("A"), B("\n b")}}},
    {"a fold of blanks alone", B("A: b\n \n\nx"), 8, {{B("A: b\n "), B("A"), B(" b\n ")}}},
    {"a fold at the end of the message", B("A: b\n "), 6, {{B("A: b\n "), B("A"), B(" b\n ")}}},
    {"a fold before any field", B(" a: b\nC: d\n\n"), 12,
     {{B(" a: b"), B(""), B("")}, {B("C: d"), B("C"), B(" d")}}},

    {"blanks before the colon", B("Received \t : x\n\n"), 16,
     {{B("Received \t : x"), B("Received"), B(" x")}}},
    {"a fold before the colon", B("Received\n : x\n\n"), 15, {{B("Received\n : x"), B(""), B("")}}},
    {"two words before the colon", B("Not a: field\n\n"), 14, {{B("Not a: field"), B(""), B("")}}},
    {"no name", B(": x\n :y\n\n"), 9, {{B(": x\n :y"), B(""), B("")}}},
    {"no colon", B("nothing\nA: b\n\n"), 14,
     {{B("nothing"), B(""), B("")}, {B("A: b"), B("A"), B(" b")}}},
    {"no colon at the end", B("A: b\nnothing"), 12,
     {{B("A: b"), B("A"), B(" b")}, {B("nothing"), B(""), B("")}}},
    {"no colon but in the fold", B("a\n b: c\n\n"), 9, {{B("a\n b: c"), B(""), B("")}}},
    {"all the bytes of a name", B("!\"#$%&'()*+,-./09;<=>?@AZ[\\]^_`az{|}~: b\n\n"), 42,
     {{B("!\"#$%&'()*+,-./09;<=>?@AZ[\\]^_`az{|}~: b"), B("!\"#$%&'()*+,-./09;<=>?@AZ[\\]^_`az{|}~"), B(" b")}}},
    {"other bytes in a name", B("a\x7f: b\nc\xc3\xa9: d\ne\x01: f\n\n"), 20,
     {{B("a\x7f: b"), B(""), B("")}, {B("c\xc3\xa9: d"), B(""), B("")}, {B("e\x01: f"), B(""), B("")}}},

    {"a separator", B("From a@example.com Mon Aug 19 10:41:21 2019\nA: b\n\n"), 50,
     {{B("From a@example.com Mon Aug 19 10:41:21 2019"), B(""), B("")}, {B("A: b"), B("A"), B(" b")}}},
    {"a separator, quoted", B(">From a@example.com Mon Aug 19 10:41:21 2019\nA: b\n\n"), 51,
     {{B(">From a@example.com Mon Aug 19 10:41:21 2019"), B(""), B("")}, {B("A: b"), B("A"), B(" b")}}},
    {"From with a blank before its colon", B("From : a@example.com\n\n"), 22,
     {{B("From : a@example.com"), B("From"), B(" a@example.com")}}},
    {"From behind a field", B("A: b\nFrom x y:\nC: d\n\n"), 21,
     {{B("A: b"), B("A"), B(" b")}, {B("From x y:"), B(""), B("")}, {B("C: d"), B("C"), B(" d")}}},

    {"carriage returns alone", B("\r\r\r"), 3, {{B("\r\r\r"), B(""), B("")}}},
    {"a carriage return at the end", B("A: b\r"), 5, {{B("A: b\r"), B("A"), B(" b\r")}}},
    {"a carriage return as a line", B("A: b\n\r"), 6, {{B("A: b"), B("A"), B(" b")}, {B("\r"), B(""), B("")}}},
    {"a carriage return more", B("A: b\r\r\n\r\n"), 9, {{B("A: b\r"), B("A"), B(" b\r")}}},
    {"no empty line but nearly", B("A: b\n\r\r\nC: d\n\n"), 14,
     {{B("A: b"), B("A"), B(" b")}, {B("\r"), B(""), B("")}, {B("C: d"), B("C"), B(" d")}}},
    {"a carriage return for a line end", B("A: b\rC: d\n\n"), 11, {{B("A: b\rC: d"), B("A"), B(" b\rC: d")}}},
    {"a carriage return before the colon", B("A\r: b\n\n"), 7, {{B("A\r: b"), B(""), B("")}}},
    {"a fold behind a carriage return", B("A: b\r c\n\n"), 9, {{B("A: b\r c"), B("A"), B(" b\r c")}}},

    {"NULs", B("A: \0\n\0\n\0: c\n\n"), 13,
     {{B("A: \0"), B("A"), B(" \0")}, {B("\0"), B(""), B("")}, {B("\0: c"), B(""), B("")}}},
};
/* clang-format on */

#define CASES (sizeof cases / sizeof cases[0])

/* A copy that ends where its memory ends; null for no bytes. */
static hoptls_msg exact_copy(const void *ptr, size_t len)
{
    hoptls_msg msg = {NULL, len};
    if (len > 0) {
        uint8_t *copy = malloc(len);
        assert_non_null(copy);
        memcpy(copy, ptr, len);
        msg.ptr = copy;
    }
    return msg;
}

static void release(hoptls_msg msg)
{
    free((void *)(uintptr_t)msg.ptr);
}

static int is_part(hoptls_msg msg, hoptls_span s, bytes text)
{
    return s.len == text.len && (s.len == 0 ? s.off == 0 : memcmp(msg.ptr + s.off, text.ptr, s.len) == 0);
}

static int case_holds(const field_case *c, hoptls_msg msg)
{
    hoptls_field field;
    uint32_t pos = 0;
    size_t n = 0;
    while (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE) {
        const expected *e = &c->field[n];
        if (n == 4 || !is_part(msg, field.whole, e->whole) || !is_part(msg, field.name, e->name) ||
            !is_part(msg, field.value, e->value)) {
            return 0;
        }
        n++;
    }
    return pos == c->body && (n == 4 || c->field[n].whole.len == 0);
}

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        hoptls_msg msg = exact_copy(cases[i].msg.ptr, cases[i].msg.len);
        if (!case_holds(&cases[i], msg)) {
            fail_msg("wrong: %s", cases[i].what);
        }
        release(msg);
    }
}

/* ---- nothing is left out (invariant I3, and the fields partition the section) ---------------------------- */

static int is_line_end(hoptls_msg msg, uint32_t at, uint32_t end)
{
    return (end - at == 1 && msg.ptr[at] == '\n') ||
           (end - at == 2 && msg.ptr[at] == '\r' && msg.ptr[at + 1] == '\n');
}

/* A field, what separates its name from its value, and its line end, from `from` up to `to`. */
static int field_is_sound(hoptls_msg msg, const hoptls_field *f, uint32_t from, uint32_t to)
{
    uint32_t end = f->whole.off + f->whole.len;
    uint32_t colon = f->name.off + f->name.len;

    if (f->whole.off != from || f->whole.len == 0 || end > to ||
        !(end == to ? to == msg.len : is_line_end(msg, end, to))) {
        return 0;
    }
    if (f->name.len == 0) {
        return f->name.off == 0 && f->value.len == 0 && f->value.off == 0;
    }
    while (colon < end && (msg.ptr[colon] == ' ' || msg.ptr[colon] == '\t')) {
        colon++;
    }
    return f->name.off == from && colon < end && msg.ptr[colon] == ':' &&
           (f->value.len == 0 ? f->value.off == 0 && colon + 1 == end
                              : f->value.off == colon + 1 && f->value.off + f->value.len == end);
}

/* Walks the section; returns how many fields it has. What the output held before must not matter (I6). */
static size_t walk(hoptls_msg msg)
{
    hoptls_field field, again;
    uint32_t pos = 0, from = 0, second = 0;
    size_t n = 0;
    int status;

    memset(&field, 0xFF, sizeof field);
    memset(&again, 0x00, sizeof again);
    while ((status = hoptls_field_next(msg, &pos, &field)) == HOPTLS_MORE) {
        assert_int_equal(hoptls_field_next(msg, &second, &again), HOPTLS_MORE);
        assert_int_equal(pos, second);
        assert_memory_equal(&field, &again, sizeof field);
        assert_true(field_is_sound(msg, &field, from, pos));
        from = pos;
        n++;
    }
    assert_int_equal(status, HOPTLS_END);
    assert_true(pos == from ? pos == msg.len : is_line_end(msg, from, pos));
    return n;
}

static void test_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        for (size_t len = 0; len <= cases[i].msg.len; len++) {
            hoptls_msg msg = exact_copy(cases[i].msg.ptr, len);
            assert_in_range(walk(msg), 0, len);
            release(msg);
        }
    }
}

/* Where the first field ends, found byte by byte with no idea of how the library does it. */
static size_t first_end_plainly(const uint8_t *p, size_t len)
{
    size_t i = 0;
    while (i < len && !(p[i] == '\n' && (i + 1 == len || (p[i + 1] != ' ' && p[i + 1] != '\t')))) {
        i++;
    }
    return i < len ? i + 1 : len;
}

static uint32_t random_state = 1;

static uint32_t random_next(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static void test_random_bytes(void **state)
{
    static const char alphabet[] = "\n\n\n\r  \t::AAFrom>\0\x80";
    size_t fields = 0;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        uint8_t room[64];
        hoptls_msg msg;
        hoptls_field field;
        uint32_t pos = 0;
        size_t len = (size_t)round % (sizeof room + 1);
        for (size_t i = 0; i < len; i++) {
            room[i] = (uint8_t)alphabet[random_next() % (sizeof alphabet - 1)];
        }
        msg = exact_copy(room, len);
        if (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE) {
            assert_int_equal(pos, first_end_plainly(room, len));
        }
        fields += walk(msg);
        release(msg);
    }
    assert_true(fields > 20000);
}

/* ---- which field is a Received field --------------------------------------------------------------------- */

static void test_is_received(void **state)
{
    static const struct {
        const char *text;
        int received;
    } lines[] = {
        {"Received: from x", 1},
        {"received:", 1},
        {"RECEIVED\t: x", 1},
        {"rEcEiVeD : x", 1},
        {"X-Received: x", 0},
        {"Received-SPF: x", 0},
        {"Receive: x", 0},
        {"Receivedx: x", 0},
        {"Received from: x", 0},
        {"Received", 0},
        {" Received: x", 0},
        {">Received: x", 0},
        {"X: Received: x", 0},
        {"Re\xc3\xa7"
         "eived: x",
         0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        hoptls_msg msg = exact_copy(lines[i].text, strlen(lines[i].text));
        hoptls_field field;
        uint32_t pos = 0;
        assert_int_equal(hoptls_field_next(msg, &pos, &field), HOPTLS_MORE);
        assert_int_equal(hoptls_field_is_received(msg, &field), lines[i].received);
        release(msg);
    }
}

/* ---- wrong calls ------------------------------------------------------------------------------------------ */

static void test_wrong_arguments(void **state)
{
    hoptls_msg msg = {(const uint8_t *)"A: b\n", 5};
    hoptls_msg no_bytes = {NULL, 5};
    hoptls_msg nothing = {NULL, 0};
    hoptls_field field, before;
    uint32_t pos = 0, beyond = 6;
    (void)state;

    memset(&before, 0x5A, sizeof before);
    field = before;
    assert_int_equal(hoptls_field_next(msg, NULL, &field), HOPTLS_E_ARG);
    assert_int_equal(hoptls_field_next(msg, &pos, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_field_next(no_bytes, &pos, &field), HOPTLS_E_ARG);
    assert_int_equal(hoptls_field_next(msg, &beyond, &field), HOPTLS_E_ARG);
    assert_int_equal(hoptls_field_next(nothing, &beyond, &field), HOPTLS_E_ARG);
    assert_int_equal(hoptls_field_next(nothing, &pos, &field), HOPTLS_END);
    assert_int_equal(pos, 0);
    assert_int_equal(beyond, 6);
    assert_memory_equal(&field, &before, sizeof field);

    assert_int_equal(hoptls_field_is_received(msg, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_field_is_received(msg, &before), HOPTLS_E_ARG);
    memset(&field, 0, sizeof field);
    assert_int_equal(hoptls_field_is_received(no_bytes, &field), HOPTLS_E_ARG);
    assert_int_equal(hoptls_field_is_received(nothing, &field), 0);
}

/* The length alone decides: such a message is refused before a byte of it is looked at. With 32 bits there is none. */
static void test_too_long(void **state)
{
#if SIZE_MAX > UINT32_MAX
    hoptls_msg msg = {(const uint8_t *)"A: b\n", (size_t)UINT32_MAX + 1};
    hoptls_field field;
    uint32_t pos = 0;
    memset(&field, 0, sizeof field);
    assert_int_equal(hoptls_field_next(msg, &pos, &field), HOPTLS_E_SIZE);
    assert_int_equal(pos, 0);
    assert_int_equal(hoptls_field_is_received(msg, &field), HOPTLS_E_SIZE);
#endif
    (void)state;
}

/* After the end the same answer comes again, if the message ends there. */
static void test_end_stays(void **state)
{
    hoptls_msg msg = {(const uint8_t *)"A: b\n", 5};
    hoptls_field field;
    uint32_t pos = 5;
    (void)state;
    assert_int_equal(hoptls_field_next(msg, &pos, &field), HOPTLS_END);
    assert_int_equal(hoptls_field_next(msg, &pos, &field), HOPTLS_END);
    assert_int_equal(pos, 5);
}

/* ---- size -------------------------------------------------------------------------------------------------- */

/* Walks a big message and checks that the work was in proportion to it, where work is counted. */
static void walk_big(hoptls_msg msg, size_t fields)
{
    hoptls_field field;
    uint32_t pos = 0, last = 0;
    size_t n = 0;
#ifdef HOPTLS_COUNT_WORK
    hoptls_work = 0;
#endif
    while (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE) {
        assert_true(pos > last);
        last = pos;
        n++;
    }
    assert_int_equal(n, fields);
    assert_int_equal(pos, msg.len);
#ifdef HOPTLS_COUNT_WORK
    assert_in_range(hoptls_work, msg.len / 2, 4 * msg.len);
#endif
}

static void fill(uint8_t *p, size_t len, const char *unit, size_t n)
{
    for (size_t i = 0; i < len; i++) {
        p[i] = (uint8_t)unit[i % n];
    }
}

static void test_big_messages(void **state)
{
    static const struct {
        bytes unit;
        size_t fields;
    } shapes[] = {
        {B("("), 1},           {B("\0"), 1},        {B(":"), 1},          {B("\r"), 1},
        {B(" "), 1},           {B("a"), 1},         {B("A: b\r\n\t"), 1}, /* one field of folds alone, the last one cut */
        {B("A:b\n"), BIG / 4}, {B("a\n"), BIG / 2}, {B("(\r\n "), 1},     {B("\r\r\r\n"), BIG / 4},
    };
    uint8_t *p = malloc(BIG);
    hoptls_msg msg = {p, BIG};
    (void)state;
    assert_non_null(p);
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        fill(p, BIG, shapes[i].unit.ptr, shapes[i].unit.len);
        walk_big(msg, shapes[i].fields);
    }
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),           cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_random_bytes),    cmocka_unit_test(test_is_received),
        cmocka_unit_test(test_wrong_arguments), cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_end_stays),       cmocka_unit_test(test_big_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
