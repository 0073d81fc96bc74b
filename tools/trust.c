#include "trust.h"

#include <stdlib.h>
#include <string.h>

static int is_number(const char *value)
{
    return value[0] != '\0' && value[strspn(value, "0123456789")] == '\0';
}

int trust_add_host(struct trust *trust, const struct pattern *host)
{
    struct pattern *hosts = realloc(trust->hosts, (trust->count + 1) * sizeof *hosts);
    if (hosts == NULL) {
        return -1;
    }
    hosts[trust->count] = *host;
    trust->hosts = hosts;
    trust->count++;
    trust->given = 1;
    return 0;
}

static int add_name(struct trust *trust, const char *name, size_t len)
{
    struct pattern host;
    return pattern_read(&host, name, len) < 0 ? -1 : trust_add_host(trust, &host);
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
    while (add_name(trust, name, strcspn(name, ",")) == 0) {
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

int trust_covers(const struct trust *trust, hoptls_msg msg, const hoptls_hop *hop, uint32_t index)
{
    size_t i = 0;
    if (index < trust->hops) {
        return 1;
    }
    while (i < trust->count && pattern_match(&trust->hosts[i], msg.ptr + hop->by.off, hop->by.len) == 0) {
        i++;
    }
    return i < trust->count;
}
