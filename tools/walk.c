#include "walk.h"

#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef WALK_ROOM
#define WALK_ROOM (1 << 20)
#endif

/* Folders in folders; each takes a descriptor. */
enum { DEPTH_MOST = 64, NAMES_ROOM = WALK_ROOM, PATH_ROOM = 8192 };

/* ---- Folders ---- */

static struct folder *open_folder(int at, const char *name, const char *path)
{
    size_t len = strlen(path);
    struct folder *folder = malloc(sizeof *folder + len + 1);
    if (folder == NULL) {
        return NULL;
    }
    folder->fd = files_read_folder(at, name);
    if (folder->fd < 0) {
        free(folder);
        return NULL;
    }
    atomic_init(&folder->users, 1);
    folder->maildir = 0;
    memcpy(folder->path, path, len + 1);
    return folder;
}

void folder_release(struct folder *folder)
{
    if (folder != NULL && atomic_fetch_sub(&folder->users, 1) == 1) {
        close(folder->fd);
        free(folder);
    }
}

static int has_folder(const struct folder *folder, const char *name)
{
    struct stat about;
    return fstatat(folder->fd, name, &about, 0) == 0 && S_ISDIR(about.st_mode);
}

static int is_maildir(const struct folder *folder)
{
    return has_folder(folder, "cur") && has_folder(folder, "new");
}

/* ---- Names that hold no mail ---- */

static int is_number(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* What mail programs keep beside the messages; and what MH has removed. */
static int is_bookkeeping(const char *name)
{
    static const char *const heads[] = {"dovecot",      "courierimap", "maildirfolder", "maildirsize",
                                        ".mh_",         ".xmhcache",   "subscriptions", ".DS_Store",
                                        ".uidvalidity", ".notmuch"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        if (strncmp(name, heads[i], strlen(heads[i])) == 0) {
            return 1;
        }
    }
    return (name[0] == ',' || name[0] == '#') && is_number(name + 1);
}

/* ---- The entries of a folder ---- */

struct visit {
    const struct finds *finds;
    struct folder *folder;
    unsigned depth;
    int maildir; /* 1: the folder is one; 2: its files are messages */
};

static int walk_folder(const struct finds *finds, int at, const char *name, const char *path, unsigned depth,
                       int messages);

static const char *why_not(const struct stat *about)
{
    switch (about->st_mode & S_IFMT) {
    case S_IFIFO: return "a FIFO; skipped";
    case S_IFSOCK: return "a socket; skipped";
    case S_IFCHR:
    case S_IFBLK: return "a device; skipped";
    default: return "no file; skipped";
    }
}

static int visit_folder(const struct visit *visit, const char *name, const char *path)
{
    int messages = visit->maildir == 1 && (strcmp(name, "cur") == 0 || strcmp(name, "new") == 0);
    if (visit->maildir == 1 && strcmp(name, "tmp") == 0) {
        return 0; /* on their way in; none is delivered yet */
    }
    return walk_folder(visit->finds, visit->folder->fd, name, path, visit->depth + 1, messages);
}

/* Whether `target`, a path without links, is what the user named with `path`, or lies beneath it. */
static int lies_in(const char *path, const char *target)
{
    char *real = realpath(path, NULL);
    size_t len = real != NULL ? strlen(real) : 0;
    int lies = real != NULL && strncmp(target, real, len) == 0 &&
               (target[len] == '\0' || target[len] == '/' || real[len - 1] == '/');
    free(real);
    return lies;
}

/* What a link leads to is read where it lies, if it was named; if not, the sandbox would not let it be opened. */
static void tell_link(const struct visit *visit, const char *path)
{
    const struct finds *finds = visit->finds;
    char *target = realpath(path, NULL);
    int lies = 0;
    if (target == NULL) {
        finds->trouble(finds->to, path, strerror(errno));
        return;
    }
    for (int i = 0; i < finds->count && !lies; i++) {
        lies = lies_in(finds->paths[i], target);
    }
    free(target);
    if (!lies) {
        finds->skip(finds->to, path, "a symbolic link out of what was named; skipped: name its target");
    }
}

static int visit_other(const struct visit *visit, const char *name, const char *path)
{
    struct stat about;
    if (fstatat(visit->folder->fd, name, &about, AT_SYMLINK_NOFOLLOW) < 0) {
        visit->finds->trouble(visit->finds->to, path, strerror(errno));
        return 0;
    }
    if (S_ISDIR(about.st_mode)) {
        return visit_folder(visit, name, path);
    }
    if (S_ISLNK(about.st_mode)) {
        tell_link(visit, path);
        return 0;
    }
    if (!S_ISREG(about.st_mode)) {
        visit->finds->skip(visit->finds->to, path, why_not(&about));
        return 0;
    }
    return visit->maildir == 1
               ? 0
               : visit->finds->file(visit->finds->to, visit->folder, name, path, (int64_t)about.st_size);
}

/* The message files of a Maildir are many: no more is asked of the system than must be. */
static int visit_entry(const struct visit *visit, const char *name, unsigned char type)
{
    char path[PATH_ROOM];
    if (is_bookkeeping(name)) {
        return 0;
    }
    (void)snprintf(path, sizeof path, "%s/%s", visit->folder->path, name);
    if (visit->maildir == 2 && type == DT_REG && !visit->finds->want_size) {
        return visit->finds->file(visit->finds->to, visit->folder, name, path, -1);
    }
    return visit_other(visit, name, path);
}

static int is_dots(const char *name)
{
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

static int visit_as_they_come(const struct visit *visit, DIR *dir)
{
    const struct dirent *entry;
    int status = 0;
    while (status == 0 && (entry = readdir(dir)) != NULL) {
        status = is_dots(entry->d_name) ? 0 : visit_entry(visit, entry->d_name, entry->d_type);
    }
    return status;
}

/* ---- In the order of their names, in bounded memory ---- */

/* The first names behind `last`, as many as there is room for; a folder with more is read again from the last one of
 * them. Each name has its type in front. */
struct names {
    char *bytes;
    size_t len;
    const char **name;
    size_t count;
    size_t room;
    char last[256];
    int cut; /* 1: names were left out, all of them behind those that are here */
    const char *limit;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a + 1, *(const char *const *)b + 1);
}

/* Keep the first half, moved together. */
static void halve(struct names *names)
{
    static const size_t least = 1;
    char *copy = malloc(NAMES_ROOM);
    size_t len = 0;
    qsort(names->name, names->count, sizeof *names->name, by_name);
    names->count = names->count / 2 > least ? names->count / 2 : least;
    names->cut = 1;
    for (size_t i = 0; copy != NULL && i < names->count; i++) {
        size_t size = strlen(names->name[i]) + 1;
        memcpy(copy + len, names->name[i], size);
        names->name[i] = names->bytes + len;
        len += size;
    }
    if (copy != NULL) {
        memcpy(names->bytes, copy, len);
        names->len = len;
        names->limit = names->name[names->count - 1];
    }
    free(copy);
}

static void add_name(struct names *names, const char *name, unsigned char type)
{
    size_t size = strlen(name) + 2;
    if (strcmp(name, names->last) <= 0 || (names->limit != NULL && strcmp(name, names->limit + 1) > 0)) {
        return;
    }
    if (names->count == names->room || names->len + size > NAMES_ROOM) {
        halve(names);
        add_name(names, name, type);
        return;
    }
    names->bytes[names->len] = (char)(type + 1);
    memcpy(names->bytes + names->len + 1, name, size - 1);
    names->name[names->count++] = names->bytes + names->len;
    names->len += size;
}

static void read_names(struct names *names, DIR *dir)
{
    const struct dirent *entry;
    names->len = 0;
    names->count = 0;
    names->cut = 0;
    names->limit = NULL;
    rewinddir(dir);
    while ((entry = readdir(dir)) != NULL) {
        if (!is_dots(entry->d_name)) {
            add_name(names, entry->d_name, entry->d_type);
        }
    }
    qsort(names->name, names->count, sizeof *names->name, by_name);
}

static int visit_names(const struct visit *visit, struct names *names)
{
    int status = 0;
    for (size_t i = 0; i < names->count && status == 0; i++) {
        status = visit_entry(visit, names->name[i] + 1, (unsigned char)(names->name[i][0] - 1));
    }
    if (names->count > 0) {
        (void)snprintf(names->last, sizeof names->last, "%s", names->name[names->count - 1] + 1);
    }
    return status;
}

static int visit_in_order(const struct visit *visit, DIR *dir)
{
    struct names names = {.room = NAMES_ROOM / 16};
    int status = 0;
    names.bytes = malloc(NAMES_ROOM);
    names.name = malloc(names.room * sizeof *names.name);
    if (names.bytes == NULL || names.name == NULL) {
        visit->finds->trouble(visit->finds->to, visit->folder->path, strerror(ENOMEM));
    } else {
        do {
            read_names(&names, dir);
            status = visit_names(visit, &names);
        } while (status == 0 && names.cut);
    }
    free(names.bytes);
    free(names.name);
    return status;
}

/* ---- A folder ---- */

static int visit_all(const struct visit *visit)
{
    int fd = fcntl(visit->folder->fd, F_DUPFD_CLOEXEC, 0);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    int status;
    if (dir == NULL) {
        visit->finds->trouble(visit->finds->to, visit->folder->path, strerror(errno));
        if (fd >= 0) {
            close(fd);
        }
        return 0;
    }
    status = visit->finds->sort ? visit_in_order(visit, dir) : visit_as_they_come(visit, dir);
    closedir(dir);
    return status;
}

static int walk_folder(const struct finds *finds, int at, const char *name, const char *path, unsigned depth,
                       int messages)
{
    struct folder *folder = depth < DEPTH_MOST ? open_folder(at, name, path) : NULL;
    struct visit visit = {finds, folder, depth, 0};
    int status = 0;
    if (folder == NULL) {
        finds->trouble(finds->to, path, depth < DEPTH_MOST ? strerror(errno) : "too deep; skipped");
        return 0;
    }
    folder->maildir = messages;
    visit.maildir = messages ? 2 : is_maildir(folder);
    status = visit_all(&visit);
    folder_release(folder);
    return status;
}

/* ---- What the user named ---- */

/* Descriptors that the shell opened: what they are is the user's choice. */
static int is_descriptor(const char *path)
{
    return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0 || strncmp(path, "/dev/fd/", 8) == 0;
}

/* A message folder may itself be named: /home/a/Maildir/cur. */
static int names_messages(const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    return len >= 4 && (memcmp(path + len - 4, "/cur", 4) == 0 || memcmp(path + len - 4, "/new", 4) == 0);
}

int walk_path(const struct finds *finds, const char *path)
{
    struct stat about;
    if (is_descriptor(path)) {
        return finds->file(finds->to, NULL, path, path, -1);
    }
    if (stat(path, &about) < 0) {
        finds->trouble(finds->to, path, strerror(errno));
        return 0;
    }
    if (S_ISDIR(about.st_mode)) {
        return walk_folder(finds, AT_FDCWD, path, path, 0, names_messages(path));
    }
    if (!S_ISREG(about.st_mode)) {
        finds->trouble(finds->to, path, why_not(&about));
        return 0;
    }
    return finds->file(finds->to, NULL, path, path, (int64_t)about.st_size);
}
