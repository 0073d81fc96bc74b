/* The command line. */
#ifndef HOPTLS_TOOLS_OPTIONS_H
#define HOPTLS_TOOLS_OPTIONS_H

#include "terminal.h"
#include "trust.h"

enum action { ACTION_EXPLAIN, ACTION_HELP, ACTION_VERSION, ACTION_REFUSE };

struct options {
    enum action action;
    int json;
    enum colour_choice colour;
    hoptls_policy policy;
    struct trust trust;
    char **files;
    int file_count;
};

/* Read the command line. What is wrong with it is said in one line on standard error, and the action is
 * ACTION_REFUSE. */
void options_read(struct options *options, int argc, char **argv);
void options_free(struct options *options);

extern const char options_help[];

#endif
