/* Is every address what the C library reads in the same text, and of the network that the RFCs say? Is an organisation the
 * end of its name, the same whatever the case of letters and whatever host of it speaks? The input is a text that is
 * taken for an address and for a name; it also chooses an address. */
#include "reference.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct peer_hop {
    buffer value;
    hoptls_hop hop;
} peer_hop;

/* What Postfix writes of a client with this name and this address. */
static peer_hop hop_of(const char *name, const char *addr)
{
    peer_hop p;
    hoptls_field field = {{0, 0}, {0, 0}, {0, 0}};
    hoptls_msg msg;
    memset(&p, 0, sizeof p);
    buffer_add(&p.value, "from x (");
    buffer_add(&p.value, name);
    buffer_add(&p.value, " [");
    buffer_add(&p.value, addr);
    buffer_add(&p.value,
               "]) by mx.example.org (Postfix) with ESMTP id 4DA2F1C03B; Mon, 2 Mar 2026 10:00:00 +0000");
    msg = exact_copy(p.value.ptr, p.value.len);
    field.whole.len = field.value.len = (uint32_t)msg.len;
    check_hop(msg, &field, &p.hop);
    exact_free(msg);
    return p;
}

/* A text that can stand in that place: no blank, no bracket, nothing that ends a comment. */
static char *plain_text(const uint8_t *data, size_t size)
{
    char *text = calloc(size + 1, 1);
    size_t n = 0;
    for (size_t i = 0; text != NULL && i < size && n < 80; i++) {
        if (data[i] > ' ' && data[i] < 0x7F && strchr("()<>[]\"\\;@", data[i]) == NULL) {
            text[n++] = (char)data[i];
        }
    }
    return text;
}

/* ---- addresses ---------------------------------------------------------------------------------------- */

static void check_text(const char *text)
{
    hoptls_addr addr;
    int is_address = reference_address(text, &addr);
    peer_hop p = hop_of("mail.example.net", text);
    oracle_about("the address", (hoptls_msg){(const uint8_t *)text, strlen(text)});
    MUST(is_address != 1 || memcmp(&addr, &p.hop.addr, sizeof addr) == 0, "I12: an address");
    MUST(is_address != 0 || p.hop.addr.family == 0, "I12: no address");
    oracle_about(NULL, (hoptls_msg){NULL, 0});
    buffer_free(&p.value);
}

/* An address of any bytes, the first of them often those of a special network, as the C library writes it. */
static void check_made(choices *c)
{
    static const uint8_t heads[] = {127, 10, 172, 192, 169, 100, 0xFE, 0xFC, 0xFD, 0, 203, 0x20};
    uint8_t bytes[16];
    char text[INET6_ADDRSTRLEN + 8] = "IPv6:";
    int six = choose(c, 2) == 0;
    for (int i = 0; i < 16; i++) {
        bytes[i] = choose(c, 3) == 0 ? 0 : (uint8_t)choose(c, 256);
    }
    bytes[0] = choose(c, 4) != 0 ? heads[choose(c, sizeof heads)] : bytes[0];
    MUST(inet_ntop(six ? AF_INET6 : AF_INET, bytes, text + (six ? 5 : 0), INET6_ADDRSTRLEN) != NULL,
         "an address");
    check_text(text);
}

/* ---- organisations ------------------------------------------------------------------------------------ */

static char *span_text(const peer_hop *p, hoptls_span s)
{
    char *text = calloc(s.len + 1u, 1);
    if (text != NULL) {
        memcpy(text, p->value.ptr + s.off, s.len);
    }
    return text;
}

/* `org` ends `name`, at a dot. */
static void check_is_end(const char *name, const char *org)
{
    size_t n = strlen(name) - (name[0] != '\0' && name[strlen(name) - 1] == '.');
    size_t o = strlen(org);
    MUST(o <= n && strncmp(name + n - o, org, o) == 0, "an organisation is the end of its host's name");
    MUST(o == n || name[n - o - 1] == '.', "an organisation begins at a dot");
    MUST(strchr(org, '.') != NULL, "an organisation is no top level domain");
}

static char *other_case(const char *text)
{
    char *other = strdup(text);
    for (size_t i = 0; other != NULL && other[i] != '\0'; i++) {
        int letter = (other[i] >= 'a' && other[i] <= 'z') || (other[i] >= 'A' && other[i] <= 'Z');
        other[i] = (char)(letter ? other[i] ^ 0x20 : other[i]);
    }
    return other;
}

static void check_same_org(const char *name, const char *before, uint32_t len, uint16_t provider)
{
    buffer longer = {NULL, 0, 0};
    peer_hop p;
    buffer_add(&longer, before);
    buffer_add(&longer, name);
    buffer_put(&longer, (const uint8_t *)"", 1);
    p = hop_of((const char *)longer.ptr, "203.0.113.9");
    MUST(p.hop.rdns_provider == provider, "all hosts below a provider's are the provider's, in any case");
    MUST(before[0] != '\0' || p.hop.rdns_org.len == len, "the case of letters means nothing");
    buffer_free(&p.value);
    buffer_free(&longer);
}

/* The organisation as a host of its own is its own organisation; or nobody's, in a private network (pc.lan) and where
 * strangers share a domain. */
static void check_org_alone(const char *org)
{
    peer_hop p = hop_of(org, "203.0.113.9");
    MUST(p.hop.rdns_org.len == strlen(org) || p.hop.rdns_org.len == 0,
         "an organisation is its own, or nobody's");
    buffer_free(&p.value);
}

static void check_name(const char *text)
{
    peer_hop p = hop_of(text, "203.0.113.9");
    char *name = span_text(&p, p.hop.rdns);
    char *org = span_text(&p, p.hop.rdns_org);
    if (name != NULL && org != NULL && org[0] != '\0') {
        char *other = other_case(name);
        check_is_end(name, org);
        check_same_org(other, "", p.hop.rdns_org.len, p.hop.rdns_provider);
        check_org_alone(org);
        if (p.hop.rdns_provider != 0) {
            check_same_org(name, "a-1.", p.hop.rdns_org.len, p.hop.rdns_provider);
        }
        free(other);
    }
    free(name);
    free(org);
    buffer_free(&p.value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    choices c = choices_from(data, size);
    char *text = plain_text(data, size);
    if (text != NULL) {
        check_text(text);
        check_name(text);
        check_made(&c);
    }
    free(text);
    return 0;
}
