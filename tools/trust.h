/* Whom the caller believes: so many hops from the newest down, or the hosts that wrote them. */
#ifndef HOPTLS_TOOLS_TRUST_H
#define HOPTLS_TOOLS_TRUST_H

#include "pattern.h"

struct trust {
    int given; /* 1: the caller has drawn a boundary */
    uint32_t hops;
    struct pattern *hosts;
    size_t count;
};

/* Add what the user wrote: a number, or hosts with commas between. Returns 0, or -1 if it is neither (or there
 * is no memory, which amounts to the same refusal). */
int trust_add(struct trust *trust, const char *value);

/* Add a host, whose name the caller keeps. Returns 0, or -1 if there is no memory. */
int trust_add_host(struct trust *trust, const struct pattern *host);
void trust_free(struct trust *trust);

/* Whether the caller believes the hop with this number, 0 for the newest, if those above it are believed. */
int trust_covers(const struct trust *trust, hoptls_msg msg, const hoptls_hop *hop, uint32_t index);

#endif
