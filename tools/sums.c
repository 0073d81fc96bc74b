#include "sums.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t sums_total(const uint64_t *sums, unsigned count)
{
    uint64_t total = 0;
    for (unsigned i = 0; i < count; i++) {
        total += sums[i];
    }
    return total;
}

const char *sums_version_word(unsigned column)
{
    static const char *const words[VERSION_COLUMNS] = {
        "TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3", "SSL 2", "TLS, version not stated",
        "plain",   "unknown"};
    return words[column];
}

/* Rows come in the order of their names, so that among equals the first stays in front. */
static void top_add(struct top *top, const char *name, uint64_t weight, const uint64_t *sums)
{
    unsigned at = top->count;
    top->names++;
    if (weight == 0) {
        return;
    }
    while (at > 0 && top->rows[at - 1].weight < weight) {
        at--;
    }
    if (at == TOP_MOST) {
        return;
    }
    top->count += top->count < TOP_MOST ? 1 : 0;
    memmove(&top->rows[at + 1], &top->rows[at], (top->count - 1 - at) * sizeof top->rows[0]);
    (void)snprintf(top->rows[at].name, sizeof top->rows[at].name, "%.255s", name);
    top->rows[at].weight = weight;
    memcpy(top->rows[at].sums, sums, sizeof top->rows[at].sums);
}

/* The number of the month in a name that calendar_name wrote. */
static unsigned month_of(const char *name)
{
    char *end;
    unsigned long year = strtoul(name, &end, 10);
    unsigned long month = *end == '-' ? strtoul(end + 1, NULL, 10) : 0;
    if (year < 1970 || year > 9999 || month < 1 || month > 12) {
        return CALENDAR_MONTHS;
    }
    month += (year - 1970) * 12 - 1;
    return month < CALENDAR_MONTHS ? (unsigned)month : CALENDAR_MONTHS;
}

static void add_columns(uint64_t *to, const uint64_t *sums, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        to[i] += sums[i];
    }
}

static void add_organisation(struct sums *sums, const char *name, const uint64_t *columns)
{
    top_add(&sums->receivers, name, sums_total(columns, ORGANISATION_SENDS), columns);
    top_add(&sums->senders, name, sums_total(columns + ORGANISATION_SENDS, ORGANISATION_SENDS), columns);
}

static int is_kind(const struct row *row, const char *kind)
{
    size_t len = strlen(kind);
    return row->len > len && memcmp(row->key, kind, len) == 0 && row->key[len] == '\t';
}

static void add_version(struct sums *sums, const char *name, const uint64_t *columns)
{
    add_columns(sums->versions[month_of(name)], columns, VERSION_COLUMNS);
    add_columns(sums->all_versions, columns, VERSION_COLUMNS);
}

void sums_add(struct sums *sums, const struct row *row)
{
    const char *name = strchr(row->key, '\t');
    const uint64_t *columns = row->sums;
    name = name != NULL ? name + 1 : "";
    if (is_kind(row, "message")) {
        add_columns(sums->messages, columns, LEDGER_COLUMNS);
    } else if (is_kind(row, "file")) {
        add_columns(sums->files, columns, LEDGER_COLUMNS);
    } else if (is_kind(row, "step")) {
        add_columns(strcmp(name, "retrieval") == 0 ? sums->retrieval : sums->submission, columns,
                    LEDGER_COLUMNS);
    } else if (is_kind(row, "month")) {
        add_columns(sums->months[month_of(name)], columns, TALLY_VERDICTS);
    } else if (is_kind(row, "version")) {
        add_version(sums, name, columns);
    } else if (is_kind(row, "suite")) {
        top_add(&sums->suites, name, columns[0], columns);
    } else if (is_kind(row, "writer")) {
        top_add(&sums->writers, name, sums_total(columns, TALLY_VERDICTS), columns);
    } else if (is_kind(row, "organisation")) {
        add_organisation(sums, name, columns);
    } else if (is_kind(row, "receiver")) {
        top_add(&sums->worst, name, columns[TALLY_PLAIN], columns);
    } else if (is_kind(row, "protection")) {
        top_add(&sums->protections, name, columns[0], columns);
    } else if (is_kind(row, "basis")) {
        top_add(&sums->bases, name, sums_total(columns, TALLY_VERDICTS), columns);
    }
}

int sums_months(const struct sums *sums, unsigned *first, unsigned *last)
{
    int found = 0;
    for (unsigned i = 0; i < CALENDAR_MONTHS; i++) {
        if (sums_total(sums->months[i], TALLY_VERDICTS) > 0) {
            *first = found ? *first : i;
            *last = i;
            found = 1;
        }
    }
    return found;
}
