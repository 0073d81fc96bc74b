/* How far a scan came, so that another call goes on from there. The state is the file of its results, with positions: how
 * many files are done, how far into the next one, and of files that were cut how many messages. */
#ifndef HOPTLS_TOOLS_STATE_H
#define HOPTLS_TOOLS_STATE_H

#include "digest.h"
#include "results.h"

struct state;

/* `call` and `outlets` tell the call apart from others: a state is for the same paths, and for the same lines and tables.
 * Null if there is no memory. */
struct state *state_open(const char *path, const char *call, const char *outlets);
void state_close(struct state *state);

/* Read it, if there is one: its sums go to `take_row`, what is listed to `take_listed`. Settings must be the same. Returns 0,
 * or -1, and what is wrong was said. */
int state_read(struct state *state, const struct lines_text *settings, void *to,
               int (*take_row)(void *to, const struct row *row),
               void (*take_listed)(void *to, const char *line, size_t len));

/* Whether an earlier call did anything; and came to the end. */
int state_has_begun(const struct state *state);
int state_is_finished(const struct state *state);

/* Whether the file with this number is done, and how far it is in bytes if it was read in parts; how many messages of it
 * were counted before. */
int state_is_done(const struct state *state, uint64_t index);
uint64_t state_offset(const struct state *state, uint64_t index);
uint64_t state_skip(const struct state *state, uint64_t index);

/* From any thread: the file was cut behind so many messages. */
void state_cut(struct state *state, uint64_t index, uint64_t messages);

/* So many files were handed out, and of the next so many bytes are done. */
void state_reach(struct state *state, uint64_t files, uint64_t offset);

/* So many bytes of the file of lines belong to what is done: what stands behind them was written by a call that was ended
 * before it could say so. As it was read, and to be written. */
uint64_t state_lines(const struct state *state);
void state_set_lines(struct state *state, uint64_t bytes);

/* The same of messages in tables. */
uint64_t state_rows(const struct state *state);
void state_set_rows(struct state *state, uint64_t rows);

/* What the path with this number led to so far: how many files, and a digest of their names, sizes and times. As it is
 * reached; returns -1 if there is no memory. As it was read: 0 if there is none. */
int state_set_input(struct state *state, size_t path, uint64_t files, const char *hex);
int state_input(const struct state *state, size_t path, uint64_t *files, const char **hex);

/* Whether it is time to write it, while the scan goes on; it was written, which took from `began` on. */
int state_is_due(const struct state *state);
void state_written(struct state *state, uint64_t began);

/* Milliseconds of a clock. */
uint64_t state_now(void);

void state_put(const struct state *state, struct output *out);

#endif
