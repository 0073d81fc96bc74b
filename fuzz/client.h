/* A client that lies to a server, and what the server makes of it: the fields of servers.h with the client's words in them.
 * Of fuzz_client.c, which draws the lies, and of pairs.c, which goes through them. */
#ifndef HOPTLS_FUZZ_CLIENT_H
#define HOPTLS_FUZZ_CLIENT_H

#include "oracle.h"
#include "servers.h"

#include <string.h>

enum { SERVERS = sizeof servers / sizeof servers[0], PIECES = sizeof pieces / sizeof pieces[0], MARKS = 8 };

_Static_assert(PIECES <= 128, "a piece is told by a byte");

/* ---- the lie ------------------------------------------------------------------------------------------ */

static buffer lie_of(const uint8_t *data, size_t size)
{
    buffer b = {NULL, 0, 0};
    for (size_t i = 0; i < size; i++) {
        if (data[i] < 0x80) {
            buffer_put(&b, data + i, 1);
        } else {
            buffer_add(&b, pieces[(data[i] - 0x80) % PIECES]);
        }
    }
    return b;
}

/* ---- what servers do to it ---------------------------------------------------------------------------- */

static int is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static int is_in(uint8_t c, const char *set)
{
    return c != 0 && strchr(set, c) != NULL;
}

static int is_printable(uint8_t c)
{
    return c >= ' ' && c < 0x7F;
}

/* Whether a byte passes where the server looks at one byte at a time. */
static int passes(uint8_t c, char mark)
{
    switch (mark) {
    case 'h': return is_letter(c) || is_in(c, ".-_[]:");
    case 'p': return is_printable(c) && !is_in(c, " <>()\\\";@");
    case 'q': return is_letter(c) || is_in(c, ".@%+/=:-");
    case 's': return is_letter(c) || is_in(c, ".@%+/=:- ");
    case 'i': return is_printable(c);
    case 'c': return is_printable(c) && c != '\\';
    case 't': return !is_in(c, "\r\n;") && c != 0;
    default: return !is_in(c, "\r\n") && c != 0;
    }
}

static void put_bytes(buffer *out, const buffer *lie, char mark)
{
    const uint8_t instead = mark == 'h' ? '-' : '?';
    for (size_t i = 0; i < lie->len; i++) {
        buffer_put(out, passes(lie->ptr[i], mark) ? lie->ptr + i : &instead, 1);
    }
}

/* Every parenthesis without a partner becomes `?`. */
static void balance(uint8_t *p, size_t n)
{
    size_t depth = 0;
    for (size_t i = 0; i < n; i++) {
        depth += p[i] == '(' ? 1u : 0u;
        if (p[i] == ')' && depth == 0) {
            p[i] = '?';
        }
        depth -= p[i] == ')' ? 1u : 0u;
    }
    for (size_t i = n; i > 0 && depth > 0; i--) {
        if (p[i - 1] == '(') {
            p[i - 1] = '?';
            depth--;
        }
    }
}

static int is_dot_string(const buffer *lie)
{
    size_t i = 0;
    while (i < lie->len &&
           (is_letter(lie->ptr[i]) || is_in(lie->ptr[i], "!#$%&'*+-/=?^_`{|}~.") || lie->ptr[i] > 0x7F)) {
        i++;
    }
    return lie->len > 0 && i == lie->len;
}

static void put_local_part(buffer *out, const buffer *lie)
{
    if (is_dot_string(lie)) {
        buffer_put(out, lie->ptr, lie->len);
        return;
    }
    buffer_add(out, "\"");
    for (size_t i = 0; i < lie->len; i++) {
        if (is_in(lie->ptr[i], "\"\\")) {
            buffer_add(out, "\\");
        }
        if (is_printable(lie->ptr[i])) {
            buffer_put(out, lie->ptr + i, 1);
        }
    }
    buffer_add(out, "\"");
}

/* A local part within a string: every quote and backslash of it is quoted. */
static void put_quoted(buffer *out, const buffer *lie)
{
    buffer local = {NULL, 0, 0};
    put_local_part(&local, lie);
    for (size_t i = 0; i < local.len; i++) {
        if (is_in(local.ptr[i], "\"\\")) {
            buffer_add(out, "\\");
        }
        buffer_put(out, local.ptr + i, 1);
    }
    buffer_free(&local);
}

static void put_lie(buffer *out, const buffer *lie, char mark)
{
    size_t at = out->len;
    if (mark == 'l') {
        put_local_part(out, lie);
    } else if (mark == 'g') {
        put_quoted(out, lie);
    } else {
        put_bytes(out, lie, mark);
        if (mark == 'c') {
            balance(out->ptr + at, out->len - at);
        }
    }
}

/* What a client writes that has nothing in mind. */
static void put_truth(buffer *out, char mark)
{
    if (mark != 't') {
        buffer_add(out, is_in((uint8_t)mark, "rhp") ? "out.example.net" : "anna");
    }
}

/* The field, where the client writes `lies`, one for each mark; null where it has nothing in mind. */
static buffer field_of(const server *s, const buffer *const lies[MARKS])
{
    buffer b = {NULL, 0, 0};
    unsigned mark = 0;
    buffer_add(&b, "Received: ");
    for (const char *p = s->value; *p != '\0'; p++) {
        if (*p != '%') {
            buffer_put(&b, (const uint8_t *)p, 1);
            continue;
        }
        p++;
        MUST(mark < MARKS, "a row has few marks");
        if (lies[mark] != NULL) {
            put_lie(&b, lies[mark], *p);
        } else {
            put_truth(&b, *p);
        }
        mark++;
    }
    buffer_add(&b, "\n\n");
    return b;
}

/* The field, where the client tells one lie at the marks in `where`. */
static buffer field_of_lie(const server *s, const buffer *lie, uint32_t where)
{
    const buffer *lies[MARKS];
    for (uint32_t mark = 0; mark < MARKS; mark++) {
        lies[mark] = (where >> mark & 1) != 0 ? lie : NULL;
    }
    return field_of(s, lies);
}

/* ---- what came of it ---------------------------------------------------------------------------------- */

static int states_tls(const hoptls_hop *h)
{
    return h->evidence == HOPTLS_EVIDENCE_KEYWORD || h->evidence == HOPTLS_EVIDENCE_DETAIL;
}

static int is_better(const hoptls_tls *lied, const hoptls_tls *truth)
{
    return (lied->version != 0 && lied->version != truth->version) ||
           (lied->suite != 0 && lied->suite != truth->suite) ||
           (lied->bits != 0 && lied->bits != truth->bits) ||
           (lied->client_cert == HOPTLS_CERT_VERIFIED && truth->client_cert != HOPTLS_CERT_VERIFIED);
}

#endif
