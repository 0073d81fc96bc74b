/* value -> tokens (RFC 5322 section 3.2). Knows nothing of what the words mean. */
#include "token.h"

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t space_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && token_begins[p[i]] == BEGINS_SPACE) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t token_word_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && token_begins[p[i]] == BEGINS_WORD) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* The end of what stands in a comment up to the next parenthesis. A backslash quotes the next byte (RFC 5322 section
 * 3.2.2). Quotation marks mean nothing in a comment but in an address: servers write the envelope's sender there as
 * it came, and <"a) with ESMTPS ("@example.com> must not close what the server opened. */
/*@ requires \valid(state) && state->pos < state->end && readable(p, state->pos, state->end);
    terminates \true;
    assigns state->quotes_end, hoptls_work;
    ensures state->pos <= \result <= state->end; */
static uint32_t text_end(const uint8_t *p, hoptls_tokens_state *state)
{
    uint32_t i = state->pos;
    /*@ loop invariant state->pos <= i <= state->end;
        loop assigns i, state->quotes_end, hoptls_work;
        loop variant state->end - i; */
    while (i < state->end && p[i] != '(' && p[i] != ')') {
        uint32_t next = address_quotes_end(p, i, state);
        if (next == i) {
            next = i + ((p[i] == '\\' && state->end - i > 1) ? 2u : 1u);
        }
        HOPTLS_WORK(next - i);
        i = next;
    }
    return i;
}

/* A token of kind `kind` if something closes it, else its first byte alone. */
/*@ requires \valid(out) && at < UINT32_MAX && at <= close;
    terminates \true;
    assigns out->kind, out->span;
    ensures out->kind == (close > at ? kind : (uint32_t)HOPTLS_TOKEN_STRAY);
    ensures out->span.off == at && out->span.len == (close > at ? close - at : 1); */
static void closed_or_stray(hoptls_token *out, uint32_t at, uint32_t close, uint32_t kind)
{
    out->kind = close > at ? kind : HOPTLS_TOKEN_STRAY;
    out->span = span_of(at, close > at ? close : at + 1);
}

/*@ requires \valid(state) && state->pos < state->end && readable(p, state->pos, state->end);
    requires \valid(out) && \separated(out, state);
    terminates \true;
    assigns state->quotes_end, out->kind, out->span, hoptls_work;
    ensures out->span.off == state->pos && 0 < out->span.len <= state->end - state->pos;
    ensures HOPTLS_TOKEN_SPACE <= out->kind <= HOPTLS_TOKEN_STRAY; */
static void quoted(const uint8_t *p, hoptls_tokens_state *state, hoptls_token *out)
{
    uint32_t at = state->pos;
    closed_or_stray(out, at, open_quoted_end(p, at, state), HOPTLS_TOKEN_QUOTED);
}

/*@ requires \valid(state) && state->pos < state->end && readable(p, state->pos, state->end);
    requires \valid(out) && \separated(out, state);
    terminates \true;
    assigns out->kind, out->span, hoptls_work;
    ensures out->span.off == state->pos && 0 < out->span.len <= state->end - state->pos;
    ensures HOPTLS_TOKEN_SPACE <= out->kind <= HOPTLS_TOKEN_STRAY; */
static void angle(const uint8_t *p, hoptls_tokens_state *state, hoptls_token *out)
{
    uint32_t at = state->pos;
    closed_or_stray(out, at, angle_end(p, at, state->end, state->quotes_end), HOPTLS_TOKEN_ANGLE);
}

/*@ requires \valid(state) && state->pos < state->end && state->depth < UINT32_MAX;
    requires \valid(out) && \separated(out, state);
    terminates \true;
    assigns state->depth, out->kind, out->span;
    ensures out->span.off == state->pos && 0 < out->span.len <= state->end - state->pos;
    ensures HOPTLS_TOKEN_SPACE <= out->kind <= HOPTLS_TOKEN_STRAY;
    ensures state->depth <= \old(state->depth) + 1; */
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

/*@ requires \valid(state) && state->pos < state->end && readable(p, state->pos, state->end);
    requires state->depth <= state->pos;
    requires \valid(out) && \separated(out, state);
    terminates \true;
    assigns state->depth, state->quotes_end, out->kind, out->span, hoptls_work;
    ensures out->span.off == state->pos && 0 < out->span.len <= state->end - state->pos;
    ensures HOPTLS_TOKEN_SPACE <= out->kind <= HOPTLS_TOKEN_STRAY;
    ensures state->depth <= \old(state->depth) + 1; */
static void next_outside(const uint8_t *p, hoptls_tokens_state *state, hoptls_token *out)
{
    uint32_t at = state->pos;
    switch (token_begins[p[at]]) {
    case BEGINS_SPACE: closed_or_stray(out, at, space_end(p, at, state->end), HOPTLS_TOKEN_SPACE); break;
    case BEGINS_COMMENT: open_comment(state, out); break;
    case BEGINS_QUOTED: quoted(p, state, out); break;
    case BEGINS_LITERAL:
        closed_or_stray(out, at, literal_end(p, at, state->end), HOPTLS_TOKEN_LITERAL);
        break;
    case BEGINS_ANGLE: angle(p, state, out); break;
    case BEGINS_SEMI: closed_or_stray(out, at, at + 1, HOPTLS_TOKEN_SEMI); break;
    case BEGINS_WORD: closed_or_stray(out, at, token_word_end(p, at, state->end), HOPTLS_TOKEN_WORD); break;
    default: closed_or_stray(out, at, at, HOPTLS_TOKEN_STRAY); break;
    }
}

/*@ requires \valid(state) && state->pos < state->end && readable(p, state->pos, state->end);
    requires state->depth <= state->pos;
    requires state->depth > 0;
    requires \valid(out) && \separated(out, state);
    terminates \true;
    assigns state->depth, state->quotes_end, out->kind, out->span, hoptls_work;
    ensures out->span.off == state->pos && 0 < out->span.len <= state->end - state->pos;
    ensures HOPTLS_TOKEN_SPACE <= out->kind <= HOPTLS_TOKEN_STRAY;
    ensures state->depth == \old(state->depth) + (p[state->pos] == '(' ? 1 : p[state->pos] == ')' ? -1 : 0); */
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
