/* Takes the command's place from within, as a fault in a parser would let an attacker do: preloaded, it is called in
 * the midst of reading a message, with a host name of that message, and tries what the sandbox is to deny. It tells on
 * standard error what became of each attempt, `denied` or `done`, and lets the command go on.
 *
 * BREAKIN_FOLDER is a folder that is no input, with a file `victim`; BREAKIN_INPUT the file that is read.
 * BREAKIN_KERNEL says what the kernel shall seem to lack: landlock, seccomp, both. */
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

int psl_str_to_utf8lower(const char *name, const char *encoding, const char *locale, char **lower);
int seccomp_load(void *filter);

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL ? value : "";
}

/* The function by that name which this file's own stands in front of; a pointer to it is put at `function`. */
static void find_real(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}

static pid_t parent; /* asked for while that is still allowed */

__attribute__((constructor)) static void look_around(void)
{
    parent = getppid();
}

/* ---- a kernel that lacks something ---- */

static int seems_to_lack(const char *part)
{
    const char *lacks = variable("BREAKIN_KERNEL");
    return strcmp(lacks, part) == 0 || strcmp(lacks, "both") == 0;
}

int seccomp_load(void *filter)
{
    int (*real)(void *);
    find_real("seccomp_load", &real);
    return seems_to_lack("seccomp") ? -EINVAL : real(filter);
}

long syscall(long number, ...)
{
    long (*real)(long, ...);
    long a[4];
    va_list arguments;
    find_real("syscall", &real);
    va_start(arguments, number);
    for (int i = 0; i < 4; i++) {
        a[i] = va_arg(arguments, long);
    }
    va_end(arguments);
    if (number == SYS_landlock_create_ruleset && seems_to_lack("landlock")) {
        errno = ENOSYS;
        return -1;
    }
    return real(number, a[0], a[1], a[2], a[3], 0L, 0L);
}

/* ---- attempts: each returns -1 with errno if it failed ---- */

static const char *beside(const char *name)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", variable("BREAKIN_FOLDER"), name);
    return path;
}

static long read_outside(void)
{
    return open(beside("victim"), O_RDONLY);
}

static long read_passwords(void)
{
    return open("/etc/passwd", O_RDONLY);
}

static long list_outside(void)
{
    return open("/etc", O_RDONLY | O_DIRECTORY);
}

static long read_memory_of_parent(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", (int)parent);
    return open(path, O_RDONLY);
}

static long make_file(void)
{
    return open(beside("made"), O_WRONLY | O_CREAT, 0600);
}

static long write_input(void)
{
    return open(variable("BREAKIN_INPUT"), O_WRONLY);
}

static long empty_input(void)
{
    return truncate(variable("BREAKIN_INPUT"), 0);
}

static long make_folder(void)
{
    return mkdir(beside("folder"), 0700);
}

static long rename_file(void)
{
    char from[4096];
    snprintf(from, sizeof from, "%s", beside("victim"));
    return rename(from, beside("renamed"));
}

static long remove_file(void)
{
    return unlink(beside("victim"));
}

static long change_mode(void)
{
    return chmod(beside("victim"), 0777);
}

static long write_inherited(void)
{
    return write(9, "x", 1);
}

static long make_tcp_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}

static long make_udp_socket(void)
{
    return socket(AF_INET6, SOCK_DGRAM, 0);
}

static long make_local_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0);
}

/* That nobody answers is no denial. */
static long connect_tcp(void)
{
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(9)};
    peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(8, (struct sockaddr *)&peer, sizeof peer);
}

static long start_process(void)
{
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    return child;
}

static long trace(void)
{
    return ptrace(PTRACE_SEIZE, parent, NULL, NULL);
}

static long signal_parent(void)
{
    return kill(parent, 0);
}

static long make_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? -1 : 0;
}

static long turn_into_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static long type_into_terminal(void)
{
    return ioctl(STDERR_FILENO, TIOCSTI, "x");
}

static long set_limit(void)
{
    struct rlimit limit = {0, 0};
    return setrlimit(RLIMIT_CORE, &limit);
}

static long set_up_ring(void)
{
    return syscall(SYS_io_uring_setup, 1L, 0L, 0L, 0L);
}

static long start_program(void)
{
    char *const arguments[] = {"echo", "attempt: start a program: done", NULL};
    fflush(NULL);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    return execv("/bin/echo", arguments);
}

static const struct attempt {
    const char *name;
    long (*act)(void);
} attempts[] = {
    {"read a file outside", read_outside},
    {"read the passwords", read_passwords},
    {"list a folder outside", list_outside},
    {"read the memory of the parent", read_memory_of_parent},
    {"make a file", make_file},
    {"write the input", write_input},
    {"empty the input", empty_input},
    {"make a folder", make_folder},
    {"change a mode", change_mode},
    {"rename a file", rename_file},
    {"remove a file", remove_file},
    {"write an inherited file", write_inherited},
    {"make a TCP socket", make_tcp_socket},
    {"make a UDP socket", make_udp_socket},
    {"make a local socket", make_local_socket},
    {"connect an inherited socket", connect_tcp},
    {"start a process", start_process},
    {"trace", trace},
    {"signal the parent", signal_parent},
    {"make code", make_code},
    {"turn data into code", turn_into_code},
    {"type into the terminal", type_into_terminal},
    {"set a limit", set_limit},
    {"set up a ring", set_up_ring},
    {"start a program", start_program}, /* comes last: if it may, that is the end */
};

static void break_in(void)
{
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        long result = attempts[i].act();
        int denied = result < 0 && (errno == EPERM || errno == EACCES);
        dprintf(STDERR_FILENO, "attempt: %s: %s\n", attempts[i].name, denied ? "denied" : "done");
    }
}

int psl_str_to_utf8lower(const char *name, const char *encoding, const char *locale, char **lower)
{
    static int done;
    int (*real)(const char *, const char *, const char *, char **);
    find_real("psl_str_to_utf8lower", &real);
    if (!done) {
        done = 1;
        break_in();
    }
    return real(name, encoding, locale, lower);
}
