/* clauses + writer + evidence -> the facts of one hop. */
#include "internal.h"

/* Where the word behind `from` is the server's, it is the name or the address that the server found. */
static void take_client_word(const uint8_t *p, peer *who)
{
    hoptls_addr addr;
    if (hoptls_addr_read(p, who->word, &addr)) {
        who->addr = who->addr.family == 0 ? addr : who->addr;
    } else if (who->rdns.len == 0) {
        hoptls_host_read(p, who->word, &who->rdns_host);
        who->rdns = who->rdns_host.qualified ? who->word : who->rdns;
    }
}

/* Where the server tells the address first, the note behind it is the client's, an address in it too. */
static void take_address_first(const uint8_t *p, peer *who)
{
    hoptls_addr addr;
    if (who->beside.len > 0 && hoptls_addr_read(p, who->word, &addr)) {
        who->addr = addr;
        who->rdns = span_of(0, 0);
        memset(&who->rdns_host, 0, sizeof who->rdns_host);
        who->said = who->beside;
        who->word_found = 1;
    }
}

/* The address with which the field begins: behind `from`, or the first thing in the first note. */
static int first_address(const uint8_t *p, const peer *who, hoptls_addr *out)
{
    uint32_t end = span_end(who->beside);
    uint32_t close = (uint32_t)hoptls_find_byte(p, who->beside.off, end, ']');
    return hoptls_addr_read(p, who->word, out) ||
           (close < end && hoptls_addr_read(p, span_of(who->beside.off, close + 1), out));
}

/* A client that closes the note in which the server writes its name could write of another address behind it. */
static void take_found_first(const uint8_t *p, peer *who)
{
    hoptls_addr addr;
    if (first_address(p, who, &addr) && !hoptls_addr_same(&addr, &who->addr)) {
        who->addr = addr;
        who->rdns = span_of(0, 0);
        memset(&who->rdns_host, 0, sizeof who->rdns_host);
    }
}

static void set_peer(const uint8_t *p, peer *who, uint8_t hints, hoptls_hop *out)
{
    if ((hints & HINT_FOUND_FIRST) != 0) {
        take_found_first(p, who);
    }
    if ((hints & HINT_ADDRESS_FIRST) != 0) {
        take_address_first(p, who);
    }
    if (who->word_found || (hints & HINT_NAME_FOUND) != 0 || out->role == HOPTLS_ROLE_INJECTION) {
        take_client_word(p, who);
        out->helo = who->said;
    }
    if (out->helo.len == 0) {
        out->helo = who->word;
    }
    out->rdns = who->rdns;
    out->addr = who->addr;
    if (who->forged) {
        out->flags |= HOPTLS_F_FORGED_NAME;
    }
}

/* ---- evidence ---- */

typedef struct findings {
    const peer *who;
    const protocol *first;
    uint32_t writer;
    tls_record best;
    tls_record doubtful; /* a record in front of `by`, from a writer that we do not know */
    uint32_t letter;     /* 1: the protocol word states TLS */
    uint8_t cert;        /* hoptls_client_cert from a comment of its own */
    uint32_t lost;       /* 1 and the place in which the client took the pen from the server; 0: none */
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

/* From the first byte of either to the last of either. */
static hoptls_span join(hoptls_span a, hoptls_span b)
{
    return span_of(a.off < b.off ? a.off : b.off, span_end(a) > span_end(b) ? span_end(a) : span_end(b));
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
            f->best.span = join(old.span, record->span);
        }
    }
    f->letter = f->letter || record->form == FORM_LETTER;
}

/* A record that is not in one of the writer's own slots: it counts for nothing, but a reader should know. */
static void remark(findings *f, uint32_t place, const tls_record *record)
{
    if (place == PLACE_FROM || place == PLACE_TAIL || place == PLACE_START || place == PLACE_FOR) {
        f->flags |= HOPTLS_F_MISPLACED;
    } else if (record->form != FORM_WORD) {
        f->flags |= HOPTLS_F_FOREIGN_FORM;
    }
}

/* Whether the client may have written item `i`: what stands in front of its address as the server recorded it, and
 * all of its part where parentheses or quotes do not pair, or where a note takes the place of its name and its address. */
static int is_clients(const clauses *c, uint32_t i, const peer *who)
{
    return c->item[i].place == PLACE_FROM && (i <= who->note || (c->flags & HOPTLS_F_UNBALANCED) != 0 ||
                                              (who->note == 0 && who->word.len == 0));
}

static int holds_byte(const uint8_t *p, hoptls_span s, uint8_t byte)
{
    return hoptls_find_byte(p, s.off, span_end(s), byte) < span_end(s);
}

/* Whether the item is a text in quotes or angle brackets that no server writes: the client's name may be one, if it holds
 * no parenthesis. */
static int is_odd_quote(const uint8_t *p, const clause_item *item)
{
    if (item->place == PLACE_FROM) {
        return (item->kind == ITEM_QUOTED || item->kind == ITEM_ANGLE) && holds_byte(p, item->span, '(');
    }
    return item->kind == ITEM_QUOTED;
}

/* Whether such a text stands in the place of item `i`, before it if that is the server's: it may reach from one text
 * of the client's to another, past what the server wrote between, or end what the server began. */
static int has_odd_quote(const uint8_t *p, const clauses *c, uint32_t i)
{
    uint32_t place = c->item[i].place;
    uint32_t end = place == PLACE_FROM ? c->count : i;
    uint32_t k = 0;
    while (k < end && !(c->item[k].place == place && is_odd_quote(p, &c->item[k]))) {
        k++;
    }
    HOPTLS_WORK(k);
    return k < end;
}

/* Whether the note that tells the address holds a parenthesis in front of it: then the client began the note, and ends
 * it where it likes. */
static int has_odd_note(const uint8_t *p, const clauses *c, const peer *who)
{
    const clause_item *note = &c->item[who->note];
    return note->kind == ITEM_COMMENT && note->bracket > 0 &&
           hoptls_find_byte(p, note->span.off + 1, note->bracket, '(') < note->bracket;
}

/* A date takes no more bytes, folds and all. */
enum { DATE_ROOM = 80 };

static int is_before_date(const uint8_t *p, const clause_item *item, uint32_t end)
{
    uint32_t at = span_end(item->span);
    int64_t date;
    return item->kind == ITEM_SEMI &&
           hoptls_date_read(p, span_trim(p, span_of(at, end - at < DATE_ROOM ? end : at + DATE_ROOM)),
                            &date) > 0;
}

/* Whether a date stands between the server's `by` and item `i`, which is then the client's, though another semicolon follows:
 * a sender's address in a note behind the date may close that note, and bring one. */
static int is_behind_date(const uint8_t *p, const clauses *c, uint32_t i)
{
    uint32_t end = c->item[i].span.off;
    uint32_t k = 0;
    if (c->item[i].place == PLACE_FROM || c->item[i].place == PLACE_TAIL || end <= c->by_word ||
        hoptls_find_byte(p, c->by_word, end, ';') >= end) {
        return 0;
    }
    while (k < i && !(c->item[k].span.off > c->by_word && is_before_date(p, &c->item[k], end))) {
        k++;
    }
    HOPTLS_WORK(k);
    return k < i;
}

static int is_hearsay(const uint8_t *p, const clauses *c, uint32_t i, const findings *f)
{
    return is_clients(c, i, f->who) || f->lost == c->item[i].place + 1u || has_odd_quote(p, c, i) ||
           is_behind_date(p, c, i) || (c->item[i].place == PLACE_FROM && has_odd_note(p, c, f->who));
}

/* In front of `by`, what an unknown writer states in Postfix's form, and Exim by a text of its own, could be the
 * client's. */
static int is_doubtful_form(const findings *f, uint32_t place, uint32_t form)
{
    return place == PLACE_FROM &&
           ((f->writer == 0 && form == FORM_USING) ||
            (form == FORM_COLON && hoptls_writer_uses(f->writer, SLOT(PLACE_FROM, FORM_COLON))));
}

static void take_record(const uint8_t *p, const clauses *c, uint32_t i, const tls_record *record, findings *f)
{
    uint32_t place = c->item[i].place;
    if (is_hearsay(p, c, i, f)) {
        f->flags |= HOPTLS_F_MISPLACED;
    } else if (is_doubtful_form(f, place, record->form)) {
        f->doubtful = *record;
    } else if (hoptls_writer_uses(f->writer, SLOT(place, record->form))) {
        add_finding(f, record);
    } else {
        remark(f, place, record);
    }
}

/* Beside the record of Postfix's form stands what it tells of the client's certificate; in another server's field, the
 * client could write such a note. */
static void read_certificate(const uint8_t *p, const clauses *c, uint32_t i, findings *f)
{
    uint8_t cert = hoptls_tls_certificate(p, c->item[i].inside);
    if (cert != HOPTLS_CERT_NOT_STATED && f->cert == HOPTLS_CERT_NOT_STATED && !is_hearsay(p, c, i, f) &&
        (f->doubtful.form == FORM_USING ||
         hoptls_writer_uses(f->writer, SLOT(c->item[i].place, FORM_USING)))) {
        f->cert = cert;
    }
}

/* Courier writes what the client's ident service answers as it comes: it may end its note and begin another. */
static int is_answer(const uint8_t *p, const clauses *c, uint32_t i, const peer *who)
{
    hoptls_span inside = c->item[i].inside;
    return c->item[i].place == PLACE_FROM && inside.len > 0 && lower(p[inside.off]) == 'i' &&
           phrase_starts(p, inside, TEXT("ident:")) && i != who->note;
}

/* Momentum quotes the subject of the client's certificate in its record: a quote or parenthesis in there may end the
 * comment early, and what follows a record with quotes in its place is the client's. */
static void read_comment(const uint8_t *p, const clauses *c, uint32_t i, findings *f)
{
    tls_record record;
    hoptls_span inside = c->item[i].inside;
    int lost;
    hoptls_tls_comment(p, inside, &record);
    if (record.form == FORM_NONE && hoptls_writer_uses(f->writer, SLOT(c->item[i].place, FORM_PRODUCT))) {
        hoptls_tls_product(p, inside, &record);
    }
    if (record.form != FORM_NONE) {
        take_record(p, c, i, &record, f);
        lost = holds_byte(p, inside, '"');
    } else {
        read_certificate(p, c, i, f);
        lost = is_answer(p, c, i, f->who);
    }
    f->lost = lost ? c->item[i].place + 1u : f->lost;
}

static void read_word(const uint8_t *p, const clauses *c, uint32_t i, findings *f)
{
    tls_record record;
    hoptls_tls_words(p, c, i, f->first, &record);
    if (record.form != FORM_NONE) {
        take_record(p, c, i, &record, f);
    }
}

static void read_item(const uint8_t *p, const clauses *c, uint32_t i, findings *f)
{
    const clause_item *item = &c->item[i];
    if (item->kind == ITEM_COMMENT) {
        read_comment(p, c, i, f);
    } else if (item->kind == ITEM_WORD && !(item->place == PLACE_FROM && item->first)) {
        read_word(p, c, i, f);
    }
}

/* A doubtful comment in front of `by` could be the client's own words. Behind `by` the protocol word is the server's: where
 * it states TLS, and nothing else tells which, the comment may; where it does not, the comment is no evidence. */
static void settle_doubt(findings *f)
{
    if (f->doubtful.form == FORM_NONE) {
        return;
    }
    if (f->letter && f->doubtful.evidence == HOPTLS_EVIDENCE_DETAIL &&
        f->best.evidence != HOPTLS_EVIDENCE_DETAIL) {
        add_finding(f, &f->doubtful);
    } else {
        f->flags |= HOPTLS_F_MISPLACED;
    }
}

/* Read what may tell of TLS, in the order in which it stands. */
static void find_evidence(const uint8_t *p, const clauses *c, uint32_t writer, const peer *who,
                          const protocol *first, findings *f)
{
    uint64_t left = (c->notes | c->telling) & ~who->plain;
    memset(f, 0, sizeof *f);
    f->who = who;
    f->first = first;
    f->writer = writer;
    while (left != 0) {
        read_item(p, c, lowest_bit(left), f);
        left &= left - 1;
        HOPTLS_WORK(1);
    }
    settle_doubt(f);
    if (f->best.evidence > HOPTLS_EVIDENCE_NEGATIVE && f->best.tls.client_cert == HOPTLS_CERT_NOT_STATED) {
        f->best.tls.client_cert = f->cert;
    }
}

/* ---- the protocol word ---- */

/* The first word behind `with` that is a protocol. */
static void find_protocol(const uint8_t *p, const clauses *c, protocol *out)
{
    uint64_t left = c->telling;
    while (left != 0 && !(c->item[lowest_bit(left)].place == PLACE_WITH &&
                          hoptls_with_word_find(p, c->item[lowest_bit(left)].span, &out->word))) {
        left &= left - 1;
        HOPTLS_WORK(1);
    }
    out->item = left != 0 ? lowest_bit(left) : CLAUSE_ITEMS;
}

/* What the server tells of a login stands behind what it tells of the address; in front, it would be the client's. */
static int is_login_note(const uint8_t *p, const clauses *c, uint32_t i, const peer *who)
{
    hoptls_span inside;
    if (c->item[i].kind != ITEM_COMMENT || c->item[i].place != PLACE_FROM || is_clients(c, i, who)) {
        return 0;
    }
    inside = c->item[i].inside;
    if (inside.len == 0 || (lower(p[inside.off]) != 'a' && lower(p[inside.off]) != 'u')) {
        return 0;
    }
    return phrase_starts(p, inside, TEXT("authenticated")) || phrase_starts(p, inside, TEXT("auth: ")) ||
           phrase_starts(p, inside, TEXT("user="));
}

/* The number behind the last `=` of `(authenticated bits=N)` or `(authenticated user=name bits=N)`: the strength of a
 * SASL security layer (RFC 4422 section 3.7), which encrypts without TLS. The name in front is the client's. */
static uint32_t layer_bits(const uint8_t *p, hoptls_span inside)
{
    uint32_t i = find_last(p, inside, '=');
    uint32_t n = 0;
    hoptls_span head = span_of(inside.off, i);
    if (!span_ends(p, head, TEXT("bits")) || !(phrase_starts(p, inside, TEXT("authenticated bits=")) ||
                                               phrase_starts(p, inside, TEXT("authenticated user=")))) {
        return 0;
    }
    i++;
    while (i < span_end(inside) && is_digit(p[i]) && n < 1000) {
        n = n * 10 + (p[i] - (uint32_t)'0');
        i++;
    }
    return n;
}

/* Sendmail and Cyrus: `(authenticated bits=128)`. The weakest layer that is not merely integrity is DES with 56. */
static int has_security_layer(const uint8_t *p, const clauses *c, const peer *who)
{
    uint64_t left = c->notes & ~who->plain;
    while (left != 0 && !(is_login_note(p, c, lowest_bit(left), who) &&
                          layer_bits(p, c->item[lowest_bit(left)].inside) >= 56)) {
        left &= left - 1;
        HOPTLS_WORK(1);
    }
    return left != 0;
}

static int has_login_note(const uint8_t *p, const clauses *c, const peer *who)
{
    uint64_t left = c->notes & ~who->plain;
    while (left != 0 && !is_login_note(p, c, lowest_bit(left), who)) {
        left &= left - 1;
        HOPTLS_WORK(1);
    }
    return left != 0;
}

/* Whether the field names a local transport. Sets role and login. */
static int set_role(const uint8_t *p, const clauses *c, const peer *who, const writer_facts *w,
                    with_word word, hoptls_hop *out)
{
    if (word.auth || w->role == HOPTLS_ROLE_SUBMISSION || (w->number != 0 && has_login_note(p, c, who))) {
        out->flags |= HOPTLS_F_AUTHENTICATED;
        word.role = word.role == HOPTLS_ROLE_RELAY ? (uint8_t)HOPTLS_ROLE_SUBMISSION : word.role;
    }
    out->role = w->role != 0 ? w->role : word.role;
    return word.local;
}

/* ---- the value's bytes ---- */

/* What the odd byte at `at` makes of the value: a carriage return is none where its line feed follows. */
static uint32_t odd_flag(const uint8_t *p, uint32_t at, uint32_t end)
{
    if (p[at] >= 0x80) {
        return HOPTLS_F_EIGHT_BIT;
    }
    return p[at] == '\r' && end - at > 1 && p[at + 1] == '\n' ? 0 : (uint32_t)HOPTLS_F_CONTROL;
}

static uint32_t byte_flags(const uint8_t *p, hoptls_span s)
{
    uint32_t at = hoptls_find_odd(p, s, s.off);
    uint32_t flags = 0;
    while (at < span_end(s)) {
        flags |= odd_flag(p, at, span_end(s));
        at = hoptls_find_odd(p, s, at + 1);
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

/* Where some of the field could not be seen, where it hides a `by` or has two, whose words the seen ones are is not known:
 * then no statement of TLS counts, and its lack tells nothing either. A name in front of the server's part brings a
 * second `by`, and so does a sender's address that breaks out of a comment behind it. */
static int is_doubtful(const uint8_t *p, const clauses *c, const findings *f)
{
    return f->best.evidence > HOPTLS_EVIDENCE_NEGATIVE &&
           ((c->flags & (HOPTLS_F_TOO_MANY | HOPTLS_F_REPEATED_BY)) != 0 || hoptls_clauses_hide_by(p, c) ||
            hoptls_clauses_break_out(p, c));
}

static void set_evidence(const uint8_t *p, const clauses *c, const writer_facts *w, const peer *who,
                         const protocol *first, hoptls_hop *out)
{
    findings f;
    find_evidence(p, c, w->number, who, first, &f);
    if (is_doubtful(p, c, &f)) {
        memset(&f.best, 0, sizeof f.best);
        f.flags |= HOPTLS_F_MISPLACED;
        out->silence = HOPTLS_SILENCE_UNKNOWN;
    }
    out->flags |= f.flags;
    out->evidence = f.best.evidence != 0 ? f.best.evidence : (uint8_t)HOPTLS_EVIDENCE_SILENT;
    out->tls = f.best.tls;
    out->proof = f.best.evidence != 0 ? f.best.span : w->mark;
}

/* What silence means: as the writer's row says, unless the field itself names a local transport. It is not known
 * where some of the field is missing, where SASL may have encrypted, and where a row that speaks of SMTP meets HTTP. */
static void set_silence(const uint8_t *p, const clauses *c, const peer *who, const writer_facts *w, int local,
                        hoptls_hop *out)
{
    out->grade = w->grade;
    if (out->evidence != HOPTLS_EVIDENCE_SILENT) {
        return;
    }
    if (out->silence == 0) {
        out->silence = local ? (uint8_t)HOPTLS_SILENCE_NOT_NETWORK : w->silence;
    }
    if ((out->flags & HOPTLS_F_TOO_MANY) != 0 || has_security_layer(p, c, who) ||
        (out->role == HOPTLS_ROLE_INJECTION && w->role == 0 && !local)) {
        out->silence = HOPTLS_SILENCE_UNKNOWN;
    }
    out->silence_basis = HOPTLS_BASIS_SILENCE;
}

/* A second `by` is somebody else's: a client's name in front of the server's, or a sender's address that broke out of a
 * comment behind it. Then no words of the field prove that no network was crossed. */
static void doubt_place(hoptls_hop *out)
{
    if (out->silence == HOPTLS_SILENCE_NOT_NETWORK) {
        out->silence = HOPTLS_SILENCE_UNKNOWN;
    }
    if (out->role == HOPTLS_ROLE_INJECTION || out->role == HOPTLS_ROLE_RETRIEVAL) {
        out->role = HOPTLS_ROLE_RELAY;
    }
    out->writer_scope = out->addr.network == HOPTLS_NET_PUBLIC ? (uint8_t)HOPTLS_SCOPE_EXTERNAL
                                                               : (uint8_t)HOPTLS_SCOPE_UNDETERMINED;
}

static void set_writer_scope(const writer_facts *w, int local, hoptls_hop *out)
{
    if (local || out->silence == HOPTLS_SILENCE_NOT_NETWORK || (w->hints & HINT_SAME_HOST) != 0 ||
        ((w->hints & HINT_OWN_LOOPBACK) != 0 && out->addr.network == HOPTLS_NET_LOOPBACK)) {
        out->writer_scope = HOPTLS_SCOPE_HOST;
    } else if ((w->hints & HINT_INTERNAL) != 0) {
        out->writer_scope = HOPTLS_SCOPE_INTERNAL;
    }
}

/* What is known of a host by its name; `same` is what is known of another, which often has the same name. */
static host host_of(const uint8_t *p, hoptls_span name, hoptls_span other, const host *same)
{
    host out;
    if (name.len == 0 || name.len != other.len || !bytes_same(p + name.off, p + other.off, name.len)) {
        hoptls_host_read(p, name, &out);
        return out;
    }
    out = *same;
    out.org.off = out.org.len > 0 ? name.off + (out.org.off - other.off) : 0;
    return out;
}

static void set_organisations(const uint8_t *p, const peer *who, hoptls_hop *out)
{
    host helo = host_of(p, out->helo, who->rdns, &who->rdns_host);
    host by = host_of(p, out->by, out->helo, &helo);
    out->helo_org = helo.org;
    out->helo_provider = helo.provider;
    out->rdns_org = who->rdns_host.org;
    out->rdns_provider = who->rdns_host.provider;
    out->by_org = by.org;
    out->by_provider = by.provider;
}

static void read_value(const uint8_t *p, hoptls_span value, hoptls_hop *out)
{
    clauses c;
    peer who;
    writer_facts w;
    protocol first = {CLAUSE_ITEMS, {HOPTLS_EVIDENCE_SILENT, HOPTLS_ROLE_RELAY, 0, 0}};
    int local;
    hoptls_clauses_read(p, value, &c);
    hoptls_peer_read(p, &c, &who);
    hoptls_writer_find(p, value, &c, &who, &w);
    set_clauses(&c, out);
    out->writer = w.number;
    find_protocol(p, &c, &first);
    local = set_role(p, &c, &who, &w, first.word, out);
    set_peer(p, &who, w.hints, out);
    set_evidence(p, &c, &w, &who, &first, out);
    set_silence(p, &c, &who, &w, local, out);
    set_writer_scope(&w, local, out);
    if ((c.flags & HOPTLS_F_REPEATED_BY) != 0) {
        doubt_place(out);
    }
    set_organisations(p, &who, out);
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
