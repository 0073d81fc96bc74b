#include "digest.h"

#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 256 << 10, DEPTH_MOST = 64, PATH_ROOM = 8192 };

void digest_write(const struct sha256_ctx *hash, char hex[DIGEST_ROOM])
{
    struct sha256_ctx copy = *hash;
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_digest(&copy, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        (void)snprintf(hex + 2 * i, 3, "%02x", sum[i]);
    }
}

static int hash_all(int fd, struct sha256_ctx *hash, uint64_t *bytes)
{
    uint8_t *chunk = malloc(CHUNK);
    ssize_t n = chunk != NULL ? 1 : -1;
    while (n > 0) {
        n = read(fd, chunk, CHUNK);
        if (n > 0) {
            sha256_update(hash, (size_t)n, chunk);
            *bytes += (uint64_t)n;
        } else if (n < 0 && errno == EINTR) {
            n = 1;
        }
    }
    free(chunk);
    return n < 0 ? -1 : 0;
}

int digest_file(int at, const char *name, char hex[DIGEST_ROOM], uint64_t *bytes)
{
    struct sha256_ctx hash;
    int fd = files_read(at, name);
    int status;
    if (fd < 0) {
        return -1;
    }
    sha256_init(&hash);
    status = hash_all(fd, &hash, bytes);
    close(fd);
    digest_write(&hash, hex);
    return status;
}

/* ---- A folder ---- */

static int no_dots(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* The byte at which two names part; behind the end of a folder's name, its slash. */
static int byte_at(const char *name, size_t at, int folder)
{
    if (name[at] != '\0') {
        return (unsigned char)name[at];
    }
    return folder ? '/' : 0;
}

/* In the order in which the whole paths sort: `a/b` stands behind `a.x` and before `a0`, so that a folder is compared as if
 * its slash were there. */
static int compare_names(const char *a, int a_folder, const char *b, int b_folder)
{
    size_t i = 0;
    while (a[i] != '\0' && a[i] == b[i]) {
        i++;
    }
    return byte_at(a, i, a_folder) - byte_at(b, i, b_folder);
}

static int by_path(const struct dirent **a, const struct dirent **b)
{
    return compare_names((*a)->d_name, (*a)->d_type == DT_DIR, (*b)->d_name, (*b)->d_type == DT_DIR);
}

static int hash_folder(const char *path, struct sha256_ctx *hash, uint64_t *bytes, unsigned depth);

/* As find -type f does: no links, no devices. */
static int hash_entry(const char *path, struct sha256_ctx *hash, uint64_t *bytes, unsigned depth)
{
    char hex[DIGEST_ROOM];
    struct stat about;
    if (lstat(path, &about) < 0) {
        return -1;
    }
    if (S_ISDIR(about.st_mode)) {
        return hash_folder(path, hash, bytes, depth + 1);
    }
    if (!S_ISREG(about.st_mode)) {
        return 0;
    }
    if (digest_file(AT_FDCWD, path, hex, bytes) < 0) {
        return -1;
    }
    sha256_update(hash, strlen(hex), (const uint8_t *)hex);
    sha256_update(hash, 2, (const uint8_t *)"  ");
    sha256_update(hash, strlen(path), (const uint8_t *)path);
    sha256_update(hash, 1, (const uint8_t *)"\n");
    return 0;
}

static int hash_folder(const char *path, struct sha256_ctx *hash, uint64_t *bytes, unsigned depth)
{
    struct dirent **names = NULL;
    int count = depth < DEPTH_MOST ? scandir(path, &names, no_dots, by_path) : -1;
    int status = count < 0 ? -1 : 0;
    for (int i = 0; i < count; i++) {
        char below[PATH_ROOM];
        int len = snprintf(below, sizeof below, "%s/%s", path, names[i]->d_name);
        if (len >= (int)sizeof below || hash_entry(below, hash, bytes, depth) < 0) {
            status = -1;
        }
        free(names[i]);
    }
    free(names);
    return status;
}

int digest_path(const char *path, char hex[DIGEST_ROOM], uint64_t *bytes)
{
    struct sha256_ctx hash;
    struct stat about;
    int status;
    *bytes = 0;
    if (stat(path, &about) < 0 || (!S_ISDIR(about.st_mode) && !S_ISREG(about.st_mode))) {
        return -1;
    }
    if (S_ISREG(about.st_mode)) {
        return digest_file(AT_FDCWD, path, hex, bytes);
    }
    sha256_init(&hash);
    status = hash_folder(path, &hash, bytes, 0);
    digest_write(&hash, hex);
    return status;
}
