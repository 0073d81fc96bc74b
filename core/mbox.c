/* An archive to its messages (RFC 4155, and the variants before it). Nothing is copied, so that `>From ` quoting
 * in a body stays as it stands.
 *
 * Every variant agrees that a separator is a line `From ` behind an empty line. Where the writer quoted such lines in
 * bodies (mboxo, mboxrd), each is one; but most archives do not say whether he did, and went through hands that did
 * not. So a line of prose is told apart by what no writer of archives leaves out: the line states a time of day and a
 * year, in whatever order and with whatever stands between; or, where the writer had no date to give, the next line
 * begins a header. What is forwarded whole has such lines too; where the message's Content-Length (mboxcl, mboxcl2)
 * leads to a separator or to the end of the archive, what stands before is its body. A length that leads elsewhere
 * came with the message from somewhere else, and tells nothing. */
#include "internal.h"

/* Where the next line begins, or `len`. */
/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= len && (at < len ==> at < \result);
    ensures spent{Pre, Here}(\result - at + 1); */
static size_t next_line(const uint8_t *p, size_t at, size_t len)
{
    size_t feed = hoptls_find_byte(p, at, len, '\n');
    return feed < len ? feed + 1 : len;
}

/* Whether the line [at, next) is empty but for its line end. */
/*@ requires at <= next && readable(p, at, next);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 ==> at < next; */
static int is_empty_line(const uint8_t *p, size_t at, size_t next)
{
    return (next - at == 1 && p[at] == '\n') || (next - at == 2 && p[at] == '\r' && p[at + 1] == '\n');
}

/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= len;
    ensures spent{Pre, Here}(2 * (len - at) + 1); */
static size_t skip_empty_lines(const uint8_t *p, size_t at, size_t len)
{
    size_t line = at;
    size_t next = next_line(p, line, len);
    /*@ loop invariant at <= line <= next <= len;
        loop invariant spent{Pre, Here}(2 * (line - at) + (next - line) + 1);
        loop assigns line, next, hoptls_work;
        loop variant len - line; */
    while (is_empty_line(p, line, next)) {
        line = next;
        next = next_line(p, line, len);
    }
    return line;
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> c == ' ' || c == '\t'; */
static int mbox_is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static size_t mbox_skip_blanks(const uint8_t *p, size_t at, size_t end)
{
    size_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && mbox_is_blank(p[i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures at < end && !space(p[at]) ==> at < \result;
    ensures spent{Pre, Here}(\result - at); */
static size_t mbox_skip_token(const uint8_t *p, size_t at, size_t end)
{
    size_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && !is_space(p[i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* `From `, and not the field `From : a@example.com`. */
/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 ==> len - at >= 5;
    ensures spent{Pre, Here}(len - at); */
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
/*@ requires at < end && readable(p, at, end);
    terminates \true;
    assigns \nothing; */
static int is_time(const uint8_t *p, size_t at, size_t end)
{
    size_t colon = end - at >= 2 && is_digit(p[at + 1]) ? at + 2 : at + 1;
    return end - at >= 4 && is_digit(p[at]) && p[colon] == ':' && end - colon >= 3 &&
           is_digit(p[colon + 1]) && is_digit(p[colon + 2]);
}

/* A token of four digits that is a year in which mail could be sent. */
/*@ requires at < end && readable(p, at, end);
    terminates \true;
    assigns \nothing; */
static int is_year(const uint8_t *p, size_t at, size_t end)
{
    return end - at == 4 && ((p[at] == '1' && p[at + 1] == '9') || (p[at] == '2' && p[at + 1] == '0')) &&
           is_digit(p[at + 2]) && is_digit(p[at + 3]);
}

/* Whether the line [at, next) states a time and a year among its tokens. */
/*@ requires at <= next && readable(p, at, next);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(next - at); */
static int is_dated(const uint8_t *p, size_t at, size_t next)
{
    int times = 0;
    int years = 0;
    size_t token = mbox_skip_blanks(p, at, next);
    /*@ loop invariant at <= token <= next;
        loop invariant spent{Pre, Here}(token - at);
        loop assigns token, times, years, hoptls_work;
        loop variant next - token; */
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
 * colon of `https://...` does not. An archive may be cut right behind the colon. */
/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(2 * (len - at)); */
static int starts_header(const uint8_t *p, size_t at, size_t len)
{
    size_t i = at;
    /*@ loop invariant at <= i <= len;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant len - i; */
    while (i < len && (is_alpha(p[i]) || is_digit(p[i]) || p[i] == '-' || p[i] == '_')) {
        i++;
        HOPTLS_WORK(1);
    }
    return starts_separator(p, at, len) ||
           (i > at && i < len && p[i] == ':' && (len - i == 1 || p[i + 1] != '/'));
}

/* Whether the line at `at`, known to stand behind an empty one, begins a message. */
/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(4 * (len - at) + 1); */
static int begins_message(const uint8_t *p, size_t at, size_t len, uint32_t quoting)
{
    size_t next;
    if (!starts_separator(p, at, len)) {
        return 0;
    }
    if (quoting == HOPTLS_MBOX_QUOTED) {
        return 1;
    }
    next = next_line(p, at + 5, len);
    return is_dated(p, at + 5, next) || starts_header(p, next, len);
}

/* ---- by its separators ---- */

/* The length of the empty line that ends in front of `line`, if it begins at `at` or later; 0 if there is none. */
/*@ requires at <= line && readable(p, at, line);
    terminates \true;
    assigns \nothing;
    ensures \result <= 2 && \result <= line - at; */
static size_t empty_line_before(const uint8_t *p, size_t at, size_t line)
{
    size_t end = line - at;
    if (end == 0 || p[line - 1] != '\n') {
        return 0;
    }
    if (end >= 2 && p[line - 2] == '\r') {
        return end == 2 || p[line - 3] == '\n' ? 2 : 0;
    }
    return end == 1 || p[line - 2] == '\n' ? 1 : 0;
}

/*@ requires at <= line <= len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work; */
static int is_separator_line(const uint8_t *p, size_t at, size_t line, size_t len, uint32_t quoting)
{
    return empty_line_before(p, at, line) > 0 && begins_message(p, line, len, quoting);
}

/* The first separator behind an empty line that begins at `at` or later, or `len`. */
/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= len && (at < len ==> at < \result); */
static size_t find_separator(const uint8_t *p, size_t at, size_t len, uint32_t quoting)
{
    size_t line = hoptls_find_line(p, at, len, 'F');
    /*@ loop invariant at <= line <= len && (at < len ==> at < line);
        loop assigns line, hoptls_work;
        loop variant len - line; */
    while (line < len && !is_separator_line(p, at, line, len, quoting)) {
        line = hoptls_find_line(p, line, len, 'F');
    }
    return line;
}

/* ---- by its length ---- */

/* No length: none is stated, or none that an archive can have. */
#define NO_LENGTH SIZE_MAX

/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(len - at); */
static size_t read_length(const uint8_t *p, size_t at, size_t len)
{
    size_t i = mbox_skip_blanks(p, at, len);
    size_t first = i;
    size_t length = 0;
    /*@ loop invariant first <= i <= len;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, length, hoptls_work;
        loop variant len - i; */
    while (i < len && is_digit(p[i]) && length < SIZE_MAX / 16) {
        length = length * 10 + (size_t)(p[i] - '0');
        i++;
        HOPTLS_WORK(1);
    }
    i = mbox_skip_blanks(p, i, len);
    return i > first && i < len && (p[i] == '\n' || p[i] == '\r') ? length : NO_LENGTH;
}

/* Behind the colon of a Content-Length that begins at `at`; 0 if another field does. Blanks may stand before the colon (RFC
 * 5322 section 4.5). */
/*@ requires at < len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || at < \result <= len;
    ensures spent{Pre, Here}(14 + len - at); */
static size_t length_behind(const uint8_t *p, size_t at, size_t len)
{
    hoptls_span name = {0, (uint32_t)(len - at < 14 ? len - at : 14)};
    size_t colon;
    if (!span_is(p + at, name, TEXT("content-length"))) {
        return 0;
    }
    colon = mbox_skip_blanks(p, at + name.len, len);
    return colon < len && p[colon] == ':' ? colon + 1 : 0;
}

/* The length of the empty line at `at`, or 0. */
/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns \nothing;
    ensures \result <= 2 && \result <= len - at; */
static size_t empty_line_at(const uint8_t *p, size_t at, size_t len)
{
    if (len - at >= 1 && p[at] == '\n') {
        return 1;
    }
    return len - at >= 2 && p[at] == '\r' && p[at + 1] == '\n' ? 2 : 0;
}

/* The empty line that ends the header which begins at `at`, or `len`. `*length` is what the first field
 * Content-Length states. */
/*@ requires at <= len && readable(p, at, len) && \valid(length);
    terminates \true;
    assigns *length, hoptls_work;
    ensures at <= \result <= len; */
static size_t find_body(const uint8_t *p, size_t at, size_t len, size_t *length)
{
    size_t line = at;
    *length = NO_LENGTH;
    /*@ loop invariant at <= line <= len;
        loop assigns line, *length, hoptls_work;
        loop variant len - line; */
    while (line < len && empty_line_at(p, line, len) == 0) {
        size_t value = *length == NO_LENGTH ? length_behind(p, line, len) : 0;
        if (value > 0) {
            *length = read_length(p, value, len);
        }
        line = hoptls_find_stop(p, line, len);
    }
    return line;
}

/* The separator behind a body that ends at `end`, an empty line between, or the end of the archive; 0 if neither stands
 * there. Some count the line end of the last line, some do not. */
/*@ requires end <= len && readable(p, 0, len) && (len > 0 ==> end > 0);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || end <= \result <= len; */
static size_t separator_behind(const uint8_t *p, size_t end, size_t len)
{
    size_t line = end;
    unsigned lines = 0;
    /*@ loop invariant end <= line <= len && lines <= 2;
        loop assigns line, lines;
        loop variant 2 - lines; */
    while (lines < 2 && empty_line_at(p, line, len) > 0) {
        line += empty_line_at(p, line, len);
        lines++;
    }
    return line == len || (p[line - 1] == '\n' && begins_message(p, line, len, HOPTLS_MBOX_ANY)) ? line : 0;
}

/* ---- the message that begins at a place ---- */

/* The end of a body whose length was told, and the separator behind it; 0 if the length does not tell. `empty` is the
 * empty line before it. */
/*@ requires empty <= len && readable(p, 0, len) && \valid(next);
    terminates \true;
    assigns *next, hoptls_work;
    ensures \result != 0 ==> empty <= \result <= *next <= len && (empty < len ==> empty < *next); */
static size_t counted_end(const uint8_t *p, size_t empty, size_t told, size_t len, size_t *next)
{
    size_t body = next_line(p, empty, len);
    if (told > len - body) {
        return 0;
    }
    *next = separator_behind(p, body + told, len);
    return *next > 0 ? body + told : 0;
}

/* Where the message that begins at `at` ends; `*next` is the separator behind it, or the end of the archive. The empty
 * line in front of that is the archive's, not the message's (RFC 4155, Appendix A), if `framed`: what stands behind no
 * separator is taken as it is, but for the line that the next separator needs. */
/*@ requires at <= len && readable(p, 0, len) && \valid(next);
    terminates \true;
    assigns *next, hoptls_work;
    ensures at <= \result <= *next <= len && (at < len ==> at < *next); */
static size_t message_end(const uint8_t *p, size_t at, size_t len, uint32_t quoting, int framed, size_t *next)
{
    size_t told = NO_LENGTH;
    size_t empty = quoting == HOPTLS_MBOX_QUOTED ? at : find_body(p, at, len, &told);
    size_t end = counted_end(p, empty, told, len, next);
    if (end > 0) {
        return end;
    }
    end = find_separator(p, empty, len, quoting);
    *next = end;
    return framed || end < len ? end - empty_line_before(p, at, end) : end;
}

/*@ requires pos == \null || \valid_read(pos);
    terminates \true;
    assigns \nothing;
    ensures \result == 0 <==> pos != \null && (archive.ptr != \null || archive.len == 0) && *pos <= archive.len; */
static int is_mbox_call_wrong(hoptls_msg archive, const size_t *pos)
{
    return pos == NULL || (archive.ptr == NULL && archive.len > 0) || *pos > archive.len;
}

int hoptls_mbox_read(hoptls_msg archive, uint32_t quoting, size_t *pos, hoptls_msg *out)
{
    size_t at, start, end, next;
    int framed;

    if (is_mbox_call_wrong(archive, pos) || out == NULL) {
        return HOPTLS_E_ARG;
    }
    at = skip_empty_lines(archive.ptr, *pos, archive.len);
    if (at == archive.len) {
        *pos = archive.len;
        return HOPTLS_END;
    }
    framed = starts_separator(archive.ptr, at, archive.len);
    start = framed ? next_line(archive.ptr, at, archive.len) : *pos;
    end = message_end(archive.ptr, start, archive.len, quoting, framed, &next);
    out->ptr = archive.ptr + start;
    out->len = end - start;
    *pos = next;
    return HOPTLS_MORE;
}

int hoptls_mbox_next(hoptls_msg archive, size_t *pos, hoptls_msg *out)
{
    return hoptls_mbox_read(archive, HOPTLS_MBOX_ANY, pos, out);
}

int hoptls_mbox_seek(hoptls_msg archive, uint32_t quoting, size_t *pos)
{
    if (is_mbox_call_wrong(archive, pos)) {
        return HOPTLS_E_ARG;
    }
    *pos = find_separator(archive.ptr, *pos, archive.len, quoting);
    return *pos < archive.len ? HOPTLS_MORE : HOPTLS_END;
}

int hoptls_mbox_length(hoptls_msg msg, size_t *body, uint64_t *length)
{
    size_t stated;
    if (body == NULL || length == NULL || (msg.ptr == NULL && msg.len > 0)) {
        return HOPTLS_E_ARG;
    }
    *body = next_line(msg.ptr, find_body(msg.ptr, 0, msg.len, &stated), msg.len);
    *length = stated != NO_LENGTH ? stated : 0;
    return stated != NO_LENGTH ? HOPTLS_MORE : HOPTLS_END;
}
