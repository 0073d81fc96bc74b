#include "dispatch.h"

#include "complain.h"
#include "digest.h"
#include "pool.h"
#include "state.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PART = 16 << 20 };

/* What the path at hand led to so far. */
struct seal {
    uint64_t files;
    struct sha256_ctx hash;
};

struct dispatch {
    struct scan *scan;
    struct piece *piece; /* being filled, or null */
    uint64_t index;      /* of the next file */
    uint64_t begun_at;   /* where the big mbox began that is handed out */
    int in_big;          /* 1: the scan ended within it */
    size_t path;         /* of those that the user named */
    struct seal seal, before;
};

/* ---- Whether the files are those of an earlier call ---- */

static void seal_begin(struct seal *seal)
{
    seal->files = 0;
    sha256_init(&seal->hash);
}

/* Its name, its size and the time of its last change. */
static void seal_add(struct seal *seal, const char *path)
{
    struct stat about;
    char text[96] = "";
    if (stat(path, &about) == 0 && S_ISREG(about.st_mode)) {
        (void)snprintf(text, sizeof text, "%lld %lld.%09ld", (long long)about.st_size,
                       (long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec);
    }
    seal->files++;
    sha256_update(&seal->hash, strlen(path) + 1, (const uint8_t *)path);
    sha256_update(&seal->hash, strlen(text) + 1, (const uint8_t *)text);
}

/* The walk of an earlier call, once more, as far as it came; a path that it was done with leads to no more files. */
struct check {
    struct seal seal;
    uint64_t files;
};

static int check_file(void *to, struct folder *folder, const char *name, const char *path, int64_t size)
{
    struct check *check = to;
    (void)folder;
    (void)name;
    (void)size;
    if (check->seal.files < check->files) {
        seal_add(&check->seal, path);
    }
    return check->seal.files < check->files ? 0 : -1;
}

static void check_path(void *to, const char *path, const char *words)
{
    (void)check_file(to, NULL, NULL, path, 0);
    (void)words;
}

int dispatch_check(const struct scan *scan, char *const *paths, int count)
{
    struct check check;
    struct finds finds = {&check, paths, count, scan->options->sort, 0, check_file, check_path, check_path};
    const char *want;
    const char *next;
    uint64_t more;
    for (int i = 0; i < count && state_input(scan->state, (size_t)i, &check.files, &want); i++) {
        char hex[DIGEST_ROOM];
        seal_begin(&check.seal);
        check.files += state_input(scan->state, (size_t)i + 1, &more, &next) ? 1 : 0;
        if (check.files > 0) {
            walk_path(&finds, paths[i]);
        }
        digest_write(&check.seal.hash, hex);
        if (strcmp(hex, want) != 0) {
            complain(paths[i],
                     "has changed since the state was written; without the state the scan begins anew");
            return -1;
        }
    }
    return 0;
}

static void note_input(struct dispatch *d)
{
    char hex[DIGEST_ROOM];
    digest_write(&d->seal.hash, hex);
    if (state_set_input(d->scan->state, d->path, d->seal.files, hex) < 0) {
        scan_break(d->scan, NULL, ENOMEM);
    }
}

/* ---- Pieces ---- */

static void hand(struct dispatch *d)
{
    if (d->piece != NULL) {
        pool_hand(d->scan->pool, d->piece);
        d->piece = NULL;
    }
}

/* Where the call is, for the next one. */
static void reach(struct dispatch *d)
{
    if (d->scan->state == NULL) {
        return;
    }
    note_input(d);
    if (d->in_big) {
        uint64_t offset = d->begun_at != UINT64_MAX ? d->begun_at : pool_reached(d->scan->pool);
        state_reach(d->scan->state, d->index - 1, offset);
    } else {
        state_reach(d->scan->state, d->index, 0);
    }
}

/* From time to time all that was handed out is waited for, and how far the scan is goes to the disk. */
static void save(struct dispatch *d)
{
    if (d->scan->save == NULL || d->index == 0 || !state_is_due(d->scan->state)) {
        return;
    }
    hand(d);
    pool_wait_all(d->scan->pool);
    if (!scan_ends(d->scan)) {
        reach(d);
        d->scan->save(d->scan->save_of);
    }
}

/* ---- A big mbox ---- */

/* Returns -1 if the scan ends. */
static int hand_part(struct dispatch *d, struct big *big, uint64_t from, uint64_t to, int starts)
{
    struct piece *piece = pool_piece(d->scan->pool);
    if (piece == NULL) {
        return -1;
    }
    piece->index = d->index - 1;
    piece->count = 0;
    piece->big = mboxes_keep(big);
    piece->starts = starts;
    piece->to = to;
    piece->first = starts || d->scan->options->jobs == 1 ? from : mboxes_guess(big, from);
    pool_hand(d->scan->pool, piece);
    return 0;
}

/* The same, within a big mbox of which more is to come. */
static void save_in_big(struct dispatch *d, int more)
{
    int in_big = d->in_big;
    if (more && !in_big) {
        d->in_big = 1;
        save(d);
        d->in_big = in_big;
    }
}

static int hand_big(struct dispatch *d, struct big *big)
{
    uint64_t start = d->scan->state != NULL ? state_offset(d->scan->state, d->index - 1) : 0;
    uint64_t from = start;
    hand(d);
    d->begun_at = start;
    while (from < big->size && !d->in_big) {
        uint64_t to = big->size - from > PART ? from + PART : big->size;
        d->in_big = hand_part(d, big, from, to, from == start) < 0;
        if (!d->in_big && from == 0) { /* a scan that ends before has not begun the file */
            tally_add_file(d->scan->own, FILE_READ, 1);
        }
        d->begun_at = d->in_big ? d->begun_at : UINT64_MAX;
        from = to;
        save_in_big(d, from < big->size);
    }
    mboxes_release(big);
    return d->in_big ? -1 : 0;
}

/* ---- Files ---- */

static int add_entry(struct dispatch *d, struct folder *folder, const char *name, uint64_t index)
{
    struct piece *piece = d->piece;
    char *copy = strdup(name);
    if (copy == NULL) {
        return scan_break(d->scan, name, ENOMEM);
    }
    if (piece->count == 0) {
        piece->index = index;
        piece->big = NULL;
    }
    if (folder != NULL) {
        atomic_fetch_add(&folder->users, 1);
    }
    piece->entries[piece->count++] = (struct entry){folder, copy};
    return 0;
}

static int follows(const struct piece *piece, uint64_t index)
{
    return piece->count < BATCH && (piece->count == 0 || piece->index + piece->count == index);
}

/* The scan ends: the file is the first that was not handed out. */
static int end_here(struct dispatch *d)
{
    d->index--;
    d->seal = d->before;
    return -1;
}

/* Of one file that is read by one thread there is nothing to be gained by holding others back. */
static int is_heavy(int64_t size)
{
    return size > 1 << 20;
}

static void note_find(struct dispatch *d, const char *path)
{
    if (d->scan->state != NULL) {
        d->before = d->seal;
        seal_add(&d->seal, path);
    }
}

/* A find. */
static int take_file(void *to, struct folder *folder, const char *name, const char *path, int64_t size)
{
    struct dispatch *d = to;
    struct big *big = NULL;
    uint64_t index;
    save(d);
    index = d->index++;
    note_find(d, path);
    if (d->scan->state != NULL && state_is_done(d->scan->state, index)) {
        return 0;
    }
    if (size >= PART) {
        big = mboxes_big(d->scan->options, folder != NULL ? folder->fd : AT_FDCWD, name, path);
    }
    if (big != NULL) {
        return hand_big(d, big);
    }
    if (d->piece != NULL && (!follows(d->piece, index) || is_heavy(size))) {
        hand(d);
    }
    if (d->piece == NULL) {
        d->piece = pool_piece(d->scan->pool);
    }
    if (d->piece == NULL) {
        return end_here(d);
    }
    return add_entry(d, folder, name, index);
}

/* What is no file to be read has a number too, by which it is known whether it was counted before. */
static void count_path(struct dispatch *d, const char *path, unsigned column)
{
    uint64_t index = d->index++;
    note_find(d, path);
    if (d->scan->state == NULL || !state_is_done(d->scan->state, index)) {
        tally_add_file(d->scan->own, column, 1);
    }
}

/* A find. */
static void skip_path(void *to, const char *path, const char *words)
{
    count_path(to, path, FILE_SKIPPED);
    complain(path, words);
}

/* A find. */
static void tell_trouble(void *to, const char *path, const char *words)
{
    struct dispatch *d = to;
    count_path(d, path, FILE_TROUBLE);
    d->scan->trouble = 1;
    complain(path, words);
}

void dispatch_paths(struct scan *scan, char *const *paths, int count)
{
    struct dispatch d = {.scan = scan};
    struct finds finds = {&d, paths, count, scan->options->sort, 0, take_file, skip_path, tell_trouble};
    int status = 0;
    seal_begin(&d.seal);
    for (int i = 0; i < count && status == 0 && !scan_ends(scan); i++) {
        d.path = (size_t)i;
        seal_begin(&d.seal);
        status = walk_path(&finds, paths[i]);
        if (scan->state != NULL) {
            note_input(&d);
        }
    }
    hand(&d);
    pool_wait_all(scan->pool);
    reach(&d);
}
