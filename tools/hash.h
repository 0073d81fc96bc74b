/* A hash for tables in memory: nothing but speed hangs on it, as every table compares what it finds. */
#ifndef HOPTLS_TOOLS_HASH_H
#define HOPTLS_TOOLS_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t hash_mix(uint64_t hash, uint64_t word)
{
    uint64_t mixed = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return mixed ^ mixed >> 32;
}

static inline uint64_t hash_bytes(const void *bytes, size_t len)
{
    const uint8_t *p = bytes;
    uint64_t hash = len;
    uint64_t word = 0;
    while (len >= sizeof word) {
        memcpy(&word, p, sizeof word);
        hash = hash_mix(hash, word);
        p += sizeof word;
        len -= sizeof word;
    }
    word = 0;
    for (size_t i = 0; i < len; i++) {
        word = word << 8 | p[i];
    }
    return hash_mix(hash, word);
}

#endif
