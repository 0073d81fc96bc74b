/* clauses -> what the server recorded of the client. */
#include "internal.h"

/* The brackets that begin at `at`, through the first that closes; empty if none does. */
/*@ requires span_readable(p, s) && s.off <= at <= s.off + s.len;
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, at, s.off + s.len);
    ensures spent{Pre, Here}(s.len + 1); */
static hoptls_span brackets_at(const uint8_t *p, hoptls_span s, uint32_t at)
{
    uint32_t close = (uint32_t)hoptls_find_byte(p, at, span_end(s), ']');
    return close < span_end(s) ? span_of(at, close + 1) : span_of(at, at);
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t name_stop(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && !is_space(p[i]) && p[i] != '[' && p[i] != '(') {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* Behind an `@`, if the word has one: ident's answer stands before it. */
/*@ requires span_readable(p, word);
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, word.off, word.off + word.len);
    ensures spent{Pre, Here}(word.len); */
static hoptls_span without_user(const uint8_t *p, hoptls_span word)
{
    uint32_t at = find_last(p, word, '@');
    return at < span_end(word) ? span_of(at + 1, span_end(word)) : word;
}

/* Sendmail's remark that the name does not lead back to the address (srvrsmtp.c). */
/*@ requires span_readable(p, inside) && \valid(out);
    terminates \true;
    assigns out->forged, hoptls_work;
    ensures part_of(\result, inside.off, inside.off + inside.len);
    ensures spent{Pre, Here}(3 * inside.len); */
static hoptls_span without_remark(const uint8_t *p, hoptls_span inside, peer *out)
{
    uint32_t open =
        inside.len > 0 && p[span_end(inside) - 1] == ')' ? find_last(p, inside, '(') : span_end(inside);
    if (!phrase_is(p, span_of(open, span_end(inside)), TEXT("(may be forged)"))) {
        return inside;
    }
    out->forged = 1;
    return span_trim(p, span_of(inside.off, open));
}

/* The name that begins at `at`: up to the next blank, brackets and all. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, at, end);
    ensures spent{Pre, Here}(end - at); */
static hoptls_span name_at(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && !is_space(p[i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return span_of(at, i);
}

/* The first byte in lower case, 0 if there is none. */
/*@ requires span_readable(p, inside);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 ==> inside.len > 0; */
static uint8_t note_letter(const uint8_t *p, hoptls_span inside)
{
    return inside.len > 0 ? lower(p[inside.off]) : 0;
}

/* (HELO name) (EHLO name) (LHLO name), as qmail, Yahoo, James and Zimbra write it. */
/*@ requires span_readable(p, inside) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->said, out->word_found, hoptls_work;
    ensures peer_readable(p, out);
    ensures spent{Pre, Here}(4 * inside.len); */
static int note_of_helo(const uint8_t *p, hoptls_span inside, peer *out)
{
    uint8_t c = note_letter(p, inside);
    if (c != 'h' && c != 'e' && c != 'l') {
        return 0;
    }
    if (!phrase_starts(p, inside, TEXT("helo ")) && !phrase_starts(p, inside, TEXT("ehlo ")) &&
        !phrase_starts(p, inside, TEXT("lhlo "))) {
        return 0;
    }
    out->said = span_trim(p, span_of(inside.off + 5, span_end(inside)));
    out->word_found = 1;
    return 1;
}

/* (helo=name) (port=1 helo=name), as Exim writes it behind an address. */
/*@ requires span_readable(p, inside) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->said, out->word_found, hoptls_work;
    ensures peer_readable(p, out);
    ensures spent{Pre, Here}(6 * inside.len); */
static int note_of_exim(const uint8_t *p, hoptls_span inside, peer *out)
{
    uint32_t at = inside.off;
    uint8_t c = note_letter(p, inside);
    if (c != 'h' && c != 'p' && c != 'i') {
        return 0;
    }
    if (phrase_starts(p, inside, TEXT("port="))) {
        at = skip_space(p, name_stop(p, at, span_end(inside)), span_end(inside));
    }
    if (phrase_starts(p, span_of(at, span_end(inside)), TEXT("helo="))) {
        out->said = name_at(p, at + 5, span_end(inside));
    } else if (at == inside.off && !phrase_starts(p, inside, TEXT("ident="))) {
        return 0;
    }
    out->word_found = 1;
    return 1;
}

/* ZoneMTA (sending-zone.js) writes the name that it found behind the address: a host and nothing else. */
/*@ requires span_readable(p, word) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->rdns, out->rdns_host, hoptls_work;
    ensures peer_readable(p, out); */
static void name_behind_address(const uint8_t *p, hoptls_span word, peer *out)
{
    host found;
    hoptls_host_read(p, word, &found);
    if (found.qualified && name_stop(p, word.off, span_end(word)) == span_end(word)) {
        out->rdns = word;
        out->rdns_host = found;
    }
}

/* ([address] helo=name) ([address]:port ...) ([address] name): the address comes first, and the client's words behind it. */
/*@ requires span_readable(p, inside) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->addr, out->said, out->word_found, out->rdns, out->rdns_host, hoptls_work;
    ensures peer_readable(p, out); */
static int note_of_address(const uint8_t *p, hoptls_span inside, peer *out)
{
    hoptls_span literal;
    uint32_t end = span_end(inside);
    uint32_t at;
    if (inside.len == 0 || p[inside.off] != '[') {
        return 0;
    }
    literal = brackets_at(p, inside, inside.off);
    if (!hoptls_addr_read(p, literal, &out->addr)) {
        return 0;
    }
    at = skip_space(p, name_stop(p, span_end(literal), end), end);
    if (phrase_starts(p, span_of(at, end), TEXT("helo="))) {
        out->said = name_at(p, at + 5, end);
        out->word_found = 1;
    } else {
        name_behind_address(p, span_of(at, end), out);
    }
    return 1;
}

/* The name in front of the address, of a host or of a machine in its own house: what ident said may stand before it. */
/*@ requires span_readable(p, before) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->rdns, out->rdns_host, hoptls_work;
    ensures peer_readable(p, out) && part_of(\result, before.off, before.off + before.len); */
static hoptls_span name_before_address(const uint8_t *p, hoptls_span before, peer *out)
{
    hoptls_span name = before;
    hoptls_host_read(p, name, &out->rdns_host);
    if (!out->rdns_host.qualified) {
        name = without_user(p, before);
        hoptls_host_read(p, name, &out->rdns_host);
    }
    if (out->rdns_host.qualified || hoptls_host_is_local(p, name)) {
        out->rdns = name;
    }
    return name;
}

/* (rdns [address]) (user@rdns [address]): the last brackets are the server's. */
/*@ requires span_readable(p, inside) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->addr, out->rdns, out->rdns_host, out->plain, hoptls_work;
    ensures peer_readable(p, out); */
static int note_of_name(const uint8_t *p, hoptls_span inside, uint32_t bracket, peer *out)
{
    int known = bracket >= inside.off && bracket < span_end(inside);
    uint32_t open = known ? bracket : find_last(p, inside, '[');
    hoptls_span literal = brackets_at(p, inside, open);
    hoptls_span name;
    if (open == span_end(inside) || !hoptls_addr_read(p, literal, &out->addr)) {
        return 0;
    }
    name = name_before_address(p, span_trim(p, span_of(inside.off, open)), out);
    out->plain = out->rdns_host.qualified && name.off == inside.off && span_end(literal) == span_end(inside);
    return 1;
}

/* (address) (user@address) */
/*@ requires span_readable(p, inside) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->addr, hoptls_work;
    ensures peer_readable(p, out); */
static int note_of_bare_address(const uint8_t *p, hoptls_span inside, peer *out)
{
    return hoptls_addr_read(p, without_user(p, inside), &out->addr);
}

typedef struct heading {
    uint8_t text[16];
    uint8_t len;
} heading;

/* clang-format off */
/* Notes that may hold an address without being about the client's: what the client said to log in, what identd
 * answered (Courier), the session, the envelope. `IDENT:name@host [address]` without the blank is Sendmail's. */
static const heading other_notes[] = {
    {"authenticated ", 14}, {"auth: ", 6}, {"user=", 5}, {"account ", 8}, {"ident: ", 7}, {"client ", 7},
    {"using ", 6}, {"envelope-", 9},
};
/* clang-format on */
#define OTHER_NOTES (uint32_t)(sizeof(other_notes) / sizeof(other_notes[0]))

/* Whether a note whose first letter is `c` begins as row `i` says. */
/*@ requires span_readable(p, inside) && i < OTHER_NOTES;
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(inside.len); */
static int begins_with(const uint8_t *p, hoptls_span inside, uint8_t c, uint32_t i)
{
    return c == other_notes[i].text[0] && phrase_starts(p, inside, other_notes[i].text, other_notes[i].len);
}

/*@ requires span_readable(p, inside);
    terminates \true;
    assigns hoptls_work; */
static int is_other_note(const uint8_t *p, hoptls_span inside)
{
    uint8_t c = note_letter(p, inside);
    uint32_t i = 0;
    /*@ loop invariant i <= OTHER_NOTES;
        loop assigns i, hoptls_work;
        loop variant OTHER_NOTES - i; */
    while (i < OTHER_NOTES && !begins_with(p, inside, c, i)) {
        i++;
        HOPTLS_WORK(1);
    }
    return i < OTHER_NOTES;
}

/* Whether nothing but a name can stand before the address: where brackets end the note and do not begin it, an address
 * alone, behind its user or not, is read as well as one with a name. */
/*@ requires span_readable(p, inside);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 ==> inside.len > 0; */
static int ends_in_brackets(const uint8_t *p, hoptls_span inside)
{
    return inside.len > 0 && p[inside.off] != '[' && p[span_end(inside) - 1] == ']';
}

/*@ requires span_readable(p, inside) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->addr, out->said, out->word_found, out->rdns, out->rdns_host, out->plain, hoptls_work;
    ensures peer_readable(p, out); */
static int note_of_some_address(const uint8_t *p, hoptls_span inside, uint32_t bracket, peer *out)
{
    if (!ends_in_brackets(p, inside) &&
        (note_of_address(p, inside, out) || note_of_bare_address(p, inside, out))) {
        return 1;
    }
    return note_of_name(p, inside, bracket, out);
}

/*@ requires \valid(out);
    terminates \true;
    assigns *out;
    ensures out->word.len == 0 && out->said.len == 0 && out->beside.len == 0 && out->rdns.len == 0;
    ensures out->word.off == 0 && out->said.off == 0 && out->beside.off == 0 && out->rdns.off == 0;
    ensures out->rdns_host.org.len == 0 && out->rdns_host.org.off == 0;
    ensures out->note == 0 && out->plain == 0 && out->word_found == 0 && out->forged == 0; */
static void clear_peer(peer *out)
{
    memset(out, 0, sizeof *out);
}

/* What one note tells takes the place of what an older one told, but for what the client said of itself. */
/*@ requires \valid_read(found) && \valid(out) && \separated(found, out);
    terminates \true;
    assigns out->addr, out->said, out->word_found, out->rdns, out->rdns_host, out->plain;
    ensures out->rdns == found->rdns && out->rdns_host == found->rdns_host;
    ensures out->said == found->said || out->said == \old(out->said); */
static void take_found(const peer *found, peer *out)
{
    out->addr = found->addr;
    out->rdns = found->rdns;
    out->rdns_host = found->rdns_host;
    out->said = found->word_found ? found->said : out->said;
    out->word_found = found->word_found ? 1 : out->word_found;
    out->plain = found->plain;
}

/* What this note alone tells of the client. */
/*@ requires span_readable(p, inside) && \valid(found);
    terminates \true;
    assigns *found, hoptls_work;
    ensures peer_readable(p, found); */
static int note_alone(const uint8_t *p, hoptls_span inside, uint32_t bracket, peer *found)
{
    clear_peer(found);
    return !is_other_note(p, inside) && note_of_some_address(p, inside, bracket, found);
}

/* The same, beside what is known: `found` is room for it. */
/*@ requires span_readable(p, inside) && \valid(found) && \valid(out) && peer_readable(p, out) && \separated(found, out);
    terminates \true;
    assigns *found, out->addr, out->said, out->word_found, out->rdns, out->rdns_host, out->plain, hoptls_work;
    ensures peer_readable(p, out); */
static int note_to_peer(const uint8_t *p, hoptls_span inside, uint32_t bracket, peer *found, peer *out)
{
    if (!note_alone(p, inside, bracket, found)) {
        return 0;
    }
    take_found(found, out);
    return 1;
}

/*@ requires span_readable(p, inside) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->addr, out->said, out->word_found, out->rdns, out->rdns_host, out->plain, hoptls_work;
    ensures peer_readable(p, out); */
static int note_of_peer(const uint8_t *p, hoptls_span inside, uint32_t bracket, peer *out)
{
    peer found;
    return note_to_peer(p, inside, bracket, &found, out);
}

/* Returns 1 if the note tells the client's address. */
/*@ requires \valid_read(item) && item_readable(p, item) && \valid(out) && peer_readable(p, out) && \separated(out, item);
    terminates \true;
    assigns out->addr, out->said, out->word_found, out->rdns, out->rdns_host, out->plain, out->forged, hoptls_work;
    ensures peer_readable(p, out); */
static int read_note(const uint8_t *p, const clause_item *item, peer *out)
{
    hoptls_span inside = without_remark(p, item->inside, out);
    if (note_of_helo(p, inside, out) || note_of_exim(p, inside, out)) {
        return 0;
    }
    return note_of_peer(p, inside, item->bracket, out);
}

/* Brackets outside comments: fetchmail's address; not the bits of a cipher, which s/qmail writes behind its note. */
/*@ requires span_readable(p, literal) && \valid(out) && peer_readable(p, out);
    terminates \true;
    assigns out->addr, hoptls_work;
    ensures peer_readable(p, out); */
static int read_literal(const uint8_t *p, hoptls_span literal, peer *out)
{
    hoptls_addr addr;
    if (!hoptls_addr_read(p, literal, &addr)) {
        return 0;
    }
    out->addr = addr;
    return 1;
}

/*@ requires \valid_read(item) && item_readable(p, item) && \valid(out) && peer_readable(p, out) && \separated(out, item);
    terminates \true;
    assigns out->addr, out->said, out->word_found, out->rdns, out->rdns_host, out->plain, out->forged, out->beside, hoptls_work;
    ensures peer_readable(p, out); */
static int read_peer_item(const uint8_t *p, const clause_item *item, peer *out)
{
    if (item->place != PLACE_FROM) {
        return 0;
    }
    if (item->kind == ITEM_COMMENT) {
        out->beside = out->beside.len == 0 ? item->inside : out->beside;
        return read_note(p, item, out);
    }
    return item->kind == ITEM_LITERAL && !item->first && read_literal(p, item->span, out);
}

void hoptls_peer_read(const uint8_t *p, const clauses *c, peer *out)
{
    uint64_t left = c->notes;
    uint64_t plain = 0;
    clear_peer(out);
    out->word = c->helo;
    /*@ loop invariant peer_readable(p, out);
        loop assigns left, plain, *out, hoptls_work;
        loop variant left; */
    while (left != 0) {
        uint32_t i = lowest_bit(left);
        out->plain = 0;
        if (i < c->count && read_peer_item(p, &c->item[i], out)) {
            out->note = i;
            plain |= out->plain != 0 ? bit_at(i) : 0;
        }
        left = bits_rest(left);
        HOPTLS_WORK(1);
    }
    out->plain = plain;
}
