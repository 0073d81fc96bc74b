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
static inline uint32_t quoted_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at + 1;
    while (i < end && p[i] != '"') {
        i += (p[i] == '\\' && end - i > 1) ? 2 : 1;
    }
    HOPTLS_WORK(i - at);
    return i < end ? i + 1 : at;
}

/* Behind the bracket that closes the literal that opens at `at`, or `at` if it is none. It stops at whatever may
 * open something else: so the search of one bracket never runs over the next, and work stays linear. */
static inline uint32_t literal_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at + 1;
    while (i < end && (token_begins[p[i]] == BEGINS_WORD || token_begins[p[i]] == BEGINS_SPACE)) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return (i < end && p[i] == ']') ? i + 1 : at;
}

/* The same for an angle bracket; a quoted local part hides what it holds, a quote alone ends the search, and
 * parentheses mean nothing in an address: a recipient must not open a comment in the server's clause. From
 * `quotes_end` on every quote is alone, and looking for its partner again and again would cost the square. */
static inline uint32_t angle_end(const uint8_t *p, uint32_t at, uint32_t end, uint32_t quotes_end)
{
    uint32_t i = at + 1;
    while (i < end && p[i] != '>' && p[i] != '<') {
        uint32_t next = i + 1;
        if (p[i] == '"') {
            next = i < quotes_end ? quoted_end(p, i, end) : i;
        }
        if (next == i) {
            return at;
        }
        i = next;
    }
    HOPTLS_WORK(i - at);
    return (i < end && p[i] == '>') ? i + 1 : at;
}

/* Where an address with a quoted local part goes on behind the quotes, or `at` if none begins there. */
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
static inline uint32_t open_quoted_end(const uint8_t *p, uint32_t at, hoptls_tokens_state *state)
{
    uint32_t close = at < state->quotes_end ? quoted_end(p, at, state->end) : at;
    if (close == at) {
        state->quotes_end = at;
    }
    return close;
}

#endif
