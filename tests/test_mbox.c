/* mbox.c: an archive to its messages. */
#include "internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#ifdef HOPTLS_COUNT_WORK
uint64_t hoptls_work;
#endif

#define BIG ((size_t)10 << 20)

/* A separator as most writers make it. */
#define FROM "From a@example.com Mon Aug 19 10:41:21 2019\n"

typedef struct archive_case {
    const char *what;
    const char *archive;
    const char *message[4]; /* those there are; null behind the last */
} archive_case;

/* clang-format off */
static const archive_case cases[] = {
    {"nothing", "", {0}},
    {"a line feed", "\n", {0}},
    {"empty lines", "\n\n\n", {0}},

    {"one message", FROM "A: b\n\nbody\n", {"A: b\n\nbody\n"}},
    {"one message and the empty line behind it", FROM "A: b\n\nbody\n\n", {"A: b\n\nbody\n"}},
    {"an empty line more belongs to the message", FROM "A: b\n\nbody\n\n\n", {"A: b\n\nbody\n\n"}},
    {"no line feed at the end", FROM "A: b\n\nbody", {"A: b\n\nbody"}},
    {"two messages", FROM "A: b\n\none\n\n" FROM "C: d\n\ntwo\n\n", {"A: b\n\none\n", "C: d\n\ntwo\n"}},
    {"three, one of header alone", FROM "A: b\n\none\n\n" FROM "C: d\n\n" FROM "E: f\n\n\nthree\n",
     {"A: b\n\none\n", "C: d\n", "E: f\n\n\nthree\n"}},
    {"a separator at the very end", FROM "A: b\n\n" FROM, {"A: b\n", ""}},
    {"a separator without a line end", FROM "A: b\n\nFrom a@example.com Mon Aug 19 10:41:21 2019", {"A: b\n", ""}},
    {"an empty message", FROM "\n" FROM "A: b\n", {"", "A: b\n"}},
    {"empty lines in front", "\n\n" FROM "A: b\n", {"A: b\n"}},
    {"a carriage return that ends no line", "\n\rx", {"\n\rx"}},
    {"a carriage return that ends no line, alone", "\r", {"\r"}},

    {"no separator", "A: b\n\nbody\n\n", {"A: b\n\nbody\n\n"}},
    {"no separator and no header", "\n\nbody\n", {"\n\nbody\n"}},
    {"something in front", "what is this\n\n" FROM "A: b\n", {"what is this\n", "A: b\n"}},
    {"something behind empty lines in front", "\nwhat is this\n\n" FROM "A: b\n", {"\nwhat is this\n", "A: b\n"}},
    {"a separator behind a line that is not empty", FROM "A: b\n\nbody\n" FROM "C: d\n",
     {"A: b\n\nbody\n" FROM "C: d\n"}},
    {"a separator behind a separator", FROM FROM "C: d\n", {FROM "C: d\n"}},
    {"a separator behind a blank", FROM "A: b\n \n" FROM "C: d\n", {"A: b\n \n" FROM "C: d\n"}},
    {"quoted", FROM "A: b\n\n>" FROM ">>" FROM "\nbody\n", {"A: b\n\n>" FROM ">>" FROM "\nbody\n"}},

    {"at the start any separator will do", "From nobody\nA: b\n\nbody\n", {"A: b\n\nbody\n"}},
    {"at the start, prose", "From now on\nI write.\n", {"I write.\n"}},
    {"at the start, a field", "From : a@example.com\n\nbody\n", {"From : a@example.com\n\nbody\n"}},
    {"From alone", "From", {"From"}},
    {"From and a blank alone", "From ", {""}},

    {"date without a year", FROM "\n\nFrom a Mon Aug 19 10:41:21\nbody\n", {"\n\nFrom a Mon Aug 19 10:41:21\nbody\n"}},
    {"date without a time", FROM "\n\nFrom 2010 to 2019\nbody\n", {"\n\nFrom 2010 to 2019\nbody\n"}},
    {"prose", FROM "\nFrom what I know, no.\n\nFrom there to here\n", {"\nFrom what I know, no.\n\nFrom there to here\n"}},
    {"prose with a time", FROM "\nFrom 10:30 until 12:00 we meet\n", {"\nFrom 10:30 until 12:00 we meet\n"}},
    {"prose and an address", FROM "\nFrom the site\nhttps://example.com/\n", {"\nFrom the site\nhttps://example.com/\n"}},
    {"prose and a colon", FROM "\nFrom the paper\nWhat it says: no\n", {"\nFrom the paper\nWhat it says: no\n"}},
    {"prose and nothing but a colon", FROM "\nFrom the paper\n: no\n", {"\nFrom the paper\n: no\n"}},
    {"a field behind an empty line", FROM "\n\nFrom: a\nSubject: b\n", {"\n\nFrom: a\nSubject: b\n"}},
    {"a field of the old syntax", FROM "\n\nFrom : a\nSubject: b\n", {"\n\nFrom : a\nSubject: b\n"}},

    {"no date, but a header", FROM "A: b\n\nFrom somebody\nReturn-Path: <>\n", {"A: b\n", "Return-Path: <>\n"}},
    {"no date, but a header without blanks", FROM "A: b\n\nFrom somebody\nx-id:1\n", {"A: b\n", "x-id:1\n"}},
    {"no date, but a header with figures and low lines", FROM "A: b\n\nFrom somebody\nx_2-id: 1\n", {"A: b\n", "x_2-id: 1\n"}},
    {"no date, and a word that the end cuts", FROM "A: b\n\nFrom somebody\nword", {"A: b\n\nFrom somebody\nword"}},
    {"no date, but a separator behind it", FROM "A: b\n\nFrom somebody\n" FROM "C: d\n", {"A: b\n", FROM "C: d\n"}},

    {"cut behind a header's colon", FROM "A: b\n\nbody\n\nFrom somebody\nA:", {"A: b\n\nbody\n", "A:"}},

    {"a length that fits hides separators", FROM "Content-Length: 50\n\n\n" FROM "fw: y\n\n" FROM "B: c\n",
     {"Content-Length: 50\n\n\n" FROM "fw: y", "B: c\n"}},
    {"a length up to the end hides separators", FROM "A: b\ncontent-length:\t52\n\n\n" FROM "fw: y\n\n",
     {"A: b\ncontent-length:\t52\n\n\n" FROM "fw: y\n\n"}},
    {"a length with blanks before its colon hides separators", FROM "Content-Length \t: 50\n\n\n" FROM "fw: y\n\n" FROM "B: c\n",
     {"Content-Length \t: 50\n\n\n" FROM "fw: y", "B: c\n"}},
    {"a length without a colon hides nothing", FROM "Content-Length\t 50\n\n\n" FROM "fw: y\n",
     {"Content-Length\t 50\n\n", "fw: y\n"}},
    {"a length that is too short hides nothing", FROM "Content-Length: 5\n\n\n" FROM "fw: y\n",
     {"Content-Length: 5\n\n", "fw: y\n"}},
    {"a length that is too long hides nothing", FROM "Content-Length: 500\n\n\n" FROM "fw: y\n",
     {"Content-Length: 500\n\n", "fw: y\n"}},
    {"a length in the body is none", FROM "A: b\n\nContent-Length: 46\n\n" FROM "fw: y\n",
     {"A: b\n\nContent-Length: 46\n", "fw: y\n"}},
    {"a length that the end cuts", FROM "Content-Length: 5", {"Content-Length: 5"}},
    {"a length that the end cuts, behind a blank", FROM "Content-Length: 5 ", {"Content-Length: 5 "}},
    {"a length of no figures", FROM "Content-Length: \n\n\n" FROM "fw: y\n", {"Content-Length: \n\n", "fw: y\n"}},
    {"a length that no archive has", FROM "Content-Length: 99999999999999999999999\n\n\n" FROM "fw: y\n",
     {"Content-Length: 99999999999999999999999\n\n", "fw: y\n"}},
    {"a length before a carriage return", FROM "Content-Length: 2\r\n\r\nyy" FROM "fw: y\n",
     {"Content-Length: 2\r\n\r\nyy" FROM "fw: y\n"}},
    {"a length up to the empty line of the archive, of carriage returns", FROM "Content-Length: 4\r\n\r\nyy\r\n\r\n" FROM "B: c\n",
     {"Content-Length: 4\r\n\r\nyy\r\n", "B: c\n"}},
    {"a length, and three empty lines behind it", FROM "Content-Length: 3\n\nyy\n\n\n\n" FROM "B: c\n",
     {"Content-Length: 3\n\nyy\n\n\n", "B: c\n"}},
    {"a length that is no number", FROM "Content-Length: 5x\n\n\n" FROM "fw: y\n",
     {"Content-Length: 5x\n\n", "fw: y\n"}},
    {"the first length counts", FROM "Content-Length: 2\nContent-Length: 51\n\n\n" FROM "fw: y\n\n",
     {"Content-Length: 2\nContent-Length: 51\n\n", "fw: y\n"}},
};

/* Separators as they are written here and there. Each must begin a message behind an empty line. */
static const char *const separators[] = {
    "From a@example.com Mon Aug 19 10:41:21 2019",
    "From a@example.com  Fri Aug  9 10:41:21 2019",
    "From MAILER-DAEMON Mon Aug 19 10:41:21 2019",
    "From - Mon Aug 19 10:41:21 2019",
    "From ???@??? Mon Aug 19 10:41:21 1999",
    "From  Mon Aug 19 10:41:21 2019",
    "From a Mon Aug 19 10:41 2019",
    "From a Mon Aug 19 9:41 2019",
    "From a@example.com Mon Aug 19 10:41:21 CEST 2019",
    "From a@example.com Mon Aug 19 10:41:21 +0200 2019",
    "From a@example.com Mon Aug 19 10:41:21 2019 +0200",
    "From a@example.com Mon Aug 19 10:41:21 2019 remote from host.example",
    "From a@example.com Mon, 19 Aug 2019 10:41:21 +0200",
    "From \"a b\"@example.com Mon Aug 19 10:41:21 2019",
    "From 1234567890@xxx Mon Aug 19 10:41:21 +0000 2019 ",
    "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001",
    "From a@example.com\tMon Aug 19 10:41:21 2019\t",
};

static const char *const no_separators[] = {
    "from a@example.com Mon Aug 19 10:41:21 2019",
    "FROM a@example.com Mon Aug 19 10:41:21 2019",
    ">From a@example.com Mon Aug 19 10:41:21 2019",
    " From a@example.com Mon Aug 19 10:41:21 2019",
    "From: a@example.com Mon Aug 19 10:41:21 2019",
    "From : a@example.com Mon Aug 19 10:41:21 2019",
    "From\ta@example.com Mon Aug 19 10:41:21 2019",
    "Froma@example.com Mon Aug 19 10:41:21 2019",
    "From a@example.com Mon Aug 19 10:41:21 19",
    "From a@example.com Mon Aug 19 10:41:21 20190",
    "From a@example.com Mon Aug 19 10:41:21 1819",
    "From a@example.com Mon Aug 19 10:41:21 2x19",
    "From a@example.com Mon Aug 19 10:4 2019",
    "From a@example.com Mon Aug 19 10:4x 2019",
    "From a@example.com Mon Aug 19 110:41:21 2019",
    "From a@example.com Mon Aug 19 :41:21 2019",
    "From a@example.com Mon Aug 19 1:a1 2019",
    "From a@example.com",
    "From ",
};
/* clang-format on */

#define CASES (sizeof cases / sizeof cases[0])

/* A copy that ends where its memory ends; null for no bytes. */
static hoptls_msg exact_copy(const void *ptr, size_t len)
{
    hoptls_msg copy = {NULL, len};
    if (len > 0) {
        uint8_t *p = malloc(len);
        assert_non_null(p);
        memcpy(p, ptr, len);
        copy.ptr = p;
    }
    return copy;
}

static void release(hoptls_msg msg)
{
    free((void *)(uintptr_t)msg.ptr);
}

static int is_text(hoptls_msg m, const char *text)
{
    return m.len == strlen(text) && memcmp(m.ptr, text, m.len) == 0;
}

static void assert_messages(const char *what, const char *text, const char *const *messages)
{
    hoptls_msg archive = exact_copy(text, strlen(text));
    hoptls_msg out;
    size_t pos = 0;
    for (size_t i = 0; i < 4 && messages[i] != NULL; i++) {
        if (hoptls_mbox_next(archive, &pos, &out) != HOPTLS_MORE || !is_text(out, messages[i])) {
            fail_msg("message %zu: %s", i, what);
        }
    }
    if (hoptls_mbox_next(archive, &pos, &out) != HOPTLS_END) {
        fail_msg("a message too many: %s", what);
    }
    assert_int_equal(pos, archive.len);
    assert_int_equal(hoptls_mbox_next(archive, &pos, &out), HOPTLS_END);
    release(archive);
}

/* A length counts bytes, so that such archives have no twin with the other line end. */
static int is_counted(const archive_case *c)
{
    return strstr(c->what, "length") != NULL;
}

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        assert_messages(cases[i].what, cases[i].archive, cases[i].message);
    }
}

/* `text` with CRLF for its line feeds. */
static char *with_crlf(const char *text)
{
    char *out = malloc(2 * strlen(text) + 1);
    size_t n = 0;
    assert_non_null(out);
    for (size_t i = 0; text[i] != 0; i++) {
        if (text[i] == '\n') {
            out[n++] = '\r';
        }
        out[n++] = text[i];
    }
    out[n] = 0;
    return out;
}

/* The same archives with the other line end hold the same messages (invariant I9). */
static void test_crlf(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        if (is_counted(&cases[i])) {
            continue;
        }
        char *archive = with_crlf(cases[i].archive);
        char *messages[4] = {NULL, NULL, NULL, NULL};
        for (size_t m = 0; m < 4 && cases[i].message[m] != NULL; m++) {
            messages[m] = with_crlf(cases[i].message[m]);
        }
        assert_messages(cases[i].what, archive, (const char *const *)messages);
        for (size_t m = 0; m < 4; m++) {
            free(messages[m]);
        }
        free(archive);
    }
}

/* How many messages an archive of two lines of prose makes with `line` between them. */
static size_t messages_around(const char *line)
{
    char text[256];
    hoptls_msg archive = {(const uint8_t *)text, 0};
    hoptls_msg out;
    size_t pos = 0;
    size_t n = 0;
    assert_true(strlen(line) < 128);
    strcpy(text, FROM "A: b\n\none\n\n");
    strcat(text, line);
    strcat(text, "\ntwo\n");
    archive.len = strlen(text);
    while (hoptls_mbox_next(archive, &pos, &out) == HOPTLS_MORE) {
        n++;
    }
    return n;
}

static void test_separators(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        if (messages_around(separators[i]) != 2) {
            fail_msg("taken for prose: %s", separators[i]);
        }
    }
    for (size_t i = 0; i < sizeof no_separators / sizeof no_separators[0]; i++) {
        if (messages_around(no_separators[i]) != 1) {
            fail_msg("taken for a separator: %s", no_separators[i]);
        }
    }
}

static void test_quoted(void **state)
{
    static const char text[] = "From a\nA: b\n\none\n\nFrom here on\nwe walk\n\nFrom : c\n";
    hoptls_msg archive = exact_copy(text, sizeof text - 1);
    hoptls_msg out;
    size_t pos = 0;
    (void)state;
    assert_int_equal(hoptls_mbox_read(archive, HOPTLS_MBOX_QUOTED, &pos, &out), HOPTLS_MORE);
    assert_true(is_text(out, "A: b\n\none\n"));
    assert_int_equal(hoptls_mbox_read(archive, HOPTLS_MBOX_QUOTED, &pos, &out), HOPTLS_MORE);
    assert_true(is_text(out, "we walk\n\nFrom : c\n"));
    assert_int_equal(hoptls_mbox_read(archive, HOPTLS_MBOX_QUOTED, &pos, &out), HOPTLS_END);
    release(archive);
}

static void test_length(void **state)
{
    hoptls_msg with = {(const uint8_t *)"A: b\nContent-Length: 5\n\nx", 25};
    hoptls_msg without = {(const uint8_t *)"A: b\r\n\r\nContent-Length: 5\n", 27};
    hoptls_msg no_bytes = {NULL, 5};
    uint64_t length = 77;
    size_t body = 77;
    (void)state;
    assert_int_equal(hoptls_mbox_length(with, NULL, &length), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_length(with, &body, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_length(no_bytes, &body, &length), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_length(with, &body, &length), HOPTLS_MORE);
    assert_int_equal(body, 24);
    assert_int_equal(length, 5);
    assert_int_equal(hoptls_mbox_length(without, &body, &length), HOPTLS_END);
    assert_int_equal(body, 8);
    assert_int_equal(length, 0);
}

/* From any place, the next separator is the one at which a walk from the start stands next. */
static void test_seek(void **state)
{
    static const char text[] = FROM "A: b\n\n" FROM "C: d\n\nFrom prose\n\n" FROM "E: f\n";
    size_t unit = sizeof FROM - 1;
    size_t second = unit + 6;
    size_t third = second + unit + 18;
    hoptls_msg archive = exact_copy(text, sizeof text - 1);
    (void)state;
    assert_int_equal(memcmp(text + third, FROM, unit), 0);
    for (size_t at = 0; at <= archive.len; at++) {
        size_t pos = at;
        size_t want = at < second ? second : at < third ? third : archive.len;
        int status = hoptls_mbox_seek(archive, HOPTLS_MBOX_ANY, &pos);
        assert_int_equal(pos, want);
        assert_int_equal(status, want < archive.len ? HOPTLS_MORE : HOPTLS_END);
    }
    release(archive);
}

/* ---- nothing is left out ----------------------------------------------------------------------------------- */

/* Whether what stands in front of a message is empty lines and at most one separator, with its line end. */
static int is_gap(const uint8_t *p, size_t from, size_t to)
{
    size_t i = from;
    while (i < to && (p[i] == '\r' || p[i] == '\n')) {
        i++;
    }
    if (i == to) {
        return 1;
    }
    return to - i >= 5 && memcmp(p + i, "From ", 5) == 0 &&
           (memchr(p + i, '\n', to - i) == p + to - 1 || memchr(p + i, '\n', to - i) == NULL);
}

/* Walks the archive; returns how many messages it has. */
static size_t walk(hoptls_msg archive)
{
    hoptls_msg out = {NULL, 0};
    size_t pos = 0, from = 0, n = 0;
    int status;
    while ((status = hoptls_mbox_next(archive, &pos, &out)) == HOPTLS_MORE) {
        size_t at = (size_t)(out.ptr - archive.ptr);
        assert_in_range(at, from, archive.len);
        assert_in_range(pos, at + out.len, archive.len);
        assert_true(is_gap(archive.ptr, from, at));
        from = at + out.len;
        n++;
        assert_in_range(n, 1, archive.len);
    }
    assert_int_equal(status, HOPTLS_END);
    assert_int_equal(pos, archive.len);
    assert_true(is_gap(archive.ptr, from, archive.len));
    return n;
}

static void test_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        size_t whole = strlen(cases[i].archive);
        for (size_t len = 0; len <= whole; len++) {
            hoptls_msg archive = exact_copy(cases[i].archive, len);
            assert_in_range(walk(archive), 0, 4);
            release(archive);
        }
    }
}

static uint32_t random_state = 1;

static uint32_t random_next(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

/* Archives of random pieces. */
static void test_random_pieces(void **state)
{
    static const char *const pieces[] = {"\n",  "\r\n",   "\n\n",  "From ", "From a ",    FROM,
                                         "a: ", "10:41",  " 2019", "body",  ":",          " ",
                                         "\r",  ">From ", "Fro",   "m b",   "1:23 1999\n"};
    size_t messages = 0;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[512];
        size_t len = 0;
        hoptls_msg archive;
        for (uint32_t k = random_next() % 10; k > 0; k--) {
            const char *piece = pieces[random_next() % (sizeof pieces / sizeof pieces[0])];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        archive = exact_copy(text, len);
        messages += walk(archive);
        release(archive);
    }
    assert_true(messages > 10000);
}

/* ---- wrong calls ------------------------------------------------------------------------------------------- */

static void test_wrong_arguments(void **state)
{
    hoptls_msg archive = {(const uint8_t *)FROM, sizeof FROM - 1};
    hoptls_msg no_bytes = {NULL, 5};
    hoptls_msg nothing = {NULL, 0};
    hoptls_msg out = {(const uint8_t *)"x", 77};
    size_t pos = 0, beyond = sizeof FROM;
    (void)state;
    assert_int_equal(hoptls_mbox_next(archive, NULL, &out), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_next(archive, &pos, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_next(no_bytes, &pos, &out), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_next(archive, &beyond, &out), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_next(nothing, &beyond, &out), HOPTLS_E_ARG);
    assert_int_equal(hoptls_mbox_next(nothing, &pos, &out), HOPTLS_END);
    assert_int_equal(pos, 0);
    assert_int_equal(beyond, sizeof FROM);
    assert_int_equal(out.len, 77);
}

/* ---- size -------------------------------------------------------------------------------------------------- */

static void walk_big(const uint8_t *p, size_t messages)
{
    hoptls_msg archive = {p, BIG};
    hoptls_msg out;
    size_t pos = 0, n = 0;
#ifdef HOPTLS_COUNT_WORK
    hoptls_work = 0;
#endif
    while (hoptls_mbox_next(archive, &pos, &out) == HOPTLS_MORE) {
        n++;
    }
    assert_int_equal(pos, BIG);
    assert_int_equal(n, messages);
#ifdef HOPTLS_COUNT_WORK
    assert_in_range(hoptls_work, BIG / 2, 8 * BIG);
#endif
}

static void test_big_archives(void **state)
{
    static const struct {
        const char *unit;
        size_t len;
        size_t messages;
    } shapes[] = {
        {"\0", 1, 1},
        {"(", 1, 1},
        {"\r", 1, 1},
        {"x\n", 2, 1},
        {"x\n\n", 3, 1},
        {"From ", 5, 1},
        {"From \n", 6, 1},
        {"\nFrom \n", 7, 1},
        {"From x\n\n", 8, 1},
        {"From 10:41\n\n", 12, 1},
        {"From 2019 \n\n", 12, 1},
        {"From 10:41 2019\n\n", 17, BIG / 17},
        {"From \nA:\n\n", 10, BIG / 10},
        {"Content-Length: 9\n", 18, 1},
        {"From 10:41 2019\nContent-Length: 5000000\n\n", 41, BIG / 41},
        {"From \nFrom x\n\n", 14, BIG / 14 + 1},
    };
    uint8_t *p = malloc(BIG);
    (void)state;
    assert_non_null(p);
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        for (size_t k = 0; k < BIG; k++) {
            p[k] = (uint8_t)shapes[i].unit[k % shapes[i].len];
        }
        walk_big(p, shapes[i].messages);
    }
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_crlf),
        cmocka_unit_test(test_separators),
        cmocka_unit_test(test_quoted),
        cmocka_unit_test(test_seek),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_random_pieces),
        cmocka_unit_test(test_wrong_arguments),
        cmocka_unit_test(test_big_archives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
