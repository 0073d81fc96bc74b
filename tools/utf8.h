/* Characters out of bytes that may be anything (RFC 3629). */
#ifndef HOPTLS_TOOLS_UTF8_H
#define HOPTLS_TOOLS_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* The character at the start of `p`, `n` bytes, `n` > 0. Returns its length in bytes, or 0 if there is none:
 * too long a form, a surrogate, beyond U+10FFFF, cut off, or no UTF-8 at all. */
size_t utf8_read(const uint8_t *p, size_t n, uint32_t *code);

/* 1 if a terminal would obey the character instead of showing it, or a person could not see it: controls, marks
 * of writing direction, invisible and private characters. */
int utf8_is_harmful(uint32_t code);

/* How many cells the character takes on a terminal, or -1 if it cannot be shown. */
int utf8_cells(uint32_t code);

#endif
