/* A mutator that knows what mail is made of: fields, clauses, comments, quotes, brackets and folds. It cuts, doubles,
 * swaps, wraps and grafts such pieces, within one input and between two, has another server write a field or its record of
 * TLS, and leaves single bytes to the fuzzer's own mutator. For libFuzzer and every engine that has its interface; targets
 * are whole without it. */
#include "oracle.h"
#include "servers.h"

#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size) __attribute__((weak));
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size,
                                 uint8_t *out, size_t max_size, unsigned int seed);

/* ---- pieces ------------------------------------------------------------------------------------------- */

typedef struct piece {
    size_t at;
    size_t end;
} piece;

static int is_wsp(uint8_t c)
{
    return c == ' ' || c == '\t';
}

static int is_blank(uint8_t c)
{
    return is_wsp(c) || c == '\r' || c == '\n';
}

static size_t line_end(const uint8_t *p, size_t at, size_t size)
{
    size_t i = at;
    while (i < size && p[i] != '\n') {
        i++;
    }
    return i < size ? i + 1 : i;
}

static size_t line_start(const uint8_t *p, size_t at)
{
    size_t i = at;
    while (i > 0 && p[i - 1] != '\n') {
        i--;
    }
    return i;
}

/* The field around `at`, folds included. */
static piece field_around(const uint8_t *p, size_t size, size_t at)
{
    piece f = {line_start(p, at), line_end(p, at, size)};
    while (f.at > 0 && is_wsp(p[f.at])) {
        f.at = line_start(p, f.at - 1);
    }
    while (f.end < size && is_wsp(p[f.end])) {
        f.end = line_end(p, f.end, size);
    }
    return f;
}

static piece word_around(const uint8_t *p, size_t size, size_t at)
{
    piece w = {at, at};
    while (w.at > 0 && !is_blank(p[w.at - 1])) {
        w.at--;
    }
    while (w.end < size && !is_blank(p[w.end])) {
        w.end++;
    }
    return w;
}

/* From the next opening byte on to its partner, nested ones counted; the rest if it has none. */
static piece bracket_behind(const uint8_t *p, size_t size, size_t at, char open, char close)
{
    piece b = {at, at};
    size_t depth = 0;
    while (b.at < size && p[b.at] != (uint8_t)open) {
        b.at++;
    }
    b.end = b.at;
    while (b.end < size) {
        depth += p[b.end] == (uint8_t)open && (depth == 0 || open != close) ? 1u : 0u;
        b.end++;
        if (p[b.end - 1] == (uint8_t)close && b.end - b.at > 1 && --depth == 0) {
            return b;
        }
    }
    return b;
}

static int is_keyword_at(const uint8_t *p, size_t size, size_t at)
{
    static const char *const words[] = {"from ", "by ", "via ", "with ", "id ", "for "};
    size_t i = 0;
    size_t n = sizeof words / sizeof words[0];
    while (i < n && (size - at < strlen(words[i]) || memcmp(p + at, words[i], strlen(words[i])) != 0)) {
        i++;
    }
    return i < n && (at == 0 || is_blank(p[at - 1]));
}

/* From the next keyword to the one behind it, or to the semicolon. */
static piece clause_behind(const uint8_t *p, size_t size, size_t at)
{
    piece c = {at, at};
    while (c.at < size && !is_keyword_at(p, size, c.at)) {
        c.at++;
    }
    c.end = c.at < size ? c.at + 1 : c.at;
    while (c.end < size && p[c.end] != ';' && !is_keyword_at(p, size, c.end)) {
        c.end++;
    }
    return c;
}

static piece any_piece(const uint8_t *p, size_t size, choices *c)
{
    size_t at = choose(c, (uint32_t)size);
    switch (choose(c, 8)) {
    case 0: return field_around(p, size, at);
    case 1: return word_around(p, size, at);
    case 2:
    case 3: return bracket_behind(p, size, at, '(', ')');
    case 4: return bracket_behind(p, size, at, '<', '>');
    case 5: return bracket_behind(p, size, at, '"', '"');
    default: return clause_behind(p, size, at);
    }
}

/* ---- what is done to them ----------------------------------------------------------------------------- */

static void put_piece(buffer *b, const uint8_t *p, piece what)
{
    buffer_put(b, p + what.at, what.end - what.at);
}

/* `p` with `where` replaced by the bytes of `what` in `from`. */
static void replace(buffer *b, const uint8_t *p, size_t size, piece where, const uint8_t *from, piece what)
{
    buffer_put(b, p, where.at);
    put_piece(b, from, what);
    buffer_put(b, p + where.end, size - where.end);
}

static void cut(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    piece nothing = {0, 0};
    replace(b, p, size, any_piece(p, size, c), p, nothing);
}

static void copy(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    piece what = any_piece(p, size, c);
    piece where = any_piece(p, size, c);
    where.end = choose(c, 2) == 0 ? where.at : where.end;
    replace(b, p, size, where, p, what);
}

static void wrap(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"\"", "\""},     {"<", ">"},
                                           {"[", "]"}, {"<\"", "\"@x>"}, {" (", ""}};
    uint32_t which = choose(c, 6);
    piece what = any_piece(p, size, c);
    buffer_put(b, p, what.at);
    buffer_add(b, pairs[which][0]);
    put_piece(b, p, what);
    buffer_add(b, pairs[which][1]);
    buffer_put(b, p + what.end, size - what.end);
}

/* Blanks of one piece become folds, or folds blanks. */
static void refold(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    piece what = field_around(p, size, choose(c, (uint32_t)size));
    int crlf = choose(c, 2) == 0;
    int fold = choose(c, 2) == 0;
    for (size_t i = 0; i < size; i++) {
        int inside = i > what.at && i + 1 < what.end;
        if (inside && fold && is_wsp(p[i]) && p[i - 1] != '\n' && choose(c, 3) == 0) {
            buffer_add(b, crlf ? "\r\n" : "\n");
        }
        if (!(inside && !fold && (p[i] == '\n' || p[i] == '\r'))) {
            buffer_put(b, p + i, 1);
        }
    }
}

static void other_case(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    piece what = word_around(p, size, choose(c, (uint32_t)size));
    buffer_put(b, p, size);
    for (size_t i = what.at; i < what.end; i++) {
        uint8_t lower = (uint8_t)(b->ptr[i] | 0x20);
        b->ptr[i] = lower >= 'a' && lower <= 'z' ? (uint8_t)(b->ptr[i] ^ 0x20) : b->ptr[i];
    }
}

/* One byte that means something goes, or comes. */
static void unbalance(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    static const char bytes[] = "()\"<>[]\\;:,= \t\r\n";
    size_t at = choose(c, (uint32_t)size);
    size_t i = at;
    buffer_put(b, p, size);
    if (choose(c, 2) == 0) {
        b->len = at;
        buffer_put(b, (const uint8_t *)bytes + choose(c, sizeof bytes - 1), 1);
        buffer_put(b, p + at, size - at);
        return;
    }
    while (i < size && (p[i] == 0 || strchr(bytes, p[i]) == NULL)) {
        i++;
    }
    if (i < size) {
        b->len = i;
        buffer_put(b, p + i + 1, size - i - 1);
    }
}

/* Two neighbouring clauses change places, as servers differ in their order. */
static void other_order(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    piece one = clause_behind(p, size, choose(c, (uint32_t)size));
    piece two = clause_behind(p, size, one.end);
    buffer_put(b, p, one.at);
    put_piece(b, p, two);
    buffer_put(b, p + one.end, two.at - one.end);
    put_piece(b, p, one);
    buffer_put(b, p + two.end, size - two.end);
}

/* A comment becomes a record of TLS, in the form of any server, or one of the pieces that such records stand between. */
static void other_record(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    piece what = bracket_behind(p, size, choose(c, (uint32_t)size), '(', ')');
    buffer_put(b, p, what.at);
    buffer_add(b, pieces[choose(c, sizeof pieces / sizeof pieces[0])]);
    buffer_put(b, p + what.end, size - what.end);
}

/* Where the value of a field begins: behind its name, if it has one. */
static size_t value_start(const uint8_t *p, piece field)
{
    size_t i = field.at;
    while (i < field.end && !is_blank(p[i]) && p[i] != ':') {
        i++;
    }
    return i < field.end && p[i] == ':' ? i + 1 : field.at;
}

/* A field as another server would have written it: words of the old one stand where that server copies the client's. */
static void other_server(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    piece field = field_around(p, size, choose(c, (uint32_t)size));
    size_t value = value_start(p, field);
    const char *form = servers[choose(c, sizeof servers / sizeof servers[0])].value;
    buffer_put(b, p, value);
    buffer_add(b, " ");
    for (size_t i = 0; form[i] != '\0'; i++) {
        if (form[i] != '%') {
            buffer_put(b, (const uint8_t *)form + i, 1);
        } else if (value < field.end) {
            put_piece(b, p, word_around(p, field.end, value + choose(c, (uint32_t)(field.end - value))));
        }
        i += form[i] == '%' ? 1u : 0u;
    }
    buffer_add(b, "\n");
    buffer_put(b, p + field.end, size - field.end);
}

/* A number becomes one at the bound of something, or one beside it: of clocks, months, years, zones, ports, bits of keys. */
static void other_number(buffer *b, const uint8_t *p, size_t size, choices *c)
{
    static const char *const bounds[] = {
        "0",    "00",   "1",    "12",   "13",   "14",         "23",   "24",    "28",   "29",
        "30",   "31",   "32",   "55",   "56",   "59",         "60",   "61",    "69",   "70",
        "99",   "100",  "127",  "128",  "255",  "256",        "0059", "0060",  "0061", "1359",
        "1400", "1401", "2400", "1969", "1970", "4294967295", "9999", "65535", "65536"};
    piece n = {choose(c, (uint32_t)size), 0};
    while (n.at < size && (p[n.at] < '0' || p[n.at] > '9')) {
        n.at++;
    }
    n.end = n.at;
    while (n.end < size && p[n.end] >= '0' && p[n.end] <= '9') {
        n.end++;
    }
    buffer_put(b, p, n.at);
    buffer_add(b, bounds[choose(c, sizeof bounds / sizeof bounds[0])]);
    buffer_put(b, p + n.end, size - n.end);
}

static size_t give_back(buffer *b, uint8_t *out, size_t max_size)
{
    size_t n = b->len < max_size ? b->len : max_size;
    if (n > 0) {
        memcpy(out, b->ptr, n);
    }
    buffer_free(b);
    return n;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    choices c = {seed};
    buffer b = {NULL, 0, 0};
    uint32_t what = choose(&c, 20);
    if (size == 0 || (what >= 10 && LLVMFuzzerMutate != NULL)) {
        return LLVMFuzzerMutate != NULL ? LLVMFuzzerMutate(data, size, max_size) : size;
    }
    switch (what) {
    case 0: cut(&b, data, size, &c); break;
    case 1: wrap(&b, data, size, &c); break;
    case 2: refold(&b, data, size, &c); break;
    case 3: other_case(&b, data, size, &c); break;
    case 4: unbalance(&b, data, size, &c); break;
    case 5: other_order(&b, data, size, &c); break;
    case 6: other_record(&b, data, size, &c); break;
    case 7: other_server(&b, data, size, &c); break;
    case 8: other_number(&b, data, size, &c); break;
    default: copy(&b, data, size, &c); break;
    }
    return give_back(&b, data, max_size);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size,
                                 uint8_t *out, size_t max_size, unsigned int seed)
{
    choices c = {seed};
    buffer grafted = {NULL, 0, 0};
    piece where = {0, 0};
    piece what = {0, 0};
    if (a_size > 0) {
        where = any_piece(a, a_size, &c);
        where.end = choose(&c, 2) == 0 ? where.at : where.end;
    }
    if (b_size > 0) {
        what = any_piece(b, b_size, &c);
    }
    replace(&grafted, a, a_size, where, b, what);
    return give_back(&grafted, out, max_size);
}
