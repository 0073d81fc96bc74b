/* clauses -> writer: the first row of the table whose signs all hold. Which rows are worth a try is told by an index,
 * writer_index.h; it changes no answer. */
#include "writer_index.h"
#include "writers.h"

/* ---- shapes ---- */

static uint32_t digits_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && is_digit(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

static int is_alnum(uint8_t c)
{
    return is_digit(c) || is_alpha(c);
}

/* How many letters and digits stand at `at`. */
static uint32_t alnum_run(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && is_alnum(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i - at;
}

#define NO_VERSION 0xFFFFu

/* A version `number.number...`, as in sendmail's ${v}/${Z}: 812 for 8.12. NO_VERSION if there is none. `s` begins with a
 * digit. */
static uint32_t version_number(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dot = digits_end(p, s.off, end);
    uint32_t after = dot < end ? digits_end(p, dot + 1, end) : dot;
    uint32_t minor;
    if (dot - s.off > 2 || dot == end || p[dot] != '.' || after - dot > 3 || after == dot + 1) {
        return NO_VERSION;
    }
    minor = p[dot + 1] - (uint32_t)'0';
    if (after - dot == 3) {
        minor = minor * 10 + (p[dot + 2] - (uint32_t)'0');
    }
    return (p[dot - 1] - (uint32_t)'0') * 100 + minor;
}

/* Whether sendmail of a version from `from` to `to` wrote this; a slash stands somewhere behind the version. */
static int is_sendmail_of(const uint8_t *p, hoptls_span s, uint32_t from, uint32_t to)
{
    uint32_t version = is_digit(p[s.off]) ? version_number(p, s) : NO_VERSION;
    return version >= from && version <= to && hoptls_find_byte(p, s.off, span_end(s), '/') < span_end(s);
}

static int is_sendmail_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 14 && is_digit(p[s.off + 13]) && alnum_run(p, s.off, s.off + 8) == 8 &&
           digits_end(p, s.off + 8, span_end(s)) == span_end(s);
}

static int is_fortimail_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 29 && p[s.off + 14] == '-' && is_sendmail_id(p, span_of(s.off, s.off + 14)) &&
           is_sendmail_id(p, span_of(s.off + 15, span_end(s)));
}

/* A version of 15 or more behind ` v`. */
static int is_mdaemon_15(const uint8_t *p, hoptls_span s)
{
    uint32_t v = find_last(p, s, 'v') + 1;
    uint32_t end = digits_end(p, v < span_end(s) ? v : span_end(s), span_end(s));
    return end > v && (end - v > 2 || (end - v == 2 && (p[v] > '1' || p[v + 1] >= '5')));
}

/* How many of the letters and digits in `s` are in lower case. */
static uint32_t lower_case(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    uint32_t n = 0;
    while (i < span_end(s)) {
        n += p[i] >= 'a' ? 1u : 0u;
        i++;
    }
    HOPTLS_WORK(s.len);
    return n;
}

static int is_barracuda_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 16 && alnum_run(p, s.off, span_end(s)) == 16 && lower_case(p, s) > 1 &&
           lower_case(p, s) < 15;
}

/* The ids of sendmail 8.10 and 8.11; they use both cases, those of Postfix one. */
static int is_sendmail_10_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 12 && alnum_run(p, s.off, s.off + 7) == 7 &&
           digits_end(p, s.off + 7, span_end(s)) == span_end(s) && lower_case(p, s) > 0;
}

/* Cloudmark: 22 letters and digits, of which the first two, of the time, come again behind the thirteenth. */
static int is_cloudmark_id(const uint8_t *p, hoptls_span s)
{
    uint32_t at = s.off;
    return s.len == 22 && p[at] == p[at + 13] && alnum_run(p, at, span_end(s)) == 22 &&
           p[at + 1] == p[at + 14];
}

static int is_upper_hex(uint8_t c)
{
    return is_digit(c) || (c >= 'A' && c <= 'F');
}

/* Postfix global/mail_queue.h: microseconds and inode in upper-case hexadecimal. */
static int is_postfix_short_id(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    if (s.len < 6 || s.len > 20) {
        return 0;
    }
    while (i < span_end(s) && is_upper_hex(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - s.off);
    return i == span_end(s);
}

static int is_base_52(uint8_t c)
{
    uint8_t l = lower(c);
    return is_digit(c) || (is_alpha(c) && l != 'a' && l != 'e' && l != 'i' && l != 'o' && l != 'u');
}

/* The same file: six digits of time and four of microseconds to base 52, `z`, the inode to base 51. */
static int is_postfix_long_id(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    if (s.len < 12 || s.len > 20 || p[s.off + 10] != 'z') {
        return 0;
    }
    while (i < span_end(s) && is_base_52(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - s.off);
    return i == span_end(s);
}

static int is_exim_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t middle;
    uint32_t last;
    if (s.len < 16 || p[s.off + 6] != '-') {
        return 0;
    }
    middle = alnum_run(p, s.off + 7, end);
    last = s.off + 7 + middle;
    return (middle == 6 || middle == 11) && alnum_run(p, s.off, end) == 6 && last < end && p[last] == '-' &&
           end - last - 1 == alnum_run(p, last + 1, end) && end - last >= 3 && end - last <= 5;
}

static int is_pps_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dash;
    if (s.len < 11 || (p[s.off + 9] != '-' && p[s.off + 10] != '-')) {
        return 0;
    }
    dash = p[s.off + 9] == '-' ? s.off + 9 : s.off + 10;
    return alnum_run(p, s.off, end) == dash - s.off && end - dash >= 2 && end - dash <= 4 &&
           digits_end(p, dash + 1, end) == end;
}

static uint32_t hex_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && is_hex(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* McAfee Email Gateway: groups of hexadecimal digits between low lines, 46 bytes in all. */
static int is_mcafee_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 46 && hex_end(p, s.off, span_end(s)) == s.off + 4 && p[s.off + 4] == '_' &&
           p[s.off + 9] == '_' && p[s.off + 18] == '_' && hex_end(p, s.off + 34, span_end(s)) == span_end(s);
}

/* Two numbers of seven digits or more, a hyphen between. */
static int is_surgemail_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dash = digits_end(p, s.off, end);
    return dash - s.off >= 6 && dash < end && p[dash] == '-' && end - dash >= 6 &&
           digits_end(p, dash + 1, end) == end;
}

/* simta: eight hexadecimal digits, some more, a number, with dots between. */
static int is_simta_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t first = s.len > 8 && p[s.off + 8] == '.' ? hex_end(p, s.off, end) : s.off;
    uint32_t second = hex_end(p, first + 1, end);
    return first - s.off == 8 && second < end && p[second] == '.' && second > first + 1 && end > second + 1 &&
           end - second < 8 && digits_end(p, second + 1, end) == end;
}

static uint32_t letters_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && p[i] >= 'a' && p[i] <= 'z') {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* Google's sessions: letters and digits in turn, five times, the fourth of five digits or more. */
static int is_google_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t a = letters_end(p, s.off, end);
    uint32_t b = digits_end(p, a, end);
    uint32_t c = letters_end(p, b, end);
    uint32_t d = digits_end(p, c, end);
    uint32_t e = letters_end(p, d, end);
    return a > s.off && b > a && c - b >= 2 && c - b <= 3 && d - c >= 5 && e - d >= 2 && e - d <= 3 &&
           (e == end || p[e] == '.');
}

/* Digits, a dot, and no slash behind them. */
static int is_bare_version(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dot = digits_end(p, s.off, end);
    return dot > s.off && dot < end && p[dot] == '.' && hoptls_find_byte(p, dot, end, '/') == end;
}

/* A word that servers of SMTP and LMTP have of their own accord. */
static int is_smtp_word(const uint8_t *p, hoptls_span s)
{
    with_word w;
    return hoptls_with_word_find(p, s, &w) && (w.local || w.role != HOPTLS_ROLE_INJECTION);
}

/* Three groups of 16, 16 and 8 hexadecimal digits, older ones of 8, 8 and 8. */
static int is_courier_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t first = hex_end(p, s.off, end);
    uint32_t second = first < end ? hex_end(p, first + 1, end) : end;
    return second < end && first - s.off >= 8 && p[first] == '.' && second - first >= 9 && p[second] == '.' &&
           hex_end(p, second + 1, end) == end && end - second == 9;
}

static uint32_t base64_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && (is_alnum(p[i]) || p[i] == '+' || p[i] == '/')) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* Dovecot lib/guid.c: 16 bytes to base 64; the uppermost bits of the process number are never set. */
static int is_dovecot_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = s.len >= 22 && p[s.off + 15] == 'A' ? base64_end(p, s.off, span_end(s)) : s.off;
    return end - s.off == 22 && (end == span_end(s) || p[end] == ':');
}

/* Symantec Messaging Gateway: XX.XX.NNNNN.XXXXXXXX */
static int is_smg_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    return s.len >= 19 && s.len <= 21 && p[s.off + 2] == '.' && hex_end(p, s.off, end) == s.off + 2 &&
           hex_end(p, s.off + 3, end) == s.off + 5 && p[s.off + 5] == '.' &&
           hex_end(p, end - 8, end) == end && p[end - 9] == '.' &&
           digits_end(p, s.off + 6, end - 9) == end - 9;
}

static int is_domino_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dash = s.len > 17 && p[s.off + 16] == '-' ? digits_end(p, s.off, end) : s.off;
    return dash - s.off == 16 && digits_end(p, dash + 1, end) == end;
}

static int is_slash_word(const uint8_t *p, hoptls_span s)
{
    return phrase_starts(p, s, TEXT("esmtp/tls")) || phrase_starts(p, s, TEXT("smtp/tls")) ||
           phrase_starts(p, s, TEXT("esmtps/tls")) || phrase_starts(p, s, TEXT("esmtpsa/tls"));
}

static int is_brackets(const uint8_t *p, hoptls_span s)
{
    return s.len > 2 && p[s.off] == '[' && p[span_end(s) - 1] == ']';
}

static uint32_t blank_stop(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && !is_space(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* `name [address]` */
static int is_peer(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t name = blank_stop(p, s.off, end);
    uint32_t open = skip_space(p, name, end);
    return name > s.off && open < end && p[open] == '[' && blank_stop(p, open, end) == end &&
           p[end - 1] == ']';
}

/* A date without the day of the week. */
static int is_day_first(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t space = digits_end(p, s.off, end);
    uint32_t month = skip_space(p, space, end);
    return space > s.off && space - s.off <= 2 && month > space && month < end && is_alpha(p[month]);
}

static int is_private(const uint8_t *p, hoptls_span s)
{
    hoptls_addr a;
    return hoptls_addr_read(p, s, &a) && a.network != HOPTLS_NET_PUBLIC;
}

static int has_shape(const uint8_t *p, hoptls_span s, uint8_t shape)
{
    switch (shape) {
    case 'n': return is_sendmail_of(p, s, 812, 899);
    case 'm': return is_sendmail_of(p, s, 811, 811);
    case '8': return is_sendmail_of(p, s, 800, 810);
    case 'o': return is_sendmail_of(p, s, 0, 799);
    case 'a': return is_sendmail_of(p, s, 800, 899);
    case 'v': return is_mdaemon_15(p, s);
    case 'h': return s.len == 8 && hex_end(p, s.off, span_end(s)) == span_end(s);
    case '6': return s.len == 64 && hex_end(p, s.off, span_end(s)) == span_end(s);
    case '7': return is_google_id(p, s);
    case '.': return is_bare_version(p, s);
    case '+': return is_smtp_word(p, s);
    case 'i': return is_sendmail_10_id(p, s);
    case 'j': return is_simta_id(p, s);
    case 'w': return is_cloudmark_id(p, s);
    case 'x': return is_mcafee_id(p, s);
    case 'z': return is_surgemail_id(p, s);
    case 'u': return is_barracuda_id(p, s);
    case 'f': return is_fortimail_id(p, s);
    case 's': return is_sendmail_id(p, s);
    case 'p': return is_postfix_short_id(p, s) || is_postfix_long_id(p, s);
    case 'e': return is_exim_id(p, s);
    case 'q': return is_pps_id(p, s);
    case 'c': return is_courier_id(p, s);
    case 'd': return is_dovecot_id(p, s);
    case 'g': return is_smg_id(p, s);
    case 'l': return is_domino_id(p, s);
    case '/': return is_slash_word(p, s);
    case 'r': return is_peer(p, s);
    case 'k': return is_brackets(p, s);
    case 'y': return is_day_first(p, s);
    case 't': return is_private(p, s);
    default: return 0;
    }
}

_Static_assert(INDEX_ROWS == WRITERS && INDEX_PLACES == SIGN_PLACES, "run tools/writer-index");

/* ---- texts ---- */

#define NOTES 8u  /* of one place */
#define TEXTS 64u /* more than there can be: eight notes of six places, and eight clauses */

/* A text in which signs are looked for. */
typedef struct sign_text {
    hoptls_span text;
    hoptls_span whole; /* with the parentheses, where there are any */
    uint32_t where;
} sign_text;

typedef struct sign_texts {
    uint32_t present; /* one bit for each place that has a text */
    uint32_t count;
    uint8_t notes[SIGN_PLACES]; /* how many of each place */
    sign_text text[TEXTS];
} sign_texts;

static void add_text(uint32_t where, hoptls_span text, hoptls_span whole, sign_texts *out)
{
    sign_text *t = &out->text[out->count];
    if (text.len == 0) {
        return;
    }
    t->text = text;
    t->whole = whole;
    t->where = where;
    out->count++;
    out->present |= (uint32_t)1 << where;
}

static int tells_helo(const uint8_t *p, hoptls_span inside)
{
    uint8_t c = inside.len > 4 ? lower(p[inside.off]) : 0;
    return (c == 'h' || c == 'e' || c == 'l') &&
           (phrase_starts(p, inside, TEXT("helo ")) || phrase_starts(p, inside, TEXT("ehlo ")) ||
            phrase_starts(p, inside, TEXT("lhlo ")));
}

/* What the client may have written, in front of its address, is a sign of nothing but the note (HELO name). */
static uint32_t sign_place(uint8_t place, int clients, int envelope)
{
    switch (place) {
    case PLACE_START: return SIGN_START;
    case PLACE_FROM: return clients ? SIGN_HELO_NOTE : SIGN_FROM_NOTE;
    case PLACE_BY: return envelope ? SIGN_BY_ENVELOPE : SIGN_BY_NOTE;
    case PLACE_TAIL: return SIGN_NONE;
    default: return SIGN_NOTE;
    }
}

static void add_note(const uint8_t *p, const clauses *c, uint32_t i, const peer *who, sign_texts *out)
{
    const clause_item *item = &c->item[i];
    int clients = item->place == PLACE_FROM && (i < who->note || tells_helo(p, item->inside));
    int envelope = item->place == PLACE_BY && phrase_starts(p, item->inside, TEXT("envelope-"));
    uint32_t where = sign_place(item->place, clients, envelope);
    if (where != SIGN_NONE && out->notes[where] < NOTES) {
        out->notes[where]++;
        add_text(where, item->inside, item->span, out);
    }
}

/* Add the comments among `notes` that stand behind `by`, or those that do not. */
static void add_notes(const uint8_t *p, const clauses *c, const peer *who, int behind_by, sign_texts *out)
{
    uint64_t left = c->notes;
    while (left != 0) {
        uint32_t i = lowest_bit(left);
        if (c->item[i].kind == ITEM_COMMENT && (c->item[i].place == PLACE_BY) == behind_by) {
            add_note(p, c, i, who, out);
        }
        left &= left - 1;
        HOPTLS_WORK(1);
    }
}

/* The first word outside comments behind the client's address. */
static void add_peer_word(const clauses *c, const peer *who, sign_texts *out)
{
    uint32_t i = who->note + 1;
    while (who->note > 0 && i < c->count && c->item[i].place == PLACE_FROM && c->item[i].kind != ITEM_WORD) {
        i++;
    }
    HOPTLS_WORK(i - who->note);
    if (who->note > 0 && i < c->count && c->item[i].place == PLACE_FROM) {
        add_text(SIGN_FROM_WORD, c->item[i].span, c->item[i].span, out);
    }
}

/* The notes behind `by` first, which tell most writers, and those of the first rows. */
static void collect_texts(const uint8_t *p, hoptls_span value, const clauses *c, const peer *who,
                          sign_texts *out)
{
    hoptls_span all = span_trim(p, value);
    memset(out, 0, offsetof(sign_texts, text));
    add_notes(p, c, who, 1, out);
    add_notes(p, c, who, 0, out);
    add_text(SIGN_BY, c->by, c->by, out);
    add_text(SIGN_WITH, c->with, c->with, out);
    add_text(SIGN_VIA, c->via, c->via, out);
    add_text(SIGN_ID, c->id, c->id, out);
    add_text(SIGN_HELO, c->helo, c->helo, out);
    add_text(SIGN_TAIL, c->date_text, c->date_text, out);
    add_text(SIGN_VALUE, all, span_of(all.off, all.off), out);
    add_peer_word(c, who, out);
}

/* ---- signs ---- */

/* Whether the phrase stands anywhere in `s`: only for texts that the server alone wrote. */
static int has_phrase(const uint8_t *p, hoptls_span s, const writer_sign *sign)
{
    return phrase_find(p, s, sign->text, sign->len) < span_end(s);
}

static int text_fits(const uint8_t *p, hoptls_span s, const writer_sign *sign)
{
    switch (sign->how) {
    case IS: return phrase_is(p, s, sign->text, sign->len);
    case STARTS: return phrase_starts(p, s, sign->text, sign->len);
    case ENDS: return span_ends(p, s, sign->text, sign->len);
    case HAS: return has_phrase(p, s, sign);
    default: return has_shape(p, s, sign->text[0]);
    }
}

/* The number of the text that fits, or how many texts there are. */
static uint32_t fitting_text(const uint8_t *p, const sign_texts *t, const writer_sign *sign)
{
    uint32_t i = 0;
    while (i < t->count && (t->text[i].where != sign->where || !text_fits(p, t->text[i].text, sign))) {
        i++;
    }
    HOPTLS_WORK(i);
    return i;
}

static int sign_holds(const uint8_t *p, const sign_texts *t, const writer_sign *sign)
{
    if (sign->how == ABSENT || sign->how == PRESENT) {
        return (t->present >> sign->where & 1) == (sign->how == PRESENT);
    }
    return fitting_text(p, t, sign) < t->count;
}

/* ---- rows: the first of those that the index leaves ---- */

/* The search for a row: what is known of the field, and the first row that was found to fit, with the text that bears its
 * key. */
typedef struct row_search {
    const sign_texts *texts;
    uint32_t year;
    uint32_t row; /* INDEX_ROWS until there is one */
    hoptls_span bearer;
} row_search;

/* The year of a date, near enough: a writer's habits change with a release, not with a day. */
static uint32_t year_of(const clauses *c)
{
    return c->date > 0 ? (uint32_t)(1970 + c->date / 31556952) : 0;
}

static int dated(const writer_row *row, uint32_t year)
{
    return year >= row->since && (row->until == 0 || year < row->until);
}

/* Whether there are texts where rows need them and none where they may find none. */
static int passes(const sign_texts *t, uint32_t need, uint32_t lack)
{
    return (t->present & need) == need && (t->present & lack) == 0;
}

/* Whether the signs of a row beside its key hold. */
static int rest_holds(const uint8_t *p, const sign_texts *t, const writer_row *row, uint32_t key)
{
    uint32_t i = 0;
    while (i < WRITER_SIGNS && row->sign[i].where != SIGN_NONE &&
           (i == key || sign_holds(p, t, &row->sign[i]))) {
        i++;
    }
    HOPTLS_WORK(i);
    return i == WRITER_SIGNS || row->sign[i].where == SIGN_NONE;
}

static int row_fits(const uint8_t *p, const row_search *s, uint32_t row)
{
    return passes(s->texts, writer_gates[row].need, writer_gates[row].lack) &&
           dated(&writers[row], s->year) && rest_holds(p, s->texts, &writers[row], writer_gates[row].key);
}

/* Try the rows of a key that a text bears. They stand in the order of the table. */
static void try_rows(const uint8_t *p, const writer_key *key, hoptls_span whole, row_search *s)
{
    const uint16_t *rows = &writer_key_rows[key->first];
    uint32_t i = 0;
    while (i < key->count && rows[i] < s->row && !row_fits(p, s, rows[i])) {
        i++;
    }
    HOPTLS_WORK(i);
    if (i < key->count && rows[i] < s->row) {
        s->row = rows[i];
        s->bearer = whole;
    }
}

/* Whether the text may bear the key, and whether it is worth to know, at a glance. */
static int may_bear(const sign_texts *t, hoptls_span text, const writer_key *key)
{
    return text.len >= key->least && (text.len <= key->most || key->most == ANY_SIZE) &&
           passes(t, key->need, key->lack);
}

/* The key itself; where no blank is in it, folds need no thought. */
static int bears(const uint8_t *p, hoptls_span text, const writer_key *key)
{
    const writer_sign *sign = &writers[key->row].sign[key->sign];
    return key->plain ? span_starts(p, text, sign->text, sign->len) : text_fits(p, text, sign);
}

/* Try those keys that the text bears, from the first number of `range` up to the second. They stand in the order of
 * their first rows: behind the row that was found none needs a try. */
static void try_keys(const uint8_t *p, const sign_text *t, const uint16_t *range, row_search *s)
{
    uint32_t k = range[0];
    while (k < range[1] && writer_keys[k].row < s->row) {
        const writer_key *key = &writer_keys[k];
        if (may_bear(s->texts, t->text, key) && bears(p, t->text, key)) {
            try_rows(p, key, t->whole, s);
        }
        k++;
    }
    HOPTLS_WORK(k - range[0]);
}

/* The class by which keys are found: of two bytes, whatever their case. tools/writer-index makes the same. */
static uint32_t class_of(uint8_t one, uint8_t other)
{
    return ((one | 0x20u) + 5u * (other | 0x20u)) % INDEX_CLASSES;
}

static inline const uint16_t *range_by_begin(const uint8_t *p, const sign_text *t)
{
    const uint8_t *c = p + t->text.off;
    return &keys_by_begin[t->where][t->text.len >= 3 ? class_of(c[0], c[2]) : 0];
}

static inline const uint16_t *range_by_end(const uint8_t *p, const sign_text *t)
{
    const uint8_t *c = p + t->text.off + (t->text.len - 1);
    return &keys_by_end[t->where][t->text.len >= 5 ? class_of(*c, *(c - 4)) : 0];
}

static inline void try_range(const uint8_t *p, const sign_text *t, const uint16_t *range, row_search *s)
{
    if (range[0] < range[1]) {
        try_keys(p, t, range, s);
    }
}

static void try_text(const uint8_t *p, const sign_text *t, const key_place *place, row_search *s)
{
    if (place->begin) {
        try_range(p, t, range_by_begin(p, t), s);
    }
    if (place->end) {
        try_range(p, t, range_by_end(p, t), s);
    }
    try_range(p, t, place->alone, s);
}

/* Find the first row that fits. Behind it no place needs a look from which only later rows are reached. */
static void find_row(const uint8_t *p, row_search *s)
{
    uint32_t i = 0;
    while (i < s->texts->count) {
        const sign_text *t = &s->texts->text[i];
        const key_place *place = &key_places[t->where];
        if (place->row < s->row) {
            try_text(p, t, place, s);
        }
        i++;
    }
    HOPTLS_WORK(i);
}

/* What the first sign of a row found, by which the writer is known. */
static hoptls_span mark_of(const uint8_t *p, const row_search *s)
{
    const writer_sign *sign = &writers[s->row].sign[0];
    uint32_t i;
    if (writer_gates[s->row].key == 0) {
        return s->bearer;
    }
    i = fitting_text(p, s->texts, sign);
    return i < s->texts->count ? s->texts->text[i].whole : span_of(0, 0);
}

void hoptls_writer_find(const uint8_t *p, hoptls_span value, const clauses *c, const peer *who,
                        writer_facts *out)
{
    sign_texts texts;
    row_search search = {&texts, year_of(c), INDEX_ROWS, {0, 0}};
    uint32_t row;
    collect_texts(p, value, c, who, &texts);
    find_row(p, &search);
    row = search.row < INDEX_ROWS ? search.row : 0;
    out->number = (uint16_t)row;
    out->grade = writers[row].grade;
    out->silence = writers[row].silence;
    out->role = writers[row].role;
    out->hints = writers[row].hints;
    out->mark = row > 0 ? mark_of(p, &search) : span_of(0, 0);
}

/* Whether `slot` is one of the first `n`, behind which there may be zeros. */
static int in_slots(const uint8_t *slots, uint32_t n, uint8_t slot)
{
    uint32_t i = 0;
    while (i < n && slots[i] != slot && slots[i] != 0) {
        i++;
    }
    HOPTLS_WORK(i);
    return i < n && slots[i] == slot;
}

int hoptls_writer_uses(uint32_t writer, uint8_t slot)
{
    if (slot == 0 || writer >= WRITERS) {
        return 0;
    }
    if (writer == 0) {
        return in_slots(common_slots, COMMON_SLOTS, slot);
    }
    return in_slots(writers[writer].slot, WRITER_SLOTS, slot);
}

uint32_t hoptls_writer_hints(uint32_t writer)
{
    return writer < WRITERS ? writers[writer].hints : 0;
}

const char *hoptls_writer_name(uint32_t writer)
{
    return writer < WRITERS ? writers[writer].name : "";
}
