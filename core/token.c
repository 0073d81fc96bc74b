/* value -> tokens (RFC 5322 section 3.2). Knows nothing of what the words mean. */
#include "internal.h"

/* What a byte begins, outside comments. */
enum { WORD = 0, SPACE, PAREN_OPEN, PAREN_CLOSE, QUOTE, BRACKET, ANGLE, CLOSER, SEMI };

/* clang-format off */
static const uint8_t begins[256] = {
    ['\t'] = SPACE, ['\n'] = SPACE, ['\r'] = SPACE, [' '] = SPACE,
    ['('] = PAREN_OPEN, [')'] = PAREN_CLOSE, ['"'] = QUOTE, ['['] = BRACKET, ['<'] = ANGLE,
    [']'] = CLOSER, ['>'] = CLOSER, [';'] = SEMI,
};
/* clang-format on */

static uint32_t space_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && begins[p[i]] == SPACE) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

static uint32_t token_word_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && begins[p[i]] == WORD) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* Behind the quote that closes the string that opens at `at`, or `at` if none does. */
static uint32_t quoted_end(const uint8_t *p, uint32_t at, uint32_t end)
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
static uint32_t literal_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at + 1;
    while (i < end && (begins[p[i]] == WORD || begins[p[i]] == SPACE)) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return (i < end && p[i] == ']') ? i + 1 : at;
}

/* The same for an angle bracket; a quoted local part hides what it holds, a quote alone ends the search, and
 * parentheses mean nothing in an address: a recipient must not open a comment in the server's clause. From
 * `quotes_end` on every quote is alone, and looking for its partner again and again would cost the square. */
static uint32_t angle_end(const uint8_t *p, uint32_t at, uint32_t end, uint32_t quotes_end)
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
static uint32_t address_quotes_end(const uint8_t *p, uint32_t at, hoptls_tokens_state *state)
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

/* The end of what stands in a comment up to the next parenthesis. A backslash quotes the next byte (RFC 5322 section
 * 3.2.2). Quotation marks mean nothing in a comment but in an address: servers write the envelope's sender there as
 * it came, and <"a) with ESMTPS ("@example.com> must not close what the server opened. */
static uint32_t text_end(const uint8_t *p, hoptls_tokens_state *state)
{
    uint32_t i = state->pos;
    while (i < state->end && p[i] != '(' && p[i] != ')') {
        uint32_t next = address_quotes_end(p, i, state);
        if (next == i) {
            next = i + ((p[i] == '\\' && state->end - i > 1) ? 2u : 1u);
        }
        i = next;
    }
    HOPTLS_WORK(i - state->pos);
    return i;
}

/* A token of kind `kind` if something closes it, else its first byte alone. */
static void closed_or_stray(hoptls_token *out, uint32_t at, uint32_t close, uint32_t kind)
{
    out->kind = close > at ? kind : HOPTLS_TOKEN_STRAY;
    out->span = span_of(at, close > at ? close : at + 1);
}

static void quoted(const uint8_t *p, hoptls_tokens_state *state, hoptls_token *out)
{
    uint32_t at = state->pos;
    uint32_t close = at < state->quotes_end ? quoted_end(p, at, state->end) : at;
    if (close == at) {
        state->quotes_end =
            at; /* later quotes stand escaped in what was searched: none of them closes either */
    }
    closed_or_stray(out, at, close, HOPTLS_TOKEN_QUOTED);
}

static void angle(const uint8_t *p, hoptls_tokens_state *state, hoptls_token *out)
{
    uint32_t at = state->pos;
    closed_or_stray(out, at, angle_end(p, at, state->end, state->quotes_end), HOPTLS_TOKEN_ANGLE);
}

static void open_comment(hoptls_tokens_state *state, hoptls_token *out)
{
    uint32_t at = state->pos;
    if (at == state->stray_open) {
        closed_or_stray(out, at, at, HOPTLS_TOKEN_STRAY);
        return;
    }
    closed_or_stray(out, at, at + 1, HOPTLS_TOKEN_OPEN);
    state->depth++;
}

static void next_outside(const uint8_t *p, hoptls_tokens_state *state, hoptls_token *out)
{
    uint32_t at = state->pos;
    switch (begins[p[at]]) {
    case SPACE: closed_or_stray(out, at, space_end(p, at, state->end), HOPTLS_TOKEN_SPACE); break;
    case PAREN_OPEN: open_comment(state, out); break;
    case QUOTE: quoted(p, state, out); break;
    case BRACKET: closed_or_stray(out, at, literal_end(p, at, state->end), HOPTLS_TOKEN_LITERAL); break;
    case ANGLE: angle(p, state, out); break;
    case SEMI: closed_or_stray(out, at, at + 1, HOPTLS_TOKEN_SEMI); break;
    case WORD: closed_or_stray(out, at, token_word_end(p, at, state->end), HOPTLS_TOKEN_WORD); break;
    default: closed_or_stray(out, at, at, HOPTLS_TOKEN_STRAY); break;
    }
}

static void next_inside(const uint8_t *p, hoptls_tokens_state *state, hoptls_token *out)
{
    uint32_t at = state->pos;
    if (p[at] == '(') {
        closed_or_stray(out, at, at + 1, HOPTLS_TOKEN_OPEN);
        state->depth++;
    } else if (p[at] == ')') {
        closed_or_stray(out, at, at + 1, HOPTLS_TOKEN_CLOSE);
        state->depth--;
    } else {
        closed_or_stray(out, at, text_end(p, state), HOPTLS_TOKEN_TEXT);
    }
}

int hoptls_tokens(hoptls_msg msg, hoptls_span value, hoptls_tokens_state *state)
{
    if (state == NULL || (msg.ptr == NULL && msg.len > 0) || !span_in(value, msg.len)) {
        return HOPTLS_E_ARG;
    }
    if (msg.len > UINT32_MAX) {
        return HOPTLS_E_SIZE;
    }
    state->pos = value.off;
    state->end = span_end(value);
    state->depth = 0;
    state->stray_open = state->end;
    state->quotes_end = state->end;
    return HOPTLS_OK;
}

int hoptls_token_next(hoptls_msg msg, hoptls_tokens_state *state, hoptls_token *out)
{
    if (state == NULL || out == NULL || msg.len > UINT32_MAX || state->end > msg.len) {
        return HOPTLS_E_ARG;
    }
    if (state->pos >= state->end) {
        return HOPTLS_END;
    }
    if (state->depth > 0) {
        next_inside(msg.ptr, state, out);
    } else {
        next_outside(msg.ptr, state, out);
    }
    out->depth = state->depth;
    state->pos = span_end(out->span);
    return HOPTLS_MORE;
}
