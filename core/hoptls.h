/*
 * hoptls: was this email carried over TLS?
 *
 * Reads the trace fields (`Received:`) that each mail server wrote and says, hop by hop, whether the
 * message crossed it over TLS, on what evidence, and which bytes prove it.
 *
 *     hoptls_hop    hops[32];
 *     hoptls_report report;
 *     hoptls_msg    msg = { bytes, size };
 *
 *     if (hoptls_message_read(msg, &(hoptls_policy){ .min_version = 0x0303 }, hops, 32, &report) < 0)
 *         return -1;
 *     if (report.claimed == HOPTLS_V_TLS) ...
 *
 * No allocation, no globals, no input or output, no locale, no recursion, no callbacks; linear time; the stack
 * of any call stays under 8 KiB. Every function may be called from any thread on any memory.
 *
 * Two rules hold throughout. Malformed mail is never an error: it is flags in the result. A negative status
 * means that the call was wrong, and then nothing was written.
 *
 * Sections, in the order of the data: 1 bytes, 2 fields, 3 tokens, 4 the facts of a hop, 5 judgement,
 * 6 the message, 7 archives, 8 words.
 */
#ifndef HOPTLS_H
#define HOPTLS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header. `hoptls_version` tells the version of the library that was linked. */
#define HOPTLS_VERSION_MAJOR 0
#define HOPTLS_VERSION_MINOR 1
#define HOPTLS_VERSION_PATCH 0

/* ------------------------------------------------------------------------------------------------------
 * 1. Bytes
 * ------------------------------------------------------------------------------------------------------ */

/* A message: `len` bytes from `ptr`, owned by the caller. No terminator and no padding is asked for.
 * Messages over 4 GiB - 1 are refused with HOPTLS_E_SIZE. */
typedef struct hoptls_msg {
    const uint8_t *ptr;
    size_t len;
} hoptls_msg;

/* A part of the message, as offset and length, so that results can be stored, compared and sent.
 * `len` 0 means that the part is absent; `off` is then 0. */
typedef struct hoptls_span {
    uint32_t off;
    uint32_t len;
} hoptls_span;

/* Contracts stand in ACSL, in comments that begin with an @, beside what they are of, and are proved by tools/prove. That a message is in memory: */
/*@ predicate message{L}(hoptls_msg m) = \valid_read{L}(m.ptr + (0 .. m.len - 1));
    predicate message_or_null{L}(hoptls_msg m) = m.ptr == \null || message(m);
*/
/* How much work was done since the world began (invariant I7), a number that only the proofs know: */
//@ ghost extern int hoptls_work;
/*@ axiomatic work {
        logic integer work{L} reads hoptls_work;
    }
    predicate spent{L1, L2}(integer n) = 0 <= work{L2} - work{L1} <= n;
*/

/* What a call returns. Iterators return HOPTLS_MORE with an item, then HOPTLS_END. */
typedef enum hoptls_status {
    HOPTLS_MORE = 1,
    HOPTLS_END = 0,
    HOPTLS_OK = 0,
    HOPTLS_E_ARG = -16, /* a null pointer, or a span or position outside the message */
    HOPTLS_E_SIZE = -32 /* the message is longer than offsets can tell: split it, or judge its header alone */
} hoptls_status;

/* ------------------------------------------------------------------------------------------------------
 * 2. Fields: a header section is a row of fields (RFC 5322 section 2.2)
 * ------------------------------------------------------------------------------------------------------ */

/* One header field. `whole` runs from the first byte of the name to the last byte before the line end;
 * `value` is what follows the colon, folded lines included, without the line end. A line that is no field
 * (no colon behind a name, or an mbox separator) comes out with an empty `name`. */
typedef struct hoptls_field {
    hoptls_span whole;
    hoptls_span name;
    hoptls_span value;
} hoptls_field;

/* A span that ends in the first `n` bytes, and a field whose parts do (invariant I3). */
/*@ predicate within(hoptls_span s, integer n) = s.off + s.len <= n;
    predicate field_within{L}(hoptls_field *f, integer n) =
        within(f->whole, n) && within(f->name, n) && within(f->value, n);
*/

/* The next field from `*pos` on. A field ends at a line feed that no blank or tab follows; a carriage return
 * alone ends nothing. HOPTLS_END at the empty line that ends the section (`*pos` then stands behind it, on the
 * first byte of the body) or at the end of the message. Begin with `*pos` 0. */
/*@ requires message_or_null(msg);
    requires pos == \null || \valid(pos);
    requires out == \null || (\valid(out) && \separated(out, pos));
    terminates \true;
    assigns *pos, *out, hoptls_work;
    ensures \result == HOPTLS_MORE || \result == HOPTLS_END || \result == HOPTLS_E_ARG || \result == HOPTLS_E_SIZE;
    ensures progress: \result == HOPTLS_MORE ==> \old(*pos) < *pos <= msg.len;
    ensures spans: \result == HOPTLS_MORE ==> out->whole.off == \old(*pos) && field_within(out, *pos);
    ensures parts: \result == HOPTLS_MORE ==> out->name.len <= *pos - \old(*pos) && out->value.len <= *pos - \old(*pos);
    ensures end: \result == HOPTLS_END ==> \old(*pos) <= *pos <= msg.len;
    ensures linear: \result >= 0 ==> spent{Pre, Here}(2 * (*pos - \old(*pos)) + 1);
    ensures right: pos != \null && out != \null && msg.ptr != \null && \old(*pos) <= msg.len <= UINT32_MAX ==> \result >= 0;
    ensures wrong: pos != \null && \result < 0 ==> *pos == \old(*pos); */
int hoptls_field_next(hoptls_msg msg, uint32_t *pos, hoptls_field *out);

/* 1 if the field is a trace field `Received` (in any case), else 0; X-Received and Received-SPF are not. The status of a
 * wrong call is negative, which is true in an `if`: compare with 1. */
/*@ requires message_or_null(msg);
    requires field == \null || \valid_read(field);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(8);
    ensures right: field != \null && msg.ptr != \null && msg.len <= UINT32_MAX && field_within(field, msg.len) ==> \result >= 0; */
int hoptls_field_is_received(hoptls_msg msg, const hoptls_field *field);

/* ------------------------------------------------------------------------------------------------------
 * 3. Tokens: a field's value, lexed (RFC 5322 section 3.2)
 * ------------------------------------------------------------------------------------------------------ */

typedef enum hoptls_token_kind {
    HOPTLS_TOKEN_SPACE = 16,   /* blanks, tabs and line ends */
    HOPTLS_TOKEN_WORD = 32,    /* a run of anything else */
    HOPTLS_TOKEN_QUOTED = 48,  /* "..." with its quotes */
    HOPTLS_TOKEN_LITERAL = 64, /* [...] with its brackets */
    HOPTLS_TOKEN_ANGLE = 80,   /* <...> with its brackets */
    HOPTLS_TOKEN_OPEN = 96,    /* ( */
    HOPTLS_TOKEN_CLOSE = 112,  /* ) that closes something */
    HOPTLS_TOKEN_TEXT = 128, /* what stands in a comment between its parentheses; those in <"..."> are text */
    HOPTLS_TOKEN_SEMI = 144, /* ; outside comments */
    HOPTLS_TOKEN_STRAY = 160 /* a bracket or quote without its partner */
} hoptls_token_kind;

/* `depth` counts the comments that are open behind the token. */
typedef struct hoptls_token {
    hoptls_span span;
    uint32_t depth;
    uint32_t kind;
} hoptls_token;

/* Where a token iterator stands. Start it with hoptls_tokens; its members are the library's own. */
typedef struct hoptls_tokens_state {
    uint32_t pos;
    uint32_t end;
    uint32_t depth;
    uint32_t stray_open; /* a parenthesis to be read as STRAY, and the end of the value where there is none */
    uint32_t quotes_end; /* no quoted string begins here or later */
} hoptls_tokens_state;

/* A state that hoptls_tokens set, and whatever hoptls_token_next made of it. */
/*@ predicate tokens_state{L}(hoptls_tokens_state *s) = s->depth <= s->pos && s->pos <= s->end;
*/

/* Set `*state` to the start of the tokens of `value`. */
/*@ requires state == \null || \valid(state);
    terminates \true;
    assigns *state;
    ensures \result == HOPTLS_OK || \result == HOPTLS_E_ARG || \result == HOPTLS_E_SIZE;
    ensures \result == HOPTLS_OK ==> tokens_state(state) && state->pos == value.off && state->end == value.off + value.len <= msg.len;
    ensures right: state != \null && msg.ptr != \null && value.off + value.len <= msg.len <= UINT32_MAX ==> \result == HOPTLS_OK; */
int hoptls_tokens(hoptls_msg msg, hoptls_span value, hoptls_tokens_state *state);

/* The next token. Tokens partition the value: every byte belongs to exactly one, each call moves on. */
/*@ requires message(msg);
    requires state == \null || (\valid(state) && tokens_state(state));
    requires out == \null || (\valid(out) && \separated(out, state));
    terminates \true;
    assigns *state, *out, hoptls_work;
    ensures \result == HOPTLS_MORE || \result == HOPTLS_END || \result == HOPTLS_E_ARG;
    ensures state != \null ==> tokens_state(state) && state->end == \old(state->end);
    ensures partition: \result == HOPTLS_MORE ==> out->span.off == \old(state->pos) && out->span.len > 0 && out->span.off + out->span.len == state->pos <= state->end;
    ensures end: \result == HOPTLS_END ==> state->pos >= state->end && state->pos == \old(state->pos);
    ensures depth: \result == HOPTLS_MORE ==> out->depth == state->depth;
    ensures kind: \result == HOPTLS_MORE ==> HOPTLS_TOKEN_SPACE <= out->kind <= HOPTLS_TOKEN_STRAY;
    ensures right: state != \null && out != \null && state->end <= msg.len <= UINT32_MAX && \old(state->pos) < state->end ==> \result == HOPTLS_MORE; */
int hoptls_token_next(hoptls_msg msg, hoptls_tokens_state *state, hoptls_token *out);

/* ------------------------------------------------------------------------------------------------------
 * 4. The facts of a hop: what one Received field says, and what its neighbour tells of it
 * ------------------------------------------------------------------------------------------------------ */

/* What the field states of TLS. */
typedef enum hoptls_evidence {
    HOPTLS_EVIDENCE_SILENT = 16,   /* nothing */
    HOPTLS_EVIDENCE_NEGATIVE = 32, /* that there was none: `(NOT encrypted)`, verify=NONE, a NULL cipher */
    HOPTLS_EVIDENCE_KEYWORD = 48,  /* that there was some: `ESMTPS` */
    HOPTLS_EVIDENCE_DETAIL = 64    /* its version, its cipher suite, or both */
} hoptls_evidence;

/* If the field is silent, what silence means from the software that wrote it. 0: the field is not silent. */
typedef enum hoptls_silence {
    HOPTLS_SILENCE_PLAIN = 16,      /* it always records TLS: it saw none */
    HOPTLS_SILENCE_UNKNOWN = 32,    /* it never records, or only if told to, or we do not know it */
    HOPTLS_SILENCE_NOT_NETWORK = 48 /* there was no connection to record: a pipe, a local queue */
} hoptls_silence;

/* Whether the hop left one organisation (RFC 5598: an ADMD). */
typedef enum hoptls_scope {
    HOPTLS_SCOPE_HOST = 16,     /* one machine */
    HOPTLS_SCOPE_INTERNAL = 32, /* one organisation */
    HOPTLS_SCOPE_EXTERNAL = 48, /* two */
    HOPTLS_SCOPE_UNDETERMINED = 64
} hoptls_scope;

/* What the hop was for. */
typedef enum hoptls_role {
    HOPTLS_ROLE_RELAY = 16,      /* server to server */
    HOPTLS_ROLE_SUBMISSION = 32, /* the author's client to its server, with SMTP (RFC 6409) */
    HOPTLS_ROLE_DELIVERY = 48,   /* to the store: LMTP, mapi */
    HOPTLS_ROLE_RETRIEVAL = 64,  /* fetched from a mailbox: POP, IMAP */
    HOPTLS_ROLE_INJECTION = 80   /* without SMTP: webmail, an HTTP API, a local program */
} hoptls_role;

/* How we know what a writer records (it bears on the meaning of silence). */
typedef enum hoptls_grade {
    HOPTLS_GRADE_NONE = 0,      /* we know nothing of this writer */
    HOPTLS_GRADE_INFERRED = 16, /* inferred from samples: a caller who knows better may override it */
    HOPTLS_GRADE_DOCUMENT = 32, /* the vendor's documents */
    HOPTLS_GRADE_SOURCE = 48    /* read in the program's source */
} hoptls_grade;

/* What became of the client's certificate. */
typedef enum hoptls_client_cert {
    HOPTLS_CERT_NOT_STATED = 0,
    HOPTLS_CERT_NOT_ASKED = 16,
    HOPTLS_CERT_NONE = 32,       /* asked for, none given */
    HOPTLS_CERT_UNVERIFIED = 48, /* given, not verifiable: no fault of the encryption */
    HOPTLS_CERT_VERIFIED = 64
} hoptls_client_cert;

/* Properties of a cipher suite, a set of bits. */
enum {
    HOPTLS_SUITE_NULL = 1 << 0,      /* encrypts nothing (RFC 9150 and NULL suites) */
    HOPTLS_SUITE_ANONYMOUS = 1 << 1, /* encrypted, but the server did not prove who it was */
    HOPTLS_SUITE_EXPORT = 1 << 2,
    HOPTLS_SUITE_DES = 1 << 3, /* single DES, RC2 and other ciphers under 112 bits */
    HOPTLS_SUITE_RC4 = 1 << 4,
    HOPTLS_SUITE_3DES = 1 << 5,
    HOPTLS_SUITE_CBC = 1 << 6,
    HOPTLS_SUITE_MD5 = 1 << 7,
    HOPTLS_SUITE_STATIC = 1 << 8, /* no forward secrecy */
    HOPTLS_SUITE_AEAD = 1 << 9,
    HOPTLS_SUITE_PSK = 1 << 10,
    HOPTLS_SUITE_RECOMMENDED = 1 << 11 /* column "Recommended" of the IANA registry is Y */
};

/* TLS as the field states it. */
typedef struct hoptls_tls {
    uint16_t version; /* as on the wire, 0x0304 for TLS 1.3; 0: not stated */
    uint16_t floor;   /* the lowest version in which the stated suite exists; 0: not known */
    uint16_t suite;   /* its number in the IANA registry; 0: not stated, or not one that we know */
    uint16_t traits;  /* HOPTLS_SUITE_ bits of the stated cipher; the highest three are the caller's to set */
    uint16_t bits;    /* bits of the symmetric key; 0: not stated */
    uint8_t any_version; /* 1: a version was written which names none: `TLSv1/SSLv3`, `TLS` */
    uint8_t client_cert; /* hoptls_client_cert */
    hoptls_span cipher;  /* the cipher suite as written */
    hoptls_span group;   /* the key exchange group as written */
} hoptls_tls;

/* An IP address, and what kind of network it belongs to. */
typedef enum hoptls_network {
    HOPTLS_NET_NONE = 0,
    HOPTLS_NET_LOOPBACK = 16,   /* 127.0.0.0/8, ::1 */
    HOPTLS_NET_LINK_LOCAL = 32, /* 169.254.0.0/16, fe80::/10 */
    HOPTLS_NET_PRIVATE = 48,    /* RFC 1918, fc00::/7 (RFC 4193), fec0::/10 */
    HOPTLS_NET_SHARED = 64,     /* 100.64.0.0/10, carrier-grade NAT (RFC 6598) */
    HOPTLS_NET_PUBLIC = 80
} hoptls_network;

typedef struct hoptls_addr {
    uint8_t family;  /* 0 none, 4, 6; an IPv4 address written inside IPv6 (::ffff:, 64:ff9b::) is 4 */
    uint8_t network; /* hoptls_network */
    uint8_t byte[16];
} hoptls_addr;

/* Flags of a hop, a set of bits. None is a verdict; each is a thing that a careful reader would remark. */
enum {
    HOPTLS_F_NO_FROM = 1 << 0,
    HOPTLS_F_NO_BY = 1 << 1,
    HOPTLS_F_NO_DATE = 1 << 2,     /* none, or none that can be read */
    HOPTLS_F_REPEATED_BY = 1 << 3, /* two `by` clauses: somebody wrote one into a name; the last one counts */
    HOPTLS_F_UNBALANCED = 1 << 4,  /* parentheses, brackets or quotes without a partner */
    HOPTLS_F_CONTROL = 1 << 5,     /* NUL, a carriage return alone, other control characters */
    HOPTLS_F_EIGHT_BIT = 1 << 6,
    HOPTLS_F_TOO_MANY = 1 << 7,      /* more clauses than were kept: what is missing counts as not known */
    HOPTLS_F_MISPLACED = 1 << 8,     /* words like evidence where the client held the pen */
    HOPTLS_F_FOREIGN_FORM = 1 << 9,  /* a record of TLS in a form that this writer never uses */
    HOPTLS_F_CONFLICT = 1 << 10,     /* the writer states TLS and denies it */
    HOPTLS_F_CHAIN_GAP = 1 << 11,    /* the newer hop came from a host that this field does not name */
    HOPTLS_F_TIME_BACK = 1 << 12,    /* later than the newer hop by over five minutes */
    HOPTLS_F_NAME_CLAIMED = 1 << 13, /* `internal` rests on a name that only the client gave */
    HOPTLS_F_FORGED_NAME = 1 << 14,  /* the server remarked that the client's name does not fit its address */
    HOPTLS_F_AUTHENTICATED = 1 << 15 /* the client logged in (RFC 4954) */
};

/* What shows that the hop above began a new journey: somebody handed the message in again, a list server, a forwarder,
 * a user who resends. This hop and the older ones then tell of an earlier journey. A set of bits. */
enum {
    HOPTLS_J_RESENT = 1 << 0,    /* Resent- fields stand between the two (RFC 5322 section 3.6.6) */
    HOPTLS_J_DELIVERED = 1 << 1, /* Delivered-To stands between: the message had arrived (RFC 9228) */
    HOPTLS_J_FORWARDED = 1 << 2, /* X-Forwarded-To or X-Forwarded-For */
    HOPTLS_J_LIST =
        1 << 3, /* a list's fields (RFC 2919, RFC 2369), or a list's program wrote the hop above */
    HOPTLS_J_RECIPIENT = 1 << 4 /* the hop above was for somebody in another organisation */
};

/* One hop. Everything above `verdict` is fact; hoptls_hop_judge fills what is below from the facts alone.
 * A caller who knows more (a better rule of organisations, the operator's own word about a server) may change the
 * facts between reading, routing and judging. */
typedef struct hoptls_hop {
    hoptls_span field; /* the whole field */
    hoptls_span value;

    hoptls_span helo; /* what the client called itself: never evidence */
    hoptls_span rdns; /* what the server found the client's name to be */
    hoptls_addr addr; /* the client's address, as the server recorded it */
    hoptls_span by;   /* the host that wrote the field */
    hoptls_span with; /* the protocol, as written */
    hoptls_span id;
    hoptls_span recipient; /* the `for` clause */
    hoptls_span date_text;
    int64_t date; /* seconds since 1970-01-01T00:00Z; 0 with HOPTLS_F_NO_DATE */

    uint16_t writer;       /* see hoptls_writer_name; 0: not recognised */
    uint8_t grade;         /* hoptls_grade of what we know about its silence */
    uint8_t evidence;      /* hoptls_evidence */
    uint8_t silence;       /* hoptls_silence; 0 unless silent */
    uint8_t silence_basis; /* hoptls_basis for it; a caller's profile sets HOPTLS_BASIS_SITE_PROFILE */
    uint8_t scope;         /* hoptls_scope; set by hoptls_hop_route */
    uint8_t role;          /* hoptls_role */
    /* The hoptls_scope that the writer's own mark proves: a local program, an inner host; where a second `by` makes that
     * doubtful, no narrower one than the address allows; 0: none. */
    uint8_t writer_scope;
    hoptls_tls tls;
    hoptls_span proof; /* the evidence; if silent, the mark by which the writer was known */
    uint32_t flags;    /* HOPTLS_F_ bits */

    /* Organisations, each a part of the name: by a small built-in rule, or the caller's. */
    hoptls_span helo_org;
    hoptls_span rdns_org;
    hoptls_span by_org;
    uint16_t helo_provider; /* a big provider with several domains (see hoptls_provider_name); 0: none */
    uint16_t rdns_provider;
    uint16_t by_provider;

    /* HOPTLS_J_ bits; 0: of the same journey as the hop above. Those of fields are the caller's to set between reading and
     * routing, from hoptls_journey_field; hoptls_hop_route adds the others. */
    uint32_t parting;
    uint32_t
        journey; /* 1: the last journey, of the newest hop; 2: the one before it ...; set by hoptls_hop_route */
    hoptls_span
        onward; /* the recipient of this hop or, where it states none, of the hop above; set likewise */

    uint8_t verdict; /* hoptls_verdict */
    uint8_t basis;   /* hoptls_basis */
    uint8_t weak;    /* hoptls_rule that the hop breaks; 0: none */
    uint8_t counts;  /* 1: the hop weighs in the message's verdict */
} hoptls_hop;

/* The spans that tell where a hop came from and who wrote it, in a message of `n` bytes (invariant I3). */
/*@ predicate names_within{L}(hoptls_hop *h, integer n) =
        within(h->helo, n) && within(h->rdns, n) && within(h->by, n) && within(h->helo_org, n) &&
        within(h->rdns_org, n) && within(h->by_org, n) && within(h->recipient, n) && within(h->onward, n);
*/
/* The spans of a hop, by what they tell of: each may be read. Since a call asks for no memory but the message's, what may be
 * read by its contract is a part of the message. */
/*@ predicate part{L}(hoptls_msg m, hoptls_span s) = \valid_read{L}(m.ptr + (s.off .. s.off + s.len - 1));
    predicate clauses_in{L}(hoptls_msg m, hoptls_hop *h) =
        part{L}(m, h->by) && part{L}(m, h->with) && part{L}(m, h->id) && part{L}(m, h->recipient) && part{L}(m, h->date_text);
    predicate client_in{L}(hoptls_msg m, hoptls_hop *h) = part{L}(m, h->helo) && part{L}(m, h->rdns);
    predicate tls_in{L}(hoptls_msg m, hoptls_hop *h) =
        part{L}(m, h->tls.cipher) && part{L}(m, h->tls.group) && part{L}(m, h->proof);
    predicate organisations_in{L}(hoptls_msg m, hoptls_hop *h) =
        part{L}(m, h->helo_org) && part{L}(m, h->rdns_org) && part{L}(m, h->by_org);
*/

/* Read one Received field. Sets every fact but those that need a neighbour (`scope`, and the flags of continuity). */
/*@ requires message_or_null(msg);
    requires field == \null || \valid_read(field);
    requires out == \null || (\valid(out) && \separated(field, out));
    terminates \true;
    assigns *out, hoptls_work;
    ensures \result == HOPTLS_OK || \result == HOPTLS_E_ARG || \result == HOPTLS_E_SIZE;
    ensures field: \result == HOPTLS_OK ==> within(out->field, msg.len) && within(out->value, msg.len);
    ensures clauses: \result == HOPTLS_OK ==> clauses_in(msg, out);
    ensures client: \result == HOPTLS_OK ==> client_in(msg, out);
    ensures tls: \result == HOPTLS_OK ==> tls_in(msg, out);
    ensures organisations: \result == HOPTLS_OK ==> organisations_in(msg, out);
    ensures right: out != \null && field != \null && msg.ptr != \null && msg.len <= UINT32_MAX && field_within(field, msg.len) ==> \result == HOPTLS_OK; */
int hoptls_hop_read(hoptls_msg msg, const hoptls_field *field, hoptls_hop *out);

/* What a field that stands between two Received fields tells of the older one: HOPTLS_J_ bits, to be joined in its
 * `parting`. ARC-, X-Received and DKIM fields tell nothing: servers write them on every journey. */
/*@ requires message_or_null(msg);
    requires field == \null || \valid_read(field);
    terminates \true;
    assigns hoptls_work;
    ensures bounded: spent{Pre, Here}(252); */
uint32_t hoptls_journey_field(hoptls_msg msg, const hoptls_field *field);

/* Set the facts that need a neighbour. `newer` is the hop above (recorded later) or null for the newest. */
/*@ requires message_or_null(msg);
    requires newer == \null || \valid_read(newer);
    requires hop == \null || (\valid(hop) && \separated(hop, newer));
    terminates \true;
    assigns hop->scope, hop->flags, hop->parting, hop->journey, hop->onward, hoptls_work;
    ensures \result == HOPTLS_OK || \result == HOPTLS_E_ARG || \result == HOPTLS_E_SIZE;
    ensures right: hop != \null && msg.ptr != \null && msg.len <= UINT32_MAX && names_within(hop, msg.len) && (newer == \null || names_within(newer, msg.len)) ==> \result == HOPTLS_OK; */
int hoptls_hop_route(hoptls_msg msg, const hoptls_hop *newer, hoptls_hop *hop);

/* ------------------------------------------------------------------------------------------------------
 * 5. Judgement: facts and a policy give a verdict; no bytes are looked at
 * ------------------------------------------------------------------------------------------------------ */

/* Verdicts, worst first: of several, the smallest is the worst. */
typedef enum hoptls_verdict {
    HOPTLS_V_PLAIN = 16,
    HOPTLS_V_UNKNOWN = 32,
    HOPTLS_V_WEAK = 48, /* TLS, but below the caller's policy */
    HOPTLS_V_TLS = 64,
    HOPTLS_V_NONE_NEEDED = 80 /* never crossed a network, or no border between organisations */
} hoptls_verdict;

/* What a verdict rests on. */
typedef enum hoptls_basis {
    HOPTLS_BASIS_STATED = 16, /* details were stated */
    HOPTLS_BASIS_KEYWORD = 32,
    HOPTLS_BASIS_STATED_NOT = 48, /* the field says that there was no TLS */
    HOPTLS_BASIS_SILENCE = 64,    /* what the writer's silence means */
    HOPTLS_BASIS_NO_KNOWLEDGE = 80,
    HOPTLS_BASIS_LOCAL = 96,
    HOPTLS_BASIS_SITE_PROFILE = 112,
    HOPTLS_BASIS_LEARNED = 128
} hoptls_basis;

/* Rules of a policy that a hop can break. */
typedef enum hoptls_rule {
    HOPTLS_RULE_VERSION = 16,   /* older than min_version */
    HOPTLS_RULE_BITS = 32,      /* a shorter key than min_bits */
    HOPTLS_RULE_SUITE = 48,     /* a suite with a forbidden property */
    HOPTLS_RULE_NOT_STATED = 64 /* the version was not stated and no suite implies it */
} hoptls_rule;

/* No hop: an index that no hop has. */
#define HOPTLS_NO_HOP 0xFFFFFFFFu

/* What a caller accepts. All zero accepts any TLS that encrypts, and believes no boundary. */
typedef struct hoptls_policy {
    uint16_t min_version;   /* as on the wire; 0: any */
    uint16_t min_bits;      /* 0: any */
    uint32_t forbidden;     /* HOPTLS_SUITE_ bits that make a hop weak */
    uint8_t must_state;     /* 1: a version that is not stated breaks the rule of min_version */
    uint8_t count_internal; /* 1: hops inside one organisation weigh in the message's verdict too */
    /* How many hops, from the newest down, were written by hosts that the caller believes; 0: the caller says
     * nothing of it; HOPTLS_NO_HOP: it believes none. */
    uint32_t trusted_hops;
} hoptls_policy;

/* Which policy is the stricter, and the verdict of a hop under one: a stricter policy never gives a better verdict
 * (invariant I10). */
/*@ predicate meets_version{L}(hoptls_tls *t, hoptls_policy *p) =
        p->min_version == 0 || (t->version != 0 ? t->version : t->floor) >= p->min_version ||
        (t->version == 0 && !p->must_state);
    predicate meets{L}(hoptls_tls *t, hoptls_policy *p) =
        meets_version(t, p) && (t->bits == 0 || t->bits >= p->min_bits) && (p->forbidden & t->traits) == 0;
    predicate stricter{L}(hoptls_policy *a, hoptls_policy *b) =
        (b->min_version != 0 ==> a->min_version >= b->min_version) && a->min_bits >= b->min_bits &&
        (b->must_state ==> a->must_state) &&
        (\forall uint16_t traits; (traits & a->forbidden) == 0 ==> (traits & b->forbidden) == 0);
    predicate silence_tells{L}(hoptls_hop *h) =
        h->silence_basis != HOPTLS_BASIS_SILENCE || h->addr.family == 0 ||
        h->addr.network == HOPTLS_NET_PUBLIC;
    predicate judged{L}(hoptls_hop *h, hoptls_policy *p, integer verdict) =
        h->scope == HOPTLS_SCOPE_HOST ? verdict == HOPTLS_V_NONE_NEEDED :
        h->evidence == HOPTLS_EVIDENCE_NEGATIVE ? verdict == HOPTLS_V_PLAIN :
        h->evidence != HOPTLS_EVIDENCE_SILENT ?
            (meets(&h->tls, p) ? verdict == HOPTLS_V_TLS : verdict == HOPTLS_V_WEAK) :
        h->silence == HOPTLS_SILENCE_NOT_NETWORK ? verdict == HOPTLS_V_NONE_NEEDED :
        h->silence == HOPTLS_SILENCE_PLAIN && silence_tells(h) ? verdict == HOPTLS_V_PLAIN :
            verdict == HOPTLS_V_UNKNOWN;
    predicate crosses{L}(hoptls_hop *h) =
        h->verdict != HOPTLS_V_NONE_NEEDED &&
        (h->scope == HOPTLS_SCOPE_EXTERNAL || h->scope == HOPTLS_SCOPE_UNDETERMINED ||
         (h->flags & HOPTLS_F_NAME_CLAIMED) != 0);
    lemma monotone{L}: \forall hoptls_hop *h, hoptls_policy *strict, *lax, integer v, w;
        stricter(strict, lax) && judged(h, strict, v) && judged(h, lax, w) ==> v <= w;
*/

/* Fill `verdict`, `basis`, `weak` and `counts` of a hop that was read and routed. */
/*@ requires hop == \null || \valid(hop);
    requires policy == \null || (\valid_read(policy) && \separated(hop, policy));
    terminates \true;
    assigns hop->verdict, hop->basis, hop->weak, hop->counts;
    ensures hop == \null ==> \result == HOPTLS_E_ARG;
    ensures hop != \null ==> \result == HOPTLS_OK;
    ensures verdict: hop != \null && policy != \null ==> judged(hop, policy, hop->verdict);
    ensures weak: hop != \null ==> (hop->weak != 0 <==> hop->verdict == HOPTLS_V_WEAK);
    ensures any: hop != \null && policy == \null ==> hop->verdict != HOPTLS_V_WEAK; */
int hoptls_hop_judge(hoptls_hop *hop, const hoptls_policy *policy);

/* ------------------------------------------------------------------------------------------------------
 * 6. The message
 * ------------------------------------------------------------------------------------------------------ */

/* Protection of the message itself, beside transport and never mixed into it. A set of bits. */
enum {
    HOPTLS_P_PGP_MIME = 1 << 0,    /* RFC 3156 multipart/encrypted */
    HOPTLS_P_PGP_INLINE = 1 << 1,  /* an armoured message at the start of the body (RFC 9580 section 6.2) */
    HOPTLS_P_SMIME = 1 << 2,       /* RFC 8551 enveloped-data or authEnveloped-data */
    HOPTLS_P_SIGNED = 1 << 3,      /* signed only (S/MIME, PGP, cleartext PGP): anyone can read it */
    HOPTLS_P_PORTAL = 1 << 4,      /* a notice that leads to a web portal */
    HOPTLS_P_TLS_OPTIONAL = 1 << 5 /* the author wrote TLS-Required: No (RFC 8689 section 5) */
};

typedef struct hoptls_report {
    uint32_t hops;      /* Received fields in the header, those beyond `cap` too */
    uint32_t counted;   /* how many of them weigh in the verdict */
    uint32_t crossings; /* how many left an organisation or may have, counted or not */
    uint32_t counted_crossings;
    uint32_t trusted_crossings; /* counted, and believed by the caller */
    /* 1: the caller drew a trust boundary. */
    uint8_t bounded;
    /* `trusted` if so, else `claimed`. */
    uint8_t verdict;
    /* The worst verdict of the counted hops, NONE_NEEDED if there are none; but UNKNOWN at best where the message has
     * hops that cross borders and none of them counts, or has no hop at all. */
    uint8_t claimed;
    /* The same of the hops that the caller believes; UNKNOWN at best, too, where none of them counts as a crossing and
     * others stand below. */
    uint8_t trusted;
    /* Step 1: verdict of the oldest hop in which a client handed the message in, if no older one crossed a border;
     * 0: none. */
    uint8_t submission;
    /* Step 3: verdict of the newest hop that fetched it from a mailbox; 0: none. */
    uint8_t retrieval;
    uint32_t claimed_hop; /* index of the hop that decides `claimed`, HOPTLS_NO_HOP if none counts */
    uint32_t trusted_hop;
    uint32_t submission_hop;
    uint32_t retrieval_hop;
    uint32_t trusted_hops; /* how many hops the caller believes, at most `hops` */
    /* A message that was handed in again, by a list or a forwarder, tells of several journeys. All of them weigh in
     * `claimed`; of the last one alone, which its hops from the newest down make: */
    uint32_t journeys;          /* 0: there is no hop */
    uint32_t last_journey_hops; /* how many hops belong to it */
    uint32_t last_journey_crossings;
    uint32_t last_journey_known; /* how many of those count */
    uint32_t last_journey_hop;   /* the one that decides, HOPTLS_NO_HOP if none counts */
    uint8_t last_journey;        /* its verdict, as `claimed` is of all hops */
    uint32_t protection;         /* HOPTLS_P_ bits */
    uint32_t body;               /* offset of the first byte of the body, or the length of the message */
} hoptls_report;

/* A report that was begun counts no more than the hops it was given. */
/*@ predicate begun{L}(hoptls_report *r) =
        r->counted <= r->hops && r->crossings <= r->hops && r->counted_crossings <= r->hops &&
        r->trusted_crossings <= r->hops && r->last_journey_hops <= r->hops &&
        r->last_journey_crossings <= r->hops && r->last_journey_known <= r->hops;
    logic integer worse(integer verdict, integer than) =
        than == 0 || verdict < than ? verdict : than;
*/

/* Begin a report; then hand it every hop, newest first, judged; then end it. For a caller who walks the
 * fields himself. `hoptls_report_add` takes the hop's number, 0 for the newest, from the order of calls. */
/*@ requires report == \null || \valid(report);
    requires policy == \null || (\valid_read(policy) && \separated(report, policy));
    terminates \true;
    assigns *report;
    ensures report == \null ==> \result == HOPTLS_E_ARG;
    ensures report != \null ==> \result == HOPTLS_OK && begun(report) && report->hops == 0 && report->claimed == 0 && report->trusted == 0; */
int hoptls_report_begin(hoptls_report *report, const hoptls_policy *policy);
/*@ requires report == \null || (\valid(report) && begun(report));
    requires hop == \null || (\valid_read(hop) && \separated(report, hop));
    terminates \true;
    assigns *report;
    ensures report != \null ==> begun(report);
    ensures \result == HOPTLS_OK || \result == HOPTLS_E_ARG;
    ensures refused: \result == HOPTLS_E_ARG <==> report == \null || hop == \null || \old(report->hops) == UINT32_MAX;
    ensures counted: \result == HOPTLS_OK ==> report->hops == \old(report->hops) + 1;
    ensures claimed: \result == HOPTLS_OK ==> report->claimed == (hop->counts ? worse(hop->verdict, \old(report->claimed)) : \old(report->claimed));
    ensures trusted: \result == HOPTLS_OK ==> report->trusted == (hop->counts && \old(report->hops) < report->trusted_hops ? worse(hop->verdict, \old(report->trusted)) : \old(report->trusted));
    ensures bound: \result == HOPTLS_OK ==> report->trusted_hops == \old(report->trusted_hops) && report->bounded == \old(report->bounded); */
int hoptls_report_add(hoptls_report *report, const hoptls_hop *hop);
/*@ requires report == \null || (\valid(report) && begun(report));
    terminates \true;
    assigns *report;
    ensures report == \null ==> \result == HOPTLS_E_ARG;
    ensures report != \null ==> \result == HOPTLS_OK;
    ensures worst: report != \null && \old(report->claimed) != 0 ==> report->claimed <= \old(report->claimed);
    ensures chosen: report != \null ==> report->verdict == (report->bounded ? report->trusted : report->claimed); */
int hoptls_report_end(hoptls_report *report);

/* What one field, not Received, tells of the message's own protection: HOPTLS_P_ bits to be joined. */
/*@ requires message_or_null(msg);
    requires field == \null || \valid_read(field);
    terminates \true;
    assigns hoptls_work;
    ensures linear: field != \null && msg.ptr != \null && field_within(field, msg.len) ==>
        spent{Pre, Here}(115 * field->value.len + 400); */
uint32_t hoptls_content_field(hoptls_msg msg, const hoptls_field *field);

/* What the first lines of the body tell of it. `body` is report.body; at most 4096 bytes are looked at. */
/*@ requires message_or_null(msg);
    terminates \true;
    assigns hoptls_work; */
uint32_t hoptls_content_body(hoptls_msg msg, uint32_t body);

/* All of it: read every hop of the message, newest first, judge it and report. Writes at most `cap` hops; hops
 * beyond are judged and counted all the same. `policy` null accepts any TLS; `hops` may be null if `cap` is 0.
 * Returns HOPTLS_OK. */
/*@ requires message_or_null(msg);
    requires policy == \null || \valid_read(policy);
    requires hops == \null || \valid(hops + (0 .. cap - 1));
    requires report == \null || \valid(report);
    requires \separated(report, hops + (0 .. cap - 1));
    requires policy == \null || (\separated(report, policy) && \separated(policy, hops + (0 .. cap - 1)));
    terminates \true;
    assigns *report, hops[0 .. cap - 1], hoptls_work;
    ensures \result == HOPTLS_OK || \result == HOPTLS_E_ARG || \result == HOPTLS_E_SIZE;
    ensures wrong: \result == HOPTLS_E_ARG <==> report == \null || (msg.ptr == \null && msg.len > 0) || (hops == \null && cap > 0);
    ensures size: \result == HOPTLS_E_SIZE ==> msg.len > UINT32_MAX; */
int hoptls_message_read(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                        hoptls_report *report);

/* ------------------------------------------------------------------------------------------------------
 * 7. Archives: a row of messages in one mbox (RFC 4155, and the variants before it)
 * ------------------------------------------------------------------------------------------------------ */

/* Whether the writer of an mbox took care that no body has a line `From ` behind an empty one. */
typedef enum hoptls_mbox {
    HOPTLS_MBOX_ANY =
        0, /* not known: separators are told from prose, and a Content-Length that fits is believed */
    HOPTLS_MBOX_QUOTED =
        16 /* mboxo, mboxrd: each such line is a separator, whatever else it says; but `From :` is a header of old */
} hoptls_mbox;

/* The next message of an mbox of `archive.len` bytes from `*pos` on. `out` is the message without its separator
 * line. A line `From ` begins a message at the start of the archive, or behind an empty line if it states a time and a
 * year or a header follows it: prose does neither. Where a message has a Content-Length that leads to such a line or to
 * the end of the archive, no line before it begins a message, and its body is so many bytes: with the empty line before
 * the separator if that was counted, which else is the archive's. HOPTLS_END at the end.
 * Unlike other calls these take archives of any length. */
/*@ requires message_or_null(archive);
    requires pos == \null || \valid(pos);
    requires out == \null || (\valid(out) && \separated(out, pos));
    terminates \true;
    assigns *pos, *out, hoptls_work;
    ensures \result == HOPTLS_MORE || \result == HOPTLS_END || \result == HOPTLS_E_ARG;
    ensures progress: \result == HOPTLS_MORE ==> \old(*pos) < *pos <= archive.len;
    ensures part: \result == HOPTLS_MORE ==> \old(*pos) <= out->ptr - archive.ptr && out->ptr - archive.ptr + out->len <= *pos;
    ensures end: \result == HOPTLS_END ==> *pos == archive.len;
    ensures right: pos != \null && out != \null && archive.ptr != \null && \old(*pos) <= archive.len ==> \result >= 0; */
int hoptls_mbox_next(hoptls_msg archive, size_t *pos, hoptls_msg *out);

/* The same for an archive of which it is known how it was written: `quoting` is a hoptls_mbox. */
/*@ requires message_or_null(archive);
    requires pos == \null || \valid(pos);
    requires out == \null || (\valid(out) && \separated(out, pos));
    terminates \true;
    assigns *pos, *out, hoptls_work;
    ensures \result == HOPTLS_MORE || \result == HOPTLS_END || \result == HOPTLS_E_ARG;
    ensures progress: \result == HOPTLS_MORE ==> \old(*pos) < *pos <= archive.len;
    ensures part: \result == HOPTLS_MORE ==> \old(*pos) <= out->ptr - archive.ptr && out->ptr - archive.ptr + out->len <= *pos;
    ensures end: \result == HOPTLS_END ==> *pos == archive.len;
    ensures right: pos != \null && out != \null && archive.ptr != \null && \old(*pos) <= archive.len ==> \result >= 0; */
int hoptls_mbox_read(hoptls_msg archive, uint32_t quoting, size_t *pos, hoptls_msg *out);

/* Move `*pos` to the first separator behind an empty line that begins there or later: HOPTLS_MORE, or HOPTLS_END with
 * the end of the archive. A Content-Length before it is not known of: it takes a walk from the start to believe it. */
/*@ requires message_or_null(archive);
    requires pos == \null || \valid(pos);
    terminates \true;
    assigns *pos, hoptls_work;
    ensures \result == HOPTLS_MORE || \result == HOPTLS_END || \result == HOPTLS_E_ARG;
    ensures progress: \result == HOPTLS_MORE ==> \old(*pos) < *pos < archive.len;
    ensures end: \result == HOPTLS_END ==> *pos == archive.len; */
int hoptls_mbox_seek(hoptls_msg archive, uint32_t quoting, size_t *pos);

/* The Content-Length that the header of a message states, whether it fits or not: HOPTLS_MORE, or HOPTLS_END if none;
 * and where the body begins. For an archive that comes in pieces. */
/*@ requires message_or_null(msg);
    requires body == \null || \valid(body);
    requires length == \null || (\valid(length) && \separated(body, length));
    terminates \true;
    assigns *body, *length, hoptls_work;
    ensures \result == HOPTLS_MORE || \result == HOPTLS_END || \result == HOPTLS_E_ARG;
    ensures part: \result >= 0 ==> *body <= msg.len; */
int hoptls_mbox_length(hoptls_msg msg, size_t *body, uint64_t *length);

/* ------------------------------------------------------------------------------------------------------
 * 8. Words: each value of the enumerations above as the lower-case word of the documents and of JSON
 * ------------------------------------------------------------------------------------------------------ */

/* Static strings; "" for a value that is none. */
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_evidence_word(uint32_t evidence);
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_silence_word(uint32_t silence);
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_scope_word(uint32_t scope);
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_role_word(uint32_t role);
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_grade_word(uint32_t grade);
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_client_cert_word(uint32_t client_cert);
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_verdict_word(uint32_t verdict);
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_basis_word(uint32_t basis);
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_rule_word(uint32_t rule);
/*@ requires tls == \null || \valid_read(tls);
    terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_tls_version_word(const hoptls_tls *tls); /* 1.0 1.1 1.2 1.3 ssl3 ssl2 any, or "" */
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_flag_word(uint32_t flag); /* of a single bit */
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_protection_word(uint32_t bit); /* of a single bit */
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_parting_word(uint32_t bit); /* of a single bit */

/* The name of a writer or provider, as in its table; "" if there is none of that number. */
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_writer_name(uint32_t writer);
/*@ terminates \true; assigns \nothing; */
const char *hoptls_provider_name(uint32_t provider);

/* The IANA name of a cipher suite; "" if the number is none that we know. */
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_suite_name(uint32_t suite);

/* The version of the library, "MAJOR.MINOR.PATCH". */
/*@ terminates \true; assigns \nothing; ensures \valid_read(\result); */
const char *hoptls_version(void);

#ifdef __cplusplus
}
#endif

#endif
