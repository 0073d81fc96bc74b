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
enum { IS, STARTS, ENDS, ABSENT, SHAPE };

/* Shapes, for SHAPE; the text is the shape's letter. */
#define SHAPE_SENDMAIL_8_12 "n" /* 8.12.1/8.11 and later */
#define SHAPE_SENDMAIL_OLD  "o" /* 8.9.3/8.9.1, 5.65/1.37 */
#define SHAPE_SENDMAIL_ID   "s" /* 8 letters or digits, 6 digits */
#define SHAPE_POSTFIX_ID    "p" /* 4DA2F1C03B, 4QPZbK6s8jz3xVc */
#define SHAPE_EXIM_ID       "e" /* 1mfYh0-0002e8-QW */
#define SHAPE_PPS_ID        "q" /* 292hw54kbu-1 */
#define SHAPE_COURIER_ID    "c" /* 0000000000E541B3.00000000622DE4D2.00005824 */
#define SHAPE_DOVECOT_ID    "d" /* EGCAMqjvBmrOowIAu9opvQ */
#define SHAPE_BUILD         "b" /* 15.20.5273.14 */
#define SHAPE_SMG_ID        "g" /* C4.98.10621.47ABF006 */
#define SHAPE_DOMINO_ID     "l" /* 2017030816455096-411668 */
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
{"qmail", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_START, STARTS, "qmail "), S(SIGN_START, ENDS, "invoked from network")}, {0}},
{"qmail", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_START, STARTS, "qmail ")}, {0}},
/* Haraka outbound/hmail.js: written as the message leaves the queue */
{"haraka", SRC, LOCAL, 0, 0, 0, 0, {S(SIGN_START, STARTS, "haraka outbound")}, {0}},
/* nullmailer */
{"nullmailer", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_START, STARTS, "nullmailer ")}, {0}},
/* sendmail/collect.c, cf/cf/submit.cf: `(from user@host)` is a local program's message */
{"sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_START, STARTS, "from ")}, {0}},
/* ZMailer as vger ran it: `(majordomo@host) by host via listexpand` */
{"zmailer", SRC, LOCAL, 0, 0, 0, 0, {S(SIGN_VIA, STARTS, "listexpand")}, {0}},

/* ---- marks in the notes behind `by` ---- */

/* Postfix pickup.c */
{"postfix", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "postfix, from userid ")}, {0}},
{"postfix", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_POSTFIX_ID), S(SIGN_HELO, ABSENT, ""), S(SIGN_WITH, ABSENT, ""), S(SIGN_BY_NOTE, ENDS, ", from userid ")}, {0}},
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

/* Sendmail submit.cf */
{"sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_BY_NOTE, ENDS, "/submit"), S(SIGN_WITH, ABSENT, "")}, {0}},
/* Sendmail cf/m4/cfhead.m4 _REC_TLS_ (8.12 on), sendmail/srvrsmtp.c (letters from 8.15.1 on, December 2014) */
{"sendmail", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_8_12)}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_FOR, FORM_PAIRS)}},
{"sendmail", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "switch-")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"sendmail", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "sentrion-")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* 8.11 and before (RELEASE_NOTES): STARTTLS came with 8.11 and was seldom compiled in */
{"sendmail", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_OLD)}, {SLOT(PLACE_ID, FORM_USING), SLOT(PLACE_ID, FORM_PAIRS)}},
{"sendmail", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_BY_NOTE, STARTS, "smi-")}, {0}},

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

/* ---- marks in the protocol ---- */

/* Microsoft Exchange 2007 on, and Online. What builds write which form does not matter: both are anchored. */
{"exchange", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "microsoft smtp server")}, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LETTER)}},
/* the store's own hops: MAPI, and HTTP between the front end and the mailbox */
{"exchange", INF, LOCAL, DELIVERY, 0, 0, 0, {S(SIGN_WITH, IS, "mapi")}, {0}},
{"exchange", INF, LOCAL, DELIVERY, 0, 0, 0, {S(SIGN_WITH, IS, "https"), S(SIGN_BY, ENDS, ".outlook.com")}, {0}},
{"exchange", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "mailboxresubmission")}, {0}},
{"exchange", INF, LOCAL, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "shadowredundancy")}, {0}},
/* IIS and Exchange 2000-2003: a program's message from the pickup folder */
{"smtpsvc", INF, LOCAL, INJECTION, 0, 0, 0, {S(SIGN_WITH, STARTS, "microsoft smtpsvc"), S(SIGN_HELO, IS, "mail pickup service"), S(SIGN_FROM_NOTE, ABSENT, "")}, {0}},
{"smtpsvc", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "microsoft smtpsvc")}, {SLOT(PLACE_BY, FORM_CHANNEL)}},
/* Exchange 5.x */
{"exchange-ims", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_NOTE, STARTS, "microsoft exchange internet mail")}, {0}},
{"exchange-ims", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "internet mail service")}, {0}},
{"exchange-ims", INF, UNKNOWN, 0, 0, 0, 0, {S(SIGN_WITH, STARTS, "microsoft exchange")}, {0}},

/* Cisco IronPort: `with ESMTP/TLS/C` since 2011 */
{"ironport", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_WITH, SHAPE, SHAPE_SLASH)}, {SLOT(PLACE_WITH, FORM_SLASH)}},
{"ironport", INF, PLAIN, 0, 0, 2011, 0, {S(SIGN_WITH, IS, "esmtp"), S(SIGN_ID, ABSENT, ""), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST)}, {SLOT(PLACE_WITH, FORM_SLASH)}},
{"ironport", INF, PLAIN, 0, 0, 2011, 0, {S(SIGN_WITH, IS, "smtp"), S(SIGN_ID, ABSENT, ""), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST)}, {SLOT(PLACE_WITH, FORM_SLASH)}},

/* ---- marks in the host ---- */

/* Google: channels of its own between its hosts, then the edge, then what never tells */
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "mx.google.com"), S(SIGN_HELO, STARTS, "")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_GTS), SLOT(PLACE_FOR, FORM_GTS)}},
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "smtp.gmail.com")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "smtp-relay.gmail.com")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{"google", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, IS, "smtp.googlemail.com")}, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
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

/* MessageLabs, later Symantec .cloud */
{"messagelabs", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".messagelabs.com")}, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_FROM, FORM_USING)}},
{"messagelabs", INF, PLAIN, 0, 0, 0, 0, {S(SIGN_BY, ENDS, ".symcld.net")}, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_FROM, FORM_USING)}},

/* ---- marks in notes of later clauses, and in ids ---- */

/* Exim globals.c received_header_text; smtp_in.c protocols[]. The text is one option, but the protocol word and
 * the cipher are in the default of every version since 4.0. */
{"exim", SRC, PLAIN, 0, HINT_NAME_FOUND, 0, 0, {S(SIGN_NOTE, STARTS, "exim ")}, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_COLON)}},
/* with a text of its own: the word still tells, its lack does not */
{"exim", SRC, UNKNOWN, 0, HINT_NAME_FOUND, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_EXIM_ID)}, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_ENCRYPTED)}},

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

/* Postfix under another mail_name: known by the shapes of its queue id and of what it tells of the client */
{"postfix", SRC, UNKNOWN, 0, 0, 0, 0, {S(SIGN_ID, SHAPE, SHAPE_POSTFIX_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_PEER), S(SIGN_BY_NOTE, STARTS, ""), S(SIGN_WITH, IS, "smtp")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{"postfix", INF, PLAIN, 0, 0, 2008, 0, {S(SIGN_ID, SHAPE, SHAPE_POSTFIX_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_PEER), S(SIGN_BY_NOTE, STARTS, "")}, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* s/qmail received.c; indimail-mta */
{"s-qmail", SRC, PLAIN, 0, 0, 0, 0, {S(SIGN_HELO, STARTS, ""), S(SIGN_WITH, STARTS, "esmtps"), S(SIGN_FROM_NOTE, STARTS, "helo "), S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST)}, {SLOT(PLACE_FROM, FORM_CRYPTED), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_ENCRYPTED)}},

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
