/* A mail filter: tells in a field of its own how each message that passes was carried.
 *
 *     hoptls-milter SOCKET NAME      SOCKET as libmilter has it, inet:8894@127.0.0.1; NAME of this server
 *
 *     Hoptls-Result: mx.example.org; transport=tls version=1.3 cipher=TLS_AES_256_GCM_SHA384;
 *         path=plain hop=2 by=mail.example.com basis=silence
 *
 * `transport` is the hop into this server, `path` the worst of all hops, with the one that decides it. The form is that of
 * Authentication-Results (RFC 8601), and so is the rule: a field of this name that came with the message was written
 * by somebody else, and is removed. */
#include "fields.h"

#include <arpa/inet.h>
#include <libmilter/mfapi.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define FIELD "Hoptls-Result"
enum { WORD = 256, LINE = 2048 };

static const char *own_name;

typedef struct mail {
    fields trace;
    int foreign; /* fields of our name that came with the message */
} mail;

/* What is known of the connection; `mail` is that of the message in hand. */
typedef struct session {
    char client[WORD];
    char address[INET6_ADDRSTRLEN];
    char helo[WORD];
    mail mail;
} session;

/* Copy a word; what a host name, a version or a suite does not have becomes `?`, so that nobody's word ends ours. */
static void copy_word(char *out, size_t room, const char *word)
{
    size_t i = 0;
    while (word != NULL && word[i] != '\0' && i + 1 < room) {
        int good = (word[i] >= '0' && word[i] <= '9') || (word[i] >= 'a' && word[i] <= 'z') ||
                   (word[i] >= 'A' && word[i] <= 'Z') || strchr(".-_:", word[i]) != NULL;
        out[i] = good ? word[i] : '?';
        i++;
    }
    out[i] = '\0';
}

/* ---- the connection --------------------------------------------------------------------------------- */

static sfsistat on_connect(SMFICTX *ctx, char *host, _SOCK_ADDR *address)
{
    session *s = calloc(1, sizeof *s);
    if (s == NULL || smfi_setpriv(ctx, s) != MI_SUCCESS) {
        free(s);
        return SMFIS_TEMPFAIL;
    }
    copy_word(s->client, sizeof s->client, host[0] == '[' ? "unknown" : host);
    if (address != NULL && address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        inet_ntop(AF_INET, &in.sin_addr, s->address, sizeof s->address);
    } else if (address != NULL && address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        inet_ntop(AF_INET6, &in.sin6_addr, s->address, sizeof s->address);
    }
    return SMFIS_CONTINUE;
}

static sfsistat on_helo(SMFICTX *ctx, char *helo)
{
    session *s = smfi_getpriv(ctx);
    copy_word(s->helo, sizeof s->helo, helo);
    return SMFIS_CONTINUE;
}

static sfsistat on_close(SMFICTX *ctx)
{
    session *s = smfi_getpriv(ctx);
    if (s != NULL) {
        fields_free(&s->mail.trace);
        free(s);
        smfi_setpriv(ctx, NULL);
    }
    return SMFIS_CONTINUE;
}

/* ---- the message ------------------------------------------------------------------------------------ */

static const char *macro(SMFICTX *ctx, const char *name)
{
    char copy[32];
    const char *value;
    snprintf(copy, sizeof copy, "%s", name);
    value = smfi_getsymval(ctx, copy);
    return value != NULL ? value : "";
}

/* The server's own Received field is not there yet: filters never see it. What it will tell is in macros, and put
 * together in its form it is read like any other field. */
static void add_own_hop(SMFICTX *ctx, session *s)
{
    char tls[LINE] = "";
    char line[2 * LINE];
    char version[WORD];
    char cipher[WORD];
    char bits[WORD];
    char date[64];
    time_t now = time(NULL);
    struct tm utc;
    int is_ip6 = strchr(s->address, ':') != NULL;
    int n;

    copy_word(version, sizeof version, macro(ctx, "{tls_version}"));
    copy_word(cipher, sizeof cipher, macro(ctx, "{cipher}"));
    copy_word(bits, sizeof bits, macro(ctx, "{cipher_bits}"));
    if (version[0] != '\0') {
        snprintf(tls, sizeof tls, "\n\t(using %s with cipher %s (%s/%s bits))", version, cipher, bits, bits);
    }
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", gmtime_r(&now, &utc));
    n = snprintf(line, sizeof line, " from %s (%s [%s%s])%s\n\tby %s (Postfix) with ESMTP%s%s id 0;\n\t%s",
                 s->helo, s->client, is_ip6 ? "IPv6:" : "", s->address, tls, own_name,
                 version[0] != '\0' ? "S" : "", macro(ctx, "{auth_type}")[0] != '\0' ? "A" : "", date);
    fields_add(&s->mail.trace, "Received", line, (size_t)n);
}

static sfsistat on_sender(SMFICTX *ctx, char **arguments)
{
    session *s = smfi_getpriv(ctx);
    hoptls_policy policy;

    (void)arguments;
    fields_free(&s->mail.trace);
    memset(&policy, 0, sizeof policy);
    policy.trusted_hops = 1; /* ours; what is below is claimed */
    fields_begin(&s->mail.trace, policy);
    s->mail.foreign = 0;
    add_own_hop(ctx, s);
    return SMFIS_CONTINUE;
}

static sfsistat on_field(SMFICTX *ctx, char *name, char *value)
{
    session *s = smfi_getpriv(ctx);
    if (strcasecmp(name, FIELD) == 0) {
        s->mail.foreign++;
    }
    fields_add(&s->mail.trace, name, value, strlen(value));
    return SMFIS_CONTINUE;
}

/* A part of an older field as a word of ours; what is not fit to be one is left out. */
static void add_span(char *out, size_t room, const fields *f, const char *key, hoptls_span span)
{
    char text[WORD];
    char word[WORD];
    size_t len = strlen(out);

    if (span.len == 0 || span.len >= sizeof text) {
        return;
    }
    memcpy(text, f->text + span.off, span.len);
    text[span.len] = '\0';
    copy_word(word, sizeof word, text);
    if (strcmp(word, text) == 0) {
        snprintf(out + len, room - len, " %s=%s", key, word);
    }
}

static void write_result(char *out, size_t room, const fields *f, const hoptls_hop *own)
{
    const hoptls_report *r = &f->report;
    const char *version = hoptls_tls_version_word(&own->tls);
    size_t len;

    snprintf(out, room, "%s; transport=%s%s%s", own_name, hoptls_verdict_word(own->verdict),
             version[0] != '\0' ? " version=" : "", version);
    add_span(out, room, f, "cipher", own->tls.cipher);
    len = strlen(out);
    snprintf(out + len, room - len, ";\n\tpath=%s", hoptls_verdict_word(r->claimed));
    if (r->claimed_hop != HOPTLS_NO_HOP) {
        len = strlen(out);
        snprintf(out + len, room - len, " hop=%u", (unsigned)r->claimed_hop);
        add_span(out, room, f, "by", f->deciding.by);
        len = strlen(out);
        snprintf(out + len, room - len, " basis=%s", hoptls_basis_word(f->deciding.basis));
    }
}

/* From the last to the first, since what is removed is counted no more. Mail that we cannot tell of goes on without a
 * field of ours, but never with somebody else's. */
static sfsistat on_end(SMFICTX *ctx)
{
    char field[] = FIELD;
    char line[LINE];
    session *s = smfi_getpriv(ctx);
    int status = MI_SUCCESS;

    for (int i = s->mail.foreign; i > 0 && status == MI_SUCCESS; i--) {
        status = smfi_chgheader(ctx, field, i, NULL);
    }
    if (status == MI_SUCCESS && fields_end(&s->mail.trace) == 0) {
        write_result(line, sizeof line, &s->mail.trace, &s->mail.trace.first);
        status = smfi_insheader(ctx, 0, field, line);
    }
    return status == MI_SUCCESS ? SMFIS_CONTINUE : SMFIS_TEMPFAIL;
}

int main(int argc, char **argv)
{
    struct smfiDesc filter;
    char name[] = "hoptls-milter";

    if (argc != 3) {
        fprintf(stderr, "usage: hoptls-milter SOCKET NAME\n");
        return EXIT_FAILURE;
    }
    own_name = argv[2];
    memset(&filter, 0, sizeof filter);
    filter.xxfi_name = name;
    filter.xxfi_version = SMFI_VERSION;
    filter.xxfi_flags = SMFIF_ADDHDRS | SMFIF_CHGHDRS;
    filter.xxfi_connect = on_connect;
    filter.xxfi_helo = on_helo;
    filter.xxfi_envfrom = on_sender;
    filter.xxfi_header = on_field;
    filter.xxfi_eom = on_end;
    filter.xxfi_close = on_close;
    if (smfi_register(filter) != MI_SUCCESS || smfi_setconn(argv[1]) != MI_SUCCESS) {
        fprintf(stderr, "hoptls-milter: %s: not a socket that libmilter takes\n", argv[1]);
        return EXIT_FAILURE;
    }
    return smfi_main() == MI_SUCCESS ? EXIT_SUCCESS : EXIT_FAILURE;
}
