/* Bytes and spans: the only way in which core files touch a message. Everything here is checked, none allocates. */
#ifndef HOPTLS_BYTES_H
#define HOPTLS_BYTES_H

#include "hoptls.h"

/* Where there is no library of C there need be no string.h, though there must be these three: compilers call them. */
#if defined(__STDC_HOSTED__) && __STDC_HOSTED__ == 0
void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);
#else
#include <string.h>
#endif

/* Work is counted, not timed (invariant I7): a test build defines HOPTLS_COUNT_WORK and the tests read the sum. For the
 * proofs the count is a number without bounds. */
#if defined(__FRAMAC__)
/*@ terminates \true;
    assigns hoptls_work;
    ensures work{Post} == work{Pre} + n; */
void hoptls_count(size_t n);
#define HOPTLS_WORK(n) hoptls_count(n)
#elif defined(HOPTLS_COUNT_WORK)
extern uint64_t hoptls_work;
#define HOPTLS_WORK(n) (hoptls_work += (n))
#else
#define HOPTLS_WORK(n) ((void)0)
#endif

/* What contracts say of bytes and spans. A span may be read if all of it is in memory and its end is an offset too. */
/*@ predicate readable{L}(uint8_t *p, integer at, integer end) = \valid_read{L}(p + (at .. end - 1));
    predicate span_readable{L}(uint8_t *p, hoptls_span s) =
        s.off + s.len <= UINT32_MAX && readable{L}(p, s.off, s.off + s.len);
    predicate part_of(hoptls_span s, integer at, integer end) =
        s.len == 0 || (at <= s.off && s.off + s.len <= end);
    predicate space(integer c) = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    predicate digit(integer c) = '0' <= c <= '9';
    logic integer small(integer c) = 'A' <= c <= 'Z' ? c + 32 : c;
    predicate same_word{L}(uint8_t *p, integer a, integer b, integer n) =
        \forall integer k; a <= k < a + n ==> small(\at(p[k], L)) == small(\at(p[k + (b - a)], L));
    predicate same_text{L}(uint8_t *p, integer at, uint8_t *text, integer n) =
        \forall integer k; 0 <= k < n ==> small(\at(p[at + k], L)) == \at(text[k], L);
*/

/*@ terminates \true;
    assigns \nothing;
    ensures off < end ==> \result.off == off && \result.len == end - off;
    ensures off >= end ==> \result.off == 0 && \result.len == 0; */
static inline hoptls_span span_of(uint32_t off, uint32_t end)
{
    hoptls_span s = {0, 0};
    if (off < end) {
        s.off = off;
        s.len = end - off;
    }
    return s;
}

/*@ requires s.off + s.len <= UINT32_MAX;
    terminates \true;
    assigns \nothing;
    ensures \result == s.off + s.len; */
static inline uint32_t span_end(hoptls_span s)
{
    return s.off + s.len;
}

/* Whether `s` lies in a message of `len` bytes (invariant I3). */
/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> s.off + s.len <= len; */
static inline int span_in(hoptls_span s, size_t len)
{
    return s.off <= len && s.len <= len - s.off;
}

/* The number that has the bit `i` alone. */
/*@ requires i < 64;
    terminates \true;
    assigns \nothing;
    ensures \result == 1 << i; */
static inline uint64_t bit_at(uint32_t i)
{
    //@ assert (uint64_t)(1 << i) == 1 << i;
    return (uint64_t)1 << i;
}

/* The number of the lowest bit that is set; 0 if none is. */
/*@ terminates \true;
    assigns \nothing;
    ensures \result <= 63;
    ensures \forall integer k; 0 <= k < \result ==> (bits >> k & 1) == 0; */
static inline uint32_t lowest_bit(uint64_t bits)
{
#if defined(__GNUC__) && !defined(__FRAMAC__)
    return bits != 0 ? (uint32_t)__builtin_ctzll(bits) : 0;
#else
    uint32_t n = 0;
    /*@ loop invariant 0 <= n <= 63;
        loop invariant \forall integer k; 0 <= k < n ==> (bits >> k & 1) == 0;
        loop assigns n;
        loop variant 63 - n; */
    while (n < 63 && (bits >> n & 1) == 0) {
        n++;
    }
    return n < 63 || bits >> 63 != 0 ? n : 0;
#endif
}

/* A set of bits without its lowest, which is a smaller number: tools/prove_bits.smt2 proves it. */
/*@ requires bits != 0;
    terminates \true;
    assigns \nothing;
    ensures \result < bits; */
static inline uint64_t bits_rest(uint64_t bits)
{
    return bits & (bits - 1);
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result == small(c); */
static inline uint8_t lower(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') ? (uint8_t)(c + 32u) : c;
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> space(c); */
static inline int is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> digit(c); */
static inline int is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> 'a' <= small(c) <= 'z'; */
static inline int is_alpha(uint8_t c)
{
    uint8_t l = lower(c);
    return l >= 'a' && l <= 'z';
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> digit(c) || 'a' <= small(c) <= 'f'; */
static inline int is_hex(uint8_t c)
{
    uint8_t l = lower(c);
    return is_digit(c) || (l >= 'a' && l <= 'f');
}

/* Whether `n` bytes are the same. Not memcmp: where nobody asks which is greater, clang makes a call of bcmp of it, which a
 * freestanding target need not have. */
/*@ requires readable(a, 0, n) && readable(b, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 <==> (\forall integer k; 0 <= k < n ==> a[k] == b[k]);
    ensures spent{Pre, Here}(n); */
static inline int bytes_same(const uint8_t *a, const uint8_t *b, uint32_t n)
{
    uint32_t i = 0;
    /*@ loop invariant 0 <= i <= n;
        loop invariant \forall integer k; 0 <= k < i ==> a[k] == b[k];
        loop invariant spent{Pre, Here}(i);
        loop assigns i, hoptls_work;
        loop variant n - i; */
    while (i < n && a[i] == b[i]) {
        i++;
        HOPTLS_WORK(1);
    }
    return i == n;
}

/* Whether the bytes of `s` are `text`, `n` bytes in lower case, whatever the case in the message. */
/*@ requires span_readable(p, s) && readable(text, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 <==> s.len == n && same_text(p, s.off, text, n);
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len) && spent{Pre, Here}(n); */
static inline int span_is(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    uint32_t i = 0;
    if (s.len != n) {
        return 0;
    }
    /*@ loop invariant 0 <= i <= n;
        loop invariant same_text(p, s.off, text, i);
        loop invariant spent{Pre, Here}(i);
        loop assigns i, hoptls_work;
        loop variant n - i; */
    while (i < n && lower(p[s.off + i]) == text[i]) {
        i++;
        HOPTLS_WORK(1);
    }
    return i == n;
}

/* The same of its first, of its last `n` bytes. */
/*@ requires span_readable(p, s) && readable(text, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 <==> s.len >= n && same_text(p, s.off, text, n);
    ensures spent{Pre, Here}(n); */
static inline int span_starts(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    hoptls_span head = {s.off, n};
    return s.len >= n && span_is(p, head, text, n);
}

/*@ requires span_readable(p, s) && readable(text, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 <==> s.len >= n && same_text(p, s.off + (s.len - n), text, n);
    ensures spent{Pre, Here}(n); */
static inline int span_ends(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    hoptls_span tail = {0, n};
    if (s.len < n) {
        return 0;
    }
    tail.off = s.off + (s.len - n);
    return span_is(p, tail, text, n);
}

/* Whether the byte `c` may stand for one of a phrase. Mostly it is the same one. */
/*@ terminates \true;
    assigns \nothing; */
static inline int phrase_fits(uint8_t c, uint8_t of_phrase)
{
    return c == of_phrase || (of_phrase == ' ' ? is_space(c) : lower(c) == of_phrase);
}

/* Whether `s` begins with the phrase `text`, and if so, where the phrase ends in it: a blank in the phrase stands for
 * any run of blanks and line ends, since a field may be folded at each. Returns 0 if it does not. */
/*@ requires span_readable(p, s) && readable(text, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || s.off + n <= \result <= s.off + s.len;
    ensures spent{Pre, Here}(s.len); */
static inline uint32_t phrase_end(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    uint32_t i = 0;
    uint32_t at = s.off;
    uint32_t end = s.off + s.len;
    /*@ loop invariant 0 <= i <= n && s.off <= at <= end;
        loop invariant i <= at - s.off;
        loop invariant spent{Pre, Here}(at - s.off);
        loop assigns i, at, hoptls_work;
        loop variant end - at; */
    while (i < n && at < end && phrase_fits(p[at], text[i])) {
        at++;
        i += (text[i] == ' ' && at < end && is_space(p[at])) ? 0 : 1;
        HOPTLS_WORK(1);
    }
    return i == n ? at : 0;
}

/*@ requires span_readable(p, s) && readable(text, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 ==> 0 < s.len && n <= s.len;
    ensures spent{Pre, Here}(s.len); */
static inline int phrase_starts(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    return s.len > 0 && phrase_end(p, s, text, n) > 0;
}

/*@ requires span_readable(p, s) && readable(text, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 ==> 0 < s.len && n <= s.len;
    ensures spent{Pre, Here}(s.len); */
static inline int phrase_is(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    return s.len > 0 && phrase_end(p, s, text, n) == s.off + s.len;
}

/* Whether the phrase may begin at `i`. In a run of blanks only the first may begin one: to follow the run from each of
 * them would cost the square. */
/*@ requires span_readable(p, s) && s.off <= i < s.off + s.len;
    terminates \true;
    assigns \nothing; */
static inline int phrase_may_begin(const uint8_t *p, hoptls_span s, uint32_t i, uint8_t first)
{
    if (first == ' ') {
        return is_space(p[i]) && (i == s.off || !is_space(p[i - 1]));
    }
    return lower(p[i]) == first;
}

/* Where the phrase begins first in `s`, or the end of `s`. */
/*@ requires span_readable(p, s) && readable(text, 0, n) && n > 0;
    terminates \true;
    assigns hoptls_work;
    ensures s.off <= \result <= s.off + s.len; */
static inline uint32_t phrase_find(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    uint32_t i = s.off;
    uint32_t end = s.off + s.len;
    /*@ loop invariant s.off <= i <= end;
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && !(phrase_may_begin(p, s, i, text[0]) && phrase_starts(p, span_of(i, end), text, n))) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* The offset of the last `byte` in `s`, or the end of `s`. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures s.off <= \result <= s.off + s.len;
    ensures \result < s.off + s.len ==> p[\result] == byte;
    ensures \forall integer k; \result < k < s.off + s.len ==> p[k] != byte;
    ensures \result == s.off + s.len ==> (\forall integer k; s.off <= k < s.off + s.len ==> p[k] != byte);
    ensures spent{Pre, Here}(s.len); */
static inline uint32_t find_last(const uint8_t *p, hoptls_span s, uint8_t byte)
{
    uint32_t i = s.off + s.len;
    /*@ loop invariant s.off <= i <= s.off + s.len;
        loop invariant \forall integer k; i <= k < s.off + s.len ==> p[k] != byte;
        loop invariant spent{Pre, Here}(s.off + s.len - i);
        loop assigns i, hoptls_work;
        loop variant i - s.off; */
    while (i > s.off && p[i - 1] != byte) {
        i--;
        HOPTLS_WORK(1);
    }
    return i > s.off ? i - 1 : s.off + s.len;
}

/* Whether `s` ends with the phrase `text`, whose first byte stands nowhere else in it. */
/*@ requires span_readable(p, s) && readable(text, 0, n) && n > 0;
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 ==> s.len > 0;
    ensures spent{Pre, Here}(2 * s.len); */
static inline int phrase_ends(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    uint32_t at = find_last(p, s, text[0]);
    return phrase_is(p, span_of(at, s.off + s.len), text, n);
}

/* Whether two parts of the message are the same word, whatever their case. */
/*@ requires span_readable(p, a) && span_readable(p, b);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 <==> a.len == b.len && same_word(p, a.off, b.off, a.len);
    ensures spent{Pre, Here}(a.len); */
static inline int span_same(const uint8_t *p, hoptls_span a, hoptls_span b)
{
    uint32_t i = 0;
    if (a.len != b.len) {
        return 0;
    }
    /*@ loop invariant 0 <= i <= a.len;
        loop invariant same_word(p, a.off, b.off, i);
        loop invariant spent{Pre, Here}(i);
        loop assigns i, hoptls_work;
        loop variant a.len - i; */
    while (i < a.len && lower(p[a.off + i]) == lower(p[b.off + i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return i == a.len;
}

/* The first byte from `at` on that is no blank, tab or line end. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures \forall integer k; at <= k < \result ==> space(p[k]);
    ensures \result < end ==> !space(p[\result]);
    ensures spent{Pre, Here}(\result - at); */
static inline uint32_t skip_space(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant \forall integer k; at <= k < i ==> space(p[k]);
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && is_space(p[i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* The end of what stands before `end` without its trailing blanks. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures \forall integer k; \result <= k < end ==> space(p[k]);
    ensures \result > at ==> !space(p[\result - 1]);
    ensures spent{Pre, Here}(end - \result); */
static inline uint32_t skip_space_back(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = end;
    /*@ loop invariant at <= i <= end;
        loop invariant \forall integer k; i <= k < end ==> space(p[k]);
        loop invariant spent{Pre, Here}(end - i);
        loop assigns i, hoptls_work;
        loop variant i - at; */
    while (i > at && is_space(p[i - 1])) {
        i--;
        HOPTLS_WORK(1);
    }
    return i;
}

/* `s` without the blanks, tabs and line ends around it. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, s.off, s.off + s.len);
    ensures spent{Pre, Here}(s.len); */
static inline hoptls_span span_trim(const uint8_t *p, hoptls_span s)
{
    uint32_t at = skip_space(p, s.off, span_end(s));
    return span_of(at, skip_space_back(p, at, span_end(s)));
}

/* A literal as bytes and length: TEXT("tls"). The proofs know only that the bytes are there: they have no casts. */
#ifdef __FRAMAC__
/*@ terminates \true;
    assigns \nothing;
    ensures readable(\result, 0, n); */
const uint8_t *hoptls_text(const char *literal, uint32_t n);
#define TEXT(literal) hoptls_text((literal), (uint32_t)(sizeof(literal) - 1)), (uint32_t)(sizeof(literal) - 1)
#else
#define TEXT(literal) (const uint8_t *)(literal), (uint32_t)(sizeof(literal) - 1)
#endif

#endif
