/* facts + policy -> verdict. Looks at no bytes of the message. */
#include "internal.h"

/* ---- is TLS good enough? ---- */

/* The version, or the lowest that the suite allows. */
/*@ requires \valid_read(tls);
    terminates \true;
    assigns \nothing;
    ensures \result == (tls->version != 0 ? tls->version : tls->floor); */
static uint16_t least_version(const hoptls_tls *tls)
{
    return tls->version != 0 ? tls->version : tls->floor;
}

/*@ requires \valid_read(tls) && \valid_read(policy);
    terminates \true;
    assigns \nothing;
    ensures \result == 0 || \result == HOPTLS_RULE_VERSION || \result == HOPTLS_RULE_NOT_STATED;
    ensures \result == 0 <==> meets_version(tls, policy); */
static uint32_t version_rule(const hoptls_tls *tls, const hoptls_policy *policy)
{
    if (policy->min_version == 0 || least_version(tls) >= policy->min_version) {
        return 0;
    }
    if (tls->version != 0) {
        return HOPTLS_RULE_VERSION;
    }
    return policy->must_state ? HOPTLS_RULE_NOT_STATED : 0;
}

/* The first rule of the policy that the hop breaks, 0 if none. */
/*@ requires \valid_read(tls) && \valid_read(policy);
    terminates \true;
    assigns \nothing;
    ensures \result <= HOPTLS_RULE_NOT_STATED;
    ensures \result == 0 <==> meets(tls, policy); */
static uint32_t broken_rule(const hoptls_tls *tls, const hoptls_policy *policy)
{
    uint32_t rule = version_rule(tls, policy);
    if (rule != 0) {
        return rule;
    }
    if (tls->bits != 0 && tls->bits < policy->min_bits) {
        return HOPTLS_RULE_BITS;
    }
    return (tls->traits & policy->forbidden) != 0 ? HOPTLS_RULE_SUITE : 0;
}

/* ---- a hop ---- */

/*@ requires \valid(hop) && verdict <= UINT8_MAX && basis <= UINT8_MAX;
    terminates \true;
    assigns hop->verdict, hop->basis;
    ensures hop->verdict == verdict && hop->basis == basis; */
static void decide(hoptls_hop *hop, uint32_t verdict, uint32_t basis)
{
    hop->verdict = (uint8_t)verdict;
    hop->basis = (uint8_t)basis;
}

/* A server that always records TLS truthfully records none where a program before it ended the TLS: from loopback
 * and private networks silence means nothing, unless the operator said what it means. */
/*@ requires \valid_read(hop);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> silence_tells(hop); */
static int silence_tells(const hoptls_hop *hop)
{
    return hop->silence_basis != HOPTLS_BASIS_SILENCE || hop->addr.family == 0 ||
           hop->addr.network == HOPTLS_NET_PUBLIC;
}

/*@ requires \valid(hop) && hop->scope != HOPTLS_SCOPE_HOST && hop->evidence == HOPTLS_EVIDENCE_SILENT;
    terminates \true;
    assigns hop->verdict, hop->basis;
    ensures \forall hoptls_policy *p; judged(hop, p, hop->verdict);
    ensures hop->verdict != HOPTLS_V_WEAK; */
static void judge_silence(hoptls_hop *hop)
{
    if (hop->silence == HOPTLS_SILENCE_NOT_NETWORK) {
        decide(hop, HOPTLS_V_NONE_NEEDED, HOPTLS_BASIS_LOCAL);
    } else if (hop->silence == HOPTLS_SILENCE_PLAIN && silence_tells(hop)) {
        decide(hop, HOPTLS_V_PLAIN, hop->silence_basis);
    } else {
        decide(hop, HOPTLS_V_UNKNOWN, HOPTLS_BASIS_NO_KNOWLEDGE);
    }
}

/*@ requires \valid(hop) && \valid_read(policy) && \separated(hop, policy);
    terminates \true;
    assigns hop->verdict, hop->basis, hop->weak;
    ensures meets(&hop->tls, policy) ? hop->verdict == HOPTLS_V_TLS : hop->verdict == HOPTLS_V_WEAK;
    ensures hop->weak != 0 <==> hop->verdict == HOPTLS_V_WEAK; */
static void judge_statement(hoptls_hop *hop, const hoptls_policy *policy)
{
    uint32_t basis = hop->evidence == HOPTLS_EVIDENCE_DETAIL ? HOPTLS_BASIS_STATED : HOPTLS_BASIS_KEYWORD;
    hop->weak = (uint8_t)broken_rule(&hop->tls, policy);
    decide(hop, hop->weak != 0 ? HOPTLS_V_WEAK : HOPTLS_V_TLS, basis);
}

/*@ requires \valid(hop) && \valid_read(policy) && \separated(hop, policy);
    terminates \true;
    assigns hop->verdict, hop->basis, hop->weak;
    ensures judged(hop, policy, hop->verdict);
    ensures hop->weak != 0 <==> hop->verdict == HOPTLS_V_WEAK; */
static void judge(hoptls_hop *hop, const hoptls_policy *policy)
{
    hop->weak = 0;
    if (hop->scope == HOPTLS_SCOPE_HOST) {
        decide(hop, HOPTLS_V_NONE_NEEDED, HOPTLS_BASIS_LOCAL);
    } else if (hop->evidence == HOPTLS_EVIDENCE_NEGATIVE) {
        decide(hop, HOPTLS_V_PLAIN, HOPTLS_BASIS_STATED_NOT);
    } else if (hop->evidence == HOPTLS_EVIDENCE_SILENT) {
        judge_silence(hop);
    } else {
        judge_statement(hop, policy);
    }
}

/*@ requires \valid_read(hop);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> crosses(hop); */
static int crosses(const hoptls_hop *hop)
{
    return hop->verdict != HOPTLS_V_NONE_NEEDED &&
           (hop->scope == HOPTLS_SCOPE_EXTERNAL || hop->scope == HOPTLS_SCOPE_UNDETERMINED ||
            (hop->flags & HOPTLS_F_NAME_CLAIMED) != 0);
}

/* Steps 1 and 3 are seldom recorded: where they are not, they tell nothing, and the servers' hops decide. */
/*@ requires \valid_read(hop);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> hop->verdict == HOPTLS_V_UNKNOWN && hop->role != HOPTLS_ROLE_RELAY && hop->role != HOPTLS_ROLE_DELIVERY; */
static int is_unrecorded_step(const hoptls_hop *hop)
{
    return hop->verdict == HOPTLS_V_UNKNOWN && hop->role != HOPTLS_ROLE_RELAY &&
           hop->role != HOPTLS_ROLE_DELIVERY;
}

int hoptls_hop_judge(hoptls_hop *hop, const hoptls_policy *policy)
{
    static const hoptls_policy any = {0, 0, 0, 0, 0, 0};
    const hoptls_policy *used = policy != NULL ? policy : &any;
    int internal;
    if (hop == NULL) {
        return HOPTLS_E_ARG;
    }
    judge(hop, used);
    internal =
        used->count_internal && hop->scope == HOPTLS_SCOPE_INTERNAL && hop->verdict != HOPTLS_V_NONE_NEEDED;
    hop->counts = (uint8_t)((crosses(hop) || internal) && !is_unrecorded_step(hop));
    return HOPTLS_OK;
}

/* ---- the message ---- */

/*@ requires \valid(report);
    terminates \true;
    assigns *report;
    ensures report->hops == 0 && report->counted == 0 && report->crossings == 0;
    ensures report->counted_crossings == 0 && report->trusted_crossings == 0;
    ensures report->last_journey_hops == 0 && report->last_journey_crossings == 0 && report->last_journey_known == 0;
    ensures report->claimed == 0 && report->trusted == 0; */
static void clear_report(hoptls_report *report)
{
    memset(report, 0, sizeof *report);
}

int hoptls_report_begin(hoptls_report *report, const hoptls_policy *policy)
{
    if (report == NULL) {
        return HOPTLS_E_ARG;
    }
    clear_report(report);
    report->claimed_hop = HOPTLS_NO_HOP;
    report->trusted_hop = HOPTLS_NO_HOP;
    report->submission_hop = HOPTLS_NO_HOP;
    report->retrieval_hop = HOPTLS_NO_HOP;
    report->last_journey_hop = HOPTLS_NO_HOP;
    report->bounded = policy != NULL && policy->trusted_hops != 0;
    report->trusted_hops =
        report->bounded && policy->trusted_hops != HOPTLS_NO_HOP ? policy->trusted_hops : 0;
    return HOPTLS_OK;
}

/* The worse of two verdicts; 0 is no verdict yet. Of equals the newer hop stands. */
/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> than == 0 || verdict < than; */
static int is_worse(uint32_t verdict, uint32_t than)
{
    return than == 0 || verdict < than;
}

/*@ requires \valid(report) && \valid_read(hop) && \separated(report, hop);
    requires report->counted < UINT32_MAX && report->counted_crossings < UINT32_MAX;
    terminates \true;
    assigns report->counted, report->counted_crossings, report->claimed, report->claimed_hop;
    ensures report->counted == \old(report->counted) + 1;
    ensures report->counted_crossings <= \old(report->counted_crossings) + 1;
    ensures report->claimed == worse(hop->verdict, \old(report->claimed)); */
static void add_claimed(hoptls_report *report, const hoptls_hop *hop)
{
    report->counted++;
    report->counted_crossings += crosses(hop) ? 1u : 0u;
    if (is_worse(hop->verdict, report->claimed)) {
        report->claimed = hop->verdict;
        report->claimed_hop = report->hops;
    }
}

/*@ requires \valid(report) && \valid_read(hop) && \separated(report, hop);
    requires report->trusted_crossings < UINT32_MAX;
    terminates \true;
    assigns report->trusted_crossings, report->trusted, report->trusted_hop;
    ensures report->trusted_crossings <= \old(report->trusted_crossings) + 1;
    ensures report->trusted == worse(hop->verdict, \old(report->trusted)); */
static void add_trusted(hoptls_report *report, const hoptls_hop *hop)
{
    report->trusted_crossings += crosses(hop) ? 1u : 0u;
    if (is_worse(hop->verdict, report->trusted)) {
        report->trusted = hop->verdict;
        report->trusted_hop = report->hops;
    }
}

/*@ requires \valid(report) && \valid_read(hop) && \separated(report, hop);
    requires report->last_journey_hops < UINT32_MAX && report->last_journey_crossings < UINT32_MAX;
    requires report->last_journey_known < UINT32_MAX;
    terminates \true;
    assigns report->last_journey_hops, report->last_journey_crossings, report->last_journey_known;
    assigns report->last_journey, report->last_journey_hop;
    ensures report->last_journey_hops == \old(report->last_journey_hops) + 1;
    ensures report->last_journey_crossings <= \old(report->last_journey_crossings) + 1;
    ensures report->last_journey_known <= \old(report->last_journey_known) + 1; */
static void add_last_journey(hoptls_report *report, const hoptls_hop *hop)
{
    report->last_journey_hops++;
    report->last_journey_crossings += crosses(hop) ? 1u : 0u;
    report->last_journey_known += crosses(hop) && hop->counts ? 1u : 0u;
    if (hop->counts && is_worse(hop->verdict, report->last_journey)) {
        report->last_journey = hop->verdict;
        report->last_journey_hop = report->hops;
    }
}

/*@ requires \valid(report) && \valid_read(hop) && \separated(report, hop);
    requires report->last_journey_hops < UINT32_MAX && report->last_journey_crossings < UINT32_MAX;
    requires report->last_journey_known < UINT32_MAX;
    terminates \true;
    assigns report->journeys, report->last_journey_hops, report->last_journey_crossings;
    assigns report->last_journey_known, report->last_journey, report->last_journey_hop;
    ensures report->last_journey_hops <= \old(report->last_journey_hops) + 1;
    ensures report->last_journey_crossings <= \old(report->last_journey_crossings) + 1;
    ensures report->last_journey_known <= \old(report->last_journey_known) + 1; */
static void add_journey(hoptls_report *report, const hoptls_hop *hop)
{
    report->journeys = hop->journey > report->journeys ? hop->journey : report->journeys;
    if (hop->journey <= 1) {
        add_last_journey(report, hop);
    }
}

/* A hop that hands in what came over a border before is a forwarder's, not the author's. */
/*@ requires \valid(report);
    terminates \true;
    assigns report->submission, report->submission_hop; */
static void forget_submission(hoptls_report *report)
{
    report->submission = 0;
    report->submission_hop = HOPTLS_NO_HOP;
}

/*@ requires \valid(report) && \valid_read(hop) && \separated(report, hop);
    terminates \true;
    assigns report->submission, report->submission_hop, report->retrieval, report->retrieval_hop; */
static void add_steps(hoptls_report *report, const hoptls_hop *hop)
{
    if (hop->role == HOPTLS_ROLE_RELAY && crosses(hop)) {
        forget_submission(report);
    }
    if (hop->role == HOPTLS_ROLE_SUBMISSION || hop->role == HOPTLS_ROLE_INJECTION) {
        report->submission = hop->verdict;
        report->submission_hop = report->hops;
    }
    if (hop->role == HOPTLS_ROLE_RETRIEVAL && report->retrieval_hop == HOPTLS_NO_HOP) {
        report->retrieval = hop->verdict;
        report->retrieval_hop = report->hops;
    }
}

int hoptls_report_add(hoptls_report *report, const hoptls_hop *hop)
{
    if (report == NULL || hop == NULL || report->hops == UINT32_MAX) {
        return HOPTLS_E_ARG;
    }
    if (hop->counts) {
        add_claimed(report, hop);
    }
    if (hop->counts && report->hops < report->trusted_hops) {
        add_trusted(report, hop);
    }
    if (crosses(hop)) {
        report->crossings++;
    }
    add_steps(report, hop);
    add_journey(report, hop);
    report->hops++;
    return HOPTLS_OK;
}

/* The worst of the hops that count, `worst`; 0 if there are none. Where the message crossed borders, or may have, and
 * none of `crossings` hops that tell of it counts, no other hop makes up for what is not known. */
/*@ requires \valid_read(report) && worst <= UINT8_MAX;
    terminates \true;
    assigns \nothing;
    ensures worst != 0 ==> \result <= worst; */
static uint8_t final_verdict(const hoptls_report *report, uint32_t worst, uint32_t crossings, uint32_t known)
{
    int dark = crossings == 0 && (report->hops == 0 || report->crossings > 0 || known < report->hops);
    uint32_t verdict = worst != 0 ? worst : (uint32_t)HOPTLS_V_NONE_NEEDED;
    return (uint8_t)(dark && verdict > HOPTLS_V_UNKNOWN ? (uint32_t)HOPTLS_V_UNKNOWN : verdict);
}

/* The same of the last journey: where a border was crossed and nothing is known of it, no inner hop makes up for it. */
/*@ requires \valid_read(report);
    terminates \true;
    assigns \nothing; */
static uint8_t last_journey_verdict(const hoptls_report *report)
{
    int dark = report->last_journey_known == 0 && (report->hops == 0 || report->last_journey_crossings > 0);
    uint32_t worst = report->last_journey != 0 ? report->last_journey : (uint32_t)HOPTLS_V_NONE_NEEDED;
    return (uint8_t)(dark && worst > HOPTLS_V_UNKNOWN ? (uint32_t)HOPTLS_V_UNKNOWN : worst);
}

int hoptls_report_end(hoptls_report *report)
{
    if (report == NULL) {
        return HOPTLS_E_ARG;
    }
    report->trusted_hops = report->trusted_hops < report->hops ? report->trusted_hops : report->hops;
    report->claimed = final_verdict(report, report->claimed, report->counted_crossings, report->hops);
    report->trusted = final_verdict(report, report->trusted, report->trusted_crossings, report->trusted_hops);
    report->last_journey = last_journey_verdict(report);
    report->verdict = report->bounded ? report->trusted : report->claimed;
    return HOPTLS_OK;
}
