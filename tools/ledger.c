#include "ledger.h"

#include "files.h"
#include "hash.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys are some thirty bytes long. */
enum { KEY_USUAL = 32, RUNS_MOST = 32, RUN_BUFFER = 32 << 10 };

struct slot {
    uint32_t hash;
    uint32_t key; /* where it begins among the keys */
    uint32_t len;
    uint64_t sums[LEDGER_COLUMNS];
};

/* Rows that were put to a file. */
struct run {
    FILE *file;
};

struct ledger {
    struct slot *slots;
    uint32_t *table; /* of slots, by hash; 0: none, else the number of the slot and 1 */
    uint32_t mask;
    uint32_t count;
    uint32_t most;
    char *keys;
    size_t keys_len;
    size_t keys_room;
    unsigned generation;
    uint32_t *order; /* the slots in the order of their keys, while they are read */
    struct run runs[RUNS_MOST];
    size_t run_count;
};

/* ---- Rows in memory ---- */

static uint32_t table_size(uint32_t most)
{
    uint32_t size = 64;
    while (size < most * 2) {
        size *= 2;
    }
    return size;
}

struct ledger *ledger_open(uint32_t most)
{
    struct ledger *ledger = calloc(1, sizeof *ledger);
    if (ledger == NULL) {
        return NULL;
    }
    ledger->most = most;
    ledger->mask = table_size(most) - 1;
    ledger->keys_room = (size_t)most * KEY_USUAL + LEDGER_KEY_MOST;
    ledger->slots = malloc(most * sizeof *ledger->slots);
    ledger->order = malloc(most * sizeof *ledger->order);
    ledger->table = calloc((size_t)ledger->mask + 1, sizeof *ledger->table);
    ledger->keys = malloc(ledger->keys_room);
    if (ledger->slots == NULL || ledger->order == NULL || ledger->table == NULL || ledger->keys == NULL) {
        ledger_close(ledger);
        return NULL;
    }
    return ledger;
}

void ledger_close(struct ledger *ledger)
{
    if (ledger == NULL) {
        return;
    }
    for (size_t i = 0; i < ledger->run_count; i++) {
        (void)fclose(ledger->runs[i].file);
    }
    free(ledger->slots);
    free(ledger->order);
    free(ledger->table);
    free(ledger->keys);
    free(ledger);
}

unsigned ledger_generation(const struct ledger *ledger)
{
    return ledger->generation;
}

static int is_slot(const struct ledger *ledger, const struct slot *slot, uint32_t hash, const char *key,
                   size_t len)
{
    return slot->hash == hash && slot->len == len && memcmp(ledger->keys + slot->key, key, len) == 0;
}

/* The place in the table of the row, or where it is to go. */
static uint32_t find_place(const struct ledger *ledger, uint32_t hash, const char *key, size_t len)
{
    uint32_t place = hash & ledger->mask;
    while (ledger->table[place] != 0 &&
           !is_slot(ledger, &ledger->slots[ledger->table[place] - 1], hash, key, len)) {
        place = (place + 1) & ledger->mask;
    }
    return place;
}

static struct slot *add_slot(struct ledger *ledger, uint32_t place, uint32_t hash, const char *key,
                             size_t len)
{
    struct slot *slot = &ledger->slots[ledger->count];
    memset(slot, 0, sizeof *slot);
    slot->hash = hash;
    slot->key = (uint32_t)ledger->keys_len;
    slot->len = (uint32_t)len;
    memcpy(ledger->keys + ledger->keys_len, key, len);
    ledger->keys_len += len;
    ledger->count++;
    ledger->table[place] = ledger->count;
    return slot;
}

/* ---- Order ---- */

static int compare_keys(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
    return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}

/* A part of the slots in order whose keys have their first `depth` bytes in common. */
struct range {
    uint32_t from, to;
    size_t depth;
};

/* The byte of a key by which it is told from others, and 1; 0 behind its end. */
static unsigned key_byte(const struct ledger *ledger, uint32_t at, size_t depth)
{
    const struct slot *slot = &ledger->slots[ledger->order[at]];
    return depth < slot->len ? 1u + (uint8_t)ledger->keys[slot->key + depth] : 0;
}

static void swap_slots(uint32_t *order, uint32_t a, uint32_t b)
{
    uint32_t kept = order[a];
    order[a] = order[b];
    order[b] = kept;
}

static unsigned middle_of(unsigned a, unsigned b, unsigned c)
{
    unsigned low = a < b ? a : b;
    unsigned high = a < b ? b : a;
    if (c < low) {
        return low;
    }
    return c > high ? high : c;
}

/* Three parts out of one: keys whose byte is less than that of one in the middle, the same, greater. Returns that byte; the parts
 * begin at `*same` and `*more`. */
static unsigned part(struct ledger *ledger, const struct range *range, uint32_t *same, uint32_t *more)
{
    unsigned byte = middle_of(key_byte(ledger, range->from, range->depth),
                              key_byte(ledger, range->from + (range->to - range->from) / 2, range->depth),
                              key_byte(ledger, range->to - 1, range->depth));
    uint32_t at = range->from;
    *same = range->from;
    *more = range->to;
    while (at < *more) {
        unsigned other = key_byte(ledger, at, range->depth);
        if (other < byte) {
            swap_slots(ledger->order, at++, (*same)++);
        } else if (other > byte) {
            swap_slots(ledger->order, at, --*more);
        } else {
            at++;
        }
    }
    return byte;
}

static int is_in_order(const struct ledger *ledger, uint32_t a, uint32_t b, size_t depth)
{
    const struct slot *x = &ledger->slots[ledger->order[a]];
    const struct slot *y = &ledger->slots[ledger->order[b]];
    return compare_keys(ledger->keys + x->key + depth, x->len - depth, ledger->keys + y->key + depth,
                        y->len - depth) <= 0;
}

static void insert_slots(struct ledger *ledger, const struct range *range)
{
    for (uint32_t i = range->from + 1; i < range->to; i++) {
        for (uint32_t at = i; at > range->from && !is_in_order(ledger, at - 1, at, range->depth); at--) {
            swap_slots(ledger->order, at - 1, at);
        }
    }
}

static uint32_t size_of(const struct range *range)
{
    return range->to - range->from;
}

static unsigned add_part(struct range *waiting, unsigned count, const struct range *part)
{
    if (size_of(part) > 1) {
        waiting[count++] = *part;
    }
    return count;
}

static void put_larger_first(const struct range **a, const struct range **b)
{
    if (size_of(*a) < size_of(*b)) {
        const struct range *kept = *a;
        *a = *b;
        *b = kept;
    }
}

/* The parts wait for their turn, the smallest in front, so that never more than two for each halving wait. */
static unsigned add_parts(struct range *waiting, unsigned count, const struct range parts[3])
{
    const struct range *large = &parts[0];
    const struct range *middle = &parts[1];
    const struct range *small = &parts[2];
    put_larger_first(&large, &middle);
    put_larger_first(&middle, &small);
    put_larger_first(&large, &middle);
    count = add_part(waiting, count, large);
    count = add_part(waiting, count, middle);
    return add_part(waiting, count, small);
}

enum { WAITING_MOST = 3 * 32, FEW_SLOTS = 12 };

/* A sort by one byte after the other: names of one kind begin alike. */
static void sort_slots(struct ledger *ledger)
{
    struct range waiting[WAITING_MOST] = {{0, ledger->count, 0}};
    unsigned count = 1;
    for (uint32_t i = 0; i < ledger->count; i++) {
        ledger->order[i] = i;
    }
    while (count > 0) {
        struct range range = waiting[--count];
        uint32_t same;
        uint32_t more;
        if (size_of(&range) <= FEW_SLOTS) {
            insert_slots(ledger, &range);
        } else if (part(ledger, &range, &same, &more) > 0) {
            struct range parts[3] = {{range.from, same, range.depth},
                                     {same, more, range.depth + 1},
                                     {more, range.to, range.depth}};
            count = add_parts(waiting, count, parts);
        } else { /* `same` are keys that end here, of which there is one */
            waiting[count++] = (struct range){more, range.to, range.depth};
        }
    }
}

/* ---- Rows in files ---- */

static int put_row(FILE *file, const char *key, size_t len, const uint64_t *sums)
{
    char bytes[sizeof(uint32_t) + LEDGER_KEY_MOST + LEDGER_COLUMNS * sizeof *sums];
    uint32_t number = (uint32_t)len;
    size_t size = sizeof number + len + LEDGER_COLUMNS * sizeof *sums;
    memcpy(bytes, &number, sizeof number);
    memcpy(bytes + sizeof number, key, len);
    memcpy(bytes + sizeof number + len, sums, LEDGER_COLUMNS * sizeof *sums);
    return fwrite(bytes, 1, size, file) == size ? 0 : -1;
}

/* A row_source. */
static int get_row(void *from, struct row *row)
{
    FILE *file = from;
    uint32_t len;
    if (fread(&len, sizeof len, 1, file) != 1) {
        return ferror(file) ? -1 : 0;
    }
    if (len > LEDGER_KEY_MOST || fread(row->key, 1, len, file) != len ||
        fread(row->sums, sizeof *row->sums, LEDGER_COLUMNS, file) != LEDGER_COLUMNS) {
        errno = EIO;
        return -1;
    }
    row->len = len;
    row->key[len] = '\0';
    return 1;
}

static int put_slots(struct ledger *ledger, FILE *file)
{
    sort_slots(ledger);
    for (uint32_t i = 0; i < ledger->count; i++) {
        const struct slot *slot = &ledger->slots[ledger->order[i]];
        if (put_row(file, ledger->keys + slot->key, slot->len, slot->sums) < 0) {
            return -1;
        }
    }
    return fflush(file) == 0 ? 0 : -1;
}

static void forget_slots(struct ledger *ledger)
{
    memset(ledger->table, 0, ((size_t)ledger->mask + 1) * sizeof *ledger->table);
    ledger->count = 0;
    ledger->keys_len = 0;
    ledger->generation++;
}

static int put_rows(struct rows *rows, FILE *file)
{
    struct row row;
    int status;
    while ((status = rows_next(rows, &row)) > 0) {
        if (put_row(file, row.key, row.len, row.sums) < 0) {
            return -1;
        }
    }
    return status == 0 && fflush(file) == 0 ? 0 : -1;
}

static int add_runs(struct rows *rows, struct ledger *ledger)
{
    for (size_t i = 0; i < ledger->run_count; i++) {
        if (fseek(ledger->runs[i].file, 0, SEEK_SET) != 0 ||
            rows_add(rows, get_row, ledger->runs[i].file) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Of many runs make one. */
static int join_runs(struct ledger *ledger)
{
    FILE *file = files_spool();
    struct rows *rows = rows_open();
    if (file == NULL || rows == NULL || add_runs(rows, ledger) < 0 || put_rows(rows, file) < 0) {
        int error = errno;
        if (file != NULL) {
            (void)fclose(file);
        }
        rows_close(rows);
        errno = error;
        return -1;
    }
    rows_close(rows);
    for (size_t i = 0; i < ledger->run_count; i++) {
        (void)fclose(ledger->runs[i].file);
    }
    ledger->runs[0].file = file;
    ledger->run_count = 1;
    return 0;
}

static int spill(struct ledger *ledger)
{
    struct run *run;
    if (ledger->run_count == RUNS_MOST && join_runs(ledger) < 0) {
        return -1;
    }
    run = &ledger->runs[ledger->run_count];
    run->file = files_spool();
    if (run->file == NULL) {
        return -1;
    }
    (void)setvbuf(run->file, NULL, _IOFBF, RUN_BUFFER);
    ledger->run_count++;
    if (put_slots(ledger, run->file) < 0) {
        return -1;
    }
    forget_slots(ledger);
    return 0;
}

uint64_t *ledger_row(struct ledger *ledger, const char *key, size_t len)
{
    uint32_t hash = (uint32_t)hash_bytes(key, len);
    uint32_t place = find_place(ledger, hash, key, len);
    if (ledger->table[place] != 0) {
        return ledger->slots[ledger->table[place] - 1].sums;
    }
    if (len > LEDGER_KEY_MOST) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    if (ledger->count == ledger->most || len > ledger->keys_room - ledger->keys_len) {
        if (spill(ledger) < 0) {
            return NULL;
        }
        place = find_place(ledger, hash, key, len);
    }
    return add_slot(ledger, place, hash, key, len)->sums;
}

/* ---- Rows of several sources ---- */

struct source {
    row_source *next;
    void *from;
    struct row row;
};

/* A ledger's rows in memory, as a source. */
struct in_memory {
    struct ledger *ledger;
    uint32_t at;
};

struct rows {
    struct source **sources; /* a heap by their rows; the first `live` of them have one */
    size_t count;
    size_t live;
    int begun;
    struct in_memory **memories;
    size_t memory_count;
};

struct rows *rows_open(void)
{
    return calloc(1, sizeof(struct rows));
}

void rows_close(struct rows *rows)
{
    if (rows == NULL) {
        return;
    }
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->sources[i]);
    }
    for (size_t i = 0; i < rows->memory_count; i++) {
        free(rows->memories[i]);
    }
    free(rows->sources);
    free(rows->memories);
    free(rows);
}

int rows_add(struct rows *rows, row_source *source, void *from)
{
    struct source **more = realloc(rows->sources, (rows->count + 1) * sizeof *more);
    if (more == NULL) {
        return -1;
    }
    rows->sources = more;
    more[rows->count] = calloc(1, sizeof **more);
    if (more[rows->count] == NULL) {
        return -1;
    }
    more[rows->count]->next = source;
    more[rows->count]->from = from;
    rows->count++;
    return 0;
}

/* A row_source. */
static int next_in_memory(void *from, struct row *row)
{
    struct in_memory *memory = from;
    const struct ledger *ledger = memory->ledger;
    const struct slot *slot;
    if (memory->at == ledger->count) {
        return 0;
    }
    slot = &ledger->slots[ledger->order[memory->at++]];
    row->len = slot->len;
    memcpy(row->key, ledger->keys + slot->key, slot->len);
    row->key[slot->len] = '\0';
    memcpy(row->sums, slot->sums, sizeof row->sums);
    return 1;
}

int rows_add_ledger(struct rows *rows, struct ledger *ledger)
{
    struct in_memory **more = realloc(rows->memories, (rows->memory_count + 1) * sizeof *more);
    if (more == NULL) {
        return -1;
    }
    rows->memories = more;
    more[rows->memory_count] = calloc(1, sizeof **more);
    if (more[rows->memory_count] == NULL) {
        return -1;
    }
    sort_slots(ledger);
    more[rows->memory_count]->ledger = ledger;
    rows->memory_count++;
    return rows_add(rows, next_in_memory, more[rows->memory_count - 1]) < 0 ? -1 : add_runs(rows, ledger);
}

static int is_before(const struct source *a, const struct source *b)
{
    return compare_keys(a->row.key, a->row.len, b->row.key, b->row.len) < 0;
}

/* Let the source at `at` sink among those that have a row. */
static void settle(struct rows *rows, size_t at)
{
    struct source **heap = rows->sources;
    size_t child = 2 * at + 1;
    while (child < rows->live) {
        if (child + 1 < rows->live && is_before(heap[child + 1], heap[child])) {
            child++;
        }
        if (!is_before(heap[child], heap[at])) {
            return;
        }
        struct source *up = heap[child];
        heap[child] = heap[at];
        heap[at] = up;
        at = child;
        child = 2 * at + 1;
    }
}

/* Read the first row of each source. */
static int begin(struct rows *rows)
{
    rows->begun = 1;
    for (size_t i = 0; i < rows->count; i++) {
        struct source *source = rows->sources[i];
        int status = source->next(source->from, &source->row);
        if (status < 0) {
            return -1;
        }
        if (status > 0) {
            rows->sources[i] = rows->sources[rows->live];
            rows->sources[rows->live++] = source;
        }
    }
    for (size_t i = rows->live / 2; i > 0; i--) {
        settle(rows, i - 1);
    }
    return 0;
}

/* The first source, whose row was taken, goes on to its next one. */
static int advance(struct rows *rows)
{
    struct source *first = rows->sources[0];
    int status = first->next(first->from, &first->row);
    if (status < 0) {
        return -1;
    }
    if (status == 0) {
        rows->live--;
        rows->sources[0] = rows->sources[rows->live];
        rows->sources[rows->live] = first;
    }
    settle(rows, 0);
    return 0;
}

static void add_sums(struct row *row, const struct row *more)
{
    for (int i = 0; i < LEDGER_COLUMNS; i++) {
        row->sums[i] += more->sums[i];
    }
}

static int is_same_key(const struct row *a, const struct row *b)
{
    return a->len == b->len && memcmp(a->key, b->key, a->len) == 0;
}

int rows_next(struct rows *rows, struct row *row)
{
    errno = 0;
    if (!rows->begun && begin(rows) < 0) {
        return -1;
    }
    if (rows->live == 0) {
        return 0;
    }
    row->len = rows->sources[0]->row.len;
    memcpy(row->key, rows->sources[0]->row.key, row->len + 1);
    memset(row->sums, 0, sizeof row->sums);
    while (rows->live > 0 && is_same_key(row, &rows->sources[0]->row)) {
        add_sums(row, &rows->sources[0]->row);
        if (advance(rows) < 0) {
            return -1;
        }
    }
    return 1;
}
