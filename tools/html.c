#include "html.h"

#include "html_parts.h"
#include "line.h"
#include "listing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Text ---- */

static void put(struct output *out, const char *words)
{
    output_word(out, words);
}

/* Text that comes from mail or from the user: no tags, no entities, nothing that ends an attribute. Controls and bytes that
 * are no UTF-8 were escaped before (text.h, line.h). */
static void put_text_n(struct output *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        switch (text[i]) {
        case '&': put(out, "&amp;"); break;
        case '<': put(out, "&lt;"); break;
        case '>': put(out, "&gt;"); break;
        case '"': put(out, "&quot;"); break;
        case '\'': put(out, "&#39;"); break;
        default: output_bytes(out, text + i, 1); break;
        }
    }
}

static void put_text(struct output *out, const char *text)
{
    put_text_n(out, text, strlen(text));
}

static void put_number(struct output *out, uint64_t number)
{
    char digits[32];
    size_t len = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            put(out, ",");
        }
        output_bytes(out, digits + i, 1);
    }
}

static void put_decimal(struct output *out, double number)
{
    char text[48];
    (void)snprintf(text, sizeof text, "%.2f", number);
    put(out, text);
}

static double share(uint64_t part, uint64_t whole)
{
    return whole > 0 ? (double)part * 100.0 / (double)whole : 0;
}

/* Rounded down, as in the summary: only what is all says 100.0 %. */
static void put_share(struct output *out, uint64_t part, uint64_t whole)
{
    char text[32];
    unsigned tenths = whole > 0 ? (unsigned)(part * 1000 / whole) : 0;
    (void)snprintf(text, sizeof text, "%u.%u %%", tenths / 10, tenths % 10);
    put(out, text);
}

/* ---- Verdicts ---- */

struct series {
    unsigned column;
    const char *name, *colour, *word;
};

static const struct series verdict_series[] = {
    {TALLY_TLS, "tls", "var(--tls)", "over TLS"},
    {TALLY_WEAK, "weak", "var(--weak)", "TLS that falls short"},
    {TALLY_UNKNOWN, "unknown", "var(--unknown)", "cannot be told"},
    {TALLY_PLAIN, "plain", "var(--plain)", "without TLS"},
    {TALLY_NONE, "none-needed", "var(--none)", "crossed no border"},
};

static const struct series version_series[] = {
    {VERSION_13, "", "#0b6e4f", "TLS 1.3"},
    {VERSION_12, "", "#2f9e78", "TLS 1.2"},
    {VERSION_11, "", "#d9b44a", "TLS 1.1"},
    {VERSION_10, "", "#d98b3a", "TLS 1.0"},
    {VERSION_SSL3, "", "#c4632f", "SSL 3"},
    {VERSION_SSL2, "", "#a34a26", "SSL 2"},
    {VERSION_NOT_STATED, "", "#8fc7b3", "TLS, version not stated"},
    {VERSION_UNKNOWN, "", "var(--unknown)", "cannot be told"},
    {VERSION_PLAIN, "", "var(--plain)", "without TLS"},
};

enum { VERDICT_SERIES = 5, VERSION_SERIES = 9 };

static void put_card(struct output *out, const struct series *series, const uint64_t *messages, uint64_t all)
{
    put(out, "<div class=card style=\"--c:");
    put(out, series->colour);
    put(out, "\"><b>");
    put_number(out, messages[series->column]);
    put(out, "</b><span>");
    put_share(out, messages[series->column], all);
    put(out, " &middot; ");
    put(out, series->word);
    put(out, "</span></div>\n");
}

static void put_cards(struct output *out, const uint64_t *messages)
{
    uint64_t all = sums_total(messages, TALLY_VERDICTS);
    put(out, "<div class=bar role=img aria-label=\"share of verdicts\">");
    for (unsigned i = 0; i < VERDICT_SERIES && all > 0; i++) {
        put(out, "<i style=\"width:");
        put_decimal(out, share(messages[verdict_series[i].column], all));
        put(out, "%;background:");
        put(out, verdict_series[i].colour);
        put(out, "\"></i>");
    }
    put(out, "</div>\n<div class=cards>\n");
    for (unsigned i = 0; i < VERDICT_SERIES; i++) {
        put_card(out, &verdict_series[i], messages, all);
    }
    put(out, "</div>\n");
}

/* ---- Charts by time ---- */

enum {
    CHART_WIDTH = 1000,
    CHART_HEIGHT = 260,
    CHART_LEFT = 44,
    CHART_TOP = 8,
    CHART_BOTTOM = 26,
    BARS_MOST = 180
};

/* One bar for `step` months, or for a year where there are too many. */
struct chart {
    struct output *out;
    const struct series *series;
    unsigned count;
    const uint64_t *columns; /* of all months, `width` a month */
    unsigned width;
    unsigned first, last, step;
};

static uint64_t bar_sum(const struct chart *chart, unsigned month, unsigned column)
{
    uint64_t sum = 0;
    for (unsigned m = month; m < month + chart->step && m < CALENDAR_MONTHS; m++) {
        sum += chart->columns[(size_t)m * chart->width + column];
    }
    return sum;
}

static uint64_t bar_total(const struct chart *chart, unsigned month)
{
    uint64_t total = 0;
    for (unsigned i = 0; i < chart->count; i++) {
        total += bar_sum(chart, month, chart->series[i].column);
    }
    return total;
}

static void put_period(const struct chart *chart, unsigned month)
{
    char name[CALENDAR_ROOM];
    calendar_name(month, name);
    name[chart->step == 12 ? 4 : 7] = '\0';
    put(chart->out, name);
}

static void put_rect(const struct chart *chart, const struct series *series, unsigned month, double x,
                     double wide, double y, double high)
{
    struct output *out = chart->out;
    put(out, "<rect x=\"");
    put_decimal(out, x);
    put(out, "\" y=\"");
    put_decimal(out, y);
    put(out, "\" width=\"");
    put_decimal(out, wide);
    put(out, "\" height=\"");
    put_decimal(out, high);
    put(out, "\" fill=\"");
    put(out, series->colour);
    put(out, "\"><title>");
    put_period(chart, month);
    put(out, ": ");
    put_number(out, bar_sum(chart, month, series->column));
    put(out, " of ");
    put_number(out, bar_total(chart, month));
    put(out, " ");
    put(out, series->word);
    put(out, "</title></rect>\n");
}

static void put_bar(const struct chart *chart, unsigned month, double x, double wide)
{
    uint64_t total = bar_total(chart, month);
    double y = CHART_HEIGHT - CHART_BOTTOM;
    for (unsigned i = 0; i < chart->count && total > 0; i++) {
        uint64_t part = bar_sum(chart, month, chart->series[i].column);
        double high = (double)part / (double)total * (CHART_HEIGHT - CHART_TOP - CHART_BOTTOM);
        y -= high;
        if (part > 0) {
            put_rect(chart, &chart->series[i], month, x, wide, y, high);
        }
    }
}

static void put_words_at(struct output *out, double x, double y, const char *anchor)
{
    put(out, "<text x=\"");
    put_decimal(out, x);
    put(out, "\" y=\"");
    put_decimal(out, y);
    put(out, "\" text-anchor=\"");
    put(out, anchor);
    put(out, "\">");
}

static void put_axis(struct output *out)
{
    for (unsigned percent = 0; percent <= 100; percent += 25) {
        char text[16];
        double y = CHART_HEIGHT - CHART_BOTTOM - percent / 100.0 * (CHART_HEIGHT - CHART_TOP - CHART_BOTTOM);
        put(out, "<line x1=\"44\" x2=\"1000\" stroke=\"var(--line)\" y1=\"");
        put_decimal(out, y);
        put(out, "\" y2=\"");
        put_decimal(out, y);
        put(out, "\"/>");
        put_words_at(out, CHART_LEFT - 6, y + 4, "end");
        (void)snprintf(text, sizeof text, "%u %%", percent);
        put(out, text);
        put(out, "</text>\n");
    }
}

static void put_bars(const struct chart *chart)
{
    unsigned bars = (chart->last - chart->first) / chart->step + 1;
    double wide = (double)(CHART_WIDTH - CHART_LEFT) / bars;
    unsigned every = bars > 12 ? bars / 12 + 1 : 1;
    double most = wide > 60 ? 60 : wide;
    for (unsigned i = 0; i < bars; i++) {
        double x = (double)CHART_LEFT + i * wide + (wide - most) / 2;
        unsigned month = chart->first + i * chart->step;
        put_bar(chart, month, x + most * 0.06, most * 0.88);
        if (i % every == 0) {
            put_words_at(chart->out, x + most / 2, CHART_HEIGHT - 8, "middle");
            put_period(chart, month);
            put(chart->out, "</text>\n");
        }
    }
}

static void put_legend(const struct chart *chart)
{
    put(chart->out, "<div class=legend>");
    for (unsigned i = 0; i < chart->count; i++) {
        uint64_t sum = 0;
        for (unsigned m = chart->first; m <= chart->last; m += chart->step) {
            sum += bar_sum(chart, m, chart->series[i].column);
        }
        if (sum > 0) {
            put(chart->out, "<span><i style=\"background:");
            put(chart->out, chart->series[i].colour);
            put(chart->out, "\"></i>");
            put(chart->out, chart->series[i].word);
            put(chart->out, "</span>");
        }
    }
    put(chart->out, "</div>\n");
}

static void put_chart(struct output *out, const char *title, const char *words, const struct sums *sums,
                      const struct series *series, unsigned count, const uint64_t *columns, unsigned width)
{
    struct chart chart = {out, series, count, columns, width, 0, 0, 1};
    put(out, "<section><h2>");
    put(out, title);
    put(out, "</h2>\n<p class=soft>");
    put(out, words);
    put(out, "</p>\n");
    if (!sums_months(sums, &chart.first, &chart.last)) {
        put(out, "<p>No message has a date.</p></section>\n");
        return;
    }
    if (chart.last - chart.first >= BARS_MOST) {
        chart.step = 12;
        chart.first -= chart.first % 12;
    }
    put(out, "<svg viewBox=\"0 0 1000 260\" role=img>\n");
    put_axis(out);
    put_bars(&chart);
    put(out, "</svg>\n");
    put_legend(&chart);
    put(out, "</section>\n");
}

/* ---- The receivers with most plaintext ---- */

enum { WORST = 12, ROW_HEIGHT = 26 };

static const char *name_of(const char *name)
{
    return strcmp(name, "-") != 0 ? name : "(not known)";
}

static void put_worst_row(struct output *out, const struct top_row *row, uint64_t most, unsigned i)
{
    double y = i * ROW_HEIGHT;
    double wide = most > 0 ? (double)row->weight / (double)most * 440 : 0;
    put_words_at(out, 392, y + 17, "end");
    put_text_n(out, name_of(row->name), strlen(name_of(row->name)) < 60 ? strlen(name_of(row->name)) : 60);
    put(out, "</text><rect x=\"400\" width=\"");
    put_decimal(out, wide);
    put(out, "\" height=\"18\" rx=\"3\" fill=\"var(--plain)\" y=\"");
    put_decimal(out, y + 4);
    put(out, "\"/>");
    put_words_at(out, 406 + wide, y + 17, "start");
    put_number(out, row->weight);
    put(out, " of ");
    put_number(out, sums_total(row->sums, TALLY_NONE));
    put(out, "</text>\n");
}

static void put_worst(struct output *out, const struct top *top)
{
    char box[64];
    unsigned count = top->count < WORST ? top->count : WORST;
    put(out, "<section><h2>Servers that received most without TLS</h2>\n");
    if (count == 0) {
        put(out, "<p>None is known to have received anything without TLS.</p></section>\n");
        return;
    }
    put(out,
        "<p class=soft>Hops between organisations that the server recorded, and recorded without TLS.</p>\n");
    (void)snprintf(box, sizeof box, "<svg viewBox=\"0 0 1000 %u\" role=img>\n", count * ROW_HEIGHT + 4);
    put(out, box);
    for (unsigned i = 0; i < count; i++) {
        put_worst_row(out, &top->rows[i], top->rows[0].weight, i);
    }
    put(out, "</svg></section>\n");
}

/* ---- Tables of names ---- */

enum { NAMES = 15 };

static void put_cell(struct output *out, uint64_t number)
{
    put(out, "<td class=n>");
    put_number(out, number);
    put(out, "</td>");
}

static void put_names(struct output *out, const char *title, const struct top *top, unsigned at)
{
    put(out, "<section><h2>");
    put(out, title);
    put(out,
        "</h2>\n<table><thead><tr><th>name<th class=n>hops<th class=n>tls<th class=n>weak<th class=n>unknown"
        "<th class=n>plain</thead><tbody>\n");
    for (unsigned i = 0; i < top->count && i < NAMES; i++) {
        const uint64_t *sums = top->rows[i].sums + at;
        put(out, "<tr><td class=w>");
        put_text(out, name_of(top->rows[i].name));
        put(out, "</td>");
        put_cell(out, sums_total(sums, TALLY_NONE));
        put_cell(out, sums[TALLY_TLS]);
        put_cell(out, sums[TALLY_WEAK]);
        put_cell(out, sums[TALLY_UNKNOWN]);
        put_cell(out, sums[TALLY_PLAIN]);
        put(out, "</tr>\n");
    }
    put(out, "</tbody></table></section>\n");
}

static void put_suites(struct output *out, const struct top *top)
{
    put(out, "<section><h2>Cipher suites</h2>\n<table><thead><tr><th>suite<th class=n>hops</thead><tbody>\n");
    for (unsigned i = 0; i < top->count && i < NAMES; i++) {
        put(out, "<tr><td class=w>");
        put_text(out, strcmp(top->rows[i].name, "-") != 0 ? top->rows[i].name : "(not recognised)");
        put(out, "</td>");
        put_cell(out, top->rows[i].weight);
        put(out, "</tr>\n");
    }
    put(out, "</tbody></table></section>\n");
}

/* ---- Messages ---- */

/* A column of a line as it was before line_put. */
static void put_column(struct output *out, char *column)
{
    if (line_take(column, strlen(column)) >= 0) {
        put_text(out, column);
    }
}

static void put_message(struct output *out, char *line)
{
    char *column[LISTING_COLUMNS];
    if (line_split(line, column, LISTING_COLUMNS) != LISTING_COLUMNS) {
        return;
    }
    put(out, "<tr data-v=\"");
    put_text(out, column[LISTING_VERDICT]);
    put(out, "\"><td><span class=\"tag ");
    put_text(out, column[LISTING_VERDICT]);
    put(out, "\">");
    put_text(out, column[LISTING_VERDICT]);
    put(out, "</span></td><td class=d>");
    put_text(out, column[LISTING_DATE]);
    put(out, "</td><td class=w>");
    put_text(out, column[LISTING_FILE]);
    put(out, " <span class=soft>@");
    put_text(out, column[LISTING_OFFSET]);
    put(out, "</span></td><td class=w>");
    put_column(out, column[LISTING_FROM]);
    put(out, column[LISTING_FROM][0] != '\0' ? " &rarr; " : "");
    put_column(out, column[LISTING_BY]);
    put(out, "</td><td class=w>");
    put_column(out, column[LISTING_REASON]);
    put(out, "</td></tr>\n");
}

/* Verdicts one after the other, the worst first, each in the order of the input. */
static void put_messages_of(struct output *out, FILE *listing, unsigned verdict)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    if (fseek(listing, 0, SEEK_SET) != 0) {
        out->error = out->error != 0 ? out->error : errno;
        return;
    }
    while ((len = getline(&line, &room, listing)) > 0) {
        char word[16];
        (void)snprintf(word, sizeof word, "%.*s", (int)(strcspn(line, "\t") < 15 ? strcspn(line, "\t") : 15),
                       line);
        if (line[len - 1] == '\n' && listing_verdict(word) == (int)verdict) {
            line[len - 1] = '\0';
            put_message(out, line);
        }
    }
    free(line);
}

static void put_search(struct output *out)
{
    put(out,
        "<div class=tools><input id=q type=search placeholder=\"Search: host, file, words of the reason\" "
        "aria-label=\"search\">");
    for (unsigned i = 0; i < VERDICT_SERIES; i++) {
        const struct series *series = &verdict_series[VERDICT_SERIES - 1 - i];
        put(out, "<label><input type=checkbox checked value=\"");
        put(out, series->name);
        put(out, "\"> ");
        put(out, series->name);
        put(out, "</label>");
    }
    put(out, "<span id=n class=soft></span></div>\n");
}

static void put_messages(struct output *out, const struct page_of *page)
{
    const uint64_t *messages = page->sums->messages;
    char limit[32];
    put(out, "<section class=long><h2>Messages</h2>\n<p class=soft>");
    (void)snprintf(limit, sizeof limit, "%u", page->listed);
    put(out, "With each verdict its reason. Of each verdict the first ");
    put(out, limit);
    put(out, " are listed, of ");
    put_number(out, sums_total(messages, TALLY_VERDICTS));
    put(out, " messages in all.</p>\n");
    put_search(out);
    put(out, "<table id=m><thead><tr><th>verdict<th>arrived<th>file, offset<th>decided "
             "by<th>reason</thead><tbody>\n");
    for (unsigned verdict = 0; verdict < TALLY_VERDICTS && page->listing != NULL; verdict++) {
        put_messages_of(out, page->listing, verdict);
    }
    put(out, "</tbody></table></section>\n");
}

/* ---- What it rests on ---- */

/* Lines of columns; the first word is left out. */
static void put_lines(struct output *out, const struct lines_text *lines, unsigned columns)
{
    const char *at = lines->text != NULL ? lines->text : "";
    while (*at != '\0') {
        char line[16384];
        char *column[4];
        size_t len = strcspn(at, "\n");
        (void)snprintf(line, sizeof line, "%.*s", (int)(len < sizeof line ? len : sizeof line - 1), at);
        if (line_split(line, column, 4) == columns + 1) {
            put(out, "<tr>");
            for (unsigned i = 1; i <= columns; i++) {
                put(out, "<td class=w><code>");
                put_text(out, column[i]);
                put(out, "</code></td>");
            }
            put(out, "</tr>\n");
        }
        at += len + (at[len] == '\n' ? 1 : 0);
    }
}

static void put_basis(struct output *out, const struct page_of *page)
{
    put(out, "<section><h2>What this rests on</h2>\n<p>Each mail server puts a field <code>Received</code> "
             "on top of a "
             "message. hoptls reads these fields, and says of each hop whether the server recorded TLS, and "
             "what it means "
             "if it recorded none. A message has the worst verdict of its hops between organisations. "
             "Whoever handed the "
             "message over may have written what stands below; <code>--trust</code> draws that line.</p>\n"
             "<h2>Program and options</h2>\n<table><tbody>\n");
    put_lines(out, page->settings, 2);
    put(out, "</tbody></table>\n");
    if (page->inputs->len > 0) {
        put(out, "<h2 "
                 "style=\"margin-top:16px\">Inputs</h2>\n<table><thead><tr><th>SHA-256<th>bytes<th>path</"
                 "thead><tbody>\n");
        put_lines(out, page->inputs, 3);
        put(out, "</tbody></table>\n<p class=soft style=\"margin-top:8px\">Of a folder: <code>find -H FOLDER "
                 "-type f "
                 "| "
                 "LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum</code>. <code>-</code>: a stream, not "
                 "readable throughout, or not read to its end.</p>\n");
    }
    put(out, "</section>\n");
}

/* ---- The page ---- */

static void put_remark(struct output *out, uint64_t number, const char *words)
{
    if (number > 0) {
        put(out, " &middot; ");
        put_number(out, number);
        put(out, words);
    }
}

static void put_head(struct output *out, const struct sums *sums)
{
    put(out,
        "<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8>\n"
        "<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none';style-src 'unsafe-inline';"
        "script-src 'unsafe-inline'\">\n<title>Was this mail carried over TLS?</title>\n<style>\n");
    put(out, html_style);
    put(out, "</style></head>\n<body><main>\n<h1>Was this mail carried over TLS?</h1>\n<p class=soft>");
    put_number(out, sums_total(sums->messages, TALLY_VERDICTS));
    put(out, sums_total(sums->messages, TALLY_VERDICTS) == 1 ? " message &middot; " : " messages &middot; ");
    put_number(out, sums->files[FILE_READ]);
    put(out, sums->files[FILE_READ] == 1 ? " file &middot; " : " files &middot; ");
    put_number(out, sums->files[FILE_BYTES]);
    put(out, " bytes");
    put_remark(out, sums->messages[MESSAGE_DUPLICATE], " duplicates counted once");
    put_remark(out, sums->messages[MESSAGE_LEFT_OUT], " not selected");
    put_remark(out, sums->files[FILE_SKIPPED], " files skipped");
    put_remark(out, sums->files[FILE_NO_MAIL], " files without mail");
    put_remark(out, sums->files[FILE_TROUBLE], " remarks of what could not be read");
    put(out, "</p>\n");
}

void html_print(struct output *out, const struct page_of *page)
{
    const struct sums *sums = page->sums;
    put_head(out, sums);
    if (page->incomplete) {
        put(out, "<p style=\"color:var(--plain)\"><b>Incomplete:</b> the scan ended before all was read. "
                 "What follows is of "
                 "the part that was.</p>\n");
    }
    put_cards(out, sums->messages);
    put_chart(out, "Messages by time",
              "By the time at which they arrived (UTC), as shares of each month or year.", sums,
              verdict_series, VERDICT_SERIES, &sums->months[0][0], TALLY_VERDICTS);
    put_chart(out, "TLS versions by time",
              "Hops between organisations, by the version that the server recorded.", sums, version_series,
              VERSION_SERIES, &sums->versions[0][0], VERSION_COLUMNS);
    put_worst(out, &sums->worst);
    put(out, "<div class=two>\n");
    put_names(out, "Organisations that received", &sums->receivers, 0);
    put_names(out, "Organisations that sent", &sums->senders, ORGANISATION_SENDS);
    put_names(out, "Servers&#39; software", &sums->writers, 0);
    put_suites(out, &sums->suites);
    put(out, "</div>\n");
    put_messages(out, page);
    put_basis(out, page);
    put(out, "</main><script>\n");
    put(out, html_script);
    put(out, "</script></body></html>\n");
}
