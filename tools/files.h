/* The few places where the command opens files of an archive, and those that it writes. */
#ifndef HOPTLS_TOOLS_FILES_H
#define HOPTLS_TOOLS_FILES_H

#include <stdio.h>

/* Open for reading, in the folder `at` (AT_FDCWD: where the command runs). What is neither a regular file nor a pipe
 * that the user named is not waited for. Returns the descriptor, or -1 with errno. */
int files_read(int at, const char *name);
int files_read_folder(int at, const char *name);

/* Make a folder for temporary files in TMPDIR or /tmp, and make it TMPDIR. Returns its path, which the caller frees, or
 * null with errno. */
char *files_scratch(void);

/* A temporary file without a name, in TMPDIR or /tmp. Null with errno. */
FILE *files_spool(void);

/* Who fails: `doing`, and where temporary files lie if it is about them. Valid until the next call. */
const char *files_who(const char *doing, int error);

/* A file that has its name only when it is whole. */
struct made {
    const char *path; /* the caller's */
    char *part;       /* its name until then: PATH.part */
};

/* Name it. Returns 0, or -1 if there is no memory. */
int files_begin(struct made *made, const char *path);

/* Create it, with the mode of what it will replace; or go on with one that was left before. Each returns the descriptor, or
 * -1 with errno. */
int files_create(const struct made *made);
int files_again(const struct made *made);

/* Give it its name, with all that was written on the disk first. Returns 0, or -1 with errno. */
int files_finish(struct made *made);

/* Leave it as it is, or remove it. */
void files_leave(struct made *made);
void files_drop(struct made *made);

#endif
