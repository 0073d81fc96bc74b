/* The loop over a message: the only file that knows the whole pipeline. */
#include "internal.h"

/* Where the reading stands. Hops are read to the caller's array, and behind its end to two spare ones by turns, so that
 * those beyond `cap` are judged like the others, each with its neighbour. */
typedef struct message_walk {
    hoptls_field field;
    hoptls_hop spare[2];
    uint32_t pos;
    uint32_t parting; /* what the fields since the last hop tell of the next */
} message_walk;

/* What contracts say of a call: the room for hops, the report and the walk are there, and apart. */
/*@ predicate room{L}(hoptls_hop *hops, integer cap) = cap == 0 || \valid{L}(hops + (0 .. cap - 1));
    predicate apart_from_hops{L}(hoptls_hop *hops, integer cap, hoptls_report *report, message_walk *w) =
        \separated(hops + (0 .. cap - 1), report, w);
    predicate apart_from_policy{L}(hoptls_hop *hops, integer cap, hoptls_policy *policy, hoptls_report *report, message_walk *w) =
        policy == \null || (\valid_read{L}(policy) && \separated(policy, report) && \separated(policy, w) && \separated(policy, hops + (0 .. cap - 1)));
    predicate walk_known{L}(hoptls_msg msg, hoptls_policy *policy, hoptls_hop *hops, integer cap, message_walk *w, hoptls_report *report) =
        message_or_null{L}(msg) && room{L}(hops, cap) && \valid{L}(w) && \valid{L}(report) && begun{L}(report) &&
        apart_from_hops{L}(hops, cap, report, w) && apart_from_policy{L}(hops, cap, policy, report, w);
*/

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

/* Where the hop of this number is read to. */
/*@ requires room(hops, cap) && \valid(spare + (0 .. 1));
    terminates \true;
    assigns \nothing;
    ensures number < cap ==> \result == hops + number;
    ensures number >= cap ==> \result == spare + number % 2; */
static hoptls_hop *room_for_hop(hoptls_hop *hops, uint32_t cap, hoptls_hop *spare, uint32_t number)
{
    return number < cap ? &hops[number] : &spare[number % 2];
}

/*@ requires walk_known(msg, policy, hops, cap, w, report);
    terminates \true;
    assigns hops[0 .. cap - 1], w->spare[0 .. 1], w->parting, *report, hoptls_work;
    ensures begun(report); */
static void take_hop(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                     message_walk *w, hoptls_report *report)
{
    uint32_t number = report->hops;
    hoptls_hop *hop = room_for_hop(hops, cap, w->spare, number);
    const hoptls_hop *newer = number > 0 ? room_for_hop(hops, cap, w->spare, number - 1) : NULL;
    read_hop(msg, &w->field, policy, newer, w->parting, hop);
    (void)hoptls_report_add(report, hop);
    w->parting = 0;
}

/* A field that is no hop may tell of the message's own protection, and of the next hop. */
/*@ requires message_or_null(msg) && \valid(w) && \valid(report) && begun(report) && \separated(w, report);
    terminates \true;
    assigns w->parting, report->protection, hoptls_work; */
static void take_other(hoptls_msg msg, message_walk *w, hoptls_report *report)
{
    report->protection |= hoptls_content_field(msg, &w->field);
    w->parting |= hoptls_journey_field(msg, &w->field);
}

/*@ requires walk_known(msg, policy, hops, cap, w, report);
    terminates \true;
    assigns hops[0 .. cap - 1], w->spare[0 .. 1], w->parting, *report, hoptls_work;
    ensures begun(report); */
static void take_field(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                       message_walk *w, hoptls_report *report)
{
    if (hoptls_field_is_received(msg, &w->field)) {
        take_hop(msg, policy, hops, cap, w, report);
    } else {
        take_other(msg, w, report);
    }
}

/*@ requires message_or_null(msg) && \valid(w) && w->pos <= msg.len <= UINT32_MAX;
    terminates \true;
    assigns w->pos, w->field, hoptls_work;
    ensures \old(w->pos) <= w->pos <= msg.len;
    ensures \result == HOPTLS_MORE ==> \old(w->pos) < w->pos; */
static int next_field(hoptls_msg msg, message_walk *w)
{
    return hoptls_field_next(msg, &w->pos, &w->field);
}

/*@ requires walk_known(msg, policy, hops, cap, w, report) && w->pos <= msg.len <= UINT32_MAX;
    terminates \true;
    assigns hops[0 .. cap - 1], *w, *report, hoptls_work;
    ensures begun(report); */
static void read_fields(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                        message_walk *w, hoptls_report *report)
{
    /*@ loop invariant begun(report) && w->pos <= msg.len;
        loop assigns hops[0 .. cap - 1], *w, *report, hoptls_work;
        loop variant msg.len - w->pos; */
    while (next_field(msg, w) == HOPTLS_MORE) {
        take_field(msg, policy, hops, cap, w, report);
    }
}

int hoptls_message_read(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops, uint32_t cap,
                        hoptls_report *report)
{
    message_walk w;
    if (is_call_wrong(msg, hops, cap, report)) {
        return HOPTLS_E_ARG;
    }
    if (msg.len > UINT32_MAX) {
        return HOPTLS_E_SIZE;
    }
    (void)hoptls_report_begin(report, policy);
    w.pos = 0;
    w.parting = 0;
    read_fields(msg, policy, hops, cap, &w, report);
    report->body = w.pos;
    report->protection |= hoptls_content_body(msg, w.pos);
    return hoptls_report_end(report);
}
