#include "policy.h"

#include <string.h>

/* Traits of a suite beside those of the library, in bits that it leaves free. */
enum {
    TRAIT_FINITE_FIELD = 1 << 13,  /* ephemeral Diffie-Hellman in a finite field: TLS_DHE_ */
    TRAIT_RSA_TRANSPORT = 1 << 14, /* the key is encrypted to the certificate: TLS_RSA_ */
    TRAIT_NOT_LISTED =
        1 << 15 /* by NIST: another cipher than AES, or a password in the place of a certificate */
};

/* A rule of a policy: what breaks it, and its words. Where the library names a broken rule, the first row with that
 * rule and one of the suite's traits tells which. */
struct rule {
    uint8_t broken;  /* hoptls_rule */
    uint32_t traits; /* of a suite; 0: any */
    const char *words;
};

struct named_policy {
    const char *name;
    const char *title; /* stands before the words of each rule */
    uint16_t min_version;
    uint16_t min_bits;
    const struct rule *rules; /* the last one has no words */
};

/* RFC 9325 (BCP 195), for TLS 1.2 and 1.3. Both its MUST NOT and its SHOULD NOT are rules here: the words tell which.
 *
 * Anonymous suites break none of them. Section 4.1 does not name them; section 5.1 counts authentication among the
 * services of TLS, but section 5.2 lets go of what would only push opportunistic security (RFC 7435) back to
 * plaintext. Between mail servers a certificate is not checked as a rule (RFC 7672 section 1.3), so that a suite without
 * one loses nothing that the other suites gave. Who needs to know the server's name asks for `nist-800-52r2`.
 *
 * CBC suites break none either: section 4.2 would not have them used without encrypt_then_mac (RFC 7366), but no
 * Received field tells whether that was negotiated. */
/* clang-format off */
static const struct rule rfc9325[] = {
    {HOPTLS_RULE_VERSION, 0, "RFC 9325 section 3.1.1: versions before TLS 1.2 must not be negotiated"},
    {HOPTLS_RULE_BITS, 0,
     "RFC 9325 section 4.1: keys under 112 bits must not be negotiated, and keys under 128 should not"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_NULL, "RFC 9325 section 4.1: suites that encrypt nothing must not be negotiated"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_RC4, "RFC 9325 section 4.1: RC4 must not be negotiated"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_EXPORT | HOPTLS_SUITE_DES,
     "RFC 9325 section 4.1: suites of less than 112 bits of security must not be negotiated"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_3DES,
     "RFC 9325 section 4.1: suites of less than 128 bits of security should not be negotiated, and 3DES has 112"},
    {HOPTLS_RULE_SUITE, TRAIT_RSA_TRANSPORT, "RFC 9325 section 4.1: static RSA should not be negotiated"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_STATIC,
     "RFC 9325 section 4.1: suites without forward secrecy should not be negotiated"},
    {HOPTLS_RULE_SUITE, TRAIT_FINITE_FIELD,
     "RFC 9325 section 4.1: ephemeral Diffie-Hellman in a finite field should not be negotiated"},
    {0, 0, NULL},
};

/* NIST SP 800-52 revision 2. Section 3.3.1 lists the suites that are approved, and no others but those of appendix C
 * (pre-shared keys) and D: all of them are AES, in GCM, CCM or CBC, and all but appendix C's have a certificate of the server
 * (section 3.2), so that anonymous suites and passwords (SRP, ECCPWD) are out, in mail too: it knows no opportunistic
 * exception. The lists keep static Diffie-Hellman (3.3.1.1.4 and .5), so that forward
 * secrecy is no rule. RSA key transport is left to appendix D.1 for a time of transition, which SP 800-131A revision 2
 * (section 6) ended with 2023; so did its section 2 for 3DES. */
static const struct rule nist[] = {
    {HOPTLS_RULE_VERSION, 0, "NIST SP 800-52r2 section 3.1: TLS 1.2 at least"},
    {HOPTLS_RULE_BITS, 0, "NIST SP 800-52r2 section 3.3.1: AES, with 128 bits at least"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_NULL, "NIST SP 800-52r2 section 3.3.1: no suite that encrypts nothing"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_ANONYMOUS,
     "NIST SP 800-52r2 sections 3.2 and 3.3.1: the server has a certificate; no anonymous suite"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_3DES,
     "NIST SP 800-52r2 section 3.3.1, and SP 800-131Ar2 section 2: 3DES is not approved since 2024"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_EXPORT | HOPTLS_SUITE_DES | HOPTLS_SUITE_RC4 | TRAIT_NOT_LISTED,
     "NIST SP 800-52r2 section 3.3.1 and appendix C: no cipher but AES, no password for a certificate"},
    {HOPTLS_RULE_SUITE, HOPTLS_SUITE_MD5, "NIST SP 800-52r2 section 3.3.1: MD5 is not approved"},
    {HOPTLS_RULE_SUITE, TRAIT_RSA_TRANSPORT,
     "NIST SP 800-52r2 section 3.3.1 and appendix D.1: RSA key transport is not approved since 2024"},
    {0, 0, NULL},
};

static const struct rule none[] = {
    {0, 0, NULL},
};

/* HIPAA names no cipher. What it takes for encrypted in motion is said by the guidance of the Department of Health and
 * Human Services under 45 CFR 164.402 (74 FR 19006, 27 April 2009, and again 74 FR 42740, 24 August 2009): what complies, as
 * appropriate, with NIST SP 800-52, or is validated under FIPS 140-2. */
static const struct named_policy policies[] = {
    {"any", "", 0, 0, none},
    {"rfc9325", "", 0x0303, 128, rfc9325},
    {"nist-800-52r2", "", 0x0303, 128, nist},
    {"hipaa", "HIPAA, as HHS reads it (74 FR 19006), ", 0x0303, 128, nist},
};
/* clang-format on */

const struct named_policy *policy_find(const char *name)
{
    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
        if (strcmp(policies[i].name, name) == 0) {
            return &policies[i];
        }
    }
    return NULL;
}

void policy_fill(const struct named_policy *named, hoptls_policy *policy)
{
    policy->min_version = named->min_version;
    policy->min_bits = named->min_bits;
    policy->forbidden = 0;
    for (const struct rule *rule = named->rules; rule->words != NULL; rule++) {
        policy->forbidden |= rule->broken == HOPTLS_RULE_SUITE ? rule->traits : 0;
    }
}

static int begins(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

void policy_mark(hoptls_hop *hop)
{
    const char *name = hop->tls.suite != 0 ? hoptls_suite_name(hop->tls.suite) : "";
    unsigned traits = hop->tls.traits;
    if (name[0] == '\0') {
        return;
    }
    traits |= begins(name, "TLS_DHE_") ? TRAIT_FINITE_FIELD : 0;
    traits |= begins(name, "TLS_RSA_") ? TRAIT_RSA_TRANSPORT : 0;
    traits |= strstr(name, "_AES_") == NULL || begins(name, "TLS_SRP_") || begins(name, "TLS_ECCPWD_")
                  ? TRAIT_NOT_LISTED
                  : 0;
    hop->tls.traits = (uint16_t)traits;
}

const char *policy_rule(const struct named_policy *named, const hoptls_hop *hop)
{
    const struct rule *rule = named->rules;
    while (rule->words != NULL &&
           (rule->broken != hop->weak || (rule->traits != 0 && (rule->traits & hop->tls.traits) == 0))) {
        rule++;
    }
    return rule->words;
}

const char *policy_title(const struct named_policy *named)
{
    return named->title;
}
