/* A thread's way with a message: the answer for it, whether it is wanted, and where it goes. */
#include "worker.h"

#include "complain.h"
#include "csv.h"
#include "files.h"
#include "interrupt.h"
#include "json.h"
#include "learn.h"
#include "listing.h"
#include "pool.h"
#include "seen.h"
#include "state.h"
#include "table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows of hoptls learn in memory. */
enum { COUNT_ROWS = 16384, TELL_EVERY = 64 };

/* ---- A thread's own things ---- */

void worker_close(struct worker *worker)
{
    if (worker == NULL) {
        return;
    }
    organisations_close(worker->request.organisations);
    tally_close(worker->tally);
    ledger_close(worker->counts);
    hold_close(&worker->lines);
    free(worker->room);
    free(worker);
}

struct worker *worker_open(struct scan *scan)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL) {
        return NULL;
    }
    worker->scan = scan;
    worker->weight = 1;
    worker->request = *scan->request;
    worker->request.organisations = organisations_share(scan->request->organisations);
    worker->tally = tally_open();
    worker->counts = scan->learning ? ledger_open(COUNT_ROWS) : NULL;
    worker->room = malloc(ROOM);
    if (worker->request.organisations == NULL || worker->tally == NULL || worker->room == NULL ||
        (scan->learning && worker->counts == NULL) || hold_open(&worker->lines, worker, scan->out) < 0) {
        worker_close(worker);
        return NULL;
    }
    return worker;
}

/* ---- Trouble ---- */

static void tell(const struct worker *worker, int64_t offset, const char *words)
{
    char place[sizeof worker->path + 24];
    if (offset >= 0) {
        (void)snprintf(place, sizeof place, "%s:%lld", worker->path, (long long)offset);
        complain(place, words);
    } else {
        complain(worker->path, words);
    }
}

void scan_trouble(struct worker *worker, int64_t offset, const char *words)
{
    if (worker->messages >= worker->skip) {
        tally_add_file(worker->tally, FILE_TROUBLE, 1);
    }
    worker->scan->trouble = 1;
    tell(worker, offset, words != NULL ? words : "cannot be read");
}

void scan_skip(struct worker *worker, const char *words)
{
    tell(worker, -1, words);
}

int scan_break(struct scan *scan, const char *subject, int error)
{
    if (atomic_exchange(&scan->broken, 1) == 0 && error != EPIPE) {
        complain(subject, strerror(error));
    }
    scan->trouble = 1;
    return -1;
}

int scan_ends(const struct scan *scan)
{
    return scan->broken || interrupt_came();
}

/* ---- Files ---- */

void worker_tell_bytes(struct worker *worker, uint64_t bytes)
{
    if (worker->weight < 0) {
        tally_add_file(worker->tally, FILE_BYTES, (uint64_t)0 - bytes);
    } else if (worker->messages > worker->skip) {
        tally_add_file(worker->tally, FILE_BYTES, bytes);
        worker->bytes_told += bytes;
    }
}

/* The progress bar need not know of each message. */
static void tell_progress(struct worker *worker)
{
    atomic_fetch_add_explicit(&worker->scan->bytes, worker->bytes_told, memory_order_relaxed);
    atomic_fetch_add_explicit(&worker->scan->messages, worker->messages_told, memory_order_relaxed);
    worker->bytes_told = 0;
    worker->messages_told = 0;
}

void worker_begin_file(struct worker *worker)
{
    worker->skip = worker->scan->state != NULL ? state_skip(worker->scan->state, worker->index) : 0;
    worker->stop = scan_ends(worker->scan);
    if (worker->stop && worker->scan->state != NULL) {
        state_cut(worker->scan->state, worker->index, worker->skip);
    } else if (!worker->stop && worker->skip == 0) {
        tally_add_file(worker->tally, FILE_READ, 1);
    }
}

/* The next call begins it again, and leaves out what was counted. */
static void cut_file(struct worker *worker)
{
    uint64_t done = worker->messages > worker->skip ? worker->messages : worker->skip;
    if (done == 0) {
        tally_add_file(worker->tally, FILE_READ, UINT64_MAX);
    }
    state_cut(worker->scan->state, worker->index, done);
}

void worker_end_file(struct worker *worker)
{
    if (worker->stop && worker->scan->state != NULL) {
        cut_file(worker);
    }
    tell_progress(worker);
}

/* ---- A message ---- */

static int is_wanted(const struct worker *worker)
{
    const struct scan_options *options = worker->scan->options;
    int64_t seconds;
    int dated;
    if (options->only != 0 && (options->only >> tally_column(worker->answer.report.verdict) & 1) == 0) {
        return 0;
    }
    if (!options->has_since && !options->has_until) {
        return 1;
    }
    dated = tally_date(&worker->answer, &seconds);
    return dated && (!options->has_since || seconds >= options->since) &&
           (!options->has_until || seconds < options->until);
}

/* Returns -1 if it cannot be counted. */
static int count(struct worker *worker)
{
    int status = worker->counts != NULL ? learn_count(worker->counts, &worker->answer, worker->weight)
                                        : tally_message(worker->tally, &worker->answer, worker->weight);
    return status == 0 ? 0 : scan_break(worker->scan, files_who("counting", errno), errno);
}

static int write_line(struct worker *worker, uint64_t offset)
{
    struct output *out = &worker->lines.out;
    if (worker->scan->options->lines == LINES_JSON) {
        json_answer(out, worker->path, offset, &worker->answer);
    } else {
        csv_answer(out, worker->path, offset, &worker->answer);
    }
    if (out->error != 0 && out->error != EAGAIN) {
        return scan_break(worker->scan, worker->scan->lines_name, out->error);
    }
    return worker->stop ? -1 : 0;
}

static int is_listed(const struct worker *worker)
{
    const struct scan *scan = worker->scan;
    return scan->wants_listed &&
           scan->listed[tally_column(worker->answer.report.verdict)] < scan->options->listed;
}

/* The page and the tables take messages in order, and one at a time. */
static int tell_in_turn(struct worker *worker, uint64_t offset)
{
    struct scan *scan = worker->scan;
    if (scan->table == NULL && !is_listed(worker)) {
        return 0;
    }
    if (!worker->in_turn && pool_wait(worker) < 0) {
        return -1;
    }
    if (is_listed(worker)) {
        scan->listed[tally_column(worker->answer.report.verdict)]++;
        listing_add(scan->listing, worker->path, offset, &worker->answer);
    }
    if (scan->table != NULL && table_add(scan->table, worker->path, offset, &worker->answer) < 0) {
        scan->trouble = 1;
        scan->broken = 1;
        return -1;
    }
    return 0;
}

static int take_message(struct worker *worker, uint64_t offset)
{
    if (!is_wanted(worker)) {
        tally_add_message(worker->tally, MESSAGE_LEFT_OUT, worker->weight);
        return 0;
    }
    if (worker->scan->seen != NULL) {
        int seen = seen_before(worker->scan->seen, &worker->answer);
        if (seen < 0) {
            return scan_break(worker->scan, files_who("--dedup", errno), errno);
        }
        if (seen) {
            tally_add_message(worker->tally, MESSAGE_DUPLICATE, 1);
            return 0;
        }
    }
    if (count(worker) < 0) {
        return -1;
    }
    if (worker->weight < 0) {
        return 0;
    }
    if (worker->scan->options->lines != LINES_NONE && write_line(worker, offset) < 0) {
        return -1;
    }
    return tell_in_turn(worker, offset);
}

/* Of a message over 4 GiB the first are enough: its header is there. A part of an mbox is read to its end even when the
 * user interrupts; what comes as a stream has no such near end. */
int worker_message(struct worker *worker, uint64_t offset, hoptls_msg msg, uint64_t bytes)
{
    if (worker->stop || (worker->piece->big == NULL && scan_ends(worker->scan))) {
        worker->stop = 1;
        return -1;
    }
    worker->messages++;
    if (worker->messages <= worker->skip) {
        return 0;
    }
    msg.len = msg.len < UINT32_MAX ? msg.len : UINT32_MAX;
    worker_tell_bytes(worker, bytes);
    worker->piece->counted += worker->weight > 0 ? 1 : 0;
    answer_read(&worker->answer, &worker->request, msg);
    worker->messages_told++;
    if (worker->messages_told >= TELL_EVERY) {
        tell_progress(worker);
    }
    return take_message(worker, offset);
}
