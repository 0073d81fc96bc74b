#include "interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>

static atomic_int came;

static void on_signal(int number)
{
    came = number;
}

void interrupt_install(void)
{
    struct sigaction action;
    struct sigaction before;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = (int)SA_RESETHAND; /* and no SA_RESTART: what waits for input must wake */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN) { /* as nohup(1) has it */
        sigaction(SIGHUP, &action, NULL);
    }
}

int interrupt_came(void)
{
    return atomic_load_explicit(&came, memory_order_relaxed);
}
