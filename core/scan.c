/* Finding a byte: most of the time that a header takes goes here, so that one loop is worth two twins. Which twin
 * serves is settled when the file is compiled, by what the target has: nothing is kept between calls and no flag
 * has to be set for this file alone. -DHOPTLS_PORTABLE asks for the plain loop. A wider twin goes the same way:
 * one more function of the same shape, and one more line in hoptls_find_byte. */
#include "internal.h"

/* In the proofs, tools/prove_sse2.h stands for the instructions. */
#if defined(__SSE2__) && !defined(__FRAMAC__)
#define SCAN_SSE2
#include <emmintrin.h>
#endif

size_t hoptls_find_byte_portable(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
    size_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant \forall integer k; at <= k < i ==> p[k] != byte;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && p[i] != byte) {
        i++;
        HOPTLS_WORK(1);
    }
    HOPTLS_WORK(1);
    return i;
}

#if defined(SCAN_SSE2) || defined(__FRAMAC__)
#define SCAN_BLOCK 16u

#ifdef SCAN_SSE2
static inline __m128i sse2_set1(uint8_t c)
{
    return _mm_set1_epi8((char)c);
}

/* The copy is how C reads a vector from an address of any alignment; compilers make it one load. */
static inline __m128i sse2_load(const uint8_t *p, size_t at)
{
    __m128i block;
    memcpy(&block, p + at, sizeof block);
    return block;
}

static inline int sse2_first(uint32_t mask)
{
    return __builtin_ctz(mask);
}
#endif

/* One bit for each of the sixteen bytes from `at` on that is the wanted one, the first byte lowest. */
/*@ requires readable(p, at, at + SCAN_BLOCK);
    terminates \true;
    assigns \nothing;
    ensures \result == 0 <==> (\forall integer k; at <= k < at + SCAN_BLOCK ==> p[k] != byte);
    ensures \forall integer k; at <= k < at + SCAN_BLOCK ==> (bit_set(\result, k - at) <==> p[k] == byte);
    ensures \forall integer k; SCAN_BLOCK <= k ==> !bit_set(\result, k); */
static uint32_t matches(const uint8_t *p, size_t at, uint8_t byte)
{
    __m128i block = sse2_load(p, at);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, sse2_set1(byte)));
}

/* Only whole blocks are loaded, since the message may end where its memory ends. What is counted as work is what the
 * other twin would count, the bytes up to the one that was found, so that the count means the same everywhere. */
size_t hoptls_find_byte_sse2(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
    size_t i = at;
    uint32_t found = 0;
    uint32_t first;

    /*@ loop invariant at <= i <= end && found == 0;
        loop invariant \forall integer k; at <= k < i ==> p[k] != byte;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, found, hoptls_work;
        loop variant end - i; */
    while (end - i >= SCAN_BLOCK && (found = matches(p, i, byte)) == 0) {
        i += SCAN_BLOCK;
        HOPTLS_WORK(SCAN_BLOCK);
    }
    if (found == 0) {
        return hoptls_find_byte_portable(p, i, end, byte);
    }
    first = (uint32_t)sse2_first(found);
    HOPTLS_WORK(first + 1);
    return i + first;
}
#endif

size_t hoptls_find_byte(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
#if (defined(SCAN_SSE2) || defined(__FRAMAC__)) && !defined(HOPTLS_PORTABLE)
    return hoptls_find_byte_sse2(p, at, end, byte);
#else
    return hoptls_find_byte_portable(p, at, end, byte);
#endif
}

/* ---- the lines that an archive waits for ---- */

/* Four first bytes of lines: those of a separator, and those at which the walk over a header stops. */
typedef struct first_four {
    uint8_t a, b, c, d;
} first_four;

/*@ predicate four_at{L}(uint8_t *p, integer feed, first_four four) =
        line_at{L}(p, feed, four.a) || line_at{L}(p, feed, four.b) || line_at{L}(p, feed, four.c) ||
        line_at{L}(p, feed, four.d);
*/

/*@ terminates \true;
    assigns \nothing;
    ensures \result.a == first && \result.b == first && \result.c == first && \result.d == first; */
static inline first_four first_alone(uint8_t first)
{
    first_four four = {first, first, first, first};
    return four;
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result.a == 'C' && \result.b == 'c' && \result.c == '\n' && \result.d == '\r'; */
static inline first_four first_stop(void)
{
    first_four four = {'C', 'c', '\n', '\r'};
    return four;
}

/* Whether a line that begins with one of the four bytes begins at i + 1. */
/*@ requires i < SIZE_MAX && readable(p, i, i + 2);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> four_at(p, i, four); */
static inline int line_begins(const uint8_t *p, size_t i, first_four four)
{
    uint8_t c = p[i + 1];
    return p[i] == '\n' && (c == four.a || c == four.b || c == four.c || c == four.d);
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end && (at < end ==> at < \result);
    ensures \result < end ==> four_at(p, \result - 1, four);
    ensures \forall integer k; at <= k < \result - 1 ==> !four_at(p, k, four);
    ensures spent{Pre, Here}(\result - at + 1); */
static inline size_t find_line_portable(const uint8_t *p, size_t at, size_t end, first_four four)
{
    size_t i = at;
    HOPTLS_WORK(1);
    /*@ loop invariant at <= i <= end && (at < end ==> i < end);
        loop invariant \forall integer k; at <= k < i ==> !four_at(p, k, four);
        loop invariant spent{Pre, Here}(i - at + 1);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (end - i >= 2 && !line_begins(p, i, four)) {
        i++;
        HOPTLS_WORK(1);
    }
    return end - i >= 2 ? i + 1 : end;
}

#ifdef SCAN_SSE2
static inline __m128i load(const uint8_t *p)
{
    return sse2_load(p, 0);
}

static inline __m128i equal(__m128i block, uint8_t byte)
{
    return _mm_cmpeq_epi8(block, _mm_set1_epi8((char)byte));
}

/* All bits of a byte for each of the sixteen at `p` behind which such a line begins. */
static inline __m128i line_matches(const uint8_t *p, first_four four)
{
    __m128i next = load(p + 1);
    __m128i first = equal(next, four.a);
    if (four.b != four.a) {
        first = _mm_or_si128(first, equal(next, four.b));
        first = _mm_or_si128(first, equal(next, four.c));
        first = _mm_or_si128(first, equal(next, four.d));
    }
    return _mm_and_si128(equal(load(p), '\n'), first);
}

static inline int four_blocks_match(const uint8_t *p, first_four four)
{
    __m128i low = _mm_or_si128(line_matches(p, four), line_matches(p + SCAN_BLOCK, four));
    __m128i high = _mm_or_si128(line_matches(p + (size_t)2 * SCAN_BLOCK, four),
                                line_matches(p + (size_t)3 * SCAN_BLOCK, four));
    return _mm_movemask_epi8(_mm_or_si128(low, high)) != 0;
}

/* Bodies are most of an archive: four blocks at a time go as fast as memory gives them. */
static inline size_t skip_four_blocks(const uint8_t *p, size_t at, size_t end, first_four four)
{
    size_t i = at;
    while (end - i > (size_t)4 * SCAN_BLOCK && !four_blocks_match(p + i, four)) {
        i += (size_t)4 * SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    return i;
}

static inline size_t find_line_sse2(const uint8_t *p, size_t at, size_t end, first_four four)
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
    return find_line_sse2(p, at, end, first_alone(first));
}

size_t hoptls_find_stop_sse2(const uint8_t *p, size_t at, size_t end)
{
    return find_line_sse2(p, at, end, first_stop());
}
#endif

size_t hoptls_find_line_portable(const uint8_t *p, size_t at, size_t end, uint8_t first)
{
    return find_line_portable(p, at, end, first_alone(first));
}

size_t hoptls_find_stop_portable(const uint8_t *p, size_t at, size_t end)
{
    return find_line_portable(p, at, end, first_stop());
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

/* ---- two letters ---- */

uint32_t hoptls_find_pair_portable(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant \forall integer k; at <= k < i && k + 1 < end ==> !pair_at(p, k, one, other);
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && !(end - i > 1 && (p[i] | 0x20) == one && (p[i + 1] | 0x20) == other)) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

#ifdef SCAN_SSE2
/* One bit for each of the sixteen bytes at `p` that begins the pair, for which one byte more is looked at. */
static inline uint32_t pairs(const uint8_t *p, uint8_t one, uint8_t other)
{
    __m128i small = _mm_set1_epi8(0x20);
    __m128i first = equal(_mm_or_si128(load(p), small), one);
    return (uint32_t)_mm_movemask_epi8(_mm_and_si128(first, equal(_mm_or_si128(load(p + 1), small), other)));
}

uint32_t hoptls_find_pair_sse2(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other)
{
    uint32_t i = at;
    uint32_t found = 0;
    while (i < end && end - i > SCAN_BLOCK && (found = pairs(p + i, one, other)) == 0) {
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    if (found == 0 && i < end && end > SCAN_BLOCK) {
        uint32_t last = end - SCAN_BLOCK - 1;
        found = pairs(p + last, one, other) >> (i - last);
    } else if (found == 0) {
        return hoptls_find_pair_portable(p, i, end, one, other);
    }
    return found != 0 ? i + lowest_bit(found) : end;
}
#endif

uint32_t hoptls_find_pair(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other)
{
#if defined(SCAN_SSE2) && !defined(HOPTLS_PORTABLE)
    return hoptls_find_pair_sse2(p, at, end, one, other);
#else
    return hoptls_find_pair_portable(p, at, end, one, other);
#endif
}

/* ---- the bytes by which a value falls into tokens, and odd ones ---- */

enum { BLANK = 1, MARK = 2, ODD = 4 };

/* clang-format off */
#define ODD8  ODD, ODD, ODD, ODD, ODD, ODD, ODD, ODD
#define ODD32 ODD8, ODD8, ODD8, ODD8
static const uint8_t block_class[256] = {
    ODD8, ODD, BLANK, BLANK, ODD, ODD, BLANK | ODD, ODD, ODD, ODD8, ODD8,
    [' '] = BLANK, ['"'] = MARK, ['('] = MARK, [')'] = MARK, [';'] = MARK, ['<'] = MARK, ['>'] = MARK, ['['] = MARK,
    ['\\'] = MARK, [']'] = MARK, [0x7F] = ODD,
    [0x80] = ODD32, ODD32, ODD32, ODD32,
};
#undef ODD8
#undef ODD32
/* clang-format on */

void hoptls_scan_block_portable(const uint8_t *p, hoptls_span s, uint32_t at, scan_block *out)
{
    uint32_t left = span_end(s) - at;
    uint32_t n = left < SCAN_BYTES ? left : SCAN_BYTES;
    uint32_t i = 0;
    out->blanks = 0;
    out->marks = 0;
    /*@ loop invariant i <= n;
        loop invariant spent{Pre, Here}(i);
        loop assigns i, *out, hoptls_work;
        loop variant n - i; */
    while (i < n) {
        uint8_t class = block_class[p[at + i]];
        out->blanks |= (class & BLANK) != 0 ? bit_at(i) : 0;
        out->marks |= (class & MARK) != 0 ? bit_at(i) : 0;
        i++;
        HOPTLS_WORK(1);
    }
}

uint32_t hoptls_find_odd_portable(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= s.off + s.len;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant s.off + s.len - i; */
    while (i < span_end(s) && (block_class[p[i]] & ODD) == 0) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

#ifdef SCAN_SSE2
static inline __m128i either(__m128i a, __m128i b)
{
    return _mm_or_si128(a, b);
}

/* Bytes from `low` to `high`. Moved up so that `high` is the greatest of all signed bytes, they alone are so great. */
static inline __m128i in_row(__m128i b, uint8_t low, uint8_t high)
{
    __m128i moved = _mm_add_epi8(b, _mm_set1_epi8((char)(127 - high)));
    return _mm_cmpgt_epi8(moved, _mm_set1_epi8((char)(126 - (high - low))));
}

static inline uint64_t sixteen_bits(__m128i found)
{
    return (uint32_t)_mm_movemask_epi8(found);
}

static inline __m128i blanks_in_sixteen(__m128i b)
{
    return either(either(equal(b, ' '), equal(b, '\t')), either(equal(b, '\n'), equal(b, '\r')));
}

/* ( and ) differ in one bit, < and > in another; [ \ ] stand in a row. */
static inline __m128i marks_in_sixteen(__m128i b)
{
    __m128i round = equal(either(b, _mm_set1_epi8(1)), ')');
    __m128i angle = equal(either(b, _mm_set1_epi8(2)), '>');
    __m128i others = either(equal(b, ';'), equal(b, '"'));
    return either(either(in_row(b, '[', ']'), round), either(angle, others));
}

/* Only bytes of `s` are loaded: where fewer than sixteen are left, the last sixteen of `s` are, once more. */
void hoptls_scan_block_sse2(const uint8_t *p, hoptls_span s, uint32_t at, scan_block *out)
{
    uint32_t left = span_end(s) - at;
    uint32_t i = 0;
    if (s.len < SCAN_BLOCK) {
        hoptls_scan_block_portable(p, s, at, out);
        return;
    }
    out->blanks = 0;
    out->marks = 0;
    while (i < SCAN_BYTES && left - i >= SCAN_BLOCK) {
        __m128i b = load(p + at + i);
        out->blanks |= sixteen_bits(blanks_in_sixteen(b)) << i;
        out->marks |= sixteen_bits(marks_in_sixteen(b)) << i;
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i);
    if (i < SCAN_BYTES && i < left) {
        __m128i b = load(p + at + left - SCAN_BLOCK);
        uint32_t known = SCAN_BLOCK - (left - i);
        out->blanks |= sixteen_bits(blanks_in_sixteen(b)) >> known << i;
        out->marks |= sixteen_bits(marks_in_sixteen(b)) >> known << i;
    }
}

/* All bits of a byte for each of the sixteen at `p` that is not odd. */
static inline __m128i usual_matches(const uint8_t *p)
{
    __m128i b = load(p);
    return either(in_row(b, ' ', 0x7E), either(equal(b, '\t'), equal(b, '\n')));
}

static inline uint64_t odd_bits(const uint8_t *p)
{
    return sixteen_bits(usual_matches(p)) ^ 0xFFFF;
}

static inline int four_blocks_are_usual(const uint8_t *p)
{
    __m128i low = _mm_and_si128(usual_matches(p), usual_matches(p + SCAN_BLOCK));
    __m128i high =
        _mm_and_si128(usual_matches(p + (size_t)2 * SCAN_BLOCK), usual_matches(p + (size_t)3 * SCAN_BLOCK));
    return sixteen_bits(_mm_and_si128(low, high)) == 0xFFFF;
}

static inline uint32_t skip_four_usual(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (end - i >= 4 * SCAN_BLOCK && four_blocks_are_usual(p + i)) {
        i += 4 * SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    return i;
}

uint32_t hoptls_find_odd_sse2(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t end = span_end(s);
    uint32_t start = skip_four_usual(p, at, end);
    uint32_t i = start;
    uint64_t found = 0;
    if (s.len < SCAN_BLOCK) {
        return hoptls_find_odd_portable(p, s, at);
    }
    while (end - i >= SCAN_BLOCK && (found = odd_bits(p + i)) == 0) {
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i - start);
    if (found == 0 && i < end) {
        found = odd_bits(p + end - SCAN_BLOCK) >> (SCAN_BLOCK - (end - i));
    }
    return found != 0 ? i + lowest_bit(found) : end;
}
#endif

void hoptls_scan_block(const uint8_t *p, hoptls_span s, uint32_t at, scan_block *out)
{
#if defined(SCAN_SSE2) && !defined(HOPTLS_PORTABLE)
    hoptls_scan_block_sse2(p, s, at, out);
#else
    hoptls_scan_block_portable(p, s, at, out);
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

/* ---- names of hosts ---- */

enum { NAME_LABEL = 1, NAME_DOT };

/* clang-format off */
#define LABEL8  NAME_LABEL, NAME_LABEL, NAME_LABEL, NAME_LABEL, NAME_LABEL, NAME_LABEL, NAME_LABEL, NAME_LABEL
#define LABEL32 LABEL8, LABEL8, LABEL8, LABEL8
/* The bytes of names: of labels letters, digits, hyphen (RFC 1123), the underscore that real hosts have, and UTF-8 (RFC
 * 6531). Where a hyphen stands and how long a label is are not looked at: it makes no other host. */
static const uint8_t name_class[256] = {
    ['-'] = NAME_LABEL, NAME_DOT,
    ['0'] = LABEL8, NAME_LABEL, NAME_LABEL,
    ['A'] = LABEL8, LABEL8, LABEL8, NAME_LABEL, NAME_LABEL,
    ['_'] = NAME_LABEL,
    ['a'] = LABEL8, LABEL8, LABEL8, NAME_LABEL, NAME_LABEL,
    [0x80] = LABEL32, LABEL32, LABEL32, LABEL32,
};
#undef LABEL8
#undef LABEL32
/* clang-format on */

void hoptls_scan_name_portable(const uint8_t *p, hoptls_span name, scan_dots *out)
{
    uint32_t i = 0;
    out->dots = 0;
    out->others = 0;
    /*@ loop invariant i <= name.len && i <= SCAN_BYTES;
        loop invariant spent{Pre, Here}(i);
        loop assigns i, *out, hoptls_work;
        loop variant SCAN_BYTES - i; */
    while (i < name.len && i < SCAN_BYTES) {
        uint8_t class = name_class[p[name.off + i]];
        out->dots |= class == NAME_DOT ? bit_at(i) : 0;
        out->others |= class == 0 ? bit_at(i) : 0;
        i++;
        HOPTLS_WORK(1);
    }
}

#ifdef SCAN_SSE2
/* One bit for each of sixteen bytes that no name has. From the hyphen over the dot to the digits there is nothing else but
 * the slash; bytes of eight bits are names'. */
static inline uint64_t others_in_sixteen(__m128i b)
{
    __m128i letters = in_row(either(b, _mm_set1_epi8(0x20)), 'a', 'z');
    __m128i figures = _mm_andnot_si128(equal(b, '/'), in_row(b, '-', '9'));
    __m128i names = either(either(letters, figures), equal(b, '_'));
    return (sixteen_bits(names) | sixteen_bits(b)) ^ 0xFFFF;
}

/* Eight bytes at the start and the last eight, which may be the same, of eight to sixteen. */
static void scan_short_name(const uint8_t *p, hoptls_span name, scan_dots *out)
{
    uint64_t first, last, dots, others;
    uint32_t over = 16 - name.len;
    __m128i b;
    memcpy(&first, p + name.off, sizeof first);
    memcpy(&last, p + (span_end(name) - 8), sizeof last);
    b = _mm_set_epi64x((int64_t)last, (int64_t)first);
    dots = sixteen_bits(equal(b, '.'));
    others = others_in_sixteen(b);
    out->dots = (dots & 0xFF) | dots >> 8 << (8 - over);
    out->others = (others & 0xFF) | others >> 8 << (8 - over);
}

/* As scan_block does, sixteen at a time. */
static void scan_long_name(const uint8_t *p, hoptls_span name, scan_dots *out)
{
    uint32_t i = 0;
    uint32_t last = name.len - SCAN_BLOCK;
    out->dots = 0;
    out->others = 0;
    while (i < name.len) {
        uint32_t at = i < last ? i : last;
        __m128i b = load(p + name.off + at);
        out->dots |= sixteen_bits(equal(b, '.')) << at;
        out->others |= others_in_sixteen(b) << at;
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i);
}

void hoptls_scan_name_sse2(const uint8_t *p, hoptls_span name, scan_dots *out)
{
    if (name.len < 8 || name.len > SCAN_BYTES) {
        hoptls_scan_name_portable(p, name, out);
    } else if (name.len <= SCAN_BLOCK) {
        scan_short_name(p, name, out);
    } else {
        scan_long_name(p, name, out);
    }
}
#endif

void hoptls_scan_name(const uint8_t *p, hoptls_span name, scan_dots *out)
{
#if defined(SCAN_SSE2) && !defined(HOPTLS_PORTABLE)
    hoptls_scan_name_sse2(p, name, out);
#else
    hoptls_scan_name_portable(p, name, out);
#endif
}
