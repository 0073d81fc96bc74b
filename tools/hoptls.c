/* The command: was this email carried over TLS? See README.md in this folder. */
#include "answer.h"
#include "archive.h"
#include "complain.h"
#include "explain.h"
#include "files.h"
#include "input.h"
#include "json.h"
#include "kind.h"
#include "options.h"
#include "outlets.h"
#include "outlook.h"
#include "sandbox.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_ENCRYPTED = 0, EXIT_NOT_ENCRYPTED = 1, EXIT_TROUBLE = 2, EXIT_CANNOT_TELL = 3 };

struct run {
    struct options options;
    struct learned *learned; /* null without --learned */
    struct terminal terminal;
    struct output out;
    struct answer answer;
    int status;
};

/* The worse of two statuses: trouble, not encrypted, cannot tell, encrypted. */
static int worse(int a, int b)
{
    static const int badness[] = {
        [EXIT_ENCRYPTED] = 0, [EXIT_CANNOT_TELL] = 1, [EXIT_NOT_ENCRYPTED] = 2, [EXIT_TROUBLE] = 3};
    return badness[a] >= badness[b] ? a : b;
}

static int status_of(const hoptls_report *report)
{
    switch (report->verdict) {
    case HOPTLS_V_TLS:
    case HOPTLS_V_NONE_NEEDED: return EXIT_ENCRYPTED;
    case HOPTLS_V_PLAIN:
    case HOPTLS_V_WEAK: return EXIT_NOT_ENCRYPTED;
    default: return EXIT_CANNOT_TELL;
    }
}

/* What was answered before comes first, where both go to one terminal. */
static void remark(struct run *run, const char *file, const char *words)
{
    output_flush(&run->out);
    complain(file, words);
}

static void tell_trouble(struct run *run, const char *file, const char *error)
{
    remark(run, file, error);
    run->status = worse(run->status, EXIT_TROUBLE);
}

static void tell_error(struct run *run, const char *file, const char *error)
{
    tell_trouble(run, file, error);
    if (run->options.json) {
        json_error(&run->out, file, error);
    }
}

static void tell_answer(struct run *run, const char *file, size_t offset, int first)
{
    int several = run->options.file_count > 1;
    if (run->options.json) {
        json_answer(&run->out, file, offset, &run->answer);
    } else {
        output_word(&run->out, first ? "" : "\n");
        explain_answer(&run->out, &run->terminal, &run->answer, several ? file : NULL);
    }
    run->status = worse(run->status, status_of(&run->answer.report));
}

/* What it is if a program has to unpack it first; in its bytes there may be fields, but nobody's. */
static enum kind packed_kind(const struct input *input)
{
    if (input->size == 0) {
        return KIND_NOTHING;
    }
    return kind_of_packed(input->bytes, input->size < KIND_HEAD ? input->size : KIND_HEAD);
}

static void answer_message(struct run *run, const char *file, const struct input *input, hoptls_msg msg,
                           int first)
{
    if (answer_read(&run->answer, &run->options.request, msg) < 0) {
        tell_error(run, file, "no message that can be read");
        return;
    }
    tell_answer(run, file, input->offset, first);
    if (input->is_mbox) {
        remark(run, file, "an mbox of several messages; the answer is for the first");
    }
}

/* Spans count in the text, as it was taken out of the file. */
static void answer_outlook(struct run *run, const char *file, const struct input *input, int first)
{
    uint8_t *room = malloc(OUTLOOK_ROOM);
    hoptls_msg msg = {NULL, 0};
    enum outlook found = room != NULL ? outlook_bytes(input->bytes, input->size, room, &msg) : OUTLOOK_NEVER;
    if (msg.ptr == NULL) {
        tell_error(run, file, room != NULL ? outlook_remark(found) : strerror(ENOMEM));
    } else {
        answer_message(run, file, input, msg, first);
    }
    if (found == OUTLOOK_CUT) {
        tell_trouble(run, file, outlook_remark(found));
    }
    free(room);
}

/* Of what no program here reads nothing is promised. */
static const char *why_no_message(enum kind kind)
{
    return kind == KIND_PST ? "a store of Outlook (.pst), which is not read here: convert it with readpst(1)"
                            : "an archive, not a message; `hoptls scan` reads it";
}

static void answer_file(struct run *run, const char *file, int first)
{
    struct input input;
    if (input_open(&input, file) < 0) {
        tell_error(run, file, input.error);
    } else if (packed_kind(&input) == KIND_MSG) {
        answer_outlook(run, file, &input, first);
    } else if (packed_kind(&input) == KIND_UTF16) {
        tell_error(run, file, "text in UTF-16, which is not read here: convert it to UTF-8");
    } else if (packed_kind(&input) != KIND_NOTHING) {
        tell_error(run, file, why_no_message(packed_kind(&input)));
    } else {
        answer_message(run, file, &input, input.msg, first);
    }
    input_close(&input);
}

static void for_files(struct run *run, void (*act)(struct run *, const char *file, int first))
{
    static char *standard_input[] = {"-"};
    char **files = run->options.file_count > 0 ? run->options.files : standard_input;
    int count = run->options.file_count > 0 ? run->options.file_count : 1;
    for (int i = 0; i < count && run->out.error == 0; i++) {
        act(run, files[i], i == 0);
    }
}

static int open_learned(struct run *run)
{
    if (run->options.learned) {
        run->learned = learned_open(&run->options.counts, &run->options.rule);
        run->options.request.learned = run->learned;
    }
    if (run->options.learned && run->learned == NULL) {
        tell_trouble(run, NULL, strerror(ENOMEM));
        return -1;
    }
    return 0;
}

static void close_learned(struct run *run)
{
    if (run->learned != NULL) {
        learned_close(run->learned);
    }
}

static void explain(struct run *run)
{
    if (open_learned(run) == 0) {
        for_files(run, answer_file);
        close_learned(run);
    }
}

/* ---- Archives ---- */

static void merge_file(struct run *run, const char *file, int first)
{
    (void)first;
    if (counts_read(&run->options.counts, file) < 0) {
        run->status = EXIT_TROUBLE;
    }
}

static void learn(struct run *run)
{
    run->status = archive_learn(&run->options, &run->out);
}

static void scan(struct run *run)
{
    if (open_learned(run) == 0) {
        run->status = archive_scan(&run->options, &run->out, &run->terminal);
        close_learned(run);
    }
}

static void merge_results(struct run *run)
{
    run->status = archive_merge(&run->options, &run->out, &run->terminal);
}

/* A sum that lacks a part would pass for the whole. */
static void merge(struct run *run)
{
    for_files(run, merge_file);
    if (run->status == EXIT_ENCRYPTED) {
        counts_write(&run->options.counts, &run->out);
    }
}

static void records(struct run *run)
{
    for_files(run, merge_file);
    run->options.learned = 1;
    if (run->status == EXIT_ENCRYPTED && open_learned(run) == 0) {
        learned_write(run->learned, &run->out);
        close_learned(run);
    }
}

/* What is made. Returns how many. */
static size_t list_outputs(const struct options *options, char **paths)
{
    const struct scan_options *chosen = &options->scan;
    const char *const written[OUTLETS] = {[OUTLET_LINES] = chosen->lines_path,
                                          [OUTLET_TABLE] = chosen->sqlite,
                                          [OUTLET_PAGE] = chosen->html,
                                          [OUTLET_RESULTS] = chosen->results,
                                          [OUTLET_STATE] = chosen->state};
    size_t count = 0;
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        if (written[i] != NULL && options->outlet_fds[i] < 0) {
            paths[count++] = (char *)(uintptr_t)written[i];
        }
    }
    return count;
}

/* What the user wrote has been read; what comes now is from strangers. */
static void enter_and_act(struct run *run, void (*act)(struct run *), const char *scratch)
{
    char *written[8];
    struct sandbox_paths paths = {.read = run->options.files, .read_count = (size_t)run->options.file_count};
    paths.write = written;
    paths.write_count = list_outputs(&run->options, written);
    paths.scratch = scratch;
    paths.threads = run->options.action == ACTION_SCAN || run->options.action == ACTION_LEARN;
    if (sandbox_enter(&paths) < 0) {
        tell_trouble(run, NULL, "no memory for the sandbox");
        return;
    }
    act(run);
}

/* Of an archive, what does not fit into memory goes into files. */
static void in_sandbox(struct run *run, void (*act)(struct run *))
{
    int is_archive = run->options.action != ACTION_EXPLAIN && run->options.action != ACTION_MERGE;
    char *scratch;
    if (outlets_open(&run->options) < 0) {
        run->status = EXIT_TROUBLE;
        return;
    }
    scratch = is_archive ? files_scratch() : NULL;
    enter_and_act(run, act, scratch);
    if (scratch != NULL) {
        rmdir(scratch);
        free(scratch);
    }
}

static void with_organisations(struct run *run, void (*act)(struct run *))
{
    struct request *request = &run->options.request;
    request->organisations = organisations_open(run->options.action != ACTION_EXPLAIN);
    if (request->organisations == NULL) {
        tell_trouble(run, NULL, strerror(ENOMEM));
        return;
    }
    in_sandbox(run, act);
    organisations_close(request->organisations);
}

static void act(struct run *run)
{
    switch (run->options.action) {
    case ACTION_HELP: output_word(&run->out, options_help); break;
    case ACTION_VERSION:
        output_word(&run->out, "hoptls ");
        output_word(&run->out, hoptls_version());
        output_word(&run->out, "\n");
        break;
    case ACTION_EXPLAIN: with_organisations(run, explain); break;
    case ACTION_LEARN: with_organisations(run, learn); break;
    case ACTION_MERGE: in_sandbox(run, merge); break;
    case ACTION_RECORDS: in_sandbox(run, records); break;
    case ACTION_SCAN: with_organisations(run, scan); break;
    case ACTION_MERGE_RESULTS: in_sandbox(run, merge_results); break;
    case ACTION_REFUSE: run->status = EXIT_TROUBLE; break;
    }
}

/* A reader who closed the pipe knows; anyone else must hear that the answer is not complete. */
static void finish(struct run *run)
{
    if (output_flush(&run->out) < 0) {
        if (run->out.error != EPIPE) {
            complain("standard output", strerror(run->out.error));
        }
        run->status = EXIT_TROUBLE;
    }
}

int main(int argc, char **argv)
{
    static struct run run; /* large, and the only one */
    /* For wcwidth alone; what the terminal shows is asked for in terminal.c. */
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    (void)signal(SIGPIPE, SIG_IGN);
    input_guard();
    options_read(&run.options, argc, argv);
    run.terminal = terminal_look(STDOUT_FILENO, run.options.colour);
    output_begin(&run.out, STDOUT_FILENO);
    act(&run);
    finish(&run);
    outlets_close(&run.options);
    options_free(&run.options);
    return run.status;
}
