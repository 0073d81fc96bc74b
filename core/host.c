/* Who a host is: address literals, names, the organisation of a name, and the big providers. */
#include "host_index.h"
#include "providers.h"

/* ---- addresses ---------------------------------------------------------------------------------------- */

/* An IPv6 address while it is read: `used` bytes of it stand in `byte`, the gap `::` between them at `gap`. */
typedef struct addr_groups {
    uint32_t at;
    uint32_t used;
    uint32_t gap;     /* ADDR_NO_GAP until there is one */
    uint32_t pending; /* 1: a colon was read that another group must follow */
    uint8_t byte[16];
} addr_groups;

#define ADDR_NO_GAP 17u

/* What contracts say of them: whole groups were read, and there is room for the next if 16 bytes are not used yet. */
/*@ predicate addr_groups_in{L}(addr_groups *g, integer end) =
        g->at <= end && g->used <= 16 && g->used % 2 == 0;
    predicate addr_known{L}(hoptls_addr *a) = a->family == 4 || a->family == 6;
*/

/*@ requires \valid(out);
    terminates \true;
    assigns *out;
    ensures out->family == 0; */
static void clear_addr(hoptls_addr *out)
{
    memset(out, 0, sizeof *out);
}

/* A decimal number up to `most`, without leading zeros: some programs read 010 as eight, others as ten, so that
 * it names no address that can be relied on (RFC 6943 section 3.1.1). Returns the offset behind it, or `at`. */
/*@ requires at <= end && readable(p, at, end) && \valid(value);
    terminates \true;
    assigns *value, hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(5); */
static uint32_t addr_number(const uint8_t *p, uint32_t at, uint32_t end, uint32_t most, uint32_t *value)
{
    uint32_t i = at;
    uint32_t n = 0;
    /*@ loop invariant at <= i <= end && i - at <= 5;
        loop invariant n <= (i - at == 0 ? 0 : i - at == 1 ? 9 : i - at == 2 ? 99 : i - at == 3 ? 999 : 99999);
        loop invariant i - at == 4 ==> n <= 9999;
        loop assigns i, n;
        loop variant end - i; */
    while (i < end && i - at < 5 && is_digit(p[i])) {
        n = n * 10 + (uint32_t)(p[i] - '0');
        i++;
    }
    HOPTLS_WORK(i - at);
    if (i == at || n > most || (i - at > 1 && p[at] == '0')) {
        return at;
    }
    *value = n;
    return i;
}

/*@ requires at <= end ==> readable(p, at, end);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> at < end && digit(p[at]); */
static int addr_digit(const uint8_t *p, uint32_t at, uint32_t end)
{
    return at < end && is_digit(p[at]);
}

/* One to three figures up to 255, without leading zeros. Returns the offset behind them, or `at`. */
/*@ requires at <= end && readable(p, at, end) && \valid(value);
    terminates \true;
    assigns *value, hoptls_work;
    ensures at <= \result <= end && \result <= at + 3;
    ensures spent{Pre, Here}(3); */
static inline uint32_t addr_octet(const uint8_t *p, uint32_t at, uint32_t end, uint8_t *value)
{
    uint32_t n;
    uint32_t i;
    if (!addr_digit(p, at, end)) {
        return at;
    }
    n = (uint32_t)(p[at] - '0');
    i = at + 1;
    if (addr_digit(p, i, end)) {
        n = n * 10 + (uint32_t)(p[i] - '0');
        i++;
    }
    if (i > at + 1 && addr_digit(p, i, end)) {
        n = n * 10 + (uint32_t)(p[i] - '0');
        i++;
    }
    HOPTLS_WORK(i - at);
    if (n > 255 || addr_digit(p, i, end) || (i > at + 1 && p[at] == '0')) {
        return at;
    }
    *value = (uint8_t)n;
    return i;
}

/* A dotted quad into four bytes of `byte` from `to` on. Returns the offset behind it, or `at`. */
/*@ requires at <= end && readable(p, at, end) && to <= 12 && \valid(byte + (0 .. 15));
    terminates \true;
    assigns byte[to .. to + 3], hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(12); */
static uint32_t addr_quad(const uint8_t *p, uint32_t at, uint32_t end, uint8_t byte[16], uint32_t to)
{
    uint32_t i = at;
    uint32_t k = 0;
    /*@ loop invariant at <= i <= end && k <= 4;
        loop invariant spent{Pre, Here}(3 * k);
        loop assigns i, k, byte[to .. to + 3], hoptls_work;
        loop variant 4 - k; */
    while (k < 4) {
        uint32_t next = addr_octet(p, i, end, &byte[to + k]);
        if (next == i || (k < 3 && (next == end || p[next] != '.'))) {
            return at;
        }
        i = k < 3 ? next + 1 : next;
        k++;
    }
    return i;
}

/*@ requires digit(c) || 'a' <= small(c) <= 'f';
    terminates \true;
    assigns \nothing;
    ensures \result <= 15; */
static uint32_t addr_hex_value(uint8_t c)
{
    uint8_t l = lower(c);
    return is_digit(c) ? (uint32_t)(c - '0') : (uint32_t)(l - 'a') + 10;
}

/* One to four hexadecimal digits. Returns the offset behind them, or `at`. */
/*@ requires at <= end && readable(p, at, end) && \valid(value);
    terminates \true;
    assigns *value, hoptls_work;
    ensures at <= \result <= end && \result <= at + 4 && *value <= 0xFFFF;
    ensures spent{Pre, Here}(4); */
static uint32_t addr_hex(const uint8_t *p, uint32_t at, uint32_t end, uint32_t *value)
{
    uint32_t i = at;
    uint32_t n = 0;
    /*@ loop invariant at <= i <= end && i - at <= 4;
        loop invariant n <= (i - at == 0 ? 0 : i - at == 1 ? 15 : i - at == 2 ? 255 : i - at == 3 ? 4095 : 65535);
        loop assigns i, n;
        loop variant end - i; */
    while (i < end && i - at < 4 && is_hex(p[i])) {
        n = n * 16 + addr_hex_value(p[i]);
        i++;
    }
    HOPTLS_WORK(i - at);
    *value = n;
    return i;
}

/* The colon behind a group, or the two of the gap. Returns 0 if the address cannot go on. */
/*@ requires \valid(g) && g->at <= end && readable(p, g->at, end);
    terminates \true;
    assigns g->at, g->pending, g->gap;
    ensures \old(g->at) <= g->at <= end; */
static int addr_colon(const uint8_t *p, uint32_t end, addr_groups *g)
{
    if (g->at == end || p[g->at] != ':') {
        return 0;
    }
    g->at++;
    g->pending = 1;
    if (g->at < end && p[g->at] == ':' && g->gap == ADDR_NO_GAP) {
        g->at++;
        g->pending = 0;
        g->gap = g->used;
    }
    return 1;
}

/* One group and what follows it: a colon, the gap, or nothing; a dotted quad is two groups and the last.
 * Returns 1 if another group may follow. */
/*@ requires \valid(g) && addr_groups_in(g, end) && g->used < 16 && readable(p, g->at, end);
    terminates \true;
    assigns *g, hoptls_work;
    ensures addr_groups_in(g, end) && \old(g->at) <= g->at;
    ensures \result != 0 ==> g->used == \old(g->used) + 2;
    ensures spent{Pre, Here}(16); */
static int addr_group(const uint8_t *p, uint32_t end, addr_groups *g)
{
    uint32_t value = 0;
    uint32_t next = addr_hex(p, g->at, end, &value);
    if (next == g->at) {
        return 0;
    }
    if (next < end && p[next] == '.' && g->used <= 12) {
        next = addr_quad(p, g->at, end, g->byte, g->used);
        if (next > g->at) {
            g->at = next;
            g->used += 4;
            g->pending = 0;
        }
        return 0;
    }
    g->byte[g->used] = (uint8_t)(value / 256);
    g->byte[g->used + 1] = (uint8_t)(value % 256);
    g->used += 2;
    g->at = next;
    g->pending = 0;
    return addr_colon(p, end, g);
}

/* The groups in their places; those that the gap stands for are zero. */
/*@ requires \valid_read(g) && g->used <= 16 && \valid(out) && \separated(g, out);
    terminates \true;
    assigns out->byte[0 .. 15]; */
static void addr_spread(const addr_groups *g, hoptls_addr *out)
{
    uint32_t shift = 16 - g->used;
    uint32_t i = 0;
    /*@ loop invariant i <= g->used;
        loop assigns i, out->byte[0 .. 15];
        loop variant g->used - i; */
    while (i < g->used) {
        out->byte[i < g->gap ? i : i + shift] = g->byte[i];
        i++;
    }
}

/* Before the first group, or behind the gap with which the address begins. */
/*@ requires at <= end && readable(p, at, end) && \valid(g);
    terminates \true;
    assigns *g;
    ensures addr_groups_in(g, end) && at <= g->at && g->used == 0; */
static void addr_begin(const uint8_t *p, uint32_t at, uint32_t end, addr_groups *g)
{
    int gap = end - at >= 2 && p[at] == ':' && p[at + 1] == ':';
    g->at = gap ? at + 2 : at;
    g->used = 0;
    g->gap = gap ? 0 : ADDR_NO_GAP;
    g->pending = 0;
}

/* As many groups as there are. Returns 1 if they make an address. */
/*@ requires \valid(g) && addr_groups_in(g, end) && readable(p, g->at, end) && g->used == 0;
    terminates \true;
    assigns *g, hoptls_work;
    ensures addr_groups_in(g, end) && \old(g->at) <= g->at;
    ensures spent{Pre, Here}(160); */
static int addr_all_groups(const uint8_t *p, uint32_t end, addr_groups *g)
{
    /*@ loop invariant addr_groups_in(g, end) && \at(g->at, Pre) <= g->at;
        loop invariant 2 * (work{Here} - work{Pre}) <= 17 * g->used && work{Pre} <= work{Here};
        loop assigns *g, hoptls_work;
        loop variant 16 - g->used; */
    while (g->used < 16 && addr_group(p, end, g)) {
        HOPTLS_WORK(1);
    }
    return !g->pending && (g->gap == ADDR_NO_GAP ? g->used == 16 : g->used <= 14);
}

/* IPv6 in any form of RFC 4291 section 2.2. Returns the offset behind it, or `at`. */
/*@ requires at <= end && readable(p, at, end) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures at <= \result <= end;
    ensures \result > at ==> out->family == 6;
    ensures spent{Pre, Here}(160); */
static uint32_t addr_v6(const uint8_t *p, uint32_t at, uint32_t end, hoptls_addr *out)
{
    addr_groups g;
    addr_begin(p, at, end, &g);
    if (!addr_all_groups(p, end, &g)) {
        return at;
    }
    addr_spread(&g, out);
    out->family = 6;
    return g.at;
}

/* Whether [at, end) is nothing or `:port`. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(5); */
static int addr_is_port(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t port = 0;
    return at == end || (p[at] == ':' && addr_number(p, at + 1, end, 65535, &port) == end && at + 1 < end);
}

/* A letter of a zone: what RFC 6874 lets stand unescaped. */
/*@ terminates \true;
    assigns \nothing; */
static int addr_is_zone_byte(uint8_t c)
{
    return is_digit(c) || is_alpha(c) || c == '.' || c == '-' || c == '_' || c == '~';
}

/* Whether [at, end) is nothing or `%zone` (RFC 4007 section 11). */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(end - at); */
static int addr_is_zone(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at < end ? at + 1 : end;
    /*@ loop invariant at <= i <= end && (at < end ==> at < i);
        loop assigns i;
        loop variant end - i; */
    while (i < end && addr_is_zone_byte(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return at == end || (p[at] == '%' && i == end && end - at > 1);
}

/* Whether letters of a group begin at `at`, which a colon ends. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 ==> at < end; */
static int addr_is_group(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (i < end && i - at < 4 && is_hex(p[i])) {
        i++;
    }
    return i > at && i < end && p[i] == ':';
}

/* Whether an address may begin at `at`: with a digit or a colon, the tag of IPv6, or a group of letters, which a colon ends.
 * Names of hosts seldom do. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 ==> at < end; */
static int addr_may_begin(const uint8_t *p, uint32_t at, uint32_t end)
{
    if (at == end || is_digit(p[at]) || p[at] == ':') {
        return at < end;
    }
    if (lower(p[at]) == 'i') {
        return end - at > 5 && p[at + 4] == ':';
    }
    return addr_is_group(p, at, end);
}

/* The address that fills [at, end), without brackets. A tag says that IPv6 follows (RFC 5321 section 4.1.3);
 * without one a dotted quad may carry its port along. */
/*@ requires at <= end && readable(p, at, end) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures \result != 0 ==> at < end && addr_known(out);
    ensures spent{Pre, Here}(182 + (end - at)); */
static int addr_bare(const uint8_t *p, uint32_t at, uint32_t end, hoptls_addr *out)
{
    hoptls_span text = span_of(at, end);
    uint32_t next;
    if (!addr_may_begin(p, at, end)) {
        return 0;
    }
    if (lower(p[at]) == 'i' && span_starts(p, text, TEXT("ipv6:"))) {
        next = addr_v6(p, at + 5, end, out);
        return next > at + 5 && addr_is_zone(p, next, end);
    }
    next = addr_quad(p, at, end, out->byte, 0);
    if (next > at) {
        out->family = 4;
        return addr_is_port(p, next, end);
    }
    clear_addr(out);
    next = addr_v6(p, at, end, out);
    return next > at && addr_is_zone(p, next, end);
}

/* The first closing bracket, or `end`. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t addr_bracket(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (i < end && p[i] != ']') {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* The address between brackets. Cellopoint puts it into parentheses there: `[(192.0.2.1)]`. */
/*@ requires at <= close && readable(p, at, close) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures \result != 0 ==> addr_known(out);
    ensures spent{Pre, Here}(182 + (close - at)); */
static int addr_literal(const uint8_t *p, uint32_t at, uint32_t close, hoptls_addr *out)
{
    if (close - at > 2 && p[at] == '(' && p[close - 1] == ')') {
        return addr_bare(p, at + 1, close - 1, out);
    }
    return addr_bare(p, at, close, out);
}

/* RFC 4291 section 2.5.5.2 (::ffff:0:0/96) and RFC 6052 section 2.1 (64:ff9b::/96). */
static const uint8_t addr_carriers[2][12] = {
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF},
    {0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0},
};

/* An IPv4 address that IPv6 carries is that IPv4 address. */
/*@ requires \valid(out) && addr_known(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures addr_known(out);
    ensures spent{Pre, Here}(24); */
static void addr_unwrap(hoptls_addr *out)
{
    uint32_t i = 0;
    if (!bytes_same(out->byte, addr_carriers[0], 12) && !bytes_same(out->byte, addr_carriers[1], 12)) {
        return;
    }
    /*@ loop invariant i <= 16;
        loop assigns i, out->byte[0 .. 15];
        loop variant 16 - i; */
    while (i < 16) {
        out->byte[i] = i < 4 ? out->byte[i + 12] : 0;
        i++;
    }
    out->family = 4;
}

/*@ requires readable(b, 0, 16);
    terminates \true;
    assigns \nothing; */
static uint8_t addr_network4(const uint8_t *b)
{
    if (b[0] == 127) {
        return HOPTLS_NET_LOOPBACK;
    }
    if (b[0] == 169 && b[1] == 254) {
        return HOPTLS_NET_LINK_LOCAL;
    }
    if (b[0] == 10 || (b[0] == 172 && b[1] >= 16 && b[1] <= 31) || (b[0] == 192 && b[1] == 168)) {
        return HOPTLS_NET_PRIVATE;
    }
    return b[0] == 100 && b[1] >= 64 && b[1] <= 127 ? HOPTLS_NET_SHARED : HOPTLS_NET_PUBLIC;
}

/* The number of leading zero bytes. */
/*@ requires readable(b, 0, 16);
    terminates \true;
    assigns \nothing;
    ensures \result <= 16; */
static uint32_t addr_zeros(const uint8_t *b)
{
    uint32_t i = 0;
    /*@ loop invariant i <= 16;
        loop assigns i;
        loop variant 16 - i; */
    while (i < 16 && b[i] == 0) {
        i++;
    }
    return i;
}

/* fec0::/10 is what site-local addresses were (RFC 3879): still no one's on the Internet. */
/*@ requires readable(b, 0, 16);
    terminates \true;
    assigns \nothing; */
static uint8_t addr_network6(const uint8_t *b)
{
    if (addr_zeros(b) == 15 && b[15] == 1) {
        return HOPTLS_NET_LOOPBACK;
    }
    if (b[0] == 0xFE && b[1] >= 0x80 && b[1] <= 0xBF) {
        return HOPTLS_NET_LINK_LOCAL;
    }
    return b[0] == 0xFC || b[0] == 0xFD || (b[0] == 0xFE && b[1] >= 0xC0) ? HOPTLS_NET_PRIVATE
                                                                          : HOPTLS_NET_PUBLIC;
}

/* The address that `text` is, as it is written. */
/*@ requires span_readable(p, text) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures \result != 0 ==> text.len > 0 && addr_known(out);
    ensures spent{Pre, Here}(187 + 2 * text.len); */
static int addr_written(const uint8_t *p, hoptls_span text, hoptls_addr *out)
{
    uint32_t end = span_end(text);
    uint32_t at = text.off;
    uint32_t close;
    if (text.len == 0 || p[at] != '[') {
        return addr_bare(p, at, end, out);
    }
    close = addr_bracket(p, at + 1, end);
    return close < end && addr_literal(p, at + 1, close, out) && addr_is_port(p, close + 1, end);
}

/* 0.0.0.0 and :: are what a host has before it has an address (RFC 1122 section 3.2.1.3, RFC 4291 section
 * 2.5.2): they name no peer, so they are no address here. */
int hoptls_addr_read(const uint8_t *p, hoptls_span text, hoptls_addr *out)
{
    int found;
    clear_addr(out);
    found = addr_written(p, text, out);
    if (found && out->family == 6) {
        addr_unwrap(out);
    }
    if (!found || addr_zeros(out->byte) == 16) {
        clear_addr(out);
        return 0;
    }
    out->network = out->family == 4 ? addr_network4(out->byte) : addr_network6(out->byte);
    return 1;
}

/* Whether both are addresses of one family that agree in their first `n` bytes. */
/*@ requires \valid_read(a) && \valid_read(b) && n <= 16;
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(16); */
static int addr_agree(const hoptls_addr *a, const hoptls_addr *b, uint32_t n)
{
    return a->family != 0 && a->family == b->family && bytes_same(a->byte, b->byte, n);
}

int hoptls_addr_near(const hoptls_addr *a, const hoptls_addr *b)
{
    return addr_agree(a, b, a->family == 4 ? 3 : 8);
}

int hoptls_addr_same(const hoptls_addr *a, const hoptls_addr *b)
{
    return addr_agree(a, b, 16);
}

/* ---- words ---------------------------------------------------------------------------------------------- */

/* A table of words, how many there are, and its index, as arguments. Numbers of the index are checked against the table
 * although it never holds a wrong one: so no claim about its contents is needed to see that every read stays inside. */
#define HOST_TABLE(name) name, HOST_WORDS(name), name##_order, name##_begin

/* The longest word that a table can hold. */
#define HOST_WORD_LENGTH 24u

/*@ predicate host_table{L}(host_word *rows, uint8_t *order, integer count) =
        \valid_read{L}(rows + (0 .. count - 1)) && readable{L}(order, 0, count);
*/

/* The class by which a word of two bytes or more is found; tools/writer-index makes the same. The sums are over bytes, so
 * that `% 256` changes nothing; it says so to the proof. */
/*@ requires span_readable(p, word) && 2 <= word.len <= HOST_WORD_LENGTH;
    terminates \true;
    assigns \nothing;
    ensures \result < HOST_CLASSES; */
static inline uint32_t host_class(const uint8_t *p, hoptls_span word)
{
    uint32_t one = (p[word.off] | 0x20u) % 256;
    uint32_t other = (p[word.off + 1] | 0x20u) % 256;
    return (one + 5u * other + 11u * word.len) % HOST_CLASSES;
}

/*@ requires span_readable(p, word) && \valid_read(row);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(HOST_WORD_LENGTH); */
static int host_is_word(const uint8_t *p, hoptls_span word, const host_word *row)
{
    return row->len <= HOST_WORD_LENGTH && span_is(p, word, row->text, row->len);
}

/* The tag of `word` among the rows of its class, from `at` to `end` in their order, 0 if it is not there. */
/*@ requires span_readable(p, word) && host_table(rows, order, count) && at <= end <= count;
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(25 * (end - at) + 24); */
static uint8_t host_tag(const uint8_t *p, hoptls_span word, const host_word *rows, uint32_t count,
                        const uint8_t *order, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(25 * (i - at));
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && !(order[i] < count && host_is_word(p, word, &rows[order[i]]))) {
        i++;
        HOPTLS_WORK(1);
    }
    return i < end && order[i] < count ? rows[order[i]].tag : 0;
}

/* The tag of `word` in a table, 0 if it is not there. Mostly nothing there is of its class. */
/*@ requires span_readable(p, word) && host_table(rows, order, count) && readable(begin, 0, HOST_CLASSES + 1);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(25 * count + 24); */
static inline uint8_t host_find(const uint8_t *p, hoptls_span word, const host_word *rows, uint32_t count,
                                const uint8_t *order, const uint8_t *begin)
{
    uint32_t kind = word.len >= 2 && word.len <= HOST_WORD_LENGTH ? host_class(p, word) : 0;
    uint32_t at = begin[kind];
    uint32_t end = begin[kind + 1];
    return at < end && end <= count ? host_tag(p, word, rows, count, order, at, end) : 0;
}

/* ---- names --------------------------------------------------------------------------------------------- */

#define WORD(text)     HOST_WORD(1, text)
#define DIRECT(text)   HOST_WORD(HOST_DIRECT, text)
#define SHORT(text)    HOST_WORD(HOST_SHORT, text)
#define BELOW(text)    HOST_WORD(HOST_BELOW, text)
#define USUAL(text)    HOST_WORD(HOST_USUAL, text)
#define ANYWHERE(text) HOST_WORD(HOST_ANYWHERE, text)

/* clang-format off */
static const host_word host_local_names[] = {
    /* RFC 6761 section 6.3; what distributions write into /etc/hosts (Red Hat: localdomain, 4 and 6; Debian: ip6-) */
    WORD("ip6-localhost"), WORD("ip6-loopback"), WORD("localhost"), WORD("localhost.localdomain"),
    WORD("localhost4"), WORD("localhost4.localdomain4"), WORD("localhost6"),
    WORD("localhost6.localdomain6"),
};

/* Top levels that exist in private networks only: RFC 6762 section 3 and appendix G, RFC 6761 section 6.3, the
 * names that ICANN keeps for them (.internal, 2024), and what Linux calls a machine without a domain. */
static const host_word host_private_tops[] = {
    WORD("corp"), WORD("home"), WORD("internal"), WORD("intranet"), WORD("lan"), WORD("local"),
    WORD("localdomain"), WORD("localhost"), WORD("localnet"), WORD("private"),
};

/* Domains that strangers share: rented machines, subscribers' names that follow their address, and names that
 * every private cloud or home router gives anew. Two hosts under one of them are not of one organisation; the
 * Public Suffix List holds most of them in its private section. */
static const host_word host_shared_domains[] = {
    WORD("amazonaws.com"), WORD("amazonaws.com.cn"), WORD("azure.com"), WORD("cloudapp.net"),
    WORD("cluster.local"), WORD("compute.internal"), WORD("ddns.net"), WORD("duckdns.org"),
    WORD("dyndns.org"), WORD("ec2.internal"), WORD("fritz.box"), WORD("googleusercontent.com"),
    WORD("home.arpa"), WORD("homeip.net"), WORD("kicks-ass.net"), WORD("linode.com"),
    WORD("linodeusercontent.com"), WORD("localhost.localdomain"), WORD("myfritz.net"), WORD("no-ip.org"),
    WORD("smtpclient.apple"), WORD("vultr.com"), WORD("vultrusercontent.com"),
};

/* How a country registers names, as the Public Suffix List tells it. Countries that are not here: below the second
 * levels of the next table, and otherwise directly. */
enum {
    HOST_DIRECT = 1, /* directly, whatever the second level means elsewhere: web.de is a name */
    HOST_SHORT,      /* also below second levels of one or two letters, states and provinces mostly: ca.us */
    HOST_BELOW       /* never directly */
};

static const host_word host_countries[] = {
    SHORT("ao"), DIRECT("aq"), SHORT("au"), DIRECT("ax"), BELOW("bd"), SHORT("bg"), SHORT("br"),
    DIRECT("bv"), SHORT("ca"), DIRECT("cc"), DIRECT("cf"), DIRECT("cg"), DIRECT("ch"), BELOW("ck"),
    SHORT("cn"), SHORT("cr"), DIRECT("cz"), DIRECT("de"), DIRECT("dj"), DIRECT("dk"), BELOW("er"),
    DIRECT("eu"), BELOW("fk"), DIRECT("fo"), DIRECT("ga"), DIRECT("gf"), DIRECT("gq"), DIRECT("gs"),
    DIRECT("gw"), DIRECT("hm"), SHORT("id"), SHORT("in"), SHORT("it"), BELOW("jm"), BELOW("kh"),
    SHORT("kr"), DIRECT("li"), DIRECT("lu"), DIRECT("mh"), BELOW("mm"), DIRECT("mp"), DIRECT("mq"),
    SHORT("na"), DIRECT("nl"), BELOW("np"), DIRECT("nu"), BELOW("pg"), DIRECT("pm"), DIRECT("ru"),
    DIRECT("si"), DIRECT("sk"), DIRECT("sm"), DIRECT("sr"), DIRECT("su"), DIRECT("tc"), DIRECT("td"),
    DIRECT("tf"), DIRECT("tg"), SHORT("th"), DIRECT("tk"), SHORT("tr"), DIRECT("tv"), SHORT("ua"),
    SHORT("us"), DIRECT("va"), DIRECT("vg"), DIRECT("wf"), DIRECT("yt"),
};

/* Second levels under which countries register names. HOST_ANYWHERE: where names are registered directly too, for
 * there the word is what a private registry took (com.de, co.nl). */
enum { HOST_USUAL = 1, HOST_ANYWHERE };

static const host_word host_second_levels[] = {
    USUAL("ac"), USUAL("ad"), USUAL("adm"), USUAL("adv"), USUAL("asn"), USUAL("asso"), USUAL("bel"),
    USUAL("biz"), ANYWHERE("co"), ANYWHERE("com"), USUAL("coop"), USUAL("dep"), USUAL("ed"), USUAL("edu"),
    USUAL("eng"), USUAL("fin"), USUAL("firm"), USUAL("gen"), USUAL("go"), USUAL("gob"), USUAL("gok"),
    USUAL("gop"), USUAL("gouv"), USUAL("gov"), USUAL("govt"), USUAL("gr"), USUAL("gub"), USUAL("gv"),
    USUAL("id"), USUAL("idv"), USUAL("in"), USUAL("ind"), USUAL("inf"), USUAL("info"), USUAL("int"),
    USUAL("jus"), USUAL("k12"), USUAL("kommune"), USUAL("law"), USUAL("leg"), USUAL("lg"), USUAL("ltd"),
    USUAL("me"), USUAL("med"), USUAL("mil"), USUAL("mod"), USUAL("muni"), USUAL("name"), USUAL("ne"),
    ANYWHERE("net"), USUAL("ngo"), USUAL("nhs"), USUAL("nic"), USUAL("nom"), USUAL("or"), ANYWHERE("org"),
    USUAL("per"), USUAL("perso"), USUAL("plc"), USUAL("pol"), USUAL("police"), USUAL("pp"), USUAL("press"),
    USUAL("priv"), USUAL("pro"), USUAL("prof"), USUAL("pub"), USUAL("re"), USUAL("rec"), USUAL("res"),
    USUAL("riik"), USUAL("sc"), USUAL("sch"), USUAL("school"), USUAL("sec"), USUAL("soc"), USUAL("store"),
    USUAL("tm"), USUAL("tv"), USUAL("univ"), USUAL("web"),
};
/* clang-format on */

#undef WORD
#undef DIRECT
#undef SHORT
#undef BELOW
#undef USUAL
#undef ANYWHERE

/*@ requires span_readable(p, name);
    terminates \true;
    assigns \nothing;
    ensures part_of(\result, name.off, name.off + name.len) && span_readable(p, \result) && \result.len <= name.len; */
static hoptls_span host_without_dot(const uint8_t *p, hoptls_span name)
{
    uint32_t end = span_end(name);
    return name.len > 0 && p[end - 1] == '.' ? span_of(name.off, end - 1) : name;
}

/* A name of labels. The last three of them begin at `top`, `second` and `third`, or where the name does. */
typedef struct host_labels {
    uint32_t start;
    uint32_t third;
    uint32_t second;
    uint32_t top;
    uint32_t end;
} host_labels;

/* What contracts say of them: a part of the message. */
/*@ predicate labels_in{L}(host_labels *l, integer at, integer end) =
        at <= l->start <= end && at <= l->third <= end && at <= l->second <= end && at <= l->top <= end && l->end == end;
*/

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(end - at); */
static int host_is_number(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (i < end && is_digit(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i == end;
}

/* A label begins behind each of the dots, which count from `at`. */
/*@ requires \valid(out) && at <= out->end && out->start <= at && labels_in(out, out->start, out->end);
    terminates \true;
    assigns out->third, out->second, out->top;
    ensures labels_in(out, out->start, out->end); */
static void host_take_dots(uint32_t at, uint64_t dots, host_labels *out)
{
    uint64_t left = dots;
    /*@ loop invariant labels_in(out, out->start, out->end);
        loop assigns left, out->third, out->second, out->top;
        loop variant left; */
    while (left != 0) {
        uint32_t dot = lowest_bit(left);
        out->third = out->second;
        out->second = out->top;
        out->top = dot < out->end - at ? at + dot + 1 : out->end;
        left = bits_rest(left);
    }
}

/* Find the labels. Returns 0 if one of them is empty or holds a byte that no name has. */
/*@ requires span_readable(p, bare) && bare.len <= 255 && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures labels_in(out, bare.off, bare.off + bare.len) && out->start == bare.off;
    ensures spent{Pre, Here}(320); */
static int host_split(const uint8_t *p, hoptls_span bare, host_labels *out)
{
    scan_dots bits = {0, 0};
    uint64_t before = 1; /* 1: no label has begun */
    uint64_t wrong = 0;
    uint32_t at = bare.off;
    *out = (host_labels){at, at, at, at, span_end(bare)};
    /*@ loop invariant bare.off <= at <= out->end && out->start == bare.off;
        loop invariant labels_in(out, bare.off, bare.off + bare.len);
        loop invariant spent{Pre, Here}(at - bare.off + 64);
        loop invariant at < out->end ==> spent{Pre, Here}(at - bare.off);
        loop assigns bits, before, wrong, at, *out, hoptls_work;
        loop variant out->end - at; */
    while (at < out->end && wrong == 0) {
        hoptls_scan_name(p, span_of(at, out->end), &bits);
        wrong = bits.others | (bits.dots & bits.dots >> 1) | (bits.dots & before);
        before = bits.dots >> (SCAN_BYTES - 1);
        host_take_dots(at, bits.dots, out);
        at = out->end - at > SCAN_BYTES ? at + SCAN_BYTES : out->end;
    }
    return wrong == 0;
}

/* No top level is a number (RFC 3696 section 2): 192.0.2.1 is an address. */
/*@ requires span_readable(p, name) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures \result != 0 ==> labels_in(out, out->start, out->end);
    ensures \result != 0 ==> name.off <= out->start && out->end <= name.off + name.len;
    ensures \result != 0 ==> out->start < out->top < out->end;
    ensures spent{Pre, Here}(575); */
static int host_labels_read(const uint8_t *p, hoptls_span name, host_labels *out)
{
    hoptls_span bare = host_without_dot(p, name);
    return bare.len > 0 && bare.len <= 255 && host_split(p, bare, out) && out->top > out->start &&
           out->top < out->end && !(is_digit(p[out->top]) && host_is_number(p, out->top, out->end));
}

int hoptls_host_is_qualified(const uint8_t *p, hoptls_span name)
{
    host_labels labels;
    return host_labels_read(p, name, &labels);
}

int hoptls_host_is_local(const uint8_t *p, hoptls_span name)
{
    return host_find(p, host_without_dot(p, name), HOST_TABLE(host_local_names)) != 0;
}

/* Whether `second` under the top level `top` is no one's name but a registry's. */
/*@ requires span_readable(p, second) && span_readable(p, top);
    terminates \true;
    assigns hoptls_work; */
static int host_is_registry(const uint8_t *p, hoptls_span second, hoptls_span top)
{
    uint8_t usual, manner;
    if (top.len != 2 || !is_alpha(p[top.off]) || !is_alpha(p[top.off + 1])) {
        return 0;
    }
    usual = host_find(p, second, HOST_TABLE(host_second_levels));
    manner = host_find(p, top, HOST_TABLE(host_countries));
    return usual == HOST_ANYWHERE || manner == HOST_BELOW || (usual == HOST_USUAL && manner != HOST_DIRECT) ||
           (second.len <= 2 && manner == HOST_SHORT);
}

/* The last two labels, or three where the second is a registry's. Where only the registry's are there (a host called
 * co.uk) they are the name. */
/*@ requires \valid_read(l) && labels_in(l, l->start, l->end) && readable(p, l->start, l->end) && l->top > l->start;
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, l->start, l->end) && span_readable(p, \result); */
static hoptls_span host_registered(const uint8_t *p, const host_labels *l)
{
    if (l->second > l->start &&
        host_is_registry(p, span_of(l->second, l->top - 1), span_of(l->top, l->end))) {
        return span_of(l->third, l->end);
    }
    return span_of(l->second, l->end);
}

/*@ requires \valid_read(l) && labels_in(l, l->start, l->end) && readable(p, l->start, l->end);
    terminates \true;
    assigns hoptls_work; */
static int host_is_private(const uint8_t *p, const host_labels *l)
{
    return host_find(p, span_of(l->top, l->end), HOST_TABLE(host_private_tops)) != 0;
}

/* In a private network `pc.lan` is a machine and tells nothing of its owner: empty, so that nobody takes two such
 * names for two organisations. `mx.firm.local` is of firm.local. Under a shared domain each host is a world of its
 * own, and its name whole is the organisation; the shared domain itself is nobody: empty. */
/*@ requires \valid_read(l) && labels_in(l, l->start, l->end) && readable(p, l->start, l->end) && l->top > l->start;
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, l->start, l->end) && span_readable(p, \result); */
static hoptls_span host_org_of(const uint8_t *p, const host_labels *l)
{
    hoptls_span org = host_registered(p, l);
    if (org.off == l->start && host_is_private(p, l)) {
        return span_of(0, 0);
    }
    if (host_find(p, org, HOST_TABLE(host_shared_domains)) == 0) {
        return org;
    }
    return org.off > l->start ? span_of(l->start, l->end) : span_of(0, 0);
}

/*@ requires \valid(out);
    terminates \true;
    assigns *out;
    ensures out->org.off == 0 && out->org.len == 0 && out->provider == 0 && out->qualified == 0; */
static void clear_host(host *out)
{
    memset(out, 0, sizeof *out);
}

void hoptls_host_read(const uint8_t *p, hoptls_span name, host *out)
{
    host_labels labels;
    clear_host(out);
    if (host_labels_read(p, name, &labels)) {
        out->qualified = 1;
        out->org = host_org_of(p, &labels);
        out->provider = host_find(p, out->org, HOST_TABLE(provider_domains));
    }
}

int hoptls_host_is_private(const uint8_t *p, hoptls_span name)
{
    host_labels labels;
    return host_labels_read(p, name, &labels) && host_is_private(p, &labels);
}

hoptls_span hoptls_host_org(const uint8_t *p, hoptls_span name)
{
    host h;
    hoptls_host_read(p, name, &h);
    return h.org;
}

/* ---- providers ------------------------------------------------------------------------------------------ */

uint16_t hoptls_host_provider(const uint8_t *p, hoptls_span name)
{
    return host_find(p, hoptls_host_org(p, name), HOST_TABLE(provider_domains));
}

const char *hoptls_provider_name(uint32_t provider)
{
    return provider_names[provider < PROVIDER_COUNT ? provider : PROVIDER_NONE];
}
