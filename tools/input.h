/* The bytes of a file, a pipe or standard input, and the message in them. */
#ifndef HOPTLS_TOOLS_INPUT_H
#define HOPTLS_TOOLS_INPUT_H

#include "hoptls.h"

struct input {
    hoptls_msg msg;    /* the message: all of the file, or the first message of an mbox */
    size_t offset;     /* where it begins in the file */
    int is_mbox;       /* 1: the file is an mbox, and other messages follow */
    const char *error; /* why it could not be read, or null */

    void *bytes; /* all of the file, mapped or in memory of our own */
    size_t size;
    int mapped;
};

/* Read the file at `path`, `-` for standard input. Returns 0, or -1 with `error` set. */
int input_open(struct input *input, const char *path);
void input_close(struct input *input);

/* A mapped file that shrinks while it is read would end the program without a word: say why first. Call once. */
void input_guard(void);

#endif
