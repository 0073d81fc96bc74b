#include "options.h"

#include "complain.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

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
    "hoptls learn [OPTIONS] [FILE...] counts who states TLS, and prints the counts; a FILE may be an mbox.\n"
    "\n"
    "  --merge         the files are counts: add them up\n"
    "  --profile=FILE, --trust=WHOM   as above; only hops that are believed are counted\n"
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
    OPTION_MERGE
};

static const struct option long_options[] = {
    {"json", no_argument, NULL, OPTION_JSON},
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

/* Options of the answer are none of learning, and the other way round. */
static int is_for(const struct options *options, int option)
{
    switch (option) {
    case OPTION_MERGE: return options->action == ACTION_LEARN || options->action == ACTION_MERGE;
    case OPTION_TRUST:
    case OPTION_PROFILE: return options->action != ACTION_MERGE;
    default: return option < OPTION_JSON || options->action == ACTION_EXPLAIN;
    }
}

static int read_known_option(struct options *options, int option, char **argv)
{
    switch (option) {
    case OPTION_JSON: options->json = 1; return 0;
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
    case 'h': options->action = ACTION_HELP; return 0;
    case 'V': options->action = ACTION_VERSION; return 0;
    case ':': return refuse_option(argv, "needs an argument; see hoptls --help");
    default: return refuse_option(argv, "no such option, or not in this form; see hoptls --help");
    }
}

static int read_option(struct options *options, int option, char **argv)
{
    if (!is_for(options, option)) {
        return refuse_option(argv, options->action == ACTION_EXPLAIN ? "is for hoptls learn alone"
                                                                     : "is no option of hoptls learn");
    }
    return read_known_option(options, option, argv);
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

void options_read(struct options *options, int argc, char **argv)
{
    int option = 0;
    int status = 0;
    memset(options, 0, sizeof *options);
    options->rule = (struct learn_rule){.share = 9900, .hops = 20, .peers = 3};
    if (argc > 1 && strcmp(argv[1], "learn") == 0) {
        options->action = ACTION_LEARN;
        argc--;
        argv++;
    }
    opterr = 0;
    while (status == 0 && option != -1) {
        option = getopt_long(argc, argv, ":hV", long_options, NULL);
        status = option != -1 ? read_option(options, option, argv) : 0;
    }
    if (status < 0) {
        options->action = ACTION_REFUSE;
    }
    complete(options);
    options->files = argv + optind;
    options->file_count = argc - optind;
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
}
