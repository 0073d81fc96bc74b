/* The command line. */
#ifndef HOPTLS_TOOLS_OPTIONS_H
#define HOPTLS_TOOLS_OPTIONS_H

#include "learn.h"
#include "results.h"
#include "scan.h"
#include "terminal.h"

enum action {
    ACTION_EXPLAIN,
    ACTION_LEARN,
    ACTION_MERGE,   /* counts of hoptls learn */
    ACTION_RECORDS, /* what they tell of servers */
    ACTION_SCAN,
    ACTION_MERGE_RESULTS, /* of hoptls scan */
    ACTION_HELP,
    ACTION_VERSION,
    ACTION_REFUSE
};

/* What a scan writes. */
enum outlet { OUTLET_LINES, OUTLET_TABLE, OUTLET_PAGE, OUTLET_RESULTS, OUTLET_STATE, OUTLETS };

struct options {
    enum action action;
    int json;
    enum colour_choice colour;
    struct request request;    /* all of it but the organisations and what was learned */
    struct profiles *profiles; /* null without --profile */
    struct counts counts;
    int learned;        /* 1: `counts` were given */
    int borrowed_trust; /* 1: the trust is that of the profiles, which own it */
    struct learn_rule rule;
    struct scan_options scan;
    struct lines_text settings;  /* what the verdicts of a scan rest on, a line each (results.h) */
    const char *policy_name;     /* "" without --policy */
    int outlet_fds[OUTLETS];     /* what is written as it is (outlets.h); else -1 */
    char *outlet_names[OUTLETS]; /* of files behind links; or null */
    int quiet_output;            /* 1: standard output is one of those, and takes nothing else */
    char **files;
    int file_count;
};

/* Read the command line. What is wrong with it is said in one line on standard error, and the action is
 * ACTION_REFUSE. */
void options_read(struct options *options, int argc, char **argv);
void options_free(struct options *options);

extern const char options_help[];

#endif
