#include "archive.h"

#include "complain.h"
#include "csv.h"
#include "digest.h"
#include "dispatch.h"
#include "files.h"
#include "guard.h"
#include "html.h"
#include "interrupt.h"
#include "line.h"
#include "listing.h"
#include "pool.h"
#include "progress.h"
#include "seen.h"
#include "state.h"
#include "summary.h"
#include "table.h"
#include "worker.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_FINE = 0, STATUS_FAILED = 1, STATUS_TROUBLE = 2, STATUS_SIGNAL = 128 };

/* A file that is written: under another name until it is whole. */
struct target {
    struct made made;
    struct output out; /* large */
    int open;
    int as_it_is; /* 1: a FIFO, a device: it has its name, and is not to be forced to a disk */
};

/* All that one call holds. Large, and the only one. */
struct call {
    const struct options *options;
    struct scan scan;
    struct lines_text inputs;
    struct lines_text outlets; /* what a state is for */
    char hex[DIGEST_ROOM];     /* the same of the paths */
    struct made table_made;
    struct target lines, listing, results, state, page;
    FILE *spool; /* of what is listed */
    struct sums sums;
    uint32_t listed; /* so many of each verdict */
    int failed;      /* 1: an output could not be written */
    int incomplete;  /* 1: not all was read, by this call or by those whose results are merged */
    int interrupted; /* the signal that ended the reading, or 0: one that comes later changes nothing */
};

static const char *const no_memory = "no memory";

static int fail(struct call *call, const char *subject, const char *words)
{
    complain(subject, words);
    call->failed = 1;
    return -1;
}

/* ---- Files that are written ---- */

static int open_made(struct made *made, int again)
{
    return again ? files_again(made) : files_create(made);
}

static int target_open(struct call *call, struct target *target, enum outlet outlet, const char *path,
                       int again)
{
    int fd = files_begin(&target->made, path) == 0 ? call->options->outlet_fds[outlet] : -1;
    target->as_it_is = fd >= 0;
    if (fd < 0 && target->made.part != NULL) {
        fd = open_made(&target->made, again);
    }
    if (fd < 0) {
        fail(call, again && target->made.part != NULL ? target->made.part : path, strerror(errno));
        files_leave(&target->made);
        return -1;
    }
    output_begin(&target->out, fd);
    target->open = 1;
    return 0;
}

static void target_drop(struct target *target)
{
    if (target->as_it_is) {
        files_leave(&target->made);
    } else {
        files_drop(&target->made);
    }
}

/* Give it its name; or, `kept`, leave it for the next call to go on with. */
static int target_close(struct call *call, struct target *target, int kept)
{
    int status;
    if (!target->open) {
        return 0;
    }
    target->open = 0;
    status = output_flush(&target->out) < 0 ? target->out.error : 0;
    close(target->out.fd);
    if (status != 0) {
        fail(call, target->made.path, strerror(status));
        target_drop(target);
        return -1;
    }
    if (kept || target->as_it_is) {
        files_leave(&target->made);
        return 0;
    }
    return files_finish(&target->made) < 0 ? fail(call, target->made.path, strerror(errno)) : 0;
}

static void drop(struct target *target)
{
    if (target->open) {
        close(target->out.fd);
        target_drop(target);
        target->open = 0;
    }
}

/* ---- Before ---- */

/* Lines and tables of an earlier call are gone on with. */
static int open_lines(struct call *call, struct output *out)
{
    const struct scan_options *options = &call->options->scan;
    int again = call->scan.state != NULL && state_has_begun(call->scan.state);
    call->scan.out = out;
    call->scan.lines_name = "standard output";
    if (options->lines_path != NULL) {
        call->scan.out = &call->lines.out;
        call->scan.lines_name = options->lines_path;
        return target_open(call, &call->lines, OUTLET_LINES, options->lines_path, again);
    }
    return 0;
}

static int open_table(struct call *call)
{
    const struct scan_options *options = &call->options->scan;
    const struct lines_text *settings = &call->options->settings;
    int again = call->scan.state != NULL && state_has_begun(call->scan.state);
    int fd;
    if (options->sqlite == NULL) {
        return 0;
    }
    if (files_begin(&call->table_made, options->sqlite) < 0) {
        return fail(call, options->sqlite, no_memory);
    }
    fd = open_made(&call->table_made, again);
    if (fd < 0) {
        return fail(call, call->table_made.part, strerror(errno));
    }
    close(fd);
    call->scan.table = table_open(call->table_made.part, settings->text != NULL ? settings->text : "");
    if (call->scan.table == NULL) {
        return -1;
    }
    return again ? table_cut(call->scan.table, state_rows(call->scan.state)) : 0;
}

static int open_listing(struct call *call)
{
    const struct scan_options *options = &call->options->scan;
    call->scan.wants_listed = options->html != NULL || options->results != NULL || options->state != NULL;
    if (!call->scan.wants_listed) {
        return 0;
    }
    call->spool = files_spool();
    if (call->spool == NULL) {
        return fail(call, files_who("listing", errno), strerror(errno));
    }
    output_begin(&call->listing.out, fileno(call->spool));
    call->scan.listing = &call->listing.out;
    return 0;
}

static int open_own(struct call *call)
{
    call->scan.own = tally_open();
    return call->scan.own != NULL ? 0 : fail(call, NULL, no_memory);
}

static int open_workers(struct call *call)
{
    unsigned jobs = call->options->scan.jobs;
    call->scan.workers = calloc(jobs, sizeof *call->scan.workers);
    if (call->scan.workers == NULL) {
        return fail(call, NULL, no_memory);
    }
    for (unsigned i = 0; i < jobs; i++) {
        call->scan.workers[i] = worker_open(&call->scan);
        if (call->scan.workers[i] == NULL) {
            return fail(call, NULL, no_memory);
        }
    }
    return 0;
}

/* ---- What an earlier call did ---- */

static int take_row(void *to, const struct row *row)
{
    struct call *call = to;
    uint64_t *sums = ledger_row(tally_ledger(call->scan.own), row->key, row->len);
    for (unsigned i = 0; i < LEDGER_COLUMNS && sums != NULL; i++) {
        sums[i] += row->sums[i];
    }
    return sums != NULL ? 0 : -1;
}

/* `listed` counts what is listed of each verdict. */
static int is_room_for(atomic_uint *listed, uint32_t most, const char *line)
{
    char word[16];
    size_t len = strcspn(line, "\t");
    int verdict;
    (void)snprintf(word, sizeof word, "%.*s", (int)(len < sizeof word ? len : sizeof word - 1), line);
    verdict = listing_verdict(word);
    return verdict >= 0 && listed[verdict] < most ? (int)++listed[verdict] : 0;
}

/* As many as the parts list at most, since of more it is not known which; fewer if the user says so. */
static uint32_t most_listed(const struct options *options, const struct lines_text *settings)
{
    static const char key[] = "setting\t--listed\t";
    const char *at = settings->text != NULL ? strstr(settings->text, key) : NULL;
    uint32_t theirs = 0;
    while (at != NULL) { /* the last one counts */
        theirs = (uint32_t)strtoul(at + sizeof key - 1, NULL, 10);
        at = strstr(at + 1, key);
    }
    if (theirs == 0) {
        theirs = LISTED_USUAL;
    }
    return options->scan.own_listed && options->scan.listed < theirs ? options->scan.listed : theirs;
}

static void take_listed(void *to, const char *line, size_t len)
{
    struct call *call = to;
    if (is_room_for(call->scan.listed, call->listed, line)) {
        output_bytes(call->scan.listing, line, len);
        output_word(call->scan.listing, "\n");
    }
}

/* A digest of the paths, so that a state is not taken up by a call with others. */
static void call_digest(const struct options *options, char hex[DIGEST_ROOM])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    for (int i = 0; i < options->file_count; i++) {
        sha256_update(&hash, strlen(options->files[i]) + 1, (const uint8_t *)options->files[i]);
    }
    digest_write(&hash, hex);
}

/* Of lines that an earlier call wrote, those count that it had written when it last said how far it was. */
static int cut_lines(struct call *call)
{
    uint64_t lines;
    off_t size;
    if (!call->lines.open || call->lines.as_it_is || call->scan.state == NULL) {
        return 0;
    }
    lines = state_lines(call->scan.state);
    size = lseek(call->lines.out.fd, 0, SEEK_END);
    if (size >= 0 && (uint64_t)size < lines) {
        return fail(call, call->lines.made.part,
                    "shorter than the scan left it that is to go on; without the state it begins anew");
    }
    return size >= 0 && ftruncate(call->lines.out.fd, (off_t)lines) == 0
               ? 0
               : fail(call, call->lines.made.part, strerror(errno));
}

static const char *word_of_lines(enum lines lines)
{
    if (lines == LINES_JSON) {
        return " --json";
    }
    return lines == LINES_CSV ? " --csv" : "";
}

/* What is written while the scan goes on: a call that goes on with it must write the same. */
static int note_outlets(struct call *call)
{
    const struct scan_options *options = &call->options->scan;
    const char *const words[] = {word_of_lines(options->lines), options->lines_path != NULL ? "=" : "",
                                 options->lines_path != NULL ? options->lines_path : "",
                                 options->sqlite != NULL ? " --sqlite=" : "",
                                 options->sqlite != NULL ? options->sqlite : ""};
    char escaped[8192];
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        line_write(escaped, sizeof escaped, words[i]);
        if (lines_text_add(&call->outlets, escaped, strlen(escaped)) < 0) {
            return -1;
        }
    }
    return 0;
}

static int open_state(struct call *call)
{
    const char *path = call->options->scan.state;
    if (path == NULL) {
        return 0;
    }
    call_digest(call->options, call->hex);
    if (note_outlets(call) == 0) {
        call->scan.state = state_open(path, call->hex, call->outlets.text);
    }
    if (call->scan.state == NULL) {
        return fail(call, path, no_memory);
    }
    return state_read(call->scan.state, &call->options->settings, call, take_row, take_listed);
}

static int open_seen(struct call *call)
{
    if (!call->options->scan.dedup) {
        return 0;
    }
    call->scan.seen = seen_open();
    return call->scan.seen != NULL ? 0 : fail(call, files_who("--dedup", errno), strerror(errno));
}

/* ---- The sums ---- */

static int add_ledgers(struct rows *rows, struct call *call, int counts)
{
    if (!counts &&
        (tally_settle(call->scan.own) < 0 || rows_add_ledger(rows, tally_ledger(call->scan.own)) < 0)) {
        return -1;
    }
    for (unsigned i = 0; call->scan.workers != NULL && i < call->options->scan.jobs; i++) {
        struct worker *worker = call->scan.workers[i];
        struct ledger *ledger = counts ? worker->counts : tally_ledger(worker->tally);
        if ((!counts && tally_settle(worker->tally) < 0) || rows_add_ledger(rows, ledger) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Of each row: the sums for the eye, and the files of results. */
static int read_rows(struct call *call, struct rows *rows)
{
    static struct row row; /* large, and used once at a time */
    int status;
    while ((status = rows_next(rows, &row)) > 0) {
        sums_add(&call->sums, &row);
        if (call->results.open) {
            results_put_row(&call->results.out, &row);
        }
        if (call->state.open) {
            results_put_row(&call->state.out, &row);
        }
    }
    return status == 0 || errno == 0 ? status : fail(call, files_who("adding up", errno), strerror(errno));
}

/* ---- The files of results ---- */

static void begin_results(const struct call *call, struct target *target, const struct lines_text *settings,
                          const struct lines_text *inputs)
{
    if (target->open) {
        results_begin(&target->out, settings, inputs, call->incomplete);
    }
}

static int fail_listing(struct call *call, int error)
{
    return fail(call, files_who("listing", error), strerror(error));
}

/* All that is listed is in its file, which is to be read from its start. */
static int end_listing(struct call *call)
{
    if (output_flush(&call->listing.out) < 0) {
        return fail_listing(call, call->listing.out.error);
    }
    return fseek(call->spool, 0, SEEK_SET) == 0 ? 0 : fail_listing(call, errno);
}

static void put_listing(struct call *call, struct output *out)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    if (end_listing(call) < 0) {
        return;
    }
    while ((len = getline(&line, &room, call->spool)) > 0) {
        results_put_listed(out, line, (size_t)len - 1);
    }
    if (ferror(call->spool)) {
        fail_listing(call, errno);
    }
    free(line);
}

static void end_results(struct call *call, struct target *target)
{
    if (target->open) {
        put_listing(call, &target->out);
        if (target == &call->state) {
            state_put(call->scan.state, &target->out);
        }
        results_end(&target->out);
    }
}

/* No digest stands beside sums of a part. */
static void add_input(struct call *call, const char *path)
{
    char hex[DIGEST_ROOM] = "-";
    uint64_t bytes = 0;
    char number[24];
    char escaped[8192];
    if (call->incomplete || digest_path(path, hex, &bytes) < 0) {
        strcpy(hex, "-");
    }
    (void)snprintf(number, sizeof number, "%llu", (unsigned long long)bytes);
    line_write(escaped, sizeof escaped, path);
    if (lines_text_add(&call->inputs, "input\t", 6) < 0 ||
        lines_text_add(&call->inputs, hex, strlen(hex)) < 0 || lines_text_add(&call->inputs, "\t", 1) < 0 ||
        lines_text_add(&call->inputs, number, strlen(number)) < 0 ||
        lines_text_add(&call->inputs, "\t", 1) < 0 ||
        lines_text_add(&call->inputs, escaped, strlen(escaped)) < 0 ||
        lines_text_add(&call->inputs, "\n", 1) < 0) {
        fail(call, path, no_memory);
    }
}

/* What was read, for a report that others are to check. */
static void add_inputs(struct call *call)
{
    const struct scan_options *options = &call->options->scan;
    for (int i = 0; i < call->options->file_count && (options->html != NULL || options->results != NULL);
         i++) {
        add_input(call, call->options->files[i]);
    }
}

static int open_results(struct call *call, const char *results, const char *state, const char *page)
{
    return (results != NULL && target_open(call, &call->results, OUTLET_RESULTS, results, 0) < 0) ||
                   (state != NULL && target_open(call, &call->state, OUTLET_STATE, state, 0) < 0) ||
                   (page != NULL && target_open(call, &call->page, OUTLET_PAGE, page, 0) < 0)
               ? -1
               : 0;
}

static void put_page(struct call *call, const struct lines_text *settings, const struct lines_text *inputs)
{
    if (call->page.open) {
        struct page_of page = {&call->sums, settings, inputs, call->spool, call->listed, call->incomplete};
        if (end_listing(call) == 0) {
            html_print(&call->page.out, &page);
        }
    }
}

/* From sums to what the user gets: the same for a scan and for merged results. */
static void put_results(struct call *call, struct rows *rows, const struct lines_text *settings,
                        const struct lines_text *inputs)
{
    const struct scan_options *options = &call->options->scan;
    if (open_results(call, options->results, options->state, options->html) < 0) {
        return;
    }
    begin_results(call, &call->results, settings, inputs);
    begin_results(call, &call->state, settings, inputs);
    if (read_rows(call, rows) < 0) {
        call->failed = 1;
        return;
    }
    end_results(call, &call->results);
    end_results(call, &call->state);
    put_page(call, settings, inputs);
    if (call->failed) { /* what is not whole gets no name */
        return;
    }
    target_close(call, &call->results, 0);
    target_close(call, &call->state, 0);
    target_close(call, &call->page, 0);
}

/* ---- How far the scan is ---- */

/* Lines that belong to what is done are on the disk, or with who reads them, before the state says that it is. */
static int settle_lines(struct call *call)
{
    off_t size = 0;
    if (output_flush(call->scan.out) < 0) {
        return scan_break(&call->scan, call->scan.lines_name, call->scan.out->error);
    }
    if (call->lines.open && !call->lines.as_it_is) {
        size = fsync(call->lines.out.fd) == 0 ? lseek(call->lines.out.fd, 0, SEEK_END) : -1;
    }
    if (size < 0) {
        return fail(call, call->lines.made.path, strerror(errno));
    }
    state_set_lines(call->scan.state, (uint64_t)size);
    state_set_rows(call->scan.state, call->scan.table != NULL ? table_rows(call->scan.table) : 0);
    return 0;
}

static int put_state_rows(struct call *call, struct rows *rows)
{
    static struct row row;
    int status = add_ledgers(rows, call, 0) < 0 ? -1 : 1;
    while (status > 0 && (status = rows_next(rows, &row)) > 0) {
        results_put_row(&call->state.out, &row);
    }
    return status == 0 ? 0 : fail(call, files_who("adding up", errno), strerror(errno));
}

static int put_state(struct call *call, struct rows *rows)
{
    static const struct lines_text none = {NULL, 0, 0};
    if (rows == NULL || settle_lines(call) < 0 ||
        target_open(call, &call->state, OUTLET_STATE, call->options->scan.state, 0) < 0) {
        return -1;
    }
    results_begin(&call->state.out, &call->options->settings, &none, 1);
    if (put_state_rows(call, rows) < 0) {
        return -1;
    }
    end_results(call, &call->state);
    return call->failed ? -1 : target_close(call, &call->state, 0);
}

/* While nothing is being read. If it fails, which was said, no more is tried. */
static void save_state(void *of)
{
    struct call *call = of;
    uint64_t began = state_now();
    struct rows *rows = rows_open();
    if (put_state(call, rows) < 0) {
        drop(&call->state);
        call->scan.save = NULL;
    }
    rows_close(rows);
    state_written(call->scan.state, began);
}

/* ---- Behind ---- */

enum table_end { TABLE_WHOLE, TABLE_KEPT, TABLE_DROPPED };

static void close_table(struct call *call, enum table_end end)
{
    if (call->scan.table == NULL) {
        files_leave(&call->table_made);
        return;
    }
    if (table_close(call->scan.table) < 0 || end == TABLE_DROPPED) {
        call->failed = 1;
        files_drop(&call->table_made);
    } else if (end == TABLE_KEPT) {
        files_leave(&call->table_made);
    } else if (files_finish(&call->table_made) < 0) {
        fail(call, call->table_made.path, strerror(errno));
    }
    call->scan.table = NULL;
}

static void close_all(struct call *call)
{
    for (unsigned i = 0; call->scan.workers != NULL && i < call->options->scan.jobs; i++) {
        worker_close(call->scan.workers[i]);
    }
    free(call->scan.workers);
    tally_close(call->scan.own);
    seen_close(call->scan.seen);
    state_close(call->scan.state);
    lines_text_free(&call->inputs);
    lines_text_free(&call->outlets);
    drop(&call->results);
    drop(&call->state);
    drop(&call->page);
    if (call->spool != NULL) {
        (void)fclose(call->spool);
    }
}

static int fails_on(const struct call *call)
{
    uint32_t worst = call->options->scan.fail_on;
    return worst != 0 && sums_total(call->sums.messages, tally_column(worst) + 1) > 0;
}

static int status_of(const struct call *call)
{
    if (call->interrupted) {
        return STATUS_SIGNAL + call->interrupted;
    }
    if (call->failed || call->scan.trouble ||
        (call->scan.state != NULL && call->sums.files[FILE_TROUBLE] > 0)) {
        return STATUS_TROUBLE;
    }
    return fails_on(call) ? STATUS_FAILED : STATUS_FINE;
}

/* ---- hoptls scan ---- */

/* Returns how many. */
static int paths_of(const struct options *options, char *const **paths)
{
    static char *standard_input[] = {"-"};
    *paths = options->file_count > 0 ? options->files : standard_input;
    return options->file_count > 0 ? options->file_count : 1;
}

static int check_paths(const struct call *call)
{
    char *const *paths;
    int count = paths_of(call->options, &paths);
    return call->scan.state != NULL && state_has_begun(call->scan.state)
               ? dispatch_check(&call->scan, paths, count)
               : 0;
}

static int open_all(struct call *call, struct output *out)
{
    return check_paths(call) < 0 || open_lines(call, out) < 0 || cut_lines(call) < 0 ||
                   open_table(call) < 0 || open_workers(call) < 0 || open_seen(call) < 0
               ? -1
               : 0;
}

static void run(struct call *call)
{
    const struct options *options = call->options;
    char *const *paths;
    int count = paths_of(options, &paths);
    struct progress *progress = NULL;
    if (pool_open(&call->scan, options->scan.jobs) == NULL) {
        fail(call, NULL, "no threads");
        return;
    }
    if (!options->scan.quiet) {
        progress = progress_start(&call->scan, paths, count);
    }
    dispatch_paths(&call->scan, paths, count);
    call->interrupted = interrupt_came();
    progress_end(progress);
    pool_close(call->scan.pool);
}

static void put_summary(struct call *call, struct output *out, const struct terminal *terminal)
{
    const struct scan_options *options = &call->options->scan;
    if ((options->lines == LINES_NONE || options->lines_path != NULL) && !call->options->quiet_output) {
        summary_print(out, terminal, &call->sums, call->options->policy_name, call->incomplete);
    }
}

static void put_head(struct call *call)
{
    const struct scan_options *options = &call->options->scan;
    if (options->lines == LINES_CSV && (call->scan.state == NULL || !state_has_begun(call->scan.state))) {
        csv_head(call->scan.out);
    }
}

/* Why not all was read, if the user asked for it; of other reasons each was said. */
static void tell_end(struct call *call)
{
    call->incomplete = scan_ends(&call->scan);
    if (call->interrupted) {
        complain("interrupted", call->scan.state != NULL
                                    ? "what is told is of a part; the same call goes on from here"
                                    : "what is told is of the part that was read");
    }
}

static void scan_all(struct call *call, struct output *out, const struct terminal *terminal)
{
    struct rows *rows = rows_open();
    int kept;
    /* Tables are sure to be on the disk only when they are closed: with them there is a state at the end alone. */
    call->scan.save = call->scan.state != NULL && call->scan.table == NULL ? save_state : NULL;
    call->scan.save_of = call;
    put_head(call);
    run(call);
    tell_end(call);
    kept = call->interrupted && call->scan.state != NULL;
    if (call->scan.state != NULL) {
        settle_lines(call);
    }
    add_inputs(call);
    if (rows == NULL || add_ledgers(rows, call, 0) < 0) {
        fail(call, files_who("adding up", errno), strerror(errno));
    } else {
        put_results(call, rows, &call->options->settings, &call->inputs);
        put_summary(call, out, terminal);
    }
    rows_close(rows);
    target_close(call, &call->lines, kept);
    close_table(call, kept ? TABLE_KEPT : TABLE_WHOLE);
}

static void prepare(struct call *call, const struct options *options)
{
    call->options = options;
    call->listed = options->scan.listed;
    call->scan.options = &options->scan;
    call->scan.request = &options->request;
    guard_install();
    interrupt_install();
}

/* Nothing was read. What an earlier call left stays. */
static void leave(struct call *call)
{
    int kept = call->scan.state != NULL && state_has_begun(call->scan.state);
    if (kept) {
        target_close(call, &call->lines, 1);
    } else {
        drop(&call->lines);
    }
    close_table(call, kept ? TABLE_KEPT : TABLE_DROPPED);
}

/* An earlier call came to the end. What it wrote is left as it is; what it found is told once more. */
static int tell_again(struct call *call, struct output *out, const struct terminal *terminal)
{
    struct rows *rows = rows_open();
    int status = rows == NULL || add_ledgers(rows, call, 0) < 0
                     ? fail(call, files_who("adding up", errno), strerror(errno))
                     : read_rows(call, rows);
    rows_close(rows);
    if (status < 0) {
        return STATUS_TROUBLE;
    }
    complain(call->options->scan.state,
             "this scan is finished, and nothing is written; without the state it begins anew");
    put_summary(call, out, terminal);
    return status_of(call);
}

int archive_scan(const struct options *options, struct output *out, const struct terminal *terminal)
{
    static struct call call; /* large, and the only one */
    int status = STATUS_TROUBLE;
    prepare(&call, options);
    if (open_listing(&call) < 0 || open_own(&call) < 0 || open_state(&call) < 0) {
        status = STATUS_TROUBLE;
    } else if (call.scan.state != NULL && state_is_finished(call.scan.state)) {
        status = tell_again(&call, out, terminal);
    } else if (open_all(&call, out) == 0) {
        scan_all(&call, out, terminal);
        status = status_of(&call);
    } else {
        leave(&call);
    }
    close_all(&call);
    return status;
}

/* ---- hoptls learn ---- */

static int put_counts(struct call *call, struct output *out)
{
    static struct row row;
    struct rows *rows = rows_open();
    int status = rows == NULL || add_ledgers(rows, call, 1) < 0 ? -1 : 1;
    if (status > 0) {
        counts_begin(out);
    }
    while (status > 0 && (status = rows_next(rows, &row)) > 0) {
        if (!results_is_empty(&row)) {
            counts_put(out, row.key, row.sums[0], row.sums[1]);
        }
    }
    rows_close(rows);
    return status < 0 ? fail(call, files_who("adding up", errno), strerror(errno)) : 0;
}

int archive_learn(const struct options *options, struct output *out)
{
    static struct call call;
    int status = STATUS_TROUBLE;
    prepare(&call, options);
    call.scan.learning = 1;
    call.scan.out = out;
    if (open_own(&call) == 0 && open_workers(&call) == 0) {
        run(&call);
        put_counts(&call, out);
        status = status_of(&call);
    }
    close_all(&call);
    return status;
}

/* ---- hoptls merge ---- */

struct parts {
    struct results **part;
    int count;
};

static int open_parts(struct call *call, struct parts *parts)
{
    const struct options *options = call->options;
    parts->part = calloc((size_t)options->file_count + 1, sizeof *parts->part);
    for (int i = 0; parts->part != NULL && i < options->file_count; i++) {
        parts->part[i] = results_open(options->files[i]);
        if (parts->part[i] == NULL) {
            return -1;
        }
        parts->count++;
    }
    return parts->part != NULL ? 0 : fail(call, NULL, no_memory);
}

/* Sums of different questions are no sum; and what two parts have in common is not known where each left out its own
 * duplicates. */
static int check_settings(struct call *call, const struct parts *parts)
{
    const struct lines_text *first = results_settings(parts->part[0]);
    for (int i = 1; i < parts->count; i++) {
        const struct lines_text *other = results_settings(parts->part[i]);
        if (first->len != other->len ||
            (first->len > 0 && memcmp(first->text, other->text, first->len) != 0)) {
            return fail(call, call->options->files[i],
                        "results of a scan with other options, or of another version");
        }
    }
    if (parts->count > 1 && first->text != NULL && strstr(first->text, "\t--dedup\t") != NULL) {
        return fail(call, call->options->files[1],
                    "of scans with --dedup it is not known which messages they share");
    }
    return 0;
}

/* The same input in two parts would count twice. Of a stream, and of a scan that did not read all, there is no digest; and
 * what is empty adds nothing. */
static int has_input(const struct results *part, const char *line, size_t len)
{
    const char *at = results_inputs(part)->text;
    while (at != NULL && *at != '\0' && (strncmp(at, line, len) != 0 || at[len] != '\n')) {
        at = strchr(at, '\n') + 1;
    }
    return at != NULL && *at != '\0';
}

static int check_part_inputs(struct call *call, const struct parts *parts, int part)
{
    const char *line = results_inputs(parts->part[part])->text;
    while (line != NULL && *line != '\0') {
        size_t len = strcspn(line, "\n");
        int counts =
            strncmp(line, "input\t-\t", 8) != 0 && strncmp(line + strcspn(line + 6, "\t") + 7, "0\t", 2) != 0;
        for (int i = 0; i < part && counts; i++) {
            if (has_input(parts->part[i], line, len)) {
                return fail(call, call->options->files[part],
                            "of an input that an earlier file of results has counted");
            }
        }
        line += len + 1;
    }
    return 0;
}

static int check_inputs(struct call *call, const struct parts *parts)
{
    int status = 0;
    for (int i = 1; i < parts->count && status == 0; i++) {
        status = check_part_inputs(call, parts, i);
    }
    return status;
}

static int add_parts(struct call *call, const struct parts *parts, struct rows *rows)
{
    for (int i = 0; i < parts->count; i++) {
        const struct lines_text *inputs = results_inputs(parts->part[i]);
        if (results_are_incomplete(parts->part[i])) {
            complain(call->options->files[i], "of a scan that did not read all");
            call->incomplete = 1;
        }
        if (rows_add(rows, results_next, parts->part[i]) < 0 ||
            (inputs->len > 0 && lines_text_add(&call->inputs, inputs->text, inputs->len) < 0)) {
            return fail(call, NULL, no_memory);
        }
    }
    return 0;
}

/* Behind the rows of all parts, what each lists: together no more than one scan would list. */
static int read_listings(struct call *call, const struct parts *parts)
{
    for (int i = 0; i < parts->count; i++) {
        char *line;
        int status;
        while ((status = results_next_listed(parts->part[i], &line)) > 0) {
            take_listed(call, line, strlen(line));
        }
        while (status == 0 && (status = results_next_position(parts->part[i], &line)) > 0) {
        }
        if (status < 0) {
            return -1;
        }
    }
    return 0;
}

static int merge_parts(struct call *call, struct parts *parts, struct rows *rows)
{
    const struct scan_options *options = &call->options->scan;
    const struct lines_text *settings = results_settings(parts->part[0]);
    call->listed = most_listed(call->options, settings);
    if (check_settings(call, parts) < 0 || check_inputs(call, parts) < 0 ||
        add_parts(call, parts, rows) < 0 || open_results(call, options->results, NULL, options->html) < 0) {
        return -1;
    }
    begin_results(call, &call->results, settings, &call->inputs);
    if (read_rows(call, rows) < 0 || read_listings(call, parts) < 0) {
        return -1;
    }
    end_results(call, &call->results);
    put_page(call, settings, &call->inputs);
    if (call->failed) {
        return -1;
    }
    target_close(call, &call->results, 0);
    target_close(call, &call->page, 0);
    return 0;
}

/* The policy's name in the settings, "" if none is. */
static void policy_of(const struct results *part, char name[32])
{
    static const char key[] = "setting\t--policy\t";
    const char *text = results_settings(part)->text;
    const char *at = text != NULL ? strstr(text, key) : NULL;
    name[0] = '\0';
    if (at != NULL) {
        at += sizeof key - 1;
        (void)snprintf(name, 32, "%.*s", (int)strcspn(at, "\n"), at);
    }
}

int archive_merge(const struct options *options, struct output *out, const struct terminal *terminal)
{
    static struct call call;
    struct parts parts = {NULL, 0};
    struct rows *rows = rows_open();
    char policy[32];
    int status = STATUS_TROUBLE;
    call.options = options;
    call.spool = files_spool();
    if (call.spool != NULL) {
        output_begin(&call.listing.out, fileno(call.spool));
        call.scan.listing = &call.listing.out;
    }
    if (rows != NULL && call.spool != NULL && open_parts(&call, &parts) == 0 &&
        merge_parts(&call, &parts, rows) == 0) {
        policy_of(parts.part[0], policy);
        if (!options->quiet_output) {
            summary_print(out, terminal, &call.sums, policy, call.incomplete);
        }
        status = status_of(&call);
    }
    for (int i = 0; i < parts.count; i++) {
        results_close(parts.part[i]);
    }
    free(parts.part);
    rows_close(rows);
    close_all(&call);
    return status;
}
