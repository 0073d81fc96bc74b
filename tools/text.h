/* A short text made ready for the eye. Whatever stood in the mail, a text holds only characters that a terminal
 * shows: hostile bytes come out as \xNN. */
#ifndef HOPTLS_TOOLS_TEXT_H
#define HOPTLS_TOOLS_TEXT_H

#include "hoptls.h"
#include "terminal.h"

enum { TEXT_ROOM = 4096 };

/* Always ends with a NUL. What does not fit is left out, and text_safe marks where. */
struct text {
    const struct terminal *terminal;
    size_t len;
    char bytes[TEXT_ROOM];
};

void text_begin(struct text *text, const struct terminal *terminal);

/* Add words of our own, which need no care. */
void text_add(struct text *text, const char *words);
void text_sign(struct text *text, enum sign sign);
void text_number(struct text *text, uint64_t number);

/* Add bytes of the mail, at most `limit` cells of them; a mark shows that there were more. Blanks and line ends
 * come out as one blank. Everything else that is not a visible character of the terminal comes out as \xNN, and
 * a backslash and a quote get a backslash, so that what is read is unambiguous. */
void text_safe(struct text *text, const void *bytes, size_t len, unsigned limit);

/* The same for a string, and for a part of a message. */
void text_safe_word(struct text *text, const char *word, unsigned limit);
void text_span(struct text *text, hoptls_msg msg, hoptls_span span, unsigned limit);

/* How many cells the first `len` bytes of words made by the functions above take. */
unsigned text_cells(const char *bytes, size_t len);

/* How many bytes of them fill at most `cells` cells; `*used` says how many they fill. */
size_t text_fit(const char *bytes, size_t len, unsigned cells, unsigned *used);

#endif
