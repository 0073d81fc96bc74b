#include "state.h"

#include "complain.h"
#include "line.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* To write a state takes the longer the more names there are; a twentieth of the time is spent on it at most. */
enum { WRITE_EVERY = 2000, SHARE = 20 };

struct cut {
    uint64_t index;
    uint64_t messages;
};

struct cuts {
    struct cut *cut;
    size_t count;
};

struct seen_input {
    uint64_t files;
    char hex[DIGEST_ROOM];
};

struct seen_inputs {
    struct seen_input *input;
    size_t count;
};

struct state {
    const char *path;
    const char *call, *outlets;
    int finished;
    pthread_mutex_t lock;
    uint64_t files, offset; /* as it was read, then as it is reached */
    uint64_t reached_files, reached_offset;
    uint64_t lines, rows;
    uint64_t due; /* when it is to be written next */
    struct cuts before, now;
    struct seen_inputs inputs_before, inputs_now;
};

struct state *state_open(const char *path, const char *call, const char *outlets)
{
    struct state *state = calloc(1, sizeof *state);
    if (state != NULL) {
        state->path = path;
        state->call = call;
        state->outlets = outlets;
        pthread_mutex_init(&state->lock, NULL);
    }
    return state;
}

void state_close(struct state *state)
{
    if (state != NULL) {
        pthread_mutex_destroy(&state->lock);
        free(state->before.cut);
        free(state->now.cut);
        free(state->inputs_before.input);
        free(state->inputs_now.input);
        free(state);
    }
}

static int add_cut(struct cuts *cuts, uint64_t index, uint64_t messages)
{
    struct cut *more = realloc(cuts->cut, (cuts->count + 1) * sizeof *more);
    if (more == NULL) {
        return -1;
    }
    cuts->cut = more;
    more[cuts->count++] = (struct cut){index, messages};
    return 0;
}

static const struct cut *find_cut(const struct cuts *cuts, uint64_t index)
{
    size_t i = 0;
    while (i < cuts->count && cuts->cut[i].index != index) {
        i++;
    }
    return i < cuts->count ? &cuts->cut[i] : NULL;
}

static int set_input(struct seen_inputs *inputs, size_t path, uint64_t files, const char *hex)
{
    if (path >= inputs->count) {
        struct seen_input *more = realloc(inputs->input, (path + 1) * sizeof *more);
        if (more == NULL) {
            return -1;
        }
        memset(more + inputs->count, 0, (path + 1 - inputs->count) * sizeof *more);
        inputs->input = more;
        inputs->count = path + 1;
    }
    inputs->input[path].files = files;
    (void)snprintf(inputs->input[path].hex, DIGEST_ROOM, "%s", hex);
    return 0;
}

int state_set_input(struct state *state, size_t path, uint64_t files, const char *hex)
{
    return set_input(&state->inputs_now, path, files, hex);
}

int state_input(const struct state *state, size_t path, uint64_t *files, const char **hex)
{
    if (path >= state->inputs_before.count) {
        return 0;
    }
    *files = state->inputs_before.input[path].files;
    *hex = state->inputs_before.input[path].hex;
    return 1;
}

static void put_inputs(struct output *out, const struct seen_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        output_word(out, "position\tinput\t");
        output_number(out, inputs->input[i].files);
        output_word(out, "\t");
        output_word(out, inputs->input[i].hex);
        output_word(out, "\n");
    }
}

/* ---- Reading ---- */

/* What it wrote must go on; what it did not write would lack what was read before. */
static int check_outlets(const struct state *state, char *outlets)
{
    char words[512];
    if (strcmp(outlets, state->outlets) == 0) {
        return 0;
    }
    (void)snprintf(words, sizeof words, "the state is that of a scan with%.400s, and must go on so",
                   outlets[0] != '\0' ? outlets : " neither lines nor tables");
    complain(state->path, words);
    return -1;
}

static int take_position(struct state *state, const struct results *results, char *line)
{
    char *column[3];
    uint64_t number[2] = {0, 0};
    unsigned count = line_split(line, column, 3);
    if (count == 2 && strcmp(column[0], "call") == 0) {
        return strcmp(column[1], state->call) == 0
                   ? 0
                   : results_refuse(results, "the state is that of a call with other paths");
    }
    if (count == 2 && strcmp(column[0], "outlets") == 0) {
        return check_outlets(state, column[1]);
    }
    if (count == 3 && strcmp(column[0], "input") == 0 && line_number(column[1], &number[0]) == 0) {
        return set_input(&state->inputs_before, state->inputs_before.count, number[0], column[2]);
    }
    if (count < 2 || count > 3 || line_number(column[1], &number[0]) < 0 ||
        (count == 3 && line_number(column[2], &number[1]) < 0)) {
        return results_refuse(results, "no position");
    }
    if (count == 2 && strcmp(column[0], "lines") == 0) {
        state->lines = number[0];
        return 0;
    }
    if (count == 2 && strcmp(column[0], "rows") == 0) {
        state->rows = number[0];
        return 0;
    }
    if (count == 3 && strcmp(column[0], "cut") == 0) {
        return add_cut(&state->before, number[0], number[1]);
    }
    if (count == 3 && strcmp(column[0], "reached") == 0) {
        state->files = number[0];
        state->offset = number[1];
        return 0;
    }
    return results_refuse(results, "no position");
}

static int read_all(struct state *state, struct results *results, void *to,
                    int (*take_row)(void *to, const struct row *row),
                    void (*take_listed)(void *to, const char *line, size_t len))
{
    struct row row;
    char *line;
    int status;
    int positions = 0;
    while ((status = results_next(results, &row)) > 0) {
        if (take_row(to, &row) < 0) {
            return results_refuse(results, strerror(errno));
        }
    }
    while (status == 0 && (status = results_next_listed(results, &line)) > 0) {
        take_listed(to, line, strlen(line));
        status = 0;
    }
    while (status == 0 && (status = results_next_position(results, &line)) > 0) {
        status = take_position(state, results, line);
        positions++;
    }
    return status == 0 && positions == 0 ? results_refuse(results, "results without a position: no state")
                                         : status;
}

int state_read(struct state *state, const struct lines_text *settings, void *to,
               int (*take_row)(void *to, const struct row *row),
               void (*take_listed)(void *to, const char *line, size_t len))
{
    struct results *results;
    const struct lines_text *had;
    int status;
    if (access(state->path, F_OK) < 0 && errno == ENOENT) {
        return 0;
    }
    results = results_open(state->path);
    if (results == NULL) {
        return -1;
    }
    had = results_settings(results);
    if (had->len != settings->len || memcmp(had->text, settings->text, had->len) != 0) {
        complain(state->path, "the state is that of a call with other options, or of another version");
        status = -1;
    } else {
        state->finished = !results_are_incomplete(results);
        status = read_all(state, results, to, take_row, take_listed);
    }
    results_close(results);
    return status;
}

/* ---- Use ---- */

int state_has_begun(const struct state *state)
{
    return state->files > 0 || state->offset > 0;
}

int state_is_finished(const struct state *state)
{
    return state->finished;
}

int state_is_done(const struct state *state, uint64_t index)
{
    return index < state->files && find_cut(&state->before, index) == NULL;
}

uint64_t state_offset(const struct state *state, uint64_t index)
{
    return index == state->files ? state->offset : 0;
}

uint64_t state_skip(const struct state *state, uint64_t index)
{
    const struct cut *cut = find_cut(&state->before, index);
    return cut != NULL ? cut->messages : 0;
}

void state_cut(struct state *state, uint64_t index, uint64_t messages)
{
    pthread_mutex_lock(&state->lock);
    add_cut(&state->now, index, messages);
    pthread_mutex_unlock(&state->lock);
}

void state_reach(struct state *state, uint64_t files, uint64_t offset)
{
    state->reached_files = files;
    state->reached_offset = offset;
}

uint64_t state_lines(const struct state *state)
{
    return state->lines;
}

void state_set_lines(struct state *state, uint64_t bytes)
{
    state->lines = bytes;
}

uint64_t state_rows(const struct state *state)
{
    return state->rows;
}

void state_set_rows(struct state *state, uint64_t rows)
{
    state->rows = rows;
}

uint64_t state_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int state_is_due(const struct state *state)
{
    return state_now() >= state->due;
}

void state_written(struct state *state, uint64_t began)
{
    uint64_t now = state_now();
    uint64_t pause = (now - began) * SHARE;
    state->due = now + (pause > WRITE_EVERY ? pause : WRITE_EVERY);
}

/* A file that was cut before, and that this call did not come to, stays cut. */
static int is_still_cut(const struct state *state, const struct cut *cut)
{
    return cut->index >= state->reached_files && find_cut(&state->now, cut->index) == NULL;
}

static void put_cut(struct output *out, const struct cut *cut)
{
    output_word(out, "position\tcut\t");
    output_number(out, cut->index);
    output_word(out, "\t");
    output_number(out, cut->messages);
    output_word(out, "\n");
}

/* What was done before stays done, where this call did not come as far. */
void state_put(const struct state *state, struct output *out)
{
    int further = state->reached_files > state->files ||
                  (state->reached_files == state->files && state->reached_offset >= state->offset);
    output_word(out, "position\tcall\t");
    output_word(out, state->call);
    output_word(out, "\nposition\toutlets\t");
    output_word(out, state->outlets);
    output_word(out, "\nposition\treached\t");
    output_number(out, further ? state->reached_files : state->files);
    output_word(out, "\t");
    output_number(out, further ? state->reached_offset : state->offset);
    output_word(out, "\nposition\tlines\t");
    output_number(out, state->lines);
    output_word(out, "\nposition\trows\t");
    output_number(out, state->rows);
    output_word(out, "\n");
    put_inputs(out, further ? &state->inputs_now : &state->inputs_before);
    for (size_t i = 0; i < state->before.count; i++) {
        if (is_still_cut(state, &state->before.cut[i])) {
            put_cut(out, &state->before.cut[i]);
        }
    }
    for (size_t i = 0; i < state->now.count; i++) {
        put_cut(out, &state->now.cut[i]);
    }
}
