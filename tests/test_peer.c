/* What the server recorded of the client, and what the client only said: of several addresses the last is the
 * server's, and nothing that stands before it is anybody's but the client's. */
#include "cases.h"
#include "internal.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* ` by mx.example.org with SMTP; ...` is put behind each. `shown` is word | said | rdns | address, then flags: `found`
 * where the word is the server's, `forged` where the server remarked so, `note=N` for the item with the address. */
typedef struct peer_case {
    const char *from;
    const char *shown;
} peer_case;

static void show(const char *value, const peer *who, char *out, size_t room)
{
    char addr[64] = "-";
    const uint8_t *b = who->addr.byte;
    if (who->addr.family == 4) {
        snprintf(addr, sizeof addr, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
    } else if (who->addr.family == 6) {
        snprintf(addr, sizeof addr, "%02x%02x:...:%02x%02x", b[0], b[1], b[14], b[15]);
    }
    snprintf(out, room, "%.*s | %.*s | %.*s | %s%s%s note=%d", (int)who->word.len, value + who->word.off,
             (int)who->said.len, value + who->said.off, (int)who->rdns.len, value + who->rdns.off, addr,
             who->word_found ? " found" : "", who->forged ? " forged" : "", (int)who->note);
}

static void check(const peer_case *t)
{
    char value[1024];
    char got[512];
    clauses c;
    peer who;
    hoptls_span all = {0, 0};
    int n =
        snprintf(value, sizeof value, "%s by mx.example.org with SMTP; 2 Mar 2026 10:00:00 +0000", t->from);
    assert_in_range(n, 1, sizeof value - 1);
    all.len = (uint32_t)n;
    hoptls_clauses_read((const uint8_t *)value, all, &c);
    memset(&who, 0xFF, sizeof who);
    hoptls_peer_read((const uint8_t *)value, &c, &who);
    show(value, &who, got, sizeof got);
    if (strcmp(got, t->shown) != 0) {
        print_error("%s\n", t->from);
    }
    assert_string_equal(got, t->shown);
}

/* clang-format off */
/* As each family of servers writes it. */
static const peer_case families[] = {
    /* Postfix, Sendmail */
    {"from helo.example (rdns.example.com [192.0.2.1])", "helo.example |  | rdns.example.com | 192.0.2.1 note=2"},
    {"from helo.example (unknown [192.0.2.1])", "helo.example |  |  | 192.0.2.1 note=2"},
    {"from helo.example (rdns.example.com [IPv6:2001:db8::5])", "helo.example |  | rdns.example.com | 2001:...:0005 note=2"},
    {"from helo.example (rdns.example.com\r\n\t[192.0.2.1])", "helo.example |  | rdns.example.com | 192.0.2.1 note=2"},
    {"from helo.example (rdns.example.com [192.0.2.1] (may be forged))", "helo.example |  | rdns.example.com | 192.0.2.1 forged note=2"},
    {"from helo.example (ident@rdns.example.com [192.0.2.1])", "helo.example |  | rdns.example.com | 192.0.2.1 note=2"},
    {"from helo.example ([192.0.2.1])", "helo.example |  |  | 192.0.2.1 note=2"},
    {"from localhost (localhost.localdomain [127.0.0.1])", "localhost |  | localhost.localdomain | 127.0.0.1 note=2"},
    /* Google: a trailing dot */
    {"from helo.example (rdns.example.com. [192.0.2.1])", "helo.example |  | rdns.example.com. | 192.0.2.1 note=2"},
    /* Microsoft */
    {"from host.example.com (192.0.2.1)", "host.example.com |  |  | 192.0.2.1 note=2"},
    {"from host.example.com ([192.0.2.1] RDNS failed)", "host.example.com |  |  | 192.0.2.1 note=2"},
    /* Exim */
    {"from [192.0.2.1] (helo=helo.example)", "[192.0.2.1] | helo.example |  | - found note=0"},
    {"from [192.0.2.1] (port=2525 helo=helo.example)", "[192.0.2.1] | helo.example |  | - found note=0"},
    {"from [192.0.2.1] (ident=root)", "[192.0.2.1] |  |  | - found note=0"},
    {"from rdns.example.com ([192.0.2.1] helo=helo.example)", "rdns.example.com | helo.example |  | 192.0.2.1 found note=2"},
    {"from rdns.example.com ([192.0.2.1]:2525 helo=[127.0.0.1])", "rdns.example.com | [127.0.0.1] |  | 192.0.2.1 found note=2"},
    /* qmail, Yahoo, James, IronPort */
    {"from rdns.example.com (HELO helo.example) (192.0.2.1)", "rdns.example.com | helo.example |  | 192.0.2.1 found note=3"},
    {"from unknown (HELO helo.example) (user@192.0.2.1)", "unknown | helo.example |  | 192.0.2.1 found note=3"},
    {"from unknown (HELO helo.example) (user@[192.0.2.1])", "unknown | helo.example |  | 192.0.2.1 found note=3"},
    {"from 127.0.0.1  (EHLO helo.example) (192.0.2.1)", "127.0.0.1 | helo.example |  | 192.0.2.1 found note=3"},
    {"from 192.0.2.1 (EHLO helo.example)", "192.0.2.1 | helo.example |  | - found note=0"},
    /* s/qmail: brackets that hold no address take none away */
    {"from unknown (HELO helo.example) (192.0.2.1) de/crypted with TLSv1.3: TLS_AES_256_GCM_SHA384 [256/256] DN=none", "unknown | helo.example |  | 192.0.2.1 found note=3"},
    {"from unknown [192.0.2.1] (EHLO helo.example)", "unknown | helo.example |  | 192.0.2.1 found note=2"},
    {"from localhost (LHLO store.example.com) (127.0.0.1)", "localhost | store.example.com |  | 127.0.0.1 found note=3"},
    /* Trustwave */
    {"from host.example.com (Not Verified[192.0.2.1])", "host.example.com |  |  | 192.0.2.1 note=2"},
    /* nothing is told */
    {"from host.example.com", "host.example.com |  |  | - note=0"},
    {"from host.example.com (envelope-from <a@[192.0.2.1]>)", "host.example.com |  |  | - note=0"},
};

/* The client wrote what stands before the server's own note, and must not be believed for it. */
static const peer_case lies[] = {
    {"from x (localhost [127.0.0.1]) (unknown [192.0.2.1])", "x |  |  | 192.0.2.1 note=3"},
    {"from x ([127.0.0.1]) (rdns.example.com [192.0.2.1])", "x |  | rdns.example.com | 192.0.2.1 note=3"},
    {"from x (127.0.0.1) (unknown [192.0.2.1])", "x |  |  | 192.0.2.1 note=3"},
    {"from [127.0.0.1] (unknown [192.0.2.1])", "[127.0.0.1] |  |  | 192.0.2.1 note=2"},
    {"from x (using TLSv1.3 [127.0.0.1]) (unknown [192.0.2.1])", "x |  |  | 192.0.2.1 note=3"},
    {"from (localhost [127.0.0.1]) (unknown [192.0.2.1])", " |  |  | 192.0.2.1 note=2"},
    {"from x (IDENT:a [127.0.0.1]@rdns.example.com [192.0.2.1])", "x |  | rdns.example.com | 192.0.2.1 note=2"},
    /* ... nor for what the server quotes behind it */
    {"from x (unknown [192.0.2.1]) (Client CN \"a [127.0.0.1]\", Issuer \"b\" (not verified))", "x |  |  | 192.0.2.1 note=2"},
    {"from x (unknown [192.0.2.1]) (Authenticated sender: a@[127.0.0.1])", "x |  |  | 192.0.2.1 note=2"},
    {"from x (unknown [192.0.2.1]) (using TLSv1.2 with cipher AES128-SHA [127.0.0.1])", "x |  |  | 192.0.2.1 note=2"},
};
/* clang-format on */

static void every_family_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(families); i++) {
        check(&families[i]);
    }
}

static void the_last_address_is_the_servers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lies); i++) {
        check(&lies[i]);
    }
}

static void nothing_behind_by_is_about_the_client(void **state)
{
    const peer_case none = {"from host.example.com by relay.example.com ([192.0.2.9])",
                            "host.example.com |  |  | - note=0"};
    const char *value =
        "from host.example.com by relay.example.com ([192.0.2.9]) with SMTP; 2 Mar 2026 10:00:00 +0000";
    hoptls_span all = {0, (uint32_t)strlen(value)};
    char got[512];
    clauses c;
    peer who;
    (void)state;
    hoptls_clauses_read((const uint8_t *)value, all, &c);
    hoptls_peer_read((const uint8_t *)value, &c, &who);
    show(value, &who, got, sizeof got);
    assert_string_equal(got, none.shown);
}

/* A note that holds an address alone ends with it: what stands at the start of the message is not looked at. */
static void nothing_before_the_field_is_read(void **state)
{
    const char *value =
        "helo=forged.example\r\n"
        "Received: from helo.example ([192.0.2.1]) by mx.example.org with SMTP; 2 Mar 2026 10:00:00 +0000";
    hoptls_span all = {31, (uint32_t)strlen(value) - 31};
    char got[512];
    clauses c;
    peer who;
    (void)state;
    hoptls_clauses_read((const uint8_t *)value, all, &c);
    hoptls_peer_read((const uint8_t *)value, &c, &who);
    show(value, &who, got, sizeof got);
    assert_string_equal(got, "helo.example |  |  | 192.0.2.1 note=2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_family_is_read),
        cmocka_unit_test(the_last_address_is_the_servers),
        cmocka_unit_test(nothing_behind_by_is_about_the_client),
        cmocka_unit_test(nothing_before_the_field_is_read),
    };
    return cmocka_run_group_tests_name("peer", tests, NULL, NULL);
}
