#include "line.h"

#include <string.h>

/* One byte as it stands in a column. Returns how many bytes that are. */
static size_t escape(unsigned char byte, char to[4])
{
    static const char hex[] = "0123456789abcdef";
    if (byte == '\\') {
        to[0] = '\\';
        to[1] = '\\';
        return 2;
    }
    if (byte >= ' ' && byte != 0x7F) {
        to[0] = (char)byte;
        return 1;
    }
    to[0] = '\\';
    to[1] = 'x';
    to[2] = hex[byte >> 4];
    to[3] = hex[byte & 15];
    return 4;
}

void line_put(struct output *out, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < len; i++) {
        char shown[4];
        output_bytes(out, shown, escape(p[i], shown));
    }
}

void line_write(char *to, size_t room, const char *word)
{
    size_t len = 0;
    while (*word != '\0' && len + 5 < room) {
        len += escape((unsigned char)*word++, to + len);
    }
    to[len] = '\0';
}

void line_put_word(struct output *out, const char *word)
{
    line_put(out, word, strlen(word));
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c != '\0' ? strchr(digits, c) : NULL;
    return at != NULL ? (int)(at - digits) : -1;
}

long line_take(char *column, size_t len)
{
    size_t to = 0;
    for (size_t i = 0; i < len; i++) {
        if (column[i] != '\\') {
            column[to++] = column[i];
        } else if (i + 1 < len && column[i + 1] == '\\') {
            column[to++] = '\\';
            i++;
        } else if (i + 3 < len && column[i + 1] == 'x' && hex_digit(column[i + 2]) >= 0 &&
                   hex_digit(column[i + 3]) >= 0) {
            column[to++] = (char)(hex_digit(column[i + 2]) << 4 | hex_digit(column[i + 3]));
            i += 3;
        } else {
            return -1;
        }
    }
    column[to] = '\0';
    return (long)to;
}

unsigned line_split(char *line, char **columns, unsigned most)
{
    unsigned count = 0;
    char *at = line;
    while (at != NULL) {
        char *tab = strchr(at, '\t');
        if (count == most) {
            return most + 1;
        }
        columns[count++] = at;
        if (tab != NULL) {
            *tab++ = '\0';
        }
        at = tab;
    }
    return count;
}

int line_number(const char *column, uint64_t *number)
{
    size_t len = strlen(column);
    *number = 0;
    if (len == 0 || len > 19 || strspn(column, "0123456789") != len) {
        return -1;
    }
    for (size_t i = 0; i < len; i++) {
        *number = *number * 10 + (uint64_t)(column[i] - '0');
    }
    return 0;
}
