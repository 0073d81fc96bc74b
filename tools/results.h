/* The results of a scan as a file: what they rest on, the sums, the messages that are listed. The form is documented in
 * README.md. Results of parts merge by adding up their sums. */
#ifndef HOPTLS_TOOLS_RESULTS_H
#define HOPTLS_TOOLS_RESULTS_H

#include "ledger.h"
#include "output.h"

/* A text of lines that grows. */
struct lines_text {
    char *text; /* "" is null */
    size_t len, room;
};

int lines_text_add(struct lines_text *lines, const char *line, size_t len);
void lines_text_free(struct lines_text *lines);

/* ---- Writing, in this order ---- */

/* `incomplete`: the scan did not read all. */
void results_begin(struct output *out, const struct lines_text *settings, const struct lines_text *inputs,
                   int incomplete);
void results_put_row(struct output *out, const struct row *row);
void results_put_listed(struct output *out, const char *line, size_t len);
void results_end(struct output *out);

/* Whether a row counts nothing, and is left out. */
int results_is_empty(const struct row *row);

/* ---- Reading ---- */

struct results;

/* Read as far as the first row. Null, and what is wrong was said with file and line. */
struct results *results_open(const char *path);
void results_close(struct results *results);

const struct lines_text *results_settings(const struct results *results);
const struct lines_text *results_inputs(const struct results *results);

int results_are_incomplete(const struct results *results);

/* A row_source. */
int results_next(void *from, struct row *row);

/* Behind the rows: the next line that is listed, and then the next that tells a position, without their first words; valid
 * until the next call. Returns 1, 0 if there is none, -1 as above. */
int results_next_listed(struct results *results, char **line);
int results_next_position(struct results *results, char **line);

/* Say that the line read last is wrong. Returns -1. */
int results_refuse(const struct results *results, const char *words);

#endif
