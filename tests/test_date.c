/* date.c: date-times to seconds. */
#include "internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HOPTLS_COUNT_WORK
uint64_t hoptls_work;

/* No call may look at more bytes than this, however long the text (the parts of a date, times the filler that may
 * stand between them). */
#define WORK_MAX 8192
#endif

#define UNTOUCHED INT64_C(-77)

/* Every text is read from a block that ends where the text ends. */
static uint32_t read_exact(const char *text, size_t len, int64_t *seconds)
{
    uint8_t *p = malloc(len + 1);
    hoptls_span all = {1, (uint32_t)len};
    uint32_t n;
    assert_non_null(p);
    memcpy(p + 1, text, len);
    *seconds = UNTOUCHED;
#ifdef HOPTLS_COUNT_WORK
    hoptls_work = 0;
#endif
    n = hoptls_date_read(p, all, seconds);
#ifdef HOPTLS_COUNT_WORK
    assert_in_range(hoptls_work, 0, WORK_MAX);
#endif
    free(p);
    assert_in_range(n, 0, len);
    assert_true(n > 0 || *seconds == UNTOUCHED);
    assert_true(n == 0 || *seconds >= 0);
    return n;
}

/* A date, its seconds, and what must be left behind it. */
typedef struct date_case {
    const char *text;
    int64_t seconds;
    const char *rest;
} date_case;

/* clang-format off */
static const date_case dates[] = {
    /* The standard, and what RFC 822 allowed before it. */
    {"Mon, 19 Aug 2019 10:41:21 +0200", 1566204081, ""},
    {"Mon, 19 Aug 2019 10:41:21 +0200 (CEST)", 1566204081, " (CEST)"},
    {"19 Aug 2019 10:41:21 -0000", 1566211281, ""},
    {"Mon, 19 Aug 2019 10:41 -0700", 1566236460, ""},
    {"Thu, 1 Jan 1970 00:00:00 +0000", 0, ""},
    {"01 Jan 70 00:00:01 GMT", 1, ""},
    {"Fri, 31 Dec 9999 23:59:59 +0000", INT64_C(253402300799), ""},
    {"Fri, 31 Dec 99 23:59:59 GMT", 946684799, ""},
    {"Sat, 1 Jan 00 00:00:00 GMT", 946684800, ""},
    {"Fri, 31 Dec 49 00:00:00 GMT", 2524521600, ""},
    {"19 Aug 119 10:41:21 GMT", 1566211281, ""},
    {"Tue, 29 Feb 2000 12:00:00 +0000", 951825600, ""},
    {"Thu, 29 Feb 2024 23:59:60 +0000", 1709251200, ""},
    {"Sat, 31 Dec 2016 23:59:60 +0000", 1483228800, ""},

    /* Blanks, folds, comments. */
    {" \r\n\tMon,19 Aug 2019 10:41:21 +0200", 1566204081, ""},
    {"Mon,\r\n 19 Aug\r\n\t2019\r\n 10:41:21\r\n +0200\r\n (CEST)", 1566204081, "\r\n (CEST)"},
    {"Mon  ,  19  Aug  2019  10 : 41 : 21  +0200 ", 1566204081, " "},
    {"(a) Mon (b), (c) 19 (d (e)) Aug (f\\)) 2019 (g) 10 (h): (i)41:21 (j) +0200 (k)", 1566204081, " (k)"},
    {"\t(version=TLSv1/SSLv3)\n\tMon, 19 Aug 2019 10:41:21 +0200", 1566204081, ""},
    {"Mon,  9 Feb 2009 12: 31: 43 -0500 (EST)", 1234200703, " (EST)"},
    {"Mon, 19 Aug 2019 10:41:21 +0200 (never closed", 1566204081, " (never closed"},

    /* Names: any case, short or in full. */
    {"MON, 19 AUG 2019 10:41:21 +0200", 1566204081, ""},
    {"mon 19 aug 2019 10:41:21 +0200", 1566204081, ""},
    {"Monday, 19 August 2019 10:41:21 +0200", 1566204081, ""},
    {"Thurs, 5 Sept 2019 10:41:21 +0000", 1567680081, ""},
    {"Sun, 19 Aug 2019 10:41:21 +0200", 1566204081, ""},

    /* Zones. */
    {"19 Aug 2019 10:41:21", 1566211281, ""},
    {"19 Aug 2019 10:41:21 ", 1566211281, " "},
    {"19 Aug 2019 10:41:21 (PDT)", 1566211281, " (PDT)"},
    {"19 Aug 2019 10:41:21 (PDT) -0700", 1566236481, ""},
    {"19 Aug 2019 10:41:21+0200", 1566204081, ""},
    {"19 Aug 2019 10:41:21 +02:00", 1566204081, ""},
    {"19 Aug 2019 10:41:21 -08:00", 1566240081, ""},
    {"19 Aug 2019 10:41:21 +02", 1566204081, ""},
    {"19 Aug 2019 10:41:21 +02:0", 1566204081, ":0"},
    {"19 Aug 2019 10:41:21 GMT(a)", 1566211281, "(a)"},
    {"19 Aug 2019 10:41:21 GMT)", 1566211281, ")"},
    {"19 Aug 2019 10:41:21 GMT, a", 1566211281, ", a"},
    {"19 Aug 2019 10:41:21 -400 (EDT)", 1566225681, " (EDT)"},
    {"19 Aug 2019 10:41:21 +5", 1566193281, ""},
    {"19 Aug 2019 10:41:21 +0530", 1566191481, ""},
    {"19 Aug 2019 10:41:21 +1400", 1566160881, ""},
    {"19 Aug 2019 10:41:21 -1400", 1566261681, ""},
    {"19 Aug 2019 10:41:21 +1401", 1566211281, ""},
    {"19 Aug 2019 10:41:21 +0260", 1566211281, ""},
    {"19 Aug 2019 10:41:21 -9999", 1566211281, ""},
    {"19 Aug 2019 10:41:21 +02000", 1566211281, " +02000"},
    {"19 Aug 2019 10:41:21 2000", 1566211281, " 2000"},
    {"19 Aug 2019 10:41:21 UT", 1566211281, ""},
    {"19 Aug 2019 10:41:21 EST", 1566229281, ""},
    {"19 Aug 2019 10:41:21 edt", 1566225681, ""},
    {"19 Aug 2019 10:41:21 CST", 1566232881, ""},
    {"19 Aug 2019 10:41:21 CDT", 1566229281, ""},
    {"19 Aug 2019 10:41:21 MST", 1566236481, ""},
    {"19 Aug 2019 10:41:21 MDT", 1566232881, ""},
    {"19 Aug 2019 10:41:21 PST", 1566240081, ""},
    {"19 Aug 2019 10:41:21 PDT", 1566236481, ""},
    {"19 Aug 2019 10:41:21 CET", 1566207681, ""},
    {"19 Aug 2019 10:41:21 CEST", 1566204081, ""},
    {"19 Aug 2019 10:41:21 JST", 1566178881, ""},
    {"19 Aug 2019 10:41:21 NZDT", 1566164481, ""},
    {"19 Aug 2019 10:41:21 Z", 1566211281, ""},
    {"19 Aug 2019 10:41:21 A", 1566211281, ""},
    {"19 Aug 2019 10:41:21 y (yankee)", 1566211281, " (yankee)"},
    {"19 Aug 2019 10:41:21 BST", 1566211281, " BST"},
    {"19 Aug 2019 10:41:21 Pacific Standard Time", 1566211281, " Pacific Standard Time"},
    {"19 Aug 2019 10:41:21 GMT+0200 (CEST)", 1566204081, " (CEST)"},
    {"19 Aug 2019 10:41:21 UTC-5", 1566229281, ""},
    {"19 Aug 2019 10:41:21 +0000 GMT", 1566211281, ""},
    {"19 Aug 2019 10:41:21 -0500 EST", 1566229281, ""},
    {"19 Aug 2019 10:41:21 +0200 with ESMTPS (TLS)", 1566204081, " with ESMTPS (TLS)"},
    {"19 Aug 2019 10:41:21 +0200 a", 1566204081, " a"},
    {"19 Aug 2019 10:41:21 z9abc", 1566211281, " z9abc"},
    {"19 Aug 2019 10:41:21 gmt.example", 1566211281, " gmt.example"},
    {"19 Aug 2019 10:41:21 GM", 1566211281, " GM"},
    {"19 Aug 2019 10:41:21 -id", 1566211281, " -id"},

    /* Fractions; half days. */
    {"Thu, 16 Jun 2022 05:49:18.480 +0000 (UTC)", 1655358558, " (UTC)"},
    {"19 Aug 2019 10:41:21.123456789 +0200", 1566204081, ""},
    {"19 Aug 2019 10:41:21. +0200", 1566211281, ". +0200"},
    {"19 Aug 2019 10:41:21.123456789012345678901234567890123 +0200", 1566211281, ".123456789012345678901234567890123 +0200"},
    {"19 Aug 2019 08:41:21 AM +0000", 1566204081, ""},
    {"19 Aug 2019 08:41:21 PM +0000", 1566247281, ""},
    {"19 Aug 2019 12:41:21 a.m. +0000", 1566175281, ""},
    {"19 Aug 2019 12:41:21 p.m. +0000", 1566218481, ""},
    {"19 Aug 2019 8:41:21pm", 1566247281, ""},
    {"19 Aug 2019 20:41:21 PM +0000", 1566247281, ""},
    {"19 Aug 2019 08:41:21 amavis", 1566204081, " amavis"},
    {"19 Aug 2019 08:41:21 p", 1566204081, ""},

    /* Other orders. */
    {"19-Aug-2019 10:41:21 +0200", 1566204081, ""},
    {" 9-Aug-19 10:41:21 GMT", 1565347281, ""},
    {"Mon Aug 19 10:41:21 2019", 1566211281, ""},
    {"Fri Aug  9 10:41:21 2019", 1565347281, ""},
    {"Mon Aug 19 10:41:21 CEST 2019", 1566204081, ""},
    {"Mon Aug 19 10:41:21 XYZT 2019", 1566211281, ""},
    {"Mon Aug 19 10:41:21 +0200 2019", 1566204081, ""},
    {"Mon Aug 19 10:41:21 2019 +0200", 1566204081, ""},
    {"Mon Aug 19 10:41:21 CEST 2019 +0000", 1566204081, " +0000"},
    {"Mon Aug 19 2019 10:41:21 GMT+0200 (CEST)", 1566204081, " (CEST)"},
    {"Aug, 19 2019 8:41:21 AM -0000", 1566204081, ""},
    {"Aug 19, 2019, 8:41:21 PM", 1566247281, ""},
    {"2019-08-19T10:41:21Z", 1566211281, ""},
    {"2019-08-19t10:41:21.5z rest", 1566211281, " rest"},
    {"2019-08-19T10:41+02:00", 1566204060, ""},
    {"2019-08-19 10:41:21.817089-04:00", 1566225681, ""},
    {"2023-02-01 10:00:00.000 +0000 UTC m=+6810983.819", 1675245600, ""},
    {"2023-02-01 10:00:00 +0000 UTC", 1675245600, ""},
    {"2023-02-01 10:00:00 -0500 EST m=-0.000000001;", 1675263600, ";"},
    {"2023-02-01 10:00:00 +0000 UTC m=x", 1675245600, " m=x"},
    {"2023-02-01 10:00:00 -0500 EST m=-0.000000001", 1675263600, ""},
    {"2023-02-01 10:00:00 +0000 UTC m+1.2", 1675245600, " m+1.2"},
    {"2023-02-01 10:00:00 +0000 UTC m=12.0", 1675245600, " m=12.0"},
    {"2023-02-01 10:00:00 +0000 UTC m=+x.1", 1675245600, " m=+x.1"},
    {"2023-02-01 10:00:00 +0000 UTC m=+123456789012345678901234567890123.1", 1675245600, " m=+123456789012345678901234567890123.1"},
    {"2019-8-9 10:41", 1565347260, ""},

    /* Close to the ends of what is counted. */
    {"31 Dec 9999 23:59:60 -1400", INT64_C(253402351200), ""},
    {"1 Jan 1970 14:00:00 +1400", 0, ""},
    {"28 Feb 2100 23:59:59 +0000", INT64_C(4107542399), ""},
    {"1 Mar 2100 00:00:00 +0000", INT64_C(4107542400), ""},
};

static const char *const no_dates[] = {
    "", " ", "(", "()", "Mon", "Mon,", "19", "19 Aug", "19 Aug 2019", "19 Aug 2019 10", "19 Aug 2019 10:",
    "10:41:21", "2019", "2019-08", "2019-08-19", "2019-08-19T", "Mon Aug 19 10:41:21", "+0200", "id 4711", "GMT",
    /* Ambiguous, or no order that anyone uses. */
    "25/07/2002 09:17:09", "12/5/2010 10:41:21", "12-05-2010 10:41:21", "12.05.2010 10:41:21",
    "20190819104121", "20190819T104121Z", "1566204081", "2019 Aug 19 10:41:21",
    /* Days, months, times that cannot be. */
    "0 Aug 2019 10:41:21", "32 Aug 2019 10:41:21", "31 Apr 2019 10:41:21", "029 Apr 2019 10:41:21",
    "29 Feb 2019 10:41:21", "30 Feb 2024 10:41:21", "29 Feb 2100 10:41:21", "31 Jun 2019 10:41:21",
    "Mon Aug 19 2019", "Mon Aug 19 2019 GMT", "2019-08-x 10:41:21", "Abcdefghijklmnopqrstuvwxyz, 19 Aug 2019 10:41:21",
    "19 Foo 2019 10:41:21", "19 Au 2019 10:41:21", "19 Augustus 2019 10:41:21", "19 08 2019 10:41:21",
    "2019-13-01 10:41:21", "2019-00-01 10:41:21", "2019-02-00 10:41:21", "2019-02-29 10:41:21",
    "19 Aug 2019 24:00:00", "19 Aug 2019 25:41:21", "19 Aug 2019 10:60:21", "19 Aug 2019 10:41:61",
    "19 Aug 2019 10:41:215", "19 Aug 2019 10:41:21:00", "19 Aug 2019 010:41:21", "19 Aug 2019 10.41.21",
    "19 Aug 2019 -10:41:21", "19 Aug 2019 10 41 21",
    /* Years. */
    "31 Dec 1969 23:59:59 +0000", "31 Dec 69 23:59:59", "1 Jan 50 00:00:00", "1 Jan 1970 00:00:00 +0001", "28 Jul 0102 02:18:20 +0800",
    "1 Jan 0000 00:00:00", "19 Aug 10000 10:41:21", "19 Aug 9 10:41:21", "Aug 19 19 10:41:21",
    "Mon Aug 19 10:41:21 19", "Mon Aug 19 10:41:21 20190",
    /* Something else in front. */
    "x 19 Aug 2019 10:41:21", "id 1; 19 Aug 2019 10:41:21", "Moon, 19 Aug 2019 10:41:21", ", 19 Aug 2019 10:41:21",
    "Mon,, 19 Aug 2019 10:41:21", "(open 19 Aug 2019 10:41:21", ") 19 Aug 2019 10:41:21",
    "\"19 Aug 2019 10:41:21\"", "<19 Aug 2019 10:41:21>",
};
/* clang-format on */

#define DATES    (sizeof dates / sizeof dates[0])
#define NO_DATES (sizeof no_dates / sizeof no_dates[0])

static void assert_reads(const char *text, int64_t seconds, const char *rest)
{
    int64_t got;
    uint32_t n = read_exact(text, strlen(text), &got);
    if (n == 0) {
        fail_msg("no date: %s", text);
    }
    if (got != seconds) {
        fail_msg("%lld instead of %lld: %s", (long long)got, (long long)seconds, text);
    }
    if (strcmp(text + n, rest) != 0) {
        fail_msg("`%s` is left instead of `%s`: %s", text + n, rest, text);
    }
}

static void test_dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < DATES; i++) {
        assert_reads(dates[i].text, dates[i].seconds, dates[i].rest);
    }
}

static void test_no_dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < NO_DATES; i++) {
        int64_t seconds;
        if (read_exact(no_dates[i], strlen(no_dates[i]), &seconds) != 0) {
            fail_msg("a date: %s", no_dates[i]);
        }
    }
}

/* Upper and lower case mean the same. */
static void test_case(void **state)
{
    char text[128];
    (void)state;
    for (int up = 0; up < 2; up++) {
        for (size_t i = 0; i < DATES; i++) {
            size_t len = strlen(dates[i].text);
            int64_t seconds;
            assert_true(len < sizeof text);
            for (size_t k = 0; k < len; k++) {
                char c = dates[i].text[k];
                int letter = up ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
                text[k] = (char)(letter && c != 'm' ? c ^ 32 : c);
            }
            assert_int_equal(read_exact(text, len, &seconds), len - strlen(dates[i].rest));
            assert_int_equal(seconds, dates[i].seconds);
        }
    }
}

/* A blank may become a fold, more blanks, or a comment (invariant I9), but for blanks inside comments and around
 * what Go alone writes. */
static void test_filler(void **state)
{
    static const char *const fillers[] = {"\r\n\t", "\n ", "    ", " (x(y\\)(z)))\r\n ", "(\\()"};
    (void)state;
    for (size_t f = 0; f < sizeof fillers / sizeof fillers[0]; f++) {
        for (size_t i = 0; i < DATES; i++) {
            char text[1024];
            size_t used = 0;
            size_t len = strlen(dates[i].text) - strlen(dates[i].rest);
            int64_t seconds;
            if (strstr(dates[i].text, "+0000 ") != NULL || strstr(dates[i].text, "00 EST") != NULL) {
                continue;
            }
            for (size_t k = 0; k < len; k++) {
                const char *put = dates[i].text[k] == ' ' ? fillers[f] : NULL;
                int n = put != NULL ? snprintf(text + used, sizeof text - used, "%s", put)
                                    : snprintf(text + used, sizeof text - used, "%c", dates[i].text[k]);
                assert_in_range(n, 1, sizeof text - used - 1);
                used += (size_t)n;
            }
            if (read_exact(text, used, &seconds) != used || seconds != dates[i].seconds) {
                fail_msg("with `%s`: %s", fillers[f], dates[i].text);
            }
        }
    }
}

/* Every prefix on a block of its own size: nothing behind the span is read, whatever the span cuts. */
static void test_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < DATES; i++) {
        size_t len = strlen(dates[i].text);
        for (size_t n = 0; n <= len; n++) {
            int64_t seconds;
            uint32_t read = read_exact(dates[i].text, n, &seconds);
            assert_true(n < len || seconds == dates[i].seconds);
            assert_in_range(read, 0, n);
        }
    }
    for (size_t i = 0; i < NO_DATES; i++) {
        for (size_t n = 0; n <= strlen(no_dates[i]); n++) {
            int64_t seconds;
            (void)read_exact(no_dates[i], n, &seconds);
        }
    }
}

/* A span that ends inside of digits: those behind it do not count. */
static void test_span_ends_inside(void **state)
{
    const uint8_t *p = (const uint8_t *)"19 Aug 2019 10:41:21 +0200";
    hoptls_span text = {3, 9};
    int64_t seconds = UNTOUCHED;
    (void)state;
    assert_int_equal(hoptls_date_read(p, text, &seconds), 0);
    text.off = 0;
    text.len = 14;
    assert_int_equal(hoptls_date_read(p, text, &seconds), 0);
    assert_true(seconds == UNTOUCHED);
    text.len = 17;
    assert_int_equal(hoptls_date_read(p, text, &seconds), 17);
    assert_int_equal(seconds, 1566211260);
    text.len = 19;
    assert_int_equal(hoptls_date_read(p, text, &seconds), 19);
    assert_int_equal(seconds, 1566211262); /* 10:41:2 */
    text.len = 24;
    assert_int_equal(hoptls_date_read(p, text, &seconds), 24);
    assert_int_equal(seconds, 1566204081);
}

/* ---- the calendar ------------------------------------------------------------------------------------------ */

static int length_of_month(int year, int month)
{
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return lengths[month] + (leap && month == 1 ? 1 : 0);
}

/* Every day of eight thousand years, one after the other: each is 86400 seconds later than the one before, and no
 * month has a day more. */
static void test_every_day(void **state)
{
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t expected = 0;
    (void)state;
    for (int year = 1970; year <= 9999; year++) {
        for (int month = 0; month < 12; month++) {
            int last = length_of_month(year, month);
            /* Days in the middle of far years are left out, for speed. */
            int step = year < 2110 || month == 1 ? 1 : last - 1;
            for (int day = 1; day <= last; day += step) {
                char text[32];
                int64_t seconds;
                int n = snprintf(text, sizeof text, "%d %s %d 00:00Z", day, months[month], year);
                assert_int_equal(read_exact(text, (size_t)n, &seconds), n);
                assert_int_equal(seconds, expected + (int64_t)86400 * (day - 1));
                n = snprintf(text, sizeof text, "%d %s %d 00:00Z", last + 1, months[month], year);
                assert_int_equal(read_exact(text, (size_t)n, &seconds), 0);
            }
            expected += (int64_t)86400 * last;
        }
    }
    assert_int_equal(expected, INT64_C(253402300800));
}

static void test_every_time(void **state)
{
    (void)state;
    for (int clock = 0; clock < 86400; clock++) {
        char text[32];
        int64_t seconds;
        int n = snprintf(text, sizeof text, "1 Jan 1970 %02d:%02d:%02d", clock / 3600, clock / 60 % 60,
                         clock % 60);
        assert_int_equal(read_exact(text, (size_t)n, &seconds), n);
        assert_int_equal(seconds, clock);
    }
}

static void test_every_zone(void **state)
{
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        for (int zone = 0; zone <= 9999; zone++) {
            char text[48];
            int64_t seconds;
            int minutes = zone / 100 * 60 + zone % 100;
            int known = zone % 100 < 60 && minutes <= 14 * 60;
            int n = snprintf(text, sizeof text, "2 Jan 1970 00:00:00 %c%04d", sign < 0 ? '-' : '+', zone);
            assert_int_equal(read_exact(text, (size_t)n, &seconds), n);
            assert_int_equal(seconds, 86400 - (known ? sign * minutes * 60 : 0));
        }
    }
}

/* ---- size --------------------------------------------------------------------------------------------------- */

/* Filler of 256 bytes is read over, more of it is not: the date ends there, or is none. */
static void test_long_filler(void **state)
{
    static const char after[] = "+0200";
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        for (size_t filler = 200; filler < 300; filler++) {
            char text[400] = "19 Aug 2019 10:41:21";
            size_t at = strlen(text);
            int64_t seconds;
            memset(text + at, kind == 0 ? ' ' : kind == 1 ? 'x' : '(', filler);
            if (kind > 0) {
                text[at] = '(';
                memset(text + at + filler / 2, ')', filler - filler / 2);
                memset(text + at + filler - filler % 2, ' ', filler % 2);
            }
            if (kind == 1) {
                memset(text + at + 1, 'x', filler - 2);
                text[at + filler - 1] = ')';
            }
            memcpy(text + at + filler, after, sizeof after);
            assert_int_equal(read_exact(text, strlen(text), &seconds), filler < 256 ? strlen(text) : at);
            assert_int_equal(seconds, filler < 256 ? 1566204081 : 1566211281);
        }
    }
}

/* The heads and tails between which a megabyte of one thing stands. read_exact bounds the work. */
static void test_hostile(void **state)
{
    static const char *const heads[] = {
        "",
        "Mon",
        "Mon, 1",
        "Mon, 19 ",
        "Mon, 19 Aug ",
        "Mon, 19 Aug 2019 ",
        "Mon, 19 Aug 2019 1",
        "Mon, 19 Aug 2019 10",
        "Mon, 19 Aug 2019 10:41",
        "Mon, 19 Aug 2019 10:41:21",
        "Mon, 19 Aug 2019 10:41:21.1",
        "Mon, 19 Aug 2019 10:41:21 +1",
        "Mon, 19 Aug 2019 10:41:21 +0100 ",
        "Mon Aug 19 10:41:21 ",
        "2019-08-19 10:41:21 +0000 UTC m=+1",
        "2019-08-19 10:41:21 +0000 UTC m=+1.1",
    };
    static const char units[] = "( \n\t1a:;,-+.)\\=Zm\"\r";
    enum { LEN = 1 << 20 };
    char *text = malloc(LEN);
    (void)state;
    assert_non_null(text);
    for (size_t h = 0; h < sizeof heads / sizeof heads[0]; h++) {
        for (size_t u = 0; u < sizeof units; u++) { /* the NUL too */
            size_t head = strlen(heads[h]);
            int64_t seconds;
            memset(text, units[u], LEN);
            memcpy(text, heads[h], head);
            assert_in_range(read_exact(text, LEN, &seconds), 0, head + 32);
        }
    }
    free(text);
}

/* Filler in every place, as long as it may be: the most that one call can be made to do. */
static void test_most_work(void **state)
{
    char filler[256];
    char text[16384];
    int n;
    int64_t seconds;
    (void)state;
    memset(filler, ' ', sizeof filler);
    filler[255] = 0;
    n = snprintf(text, sizeof text, "%sMon%s,%s19%s-%sAug%s-%s2019%s,%s10%s:%s41%s:%s21%sPM%s+0200%sGMT%s",
                 filler, filler, filler, filler, filler, filler, filler, filler, filler, filler, filler,
                 filler, filler, filler, filler, filler, filler);
    assert_in_range(n, 4000, sizeof text - 1);
    assert_int_equal(read_exact(text, (size_t)n, &seconds), n - 255);
    assert_int_equal(seconds, 1566247281);
#ifdef HOPTLS_COUNT_WORK
    assert_in_range(hoptls_work, n - 255, WORK_MAX);
#endif
}

#ifdef HOPTLS_COUNT_WORK
static void test_work_is_counted(void **state)
{
    static const char text[] = "Mon, 19 Aug 2019 10:41:21 +0200";
    int64_t seconds;
    (void)state;
    assert_int_equal(read_exact(text, sizeof text - 1, &seconds), sizeof text - 1);
    assert_in_range(hoptls_work, 20, 200);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_no_dates),
        cmocka_unit_test(test_case),
        cmocka_unit_test(test_filler),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_span_ends_inside),
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_every_time),
        cmocka_unit_test(test_every_zone),
        cmocka_unit_test(test_long_filler),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_most_work),
#ifdef HOPTLS_COUNT_WORK
        cmocka_unit_test(test_work_is_counted),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
