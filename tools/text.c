#include "text.h"

#include "utf8.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* The last bytes are kept free for the mark that there was more. */
enum { MARK_ROOM = 4 };

void text_begin(struct text *text, const struct terminal *terminal)
{
    text->terminal = terminal;
    text->len = 0;
    text->bytes[0] = '\0';
}

/* Returns 0 if the bytes would not leave `spare` bytes free. */
static int text_put(struct text *text, const char *bytes, size_t len, size_t spare)
{
    if (len + spare >= TEXT_ROOM - text->len) {
        return 0;
    }
    memcpy(text->bytes + text->len, bytes, len);
    text->len += len;
    text->bytes[text->len] = '\0';
    return 1;
}

void text_add(struct text *text, const char *words)
{
    text_put(text, words, strlen(words), MARK_ROOM);
}

void text_sign(struct text *text, enum sign sign)
{
    text_add(text, terminal_sign(text->terminal, sign));
}

void text_number(struct text *text, uint64_t number)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    text_add(text, digits);
}

/* The length of the blanks, tabs and line ends at the start of `p`. A carriage return alone is none. */
static size_t blank_run(const uint8_t *p, size_t len)
{
    size_t i = 0;
    while (i < len && (p[i] == ' ' || p[i] == '\t' || p[i] == '\n' ||
                       (p[i] == '\r' && i + 1 < len && p[i + 1] == '\n'))) {
        i++;
    }
    return i;
}

/* One piece of the mail: how it is shown, in how many cells, and how many bytes it was. */
struct piece {
    char shown[24];
    size_t len;
    int cells;
    size_t eaten;
};

static void piece_set(struct piece *piece, const void *shown, size_t len, int cells, size_t eaten)
{
    memcpy(piece->shown, shown, len);
    piece->len = len;
    piece->cells = cells;
    piece->eaten = eaten;
}

static void piece_escape(struct piece *piece, const uint8_t *p, size_t eaten)
{
    size_t len = 0;
    for (size_t i = 0; i < eaten; i++) {
        len += (size_t)snprintf(piece->shown + len, sizeof piece->shown - len, "\\x%02x", p[i]);
    }
    piece->len = len;
    piece->cells = (int)len;
    piece->eaten = eaten;
}

static void piece_read(struct piece *piece, const struct terminal *terminal, const uint8_t *p, size_t len)
{
    uint32_t code = 0;
    size_t blanks = blank_run(p, len);
    size_t size = blanks > 0 ? 1 : utf8_read(p, len, &code);
    if (blanks > 0) {
        piece_set(piece, " ", 1, 1, blanks);
    } else if (code == '\\') {
        piece_set(piece, "\\\\", 2, 2, 1);
    } else if (code == '"') {
        piece_set(piece, "\\\"", 2, 2, 1);
    } else if (size == 1 && code > ' ' && code < 0x7F) {
        piece_set(piece, p, 1, 1, 1);
    } else if (size > 1 && terminal->utf8 && utf8_cells(code) >= 0) {
        piece_set(piece, p, size, utf8_cells(code), size);
    } else {
        piece_escape(piece, p, size > 0 ? size : 1);
    }
}

void text_safe(struct text *text, const void *bytes, size_t len, unsigned limit)
{
    const uint8_t *p = bytes;
    struct piece piece;
    unsigned cells = 0;
    size_t at = 0;
    while (at < len) {
        piece_read(&piece, text->terminal, p + at, len - at);
        cells += (unsigned)piece.cells;
        if (cells > limit || !text_put(text, piece.shown, piece.len, MARK_ROOM)) {
            break;
        }
        at += piece.eaten;
    }
    if (at < len) {
        const char *mark = terminal_sign(text->terminal, SIGN_MORE);
        text_put(text, mark, strlen(mark), 0);
    }
}

void text_safe_word(struct text *text, const char *word, unsigned limit)
{
    text_safe(text, word, strlen(word), limit);
}

void text_span(struct text *text, hoptls_msg msg, hoptls_span span, unsigned limit)
{
    text_safe(text, msg.ptr + span.off, span.len, limit);
}

size_t text_fit(const char *bytes, size_t len, unsigned cells, unsigned *used)
{
    size_t at = 0;
    *used = 0;
    while (at < len) {
        uint32_t code = ' ';
        size_t size = utf8_read((const uint8_t *)bytes + at, len - at, &code);
        int wide = utf8_cells(code);
        unsigned more = wide >= 0 ? (unsigned)wide : 1;
        if (more > cells - *used) {
            break;
        }
        *used += more;
        at += size > 0 ? size : 1;
    }
    return at;
}

unsigned text_cells(const char *bytes, size_t len)
{
    unsigned used;
    text_fit(bytes, len, UINT_MAX, &used);
    return used;
}
