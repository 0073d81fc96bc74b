/* Files to pieces: those that are small together, a big mbox in parts. */
#ifndef HOPTLS_TOOLS_DISPATCH_H
#define HOPTLS_TOOLS_DISPATCH_H

#include "scan.h"

/* Hand everything below the paths to the pool, and wait until all of it is done or the scan ends. */
void dispatch_paths(struct scan *scan, char *const *paths, int count);

/* Whether the paths lead, as far as an earlier call came, to the files that they led to then: a walk that reads none of them.
 * Returns 0, or -1, and what is wrong was said. */
int dispatch_check(const struct scan *scan, char *const *paths, int count);

#endif
