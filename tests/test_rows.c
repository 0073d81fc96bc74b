/* The table of mail servers and the corpus: every row has the messages that it owes. With TLS, if it has a place for a record;
 * without; and a spoof, in which a client writes what the row's server would. */
#include "cases.h"

#include "writers.h"

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the corpus has of each row. */
static unsigned with_tls[WRITERS];
static unsigned without[WRITERS];
static unsigned spoofs[WRITERS];

static unsigned faults; /* lines `# spoof of: FIELD` that are not what they say */

/* ---- a field of its own ------------------------------------------------------------------------------- */

/* Read `value` as the one field of a message; the hop's spans are of `mail`. */
static hoptls_hop hop_of(const char *value, size_t len, text *mail)
{
    hoptls_hop hop;
    memset(&hop, 0, sizeof hop);
    text_add(mail, "Received: %.*s\n\n", (int)len, value);
    {
        reading r = reading_of((const uint8_t *)mail->ptr, mail->len);
        if (r.report.hops == 1) {
            hop = r.hops[0];
        }
        reading_free(&r);
    }
    return hop;
}

static int states_tls(const hoptls_hop *hop)
{
    return hop->evidence == HOPTLS_EVIDENCE_DETAIL || hop->evidence == HOPTLS_EVIDENCE_KEYWORD;
}

static int has_slots(uint32_t row)
{
    return writers[row].slot[0] != 0;
}

/* Whether the word by which the row is known states TLS: then it has nothing to be silent with. */
static int is_known_by_its_record(uint32_t row)
{
    for (uint32_t k = 0; k < WRITER_SIGNS; k++) {
        const writer_sign *sign = &writers[row].sign[k];
        if (sign->where == SIGN_WITH && (sign->how == IS || sign->how == STARTS || sign->how == HAS)) {
            text value = {NULL, 0, 0};
            text mail = {NULL, 0, 0};
            text_add(&value, "from a by b with %.*s", (int)sign->len, (const char *)sign->text);
            int stated = hop_of(value.ptr, value.len, &mail).evidence == HOPTLS_EVIDENCE_KEYWORD;
            text_free(&value);
            text_free(&mail);
            if (stated) {
                return 1;
            }
        }
    }
    return 0;
}

/* ---- spoofs ------------------------------------------------------------------------------------------- */

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Where `what` ends, if the bytes at `at` are it but for how they are folded; 0 if they are not. */
static size_t same_until(const uint8_t *p, size_t at, size_t end, const char *what, size_t len)
{
    size_t i = 0;
    while (i < len) {
        if (at >= end || (is_blank(what[i]) ? !is_blank((char)p[at]) : (char)p[at] != what[i])) {
            return 0;
        }
        at++;
        while (is_blank(what[i]) && at < end && is_blank((char)p[at])) {
            at++;
        }
        i++;
    }
    return at;
}

/* Whether `what` stands in the field of the hop, and the server's name outside of it: then the client wrote it. */
static int is_in_clients_part(const reading *r, const hoptls_hop *hop, const char *what, size_t len)
{
    size_t end = (size_t)hop->value.off + hop->value.len;
    for (size_t at = hop->value.off; at < end; at++) {
        size_t stop = same_until(r->msg.ptr, at, end, what, len);
        if (stop > 0 && hop->by.len > 0 && (hop->by.off < at || hop->by.off >= stop)) {
            return 1;
        }
    }
    return 0;
}

static int achieves_nothing(const hoptls_hop *hop)
{
    return !states_tls(hop) && hop->silence != HOPTLS_SILENCE_NOT_NETWORK;
}

/* In how many fields of the message the client writes `what`, and how many of them it profits from. */
static unsigned spoofed(const reading *r, const char *what, size_t len, unsigned *successful)
{
    unsigned found = 0;
    for (size_t i = 0; i < r->report.hops; i++) {
        if (is_in_clients_part(r, &r->hops[i], what, len)) {
            found++;
            *successful += !achieves_nothing(&r->hops[i]);
        }
    }
    return found;
}

static void complain(const char *name, const char *field, size_t len, const char *why)
{
    print_error("# %s: spoof of: %.*s\n#   %s\n", name, (int)len, field, why);
    faults++;
}

/* Behind the word `from`, which is the server's, where the field begins with it. */
static size_t clients_begin(const char *field, size_t len)
{
    return len > 5 && memcmp(field, "from ", 5) == 0 ? 5 : 0;
}

/* How much of the field stands in the message too: all, but for a date that tells nothing. */
static size_t needed(const hoptls_hop *hop, const text *mail, size_t len)
{
    size_t before = strlen("Received: ");
    size_t n = hop->date_text.len > 0 ? hop->date_text.off - before : len;
    if (hop->date_text.len == 0 || hop->proof.off > hop->date_text.off) {
        return len;
    }
    while (n > 0 && (is_blank(mail->ptr[before + n - 1]) || mail->ptr[before + n - 1] == ';')) {
        n--;
    }
    return n;
}

/* `field` is what the server of a row would write of TLS, or of a message that it took from no network. The client of another
 * field of the message has written it, and nothing follows from that. */
static void take_spoof(const char *name, const char *field, size_t len, const reading *r)
{
    text mail = {NULL, 0, 0};
    hoptls_hop hop = hop_of(field, len, &mail);
    size_t begin = clients_begin(field, len);
    size_t end = needed(&hop, &mail, len);
    unsigned successful = 0;
    if (hop.writer == 0 || end <= begin) {
        complain(name, field, len, "no server's field");
    } else if (has_slots(hop.writer) && !states_tls(&hop)) {
        complain(name, field, len, "states no TLS, which this server could");
    } else if (spoofed(r, field + begin, end - begin, &successful) == 0) {
        complain(name, field, len, "does not stand where a client of the message writes");
    } else if (successful > 0) {
        complain(name, field, len, "is believed");
    } else {
        spoofs[hop.writer]++;
    }
    text_free(&mail);
}

static void take_spoofs(const corpus_case *one, const reading *r)
{
    static const char mark[] = "# spoof of: ";
    const char *line = (const char *)one->want.ptr;
    const char *end = line + one->want.len;
    while (line != NULL && line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop != NULL ? stop : end;
        if ((size_t)(stop - line) > sizeof mark && memcmp(line, mark, sizeof mark - 1) == 0) {
            const char *field = line + sizeof mark - 1;
            take_spoof(one->name, field, (size_t)(stop - field), r);
        }
        line = stop + 1;
    }
}

/* ---- the corpus --------------------------------------------------------------------------------------- */

static void take_hops(const reading *r)
{
    for (size_t i = 0; i < r->report.hops; i++) {
        const hoptls_hop *hop = &r->hops[i];
        if (states_tls(hop)) {
            with_tls[hop->writer]++;
        } else {
            without[hop->writer]++;
        }
    }
}

static int is_below(const char *name, const char *folder)
{
    return strncmp(name, folder, strlen(folder)) == 0;
}

/* What is made to deceive or to break shows nothing of a server. */
static void take_case(const corpus_case *one)
{
    reading r = reading_of(one->mail.ptr, one->mail.len);
    const char *slash = strrchr(one->name, '/');
    int spoof = strstr(slash != NULL ? slash : one->name, "spoof") != NULL;
    if (!spoof && !is_below(one->name, "hostile/") && !is_below(one->name, "found/")) {
        take_hops(&r);
    }
    take_spoofs(one, &r);
    reading_free(&r);
}

static void take_corpus(const char *root)
{
    corpus mails = corpus_below(root, 1);
    for (size_t i = 0; i < mails.count; i++) {
        take_case(&mails.list[i]);
    }
    corpus_free(&mails);
}

/* ---- what every row owes ------------------------------------------------------------------------------ */

static unsigned lacks(uint32_t row, const char *what)
{
    const writer_sign *sign = &writers[row].sign[0];
    print_error("# row %u (%s, %.*s): %s\n", (unsigned)row, writers[row].name, (int)sign->len,
                (const char *)sign->text, what);
    return 1;
}

static void a_row_with_slots_has_a_message_with_tls(void **state)
{
    unsigned lacking = 0;
    (void)state;
    for (uint32_t row = 1; row < WRITERS; row++) {
        if (has_slots(row) && with_tls[row] == 0) {
            lacking += lacks(row, "no message with TLS");
        }
    }
    assert_int_equal(lacking, 0);
}

static void a_row_has_a_message_without(void **state)
{
    unsigned lacking = 0;
    (void)state;
    for (uint32_t row = 1; row < WRITERS; row++) {
        if (without[row] == 0 && !is_known_by_its_record(row)) {
            lacking += lacks(row, "no message that is silent of TLS or denies it");
        }
    }
    assert_int_equal(lacking, 0);
}

static void a_row_has_a_spoof(void **state)
{
    unsigned lacking = 0;
    (void)state;
    for (uint32_t row = 1; row < WRITERS; row++) {
        if (spoofs[row] == 0) {
            lacking += lacks(
                row, "no message with a line `# spoof of: FIELD` beside it, in which a client writes it");
        }
    }
    assert_int_equal(lacking, 0);
}

static void what_is_called_a_spoof_is_one(void **state)
{
    (void)state;
    assert_int_equal(faults, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_with_slots_has_a_message_with_tls),
        cmocka_unit_test(a_row_has_a_message_without),
        cmocka_unit_test(a_row_has_a_spoof),
        cmocka_unit_test(what_is_called_a_spoof_is_one),
    };
    if (argc != 2) {
        fprintf(stderr, "usage: test_rows CORPUS\n");
        return EXIT_FAILURE;
    }
    take_corpus(argv[1]);
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
