/* The loop over a message: the only file that knows the whole pipeline. */
#include "internal.h"

/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> report == \null || (msg.ptr == \null && msg.len > 0) || (hops == \null && cap > 0); */
static int is_call_wrong(hoptls_msg msg, const hoptls_hop *hops, uint32_t cap, const hoptls_report *report)
{
    return report == NULL || (msg.ptr == NULL && msg.len > 0) || (hops == NULL && cap > 0);
}

/* Read, route and judge one hop. Its neighbour above is the last one read. */
/*@ requires message_or_null(msg) && \valid_read(field) && \valid(out) && \separated(field, out);
    requires policy == \null || (\valid_read(policy) && \separated(out, policy));
    requires newer == \null || (\valid_read(newer) && \separated(out, newer));
    terminates \true;
    assigns *out, hoptls_work; */
static void read_hop(hoptls_msg msg, const hoptls_field *field, const hoptls_policy *policy,
                     const hoptls_hop *newer, uint32_t parting, hoptls_hop *out)
{
    (void)hoptls_hop_read(msg, field, out);
    out->parting = parting;
    (void)hoptls_hop_route(msg, newer, out);
    (void)hoptls_hop_judge(out, policy);
}

/* Where the next hop is read to: the caller's array, or behind its end two spare ones by turns, so that hops beyond `cap`
 * are judged like the others, each with its neighbour. */
static hoptls_hop *room_for_hop(hoptls_hop *hops, uint32_t cap, hoptls_hop spare[2], uint32_t number)
{
    return number < cap ? &hops[number] : &spare[number % 2];
}

int hoptls_message_read(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                        hoptls_report *report)
{
    hoptls_field field;
    hoptls_hop spare[2];
    const hoptls_hop *newer = NULL;
    uint32_t parting = 0;
    uint32_t pos = 0;
    if (is_call_wrong(msg, hops, cap, report)) {
        return HOPTLS_E_ARG;
    }
    if (msg.len > UINT32_MAX) {
        return HOPTLS_E_SIZE;
    }
    (void)hoptls_report_begin(report, policy);
    while (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE) {
        if (hoptls_field_is_received(msg, &field)) {
            hoptls_hop *hop = room_for_hop(hops, cap, spare, report->hops);
            read_hop(msg, &field, policy, newer, parting, hop);
            parting = 0;
            (void)hoptls_report_add(report, hop);
            newer = hop;
        } else {
            report->protection |= hoptls_content_field(msg, &field);
            parting |= hoptls_journey_field(msg, &field);
        }
    }
    report->body = pos;
    report->protection |= hoptls_content_body(msg, pos);
    return hoptls_report_end(report);
}
