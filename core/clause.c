/* tokens -> clauses (RFC 5321 section 4.4): which words and comments stand in which clause. Knows nothing of TLS. */
#include "internal.h"

/* The walk over a value's tokens. */
typedef struct walk {
    uint32_t place;
    uint32_t fresh;   /* 1: the next item is the first of its clause */
    uint32_t glued;   /* 1: no blank has stood since the last item */
    uint32_t comment; /* where the open comment began */
    uint32_t by;      /* index of the item that is the last `by` */
    uint32_t old_by;  /* and of the one before it */
    uint32_t bys;
    uint32_t semi; /* offset of the last semicolon */
    uint32_t semis;
    uint32_t semi_by; /* `by` and `bys` as they were there */
    uint32_t semi_bys;
} walk;

typedef struct keyword {
    uint8_t text[8];
    uint8_t len;
    uint8_t place;
} keyword;

/* clang-format off */
static const keyword keywords[] = {
    {"from", 4, PLACE_FROM}, {"by", 2, PLACE_BY}, {"via", 3, PLACE_VIA}, {"with", 4, PLACE_WITH},
    {"id", 2, PLACE_ID}, {"for", 3, PLACE_FOR},
};
/* clang-format on */
#define KEYWORDS (sizeof keywords / sizeof keywords[0])

/* The place that a word opens, or PLACE_COUNT if it is no keyword. */
static uint32_t keyword_place(const uint8_t *p, hoptls_span word)
{
    uint32_t i = 0;
    if (word.len < 2 || word.len > 4) {
        return PLACE_COUNT;
    }
    while (i < KEYWORDS && !span_is(p, word, keywords[i].text, keywords[i].len)) {
        i++;
    }
    return i < KEYWORDS ? keywords[i].place : (uint32_t)PLACE_COUNT;
}

/* Whether a word here may open a clause. What follows `from` is a name, even if a client calls itself `with`;
 * a second `from` is no news; and a word glued to a bracket is part of something else. */
static int keyword_allowed(const walk *w, uint32_t place)
{
    if (w->glued || (w->place == PLACE_FROM && w->fresh)) {
        return 0;
    }
    return place != PLACE_FROM || w->place == PLACE_START;
}

static void keep(clauses *out, const walk *w, hoptls_span span, uint32_t kind)
{
    clause_item *item;
    if (out->count >= CLAUSE_ITEMS) {
        out->flags |= HOPTLS_F_TOO_MANY;
        return;
    }
    item = &out->item[out->count];
    item->span = span;
    item->place = (uint8_t)w->place;
    item->kind = (uint8_t)kind;
    item->first = (uint8_t)(w->fresh && kind != ITEM_COMMENT && kind != ITEM_KEYWORD);
    out->count++;
}

static void keep_item(clauses *out, walk *w, hoptls_span span, uint32_t kind)
{
    keep(out, w, span, kind);
    w->fresh = w->fresh && kind == ITEM_COMMENT && w->place != PLACE_FROM;
    w->glued = 1;
}

static void open_clause(clauses *out, walk *w, hoptls_span span, uint32_t place)
{
    if (place == PLACE_BY) {
        w->old_by = w->by;
        w->by = out->count;
        w->bys++;
    }
    w->place = place;
    w->fresh = 1;
    w->glued = 1;
    keep(out, w, span, ITEM_KEYWORD);
}

/* Exim's manual teaches `by authid <user> with mechanism` behind the id, qmail-scanner writes `by host by uid N`:
 * such a `by` names no host. */
static void undo_user(const uint8_t *p, walk *w, hoptls_span word)
{
    if (w->place == PLACE_BY && w->fresh && w->bys > 1 &&
        (span_is(p, word, TEXT("authid")) || span_is(p, word, TEXT("uid")))) {
        w->place = PLACE_FOR;
        w->fresh = 0;
        w->by = w->old_by;
        w->bys--;
    }
}

static void take_loose_word(const uint8_t *p, clauses *out, walk *w, hoptls_span span)
{
    uint32_t place = keyword_place(p, span);
    undo_user(p, w, span);
    if (place != PLACE_COUNT && keyword_allowed(w, place)) {
        open_clause(out, w, span, place);
    } else {
        keep_item(out, w, span, ITEM_WORD);
    }
}

static void take_close(clauses *out, walk *w, const hoptls_token *t)
{
    if (t->depth == 0) {
        keep_item(out, w, span_of(w->comment, span_end(t->span)), ITEM_COMMENT);
        w->glued = 0;
    }
}

static void take_semi(clauses *out, walk *w, hoptls_span span)
{
    keep_item(out, w, span, ITEM_SEMI);
    w->semi = span.off;
    w->semis++;
    w->semi_by = w->by;
    w->semi_bys = w->bys;
    w->glued = 0;
}

static void take_stray(clauses *out, walk *w, hoptls_span span)
{
    out->flags |= HOPTLS_F_UNBALANCED;
    keep_item(out, w, span, ITEM_STRAY);
}

static void take_token(const uint8_t *p, clauses *out, walk *w, const hoptls_token *t)
{
    switch (t->kind) {
    case HOPTLS_TOKEN_SPACE: w->glued = 0; break;
    case HOPTLS_TOKEN_WORD: take_loose_word(p, out, w, t->span); break;
    case HOPTLS_TOKEN_QUOTED: keep_item(out, w, t->span, ITEM_QUOTED); break;
    case HOPTLS_TOKEN_LITERAL: keep_item(out, w, t->span, ITEM_LITERAL); break;
    case HOPTLS_TOKEN_ANGLE: keep_item(out, w, t->span, ITEM_ANGLE); break;
    case HOPTLS_TOKEN_CLOSE: take_close(out, w, t); break;
    case HOPTLS_TOKEN_SEMI: take_semi(out, w, t->span); break;
    case HOPTLS_TOKEN_STRAY: take_stray(out, w, t->span); break;
    case HOPTLS_TOKEN_OPEN: w->comment = t->depth == 1 ? t->span.off : w->comment; break;
    default: break;
    }
}

/* Walk the tokens once. Returns the depth that was left open at the end. */
static uint32_t walk_tokens(hoptls_msg msg, hoptls_tokens_state *state, clauses *out, walk *w)
{
    hoptls_token t;
    memset(w, 0, sizeof *w);
    w->place = PLACE_START;
    w->fresh = 1;
    out->count = 0;
    out->flags = 0;
    while (hoptls_token_next(msg, state, &t) == HOPTLS_MORE) {
        take_token(msg.ptr, out, w, &t);
    }
    return state->depth;
}

/* A comment that nothing closes would hide all that follows. Its parenthesis is read once more as a stray one;
 * if a second one is open as well, what it hides stays hidden: two walks, whatever the value. */
static void walk_value(const uint8_t *p, hoptls_span value, clauses *out, walk *w)
{
    hoptls_msg msg;
    hoptls_tokens_state state;
    msg.ptr = p;
    msg.len = span_end(value);
    (void)hoptls_tokens(msg, value, &state);
    if (walk_tokens(msg, &state, out, w) > 0) {
        uint32_t open = w->comment;
        (void)hoptls_tokens(msg, value, &state);
        state.stray_open = open;
        if (walk_tokens(msg, &state, out, w) > 0) {
            out->flags |= HOPTLS_F_TOO_MANY;
        }
        out->flags |= HOPTLS_F_UNBALANCED;
    }
}

/* What stands behind the last semicolon is the date and what follows it, whatever words it holds. */
static void mark_tail(clauses *out, uint32_t semi)
{
    uint32_t i = 0;
    while (i < out->count) {
        if (out->item[i].span.off > semi) {
            out->item[i].place = PLACE_TAIL;
            out->item[i].kind = out->item[i].kind == ITEM_KEYWORD ? (uint8_t)ITEM_WORD : out->item[i].kind;
        }
        i++;
    }
    HOPTLS_WORK(i);
}

static void read_date(const uint8_t *p, hoptls_span text, clauses *out)
{
    hoptls_span trimmed = span_trim(p, text);
    uint32_t n = hoptls_date_read(p, trimmed, &out->date);
    out->date_text = span_of(trimmed.off, trimmed.off + n);
}

/* SendGrid and others write the date behind the id, with no semicolon before it. */
static void find_date_in_id(const uint8_t *p, hoptls_span value, clauses *out)
{
    uint32_t i = 0;
    while (i < out->count && (out->item[i].place != PLACE_ID || !out->item[i].first)) {
        i++;
    }
    HOPTLS_WORK(i);
    if (i < out->count) {
        read_date(p, span_of(span_end(out->item[i].span), span_end(value)), out);
    }
}

static void set_date(const uint8_t *p, hoptls_span value, clauses *out, const walk *w)
{
    if (w->semis > 0) {
        read_date(p, span_of(w->semi + 1, span_end(value)), out);
        mark_tail(out, w->semi);
    } else {
        find_date_in_id(p, value, out);
    }
    if (out->date_text.len == 0) {
        out->flags |= HOPTLS_F_NO_DATE;
    }
}

/* Whether a word `by` stands in `s` among others. */
static int holds_by(const uint8_t *p, hoptls_span s)
{
    return phrase_find(p, s, TEXT(" by ")) < span_end(s);
}

static int may_hide(const clause_item *item)
{
    return item->kind == ITEM_QUOTED || item->kind == ITEM_ANGLE || item->kind == ITEM_COMMENT;
}

/* A quote or parenthesis that the client wrote into its name may find a partner in an address that it chose as well.
 * What stands between is then hidden, the server's own `by` with it, and a `by` of the client's would pass for it. */
static void look_for_hidden_by(const uint8_t *p, clauses *out)
{
    uint32_t i = 0;
    while (i < out->count && !(may_hide(&out->item[i]) && holds_by(p, out->item[i].span))) {
        i++;
    }
    HOPTLS_WORK(i);
    out->hidden_by = i < out->count;
}

/* The server writes its own name behind all that it tells of the client: what stands before the last `by` that
 * the date does not precede is the client's, even where somebody made it look like clauses. */
static void give_to_client(clauses *out, const walk *w)
{
    uint32_t i = 0;
    uint32_t by = w->semis > 0 ? w->semi_by : w->by;
    uint32_t bys = w->semis > 0 ? w->semi_bys : w->bys;
    while (i < out->count && i < by) {
        out->item[i].place = out->item[i].place == PLACE_START ? (uint8_t)PLACE_START : (uint8_t)PLACE_FROM;
        i++;
    }
    HOPTLS_WORK(i);
    if (bys > 1) {
        out->flags |= HOPTLS_F_REPEATED_BY;
    }
}

/* The clause of RFC 8314 needs no keyword of ours: whatever it stands in, it ends the words before it. */
static int is_tls_clause(const uint8_t *p, const clause_item *item)
{
    return item->place != PLACE_FROM && span_is(p, item->span, TEXT("tls"));
}

/* From the first item of a clause to the last of the words that follow it without a comment between. */
static hoptls_span words_from(const uint8_t *p, const clauses *c, uint32_t i)
{
    uint32_t k = i + 1;
    if (c->item[i].kind != ITEM_WORD) {
        return c->item[i].span;
    }
    while (k < c->count && c->item[k].kind == ITEM_WORD && c->item[k].place == c->item[i].place &&
           !is_tls_clause(p, &c->item[k])) {
        k++;
    }
    HOPTLS_WORK(k - i);
    return span_of(c->item[i].span.off, span_end(c->item[k - 1].span));
}

/* The first of two clauses of one kind stands, but for `by`, where the last is the server's. */
static void set_once(hoptls_span *span, hoptls_span found)
{
    *span = span->len > 0 ? *span : found;
}

static void set_span(const uint8_t *p, clauses *c, uint32_t i)
{
    if (!c->item[i].first || c->item[i].kind == ITEM_SEMI || c->item[i].kind == ITEM_STRAY) {
        return;
    }
    switch (c->item[i].place) {
    case PLACE_BY: c->by = c->item[i].span; break;
    case PLACE_VIA: set_once(&c->via, words_from(p, c, i)); break;
    case PLACE_WITH: set_once(&c->with, words_from(p, c, i)); break;
    case PLACE_ID: set_once(&c->id, c->item[i].span); break;
    case PLACE_FOR: set_once(&c->recipient, c->item[i].span); break;
    case PLACE_FROM: set_once(&c->helo, words_from(p, c, i)); break;
    default: break;
    }
}

static void set_spans(const uint8_t *p, clauses *c)
{
    uint32_t i = 0;
    while (i < c->count) {
        set_span(p, c, i);
        i++;
    }
    HOPTLS_WORK(i);
}

void hoptls_clauses_read(const uint8_t *p, hoptls_span value, clauses *out)
{
    walk w;
    memset(out, 0, sizeof *out);
    walk_value(p, value, out, &w);
    set_date(p, value, out, &w);
    give_to_client(out, &w);
    look_for_hidden_by(p, out);
    set_spans(p, out);
    if (out->by.len == 0) {
        out->flags |= HOPTLS_F_NO_BY;
    }
    if (out->helo.len == 0) {
        out->flags |= HOPTLS_F_NO_FROM;
    }
}

hoptls_span hoptls_comment_inside(const uint8_t *p, hoptls_span comment)
{
    return span_trim(p, span_of(comment.off + 1, span_end(comment) - 1));
}
