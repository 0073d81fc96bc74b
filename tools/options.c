#include "options.h"

#include "calendar.h"
#include "complain.h"
#include "digest.h"
#include "line.h"
#include "listing.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char options_help[] =
    "usage: hoptls [OPTIONS] [FILE...]\n"
    "\n"
    "Was this email carried over TLS? Reads the Received fields of each message and answers hop by hop.\n"
    "With no FILE, or where FILE is -, reads standard input.\n"
    "\n"
    "  --json          print one line of JSON for each FILE\n"
    "  --color=WHEN    auto (on a terminal, if NO_COLOR is not set), always or never\n"
    "\n"
    "  --trust=WHOM    believe the header only as far down as WHOM wrote it: a number of hops from the\n"
    "                  newest down, or the hosts that wrote them, as HOST or .DOMAIN, with commas between;\n"
    "                  may be given several times\n"
    "\n"
    "  --policy=NAME   TLS falls short by a published rule: rfc9325, nist-800-52r2, hipaa; any asks for "
    "none\n"
    "  --min-tls=V     a version below V falls short: 1.0, 1.1, 1.2 or 1.3\n"
    "  --min-bits=N    a key of fewer bits falls short\n"
    "  --strict        a version that is not stated falls short of the lowest one\n"
    "  --internal      hops inside one organisation count too\n"
    "\n"
    "  --profile=FILE  what only the operator of a site knows: organisations, private links, who records "
    "TLS,\n"
    "                  whom to trust; may be given several times\n"
    "  --learned=FILE  what silence means, from counts of an archive; may be given several times\n"
    "  --learn-share=P a server's record is reliable if it says TLS of P % of the messages from peers that\n"
    "                  use it (99),\n"
    "  --learn-hops=N  of N messages at least (20),\n"
    "  --learn-peers=N from N peers at least (3)\n"
    "  --forget-silence  leave out what is known of servers: silence means only what profiles and counts "
    "say\n"
    "\n"
    "hoptls scan [OPTIONS] [PATH...] reads archives: mbox, Maildir, MH, folders of messages, packed or not, "
    "standard\n"
    "input; and prints a summary. All options above, and:\n"
    "\n"
    "  --json[=FILE], --csv[=FILE]  a line a message, on standard output instead of the summary, or in FILE\n"
    "  --sqlite=FILE   tables of messages, hops and hosts\n"
    "  --html=FILE     a page for an auditor; --listed=N: with the first N messages of each verdict (1000)\n"
    "  --results=FILE  the sums, for hoptls merge\n"
    "  --only=VERDICT  messages of this verdict alone; several with commas between\n"
    "  --since=DAY, --until=DAY  messages that arrived then: 2019, 2019-08 or 2019-08-19, UTC\n"
    "  --dedup         count messages with the same Message-ID once\n"
    "  --fail-on=VERDICT  exit status 1 if any message is plain, or unknown or worse, or weak or worse\n"
    "  --resume=STATE  go on where a scan with the same STATE was interrupted\n"
    "  --format=KIND   auto, message, mbox, mboxo, mboxrd, mboxcl, mboxcl2, emlx, archive, pst, msg\n"
    "  --sort          files of each folder in the order of their names\n"
    "  -j N            threads (one for each processor)\n"
    "  --quiet         no progress on a terminal\n"
    "\n"
    "hoptls merge [--html=FILE] [--results=FILE] RESULTS... adds up what scans of parts found.\n"
    "\n"
    "hoptls learn [OPTIONS] [PATH...] counts who states TLS, and prints the counts.\n"
    "\n"
    "  --merge         the files are counts: add them up\n"
    "  --records       the files are counts: print each server's record, by the minima above\n"
    "  --profile=FILE, --trust=WHOM   as above; only hops that are believed are counted\n"
    "  --format=KIND, --sort, -j N, --quiet  as above\n"
    "\n"
    "  -h, --help      print this\n"
    "  -V, --version   print the version\n"
    "\n"
    "Exit status: 0 encrypted, or no need to be; 1 not encrypted, or short of what was asked for; 3 cannot\n"
    "tell; 2 the call, the input or the output failed. Of several files the worst counts: 2, 1, 3, 0.\n";

enum {
    OPTION_JSON = 256,
    OPTION_COLOR,
    OPTION_TRUST,
    OPTION_MIN_TLS,
    OPTION_MIN_BITS,
    OPTION_STRICT,
    OPTION_INTERNAL,
    OPTION_POLICY,
    OPTION_PROFILE,
    OPTION_LEARNED,
    OPTION_LEARN_SHARE,
    OPTION_LEARN_HOPS,
    OPTION_LEARN_PEERS,
    OPTION_FORGET_SILENCE,
    OPTION_MERGE,
    OPTION_RECORDS,
    OPTION_CSV,
    OPTION_SQLITE,
    OPTION_HTML,
    OPTION_RESULTS,
    OPTION_LISTED,
    OPTION_ONLY,
    OPTION_SINCE,
    OPTION_UNTIL,
    OPTION_DEDUP,
    OPTION_FAIL_ON,
    OPTION_RESUME,
    OPTION_FORMAT,
    OPTION_SORT,
    OPTION_QUIET
};

static const struct option long_options[] = {
    {"json", optional_argument, NULL, OPTION_JSON},
    {"color", required_argument, NULL, OPTION_COLOR},
    {"trust", required_argument, NULL, OPTION_TRUST},
    {"min-tls", required_argument, NULL, OPTION_MIN_TLS},
    {"min-bits", required_argument, NULL, OPTION_MIN_BITS},
    {"strict", no_argument, NULL, OPTION_STRICT},
    {"internal", no_argument, NULL, OPTION_INTERNAL},
    {"policy", required_argument, NULL, OPTION_POLICY},
    {"profile", required_argument, NULL, OPTION_PROFILE},
    {"learned", required_argument, NULL, OPTION_LEARNED},
    {"learn-share", required_argument, NULL, OPTION_LEARN_SHARE},
    {"learn-hops", required_argument, NULL, OPTION_LEARN_HOPS},
    {"learn-peers", required_argument, NULL, OPTION_LEARN_PEERS},
    {"forget-silence", no_argument, NULL, OPTION_FORGET_SILENCE},
    {"merge", no_argument, NULL, OPTION_MERGE},
    {"records", no_argument, NULL, OPTION_RECORDS},
    {"csv", optional_argument, NULL, OPTION_CSV},
    {"sqlite", required_argument, NULL, OPTION_SQLITE},
    {"html", required_argument, NULL, OPTION_HTML},
    {"results", required_argument, NULL, OPTION_RESULTS},
    {"listed", required_argument, NULL, OPTION_LISTED},
    {"only", required_argument, NULL, OPTION_ONLY},
    {"since", required_argument, NULL, OPTION_SINCE},
    {"until", required_argument, NULL, OPTION_UNTIL},
    {"dedup", no_argument, NULL, OPTION_DEDUP},
    {"fail-on", required_argument, NULL, OPTION_FAIL_ON},
    {"resume", required_argument, NULL, OPTION_RESUME},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"sort", no_argument, NULL, OPTION_SORT},
    {"quiet", no_argument, NULL, OPTION_QUIET},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

/* Say what is wrong with an option or its argument. */
static int refuse(const char *argument, const char *words)
{
    complain(argument, words);
    return -1;
}

/* getopt tells a short option by its letter, a long one by its place. */
static int refuse_option(char **argv, const char *words)
{
    char letter[3] = {'-', (char)optopt, '\0'};
    return refuse(optopt > 0 && optopt < OPTION_JSON ? letter : argv[optind - 1], words);
}

static int read_colour(struct options *options, const char *argument)
{
    static const char *const words[] = {
        [COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never"};
    for (int i = COLOUR_AUTO; i <= COLOUR_NEVER; i++) {
        if (strcmp(argument, words[i]) == 0) {
            options->colour = (enum colour_choice)i;
            return 0;
        }
    }
    return refuse(argument, "--color takes auto, always or never");
}

static int read_min_tls(struct options *options, const char *argument)
{
    static const char *const words[] = {"1.0", "1.1", "1.2", "1.3"};
    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(argument, words[i]) == 0) {
            options->request.policy.min_version = (uint16_t)(0x0301u + i);
            options->request.own_version = 1;
            return 0;
        }
    }
    return refuse(argument, "--min-tls takes 1.0, 1.1, 1.2 or 1.3");
}

static int read_min_bits(struct options *options, const char *argument)
{
    size_t len = strlen(argument);
    unsigned long bits = strtoul(argument, NULL, 10);
    if (len == 0 || len > 5 || strspn(argument, "0123456789") != len || bits > UINT16_MAX) {
        return refuse(argument, "--min-bits takes a number up to 65535");
    }
    options->request.policy.min_bits = (uint16_t)bits;
    options->request.own_bits = 1;
    return 0;
}

static int read_trust(struct options *options, const char *argument)
{
    if (trust_add(&options->request.trust, argument) < 0) {
        return refuse(argument, "--trust takes a number of hops, or names of hosts with commas between");
    }
    return 0;
}

static int read_policy(struct options *options, const char *argument)
{
    options->request.named = policy_find(argument);
    if (options->request.named == NULL) {
        return refuse(argument, "--policy takes any, rfc9325, nist-800-52r2 or hipaa");
    }
    return 0;
}

static int read_profile(struct options *options, const char *argument)
{
    if (options->profiles == NULL) {
        options->profiles = profiles_open();
    }
    if (options->profiles == NULL) {
        return refuse(argument, strerror(ENOMEM));
    }
    options->request.profiles = options->profiles;
    return profiles_read(options->profiles, argument);
}

static int read_learned(struct options *options, const char *argument)
{
    options->learned = 1;
    return counts_read(&options->counts, argument);
}

/* `99`, `99.5` or `99.55`, in ten thousandths. */
static int read_share(struct options *options, const char *argument)
{
    size_t whole = strspn(argument, "0123456789");
    size_t part = argument[whole] == '.' ? strspn(argument + whole + 1, "0123456789") : 0;
    size_t len = whole + (argument[whole] == '.') + part;
    unsigned share = 0;
    if (whole == 0 || whole > 3 || part > 2 || argument[len] != '\0' || (part == 0 && len > whole)) {
        return refuse(argument, "--learn-share takes a percentage up to 100, such as 99 or 99.5");
    }
    for (size_t i = 0; i < whole + 2; i++) {
        size_t at = i < whole ? i : i + 1;
        share = share * 10 + (at < len ? (unsigned)(argument[at] - '0') : 0);
    }
    options->rule.share = share;
    return share <= 10000 ? 0 : refuse(argument, "--learn-share takes a percentage up to 100");
}

static int read_least(uint64_t *least, const char *argument, const char *words)
{
    size_t len = strlen(argument);
    if (len == 0 || len > 15 || strspn(argument, "0123456789") != len || strtoull(argument, NULL, 10) == 0) {
        return refuse(argument, words);
    }
    *least = strtoull(argument, NULL, 10);
    return 0;
}

/* ---- Options of a scan ---- */

static int read_number(const char *argument, unsigned most, unsigned *number, const char *words)
{
    size_t len = strlen(argument);
    unsigned long read = len > 0 && len < 8 ? strtoul(argument, NULL, 10) : 0;
    if (strspn(argument, "0123456789") != len || read < 1 || read > most) {
        return refuse(argument, words);
    }
    *number = (unsigned)read;
    return 0;
}

static int read_lines(struct options *options, enum lines lines, const char *path)
{
    const char *name = lines == LINES_JSON ? "--json" : "--csv";
    if (options->action == ACTION_EXPLAIN && path != NULL) {
        return refuse(name, "takes a FILE with hoptls scan alone");
    }
    if (options->scan.lines != LINES_NONE && options->scan.lines != lines) {
        return refuse(name, "--json or --csv, not both");
    }
    if (options->scan.lines != LINES_NONE && (path != NULL || options->scan.lines_path != NULL)) {
        return refuse(name, "given twice");
    }
    options->json = lines == LINES_JSON;
    options->scan.lines = lines;
    options->scan.lines_path =
        path != NULL && strcmp(path, "-") != 0 && strcmp(path, "/dev/stdout") != 0 ? path : NULL;
    return 0;
}

static int read_format(struct options *options, const char *argument)
{
    if (kind_named(argument, &options->scan.format) < 0) {
        return refuse(
            argument,
            "--format takes auto, message, mbox, mboxo, mboxrd, mboxcl, mboxcl2, emlx, archive, pst "
            "or msg");
    }
    return 0;
}

static int read_only(struct options *options, const char *argument)
{
    const char *at = argument;
    while (at != NULL) {
        char word[16];
        size_t len = strcspn(at, ",");
        int verdict;
        (void)snprintf(word, sizeof word, "%.*s", (int)(len < sizeof word ? len : 0), at);
        verdict = listing_verdict(word);
        if (verdict < 0) {
            return refuse(argument,
                          "--only takes tls, weak, unknown, plain, none-needed, with commas between");
        }
        options->scan.only |= 1u << verdict;
        at = at[len] == ',' ? at + len + 1 : NULL;
    }
    return 0;
}

static int read_fail_on(struct options *options, const char *argument)
{
    int verdict = listing_verdict(argument);
    if (verdict < 0 || verdict > TALLY_WEAK) {
        return refuse(argument, "--fail-on takes plain, unknown or weak");
    }
    options->scan.fail_on = (uint32_t)(verdict + 1) * 16;
    return 0;
}

static int read_day(const char *argument, int end, int *has, int64_t *seconds)
{
    if (calendar_read(argument, end, seconds) < 0) {
        return refuse(argument, "a day is written 2019-08-19, a month 2019-08, a year 2019");
    }
    *has = 1;
    return 0;
}

static int read_scan_option(struct options *options, int option)
{
    struct scan_options *scan = &options->scan;
    switch (option) {
    case OPTION_CSV: return read_lines(options, LINES_CSV, optarg);
    case OPTION_SQLITE: scan->sqlite = optarg; return 0;
    case OPTION_HTML: scan->html = optarg; return 0;
    case OPTION_RESULTS: scan->results = optarg; return 0;
    case OPTION_LISTED:
        scan->own_listed = 1;
        return read_number(optarg, 1000000, &scan->listed, "--listed takes a number up to 1000000");
    case OPTION_ONLY: return read_only(options, optarg);
    case OPTION_SINCE: return read_day(optarg, 0, &scan->has_since, &scan->since);
    case OPTION_UNTIL: return read_day(optarg, 1, &scan->has_until, &scan->until);
    case OPTION_DEDUP: scan->dedup = 1; return 0;
    case OPTION_FAIL_ON: return read_fail_on(options, optarg);
    case OPTION_RESUME: scan->state = optarg; return 0;
    case OPTION_FORMAT: return read_format(options, optarg);
    case OPTION_SORT: scan->sort = 1; return 0;
    case OPTION_QUIET: scan->quiet = 1; return 0;
    default: return read_number(optarg, 256, &scan->jobs, "-j takes a number up to 256");
    }
}

static unsigned processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 && count < 256 ? (unsigned)count : 1;
}

/* ---- Which options go with what ---- */

/* Those that the verdicts of a scan rest on. */
static int is_setting(int option)
{
    switch (option) {
    case OPTION_TRUST:
    case OPTION_MIN_TLS:
    case OPTION_MIN_BITS:
    case OPTION_STRICT:
    case OPTION_INTERNAL:
    case OPTION_POLICY:
    case OPTION_PROFILE:
    case OPTION_LEARNED:
    case OPTION_LEARN_SHARE:
    case OPTION_LEARN_HOPS:
    case OPTION_LEARN_PEERS:
    case OPTION_FORGET_SILENCE: return 1;
    default: return 0;
    }
}

static int is_of_scan(int option)
{
    return option == 'j' || option >= OPTION_CSV;
}

/* Options of the answer are none of learning, and the other way round. */
static int is_for(const struct options *options, int option)
{
    int learns = option == OPTION_TRUST || option == OPTION_PROFILE;
    int rules = option == OPTION_LEARN_SHARE || option == OPTION_LEARN_HOPS || option == OPTION_LEARN_PEERS;
    if (option == 'h' || option == 'V' || option == ':' || option == '?') {
        return 1;
    }
    switch (options->action) {
    case ACTION_EXPLAIN: return is_setting(option) || option == OPTION_JSON || option == OPTION_COLOR;
    case ACTION_LEARN:
        return learns || option == OPTION_MERGE || option == OPTION_RECORDS || option == OPTION_FORMAT ||
               option == OPTION_SORT || option == OPTION_QUIET || option == 'j';
    case ACTION_MERGE: return option == OPTION_MERGE;
    case ACTION_RECORDS: return option == OPTION_RECORDS || rules;
    case ACTION_SCAN:
        return is_setting(option) || is_of_scan(option) || option == OPTION_JSON || option == OPTION_COLOR;
    case ACTION_MERGE_RESULTS:
        return option == OPTION_HTML || option == OPTION_RESULTS || option == OPTION_LISTED ||
               option == OPTION_COLOR || option == OPTION_FAIL_ON;
    default: return 1;
    }
}

static const char *why_not_for(const struct options *options, int option)
{
    switch (options->action) {
    case ACTION_EXPLAIN: return is_of_scan(option) ? "is for hoptls scan" : "is for hoptls learn alone";
    case ACTION_SCAN: return "is no option of hoptls scan";
    case ACTION_MERGE_RESULTS: return "is no option of hoptls merge";
    default: return "is no option of hoptls learn";
    }
}

/* ---- What a scan rests on, for its results ---- */

static int add_setting(struct options *options, const char *name, const char *value)
{
    char line[8192];
    char escaped[4096];
    int len;
    line_write(escaped, sizeof escaped, value);
    len = snprintf(line, sizeof line, "setting\t%s\t%s\n", name, escaped);
    return lines_text_add(&options->settings, line, (size_t)len) == 0 ? 0 : refuse(name, strerror(ENOMEM));
}

/* Of a file it is the content that counts, wherever it lies. */
static int add_file_setting(struct options *options, const char *name, const char *path)
{
    char hex[DIGEST_ROOM];
    uint64_t bytes = 0;
    if (digest_file(AT_FDCWD, path, hex, &bytes) < 0) {
        return refuse(path, strerror(errno));
    }
    return add_setting(options, name, hex);
}

static int note_option(struct options *options, int option)
{
    const struct option *known = long_options;
    char name[32];
    if (options->action != ACTION_SCAN ||
        (!is_setting(option) && option != OPTION_ONLY && option != OPTION_SINCE && option != OPTION_UNTIL &&
         option != OPTION_DEDUP && option != OPTION_FORMAT && option != OPTION_LISTED)) {
        return 0;
    }
    while (known->val != option) {
        known++;
    }
    (void)snprintf(name, sizeof name, "--%s", known->name);
    if (option == OPTION_POLICY) {
        options->policy_name = optarg;
    }
    if (option == OPTION_PROFILE || option == OPTION_LEARNED) {
        return add_file_setting(options, name, optarg);
    }
    return add_setting(options, name, known->has_arg == no_argument ? "" : optarg);
}

static int read_known_option(struct options *options, int option, char **argv)
{
    switch (option) {
    case OPTION_JSON: return read_lines(options, LINES_JSON, optarg);
    case OPTION_COLOR: return read_colour(options, optarg);
    case OPTION_TRUST: return read_trust(options, optarg);
    case OPTION_MIN_TLS: return read_min_tls(options, optarg);
    case OPTION_MIN_BITS: return read_min_bits(options, optarg);
    case OPTION_STRICT: options->request.policy.must_state = 1; return 0;
    case OPTION_INTERNAL: options->request.policy.count_internal = 1; return 0;
    case OPTION_POLICY: return read_policy(options, optarg);
    case OPTION_PROFILE: return read_profile(options, optarg);
    case OPTION_LEARNED: return read_learned(options, optarg);
    case OPTION_LEARN_SHARE: return read_share(options, optarg);
    case OPTION_LEARN_HOPS:
        return read_least(&options->rule.hops, optarg, "--learn-hops takes a number from 1 on");
    case OPTION_LEARN_PEERS:
        return read_least(&options->rule.peers, optarg, "--learn-peers takes a number from 1 on");
    case OPTION_FORGET_SILENCE: options->request.forget_silence = 1; return 0;
    case OPTION_MERGE: options->action = ACTION_MERGE; return 0;
    case OPTION_RECORDS: options->action = ACTION_RECORDS; return 0;
    case 'h': options->action = ACTION_HELP; return 0;
    case 'V': options->action = ACTION_VERSION; return 0;
    case ':': return refuse_option(argv, "needs an argument; see hoptls --help");
    case '?': return refuse_option(argv, "no such option, or not in this form; see hoptls --help");
    default: return read_scan_option(options, option);
    }
}

static int read_option(struct options *options, int option, char **argv)
{
    if (!is_for(options, option)) {
        return refuse_option(argv, why_not_for(options, option));
    }
    return read_known_option(options, option, argv) < 0 ? -1 : note_option(options, option);
}

/* What was asked for by name, except where the user asked for something of his own; whom the profiles believe, unless
 * he draws the line himself. */
static void complete(struct options *options)
{
    struct request *request = &options->request;
    hoptls_policy own = request->policy;
    if (request->named != NULL) {
        policy_fill(request->named, &request->policy);
        request->policy.min_version = request->own_version ? own.min_version : request->policy.min_version;
        request->policy.min_bits = request->own_bits ? own.min_bits : request->policy.min_bits;
    }
    if (request->profiles != NULL && !request->trust.given) {
        request->trust = *profiles_trust(request->profiles);
        options->borrowed_trust = 1;
    }
}

static enum action action_named(const char *word)
{
    if (strcmp(word, "learn") == 0) {
        return ACTION_LEARN;
    }
    if (strcmp(word, "scan") == 0) {
        return ACTION_SCAN;
    }
    return strcmp(word, "merge") == 0 ? ACTION_MERGE_RESULTS : ACTION_EXPLAIN;
}

/* What the parts of an archive would do to each other must be done in one order; and what a person sees of a path is
 * the path. */
static int complete_scan(struct options *options)
{
    if (options->scan.jobs == 0 || options->scan.dedup) {
        options->scan.jobs = options->scan.dedup ? 1 : processors();
    }
    if (options->scan.dedup && options->scan.state != NULL) {
        return refuse("--resume", "does not go with --dedup: what was seen before is not kept");
    }
    if (options->scan.has_since && options->scan.has_until && options->scan.since >= options->scan.until) {
        return refuse("--since", "is behind --until: no message can be selected");
    }
    if (options->action == ACTION_MERGE_RESULTS && options->file_count == 0) {
        return refuse("merge", "needs files of results");
    }
    for (int i = 0; i < options->file_count && options->action == ACTION_SCAN; i++) {
        char *path = options->files[i];
        size_t len = strlen(path);
        while (len > 1 && path[len - 1] == '/') {
            path[--len] = '\0';
        }
    }
    return 0;
}

void options_read(struct options *options, int argc, char **argv)
{
    int option = 0;
    int status = 0;
    memset(options, 0, sizeof *options);
    options->rule = (struct learn_rule){.share = 9900, .hops = 20, .peers = 3};
    options->scan.listed = LISTED_USUAL;
    options->policy_name = "";
    options->action = argc > 1 ? action_named(argv[1]) : ACTION_EXPLAIN;
    if (options->action != ACTION_EXPLAIN) {
        argc--;
        argv++;
    }
    if (options->action == ACTION_SCAN) {
        status = add_setting(options, "program", hoptls_version());
    }
    opterr = 0;
    while (status == 0 && option != -1) {
        option = getopt_long(argc, argv, ":hVj:", long_options, NULL);
        status = option != -1 ? read_option(options, option, argv) : 0;
    }
    complete(options);
    options->files = argv + optind;
    options->file_count = argc - optind;
    if (status < 0 || complete_scan(options) < 0) {
        options->action = ACTION_REFUSE;
    }
}

void options_free(struct options *options)
{
    if (!options->borrowed_trust) {
        trust_free(&options->request.trust);
    }
    if (options->profiles != NULL) {
        profiles_close(options->profiles);
    }
    counts_free(&options->counts);
    lines_text_free(&options->settings);
}
