/* Lines of columns with tabs between, in which any bytes can stand: those of a line's own, and others that nobody sees, as
 * \xNN, and a backslash as \\. */
#ifndef HOPTLS_TOOLS_LINE_H
#define HOPTLS_TOOLS_LINE_H

#include "output.h"

void line_put(struct output *out, const void *bytes, size_t len);
void line_put_word(struct output *out, const char *word);

/* The same into memory; what has no room is left out. */
void line_write(char *to, size_t room, const char *word);

/* Undo it, in place. Returns the length, or -1 if the column is none that was written so. */
long line_take(char *column, size_t len);

/* Split at tabs, in place: the columns end with NUL. Returns how many there are, `most` + 1 if more. */
unsigned line_split(char *line, char **columns, unsigned most);

/* Digits alone. Returns 0, or -1. */
int line_number(const char *column, uint64_t *number);

#endif
