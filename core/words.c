/* The values of the enumerations as words: what documents and JSON say. */
#include "hoptls.h"

const char *hoptls_evidence_word(uint32_t evidence)
{
    switch (evidence) {
    case HOPTLS_EVIDENCE_SILENT: return "silent";
    case HOPTLS_EVIDENCE_NEGATIVE: return "negative";
    case HOPTLS_EVIDENCE_KEYWORD: return "keyword";
    case HOPTLS_EVIDENCE_DETAIL: return "detail";
    default: return "";
    }
}

const char *hoptls_silence_word(uint32_t silence)
{
    switch (silence) {
    case HOPTLS_SILENCE_PLAIN: return "plain";
    case HOPTLS_SILENCE_UNKNOWN: return "unknown";
    case HOPTLS_SILENCE_NOT_NETWORK: return "not-network";
    default: return "";
    }
}

const char *hoptls_scope_word(uint32_t scope)
{
    switch (scope) {
    case HOPTLS_SCOPE_HOST: return "host";
    case HOPTLS_SCOPE_INTERNAL: return "internal";
    case HOPTLS_SCOPE_EXTERNAL: return "external";
    case HOPTLS_SCOPE_UNDETERMINED: return "undetermined";
    default: return "";
    }
}

const char *hoptls_role_word(uint32_t role)
{
    switch (role) {
    case HOPTLS_ROLE_RELAY: return "relay";
    case HOPTLS_ROLE_SUBMISSION: return "submission";
    case HOPTLS_ROLE_DELIVERY: return "delivery";
    case HOPTLS_ROLE_RETRIEVAL: return "retrieval";
    case HOPTLS_ROLE_INJECTION: return "injection";
    default: return "";
    }
}

const char *hoptls_grade_word(uint32_t grade)
{
    switch (grade) {
    case HOPTLS_GRADE_NONE: return "none";
    case HOPTLS_GRADE_INFERRED: return "inferred";
    case HOPTLS_GRADE_DOCUMENT: return "document";
    case HOPTLS_GRADE_SOURCE: return "source";
    default: return "";
    }
}

const char *hoptls_client_cert_word(uint32_t client_cert)
{
    switch (client_cert) {
    case HOPTLS_CERT_NOT_ASKED: return "not-asked";
    case HOPTLS_CERT_NONE: return "none";
    case HOPTLS_CERT_UNVERIFIED: return "unverified";
    case HOPTLS_CERT_VERIFIED: return "verified";
    default: return "";
    }
}

const char *hoptls_verdict_word(uint32_t verdict)
{
    switch (verdict) {
    case HOPTLS_V_PLAIN: return "plain";
    case HOPTLS_V_UNKNOWN: return "unknown";
    case HOPTLS_V_WEAK: return "weak";
    case HOPTLS_V_TLS: return "tls";
    case HOPTLS_V_NONE_NEEDED: return "none-needed";
    default: return "";
    }
}

const char *hoptls_basis_word(uint32_t basis)
{
    switch (basis) {
    case HOPTLS_BASIS_STATED: return "stated";
    case HOPTLS_BASIS_KEYWORD: return "keyword";
    case HOPTLS_BASIS_STATED_NOT: return "stated-not";
    case HOPTLS_BASIS_SILENCE: return "silence";
    case HOPTLS_BASIS_NO_KNOWLEDGE: return "no-knowledge";
    case HOPTLS_BASIS_LOCAL: return "local";
    case HOPTLS_BASIS_SITE_PROFILE: return "site-profile";
    case HOPTLS_BASIS_LEARNED: return "learned";
    default: return "";
    }
}

const char *hoptls_rule_word(uint32_t rule)
{
    switch (rule) {
    case HOPTLS_RULE_VERSION: return "version";
    case HOPTLS_RULE_BITS: return "bits";
    case HOPTLS_RULE_SUITE: return "suite";
    case HOPTLS_RULE_NOT_STATED: return "not-stated";
    default: return "";
    }
}

const char *hoptls_flag_word(uint32_t flag)
{
    switch (flag) {
    case HOPTLS_F_NO_FROM: return "no-from";
    case HOPTLS_F_NO_BY: return "no-by";
    case HOPTLS_F_NO_DATE: return "no-date";
    case HOPTLS_F_REPEATED_BY: return "repeated-by";
    case HOPTLS_F_UNBALANCED: return "unbalanced";
    case HOPTLS_F_CONTROL: return "control";
    case HOPTLS_F_EIGHT_BIT: return "eight-bit";
    case HOPTLS_F_TOO_MANY: return "too-many";
    case HOPTLS_F_MISPLACED: return "misplaced";
    case HOPTLS_F_FOREIGN_FORM: return "foreign-form";
    case HOPTLS_F_CONFLICT: return "conflict";
    case HOPTLS_F_CHAIN_GAP: return "chain-gap";
    case HOPTLS_F_TIME_BACK: return "time-back";
    case HOPTLS_F_NAME_CLAIMED: return "name-claimed";
    case HOPTLS_F_FORGED_NAME: return "forged-name";
    case HOPTLS_F_AUTHENTICATED: return "authenticated";
    default: return "";
    }
}

const char *hoptls_protection_word(uint32_t bit)
{
    switch (bit) {
    case HOPTLS_P_PGP_MIME: return "pgp-mime";
    case HOPTLS_P_PGP_INLINE: return "pgp-inline";
    case HOPTLS_P_SMIME: return "smime";
    case HOPTLS_P_SIGNED: return "signed";
    case HOPTLS_P_PORTAL: return "portal";
    case HOPTLS_P_TLS_OPTIONAL: return "tls-optional";
    default: return "";
    }
}

const char *hoptls_parting_word(uint32_t bit)
{
    switch (bit) {
    case HOPTLS_J_RESENT: return "resent";
    case HOPTLS_J_DELIVERED: return "delivered";
    case HOPTLS_J_FORWARDED: return "forwarded";
    case HOPTLS_J_LIST: return "list";
    case HOPTLS_J_RECIPIENT: return "recipient";
    default: return "";
    }
}

const char *hoptls_version(void)
{
    return "0.1.0";
}
