#include "trust.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int is_number(const char *value)
{
    return value[0] != '\0' && value[strspn(value, "0123456789")] == '\0';
}

static int is_host(const char *name, size_t len)
{
    static const char no_host[] = " \t\r\n\"'()<>;@/\\";
    return len > 0 && strcspn(name, no_host) >= len && !(len == 1 && name[0] == '.');
}

static int add_host(struct trust *trust, const char *name, size_t len)
{
    struct trust_host *hosts;
    if (!is_host(name, len)) {
        return -1;
    }
    hosts = realloc(trust->hosts, (trust->count + 1) * sizeof *hosts);
    if (hosts == NULL) {
        return -1;
    }
    hosts[trust->count].name = name;
    hosts[trust->count].len = len;
    trust->hosts = hosts;
    trust->count++;
    return 0;
}

int trust_add(struct trust *trust, const char *value)
{
    const char *name = value;
    trust->given = 1;
    if (is_number(value)) {
        unsigned long long hops = strtoull(value, NULL, 10);
        trust->hops = hops < UINT32_MAX ? (uint32_t)hops : UINT32_MAX;
        return 0;
    }
    while (add_host(trust, name, strcspn(name, ",")) == 0) {
        name += strcspn(name, ",");
        if (*name == '\0') {
            return 0;
        }
        name++;
    }
    return -1;
}

void trust_free(struct trust *trust)
{
    free(trust->hosts);
    trust->hosts = NULL;
    trust->count = 0;
}

static int same(const char *a, const char *b, size_t len)
{
    return strncasecmp(a, b, len) == 0;
}

/* `.domain` is the domain itself and every name that ends in it. */
static int matches(const struct trust_host *host, const char *by, size_t len)
{
    if (host->name[0] == '.' && len + 1 == host->len) {
        return same(by, host->name + 1, len);
    }
    if (host->name[0] == '.' && len > host->len) {
        return same(by + len - host->len, host->name, host->len);
    }
    return len == host->len && same(by, host->name, len);
}

int trust_covers(const struct trust *trust, hoptls_msg msg, const hoptls_hop *hop, uint32_t index)
{
    const char *by = (const char *)msg.ptr + hop->by.off;
    size_t len = hop->by.len;
    size_t i = 0;
    if (index < trust->hops) {
        return 1;
    }
    if (len > 0 && by[len - 1] == '.') {
        len--;
    }
    while (i < trust->count && !matches(&trust->hosts[i], by, len)) {
        i++;
    }
    return len > 0 && i < trust->count;
}
