/* What the summary and the page say, drawn from the rows of the results as they come by: totals, months, the first of each
 * kind of name. However many names there are, it takes the same memory. */
#ifndef HOPTLS_TOOLS_SUMS_H
#define HOPTLS_TOOLS_SUMS_H

#include "calendar.h"
#include "tally.h"

enum { TOP_MOST = 25 };

/* The names with the greatest sums, greatest first; of equals, by name. */
struct top {
    struct top_row {
        char name[256];
        uint64_t weight;
        uint64_t sums[LEDGER_COLUMNS];
    } rows[TOP_MOST];
    unsigned count;
    uint64_t names; /* how many there were */
};

struct sums {
    uint64_t messages[LEDGER_COLUMNS];
    uint64_t files[LEDGER_COLUMNS];
    uint64_t submission[LEDGER_COLUMNS];
    uint64_t retrieval[LEDGER_COLUMNS];
    uint64_t months[CALENDAR_MONTHS + 1][TALLY_VERDICTS];
    uint64_t versions[CALENDAR_MONTHS + 1][VERSION_COLUMNS];
    uint64_t all_versions[VERSION_COLUMNS];
    struct top suites, writers, senders, receivers, worst, protections, bases;
};

void sums_add(struct sums *sums, const struct row *row);

uint64_t sums_total(const uint64_t *sums, unsigned count);

/* The first and the last month with messages. Returns 0 if there are none with a date. */
int sums_months(const struct sums *sums, unsigned *first, unsigned *last);

/* The words of the columns of `version`. */
const char *sums_version_word(unsigned column);

#endif
