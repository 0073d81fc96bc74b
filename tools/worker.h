/* A thread's own things, and what begins and ends its files. */
#ifndef HOPTLS_TOOLS_WORKER_H
#define HOPTLS_TOOLS_WORKER_H

#include "scan.h"

/* Null if there is no memory. */
struct worker *worker_open(struct scan *scan);
void worker_close(struct worker *worker);

#endif
