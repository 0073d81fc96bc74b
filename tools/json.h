/* The answer for a program to read: one line of JSON (RFC 8259), its keys documented in README.md.
 *
 * Written by hand rather than with a library: a JSON library builds a tree of the answer in memory before it writes,
 * which for a message of a million hops is a gigabyte and for an archive of a hundred million messages most of the
 * time; all that is needed here is to quote strings. */
#ifndef HOPTLS_TOOLS_JSON_H
#define HOPTLS_TOOLS_JSON_H

#include "answer.h"
#include "output.h"

void json_answer(struct output *out, const char *file, uint64_t offset, const struct answer *answer);

/* The line of a file that could not be read. */
void json_error(struct output *out, const char *file, const char *error);

#endif
