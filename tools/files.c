#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* O_NONBLOCK, so that a FIFO which nobody writes to is opened at once, and then refused. */
int files_read(int at, const char *name)
{
    return openat(at, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

int files_read_folder(int at, const char *name)
{
    return openat(at, name, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
}

static const char *temporary(void)
{
    const char *folder = getenv("TMPDIR");
    return folder != NULL && folder[0] != '\0' ? folder : "/tmp";
}

char *files_scratch(void)
{
    static const char name[] = "/hoptls.XXXXXX";
    const char *folder = temporary();
    size_t len = strlen(folder);
    char *path;
    path = malloc(len + sizeof name);
    if (path == NULL) {
        return NULL;
    }
    memcpy(path, folder, len);
    memcpy(path + len, name, sizeof name);
    if (mkdtemp(path) == NULL || setenv("TMPDIR", path, 1) < 0) {
        free(path);
        return NULL;
    }
    return path;
}

const char *files_who(const char *doing, int error)
{
    static char who[4200];
    if (error == ENOMEM) {
        return doing;
    }
    (void)snprintf(who, sizeof who, "%s, temporary files in %s", doing, temporary());
    return who;
}

FILE *files_spool(void)
{
    const char *folder = temporary();
    char path[4096];
    FILE *file;
    int fd;
    if (snprintf(path, sizeof path, "%s/hoptls.XXXXXX", folder) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    fd = mkstemp(path);
    if (fd < 0) {
        return NULL;
    }
    unlink(path);
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    file = fdopen(fd, "w+b");
    if (file == NULL) {
        close(fd);
    }
    return file;
}

int files_begin(struct made *made, const char *path)
{
    size_t len = strlen(path);
    made->path = path;
    made->part = malloc(len + sizeof ".part");
    if (made->part == NULL) {
        return -1;
    }
    memcpy(made->part, path, len);
    memcpy(made->part + len, ".part", sizeof ".part");
    return 0;
}

/* Whoever could not read the file that is replaced cannot read the new one. */
static void keep_mode(int fd, const struct stat *old)
{
    mode_t mode = old->st_mode & 0777;
    if (fchown(fd, old->st_uid, old->st_gid) < 0) {
        mode &= 0707;
    }
    (void)fchmod(fd, mode);
}

int files_create(const struct made *made)
{
    struct stat old;
    int replaces = stat(made->path, &old) == 0;
    int fd;
    if (unlink(made->part) < 0 && errno != ENOENT) {
        return -1;
    }
    fd = open(made->part, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY,
              replaces ? 0600 : 0666);
    if (fd >= 0 && replaces) {
        keep_mode(fd, &old);
    }
    return fd;
}

int files_again(const struct made *made)
{
    return open(made->part, O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
}

static int write_through(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int status = fd >= 0 ? fsync(fd) : -1;
    if (fd >= 0) {
        close(fd);
    }
    return status;
}

int files_finish(struct made *made)
{
    int status = write_through(made->part) < 0 || rename(made->part, made->path) < 0 ? -1 : 0;
    int error = errno;
    files_leave(made);
    errno = error;
    return status;
}

void files_leave(struct made *made)
{
    free(made->part);
    made->part = NULL;
}

void files_drop(struct made *made)
{
    if (made->part != NULL) {
        unlink(made->part);
    }
    files_leave(made);
}
