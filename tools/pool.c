#include "pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_FREE, PIECE_READY, PIECE_RUNNING, PIECE_DONE };

struct pool {
    struct scan *scan;
    unsigned jobs;
    pthread_t *threads;
    unsigned started;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct piece *ring;
    uint64_t ring_size;
    uint64_t given; /* the number of the next piece to be handed over, to be taken, to be done */
    uint64_t taken;
    uint64_t turn;
    int closing;
    int settling;  /* 1: a thread takes pieces back */
    uint64_t next; /* where the part behind the last that was taken back begins */
};

static int tells_in_order(const struct scan *scan)
{
    return scan->options->lines != LINES_NONE || scan->table != NULL || scan->wants_listed;
}

/* ---- A piece ---- */

static int is_astray(const struct pool *pool, const struct piece *piece)
{
    return piece->big != NULL && !piece->starts && piece->first != pool->next;
}

/* Take back so many messages of the part, and read it again from where it begins. */
static void read_again(struct worker *worker, struct piece *piece, uint64_t messages, uint64_t first)
{
    worker->piece = piece;
    worker->stop = 0;
    worker->weight = -1;
    mboxes_part(worker, piece, messages);
    worker->weight = 1;
    worker->stop = 0;
    piece->first = first;
    mboxes_part(worker, piece, UINT64_MAX);
}

static void run(struct worker *worker, struct piece *piece)
{
    worker->piece = piece;
    worker->stop = 0;
    piece->counted = 0;
    if (piece->big != NULL) {
        mboxes_part(worker, piece, UINT64_MAX);
        return;
    }
    for (unsigned i = 0; i < piece->count; i++) {
        worker->index = piece->index + i;
        reader_entry(worker, &piece->entries[i]);
    }
}

static void release(struct piece *piece)
{
    for (unsigned i = 0; i < piece->count; i++) {
        free(piece->entries[i].name);
        folder_release(piece->entries[i].folder);
    }
    mboxes_release(piece->big);
    piece->count = 0;
    piece->big = NULL;
    piece->state = PIECE_FREE;
}

/* ---- Order ---- */

/* The piece whose turn it is has come back. */
static void take_back(struct pool *pool, struct piece *piece)
{
    pool->next = piece->next;
    release(piece);
    pool->turn++;
    pthread_cond_broadcast(&pool->changed);
}

static struct piece *slot(struct pool *pool, uint64_t number)
{
    return &pool->ring[number % pool->ring_size];
}

/* Take back all pieces that are done, in order. One thread at a time; `lock` is held. */
static void settle(struct pool *pool, struct worker *worker)
{
    if (pool->settling) {
        return;
    }
    pool->settling = 1;
    while (slot(pool, pool->turn)->state == PIECE_DONE) {
        struct piece *piece = slot(pool, pool->turn);
        if (is_astray(pool, piece)) {
            uint64_t first = pool->next;
            pthread_mutex_unlock(&pool->lock);
            read_again(worker, piece, UINT64_MAX, first);
            pthread_mutex_lock(&pool->lock);
        }
        take_back(pool, piece);
    }
    pool->settling = 0;
}

int pool_wait(struct worker *worker)
{
    struct pool *pool = worker->scan->pool;
    int astray;
    pthread_mutex_lock(&pool->lock);
    while (pool->turn != worker->piece->number && !worker->scan->broken) {
        pthread_cond_wait(&pool->changed, &pool->lock);
    }
    astray = is_astray(pool, worker->piece);
    worker->in_turn = !astray && pool->turn == worker->piece->number;
    worker->stop |= !worker->in_turn;
    pthread_mutex_unlock(&pool->lock);
    return worker->in_turn ? 0 : -1;
}

/* What was told out of turn is forgotten where the part began at the wrong place. */
static void end_in_order(struct pool *pool, struct worker *worker, struct piece *piece)
{
    if (!worker->in_turn && pool_wait(worker) < 0 && !worker->scan->broken) {
        hold_drop(&worker->lines);
        worker->in_turn = 1;
        read_again(worker, piece, piece->counted, pool->next);
    }
    hold_release(&worker->lines);
    pthread_mutex_lock(&pool->lock);
    take_back(pool, piece);
    pthread_mutex_unlock(&pool->lock);
}

static void end_out_of_order(struct pool *pool, struct worker *worker, struct piece *piece)
{
    pthread_mutex_lock(&pool->lock);
    piece->state = PIECE_DONE;
    settle(pool, worker);
    pthread_mutex_unlock(&pool->lock);
}

static void work(struct worker *worker, struct piece *piece)
{
    struct pool *pool = worker->scan->pool;
    worker->in_turn = pool->jobs == 1;
    run(worker, piece);
    if (tells_in_order(worker->scan)) {
        end_in_order(pool, worker, piece);
    } else {
        end_out_of_order(pool, worker, piece);
    }
}

/* ---- Threads ---- */

static struct piece *next_piece(struct pool *pool)
{
    struct piece *piece = NULL;
    pthread_mutex_lock(&pool->lock);
    while (pool->taken == pool->given && !pool->closing) {
        pthread_cond_wait(&pool->changed, &pool->lock);
    }
    if (pool->taken < pool->given) {
        piece = slot(pool, pool->taken++);
        piece->state = PIECE_RUNNING;
    }
    pthread_mutex_unlock(&pool->lock);
    return piece;
}

static void *thread(void *of)
{
    struct worker *worker = of;
    struct piece *piece;
    while ((piece = next_piece(worker->scan->pool)) != NULL) {
        work(worker, piece);
    }
    return NULL;
}

static int start_threads(struct pool *pool)
{
    pool->threads = calloc(pool->jobs, sizeof *pool->threads);
    while (pool->threads != NULL && pool->started < pool->jobs &&
           pthread_create(&pool->threads[pool->started], NULL, thread, pool->scan->workers[pool->started]) ==
               0) {
        pool->started++;
    }
    return pool->started > 0 ? 0 : -1;
}

struct pool *pool_open(struct scan *scan, unsigned jobs)
{
    struct pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL) {
        return NULL;
    }
    scan->pool = pool;
    pool->scan = scan;
    pool->jobs = jobs;
    pool->ring_size = jobs > 1 ? 4ul * jobs : 1;
    pool->ring = calloc(pool->ring_size, sizeof *pool->ring);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->changed, NULL);
    if (pool->ring == NULL || (jobs > 1 && start_threads(pool) < 0)) {
        pool_close(pool);
        return NULL;
    }
    return pool;
}

struct piece *pool_piece(struct pool *pool)
{
    struct piece *piece;
    pthread_mutex_lock(&pool->lock);
    piece = slot(pool, pool->given);
    while (piece->state != PIECE_FREE && !scan_ends(pool->scan)) {
        pthread_cond_wait(&pool->changed, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    if (scan_ends(pool->scan)) {
        return NULL;
    }
    piece->number = pool->given;
    return piece;
}

/* One thread needs no other, and each part begins where the one before ended. */
static void work_here(struct pool *pool, struct piece *piece)
{
    if (piece->big != NULL && !piece->starts) {
        piece->first = pool->next;
    }
    pool->given++;
    pool->taken++;
    work(pool->scan->workers[0], piece);
}

void pool_hand(struct pool *pool, struct piece *piece)
{
    if (pool->jobs == 1) {
        work_here(pool, piece);
        return;
    }
    pthread_mutex_lock(&pool->lock);
    piece->state = PIECE_READY;
    pool->given++;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
}

uint64_t pool_reached(const struct pool *pool)
{
    return pool->next;
}

void pool_wait_all(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->turn < pool->given) {
        pthread_cond_wait(&pool->changed, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
}

void pool_close(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->closing = 1;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->started; i++) {
        pthread_join(pool->threads[i], NULL);
    }
    for (uint64_t i = 0; pool->ring != NULL && i < pool->ring_size; i++) {
        release(&pool->ring[i]);
    }
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->changed);
    free(pool->threads);
    free(pool->ring);
    free(pool);
}
