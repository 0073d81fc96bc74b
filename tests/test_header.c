/* The header alone: first line of the file, nothing before it, as C11 and (through test_header.cpp) as C++11. Every
 * public name is used, every enumeration is looked at as a whole. Without cmocka, which is no C++. */
#include "hoptls.h"

#include <stdio.h>
#include <string.h>

static int number;
static int failures;

static void say(int good, const char *name)
{
    number++;
    failures += !good;
    printf("%s %d - %s\n", good ? "ok" : "not ok", number, name);
}

/* ---- enumerations and their words --------------------------------------------------------------------- */

typedef const char *word_of(uint32_t value);

static int is_word(const char *s)
{
    size_t i = 0;
    while ((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9') || s[i] == '-') {
        i++;
    }
    return i > 0 && s[i] == '\0';
}

/* Values with gaps of 16, or single bits; each with a word of its own. */
static int values_are_good(const uint32_t *value, size_t count, word_of *word, int bits)
{
    size_t good = 0;
    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        int shape = bits ? value[i] != 0 && (value[i] & (value[i] - 1)) == 0 : value[i] % 16 == 0;
        while (j < i && value[j] != value[i] && strcmp(word(value[j]), word(value[i])) != 0) {
            j++;
        }
        good += (size_t)(j == i && shape && (is_word(word(value[i])) || value[i] == 0));
    }
    return good == count;
}

/* No value but those listed has a word: a new one must come into this test too. Every value gives a string. */
static int others_have_none(const uint32_t *value, size_t count, word_of *word, int bits)
{
    size_t words = 0;
    size_t listed = 0;

    for (uint32_t i = 0; i < (bits ? 32 : 0x10000); i++) {
        words += word(bits ? (uint32_t)1 << i : i)[0] != '\0';
    }
    for (size_t i = 0; i < count; i++) {
        listed += word(value[i])[0] != '\0';
    }
    return words == listed && word(0xFFFFFFFFu)[0] == '\0' && (!bits || word(0)[0] == '\0');
}

static void enumeration(const char *name, const uint32_t *value, size_t count, word_of *word, int bits)
{
    say(values_are_good(value, count, word, bits) && others_have_none(value, count, word, bits), name);
}

#define ENUMERATION(name, word, bits, ...)                                                                   \
    do {                                                                                                     \
        const uint32_t values[] = {__VA_ARGS__};                                                             \
        enumeration(name, values, sizeof values / sizeof values[0], word, bits);                             \
    } while (0)

static void enumerations(void)
{
    ENUMERATION("evidence", hoptls_evidence_word, 0, HOPTLS_EVIDENCE_SILENT, HOPTLS_EVIDENCE_NEGATIVE,
                HOPTLS_EVIDENCE_KEYWORD, HOPTLS_EVIDENCE_DETAIL);
    ENUMERATION("silence", hoptls_silence_word, 0, HOPTLS_SILENCE_PLAIN, HOPTLS_SILENCE_UNKNOWN,
                HOPTLS_SILENCE_NOT_NETWORK);
    ENUMERATION("scope", hoptls_scope_word, 0, HOPTLS_SCOPE_HOST, HOPTLS_SCOPE_INTERNAL,
                HOPTLS_SCOPE_EXTERNAL, HOPTLS_SCOPE_UNDETERMINED);
    ENUMERATION("role", hoptls_role_word, 0, HOPTLS_ROLE_RELAY, HOPTLS_ROLE_SUBMISSION, HOPTLS_ROLE_DELIVERY,
                HOPTLS_ROLE_RETRIEVAL, HOPTLS_ROLE_INJECTION);
    ENUMERATION("grade", hoptls_grade_word, 0, HOPTLS_GRADE_NONE, HOPTLS_GRADE_INFERRED,
                HOPTLS_GRADE_DOCUMENT, HOPTLS_GRADE_SOURCE);
    ENUMERATION("client certificate", hoptls_client_cert_word, 0, HOPTLS_CERT_NOT_STATED,
                HOPTLS_CERT_NOT_ASKED, HOPTLS_CERT_NONE, HOPTLS_CERT_UNVERIFIED, HOPTLS_CERT_VERIFIED);
    ENUMERATION("verdict", hoptls_verdict_word, 0, HOPTLS_V_PLAIN, HOPTLS_V_UNKNOWN, HOPTLS_V_WEAK,
                HOPTLS_V_TLS, HOPTLS_V_NONE_NEEDED);
    ENUMERATION("basis", hoptls_basis_word, 0, HOPTLS_BASIS_STATED, HOPTLS_BASIS_KEYWORD,
                HOPTLS_BASIS_STATED_NOT, HOPTLS_BASIS_SILENCE, HOPTLS_BASIS_NO_KNOWLEDGE, HOPTLS_BASIS_LOCAL,
                HOPTLS_BASIS_SITE_PROFILE, HOPTLS_BASIS_LEARNED);
    ENUMERATION("rule", hoptls_rule_word, 0, HOPTLS_RULE_VERSION, HOPTLS_RULE_BITS, HOPTLS_RULE_SUITE,
                HOPTLS_RULE_NOT_STATED);
    ENUMERATION("flags", hoptls_flag_word, 1, HOPTLS_F_NO_FROM, HOPTLS_F_NO_BY, HOPTLS_F_NO_DATE,
                HOPTLS_F_REPEATED_BY, HOPTLS_F_UNBALANCED, HOPTLS_F_CONTROL, HOPTLS_F_EIGHT_BIT,
                HOPTLS_F_TOO_MANY, HOPTLS_F_MISPLACED, HOPTLS_F_FOREIGN_FORM, HOPTLS_F_CONFLICT,
                HOPTLS_F_CHAIN_GAP, HOPTLS_F_TIME_BACK, HOPTLS_F_NAME_CLAIMED, HOPTLS_F_FORGED_NAME,
                HOPTLS_F_AUTHENTICATED);
    ENUMERATION("protection", hoptls_protection_word, 1, HOPTLS_P_PGP_MIME, HOPTLS_P_PGP_INLINE,
                HOPTLS_P_SMIME, HOPTLS_P_SIGNED, HOPTLS_P_PORTAL, HOPTLS_P_TLS_OPTIONAL);
}

/* Enumerations that have no words. */
static void numbers(void)
{
    const uint32_t token[] = {HOPTLS_TOKEN_SPACE,   HOPTLS_TOKEN_WORD,  HOPTLS_TOKEN_QUOTED,
                              HOPTLS_TOKEN_LITERAL, HOPTLS_TOKEN_ANGLE, HOPTLS_TOKEN_OPEN,
                              HOPTLS_TOKEN_CLOSE,   HOPTLS_TOKEN_TEXT,  HOPTLS_TOKEN_SEMI,
                              HOPTLS_TOKEN_STRAY,   HOPTLS_NO_HOP};
    const uint32_t network[] = {HOPTLS_NET_NONE,    HOPTLS_NET_LOOPBACK, HOPTLS_NET_LINK_LOCAL,
                                HOPTLS_NET_PRIVATE, HOPTLS_NET_SHARED,   HOPTLS_NET_PUBLIC};
    const uint32_t suite[] = {HOPTLS_SUITE_NULL, HOPTLS_SUITE_ANONYMOUS, HOPTLS_SUITE_EXPORT,
                              HOPTLS_SUITE_DES,  HOPTLS_SUITE_RC4,       HOPTLS_SUITE_3DES,
                              HOPTLS_SUITE_CBC,  HOPTLS_SUITE_MD5,       HOPTLS_SUITE_STATIC,
                              HOPTLS_SUITE_AEAD, HOPTLS_SUITE_PSK,       HOPTLS_SUITE_RECOMMENDED};
    const size_t tokens = sizeof token / sizeof token[0];
    const size_t networks = sizeof network / sizeof network[0];
    const size_t suites = sizeof suite / sizeof suite[0];
    int rising = 1;
    uint32_t joined = 0;

    for (size_t i = 1; i < tokens; i++) {
        rising = rising && token[i - 1] < token[i];
    }
    for (size_t i = 1; i < networks; i++) {
        rising = rising && network[i - 1] < network[i];
    }
    say(rising, "kinds of token and of network are distinct");
    for (size_t i = 0; i < suites; i++) {
        rising = rising && (joined & suite[i]) == 0;
        joined |= suite[i];
    }
    say(rising && joined <= 0xFFFF, "properties of a suite are distinct bits that fit");
    say(HOPTLS_MORE > 0 && HOPTLS_END == 0 && HOPTLS_OK == 0 && HOPTLS_E_ARG < 0 &&
            HOPTLS_E_SIZE < HOPTLS_E_ARG,
        "a status is negative for a wrong call only");
    say(HOPTLS_V_PLAIN < HOPTLS_V_UNKNOWN && HOPTLS_V_UNKNOWN < HOPTLS_V_WEAK &&
            HOPTLS_V_WEAK < HOPTLS_V_TLS && HOPTLS_V_TLS < HOPTLS_V_NONE_NEEDED,
        "the worst verdict is the smallest");
}

/* ---- words of tables ---------------------------------------------------------------------------------- */

static const char *version_word(uint16_t version, uint8_t any)
{
    hoptls_tls tls;
    memset(&tls, 0, sizeof tls);
    tls.version = version;
    tls.any_version = any;
    return hoptls_tls_version_word(&tls);
}

static void versions(void)
{
    int total = 1;
    for (uint32_t v = 0; v < 0x10000; v++) {
        total = total && version_word((uint16_t)v, 0) != NULL;
    }
    say(total && hoptls_tls_version_word(NULL) != NULL, "every version of TLS gives a string");
    say(strcmp(version_word(0x0304, 0), "1.3") == 0 && strcmp(version_word(0x0303, 0), "1.2") == 0 &&
            strcmp(version_word(0x0302, 0), "1.1") == 0 && strcmp(version_word(0x0301, 0), "1.0") == 0 &&
            strcmp(version_word(0x0300, 0), "ssl3") == 0 && strcmp(version_word(0x0002, 0), "ssl2") == 0 &&
            strcmp(version_word(0, 1), "any") == 0 && strcmp(version_word(0, 0), "") == 0,
        "versions of TLS have their words");
}

static void names(word_of *name, const char *what)
{
    size_t some = 0;
    int total = 1;
    for (uint32_t v = 0; v < 0x10000; v++) {
        const char *s = name(v);
        total = total && s != NULL && strlen(s) < 64;
        some += s[0] != '\0';
    }
    say(total && some > 2 && name(0xFFFFFFFFu)[0] == '\0' && name(0x10001u)[0] == '\0', what);
}

static void version_of_the_library(void)
{
    char want[40];
    snprintf(want, sizeof want, "%d.%d.%d", HOPTLS_VERSION_MAJOR, HOPTLS_VERSION_MINOR, HOPTLS_VERSION_PATCH);
    say(strcmp(hoptls_version(), want) == 0, "the library has the version of its header");
#ifdef PROJECT_VERSION
    say(strcmp(hoptls_version(), PROJECT_VERSION) == 0, "and of the project");
#endif
}

/* ---- the calls ---------------------------------------------------------------------------------------- */

static const char mail[] = "Received: from a.example.org (a.example.org [192.0.2.1])\n"
                           "\tby b.example.com (Postfix) with ESMTPS id 1\n\nbody";

/* Use as the opening comment of the header shows it. */
static void whole_use(void)
{
    hoptls_hop hops[32];
    hoptls_report report;
    hoptls_policy policy;
    hoptls_msg msg;

    memset(&policy, 0, sizeof policy);
    msg.ptr = (const uint8_t *)mail;
    msg.len = sizeof mail - 1;
    say(hoptls_message_read(msg, &policy, hops, 32, &report) == HOPTLS_OK && report.hops == 1 &&
            report.claimed == HOPTLS_V_TLS && hops[0].evidence == HOPTLS_EVIDENCE_KEYWORD,
        "a message is read at one call");
}

/* The same by hand, as a caller does who sets facts of his own between reading and judging. */
static void use_by_steps(void)
{
    hoptls_hop hop;
    hoptls_report report;
    hoptls_field field;
    hoptls_tokens_state tokens;
    hoptls_token token;
    hoptls_msg msg;
    hoptls_msg one;
    size_t at = 0;
    uint32_t pos = 0;
    int good = 1;

    msg.ptr = (const uint8_t *)mail;
    msg.len = sizeof mail - 1;
    good =
        good && hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE && hoptls_field_is_received(msg, &field);
    good = good && hoptls_tokens(msg, field.value, &tokens) == HOPTLS_OK;
    good = good && hoptls_token_next(msg, &tokens, &token) == HOPTLS_MORE && token.kind == HOPTLS_TOKEN_SPACE;
    good = good && hoptls_hop_read(msg, &field, &hop) == HOPTLS_OK;
    good = good && hoptls_hop_route(msg, NULL, &hop) == HOPTLS_OK;
    good = good && hoptls_hop_judge(&hop, NULL) == HOPTLS_OK && hop.verdict == HOPTLS_V_TLS;
    good = good && hoptls_report_begin(&report, NULL) == HOPTLS_OK;
    good = good && hoptls_report_add(&report, &hop) == HOPTLS_OK && hoptls_report_end(&report) == HOPTLS_OK;
    good = good && report.claimed == HOPTLS_V_TLS && report.hops == 1;
    good = good && hoptls_content_field(msg, &field) == 0 && hoptls_content_body(msg, pos) == 0;
    good = good && hoptls_field_next(msg, &pos, &field) == HOPTLS_END && mail[pos] == 'b';
    good = good && hoptls_mbox_next(msg, &at, &one) == HOPTLS_MORE && one.len == msg.len;
    say(good, "a message is read step by step");
}

int main(void)
{
    enumerations();
    numbers();
    versions();
    names(hoptls_writer_name, "writers have names");
    names(hoptls_provider_name, "providers have names");
    names(hoptls_suite_name, "cipher suites have names");
    version_of_the_library();
    whole_use();
    use_by_steps();
    printf("1..%d\n", number);
    return failures > 0;
}
