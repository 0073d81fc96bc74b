/* Do the messages of any archive come in order, apart from each other and inside it (I1, I3)? Are they the same when the
 * walk begins anew behind any of them, when another archive follows, and when a message is taken out of the archive to
 * be read alone? */
#include "oracle.h"

#include <string.h>

/* Two walks of archives that ought to hold the same messages, up to the end of both. */
static void check_same_walk(hoptls_msg a, size_t a_pos, hoptls_msg b, size_t b_pos)
{
    hoptls_msg one = {NULL, 0};
    hoptls_msg other = {NULL, 0};
    int more;
    do {
        more = hoptls_mbox_next(a, &a_pos, &one);
        MUST(hoptls_mbox_next(b, &b_pos, &other) == more,
             "an archive goes on behind each message as it began");
        MUST(more != HOPTLS_MORE || (one.len == other.len && memcmp(one.ptr, other.ptr, one.len) == 0),
             "an archive goes on behind each message as it began");
    } while (more == HOPTLS_MORE);
}

/* The rest of an archive is an archive. */
static void check_rest(hoptls_msg archive, size_t pos)
{
    hoptls_msg rest = exact_copy(archive.ptr + pos, archive.len - pos);
    check_same_walk(archive, pos, rest, 0);
    exact_free(rest);
}

/* A message gives the same report inside its archive and outside, whatever stands behind it. */
static void check_message(hoptls_msg one)
{
    hoptls_msg alone = exact_copy(one.ptr, one.len);
    hoptls_report a;
    hoptls_report b;
    memset(&a, 0x00, sizeof a);
    memset(&b, 0xFF, sizeof b);
    MUST(hoptls_message_read(one, NULL, NULL, 0, &a) == HOPTLS_OK, "malformed mail is no error");
    MUST(hoptls_message_read(alone, NULL, NULL, 0, &b) == HOPTLS_OK, "malformed mail is no error");
    MUST(memcmp(&a, &b, sizeof a) == 0, "I1: a message and what stands behind it");
    exact_free(alone);
}

/* Whether the message is as long as it says itself (mboxcl): its writer may then have left out the empty line before
 * the separator, or have counted it. */
static int is_as_long_as_told(hoptls_msg msg)
{
    uint64_t length = 0;
    size_t body = 0;
    return hoptls_mbox_length(msg, &body, &length) == HOPTLS_MORE && length == msg.len - body;
}

/* What stands between the end of one message, the last, and the next is an empty line and a separator; nothing else is
 * lost. */
static void check_between(hoptls_msg archive, hoptls_msg last, size_t end, size_t start)
{
    size_t i = end;
    MUST(end == 0 || archive.ptr[end] == '\n' || archive.ptr[end] == '\r' || is_as_long_as_told(last),
         "RFC 4155: the empty line before a separator is the archive's, but where a length decides");
    while (i < start && (archive.ptr[i] == '\r' || archive.ptr[i] == '\n')) {
        i++;
    }
    MUST(i == start || (start - i >= 5 && memcmp(archive.ptr + i, "From ", 5) == 0),
         "only separators are left out");
    while (i < start && archive.ptr[i] != '\n') {
        i++;
    }
    MUST(i == start || i + 1 == start, "a separator is one line");
}

static size_t check_archive(hoptls_msg archive, choices *c)
{
    hoptls_msg one;
    hoptls_msg last = {NULL, 0};
    size_t pos = 0;
    size_t end = 0;
    size_t before = 0;
    size_t count = 0;
    while (hoptls_mbox_next(archive, &pos, &one) == HOPTLS_MORE) {
        size_t start = (size_t)(one.ptr - archive.ptr);
        MUST(start >= end && start <= archive.len && one.len <= archive.len - start,
             "I3: messages come in order");
        MUST(pos > before && pos >= start + one.len && pos <= archive.len, "each call moves on");
        check_between(archive, last, end, start);
        check_message(one);
        if (choose(c, 4) == 0) {
            check_rest(archive, pos);
        }
        end = start + one.len;
        before = pos;
        last = one;
        count++;
    }
    MUST(pos == archive.len, "an archive is walked to its end");
    MUST(count > 0 || before == 0, "an archive");
    return count;
}

/* ---- archives that come in pieces ---------------------------------------------------------------------- */

static int is_separator_behind_empty_line(hoptls_msg a, size_t at)
{
    int feed = a.ptr != NULL && at > 0 && a.ptr[at - 1] == '\n';
    size_t line; /* the end of the line before */
    size_t colon = at + 4;
    if (!feed) {
        return 0;
    }
    line = at - 1;
    line -= line > 0 && a.ptr[line - 1] == '\r' ? 1 : 0;
    while (colon < a.len && (a.ptr[colon] == ' ' || a.ptr[colon] == '\t')) {
        colon++; /* `From :` is a header of old (RFC 5322 section 4.5) */
    }
    return !(colon < a.len && a.ptr[colon] == ':') && (line == 0 || a.ptr[line - 1] == '\n') &&
           a.len - at >= 5 && memcmp(a.ptr + at, "From ", 5) == 0;
}

/* Where the empty line before a separator begins. */
static size_t empty_line_before(hoptls_msg a, size_t at)
{
    size_t line = at - 1;
    return line > 0 && a.ptr[line - 1] == '\r' ? line - 1 : line;
}

/* Of an archive that quotes, each such line from `from` on is a separator; else some are prose, none is anything else. */
static void check_seek(hoptls_msg archive, uint32_t quoting, size_t from)
{
    size_t pos = from;
    size_t i = from;
    int more = hoptls_mbox_seek(archive, quoting, &pos);
    hoptls_msg rest = {archive.ptr == NULL ? NULL : archive.ptr + from, archive.len - from};
    MUST(more == HOPTLS_MORE || more == HOPTLS_END, "an archive is searched");
    MUST((more == HOPTLS_MORE) == (pos < archive.len) && pos >= from && pos <= archive.len,
         "a search goes on");
    MUST(more != HOPTLS_MORE || is_separator_behind_empty_line(rest, pos - from),
         "what is found is a separator");
    while (quoting == HOPTLS_MBOX_QUOTED && i < pos) {
        MUST(i == 0 || !is_separator_behind_empty_line(archive, i) || empty_line_before(archive, i) < from,
             "of an archive that quotes every separator is found");
        i++;
    }
}

/* The first field of that name; -1 if its value is not plain digits, or if the end cuts it, -2 if there is none or more
 * than one. */
static int64_t plain_length(hoptls_msg msg)
{
    hoptls_field f;
    uint32_t pos = 0;
    int64_t length = -2;
    int whole;
    while (hoptls_field_next(msg, &pos, &f) == HOPTLS_MORE) {
        static const char name[] = "content-length";
        uint32_t i = 0;
        while (i < f.name.len && i < 14 && (msg.ptr[f.name.off + i] | 0x20) == name[i]) {
            i++;
        }
        if (i != 14 || f.name.len != 14) {
            continue;
        }
        if (length != -2) {
            return -2;
        }
        whole = f.value.off + f.value.len < msg.len;
        length = !whole || f.value.len < 2 || f.value.len > 9 || msg.ptr[f.value.off] != ' ' ? -1 : 0;
        for (i = 1; length >= 0 && i < f.value.len; i++) {
            uint8_t c = msg.ptr[f.value.off + i];
            length = c >= '0' && c <= '9' ? length * 10 + (c - '0') : -1;
        }
    }
    return length;
}

static void check_length(hoptls_msg msg)
{
    int64_t stated = plain_length(msg);
    size_t body = 0;
    uint64_t length = 0;
    int more = hoptls_mbox_length(msg, &body, &length);
    MUST(body <= msg.len, "a body begins in its message");
    MUST(more == HOPTLS_MORE || more == HOPTLS_END, "a length is stated or is not");
    MUST(stated < 0 || (more == HOPTLS_MORE && length == (uint64_t)stated), "Content-Length in plain digits");
}

static void check_pieces(hoptls_msg archive, choices *c)
{
    static const uint32_t quotings[] = {HOPTLS_MBOX_ANY, HOPTLS_MBOX_QUOTED};
    size_t from = choose(c, (uint32_t)archive.len + 1);
    for (int i = 0; i < 2; i++) {
        hoptls_msg one = {NULL, 0};
        size_t pos = 0;
        size_t before = 0;
        check_seek(archive, quotings[i], from);
        check_seek(archive, quotings[i], 0);
        while (hoptls_mbox_read(archive, quotings[i], &pos, &one) == HOPTLS_MORE) {
            MUST(one.ptr >= archive.ptr && one.ptr + one.len <= archive.ptr + archive.len && pos > before,
                 "I3: messages come in order");
            check_length(one);
            before = pos;
        }
        MUST(pos == archive.len, "an archive is walked to its end");
    }
}

/* Whether a message may state the length of its body: what stands behind the archive may then make it fit. */
static int may_count(const uint8_t *p, size_t len)
{
    static const char word[] = "content-length";
    size_t same = 0;
    for (size_t i = 0; i < len && word[same] != '\0'; i++) {
        same = (p[i] | 0x20) == word[same] ? same + 1 : (p[i] | 0x20) == word[0];
    }
    return word[same] == '\0';
}

/* The archive and one more message behind it: all that was there stays, and one comes after. */
static void check_append(hoptls_msg archive, size_t count)
{
    static const char more[] = "From x@example.com Mon Mar  2 10:00:00 2026\nReceived: from a by b\n\nbody\n";
    static const char body[] = "Received: from a by b\n\nbody\n";
    buffer b = {NULL, 0, 0};
    hoptls_msg longer;
    hoptls_msg one = {NULL, 0};
    hoptls_msg last = {NULL, 0};
    size_t pos = 0;
    size_t n = 0;
    buffer_put(&b, archive.ptr, archive.len);
    buffer_add(&b, "\n");
    buffer_add(&b, more);
    longer = exact_copy(b.ptr, b.len);
    while (hoptls_mbox_next(longer, &pos, &one) == HOPTLS_MORE) {
        last = one;
        n++;
    }
    MUST(n == count + 1, "one message more is one message more");
    MUST(last.len == sizeof body - 1 && memcmp(last.ptr, body, last.len) == 0,
         "the last message is the last");
    exact_free(longer);
    buffer_free(&b);
}

/* Bytes that are nowhere are refused. */
static void check_bytes_nowhere(void)
{
    const hoptls_msg nowhere = {NULL, 5};
    const hoptls_msg nothing = {NULL, 0};
    hoptls_msg one = {NULL, 0};
    uint64_t length = 0;
    size_t body = 0;
    size_t pos = 0;
    MUST(hoptls_mbox_next(nowhere, &pos, &one) == HOPTLS_E_ARG && pos == 0, "an archive is somewhere");
    MUST(hoptls_mbox_next(nothing, &pos, &one) == HOPTLS_END, "an empty archive is one");
    MUST(hoptls_mbox_length(nowhere, &body, &length) == HOPTLS_E_ARG, "a message is somewhere");
    MUST(hoptls_mbox_length(nothing, &body, &length) == HOPTLS_END && body == 0, "an empty message is one");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hoptls_msg archive = exact_copy(data, size);
    choices c = choices_from(data, size);
    hoptls_msg one = {NULL, 0};
    size_t pos = size + 1;
    size_t count;

    MUST(hoptls_mbox_next(archive, &pos, &one) == HOPTLS_E_ARG && pos == size + 1,
         "a position outside is refused");
    check_bytes_nowhere();
    count = check_archive(archive, &c);
    check_pieces(archive, &c);
    if ((size == 0 || data[size - 1] == '\n') &&
        !may_count(data, size)) { /* a line that is cut may turn out to be a header's */
        check_append(archive, count);
    }
    exact_free(archive);
    return 0;
}
