#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_USUAL = 100, WIDTH_LEAST = 24, WIDTH_MOST = 500 };

static const char *const signs[][2] = {
    [SIGN_ARROW] = {"->", "\xE2\x86\x92"}, [SIGN_RULE] = {"-", "\xE2\x94\x80"},
    [SIGN_BORDER] = {"=", "\xE2\x94\x81"}, [SIGN_MORE] = {"...", "\xE2\x80\xA6"},
    [SIGN_TLS] = {"+", "\xE2\x9C\x93"},    [SIGN_PLAIN] = {"X", "\xE2\x9C\x97"},
    [SIGN_UNKNOWN] = {"?", "?"},           [SIGN_WEAK] = {"!", "!"},
    [SIGN_NONE] = {"-", "\xC2\xB7"},
};

const char *terminal_sign(const struct terminal *terminal, enum sign sign)
{
    return signs[sign][terminal->utf8];
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value != NULL ? value : "";
}

static int contains(const char *text, const char *part)
{
    size_t len = strlen(part);
    while (*text != '\0' && strncasecmp(text, part, len) != 0) {
        text++;
    }
    return *text != '\0';
}

/* The first of the three that is set decides, as in setlocale(3). */
static int locale_is_utf8(void)
{
    const char *name = environment("LC_ALL");
    if (name[0] == '\0') {
        name = environment("LC_CTYPE");
    }
    if (name[0] == '\0') {
        name = environment("LANG");
    }
    return contains(name, "utf-8") || contains(name, "utf8");
}

static unsigned width_of(int fd)
{
    struct winsize size = {0, 0, 0, 0};
    unsigned long width = strtoul(environment("COLUMNS"), NULL, 10);
    if (width == 0 && ioctl(fd, TIOCGWINSZ, &size) == 0) {
        width = size.ws_col;
    }
    if (width == 0) {
        width = WIDTH_USUAL;
    }
    if (width < WIDTH_LEAST) {
        width = WIDTH_LEAST;
    }
    return width > WIDTH_MOST ? WIDTH_MOST : (unsigned)width;
}

/* NO_COLOR (no-color.org) and a dumb terminal are heeded unless the user asks for colours outright. */
static int wants_colour(int fd, enum colour_choice choice)
{
    if (choice != COLOUR_AUTO) {
        return choice == COLOUR_ALWAYS;
    }
    return isatty(fd) && environment("NO_COLOR")[0] == '\0' && strcmp(environment("TERM"), "dumb") != 0;
}

struct terminal terminal_look(int fd, enum colour_choice choice)
{
    struct terminal terminal = {locale_is_utf8(), wants_colour(fd, choice), width_of(fd)};
    return terminal;
}
