#include "pattern.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

int pattern_read(struct pattern *pattern, const char *text, size_t len)
{
    static const char no_host[] = " \t\r\n\"'()<>;@/\\";
    if (len == 0 || strcspn(text, no_host) < len || (len == 1 && text[0] == '.')) {
        return -1;
    }
    pattern->name = text;
    pattern->len = len;
    return 0;
}

/* A name may end with the dot of the root (RFC 1034 section 3.1). */
static size_t without_root(const char *name, size_t len)
{
    return len > 0 && name[len - 1] == '.' ? len - 1 : len;
}

size_t pattern_match(const struct pattern *pattern, const void *host, size_t len)
{
    const char *name = host;
    const char *text = pattern->name;
    size_t rest = without_root(name, len);
    size_t size = pattern->len;
    int domain = size > 0 && text[0] == '.';
    text += domain;
    size -= (size_t)domain;
    if (size == 0 || rest < size || strncasecmp(name + rest - size, text, size) != 0) {
        return 0;
    }
    return rest == size || (domain && name[rest - size - 1] == '.') ? size : 0;
}

int pattern_same(const struct pattern *a, const struct pattern *b)
{
    return a->len == b->len && strncasecmp(a->name, b->name, a->len) == 0;
}

/* ---- Networks ---- */

static uint8_t bits_of_family(uint8_t family)
{
    return family == 4 ? 32 : 128;
}

static int read_address(struct network *network, const char *text, size_t len)
{
    char address[INET6_ADDRSTRLEN];
    if (len >= sizeof address) {
        return -1;
    }
    memcpy(address, text, len);
    address[len] = '\0';
    memset(network, 0, sizeof *network);
    network->family = memchr(address, ':', len) != NULL ? 6 : 4;
    network->bits = bits_of_family(network->family);
    return inet_pton(network->family == 6 ? AF_INET6 : AF_INET, address, network->byte) == 1 ? 0 : -1;
}

/* A number of one to three digits that does not begin with an idle 0. */
static int read_bits(struct network *network, const char *text, size_t len)
{
    unsigned bits = 0;
    if (len == 0 || len > 3 || (len > 1 && text[0] == '0')) {
        return -1;
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        bits = bits * 10 + (unsigned)(text[i] - '0');
    }
    if (bits > network->bits) {
        return -1;
    }
    network->bits = (uint8_t)bits;
    return 0;
}

/* Of byte `i`, the bits that the prefix covers. */
static uint8_t mask_of(const struct network *network, unsigned i)
{
    unsigned before = i * 8;
    unsigned covered = network->bits > before ? network->bits - before : 0;
    return covered >= 8 ? 0xFF : (uint8_t)(0xFF00u >> covered & 0xFF);
}

static int is_clean(const struct network *network)
{
    for (unsigned i = 0; i < sizeof network->byte; i++) {
        if ((network->byte[i] & (0xFF ^ mask_of(network, i))) != 0) {
            return 0;
        }
    }
    return 1;
}

int network_read(struct network *network, const char *text, size_t len)
{
    const char *slash = memchr(text, '/', len);
    size_t size = slash != NULL ? (size_t)(slash - text) : len;
    if (read_address(network, text, size) < 0) {
        return -1;
    }
    if (slash != NULL && read_bits(network, slash + 1, len - size - 1) < 0) {
        return -1;
    }
    return is_clean(network) ? 0 : -1;
}

int network_covers(const struct network *network, const hoptls_addr *addr)
{
    if (network->family == 0 || network->family != addr->family) {
        return 0;
    }
    for (unsigned i = 0; i < bits_of_family(network->family) / 8u; i++) {
        if ((addr->byte[i] & mask_of(network, i)) != network->byte[i]) {
            return 0;
        }
    }
    return 1;
}

int network_same(const struct network *a, const struct network *b)
{
    return a->family == b->family && a->bits == b->bits && memcmp(a->byte, b->byte, sizeof a->byte) == 0;
}
