/* Is any site profile (tools/profile.c) either refused in one line that names file and line, or taken; if taken, the same
 * when it is read again (I6), with other line ends and comments (I9)? Does it change of a hop what README.md says it may,
 * and never make TLS out of silence (I11)? The input is the file. */
#include "command.h"
#include "profile.h"

#include <stdlib.h>
#include <string.h>

/* Every hop with its facts as this profile has them, judged. */
static sample apply(const struct profiles *profiles)
{
    sample s = sample_hops();
    for (uint32_t i = 0; i < s.count; i++) {
        hoptls_hop *h = &s.hops[i];
        profiles_name(profiles, s.msg, h);
        MUST(hoptls_hop_route(s.msg, i > 0 ? &s.hops[i - 1] : NULL, h) == HOPTLS_OK,
             "a profile's organisations are parts of names");
        profiles_place(profiles, s.msg, h);
        profiles_tell_silence(profiles, s.msg, h);
        MUST(hoptls_hop_judge(h, NULL) == HOPTLS_OK, "a hop is judged");
    }
    return s;
}

static void check_hop_of_profile(const hoptls_hop *before, const hoptls_hop *now, hoptls_msg msg)
{
    MUST(span_is_inside(now->by_org, msg.len) && span_is_inside(now->helo_org, msg.len) &&
             span_is_inside(now->rdns_org, msg.len),
         "I3");
    MUST(hoptls_scope_word(now->scope)[0] != '\0', "a scope has a word");
    MUST(now->evidence != HOPTLS_EVIDENCE_SILENT ||
             (now->verdict != HOPTLS_V_TLS && now->verdict != HOPTLS_V_WEAK),
         "I11: silence is not TLS, whatever the operator says");
    MUST((now->silence_basis == HOPTLS_BASIS_SITE_PROFILE) <=
             (before->evidence == HOPTLS_EVIDENCE_SILENT && before->silence != HOPTLS_SILENCE_NOT_NETWORK),
         "only silence has a meaning to tell");
    MUST(before->silence == now->silence || now->silence_basis == HOPTLS_BASIS_SITE_PROFILE,
         "a changed meaning has the profile for its reason");
    MUST(memcmp(&now->helo, &before->helo, sizeof now->helo) == 0 && now->evidence == before->evidence &&
             memcmp(&now->tls, &before->tls, sizeof now->tls) == 0 && now->date == before->date &&
             memcmp(&now->proof, &before->proof, sizeof now->proof) == 0 && now->writer == before->writer,
         "a profile changes no evidence");
}

/* Null if the file is refused. */
static struct profiles *read_profile(const uint8_t *bytes, size_t size)
{
    struct profiles *profiles = profiles_open();
    const char *path = file_with(0, bytes, size);
    int status;
    if (profiles == NULL) {
        exit(99);
    }
    status = profiles_read(profiles, path);
    check_complaint(status, path, bytes, size);
    if (status < 0) {
        profiles_close(profiles);
        return NULL;
    }
    return profiles;
}

/* What another spelling of the file gives: the same, hop by hop. */
static void check_spelling(const sample *s, const buffer *other, const char *what)
{
    struct profiles *profiles = read_profile(other->ptr, other->len);
    sample now;
    MUST(profiles != NULL, what);
    now = apply(profiles);
    MUST(memcmp(now.hops, s->hops, sizeof now.hops) == 0, what);
    profiles_close(profiles);
}

static int has_return(const uint8_t *data, size_t size)
{
    return memchr(data, '\r', size) != NULL;
}

static void check_spellings(const uint8_t *data, size_t size, const sample *s)
{
    buffer b = {NULL, 0, 0};
    buffer_put(&b, data, size);
    check_spelling(s, &b, "I6: a profile read again");
    if (size > 0 && data[size - 1] == '\n') {
        buffer_add(&b, "\n; a comment\n# another\n\n");
        check_spelling(s, &b, "I9: a profile with comments behind it");
    }
    b.len = 0;
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '\n') {
            buffer_add(&b, "\r");
        }
        buffer_put(&b, data + i, 1);
    }
    if (!has_return(data, size)) {
        check_spelling(s, &b, "I9: a profile with CRLF");
    }
    buffer_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct profiles *profiles = read_profile(data, size);
    sample before = sample_hops();
    sample now;
    if (profiles == NULL) {
        MUST(read_profile(data, size) == NULL, "I6: what is refused is refused again");
        return 0;
    }
    now = apply(profiles);
    for (uint32_t i = 0; i < now.count; i++) {
        check_hop_of_profile(&before.hops[i], &now.hops[i], now.msg);
        (void)trust_covers(profiles_trust(profiles), now.msg, &now.hops[i], i);
    }
    profiles_close(profiles);
    check_spellings(data, size, &now);
    return 0;
}
