/* What the reader's terminal can show. */
#ifndef HOPTLS_TOOLS_TERMINAL_H
#define HOPTLS_TOOLS_TERMINAL_H

enum colour_choice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

struct terminal {
    int utf8;       /* 1: it shows UTF-8; 0: ASCII only */
    int colour;     /* 1: it obeys colours, and the user wants them */
    unsigned width; /* in cells */
};

enum sign {
    SIGN_ARROW,
    SIGN_RULE,
    SIGN_BORDER,
    SIGN_MORE,
    SIGN_TLS,
    SIGN_PLAIN,
    SIGN_UNKNOWN,
    SIGN_WEAK,
    SIGN_NONE
};

/* What is known of the terminal behind `fd`: LC_ALL, LC_CTYPE, LANG; NO_COLOR, TERM; COLUMNS, or the window's size. */
struct terminal terminal_look(int fd, enum colour_choice choice);

/* The sign in the characters that the terminal shows. All but SIGN_MORE are one cell wide in UTF-8. */
const char *terminal_sign(const struct terminal *terminal, enum sign sign);

#endif
