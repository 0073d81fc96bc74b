#include "page.h"

#include "text.h"

#include <string.h>

static const char *const codes[] = {
    [STYLE_USUAL] = "",        [STYLE_STRONG] = "\x1b[1m", [STYLE_QUIET] = "\x1b[2m",
    [STYLE_GOOD] = "\x1b[32m", [STYLE_BAD] = "\x1b[1;31m", [STYLE_DOUBT] = "\x1b[33m",
};

void page_begin(struct page *page, struct output *out, const struct terminal *terminal)
{
    page->out = out;
    page->terminal = terminal;
    page->width = terminal->width;
    page->indent = 0;
    page->column = 0;
}

void page_break(struct page *page)
{
    output_word(page->out, "\n");
    page->column = 0;
}

static void pad(struct page *page)
{
    if (page->column < page->indent) {
        output_fill(page->out, " ", page->indent - page->column);
        page->column = page->indent;
    }
}

void page_tab(struct page *page, unsigned column)
{
    if (page->column > column) {
        page_break(page);
    }
    page->indent = column;
}

static unsigned room(const struct page *page)
{
    return page->width > page->column ? page->width - page->column : 0;
}

/* Part of a word that is longer than the line. At least one cell's worth, so that the narrowest page ends. */
static size_t put_part(struct page *page, const char *word, size_t len)
{
    unsigned used;
    size_t part = text_fit(word, len, room(page), &used);
    if (part == 0 && page->column <= page->indent) {
        part = text_fit(word, len, 2, &used);
    }
    output_bytes(page->out, word, part);
    page->column += used;
    return part;
}

static void put_word(struct page *page, const char *word, size_t len)
{
    unsigned cells = text_cells(word, len);
    int first = page->column <= page->indent;
    size_t done = 0;
    if (!first && cells >= room(page)) {
        page_break(page);
    } else if (!first) {
        output_word(page->out, " ");
        page->column++;
    }
    while (done < len) {
        pad(page);
        done += put_part(page, word + done, len - done);
        if (done < len) {
            page_break(page);
        }
    }
}

void page_words(struct page *page, enum style style, const char *words)
{
    const char *at = words + strspn(words, " ");
    int coloured = page->terminal->colour && codes[style][0] != '\0';
    if (coloured) {
        output_word(page->out, codes[style]);
    }
    while (*at != '\0') {
        size_t len = strcspn(at, " ");
        put_word(page, at, len);
        at += len + strspn(at + len, " ");
    }
    if (coloured) {
        output_word(page->out, "\x1b[0m");
    }
}
