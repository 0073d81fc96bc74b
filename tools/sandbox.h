/* What the command gives up before it reads the mail of strangers: once it is in the sandbox, a fault in a parser has
 * nothing to work with but the inputs that were named and the outputs that are open. */
#ifndef HOPTLS_TOOLS_SANDBOX_H
#define HOPTLS_TOOLS_SANDBOX_H

#include <stddef.h>

/* What is still to be opened. Names that do not exist, and `-`, are passed over. */
struct sandbox_paths {
    char *const *read; /* files, and folders with all beneath them */
    size_t read_count;
    char *const *write; /* files to be made: their folders may be written in */
    size_t write_count;
    const char *scratch; /* a folder of our own, empty, to be written in and removed at the end; or null */
    int threads;         /* 1: threads will be started */
};

/* Enter it, for good. What is open stays open. Call once, before the first thread. Where the kernel lacks a part, the
 * other parts hold. Returns 0, or -1 if memory ran out. */
int sandbox_enter(const struct sandbox_paths *paths);

#endif
