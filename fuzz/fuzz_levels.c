/* Do all ways in which the core can be compiled for this machine agree to the byte (I8): the plain loops (HOPTLS_PORTABLE),
 * the usual build, and the widest instructions that the machine has? fuzz/build.sh and meson link the core several
 * times, each with a prefix before its names (fuzz/prefix). The input is a message, an archive and a value at once. */
#include "oracle.h"

#include <string.h>

#define LEVEL(prefix)                                                                                        \
    int prefix##hoptls_message_read(hoptls_msg msg, const hoptls_policy *policy, hoptls_hop *hops,           \
                                    uint32_t cap, hoptls_report *report);                                    \
    int prefix##hoptls_mbox_next(hoptls_msg archive, size_t *pos, hoptls_msg *out);                          \
    int prefix##hoptls_field_next(hoptls_msg msg, uint32_t *pos, hoptls_field *out);                         \
    int prefix##hoptls_tokens(hoptls_msg msg, hoptls_span value, hoptls_tokens_state *state);                \
    int prefix##hoptls_token_next(hoptls_msg msg, hoptls_tokens_state *state, hoptls_token *out);

#define ROW(prefix, able)                                                                                    \
    {                                                                                                        \
#prefix, able, prefix##hoptls_message_read, prefix##hoptls_mbox_next, prefix##hoptls_field_next,     \
            prefix##hoptls_tokens, prefix##hoptls_token_next                                                 \
    }

LEVEL(portable_)
#ifdef HOPTLS_FUZZ_WIDE
LEVEL(wide_)
#endif

static int always(void)
{
    return 1;
}

#ifdef HOPTLS_FUZZ_WIDE
static int has_avx2(void)
{
    return __builtin_cpu_supports("avx2") != 0;
}
#endif

typedef struct level {
    const char *name;
    int (*able)(void);
    int (*message_read)(hoptls_msg, const hoptls_policy *, hoptls_hop *, uint32_t, hoptls_report *);
    int (*mbox_next)(hoptls_msg, size_t *, hoptls_msg *);
    int (*field_next)(hoptls_msg, uint32_t *, hoptls_field *);
    int (*tokens)(hoptls_msg, hoptls_span, hoptls_tokens_state *);
    int (*token_next)(hoptls_msg, hoptls_tokens_state *, hoptls_token *);
} level;

static const level levels[] = {
    ROW(portable_, always),
#ifdef HOPTLS_FUZZ_WIDE
    ROW(wide_, has_avx2),
#endif
};

enum { HOPS = 16 };

static void check_message(const level *l, hoptls_msg msg)
{
    hoptls_hop hops[2][HOPS];
    hoptls_report reports[2];
    memset(hops, 0xFF, sizeof hops);
    memset(reports, 0xFF, sizeof reports);
    MUST(hoptls_message_read(msg, NULL, hops[0], HOPS, &reports[0]) == HOPTLS_OK,
         "malformed mail is no error");
    MUST(l->message_read(msg, NULL, hops[1], HOPS, &reports[1]) == HOPTLS_OK, "malformed mail is no error");
    MUST(memcmp(&reports[0], &reports[1], sizeof reports[0]) == 0, "I8: reports");
    MUST(memcmp(hops[0], hops[1], sizeof hops[0]) == 0, "I8: hops");
}

static void check_archive(const level *l, hoptls_msg archive)
{
    hoptls_msg one[2];
    size_t pos[2] = {0, 0};
    int more;
    do {
        memset(one, 0, sizeof one);
        more = hoptls_mbox_next(archive, &pos[0], &one[0]);
        MUST(l->mbox_next(archive, &pos[1], &one[1]) == more && pos[0] == pos[1], "I8: archives");
        MUST(one[0].ptr == one[1].ptr && one[0].len == one[1].len, "I8: archives");
    } while (more == HOPTLS_MORE);
}

static void check_fields_of(const level *l, hoptls_msg msg)
{
    hoptls_field f[2];
    uint32_t pos[2] = {0, 0};
    int more;
    do {
        memset(f, 0, sizeof f);
        more = hoptls_field_next(msg, &pos[0], &f[0]);
        MUST(l->field_next(msg, &pos[1], &f[1]) == more && pos[0] == pos[1], "I8: fields");
        MUST(memcmp(&f[0], &f[1], sizeof f[0]) == 0, "I8: fields");
    } while (more == HOPTLS_MORE);
}

static void check_tokens_of(const level *l, hoptls_msg msg)
{
    hoptls_span all = {0, (uint32_t)msg.len};
    hoptls_tokens_state state[2];
    hoptls_token t[2];
    int more;
    MUST(hoptls_tokens(msg, all, &state[0]) == l->tokens(msg, all, &state[1]), "I8: tokens");
    do {
        memset(t, 0, sizeof t);
        more = hoptls_token_next(msg, &state[0], &t[0]);
        MUST(l->token_next(msg, &state[1], &t[1]) == more, "I8: tokens");
        MUST(memcmp(&t[0], &t[1], sizeof t[0]) == 0, "I8: tokens");
    } while (more == HOPTLS_MORE);
}

/* At another alignment the tails of the wide loops fall elsewhere. */
static void check_at(const level *l, const uint8_t *data, size_t size, size_t skip)
{
    hoptls_msg msg = exact_copy(data + skip, size - skip);
    check_message(l, msg);
    check_archive(l, msg);
    check_fields_of(l, msg);
    check_tokens_of(l, msg);
    exact_free(msg);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    choices c = choices_from(data, size);
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (levels[i].able()) {
            check_at(&levels[i], data, size, 0);
            check_at(&levels[i], data, size, choose(&c, size < 64 ? (uint32_t)size + 1 : 64));
        }
    }
    return 0;
}
