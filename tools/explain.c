#include "explain.h"

#include "page.h"
#include "prose.h"

#include <string.h>

/* Sentences are read best in lines that are not long, however wide the window. */
enum { LINE_MOST = 100, LINE_LEAST = 60 };

/* The columns of the table. Where a window is wide enough a hop takes one line; what does not fit goes into lines
 * below, each part at a column of its own as long as there is room. */
struct columns {
    unsigned verdict;
    unsigned route;
    unsigned date;
    unsigned with;
    unsigned tls;
    unsigned end;
};

struct explanation {
    struct page page;
    const struct answer *answer;
    struct columns columns;
};

static unsigned line_width(const struct terminal *terminal)
{
    return terminal->width < LINE_MOST ? terminal->width : LINE_MOST;
}

static void begin(const struct explanation *explanation, struct text *text)
{
    text_begin(text, explanation->page.terminal);
}

static void say(struct explanation *explanation, enum style style, const struct text *text)
{
    page_words(&explanation->page, style, text->bytes);
}

/* ---- The cells of a hop ---- */

static enum sign verdict_sign(uint32_t verdict)
{
    switch (verdict) {
    case HOPTLS_V_PLAIN: return SIGN_PLAIN;
    case HOPTLS_V_UNKNOWN: return SIGN_UNKNOWN;
    case HOPTLS_V_WEAK: return SIGN_WEAK;
    case HOPTLS_V_TLS: return SIGN_TLS;
    default: return SIGN_NONE;
    }
}

static enum style verdict_style(uint32_t verdict)
{
    switch (verdict) {
    case HOPTLS_V_PLAIN: return STYLE_BAD;
    case HOPTLS_V_UNKNOWN:
    case HOPTLS_V_WEAK: return STYLE_DOUBT;
    case HOPTLS_V_TLS: return STYLE_GOOD;
    default: return STYLE_QUIET;
    }
}

static void add_route(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    prose_add_from(text, msg, hop);
    text_add(text, " ");
    text_sign(text, SIGN_ARROW);
    text_add(text, " ");
    prose_add_by(text, msg, hop);
}

static void add_date(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    char date[DATE_ROOM];
    (void)msg;
    prose_date(hop, ' ', date);
    text_add(text, date);
    text_add(text, date[0] != '\0' ? " UTC" : "no date");
}

static void add_with(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    enum { WITH_MOST = 24 };
    text_span(text, msg, hop->with, WITH_MOST);
}

static void add_tls(struct text *text, hoptls_msg msg, const hoptls_hop *hop)
{
    if (hop->evidence == HOPTLS_EVIDENCE_NEGATIVE) {
        text_add(text, "TLS denied");
    } else if (hop->evidence == HOPTLS_EVIDENCE_SILENT) {
        text_add(text, hop->verdict == HOPTLS_V_NONE_NEEDED ? "" : "no TLS recorded");
        return;
    } else {
        prose_add_version(text, &hop->tls);
    }
    if (hop->tls.cipher.len > 0) {
        text_add(text, " ");
        text_span(text, msg, hop->tls.cipher, LINE_MOST);
    }
    if (hop->tls.bits > 0) {
        text_add(text, " ");
        text_number(text, hop->tls.bits);
        text_add(text, " bits");
    }
}

/* ---- The table ---- */

static unsigned most(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static unsigned digits_of(uint32_t number)
{
    unsigned digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

static unsigned cells_of(struct explanation *explanation, const hoptls_hop *hop,
                         void (*add)(struct text *, hoptls_msg, const hoptls_hop *))
{
    struct text text;
    begin(explanation, &text);
    add(&text, explanation->answer->msg, hop);
    return text_cells(text.bytes, text.len);
}

struct widths {
    unsigned route;
    unsigned with;
    unsigned tls;
};

static struct widths measure(struct explanation *explanation)
{
    const struct answer *answer = explanation->answer;
    struct widths widths = {0, 0, 0};
    for (uint32_t i = 0; i < answer->kept_count; i++) {
        widths.route = most(widths.route, cells_of(explanation, &answer->kept[i], add_route));
        widths.with = most(widths.with, cells_of(explanation, &answer->kept[i], add_with));
        widths.tls = most(widths.tls, cells_of(explanation, &answer->kept[i], add_tls));
    }
    return widths;
}

/* `at`, or the column where the lines below begin if there is not the room. */
static unsigned fit(unsigned at, unsigned cells, unsigned width, unsigned below)
{
    return at + cells <= width ? at : below;
}

static void set_columns(struct explanation *explanation)
{
    enum { GAP = 2, VERDICT = 13, DATE = 23 };
    struct columns *columns = &explanation->columns;
    struct widths widths = measure(explanation);
    unsigned width = explanation->page.terminal->width;
    unsigned details = DATE + GAP + widths.with + GAP + widths.tls;
    unsigned after_route;
    columns->verdict = 1 + digits_of(explanation->answer->kept_count) + GAP;
    columns->route = width < LINE_LEAST ? columns->verdict : columns->verdict + VERDICT + GAP;
    after_route = columns->route + widths.route + GAP;
    columns->date = fit(after_route, details, width, columns->route);
    width = columns->date == after_route ? width : explanation->page.width;
    columns->with = fit(columns->date + DATE + GAP, widths.with, width, columns->route);
    columns->tls = fit(columns->with + widths.with + GAP, widths.tls, width, columns->route);
    columns->end = columns->date == after_route ? columns->tls + widths.tls : width;
}

/* `== a -> b ======`: what stands between is in `text`. */
static void draw_rule(struct explanation *explanation, enum sign sign, enum style style, struct text *text)
{
    const struct terminal *terminal = explanation->page.terminal;
    struct text rule;
    unsigned done;
    begin(explanation, &rule);
    text_sign(&rule, sign);
    text_sign(&rule, sign);
    page_tab(&explanation->page, 1);
    page_words(&explanation->page, STYLE_QUIET, rule.bytes);
    say(explanation, style, text);
    done = explanation->page.column + 1;
    begin(explanation, &rule);
    while (done < explanation->columns.end) {
        text_add(&rule, terminal_sign(terminal, sign));
        done++;
    }
    say(explanation, STYLE_QUIET, &rule);
    page_break(&explanation->page);
}

static void draw_border(struct explanation *explanation, const hoptls_hop *hop)
{
    struct text text;
    begin(explanation, &text);
    prose_add_from_org(&text, explanation->answer->msg, hop);
    text_add(&text, " ");
    text_sign(&text, SIGN_ARROW);
    text_add(&text, " ");
    prose_add_by_org(&text, explanation->answer->msg, hop);
    draw_rule(explanation, SIGN_BORDER, STYLE_STRONG, &text);
}

static int stays_inside(const hoptls_hop *hop)
{
    return hop->scope == HOPTLS_SCOPE_HOST || hop->scope == HOPTLS_SCOPE_INTERNAL;
}

/* A rule above each hop between organisations, and above the first of each row of hops inside one. `house` is the
 * name that stands above the hop before. */
static void draw_heading(struct explanation *explanation, const hoptls_hop *hop, struct text *house)
{
    struct text text;
    begin(explanation, &text);
    prose_add_by_org(&text, explanation->answer->msg, hop);
    if (!stays_inside(hop)) {
        draw_border(explanation, hop);
        begin(explanation, house);
    } else if (strcmp(text.bytes, house->bytes) != 0) {
        draw_rule(explanation, SIGN_RULE, STYLE_QUIET, &text);
        *house = text;
    }
}

/* Where an older journey of the message ends, and what shows it. */
static void draw_parting(struct explanation *explanation, const hoptls_hop *hop, struct text *house)
{
    struct text text;
    const char *between = "";
    if (hop->parting == 0) {
        return;
    }
    begin(explanation, house);
    begin(explanation, &text);
    text_add(&text, "Below is an earlier journey of the message: ");
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        const char *words = (hop->parting & bit) != 0 ? prose_parting(bit) : NULL;
        text_add(&text, words != NULL ? between : "");
        text_add(&text, words != NULL ? words : "");
        between = words != NULL ? ", " : between;
    }
    text_add(&text, ".");
    page_break(&explanation->page);
    page_tab(&explanation->page, explanation->columns.verdict);
    say(explanation, STYLE_STRONG, &text);
    page_break(&explanation->page);
}

static void draw_number(struct explanation *explanation, uint32_t index)
{
    struct text text;
    begin(explanation, &text);
    text_number(&text, (uint64_t)index + 1);
    page_tab(&explanation->page, explanation->columns.verdict - 2 - (unsigned)text.len);
    say(explanation, STYLE_QUIET, &text);
    page_tab(&explanation->page, explanation->columns.verdict);
}

/* Only hops that weigh in the answer take its colours. */
static void draw_verdict(struct explanation *explanation, const hoptls_hop *hop)
{
    struct text text;
    begin(explanation, &text);
    text_sign(&text, verdict_sign(hop->verdict));
    text_add(&text, " ");
    text_add(&text, hoptls_verdict_word(hop->verdict));
    say(explanation, hop->counts ? verdict_style(hop->verdict) : STYLE_QUIET, &text);
}

static void draw_cell(struct explanation *explanation, unsigned column, const hoptls_hop *hop,
                      enum style style, void (*add)(struct text *, hoptls_msg, const hoptls_hop *))
{
    struct text text;
    begin(explanation, &text);
    add(&text, explanation->answer->msg, hop);
    if (text.len > 0) {
        page_tab(&explanation->page, column);
        say(explanation, style, &text);
    }
}

static void draw_hop(struct explanation *explanation, const hoptls_hop *hop, uint32_t index)
{
    const struct columns *columns = &explanation->columns;
    draw_number(explanation, index);
    draw_verdict(explanation, hop);
    draw_cell(explanation, columns->route, hop, hop->counts ? STYLE_STRONG : STYLE_USUAL, add_route);
    draw_cell(explanation, columns->date, hop, STYLE_QUIET, add_date);
    draw_cell(explanation, columns->with, hop, STYLE_QUIET, add_with);
    draw_cell(explanation, columns->tls, hop, hop->counts ? STYLE_USUAL : STYLE_QUIET, add_tls);
    page_break(&explanation->page);
}

/* No mail that was ever delivered has so many hops: servers take it for a loop long before (RFC 5321 section 6.3). */
static void tell_rest(struct explanation *explanation)
{
    const struct answer *answer = explanation->answer;
    struct text text;
    if (answer->report.hops > answer->kept_count) {
        begin(explanation, &text);
        text_add(&text, "and ");
        text_number(&text, answer->report.hops - answer->kept_count);
        text_add(&text, " older hops, which count as well; --json prints them all");
        page_tab(&explanation->page, explanation->columns.verdict);
        say(explanation, STYLE_DOUBT, &text);
        page_break(&explanation->page);
    }
}

static void draw_table(struct explanation *explanation)
{
    const struct answer *answer = explanation->answer;
    struct text house;
    begin(explanation, &house);
    explanation->page.width = most(explanation->page.width, explanation->columns.end);
    for (uint32_t i = 0; i < answer->kept_count; i++) {
        draw_parting(explanation, &answer->kept[i], &house);
        draw_heading(explanation, &answer->kept[i], &house);
        draw_hop(explanation, &answer->kept[i], i);
    }
    explanation->page.width = line_width(explanation->page.terminal);
    tell_rest(explanation);
    if (answer->report.hops > 0) {
        page_break(&explanation->page);
    }
}

/* ---- Below the table ---- */

static void tell_answer(struct explanation *explanation)
{
    const struct answer *answer = explanation->answer;
    enum style style = answer->report.hops > 0 ? verdict_style(answer->report.verdict) : STYLE_DOUBT;
    struct text text;
    begin(explanation, &text);
    prose_add_answer(&text, answer);
    page_tab(&explanation->page, 1);
    page_words(&explanation->page, style, prose_lead(answer));
    say(explanation, STYLE_USUAL, &text);
    page_break(&explanation->page);
    page_break(&explanation->page);
}

static void tell_remarks(struct explanation *explanation, const hoptls_hop *hop)
{
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        const char *remark = (hop->flags & bit) != 0 ? prose_flag(bit) : NULL;
        if (remark != NULL) {
            page_tab(&explanation->page, explanation->columns.verdict);
            page_words(&explanation->page, STYLE_DOUBT, remark);
            page_break(&explanation->page);
        }
    }
}

/* Why the hop has its verdict, and the bytes that prove it. */
static void tell_why(struct explanation *explanation, const hoptls_hop *hop, uint32_t index)
{
    struct text text;
    draw_number(explanation, index);
    begin(explanation, &text);
    prose_add_why(&text, explanation->answer, hop);
    text_add(&text, hop->proof.len > 0 ? ":" : ".");
    say(explanation, STYLE_USUAL, &text);
    if (hop->proof.len > 0) {
        begin(explanation, &text);
        text_add(&text, "\"");
        text_span(&text, explanation->answer->msg, hop->proof, PROSE_PROOF);
        text_add(&text, "\"");
        say(explanation, STYLE_QUIET, &text);
    }
    page_break(&explanation->page);
    tell_remarks(explanation, hop);
}

static void tell_whys(struct explanation *explanation)
{
    const struct answer *answer = explanation->answer;
    for (uint32_t i = 0; i < answer->kept_count; i++) {
        tell_why(explanation, &answer->kept[i], i);
    }
    if (answer->kept_count > 0) {
        page_break(&explanation->page);
    }
}

static void tell_row(struct explanation *explanation, const char *title, enum style style,
                     const struct text *text)
{
    enum { TITLE = 18 };
    page_tab(&explanation->page, 1);
    page_words(&explanation->page, STYLE_QUIET, title);
    page_tab(&explanation->page, TITLE);
    say(explanation, style, text);
    page_break(&explanation->page);
}

static void tell_step(struct explanation *explanation, const char *title, uint32_t verdict)
{
    struct text text;
    begin(explanation, &text);
    text_add(&text, verdict != 0 ? "recorded: " : "not recorded");
    text_add(&text, hoptls_verdict_word(verdict));
    tell_row(explanation, title, verdict != 0 ? verdict_style(verdict) : STYLE_USUAL, &text);
}

/* Only of a message that was handed in again: its last journey alone is what the last sender answers for. */
static void tell_last_journey(struct explanation *explanation)
{
    const hoptls_report *report = &explanation->answer->report;
    struct text text;
    if (report->journeys < 2) {
        return;
    }
    begin(explanation, &text);
    text_add(&text, hoptls_verdict_word(report->last_journey));
    text_add(&text, report->last_journey_hops > 1 ? " (the newest " : " (the newest hop");
    if (report->last_journey_hops > 1) {
        text_number(&text, report->last_journey_hops);
        text_add(&text, " hops");
    }
    text_add(&text, ", since it was handed in again; the answer above counts all)");
    tell_row(explanation, "last journey", verdict_style(report->last_journey), &text);
}

static void tell_protection(struct explanation *explanation)
{
    uint32_t protection = explanation->answer->report.protection;
    struct text text;
    begin(explanation, &text);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        const char *words = (protection & bit) != 0 ? prose_protection(bit) : NULL;
        text_add(&text, words != NULL && text.len > 0 ? ", " : "");
        text_add(&text, words != NULL ? words : "");
    }
    if (text.len == 0) {
        text_add(&text, "not encrypted by itself");
    }
    tell_row(explanation, "message", STYLE_USUAL, &text);
}

static void tell_trust(struct explanation *explanation)
{
    const hoptls_report *report = &explanation->answer->report;
    struct text text;
    begin(explanation, &text);
    if (!explanation->answer->request->trust.given) {
        text_add(&text, "all hops are believed as they stand (--trust draws a line)");
    } else {
        text_add(&text, "newest ");
        text_number(&text, report->trusted_hops);
        text_add(&text, " of ");
        text_number(&text, report->hops);
        text_add(&text, " believed: ");
        text_add(&text, hoptls_verdict_word(report->trusted));
        text_add(&text, "; all as claimed: ");
        text_add(&text, hoptls_verdict_word(report->claimed));
    }
    tell_row(explanation, "trust", STYLE_USUAL, &text);
}

static void tell_name(struct explanation *explanation, const char *name)
{
    struct text text;
    begin(explanation, &text);
    text_safe_word(&text, name, TEXT_ROOM);
    say(explanation, STYLE_STRONG, &text);
    page_break(&explanation->page);
}

void explain_answer(struct output *out, const struct terminal *terminal, const struct answer *answer,
                    const char *name)
{
    struct explanation explanation;
    memset(&explanation, 0, sizeof explanation);
    page_begin(&explanation.page, out, terminal);
    explanation.page.width = line_width(terminal);
    explanation.answer = answer;
    set_columns(&explanation);
    if (name != NULL) {
        tell_name(&explanation, name);
    }
    draw_table(&explanation);
    tell_answer(&explanation);
    tell_whys(&explanation);
    tell_step(&explanation, "submission", answer->report.submission);
    tell_step(&explanation, "between servers", answer->report.counted > 0 ? answer->report.claimed : 0);
    tell_last_journey(&explanation);
    tell_step(&explanation, "retrieval", answer->report.retrieval);
    tell_protection(&explanation);
    tell_trust(&explanation);
}
