/* Values as words: each value has one of its own, whatever is no value has none. */
#include "cases.h"
#include "hoptls.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

typedef struct word_case {
    uint32_t value;
    const char *word;
} word_case;

/* How each kind of value is named. */
typedef struct vocabulary {
    const char *name;
    const char *(*word)(uint32_t value);
    const word_case *words;
    size_t count;
} vocabulary;

/* clang-format off */
static const word_case evidence_words[] = {
    {HOPTLS_EVIDENCE_SILENT, "silent"}, {HOPTLS_EVIDENCE_NEGATIVE, "negative"}, {HOPTLS_EVIDENCE_KEYWORD, "keyword"}, {HOPTLS_EVIDENCE_DETAIL, "detail"},
};
static const word_case silence_words[] = {
    {HOPTLS_SILENCE_PLAIN, "plain"}, {HOPTLS_SILENCE_UNKNOWN, "unknown"}, {HOPTLS_SILENCE_NOT_NETWORK, "not-network"},
};
static const word_case scope_words[] = {
    {HOPTLS_SCOPE_HOST, "host"}, {HOPTLS_SCOPE_INTERNAL, "internal"}, {HOPTLS_SCOPE_EXTERNAL, "external"}, {HOPTLS_SCOPE_UNDETERMINED, "undetermined"},
};
static const word_case role_words[] = {
    {HOPTLS_ROLE_RELAY, "relay"}, {HOPTLS_ROLE_SUBMISSION, "submission"}, {HOPTLS_ROLE_DELIVERY, "delivery"}, {HOPTLS_ROLE_RETRIEVAL, "retrieval"},
    {HOPTLS_ROLE_INJECTION, "injection"},
};
static const word_case grade_words[] = {
    {HOPTLS_GRADE_NONE, "none"}, {HOPTLS_GRADE_INFERRED, "inferred"}, {HOPTLS_GRADE_DOCUMENT, "document"}, {HOPTLS_GRADE_SOURCE, "source"},
};
static const word_case cert_words[] = {
    {HOPTLS_CERT_NOT_ASKED, "not-asked"}, {HOPTLS_CERT_NONE, "none"}, {HOPTLS_CERT_UNVERIFIED, "unverified"}, {HOPTLS_CERT_VERIFIED, "verified"},
};
static const word_case verdict_words[] = {
    {HOPTLS_V_PLAIN, "plain"}, {HOPTLS_V_UNKNOWN, "unknown"}, {HOPTLS_V_WEAK, "weak"}, {HOPTLS_V_TLS, "tls"}, {HOPTLS_V_NONE_NEEDED, "none-needed"},
};
static const word_case basis_words[] = {
    {HOPTLS_BASIS_STATED, "stated"}, {HOPTLS_BASIS_KEYWORD, "keyword"}, {HOPTLS_BASIS_STATED_NOT, "stated-not"}, {HOPTLS_BASIS_SILENCE, "silence"},
    {HOPTLS_BASIS_NO_KNOWLEDGE, "no-knowledge"}, {HOPTLS_BASIS_LOCAL, "local"}, {HOPTLS_BASIS_SITE_PROFILE, "site-profile"}, {HOPTLS_BASIS_LEARNED, "learned"},
};
static const word_case rule_words[] = {
    {HOPTLS_RULE_VERSION, "version"}, {HOPTLS_RULE_BITS, "bits"}, {HOPTLS_RULE_SUITE, "suite"}, {HOPTLS_RULE_NOT_STATED, "not-stated"},
};
static const word_case flag_words[] = {
    {HOPTLS_F_NO_FROM, "no-from"}, {HOPTLS_F_NO_BY, "no-by"}, {HOPTLS_F_NO_DATE, "no-date"}, {HOPTLS_F_REPEATED_BY, "repeated-by"},
    {HOPTLS_F_UNBALANCED, "unbalanced"}, {HOPTLS_F_CONTROL, "control"}, {HOPTLS_F_EIGHT_BIT, "eight-bit"}, {HOPTLS_F_TOO_MANY, "too-many"},
    {HOPTLS_F_MISPLACED, "misplaced"}, {HOPTLS_F_FOREIGN_FORM, "foreign-form"}, {HOPTLS_F_CONFLICT, "conflict"}, {HOPTLS_F_CHAIN_GAP, "chain-gap"},
    {HOPTLS_F_TIME_BACK, "time-back"}, {HOPTLS_F_NAME_CLAIMED, "name-claimed"}, {HOPTLS_F_FORGED_NAME, "forged-name"}, {HOPTLS_F_AUTHENTICATED, "authenticated"},
};
static const word_case protection_words[] = {
    {HOPTLS_P_PGP_MIME, "pgp-mime"}, {HOPTLS_P_PGP_INLINE, "pgp-inline"}, {HOPTLS_P_SMIME, "smime"}, {HOPTLS_P_SIGNED, "signed"},
    {HOPTLS_P_PORTAL, "portal"}, {HOPTLS_P_TLS_OPTIONAL, "tls-optional"},
};

#define VOCABULARY(kind) {#kind, hoptls_##kind##_word, kind##_words, COUNT(kind##_words)}

static const vocabulary vocabularies[] = {
    VOCABULARY(evidence), VOCABULARY(silence), VOCABULARY(scope), VOCABULARY(role), VOCABULARY(grade), VOCABULARY(verdict), VOCABULARY(basis),
    VOCABULARY(rule), VOCABULARY(flag), VOCABULARY(protection), {"client_cert", hoptls_client_cert_word, cert_words, COUNT(cert_words)},
};
/* clang-format on */

/* The word that the tables above give to a value, "" for none. */
static const char *word_of(const vocabulary *v, uint32_t value)
{
    size_t i = 0;
    while (i < v->count && v->words[i].value != value) {
        i++;
    }
    return i < v->count ? v->words[i].word : "";
}

static void every_number_has_its_word_or_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vocabularies); i++) {
        const vocabulary *v = &vocabularies[i];
        for (uint32_t value = 0; value <= UINT16_MAX; value++) {
            assert_string_equal(v->word(value), word_of(v, value));
        }
        assert_string_equal(v->word(UINT32_MAX), "");
        assert_string_equal(v->word((uint32_t)INT32_MAX + 1), "");
    }
}

/* A word may stand in JSON, in a row of CSV, in a shell's pattern. */
static void words_are_plain(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vocabularies); i++) {
        for (size_t k = 0; k < vocabularies[i].count; k++) {
            const char *word = vocabularies[i].words[k].word;
            assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz-"), strlen(word));
            assert_true(word[0] != '\0' && word[0] != '-');
        }
    }
}

static void no_word_has_two_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vocabularies); i++) {
        const vocabulary *v = &vocabularies[i];
        for (size_t k = 0; k < v->count * v->count; k++) {
            size_t a = k / v->count;
            size_t b = k % v->count;
            assert_true(a == b || strcmp(v->words[a].word, v->words[b].word) != 0);
        }
    }
}

/* Gaps of sixteen leave room for values to come, and bits are single bits. */
static void values_leave_gaps(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vocabularies); i++) {
        const vocabulary *v = &vocabularies[i];
        int is_set = strcmp(v->name, "flag") == 0 || strcmp(v->name, "protection") == 0;
        for (size_t k = 0; k < v->count; k++) {
            uint32_t value = v->words[k].value;
            assert_true(is_set ? (value & (value - 1)) == 0 && value != 0 : value % 16 == 0);
        }
    }
}

static void the_version_is_the_headers(void **state)
{
    char version[32];
    (void)state;
    snprintf(version, sizeof version, "%d.%d.%d", HOPTLS_VERSION_MAJOR, HOPTLS_VERSION_MINOR,
             HOPTLS_VERSION_PATCH);
    assert_string_equal(hoptls_version(), version);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_has_its_word_or_none),
        cmocka_unit_test(words_are_plain),
        cmocka_unit_test(no_word_has_two_values),
        cmocka_unit_test(values_leave_gaps),
        cmocka_unit_test(the_version_is_the_headers),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
