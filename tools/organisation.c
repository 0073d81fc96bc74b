#include "organisation.h"

#include "hash.h"
#include "suffixes.h"

#include <libpsl.h>
#include <stdlib.h>
#include <string.h>

/* A host name has 253 bytes at most (RFC 1035 section 2.3.4); one in UTF-8 may have some more. */
enum { NAME_ROOM = 512, SHORT_NAME = 58, MEMORY_ROOM = 1 << 13 };

/* The hosts of one header, and those of an archive even more so, come again and again: remember the answers. Long names
 * are rare, and are asked for each time. */
struct memory {
    uint8_t len;
    uint8_t org; /* how many of its last bytes name the organisation; 0: the list cannot tell */
    char name[SHORT_NAME];
};

struct organisations {
    psl_ctx_t *list;
    struct suffixes *suffixes; /* or null */
    int borrowed;              /* 1: both are another one's */
    struct memory memory[MEMORY_ROOM];
};

struct organisations *organisations_open(int many)
{
    struct organisations *organisations = calloc(1, sizeof *organisations);
    if (organisations == NULL) {
        return NULL;
    }
    organisations->list = psl_latest(NULL);
    if (organisations->list == NULL) {
        free(organisations);
        return NULL;
    }
    if (many && organisations->list != psl_builtin()) {
        organisations->suffixes = suffixes_open(psl_dist_filename());
    }
    return organisations;
}

struct organisations *organisations_share(const struct organisations *with)
{
    struct organisations *organisations = calloc(1, sizeof *organisations);
    if (organisations != NULL) {
        organisations->list = with->list;
        organisations->suffixes = with->suffixes;
        organisations->borrowed = 1;
    }
    return organisations;
}

void organisations_close(struct organisations *organisations)
{
    if (organisations != NULL && !organisations->borrowed) {
        psl_free(organisations->list);
        suffixes_close(organisations->suffixes);
    }
    free(organisations);
}

static unsigned count_labels(const char *name)
{
    unsigned labels = 1;
    for (const char *dot = strchr(name, '.'); dot != NULL; dot = strchr(dot + 1, '.')) {
        labels++;
    }
    return labels;
}

/* Whether the list has a rule for the top level of `name`: nobody registers names under .internal or .lan. */
static int is_listed(const psl_ctx_t *list, const char *name)
{
    const char *dot = strrchr(name, '.');
    return psl_is_public_suffix2(list, dot != NULL ? dot + 1 : name, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE);
}

/* How many labels the registrable domain of `name` has. A name that is a public suffix itself (a host that a
 * hoster lends under a suffix of its own) is an organisation of its own. 0 if the list cannot tell. */
static unsigned ask_list(const psl_ctx_t *list, const char *name)
{
    char *plain = NULL;
    const char *domain;
    unsigned labels = 0;
    if (psl_str_to_utf8lower(name, "utf-8", NULL, &plain) == PSL_SUCCESS && plain != NULL &&
        is_listed(list, plain)) {
        domain = psl_registrable_domain(list, plain);
        labels = count_labels(domain != NULL ? domain : plain);
    }
    psl_free_string(plain);
    return labels;
}

/* The name in small letters, ended by a NUL. Returns 0 if it is not in ASCII, has an empty label, or one in Punycode. */
static int make_plain(const uint8_t *name, size_t len, char plain[NAME_ROOM])
{
    int fine = 1;
    char before = '.';
    for (size_t i = 0; i < len; i++) {
        char c = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + ('a' - 'A') : name[i]);
        fine &= name[i] < 0x80 && (c != '.' || before != '.');
        plain[i] = c;
        before = c;
    }
    plain[len] = '\0';
    return fine && before != '.' && strstr(plain, "xn--") == NULL;
}

static unsigned labels_of(const struct organisations *organisations, const uint8_t *name, size_t len)
{
    char plain[NAME_ROOM];
    char text[NAME_ROOM];
    unsigned labels = 0;
    if (make_plain(name, len, plain) && organisations->suffixes != NULL) {
        labels = suffixes_labels(organisations->suffixes, organisations->list, ask_list, plain, len);
    }
    if (labels == 0) {
        memcpy(text, name, len);
        text[len] = '\0';
        labels = ask_list(organisations->list, text);
    }
    return labels;
}

/* How many bytes the last `labels` labels of `name` have, or all of it if it has no more. */
static size_t last_labels(const uint8_t *name, size_t len, unsigned labels)
{
    size_t at = len;
    while (at > 0 && (name[at - 1] != '.' || --labels > 0)) {
        at--;
    }
    return len - at;
}

static size_t ask(const struct organisations *organisations, const uint8_t *name, size_t len)
{
    unsigned labels = memchr(name, '\0', len) == NULL ? labels_of(organisations, name, len) : 0;
    return labels > 0 ? last_labels(name, len, labels) : 0;
}

/* How many of the last bytes of the name name the organisation. */
static size_t organisation_of(struct organisations *organisations, const uint8_t *name, size_t len)
{
    struct memory *memory = &organisations->memory[hash_bytes(name, len) % MEMORY_ROOM];
    if (len > SHORT_NAME) {
        return ask(organisations, name, len);
    }
    if (memory->len != len || memcmp(memory->name, name, len) != 0) {
        memory->org = (uint8_t)ask(organisations, name, len);
        memory->len = (uint8_t)len;
        memcpy(memory->name, name, len);
    }
    return memory->org;
}

static void refine(struct organisations *organisations, hoptls_msg msg, hoptls_span name, hoptls_span *org)
{
    size_t len = name.len;
    size_t last;
    len -= len > 0 && msg.ptr[name.off + len - 1] == '.' ? 1 : 0;
    if (org->len == 0 || len == 0 || len >= NAME_ROOM) {
        return;
    }
    last = organisation_of(organisations, msg.ptr + name.off, len);
    if (last > 0) {
        org->off = name.off + (uint32_t)(len - last);
        org->len = (uint32_t)last;
    }
}

void organisations_set(struct organisations *organisations, hoptls_msg msg, hoptls_hop *hop)
{
    refine(organisations, msg, hop->helo, &hop->helo_org);
    refine(organisations, msg, hop->rdns, &hop->rdns_org);
    refine(organisations, msg, hop->by, &hop->by_org);
}
