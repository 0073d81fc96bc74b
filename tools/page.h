/* Words on a terminal: they wrap at its width, hang at an indent, and carry colours. */
#ifndef HOPTLS_TOOLS_PAGE_H
#define HOPTLS_TOOLS_PAGE_H

#include "output.h"
#include "terminal.h"

#include <stddef.h>

enum style { STYLE_USUAL, STYLE_STRONG, STYLE_QUIET, STYLE_GOOD, STYLE_BAD, STYLE_DOUBT };

struct page {
    struct output *out;
    const struct terminal *terminal;
    unsigned width;  /* where lines wrap */
    unsigned indent; /* where they begin */
    unsigned column; /* where the next cell goes */
};

void page_begin(struct page *page, struct output *out, const struct terminal *terminal);

/* Write words that are safe (see text.h), with a blank between them and what stands in front of them. */
void page_words(struct page *page, enum style style, const char *words);

/* Let what comes next stand at this column, in this line if that is still to come, and wrap there. */
void page_tab(struct page *page, unsigned column);

/* End the line. */
void page_break(struct page *page);

#endif
