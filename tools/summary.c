#include "summary.h"

#include "text.h"

#include <stdio.h>
#include <string.h>

/* So many names of each kind, and months before they become years. */
enum { NAMES = 10, MONTHS_MOST = 36, BAR = 24, NAME_CELLS = 44 };

struct summary {
    struct output *out;
    const struct terminal *terminal;
};

/* ---- Pieces ---- */

static void put_colour(const struct summary *s, const char *code)
{
    if (s->terminal->colour) {
        output_word(s->out, code);
    }
}

static void put_title(const struct summary *s, const char *title)
{
    output_word(s->out, "\n ");
    put_colour(s, "\x1b[1m");
    output_word(s->out, title);
    put_colour(s, "\x1b[0m");
    output_word(s->out, "\n");
}

/* 1,234,567, right-aligned in `cells`. */
static void put_number(const struct summary *s, uint64_t number, unsigned cells)
{
    char digits[32];
    char text[40];
    size_t len = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    size_t to = 0;
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            text[to++] = ',';
        }
        text[to++] = digits[i];
    }
    output_fill(s->out, " ", to < cells ? cells - (unsigned)to : 0);
    output_bytes(s->out, text, to);
}

/* A share in tenths of a percent, rounded down, so that only what is all says 100.0 %. */
static void put_share(const struct summary *s, uint64_t part, uint64_t whole)
{
    char text[32];
    unsigned tenths = whole > 0 ? (unsigned)(part * 1000 / whole) : 0;
    (void)snprintf(text, sizeof text, "%5u.%u %%", tenths / 10, tenths % 10);
    output_word(s->out, text);
}

static void put_bar(const struct summary *s, uint64_t part, uint64_t whole)
{
    unsigned cells = whole > 0 ? (unsigned)((double)part / (double)whole * (double)BAR + 0.5) : 0;
    output_word(s->out, "  ");
    output_fill(s->out, terminal_sign(s->terminal, SIGN_BORDER), cells);
}

/* A name in so many cells. */
static void put_name(const struct summary *s, const char *name, unsigned cells)
{
    struct text text;
    unsigned used;
    text_begin(&text, s->terminal);
    text_safe_word(&text, name, cells - 1);
    used = text_cells(text.bytes, text.len);
    output_word(s->out, "  ");
    output_bytes(s->out, text.bytes, text.len);
    output_fill(s->out, " ", used < cells ? cells - used : 0);
}

/* ---- Sections ---- */

static const struct {
    unsigned column;
    enum sign sign;
    const char *colour, *word;
} verdicts[] = {
    {TALLY_TLS, SIGN_TLS, "\x1b[32m", "tls"},
    {TALLY_WEAK, SIGN_WEAK, "\x1b[33m", "weak"},
    {TALLY_UNKNOWN, SIGN_UNKNOWN, "\x1b[33m", "unknown"},
    {TALLY_PLAIN, SIGN_PLAIN, "\x1b[31m", "plain"},
    {TALLY_NONE, SIGN_NONE, "\x1b[2m", "none-needed"},
};

static void put_verdict(const struct summary *s, unsigned i, uint64_t number, uint64_t all)
{
    output_word(s->out, "  ");
    put_colour(s, verdicts[i].colour);
    output_word(s->out, terminal_sign(s->terminal, verdicts[i].sign));
    output_word(s->out, " ");
    output_word(s->out, verdicts[i].word);
    put_colour(s, "\x1b[0m");
    output_fill(s->out, " ", 12 - (unsigned)strlen(verdicts[i].word));
    put_number(s, number, 15);
    put_share(s, number, all);
    put_colour(s, verdicts[i].colour);
    put_bar(s, number, all);
    put_colour(s, "\x1b[0m");
    output_word(s->out, "\n");
}

static void put_count(const struct summary *s, uint64_t number, const char *words)
{
    if (number > 0) {
        output_word(s->out, "  ");
        put_number(s, number, 29);
        output_word(s->out, " ");
        output_word(s->out, words);
        output_word(s->out, "\n");
    }
}

static void put_head(const struct summary *s, const struct sums *sums, const char *policy)
{
    uint64_t all = sums_total(sums->messages, TALLY_VERDICTS);
    output_word(s->out, "\n ");
    put_colour(s, "\x1b[1m");
    put_number(s, all, 0);
    output_word(s->out, all == 1 ? " message in " : " messages in ");
    put_number(s, sums->files[FILE_READ], 0);
    output_word(s->out, sums->files[FILE_READ] == 1 ? " file, " : " files, ");
    put_number(s, sums->files[FILE_BYTES], 0);
    output_word(s->out, " bytes");
    put_colour(s, "\x1b[0m");
    output_word(s->out, policy[0] != '\0' ? ", judged by " : "");
    output_word(s->out, policy);
    output_word(s->out, "\n\n");
    for (unsigned i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++) {
        put_verdict(s, i, sums->messages[verdicts[i].column], all);
    }
    put_count(s, sums->messages[MESSAGE_DUPLICATE], "seen before, and counted once");
    put_count(s, sums->messages[MESSAGE_LEFT_OUT], "not selected");
    put_count(s, sums->files[FILE_SKIPPED], "files skipped: links, FIFOs, devices");
    put_count(s, sums->files[FILE_NO_MAIL], "files that hold no mail");
    put_count(s, sums->files[FILE_TROUBLE], "remarks of what could not be read");
}

static void put_versions(const struct summary *s, const struct sums *sums)
{
    uint64_t all = sums_total(sums->all_versions, VERSION_COLUMNS);
    put_title(s, "Hops between organisations, by what they state");
    for (unsigned i = 0; i < VERSION_COLUMNS; i++) {
        if (sums->all_versions[i] > 0) {
            put_name(s, sums_version_word(i), 26);
            put_number(s, sums->all_versions[i], 15);
            put_share(s, sums->all_versions[i], all);
            put_bar(s, sums->all_versions[i], all);
            output_word(s->out, "\n");
        }
    }
}

static void put_suites(const struct summary *s, const struct top *top)
{
    put_title(s, "Cipher suites");
    for (unsigned i = 0; i < top->count && i < NAMES; i++) {
        put_name(s, strcmp(top->rows[i].name, "-") != 0 ? top->rows[i].name : "(not recognised)", NAME_CELLS);
        put_number(s, top->rows[i].weight, 12);
        output_word(s->out, "\n");
    }
}

static const char *name_of(const struct top_row *row)
{
    return strcmp(row->name, "-") != 0 ? row->name : "(not known)";
}

/* Names with their hops by verdict; `sums` of a row begin at `at`. */
static void put_table(const struct summary *s, const char *title, const struct top *top, unsigned at)
{
    if (top->count == 0) {
        return;
    }
    put_title(s, title);
    put_name(s, "", NAME_CELLS);
    output_word(s->out, "        hops         tls        weak     unknown       plain\n");
    for (unsigned i = 0; i < top->count && i < NAMES; i++) {
        const uint64_t *sums = top->rows[i].sums + at;
        put_name(s, name_of(&top->rows[i]), NAME_CELLS);
        put_number(s, sums_total(sums, ORGANISATION_SENDS), 12);
        put_number(s, sums[TALLY_TLS], 12);
        put_number(s, sums[TALLY_WEAK], 12);
        put_number(s, sums[TALLY_UNKNOWN], 12);
        put_number(s, sums[TALLY_PLAIN], 12);
        output_word(s->out, "\n");
    }
}

static void put_period(const struct summary *s, const char *name, const uint64_t *sums)
{
    put_name(s, name, 10);
    put_number(s, sums_total(sums, TALLY_VERDICTS), 14);
    for (unsigned i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++) {
        put_number(s, sums[verdicts[i].column], 13);
    }
    put_share(s, sums[TALLY_TLS], sums_total(sums, TALLY_NONE));
    put_bar(s, sums[TALLY_TLS], sums_total(sums, TALLY_NONE));
    output_word(s->out, "\n");
}

/* Sum of `count` months from `first` on. */
static uint64_t sum_months(const struct sums *sums, unsigned first, unsigned count, uint64_t *to)
{
    memset(to, 0, TALLY_VERDICTS * sizeof *to);
    for (unsigned m = first; m < first + count && m < CALENDAR_MONTHS; m++) {
        for (unsigned i = 0; i < TALLY_VERDICTS; i++) {
            to[i] += sums->months[m][i];
        }
    }
    return sums_total(to, TALLY_VERDICTS);
}

static void put_periods(const struct summary *s, const struct sums *sums, unsigned first, unsigned last)
{
    unsigned step = last - first < MONTHS_MOST ? 1 : 12;
    for (unsigned m = first - first % step; m <= last; m += step) {
        char name[CALENDAR_ROOM];
        uint64_t months[TALLY_VERDICTS];
        calendar_name(m, name);
        name[step == 12 ? 4 : 7] = '\0';
        if (sum_months(sums, m, step, months) > 0) {
            put_period(s, name, months);
        }
    }
}

static void put_months(const struct summary *s, const struct sums *sums)
{
    const uint64_t *undated = sums->months[CALENDAR_MONTHS];
    unsigned first, last;
    int dated = sums_months(sums, &first, &last);
    put_title(s,
              "By the time at which they arrived (UTC); the share of tls is of those that crossed a border");
    put_name(s, "", 10);
    output_word(s->out, "      messages          tls         weak      unknown        plain  none-needed\n");
    if (dated) {
        put_periods(s, sums, first, last);
    }
    if (sums_total(undated, TALLY_VERDICTS) > 0) {
        put_period(s, "no date", undated);
    }
}

static void put_incomplete(const struct summary *s)
{
    output_word(s->out, "\n ");
    put_colour(s, "\x1b[31m");
    output_word(s->out, "Incomplete: not all was read. What follows is of the part that was.");
    put_colour(s, "\x1b[0m");
    output_word(s->out, "\n");
}

void summary_print(struct output *out, const struct terminal *terminal, const struct sums *sums,
                   const char *policy, int incomplete)
{
    struct summary s = {out, terminal};
    if (incomplete) {
        put_incomplete(&s);
    }
    put_head(&s, sums, policy);
    if (sums_total(sums->messages, TALLY_VERDICTS) == 0) {
        output_word(out, "\n");
        return;
    }
    put_versions(&s, sums);
    if (sums->suites.count > 0) {
        put_suites(&s, &sums->suites);
    }
    put_table(&s, "Servers' software", &sums->writers, 0);
    put_table(&s, "Organisations that received", &sums->receivers, 0);
    put_table(&s, "Organisations that sent", &sums->senders, ORGANISATION_SENDS);
    put_table(&s, "Servers that received most without TLS", &sums->worst, 0);
    put_months(&s, sums);
    output_word(out, "\n");
}
