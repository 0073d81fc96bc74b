#include "calendar.h"

#include <stdio.h>
#include <string.h>

enum { DAY = 86400 };

/* Days from 1970-01-01 to the first day of a month. The year is counted from March, so that the odd day comes last. */
static int64_t days_before(unsigned month)
{
    int64_t march = (int64_t)month + INT64_C(1970) * 12 - 2; /* months since the March of year 0 */
    int64_t year = march / 12;
    int64_t of_year = march % 12;
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * of_year + 2) / 5 - 719468;
}

int64_t calendar_start(unsigned month)
{
    return days_before(month) * DAY;
}

unsigned calendar_month(struct calendar *calendar, int64_t seconds)
{
    unsigned month;
    if (seconds >= calendar->from && seconds < calendar->to) {
        return calendar->month;
    }
    if (seconds < 0 || seconds >= calendar_start(CALENDAR_MONTHS)) {
        return CALENDAR_MONTHS;
    }
    month = (unsigned)(seconds / DAY * 12 / 366);
    while (calendar_start(month + 1) <= seconds) {
        month++;
    }
    calendar->from = calendar_start(month);
    calendar->to = calendar_start(month + 1);
    calendar->month = month;
    return month;
}

void calendar_name(unsigned month, char name[CALENDAR_ROOM])
{
    if (month >= CALENDAR_MONTHS) {
        memcpy(name, "-", sizeof "-");
    } else {
        (void)snprintf(name, CALENDAR_ROOM, "%04u-%02u", 1970 + month / 12, month % 12 + 1);
    }
}

/* Two or four digits; -1 if they are none. */
static int read_digits(const char *text, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

int calendar_read(const char *text, int end, int64_t *seconds)
{
    size_t len = strlen(text);
    int year = len >= 4 ? read_digits(text, 4) : -1;
    int month = len >= 7 && text[4] == '-' ? read_digits(text + 5, 2) : 1;
    int day = len == 10 && text[7] == '-' ? read_digits(text + 8, 2) : 1;
    unsigned first;
    int64_t days;
    if ((len != 4 && len != 7 && len != 10) || year < 1970 || year > 2108 || month < 1 || month > 12 ||
        day < 1 || (len == 7 && text[4] != '-') || (len == 10 && (text[4] != '-' || text[7] != '-'))) {
        return -1;
    }
    first = (unsigned)((year - 1970) * 12 + month - 1);
    days = days_before(first) + day - 1;
    if (days >= days_before(first + 1)) {
        return -1;
    }
    if (end) {
        days = len == 10 ? days + 1 : days_before(first + (len == 4 ? 12 : 1));
    }
    *seconds = days * DAY;
    return 0;
}
