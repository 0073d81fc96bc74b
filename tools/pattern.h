/* How a person writes hosts and networks: `mx.example.org`, `.example.org`, `192.0.2.0/24`. */
#ifndef HOPTLS_TOOLS_PATTERN_H
#define HOPTLS_TOOLS_PATTERN_H

#include "hoptls.h"

/* A host, or `.domain` for a domain and every host in it. Not ended by a NUL; the bytes are the caller's. */
struct pattern {
    const char *name;
    size_t len;
};

/* Returns 0, or -1 if `text` is no name of a host. */
int pattern_read(struct pattern *pattern, const char *text, size_t len);

/* How many bytes at the end of the name `host` the pattern covers, whatever the case of letters: all of it, or the
 * domain. 0 if it does not match. */
size_t pattern_match(const struct pattern *pattern, const void *host, size_t len);

/* The same bytes, whatever the case of letters. */
int pattern_same(const struct pattern *a, const struct pattern *b);

/* The addresses that begin with the same `bits` bits. */
struct network {
    uint8_t family; /* 4 or 6; 0: none */
    uint8_t bits;
    uint8_t byte[16];
};

/* `192.0.2.0/24`, `2001:db8::/32` (RFC 4632 section 3.1, RFC 4291 section 2.3), or one address. Returns 0, or -1 if
 * `text` is neither, or if bits behind the prefix are set: then one of the two is a slip of the pen. */
int network_read(struct network *network, const char *text, size_t len);

int network_covers(const struct network *network, const hoptls_addr *addr);
int network_same(const struct network *a, const struct network *b);

#endif
