/* Who runs a host: its registrable domain by the Public Suffix List (publicsuffix.org). */
#ifndef HOPTLS_TOOLS_ORGANISATION_H
#define HOPTLS_TOOLS_ORGANISATION_H

#include "hoptls.h"

struct organisations;

/* With the newest list on the machine; `many` if there will be enough hosts to prepare for them. Null if there is no memory. */
struct organisations *organisations_open(int many);

/* One with the same list, for another thread: the list is only read, and must live longer. */
struct organisations *organisations_share(const struct organisations *with);
void organisations_close(struct organisations *organisations);

/* Set the organisations of a hop that was read and not yet routed. What is no name of a host on the internet is
 * left as the library found it. */
void organisations_set(struct organisations *organisations, hoptls_msg msg, hoptls_hop *hop);

#endif
