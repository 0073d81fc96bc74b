/* What token.c and clause.c know alike of the rules by which a value falls into tokens (RFC 5322 section 3.2): what opens
 * something, and where it is closed. */
#ifndef HOPTLS_TOKEN_H
#define HOPTLS_TOKEN_H

#include "internal.h"

/* What a byte begins, outside comments. */
enum {
    BEGINS_WORD = 0,
    BEGINS_SPACE,
    BEGINS_COMMENT,
    BEGINS_QUOTED,
    BEGINS_LITERAL,
    BEGINS_ANGLE,
    BEGINS_SEMI,
    BEGINS_NOTHING /* closes what is not open */
};

/* clang-format off */
static const uint8_t token_begins[256] = {
    ['\t'] = BEGINS_SPACE, ['\n'] = BEGINS_SPACE, ['\r'] = BEGINS_SPACE, [' '] = BEGINS_SPACE,
    ['('] = BEGINS_COMMENT, ['"'] = BEGINS_QUOTED, ['['] = BEGINS_LITERAL, ['<'] = BEGINS_ANGLE, [';'] = BEGINS_SEMI,
    [')'] = BEGINS_NOTHING, [']'] = BEGINS_NOTHING, ['>'] = BEGINS_NOTHING,
};
/* clang-format on */

/* Behind the quote that closes the string that opens at `at`, or `at` if none does. */
/*@ requires at < end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures \result == at || at + 1 < \result <= end;
    ensures spent{Pre, Here}(end - at); */
static inline uint32_t quoted_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at + 1;
    /*@ loop invariant at + 1 <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && p[i] != '"') {
        uint32_t step = (p[i] == '\\' && end - i > 1) ? 2 : 1;
        i += step;
        HOPTLS_WORK(step);
    }
    return i < end ? i + 1 : at;
}

/* Behind the bracket that closes the literal that opens at `at`, or `at` if it is none. It stops at whatever may
 * open something else: so the search of one bracket never runs over the next, and work stays linear. */
/*@ requires at < end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures \result == at || at + 1 < \result <= end;
    ensures spent{Pre, Here}(end - at); */
static inline uint32_t literal_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at + 1;
    /*@ loop invariant at + 1 <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && (token_begins[p[i]] == BEGINS_WORD || token_begins[p[i]] == BEGINS_SPACE)) {
        i++;
        HOPTLS_WORK(1);
    }
    return (i < end && p[i] == ']') ? i + 1 : at;
}

/* The same for an angle bracket; a quoted local part hides what it holds, a quote alone ends the search, and
 * parentheses mean nothing in an address: a recipient must not open a comment in the server's clause. From
 * `quotes_end` on every quote is alone, and looking for its partner again and again would cost the square. */
/*@ requires at < end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures \result == at || at + 1 < \result <= end; */
static inline uint32_t angle_end(const uint8_t *p, uint32_t at, uint32_t end, uint32_t quotes_end)
{
    uint32_t i = at + 1;
    /*@ loop invariant at + 1 <= i <= end;
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && p[i] != '>' && p[i] != '<') {
        uint32_t next = i + 1;
        if (p[i] == '"') {
            next = i < quotes_end ? quoted_end(p, i, end) : i;
        }
        if (next == i) {
            return at;
        }
        HOPTLS_WORK(next - i);
        i = next;
    }
    return (i < end && p[i] == '>') ? i + 1 : at;
}

/* Where an address with a quoted local part goes on behind the quotes, or `at` if none begins there. */
/*@ requires \valid(state) && at < state->end && readable(p, at, state->end);
    terminates \true;
    assigns state->quotes_end, hoptls_work;
    ensures at <= \result <= state->end; */
static inline uint32_t address_quotes_end(const uint8_t *p, uint32_t at, hoptls_tokens_state *state)
{
    uint32_t quote = at + 1;
    uint32_t close;
    if (p[at] != '<' || quote >= state->end || quote >= state->quotes_end || p[quote] != '"') {
        return at;
    }
    close = quoted_end(p, quote, state->end);
    if (close == quote) {
        state->quotes_end = quote;
        return at;
    }
    return close;
}

/* The same of the string that opens outside comments. Where none closes it, neither will later quotes be closed: they
 * stand escaped in what was searched. */
/*@ requires \valid(state) && at < state->end && readable(p, at, state->end);
    terminates \true;
    assigns state->quotes_end, hoptls_work;
    ensures \result == at || at + 1 < \result <= state->end; */
static inline uint32_t open_quoted_end(const uint8_t *p, uint32_t at, hoptls_tokens_state *state)
{
    uint32_t close = at < state->quotes_end ? quoted_end(p, at, state->end) : at;
    if (close == at) {
        state->quotes_end = at;
    }
    return close;
}

#endif
