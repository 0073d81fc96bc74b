/* Tokens into clauses (RFC 5321 section 4.4): in which place each word and comment of a real field stands, and that
 * nothing which the client wrote stands in a place of the server's. */
#include "cases.h"
#include "internal.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define DATE "2 Mar 2026 10:00:00 +0000"

/* ---- the notation of expectations --------------------------------------------------------------------- */

/* `places`: for each place a letter (Start From By Via With Id foR Tail), then a letter for each of its items: keyword,
 * word, quoted, literal, angle, comment, semicolon, ! for what is stray; a capital where it is the first of its clause, which the tail has none of.
 * `spans`: helo | by | via | with | id | recipient. */
typedef struct clause_case {
    const char *value;
    const char *places;
    const char *spans;
    uint32_t flags;
} clause_case;

typedef struct line {
    char ptr[2048];
    size_t len;
} line;

static void put(line *out, const void *bytes, size_t n)
{
    assert_true(out->len + n < sizeof out->ptr);
    memcpy(out->ptr + out->len, bytes, n);
    out->len += n;
    out->ptr[out->len] = '\0';
}

static void say(line *out, const char *before, const char *text, const char *behind)
{
    put(out, before, strlen(before));
    put(out, text, strlen(text));
    put(out, behind, strlen(behind));
}

/* How many words a date has: each is shown, as if it were an item of its own. */
static uint32_t words_of(const char *value, const clause_item *item)
{
    uint32_t words = 1;
    for (uint32_t i = 1; item->kind == ITEM_DATE && i < item->span.len; i++) {
        words += value[item->span.off + i] == ' ' && value[item->span.off + i - 1] != ' ';
    }
    return words;
}

static char letter_of(const clause_item *item)
{
    static const char letters[] = "kwqlac;!w";
    char c = letters[item->kind];
    int shown = item->first && item->place != PLACE_TAIL && c >= 'a';
    return (char)(shown ? c - 'a' + 'A' : c);
}

static line show_places(const char *value, const clauses *c)
{
    line out = {"", 0};
    for (uint32_t i = 0; i < c->count; i++) {
        char letter = letter_of(&c->item[i]);
        if (i == 0 || c->item[i].place != c->item[i - 1].place) {
            put(&out, " ", i > 0);
            put(&out, &"SFBVWIRT"[c->item[i].place], 1);
            put(&out, ":", 1);
        }
        for (uint32_t k = words_of(value, &c->item[i]); k > 0; k--) {
            put(&out, &letter, 1);
        }
    }
    return out;
}

static line show_spans(const char *value, const clauses *c)
{
    const hoptls_span spans[] = {c->helo, c->by, c->via, c->with, c->id, c->recipient};
    line out = {"", 0};
    for (size_t i = 0; i < COUNT(spans); i++) {
        put(&out, " | ", i > 0 ? 3 : 0);
        put(&out, spans[i].len > 0 ? value + spans[i].off : "-", spans[i].len > 0 ? spans[i].len : 1);
    }
    return out;
}

static clauses read_text(const char *value)
{
    clauses c;
    hoptls_span all = {0, (uint32_t)strlen(value)};
    hoptls_clauses_read((const uint8_t *)value, all, &c);
    return c;
}

/* Returns 1 and tells why, if a case does not hold. */
static int differs(const clause_case *expected)
{
    clauses c = read_text(expected->value);
    line places = show_places(expected->value, &c);
    line spans = show_spans(expected->value, &c);

    if (strcmp(places.ptr, expected->places) != 0 || strcmp(spans.ptr, expected->spans) != 0 ||
        c.flags != expected->flags) {
        print_error("# %s\n# expected %s   %s   %x\n# got      %s   %s   %x\n", expected->value,
                    expected->places, expected->spans, (unsigned)expected->flags, places.ptr, spans.ptr,
                    (unsigned)c.flags);
        return 1;
    }
    return 0;
}

static void check_cases(const clause_case *table, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        wrong += differs(&table[i]);
    }
    assert_int_equal(wrong, 0);
}

/* ---- real shapes -------------------------------------------------------------------------------------- */

/* clang-format off */
static void servers_with_public_source(void **state)
{
    static const clause_case table[] = {
        /* Postfix */
        {"from mx.example.com (mx.example.com [192.0.2.1])\r\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n"
         "\t key-exchange ECDHE (P-256) server-signature RSA-PSS (2048 bits) server-digest SHA256)\r\n\t(Client CN \"a\", Issuer \"b\" (not verified))\r\n"
         "\tby mx.example.net (Postfix) with ESMTPS id 4ZzzA1Dz2Zc\r\n\tfor <a@example.net>; Mon, " DATE " (UTC)",
         "F:kWccc B:kWc W:kW I:kW R:kA; T:wwwwwwc", "mx.example.com | mx.example.net | - | ESMTPS | 4ZzzA1Dz2Zc | <a@example.net>", 0},
        {"by mx.example.net (Postfix, from userid 1000) id 4A; " DATE,
         "B:kWc I:kW; T:wwwww", "- | mx.example.net | - | - | 4A | -", HOPTLS_F_NO_FROM},
        {"from a.example.com (unknown [192.0.2.1]) (Authenticated sender: by) by mx.example.net (Postfix) with ESMTPSA id 4A; " DATE " (envelope-from a@example.com)",
         "F:kWcc B:kWc W:kW I:kW; T:wwwwwc", "a.example.com | mx.example.net | - | ESMTPSA | 4A | -", 0},
        /* Exim */
        {"from mx.example.com ([192.0.2.1]:40000 helo=b) by mx.example.net with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96)"
         " (envelope-from <a@example.com>) id 1mfYh0-0002e8-QW for a@example.net; " DATE,
         "F:kWc B:kW W:kWcwwcc I:kW R:kW; T:wwwww", "mx.example.com | mx.example.net | - | esmtps | 1mfYh0-0002e8-QW | a@example.net", 0},
        {"from [192.0.2.1] (port=40000 helo=a) by mx.example.net with esmtpsa (TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384:256) (Exim 4.92 #1 (Debian)) id 1mfYh0-0002e8-QW; " DATE,
         "F:kLc B:kW W:kWcc I:kW; T:wwwww", "[192.0.2.1] | mx.example.net | - | esmtpsa | 1mfYh0-0002e8-QW | -", 0},
        /* Sendmail */
        {"from a.example.com (mx.example.com [192.0.2.1] (may be forged)) (authenticated bits=0) by mx.example.net (8.15.2/8.15.2) with ESMTPSA id 0A1b2C3d012345"
         " (version=TLSv1.2 cipher=AES256-SHA bits=256 verify=NO) for <a@example.net>; " DATE,
         "F:kWcc B:kWc W:kW I:kWc R:kA; T:wwwww", "a.example.com | mx.example.net | - | ESMTPSA | 0A1b2C3d012345 | <a@example.net>", 0},
        {"(from a@localhost) by mx.example.net (8.14.4/8.14.4/Submit) id 0A1b2C3d012345 for a@example.net; " DATE,
         "S:c B:kWc I:kW R:kW; T:wwwww", "- | mx.example.net | - | - | 0A1b2C3d012345 | a@example.net", HOPTLS_F_NO_FROM},
        /* OpenSMTPD 6.0, and before 5.5, where a semicolon ends every line */
        {"from a.example.com (a.example.com [192.0.2.1]) by mx.example.net (OpenSMTPD) with ESMTPSA id 01234567 (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO) auth=yes user=a for <a@example.net>; " DATE,
         "F:kWc B:kWc W:kW I:kWcww R:kA; T:wwwww", "a.example.com | mx.example.net | - | ESMTPSA | 01234567 | <a@example.net>", 0},
        {"from a.example.com (a.example.com [192.0.2.1]);\n\tby mx.example.net (OpenSMTPD) with ESMTP id 01234567;\n\tTLS version=TLSv1 cipher=AES256-SHA bits=256 verify=NO;\n\tfor <a@example.net>;\n\t" DATE,
         "F:kWc; B:kWc W:kW I:kW;wwwww; R:kA; T:wwwww", "a.example.com | mx.example.net | - | ESMTP | 01234567 | <a@example.net>", 0},
        /* qmail, its patches for TLS, s/qmail, indimail, qpsmtpd */
        {"from unknown (HELO a.example.com) (192.0.2.1)\n  by mx.example.net with SMTP; 2 Mar 2026 10:00:00 -0000",
         "F:kWcc B:kW W:kW; T:wwwww", "unknown | mx.example.net | - | SMTP | - | -", 0},
        {"(qmail 1234 invoked by uid 89); 2 Mar 2026 10:00:00 -0000",
         "S:c; T:wwwww", "- | - | - | - | - | -", HOPTLS_F_NO_FROM | HOPTLS_F_NO_BY},
        {"from a.example.com (192.0.2.1) by mx.example.net with AES256-SHA encrypted SMTP; " DATE,
         "F:kWc B:kW W:kWww; T:wwwww", "a.example.com | mx.example.net | - | AES256-SHA encrypted SMTP | - | -", 0},
        {"from a.example.com (192.0.2.1) by mx.example.net with (AES256-SHA encrypted) SMTP; " DATE,
         "F:kWc B:kW W:kcW; T:wwwww", "a.example.com | mx.example.net | - | SMTP | - | -", 0},
        {"from a.example.com (192.0.2.1) by mx.example.net with ESMTPS (AES256-SHA encrypted)\n  (cert a@example.com); " DATE,
         "F:kWc B:kW W:kWcc; T:wwwww", "a.example.com | mx.example.net | - | ESMTPS | - | -", 0},
        {"from a.example.com (HELO b) (192.0.2.1)\n  de/crypted with TLSv1.3: TLS_AES_256_GCM_SHA384 [256/256] DN=none\n  by mx.example.net with ESMTPS; " DATE,
         "F:kWccwkWwlw B:kW W:kW; T:wwwww", "a.example.com | mx.example.net | - | ESMTPS | - | -", 0},
        {"indimail-mta smtpd 1234 from a.example.com (HELO b) (192.0.2.1) by mx.example.net with UTF8ESMTPS (TLSv1.3 TLS_AES_256_GCM_SHA384 bits=256); " DATE,
         "S:Www F:kWcc B:kW W:kWc; T:wwwww", "a.example.com | mx.example.net | - | UTF8ESMTPS | - | -", 0},
        {"from a.example.com (HELO b) (192.0.2.1)\n by mx.example.net (qpsmtpd/0.84) with (AES256-SHA encrypted) ESMTP; " DATE,
         "F:kWcc B:kWc W:kcW; T:wwwww", "a.example.com | mx.example.net | - | ESMTP | - | -", 0},
        /* Courier, Dovecot, Cyrus */
        {"from a.example.com (a.example.com [192.0.2.1])\n  (AUTH: PLAIN a, TLS: TLSv1.2,256bits,AES256-SHA)\n  by mx.example.net with ESMTPSA\n  id 00E5.622D.5824; " DATE,
         "F:kWcc B:kW W:kW I:kW; T:wwwww", "a.example.com | mx.example.net | - | ESMTPSA | 00E5.622D.5824 | -", 0},
        {"from a.example.com ([192.0.2.1])\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n\tby mx.example.net with LMTPS\n\tid EGCA:T1\n\t(envelope-from <a@example.com>)\n\tfor <a@example.net>; " DATE,
         "F:kWcc B:kW W:kW I:kWc R:kA; T:wwwww", "a.example.com | mx.example.net | - | LMTPS | EGCA:T1 | <a@example.net>", 0},
        {"from a.example.com ([unix socket]) by mx.example.net (Cyrus 3.0) with LMTPA; " DATE,
         "F:kWc B:kWc W:kW; T:wwwww", "a.example.com | mx.example.net | - | LMTPA | - | -", 0},
        /* Haraka, ZoneMTA, James, Stalwart, maddy, mox, chasquid, KumoMTA, hMailServer, amavis */
        {"from a.example.com (a.example.com [192.0.2.1])\n\tby mx.example.net (Haraka/3.0.1) with ESMTPSA id 6A-1.1\n\tenvelope-from <a@example.com>\n\ttls TLS_AES_256_GCM_SHA384 (authenticated bits=0);\n\t" DATE,
         "F:kWc B:kWc W:kW I:kWwawwc; T:wwwww", "a.example.com | mx.example.net | - | ESMTPSA | 6A-1.1 | -", 0},
        {"(Haraka outbound); " DATE,
         "S:c; T:wwwww", "- | - | - | - | - | -", HOPTLS_F_NO_FROM | HOPTLS_F_NO_BY},
        {"from a.example.com ([192.0.2.1] b) by mx.example.net (ZoneMTA) with ESMTPS id 16f8.001\n for <a@example.net>\n (version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384); " DATE,
         "F:kWc B:kWc W:kW I:kW R:kAc; T:wwwww", "a.example.com | mx.example.net | - | ESMTPS | 16f8.001 | <a@example.net>", 0},
        {"from a.example.com (EHLO b) ([192.0.2.1])\n by mx.example.net (JAMES SMTP Server ) with ESMTPA ID 1234\n for <a@example.net> (PRIORITY 0);\n " DATE,
         "F:kWcc B:kWc W:kW I:kW R:kAc; T:wwwww", "a.example.com | mx.example.net | - | ESMTPA | 1234 | <a@example.net>", 0},
        {"from a.example.com (b [192.0.2.1] (AS64496 Example, by, ZZ))\r\n\t(using TLSv1.3 with cipher TLS13_AES_256_GCM_SHA384)\r\n\tby mx.example.net (Stalwart SMTP) with ESMTPS id 1A2B;\r\n\t" DATE,
         "F:kWcc B:kWc W:kW I:kW; T:wwwww", "a.example.com | mx.example.net | - | ESMTPS | 1A2B | -", 0},
        {"by mx.example.net (envelope-sender <a@example.com>) with UTF8ESMTPS id 1a2b; " DATE,
         "B:kWc W:kW I:kW; T:wwwww", "- | mx.example.net | - | UTF8ESMTPS | 1a2b | -", HOPTLS_F_NO_FROM},
        {"from a.example.com (b [192.0.2.1]) by mx.example.net ([198.51.100.1]) via tcp with ESMTPS id aB (TLS1.3 TLS_AES_256_GCM_SHA384) for <a@example.net>; " DATE,
         "F:kWc B:kWc V:kW W:kW I:kWc R:kA; T:wwwww", "a.example.com | mx.example.net | tcp | ESMTPS | aB | <a@example.net>", 0},
        {"from [192.0.2.1] (a.example.com)\n\tby mx.example.net (chasquid) with ESMTP\n\t(over SMTP, plain text!, envelope from \"a@example.com\")\n\t; " DATE,
         "F:kLc B:kWc W:kWc; T:wwwww", "[192.0.2.1] | mx.example.net | - | ESMTP | - | -", 0},
        {"from a.example.com (192.0.2.1)\r\n  by mx.example.net (KumoMTA 198.51.100.1)\r\n  with ESMTPS (TLSv1.3:TLS13_AES_256_GCM_SHA384) id ab for <a@example.net>;\r\n  " DATE,
         "F:kWc B:kWc W:kWc I:kW R:kA; T:wwwww", "a.example.com | mx.example.net | - | ESMTPS | ab | <a@example.net>", 0},
        {"from a.example.com (b [192.0.2.1])\r\n\tby mx.example.net with ESMTPS\r\n\t(version=TLSv1.2 cipher=AES256-SHA bits=256)\r\n\t; " DATE,
         "F:kWc B:kW W:kWc; T:wwwww", "a.example.com | mx.example.net | - | ESMTPS | - | -", 0},
        {"from a.example.com ([127.0.0.1]) (using TLS with cipher AES256-SHA)\n by localhost (mx.example.net [127.0.0.1]) (amavis, port 10024)\n with ESMTPS\n id ab; " DATE,
         "F:kWcc B:kWcc W:kW I:kW; T:wwwww", "a.example.com | localhost | - | ESMTPS | ab | -", 0},
        /* fetchmail, mpop, getmail, Roundcube, nullmailer, vger's ZMailer */
        {"from mail.example.com [192.0.2.1]\n\tby localhost with IMAP (fetchmail-6.3.26)\n\tfor <a@localhost> (single-drop); " DATE,
         "F:kWl B:kW W:kWc R:kAc; T:wwwww", "mail.example.com | localhost | - | IMAP | - | <a@localhost>", 0},
        {"from mail.example.com (b [192.0.2.1])\n\tby localhost (mpop-1.4.10) with POP3\n\tfor <a@localhost>; " DATE,
         "F:kWc B:kWc W:kW R:kA; T:wwwww", "mail.example.com | localhost | - | POP3 | - | <a@localhost>", 0},
        {"from mail.example.com (192.0.2.1) by localhost with IMAP4-SSL getmail6 msgid:1/2; " DATE,
         "F:kWc B:kW W:kWww; T:wwwww", "mail.example.com | localhost | - | IMAP4-SSL getmail6 msgid:1/2 | - | -", 0},
        {"from a.example.com via 192.0.2.1\n by mx.example.net\n with HTTP (HTTP/1.1 POST); " DATE,
         "F:kWkW B:kW W:kWc; T:wwwww", "a.example.com | mx.example.net | - | HTTP | - | -", 0},
        {"(nullmailer pid 1234 invoked by uid 0);\n\t" DATE,
         "S:c; T:wwwww", "- | - | - | - | - | -", HOPTLS_F_NO_FROM | HOPTLS_F_NO_BY},
        {"from a.example.com ([192.0.2.1]:1234 \"EHLO b\") by mx.example.net with ESMTP id S1 (ORCPT <rfc822;a@example.net>); " DATE,
         "F:kWc B:kW W:kW I:kWc; T:wwwww", "a.example.com | mx.example.net | - | ESMTP | S1 | -", 0},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

static void closed_products_and_providers(void **state)
{
    static const clause_case table[] = {
        /* Microsoft */
        {"from a.example.com (192.0.2.1) by mx.example.net (198.51.100.1) with Microsoft SMTP Server (version=TLS1_2,\r\n cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.5273.14 via Frontend Transport; " DATE,
         "F:kWc B:kWc W:kWwwc I:kW V:kWw; T:wwwww", "a.example.com | mx.example.net | Frontend Transport | Microsoft SMTP Server | 15.20.5273.14 | -", 0},
        {"from a.example.com ([fe80::1%12]) by b.example.com ([198.51.100.1]) with mapi id 15.00; " DATE,
         "F:kWc B:kWc W:kW I:kW; T:wwwww", "a.example.com | b.example.com | - | mapi | 15.00 | -", 0},
        {"from a.example.com ([192.0.2.1]) by mx.example.net over TLS secured channel with Microsoft SMTPSVC(6.0.3790.4675); " DATE,
         "F:kWc B:kWwwww W:kWwc; T:wwwww", "a.example.com | mx.example.net | - | Microsoft SMTPSVC | - | -", 0},
        {"from mail pickup service by mx.example.net with Microsoft SMTPSVC; " DATE,
         "F:kWww B:kW W:kWw; T:wwwww", "mail pickup service | mx.example.net | - | Microsoft SMTPSVC | - | -", 0},
        /* Google, Yahoo, Yandex, GMX, QQ */
        {"from a.example.com (a.example.com. [192.0.2.1]) by mx.google.com with ESMTPS id a1b2 for <a@example.net> (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); " DATE,
         "F:kWc B:kW W:kW I:kW R:kAc; T:wwwww", "a.example.com | mx.google.com | - | ESMTPS | a1b2 | <a@example.net>", 0},
        {"by 2002:a05:6830:1ac6::1 with SMTP id a1b2; " DATE,
         "B:kW W:kW I:kW; T:wwwww", "- | 2002:a05:6830:1ac6::1 | - | SMTP | a1b2 | -", HOPTLS_F_NO_FROM},
        {"from 1234 named unknown by gmailapi.google.com with HTTPREST; " DATE,
         "F:kWww B:kW W:kW; T:wwwww", "1234 named unknown | gmailapi.google.com | - | HTTPREST | - | -", 0},
        {"from 127.0.0.1  (EHLO a.example.com) (192.0.2.1) by mta1.mail.yahoo.com with SMTPS; " DATE,
         "F:kWcc B:kW W:kW; T:wwwww", "127.0.0.1 | mta1.mail.yahoo.com | - | SMTPS | - | -", 0},
        {"by a.qloud-c.yandex.net (smtp/Yandex) with ESMTPSA id aB-1;\r\n\t" DATE "\r\n\t(using TLSv1.2 with cipher AES256-SHA (256/256 bits))\r\n\t(Client certificate not present)",
         "B:kWc W:kW I:kW; T:wwwwwcc", "- | a.qloud-c.yandex.net | - | ESMTPSA | aB-1 | -", HOPTLS_F_NO_FROM},
        {"from [192.0.2.1] ([192.0.2.1]) by mail.gmx.net (mrgmx104 [198.51.100.1]) with ESMTP (Nemesis), id 0M; " DATE,
         "F:kLc B:kWc W:kWcw I:kW; T:wwwww", "[192.0.2.1] | mail.gmx.net | - | ESMTP | 0M | -", 0},
        {"from a.example.com ( [192.0.2.1])\r\n\tby bizesmtp.qq.com (ESMTP) with \r\n\tid ; " DATE,
         "F:kWc B:kWc W:k I:k; T:wwwww", "a.example.com | bizesmtp.qq.com | - | - | - | -", 0},
        /* SendGrid, Mailgun, Momentum, PowerMTA */
        {"from MTIz (unknown) by geopod-ismtpd-6-1 (SG) with HTTP id aB-1 " DATE,
         "F:kWc B:kWc W:kW I:kWwwwww", "MTIz | geopod-ismtpd-6-1 | - | HTTP | aB-1 | -", 0},
        {"by 0a1b2c with SMTP id aB-1 (version=TLS1.3, cipher=TLS_AES_128_GCM_SHA256); " DATE,
         "B:kW W:kW I:kWc; T:wwwww", "- | 0a1b2c | - | SMTP | aB-1 | -", HOPTLS_F_NO_FROM},
        {"from [192.0.2.1] ([192.0.2.1:2525] helo=a) by mx.example.net (envelope-from <a@example.com>) (ecelerity 4.2 r(Core)) with ESMTPS (cipher=AES-256-GCM subject=\"/C=ZZ/O=by, with\") id 22/AA; " DATE,
         "F:kLc B:kWcc W:kWc I:kW; T:wwwww", "[192.0.2.1] | mx.example.net | - | ESMTPS | 22/AA | -", 0},
        {"from a.example.com (192.0.2.1) by mx.example.net (PowerMTA v5.0r8) id h1b for <a@example.net>; " DATE " (envelope-from <a@example.com>)",
         "F:kWc B:kWc I:kW R:kA; T:wwwwwc", "a.example.com | mx.example.net | - | - | h1b | <a@example.net>", 0},
        /* gateways */
        {"from a.example.com (b [192.0.2.1]) by mx0a-1.pphosted.com (PPS) with ESMTPS id 47f2rptpg2-1 (version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NOT) for <a@example.net>; " DATE,
         "F:kWc B:kWc W:kW I:kWc R:kA; T:wwwww", "a.example.com | mx0a-1.pphosted.com | - | ESMTPS | 47f2rptpg2-1 | <a@example.net>", 0},
        {"from unknown (HELO a.example.com) ([192.0.2.1])\r\n  by mx.example.net with ESMTP/TLS/AES256-SHA; " DATE,
         "F:kWcc B:kW W:kW; T:wwwww", "unknown | mx.example.net | - | ESMTP/TLS/AES256-SHA | - | -", 0},
        {"from [192.0.2.1] (using TLSv1.2 with cipher AES256-SHA (256 bits))\n\tby mx.example.net id 11/22-33; " DATE,
         "F:kLc B:kW I:kW; T:wwwww", "[192.0.2.1] | mx.example.net | - | - | 11/22-33 | -", 0},
        {"from a.example.com (Not Verified[192.0.2.1]) by mx.example.net (using TLS: TLSv1.2, AES256-SHA)\n\tid <B600>; " DATE,
         "F:kWc B:kWc I:kA; T:wwwww", "a.example.com | mx.example.net | - | - | <B600> | -", 0},
        {"from a.example.com ([192.0.2.1])\n\tby mx.example.net with ESMTP (NOT encrypted); " DATE,
         "F:kWc B:kW W:kWc; T:wwwww", "a.example.com | mx.example.net | - | ESMTP | - | -", 0},
        {"from a.example.com ([192.0.2.1]) by mx.example.net with NetMail SMTP Agent on Novell NetWare\n\tvia secured & encrypted transport (TLS); " DATE,
         "F:kWc B:kW W:kWwwwww V:kWwwwc; T:wwwww", "a.example.com | mx.example.net | secured & encrypted transport | NetMail SMTP Agent on Novell NetWare | - | -", 0},
        {"from a.example.com (b [192.0.2.1]) (not using TLS) by mx.example.net (Active!gate) with ESMTP id 1; " DATE,
         "F:kWcc B:kWc W:kW I:kW; T:wwwww", "a.example.com | mx.example.net | - | ESMTP | 1 | -", 0},
        /* servers for a company's own machine */
        {"from [192.0.2.1] (account a HELO b) by mx.example.net (CommuniGate Pro SMTP 6.3.19)\n  with ESMTPSA id 1234 for a@example.net; " DATE,
         "F:kLc B:kWc W:kW I:kW R:kW; T:wwwww", "[192.0.2.1] | mx.example.net | - | ESMTPSA | 1234 | a@example.net", 0},
        {"from a.example.com ([192.0.2.1]) (authenticated user a) by mx.example.net (Kerio Connect 9.2.12) with ESMTPSA\n\t(using TLSv1.2 with cipher AES256-SHA (256 bits)); " DATE,
         "F:kWcc B:kWc W:kWc; T:wwwww", "a.example.com | mx.example.net | - | ESMTPSA | - | -", 0},
        {"from a.example.com ([192.0.2.1]) by mx.example.net ((D)) with ASMTP (SSL) id 1; " DATE,
         "F:kWc B:kWc W:kWc I:kW; T:wwwww", "a.example.com | mx.example.net | - | ASMTP | 1 | -", 0},
        {"from a.example.com ([192.0.2.1]) by mx.example.net with MailEnable ESMTPSA (version=TLS1 cipher=TLS_RSA_WITH_AES_256_CBC_SHA); " DATE,
         "F:kWc B:kW W:kWwc; T:wwwww", "a.example.com | mx.example.net | - | MailEnable ESMTPSA | - | -", 0},
        {"from a.example.com (b [192.0.2.1]) by mx.example.net with SMTP\n\t(version=TLS\\Tls12 cipher=Aes256 bits=256); " DATE,
         "F:kWc B:kW W:kWc; T:wwwww", "a.example.com | mx.example.net | - | SMTP | - | -", 0},
        {"from a.example.com ([192.0.2.1]) by mx.example.net with SMTPSA(TLSv1_2 AES256-SHA) (2.6.3); " DATE,
         "F:kWc B:kW W:kWcc; T:wwwww", "a.example.com | mx.example.net | - | SMTPSA | - | -", 0},
        {"from a.example.com ([192.0.2.1]:25)\n\tby mx.example.net with [XMail 1.27 ESMTP Server]\n\tid <S1> for <a@example.net> from <a@example.com>; " DATE,
         "F:kWc B:kW W:kL I:kA R:kAwa; T:wwwww", "a.example.com | mx.example.net | - | [XMail 1.27 ESMTP Server] | <S1> | <a@example.net>", 0},
        {"from a.example.com ([192.0.2.1])\n\tby mx.example.net (HCL Domino Release 14.0FP4)\n\twith ESMTP id 2026030210000000-1 ; " DATE " ",
         "F:kWc B:kWc W:kW I:kW; T:wwwww", "a.example.com | mx.example.net | - | ESMTP | 2026030210000000-1 | -", 0},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

/* Numbers are those of the list of oddities that real fields hold. */
static void odd_fields(void **state)
{
    const uint32_t no_from = HOPTLS_F_NO_FROM;
    const uint32_t no_names = HOPTLS_F_NO_FROM | HOPTLS_F_NO_BY;
    const clause_case table[] = {
        /* semicolons that end nothing: in comments, quotes and angle brackets */
        {"from a (\"b;c\"; d) by b (x;y) with SMTP id <1;2> for <\"a;b\"@example.net>; " DATE,
         "F:kWc B:kWc W:kW I:kA R:kA; T:wwwww", "a | b | - | SMTP | <1;2> | <\"a;b\"@example.net>", 0},
        {"from a by b id X; for <>; " DATE,
         "F:kW B:kW I:kW; R:kA; T:wwwww", "a | b | - | - | X | <>", 0},
        /* words behind the date open no clause */
        {"from a by b with SMTP; " DATE " by c with ESMTPS id 1",
         "F:kW B:kW W:kW; T:wwwwwwwwwww", "a | b | - | SMTP | - | -", 0},
        /* no semicolon at all */
        {"from a by b with SMTP id 1 Mon, " DATE " UTC m=+68.8",
         "F:kW B:kW W:kW I:kWwwwwwwww", "a | b | - | SMTP | 1 | -", 0},
        {"from a by b (Netscape Messaging Server 3.6) with ESMTP id AAA1",
         "F:kW B:kWc W:kW I:kW", "a | b | - | ESMTP | AAA1 | -", HOPTLS_F_NO_DATE},
        /* no `from`, no `by`, no text, nothing */
        {"by b with SMTP; " DATE, "B:kW W:kW; T:wwwww", "- | b | - | SMTP | - | -", no_from},
        {"(Authenticated sender: a) with ESMTPSA id 1; " DATE,
         "S:c W:kW I:kW; T:wwwww", "- | - | - | ESMTPSA | 1 | -", no_names},
        {"from [127.0.0.1] (b) c with ESMTP id 1; " DATE,
         "F:kLcw W:kW I:kW; T:wwwww", "[127.0.0.1] | - | - | ESMTP | 1 | -", HOPTLS_F_NO_BY},
        {"; " DATE, "S:; T:wwwww", "- | - | - | - | - | -", no_names},
        {"", "", "- | - | - | - | - | -", no_names | HOPTLS_F_NO_DATE},
        {" \r\n\t", "", "- | - | - | - | - | -", no_names | HOPTLS_F_NO_DATE},
        /* an empty `with`: the next keyword is no protocol */
        {"from a by b with id 1; " DATE, "F:kW B:kW W:k I:kW; T:wwwww", "a | b | - | - | 1 | -", 0},
        /* capitals */
        {"FROM a (b) BY c VIA TCP WITH ESMTP ID 1 FOR <d>; " DATE,
         "F:kWc B:kW V:kW W:kW I:kW R:kA; T:wwwww", "a | c | TCP | ESMTP | 1 | <d>", 0},
        {"From a By b wItH SMTP iD 1 fOr c; " DATE,
         "F:kW B:kW W:kW I:kW R:kW; T:wwwww", "a | b | - | SMTP | 1 | c", 0},
        /* `with` twice: the second tells how, the protocol stays the protocol */
        {"from a by b with ESMTP with STARTTLS (version=TLSv1.3) id 1; " DATE,
         "F:kW B:kW W:kWkWc I:kW; T:wwwww", "a | b | - | ESMTP | 1 | -", 0},
        /* words glued to brackets, and words that only begin like keywords */
        {"from unknown[192.0.2.1] by b with SMTP(x)id 1; " DATE,
         "F:kWl B:kW W:kWc I:kW; T:wwwww", "unknown | b | - | SMTP | 1 | -", 0},
        {"from a by tower-with AES256-SHA; " DATE, "F:kW B:kWw; T:wwwww", "a | tower-with | - | - | - | -", 0},
        {"from a [192.0.2.1]by b by c; " DATE,
         "F:kWlww B:kW; T:wwwww", "a | c | - | - | - | -", 0},
        {"from a by b with SMTP identity forever; " DATE,
         "F:kW B:kW W:kWww; T:wwwww", "a | b | - | SMTP identity forever | - | -", 0},
        /* a host behind `by` that is none */
        {"from a by : RELAY : with SMTP; " DATE, "F:kW B:kWww W:kW; T:wwwww", "a | : | - | SMTP | - | -", 0},
        {"from a by  (CommuniGate Pro) with SMTP; " DATE,
         "F:kW B:kc W:kW; T:wwwww", "a | - | - | SMTP | - | -", HOPTLS_F_NO_BY},
        {"from a by [192.0.2.2] with SMTP; " DATE, "F:kW B:kL W:kW; T:wwwww", "a | [192.0.2.2] | - | SMTP | - | -", 0},
        /* brackets without a partner */
        {"from a [192.0.2.1]) by b with SMTP; " DATE,
         "F:kWl! B:kW W:kW; T:wwwww", "a | b | - | SMTP | - | -", HOPTLS_F_UNBALANCED},
        {"from a by b with ESMTPS (cipher=AES256-SHA id 1; " DATE,
         "F:kW B:kW W:kW!w I:kW; T:wwwww", "a | b | - | ESMTPS | 1 | -", HOPTLS_F_UNBALANCED},
        {"from a (b (c) by d (e) with SMTP; " DATE,
         "F:kW!wc B:kWc W:kW; T:wwwww", "a | d | - | SMTP | - | -", HOPTLS_F_UNBALANCED},
        {"from a \" by b with SMTP; " DATE,
         "F:kW! B:kW W:kW; T:wwwww", "a | b | - | SMTP | - | -", HOPTLS_F_UNBALANCED},
        {"from a < by b with SMTP; " DATE,
         "F:kW! B:kW W:kW; T:wwwww", "a | b | - | SMTP | - | -", HOPTLS_F_UNBALANCED},
        /* a quoted name in an address closes no comment */
        {"from a (envelope-from <\"b) by c with ESMTPS (\"@example.com>) by d with SMTP; " DATE,
         "F:kWc B:kW W:kW; T:wwwww", "a | d | - | SMTP | - | -", 0},
        /* two comments that nothing closes: what the second hides is not known */
        {"from a (b (c by d with SMTP; " DATE,
         "F:kW!w", "a | - | - | - | - | -", HOPTLS_F_NO_BY | HOPTLS_F_NO_DATE | HOPTLS_F_UNBALANCED | HOPTLS_F_TOO_MANY},
        /* names in eight bits, addresses that look like words */
        {"from m\xC3\xBCller.example (m\xC3\xBCller.example [192.0.2.1]) by b with UTF8SMTPS; " DATE,
         "F:kWc B:kW W:kW; T:wwwww", "m\xC3\xBCller.example | b | - | UTF8SMTPS | - | -", 0},
        {"from \"a b\" by b with SMTP for <\"a b\"@example.net>; " DATE,
         "F:kQ B:kW W:kW R:kA; T:wwwww", "\"a b\" | b | - | SMTP | - | <\"a b\"@example.net>", 0},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

/* What stands behind `from` is a name, whatever word it is. */
static void clients_that_bear_the_name_of_a_keyword(void **state)
{
    static const char *const names[] = {"from", "by", "via", "with", "id", "for", "BY", "With"};
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        line value = {"", 0};
        line spans = {"", 0};
        clause_case expected = {value.ptr, "F:kWc B:kW W:kW I:kW; T:wwwww", spans.ptr, 0};
        say(&value, "from ", names[i], " (a [192.0.2.1]) by b with SMTP id 1; " DATE);
        say(&spans, "", names[i], " | b | - | SMTP | 1 | -");
        assert_int_equal(differs(&expected), 0);
    }
}

/* Clauses that a client wrote into its name. The server's own `by` is the last. */
static void the_last_by_is_the_servers(void **state)
{
    const uint32_t twice = HOPTLS_F_REPEATED_BY;
    const clause_case table[] = {
        {"from a by x with ESMTPS id 1 (b [192.0.2.1]) by b with SMTP id 2; " DATE,
         "F:kWkWkWkWc B:kW W:kW I:kW; T:wwwww", "a | b | - | SMTP | 2 | -", twice},
        {"from a by x via y for <z>; " DATE " (b [192.0.2.1]) by b with SMTP; " DATE,
         "F:kWkWkWkA;wwwwwc B:kW W:kW; T:wwwww", "a | b | - | SMTP | - | -", twice},
        {"from unknown (HELO a) by x with ESMTPS (192.0.2.1) by b with SMTP; " DATE,
         "F:kWckWkWc B:kW W:kW; T:wwwww", "unknown | b | - | SMTP | - | -", twice},
        {"from a by by by b with SMTP; " DATE,
         "F:kWkk B:kW W:kW; T:wwwww", "a | b | - | SMTP | - | -", twice},
    };
    (void)state;
    check_cases(table, COUNT(table));
}
/* clang-format on */

/* Exim tells who logged in, qmail-scanner under which user it ran: neither is the name of a host. */
static void a_user_behind_by_is_no_host(void **state)
{
    static const struct {
        const char *value;
        const char *with;
    } table[] = {
        {"from a (b) by mx with esmtpa id 1 by authid <c> with cram_md5; " DATE, "esmtpa"},
        {"from a (b) by mx with esmtpa id 1 by authid <c> with cram_md5 for <d>; " DATE, "esmtpa"},
        {"from a (b) by mx by uid 501 with qmail-scanner-1.16; " DATE, "qmail-scanner-1.16"},
        {"from a (b) by mx by UID 501 with qmail-scanner-1.16; " DATE, "qmail-scanner-1.16"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        clauses c = read_text(table[i].value);
        line spans = show_spans(table[i].value, &c);
        line expected = {"", 0};
        say(&expected, "a | mx | - | ", table[i].with, " | ");
        assert_memory_equal(spans.ptr, expected.ptr, expected.len);
        assert_int_equal(c.flags, 0);
    }
}

/* ---- what the client wrote ---------------------------------------------------------------------------- */

/* What servers write around a client's name. Some let pass whatever it is. */
typedef struct frame {
    const char *before;
    const char *behind;
} frame;

/* clang-format off */
static const frame frames[] = {
    {"from ", " (a [192.0.2.1]) by b (Postfix) with SMTP id 4A for <c>; " DATE},
    {"from ", " ([192.0.2.1]) by b with smtp (Exim 4.96) (envelope-from <a>) id 1mfYh0-0002e8-QW for c; " DATE},
    {"from a (", " [192.0.2.1]) by b (8.15.2/8.15.2) with SMTP id 1 for <c>; " DATE},
    {"from unknown (HELO ", ") (192.0.2.1)\n  by b with SMTP; " DATE},
    {"from [192.0.2.1] (helo=", " ident=a) by b with smtp id 1; " DATE},
    {"from [192.0.2.1] (port=1 helo=", ")\n\tby b with smtp id 1 (ORCPT <rfc822;c>); " DATE},
    {"from a (", "@b [192.0.2.1])\n\tby b with SMTP id 1; " DATE},
};
/* clang-format on */

static const char *const names_of_clients[] = {
    "with ESMTPS",
    "x by y with ESMTPS",
    "x by y with ESMTPS id 1 for <z>",
    "x by y with ESMTPS id 1; 2 Mar 2026 10:00:00 +0000",
    "x (y) by z (w)",
    "x) by y with ESMTPS (z",
    "x by y (z",
    "x by y) with (",
    "x (((",
    "x )))",
    "x \"",
    "x by \"y with ESMTPS",
    "x \\",
    "x <",
    "x by <y with ESMTPS",
    "x [",
    "x by y [",
    "x ; by y ;",
    "by by by by",
    "for id with via by from",
    "\r\n\tby y\r\n\twith ESMTPS",
};

static int overlap(hoptls_span a, uint32_t from, uint32_t to)
{
    return a.off < to && a.off + a.len > from;
}

/* A place of the server's: no item of what stands at [from, to) may be there. */
static void stays_with_the_client(const char *value, uint32_t from, uint32_t to)
{
    clauses c = read_text(value);
    for (uint32_t i = 0; i < c.count; i++) {
        const clause_item *item = &c.item[i];
        if (overlap(item->span, from, to) && item->place != PLACE_START && item->place != PLACE_FROM) {
            print_error("# %s\n# %s\n", value, show_places(value, &c).ptr);
            fail();
        }
    }
}

static void the_clients_text_is_never_in_the_servers_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(frames); i++) {
        for (size_t j = 0; j < COUNT(names_of_clients); j++) {
            const char *name = names_of_clients[j];
            line value = {"", 0};
            uint32_t from = (uint32_t)strlen(frames[i].before);
            say(&value, frames[i].before, name, frames[i].behind);
            stays_with_the_client(value.ptr, from, from + (uint32_t)strlen(name));
        }
    }
}

/* The name keeps its place, so does what stands behind it: neither can take the server's words from it, unless by a
 * parenthesis or quote without a partner, which is remarked. */
static void the_client_cannot_move_the_servers_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(frames); i++) {
        for (size_t j = 0; j < COUNT(names_of_clients); j++) {
            line value = {"", 0};
            clauses c;
            say(&value, frames[i].before, names_of_clients[j], frames[i].behind);
            c = read_text(value.ptr);
            if ((c.flags & (HOPTLS_F_UNBALANCED | HOPTLS_F_TOO_MANY)) == 0) {
                assert_int_equal(c.by.len, 1);
                assert_int_equal(value.ptr[c.by.off], 'b');
                assert_true(c.with.len == 4 && c.with.off > c.by.off);
            }
        }
    }
}

/* ---- dates -------------------------------------------------------------------------------------------- */

static void the_date_is_behind_the_last_semicolon_or_the_id(void **state)
{
    static const struct {
        const char *value;
        const char *text;
        int64_t seconds;
    } table[] = {
        {"by b; Mon, 2 Mar 2026 10:00:00 +0000", "Mon, 2 Mar 2026 10:00:00 +0000", 1772445600},
        {"by b;Mon, 2 Mar 2026 10:00:00 +0000", "Mon, 2 Mar 2026 10:00:00 +0000", 1772445600},
        {"by b; \r\n\t 2 Mar 2026 11:00:00 +0100", "2 Mar 2026 11:00:00 +0100", 1772445600},
        {"by b; " DATE " (envelope-from <a>)", DATE, 1772445600},
        {"by b; " DATE " with ESMTPS", DATE, 1772445600},
        {"by b; 1 Jan 2020 00:00:00 +0000; " DATE, DATE, 1772445600},
        {"by b id 1 " DATE, DATE, 1772445600},
        {"by b (c; " DATE "); " DATE, DATE, 1772445600},
        {"by b", "", 0},
        {"by b " DATE "", "", 0},
        {"by b;", "", 0},
        {"by b; soon", "", 0},
        {"by b id " DATE, "", 0},
        {"from " DATE " by b id 1", "", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        clauses c = read_text(table[i].value);
        int no_date = (c.flags & HOPTLS_F_NO_DATE) != 0;
        if (c.date_text.len != strlen(table[i].text) || c.date != table[i].seconds ||
            memcmp(table[i].value + c.date_text.off, table[i].text, c.date_text.len) != 0 ||
            no_date != (table[i].seconds == 0)) {
            print_error("# %s: %lld\n", table[i].value, (long long)c.date);
            fail();
        }
    }
}

/* ---- bounds ------------------------------------------------------------------------------------------- */

static line value_of_items(uint32_t words)
{
    line value = {"", 0};
    say(&value, "from a", "", "");
    for (uint32_t i = 2; i < words; i++) {
        say(&value, " x", "", "");
    }
    return value;
}

static void as_many_items_are_kept_as_fit(void **state)
{
    line most = value_of_items(CLAUSE_ITEMS);
    line more = value_of_items(CLAUSE_ITEMS + 1);
    clauses c = read_text(most.ptr);

    (void)state;
    assert_int_equal(c.count, CLAUSE_ITEMS);
    assert_int_equal(c.flags & HOPTLS_F_TOO_MANY, 0);
    c = read_text(more.ptr);
    assert_int_equal(c.count, CLAUSE_ITEMS);
    assert_int_equal(c.flags & HOPTLS_F_TOO_MANY, HOPTLS_F_TOO_MANY);
}

/* A client that writes a long name does not become the server by it. */
static void what_did_not_fit_makes_nobody_the_server(void **state)
{
    (void)state;
    for (uint32_t words = CLAUSE_ITEMS - 8; words < CLAUSE_ITEMS + 8; words++) {
        line value = {"", 0};
        clauses c;
        say(&value, value_of_items(words).ptr, " by y with ESMTPS (a [192.0.2.1]) by b with SMTP; ", DATE);
        c = read_text(value.ptr);
        for (uint32_t i = 0; i < c.count; i++) {
            int servers = c.item[i].place != PLACE_FROM && c.item[i].place != PLACE_START;
            assert_true(!servers || c.item[i].span.off >= value.len - strlen("by b with SMTP; " DATE));
        }
    }
}

static void assert_same_item(const clause_item *a, const clause_item *b)
{
    assert_memory_equal(&a->span, &b->span, sizeof a->span);
    assert_int_equal(a->place, b->place);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->first, b->first);
    if (a->kind == ITEM_COMMENT) {
        assert_memory_equal(&a->inside, &b->inside, sizeof a->inside);
        assert_int_equal(a->bracket, b->bracket);
    }
}

static void results_do_not_depend_on_what_stood_there(void **state)
{
    static const char value[] = "from a (b) by c with SMTP id 1 for <d>; " DATE;
    const hoptls_span all = {0, sizeof value - 1};
    static clauses one;
    static clauses other;

    (void)state;
    memset(&one, 0x00, sizeof one);
    memset(&other, 0xFF, sizeof other);
    hoptls_clauses_read((const uint8_t *)value, all, &one);
    hoptls_clauses_read((const uint8_t *)value, all, &other);
    assert_memory_equal(&one, &other, offsetof(clauses, item));
    for (uint32_t k = 0; k < one.count; k++) {
        assert_same_item(&one.item[k], &other.item[k]);
    }
}

/* ---- comments ----------------------------------------------------------------------------------------- */

static void what_is_inside_a_comment(void **state)
{
    static const char *const table[][2] = {
        {"(a)", "a"}, {"( a b )", "a b"}, {"(\r\n\ta\t)", "a"}, {"((a) b)", "(a) b"}, {"()", ""}, {"( )", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        hoptls_span all = {0, (uint32_t)strlen(table[i][0])};
        hoptls_span inside = hoptls_comment_inside((const uint8_t *)table[i][0], all);
        assert_int_equal(inside.len, strlen(table[i][1]));
        assert_memory_equal(table[i][0] + inside.off, table[i][1], inside.len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(servers_with_public_source),
        cmocka_unit_test(closed_products_and_providers),
        cmocka_unit_test(odd_fields),
        cmocka_unit_test(clients_that_bear_the_name_of_a_keyword),
        cmocka_unit_test(the_last_by_is_the_servers),
        cmocka_unit_test(a_user_behind_by_is_no_host),
        cmocka_unit_test(the_clients_text_is_never_in_the_servers_places),
        cmocka_unit_test(the_client_cannot_move_the_servers_text),
        cmocka_unit_test(the_date_is_behind_the_last_semicolon_or_the_id),
        cmocka_unit_test(as_many_items_are_kept_as_fit),
        cmocka_unit_test(what_did_not_fit_makes_nobody_the_server),
        cmocka_unit_test(results_do_not_depend_on_what_stood_there),
        cmocka_unit_test(what_is_inside_a_comment),
    };
    return cmocka_run_group_tests_name("clause", tests, NULL, NULL);
}
