/* Months and days of UTC. */
#ifndef HOPTLS_TOOLS_CALENDAR_H
#define HOPTLS_TOOLS_CALENDAR_H

#include <stdint.h>

/* The months in which mail could be sent: 1970 to 2109. */
enum { CALENDAR_MONTHS = 140 * 12, CALENDAR_ROOM = 16 };

/* Remembers the last month, as mail of one time stands together. Start it with all zero. */
struct calendar {
    int64_t from, to;
    unsigned month;
};

/* The number of the month, 0 for 1970-01; CALENDAR_MONTHS for a time before or behind all of them. */
unsigned calendar_month(struct calendar *calendar, int64_t seconds);

/* `2019-08`; `-` for CALENDAR_MONTHS. */
void calendar_name(unsigned month, char name[CALENDAR_ROOM]);

/* The seconds of the first day of a month; the time at which `2019`, `2019-08` or `2019-08-19` begins, and at which it has
 * ended (`end` 1). Returns 0, or -1 if `text` is none of these. */
int64_t calendar_start(unsigned month);
int calendar_read(const char *text, int end, int64_t *seconds);

#endif
