/* Data of fuzz_client: what the main servers write of a session, with a mark wherever they copy the client's words, and
 * the words of every record of TLS, for a client that would have it there. From the servers' sources and the vendors'
 * documents, as corpus/field has them; nothing here comes from the core's own tables.
 *
 * A mark is `%` and a letter, which says what this server does to the client's bytes before it writes them:
 *
 *   %r  nothing at all; only what ends a line cannot come in a command
 *   %h  a host name's letters, digits, `.-_[]:`, else `-` (Exim, Sendmail, OpenSMTPD refuse other names)
 *   %p  Postfix smtpd.c: what is not printable, blanks, `<>()\";@` become `?`
 *   %q  qmail received.c: what is not a letter, digit or one of `.@%+/=:-` becomes `?`
 *   %s  s/qmail and indimail: the same, but blanks pass
 *   %i  printable: an ident reply (RFC 1413)
 *   %c  Postfix smtpd.c, for names in certificates and of logins: what is not printable, backslashes, and parentheses
 *       without a partner become `?`; quotes pass
 *   %l  a local part (RFC 5321 section 4.1.2): a dot-string, else a quoted string with its quotes and backslashes quoted
 *   %g  the same inside a Go string: its quotes and backslashes are quoted once more (chasquid)
 *   %t  behind the date: any bytes but the semicolon, which would make another date of it
 */
#ifndef HOPTLS_FUZZ_SERVERS_H
#define HOPTLS_FUZZ_SERVERS_H

/* What the server's own record states when the client says nothing of note. */
enum { SAYS_NOTHING, SAYS_TLS, SAYS_NOT };

typedef struct server {
    const char *name; /* as hoptls_writer_name has it */
    int says;
    const char *value;
} server;

#define NAME       "mail.example.net"
#define IP         "[203.0.113.5]"
#define PEER       "(" NAME " " IP ")"
#define DATE       "; Mon, 2 Mar 2026 10:00:00 +0000"
#define QMAIL_DATE "; 2 Mar 2026 10:00:00 -0000"
#define RCPT       "<%l@example.com>"
#define SENDER     "<%l@example.net>"
#define USING12    "(using TLSv1.2 with cipher ECDHE-RSA-AES128-SHA (128/128 bits))"

/* clang-format off */
static const server servers[] = {
    {"postfix", SAYS_NOTHING, "from %p " PEER "\n\tby mx.example.com (Postfix) with ESMTP id 4DA2F1C03B\n\tfor " RCPT DATE " (UTC)"},
    {"postfix", SAYS_NOTHING, "from %p " PEER "\n\t(Authenticated sender: %c)\n\tby mx.example.com (Postfix) with ESMTPA id 4DA2F1C03B" DATE},
    {"postfix", SAYS_NOTHING, "from %p " PEER "\n\tby mx.example.com (Postfix) with ESMTP id 4DA2F1C03B" DATE "\n\t(envelope-from %l@example.net)"},
    {"postfix", SAYS_NOTHING, "from %p " PEER "\n\tby mx.example.com (Postfix) with ESMTP id 4DA2F1C03B" DATE "%t"},
    {"postfix", SAYS_TLS, "from %p " PEER "\n\t" USING12 "\n\t(Client CN \"%c\", Issuer \"%c\" (not verified))\n\tby mx.example.com (Postfix) with ESMTPS id 4DA2F1C03B\n\tfor " RCPT DATE},
    {"exim", SAYS_NOTHING, "from " IP " (helo=%h)\n\tby mx.example.com with esmtp (Exim 4.96)\n\t(envelope-from " SENDER ")\n\tid 1mfYh0-0002e8-QW\n\tfor " RCPT DATE},
    {"exim", SAYS_NOTHING, "from " IP " (helo=%r)\n\tby mx.example.com with esmtp (Exim 4.96)\n\t(envelope-from " SENDER ")\n\tid 1mfYh0-0002e8-QW" DATE},
    {"exim", SAYS_NOTHING, "from " IP " (port=1234 helo=%r ident=%i)\n\tby mx.example.com with esmtp (Exim 4.69)\n\tid 1mfYh0-0002e8-QW" DATE},
    {"exim", SAYS_NOTHING, "from " NAME " (" IP " helo=%r ident=%i)\n\tby mx.example.com with esmtp (Exim 4.69)\n\tid 1mfYh0-0002e8-QW\n\tfor %l@example.com" DATE},
    {"exim", SAYS_TLS, "from " IP " (helo=%r ident=%i)\n\tby mx.example.com with esmtps (TLS1.2) tls TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA\n\t(Exim 4.96)\n\t(envelope-from " SENDER ")\n\tid 1mfYh0-0002e8-QW" DATE},
    {"sendmail", SAYS_NOTHING, "from %h " PEER "\n\tby mx.example.com (8.17.1/8.17.1) with ESMTP id 422A00XY012345\n\tfor " RCPT DATE},
    {"sendmail", SAYS_NOTHING, "from %r " PEER "\n\tby mx.example.com (8.14.4/8.14.4) with ESMTP id 422A00XY012345\n\tfor " RCPT DATE "%t"},
    {"sendmail", SAYS_NOTHING, "from %h (%i@" NAME " " IP ")\n\tby mx.example.com (8.17.1/8.17.1) with ESMTP id 422A00XY012345" DATE},
    {"sendmail", SAYS_NOTHING, "from %h (%i@" NAME " " IP " (may be forged))\n\tby mx.example.com (8.11.6/8.11.6) with ESMTP id 422A00XY012345" DATE},
    {"sendmail", SAYS_TLS, "from %r (%i@" NAME " " IP ")\n\tby mx.example.com (8.17.1/8.17.1) with ESMTPS id 422A00XY012345\n\t(version=TLSv1.2 cipher=ECDHE-RSA-AES128-SHA bits=128 verify=FAIL)\n\tfor " RCPT DATE},
    {"opensmtpd", SAYS_NOTHING, "from %h " PEER "\n\tby mx.example.com (OpenSMTPD) with ESMTP id 1a2b3c4d\n\tfor " RCPT ";\n\tMon, 2 Mar 2026 10:00:00 +0000"},
    {"opensmtpd", SAYS_NOTHING, "from %r " PEER ";\n\tby mx.example.com (OpenSMTPD) with ESMTP id 1a2b3c4d;\n\tfor " RCPT ";\n\tMon, 2 Mar 2026 10:00:00 +0000"},
    {"opensmtpd", SAYS_TLS, "from %r " PEER "\n\tby mx.example.com (OpenSMTPD) with ESMTPS id 1a2b3c4d (TLSv1.2:ECDHE-RSA-AES128-SHA:128:NO)\n\tfor " RCPT DATE},
    {"qmail", SAYS_NOTHING, "from " NAME " (HELO %q) (%q@203.0.113.5)\n  by mx.example.com with SMTP" QMAIL_DATE},
    {"qmail", SAYS_NOTHING, "from " NAME " (HELO %s) (203.0.113.5)\n  by mx.example.com with ESMTP" QMAIL_DATE},
    {"qmail", SAYS_NOTHING, "from " NAME " (HELO %r) (203.0.113.5)\n  by mx.example.com with ESMTP" QMAIL_DATE},
    {"qmail", SAYS_TLS, "from " NAME " (HELO %q) (203.0.113.5)\n  by mx.example.com with ESMTPS (AES128-SHA encrypted)\n  (cert %s@example.net)" QMAIL_DATE},
    {"qmail-ldap", SAYS_NOTHING, "from " NAME " (HELO %q) (%q@" IP ") (envelope-sender\n    <%s@example.net>) by mx.example.com (qmail-ldap-1.03) with\n    SMTP for <%s@example.com>" QMAIL_DATE},
    {"s-qmail", SAYS_TLS, "from " NAME " (HELO %s) (203.0.113.5)\n  de/crypted with TLSv1.2: ECDHE-RSA-AES128-SHA [128/128] DN=%s\n  by mx.example.com with ESMTPS" QMAIL_DATE},
    {"indimail", SAYS_NOTHING, "indimail-mta smtpd 1234 from " NAME " (HELO %s) (203.0.113.5)\n  by mx.example.com with ESMTP" QMAIL_DATE},
    {"qpsmtpd", SAYS_NOTHING, "from " NAME " (HELO %r) (203.0.113.5)\n by mx.example.com (qpsmtpd/0.84) with ESMTP" DATE},
    {"courier", SAYS_NOTHING, "from %r (" NAME " " IP ")\n  by mx.example.com with ESMTP\n  id 000000000747DA88.00000000B19B8609.00006711" DATE},
    {"courier", SAYS_NOTHING, "from %r (" NAME " " IP ")\n  (IDENT: %i)\n  by mx.example.com with ESMTP\n  id 000000000747DA88.00000000B19B8609.00006711" DATE},
    {"courier", SAYS_NOTHING, "from %r (" NAME " " IP ")\n  (IDENT: %i, AUTH: PLAIN %i)\n  by mx.example.com with ESMTPA\n  id 000000000747DA88.00000000B19B8609.00006711" DATE},
    {"courier", SAYS_NOTHING, "from %r (" NAME " " IP ")\n  (AUTH: PLAIN %h)\n  by mx.example.com with ESMTPA\n  id 000000000747DA88.00000000B19B8609.00006711" DATE},
    {"dovecot", SAYS_NOTHING, "from %r (" IP ")\n\tby mx.example.com with ESMTPA\n\tid Wb7nT2yL4HhcAgEAz7TnUy\n\t(envelope-from " SENDER ")\n\tfor " RCPT DATE},
    {"dovecot", SAYS_NOTHING, "from %r (" IP ")\n\tby mx.example.com (Dovecot) with ESMTPA id Wb7nT2yL4HhcAgEAz7TnUy\n\t(envelope-from " SENDER ")" DATE},
    {"cyrus", SAYS_NOTHING, "from %r " PEER "\n\tby store.example.com (Cyrus v2.1.16) with LMTP" DATE},
    {"cyrus", SAYS_NOTHING, "from %r " PEER " (authenticated user=%i bits=0)\n\tby store.example.com (Cyrus v2.4.17) with LMTPA" DATE},
    {"haraka", SAYS_NOTHING, "from %r " PEER "\n by mx.example.com (Haraka/3.0.1) with ESMTP id\n 49BB87D8-039A-511B-D4B2-81F43F294B21.16\n envelope-from " SENDER ";\n Mon, 2 Mar 2026 10:00:00 +0000"},
    {"zonemta", SAYS_NOTHING, "from %r (" IP " " NAME ")\n (Authenticated sender: %i)\n by mx.example.com (ZoneMTA) with ESMTPA id 18a0.001\n for " RCPT ";\n Mon, 2 Mar 2026 10:00:00 +0000"},
    {"james", SAYS_NOTHING, "from " NAME " (EHLO %r) (" IP ")\n          by mx.example.com (JAMES SMTP Server ) with ESMTP ID 123456\n          for " RCPT ";\n          Mon, 2 Mar 2026 10:00:00 +0000"},
    {"stalwart", SAYS_NOTHING, "from %r " PEER "\n\tby mx.example.com (Stalwart SMTP) with ESMTP id 2F3A4B5C" DATE},
    {"maddy", SAYS_NOTHING, "from %r " PEER "\n by mx.example.com (envelope-sender " SENDER ") with ESMTP id 1a2b3c4d" DATE},
    {"mox", SAYS_NOTHING, "from %r " PEER " by mx.example.com ([198.51.100.8])\n\tvia tcp with ESMTP id Abc\n\tfor " RCPT DATE},
    {"chasquid", SAYS_NOT, "from %r (" IP ")\n\tby mx.example.com (chasquid) with ESMTP\n\t(over SMTP, plain text!, envelope from \"%g@example.net\")\n\t" DATE},
    {"kumomta", SAYS_NOTHING, "from %r (203.0.113.5)\n  by mx.example.com (KumoMTA 198.51.100.8)\n  with ESMTP id abc for " RCPT ";\n  Mon, 2 Mar 2026 10:00:00 +0000"},
    {"hmailserver", SAYS_NOTHING, "from %r (Unknown " IP ")\n\tby mx.example.com with ESMTP\n\t" DATE},
    {"amavis", SAYS_NOTHING, "from %r (" IP ")\n by filter.example.com (filter.example.com [198.51.100.8]) (amavis, port 10024)\n with ESMTP id p5FgSNRjho00" DATE},
    {"exchange", SAYS_NOTHING, "from %r (203.0.113.5) by mx.example.com\n (198.51.100.8) with Microsoft SMTP Server id 15.20.7000.1 via Frontend Transport" DATE},
    {"smtpsvc", SAYS_NOTHING, "from %r (" IP ") by mx.example.com with Microsoft SMTPSVC(6.0.3790.4675);\n\t Mon, 2 Mar 2026 10:00:00 +0000"},
    {"exchange-ims", SAYS_NOTHING, "from %r (" NAME " " IP ") by mx.example.com with SMTP (Microsoft Exchange Internet Mail Service Version 5.5.2653.13)\n\tid ABCDEFGH" DATE},
    {"google", SAYS_NOTHING, "from %r (" NAME ". " IP ")\n        by mx.google.com with ESMTP id d2e1a72fcca58si123\n        for " RCPT ";\n        Mon, 2 Mar 2026 10:00:00 +0000"},
    {"google", SAYS_TLS, "from %r (" NAME ". " IP ")\n        by mx.google.com with ESMTPS id d2e1a72fcca58si123\n        for " RCPT "\n        (version=TLS1_2 cipher=ECDHE-RSA-AES128-SHA bits=128/128);\n        Mon, 2 Mar 2026 10:00:00 +0000"},
    {"yahoo", SAYS_NOTHING, "from 203.0.113.5 (EHLO %r)\n by 10.222.7.31 with SMTP" DATE},
    {"yahoo", SAYS_NOTHING, "from 127.0.0.1  (EHLO %r) (203.0.113.5)\n  by mta1009.mail.bf1.yahoo.com with SMTP; Sun, 12 Mar 2017 14:59:41 +0000"},
    {"nemesis", SAYS_NOTHING, "from %r (" IP ") by mx.kundenserver.de\n (mxeue001 [198.51.100.8]) with ESMTP (Nemesis) id 1Abcde" DATE},
    {"zoho", SAYS_NOTHING, "from %r " PEER " by mx.zohomail.com\n\twith SMTP id 1700000000000" DATE},
    {"ecelerity", SAYS_NOTHING, "from " IP " (" IP ":4321 helo=%r)\n\tby mx.example.com (envelope-from " SENDER ")\n\t(ecelerity 4.2.1.5 r(Core:4.2)) with ESMTP\n\tid 3A/9A-01234-AB" DATE},
    {"ecelerity", SAYS_TLS, "from " IP " (" IP ":4321 helo=%r)\n\tby mx.example.com (envelope-from " SENDER ")\n\t(ecelerity 4.2.1.5 r(Core:4.2)) with ESMTPS (cipher=AES128-SHA subject=\"%i\")\n\tid 3A/9A-01234-AB" DATE},
    {"powermta", SAYS_NOTHING, "from %r (203.0.113.5) by mx.example.com (PowerMTA v5.0r3) id h1a2b3c4d5e6\n for " RCPT DATE " (envelope-from " SENDER ")"},
    {"proofpoint", SAYS_NOTHING, "from %r " PEER "\n\tby mx.example.com (PPS) with ESMTP id 47f2rptpg2-1\n\tfor " RCPT DATE},
    {"proofpoint-essentials", SAYS_NOTHING, "from %p " PEER "\n\tby mx.example.com (PPE Hosted ESMTP Server) with ESMTP id 4DA2F1C03B\n\tfor " RCPT DATE},
    {"mimecast", SAYS_NOTHING, "from %r " PEER " by relay.mimecast.com with ESMTP id\n us-mta-1-AbCdEf" DATE},
    {"ironport", SAYS_NOTHING, "from " NAME " (HELO %r) (" IP ")\n  by esa.example.com with ESMTP; 02 Mar 2026 10:00:00 +0000"},
    {"messagelabs", SAYS_NOTHING, "from " NAME " (HELO %r) (203.0.113.5)\n  by server-7.tower-1.messagelabs.com with SMTP" QMAIL_DATE},
    {"barracuda", SAYS_NOTHING, "from %r " PEER " by mx.example.com with ESMTP id aCZF7qO2B6CDuv2i for " RCPT DATE},
    {"fortimail", SAYS_NOTHING, "from %r " PEER "\n\tby mx.example.com with ESMTP id 025AiehM006195-025AiehO006195\n\t" DATE},
    {"trustwave", SAYS_NOTHING, "from %r (Not Verified" IP ") by seg.example.com with Trustwave SEG (v8,1,0,1)\n\tid <B600000001>" DATE},
    {"icewarp", SAYS_NOTHING, "from %r (" IP ")\n\tby mx.example.com (IceWarp 11.2.1.1 RHEL6 x64) with ESMTP id 202603021000\n\tfor " RCPT DATE},
    {"mailenable", SAYS_NOTHING, "from %r (" IP ") by mx.example.com with MailEnable ESMTP" DATE},
    {"kerio", SAYS_NOTHING, "from %r (" IP ")\n\tby mx.example.com (Kerio Connect 9.2.12 patch 1) with ESMTP;\n\tMon, 2 Mar 2026 10:00:00 +0000"},
    {"mdaemon", SAYS_NOTHING, "from %r by mx.example.com (MDaemon PRO v20.0.1)\n\twith ESMTP id md50001.msg\n\tfor " RCPT DATE},
    {"communigate", SAYS_NOTHING, "from " IP " (account %i HELO %r)\n  by mx.example.com (CommuniGate Pro SMTP 6.3.19)\n  with ESMTPA id 12345" DATE},
    {"domino", SAYS_NOTHING, "from %r (" IP ")\n          by mx.example.com (HCL Domino Release 14.0FP4)\n          with ESMTP id 2026030210000000-12345 ;\n          Mon, 2 Mar 2026 10:00:00 +0000"},
    {"mailchannels", SAYS_NOTHING, "from %r " PEER "\n\tby 0.0.0.0:2500 (trex/6.1.1);\n\tMon, 2 Mar 2026 10:00:00 +0000"},
    {"yandex", SAYS_NOTHING, "from %r " PEER "\n\tby mx.example.net (nwsmtp/Yandex) with ESMTP id abc;\n\tMon, 2 Mar 2026 10:00:00 +0000"},
    {"", SAYS_NOTHING, "from %r " PEER "\n\tby mx.example.com with ESMTP id 12345\n\tfor " RCPT DATE},
    {"", SAYS_NOTHING, "from %r by mx.example.com with SMTP" DATE},
    {"", SAYS_NOTHING, "from %r (" NAME " " IP " %i)\n\tby mx.example.com with ESMTP id 12345" DATE "%t"},
    {"", SAYS_NOTHING, "from " NAME " (%r " IP ")\n\tby mx.example.com (Mailer 1.0) with ESMTP id 12345" DATE},
    {"", SAYS_NOTHING, "from " NAME " (HELO %r) " IP "\n\tby mx.example.com (Mailer 1.0) with ESMTP id 12345" DATE},
    {"", SAYS_NOTHING, "from " NAME " (" IP ")\n\tby mx.example.com (envelope-from " SENDER ") with ESMTP id 12345\n\tfor " RCPT DATE},
    {"", SAYS_NOTHING, "from " NAME " (" IP ")\n\tby mx.example.com (envelope-from <%s@example.net>) with ESMTP id 12345" DATE},
    {"", SAYS_NOTHING, "from " NAME " (" IP ")\n\tby mx.example.com (Mailer 1.0) with ESMTP id 12345 (envelope-from " SENDER ")\n\tfor " RCPT DATE},
    {"", SAYS_NOTHING, "from %r\n\tby mx.example.com (Mailer 1.0) with ESMTP id 12345" DATE},
    {"proofpoint-essentials", SAYS_NOTHING, "from " NAME " " IP " (EHLO %r)\n\tby dispatch1-us1.ppe-hosted.com\n\twith ESMTP id b-022.p01c11m003.ppe-hosted.com\n\t(envelope-from " SENDER ")" DATE},
    {"proofpoint-essentials", SAYS_TLS, "from " NAME " " IP " (EHLO %r)\n\tby dispatch1-us1.ppe-hosted.com\n\t" USING12 "\n\twith ESMTP id b-022.p01c11m003.ppe-hosted.com\n\t(envelope-from " SENDER ")" DATE},
    {"", SAYS_NOTHING, "from " NAME " " IP " (EHLO %r)\n\tby mx.example.com with ESMTP id 12345" DATE},
};

/* Pieces that a byte of the input from 0x80 on stands for: records of TLS in every form, and what it takes to put one
 * where a server would. Some are names for single bytes that a fuzzer seldom draws one beside the other. */
static const char *const pieces[] = {
    "ESMTPS", "esmtpsa", "with ESMTPS", " with ESMTPS id z", "UTF8SMTPSA", "SMTPs", "LMTPS", "HTTPS", "with POP3-SSL",
    "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))",
    "using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
    "(using TLS with cipher ECDHE-RSA-AES256-GCM-SHA384)", "(Using TLS)", "(using TLS: TLSv1.2, AES256-SHA)",
    "(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=OK)",
    "version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=OK", "(cipher=AES-256-GCM)", "cipher=AES256-SHA",
    "(TLSv1.3:TLS_AES_256_GCM_SHA384:256)", "TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO", "(TLS1.3)", "(TLS)", "(SSL)", "TLSv1.3",
    "(TLS: TLSv1.3,256bits,TLS_AES_256_GCM_SHA384)", ", TLS: TLSv1.3,256bits,TLS_AES_256_GCM_SHA384", "SSL: TLSv1.3",
    "AUTH: PLAIN x, TLS: TLSv1.2,128bits,AES128-SHA", "(TLSv1.3 TLS_AES_256_GCM_SHA384 bits=256)",
    "(AES256-SHA encrypted)", "(TLS encrypted)", "(TLSv1.2:AES256-SHA encrypted)", "AES256-SHA encrypted",
    " AES256-SHA encrypted SMTP", "with ESMTP/TLS/AES256-SHA", "ESMTP/TLS/AES256-SHA", "with ESMTP with STARTTLS", "with TLS",
    "tls TLS_AES_256_GCM_SHA384 group x25519", " tls TLS_AES_256_GCM_SHA384", "TLS version=TLSv1.2 cipher=AES256-SHA bits=256",
    "over TLS secured channel", "over TLS secured channel with Microsoft SMTPSVC(6.0.3790)",
    "de/crypted with TLSv1.3: TLS_AES_256_GCM_SHA384 [256/256] DN=none", "(over SMTP, TLS-1.3, envelope from x)",
    "(Google Transport Security)", "id x (Google Transport Security)", "(x ESMTP with TLSv1.2 AES256-SHA 256/256)",
    " ESMTP with TLS ", "with Microsoft SMTP Server (TLS) id 14.3.1.0",
    "with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_RSA_WITH_AES_128_CBC_SHA) id 15.20.1.1",
    "(Client CN \"x\", Issuer \"y\" (verified OK))", "(verified OK)", "\" (verified OK))",
    /* what stands around them */
    " by y.example.org", "by y ", " by mx.example.org (Postfix)", "(Postfix)", "(8.17.1/8.17.1)", "(Exim 4.96)", "(PPS)",
    "(chasquid)", "(Haraka/3)", "(envelope-from <x@example.org>)", "id 4DA2F1C03B", "id 1mfYh0-0002e8-QW", " id z ", "for <x@y>",
    "from a.example.org", "via tcp ", "; Mon, 2 Mar 2026 10:00:00 +0000", "; 2 Mar 2026 10:00:00 -0000", "(envelope-from ",
    "([192.0.2.9])", "(x.example.org [192.0.2.9])", "[192.0.2.9]", "[203.0.113.5]", "(HELO x)", "(IDENT: ", "(EHLO ", "helo=",
    "ident=", "port=1 ", "(authenticated bits=128)", "(may be forged)", "by authid x", "by uid 0", "qmail 1 invoked from network",
    "de/crypted", "DN=none", "with ", "by ", "\t", " (", ") ", "((", "))", "\"(", "<\"", "\"<", "\\(", "\\\"", "\\", "\xff",
    "\xc3\xa9",
};
/* clang-format on */

#undef NAME
#undef IP
#undef PEER
#undef DATE
#undef QMAIL_DATE
#undef RCPT
#undef SENDER
#undef USING12

#endif
