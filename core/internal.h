/* What core files share with each other and with nobody else. Rooms in the order of the data. */
#ifndef HOPTLS_INTERNAL_H
#define HOPTLS_INTERNAL_H

#include "bytes.h"

#if defined(__GNUC__) && !defined(__FRAMAC__) && !defined(_WIN32)
#pragma GCC visibility push(hidden)
#endif

/* ---- scan.c: the bytes that the loops wait for ------------------------------------------------------- */

/* The offset of the first `byte` in [at, end), or `end`. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures \result < end ==> p[\result] == byte;
    ensures \forall integer k; at <= k < \result ==> p[k] != byte;
    ensures spent{Pre, Here}(\result - at + 1); */
size_t hoptls_find_byte(const uint8_t *p, size_t at, size_t end, uint8_t byte);

/* The first place in [at, end) where the two letters stand, given in lower case, whatever their case; or `end`. The
 * bytes in front of `at` may be looked at, too. */
/*@ predicate pair_at{L}(uint8_t *p, integer k, uint8_t one, uint8_t other) =
        (\at(p[k], L) | 0x20) == one && (\at(p[k + 1], L) | 0x20) == other;
    predicate first_pair{L}(uint8_t *p, integer at, integer end, uint8_t one, uint8_t other, integer found) =
        at <= found <= end && (found < end ==> found + 1 < end && pair_at{L}(p, found, one, other)) &&
        (\forall integer k; at <= k < found && k + 1 < end ==> !pair_at{L}(p, k, one, other));
*/
/*@ requires at <= end && readable(p, 0, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_pair(p, at, end, one, other, \result);
    ensures spent{Pre, Here}(\result - at); */
uint32_t hoptls_find_pair(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other);
/*@ requires at <= end && readable(p, 0, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_pair(p, at, end, one, other, \result);
    ensures spent{Pre, Here}(\result - at); */
uint32_t hoptls_find_pair_portable(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other);
#if defined(__SSE2__) || defined(__FRAMAC__)
/*@ requires at <= end && readable(p, 0, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_pair(p, at, end, one, other, \result);
    ensures spent{Pre, Here}(\result - at); */
uint32_t hoptls_find_pair_sse2(const uint8_t *p, uint32_t at, uint32_t end, uint8_t one, uint8_t other);
#endif

/* The twins behind it, for the test that compares them (invariant I8). */
/*@ predicate first_byte{L}(uint8_t *p, integer at, integer end, uint8_t byte, integer found) =
        at <= found <= end && (found < end ==> \at(p[found], L) == byte) &&
        (\forall integer k; at <= k < found ==> \at(p[k], L) != byte);
*/
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_byte(p, at, end, byte, \result);
    ensures spent{Pre, Here}(\result - at + 1); */
size_t hoptls_find_byte_portable(const uint8_t *p, size_t at, size_t end, uint8_t byte);
#if defined(__SSE2__) || defined(__FRAMAC__)
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_byte(p, at, end, byte, \result);
    ensures spent{Pre, Here}(\result - at + 1); */
size_t hoptls_find_byte_sse2(const uint8_t *p, size_t at, size_t end, uint8_t byte);
#endif

/* Bytes of a value at a glance: a bit for each of the SCAN_BYTES bytes of `s` from `at` on, or as many as are left, the
 * first lowest. */
#define SCAN_BYTES 64u
typedef struct scan_block {
    uint64_t blanks; /* a blank, a tab, a line end */
    uint64_t marks;  /* ( ) " [ ] < > ; and \ */
} scan_block;
/*@ requires span_readable(p, s) && s.off <= at <= s.off + s.len && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures spent{Pre, Here}(SCAN_BYTES); */
void hoptls_scan_block(const uint8_t *p, hoptls_span s, uint32_t at, scan_block *out);

/* The bytes of a name at a glance, if it has at most SCAN_BYTES: a bit for each dot, the first lowest, and a bit for each
 * byte that no name of a host has. */
typedef struct scan_dots {
    uint64_t dots;
    uint64_t others;
} scan_dots;
/*@ requires span_readable(p, name) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures spent{Pre, Here}(SCAN_BYTES); */
void hoptls_scan_name(const uint8_t *p, hoptls_span name, scan_dots *out);

/* The first byte of `s` from `at` on that mail need not have: of eight bits, or a control character but for tab and
 * line feed (so a carriage return is one); the end of `s` if there is none. */
/*@ requires span_readable(p, s) && s.off <= at <= s.off + s.len;
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= s.off + s.len;
    ensures spent{Pre, Here}(\result - at); */
uint32_t hoptls_find_odd(const uint8_t *p, hoptls_span s, uint32_t at);

/* Their twins, for tests. */
/*@ requires span_readable(p, s) && s.off <= at <= s.off + s.len && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures spent{Pre, Here}(SCAN_BYTES); */
void hoptls_scan_block_portable(const uint8_t *p, hoptls_span s, uint32_t at, scan_block *out);
/*@ requires span_readable(p, name) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures spent{Pre, Here}(SCAN_BYTES); */
void hoptls_scan_name_portable(const uint8_t *p, hoptls_span name, scan_dots *out);
/*@ requires span_readable(p, s) && s.off <= at <= s.off + s.len;
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= s.off + s.len;
    ensures spent{Pre, Here}(\result - at); */
uint32_t hoptls_find_odd_portable(const uint8_t *p, hoptls_span s, uint32_t at);
#if defined(__SSE2__) || defined(__FRAMAC__)
/*@ requires span_readable(p, s) && s.off <= at <= s.off + s.len && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures spent{Pre, Here}(SCAN_BYTES); */
void hoptls_scan_block_sse2(const uint8_t *p, hoptls_span s, uint32_t at, scan_block *out);
/*@ requires span_readable(p, name) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures spent{Pre, Here}(SCAN_BYTES); */
void hoptls_scan_name_sse2(const uint8_t *p, hoptls_span name, scan_dots *out);
/*@ requires span_readable(p, s) && s.off <= at <= s.off + s.len;
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= s.off + s.len;
    ensures spent{Pre, Here}(\result - at); */
uint32_t hoptls_find_odd_sse2(const uint8_t *p, hoptls_span s, uint32_t at);
#endif

/* The first line behind a line feed in [at, end) that begins with `first`, or `end`. A line at `at` is none. */
/*@ predicate line_at{L}(uint8_t *p, integer feed, uint8_t first) =
        \at(p[feed], L) == '\n' && \at(p[feed + 1], L) == first;
    predicate stop_at{L}(uint8_t *p, integer feed) =
        line_at{L}(p, feed, (uint8_t)'C') || line_at{L}(p, feed, (uint8_t)'c') ||
        line_at{L}(p, feed, (uint8_t)'\n') || line_at{L}(p, feed, (uint8_t)'\r');
    predicate first_line{L}(uint8_t *p, integer at, integer end, uint8_t first, integer found) =
        at <= found <= end && (at < end ==> at < found) && (found < end ==> line_at{L}(p, found - 1, first)) &&
        (\forall integer k; at <= k < found - 1 ==> !line_at{L}(p, k, first));
    predicate first_stop{L}(uint8_t *p, integer at, integer end, integer found) =
        at <= found <= end && (at < end ==> at < found) && (found < end ==> stop_at{L}(p, found - 1)) &&
        (\forall integer k; at <= k < found - 1 ==> !stop_at{L}(p, k));
*/
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_line(p, at, end, first, \result);
    ensures spent{Pre, Here}(\result - at + 1); */
size_t hoptls_find_line(const uint8_t *p, size_t at, size_t end, uint8_t first);

/* The same for the lines at which the walk over a header for its Content-Length stops: those that begin with C or c,
 * and those that begin with a line end. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_stop(p, at, end, \result);
    ensures spent{Pre, Here}(\result - at + 1); */
size_t hoptls_find_stop(const uint8_t *p, size_t at, size_t end);

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_line(p, at, end, first, \result);
    ensures spent{Pre, Here}(\result - at + 1); */
size_t hoptls_find_line_portable(const uint8_t *p, size_t at, size_t end, uint8_t first);
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_stop(p, at, end, \result);
    ensures spent{Pre, Here}(\result - at + 1); */
size_t hoptls_find_stop_portable(const uint8_t *p, size_t at, size_t end);
#if defined(__SSE2__) || defined(__FRAMAC__)
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_line(p, at, end, first, \result);
    ensures spent{Pre, Here}(\result - at + 1); */
size_t hoptls_find_line_sse2(const uint8_t *p, size_t at, size_t end, uint8_t first);
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures first_stop(p, at, end, \result);
    ensures spent{Pre, Here}(\result - at + 1); */
size_t hoptls_find_stop_sse2(const uint8_t *p, size_t at, size_t end);
#endif

/* ---- date.c ------------------------------------------------------------------------------------------- */

/* The date-time (RFC 5322 section 3.3, and what servers make of it) at the start of `text`, as seconds since
 * 1970-01-01T00:00Z. Returns its length in bytes, or 0 if there is none. */
/*@ requires span_readable(p, text) && \valid(seconds);
    terminates \true;
    assigns *seconds, hoptls_work;
    ensures \result <= text.len;
    ensures \result != 0 ==> *seconds >= 0;
    ensures \result == 0 ==> *seconds == \old(*seconds);
    ensures bounded: spent{Pre, Here}(18000); */
uint32_t hoptls_date_read(const uint8_t *p, hoptls_span text, int64_t *seconds);

/* The date at `at`, if it is written as nearly all are, and nothing but comments follows it. Returns where it ends, or `at`
 * if it is not so, and sets `*seconds`. It is what hoptls_date_read would find there, sooner. */
/*@ requires at <= end && readable(p, at, end) && \valid(seconds);
    terminates \true;
    assigns *seconds, hoptls_work;
    ensures at <= \result <= end;
    ensures \result != at ==> *seconds >= 0;
    ensures \result == at ==> *seconds == \old(*seconds);
    ensures bounded: spent{Pre, Here}(700); */
uint32_t hoptls_date_usual(const uint8_t *p, uint32_t at, uint32_t end, int64_t *seconds);

/* ---- host.c ------------------------------------------------------------------------------------------- */

/* The address that is the whole of `text`: `192.0.2.1`, `2001:db8::1`, with `[...]`, `IPv6:`, `%scope`, `:port`
 * behind brackets allowed. Returns 1, or 0 with `family` 0. */
/*@ requires span_readable(p, text) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures \result == 0 ==> out->family == 0;
    ensures \result != 0 ==> text.len > 0 && \result == 1 && (out->family == 4 || out->family == 6); */
int hoptls_addr_read(const uint8_t *p, hoptls_span text, hoptls_addr *out);

/* Whether two addresses are of one small network: IPv4 /24, IPv6 /64. */
/*@ requires \valid_read(a) && \valid_read(b);
    terminates \true;
    assigns hoptls_work; */
int hoptls_addr_near(const hoptls_addr *a, const hoptls_addr *b);

/* Whether they are the same address. */
/*@ requires \valid_read(a) && \valid_read(b);
    terminates \true;
    assigns hoptls_work; */
int hoptls_addr_same(const hoptls_addr *a, const hoptls_addr *b);

/* What a host's name tells of it. */
typedef struct host {
    hoptls_span org;    /* as hoptls_host_org has it */
    uint16_t provider;  /* as hoptls_host_provider has it */
    uint16_t qualified; /* 1: the name is one of two labels or more */
} host;

/*@ requires span_readable(p, name) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures part_of(out->org, name.off, name.off + name.len); */
void hoptls_host_read(const uint8_t *p, hoptls_span name, host *out);

/* Whether `name` is a host name of two labels or more (RFC 5321 Domain; a trailing dot is allowed). */
/*@ requires span_readable(p, name);
    terminates \true;
    assigns hoptls_work; */
int hoptls_host_is_qualified(const uint8_t *p, hoptls_span name);

/* Whether `name` is what machines call themselves on loopback: localhost, localhost.localdomain, ip6-localhost ... */
/*@ requires span_readable(p, name);
    terminates \true;
    assigns hoptls_work; */
int hoptls_host_is_local(const uint8_t *p, hoptls_span name);

/* Whether `name` is under a top level that exists in private networks only: mx.nyi.internal, pc.lan. */
/*@ requires span_readable(p, name);
    terminates \true;
    assigns hoptls_work; */
int hoptls_host_is_private(const uint8_t *p, hoptls_span name);

/* The registrable domain of a qualified name, by a small rule: two labels, or three under a two-letter top
 * level whose second level is short or a usual one (co, com, net, org, ac, gov ...). Empty if not qualified, or of a private
 * network without a domain (pc.lan); the whole name where strangers share the domain (hosts of cloud providers). */
/*@ requires span_readable(p, name);
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, name.off, name.off + name.len); */
hoptls_span hoptls_host_org(const uint8_t *p, hoptls_span name);

/* The provider that the name belongs to (hoptls_provider_name), 0 if none. */
/*@ requires span_readable(p, name);
    terminates \true;
    assigns hoptls_work; */
uint16_t hoptls_host_provider(const uint8_t *p, hoptls_span name);

/* ---- names.c: protocol words, versions, cipher suites -------------------------------------------------- */

/* What a word behind `with` tells. */
typedef struct with_word {
    uint8_t evidence; /* HOPTLS_EVIDENCE_KEYWORD or HOPTLS_EVIDENCE_SILENT */
    uint8_t role;     /* hoptls_role */
    uint8_t auth;     /* 1: the client logged in */
    uint8_t local;    /* 1: no network: a pipe or a local queue */
} with_word;

/* Exact table, any case (dialects: never by prefix or suffix). Returns 1 if the word is in it. */
/*@ requires span_readable(p, word) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures bounded: spent{Pre, Here}(100); */
int hoptls_with_word_find(const uint8_t *p, hoptls_span word, with_word *out);

/* A protocol version in any spelling: `TLSv1.2`, `TLS1_3`, `TLS-1.1`, `TLS\Tls12`, `SSLv3`, `TLSv1/SSLv3`, `TLS`,
 * `UNKNOWN`. The whole of `text`, any case. Returns 1 and sets `version` (0 with `any_version` 1 if none is named). */
/*@ requires span_readable(p, text) && \valid(tls);
    terminates \true;
    assigns tls->version, tls->any_version, hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 ==> tls->any_version == (tls->version == 0 ? 1 : 0);
    ensures linear: spent{Pre, Here}(4 * text.len + 100); */
int hoptls_version_find(const uint8_t *p, hoptls_span text, hoptls_tls *tls);

/* A cipher suite in any spelling (IANA, OpenSSL, GnuTLS, SChannel, rustls, LibreSSL, symmetric part only).
 * Sets `cipher`, `suite`, `traits`, `floor`, and `bits` if it is 0. Returns 1 if `text` looks like a suite at all;
 * unknown suites get traits from the parts of their name. A name of the cipher alone is completed from
 * `tls->version`: set that first. */
/*@ requires span_readable(p, text) && \valid(tls);
    terminates \true;
    assigns tls->cipher, tls->suite, tls->traits, tls->floor, tls->bits, hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 ==> tls->cipher == text;
    ensures \result == 0 ==> tls->cipher == \old(tls->cipher);
    ensures linear: spent{Pre, Here}(91 * text.len + 500); */
int hoptls_suite_find(const uint8_t *p, hoptls_span text, hoptls_tls *tls);

/* ---- clause.c: a Received value as a row of items, each in its place ----------------------------------- */

/* Where an item stands. The client speaks through PLACE_FROM alone (and, unless the server takes care, through
 * the first item of PLACE_FOR and what it makes the server quote). */
enum {
    PLACE_START, /* before any keyword */
    PLACE_FROM,
    PLACE_BY,
    PLACE_VIA,
    PLACE_WITH,
    PLACE_ID,
    PLACE_FOR,
    PLACE_TAIL, /* behind the last semicolon: the date, and what follows it */
    PLACE_COUNT
};

enum {
    ITEM_KEYWORD,
    ITEM_WORD,
    ITEM_QUOTED,
    ITEM_LITERAL,
    ITEM_ANGLE,
    ITEM_COMMENT,
    ITEM_SEMI,
    ITEM_STRAY,
    ITEM_DATE
};

/* `first` is 1 for the first item behind its clause's keyword. Of a comment, `inside` is what stands between its
 * parentheses without the blanks around, and `bracket` where its last `[` stands; 0 if it has none, or that is not known. */
typedef struct clause_item {
    hoptls_span span;
    hoptls_span inside;
    uint32_t bracket;
    uint8_t place;
    uint8_t kind;
    uint8_t first;
} clause_item;

/* More items than real fields have: the longest seen have 34. Beyond, HOPTLS_F_TOO_MANY. A set of items is a number of
 * as many bits. */
#define CLAUSE_ITEMS 64u

typedef struct clauses {
    hoptls_span value;
    hoptls_span helo;
    hoptls_span by;
    hoptls_span via;
    hoptls_span with;
    hoptls_span id;
    hoptls_span recipient;
    hoptls_span date_text;
    int64_t date;
    uint64_t notes; /* the items that are comments or literals */
    uint64_t
        telling; /* the words that stand behind `with`, or begin with a letter with which a record of TLS does */
    uint64_t firsts;  /* the items that are the first of their clause */
    uint32_t by_word; /* where the last keyword `by` stands */
    uint32_t flags;   /* HOPTLS_F_ bits */
    uint32_t count;
    clause_item item[CLAUSE_ITEMS];
} clauses;

/* What contracts say of them: all that they tell of stands in the message. */
/*@ predicate item_in(clause_item i, integer at, integer end) =
        i.span.len > 0 && at <= i.span.off && i.span.off + i.span.len <= end && part_of(i.inside, i.span.off, i.span.off + i.span.len) &&
        (i.bracket == 0 || i.span.off < i.bracket < i.span.off + i.span.len);
    predicate items_in{L}(clauses *c, integer at, integer end) =
        c->count <= CLAUSE_ITEMS && (\forall integer k; 0 <= k < c->count ==> item_in(c->item[k], at, end));
    predicate spans_in{L}(clauses *c, integer at, integer end) =
        part_of(c->helo, at, end) && part_of(c->by, at, end) && part_of(c->via, at, end) && part_of(c->with, at, end) &&
        part_of(c->id, at, end) && part_of(c->recipient, at, end) && part_of(c->date_text, at, end);
    predicate clauses_within{L}(uint8_t *p, clauses *c) =
        \valid_read{L}(c) && span_readable{L}(p, c->value) &&
        items_in{L}(c, c->value.off, c->value.off + c->value.len) && spans_in{L}(c, c->value.off, c->value.off + c->value.len);
    predicate item_readable{L}(uint8_t *p, clause_item *i) =
        span_readable{L}(p, i->span) && span_readable{L}(p, i->inside);
    predicate clauses_readable{L}(uint8_t *p, clauses *c) =
        \valid_read{L}(c) && span_readable{L}(p, c->value) && span_readable{L}(p, c->helo) &&
        items_in{L}(c, c->value.off, c->value.off + c->value.len) &&
        (\forall integer k; 0 <= k < c->count ==> item_readable{L}(p, &c->item[k]));
*/

/* What stands in a comment, without its parentheses and the blanks inside them. */
/*@ requires span_readable(p, comment) && comment.len > 1;
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, comment.off, comment.off + comment.len); */
hoptls_span hoptls_comment_inside(const uint8_t *p, hoptls_span comment);

/* Whether a quote or comment holds a `by`. */
/*@ requires clauses_within(p, c) && readable(p, 0, c->value.off + c->value.len);
    terminates \true;
    assigns hoptls_work; */
int hoptls_clauses_hide_by(const uint8_t *p, const clauses *c);

/* Whether an address in a note behind `by` may have broken out of it. */
/*@ requires clauses_within(p, c);
    terminates \true;
    assigns hoptls_work; */
int hoptls_clauses_break_out(const uint8_t *p, const clauses *c);

/* Split `value`, a span of a message at `p`, into items and clauses. */
/*@ requires span_readable(p, value) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures clauses_within(p, out) && out->value == value; */
void hoptls_clauses_read(const uint8_t *p, hoptls_span value, clauses *out);

/* ---- peer.c: the client, as the server recorded it ------------------------------------------------------ */

typedef struct peer {
    hoptls_span word;   /* what stands behind `from` */
    hoptls_span said;   /* the name in a note such as (HELO name): then the word is what the server found */
    hoptls_span beside; /* what the first note holds */
    hoptls_span rdns;
    host rdns_host;
    hoptls_addr addr;
    uint32_t note; /* index of the item that tells the address; 0: none */
    uint64_t
        plain; /* the items that are nothing but a qualified name and an address: they tell nothing of TLS */
    uint32_t word_found; /* 1: the word is the server's */
    uint32_t forged;     /* 1: the server remarked that the name does not lead back to the address */
} peer;

/* Read what stands between `from` and `by`. Whatever the client calls itself stands in front of what the server
 * found out, so of several addresses the last is the server's, and only what follows it is. */
/*@ predicate peer_readable{L}(uint8_t *p, peer *o) =
        span_readable{L}(p, o->word) && span_readable{L}(p, o->said) && span_readable{L}(p, o->beside) &&
        span_readable{L}(p, o->rdns) && span_readable{L}(p, o->rdns_host.org);
*/
/*@ requires clauses_readable(p, c) && \valid(out) && \separated(out, c);
    terminates \true;
    assigns *out, hoptls_work;
    ensures peer_readable(p, out); */
void hoptls_peer_read(const uint8_t *p, const clauses *c, peer *out);

/* ---- tls.c: a slot's text -> evidence ------------------------------------------------------------------ */

/* The forms in which servers write of TLS. A form is a whole grammar, anchored at its beginning; which form a
 * server uses in which place is said by its row in writers.h. */
enum {
    FORM_NONE,
    FORM_PAIRS,        /* (version=TLSv1.2 cipher=C bits=256 verify=NOT) */
    FORM_USING,        /* (using TLSv1.2 with cipher C (256/256 bits)) (Using TLS) (not using TLS) */
    FORM_COLON,        /* (TLSv1.2:C:256) (TLS1.2) (TLSv1.3:C:256:NO) */
    FORM_WORD,         /* (TLS) (SSL) */
    FORM_ENCRYPTED,    /* (C encrypted) (TLS encrypted) (NOT encrypted) (TLSv1.2:C encrypted) */
    FORM_LIST,         /* (AUTH: PLAIN user, TLS: TLSv1.2,256bits,C) */
    FORM_SPACED,       /* (TLS1.3 C) (TLSv1.3 C bits=256) */
    FORM_OVER,         /* (over SMTP, TLS-1.3, envelope from ...) (over SMTP, plain text!, ...) */
    FORM_GTS,          /* (Google Transport Security) */
    FORM_PRODUCT,      /* (some product with TLSv1.2 C 256/256) (some product with TLS) */
    FORM_LETTER,       /* with ESMTPS */
    FORM_SLASH,        /* with ESMTP/TLS/C */
    FORM_CLAUSE,       /* tls C [group G], RFC 8314 section 4.3 */
    FORM_CHANNEL,      /* over TLS secured channel */
    FORM_CIPHER,       /* with C encrypted SMTP */
    FORM_CRYPTED,      /* de/crypted with TLSv1.3: C [256/256] */
    FORM_CLAUSE_PAIRS, /* TLS version=TLSv1.2 cipher=C bits=256 verify=NO */
    FORM_STARTTLS      /* with ESMTP with STARTTLS */
};

/* What one place states. `span` is the text that states it. */
typedef struct tls_record {
    uint8_t form; /* FORM_NONE: nothing */
    uint8_t evidence;
    hoptls_tls tls;
    hoptls_span span;
} tls_record;

/* What contracts say of it: what it names stands in the message. */
/*@ predicate record_readable{L}(uint8_t *p, tls_record *r) =
        span_readable{L}(p, r->tls.cipher) && span_readable{L}(p, r->tls.group) && span_readable{L}(p, r->span);
*/

/* Read a comment, given without its parentheses. Sets `out->form`, FORM_NONE if it states nothing of TLS. */
/*@ requires span_readable(p, inside) && readable(p, 0, inside.off + inside.len) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures record_readable(p, out) && out->span == inside; */
void hoptls_tls_comment(const uint8_t *p, hoptls_span inside, tls_record *out);

/* What a comment beside the record says of the client's certificate: hoptls_client_cert, not stated if nothing. */
/*@ requires span_readable(p, inside);
    terminates \true;
    assigns hoptls_work; */
uint8_t hoptls_tls_certificate(const uint8_t *p, hoptls_span inside);

/* The same for FORM_PRODUCT, which begins with a name of the server's own: only where the writer's row has it. */
/*@ requires span_readable(p, inside) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures record_readable(p, out) && out->span == inside; */
void hoptls_tls_product(const uint8_t *p, hoptls_span inside, tls_record *out);

/* The first word behind `with` that is a protocol: the number of its item, and what it tells. */
typedef struct protocol {
    uint32_t item; /* CLAUSE_ITEMS: there is none */
    with_word word;
} protocol;

/* Read the words of a value from item `i` on. `first` is what is known of its words already. */
/*@ requires clauses_readable(p, c) && i < c->count && \valid_read(first) && \valid(out);
    requires \separated(out, c) && \separated(out, first);
    terminates \true;
    assigns *out, hoptls_work;
    ensures record_readable(p, out); */
void hoptls_tls_words(const uint8_t *p, const clauses *c, uint32_t i, const protocol *first, tls_record *out);

/* ---- writer.c: clauses -> writer ----------------------------------------------------------------------- */

/* A form in a place, as one byte. */
#define SLOT_FORMS        24u
#define SLOT(place, form) (uint8_t)((place)*SLOT_FORMS + (form))

enum {
    /* what comes over loopback is a part of the same product, whatever it calls itself */
    HINT_OWN_LOOPBACK = 1,
    /* writes only of hops inside its own organisation */
    HINT_INTERNAL = 2,
    /* the word behind `from` is what the server found, not what the client said */
    HINT_NAME_FOUND = 4,
    /* a list's program: what is older travelled to the list, not from it */
    HINT_LIST = 16,
    /* an address behind `from` is what the server found, and the first note is what the client said */
    HINT_ADDRESS_FIRST = 32,
    /* what the server found stands before all that the client said: of several addresses, the first is the server's */
    HINT_FOUND_FIRST = 64,
    /* a second field of a machine whose other program records the connection, in the field below or above */
    HINT_SAME_HOST = 8
};

/* What is known of the server that wrote a field. */
typedef struct writer_facts {
    uint16_t number; /* hoptls_writer_name; 0: not recognised */
    uint8_t grade;
    uint8_t silence;
    uint8_t role; /* 0: as the protocol word says */
    uint8_t hints;
    hoptls_span mark;
} writer_facts;

/* Recognise the writer of a field, whose clauses are those of `value`, from what the client cannot write. */
/*@ requires clauses_within(p, c) && value == c->value && \valid_read(who) && \valid(out);
    requires \separated(out, c) && \separated(out, who);
    terminates \true;
    assigns *out, hoptls_work;
    ensures part_of(out->mark, value.off, value.off + value.len) && span_readable(p, out->mark); */
void hoptls_writer_find(const uint8_t *p, hoptls_span value, const clauses *c, const peer *who,
                        writer_facts *out);

/* The HINT_ bits of a writer's row. */
/*@ terminates \true;
    assigns \nothing; */
uint32_t hoptls_writer_hints(uint32_t writer);

/* Whether the writer states TLS in `slot`. */
/*@ terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures bounded: spent{Pre, Here}(24); */
int hoptls_writer_uses(uint32_t writer, uint8_t slot);

/* ---- journey.c: what stands between two hops, and whom they were for -> the journey ----------------------- */

/* Set `parting`, `journey` and `onward` of a hop. Its names, and those of the newer one or null, are parts of the
 * message at `p`. */
/*@ predicate onward_readable{L}(uint8_t *p, hoptls_hop *h) =
        \valid_read{L}(h) && span_readable(p, h->onward) && span_readable(p, h->by_org);
*/
/*@ requires \valid(hop) && onward_readable(p, hop) && span_readable(p, hop->recipient);
    requires newer == \null || (onward_readable(p, newer) && \separated(hop, newer));
    terminates \true;
    assigns hop->parting, hop->journey, hop->onward, hoptls_work;
    ensures newest: newer == \null ==> hop->parting == 0 && hop->journey == 1;
    ensures numbered: newer != \null ==> newer->journey <= hop->journey <= newer->journey + 1;
    ensures onward: hop->onward == hop->recipient || hop->onward.len == 0 ||
                    (newer != \null && hop->parting == 0 && hop->onward == newer->onward); */
void hoptls_journey_set(const uint8_t *p, const hoptls_hop *newer, hoptls_hop *hop);

#if defined(__GNUC__) && !defined(__FRAMAC__) && !defined(_WIN32)
#pragma GCC visibility pop
#endif

#endif
