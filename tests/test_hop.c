/* One field into the facts of a hop: who the client was, what is stated and by whom, and what is only remarked. */
#include "cases.h"
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define DATE  "Mon, 2 Mar 2026 10:00:00 +0000"
#define TLS13 "TLS_AES_256_GCM_SHA384"

/* ---- a hop of a value --------------------------------------------------------------------------------- */

typedef struct sample {
    char bytes[1024];
    hoptls_msg msg;
    hoptls_hop hop;
} sample;

static void read_value(const char *value, sample *out)
{
    hoptls_field field;
    uint32_t pos = 0;
    int len = snprintf(out->bytes, sizeof out->bytes, "Received: %s", value);
    assert_in_range(len, 10, sizeof out->bytes - 1);
    out->msg.ptr = (const uint8_t *)out->bytes;
    out->msg.len = (size_t)len;
    assert_int_equal(hoptls_field_next(out->msg, &pos, &field), HOPTLS_MORE);
    assert_int_equal(hoptls_hop_read(out->msg, &field, &out->hop), HOPTLS_OK);
}

static hoptls_hop hop_of(const char *value)
{
    sample s;
    read_value(value, &s);
    return s.hop;
}

static int is_text(const sample *s, hoptls_span span, const char *expected)
{
    return span.len == strlen(expected) && memcmp(s->bytes + span.off, expected, span.len) == 0;
}

/* ---- the peer ----------------------------------------------------------------------------------------- */

typedef struct peer_case {
    const char *from; /* the value up to `by` */
    const char *rest;
    const char *helo; /* "" for none */
    const char *rdns;
    const char *addr;
} peer_case;

#define POSTFIX  "by b.example (Postfix) with ESMTP id 4DA2F1C03B; " DATE
#define SENDMAIL "by b.example (8.15.2/8.15.2) with ESMTP id r7JEfLgH003867; " DATE
#define EXIM     "by b.example with esmtp (Exim 4.96) id 1mfYh0-0002e8-QW; " DATE
#define QMAIL    "by b.example with SMTP; 2 Mar 2026 10:00:00 -0000"
#define OTHER    "by b.example with ESMTP id 1; " DATE

/* clang-format off */
static const peer_case peers[] = {
    /* helo (rdns [address]), and what may stand before and behind */
    {"from a.example (mx.example.com [192.0.2.1])", POSTFIX, "a.example", "mx.example.com", "192.0.2.1"},
    {"from a.example (unknown [192.0.2.1])", POSTFIX, "a.example", "", "192.0.2.1"},
    {"from a.example (mx.example.com [IPv6:2001:db8::1])", POSTFIX, "a.example", "mx.example.com", "2001:db8::1"},
    {"from a.example (localhost [127.0.0.1])", POSTFIX, "a.example", "localhost", "127.0.0.1"},
    {"from [203.0.113.9] (mx.example.com [192.0.2.1])", POSTFIX, "[203.0.113.9]", "mx.example.com", "192.0.2.1"},
    {"from a.example (mx.example.com [192.0.2.1]) (Client CN \"[203.0.113.9]\", Issuer \"x [203.0.113.9]\" (verified OK)) (Authenticated sender: x [203.0.113.9])", POSTFIX, "a.example", "mx.example.com", "192.0.2.1"},
    {"from a.example (mx.example.com [192.0.2.1] (may be forged))", SENDMAIL, "a.example", "mx.example.com", "192.0.2.1"},
    {"from a.example (IDENT:x@mx.example.com [192.0.2.1])", SENDMAIL, "a.example", "mx.example.com", "192.0.2.1"},
    {"from a.example (x@[203.0.113.9]@mx.example.com [192.0.2.1])", SENDMAIL, "a.example", "mx.example.com", "192.0.2.1"},
    {"from a.example (mx.example.com [192.0.2.1] (AS64496 Example, ZZ))", OTHER, "a.example", "mx.example.com", "192.0.2.1"},
    {"from a.example (mx.example.com. [192.0.2.1])", "by mx.google.com with ESMTP id a1; " DATE, "a.example", "mx.example.com.", "192.0.2.1"},
    {"from a.example (Not Verified[192.0.2.1])", OTHER, "a.example", "", "192.0.2.1"},
    {"from unknown[192.0.2.1]", OTHER, "unknown", "", "192.0.2.1"},
    {"from mx.example.com [192.0.2.1]", OTHER, "mx.example.com", "", "192.0.2.1"},
    /* whatever the client calls itself stands in front: of several addresses the last is the server's */
    {"from x ([203.0.113.9]) (mx.example.com [192.0.2.1])", OTHER, "x", "mx.example.com", "192.0.2.1"},
    {"from x (y.example [127.0.0.1]) (mx.example.com [192.0.2.1])", OTHER, "x", "mx.example.com", "192.0.2.1"},
    {"from x [127.0.0.1] (unknown [192.0.2.1])", OTHER, "x", "", "192.0.2.1"},
    /* but not in what the server repeats of its ident reply, its certificate, its login, its envelope */
    {"from a.example (mx.example.com [192.0.2.1]) (IDENT: [127.0.0.1])", "by b with esmtp id 00E541B3.622DE4D2.00005824; " DATE, "a.example", "mx.example.com", "192.0.2.1"},
    {"from a.example (mx.example.com [192.0.2.1]) (user=[127.0.0.1] mech=PLAIN)", SENDMAIL, "a.example", "mx.example.com", "192.0.2.1"},
    {"from a.example (mx.example.com [192.0.2.1]) (AUTH: PLAIN [127.0.0.1])", "by b with esmtp id 00E541B3.622DE4D2.00005824; " DATE, "a.example", "mx.example.com", "192.0.2.1"},
    {"from a.example (mx.example.com [192.0.2.1]) (using TLSv1.3 with cipher [127.0.0.1])", POSTFIX, "a.example", "mx.example.com", "192.0.2.1"},
    {"from [192.0.2.1] (account x HELO [127.0.0.1])", "by b (CommuniGate Pro SMTP 6.3.19) with ESMTPA id 1; " DATE, "[192.0.2.1]", "", "192.0.2.1"},
    {"from a.example ([192.0.2.1]) (envelope-sender <[127.0.0.1]@x>)", OTHER, "a.example", "", "192.0.2.1"},
    /* helo ([address]) helo (address) */
    {"from a.example ([192.0.2.1])", OTHER, "a.example", "", "192.0.2.1"},
    {"from a.example ( [192.0.2.1])", OTHER, "a.example", "", "192.0.2.1"},
    {"from a.example (192.0.2.1)", "by b.example (198.51.100.1) with Microsoft SMTP Server id 15.20.5273.14; " DATE, "a.example", "", "192.0.2.1"},
    {"from a.example ([fe80::1%12])", "by b.example ([198.51.100.1]) with mapi id 15.20.5273.14; " DATE, "a.example", "", "fe80::1"},
    {"from [192.0.2.1] ([192.0.2.1:2525] helo=a.example)", OTHER, "a.example", "", "192.0.2.1"},
    /* rdns ([address] helo=helo), [address] (helo=helo) */
    {"from mx.example.com ([192.0.2.1] helo=a.example)", EXIM, "a.example", "mx.example.com", "192.0.2.1"},
    {"from mx.example.com ([192.0.2.1]:40000 helo=a.example ident=x)", EXIM, "a.example", "mx.example.com", "192.0.2.1"},
    {"from mx.example.com ([192.0.2.1])", EXIM, "mx.example.com", "mx.example.com", "192.0.2.1"},
    {"from [192.0.2.1] (helo=a.example)", EXIM, "a.example", "", "192.0.2.1"},
    {"from [192.0.2.1] (port=40000 helo=a.example)", EXIM, "a.example", "", "192.0.2.1"},
    {"from [192.0.2.1] (helo=[203.0.113.9])", EXIM, "[203.0.113.9]", "", "192.0.2.1"},
    {"from mx.example.com ([192.0.2.1] helo=[203.0.113.9])", EXIM, "[203.0.113.9]", "mx.example.com", "192.0.2.1"},
    {"from [192.0.2.1] (ident=x)", EXIM, "[192.0.2.1]", "", "192.0.2.1"},
    {"from [192.0.2.1]", EXIM, "[192.0.2.1]", "", "192.0.2.1"},
    /* rdns (HELO helo) (address), and EHLO where a front end gives the address */
    {"from mx.example.com (HELO a.example) (192.0.2.1)", QMAIL, "a.example", "mx.example.com", "192.0.2.1"},
    {"from unknown (HELO a.example) (192.0.2.1)", QMAIL, "a.example", "", "192.0.2.1"},
    {"from unknown (HELO [203.0.113.9]) (192.0.2.1)", QMAIL, "[203.0.113.9]", "", "192.0.2.1"},
    {"from unknown (HELO a.example) (x@192.0.2.1)", QMAIL, "a.example", "", "192.0.2.1"},
    {"from unknown (HELO a.example) ([192.0.2.1])", OTHER, "a.example", "", "192.0.2.1"},
    {"from unknown [192.0.2.1] (EHLO a.example)", OTHER, "a.example", "", "192.0.2.1"},
    {"from 127.0.0.1 (EHLO a.example) (192.0.2.1)", "by mta1.mail.yahoo.com with SMTPS; " DATE, "a.example", "", "192.0.2.1"},
    {"from 192.0.2.1 (EHLO a.example)", "by 10.1.2.3 with SMTPs; " DATE, "a.example", "", "192.0.2.1"},
    {"from mx.example.com (EHLO a.example) ([192.0.2.1])", OTHER, "a.example", "mx.example.com", "192.0.2.1"},
    {"from mx.example.com (LHLO a.example) (192.0.2.1)", "by b.example with LMTP; " DATE, "a.example", "mx.example.com", "192.0.2.1"},
    /* what holds no address */
    {"from a.example (1.2.3)", OTHER, "a.example", "", ""},
    {"from a.example (x [y])", OTHER, "a.example", "", ""},
    {"from a.example", OTHER, "a.example", "", ""},
    {"", OTHER, "", "", ""},
};
/* clang-format on */

static int has_address(const hoptls_addr *got, const char *expected)
{
    hoptls_addr addr;
    hoptls_span all = {0, (uint32_t)strlen(expected)};
    if (expected[0] == '\0') {
        return got->family == 0;
    }
    assert_true(hoptls_addr_read((const uint8_t *)expected, all, &addr));
    return hoptls_addr_same(got, &addr) && got->network == addr.network;
}

static void the_client_is_told_from_what_the_server_found(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(peers); i++) {
        char value[512];
        sample s;
        snprintf(value, sizeof value, "%s %s", peers[i].from, peers[i].rest);
        read_value(value, &s);
        if (!is_text(&s, s.hop.helo, peers[i].helo) || !is_text(&s, s.hop.rdns, peers[i].rdns) ||
            !has_address(&s.hop.addr, peers[i].addr)) {
            print_error("# %s\n# helo %.*s rdns %.*s family %d\n", value, (int)s.hop.helo.len,
                        s.bytes + s.hop.helo.off, (int)s.hop.rdns.len, s.bytes + s.hop.rdns.off,
                        s.hop.addr.family);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void a_name_that_may_be_forged_is_remarked(void **state)
{
    const hoptls_hop forged = hop_of("from a (b.example [192.0.2.1] (may be forged)) " SENDMAIL);
    const hoptls_hop folded = hop_of("from a (b.example [192.0.2.1] (may be\r\n\tforged)) " SENDMAIL);
    const hoptls_hop said = hop_of("from may.be.forged (b.example [192.0.2.1]) " SENDMAIL);

    (void)state;
    assert_int_equal(forged.flags & HOPTLS_F_FORGED_NAME, HOPTLS_F_FORGED_NAME);
    assert_int_equal(folded.flags & HOPTLS_F_FORGED_NAME, HOPTLS_F_FORGED_NAME);
    assert_int_equal(said.flags & HOPTLS_F_FORGED_NAME, 0);
}

static int same_span(hoptls_span a, hoptls_span b)
{
    return a.off == b.off && a.len == b.len;
}

static void organisations_are_those_of_the_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(peers); i++) {
        char value[512];
        sample s;
        snprintf(value, sizeof value, "%s %s", peers[i].from, peers[i].rest);
        read_value(value, &s);
        assert_true(same_span(s.hop.helo_org, hoptls_host_org(s.msg.ptr, s.hop.helo)));
        assert_true(same_span(s.hop.rdns_org, hoptls_host_org(s.msg.ptr, s.hop.rdns)));
        assert_true(same_span(s.hop.by_org, hoptls_host_org(s.msg.ptr, s.hop.by)));
        assert_int_equal(s.hop.helo_provider, hoptls_host_provider(s.msg.ptr, s.hop.helo));
        assert_int_equal(s.hop.rdns_provider, hoptls_host_provider(s.msg.ptr, s.hop.rdns));
        assert_int_equal(s.hop.by_provider, hoptls_host_provider(s.msg.ptr, s.hop.by));
    }
}

/* ---- evidence ----------------------------------------------------------------------------------------- */

#define PAIRS "(version=TLSv1.3 cipher=" TLS13 " bits=256 verify=NO)"
#define USING "(using TLSv1.3 with cipher " TLS13 " (256/256 bits))"
#define PEER  "from a.example (mx.example.com [192.0.2.1]) "

#define COURIER_ID "000000000747DA88.00000000B19B8609.00006711"
#define COURIER    " id " COURIER_ID "; " DATE

enum { REMARKS = HOPTLS_F_MISPLACED | HOPTLS_F_FOREIGN_FORM | HOPTLS_F_CONFLICT };

typedef struct evidence_case {
    const char *value;
    const char *evidence;
    const char *proof;
    uint32_t remarks;
} evidence_case;

/* clang-format off */
static const evidence_case statements[] = {
    /* each server in its own slot */
    {PEER USING " " POSTFIX, "detail", USING, 0},
    {PEER "by b.example (Postfix) with ESMTPS id 4DA2F1C03B; " DATE, "keyword", "ESMTPS", 0},
    {PEER USING " by b.example (Postfix) with ESMTPS id 4DA2F1C03B; " DATE, "detail", USING, 0},
    {PEER "by b.example (8.15.2/8.15.2) with ESMTP id r7JEfLgH003867 " PAIRS "; " DATE, "detail", PAIRS, 0},
    {PEER "by b.example with esmtps (TLS1.3) tls " TLS13 " (Exim 4.96) id 1mfYh0-0002e8-QW; " DATE, "detail", "(TLS1.3) tls " TLS13, 0},
    {PEER "by b.example with esmtp (TLSv1.3:" TLS13 ":256) (Exim 4.92) id 1mfYh0-0002e8-QW; " DATE, "detail", "(TLSv1.3:" TLS13 ":256)", 0},
    {PEER "(TLS: TLSv1.3,256bits," TLS13 ") by b.example with esmtp id 00E541B3.622DE4D2.00005824; " DATE, "detail", "(TLS: TLSv1.3,256bits," TLS13 ")", 0},
    {"from a (192.0.2.1) by b.example with Microsoft SMTP Server (TLS) id 14.1.2.3; " DATE, "keyword", "(TLS)", 0},
    {"from a ([192.0.2.1]) by b.example over TLS secured channel with Microsoft SMTPSVC(6.0); " DATE, "keyword", "over TLS secured channel", 0},
    {"by a.qloud-c.yandex.net (smtp/Yandex) with ESMTPSA id 1; " DATE " " USING, "detail", USING, 0},
    {"from a (HELO b) (192.0.2.1) by b.example with AES256-SHA encrypted SMTP; 2 Mar 2026 10:00:00 -0000", "detail", "AES256-SHA encrypted", 0},
    {"from a (b. [192.0.2.1]) by mx.google.com with SMTPS id a1 for <a@example.net> (Google Transport Security); " DATE, "keyword", "SMTPS", 0},

    {PEER "by b.example (Generic MTA with TLSv1.3 " TLS13 " 256/256) id 1; " DATE, "detail", "(Generic MTA with TLSv1.3 " TLS13 " 256/256)", 0},
    {PEER "by b.example (Some MTA with TLSv1.3 " TLS13 " 256/256) id 1; " DATE, "silent", "", 0},

    /* one that nobody knows: behind its own `by` alone */
    {PEER "by b.example with ESMTPS id 1; " DATE, "keyword", "ESMTPS", 0},
    {PEER "by b.example with ESMTP id 1 " PAIRS "; " DATE, "detail", PAIRS, 0},
    {PEER "by b.example with ESMTP id 1 for <a@example.net> " PAIRS "; " DATE, "detail", PAIRS, 0},
    {PEER PAIRS " by b.example with ESMTP id 1; " DATE, "silent", "", HOPTLS_F_MISPLACED},
    {PEER "(TLSv1.3:" TLS13 ":256) by b.example with ESMTP id 1; " DATE, "silent", "", HOPTLS_F_MISPLACED},
    {"(TLSv1.3:" TLS13 ":256) by b.example with ESMTP id 1; " DATE, "silent", "", HOPTLS_F_MISPLACED},
    /* in front of `by` details are believed only of a hop that the word behind it says was encrypted */
    {PEER USING " by b.example with ESMTP id 1; " DATE, "silent", "", HOPTLS_F_MISPLACED},
    {PEER USING " by b.example with ESMTPS id 1; " DATE, "detail", USING, 0},
    {PEER "(not using TLS) by b.example with ESMTPS id 1; " DATE, "keyword", "ESMTPS", HOPTLS_F_MISPLACED},

    /* behind the date, in a name, in an id, in a recipient */
    {PEER "by b.example with ESMTP id 1; " DATE " " PAIRS, "silent", "", HOPTLS_F_MISPLACED},
    {PEER "by b.example with ESMTP id 1; " DATE " with ESMTPS " PAIRS, "silent", "", HOPTLS_F_MISPLACED},
    {"from ESMTPS (tls [192.0.2.1]) by b.example with ESMTP id ESMTPS for ESMTPS; " DATE, "silent", "", 0},
    {"from tls " TLS13 " by b.example with ESMTP id 1; " DATE, "silent", "", 0},
    {"from a tls " TLS13 " by b.example with ESMTP id 1; " DATE, "silent", "", HOPTLS_F_MISPLACED},
    {"from \"with ESMTPS\" by b.example with ESMTP id \"tls " TLS13 "\" for <\"ESMTPS\"@example.net>; " DATE, "silent", "", 0},

    /* a form that the writer never uses there */
    {PEER "by b.example (Postfix) with ESMTP id 4DA2F1C03B " PAIRS "; " DATE, "silent", "(Postfix)", HOPTLS_F_FOREIGN_FORM},
    {PEER "by b.example (Postfix) with ESMTP (TLSv1.3:" TLS13 ":256) id 4DA2F1C03B; " DATE, "silent", "(Postfix)", HOPTLS_F_FOREIGN_FORM},
    {PEER USING " by b.example (8.15.2/8.15.2) with ESMTP id r7JEfLgH003867; " DATE, "silent", "(8.15.2/8.15.2)", HOPTLS_F_MISPLACED},
    {PEER PAIRS " by b.example (Postfix) with ESMTPS id 4DA2F1C03B; " DATE, "keyword", "ESMTPS", HOPTLS_F_MISPLACED},

    /* the client ends what the server began, or hides it between two quotes */
    {"from \"(SSL: TLSv1.3 (a.example [192.0.2.1]) (IDENT: \"(SSL: TLSv1.3) by b.example with ESMTP" COURIER, "silent", COURIER_ID, HOPTLS_F_MISPLACED},
    {"from <\" (a.example [192.0.2.1]) (IDENT: \">(SSL: TLSv1.3)(\") by b.example with ESMTP" COURIER, "silent", COURIER_ID, HOPTLS_F_MISPLACED},
    {"from ( (a.example [192.0.2.1]) (IDENT: ))(SSL: TLSv1.3)(x) by b.example with ESMTP" COURIER, "silent", COURIER_ID, HOPTLS_F_MISPLACED},
    {PEER "(IDENT: x) (SSL: TLSv1.3) by b.example with ESMTP" COURIER, "silent", COURIER_ID, HOPTLS_F_MISPLACED},
    {PEER "(SSL: TLSv1.3) by b.example with ESMTPS" COURIER, "detail", "SSL: TLSv1.3", 0},
    {"from [192.0.2.1] (helo=a.example) (TLS1.3:" TLS13 ":256) by b.example with esmtps (Exim 4.96) id 1mfYh0-0002e8-QW; " DATE, "detail", "TLS1.3:" TLS13 ":256", 0},
    {"from [192.0.2.1] (helo=a) (TLS1.3:" TLS13 ":256) by b.example with esmtps (TLS1.2) (Exim 4.96) id 1mfYh0-0002e8-QW; " DATE, "detail", "TLS1.2", HOPTLS_F_MISPLACED},
    {PEER "by b.example (ecelerity 4.2) with ESMTPS (cipher=AES128-SHA subject=\"\" x)(version=TLSv1.3)\") id 1; " DATE, "detail", "(cipher=AES128-SHA subject=\"\" x)", HOPTLS_F_MISPLACED},

    /* a denial outweighs all that the same writer states */
    {PEER "by b.example (8.15.2/8.15.2) with ESMTP id r7JEfLgH003867 (version=TLSv1.2 cipher=NULL-SHA bits=0 verify=NO); " DATE, "negative", "(version=TLSv1.2 cipher=NULL-SHA bits=0 verify=NO)", 0},
    {PEER "by b.example (8.15.2/8.15.2) with ESMTPS id r7JEfLgH003867 (version=TLSv1.2 cipher=NULL-SHA bits=0 verify=NO); " DATE, "negative", "(version=TLSv1.2 cipher=NULL-SHA bits=0 verify=NO)", HOPTLS_F_CONFLICT},
    {PEER "by b.example (chasquid) with ESMTPS (over SMTP, plain text!, envelope from \"a\"); " DATE, "negative", "(over SMTP, plain text!, envelope from \"a\")", HOPTLS_F_CONFLICT},
    {PEER "by b.example with ESMTP (NOT encrypted); " DATE, "negative", "(NOT encrypted)", 0},
    {PEER "by b.example with (NOT encrypted) ESMTPS; " DATE, "negative", "(NOT encrypted)", HOPTLS_F_CONFLICT},

    /* of a silent one the mark by which it was known, or nothing */
    {PEER POSTFIX, "silent", "(Postfix)", 0},
    {PEER SENDMAIL, "silent", "(8.15.2/8.15.2)", 0},
    {PEER OTHER, "silent", "", 0},
};
/* clang-format on */

/* A record's proof is what stands in its parentheses. */
static int is_proof(const sample *s, const char *expected)
{
    char inside[256];
    size_t len = strlen(expected);
    snprintf(inside, sizeof inside, "%s", expected);
    if (s->hop.evidence != HOPTLS_EVIDENCE_SILENT && expected[0] == '(') {
        snprintf(inside, sizeof inside, "%.*s", (int)(len - (expected[len - 1] == ')' ? 2 : 1)),
                 expected + 1);
    }
    return is_text(s, s->hop.proof, inside);
}

static void evidence_counts_in_the_writers_own_slots_alone(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(statements); i++) {
        sample s;
        const evidence_case *c = &statements[i];
        read_value(c->value, &s);
        if (strcmp(hoptls_evidence_word(s.hop.evidence), c->evidence) != 0 || !is_proof(&s, c->proof) ||
            (s.hop.flags & REMARKS) != c->remarks) {
            print_error("# %s\n# expected %s %s %x\n# got %s %.*s %x\n", c->value, c->evidence, c->proof,
                        (unsigned)c->remarks, hoptls_evidence_word(s.hop.evidence), (int)s.hop.proof.len,
                        s.bytes + s.hop.proof.off, (unsigned)(s.hop.flags & REMARKS));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* What one record leaves open, another of the same writer may tell. */
static void records_of_one_writer_complete_each_other(void **state)
{
    const hoptls_hop exim =
        hop_of(PEER "by b with esmtps (TLS1.3) tls " TLS13 " (Exim 4.96) id 1mfYh0-0002e8-QW; " DATE);
    const hoptls_hop haraka =
        hop_of(PEER "by b (Haraka/3) with ESMTPS id 1 tls " TLS13 " group x25519; " DATE);
    const hoptls_hop unknown = hop_of(PEER USING " by b with ESMTPS id 1; " DATE);

    (void)state;
    assert_int_equal(exim.tls.version, 0x0304);
    assert_int_equal(exim.tls.suite, 0x1302);
    assert_int_equal(exim.tls.bits, 256);
    assert_int_equal(haraka.tls.version, 0);
    assert_int_equal(haraka.tls.floor, 0x0304);
    assert_int_equal(haraka.tls.group.len, strlen("x25519"));
    assert_int_equal(unknown.tls.version, 0x0304);
}

/* Beside the record, in a comment of its own; the client's name for itself cannot be one. */
static void the_clients_certificate_is_told_where_it_is_told(void **state)
{
    static const struct {
        const char *from;
        uint8_t cert;
    } table[] = {
        {PEER USING, HOPTLS_CERT_NOT_STATED},
        {PEER USING " (No client certificate requested)", HOPTLS_CERT_NOT_ASKED},
        {PEER USING " (Client did not present a certificate)", HOPTLS_CERT_NONE},
        {PEER USING " (Client CN \"a\", Issuer \"b\" (verified OK))", HOPTLS_CERT_VERIFIED},
        {PEER USING " (Client CN \"a\", Issuer \"b\" (not verified))", HOPTLS_CERT_UNVERIFIED},
        {PEER "(No client certificate requested)", HOPTLS_CERT_NOT_STATED},
        {"from x (Client CN \"a\" (verified OK)) (mx.example.com [192.0.2.1]) " USING,
         HOPTLS_CERT_NOT_STATED},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        char value[512];
        snprintf(value, sizeof value, "%s %s", table[i].from, POSTFIX);
        assert_int_equal(hop_of(value).tls.client_cert, table[i].cert);
    }
}

/* ---- what the client may write ------------------------------------------------------------------------- */

/* Silent fields, with a place where the client holds the pen. `raw` where the server lets brackets pass, or states
 * nothing there itself. */
typedef struct penned {
    const char *before;
    const char *behind;
    int raw;
} penned;

/* clang-format off */
static const penned pens[] = {
    {"from ", " (mx.example.com [192.0.2.1]) " POSTFIX, 1},
    {"from ", " (mx.example.com [192.0.2.1]) " SENDMAIL, 1},
    {"from ", " (mx.example.com [192.0.2.1]) " OTHER, 1},
    {"from a.example (", " [192.0.2.1]) " OTHER, 1},
    {"from mx.example.com ([192.0.2.1] helo=", ") " EXIM, 1},
    {"from [192.0.2.1] (helo=a ident=", ") " EXIM, 1},
    {"from mx.example.com (HELO ", ") (192.0.2.1) " QMAIL, 1},
    {"from unknown (HELO a) (", "@192.0.2.1) " QMAIL, 1},
    {"from ", " (192.0.2.1) by b with Microsoft SMTP Server id 15.20.5273.14; " DATE, 1},
    {"from ", " ([192.0.2.1]) by b with Microsoft SMTPSVC(6.0); " DATE, 1},
    {"from ", " (b. [192.0.2.1]) by mx.google.com with ESMTP id a1; " DATE, 1},
    {"from a (IDENT: ", ", [192.0.2.1]) by b with esmtp id 00E541B3.622DE4D2.00005824; " DATE, 0},
    {"from a (b [192.0.2.1]) by b (Postfix) with ESMTP id 4DA2F1C03B for <", "@example.net>; " DATE, 0},
    {"from a (b [192.0.2.1]) by b with ESMTP id 1 for <\"", "\"@example.net>; " DATE, 0},
    {"from a (b [192.0.2.1]) by b with esmtp (Exim 4.96) (envelope-from <", ">) id 1mfYh0-0002e8-QW; " DATE, 0},
    {"from a (b [192.0.2.1]) (Authenticated sender: ", ") " POSTFIX, 0},
    {"from a (b [192.0.2.1]) (Client CN \"", "\", Issuer \"b\" (not verified)) " POSTFIX, 0},
};

static const char *const lies[] = {
    "ESMTPS", "TLS", "TLSv1.3", "x with ESMTPS", "x by y with ESMTPS id 1", "with ESMTPS", "tls " TLS13, "x tls " TLS13, "TLSv1.3:" TLS13 ":256",
    "version=TLSv1.3 cipher=" TLS13, "using TLSv1.3 with cipher " TLS13, "x over TLS secured channel", "ESMTP/TLS/AES256-SHA", "AES256-SHA encrypted",
    "x, TLS: TLSv1.3,256bits," TLS13, "TLS: TLSv1.3,256bits," TLS13, "x de/crypted with TLSv1.3: " TLS13, "x TLS version=TLSv1.3", "Google Transport Security",
    "over SMTP, TLS-1.3", "x; with ESMTPS",
};

static const char *const raw_lies[] = {
    "x (TLS)", "x (TLSv1.3:" TLS13 ":256)", "x " PAIRS, "x " USING, "x (" TLS13 " encrypted)", "x (TLSv1.3 " TLS13 ")", "x) " PAIRS " (y", "x) with ESMTPS (y",
    "x) by y with ESMTPS " PAIRS " (z", "x (Google Transport Security)", "x (over SMTP, TLS-1.3)", "x ((", "x \" (TLS) \"", "x < (TLS) >", "x [a] " PAIRS,
};
/* clang-format on */

static void lie_is_no_evidence(const penned *pen, const char *lie)
{
    char value[512];
    snprintf(value, sizeof value, "%s%s%s", pen->before, lie, pen->behind);
    if (hop_of(value).evidence > HOPTLS_EVIDENCE_NEGATIVE) {
        print_error("# %s\n", value);
        fail();
    }
}

/* I11 */
static void what_the_client_writes_is_no_evidence(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pens); i++) {
        for (size_t j = 0; j < COUNT(lies); j++) {
            lie_is_no_evidence(&pens[i], lies[j]);
        }
        for (size_t j = 0; pens[i].raw && j < COUNT(raw_lies); j++) {
            lie_is_no_evidence(&pens[i], raw_lies[j]);
        }
    }
}

/* ---- silence ------------------------------------------------------------------------------------------ */

typedef struct silence_case {
    const char *value;
    const char *silence;
    const char *grade;
} silence_case;

/* clang-format off */
static void silence_means_what_the_writer_is_known_for(void **state)
{
    static const silence_case table[] = {
        {PEER POSTFIX, "plain", "source"},
        {PEER "by b (Postfix) with SMTP id 4DA2F1C03B; " DATE, "unknown", "source"},
        {PEER EXIM, "plain", "source"},
        {PEER QMAIL, "unknown", "none"},
        {PEER OTHER, "unknown", "none"},
        {"from a (192.0.2.1) by b with Microsoft SMTP Server id 15.20.5273.14; " DATE, "plain", "inferred"},
        {"by b (Postfix, from userid 0) id 4DA2F1C03B; " DATE, "not-network", "source"},
        {"from a by b with local id 1; " DATE, "not-network", "none"},
        {"from a by b with local (Exim 4.96) id 1mfYh0-0002e8-QW; " DATE, "not-network", "source"},
        {"from a by b with esmtps id 1; " DATE, "", "none"},
        {"from a by b with local-esmtps (Exim 4.96) id 1mfYh0-0002e8-QW; " DATE, "", "source"},
        {PEER "by b with ESMTP (NOT encrypted); " DATE, "", "none"},
        /* a login may have brought a layer of its own, which encrypts without TLS */
        {PEER "(authenticated bits=0) " SENDMAIL, "plain", "source"},
        {PEER "(authenticated bits=55) " SENDMAIL, "plain", "source"},
        {PEER "(authenticated bits=56) " SENDMAIL, "unknown", "source"},
        {PEER "(authenticated user=x bits=128) " SENDMAIL, "unknown", "source"},
        {"from x (authenticated bits=128) (mx.example.com [192.0.2.1]) " SENDMAIL, "plain", "source"},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        hoptls_hop h = hop_of(table[i].value);
        if (strcmp(hoptls_silence_word(h.silence), table[i].silence) != 0 ||
            strcmp(hoptls_grade_word(h.grade), table[i].grade) != 0 ||
            h.silence_basis != (h.silence != 0 ? HOPTLS_BASIS_SILENCE : 0)) {
            print_error("# %s: %s %s\n", table[i].value, hoptls_silence_word(h.silence), hoptls_grade_word(h.grade));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}
/* clang-format on */

/* A part of the field was not kept: it may have been the statement. */
static void silence_means_nothing_where_words_are_missing(void **state)
{
    char value[512] = PEER POSTFIX;
    size_t len = strlen(value);
    (void)state;
    assert_int_equal(hop_of(value).silence, HOPTLS_SILENCE_PLAIN);
    for (uint32_t i = 0; i < CLAUSE_ITEMS; i++) {
        len += (size_t)snprintf(value + len, sizeof value - len, " x");
    }
    assert_int_equal(hop_of(value).flags & HOPTLS_F_TOO_MANY, HOPTLS_F_TOO_MANY);
    assert_int_equal(hop_of(value).silence, HOPTLS_SILENCE_UNKNOWN);
}

/* ---- role and login ------------------------------------------------------------------------------------ */

typedef struct role_case {
    const char *value;
    const char *role;
    int login;
} role_case;

/* clang-format off */
static void the_role_is_the_protocols_or_the_writers(void **state)
{
    static const role_case table[] = {
        {PEER "by b with SMTP id 1; " DATE, "relay", 0},
        {PEER "by b with ESMTPS id 1; " DATE, "relay", 0},
        {PEER "by b with ESMTPSA id 1; " DATE, "submission", 1},
        {PEER "by b with asmtp id 1; " DATE, "submission", 1},
        {PEER "by b with (AES256-SHA encrypted) ESMTPA; " DATE, "submission", 1},
        {PEER "by b with MailEnable ESMTPA; " DATE, "submission", 1},
        {PEER "by b with LMTP id 1; " DATE, "delivery", 0},
        {PEER "by b with LMTPA id 1; " DATE, "delivery", 1},
        {PEER "by b with POP3 id 1; " DATE, "retrieval", 0},
        {PEER "by b with IMAP4-SSL id 1; " DATE, "retrieval", 0},
        {PEER "by b with HTTP id 1; " DATE, "injection", 0},
        {PEER "by b id 1; " DATE, "relay", 0},
        {PEER "by b with XYZZY id 1; " DATE, "relay", 0},
        {"from a.example [192.0.2.1] by b with ESMTP (fetchmail-6.3.26); " DATE, "retrieval", 0},
        {"by b (Postfix, from userid 0) id 4DA2F1C03B; " DATE, "injection", 0},
        {"from a ([192.0.2.1]) by b with mapi id 15.20.5273.14; " DATE, "delivery", 0},
        /* a login in a note counts if a server that we know wrote it */
        {PEER "(Authenticated sender: x) " POSTFIX, "submission", 1},
        {PEER "(authenticated bits=0) " SENDMAIL, "submission", 1},
        {PEER "(AUTH: PLAIN x) by b with esmtp id 00E541B3.622DE4D2.00005824; " DATE, "submission", 1},
        {PEER "(Authenticated sender: x) " OTHER, "relay", 0},
        {"from x (Authenticated sender: y) (mx.example.com [192.0.2.1]) " POSTFIX, "relay", 0},
        {"from ESMTPA (ESMTPA [192.0.2.1]) by b with ESMTP id ESMTPA for ESMTPA; " DATE " ESMTPA", "relay", 0},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        hoptls_hop h = hop_of(table[i].value);
        if (strcmp(hoptls_role_word(h.role), table[i].role) != 0 || ((h.flags & HOPTLS_F_AUTHENTICATED) != 0) != table[i].login) {
            print_error("# %s: %s %x\n", table[i].value, hoptls_role_word(h.role), (unsigned)h.flags);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}
/* clang-format on */

/* ---- scope that the writer itself proves ---------------------------------------------------------------- */

/* clang-format off */
static void the_writers_mark_may_prove_the_scope(void **state)
{
    static const struct {
        const char *value;
        uint8_t scope;
    } table[] = {
        {"by b (Postfix, from userid 0) id 4DA2F1C03B; " DATE, HOPTLS_SCOPE_HOST},
        {"from a by b with local id 1; " DATE, HOPTLS_SCOPE_HOST},
        {"(qmail 1234 invoked from network); 2 Mar 2026 10:00:00 -0000", HOPTLS_SCOPE_HOST},
        {"by mail-pf1-f1.google.com with SMTP id a1; " DATE, HOPTLS_SCOPE_INTERNAL},
        {"from pps.filterd (a [127.0.0.1]) by b (8.18.1.2/8.18.1.2) with ESMTP id r7JEfLgH003867; " DATE, HOPTLS_SCOPE_HOST},
        {"from pps.filterd (a [192.0.2.1]) by b (8.18.1.2/8.18.1.2) with ESMTP id r7JEfLgH003867; " DATE, 0},
        {"from a (b [127.0.0.1]) " POSTFIX, 0},
        {PEER POSTFIX, 0},
        {PEER OTHER, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        assert_int_equal(hop_of(table[i].value).writer_scope, table[i].scope);
        assert_int_equal(hop_of(table[i].value).scope, 0);
    }
}
/* clang-format on */

/* ---- bytes -------------------------------------------------------------------------------------------- */

static void odd_bytes_are_remarked(void **state)
{
    static const struct {
        char bytes[24];
        uint8_t len;
        uint32_t flags;
    } table[] = {
        {"a b", 3, 0},
        {"a\tb\r\n c\n d", 10, 0},
        {"a\0b", 3, HOPTLS_F_CONTROL},
        {"a\rb", 3, HOPTLS_F_CONTROL},
        {"a\r\r\n b", 6, HOPTLS_F_CONTROL},
        {"a\r", 2, HOPTLS_F_CONTROL},
        {"a\vb", 3, HOPTLS_F_CONTROL},
        {"a\x7F", 2, HOPTLS_F_CONTROL},
        {"a\x1F", 2, HOPTLS_F_CONTROL},
        {"a~", 2, 0},
        {"a\x80", 2, HOPTLS_F_EIGHT_BIT},
        {"m\xC3\xBCller", 7, HOPTLS_F_EIGHT_BIT},
        {"\xFF\x01", 2, HOPTLS_F_EIGHT_BIT | HOPTLS_F_CONTROL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        hoptls_msg msg = {(const uint8_t *)table[i].bytes, table[i].len};
        hoptls_field field = {{0, table[i].len}, {0, 0}, {0, table[i].len}};
        hoptls_hop hop;
        assert_int_equal(hoptls_hop_read(msg, &field, &hop), HOPTLS_OK);
        assert_int_equal(hop.flags & (HOPTLS_F_CONTROL | HOPTLS_F_EIGHT_BIT), table[i].flags);
    }
}

/* ---- the call ----------------------------------------------------------------------------------------- */

static void facts_of_the_field_are_kept(void **state)
{
    sample s;
    (void)state;
    read_value(PEER "by b.example (Postfix) with ESMTP id 4DA2F1C03B for <c@example.net>; " DATE, &s);
    assert_int_equal(s.hop.field.off, 0);
    assert_int_equal(s.hop.field.len, s.msg.len);
    assert_int_equal(s.hop.value.off, strlen("Received:"));
    assert_int_equal(s.hop.value.len, s.msg.len - strlen("Received:"));
    assert_true(is_text(&s, s.hop.by, "b.example"));
    assert_true(is_text(&s, s.hop.with, "ESMTP"));
    assert_true(is_text(&s, s.hop.id, "4DA2F1C03B"));
    assert_true(is_text(&s, s.hop.recipient, "<c@example.net>"));
    assert_true(is_text(&s, s.hop.date_text, DATE));
    assert_int_equal(s.hop.date, 1772445600);
}

/* I6, and what is for others to fill stays empty. */
static void results_do_not_depend_on_what_stood_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(statements); i++) {
        hoptls_msg msg = {(const uint8_t *)statements[i].value, strlen(statements[i].value)};
        hoptls_field field = {{0, (uint32_t)msg.len}, {0, 0}, {0, (uint32_t)msg.len}};
        hoptls_hop one;
        hoptls_hop other;
        memset(&one, 0x00, sizeof one);
        memset(&other, 0xFF, sizeof other);
        assert_int_equal(hoptls_hop_read(msg, &field, &one), HOPTLS_OK);
        assert_int_equal(hoptls_hop_read(msg, &field, &other), HOPTLS_OK);
        assert_memory_equal(&one, &other, sizeof one);
        assert_int_equal(one.scope + one.verdict + one.basis + one.weak + one.counts, 0);
    }
}

static void wrong_calls_write_nothing(void **state)
{
    static const char bytes[] = "Received: from a by b";
    const hoptls_msg msg = {(const uint8_t *)bytes, sizeof bytes - 1};
    const hoptls_msg none = {NULL, 10};
    const hoptls_msg huge = {(const uint8_t *)bytes, (size_t)UINT32_MAX + 1};
    const hoptls_field field = {{0, 21}, {0, 8}, {9, 12}};
    const hoptls_field whole_behind = {{0, 22}, {0, 8}, {9, 12}};
    const hoptls_field value_behind = {{0, 21}, {0, 8}, {9, UINT32_MAX}};
    hoptls_hop hop;
    hoptls_hop before;

    (void)state;
    memset(&hop, 0x5A, sizeof hop);
    before = hop;
    assert_int_equal(hoptls_hop_read(msg, NULL, &hop), HOPTLS_E_ARG);
    assert_int_equal(hoptls_hop_read(msg, &field, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_hop_read(none, &field, &hop), HOPTLS_E_ARG);
    if (SIZE_MAX > UINT32_MAX) { /* else no length is too long */
        assert_int_equal(hoptls_hop_read(huge, &field, &hop), HOPTLS_E_SIZE);
    }
    assert_int_equal(hoptls_hop_read(msg, &whole_behind, &hop), HOPTLS_E_ARG);
    assert_int_equal(hoptls_hop_read(msg, &value_behind, &hop), HOPTLS_E_ARG);
    assert_memory_equal(&hop, &before, sizeof hop);
    assert_int_equal(hoptls_hop_read(msg, &field, &hop), HOPTLS_OK);
}

static void an_empty_value_is_a_hop_without_facts(void **state)
{
    const hoptls_msg empty = {NULL, 0};
    const hoptls_field field = {{0, 0}, {0, 0}, {0, 0}};
    hoptls_hop hop;
    (void)state;
    assert_int_equal(hoptls_hop_read(empty, &field, &hop), HOPTLS_OK);
    assert_int_equal(hop.flags, HOPTLS_F_NO_FROM | HOPTLS_F_NO_BY | HOPTLS_F_NO_DATE);
    assert_int_equal(hop.evidence, HOPTLS_EVIDENCE_SILENT);
    assert_int_equal(hop.silence, HOPTLS_SILENCE_UNKNOWN);
    assert_int_equal(hop.role, HOPTLS_ROLE_RELAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_client_is_told_from_what_the_server_found),
        cmocka_unit_test(a_name_that_may_be_forged_is_remarked),
        cmocka_unit_test(organisations_are_those_of_the_names),
        cmocka_unit_test(evidence_counts_in_the_writers_own_slots_alone),
        cmocka_unit_test(records_of_one_writer_complete_each_other),
        cmocka_unit_test(the_clients_certificate_is_told_where_it_is_told),
        cmocka_unit_test(what_the_client_writes_is_no_evidence),
        cmocka_unit_test(silence_means_what_the_writer_is_known_for),
        cmocka_unit_test(silence_means_nothing_where_words_are_missing),
        cmocka_unit_test(the_role_is_the_protocols_or_the_writers),
        cmocka_unit_test(the_writers_mark_may_prove_the_scope),
        cmocka_unit_test(odd_bytes_are_remarked),
        cmocka_unit_test(facts_of_the_field_are_kept),
        cmocka_unit_test(results_do_not_depend_on_what_stood_there),
        cmocka_unit_test(wrong_calls_write_nothing),
        cmocka_unit_test(an_empty_value_is_a_hop_without_facts),
    };
    return cmocka_run_group_tests_name("hop", tests, NULL, NULL);
}
