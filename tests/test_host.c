/* core/host.c: address literals, names, organisations, providers. */
#include "cases.h"

#include "internal.h"
#include "providers.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A copy of `text` that fills its heap block, so that a byte read beyond it is caught by a sanitizer. */
static uint8_t *block_of(const void *text, size_t n)
{
    uint8_t *block = malloc(n > 0 ? n : 1);
    assert_non_null(block);
    if (n > 0) {
        memcpy(block, text, n);
    }
    return block;
}

static hoptls_span whole(size_t n)
{
    return (hoptls_span){0, (uint32_t)n};
}

/* ---- addresses ---------------------------------------------------------------------------------------- */

static int read_text(const char *text, size_t n, hoptls_addr *out)
{
    uint8_t *block = block_of(text, n);
    int found = hoptls_addr_read(block, whole(n), out);
    free(block);
    return found;
}

static hoptls_addr addr_of(const char *text)
{
    hoptls_addr out;
    assert_int_equal(read_text(text, strlen(text), &out), 1);
    return out;
}

static const struct {
    const char *text;
    const char *address; /* as inet_pton reads it */
    uint8_t family;
    uint8_t network;
} addresses[] = {
    {"192.0.2.1", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"[192.0.2.1]", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"192.0.2.1:25", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"[192.0.2.1]:65535", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"[192.0.2.1:25]", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"[(192.0.2.1)]", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"255.255.255.255", "255.255.255.255", 4, HOPTLS_NET_PUBLIC},
    {"192.0.2.1:7", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"0.0.0.1", "0.0.0.1", 4, HOPTLS_NET_PUBLIC},
    {"0.100.255.155", "0.100.255.155", 4, HOPTLS_NET_PUBLIC}, /* its bytes begin like 64:ff9b::/96 */

    {"127.0.0.1", "127.0.0.1", 4, HOPTLS_NET_LOOPBACK},
    {"127.255.255.255", "127.255.255.255", 4, HOPTLS_NET_LOOPBACK},
    {"126.255.255.255", "126.255.255.255", 4, HOPTLS_NET_PUBLIC},
    {"128.0.0.1", "128.0.0.1", 4, HOPTLS_NET_PUBLIC},
    {"169.253.255.255", "169.253.255.255", 4, HOPTLS_NET_PUBLIC},
    {"169.254.0.1", "169.254.0.1", 4, HOPTLS_NET_LINK_LOCAL},
    {"169.255.0.1", "169.255.0.1", 4, HOPTLS_NET_PUBLIC},
    {"9.255.255.255", "9.255.255.255", 4, HOPTLS_NET_PUBLIC},
    {"10.0.0.0", "10.0.0.0", 4, HOPTLS_NET_PRIVATE},
    {"11.0.0.0", "11.0.0.0", 4, HOPTLS_NET_PUBLIC},
    {"172.15.255.255", "172.15.255.255", 4, HOPTLS_NET_PUBLIC},
    {"172.16.0.0", "172.16.0.0", 4, HOPTLS_NET_PRIVATE},
    {"172.31.255.255", "172.31.255.255", 4, HOPTLS_NET_PRIVATE},
    {"172.32.0.0", "172.32.0.0", 4, HOPTLS_NET_PUBLIC},
    {"192.167.1.1", "192.167.1.1", 4, HOPTLS_NET_PUBLIC},
    {"192.168.1.1", "192.168.1.1", 4, HOPTLS_NET_PRIVATE},
    {"192.169.1.1", "192.169.1.1", 4, HOPTLS_NET_PUBLIC},
    {"100.63.255.255", "100.63.255.255", 4, HOPTLS_NET_PUBLIC},
    {"100.64.0.0", "100.64.0.0", 4, HOPTLS_NET_SHARED},
    {"100.127.255.255", "100.127.255.255", 4, HOPTLS_NET_SHARED},
    {"100.128.0.0", "100.128.0.0", 4, HOPTLS_NET_PUBLIC},

    {"2001:db8::1", "2001:db8::1", 6, HOPTLS_NET_PUBLIC},
    {"2001:DB8::A", "2001:db8::a", 6, HOPTLS_NET_PUBLIC},
    {"[2001:db8::1]", "2001:db8::1", 6, HOPTLS_NET_PUBLIC},
    {"[IPv6:2001:db8::1]", "2001:db8::1", 6, HOPTLS_NET_PUBLIC},
    {"[ipV6:2001:db8::1]:25", "2001:db8::1", 6, HOPTLS_NET_PUBLIC},
    {"IPv6:2001:db8::1", "2001:db8::1", 6, HOPTLS_NET_PUBLIC},
    {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", 6, HOPTLS_NET_PUBLIC},
    {"2001:0db8:0001:0002:0003:0004:0005:0006", "2001:db8:1:2:3:4:5:6", 6, HOPTLS_NET_PUBLIC},
    {"2001:db8:1:2:3:4:5::", "2001:db8:1:2:3:4:5:0", 6, HOPTLS_NET_PUBLIC},
    {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8", 6, HOPTLS_NET_PUBLIC},
    {"2001:db8::", "2001:db8::", 6, HOPTLS_NET_PUBLIC},
    {"2001:db8:1:2:3:4:192.0.2.1", "2001:db8:1:2:3:4:c000:201", 6, HOPTLS_NET_PUBLIC},
    {"2001:db8::192.0.2.1", "2001:db8::c000:201", 6, HOPTLS_NET_PUBLIC},
    {"::192.0.2.1", "::c000:201", 6, HOPTLS_NET_PUBLIC},
    {"::1", "::1", 6, HOPTLS_NET_LOOPBACK},
    {"0:0:0:0:0:0:0:1", "::1", 6, HOPTLS_NET_LOOPBACK},
    {"[IPv6:::1]", "::1", 6, HOPTLS_NET_LOOPBACK},
    {"1::1", "1::1", 6, HOPTLS_NET_PUBLIC},
    {"::2", "::2", 6, HOPTLS_NET_PUBLIC},
    {"::1:1", "::1:1", 6, HOPTLS_NET_PUBLIC},
    {"fe80::1", "fe80::1", 6, HOPTLS_NET_LINK_LOCAL},
    {"fe80::1%eth0", "fe80::1", 6, HOPTLS_NET_LINK_LOCAL},
    {"fe80::1%3", "fe80::1", 6, HOPTLS_NET_LINK_LOCAL},
    {"[IPv6:fe80::1%en-0_1.2~]", "fe80::1", 6, HOPTLS_NET_LINK_LOCAL},
    {"febf:ffff::1", "febf:ffff::1", 6, HOPTLS_NET_LINK_LOCAL},
    {"fe7f::1", "fe7f::1", 6, HOPTLS_NET_PUBLIC},
    {"fec0::1", "fec0::1", 6, HOPTLS_NET_PRIVATE},
    {"feff::1", "feff::1", 6, HOPTLS_NET_PRIVATE},
    {"ff00::1", "ff00::1", 6, HOPTLS_NET_PUBLIC},
    {"fbff::1", "fbff::1", 6, HOPTLS_NET_PUBLIC},
    {"fc00::1", "fc00::1", 6, HOPTLS_NET_PRIVATE},
    {"fdff::1", "fdff::1", 6, HOPTLS_NET_PRIVATE},

    {"::ffff:192.0.2.1", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"[IPv6:::ffff:192.0.2.1]", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"::ffff:c000:201", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"::ffff:127.0.0.1", "127.0.0.1", 4, HOPTLS_NET_LOOPBACK},
    {"::ffff:10.1.2.3", "10.1.2.3", 4, HOPTLS_NET_PRIVATE},
    {"::ffff:192.0.2.1%eth0", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"64:ff9b::192.0.2.1", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"64:ff9b::c000:201", "192.0.2.1", 4, HOPTLS_NET_PUBLIC},
    {"64:ff9b:1::192.0.2.1", "64:ff9b:1::c000:201", 6, HOPTLS_NET_PUBLIC},
    {"::fffe:192.0.2.1", "::fffe:c000:201", 6, HOPTLS_NET_PUBLIC},
};

static void test_addresses(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(addresses); i++) {
        hoptls_addr got;
        uint8_t want[16] = {0};
        int family = addresses[i].family == 4 ? AF_INET : AF_INET6;
        assert_int_equal(inet_pton(family, addresses[i].address, want), 1);
        memset(&got, 0xAA, sizeof got);
        if (read_text(addresses[i].text, strlen(addresses[i].text), &got) != 1) {
            fail_msg("%s is not read", addresses[i].text);
        }
        if (got.family != addresses[i].family || got.network != addresses[i].network ||
            memcmp(got.byte, want, 16) != 0) {
            fail_msg("%s: family %d, network %d", addresses[i].text, got.family, got.network);
        }
    }
}

static const char *const no_addresses[] = {
    "",
    "1",
    "1.2.3",
    "1.2.3.",
    ".1.2.3.4",
    "1.2.3.4.",
    "1.2.3.4.5",
    "1..2.3",
    "256.1.1.1",
    "1.1.1.256",
    "1.1.1.1000",
    "1.1.1.99999999999999999999",
    "01.2.3.4",
    "1.2.3.04",
    "1.2.3.00",
    "0x7f.0.0.1",
    "2130706433",
    " 1.2.3.4",
    "1.2.3.4 ",
    "1.2.3.4:",
    "1.2.3.4:65536",
    "1.2.3.4:025",
    "1.2.3.4:25x",
    "1.2.3.4:x5",
    "1.2.3.4:25:25",
    "1.2.3.4/24",
    "1.2.3.4%eth0",
    "-1.2.3.4",
    "+1.2.3.4",
    "1.2.3.4\n",

    /* no peer: RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.2 */
    "0.0.0.0",
    "[0.0.0.0]",
    "::",
    "[IPv6:::]",
    "0:0:0:0:0:0:0:0",
    "::ffff:0.0.0.0",
    "64:ff9b::",

    ":",
    ":::",
    "::::",
    ":1",
    "1:",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:",
    "1:2:3:4:5:6:7:8:",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "::1:2:3:4:5:6:7:8",
    "1:2:3:4::5:6:7:8",
    "1::2::3",
    "1:::2",
    "::1::",
    "12345::",
    "g::1",
    "::g",
    "::1.2.3",
    "::1.2.3.4.5",
    "::1.2.3.4:5",
    "::1.2.3.256",
    "1:2:3:4:5:6:7:1.2.3.4",
    "1:2:3:4:5:6::1.2.3.4",
    "1.2.3.4::1",
    "::1%",
    "::1%eth 0",
    "::1%/0",
    "%eth0",
    "2001:db8::1/64",

    "[",
    "]",
    "[]",
    "[()]",
    "[(192.0.2.1]",
    "[192.0.2.1",
    "[192.0.2.1]x",
    "[IPv6:2001:db8::1 x]",
    "1234567.0.2.1",
    "192.0.2.1234567",
    "[192.0.2.1)]",
    "[((192.0.2.1))]",
    "(192.0.2.1)",
    "[[::1]]",
    "[::1",
    "::1]",
    "[::1]x",
    "[::1]:",
    "[::1]:65536",
    "[::1]:0x19",
    "[::1] ",
    "[ ::1]",
    "[1.2.3.4:25]:25x",
    "[IPv6:]",
    "IPv6:",
    "IPv6",
    "[IPv6:192.0.2.1]",
    "[IPv4:192.0.2.1]",
    "IPv6:IPv6:::1",
    "IPv6:[::1]",
    "localhost",
    "mail.example.com",
};

static void test_no_addresses(void **state)
{
    static const hoptls_addr none = {0, 0, {0}};
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(no_addresses); i++) {
        hoptls_addr got;
        memset(&got, 0xAA, sizeof got);
        if (read_text(no_addresses[i], strlen(no_addresses[i]), &got) != 0) {
            fail_msg("%s is read as an address", no_addresses[i]);
        }
        assert_memory_equal(&got, &none, sizeof none);
    }
}

static void test_address_within_message(void **state)
{
    static const char message[] = "9[192.0.2.1]9";
    hoptls_addr got;
    (void)state;
    assert_int_equal(hoptls_addr_read((const uint8_t *)message, (hoptls_span){2, 9}, &got), 1);
    assert_int_equal(got.byte[0], 192);
    assert_int_equal(got.byte[3], 1);
    assert_int_equal(hoptls_addr_read((const uint8_t *)message, (hoptls_span){1, 11}, &got), 1);
    assert_int_equal(hoptls_addr_read((const uint8_t *)message, (hoptls_span){0, 11}, &got), 0);
    assert_int_equal(hoptls_addr_read(NULL, (hoptls_span){0, 0}, &got), 0);
}

/* Prefixes of every sample: whatever they are, no byte beyond them is read, and what is found is marked so. */
static void test_address_prefixes(void **state)
{
    size_t i, n;
    (void)state;
    for (i = 0; i < COUNT(addresses); i++) {
        for (n = 0; n <= strlen(addresses[i].text); n++) {
            hoptls_addr got;
            int found = read_text(addresses[i].text, n, &got);
            assert_int_equal(found, got.family != 0);
            assert_int_equal(found, got.network != HOPTLS_NET_NONE);
        }
    }
}

/* An address in front of nothing but a port: inet_pton knows none. */
static int has_port(const char *text)
{
    const char *dot = strrchr(text, '.');
    return dot != NULL && strchr(dot, ':') != NULL;
}

/* Random strings of the letters of addresses, read by inet_pton as well. */
static void test_address_against_inet_pton(void **state)
{
    static const char letters[] = "::::...0123456789abf12";
    static const uint8_t zero[16] = {0};
    uint32_t seed = 20191119;
    size_t round, hits = 0;
    (void)state;
    for (round = 0; round < 400000; round++) {
        char text[48];
        uint8_t four[16] = {0};
        uint8_t six[16] = {0};
        hoptls_addr got;
        size_t n, k;
        seed = seed * 1103515245u + 12345u;
        n = 1 + (seed >> 16) % (round % 2 == 0 ? 9 : 24);
        for (k = 0; k < n; k++) {
            seed = seed * 1103515245u + 12345u;
            text[k] = letters[(seed >> 16) % (sizeof letters - 1)];
        }
        text[n] = 0;
        if (round % 3 == 0 && n > 4) { /* more of what is nearly right */
            memcpy(text, n > 8 ? "2001:db8" : "::1.", n > 8 ? 8 : 4);
        }
        if (has_port(text)) {
            continue;
        }
        int is4 = inet_pton(AF_INET, text, four) == 1;
        int is6 = inet_pton(AF_INET6, text, six) == 1;
        int want = (is4 && memcmp(four, zero, 4) != 0) || (is6 && memcmp(six, zero, 16) != 0);
        int found = read_text(text, n, &got);
        if (found != want) {
            fail_msg("%s: %d", text, found);
        }
        if (found && is4) {
            assert_memory_equal(got.byte, four, 16);
        }
        if (found && is6 && got.family == 6) {
            assert_memory_equal(got.byte, six, 16);
        }
        hits += found ? 1 : 0;
    }
    assert_true(hits > 1000); /* else the comparison has compared nothing */
}

static void test_address_near_and_same(void **state)
{
    static const struct {
        const char *a;
        const char *b;
        int near;
        int same;
    } pairs[] = {
        {"192.0.2.1", "192.0.2.1", 1, 1},          {"192.0.2.1", "192.0.2.255", 1, 0},
        {"192.0.2.1", "192.0.3.1", 0, 0},          {"192.0.2.1", "::ffff:192.0.2.1", 1, 1},
        {"192.0.2.1", "64:ff9b::192.0.2.9", 1, 0}, {"192.0.2.1", "::192.0.2.1", 0, 0},
        {"2001:db8::1", "2001:db8::1", 1, 1},      {"2001:db8::1", "2001:db8:0:0:ffff::1", 1, 0},
        {"2001:db8::1", "2001:db8:0:1::1", 0, 0},  {"2001:db8:0:1::", "2001:db8:0:1::", 1, 1},
    };
    static const hoptls_addr none = {0, 0, {0}};
    hoptls_addr some = addr_of("192.0.2.1");
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(pairs); i++) {
        hoptls_addr a = addr_of(pairs[i].a);
        hoptls_addr b = addr_of(pairs[i].b);
        assert_int_equal(hoptls_addr_near(&a, &b), pairs[i].near);
        assert_int_equal(hoptls_addr_near(&b, &a), pairs[i].near);
        assert_int_equal(hoptls_addr_same(&a, &b), pairs[i].same);
        assert_int_equal(hoptls_addr_same(&b, &a), pairs[i].same);
    }
    assert_int_equal(hoptls_addr_near(&none, &none), 0);
    assert_int_equal(hoptls_addr_same(&none, &none), 0);
    assert_int_equal(hoptls_addr_near(&none, &some), 0);
    assert_int_equal(hoptls_addr_near(&some, &none), 0);
}

/* ---- names -------------------------------------------------------------------------------------------- */

static int qualified(const char *name, size_t n)
{
    uint8_t *block = block_of(name, n);
    int answer = hoptls_host_is_qualified(block, whole(n));
    free(block);
    return answer;
}

static void test_qualified(void **state)
{
    static const char *const yes[] = {
        "a.b",
        "mail.example.com",
        "mail.example.com.",
        "MAIL.Example.COM",
        "mx_1.example.com",
        "a-b.example",
        "1.example.com",
        "192-0-2-1.example",
        "example.c0m",
        "xn--bcher-kva.example",
        "b\303\274cher.example",
        "b\303\200.example",
        "1.2.3.4x",
        "1.2.3.a",
        "x.1a",
        "3com.com",
        "_dmarc.example.com",
        "-a-.-b-",
    };
    static const char *const no[] = {
        "",
        ".",
        "..",
        "a",
        "a.",
        "localhost",
        ".a",
        ".a.b",
        "a..b",
        "a.b..",
        "a b.example",
        "a.b ",
        " a.b",
        "a.b/c",
        "[192.0.2.1]",
        "192.0.2.1",
        "192.0.2.1.",
        "a.1",
        "a.b.123.",
        "a@b.example",
        "a.b\n",
        "a,b.example",
        "*.example.com",
        "a.ex\177ample",
        "2001:db8::1",
        "a.b:25",
        "a.b;",
        "(a.b)",
    };
    char longest[257];
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(yes); i++) {
        if (qualified(yes[i], strlen(yes[i])) != 1) {
            fail_msg("%s is not qualified", yes[i]);
        }
    }
    for (i = 0; i < COUNT(no); i++) {
        if (qualified(no[i], strlen(no[i])) != 0) {
            fail_msg("%s is qualified", no[i]);
        }
    }
    assert_int_equal(qualified("a.b\0c", 5), 0);
    memset(longest, 'a', sizeof longest);
    longest[1] = '.';
    assert_int_equal(qualified(longest, 255), 1);
    assert_int_equal(qualified(longest, 256), 0);
    longest[255] = '.';
    assert_int_equal(qualified(longest, 256), 1); /* the trailing dot is no part of the name */
}

static void test_local(void **state)
{
    static const char *const yes[] = {
        "localhost",
        "LocalHost",
        "localhost.",
        "localhost.localdomain",
        "localhost.localdomain.",
        "localhost4",
        "localhost6",
        "localhost4.localdomain4",
        "localhost6.localdomain6",
        "ip6-localhost",
        "IP6-loopback",
    };
    static const char *const no[] = {
        "",
        ".",
        "localhos",
        "localhosts",
        "localhost..",
        "localhost5",
        "localhost4.localdomain6",
        "localhost.example.com",
        "mail.localhost",
        "localdomain",
        "ip6-allnodes",
        "127.0.0.1",
        " localhost",
        "xlocalhost",
    };
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(yes); i++) {
        uint8_t *block = block_of(yes[i], strlen(yes[i]));
        if (hoptls_host_is_local(block, whole(strlen(yes[i]))) != 1) {
            fail_msg("%s is not local", yes[i]);
        }
        free(block);
    }
    for (i = 0; i < COUNT(no); i++) {
        uint8_t *block = block_of(no[i], strlen(no[i]));
        if (hoptls_host_is_local(block, whole(strlen(no[i]))) != 0) {
            fail_msg("%s is local", no[i]);
        }
        free(block);
    }
    assert_int_equal(hoptls_host_is_local(NULL, (hoptls_span){0, 0}), 0);
}

/* ---- organisations ------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    const char *org;
} organisations[] = {
    {"mail.example.com", "example.com"},
    {"a.b.c.example.com", "example.com"},
    {"example.com", "example.com"},
    {"MAIL.Example.COM.", "Example.COM"},
    {"mx.example.org", "example.org"},
    {"mx_1.example.net", "example.net"},
    {"mail.b\303\274cher.example", "b\303\274cher.example"},
    {"mx.example", "mx.example"},

    /* countries that register below a second level */
    {"mail.example.co.uk", "example.co.uk"},
    {"a.b.example.co.uk.", "example.co.uk"},
    {"mail.example.org.uk", "example.org.uk"},
    {"mail.example.me.uk", "example.me.uk"},
    {"mail.example.ac.uk", "example.ac.uk"},
    {"mail.example.nhs.uk", "example.nhs.uk"},
    {"a.x.gov.br", "x.gov.br"},
    {"x.gov.br", "x.gov.br"},
    {"mail.example.com.au", "example.com.au"},
    {"mail.example.or.jp", "example.or.jp"},
    {"mail.example.ne.jp", "example.ne.jp"},
    {"mail.example.go.kr", "example.go.kr"},
    {"mail.example.gob.mx", "example.gob.mx"},
    {"mail.example.gouv.fr", "example.gouv.fr"},
    {"mail.example.govt.nz", "example.govt.nz"},
    {"mail.example.gv.at", "example.gv.at"},
    {"mail.example.bj.cn", "example.bj.cn"},
    {"mail.example.on.ca", "example.on.ca"},
    {"mail.example.ca.us", "example.ca.us"},
    {"mail.example.mi.it", "example.mi.it"},
    {"mail.example.anything.np", "example.anything.np"},
    {"mail.example.com.de", "example.com.de"},
    {"mail.example.CO.UK", "example.CO.UK"},

    /* and names that only look so */
    {"mail.example.uk", "example.uk"},
    {"mail.example.de", "example.de"},
    {"mx.web.de", "web.de"},
    {"mx.ac.de", "ac.de"},
    {"mx.ab.de", "ab.de"},
    {"mx.ab.is", "ab.is"},
    {"mx.ab.pl", "ab.pl"},
    {"mx.abc.us", "abc.us"},
    {"mx.co.com", "co.com"},
    {"co.uk", "co.uk"},
    {"example.co.uk", "example.co.uk"},
    {"mail.co.u1", "co.u1"},
    {"mail.example.corp.test", "corp.test"},

    /* private networks */
    {"pc.lan", ""},
    {"pc.lan.", ""},
    {"exch1.local", ""},
    {"localhost.localdomain", ""},
    {"mail.localhost", ""},
    {"exch1.example.local", "example.local"},
    {"a.exch1.example.LOCAL", "example.LOCAL"},
    {"mailmx.nyi.internal", "nyi.internal"},
    {"host.zone.c.project.internal", "project.internal"},
    {"mx.example.corp", "example.corp"},

    /* domains that strangers share */
    {"ec2-192-0-2-1.compute-1.amazonaws.com", "ec2-192-0-2-1.compute-1.amazonaws.com"},
    {"a.b.AmazonAWS.com.", "a.b.AmazonAWS.com"},
    {"ip-10-0-0-1.ec2.internal", "ip-10-0-0-1.ec2.internal"},
    {"ip-10-0-0-1.eu-west-1.compute.internal", "ip-10-0-0-1.eu-west-1.compute.internal"},
    {"smtp.default.svc.cluster.local", "smtp.default.svc.cluster.local"},
    {"1.2.0.192.bc.googleusercontent.com", "1.2.0.192.bc.googleusercontent.com"},
    {"ec2.cn-north-1.compute.amazonaws.com.cn", "ec2.cn-north-1.compute.amazonaws.com.cn"},
    {"amazonaws.com", ""},
    {"smtpclient.apple", ""},
    {"fritz.box", ""},
    {"pc.fritz.box", "pc.fritz.box"},
    {"a1-2.smtp-out.amazonses.com", "amazonses.com"},

    /* no names */
    {"", ""},
    {"localhost", ""},
    {"192.0.2.1", ""},
    {"[192.0.2.1]", ""},
    {"a..b", ""},
    {".", ""},
};

static void test_organisations(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(organisations); i++) {
        size_t n = strlen(organisations[i].name);
        uint8_t *block = block_of(organisations[i].name, n);
        hoptls_span org = hoptls_host_org(block, whole(n));
        assert_true(span_in(org, n));
        assert_true(org.len > 0 || org.off == 0);
        if (org.len != strlen(organisations[i].org) ||
            memcmp(block + org.off, organisations[i].org, org.len) != 0) {
            fail_msg("%s: %.*s", organisations[i].name, (int)org.len, (const char *)block + org.off);
        }
        free(block);
    }
}

/* Every prefix and every tail of the samples: the organisation is the tail of the name, or nothing. */
static void test_organisation_pieces(void **state)
{
    size_t i, from, to;
    (void)state;
    for (i = 0; i < COUNT(organisations); i++) {
        size_t n = strlen(organisations[i].name);
        for (from = 0; from <= n; from++) {
            for (to = from; to <= n; to++) {
                uint8_t *block = block_of(organisations[i].name + from, to - from);
                hoptls_span name = whole(to - from);
                hoptls_span org = hoptls_host_org(block, name);
                if (org.len > 0) {
                    uint32_t end = name.len - (block[name.len - 1] == '.' ? 1 : 0);
                    assert_int_equal(span_end(org), end);
                    assert_int_equal(hoptls_host_is_qualified(block, org), 1);
                    assert_true(org.off == 0 || block[org.off - 1] == '.');
                }
                assert_int_equal(hoptls_host_is_local(block, name) && org.len > 0, 0);
                free(block);
            }
        }
    }
}

/* ---- every word of the tables is found ---------------------------------------------------------------- */

/* The word at `*list`, of a list with blanks between; moves on. Returns 0 at its end. */
static int next_word(const char **list, char *word, size_t room)
{
    size_t n = strcspn(*list, " ");
    assert_true(n < room);
    memcpy(word, *list, n);
    word[n] = 0;
    *list += n + ((*list)[n] == ' ' ? 1 : 0);
    return n > 0;
}

/* `before` and `after` around each word of `list` make a name; its organisation begins at its byte `at`, or is
 * empty if there is no such byte. */
static void check_words(const char *list, const char *before, const char *after, size_t at)
{
    char word[64];
    while (next_word(&list, word, sizeof word)) {
        char name[128];
        uint8_t *block;
        hoptls_span org;
        size_t n = (size_t)snprintf(name, sizeof name, "%s%s%s", before, word, after);
        block = block_of(name, n);
        org = hoptls_host_org(block, whole(n));
        if (org.len != (at < n ? n - at : 0) || (org.len > 0 && org.off != at)) {
            fail_msg("%s: %.*s", name, (int)org.len, name + org.off);
        }
        free(block);
    }
}

#define NOWHERE 1000

static void test_table_words(void **state)
{
    static const char second_levels[] =
        "ac ad adm adv asn asso bel biz co com coop dep ed edu eng fin firm gen go gob "
        "gok gop gouv gov govt gr gub gv id idv in ind inf info int jus k12 kommune law "
        "leg lg ltd me med mil mod muni name ne net ngo nhs nic nom or org per perso plc "
        "pol police pp press priv pro prof pub re rec res riik sc sch school sec soc "
        "store tm tv univ web";
    static const char direct[] =
        "aq ax bv cc cf cg ch cz de dj dk eu fo ga gf gq gs gw hm li lu mh mp mq nl nu pm "
        "ru si sk sm sr su tc td tf tg tk tv va vg wf yt";
    static const char below_short[] = "ao au bg br ca cn cr id in it kr na th tr ua us";
    static const char below_any[] = "bd ck er fk jm kh mm np pg";
    static const char private_tops[] =
        "corp home internal intranet lan local localdomain localhost localnet private";
    static const char shared[] = "amazonaws.com amazonaws.com.cn azure.com cloudapp.net cluster.local "
                                 "compute.internal ddns.net duckdns.org dyndns.org ec2.internal fritz.box "
                                 "googleusercontent.com home.arpa homeip.net kicks-ass.net linode.com "
                                 "linodeusercontent.com localhost.localdomain myfritz.net no-ip.org "
                                 "smtpclient.apple vultr.com vultrusercontent.com";
    (void)state;
    check_words(second_levels, "mx.example.", ".uk", 3);
    check_words("example abc ab a", "mx.example.", ".uk", 11);
    check_words(direct, "mx.edu.", "", 3);
    check_words(direct, "mx.ab.", "", 3);
    check_words(direct, "mx.x.org.", "", 3);
    check_words("fr at is", "mx.x.edu.", "", 3);
    check_words(below_short, "mx.x.ab.", "", 3);
    check_words(below_short, "mx.abc.", "", 3);
    check_words(below_any, "mx.x.example.", "", 3);
    check_words(private_tops, "pc.", "", NOWHERE);
    check_words(private_tops, "mx.firm.", "", 3);
    check_words("example test com arpa", "pc.", "", 0);
    check_words(shared, "mx.firm.", "", 0);
    check_words(shared, "", "", NOWHERE);
}

/* ---- providers ---------------------------------------------------------------------------------------- */

static uint16_t provider_of(const char *name)
{
    size_t n = strlen(name);
    uint8_t *block = block_of(name, n);
    uint16_t provider = hoptls_host_provider(block, whole(n));
    free(block);
    return provider;
}

static const struct {
    const char *name;
    const char *provider;
} providers[] = {
    {"bay0-omc4-s14.bay0.hotmail.com", "microsoft"},
    {"bay0-omc4-s14.bay0.outlook.com", "microsoft"},
    {"a.mail.protection.OUTLOOK.com.", "microsoft"},
    {"by1pr01.prod.exchangelabs.com", "microsoft"},
    {"firm.o-v1.mx.microsoft", "microsoft"},
    {"mail-wm1-f42.google.com", "google"},
    {"googlemail.com", "google"},
    {"dispatch1-us1.ppe-hosted.com", "proofpoint"},
    {"dispatch1-us1.ppe-hosted.com.ppe-hosted.com", "proofpoint"},
    {"mx0a-00000000.pphosted.com", "proofpoint"},
    {"m0000000.ppops.net", "proofpoint"},
    {"abc.luxsci.com", "luxsci"},
    {"rs1.luxsci.net", "luxsci"},
    {"za-smtp-1.mimecast.co.za", "mimecast"},
    {"out1-smtp.messagingengine.com", "fastmail"},
    {"spamfilter04.heinlein-hosting.de", "mailbox.org"},
    {"mout.web.de", "gmx"},
    {"mout.kundenserver.de", "ionos"},
    {"sonic1.consmr.mail.bf2.yahoo.com", "yahoo"},
    {"omr.mx.aol.com", "aol"},
    {"m12.mail.163.com", "netease"},
    {"126.com", "netease"},
    {"sender4.zohomail.in", "zoho"},

    {"", ""},
    {"outlook", ""},
    {"notoutlook.com", ""},
    {"outlook.com.example.org", ""},
    {"outlook.com.co", ""},
    {"outlook.co", ""},
    {"xhotmail.com", ""},
    {"hotmail.comx", ""},
    {"mail.example.com", ""},
    {"mta.mail.yahoo.co.jp", ""},
    {"ec2-192-0-2-1.compute-1.amazonaws.com", ""},
    {"mailmx.nyi.internal", ""},
    {"192.0.2.1", ""},
    {"outlook..com", ""},
    {"evil/outlook.com", ""},
};

static void test_providers(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(providers); i++) {
        const char *name = hoptls_provider_name(provider_of(providers[i].name));
        if (strcmp(name, providers[i].provider) != 0) {
            fail_msg("%s: %s", providers[i].name, name);
        }
    }
}

static void test_provider_names(void **state)
{
    uint32_t i, k;
    (void)state;
    assert_string_equal(hoptls_provider_name(0), "");
    assert_string_equal(hoptls_provider_name(PROVIDER_COUNT), "");
    assert_string_equal(hoptls_provider_name(UINT32_MAX), "");
    for (i = 1; i < PROVIDER_COUNT; i++) {
        const char *name = hoptls_provider_name(i);
        assert_true(strlen(name) > 0 && strlen(name) < sizeof provider_names[0]);
        for (k = 0; k < i; k++) {
            assert_string_not_equal(name, hoptls_provider_name(k));
        }
    }
}

/* The table: in order, in lower case, every row found by its own domain and by a host below it, nothing found
 * above it, and no provider of one domain, for which there is no use. */
static void test_provider_table(void **state)
{
    uint32_t rows[PROVIDER_COUNT] = {0};
    uint32_t i, k;
    (void)state;
    for (i = 0; i < HOST_WORDS(provider_domains); i++) {
        const host_word *row = &provider_domains[i];
        char name[64];
        snprintf(name, sizeof name, "mx.%.*s", (int)row->len, (const char *)row->text);
        assert_true(row->len > 0 && row->len <= sizeof row->text);
        assert_true(row->tag > 0 && row->tag < PROVIDER_COUNT);
        for (k = 0; k < row->len; k++) {
            assert_int_equal(row->text[k], lower(row->text[k]));
        }
        if (i > 0 && strcmp((const char *)provider_domains[i - 1].text, (const char *)row->text) >= 0) {
            fail_msg("%s is out of order", name + 3);
        }
        if (provider_of(name) != row->tag) {
            fail_msg("%s is not found", name);
        }
        assert_int_equal(provider_of(strchr(name + 3, '.') + 1), 0);
        rows[row->tag]++;
    }
    for (i = 1; i < PROVIDER_COUNT; i++) {
        if (rows[i] < 2) {
            fail_msg("%s has %u rows", hoptls_provider_name(i), (unsigned)rows[i]);
        }
    }
}

/* ---- hostile ------------------------------------------------------------------------------------------ */

/* A megabyte of one byte, or of a repeated piece: linear work, and no answer. */
static void test_long(void **state)
{
    static const char *const pieces[] = {"[",   ":",    ".",  "1",     "1.",   "1:",  "::",   "a.",
                                         "a",   "%",    "]",  "0",     "1.1:", "[1:", "::1%", "com.",
                                         "co.", "\xFF", "\0", "IPv6:", "..",   "-.",  "[::1]"};
    const size_t n = 1024u * 1024;
    char *text = malloc(n);
    size_t i, k;
    (void)state;
    assert_non_null(text);
    for (i = 0; i < COUNT(pieces); i++) {
        size_t len = strlen(pieces[i]) > 0 ? strlen(pieces[i]) : 1;
        hoptls_addr got;
        uint8_t *block;
        for (k = 0; k < n; k++) {
            text[k] = pieces[i][k % len];
        }
        block = block_of(text, n);
#ifdef HOPTLS_COUNT_WORK
        hoptls_work = 0;
#endif
        assert_int_equal(hoptls_addr_read(block, whole(n), &got), 0);
        assert_int_equal(hoptls_host_is_qualified(block, whole(n)), 0);
        assert_int_equal(hoptls_host_is_local(block, whole(n)), 0);
        assert_int_equal(hoptls_host_org(block, whole(n)).len, 0);
        assert_int_equal(hoptls_host_provider(block, whole(n)), 0);
#ifdef HOPTLS_COUNT_WORK
        assert_true(hoptls_work <= 8 * n);
#endif
        free(block);
    }
    memset(text, 'e', n);
    memcpy(text, "[fe80::1%", 9);
    text[n - 1] = ']';
    {
        hoptls_addr got;
        assert_int_equal(read_text(text, n, &got), 1); /* a zone may be as long as it likes */
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_no_addresses),
        cmocka_unit_test(test_address_within_message),
        cmocka_unit_test(test_address_prefixes),
        cmocka_unit_test(test_address_against_inet_pton),
        cmocka_unit_test(test_address_near_and_same),
        cmocka_unit_test(test_qualified),
        cmocka_unit_test(test_local),
        cmocka_unit_test(test_organisations),
        cmocka_unit_test(test_organisation_pieces),
        cmocka_unit_test(test_table_words),
        cmocka_unit_test(test_providers),
        cmocka_unit_test(test_provider_names),
        cmocka_unit_test(test_provider_table),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
