/* Is every date-time that a twin can read the same for the core, is it the same by itself as in its field, and do all forms
 * in which servers write one moment give that moment? The input is what stands behind the semicolon; its first bytes also
 * choose a moment and a form. */
#include "reference.h"

#include <stdio.h>
#include <string.h>

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static hoptls_hop hop_of(const buffer *value)
{
    hoptls_msg msg = exact_copy(value->ptr, value->len);
    hoptls_field field = {{0, (uint32_t)msg.len}, {0, 0}, {0, (uint32_t)msg.len}};
    hoptls_hop hop;
    check_hop(msg, &field, &hop);
    exact_free(msg);
    return hop;
}

/* ---- any text ----------------------------------------------------------------------------------------- */

/* The date alone, behind another semicolon, is the same date. */
static void check_alone(const buffer *value, const hoptls_hop *hop)
{
    buffer alone = {NULL, 0, 0};
    hoptls_hop again;
    buffer_add(&alone, "by y.example.org; ");
    buffer_put(&alone, value->ptr + hop->date_text.off, hop->date_text.len);
    again = hop_of(&alone);
    MUST(again.date == hop->date && again.date_text.len == hop->date_text.len,
         "a date alone is the same date");
    buffer_free(&alone);
}

static void check_text(const uint8_t *data, size_t size)
{
    buffer value = {NULL, 0, 0};
    hoptls_hop hop;
    int64_t seconds = 0;
    size_t used;
    int knows = memchr(data, ';', size) == NULL ? reference_date(data, size, &seconds, &used) : -1;
    buffer_add(&value, "by b.example.org;");
    buffer_put(&value, data, size);
    hop = hop_of(&value);
    MUST(hop.date >= 0, "no date before 1970");
    MUST(knows != 1 || hop.date == seconds, "I12: the date");
    if (hop.date_text.len > 0) {
        check_alone(&value, &hop);
    }
    buffer_free(&value);
}

/* ---- one moment in every form ------------------------------------------------------------------------- */

typedef struct moment {
    int year, month, day, hour, minute, second;
} moment;

static moment choose_moment(choices *c)
{
    moment m = {0, 0, 0, 0, 0, 0};
    m.year = 1971 + (int)choose(c, 200);
    m.month = (int)choose(c, 12);
    m.day = 1 + (int)choose(c, 28);
    m.hour = (int)choose(c, 24);
    m.minute = (int)choose(c, 60);
    m.second = (int)choose(c, 60);
    return m;
}

typedef struct zone {
    const char *text;
    int minutes;
} zone;

/* RFC 5322 sections 3.3 and 4.3. */
static const zone zones[] = {{"+0000", 0}, {"-0000", 0},   {"+0100", 60},   {"-0800", -480}, {"+0530", 330},
                             {"GMT", 0},   {"EST", -300},  {"EDT", -240},   {"PST", -480},   {"PDT", -420},
                             {"UT", 0},    {"+1400", 840}, {"-1130", -690}, {"CST", -360},   {"MDT", -360}};

/* Each form writes hours and minutes and a zone; the last two are in Greenwich time. */
static int write_moment(char *out, size_t room, const moment *m, const char *z, uint32_t form)
{
    const char *month = months[m->month];
    switch (form) {
    case 0:
        return snprintf(out, room, " %d %s %d %02d:%02d:%02d %s", m->day, month, m->year, m->hour, m->minute,
                        m->second, z);
    case 1:
        return snprintf(out, room, "\r\n\tMon, %02d %s %d %02d:%02d:%02d %s (x)", m->day, month, m->year,
                        m->hour, m->minute, m->second, z);
    case 2:
        return snprintf(out, room, " Tue,%d %s %d\n %02d:%02d:%02d (a (b) c) %s", m->day, month, m->year,
                        m->hour, m->minute, m->second, z);
    case 3:
        return snprintf(out, room, " %d-%s-%d %02d:%02d:%02d %s", m->day, month, m->year, m->hour, m->minute,
                        m->second, z);
    case 4:
        return snprintf(out, room, " Wed %s %d %02d:%02d:%02d %s %d", month, m->day, m->hour, m->minute,
                        m->second, z, m->year);
    case 5:
        return snprintf(out, room, " Wed %s %d %02d:%02d:%02d %d", month, m->day, m->hour, m->minute,
                        m->second, m->year);
    default:
        return snprintf(out, room, " %d-%02d-%02dT%02d:%02d:%02dZ", m->year, m->month + 1, m->day, m->hour,
                        m->minute, m->second);
    }
}

enum { FORMS = 7, WITH_ZONE = 5 };

static void check_moment(choices *c)
{
    moment m = choose_moment(c);
    const zone *z = &zones[choose(c, sizeof zones / sizeof zones[0])];
    uint32_t form = choose(c, FORMS);
    int east = form < WITH_ZONE ? z->minutes : 0;
    char text[128];
    buffer value = {NULL, 0, 0};
    hoptls_hop hop;
    (void)write_moment(text, sizeof text, &m, z->text, form);
    buffer_add(&value, "from a by b.example.org with SMTP id 1;");
    buffer_add(&value, text);
    hop = hop_of(&value);
    oracle_about("the moment", (hoptls_msg){(const uint8_t *)text, strlen(text)});
    MUST(hop.date == reference_seconds(m.year, m.month, m.day, m.hour * 60 + m.minute, m.second, east),
         "I12: a moment in another form is the same moment");
    oracle_about(NULL, (hoptls_msg){NULL, 0});
    buffer_free(&value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    choices c = choices_from(data, size);
    check_text(data, size);
    check_moment(&c);
    return 0;
}
