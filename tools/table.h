/* Messages, hops and hosts as tables of SQLite, documented in README.md. */
#ifndef HOPTLS_TOOLS_TABLE_H
#define HOPTLS_TOOLS_TABLE_H

#include "answer.h"

struct table;

/* Make the tables in the file at `path`, or go on with those that are there. Null, and what is wrong was said. */
struct table *table_open(const char *path, const char *settings);

/* How many messages it has; and leave those that come behind so many out again, which a scan wrote that was killed.
 * Returns 0, or -1 if there are fewer, and what is wrong was said. */
uint64_t table_rows(const struct table *table);
int table_cut(struct table *table, uint64_t rows);

/* Returns 0, or -1, and what is wrong was said. */
int table_add(struct table *table, const char *file, uint64_t offset, const struct answer *answer);

/* With the indexes. Returns 0 or -1 as above. */
int table_close(struct table *table);

#endif
