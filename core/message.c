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

/* What contracts say of where hops are read to: both are in memory, and apart. */
/*@ predicate rooms{L}(hoptls_hop *hops, integer cap, hoptls_hop *spare) =
        (hops == \null ==> cap == 0) && (hops != \null ==> \valid{L}(hops + (0 .. cap - 1))) &&
        \valid{L}(spare + (0 .. 1)) && \separated(hops + (0 .. cap - 1), spare + (0 .. 1));
    logic hoptls_hop *room(hoptls_hop *hops, integer cap, hoptls_hop *spare, integer number) =
        number < cap ? hops + number : spare + number % 2;
*/

/* Where hop `number` is read to: the caller's array, or behind its end two spare ones by turns, so that hops beyond `cap`
 * are judged like the others, each with its neighbour. */
/*@ requires rooms(hops, cap, spare);
    terminates \true;
    assigns \nothing;
    ensures \result == room(hops, cap, spare, number) && \valid(\result); */
static hoptls_hop *room_for_hop(hoptls_hop *hops, uint32_t cap, hoptls_hop *spare, uint32_t number)
{
    return number < cap ? &hops[number] : &spare[number % 2];
}

/* Where the one above it was; null for the newest. */
/*@ requires rooms(hops, cap, spare);
    terminates \true;
    assigns \nothing;
    ensures number == 0 ==> \result == \null;
    ensures number > 0 ==> \valid(\result) && \separated(\result, room(hops, cap, spare, number));
    ensures number > 0 ==> \result == room(hops, cap, spare, number - 1); */
static const hoptls_hop *room_above(hoptls_hop *hops, uint32_t cap, hoptls_hop *spare, uint32_t number)
{
    return number > 0 ? room_for_hop(hops, cap, spare, number - 1) : NULL;
}

/* Every field of the header. Returns where the body begins. */
/*@ requires message_or_null(msg) && msg.len <= UINT32_MAX && rooms(hops, cap, spare);
    requires \valid(report) && begun(report) && report->hops == 0;
    requires policy == \null || \valid_read(policy);
    requires \separated(report, policy, hops + (0 .. cap - 1), spare + (0 .. 1));
    terminates \true;
    assigns *report, hops[0 .. cap - 1], spare[0 .. 1], hoptls_work;
    ensures begun(report) && \result <= msg.len; */
static uint32_t read_fields(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                            hoptls_hop *spare, hoptls_report *report)
{
    hoptls_field field;
    uint32_t parting = 0;
    uint32_t pos = 0;
    /*@ loop invariant begun(report) && report->hops <= pos <= msg.len;
        loop assigns field, parting, pos, *report, hops[0 .. cap - 1], spare[0 .. 1], hoptls_work;
        loop variant msg.len - pos; */
    while (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE) {
        if (hoptls_field_is_received(msg, &field)) {
            hoptls_hop *hop = room_for_hop(hops, cap, spare, report->hops);
            read_hop(msg, &field, policy, room_above(hops, cap, spare, report->hops), parting, hop);
            parting = 0;
            (void)hoptls_report_add(report, hop);
        } else {
            report->protection |= hoptls_content_field(msg, &field);
            parting |= hoptls_journey_field(msg, &field);
        }
    }
    return pos;
}

int hoptls_message_read(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                        hoptls_report *report)
{
    hoptls_hop spare[2];
    if (is_call_wrong(msg, hops, cap, report)) {
        return HOPTLS_E_ARG;
    }
    if (msg.len > UINT32_MAX) {
        return HOPTLS_E_SIZE;
    }
    (void)hoptls_report_begin(report, policy);
    report->body = read_fields(msg, policy, hops, cap, spare, report);
    report->protection |= hoptls_content_body(msg, report->body);
    return hoptls_report_end(report);
}
