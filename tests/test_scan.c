/* scan.c: each twin against the plainest search there is (invariant I8). */
#include "internal.h"

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

typedef size_t find_byte(const uint8_t *p, size_t at, size_t end, uint8_t byte);

/* Every search that this build holds, the one that the library uses first. */
static find_byte *const twins[] = {
    hoptls_find_byte,
    hoptls_find_byte_portable,
#ifdef __SSE2__
    hoptls_find_byte_sse2,
#endif
};

#define TWINS (sizeof twins / sizeof twins[0])

#define ALIGNMENTS 16
#define LENGTHS    131

static uint32_t random_state = 1;

static uint32_t random_next(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static size_t find_plainly(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
    for (size_t i = at; i < end; i++) {
        if (p[i] == byte) {
            return i;
        }
    }
    return end;
}

static void assert_all_find(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
    size_t expected = find_plainly(p, at, end, byte);
    for (size_t t = 0; t < TWINS; t++) {
        assert_int_equal(twins[t](p, at, end, byte), expected);
    }
}

/* One byte in every place of every length at every alignment; another stands just behind the end. */
static void test_every_place(void **state)
{
    uint8_t room[ALIGNMENTS + LENGTHS + 1];
    (void)state;
    for (size_t at = 0; at < ALIGNMENTS; at++) {
        for (size_t len = 0; len < LENGTHS; len++) {
            for (size_t place = 0; place <= len; place++) {
                memset(room, 'x', sizeof room);
                room[at + place] = '\n';
                room[at + len] = '\n';
                for (size_t t = 0; t < TWINS; t++) {
                    assert_int_equal(twins[t](room, at, at + len, '\n'), at + place);
                }
            }
        }
    }
}

static void test_first_of_many(void **state)
{
    uint8_t room[LENGTHS];
    (void)state;
    memset(room, ':', sizeof room);
    for (size_t at = 0; at <= LENGTHS; at++) {
        for (size_t t = 0; t < TWINS; t++) {
            assert_int_equal(twins[t](room, at, LENGTHS, ':'), at);
        }
    }
}

/* Bytes that differ in one bit or by one must not be taken for the wanted one, signs and zeros included. */
static void test_every_value(void **state)
{
    uint8_t room[48];
    (void)state;
    for (unsigned wanted = 0; wanted < 256; wanted++) {
        for (size_t i = 0; i < sizeof room; i++) {
            unsigned near = i % 3 == 0 ? wanted + 1 : i % 3 == 1 ? wanted + 255 : wanted ^ (1u << (i % 8));
            room[i] = (uint8_t)near;
        }
        assert_all_find(room, 0, sizeof room, (uint8_t)wanted);
        assert_int_equal(hoptls_find_byte(room, 0, sizeof room, (uint8_t)wanted), sizeof room);
        room[37] = (uint8_t)wanted;
        assert_int_equal(hoptls_find_byte(room, 0, sizeof room, (uint8_t)wanted), 37);
        assert_all_find(room, 0, sizeof room, (uint8_t)wanted);
    }
}

static void test_random_bytes(void **state)
{
    uint8_t room[ALIGNMENTS + LENGTHS];
    (void)state;
    for (int round = 0; round < 20000; round++) {
        unsigned kinds = 2 + random_next() % 64;
        size_t at = random_next() % ALIGNMENTS;
        size_t end = at + random_next() % LENGTHS;
        for (size_t i = 0; i < sizeof room; i++) {
            room[i] = (uint8_t)(random_next() % kinds);
        }
        assert_all_find(room, at, end, 0);
    }
}

/* Blocks of just the right size, for a sanitizer to see a byte too many. */
static void test_exact_blocks(void **state)
{
    (void)state;
    assert_all_find(NULL, 0, 0, 'x');
    for (size_t len = 1; len < LENGTHS; len++) {
        uint8_t *p = malloc(len);
        assert_non_null(p);
        memset(p, 'x', len);
        for (size_t at = 0; at <= len; at++) {
            assert_all_find(p, at, len, '\n');
        }
        free(p);
    }
}

#ifdef HOPTLS_COUNT_WORK
/* The count moves with the bytes, and all twins count alike. */
static void test_work_is_counted(void **state)
{
    enum { LEN = 10000 };
    uint8_t *p = malloc(LEN);
    (void)state;
    assert_non_null(p);
    memset(p, 'x', LEN);
    for (size_t place = 0; place < LEN; place += 97) {
        p[place] = '\n';
        for (size_t t = 0; t < TWINS; t++) {
            hoptls_work = 0;
            assert_int_equal(twins[t](p, 0, LEN, '\n'), place);
            assert_int_equal(hoptls_work, place + 1);
        }
        p[place] = 'x';
    }
    free(p);
}
#endif

/* Lines: each twin against the plainest search, over bytes that are mostly line ends and first bytes. */
static size_t find_line_plainly(const uint8_t *p, size_t at, size_t end, const char *first)
{
    for (size_t i = at + 1; i < end; i++) {
        if (p[i - 1] == '\n' && memchr(first, p[i], strlen(first)) != NULL) {
            return i;
        }
    }
    return end;
}

static void test_lines(void **state)
{
    uint8_t room[ALIGNMENTS + 300];
    (void)state;
    for (int round = 0; round < 40000; round++) {
        size_t at = random_next() % ALIGNMENTS;
        size_t end = at + random_next() % 300;
        unsigned rare = 1 + random_next() % 200;
        size_t line, stop;
        for (size_t i = 0; i < sizeof room; i++) {
            room[i] = (uint8_t)(random_next() % rare > 1 ? 'x' : "\n\nFCc\r"[random_next() % 6]);
        }
        line = find_line_plainly(room, at, end, "F");
        stop = find_line_plainly(room, at, end, "Cc\n\r");
        assert_int_equal(hoptls_find_line(room, at, end, 'F'), line);
        assert_int_equal(hoptls_find_line_portable(room, at, end, 'F'), line);
        assert_int_equal(hoptls_find_stop(room, at, end), stop);
        assert_int_equal(hoptls_find_stop_portable(room, at, end), stop);
    }
}

/* ---- blanks and marks, odd bytes, names, pairs of letters ---- */

typedef void scan_value(const uint8_t *p, hoptls_span s, uint32_t at, scan_block *out);
typedef uint32_t find_odd(const uint8_t *p, hoptls_span s, uint32_t at);
typedef void scan_name(const uint8_t *p, hoptls_span name, scan_dots *out);
typedef uint32_t find_pair(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other);

static scan_value *const value_twins[] = {
    hoptls_scan_block,
    hoptls_scan_block_portable,
#ifdef __SSE2__
    hoptls_scan_block_sse2,
#endif
};

static find_odd *const odd_twins[] = {
    hoptls_find_odd,
    hoptls_find_odd_portable,
#ifdef __SSE2__
    hoptls_find_odd_sse2,
#endif
};

static scan_name *const name_twins[] = {
    hoptls_scan_name,
    hoptls_scan_name_portable,
#ifdef __SSE2__
    hoptls_scan_name_sse2,
#endif
};

static find_pair *const pair_twins[] = {
    hoptls_find_pair,
    hoptls_find_pair_portable,
#ifdef __SSE2__
    hoptls_find_pair_sse2,
#endif
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static int is_among(uint8_t c, const char *bytes)
{
    return c != 0 && c < 0x80 && strchr(bytes, c) != NULL;
}

static int is_odd(uint8_t c)
{
    return (c < ' ' && c != '\t' && c != '\n') || c >= 0x7F;
}

/* The bytes of `bytes` among those from `at` on, as a block tells them. */
static uint64_t bits_plainly(const uint8_t *p, uint32_t at, uint32_t end, const char *bytes)
{
    uint64_t bits = 0;
    for (uint32_t i = at; i < end && i < at + SCAN_BYTES; i++) {
        bits |= (uint64_t)is_among(p[i], bytes) << (i - at);
    }
    return bits;
}

#define NAME_BYTES "-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static uint64_t others_plainly(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint64_t bits = 0;
    for (uint32_t i = at; i < end && i < at + SCAN_BYTES; i++) {
        bits |= (uint64_t)(p[i] < 0x80 && !is_among(p[i], NAME_BYTES)) << (i - at);
    }
    return bits;
}

static uint32_t odd_plainly(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && !is_odd(p[i])) {
        i++;
    }
    return i;
}

static uint32_t pair_plainly(const uint8_t *p, uint32_t at, uint32_t end)
{
    for (uint32_t i = at; end - i >= 2; i++) {
        if (is_among(p[i], "bB") && is_among(p[i + 1], "yY")) {
            return i;
        }
    }
    return end;
}

static void assert_values_agree(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t odd = odd_plainly(p, at, s.off + s.len);
    for (size_t t = 0; t < COUNT(value_twins); t++) {
        scan_block bits = {1, 1};
        value_twins[t](p, s, at, &bits);
        assert_true(bits.blanks == bits_plainly(p, at, s.off + s.len, " \t\r\n"));
        assert_true(bits.marks == bits_plainly(p, at, s.off + s.len, "\"();<>[\\]"));
    }
    for (size_t t = 0; t < COUNT(odd_twins); t++) {
        assert_int_equal(odd_twins[t](p, s, at), odd);
    }
}

static void assert_names_agree(const uint8_t *p, uint32_t at, uint32_t end)
{
    hoptls_span name = {at, end - at};
    for (size_t t = 0; t < COUNT(name_twins); t++) {
        scan_dots bits = {1, 1};
        name_twins[t](p, name, &bits);
        assert_true(bits.dots == bits_plainly(p, at, end, "."));
        assert_true(bits.others == others_plainly(p, at, end));
    }
}

static void assert_glances_agree(const uint8_t *p, hoptls_span s, uint32_t at)
{
    assert_values_agree(p, s, at);
    assert_names_agree(p, at, s.off + s.len);
    for (size_t t = 0; t < COUNT(pair_twins); t++) {
        assert_int_equal(pair_twins[t](p, at, s.off + s.len, 'b', 'y'), pair_plainly(p, at, s.off + s.len));
    }
}

/* Every value of a byte in every place of a block, and behind its end. */
static void test_every_mark(void **state)
{
    uint8_t room[80];
    (void)state;
    for (unsigned value = 0; value < 256; value++) {
        for (uint32_t place = 0; place < sizeof room; place++) {
            hoptls_span s = {3, 70};
            memset(room, 'x', sizeof room);
            room[place] = (uint8_t)value;
            assert_glances_agree(room, s, 3);
            assert_glances_agree(room, s, place >= 3 && place <= 73 ? place : 73);
        }
    }
}

/* Spans of every length, glanced at from every place, in memory that is theirs alone. */
static void test_every_span(void **state)
{
    (void)state;
    for (uint32_t len = 0; len < 100; len++) {
        uint8_t *room = malloc(len + 1);
        hoptls_span s = {0, len};
        assert_non_null(room);
        for (uint32_t i = 0; i < len; i++) {
            uint32_t chance = random_next() % 32;
            room[i] =
                chance == 0 ? (uint8_t)random_next() : (uint8_t)(chance < 6 ? "bByY."[chance - 1] : 'x');
        }
        for (uint32_t at = 0; at <= len; at++) {
            assert_glances_agree(room, s, at);
        }
        free(room);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_mark),      cmocka_unit_test(test_every_span),
        cmocka_unit_test(test_every_place),     cmocka_unit_test(test_first_of_many),
        cmocka_unit_test(test_every_value),     cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_lines),           cmocka_unit_test(test_exact_blocks),
#ifdef HOPTLS_COUNT_WORK
        cmocka_unit_test(test_work_is_counted),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
