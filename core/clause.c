/* tokens -> clauses (RFC 5321 section 4.4): which words and comments stand in which clause. Knows nothing of TLS. */
#include "token.h"

/* The walk over a value. */
typedef struct walk {
    hoptls_tokens_state lex; /* the value, and what is known of its quotes and parentheses */
    scan_block bits;         /* of the bytes from `block` on */
    uint32_t block;
    uint32_t place;
    uint32_t fresh;  /* 1: the next item is the first of its clause */
    uint32_t glued;  /* 1: no blank has stood since the last item */
    uint32_t open;   /* where the comment begins that nothing closes; the end of the value if there is none */
    uint32_t by;     /* index of the item that is the last `by` */
    uint32_t old_by; /* and of the one before it */
    uint32_t bys;
    uint32_t late_by; /* 1: a `by` behind other clauses than `from` */
    uint32_t semi;    /* offset of the last semicolon */
    uint32_t semis;
    uint32_t tail;    /* index of the first item behind it */
    uint32_t semi_by; /* `by` and `bys` as they were there */
    uint32_t semi_bys;
    uint32_t dated; /* 1: the date behind it was read on the way */
} walk;

/* ---- bytes, a block at a time ---- */

/* Have the bits of the block that the byte at `at` is in. */
static inline void look(const uint8_t *p, walk *w, uint32_t at)
{
    if (at - w->block >= SCAN_BYTES) {
        hoptls_scan_block(p, span_of(w->lex.pos, w->lex.end), at, &w->bits);
        w->block = at;
    }
}

/* Where the first bit of `bits`, those of the bytes of the block from `at` on, stands; if there is none, the end of the
 * block or that of the value: never beyond 4 GiB. */
static inline uint32_t first_of_block(const walk *w, uint32_t at, uint64_t bits)
{
    uint32_t most = SCAN_BYTES - (at - w->block);
    uint32_t left = w->lex.end - at;
    if (bits != 0) {
        return at + lowest_bit(bits);
    }
    return at + (left < most ? left : most);
}

/* The first mark from `at` on, or the end of the value. */
static inline uint32_t next_mark(const uint8_t *p, walk *w, uint32_t at)
{
    uint32_t i = at;
    uint64_t left = 0;
    while (i < w->lex.end && left == 0) {
        look(p, w, i);
        left = w->bits.marks >> (i - w->block);
        i = first_of_block(w, i, left);
    }
    return i;
}

/* The first mark or blank from `at` on, or the end of the value. */
static inline uint32_t next_stop(const uint8_t *p, walk *w, uint32_t at)
{
    uint32_t i = at;
    uint64_t left = 0;
    while (i < w->lex.end && left == 0) {
        look(p, w, i);
        left = (w->bits.marks | w->bits.blanks) >> (i - w->block);
        i = first_of_block(w, i, left);
    }
    return i;
}

/* The end of the word that begins at `at`: a backslash ends none. */
static inline uint32_t loose_word_end(const uint8_t *p, walk *w, uint32_t at)
{
    uint32_t i = next_stop(p, w, at);
    while (i < w->lex.end && p[i] == '\\') {
        i = next_stop(p, w, i + 1);
    }
    return i;
}

/* Behind the blanks at `at`, or some of them. */
static inline uint32_t blanks_end(const uint8_t *p, walk *w, uint32_t at)
{
    look(p, w, at);
    return first_of_block(w, at, ~(w->bits.blanks >> (at - w->block)));
}

/* ---- items ---- */

static hoptls_span between(uint32_t at, uint32_t end)
{
    hoptls_span s = {at, end - at};
    return s;
}

/* Keep an item, if there is room. */
static inline void keep(clauses *out, const walk *w, hoptls_span span, uint32_t kind, uint32_t first)
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
    item->first = (uint8_t)first;
    out->firsts |= (uint64_t)first << out->count;
    out->count++;
}

/* Keep an item that is no comment: what follows it is not the first of its clause. */
static inline void keep_item(clauses *out, walk *w, hoptls_span span, uint32_t kind)
{
    keep(out, w, span, kind, w->fresh);
    w->fresh = 0;
    w->glued = 1;
}

/* Put the item that is kept next into a set. */
static void note_next(const clauses *out, uint64_t *set)
{
    if (out->count < CLAUSE_ITEMS) {
        *set |= (uint64_t)1 << out->count;
    }
}

/* ---- words ---- */

#define WORD_OF(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

/* A word of two, three or four bytes as a number, whatever the case of its letters; 0 of any other. */
static uint32_t short_word(const uint8_t *p, hoptls_span word)
{
    const uint8_t *c = p + word.off;
    switch (word.len) {
    case 2: return WORD_OF(0, 0, c[0], c[1]) | 0x2020u;
    case 3: return WORD_OF(0, c[0], c[1], c[2]) | 0x202020u;
    case 4: return WORD_OF(c[0], c[1], c[2], c[3]) | 0x20202020u;
    default: return 0;
    }
}

/* The place that a word opens, or PLACE_COUNT if it is no keyword. */
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
static int keyword_allowed(const walk *w, uint32_t place)
{
    if (w->glued || (w->place == PLACE_FROM && w->fresh)) {
        return 0;
    }
    return place != PLACE_FROM || w->place == PLACE_START;
}

static void open_clause(clauses *out, walk *w, hoptls_span span, uint32_t place)
{
    if (place == PLACE_BY) {
        w->late_by |= w->place > PLACE_FROM;
        w->old_by = w->by;
        w->by = out->count;
        w->bys++;
        out->by_word = span.off;
    }
    w->place = place;
    w->fresh = 1;
    w->glued = 1;
    keep(out, w, span, ITEM_KEYWORD, 0);
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

/* Whether a record of TLS may begin with the word: what stands behind `with` may, and `tls`, `over`, `de/crypted`. */
static int may_tell(const uint8_t *p, const walk *w, hoptls_span word)
{
    uint8_t c = lower(p[word.off]);
    return w->place == PLACE_WITH || c == 't' || c == 'o' || c == 'd';
}

static void keep_word(const uint8_t *p, clauses *out, walk *w, hoptls_span word)
{
    if (may_tell(p, w, word)) {
        note_next(out, &out->telling);
    }
    keep_item(out, w, word, ITEM_WORD);
}

static uint32_t take_loose_word(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    uint32_t end = loose_word_end(p, w, at);
    hoptls_span word = between(at, end);
    uint32_t place = keyword_place(p, word);
    undo_user(p, w, word);
    if (place != PLACE_COUNT && keyword_allowed(w, place)) {
        open_clause(out, w, word, place);
    } else {
        keep_word(p, out, w, word);
    }
    return end;
}

/* ---- what is closed ---- */

/* Behind the byte that a backslash quotes. */
static uint32_t quoted_byte_end(const walk *w, uint32_t at, uint32_t *bracket)
{
    *bracket = 0;
    return w->lex.end - at > 1 ? at + 2 : at + 1;
}

/* Behind the quoted local part of the address at `at`, or `at` if it has none. */
static uint32_t quoted_local_end(const uint8_t *p, walk *w, uint32_t at, uint32_t *bracket)
{
    uint32_t end = address_quotes_end(p, at, &w->lex);
    *bracket = end > at ? 0 : *bracket;
    return end;
}

/* Behind the parenthesis that closes the comment at `at`, or `at` if none does. A backslash quotes the next byte
 * (RFC 5322 section 3.2.2). Quotation marks mean nothing in a comment but in an address: servers write the envelope's
 * sender there as it came, and <"a) with ESMTPS ("@example.com> must not close what the server opened. Sets `bracket`
 * to the last `[`, or to 0 if there is none or something quoted behind it, in which another may stand. */
static uint32_t comment_end(const uint8_t *p, walk *w, uint32_t at, uint32_t *bracket)
{
    uint32_t depth = 1;
    uint32_t i = next_mark(p, w, at + 1);
    *bracket = 0;
    while (i < w->lex.end) {
        uint32_t next = i + 1;
        switch (p[i]) {
        case '(': depth++; break;
        case ')': depth--; break;
        case '\\': next = quoted_byte_end(w, i, bracket); break;
        case '[': *bracket = i; break;
        case '<': next = quoted_local_end(p, w, i, bracket); break;
        default: break;
        }
        if (depth == 0) {
            return next;
        }
        i = next_mark(p, w, next > i ? next : i + 1);
    }
    return at;
}

static void keep_comment(const uint8_t *p, clauses *out, walk *w, hoptls_span span, uint32_t bracket)
{
    uint32_t i = out->count;
    note_next(out, &out->notes);
    keep(out, w, span, ITEM_COMMENT, 0);
    w->fresh = w->fresh && w->place != PLACE_FROM;
    if (i < out->count) {
        out->item[i].inside = hoptls_comment_inside(p, span);
        out->item[i].bracket = bracket;
    }
    w->glued = 0;
}

static uint32_t take_stray(clauses *out, walk *w, uint32_t at)
{
    out->flags |= HOPTLS_F_UNBALANCED;
    keep_item(out, w, between(at, at + 1), ITEM_STRAY);
    return at + 1;
}

static uint32_t take_comment(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    uint32_t bracket = 0;
    uint32_t end;
    if (at == w->lex.stray_open) {
        return take_stray(out, w, at);
    }
    end = comment_end(p, w, at, &bracket);
    if (end == at) {
        w->open = at;
        return w->lex.end;
    }
    keep_comment(p, out, w, between(at, end), bracket);
    return end;
}

/* What is closed at `end`, or a stray byte if it is not. */
static uint32_t take_closed(clauses *out, walk *w, uint32_t at, uint32_t end, uint32_t kind)
{
    if (end == at) {
        return take_stray(out, w, at);
    }
    keep_item(out, w, between(at, end), kind);
    return end;
}

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
static int is_last_date(const uint8_t *p, const clauses *out, const walk *w, uint32_t end)
{
    return out->count + 6 + (w->lex.end - end) <= CLAUSE_ITEMS &&
           (end == w->lex.end || token_begins[p[end]] == BEGINS_SPACE) &&
           hoptls_find_byte(p, end, w->lex.end, ';') == w->lex.end;
}

/* The usual date behind the last semicolon is one item. Nothing is lost by it: no word of a date means anything else. */
static uint32_t take_date(const uint8_t *p, clauses *out, walk *w, uint32_t semi)
{
    uint32_t at = skip_space(p, semi + 1, w->lex.end);
    uint32_t end = hoptls_date_usual(p, at, w->lex.end, &out->date);
    if (end == at || !is_last_date(p, out, w, end)) {
        out->date = 0;
        return semi + 1;
    }
    w->dated = 1;
    out->date_text = between(at, end);
    keep_item(out, w, out->date_text, ITEM_DATE);
    return end;
}

static uint32_t take_semi(const uint8_t *p, clauses *out, walk *w, uint32_t at)
{
    keep_item(out, w, between(at, at + 1), ITEM_SEMI);
    w->semi = at;
    w->semis++;
    w->tail = out->count;
    w->semi_by = w->by;
    w->semi_bys = w->bys;
    w->glued = 0;
    return take_date(p, out, w, at);
}

/* ---- the walk ---- */

/* Take what begins at `at`. Returns where the next begins. */
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
    default: return take_stray(out, w, at);
    }
}

/* Mostly one blank stands between two words. */
static inline uint32_t skip_one_blank(const uint8_t *p, walk *w, uint32_t at)
{
    if (at < w->lex.end && p[at] == ' ') {
        w->glued = 0;
        return at + 1;
    }
    return at;
}

/* Walk over the value once; a parenthesis at `stray_open` opens nothing. */
static void walk_once(const uint8_t *p, hoptls_span value, uint32_t stray_open, clauses *out, walk *w)
{
    uint32_t at = value.off;
    memset(w, 0, sizeof *w);
    memset(out, 0, offsetof(clauses, item));
    w->lex.pos = value.off;
    w->lex.end = span_end(value);
    w->lex.stray_open = stray_open;
    w->lex.quotes_end = w->lex.end;
    w->block = value.off;
    hoptls_scan_block(p, value, value.off, &w->bits);
    w->open = w->lex.end;
    w->place = PLACE_START;
    w->fresh = 1;
    while (at < w->lex.end) {
        at = skip_one_blank(p, w, take_next(p, out, w, at));
        HOPTLS_WORK(1);
    }
}

/* A comment that nothing closes would hide all that follows. Its parenthesis is read once more as a stray one;
 * if a second one is open as well, what it hides stays hidden: two walks, whatever the value. */
static void walk_value(const uint8_t *p, hoptls_span value, clauses *out, walk *w)
{
    uint32_t end = span_end(value);
    walk_once(p, value, end, out, w);
    if (w->open < end) {
        walk_once(p, value, w->open, out, w);
        if (w->open < end) {
            out->flags |= HOPTLS_F_TOO_MANY;
        }
        out->flags |= HOPTLS_F_UNBALANCED;
    }
}

/* ---- the date ---- */

/* What stands behind the last semicolon is the date and what follows it, whatever words it holds. */
static void mark_tail(clauses *out, uint32_t tail)
{
    uint32_t i = tail;
    while (i < out->count) {
        out->item[i].place = PLACE_TAIL;
        out->item[i].kind = out->item[i].kind == ITEM_KEYWORD ? (uint8_t)ITEM_WORD : out->item[i].kind;
        i++;
    }
    HOPTLS_WORK(i - tail);
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
    if (w->dated) {
        mark_tail(out, w->tail);
    } else if (w->semis > 0) {
        read_date(p, span_of(w->semi + 1, span_end(value)), out);
        mark_tail(out, w->tail);
    } else {
        find_date_in_id(p, value, out);
    }
    if (out->date_text.len == 0) {
        out->flags |= HOPTLS_F_NO_DATE;
    }
}

/* ---- clauses ---- */

/* The server writes its own name behind all that it tells of the client: what stands before the last `by` that
 * the date does not precede is the client's, even where somebody made it look like clauses. */
static void give_to_client(clauses *out, uint32_t by)
{
    uint32_t i = 0;
    while (i < out->count && i < by) {
        out->item[i].place = out->item[i].place == PLACE_START ? (uint8_t)PLACE_START : (uint8_t)PLACE_FROM;
        i++;
    }
    HOPTLS_WORK(i);
}

/* Where nothing but `from` stands before `by`, all that stands there is the client's already. */
static void settle_by(clauses *out, const walk *w)
{
    if (w->late_by) {
        give_to_client(out, w->semis > 0 ? w->semi_by : w->by);
    }
    if ((w->semis > 0 ? w->semi_bys : w->bys) > 1) {
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

static void set_spans(const uint8_t *p, clauses *c)
{
    uint64_t left = c->firsts;
    while (left != 0) {
        set_span(p, c, lowest_bit(left));
        left &= left - 1;
        HOPTLS_WORK(1);
    }
}

void hoptls_clauses_read(const uint8_t *p, hoptls_span value, clauses *out)
{
    walk w;
    walk_value(p, value, out, &w);
    out->value = value;
    set_date(p, value, out, &w);
    settle_by(out, &w);
    set_spans(p, out);
    if (out->by.len == 0) {
        out->flags |= HOPTLS_F_NO_BY;
    }
    if (out->helo.len == 0) {
        out->flags |= HOPTLS_F_NO_FROM;
    }
}

/* Where the next word `by` that stands between blanks begins, in `s` from `at` on, or the end of `s`. */
static uint32_t find_by(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t end = span_end(s);
    uint32_t i = hoptls_find_pair(p, at, end, 'b', 'y');
    while (i < end && !(i > s.off && end - i > 2 && is_space(p[i - 1]) && is_space(p[i + 2]))) {
        i = hoptls_find_pair(p, i + 1, end, 'b', 'y');
    }
    return i;
}

static int may_hide(const clause_item *item)
{
    return item->kind == ITEM_QUOTED || item->kind == ITEM_ANGLE || item->kind == ITEM_COMMENT;
}

/* Whether the value holds a `by` that is not the keyword. */
static int holds_other_by(const uint8_t *p, const clauses *c)
{
    uint32_t at = find_by(p, c->value, c->value.off);
    if (at == c->by_word) {
        at = find_by(p, c->value, at + 1);
    }
    return at < span_end(c->value);
}

/* Whether a note behind `by` holds an address. */
static int notes_address(const uint8_t *p, const clauses *c)
{
    uint32_t i = 0;
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
    while (left != 0) {
        count += c->item[lowest_bit(left)].place == PLACE_WITH ? 1u : 0u;
        left &= left - 1;
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
