/* The whole pipeline on whole messages: the use that the header shows, the article's two messages, and what must not
 * change the answer (invariants I2, I6 and I9 of core/README.md). */
#include "cases.h"
#include "hoptls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { MOST = 12 };

/* Hotmail to Proofpoint to LuxSci, as in corpus/article: the recipient's server stands first. */
static const char hotmail_to_luxsci[] =
    "Received: from abc.luxsci.com ([1.1.1.1])\n"
    "\tby def.luxsci.com (8.14.4/8.13.8) with ESMTP id r7JEfLgH003867\n"
    "\t(version=TLSv1/SSLv3 cipher=DHE-RSA-AES256-SHA bits=256 verify=NOT)\n"
    "\tfor <user-xyz@def.luxsci.com>; Mon, 19 Aug 2019 10:41:21 -0400\n"
    "Received: from abc.luxsci.com (localhost.localdomain [127.0.0.1])\n"
    "\tby abc.luxsci.com (8.14.4/8.13.8) with ESMTP id r7JEfK0Z030182\n"
    "\tfor <user-xyz@def.luxsci.com>; Mon, 19 Aug 2019 09:41:20 -0500\n"
    "Received: (from mail@localhost)\n"
    "\tby abc.luxsci.com (8.14.4/8.13.8/Submit) id r7JEfKXD030178\n"
    "\tfor user-xyz@def.luxsci.com; Mon, 19 Aug 2019 09:41:20 -0500\n"
    "Received: from dispatch1-us1.ppe-hosted.com (dispatch1-us1.ppe-hosted.com [2.2.2.2])\n"
    "\tby abc.luxsci.com (8.14.4/8.13.8) with ESMTP id r7JEfIkK030002\n"
    "\t(version=TLSv1/SSLv3 cipher=DHE-RSA-AES256-SHA bits=256 verify=NOT)\n"
    "\tfor <someone@luxsci.net>; Mon, 19 Aug 2019 09:41:19 -0500\n"
    "Received: from unknown [65.54.190.216] (EHLO bay0-omc4-s14.bay0.hotmail.com)\n"
    "\tby dispatch1-us1.ppe-hosted.com.ppe-hosted.com\n"
    "        (envelope-from <someone@hotmail.com>);\n"
    "\tMon, 19 Aug 2019 08:41:18 -0600 (MDT)\n"
    "Received: from BAY403-EAS373 ([65.54.190.199]) by bay0-omc4-s14.bay0.outlook.com\n"
    "       with Microsoft SMTPSVC(6.0.3790.4675); \n"
    "       Mon, 19 Aug 2019 07:41:19 -0700\n"
    "From: someone@hotmail.com\n"
    "Subject: An example\n"
    "\n"
    "The body.\n";

static const char luxsci_to_proofpoint[] =
    "Received: from unknown [44.44.44.44] (EHLO wgh.luxsci.com)\n"
    "\tby dispatch1-us1.ppe-hosted.com.ppe-hosted.com\n"
    "        (using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))\n"
    "\twith ESMTP id b-022.p01c11m003.ppe-hosted.com\n"
    "        (envelope-from <from@domain.com>);\n"
    "\tMon, 02 Feb 2009 19:28:27 -0700 (MST)\n"
    "From: from@domain.com\n"
    "\n";

static const char three_servers[] =
    "Return-Path: <a@example.com>\n"
    "Received: from localhost (localhost [127.0.0.1])\n"
    "\tby mx.example.net (Postfix) with ESMTP id 4DA2F1C03B; Mon, 2 Mar 2026 10:00:02 +0000 (UTC)\n"
    "Received: from out.example.com (out.example.com [192.0.2.1])\n"
    "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n"
    "\t(No client certificate requested)\n"
    "\tby mx.example.net (Postfix) with ESMTPS id 4DA2F1C03A\n"
    "\tfor <b@example.net>; Mon, 2 Mar 2026 10:00:01 +0000 (UTC)\n"
    "Received: from pc.example.com ([198.51.100.7] helo=[10.0.0.5])\n"
    "\tby out.example.com with esmtpsa  (TLS1.2) tls TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\n"
    "\t(Exim 4.96)\n\t(envelope-from <a@example.com>)\n\tid 1mfYh0-0002e8-QW\n"
    "\tfor b@example.net; Mon, 2 Mar 2026 10:00:00 +0000\n"
    "Subject: x\n"
    "\n"
    "y\n";

static const char *const samples[] = {hotmail_to_luxsci, luxsci_to_proofpoint, three_servers};

typedef struct reading {
    hoptls_report report;
    hoptls_hop hops[MOST];
} reading;

static hoptls_msg msg_of(const char *text)
{
    hoptls_msg msg = {(const uint8_t *)text, strlen(text)};
    return msg;
}

static reading read_text(const char *text)
{
    reading r;
    memset(&r, 0, sizeof r);
    assert_int_equal(hoptls_message_read(msg_of(text), NULL, r.hops, MOST, &r.report), HOPTLS_OK);
    return r;
}

/* ---- as the header shows ------------------------------------------------------------------------------- */

static int is_carried_over_tls(const uint8_t *bytes, size_t size)
{
    hoptls_hop hops[32];
    hoptls_report report;
    hoptls_msg msg = {bytes, size};

    if (hoptls_message_read(msg, &(hoptls_policy){.min_version = 0x0303}, hops, 32, &report) < 0)
        return -1;
    return report.claimed == HOPTLS_V_TLS;
}

static void the_use_that_the_header_shows(void **state)
{
    (void)state;
    assert_int_equal(is_carried_over_tls((const uint8_t *)three_servers, strlen(three_servers)), 1);
    assert_int_equal(is_carried_over_tls((const uint8_t *)hotmail_to_luxsci, strlen(hotmail_to_luxsci)), 0);
    assert_int_equal(is_carried_over_tls(NULL, 0), 0);
    assert_int_equal(is_carried_over_tls(NULL, 1), -1);
}

/* ---- the article --------------------------------------------------------------------------------------- */

typedef struct row {
    const char *writer;
    const char *evidence;
    const char *scope;
    const char *verdict;
    const char *basis;
} row;

static void is_row(const hoptls_hop *h, const row *expected)
{
    assert_string_equal(hoptls_writer_name(h->writer), expected->writer);
    assert_string_equal(hoptls_evidence_word(h->evidence), expected->evidence);
    assert_string_equal(hoptls_scope_word(h->scope), expected->scope);
    assert_string_equal(hoptls_verdict_word(h->verdict), expected->verdict);
    assert_string_equal(hoptls_basis_word(h->basis), expected->basis);
}

/* "Was this email transmitted over TLS?" - not on its way from Hotmail to Proofpoint. */
static void the_article_explained(void **state)
{
    static const row rows[] = {
        {"sendmail", "detail", "internal", "tls", "stated"},
        {"sendmail", "silent", "host", "none-needed", "local"},
        {"sendmail", "silent", "host", "none-needed", "local"},
        {"sendmail", "detail", "external", "tls", "stated"},
        {"proofpoint-essentials", "silent", "external", "plain", "silence"},
        {"smtpsvc", "silent", "internal", "plain", "silence"},
    };
    reading r = read_text(hotmail_to_luxsci);

    (void)state;
    assert_int_equal(r.report.hops, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        is_row(&r.hops[i], &rows[i]);
    }
    assert_int_equal(r.report.claimed, HOPTLS_V_PLAIN);
    assert_int_equal(r.report.claimed_hop, 4);
    assert_int_equal(r.hops[5].counts, 0);
}

/* Some version of TLS or SSL, nobody can tell which; and no certificate asked of the client, which is no fault. */
static void what_the_article_says_of_the_details(void **state)
{
    reading r = read_text(hotmail_to_luxsci);
    const hoptls_tls *tls = &r.hops[3].tls;

    (void)state;
    assert_string_equal(hoptls_tls_version_word(tls), "any");
    assert_int_equal(tls->cipher.len, strlen("DHE-RSA-AES256-SHA"));
    assert_memory_equal(hotmail_to_luxsci + tls->cipher.off, "DHE-RSA-AES256-SHA", tls->cipher.len);
    assert_int_equal(tls->bits, 256);
    assert_int_equal(tls->client_cert, HOPTLS_CERT_NOT_ASKED);
}

/* The same server recording TLS: the proof that its silence in the other message tells. */
static void the_articles_second_message(void **state)
{
    static const row only = {"proofpoint-essentials", "detail", "external", "tls", "stated"};
    reading r = read_text(luxsci_to_proofpoint);

    (void)state;
    assert_int_equal(r.report.hops, 1);
    is_row(&r.hops[0], &only);
    assert_string_equal(hoptls_tls_version_word(&r.hops[0].tls), "1.2");
    assert_string_equal(hoptls_suite_name(r.hops[0].tls.suite), "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    assert_int_equal(r.report.claimed, HOPTLS_V_TLS);
}

static void the_steps_of_a_whole_way(void **state)
{
    static const row rows[] = {
        {"postfix", "silent", "host", "none-needed", "local"},
        {"postfix", "detail", "external", "tls", "stated"},
        {"exim", "detail", "internal", "tls", "stated"},
    };
    reading r = read_text(three_servers);

    (void)state;
    assert_int_equal(r.report.hops, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        is_row(&r.hops[i], &rows[i]);
    }
    assert_int_equal(r.report.claimed, HOPTLS_V_TLS);
    assert_int_equal(r.report.claimed_hop, 1);
    assert_int_equal(r.report.counted, 1);
    assert_int_equal(r.report.submission, HOPTLS_V_TLS);
    assert_int_equal(r.report.submission_hop, 2);
    assert_int_equal(r.report.retrieval, 0);
}

static void a_policy_is_passed_on(void **state)
{
    static const hoptls_policy strict = {0x0304, 0, 0, 1, 1, 2};
    hoptls_hop hops[MOST];
    hoptls_report report;

    (void)state;
    assert_int_equal(hoptls_message_read(msg_of(three_servers), &strict, hops, MOST, &report), HOPTLS_OK);
    assert_int_equal(hops[2].verdict, HOPTLS_V_WEAK);
    assert_int_equal(hops[2].weak, HOPTLS_RULE_VERSION);
    assert_int_equal(report.claimed, HOPTLS_V_WEAK);
    assert_int_equal(report.trusted, HOPTLS_V_TLS);
    assert_int_equal(report.trusted_hops, 2);
    assert_int_equal(report.verdict, HOPTLS_V_TLS);
}

/* ---- room for hops (I2, I6) ----------------------------------------------------------------------------- */

/* Hops that do not fit are judged all the same, those that fit are the newest, and no other memory is touched. */
static void room_for_some(const char *text, uint32_t cap)
{
    reading all = read_text(text);
    hoptls_report report;
    hoptls_hop hops[MOST];
    hoptls_hop untouched[MOST];
    uint32_t written = all.report.hops < cap ? all.report.hops : cap;

    memset(hops, 0xFF, sizeof hops);
    memset(untouched, 0xFF, sizeof untouched);
    memset(&report, 0xFF, sizeof report);
    assert_int_equal(hoptls_message_read(msg_of(text), NULL, cap > 0 ? hops : NULL, cap, &report), HOPTLS_OK);
    assert_memory_equal(&report, &all.report, sizeof report);
    assert_memory_equal(hops, all.hops, written * sizeof hops[0]);
    assert_memory_equal(hops + written, untouched, (MOST - written) * sizeof hops[0]);
}

static void any_room_gives_the_same_report(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        for (uint32_t cap = 0; cap < MOST; cap++) {
            room_for_some(samples[i], cap);
        }
    }
}

static void a_thousand_hops_are_counted(void **state)
{
    static const char field[] = "Received: from a by b with ESMTP; 2 Mar 2026 10:00:00 +0000\n";
    enum { FIELDS = 1000, LENGTH = sizeof field - 1 };
    char *text = malloc(FIELDS * LENGTH + 1);
    hoptls_report report;

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < FIELDS; i++) {
        memcpy(text + i * LENGTH, field, LENGTH + 1);
    }
    assert_int_equal(hoptls_message_read(msg_of(text), NULL, NULL, 0, &report), HOPTLS_OK);
    free(text);
    assert_int_equal(report.hops, FIELDS);
    assert_int_equal(report.counted, FIELDS);
    assert_int_equal(report.claimed_hop, 0);
}

/* ---- what must not change the answer (I9) --------------------------------------------------------------- */

typedef struct text {
    char ptr[8192];
    size_t len;
} text;

static void put(text *out, const char *bytes, size_t n)
{
    assert_true(out->len + n < sizeof out->ptr);
    memcpy(out->ptr + out->len, bytes, n);
    out->len += n;
    out->ptr[out->len] = '\0';
}

/* `from` replaced by `to`, wherever it stands. */
static text with_replaced(const char *source, const char *from, const char *to)
{
    text out = {"", 0};
    const char *at = source;
    for (const char *hit = strstr(at, from); hit != NULL; hit = strstr(at, from)) {
        put(&out, at, (size_t)(hit - at));
        put(&out, to, strlen(to));
        at = hit + strlen(from);
    }
    put(&out, at, strlen(at));
    return out;
}

/* All that a reader is told, offsets and lengths apart. */
static void says_the_same(const hoptls_hop *a, const hoptls_hop *b)
{
    assert_int_equal(a->writer, b->writer);
    assert_int_equal(a->evidence, b->evidence);
    assert_int_equal(a->silence, b->silence);
    assert_int_equal(a->scope, b->scope);
    assert_int_equal(a->role, b->role);
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->date, b->date);
    assert_int_equal(a->verdict, b->verdict);
    assert_int_equal(a->basis, b->basis);
    assert_int_equal(a->counts, b->counts);
    assert_int_equal(a->tls.version, b->tls.version);
    assert_int_equal(a->tls.suite, b->tls.suite);
    assert_int_equal(a->tls.bits, b->tls.bits);
    assert_memory_equal(&a->addr, &b->addr, sizeof a->addr);
}

static void is_read_alike(const char *one, const char *other)
{
    reading a = read_text(one);
    reading b = read_text(other);
    assert_int_equal(a.report.hops, b.report.hops);
    for (uint32_t i = 0; i < a.report.hops; i++) {
        says_the_same(&a.hops[i], &b.hops[i]);
    }
    a.report.body = b.report.body;
    assert_memory_equal(&a.report, &b.report, sizeof a.report);
}

static void other_ways_to_write_it_are_read_alike(void **state)
{
    static const char *const changes[][2] = {
        {"\n", "\r\n"},
        {"\n\t", "\n "},
        {"\n\t", "\r\n \t\t "},
        {"\n\t", " "},
        {" by ", "\n\tby "},
        {" with ", " \n\twith "},
        {";", " ;\n\t"},
        {"Received:", "RECEIVED:"},
        {"Received:", "received :"},
        {"from ", "From "},
        {"by ", "BY "},
        {"with ", "With "},
        {" id ", " ID "},
        {"\tfor ", "\tFOR "},
        {"ESMTP", "eSmTp"},
        {": ", ":\t"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        for (size_t k = 0; k < COUNT(changes); k++) {
            text changed = with_replaced(samples[i], changes[k][0], changes[k][1]);
            is_read_alike(samples[i], changed.ptr);
        }
    }
}

/* Not one byte of the answer changes. */
static void bytes_behind_the_header_tell_nothing(void **state)
{
    static const char *const bodies[] = {
        "",
        "\n",
        "y",
        "Received: from a by b with ESMTPS\n\n",
        "\n\nReceived: from a by b (Postfix) with SMTP\n",
        "\xFF\x80\r",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        reading before = read_text(samples[i]);
        for (size_t k = 0; k < COUNT(bodies); k++) {
            text longer = {"", 0};
            reading after;
            put(&longer, samples[i], before.report.body);
            put(&longer, bodies[k], strlen(bodies[k]));
            after = read_text(longer.ptr);
            assert_memory_equal(&after, &before, sizeof after);
        }
    }
}

static void move(hoptls_span *s, uint32_t by)
{
    s->off += s->len > 0 ? by : 0;
}

/* The hop as it is with `by` more bytes in front of it. */
static hoptls_hop moved(const hoptls_hop *h, uint32_t by)
{
    hoptls_hop out = *h;
    hoptls_span *spans[] = {&out.field,     &out.value,      &out.helo,      &out.rdns,
                            &out.by,        &out.with,       &out.id,        &out.recipient,
                            &out.date_text, &out.tls.cipher, &out.tls.group, &out.proof,
                            &out.helo_org,  &out.rdns_org,   &out.by_org,    &out.onward};
    for (size_t i = 0; i < COUNT(spans); i++) {
        move(spans[i], by);
    }
    return out;
}

/* A server that takes the message adds a field on top. What stood there keeps its facts; the first learns of a
 * neighbour. */
static void a_field_on_top_moves_the_others_alone(void **state)
{
    static const char field[] =
        "Received: from z.example.org (z.example.org [203.0.113.9]) by y.example.com (Postfix)\n"
        "\twith ESMTPS id 4DA2F1C0FF; Mon, 2 Mar 2026 11:00:00 +0000\n";
    const uint32_t by = (uint32_t)strlen(field);
    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        reading old = read_text(samples[i]);
        text more = {"", 0};
        reading with;
        put(&more, field, by);
        put(&more, samples[i], strlen(samples[i]));
        with = read_text(more.ptr);
        assert_int_equal(with.report.hops, old.report.hops + 1);
        for (uint32_t k = 0; k < old.report.hops; k++) {
            hoptls_hop expected = moved(&old.hops[k], by);
            if (k == 0) {
                expected.scope = with.hops[1].scope;
                expected.flags |= with.hops[1].flags & (HOPTLS_F_CHAIN_GAP | HOPTLS_F_TIME_BACK);
                expected.parting = with.hops[1].parting;
            }
            expected.journey += with.hops[1].journey - 1;
            assert_memory_equal(&with.hops[k + 1], &expected, sizeof expected);
        }
    }
}

/* ---- messages with little in them ----------------------------------------------------------------------- */

static void a_message_without_hops_is_unknown(void **state)
{
    static const char *const messages[] = {
        "",
        "\n",
        "x",
        "Subject: x\n\ny\n",
        "X-Received: by 10.0.0.1 with SMTPS id 1\n\n",
        "Received-SPF: pass\n\n",
        "Subject: x\n\nReceived: from a by b with ESMTPS; 2 Mar 2026 10:00:00 +0000\n",
        "Subject: x\n Received: from a by b with ESMTPS\n\n",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(messages); i++) {
        reading r = read_text(messages[i]);
        assert_int_equal(r.report.hops, 0);
        assert_int_equal(r.report.verdict, HOPTLS_V_UNKNOWN);
        assert_int_equal(r.report.claimed_hop, HOPTLS_NO_HOP);
        assert_int_equal(r.report.submission_hop, HOPTLS_NO_HOP);
        assert_int_equal(r.report.retrieval_hop, HOPTLS_NO_HOP);
    }
}

static void the_body_begins_behind_the_empty_line(void **state)
{
    static const struct {
        const char *message;
        uint32_t body;
    } table[] = {
        {"A: b\n\nbody", 6},
        {"A: b\r\n\r\nbody", 8},
        {"A: b\n\r\nbody", 7},
        {"\nbody", 1},
        {"A: b\n", 5},
        {"A: b", 4},
        {"", 0},
        {"A: b\n\n", 6},
        {"A: b\n c\n\n\nbody", 9},
        {"A: b\n \n\nbody", 8},
        {"Received: x\n\nbody", 13},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        assert_int_equal(read_text(table[i].message).report.body, table[i].body);
    }
}

/* Protection of the message itself stands beside the hops, from wherever in the header it is told. */
static void protection_is_told_beside(void **state)
{
    static const char before[] =
        "TLS-Required: No\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"\n";
    text whole = {"", 0};
    reading r;

    (void)state;
    put(&whole, before, strlen(before));
    put(&whole, three_servers, strlen(three_servers));
    r = read_text(whole.ptr);
    assert_int_equal(r.report.protection, HOPTLS_P_TLS_OPTIONAL | HOPTLS_P_PGP_MIME);
    assert_int_equal(r.report.claimed, HOPTLS_V_TLS);
    assert_int_equal(read_text(three_servers).report.protection, 0);
}

/* ---- the call ------------------------------------------------------------------------------------------- */

static void wrong_calls_write_nothing(void **state)
{
    const hoptls_msg none = {NULL, 1};
    const hoptls_msg huge = {(const uint8_t *)three_servers, (size_t)UINT32_MAX + 1};
    reading r;
    reading before;

    (void)state;
    memset(&r, 0x5A, sizeof r);
    before = r;
    assert_int_equal(hoptls_message_read(msg_of(three_servers), NULL, r.hops, MOST, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_message_read(msg_of(three_servers), NULL, NULL, 1, &r.report), HOPTLS_E_ARG);
    assert_int_equal(hoptls_message_read(none, NULL, r.hops, MOST, &r.report), HOPTLS_E_ARG);
    if (SIZE_MAX > UINT32_MAX) { /* else no length is too long */
        assert_int_equal(hoptls_message_read(huge, NULL, r.hops, MOST, &r.report), HOPTLS_E_SIZE);
    }
    assert_memory_equal(&r, &before, sizeof r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_use_that_the_header_shows),
        cmocka_unit_test(the_article_explained),
        cmocka_unit_test(what_the_article_says_of_the_details),
        cmocka_unit_test(the_articles_second_message),
        cmocka_unit_test(the_steps_of_a_whole_way),
        cmocka_unit_test(a_policy_is_passed_on),
        cmocka_unit_test(any_room_gives_the_same_report),
        cmocka_unit_test(a_thousand_hops_are_counted),
        cmocka_unit_test(other_ways_to_write_it_are_read_alike),
        cmocka_unit_test(bytes_behind_the_header_tell_nothing),
        cmocka_unit_test(a_field_on_top_moves_the_others_alone),
        cmocka_unit_test(a_message_without_hops_is_unknown),
        cmocka_unit_test(the_body_begins_behind_the_empty_line),
        cmocka_unit_test(protection_is_told_beside),
        cmocka_unit_test(wrong_calls_write_nothing),
    };
    return cmocka_run_group_tests_name("message", tests, NULL, NULL);
}
