/* An archive to its messages (RFC 4155, and the variants before it). Nothing is copied, so that `>From ` quoting
 * in a body stays as it stands.
 *
 * Every variant agrees that a separator is a line `From ` behind an empty line; none quotes so reliably that each
 * such line is one. A line of prose is told apart by what no writer of archives leaves out: the line states a time
 * of day and a year, in whatever order and with whatever stands between; or, where the writer had no date to give,
 * the next line begins a header. */
#include "internal.h"

/* Where the next line begins, or `len`. */
static size_t next_line(const uint8_t *p, size_t at, size_t len)
{
    size_t feed = hoptls_find_byte(p, at, len, '\n');
    return feed < len ? feed + 1 : len;
}

/* Whether the line [at, next) is empty but for its line end. */
static int is_empty_line(const uint8_t *p, size_t at, size_t next)
{
    return (next - at == 1 && p[at] == '\n') || (next - at == 2 && p[at] == '\r' && p[at + 1] == '\n');
}

static size_t skip_empty_lines(const uint8_t *p, size_t at, size_t len)
{
    size_t line = at;
    size_t next = next_line(p, line, len);
    while (is_empty_line(p, line, next)) {
        line = next;
        next = next_line(p, line, len);
    }
    return line;
}

static int mbox_is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

static size_t mbox_skip_blanks(const uint8_t *p, size_t at, size_t end)
{
    size_t i = at;
    while (i < end && mbox_is_blank(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

static size_t mbox_skip_token(const uint8_t *p, size_t at, size_t end)
{
    size_t i = at;
    while (i < end && !is_space(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* `From `, and not the field `From : a@example.com`. */
static int starts_separator(const uint8_t *p, size_t at, size_t len)
{
    size_t i;
    if (len - at < 5 || !bytes_same(p + at, TEXT("From "))) {
        return 0;
    }
    i = mbox_skip_blanks(p, at + 5, len);
    return i == len || p[i] != ':';
}

/* A token that begins like 10:41 or 9:41. */
static int is_time(const uint8_t *p, size_t at, size_t end)
{
    size_t colon = end - at >= 2 && is_digit(p[at + 1]) ? at + 2 : at + 1;
    return end - at >= 4 && is_digit(p[at]) && p[colon] == ':' && end - colon >= 3 &&
           is_digit(p[colon + 1]) && is_digit(p[colon + 2]);
}

/* A token of four digits that is a year in which mail could be sent. */
static int is_year(const uint8_t *p, size_t at, size_t end)
{
    return end - at == 4 && ((p[at] == '1' && p[at + 1] == '9') || (p[at] == '2' && p[at + 1] == '0')) &&
           is_digit(p[at + 2]) && is_digit(p[at + 3]);
}

/* Whether the line [at, next) states a time and a year among its tokens. */
static int is_dated(const uint8_t *p, size_t at, size_t next)
{
    int times = 0;
    int years = 0;
    size_t token = mbox_skip_blanks(p, at, next);
    while (token < next && !is_space(p[token])) {
        size_t end = mbox_skip_token(p, token, next);
        times |= is_time(p, token, end);
        years |= is_year(p, token, end);
        token = mbox_skip_blanks(p, end, next);
    }
    return times && years;
}

/* Whether a header begins at `at`, with a field or with a separator that stood in front of the message before it
 * came into the archive. Prose has lines like these too, so that only usual names count, and the slash behind the
 * colon of `https://...` does not. */
static int starts_header(const uint8_t *p, size_t at, size_t len)
{
    size_t i = at;
    while (i < len && (is_alpha(p[i]) || is_digit(p[i]) || p[i] == '-' || p[i] == '_')) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return starts_separator(p, at, len) || (i > at && len - i >= 2 && p[i] == ':' && p[i + 1] != '/');
}

/* Whether the line at `at`, known to stand behind an empty one, begins a message. */
static int begins_message(const uint8_t *p, size_t at, size_t len)
{
    size_t next;
    if (!starts_separator(p, at, len)) {
        return 0;
    }
    next = next_line(p, at, len);
    return is_dated(p, at + 5, next) || starts_header(p, next, len);
}

/* The last line of the message that begins at `at`: it goes up to `*next`, where the archive ends or the next
 * separator stands. */
static size_t last_line(const uint8_t *p, size_t at, size_t len, size_t *next)
{
    size_t line = at;
    size_t after = next_line(p, line, len);
    while (after < len && !(is_empty_line(p, line, after) && begins_message(p, after, len))) {
        line = after;
        after = next_line(p, line, len);
    }
    *next = after;
    return line;
}

/* The empty line that ends a message in an mbox is the archive's, not the message's (RFC 4155, Appendix A). Bytes
 * that stand behind no separator are taken as they are, but for the line that the next separator needs. */
int hoptls_mbox_next(hoptls_msg archive, size_t *pos, hoptls_msg *out)
{
    size_t at, start, line, next;

    if (pos == NULL || out == NULL || (archive.ptr == NULL && archive.len > 0) || *pos > archive.len) {
        return HOPTLS_E_ARG;
    }
    at = skip_empty_lines(archive.ptr, *pos, archive.len);
    if (at == archive.len) {
        *pos = archive.len;
        return HOPTLS_END;
    }
    start = starts_separator(archive.ptr, at, archive.len) ? next_line(archive.ptr, at, archive.len) : *pos;
    line = last_line(archive.ptr, start, archive.len, &next);
    out->ptr = archive.ptr + start;
    out->len = next - start;
    if ((next < archive.len || start > at) && is_empty_line(archive.ptr, line, next)) {
        out->len = line - start;
    }
    *pos = next;
    return HOPTLS_MORE;
}
