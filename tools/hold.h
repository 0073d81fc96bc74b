/* What a thread has to say before its turn comes: held back in memory, and where there is too much of it, the thread waits
 * for its turn. */
#ifndef HOPTLS_TOOLS_HOLD_H
#define HOPTLS_TOOLS_HOLD_H

#include "output.h"

struct worker;

enum { HOLD_ROOM = 1 << 20 };

struct hold {
    struct output out; /* writes here */
    struct output *to; /* what is held goes there */
    struct worker *worker;
    char *bytes;
    size_t len;
};

/* Returns 0, or -1 if there is no memory. */
int hold_open(struct hold *hold, struct worker *worker, struct output *to);
void hold_close(struct hold *hold);

/* In turn: let go of all that is held. Out of turn: forget it. */
void hold_release(struct hold *hold);
void hold_drop(struct hold *hold);

#endif
