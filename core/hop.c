/* clauses + writer + evidence -> the facts of one hop. */
#include "internal.h"

/* ---- the peer: what the field tells of the client ---- */

typedef struct peer {
    hoptls_span word; /* what stands behind `from` */
    hoptls_span said; /* the name in a note such as (HELO name): then the word is what the server found */
    hoptls_span rdns;
    hoptls_addr addr;
    uint32_t word_found; /* 1: the word is the server's */
    uint32_t forged;
} peer;

/* The offset of the last `byte` in `s`, or the end of `s`. */
static uint32_t find_last(const uint8_t *p, hoptls_span s, uint8_t byte)
{
    uint32_t i = span_end(s);
    while (i > s.off && p[i - 1] != byte) {
        i--;
    }
    HOPTLS_WORK(span_end(s) - i);
    return i > s.off ? i - 1 : span_end(s);
}

/* The brackets that begin at `at`, through the first that closes; empty if none does. */
static hoptls_span brackets_at(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t close = (uint32_t)hoptls_find_byte(p, at, span_end(s), ']');
    return close < span_end(s) ? span_of(at, close + 1) : span_of(at, at);
}

static uint32_t word_stop(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && !is_space(p[i]) && p[i] != '[' && p[i] != '(') {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* Behind an `@`, if the word has one: ident's answer stands before it. */
static hoptls_span without_user(const uint8_t *p, hoptls_span word)
{
    uint32_t at = find_last(p, word, '@');
    return at < span_end(word) ? span_of(at + 1, span_end(word)) : word;
}

/* Sendmail's remark that the name does not lead back to the address (srvrsmtp.c). */
static hoptls_span without_remark(const uint8_t *p, hoptls_span inside, peer *out)
{
    uint32_t open = find_last(p, inside, '(');
    if (!phrase_is(p, span_of(open, span_end(inside)), TEXT("(may be forged)"))) {
        return inside;
    }
    out->forged = 1;
    return span_trim(p, span_of(inside.off, open));
}

/* The word behind `text` in a note, where `text` is the note's heading or stands behind its brackets. */
static hoptls_span word_behind(const uint8_t *p, hoptls_span s, uint32_t heading)
{
    uint32_t at = skip_space(p, s.off + heading, span_end(s));
    return span_of(at, word_stop(p, at, span_end(s)));
}

/* (HELO name) (EHLO name) (LHLO name), as qmail, Yahoo, James and Zimbra write it. */
static int note_of_helo(const uint8_t *p, hoptls_span inside, peer *out)
{
    if (!phrase_starts(p, inside, TEXT("helo ")) && !phrase_starts(p, inside, TEXT("ehlo ")) &&
        !phrase_starts(p, inside, TEXT("lhlo "))) {
        return 0;
    }
    out->said = span_trim(p, span_of(inside.off + 5, span_end(inside)));
    out->word_found = 1;
    return 1;
}

/* (helo=name) (port=1 helo=name), as Exim writes it behind an address. */
static int note_of_exim(const uint8_t *p, hoptls_span inside, peer *out)
{
    uint32_t at = inside.off;
    if (phrase_starts(p, inside, TEXT("port="))) {
        at = skip_space(p, word_stop(p, at, span_end(inside)), span_end(inside));
    }
    if (phrase_starts(p, span_of(at, span_end(inside)), TEXT("helo="))) {
        out->said = span_of(at + 5, word_stop(p, at + 5, span_end(inside)));
    } else if (at == inside.off && !phrase_starts(p, inside, TEXT("ident="))) {
        return 0;
    }
    out->word_found = 1;
    return 1;
}

/* ([address] helo=name) ([address]:port ...): the address comes first, and the client's words behind it. */
static int note_of_address(const uint8_t *p, hoptls_span inside, peer *out)
{
    hoptls_span literal;
    hoptls_span rest;
    if (inside.len == 0 || p[inside.off] != '[') {
        return 0;
    }
    literal = brackets_at(p, inside, inside.off);
    if (out->addr.family == 0) {
        (void)hoptls_addr_read(p, literal, &out->addr);
    }
    rest = span_of(span_end(literal), span_end(inside));
    rest = span_of(skip_space(p, word_stop(p, rest.off, span_end(rest)), span_end(inside)), span_end(inside));
    if (literal.len > 0 && phrase_starts(p, rest, TEXT("helo="))) {
        out->said = word_behind(p, rest, 5);
        out->word_found = 1;
    }
    return 1;
}

/* (rdns [address]) (user@rdns [address]): the last brackets are the server's, whatever ident said before. */
static void note_of_name(const uint8_t *p, hoptls_span inside, peer *out)
{
    uint32_t open = find_last(p, inside, '[');
    hoptls_span name;
    if (open == span_end(inside)) {
        return;
    }
    if (!hoptls_addr_read(p, brackets_at(p, inside, open), &out->addr)) {
        return;
    }
    name = without_user(p, span_trim(p, span_of(inside.off, open)));
    if (hoptls_host_is_qualified(p, name) || hoptls_host_is_local(p, name)) {
        out->rdns = name;
    }
}

static void read_note(const uint8_t *p, hoptls_span comment, peer *out)
{
    hoptls_span inside = without_remark(p, hoptls_comment_inside(p, comment), out);
    if (note_of_helo(p, inside, out) || note_of_exim(p, inside, out) || note_of_address(p, inside, out)) {
        return;
    }
    if (out->addr.family == 0 && !hoptls_addr_read(p, inside, &out->addr)) {
        note_of_name(p, inside, out);
    }
}

static void read_peer_item(const uint8_t *p, const clause_item *item, peer *out)
{
    if (item->place != PLACE_FROM) {
        return;
    }
    if (item->kind == ITEM_COMMENT) {
        read_note(p, item->span, out);
    } else if (item->kind == ITEM_LITERAL && !item->first && out->addr.family == 0) {
        (void)hoptls_addr_read(p, item->span, &out->addr);
    }
}

static void read_peer(const uint8_t *p, const clauses *c, peer *out)
{
    uint32_t i = 0;
    memset(out, 0, sizeof *out);
    out->word = c->helo;
    while (i < c->count) {
        read_peer_item(p, &c->item[i], out);
        i++;
    }
    HOPTLS_WORK(i);
}

/* Where the word behind `from` is the server's, it is the name or the address that the server found. */
static void take_word(const uint8_t *p, peer *who)
{
    hoptls_addr addr;
    if (hoptls_addr_read(p, who->word, &addr)) {
        who->addr = who->addr.family == 0 ? addr : who->addr;
    } else if (who->rdns.len == 0 && hoptls_host_is_qualified(p, who->word)) {
        who->rdns = who->word;
    }
}

static void set_peer(const uint8_t *p, const clauses *c, uint8_t hints, hoptls_hop *out)
{
    peer who;
    read_peer(p, c, &who);
    if (who.word_found || (hints & HINT_NAME_FOUND) != 0 || out->role == HOPTLS_ROLE_INJECTION) {
        take_word(p, &who);
        out->helo = who.said;
    }
    if (out->helo.len == 0) {
        out->helo = who.word;
    }
    out->rdns = who.rdns;
    out->addr = who.addr;
    if (who.forged) {
        out->flags |= HOPTLS_F_FORGED_NAME;
    }
}

/* ---- evidence ---- */

typedef struct findings {
    tls_record best;
    tls_record doubtful; /* a record in front of `by`, from a writer that we do not know */
    uint32_t letter;     /* 1: the protocol word states TLS */
    uint32_t denied;     /* 1: something denies it */
    uint32_t flags;
} findings;

/* What one record does not state, another of the same writer may: Exim writes (TLS1.2) tls SUITE. */
static void complete(hoptls_tls *tls, const hoptls_tls *other)
{
    tls->version = tls->version != 0 ? tls->version : other->version;
    tls->any_version = tls->any_version ? tls->any_version : other->any_version;
    tls->bits = tls->bits != 0 ? tls->bits : other->bits;
    if (tls->cipher.len == 0) {
        tls->cipher = other->cipher;
        tls->suite = other->suite;
        tls->floor = other->floor;
        tls->traits = (uint16_t)(tls->traits | other->traits);
    }
    if (tls->group.len == 0) {
        tls->group = other->group;
    }
    if (tls->client_cert == HOPTLS_CERT_NOT_STATED) {
        tls->client_cert = other->client_cert;
    }
}

/* A denial outweighs every statement, details outweigh the bare word, the first outweighs its equals. */
static int outweighs(const tls_record *a, const tls_record *b)
{
    if (b->evidence == 0 || a->evidence == HOPTLS_EVIDENCE_NEGATIVE) {
        return 1;
    }
    return b->evidence != HOPTLS_EVIDENCE_NEGATIVE && a->evidence > b->evidence;
}

static void add_finding(findings *f, const tls_record *record)
{
    tls_record old = f->best;
    if ((old.evidence > HOPTLS_EVIDENCE_NEGATIVE && record->evidence == HOPTLS_EVIDENCE_NEGATIVE) ||
        (old.evidence == HOPTLS_EVIDENCE_NEGATIVE && record->evidence > HOPTLS_EVIDENCE_NEGATIVE)) {
        f->flags |= HOPTLS_F_CONFLICT;
    }
    if (outweighs(record, &old)) {
        f->best = *record;
        complete(&f->best.tls, &old.tls);
    } else {
        complete(&f->best.tls, &record->tls);
        if (old.evidence == record->evidence && old.evidence == HOPTLS_EVIDENCE_DETAIL) {
            f->best.span = span_of(old.span.off, span_end(record->span));
        }
    }
    f->letter = f->letter || record->form == FORM_LETTER;
}

/* A record that is not in one of the writer's own slots: it counts for nothing, but a reader should know. */
static void remark(findings *f, uint32_t writer, uint32_t place, const tls_record *record)
{
    if (place == PLACE_FROM && writer == 0 && record->form == FORM_USING) {
        f->doubtful = *record;
    } else if (place == PLACE_FROM || place == PLACE_TAIL || place == PLACE_START || place == PLACE_FOR) {
        f->flags |= HOPTLS_F_MISPLACED;
    } else if (record->form != FORM_WORD) {
        f->flags |= HOPTLS_F_FOREIGN_FORM;
    }
}

static void read_item(const uint8_t *p, const clauses *c, uint32_t i, uint32_t writer, findings *f)
{
    tls_record record;
    const clause_item *item = &c->item[i];
    record.form = FORM_NONE;
    if (item->kind == ITEM_COMMENT) {
        hoptls_span inside = hoptls_comment_inside(p, item->span);
        hoptls_tls_comment(p, inside, &record);
        if (record.form == FORM_NONE && hoptls_writer_uses(writer, SLOT(item->place, FORM_PRODUCT))) {
            hoptls_tls_product(p, inside, &record);
        }
    } else if (item->kind == ITEM_WORD && !(item->place == PLACE_FROM && item->first)) {
        hoptls_tls_words(p, c, i, &record);
    }
    if (record.form == FORM_NONE) {
        return;
    }
    if (hoptls_writer_uses(writer, SLOT(item->place, record.form))) {
        add_finding(f, &record);
    } else {
        remark(f, writer, item->place, &record);
    }
}

/* An unknown writer's comment in front of `by` could be the client's own words. Behind `by` the protocol word is the
 * server's: where it states TLS, the comment may tell which; where it does not, the comment is no evidence. */
static void settle_doubt(findings *f)
{
    if (f->doubtful.form == FORM_NONE) {
        return;
    }
    if (f->letter && f->doubtful.evidence == HOPTLS_EVIDENCE_DETAIL) {
        add_finding(f, &f->doubtful);
    } else {
        f->flags |= HOPTLS_F_MISPLACED;
    }
}

static void find_evidence(const uint8_t *p, const clauses *c, uint32_t writer, findings *f)
{
    uint32_t i = 0;
    memset(f, 0, sizeof *f);
    while (i < c->count) {
        read_item(p, c, i, writer, f);
        i++;
    }
    HOPTLS_WORK(i);
    settle_doubt(f);
}

/* ---- the protocol word ---- */

/* The first word behind `with` that is a protocol. Returns 1 if there is one. */
static int find_protocol(const uint8_t *p, const clauses *c, with_word *out)
{
    uint32_t i = 0;
    while (i < c->count && !(c->item[i].place == PLACE_WITH && c->item[i].kind == ITEM_WORD &&
                             hoptls_with_word_find(p, c->item[i].span, out))) {
        i++;
    }
    HOPTLS_WORK(i);
    return i < c->count;
}

static int is_login_note(const uint8_t *p, const clause_item *item)
{
    hoptls_span inside = hoptls_comment_inside(p, item->span);
    return item->kind == ITEM_COMMENT && item->place == PLACE_FROM &&
           (phrase_starts(p, inside, TEXT("authenticated")) || phrase_starts(p, inside, TEXT("auth: ")));
}

static int has_login_note(const uint8_t *p, const clauses *c)
{
    uint32_t i = 0;
    while (i < c->count && !is_login_note(p, &c->item[i])) {
        i++;
    }
    HOPTLS_WORK(i);
    return i < c->count;
}

/* Whether the field names a local transport. Sets role and login. */
static int set_role(const uint8_t *p, const clauses *c, const writer_facts *w, hoptls_hop *out)
{
    with_word word = {HOPTLS_EVIDENCE_SILENT, HOPTLS_ROLE_RELAY, 0, 0};
    (void)find_protocol(p, c, &word);
    if (word.auth || (w->number != 0 && has_login_note(p, c))) {
        out->flags |= HOPTLS_F_AUTHENTICATED;
        word.role = word.role == HOPTLS_ROLE_RELAY ? (uint8_t)HOPTLS_ROLE_SUBMISSION : word.role;
    }
    out->role = w->role != 0 ? w->role : word.role;
    return word.local;
}

/* ---- the value's bytes ---- */

enum { EIGHT_BIT = 1, CONTROL = 2, RETURN = 4 };

/* clang-format off */
#define X8(k) (k), (k), (k), (k), (k), (k), (k), (k)
#define X32(k) X8(k), X8(k), X8(k), X8(k)
static const uint8_t byte_kind[256] = {
    X8(CONTROL), CONTROL, 0, 0, CONTROL, CONTROL, RETURN, CONTROL, CONTROL, X8(CONTROL), X8(CONTROL),
    X32(0), X32(0), X8(0), X8(0), X8(0), 0, 0, 0, 0, 0, 0, 0, CONTROL,
    X32(EIGHT_BIT), X32(EIGHT_BIT), X32(EIGHT_BIT), X32(EIGHT_BIT),
};
/* clang-format on */

static uint32_t byte_kinds(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    uint32_t kinds = 0;
    while (i < span_end(s)) {
        kinds |= byte_kind[p[i]];
        i++;
    }
    HOPTLS_WORK(s.len);
    return kinds;
}

/* Whether a carriage return stands without its line feed. */
static int has_return_alone(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    while (i < span_end(s) && !(p[i] == '\r' && (i + 1 == span_end(s) || p[i + 1] != '\n'))) {
        i++;
    }
    HOPTLS_WORK(i - s.off);
    return i < span_end(s);
}

static uint32_t byte_flags(const uint8_t *p, hoptls_span s)
{
    uint32_t kinds = byte_kinds(p, s);
    uint32_t flags = (kinds & EIGHT_BIT) != 0 ? (uint32_t)HOPTLS_F_EIGHT_BIT : 0;
    if ((kinds & CONTROL) != 0 || ((kinds & RETURN) != 0 && has_return_alone(p, s))) {
        flags |= HOPTLS_F_CONTROL;
    }
    return flags;
}

/* ---- the hop ---- */

static void set_clauses(const clauses *c, hoptls_hop *out)
{
    out->by = c->by;
    out->with = c->with;
    out->id = c->id;
    out->recipient = c->recipient;
    out->date_text = c->date_text;
    out->date = c->date;
    out->flags |= c->flags;
}

static void set_evidence(const uint8_t *p, const clauses *c, const writer_facts *w, hoptls_hop *out)
{
    findings f;
    find_evidence(p, c, w->number, &f);
    out->flags |= f.flags;
    out->evidence = f.best.evidence != 0 ? f.best.evidence : (uint8_t)HOPTLS_EVIDENCE_SILENT;
    out->tls = f.best.tls;
    out->proof = f.best.evidence != 0 ? f.best.span : w->mark;
}

/* What silence means: as the writer's row says, unless the field itself names a local transport, or some of it is
 * missing: then what was not seen is not known. */
static void set_silence(const writer_facts *w, int local, hoptls_hop *out)
{
    out->grade = w->grade;
    if (out->evidence != HOPTLS_EVIDENCE_SILENT) {
        return;
    }
    out->silence = local ? (uint8_t)HOPTLS_SILENCE_NOT_NETWORK : w->silence;
    if ((out->flags & HOPTLS_F_TOO_MANY) != 0) {
        out->silence = HOPTLS_SILENCE_UNKNOWN;
    }
    out->silence_basis = HOPTLS_BASIS_SILENCE;
}

static void set_writer_scope(const writer_facts *w, hoptls_hop *out)
{
    if (out->silence == HOPTLS_SILENCE_NOT_NETWORK || (w->hints & HINT_SAME_HOST) != 0 ||
        ((w->hints & HINT_OWN_LOOPBACK) != 0 && out->addr.network == HOPTLS_NET_LOOPBACK)) {
        out->writer_scope = HOPTLS_SCOPE_HOST;
    } else if ((w->hints & HINT_INTERNAL) != 0) {
        out->writer_scope = HOPTLS_SCOPE_INTERNAL;
    }
}

static void set_organisations(const uint8_t *p, hoptls_hop *out)
{
    out->helo_org = hoptls_host_org(p, out->helo);
    out->rdns_org = hoptls_host_org(p, out->rdns);
    out->by_org = hoptls_host_org(p, out->by);
    out->helo_provider = hoptls_host_provider(p, out->helo);
    out->rdns_provider = hoptls_host_provider(p, out->rdns);
    out->by_provider = hoptls_host_provider(p, out->by);
}

static void read_value(const uint8_t *p, hoptls_span value, hoptls_hop *out)
{
    clauses c;
    writer_facts w;
    int local;
    hoptls_clauses_read(p, value, &c);
    hoptls_writer_find(p, value, &c, &w);
    set_clauses(&c, out);
    out->writer = w.number;
    local = set_role(p, &c, &w, out);
    set_peer(p, &c, w.hints, out);
    set_evidence(p, &c, &w, out);
    set_silence(&w, local, out);
    set_writer_scope(&w, out);
    set_organisations(p, out);
}

int hoptls_hop_read(hoptls_msg msg, const hoptls_field *field, hoptls_hop *out)
{
    if (field == NULL || out == NULL || (msg.ptr == NULL && msg.len > 0)) {
        return HOPTLS_E_ARG;
    }
    if (msg.len > UINT32_MAX) {
        return HOPTLS_E_SIZE;
    }
    if (!span_in(field->whole, msg.len) || !span_in(field->value, msg.len)) {
        return HOPTLS_E_ARG;
    }
    memset(out, 0, sizeof *out);
    out->field = field->whole;
    out->value = field->value;
    out->flags = byte_flags(msg.ptr, field->value);
    read_value(msg.ptr, field->value, out);
    return HOPTLS_OK;
}
