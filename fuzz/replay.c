/* A target as a plain program: runs it over files, over all files below folders, or over standard input, and prints how
 * many inputs there were. What a target finds ends the program, so that `ok` is printed for none that fails. */
#include "oracle.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static unsigned long inputs;

_Noreturn static void give_up(const char *name)
{
    perror(name);
    exit(99);
}

static void run_stream(FILE *in, const char *name)
{
    buffer b = {NULL, 0, 0};
    uint8_t chunk[4096];
    size_t n;
    hoptls_msg input;
    do {
        n = fread(chunk, 1, sizeof chunk, in);
        buffer_put(&b, chunk, n);
    } while (n == sizeof chunk);
    if (ferror(in)) {
        give_up(name);
    }
    input = exact_copy(b.ptr, b.len);
    buffer_free(&b);
    (void)LLVMFuzzerTestOneInput(input.ptr, input.len);
    exact_free(input);
    inputs++;
}

static void run_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        give_up(path);
    }
    if (getenv("REPLAY_NAMES") != NULL) {
        fprintf(stderr, "%s\n", path);
    }
    run_stream(in, path);
    fclose(in);
}

/* Sorted, so that two runs agree. */
static void run_path(const char *path);

static void run_entry(const char *folder, const char *name)
{
    buffer b = {NULL, 0, 0};
    buffer_add(&b, folder);
    buffer_add(&b, "/");
    buffer_add(&b, name);
    buffer_put(&b, (const uint8_t *)"", 1);
    run_path((const char *)b.ptr);
    buffer_free(&b);
}

static void run_folder(const char *path)
{
    struct dirent **entries = NULL;
    int n = scandir(path, &entries, NULL, alphasort);
    if (n < 0) {
        give_up(path);
    }
    for (int i = 0; i < n; i++) {
        if (entries[i]->d_name[0] != '.') {
            run_entry(path, entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
}

static void run_path(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0) {
        give_up(path);
    }
    if (S_ISDIR(about.st_mode)) {
        run_folder(path);
    } else {
        run_file(path);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        run_stream(stdin, "standard input");
    }
    for (int i = 1; i < argc; i++) {
        run_path(argv[i]);
    }
    printf("%lu passed, 0 failed\n", inputs); /* what fails aborts, with the input named above */
    return inputs > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
