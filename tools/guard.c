#include "guard.h"

#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static _Thread_local volatile sig_atomic_t watching;
static _Thread_local volatile sig_atomic_t missing;
static uintptr_t page_size;

/* A page of zeros takes the place of the one that is gone. Where nobody reads a mapping, the fault is a real one. */
static void on_missing_page(int number, siginfo_t *info, void *context)
{
    uintptr_t page = (uintptr_t)info->si_addr & ~(page_size - 1);
    (void)context;
    if (watching && mmap((void *)page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
                         0) != MAP_FAILED) {
        missing = 1;
        return;
    }
    (void)signal(number, SIG_DFL);
}

void guard_install(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    action.sa_sigaction = on_missing_page;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGBUS, &action, NULL);
}

void guard_begin(void)
{
    missing = 0;
    watching = 1;
}

int guard_end(void)
{
    watching = 0;
    return missing;
}
