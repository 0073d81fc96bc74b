/* Does a protocol word, a version, a cipher suite tell what its registry and its spelling say, in any case, wherever a server
 * writes it? Has every suite of the core's table the number under which it is found? Input: two bytes that choose a
 * suite's number, then a word. */
#include "reference.h"

#include <stdlib.h>
#include <string.h>

#define REST "; Mon, 2 Mar 2026 10:00:00 +0000"

static hoptls_hop hop_of(const char *before, const char *text, const char *behind)
{
    hoptls_field field = {{0, 0}, {0, 0}, {0, 0}};
    buffer value = {NULL, 0, 0};
    hoptls_hop hop;
    hoptls_msg msg;
    buffer_add(&value, before);
    buffer_add(&value, text);
    buffer_add(&value, behind);
    msg = exact_copy(value.ptr, value.len);
    field.whole.len = field.value.len = (uint32_t)msg.len;
    check_hop(msg, &field, &hop);
    exact_free(msg);
    buffer_free(&value);
    return hop;
}

/* The text without what would end the place that it stands in. */
static char *plain_text(const uint8_t *data, size_t size)
{
    char *text = calloc(size + 1, 1);
    size_t n = 0;
    for (size_t i = 0; text != NULL && i < size && n < 80; i++) {
        if (data[i] > ' ' && data[i] < 0x7F && strchr("()<>[]\"\\;=,", data[i]) == NULL) {
            text[n++] = (char)data[i];
        }
    }
    return text;
}

static int states_tls(const hoptls_hop *h)
{
    return h->evidence == HOPTLS_EVIDENCE_KEYWORD || h->evidence == HOPTLS_EVIDENCE_DETAIL;
}

static void check_protocol(const char *text)
{
    hoptls_hop hop = hop_of("from a ([192.0.2.1]) by b.example.org with ", text, " id 1" REST);
    int tls = reference_protocol(text);
    MUST(tls != 1 || hop.evidence == HOPTLS_EVIDENCE_KEYWORD, "I12: a protocol with TLS");
    MUST(tls != 0 || hop.evidence == HOPTLS_EVIDENCE_SILENT, "I12: a protocol without");
    MUST(tls != -1 || !states_tls(&hop) || strchr(text, '/') != NULL || strpbrk(text, "sSlL") != NULL,
         "a word without S or TLS states none");
}

#define SENDMAIL "from a ([192.0.2.1]) by b.example.org (8.17.1/8.17.1) with ESMTPS id 422A00XY012345 "

static void check_version(const char *text)
{
    hoptls_hop hop =
        hop_of(SENDMAIL "(version=", text, " cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NO)" REST);
    int version = reference_version(text);
    if (version >= 0) {
        MUST(hop.evidence == HOPTLS_EVIDENCE_DETAIL && hop.tls.version == version, "I12: a version");
        MUST((hop.tls.any_version != 0) == (version == 0), "I12: a version that names none");
        MUST(hop.tls.floor == 0x0303, "a suite with GCM came with TLS 1.2 (RFC 5288)");
    }
}

static void check_suite(const char *text)
{
    hoptls_hop hop = hop_of(SENDMAIL "(version=TLSv1.2 cipher=", text, " bits=128 verify=NO)" REST);
    uint32_t traits = reference_traits(text);
    MUST(hop.evidence != HOPTLS_EVIDENCE_DETAIL || hop.tls.suite == 0 || (hop.tls.traits & traits) == traits,
         "I12: the parts of a suite's name");
    MUST((traits & HOPTLS_SUITE_NULL) == 0 || hop.evidence != HOPTLS_EVIDENCE_DETAIL || hop.tls.suite == 0,
         "a suite that encrypts nothing is no TLS");
}

/* A name of the table, in either case, is found under its own number. */
static void check_number(uint32_t number)
{
    const char *name = hoptls_suite_name(number);
    char *small = strdup(name);
    for (size_t i = 0; small != NULL && small[i] != '\0'; i++) {
        small[i] = (char)(small[i] >= 'A' && small[i] <= 'Z' ? small[i] + 32 : small[i]);
    }
    if (name[0] != '\0' && small != NULL) {
        hoptls_hop hop = hop_of(SENDMAIL "(cipher=", name, ")" REST);
        hoptls_hop other = hop_of(SENDMAIL "(cipher=", small, ")" REST);
        int nothing = (reference_traits(name) & HOPTLS_SUITE_NULL) != 0;
        MUST(nothing == (hop.evidence == HOPTLS_EVIDENCE_NEGATIVE),
             "a suite encrypts, or its name says that it does not");
        MUST(nothing || hop.tls.suite == number, "a suite is found by its name");
        MUST(hop.evidence == other.evidence && hop.tls.suite == other.tls.suite &&
                 hop.tls.traits == other.tls.traits,
             "the case of letters means nothing");
    }
    free(small);
}

/* A value of any number has a word, an empty one if it is none. */
static void check_words(uint32_t n)
{
    const hoptls_tls tls = {(uint16_t)n, 0, 0, 0, 0, (uint8_t)(n & 1), 0, {0, 0}, {0, 0}};
    MUST(hoptls_tls_version_word(NULL)[0] == '\0', "no facts, no version");
    const char *const words[] = {
        hoptls_evidence_word(n), hoptls_silence_word(n),    hoptls_scope_word(n),
        hoptls_role_word(n),     hoptls_grade_word(n),      hoptls_client_cert_word(n),
        hoptls_verdict_word(n),  hoptls_basis_word(n),      hoptls_rule_word(n),
        hoptls_flag_word(n),     hoptls_protection_word(n), hoptls_writer_name(n),
        hoptls_provider_name(n), hoptls_suite_name(n),      hoptls_tls_version_word(&tls),
        hoptls_parting_word(n),  hoptls_version()};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        MUST(words[i] != NULL && strlen(words[i]) < 64, "a value has a word, or none");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text;
    if (size < 2) {
        return 0;
    }
    check_number((uint32_t)data[0] << 8 | data[1]);
    check_words((uint32_t)data[0] << 8 | data[1]);
    check_words(data[1]);
    check_words(0);
    text = plain_text(data + 2, size - 2);
    if (text != NULL && text[0] != '\0') {
        oracle_about("the word", (hoptls_msg){(const uint8_t *)text, strlen(text)});
        check_protocol(text);
        check_version(text);
        check_suite(text);
    }
    oracle_about(NULL, (hoptls_msg){NULL, 0});
    free(text);
    return 0;
}
