#include "json.h"

#include "learn.h"
#include "prose.h"
#include "text.h"
#include "utf8.h"

#include <string.h>

/* ---- Values ---- */

static void put_code_unit(struct output *out, uint32_t unit)
{
    static const char hex[] = "0123456789abcdef";
    char escape[6] = {'\\',          'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15],
                      hex[unit & 15]};
    output_bytes(out, escape, sizeof escape);
}

static void put_escaped(struct output *out, uint32_t code)
{
    if (code >= 0x10000) {
        put_code_unit(out, 0xD800 + ((code - 0x10000) >> 10));
        put_code_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FF));
    } else {
        put_code_unit(out, code);
    }
}

/* One character, or one byte that is none. Returns how many bytes it was. */
static size_t put_character(struct output *out, const uint8_t *p, size_t len)
{
    uint32_t code = 0xFFFD;
    size_t size = utf8_read(p, len, &code);
    if (code == '"' || code == '\\') {
        char escape[2] = {'\\', (char)code};
        output_bytes(out, escape, sizeof escape);
    } else if (size == 0 || utf8_is_harmful(code)) {
        put_escaped(out, code);
    } else {
        output_bytes(out, p, size);
    }
    return size > 0 ? size : 1;
}

static int is_easy(uint8_t c)
{
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
}

/* A bit for each byte of the word that is 0 (and, behind one, perhaps for others). */
static uint64_t zero_bytes(uint64_t word)
{
    return (word - UINT64_C(0x0101010101010101)) & ~word & UINT64_C(0x8080808080808080);
}

/* Whether each of eight bytes is one of `is_easy`. */
static int are_easy(const uint8_t *p)
{
    uint64_t word;
    uint64_t hard;
    memcpy(&word, p, sizeof word);
    hard = zero_bytes(word ^ UINT64_C(0x2222222222222222)) | zero_bytes(word ^ UINT64_C(0x5C5C5C5C5C5C5C5C)) |
           zero_bytes(word ^ UINT64_C(0x7F7F7F7F7F7F7F7F)) | zero_bytes(word & UINT64_C(0x6060606060606060)) |
           (word & UINT64_C(0x8080808080808080));
    return hard == 0;
}

/* How many bytes at the start of `p` need no care. */
static size_t easy_run(const uint8_t *p, size_t len)
{
    size_t i = 0;
    while (len - i >= sizeof(uint64_t) && are_easy(p + i)) {
        i += sizeof(uint64_t);
    }
    while (i < len && is_easy(p[i])) {
        i++;
    }
    return i;
}

static void put_string(struct output *out, const void *bytes, size_t len)
{
    const uint8_t *p = bytes;
    size_t at = 0;
    output_word(out, "\"");
    while (at < len) {
        size_t run = easy_run(p + at, len - at);
        output_bytes(out, p + at, run);
        at += run;
        at += at < len ? put_character(out, p + at, len - at) : 0;
    }
    output_word(out, "\"");
}

/* A word of ours, or null if it is empty. */
static void put_word(struct output *out, const char *word)
{
    if (word[0] == '\0') {
        output_word(out, "null");
    } else {
        put_string(out, word, strlen(word));
    }
}

static void put_text(struct output *out, hoptls_msg msg, hoptls_span span)
{
    if (span.len == 0) {
        output_word(out, "null");
    } else {
        put_string(out, msg.ptr + span.off, span.len);
    }
}

static void put_span(struct output *out, hoptls_span span)
{
    output_word(out, "[");
    output_number(out, span.off);
    output_word(out, ",");
    output_number(out, span.len);
    output_word(out, "]");
}

/* The number, or null for 0. */
static void put_number(struct output *out, uint32_t number)
{
    if (number == 0) {
        output_word(out, "null");
    } else {
        output_number(out, number);
    }
}

/* The number of a hop, or null if there is none. */
static void put_hop_number(struct output *out, uint32_t hop)
{
    if (hop == HOPTLS_NO_HOP) {
        output_word(out, "null");
    } else {
        output_number(out, hop);
    }
}

static void put_bool(struct output *out, int yes)
{
    output_word(out, yes ? "true" : "false");
}

/* The words of the bits that are set. */
static void put_bits(struct output *out, uint32_t bits, const char *(*word)(uint32_t))
{
    const char *comma = "";
    output_word(out, "[");
    for (; bits != 0; bits &= bits - 1) {
        const char *name = word(bits & (~bits + 1));
        if (name[0] != '\0') {
            output_word(out, comma);
            put_word(out, name);
            comma = ",";
        }
    }
    output_word(out, "]");
}

/* ---- A hop ---- */

static void put_address(struct output *out, const hoptls_addr *addr)
{
    char text[ADDRESS_ROOM];
    prose_address(addr, text);
    put_word(out, text);
}

/* The best name of the client, or its address. */
static void put_from(struct output *out, hoptls_msg msg, const hoptls_hop *hop)
{
    if (prose_from(hop).len > 0) {
        put_text(out, msg, prose_from(hop));
    } else {
        put_address(out, &hop->addr);
    }
}

static void put_peers(struct output *out, hoptls_msg msg, const hoptls_hop *hop)
{
    output_word(out, ",\"from\":");
    put_from(out, msg, hop);
    output_word(out, ",\"by\":");
    put_text(out, msg, hop->by);
    output_word(out, ",\"with\":");
    put_text(out, msg, hop->with);
    output_word(out, ",\"helo\":");
    put_text(out, msg, hop->helo);
    output_word(out, ",\"rdns\":");
    put_text(out, msg, hop->rdns);
    output_word(out, ",\"address\":");
    put_address(out, &hop->addr);
    output_word(out, ",\"organisations\":{\"from\":");
    put_text(out, msg, prose_from_org(hop));
    output_word(out, ",\"by\":");
    put_text(out, msg, hop->by_org);
    output_word(out, "}");
}

static const struct terminal reader = {.utf8 = 1};

/* The rule that a weak hop breaks, in words. */
static void put_rule(struct output *out, const struct request *request, const hoptls_hop *hop)
{
    struct text text;
    text_begin(&text, &reader);
    prose_add_rule(&text, request, hop);
    output_word(out, ",\"rule\":");
    put_word(out, text.bytes);
}

/* The counts from which silence was learned. */
static void put_learned(struct output *out, const struct answer *answer, const hoptls_hop *hop)
{
    const struct learned_record *record = NULL;
    if (hop->basis == HOPTLS_BASIS_LEARNED) {
        record = learned_record_of(answer->request->learned, answer->msg, hop);
    }
    output_word(out, ",\"learned\":");
    if (record == NULL) {
        output_word(out, "null");
        return;
    }
    output_word(out, "{\"peers\":");
    output_number(out, record->peers);
    output_word(out, ",\"stated\":");
    output_number(out, record->stated);
    output_word(out, ",\"silent\":");
    output_number(out, record->silent);
    output_word(out, "}");
}

static void put_judgement(struct output *out, const struct answer *answer, const hoptls_hop *hop)
{
    output_word(out, ",\"role\":");
    put_word(out, hoptls_role_word(hop->role));
    output_word(out, ",\"scope\":");
    put_word(out, hoptls_scope_word(hop->scope));
    output_word(out, ",\"evidence\":");
    put_word(out, hoptls_evidence_word(hop->evidence));
    output_word(out, ",\"silence\":");
    put_word(out, hop->evidence == HOPTLS_EVIDENCE_SILENT ? hoptls_silence_word(hop->silence) : "");
    output_word(out, ",\"verdict\":");
    put_word(out, hoptls_verdict_word(hop->verdict));
    output_word(out, ",\"basis\":");
    put_word(out, hoptls_basis_word(hop->basis));
    output_word(out, ",\"weak\":");
    put_word(out, hoptls_rule_word(hop->weak));
    put_rule(out, answer->request, hop);
    put_learned(out, answer, hop);
    output_word(out, ",\"counts\":");
    put_bool(out, hop->counts);
    output_word(out, ",\"writer\":");
    put_word(out, hoptls_writer_name(hop->writer));
    output_word(out, ",\"grade\":");
    put_word(out, hop->grade != HOPTLS_GRADE_NONE ? hoptls_grade_word(hop->grade) : "");
}

static int states_tls(const hoptls_tls *tls)
{
    return tls->version != 0 || tls->any_version != 0 || tls->cipher.len > 0 || tls->bits != 0 ||
           tls->group.len > 0 || tls->client_cert != HOPTLS_CERT_NOT_STATED;
}

static void put_tls(struct output *out, hoptls_msg msg, const hoptls_tls *tls)
{
    output_word(out, ",\"tls\":");
    if (!states_tls(tls)) {
        output_word(out, "null");
        return;
    }
    output_word(out, "{\"version\":");
    put_word(out, hoptls_tls_version_word(tls));
    output_word(out, ",\"cipher\":");
    put_text(out, msg, tls->cipher);
    output_word(out, ",\"suite\":");
    put_word(out, tls->suite != 0 ? hoptls_suite_name(tls->suite) : "");
    output_word(out, ",\"bits\":");
    put_number(out, tls->bits);
    output_word(out, ",\"group\":");
    put_text(out, msg, tls->group);
    output_word(out, ",\"client_cert\":");
    put_word(out,
             tls->client_cert != HOPTLS_CERT_NOT_STATED ? hoptls_client_cert_word(tls->client_cert) : "");
    output_word(out, "}");
}

static void put_date(struct output *out, const hoptls_hop *hop)
{
    char text[DATE_ROOM + 1];
    prose_date(hop, 'T', text);
    if (text[0] != '\0') {
        memcpy(text + strlen(text), "Z", sizeof "Z");
    }
    put_word(out, text);
}

static void put_proof(struct output *out, hoptls_msg msg, hoptls_span proof)
{
    if (proof.len == 0) {
        output_word(out, "null");
        return;
    }
    output_word(out, "{\"span\":");
    put_span(out, proof);
    output_word(out, ",\"text\":");
    put_text(out, msg, proof);
    output_word(out, "}");
}

static void put_hop(struct output *out, const struct answer *answer, const hoptls_hop *hop, uint32_t index)
{
    hoptls_msg msg = answer->msg;
    output_word(out, "{\"index\":");
    output_number(out, index);
    put_peers(out, msg, hop);
    put_judgement(out, answer, hop);
    put_tls(out, msg, &hop->tls);
    output_word(out, ",\"auth\":");
    put_bool(out, (hop->flags & HOPTLS_F_AUTHENTICATED) != 0);
    output_word(out, ",\"date\":");
    put_date(out, hop);
    output_word(out, ",\"flags\":");
    put_bits(out, hop->flags, hoptls_flag_word);
    output_word(out, ",\"journey\":");
    output_number(out, hop->journey);
    output_word(out, ",\"parting\":");
    put_bits(out, hop->parting, hoptls_parting_word);
    output_word(out, ",\"span\":");
    put_span(out, hop->field);
    output_word(out, ",\"proof\":");
    put_proof(out, msg, hop->proof);
    output_word(out, "}");
}

/* ---- The message ---- */

static void put_hops(struct output *out, const struct answer *answer)
{
    struct walk walk = {0};
    const hoptls_hop *hop = answer_next(answer, &walk);
    output_word(out, ",\"hops\":[");
    while (hop != NULL && out->error == 0) {
        output_word(out, walk.next > 1 ? "," : "");
        put_hop(out, answer, hop, walk.next - 1);
        hop = answer_next(answer, &walk);
    }
    output_word(out, "]");
}

static void put_step(struct output *out, const char *key, uint32_t verdict, uint32_t hop)
{
    output_word(out, key);
    output_word(out, verdict != 0 ? "{\"state\":\"recorded\",\"verdict\":"
                                  : "{\"state\":\"not recorded\",\"verdict\":");
    put_word(out, hoptls_verdict_word(verdict));
    output_word(out, ",\"hop\":");
    put_hop_number(out, verdict != 0 ? hop : HOPTLS_NO_HOP);
    output_word(out, "}");
}

static void put_verdicts(struct output *out, const struct answer *answer)
{
    const hoptls_report *report = &answer->report;
    int bounded = answer->request->trust.given;
    output_word(out, ",\"verdict\":");
    put_word(out, hoptls_verdict_word(report->verdict));
    output_word(out, ",\"trusted\":");
    put_word(out, bounded ? hoptls_verdict_word(report->trusted) : "");
    output_word(out, ",\"claimed\":");
    put_word(out, hoptls_verdict_word(report->claimed));
    output_word(out, ",\"trusted_hops\":");
    if (bounded) {
        output_number(out, report->trusted_hops);
    } else {
        output_word(out, "null");
    }
    output_word(out, ",\"deciding_hop\":");
    put_hop_number(out, answer->deciding_hop);
}

static void put_reason(struct output *out, const struct answer *answer)
{
    struct text text;
    text_begin(&text, &reader);
    text_add(&text, prose_lead(answer));
    text_add(&text, " ");
    prose_add_answer(&text, answer);
    output_word(out, ",\"reason\":");
    put_word(out, text.bytes);
}

static void put_file(struct output *out, const char *file)
{
    output_word(out, "{\"file\":");
    put_string(out, file, strlen(file));
}

static void put_last_journey(struct output *out, const hoptls_report *report)
{
    output_word(out, ",\"journeys\":");
    output_number(out, report->journeys);
    output_word(out, ",\"last_journey\":{\"hops\":");
    output_number(out, report->last_journey_hops);
    output_word(out, ",\"verdict\":");
    put_word(out, hoptls_verdict_word(report->last_journey));
    output_word(out, ",\"deciding_hop\":");
    put_hop_number(out, report->last_journey_hop);
    output_word(out, "}");
}

void json_answer(struct output *out, const char *file, uint64_t offset, const struct answer *answer)
{
    const hoptls_report *report = &answer->report;
    put_file(out, file);
    output_word(out, ",\"offset\":");
    output_number(out, offset);
    put_verdicts(out, answer);
    put_reason(out, answer);
    put_hops(out, answer);
    put_last_journey(out, report);
    put_step(out, ",\"submission\":", report->submission, report->submission_hop);
    put_step(out, ",\"retrieval\":", report->retrieval, report->retrieval_hop);
    output_word(out, ",\"protection\":");
    put_bits(out, report->protection, hoptls_protection_word);
    output_word(out, "}\n");
}

void json_error(struct output *out, const char *file, const char *error)
{
    put_file(out, file);
    output_word(out, ",\"error\":");
    put_string(out, error, strlen(error));
    output_word(out, "}\n");
}
