/* How far a scan is, on a terminal. */
#ifndef HOPTLS_TOOLS_PROGRESS_H
#define HOPTLS_TOOLS_PROGRESS_H

#include "scan.h"

struct progress;

/* Null where standard error is no terminal. Before the sandbox or behind it, as long as threads may be started. */
struct progress *progress_start(struct scan *scan, char *const *paths, int count);
void progress_end(struct progress *progress);

#endif
