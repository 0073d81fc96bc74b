/* What silence means, learned from an archive. A server that says TLS of every peer that can do TLS keeps a reliable
 * record; then its silence about another peer means plaintext. A server that never says TLS tells nothing. */
#ifndef HOPTLS_TOOLS_LEARN_H
#define HOPTLS_TOOLS_LEARN_H

#include "answer.h"
#include "counts.h"
#include "ledger.h"

/* Add, `weight` times, the hops of a message that tell whether their servers record TLS: between organisations, from server to server
 * or to the store, as far down as the caller believes. Returns 0, or -1 with errno. */
int learn_count(struct ledger *counts, const struct answer *answer, int weight);

/* When a record is reliable. */
struct learn_rule {
    unsigned share; /* of the hops from peers that ever came over TLS, so many in ten thousand state it */
    uint64_t hops;  /* and so many state it at least */
    uint64_t peers; /* from so many peers at least */
};

/* What is known of one server with one software: of the peers that ever reached it over TLS. */
struct learned_record {
    const char *key; /* host and writer, with the tab between; not ended by a NUL */
    size_t len;
    uint64_t peers;
    uint64_t stated;
    uint64_t silent;
    char since[8]; /* the first month with a statement; "" if none has a date */
    int reliable;
};

struct learned;

/* Takes the counts over: they are freed with it, or here if it fails. Null if there is no memory. */
struct learned *learned_open(struct counts *counts, const struct learn_rule *rule);
void learned_close(struct learned *learned);

/* Write the record of every server that ever stated TLS, a line each: host, writer, peers, stated, silent, the first month
 * with a statement, and whether it is `reliable` or `short` of the rule. */
void learned_write(const struct learned *learned, struct output *out);

/* Set what silence means, where nobody knows and the record of the hop's server tells. For a hop that was routed and
 * not yet judged. */
void learned_tell_silence(const struct learned *learned, hoptls_msg msg, hoptls_hop *hop);

/* The record of the hop's server; null if there is none. */
const struct learned_record *learned_record_of(const struct learned *learned, hoptls_msg msg,
                                               const hoptls_hop *hop);

#endif
