#include "csv.h"

#include "prose.h"
#include "tally.h"

#include <string.h>

static const struct terminal reader = {.utf8 = 1};

void csv_head(struct output *out)
{
    output_word(out, CSV_BEGINS
                "trusted,claimed,hops,deciding_hop,from,by,from_organisation,"
                "by_organisation,writer,evidence,version,suite,basis,submission,retrieval,reason\r\n");
}

/* Quoted throughout. A text that a spreadsheet would take for a formula gets a quote in front, which it does not show. */
static void put(struct output *out, const char *bytes, size_t len)
{
    output_word(out, ",\"");
    if (len > 0 && strchr("=+-@\t", bytes[0]) != NULL) {
        output_word(out, "'");
    }
    for (size_t i = 0; i < len; i++) {
        output_word(out, bytes[i] == '"' ? "\"" : "");
        output_bytes(out, bytes + i, 1);
    }
    output_word(out, "\"");
}

static void put_word(struct output *out, const char *word)
{
    put(out, word, strlen(word));
}

static void put_text(struct output *out, const struct text *text)
{
    put(out, text->bytes, text->len);
}

static void put_span(struct output *out, hoptls_msg msg, hoptls_span span)
{
    struct text text;
    text_begin(&text, &reader);
    text_span(&text, msg, span, PROSE_HOST);
    put_text(out, &text);
}

static void put_number(struct output *out, uint64_t number)
{
    output_word(out, ",");
    output_number(out, number);
}

static void put_date(struct output *out, const struct answer *answer)
{
    hoptls_hop hop;
    char date[DATE_ROOM + 1];
    memset(&hop, 0, sizeof hop);
    hop.flags = tally_date(answer, &hop.date) ? 0 : HOPTLS_F_NO_DATE;
    prose_date(&hop, 'T', date);
    if (date[0] != '\0') {
        memcpy(date + strlen(date), "Z", sizeof "Z");
    }
    put_word(out, date);
}

static void put_hop(struct output *out, const struct answer *answer, const hoptls_hop *hop)
{
    struct text text;
    hoptls_msg msg = answer->msg;
    text_begin(&text, &reader);
    prose_add_from(&text, msg, hop);
    put_text(out, &text);
    put_span(out, msg, hop->by);
    put_span(out, msg, prose_from_org(hop));
    put_span(out, msg, hop->by_org);
    put_word(out, hoptls_writer_name(hop->writer));
    put_word(out, hoptls_evidence_word(hop->evidence));
    put_word(out, hoptls_tls_version_word(&hop->tls));
    put_word(out, hop->tls.suite != 0 ? hoptls_suite_name(hop->tls.suite) : "");
    put_word(out, hoptls_basis_word(hop->basis));
}

static void put_deciding(struct output *out, const struct answer *answer)
{
    if (answer->deciding_hop != HOPTLS_NO_HOP) {
        put_number(out, answer->deciding_hop);
        put_hop(out, answer, &answer->deciding);
    } else {
        output_word(out, ",,\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"");
    }
}

static void put_file(struct output *out, const char *file)
{
    struct text text;
    text_begin(&text, &reader);
    text_safe_word(&text, file, TEXT_ROOM / 2);
    output_word(out, text.len > 0 && strchr("=+-@\t", text.bytes[0]) != NULL ? "\"'" : "\"");
    for (size_t i = 0; i < text.len; i++) {
        output_word(out, text.bytes[i] == '"' ? "\"" : "");
        output_bytes(out, text.bytes + i, 1);
    }
    output_word(out, "\"");
}

void csv_answer(struct output *out, const char *file, uint64_t offset, const struct answer *answer)
{
    const hoptls_report *report = &answer->report;
    struct text text;
    put_file(out, file);
    put_number(out, offset);
    put_date(out, answer);
    put_word(out, hoptls_verdict_word(report->verdict));
    put_word(out, answer->request->trust.given ? hoptls_verdict_word(report->trusted) : "");
    put_word(out, hoptls_verdict_word(report->claimed));
    put_number(out, report->hops);
    put_deciding(out, answer);
    put_word(out, hoptls_verdict_word(report->submission));
    put_word(out, hoptls_verdict_word(report->retrieval));
    text_begin(&text, &reader);
    text_add(&text, prose_lead(answer));
    text_add(&text, " ");
    prose_add_answer(&text, answer);
    put_text(out, &text);
    output_word(out, "\r\n");
}
