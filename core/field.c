/* Bytes to header fields (RFC 5322 section 2.2). One pass finds where a field ends, a second reads its name. */
#include "internal.h"

/*@ terminates \true;
    assigns \nothing;
    ensures \result == HOPTLS_OK || \result == HOPTLS_E_ARG || \result == HOPTLS_E_SIZE;
    ensures \result == HOPTLS_OK <==> (msg.ptr != \null || msg.len == 0) && msg.len <= UINT32_MAX; */
static int message_status(hoptls_msg msg)
{
    if (msg.ptr == NULL && msg.len > 0) {
        return HOPTLS_E_ARG;
    }
    return msg.len > UINT32_MAX ? HOPTLS_E_SIZE : HOPTLS_OK;
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> c == ' ' || c == '\t'; */
static int field_is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

/* The bytes of a field name: printable US-ASCII without the colon (RFC 5322 section 2.2). A wider set would make
 * names of binary rubbish and of sentences. */
/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> ' ' < c < 0x7F && c != ':'; */
static int is_name_byte(uint8_t c)
{
    return c > ' ' && c < 0x7F && c != ':';
}

/* The offset behind the empty line at `at`, or `at` if there is none. */
/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns \nothing;
    ensures at <= \result <= len; */
static uint32_t skip_empty_line(const uint8_t *p, uint32_t at, uint32_t len)
{
    if (at < len && p[at] == '\n') {
        return at + 1;
    }
    if (len - at >= 2 && p[at] == '\r' && p[at + 1] == '\n') {
        return at + 2;
    }
    return at;
}

/* The first line feed from `at` on that no blank follows, or `len`. */
/*@ requires at <= len && readable(p, at, len);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= len;
    ensures \result < len ==> p[\result] == '\n';
    ensures spent{Pre, Here}(\result - at + 1); */
static uint32_t find_last_line_feed(const uint8_t *p, uint32_t at, uint32_t len)
{
    size_t feed = hoptls_find_byte(p, at, len, '\n');
    /*@ loop invariant at <= feed <= len;
        loop invariant feed < len ==> p[feed] == '\n';
        loop invariant spent{Pre, Here}(feed - at + 1);
        loop assigns feed, hoptls_work;
        loop variant len - feed; */
    while (feed < len && len - feed >= 2 && field_is_blank(p[feed + 1])) {
        feed = hoptls_find_byte(p, feed + 1, len, '\n');
    }
    return (uint32_t)feed;
}

/* A carriage return belongs to the line end only in front of a line feed. */
/*@ requires at <= feed <= len && readable(p, at, len);
    terminates \true;
    assigns \nothing;
    ensures at <= \result <= feed; */
static uint32_t content_end(const uint8_t *p, uint32_t at, uint32_t feed, uint32_t len)
{
    return feed < len && feed > at && p[feed - 1] == '\r' ? feed - 1 : feed;
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t skip_name(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && is_name_byte(p[i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* Blanks of one line: a fold in front of the colon was never allowed. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t field_skip_blanks(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && field_is_blank(p[i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* The field that fills [at, end). Blanks may stand in front of the colon (RFC 5322 section 4.5). That the colon
 * must come next is all it takes to tell `From : a@example.com` from the separator `From a@example.com Mon ...`. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures \result.whole.off == at && \result.whole.len == end - at;
    ensures part_of(\result.name, at, end) && part_of(\result.value, at, end);
    ensures within(\result.name, end) && within(\result.value, end);
    ensures spent{Pre, Here}(end - at); */
static hoptls_field read_field(const uint8_t *p, uint32_t at, uint32_t end)
{
    hoptls_field field = {{at, end - at}, {0, 0}, {0, 0}};
    uint32_t name = skip_name(p, at, end);
    uint32_t colon = field_skip_blanks(p, name, end);

    if (name > at && colon < end && p[colon] == ':') {
        field.name = span_of(at, name);
        field.value = span_of(colon + 1, end);
    }
    return field;
}

int hoptls_field_next(hoptls_msg msg, uint32_t *pos, hoptls_field *out)
{
    int status = pos == NULL || out == NULL ? HOPTLS_E_ARG : message_status(msg);
    uint32_t len, at, body, feed;

    if (status == HOPTLS_OK && *pos > msg.len) {
        status = HOPTLS_E_ARG;
    }
    if (status != HOPTLS_OK) {
        return status;
    }
    len = (uint32_t)msg.len;
    at = *pos;
    body = skip_empty_line(msg.ptr, at, len);
    if (body > at || at == len) {
        *pos = body;
        return HOPTLS_END;
    }
    feed = find_last_line_feed(msg.ptr, at, len);
    *out = read_field(msg.ptr, at, content_end(msg.ptr, at, feed, len));
    *pos = feed < len ? feed + 1 : len;
    return HOPTLS_MORE;
}

int hoptls_field_is_received(hoptls_msg msg, const hoptls_field *field)
{
    int status = field == NULL ? HOPTLS_E_ARG : message_status(msg);

    if (status != HOPTLS_OK) {
        return status;
    }
    if (!span_in(field->name, msg.len)) {
        return HOPTLS_E_ARG;
    }
    return span_is(msg.ptr, field->name, TEXT("received"));
}
