/* What is said of a hop and of a message in words, for the eye and for JSON alike. */
#ifndef HOPTLS_TOOLS_PROSE_H
#define HOPTLS_TOOLS_PROSE_H

#include "answer.h"
#include "text.h"

/* No host name is longer; what is, is cut. */
enum { PROSE_HOST = 256, PROSE_PROOF = 600 };

enum { ADDRESS_ROOM = 48, DATE_ROOM = 24 };

/* The address as text, "" if there is none. */
void prose_address(const hoptls_addr *addr, char text[ADDRESS_ROOM]);

/* The date in UTC as `2001-02-03 04:05:06`, with `gap` for the blank; "" if there is none, or none in the four
 * digits of a year. */
void prose_date(const hoptls_hop *hop, char gap, char text[DATE_ROOM]);

/* The name by which the client is best known: what the server found, else what the client claimed. Empty if it
 * has none. Its organisation in the same order. */
hoptls_span prose_from(const hoptls_hop *hop);
hoptls_span prose_from_org(const hoptls_hop *hop);

/* Add the client and the server, each as one name. */
void prose_add_from(struct text *text, hoptls_msg msg, const hoptls_hop *hop);
void prose_add_by(struct text *text, hoptls_msg msg, const hoptls_hop *hop);

/* Add the organisations that they belong to, or what else tells where they belong. */
void prose_add_from_org(struct text *text, hoptls_msg msg, const hoptls_hop *hop);
void prose_add_by_org(struct text *text, hoptls_msg msg, const hoptls_hop *hop);

/* Add the version: `TLS 1.2`, `SSL 3`, or `TLS` if none is stated. */
void prose_add_version(struct text *text, const hoptls_tls *tls);

/* Add why the hop has its verdict: its server, and what that did. */
void prose_add_why(struct text *text, const struct answer *answer, const hoptls_hop *hop);

/* Add the rule that a weak hop breaks: of the policy by name, or the option that asked for more. */
void prose_add_rule(struct text *text, const struct request *request, const hoptls_hop *hop);

/* The answer for the message: `Encrypted`, `Not encrypted` ..., and the rest of the sentence. */
const char *prose_lead(const struct answer *answer);
void prose_add_answer(struct text *text, const struct answer *answer);

/* The remark that a flag of a hop makes, null if it needs none; what a bit of protection means. */
/* What shows that a journey began above a hop, for one bit of it; null if it is none. */
const char *prose_parting(uint32_t bit);

const char *prose_flag(uint32_t flag);
const char *prose_protection(uint32_t bit);

#endif
