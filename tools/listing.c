#include "listing.h"

#include "line.h"
#include "prose.h"
#include "tally.h"

#include <string.h>

static const struct terminal reader = {.utf8 = 1};

static void put_text(struct output *out, const struct text *text)
{
    line_put(out, text->bytes, text->len);
}

static void put_peers(struct output *out, const struct answer *answer)
{
    struct text text;
    text_begin(&text, &reader);
    if (answer->deciding_hop != HOPTLS_NO_HOP) {
        prose_add_from(&text, answer->msg, &answer->deciding);
    }
    put_text(out, &text);
    output_word(out, "\t");
    text_begin(&text, &reader);
    if (answer->deciding_hop != HOPTLS_NO_HOP) {
        prose_add_by(&text, answer->msg, &answer->deciding);
    }
    put_text(out, &text);
}

static void put_date(struct output *out, const struct answer *answer)
{
    hoptls_hop hop;
    char date[DATE_ROOM];
    memset(&hop, 0, sizeof hop);
    if (!tally_date(answer, &hop.date)) {
        hop.flags = HOPTLS_F_NO_DATE;
    }
    prose_date(&hop, 'T', date);
    output_word(out, date[0] != '\0' ? date : "-");
    output_word(out, date[0] != '\0' ? "Z" : "");
}

void listing_add(struct output *out, const char *file, uint64_t offset, const struct answer *answer)
{
    struct text text;
    output_word(out, hoptls_verdict_word(answer->report.verdict));
    output_word(out, "\t");
    put_date(out, answer);
    output_word(out, "\t");
    line_put_word(out, file);
    output_word(out, "\t");
    output_number(out, offset);
    output_word(out, "\t");
    put_peers(out, answer);
    output_word(out, "\t");
    text_begin(&text, &reader);
    text_add(&text, prose_lead(answer));
    text_add(&text, " ");
    prose_add_answer(&text, answer);
    put_text(out, &text);
    output_word(out, "\n");
}

int listing_verdict(const char *word)
{
    for (uint32_t verdict = HOPTLS_V_PLAIN; verdict <= HOPTLS_V_NONE_NEEDED; verdict += 16) {
        if (strcmp(word, hoptls_verdict_word(verdict)) == 0) {
            return (int)tally_column(verdict);
        }
    }
    return -1;
}
