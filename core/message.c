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

/* Read the next hop, into one of two places by turns, so that its neighbour above is there still; and count it. */
/*@ requires message_or_null(msg) && \valid_read(field) && \valid(hop + (0 .. 1)) && \separated(field, hop + (0 .. 1));
    requires policy == \null || (\valid_read(policy) && \separated(policy, hop + (0 .. 1)));
    requires \valid(report) && begun(report) && report->hops < UINT32_MAX && \separated(report, hop + (0 .. 1));
    terminates \true;
    assigns *report, hop[0 .. 1], hoptls_work;
    ensures begun(report) && report->hops == \old(report->hops) + 1; */
static void take_hop(hoptls_msg msg, const hoptls_field *field, const hoptls_policy *policy, uint32_t parting,
                     hoptls_hop *hop, hoptls_report *report)
{
    uint32_t turn = report->hops % 2;
    read_hop(msg, field, policy, report->hops > 0 ? &hop[1 - turn] : NULL, parting, &hop[turn]);
    (void)hoptls_report_add(report, &hop[turn]);
}

/* Every field of the header. Hops beyond `cap` are judged and counted like the others. Returns where the body begins. */
/*@ requires message_or_null(msg) && msg.len <= UINT32_MAX;
    requires policy == \null || (\valid_read(policy) && \separated(policy, hops + (0 .. cap - 1)));
    requires hops == \null ==> cap == 0;
    requires hops != \null ==> \valid(hops + (0 .. cap - 1));
    requires \valid(report) && begun(report) && report->hops == 0;
    requires \separated(report, hops + (0 .. cap - 1)) && (policy == \null || \separated(report, policy));
    terminates \true;
    assigns *report, hops[0 .. cap - 1], hoptls_work;
    ensures begun(report) && \result <= msg.len; */
static uint32_t read_fields(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                            hoptls_report *report)
{
    hoptls_field field;
    hoptls_hop hop[2];
    uint32_t protection = 0;
    uint32_t parting = 0;
    uint32_t number = 0;
    uint32_t pos = 0;
    /*@ loop invariant begun(report);
        loop invariant pos <= msg.len;
        loop invariant number == report->hops && number <= pos;
        loop assigns field, hop[0 .. 1], protection, parting, number, pos, *report, hops[0 .. cap - 1], hoptls_work;
        loop variant msg.len - pos; */
    while (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE) {
        if (hoptls_field_is_received(msg, &field)) {
            take_hop(msg, &field, policy, parting, hop, report);
            if (number < cap) {
                hops[number] = hop[number % 2];
            }
            number++;
            parting = 0;
        } else {
            protection |= hoptls_content_field(msg, &field);
            parting |= hoptls_journey_field(msg, &field);
        }
    }
    report->protection |= protection;
    return pos;
}

int hoptls_message_read(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                        hoptls_report *report)
{
    if (is_call_wrong(msg, hops, cap, report)) {
        return HOPTLS_E_ARG;
    }
    if (msg.len > UINT32_MAX) {
        return HOPTLS_E_SIZE;
    }
    (void)hoptls_report_begin(report, policy);
    report->body = read_fields(msg, policy, hops, cap, report);
    report->protection |= hoptls_content_body(msg, report->body);
    return hoptls_report_end(report);
}
