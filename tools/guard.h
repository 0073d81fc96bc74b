/* A mapped file that shrinks while it is read: the pages that it lost read as zeros, and it is told of. */
#ifndef HOPTLS_TOOLS_GUARD_H
#define HOPTLS_TOOLS_GUARD_H

/* Once for the process; then around what reads a mapping, in the thread that does. guard_end returns 1 if pages were
 * missing. */
void guard_install(void);
void guard_begin(void);
int guard_end(void);

#endif
