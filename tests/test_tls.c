/* What one place of a field states of TLS: every form as its servers write it, what comes near to a form and is
 * none, and that a form is read from its beginning or not at all. */
#include "cases.h"
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define ECDHE "ECDHE-RSA-AES256-GCM-SHA384"
#define IANA  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
#define TLS13 "TLS_AES_256_GCM_SHA384"

/* ---- the notation of expectations --------------------------------------------------------------------- */

/* `says`: evidence, version, cipher as written, bits, what became of the client's certificate. */
typedef struct form_case {
    const char *text;
    uint8_t form;
    const char *says;
} form_case;

typedef struct line {
    char ptr[512];
} line;

static const char *or_dash(const char *word)
{
    return word[0] != '\0' ? word : "-";
}

static line show_record(const char *text, const tls_record *r)
{
    line out;
    int len = r->tls.cipher.len > 0 ? (int)r->tls.cipher.len : 1;
    snprintf(out.ptr, sizeof out.ptr, "%s %s %.*s %u %s", hoptls_evidence_word(r->evidence),
             or_dash(hoptls_tls_version_word(&r->tls)), len,
             r->tls.cipher.len > 0 ? text + r->tls.cipher.off : "-", (unsigned)r->tls.bits,
             or_dash(hoptls_client_cert_word(r->tls.client_cert)));
    return out;
}

static hoptls_span whole_of(const char *text)
{
    hoptls_span s = {0, (uint32_t)strlen(text)};
    return s;
}

static tls_record read_comment(const char *text)
{
    tls_record r;
    hoptls_tls_comment((const uint8_t *)text, whole_of(text), &r);
    return r;
}

/* Returns 1 and tells why, if a case does not hold. */
static int differs(const form_case *expected, const tls_record *r)
{
    line says = show_record(expected->text, r);
    if (r->form != expected->form || strcmp(says.ptr, expected->says) != 0) {
        print_error("# %s\n# expected form %d %s\n# got      form %d %s\n", expected->text, expected->form,
                    expected->says, r->form, says.ptr);
        return 1;
    }
    return 0;
}

/* ---- comments ----------------------------------------------------------------------------------------- */

/* clang-format off */
static const form_case comments[] = {
    /* Sendmail from 8.12 on, its verify= being about the client's certificate alone */
    {"version=TLSv1.2 cipher=" ECDHE " bits=256 verify=NOT", FORM_PAIRS, "detail 1.2 " ECDHE " 256 not-asked"},
    {"version=TLSv1.2 cipher=" ECDHE " bits=256 verify=NO", FORM_PAIRS, "detail 1.2 " ECDHE " 256 none"},
    {"version=TLSv1.2 cipher=" ECDHE " bits=256 verify=OK", FORM_PAIRS, "detail 1.2 " ECDHE " 256 verified"},
    {"version=TLSv1.2 cipher=" ECDHE " bits=256 verify=FAIL", FORM_PAIRS, "detail 1.2 " ECDHE " 256 unverified"},
    {"version=TLSv1.2 cipher=" ECDHE " bits=256 verify=TRUSTED", FORM_PAIRS, "detail 1.2 " ECDHE " 256 verified"},
    {"version=TLSv1.2 cipher=" ECDHE " bits=256 verify=TEMP", FORM_PAIRS, "detail 1.2 " ECDHE " 256 -"},
    {"version=TLSv1.2 cipher=" ECDHE " bits=256 verify=TEMPORARILY", FORM_PAIRS, "detail 1.2 " ECDHE " 256 -"},
    {"version=TLSv1/SSLv3 cipher=DHE-RSA-AES256-SHA bits=256 verify=NOT", FORM_PAIRS, "detail any DHE-RSA-AES256-SHA 256 not-asked"},
    {"version=TLSv1/SSLv3 cipher=RC4-MD5 bits=128 verify=NO", FORM_PAIRS, "detail any RC4-MD5 128 none"},
    /* Gmail, Cyrus, Exchange, Yahoo, SmarterMail, Haraka, Momentum, Exclaimer */
    {"version=TLS1_3 cipher=" TLS13 " bits=256/256", FORM_PAIRS, "detail 1.3 " TLS13 " 256 -"},
    {"version=SSLv3 cipher=OTHER", FORM_PAIRS, "detail ssl3 OTHER 0 -"},
    {"version=TLSv1.3 cipher=" TLS13 " bits=256/256 verify=YES", FORM_PAIRS, "detail 1.3 " TLS13 " 256 verified"},
    {"version=TLS1_2, cipher=" IANA, FORM_PAIRS, "detail 1.2 " IANA " 256 -"},
    {"version=TLS1_2,\r\n cipher=" IANA "_P384", FORM_PAIRS, "detail 1.2 " IANA "_P384 256 -"},
    {"version=TLS1_2, cipher=" IANA " + Transport Decrypted", FORM_PAIRS, "detail 1.2 " IANA " 256 -"},
    {"version=TLS\\Tls12 cipher=Aes256 bits=256", FORM_PAIRS, "detail 1.2 Aes256 256 -"},
    {"cipher=" ECDHE " verify=NO", FORM_PAIRS, "detail - " ECDHE " 256 none"},
    {"cipher=AES-256-GCM subject=\"/C=ZZ/O=version=SSLv3 cipher=RC4-MD5\"", FORM_PAIRS, "detail - AES-256-GCM 256 -"},
    {"tlsversion=TLS12,\r\n tlscipher=TLS_ECDHE_WITH_AES256_SHA384", FORM_PAIRS, "detail 1.2 TLS_ECDHE_WITH_AES256_SHA384 256 -"},
    /* pasted into a quoted-printable body, where a suite's name may look so too */
    {"version=3DTLSv1.2 cipher=3D" ECDHE " bits=3D256", FORM_PAIRS, "detail 1.2 " ECDHE " 256 -"},
    {"version=TLSv1 cipher=3DES-CBC bits=168", FORM_PAIRS, "detail 1.0 3DES-CBC 168 -"},
    {"version=TLSv1.2 cipher=AES256-SHA bits=12345", FORM_PAIRS, "detail 1.2 AES256-SHA 1234 -"},
    {"version=TLSv1.2 bits=112 cipher=AES256-ARIA-X-SHA", FORM_PAIRS, "detail 1.2 AES256-ARIA-X-SHA 112 -"},
    /* eight pairs and no more */
    {"version=TLSv1.2 bits=1 bits=2 bits=3 bits=4 bits=5 bits=6 cipher=AES256-SHA bits=8", FORM_PAIRS, "detail 1.2 AES256-SHA 6 -"},
    /* of a version or cipher that nobody knows it is stated all the same that there was one */
    {"version=TLS2_0 cipher=" TLS13, FORM_PAIRS, "detail any " TLS13 " 256 -"},
    {"version=TLS1_3 cipher=X9", FORM_PAIRS, "detail 1.3 X9 0 -"},
    {"VERSION=tlsv1.2 Cipher=aes256-sha BITS=256 Verify=no", FORM_PAIRS, "detail 1.2 aes256-sha 256 none"},

    /* Postfix, Dovecot, James, Stalwart, amavis, Postini, MailChannels, Symantec, Sendmail 8.11, Kerio, Trustwave, Cloudmark */
    {"using TLSv1.3 with cipher " TLS13 " (256/256 bits)\r\n\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256",
     FORM_USING, "detail 1.3 " TLS13 " 256 -"},
    {"using TLSv1.2 with cipher ADH-AES256-GCM-SHA384 (256/256 bits)", FORM_USING, "detail 1.2 ADH-AES256-GCM-SHA384 256 -"},
    {"using TLSv1.3 with cipher TLS13_AES_256_GCM_SHA384", FORM_USING, "detail 1.3 TLS13_AES_256_GCM_SHA384 256 -"},
    {"using TLS with cipher " ECDHE, FORM_USING, "detail any " ECDHE " 256 -"},
    {"using TLSv1", FORM_USING, "detail 1.0 - 0 -"},
    {"using TLS", FORM_USING, "keyword any - 0 -"},
    {"using TLSv1 with cipher EDH-RSA-DES-CBC3-SHA (168 bits) verified NO", FORM_USING, "detail 1.0 EDH-RSA-DES-CBC3-SHA 168 -"},
    {"using TLS: TLSv1.2, AES256-SHA", FORM_USING, "detail 1.2 AES256-SHA 256 -"},
    {"using TLSv1.3 with cipher " TLS13 " 256/256 bits", FORM_USING, "detail 1.3 " TLS13 " 256 -"},
    {"USING tlsv1.2 WITH CIPHER aes256-sha (256/256 BITS)", FORM_USING, "detail 1.2 aes256-sha 256 -"},

    /* Exim, OpenSMTPD, KumoMTA; bytes for bits by old Exim with GnuTLS */
    {"TLSv1.2:" ECDHE ":256", FORM_COLON, "detail 1.2 " ECDHE " 256 -"},
    {"TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256", FORM_COLON, "detail 1.2 ECDHE_RSA_AES_256_GCM_SHA384 256 -"},
    {"TLS1.3:ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM:256", FORM_COLON, "detail 1.3 ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM 256 -"},
    {"TLS1.0:RSA_AES_128_CBC_SHA1:16", FORM_COLON, "detail 1.0 RSA_AES_128_CBC_SHA1 128 -"},
    {"TLS1.0:DHE_RSA_AES_256_CBC_SHA1:32", FORM_COLON, "detail 1.0 DHE_RSA_AES_256_CBC_SHA1 256 -"},
    {"TLS1.0:RSA_3DES_EDE_CBC_SHA1:24", FORM_COLON, "detail 1.0 RSA_3DES_EDE_CBC_SHA1 192 -"},
    {"UNKNOWN:DHE-RSA-AES256-GCM-SHA384:256", FORM_COLON, "detail any DHE-RSA-AES256-GCM-SHA384 256 -"},
    {"TLSv1.3:TLS13_AES_256_GCM_SHA384", FORM_COLON, "detail 1.3 TLS13_AES_256_GCM_SHA384 256 -"},
    {"TLSv1.3:" TLS13 ":256:x25519", FORM_COLON, "detail 1.3 " TLS13 " 256 -"},
    {"TLSv1.3:" TLS13 ":256:NO", FORM_COLON, "detail 1.3 " TLS13 " 256 none"},
    {"TLSv1.3:" TLS13 ":256:YES", FORM_COLON, "detail 1.3 " TLS13 " 256 verified"},
    {"TLSv1.3:" TLS13 ":256:FAIL", FORM_COLON, "detail 1.3 " TLS13 " 256 unverified"},
    {"Cipher TLSv1:DES-CBC3-SHA:168", FORM_COLON, "detail 1.0 DES-CBC3-SHA 168 -"},
    {"tls_cipher TLS-1.0:RSA_AES_256_CBC_SHA1:32", FORM_COLON, "detail 1.0 RSA_AES_256_CBC_SHA1 256 -"},
    {"TLS1.2", FORM_COLON, "detail 1.2 - 0 -"},
    {"TLS1.3", FORM_COLON, "detail 1.3 - 0 -"},

    /* Exchange to 15.0, SurgeMail, IceWarp */
    {"TLS", FORM_WORD, "keyword any - 0 -"},
    {"SSL", FORM_WORD, "keyword any - 0 -"},

    /* qmail with patches, qpsmtpd, T-Online, GroupWise */
    {ECDHE " encrypted", FORM_ENCRYPTED, "detail - " ECDHE " 256 -"},
    {"AES256-SHA encrypted, authenticated", FORM_ENCRYPTED, "detail - AES256-SHA 256 -"},
    {"TLSv1.2:" ECDHE " encrypted", FORM_ENCRYPTED, "detail 1.2 " ECDHE " 256 -"},
    {"TLS encrypted", FORM_ENCRYPTED, "keyword any - 0 -"},

    /* Courier, IronMail */
    {"TLS: TLSv1.2,256bits," ECDHE, FORM_LIST, "detail 1.2 " ECDHE " 256 -"},
    {"TLS: TLSv1/SSLv3,128bits,RC4-MD5", FORM_LIST, "detail any RC4-MD5 128 -"},
    {"AUTH: PLAIN a, TLS: TLSv1.3,256bits," TLS13, FORM_LIST, "detail 1.3 " TLS13 " 256 -"},
    {"SSL: TLSv1", FORM_LIST, "detail 1.0 - 0 -"},
    {"AUTH: LOGIN a@example.com, SSL: TLSv1.2", FORM_LIST, "detail 1.2 - 0 -"},
    /* a user's name may look like an item: the last is the server's */
    {"AUTH: PLAIN a, TLS: SSLv3,40bits,EXP-RC4-MD5, TLS: TLSv1.2,256bits," ECDHE, FORM_LIST, "detail 1.2 " ECDHE " 256 -"},

    /* mox, indimail, ASSP */
    {"TLS1.3 " TLS13, FORM_SPACED, "detail 1.3 " TLS13 " 256 -"},
    {"TLSv1.3 " TLS13 " bits=256", FORM_SPACED, "detail 1.3 " TLS13 " 256 -"},
    {"TLSv1.3 " TLS13 " bits=128", FORM_SPACED, "detail 1.3 " TLS13 " 128 -"},
    {"TLSv1_2 " ECDHE, FORM_SPACED, "detail 1.2 " ECDHE " 256 -"},

    /* chasquid, Google */
    {"over SMTP, TLS-1.3, envelope from \"a@example.com\"", FORM_OVER, "detail 1.3 - 0 -"},
    {"over submission, TLS-1.2, envelope from \"a@example.com\"", FORM_OVER, "detail 1.2 - 0 -"},
    {"Google Transport Security", FORM_GTS, "keyword - - 0 -"},
};

/* Statements that nothing was encrypted. */
static const form_case denials[] = {
    {"version=TLSv1.2 cipher=NULL-SHA bits=256 verify=NO", FORM_PAIRS, "negative 1.2 NULL-SHA 256 none"},
    {"version=TLSv1.3 cipher=TLS_SHA256_SHA256 bits=0", FORM_PAIRS, "negative 1.3 TLS_SHA256_SHA256 0 -"},
    {"version=TLSv1.2 cipher=AES256-SHA bits=0 verify=OK", FORM_PAIRS, "negative 1.2 AES256-SHA 0 verified"},
    {"version=TLSv1.2 cipher=AES256-SHA bits=256 verify=NONE", FORM_PAIRS, "negative 1.2 AES256-SHA 256 -"},
    {"version=TLSv1.2 cipher=AES256-SHA bits=256 verify=CLEAR", FORM_PAIRS, "negative 1.2 AES256-SHA 256 -"},
    {"version=TLSv1.2 cipher=AES256-SHA bits=256 verify=SOFTWARE", FORM_PAIRS, "negative 1.2 AES256-SHA 256 -"},
    {"version=TLSv1.2 cipher=AES256-SHA bits=256 verify=PROTOCOL", FORM_PAIRS, "negative 1.2 AES256-SHA 256 -"},
    {"using TLSv1.2 with cipher ECDHE-RSA-NULL-SHA (0/0 bits)", FORM_USING, "negative 1.2 ECDHE-RSA-NULL-SHA 0 -"},
    {"using TLSv1.2 with cipher AES256-SHA (0/0 bits)", FORM_USING, "negative 1.2 AES256-SHA 0 -"},
    {"not using TLS", FORM_USING, "negative any - 0 -"},
    {"TLSv1.2:NULL-SHA:0", FORM_COLON, "negative 1.2 NULL-SHA 0 -"},
    {"TLSv1.2:AES256-SHA:0", FORM_COLON, "negative 1.2 AES256-SHA 0 -"},
    {"NOT encrypted", FORM_ENCRYPTED, "negative - - 0 -"},
    {"NULL-SHA encrypted", FORM_ENCRYPTED, "negative - NULL-SHA 0 -"},
    {"TLS: TLSv1.2,0bits,NULL-SHA", FORM_LIST, "negative 1.2 NULL-SHA 0 -"},
    {"TLS1.2 TLS_RSA_WITH_NULL_SHA", FORM_SPACED, "negative 1.2 TLS_RSA_WITH_NULL_SHA 0 -"},
    {"over SMTP, plain text!, envelope from \"a@example.com\"", FORM_OVER, "negative - - 0 -"},
};

/* Comments that servers write, or clients into them, and that state nothing. */
static const char *const near_misses[] = {
    "", "Postfix", "8.15.2/8.15.2", "Exim 4.96", "may be forged", "ESMTPS", "STARTTLS", "with ESMTPS", "a", ":", ",", "=",
    /* of pairs */
    "version", "version 8.12", "versions=TLSv1.2", "xversion=TLSv1.2 cipher=AES256-SHA", "a version=TLSv1.2", "bits=256", "verify=OK",
    "authenticated bits=128", "authenticated (0 bits)", "user=a mech=PLAIN bits=256", "(version=TLSv1.2)",
    /* of `using` */
    "using", "using ", "using stunnel", "using smtpd", "using cipher AES256-SHA", "using with cipher AES256-SHA", "using a TLSv1.2 with cipher AES256-SHA",
    "using TLS: mx.example.com", "not using", "not using TLSv9", "user using TLSv1.2", "usingTLSv1.2",
    /* of colons */
    "UNKNOWN", "UNKNOWN:", "cipher UNKNOWN", "TLSv9:AES256-SHA:256", "TLSv1.2:mx.example.com:25", "mx.example.com:AES256-SHA:256", "a:TLSv1.2:AES256-SHA", ":AES256-SHA:256", "TLSv1.2::256",
    "TLS-CIPHER: <none> TLS-PEER: <none>", "smtp-auth: <none> TLS-CIPHER: <none>", "TLSv1.2:a", "cipher mx:AES256-SHA", "HTTP/1.1 POST",
    /* of `encrypted` */
    "encrypted", "mail encrypted", "encrypted AES256-SHA", "AES256-SHA", "AES256-SHA decrypted", "TLSv1.2:a encrypted", "a:AES256-SHA encrypted",
    "not", "not verified", "AES256-SHA was encrypted",
    /* of lists: what identd said may be anything, and so may be what another server lists */
    "TLS:TLSv1.2", "TLS: a,256bits,AES256-SHA", "IDENT: TLS: TLSv1.3,256bits," TLS13, "IDENT: a, TLS: TLSv1.3,256bits," TLS13,
    "AUTH: PLAIN TLS: TLSv1.3,256bits," TLS13, "AUTH: PLAIN a,TLS: TLSv1.3", "STARTTLS: TLSv1.3", "a, TLS: TLSv1.3,256bits," TLS13,
    "mx.example.com, SSL: TLSv1.3", "AUTH: PLAIN a, XTLS: TLSv1.3",
    /* of blanks */
    "TLS1.3 mx.example.com", "TLS for all", "TLSv1.3 or nothing", "a TLSv1.3 AES256-SHA", "SSL-VPN 3", "OpenSSL/0.9.6", "TLS1.3x AES256-SHA",
    /* of chasquid's and Google's */
    "over SMTP", "over", "over TLS", "over SMTP, envelope from \"TLS-1.3\"", "over SMTP, plain, envelope from \"a\"", "overs SMTP, TLS-1.3",
    "Google Transport", "Google Transport Security Inc", "not Google Transport Security",
    /* forms inside of something else */
    "Client CN \"(using TLSv1.3 with cipher AES256-SHA (256/256 bits))\", Issuer \"a\" (verified OK)", "Authenticated sender: TLSv1.3:AES256-SHA:256",
    "envelope-from <version=TLSv1.3>", "HELO TLSv1.3:AES256-SHA:256", "helo=TLSv1.3", "port=1 helo=TLS", "cert TLSv1.3", "tls provider OpenSSL 3.0.2",
    "Apache/1.3.22 (Unix) mod_ssl/2.8.5 OpenSSL/0.9.6", "No client certificate requested", "SSL certificate not present",
};
/* clang-format on */

static void comments_are_read_in_every_form(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(comments); i++) {
        tls_record r = read_comment(comments[i].text);
        wrong += differs(&comments[i], &r);
    }
    assert_int_equal(wrong, 0);
}

static void what_encrypts_nothing_is_a_denial(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(denials); i++) {
        tls_record r = read_comment(denials[i].text);
        wrong += differs(&denials[i], &r);
    }
    assert_int_equal(wrong, 0);
}

/* What states nothing leaves nothing behind. */
static void near_misses_state_nothing(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(near_misses); i++) {
        form_case none = {near_misses[i], FORM_NONE, " - - 0 -"};
        tls_record r = read_comment(near_misses[i]);
        wrong += differs(&none, &r);
    }
    assert_int_equal(wrong, 0);
}

/* Every form there is has its line in one of the tables. */
static void every_form_has_a_case(void **state)
{
    uint32_t seen = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(comments); i++) {
        seen |= 1u << comments[i].form;
    }
    for (uint32_t form = FORM_PAIRS; form <= FORM_GTS; form++) {
        assert_true((seen >> form & 1) == 1);
    }
}

static void a_form_is_read_from_its_first_byte_or_not_at_all(void **state)
{
    static const char *const before[] = {
        "x=", "x ", "x, ", "by ", "HELO ", "helo=", "Client CN ", "\"", "@", "x:", "with "};
    (void)state;
    for (size_t i = 0; i < COUNT(comments); i++) {
        for (size_t j = 0; j < COUNT(before); j++) {
            line text;
            snprintf(text.ptr, sizeof text.ptr, "%s%s", before[j], comments[i].text);
            if (read_comment(text.ptr).form != FORM_NONE) {
                print_error("# %s\n", text.ptr);
                fail();
            }
        }
    }
}

static void facts_of_the_suite_come_with_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(comments); i++) {
        tls_record r = read_comment(comments[i].text);
        hoptls_tls named;
        memset(&named, 0, sizeof named);
        named.version = r.tls.version;
        if (r.tls.cipher.len > 0 &&
            hoptls_suite_find((const uint8_t *)comments[i].text, r.tls.cipher, &named)) {
            assert_int_equal(r.tls.suite, named.suite);
            assert_int_equal(r.tls.traits, named.traits);
            assert_int_equal(r.tls.floor, named.floor);
        }
    }
}

/* ---- the client's certificate, in a comment of its own -------------------------------------------------- */

static void certificates_are_remarked_beside_the_record(void **state)
{
    static const struct {
        const char *text;
        uint8_t cert;
    } table[] = {
        {"No client certificate requested", HOPTLS_CERT_NOT_ASKED},
        {"no client\r\n\tcertificate requested", HOPTLS_CERT_NOT_ASKED},
        {"Client did not present a certificate", HOPTLS_CERT_NONE},
        {"Client certificate not present", HOPTLS_CERT_NONE},
        {"Client CN \"a\", Issuer \"b\" (verified OK)", HOPTLS_CERT_VERIFIED},
        {"Client CN \"a\", Issuer \"b\" (not verified)", HOPTLS_CERT_UNVERIFIED},
        {"Client CN \"a\", Issuer \"b\" (verified OK)) (x\" (not verified)", HOPTLS_CERT_UNVERIFIED},
        {"Client RPK Ed25519 digest 00:11", HOPTLS_CERT_UNVERIFIED},
        {"Client CN \"(verified OK)\", Issuer \"(verified OK)\" (not verified)", HOPTLS_CERT_UNVERIFIED},
        {"No client certificate requested today", HOPTLS_CERT_NOT_STATED},
        {"x Client CN \"a\" (verified OK)", HOPTLS_CERT_NOT_STATED},
        {"verified OK", HOPTLS_CERT_NOT_STATED},
        {"Client", HOPTLS_CERT_NOT_STATED},
        {"", HOPTLS_CERT_NOT_STATED},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        uint8_t cert = hoptls_tls_certificate((const uint8_t *)table[i].text, whole_of(table[i].text));
        assert_int_equal(cert, table[i].cert);
    }
}

/* A product's own name stands before the record: what it is called does not matter, what follows `with` does. */
static void a_product_states_the_record_behind_its_name(void **state)
{
    static const form_case table[] = {
        {"Product 1.2 ESMTP with TLSv1.2 " ECDHE " 256/256", FORM_PRODUCT, "detail 1.2 " ECDHE " 256 -"},
        {"mx.example.com ESMTP with TLS", FORM_PRODUCT, "keyword any - 0 -"},
        {"envelope-from a@example.com ESMTP with TLS", FORM_NONE, " - - 0 -"},
        {"Product with TLSv1.2 NULL-SHA 0/0", FORM_PRODUCT, "negative 1.2 NULL-SHA 0 -"},
        {"Product", FORM_NONE, " - - 0 -"},
        {"Product with love", FORM_NONE, " - - 0 -"},
        {"Product without TLSv1.2", FORM_NONE, " - - 0 -"},
        {"Product TLSv1.2", FORM_NONE, " - - 0 -"},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        tls_record r;
        hoptls_tls_product((const uint8_t *)table[i].text, whole_of(table[i].text), &r);
        wrong += differs(&table[i], &r);
    }
    assert_int_equal(wrong, 0);
}

/* ---- words -------------------------------------------------------------------------------------------- */

/* A value, and the words of it that state something. */
typedef struct words_case {
    form_case is;
    const char *words;
} words_case;

/* clang-format off */
static const words_case words[] = {
    {{"from a by b with ESMTPS id 1", FORM_LETTER, "keyword - - 0 -"}, "ESMTPS"},
    {{"from a by b with SMTPs id 1", FORM_LETTER, "keyword - - 0 -"}, "SMTPs"},
    {{"from a by b with essmtpa id 1", FORM_LETTER, "keyword - - 0 -"}, "essmtpa"},
    {{"from a by b with MailEnable ESMTPSA", FORM_LETTER, "keyword - - 0 -"}, "ESMTPSA"},
    {{"from a by b with (AES256-SHA encrypted) LMTPS", FORM_LETTER, "keyword - - 0 -"}, "LMTPS"},
    {{"from a by b with ESMTP-TLS id 1", FORM_LETTER, "keyword - - 0 -"}, "ESMTP-TLS"},
    {{"from a by b with UTF8ESMTPSA id 1", FORM_LETTER, "keyword - - 0 -"}, "UTF8ESMTPSA"},
    {{"from a by b with ESMTP/TLS/" ECDHE, FORM_SLASH, "detail - " ECDHE " 256 -"}, "ESMTP/TLS/" ECDHE},
    {{"from a by b with SMTP/TLS/RC4-MD5", FORM_SLASH, "detail - RC4-MD5 128 -"}, "SMTP/TLS/RC4-MD5"},
    {{"from a by b with ESMTP/TLS id 1", FORM_SLASH, "keyword any - 0 -"}, "ESMTP/TLS"},
    {{"from a by b with ESMTP/TLS/NULL-SHA", FORM_SLASH, "negative - NULL-SHA 0 -"}, "ESMTP/TLS/NULL-SHA"},
    {{"from a by b with esmtp  (a) tls " TLS13 " (Exim 4.96)", FORM_CLAUSE, "detail - " TLS13 " 256 -"}, "tls " TLS13},
    {{"from a by b id 1 tls " TLS13 " group x25519; c", FORM_CLAUSE, "detail - " TLS13 " 256 -"}, "tls " TLS13 " group x25519"},
    {{"from a by b with esmtp tls " TLS13 " group", FORM_CLAUSE, "detail - " TLS13 " 256 -"}, "tls " TLS13},
    {{"from a by b id 1 envelope-from <c> TLS " IANA " (authenticated bits=0)", FORM_CLAUSE, "detail - " IANA " 256 -"}, "TLS " IANA},
    {{"from a by b with ESMTP over\r\n\tTLS secured channel", FORM_CHANNEL, "keyword any - 0 -"}, "over\r\n\tTLS secured channel"},
    {{"from a by b over TLS secured channel with Microsoft SMTPSVC(6.0)", FORM_CHANNEL, "keyword any - 0 -"}, "over TLS secured channel"},
    {{"from a by b with AES256-SHA encrypted SMTP", FORM_CIPHER, "detail - AES256-SHA 256 -"}, "AES256-SHA encrypted"},
    {{"from a by b with NULL-MD5 encrypted SMTP", FORM_CIPHER, "negative - NULL-MD5 0 -"}, "NULL-MD5 encrypted"},
    {{"from a de/crypted with TLSv1.3: " TLS13 " [256/256] DN=none by b with ESMTP", FORM_CRYPTED, "detail 1.3 " TLS13 " 256 -"}, "de/crypted with TLSv1.3: " TLS13},
    {{"from a de/crypted with TLSv1.2: RC4-MD5 [unknown/unknown] DN=none by b", FORM_CRYPTED, "detail 1.2 RC4-MD5 128 -"}, "de/crypted with TLSv1.2: RC4-MD5"},
    {{"from a de/crypted with TLSv1.2: AES256-SHA", FORM_CRYPTED, "detail 1.2 AES256-SHA 256 -"}, "de/crypted with TLSv1.2: AES256-SHA"},
    {{"from a de/crypted with TLSv1.2: AES256-SHA [0/0] DN=none by b", FORM_CRYPTED, "negative 1.2 AES256-SHA 0 -"}, "de/crypted with TLSv1.2: AES256-SHA"},
    {{"from a by b id 1;\n TLS version=TLSv1/SSLv3 cipher=AES256-SHA bits=256 verify=NO;\n for c", FORM_CLAUSE_PAIRS, "detail any AES256-SHA 256 none"},
     "TLS version=TLSv1/SSLv3 cipher=AES256-SHA bits=256 verify=NO"},
    {{"from a by b id 1 TLS version=TLSv1.2 cipher=NULL-SHA bits=0 verify=NO for c", FORM_CLAUSE_PAIRS, "negative 1.2 NULL-SHA 0 none"},
     "TLS version=TLSv1.2 cipher=NULL-SHA bits=0 verify=NO"},
    {{"from a by b with ESMTP with STARTTLS id 1", FORM_STARTTLS, "keyword any - 0 -"}, "STARTTLS"},
    {{"from a by b with ESMTP with TLS id 1", FORM_STARTTLS, "keyword any - 0 -"}, "TLS"},
};

static const char *const near_values[] = {
    "from a by b with SMTP", "from a by b with ESMTP id ESMTPS", "from a by b with ESMTPA", "from a by b with asmtp", "from ESMTPS by b", "from a by ESMTPS",
    "from a by b with Microsoft SMTPSVC(6.0.3790.4675)", "from a by b with [XMail 1.27 ESMTPS Server]", "from a by b with \"ESMTPS\"", "from a by b with SDPS getmail",
    "from a by b with XIMSS", "from a by b with ESMTPSX", "from a by b with XESMTPS", "from a by b id 1 for ESMTPS", "from a by b; ESMTPS",
    "from a by b with ESMTP/TLSX/AES256-SHA", "from a by b with ESMTP/AES256-SHA", "from a by b with ESMTP/TLS/mx.example.com", "from a by b with ESMTP/TLS/",
    "from a by b with esmtp tls", "from a by b with esmtp tls mx.example.com", "from a by b id 1 tls (" TLS13 ")", "from a by b id 1 ltls " TLS13 "", "from a by b id tls",
    "from a by b over TLS channel with SMTP", "from a by b over TLS bonded channel with SMTP", "from a by b over secured TLS channel", "from a by b over TLS secured",
    "from a by b with AES256-SHA SMTP", "from a by b with mail encrypted SMTP", "from a by b with encrypted AES256-SHA SMTP", "from a by b id AES256-SHA encrypted",
    "from a de/crypted", "from a de/crypted with", "from a de/crypted by b", "from a de/crypted with mx.example.com: AES256-SHA by b", "from a de/crypted with TLSv1.2: mx by b", "from a de/crypted TLSv1.2: AES256-SHA by b", "from a de/crypted in TLSv1.2: AES256-SHA by b",
    "from a by b id 1 TLS versions=TLSv1.2", "from a by b id 1 TLS a version=TLSv1.2", "from a by b id 1 version=TLSv1.2 cipher=AES256-SHA",
    "from a by b with ESMTP STARTTLS", "from a by b id STARTTLS", "from a by b via STARTTLS",
};
/* clang-format on */

/* The one record of a value's words, or an empty one; two are never expected here. */
static tls_record read_words(const char *value)
{
    clauses c;
    tls_record found;
    protocol first = {0, {HOPTLS_EVIDENCE_SILENT, HOPTLS_ROLE_RELAY, 0, 0}}; /* nothing is known */
    memset(&found, 0, sizeof found);
    hoptls_clauses_read((const uint8_t *)value, whole_of(value), &c);
    for (uint32_t i = 0; i < c.count; i++) {
        tls_record r;
        hoptls_tls_words((const uint8_t *)value, &c, i, &first, &r);
        assert_true(r.form == FORM_NONE || found.form == FORM_NONE);
        found = r.form != FORM_NONE ? r : found;
    }
    return found;
}

static void words_are_read_in_every_form(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        tls_record r = read_words(words[i].is.text);
        wrong += differs(&words[i].is, &r);
        wrong += r.span.len != strlen(words[i].words) ||
                 memcmp(words[i].is.text + r.span.off, words[i].words, r.span.len) != 0;
    }
    assert_int_equal(wrong, 0);
}

static void words_alone_state_nothing(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(near_values); i++) {
        form_case none = {near_values[i], FORM_NONE, " - - 0 -"};
        tls_record r = read_words(near_values[i]);
        wrong += differs(&none, &r);
    }
    assert_int_equal(wrong, 0);
}

static void every_form_of_words_has_a_case(void **state)
{
    uint32_t seen = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        seen |= 1u << words[i].is.form;
    }
    for (uint32_t form = FORM_LETTER; form <= FORM_STARTTLS; form++) {
        assert_true((seen >> form & 1) == 1);
    }
}

static void the_group_is_named_in_the_clause_alone(void **state)
{
    static const char value[] = "from a by b id 1 tls " TLS13 " group X25519MLKEM768; c";
    tls_record with = read_words(value);
    tls_record without = read_words("from a by b id 1 tls " TLS13 " groups X25519; c");

    (void)state;
    assert_int_equal(with.tls.group.len, strlen("X25519MLKEM768"));
    assert_memory_equal(value + with.tls.group.off, "X25519MLKEM768", with.tls.group.len);
    assert_int_equal(without.tls.group.len, 0);
}

/* ---- properties, on random text ------------------------------------------------------------------------ */

enum { ROUNDS = 20000, LONGEST = 160 };

/* Marsaglia's xorshift: the same texts on every machine. */
static uint32_t random_next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Pieces of forms in any order, in a block that ends where the text ends. */
static uint8_t *random_text(uint32_t *seed, uint32_t *len)
{
    static const char *const pieces[] = {
        "version=", "cipher=",    "bits=", "verify=", "TLSv1.2", "TLS",       TLS13,        "NULL-SHA",
        "256",      "0/0",        "using", "not",     "with",    "encrypted", "over SMTP,", "plain",
        " ",        ",",          ":",     "(",       ")",       "=",         "AUTH: a, ",  "TLS: ",
        "IDENT: ",  "AES256-SHA", "NO",    "\r\n\t",  "\"",      "99999",
    };
    char text[LONGEST];
    uint8_t *block;

    *len = 0;
    for (uint32_t n = random_next(seed) % 8; n > 0; n--) {
        const char *piece = pieces[random_next(seed) % COUNT(pieces)];
        memcpy(text + *len, piece, strlen(piece));
        *len += (uint32_t)strlen(piece);
    }
    block = malloc(*len > 0 ? *len : 1);
    assert_non_null(block);
    memcpy(block, text, *len);
    return block;
}

static void is_sound(const tls_record *r, uint32_t len)
{
    assert_true(span_in(r->span, len) && span_in(r->tls.cipher, len) && span_in(r->tls.group, len));
    assert_true((r->form == FORM_NONE) == (r->evidence == 0));
    assert_true(r->evidence != HOPTLS_EVIDENCE_DETAIL || r->tls.version != 0 || r->tls.cipher.len > 0);
    assert_true((r->tls.traits & HOPTLS_SUITE_NULL) == 0 || r->evidence == HOPTLS_EVIDENCE_NEGATIVE);
    assert_true(r->evidence != HOPTLS_EVIDENCE_SILENT);
}

static void any_text_gives_a_sound_record(void **state)
{
    uint32_t seed = 2463534242u;
    uint32_t stated = 0;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        tls_record records[2];
        uint32_t len;
        uint8_t *text = random_text(&seed, &len);
        hoptls_span all = {0, len};
        memset(&records[0], 0x00, sizeof records[0]);
        memset(&records[1], 0xFF, sizeof records[1]);
        hoptls_tls_comment(text, all, &records[0]);
        hoptls_tls_comment(text, all, &records[1]);
        is_sound(&records[0], len);
        assert_memory_equal(&records[0], &records[1], sizeof records[0]);
        stated += records[0].form != FORM_NONE;
        free(text);
    }
    assert_in_range(stated, ROUNDS / 100, ROUNDS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_are_read_in_every_form),
        cmocka_unit_test(what_encrypts_nothing_is_a_denial),
        cmocka_unit_test(near_misses_state_nothing),
        cmocka_unit_test(every_form_has_a_case),
        cmocka_unit_test(a_form_is_read_from_its_first_byte_or_not_at_all),
        cmocka_unit_test(facts_of_the_suite_come_with_its_name),
        cmocka_unit_test(certificates_are_remarked_beside_the_record),
        cmocka_unit_test(a_product_states_the_record_behind_its_name),
        cmocka_unit_test(words_are_read_in_every_form),
        cmocka_unit_test(words_alone_state_nothing),
        cmocka_unit_test(every_form_of_words_has_a_case),
        cmocka_unit_test(the_group_is_named_in_the_clause_alone),
        cmocka_unit_test(any_text_gives_a_sound_record),
    };
    return cmocka_run_group_tests_name("tls", tests, NULL, NULL);
}
