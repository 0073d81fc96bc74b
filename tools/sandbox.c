/* Linux: no new privileges, resource limits, Landlock for the files, seccomp for the calls of the kernel. */
#define _GNU_SOURCE /* O_PATH */

#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

enum { FILES_MOST = 256 };

/* ---- Landlock: which files may be opened ---- */

/* Of interfaces that are younger than some headers. The kernel says how many of them it knows. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (UINT64_C(1) << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (UINT64_C(1) << 14)
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (UINT64_C(1) << 15)
#endif

/* struct landlock_ruleset_attr, as far as it has grown. */
struct ruleset {
    uint64_t files;
    uint64_t ports;  /* from interface 4: bind and connect of TCP */
    uint64_t scopes; /* from interface 6: sockets and signals of other processes */
};

static const uint64_t read_rights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t write_rights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                     LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                     LANDLOCK_ACCESS_FS_TRUNCATE;

/* Every right of the interface is asked for, so that every one is denied which no rule grants. */
static uint64_t rights_known(long interface)
{
    uint64_t rights = (UINT64_C(1) << 13) - 1;
    rights |= interface >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0;
    rights |= interface >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0;
    rights |= interface >= 5 ? LANDLOCK_ACCESS_FS_IOCTL_DEV : 0;
    return rights;
}

static size_t ruleset_size(long interface)
{
    size_t words = 1;
    words += interface >= 4 ? 1 : 0;
    words += interface >= 6 ? 1 : 0;
    return words * sizeof(uint64_t);
}

/* What is no folder takes the rights of files only. What has no place in a tree, a pipe from the shell for one, takes
 * none and needs none. */
static void allow(int rules, int fd, uint64_t rights)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
    struct stat about;
    if (fstat(fd, &about) == 0 && !S_ISDIR(about.st_mode)) {
        rule.allowed_access &=
            LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE;
    }
    (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

/* What cannot be opened here cannot be opened later either; whoever tries says why. */
static void allow_path(int rules, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd >= 0) {
        allow(rules, fd, rights);
        close(fd);
    }
}

static int allow_folder_of(int rules, const char *path, uint64_t rights)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    if (folder == NULL) {
        return -1;
    }
    allow_path(rules, folder, rights);
    free(folder);
    return 0;
}

static int allow_paths(int rules, const struct sandbox_paths *paths, uint64_t known)
{
    for (size_t i = 0; i < paths->read_count; i++) {
        allow_path(rules, paths->read[i], read_rights & known);
    }
    for (size_t i = 0; i < paths->write_count; i++) {
        if (allow_folder_of(rules, paths->write[i], write_rights & known) < 0) {
            return -1;
        }
    }
    if (paths->scratch != NULL) {
        allow_path(rules, paths->scratch, write_rights & known);
        return allow_folder_of(rules, paths->scratch, LANDLOCK_ACCESS_FS_REMOVE_DIR);
    }
    return 0;
}

static int restrict_files(const struct sandbox_paths *paths)
{
    long interface = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    struct ruleset ruleset = {.files = rights_known(interface), .ports = 3, .scopes = 3};
    long rules;
    int status;
    if (interface < 1) {
        return 0;
    }
    rules = syscall(SYS_landlock_create_ruleset, &ruleset, ruleset_size(interface), 0);
    if (rules < 0) {
        return 0;
    }
    status = allow_paths((int)rules, paths, ruleset.files);
    if (status == 0) {
        (void)syscall(SYS_landlock_restrict_self, (int)rules, 0);
    }
    close((int)rules);
    return status;
}

/* ---- seccomp: which calls the kernel still answers ---- */

/* Some have two names: that of the first 32-bit systems, and that of today. A name that a processor's table does not
 * have is passed over. */
static const char *const usual_calls[] = {
    "read", "readv", "pread64", "preadv", "close", "lseek", "_llseek",
    /* about files */
    "stat", "stat64", "lstat", "lstat64", "fstat", "fstat64", "newfstatat", "fstatat64", "statx", "fstatfs",
    "fstatfs64", "statfs", "statfs64", "access", "faccessat", "faccessat2", "readlink", "readlinkat",
    "getcwd", "getdents64", "getdents", "fadvise64", "fadvise64_64", "readahead", "fchdir",
    /* memory, but none that can be executed (below) */
    "munmap", "mremap", "madvise", "brk",
    /* time, signals, locks */
    "clock_gettime", "clock_gettime64", "clock_getres", "gettimeofday", "time", "nanosleep",
    "clock_nanosleep", "clock_nanosleep_time64", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
    "sigreturn", "sigaltstack", "restart_syscall", "futex", "futex_time64", "sched_yield",
    "sched_getaffinity", "poll", "ppoll", "ppoll_time64",
    /* about oneself */
    "getpid", "gettid", "getuid", "getuid32", "geteuid", "geteuid32", "getgid", "getgid32", "getegid",
    "getegid32", "getrusage", "sysinfo", "uname", "getrandom", "getrlimit", "ugetrlimit", "exit",
    "exit_group"};

static const char *const write_calls[] = {
    "write", "writev",    "pwrite64",  "pwritev",  "open",     "openat",    "ftruncate", "ftruncate64",
    "fsync", "fdatasync", "fallocate", "rename",   "renameat", "renameat2", "unlink",    "unlinkat",
    "rmdir", "fchmod",    "fchown",    "fchown32", "umask",    "flock"};

static const char *const thread_calls[] = {"set_robust_list", "rseq", "membarrier", "sched_setaffinity"};

static int add_rule(scmp_filter_ctx filter, uint32_t action, const char *name, unsigned count,
                    const struct scmp_arg_cmp *conditions)
{
    int call = seccomp_syscall_resolve_name(name);
    return call < 0 ? 0 : seccomp_rule_add_array(filter, action, call, count, conditions);
}

static int allow_calls(scmp_filter_ctx filter, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (add_rule(filter, SCMP_ACT_ALLOW, names[i], 0, NULL) < 0) {
            return -1;
        }
    }
    return 0;
}

/* The call, if the bits of `mask` in its argument number `at` are `bits`. */
static int allow_if(scmp_filter_ctx filter, const char *name, unsigned at, uint64_t mask, uint64_t bits)
{
    struct scmp_arg_cmp condition = {.arg = at, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = bits};
    return add_rule(filter, SCMP_ACT_ALLOW, name, 1, &condition);
}

/* An argument of 32 bits: the other half of the register is nobody's. */
static int allow_value(scmp_filter_ctx filter, const char *name, unsigned at, uint64_t value)
{
    return allow_if(filter, name, at, UINT32_MAX, value);
}

static int allow_memory(scmp_filter_ctx filter)
{
    static const char *const names[] = {"mmap", "mmap2", "mprotect"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (allow_if(filter, names[i], 2, PROT_EXEC, 0) < 0) {
            return -1;
        }
    }
    return 0;
}

/* A terminal is asked for its width, and no keystrokes are put into it. */
static int allow_questions(scmp_filter_ctx filter)
{
    static const uint64_t requests[] = {TIOCGWINSZ, TCGETS};
    static const uint64_t commands[] = {F_GETFL, F_GETFD, F_SETFD, F_DUPFD_CLOEXEC,
                                        F_GETLK, F_SETLK, F_SETLKW};
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        if (allow_value(filter, "ioctl", 1, requests[i]) < 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (allow_value(filter, "fcntl", 1, commands[i]) < 0 ||
            allow_value(filter, "fcntl64", 1, commands[i]) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Files are opened for reading, and standard output and standard error written. */
static int allow_reading(scmp_filter_ctx filter)
{
    const uint64_t changes = O_ACCMODE | O_CREAT | O_TRUNC;
    if (allow_if(filter, "open", 1, changes, O_RDONLY) < 0 ||
        allow_if(filter, "openat", 2, changes, O_RDONLY) < 0) {
        return -1;
    }
    for (uint64_t fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
        if (allow_value(filter, "write", 0, fd) < 0 || allow_value(filter, "writev", 0, fd) < 0) {
            return -1;
        }
    }
    return 0;
}

/* A thread is a process that shares all there is; any other process is not for us. Where the flags lie in memory the
 * filter cannot see them: the library is told that there is no such call, and takes the old one. */
static int allow_threads(scmp_filter_ctx filter)
{
    const uint64_t shared = 0x00010000 | 0x00000100; /* CLONE_THREAD, CLONE_VM */
    if (allow_if(filter, "clone", 0, shared, shared) < 0 ||
        add_rule(filter, SCMP_ACT_ERRNO(ENOSYS), "clone3", 0, NULL) < 0) {
        return -1;
    }
    return allow_calls(filter, thread_calls, sizeof thread_calls / sizeof thread_calls[0]);
}

/* Limits may be asked for, not set; a signal goes to oneself (abort). */
static int allow_self(scmp_filter_ctx filter)
{
    return allow_if(filter, "prlimit64", 2, UINT64_MAX, 0) < 0 ||
                   allow_value(filter, "tgkill", 0, (uint64_t)getpid()) < 0
               ? -1
               : 0;
}

static int allow_all(scmp_filter_ctx filter, const struct sandbox_paths *paths)
{
    if (allow_calls(filter, usual_calls, sizeof usual_calls / sizeof usual_calls[0]) < 0 ||
        allow_memory(filter) < 0 || allow_questions(filter) < 0 || allow_self(filter) < 0) {
        return -1;
    }
    if (paths->threads && allow_threads(filter) < 0) {
        return -1;
    }
    return paths->write_count > 0 || paths->scratch != NULL
               ? allow_calls(filter, write_calls, sizeof write_calls / sizeof write_calls[0])
               : allow_reading(filter);
}

/* A call that is not on the list fails, as one fails that the user may not make: libraries know how to go on. */
static int restrict_calls(const struct sandbox_paths *paths)
{
    int status;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL) {
        return -1;
    }
    status = allow_all(filter, paths);
    if (status == 0) {
        (void)seccomp_load(filter);
    }
    seccomp_release(filter);
    return status;
}

/* ---- the rest ---- */

/* No mail in core files, and no more open files than are of use. */
static void limit_resources(void)
{
    const struct rlimit none = {0, 0};
    struct rlimit files = {FILES_MOST, FILES_MOST};
    struct rlimit now;
    if (getrlimit(RLIMIT_NOFILE, &now) == 0 && now.rlim_max < FILES_MOST) {
        files = now;
    }
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

int sandbox_enter(const struct sandbox_paths *paths)
{
    limit_resources();
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return restrict_files(paths) < 0 || restrict_calls(paths) < 0 ? -1 : 0;
}
