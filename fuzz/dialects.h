/* Fields that are made of the twin's templates: each hole filled with what the template's own server writes there, or another;
 * then words of other servers' records put in, left out and moved, halves of two fields joined, bytes changed. Of
 * fuzz_dialects.c, which draws them, and of dialects.c, which makes many by themselves.
 *
 * Every choice takes a byte of the input, and where there is none left it is 0: the plainest. */
#ifndef HOPTLS_FUZZ_DIALECTS_H
#define HOPTLS_FUZZ_DIALECTS_H

#include "oracle.h"
#include "reference.h"
#include "templates.h"

#include <string.h>

typedef struct drawn {
    const uint8_t *p;
    size_t len;
    size_t at;
} drawn;

static uint32_t draw(drawn *d, uint32_t below)
{
    return below > 0 && d->at < d->len ? d->p[d->at++] % below : 0;
}

/* ---- what stands in a template's holes ---------------------------------------------------------------- */

enum { WORDS_MOST = 32 };

/* By letter; the first is what most servers write. */
static const struct {
    char letter;
    const char *word[WORDS_MOST];
} holes[] = {
    {'H',
     {"mail.example.net", "[192.0.2.99]", "192.0.2.99", "localhost", "x", "[IPv6:2001:db8::9]",
      "mx.example.com", "a_b.example.net", "User", "127.0.0.1", "m.local"}},
    {'R',
     {"mail.example.net", "unknown", "localhost", "mail.example.net.", "a_b.example.net", "x", "out.mail.ru",
      "mx.example.com"}},
    {'B',
     {"mx.example.com",
      "localhost",
      "mx.mail.ru",
      "dispatch1-us1.ppe-hosted.com",
      "mx.google.com",
      "smtp.gmail.com",
      "relay.mimecast.com",
      "mx.kundenserver.de",
      "esa1.hc.iphmx.com",
      "mail-1.messagelabs.com",
      "mx.zohomail.com",
      "127.0.0.1",
      "[198.51.100.8]",
      "forcepoint",
      "websense",
      "cmsmtp",
      "mta1.mail.bf1.yahoo.com",
      "exim-smtp-1",
      "x.protection.outlook.com",
      "x.prod.outlook.com",
      "cloudflare-email.net",
      "mx.yandex.net",
      "a.postini.com",
      "server-1.bemta.example",
      "x.smailru.net",
      "inbound-smtp.us-east-1.amazonaws.com",
      "x.mx.mail.yahoo.com",
      "mx.qq.com"}},
    {'A', {"203.0.113.5", "127.0.0.1", "10.0.0.7", "IPv6:2001:db8::5", "2001:db8::5", "::1", "fe80::1"}},
    {'a', {"198.51.100.8", "127.0.0.1", "::1"}},
    {'P', {"ESMTP", "SMTP",  "ESMTPS", "ESMTPA", "ESMTPSA", "LMTP",   "LMTPS", "UTF8SMTPS",
           "HTTP",  "local", "SMTPS",  "QMQP",   "smtp",    "esmtps", "asmtp", "esmtpsa",
           "XIMSS", "POP3",  "IMAP",   "http",   "mapi",    "HTTPS",  "bsmtp", "ESSMTP"}},
    {'I',
     {"4DA2F1C03B", "1mfYh0-0002e8-QW", "Wb7nT2yL4HhcAgEAz7TnUy",
      "000000000747DA88.00000000B19B8609.00006711", "422A00XY012345", "C4.98.10621.47ABF006", "47f2rptpg2-1",
      "1", "d2e1a72fcca58si123", "4bMhQ41GvPz1sX", "aCZF7qO2B6CDuv2i", "12345", "us-mta-1-AbCdEf",
      "025AiehM006195-025AiehO006195", "1mfYh0-0002e8", "q1-20020a05", "md50001.msg", "ABC123", "5d41-4"}},
    {'T', {"<a@example.com>", "a@example.com", "<\"a b\"@example.com>", "<>"}},
    {'D',
     {"Mon, 2 Mar 2026 10:00:00 +0000", "Mon, 2 Mar 2005 10:00:00 +0000", "2 Mar 2012 10:00:00 -0000", "x"}},
    {'V',
     {"TLSv1.2", "TLSv1.3", "TLSv1", "SSLv3", "TLS1_2", "UNKNOWN", "TLS", "TLS1.2", "TLS-1.3", "TLSv1/SSLv3",
      "foo"}},
    {'C',
     {"ECDHE-RSA-AES256-GCM-SHA384", "TLS_AES_256_GCM_SHA384", "AES256-SHA", "NULL-SHA", "RC4-MD5",
      "ADH-AES256-SHA", "TLS_RSA_WITH_NULL_SHA", "foo", "FOO-BAR", "TLS_FOO_WITH_BAR",
      "ECDHE_RSA_AES_256_GCM_SHA384", "none"}},
    {'N', {"256", "128", "0", "112", "56", "5000", "32"}},
    {'M', {"NO", "NONE", "OK", "FAIL", "YES", "NOT", "CLEAR", "x"}},
    {'n', {"25", "1000"}},
    {'U', {"x", "a@b", "PLAIN", "3.0.1", "Pro", "authid"}},
    {'Q', {"user", "plain"}},
    {'X', {"weird text", "EET", "NOT encrypted", "TLS", "using TLS", "UTC", "Debian 12"}},
    {'W', {"weird text", "Debian 12", "using TLS", "NOT encrypted", "TLS"}},
    {'Y', {"4.2.1.5 r(Core:4.2)", ""}},
    {'S', {"12.1", "15", "8", "18"}},
    {'E', {"4.96", "4.50", "4.69", "4.98"}},
};

/* What other servers write, and what opens or ends a clause. */
static const char *const strangers[] = {
    "(using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))",
    "(Using TLS)",
    "(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256)",
    "(TLSv1.3:TLS_AES_256_GCM_SHA384:256)",
    "(odd)",
    "(Exim 4.96)",
    "(Postfix)",
    "[192.0.2.9]",
    "([192.0.2.9])",
    "(envelope-from <x@y.example>)",
    "(authenticated bits=0)",
    "tls TLS_AES_256_GCM_SHA384",
    "with STARTTLS",
    "via tcp",
    "(8.14/8.14)",
    "by",
    "(unknown:AES256-SHA:256)",
    "(HELO x)",
    "(EHLO y)",
    "(may be forged)",
    "with",
    "for",
    "id",
    "\"q\"",
    "(AES256-SHA encrypted)",
    "(NOT encrypted)",
    "unknown",
    "x@[192.0.2.4]",
};

enum { HOLES = sizeof holes / sizeof holes[0], STRANGERS = sizeof strangers / sizeof strangers[0] };

static const char *word_for(drawn *d, char letter)
{
    uint32_t count = 0;
    size_t i = 0;
    while (i < HOLES && holes[i].letter != letter) {
        i++;
    }
    MUST(i < HOLES, "every letter of a template has words");
    while (count < WORDS_MOST && holes[i].word[count] != NULL) {
        count++;
    }
    return holes[i].word[draw(d, 5) < 3 ? draw(d, count) : 0];
}

/* Groups do not nest. */
static buffer field_of_template(drawn *d)
{
    buffer b = {NULL, 0, 0};
    int wanted = 1;
    for (const char *t = templates[draw(d, TEMPLATES)].text; *t != '\0'; t++) {
        char letter = *t == '%' ? *++t : '\0';
        switch (letter) {
        case '(': wanted = draw(d, 5) > 1; break;
        case ')': wanted = 1; break;
        case '_': buffer_add(&b, wanted && draw(d, 2) == 0 ? " " : ""); break;
        case '\0': buffer_put(&b, (const uint8_t *)t, wanted ? 1 : 0); break;
        default: buffer_add(&b, wanted ? word_for(d, letter) : ""); break;
        }
    }
    return b;
}

/* ---- what becomes of them ----------------------------------------------------------------------------- */

/* Where the word begins that is the `n`th behind a blank; the end, if there are not so many. */
static size_t word_at(const buffer *b, uint32_t n)
{
    size_t at = 0;
    while (at < b->len && n > 0) {
        n -= b->ptr[at] == ' ' ? 1u : 0u;
        at++;
    }
    return at;
}

/* Puts `text` in the place of the bytes from `at` to `end`. */
static void replace(buffer *b, size_t at, size_t end, const uint8_t *text, size_t len)
{
    buffer made = {NULL, 0, 0};
    buffer_put(&made, b->ptr, at);
    buffer_put(&made, text, len);
    buffer_put(&made, b->ptr + end, b->len - end);
    buffer_free(b);
    *b = made;
}

static void insert(buffer *b, size_t at, const char *text)
{
    replace(b, at, at, (const uint8_t *)text, strlen(text));
}

enum { WORDS_USUAL = 24 };

static void change_words(drawn *d, buffer *b)
{
    uint32_t n = draw(d, WORDS_USUAL);
    size_t at = word_at(b, n);
    size_t end = word_at(b, n + 1);
    switch (draw(d, 5)) {
    case 0: replace(b, at, end, b->ptr, 0); break;
    case 1: { /* moved to the front of another */
        hoptls_msg word = exact_copy(b->ptr + at, end - at);
        replace(b, at, end, b->ptr, 0);
        at = word_at(b, draw(d, WORDS_USUAL));
        replace(b, at, at, word.ptr, word.len);
        exact_free(word);
        break;
    }
    default:
        insert(b, at, " ");
        insert(b, at, strangers[draw(d, STRANGERS)]);
        break;
    }
}

static void join_with_another(drawn *d, buffer *b)
{
    buffer other = field_of_template(d);
    size_t at = word_at(b, draw(d, WORDS_USUAL));
    size_t from = word_at(&other, draw(d, WORDS_USUAL));
    replace(b, at, b->len, other.ptr + from, other.len - from);
    buffer_free(&other);
}

static void change_bytes(drawn *d, buffer *b)
{
    static const char special[] = "()[]<>\";:,=@ .-x1\\";
    size_t at = (draw(d, 256) * (b->len + 1)) >> 8;
    size_t left = b->len - at;
    size_t n = 1 + draw(d, 11);
    char one[2] = {0, 0};
    switch (draw(d, 3)) {
    case 0: replace(b, at, at + (left > 0 ? 1 : 0), b->ptr, 0); break;
    case 1:
        one[0] = special[draw(d, sizeof special - 1)];
        insert(b, at, one);
        break;
    default: { /* twice */
        hoptls_msg piece = exact_copy(b->ptr + at, left < n ? left : n);
        replace(b, at, at, piece.ptr, piece.len);
        exact_free(piece);
        break;
    }
    }
}

static void repeat(drawn *d, buffer *b, void (*change)(drawn *, buffer *))
{
    static const uint32_t times[] = {0, 0, 0, 0, 0, 1, 1, 1, 2, 3};
    for (uint32_t n = times[draw(d, sizeof times / sizeof times[0])]; n > 0; n--) {
        change(d, b);
    }
}

/* A message of one field. */
static buffer message_of_choices(const uint8_t *data, size_t size)
{
    drawn d = {data, size, 0};
    buffer b = field_of_template(&d);
    repeat(&d, &b, change_words);
    if (draw(&d, 10) > 6) {
        join_with_another(&d, &b);
    }
    repeat(&d, &b, change_bytes);
    insert(&b, 0, "Received: ");
    buffer_add(&b, "\n\nx\n");
    return b;
}

/* Whether the twin and the core come to the same; ends the program if not. */
static void ask_of_choices(const uint8_t *data, size_t size)
{
    buffer b = message_of_choices(data, size);
    reading r = reading_of(b.ptr, b.len, NULL);
    check_reference(&r);
    reading_free(&r);
    buffer_free(&b);
}

#endif
