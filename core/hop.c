/* clauses + writer + evidence -> the facts of one hop. */
#include "internal.h"

/* What contracts say of a value whose parts are read, and of its client, which was found in it. */
/*@ predicate value_known{L}(uint8_t *p, clauses *c) =
        clauses_within{L}(p, c) && readable{L}(p, 0, c->value.off + c->value.len);
    predicate client_known{L}(uint8_t *p, peer *who) =
        \valid_read{L}(who) && peer_readable{L}(p, who);
    predicate hop_clauses{L}(uint8_t *p, hoptls_hop *h) =
        span_readable{L}(p, h->by) && span_readable{L}(p, h->with) && span_readable{L}(p, h->id) &&
        span_readable{L}(p, h->recipient) && span_readable{L}(p, h->date_text);
    predicate hop_client{L}(uint8_t *p, hoptls_hop *h) = span_readable{L}(p, h->helo) && span_readable{L}(p, h->rdns);
    predicate hop_tls{L}(uint8_t *p, hoptls_hop *h) =
        span_readable{L}(p, h->tls.cipher) && span_readable{L}(p, h->tls.group) && span_readable{L}(p, h->proof);
    predicate hop_orgs{L}(uint8_t *p, hoptls_hop *h) =
        span_readable{L}(p, h->helo_org) && span_readable{L}(p, h->rdns_org) && span_readable{L}(p, h->by_org);
*/

/* Where the word behind `from` is the server's, it is the name or the address that the server found. */
/*@ requires \valid(who) && peer_readable(p, who);
    terminates \true;
    assigns who->addr, who->rdns, who->rdns_host, hoptls_work;
    ensures peer_readable(p, who); */
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

/* The address is another one than that of which the name was found. */
/*@ requires \valid(who);
    terminates \true;
    assigns who->addr, who->rdns, who->rdns_host;
    ensures who->rdns.len == 0 && who->rdns.off == 0 && who->rdns_host.org.len == 0 && who->rdns_host.org.off == 0; */
static void take_address(hoptls_addr addr, peer *who)
{
    who->addr = addr;
    who->rdns = span_of(0, 0);
    who->rdns_host.org = span_of(0, 0);
    who->rdns_host.provider = 0;
    who->rdns_host.qualified = 0;
}

/* Where the server tells the address first, the note behind it is the client's, an address in it too. */
/*@ requires \valid(who) && peer_readable(p, who);
    terminates \true;
    assigns who->addr, who->rdns, who->rdns_host, who->said, who->word_found, hoptls_work;
    ensures peer_readable(p, who); */
static void take_address_first(const uint8_t *p, peer *who)
{
    hoptls_addr addr;
    if (who->beside.len > 0 && hoptls_addr_read(p, who->word, &addr)) {
        take_address(addr, who);
        who->said = who->beside;
        who->word_found = 1;
    }
}

/* The address with which the field begins: behind `from`, or the first thing in the first note. */
/*@ requires \valid_read(who) && peer_readable(p, who) && \valid(out) && \separated(out, who);
    terminates \true;
    assigns *out, hoptls_work; */
static int first_address(const uint8_t *p, const peer *who, hoptls_addr *out)
{
    uint32_t end = span_end(who->beside);
    uint32_t close = (uint32_t)hoptls_find_byte(p, who->beside.off, end, ']');
    return hoptls_addr_read(p, who->word, out) ||
           (close < end && hoptls_addr_read(p, span_of(who->beside.off, close + 1), out));
}

/* A client that closes the note in which the server writes its name could write of another address behind it. */
/*@ requires \valid(who) && peer_readable(p, who);
    terminates \true;
    assigns who->addr, who->rdns, who->rdns_host, hoptls_work;
    ensures peer_readable(p, who); */
static void take_found_first(const uint8_t *p, peer *who)
{
    hoptls_addr addr;
    if (first_address(p, who, &addr) && !hoptls_addr_same(&addr, &who->addr)) {
        take_address(addr, who);
    }
}

/* What the writer's row says of the order in which it tells of the client. */
/*@ requires \valid(who) && peer_readable(p, who);
    terminates \true;
    assigns who->addr, who->rdns, who->rdns_host, who->said, who->word_found, hoptls_work;
    ensures peer_readable(p, who); */
static void take_hints(const uint8_t *p, uint8_t hints, peer *who)
{
    if ((hints & HINT_FOUND_FIRST) != 0) {
        take_found_first(p, who);
    }
    if ((hints & HINT_ADDRESS_FIRST) != 0) {
        take_address_first(p, who);
    }
}

/* Whether the word behind `from` turns out to be the server's. Sets what is known of the client. */
/*@ requires \valid(who) && peer_readable(p, who);
    terminates \true;
    assigns who->addr, who->rdns, who->rdns_host, who->said, who->word_found, hoptls_work;
    ensures peer_readable(p, who); */
static int settle_client(const uint8_t *p, uint8_t hints, uint8_t role, peer *who)
{
    take_hints(p, hints, who);
    if (!who->word_found && (hints & HINT_NAME_FOUND) == 0 && role != HOPTLS_ROLE_INJECTION) {
        return 0;
    }
    take_client_word(p, who);
    return 1;
}

/*@ requires \valid_read(who) && \valid(out) && \separated(out, who);
    terminates \true;
    assigns out->helo, out->rdns, out->addr, out->flags;
    ensures rdns: out->rdns == who->rdns;
    ensures helo: out->helo == who->said || out->helo == who->word || out->helo == \old(out->helo); */
static void set_client(const peer *who, int word_found, hoptls_hop *out)
{
    if (word_found) {
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
    protocol first;
    uint32_t writer;
    tls_record found; /* what the item in hand states */
    tls_record best;
    tls_record doubtful; /* a record in front of `by`, from a writer that we do not know */
    uint32_t letter;     /* 1: the protocol word states TLS */
    uint8_t cert;        /* hoptls_client_cert from a comment of its own */
    uint32_t lost;       /* 1 and the place in which the client took the pen from the server; 0: none */
    uint32_t flags;
} findings;

/*@ predicate findings_known{L}(uint8_t *p, findings *f) =
        \valid{L}(f) && record_readable{L}(p, &f->best) && record_readable{L}(p, &f->doubtful);
    predicate ends_known(tls_record r) = r.span.off + r.span.len <= UINT32_MAX;
    predicate joined(hoptls_span s, hoptls_span a, hoptls_span b) =
        a.len > 0 && b.len > 0 && (s.len == 0 || (s.off == a.off && s.off + s.len == b.off + b.len));
    predicate same_spans(tls_record a, tls_record b) =
        a.tls.cipher == b.tls.cipher && a.tls.group == b.tls.group && a.span == b.span;
    predicate one_of(hoptls_span s, hoptls_span a, hoptls_span b) = s == a || s == b;
    predicate looking{L}(uint8_t *p, clauses *c, peer *who, findings *f) =
        value_known{L}(p, c) && client_known{L}(p, who) && findings_known{L}(p, f) && \separated(f, c) && \separated(f, who);
*/

/* What one record does not state, another of the same writer may: Exim writes (TLS1.2) tls SUITE. */
/*@ terminates \true;
    assigns \nothing;
    ensures cipher: one_of(\result.cipher, tls.cipher, other.cipher);
    ensures group: one_of(\result.group, tls.group, other.group); */
static hoptls_tls completed(hoptls_tls tls, hoptls_tls other)
{
    tls.version = tls.version != 0 ? tls.version : other.version;
    tls.any_version = tls.any_version ? tls.any_version : other.any_version;
    tls.bits = tls.bits != 0 ? tls.bits : other.bits;
    if (tls.cipher.len == 0) {
        tls.cipher = other.cipher;
        tls.suite = other.suite;
        tls.floor = other.floor;
        tls.traits = (uint16_t)(((uint32_t)tls.traits | other.traits) & 0xFFFFu);
    }
    if (tls.group.len == 0) {
        tls.group = other.group;
    }
    if (tls.client_cert == HOPTLS_CERT_NOT_STATED) {
        tls.client_cert = other.client_cert;
    }
    return tls;
}

/* A denial outweighs every statement, details outweigh the bare word, the first outweighs its equals. */
/*@ terminates \true;
    assigns \nothing; */
static int outweighs(uint8_t evidence, uint8_t other)
{
    if (other == 0 || evidence == HOPTLS_EVIDENCE_NEGATIVE) {
        return 1;
    }
    return other != HOPTLS_EVIDENCE_NEGATIVE && evidence > other;
}

/* From the first byte of `a` to the last of `b`, which stands behind it. */
/*@ requires a.off + a.len <= UINT32_MAX && b.off + b.len <= UINT32_MAX;
    terminates \true;
    assigns \nothing;
    ensures \result == a || joined(\result, a, b); */
static hoptls_span join(hoptls_span a, hoptls_span b)
{
    return a.len > 0 && b.len > 0 ? span_of(a.off, span_end(b)) : a;
}

/* The weightier of two records, with what the other adds to it. */
/*@ requires ends_known(best) && ends_known(other);
    terminates \true;
    assigns \nothing;
    ensures cipher: one_of(\result.tls.cipher, best.tls.cipher, other.tls.cipher);
    ensures group: one_of(\result.tls.group, best.tls.group, other.tls.group);
    ensures span: \result.span == best.span || joined(\result.span, best.span, other.span); */
static tls_record merged(tls_record best, tls_record other)
{
    best.tls = completed(best.tls, other.tls);
    if (best.evidence == HOPTLS_EVIDENCE_DETAIL && other.evidence == HOPTLS_EVIDENCE_DETAIL) {
        best.span = join(best.span, other.span);
    }
    return best;
}

/* Whether one of them states TLS and the other denies it. */
/*@ terminates \true;
    assigns \nothing; */
static int contradicts(uint8_t evidence, uint8_t other)
{
    return (other > HOPTLS_EVIDENCE_NEGATIVE && evidence == HOPTLS_EVIDENCE_NEGATIVE) ||
           (other == HOPTLS_EVIDENCE_NEGATIVE && evidence > HOPTLS_EVIDENCE_NEGATIVE);
}

/* One of two records, the second of which was found first. */
/*@ requires ends_known(record) && ends_known(old);
    terminates \true;
    assigns \nothing;
    ensures cipher: one_of(\result.tls.cipher, record.tls.cipher, old.tls.cipher);
    ensures group: one_of(\result.tls.group, record.tls.group, old.tls.group);
    ensures span: one_of(\result.span, record.span, old.span) || joined(\result.span, record.span, old.span); */
static tls_record weighed(tls_record record, tls_record old)
{
    if (outweighs(record.evidence, old.evidence)) {
        return merged(record, old);
    }
    return merged(old, record);
}

/*@ requires \valid(f);
    terminates \true;
    assigns f->flags, f->letter; */
static void note_finding(findings *f, uint8_t evidence, uint8_t form)
{
    if (contradicts(evidence, f->best.evidence)) {
        f->flags |= HOPTLS_F_CONFLICT;
    }
    f->letter = f->letter || form == FORM_LETTER;
}

/*@ requires \valid(f) && ends_known(f->best) && ends_known(record);
    terminates \true;
    assigns *f;
    ensures cipher: one_of(f->best.tls.cipher, record.tls.cipher, \old(f->best.tls.cipher));
    ensures group: one_of(f->best.tls.group, record.tls.group, \old(f->best.tls.group));
    ensures span: one_of(f->best.span, record.span, \old(f->best.span)) || joined(f->best.span, record.span, \old(f->best.span));
    ensures doubtful: same_spans(f->doubtful, \old(f->doubtful));
    ensures found: same_spans(f->found, \old(f->found)); */
static void add_finding(findings *f, tls_record record)
{
    note_finding(f, record.evidence, record.form);
    f->best = weighed(record, f->best);
}

/* Whether the writer states TLS in this form in this place. Both are less than what they are divided by; so it is seen here. */
/*@ terminates \true;
    assigns hoptls_work; */
static int states_in(uint32_t writer, uint32_t place, uint32_t form)
{
    return hoptls_writer_uses(writer, SLOT(place % PLACE_COUNT, form % SLOT_FORMS));
}

/* A record that is not in one of the writer's own slots: it counts for nothing, but a reader should know. */
/*@ requires \valid(f);
    terminates \true;
    assigns f->flags; */
static void remark(findings *f, uint32_t place, uint32_t form)
{
    if (place == PLACE_FROM || place == PLACE_TAIL || place == PLACE_START || place == PLACE_FOR) {
        f->flags |= HOPTLS_F_MISPLACED;
    } else if (form != FORM_WORD) {
        f->flags |= HOPTLS_F_FOREIGN_FORM;
    }
}

/* Whether the client may have written item `i`: what stands in front of its address as the server recorded it, and
 * all of its part where parentheses or quotes do not pair, or where a note takes the place of its name and its address. */
/*@ requires \valid_read(c) && i < c->count <= CLAUSE_ITEMS && \valid_read(who);
    terminates \true;
    assigns \nothing; */
static int is_clients(const clauses *c, uint32_t i, const peer *who)
{
    return c->item[i].place == PLACE_FROM && (i <= who->note || (c->flags & HOPTLS_F_UNBALANCED) != 0 ||
                                              (who->note == 0 && who->word.len == 0));
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures linear: spent{Pre, Here}(s.len + 1); */
static int holds_byte(const uint8_t *p, hoptls_span s, uint8_t byte)
{
    return hoptls_find_byte(p, s.off, span_end(s), byte) < span_end(s);
}

/* Whether the item is a text in quotes or angle brackets that no server writes: the client's name may be one, if it holds
 * no parenthesis. */
/*@ requires \valid_read(item) && item_readable(p, item);
    terminates \true;
    assigns hoptls_work;
    ensures linear: spent{Pre, Here}(item->span.len + 1); */
static int is_odd_quote(const uint8_t *p, const clause_item *item)
{
    if (item->place == PLACE_FROM) {
        return (item->kind == ITEM_QUOTED || item->kind == ITEM_ANGLE) && holds_byte(p, item->span, '(');
    }
    return item->kind == ITEM_QUOTED;
}

/* Whether such a text stands in the place of item `i`, before it if that is the server's: it may reach from one text
 * of the client's to another, past what the server wrote between, or end what the server began. */
/*@ requires value_known(p, c) && i < c->count;
    terminates \true;
    assigns hoptls_work; */
static int has_odd_quote(const uint8_t *p, const clauses *c, uint32_t i)
{
    uint32_t place = c->item[i].place;
    uint32_t end = place == PLACE_FROM ? c->count : i;
    uint32_t k = 0;
    /*@ loop invariant 0 <= k <= end;
        loop assigns k, hoptls_work;
        loop variant end - k; */
    while (k < end && !(c->item[k].place == place && is_odd_quote(p, &c->item[k]))) {
        k++;
    }
    HOPTLS_WORK(k);
    return k < end;
}

/* Whether the note that tells the address holds a parenthesis in front of it: then the client began the note, and ends
 * it where it likes. */
/*@ requires value_known(p, c) && client_known(p, who) && 0 < c->count;
    terminates \true;
    assigns hoptls_work; */
static int has_odd_note(const uint8_t *p, const clauses *c, const peer *who)
{
    const clause_item *note = &c->item[who->note < c->count ? who->note : 0];
    return note->kind == ITEM_COMMENT && note->bracket > 0 &&
           hoptls_find_byte(p, note->span.off + 1, note->bracket, '(') < note->bracket;
}

/* A date takes no more bytes, folds and all. */
enum { DATE_ROOM = 80 };

/*@ requires \valid_read(item) && item->span.off + item->span.len <= UINT32_MAX;
    requires readable(p, item->span.off, end);
    terminates \true;
    assigns hoptls_work;
    ensures bounded: spent{Pre, Here}(DATE_ROOM + 18000); */
static int is_before_date(const uint8_t *p, const clause_item *item, uint32_t end)
{
    hoptls_span behind = span_of(span_end(item->span), end);
    int64_t date;
    behind.len = behind.len < DATE_ROOM ? behind.len : DATE_ROOM;
    return item->kind == ITEM_SEMI && hoptls_date_read(p, span_trim(p, behind), &date) > 0;
}

/* Whether a date stands between the server's `by` and item `i`, which is then the client's, though another semicolon follows:
 * a sender's address in a note behind the date may close that note, and bring one. */
/*@ requires value_known(p, c) && i < c->count;
    terminates \true;
    assigns hoptls_work; */
static int is_behind_date(const uint8_t *p, const clauses *c, uint32_t i)
{
    uint32_t end = c->item[i].span.off;
    uint32_t k = 0;
    if (c->item[i].place == PLACE_FROM || c->item[i].place == PLACE_TAIL || end <= c->by_word ||
        hoptls_find_byte(p, c->by_word, end, ';') >= end) {
        return 0;
    }
    /*@ loop invariant 0 <= k <= i;
        loop assigns k, hoptls_work;
        loop variant i - k; */
    while (k < i && !(c->item[k].span.off > c->by_word && is_before_date(p, &c->item[k], end))) {
        k++;
    }
    HOPTLS_WORK(k);
    return k < i;
}

/*@ requires value_known(p, c) && client_known(p, who) && i < c->count;
    terminates \true;
    assigns hoptls_work; */
static int is_hearsay(const uint8_t *p, const clauses *c, const peer *who, uint32_t i, uint32_t lost)
{
    return is_clients(c, i, who) || lost == c->item[i].place + 1u || has_odd_quote(p, c, i) ||
           is_behind_date(p, c, i) || (c->item[i].place == PLACE_FROM && has_odd_note(p, c, who));
}

/* In front of `by`, what an unknown writer states in Postfix's form, and Exim by a text of its own, could be the
 * client's. */
/*@ requires \valid_read(f);
    terminates \true;
    assigns hoptls_work; */
static int is_doubtful_form(const findings *f, uint32_t place, uint32_t form)
{
    return place == PLACE_FROM && ((f->writer == 0 && form == FORM_USING) ||
                                   (form == FORM_COLON && states_in(f->writer, PLACE_FROM, FORM_COLON)));
}

/* What a record in this place that is not hearsay is good for. */
/*@ requires \valid(f) && ends_known(f->best) && ends_known(f->found);
    terminates \true;
    assigns *f, hoptls_work;
    ensures cipher: one_of(f->best.tls.cipher, f->found.tls.cipher, \old(f->best.tls.cipher));
    ensures group: one_of(f->best.tls.group, f->found.tls.group, \old(f->best.tls.group));
    ensures span: one_of(f->best.span, f->found.span, \old(f->best.span)) || joined(f->best.span, f->found.span, \old(f->best.span));
    ensures doubtful: same_spans(f->doubtful, \old(f->doubtful)) || same_spans(f->doubtful, f->found);
    ensures found: same_spans(f->found, \old(f->found)); */
static void place_record(uint32_t place, findings *f)
{
    if (is_doubtful_form(f, place, f->found.form)) {
        f->doubtful = f->found;
    } else if (states_in(f->writer, place, f->found.form)) {
        add_finding(f, f->found);
    } else {
        remark(f, place, f->found.form);
    }
}

/*@ requires looking(p, c, who, f) && record_readable(p, &f->found) && i < c->count;
    terminates \true;
    assigns *f, hoptls_work;
    ensures findings_known(p, f); */
static void take_record(const uint8_t *p, const clauses *c, const peer *who, uint32_t i, findings *f)
{
    if (is_hearsay(p, c, who, i, f->lost)) {
        f->flags |= HOPTLS_F_MISPLACED;
    } else {
        place_record(c->item[i].place, f);
    }
}

/* Beside the record of Postfix's form stands what it tells of the client's certificate; in another server's field, the
 * client could write such a note. */
/*@ requires looking(p, c, who, f) && i < c->count;
    terminates \true;
    assigns *f, hoptls_work;
    ensures findings_known(p, f); */
static void read_certificate(const uint8_t *p, const clauses *c, const peer *who, uint32_t i, findings *f)
{
    uint8_t cert = hoptls_tls_certificate(p, c->item[i].inside);
    if (cert != HOPTLS_CERT_NOT_STATED && f->cert == HOPTLS_CERT_NOT_STATED &&
        !is_hearsay(p, c, who, i, f->lost) &&
        (f->doubtful.form == FORM_USING || states_in(f->writer, c->item[i].place, FORM_USING))) {
        f->cert = cert;
    }
}

/* Courier writes what the client's ident service answers as it comes: it may end its note and begin another. */
/*@ requires value_known(p, c) && i < c->count && \valid_read(who);
    terminates \true;
    assigns hoptls_work; */
static int is_answer(const uint8_t *p, const clauses *c, uint32_t i, const peer *who)
{
    hoptls_span inside = c->item[i].inside;
    return c->item[i].place == PLACE_FROM && inside.len > 0 && lower(p[inside.off]) == 'i' &&
           phrase_starts(p, inside, TEXT("ident:")) && i != who->note;
}

/* What a comment states of TLS, in a form of any server or in one that begins with the name of the writer's product. */
/*@ requires span_readable(p, inside) && readable(p, 0, inside.off + inside.len) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures record_readable(p, out); */
static void find_record(const uint8_t *p, hoptls_span inside, uint32_t place, uint32_t writer,
                        tls_record *out)
{
    hoptls_tls_comment(p, inside, out);
    if (out->form == FORM_NONE && states_in(writer, place, FORM_PRODUCT)) {
        hoptls_tls_product(p, inside, out);
    }
}

/* Momentum quotes the subject of the client's certificate in its record: a quote or parenthesis in there may end the
 * comment early, and what follows a record with quotes in its place is the client's. */
/*@ requires looking(p, c, who, f) && i < c->count;
    terminates \true;
    assigns *f, hoptls_work;
    ensures findings_known(p, f); */
static void read_comment(const uint8_t *p, const clauses *c, const peer *who, uint32_t i, findings *f)
{
    int lost;
    find_record(p, c->item[i].inside, c->item[i].place, f->writer, &f->found);
    if (f->found.form != FORM_NONE) {
        take_record(p, c, who, i, f);
        lost = holds_byte(p, c->item[i].inside, '"');
    } else {
        read_certificate(p, c, who, i, f);
        lost = is_answer(p, c, i, who);
    }
    f->lost = lost ? c->item[i].place + 1u : f->lost;
}

/*@ requires looking(p, c, who, f) && i < c->count;
    terminates \true;
    assigns *f, hoptls_work;
    ensures findings_known(p, f); */
static void read_word(const uint8_t *p, const clauses *c, const peer *who, uint32_t i, findings *f)
{
    hoptls_tls_words(p, c, i, &f->first, &f->found);
    if (f->found.form != FORM_NONE) {
        take_record(p, c, who, i, f);
    }
}

/*@ requires looking(p, c, who, f) && i < c->count;
    terminates \true;
    assigns *f, hoptls_work;
    ensures findings_known(p, f); */
static void read_item(const uint8_t *p, const clauses *c, const peer *who, uint32_t i, findings *f)
{
    const clause_item *item = &c->item[i];
    if (item->kind == ITEM_COMMENT) {
        read_comment(p, c, who, i, f);
    } else if (item->kind == ITEM_WORD && !(item->place == PLACE_FROM && item->first)) {
        read_word(p, c, who, i, f);
    }
}

/* A doubtful comment in front of `by` could be the client's own words. Behind `by` the protocol word is the server's: where
 * it states TLS, and nothing else tells which, the comment may; where it does not, the comment is no evidence. */
/*@ requires \valid(f) && ends_known(f->best) && ends_known(f->doubtful);
    terminates \true;
    assigns *f;
    ensures cipher: one_of(f->best.tls.cipher, f->doubtful.tls.cipher, \old(f->best.tls.cipher));
    ensures group: one_of(f->best.tls.group, f->doubtful.tls.group, \old(f->best.tls.group));
    ensures span: one_of(f->best.span, f->doubtful.span, \old(f->best.span)) || joined(f->best.span, f->doubtful.span, \old(f->best.span));
    ensures doubtful: same_spans(f->doubtful, \old(f->doubtful)); */
static void settle_doubt(findings *f)
{
    if (f->doubtful.form == FORM_NONE) {
        return;
    }
    if (f->letter && f->doubtful.evidence == HOPTLS_EVIDENCE_DETAIL &&
        f->best.evidence != HOPTLS_EVIDENCE_DETAIL) {
        add_finding(f, f->doubtful);
    } else {
        f->flags |= HOPTLS_F_MISPLACED;
    }
}

/*@ requires \valid(f);
    terminates \true;
    assigns *f;
    ensures best: f->best.span.len == 0 && f->best.tls.cipher.len == 0 && f->best.tls.group.len == 0;
    ensures doubtful: f->doubtful.span.len == 0 && f->doubtful.tls.cipher.len == 0 && f->doubtful.tls.group.len == 0; */
static void clear_findings(findings *f)
{
    memset(f, 0, sizeof *f);
}

/* Read what may tell of TLS, in the order in which it stands. */
/*@ requires looking(p, c, who, f);
    terminates \true;
    assigns *f, hoptls_work;
    ensures findings_known(p, f); */
static void read_items(const uint8_t *p, const clauses *c, const peer *who, findings *f)
{
    uint64_t left = (c->notes | c->telling) & ~who->plain;
    /*@ loop invariant findings_known(p, f);
        loop assigns left, *f, hoptls_work;
        loop variant left; */
    while (left != 0) {
        uint32_t i = lowest_bit(left);
        if (i < c->count) {
            read_item(p, c, who, i, f);
        }
        left = bits_rest(left);
        HOPTLS_WORK(1);
    }
}

/*@ requires value_known(p, c) && client_known(p, who) && \valid(f) && \separated(f, c) && \separated(f, who);
    terminates \true;
    assigns *f, hoptls_work;
    ensures findings_known(p, f); */
static void find_evidence(const uint8_t *p, const clauses *c, uint32_t writer, const peer *who,
                          protocol first, findings *f)
{
    clear_findings(f);
    f->first = first;
    f->writer = writer;
    read_items(p, c, who, f);
    settle_doubt(f);
    if (f->best.evidence > HOPTLS_EVIDENCE_NEGATIVE && f->best.tls.client_cert == HOPTLS_CERT_NOT_STATED) {
        f->best.tls.client_cert = f->cert;
    }
}

/* ---- the protocol word ---- */

/*@ requires value_known(p, c) && i < CLAUSE_ITEMS && \valid(out) && \separated(out, c);
    terminates \true;
    assigns *out, hoptls_work;
    ensures bounded: spent{Pre, Here}(100); */
static int is_protocol(const uint8_t *p, const clauses *c, uint32_t i, with_word *out)
{
    return i < c->count && c->item[i].place == PLACE_WITH && hoptls_with_word_find(p, c->item[i].span, out);
}

/*@ requires value_known(p, c) && \valid(out) && \separated(out, c);
    terminates \true;
    assigns *out, hoptls_work; */
static void find_protocol(const uint8_t *p, const clauses *c, protocol *out)
{
    uint64_t left = c->telling;
    /*@ loop assigns left, out->word, hoptls_work;
        loop variant left; */
    while (left != 0 && !is_protocol(p, c, lowest_bit(left), &out->word)) {
        left = bits_rest(left);
        HOPTLS_WORK(1);
    }
    out->item = left != 0 ? lowest_bit(left) : CLAUSE_ITEMS;
}

/* The first word behind `with` that is a protocol. */
/*@ requires value_known(p, c);
    terminates \true;
    assigns hoptls_work; */
static protocol first_protocol(const uint8_t *p, const clauses *c)
{
    protocol first = {CLAUSE_ITEMS, {HOPTLS_EVIDENCE_SILENT, HOPTLS_ROLE_RELAY, 0, 0}};
    find_protocol(p, c, &first);
    return first;
}

/* What the server tells of a login stands behind what it tells of the address; in front, it would be the client's. */
/*@ requires value_known(p, c) && \valid_read(who);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 ==> i < c->count; */
static int is_login_note(const uint8_t *p, const clauses *c, uint32_t i, const peer *who)
{
    hoptls_span inside;
    if (i >= c->count || c->item[i].kind != ITEM_COMMENT || c->item[i].place != PLACE_FROM ||
        is_clients(c, i, who)) {
        return 0;
    }
    inside = c->item[i].inside;
    if (inside.len == 0 || (lower(p[inside.off]) != 'a' && lower(p[inside.off]) != 'u')) {
        return 0;
    }
    return phrase_starts(p, inside, TEXT("authenticated")) || phrase_starts(p, inside, TEXT("auth: ")) ||
           phrase_starts(p, inside, TEXT("user="));
}

/* Where the strength of a SASL security layer (RFC 4422 section 3.7) stands, which encrypts without TLS; the end if it does not:
 * sendmail since 8.12, Cyrus and Haraka write `(authenticated bits=N)`, `(authenticated user=name bits=N)` or `(user=name
 * author=name mech=M bits=N)`, whose names are the client's, so that the last `=` counts; sendmail 8.11 `(authenticated (N bits))`. */
/*@ requires span_readable(p, inside);
    terminates \true;
    assigns hoptls_work;
    ensures inside.off <= \result <= inside.off + inside.len;
    ensures linear: spent{Pre, Here}(6 * inside.len + 8); */
static uint32_t layer_at(const uint8_t *p, hoptls_span inside)
{
    uint32_t at = phrase_end(p, inside, TEXT("authenticated ("));
    uint32_t eq = find_last(p, inside, '=');
    if (at > 0) {
        return at;
    }
    if (eq == span_end(inside) || !span_ends(p, span_of(inside.off, eq), TEXT("bits"))) {
        return span_end(inside);
    }
    return phrase_starts(p, inside, TEXT("authenticated bits=")) ||
                   phrase_starts(p, inside, TEXT("authenticated user=")) ||
                   phrase_starts(p, inside, TEXT("user="))
               ? eq + 1
               : span_end(inside);
}

/* That strength in bits; 0 if none is told. */
/*@ requires span_readable(p, inside);
    terminates \true;
    assigns hoptls_work;
    ensures linear: spent{Pre, Here}(6 * inside.len + 8); */
static uint32_t layer_bits(const uint8_t *p, hoptls_span inside)
{
    uint32_t i = layer_at(p, inside);
    uint32_t n = 0;
    /*@ loop invariant inside.off <= i <= inside.off + inside.len;
        loop invariant n < 10009;
        loop assigns i, n;
        loop variant inside.off + inside.len - i; */
    while (i < span_end(inside) && is_digit(p[i]) && n < 1000) {
        n = n * 10 + (p[i] - (uint32_t)'0');
        i++;
    }
    return n;
}

/* Sendmail and Cyrus: `(authenticated bits=128)`. The weakest layer that is not merely integrity is DES with 56. */
/*@ requires value_known(p, c) && \valid_read(who);
    terminates \true;
    assigns hoptls_work; */
static int is_layer_note(const uint8_t *p, const clauses *c, uint32_t i, const peer *who)
{
    return is_login_note(p, c, i, who) && layer_bits(p, c->item[i].inside) >= 56;
}

/*@ requires value_known(p, c) && \valid_read(who);
    terminates \true;
    assigns hoptls_work; */
static int has_security_layer(const uint8_t *p, const clauses *c, const peer *who)
{
    uint64_t left = c->notes & ~who->plain;
    /*@ loop assigns left, hoptls_work;
        loop variant left; */
    while (left != 0 && !is_layer_note(p, c, lowest_bit(left), who)) {
        left = bits_rest(left);
        HOPTLS_WORK(1);
    }
    return left != 0;
}

/*@ requires value_known(p, c) && \valid_read(who);
    terminates \true;
    assigns hoptls_work; */
static int has_login_note(const uint8_t *p, const clauses *c, const peer *who)
{
    uint64_t left = c->notes & ~who->plain;
    /*@ loop assigns left, hoptls_work;
        loop variant left; */
    while (left != 0 && !is_login_note(p, c, lowest_bit(left), who)) {
        left = bits_rest(left);
        HOPTLS_WORK(1);
    }
    return left != 0;
}

/* Whether the field names a local transport. Sets role and login. */
/*@ requires value_known(p, c) && \valid_read(who) && \valid_read(w) && \valid(out);
    requires \separated(out, c) && \separated(out, who) && \separated(out, w);
    terminates \true;
    assigns out->flags, out->role, hoptls_work; */
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
/*@ requires at < end && readable(p, at, end);
    terminates \true;
    assigns \nothing; */
static uint32_t odd_flag(const uint8_t *p, uint32_t at, uint32_t end)
{
    if (p[at] >= 0x80) {
        return HOPTLS_F_EIGHT_BIT;
    }
    return p[at] == '\r' && end - at > 1 && p[at + 1] == '\n' ? 0 : (uint32_t)HOPTLS_F_CONTROL;
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures linear: spent{Pre, Here}(s.len); */
static uint32_t byte_flags(const uint8_t *p, hoptls_span s)
{
    uint32_t at = hoptls_find_odd(p, s, s.off);
    uint32_t flags = 0;
    /*@ loop invariant s.off <= at <= s.off + s.len;
        loop invariant spent{Pre, Here}(at - s.off);
        loop assigns at, flags, hoptls_work;
        loop variant s.off + s.len - at; */
    while (at < span_end(s)) {
        flags |= odd_flag(p, at, span_end(s));
        at = hoptls_find_odd(p, s, at + 1);
    }
    return flags;
}

/* ---- the hop ---- */

/*@ requires \valid_read(c) && \valid(out) && \separated(out, c);
    terminates \true;
    assigns out->by, out->with, out->id, out->recipient, out->date_text, out->date, out->flags;
    ensures out->by == c->by;
    ensures out->with == c->with;
    ensures out->id == c->id;
    ensures out->recipient == c->recipient;
    ensures out->date_text == c->date_text; */
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
/*@ requires value_known(p, c) && \valid_read(f);
    terminates \true;
    assigns hoptls_work; */
static int is_doubtful(const uint8_t *p, const clauses *c, const findings *f)
{
    return f->best.evidence > HOPTLS_EVIDENCE_NEGATIVE &&
           ((c->flags & (HOPTLS_F_TOO_MANY | HOPTLS_F_REPEATED_BY)) != 0 || hoptls_clauses_hide_by(p, c) ||
            hoptls_clauses_break_out(p, c));
}

/*@ requires \valid(best);
    terminates \true;
    assigns *best;
    ensures best->span.len == 0 && best->tls.cipher.len == 0 && best->tls.group.len == 0; */
static void clear_evidence(tls_record *best)
{
    memset(best, 0, sizeof *best);
}

/*@ requires \valid(out);
    terminates \true;
    assigns out->evidence, out->tls, out->proof;
    ensures cipher: out->tls.cipher == best.tls.cipher;
    ensures group: out->tls.group == best.tls.group;
    ensures proof: one_of(out->proof, best.span, mark); */
static void set_evidence(tls_record best, hoptls_span mark, hoptls_hop *out)
{
    out->evidence = best.evidence != 0 ? best.evidence : (uint8_t)HOPTLS_EVIDENCE_SILENT;
    out->tls = best.tls;
    out->proof = best.evidence != 0 ? best.span : mark;
}

/*@ requires value_known(p, c) && findings_known(p, f) && span_readable(p, mark) && \valid(out);
    requires \separated(out, f) && \separated(out, c) && \separated(f, c);
    terminates \true;
    assigns *f, out->flags, out->silence, out->evidence, out->tls, out->proof, hoptls_work;
    ensures hop_tls(p, out); */
static void take_evidence(const uint8_t *p, const clauses *c, hoptls_span mark, findings *f, hoptls_hop *out)
{
    if (is_doubtful(p, c, f)) {
        clear_evidence(&f->best);
        f->flags |= HOPTLS_F_MISPLACED;
        out->silence = HOPTLS_SILENCE_UNKNOWN;
    }
    out->flags |= f->flags;
    set_evidence(f->best, mark, out);
}

/* What silence means: as the writer's row says, unless the field itself names a local transport. It is not known
 * where some of the field is missing, where SASL may have encrypted, and where a row that speaks of SMTP meets HTTP. */
/*@ requires value_known(p, c) && \valid_read(who) && \valid_read(w) && \valid(out);
    requires \separated(out, c) && \separated(out, who) && \separated(out, w);
    terminates \true;
    assigns out->grade, out->silence, out->silence_basis, hoptls_work; */
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
    if ((c->flags & HOPTLS_F_TOO_MANY) != 0 || has_security_layer(p, c, who) ||
        (out->role == HOPTLS_ROLE_INJECTION && w->role == 0 && !local)) {
        out->silence = HOPTLS_SILENCE_UNKNOWN;
    }
    out->silence_basis = HOPTLS_BASIS_SILENCE;
}

/* A second `by` is somebody else's: a client's name in front of the server's, or a sender's address that broke out of a
 * comment behind it. Then no words of the field prove that no network was crossed. */
/*@ requires \valid(out);
    terminates \true;
    assigns out->silence, out->role, out->writer_scope; */
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

/*@ requires \valid_read(w) && \valid(out) && \separated(out, w);
    terminates \true;
    assigns out->writer_scope; */
static void set_writer_scope(const writer_facts *w, int local, hoptls_hop *out)
{
    if (local || out->silence == HOPTLS_SILENCE_NOT_NETWORK || (w->hints & HINT_SAME_HOST) != 0 ||
        ((w->hints & HINT_OWN_LOOPBACK) != 0 && out->addr.network == HOPTLS_NET_LOOPBACK)) {
        out->writer_scope = HOPTLS_SCOPE_HOST;
    } else if ((w->hints & HINT_INTERNAL) != 0) {
        out->writer_scope = HOPTLS_SCOPE_INTERNAL;
    }
}

/*@ requires part.off + part.len <= UINT32_MAX && whole.off + whole.len <= UINT32_MAX;
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> part_of(part, whole.off, whole.off + whole.len); */
static int is_part(hoptls_span part, hoptls_span whole)
{
    return part.len == 0 || (part.off >= whole.off && span_end(part) <= span_end(whole));
}

/* What is known of a host by its name; `known` is what is known of another, which often has the same name. */
/*@ requires span_readable(p, name) && span_readable(p, other) && span_readable(p, known.org);
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result.org, name.off, name.off + name.len); */
static host host_of(const uint8_t *p, hoptls_span name, hoptls_span other, host known)
{
    if (name.len == 0 || name.len != other.len || !is_part(known.org, other) ||
        !bytes_same(p + name.off, p + other.off, name.len)) {
        hoptls_host_read(p, name, &known);
    } else if (known.org.len > 0) {
        known.org.off = name.off + (known.org.off - other.off);
    }
    return known;
}

/*@ requires \valid_read(who) && peer_readable(p, who) && \valid(out) && \separated(out, who);
    requires span_readable(p, out->helo) && span_readable(p, out->by);
    terminates \true;
    assigns out->helo_org, out->helo_provider, out->rdns_org, out->rdns_provider, out->by_org, out->by_provider, hoptls_work;
    ensures hop_orgs(p, out); */
static void set_organisations(const uint8_t *p, const peer *who, hoptls_hop *out)
{
    host helo = host_of(p, out->helo, who->rdns, who->rdns_host);
    host by = host_of(p, out->by, out->helo, helo);
    out->helo_org = helo.org;
    out->helo_provider = helo.provider;
    out->rdns_org = who->rdns_host.org;
    out->rdns_provider = who->rdns_host.provider;
    out->by_org = by.org;
    out->by_provider = by.provider;
}

/* How the message came: its role, what the field states of TLS, and what its silence means. Whether it came by a local
 * transport. */
/*@ requires value_known(p, c) && client_known(p, who) && \valid(f) && \separated(f, c) && \separated(f, who);
    requires \valid_read(w) && span_readable(p, w->mark) && \valid(out);
    requires \separated(out, c, who, w, f) && \separated(f, w);
    terminates \true;
    assigns *f, out->role, out->flags, out->silence, out->silence_basis, out->grade, out->evidence, out->tls, out->proof, hoptls_work;
    ensures hop_tls(p, out); */
static int set_transport(const uint8_t *p, const clauses *c, const writer_facts *w, const peer *who,
                         findings *f, hoptls_hop *out)
{
    protocol first = first_protocol(p, c);
    int local = set_role(p, c, who, w, first.word, out);
    find_evidence(p, c, w->number, who, first, f);
    take_evidence(p, c, w->mark, f, out);
    set_silence(p, c, who, w, local, out);
    return local;
}

/* Who sent it and who wrote the field. */
/*@ requires \valid(who) && peer_readable(p, who) && \valid(out) && \separated(out, who);
    requires span_readable(p, out->helo) && span_readable(p, out->by);
    terminates \true;
    assigns who->addr, who->rdns, who->rdns_host, who->said, who->word_found, out->helo, out->rdns, out->addr, out->flags,
            out->helo_org, out->helo_provider, out->rdns_org, out->rdns_provider, out->by_org, out->by_provider, hoptls_work;
    ensures client: hop_client(p, out);
    ensures organisations: hop_orgs(p, out); */
static void set_names(const uint8_t *p, uint8_t hints, peer *who, hoptls_hop *out)
{
    int found = settle_client(p, hints, out->role, who);
    set_client(who, found, out);
    set_organisations(p, who, out);
}

/*@ requires \valid_read(c) && \valid_read(w) && \valid(out) && \separated(out, c) && \separated(out, w);
    terminates \true;
    assigns out->silence, out->role, out->writer_scope; */
static void set_scope(const clauses *c, const writer_facts *w, int local, hoptls_hop *out)
{
    set_writer_scope(w, local, out);
    if ((c->flags & HOPTLS_F_REPEATED_BY) != 0) {
        doubt_place(out);
    }
}

/* What the value tells, now that its parts, its client and its writer are known. */
/*@ requires value_known(p, c) && \valid(who) && client_known(p, who) && \valid_read(w) && span_readable(p, w->mark);
    requires \valid(out) && span_readable(p, out->helo);
    requires \valid(f) && \separated(out, c, who, w, f) && \separated(who, c, w, f) && \separated(f, c, w);
    terminates \true;
    assigns *who, *f, *out, hoptls_work;
    ensures clauses: hop_clauses(p, out);
    ensures client: hop_client(p, out);
    ensures tls: hop_tls(p, out);
    ensures organisations: hop_orgs(p, out);
    ensures rest: out->field == \old(out->field) && out->value == \old(out->value) && out->onward == \old(out->onward); */
static void set_facts(const uint8_t *p, const clauses *c, const writer_facts *w, peer *who, findings *f,
                      hoptls_hop *out)
{
    int local = set_transport(p, c, w, who, f, out);
    out->writer = w->number;
    set_clauses(c, out);
    set_names(p, w->hints, who, out);
    set_scope(c, w, local, out);
}

/* Split the value, and find the client and the writer in it. */
/*@ requires span_readable(p, value) && readable(p, 0, value.off + value.len) && \valid(c) && \valid(who) && \valid(w);
    requires \separated(c, who, w);
    terminates \true;
    assigns *c, *who, *w, hoptls_work;
    ensures value: value_known(p, c);
    ensures client: client_known(p, who);
    ensures mark: span_readable(p, w->mark); */
static void find_parts(const uint8_t *p, hoptls_span value, clauses *c, peer *who, writer_facts *w)
{
    hoptls_clauses_read(p, value, c);
    hoptls_peer_read(p, c, who);
    hoptls_writer_find(p, value, c, who, w);
}

/*@ requires span_readable(p, value) && readable(p, 0, value.off + value.len) && \valid(out) && span_readable(p, out->helo);
    terminates \true;
    assigns *out, hoptls_work;
    ensures clauses: hop_clauses(p, out);
    ensures client: hop_client(p, out);
    ensures tls: hop_tls(p, out);
    ensures organisations: hop_orgs(p, out);
    ensures rest: out->field == \old(out->field) && out->value == \old(out->value) && out->onward == \old(out->onward); */
static void read_value(const uint8_t *p, hoptls_span value, hoptls_hop *out)
{
    clauses c;
    peer who;
    writer_facts w;
    findings f;
    find_parts(p, value, &c, &who, &w);
    set_facts(p, &c, &w, &who, &f, out);
}

/*@ requires \valid(out);
    terminates \true;
    assigns *out;
    ensures out->helo.len == 0 && out->onward.len == 0; */
static void clear_hop(hoptls_hop *out)
{
    memset(out, 0, sizeof *out);
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
    clear_hop(out);
    out->field = field->whole;
    out->value = field->value;
    out->flags = byte_flags(msg.ptr, field->value);
    read_value(msg.ptr, field->value, out);
    return HOPTLS_OK;
}
