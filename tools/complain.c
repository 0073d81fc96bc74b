#include "complain.h"

#include "output.h"
#include "text.h"

#include <unistd.h>

void complain(const char *subject, const char *words)
{
    static _Thread_local struct output error; /* large, and used once at a time */
    struct terminal terminal = terminal_look(STDERR_FILENO, COLOUR_NEVER);
    struct text text;
    text_begin(&text, &terminal);
    text_add(&text, "hoptls: ");
    if (subject != NULL) {
        text_safe_word(&text, subject, TEXT_ROOM / 2);
        text_add(&text, ": ");
    }
    text_add(&text, words);
    text_add(&text, "\n");
    output_begin(&error, STDERR_FILENO);
    output_bytes(&error, text.bytes, text.len);
    output_flush(&error);
}
