/* A message of Outlook: a file that holds a tree of files ([MS-CFB]), which libgsf reads. Each property of the message is
 * a file in it, named by number and type ([MS-OXMSG]); one is the header that the message came with, as text. */
#include "outlook.h"

#include <fcntl.h>
#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>
#include <gsf/gsf-input-stdio.h>
#include <gsf/gsf-utils.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As text, in bytes. */
enum { HEADER_MOST = OUTLOOK_ROOM - OUTLOOK_ROOM / 8, BODY_MOST = OUTLOOK_ROOM / 8 - 4 };

/* PidTagTransportMessageHeaders and PidTagBody ([MS-OXPROPS]). */
static const char header_property[] = "007D";
static const char body_property[] = "1000";

/* Every message has it: its property stream ([MS-OXMSG]). */
static const char properties_name[] = "__properties_version1.0";

/* ---- Texts ---- */

/* Whether the tree names a file that begins so, be it readable or not. */
static int holds(GsfInfile *tree, const char *name)
{
    int found = 0;
    for (int i = 0; i < gsf_infile_num_children(tree) && !found; i++) {
        const char *child = gsf_infile_name_by_index(tree, i);
        found = child != NULL && strncmp(child, name, strlen(name)) == 0;
    }
    return found;
}

static GsfInput *open_property(GsfInfile *message, const char *number, const char *type, int *broken)
{
    char name[24];
    GsfInput *input;
    (void)snprintf(name, sizeof name, "__substg1.0_%s%s", number, type);
    input = gsf_infile_child_by_name(message, name);
    *broken |= input == NULL && holds(message, name);
    return input;
}

/* The first bytes of a file in the file, at most so many, and two zeros behind them. To be freed; null if unreadable. */
static uint8_t *read_first(GsfInput *input, size_t most, size_t *len)
{
    gsf_off_t size = gsf_input_size(input);
    uint8_t *bytes;
    *len = size > 0 && (uint64_t)size < most ? (size_t)size : most;
    *len = size > 0 ? *len : 0;
    bytes = calloc(1, *len + 2);
    if (bytes != NULL && *len > 0 && gsf_input_read(input, *len, bytes) == NULL) {
        free(bytes);
        bytes = NULL;
    }
    return bytes;
}

/* UTF-16 with the low byte first, as UTF-8, up to a zero, or to what is neither or too much, which sets `cut`. Returns how many
 * bytes were put at `to`. */
static size_t put_utf16(const uint8_t *bytes, size_t len, uint8_t *to, size_t most, int *cut)
{
    gunichar2 *units = calloc(len / 2 + 1, sizeof *units);
    glong good = 0;
    glong written = 0;
    gchar *text = NULL;
    if (units == NULL) {
        *cut = 1;
        return 0;
    }
    for (size_t i = 0; i < len / 2; i++) {
        units[i] = (gunichar2)(bytes[2 * i] | bytes[2 * i + 1] << 8);
    }
    g_free(g_utf16_to_utf8(units, (glong)(len / 2), &good, NULL, NULL));
    text = g_utf16_to_utf8(units, good, &good, &written, NULL);
    *cut |= text == NULL || units[good] != 0 || (size_t)written > most;
    if (text != NULL) {
        most = (size_t)written < most ? (size_t)written : most;
        memcpy(to, text, most);
    }
    free(units);
    g_free(text);
    return text != NULL ? most : 0;
}

static size_t put_bytes(const uint8_t *bytes, size_t len, uint8_t *to, size_t most)
{
    most = len < most ? len : most;
    memcpy(to, bytes, most);
    return most;
}

/* A property that is text: its type is 001F (PtypString), or 001E (PtypString8) in messages of old programs. Sets `cut`
 * where there is more of it, which is too much or broken. */
static size_t put_text(GsfInfile *message, const char *number, uint8_t *to, size_t most, int *cut)
{
    GsfInput *wide = open_property(message, number, "001F", cut);
    GsfInput *input = wide != NULL ? wide : open_property(message, number, "001E", cut);
    size_t limit = wide != NULL ? 2 * most : most;
    size_t len = 0;
    uint8_t *bytes;
    if (input == NULL) {
        return 0;
    }
    bytes = read_first(input, limit, &len);
    *cut |= bytes == NULL || gsf_input_size(input) > (gsf_off_t)limit;
    if (bytes != NULL) {
        len = wide != NULL ? put_utf16(bytes, len, to, most, cut) : put_bytes(bytes, len, to, most);
    }
    free(bytes);
    g_object_unref(input);
    return bytes != NULL ? len : 0;
}

/* ---- The message ---- */

/* Exchange writes a line of its own above the header. */
static size_t banner_end(const uint8_t *header, size_t len)
{
    static const char banner[] = "Microsoft Mail Internet Headers";
    const uint8_t *feed = len >= sizeof banner && memcmp(header, banner, sizeof banner - 1) == 0
                              ? memchr(header, '\n', len)
                              : NULL;
    return feed != NULL ? (size_t)(feed + 1 - header) : 0;
}

/* Its header and the beginning of its body, as they stand in a message on the wire. What was never sent has no header. */
static enum outlook put_message(GsfInfile *message, uint8_t *room, hoptls_msg *msg)
{
    static const uint8_t empty_line[] = {'\r', '\n', '\r', '\n'};
    int header_cut = 0;
    int body_cut = 0;
    size_t len = put_text(message, header_property, room, HEADER_MOST, &header_cut);
    size_t start = banner_end(room, len);
    while (len > start && (room[len - 1] == '\n' || room[len - 1] == '\r')) {
        len--;
    }
    len += put_bytes(empty_line, sizeof empty_line, room + len, sizeof empty_line);
    len += put_text(message, body_property, room + len, BODY_MOST, &body_cut);
    msg->ptr = room + start;
    msg->len = len - start;
    return header_cut ? OUTLOOK_CUT : OUTLOOK_READ;
}

/* Documents of other programs begin alike, but hold other files. */
static enum outlook read_tree(GsfInput *input, uint8_t *room, hoptls_msg *msg)
{
    GsfInfile *tree = gsf_infile_msole_new(input, NULL);
    enum outlook found = OUTLOOK_OTHER;
    if (tree == NULL) {
        return OUTLOOK_BROKEN;
    }
    if (holds(tree, properties_name)) {
        found = put_message(tree, room, msg);
    }
    g_object_unref(tree);
    return found;
}

/* ---- Where it lies ---- */

/* What libgsf says of a file that is broken, beside what is said here. */
static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *words, gpointer of)
{
    (void)domain;
    (void)level;
    (void)words;
    (void)of;
}

/* libgsf makes its types when they are first asked for, without a lock: two threads that open their first files at once crash
 * in it. Here one makes them all. */
static void prepare(void)
{
    g_log_set_default_handler(say_nothing, NULL);
    gsf_init();
}

static void prepare_once(void)
{
    static pthread_once_t prepared = PTHREAD_ONCE_INIT;
    (void)pthread_once(&prepared, prepare);
}

static enum outlook read_input(GsfInput *input, uint8_t *room, hoptls_msg *msg)
{
    enum outlook found;
    if (input == NULL) {
        return OUTLOOK_BROKEN;
    }
    found = read_tree(input, room, msg);
    g_object_unref(input);
    return found;
}

enum outlook outlook_bytes(const uint8_t *bytes, size_t len, uint8_t *room, hoptls_msg *msg)
{
    prepare_once();
    return read_input(gsf_input_memory_new(bytes, (gsf_off_t)len, FALSE), room, msg);
}

/* A descriptor of its own, at the beginning of the file. */
static FILE *open_again(int fd)
{
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    FILE *file = own >= 0 ? fdopen(own, "rb") : NULL;
    if (file == NULL && own >= 0) {
        close(own);
    }
    if (file != NULL && fseek(file, 0, SEEK_SET) != 0) {
        (void)fclose(file);
        file = NULL;
    }
    return file;
}

enum outlook outlook_file(int fd, uint8_t *room, hoptls_msg *msg)
{
    FILE *file = open_again(fd);
    enum outlook found;
    if (file == NULL) {
        return OUTLOOK_BROKEN;
    }
    prepare_once();
    found = read_input(gsf_input_stdio_new_FILE("-", file, TRUE), room, msg);
    (void)fclose(file);
    return found;
}

const char *outlook_remark(enum outlook found)
{
    switch (found) {
    case OUTLOOK_READ: return NULL;
    case OUTLOOK_CUT: return "a header of over 896 KiB, or broken; the rest of it was not read";
    case OUTLOOK_OTHER: return "a document, not a message";
    default: return "broken: no message of Outlook can be read from it";
    }
}
