#include "outlets.h"

#include "complain.h"
#include "csv.h"
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 512 };

static const struct {
    const char *option;
    const char *kind;   /* of file */
    const char *begins; /* what hoptls writes there begins so */
    const char *mark;   /* and then has this at `mark_at`, or, if that is 0, somewhere in its head */
    size_t mark_at;
} outlets[OUTLETS] = {
    [OUTLET_LINES] = {"--json", "lines of hoptls", "{\"file\":\"", "", 0},
    [OUTLET_TABLE] = {"--sqlite", "tables of hoptls", "SQLite format 3", "hott", 68},
    [OUTLET_PAGE] = {"--html", "a page of hoptls", "<!DOCTYPE html>",
                     "<title>Was this mail carried over TLS?</title>", 0},
    [OUTLET_RESULTS] = {"--results", "results of hoptls", "hoptls-results ", "", 0},
    [OUTLET_STATE] = {"--resume", "a state of hoptls", "hoptls-results ", "", 0},
};

static const char **path_of(struct options *options, unsigned i)
{
    struct scan_options *scan = &options->scan;
    const char **const paths[OUTLETS] = {[OUTLET_LINES] = &scan->lines_path,
                                         [OUTLET_TABLE] = &scan->sqlite,
                                         [OUTLET_PAGE] = &scan->html,
                                         [OUTLET_RESULTS] = &scan->results,
                                         [OUTLET_STATE] = &scan->state};
    return paths[i];
}

static const char *option_of(const struct options *options, unsigned i)
{
    return i == OUTLET_LINES && options->scan.lines == LINES_CSV ? "--csv" : outlets[i].option;
}

/* `FILE: --html: WORDS`. */
static int refuse(const struct options *options, unsigned i, const char *path, const char *words)
{
    char text[512];
    (void)snprintf(text, sizeof text, "%s: %s", option_of(options, i), words);
    complain(path[0] != '\0' ? path : "\"\"", text);
    return -1;
}

/* ---- What stands there ---- */

static int begins(const char *head, size_t len, const char *with)
{
    return len >= strlen(with) && memcmp(head, with, strlen(with)) == 0;
}

static int has_mark(const char *head, size_t len, unsigned i)
{
    const char *mark = outlets[i].mark;
    size_t at = outlets[i].mark_at;
    if (at > 0) {
        return len >= at && begins(head + at, len - at, mark);
    }
    while (at + strlen(mark) <= len && memcmp(head + at, mark, strlen(mark)) != 0) {
        at++;
    }
    return at + strlen(mark) <= len;
}

/* An empty file may go, and one that such a call wrote. */
static int may_go(const struct options *options, unsigned i, const char *path)
{
    char head[HEAD];
    int fd = files_read(AT_FDCWD, path);
    ssize_t n = fd >= 0 ? pread(fd, head, sizeof head, 0) : -1;
    size_t len = n > 0 ? (size_t)n : 0;
    if (fd >= 0) {
        close(fd);
    }
    if (i == OUTLET_LINES && options->scan.lines == LINES_CSV) {
        return n == 0 || begins(head, len, CSV_BEGINS);
    }
    return n == 0 || (begins(head, len, outlets[i].begins) && has_mark(head, len, i));
}

static int refuse_stranger(const struct options *options, unsigned i, const char *path)
{
    char words[128];
    (void)snprintf(words, sizeof words, "is there, and is not %s; it is not overwritten", outlets[i].kind);
    return refuse(options, i, path, words);
}

/* The name that the file has until it is whole. What a scan left there that was killed may go. */
static int check_part(const struct options *options, unsigned i, const char *path)
{
    struct made made;
    struct stat about;
    int status = files_begin(&made, path) < 0 ? refuse(options, i, path, strerror(ENOMEM)) : 0;
    if (status == 0 && lstat(made.part, &about) == 0 &&
        (!S_ISREG(about.st_mode) || !may_go(options, i, made.part))) {
        status = refuse_stranger(options, i, made.part);
    }
    files_leave(&made);
    return status;
}

/* ---- Where it lies ---- */

/* The folder in which `path` lies or would lie, with nothing in it that is a link. Null with errno. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    char *real = folder != NULL ? realpath(folder, NULL) : NULL;
    free(folder);
    return real;
}

static int is_below(const char *path, const char *above)
{
    size_t len = strlen(above);
    return strncmp(path, above, len) == 0 &&
           (path[len] == '\0' || path[len] == '/' || (len > 0 && above[len - 1] == '/'));
}

static int lies_in(const char *where, const char *input)
{
    char *real = realpath(input, NULL);
    int lies = real != NULL && is_below(where, real);
    free(real);
    return lies;
}

static int is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The digest of a folder, and what a scan finds in it, would be those of the report too. */
static int check_input(const struct options *options, unsigned i, const struct stat *there,
                       const char *folder, const char *input)
{
    const char *path = *path_of((struct options *)(uintptr_t)options, i);
    struct stat about;
    int status = strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &about) : stat(input, &about);
    if (status < 0) {
        return 0;
    }
    if (there != NULL && is_same(there, &about)) {
        return refuse(options, i, path, "is to be read; it is not overwritten");
    }
    return options->action == ACTION_SCAN && S_ISDIR(about.st_mode) && lies_in(folder, input)
               ? refuse(options, i, path, "lies in a folder that is to be read; write it elsewhere")
               : 0;
}

static int check_inputs(const struct options *options, unsigned i, const struct stat *there,
                        const char *folder)
{
    int status = options->file_count == 0 ? check_input(options, i, there, folder, "-") : 0;
    for (int f = 0; f < options->file_count && status == 0; f++) {
        status = check_input(options, i, there, folder, options->files[f]);
    }
    return status;
}

/* ---- One and another ---- */

static int is_part_of(const char *name, const char *other)
{
    size_t len = strlen(other);
    return strncmp(name, other, len) == 0 && strcmp(name + len, ".part") == 0;
}

static int is_one_file(const char *a, const char *b)
{
    char *folders[2] = {folder_of(a), folder_of(b)};
    const char *name_a = strrchr(a, '/') != NULL ? strrchr(a, '/') + 1 : a;
    const char *name_b = strrchr(b, '/') != NULL ? strrchr(b, '/') + 1 : b;
    int one = folders[0] != NULL && folders[1] != NULL && strcmp(folders[0], folders[1]) == 0 &&
              (strcmp(name_a, name_b) == 0 || is_part_of(name_a, name_b) || is_part_of(name_b, name_a));
    free(folders[0]);
    free(folders[1]);
    return one;
}

static int check_others(struct options *options, unsigned i)
{
    const char *path = *path_of(options, i);
    for (unsigned other = 0; other < i; other++) {
        const char *its = *path_of(options, other);
        char words[64];
        if (its != NULL && options->outlet_fds[other] < 0 && is_one_file(path, its)) {
            (void)snprintf(words, sizeof words, "is the file of %s too", option_of(options, other));
            return refuse(options, i, path, words);
        }
    }
    return 0;
}

/* ---- A file ---- */

static int check_place(struct options *options, unsigned i, const struct stat *there)
{
    const char *path = *path_of(options, i);
    struct stat out;
    char *folder = folder_of(path);
    int status;
    if (folder == NULL || access(folder, W_OK | X_OK) < 0) {
        status = refuse(options, i, path, strerror(errno));
    } else if (there != NULL && fstat(STDOUT_FILENO, &out) == 0 && is_same(there, &out)) {
        status = refuse(options, i, path, "is standard output too");
    } else {
        status = check_inputs(options, i, there, folder);
    }
    free(folder);
    return status < 0 || check_others(options, i) < 0 ? -1 : 0;
}

/* With nothing at its name. */
static int check_new(struct options *options, unsigned i, int error)
{
    const char *path = *path_of(options, i);
    struct stat link;
    if (error != ENOENT || path[0] == '\0') {
        return refuse(options, i, path, strerror(error));
    }
    if (lstat(path, &link) == 0) {
        return refuse(options, i, path, "a symbolic link that leads nowhere");
    }
    return check_place(options, i, NULL) < 0 ? -1 : check_part(options, i, path);
}

static int check_old(struct options *options, unsigned i, const struct stat *there)
{
    const char **path = path_of(options, i);
    options->outlet_names[i] = realpath(*path, NULL);
    if (options->outlet_names[i] == NULL || access(*path, W_OK) < 0) {
        return refuse(options, i, *path, strerror(errno));
    }
    if (check_place(options, i, there) < 0) {
        return -1;
    }
    if (!may_go(options, i, *path)) {
        return refuse_stranger(options, i, *path);
    }
    struct stat link;
    if (lstat(*path, &link) == 0 && S_ISLNK(link.st_mode)) {
        *path = options->outlet_names[i];
    }
    return check_part(options, i, *path);
}

/* ---- What is written as it is ---- */

/* Which descriptor the name stands for, or -1. */
static int descriptor_of(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    if (strcmp(path, "/dev/stdout") == 0) {
        return STDOUT_FILENO;
    }
    if (strcmp(path, "/dev/stderr") == 0) {
        return STDERR_FILENO;
    }
    for (unsigned i = 0; i < 2; i++) {
        size_t len = strlen(folders[i]);
        if (strncmp(path, folders[i], len) == 0 && path[len] >= '0' && path[len] <= '9' &&
            strlen(path) < len + 5) {
            return (int)strtol(path + len, NULL, 10);
        }
    }
    return -1;
}

static int open_as_it_is(struct options *options, unsigned i)
{
    const char *path = *path_of(options, i);
    int fd = descriptor_of(path);
    if (i == OUTLET_TABLE || i == OUTLET_STATE) {
        return refuse(options, i, path, "takes a file, which can be read again");
    }
    options->quiet_output |= fd == STDOUT_FILENO;
    options->outlet_fds[i] =
        fd >= 0 ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return options->outlet_fds[i] >= 0 ? 0 : refuse(options, i, path, strerror(errno));
}

static int open_outlet(struct options *options, unsigned i)
{
    const char *path = *path_of(options, i);
    struct stat there;
    if (path == NULL) {
        return 0;
    }
    if (descriptor_of(path) >= 0) {
        return open_as_it_is(options, i);
    }
    if (stat(path, &there) < 0) {
        return check_new(options, i, errno);
    }
    if (S_ISREG(there.st_mode)) {
        return check_old(options, i, &there);
    }
    return S_ISDIR(there.st_mode) ? refuse(options, i, path, strerror(EISDIR)) : open_as_it_is(options, i);
}

int outlets_open(struct options *options)
{
    int status = 0;
    for (unsigned i = 0; i < OUTLETS; i++) {
        options->outlet_fds[i] = -1;
    }
    for (unsigned i = 0; i < OUTLETS && status == 0; i++) {
        status = open_outlet(options, i);
    }
    return status;
}

void outlets_close(struct options *options)
{
    for (unsigned i = 0; i < OUTLETS; i++) {
        free(options->outlet_names[i]);
    }
}
