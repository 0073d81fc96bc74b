/* What tools/prove_sse2.h says of the processor's instructions, and the proofs of core/scan.c believe, is true of this
 * processor: each sentence there is one case here, for all inputs where they can be counted. This test holds its room, to
 * call them as the room does. */
#include "scan.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#ifdef SCAN_SSE2

/* Sixteen bytes that differ from one call to the next (xorshift). */
static void fill(uint32_t *state, uint8_t bytes[SCAN_BLOCK])
{
    for (uint32_t i = 0; i < SCAN_BLOCK; i++) {
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        bytes[i] = (uint8_t)(*state >> 8 & 0xFF);
    }
}

static void bytes_of(__m128i block, uint8_t bytes[SCAN_BLOCK])
{
    memcpy(bytes, &block, SCAN_BLOCK);
}

static void test_set1(void **state)
{
    uint8_t bytes[SCAN_BLOCK];
    (void)state;
    for (uint32_t c = 0; c < 256; c++) {
        bytes_of(sse2_set1((uint8_t)c), bytes);
        for (uint32_t k = 0; k < SCAN_BLOCK; k++) {
            assert_int_equal(bytes[k], c);
        }
    }
}

static void test_load(void **state)
{
    uint8_t memory[3 * SCAN_BLOCK];
    uint8_t bytes[SCAN_BLOCK];
    uint32_t seed = 1;
    (void)state;
    for (uint32_t i = 0; i < sizeof memory; i += SCAN_BLOCK) {
        fill(&seed, memory + i);
    }
    for (size_t at = 0; at <= sizeof memory - SCAN_BLOCK; at++) {
        bytes_of(sse2_load(memory, at), bytes);
        assert_memory_equal(bytes, memory + at, SCAN_BLOCK);
    }
}

/* Every byte against every other, each pair in every place. */
static void test_cmpeq(void **state)
{
    uint8_t a[SCAN_BLOCK];
    uint8_t b[SCAN_BLOCK];
    uint8_t equal_bytes[SCAN_BLOCK];
    (void)state;
    for (uint32_t pair = 0; pair < 65536; pair++) {
        for (uint32_t k = 0; k < SCAN_BLOCK; k++) {
            a[k] = (uint8_t)(((pair >> 8) + k) & 0xFF);
            b[k] = (uint8_t)(((pair & 0xFF) + k * k) & 0xFF);
        }
        bytes_of(_mm_cmpeq_epi8(sse2_load(a, 0), sse2_load(b, 0)), equal_bytes);
        for (uint32_t k = 0; k < SCAN_BLOCK; k++) {
            assert_int_equal(equal_bytes[k], a[k] == b[k] ? 0xFF : 0);
        }
    }
}

/* Two loads of eight, in every place of a room, one before the other and behind it. */
static void test_load_halves(void **state)
{
    uint8_t memory[2 * SCAN_BLOCK];
    uint8_t bytes[SCAN_BLOCK];
    uint32_t seed = 3;
    (void)state;
    fill(&seed, memory);
    fill(&seed, memory + SCAN_BLOCK);
    for (size_t at = 0; at <= sizeof memory - 8; at++) {
        for (size_t then = 0; then <= sizeof memory - 8; then++) {
            bytes_of(sse2_load_halves(memory, at, then), bytes);
            assert_memory_equal(bytes, memory + at, 8);
            assert_memory_equal(bytes + 8, memory + then, 8);
        }
    }
}

/* Every byte with every other. */
static void test_either_and_both(void **state)
{
    (void)state;
    for (uint32_t pair = 0; pair < 65536; pair++) {
        uint8_t a = (uint8_t)(pair >> 8);
        uint8_t b = (uint8_t)(pair & 0xFF);
        uint8_t either[SCAN_BLOCK];
        uint8_t both[SCAN_BLOCK];
        bytes_of(sse2_either(sse2_set1(a), sse2_set1(b)), either);
        bytes_of(sse2_both(sse2_set1(a), sse2_set1(b)), both);
        for (uint32_t k = 0; k < SCAN_BLOCK; k++) {
            assert_int_equal(either[k], a | b);
            assert_int_equal(either[k] >= 0x80, a >= 0x80 || b >= 0x80);
            assert_int_equal(both[k], a & b);
            assert_int_equal(both[k] >= 0x80, a >= 0x80 && b >= 0x80);
        }
    }
}

static void assert_row(uint8_t low, uint8_t high)
{
    uint8_t block[SCAN_BLOCK];
    uint8_t inside[SCAN_BLOCK];
    for (uint32_t first = 0; first < 256; first += SCAN_BLOCK) {
        for (uint32_t k = 0; k < SCAN_BLOCK; k++) {
            block[k] = (uint8_t)(first + k);
        }
        bytes_of(sse2_in_row(sse2_load(block, 0), low, high), inside);
        for (uint32_t k = 0; k < SCAN_BLOCK; k++) {
            assert_int_equal(inside[k], low <= block[k] && block[k] <= high ? 0xFF : 0);
        }
    }
}

/* Every row of bytes below 0x80, every byte. */
static void test_in_row(void **state)
{
    (void)state;
    for (uint32_t high = 0; high < 0x80; high++) {
        for (uint32_t low = 0; low <= high; low++) {
            assert_row((uint8_t)low, (uint8_t)high);
        }
    }
}

/* Every set of bytes whose uppermost bit is set, with other bits as they come. */
static void test_mask(void **state)
{
    uint8_t bytes[SCAN_BLOCK];
    uint32_t seed = 2;
    (void)state;
    for (uint32_t set = 0; set < 65536; set++) {
        uint32_t mask;
        fill(&seed, bytes);
        for (uint32_t k = 0; k < SCAN_BLOCK; k++) {
            bytes[k] = (uint8_t)((bytes[k] & 0x7F) | (set >> k & 1) << 7);
        }
        mask = sse2_mask(sse2_load(bytes, 0));
        assert_in_range(mask, 0, 0xFFFF);
        for (uint32_t k = 0; k < 32; k++) {
            assert_int_equal(mask >> k & 1, k < SCAN_BLOCK && bytes[k] >= 0x80);
        }
        assert_int_equal(mask == 0, set == 0);
    }
}

static void test_first(void **state)
{
    (void)state;
    for (uint32_t low = 1; low < 65536; low++) {
        for (uint32_t shift = 0; shift <= 16; shift += 16) {
            uint32_t mask = low << shift;
            int first = sse2_first(mask);
            assert_in_range(first, 0, 31);
            assert_int_equal(mask >> first & 1, 1);
            assert_int_equal(mask & (((uint32_t)1 << first) - 1), 0);
        }
    }
}

static void test_unset(void **state)
{
    (void)state;
    for (uint32_t mask = 0; mask < 65536; mask++) {
        uint32_t unset = sse2_unset(mask);
        assert_in_range(unset, 0, 0xFFFF);
        for (uint32_t k = 0; k < 32; k++) {
            assert_int_equal(unset >> k & 1, k < SCAN_BLOCK && (mask >> k & 1) == 0);
        }
    }
}

/* Every mask without as many of its first bits as there are. */
static void test_behind(void **state)
{
    (void)state;
    for (uint32_t mask = 0; mask < 65536; mask++) {
        for (uint32_t n = 0; n <= SCAN_BLOCK; n++) {
            uint32_t rest = sse2_behind(mask, n);
            assert_in_range(rest, 0, mask);
            for (uint32_t k = 0; k + n < 32; k++) {
                assert_int_equal(rest >> k & 1, mask >> (k + n) & 1);
            }
            assert_int_equal(rest == 0, (mask & ~(((uint32_t)1 << n) - 1)) == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load_halves), cmocka_unit_test(test_either_and_both),
        cmocka_unit_test(test_in_row),      cmocka_unit_test(test_unset),
        cmocka_unit_test(test_behind),      cmocka_unit_test(test_set1),
        cmocka_unit_test(test_load),        cmocka_unit_test(test_cmpeq),
        cmocka_unit_test(test_mask),        cmocka_unit_test(test_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

/* Another processor has no twin here. */
static void test_portable_alone(void **state)
{
    static const uint8_t text[] = {'a', 'b', 'c'};
    (void)state;
    assert_int_equal(hoptls_find_byte(text, 0, sizeof text, 'c'), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_portable_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
