/*
 * The mail servers: how to recognise each, where it states TLS, and what its silence means.
 *
 * To add a server, add a row. The first row that fits decides, so a generation stands before the rule that it
 * is an exception to. A row is recognised by what the client cannot write: the host and notes behind `by`, the
 * protocol, the shape of the id; signs of the client's part only tell rows apart that claim no evidence by it.
 *
 * Source of each row: the file of the server's source that writes the field, or the vendor's document (grade
 * SOURCE, DOCUMENT), or what real fields show (INFERRED: may change without notice, a caller may override it).
 */
#ifndef HOPTLS_WRITERS_H
#define HOPTLS_WRITERS_H

#include "internal.h"

/* Where a sign of the writer is looked for. */
enum {
    SIGN_NONE,
    SIGN_BY,      /* the host behind `by` */
    SIGN_BY_NOTE, /* a comment behind it, before the next clause */
    SIGN_NOTE,    /* a comment in a later clause */
    SIGN_WITH,    /* the words behind `with` */
    SIGN_VIA,
    SIGN_ID,
    SIGN_HELO,      /* the client's: only with other signs */
    SIGN_FROM_NOTE, /* the same */
    SIGN_START,     /* a comment before any clause */
    SIGN_VALUE,     /* the first bytes of the value */
    SIGN_TAIL       /* what follows the last semicolon */
};

/* How it is compared, always without regard to case. */
enum { IS, STARTS, ENDS, HAS, PRESENT, ABSENT, SHAPE };

/* Shapes, for SHAPE; the text is the shape's letter. */
#define SHAPE_SENDMAIL_8_12 "n" /* 8.12.1/8.11 and later */
#define SHAPE_SENDMAIL_8_11 "m" /* 8.11.6/8.11.6 */
#define SHAPE_SENDMAIL_OLD  "o" /* 8.9.3/8.9.1, 5.65/1.37 */
#define SHAPE_SENDMAIL_ANY  "a" /* any of them */
#define SHAPE_SENDMAIL_ID   "s" /* 8 letters or digits, 6 digits */
#define SHAPE_POSTFIX_ID    "p" /* 4DA2F1C03B, 4QPZbK6s8jz3xVc */
#define SHAPE_EXIM_ID       "e" /* 1mfYh0-0002e8-QW */
#define SHAPE_PPS_ID        "q" /* 292hw54kbu-1 */
#define SHAPE_COURIER_ID    "c" /* 0000000000E541B3.00000000622DE4D2.00005824 */
#define SHAPE_DOVECOT_ID    "d" /* EGCAMqjvBmrOowIAu9opvQ */
#define SHAPE_BUILD         "b" /* 15.20.5273.14 */
#define SHAPE_SMG_ID        "g" /* C4.98.10621.47ABF006 */
#define SHAPE_DOMINO_ID     "l" /* 2017030816455096-411668 */
#define SHAPE_FORTIMAIL_ID  "f" /* 025AiehM006195-025AiehO006195 */
#define SHAPE_BARRACUDA_ID  "u" /* aCZF7qO2B6CDuv2i */
#define SHAPE_SLASH         "/" /* ESMTP/TLS/C */
#define SHAPE_PEER          "r" /* rdns [ip] */
#define SHAPE_BRACKETS      "k" /* [ip] */
#define SHAPE_DAY_FIRST     "y" /* 25 Aug 2021 */
#define SHAPE_PRIVATE       "t" /* an address of a private network */

typedef struct writer_sign {
    uint8_t where;
    uint8_t how;
    uint8_t len;
    uint8_t text[36];
} writer_sign;

#define WRITER_SIGNS 4u
#define WRITER_SLOTS 6u

typedef struct writer_row {
    char name[24];
    uint8_t grade;
    uint8_t silence;
    uint8_t role; /* 0: as the protocol word says */
    uint8_t hints;
    uint16_t since; /* years of the field's date, until without the last; 0: any, an unreadable date too */
    uint16_t until;
    writer_sign sign[WRITER_SIGNS];
    uint8_t slot[WRITER_SLOTS];
} writer_row;

#define S(where, how, text)                                                                                  \
    {                                                                                                        \
        (where), (how), (uint8_t)(sizeof(text) - 1), text                                                    \
    }

/* The columns grade and silence. */
#define SRC       HOPTLS_GRADE_SOURCE
#define DOC       HOPTLS_GRADE_DOCUMENT
#define INF       HOPTLS_GRADE_INFERRED
#define NO        HOPTLS_GRADE_NONE
#define PLAIN     HOPTLS_SILENCE_PLAIN
#define UNKNOWN   HOPTLS_SILENCE_UNKNOWN
#define LOCAL     HOPTLS_SILENCE_NOT_NETWORK
#define RETRIEVAL HOPTLS_ROLE_RETRIEVAL
#define INJECTION HOPTLS_ROLE_INJECTION
#define DELIVERY  HOPTLS_ROLE_DELIVERY

/* clang-format off */
static const writer_row writers[] = {
/* Number 0: a writer that we do not know. The forms that RFC-shaped servers share, in the places where the server
 * holds the pen; never in front of `by`, never behind the date. */
{"", NO, UNKNOWN, 0, 0, 0, 0, {{0, 0, 0, {0}}}, {0}},

/* ---- marks that stand before any clause ---- */

/* qmail received.c: `(qmail N invoked by uid U)`; from the network it says nothing of how. */
{"qmail", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_START, STARTS, "qmail "), S(SIGN_START, HAS, "invoked from network")}, {0}},
{"qmail", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_START, STARTS, "qmail ")}, {0}},
/* Haraka outbound/hmail.js: written as the message leaves the queue */
{"haraka", SRC, LOCAL, 0, 0, 0, 0, {S(SIGN_START, STARTS, "haraka outbound")}, {0}},
/* nullmailer */
{"nullmailer", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_START, STARTS, "nullmailer ")}, {0}},
/* derivatives of qmail under a name of their own: (cpmta N invoked from network), (wp-smtpd ...) */
{"qmail", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_START, HAS, "invoked from network")}, {0}},
/* mess822 ofmipd */
{"ofmipd", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_START, STARTS, "ofmipd ")}, {0}},
/* sendmail/collect.c, cf/cf/submit.cf: `(from user@host)` is a local program's message */
{"sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_START, STARTS, "from ")}, {0}},
/* ZMailer as vger ran it: `(majordomo@host) by host via listexpand` */
{"zmailer", SRC, LOCAL, 0, 0, 0, 0, {S(SIGN_VIA, STARTS, "listexpand")}, {0}},

/* ---- marks in the notes behind `by` ---- */

/* Postfix pickup.c; a header filter may have taken the host away */
{"postfix", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_START, STARTS, "postfix, from userid ")}, {0}},
{"postfix", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "postfix, from userid ")}, {0}},
{"postfix", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, HAS, ", from userid "), S(SIGN_ID, SHAPE, SHAPE_POSTFIX_ID), S(SIGN_HELO, ABSENT, "")}, {0}},
/* Postfix local/forward.c, global/post_mail.c. From 3.10 (2025) smtpd_hide_client_session writes the same for a
 * client's session, if told to. */
{"postfix", SRC, LOCAL, 0, 0, 0, 2025, {S(SIGN_BY_NOTE, STARTS, "postfix"), S(SIGN_WITH, ABSENT, ""), S(SIGN_HELO, ABSENT, "")}, {0}},
{"postfix", INF, LOCAL, 0, 0, 2025, 0, {S(SIGN_BY_NOTE, STARTS, "postfix"), S(SIGN_WITH, ABSENT, ""), S(SIGN_HELO, ABSENT, "")}, {0}},
/* Postfix smtpd/smtpd.c: the letters S and A are appended to ESMTP only; a client that never said EHLO leaves
 * `with SMTP`, under TLS too */
{"postfix", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "postfix"), S(SIGN_WITH, IS, "smtp")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* always on since 2.5.0, January 2008 (HISTORY 20070720) */
{"postfix", SRC, PLAIN, 0, 0, 2008, 0, {S(SIGN_BY_NOTE, STARTS, "postfix")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"postfix", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "postfix")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Proofpoint Essentials: Postfix under another mail_name */
{"proofpoint-essentials", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "ppe hosted esmtp server")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* and what stood before it, up to 2019 at least: the comment between `by` and `with` */
{"proofpoint-essentials", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".ppe-hosted.com")}, {SLOT(PLACE_BY, FORM_USING), SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* amavisd Amavis/rfc2821_2822_Tools.pm: the version is the word TLS */
{"amavis", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "amavis")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Proofpoint's inner hop: its filter hands back over loopback, to a sendmail of its own */
{"proofpoint", INF, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {S(SIGN_HELO, STARTS, "pps."), S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_8_12)}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"proofpoint", INF, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {S(SIGN_BY_NOTE, IS, "pps")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"proofpoint", INF, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {S(SIGN_BY, ENDS, ".pphosted.com"), S(SIGN_ID, SHAPE, SHAPE_PPS_ID)}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Sendmail: a local user's program has a name and no address */
{"sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_ANY), S(SIGN_FROM_NOTE, ENDS, "@localhost")}, {0}},
{"sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_ANY), S(SIGN_FROM_NOTE, IS, "localhost")}, {0}},
{"sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_ANY), S(SIGN_FROM_NOTE, ENDS, "[unix: localhost]]")}, {0}},
/* Sendmail submit.cf */
{"sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, ENDS, "/submit"), S(SIGN_WITH, ABSENT, "")}, {0}},
/* Sendmail cf/m4/cfhead.m4 _REC_TLS_ (8.12 on), sendmail/srvrsmtp.c (letters from 8.15.1 on, December 2014) */
{"sendmail", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_8_12)}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_ID, FORM_USING)}},
{"sendmail", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "switch-")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"sendmail", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "sentrion-")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* 8.11 (RELEASE_NOTES: the first with STARTTLS) tells of it behind the id */
{"sendmail", DOC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_8_11)}, {SLOT(PLACE_ID, FORM_USING), SLOT(PLACE_ID, FORM_PAIRS)}},
/* What is older could not do TLS, and nothing is known of what stood in front of it. */
{"sendmail", NO, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_OLD)}, {0}},
{"sendmail", NO, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "smi-")}, {0}},

/* OpenSMTPD smtpd/smtp_session.c: since 6.0 in a note behind the id, before in a clause */
{"opensmtpd", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "opensmtpd"), S(SIGN_FROM_NOTE, ENDS, "[local]")}, {0}},
{"opensmtpd", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "opensmtpd")}, {SLOT(PLACE_ID, FORM_COLON), SLOT(PLACE_ID, FORM_CLAUSE_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_FOR, FORM_CLAUSE_PAIRS)}},

/* Cyrus imap/lmtpengine.c */
{"cyrus", SRC, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "cyrus"), S(SIGN_FROM_NOTE, STARTS, "[unix socket]")}, {0}},
{"cyrus", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "cyrus")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Dovecot lib-smtp/smtp-server-transaction.c, lmtp/commands.c: mostly without a name */
{"dovecot", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "dovecot"), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS)}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"dovecot", SRC, LOCAL, DELIVERY, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "dovecot"), S(SIGN_FROM_NOTE, ABSENT, "")}, {0}},
{"dovecot", SRC, LOCAL, DELIVERY, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_DOVECOT_ID), S(SIGN_WITH, IS, "lmtp"), S(SIGN_FROM_NOTE, ABSENT, "")}, {0}},
{"dovecot", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_DOVECOT_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS)}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Haraka connection.js: a note up to 2.8.27, the clause of RFC 8314 from 2.8.28 (October 2021) */
{"haraka", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "haraka")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_ID, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_PAIRS)}},

/* chasquid internal/smtpsrv/conn.go */
{"chasquid", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "chasquid")}, {SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_OVER), SLOT(PLACE_WITH, FORM_LETTER)}},

/* qmail-ldap: the cipher before the protocol */
{"qmail-ldap", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "qmail-ldap")}, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_WITH, FORM_LETTER)}},

/* ---- further servers, by the notes behind `by` ---- */

/* ZoneMTA sending-zone.js: the note stands behind `for` */
{"zonemta", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "zonemta")}, {SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Stalwart smtp data.rs */
{"stalwart", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "stalwart")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* James ReceivedHeaderGenerator.java: since 3.9; its default name is the same in all versions */
{"james", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "james smtp server")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* KumoMTA smtp_server.rs: since 2025.10.06, before that `with ESMTP` always */
{"kumomta", SRC, PLAIN, 0, 0, 2026, 0, {S(SIGN_BY_NOTE, STARTS, "kumomta")}, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_LETTER)}},
{"kumomta", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "kumomta")}, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_LETTER)}},
/* qpsmtpd SMTP.pm: the cipher since 2006, before or behind the word */
{"qpsmtpd", SRC, PLAIN, 0, 0, 2007, 0, {S(SIGN_BY_NOTE, STARTS, "qpsmtpd")}, {SLOT(PLACE_WITH, FORM_ENCRYPTED), SLOT(PLACE_WITH, FORM_LETTER)}},
{"qpsmtpd", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "qpsmtpd")}, {SLOT(PLACE_WITH, FORM_ENCRYPTED), SLOT(PLACE_WITH, FORM_LETTER)}},
/* slimta */
{"slimta", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "slimta")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* maddy internal/target/received.go: letters only; its LMTP never tells */
{"maddy", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "envelope-sender <"), S(SIGN_WITH, IS, "esmtp"), S(SIGN_FROM_NOTE, ABSENT, "")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Oracle, Sun and iPlanet Messaging, PMDF (PMDF 6.8 manual, MTA channels): hops between their own channels have no
 * `with` */
{"oracle", DOC, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "oracle communications messaging"), S(SIGN_WITH, ABSENT, "")}, {0}},
{"oracle", DOC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "oracle communications messaging")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"oracle", DOC, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "sun java(tm) system messaging"), S(SIGN_WITH, ABSENT, "")}, {0}},
{"oracle", DOC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "sun java(tm) system messaging")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"oracle", DOC, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "sun one messaging"), S(SIGN_WITH, ABSENT, "")}, {0}},
{"oracle", DOC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "sun one messaging")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"oracle", DOC, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "iplanet messaging server"), S(SIGN_WITH, ABSENT, "")}, {0}},
{"oracle", DOC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "iplanet messaging server")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"oracle", DOC, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "pmdf "), S(SIGN_WITH, ABSENT, "")}, {0}},
{"oracle", DOC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "pmdf ")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Oracle Beehive */
{"beehive", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "oracle beehive")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* CommuniGate Pro: letters in 5 and later, ESMTP-TLS in 3 and 4 */
{"communigate", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "communigate pro"), S(SIGN_WITH, IS, "pipe")}, {0}},
{"communigate", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "communigate pro smtp")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"communigate", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "communigate pro")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Kerio Connect: without a protocol it tells nothing */
{"kerio", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "kerio "), S(SIGN_WITH, ABSENT, "")}, {0}},
{"kerio", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "kerio ")}, {SLOT(PLACE_WITH, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* IceWarp, formerly Merak: (SSL) behind the word; its note is free text, its ids are not */
{"icewarp", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "icewarp")}, {SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LETTER)}},
{"icewarp", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "merak")}, {SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LETTER)}},
{"icewarp", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, IS, "asmtp"), S(SIGN_BY_NOTE, PRESENT, "")}, {SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LETTER)}},
/* MDaemon: letters since about 15 (2015) */
{"mdaemon", INF, PLAIN, 0, 0, 2015, 0, {S(SIGN_ID, ENDS, ".msg")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"mdaemon", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "mdaemon")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Halon */
{"halon", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, IS, "halon")}, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Momentum, formerly ecelerity; the cipher without a version */
{"ecelerity", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "ecelerity")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* PowerMTA, SendGrid, Cloudflare Email Routing, Coremail, KnoxPortal, Hmail, Hermes, RichMail: never */
{"powermta", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "powermta")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"cloudflare", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "cloudflare")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"coremail", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "coremail")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"knoxportal", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "knoxportal")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"hmail", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "hmail")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"hermes", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "hermes")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"richmail", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "richmail")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"sendgrid", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, IS, "sg")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"qq", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".qq.com")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Lotus, IBM and HCL Domino: no release was ever seen to tell */
{"domino", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "lotus domino")}, {0}},
{"domino", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "ibm domino")}, {0}},
{"domino", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "hcl domino")}, {0}},
{"domino", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_DOMINO_ID)}, {0}},
/* MailChannels */
{"mailchannels", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "trex/")}, {SLOT(PLACE_FROM, FORM_USING)}},
/* Strato's RZmta: behind the id */
{"rzmta", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "rzmta")}, {SLOT(PLACE_ID, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Yandex: behind the date, until 2023 or so */
{"yandex", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, ENDS, "/yandex"), S(SIGN_WITH, IS, "local")}, {0}},
{"yandex", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, ENDS, "smtp/yandex")}, {SLOT(PLACE_TAIL, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"yandex", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, IS, "smtpcorp/yandex")}, {SLOT(PLACE_TAIL, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"yandex", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, ENDS, "/yandex")}, {SLOT(PLACE_TAIL, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Horde lib/Horde/Mime: HTTPS where it was */
{"horde", INF, PLAIN, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "horde framework")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Cellopoint: in its own note, also under the name `Generic MTA` */
{"cellopoint", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "cellopoint")}, {SLOT(PLACE_BY, FORM_PRODUCT)}},
{"cellopoint", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "generic mta")}, {SLOT(PLACE_BY, FORM_PRODUCT)}},
{"cellopoint", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "envelope-from "), S(SIGN_BY_NOTE, HAS, " esmtp with tls")}, {SLOT(PLACE_BY, FORM_PRODUCT)}},
/* Symantec Messaging Gateway: known by its ids, its name is free text */
{"symantec-smg", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_SMG_ID)}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* amavis under another product name */
{"amavis", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "localhost"), S(SIGN_BY_NOTE, HAS, ", port ")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* masqmail */
{"masqmail", INF, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "masqmail"), S(SIGN_BY_NOTE, HAS, "from userid")}, {0}},
/* local injectors (strings of the programs in Debian) */
{"dma", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "dragonfly mail agent")}, {0}},
{"ssmtp", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "ssmtp sendmail emulation")}, {0}},
{"nbsmtp", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "nbsmtp-")}, {0}},
{"mercury", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "mercury"), S(SIGN_HELO, IS, "spooler")}, {0}},
{"mercury", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "mercury"), S(SIGN_HELO, ENDS, "spooldir")}, {0}},
{"mercury", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "mercury")}, {0}},
/* mpop: never */
{"mpop", SRC, UNKNOWN, RETRIEVAL, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "mpop-")}, {0}},
/* Sophos Email Appliance, Forcepoint: Postfix inside */
{"postfix", INF, PLAIN, 0, 0, 2008, 0, {S(SIGN_BY_NOTE, STARTS, "sophos email appliance")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"postfix", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY, IS, "forcepoint"), S(SIGN_WITH, IS, "smtp")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"postfix", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "forcepoint")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"postfix", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "websense")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* ---- marks in the protocol ---- */

/* Exchange's pickup folder */
{"exchange", INF, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_WITH, STARTS, "microsoft smtp server"), S(SIGN_HELO, IS, "pickup"), S(SIGN_FROM_NOTE, ABSENT, "")}, {0}},
/* Microsoft Exchange 2007 on, and Online. What builds write which form does not matter: both are anchored. */
{"exchange", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "microsoft smtp server")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LETTER)}},
/* the store's own hops: MAPI, and HTTP between the front end and the mailbox */
{"exchange", INF, LOCAL, DELIVERY, 0, 0, 0, {S(SIGN_WITH, IS, "mapi")}, {0}},
{"exchange", INF, LOCAL, DELIVERY, 0, 0, 0, {S(SIGN_WITH, IS, "https"), S(SIGN_BY, ENDS, ".outlook.com")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"exchange", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "mailboxresubmission")}, {0}},
{"exchange", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "shadowredundancy")}, {0}},
/* IIS and Exchange 2000-2003: a program's message from the pickup folder */
{"smtpsvc", INF, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_WITH, STARTS, "microsoft smtpsvc"), S(SIGN_HELO, IS, "mail pickup service"), S(SIGN_FROM_NOTE, ABSENT, "")}, {0}},
{"smtpsvc", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "microsoft smtpsvc")}, {SLOT(PLACE_BY, FORM_CHANNEL)}},
/* Exchange 5.x */
{"exchange-ims", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_NOTE, STARTS, "microsoft exchange internet mail")}, {0}},
{"exchange-ims", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "internet mail service")}, {0}},
{"exchange-ims", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "microsoft exchange")}, {0}},

/* getmail6 retrieverbases.py: implicit TLS always shows */
{"getmail", SRC, PLAIN, RETRIEVAL, 0, 0, 0, {S(SIGN_WITH, STARTS, "pop3 getmail")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"getmail", SRC, PLAIN, RETRIEVAL, 0, 0, 0, {S(SIGN_WITH, STARTS, "imap4 getmail")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"getmail", SRC, PLAIN, RETRIEVAL, 0, 0, 0, {S(SIGN_WITH, STARTS, "pop3-ssl getmail")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"getmail", SRC, PLAIN, RETRIEVAL, 0, 0, 0, {S(SIGN_WITH, STARTS, "imap4-ssl getmail")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"getmail", SRC, UNKNOWN, RETRIEVAL, 0, 0, 0, {S(SIGN_WITH, STARTS, "sdps getmail")}, {0}},
/* Trustwave SEG, MailMarshal: 7 and later write the note in the place of `with`, or behind it */
{"trustwave", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "trustwave seg")}, {SLOT(PLACE_WITH, FORM_USING)}},
{"trustwave", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_ID, STARTS, "<b"), S(SIGN_FROM_NOTE, STARTS, "not verified["), S(SIGN_WITH, ABSENT, "")}, {SLOT(PLACE_BY, FORM_USING)}},
{"trustwave", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_ID, STARTS, "<b"), S(SIGN_FROM_NOTE, STARTS, "not verified[")}, {SLOT(PLACE_WITH, FORM_USING)}},
{"mailmarshal", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "mailmarshal")}, {0}},
/* MailEnable */
{"mailenable", INF, PLAIN, 0, 0, 2015, 0, {S(SIGN_WITH, STARTS, "mailenable ")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"mailenable", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "mailenable ")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* XMail */
{"xmail", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "[xmail")}, {0}},
/* Novell NetMail */
{"netmail", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "netmail ")}, {SLOT(PLACE_VIA, FORM_WORD)}},
/* IBM's gateway: between two semicolons */
{"ibm-gateway", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "ibm esmtp smtp gateway")}, {SLOT(PLACE_TAIL, FORM_PAIRS), SLOT(PLACE_WITH, FORM_PAIRS)}},
/* filters and lists that write a field of their own as they pass a message on */
{"qmail-scanner", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "qmail-scanner")}, {0}},
{"ecartis", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "ecartis")}, {0}},
{"listar", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "listar")}, {0}},
{"spamassassin", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "spamassassin")}, {0}},
{"simscan", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_BY, IS, "simscan")}, {0}},
{"debbugs", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_VIA, IS, "spool")}, {0}},
{"indimail", SRC, LOCAL, 0, 0, 0, 0, {S(SIGN_VALUE, STARTS, "indimail-mta queue ")}, {0}},
{"indimail", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_VALUE, STARTS, "indimail-mta ")}, {SLOT(PLACE_WITH, FORM_SPACED), SLOT(PLACE_WITH, FORM_LETTER)}},
/* mox smtpserver/server.go */
{"mox", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_VIA, IS, "tcp"), S(SIGN_BY_NOTE, SHAPE, SHAPE_BRACKETS)}, {SLOT(PLACE_ID, FORM_SPACED), SLOT(PLACE_WITH, FORM_SPACED), SLOT(PLACE_FOR, FORM_SPACED), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Cisco IronPort: `with ESMTP/TLS/C` since 2011 */
{"ironport", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, SHAPE, SHAPE_SLASH)}, {SLOT(PLACE_WITH, FORM_SLASH)}},
{"ironport", INF, PLAIN, 0, 0, 2011, 0, {S(SIGN_WITH, IS, "esmtp"), S(SIGN_ID, ABSENT, ""), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST)}, {SLOT(PLACE_WITH, FORM_SLASH)}},
{"ironport", INF, PLAIN, 0, 0, 2011, 0, {S(SIGN_WITH, IS, "smtp"), S(SIGN_ID, ABSENT, ""), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST)}, {SLOT(PLACE_WITH, FORM_SLASH)}},

/* ---- marks in the host ---- */

/* Google: channels of its own between its hosts, then the edge, then what never tells */
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "mx.google.com"), S(SIGN_HELO, PRESENT, "")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_GTS), SLOT(PLACE_FOR, FORM_GTS)}},
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "smtp.gmail.com")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "smtp-relay.gmail.com")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "smtp.googlemail.com")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "mx.gmail.com")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "gmr-mx.google.com")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_FOR, FORM_GTS), SLOT(PLACE_ID, FORM_GTS)}},
{"google", INF, UNKNOWN, INJECTION, 0, 0, 0, {S(SIGN_BY, ENDS, ".google.com"), S(SIGN_WITH, STARTS, "http")}, {0}},
{"google-internal", INF, UNKNOWN, 0, HINT_INTERNAL, 0, 0, {S(SIGN_BY, ENDS, ".google.com")}, {SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_GTS), SLOT(PLACE_FOR, FORM_GTS)}},
{"google-internal", INF, UNKNOWN, 0, HINT_INTERNAL, 0, 0, {S(SIGN_BY, STARTS, "2002:a"), S(SIGN_HELO, ABSENT, "")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"google-internal", INF, UNKNOWN, 0, HINT_INTERNAL, 0, 0, {S(SIGN_BY, SHAPE, SHAPE_PRIVATE), S(SIGN_HELO, ABSENT, ""), S(SIGN_WITH, IS, "smtp")}, {0}},

/* Yahoo and AOL: letters since August 2015, details by 2023; its front end calls itself 127.0.0.1 */
{"yahoo", INF, PLAIN, 0, 0, 2016, 0, {S(SIGN_BY, ENDS, ".yahoo.com"), S(SIGN_WITH, STARTS, "smtp")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"yahoo", INF, PLAIN, 0, 0, 2016, 0, {S(SIGN_BY, SHAPE, SHAPE_PRIVATE), S(SIGN_FROM_NOTE, STARTS, "ehlo "), S(SIGN_WITH, STARTS, "smtp")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"yahoo", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".yahoo.com")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Mimecast: fields of 2011 never told, those of 2019 and later do */
{"mimecast", INF, PLAIN, 0, 0, 2019, 0, {S(SIGN_BY, ENDS, ".mimecast.com")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_STARTTLS), SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"mimecast", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".mimecast.com")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_STARTTLS), SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Zoho */
{"zoho", INF, UNKNOWN, INJECTION, 0, 0, 0, {S(SIGN_BY, ENDS, ".zohomail.com"), S(SIGN_WITH, IS, "http")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"zoho", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".zohomail.com")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"zoho", INF, UNKNOWN, INJECTION, 0, 0, 0, {S(SIGN_BY, ENDS, ".zoho.com"), S(SIGN_WITH, IS, "http")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"zoho", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".zoho.com")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"zoho", INF, UNKNOWN, INJECTION, 0, 0, 0, {S(SIGN_BY, ENDS, "mx.zoho.eu"), S(SIGN_WITH, IS, "http")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"zoho", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, "mx.zoho.eu")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* mail.ru: `esmtpa` where submission demands TLS */
{"mail.ru", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".mail.ru")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"mail.ru", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".smailru.net")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Mailgun: since July 2020 in a note, before that never */
{"mailgun", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".mailgun.org")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"mailgun", INF, PLAIN, 0, 0, 2021, 0, {S(SIGN_BY, ENDS, ".postgun.com")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Amazon: what SES receives, and its own relays */
{"amazon", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY, STARTS, "inbound-smtp."), S(SIGN_BY, ENDS, ".amazonaws.com")}, {0}},
{"amazon", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_NOTE, IS, "farcaster")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Postini (its documents on message headers); dead */
{"postini", DOC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".postini.com")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Barracuda, its cloud and its appliances */
{"barracuda", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".cudaops.com")}, {SLOT(PLACE_BY, FORM_PAIRS), SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* MessageLabs, later Symantec .cloud */
{"messagelabs", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".messagelabs.com")}, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_FROM, FORM_USING)}},
{"messagelabs", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, STARTS, "server-"), S(SIGN_BY, HAS, ".bemta")}, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_FROM, FORM_USING)}},
{"messagelabs", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".symcld.net")}, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_FROM, FORM_USING)}},

/* ---- marks in notes of later clauses, and in ids ---- */

/* Exim globals.c received_header_text; smtp_in.c protocols[]. The text is one option, but the protocol word and
 * the cipher are in the default of every version since 4.0. */
{"exim", SRC, PLAIN, 0, HINT_NAME_FOUND, 0, 0, {S(SIGN_NOTE, STARTS, "exim")}, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_COLON)}},
/* under another name, but in the order of the default: the word is of RFC 3848 since 4.42 (2004) */
{"exim", INF, PLAIN, 0, HINT_NAME_FOUND, 2005, 0, {S(SIGN_ID, SHAPE, SHAPE_EXIM_ID), S(SIGN_NOTE, STARTS, "envelope-from <"), S(SIGN_WITH, STARTS, "esmtp")}, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER)}},
/* with a text of its own: the word still tells, its lack does not */
{"exim", SRC, UNKNOWN, 0, HINT_NAME_FOUND, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_EXIM_ID)}, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_ENCRYPTED)}},

/* 1&1 Nemesis: letters since November 2014 */
{"nemesis", INF, PLAIN, 0, 0, 2015, 0, {S(SIGN_NOTE, IS, "nemesis")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
{"nemesis", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_NOTE, IS, "nemesis")}, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* ZMailer, as vger ran it */
{"zmailer", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_NOTE, STARTS, "orcpt <rfc822;")}, {0}},
/* Roundcube: HTTP, whatever it was */
{"roundcube", SRC, UNKNOWN, INJECTION, 0, 0, 0, {S(SIGN_NOTE, STARTS, "http/")}, {0}},
/* SquirrelMail */
{"squirrelmail", INF, UNKNOWN, INJECTION, 0, 0, 0, {S(SIGN_WITH, IS, "http"), S(SIGN_FROM_NOTE, STARTS, "squirrelmail authenticated ")}, {0}},
/* fetchmail: the protocol is a constant, TLS is never shown */
{"fetchmail", SRC, UNKNOWN, RETRIEVAL, HINT_NAME_FOUND, 0, 0, {S(SIGN_NOTE, STARTS, "fetchmail-")}, {0}},

/* Courier courieresmtpd.C, submit.C */
{"courier", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_COURIER_ID), S(SIGN_WITH, IS, "local")}, {0}},
{"courier", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_COURIER_ID)}, {SLOT(PLACE_FROM, FORM_LIST), SLOT(PLACE_WITH, FORM_LETTER)}},
{"courier", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "esmtps"), S(SIGN_FROM_NOTE, STARTS, "auth: ")}, {SLOT(PLACE_FROM, FORM_LIST), SLOT(PLACE_WITH, FORM_LETTER)}},
{"courier", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "esmtps"), S(SIGN_FROM_NOTE, STARTS, "tls: ")}, {SLOT(PLACE_FROM, FORM_LIST), SLOT(PLACE_WITH, FORM_LETTER)}},
{"courier", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "esmtps"), S(SIGN_FROM_NOTE, STARTS, "ssl: ")}, {SLOT(PLACE_FROM, FORM_LIST), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Proofpoint PPS under a customer's host name */
{"proofpoint", INF, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_PPS_ID), S(SIGN_BY_NOTE, ABSENT, "")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Barracuda's appliances: an id of 16 letters and digits, and nothing else of their own */
{"barracuda", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_BARRACUDA_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_PEER), S(SIGN_BY_NOTE, ABSENT, ""), S(SIGN_WITH, IS, "esmtp")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS)}},
/* Courier without its id */
{"courier", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, IS, "esmtp"), S(SIGN_FROM_NOTE, STARTS, "auth: "), S(SIGN_BY_NOTE, ABSENT, "")}, {0}},
/* FortiMail: two ids of sendmail's shape */
{"fortimail", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_FORTIMAIL_ID)}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Zimbra's store, through its own LMTP */
{"zimbra", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_WITH, IS, "lmtp"), S(SIGN_FROM_NOTE, STARTS, "lhlo ")}, {0}},
/* Sendmail with texts of its own */
{"sendmail", INF, PLAIN, 0, 0, 2002, 0, {S(SIGN_ID, SHAPE, SHAPE_SENDMAIL_ID), S(SIGN_BY_NOTE, PRESENT, ""), S(SIGN_WITH, STARTS, "esmtp")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_ID, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"sendmail", INF, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_SENDMAIL_ID), S(SIGN_FROM_NOTE, ENDS, "@localhost")}, {0}},
/* hMailServer SMTPMessageHeaderCreator.cpp: neither name nor id */
{"hmailserver", SRC, PLAIN, 0, 0, 2013, 0, {S(SIGN_WITH, STARTS, "esmtp"), S(SIGN_ID, ABSENT, ""), S(SIGN_BY_NOTE, ABSENT, ""), S(SIGN_FROM_NOTE, STARTS, "unknown [")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Postfix under another mail_name: known by the shapes of its queue id and of what it tells of the client */
{"postfix", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_POSTFIX_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_PEER), S(SIGN_BY_NOTE, PRESENT, ""), S(SIGN_WITH, IS, "smtp")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"postfix", INF, PLAIN, 0, 0, 2008, 0, {S(SIGN_ID, SHAPE, SHAPE_POSTFIX_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_PEER), S(SIGN_BY_NOTE, PRESENT, "")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* s/qmail received.c; indimail-mta */
{"s-qmail", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_HELO, PRESENT, ""), S(SIGN_WITH, STARTS, "esmtps"), S(SIGN_FROM_NOTE, STARTS, "helo "), S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST)}, {SLOT(PLACE_FROM, FORM_CRYPTED), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_ENCRYPTED)}},

/* qmail received.c: `from rdns (HELO helo) (ip) by host with SMTP`; patches for TLS put the cipher before the
 * word (1999-2007) or behind it (2007 on), patches for AUTH erase it again: silence tells nothing */
{"qmail", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_FROM_NOTE, STARTS, "helo "), S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST)}, {SLOT(PLACE_WITH, FORM_ENCRYPTED), SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_WITH, FORM_LETTER)}},
};
/* clang-format on */

#define WRITERS (sizeof writers / sizeof writers[0])

/* clang-format off */
/* What an unknown writer may state, and where: only behind its own `by`. */
static const uint8_t common_slots[] = {
    SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_ID, FORM_PAIRS),
    SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_BY, FORM_PAIRS), SLOT(PLACE_WITH, FORM_COLON),
    SLOT(PLACE_ID, FORM_COLON), SLOT(PLACE_WITH, FORM_ENCRYPTED), SLOT(PLACE_WITH, FORM_CIPHER),
    SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_ID, FORM_CLAUSE), SLOT(PLACE_FOR, FORM_CLAUSE),
    SLOT(PLACE_WITH, FORM_SLASH), SLOT(PLACE_WITH, FORM_STARTTLS), SLOT(PLACE_WITH, FORM_SPACED),
    SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LIST), SLOT(PLACE_WITH, FORM_USING),
    SLOT(PLACE_ID, FORM_USING), SLOT(PLACE_BY, FORM_USING), SLOT(PLACE_BY, FORM_CHANNEL),
    SLOT(PLACE_ID, FORM_CLAUSE_PAIRS), SLOT(PLACE_WITH, FORM_OVER),
};
/* clang-format on */
#define COMMON_SLOTS (sizeof common_slots / sizeof common_slots[0])

#endif
