#include "suffixes.h"

#include "hash.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TABLE_ROOM = 1 << 15, RULES_MOST = TABLE_ROOM / 2, NAME_ROOM = 512, PATH_ROOM = 4096 };

/* The end of a rule: some of its last labels. */
struct end {
    uint32_t at; /* in the text */
    uint32_t len;
    atomic_uint labels; /* of the registrable domain of names beneath it; 0: not yet asked for */
};

struct suffixes {
    char *text;
    size_t len;
    uint32_t count;
    struct end ends[TABLE_ROOM];
};

/* ---- Ends ---- */

/* Where the label before `end` begins. `hash` is that of what is behind, and takes the label in. */
static size_t label_start(const char *name, size_t end, uint64_t *hash)
{
    size_t at = end;
    while (at > 0 && name[at - 1] != '.') {
        at--;
        *hash = (*hash ^ (uint8_t)name[at]) * UINT64_C(0x100000001B3);
    }
    *hash = hash_mix(*hash, '.');
    return at;
}

/* The end of that name, or the free place where it would be. */
static struct end *find_end(struct suffixes *suffixes, uint64_t hash, const char *name, size_t len)
{
    size_t place = hash % TABLE_ROOM;
    struct end *end = &suffixes->ends[place];
    while (end->len != 0 && (end->len != len || memcmp(suffixes->text + end->at, name, len) != 0)) {
        place = (place + 1) % TABLE_ROOM;
        end = &suffixes->ends[place];
    }
    return end;
}

/* ---- The list's text ---- */

/* All ends of the rule at `at`. */
static void add_ends(struct suffixes *suffixes, size_t at, size_t len)
{
    const char *name = suffixes->text + at;
    uint64_t hash = 0;
    size_t start = len + 1;
    while (start > 0 && suffixes->count < RULES_MOST) {
        struct end *end;
        start = label_start(name, start - 1, &hash);
        end = find_end(suffixes, hash, name + start, len - start);
        if (end->len == 0) {
            end->at = (uint32_t)(at + start);
            end->len = (uint32_t)(len - start);
            suffixes->count++;
        }
    }
}

/* A rule stands at the start of a line, to the first blank, behind what marks it as an exception or as one for any name
 * beneath. */
static void add_line(struct suffixes *suffixes, size_t at, size_t end)
{
    const char *line = suffixes->text + at;
    size_t len = strcspn(line, " \t\r\n");
    size_t mark = line[0] == '!';
    if (len > 2 && line[0] == '*' && line[1] == '.') {
        mark = 2;
    }
    len = len < end - at ? len : end - at;
    if (len > mark && len - mark < NAME_ROOM && strncmp(line, "//", 2) != 0) {
        add_ends(suffixes, at + mark, len - mark);
    }
}

static void add_lines(struct suffixes *suffixes)
{
    size_t at = 0;
    while (at < suffixes->len) {
        size_t end = at + strcspn(suffixes->text + at, "\n");
        add_line(suffixes, at, end);
        at = end + 1;
    }
}

static int read_text(struct suffixes *suffixes, FILE *file, size_t size)
{
    suffixes->text = malloc(size + 1);
    if (suffixes->text == NULL) {
        return -1;
    }
    suffixes->len = fread(suffixes->text, 1, size, file);
    suffixes->text[suffixes->len] = '\0';
    return suffixes->len == size && memchr(suffixes->text, '\0', size) == NULL ? 0 : -1;
}

/* The text is called as the list is, but for its ending; and the list was made of it, which was later. */
static FILE *open_text(const char *list, size_t *size)
{
    static const char compiled[] = ".dafsa";
    char path[PATH_ROOM];
    struct stat of_list;
    struct stat of_text;
    size_t len = strlen(list);
    FILE *file;
    if (len < sizeof compiled || len >= sizeof path ||
        strcmp(list + len + 1 - sizeof compiled, compiled) != 0) {
        return NULL;
    }
    (void)snprintf(path, sizeof path, "%.*s.dat", (int)(len + 1 - sizeof compiled), list);
    file = fopen(path, "re");
    if (file != NULL &&
        (stat(list, &of_list) < 0 || fstat(fileno(file), &of_text) < 0 || !S_ISREG(of_text.st_mode) ||
         of_text.st_size > INT32_MAX || of_text.st_mtime > of_list.st_mtime)) {
        (void)fclose(file);
        return NULL;
    }
    *size = file != NULL ? (size_t)of_text.st_size : 0;
    return file;
}

struct suffixes *suffixes_open(const char *list)
{
    size_t size = 0;
    FILE *file = list != NULL ? open_text(list, &size) : NULL;
    struct suffixes *suffixes = file != NULL ? calloc(1, sizeof *suffixes) : NULL;
    if (suffixes != NULL && read_text(suffixes, file, size) == 0) {
        add_lines(suffixes);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    if (suffixes != NULL && (suffixes->count == 0 || suffixes->count >= RULES_MOST)) {
        suffixes_close(suffixes);
        return NULL;
    }
    return suffixes;
}

void suffixes_close(struct suffixes *suffixes)
{
    if (suffixes != NULL) {
        free(suffixes->text);
        free(suffixes);
    }
}

/* ---- Names ---- */

/* Of a name that is one label longer than the end of a rule: a label more, which is in no rule, shows what any name beneath
 * has. */
static unsigned ask_beneath(const psl_ctx_t *list, suffixes_ask *ask, const char *name)
{
    char longer[NAME_ROOM + 3];
    (void)snprintf(longer, sizeof longer, "-.%s", name);
    return ask(list, longer);
}

static unsigned labels_beneath(struct end *end, const psl_ctx_t *list, suffixes_ask *ask, const char *name)
{
    unsigned labels = atomic_load_explicit(&end->labels, memory_order_relaxed);
    if (labels == 0) {
        labels = ask_beneath(list, ask, name);
        atomic_store_explicit(&end->labels, labels, memory_order_relaxed);
    }
    return labels;
}

unsigned suffixes_labels(struct suffixes *suffixes, const psl_ctx_t *list, suffixes_ask *ask,
                         const char *name, size_t len)
{
    struct end *longest = NULL;
    uint64_t hash = 0;
    size_t start = len + 1;
    while (start > 0) {
        struct end *end;
        start = label_start(name, start - 1, &hash);
        end = find_end(suffixes, hash, name + start, len - start);
        if (end->len == 0) {
            return longest != NULL ? labels_beneath(longest, list, ask, name + start) : 0;
        }
        longest = end;
    }
    return 0;
}
