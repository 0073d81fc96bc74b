/* Threads that take pieces of the work, and the order in which the pieces come back.
 *
 * A part of an mbox begins where its first separator seems to stand; where it truly stands is known when the part before is
 * done. Where the two differ - a message whose length tells that a separator is in its body lies across the border -
 * what was counted is taken back, and the part is read again. */
#ifndef HOPTLS_TOOLS_POOL_H
#define HOPTLS_TOOLS_POOL_H

#include "scan.h"

/* Null if there is no memory or no thread. */
struct pool *pool_open(struct scan *scan, unsigned jobs);

/* A piece to be filled; waits for one. Null if the scan ends. Then hand it over. */
struct piece *pool_piece(struct pool *pool);
void pool_hand(struct pool *pool, struct piece *piece);

/* Where the part behind the last one begins. After pool_wait_all alone. */
uint64_t pool_reached(const struct pool *pool);

/* Wait until all that was handed over is done; end the threads. */
void pool_wait_all(struct pool *pool);
void pool_close(struct pool *pool);

/* Wait until all pieces before the worker's are done. Returns 0, and `in_turn` is set; or -1: the worker must go no
 * further, as the scan ends or its part must be read again. */
int pool_wait(struct worker *worker);

#endif
