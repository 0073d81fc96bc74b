/* Finding a byte: most of the time that a header takes goes here, so that one loop is worth two twins. Which twin
 * serves is settled when the file is compiled, by what the target has: nothing is kept between calls and no flag
 * has to be set for this file alone. -DHOPTLS_PORTABLE asks for the plain loop. A wider twin goes the same way:
 * one more function of the same shape, and one more line in hoptls_find_byte. */
#include "internal.h"

#if defined(__SSE2__) && !defined(__FRAMAC__)
#define SCAN_SSE2
#include <emmintrin.h>
#endif

size_t hoptls_find_byte_portable(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
    size_t i = at;
    while (i < end && p[i] != byte) {
        i++;
    }
    HOPTLS_WORK(i - at + 1);
    return i;
}

#ifdef SCAN_SSE2
#define SCAN_BLOCK 16u

/* One bit for each of the sixteen bytes at `p` that is the wanted one, the first byte lowest. The copy is how C
 * reads a vector from an address of any alignment; compilers make it one load. */
static uint32_t matches(const uint8_t *p, __m128i wanted)
{
    __m128i block;
    memcpy(&block, p, sizeof block);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, wanted));
}

/* Only whole blocks are loaded, since the message may end where its memory ends. What is counted as work is what the
 * other twin would count, the bytes up to the one that was found, so that the count means the same everywhere. */
size_t hoptls_find_byte_sse2(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
    __m128i wanted = _mm_set1_epi8((char)byte);
    size_t i = at;
    uint32_t found = 0;

    while (end - i >= SCAN_BLOCK && (found = matches(p + i, wanted)) == 0) {
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    if (found == 0) {
        return hoptls_find_byte_portable(p, i, end, byte);
    }
    HOPTLS_WORK((uint32_t)__builtin_ctz(found) + 1);
    return i + (uint32_t)__builtin_ctz(found);
}
#endif

size_t hoptls_find_byte(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
#if defined(SCAN_SSE2) && !defined(HOPTLS_PORTABLE)
    return hoptls_find_byte_sse2(p, at, end, byte);
#else
    return hoptls_find_byte_portable(p, at, end, byte);
#endif
}

/* ---- the lines that an archive waits for ---- */

/* Four first bytes of lines, packed: those of a separator, and those at which the walk over a header stops. */
#define FIRST_FOUR(a, b, c, d)                                                                               \
    ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)
#define FIRST_STOP FIRST_FOUR('C', 'c', '\n', '\r')

static inline uint8_t first_of(uint32_t four, uint32_t i)
{
    return (uint8_t)(four >> 8 * i & 0xFF);
}

/* Whether a line that begins with one of the four bytes begins at i + 1. */
static inline int line_begins(const uint8_t *p, size_t i, uint32_t four)
{
    uint8_t c = p[i + 1];
    return p[i] == '\n' && (c == first_of(four, 0) || c == first_of(four, 1) || c == first_of(four, 2) ||
                            c == first_of(four, 3));
}

static inline size_t find_line_portable(const uint8_t *p, size_t at, size_t end, uint32_t four)
{
    size_t i = at;
    while (end - i >= 2 && !line_begins(p, i, four)) {
        i++;
    }
    HOPTLS_WORK(i - at + 1);
    return end - i >= 2 ? i + 1 : end;
}

#ifdef SCAN_SSE2
static inline __m128i load(const uint8_t *p)
{
    __m128i block;
    memcpy(&block, p, sizeof block);
    return block;
}

static inline __m128i equal(__m128i block, uint8_t byte)
{
    return _mm_cmpeq_epi8(block, _mm_set1_epi8((char)byte));
}

/* All bits of a byte for each of the sixteen at `p` behind which such a line begins. */
static inline __m128i line_matches(const uint8_t *p, uint32_t four)
{
    __m128i next = load(p + 1);
    __m128i first = equal(next, first_of(four, 0));
    if (first_of(four, 1) != first_of(four, 0)) {
        first = _mm_or_si128(first, equal(next, first_of(four, 1)));
        first = _mm_or_si128(first, equal(next, first_of(four, 2)));
        first = _mm_or_si128(first, equal(next, first_of(four, 3)));
    }
    return _mm_and_si128(equal(load(p), '\n'), first);
}

static inline int four_blocks_match(const uint8_t *p, uint32_t four)
{
    __m128i low = _mm_or_si128(line_matches(p, four), line_matches(p + SCAN_BLOCK, four));
    __m128i high = _mm_or_si128(line_matches(p + (size_t)2 * SCAN_BLOCK, four),
                                line_matches(p + (size_t)3 * SCAN_BLOCK, four));
    return _mm_movemask_epi8(_mm_or_si128(low, high)) != 0;
}

/* Bodies are most of an archive: four blocks at a time go as fast as memory gives them. */
static inline size_t skip_four_blocks(const uint8_t *p, size_t at, size_t end, uint32_t four)
{
    size_t i = at;
    while (end - i > (size_t)4 * SCAN_BLOCK && !four_blocks_match(p + i, four)) {
        i += (size_t)4 * SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    return i;
}

static inline size_t find_line_sse2(const uint8_t *p, size_t at, size_t end, uint32_t four)
{
    size_t start = skip_four_blocks(p, at, end, four);
    size_t i = start;
    uint32_t found = 0;
    while (end - i > SCAN_BLOCK && (found = (uint32_t)_mm_movemask_epi8(line_matches(p + i, four))) == 0) {
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i - start);
    if (found == 0) {
        return find_line_portable(p, i, end, four);
    }
    HOPTLS_WORK((uint32_t)__builtin_ctz(found) + 1);
    return i + (uint32_t)__builtin_ctz(found) + 1;
}

size_t hoptls_find_line_sse2(const uint8_t *p, size_t at, size_t end, uint8_t first)
{
    return find_line_sse2(p, at, end, FIRST_FOUR(first, first, first, first));
}

size_t hoptls_find_stop_sse2(const uint8_t *p, size_t at, size_t end)
{
    return find_line_sse2(p, at, end, FIRST_STOP);
}
#endif

size_t hoptls_find_line_portable(const uint8_t *p, size_t at, size_t end, uint8_t first)
{
    return find_line_portable(p, at, end, FIRST_FOUR(first, first, first, first));
}

size_t hoptls_find_stop_portable(const uint8_t *p, size_t at, size_t end)
{
    return find_line_portable(p, at, end, FIRST_STOP);
}

size_t hoptls_find_line(const uint8_t *p, size_t at, size_t end, uint8_t first)
{
#if defined(SCAN_SSE2) && !defined(HOPTLS_PORTABLE)
    return hoptls_find_line_sse2(p, at, end, first);
#else
    return hoptls_find_line_portable(p, at, end, first);
#endif
}

size_t hoptls_find_stop(const uint8_t *p, size_t at, size_t end)
{
#if defined(SCAN_SSE2) && !defined(HOPTLS_PORTABLE)
    return hoptls_find_stop_sse2(p, at, end);
#else
    return hoptls_find_stop_portable(p, at, end);
#endif
}

/* ---- the marks by which a value falls into tokens, and odd bytes ---- */

enum { MARK = 1, ODD = 2 };

/* clang-format off */
#define ODD8  ODD, ODD, ODD, ODD, ODD, ODD, ODD, ODD
#define ODD32 ODD8, ODD8, ODD8, ODD8
#define BAD   (MARK | ODD)
static const uint8_t block_class[256] = {
    BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, MARK, MARK, BAD, BAD, BAD, BAD, BAD,
    BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD,
    [' '] = MARK, ['!'] = MARK, ['"'] = MARK, ['('] = MARK, [')'] = MARK, [';'] = MARK, ['<'] = MARK, ['='] = MARK,
    ['>'] = MARK, ['['] = MARK, ['\\'] = MARK, [']'] = MARK, [0x7F] = ODD,
    [0x80] = ODD32, ODD32, ODD32, ODD32,
};
#undef BAD
#undef ODD8
#undef ODD32
/* clang-format on */

uint64_t hoptls_scan_marks_portable(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t left = span_end(s) - at;
    uint32_t n = left < SCAN_BYTES ? left : SCAN_BYTES;
    uint64_t marks = 0;
    uint32_t i = 0;
    while (i < n) {
        marks |= (uint64_t)(block_class[p[at + i]] & MARK) << i;
        i++;
    }
    HOPTLS_WORK(n);
    return marks;
}

uint32_t hoptls_find_odd_portable(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t i = at;
    while (i < span_end(s) && (block_class[p[i]] & ODD) == 0) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

#ifdef SCAN_SSE2
/* Bytes from `low` to `low` + `more`: less `low`, they are not above `more`. */
static __m128i within(__m128i block, char low, char more)
{
    __m128i rest = _mm_sub_epi8(block, _mm_set1_epi8(low));
    return _mm_cmpeq_epi8(_mm_min_epu8(rest, _mm_set1_epi8(more)), rest);
}

/* One bit for each of the sixteen bytes at `p` that is a mark: up to `"`, ( ), ; to >, [ to ]. */
static uint64_t marks_in_sixteen(const uint8_t *p)
{
    __m128i b = load(p);
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(b, _mm_set1_epi8('"')), b);
    __m128i round = equal(_mm_or_si128(b, _mm_set1_epi8(1)), ')');
    __m128i marks =
        _mm_or_si128(_mm_or_si128(low, round), _mm_or_si128(within(b, ';', 3), within(b, '[', 2)));
    return (uint32_t)_mm_movemask_epi8(marks);
}

/* Only bytes of `s` are loaded: where fewer than sixteen are left, the last sixteen of `s` are, once more. */
uint64_t hoptls_scan_marks_sse2(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t left = span_end(s) - at;
    uint64_t marks = 0;
    uint32_t i = 0;
    if (s.len < SCAN_BLOCK) {
        return hoptls_scan_marks_portable(p, s, at);
    }
    while (i < SCAN_BYTES && left - i >= SCAN_BLOCK) {
        marks |= marks_in_sixteen(p + at + i) << i;
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i);
    if (i < SCAN_BYTES && i < left) {
        marks |= marks_in_sixteen(p + at + left - SCAN_BLOCK) >> (SCAN_BLOCK - (left - i)) << i;
    }
    return marks;
}

/* One bit for each of the sixteen bytes at `p` that is odd. Compared as signed numbers, bytes of eight bits are below
 * the blank, as control characters are. */
static uint32_t odd_in_sixteen(const uint8_t *p)
{
    __m128i b = load(p);
    __m128i low = _mm_cmpgt_epi8(_mm_set1_epi8(' '), b);
    __m128i usual = _mm_or_si128(equal(b, '\t'), equal(b, '\n'));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_andnot_si128(usual, low), equal(b, 0x7F)));
}

uint32_t hoptls_find_odd_sse2(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t end = span_end(s);
    uint32_t i = at;
    uint32_t found = 0;
    if (s.len < SCAN_BLOCK) {
        return hoptls_find_odd_portable(p, s, at);
    }
    while (end - i >= SCAN_BLOCK && (found = odd_in_sixteen(p + i)) == 0) {
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    if (found == 0 && i < end) {
        found = odd_in_sixteen(p + end - SCAN_BLOCK) >> (SCAN_BLOCK - (end - i));
    }
    return found != 0 ? i + (uint32_t)__builtin_ctz(found) : end;
}
#endif

uint64_t hoptls_scan_marks(const uint8_t *p, hoptls_span s, uint32_t at)
{
#if defined(SCAN_SSE2) && !defined(HOPTLS_PORTABLE)
    return hoptls_scan_marks_sse2(p, s, at);
#else
    return hoptls_scan_marks_portable(p, s, at);
#endif
}

uint32_t hoptls_find_odd(const uint8_t *p, hoptls_span s, uint32_t at)
{
#if defined(SCAN_SSE2) && !defined(HOPTLS_PORTABLE)
    return hoptls_find_odd_sse2(p, s, at);
#else
    return hoptls_find_odd_portable(p, s, at);
#endif
}
