/* The results of a scan for a person to read. */
#ifndef HOPTLS_TOOLS_SUMMARY_H
#define HOPTLS_TOOLS_SUMMARY_H

#include "output.h"
#include "sums.h"
#include "terminal.h"

void summary_print(struct output *out, const struct terminal *terminal, const struct sums *sums,
                   const char *policy, int incomplete);

#endif
