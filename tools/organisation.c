#include "organisation.h"

#include "hash.h"

#include <libpsl.h>
#include <stdlib.h>
#include <string.h>

/* A host name has 253 bytes at most (RFC 1035 section 2.3.4); one in UTF-8 may have some more. */
enum { NAME_ROOM = 512, SHORT_NAME = 58, MEMORY_ROOM = 1 << 13 };

/* The hosts of one header, and those of an archive even more so, come again and again: remember the answers. Long names
 * are rare, and are asked for each time. */
struct memory {
    uint8_t labels;
    uint8_t len;
    char name[SHORT_NAME + 1];
};

struct organisations {
    psl_ctx_t *list;
    int borrowed; /* 1: the list is another one's */
    struct memory memory[MEMORY_ROOM];
};

struct organisations *organisations_open(void)
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
    return organisations;
}

struct organisations *organisations_share(const struct organisations *with)
{
    struct organisations *organisations = calloc(1, sizeof *organisations);
    if (organisations != NULL) {
        organisations->list = with->list;
        organisations->borrowed = 1;
    }
    return organisations;
}

void organisations_close(struct organisations *organisations)
{
    if (organisations != NULL && !organisations->borrowed) {
        psl_free(organisations->list);
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

static unsigned ask_long(const psl_ctx_t *list, const uint8_t *name, size_t len)
{
    char text[NAME_ROOM];
    memcpy(text, name, len);
    text[len] = '\0';
    return ask_list(list, text);
}

/* The same for bytes of the mail. */
static unsigned labels_of(struct organisations *organisations, const uint8_t *name, size_t len)
{
    struct memory *memory = &organisations->memory[hash_bytes(name, len) % MEMORY_ROOM];
    if (len > SHORT_NAME) {
        return ask_long(organisations->list, name, len);
    }
    if (memory->len != len || memcmp(memory->name, name, len) != 0) {
        unsigned labels = ask_long(organisations->list, name, len);
        memory->len = (uint8_t)len;
        memory->labels = (uint8_t)labels;
        memcpy(memory->name, name, len);
    }
    return memory->labels;
}

/* The last `labels` labels of `name`, or all of it if it has no more. */
static hoptls_span last_labels(const uint8_t *p, hoptls_span name, unsigned labels)
{
    hoptls_span last = name;
    uint32_t at = name.off + name.len;
    while (at > name.off && (p[at - 1] != '.' || --labels > 0)) {
        at--;
    }
    last.len = name.off + name.len - at;
    last.off = at;
    return last;
}

static void refine(struct organisations *organisations, hoptls_msg msg, hoptls_span name, hoptls_span *org)
{
    unsigned labels;
    if (name.len > 0 && msg.ptr[name.off + name.len - 1] == '.') {
        name.len--;
    }
    if (org->len == 0 || name.len == 0 || name.len >= NAME_ROOM ||
        memchr(msg.ptr + name.off, '\0', name.len) != NULL) {
        return;
    }
    labels = labels_of(organisations, msg.ptr + name.off, name.len);
    if (labels > 0) {
        *org = last_labels(msg.ptr, name, labels);
    }
}

void organisations_set(struct organisations *organisations, hoptls_msg msg, hoptls_hop *hop)
{
    refine(organisations, msg, hop->helo, &hop->helo_org);
    refine(organisations, msg, hop->rdns, &hop->rdns_org);
    refine(organisations, msg, hop->by, &hop->by_org);
}
