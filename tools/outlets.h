/* The files that a scan writes: what stands at their names, before anything is read or written. */
#ifndef HOPTLS_TOOLS_OUTLETS_H
#define HOPTLS_TOOLS_OUTLETS_H

#include "options.h"

/* Nothing that hoptls did not write is overwritten, no input, and no output by another; what is not to be replaced - a FIFO,
 * a device, what the shell opened - is opened here, to be written as it is; a link's name becomes that of its file. Call it
 * before the sandbox, which shows no more than is needed later. Returns 0, or -1, and what is wrong was said. */
int outlets_open(struct options *options);
void outlets_close(struct options *options);

#endif
