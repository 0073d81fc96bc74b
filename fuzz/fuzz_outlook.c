/* Is a message of Outlook's kind (tools/outlook.c) read as it was written: its header without the banner, an empty line, its
 * body, up to what is no text; is the same found of any file in memory and on a disk, whatever the room held; does what comes
 * out lie in its room, and does what is no message, or broken, give none? The files are written here by libgsf, whole or
 * then damaged; or the input is the file.
 *
 * Input: byte 0 how (below), bytes 1 and 2 how many of the rest are the header; behind it is the body. */
#include "command.h"
#include "outlook.h"

#include <fcntl.h>
#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NO_HEADER = 1, NO_BODY = 2, WIDE = 4, NO_PROPERTIES = 8, DAMAGED = 16, RAW = 32 };

/* ---- writing -------------------------------------------------------------------------------------------- */

static void put_file(GsfOutfile *tree, const char *name, hoptls_msg bytes)
{
    GsfOutput *file = gsf_outfile_new_child(tree, name, FALSE);
    MUST(file != NULL && (bytes.len == 0 || gsf_output_write(file, bytes.len, bytes.ptr)) &&
             gsf_output_close(file),
         "a property is written");
    g_object_unref(file);
}

static void put_property(GsfOutfile *tree, const char *number, unsigned how, hoptls_msg bytes)
{
    char name[32];
    (void)snprintf(name, sizeof name, "__substg1.0_%s%s", number, (how & WIDE) != 0 ? "001F" : "001E");
    put_file(tree, name, bytes);
}

static buffer file_of(unsigned how, hoptls_msg header, hoptls_msg body)
{
    static const uint8_t properties[64] = {0};
    buffer b = {NULL, 0, 0};
    GsfOutput *out = gsf_output_memory_new();
    GsfOutfile *tree = gsf_outfile_msole_new(out);
    if ((how & NO_PROPERTIES) == 0) {
        put_file(tree, "__properties_version1.0", (hoptls_msg){properties, sizeof properties});
    }
    if ((how & NO_HEADER) == 0) {
        put_property(tree, "007D", how, header);
    }
    if ((how & NO_BODY) == 0) {
        put_property(tree, "1000", how, body);
    }
    MUST(gsf_output_close(GSF_OUTPUT(tree)), "a file is written");
    buffer_put(&b, gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(out)), (size_t)gsf_output_size(out));
    g_object_unref(tree);
    g_object_unref(out);
    return b;
}

/* Most of what leads through a file stands in its first part. */
static void damage(buffer *file, choices *c)
{
    static const uint8_t values[] = {0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF};
    static const uint32_t parts[] = {80, 512, 2048, UINT32_MAX};
    uint32_t times = 1 + choose(c, 8);
    while (times-- > 0) {
        uint32_t part = parts[choose(c, sizeof parts / sizeof parts[0])];
        uint32_t len = part < file->len ? part : (uint32_t)file->len;
        file->ptr[choose(c, len)] = values[choose(c, sizeof values)];
    }
    if (choose(c, 4) == 0) {
        file->len = choose(c, (uint32_t)file->len);
    }
}

/* ---- what ought to be read ------------------------------------------------------------------------------ */

static void put_utf8(buffer *b, uint32_t c)
{
    uint8_t bytes[4] = {(uint8_t)c, 0, 0, 0};
    size_t n = 1u + (c >= 0x80) + (c >= 0x800) + (c >= 0x10000);
    for (size_t i = n; i > 1; i--) {
        bytes[i - 1] = (uint8_t)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    if (n > 1) {
        bytes[0] = (uint8_t)((0xF00u >> n) | c);
    }
    buffer_put(b, bytes, n);
}

static uint32_t unit_at(hoptls_msg bytes, size_t i)
{
    return i + 1 < bytes.len ? (uint32_t)(bytes.ptr[i] | bytes.ptr[i + 1] << 8) : 0;
}

/* UTF-16 up to a zero, which ends a text, or to a half of a pair, which cuts it. */
static int put_wide(buffer *b, hoptls_msg bytes)
{
    size_t i = 0;
    uint32_t c;
    while ((c = unit_at(bytes, i)) != 0) {
        uint32_t low = unit_at(bytes, i + 2);
        if (c >= 0xD800 && c < 0xE000) {
            if (c >= 0xDC00 || low < 0xDC00 || low >= 0xE000) {
                return 1;
            }
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        put_utf8(b, c);
        i += 2;
    }
    return 0;
}

/* A property, in at most so many bytes. Returns 1 if there is more of it, or it is no text. */
static int put_text(buffer *b, unsigned how, hoptls_msg bytes, size_t most)
{
    size_t limit = (how & WIDE) != 0 ? 2 * most : most;
    size_t start = b->len;
    int cut = bytes.len > limit;
    bytes.len = cut ? limit : bytes.len;
    if ((how & WIDE) != 0) {
        cut |= put_wide(b, bytes);
    } else {
        buffer_put(b, bytes.ptr, bytes.len);
    }
    cut |= b->len - start > most;
    b->len = b->len - start > most ? start + most : b->len;
    return cut;
}

/* Without Exchange's banner, and with one empty line at its end. */
static void settle_header(buffer *b)
{
    static const char banner[] = "Microsoft Mail Internet Headers";
    size_t n = sizeof banner - 1;
    const uint8_t *feed = b->len > n && memcmp(b->ptr, banner, n) == 0 ? memchr(b->ptr, '\n', b->len) : NULL;
    size_t start = feed != NULL ? (size_t)(feed + 1 - b->ptr) : 0;
    while (b->len > start && (b->ptr[b->len - 1] == '\n' || b->ptr[b->len - 1] == '\r')) {
        b->len--;
    }
    if (start > 0) {
        memmove(b->ptr, b->ptr + start, b->len - start);
        b->len -= start;
    }
    buffer_add(b, "\r\n\r\n");
}

/* ---- what is read --------------------------------------------------------------------------------------- */

typedef struct answer {
    enum outlook found;
    hoptls_msg msg; /* a copy */
} answer;

/* Over a room that held `fill`, from memory or from a file. */
static answer answer_of(hoptls_msg file, uint8_t fill, int from_disk)
{
    static const uint8_t nothing[1] = {0};
    answer a = {OUTLOOK_NEVER, {nothing, 0}};
    uint8_t *room = malloc(OUTLOOK_ROOM);
    int fd = from_disk ? open(file_with(0, file.ptr, file.len), O_RDONLY) : -1;
    if (room == NULL || (from_disk && fd < 0)) {
        exit(99);
    }
    memset(room, fill, OUTLOOK_ROOM);
    a.found = from_disk ? outlook_file(fd, room, &a.msg) : outlook_bytes(file.ptr, file.len, room, &a.msg);
    if (a.found == OUTLOOK_READ || a.found == OUTLOOK_CUT) {
        MUST(a.msg.ptr >= room && a.msg.len <= OUTLOOK_ROOM - (size_t)(a.msg.ptr - room),
             "a message lies in its room");
        a.msg = exact_copy(a.msg.ptr, a.msg.len);
    } else {
        MUST(a.msg.ptr == nothing && a.msg.len == 0, "what is no message gives none");
        a.msg = exact_copy(nothing, 0);
    }
    MUST((outlook_remark(a.found) == NULL) == (a.found == OUTLOOK_READ),
         "what is not read whole is remarked");
    if (fd >= 0) {
        close(fd);
    }
    free(room);
    return a;
}

static int same_bytes(hoptls_msg a, hoptls_msg b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* The answer of all ways to read it. */
static answer check_file(hoptls_msg file)
{
    answer a = answer_of(file, 0x00, 0);
    for (int from_disk = 0; from_disk < 2; from_disk++) {
        answer other = answer_of(file, 0xFF, from_disk);
        MUST(other.found == a.found && same_bytes(other.msg, a.msg),
             "the same file, the same message, in memory and on a disk");
        exact_free(other.msg);
    }
    return a;
}

/* No words of a body become a field. */
static void check_hops(hoptls_msg msg)
{
    reading r = reading_of(msg.ptr, msg.len, NULL);
    MUST(r.report.hops == 0, "a message without a header has no hops");
    reading_free(&r);
}

static void check_written(unsigned how, hoptls_msg header, hoptls_msg body, hoptls_msg file)
{
    buffer text = {NULL, 0, 0};
    answer a = check_file(file);
    int cut = (how & NO_HEADER) == 0 && put_text(&text, how, header, OUTLOOK_ROOM - OUTLOOK_ROOM / 8);
    settle_header(&text);
    if ((how & NO_BODY) == 0) {
        (void)put_text(&text, how, body, OUTLOOK_ROOM / 8 - 4);
    }
    if ((how & NO_PROPERTIES) != 0) {
        MUST(a.found == OUTLOOK_OTHER, "a document is no message");
    } else {
        MUST(a.found == (cut ? OUTLOOK_CUT : OUTLOOK_READ), "a message that was written is read");
        MUST(same_bytes(a.msg, (hoptls_msg){text.ptr, text.len}), "a message is read as it was written");
        if ((how & NO_HEADER) != 0) {
            check_hops(a.msg);
        }
    }
    exact_free(a.msg);
    buffer_free(&text);
}

static void check_damaged(buffer *file, choices *c)
{
    hoptls_msg bytes;
    damage(file, c);
    bytes = exact_copy(file->ptr, file->len);
    exact_free(check_file(bytes).msg);
    exact_free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    choices c = choices_from(data, size);
    hoptls_msg header;
    hoptls_msg body;
    hoptls_msg bytes;
    buffer file;
    if (size < 3) {
        return 0;
    }
    header = (hoptls_msg){data + 3, (size_t)(data[1] | data[2] << 8) % (size - 2)};
    body = (hoptls_msg){header.ptr + header.len, size - 3 - header.len};
    if ((data[0] & RAW) != 0) {
        bytes = exact_copy(data + 3, size - 3);
        exact_free(check_file(bytes).msg);
        exact_free(bytes);
        return 0;
    }
    file = file_of(data[0], header, body);
    if ((data[0] & DAMAGED) != 0) {
        check_damaged(&file, &c);
    } else {
        bytes = exact_copy(file.ptr, file.len);
        check_written(data[0], header, body, bytes);
        exact_free(bytes);
    }
    buffer_free(&file);
    return 0;
}
