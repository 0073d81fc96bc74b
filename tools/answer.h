/* The answer for one message: its report, and its hops on demand. However many hops a message has, the answer
 * takes the same memory: the first are kept, the others read again when they are asked for. */
#ifndef HOPTLS_TOOLS_ANSWER_H
#define HOPTLS_TOOLS_ANSWER_H

#include "organisation.h"
#include "policy.h"
#include "profile.h"
#include "trust.h"

struct learned;

/* What the user asked for. */
struct request {
    hoptls_policy policy;
    struct trust trust;
    struct organisations *organisations;
    const struct named_policy *named; /* what `policy` was taken from, or null */
    const struct profiles *profiles;  /* or null */
    const struct learned *learned;    /* or null */
    int own_version;                  /* 1: the caller set `policy.min_version` himself */
    int own_bits;                     /* and `policy.min_bits` */
    int forget_silence;               /* 1: the library's tables do not tell what silence means */
};

/* More than a server lets pass: it takes a hundred for a loop (RFC 5321 section 6.3). */
enum { ANSWER_KEPT = 128 };

struct answer {
    const struct request *request;
    hoptls_msg msg;
    hoptls_report report;
    hoptls_hop deciding;   /* the hop that decides the verdict */
    uint32_t deciding_hop; /* its number, or HOPTLS_NO_HOP */
    uint32_t protection;   /* HOPTLS_P_ bits */
    uint32_t body;         /* where the body begins */
    uint32_t kept_count;
    uint32_t kept_end; /* where the search for the first hop that is not kept begins */
    hoptls_hop kept[ANSWER_KEPT];
};

/* A walk over the hops, newest first. Start it with all zero. */
struct walk {
    uint32_t next; /* the number of the hop that comes next */
    uint32_t pos;
    hoptls_hop hop; /* the hop that came last */
};

/* Returns HOPTLS_OK, or what the library refused the message with. */
int answer_read(struct answer *answer, const struct request *request, hoptls_msg msg);

/* The next hop, judged; null behind the last one. It is valid until the next call. */
const hoptls_hop *answer_next(const struct answer *answer, struct walk *walk);

#endif
