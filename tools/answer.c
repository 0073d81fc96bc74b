#include "answer.h"

#include "learn.h"

/* What silence means: by the library's tables, by what was learned where they do not know, by the operator's word
 * before both. */
static void tell_silence(const struct request *request, hoptls_msg msg, hoptls_hop *hop)
{
    if (request->forget_silence && hop->silence == HOPTLS_SILENCE_PLAIN) {
        hop->silence = HOPTLS_SILENCE_UNKNOWN;
    }
    if (request->profiles != NULL) {
        profiles_tell_silence(request->profiles, msg, hop);
    }
    if (request->learned != NULL) {
        learned_tell_silence(request->learned, msg, hop);
    }
}

/* Set the facts that need a neighbour or somebody's word, and judge. */
static void settle(const struct request *request, hoptls_msg msg, const hoptls_hop *newer, hoptls_hop *hop)
{
    organisations_set(request->organisations, msg, hop);
    if (request->profiles != NULL) {
        profiles_name(request->profiles, msg, hop);
    }
    hoptls_hop_route(msg, newer, hop);
    if (request->profiles != NULL) {
        profiles_place(request->profiles, msg, hop);
    }
    tell_silence(request, msg, hop);
    if (request->named != NULL) {
        policy_mark(hop);
    }
    hoptls_hop_judge(hop, &request->policy);
}

/* Read, route and judge the hop that a field tells of. `newer` is the hop above or null. */
static void read_hop(const struct answer *answer, const hoptls_field *field, const hoptls_hop *newer,
                     uint32_t parting, hoptls_hop *hop)
{
    hoptls_hop_read(answer->msg, field, hop);
    hop->parting = parting;
    settle(answer->request, answer->msg, newer, hop);
}

/* The next Received field from `*pos` on, as a hop. Returns 0 at the end of the header. */
static int find_hop(const struct answer *answer, uint32_t *pos, const hoptls_hop *newer, hoptls_hop *hop)
{
    hoptls_field field;
    uint32_t parting = 0;
    int status = hoptls_field_next(answer->msg, pos, &field);
    while (status == HOPTLS_MORE && hoptls_field_is_received(answer->msg, &field) != 1) {
        parting |= hoptls_journey_field(answer->msg, &field);
        status = hoptls_field_next(answer->msg, pos, &field);
    }
    if (status != HOPTLS_MORE) {
        return 0;
    }
    read_hop(answer, &field, newer, parting, hop);
    return 1;
}

const hoptls_hop *answer_next(const struct answer *answer, struct walk *walk)
{
    hoptls_hop newer = walk->hop;
    if (walk->next < answer->kept_count) {
        walk->hop = answer->kept[walk->next];
        walk->pos = answer->kept_end;
    } else if (answer->kept_count < ANSWER_KEPT || !find_hop(answer, &walk->pos, &newer, &walk->hop)) {
        return NULL;
    }
    walk->next++;
    return &walk->hop;
}

static uint32_t protection_of(const struct answer *answer, const hoptls_field *field)
{
    const struct profiles *profiles = answer->request->profiles;
    return hoptls_content_field(answer->msg, field) |
           (profiles != NULL ? profiles_protection(profiles, answer->msg, field) : 0);
}

/* One pass over the header: its first hops, and what its other fields tell of the message's own protection. */
static void read_fields(struct answer *answer)
{
    hoptls_field field;
    uint32_t parting = 0;
    uint32_t pos = 0;
    while (hoptls_field_next(answer->msg, &pos, &field) == HOPTLS_MORE) {
        uint32_t n = answer->kept_count;
        if (!hoptls_field_is_received(answer->msg, &field)) {
            answer->protection |= protection_of(answer, &field);
            parting |= hoptls_journey_field(answer->msg, &field);
        } else if (n < ANSWER_KEPT) {
            read_hop(answer, &field, n > 0 ? &answer->kept[n - 1] : NULL, parting, &answer->kept[n]);
            answer->kept_count++;
            answer->kept_end = pos;
            parting = 0;
        }
    }
    answer->body = pos;
    answer->protection |= hoptls_content_body(answer->msg, pos);
}

/* How many hops, from the newest down to the first that the caller does not believe. */
static uint32_t count_trusted(const struct answer *answer)
{
    struct walk walk = {0};
    const hoptls_hop *hop = answer_next(answer, &walk);
    while (hop != NULL && trust_covers(&answer->request->trust, answer->msg, hop, walk.next - 1)) {
        hop = answer_next(answer, &walk);
    }
    return hop != NULL ? walk.next - 1 : walk.next;
}

/* Most messages have no more hops than are kept, and their walk needs no copies. */
static void report_kept(struct answer *answer)
{
    for (uint32_t i = 0; i < answer->kept_count; i++) {
        hoptls_report_add(&answer->report, &answer->kept[i]);
    }
}

static void report_hops(struct answer *answer)
{
    struct walk walk = {0};
    const uint32_t *decides =
        answer->request->trust.given ? &answer->report.trusted_hop : &answer->report.claimed_hop;
    const hoptls_hop *hop = answer_next(answer, &walk);
    while (hop != NULL) {
        hoptls_report_add(&answer->report, hop);
        if (*decides == walk.next - 1) {
            answer->deciding = *hop;
        }
        hop = answer_next(answer, &walk);
    }
    answer->deciding_hop = *decides;
}

static void report_all(struct answer *answer)
{
    const hoptls_report *report = &answer->report;
    if (answer->kept_count == ANSWER_KEPT) {
        report_hops(answer);
        return;
    }
    report_kept(answer);
    answer->deciding_hop = answer->request->trust.given ? report->trusted_hop : report->claimed_hop;
    if (answer->deciding_hop != HOPTLS_NO_HOP) {
        answer->deciding = answer->kept[answer->deciding_hop];
    }
}

int answer_read(struct answer *answer, const struct request *request, hoptls_msg msg)
{
    hoptls_policy policy = request->policy;
    if (msg.len > UINT32_MAX) {
        return HOPTLS_E_SIZE;
    }
    answer->request = request;
    answer->msg = msg;
    answer->protection = 0;
    answer->kept_count = 0;
    answer->kept_end = 0;
    read_fields(answer);
    if (request->trust.given) {
        uint32_t believed = count_trusted(answer);
        policy.trusted_hops = believed > 0 ? believed : HOPTLS_NO_HOP;
    }
    hoptls_report_begin(&answer->report, &policy);
    report_all(answer);
    answer->report.protection = answer->protection;
    answer->report.body = answer->body;
    return hoptls_report_end(&answer->report);
}
