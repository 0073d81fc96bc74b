/* What targets share that ask questions of the command's readers (tools/): a file that holds the input, and the complaints
 * that the readers made of it. Link these in the place of tools/complain.c. */
#ifndef HOPTLS_FUZZ_COMMAND_H
#define HOPTLS_FUZZ_COMMAND_H

#include "oracle.h"

/* The path of a file that holds just these bytes, until the next call with the same `slot`, 0 or 1. */
const char *file_with(int slot, const uint8_t *bytes, size_t size);

/* The bytes of that file as it is now, for whoever frees them. */
buffer file_bytes(int slot);

/* A descriptor of the file, emptied. */
int file_emptied(int slot);

/* How many complaints there were since the last call, and the last one's subject and words. */
typedef struct complaint {
    unsigned count;
    char subject[256];
    char words[512];
} complaint;

complaint complaints(void);

/* 0 after success and -1 after failure; a failure complains once, naming the file and a line that it has, success not at
 * all. */
void check_complaint(int status, const char *path, const uint8_t *bytes, size_t size);

/* The hops of a few messages, read and not yet routed; room for HOPS_MOST. */
enum { HOPS_MOST = 16 };

typedef struct sample {
    hoptls_msg msg;
    hoptls_hop hops[HOPS_MOST];
    uint32_t count;
} sample;

sample sample_hops(void);

#endif
