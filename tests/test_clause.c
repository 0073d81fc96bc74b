/* Tokens into clauses (RFC 5321 section 4.4): in which place each word and comment of a real field stands, and that
 * nothing which the client wrote stands in a place of the server's. */
#include "cases.h"
#include "internal.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define DATE "2 Mar 2026 10:00:00 +0000"

/* ---- the notation of expectations --------------------------------------------------------------------- */

/* `places`: for each place a letter (Start From By Via With Id foR Tail), then a letter for each of its items: keyword,
 * word, quoted, literal, angle, comment, semicolon, ! for what is stray; a capital where it is the first of its clause.
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

static char letter_of(const clause_item *item)
{
    static const char letters[] = "kwqlac;!";
    char c = letters[item->kind];
    return (char)(item->first && c >= 'a' ? c - 'a' + 'A' : c);
}

static line show_places(const clauses *c)
{
    line out = {"", 0};
    for (uint32_t i = 0; i < c->count; i++) {
        char letter = letter_of(&c->item[i]);
        if (i == 0 || c->item[i].place != c->item[i - 1].place) {
            put(&out, " ", i > 0);
            put(&out, &"SFBVWIRT"[c->item[i].place], 1);
            put(&out, ":", 1);
        }
        put(&out, &letter, 1);
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

static void check_case(const clause_case *expected)
{
    clauses c = read_text(expected->value);
    line places = show_places(&c);
    line spans = show_spans(expected->value, &c);

    if (strcmp(places.ptr, expected->places) != 0 || strcmp(spans.ptr, expected->spans) != 0 ||
        c.flags != expected->flags) {
        print_error("# %s\n# expected %s   %s   %x\n# got      %s   %s   %x\n", expected->value,
                    expected->places, expected->spans, (unsigned)expected->flags, places.ptr, spans.ptr,
                    (unsigned)c.flags);
        fail();
    }
}

static void check_cases(const clause_case *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_case(&table[i]);
    }
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
        /* capitals, and a keyword that one vendor cannot spell */
        {"FROM a (b) BY c VIA TCP WITH ESMTP ID 1 FOR <d>; " DATE,
         "F:kWc B:kW V:kW W:kW I:kW R:kA; T:wwwww", "a | c | TCP | ESMTP | 1 | <d>", 0},
        {"From a By b wItH SMTP iD 1 fOr c; " DATE,
         "F:kW B:kW W:kW I:kW R:kW; T:wwwww", "a | b | - | SMTP | 1 | c", 0},
        {"from a by b whith ESMTP id 1; " DATE, "F:kW B:kW W:kW I:kW; T:wwwww", "a | b | - | ESMTP | 1 | -", 0},
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
        /* two comments that nothing closes: what the second hides is not known */
        {"from a (b (c by d with SMTP; " DATE,
         "F:kW!w", "a | - | - | - | - | -", HOPTLS_F_NO_BY | HOPTLS_F_NO_DATE | HOPTLS_F_UNBALANCED | HOPTLS_F_TOO_MANY},
        /* names in eight bits, addresses that look like words */
        {"from m\xC3\xBCller.example (m\xC3\xBCller.example [192.0.2.1]) by b with UTF8SMTPS; " DATE,
         "F:kWc B:kW W:kW; T:wwwww", "m\xC3\xBCller.example | b | - | UTF8SMTPS | - | -", 0},
        {"from \"a b\" by b with SMTP for \"a b\"@example.net; " DATE,
         "F:kQ B:kW W:kW R:kQw; T:wwwww", "\"a b\" | b | - | SMTP | - | \"a b\"", 0},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

/* What stands behind `from` is a name, whatever word it is. */
static void clients_that_bear_the_name_of_a_keyword(void **state)
{
    static const char *const names[] = {"from", "by", "via", "with", "id", "for", "BY", "With", "whith"};
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        line value = {"", 0};
        line spans = {"", 0};
        clause_case expected = {value.ptr, "F:kWc B:kW W:kW I:kW; T:wwwww", spans.ptr, 0};
        put(&value, "from ", 5);
        put(&value, names[i], strlen(names[i]));
        put(&value, " (a [192.0.2.1]) by b with SMTP id 1; " DATE, 38 + strlen(DATE));
        put(&spans, names[i], strlen(names[i]));
        put(&spans, " | b | - | SMTP | 1 | -", 23);
        check_case(&expected);
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
        {"by x with ESMTPS id 1 by b with SMTP; " DATE,
         "F:kWkWkW B:kW W:kW; T:wwwww", "x | b | - | SMTP | - | -", twice},
        {"from a by by by b with SMTP; " DATE,
         "F:kWkk B:kW W:kW; T:wwwww", "a | b | - | SMTP | - | -", twice},
        /* one behind the date is no clause, and nobody's name */
        {"from a by b with SMTP; " DATE " by x; by y",
         "F:kW B:kW W:kW;wwwwwkW; T:ww", "a | b | - | SMTP | - | -", twice | HOPTLS_F_NO_DATE},
    };
    (void)state;
    check_cases(table, COUNT(table) - 1);
}
/* clang-format on */
