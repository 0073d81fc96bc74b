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

/* The eight bytes from `at` on and those from `then` on. */
static inline __m128i sse2_load_halves(const uint8_t *p, size_t at, size_t then)
{
    int64_t first, last;
    memcpy(&first, p + at, sizeof first);
    memcpy(&last, p + then, sizeof last);
    return _mm_set_epi64x(last, first);
}

static inline __m128i sse2_either(__m128i a, __m128i b)
{
    return _mm_or_si128(a, b);
}

static inline __m128i sse2_both(__m128i a, __m128i b)
{
    return _mm_and_si128(a, b);
}

/* Bytes from `low` to `high`. Moved up so that `high` is the greatest of all signed bytes, they alone are so great. */
static inline __m128i sse2_in_row(__m128i b, uint8_t low, uint8_t high)
{
    __m128i moved = _mm_add_epi8(b, sse2_set1((uint8_t)(127 - high)));
    return _mm_cmpgt_epi8(moved, sse2_set1((uint8_t)(126 - (high - low))));
}

static inline uint32_t sse2_mask(__m128i found)
{
    return (uint32_t)_mm_movemask_epi8(found);
}

static inline int sse2_first(uint32_t mask)
{
    return __builtin_ctz(mask);
}

/* The bits of a mask that are not set. */
static inline uint32_t sse2_unset(uint32_t mask)
{
    return mask ^ 0xFFFF;
}

/* A mask without its first `n` bits, those behind them lowest. */
static inline uint32_t sse2_behind(uint32_t mask, uint32_t n)
{
    return mask >> n;
}

/* A mask with `n` places in front of its bits. */
static inline uint64_t sse2_moved(uint32_t mask, uint32_t n)
{
    return (uint64_t)mask << n;
}
#endif

/* All bits of a byte for each that is the wanted one. */
/*@ terminates \true;
    assigns \nothing;
    ensures \forall integer k; 0 <= k < SCAN_BLOCK ==> \result.b[k] == (block.b[k] == byte ? 0xFF : 0); */
static inline __m128i equal(__m128i block, uint8_t byte)
{
    return _mm_cmpeq_epi8(block, sse2_set1(byte));
}

/* One bit for each of the sixteen bytes from `at` on that is the wanted one, the first byte lowest. */
/*@ requires readable(p, at, at + SCAN_BLOCK);
    terminates \true;
    assigns \nothing;
    ensures \result == 0 <==> (\forall integer k; at <= k < at + SCAN_BLOCK ==> p[k] != byte);
    ensures \forall integer k; at <= k < at + SCAN_BLOCK ==> (bit_set(\result, k - at) <==> p[k] == byte);
    ensures \forall integer k; SCAN_BLOCK <= k ==> !bit_set(\result, k); */
static uint32_t matches(const uint8_t *p, size_t at, uint8_t byte)
{
    return sse2_mask(equal(sse2_load(p, at), byte));
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
    predicate first_of_four{L}(uint8_t *p, integer at, integer end, first_four four, integer found) =
        at <= found <= end && (at < end ==> at < found) && (found < end ==> four_at{L}(p, found - 1, four)) &&
        (\forall integer k; at <= k < found - 1 ==> !four_at{L}(p, k, four));
    predicate one_or_four(first_four four) = four.b == four.a ==> four.c == four.a && four.d == four.a;
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
    ensures first_of_four(p, at, end, four, \result);
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

#if defined(SCAN_SSE2) || defined(__FRAMAC__)
/* All bits of a byte for each that is one of the four. */
/*@ requires one_or_four(four);
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; 0 <= k < SCAN_BLOCK ==> (\result.b[k] >= 0x80 <==>
            block.b[k] == four.a || block.b[k] == four.b || block.b[k] == four.c || block.b[k] == four.d); */
static inline __m128i any_of_four(__m128i block, first_four four)
{
    __m128i found = equal(block, four.a);
    if (four.b != four.a) {
        found = sse2_either(found, equal(block, four.b));
        found = sse2_either(found, sse2_either(equal(block, four.c), equal(block, four.d)));
    }
    return found;
}

/* All bits of a byte for each of the sixteen from `at` on behind which such a line begins. */
/*@ requires one_or_four(four) && at + SCAN_BLOCK < SIZE_MAX && readable(p, at, at + SCAN_BLOCK + 1);
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; at <= k < at + SCAN_BLOCK ==> (\result.b[k - at] >= 0x80 <==> four_at(p, k, four)); */
static inline __m128i line_matches(const uint8_t *p, size_t at, first_four four)
{
    return sse2_both(equal(sse2_load(p, at), '\n'), any_of_four(sse2_load(p, at + 1), four));
}

/* The same of this block and the next, one over the other. */
/*@ requires one_or_four(four) && at + 2 * SCAN_BLOCK < SIZE_MAX && readable(p, at, at + 2 * SCAN_BLOCK + 1);
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; at <= k < at + SCAN_BLOCK ==> \result.b[k - at] < 0x80 ==> !four_at(p, k, four);
    ensures \forall integer k; at + SCAN_BLOCK <= k < at + 2 * SCAN_BLOCK ==>
            \result.b[k - at - SCAN_BLOCK] < 0x80 ==> !four_at(p, k, four); */
static inline __m128i two_blocks_match(const uint8_t *p, size_t at, first_four four)
{
    return sse2_either(line_matches(p, at, four), line_matches(p, at + SCAN_BLOCK, four));
}

/*@ requires one_or_four(four) && at + 4 * SCAN_BLOCK < SIZE_MAX && readable(p, at, at + 4 * SCAN_BLOCK + 1);
    terminates \true;
    assigns \nothing;
    ensures \result == 0 ==> (\forall integer k; at <= k < at + 4 * SCAN_BLOCK ==> !four_at(p, k, four)); */
static inline uint32_t four_blocks_match(const uint8_t *p, size_t at, first_four four)
{
    __m128i low = two_blocks_match(p, at, four);
    __m128i high = two_blocks_match(p, at + (size_t)2 * SCAN_BLOCK, four);
    return sse2_mask(sse2_either(low, high));
}

/* Bodies are most of an archive: four blocks at a time go as fast as memory gives them. */
/*@ requires one_or_four(four) && at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end && (at < end ==> \result < end);
    ensures \forall integer k; at <= k < \result ==> !four_at(p, k, four);
    ensures spent{Pre, Here}(\result - at); */
static inline size_t skip_four_blocks(const uint8_t *p, size_t at, size_t end, first_four four)
{
    size_t i = at;
    /*@ loop invariant at <= i <= end && (at < end ==> i < end);
        loop invariant \forall integer k; at <= k < i ==> !four_at(p, k, four);
        loop assigns i;
        loop variant end - i; */
    while (end - i > (size_t)4 * SCAN_BLOCK && four_blocks_match(p, i, four) == 0) {
        i += (size_t)4 * SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/*@ requires one_or_four(four) && at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_of_four(p, at, end, four, \result);
    ensures spent{Pre, Here}(\result - at + 1); */
static inline size_t find_line_sse2(const uint8_t *p, size_t at, size_t end, first_four four)
{
    size_t start = skip_four_blocks(p, at, end, four);
    size_t i = start;
    uint32_t found = 0;
    uint32_t first;
    /*@ loop invariant start <= i <= end && (start < end ==> i < end) && found == 0;
        loop invariant \forall integer k; start <= k < i ==> !four_at(p, k, four);
        loop assigns i, found;
        loop variant end - i; */
    while (end - i > SCAN_BLOCK && (found = sse2_mask(line_matches(p, i, four))) == 0) {
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i - start);
    if (found == 0) {
        return find_line_portable(p, i, end, four);
    }
    first = (uint32_t)sse2_first(found) + 1;
    HOPTLS_WORK(first);
    return i + first;
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
#if (defined(SCAN_SSE2) || defined(__FRAMAC__)) && !defined(HOPTLS_PORTABLE)
    return hoptls_find_line_sse2(p, at, end, first);
#else
    return hoptls_find_line_portable(p, at, end, first);
#endif
}

size_t hoptls_find_stop(const uint8_t *p, size_t at, size_t end)
{
#if (defined(SCAN_SSE2) || defined(__FRAMAC__)) && !defined(HOPTLS_PORTABLE)
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

#if defined(SCAN_SSE2) || defined(__FRAMAC__)
/* All bits of a byte for each that is the letter, whatever its case. */
/*@ terminates \true;
    assigns \nothing;
    ensures \forall integer k; 0 <= k < SCAN_BLOCK ==> \result.b[k] == ((block.b[k] | 0x20) == letter ? 0xFF : 0); */
static inline __m128i equal_letter(__m128i block, uint8_t letter)
{
    return equal(sse2_either(block, sse2_set1(0x20)), letter);
}

/* One bit for each of the sixteen bytes from `at` on that begins the pair, for which one byte more is looked at. */
/*@ requires readable(p, at, at + SCAN_BLOCK + 1) && at + SCAN_BLOCK < UINT32_MAX;
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; at <= k < at + SCAN_BLOCK ==> (bit_set(\result, k - at) <==> pair_at(p, k, one, other));
    ensures \forall integer k; SCAN_BLOCK <= k ==> !bit_set(\result, k);
    ensures \result == 0 ==> (\forall integer k; at <= k < at + SCAN_BLOCK ==> !pair_at(p, k, one, other)); */
static inline uint32_t pairs(const uint8_t *p, uint32_t at, uint8_t one, uint8_t other)
{
    __m128i next = sse2_load(p, (size_t)at + 1);
    return sse2_mask(sse2_both(equal_letter(sse2_load(p, at), one), equal_letter(next, other)));
}

/* The same of the bytes from `at` on that have one behind them before `end`, sixteen at most: the last of all. */
/*@ requires SCAN_BLOCK < end && at < end && end - at <= SCAN_BLOCK && readable(p, 0, end);
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; at <= k < end - 1 ==> (bit_set(\result, k - at) <==> pair_at(p, k, one, other));
    ensures \forall integer k; end - 1 - at <= k ==> !bit_set(\result, k);
    ensures \result == 0 ==> (\forall integer k; at <= k < end - 1 ==> !pair_at(p, k, one, other)); */
static inline uint32_t last_pairs(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other)
{
    uint32_t last = end - SCAN_BLOCK - 1;
    return sse2_behind(pairs(p, last, one, other), at - last);
}

uint32_t hoptls_find_pair_sse2(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other)
{
    uint32_t i = at;
    uint32_t found = 0;
    /*@ loop invariant at <= i <= end && found == 0;
        loop invariant \forall integer k; at <= k < i ==> !pair_at(p, k, one, other);
        loop assigns i, found;
        loop variant end - i; */
    while (end - i > SCAN_BLOCK && (found = pairs(p, i, one, other)) == 0) {
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    if (found == 0 && (i == end || end <= SCAN_BLOCK)) {
        return hoptls_find_pair_portable(p, i, end, one, other);
    }
    if (found == 0) {
        found = last_pairs(p, i, end, one, other);
    }
    return found != 0 ? i + (uint32_t)sse2_first(found) : end;
}
#endif

uint32_t hoptls_find_pair(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other)
{
#if (defined(SCAN_SSE2) || defined(__FRAMAC__)) && !defined(HOPTLS_PORTABLE)
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

#if defined(SCAN_SSE2) || defined(__FRAMAC__)
/*@ terminates \true;
    assigns \nothing; */
static inline __m128i blanks_in_sixteen(__m128i b)
{
    __m128i ends = sse2_either(equal(b, '\n'), equal(b, '\r'));
    return sse2_either(sse2_either(equal(b, ' '), equal(b, '\t')), ends);
}

/* ( and ) differ in one bit, < and > in another; [ \ ] stand in a row. */
/*@ terminates \true;
    assigns \nothing; */
static inline __m128i marks_in_sixteen(__m128i b)
{
    __m128i round = equal(sse2_either(b, sse2_set1(1)), ')');
    __m128i angle = equal(sse2_either(b, sse2_set1(2)), '>');
    __m128i others = sse2_either(equal(b, ';'), equal(b, '"'));
    return sse2_either(sse2_either(sse2_in_row(b, '[', ']'), round), sse2_either(angle, others));
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
    /*@ loop invariant i <= left && i <= SCAN_BYTES && i % SCAN_BLOCK == 0;
        loop assigns i, *out;
        loop variant SCAN_BYTES - i; */
    while (i < SCAN_BYTES && left - i >= SCAN_BLOCK) {
        __m128i b = sse2_load(p, (size_t)at + i);
        out->blanks |= sse2_moved(sse2_mask(blanks_in_sixteen(b)), i);
        out->marks |= sse2_moved(sse2_mask(marks_in_sixteen(b)), i);
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i);
    if (i < SCAN_BYTES && i < left) {
        __m128i b = sse2_load(p, (size_t)at + left - SCAN_BLOCK);
        uint32_t known = SCAN_BLOCK - (left - i);
        out->blanks |= sse2_moved(sse2_behind(sse2_mask(blanks_in_sixteen(b)), known), i);
        out->marks |= sse2_moved(sse2_behind(sse2_mask(marks_in_sixteen(b)), known), i);
    }
}

/* All bits of a byte for each of the sixteen from `at` on that is not odd. */
/*@ requires readable(p, at, at + SCAN_BLOCK);
    terminates \true;
    assigns \nothing; */
static inline __m128i usual_matches(const uint8_t *p, size_t at)
{
    __m128i b = sse2_load(p, at);
    return sse2_either(sse2_in_row(b, ' ', 0x7E), sse2_either(equal(b, '\t'), equal(b, '\n')));
}

/* One bit for each of the sixteen from `at` on that is odd. */
/*@ requires readable(p, at, at + SCAN_BLOCK);
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; SCAN_BLOCK <= k ==> !bit_set(\result, k); */
static inline uint32_t odd_bits(const uint8_t *p, size_t at)
{
    return sse2_unset(sse2_mask(usual_matches(p, at)));
}

/*@ requires at + 4 * SCAN_BLOCK <= SIZE_MAX && readable(p, at, at + 4 * SCAN_BLOCK);
    terminates \true;
    assigns \nothing; */
static inline uint32_t odd_in_four_blocks(const uint8_t *p, size_t at)
{
    __m128i low = sse2_both(usual_matches(p, at), usual_matches(p, at + SCAN_BLOCK));
    __m128i high = sse2_both(usual_matches(p, at + (size_t)2 * SCAN_BLOCK),
                             usual_matches(p, at + (size_t)3 * SCAN_BLOCK));
    return sse2_unset(sse2_mask(sse2_both(low, high)));
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static inline uint32_t skip_four_usual(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (end - i >= 4 * SCAN_BLOCK && odd_in_four_blocks(p, i) == 0) {
        i += 4 * SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* One bit for each byte from `at` on that is odd, of the last of all, sixteen at most. */
/*@ requires SCAN_BLOCK <= end && at < end && end - at <= SCAN_BLOCK && readable(p, end - SCAN_BLOCK, end);
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; end - at <= k ==> !bit_set(\result, k); */
static inline uint32_t last_odd_bits(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t last = end - SCAN_BLOCK;
    return sse2_behind(odd_bits(p, last), at - last);
}

uint32_t hoptls_find_odd_sse2(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t end = span_end(s);
    uint32_t found = 0;
    uint32_t start, i;
    if (s.len < SCAN_BLOCK) {
        return hoptls_find_odd_portable(p, s, at);
    }
    start = skip_four_usual(p, at, end);
    i = start;
    /*@ loop invariant start <= i <= end && found == 0;
        loop assigns i, found;
        loop variant end - i; */
    while (end - i >= SCAN_BLOCK && (found = odd_bits(p, i)) == 0) {
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i - start);
    if (found == 0 && i < end) {
        found = last_odd_bits(p, i, end);
    }
    return found != 0 ? i + (uint32_t)sse2_first(found) : end;
}
#endif

void hoptls_scan_block(const uint8_t *p, hoptls_span s, uint32_t at, scan_block *out)
{
#if (defined(SCAN_SSE2) || defined(__FRAMAC__)) && !defined(HOPTLS_PORTABLE)
    hoptls_scan_block_sse2(p, s, at, out);
#else
    hoptls_scan_block_portable(p, s, at, out);
#endif
}

uint32_t hoptls_find_odd(const uint8_t *p, hoptls_span s, uint32_t at)
{
#if (defined(SCAN_SSE2) || defined(__FRAMAC__)) && !defined(HOPTLS_PORTABLE)
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

#if defined(SCAN_SSE2) || defined(__FRAMAC__)
/* One bit for each of sixteen bytes that no name has. From the hyphen over the dot to the digits there is nothing else but
 * the slash; bytes of eight bits are names'. */
/*@ terminates \true;
    assigns \nothing; */
static inline uint32_t others_in_sixteen(__m128i b)
{
    __m128i letters = sse2_in_row(sse2_either(b, sse2_set1(0x20)), 'a', 'z');
    __m128i figures = sse2_either(sse2_in_row(b, '-', '.'), sse2_in_row(b, '0', '9'));
    __m128i names = sse2_either(sse2_either(letters, figures), equal(b, '_'));
    return sse2_unset(sse2_mask(sse2_either(names, b)));
}

/* Eight bytes at the start and the last eight, which may be the same, of eight to sixteen. */
/*@ requires span_readable(p, name) && 8 <= name.len <= SCAN_BLOCK && \valid(out);
    terminates \true;
    assigns *out; */
static void scan_short_name(const uint8_t *p, hoptls_span name, scan_dots *out)
{
    __m128i b = sse2_load_halves(p, name.off, span_end(name) - 8);
    uint32_t dots = sse2_mask(equal(b, '.'));
    uint32_t others = others_in_sixteen(b);
    uint32_t behind = name.len - 8;
    out->dots = (dots & 0xFF) | sse2_moved(sse2_behind(dots, 8), behind);
    out->others = (others & 0xFF) | sse2_moved(sse2_behind(others, 8), behind);
}

/* As scan_block does, sixteen at a time. */
/*@ requires span_readable(p, name) && SCAN_BLOCK <= name.len <= SCAN_BYTES && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures spent{Pre, Here}(SCAN_BYTES); */
static void scan_long_name(const uint8_t *p, hoptls_span name, scan_dots *out)
{
    uint32_t i = 0;
    uint32_t last = name.len - SCAN_BLOCK;
    out->dots = 0;
    out->others = 0;
    /*@ loop invariant i <= SCAN_BYTES && i % SCAN_BLOCK == 0;
        loop assigns i, *out;
        loop variant SCAN_BYTES - i; */
    while (i < name.len) {
        uint32_t at = i < last ? i : last;
        __m128i b = sse2_load(p, (size_t)name.off + at);
        out->dots |= sse2_moved(sse2_mask(equal(b, '.')), at);
        out->others |= sse2_moved(others_in_sixteen(b), at);
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
#if (defined(SCAN_SSE2) || defined(__FRAMAC__)) && !defined(HOPTLS_PORTABLE)
    hoptls_scan_name_sse2(p, name, out);
#else
    hoptls_scan_name_portable(p, name, out);
#endif
}
