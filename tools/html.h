/* The results as one page for an auditor: nothing in it comes from elsewhere, and it prints. */
#ifndef HOPTLS_TOOLS_HTML_H
#define HOPTLS_TOOLS_HTML_H

#include "output.h"
#include "results.h"
#include "sums.h"

#include <stdio.h>

struct page_of {
    const struct sums *sums;
    const struct lines_text *settings;
    const struct lines_text *inputs;
    FILE *listing;   /* listing.h; null: none */
    uint32_t listed; /* so many of each verdict at most */
    int incomplete;  /* 1: not all was read */
};

void html_print(struct output *out, const struct page_of *page);

#endif
