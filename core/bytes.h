/* Bytes and spans: the only way in which core files touch a message. Everything here is checked, none allocates. */
#ifndef HOPTLS_BYTES_H
#define HOPTLS_BYTES_H

#include "hoptls.h"

#include <string.h>

/* Work is counted, not timed (invariant I7): a test build defines HOPTLS_COUNT_WORK and the tests read the sum. */
#ifdef HOPTLS_COUNT_WORK
extern uint64_t hoptls_work;
#define HOPTLS_WORK(n) (hoptls_work += (n))
#else
#define HOPTLS_WORK(n) ((void)0)
#endif

static inline hoptls_span span_of(uint32_t off, uint32_t end)
{
    hoptls_span s = {0, 0};
    if (off < end) {
        s.off = off;
        s.len = end - off;
    }
    return s;
}

static inline uint32_t span_end(hoptls_span s)
{
    return s.off + s.len;
}

/* Whether `s` lies in a message of `len` bytes (invariant I3). */
static inline int span_in(hoptls_span s, size_t len)
{
    return s.off <= len && s.len <= len - s.off;
}

/* The number of the lowest bit that is set; 0 if none is. */
static inline uint32_t lowest_bit(uint64_t bits)
{
#if defined(__GNUC__) && !defined(__FRAMAC__)
    return bits != 0 ? (uint32_t)__builtin_ctzll(bits) : 0;
#else
    uint32_t n = 0;
    while (n < 63 && (bits >> n & 1) == 0) {
        n++;
    }
    return n < 63 || bits >> 63 != 0 ? n : 0;
#endif
}

static inline uint8_t lower(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') ? (uint8_t)(c + 32u) : c;
}

static inline int is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline int is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static inline int is_alpha(uint8_t c)
{
    uint8_t l = lower(c);
    return l >= 'a' && l <= 'z';
}

static inline int is_hex(uint8_t c)
{
    uint8_t l = lower(c);
    return is_digit(c) || (l >= 'a' && l <= 'f');
}

/* Whether `n` bytes are the same. Not memcmp: where nobody asks which is greater, clang makes a call of bcmp of it, which a
 * freestanding target need not have. */
static inline int bytes_same(const uint8_t *a, const uint8_t *b, uint32_t n)
{
    uint32_t i = 0;
    while (i < n && a[i] == b[i]) {
        i++;
    }
    HOPTLS_WORK(i);
    return i == n;
}

/* Whether the bytes of `s` are `text`, `n` bytes in lower case, whatever the case in the message. */
static inline int span_is(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    uint32_t i = 0;
    if (s.len != n) {
        return 0;
    }
    while (i < n && lower(p[s.off + i]) == text[i]) {
        i++;
    }
    HOPTLS_WORK(i);
    return i == n;
}

/* The same of its first, of its last `n` bytes. */
static inline int span_starts(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    hoptls_span head = {s.off, n};
    return s.len >= n && span_is(p, head, text, n);
}

static inline int span_ends(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    hoptls_span tail = {0, n};
    if (s.len < n) {
        return 0;
    }
    tail.off = s.off + (s.len - n);
    return span_is(p, tail, text, n);
}

/* Whether `s` begins with the phrase `text`, and if so, where the phrase ends in it: a blank in the phrase stands for
 * any run of blanks and line ends, since a field may be folded at each. Returns 0 if it does not. */
static inline uint32_t phrase_end(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    uint32_t i = 0;
    uint32_t at = s.off;
    uint32_t end = s.off + s.len;
    while (i < n && at < end && (text[i] == ' ' ? is_space(p[at]) : lower(p[at]) == text[i])) {
        at++;
        i += (text[i] == ' ' && at < end && is_space(p[at])) ? 0 : 1;
    }
    HOPTLS_WORK(at - s.off);
    return i == n ? at : 0;
}

static inline int phrase_starts(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    return s.len > 0 && phrase_end(p, s, text, n) > 0;
}

static inline int phrase_is(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    return s.len > 0 && phrase_end(p, s, text, n) == s.off + s.len;
}

/* Whether the phrase may begin at `i`. In a run of blanks only the first may begin one: to follow the run from each of
 * them would cost the square. */
static inline int phrase_may_begin(const uint8_t *p, hoptls_span s, uint32_t i, uint8_t first)
{
    if (first == ' ') {
        return is_space(p[i]) && (i == s.off || !is_space(p[i - 1]));
    }
    return lower(p[i]) == first;
}

/* Where the phrase begins first in `s`, or the end of `s`. */
static inline uint32_t phrase_find(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    uint32_t i = s.off;
    uint32_t end = s.off + s.len;
    while (i < end && !(phrase_may_begin(p, s, i, text[0]) && phrase_starts(p, span_of(i, end), text, n))) {
        i++;
    }
    HOPTLS_WORK(i - s.off);
    return i;
}

/* The offset of the last `byte` in `s`, or the end of `s`. */
static inline uint32_t find_last(const uint8_t *p, hoptls_span s, uint8_t byte)
{
    uint32_t i = s.off + s.len;
    while (i > s.off && p[i - 1] != byte) {
        i--;
    }
    HOPTLS_WORK(s.off + s.len - i);
    return i > s.off ? i - 1 : s.off + s.len;
}

/* Whether `s` ends with the phrase `text`, whose first byte stands nowhere else in it. */
static inline int phrase_ends(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    uint32_t at = find_last(p, s, text[0]);
    return phrase_is(p, span_of(at, s.off + s.len), text, n);
}

/* Whether two parts of the message are the same word, whatever their case. */
static inline int span_same(const uint8_t *p, hoptls_span a, hoptls_span b)
{
    uint32_t i = 0;
    if (a.len != b.len) {
        return 0;
    }
    while (i < a.len && lower(p[a.off + i]) == lower(p[b.off + i])) {
        i++;
    }
    HOPTLS_WORK(i);
    return i == a.len;
}

/* The first byte from `at` on that is no blank, tab or line end. */
static inline uint32_t skip_space(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && is_space(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* The end of what stands before `end` without its trailing blanks. */
static inline uint32_t skip_space_back(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = end;
    while (i > at && is_space(p[i - 1])) {
        i--;
    }
    HOPTLS_WORK(end - i);
    return i;
}

/* `s` without the blanks, tabs and line ends around it. */
static inline hoptls_span span_trim(const uint8_t *p, hoptls_span s)
{
    uint32_t at = skip_space(p, s.off, span_end(s));
    return span_of(at, skip_space_back(p, at, span_end(s)));
}

/* A literal as bytes and length: TEXT("tls"). */
#define TEXT(literal) (const uint8_t *)(literal), (uint32_t)(sizeof(literal) - 1)

#endif
