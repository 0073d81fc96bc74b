/* Finding a byte: most of the time that a header takes goes here, so that one loop is worth two twins. Which twin
 * serves is settled when the file is compiled, by what the target has: nothing is kept between calls and no flag
 * has to be set for this file alone. -DHOPTLS_PORTABLE asks for the plain loop. A wider twin goes the same way:
 * one more function of the same shape, and one more line in hoptls_find_byte. */
#include "internal.h"

#if defined(__SSE2__) && !defined(__FRAMAC__)
#define SCAN_SSE2
#include <emmintrin.h>
#endif

size_t hoptls_find_byte_portable(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
    size_t i = at;
    while (i < end && p[i] != byte) {
        i++;
    }
    HOPTLS_WORK(i - at + 1);
    return i;
}

#ifdef SCAN_SSE2
#define SCAN_BLOCK 16u

/* One bit for each of the sixteen bytes at `p` that is the wanted one, the first byte lowest. The copy is how C
 * reads a vector from an address of any alignment; compilers make it one load. */
static uint32_t matches(const uint8_t *p, __m128i wanted)
{
    __m128i block;
    memcpy(&block, p, sizeof block);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, wanted));
}

/* Only whole blocks are loaded, since the message may end where its memory ends. What is counted as work is what the
 * other twin would count, the bytes up to the one that was found, so that the count means the same everywhere. */
size_t hoptls_find_byte_sse2(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
    __m128i wanted = _mm_set1_epi8((char)byte);
    size_t i = at;
    uint32_t found = 0;

    while (end - i >= SCAN_BLOCK && (found = matches(p + i, wanted)) == 0) {
        i += SCAN_BLOCK;
    }
    HOPTLS_WORK(i - at);
    if (found == 0) {
        return hoptls_find_byte_portable(p, i, end, byte);
    }
    HOPTLS_WORK((uint32_t)__builtin_ctz(found) + 1);
    return i + (uint32_t)__builtin_ctz(found);
}
#endif

size_t hoptls_find_byte(const uint8_t *p, size_t at, size_t end, uint8_t byte)
{
#if defined(SCAN_SSE2) && !defined(HOPTLS_PORTABLE)
    return hoptls_find_byte_sse2(p, at, end, byte);
#else
    return hoptls_find_byte_portable(p, at, end, byte);
#endif
}
