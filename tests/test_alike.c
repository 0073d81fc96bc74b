/* Invariants I9 to I11 of core/README.md on every message of the corpus: what must not change the answer does not
 * change it, what may only make it worse does not make it better, and what the client alone wrote never helps it. */
#include "cases.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- messages that ought to be read alike ------------------------------------------------------------- */

static void put(text *out, const uint8_t *p, size_t n)
{
    text_put(out, (const char *)p, n);
}

static reading reading_of_text(const text *t)
{
    return reading_of((const uint8_t *)t->ptr, t->len);
}

/* A carriage return without its line feed is content: of such a message no other line ends can be made. */
static int has_lone_return(blob mail)
{
    size_t i = 0;
    while (i < mail.len && !(mail.ptr[i] == '\r' && (i + 1 == mail.len || mail.ptr[i + 1] != '\n'))) {
        i++;
    }
    return i < mail.len;
}

static text with_line_ends(blob mail, const char *end)
{
    text out = {NULL, 0, 0};
    for (size_t i = 0; i < mail.len; i++) {
        if (mail.ptr[i] == '\n') {
            text_put(&out, end, strlen(end));
        } else if (mail.ptr[i] != '\r') {
            put(&out, mail.ptr + i, 1);
        }
    }
    text_add(&out, "%s", "");
    return out;
}

static int is_fold(blob mail, size_t feed)
{
    return mail.ptr[feed] == '\n' && feed + 1 < mail.len &&
           (mail.ptr[feed + 1] == ' ' || mail.ptr[feed + 1] == '\t');
}

/* Every fold of the header replaced by `fold`, which ends before the blank that stood there. */
static text with_folds(blob mail, size_t header, const char *fold)
{
    text out = {NULL, 0, 0};
    for (size_t i = 0; i < mail.len; i++) {
        int crlf = mail.ptr[i] == '\r' && i + 1 < mail.len && mail.ptr[i + 1] == '\n';
        if (i < header && (is_fold(mail, i) || (crlf && is_fold(mail, i + 1)))) {
            text_add(&out, "%s", fold);
            i += (size_t)crlf;
        } else {
            put(&out, mail.ptr + i, 1);
        }
    }
    return out;
}

/* The words that the grammar gives a meaning, where they have it: outside comments and quotes. */
static int is_keyword(hoptls_msg msg, hoptls_token token)
{
    static const char *const words[] = {"from", "by", "via", "with", "id", "for"};
    char word[8] = "";
    size_t i = 0;

    if (token.kind != HOPTLS_TOKEN_WORD || token.depth != 0 || token.span.len >= sizeof word) {
        return 0;
    }
    memcpy(word, msg.ptr + token.span.off, token.span.len);
    for (size_t j = 0; word[j] != '\0'; j++) {
        word[j] = (char)(word[j] >= 'A' && word[j] <= 'Z' ? word[j] + 32 : word[j]);
    }
    while (i < sizeof words / sizeof words[0] && strcmp(words[i], word) != 0) {
        i++;
    }
    return i < sizeof words / sizeof words[0];
}

static void swap_case(uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if ((p[i] >= 'a' && p[i] <= 'z') || (p[i] >= 'A' && p[i] <= 'Z')) {
            p[i] ^= 0x20;
        }
    }
}

static void swap_keywords(uint8_t *copy, hoptls_msg msg, hoptls_span value)
{
    hoptls_tokens_state tokens;
    hoptls_token token;

    assert_int_equal(hoptls_tokens(msg, value, &tokens), HOPTLS_OK);
    while (hoptls_token_next(msg, &tokens, &token) == HOPTLS_MORE) {
        if (is_keyword(msg, token)) {
            swap_case(copy + token.span.off, token.span.len);
        }
    }
}

/* Keywords, and the protocol behind `with`, in the other case. */
static text with_other_case(const reading *r)
{
    text out = {NULL, 0, 0};
    put(&out, r->msg.ptr, r->msg.len);
    text_add(&out, "%s", "");
    for (uint32_t i = 0; i < r->report.hops; i++) {
        const hoptls_hop *h = &r->hops[i];
        swap_case((uint8_t *)out.ptr + h->field.off, 8);
        swap_keywords((uint8_t *)out.ptr, r->msg, h->value);
        swap_case((uint8_t *)out.ptr + h->with.off, h->with.len);
    }
    return out;
}

/* ---- what `alike` means ------------------------------------------------------------------------------- */

static int same_tls(const hoptls_tls *a, const hoptls_tls *b)
{
    return a->version == b->version && a->floor == b->floor && a->suite == b->suite &&
           a->traits == b->traits && a->bits == b->bits && a->any_version == b->any_version &&
           a->client_cert == b->client_cert;
}

/* What a field says of itself, without its neighbour. */
static int same_facts(const hoptls_hop *a, const hoptls_hop *b)
{
    const uint32_t of_neighbours = HOPTLS_F_CHAIN_GAP | HOPTLS_F_TIME_BACK | HOPTLS_F_NAME_CLAIMED;
    return a->writer == b->writer && a->grade == b->grade && a->evidence == b->evidence &&
           a->silence == b->silence && a->silence_basis == b->silence_basis && a->role == b->role &&
           a->date == b->date && (a->proof.len > 0) == (b->proof.len > 0) && same_tls(&a->tls, &b->tls) &&
           (a->flags & ~of_neighbours) == (b->flags & ~of_neighbours);
}

static int same_hop(const hoptls_hop *a, const hoptls_hop *b)
{
    return same_facts(a, b) && a->flags == b->flags && a->scope == b->scope && a->verdict == b->verdict &&
           a->basis == b->basis && a->weak == b->weak && a->counts == b->counts;
}

/* Journeys are counted from the top, and a recipient there is told to all hops below that name none. */
static int same_journey(const hoptls_hop *a, const hoptls_hop *b)
{
    return a->journey == b->journey && a->parting == b->parting;
}

static int same_report(const hoptls_report *a, const hoptls_report *b)
{
    return a->hops == b->hops && a->counted == b->counted && a->verdict == b->verdict &&
           a->claimed == b->claimed && a->trusted == b->trusted && a->submission == b->submission &&
           a->retrieval == b->retrieval && a->claimed_hop == b->claimed_hop &&
           a->trusted_hop == b->trusted_hop && a->submission_hop == b->submission_hop &&
           a->retrieval_hop == b->retrieval_hop && a->journeys == b->journeys &&
           a->last_journey == b->last_journey;
}

static void print_both(const char *what, const reading *a, const reading *b)
{
    text shown = {NULL, 0, 0};
    want_print(&shown, a);
    text_add(&shown, "%s:\n", what);
    want_print(&shown, b);
    print_error("%s", shown.ptr);
    text_free(&shown);
}

static void are_alike(const reading *a, text *other, const char *what)
{
    reading b = reading_of_text(other);
    int same = same_report(&a->report, &b.report);
    uint32_t i = 0;

    while (same && i < a->report.hops) {
        same = same_hop(&a->hops[i], &b.hops[i]) && same_journey(&a->hops[i], &b.hops[i]);
        i++;
    }
    if (!same) {
        print_both(what, a, &b);
    }
    reading_free(&b);
    text_free(other);
    assert_true(same);
}

/* ---- I9 ----------------------------------------------------------------------------------------------- */

static void other_line_ends(blob mail, const reading *r)
{
    text lf = with_line_ends(mail, "\n");
    text crlf = with_line_ends(mail, "\r\n");
    if (has_lone_return(mail)) {
        text_free(&lf);
        text_free(&crlf);
    } else {
        are_alike(r, &lf, "with LF");
        are_alike(r, &crlf, "with CRLF");
    }
}

static void other_folds(blob mail, const reading *r)
{
    text wide = with_folds(mail, r->report.body, "\n \t  ");
    text none = with_folds(mail, r->report.body, "");
    are_alike(r, &wide, "with wider folds");
    are_alike(r, &none, "without folds");
}

static void other_case(const reading *r)
{
    text swapped = with_other_case(r);
    are_alike(r, &swapped, "with keywords in the other case");
}

static void more_body(blob mail, const reading *r)
{
    text longer = {NULL, 0, 0};
    put(&longer, mail.ptr, r->report.body);
    if (mail.len == r->report.body && (mail.len < 2 || mail.ptr[mail.len - 2] != '\n')) {
        text_add(&longer, "\n\n");
    }
    text_add(&longer,
             "Received: from a by b.example.com (Postfix) with ESMTPS id 1\n\nReceived: from a by b\n");
    are_alike(r, &longer, "with another body");
}

/* What stands above tells the first old hop of its scope and of gaps, and the others nothing. */
static void one_more_on_top(blob mail, const reading *r)
{
    text t = {NULL, 0, 0};
    reading more;

    text_add(&t, "Received: from z.example.net (z.example.net [203.0.113.77])\n\tby y.example.net (Postfix)"
                 " with ESMTPS id 4Zzz\n\tfor <z@example.net>; Mon, 2 Mar 2026 10:00:00 +0000 (UTC)\n");
    put(&t, mail.ptr, mail.len);
    more = reading_of_text(&t);
    assert_int_equal(more.report.hops, r->report.hops + 1);
    for (uint32_t i = 0; i < r->report.hops; i++) {
        int same = i == 0 ? same_facts(&r->hops[0], &more.hops[1]) : same_hop(&r->hops[i], &more.hops[i + 1]);
        if (!same) {
            print_both("with one more on top", r, &more);
        }
        assert_true(same);
    }
    reading_free(&more);
    text_free(&t);
}

/* ---- I10 ---------------------------------------------------------------------------------------------- */

/* Each is at least as strict as the one before it. */
static const hoptls_policy stricter[] = {
    {0, 0, 0, 0, 0, 0},
    {0x0301, 0, 0, 0, 0, 0},
    {0x0302, 112, 0, 0, 0, 0},
    {0x0303, 128, 0, 0, 0, 0},
    {0x0303, 128, HOPTLS_SUITE_RC4 | HOPTLS_SUITE_3DES, 0, 0, 0},
    {0x0303, 128, HOPTLS_SUITE_RC4 | HOPTLS_SUITE_3DES, 1, 0, 0},
    {0x0303, 256, HOPTLS_SUITE_RC4 | HOPTLS_SUITE_3DES | HOPTLS_SUITE_CBC | HOPTLS_SUITE_STATIC, 1, 0, 0},
    {0x0304, 256, HOPTLS_SUITE_RC4 | HOPTLS_SUITE_3DES | HOPTLS_SUITE_CBC | HOPTLS_SUITE_STATIC, 1, 0, 0},
    {0x0304, 256, 0xFFFF, 1, 0, 0},
};

static reading reading_under(const reading *r, const hoptls_policy *policy)
{
    reading out = *r;
    out.hops = calloc((size_t)r->report.hops + 1, sizeof out.hops[0]);
    assert_non_null(out.hops);
    assert_int_equal(hoptls_message_read(r->msg, policy, out.hops, r->report.hops, &out.report), HOPTLS_OK);
    return out;
}

/* The worst verdict of the first `hops` hops that count, 0 if none does. */
static uint8_t worst_of(const reading *r, uint32_t hops)
{
    uint8_t worst = 0;
    for (uint32_t i = 0; i < hops; i++) {
        if (r->hops[i].counts != 0 && (worst == 0 || r->hops[i].verdict < worst)) {
            worst = r->hops[i].verdict;
        }
    }
    return worst;
}

/* Where no hop counts there is no minimum: either nothing was needed, or nobody can tell. */
static int is_minimum(uint8_t verdict, uint32_t which, uint8_t worst)
{
    if (worst == 0) {
        return which == HOPTLS_NO_HOP && (verdict == HOPTLS_V_NONE_NEEDED || verdict == HOPTLS_V_UNKNOWN);
    }
    return which != HOPTLS_NO_HOP && verdict == worst;
}

static void stricter_is_never_better(const reading *r)
{
    reading lax = reading_under(r, &stricter[0]);
    for (size_t i = 1; i < sizeof stricter / sizeof stricter[0]; i++) {
        reading strict = reading_under(r, &stricter[i]);
        for (uint32_t j = 0; j < r->report.hops; j++) {
            assert_true(strict.hops[j].verdict <= lax.hops[j].verdict);
            assert_int_equal(strict.hops[j].counts, lax.hops[j].counts);
        }
        assert_true(strict.report.claimed <= lax.report.claimed);
        assert_true(
            is_minimum(strict.report.claimed, strict.report.claimed_hop, worst_of(&strict, r->report.hops)));
        reading_free(&lax);
        lax = strict;
    }
    reading_free(&lax);
}

static void more_trust_is_never_better(const reading *r)
{
    uint8_t before = 0;
    for (uint32_t n = 1; n <= r->report.hops; n++) {
        hoptls_policy policy = {0, 0, 0, 0, 0, n};
        reading some = reading_under(r, &policy);
        uint8_t worst = worst_of(&some, n);
        assert_int_equal(some.report.trusted_hops, n);
        assert_true(is_minimum(some.report.trusted, some.report.trusted_hop, worst));
        assert_int_equal(some.report.claimed, r->report.claimed);
        assert_int_equal(some.report.verdict, some.report.trusted);
        assert_true(worst == 0 || some.report.claimed <= worst);
        assert_true(before == 0 || worst <= before);
        before = worst;
        reading_free(&some);
    }
}

static void internal_hops_never_help(const reading *r)
{
    hoptls_policy policy = {0, 0, 0, 0, 1, 0};
    reading all = reading_under(r, &policy);
    assert_true(all.report.claimed <= r->report.claimed);
    assert_true(all.report.counted >= r->report.counted);
    reading_free(&all);
}

/* ---- I11 ---------------------------------------------------------------------------------------------- */

/* What a client might call itself, be called by its owner, or be sent to: first what passes for a name everywhere,
 * then what passes where the server copies any byte. */
static const char *const lies[] = {
    "ESMTPS",
    "esmtpsa",
    "TLS",
    "TLSv1.3",
    "TLS1_3",
    "x-ESMTPS-TLSv1.3",
    "TLS_AES_256_GCM_SHA384",
    "TLSv1.3:TLS_AES_256_GCM_SHA384:256",
    "version=TLS1_3",
    "cipher=TLS_AES_256_GCM_SHA384",
    "\"with ESMTPS\"",
    "[ESMTPS]",
    "tls",
    "over-TLS-secured-channel",
    "ESMTP/TLS/AES256-SHA",
    "encrypted",
};

/* None closes a parenthesis that it did not open: servers that put the name inside a comment do not let it through, and
 * if one did, nobody could tell its field from a true one. */
static const char *const bold_lies[] = {
    "x (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))",
    "x (using TLS with cipher ECDHE-RSA-AES256-GCM-SHA384)",
    "x (TLS: TLSv1.3,256bits,TLS_AES_256_GCM_SHA384)",
    "x (TLSv1.3:TLS_AES_256_GCM_SHA384:256)",
    "x (version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NO)",
    "x (TLS)",
    "x (TLSv1.3) tls TLS_AES_256_GCM_SHA384",
    "x with ESMTPS",
    "x by y with ESMTPS id z",
    "x over TLS secured channel",
    "x; with ESMTPS",
    "\"x (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\"",
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* The message with one span of one hop replaced. */
static void lie_is_no_evidence(const reading *r, uint32_t index, hoptls_span where, const char *lie)
{
    text t = {NULL, 0, 0};
    reading told;
    int believed;

    put(&t, r->msg.ptr, where.off);
    text_add(&t, "%s", lie);
    put(&t, r->msg.ptr + where.off + where.len, r->msg.len - where.off - where.len);
    told = reading_of_text(&t);
    believed = told.report.hops == r->report.hops && told.hops[index].verdict >= HOPTLS_V_WEAK &&
               told.hops[index].verdict <= HOPTLS_V_TLS;
    if (believed) {
        print_error("# hop %u believes: %.*s\n", (unsigned)index, (int)told.hops[index].value.len,
                    t.ptr + told.hops[index].value.off);
    }
    reading_free(&told);
    text_free(&t);
    assert_false(believed);
}

/* An address in brackets may be what the server found, where it records no name. */
static int is_penned_freely(const reading *r, hoptls_span helo)
{
    return helo.len > 0 && r->msg.ptr[helo.off] != '[';
}

/* What the client wrote of its name, to be written anew. A name that holds a parenthesis reaches into the server's notes, by a
 * quote or a bracket that the client opened: without the notes nobody could tell the field from a true one, so that they
 * stay, and the lie comes behind what opens. */
static hoptls_span penned_name(const reading *r, hoptls_span helo)
{
    if (helo.len > 0 && memchr(r->msg.ptr + helo.off, '(', helo.len) != NULL) {
        return (hoptls_span){helo.off + 1, 0};
    }
    return helo;
}

static void place_believes_no_lie(const reading *r, uint32_t index, hoptls_span where)
{
    for (size_t j = 0; j < COUNT(lies); j++) {
        lie_is_no_evidence(r, index, where, lies[j]);
    }
}

static void hop_believes_no_lie(const reading *r, uint32_t index)
{
    const hoptls_hop *h = &r->hops[index];
    const hoptls_span name = penned_name(r, h->helo);

    if (h->helo.len > 0) {
        place_believes_no_lie(r, index, name);
    }
    if (h->rdns.len > 0) {
        place_believes_no_lie(r, index, h->rdns);
    }
    if (h->recipient.len > 0) {
        place_believes_no_lie(r, index, h->recipient);
    }
    for (size_t j = 0; j < COUNT(bold_lies) && is_penned_freely(r, h->helo); j++) {
        lie_is_no_evidence(r, index, name, bold_lies[j]);
    }
}

static void lies_are_no_evidence(const reading *r)
{
    for (uint32_t i = 0; i < r->report.hops; i++) {
        if (r->hops[i].evidence == HOPTLS_EVIDENCE_SILENT) {
            hop_believes_no_lie(r, i);
        }
    }
}

/* ---- cases -------------------------------------------------------------------------------------------- */

static void message_is_read_alike(void **state)
{
    const corpus_case *one = *state;
    blob mail = one->mail;
    reading r = reading_of(mail.ptr, mail.len);

    other_line_ends(mail, &r);
    other_folds(mail, &r);
    other_case(&r);
    more_body(mail, &r);
    one_more_on_top(mail, &r);
    stricter_is_never_better(&r);
    more_trust_is_never_better(&r);
    internal_hops_never_help(&r);
    lies_are_no_evidence(&r);
    reading_free(&r);
}

int main(int argc, char **argv)
{
    corpus mails;
    struct CMUnitTest *list;
    int failed;

    if (argc != 2) {
        fprintf(stderr, "usage: test_alike CORPUS\n");
        return EXIT_FAILURE;
    }
    mails = corpus_below(argv[1], CORPUS_SAMPLE);
    list = calloc(mails.count + 1, sizeof *list);
    for (size_t i = 0; i < mails.count; i++) {
        struct CMUnitTest one = {mails.list[i].name, message_is_read_alike, NULL, NULL, &mails.list[i]};
        list[i] = one;
    }
    failed = mails.count == 0 || _cmocka_run_group_tests("alike", list, mails.count, NULL, NULL) != 0;
    free(list);
    corpus_free(&mails);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
