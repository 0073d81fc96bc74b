/* What hoptls finds in messages, held against what was expected.
 *
 *     want FILE.eml...             prints what it finds, in the words of a .want file: for the writer to review
 *     want --show ROOT NAME        a case of the corpus: message, expectation, and what is found
 *     want --check ROOT [BELOW]    every case below ROOT, or those whose names begin with BELOW: what disagrees, then
 *                                  messages, hops and servers by folder
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_found(const uint8_t *ptr, size_t len)
{
    reading r = reading_of(ptr, len);
    text out = {NULL, 0, 0};

    want_print(&out, &r);
    fwrite(out.ptr, 1, out.len, stdout);
    text_free(&out);
    reading_free(&r);
}

static int print_files(char **path)
{
    for (; *path != NULL; path++) {
        blob file = blob_read(*path);
        print_found(file.ptr, file.len);
        blob_free(&file);
    }
    return EXIT_SUCCESS;
}

/* ---- one case ----------------------------------------------------------------------------------------- */

static int show(const char *root, const char *name)
{
    corpus all = corpus_below(root, 1);
    int found = 0;

    for (size_t i = 0; i < all.count; i++) {
        const corpus_case *one = &all.list[i];
        if (strcmp(one->name, name) == 0) {
            found = 1;
            fwrite(one->mail.ptr, 1, one->mail.len, stdout);
            printf("\n---- expected\n%.*s", (int)one->want.len, (const char *)one->want.ptr);
            printf("---- found\n");
            print_found(one->mail.ptr, one->mail.len);
        }
    }
    corpus_free(&all);
    if (!found) {
        fprintf(stderr, "want: %s: no such case\n", name);
    }
    return found ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- all of them -------------------------------------------------------------------------------------- */

#define MOST_FOLDERS 512
#define MOST_WRITERS 1024

typedef struct folder {
    char name[96];
    size_t messages;
    size_t hops;
    size_t disputed;
    size_t disagree;
    size_t servers;
    char seen[MOST_WRITERS]; /* 1 for each writer that was met */
} folder;

static folder folders[MOST_FOLDERS];
static size_t folder_count;

/* `wire/postfix` of `wire/postfix/header.mbox#plain`; found again, or new. */
static folder *folder_of(const char *name)
{
    const char *first = strchr(name, '/');
    const char *second = first != NULL ? strchr(first + 1, '/') : NULL;
    const char *end = second != NULL ? second : first != NULL ? first : name;
    char label[sizeof folders[0].name];

    snprintf(label, sizeof label, "%.*s", (int)(end - name), name);
    for (size_t i = 0; i < folder_count; i++) {
        if (strcmp(folders[i].name, label) == 0) {
            return &folders[i];
        }
    }
    if (folder_count == MOST_FOLDERS) {
        fprintf(stderr, "want: more than %d folders\n", MOST_FOLDERS);
        exit(EXIT_FAILURE);
    }
    memcpy(folders[folder_count].name, label, sizeof label);
    return &folders[folder_count++];
}

static void count_servers(folder *in, const reading *r)
{
    for (uint32_t i = 0; i < r->report.hops; i++) {
        uint16_t writer = r->hops[i].writer;
        const char *name = hoptls_writer_name(writer);
        size_t row = 0;
        /* rows of one server share a name: the first of them stands for all */
        while (row < writer && strcmp(hoptls_writer_name((uint32_t)row), name) != 0) {
            row++;
        }
        if (name[0] != '\0' && row < MOST_WRITERS && !in->seen[row]) {
            in->seen[row] = 1;
            in->servers++;
        }
    }
}

static void check_case(const corpus_case *one)
{
    folder *in = folder_of(one->name);
    reading r = reading_of(one->mail.ptr, one->mail.len);
    text why = {NULL, 0, 0};

    want_check((const char *)one->want.ptr, one->want.len, &r, &why);
    in->messages++;
    in->hops += r.report.hops;
    count_servers(in, &r);
    if (one->disputed.len > 0 && one->disputed.len == why.len &&
        memcmp(one->disputed.ptr, why.ptr, why.len) == 0) {
        in->disputed++;
    } else if (why.len > 0 || one->disputed.len > 0 || one->want.ptr == NULL) {
        in->disagree++;
        for (char *line = why.ptr; line != NULL && *line != '\0'; line = strchr(line, '\n') + 1) {
            printf("%s: %.*s\n", one->name, (int)(strchr(line, '\n') - line), line);
        }
    }
    text_free(&why);
    reading_free(&r);
}

static int check(const char *root, const char *below)
{
    corpus all = corpus_below(root, 1);
    folder sum = {"all", 0, 0, 0, 0, 0, {0}};
    static const char row[] = "%-32s %8zu %8zu %8zu %8zu %8zu\n";

    for (size_t i = 0; i < all.count; i++) {
        if (strncmp(all.list[i].name, below, strlen(below)) == 0) {
            check_case(&all.list[i]);
        }
    }
    printf("%-32s %8s %8s %8s %8s %8s\n", "folder", "messages", "hops", "servers", "disputed", "disagree");
    for (size_t i = 0; i < folder_count; i++) {
        const folder *f = &folders[i];
        printf(row, f->name, f->messages, f->hops, f->servers, f->disputed, f->disagree);
        sum.messages += f->messages;
        sum.hops += f->hops;
        sum.disputed += f->disputed;
        sum.disagree += f->disagree;
        for (size_t k = 0; k < MOST_WRITERS; k++) {
            sum.servers += f->seen[k] && !sum.seen[k];
            sum.seen[k] |= f->seen[k];
        }
    }
    printf(row, sum.name, sum.messages, sum.hops, sum.servers, sum.disputed, sum.disagree);
    corpus_free(&all);
    return sum.messages > 0 && sum.disagree == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    if (argc >= 3 && argc <= 4 && strcmp(argv[1], "--check") == 0) {
        return check(argv[2], argc == 4 ? argv[3] : "");
    }
    if (argc == 4 && strcmp(argv[1], "--show") == 0) {
        return show(argv[2], argv[3]);
    }
    if (argc < 2 || argv[1][0] == '-') {
        fprintf(stderr, "usage: want FILE... | --check ROOT [BELOW] | --show ROOT NAME\n");
        return EXIT_FAILURE;
    }
    return print_files(argv + 1);
}
