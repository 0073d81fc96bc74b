#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- 1. failing --------------------------------------------------------------------------------------- */

static const char *about_title;
static hoptls_msg about_bytes;

void oracle_about(const char *title, hoptls_msg bytes)
{
    about_title = title;
    about_bytes = bytes;
}

static void print_bytes(hoptls_msg bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        uint8_t c = bytes.ptr[i];
        if (c == '\n' || (c >= ' ' && c < 0x7F)) {
            fputc(c, stderr);
        } else {
            fprintf(stderr, "\\x%02x", c);
        }
    }
}

void oracle_must(int holds, const char *invariant, const char *condition, const char *file, int line)
{
    if (holds) {
        return;
    }
    fprintf(stderr, "%s:%d: %s does not hold: %s\n", file, line, invariant, condition);
    if (about_title != NULL) {
        fprintf(stderr, "%s:\n", about_title);
        print_bytes(about_bytes);
        fputs("\n--\n", stderr);
    }
    abort();
}

/* ---- 2. bytes ----------------------------------------------------------------------------------------- */

static void *must_have(void *memory)
{
    if (memory == NULL) {
        fputs("no memory\n", stderr);
        exit(99);
    }
    return memory;
}

void buffer_put(buffer *b, const uint8_t *bytes, size_t n)
{
    if (b->cap - b->len < n || b->ptr == NULL) {
        b->cap = (b->len + n) * 2 + 64;
        b->ptr = must_have(realloc(b->ptr, b->cap));
    }
    if (n > 0) {
        memcpy(b->ptr + b->len, bytes, n);
    }
    b->len += n;
}

void buffer_add(buffer *b, const char *text)
{
    buffer_put(b, (const uint8_t *)text, strlen(text));
}

void buffer_free(buffer *b)
{
    free(b->ptr);
    memset(b, 0, sizeof *b);
}

hoptls_msg exact_copy(const uint8_t *bytes, size_t len)
{
    uint8_t *copy = must_have(malloc(len));
    hoptls_msg msg = {copy, len};
    if (len > 0) {
        memcpy(copy, bytes, len);
    }
    return msg;
}

void exact_free(hoptls_msg msg)
{
    free((void *)(uintptr_t)msg.ptr);
}

int all_are(const void *memory, size_t len, uint8_t byte)
{
    const uint8_t *p = memory;
    size_t i = 0;
    while (i < len && p[i] == byte) {
        i++;
    }
    return i == len;
}

/* ---- 3. choices --------------------------------------------------------------------------------------- */

choices choices_from(const uint8_t *bytes, size_t len)
{
    choices c = {0xcbf29ce484222325u};
    for (size_t i = 0; i < len; i++) {
        c.state = (c.state ^ bytes[i]) * 0x100000001b3u; /* FNV-1a */
    }
    return c;
}

uint32_t choose(choices *c, uint32_t below)
{
    uint64_t x = c->state += 0x9e3779b97f4a7c15u; /* splitmix64 */
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    x ^= x >> 31;
    return below == 0 ? 0 : (uint32_t)(x % below);
}

static const uint16_t versions[] = {0, 0x0002, 0x0300, 0x0301, 0x0302, 0x0303, 0x0304, 0xFFFF};
static const uint16_t key_bits[] = {0, 1, 56, 112, 128, 129, 256, 0xFFFF};
enum { VERSIONS = sizeof versions / sizeof versions[0], BITS = sizeof key_bits / sizeof key_bits[0] };

hoptls_policy choose_policy(choices *c)
{
    hoptls_policy p = {0, 0, 0, 0, 0, 0};
    p.min_version = versions[choose(c, VERSIONS)];
    p.min_bits = key_bits[choose(c, BITS)];
    p.forbidden = choose(c, 3) == 0 ? 0 : choose(c, 0x1000) & choose(c, 0x1000);
    p.must_state = (uint8_t)choose(c, 2);
    p.count_internal = (uint8_t)choose(c, 2);
    p.trusted_hops = choose(c, 4) == 0 ? HOPTLS_NO_HOP : choose(c, 5);
    return p;
}

hoptls_policy choose_stricter(choices *c, const hoptls_policy *policy)
{
    hoptls_policy p = *policy;
    uint16_t version = versions[choose(c, VERSIONS)];
    uint16_t bits = key_bits[choose(c, BITS)];
    p.min_version = version > p.min_version ? version : p.min_version;
    p.min_bits = bits > p.min_bits ? bits : p.min_bits;
    p.forbidden |= choose(c, 0x1000);
    p.must_state = (uint8_t)(p.must_state | choose(c, 2));
    p.count_internal = (uint8_t)(p.count_internal | choose(c, 2));
    return p;
}

/* ---- 4. calls: tokens --------------------------------------------------------------------------------- */

int span_is_inside(hoptls_span s, size_t len)
{
    return s.off <= len && s.len <= len - s.off && (s.len > 0 || s.off == 0);
}

static int is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int is_meaningful(uint8_t c)
{
    return is_blank(c) || (c != 0 && strchr("()\"[]<>;", c) != NULL);
}

static size_t count_of(hoptls_msg msg, hoptls_span s, int (*is)(uint8_t))
{
    size_t n = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        n += is(msg.ptr[s.off + i]) ? 1u : 0u;
    }
    return n;
}

/* Behind the quotes that begin at `at`, or `at` if nothing closes them. */
static uint32_t behind_quotes(hoptls_msg msg, uint32_t at, uint32_t end)
{
    uint32_t i = at + 1;
    while (i < end && msg.ptr[i] != '"') {
        i += msg.ptr[i] == '\\' && end - i > 1 ? 2 : 1;
    }
    return i < end ? i + 1 : at;
}

/* A parenthesis that no backslash quotes, nor the quotes of an address. */
static int has_bare_parenthesis(hoptls_msg msg, hoptls_span s)
{
    uint32_t end = s.off + s.len;
    uint32_t i = s.off;
    while (i < end && msg.ptr[i] != '(' && msg.ptr[i] != ')') {
        int address = msg.ptr[i] == '<' && end - i > 1 && msg.ptr[i + 1] == '"';
        if (address && behind_quotes(msg, i + 1, end) > i + 1) {
            i = behind_quotes(msg, i + 1, end);
        } else {
            i += msg.ptr[i] == '\\' && end - i > 1 ? 2 : 1;
        }
    }
    return i < end;
}

static int is_between(hoptls_msg msg, hoptls_span s, char first, char last)
{
    return s.len >= 2 && msg.ptr[s.off] == (uint8_t)first && msg.ptr[s.off + s.len - 1] == (uint8_t)last;
}

static int is_byte(hoptls_msg msg, hoptls_span s, const char *bytes)
{
    return s.len == 1 && msg.ptr[s.off] != 0 && strchr(bytes, msg.ptr[s.off]) != NULL;
}

/* Whether the token is what its kind says, `depth` comments deep before it. */
static int is_of_kind(hoptls_msg msg, const hoptls_token *t, uint32_t depth)
{
    switch (t->kind) {
    case HOPTLS_TOKEN_SPACE: return depth == 0 && count_of(msg, t->span, is_blank) == t->span.len;
    case HOPTLS_TOKEN_WORD: return depth == 0 && count_of(msg, t->span, is_meaningful) == 0;
    case HOPTLS_TOKEN_QUOTED: return depth == 0 && is_between(msg, t->span, '"', '"');
    case HOPTLS_TOKEN_LITERAL: return depth == 0 && is_between(msg, t->span, '[', ']');
    case HOPTLS_TOKEN_ANGLE: return depth == 0 && is_between(msg, t->span, '<', '>');
    case HOPTLS_TOKEN_OPEN: return is_byte(msg, t->span, "(") && t->depth == depth + 1;
    case HOPTLS_TOKEN_CLOSE: return depth > 0 && is_byte(msg, t->span, ")") && t->depth == depth - 1;
    case HOPTLS_TOKEN_TEXT: return depth > 0 && !has_bare_parenthesis(msg, t->span);
    case HOPTLS_TOKEN_SEMI: return depth == 0 && is_byte(msg, t->span, ";");
    case HOPTLS_TOKEN_STRAY: return depth == 0 && is_byte(msg, t->span, "()\"[]<>");
    default: return 0;
    }
}

void check_tokens(hoptls_msg msg, hoptls_span value)
{
    hoptls_tokens_state state;
    hoptls_token t;
    hoptls_token end;
    uint32_t at = value.off;
    uint32_t depth = 0;
    uint32_t last_kind = 0;
    hoptls_msg about;

    MUST(hoptls_tokens(msg, value, &state) == HOPTLS_OK, "I4");
    memset(&t, 0xFF, sizeof t);
    while (hoptls_token_next(msg, &state, &t) == HOPTLS_MORE) {
        MUST(t.span.off == at && t.span.len > 0 && t.span.len <= value.off + value.len - at, "I4");
        about.ptr = msg.ptr + t.span.off;
        about.len = t.span.len;
        oracle_about("the token", about);
        MUST(is_of_kind(msg, &t, depth), "I5: a token is what its kind says");
        MUST(t.kind == HOPTLS_TOKEN_OPEN || t.kind == HOPTLS_TOKEN_CLOSE || t.depth == depth, "I5");
        MUST(t.kind != last_kind ||
                 (t.kind != HOPTLS_TOKEN_SPACE && t.kind != HOPTLS_TOKEN_WORD && t.kind != HOPTLS_TOKEN_TEXT),
             "I4: words, blanks and comments' texts are whole");
        at += t.span.len;
        depth = t.depth;
        last_kind = t.kind;
        memset(&t, 0xFF, sizeof t);
    }
    oracle_about(NULL, msg);
    MUST(at == value.off + value.len, "I4");
    memset(&end, 0xA5, sizeof end);
    MUST(hoptls_token_next(msg, &state, &end) == HOPTLS_END && all_are(&end, sizeof end, 0xA5), "I2");
}

/* ---- 4. calls: fields --------------------------------------------------------------------------------- */

/* A plain reading of the field at `at`: lines up to the first that no blank begins. Returns where the next begins. */
static size_t plain_field_end(hoptls_msg msg, size_t at)
{
    size_t i = at;
    while (i < msg.len &&
           !(msg.ptr[i] == '\n' && (i + 1 == msg.len || (msg.ptr[i + 1] != ' ' && msg.ptr[i + 1] != '\t')))) {
        i++;
    }
    return i < msg.len ? i + 1 : i;
}

static int is_empty_line(hoptls_msg msg, size_t at)
{
    return msg.ptr[at] == '\n' || (msg.ptr[at] == '\r' && msg.len - at > 1 && msg.ptr[at + 1] == '\n');
}

static size_t without_line_end(hoptls_msg msg, size_t at, size_t end)
{
    size_t e = end > at && msg.ptr[end - 1] == '\n' ? end - 1 : end;
    return e < end && e > at && msg.ptr[e - 1] == '\r' ? e - 1 : e;
}

/* The length of the name at the start of [at, end) and where its colon stands; 0 if it is no field. */
static size_t plain_name(hoptls_msg msg, size_t at, size_t end, size_t *colon)
{
    size_t i = at;
    size_t k;
    while (i < end && msg.ptr[i] > 32 && msg.ptr[i] < 127 && msg.ptr[i] != ':') {
        i++;
    }
    k = i;
    while (k < end && (msg.ptr[k] == ' ' || msg.ptr[k] == '\t')) {
        k++;
    }
    *colon = k;
    return k < end && msg.ptr[k] == ':' ? i - at : 0;
}

static void check_field(hoptls_msg msg, const hoptls_field *f, size_t at, size_t next)
{
    size_t end = without_line_end(msg, at, next);
    size_t colon = 0;
    size_t name = plain_name(msg, at, end, &colon);

    MUST(f->whole.off == at && f->whole.len == end - at, "I3: the whole of a field");
    MUST(span_is_inside(f->name, msg.len) && span_is_inside(f->value, msg.len), "I3");
    MUST(f->name.len == name && (name == 0 || f->name.off == at), "RFC 5322 section 2.2: a field's name");
    MUST(name > 0 || f->value.len == 0, "what is no field has no value");
    MUST(name == 0 || f->value.len == end - colon - 1, "RFC 5322 section 2.2: a field's value");
    MUST(f->value.len == 0 || f->value.off == colon + 1, "RFC 5322 section 2.2: a field's value");
}

size_t check_fields(hoptls_msg msg)
{
    hoptls_field f;
    uint32_t pos = 0;
    size_t at = 0;

    while (at < msg.len && !is_empty_line(msg, at)) {
        size_t next = plain_field_end(msg, at);
        memset(&f, 0xFF, sizeof f);
        MUST(hoptls_field_next(msg, &pos, &f) == HOPTLS_MORE, "fields end only at an empty line");
        check_field(msg, &f, at, next);
        MUST(pos == next, "each call moves on to the next field");
        at = next;
    }
    if (at < msg.len) {
        at += msg.ptr[at] == '\n' ? 1 : 2;
    }
    memset(&f, 0xA5, sizeof f);
    MUST(hoptls_field_next(msg, &pos, &f) == HOPTLS_END && all_are(&f, sizeof f, 0xA5), "I2");
    MUST(pos == at, "the body begins behind the empty line");
    return at;
}

/* ---- 4. calls: a hop ---------------------------------------------------------------------------------- */

typedef struct spans {
    hoptls_span span[14];
    uint32_t count;
} spans;

/* All spans of a hop but the field itself. */
static spans spans_of(const hoptls_hop *h)
{
    spans s = {{h->helo, h->rdns, h->by, h->with, h->id, h->recipient, h->date_text, h->proof, h->helo_org,
                h->rdns_org, h->by_org, h->tls.cipher, h->tls.group, h->value},
               14};
    return s;
}

static int lies_in(hoptls_span s, hoptls_span all)
{
    return s.len == 0 || (s.off >= all.off && s.len <= all.len && s.off - all.off <= all.len - s.len);
}

static void check_spans(hoptls_msg msg, const hoptls_hop *h)
{
    spans s = spans_of(h);
    for (uint32_t i = 0; i < s.count; i++) {
        MUST(span_is_inside(s.span[i], msg.len), "I3");
        MUST(lies_in(s.span[i], h->value), "I3: a hop speaks of its own field");
    }
}

static int is_one_bit_of(uint32_t flags, const char *(*word)(uint32_t))
{
    uint32_t i = 0;
    while (i < 32 && ((flags >> i & 1u) == 0 || word(1u << i)[0] != '\0')) {
        i++;
    }
    return i == 32;
}

static void check_words(const hoptls_hop *h)
{
    MUST(hoptls_evidence_word(h->evidence)[0] != '\0', "evidence has a word");
    MUST(hoptls_role_word(h->role)[0] != '\0', "a role has a word");
    MUST(hoptls_grade_word(h->grade)[0] != '\0' || h->grade == HOPTLS_GRADE_NONE, "a grade has a word");
    MUST(h->silence == 0 || hoptls_silence_word(h->silence)[0] != '\0', "silence has a word");
    MUST(h->writer_scope == 0 || hoptls_scope_word(h->writer_scope)[0] != '\0', "a scope has a word");
    MUST(is_one_bit_of(h->flags, hoptls_flag_word), "each flag has a word");
    MUST((hoptls_writer_name(h->writer)[0] != '\0') == (h->writer != 0), "a writer has a name");
    MUST((hoptls_provider_name(h->helo_provider)[0] != '\0') == (h->helo_provider != 0), "a provider's name");
    MUST((hoptls_provider_name(h->rdns_provider)[0] != '\0') == (h->rdns_provider != 0), "a provider's name");
    MUST((hoptls_provider_name(h->by_provider)[0] != '\0') == (h->by_provider != 0), "a provider's name");
}

static void check_address(const hoptls_addr *a)
{
    MUST(a->family == 0 || a->family == 4 || a->family == 6, "hoptls_addr.family");
    MUST((a->family == 0) == (a->network == HOPTLS_NET_NONE), "hoptls_addr.network");
    MUST(a->family != 0 || all_are(a->byte, sizeof a->byte, 0), "hoptls_addr.byte");
    MUST(a->family != 4 || all_are(a->byte + 4, sizeof a->byte - 4, 0), "hoptls_addr.byte");
}

static void check_tls(const hoptls_hop *h)
{
    static const hoptls_tls none;
    const hoptls_tls *t = &h->tls;
    MUST(h->evidence != HOPTLS_EVIDENCE_SILENT || memcmp(t, &none, sizeof none) == 0,
         "silence states nothing");
    MUST(h->evidence != HOPTLS_EVIDENCE_DETAIL || t->version != 0 || t->cipher.len > 0, "details are stated");
    MUST(h->evidence != HOPTLS_EVIDENCE_KEYWORD || (t->version == 0 && t->cipher.len == 0),
         "a keyword states no details");
    MUST(h->evidence == HOPTLS_EVIDENCE_NEGATIVE || (t->traits & HOPTLS_SUITE_NULL) == 0,
         "a suite that encrypts nothing is no TLS");
    MUST(t->suite == 0 || hoptls_suite_name(t->suite)[0] != '\0', "a suite has a name");
    MUST(t->suite == 0 || t->cipher.len > 0, "a suite was written");
    MUST(t->any_version <= 1 && (t->version == 0 || hoptls_tls_version_word(t)[0] != '\0'), "a version");
    MUST(t->client_cert == 0 || hoptls_client_cert_word(t->client_cert)[0] != '\0', "a certificate's word");
}

/* Facts that hoptls.h binds to each other. */
static void check_facts(const hoptls_hop *h)
{
    MUST((h->evidence == HOPTLS_EVIDENCE_SILENT) == (h->silence != 0), "silence is of the silent");
    MUST((h->evidence == HOPTLS_EVIDENCE_SILENT) == (h->silence_basis == HOPTLS_BASIS_SILENCE),
         "silence's basis");
    MUST(h->writer != 0 || h->silence != HOPTLS_SILENCE_PLAIN, "an unknown writer's silence is not plain");
    MUST((h->flags & HOPTLS_F_TOO_MANY) == 0 || h->silence != HOPTLS_SILENCE_PLAIN,
         "what is missing is not known");
    MUST(h->evidence == HOPTLS_EVIDENCE_SILENT || h->proof.len > 0, "evidence has its bytes");
    MUST((h->date_text.len == 0) == ((h->flags & HOPTLS_F_NO_DATE) != 0), "a date and its flag");
    MUST(h->date_text.len > 0 || h->date == 0, "no date, no seconds");
    MUST((h->by.len == 0) == ((h->flags & HOPTLS_F_NO_BY) != 0), "a host and its flag");
    MUST(h->scope == 0 && h->verdict == 0 && h->basis == 0 && h->weak == 0 && h->counts == 0,
         "reading neither routes nor judges");
}

void check_hop(hoptls_msg msg, const hoptls_field *field, hoptls_hop *out)
{
    hoptls_hop again[3];
    memset(out, 0x00, sizeof *out);
    memset(again, 0xFF, sizeof again);
    MUST(hoptls_hop_read(msg, field, out) == HOPTLS_OK, "malformed mail is no error");
    MUST(hoptls_hop_read(msg, field, &again[1]) == HOPTLS_OK, "malformed mail is no error");
    MUST(memcmp(out, &again[1], sizeof *out) == 0, "I6");
    MUST(all_are(&again[0], sizeof again[0], 0xFF) && all_are(&again[2], sizeof again[2], 0xFF), "I2");
    check_spans(msg, out);
    check_words(out);
    check_address(&out->addr);
    check_tls(out);
    check_facts(out);
}

/* ---- 4. calls: wrong ones ----------------------------------------------------------------------------- */

/* A span that leaves the message by a little, by much, or by wrapping around. */
static hoptls_span wrong_span(hoptls_msg msg, choices *c)
{
    uint32_t len = (uint32_t)msg.len;
    hoptls_span s = {0, len + 1};
    switch (choose(c, 4)) {
    case 0: break;
    case 1:
        s.off = len;
        s.len = 1;
        break;
    case 2:
        s.off = choose(c, len + 1);
        s.len = 0xFFFFFFFFu - choose(c, 3);
        break;
    default:
        s.off = len + 1 + choose(c, 1000);
        s.len = choose(c, 3);
        break;
    }
    return s;
}

static void check_wrong_span(hoptls_msg msg, const hoptls_field *field, choices *c)
{
    hoptls_field wrong = *field;
    hoptls_span outside = wrong_span(msg, c);
    hoptls_hop hop;
    hoptls_tokens_state state;

    memset(&hop, 0xA5, sizeof hop);
    memset(&state, 0xA5, sizeof state);
    wrong.value = outside;
    MUST(hoptls_hop_read(msg, &wrong, &hop) == HOPTLS_E_ARG, "a span outside is refused");
    wrong = *field;
    wrong.whole = outside;
    MUST(hoptls_hop_read(msg, &wrong, &hop) == HOPTLS_E_ARG, "a span outside is refused");
    wrong = *field;
    wrong.name = outside;
    MUST(hoptls_field_is_received(msg, &wrong) == HOPTLS_E_ARG, "a span outside is refused");
    (void)hoptls_content_field(msg, &wrong); /* returns bits, no status: it must but stay inside (I1) */
    (void)hoptls_content_body(msg, outside.off);
    MUST(hoptls_tokens(msg, outside, &state) == HOPTLS_E_ARG, "a span outside is refused");
    MUST(all_are(&hop, sizeof hop, 0xA5) && all_are(&state, sizeof state, 0xA5),
         "a wrong call writes nothing");
}

static void check_wrong_position(hoptls_msg msg, choices *c)
{
    hoptls_field f;
    uint32_t pos = (uint32_t)msg.len + 1 + choose(c, 1000);
    uint32_t before = pos;

    memset(&f, 0xA5, sizeof f);
    MUST(hoptls_field_next(msg, &pos, &f) == HOPTLS_E_ARG, "a position outside is refused");
    MUST(pos == before && all_are(&f, sizeof f, 0xA5), "a wrong call writes nothing");
    MUST(hoptls_field_next(msg, NULL, &f) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_field_next(msg, &pos, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
}

/* A caller may set spans between reading and routing; a wrong one is refused, and not followed out of the message. */
static void check_wrong_route(hoptls_msg msg, const hoptls_hop *hop, choices *c)
{
    hoptls_hop bad = *hop;
    hoptls_hop newer = *hop;
    hoptls_hop before;
    hoptls_span *spans_read[] = {&bad.helo,   &bad.by,         &bad.helo_org,  &bad.rdns_org,
                                 &bad.by_org, &newer.helo_org, &newer.rdns_org};
    *spans_read[choose(c, 7)] = wrong_span(msg, c);
    before = bad;
    MUST(hoptls_hop_route(msg, &newer, &bad) == HOPTLS_E_ARG, "a span outside is refused");
    MUST(memcmp(&before, &bad, sizeof bad) == 0, "a wrong call writes nothing");
}

/* A null pointer where there must be none, and a message longer than offsets can tell. Nothing is read of either. */
static void check_wrong_message(hoptls_msg wrong, int status)
{
    hoptls_field field = {{0, 0}, {0, 0}, {0, 0}};
    hoptls_hop hop;
    hoptls_report report;
    hoptls_tokens_state state;
    hoptls_token token;
    hoptls_hop unread;
    uint32_t pos = 0;
    memset(&unread, 0, sizeof unread);
    memset(&hop, 0xA5, sizeof hop);
    memset(&report, 0xA5, sizeof report);
    memset(&state, 0xA5, sizeof state);
    memset(&token, 0xA5, sizeof token);
    MUST(hoptls_field_next(wrong, &pos, &field) == status && pos == 0, "a wrong message is refused");
    MUST(hoptls_field_is_received(wrong, &field) == status, "a wrong message is refused");
    MUST(hoptls_tokens(wrong, field.value, &state) == status, "a wrong message is refused");
    MUST(hoptls_hop_read(wrong, &field, &hop) == status, "a wrong message is refused");
    MUST(hoptls_message_read(wrong, NULL, NULL, 0, &report) == status, "a wrong message is refused");
    MUST(hoptls_hop_route(wrong, NULL, &unread) == status, "a wrong message is refused");
    MUST(wrong.ptr != NULL ||
             (hoptls_content_field(wrong, &field) == 0 && hoptls_content_body(wrong, 0) == 0),
         "a wrong message says nothing");
    MUST(all_are(&hop, sizeof hop, 0xA5) && all_are(&report, sizeof report, 0xA5) &&
             all_are(&state, sizeof state, 0xA5) && all_are(&token, sizeof token, 0xA5),
         "a wrong call writes nothing");
}

static void check_null_pointers(hoptls_msg msg, const hoptls_field *field)
{
    hoptls_tokens_state state = {0, 0, 0, 0, 0};
    hoptls_token token;
    hoptls_hop hop;
    hoptls_report report;
    hoptls_msg one;
    size_t pos = 0;
    size_t body = 0;
    uint64_t length = 0;
    memset(&hop, 0, sizeof hop);
    memset(&report, 0, sizeof report);
    MUST(hoptls_field_is_received(msg, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_tokens(msg, field->value, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_token_next(msg, NULL, &token) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_token_next(msg, &state, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_hop_read(msg, NULL, &hop) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_hop_read(msg, field, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_hop_route(msg, NULL, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_hop_judge(NULL, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_report_begin(NULL, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_report_add(NULL, &hop) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_report_add(&report, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_report_end(NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_message_read(msg, NULL, NULL, 1, &report) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_message_read(msg, NULL, NULL, 0, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_mbox_next(msg, NULL, &one) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_mbox_next(msg, &pos, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_mbox_seek(msg, HOPTLS_MBOX_ANY, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_mbox_length(msg, NULL, &length) == HOPTLS_E_ARG, "a null pointer is refused");
    MUST(hoptls_mbox_length(msg, &body, NULL) == HOPTLS_E_ARG, "a null pointer is refused");
}

/* A state that is not the library's own is refused or ends; it leads nowhere outside (I1). */
static void check_wrong_state(hoptls_msg msg, choices *c)
{
    hoptls_tokens_state state = {choose(c, (uint32_t)msg.len + 9), choose(c, (uint32_t)msg.len + 9),
                                 choose(c, 3), choose(c, (uint32_t)msg.len + 9),
                                 choose(c, (uint32_t)msg.len + 9)};
    hoptls_token token;
    int status = hoptls_token_next(msg, &state, &token);
    MUST(status == HOPTLS_MORE || status == HOPTLS_END || status == HOPTLS_E_ARG,
         "a state is refused or is used");
    MUST(status != HOPTLS_MORE || span_is_inside(token.span, msg.len), "I3");
}

void check_wrong_calls(hoptls_msg msg, const hoptls_field *field, choices *c)
{
    const hoptls_msg nowhere = {NULL, 1};
    hoptls_msg long_one = {msg.ptr, (size_t)UINT32_MAX};
    hoptls_hop hop;
    if (msg.len == 0 || msg.len > 0x7FFFFFFFu) {
        return;
    }
    check_wrong_message(nowhere, HOPTLS_E_ARG);
    if (sizeof(size_t) > sizeof(uint32_t)) {
        long_one.len++;
        check_wrong_message(long_one, HOPTLS_E_SIZE);
    }
    check_null_pointers(msg, field);
    check_wrong_state(msg, c);
    check_wrong_span(msg, field, c);
    check_wrong_position(msg, c);
    MUST(hoptls_hop_read(msg, field, &hop) == HOPTLS_OK, "malformed mail is no error");
    check_wrong_route(msg, &hop, c);
}

/* ---- 5. a message read whole -------------------------------------------------------------------------- */

reading reading_of(const uint8_t *bytes, size_t len, const hoptls_policy *policy)
{
    enum { USUAL = 16 };
    reading r = {exact_copy(bytes, len), {0}, must_have(calloc(USUAL, sizeof(hoptls_hop)))};
    uint32_t hops;
    MUST(hoptls_message_read(r.msg, policy, r.hops, USUAL, &r.report) == HOPTLS_OK,
         "malformed mail is no error");
    hops = r.report.hops;
    if (hops > USUAL) {
        free(r.hops);
        r.hops = must_have(calloc(hops, sizeof r.hops[0]));
        MUST(hoptls_message_read(r.msg, policy, r.hops, hops, &r.report) == HOPTLS_OK,
             "malformed mail is no error");
        MUST(r.report.hops == hops, "I6: the room for hops does not change their number");
    }
    return r;
}

void reading_free(reading *r)
{
    exact_free(r->msg);
    free(r->hops);
    memset(r, 0, sizeof *r);
}

static void print_span(const reading *r, const char *key, hoptls_span s)
{
    hoptls_msg text = {r->msg.ptr + s.off, s.len};
    if (s.len > 0) {
        fprintf(stderr, " %s=\"", key);
        print_bytes(text);
        fputc('"', stderr);
    }
}

static void print_hop(const reading *r, uint32_t i)
{
    const hoptls_hop *h = &r->hops[i];
    fprintf(stderr,
            "hop %u writer=%s(%u) evidence=%s silence=%s scope=%s role=%s verdict=%s basis=%s counts=%u", i,
            hoptls_writer_name(h->writer), h->writer, hoptls_evidence_word(h->evidence),
            hoptls_silence_word(h->silence), hoptls_scope_word(h->scope), hoptls_role_word(h->role),
            hoptls_verdict_word(h->verdict), hoptls_basis_word(h->basis), h->counts);
    fprintf(stderr, " version=%04x floor=%04x suite=%04x traits=%03x bits=%u any=%u cert=%u date=%lld flags=",
            h->tls.version, h->tls.floor, h->tls.suite, h->tls.traits, h->tls.bits, h->tls.any_version,
            h->tls.client_cert, (long long)h->date);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        if ((h->flags & bit) != 0) {
            fprintf(stderr, "%s,", hoptls_flag_word(bit));
        }
    }
    print_span(r, "helo", h->helo);
    print_span(r, "rdns", h->rdns);
    print_span(r, "by", h->by);
    print_span(r, "with", h->with);
    print_span(r, "id", h->id);
    print_span(r, "for", h->recipient);
    print_span(r, "date_text", h->date_text);
    print_span(r, "cipher", h->tls.cipher);
    print_span(r, "proof", h->proof);
    fputc('\n', stderr);
}

void reading_print(const char *title, const reading *r)
{
    const hoptls_report *p = &r->report;
    fprintf(stderr, "-- %s\n", title);
    print_bytes(r->msg);
    fprintf(stderr, "\nmessage hops=%u counted=%u crossings=%u verdict=%s claimed=%s(%d) trusted=%s(%d) ",
            p->hops, p->counted, p->crossings, hoptls_verdict_word(p->verdict),
            hoptls_verdict_word(p->claimed), (int)p->claimed_hop, hoptls_verdict_word(p->trusted),
            (int)p->trusted_hop);
    fprintf(stderr, "submission=%s(%d) retrieval=%s(%d) protection=%x body=%u\n",
            hoptls_verdict_word(p->submission), (int)p->submission_hop, hoptls_verdict_word(p->retrieval),
            (int)p->retrieval_hop, p->protection, p->body);
    for (uint32_t i = 0; i < p->hops; i++) {
        print_hop(r, i);
    }
}

/* I2 and I6 at one `cap`: over 0xFF, between guards, the report and the hops that fit are the same bytes. */
static void check_cap(const reading *r, const hoptls_policy *policy, uint32_t cap)
{
    enum { GUARDS = 2 };
    uint32_t used = r->report.hops < cap ? r->report.hops : cap;
    size_t size = ((size_t)cap + GUARDS + GUARDS) * sizeof(hoptls_hop);
    hoptls_hop *room = must_have(malloc(size));
    hoptls_report reports[3];

    memset(room, 0xFF, size);
    memset(reports, 0xFF, sizeof reports);
    MUST(hoptls_message_read(r->msg, policy, cap > 0 ? room + GUARDS : NULL, cap, &reports[1]) == HOPTLS_OK,
         "malformed mail is no error");
    MUST(memcmp(&reports[1], &r->report, sizeof r->report) == 0, "I6: the report, over 0xFF and at any cap");
    MUST(used == 0 || memcmp(room + GUARDS, r->hops, used * sizeof r->hops[0]) == 0, "I6: hops, over 0xFF");
    MUST(all_are(room, GUARDS * sizeof room[0], 0xFF), "I2");
    MUST(all_are(room + GUARDS + used, (cap - used + GUARDS) * sizeof room[0], 0xFF), "I2");
    MUST(all_are(&reports[0], sizeof reports[0], 0xFF) && all_are(&reports[2], sizeof reports[2], 0xFF),
         "I2");
    free(room);
}

/* The parts of the library, called as hoptls.h says that they may be, give what the whole gives. */
static void check_parts(const reading *r, const hoptls_policy *policy)
{
    hoptls_report report;
    hoptls_field f;
    hoptls_hop hop;
    hoptls_hop newer;
    uint32_t parting = 0;
    uint32_t pos = 0;

    memset(&report, 0xFF, sizeof report);
    memset(&newer, 0xFF, sizeof newer);
    MUST(hoptls_report_begin(&report, policy) == HOPTLS_OK, "a report begins");
    while (hoptls_field_next(r->msg, &pos, &f) == HOPTLS_MORE) {
        if (hoptls_field_is_received(r->msg, &f) != 1) {
            report.protection |= hoptls_content_field(r->msg, &f);
            parting |= hoptls_journey_field(r->msg, &f);
            continue;
        }
        check_hop(r->msg, &f, &hop);
        hop.parting = parting;
        parting = 0;
        MUST(hoptls_hop_route(r->msg, report.hops > 0 ? &newer : NULL, &hop) == HOPTLS_OK, "a hop is routed");
        MUST(hoptls_scope_word(hop.scope)[0] != '\0', "a scope has a word");
        MUST(is_one_bit_of(hop.flags, hoptls_flag_word), "each flag has a word");
        MUST(hoptls_hop_judge(&hop, policy) == HOPTLS_OK, "a hop is judged");
        MUST(report.hops < r->report.hops && memcmp(&hop, &r->hops[report.hops], sizeof hop) == 0,
             "the parts give what the whole gives");
        newer = hop;
        MUST(hoptls_report_add(&report, &hop) == HOPTLS_OK, "a hop is added");
    }
    report.body = pos;
    report.protection |= hoptls_content_body(r->msg, pos);
    MUST(hoptls_report_end(&report) == HOPTLS_OK, "a report ends");
    MUST(memcmp(&report, &r->report, sizeof report) == 0, "the parts give what the whole gives");
}

/* To route and to judge again changes nothing. */
static void check_again(const reading *r, const hoptls_policy *policy)
{
    for (uint32_t i = 0; i < r->report.hops; i++) {
        hoptls_hop again = r->hops[i];
        MUST(hoptls_hop_route(r->msg, i > 0 ? &r->hops[i - 1] : NULL, &again) == HOPTLS_OK, "routed again");
        MUST(hoptls_hop_judge(&again, policy) == HOPTLS_OK, "judged again");
        MUST(memcmp(&again, &r->hops[i], sizeof again) == 0, "I6: routed and judged again");
    }
}

static uint32_t plain_verdict(const hoptls_hop *h);

/* A caller who knows more may say what silence means, and is judged by the same rule. */
static void check_callers_word(const reading *r, const hoptls_policy *policy, choices *c)
{
    static const uint8_t meanings[] = {HOPTLS_SILENCE_PLAIN, HOPTLS_SILENCE_UNKNOWN,
                                       HOPTLS_SILENCE_NOT_NETWORK};
    static const uint8_t reasons[] = {HOPTLS_BASIS_SITE_PROFILE, HOPTLS_BASIS_LEARNED};
    for (uint32_t i = 0; i < r->report.hops; i++) {
        hoptls_hop h = r->hops[i];
        if (h.evidence == HOPTLS_EVIDENCE_SILENT) {
            h.silence = meanings[choose(c, 3)];
            h.silence_basis = reasons[choose(c, 2)];
            MUST(hoptls_hop_judge(&h, policy) == HOPTLS_OK, "a hop is judged");
            MUST((h.verdict == HOPTLS_V_WEAK ? (uint32_t)HOPTLS_V_TLS : h.verdict) == plain_verdict(&h),
                 "what the caller knows is judged like any fact");
            MUST(hoptls_basis_word(h.basis)[0] != '\0', "a basis has a word");
        }
    }
}

void check_reading(const reading *r, const hoptls_policy *policy, choices *c)
{
    MUST(r->report.body == check_fields(r->msg), "the body begins behind the empty line");
    MUST(is_one_bit_of(r->report.protection, hoptls_protection_word), "protection has words");
    check_cap(r, policy, 0);
    check_cap(r, policy, r->report.hops);
    check_cap(r, policy, choose(c, r->report.hops + 3));
    check_parts(r, policy);
    check_again(r, policy);
    check_callers_word(r, policy, c);
}

/* ---- 5. judgement, as hoptls.h states it --------------------------------------------------------------- */

static uint32_t silent_verdict(const hoptls_hop *h)
{
    int near = h->silence_basis == HOPTLS_BASIS_SILENCE && h->addr.family != 0 &&
               h->addr.network != HOPTLS_NET_PUBLIC;
    if (h->silence == HOPTLS_SILENCE_NOT_NETWORK) {
        return HOPTLS_V_NONE_NEEDED;
    }
    return h->silence == HOPTLS_SILENCE_PLAIN && !near ? HOPTLS_V_PLAIN : HOPTLS_V_UNKNOWN;
}

/* The verdict without regard to a policy. */
static uint32_t plain_verdict(const hoptls_hop *h)
{
    if (h->scope == HOPTLS_SCOPE_HOST) {
        return HOPTLS_V_NONE_NEEDED;
    }
    switch (h->evidence) {
    case HOPTLS_EVIDENCE_NEGATIVE: return HOPTLS_V_PLAIN;
    case HOPTLS_EVIDENCE_SILENT: return silent_verdict(h);
    default: return HOPTLS_V_TLS;
    }
}

static int breaks(const hoptls_tls *t, const hoptls_policy *p)
{
    uint16_t least = t->version != 0 ? t->version : t->floor;
    int old = p->min_version != 0 && least < p->min_version && (t->version != 0 || p->must_state);
    int few = t->bits != 0 && t->bits < p->min_bits;
    return old || few || (t->traits & p->forbidden) != 0;
}

static void check_hop_judgement(const hoptls_hop *h, const hoptls_policy *p)
{
    uint32_t verdict = plain_verdict(h);
    if (verdict == HOPTLS_V_TLS && breaks(&h->tls, p)) {
        verdict = HOPTLS_V_WEAK;
    }
    MUST(h->verdict == verdict, "the verdict follows from the facts");
    MUST((h->weak != 0) == (verdict == HOPTLS_V_WEAK), "a weak hop breaks a rule");
    MUST(h->weak == 0 || hoptls_rule_word(h->weak)[0] != '\0', "a rule has a word");
    MUST(hoptls_basis_word(h->basis)[0] != '\0' && hoptls_verdict_word(h->verdict)[0] != '\0', "words");
    MUST(h->counts == 0 || verdict != HOPTLS_V_NONE_NEEDED, "what needs nothing does not count");
    MUST(h->counts == 0 || h->scope != HOPTLS_SCOPE_HOST, "one machine does not count");
}

static int crosses(const hoptls_hop *h)
{
    return h->verdict != HOPTLS_V_NONE_NEEDED &&
           (h->scope == HOPTLS_SCOPE_EXTERNAL || h->scope == HOPTLS_SCOPE_UNDETERMINED ||
            (h->flags & HOPTLS_F_NAME_CLAIMED) != 0);
}

typedef struct sum {
    uint32_t counted;
    uint32_t crossings;
    uint32_t counted_crossings;
    uint32_t worst; /* NONE_NEEDED if none counts */
    uint32_t worst_hop;
} sum;

/* The first `n` hops together. */
static sum sum_of(const reading *r, uint32_t n)
{
    sum s = {0, 0, 0, HOPTLS_V_NONE_NEEDED, HOPTLS_NO_HOP};
    for (uint32_t i = 0; i < n; i++) {
        const hoptls_hop *h = &r->hops[i];
        s.crossings += crosses(h) ? 1u : 0u;
        s.counted_crossings += crosses(h) && h->counts ? 1u : 0u;
        s.counted += h->counts;
        if (h->counts && (s.counted == 1 || h->verdict < s.worst)) {
            s.worst = h->verdict;
            s.worst_hop = i;
        }
    }
    return s;
}

/* The verdict of the first `believed` hops: the worst that counts, but not better than unknown where the message has no
 * hop, where it crosses borders and none of these hops counts as a crossing, or where others stand below that might. */
static uint32_t verdict_of(const reading *r, uint32_t believed)
{
    sum all = sum_of(r, r->report.hops);
    sum top = sum_of(r, believed);
    int open = all.crossings > 0 || believed < r->report.hops;
    int not_known = r->report.hops == 0 || (open && top.counted_crossings == 0);
    return not_known && top.worst > HOPTLS_V_UNKNOWN ? HOPTLS_V_UNKNOWN : top.worst;
}

static void check_sums(const reading *r, uint32_t believed)
{
    sum all = sum_of(r, r->report.hops);
    sum top = sum_of(r, believed);
    const hoptls_report *p = &r->report;

    MUST(p->counted == all.counted && p->crossings == all.crossings, "hops are counted");
    MUST(p->counted_crossings == all.counted_crossings, "crossings are counted");
    MUST(p->trusted_crossings == top.counted_crossings, "crossings that the caller believes are counted");
    MUST(p->claimed == verdict_of(r, p->hops), "I10: claimed is the worst");
    MUST(p->claimed_hop == all.worst_hop, "I10: the hop that decides is the newest of the worst");
    MUST(p->trusted_hops == believed, "trusted_hops");
    MUST(p->trusted == verdict_of(r, believed), "I10: trusted is the worst");
    MUST(p->trusted_hop == top.worst_hop, "I10: the hop that decides is the newest of the worst");
    MUST(p->verdict == (p->bounded ? p->trusted : p->claimed), "the verdict is the one that was asked for");
}

static void check_steps(const reading *r)
{
    const hoptls_report *p = &r->report;
    MUST((p->submission == 0) == (p->submission_hop == HOPTLS_NO_HOP), "step 1");
    MUST((p->retrieval == 0) == (p->retrieval_hop == HOPTLS_NO_HOP), "step 3");
    if (p->submission != 0) {
        const hoptls_hop *h = &r->hops[p->submission_hop];
        MUST(h->verdict == p->submission, "step 1 has its hop's verdict");
        MUST(h->role == HOPTLS_ROLE_SUBMISSION || h->role == HOPTLS_ROLE_INJECTION, "step 1 has its role");
    }
    if (p->retrieval != 0) {
        const hoptls_hop *h = &r->hops[p->retrieval_hop];
        MUST(h->verdict == p->retrieval && h->role == HOPTLS_ROLE_RETRIEVAL, "step 3 has its hop's verdict");
    }
}

void check_judgement(const reading *r, const hoptls_policy *policy)
{
    uint32_t believed = policy->trusted_hops == HOPTLS_NO_HOP ? 0 : policy->trusted_hops;
    for (uint32_t i = 0; i < r->report.hops; i++) {
        check_hop_judgement(&r->hops[i], policy);
    }
    MUST(r->report.bounded == (policy->trusted_hops != 0), "the caller drew a boundary");
    check_sums(r, believed < r->report.hops ? believed : r->report.hops);
    check_steps(r);
}

void check_stricter(const reading *lax, const reading *strict)
{
    MUST(lax->report.hops == strict->report.hops, "I10");
    for (uint32_t i = 0; i < lax->report.hops; i++) {
        MUST(strict->hops[i].verdict <= lax->hops[i].verdict, "I10: a hop under a stricter policy");
        MUST(strict->hops[i].counts >= lax->hops[i].counts,
             "I10: what counts, counts under a stricter policy too");
    }
    MUST(strict->report.claimed <= lax->report.claimed, "I10: claimed under a stricter policy");
    MUST(strict->report.trusted <= lax->report.trusted, "I10: trusted under a stricter policy");
    MUST(strict->report.verdict <= lax->report.verdict, "I10: the verdict under a stricter policy");
}
