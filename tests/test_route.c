/* A hop and the one above it: whether it left an organisation, and whether the two fit together. */
#include "cases.h"
#include "internal.h"

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define DATE "Mon, 2 Mar 2026 10:00:00 +0000"
#define REST " with ESMTP id 1; " DATE

enum { OF_ROUTE = HOPTLS_F_NAME_CLAIMED | HOPTLS_F_CHAIN_GAP | HOPTLS_F_TIME_BACK };

/* ---- two hops of one message -------------------------------------------------------------------------- */

typedef struct pair {
    char bytes[1024];
    hoptls_msg msg;
    hoptls_hop newer; /* recorded later: it stands first */
    hoptls_hop hop;
} pair;

static hoptls_hop next_hop(hoptls_msg msg, uint32_t *pos)
{
    hoptls_field field;
    hoptls_hop hop;
    assert_int_equal(hoptls_field_next(msg, pos, &field), HOPTLS_MORE);
    assert_int_equal(hoptls_hop_read(msg, &field, &hop), HOPTLS_OK);
    return hop;
}

static void read_pair(const char *newer, const char *value, pair *out)
{
    uint32_t pos = 0;
    int len = snprintf(out->bytes, sizeof out->bytes, "Received: %s\nReceived: %s\n", newer, value);
    assert_in_range(len, 20, sizeof out->bytes - 1);
    out->msg.ptr = (const uint8_t *)out->bytes;
    out->msg.len = (size_t)len;
    out->newer = next_hop(out->msg, &pos);
    out->hop = next_hop(out->msg, &pos);
}

/* `newer` null: the hop is the newest. */
static void route_pair(const char *newer, const char *value, pair *out)
{
    read_pair(newer != NULL ? newer : "x", value, out);
    assert_int_equal(hoptls_hop_route(out->msg, newer != NULL ? &out->newer : NULL, &out->hop), HOPTLS_OK);
}

/* ---- scope -------------------------------------------------------------------------------------------- */

typedef struct scope_case {
    const char *value; /* up to `with` */
    const char *scope;
    uint32_t flags; /* those that routing sets */
} scope_case;

static void check_scopes(const scope_case *table, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        char value[512];
        pair p;
        snprintf(value, sizeof value, "%s" REST, table[i].value);
        route_pair(NULL, value, &p);
        if (strcmp(hoptls_scope_word(p.hop.scope), table[i].scope) != 0 ||
            (p.hop.flags & OF_ROUTE) != table[i].flags) {
            print_error("# %s\n# expected %s %x, got %s %x\n", value, table[i].scope,
                        (unsigned)table[i].flags, hoptls_scope_word(p.hop.scope),
                        (unsigned)(p.hop.flags & OF_ROUTE));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* clang-format off */
static void a_name_that_the_server_found_decides(void **state)
{
    static const scope_case table[] = {
        {"from mx.example.org (mx.example.org [192.0.2.1]) by mx.example.net", "external", 0},
        {"from mx.example.net (mx.example.org [192.0.2.1]) by mx.example.net", "external", 0},
        {"from a.example.net (b.example.net [192.0.2.1]) by mx.example.net", "internal", 0},
        {"from a.example.org (b.example.net [192.0.2.1]) by mx.example.net", "internal", 0},
        {"from a.example.org (B.EXAMPLE.NET [192.0.2.1]) by mx.Example.Net", "internal", 0},
        {"from a.example.net (b.example.net. [192.0.2.1]) by mx.example.net", "internal", 0},
        {"from a (b.example.net [IPv6:2001:db8::1]) by mx.example.net", "internal", 0},
        {"from a (b.notexample.net [192.0.2.1]) by mx.example.net", "external", 0},
        {"from a (a.one.co.uk [192.0.2.1]) by mx.two.co.uk", "external", 0},
        {"from a (b.example.net [192.0.2.1]) by mx", "external", 0},
    };
    (void)state;
    check_scopes(table, COUNT(table));
}

static void a_name_that_only_the_client_gave_is_believed_and_remarked(void **state)
{
    static const scope_case table[] = {
        {"from a.example.net (unknown [192.0.2.1]) by mx.example.net", "internal", HOPTLS_F_NAME_CLAIMED},
        {"from a.example.net ([192.0.2.1]) by mx.example.net", "internal", HOPTLS_F_NAME_CLAIMED},
        {"from a.example.net by mx.example.net", "internal", HOPTLS_F_NAME_CLAIMED},
        {"from a.example.net (b.example.net [192.0.2.1] (may be forged)) by mx.example.net", "internal", HOPTLS_F_NAME_CLAIMED},
        {"from a.example.org (b.example.net [192.0.2.1] (may be forged)) by mx.example.net", "external", 0},
        {"from a.example.org (unknown [192.0.2.1]) by mx.example.net", "external", 0},
        {"from a.example.org by mx.example.net", "external", 0},
    };
    (void)state;
    check_scopes(table, COUNT(table));
}

static void without_names_the_address_decides(void **state)
{
    static const scope_case table[] = {
        {"from pc ([192.0.2.1]) by mx.example.net", "external", 0},
        {"from pc ([192.0.2.1]) by mx", "external", 0},
        {"from pc by mx.example.net", "undetermined", 0},
        {"from pc by mx", "undetermined", 0},
        {"by mx.example.net", "undetermined", 0},
        {"from pc ([192.0.2.1])", "external", 0},
        {"x", "undetermined", 0},
    };
    (void)state;
    check_scopes(table, COUNT(table));
}

/* A private network is the organisation's own, unless the client bears the name of another. */
static void private_networks_are_inside(void **state)
{
    static const scope_case table[] = {
        {"from pc ([10.1.2.3]) by mx.example.net", "internal", 0},
        {"from pc ([172.16.1.1]) by mx.example.net", "internal", 0},
        {"from pc ([192.168.1.1]) by mx", "internal", 0},
        {"from pc ([100.64.1.1]) by mx.example.net", "internal", 0},
        {"from pc ([169.254.1.1]) by mx.example.net", "internal", 0},
        {"from pc ([IPv6:fd00::1]) by mx.example.net", "internal", 0},
        {"from pc ([IPv6:fe80::1]) by mx.example.net", "internal", 0},
        {"from a.example.net (unknown [10.1.2.3]) by mx.example.net", "internal", 0},
        {"from a.example.org (b.example.net [10.1.2.3]) by mx.example.net", "internal", 0},
        {"from a.example.org (unknown [10.1.2.3]) by mx.example.net", "undetermined", 0},
        {"from pc (b.example.org [10.1.2.3]) by mx.example.net", "undetermined", 0},
        {"from pc ([172.32.1.1]) by mx.example.net", "external", 0},
    };
    (void)state;
    check_scopes(table, COUNT(table));
}

/* Over loopback a server speaks with itself; a stranger's name there was handed on by something in front. */
static void loopback_is_the_machine_itself_or_what_stands_in_front(void **state)
{
    static const scope_case table[] = {
        {"from localhost (localhost [127.0.0.1]) by mx.example.net", "host", 0},
        {"from localhost (localhost [IPv6:::1]) by mx.example.net", "host", 0},
        {"from localhost.localdomain (localhost [127.0.0.2]) by mx.example.net", "host", 0},
        {"from mx.example.net (localhost [127.0.0.1]) by mx.example.net", "host", 0},
        {"from filter.example.net (localhost [127.0.0.1]) by mx.example.net", "host", 0},
        {"from pc (localhost [127.0.0.1]) by mx.example.net", "host", 0},
        {"from [127.0.0.1] (localhost [127.0.0.1]) by mx.example.net", "host", 0},
        {"from mx.example.org (localhost [127.0.0.1]) by mx", "host", 0},
        {"from filter.lan (localhost [127.0.0.1]) by mx.example.net", "host", 0},
        {"from mx.example.org (localhost [127.0.0.1]) by mx.example.net", "undetermined", 0},
        {"from mx.example.org (localhost [IPv6:::1]) by mx.example.net", "undetermined", 0},
    };
    (void)state;
    check_scopes(table, COUNT(table));
}

static void one_provider_has_many_domains(void **state)
{
    static const scope_case table[] = {
        {"from a (b.bay0.hotmail.com [192.0.2.1]) by c.prod.outlook.com", "internal", 0},
        {"from b.prod.outlook.com ([192.0.2.1]) by c.bay0.hotmail.com", "internal", HOPTLS_F_NAME_CLAIMED},
        {"from a (b.gmail.com [192.0.2.1]) by c.prod.outlook.com", "external", 0},
        {"from a (b.gmail.com [192.0.2.1]) by mx.google.com", "internal", 0},
        {"from mail.luxsci.net (mail.luxsci.net [192.0.2.1]) by mx.luxsci.com", "internal", 0},
        /* strangers rent machines under one name */
        {"from a (ec2-192-0-2-1.compute.amazonaws.com [192.0.2.1]) by ec2-192-0-2-9.compute.amazonaws.com", "external", 0},
    };
    (void)state;
    check_scopes(table, COUNT(table));
}
/* clang-format on */

static void what_the_writer_proves_needs_no_names(void **state)
{
    pair p;
    (void)state;
    route_pair(NULL, "by mx.example.net (Postfix, from userid 0) id 4DA2F1C03B; " DATE, &p);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_HOST);
    route_pair(NULL, "by mail-pf1-f1.google.com with SMTP id a1; " DATE, &p);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_INTERNAL);
    p.hop.writer_scope = HOPTLS_SCOPE_EXTERNAL;
    assert_int_equal(hoptls_hop_route(p.msg, NULL, &p.hop), HOPTLS_OK);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_EXTERNAL);
}

/* A caller with a better rule of organisations is heard. */
static void organisations_may_be_the_callers(void **state)
{
    pair p;
    (void)state;
    route_pair(NULL, "from a (b.one.example.net [192.0.2.1]) by c.two.example.net" REST, &p);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_INTERNAL);
    p.hop.rdns_org = p.hop.rdns;
    p.hop.by_org = p.hop.by;
    assert_int_equal(hoptls_hop_route(p.msg, NULL, &p.hop), HOPTLS_OK);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_EXTERNAL);
}

/* ---- the neighbour: addresses ------------------------------------------------------------------------- */

typedef struct near_case {
    const char *newer; /* who spoke to the newer server */
    const char *value;
    const char *scope;
} near_case;

/* The host that wrote this field had, when it spoke to the next, an address in the network of its peer here. */
static void the_address_of_the_server_tells_who_is_near_it(void **state)
{
    static const near_case table[] = {
        {"b.example.net ([192.0.2.9])", "from pc ([192.0.2.1]) by b.example.net" REST, "internal"},
        {"b.example.net ([192.0.2.9])", "from pc ([192.0.3.1]) by b.example.net" REST, "external"},
        {"b.example.net ([192.0.2.9])", "from mx.example.org ([192.0.2.1]) by b.example.net" REST,
         "external"},
        {"b.example.net ([192.0.2.9])", "from pc (x.example.org [192.0.2.1]) by b.example.net" REST,
         "external"},
        {"b.example.net", "from pc ([192.0.2.1]) by b.example.net" REST, "external"},
        {"b.example.net ([IPv6:2001:db8:1:2::9])", "from pc ([IPv6:2001:db8:1:2:3::1]) by b.example.net" REST,
         "internal"},
        {"b.example.net ([IPv6:2001:db8:1:2::9])", "from pc ([IPv6:2001:db8:1:3::1]) by b.example.net" REST,
         "external"},
        {"b.example.net ([192.0.2.9])", "from pc by b.example.net" REST, "undetermined"},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        char newer[256];
        pair p;
        snprintf(newer, sizeof newer, "from %s by mx.example.com" REST, table[i].newer);
        route_pair(newer, table[i].value, &p);
        if (strcmp(hoptls_scope_word(p.hop.scope), table[i].scope) != 0) {
            print_error("# %s, %s: %s\n", newer, table[i].value, hoptls_scope_word(p.hop.scope));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* ---- the neighbour: continuity ------------------------------------------------------------------------- */

typedef struct chain_case {
    const char *newer; /* up to `with` */
    const char *by;    /* of the older hop */
    int gap;
} chain_case;

static void a_gap_is_where_nothing_is_alike(void **state)
{
    static const chain_case table[] = {
        {"from b.example.net (b.example.net [192.0.2.1]) by mx.example.com", "b.example.net", 0},
        {"from x.example.org (b.example.net [192.0.2.1]) by mx.example.com", "a.example.net", 0},
        {"from b.example.net (x.example.org [192.0.2.1]) by mx.example.com", "a.example.net", 0},
        {"from x.prod.outlook.com (x [192.0.2.1]) by mx.example.com", "b.hotmail.com", 0},
        {"from x.example.org (y.example.org [192.0.2.1]) by mx.example.com", "b.example.net", 1},
        {"from x.example.org by mx.example.com", "b.example.net", 1},
        {"from x.example.org by mx.example.com", "b", 0},
        {"from x by mx.example.com", "b.example.net", 0},
        {"by mx.example.com", "b.example.net", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        char newer[256];
        char value[256];
        pair p;
        snprintf(newer, sizeof newer, "%s" REST, table[i].newer);
        snprintf(value, sizeof value, "from q by %s" REST, table[i].by);
        route_pair(newer, value, &p);
        if (((p.hop.flags & HOPTLS_F_CHAIN_GAP) != 0) != table[i].gap) {
            print_error("# %s, %s\n", newer, value);
            fail();
        }
    }
}

static void clocks_may_differ_by_five_minutes(void **state)
{
    static const struct {
        const char *newer;
        const char *older;
        int back;
    } table[] = {
        {"Mon, 2 Mar 2026 10:00:00 +0000", "Mon, 2 Mar 2026 09:00:00 +0000", 0},
        {"Mon, 2 Mar 2026 10:00:00 +0000", "Mon, 2 Mar 2026 10:05:00 +0000", 0},
        {"Mon, 2 Mar 2026 10:00:00 +0000", "Mon, 2 Mar 2026 10:05:01 +0000", 1},
        {"Mon, 2 Mar 2026 10:00:00 +0000", "Mon, 2 Mar 2026 11:00:00 +0100", 0},
        {"Mon, 2 Mar 2026 10:00:00 +0000", "Tue, 2 Mar 2027 10:00:00 +0000", 1},
        {"Mon, 2 Mar 2026 10:00:00 +0000", "soon", 0},
        {"soon", "Mon, 2 Mar 2026 10:00:00 +0000", 0},
        {"Mon, 2 Mar 2026 10:00:00 +0000", "Thu, 1 Jan 1970 00:01:00 +0000", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        char newer[256];
        char older[256];
        pair p;
        snprintf(newer, sizeof newer, "from b by a; %s", table[i].newer);
        snprintf(older, sizeof older, "from c by b; %s", table[i].older);
        route_pair(newer, older, &p);
        assert_int_equal((p.hop.flags & HOPTLS_F_TIME_BACK) != 0, table[i].back);
    }
}

/* ---- the call ----------------------------------------------------------------------------------------- */

static const char gap_newer[] = "from x.example.org (x.example.org [192.0.2.9]) by mx.example.com" REST;
static const char gap_older[] =
    "from a.example.net by b.example.net with ESMTP id 1; Tue, 2 Mar 2027 10:00:00 +0000";

static void routing_twice_is_routing_once(void **state)
{
    pair p;
    hoptls_hop once;
    (void)state;
    route_pair(gap_newer, gap_older, &p);
    once = p.hop;
    assert_int_equal(once.flags & OF_ROUTE, OF_ROUTE);
    assert_int_equal(hoptls_hop_route(p.msg, &p.newer, &p.hop), HOPTLS_OK);
    assert_memory_equal(&p.hop, &once, sizeof once);
}

/* What one neighbour told is forgotten with it. */
static void another_neighbour_tells_another_story(void **state)
{
    pair p;
    pair alone;
    (void)state;
    route_pair(gap_newer, gap_older, &p);
    assert_int_equal(hoptls_hop_route(p.msg, NULL, &p.hop), HOPTLS_OK);
    read_pair(gap_newer, gap_older, &alone);
    assert_int_equal(hoptls_hop_route(alone.msg, NULL, &alone.hop), HOPTLS_OK);
    assert_memory_equal(&p.hop, &alone.hop, sizeof p.hop);
    assert_int_equal(p.hop.flags & OF_ROUTE, HOPTLS_F_NAME_CLAIMED);
}

static void routing_sets_the_scope_and_its_flags_alone(void **state)
{
    pair before;
    pair p;
    (void)state;
    read_pair(gap_newer, gap_older, &before);
    route_pair(gap_newer, gap_older, &p);
    assert_memory_equal(&p.newer, &before.newer, sizeof p.newer);
    p.hop.scope = before.hop.scope;
    p.hop.flags &= ~(uint32_t)OF_ROUTE;
    assert_memory_equal(&p.hop, &before.hop, sizeof p.hop);
}

static void wrong_calls_write_nothing(void **state)
{
    const hoptls_msg none = {NULL, 0};
    pair p;
    hoptls_hop before;
    (void)state;
    read_pair(gap_newer, gap_older, &p);
    before = p.hop;
    assert_int_equal(hoptls_hop_route(p.msg, NULL, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_hop_route(none, NULL, &p.hop), HOPTLS_E_ARG);
    assert_memory_equal(&p.hop, &before, sizeof before);
}

/* A caller may change the facts, and may err: no byte outside the message is looked at. */
static void spans_outside_the_message_are_refused(void **state)
{
    static const size_t spans[] = {offsetof(hoptls_hop, helo),      offsetof(hoptls_hop, by),
                                   offsetof(hoptls_hop, helo_org),  offsetof(hoptls_hop, rdns_org),
                                   offsetof(hoptls_hop, by_org),    offsetof(hoptls_hop, rdns),
                                   offsetof(hoptls_hop, recipient), offsetof(hoptls_hop, onward)};
    (void)state;
    for (size_t i = 0; i < COUNT(spans); i++) {
        pair p;
        const hoptls_span outside = {1, sizeof p.bytes};
        hoptls_hop before;
        read_pair(gap_newer, gap_older, &p);
        memcpy((char *)&p.hop + spans[i], &outside, sizeof outside);
        before = p.hop;
        assert_int_equal(hoptls_hop_route(p.msg, NULL, &p.hop), HOPTLS_E_ARG);
        assert_memory_equal(&p.hop, &before, sizeof before);
    }
}

/* The same of the neighbour's. */
static void a_neighbour_of_another_message_is_refused(void **state)
{
    static const size_t spans[] = {offsetof(hoptls_hop, helo_org), offsetof(hoptls_hop, rdns_org)};
    (void)state;
    for (size_t i = 0; i < COUNT(spans); i++) {
        pair p;
        const hoptls_span outside = {1, sizeof p.bytes};
        hoptls_hop before;
        read_pair(gap_newer, gap_older, &p);
        memcpy((char *)&p.newer + spans[i], &outside, sizeof outside);
        before = p.hop;
        assert_int_equal(hoptls_hop_route(p.msg, &p.newer, &p.hop), HOPTLS_E_ARG);
        assert_memory_equal(&p.hop, &before, sizeof before);
    }
}

/* A caller who knows better may set organisations and providers, or leave a name out. */
static void what_the_caller_set_decides(void **state)
{
    static const char value[] = "from a.example.org (b.example.org [127.0.0.1]) by mx.example.net" REST;
    pair p;
    (void)state;
    route_pair(NULL, value, &p);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_UNDETERMINED);
    p.hop.helo = p.hop.by;
    assert_int_equal(hoptls_hop_route(p.msg, NULL, &p.hop), HOPTLS_OK);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_HOST);
    p.hop.helo.len = 0;
    assert_int_equal(hoptls_hop_route(p.msg, NULL, &p.hop), HOPTLS_OK);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_HOST);

    route_pair(NULL, "from a.example.org (b.example.org [192.0.2.1]) by mx.example.net" REST, &p);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_EXTERNAL);
    p.hop.by_org.len = 0;
    p.hop.rdns_org.len = 0;
    p.hop.by_provider = 7;
    p.hop.rdns_provider = 7;
    assert_int_equal(hoptls_hop_route(p.msg, NULL, &p.hop), HOPTLS_OK);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_INTERNAL);
    p.hop.rdns_provider = 8;
    assert_int_equal(hoptls_hop_route(p.msg, NULL, &p.hop), HOPTLS_OK);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_EXTERNAL);

    route_pair(NULL, "from a.example.org (b.example.org [10.0.0.1]) by mx.example.org" REST, &p);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_INTERNAL);
    p.hop.by_org.len = 0;
    p.hop.rdns_org.len = 0;
    p.hop.by_provider = 7;
    p.hop.rdns_provider = 8;
    assert_int_equal(hoptls_hop_route(p.msg, NULL, &p.hop), HOPTLS_OK);
    assert_int_equal(p.hop.scope, HOPTLS_SCOPE_UNDETERMINED);
}

/* A bracket alone has no domain in front of it, though a name may stand there in the message. */
static void a_recipient_without_a_box_is_no_recipient(void **state)
{
    static const char bytes[] = "=mx.example.net>";
    hoptls_msg msg = {(const uint8_t *)bytes, sizeof bytes - 1};
    hoptls_hop hop;
    (void)state;
    memset(&hop, 0, sizeof hop);
    hop.recipient.off = sizeof bytes - 2;
    hop.recipient.len = 1;
    assert_int_equal(hoptls_hop_route(msg, NULL, &hop), HOPTLS_OK);
    assert_int_equal(hop.onward.len, 0);
}

static void the_last_number_of_a_journey_is_not_passed(void **state)
{
    pair two;
    (void)state;
    read_pair("from a.example by b.example for <x@b.example>" REST,
              "from c.example by d.example for <y@d.example>" REST, &two);
    two.newer.journey = UINT32_MAX;
    two.newer.onward = two.newer.recipient;
    assert_int_equal(hoptls_hop_route(two.msg, &two.newer, &two.hop), HOPTLS_OK);
    assert_int_not_equal(two.hop.parting, 0);
    assert_int_equal(two.hop.journey, UINT32_MAX);
}

/* No bytes are a message too; bytes from nowhere are not. */
static void no_message_is_no_wrong_call(void **state)
{
    hoptls_msg none = {NULL, 0};
    hoptls_msg nowhere = {NULL, 10};
    hoptls_hop hop;
    (void)state;
    memset(&hop, 0, sizeof hop);
    assert_int_equal(hoptls_hop_route(none, NULL, &hop), HOPTLS_OK);
    assert_int_equal(hoptls_hop_route(nowhere, NULL, &hop), HOPTLS_E_ARG);
    hop.rdns = (hoptls_span){0, 1};
    assert_int_equal(hoptls_hop_route(none, NULL, &hop), HOPTLS_E_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_that_the_server_found_decides),
        cmocka_unit_test(a_name_that_only_the_client_gave_is_believed_and_remarked),
        cmocka_unit_test(without_names_the_address_decides),
        cmocka_unit_test(private_networks_are_inside),
        cmocka_unit_test(loopback_is_the_machine_itself_or_what_stands_in_front),
        cmocka_unit_test(one_provider_has_many_domains),
        cmocka_unit_test(what_the_writer_proves_needs_no_names),
        cmocka_unit_test(organisations_may_be_the_callers),
        cmocka_unit_test(the_address_of_the_server_tells_who_is_near_it),
        cmocka_unit_test(a_gap_is_where_nothing_is_alike),
        cmocka_unit_test(clocks_may_differ_by_five_minutes),
        cmocka_unit_test(routing_twice_is_routing_once),
        cmocka_unit_test(another_neighbour_tells_another_story),
        cmocka_unit_test(routing_sets_the_scope_and_its_flags_alone),
        cmocka_unit_test(wrong_calls_write_nothing),
        cmocka_unit_test(what_the_caller_set_decides),
        cmocka_unit_test(a_recipient_without_a_box_is_no_recipient),
        cmocka_unit_test(the_last_number_of_a_journey_is_not_passed),
        cmocka_unit_test(no_message_is_no_wrong_call),
        cmocka_unit_test(spans_outside_the_message_are_refused),
        cmocka_unit_test(a_neighbour_of_another_message_is_refused),
    };
    return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
