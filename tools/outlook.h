/* A message as Outlook saves it (.msg): its text out of the file. */
#ifndef HOPTLS_TOOLS_OUTLOOK_H
#define HOPTLS_TOOLS_OUTLOOK_H

#include "hoptls.h"

#include <stdint.h>

/* Bytes of room that a message's text takes at most: less in the build of a fuzzer, whose inputs are small. */
#ifndef OUTLOOK_ROOM
#define OUTLOOK_ROOM (1 << 20)
#endif

enum outlook {
    OUTLOOK_READ,
    OUTLOOK_CUT,    /* read, but for the end of its header */
    OUTLOOK_OTHER,  /* no message, but a document of a program that writes files of this kind */
    OUTLOOK_BROKEN, /* nothing can be read from it */
    OUTLOOK_NEVER   /* this build reads none */
};

/* The header that the message came with and the beginning of its body, put into `room`, in which `msg` lies then. The file is
 * in memory, or open: then it is read from its beginning, and keeps in memory a hundredth of its size at most. */
enum outlook outlook_bytes(const uint8_t *bytes, size_t len, uint8_t *room, hoptls_msg *msg);
enum outlook outlook_file(int fd, uint8_t *room, hoptls_msg *msg);

/* What is to be said of it; null of OUTLOOK_READ. */
const char *outlook_remark(enum outlook found);

#endif
