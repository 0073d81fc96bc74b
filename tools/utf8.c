#include "utf8.h"

#include <wchar.h>

/* The smallest character that may be written in so many bytes. */
static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};

static size_t length_by_first(uint8_t first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first < 0xE0) {
        return 2;
    }
    if (first >= 0xE0 && first < 0xF0) {
        return 3;
    }
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

size_t utf8_read(const uint8_t *p, size_t n, uint32_t *code)
{
    size_t len = length_by_first(p[0]);
    uint32_t value = len < 2 ? p[0] : p[0] & (0x7Fu >> len);
    if (len == 0 || len > n) {
        return 0;
    }
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0u) != 0x80u) {
            return 0;
        }
        value = value << 6 | (p[i] & 0x3Fu);
    }
    if (value < least[len] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
        return 0;
    }
    *code = value;
    return len;
}

struct range {
    uint32_t first;
    uint32_t last;
};

/* In order. */
static const struct range harmful[] = {
    {0x0000, 0x001F},   {0x007F, 0x009F},   {0x00AD, 0x00AD},    {0x034F, 0x034F}, {0x061C, 0x061C},
    {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},    {0x200B, 0x200F}, {0x2028, 0x202F},
    {0x205F, 0x206F},   {0x2800, 0x2800},   {0x3164, 0x3164},    {0xE000, 0xF8FF}, {0xFDD0, 0xFDEF},
    {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},    {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF},
    {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0x10FFFF},
};

int utf8_is_harmful(uint32_t code)
{
    size_t i = 0;
    size_t count = sizeof harmful / sizeof harmful[0];
    while (i < count && harmful[i].last < code) {
        i++;
    }
    return i < count && harmful[i].first <= code;
}

int utf8_cells(uint32_t code)
{
    if (utf8_is_harmful(code)) {
        return -1;
    }
    return code < 0x7F ? 1 : wcwidth((wchar_t)code);
}
