/* Prints what hoptls finds in each message named, in the words of a .want file: to be held against what its writer
 * expected. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        blob file = blob_read(argv[i]);
        reading r = reading_of(file.ptr, file.len);
        text out = {NULL, 0, 0};

        want_print(&out, &r);
        fwrite(out.ptr, 1, out.len, stdout);
        text_free(&out);
        reading_free(&r);
        blob_free(&file);
    }
    return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
