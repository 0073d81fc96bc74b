#include "reference.h"

#include "templates.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what was asked, and what the twin knew ----------------------------------------------------------- */

enum { TOKENS, CLAUSES, ADDRESS, CLIENT, DATE, EVIDENCE, DETAILS, SILENCE, LIES, SCOPE, QUESTIONS };

static const char *const questions[QUESTIONS] = {"tokens",   "clauses", "address", "client", "date",
                                                 "evidence", "details", "silence", "lies",   "scope"};
static unsigned long asked[QUESTIONS];
static unsigned long known[QUESTIONS];

/* Returns `knows`, and counts. */
static int ask(int question, int knows)
{
    asked[question]++;
    known[question] += knows ? 1u : 0u;
    return knows;
}

void reference_print_sums(void)
{
    for (int i = 0; i < QUESTIONS; i++) {
        if (asked[i] > 0) {
            printf("the twin knew %s %lu times of %lu\n", questions[i], known[i], asked[i]);
        }
    }
}

/* ---- bytes -------------------------------------------------------------------------------------------- */

static int is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int is_one_of(uint8_t c, const char *set)
{
    return c != 0 && strchr(set, c) != NULL;
}

static int is_number(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static uint8_t small(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
}

static int begins_with(const uint8_t *p, size_t len, const char *word)
{
    size_t i = 0;
    while (i < len && word[i] != '\0' && small(p[i]) == small((uint8_t)word[i])) {
        i++;
    }
    return word[i] == '\0';
}

static int same_word(const char *a, const char *b)
{
    return strlen(a) == strlen(b) && begins_with((const uint8_t *)a, strlen(a), b);
}

/* Whether `word` stands anywhere in the bytes. */
static int has_word(const uint8_t *p, size_t len, const char *word)
{
    for (size_t i = 0; i < len; i++) {
        if (begins_with(p + i, len - i, word)) {
            return 1;
        }
    }
    return 0;
}

/* A copy that ends with a NUL, for whoever frees it. */
static char *text_of(const uint8_t *p, size_t len)
{
    char *text = malloc(len + 1);
    if (text == NULL) {
        exit(99);
    }
    memcpy(text, p, len);
    text[len] = '\0';
    return text;
}

/* ---- tokens: at every byte, whatever may begin there is searched for to the end of the value ------------ */

static uint32_t end_of_quotes(const uint8_t *p, uint32_t at, uint32_t end)
{
    for (uint32_t i = at + 1; i < end; i++) {
        if (p[i] == '\\' && i + 1 < end) {
            i++;
        } else if (p[i] == '"') {
            return i + 1;
        }
    }
    return 0;
}

static uint32_t end_of_literal(const uint8_t *p, uint32_t at, uint32_t end)
{
    for (uint32_t i = at + 1; i < end; i++) {
        if (p[i] == ']') {
            return i + 1;
        }
        if (is_one_of(p[i], "()<>[\";")) {
            return 0;
        }
    }
    return 0;
}

static uint32_t end_of_angle(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at + 1;
    while (i < end) {
        if (p[i] == '>') {
            return i + 1;
        }
        if (p[i] == '<') {
            return 0;
        }
        i = p[i] == '"' ? end_of_quotes(p, i, end) : i + 1;
        if (i == 0) {
            return 0;
        }
    }
    return 0;
}

/* What comes next in a comment: a byte, a quoted pair, or the quotes of an address as a whole. */
static uint32_t behind_text(const uint8_t *p, uint32_t at, uint32_t end)
{
    if (p[at] == '<' && at + 1 < end && p[at + 1] == '"' && end_of_quotes(p, at + 1, end) != 0) {
        return end_of_quotes(p, at + 1, end);
    }
    return p[at] == '\\' && at + 1 < end ? at + 2 : at + 1;
}

typedef struct twin_token {
    uint32_t kind;
    uint32_t end;
    uint32_t depth;
} twin_token;

static twin_token token_in_comment(const uint8_t *p, uint32_t at, uint32_t end, uint32_t depth)
{
    twin_token t = {HOPTLS_TOKEN_TEXT, at, depth};
    if (p[at] == '(') {
        t.kind = HOPTLS_TOKEN_OPEN;
        t.end = at + 1;
        t.depth = depth + 1;
    } else if (p[at] == ')') {
        t.kind = HOPTLS_TOKEN_CLOSE;
        t.end = at + 1;
        t.depth = depth - 1;
    }
    while (t.kind == HOPTLS_TOKEN_TEXT && t.end < end && !is_one_of(p[t.end], "()")) {
        t.end = behind_text(p, t.end, end);
    }
    return t;
}

static twin_token token_of_pair(uint32_t kind, uint32_t at, uint32_t close)
{
    twin_token t = {close != 0 ? kind : (uint32_t)HOPTLS_TOKEN_STRAY, close != 0 ? close : at + 1, 0};
    return t;
}

static twin_token token_at(const uint8_t *p, uint32_t at, uint32_t end, uint32_t depth)
{
    twin_token t = {HOPTLS_TOKEN_WORD, at + 1, 0};
    if (depth > 0 || p[at] == '(') {
        return token_in_comment(p, at, end, depth);
    }
    switch (p[at]) {
    case '"': return token_of_pair(HOPTLS_TOKEN_QUOTED, at, end_of_quotes(p, at, end));
    case '[': return token_of_pair(HOPTLS_TOKEN_LITERAL, at, end_of_literal(p, at, end));
    case '<': return token_of_pair(HOPTLS_TOKEN_ANGLE, at, end_of_angle(p, at, end));
    case ')':
    case ']':
    case '>': return token_of_pair(0, at, 0);
    case ';': t.kind = HOPTLS_TOKEN_SEMI; return t;
    default: break;
    }
    if (is_blank(p[at])) {
        t.kind = HOPTLS_TOKEN_SPACE;
    }
    while (t.end < end && is_blank(p[t.end]) == is_blank(p[at]) && !is_one_of(p[t.end], "()<>[]\";")) {
        t.end++;
    }
    return t;
}

void check_reference_tokens(hoptls_msg msg, hoptls_span value)
{
    uint32_t at = value.off;
    uint32_t end = value.off + value.len;
    uint32_t depth = 0;
    hoptls_tokens_state state;
    hoptls_token t;
    (void)ask(TOKENS, 1);
    MUST(hoptls_tokens(msg, value, &state) == HOPTLS_OK, "I4");
    while (at < end) {
        twin_token twin = token_at(msg.ptr, at, end, depth);
        MUST(hoptls_token_next(msg, &state, &t) == HOPTLS_MORE, "I12: as many tokens");
        MUST(t.span.off == at && t.span.len == twin.end - at, "I12: a token begins and ends here");
        MUST(t.kind == twin.kind && t.depth == twin.depth, "I12: a token's kind and depth");
        at = twin.end;
        depth = twin.depth;
    }
    MUST(hoptls_token_next(msg, &state, &t) == HOPTLS_END, "I12: as many tokens");
}

/* ---- a field in pieces ---------------------------------------------------------------------------------- */

enum { PIECE_WORD, PIECE_QUOTED, PIECE_LITERAL, PIECE_ANGLE, PIECE_COMMENT, PIECE_SEMI };

typedef struct piece {
    uint32_t off;
    uint32_t len;
    int kind;
} piece;

enum { PIECES_MOST = 60 };

/* The pieces of a value outside comments, each comment one. `whole` 0: brackets or quotes have no partner, or there are
 * more pieces than a server writes; the twin then leaves the field alone. */
typedef struct pieces {
    piece at[PIECES_MOST];
    uint32_t count;
    int whole;
} pieces;

static int piece_kind(uint32_t token)
{
    switch (token) {
    case HOPTLS_TOKEN_WORD: return PIECE_WORD;
    case HOPTLS_TOKEN_QUOTED: return PIECE_QUOTED;
    case HOPTLS_TOKEN_LITERAL: return PIECE_LITERAL;
    case HOPTLS_TOKEN_ANGLE: return PIECE_ANGLE;
    case HOPTLS_TOKEN_SEMI: return PIECE_SEMI;
    default: return PIECE_COMMENT;
    }
}

static pieces pieces_of(const uint8_t *p, hoptls_span value)
{
    pieces all;
    uint32_t at = value.off;
    uint32_t end = value.off + value.len;
    uint32_t depth = 0;
    memset(&all, 0, sizeof all);
    while (at < end) {
        twin_token t = token_at(p, at, end, depth);
        if (t.kind == HOPTLS_TOKEN_STRAY || all.count == PIECES_MOST) {
            all.whole = 0;
            return all;
        }
        if (depth == 0 && t.kind != HOPTLS_TOKEN_SPACE) {
            piece one = {at, t.end - at, piece_kind(t.kind)};
            all.at[all.count++] = one;
        } else if (depth > 0) {
            all.at[all.count - 1].len = t.end - all.at[all.count - 1].off;
        }
        at = t.end;
        depth = t.depth;
    }
    all.whole = depth == 0;
    return all;
}

static int is_keyword(const uint8_t *p, const piece *one, const char *word)
{
    return one->kind == PIECE_WORD && one->len == strlen(word) && begins_with(p + one->off, one->len, word);
}

static int is_any_keyword(const uint8_t *p, const piece *one)
{
    static const char *const words[] = {"from", "by", "via", "with", "id", "for"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (is_keyword(p, one, words[i])) {
            return 1;
        }
    }
    return 0;
}

static uint32_t count_keyword(const uint8_t *p, const pieces *all, const char *word)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        n += is_keyword(p, &all->at[i], word) ? 1u : 0u;
    }
    return n;
}

/* The index of the keyword; `count` if there is none. */
static uint32_t find_keyword(const uint8_t *p, const pieces *all, const char *word)
{
    uint32_t i = 0;
    while (i < all->count && !is_keyword(p, &all->at[i], word)) {
        i++;
    }
    return i;
}

/* ---- clauses: of a field in which each keyword stands once, in any order behind `by` ------------------- */

typedef struct clauses_twin {
    pieces all;
    uint32_t by;   /* index of the keyword */
    uint32_t tail; /* of the last semicolon */
} clauses_twin;

/* Whether a keyword stands at the end of something else, with no blank or comment between: it may be a part of that. */
static int is_glued_keyword(const uint8_t *p, const pieces *all, uint32_t i)
{
    const piece *before;
    if (i == 0) {
        return 0;
    }
    before = &all->at[i - 1];
    return before->kind != PIECE_COMMENT && before->off + before->len == all->at[i].off &&
           is_any_keyword(p, &all->at[i]);
}

/* 1 if the field is one that this twin reads. */
static int read_clauses(const uint8_t *p, hoptls_span value, clauses_twin *c)
{
    static const char *const once[] = {"from", "by", "via", "with", "id", "for"};
    uint32_t semicolons = 0;
    c->all = pieces_of(p, value);
    if (!c->all.whole || c->all.count == 0) {
        return 0;
    }
    for (size_t i = 0; i < sizeof once / sizeof once[0]; i++) {
        if (count_keyword(p, &c->all, once[i]) > 1) {
            return 0;
        }
    }
    for (uint32_t i = 0; i < c->all.count; i++) {
        if (is_glued_keyword(p, &c->all, i)) {
            return 0;
        }
        if (c->all.at[i].kind == PIECE_SEMI) {
            semicolons++;
            c->tail = i;
        }
    }
    c->by = find_keyword(p, &c->all, "by");
    return semicolons == 1 && c->by < c->tail && c->by != 1 && /* right behind `from` it is a client's name */
           (is_keyword(p, &c->all.at[0], "from") || is_keyword(p, &c->all.at[0], "by"));
}

/* The piece behind a keyword that stands behind `by`; null if there is none or it is not one of the kinds. */
static const piece *behind_keyword(const uint8_t *p, const clauses_twin *c, const char *word)
{
    uint32_t at = find_keyword(p, &c->all, word);
    if (at < c->by || at + 1 >= c->tail || is_any_keyword(p, &c->all.at[at + 1]) ||
        c->all.at[at + 1].kind == PIECE_COMMENT) {
        return NULL;
    }
    return &c->all.at[at + 1];
}

static int is_span(const piece *one, hoptls_span s)
{
    return s.off == one->off && s.len == one->len;
}

/* `with` may have several words: the twin compares where it begins. An `id` may be the last piece of a field without a
 * semicolon; such fields are not read here. A word glued to what follows is a word of its own. */
static void check_clauses(const reading *r, const hoptls_hop *h)
{
    clauses_twin c;
    const piece *one;
    if (!ask(CLAUSES, read_clauses(r->msg.ptr, h->value, &c))) {
        return;
    }
    one = behind_keyword(r->msg.ptr, &c, "by");
    MUST(one == NULL || is_span(one, h->by), "I12: the host behind by");
    one = behind_keyword(r->msg.ptr, &c, "id");
    MUST(one == NULL || is_span(one, h->id), "I12: the id");
    one = behind_keyword(r->msg.ptr, &c, "with");
    MUST(one == NULL || one->off == h->with.off, "I12: the protocol");
    one = behind_keyword(r->msg.ptr, &c, "for");
    MUST(one == NULL || one->kind != PIECE_ANGLE || is_span(one, h->recipient), "I12: the recipient");
}

/* ---- dates -------------------------------------------------------------------------------------------- */

static const char *const month_names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};

static int is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of(int month, int year)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month] + (month == 1 && is_leap(year));
}

/* Day by day would be slower still. */
static int64_t days_before(int day, int month, int year)
{
    int64_t days = day - 1;
    for (int y = 1970; y < year; y++) {
        days += is_leap(y) ? 366 : 365;
    }
    for (int m = 0; m < month; m++) {
        days += days_of(m, year);
    }
    return days;
}

int64_t reference_seconds(int year, int month, int day, int minutes, int second, int zone)
{
    return ((days_before(day, month, year) * 24 * 60) + minutes - zone) * 60 + second;
}

typedef struct cursor {
    const uint8_t *p;
    size_t len;
    size_t at;
} cursor;

/* One blank or more. */
static int take_blanks(cursor *c)
{
    size_t from = c->at;
    while (c->at < c->len && is_blank(c->p[c->at])) {
        c->at++;
    }
    return c->at > from;
}

/* A number of `least` to `most` digits, -1 if there is none. */
static int take_number(cursor *c, size_t least, size_t most)
{
    size_t from = c->at;
    int n = 0;
    while (c->at < c->len && c->at - from < most && is_number(c->p[c->at])) {
        n = n * 10 + (c->p[c->at++] - '0');
    }
    return c->at - from >= least && (c->at == c->len || !is_number(c->p[c->at])) ? n : -1;
}

static int take_byte(cursor *c, char byte)
{
    if (c->at < c->len && c->p[c->at] == (uint8_t)byte) {
        c->at++;
        return 1;
    }
    return 0;
}

/* Three letters of a table, -1 if none. */
static int take_name(cursor *c, const char *const *names, int count)
{
    int i = 0;
    while (i < count && !begins_with(c->p + c->at, c->len - c->at, names[i])) {
        i++;
    }
    c->at += i < count ? 3 : 0;
    return i < count ? i : -1;
}

/* So many digits, the name of a month: whether there are. */
static int take_digits(cursor *c, size_t count, int *number)
{
    *number = take_number(c, count, count);
    return *number >= 0;
}

static int take_month(cursor *c, int *month)
{
    *month = take_name(c, month_names, 12);
    return *month >= 0;
}

typedef struct moment {
    int day, month, year, hour, minute, second, zone;
} moment;

/* `[Mon, ]D Mon YYYY HH:MM:SS +ZZZZ`, one blank or fold between. */
static int take_moment(cursor *c, moment *m)
{
    static const char *const week[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    int sign;
    (void)take_blanks(c);
    if (take_name(c, week, 7) >= 0 && (!take_byte(c, ',') || !take_blanks(c))) {
        return 0;
    }
    m->day = take_number(c, 1, 2);
    if (m->day < 0 || !take_blanks(c) || !take_month(c, &m->month) || !take_blanks(c) ||
        !take_digits(c, 4, &m->year) || !take_blanks(c) || !take_digits(c, 2, &m->hour) ||
        !take_byte(c, ':') || !take_digits(c, 2, &m->minute) || !take_byte(c, ':') ||
        !take_digits(c, 2, &m->second) || !take_blanks(c)) {
        return 0;
    }
    sign = take_byte(c, '-') ? -1 : take_byte(c, '+');
    m->zone = take_number(c, 4, 4);
    if (sign == 0 || m->zone < 0 || (c->at < c->len && !is_one_of(c->p[c->at], " \t\r\n(;"))) {
        return 0;
    }
    /* A zone of 60 minutes and more says nothing: then the clock shows universal time. */
    m->zone = m->zone % 100 > 59 ? 0 : sign * (m->zone / 100 * 60 + m->zone % 100);
    return 1;
}

/* What no clock shows is left to the core: a zone beyond 14 hours, a day that the month has not. */
static int is_possible(const moment *m)
{
    return m->year >= 1971 && m->year <= 9998 && m->day >= 1 && m->day <= days_of(m->month, m->year) &&
           m->hour < 24 && m->minute < 60 && m->second < 60 && m->zone > -14 * 60 && m->zone < 14 * 60;
}

int reference_date(const uint8_t *p, size_t len, int64_t *seconds, size_t *used)
{
    cursor c = {p, len, 0};
    moment m;
    if (!take_moment(&c, &m)) {
        return -1;
    }
    *used = c.at;
    if (!is_possible(&m)) {
        return -1;
    }
    *seconds = reference_seconds(m.year, m.month, m.day, m.hour * 60 + m.minute, m.second, m.zone);
    return 1;
}

static void check_date(const reading *r, const hoptls_hop *h)
{
    clauses_twin c;
    int64_t seconds = 0;
    size_t used = 0;
    uint32_t from;
    int found = 0;
    if (read_clauses(r->msg.ptr, h->value, &c)) {
        from = c.all.at[c.tail].off + 1;
        found = reference_date(r->msg.ptr + from, h->value.off + h->value.len - from, &seconds, &used);
    }
    if (ask(DATE, found == 1)) {
        MUST(h->date == seconds && (h->flags & HOPTLS_F_NO_DATE) == 0, "I12: the date");
    }
}

/* ---- addresses ---------------------------------------------------------------------------------------- */

/* RFC 1918, 3927, 4193, 4291, 6598, as the first bytes and how many bits of them count. */
static const struct {
    uint8_t family;
    uint8_t bits;
    uint8_t byte[16];
    uint8_t network;
} networks[] = {
    {4, 8, {127}, HOPTLS_NET_LOOPBACK},
    {4, 16, {169, 254}, HOPTLS_NET_LINK_LOCAL},
    {4, 8, {10}, HOPTLS_NET_PRIVATE},
    {4, 12, {172, 16}, HOPTLS_NET_PRIVATE},
    {4, 16, {192, 168}, HOPTLS_NET_PRIVATE},
    {4, 10, {100, 64}, HOPTLS_NET_SHARED},
    {6, 128, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, HOPTLS_NET_LOOPBACK},
    {6, 10, {0xFE, 0x80}, HOPTLS_NET_LINK_LOCAL},
    {6, 10, {0xFE, 0xC0}, HOPTLS_NET_PRIVATE},
    {6, 7, {0xFC}, HOPTLS_NET_PRIVATE},
};

static int bit_of(const uint8_t *bytes, int bit)
{
    return bytes[bit / 8] >> (7 - bit % 8) & 1;
}

static uint8_t network_of(const hoptls_addr *a)
{
    for (size_t i = 0; i < sizeof networks / sizeof networks[0]; i++) {
        int bit = 0;
        while (bit < networks[i].bits && bit_of(a->byte, bit) == bit_of(networks[i].byte, bit)) {
            bit++;
        }
        if (networks[i].family == a->family && bit == networks[i].bits) {
            return networks[i].network;
        }
    }
    return HOPTLS_NET_PUBLIC;
}

/* ::ffff:a.b.c.d and 64:ff9b::a.b.c.d are IPv4 (hoptls.h). */
static void shorten(hoptls_addr *a)
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    static const uint8_t translated[12] = {0, 0x64, 0xFF, 0x9B};
    if (memcmp(a->byte, mapped, 12) == 0 || memcmp(a->byte, translated, 12) == 0) {
        memmove(a->byte, a->byte + 12, 4);
        memset(a->byte + 4, 0, 12);
        a->family = 4;
    }
}

/* 0.0.0.0 and :: are nobody's (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.2). */
static int is_nobodys(const hoptls_addr *a)
{
    static const uint8_t zero[16];
    return memcmp(a->byte, zero, sizeof zero) == 0;
}

int reference_address(const char *text, hoptls_addr *out)
{
    const char *bare = begins_with((const uint8_t *)text, strlen(text), "IPv6:") ? text + 5 : text;
    int is_address = 1;
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, text, out->byte) == 1) {
        out->family = 4;
    } else if (inet_pton(AF_INET6, bare, out->byte) == 1) {
        out->family = 6;
        shorten(out);
    } else {
        is_address = strpbrk(text, "%:") != NULL ? -1 : 0;
    }
    if (is_address != 1 || is_nobodys(out)) {
        memset(out, 0, sizeof *out);
        return is_address == 1 ? 0 : is_address;
    }
    out->network = network_of(out);
    return 1;
}

/* ---- words, versions, suites --------------------------------------------------------------------------- */

/* RFC 3848, RFC 6531 section 4.3, the IANA registry "Mail Transmission Types", and what servers write beside. */
static const char *const words_with_tls[] = {
    "ESMTPS",     "ESMTPSA",      "LMTPS",       "LMTPSA",       "UTF8SMTPS",   "UTF8SMTPSA", "UTF8LMTPS",
    "UTF8LMTPSA", "SMTPS",        "SMTPSA",      "UTF8ESMTPS",   "UTF8ESMTPSA", "SSMTP",      "ESSMTP",
    "ESSMTPA",    "local-esmtps", "local-smtps", "local-essmtp", "ESMTP-TLS",   "POP3-SSL",   "IMAP4-SSL",
};
static const char *const words_without[] = {
    "SMTP",      "ESMTP", "ESMTPA", "LMTP",    "LMTPA", "UTF8SMTP", "UTF8SMTPA", "UTF8LMTP",
    "UTF8LMTPA", "ASMTP", "HTTP",   "local",   "SDPS",  "XIMSS",    "POP3",      "IMAP",
    "IMAP4",     "QMQP",  "QMTP",   "SMTPSVC", "mapi",  "NNFMP",    "UTF8ESMTP",
};

int reference_protocol(const char *word)
{
    for (size_t i = 0; i < sizeof words_with_tls / sizeof words_with_tls[0]; i++) {
        if (same_word(word, words_with_tls[i])) {
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof words_without / sizeof words_without[0]; i++) {
        if (same_word(word, words_without[i])) {
            return 0;
        }
    }
    return -1;
}

static const struct {
    const char *text;
    int version;
} spellings[] = {
    {"SSLv2", 0x0002},   {"SSLv3", 0x0300},      {"SSL3", 0x0300},       {"TLSv1/SSLv3", 0},
    {"TLSv1", 0x0301},   {"TLSv1.0", 0x0301},    {"TLS1", 0x0301},       {"TLS1.0", 0x0301},
    {"TLS-1.0", 0x0301}, {"TLS1_0", 0x0301},     {"TLS\\Tls", 0x0301},   {"TLSv1.1", 0x0302},
    {"TLS1.1", 0x0302},  {"TLS-1.1", 0x0302},    {"TLS1_1", 0x0302},     {"TLS\\Tls11", 0x0302},
    {"TLSv1.2", 0x0303}, {"TLS1.2", 0x0303},     {"TLS-1.2", 0x0303},    {"TLS1_2", 0x0303},
    {"TLSv1_2", 0x0303}, {"TLS\\Tls12", 0x0303}, {"TLSv1.3", 0x0304},    {"TLS1.3", 0x0304},
    {"TLS-1.3", 0x0304}, {"TLS1_3", 0x0304},     {"TLS\\Tls13", 0x0304}, {"UNKNOWN", 0},
    {"TLS", 0},
};

int reference_version(const char *text)
{
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        if (same_word(text, spellings[i].text)) {
            return spellings[i].version;
        }
    }
    return -1;
}

/* Parts of a suite's name, and what each says by itself. */
static const struct {
    const char *part;
    uint32_t trait;
} parts[] = {
    {"NULL", HOPTLS_SUITE_NULL},      {"ADH", HOPTLS_SUITE_ANONYMOUS}, {"AECDH", HOPTLS_SUITE_ANONYMOUS},
    {"anon", HOPTLS_SUITE_ANONYMOUS}, {"EXP", HOPTLS_SUITE_EXPORT},    {"EXPORT", HOPTLS_SUITE_EXPORT},
    {"RC4", HOPTLS_SUITE_RC4},        {"3DES", HOPTLS_SUITE_3DES},     {"CBC3", HOPTLS_SUITE_3DES},
    {"MD5", HOPTLS_SUITE_MD5},        {"GCM", HOPTLS_SUITE_AEAD},      {"CCM", HOPTLS_SUITE_AEAD},
    {"CHACHA20", HOPTLS_SUITE_AEAD},  {"PSK", HOPTLS_SUITE_PSK},
};

static int has_part(const char *name, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; name[i] != '\0'; i++) {
        int starts = i == 0 || name[i - 1] == '-' || name[i - 1] == '_';
        int closed =
            strlen(name + i) >= n && (name[i + n] == '\0' || name[i + n] == '-' || name[i + n] == '_');
        if (starts && closed && begins_with((const uint8_t *)name + i, strlen(name + i), part)) {
            return 1;
        }
    }
    return 0;
}

/* GnuTLS describes a session by its parts, two underlines between them: ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM. Neither
 * the signature nor the group of what it signs is a part of a suite's name. To be freed. */
static char *without_signature(const char *name)
{
    static const char *const signatures[] = {"RSA_", "ECDSA_", "EDDSA_", "DSA_"};
    char *text = strdup(name);
    char *second = text != NULL ? strstr(text, "__") : NULL;
    char *third = second != NULL ? strstr(second + 2, "__") : NULL;
    const char *rest = third != NULL ? third : "";
    for (size_t i = 0; second != NULL && i < sizeof signatures / sizeof signatures[0]; i++) {
        if (begins_with((const uint8_t *)second + 2, strlen(second + 2), signatures[i])) {
            second = strchr(text, '_');
            memmove(second, rest, strlen(rest) + 1);
            second = NULL;
        }
    }
    return text;
}

static const char *const ciphers[] = {
    "NULL",     "AES",     "AES128", "AES256", "RC2",    "RC4",      "DES",         "3DES", "CBC3",
    "CHACHA20", "IDEA",    "SEED",   "SM4",    "GOST",   "CAMELLIA", "CAMELLIA128", "ARIA", "ARIA128",
    "ARIA256",  "ARCFOUR", "DES40",  "RC4_40", "RC4_56", "RC4_128",  "CAMELLIA256",
};

/* A name of which no part is a cipher is none of a suite: AEAD and hash alone say nothing. */
static int has_cipher(const char *name)
{
    int found = 0;
    for (size_t i = 0; i < sizeof ciphers / sizeof ciphers[0] && !found; i++) {
        found = has_part(name, ciphers[i]);
    }
    return found;
}

static uint32_t traits_of_parts(const char *name)
{
    uint32_t traits = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        traits |= has_part(name, parts[i].part) ? parts[i].trait : 0;
    }
    /* GnuTLS: of the compression */
    traits &= has_part(name, "COMP-NULL") ? ~(uint32_t)HOPTLS_SUITE_NULL : ~(uint32_t)0;
    return traits;
}

/* What parts of a suite's name may be, by IANA, OpenSSL and GnuTLS: how keys are agreed upon and who signs, modes and lengths,
 * and what a name ends with, which is a hash or what some libraries write instead. */
static const char *const exchanges[] = {
    "TLS",  "SSL",   "WITH",   "ECDHE",  "ECDH",      "DHE",       "DH",        "EDH",
    "ADH",  "AECDH", "RSA",    "ECDSA",  "DSS",       "anon",      "PSK",       "SRP",
    "KRB5", "EXP",   "EXPORT", "X25519", "SECP256R1", "SECP384R1", "SECP521R1", "",
};
static const char *const modes[] = {"CBC", "EDE", "128", "192", "256", "40", "56"};
static const char *const ends[] = {"SHA", "SHA1", "SHA256", "SHA384",   "MD5",
                                   "CCM", "CCM8", "8",      "POLY1305", "GCM"};

static int is_listed(const char *part, size_t len, const char *const *list, size_t count)
{
    size_t i = 0;
    while (i < count && !(strlen(list[i]) == len && begins_with((const uint8_t *)part, len, list[i]))) {
        i++;
    }
    return i < count;
}

#define IS_IN(part, len, list) is_listed(part, len, list, sizeof(list) / sizeof(list)[0])

static int is_part(const char *part, size_t len)
{
    return IS_IN(part, len, exchanges) || IS_IN(part, len, ciphers) || IS_IN(part, len, modes) ||
           IS_IN(part, len, ends);
}

/* The last one ends it. */
static int has_parts_of_suite(const char *name)
{
    size_t len = strcspn(name, "-_");
    while (name[len] != '\0' && is_part(name, len)) {
        name += len + 1;
        len = strcspn(name, "-_");
    }
    return name[len] == '\0' && IS_IN(name, len, ends);
}

static int is_suite(const char *name)
{
    char *own = without_signature(name);
    int found = own != NULL && has_cipher(own) && has_parts_of_suite(own);
    free(own);
    return found;
}

uint32_t reference_traits(const char *name)
{
    char *own = without_signature(name);
    uint32_t traits = own != NULL && has_cipher(own) ? traits_of_parts(own) : 0;
    free(own);
    /* RFC 9150: integrity alone */
    if (same_word(name, "TLS_SHA256_SHA256") || same_word(name, "TLS_SHA384_SHA384")) {
        traits |= HOPTLS_SUITE_NULL;
    }
    return traits;
}

/* ---- templates ------------------------------------------------------------------------------------------ */

typedef struct match {
    const uint8_t *p;
    uint32_t end;
    uint32_t steps; /* no field of a server takes as many as STEPS_MOST */
    int any_helo;
    hoptls_span got['Z' + 1];
} match;

enum { STEPS_MOST = 30000 };

static int is_printable(uint8_t c)
{
    return c > ' ' && c < 0x7F;
}

/* Whether a byte may stand in what a letter captures. */
static int fits(char letter, uint8_t c)
{
    switch (letter) {
    case 'N':
    case 'n':
    case 'S': return is_number(c);
    case 'E': return is_number(c) || c == '.';
    case 'A':
    case 'a': return is_number(c) || (small(c) >= 'a' && small(c) <= 'f') || is_one_of(c, ".:vIPip");
    case 'C': return is_number(c) || (small(c) >= 'a' && small(c) <= 'z') || is_one_of(c, "-_.+");
    case 'V': return is_printable(c) && !is_one_of(c, "()<>[]\",;:=");
    case 'D': return is_printable(c) ? !is_one_of(c, "()<>[]\";") : is_blank(c);
    case 'W':
    case 'X': return (is_printable(c) || is_blank(c)) && !is_one_of(c, "()[]\"\\");
    case 'T': return is_printable(c) && !is_one_of(c, "()\"\\;[]");
    case 'I': return is_printable(c) && !is_one_of(c, "()\"\\;[]<>");
    case 'M': return small(c) >= 'a' && small(c) <= 'z';
    case 'H':
    case 'R':
    case 'B': return is_printable(c) && !is_one_of(c, "()<>[]\"\\;,=@");
    default: return is_printable(c) && !is_one_of(c, "()<>[]\"\\;,=");
    }
}

static int match_at(match *m, const char *t, uint32_t at);

/* As far as bytes fit. A client without a name calls itself by its address: [192.0.2.1]. */
static uint32_t longest(const match *m, char letter, uint32_t at)
{
    uint32_t end = at;
    if (letter == 'H' && m->any_helo) {
        return m->end;
    }
    if (letter == 'H' && at < m->end && m->p[at] == '[') {
        end = end_of_literal(m->p, at, m->end);
        return end != 0 ? end : at;
    }
    while (end < m->end && fits(letter, m->p[end])) {
        end++;
    }
    return end;
}

/* Whether an address is one, where another than the client's is written. */
static int is_right(const match *m, char letter, uint32_t at, uint32_t end)
{
    hoptls_addr addr;
    char *text;
    int right;
    if (letter != 'a') {
        return 1;
    }
    text = text_of(m->p + at, end - at);
    right = reference_address(text, &addr) == 1;
    free(text);
    return right;
}

/* The longest piece first, then shorter ones. */
static int match_capture(match *m, const char *t, uint32_t at)
{
    hoptls_span before = m->got[t[1] & 0x5F];
    uint32_t end = longest(m, t[1], at);
    while (end > at) {
        if (t[1] >= 'A' && t[1] <= 'Z') {
            m->got[(int)t[1]].off = at;
            m->got[(int)t[1]].len = end - at;
        }
        if (is_right(m, t[1], at, end) && match_at(m, t + 2, end)) {
            return 1;
        }
        end--;
    }
    if (t[1] >= 'A' && t[1] <= 'Z') {
        m->got[(int)t[1]] = before;
    }
    return 0;
}

/* Text with pairs of parentheses, or none at all. */
static int match_pairs(match *m, const char *t, uint32_t at)
{
    uint32_t end = at;
    uint32_t depth = 0;
    while (end <= m->end) {
        if (depth == 0 && match_at(m, t + 2, end)) {
            return 1;
        }
        if (end == m->end || (!is_printable(m->p[end]) && !is_blank(m->p[end])) ||
            is_one_of(m->p[end], "\"\\") || (m->p[end] == ')' && depth == 0)) {
            return 0;
        }
        depth += m->p[end] == '(' ? 1u : 0u;
        depth -= m->p[end] == ')' ? 1u : 0u;
        end++;
    }
    return 0;
}

static const char *behind_group(const char *t)
{
    const char *close = strstr(t, "%)");
    return close + 2;
}

static int match_blanks(match *m, const char *t, uint32_t at, uint32_t least)
{
    uint32_t end = at;
    while (end < m->end && is_blank(m->p[end])) {
        end++;
    }
    return end - at >= least && match_at(m, t, end);
}

/* Whether the template from `t` on is all of the field from `at` on. */
static int match_at(match *m, const char *t, uint32_t at)
{
    if (++m->steps > STEPS_MOST) {
        return 0;
    }
    if (*t == '\0') {
        return at == m->end;
    }
    if (*t == ' ') {
        return match_blanks(m, t + 1, at, 1);
    }
    if (*t != '%') {
        return at < m->end && small(m->p[at]) == small((uint8_t)*t) && match_at(m, t + 1, at + 1);
    }
    switch (t[1]) {
    case '(': return match_at(m, t + 2, at) || match_at(m, behind_group(t), at);
    case ')': return match_at(m, t + 2, at);
    case '_': return match_blanks(m, t + 2, at, 0);
    case 'Y': return match_pairs(m, t, at);
    default: return match_capture(m, t, at);
    }
}

/* Where a server writes nothing between the client's name and `by`, a name of any bytes would take in what another server
 * wrote there: its address of the client, its record. */
static int can_tell_helo(const field_template *t)
{
    return !begins_with((const uint8_t *)t->text, strlen(t->text), "from %H by ");
}

/* The first template that the whole value is; null if none. */
static const field_template *find_template(const uint8_t *p, hoptls_span value, int any_helo, match *m)
{
    uint32_t from = value.off;
    uint32_t end = value.off + value.len;
    while (from < end && is_blank(p[from])) {
        from++;
    }
    while (end > from && is_blank(p[end - 1])) {
        end--;
    }
    for (size_t i = 0; i < TEMPLATES; i++) {
        memset(m, 0, sizeof *m);
        m->p = p;
        m->end = end;
        m->any_helo = any_helo;
        if ((!any_helo || can_tell_helo(&templates[i])) && match_at(m, templates[i].text, from) &&
            m->steps <= STEPS_MOST) {
            return &templates[i];
        }
    }
    return NULL;
}

/* ---- what a template's field tells ---------------------------------------------------------------------- */

/* Words that a server might use to tell of TLS. A field without any of them states nothing. `UNKNOWN` is what some call a
 * version, in front of a suite. */
static int mentions_tls(const uint8_t *p, hoptls_span value)
{
    static const char *const words[] = {"plain", "tls",   "ssl",     "crypt", "cipher",   "mtps",  "https",
                                        "secur", "ssmtp", "version", "bits",  "unknown:", "using", "over "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (has_word(p + value.off, value.len, words[i])) {
            return 1;
        }
    }
    return 0;
}

static char *got_text(const match *m, char letter)
{
    hoptls_span s = m->got[(int)letter];
    return text_of(m->p + s.off, s.len);
}

static int got_int(const match *m, char letter)
{
    char *text = got_text(m, letter);
    int n = text[0] != '\0' && strlen(text) < 7 ? (int)strtol(text, NULL, 10) : -1;
    free(text);
    return n;
}

static int is_got(const match *m, char letter)
{
    return m->got[(int)letter].len > 0;
}

/* Sendmail's verify=, doc/op/op.me; what OpenSMTPD, Cyrus and Haraka write in its place. -1: the twin does not know it. */
static int denies(const char *verify)
{
    static const char *const denials[] = {"NONE", "CLEAR", "SOFTWARE", "PROTOCOL"};
    static const char *const others[] = {"OK", "NO", "NOT", "FAIL", "YES"};
    for (size_t i = 0; i < sizeof denials / sizeof denials[0]; i++) {
        if (same_word(verify, denials[i])) {
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (same_word(verify, others[i])) {
            return 0;
        }
    }
    return -1;
}

typedef struct statement {
    int evidence; /* 0: the twin does not know */
    int version;  /* -1: not known */
    uint32_t traits;
} statement;

/* A suite without a cipher has no bits. */
static int is_odd_null(const match *m, uint32_t traits)
{
    return (traits & HOPTLS_SUITE_NULL) != 0 && got_int(m, 'N') > 0;
}

/* Version, suite, bits and certificate say it together. */
static statement details_of(const match *m)
{
    statement s = {HOPTLS_EVIDENCE_DETAIL, 0, 0};
    char *version = got_text(m, 'V');
    char *cipher = got_text(m, 'C');
    char *verify = got_text(m, 'M');
    int compound = (strchr(cipher, '-') == NULL) != (strchr(cipher, '_') == NULL) && is_suite(cipher);
    int negative;
    s.version = version[0] != '\0' && !same_word(version, "UNKNOWN") ? reference_version(version)
                                                                     : -(version[0] != '\0');
    s.traits = reference_traits(cipher);
    negative = (s.traits & HOPTLS_SUITE_NULL) != 0 || got_int(m, 'N') == 0 || denies(verify) == 1;
    if (s.version < 0 || is_odd_null(m, s.traits) || (cipher[0] != '\0' ? !compound : s.version == 0) ||
        (!negative && verify[0] != '\0' && denies(verify) < 0)) {
        s.evidence = 0;
    } else if (negative) {
        s.evidence = HOPTLS_EVIDENCE_NEGATIVE;
    }
    free(version);
    free(cipher);
    free(verify);
    return s;
}

static int is_mail_protocol(const match *m)
{
    hoptls_span word = m->got['P'];
    return word.len == 0 || has_word(m->p + word.off, word.len, "MTP");
}

static statement statement_of(const field_template *t, const match *m)
{
    static const int said[] = {0, HOPTLS_EVIDENCE_KEYWORD, HOPTLS_EVIDENCE_NEGATIVE, HOPTLS_EVIDENCE_SILENT};
    statement s = {0, 0, 0};
    char *word;
    int tls;
    /* Sendmail 8.11 was the first that knew TLS; and what the template leaves open may be a record that it does not see. */
    if ((t->silence == OF_SENDMAIL && got_int(m, 'S') < 11) || mentions_tls(m->p, m->got['W']) ||
        mentions_tls(m->p, m->got['X'])) {
        return s;
    }
    if (is_got(m, 'V') || is_got(m, 'C')) {
        return is_mail_protocol(m) ? details_of(m) : s;
    }
    s.evidence = said[t->says];
    if (t->says == BY_WORD) {
        word = got_text(m, 'P');
        tls = reference_protocol(word);
        s.evidence = tls == 1 ? HOPTLS_EVIDENCE_KEYWORD : 0;
        if (tls == 0) {
            s.evidence = HOPTLS_EVIDENCE_SILENT;
        }
        free(word);
    }
    return s;
}

/* Postfix HISTORY 20070720: the letters S and A are written from 2.5 (January 2008) on, behind ESMTP only. One that writes no
 * A for a login writes no S either. */
static int silence_of_postfix(const match *m)
{
    char *word = got_text(m, 'P');
    int plain = same_word(word, "SMTP") ? HOPTLS_SILENCE_UNKNOWN : HOPTLS_SILENCE_PLAIN;
    int is_sure = !same_word(word, "QMQP") && !same_word(word, "QMTP") &&
                  (!is_got(m, 'Q') || word[0] == '\0' || small((uint8_t)word[strlen(word) - 1]) == 'a');
    free(word);
    return is_sure ? plain : 0;
}

/* What silence means in a template's field; 0: the twin does not know. A protocol that is not SMTP's or LMTP's is another
 * story for every server. */
static int silence_of(const field_template *t, const match *m, const hoptls_hop *h)
{
    if (!is_mail_protocol(m)) {
        return 0;
    }
    if (t->since != 0 && h->date < days_before(1, 0, t->since) * 86400) {
        return 0;
    }
    switch (t->silence) {
    case PLAIN: return HOPTLS_SILENCE_PLAIN;
    case UNKNOWN: return HOPTLS_SILENCE_UNKNOWN;
    case LOCAL: return HOPTLS_SILENCE_NOT_NETWORK;
    case OF_POSTFIX: return silence_of_postfix(m);
    case OF_EXIM:
        return begins_with(m->p + m->got['E'].off, m->got['E'].len, "4.9") ? HOPTLS_SILENCE_PLAIN : 0;
    case OF_SENDMAIL: return got_int(m, 'S') >= 12 && got_int(m, 'S') <= 18 ? HOPTLS_SILENCE_PLAIN : 0;
    default: return 0;
    }
}

static void check_details(const match *m, const statement *s, const hoptls_hop *h)
{
    int bits = got_int(m, 'N');
    if (!ask(DETAILS, s->evidence == HOPTLS_EVIDENCE_DETAIL)) {
        return;
    }
    MUST(h->tls.version == s->version, "I12: the version");
    MUST(h->tls.cipher.off == m->got['C'].off && h->tls.cipher.len == m->got['C'].len,
         "I12: the cipher suite");
    MUST((h->tls.traits & s->traits) == s->traits, "I12: what the parts of a suite's name say");
    MUST(bits <= 40 || bits > 1000 || h->tls.bits == bits, "I12: the bits of the key");
}

/* RFC 5321 section 4.1.2: letters, digits and hyphens, with one of the first two at both ends. */
static int is_label(const char *label, size_t len)
{
    size_t i = 0;
    while (i < len && (isalnum((uint8_t)label[i]) || label[i] == '-')) {
        i++;
    }
    return len > 0 && i == len && label[0] != '-' && label[len - 1] != '-';
}

/* Two labels or more, of which the last begins with a letter: what is anything else, a server may take for a name or not. */
static int is_domain(const char *text)
{
    const char *label = text;
    const char *dot = strchr(label, '.');
    int whole = dot != NULL && strlen(text) <= 255;
    while (whole && dot != NULL) {
        whole = is_label(label, (size_t)(dot - label));
        label = dot + 1;
        dot = strchr(label, '.');
    }
    return whole && is_label(label, strlen(label)) && isalpha((uint8_t)label[0]);
}

static int is_name(const match *m, char letter)
{
    char *text = got_text(m, letter);
    int named = is_domain(text);
    free(text);
    return named;
}

/* Whether the client may call itself by an address, in brackets or not. */
static int is_helo_address(const match *m)
{
    hoptls_addr addr;
    char *text = got_text(m, 'H');
    int is_address = text[0] == '[' || reference_address(text, &addr) != 0;
    free(text);
    return is_address;
}

/* Whether the template holds a note behind `by` by which its server is told. */
static int is_told_by_note(const field_template *t)
{
    return t->server[0] != '\0' && strstr(t->text, "by %B (") != NULL;
}

/* Whether the name behind `by`, the id or another mark says of a field that fits one server's template that it is another's:
 * of two servers' marks the twin does not know which counts. */
static int is_of_another(const field_template *t, const hoptls_hop *h)
{
    return h->writer != 0 ? !same_word(hoptls_writer_name(h->writer), t->server)
                          : t->server[0] != '\0' && !is_told_by_note(t);
}

/* Most servers write what the client called itself behind `from`, and what they found in the note beside it. */
static int is_client_first(const field_template *t)
{
    return begins_with((const uint8_t *)t->text, strlen(t->text), "from %H ");
}

/* `(HELO [192.0.2.1])` holds no name, and an address that the client chose; and of two addresses one is not the client's. */
static int is_no_name(const match *m)
{
    hoptls_addr addr;
    char *text = got_text(m, 'R');
    int none = same_word(text, "HELO") || same_word(text, "EHLO") || same_word(text, "LHLO") ||
               reference_address(text, &addr) != 0;
    free(text);
    return none;
}

/* The client: its address read by the C library, its names as they stand. Where the client calls itself by an address, another
 * server may have written that one (Exim and mail.ru write what they found behind `from`). */
static void check_client(const field_template *t, const match *m, const hoptls_hop *h)
{
    hoptls_addr addr;
    char *text = got_text(m, 'A');
    int is_address = is_got(m, 'A') ? reference_address(text, &addr) : -1;
    if (is_no_name(m) || (is_of_another(t, h) && (is_helo_address(m) || !is_client_first(t)))) {
        is_address = -1;
    }
    if (ask(ADDRESS, is_address == 1)) {
        MUST(memcmp(&addr, &h->addr, sizeof addr) == 0, "I12: the client's address");
    }
    free(text);
    if (ask(CLIENT, is_address == 1 && is_name(m, 'H'))) {
        MUST(is_span(&(piece){m->got['H'].off, m->got['H'].len, 0}, h->helo),
             "I12: what the client called itself");
        MUST(!is_name(m, 'R') || is_span(&(piece){m->got['R'].off, m->got['R'].len, 0}, h->rdns),
             "I12: what the server found its name to be");
    }
}

/* A suite without a cipher denies what the letter says; of another server than the template's the letter alone may count. */
static int is_letter_of_tls(const field_template *t, const match *m)
{
    char *word = got_text(m, 'P');
    int stated =
        t->says == IS_KEYWORD || reference_protocol(word) == 1 || strstr(t->text, "with ESMTPS") != NULL;
    free(word);
    return stated;
}

/* `by authid` and `by uid` name a user, not the server: whoever writes them stands in another's field. */
static int names_user(const uint8_t *p, hoptls_span value)
{
    return has_word(p + value.off, value.len, " by authid") || has_word(p + value.off, value.len, " by uid");
}

/* I11 once more, without a list of lies: where a server's own words, behind whatever the client called itself, state no
 * TLS, the field states none. */
static void check_lying_helo(const reading *r, const hoptls_hop *h)
{
    match m;
    const field_template *t = find_template(r->msg.ptr, h->value, 1, &m);
    statement s = {0, 0, 0};
    if (t != NULL && !names_user(r->msg.ptr, h->value) && !is_letter_of_tls(t, &m)) {
        s = statement_of(t, &m);
    }
    if (ask(LIES, s.evidence == HOPTLS_EVIDENCE_SILENT || s.evidence == HOPTLS_EVIDENCE_NEGATIVE)) {
        MUST(h->evidence == HOPTLS_EVIDENCE_SILENT || h->evidence == HOPTLS_EVIDENCE_NEGATIVE,
             "I11, I12: what the client calls itself is no evidence");
    }
}

static int is_by(const uint8_t *p, const piece *one)
{
    return one->kind == PIECE_WORD && one->len == 2 && begins_with(p + one->off, one->len, "by");
}

/* A comment or a quote with a `by` in it may be one that the client opened or closed, and of two `by` one may be a name or a
 * recipient: the core believes such a field less. */
static int hides_by(const uint8_t *p, hoptls_span value)
{
    pieces all = pieces_of(p, value);
    uint32_t words = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        const piece *one = &all.at[i];
        if (one->kind != PIECE_WORD && has_word(p + one->off, one->len, "by")) {
            return 1;
        }
        words += is_by(p, one) ? 1u : 0u;
        if (is_by(p, one) && i + 1 < all.count && is_any_keyword(p, one + 1)) {
            return 1;
        }
    }
    return !all.whole || words > 1;
}

static void check_evidence(const hoptls_hop *h, const statement *s, int silence)
{
    if (ask(EVIDENCE, s->evidence != 0)) {
        MUST(h->evidence == s->evidence, "I12: the evidence");
    }
    if (h->evidence == HOPTLS_EVIDENCE_SILENT && ask(SILENCE, silence != 0)) {
        MUST(h->silence == silence, "I12: what silence means");
    }
}

static void check_template(const reading *r, const hoptls_hop *h)
{
    match m;
    const field_template *t = find_template(r->msg.ptr, h->value, 0, &m);
    statement s = {0, 0, 0};
    if (t != NULL && !pieces_of(r->msg.ptr, h->value).whole) {
        return;
    }
    if (t != NULL) {
        if (!hides_by(r->msg.ptr, h->value)) {
            check_client(t, &m, h);
            s = is_of_another(t, h) ? s : statement_of(t, &m);
        }
        check_details(&m, &s, h);
        check_evidence(h, &s, s.evidence != 0 ? silence_of(t, &m, h) : 0);
    } else {
        s.evidence = mentions_tls(r->msg.ptr, h->value) ? 0 : HOPTLS_EVIDENCE_SILENT;
        check_evidence(h, &s, 0);
        check_lying_helo(r, h);
    }
}

/* ---- scope: from the hop's names and address, for the plain cases --------------------------------------- */

static int same_organisation(const reading *r, hoptls_span a, uint16_t a_provider, hoptls_span b,
                             uint16_t b_provider)
{
    char *one = text_of(r->msg.ptr + a.off, a.len);
    char *other = text_of(r->msg.ptr + b.off, b.len);
    int same = same_word(one, other) || (a_provider != 0 && a_provider == b_provider);
    free(one);
    free(other);
    return same;
}

/* 0: the twin does not know. */
static uint32_t scope_of(const reading *r, const hoptls_hop *h)
{
    int by_found = h->rdns_org.len > 0 && (h->flags & HOPTLS_F_FORGED_NAME) == 0;
    int nameless = h->rdns_org.len == 0 && h->helo_org.len == 0 &&
                   memchr(r->msg.ptr + h->helo.off, '.', h->helo.len) == NULL;
    if (h->writer_scope != 0) {
        return h->writer_scope;
    }
    if (h->addr.network == HOPTLS_NET_LOOPBACK && nameless) {
        return HOPTLS_SCOPE_HOST;
    }
    if (h->addr.family != 0 && h->addr.network != HOPTLS_NET_PUBLIC &&
        h->addr.network != HOPTLS_NET_LOOPBACK && nameless) {
        return HOPTLS_SCOPE_INTERNAL;
    }
    if (h->addr.network != HOPTLS_NET_PUBLIC || h->by_org.len == 0) {
        return 0;
    }
    if (by_found) {
        return same_organisation(r, h->rdns_org, h->rdns_provider, h->by_org, h->by_provider)
                   ? HOPTLS_SCOPE_INTERNAL
                   : HOPTLS_SCOPE_EXTERNAL;
    }
    if (h->rdns_org.len == 0 && h->helo_org.len > 0) {
        return same_organisation(r, h->helo_org, h->helo_provider, h->by_org, h->by_provider)
                   ? HOPTLS_SCOPE_INTERNAL
                   : HOPTLS_SCOPE_EXTERNAL;
    }
    return 0;
}

static void check_scope(const reading *r, const hoptls_hop *h)
{
    uint32_t scope = scope_of(r, h);
    if (ask(SCOPE, scope != 0)) {
        MUST(h->scope == scope, "I12: the scope");
    }
}

/* ---- all of it ------------------------------------------------------------------------------------------ */

static void check_reference_hop(const reading *r, const hoptls_hop *h)
{
    hoptls_msg about = {r->msg.ptr + h->field.off, h->field.len};
    oracle_about("the field", about);
    check_reference_tokens(r->msg, h->value);
    check_clauses(r, h);
    check_date(r, h);
    check_template(r, h);
    check_scope(r, h);
    oracle_about(NULL, about);
}

void check_reference(const reading *r)
{
    for (uint32_t i = 0; i < r->report.hops; i++) {
        check_reference_hop(r, &r->hops[i]);
    }
}
