#include "fields.h"

#include <stdlib.h>
#include <string.h>

static void put(fields *f, const char *bytes, size_t n)
{
    if (!f->failed && f->room - f->len < n) {
        size_t room = 2 * (f->len + n);
        char *more = realloc(f->text, room);
        if (more == NULL) {
            f->failed = 1;
            return;
        }
        f->text = more;
        f->room = room;
    }
    if (!f->failed && n > 0) {
        memcpy(f->text + f->len, bytes, n);
        f->len += n;
    }
}

void fields_begin(fields *f, hoptls_policy policy)
{
    memset(f, 0, sizeof *f);
    f->policy = policy;
    f->failed = hoptls_report_begin(&f->report, &f->policy) < 0;
}

/* Each step is refused only if the call is wrong or the text too long: then the hop counts for nothing. */
static void take_hop(fields *f, hoptls_msg msg, const hoptls_field *field)
{
    hoptls_hop hop;
    uint32_t number = f->report.hops;

    if (hoptls_hop_read(msg, field, &hop) < 0 ||
        hoptls_hop_route(msg, number > 0 ? &f->last : NULL, &hop) < 0 ||
        hoptls_hop_judge(&hop, &f->policy) < 0 || hoptls_report_add(&f->report, &hop) < 0) {
        f->failed = 1;
        return;
    }
    f->last = hop;
    if (number == 0) {
        f->first = hop;
    }
    if (f->report.claimed_hop == number) {
        f->deciding = hop;
    }
}

void fields_add(fields *f, const char *name, const char *value, size_t len)
{
    size_t begin = f->len;
    uint32_t pos = (uint32_t)begin;
    hoptls_field field;
    hoptls_msg msg;

    put(f, name, strlen(name));
    put(f, ":", 1);
    put(f, value, len);
    put(f, "\n", 1);
    msg.ptr = (const uint8_t *)f->text;
    msg.len = f->len;
    if (f->failed) {
        return;
    }
    if (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE && hoptls_field_is_received(msg, &field)) {
        take_hop(f, msg, &field);
    } else {
        f->len = begin;
    }
}

int fields_end(fields *f)
{
    f->failed = f->failed || hoptls_report_end(&f->report) < 0;
    return f->failed ? -1 : 0;
}

void fields_free(fields *f)
{
    free(f->text);
    memset(f, 0, sizeof *f);
}
