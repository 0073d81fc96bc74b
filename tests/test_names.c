/* names.c: words behind `with`, protocol versions, cipher suites.
 *
 * Every text lies in a heap block of exactly its size, so that a sanitizer or valgrind sees any read beside it. The
 * lists of tools/names are read whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

#ifdef HOPTLS_COUNT_WORK
uint64_t hoptls_work;
#endif

static const char *names_folder;

/* ---- blocks ------------------------------------------------------------------------------------------ */

/* A copy of a text that ends where its block ends. */
typedef struct block {
    uint8_t *p;
    hoptls_span span;
} block;

static block block_of_bytes(const void *bytes, size_t n)
{
    block t = {malloc(n > 0 ? n : 1), {0, (uint32_t)n}};
    assert_non_null(t.p);
    memcpy(t.p, bytes, n);
    return t;
}

static block block_of(const char *s)
{
    return block_of_bytes(s, strlen(s));
}

static int find_word(const char *s, with_word *out)
{
    block t = block_of(s);
    int found = hoptls_with_word_find(t.p, t.span, out);
    free(t.p);
    return found;
}

static int find_version(const char *s, hoptls_tls *out)
{
    block t = block_of(s);
    int found = hoptls_version_find(t.p, t.span, out);
    free(t.p);
    return found;
}

/* Find a suite in a session of `version`; the rest of `out` is zero before. */
static int find_suite_in(const char *s, uint16_t version, hoptls_tls *out)
{
    block t = block_of(s);
    int found;
    memset(out, 0, sizeof *out);
    out->version = version;
    found = hoptls_suite_find(t.p, t.span, out);
    free(t.p);
    return found;
}

static int find_suite(const char *s, hoptls_tls *out)
{
    return find_suite_in(s, 0, out);
}

/* The letters of `s` in the other case. */
static const char *other_case(const char *s)
{
    static char out[256];
    size_t i;
    for (i = 0; s[i] != '\0' && i + 1 < sizeof out; i++) {
        out[i] = s[i];
        if (is_alpha((uint8_t)s[i])) {
            out[i] = (char)(s[i] ^ 0x20);
        }
    }
    out[i] = '\0';
    return out;
}

/* ---- words behind `with` ------------------------------------------------------------------------------ */

typedef struct word_case {
    const char *word;
    with_word want;
} word_case;

#define SILENT     HOPTLS_EVIDENCE_SILENT
#define KEYWORD    HOPTLS_EVIDENCE_KEYWORD
#define RELAY      HOPTLS_ROLE_RELAY
#define SUBMISSION HOPTLS_ROLE_SUBMISSION
#define DELIVERY   HOPTLS_ROLE_DELIVERY
#define RETRIEVAL  HOPTLS_ROLE_RETRIEVAL
#define INJECTION  HOPTLS_ROLE_INJECTION

static const word_case word_cases[] = {
    {"SMTP", {SILENT, RELAY, 0, 0}},
    {"ESMTP", {SILENT, RELAY, 0, 0}},
    {"ESMTPA", {SILENT, SUBMISSION, 1, 0}},
    {"esmtpa", {SILENT, SUBMISSION, 1, 0}},
    {"ESMTPS", {KEYWORD, RELAY, 0, 0}},
    {"esmtps", {KEYWORD, RELAY, 0, 0}},
    {"ESMTPSA", {KEYWORD, SUBMISSION, 1, 0}},
    {"LMTP", {SILENT, DELIVERY, 0, 0}},
    {"LMTPA", {SILENT, DELIVERY, 1, 0}},
    {"LMTPS", {KEYWORD, DELIVERY, 0, 0}},
    {"LMTPSA", {KEYWORD, DELIVERY, 1, 0}},
    {"UTF8SMTP", {SILENT, RELAY, 0, 0}},
    {"UTF8SMTPA", {SILENT, SUBMISSION, 1, 0}},
    {"UTF8SMTPS", {KEYWORD, RELAY, 0, 0}},
    {"UTF8SMTPSA", {KEYWORD, SUBMISSION, 1, 0}},
    {"UTF8LMTP", {SILENT, DELIVERY, 0, 0}},
    {"UTF8LMTPA", {SILENT, DELIVERY, 1, 0}},
    {"UTF8LMTPS", {KEYWORD, DELIVERY, 0, 0}},
    {"UTF8LMTPSA", {KEYWORD, DELIVERY, 1, 0}},
    {"SMTPS", {KEYWORD, RELAY, 0, 0}},
    {"SMTPs", {KEYWORD, RELAY, 0, 0}},
    {"smtps", {KEYWORD, RELAY, 0, 0}},
    {"SMTPSA", {KEYWORD, SUBMISSION, 1, 0}},
    {"UTF8ESMTP", {SILENT, RELAY, 0, 0}},
    {"UTF8ESMTPS", {KEYWORD, RELAY, 0, 0}},
    {"UTF8ESMTPSA", {KEYWORD, SUBMISSION, 1, 0}},
    {"utf8esmtps", {KEYWORD, RELAY, 0, 0}},
    {"utf8esmtpsa", {KEYWORD, SUBMISSION, 1, 0}},
    {"utf8smtps", {KEYWORD, RELAY, 0, 0}},
    {"ssmtp", {KEYWORD, RELAY, 0, 0}},
    {"essmtp", {KEYWORD, RELAY, 0, 0}},
    {"essmtpa", {KEYWORD, SUBMISSION, 1, 0}},
    {"local-esmtp", {SILENT, INJECTION, 0, 1}},
    {"local-smtp", {SILENT, INJECTION, 0, 1}},
    {"local-esmtps", {KEYWORD, INJECTION, 0, 1}},
    {"local-esmtpsa", {KEYWORD, INJECTION, 1, 1}},
    {"local-smtps", {KEYWORD, INJECTION, 0, 1}},
    {"local-essmtp", {KEYWORD, INJECTION, 0, 1}},
    {"ESMTP-TLS", {KEYWORD, RELAY, 0, 0}},
    {"HTTPS", {KEYWORD, INJECTION, 0, 0}},
    {"https", {KEYWORD, INJECTION, 0, 0}},
    {"POP3-SSL", {KEYWORD, RETRIEVAL, 0, 0}},
    {"IMAP4-SSL", {KEYWORD, RETRIEVAL, 0, 0}},
    {"asmtp", {SILENT, SUBMISSION, 1, 0}},
    {"ASMTP", {SILENT, SUBMISSION, 1, 0}},
    {"SUBMISSION", {SILENT, SUBMISSION, 0, 0}},
    {"SMTPSVC", {SILENT, RELAY, 0, 0}},
    {"SMTPRS", {SILENT, RELAY, 0, 0}},
    {"SMTPD32", {SILENT, RELAY, 0, 0}},
    {"SMTPBeamer", {SILENT, RELAY, 0, 0}},
    {"SMTPL", {SILENT, RELAY, 0, 0}},
    {"SDPS", {SILENT, RETRIEVAL, 0, 0}},
    {"XIMSS", {SILENT, INJECTION, 0, 0}},
    {"HTTP", {SILENT, INJECTION, 0, 0}},
    {"http", {SILENT, INJECTION, 0, 0}},
    {"HTTPU", {SILENT, INJECTION, 0, 0}},
    {"HTTPREST", {SILENT, INJECTION, 0, 0}},
    {"REST", {SILENT, INJECTION, 0, 0}},
    {"DAV", {SILENT, INJECTION, 0, 0}},
    {"Thrift", {SILENT, INJECTION, 0, 0}},
    {"MMS", {SILENT, INJECTION, 0, 0}},
    {"local", {SILENT, INJECTION, 0, 1}},
    {"LOCAL", {SILENT, INJECTION, 0, 1}},
    {"dsn", {SILENT, INJECTION, 0, 1}},
    {"spool", {SILENT, INJECTION, 0, 1}},
    {"queue", {SILENT, INJECTION, 0, 1}},
    {"PIPE", {SILENT, INJECTION, 0, 1}},
    {"internal", {SILENT, INJECTION, 0, 1}},
    {"local-bsmtp", {SILENT, INJECTION, 0, 1}},
    {"local-rmail", {SILENT, INJECTION, 0, 1}},
    {"spam-scanned", {SILENT, INJECTION, 0, 1}},
    {"NNFMP", {SILENT, RELAY, 0, 0}},
    {"QMQP", {SILENT, RELAY, 0, 0}},
    {"QMTP", {SILENT, RELAY, 0, 0}},
    {"ECSTREAM", {SILENT, RELAY, 0, 0}},
    {"UUCP", {SILENT, RELAY, 0, 0}},
    {"NJE", {SILENT, RELAY, 0, 0}},
    {"BSMTP", {SILENT, RELAY, 0, 0}},
    {"mapi", {SILENT, DELIVERY, 0, 1}},
    {"MAPI", {SILENT, DELIVERY, 0, 1}},
    {"MailboxResubmission", {SILENT, DELIVERY, 0, 1}},
    {"ShadowRedundancy", {SILENT, DELIVERY, 0, 1}},
    {"TransportReplication", {SILENT, DELIVERY, 0, 1}},
    {"POP3", {SILENT, RETRIEVAL, 0, 0}},
    {"POP", {SILENT, RETRIEVAL, 0, 0}},
    {"IMAP", {SILENT, RETRIEVAL, 0, 0}},
    {"IMAP4", {SILENT, RETRIEVAL, 0, 0}},
    {"ETRN", {SILENT, RETRIEVAL, 0, 0}},
    {"ODMR", {SILENT, RETRIEVAL, 0, 0}},
};

static void assert_word(const char *word, const with_word *want)
{
    with_word got = {0, 0, 0, 0};
    if (!find_word(word, &got) || memcmp(&got, want, sizeof got) != 0) {
        fail_msg("%s: evidence %d role %d auth %d local %d", word, got.evidence, got.role, got.auth,
                 got.local);
    }
}

static void test_words(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < sizeof word_cases / sizeof *word_cases; i++) {
        assert_word(word_cases[i].word, &word_cases[i].want);
        assert_word(other_case(word_cases[i].word), &word_cases[i].want);
    }
}

/* The table is exact: neither the beginning of a word nor a word with something behind it is in it. */
static void test_words_are_whole(void **state)
{
    static const char *const no_words[] = {
        "",        "S",          "ESMT",           "ESMTPSS",   "ESMTPSAS",   "XESMTPS", "SMTPSVCS",
        "SMTPS(",  "ESMTP ",     "ESMTP S",        "ESMTP/TLS", "ESMTPS\n",   "TLS",     "STARTTLS",
        "id",      "Microsoft",  "cipher",         "ESMTP_TLS", "local_smtp", "HTTPSS",  "xSDPS",
        "TLSv1.3", "AES256-SHA", "smtpsvc(6.0)",   "e",         "ESMTP-",     "-SSL",    "POP3_SSL",
        "IMAPS",   "UTF8",       "UTF8SMTPSAUTF8", "encrypted",
    };
    with_word out = {7, 7, 7, 7};
    const with_word untouched = out;
    size_t i;
    (void)state;
    for (i = 0; i < sizeof no_words / sizeof *no_words; i++) {
        if (find_word(no_words[i], &out)) {
            fail_msg("'%s' was taken for a word", no_words[i]);
        }
        assert_memory_equal(&out, &untouched, sizeof out);
    }
}

/* Words that look encrypted and are not; words that are and do not look it. */
static void test_words_that_mislead(void **state)
{
    static const char *const silent[] = {"SMTPSVC", "SDPS",  "XIMSS", "SMTPD32",
                                         "SMTPRS",  "SMTPL", "asmtp", "esmtpa"};
    static const char *const stated[] = {"ssmtp", "essmtp", "essmtpa", "SMTPs", "ESMTP-TLS", "local-smtps"};
    with_word out;
    size_t i;
    (void)state;
    for (i = 0; i < sizeof silent / sizeof *silent; i++) {
        assert_true(find_word(silent[i], &out));
        assert_int_equal(out.evidence, SILENT);
    }
    for (i = 0; i < sizeof stated / sizeof *stated; i++) {
        assert_true(find_word(stated[i], &out));
        assert_int_equal(out.evidence, KEYWORD);
    }
}

/* ---- protocol versions --------------------------------------------------------------------------------- */

typedef struct version_case {
    const char *text;
    uint16_t version; /* 0: none is named */
    const char *word;
} version_case;

static const version_case version_cases[] = {
    {"SSLv2", 0x0002, "ssl2"},
    {"SSL2", 0x0002, "ssl2"},
    {"SSLv3", 0x0300, "ssl3"},
    {"SSL3", 0x0300, "ssl3"},
    {"SSL3.0", 0x0300, "ssl3"},
    {"TLSv1", 0x0301, "1.0"},
    {"TLSv1.0", 0x0301, "1.0"},
    {"TLS1", 0x0301, "1.0"},
    {"TLS1.0", 0x0301, "1.0"},
    {"TLS-1.0", 0x0301, "1.0"},
    {"TLS1_0", 0x0301, "1.0"},
    {"TLS\\Tls", 0x0301, "1.0"},
    {"TLSv1.1", 0x0302, "1.1"},
    {"TLS1.1", 0x0302, "1.1"},
    {"TLS-1.1", 0x0302, "1.1"},
    {"TLS1_1", 0x0302, "1.1"},
    {"TLS\\Tls11", 0x0302, "1.1"},
    {"TLSv1.2", 0x0303, "1.2"},
    {"TLS1.2", 0x0303, "1.2"},
    {"TLS-1.2", 0x0303, "1.2"},
    {"TLS1_2", 0x0303, "1.2"},
    {"TLSv1_2", 0x0303, "1.2"},
    {"TLS\\Tls12", 0x0303, "1.2"},
    {"TLS12", 0x0303, "1.2"},
    {"TLS 1.2", 0x0303, "1.2"},
    {"TLSv1.3", 0x0304, "1.3"},
    {"TLS1.3", 0x0304, "1.3"},
    {"TLS-1.3", 0x0304, "1.3"},
    {"TLS1_3", 0x0304, "1.3"},
    {"TLSv1_3", 0x0304, "1.3"},
    {"TLS\\Tls13", 0x0304, "1.3"},
    {"TLSv1/SSLv3", 0, "any"},
    {"TLS", 0, "any"},
    {"SSL", 0, "any"},
    {"UNKNOWN", 0, "any"},
    {"Unknown", 0, "any"},
    {"TLS identifier 305", 0, "any"},
    {"TLS identifier 7f1c", 0, "any"},
};

/* Whatever stood in the version before, the new one replaces it. */
static void assert_version(const char *text, const version_case *want)
{
    hoptls_tls tls = {0};
    tls.version = 0x0302;
    tls.any_version = 7;
    if (!find_version(text, &tls) || tls.version != want->version ||
        tls.any_version != (want->version == 0)) {
        fail_msg("%s: version %04X any %d", text, tls.version, tls.any_version);
    }
    assert_string_equal(hoptls_tls_version_word(&tls), want->word);
}

static void test_versions(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < sizeof version_cases / sizeof *version_cases; i++) {
        assert_version(version_cases[i].text, &version_cases[i]);
        assert_version(other_case(version_cases[i].text), &version_cases[i]);
    }
}

static void test_no_versions(void **state)
{
    static const char *const no_versions[] = {
        "",
        "T",
        "TLSv",
        "TLSv1.",
        "TLSv1.4",
        "TLS 1.4",
        "TLS 1./",
        "TLS 1.23",
        "TLS 1.",
        "TLS identifier 12345",
        "TLS identifier 305x",
        "TLSv1.2,",
        "TLSv1.22",
        "xTLSv1",
        "TLSv1 ",
        "TLS/1.2",
        "TLSv2",
        "SSLv1",
        "1.2",
        "TLS_AES_256_GCM_SHA384",
        "SSLv3/TLSv1",
        "TLSv1.2/",
        "TLS identifier ",
        "TLS identifier",
        "TLS identifier xyz",
        "TLS identifier 12345",
    };
    hoptls_tls tls = {0};
    hoptls_tls untouched;
    size_t i;
    (void)state;
    memset(&tls, 0x5A, sizeof tls);
    untouched = tls;
    for (i = 0; i < sizeof no_versions / sizeof *no_versions; i++) {
        if (find_version(no_versions[i], &tls)) {
            fail_msg("'%s' was taken for a version", no_versions[i]);
        }
        assert_memory_equal(&tls, &untouched, sizeof tls);
    }
}

static void test_version_words(void **state)
{
    hoptls_tls tls = {0};
    (void)state;
    assert_string_equal(hoptls_tls_version_word(&tls), "");
    assert_string_equal(hoptls_tls_version_word(NULL), "");
    tls.version = 0x0305;
    assert_string_equal(hoptls_tls_version_word(&tls), "");
    tls.version = 0x0303;
    tls.any_version = 1;
    assert_string_equal(hoptls_tls_version_word(&tls), "1.2");
}

/* ---- cipher suites -------------------------------------------------------------------------------------- */

typedef struct suite_case {
    const char *text;
    uint16_t version; /* of the session */
    uint16_t suite;
    uint16_t floor;
    uint16_t bits;
    uint32_t traits;
} suite_case;

#define NUL    HOPTLS_SUITE_NULL
#define ANON   HOPTLS_SUITE_ANONYMOUS
#define EXPORT HOPTLS_SUITE_EXPORT
#define DES    HOPTLS_SUITE_DES
#define RC4    HOPTLS_SUITE_RC4
#define TDES   HOPTLS_SUITE_3DES
#define CBC    HOPTLS_SUITE_CBC
#define MD5    HOPTLS_SUITE_MD5
#define STATIC HOPTLS_SUITE_STATIC
#define AEAD   HOPTLS_SUITE_AEAD
#define PSK    HOPTLS_SUITE_PSK
#define GOOD   HOPTLS_SUITE_RECOMMENDED

static const suite_case suite_cases[] = {
    /* OpenSSL */
    {"ECDHE-RSA-AES256-GCM-SHA384", 0, 0xC030, 0x0303, 256, AEAD | GOOD},
    {"ECDHE-RSA-AES128-GCM-SHA256", 0, 0xC02F, 0x0303, 128, AEAD | GOOD},
    {"ECDHE-RSA-CHACHA20-POLY1305", 0, 0xCCA8, 0x0303, 256, AEAD | GOOD},
    {"ECDHE-RSA-AES256-SHA384", 0, 0xC028, 0x0303, 256, CBC},
    {"ECDHE-RSA-AES256-SHA", 0, 0xC014, 0x0301, 256, CBC},
    {"DHE-RSA-AES256-GCM-SHA384", 0, 0x009F, 0x0303, 256, AEAD},
    {"DHE-RSA-AES256-SHA", 0, 0x0039, 0x0300, 256, CBC},
    {"AES256-GCM-SHA384", 0, 0x009D, 0x0303, 256, AEAD | STATIC},
    {"AES128-SHA", 0, 0x002F, 0x0300, 128, CBC | STATIC},
    {"AES256-SHA256", 0, 0x003D, 0x0303, 256, CBC | STATIC},
    {"DES-CBC3-SHA", 0, 0x000A, 0x0300, 168, TDES | CBC | STATIC},
    {"EDH-RSA-DES-CBC3-SHA", 0, 0x0016, 0x0300, 168, TDES | CBC},
    {"DHE-RSA-DES-CBC3-SHA", 0, 0x0016, 0x0300, 168, TDES | CBC},
    {"RC4-MD5", 0, 0x0004, 0x0002, 128, RC4 | MD5 | STATIC},
    {"RC4-SHA", 0, 0x0005, 0x0300, 128, RC4 | STATIC},
    {"ADH-AES256-GCM-SHA384", 0, 0x00A7, 0x0303, 256, AEAD | ANON},
    {"AECDH-AES256-SHA", 0, 0xC019, 0x0301, 256, CBC | ANON},
    {"DES-CBC-SHA", 0, 0x0009, 0x0300, 56, DES | CBC | STATIC},
    {"EXP-RC4-MD5", 0, 0x0003, 0x0002, 40, EXPORT | DES | RC4 | MD5 | STATIC},
    {"EXP-EDH-RSA-DES-CBC-SHA", 0, 0x0014, 0x0300, 40, EXPORT | DES | CBC},
    {"EXP1024-DES-CBC-SHA", 0, 0, 0x0300, 56, EXPORT | DES | CBC | STATIC},
    {"NULL-SHA", 0, 0x0002, 0x0300, 0, NUL | STATIC},
    {"ECDHE-RSA-NULL-SHA", 0, 0xC010, 0x0301, 0, NUL},
    {"PSK-AES128-CBC-SHA256", 0, 0x00AE, 0x0301, 128, PSK | CBC | STATIC},
    {"ECDHE-PSK-CHACHA20-POLY1305", 0, 0xCCAC, 0x0303, 256, PSK | AEAD | GOOD},
    {"RC2-CBC-MD5", 0, 0, 0x0002, 128, DES | CBC | MD5 | STATIC},
    /* the registry, and Java, mbed TLS and Windows after it */
    {"TLS_AES_256_GCM_SHA384", 0, 0x1302, 0x0304, 256, AEAD | GOOD},
    {"TLS_AES_128_GCM_SHA256", 0, 0x1301, 0x0304, 128, AEAD | GOOD},
    {"TLS_AES_128_CCM_8_SHA256", 0, 0x1305, 0x0304, 128, AEAD},
    {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 0, 0xC030, 0x0303, 256, AEAD | GOOD},
    {"TLS_DH_anon_WITH_AES_256_GCM_SHA384", 0, 0x00A7, 0x0303, 256, AEAD | ANON},
    {"TLS_DHE_RSA_WITH_AES_256_CBC_SHA", 0, 0x0039, 0x0300, 256, CBC},
    {"TLS_RSA_EXPORT_WITH_DES40_CBC_SHA", 0, 0x0008, 0x0300, 40, EXPORT | DES | CBC | STATIC},
    {"TLS_NULL_WITH_NULL_NULL", 0, 0, 0x0300, 0, NUL | ANON | STATIC},
    {"SSL_NULL_WITH_NULL_NULL", 0, 0, 0x0300, 0, NUL | ANON | STATIC},
    {"SSL_RSA_WITH_RC4_128_SHA", 0, 0x0005, 0x0300, 128, RC4 | STATIC},
    {"TLS-ECDHE-RSA-WITH-AES-256-GCM-SHA384", 0, 0xC030, 0x0303, 256, AEAD | GOOD},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384", 0, 0xC028, 0x0303, 256, CBC},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P521", 0, 0xC028, 0x0303, 256, CBC},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P384", 0, 0xC014, 0x0301, 256, CBC},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256", 0, 0xC02B, 0x0303, 128, AEAD | GOOD},
    {"SSL_CK_DES_192_EDE3_CBC_WITH_MD5", 0, 0, 0x0002, 168, TDES | CBC | MD5 | STATIC},
    /* TLS 1.3 that encrypts nothing (RFC 9150) */
    {"TLS_SHA256_SHA256", 0x0304, 0xC0B4, 0x0304, 0, NUL},
    {"TLS_SHA384_SHA384", 0x0304, 0xC0B5, 0x0304, 0, NUL},
    /* GnuTLS */
    {"ECDHE_RSA_AES_256_GCM_SHA384", 0, 0xC030, 0x0303, 256, AEAD | GOOD},
    {"ECDHE_RSA_AES_256_GCM_SHA384", 0x0304, 0xC030, 0x0303, 256, AEAD | GOOD},
    {"ECDHE_ECDSA_CHACHA20_POLY1305", 0, 0xCCA9, 0x0303, 256, AEAD | GOOD},
    {"RSA_AES_128_CBC_SHA1", 0, 0x002F, 0x0300, 128, CBC | STATIC},
    {"DHE_RSA_3DES_EDE_CBC_SHA", 0, 0x0016, 0x0300, 168, TDES | CBC},
    {"DHE_RSA_3DES_EDE_CBC_SHA1", 0, 0x0016, 0x0300, 168, TDES | CBC},
    {"RSA_ARCFOUR_MD5", 0, 0x0004, 0x0002, 128, RC4 | MD5 | STATIC},
    {"RSA_ARCFOUR_128_SHA1", 0, 0x0005, 0x0300, 128, RC4 | STATIC},
    {"ANON_DH_AES_256_CBC_SHA1", 0, 0x003A, 0x0300, 256, CBC | ANON},
    {"RSA_NULL_SHA1", 0, 0x0002, 0x0300, 0, NUL | STATIC},
    /* sessions as GnuTLS describes them */
    {"ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM", 0x0304, 0x1302, 0x0304, 256, AEAD | GOOD},
    {"ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_128_GCM", 0x0304, 0x1301, 0x0304, 128, AEAD | GOOD},
    {"ECDHE_SECP256R1__ECDSA_SECP256R1_SHA256__CHACHA20_POLY1305", 0x0304, 0x1303, 0x0304, 256, AEAD | GOOD},
    {"ECDHE_SECP521R1__RSA_SHA512__AES_256_GCM", 0x0303, 0xC030, 0x0303, 256, AEAD | GOOD},
    {"ECDHE_SECP256R1__ECDSA_SHA256__AES_128_GCM", 0x0303, 0xC02B, 0x0303, 128, AEAD | GOOD},
    {"ECDHE_X25519__EDDSA_ED25519__AES_256_GCM", 0x0303, 0xC02C, 0x0303, 256, AEAD | GOOD},
    {"ECDHE_X25519__RSA_SHA256__CHACHA20_POLY1305", 0x0303, 0xCCA8, 0x0303, 256, AEAD | GOOD},
    {"ECDHE_X25519__RSA_SHA256__AES_256_CBC__SHA1", 0x0303, 0xC014, 0x0301, 256, CBC},
    {"DHE_CUSTOM2048__RSA_SHA256__AES_128_CBC__SHA256", 0x0303, 0x0067, 0x0303, 128, CBC},
    {"DHE_FFDHE2048__DSA_SHA256__AES_128_GCM", 0x0303, 0x00A2, 0x0303, 128, AEAD},
    {"RSA__AES_256_CBC__SHA1", 0x0302, 0x0035, 0x0300, 256, CBC | STATIC},
    {"ANON_DH__AES_256_GCM", 0x0303, 0x00A7, 0x0303, 256, AEAD | ANON},
    {"RSA__NULL__SHA1", 0x0301, 0x0002, 0x0300, 0, NUL | STATIC},
    /* without a version they could be of two suites: none is claimed */
    {"ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM", 0, 0, 0x0303, 256, AEAD},
    /* rustls, wolfSSL, LibreSSL */
    {"TLS13_AES_256_GCM_SHA384", 0, 0x1302, 0x0304, 256, AEAD | GOOD},
    {"TLS13_CHACHA20_POLY1305_SHA256", 0, 0x1303, 0x0304, 256, AEAD | GOOD},
    {"TLS13-AES128-GCM-SHA256", 0, 0x1301, 0x0304, 128, AEAD | GOOD},
    {"AEAD-AES256-GCM-SHA384", 0, 0x1302, 0x0304, 256, AEAD | GOOD},
    {"AEAD-AES128-GCM-SHA256", 0, 0x1301, 0x0304, 128, AEAD | GOOD},
    /* .NET, symmetric part alone */
    {"Aes256", 0, 0, 0, 256, 0},
    {"Aes128", 0, 0, 0, 128, 0},
    {"TripleDes", 0, 0, 0, 168, TDES},
    {"Rc4", 0, 0, 0, 128, RC4},
    {"AES-256-GCM", 0, 0, 0x0303, 256, AEAD},
    {"AES-128-GCM", 0x0303, 0, 0x0303, 128, AEAD},
    {"AES-256-GCM", 0x0304, 0x1302, 0x0304, 256, AEAD | GOOD},
    {"CHACHA20-POLY1305", 0, 0, 0x0303, 256, AEAD},
    /* no cipher, and one without a name */
    {"NULL", 0, 0, 0, 0, NUL},
    {"NONE", 0, 0, 0, 0, NUL},
    {"(NONE)", 0, 0, 0, 0, NUL},
    {"OTHER", 0, 0, 0, 0, 0},
    /* suites in no list, by their parts */
    {"TLS_ECDHE_WITH_AES256_SHA384", 0, 0, 0x0303, 256, 0},
    {"TLS_MLKEM768_RSA_WITH_AES_256_GCM_SHA384", 0, 0, 0x0303, 256, AEAD},
    {"TLS_RSA_WITH_SALSA20_SHA1", 0, 0, 0, 256, STATIC},
    {"TLS_FUTURE_WITH_AES_256_CBC_SHA", 0, 0, 0, 256, CBC},
    {"TLS_FUTURE_WITH_NULL_SHA", 0, 0, 0, 0, NUL},
    {"TLS_DH_anon_WITH_FUTURE_AES_128_CCM_8", 0, 0, 0x0303, 128, AEAD | ANON},
    {"EXP-FUTURE-RC4-MD5", 0, 0, 0, 56, EXPORT | DES | RC4 | MD5},
    {"PSK-FUTURE-AES128-CBC-SHA256", 0, 0, 0, 128, PSK | CBC | STATIC},
    {"ECDHE-FUTURE-DES-CBC3-SHA", 0, 0, 0, 168, TDES | CBC},
    {"COMP-NULL-AES-128-CBC-SHA1", 0, 0, 0, 128, CBC},
    {"ECDHE-RSA-AES256-SHA-COMP-NULL", 0, 0, 0, 256, 0},
    {"TLS_ECDHE_FUTURE_WITH_AES_128_CBC_SHA_256", 0, 0, 0, 128, CBC},
    {"TLS_FUTURE_WITH_RC4_40_SHA", 0, 0, 0, 40, DES | RC4},
    {"CHACHA20-1305", 0, 0, 0x0303, 256, AEAD},
    {"TLS13_FUTURE_AES_256_GCM_SHA384", 0, 0, 0x0304, 256, AEAD},
    {"TLS1.4-ECDHE-AES-256-GCM", 0, 0, 0x0303, 256, AEAD},
    {"AES256-GCM", 0x0304, 0, 0x0303, 256, AEAD},
};

static void assert_suite(const char *text, const suite_case *want)
{
    hoptls_tls tls;
    if (!find_suite_in(text, want->version, &tls)) {
        fail_msg("%s: not taken for a suite", text);
    }
    if (tls.suite != want->suite || tls.floor != want->floor || tls.bits != want->bits ||
        tls.traits != want->traits) {
        fail_msg("%s: suite %04X floor %04X bits %d traits %03X", text, tls.suite, tls.floor, tls.bits,
                 tls.traits);
    }
    assert_int_equal(tls.cipher.off, 0);
    assert_int_equal(tls.cipher.len, strlen(text));
    assert_int_equal(tls.version, want->version);
}

static void test_suites(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < sizeof suite_cases / sizeof *suite_cases; i++) {
        assert_suite(suite_cases[i].text, &suite_cases[i]);
        assert_suite(other_case(suite_cases[i].text), &suite_cases[i]);
    }
}

static void test_no_suites(void **state)
{
    static const char *const no_suites[] = {
        "",
        "A",
        "-",
        "__",
        "AES256-SHA-"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        "AAAAAAAAAAAAAAAAAAAA",
        "ESMTPS",
        "TLSv1.2",
        "TLS",
        "SHA256",
        "RSA",
        "ECDHE-RSA",
        "TLS_RSA",
        "verify",
        "NO",
        "256/256",
        "128",
        "mail.example.com",
        "nodes",
        "DESKTOP-123",
        "mail-des",
        "idea-house-17",
        "null-77-mx",
        "seed.example.com",
        "aes.example.com",
        "mail-aes-256",
        "x-aes-y-z",
        "AES256 SHA",
        "AES256;SHA",
        "AES256(SHA",
        "AES256-SHA,",
        "AES256-SHA\n",
        "OTHERS",
        "x-OTHER",
        "NONES",
        "TLS_FUTURE_WITH_FUTURE_SHA",
        "AES256-SHA bits=256",
    };
    hoptls_tls tls = {0};
    hoptls_tls untouched = {0};
    size_t i;
    (void)state;
    for (i = 0; i < sizeof no_suites / sizeof *no_suites; i++) {
        if (find_suite(no_suites[i], &tls)) {
            fail_msg("'%s' was taken for a suite", no_suites[i]);
        }
        assert_memory_equal(&tls, &untouched, sizeof tls);
    }
}

/* Bits that were stated stay; what is not of the suite is not touched; nothing of an older suite remains. */
static void check_own_fields(const char *line, hoptls_span cipher, uint16_t suite, uint16_t least,
                             uint32_t traits)
{
    block t = block_of(line);
    hoptls_tls tls;
    hoptls_tls want;
    memset(&tls, 0x5A, sizeof tls);
    tls.version = 0x0303;
    tls.bits = 112;
    want = tls;
    want.cipher = cipher;
    want.suite = suite;
    want.floor = least;
    want.traits = (uint16_t)traits;
    assert_true(hoptls_suite_find(t.p, cipher, &tls));
    assert_memory_equal(&tls, &want, sizeof tls);
    free(t.p);
}

static void test_suite_sets_its_own_fields(void **state)
{
    (void)state;
    check_own_fields("cipher=DES-CBC3-SHA bits=112", (hoptls_span){7, 12}, 0x000A, 0x0300,
                     TDES | CBC | STATIC);
    check_own_fields("cipher=ECDHE-FUTURE-DES-CBC3-SHA", (hoptls_span){7, 25}, 0, 0, TDES | CBC);
    check_own_fields("cipher=RSA__AES_128_CBC__SHA1", (hoptls_span){7, 22}, 0x002F, 0x0300, CBC | STATIC);
}

static void test_suite_names(void **state)
{
    (void)state;
    assert_string_equal(hoptls_suite_name(0x1302), "TLS_AES_256_GCM_SHA384");
    assert_string_equal(hoptls_suite_name(0x0001), "TLS_RSA_WITH_NULL_MD5");
    assert_string_equal(hoptls_suite_name(0x00A7), "TLS_DH_anon_WITH_AES_256_GCM_SHA384");
    assert_string_equal(hoptls_suite_name(0xD005), "TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256");
    assert_string_equal(hoptls_suite_name(0), "");
    assert_string_equal(hoptls_suite_name(0x0047), "");
    assert_string_equal(hoptls_suite_name(0x5600), "");
    assert_string_equal(hoptls_suite_name(0xD006), "");
    assert_string_equal(hoptls_suite_name(0xFFFF), "");
    assert_string_equal(hoptls_suite_name(0x11302), "");
    assert_string_equal(hoptls_suite_name(0xFFFFFFFF), "");
}

/* ---- the lists of tools/names ---------------------------------------------------------------------------- */

/* Open a list of tools/names: the folder is the first argument, or stands beside the folder of this file. */
static FILE *open_list(const char *name)
{
    const char *file_name = strrchr(__FILE__, '/');
    int length = file_name == NULL ? 0 : (int)(file_name + 1 - __FILE__);
    char path[1024];
    FILE *list;
    if (names_folder != NULL) {
        snprintf(path, sizeof path, "%s/%s", names_folder, name);
    } else {
        snprintf(path, sizeof path, "%.*s../tools/names/%s", length, __FILE__, name);
    }
    list = fopen(path, "r");
    if (list == NULL) {
        fail_msg("%s is missing: give the folder tools/names as the first argument", path);
    }
    return list;
}

/* The number of the lowest version in a list of OpenSSL or GnuTLS. */
static unsigned listed_version(const char *word)
{
    static const struct {
        const char *word;
        unsigned version;
    } all[] = {{"SSLv3", 0x0300},  {"TLSv1", 0x0301},  {"TLSv1.2", 0x0303}, {"TLSv1.3", 0x0304},
               {"TLS1.0", 0x0301}, {"TLS1.2", 0x0303}, {"TLS1.3", 0x0304}};
    size_t i;
    for (i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i].word, word) == 0) {
            return all[i].version;
        }
    }
    fail_msg("%s is no version", word);
    return 0;
}

/* One row of a list: the name must give the number, a longer name must not, and the floor must not be above what the
 * library says. */
static void check_listed(unsigned number, unsigned version, const char *name)
{
    char longer[128];
    hoptls_tls tls;
    if (!find_suite(name, &tls) || tls.suite != number) {
        fail_msg("%s is %04X, not %04X", name, number, tls.suite);
    }
    if (version != 0 && tls.floor > version) {
        fail_msg("%s: floor %04X above %04X", name, tls.floor, version);
    }
    snprintf(longer, sizeof longer, "%sX", name);
    if (find_suite(longer, &tls) && tls.suite != 0) {
        fail_msg("%s is %04X", longer, tls.suite);
    }
}

/* Check a list of `number name` or `number version name`; returns the count of its rows. */
static unsigned check_list(const char *list_name, int has_version)
{
    char line[256];
    char version[32];
    char name[128];
    unsigned number;
    unsigned rows = 0;
    FILE *list = open_list(list_name);
    while (fgets(line, sizeof line, list) != NULL) {
        if (has_version && sscanf(line, "%4x %31s %127s", &number, version, name) == 3) {
            check_listed(number, listed_version(version), name);
            rows++;
        } else if (!has_version && sscanf(line, "%4x %127s", &number, name) == 2) {
            check_listed(number, 0, name);
            rows++;
        }
    }
    fclose(list);
    return rows;
}

static void test_openssl_list(void **state)
{
    (void)state;
    assert_in_range(check_list("openssl.txt", 1), 150, 400);
}

static void test_gnutls_list(void **state)
{
    (void)state;
    assert_in_range(check_list("gnutls.txt", 1), 180, 400);
}

static void test_testssl_list(void **state)
{
    (void)state;
    assert_in_range(check_list("testssl.txt", 0), 100, 400);
}

static void test_iana_list(void **state)
{
    (void)state;
    assert_in_range(check_list("iana.txt", 0), 348, 400);
    assert_in_range(check_list("registered.txt", 0), 1, 100);
}

/* GnuTLS without TLS_, as its library and not its program writes it. */
static void test_gnutls_short_names(void **state)
{
    char line[256];
    char name[128];
    unsigned number;
    unsigned rows = 0;
    hoptls_tls tls;
    FILE *list = open_list("gnutls.txt");
    (void)state;
    while (fgets(line, sizeof line, list) != NULL) {
        if (sscanf(line, "%4x %*s TLS_%127s", &number, name) == 2) {
            assert_true(find_suite(name, &tls));
            assert_int_equal(tls.suite, number);
            rows++;
        }
    }
    fclose(list);
    assert_in_range(rows, 180, 400);
}

/* Every name of the registry comes back from its number, and only they do. */
static void test_every_number(void **state)
{
    uint32_t number;
    uint32_t named = 0;
    hoptls_tls tls;
    (void)state;
    for (number = 0; number <= 0xFFFF; number++) {
        const char *name = hoptls_suite_name(number);
        if (name[0] != '\0') {
            assert_true(find_suite(name, &tls));
            assert_int_equal(tls.suite, number);
            assert_true((tls.traits & NUL) != 0 || tls.bits >= 40);
            assert_true(tls.floor == 0x0002 || (tls.floor >= 0x0300 && tls.floor <= 0x0304));
            named++;
        }
    }
    assert_int_equal(named, 349); /* 350 in the registry, but number 0 says that none was stated */
}

/* ---- hostile texts ---------------------------------------------------------------------------------------- */

static void find_all(const block *t)
{
    with_word word;
    hoptls_tls tls = {0};
    uint16_t version;
    (void)hoptls_with_word_find(t->p, t->span, &word);
    (void)hoptls_version_find(t->p, t->span, &tls);
    for (version = 0x0302; version <= 0x0304; version++) {
        tls.version = version;
        (void)hoptls_suite_find(t->p, t->span, &tls);
    }
    tls.version = 0;
    (void)hoptls_suite_find(t->p, t->span, &tls);
}

/* No byte alone is a word, a version or a suite. */
static void test_one_byte(void **state)
{
    with_word word;
    hoptls_tls tls = {0};
    unsigned byte;
    (void)state;
    for (byte = 0; byte < 256; byte++) {
        uint8_t c = (uint8_t)byte;
        block t = block_of_bytes(&c, 1);
        assert_false(hoptls_with_word_find(t.p, t.span, &word));
        assert_false(hoptls_version_find(t.p, t.span, &tls));
        assert_false(hoptls_suite_find(t.p, t.span, &tls));
        free(t.p);
    }
}

static void test_empty(void **state)
{
    with_word word;
    hoptls_tls tls = {0};
    hoptls_span none = {0, 0};
    (void)state;
    assert_false(hoptls_with_word_find(NULL, none, &word));
    assert_false(hoptls_version_find(NULL, none, &tls));
    assert_false(hoptls_suite_find(NULL, none, &tls));
}

/* Every beginning and every end of every text above, each in a block of its own. */
static void test_cut_texts(void **state)
{
    size_t i;
    size_t cut;
    (void)state;
    for (i = 0; i < sizeof suite_cases / sizeof *suite_cases; i++) {
        const char *s = suite_cases[i].text;
        for (cut = 0; cut <= strlen(s); cut++) {
            block head = block_of_bytes(s, cut);
            block rest = block_of(s + cut);
            find_all(&head);
            find_all(&rest);
            free(head.p);
            free(rest.p);
        }
    }
}

/* Texts of a kind that keeps each loop busy, from nothing to past the longest that is looked at. */
static void test_growing_texts(void **state)
{
    static const char *const units[] = {"_",  "__",   "-",       "A", "AES-", "NULL_", "7",
                                        "7-", "RSA_", "ECDHE__", ".", "TLS_", "_P256", "\xFF"};
    char grown[200];
    size_t i;
    size_t n;
    (void)state;
    for (i = 0; i < sizeof units / sizeof *units; i++) {
        for (n = 0; n < sizeof grown; n++) {
            grown[n] = units[i][n % strlen(units[i])];
        }
        for (n = 0; n <= sizeof grown; n++) {
            block t = block_of_bytes(grown, n);
            find_all(&t);
            free(t.p);
        }
    }
}

/* A megabyte is refused without a look at it. The count of work says so if the build counts it. */
static void test_long_texts(void **state)
{
    static const char *const units[] = {"A", "AES_", "__", "TLS identifier 0", "7"};
    size_t n = (size_t)1 << 20;
    uint8_t *bytes = malloc(n);
    with_word word;
    hoptls_tls tls = {0};
    hoptls_span all = {0, (uint32_t)n};
    size_t i;
    size_t k;
    (void)state;
    assert_non_null(bytes);
    for (i = 0; i < sizeof units / sizeof *units; i++) {
        for (k = 0; k < n; k++) {
            bytes[k] = (uint8_t)units[i][k % strlen(units[i])];
        }
#ifdef HOPTLS_COUNT_WORK
        hoptls_work = 0;
#endif
        tls.version = 0x0304;
        for (k = 0; k < 100000; k++) {
            assert_false(hoptls_with_word_find(bytes, all, &word) || hoptls_version_find(bytes, all, &tls) ||
                         hoptls_suite_find(bytes, all, &tls));
        }
#ifdef HOPTLS_COUNT_WORK
        assert_in_range(hoptls_work, 0, 100000 * 64);
#endif
    }
    free(bytes);
}

#ifdef HOPTLS_COUNT_WORK
/* The work for a text that is looked at is bounded too, and it is counted at all. */
static void test_work_is_bounded(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < sizeof suite_cases / sizeof *suite_cases; i++) {
        block t = block_of(suite_cases[i].text);
        hoptls_tls tls = {0};
        tls.version = suite_cases[i].version;
        hoptls_work = 0;
        (void)hoptls_suite_find(t.p, t.span, &tls);
        assert_in_range(hoptls_work, t.span.len / 2, 12 * (uint64_t)t.span.len + 64);
        free(t.p);
    }
}
#endif

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_words_are_whole),
        cmocka_unit_test(test_words_that_mislead),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_no_versions),
        cmocka_unit_test(test_version_words),
        cmocka_unit_test(test_suites),
        cmocka_unit_test(test_no_suites),
        cmocka_unit_test(test_suite_sets_its_own_fields),
        cmocka_unit_test(test_suite_names),
        cmocka_unit_test(test_openssl_list),
        cmocka_unit_test(test_gnutls_list),
        cmocka_unit_test(test_testssl_list),
        cmocka_unit_test(test_iana_list),
        cmocka_unit_test(test_gnutls_short_names),
        cmocka_unit_test(test_every_number),
        cmocka_unit_test(test_one_byte),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_cut_texts),
        cmocka_unit_test(test_growing_texts),
        cmocka_unit_test(test_long_texts),
#ifdef HOPTLS_COUNT_WORK
        cmocka_unit_test(test_work_is_bounded),
#endif
    };
    names_folder = argc > 1 ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
