/* Counts of an archive: per recording host, its software, the peer's organisation and the month, how many hops state
 * TLS and how many are silent. They merge by addition alone, so that the parts of an archive can be counted apart and
 * in any order.
 *
 * As text: a first line `hoptls-counts 1`, then one line a row, sorted by its bytes:
 *
 *     HOST <tab> WRITER <tab> PEER <tab> YYYY-MM <tab> STATED <tab> SILENT
 *
 * where `-` stands for a writer that was not recognised and for a hop without a date. */
#ifndef HOPTLS_TOOLS_COUNTS_H
#define HOPTLS_TOOLS_COUNTS_H

#include "output.h"

/* The first four columns with the tabs between them. Each of the three names is at most 255 bytes. */
enum { COUNTS_NAME_MOST = 255, COUNTS_KEY_ROOM = 3 * (COUNTS_NAME_MOST + 1) + (int)sizeof "0000-00" };

struct count {
    char *key;
    uint64_t stated;
    uint64_t silent;
};

/* Start it with all zero. */
struct counts {
    struct count *rows;
    size_t count;
    size_t sorted; /* so many rows, from the first, are sorted and have different keys */
    size_t room;
    uint64_t total;
};

/* Add to a row. Returns 0, or -1 with errno: ENOMEM, or EOVERFLOW where sums of counts would not fit their type. */
int counts_add(struct counts *counts, const char *key, uint64_t stated, uint64_t silent);

/* Sort what was added. Until the next addition the rows are in order, each key once. */
void counts_settle(struct counts *counts);

/* The first row whose key is not before `key`; `count` if there is none. For counts that are settled. */
size_t counts_find(const struct counts *counts, const char *key);

/* Add the file at `path`. Returns 0; or -1, and what is wrong was said with file and line. */
int counts_read(struct counts *counts, const char *path);

/* The same in parts: the first line, then each row in the order of its key. */
void counts_begin(struct output *out);
void counts_put(struct output *out, const char *key, uint64_t stated, uint64_t silent);

/* Settles, and writes all. */
void counts_write(struct counts *counts, struct output *out);

void counts_free(struct counts *counts);

#endif
