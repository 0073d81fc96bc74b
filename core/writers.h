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
    SIGN_BY,          /* the host behind `by` */
    SIGN_BY_NOTE,     /* a comment behind it, before the next clause */
    SIGN_BY_ENVELOPE, /* such a comment that tells of the envelope */
    SIGN_NOTE,        /* a comment in a later clause */
    SIGN_WITH,        /* the words behind `with` */
    SIGN_VIA,
    SIGN_ID,
    SIGN_HELO,      /* the client's: only with other signs */
    SIGN_HELO_NOTE, /* a comment in front of the client's address: the client's, too */
    SIGN_FROM_NOTE, /* the comment that tells its address, or one behind it */
    SIGN_FROM_WORD, /* the first word outside comments behind it */
    SIGN_START,     /* a comment before any clause */
    SIGN_VALUE,     /* the first bytes of the value */
    SIGN_TAIL,      /* what follows the last semicolon */
    SIGN_PLACES
};

/* How it is compared, always without regard to case. */
enum { IS, STARTS, ENDS, HAS, PRESENT, ABSENT, SHAPE };

/* Shapes, for SHAPE; the text is the shape's letter. In front of the example stands how many bytes such a text has;
 * tools/writer-index reads it. */
#define SHAPE_SENDMAIL_8_12 "n" /* 4+: 8.12.1/8.11 and later */
#define SHAPE_SENDMAIL_8_11 "m" /* 4+: 8.11.6/8.11.6 */
#define SHAPE_SENDMAIL_8_10 "8" /* 4+: 8.9.3/8.9.1, 8.10.2+Sun/8.9.1 */
#define SHAPE_SENDMAIL_OLD  "o" /* 4+: 5.65/1.37 */
#define SHAPE_SENDMAIL_ANY  "a" /* 4+: any of them */
#define SHAPE_SENDMAIL_ID   "s" /* 14: 8 letters or digits, 6 digits */
#define SHAPE_POSTFIX_ID    "p" /* 6-20: 4DA2F1C03B, 4QPZbK6s8jz3xVc */
#define SHAPE_EXIM_ID       "e" /* 16-23: 1mfYh0-0002e8-QW */
#define SHAPE_PPS_ID        "q" /* 11-14: 292hw54kbu-1 */
#define SHAPE_COURIER_ID    "c" /* 26+: 0000000000E541B3.00000000622DE4D2.00005824 */
#define SHAPE_DOVECOT_ID    "d" /* 22+: EGCAMqjvBmrOowIAu9opvQ */
#define SHAPE_SMG_ID        "g" /* 19-21: C4.98.10621.47ABF006 */
#define SHAPE_DOMINO_ID     "l" /* 18+: 2017030816455096-411668 */
#define SHAPE_FORTIMAIL_ID  "f" /* 29: 025AiehM006195-025AiehO006195 */
#define SHAPE_BARRACUDA_ID  "u" /* 16: aCZF7qO2B6CDuv2i */
#define SHAPE_HEX_8         "h" /* 8: 22cd2ccf */
#define SHAPE_MDAEMON_15    "v" /* 3+: MDaemon PRO v23.5.1 */
#define SHAPE_SENDMAIL_10   "i" /* 12: 7 letters or digits, 5 digits: the ids of 8.10 and 8.11 */
#define SHAPE_CLOUDMARK_ID  "w" /* 22: vupUrbnUxReGpvupUrYOs3 */
#define SHAPE_MCAFEE_ID     "x" /* 46: 4cc5_ed71_872456ee_201c_4e50_bf6b_757cc60f34a0 */
#define SHAPE_SURGEMAIL_ID  "z" /* 12+: 18406123-1500050 */
#define SHAPE_SIMTA_ID      "j" /* 12+: 8DA8C4B3.7E8C0.55640 */
#define SHAPE_HEX_64        "6" /* 64: the name of a container */
#define SHAPE_GOOGLE_ID     "7" /* 12+: s18so7168202lam.3, x6csp3014333lag */
#define SHAPE_VERSION       "." /* 2+: 3.11v: a number with a dot, and no slash */
#define SHAPE_SMTP_WORD     "+" /* 2+: a protocol word of SMTP or LMTP: not HTTP, none that nobody registered */
#define SHAPE_SLASH         "/" /* 8+: ESMTP/TLS/C */
#define SHAPE_PEER          "r" /* 4+: rdns [ip] */
#define SHAPE_BRACKETS      "k" /* 3+: [ip] */
#define SHAPE_DAY_FIRST     "y" /* 3+: 25 Aug 2021 */
#define SHAPE_PRIVATE       "t" /* 2+: an address of a private network */

#define SIGN_LENGTH 36u

typedef struct writer_sign {
    uint8_t where;
    uint8_t how;
    uint8_t len;
    uint8_t text[SIGN_LENGTH];
} writer_sign;

#define WRITER_SIGNS 4u
#define WRITER_SLOTS 6u

typedef struct writer_row {
    writer_sign sign[WRITER_SIGNS];
    char name[24];
    uint8_t grade;
    uint8_t silence;
    uint8_t role; /* 0: as the protocol word says */
    uint8_t hints;
    uint16_t since; /* years of the field's date, until without the last; 0: any, an unreadable date too */
    uint16_t until;
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
{{{0, 0, 0, {0}}}, "", NO, UNKNOWN, 0, 0, 0, 0, {0}},

/* ---- marks that stand before any clause ---- */

/* qmail received.c: `(qmail N invoked by uid U)`. From the network: qmail-queue tells nothing, and qmail-smtpd's own
 * field, the next below, tells of the connection. */
{{S(SIGN_START, STARTS, "qmail "), S(SIGN_START, HAS, "invoked from network")}, "qmail", SRC, UNKNOWN, 0, HINT_SAME_HOST, 0, 0, {0}},
{{S(SIGN_START, STARTS, "qmail ")}, "qmail", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
/* Haraka outbound/hmail.js: written as the message leaves the queue */
{{S(SIGN_START, STARTS, "haraka outbound")}, "haraka", SRC, LOCAL, 0, 0, 0, 0, {0}},
/* nullmailer */
{{S(SIGN_START, STARTS, "nullmailer ")}, "nullmailer", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
/* derivatives of qmail under a name of their own: (cpmta N invoked from network), (wp-smtpd ...) */
{{S(SIGN_START, HAS, "invoked from network")}, "qmail", INF, UNKNOWN, 0, HINT_SAME_HOST, 0, 0, {0}},
{{S(SIGN_START, HAS, "invoked by uid")}, "qmail", INF, LOCAL, INJECTION, 0, 0, 0, {0}},
/* mess822 ofmipd */
{{S(SIGN_START, STARTS, "ofmipd ")}, "ofmipd", INF, UNKNOWN, 0, 0, 0, 0, {0}},
/* sendmail/collect.c, cf/cf/submit.cf: `(from user@host)` is a local program's message */
{{S(SIGN_START, STARTS, "from majordom")}, "sendmail", SRC, LOCAL, INJECTION, HINT_LIST, 0, 0, {0}},
{{S(SIGN_START, STARTS, "from mailman@")}, "sendmail", SRC, LOCAL, INJECTION, HINT_LIST, 0, 0, {0}},
{{S(SIGN_START, STARTS, "from ")}, "sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
/* ZMailer as vger ran it: `(majordomo@host) by host via listexpand` */
{{S(SIGN_VIA, STARTS, "listexpand")}, "zmailer", SRC, LOCAL, 0, HINT_LIST, 0, 0, {0}},

{{S(SIGN_START, STARTS, "majordomo@")}, "zmailer", INF, LOCAL, 0, HINT_LIST, 0, 0, {0}},

/* ---- marks in the notes behind `by` ---- */

/* LISTSERV hands over by a spool */
{{S(SIGN_BY_NOTE, STARTS, "listserv"), S(SIGN_WITH, IS, "spool")}, "listserv", INF, LOCAL, 0, HINT_LIST, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "listserv")}, "listserv", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},

/* Postfix pickup.c; a header filter may have taken the host away */
{{S(SIGN_START, STARTS, "postfix, from userid ")}, "postfix", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "postfix, from userid ")}, "postfix", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, HAS, ", from userid "), S(SIGN_ID, SHAPE, SHAPE_POSTFIX_ID), S(SIGN_HELO, ABSENT, "")}, "postfix", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
/* Postfix local/forward.c, global/post_mail.c. From 3.10 (2025) smtpd_hide_client_session writes the same for a
 * client's session, if told to. */
{{S(SIGN_BY_NOTE, STARTS, "postfix"), S(SIGN_WITH, ABSENT, ""), S(SIGN_HELO, ABSENT, "")}, "postfix", SRC, LOCAL, 0, 0, 0, 2025, {0}},
{{S(SIGN_BY_NOTE, STARTS, "postfix"), S(SIGN_WITH, ABSENT, ""), S(SIGN_HELO, ABSENT, "")}, "postfix", SRC, UNKNOWN, INJECTION, 0, 2025, 0, {0}},
/* Postfix smtpd/smtpd.c: the letters S and A are appended to ESMTP only; a client that never said EHLO leaves
 * `with SMTP`, under TLS too */
{{S(SIGN_BY_NOTE, STARTS, "postfix"), S(SIGN_WITH, IS, "smtp")}, "postfix", SRC, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING)}},
/* Postfix qmqpd/qmqpd.c: a list server's queue on a network of its own, never over TLS */
{{S(SIGN_BY_NOTE, STARTS, "postfix"), S(SIGN_WITH, IS, "qmqp")}, "postfix", SRC, PLAIN, 0, 0, 0, 0, {0}},
/* a login without the letter A: this one writes no letters, so that the lack of S tells nothing either */
{{S(SIGN_BY_NOTE, STARTS, "postfix"), S(SIGN_WITH, IS, "esmtp"), S(SIGN_FROM_NOTE, STARTS, "authenticated sender: ")}, "postfix", SRC, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING)}},
/* Always on since 2.5.0, January 2008 (HISTORY 20070720). Before that the letter was not written, and the comment only
 * if told to: so from 2.2 on (2005, postconf(5)), and so in the patch that gave TLS to older ones (Jaenicke's
 * conf/sample-tls.cf: `smtpd_tls_received_header`, "the default is no"). Distributions shipped that patch: so silence before 2008
 * tells nothing, although most of those servers spoke no TLS at all. */
{{S(SIGN_BY_NOTE, STARTS, "postfix"), S(SIGN_WITH, PRESENT, "")}, "postfix", SRC, PLAIN, 0, 0, 2008, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "postfix")}, "postfix", SRC, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Proofpoint Essentials: Postfix under another mail_name */
{{S(SIGN_BY_NOTE, STARTS, "ppe hosted esmtp server")}, "proofpoint-essentials", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* and what stood before it, up to 2019 at least: the comment between `by` and `with`. In front of `by` it ends with what the client
 * called itself, which could close its note. */
{{S(SIGN_BY, ENDS, ".ppe-hosted.com")}, "proofpoint-essentials", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_BY, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* amavisd Amavis/rfc2821_2822_Tools.pm: `by name (host [address])`, the address being that at which it listens. Where that is
 * loopback, nobody reaches it from another machine, whatever address stands for the client. */
{{S(SIGN_BY_NOTE, STARTS, "amavis"), S(SIGN_BY_NOTE, HAS, "[127.0.0.1]")}, "amavis", SRC, PLAIN, 0, HINT_SAME_HOST, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "amavis"), S(SIGN_BY_NOTE, HAS, "[::1]")}, "amavis", SRC, PLAIN, 0, HINT_SAME_HOST, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* amavisd Amavis/rfc2821_2822_Tools.pm: the version is the word TLS. It calls itself localhost if not told otherwise, on a
 * machine of its own too; the address is the connection's (In/SMTP.pm), whatever the server in front handed on by XFORWARD. */
{{S(SIGN_BY_NOTE, STARTS, "amavis"), S(SIGN_BY, IS, "localhost")}, "amavis", SRC, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "amavis")}, "amavis", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Proofpoint's inner hop: its filter hands back over loopback, to a sendmail of its own */
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_8_12), S(SIGN_HELO, STARTS, "pps.")}, "proofpoint", INF, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, IS, "pps")}, "proofpoint", INF, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, ".pphosted.com"), S(SIGN_ID, SHAPE, SHAPE_PPS_ID)}, "proofpoint", INF, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Sendmail: a local user's program has a name and no address */
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_ANY), S(SIGN_FROM_NOTE, ENDS, "@localhost")}, "sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_ANY), S(SIGN_FROM_NOTE, IS, "localhost")}, "sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_ANY), S(SIGN_FROM_NOTE, ENDS, "localhost]]")}, "sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "8."), S(SIGN_FROM_NOTE, ENDS, "@localhost")}, "sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
/* Sendmail submit.cf */
{{S(SIGN_BY_NOTE, ENDS, "/submit"), S(SIGN_WITH, ABSENT, "")}, "sendmail", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
/* Sendmail cf/m4/cfhead.m4 _REC_TLS_ (8.12 on), sendmail/srvrsmtp.c (letters from 8.15.1 on, December 2014) */
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_8_12)}, "sendmail", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_ID, FORM_USING)}},
{{S(SIGN_BY_NOTE, STARTS, "switch-")}, "sendmail", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "sentrion-")}, "sendmail", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* 8.11 (RELEASE_NOTES: the first with STARTTLS) tells of it behind the id */
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_8_11)}, "sendmail", DOC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_USING), SLOT(PLACE_ID, FORM_PAIRS)}},
/* 8.10 and older had no STARTTLS (RELEASE_NOTES: 8.11.0, July 2000, is the first): what they took from the network was not
 * encrypted when it reached them */
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_8_10), S(SIGN_WITH, ABSENT, ""), S(SIGN_HELO, ABSENT, "")}, "sendmail", DOC, UNKNOWN, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_8_10)}, "sendmail", DOC, PLAIN, 0, 0, 0, 0, {0}},
/* Of what vendors made of 5.x nothing is known. */
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_SENDMAIL_OLD)}, "sendmail", NO, UNKNOWN, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "smi-")}, "sendmail", NO, UNKNOWN, 0, 0, 0, 0, {0}},

/* OpenSMTPD smtpd/smtp_session.c: since 6.0 in a note behind the id, before in a clause */
{{S(SIGN_BY_NOTE, STARTS, "opensmtpd"), S(SIGN_FROM_NOTE, ENDS, "[local]")}, "opensmtpd", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "opensmtpd")}, "opensmtpd", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_COLON), SLOT(PLACE_ID, FORM_CLAUSE_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_FOR, FORM_CLAUSE_PAIRS)}},

/* under another name, where mask-src takes the client away: an id of 8 hexadecimal digits */
{{S(SIGN_ID, SHAPE, SHAPE_HEX_8), S(SIGN_BY_NOTE, PRESENT, ""), S(SIGN_HELO, ABSENT, ""), S(SIGN_WITH, STARTS, "esmtp")}, "opensmtpd", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_COLON), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Cyrus imap/lmtpengine.c */
{{S(SIGN_BY_NOTE, STARTS, "cyrus"), S(SIGN_FROM_NOTE, STARTS, "[unix socket]")}, "cyrus", SRC, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "cyrus")}, "cyrus", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Dovecot lib-smtp/smtp-server-transaction.c, lmtp/commands.c: mostly without a name */
{{S(SIGN_BY_NOTE, STARTS, "dovecot"), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS)}, "dovecot", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "dovecot"), S(SIGN_FROM_NOTE, ABSENT, "")}, "dovecot", SRC, LOCAL, DELIVERY, 0, 0, 0, {0}},
{{S(SIGN_ID, SHAPE, SHAPE_DOVECOT_ID), S(SIGN_WITH, IS, "lmtp"), S(SIGN_FROM_NOTE, ABSENT, "")}, "dovecot", SRC, LOCAL, DELIVERY, 0, 0, 0, {0}},
{{S(SIGN_ID, SHAPE, SHAPE_DOVECOT_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_VIA, ABSENT, "")}, "dovecot", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Haraka connection.js: a note up to 2.8.27, the clause of RFC 8314 from 2.8.28 (October 2021) */
{{S(SIGN_BY_NOTE, STARTS, "haraka")}, "haraka", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_ID, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_PAIRS)}},

/* chasquid internal/smtpsrv/conn.go: `from [address] (HELO)`; of a client that logged in the HELO name alone */
{{S(SIGN_BY_NOTE, STARTS, "chasquid")}, "chasquid", SRC, PLAIN, 0, HINT_ADDRESS_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_OVER), SLOT(PLACE_WITH, FORM_LETTER)}},

/* a patched qmail that names itself, as seen in mail of a large host's servers, 2013; of such a patch silence tells nothing */
{{S(SIGN_BY_NOTE, STARTS, "qmail-1."), S(SIGN_HELO_NOTE, STARTS, "helo ")}, "qmail", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_ENCRYPTED), SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_WITH, FORM_LETTER)}},
/* qmail-ldap: the cipher before the protocol */
{{S(SIGN_BY_NOTE, STARTS, "qmail-ldap")}, "qmail-ldap", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_WITH, FORM_LETTER)}},

/* ---- further servers, by the notes behind `by` ---- */

/* Archiveopteryx server/smtpdata.cpp: a constant `esmtp` or `lmtp` in the versions that were read; where the letters
 * stand, they are its own */
{{S(SIGN_BY_NOTE, STARTS, "archiveopteryx")}, "aox", SRC, UNKNOWN, 0, HINT_NAME_FOUND, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* simta receive.c: known by its ids */
{{S(SIGN_ID, SHAPE, SHAPE_SIMTA_ID), S(SIGN_WITH, STARTS, "esmtp")}, "simta", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Cloudmark Gateway, in many providers' hands: known by its ids, which hold their first letters twice */
{{S(SIGN_ID, SHAPE, SHAPE_CLOUDMARK_ID), S(SIGN_WITH, STARTS, "esmtp"), S(SIGN_BY_NOTE, ABSENT, "")}, "cloudmark", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_USING), SLOT(PLACE_FROM, FORM_USING)}},
{{S(SIGN_ID, SHAPE, SHAPE_CLOUDMARK_ID), S(SIGN_WITH, STARTS, "smtp"), S(SIGN_BY_NOTE, ABSENT, "")}, "cloudmark", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_USING)}},
/* McAfee Email Gateway: (TLS: ...) behind the word; known by its ids */
{{S(SIGN_ID, SHAPE, SHAPE_MCAFEE_ID)}, "mcafee", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LIST), SLOT(PLACE_WITH, FORM_LETTER)}},
/* SurgeMail: (TLS) behind the word; its name is free text, its ids and its word for the client are not */
{{S(SIGN_ID, SHAPE, SHAPE_SURGEMAIL_ID), S(SIGN_FROM_NOTE, STARTS, "unverified [")}, "surgemail", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LETTER)}},
/* PGP Universal: never */
{{S(SIGN_BY_NOTE, STARTS, "pgp universal")}, "pgp-universal", INF, UNKNOWN, 0, 0, 0, 0, {0}},
/* bulk_mailer sorts a list's recipients and hands the message to a local program */
{{S(SIGN_BY_NOTE, STARTS, "bulk_mailer ")}, "bulk-mailer", INF, LOCAL, INJECTION, HINT_LIST, 0, 0, {0}},
/* ASSP: the record is glued to the word in newer ones; what lacks it may be older */
{{S(SIGN_NOTE, STARTS, "assp ")}, "assp", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_SPACED), SLOT(PLACE_WITH, FORM_LETTER)}},
/* SmarterMail writes .NET's names of versions */
{{S(SIGN_NOTE, STARTS, "version=tls\\")}, "smartermail", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS)}},

/* ZoneMTA sending-zone.js: the note stands behind `for` */
{{S(SIGN_BY_NOTE, STARTS, "zonemta")}, "zonemta", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Stalwart smtp data.rs */
{{S(SIGN_BY, IS, "127.0.0.1"), S(SIGN_BY_NOTE, STARTS, "stalwart")}, "stalwart", SRC, PLAIN, 0, HINT_SAME_HOST, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "stalwart")}, "stalwart", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* James ReceivedHeaderGenerator.java: since 3.9; its default name is the same in all versions */
{{S(SIGN_BY_NOTE, STARTS, "james smtp server")}, "james", SRC, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* KumoMTA smtp_server.rs: since 2025.10.06, before that `with ESMTP` always */
{{S(SIGN_BY_NOTE, STARTS, "kumomta")}, "kumomta", SRC, PLAIN, 0, 0, 2026, 0, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "kumomta")}, "kumomta", SRC, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_LETTER)}},
/* qpsmtpd SMTP.pm: the cipher since 2006, before or behind the word */
{{S(SIGN_BY_NOTE, STARTS, "qpsmtpd")}, "qpsmtpd", SRC, PLAIN, 0, 0, 2007, 0, {SLOT(PLACE_WITH, FORM_ENCRYPTED), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "qpsmtpd")}, "qpsmtpd", SRC, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_ENCRYPTED), SLOT(PLACE_WITH, FORM_LETTER)}},
/* slimta */
{{S(SIGN_BY_NOTE, STARTS, "slimta")}, "slimta", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* maddy internal/target/received.go: letters only; its LMTP never tells. It writes the sender without quotation marks. */
{{S(SIGN_BY_ENVELOPE, STARTS, "envelope-sender <"), S(SIGN_WITH, STARTS, "esmtp"), S(SIGN_ID, SHAPE, SHAPE_HEX_8)}, "maddy", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_ENVELOPE, STARTS, "envelope-sender <"), S(SIGN_WITH, STARTS, "utf8esmtp"), S(SIGN_ID, SHAPE, SHAPE_HEX_8)}, "maddy", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Oracle, Sun and iPlanet Messaging, PMDF (PMDF 6.8 manual, MTA channels): hops between their own channels have no
 * `with` */
{{S(SIGN_BY_NOTE, STARTS, "oracle communications messaging"), S(SIGN_WITH, ABSENT, "")}, "oracle", DOC, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "oracle communications messaging")}, "oracle", DOC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "sun java(tm) system messaging"), S(SIGN_WITH, ABSENT, "")}, "oracle", DOC, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "sun java(tm) system messaging")}, "oracle", DOC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "sun java system messaging"), S(SIGN_WITH, ABSENT, "")}, "oracle", DOC, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "sun java system messaging")}, "oracle", DOC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "sun one messaging"), S(SIGN_WITH, ABSENT, "")}, "oracle", DOC, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "sun one messaging")}, "oracle", DOC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "iplanet messaging server"), S(SIGN_WITH, ABSENT, "")}, "oracle", DOC, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "iplanet messaging server")}, "oracle", DOC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "pmdf "), S(SIGN_WITH, ABSENT, "")}, "oracle", DOC, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "pmdf ")}, "oracle", DOC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Oracle Beehive */
{{S(SIGN_BY_NOTE, STARTS, "oracle beehive")}, "beehive", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* CommuniGate Pro: letters in 5 and later, ESMTP-TLS in 3 and 4 */
{{S(SIGN_BY_NOTE, STARTS, "communigate pro"), S(SIGN_WITH, IS, "pipe")}, "communigate", INF, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "communigate pro smtp")}, "communigate", INF, PLAIN, 0, HINT_NAME_FOUND, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "communigate pro")}, "communigate", INF, UNKNOWN, 0, HINT_NAME_FOUND, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Kerio Connect: without a protocol it tells nothing */
{{S(SIGN_BY_NOTE, STARTS, "kerio "), S(SIGN_WITH, ABSENT, "")}, "kerio", INF, UNKNOWN, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "kerio ")}, "kerio", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* IceWarp, formerly Merak: (SSL) behind the word; its note is free text, its ids are not */
{{S(SIGN_BY_NOTE, STARTS, "icewarp")}, "icewarp", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "merak")}, "icewarp", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_WITH, IS, "asmtp"), S(SIGN_BY_NOTE, PRESENT, "")}, "icewarp", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_WORD)}},
/* MDaemon: letters since about 15; where it does not name itself, since about 2015 */
{{S(SIGN_BY_NOTE, STARTS, "mdaemon"), S(SIGN_BY_NOTE, SHAPE, SHAPE_MDAEMON_15)}, "mdaemon", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "mdaemon")}, "mdaemon", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_ID, ENDS, ".msg")}, "mdaemon", INF, PLAIN, 0, 0, 2015, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Halon */
{{S(SIGN_BY_NOTE, IS, "halon")}, "halon", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Momentum, formerly ecelerity; the cipher without a version. Its protocol between its own nodes tells nothing. */
{{S(SIGN_BY_NOTE, STARTS, "ecelerity"), S(SIGN_WITH, IS, "ecstream")}, "ecelerity", INF, UNKNOWN, 0, HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS)}},
{{S(SIGN_BY_NOTE, STARTS, "ecelerity"), S(SIGN_WITH, IS, "unknown")}, "ecelerity", INF, UNKNOWN, 0, HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS)}},
{{S(SIGN_BY_NOTE, STARTS, "ecelerity")}, "ecelerity", INF, PLAIN, 0, HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* PowerMTA, SendGrid, Cloudflare Email Routing, Coremail, KnoxPortal, Hmail, Hermes, RichMail: never */
{{S(SIGN_BY_NOTE, STARTS, "powermta")}, "powermta", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "cloudflare")}, "cloudflare", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "coremail")}, "coremail", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "knoxportal")}, "knoxportal", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "hmail")}, "hmail", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, ENDS, "server"), S(SIGN_BY_NOTE, HAS, " hermes smtp")}, "hermes", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, STARTS, "richmail")}, "richmail", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, IS, "sg")}, "sendgrid", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, ".qq.com")}, "qq", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Lotus, IBM and HCL Domino: no release was ever seen to tell */
{{S(SIGN_BY_NOTE, STARTS, "lotus domino")}, "domino", INF, UNKNOWN, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "ibm domino")}, "domino", INF, UNKNOWN, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "hcl domino")}, "domino", INF, UNKNOWN, 0, 0, 0, 0, {0}},
{{S(SIGN_ID, SHAPE, SHAPE_DOMINO_ID)}, "domino", INF, UNKNOWN, 0, 0, 0, 0, {0}},
/* Fastmail's Authentication Milter, on loopback */
{{S(SIGN_BY_NOTE, STARTS, "authentication milter")}, "authentication-milter", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Active!gate */
{{S(SIGN_BY_NOTE, STARTS, "active!gate")}, "active-gate", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* MailChannels */
{{S(SIGN_BY_NOTE, STARTS, "trex/")}, "mailchannels", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING)}},
/* Strato's RZmta: behind the id */
{{S(SIGN_BY_NOTE, STARTS, "rzmta")}, "rzmta", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Yandex: behind the date, until 2023 or so */
{{S(SIGN_BY_NOTE, ENDS, "smtp/yandex")}, "yandex", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_TAIL, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, IS, "smtpcorp/yandex")}, "yandex", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_TAIL, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY_NOTE, ENDS, "/yandex")}, "yandex", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_TAIL, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Horde lib/Horde/Mime: HTTPS where it was */
{{S(SIGN_BY_NOTE, STARTS, "horde framework")}, "horde", INF, PLAIN, INJECTION, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Cellopoint: in its own note, also under the name `Generic MTA` */
{{S(SIGN_BY_NOTE, STARTS, "cellopoint")}, "cellopoint", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_BY, FORM_PRODUCT)}},
{{S(SIGN_BY_NOTE, STARTS, "generic mta")}, "cellopoint", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_BY, FORM_PRODUCT)}},
{{S(SIGN_BY_ENVELOPE, STARTS, "envelope-from "), S(SIGN_BY_NOTE, HAS, " esmtp with tls")}, "cellopoint", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_BY, FORM_PRODUCT)}},
/* Symantec Messaging Gateway: known by its ids, its name is free text */
{{S(SIGN_ID, SHAPE, SHAPE_SMG_ID)}, "symantec-smg", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* amavis under another product name */
{{S(SIGN_BY, IS, "localhost"), S(SIGN_BY_NOTE, HAS, ", port ")}, "amavis", INF, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* masqmail */
{{S(SIGN_BY_NOTE, STARTS, "masqmail"), S(SIGN_BY_NOTE, HAS, "from userid")}, "masqmail", INF, LOCAL, INJECTION, 0, 0, 0, {0}},
/* local injectors (strings of the programs in Debian) */
{{S(SIGN_BY_NOTE, STARTS, "dragonfly mail agent")}, "dma", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "ssmtp sendmail emulation")}, "ssmtp", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "nbsmtp-")}, "nbsmtp", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "mercury"), S(SIGN_HELO, IS, "spooler"), S(SIGN_FROM_NOTE, ABSENT, "")}, "mercury", INF, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "mercury"), S(SIGN_HELO, ENDS, "spooldir"), S(SIGN_FROM_NOTE, ABSENT, "")}, "mercury", INF, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY_NOTE, STARTS, "mercury")}, "mercury", INF, UNKNOWN, 0, 0, 0, 0, {0}},
/* mpop: never */
{{S(SIGN_BY_NOTE, STARTS, "mpop-")}, "mpop", SRC, UNKNOWN, RETRIEVAL, 0, 0, 0, {0}},
/* fdm fetch.c, imap-common.c, pop3-common.c: 1.9 tells how it fetched, older sources have no such words */
{{S(SIGN_BY_NOTE, STARTS, "fdm ")}, "fdm", SRC, UNKNOWN, RETRIEVAL, 0, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_ENCRYPTED)}},
/* Mailpit internal/smtpd/smtpd.go: `with SMTP` is a constant */
{{S(SIGN_BY_NOTE, IS, "mailpit"), S(SIGN_WITH, IS, "smtp")}, "mailpit", SRC, UNKNOWN, 0, 0, 0, 0, {0}},
/* Sophos Email Appliance, Forcepoint: Postfix inside */
{{S(SIGN_BY_NOTE, STARTS, "sophos email appliance"), S(SIGN_WITH, IS, "smtp")}, "postfix", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING)}},
{{S(SIGN_BY_NOTE, STARTS, "sophos email appliance")}, "postfix", INF, PLAIN, 0, 0, 2008, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, IS, "forcepoint"), S(SIGN_WITH, IS, "smtp")}, "postfix", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING)}},
{{S(SIGN_BY, IS, "forcepoint")}, "postfix", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, IS, "websense"), S(SIGN_WITH, IS, "smtp")}, "postfix", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING)}},
{{S(SIGN_BY, IS, "websense")}, "postfix", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* ---- marks in the protocol ---- */

/* Exchange's pickup folder */
{{S(SIGN_WITH, STARTS, "microsoft smtp server"), S(SIGN_HELO, IS, "pickup"), S(SIGN_FROM_NOTE, ABSENT, "")}, "exchange", INF, LOCAL, INJECTION, 0, 0, 0, {0}},
/* Microsoft Exchange 2007 on, and Online. What builds write which form does not matter: both are anchored. */
{{S(SIGN_WITH, STARTS, "microsoft smtp server")}, "exchange", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_WORD), SLOT(PLACE_WITH, FORM_LETTER)}},
/* the store's own hops: MAPI, and HTTP between the front end and the mailbox */
{{S(SIGN_WITH, IS, "mapi")}, "exchange", INF, LOCAL, DELIVERY, 0, 0, 0, {0}},
{{S(SIGN_WITH, IS, "https"), S(SIGN_BY, ENDS, ".outlook.com")}, "exchange", INF, LOCAL, DELIVERY, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_WITH, STARTS, "mailboxresubmission")}, "exchange", INF, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "shadowredundancy")}, "exchange", INF, LOCAL, 0, 0, 0, 0, {0}},
/* IIS and Exchange 2000-2003: a program's message from the pickup folder */
{{S(SIGN_WITH, STARTS, "microsoft smtpsvc"), S(SIGN_HELO, IS, "mail pickup service"), S(SIGN_FROM_NOTE, ABSENT, "")}, "smtpsvc", INF, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "microsoft smtpsvc")}, "smtpsvc", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_BY, FORM_CHANNEL)}},
/* Exchange 5.x */
{{S(SIGN_NOTE, STARTS, "microsoft exchange internet mail")}, "exchange-ims", INF, UNKNOWN, 0, 0, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "internet mail service")}, "exchange-ims", INF, UNKNOWN, 0, 0, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "microsoft exchange")}, "exchange-ims", INF, UNKNOWN, 0, 0, 0, 0, {0}},

/* getmail6 retrieverbases.py: implicit TLS always shows */
{{S(SIGN_WITH, STARTS, "pop3 getmail")}, "getmail", SRC, PLAIN, RETRIEVAL, 0, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "imap4 getmail")}, "getmail", SRC, PLAIN, RETRIEVAL, 0, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "pop3-ssl getmail")}, "getmail", SRC, PLAIN, RETRIEVAL, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_WITH, STARTS, "imap4-ssl getmail")}, "getmail", SRC, PLAIN, RETRIEVAL, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_WITH, STARTS, "sdps getmail")}, "getmail", SRC, UNKNOWN, RETRIEVAL, 0, 0, 0, {0}},
/* Trustwave SEG, MailMarshal: 7 and later write the note in the place of `with`, or behind it */
{{S(SIGN_WITH, STARTS, "mailmarshal")}, "mailmarshal", INF, UNKNOWN, 0, 0, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "trustwave seg")}, "trustwave", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_USING)}},
{{S(SIGN_ID, STARTS, "<b"), S(SIGN_FROM_NOTE, STARTS, "not verified["), S(SIGN_WITH, ABSENT, "")}, "trustwave", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_BY, FORM_USING)}},
{{S(SIGN_ID, STARTS, "<b"), S(SIGN_FROM_NOTE, STARTS, "not verified[")}, "trustwave", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_USING)}},
/* MailEnable */
{{S(SIGN_WITH, STARTS, "mailenable ")}, "mailenable", INF, PLAIN, 0, 0, 2015, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_WITH, STARTS, "mailenable ")}, "mailenable", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* XMail */
{{S(SIGN_WITH, STARTS, "[xmail")}, "xmail", INF, UNKNOWN, 0, 0, 0, 0, {0}},
/* Novell NetMail */
{{S(SIGN_WITH, STARTS, "netmail ")}, "netmail", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_VIA, FORM_WORD)}},
/* IBM's gateway: between two semicolons */
{{S(SIGN_WITH, STARTS, "ibm esmtp smtp gateway")}, "ibm-gateway", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_TAIL, FORM_PAIRS), SLOT(PLACE_WITH, FORM_PAIRS)}},
/* filters and lists that write a field of their own as they pass a message on */
{{S(SIGN_WITH, STARTS, "qmail-scanner")}, "qmail-scanner", INF, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "ecartis")}, "ecartis", INF, LOCAL, 0, HINT_LIST, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "listar")}, "listar", INF, LOCAL, 0, HINT_LIST, 0, 0, {0}},
{{S(SIGN_WITH, STARTS, "spamassassin")}, "spamassassin", INF, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_BY, IS, "simscan")}, "simscan", INF, LOCAL, 0, 0, 0, 0, {0}},
/* the University of Washington's delivery agents */
{{S(SIGN_VALUE, STARTS, "via dmail-")}, "dmail", INF, LOCAL, DELIVERY, 0, 0, 0, {0}},
{{S(SIGN_VALUE, STARTS, "via tmail-")}, "dmail", INF, LOCAL, DELIVERY, 0, 0, 0, {0}},
{{S(SIGN_VALUE, STARTS, "via spool by ")}, "debbugs", INF, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_START, STARTS, "at "), S(SIGN_BY, ENDS, "bugs.debian.org")}, "debbugs", INF, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_VALUE, STARTS, "indimail-mta queue ")}, "indimail", SRC, LOCAL, 0, 0, 0, 0, {0}},
{{S(SIGN_VALUE, STARTS, "indimail-mta ")}, "indimail", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_SPACED), SLOT(PLACE_WITH, FORM_LETTER)}},
/* mox smtpserver/server.go */
{{S(SIGN_VIA, IS, "tcp"), S(SIGN_BY_NOTE, SHAPE, SHAPE_BRACKETS)}, "mox", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_SPACED), SLOT(PLACE_WITH, FORM_SPACED), SLOT(PLACE_FOR, FORM_SPACED), SLOT(PLACE_WITH, FORM_LETTER)}},
/* its webmail and HTTP API: neither `via` nor `with`, and a record where the browser came over TLS to mox itself */
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_WITH, ABSENT, ""), S(SIGN_VIA, ABSENT, ""), S(SIGN_ID, PRESENT, "")}, "mox", SRC, UNKNOWN, INJECTION, 0, 0, 0, {SLOT(PLACE_ID, FORM_SPACED), SLOT(PLACE_FOR, FORM_SPACED)}},
/* mox before it wrote `via tcp` */
{{S(SIGN_BY_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_WITH, STARTS, "esmtp"), S(SIGN_ID, ABSENT, "")}, "mox", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_SPACED), SLOT(PLACE_FOR, FORM_SPACED), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Cisco IronPort: `with ESMTP/TLS/C` since 2011 */
{{S(SIGN_WITH, SHAPE, SHAPE_SLASH)}, "ironport", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_SLASH)}},
{{S(SIGN_WITH, IS, "esmtp"), S(SIGN_ID, ABSENT, ""), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST)}, "ironport", INF, PLAIN, 0, 0, 2011, 0, {0}},
{{S(SIGN_WITH, IS, "smtp"), S(SIGN_ID, ABSENT, ""), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST)}, "ironport", INF, PLAIN, 0, 0, 2011, 0, {0}},

/* ---- marks in the host ---- */

/* Google: channels of its own between its hosts, then the edge, then what never tells */
{{S(SIGN_NOTE, STARTS, "num_hops "), S(SIGN_WITH, IS, "smtp")}, "google-internal", INF, UNKNOWN, 0, HINT_INTERNAL, 0, 0, {0}},
{{S(SIGN_BY, IS, "mx.google.com"), S(SIGN_FROM_NOTE, PRESENT, "")}, "google", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_GTS), SLOT(PLACE_FOR, FORM_GTS)}},
{{S(SIGN_BY, IS, "smtp.gmail.com")}, "google", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, IS, "smtp-relay.gmail.com")}, "google", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, IS, "smtp.googlemail.com")}, "google", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, IS, "mx.gmail.com")}, "google", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, IS, "gmr-mx.google.com")}, "google", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_FOR, FORM_GTS), SLOT(PLACE_ID, FORM_GTS)}},
{{S(SIGN_BY, ENDS, ".google.com"), S(SIGN_WITH, STARTS, "http")}, "google", INF, UNKNOWN, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY, ENDS, ".google.com")}, "google-internal", INF, UNKNOWN, 0, HINT_INTERNAL, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_GTS), SLOT(PLACE_FOR, FORM_GTS)}},
{{S(SIGN_BY, STARTS, "2002:a"), S(SIGN_HELO, ABSENT, "")}, "google-internal", INF, UNKNOWN, 0, HINT_INTERNAL, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_ID, SHAPE, SHAPE_GOOGLE_ID), S(SIGN_HELO, ABSENT, ""), S(SIGN_WITH, IS, "smtp"), S(SIGN_BY_NOTE, ABSENT, "")}, "google-internal", INF, UNKNOWN, 0, HINT_INTERNAL, 0, 0, {0}},
{{S(SIGN_BY, SHAPE, SHAPE_PRIVATE), S(SIGN_HELO, ABSENT, ""), S(SIGN_WITH, IS, "smtp")}, "google-internal", INF, UNKNOWN, 0, HINT_INTERNAL, 0, 0, {0}},

/* Yahoo and AOL: letters since August 2015, details by 2023; its front end calls itself 127.0.0.1 */
{{S(SIGN_BY, ENDS, ".yahoo.com"), S(SIGN_FROM_NOTE, HAS, " with login")}, "yahoo", INF, UNKNOWN, HOPTLS_ROLE_SUBMISSION, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, ".yahoo.com"), S(SIGN_WITH, IS, "nnfmp")}, "yahoo", INF, UNKNOWN, 0, HINT_INTERNAL, 0, 0, {0}},
{{S(SIGN_BY, ENDS, ".yahoo.com"), S(SIGN_VIA, IS, "http")}, "yahoo", INF, UNKNOWN, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY, ENDS, ".yahoo.com"), S(SIGN_WITH, STARTS, "smtp")}, "yahoo", INF, PLAIN, 0, 0, 2016, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, SHAPE, SHAPE_PRIVATE), S(SIGN_HELO_NOTE, STARTS, "ehlo "), S(SIGN_WITH, STARTS, "smtp")}, "yahoo", INF, PLAIN, 0, 0, 2016, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, ".yahoo.com")}, "yahoo", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Mimecast: fields of 2011 never told, those of 2019 and later do */
{{S(SIGN_BY, ENDS, ".mimecast.com")}, "mimecast", INF, PLAIN, 0, 0, 2019, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_STARTTLS), SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, ".mimecast.com")}, "mimecast", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_STARTTLS), SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Zoho. Its webmail hands in without an address. */
{{S(SIGN_BY, ENDS, ".zohomail.com"), S(SIGN_HELO, IS, "mail.zoho.com"), S(SIGN_FROM_NOTE, ABSENT, "")}, "zoho", INF, UNKNOWN, INJECTION, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, ".zohomail.com"), S(SIGN_WITH, IS, "http")}, "zoho", INF, UNKNOWN, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY, ENDS, ".zohomail.com"), S(SIGN_WITH, STARTS, "smtp")}, "zoho", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, ".zoho.com"), S(SIGN_WITH, IS, "http")}, "zoho", INF, UNKNOWN, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY, ENDS, ".zoho.com"), S(SIGN_WITH, STARTS, "smtp")}, "zoho", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, "mx.zoho.eu"), S(SIGN_WITH, IS, "http")}, "zoho", INF, UNKNOWN, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_BY, ENDS, "mx.zoho.eu"), S(SIGN_WITH, STARTS, "smtp")}, "zoho", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* mail.ru: `esmtpa` where submission demands TLS */
{{S(SIGN_BY, ENDS, ".mail.ru")}, "mail.ru", INF, UNKNOWN, 0, HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, STARTS, "exim-smtp-"), S(SIGN_ID, SHAPE, SHAPE_EXIM_ID)}, "mail.ru", INF, UNKNOWN, 0, HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, STARTS, "exim-fallback-"), S(SIGN_ID, SHAPE, SHAPE_EXIM_ID)}, "mail.ru", INF, UNKNOWN, 0, HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, ".smailru.net")}, "mail.ru", INF, UNKNOWN, 0, HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Mailgun: since July 2020 in a note, before that never */
{{S(SIGN_BY, ENDS, ".mailgun.org")}, "mailgun", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, ENDS, ".postgun.com")}, "mailgun", INF, PLAIN, 0, 0, 2021, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_BY, SHAPE, SHAPE_HEX_64), S(SIGN_WITH, STARTS, "smtp")}, "mailgun", INF, PLAIN, 0, 0, 2021, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* T-Online: the cipher before the word, three samples; what its lack means is not known */
{{S(SIGN_BY, ENDS, ".t-online.de")}, "t-online", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_ENCRYPTED), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Mandrill: never */
{{S(SIGN_BY, IS, "mandrillapp.com")}, "mandrill", INF, UNKNOWN, 0, 0, 0, 0, {0}},
/* Amazon: what SES receives, and its own relays */
{{S(SIGN_BY, STARTS, "inbound-smtp."), S(SIGN_BY, ENDS, ".amazonaws.com")}, "amazon", INF, UNKNOWN, 0, 0, 0, 0, {0}},
{{S(SIGN_NOTE, IS, "farcaster")}, "amazon", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* Postini (its documents on message headers); dead */
{{S(SIGN_BY, ENDS, ".postini.com")}, "postini", DOC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Barracuda, its cloud and its appliances */
{{S(SIGN_BY, ENDS, ".cudaops.com")}, "barracuda", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_BY, FORM_PAIRS), SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* MessageLabs, later Symantec .cloud */
{{S(SIGN_BY, ENDS, ".messagelabs.com")}, "messagelabs", INF, PLAIN, 0, HINT_NAME_FOUND, 0, 0, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_FROM, FORM_USING)}},
{{S(SIGN_BY, STARTS, "server-"), S(SIGN_BY, HAS, ".bemta")}, "messagelabs", INF, PLAIN, 0, HINT_NAME_FOUND, 0, 0, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_FROM, FORM_USING)}},
{{S(SIGN_BY, ENDS, ".symcld.net")}, "messagelabs", INF, PLAIN, 0, HINT_NAME_FOUND, 0, 0, {SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_FROM, FORM_USING)}},

/* ---- marks in notes of later clauses, and in ids ---- */

/* Exim globals.c received_header_text; smtp_in.c protocols[]. The text is one option, but the protocol word and
 * the cipher are in the default of every version since 4.0. */
{{S(SIGN_NOTE, STARTS, "exim"), S(SIGN_WITH, STARTS, "esmtps")}, "exim", SRC, PLAIN, 0, HINT_NAME_FOUND | HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_COLON), SLOT(PLACE_FROM, FORM_COLON)}},
{{S(SIGN_NOTE, STARTS, "exim"), S(SIGN_WITH, SHAPE, SHAPE_SMTP_WORD)}, "exim", SRC, PLAIN, 0, HINT_NAME_FOUND | HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_COLON)}},
/* A web page's program, then any word: smtp_in.c has no others, only a trusted local caller can set one (-oMr) */
{{S(SIGN_NOTE, STARTS, "exim"), S(SIGN_WITH, STARTS, "http")}, "exim", SRC, UNKNOWN, INJECTION, HINT_NAME_FOUND | HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_NOTE, STARTS, "exim"), S(SIGN_WITH, PRESENT, "")}, "exim", SRC, LOCAL, INJECTION, HINT_NAME_FOUND | HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_ID, FORM_COLON)}},
{{S(SIGN_NOTE, STARTS, "exim")}, "exim", SRC, UNKNOWN, 0, HINT_NAME_FOUND | HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_ID, FORM_COLON)}},
/* under another name, but in the order of the default: the word is of RFC 3848 since 4.42 (2004) */
{{S(SIGN_ID, SHAPE, SHAPE_EXIM_ID), S(SIGN_NOTE, STARTS, "envelope-from <"), S(SIGN_WITH, STARTS, "esmtp")}, "exim", INF, PLAIN, 0, HINT_NAME_FOUND | HINT_FOUND_FIRST, 2005, 0, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER)}},
/* with a text of its own: the word still tells, its lack does not */
{{S(SIGN_ID, SHAPE, SHAPE_EXIM_ID)}, "exim", SRC, UNKNOWN, 0, HINT_NAME_FOUND | HINT_FOUND_FIRST, 0, 0, {SLOT(PLACE_WITH, FORM_COLON), SLOT(PLACE_WITH, FORM_CLAUSE), SLOT(PLACE_WITH, FORM_LETTER), SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_ENCRYPTED)}},

/* 1&1 Nemesis: letters since November 2014 */
{{S(SIGN_NOTE, IS, "nemesis")}, "nemesis", INF, PLAIN, 0, 0, 2015, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_NOTE, IS, "nemesis")}, "nemesis", INF, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_LETTER)}},
/* ZMailer, as vger ran it */
{{S(SIGN_NOTE, STARTS, "orcpt <rfc822;")}, "zmailer", INF, UNKNOWN, 0, 0, 0, 0, {0}},
/* Roundcube: HTTP, whatever it was */
{{S(SIGN_NOTE, STARTS, "http/")}, "roundcube", SRC, UNKNOWN, INJECTION, 0, 0, 0, {0}},
/* SquirrelMail */
{{S(SIGN_WITH, IS, "http"), S(SIGN_FROM_NOTE, STARTS, "squirrelmail authenticated ")}, "squirrelmail", INF, UNKNOWN, INJECTION, 0, 0, 0, {0}},
/* fetchmail: the protocol is a constant, TLS is never shown */
{{S(SIGN_NOTE, STARTS, "fetchmail-")}, "fetchmail", SRC, UNKNOWN, RETRIEVAL, HINT_NAME_FOUND, 0, 0, {0}},

/* Courier courieresmtpd.C, submit.C */
{{S(SIGN_ID, SHAPE, SHAPE_COURIER_ID), S(SIGN_WITH, IS, "local")}, "courier", SRC, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_ID, SHAPE, SHAPE_COURIER_ID)}, "courier", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_LIST), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_WITH, STARTS, "esmtps"), S(SIGN_FROM_NOTE, STARTS, "auth: ")}, "courier", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_LIST), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_WITH, STARTS, "esmtps"), S(SIGN_FROM_NOTE, STARTS, "tls: ")}, "courier", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_LIST), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_WITH, STARTS, "esmtps"), S(SIGN_FROM_NOTE, STARTS, "ssl: ")}, "courier", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_LIST), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Proofpoint PPS under a customer's host name */
{{S(SIGN_ID, SHAPE, SHAPE_PPS_ID), S(SIGN_BY_NOTE, ABSENT, "")}, "proofpoint", INF, PLAIN, 0, HINT_OWN_LOOPBACK, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},

/* Barracuda's appliances: an id of 16 letters and digits, and nothing else of their own */
{{S(SIGN_ID, SHAPE, SHAPE_BARRACUDA_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_PEER), S(SIGN_BY_NOTE, ABSENT, ""), S(SIGN_WITH, IS, "esmtp")}, "barracuda", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS)}},
{{S(SIGN_ID, SHAPE, SHAPE_BARRACUDA_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_BRACKETS), S(SIGN_BY_NOTE, ABSENT, ""), S(SIGN_WITH, IS, "esmtp")}, "barracuda", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS)}},
/* Courier without its id */
{{S(SIGN_WITH, IS, "esmtp"), S(SIGN_FROM_NOTE, STARTS, "auth: "), S(SIGN_BY_NOTE, ABSENT, "")}, "courier", INF, PLAIN, 0, 0, 0, 0, {0}},
/* FortiMail: two ids of sendmail's shape */
{{S(SIGN_ID, SHAPE, SHAPE_FORTIMAIL_ID)}, "fortimail", INF, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_FOR, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Zimbra's store, through its own LMTP */
{{S(SIGN_WITH, IS, "lmtp"), S(SIGN_HELO_NOTE, STARTS, "lhlo ")}, "zimbra", INF, UNKNOWN, 0, 0, 0, 0, {0}},
/* some other server's version, with ids of sendmail's shape: not known to be one */
{{S(SIGN_ID, SHAPE, SHAPE_SENDMAIL_ID), S(SIGN_BY_NOTE, SHAPE, SHAPE_VERSION)}, "sendmail-like", NO, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Sendmail with texts of its own; 8.10 could not do TLS, 8.11 tells of it */
{{S(SIGN_ID, SHAPE, SHAPE_SENDMAIL_10), S(SIGN_BY_NOTE, PRESENT, ""), S(SIGN_WITH, STARTS, "esmtp")}, "sendmail", INF, PLAIN, 0, 0, 2000, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_ID, FORM_USING)}},
{{S(SIGN_ID, SHAPE, SHAPE_SENDMAIL_ID), S(SIGN_BY_NOTE, ENDS, "/cf"), S(SIGN_WITH, IS, "smtp")}, "sendmail", INF, PLAIN, 0, 0, 2002, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_ID, FORM_USING)}},
{{S(SIGN_ID, SHAPE, SHAPE_SENDMAIL_ID), S(SIGN_BY_NOTE, PRESENT, ""), S(SIGN_WITH, STARTS, "esmtp")}, "sendmail", INF, PLAIN, 0, 0, 2002, 0, {SLOT(PLACE_ID, FORM_PAIRS), SLOT(PLACE_ID, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},
{{S(SIGN_ID, SHAPE, SHAPE_SENDMAIL_ID), S(SIGN_FROM_NOTE, ENDS, "@localhost")}, "sendmail", INF, LOCAL, INJECTION, 0, 0, 0, {0}},
{{S(SIGN_ID, SHAPE, SHAPE_SENDMAIL_ID), S(SIGN_FROM_NOTE, IS, "localhost")}, "sendmail", INF, LOCAL, INJECTION, 0, 0, 0, {0}},
/* hMailServer SMTPMessageHeaderCreator.cpp: neither name nor id */
{{S(SIGN_WITH, STARTS, "esmtp"), S(SIGN_ID, ABSENT, ""), S(SIGN_BY_NOTE, ABSENT, ""), S(SIGN_FROM_NOTE, STARTS, "unknown [")}, "hmailserver", SRC, PLAIN, 0, 0, 2013, 0, {SLOT(PLACE_WITH, FORM_PAIRS), SLOT(PLACE_WITH, FORM_LETTER)}},
/* Postfix under another mail_name: known by the shapes of its queue id and of what it tells of the client */
{{S(SIGN_ID, SHAPE, SHAPE_POSTFIX_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_PEER), S(SIGN_BY_NOTE, PRESENT, ""), S(SIGN_WITH, IS, "smtp")}, "postfix", SRC, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_USING)}},
{{S(SIGN_ID, SHAPE, SHAPE_POSTFIX_ID), S(SIGN_FROM_NOTE, SHAPE, SHAPE_PEER), S(SIGN_BY_NOTE, PRESENT, "")}, "postfix", INF, PLAIN, 0, 0, 2008, 0, {SLOT(PLACE_FROM, FORM_USING), SLOT(PLACE_WITH, FORM_LETTER)}},

/* s/qmail received.c: between the address and `by`, where a client may hold the pen; the letter behind `with` is the server's */
{{S(SIGN_FROM_WORD, IS, "de/crypted"), S(SIGN_WITH, HAS, "smtps")}, "s-qmail", SRC, PLAIN, 0, 0, 0, 0, {SLOT(PLACE_FROM, FORM_CRYPTED), SLOT(PLACE_WITH, FORM_LETTER)}},

/* qmail received.c: `from rdns (HELO helo) (ip) by host with SMTP`; patches for TLS put the cipher before the
 * word (1999-2007) or behind it (2007 on), patches for AUTH erase it again: silence tells nothing */
{{S(SIGN_TAIL, SHAPE, SHAPE_DAY_FIRST), S(SIGN_HELO_NOTE, STARTS, "helo ")}, "qmail", SRC, UNKNOWN, 0, 0, 0, 0, {SLOT(PLACE_WITH, FORM_ENCRYPTED), SLOT(PLACE_WITH, FORM_CIPHER), SLOT(PLACE_WITH, FORM_LETTER)}},
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
