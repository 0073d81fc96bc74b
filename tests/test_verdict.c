/* Facts and a policy into verdicts, against the same rules written down once more as a table; and hops into a report. */
#include "cases.h"
#include "hoptls.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const uint8_t scopes[] = {HOPTLS_SCOPE_HOST, HOPTLS_SCOPE_INTERNAL, HOPTLS_SCOPE_EXTERNAL,
                                 HOPTLS_SCOPE_UNDETERMINED};
static const uint8_t evidences[] = {HOPTLS_EVIDENCE_SILENT, HOPTLS_EVIDENCE_NEGATIVE, HOPTLS_EVIDENCE_KEYWORD,
                                    HOPTLS_EVIDENCE_DETAIL};
static const uint8_t silences[] = {HOPTLS_SILENCE_PLAIN, HOPTLS_SILENCE_UNKNOWN, HOPTLS_SILENCE_NOT_NETWORK};
static const uint8_t bases[] = {HOPTLS_BASIS_SILENCE, HOPTLS_BASIS_SITE_PROFILE, HOPTLS_BASIS_LEARNED};
static const uint8_t networks[] = {HOPTLS_NET_NONE,    HOPTLS_NET_LOOPBACK, HOPTLS_NET_LINK_LOCAL,
                                   HOPTLS_NET_PRIVATE, HOPTLS_NET_SHARED,   HOPTLS_NET_PUBLIC};
static const uint8_t roles[] = {HOPTLS_ROLE_RELAY, HOPTLS_ROLE_SUBMISSION, HOPTLS_ROLE_DELIVERY,
                                HOPTLS_ROLE_RETRIEVAL, HOPTLS_ROLE_INJECTION};
static const uint32_t flag_sets[] = {0, HOPTLS_F_NAME_CLAIMED, (uint32_t)~HOPTLS_F_NAME_CLAIMED};

/* ---- the oracle --------------------------------------------------------------------------------------- */

/* The first row that fits tells the verdict; 0 fits all. */
typedef struct rule {
    uint8_t scope;
    uint8_t evidence;
    uint8_t silence;
    uint8_t silence_basis;
    uint8_t network;
    uint8_t verdict;
    uint8_t basis;
} rule;

enum { NO_ADDRESS = 1 }; /* for HOPTLS_NET_NONE, which would fit all */

/* clang-format off */
static const rule rules[] = {
    /* one machine needs no TLS, whatever is said of it */
    {HOPTLS_SCOPE_HOST, 0, 0, 0, 0, HOPTLS_V_NONE_NEEDED, HOPTLS_BASIS_LOCAL},
    /* what is stated */
    {0, HOPTLS_EVIDENCE_NEGATIVE, 0, 0, 0, HOPTLS_V_PLAIN, HOPTLS_BASIS_STATED_NOT},
    {0, HOPTLS_EVIDENCE_DETAIL, 0, 0, 0, HOPTLS_V_TLS, HOPTLS_BASIS_STATED},
    {0, HOPTLS_EVIDENCE_KEYWORD, 0, 0, 0, HOPTLS_V_TLS, HOPTLS_BASIS_KEYWORD},
    /* what silence means: by the writer's habit it tells of hops from the Internet or from nowhere in particular */
    {0, 0, HOPTLS_SILENCE_NOT_NETWORK, 0, 0, HOPTLS_V_NONE_NEEDED, HOPTLS_BASIS_LOCAL},
    {0, 0, HOPTLS_SILENCE_PLAIN, HOPTLS_BASIS_SITE_PROFILE, 0, HOPTLS_V_PLAIN, HOPTLS_BASIS_SITE_PROFILE},
    {0, 0, HOPTLS_SILENCE_PLAIN, HOPTLS_BASIS_LEARNED, 0, HOPTLS_V_PLAIN, HOPTLS_BASIS_LEARNED},
    {0, 0, HOPTLS_SILENCE_PLAIN, HOPTLS_BASIS_SILENCE, HOPTLS_NET_PUBLIC, HOPTLS_V_PLAIN, HOPTLS_BASIS_SILENCE},
    {0, 0, HOPTLS_SILENCE_PLAIN, HOPTLS_BASIS_SILENCE, NO_ADDRESS, HOPTLS_V_PLAIN, HOPTLS_BASIS_SILENCE},
    {0, 0, 0, 0, 0, HOPTLS_V_UNKNOWN, HOPTLS_BASIS_NO_KNOWLEDGE},
};
/* clang-format on */

static int fits(uint8_t wanted, uint8_t is)
{
    return wanted == 0 || wanted == is;
}

static const rule *rule_of(const hoptls_hop *h)
{
    uint8_t network = h->addr.family == 0 ? (uint8_t)NO_ADDRESS : h->addr.network;
    size_t i = 0;
    while (!(fits(rules[i].scope, h->scope) && fits(rules[i].evidence, h->evidence) &&
             fits(rules[i].silence, h->silence) && fits(rules[i].silence_basis, h->silence_basis) &&
             fits(rules[i].network, network))) {
        i++;
    }
    return &rules[i];
}

/* A hop weighs if it left an organisation or may have, unless it is a step that servers seldom record. */
static int should_count(const hoptls_hop *h, uint8_t verdict, int count_internal)
{
    int claimed = (h->flags & HOPTLS_F_NAME_CLAIMED) != 0;
    int inside = h->scope == HOPTLS_SCOPE_INTERNAL && !claimed;
    int servers = h->role == HOPTLS_ROLE_RELAY || h->role == HOPTLS_ROLE_DELIVERY;
    if (verdict == HOPTLS_V_NONE_NEEDED || (inside && !count_internal)) {
        return 0;
    }
    return servers || verdict != HOPTLS_V_UNKNOWN;
}

/* ---- every combination of facts ------------------------------------------------------------------------ */

static hoptls_hop facts(uint8_t scope, uint8_t evidence, uint8_t silence, uint8_t basis)
{
    hoptls_hop h;
    memset(&h, 0, sizeof h);
    h.scope = scope;
    h.evidence = evidence;
    h.silence = evidence == HOPTLS_EVIDENCE_SILENT ? silence : 0;
    h.silence_basis = evidence == HOPTLS_EVIDENCE_SILENT ? basis : 0;
    h.role = HOPTLS_ROLE_RELAY;
    h.addr.family = 4;
    h.addr.network = HOPTLS_NET_PUBLIC;
    h.tls.version = 0x0303;
    return h;
}

static void judge_as_the_rules(hoptls_hop h, const hoptls_policy *policy)
{
    const rule *expected = rule_of(&h);
    int weak = expected->verdict == HOPTLS_V_TLS && policy->min_version > h.tls.version;
    uint8_t verdict = weak ? (uint8_t)HOPTLS_V_WEAK : expected->verdict;

    memset(&h.verdict, 0xFF, 4);
    assert_int_equal(hoptls_hop_judge(&h, policy), HOPTLS_OK);
    assert_int_equal(h.verdict, verdict);
    assert_int_equal(h.basis, expected->basis);
    assert_int_equal(h.weak, weak ? HOPTLS_RULE_VERSION : 0);
    assert_int_equal(h.counts, should_count(&h, verdict, policy->count_internal));
}

static void with_every_peer(hoptls_hop h, const hoptls_policy *policy)
{
    for (size_t n = 0; n < COUNT(networks); n++) {
        h.addr.network = networks[n];
        h.addr.family = networks[n] == HOPTLS_NET_NONE ? 0 : 4;
        for (size_t r = 0; r < COUNT(roles); r++) {
            h.role = roles[r];
            for (size_t f = 0; f < COUNT(flag_sets); f++) {
                h.flags = flag_sets[f];
                judge_as_the_rules(h, policy);
            }
        }
    }
}

static void every_combination_is_judged_by_the_rules(void **state)
{
    static const hoptls_policy policies[] = {{0, 0, 0, 0, 0, 0},
                                             {0, 0, 0, 0, 1, 0},
                                             {0x0303, 0, 0, 0, 0, 0},
                                             {0x0304, 0, 0, 0, 0, 0},
                                             {0x0304, 0, 0, 0, 1, 7}};
    (void)state;
    for (size_t p = 0; p < COUNT(policies); p++) {
        for (size_t s = 0; s < COUNT(scopes); s++) {
            for (size_t e = 0; e < COUNT(evidences); e++) {
                for (size_t q = 0; q < COUNT(silences) * COUNT(bases); q++) {
                    with_every_peer(facts(scopes[s], evidences[e], silences[q % COUNT(silences)],
                                          bases[q / COUNT(silences)]),
                                    &policies[p]);
                }
            }
        }
    }
}

/* Nothing but the evidence makes TLS of a hop. */
static void no_silence_is_ever_tls(void **state)
{
    (void)state;
    for (size_t s = 0; s < COUNT(scopes); s++) {
        for (size_t q = 0; q < COUNT(silences) * COUNT(bases); q++) {
            hoptls_hop h = facts(scopes[s], HOPTLS_EVIDENCE_SILENT, silences[q % COUNT(silences)],
                                 bases[q / COUNT(silences)]);
            assert_int_equal(hoptls_hop_judge(&h, NULL), HOPTLS_OK);
            assert_true(h.verdict != HOPTLS_V_TLS && h.verdict != HOPTLS_V_WEAK);
        }
    }
}

static void no_policy_is_the_policy_of_all_zeros(void **state)
{
    static const hoptls_policy any = {0, 0, 0, 0, 0, 0};
    (void)state;
    for (size_t s = 0; s < COUNT(scopes); s++) {
        for (size_t e = 0; e < COUNT(evidences); e++) {
            hoptls_hop one = facts(scopes[s], evidences[e], HOPTLS_SILENCE_PLAIN, HOPTLS_BASIS_SILENCE);
            hoptls_hop other = one;
            assert_int_equal(hoptls_hop_judge(&one, NULL), HOPTLS_OK);
            assert_int_equal(hoptls_hop_judge(&other, &any), HOPTLS_OK);
            assert_memory_equal(&one, &other, sizeof one);
        }
    }
}

static void judging_changes_no_fact(void **state)
{
    hoptls_hop before = facts(HOPTLS_SCOPE_EXTERNAL, HOPTLS_EVIDENCE_DETAIL, 0, 0);
    hoptls_hop after = before;
    const hoptls_policy strict = {0x0304, 256, 0xFFFF, 1, 1, 1};

    (void)state;
    assert_int_equal(hoptls_hop_judge(&after, &strict), HOPTLS_OK);
    assert_int_equal(after.verdict, HOPTLS_V_WEAK);
    assert_memory_equal(&after, &before, offsetof(hoptls_hop, verdict));
    assert_int_equal(hoptls_hop_judge(NULL, &strict), HOPTLS_E_ARG);
}

/* ---- a policy ----------------------------------------------------------------------------------------- */

typedef struct policy_case {
    uint16_t version, floor, bits, traits;                 /* of the hop */
    uint16_t min_version, min_bits, forbidden, must_state; /* of the policy */
    uint8_t rule;
} policy_case;

/* clang-format off */
static void a_hop_is_weak_by_the_first_rule_that_it_breaks(void **state)
{
    static const policy_case table[] = {
        /* the version as stated */
        {0x0303, 0, 0, 0, 0x0303, 0, 0, 0, 0},
        {0x0304, 0, 0, 0, 0x0303, 0, 0, 0, 0},
        {0x0302, 0, 0, 0, 0x0303, 0, 0, 0, HOPTLS_RULE_VERSION},
        {0x0300, 0, 0, 0, 0x0301, 0, 0, 0, HOPTLS_RULE_VERSION},
        {0x0002, 0, 0, 0, 0x0300, 0, 0, 0, HOPTLS_RULE_VERSION},
        {0x0002, 0, 0, 0, 0, 0, 0, 0, 0},
        {0x0301, 0x0303, 0, 0, 0x0303, 0, 0, 0, HOPTLS_RULE_VERSION},
        /* or as the suite implies it */
        {0, 0x0303, 0, 0, 0x0303, 0, 0, 1, 0},
        {0, 0x0304, 0, 0, 0x0303, 0, 0, 1, 0},
        {0, 0x0303, 0, 0, 0x0304, 0, 0, 0, 0},
        {0, 0x0303, 0, 0, 0x0304, 0, 0, 1, HOPTLS_RULE_NOT_STATED},
        {0, 0, 0, 0, 0x0303, 0, 0, 0, 0},
        {0, 0, 0, 0, 0x0303, 0, 0, 1, HOPTLS_RULE_NOT_STATED},
        {0, 0, 0, 0, 0, 0, 0, 1, 0},
        /* the key */
        {0x0303, 0, 128, 0, 0, 128, 0, 0, 0},
        {0x0303, 0, 127, 0, 0, 128, 0, 0, HOPTLS_RULE_BITS},
        {0x0303, 0, 0, 0, 0, 128, 0, 0, 0},
        /* the suite */
        {0x0303, 0, 0, HOPTLS_SUITE_RC4 | HOPTLS_SUITE_MD5, 0, 0, HOPTLS_SUITE_RC4, 0, HOPTLS_RULE_SUITE},
        {0x0303, 0, 0, HOPTLS_SUITE_AEAD, 0, 0, HOPTLS_SUITE_RC4, 0, 0},
        {0x0303, 0, 0, HOPTLS_SUITE_ANONYMOUS, 0, 0, 0, 0, 0},
        /* several */
        {0x0302, 0, 64, HOPTLS_SUITE_RC4, 0x0303, 128, HOPTLS_SUITE_RC4, 1, HOPTLS_RULE_VERSION},
        {0, 0, 64, HOPTLS_SUITE_RC4, 0x0303, 128, HOPTLS_SUITE_RC4, 1, HOPTLS_RULE_NOT_STATED},
        {0, 0, 64, HOPTLS_SUITE_RC4, 0x0303, 128, HOPTLS_SUITE_RC4, 0, HOPTLS_RULE_BITS},
        {0x0303, 0, 64, HOPTLS_SUITE_RC4, 0x0303, 64, HOPTLS_SUITE_RC4, 1, HOPTLS_RULE_SUITE},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        const policy_case *c = &table[i];
        const hoptls_policy policy = {c->min_version, c->min_bits, c->forbidden, (uint8_t)c->must_state, 0, 0};
        hoptls_hop h = facts(HOPTLS_SCOPE_EXTERNAL, HOPTLS_EVIDENCE_DETAIL, 0, 0);
        h.tls.version = c->version;
        h.tls.floor = c->floor;
        h.tls.bits = c->bits;
        h.tls.traits = c->traits;
        assert_int_equal(hoptls_hop_judge(&h, &policy), HOPTLS_OK);
        if (h.weak != c->rule || h.verdict != (c->rule != 0 ? HOPTLS_V_WEAK : HOPTLS_V_TLS)) {
            print_error("# case %u: weak %d, verdict %d\n", (unsigned)i, h.weak, h.verdict);
            fail();
        }
    }
}
/* clang-format on */

/* ---- I10: stricter is never better ---------------------------------------------------------------------- */

static const uint16_t versions[] = {0, 0x0300, 0x0302, 0x0303, 0x0304};
static const uint16_t key_bits[] = {0, 56, 128, 256};
static const uint16_t properties[] = {0, HOPTLS_SUITE_RC4, HOPTLS_SUITE_RC4 | HOPTLS_SUITE_CBC};

enum { POLICIES = COUNT(versions) * COUNT(key_bits) * COUNT(properties) * 2 };

static hoptls_policy policy_number(size_t n)
{
    hoptls_policy p = {0, 0, 0, 0, 0, 0};
    p.min_version = versions[n % COUNT(versions)];
    n /= COUNT(versions);
    p.min_bits = key_bits[n % COUNT(key_bits)];
    n /= COUNT(key_bits);
    p.forbidden = properties[n % COUNT(properties)];
    p.must_state = (uint8_t)(n / COUNT(properties));
    return p;
}

static int is_as_strict(const hoptls_policy *a, const hoptls_policy *b)
{
    return a->min_version >= b->min_version && a->min_bits >= b->min_bits &&
           (a->forbidden & b->forbidden) == b->forbidden && a->must_state >= b->must_state;
}

enum { TLS_FACTS = COUNT(versions) * COUNT(versions) * COUNT(key_bits) * COUNT(properties) };

static hoptls_hop tls_number(size_t n)
{
    hoptls_hop h = facts(HOPTLS_SCOPE_EXTERNAL, HOPTLS_EVIDENCE_DETAIL, 0, 0);
    h.tls.version = versions[n % COUNT(versions)];
    n /= COUNT(versions);
    h.tls.floor = versions[n % COUNT(versions)];
    n /= COUNT(versions);
    h.tls.bits = key_bits[n % COUNT(key_bits)];
    n /= COUNT(key_bits);
    h.tls.traits = properties[n];
    return h;
}

static void a_stricter_policy_is_never_better(void **state)
{
    static uint8_t verdicts[POLICIES][TLS_FACTS];
    uint32_t worse = 0;
    (void)state;
    for (size_t p = 0; p < POLICIES; p++) {
        hoptls_policy policy = policy_number(p);
        for (size_t t = 0; t < TLS_FACTS; t++) {
            hoptls_hop h = tls_number(t);
            assert_int_equal(hoptls_hop_judge(&h, &policy), HOPTLS_OK);
            verdicts[p][t] = h.verdict;
        }
    }
    for (size_t p = 0; p < POLICIES * POLICIES; p++) {
        hoptls_policy a = policy_number(p / POLICIES);
        hoptls_policy b = policy_number(p % POLICIES);
        for (size_t t = 0; t < TLS_FACTS && is_as_strict(&a, &b); t++) {
            assert_true(verdicts[p / POLICIES][t] <= verdicts[p % POLICIES][t]);
            worse += verdicts[p / POLICIES][t] < verdicts[p % POLICIES][t];
        }
    }
    assert_true(worse > 0);
}

/* ---- the report: an oracle that sees all hops at once --------------------------------------------------- */

enum { MOST = 6, ROUNDS = 30000 };

typedef struct chain {
    hoptls_hop hop[MOST]; /* newest first */
    uint32_t count;
} chain;

/* Marsaglia's xorshift: the same chains on every machine. */
static uint32_t random_next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

#define ANY_OF(seed, table) (table)[random_next(seed) % COUNT(table)]

static chain random_chain(uint32_t *seed)
{
    chain c;
    memset(&c, 0, sizeof c);
    c.count = random_next(seed) % (MOST + 1);
    for (uint32_t i = 0; i < c.count; i++) {
        uint8_t scope = ANY_OF(seed, scopes);
        uint8_t evidence = ANY_OF(seed, evidences);
        uint8_t silence = ANY_OF(seed, silences);
        c.hop[i] = facts(scope, evidence, silence, HOPTLS_BASIS_SILENCE);
        c.hop[i].role = ANY_OF(seed, roles);
        c.hop[i].addr.network = ANY_OF(seed, networks);
        c.hop[i].flags = ANY_OF(seed, flag_sets);
        c.hop[i].tls.version = ANY_OF(seed, versions);
    }
    return c;
}

static hoptls_report report_of(chain *c, const hoptls_policy *policy)
{
    hoptls_report r;
    memset(&r, 0xFF, sizeof r);
    assert_int_equal(hoptls_report_begin(&r, policy), HOPTLS_OK);
    for (uint32_t i = 0; i < c->count; i++) {
        assert_int_equal(hoptls_hop_judge(&c->hop[i], policy), HOPTLS_OK);
        assert_int_equal(hoptls_report_add(&r, &c->hop[i]), HOPTLS_OK);
    }
    assert_int_equal(hoptls_report_end(&r), HOPTLS_OK);
    return r;
}

static int may_have_left(const hoptls_hop *h)
{
    int inside = h->scope == HOPTLS_SCOPE_INTERNAL && (h->flags & HOPTLS_F_NAME_CLAIMED) == 0;
    return h->verdict != HOPTLS_V_NONE_NEEDED && !inside;
}

static uint32_t left(const chain *c)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        n += (uint32_t)may_have_left(&c->hop[i]);
    }
    return n;
}

/* The newest of the worst hops that count among the first `n`, or none. */
static uint32_t worst_hop(const chain *c, uint32_t n)
{
    uint32_t worst = HOPTLS_NO_HOP;
    for (uint32_t i = 0; i < n; i++) {
        if (c->hop[i].counts && (worst == HOPTLS_NO_HOP || c->hop[i].verdict < c->hop[worst].verdict)) {
            worst = i;
        }
    }
    return worst;
}

/* How many of the first `n` count and may have left an organisation. */
static uint32_t counted_left(const chain *c, uint32_t n)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < n; i++) {
        found += (uint32_t)(c->hop[i].counts && may_have_left(&c->hop[i]));
    }
    return found;
}

/* Of hops of which the first `n` are believed. Borders that no hop tells of that counts, and hops that nobody
 * believes, leave the message in the dark, however good the others are. */
static uint8_t worst_verdict(const chain *c, uint32_t n)
{
    uint32_t worst = worst_hop(c, n);
    uint8_t verdict = worst != HOPTLS_NO_HOP ? c->hop[worst].verdict : (uint8_t)HOPTLS_V_NONE_NEEDED;
    int dark = counted_left(c, n) == 0 && (c->count == 0 || left(c) > 0 || n < c->count);
    return dark && verdict > HOPTLS_V_UNKNOWN ? (uint8_t)HOPTLS_V_UNKNOWN : verdict;
}

static int hands_in(const hoptls_hop *h)
{
    return h->role == HOPTLS_ROLE_SUBMISSION || h->role == HOPTLS_ROLE_INJECTION;
}

/* From the oldest hop up: the first that hands in, if no server brought the message over a border before. */
static uint32_t submission_hop(const chain *c)
{
    uint32_t i = c->count;
    while (i > 0 && !hands_in(&c->hop[i - 1]) &&
           !(c->hop[i - 1].role == HOPTLS_ROLE_RELAY && may_have_left(&c->hop[i - 1]))) {
        i--;
    }
    return i > 0 && hands_in(&c->hop[i - 1]) ? i - 1 : HOPTLS_NO_HOP;
}

static uint32_t retrieval_hop(const chain *c)
{
    uint32_t i = 0;
    while (i < c->count && c->hop[i].role != HOPTLS_ROLE_RETRIEVAL) {
        i++;
    }
    return i < c->count ? i : HOPTLS_NO_HOP;
}

static uint8_t verdict_at(const chain *c, uint32_t hop)
{
    return hop == HOPTLS_NO_HOP ? 0 : c->hop[hop].verdict;
}

static void each_random_chain(void (*question)(chain *c, uint32_t *seed))
{
    uint32_t seed = 2463534242u;
    for (int i = 0; i < ROUNDS; i++) {
        chain c = random_chain(&seed);
        question(&c, &seed);
    }
}

/* I10 */
static void is_claimed_rightly(chain *c, uint32_t *seed)
{
    const hoptls_policy policy = {0x0303, 0, 0, 0, (uint8_t)(random_next(seed) % 2), 0};
    hoptls_report r = report_of(c, &policy);
    uint32_t counted = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        counted += c->hop[i].counts;
    }
    assert_int_equal(r.hops, c->count);
    assert_int_equal(r.counted, counted);
    assert_int_equal(r.crossings, left(c));
    assert_int_equal(r.claimed, worst_verdict(c, c->count));
    assert_int_equal(r.claimed_hop, worst_hop(c, c->count));
    assert_int_equal(r.verdict, r.claimed);
}

static void the_claim_is_the_worst_hop_that_counts(void **state)
{
    (void)state;
    each_random_chain(is_claimed_rightly);
}

static void is_bounded_rightly(chain *c, uint32_t *seed)
{
    hoptls_policy policy = {0, 0, 0, 0, 0, random_next(seed) % (MOST + 2)};
    uint32_t believed = policy.trusted_hops < c->count ? policy.trusted_hops : c->count;
    hoptls_report r = report_of(c, &policy);
    assert_int_equal(r.bounded, policy.trusted_hops > 0);
    assert_int_equal(r.trusted_hops, believed);
    assert_int_equal(r.trusted, worst_verdict(c, believed));
    assert_int_equal(r.trusted_hop, worst_hop(c, believed));
    assert_int_equal(r.claimed, worst_verdict(c, c->count));
    assert_int_equal(r.verdict, r.bounded ? r.trusted : r.claimed);
}

static void trust_ends_at_the_boundary(void **state)
{
    (void)state;
    each_random_chain(is_bounded_rightly);
}

static void is_believed_by_nobody(chain *c, uint32_t *seed)
{
    const hoptls_policy policy = {0, 0, 0, 0, 0, HOPTLS_NO_HOP};
    hoptls_report r = report_of(c, &policy);
    (void)seed;
    assert_int_equal(r.bounded, 1);
    assert_int_equal(r.trusted_hops, 0);
    assert_int_equal(r.trusted_hop, HOPTLS_NO_HOP);
    assert_int_equal(r.verdict, HOPTLS_V_UNKNOWN);
}

static void who_believes_none_knows_nothing(void **state)
{
    (void)state;
    each_random_chain(is_believed_by_nobody);
}

static void has_its_steps(chain *c, uint32_t *seed)
{
    hoptls_report r = report_of(c, NULL);
    (void)seed;
    assert_int_equal(r.submission_hop, submission_hop(c));
    assert_int_equal(r.submission, verdict_at(c, submission_hop(c)));
    assert_int_equal(r.retrieval_hop, retrieval_hop(c));
    assert_int_equal(r.retrieval, verdict_at(c, retrieval_hop(c)));
}

static void the_first_and_last_step_are_reported_apart(void **state)
{
    (void)state;
    each_random_chain(has_its_steps);
}

/* What is claimed does not hang on the order. */
static void is_claimed_in_any_order(chain *c, uint32_t *seed)
{
    uint8_t claimed = report_of(c, NULL).claimed;
    for (uint32_t i = c->count; i > 1; i--) {
        uint32_t k = random_next(seed) % i;
        hoptls_hop swapped = c->hop[i - 1];
        c->hop[i - 1] = c->hop[k];
        c->hop[k] = swapped;
    }
    assert_int_equal(report_of(c, NULL).claimed, claimed);
}

static void the_order_of_hops_does_not_change_the_claim(void **state)
{
    (void)state;
    each_random_chain(is_claimed_in_any_order);
}

static void is_never_better_with_inner_hops(chain *c, uint32_t *seed)
{
    const hoptls_policy lax = {0, 0, 0, 0, 0, 0};
    const hoptls_policy strict = {0, 0, 0, 0, 1, 0};
    hoptls_report before = report_of(c, &lax);
    hoptls_report after = report_of(c, &strict);
    (void)seed;
    assert_true(after.counted >= before.counted);
    assert_true(after.claimed <= before.claimed);
}

/* I10, of the whole message */
static void counting_inner_hops_is_never_better(void **state)
{
    (void)state;
    each_random_chain(is_never_better_with_inner_hops);
}

/* ---- messages without a hop that counts ----------------------------------------------------------------- */

static void without_a_hop_that_counts(void **state)
{
    chain none = {.count = 0};
    chain local = {.count = 1};
    chain inner = {.count = 1};
    chain webmail = {.count = 1};

    (void)state;
    local.hop[0] =
        facts(HOPTLS_SCOPE_HOST, HOPTLS_EVIDENCE_SILENT, HOPTLS_SILENCE_PLAIN, HOPTLS_BASIS_SILENCE);
    inner.hop[0] =
        facts(HOPTLS_SCOPE_INTERNAL, HOPTLS_EVIDENCE_SILENT, HOPTLS_SILENCE_PLAIN, HOPTLS_BASIS_SILENCE);
    webmail.hop[0] =
        facts(HOPTLS_SCOPE_EXTERNAL, HOPTLS_EVIDENCE_SILENT, HOPTLS_SILENCE_UNKNOWN, HOPTLS_BASIS_SILENCE);
    webmail.hop[0].role = HOPTLS_ROLE_INJECTION;
    assert_int_equal(report_of(&none, NULL).claimed, HOPTLS_V_UNKNOWN);
    assert_int_equal(report_of(&local, NULL).claimed, HOPTLS_V_NONE_NEEDED);
    assert_int_equal(report_of(&inner, NULL).claimed, HOPTLS_V_NONE_NEEDED);
    assert_int_equal(report_of(&webmail, NULL).claimed, HOPTLS_V_UNKNOWN);
    assert_int_equal(report_of(&webmail, NULL).counted, 0);
    assert_int_equal(report_of(&webmail, NULL).submission, HOPTLS_V_UNKNOWN);
}

/* ---- the calls ---------------------------------------------------------------------------------------- */

static void wrong_calls_write_nothing(void **state)
{
    hoptls_hop h = facts(HOPTLS_SCOPE_EXTERNAL, HOPTLS_EVIDENCE_DETAIL, 0, 0);
    hoptls_report r;
    hoptls_report before;

    (void)state;
    assert_int_equal(hoptls_report_begin(NULL, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_report_begin(&r, NULL), HOPTLS_OK);
    before = r;
    assert_int_equal(hoptls_report_add(NULL, &h), HOPTLS_E_ARG);
    assert_int_equal(hoptls_report_add(&r, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_report_end(NULL), HOPTLS_E_ARG);
    assert_memory_equal(&r, &before, sizeof r);
    r.hops = UINT32_MAX;
    before = r;
    assert_int_equal(hoptls_report_add(&r, &h), HOPTLS_E_ARG);
    assert_memory_equal(&r, &before, sizeof r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_combination_is_judged_by_the_rules),
        cmocka_unit_test(no_silence_is_ever_tls),
        cmocka_unit_test(no_policy_is_the_policy_of_all_zeros),
        cmocka_unit_test(judging_changes_no_fact),
        cmocka_unit_test(a_hop_is_weak_by_the_first_rule_that_it_breaks),
        cmocka_unit_test(a_stricter_policy_is_never_better),
        cmocka_unit_test(the_claim_is_the_worst_hop_that_counts),
        cmocka_unit_test(trust_ends_at_the_boundary),
        cmocka_unit_test(who_believes_none_knows_nothing),
        cmocka_unit_test(the_first_and_last_step_are_reported_apart),
        cmocka_unit_test(the_order_of_hops_does_not_change_the_claim),
        cmocka_unit_test(counting_inner_hops_is_never_better),
        cmocka_unit_test(without_a_hop_that_counts),
        cmocka_unit_test(wrong_calls_write_nothing),
    };
    return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
