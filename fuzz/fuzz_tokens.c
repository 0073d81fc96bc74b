/* Do the tokens of any value partition it, is each what hoptls.h says of its kind, does the depth count the open
 * parentheses (I4, I5), and do the bytes around a value say nothing about it (I1)? */
#include "oracle.h"

#include <string.h>

/* The same value, with bytes around it that would change everything if one of them was looked at. */
static void check_surroundings(hoptls_msg msg, choices *c)
{
    static const char *const before[] = {"", "(", "\"", "<", "\\", "[x"};
    static const char *const behind[] = {"", ")", "\"", ">", "]", "(", "\n "};
    buffer b = {NULL, 0, 0};
    hoptls_span alone = {0, (uint32_t)msg.len};
    hoptls_span value = {0, (uint32_t)msg.len};
    hoptls_tokens_state state[2];
    hoptls_token t[2];
    hoptls_msg around;
    int more;

    buffer_add(&b, before[choose(c, 6)]);
    value.off = msg.len > 0 ? (uint32_t)b.len : 0;
    buffer_put(&b, msg.ptr, msg.len);
    buffer_add(&b, behind[choose(c, 7)]);
    around = exact_copy(b.ptr, b.len);
    MUST(hoptls_tokens(msg, alone, &state[0]) == HOPTLS_OK, "I4");
    MUST(hoptls_tokens(around, value, &state[1]) == HOPTLS_OK, "I4");
    do {
        memset(t, 0, sizeof t);
        more = hoptls_token_next(msg, &state[0], &t[0]);
        MUST(hoptls_token_next(around, &state[1], &t[1]) == more, "I1: a value and its surroundings");
        MUST(more != HOPTLS_MORE ||
                 (t[0].span.off + value.off == t[1].span.off && t[0].span.len == t[1].span.len),
             "I1: a value and its surroundings");
        MUST(t[0].kind == t[1].kind && t[0].depth == t[1].depth, "I1: a value and its surroundings");
    } while (more == HOPTLS_MORE);
    exact_free(around);
    buffer_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hoptls_msg msg = exact_copy(data, size);
    choices c = choices_from(data, size);
    hoptls_span all = {0, (uint32_t)size};
    hoptls_span part;

    check_tokens(msg, all);
    part.off = choose(&c, (uint32_t)size + 1);
    part.len = choose(&c, (uint32_t)size - part.off + 1);
    check_tokens(msg, part);
    check_surroundings(msg, &c);
    exact_free(msg);
    return 0;
}
