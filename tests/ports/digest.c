/* Everything that the library says of a message as one number: each fact, flag and span of each hop, the report, and all
 * words. Machines differ in sizes, byte orders and instructions; for the same message the number must be the same. Needs
 * no more of C than the library does. */
#include "hoptls.h"

enum { HOPS = 256 };

static uint64_t sum;

/* FNV-1a over eight bytes, in the order of their weight. */
static void add(uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        sum = (sum ^ ((value >> (8 * i)) & 0xFF)) * 0x100000001B3u;
    }
}

static void add_word(const char *word)
{
    uint32_t i = 0;
    while (word[i] != '\0') {
        add((uint8_t)word[i]);
        i++;
    }
    add(i);
}

static void add_span(hoptls_span s)
{
    add(s.off);
    add(s.len);
}

static void add_tls(const hoptls_tls *tls)
{
    add(tls->version);
    add(tls->floor);
    add(tls->suite);
    add(tls->traits);
    add(tls->bits);
    add(tls->any_version);
    add_span(tls->cipher);
    add_span(tls->group);
    add_word(hoptls_client_cert_word(tls->client_cert));
    add_word(hoptls_tls_version_word(tls));
    add_word(hoptls_suite_name(tls->suite));
}

static void add_hop(const hoptls_hop *hop)
{
    const hoptls_span spans[] = {hop->field,    hop->value,  hop->helo,      hop->rdns,  hop->by,
                                 hop->with,     hop->id,     hop->recipient, hop->proof, hop->helo_org,
                                 hop->rdns_org, hop->by_org, hop->date_text};
    for (uint32_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        add_span(spans[i]);
    }
    add(hop->addr.family);
    add(hop->addr.network);
    for (int i = 0; i < 16; i++) {
        add(hop->addr.byte[i]);
    }
    add((uint64_t)hop->date);
    add(hop->flags);
    add(hop->counts);
    add(hop->writer_scope);
    add_tls(&hop->tls);
    add_word(hoptls_writer_name(hop->writer));
    add_word(hoptls_grade_word(hop->grade));
    add_word(hoptls_evidence_word(hop->evidence));
    add_word(hoptls_silence_word(hop->silence));
    add_word(hoptls_scope_word(hop->scope));
    add_word(hoptls_role_word(hop->role));
    add_word(hoptls_verdict_word(hop->verdict));
    add_word(hoptls_basis_word(hop->basis));
    add_word(hoptls_rule_word(hop->weak));
    add_word(hoptls_provider_name(hop->helo_provider));
    add_word(hoptls_provider_name(hop->rdns_provider));
    add_word(hoptls_provider_name(hop->by_provider));
}

static void add_report(const hoptls_report *r)
{
    const uint32_t numbers[] = {
        r->hops,         r->counted,     r->crossings,   r->counted_crossings, r->trusted_crossings,
        r->bounded,      r->verdict,     r->claimed,     r->trusted,           r->submission,
        r->retrieval,    r->claimed_hop, r->trusted_hop, r->submission_hop,    r->retrieval_hop,
        r->trusted_hops, r->protection,  r->body};
    for (uint32_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        add(numbers[i]);
    }
}

uint64_t digest(const uint8_t *ptr, uint32_t len);
uint64_t digest(const uint8_t *ptr, uint32_t len)
{
    static hoptls_hop hops[HOPS];
    hoptls_policy policy = {0x0303, 128, HOPTLS_SUITE_RC4, 1, 1, 2};
    hoptls_report report;
    hoptls_msg msg = {ptr, len};

    sum = 0xCBF29CE484222325u;
    add((uint64_t)hoptls_message_read(msg, &policy, hops, HOPS, &report));
    add_report(&report);
    for (uint32_t i = 0; i < report.hops && i < HOPS; i++) {
        add_hop(&hops[i]);
    }
    return sum;
}

#if defined(__wasm__)

/* Without a library of C the three functions that the core needs are here, and a room for the message. */
enum { ROOM = 1 << 21 };
static uint8_t room[ROOM];

void *memcpy(void *to, const void *from, size_t n)
{
    uint8_t *t = to;
    const uint8_t *f = from;
    while (n-- > 0) {
        *t++ = *f++;
    }
    return to;
}

void *memset(void *to, int byte, size_t n)
{
    uint8_t *t = to;
    while (n-- > 0) {
        *t++ = (uint8_t)byte;
    }
    return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
    const uint8_t *x = a;
    const uint8_t *y = b;
    while (n > 0 && *x == *y) {
        x++;
        y++;
        n--;
    }
    return n == 0 ? 0 : *x - *y;
}

__attribute__((export_name("room"))) uint8_t *get_room(void)
{
    return room;
}

__attribute__((export_name("room_size"))) uint32_t get_room_size(void)
{
    return ROOM;
}

__attribute__((export_name("digest"))) uint64_t digest_room(uint32_t len)
{
    return digest(room, len);
}

#else

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* usage: digest LIST: a line of hexadecimal digits and the name for each file that LIST names. */
int main(int argc, char **argv)
{
    static char name[4096];
    static uint8_t bytes[1 << 21];
    FILE *list = argc == 2 ? fopen(argv[1], "r") : NULL;

    if (list == NULL) {
        fprintf(stderr, "usage: digest LIST\n");
        return EXIT_FAILURE;
    }
    while (fgets(name, sizeof name, list) != NULL) {
        FILE *in;
        size_t len;
        uint64_t value;

        name[strcspn(name, "\r\n")] = '\0';
        in = fopen(name, "rb");
        if (in == NULL) {
            fprintf(stderr, "digest: %s: cannot be read\n", name);
            return EXIT_FAILURE;
        }
        len = fread(bytes, 1, sizeof bytes, in);
        fclose(in);
        value = digest(bytes, (uint32_t)len);
        printf("%08lx%08lx %s\n", (unsigned long)(value >> 32), (unsigned long)(value & 0xFFFFFFFFu), name);
    }
    fclose(list);
    return EXIT_SUCCESS;
}

#endif
