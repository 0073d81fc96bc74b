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

/* The bytes of up to seven as one number. */
static inline uint64_t hash_few(const uint8_t *p, size_t len)
{
    uint32_t head = 0;
    uint32_t tail = 0;
    if (len >= sizeof head) {
        memcpy(&head, p, sizeof head);
        memcpy(&tail, p + len - sizeof tail, sizeof tail);
        return (uint64_t)head << 32 | tail;
    }
    return len > 0 ? (uint64_t)p[0] << 16 | (uint64_t)p[len / 2] << 8 | p[len - 1] : 0;
}

/* The last eight bytes are taken whole, whatever was taken of them before. */
static inline uint64_t hash_bytes(const void *bytes, size_t len)
{
    const uint8_t *p = bytes;
    uint64_t hash = len;
    uint64_t word;
    if (len < sizeof word) {
        return hash_mix(hash, hash_few(p, len));
    }
    for (size_t at = 0; at + sizeof word < len; at += sizeof word) {
        memcpy(&word, p + at, sizeof word);
        hash = hash_mix(hash, word);
    }
    memcpy(&word, p + len - sizeof word, sizeof word);
    return hash_mix(hash, word);
}

#endif
