/* The messages that the page lists, a line each: VERDICT, DATE, FILE, OFFSET, FROM, BY, REASON (line.h). */
#ifndef HOPTLS_TOOLS_LISTING_H
#define HOPTLS_TOOLS_LISTING_H

#include "answer.h"
#include "output.h"

enum {
    LISTING_VERDICT,
    LISTING_DATE,
    LISTING_FILE,
    LISTING_OFFSET,
    LISTING_FROM,
    LISTING_BY,
    LISTING_REASON,
    LISTING_COLUMNS
};

void listing_add(struct output *out, const char *file, uint64_t offset, const struct answer *answer);

/* The number of the verdict, as tally_column; -1 if the word is none. */
int listing_verdict(const char *word);

#endif
