/* The answer for a person to read. */
#ifndef HOPTLS_TOOLS_EXPLAIN_H
#define HOPTLS_TOOLS_EXPLAIN_H

#include "answer.h"
#include "output.h"
#include "terminal.h"

/* `name` stands above the answer where there is more than one; else it is null. */
void explain_answer(struct output *out, const struct terminal *terminal, const struct answer *answer,
                    const char *name);

#endif
