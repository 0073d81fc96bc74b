#include "hold.h"

#include "pool.h"
#include "scan.h"

#include <errno.h>
#include <stdlib.h>

/* What the output could not keep. In turn it goes on at once; else it is kept here, and when this is full, the thread
 * waits. If its part must be read again from another place, nothing of it has been told yet. */
static int take(void *to, const char *bytes, size_t len)
{
    struct hold *hold = to;
    if (!hold->worker->in_turn && hold->len + len > HOLD_ROOM && pool_wait(hold->worker) < 0) {
        return EAGAIN;
    }
    if (hold->worker->in_turn) {
        output_bytes(hold->to, hold->bytes, hold->len);
        output_bytes(hold->to, bytes, len);
        hold->len = 0;
    } else {
        memcpy(hold->bytes + hold->len, bytes, len);
        hold->len += len;
    }
    return hold->to->error;
}

int hold_open(struct hold *hold, struct worker *worker, struct output *to)
{
    output_begin(&hold->out, -1);
    hold->out.write = take;
    hold->out.to = hold;
    hold->to = to;
    hold->worker = worker;
    hold->len = 0;
    hold->bytes = malloc(HOLD_ROOM);
    return hold->bytes != NULL ? 0 : -1;
}

void hold_close(struct hold *hold)
{
    free(hold->bytes);
    hold->bytes = NULL;
}

void hold_release(struct hold *hold)
{
    if (hold->bytes != NULL) {
        output_flush(&hold->out);
        output_bytes(hold->to, hold->bytes, hold->len);
        hold->len = 0;
    }
}

void hold_drop(struct hold *hold)
{
    hold->len = 0;
    hold->out.len = 0;
    hold->out.error = 0;
}
