/* tokens -> clauses (RFC 5321 section 4.4): which words and comments stand in which clause. Knows nothing of TLS. */
#include "token.h"

/* The walk over a value. */
typedef struct walk {
    hoptls_tokens_state lex; /* the value, and what is known of its quotes and parentheses */
    scan_block bits;         /* of the bytes from `block` on */
    uint32_t block;
    uint32_t place;
    uint32_t fresh;   /* 1: the next item is the first of its clause */
    uint32_t glued;   /* 1: no blank has stood since the last item */
    uint32_t bracket; /* the last `[` of the comment, or 0 if there is none or something quoted behind it */
    uint32_t open;   /* where the comment begins that nothing closes; the end of the value if there is none */
    uint32_t by;     /* index of the item that is the last `by` */
    uint32_t old_by; /* and of the one before it */
    uint32_t old_word; /* where that begins */
    uint32_t bys;
    uint32_t late_by; /* 1: a `by` behind other clauses than `from` */
    uint32_t semi;    /* offset of the last semicolon */
    uint32_t semis;
    uint32_t tail;    /* index of the first item behind it */
    uint32_t semi_by; /* `by` and `bys` as they were there, and where that begins */
    uint32_t semi_bys;
    uint32_t semi_word;
    uint32_t dated; /* 1: the date behind it was read on the way */
    hoptls_span date_text;
} walk;

/* What contracts say of the walk: its block begins no later than at `at`; what it has counted are bytes that it went over,
 * and what it has kept are parts of the value. */
/*@ predicate walking{L}(walk *w, integer at) =
        \valid{L}(w) && w->lex.pos <= w->block <= at <= w->lex.end;
    predicate in_value{L}(uint8_t *p, walk *w) = readable{L}(p, w->lex.pos, w->lex.end);
    predicate held{L}(walk *w, clauses *c) =
        \valid{L}(w) && \valid{L}(c) && \separated(w, c) && w->place < PLACE_COUNT && w->lex.pos <= w->lex.end &&
        items_in{L}(c, w->lex.pos, w->lex.end);
    predicate counted{L}(walk *w, integer at) =
        w->lex.pos <= at <= w->lex.end && w->fresh <= 1 && w->bys <= at - w->lex.pos && w->semis <= at - w->lex.pos &&
        w->open <= w->lex.end && (w->semis > 0 ==> w->lex.pos <= w->semi < w->lex.end) &&
        part_of(w->date_text, w->lex.pos, w->lex.end);
    predicate kept_in_value{L}(clauses *c) = items_in{L}(c, c->value.off, c->value.off + c->value.len);
*/

/* ---- bytes, a block at a time ---- */

/* Have the bits of the block that the byte at `at` is in. */
/*@ requires walking(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, hoptls_work;
    ensures walking(w, at) && at - w->block < SCAN_BYTES; */
static inline void look(const uint8_t *p, walk *w, uint32_t at)
{
    if (at - w->block >= SCAN_BYTES) {
        hoptls_scan_block(p, span_of(w->lex.pos, w->lex.end), at, &w->bits);
        w->block = at;
    }
}

/* The end of the block that the byte at `at` is in, or that of the value. */
/*@ requires \valid_read(w) && w->block <= at < w->lex.end && at - w->block < SCAN_BYTES;
    terminates \true;
    assigns \nothing;
    ensures at < \result <= w->lex.end; */
static inline uint32_t block_end(const walk *w, uint32_t at)
{
    uint32_t most = SCAN_BYTES - (at - w->block);
    uint32_t left = w->lex.end - at;
    return at + (left < most ? left : most);
}

/* Where the first bit of `bits`, those of the bytes from `at` on, stands: never beyond the value. */
/*@ requires \valid_read(w) && at <= w->lex.end;
    terminates \true;
    assigns \nothing;
    ensures at <= \result <= w->lex.end; */
static inline uint32_t first_of(const walk *w, uint32_t at, uint64_t bits)
{
    uint32_t n = lowest_bit(bits);
    uint32_t left = w->lex.end - at;
    return at + (n < left ? n : left);
}

/* The marks among the bytes from `at` to the end of its block, and those of the blanks that are asked for. */
/*@ requires walking(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, hoptls_work;
    ensures walking(w, at) && at - w->block < SCAN_BYTES; */
static inline uint64_t stops_at(const uint8_t *p, walk *w, uint32_t at, uint64_t blanks)
{
    look(p, w, at);
    return (w->bits.marks | (w->bits.blanks & blanks)) >> (at - w->block);
}

/*@ requires walking(w, at) && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, hoptls_work;
    ensures at <= \result && walking(w, \result); */
static inline uint32_t find_stop(const uint8_t *p, walk *w, uint32_t at, uint64_t blanks)
{
    uint32_t i = at;
    uint64_t stops = 0;
    /*@ loop invariant at <= i && walking(w, i);
        loop assigns i, stops, w->bits, w->block, hoptls_work;
        loop variant w->lex.end - i; */
    while (i < w->lex.end && (stops = stops_at(p, w, i, blanks)) == 0) {
        i = block_end(w, i);
    }
    return first_of(w, i, stops);
}

/* The first mark from `at` on, or the end of the value. */
/*@ requires walking(w, at) && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, hoptls_work;
    ensures at <= \result && walking(w, \result); */
static inline uint32_t next_mark(const uint8_t *p, walk *w, uint32_t at)
{
    return find_stop(p, w, at, 0);
}

/* The first mark or blank from `at` on, or the end of the value. */
/*@ requires walking(w, at) && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, hoptls_work;
    ensures at <= \result && walking(w, \result); */
static inline uint32_t next_stop(const uint8_t *p, walk *w, uint32_t at)
{
    return find_stop(p, w, at, UINT64_MAX);
}

/* The end of the word that begins with the byte at `at`: a backslash ends none. */
/*@ requires walking(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, hoptls_work;
    ensures at < \result && walking(w, \result); */
static inline uint32_t loose_word_end(const uint8_t *p, walk *w, uint32_t at)
{
    uint32_t i = next_stop(p, w, at + 1);
    /*@ loop invariant at < i && walking(w, i);
        loop assigns i, w->bits, w->block, hoptls_work;
        loop variant w->lex.end - i; */
    while (i < w->lex.end && p[i] == '\\') {
        i = next_stop(p, w, i + 1);
    }
    return i;
}

/* Behind the blank at `at`, and those that follow it in its block. */
/*@ requires walking(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, hoptls_work;
    ensures at < \result && walking(w, \result); */
static inline uint32_t blanks_end(const uint8_t *p, walk *w, uint32_t at)
{
    look(p, w, at);
    return first_of(w, at + 1, ~(w->bits.blanks >> (at - w->block) >> 1));
}

/* ---- items ---- */

/*@ requires at <= end;
    terminates \true;
    assigns \nothing;
    ensures \result.off == at && \result.len == end - at; */
static hoptls_span between(uint32_t at, uint32_t end)
{
    hoptls_span s = {at, end - at};
    return s;
}

/* Keep an item in the place where the walk is, if there is room. */
/*@ requires held(w, out) && item_in(item, w->lex.pos, w->lex.end);
    terminates \true;
    assigns out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1];
    ensures \old(out->count) <= out->count <= \old(out->count) + 1;
    ensures held(w, out); */
static inline void keep(clauses *out, const walk *w, clause_item item)
{
    if (out->count >= CLAUSE_ITEMS) {
        out->flags |= HOPTLS_F_TOO_MANY;
        return;
    }
    item.place = (uint8_t)w->place;
    out->item[out->count] = item;
    out->firsts |= item.first != 0 ? bit_at(out->count) : 0;
    out->count++;
}

/* An item that is no comment. */
/*@ requires kind <= ITEM_DATE && first <= 1;
    terminates \true;
    assigns \nothing;
    ensures \result.span == span && \result.inside.len == 0 && \result.bracket == 0; */
static inline clause_item plain_item(hoptls_span span, uint32_t kind, uint32_t first)
{
    clause_item item = {span, {0, 0}, 0, 0, (uint8_t)kind, (uint8_t)first};
    return item;
}

/* Keep an item that is no comment: what follows it is not the first of its clause. */
/*@ requires held(w, out) && counted(w, span.off) && span.len > 0 && span.off + span.len <= w->lex.end && kind <= ITEM_DATE;
    terminates \true;
    assigns w->fresh, w->glued, out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1];
    ensures \old(out->count) <= out->count <= \old(out->count) + 1;
    ensures held(w, out);
    ensures counted(w, span.off); */
static inline void keep_item(clauses *out, walk *w, hoptls_span span, uint32_t kind)
{
    clause_item item = plain_item(span, kind, w->fresh);
    w->fresh = 0;
    w->glued = 1;
    keep(out, w, item);
}

/* Put the item that is kept next into a set. */
/*@ requires \valid_read(out) && out->count <= CLAUSE_ITEMS && \valid(set);
    terminates \true;
    assigns *set; */
static void note_next(const clauses *out, uint64_t *set)
{
    if (out->count < CLAUSE_ITEMS) {
        *set |= bit_at(out->count);
    }
}

/* ---- words ---- */

#define WORD_OF(a, b, c, d)                                                                                  \
    ((uint32_t)(a)*0x1000000u + (uint32_t)(b)*0x10000u + (uint32_t)(c)*0x100u + (uint32_t)(d))

/* A word of two, three or four bytes as a number, whatever the case of its letters; 0 of any other. */
/*@ requires span_readable(p, word);
    terminates \true;
    assigns \nothing; */
static uint32_t short_word(const uint8_t *p, hoptls_span word)
{
    uint32_t i = word.off;
    switch (word.len) {
    case 2: return WORD_OF(0, 0, p[i], p[i + 1]) | 0x2020u;
    case 3: return WORD_OF(0, p[i], p[i + 1], p[i + 2]) | 0x202020u;
    case 4: return WORD_OF(p[i], p[i + 1], p[i + 2], p[i + 3]) | 0x20202020u;
    default: return 0;
    }
}

/* The place that a word opens, or PLACE_COUNT if it is no keyword. */
/*@ requires span_readable(p, word);
    terminates \true;
    assigns \nothing;
    ensures \result <= PLACE_COUNT; */
static inline uint32_t keyword_place(const uint8_t *p, hoptls_span word)
{
    switch (short_word(p, word)) {
    case WORD_OF(0, 0, 'b', 'y'): return PLACE_BY;
    case WORD_OF(0, 0, 'i', 'd'): return PLACE_ID;
    case WORD_OF(0, 'f', 'o', 'r'): return PLACE_FOR;
    case WORD_OF(0, 'v', 'i', 'a'): return PLACE_VIA;
    case WORD_OF('f', 'r', 'o', 'm'): return PLACE_FROM;
    case WORD_OF('w', 'i', 't', 'h'): return PLACE_WITH;
    default: return PLACE_COUNT;
    }
}

/* Whether a word here may open a clause. What follows `from` is a name, even if a client calls itself `with`;
 * a second `from` is no news; and a word glued to a bracket is part of something else. */
/*@ requires \valid_read(w);
    terminates \true;
    assigns \nothing; */
static int keyword_allowed(const walk *w, uint32_t place)
{
    if (w->glued || (w->place == PLACE_FROM && w->fresh)) {
        return 0;
    }
    return place != PLACE_FROM || w->place == PLACE_START;
}

/* Count the `by` at `at`, which is item `i`, and stands behind what `before` opened. */
/*@ requires held(w, out) && counted(w, at) && at < w->lex.end;
    terminates \true;
    assigns w->by, w->old_by, w->old_word, w->bys, w->late_by, out->by_word;
    ensures held(w, out);
    ensures counted(w, at + 1); */
static void count_by(clauses *out, walk *w, uint32_t at, uint32_t i, uint32_t before)
{
    w->late_by |= before > PLACE_FROM;
    w->old_by = w->by;
    w->old_word = out->by_word;
    w->by = i;
    w->bys++;
    out->by_word = at;
}

/*@ requires held(w, out) && counted(w, span.off) && span.len > 0 && span.off + span.len <= w->lex.end;
    requires place < PLACE_COUNT;
    terminates \true;
    assigns w->place, w->fresh, w->glued, out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1];
    ensures held(w, out);
    ensures counted(w, span.off); */
static void open_place(clauses *out, walk *w, hoptls_span span, uint32_t place)
{
    w->place = place;
    w->fresh = 1;
    w->glued = 1;
    keep(out, w, plain_item(span, ITEM_KEYWORD, 0));
}

/*@ requires held(w, out) && counted(w, span.off) && span.len > 0 && span.off + span.len <= w->lex.end;
    requires place < PLACE_COUNT;
    terminates \true;
    assigns w->place, w->fresh, w->glued, w->by, w->old_by, w->old_word, w->bys, w->late_by, out->by_word, out->count, out->flags,
            out->firsts, out->item[0 .. CLAUSE_ITEMS - 1];
    ensures held(w, out);
    ensures counted(w, span.off + span.len); */
static void open_clause(clauses *out, walk *w, hoptls_span span, uint32_t place)
{
    uint32_t i = out->count;
    uint32_t before = w->place;
    open_place(out, w, span, place);
    if (place == PLACE_BY) {
        count_by(out, w, span.off, i, before);
    }
}

/* Exim's manual teaches `by authid <user> with mechanism` behind the id, qmail-scanner writes `by host by uid N`:
 * such a `by` names no host. */
/*@ requires \valid(w) && \valid(out) && \separated(w, out) && span_readable(p, word);
    terminates \true;
    assigns w->place, w->fresh, w->by, w->bys, out->by_word, hoptls_work;
    ensures w->bys <= \old(w->bys) && (w->place == \old(w->place) || w->place == PLACE_FOR) &&
            w->fresh <= \old(w->fresh); */
static void undo_user(const uint8_t *p, clauses *out, walk *w, hoptls_span word)
{
    if (w->place == PLACE_BY && w->fresh && w->bys > 1 &&
        (span_is(p, word, TEXT("authid")) || span_is(p, word, TEXT("uid")))) {
        w->place = PLACE_FOR;
        w->fresh = 0;
        w->by = w->old_by;
        w->bys--;
        out->by_word = w->old_word;
    }
}

/* Whether a record of TLS may begin with the word: what stands behind `with` may, and `tls`, `over`, `de/crypted`. */
/*@ requires \valid_read(w) && span_readable(p, word) && word.len > 0;
    terminates \true;
    assigns \nothing; */
static int may_tell(const uint8_t *p, const walk *w, hoptls_span word)
{
    uint8_t c = lower(p[word.off]);
    return w->place == PLACE_WITH || c == 't' || c == 'o' || c == 'd';
}

/*@ requires held(w, out) && counted(w, word.off) && word.len > 0 && word.off + word.len <= w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->fresh, w->glued, out->telling, out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1];
    ensures held(w, out);
    ensures counted(w, word.off); */
static void keep_word(const uint8_t *p, clauses *out, walk *w, hoptls_span word)
{
    if (may_tell(p, w, word)) {
        note_next(out, &out->telling);
    }
    keep_item(out, w, word, ITEM_WORD);
}

/*@ requires held(w, out) && counted(w, word.off) && word.len > 0 && word.off + word.len <= w->lex.end && in_value(p, w);
    requires walking(w, word.off + word.len);
    terminates \true;
    assigns w->place, w->fresh, w->glued, w->by, w->old_by, w->old_word, w->bys, w->late_by, out->by_word, out->telling, out->count,
            out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1], hoptls_work;
    ensures held(w, out);
    ensures walking(w, word.off + word.len);
    ensures counted(w, word.off + word.len); */
static inline void take_word(const uint8_t *p, clauses *out, walk *w, hoptls_span word)
{
    uint32_t place = keyword_place(p, word);
    undo_user(p, out, w, word);
    if (place != PLACE_COUNT && keyword_allowed(w, place)) {
        open_clause(out, w, word, place);
    } else {
        keep_word(p, out, w, word);
    }
}

/*@ requires walking(w, at) && held(w, out) && counted(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, w->place, w->fresh, w->glued, w->by, w->old_by, w->old_word, w->bys, w->late_by, out->by_word,
            out->telling, out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1], hoptls_work;
    ensures held(w, out);
    ensures at < \result && walking(w, \result);
    ensures counted(w, \result); */
static uint32_t take_loose_word(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    uint32_t end = loose_word_end(p, w, at);
    take_word(p, out, w, between(at, end));
    return end;
}

/* ---- what is closed ---- */

/* Behind the byte that a backslash quotes. */
/*@ requires \valid(w) && at < w->lex.end;
    terminates \true;
    assigns w->bracket;
    ensures at < \result <= w->lex.end && w->bracket == 0; */
static uint32_t quoted_byte_end(walk *w, uint32_t at)
{
    w->bracket = 0;
    return w->lex.end - at > 1 ? at + 2 : at + 1;
}

/* Behind the quoted local part of the address at `at`, or `at` if it has none. */
/*@ requires \valid(w) && at < w->lex.end && in_value(p, w) && w->lex.pos <= at;
    terminates \true;
    assigns w->bracket, w->lex.quotes_end, hoptls_work;
    ensures at <= \result <= w->lex.end && (w->bracket == 0 || w->bracket == \old(w->bracket)); */
static uint32_t quoted_local_end(const uint8_t *p, walk *w, uint32_t at)
{
    uint32_t end = address_quotes_end(p, at, &w->lex);
    w->bracket = end > at ? 0 : w->bracket;
    return end;
}

/* Behind the parenthesis that closes the comment at `at`, or `at` if none does. A backslash quotes the next byte
 * (RFC 5322 section 3.2.2). Quotation marks mean nothing in a comment but in an address: servers write the envelope's
 * sender there as it came, and <"a) with ESMTPS ("@example.com> must not close what the server opened. Sets the walk's
 * bracket: in something quoted another may stand. */
/*@ requires walking(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->bracket, w->lex.quotes_end, w->bits, w->block, hoptls_work;
    ensures \result == at || at + 1 < \result;
    ensures walking(w, \result == at ? w->lex.end : \result);
    ensures \result != at ==> w->bracket == 0 || at < w->bracket < \result; */
static uint32_t comment_end(const uint8_t *p, walk *w, uint32_t at)
{
    uint32_t depth = 1;
    uint32_t i = next_mark(p, w, at + 1);
    w->bracket = 0;
    /*@ loop invariant at < i && walking(w, i) && 1 <= depth <= i - at && (w->bracket == 0 || at < w->bracket < i);
        loop assigns i, depth, w->bracket, w->lex.quotes_end, w->bits, w->block, hoptls_work;
        loop variant w->lex.end - i; */
    while (i < w->lex.end) {
        uint32_t next = i + 1;
        switch (p[i]) {
        case '(': depth++; break;
        case ')': depth--; break;
        case '\\': next = quoted_byte_end(w, i); break;
        case '[': w->bracket = i; break;
        case '<': next = quoted_local_end(p, w, i); break;
        default: break;
        }
        if (depth == 0) {
            return next;
        }
        i = next_mark(p, w, next > i ? next : i + 1);
    }
    return at;
}

/*@ requires held(w, out) && counted(w, span.off) && span.len > 1 && span.off + span.len <= w->lex.end && in_value(p, w);
    requires w->bracket == 0 || span.off < w->bracket < span.off + span.len;
    terminates \true;
    assigns w->fresh, w->glued, out->notes, out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1],
            hoptls_work;
    ensures held(w, out);
    ensures counted(w, span.off); */
static void keep_comment(const uint8_t *p, clauses *out, walk *w, hoptls_span span)
{
    clause_item item = {span, hoptls_comment_inside(p, span), w->bracket, 0, ITEM_COMMENT, 0};
    w->fresh = w->fresh && w->place != PLACE_FROM;
    w->glued = 0;
    note_next(out, &out->notes);
    keep(out, w, item);
}

/*@ requires walking(w, at) && held(w, out) && counted(w, at) && at < w->lex.end;
    terminates \true;
    assigns w->fresh, w->glued, out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1];
    ensures held(w, out);
    ensures walking(w, \result);
    ensures \result == at + 1 && counted(w, \result); */
static uint32_t take_stray(clauses *out, walk *w, uint32_t at)
{
    out->flags |= HOPTLS_F_UNBALANCED;
    keep_item(out, w, between(at, at + 1), ITEM_STRAY);
    return at + 1;
}

/* Keep the comment that is closed at `end`; if that is `at`, nothing closes it, and it hides the rest. */
/*@ requires walking(w, end == at ? w->lex.end : end) && held(w, out) && counted(w, at) && at < w->lex.end && in_value(p, w);
    requires end == at || (at + 1 < end && (w->bracket == 0 || at < w->bracket < end));
    terminates \true;
    assigns w->open, w->fresh, w->glued, out->notes, out->count, out->flags, out->firsts,
            out->item[0 .. CLAUSE_ITEMS - 1], hoptls_work;
    ensures held(w, out);
    ensures at < \result && walking(w, \result);
    ensures counted(w, \result); */
static uint32_t close_comment(const uint8_t *p, clauses *out, walk *w, uint32_t at, uint32_t end)
{
    if (end == at) {
        w->open = at;
        return w->lex.end;
    }
    keep_comment(p, out, w, between(at, end));
    return end;
}

/*@ requires walking(w, at) && held(w, out) && counted(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, w->bracket, w->lex.quotes_end, w->open, w->fresh, w->glued, out->notes, out->count, out->flags,
            out->firsts, out->item[0 .. CLAUSE_ITEMS - 1], hoptls_work;
    ensures held(w, out);
    ensures at < \result && walking(w, \result);
    ensures counted(w, \result); */
static uint32_t take_comment(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    if (at == w->lex.stray_open) {
        return take_stray(out, w, at);
    }
    return close_comment(p, out, w, at, comment_end(p, w, at));
}

/* What is closed at `end`, or a stray byte if it is not. */
/*@ requires walking(w, at) && held(w, out) && counted(w, at) && at < w->lex.end && at <= end <= w->lex.end && kind <= ITEM_DATE;
    terminates \true;
    assigns w->fresh, w->glued, out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1];
    ensures held(w, out);
    ensures walking(w, \result);
    ensures at < \result && end <= \result && counted(w, \result); */
static uint32_t take_closed(clauses *out, walk *w, uint32_t at, uint32_t end, uint32_t kind)
{
    if (end == at) {
        return take_stray(out, w, at);
    }
    keep_item(out, w, between(at, end), kind);
    return end;
}

/*@ requires walking(w, at) && held(w, out) && counted(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->fresh, w->glued, out->notes, out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1],
            hoptls_work;
    ensures held(w, out);
    ensures at < \result && walking(w, \result);
    ensures counted(w, \result); */
static uint32_t take_literal(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    uint32_t end = literal_end(p, at, w->lex.end);
    if (end > at) {
        note_next(out, &out->notes);
    }
    return take_closed(out, w, at, end, ITEM_LITERAL);
}

/* Whether the date in [at, end) is the last thing that needs care: no other semicolon follows, it ends as words do, and
 * its words, were they kept one by one, would all find room, whatever follows. */
/*@ requires \valid_read(out) && out->count <= CLAUSE_ITEMS && \valid_read(w) && w->lex.pos <= end <= w->lex.end &&
            in_value(p, w);
    terminates \true;
    assigns hoptls_work; */
static int is_last_date(const uint8_t *p, const clauses *out, const walk *w, uint32_t end)
{
    return out->count + 6 <= CLAUSE_ITEMS && w->lex.end - end <= CLAUSE_ITEMS - 6 - out->count &&
           (end == w->lex.end || token_begins[p[end]] == BEGINS_SPACE) &&
           hoptls_find_byte(p, end, w->lex.end, ';') == w->lex.end;
}

/*@ requires held(w, out) && counted(w, date.off) && date.len > 0 && date.off + date.len <= w->lex.end;
    terminates \true;
    assigns w->dated, w->date_text, w->fresh, w->glued, out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1];
    ensures held(w, out);
    ensures counted(w, date.off); */
static void keep_date(clauses *out, walk *w, hoptls_span date)
{
    w->dated = 1;
    w->date_text = date;
    keep_item(out, w, date, ITEM_DATE);
}

/* The usual date behind the last semicolon, which ends at `at`, is one item. Nothing is lost by it: no word of a date means
 * anything else. */
/*@ requires walking(w, at) && held(w, out) && counted(w, at) && in_value(p, w);
    terminates \true;
    assigns w->dated, w->date_text, w->fresh, w->glued, out->date, out->count, out->flags, out->firsts,
            out->item[0 .. CLAUSE_ITEMS - 1], hoptls_work;
    ensures held(w, out);
    ensures at <= \result && walking(w, \result);
    ensures counted(w, \result); */
static uint32_t take_date(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    uint32_t begin = skip_space(p, at, w->lex.end);
    uint32_t end = hoptls_date_usual(p, begin, w->lex.end, &out->date);
    if (end == begin || !is_last_date(p, out, w, end)) {
        out->date = 0;
        return at;
    }
    keep_date(out, w, between(begin, end));
    return end;
}

/* Count the semicolon at `at`: what has stood before the last one matters once more at the end. */
/*@ requires held(w, out) && counted(w, at) && at < w->lex.end;
    terminates \true;
    assigns w->semi, w->semis, w->tail, w->semi_by, w->semi_bys, w->semi_word, w->glued;
    ensures held(w, out);
    ensures counted(w, at + 1); */
static void count_semi(const clauses *out, walk *w, uint32_t at)
{
    w->semi = at;
    w->semis++;
    w->tail = out->count;
    w->semi_by = w->by;
    w->semi_bys = w->bys;
    w->semi_word = out->by_word;
    w->glued = 0;
}

/*@ requires walking(w, at) && held(w, out) && counted(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->semi, w->semis, w->tail, w->semi_by, w->semi_bys, w->semi_word, w->dated, w->date_text, w->fresh, w->glued, out->date,
            out->count, out->flags, out->firsts, out->item[0 .. CLAUSE_ITEMS - 1], hoptls_work;
    ensures held(w, out);
    ensures at < \result && walking(w, \result);
    ensures counted(w, \result); */
static uint32_t take_semi(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    keep_item(out, w, between(at, at + 1), ITEM_SEMI);
    count_semi(out, w, at);
    return take_date(p, out, w, at + 1);
}

/* ---- the walk ---- */

/* Take what begins at `at`. Returns where the next begins. */
/*@ requires walking(w, at) && held(w, out) && counted(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, w->bracket, w->lex.quotes_end, w->open, w->place, w->fresh, w->glued, w->by, w->old_by, w->old_word, w->bys,
            w->late_by, w->semi, w->semis, w->tail, w->semi_by, w->semi_bys, w->semi_word, w->dated, w->date_text, out->by_word,
            out->telling, out->notes, out->date, out->count, out->flags, out->firsts,
            out->item[0 .. CLAUSE_ITEMS - 1], hoptls_work;
    ensures held(w, out);
    ensures at < \result && walking(w, \result);
    ensures counted(w, \result); */
static inline uint32_t take_next(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    switch (token_begins[p[at]]) {
    case BEGINS_SPACE: w->glued = 0; return blanks_end(p, w, at);
    case BEGINS_WORD: return take_loose_word(p, out, w, at);
    case BEGINS_COMMENT: return take_comment(p, out, w, at);
    case BEGINS_QUOTED: return take_closed(out, w, at, open_quoted_end(p, at, &w->lex), ITEM_QUOTED);
    case BEGINS_LITERAL: return take_literal(p, out, w, at);
    case BEGINS_ANGLE:
        return take_closed(out, w, at, angle_end(p, at, w->lex.end, w->lex.quotes_end), ITEM_ANGLE);
    case BEGINS_SEMI: return take_semi(p, out, w, at);
    default: break;
    }
    return take_stray(out, w, at);
}

/* Mostly one blank stands between two words. */
/*@ requires walking(w, at) && in_value(p, w);
    terminates \true;
    assigns w->glued;
    ensures at <= \result && walking(w, \result); */
static inline uint32_t skip_one_blank(const uint8_t *p, walk *w, uint32_t at)
{
    if (at < w->lex.end && p[at] == ' ') {
        w->glued = 0;
        return at + 1;
    }
    return at;
}

/*@ requires \valid(w);
    terminates \true;
    assigns *w;
    ensures w->place == 0 && w->fresh == 0 && w->bys == 0 && w->semis == 0 && w->date_text.len == 0; */
static void clear_walk(walk *w)
{
    memset(w, 0, sizeof *w);
}

/* Nothing is kept yet. */
/*@ requires \valid(out);
    terminates \true;
    assigns out->date, out->notes, out->telling, out->firsts, out->by_word, out->flags, out->count;
    ensures out->count == 0; */
static void forget_items(clauses *out)
{
    out->date = 0;
    out->notes = 0;
    out->telling = 0;
    out->firsts = 0;
    out->by_word = 0;
    out->flags = 0;
    out->count = 0;
}

/*@ requires span_readable(p, value) && \valid(w);
    terminates \true;
    assigns *w, hoptls_work;
    ensures walking(w, value.off) && counted(w, value.off) && w->place < PLACE_COUNT;
    ensures w->lex.pos == value.off && w->lex.end == value.off + value.len; */
static void begin_walk(const uint8_t *p, hoptls_span value, uint32_t stray_open, walk *w)
{
    clear_walk(w);
    w->lex.pos = value.off;
    w->lex.end = span_end(value);
    w->lex.stray_open = stray_open;
    w->lex.quotes_end = w->lex.end;
    w->block = value.off;
    hoptls_scan_block(p, value, value.off, &w->bits);
    w->open = w->lex.end;
    w->place = PLACE_START;
    w->fresh = 1;
}

/*@ requires walking(w, at) && held(w, out) && counted(w, at) && at < w->lex.end && in_value(p, w);
    terminates \true;
    assigns w->bits, w->block, w->bracket, w->lex.quotes_end, w->open, w->place, w->fresh, w->glued, w->by, w->old_by, w->old_word, w->bys,
            w->late_by, w->semi, w->semis, w->tail, w->semi_by, w->semi_bys, w->semi_word, w->dated, w->date_text, out->by_word,
            out->telling, out->notes, out->date, out->count, out->flags, out->firsts,
            out->item[0 .. CLAUSE_ITEMS - 1], hoptls_work;
    ensures held(w, out);
    ensures at < \result && walking(w, \result);
    ensures counted(w, \result); */
static inline uint32_t take_step(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    return skip_one_blank(p, w, take_next(p, out, w, at));
}

/* Walk over the value once; a parenthesis at `stray_open` opens nothing. */
/*@ requires span_readable(p, value) && \valid(out) && \valid(w) && \separated(w, out);
    terminates \true;
    assigns *w, *out, hoptls_work;
    ensures held(w, out);
    ensures counted(w, w->lex.end) && w->lex.pos == value.off && w->lex.end == value.off + value.len; */
static void walk_once(const uint8_t *p, hoptls_span value, uint32_t stray_open, clauses *out, walk *w)
{
    uint32_t at = value.off;
    begin_walk(p, value, stray_open, w);
    forget_items(out);
    /*@ loop invariant held(w, out);
        loop invariant walking(w, at) && counted(w, at);
        loop invariant w->lex.pos == value.off && w->lex.end == value.off + value.len;
        loop assigns at, *w, *out, hoptls_work;
        loop variant value.off + value.len - at; */
    while (at < w->lex.end) {
        at = take_step(p, out, w, at);
        HOPTLS_WORK(1);
    }
}

/* A comment that nothing closes would hide all that follows. Its parenthesis is read once more as a stray one;
 * if a second one is open as well, what it hides stays hidden: two walks, whatever the value. */
/*@ requires span_readable(p, value) && \valid(out) && \valid(w) && \separated(w, out);
    terminates \true;
    assigns *w, *out, hoptls_work;
    ensures held(w, out);
    ensures counted(w, w->lex.end) && w->lex.pos == value.off && w->lex.end == value.off + value.len; */
static void walk_value(const uint8_t *p, hoptls_span value, clauses *out, walk *w)
{
    uint32_t end = span_end(value);
    walk_once(p, value, end, out, w);
    if (w->open < end) {
        walk_once(p, value, w->open, out, w);
        out->flags |= HOPTLS_F_UNBALANCED | (w->open < end ? HOPTLS_F_TOO_MANY : 0);
    }
}

/* ---- the date ---- */

/* What stands behind the last semicolon is the date and what follows it, whatever words it holds. */
/*@ requires \valid(out) && out->count <= CLAUSE_ITEMS;
    terminates \true;
    assigns out->item[0 .. CLAUSE_ITEMS - 1].place, out->item[0 .. CLAUSE_ITEMS - 1].kind, hoptls_work; */
static void mark_tail(clauses *out, uint32_t tail)
{
    uint32_t i = tail;
    /*@ loop invariant tail <= i && (i <= out->count || i == tail);
        loop assigns i, out->item[0 .. CLAUSE_ITEMS - 1].place, out->item[0 .. CLAUSE_ITEMS - 1].kind;
        loop variant out->count - i; */
    while (i < out->count) {
        out->item[i].place = PLACE_TAIL;
        out->item[i].kind = out->item[i].kind == ITEM_KEYWORD ? (uint8_t)ITEM_WORD : out->item[i].kind;
        i++;
    }
    HOPTLS_WORK(i - tail);
}

/*@ requires span_readable(p, text) && \valid(date);
    terminates \true;
    assigns *date, hoptls_work;
    ensures part_of(\result, text.off, text.off + text.len); */
static hoptls_span read_date(const uint8_t *p, hoptls_span text, int64_t *date)
{
    hoptls_span trimmed = span_trim(p, text);
    uint32_t n = hoptls_date_read(p, trimmed, date);
    return span_of(trimmed.off, trimmed.off + n);
}

/* SendGrid and others write the date behind the id, with no semicolon before it. */
/*@ requires span_readable(p, value) && \valid(out) && items_in(out, value.off, value.off + value.len);
    terminates \true;
    assigns out->date, hoptls_work;
    ensures part_of(\result, value.off, value.off + value.len); */
static hoptls_span find_date_in_id(const uint8_t *p, hoptls_span value, clauses *out)
{
    uint32_t i = 0;
    /*@ loop invariant i <= out->count;
        loop assigns i;
        loop variant out->count - i; */
    while (i < out->count && (out->item[i].place != PLACE_ID || !out->item[i].first)) {
        i++;
    }
    HOPTLS_WORK(i);
    if (i == out->count) {
        return span_of(0, 0);
    }
    return read_date(p, span_of(span_end(out->item[i].span), span_end(value)), &out->date);
}

/* Where the date stands; sets `date`, if it was not read on the way. */
/*@ requires held(w, out) && counted(w, w->lex.end) && in_value(p, w);
    requires w->lex.pos == value.off && w->lex.end == value.off + value.len;
    terminates \true;
    assigns out->date, hoptls_work;
    ensures part_of(\result, value.off, value.off + value.len); */
static hoptls_span find_date(const uint8_t *p, hoptls_span value, clauses *out, const walk *w)
{
    if (w->dated) {
        return w->date_text;
    }
    if (w->semis > 0) {
        return read_date(p, span_of(w->semi + 1, span_end(value)), &out->date);
    }
    return find_date_in_id(p, value, out);
}

/* ---- clauses ---- */

/* The server writes its own name behind all that it tells of the client: what stands before the last `by` that
 * the date does not precede is the client's, even where somebody made it look like clauses. */
/*@ requires \valid(out) && out->count <= CLAUSE_ITEMS;
    terminates \true;
    assigns out->item[0 .. CLAUSE_ITEMS - 1].place, hoptls_work; */
static void give_to_client(clauses *out, uint32_t by)
{
    uint32_t i = 0;
    /*@ loop invariant i <= out->count;
        loop assigns i, out->item[0 .. CLAUSE_ITEMS - 1].place;
        loop variant out->count - i; */
    while (i < out->count && i < by) {
        out->item[i].place = out->item[i].place == PLACE_START ? (uint8_t)PLACE_START : (uint8_t)PLACE_FROM;
        i++;
    }
    HOPTLS_WORK(i);
}

/* Where nothing but `from` stands before `by`, all that stands there is the client's already. */
/*@ requires \valid(out) && out->count <= CLAUSE_ITEMS && \valid_read(w) && \separated(w, out);
    terminates \true;
    assigns out->flags, out->by_word, out->item[0 .. CLAUSE_ITEMS - 1].place, hoptls_work; */
static void settle_by(clauses *out, const walk *w)
{
    out->by_word = w->semis > 0 ? w->semi_word : out->by_word;
    if (w->late_by) {
        give_to_client(out, w->semis > 0 ? w->semi_by : w->by);
    }
    if ((w->semis > 0 ? w->semi_bys : w->bys) > 1) {
        out->flags |= HOPTLS_F_REPEATED_BY;
    }
}

/*@ requires held(w, out);
    terminates \true;
    assigns out->flags, out->by_word, out->item[0 .. CLAUSE_ITEMS - 1].place, out->item[0 .. CLAUSE_ITEMS - 1].kind, hoptls_work;
    ensures held(w, out); */
static void settle_places(clauses *out, const walk *w)
{
    if (w->semis > 0) {
        mark_tail(out, w->tail);
    }
    settle_by(out, w);
}

/* The clause of RFC 8314 needs no keyword of ours: whatever it stands in, it ends the words before it. */
/*@ requires \valid_read(item) && span_readable(p, item->span);
    terminates \true;
    assigns hoptls_work; */
static int is_tls_clause(const uint8_t *p, const clause_item *item)
{
    return item->place != PLACE_FROM && span_is(p, item->span, TEXT("tls"));
}

/* From the first item of a clause to the last of the words that follow it without a comment between. */
/*@ requires clauses_within(p, c) && i < c->count;
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, c->value.off, c->value.off + c->value.len); */
static hoptls_span words_from(const uint8_t *p, const clauses *c, uint32_t i)
{
    uint32_t k = i + 1;
    if (c->item[i].kind != ITEM_WORD) {
        return c->item[i].span;
    }
    /*@ loop invariant i < k <= c->count;
        loop assigns k, hoptls_work;
        loop variant c->count - k; */
    while (k < c->count && c->item[k].kind == ITEM_WORD && c->item[k].place == c->item[i].place &&
           !is_tls_clause(p, &c->item[k])) {
        k++;
    }
    HOPTLS_WORK(k - i);
    return span_of(c->item[i].span.off, span_end(c->item[k - 1].span));
}

/* The first of two clauses of one kind stands, but for `by`, where the last is the server's. */
/*@ requires \valid(span);
    terminates \true;
    assigns *span;
    ensures *span == (\old(span->len) > 0 ? \old(*span) : found); */
static void set_once(hoptls_span *span, hoptls_span found)
{
    *span = span->len > 0 ? *span : found;
}

/*@ requires \valid(c) && clauses_within(p, c) && i < c->count;
    terminates \true;
    assigns c->helo, c->by, c->via, c->with, c->id, c->recipient, hoptls_work;
    ensures clauses_within(p, c); */
static void set_span(const uint8_t *p, clauses *c, uint32_t i)
{
    if (c->item[i].kind == ITEM_SEMI || c->item[i].kind == ITEM_STRAY) {
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

/*@ requires \valid(c) && clauses_within(p, c);
    terminates \true;
    assigns c->helo, c->by, c->via, c->with, c->id, c->recipient, hoptls_work;
    ensures clauses_within(p, c); */
static void set_spans(const uint8_t *p, clauses *c)
{
    uint64_t left = c->firsts;
    /*@ loop invariant clauses_within(p, c);
        loop assigns left, c->helo, c->by, c->via, c->with, c->id, c->recipient, hoptls_work;
        loop variant left; */
    while (left != 0) {
        uint32_t i = lowest_bit(left);
        if (i < c->count) {
            set_span(p, c, i);
        }
        left = bits_rest(left);
        HOPTLS_WORK(1);
    }
}

/* Note which of the usual parts are missing. */
/*@ requires \valid(out) && kept_in_value(out) && spans_in(out, out->value.off, out->value.off + out->value.len);
    terminates \true;
    assigns out->flags;
    ensures kept_in_value(out);
    ensures spans_in(out, out->value.off, out->value.off + out->value.len); */
static void note_missing(clauses *out)
{
    out->flags |= (out->date_text.len == 0 ? (uint32_t)HOPTLS_F_NO_DATE : 0) |
                  (out->by.len == 0 ? (uint32_t)HOPTLS_F_NO_BY : 0) |
                  (out->helo.len == 0 ? (uint32_t)HOPTLS_F_NO_FROM : 0);
}

/* The two ends of the connection are not known yet. */
/*@ requires \valid(out) && kept_in_value(out);
    terminates \true;
    assigns out->helo, out->by;
    ensures kept_in_value(out);
    ensures out->helo.len == 0 && out->by.len == 0; */
static void forget_ends(clauses *out)
{
    out->helo = span_of(0, 0);
    out->by = span_of(0, 0);
}

/* Nor the way between them. */
/*@ requires \valid(out) && kept_in_value(out);
    terminates \true;
    assigns out->via, out->with;
    ensures kept_in_value(out);
    ensures out->via.len == 0 && out->with.len == 0; */
static void forget_way(clauses *out)
{
    out->via = span_of(0, 0);
    out->with = span_of(0, 0);
}

/* Nor which message went it, and to whom. */
/*@ requires \valid(out) && kept_in_value(out);
    terminates \true;
    assigns out->id, out->recipient;
    ensures kept_in_value(out);
    ensures out->id.len == 0 && out->recipient.len == 0; */
static void forget_message(clauses *out)
{
    out->id = span_of(0, 0);
    out->recipient = span_of(0, 0);
}

/* No clause is known yet but where the date stands. */
/*@ requires \valid(out) && items_in(out, value.off, value.off + value.len);
    requires part_of(date_text, value.off, value.off + value.len);
    terminates \true;
    assigns out->value, out->helo, out->by, out->via, out->with, out->id, out->recipient, out->date_text;
    ensures kept_in_value(out);
    ensures spans_in(out, out->value.off, out->value.off + out->value.len);
    ensures out->value == value; */
static void begin_clauses(hoptls_span value, hoptls_span date_text, clauses *out)
{
    out->value = value;
    forget_ends(out);
    forget_way(out);
    forget_message(out);
    out->date_text = date_text;
}

/* Set the spans, and note which of the usual ones there are not. */
/*@ requires \valid(out) && clauses_within(p, out);
    terminates \true;
    assigns out->flags, out->helo, out->by, out->via, out->with, out->id, out->recipient, hoptls_work;
    ensures clauses_within(p, out);
    ensures out->value == \old(out->value); */
static void finish_clauses(const uint8_t *p, clauses *out)
{
    set_spans(p, out);
    note_missing(out);
}

/* What was kept, as clauses. */
/*@ requires held(w, out) && counted(w, w->lex.end) && in_value(p, w);
    requires w->lex.pos == value.off && w->lex.end == value.off + value.len;
    terminates \true;
    assigns *out, hoptls_work;
    ensures clauses_within(p, out);
    ensures out->value == value; */
static void settle_clauses(const uint8_t *p, hoptls_span value, clauses *out, const walk *w)
{
    hoptls_span date_text = find_date(p, value, out, w);
    settle_places(out, w);
    begin_clauses(value, date_text, out);
    finish_clauses(p, out);
}

/*@ requires span_readable(p, value) && \valid(out) && \valid(w) && \separated(w, out);
    terminates \true;
    assigns *w, *out, hoptls_work;
    ensures clauses_within(p, out) && out->value == value; */
static void read_clauses(const uint8_t *p, hoptls_span value, clauses *out, walk *w)
{
    walk_value(p, value, out, w);
    settle_clauses(p, value, out, w);
}

void hoptls_clauses_read(const uint8_t *p, hoptls_span value, clauses *out)
{
    walk w;
    read_clauses(p, value, out, &w);
}

/* Where the next word `by` that stands between blanks begins, in `s` from `at` on, or the end of `s`. */
/*@ requires readable(p, 0, s.off + s.len) && s.off + s.len <= UINT32_MAX && s.off <= at <= s.off + s.len;
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= s.off + s.len; */
static uint32_t find_by(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t end = span_end(s);
    uint32_t i = hoptls_find_pair(p, at, end, 'b', 'y');
    /*@ loop invariant at <= i <= end;
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && !(i > s.off && end - i > 2 && is_space(p[i - 1]) && is_space(p[i + 2]))) {
        i = hoptls_find_pair(p, i + 1, end, 'b', 'y');
    }
    return i;
}

/*@ requires \valid_read(item);
    terminates \true;
    assigns \nothing; */
static int may_hide(const clause_item *item)
{
    return item->kind == ITEM_QUOTED || item->kind == ITEM_ANGLE || item->kind == ITEM_COMMENT;
}

/* Whether the value holds a `by` that is not the keyword. */
/*@ requires clauses_within(p, c) && readable(p, 0, c->value.off + c->value.len);
    terminates \true;
    assigns hoptls_work; */
static int holds_other_by(const uint8_t *p, const clauses *c)
{
    uint32_t end = span_end(c->value);
    uint32_t at = find_by(p, c->value, c->value.off);
    if (at < end && at == c->by_word) {
        at = find_by(p, c->value, at + 1);
    }
    return at < end;
}

/* Whether a note behind `by` holds an address. */
/*@ requires clauses_within(p, c);
    terminates \true;
    assigns hoptls_work; */
static int notes_address(const uint8_t *p, const clauses *c)
{
    uint32_t i = 0;
    /*@ loop invariant i <= c->count;
        loop assigns i, hoptls_work;
        loop variant c->count - i; */
    while (i < c->count && !(c->item[i].place == PLACE_BY && c->item[i].kind == ITEM_COMMENT &&
                             hoptls_find_byte(p, c->item[i].span.off, span_end(c->item[i].span), '<') <
                                 span_end(c->item[i].span))) {
        i++;
    }
    HOPTLS_WORK(i);
    return i < c->count;
}

/* maddy writes the envelope's sender into such a note without the quotation marks that it came with, and <"a>) with ESMTPS
 * (b"@example.com> closes it. The server's own `with` follows, so that there are two. */
int hoptls_clauses_break_out(const uint8_t *p, const clauses *c)
{
    uint64_t left = c->firsts;
    uint32_t count = 0;
    /*@ loop invariant count <= 2;
        loop assigns left, count, hoptls_work;
        loop variant left; */
    while (left != 0 && count < 2) {
        count += c->item[lowest_bit(left)].place == PLACE_WITH ? 1u : 0u;
        left = bits_rest(left);
        HOPTLS_WORK(1);
    }
    return count > 1 && notes_address(p, c);
}

/* A quote or parenthesis that the client wrote into its name may find a partner in an address that it chose as well.
 * What stands between is then hidden, the server's own `by` with it, and a `by` of the client's would pass for it. */
int hoptls_clauses_hide_by(const uint8_t *p, const clauses *c)
{
    uint32_t i = 0;
    if (!holds_other_by(p, c)) {
        return 0;
    }
    /*@ loop invariant i <= c->count;
        loop assigns i, hoptls_work;
        loop variant c->count - i; */
    while (i < c->count && !(may_hide(&c->item[i]) &&
                             find_by(p, c->item[i].span, c->item[i].span.off) < span_end(c->item[i].span))) {
        i++;
    }
    HOPTLS_WORK(i);
    return i < c->count;
}

hoptls_span hoptls_comment_inside(const uint8_t *p, hoptls_span comment)
{
    hoptls_span inside = span_of(comment.off + 1, span_end(comment) - 1);
    int padded = inside.len > 0 && (is_space(p[inside.off]) || is_space(p[span_end(inside) - 1]));
    return padded ? span_trim(p, inside) : inside;
}
