/* Sums under names, as many as an archive has: what does not fit into memory goes to temporary files, sorted, and all is
 * read back in the order of its keys with equal keys added up. So sums of parts of an archive can be taken apart, in any
 * order and by any number of threads, and their sum is that of the whole. */
#ifndef HOPTLS_TOOLS_LEDGER_H
#define HOPTLS_TOOLS_LEDGER_H

#include <stddef.h>
#include <stdint.h>

enum { LEDGER_COLUMNS = 9, LEDGER_KEY_MOST = 1024 };

struct ledger;

/* With room for `most` rows in memory. Null if there is none. */
struct ledger *ledger_open(uint32_t most);
void ledger_close(struct ledger *ledger);

/* The sums of a row, all 0 if it is new. They stay where they are until `ledger_generation` changes. Null with errno if
 * what is in memory cannot be put to a file, or the key is longer than LEDGER_KEY_MOST. */
uint64_t *ledger_row(struct ledger *ledger, const char *key, size_t len);
unsigned ledger_generation(const struct ledger *ledger);

/* ---- Rows in order ---- */

struct row {
    size_t len;
    char key[LEDGER_KEY_MOST + 1]; /* ends with a NUL */
    uint64_t sums[LEDGER_COLUMNS];
};

/* Where rows come from, each source in the order of its keys (memcmp). Returns 1 with a row, 0 at the end, -1 if it
 * cannot be read, which the source has said. */
typedef int row_source(void *from, struct row *row);

struct rows;

struct rows *rows_open(void);
void rows_close(struct rows *rows);
int rows_add(struct rows *rows, row_source *source, void *from);

/* All of a ledger, which may not be changed until the rows are closed. */
int rows_add_ledger(struct rows *rows, struct ledger *ledger);

/* The next key of all sources, its sums added up. Returns 1, 0 at the end, -1 with errno, or with errno 0 if a source said
 * what is wrong. */
int rows_next(struct rows *rows, struct row *row);

#endif
