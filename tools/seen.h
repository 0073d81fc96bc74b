/* Which messages were counted, by their Message-ID (RFC 5322 section 3.6.4): 128 bits of its SHA-256 each, in a table in a
 * temporary file that is mapped. Memory is the file's pages, which the system takes back as it needs them. */
#ifndef HOPTLS_TOOLS_SEEN_H
#define HOPTLS_TOOLS_SEEN_H

#include "answer.h"

struct seen;

/* Null with errno. */
struct seen *seen_open(void);
void seen_close(struct seen *seen);

/* 1 if a message with this Message-ID came before, 0 if not or if it has none, -1 with errno. */
int seen_before(struct seen *seen, const struct answer *answer);

#endif
