#include "prose.h"

#include "learn.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* A number of up to three digits. Returns how many. */
static size_t write_byte(char *text, unsigned number)
{
    size_t len = 1 + (size_t)(number >= 10) + (size_t)(number >= 100);
    for (size_t i = len; i > 0; i--) {
        text[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
    return len;
}

/* There are many of these, and printf(3) is slow. */
static void write_quad(const uint8_t byte[4], char *text)
{
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        at += write_byte(text + at, byte[i]);
        text[at++] = i < 3 ? '.' : '\0';
    }
}

void prose_address(const hoptls_addr *addr, char text[ADDRESS_ROOM])
{
    if (addr->family == 4) {
        write_quad(addr->byte, text);
    } else if (addr->family != 6 || inet_ntop(AF_INET6, addr->byte, text, ADDRESS_ROOM) == NULL) {
        text[0] = '\0';
    }
}

/* Days since 1970-01-01 to year, month and day. The year is counted from March, so that the odd day comes last; 400
 * years have 146097 days. `day` is not negative. */
static void civil_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    int64_t since = days + 719468; /* days since 0000-03-01 */
    int64_t era = since / 146097;
    int64_t of_era = since % 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * of_year + 2) / 153;
    *day = of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = era * 400 + year_of_era + (*month <= 2);
}

/* Two digits, and what stands behind them. */
static void write_pair(char *text, int64_t number, char behind)
{
    text[0] = (char)('0' + number / 10 % 10);
    text[1] = (char)('0' + number % 10);
    text[2] = behind;
}

void prose_date(const hoptls_hop *hop, char gap, char text[DATE_ROOM])
{
    static const int64_t first = -62135596800; /* 0001-01-01 */
    static const int64_t last = 253402300799;  /* 9999-12-31, its last second */
    int64_t days, seconds, year, month, day;
    text[0] = '\0';
    if ((hop->flags & HOPTLS_F_NO_DATE) != 0 || hop->date < first || hop->date > last) {
        return;
    }
    seconds = (hop->date - first) % 86400;
    days = (hop->date - seconds) / 86400;
    civil_from_days(days, &year, &month, &day);
    write_pair(text, year / 100, '\0');
    write_pair(text + 2, year % 100, '-');
    write_pair(text + 5, month, '-');
    write_pair(text + 8, day, gap);
    write_pair(text + 11, seconds / 3600, ':');
    write_pair(text + 14, seconds / 60 % 60, ':');
    write_pair(text + 17, seconds % 60, '\0');
}

hoptls_span prose_from(const hoptls_hop *hop)
{
    return hop->rdns.len > 0 ? hop->rdns : hop->helo;
}

hoptls_span prose_from_org(const hoptls_hop *hop)
{
    return hop->rdns_org.len > 0 ? hop->rdns_org : hop->helo_org;
}

static void add_span_or(struct text *text, hoptls_msg msg, hoptls_span span, const char *otherwise)
{
    if (span.len > 0) {
        text_span(text, msg, span, PROSE_HOST);
    } else {
        text_add(text, otherwise);
    }
}

static int has_network(const hoptls_hop *hop)
{
    return hop->silence != HOPTLS_SILENCE_NOT_NETWORK && hop->scope != HOPTLS_SCOPE_HOST;
}

void prose_add_from(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    char address[ADDRESS_ROOM];
    prose_address(&hop->addr, address);
    if (prose_from(hop).len == 0 && address[0] != '\0') {
        text_add(text, address);
    } else {
        add_span_or(text, msg, prose_from(hop), has_network(hop) ? "(not named)" : "(local)");
    }
}

void prose_add_by(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    add_span_or(text, msg, hop->by, "(not named)");
}

/* Without an organisation the address tells more than a name that the client made up. */
void prose_add_from_org(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    char address[ADDRESS_ROOM];
    prose_address(&hop->addr, address);
    if (prose_from_org(hop).len > 0) {
        text_span(text, msg, prose_from_org(hop), PROSE_HOST);
    } else if (address[0] != '\0') {
        text_add(text, address);
    } else {
        add_span_or(text, msg, prose_from(hop), "an unnamed client");
    }
}

void prose_add_by_org(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    add_span_or(text, msg, hop->by_org.len > 0 ? hop->by_org : hop->by, "an unnamed server");
}

static void add_version_number(struct text *text, const char *word)
{
    if (strncmp(word, "ssl", 3) == 0) {
        text_add(text, "SSL ");
        text_add(text, word + 3);
    } else if (word[0] >= '0' && word[0] <= '9') {
        text_add(text, "TLS ");
        text_add(text, word);
    } else {
        text_add(text, "TLS");
    }
}

void prose_add_version(struct text *text, const hoptls_tls *tls)
{
    add_version_number(text, hoptls_tls_version_word(tls));
}

/* `mx.example.com (postfix)` */
static void add_server(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    const char *writer = hoptls_writer_name(hop->writer);
    add_span_or(text, msg, hop->by, "an unnamed server");
    text_add(text, " (");
    text_add(text, writer[0] != '\0' ? writer : "software not recognised");
    text_add(text, ")");
}

static const char *why_silence(const hoptls_hop *hop)
{
    if (hop->grade == HOPTLS_GRADE_INFERRED) {
        return " records TLS as far as is known, and recorded none";
    }
    if (hop->grade == HOPTLS_GRADE_DOCUMENT) {
        return " records by its documents whatever TLS it speaks, and recorded none";
    }
    return " always records TLS and recorded none";
}

static const char *why_no_knowledge(const struct request *request, const hoptls_hop *hop)
{
    if (hop->silence_basis == HOPTLS_BASIS_SITE_PROFILE) {
        return " recorded no TLS, and the site's profile says that it never does: its silence proves nothing";
    }
    if (request->forget_silence) {
        return " recorded no TLS, and nothing but the tables, which you set aside, may tell what that means";
    }
    if (hop->silence == HOPTLS_SILENCE_PLAIN) {
        return " recorded no TLS, but its peer is in a private network: TLS may have ended in front of it";
    }
    if (hop->writer != 0) {
        return " recorded no TLS, but it does not do so reliably: its silence proves nothing";
    }
    return " recorded no TLS, and whether it ever does is not known";
}

static const char *why_local(const hoptls_hop *hop)
{
    if (hop->silence == HOPTLS_SILENCE_NOT_NETWORK) {
        return " took the message from a local program or queue: no network was crossed";
    }
    if (hop->silence == HOPTLS_SILENCE_UNKNOWN && hop->addr.family == 0 && hop->helo.len == 0) {
        return " queued what another program on its machine had taken: how, the field of that one tells";
    }
    return " took the message from its own machine: no network was crossed";
}

static const char *why_basis(const struct request *request, const hoptls_hop *hop)
{
    switch (hop->basis) {
    case HOPTLS_BASIS_STATED: return " recorded it";
    case HOPTLS_BASIS_KEYWORD: return " recorded it, without details";
    case HOPTLS_BASIS_STATED_NOT: return " states that there was none";
    case HOPTLS_BASIS_SILENCE: return why_silence(hop);
    case HOPTLS_BASIS_LOCAL: return why_local(hop);
    case HOPTLS_BASIS_SITE_PROFILE:
        return " recorded none, and the site's profile says that it always records TLS";
    case HOPTLS_BASIS_LEARNED: return " recorded none, and other messages show that it records TLS";
    default: return why_no_knowledge(request, hop);
    }
}

/* `: of 21 messages from 3 peers that use TLS with it, it says so of 21` */
static void add_counts(struct text *text, const struct answer *answer, const hoptls_hop *hop)
{
    const struct learned_record *record = learned_record_of(answer->request->learned, answer->msg, hop);
    text_add(text, ": of ");
    text_number(text, record->stated + record->silent);
    text_add(text, record->stated + record->silent == 1 ? " message from " : " messages from ");
    text_number(text, record->peers);
    text_add(text, record->peers == 1 ? " peer that uses TLS with it, it says so of "
                                      : " peers that use TLS with it, it says so of ");
    text_number(text, record->stated);
}

static const char *option_behind(uint32_t rule)
{
    switch (rule) {
    case HOPTLS_RULE_VERSION: return "--min-tls";
    case HOPTLS_RULE_BITS: return "--min-bits";
    default: return "--strict";
    }
}

/* A limit that the user set himself is his, whatever the policy says of it. */
void prose_add_rule(struct text *text, const struct request *request, const hoptls_hop *hop)
{
    const struct named_policy *named = request->named;
    const char *words = named != NULL ? policy_rule(named, hop) : NULL;
    if ((hop->weak == HOPTLS_RULE_VERSION && request->own_version) ||
        (hop->weak == HOPTLS_RULE_BITS && request->own_bits) || hop->weak == HOPTLS_RULE_NOT_STATED) {
        words = NULL;
    }
    if (words != NULL) {
        text_add(text, policy_title(named));
        text_add(text, words);
    } else if (hop->weak != 0) {
        text_add(text, option_behind(hop->weak));
    }
}

void prose_add_why(struct text *text, const struct answer *answer, const hoptls_hop *hop)
{
    add_server(text, answer->msg, hop);
    text_add(text, why_basis(answer->request, hop));
    if (hop->basis == HOPTLS_BASIS_LEARNED) {
        add_counts(text, answer, hop);
    }
    if (hop->verdict == HOPTLS_V_WEAK) {
        text_add(text, ", and it falls short of ");
        prose_add_rule(text, answer->request, hop);
    }
}

static void add_place(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    if (hop->scope == HOPTLS_SCOPE_INTERNAL) {
        text_add(text, "inside ");
        prose_add_by_org(text, msg, hop);
        text_add(text, ", between ");
        prose_add_from(text, msg, hop);
        text_add(text, " and ");
        prose_add_by(text, msg, hop);
        text_add(text, ",");
    } else {
        text_add(text, "between ");
        prose_add_from_org(text, msg, hop);
        text_add(text, " and ");
        prose_add_by_org(text, msg, hop);
    }
}

/* What the hop did not reach. */
static void add_shortfall(struct text *text, const struct answer *answer)
{
    const hoptls_policy *policy = &answer->request->policy;
    hoptls_tls asked = {.version = policy->min_version};
    switch (answer->deciding.weak) {
    case HOPTLS_RULE_VERSION:
        text_add(text, ", older than the ");
        prose_add_version(text, &asked);
        text_add(text, " that was asked for");
        break;
    case HOPTLS_RULE_BITS:
        text_add(text, ", with a key shorter than the ");
        text_number(text, policy->min_bits);
        text_add(text, " bits that were asked for");
        break;
    case HOPTLS_RULE_SUITE: text_add(text, ", with a cipher suite that the policy forbids"); break;
    default: text_add(text, ", in a version that it does not state"); break;
    }
}

static void add_travelled(struct text *text, const struct answer *answer)
{
    const hoptls_hop *hop = &answer->deciding;
    add_place(text, answer->msg, hop);
    if (hop->verdict == HOPTLS_V_PLAIN) {
        text_add(text, " the message travelled without TLS");
    } else if (hop->verdict == HOPTLS_V_UNKNOWN) {
        text_add(text, " the message may have travelled without TLS");
    } else {
        text_add(text, " the message travelled over ");
        prose_add_version(text, &hop->tls);
    }
    if (hop->verdict == HOPTLS_V_WEAK) {
        add_shortfall(text, answer);
    }
    text_add(text, hop->by.len > 0 ? "; the server " : "; ");
    prose_add_why(text, answer, hop);
    text_add(text, ".");
}

static void add_all_encrypted(struct text *text, const struct answer *answer)
{
    int internal = answer->request->policy.count_internal;
    text_add(text, answer->request->trust.given ? "as far as you believe the header, " : "");
    text_add(text, internal ? "on each hop over a network" : "at each border between organisations");
    text_add(text, " the message travelled over TLS.");
}

static const char *why_nothing_counts(const struct answer *answer)
{
    if (answer->report.verdict == HOPTLS_V_NONE_NEEDED) {
        return "the message crossed no border between organisations.";
    }
    if (answer->request->trust.given) {
        return "none of the hops that you believe crossed a border between organisations.";
    }
    return "the message was handed in or fetched over a network, and nothing recorded how.";
}

const char *prose_lead(const struct answer *answer)
{
    switch (answer->report.verdict) {
    case HOPTLS_V_PLAIN: return "Not encrypted:";
    case HOPTLS_V_WEAK: return "Falls short:";
    case HOPTLS_V_TLS: return "Encrypted:";
    case HOPTLS_V_NONE_NEEDED: return "No encryption needed:";
    default: return "Cannot tell:";
    }
}

void prose_add_answer(struct text *text, const struct answer *answer)
{
    const hoptls_report *report = &answer->report;
    if (report->hops == 0) {
        text_add(text, "the message has no Received field, so that no server left a record.");
    } else if (answer->request->trust.given && report->trusted_hops == 0) {
        text_add(text, "no hop was written by a host that you believe.");
    } else if (answer->deciding_hop == HOPTLS_NO_HOP) {
        text_add(text, why_nothing_counts(answer));
    } else if (report->verdict == HOPTLS_V_TLS && report->counted > 1) {
        add_all_encrypted(text, answer);
    } else {
        add_travelled(text, answer);
    }
}

const char *prose_flag(uint32_t flag)
{
    switch (flag) {
    case HOPTLS_F_NO_BY: return "It does not name the server that wrote it.";
    case HOPTLS_F_NO_DATE: return "It has no date that can be read.";
    case HOPTLS_F_REPEATED_BY:
        return "It names the server twice, as if a client had slipped one in; the last counts.";
    case HOPTLS_F_UNBALANCED: return "It has parentheses, brackets or quotes without a partner.";
    case HOPTLS_F_CONTROL: return "It holds control characters.";
    case HOPTLS_F_EIGHT_BIT: return "It holds bytes beyond ASCII.";
    case HOPTLS_F_TOO_MANY: return "It has more parts than any real field; those at the end were not read.";
    case HOPTLS_F_MISPLACED:
        return "Words of encryption stand where the client held the pen; they prove nothing.";
    case HOPTLS_F_FOREIGN_FORM: return "It records TLS in a form that this server never uses.";
    case HOPTLS_F_CONFLICT: return "It states TLS and denies it.";
    case HOPTLS_F_CHAIN_GAP: return "The hop above came from a host that this field does not name.";
    case HOPTLS_F_TIME_BACK: return "It is dated later than the hop above, which came after it.";
    case HOPTLS_F_NAME_CLAIMED: return "That it is internal rests on a name that only the client gave.";
    case HOPTLS_F_FORGED_NAME: return "The server remarked that the client's name does not fit its address.";
    default: return NULL;
    }
}

const char *prose_parting(uint32_t bit)
{
    switch (bit) {
    case HOPTLS_J_RESENT: return "it was resent (Resent- fields stand here)";
    case HOPTLS_J_DELIVERED: return "it had been delivered (Delivered-To stands here)";
    case HOPTLS_J_FORWARDED: return "it was forwarded (X-Forwarded- fields stand here)";
    case HOPTLS_J_LIST: return "a mailing list handed it in again";
    case HOPTLS_J_RECIPIENT: return "the hops above were for somebody in another organisation";
    default: return NULL;
    }
}

const char *prose_protection(uint32_t bit)
{
    switch (bit) {
    case HOPTLS_P_PGP_MIME: return "encrypted with PGP/MIME";
    case HOPTLS_P_PGP_INLINE: return "encrypted with PGP";
    case HOPTLS_P_SMIME: return "encrypted with S/MIME";
    case HOPTLS_P_SIGNED: return "signed, which hides nothing";
    case HOPTLS_P_PORTAL: return "a notice that leads to a web portal";
    case HOPTLS_P_TLS_OPTIONAL: return "its author waived TLS (TLS-Required: No)";
    default: return NULL;
    }
}
