/* A hop and the one above it -> scope and continuity. */
#include "internal.h"

/* Clocks differ; more than this is remarked. */
#define CLOCK_SLACK 300

/*@ predicate names_readable{L}(uint8_t *p, hoptls_hop *h) =
        \valid_read{L}(h) && span_readable(p, h->helo) && span_readable(p, h->rdns) && span_readable(p, h->by) &&
        span_readable(p, h->helo_org) && span_readable(p, h->rdns_org) && span_readable(p, h->by_org);
*/

/*@ requires span_readable(p, a) && span_readable(p, b);
    terminates \true;
    assigns hoptls_work; */
static int same_org(const uint8_t *p, hoptls_span a, uint16_t a_provider, hoptls_span b, uint16_t b_provider)
{
    return (a.len > 0 && span_same(p, a, b)) || (a_provider != 0 && a_provider == b_provider);
}

/*@ requires names_readable(p, hop);
    terminates \true;
    assigns hoptls_work; */
static int rdns_at_home(const uint8_t *p, const hoptls_hop *hop)
{
    return same_org(p, hop->rdns_org, hop->rdns_provider, hop->by_org, hop->by_provider);
}

/*@ requires names_readable(p, hop);
    terminates \true;
    assigns hoptls_work; */
static int helo_at_home(const uint8_t *p, const hoptls_hop *hop)
{
    return same_org(p, hop->helo_org, hop->helo_provider, hop->by_org, hop->by_provider);
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> org.len > 0 || provider != 0; */
static int knows(hoptls_span org, uint16_t provider)
{
    return org.len > 0 || provider != 0;
}

/* Whether a name of the client shows that it belongs elsewhere. */
/*@ requires names_readable(p, hop);
    terminates \true;
    assigns hoptls_work; */
static int is_foreign(const uint8_t *p, const hoptls_hop *hop)
{
    if (!knows(hop->by_org, hop->by_provider)) {
        return 0;
    }
    if (knows(hop->rdns_org, hop->rdns_provider)) {
        return !rdns_at_home(p, hop);
    }
    return knows(hop->helo_org, hop->helo_provider) && !helo_at_home(p, hop);
}

/* Over loopback a server speaks with itself, unless the client bears somebody else's name, which one of a private network
 * is not: then something in front
 * of the server took the connection and handed it on, and what it was before is not known. */
/*@ requires names_readable(p, hop);
    terminates \true;
    assigns hoptls_work;
    ensures \result == HOPTLS_SCOPE_HOST || \result == HOPTLS_SCOPE_UNDETERMINED; */
static uint32_t loopback_scope(const uint8_t *p, const hoptls_hop *hop)
{
    int own = hop->helo.len == 0 || hoptls_host_is_local(p, hop->helo) ||
              !hoptls_host_is_qualified(p, hop->helo) || helo_at_home(p, hop) ||
              span_same(p, hop->helo, hop->by) || !knows(hop->by_org, hop->by_provider) ||
              hoptls_host_is_private(p, hop->helo) || hoptls_host_is_private(p, hop->by);
    return own ? HOPTLS_SCOPE_HOST : HOPTLS_SCOPE_UNDETERMINED;
}

/* The host that wrote this field had, when it spoke to the next, an address in the network of its peer here. */
/*@ requires newer == \null || \valid_read(newer);
    requires names_readable(p, hop);
    terminates \true;
    assigns hoptls_work; */
static int near_next(const uint8_t *p, const hoptls_hop *newer, const hoptls_hop *hop)
{
    return newer != NULL && hoptls_addr_near(&newer->addr, &hop->addr) && !is_foreign(p, hop);
}

/*@ requires \valid_read(hop);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> hop->addr.network == HOPTLS_NET_PUBLIC; */
static int is_public(const hoptls_hop *hop)
{
    return hop->addr.network == HOPTLS_NET_PUBLIC;
}

/* The client's own word for it: believed, but remarked, and the hop still counts. */
/*@ requires \valid(hop);
    requires names_readable(p, hop);
    terminates \true;
    assigns hop->flags, hoptls_work;
    ensures \result <= UINT8_MAX; */
static uint32_t scope_by_helo(const uint8_t *p, hoptls_hop *hop)
{
    if (helo_at_home(p, hop) && !is_foreign(p, hop)) {
        hop->flags |= HOPTLS_F_NAME_CLAIMED;
        return HOPTLS_SCOPE_INTERNAL;
    }
    return is_public(hop) || is_foreign(p, hop) ? HOPTLS_SCOPE_EXTERNAL : HOPTLS_SCOPE_UNDETERMINED;
}

/*@ requires newer == \null || \valid_read(newer);
    requires \valid(hop);
    requires names_readable(p, hop);
    terminates \true;
    assigns hop->flags, hoptls_work;
    ensures \result <= UINT8_MAX; */
static uint32_t scope_of(const uint8_t *p, const hoptls_hop *newer, hoptls_hop *hop)
{
    if (hop->writer_scope != 0) {
        return hop->writer_scope;
    }
    if (hop->addr.network == HOPTLS_NET_LOOPBACK) {
        return loopback_scope(p, hop);
    }
    if (hop->addr.family != 0 && !is_public(hop)) {
        return is_foreign(p, hop) ? HOPTLS_SCOPE_UNDETERMINED : HOPTLS_SCOPE_INTERNAL;
    }
    if ((rdns_at_home(p, hop) && (hop->flags & HOPTLS_F_FORGED_NAME) == 0) || near_next(p, newer, hop)) {
        return HOPTLS_SCOPE_INTERNAL;
    }
    return scope_by_helo(p, hop);
}

/* Whether the newer hop came from a host that this field cannot be of: both are named, and nothing is alike. */
/*@ requires names_readable(p, newer) && names_readable(p, hop);
    terminates \true;
    assigns hoptls_work; */
static int is_gap(const uint8_t *p, const hoptls_hop *newer, const hoptls_hop *hop)
{
    int named = knows(newer->rdns_org, newer->rdns_provider) || knows(newer->helo_org, newer->helo_provider);
    return named && knows(hop->by_org, hop->by_provider) &&
           !same_org(p, newer->rdns_org, newer->rdns_provider, hop->by_org, hop->by_provider) &&
           !same_org(p, newer->helo_org, newer->helo_provider, hop->by_org, hop->by_provider);
}

/*@ requires \valid_read(newer) && \valid_read(hop);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==>
    (newer->flags & HOPTLS_F_NO_DATE) == 0 && (hop->flags & HOPTLS_F_NO_DATE) == 0 && hop->date > CLOCK_SLACK &&
    hop->date - newer->date > CLOCK_SLACK; */
static int is_back_in_time(const hoptls_hop *newer, const hoptls_hop *hop)
{
    return (newer->flags & HOPTLS_F_NO_DATE) == 0 && (hop->flags & HOPTLS_F_NO_DATE) == 0 &&
           hop->date > CLOCK_SLACK && hop->date - CLOCK_SLACK > newer->date;
}

/*@ requires \valid(hop) && \separated(hop, newer);
    requires names_readable(p, newer) && names_readable(p, hop);
    terminates \true;
    assigns hop->flags, hoptls_work; */
static void set_continuity(const uint8_t *p, const hoptls_hop *newer, hoptls_hop *hop)
{
    if (is_gap(p, newer, hop)) {
        hop->flags |= HOPTLS_F_CHAIN_GAP;
    }
    if (is_back_in_time(newer, hop)) {
        hop->flags |= HOPTLS_F_TIME_BACK;
    }
}

/* Whether the names of a hop, some of which a caller may have set, are parts of the message. */
/*@ requires \valid_read(hop);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> names_within(hop, len); */
static int names_are_in(const hoptls_hop *hop, size_t len)
{
    return span_in(hop->helo, len) && span_in(hop->rdns, len) && span_in(hop->by, len) &&
           span_in(hop->helo_org, len) && span_in(hop->rdns_org, len) && span_in(hop->by_org, len) &&
           span_in(hop->recipient, len) && span_in(hop->onward, len);
}

int hoptls_hop_route(hoptls_msg msg, const hoptls_hop *newer, hoptls_hop *hop)
{
    if (hop == NULL || (msg.ptr == NULL && msg.len > 0) || !names_are_in(hop, msg.len) ||
        (newer != NULL && !names_are_in(newer, msg.len))) {
        return HOPTLS_E_ARG;
    }
    if (msg.len > UINT32_MAX) {
        return HOPTLS_E_SIZE;
    }
    hop->flags &= ~(uint32_t)(HOPTLS_F_NAME_CLAIMED | HOPTLS_F_CHAIN_GAP | HOPTLS_F_TIME_BACK);
    //@ assert names_within(hop, msg.len) && (newer != \null ==> names_within(newer, msg.len));
    hop->scope = (uint8_t)scope_of(msg.ptr, newer, hop);
    //@ assert names_within(hop, msg.len) && (newer != \null ==> names_within(newer, msg.len));
    if (newer != NULL) {
        set_continuity(msg.ptr, newer, hop);
    }
    hoptls_journey_set(msg.ptr, newer, hop);
    return HOPTLS_OK;
}
