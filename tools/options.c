#include "options.h"

#include "complain.h"

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
    "  --min-tls=V     a version below V falls short: 1.0, 1.1, 1.2 or 1.3\n"
    "  --min-bits=N    a key of fewer bits falls short\n"
    "  --strict        a version that is not stated falls short of --min-tls\n"
    "  --internal      hops inside one organisation count too\n"
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
    OPTION_INTERNAL
};

static const struct option long_options[] = {
    {"json", no_argument, NULL, OPTION_JSON},
    {"color", required_argument, NULL, OPTION_COLOR},
    {"trust", required_argument, NULL, OPTION_TRUST},
    {"min-tls", required_argument, NULL, OPTION_MIN_TLS},
    {"min-bits", required_argument, NULL, OPTION_MIN_BITS},
    {"strict", no_argument, NULL, OPTION_STRICT},
    {"internal", no_argument, NULL, OPTION_INTERNAL},
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
            options->policy.min_version = (uint16_t)(0x0301u + i);
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
    options->policy.min_bits = (uint16_t)bits;
    return 0;
}

static int read_trust(struct options *options, const char *argument)
{
    if (trust_add(&options->trust, argument) < 0) {
        return refuse(argument, "--trust takes a number of hops, or names of hosts with commas between");
    }
    return 0;
}

static int read_option(struct options *options, int option, char **argv)
{
    switch (option) {
    case OPTION_JSON: options->json = 1; return 0;
    case OPTION_COLOR: return read_colour(options, optarg);
    case OPTION_TRUST: return read_trust(options, optarg);
    case OPTION_MIN_TLS: return read_min_tls(options, optarg);
    case OPTION_MIN_BITS: return read_min_bits(options, optarg);
    case OPTION_STRICT: options->policy.must_state = 1; return 0;
    case OPTION_INTERNAL: options->policy.count_internal = 1; return 0;
    case 'h': options->action = ACTION_HELP; return 0;
    case 'V': options->action = ACTION_VERSION; return 0;
    case ':': return refuse_option(argv, "needs an argument; see hoptls --help");
    default: return refuse_option(argv, "no such option, or not in this form; see hoptls --help");
    }
}

void options_read(struct options *options, int argc, char **argv)
{
    int option = 0;
    int status = 0;
    memset(options, 0, sizeof *options);
    opterr = 0;
    while (status == 0 && option != -1) {
        option = getopt_long(argc, argv, ":hV", long_options, NULL);
        status = option != -1 ? read_option(options, option, argv) : 0;
    }
    if (status < 0) {
        options->action = ACTION_REFUSE;
    }
    options->files = argv + optind;
    options->file_count = argc - optind;
}

void options_free(struct options *options)
{
    trust_free(&options->trust);
}
