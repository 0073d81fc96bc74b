/* hoptls scan, hoptls merge, hoptls learn: archives, from the paths that the user named to what he gets to see. */
#ifndef HOPTLS_TOOLS_ARCHIVE_H
#define HOPTLS_TOOLS_ARCHIVE_H

#include "options.h"
#include "scan.h"

/* Each returns an exit status. */
int archive_scan(const struct options *options, struct output *out, const struct terminal *terminal);
int archive_merge(const struct options *options, struct output *out, const struct terminal *terminal);
int archive_learn(const struct options *options, struct output *out);

#endif
