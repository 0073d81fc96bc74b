#include "counts.h"

#include "complain.h"
#include "input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many hops in all that sums of rows, and ten thousand times such a sum, fit into 64 bits: more mail than any
 * archive has. */
#define TOTAL_MOST UINT64_C(100000000000000)

enum { FEW = 1024 };

static const char first_line[] = "hoptls-counts 1";

/* ---- Rows ---- */

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct count *)a)->key, ((const struct count *)b)->key);
}

void counts_settle(struct counts *counts)
{
    struct count *rows = counts->rows;
    size_t kept = 0;
    if (counts->sorted == counts->count) {
        return;
    }
    qsort(rows, counts->count, sizeof *rows, by_key);
    for (size_t i = 1; i < counts->count; i++) {
        if (strcmp(rows[i].key, rows[kept].key) == 0) {
            rows[kept].stated += rows[i].stated;
            rows[kept].silent += rows[i].silent;
            free(rows[i].key);
        } else {
            rows[++kept] = rows[i];
        }
    }
    counts->count = kept + 1;
    counts->sorted = counts->count;
}

/* Room for one row more. Before the rows take more memory, those with equal keys become one; they do so when there are
 * as many new rows as old ones, so that each row is sorted a few times at most. */
static int make_room(struct counts *counts)
{
    struct count *rows;
    size_t room = counts->room * 2 > FEW ? counts->room * 2 : FEW;
    if (counts->count == counts->room) {
        counts_settle(counts);
    }
    if (counts->count <= counts->room / 2 && counts->count < counts->room) {
        return 0;
    }
    if (room > SIZE_MAX / sizeof *rows) {
        errno = ENOMEM;
        return -1;
    }
    rows = realloc(counts->rows, room * sizeof *rows);
    if (rows == NULL) {
        return -1;
    }
    counts->rows = rows;
    counts->room = room;
    return 0;
}

int counts_add(struct counts *counts, const char *key, uint64_t stated, uint64_t silent)
{
    struct count *row;
    if (stated > TOTAL_MOST || silent > TOTAL_MOST || stated + silent > TOTAL_MOST - counts->total) {
        errno = EOVERFLOW;
        return -1;
    }
    if (counts->count == counts->room && make_room(counts) < 0) {
        return -1;
    }
    row = &counts->rows[counts->count];
    row->key = strdup(key);
    if (row->key == NULL) {
        return -1;
    }
    row->stated = stated;
    row->silent = silent;
    counts->total += stated + silent;
    counts->count++;
    return 0;
}

size_t counts_find(const struct counts *counts, const char *key)
{
    size_t low = 0;
    size_t high = counts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(counts->rows[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void counts_free(struct counts *counts)
{
    for (size_t i = 0; i < counts->count; i++) {
        free(counts->rows[i].key);
    }
    free(counts->rows);
    memset(counts, 0, sizeof *counts);
}

void counts_begin(struct output *out)
{
    output_word(out, first_line);
    output_word(out, "\n");
}

void counts_put(struct output *out, const char *key, uint64_t stated, uint64_t silent)
{
    output_word(out, key);
    output_word(out, "\t");
    output_number(out, stated);
    output_word(out, "\t");
    output_number(out, silent);
    output_word(out, "\n");
}

void counts_write(struct counts *counts, struct output *out)
{
    counts_settle(counts);
    counts_begin(out);
    for (size_t i = 0; i < counts->count && out->error == 0; i++) {
        counts_put(out, counts->rows[i].key, counts->rows[i].stated, counts->rows[i].silent);
    }
}

/* ---- Reading ---- */

/* The columns of a row. */
enum { COLUMN_MONTH = 3, COLUMN_STATED, COLUMN_SILENT, COLUMNS };

/* The room of a line: a key, two numbers of at most 20 digits, their tabs, a NUL. */
enum { LINE_ROOM = COUNTS_KEY_ROOM + 44 };

struct columns {
    const char *at[COLUMNS];
    size_t len[COLUMNS];
};

/* Returns 0, or -1 if there are not just six. */
static int split(const char *line, struct columns *columns)
{
    for (int i = 0; i < COLUMNS; i++) {
        columns->at[i] = line;
        columns->len[i] = strcspn(line, "\t");
        line += columns->len[i];
        if (*line != (i < COLUMNS - 1 ? '\t' : '\0')) {
            return -1;
        }
        line++;
    }
    return 0;
}

/* Small letters, so that a name has one spelling; no blank, nothing beyond ASCII. */
static int is_name(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] <= ' ' || text[i] > '~' || (text[i] >= 'A' && text[i] <= 'Z')) {
            return 0;
        }
    }
    return len > 0 && len <= COUNTS_NAME_MOST;
}

static int is_month(const char *text, size_t len)
{
    static const char form[] = "0000-00";
    if (len == 1 && text[0] == '-') {
        return 1;
    }
    for (size_t i = 0; i < len && len == sizeof form - 1; i++) {
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) {
            return 0;
        }
    }
    return len == sizeof form - 1 && strncmp(text + 5, "01", 2) >= 0 && strncmp(text + 5, "12", 2) <= 0;
}

/* Digits alone, none of them idle. */
static int read_number(const char *text, size_t len, uint64_t *number)
{
    *number = 0;
    if (len == 0 || len > 15 || (len > 1 && text[0] == '0')) {
        return -1;
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        *number = *number * 10 + (uint64_t)(text[i] - '0');
    }
    return 0;
}

/* Null, or what is wrong with the row. `before` is the key of the row above, which becomes this one's. */
static const char *read_row(struct counts *counts, const char *line, char before[COUNTS_KEY_ROOM])
{
    struct columns columns;
    char key[COUNTS_KEY_ROOM];
    uint64_t stated, silent;
    size_t len;
    if (split(line, &columns) < 0) {
        return "not six columns with tabs between";
    }
    if (!is_name(columns.at[0], columns.len[0]) || !is_name(columns.at[1], columns.len[1]) ||
        !is_name(columns.at[2], columns.len[2])) {
        return "a name that is none: small letters, 255 bytes at most, no blanks";
    }
    if (!is_month(columns.at[COLUMN_MONTH], columns.len[COLUMN_MONTH])) {
        return "no month such as 2019-08";
    }
    if (read_number(columns.at[COLUMN_STATED], columns.len[COLUMN_STATED], &stated) < 0 ||
        read_number(columns.at[COLUMN_SILENT], columns.len[COLUMN_SILENT], &silent) < 0 ||
        stated + silent == 0) {
        return "no counts: two numbers up to fifteen digits, not both 0";
    }
    len = (size_t)(columns.at[COLUMN_STATED] - line) - 1;
    memcpy(key, line, len);
    key[len] = '\0';
    if (strcmp(before, key) >= 0) {
        return "out of order: rows are sorted by their bytes, and each stands once";
    }
    memcpy(before, key, len + 1);
    return counts_add(counts, key, stated, silent) < 0 ? strerror(errno) : NULL;
}

/* Null, or what is wrong with the line. */
static const char *read_line(struct counts *counts, const char *text, size_t len, unsigned long number,
                             char before[COUNTS_KEY_ROOM])
{
    char line[LINE_ROOM];
    if (len >= sizeof line || memchr(text, '\0', len) != NULL) {
        return number == 1 ? "no counts: the first line is not hoptls-counts 1"
                           : "a line that is too long, or holds a NUL";
    }
    memcpy(line, text, len);
    line[len] = '\0';
    if (number == 1) {
        return strcmp(line, first_line) == 0 ? NULL : "no counts: the first line is not hoptls-counts 1";
    }
    return read_row(counts, line, before);
}

static int refuse(const char *path, unsigned long line, const char *words)
{
    size_t room = strlen(path) + 24;
    char *place = malloc(room);
    if (place != NULL) {
        (void)snprintf(place, room, "%s:%lu", path, line);
    }
    complain(place != NULL ? place : path, words);
    free(place);
    return -1;
}

static int read_all(struct counts *counts, const char *path, const struct input *input)
{
    const char *text = input->size > 0 ? input->bytes : "";
    const char *end = text + input->size;
    char before[COUNTS_KEY_ROOM] = "";
    unsigned long number = 0;
    while (text < end || number == 0) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        const char *wrong;
        number++;
        if (feed == NULL) {
            return refuse(path, number,
                          "the last line has no end: the file was cut, or is no file of counts");
        }
        wrong = read_line(counts, text, (size_t)(feed - text), number, before);
        if (wrong != NULL) {
            return refuse(path, number, wrong);
        }
        text = feed + 1;
    }
    return 0;
}

int counts_read(struct counts *counts, const char *path)
{
    struct input input;
    int status = input_open(&input, path);
    if (status < 0) {
        complain(path, input.error);
    } else {
        status = read_all(counts, path, &input);
    }
    input_close(&input);
    return status;
}
