#include "results.h"

#include "complain.h"
#include "files.h"
#include "line.h"
#include "tally.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char first_line[] = "hoptls-results 1";

/* ---- Lines in memory ---- */

int lines_text_add(struct lines_text *lines, const char *line, size_t len)
{
    size_t need = lines->len + len + 1;
    if (need > lines->room) {
        size_t room = need * 2;
        char *text = realloc(lines->text, room);
        if (text == NULL) {
            return -1;
        }
        lines->text = text;
        lines->room = room;
    }
    memcpy(lines->text + lines->len, line, len);
    lines->len += len;
    lines->text[lines->len] = '\0';
    return 0;
}

void lines_text_free(struct lines_text *lines)
{
    free(lines->text);
    memset(lines, 0, sizeof *lines);
}

/* ---- The columns of each kind of row ---- */

static const struct {
    const char *kind;
    unsigned columns;
} kinds[] = {
    {"basis", TALLY_VERDICTS},
    {"file", FILE_COLUMNS},
    {"message", MESSAGE_COLUMNS},
    {"month", TALLY_VERDICTS},
    {"organisation", 2 * ORGANISATION_SENDS},
    {"protection", 1},
    {"receiver", TALLY_NONE},
    {"step", TALLY_VERDICTS + 1},
    {"suite", 1},
    {"version", VERSION_COLUMNS},
    {"writer", TALLY_VERDICTS},
};

/* How many columns a row of the kind that begins `key` has; 0 if there is no such kind. */
static unsigned columns_of(const char *key)
{
    size_t len = strcspn(key, "\t");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strlen(kinds[i].kind) == len && memcmp(kinds[i].kind, key, len) == 0) {
            return kinds[i].columns;
        }
    }
    return 0;
}

/* ---- Writing ---- */

int results_is_empty(const struct row *row)
{
    uint64_t any = 0;
    for (unsigned i = 0; i < LEDGER_COLUMNS; i++) {
        any |= row->sums[i];
    }
    return any == 0;
}

static void put_lines(struct output *out, const struct lines_text *lines)
{
    if (lines->len > 0) {
        output_bytes(out, lines->text, lines->len);
    }
}

void results_begin(struct output *out, const struct lines_text *settings, const struct lines_text *inputs,
                   int incomplete)
{
    output_word(out, first_line);
    output_word(out, "\n");
    put_lines(out, settings);
    put_lines(out, inputs);
    output_word(out, incomplete ? "incomplete\n" : "");
}

void results_put_row(struct output *out, const struct row *row)
{
    unsigned columns = columns_of(row->key);
    if (results_is_empty(row)) {
        return;
    }
    output_bytes(out, row->key, row->len);
    for (unsigned i = 0; i < columns; i++) {
        output_word(out, "\t");
        output_number(out, row->sums[i]);
    }
    output_word(out, "\n");
}

void results_put_listed(struct output *out, const char *line, size_t len)
{
    output_word(out, "listed\t");
    output_bytes(out, line, len);
    output_word(out, "\n");
}

void results_end(struct output *out)
{
    output_word(out, "end\n");
}

/* ---- Reading ---- */

enum { LINE_ROOM = 128 << 10 };

struct results {
    FILE *file;
    const char *path;
    unsigned long number;
    int pending; /* 1: the line was read, and not yet taken */
    int incomplete;
    char before[LEDGER_KEY_MOST + 1];
    struct lines_text settings, inputs;
    char line[LINE_ROOM];
};

int results_refuse(const struct results *results, const char *words)
{
    char place[4096];
    (void)snprintf(place, sizeof place, "%s:%lu", results->path, results->number);
    complain(place, words);
    errno = 0;
    return -1;
}

/* The next line, without its end. */
static int read_line(struct results *results)
{
    size_t len;
    if (results->pending) {
        results->pending = 0;
        return 0;
    }
    results->number++;
    if (fgets(results->line, sizeof results->line, results->file) == NULL) {
        return results_refuse(results, ferror(results->file)
                                           ? strerror(errno)
                                           : "the file ends before its line `end`: it was cut");
    }
    len = strlen(results->line);
    if (len == 0 || results->line[len - 1] != '\n') {
        return results_refuse(results, "a line that is too long, has no end, or holds a NUL");
    }
    results->line[len - 1] = '\0';
    return 0;
}

static int begins(const char *line, const char *word)
{
    size_t len = strlen(word);
    return strncmp(line, word, len) == 0 && (line[len] == '\t' || line[len] == '\0');
}

/* Where the line is kept, if it is one of the head; null if not. */
static struct lines_text *head_of(struct results *results)
{
    if (begins(results->line, "setting")) {
        return &results->settings;
    }
    return begins(results->line, "input") ? &results->inputs : NULL;
}

static int read_head(struct results *results)
{
    if (read_line(results) < 0) {
        return -1;
    }
    if (strcmp(results->line, first_line) != 0) {
        return results_refuse(results, "no results: the first line is not hoptls-results 1");
    }
    for (;;) {
        struct lines_text *lines;
        if (read_line(results) < 0) {
            return -1;
        }
        lines = head_of(results);
        if (strcmp(results->line, "incomplete") == 0) {
            results->incomplete = 1;
            continue;
        }
        if (lines == NULL) {
            results->pending = 1;
            return 0;
        }
        if (lines_text_add(lines, results->line, strlen(results->line)) < 0 ||
            lines_text_add(lines, "\n", 1) < 0) {
            return results_refuse(results, strerror(ENOMEM));
        }
    }
}

struct results *results_open(const char *path)
{
    struct results *results = calloc(1, sizeof *results);
    int fd = results != NULL ? files_read(AT_FDCWD, path) : -1;
    if (results != NULL && fd >= 0) {
        results->file = fdopen(fd, "rb");
    }
    if (results == NULL || results->file == NULL) {
        complain(path, strerror(results == NULL ? ENOMEM : errno));
        free(results);
        return NULL;
    }
    results->path = path;
    if (read_head(results) < 0) {
        results_close(results);
        return NULL;
    }
    return results;
}

void results_close(struct results *results)
{
    if (results != NULL) {
        (void)fclose(results->file);
        lines_text_free(&results->settings);
        lines_text_free(&results->inputs);
        free(results);
    }
}

const struct lines_text *results_settings(const struct results *results)
{
    return &results->settings;
}

const struct lines_text *results_inputs(const struct results *results)
{
    return &results->inputs;
}

int results_are_incomplete(const struct results *results)
{
    return results->incomplete;
}

/* The row in the line. */
static int read_row(struct results *results, struct row *row, unsigned columns)
{
    char *column[2 + LEDGER_COLUMNS];
    memset(row, 0, sizeof *row);
    if (line_split(results->line, column, 2 + LEDGER_COLUMNS) != 2 + columns) {
        return results_refuse(results, "not as many columns as such a row has");
    }
    row->len = strlen(column[0]) + 1 + strlen(column[1]);
    if (row->len > LEDGER_KEY_MOST) {
        return results_refuse(results, "a name that is too long");
    }
    (void)snprintf(row->key, sizeof row->key, "%s\t%s", column[0], column[1]);
    for (unsigned i = 0; i < columns; i++) {
        if (line_number(column[2 + i], &row->sums[i]) < 0) {
            return results_refuse(results, "no number where a sum should be");
        }
    }
    if (strcmp(results->before, row->key) >= 0) {
        return results_refuse(results, "out of order: rows are sorted by their bytes, and each stands once");
    }
    memcpy(results->before, row->key, row->len + 1);
    return 1;
}

int results_next(void *from, struct row *row)
{
    struct results *results = from;
    unsigned columns;
    if (read_line(results) < 0) {
        return -1;
    }
    columns = columns_of(results->line);
    if (columns > 0) {
        return read_row(results, row, columns);
    }
    results->pending = 1;
    return 0;
}

static int next_of(struct results *results, const char *word, char **line)
{
    if (read_line(results) < 0) {
        return -1;
    }
    if (begins(results->line, word) && results->line[strlen(word)] == '\t') {
        *line = results->line + strlen(word) + 1;
        return 1;
    }
    results->pending = 1;
    return 0;
}

int results_next_listed(struct results *results, char **line)
{
    return next_of(results, "listed", line);
}

int results_next_position(struct results *results, char **line)
{
    int status = next_of(results, "position", line);
    if (status == 0 && strcmp(results->line, "end") != 0) {
        return results_refuse(results, "no line of results");
    }
    return status;
}
