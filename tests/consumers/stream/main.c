/* Prints each message's verdict and its path, as the other programs do, but hands over field by field: what a mail server
 * does with the header of a message that it receives. */
#include "fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 20 };

/* The end of the line that begins at `at`, behind its line feed. */
static size_t line_end(const char *bytes, size_t at, size_t len)
{
    const char *feed = memchr(bytes + at, '\n', len - at);
    return feed == NULL ? len : (size_t)(feed - bytes) + 1;
}

static int is_empty_line(const char *line, size_t len)
{
    return len == 0 || line[0] == '\n' || (len > 1 && line[0] == '\r' && line[1] == '\n');
}

/* Hand over the field in [at, end); a line that is none is left out, as a server leaves it out. */
static void hand_over(fields *f, const char *bytes, size_t at, size_t end)
{
    const char *colon = memchr(bytes + at, ':', end - at);
    size_t name_len = colon == NULL ? 0 : (size_t)(colon - (bytes + at));
    size_t value = at + name_len + 1;
    char name[128];

    if (end > value && bytes[end - 1] == '\n') {
        end -= end > value + 1 && bytes[end - 2] == '\r' ? 2 : 1;
    }
    if (colon != NULL && name_len < sizeof name) {
        memcpy(name, bytes + at, name_len);
        name[name_len] = '\0';
        fields_add(f, name, bytes + value, end - value);
    }
}

static int answer(const char *path, char *bytes)
{
    hoptls_policy any;
    fields f;
    size_t len = 0;
    size_t at = 0;
    int status;
    FILE *in = fopen(path, "rb");

    if (in == NULL) {
        return -1;
    }
    len = fread(bytes, 1, ROOM, in);
    fclose(in);
    memset(&any, 0, sizeof any);
    fields_begin(&f, any);
    while (at < len && !is_empty_line(bytes + at, len - at)) {
        size_t end = line_end(bytes, at, len);
        while (end < len && (bytes[end] == ' ' || bytes[end] == '\t')) {
            end = line_end(bytes, end, len);
        }
        hand_over(&f, bytes, at, end);
        at = end;
    }
    status = fields_end(&f);
    if (status == 0) {
        printf("%s %s\n", hoptls_verdict_word(f.report.verdict), path);
    }
    fields_free(&f);
    return status;
}

int main(int argc, char **argv)
{
    char *bytes = malloc(ROOM);
    int status = bytes == NULL ? -1 : 0;

    for (int i = 1; i < argc && status == 0; i++) {
        status = answer(argv[i], bytes);
    }
    free(bytes);
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
