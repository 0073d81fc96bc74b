/* The question of fuzz_client, asked one lie after the other, with no luck in it: at every server of servers.h, each two
 * pieces beside each other, in each place alone and in all; and each record of TLS in one place with what may open, close or
 * hide it around it, while in another place stands what may do the same.
 *
 *     pairs [SERVER...]      by name, the first or only word of a row; default all. Prints what is believed, and the sum. */
#include "client.h"

#include <stdio.h>
#include <string.h>

static const char *const openers[] = {"",    "\"",  "(", "\"(", ")\"", "\")", "<",     "<\"",
                                      ">",   "\">", ")", "))",  "\\",  " (",  "\") (", "\" [192.0.2.9] (",
                                      "\\\""};
static const char *const closers[] = {"", "\"", "(\""};

enum {
    OPENERS = sizeof openers / sizeof openers[0],
    CLOSERS = sizeof closers / sizeof closers[0],
    SHOWN = 3
};

typedef struct asked {
    const server *of;
    unsigned marks; /* in its field */
    hoptls_tls told;
    unsigned long runs, believed;
} asked;

static hoptls_hop read_one(const buffer *field, uint32_t *hops)
{
    hoptls_hop hop;
    hoptls_report report;
    hoptls_msg msg = {field->ptr, field->len};
    memset(&hop, 0, sizeof hop);
    MUST(hoptls_message_read(msg, NULL, &hop, 1, &report) == HOPTLS_OK, "malformed mail is no error");
    *hops = report.hops;
    return hop;
}

static void ask(asked *a, const buffer *field)
{
    uint32_t hops;
    hoptls_hop hop = read_one(field, &hops);
    int better = a->of->says != SAYS_TLS || is_better(&hop.tls, &a->told);
    a->runs++;
    if (hops == 1 && !(states_tls(&hop) && better)) {
        return;
    }
    if (a->believed++ < SHOWN) {
        printf("# %s: believed, or not one hop:\n%.*s", a->of->name, (int)field->len,
               (const char *)field->ptr);
    }
}

/* ---- two pieces in one place, or in all ---- */

static void ask_everywhere(asked *a, const buffer *lie)
{
    for (unsigned mark = 0; mark <= a->marks; mark++) {
        uint32_t where = mark == a->marks ? 0xFF : (uint32_t)1 << mark;
        buffer field = field_of_lie(a->of, lie, where);
        ask(a, &field);
        buffer_free(&field);
    }
}

static void ask_pieces(asked *a)
{
    for (unsigned k = 0; k < PIECES * PIECES; k++) {
        const uint8_t two[] = {(uint8_t)(0x80 + k / PIECES), (uint8_t)(0x80 + k % PIECES)};
        buffer lie = lie_of(two, sizeof two);
        ask_everywhere(a, &lie);
        buffer_free(&lie);
    }
}

/* ---- a record in one place, and what helps it in another ---- */

/* The pieces that are records of TLS stand in front. */
static unsigned count_records(void)
{
    unsigned n = 0;
    while (n < PIECES && strcmp(pieces[n], " by y.example.org") != 0) {
        n++;
    }
    return n;
}

static void ask_record(asked *a, unsigned one, unsigned other, const char *record)
{
    const buffer *lies[MARKS] = {NULL};
    for (unsigned k = 0; k < OPENERS * OPENERS * CLOSERS; k++) {
        buffer help = {NULL, 0, 0};
        buffer lie = {NULL, 0, 0};
        buffer field;
        buffer_add(&help, openers[k % OPENERS]);
        buffer_add(&lie, openers[k / OPENERS % OPENERS]);
        buffer_add(&lie, record);
        buffer_add(&lie, closers[k / OPENERS / OPENERS]);
        lies[one] = &lie;
        lies[other] = &help;
        field = field_of(a->of, lies);
        ask(a, &field);
        buffer_free(&field);
        buffer_free(&lie);
        buffer_free(&help);
    }
}

static void ask_places(asked *a)
{
    unsigned records = count_records();
    for (unsigned k = 0; k < a->marks * a->marks * records; k++) {
        unsigned one = k / records / a->marks;
        unsigned other = k / records % a->marks;
        if (one != other) {
            ask_record(a, one, other, pieces[k % records]);
        }
    }
}

/* ---- servers ---- */

static unsigned count_marks(const server *s)
{
    unsigned n = 0;
    for (const char *p = s->value; *p != '\0'; p++) {
        n += *p == '%' ? 1u : 0u;
    }
    return n;
}

static asked ask_server(const server *s)
{
    asked a = {s, count_marks(s), {0}, 0, 0};
    buffer nothing = {NULL, 0, 0};
    buffer honest = field_of_lie(s, &nothing, 0);
    uint32_t hops;
    a.told = read_one(&honest, &hops).tls;
    buffer_free(&honest);
    ask_pieces(&a);
    ask_places(&a);
    return a;
}

static int is_wanted(const server *s, int count, char **names)
{
    int wanted = count < 2;
    for (int i = 1; i < count; i++) {
        wanted |= strcmp(s->name, names[i]) == 0;
    }
    return wanted;
}

int main(int count, char **names)
{
    unsigned long runs = 0;
    unsigned passed = 0;
    unsigned failed = 0;
    for (unsigned i = 0; i < SERVERS; i++) {
        if (is_wanted(&servers[i], count, names)) {
            asked a = ask_server(&servers[i]);
            runs += a.runs;
            passed += a.believed == 0 ? 1u : 0u;
            failed += a.believed > 0 ? 1u : 0u;
        }
    }
    printf("# %lu lies\n%u passed, %u failed\n", runs, passed, failed);
    return failed > 0 || passed == 0;
}
