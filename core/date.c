/* A date-time to seconds (RFC 5322 section 3.3 and 4.3), and the other forms that mail servers write:
 *
 *     Mon, 19 Aug 2019 10:41:21 +0200 (CEST)      the standard; the day name and the seconds may lack
 *     19 Aug 19 10:41 EDT                         RFC 822; blanks and comments may stand between any two parts
 *     19-Aug-2019 10:41:21 +0200                  IMAP
 *     Mon Aug 19 10:41:21 [CEST] 2019 [+0200]     asctime, date(1)
 *     Aug, 19 2019 8:41:21 AM -0700               American order, with or without commas
 *     2019-08-19T10:41:21.5Z                      ISO 8601, RFC 3339
 *     2019-08-19 10:41:21.5 +0000 UTC m=+68.819   Go
 *
 * A date in figures alone that begins with the day or the month is not read: nobody can tell which it is.
 *
 * What cannot be (32 August, 29 February 2019, 24:00, a year before 1970) makes the whole no date. A zone that
 * cannot be, or that several places use with different meanings, is only a zone not known, and counts as UTC, as
 * RFC 5322 section 4.3 has it for the military letters. The name of the day is not compared with the date.
 *
 * The bytes looked at are bounded by a constant, whatever follows: a caller may try at many places of one field.
 *
 * Functions that take `*at` move it behind what they read and return 1, or leave it and return 0. */
#include "internal.h"

#define DATE_FILLER_MAX   256u /* blanks and comments between two parts */
#define DATE_NAME_MAX     9u   /* `wednesday`, `september` */
#define DATE_FRACTION_MAX 32u  /* figures of a second's fraction */

/* The date as written, before it is counted. `east` is the zone in minutes east of UTC. */
typedef struct written_date {
    uint32_t year;
    uint32_t month;
    uint32_t day;
    uint32_t hour;
    uint32_t minute;
    uint32_t second;
    int32_t east;
} written_date;

static const uint8_t day_names[7][DATE_NAME_MAX + 1] = {"monday", "tuesday",  "wednesday", "thursday",
                                                        "friday", "saturday", "sunday"};

static const uint8_t month_names[12][DATE_NAME_MAX + 1] = {"january",   "february", "march",    "april",
                                                           "may",       "june",     "july",     "august",
                                                           "september", "october",  "november", "december"};

typedef struct zone_name {
    uint8_t name[6];
    int16_t east;
} zone_name;

/* The names of RFC 5322 section 4.3, which gives the American ones their meaning, and of others those that one
 * region alone uses. BST and IST, for example, are left out. */
/* clang-format off */
static const zone_name zone_names[] = {
    {"gmt", 0},    {"utc", 0},    {"ut", 0},     {"wet", 0},    {"west", 60},
    {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300},
    {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
    {"akst", -540}, {"akdt", -480}, {"hst", -600},
    {"cet", 60},   {"cest", 120}, {"met", 60},   {"mest", 120},
    {"eet", 120},  {"eest", 180},
    {"hkt", 480},  {"jst", 540},  {"kst", 540},
    {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780},
};
/* clang-format on */

#define ZONE_NAMES ((uint32_t)(sizeof(zone_names) / sizeof(zone_names[0])))

/* What contracts say of a place that is moved: it is in front of `end`; it was moved if and only if there was a result. */
/*@ predicate place{L}(uint8_t *p, uint32_t *at, integer end) =
        \valid{L}(at) && \at(*at, L) <= end && readable{L}(p, \at(*at, L), end);
    predicate moved{L1, L2}(uint32_t *at, integer end, integer result) =
        result == 0 ? \at(*at, L2) == \at(*at, L1) : \at(*at, L1) < \at(*at, L2) <= end;
    predicate all_digits{L}(uint8_t *p, integer at, integer end) =
        \forall integer k; at <= k < end ==> digit(p[k]);
*/

/* ---- parts ------------------------------------------------------------------------------------------- */

/* The end of the blanks, folds and comments at `at` (RFC 5322 section 3.2.2), or `at` itself if they are more than
 * DATE_FILLER_MAX bytes or if a comment has no end. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(DATE_FILLER_MAX); */
static uint32_t skip_filler(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t limit = end - at > DATE_FILLER_MAX ? at + DATE_FILLER_MAX : end;
    uint32_t depth = 0;
    uint32_t i = at;
    int escaped = 0;

    /*@ loop invariant at <= i <= limit && depth <= i - at;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, depth, escaped, hoptls_work;
        loop variant limit - i; */
    while (i < limit && (depth > 0 || is_space(p[i]) || p[i] == '(')) {
        if (!escaped && p[i] == '(') {
            depth++;
        } else if (!escaped && p[i] == ')') {
            depth--;
        }
        escaped = !escaped && p[i] == '\\';
        i++;
        HOPTLS_WORK(1);
    }
    return depth == 0 && (i < limit || i == end) ? i : at;
}

/*@ requires at < end ==> \valid_read(p + at);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> at < end && p[at] == byte; */
static int is_at(const uint8_t *p, uint32_t at, uint32_t end, uint8_t byte)
{
    return at < end && p[at] == byte;
}

/* Filler with or without one `mark` in it. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(2 * DATE_FILLER_MAX); */
static uint32_t skip_mark(const uint8_t *p, uint32_t at, uint32_t end, uint8_t mark)
{
    uint32_t i = skip_filler(p, at, end);
    return is_at(p, i, end, mark) ? skip_filler(p, i + 1, end) : i;
}

/* How many figures stand at `at`; beyond `most` it is `most` + 1. */
/*@ requires at <= end && readable(p, at, end) && most <= DATE_FRACTION_MAX;
    terminates \true;
    assigns hoptls_work;
    ensures \result <= most + 1 && at + \result <= end;
    ensures all_digits(p, at, at + \result);
    ensures spent{Pre, Here}(most + 1); */
static uint32_t count_digits(const uint8_t *p, uint32_t at, uint32_t end, uint32_t most)
{
    uint32_t n = 0;
    /*@ loop invariant n <= most + 1 && at + n <= end;
        loop invariant all_digits(p, at, at + n);
        loop invariant spent{Pre, Here}(n);
        loop assigns n, hoptls_work;
        loop variant end - at - n; */
    while (n <= most && n < end - at && is_digit(p[at + n])) {
        n++;
        HOPTLS_WORK(1);
    }
    return n;
}

/* The number in `n` figures, at most four. */
/*@ requires n <= 4 && at + n <= UINT32_MAX && readable(p, at, at + n) && all_digits(p, at, at + n);
    terminates \true;
    assigns hoptls_work;
    ensures \result <= 9999 && (n <= 2 ==> \result <= 99) && (n <= 3 ==> \result <= 999);
    ensures spent{Pre, Here}(n); */
static uint32_t number_of(const uint8_t *p, uint32_t at, uint32_t n)
{
    uint32_t sum = 0;
    uint32_t i = 0;
    /*@ loop invariant i <= n;
        loop invariant sum <= (i == 0 ? 0 : i == 1 ? 9 : i == 2 ? 99 : i == 3 ? 999 : 9999);
        loop invariant spent{Pre, Here}(i);
        loop assigns i, sum, hoptls_work;
        loop variant n - i; */
    while (i < n) {
        sum = sum * 10 + (uint32_t)(p[at + i] - '0');
        i++;
        HOPTLS_WORK(1);
    }
    return sum;
}

/* A number of `least` to `most` figures. */
/*@ requires place(p, at, end) && \valid(value) && \separated(at, value);
    requires 0 < least <= most <= 4;
    terminates \true;
    assigns *at, *value, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures \result == 0 ==> *value == \old(*value);
    ensures \result != 0 ==> \old(*at) + least <= *at <= \old(*at) + most;
    ensures \result != 0 ==> *value <= 9999 && (most <= 2 ==> *value <= 99);
    ensures \result != 0 && *at - \old(*at) <= 3 ==> *value <= 999;
    ensures \result != 0 && *at - \old(*at) <= 2 ==> *value <= 99;
    ensures spent{Pre, Here}(2 * most + 1); */
static int read_number(const uint8_t *p, uint32_t *at, uint32_t end, uint32_t least, uint32_t most,
                       uint32_t *value)
{
    uint32_t n = count_digits(p, *at, end, most);
    if (n < least || n > most) {
        return 0;
    }
    *value = number_of(p, *at, n);
    *at += n;
    return 1;
}

/* How many letters stand at `at`; beyond DATE_NAME_MAX it is DATE_NAME_MAX + 1. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures \result <= DATE_NAME_MAX + 1 && at + \result <= end;
    ensures spent{Pre, Here}(DATE_NAME_MAX + 1); */
static uint32_t count_letters(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t n = 0;
    /*@ loop invariant n <= DATE_NAME_MAX + 1 && at + n <= end;
        loop invariant spent{Pre, Here}(n);
        loop assigns n, hoptls_work;
        loop variant end - at - n; */
    while (n <= DATE_NAME_MAX && n < end - at && is_alpha(p[at + n])) {
        n++;
        HOPTLS_WORK(1);
    }
    return n;
}

/* Which of the names the word at `at` is or shortens, to three letters or more; `count` if none. */
/*@ requires at + n <= UINT32_MAX && readable(p, at, at + n);
    requires count <= 12 && \valid_read(names + (0 .. count - 1));
    terminates \true;
    assigns hoptls_work;
    ensures \result <= count;
    ensures found: \result < count ==> 3 <= n <= DATE_NAME_MAX && same_text(p, at, &names[\result][0], n);
    ensures present: 3 <= n <= DATE_NAME_MAX ==>
        (\forall integer k; 0 <= k < \result ==> !same_text(p, at, &names[k][0], n));
    ensures spent{Pre, Here}(120); */
static uint32_t find_name(const uint8_t *p, uint32_t at, uint32_t n,
                          const uint8_t (*names)[DATE_NAME_MAX + 1], uint32_t count)
{
    hoptls_span word = {at, n};
    uint32_t i = 0;
    if (n < 3 || n > DATE_NAME_MAX) {
        return count;
    }
    /*@ loop invariant i <= count;
        loop invariant \forall integer k; 0 <= k < i ==> !same_text(p, at, &names[k][0], n);
        loop invariant spent{Pre, Here}(10 * i);
        loop assigns i, hoptls_work;
        loop variant count - i; */
    while (i < count && !span_is(p, word, names[i], n)) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* Whether a word ends at `at`, so that neither `z9abc` begins with a zone nor `amavis` with AM. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns \nothing; */
static int is_word_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    return at == end || is_space(p[at]) || p[at] == '(' || p[at] == ')' || p[at] == ';' || p[at] == ',';
}

/*@ requires place(p, at, end);
    terminates \true;
    assigns *at, hoptls_work;
    ensures \old(*at) <= *at <= end;
    ensures spent{Pre, Here}(700); */
static void skip_day_name(const uint8_t *p, uint32_t *at, uint32_t end)
{
    uint32_t n = count_letters(p, *at, end);
    if (find_name(p, *at, n, day_names, 7) < 7) {
        *at = skip_mark(p, *at + n, end, ',');
    }
}

/*@ requires place(p, at, end) && \valid(month) && \separated(at, month);
    terminates \true;
    assigns *at, *month, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures \result != 0 ==> 1 <= *month <= 12;
    ensures spent{Pre, Here}(130); */
static int read_month(const uint8_t *p, uint32_t *at, uint32_t end, uint32_t *month)
{
    uint32_t n = count_letters(p, *at, end);
    uint32_t found = find_name(p, *at, n, month_names, 12);
    if (found == 12) {
        return 0;
    }
    *month = found + 1;
    *at += n;
    return 1;
}

/* Years of two and three figures have the meaning of RFC 5322 section 4.3. */
/*@ requires place(p, at, end) && \valid(year) && \separated(at, year);
    terminates \true;
    assigns *at, *year, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(9); */
static int read_year(const uint8_t *p, uint32_t *at, uint32_t end, uint32_t *year)
{
    uint32_t start = *at;
    if (!read_number(p, at, end, 2, 4, year)) {
        return 0;
    }
    if (*at - start == 2) {
        *year += *year < 50 ? 2000u : 1900u;
    } else if (*at - start == 3) {
        *year += 1900u;
    }
    return 1;
}

/* ---- time of day ------------------------------------------------------------------------------------- */

/* A colon and two figures; servers are seen that pad with blanks (`12: 31: 43`). */
/*@ requires place(p, at, end) && \valid(value) && \separated(at, value);
    terminates \true;
    assigns *at, *value, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(520); */
static int read_colon_number(const uint8_t *p, uint32_t *at, uint32_t end, uint32_t *value)
{
    uint32_t i = skip_filler(p, *at, end);
    if (!is_at(p, i, end, ':')) {
        return 0;
    }
    i = skip_filler(p, i + 1, end);
    if (!read_number(p, &i, end, 1, 2, value)) {
        return 0;
    }
    *at = i;
    return 1;
}

/* `.5`: read over, since nothing here needs less than a second. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(DATE_FRACTION_MAX + 1); */
static uint32_t skip_fraction(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t n = is_at(p, at, end, '.') ? count_digits(p, at + 1, end, DATE_FRACTION_MAX) : 0;
    return n > 0 && n <= DATE_FRACTION_MAX ? at + 1 + n : at;
}

/* The rest of `am`, `a.m.` behind its first letter at `at`, or `at` if there is none. */
/*@ requires at < end && readable(p, at, end);
    terminates \true;
    assigns \nothing;
    ensures at <= \result <= end; */
static uint32_t skip_meridiem(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t dot = is_at(p, at + 1, end, '.') ? 1 : 0;
    uint32_t m = at + 1 + dot;
    if (m >= end || lower(p[m]) != 'm') {
        return at;
    }
    return is_at(p, m + 1, end, '.') ? m + 2 : m + 1;
}

/* `AM` or `PM`, if there. A 24-hour figure may stand in front of PM: it is left as it is. */
/*@ requires place(p, at, end) && \valid(hour) && \separated(at, hour);
    terminates \true;
    assigns *at, *hour, hoptls_work;
    ensures \old(*at) <= *at <= end;
    ensures spent{Pre, Here}(DATE_FILLER_MAX); */
static void read_meridiem(const uint8_t *p, uint32_t *at, uint32_t end, uint32_t *hour)
{
    uint32_t i = skip_filler(p, *at, end);
    uint8_t half = i < end ? lower(p[i]) : 0;
    uint32_t behind = half == 'a' || half == 'p' ? skip_meridiem(p, i, end) : i;

    if (behind == i || !is_word_end(p, behind, end)) {
        return;
    }
    if (half == 'p' && *hour < 12) {
        *hour += 12;
    } else if (half == 'a' && *hour == 12) {
        *hour = 0;
    }
    *at = behind;
}

/* Hour and minute, perhaps seconds, a fraction, AM or PM. A further colon makes it no time of day. */
/*@ requires place(p, at, end) && \valid(date) && \separated(at, date);
    terminates \true;
    assigns *at, date->hour, date->minute, date->second, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(1400); */
static int read_time(const uint8_t *p, uint32_t *at, uint32_t end, written_date *date)
{
    uint32_t i = *at;
    if (!read_number(p, &i, end, 1, 2, &date->hour) || !read_colon_number(p, &i, end, &date->minute)) {
        return 0;
    }
    if (read_colon_number(p, &i, end, &date->second)) {
        i = skip_fraction(p, i, end);
    }
    if (is_at(p, i, end, ':')) {
        return 0;
    }
    read_meridiem(p, &i, end, &date->hour);
    *at = i;
    return 1;
}

/* ---- zone -------------------------------------------------------------------------------------------- */

/* Minutes east, or 0 for a zone that is not on this earth (beyond 14 hours, or with 60 minutes and more). */
/*@ requires hours <= 9999 && minutes <= 9999;
    terminates \true;
    assigns \nothing;
    ensures -14 * 60 <= \result <= 14 * 60; */
static int32_t zone_minutes(uint8_t sign, uint32_t hours, uint32_t minutes)
{
    uint32_t total = hours * 60 + minutes;
    if (minutes > 59 || total > 14 * 60) {
        return 0;
    }
    return sign == '-' ? -(int32_t)total : (int32_t)total;
}

/* `+0200`, `+02:00`, `+02`, and `-400`, which has lost its zero. */
/*@ requires place(p, at, end) && \valid(east);
    terminates \true;
    assigns *at, *east, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(14); */
static int read_offset(const uint8_t *p, uint32_t *at, uint32_t end, int32_t *east)
{
    uint32_t hours = 0;
    uint32_t minutes = 0;
    uint32_t i;

    if (!is_at(p, *at, end, '+') && !is_at(p, *at, end, '-')) {
        return 0;
    }
    i = *at + 1;
    if (!read_number(p, &i, end, 1, 4, &hours)) {
        return 0;
    }
    if (i - *at > 3) {
        minutes = hours % 100;
        hours = hours / 100;
    } else if (is_at(p, i, end, ':') && count_digits(p, i + 1, end, 2) == 2) {
        minutes = number_of(p, i + 1, 2);
        i += 3;
    }
    *east = zone_minutes(p[*at], hours, minutes);
    *at = i;
    return 1;
}

/* That a zone's name is the word of `n` letters. */
/*@ predicate is_zone{L}(integer i, uint8_t *p, integer at, integer n) =
        zone_names[i].name[n] == 0 && same_text{L}(p, at, &zone_names[i].name[0], n);
*/
/* Which zone the word of `n` letters at `at` names, by its place in the table; ZONE_NAMES if none. */
/*@ requires at + n <= UINT32_MAX && readable(p, at, at + n);
    terminates \true;
    assigns hoptls_work;
    ensures \result <= ZONE_NAMES;
    ensures found: \result < ZONE_NAMES ==> 2 <= n <= 4 && is_zone(\result, p, at, n);
    ensures present: 2 <= n <= 4 ==> (\forall integer k; 0 <= k < \result ==> !is_zone(k, p, at, n));
    ensures spent{Pre, Here}(5 * ZONE_NAMES); */
static uint32_t find_zone(const uint8_t *p, uint32_t at, uint32_t n)
{
    hoptls_span word = {at, n};
    uint32_t i = 0;
    if (n < 2 || n > 4) {
        return ZONE_NAMES;
    }
    /*@ loop invariant i <= ZONE_NAMES;
        loop invariant \forall integer k; 0 <= k < i ==> !is_zone(k, p, at, n);
        loop invariant spent{Pre, Here}(5 * i);
        loop assigns i, hoptls_work;
        loop variant ZONE_NAMES - i; */
    while (i < ZONE_NAMES && (zone_names[i].name[n] != 0 || !span_is(p, word, zone_names[i].name, n))) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* The minutes of the zone that the word names, if it names one. */
/*@ requires at + n <= UINT32_MAX && readable(p, at, at + n) && \valid(east);
    terminates \true;
    assigns *east, hoptls_work;
    ensures \result == 0 ==> *east == \old(*east);
    ensures \result != 0 ==> 2 <= n;
    ensures spent{Pre, Here}(5 * ZONE_NAMES); */
static int look_up_zone(const uint8_t *p, uint32_t at, uint32_t n, int32_t *east)
{
    uint32_t found = find_zone(p, at, n);
    if (found == ZONE_NAMES) {
        return 0;
    }
    *east = zone_names[found].east;
    return 1;
}

/* A name from the table, a military letter, or an offset behind the name it counts from: `GMT+0200`. */
/*@ requires place(p, at, end) && \valid(east);
    terminates \true;
    assigns *at, *east, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(170); */
static int read_zone_name(const uint8_t *p, uint32_t *at, uint32_t end, int32_t *east)
{
    uint32_t n = count_letters(p, *at, end);
    uint32_t i = *at + n;
    int32_t minutes = 0;
    int named = look_up_zone(p, *at, n, &minutes);

    if (!named && n != 1) {
        return 0;
    }
    if (named && minutes == 0) {
        (void)read_offset(p, &i, end, &minutes);
    }
    if (!is_word_end(p, i, end)) {
        return 0;
    }
    *east = minutes;
    *at = i;
    return 1;
}

/* Whether the blanks at `at` lead to nothing but a comment that ends the text. */
/*@ requires at < end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(DATE_FILLER_MAX); */
static int is_last_comment(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at + 1;
    if (end - at < 3 || p[i] != '(' || p[end - 1] != ')' || end - at > DATE_FILLER_MAX) {
        return 0;
    }
    /*@ loop invariant at < i < end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (p[i] != ')') {
        i++;
        HOPTLS_WORK(1);
    }
    return i == end - 1;
}

/* Behind an offset its name may be repeated (`+0000 UTC`); the offset counts. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(700); */
static uint32_t skip_zone_name(const uint8_t *p, uint32_t at, uint32_t end)
{
    int32_t repeated = 0;
    uint32_t i;
    if (at == end || !is_space(p[at]) || is_last_comment(p, at, end)) {
        return at;
    }
    i = skip_filler(p, at, end);
    return count_letters(p, i, end) > 1 && read_zone_name(p, &i, end, &repeated) ? i : at;
}

/* A zone, if one is there. */
/*@ requires place(p, at, end) && \valid(east);
    terminates \true;
    assigns *at, *east, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(1200); */
static int read_zone(const uint8_t *p, uint32_t *at, uint32_t end, int32_t *east)
{
    uint32_t i = skip_filler(p, *at, end);

    if (read_zone_name(p, &i, end, east)) {
        *at = i;
        return 1;
    }
    if (!read_offset(p, &i, end, east)) {
        return 0;
    }
    *at = skip_zone_name(p, i, end);
    return 1;
}

/* ---- forms ------------------------------------------------------------------------------------------- */

/* 19 Aug 2019 10:41:21 +0200 */
/*@ requires place(p, at, end) && \valid(date) && \separated(at, date);
    terminates \true;
    assigns *at, *date, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(4300); */
static int read_day_first(const uint8_t *p, uint32_t *at, uint32_t end, written_date *date)
{
    uint32_t i = *at;
    if (!read_number(p, &i, end, 1, 2, &date->day)) {
        return 0;
    }
    i = skip_mark(p, i, end, '-');
    if (!read_month(p, &i, end, &date->month)) {
        return 0;
    }
    i = skip_mark(p, i, end, '-');
    if (!read_year(p, &i, end, &date->year)) {
        return 0;
    }
    i = skip_mark(p, i, end, ',');
    if (!read_time(p, &i, end, date)) {
        return 0;
    }
    (void)read_zone(p, &i, end, &date->east);
    *at = i;
    return 1;
}

/* Behind `Mon Aug 19`: 2019 10:41:21 +0200 */
/*@ requires place(p, at, end) && \valid(date) && \separated(at, date);
    terminates \true;
    assigns *at, *date, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(3200); */
static int read_year_time(const uint8_t *p, uint32_t *at, uint32_t end, written_date *date)
{
    uint32_t i = *at;
    if (!read_number(p, &i, end, 4, 4, &date->year)) {
        return 0;
    }
    i = skip_mark(p, i, end, ',');
    if (!read_time(p, &i, end, date)) {
        return 0;
    }
    (void)read_zone(p, &i, end, &date->east);
    *at = i;
    return 1;
}

/* Behind `Mon Aug 19`: 10:41:21 [zone] 2019 [zone]. A zone of an unknown name must not hide the year. */
/*@ requires place(p, at, end) && \valid(date) && \separated(at, date);
    terminates \true;
    assigns *at, *date, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(4400); */
static int read_time_year(const uint8_t *p, uint32_t *at, uint32_t end, written_date *date)
{
    uint32_t i = *at;
    int zoned;
    if (!read_time(p, &i, end, date)) {
        return 0;
    }
    zoned = read_zone(p, &i, end, &date->east);
    i = skip_filler(p, i, end);
    if (!zoned) {
        i = skip_filler(p, i + count_letters(p, i, end), end);
    }
    if (!read_number(p, &i, end, 4, 4, &date->year)) {
        return 0;
    }
    if (!zoned) {
        (void)read_zone(p, &i, end, &date->east);
    }
    *at = i;
    return 1;
}

/* Aug 19, with either order of time and year behind it. */
/*@ requires place(p, at, end) && \valid(date) && \separated(at, date);
    terminates \true;
    assigns *at, *date, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(9000); */
static int read_month_first(const uint8_t *p, uint32_t *at, uint32_t end, written_date *date)
{
    uint32_t i = *at;
    if (!read_month(p, &i, end, &date->month)) {
        return 0;
    }
    i = skip_mark(p, i, end, ',');
    if (!read_number(p, &i, end, 1, 2, &date->day)) {
        return 0;
    }
    i = skip_mark(p, i, end, ',');
    if (!read_year_time(p, &i, end, date) && !read_time_year(p, &i, end, date)) {
        return 0;
    }
    *at = i;
    return 1;
}

/* Go prints its monotonic clock behind the zone: m=+68.819. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(400); */
static uint32_t skip_monotonic(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = skip_filler(p, at, end);
    uint32_t n;
    if (i == at || end - i < 4 || p[i] != 'm' || p[i + 1] != '=' || (p[i + 2] != '+' && p[i + 2] != '-')) {
        return at;
    }
    n = count_digits(p, i + 3, end, DATE_FRACTION_MAX);
    return n > 0 && n <= DATE_FRACTION_MAX ? skip_fraction(p, i + 3 + n, end) : at;
}

/*@ requires place(p, at, end) && \valid(value) && \separated(at, value);
    terminates \true;
    assigns *at, *value, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(5); */
static int read_dash_number(const uint8_t *p, uint32_t *at, uint32_t end, uint32_t *value)
{
    uint32_t i;
    if (!is_at(p, *at, end, '-')) {
        return 0;
    }
    i = *at + 1;
    if (!read_number(p, &i, end, 1, 2, value)) {
        return 0;
    }
    *at = i;
    return 1;
}

/* 2019-08-19T10:41:21Z */
/*@ requires place(p, at, end) && \valid(date) && \separated(at, date);
    terminates \true;
    assigns *at, *date, hoptls_work;
    ensures moved{Pre, Here}(at, end, \result);
    ensures spent{Pre, Here}(3400); */
static int read_year_first(const uint8_t *p, uint32_t *at, uint32_t end, written_date *date)
{
    uint32_t i = *at;
    if (!read_number(p, &i, end, 4, 4, &date->year) || !read_dash_number(p, &i, end, &date->month) ||
        !read_dash_number(p, &i, end, &date->day)) {
        return 0;
    }
    i = i < end && lower(p[i]) == 't' ? i + 1 : skip_filler(p, i, end);
    if (!read_time(p, &i, end, date)) {
        return 0;
    }
    if (read_zone(p, &i, end, &date->east)) {
        i = skip_monotonic(p, i, end);
    }
    *at = i;
    return 1;
}

/* ---- counting ---------------------------------------------------------------------------------------- */

/*@ terminates \true;
    assigns \nothing; */
static int is_leap(uint32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 1970-01-01 to the first day of `year`. 477 leap days came before 1970. */
/*@ requires 1970 <= year <= 9999;
    terminates \true;
    assigns \nothing;
    ensures \result <= 366 * (year - 1970); */
static uint32_t days_before_year(uint32_t year)
{
    uint32_t last = year - 1;
    return (year - 1970) * 365 + (last / 4 - last / 100 + last / 400 - 477);
}

static const uint16_t month_days[14] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

/* Days of the year before the first of `month`, 1 to 13. */
/*@ requires 1 <= month <= 13;
    terminates \true;
    assigns \nothing;
    ensures month_days[month] <= \result <= month_days[month] + 1 <= 366; */
static uint32_t days_before_month(uint32_t year, uint32_t month)
{
    return month_days[month] + (month > 2 && is_leap(year) ? 1u : 0u);
}

/*@ requires \valid_read(date);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 ==> 1970 <= date->year <= 9999 && 1 <= date->month <= 12 && 1 <= date->day <= 32 &&
        date->hour <= 23 && date->minute <= 59 && date->second <= 60; */
static int is_possible(const written_date *date)
{
    return date->year >= 1970 && date->year <= 9999 && date->month >= 1 && date->month <= 12 &&
           date->day >= 1 &&
           date->day <=
               days_before_month(date->year, date->month + 1) - days_before_month(date->year, date->month) &&
           date->hour <= 23 && date->minute <= 59 && date->second <= 60;
}

/* A leap second, :60, counts as the second that follows it, as POSIX time does. */
/*@ requires \valid_read(date);
    requires 1970 <= date->year <= 9999 && 1 <= date->month <= 12 && 1 <= date->day <= 32;
    requires date->hour <= 23 && date->minute <= 59 && date->second <= 60;
    terminates \true;
    assigns \nothing; */
static int64_t seconds_of(const written_date *date)
{
    uint32_t days =
        days_before_year(date->year) + days_before_month(date->year, date->month) + (date->day - 1);
    uint32_t clock = date->hour * 3600 + date->minute * 60 + date->second;
    return (int64_t)days * 86400 + (int64_t)clock - (int64_t)date->east * 60;
}

/* ---- the usual form ---------------------------------------------------------------------------------- */

/* Nearly all dates are written in one way, to the byte:
 *
 *     Mon, 19 Aug 2019 10:41:21 +0200             the day in one figure or two
 *     0    5                    26
 *
 * They are read at a stroke; what is not quite so is left to the functions above, which agree on what is. */
#define USUAL_LENGTH 26u /* from the day of the month on, if it has two figures */
#define NO_FIGURES   1000u

/* The number in the two figures at `at`. */
/*@ requires readable(p, at, at + 2) && at + 2 <= UINT32_MAX;
    terminates \true;
    assigns \nothing;
    ensures \result <= 99 || \result == NO_FIGURES; */
static uint32_t two_figures(const uint8_t *p, uint32_t at)
{
    if (!is_digit(p[at]) || !is_digit(p[at + 1])) {
        return NO_FIGURES;
    }
    return (uint32_t)(p[at] - '0') * 10 + (uint32_t)(p[at + 1] - '0');
}

#define LETTERS(a, b, c) ((uint32_t)(a)*0x10000u + (uint32_t)(b)*0x100u + (uint32_t)(c))

/*@ requires readable(p, at, at + 3) && at + 3 <= UINT32_MAX;
    terminates \true;
    assigns \nothing; */
static uint32_t three_letters(const uint8_t *p, uint32_t at)
{
    return LETTERS(p[at], p[at + 1], p[at + 2]) | LETTERS(0x20, 0x20, 0x20);
}

/*@ terminates \true;
    assigns \nothing; */
static int is_usual_day(uint32_t letters)
{
    switch (letters) {
    case LETTERS('m', 'o', 'n'):
    case LETTERS('t', 'u', 'e'):
    case LETTERS('w', 'e', 'd'):
    case LETTERS('t', 'h', 'u'):
    case LETTERS('f', 'r', 'i'):
    case LETTERS('s', 'a', 't'):
    case LETTERS('s', 'u', 'n'): return 1;
    default: return 0;
    }
}

/* 1 to 12, or 0. */
/*@ terminates \true;
    assigns \nothing;
    ensures \result <= 12; */
static uint32_t usual_month(uint32_t letters)
{
    switch (letters) {
    case LETTERS('j', 'a', 'n'): return 1;
    case LETTERS('f', 'e', 'b'): return 2;
    case LETTERS('m', 'a', 'r'): return 3;
    case LETTERS('a', 'p', 'r'): return 4;
    case LETTERS('m', 'a', 'y'): return 5;
    case LETTERS('j', 'u', 'n'): return 6;
    case LETTERS('j', 'u', 'l'): return 7;
    case LETTERS('a', 'u', 'g'): return 8;
    case LETTERS('s', 'e', 'p'): return 9;
    case LETTERS('o', 'c', 't'): return 10;
    case LETTERS('n', 'o', 'v'): return 11;
    case LETTERS('d', 'e', 'c'): return 12;
    default: return 0;
    }
}

/* ` 10:41:21 ` */
/*@ requires readable(p, at, at + 10) && at + 10 <= UINT32_MAX && \valid(date);
    terminates \true;
    assigns date->hour, date->minute, date->second; */
static int read_usual_time(const uint8_t *p, uint32_t at, written_date *date)
{
    date->hour = two_figures(p, at + 1);
    date->minute = two_figures(p, at + 4);
    date->second = two_figures(p, at + 7);
    return p[at] == ' ' && p[at + 3] == ':' && p[at + 6] == ':' && p[at + 9] == ' ' && date->hour <= 99 &&
           date->minute <= 99 && date->second <= 99;
}

/* `+0200`, and no further figure */
/*@ requires readable(p, at, end) && at + 5 <= end && \valid(date);
    terminates \true;
    assigns date->east; */
static int read_usual_zone(const uint8_t *p, uint32_t at, uint32_t end, written_date *date)
{
    uint32_t hours = two_figures(p, at + 1);
    uint32_t minutes = two_figures(p, at + 3);
    date->east = zone_minutes(p[at], hours, minutes);
    return (p[at] == '+' || p[at] == '-') && hours <= 99 && minutes <= 99 &&
           !(at + 5 < end && is_digit(p[at + 5]));
}

/* ` Aug 2019` and what follows */
/*@ requires readable(p, at, end) && at + 24 <= end && \valid(date);
    terminates \true;
    assigns *date; */
static int read_usual_rest(const uint8_t *p, uint32_t at, uint32_t end, written_date *date)
{
    uint32_t century = two_figures(p, at + 5);
    uint32_t year = two_figures(p, at + 7);
    date->month = usual_month(three_letters(p, at + 1));
    date->year = century * 100 + year;
    return p[at] == ' ' && date->month != 0 && p[at + 4] == ' ' && century <= 99 && year <= 99 &&
           read_usual_time(p, at + 9, date) && read_usual_zone(p, at + 19, end, date);
}

/* Where the day of the month stands, behind the day's name if there is one; some servers pad a single figure. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns \nothing;
    ensures at <= \result <= end; */
static uint32_t usual_day(const uint8_t *p, uint32_t at, uint32_t end)
{
    if (end - at > 6 && p[at + 3] == ',' && p[at + 4] == ' ' && is_usual_day(three_letters(p, at))) {
        return p[at + 5] == ' ' ? at + 6 : at + 5;
    }
    return at;
}

/* Where the usual date at `at` ends, behind its offset, or `at` if there is none. */
/*@ requires at <= end && readable(p, at, end) && \valid(date);
    terminates \true;
    assigns *date;
    ensures at <= \result <= end; */
static uint32_t read_usual(const uint8_t *p, uint32_t at, uint32_t end, written_date *date)
{
    uint32_t day = usual_day(p, at, end);
    uint32_t figures;
    if (end - day < USUAL_LENGTH - 1 || !is_digit(p[day])) {
        return at;
    }
    figures = is_digit(p[day + 1]) ? 2 : 1;
    date->day = figures == 2 ? two_figures(p, day) : (uint32_t)(p[day] - '0');
    if (end - day < USUAL_LENGTH - 2 + figures || !read_usual_rest(p, day + figures, end, date)) {
        return at;
    }
    return day + figures + (USUAL_LENGTH - 2);
}

/* The date at `at`, in any form. Moves `*at` behind it. */
/*@ requires place(p, at, end) && \valid(date) && \separated(at, date);
    terminates \true;
    assigns *at, *date, hoptls_work;
    ensures \old(*at) <= *at <= end && (\result != 0 ==> \old(*at) < *at);
    ensures spent{Pre, Here}(17500); */
static int read_any(const uint8_t *p, uint32_t *at, uint32_t end, written_date *date)
{
    skip_day_name(p, at, end);
    return read_day_first(p, at, end, date) || read_month_first(p, at, end, date) ||
           read_year_first(p, at, end, date);
}

/* Set `*seconds`, unless the date cannot be. */
/*@ requires \valid_read(date) && \valid(seconds);
    terminates \true;
    assigns *seconds;
    ensures \result == 0 ==> *seconds == \old(*seconds);
    ensures \result != 0 ==> *seconds >= 0; */
static int count_seconds(const written_date *date, int64_t *seconds)
{
    int64_t total;
    if (!is_possible(date)) {
        return 0;
    }
    total = seconds_of(date);
    if (total < 0) {
        return 0;
    }
    *seconds = total;
    return 1;
}

/* The length counts from the start of `text` to the last byte of the zone, or of the time if no zone is written.
 * Where there is no date `*seconds` stays as it was. */
uint32_t hoptls_date_read(const uint8_t *p, hoptls_span text, int64_t *seconds)
{
    written_date date = {0, 0, 0, 0, 0, 0, 0};
    uint32_t end = span_end(text);
    uint32_t at = skip_filler(p, text.off, end);

    if (!read_any(p, &at, end, &date) || !count_seconds(&date, seconds)) {
        return 0;
    }
    return at - text.off;
}

uint32_t hoptls_date_usual(const uint8_t *p, uint32_t at, uint32_t end, int64_t *seconds)
{
    written_date date = {0, 0, 0, 0, 0, 0, 0};
    uint32_t zone_end = read_usual(p, at, end, &date);

    if (zone_end == at || skip_zone_name(p, zone_end, end) > zone_end || !count_seconds(&date, seconds)) {
        return at;
    }
    return zone_end;
}
