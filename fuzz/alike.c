/* I9: the same mail written otherwise, and what must stay the same of its reading. Every variant is made from the bytes by
 * the grammar alone (RFC 5322 sections 2.2.3 and 3.2), and only where the grammar says that nothing changes. */
#include "oracle.h"

#include <string.h>

/* ---- comparing ---------------------------------------------------------------------------------------- */

static int same_tls(const hoptls_tls *a, const hoptls_tls *b)
{
    return a->version == b->version && a->floor == b->floor && a->suite == b->suite &&
           a->traits == b->traits && a->bits == b->bits && a->any_version == b->any_version &&
           a->client_cert == b->client_cert;
}

static int same_peer(const hoptls_hop *a, const hoptls_hop *b)
{
    return memcmp(&a->addr, &b->addr, sizeof a->addr) == 0 && a->helo_provider == b->helo_provider &&
           a->rdns_provider == b->rdns_provider && a->by_provider == b->by_provider;
}

int same_facts(const hoptls_hop *a, const hoptls_hop *b)
{
    const uint32_t of_neighbours = HOPTLS_F_CHAIN_GAP | HOPTLS_F_TIME_BACK | HOPTLS_F_NAME_CLAIMED;
    return a->writer == b->writer && a->grade == b->grade && a->evidence == b->evidence &&
           a->silence == b->silence && a->silence_basis == b->silence_basis && a->role == b->role &&
           a->writer_scope == b->writer_scope && a->date == b->date && same_peer(a, b) &&
           same_tls(&a->tls, &b->tls) && (a->flags & ~of_neighbours) == (b->flags & ~of_neighbours);
}

int same_hop(const hoptls_hop *a, const hoptls_hop *b)
{
    return same_facts(a, b) && a->flags == b->flags && a->scope == b->scope && a->verdict == b->verdict &&
           a->basis == b->basis && a->weak == b->weak && a->counts == b->counts;
}

static uint8_t small(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
}

/* The first byte from `at` on that is no part of a line end. */
static uint32_t skip_line_end(hoptls_msg msg, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end &&
           (msg.ptr[i] == '\n' || (msg.ptr[i] == '\r' && i + 1 < msg.len && msg.ptr[i + 1] == '\n'))) {
        i++;
    }
    return i;
}

static int same_text(hoptls_msg a_msg, hoptls_span a, hoptls_msg b_msg, hoptls_span b)
{
    uint32_t a_end = a.off + a.len;
    uint32_t b_end = b.off + b.len;
    uint32_t i = skip_line_end(a_msg, a.off, a_end);
    uint32_t k = skip_line_end(b_msg, b.off, b_end);
    while (i < a_end && k < b_end && small(a_msg.ptr[i]) == small(b_msg.ptr[k])) {
        i = skip_line_end(a_msg, i + 1, a_end);
        k = skip_line_end(b_msg, k + 1, b_end);
    }
    return i == a_end && k == b_end;
}

int same_texts(hoptls_msg a_msg, const hoptls_hop *a, hoptls_msg b_msg, const hoptls_hop *b)
{
    const hoptls_span of_a[] = {a->helo,   a->rdns,      a->by,        a->with,       a->id,
                                a->proof,  a->recipient, a->date_text, a->tls.cipher, a->tls.group,
                                a->by_org, a->helo_org,  a->rdns_org};
    const hoptls_span of_b[] = {b->helo,   b->rdns,      b->by,        b->with,       b->id,
                                b->proof,  b->recipient, b->date_text, b->tls.cipher, b->tls.group,
                                b->by_org, b->helo_org,  b->rdns_org};
    size_t i = 0;
    while (i < sizeof of_a / sizeof of_a[0] && same_text(a_msg, of_a[i], b_msg, of_b[i])) {
        i++;
    }
    return i == sizeof of_a / sizeof of_a[0];
}

static int same_verdicts(const hoptls_report *a, const hoptls_report *b)
{
    return a->hops == b->hops && a->counted == b->counted && a->crossings == b->crossings &&
           a->verdict == b->verdict && a->claimed == b->claimed && a->trusted == b->trusted &&
           a->submission == b->submission && a->retrieval == b->retrieval &&
           a->claimed_hop == b->claimed_hop && a->trusted_hop == b->trusted_hop &&
           a->submission_hop == b->submission_hop && a->retrieval_hop == b->retrieval_hop;
}

/* What else than verdicts and facts must be the same. */
enum { TEXTS = 1, PROTECTION = 2 };

static int are_alike(const reading *a, const reading *b, uint32_t what)
{
    uint32_t i = 0;
    if (!same_verdicts(&a->report, &b->report) ||
        ((what & PROTECTION) != 0 && a->report.protection != b->report.protection)) {
        return 0;
    }
    while (i < a->report.hops && same_hop(&a->hops[i], &b->hops[i]) &&
           ((what & TEXTS) == 0 || same_texts(a->msg, &a->hops[i], b->msg, &b->hops[i]))) {
        i++;
    }
    return i == a->report.hops;
}

static void must_be_alike(const reading *r, buffer *other, uint32_t what, const char *title)
{
    reading b = reading_of(other->ptr, other->len, NULL);
    int alike = are_alike(r, &b, what);
    if (!alike) {
        reading_print("as it is", r);
        reading_print(title, &b);
    }
    MUST(alike, title);
    reading_free(&b);
    buffer_free(other);
}

/* ---- line ends ---------------------------------------------------------------------------------------- */

static int is_crlf(hoptls_msg msg, size_t i)
{
    return msg.ptr[i] == '\r' && i + 1 < msg.len && msg.ptr[i + 1] == '\n';
}

static int has_lone_return(hoptls_msg msg)
{
    size_t i = 0;
    while (i < msg.len && (msg.ptr[i] != '\r' || is_crlf(msg, i))) {
        i++;
    }
    return i < msg.len;
}

static buffer with_crlf(hoptls_msg msg)
{
    buffer b = {NULL, 0, 0};
    for (size_t i = 0; i < msg.len; i++) {
        if (msg.ptr[i] == '\n' && (i == 0 || msg.ptr[i - 1] != '\r')) {
            buffer_add(&b, "\r");
        }
        buffer_put(&b, msg.ptr + i, 1);
    }
    return b;
}

static buffer with_lf(hoptls_msg msg)
{
    buffer b = {NULL, 0, 0};
    for (size_t i = 0; i < msg.len; i++) {
        if (!is_crlf(msg, i)) {
            buffer_put(&b, msg.ptr + i, 1);
        }
    }
    return b;
}

/* Of the body only the first 4096 bytes are looked at, so that of a long one other line ends show another part. */
static uint32_t comparable(const reading *r)
{
    return r->msg.len - r->report.body < 2048 ? TEXTS | PROTECTION : TEXTS;
}

static void check_crlf(const reading *r)
{
    buffer b = with_crlf(r->msg);
    must_be_alike(r, &b, comparable(r), "I9: with CRLF");
}

static void check_lf(const reading *r)
{
    if (!has_lone_return(r->msg)) {
        buffer b = with_lf(r->msg);
        must_be_alike(r, &b, comparable(r), "I9: with LF");
    }
}

/* ---- folds -------------------------------------------------------------------------------------------- */

static int is_wsp(uint8_t c)
{
    return c == ' ' || c == '\t';
}

/* Whether a line end may be put before the blank at `i` of a value: not where one stands, nor behind a backslash, which
 * would then quote the line end, nor behind a carriage return, which would become a part of it. */
static int may_fold(hoptls_msg msg, size_t i)
{
    return is_wsp(msg.ptr[i]) && msg.ptr[i - 1] != '\n' && msg.ptr[i - 1] != '\r' && msg.ptr[i - 1] != '\\';
}

/* Whether the line end at `i` is a fold that can be taken out. */
static int may_unfold(hoptls_msg msg, size_t i, size_t end)
{
    size_t feed = is_crlf(msg, i) ? i + 1 : i;
    return msg.ptr[feed] == '\n' && feed + 1 < end && is_wsp(msg.ptr[feed + 1]) && msg.ptr[i - 1] != '\\' &&
           msg.ptr[i - 1] != '\r';
}

enum { FOLD, UNFOLD, WIDEN, EXCHANGE, FOLDINGS };

/* One byte of a value, written otherwise. Returns how many bytes were read. */
static size_t put_otherwise(buffer *b, hoptls_msg msg, size_t i, size_t end, uint32_t how, choices *c)
{
    static const char *const line_ends[] = {"\n", "\r\n"};
    if (how == FOLD && may_fold(msg, i) && choose(c, 2) == 0) {
        buffer_add(b, line_ends[choose(c, 2)]);
    }
    if (how == UNFOLD && may_unfold(msg, i, end)) {
        return is_crlf(msg, i) ? 2 : 1;
    }
    if (how == WIDEN && is_wsp(msg.ptr[i]) && msg.ptr[i - 1] == '\n' && choose(c, 2) == 0) {
        buffer_add(b, choose(c, 2) == 0 ? "\t" : "   ");
    }
    if (how == EXCHANGE && is_wsp(msg.ptr[i]) && msg.ptr[i - 1] != '\\') {
        buffer_add(b, choose(c, 2) == 0 ? "\t" : " ");
        return 1;
    }
    buffer_put(b, msg.ptr + i, 1);
    return 1;
}

static void put_value(buffer *b, hoptls_msg msg, hoptls_span value, uint32_t how, choices *c)
{
    size_t i = value.off;
    size_t end = (size_t)value.off + value.len;
    while (i < end) {
        i += put_otherwise(b, msg, i, end, how, c);
    }
}

/* The message with the folds of all its fields changed; what stands outside values stays. */
static buffer with_folds(hoptls_msg msg, uint32_t how, choices *c)
{
    buffer b = {NULL, 0, 0};
    hoptls_field f;
    uint32_t pos = 0;
    size_t done = 0;
    while (hoptls_field_next(msg, &pos, &f) == HOPTLS_MORE) {
        if (f.value.len > 0) {
            buffer_put(&b, msg.ptr + done, f.value.off - done);
            put_value(&b, msg, f.value, how, c);
            done = (size_t)f.value.off + f.value.len;
        }
    }
    buffer_put(&b, msg.ptr + done, msg.len - done);
    return b;
}

/* The core looks for the next part of a date behind so many blanks and comments, and no more (core/date.c): a date with a
 * long comment inside may be another one with more blanks. */
static int has_long_date(const reading *r)
{
    uint32_t i = 0;
    while (i < r->report.hops && r->hops[i].date_text.len < 128) {
        i++;
    }
    return i < r->report.hops;
}

static void check_folds(const reading *r, uint32_t how, choices *c)
{
    static const char *const titles[FOLDINGS] = {"I9: with more folds", "I9: without folds",
                                                 "I9: with wider folds", "I9: with other blanks"};
    buffer b;
    if (has_long_date(r)) {
        return;
    }
    b = with_folds(r->msg, how, c);
    must_be_alike(r, &b, how == FOLD || how == UNFOLD ? TEXTS | PROTECTION : PROTECTION, titles[how]);
}

/* ---- case --------------------------------------------------------------------------------------------- */

static void swap_case(uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if ((p[i] >= 'a' && p[i] <= 'z') || (p[i] >= 'A' && p[i] <= 'Z')) {
            p[i] ^= 0x20;
        }
    }
}

static int is_keyword(hoptls_msg msg, hoptls_span s)
{
    static const char *const words[] = {"from", "by", "via", "with", "id", "for"};
    size_t i = 0;
    size_t n = sizeof words / sizeof words[0];
    while (i < n) {
        uint32_t k = 0;
        while (k < s.len && words[i][k] != '\0' && small(msg.ptr[s.off + k]) == (uint8_t)words[i][k]) {
            k++;
        }
        if (k == s.len && words[i][k] == '\0') {
            return 1;
        }
        i++;
    }
    return 0;
}

static void swap_keywords(uint8_t *copy, hoptls_msg msg, hoptls_span value)
{
    hoptls_tokens_state state;
    hoptls_token t;
    (void)hoptls_tokens(msg, value, &state);
    while (hoptls_token_next(msg, &state, &t) == HOPTLS_MORE) {
        if (t.kind == HOPTLS_TOKEN_WORD && is_keyword(msg, t.span)) {
            swap_case(copy + t.span.off, t.span.len);
        }
    }
}

/* Names of fields, keywords of the grammar, and the protocol. */
static void check_case(const reading *r)
{
    buffer b = {NULL, 0, 0};
    hoptls_field f;
    uint32_t pos = 0;
    buffer_put(&b, r->msg.ptr, r->msg.len);
    while (hoptls_field_next(r->msg, &pos, &f) == HOPTLS_MORE) {
        swap_case(b.ptr + f.name.off, f.name.len);
    }
    for (uint32_t i = 0; i < r->report.hops; i++) {
        const hoptls_hop *h = &r->hops[i];
        swap_keywords(b.ptr, r->msg, h->value);
        if (h->with.len > 0 && !is_keyword(r->msg, h->with)) {
            swap_case(b.ptr + h->with.off, h->with.len);
        }
    }
    must_be_alike(r, &b, TEXTS | PROTECTION, "I9: in the other case");
}

/* ---- the body ----------------------------------------------------------------------------------------- */

static int ends_in_empty_line(const reading *r)
{
    uint32_t body = r->report.body;
    return body > 0 && r->msg.ptr[body - 1] == '\n' &&
           (body == 1 || r->msg.ptr[body - 2] == '\n' ||
            (r->msg.ptr[body - 2] == '\r' && (body == 2 || r->msg.ptr[body - 3] == '\n')));
}

static void check_body(const reading *r)
{
    buffer b = {NULL, 0, 0};
    buffer_put(&b, r->msg.ptr, r->report.body);
    if (!ends_in_empty_line(r)) {
        if (b.len > 0 && b.ptr[b.len - 1] == '\r') {
            buffer_free(&b);
            return;
        }
        buffer_add(&b, b.len > 0 && b.ptr[b.len - 1] != '\n' ? "\n\n" : "\n");
    }
    buffer_add(&b, "Received: from a by b.example.com (Postfix) with ESMTPS id 1\n\nReceived: from a by b\n");
    must_be_alike(r, &b, TEXTS, "I9: with another body");
}

/* ---- neighbours --------------------------------------------------------------------------------------- */

#define TOP_POSTFIX                                                                                          \
    "Received: from z.example.net (z.example.net [203.0.113.77])\n\tby y.example.net (Postfix) with ESMTPS " \
    "id 4Z\n"                                                                                                \
    "\tfor <z@example.net>; Mon, 2 Mar 2026 10:00:00 +0000 (UTC)\n"

static const char *const tops[] = {
    "X-Top: x (\n",
    TOP_POSTFIX,
    "Received: by y.example.net; Mon, 2 Mar 1998 10:00:00 +0000\n",
    "Received: \"((<[\n",
};

/* What stands above tells the first old hop of its scope and of gaps, and the others nothing. */
static void check_top(const reading *r, const char *top)
{
    uint32_t more = top[0] == 'R' ? 1 : 0;
    int same = 1;
    buffer b = {NULL, 0, 0};
    reading t;
    buffer_add(&b, top);
    buffer_put(&b, r->msg.ptr, r->msg.len);
    t = reading_of(b.ptr, b.len, NULL);
    same = t.report.hops == r->report.hops + more;
    for (uint32_t i = 0; same && i < r->report.hops; i++) {
        const hoptls_hop *now = &t.hops[i + more];
        same = (i == 0 && more ? same_facts(&r->hops[i], now) : same_hop(&r->hops[i], now)) &&
               same_texts(r->msg, &r->hops[i], t.msg, now);
    }
    if (!same) {
        reading_print("as it is", r);
        reading_print("with one more on top", &t);
    }
    MUST(same, "I9: with one more on top");
    MUST(more || same_verdicts(&r->report, &t.report), "I9: a field that is no hop on top");
    reading_free(&t);
    buffer_free(&b);
}

static void check_tops(const reading *r, uint32_t which)
{
    if (r->msg.len == 0 || !is_wsp(r->msg.ptr[0])) { /* a blank would make it a part of what stands above */
        check_top(r, tops[which]);
    }
}

/* A field tells the same of itself wherever it stands and whatever stands around it. */
static void check_alone(const reading *r, uint32_t i)
{
    const hoptls_hop *h = &r->hops[i];
    hoptls_field f = {{0, h->field.len}, {0, 0}, {h->value.off - h->field.off, h->value.len}};
    hoptls_msg alone = exact_copy(r->msg.ptr + h->field.off, h->field.len);
    hoptls_hop now;
    if (f.value.len == 0) {
        f.value.off = 0;
    }
    MUST(hoptls_hop_read(alone, &f, &now) == HOPTLS_OK, "malformed mail is no error");
    oracle_about("the field alone", alone);
    MUST(same_facts(h, &now) && same_texts(r->msg, h, alone, &now), "I9: a field alone");
    oracle_about(NULL, alone);
    exact_free(alone);
}

static void check_all_alone(const reading *r)
{
    for (uint32_t i = 0; i < r->report.hops; i++) {
        check_alone(r, i);
    }
}

enum { CRLF = FOLDINGS, LF, CASE, BODY, ALONE, TOPS };
enum { RELATIONS = TOPS + 4 };

static void check_relation(const reading *r, uint32_t which, choices *c)
{
    switch (which) {
    case CRLF: check_crlf(r); break;
    case LF: check_lf(r); break;
    case CASE: check_case(r); break;
    case BODY: check_body(r); break;
    case ALONE: check_all_alone(r); break;
    default:
        if (which < FOLDINGS) {
            check_folds(r, which, c);
        } else {
            check_tops(r, which - TOPS);
        }
        break;
    }
}

/* A fuzzer has many inputs: of each it checks some relations, which the input itself chooses, and so comes to more
 * inputs. Each relation makes its own choices, so that a replay, which checks all, finds what a fuzzer found. */
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
#define ONE_IN 4
#else
#define ONE_IN 1
#endif

void check_alike(const reading *r, choices *c)
{
    for (uint32_t which = 0; which < RELATIONS; which++) {
        choices own = *c;
        own.state += which;
        if (choose(&own, ONE_IN) == 0) {
            check_relation(r, which, &own);
        }
    }
}
