/* Values into tokens: what each byte begins (RFC 5322 section 3.2), and invariants I4 to I7 of core/README.md. */
#include "cases.h"

/* The file itself, so that its own work is counted and nobody else's. */
#define HOPTLS_COUNT_WORK
#include "token.c"

#include <stdlib.h>

uint64_t hoptls_work;

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { LONGEST = 200 }; /* bytes of a value in the tables, and of a random one */

static hoptls_msg msg_of(const void *bytes, size_t len)
{
    hoptls_msg msg = {bytes, len};
    return msg;
}

static hoptls_span whole_of(hoptls_msg msg)
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

/* ---- tables ------------------------------------------------------------------------------------------- */

/* A value with a bar between its tokens, and a letter for the kind of each. */
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

/* The tokens of a message that is one value, in the notation of the tables. */
static void show_tokens(hoptls_msg msg, char *split, char *kinds)
{
    hoptls_tokens_state state = start(msg, whole_of(msg));
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

/* Returns 1 and tells why, if a case does not hold. */
static int differs(const token_case *c)
{
    char value[LONGEST];
    char split[2 * LONGEST];
    char kinds[LONGEST + 1];

    show_tokens(msg_of(value, without_bars(c->split, value)), split, kinds);
    if (strcmp(split, c->split) != 0 || strcmp(kinds, c->kinds) != 0) {
        print_error("# expected %s as %s\n# got      %s as %s\n", c->split, c->kinds, split, kinds);
        return 1;
    }
    return 0;
}

static void check_cases(const token_case *table, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        wrong += differs(&table[i]);
    }
    assert_int_equal(wrong, 0);
}

static void words_end_at_spaces_and_specials(void **state)
{
    static const token_case table[] = {
        {"", ""},
        {"a", "w"},
        {"from| |mx.example.com", "w_w"},
        {"a|\r\n\t |b", "w_w"},
        {" |a|\t", "_w_"},
        {"a|\r|b|\n|c", "w_w_w"},
        {"a,b=c:d/e@f{g}\\h'", "w"},
        {"\x01\x0B\x7F\x80\xFF", "w"},
        {"a|;|b| |;", "w;w_;"},
        {"unknown|[192.0.2.1]", "wl"},
        {"SMTPSA|(|TLSv1_2|)", "w(t)"},
        {"a|<b>|c", "waw"},
        {"a|\"b\"|c", "wqw"},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

static void comments_nest_and_hide_all_but_parentheses(void **state)
{
    static const token_case table[] = {
        {"(|)", "()"},
        {"(|a b|)|c", "(t)w"},
        {"(|a|(|b|)|c|)", "(t(t)t)"},
        {"(|(|(|a|)|)|)| |b", "(((t)))_w"},
        {"(|a|)|(|b|)", "(t)(t)"},
        {"(|; <a [b \"c|)|;", "(t);"},
        {"(|\"|)|\"|)", "(t)!!"},
        {"(|a\\)b|)|c", "(t)w"},
        {"(|a\\(b|)|c", "(t)w"},
        {"(|a\\\\|)|c", "(t)w"},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

/* Servers write the envelope's sender into comments, as it came. */
static void quotes_of_an_address_hold_inside_comments(void **state)
{
    static const token_case table[] = {
        {"(|envelope-from <\"a) with ESMTPS (\"@example.com>|)|c", "(t)w"},
        {"(|<\"(\"@a> <\")\"@b>|)", "(t)"},
        {"(|<\"\\\")\"@a>|)", "(t)"},
        {"(|<\"a)\"", "(t"},
        {"(|<\"a|)|b", "(t)w"},
        {"(|< \"a|)|\"", "(t)!"},
        {"(|\"a|)|\"", "(t)!"},
        {"(|<|)", "(t)"},
        {"(|<\"", "(t"},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

static void comments_without_an_end_stay_open(void **state)
{
    static const token_case table[] = {
        {"(", "("}, {"a| |(|b c; d", "w_(t"}, {"(|(|a|)|b", "((t)t"}, {"(|a\\", "(t"}, {"(|a\\)", "(t"},
        {")", "!"}, {"a|)|b", "w!w"},         {"(|a|)|)", "(t)!"},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

static void quoted_strings_hide_all_but_quotes(void **state)
{
    static const token_case table[] = {
        {"\"\"", "q"},
        {"\"a b\"", "q"},
        {"\"(\"|a|\")\"", "qwq"},
        {"\"; with ESMTPS\"|;", "q;"},
        {"\"<\"|\">\"|\"[\"", "qqq"},
        {"\"a\\\"b\"|c", "qw"},
        {"\"a\\\\\"|b|\"c\"", "qwq"},
        {"\"a\r\n\tb\"", "q"},
        {"\"", "!"},
        {"\"|a| |b", "!w_w"},
        {"\"a\"|\"|b", "q!w"},
        {"\"|a\\", "!w"},
        {"\"|a\\|\"", "!w!"},
        {"\"|a\\\\\\|\"|(|b|)", "!w!(t)"},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

static void literals_hold_words_alone(void **state)
{
    static const token_case table[] = {
        {"[]", "l"},          {"[192.0.2.1]", "l"}, {"[IPv6:2001:db8::1]|:25", "lw"},
        {"[a b\tc]", "l"},    {"[", "!"},           {"]", "!"},
        {"[|a", "!w"},        {"[|[a]|]", "!l!"},   {"[|(|a|)|]", "!(t)!"},
        {"[|\"a\"|]", "!q!"}, {"[|<a>|]", "!a!"},   {"[|a|;|]", "!w;!"},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

/* A recipient must not open a comment in the server's part of the field. */
static void angles_hide_parentheses_and_quoted_names(void **state)
{
    static const token_case table[] = {
        {"<>", "a"},
        {"<a@example.com>|;", "a;"},
        {"<a b>", "a"},
        {"<a(b>|c", "aw"},
        {"<a)b;[c]>", "a"},
        {"<\"a>b\"@example.com>", "a"},
        {"<\"a\\\">b\"@example.com>", "a"},
        {"<\"with <\"@example.com>", "a"},
        {"<", "!"},
        {">", "!"},
        {"<|a", "!w"},
        {"<|<a>|>", "!a!"},
        {"<|\"|a|>", "!!w!"},
        {"<|a| |\"b\"", "!w_q"},
        {"<|\"a>\"", "!q"},
    };
    (void)state;
    check_cases(table, COUNT(table));
}

static void a_nul_is_a_byte_like_others(void **state)
{
    static const char value[] = "a\0b (\0) \"\0\"";
    hoptls_msg msg = msg_of(value, sizeof value - 1);
    hoptls_tokens_state tokens = start(msg, whole_of(msg));
    const uint32_t lengths[] = {3, 1, 1, 1, 1, 1, 3};
    hoptls_token t;

    (void)state;
    for (size_t i = 0; i < COUNT(lengths); i++) {
        assert_int_equal(hoptls_token_next(msg, &tokens, &t), HOPTLS_MORE);
        assert_int_equal(t.span.len, lengths[i]);
    }
    assert_int_equal(hoptls_token_next(msg, &tokens, &t), HOPTLS_END);
}

/* The way in which clauses look behind a comment that nothing closes. */
static void one_parenthesis_can_be_read_as_stray(void **state)
{
    static const char value[] = "a (b (c) d";
    const uint32_t kinds[] = {HOPTLS_TOKEN_WORD,  HOPTLS_TOKEN_SPACE, HOPTLS_TOKEN_STRAY, HOPTLS_TOKEN_WORD,
                              HOPTLS_TOKEN_SPACE, HOPTLS_TOKEN_OPEN,  HOPTLS_TOKEN_TEXT,  HOPTLS_TOKEN_CLOSE,
                              HOPTLS_TOKEN_SPACE, HOPTLS_TOKEN_WORD};
    hoptls_msg msg = msg_of(value, sizeof value - 1);
    hoptls_tokens_state tokens = start(msg, whole_of(msg));
    hoptls_token t;

    (void)state;
    tokens.stray_open = 2;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        assert_int_equal(hoptls_token_next(msg, &tokens, &t), HOPTLS_MORE);
        assert_int_equal(t.kind, kinds[i]);
    }
    assert_int_equal(tokens.depth, 0);
}

/* ---- a lexer that is slow and plain: whatever a byte might begin is searched for anew ------------------- */

static size_t plain_quoted(const uint8_t *p, size_t at, size_t end)
{
    size_t i = at + 1;
    while (i < end && p[i] != '"') {
        i += p[i] == '\\' && i + 1 < end ? 2 : 1;
    }
    return i < end ? i + 1 : 0;
}

static size_t plain_literal(const uint8_t *p, size_t at, size_t end)
{
    size_t i = at + 1;
    while (i < end && memchr("()<>[]\";", p[i], 8) == NULL) {
        i++;
    }
    return i < end && p[i] == ']' ? i + 1 : 0;
}

static size_t plain_angle(const uint8_t *p, size_t at, size_t end)
{
    size_t i = at + 1;
    while (i > 0 && i < end && p[i] != '<' && p[i] != '>') {
        i = p[i] == '"' ? plain_quoted(p, i, end) : i + 1;
    }
    return i > 0 && i < end && p[i] == '>' ? i + 1 : 0;
}

/* Quotes behind an angle bracket hide parentheses in a comment, too. */
static size_t plain_text_step(const uint8_t *p, size_t at, size_t end)
{
    size_t close = p[at] == '<' && at + 1 < end && p[at + 1] == '"' ? plain_quoted(p, at + 1, end) : 0;
    if (close > 0) {
        return close;
    }
    return p[at] == '\\' && at + 1 < end ? at + 2 : at + 1;
}

static size_t plain_text(const uint8_t *p, size_t at, size_t end)
{
    size_t i = at;
    while (i < end && p[i] != '(' && p[i] != ')') {
        i = plain_text_step(p, i, end);
    }
    return i;
}

static size_t plain_run(const uint8_t *p, size_t at, size_t end, int spaces)
{
    size_t i = at;
    while (i < end && (memchr(" \t\r\n", p[i], 4) != NULL) == spaces &&
           memchr("()<>[]\";", p[i], 8) == NULL) {
        i++;
    }
    return i;
}

static hoptls_token plain_token(size_t at, size_t end, uint32_t kind, uint32_t depth)
{
    hoptls_token t = {{(uint32_t)at, (uint32_t)(end > at ? end - at : 1)}, depth, kind};
    return t;
}

static hoptls_token plain_comment_part(const uint8_t *p, size_t at, size_t end, uint32_t depth)
{
    switch (p[at]) {
    case '(': return plain_token(at, at + 1, HOPTLS_TOKEN_OPEN, depth + 1);
    case ')': return plain_token(at, at + 1, HOPTLS_TOKEN_CLOSE, depth - 1);
    default: return plain_token(at, plain_text(p, at, end), HOPTLS_TOKEN_TEXT, depth);
    }
}

/* `close` 0: there was no partner. */
static hoptls_token plain_pair(size_t at, size_t close, uint32_t kind)
{
    return plain_token(at, close, close > 0 ? kind : (uint32_t)HOPTLS_TOKEN_STRAY, 0);
}

static hoptls_token plain_next(const uint8_t *p, size_t at, size_t end, uint32_t depth)
{
    if (depth > 0) {
        return plain_comment_part(p, at, end, depth);
    }
    switch (p[at]) {
    case '(': return plain_token(at, at + 1, HOPTLS_TOKEN_OPEN, 1);
    case ';': return plain_token(at, at + 1, HOPTLS_TOKEN_SEMI, 0);
    case '"': return plain_pair(at, plain_quoted(p, at, end), HOPTLS_TOKEN_QUOTED);
    case '[': return plain_pair(at, plain_literal(p, at, end), HOPTLS_TOKEN_LITERAL);
    case '<': return plain_pair(at, plain_angle(p, at, end), HOPTLS_TOKEN_ANGLE);
    case ')':
    case ']':
    case '>': return plain_pair(at, 0, HOPTLS_TOKEN_STRAY);
    case ' ':
    case '\t':
    case '\r':
    case '\n': return plain_token(at, plain_run(p, at, end, 1), HOPTLS_TOKEN_SPACE, 0);
    default: return plain_token(at, plain_run(p, at, end, 0), HOPTLS_TOKEN_WORD, 0);
    }
}

/* ---- properties, on random values ---------------------------------------------------------------------- */

enum { ROUNDS = 20000 };

/* Marsaglia's xorshift: the same values on every machine. */
static uint32_t random_next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Bytes that the grammar turns on, and a few that it does not. The block ends where the value ends, so that a reader
 * who goes too far is caught by whatever watches the heap. */
static hoptls_msg random_value(uint32_t *seed)
{
    static const char bytes[] = "()()<>[]\"\"\\\\; \t\r\n.ab\xFF"; /* and the NUL at its end */
    size_t len = random_next(seed) % LONGEST + 1;
    uint8_t *p = malloc(len);

    assert_non_null(p);
    for (size_t i = 0; i < len; i++) {
        p[i] = (uint8_t)bytes[random_next(seed) % sizeof bytes];
    }
    return msg_of(p, len);
}

static void each_random_value(void (*question)(hoptls_msg msg))
{
    uint32_t seed = 2463534242u;
    for (int i = 0; i < ROUNDS; i++) {
        hoptls_msg msg = random_value(&seed);
        question(msg);
        free((void *)(uintptr_t)msg.ptr);
    }
}

/* I4 */
static void is_partitioned(hoptls_msg msg)
{
    hoptls_tokens_state state = start(msg, whole_of(msg));
    hoptls_token t;
    uint32_t at = 0;

    while (hoptls_token_next(msg, &state, &t) == HOPTLS_MORE) {
        assert_int_equal(t.span.off, at);
        assert_true(t.span.len > 0);
        at = span_end(t.span);
    }
    assert_int_equal(at, msg.len);
}

static void tokens_partition_the_value(void **state)
{
    (void)state;
    each_random_value(is_partitioned);
}

/* I5, and every kind and end */
static void is_read_as_plainly(hoptls_msg msg)
{
    hoptls_tokens_state state = start(msg, whole_of(msg));
    hoptls_token t = {{0, 0}, 0, 0};

    for (size_t at = 0; at < msg.len; at = span_end(t.span)) {
        hoptls_token expected = plain_next(msg.ptr, at, msg.len, t.depth);
        assert_int_equal(hoptls_token_next(msg, &state, &t), HOPTLS_MORE);
        assert_memory_equal(&t, &expected, sizeof t);
    }
}

static void the_plain_lexer_agrees(void **state)
{
    (void)state;
    each_random_value(is_read_as_plainly);
}

/* I6 */
static void is_read_over_anything(hoptls_msg msg)
{
    hoptls_tokens_state states[2];
    hoptls_token tokens[2];
    int status = HOPTLS_MORE;

    memset(&states[0], 0x00, sizeof states[0]);
    memset(&states[1], 0xFF, sizeof states[1]);
    assert_int_equal(hoptls_tokens(msg, whole_of(msg), &states[0]), HOPTLS_OK);
    assert_int_equal(hoptls_tokens(msg, whole_of(msg), &states[1]), HOPTLS_OK);
    while (status == HOPTLS_MORE) {
        memset(&tokens[0], 0x00, sizeof tokens[0]);
        memset(&tokens[1], 0xFF, sizeof tokens[1]);
        status = hoptls_token_next(msg, &states[0], &tokens[0]);
        assert_int_equal(hoptls_token_next(msg, &states[1], &tokens[1]), status);
        assert_memory_equal(&states[0], &states[1], sizeof states[0]);
        assert_true(status == HOPTLS_END || memcmp(&tokens[0], &tokens[1], sizeof tokens[0]) == 0);
    }
}

static void results_do_not_depend_on_what_stood_there(void **state)
{
    (void)state;
    each_random_value(is_read_over_anything);
}

/* The first third of the bytes is what precedes the value, the last third what follows it. */
static void is_read_alone(hoptls_msg msg)
{
    hoptls_span middle = {(uint32_t)(msg.len / 3), (uint32_t)(msg.len / 3)};
    hoptls_msg cut = msg_of(msg.ptr + middle.off, middle.len);
    hoptls_tokens_state in_place = start(msg, middle);
    hoptls_tokens_state alone = start(cut, whole_of(cut));
    hoptls_token a;
    hoptls_token b;

    while (hoptls_token_next(msg, &in_place, &a) == HOPTLS_MORE) {
        assert_int_equal(hoptls_token_next(cut, &alone, &b), HOPTLS_MORE);
        b.span.off += middle.off;
        assert_memory_equal(&a, &b, sizeof a);
    }
    assert_int_equal(hoptls_token_next(cut, &alone, &b), HOPTLS_END);
}

static void bytes_around_the_value_do_not_matter(void **state)
{
    (void)state;
    each_random_value(is_read_alone);
}

/* ---- work (I7) ---------------------------------------------------------------------------------------- */

enum { MEGABYTE = 1 << 20, WORK_A_BYTE = 8 };

/* The work of lexing `unit`, again and again, through a megabyte. */
static uint64_t work_of(const char *unit)
{
    uint8_t *p = malloc(MEGABYTE);
    hoptls_msg msg = msg_of(p, MEGABYTE);
    hoptls_tokens_state state;
    hoptls_token t;

    assert_non_null(p);
    for (size_t i = 0; i < MEGABYTE; i++) {
        p[i] = (uint8_t)unit[i % strlen(unit)];
    }
    hoptls_work = 0;
    state = start(msg, whole_of(msg));
    while (hoptls_token_next(msg, &state, &t) == HOPTLS_MORE) {
        hoptls_work++;
    }
    free(p);
    return hoptls_work;
}

static void no_value_costs_more_than_its_length(void **state)
{
    static const char *const units[] = {
        "a",          " ",           "a ",    "(",        "()",      "( ",      "[",         "[ ",
        "[a ",        "[(",          "<",     "< ",       "<a",      "<\"",     "<\"\\\"",   "<\"a\" ",
        "\"",         "\"\\\"<\\\"", "\\\"<", "\"\\ ",    "\\\" <a", "\"a\\\"", "\" \\\"(",  "<(\\\"",
        "[\\\"<\\\"", "(\\(\"",      "(<\"",  "(<\"\\\"", "(<\"a\"", "(<",      ";<[\"\\\"",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(units); i++) {
        uint64_t work = work_of(units[i]);
        if (work > (uint64_t)WORK_A_BYTE * MEGABYTE) {
            print_error("# %llu for a megabyte of %s\n", (unsigned long long)work, units[i]);
            fail();
        }
    }
}

/* A counter that stands still would prove anything. */
static void the_counter_moves(void **state)
{
    (void)state;
    assert_true(work_of("abc") >= MEGABYTE);
    assert_true(work_of("\"a\\\"b\" ") >= MEGABYTE);
    assert_true(work_of("<a> [b] ") >= MEGABYTE);
}

/* ---- calls that are wrong ------------------------------------------------------------------------------ */

static void wrong_calls_write_nothing(void **state)
{
    static const char value[] = "a b";
    const hoptls_msg msg = msg_of(value, 3);
    const hoptls_msg none = msg_of(NULL, 3);
    const hoptls_msg huge = msg_of(value, (size_t)UINT32_MAX + 1);
    const hoptls_span behind = {2, 2};
    const hoptls_span wrapped = {2, UINT32_MAX};
    hoptls_tokens_state tokens;
    hoptls_tokens_state before;

    (void)state;
    memset(&tokens, 0x5A, sizeof tokens);
    before = tokens;
    assert_int_equal(hoptls_tokens(msg, whole_of(msg), NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_tokens(none, whole_of(msg), &tokens), HOPTLS_E_ARG);
    assert_int_equal(hoptls_tokens(msg, behind, &tokens), HOPTLS_E_ARG);
    assert_int_equal(hoptls_tokens(msg, wrapped, &tokens), HOPTLS_E_ARG);
    if (SIZE_MAX > UINT32_MAX) { /* else no length is too long */
        assert_int_equal(hoptls_tokens(huge, whole_of(msg), &tokens), HOPTLS_E_SIZE);
    }
    assert_memory_equal(&tokens, &before, sizeof tokens);
}

static void wrong_steps_write_nothing(void **state)
{
    static const char value[] = "a b";
    const hoptls_msg msg = msg_of(value, 3);
    hoptls_tokens_state tokens = start(msg, whole_of(msg));
    const hoptls_tokens_state before = tokens;
    hoptls_token t = {{7, 7}, 7, 7};

    (void)state;
    assert_int_equal(hoptls_token_next(msg, NULL, &t), HOPTLS_E_ARG);
    assert_int_equal(hoptls_token_next(msg, &tokens, NULL), HOPTLS_E_ARG);
    assert_int_equal(hoptls_token_next(msg_of(value, 2), &tokens, &t), HOPTLS_E_ARG);
    assert_int_equal(hoptls_token_next(msg_of(value, (size_t)UINT32_MAX + 1), &tokens, &t), HOPTLS_E_ARG);
    assert_memory_equal(&tokens, &before, sizeof tokens);
    assert_int_equal(t.span.off, 7);
}

static void the_end_stays_the_end(void **state)
{
    const hoptls_msg empty = msg_of(NULL, 0);
    hoptls_tokens_state tokens = start(empty, whole_of(empty));
    hoptls_token t = {{7, 7}, 7, 7};

    (void)state;
    assert_int_equal(hoptls_token_next(empty, &tokens, &t), HOPTLS_END);
    assert_int_equal(hoptls_token_next(empty, &tokens, &t), HOPTLS_END);
    assert_int_equal(t.span.off, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_end_at_spaces_and_specials),
        cmocka_unit_test(comments_nest_and_hide_all_but_parentheses),
        cmocka_unit_test(quotes_of_an_address_hold_inside_comments),
        cmocka_unit_test(comments_without_an_end_stay_open),
        cmocka_unit_test(quoted_strings_hide_all_but_quotes),
        cmocka_unit_test(literals_hold_words_alone),
        cmocka_unit_test(angles_hide_parentheses_and_quoted_names),
        cmocka_unit_test(a_nul_is_a_byte_like_others),
        cmocka_unit_test(one_parenthesis_can_be_read_as_stray),
        cmocka_unit_test(tokens_partition_the_value),
        cmocka_unit_test(the_plain_lexer_agrees),
        cmocka_unit_test(results_do_not_depend_on_what_stood_there),
        cmocka_unit_test(bytes_around_the_value_do_not_matter),
        cmocka_unit_test(no_value_costs_more_than_its_length),
        cmocka_unit_test(the_counter_moves),
        cmocka_unit_test(wrong_calls_write_nothing),
        cmocka_unit_test(wrong_steps_write_nothing),
        cmocka_unit_test(the_end_stays_the_end),
    };
    return cmocka_run_group_tests_name("token", tests, NULL, NULL);
}
