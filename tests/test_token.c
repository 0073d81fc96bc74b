/* Values into tokens: what each byte begins (RFC 5322 section 3.2), and invariants I4 to I7 of core/README.md. */
#include "cases.h"

/* The file itself, so that its own work is counted and nobody else's. */
#define HOPTLS_COUNT_WORK
#include "token.c"

#include <stdio.h>
#include <stdlib.h>

uint64_t hoptls_work;

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { LONGEST = 200 }; /* bytes of a value in the tables, and of a random one */

static hoptls_msg msg_of(const void *bytes, size_t len)
{
    hoptls_msg msg = {bytes, len};
    return msg;
}

static hoptls_span all_of(hoptls_msg msg)
{
    hoptls_span s = {0, (uint32_t)msg.len};
    return s;
}

static hoptls_tokens_state start(hoptls_msg msg, hoptls_span value)
{
    hoptls_tokens_state state;
    assert_int_equal(hoptls_tokens(msg, value, &state), HOPTLS_OK);
    return state;
}

/* ---- the notation of expectations --------------------------------------------------------------------- */

/* A value is written with a bar between its tokens, and a letter for the kind of each. */
typedef struct token_case {
    const char *split;
    const char *kinds;
} token_case;

static char letter_of(uint32_t kind)
{
    switch (kind) {
    case HOPTLS_TOKEN_SPACE: return '_';
    case HOPTLS_TOKEN_WORD: return 'w';
    case HOPTLS_TOKEN_QUOTED: return 'q';
    case HOPTLS_TOKEN_LITERAL: return 'l';
    case HOPTLS_TOKEN_ANGLE: return 'a';
    case HOPTLS_TOKEN_OPEN: return '(';
    case HOPTLS_TOKEN_CLOSE: return ')';
    case HOPTLS_TOKEN_TEXT: return 't';
    case HOPTLS_TOKEN_SEMI: return ';';
    case HOPTLS_TOKEN_STRAY: return '!';
    default: return '?';
    }
}

static size_t without_bars(const char *split, char *out)
{
    size_t n = 0;
    for (size_t i = 0; split[i] != '\0'; i++) {
        out[n] = split[i];
        n += split[i] != '|';
    }
    return n;
}

/* What the lexer makes of `value`, in the same notation. */
static void show_tokens(hoptls_msg msg, char *split, char *kinds)
{
    hoptls_tokens_state state = start(msg, all_of(msg));
    hoptls_token t;
    size_t n = 0;
    size_t k = 0;

    while (hoptls_token_next(msg, &state, &t) == HOPTLS_MORE) {
        if (n > 0) {
            split[n++] = '|';
        }
        memcpy(split + n, msg.ptr + t.span.off, t.span.len);
        n += t.span.len;
        kinds[k++] = letter_of(t.kind);
    }
    split[n] = '\0';
    kinds[k] = '\0';
}

static void check_case(const token_case *c)
{
    char value[LONGEST];
    char split[2 * LONGEST];
    char kinds[LONGEST];

    show_tokens(msg_of(value, without_bars(c->split, value)), split, kinds);
    if (strcmp(split, c->split) != 0 || strcmp(kinds, c->kinds) != 0) {
        print_error("# expected  %s  as  %s\n# got       %s  as  %s\n", c->split, c->kinds, split, kinds);
        fail();
    }
}

static void check_cases(const token_case *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_case(&table[i]);
    }
}

/* ---- tables: one question each ------------------------------------------------------------------------ */

static void words_end_at_spaces(void **state)
{
    static const token_case table[] = {
        {"", ""},
        {"a", "w"},
        {"from| |mx.example.com", "w_w"},
        {"a|\r\n\t |b", "w_w"},
        {" |a| ", "_w_"},
        {"a,b=c:d/e@f{g}\\h'", "w"},
        {"a\r|\t", "w_"},
        {"\x01\x7F\x80\xFF", "w"},
    };
    (void)state;
    check_cases(table + 0, 6);
    check_cases(table + 7, 1);
}

