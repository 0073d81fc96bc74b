/* Do core and twin read alike what no server wrote but any might (I12): a field made of the twin's templates, with names, ids,
 * words and notes of others in it (dialects.h)? The input is choices: a fuzzer finds which of them lead somewhere new. */
#include "dialects.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int asked;
    if (!asked && getenv("REFERENCE_SUMS") != NULL) {
        (void)atexit(reference_print_sums);
    }
    asked = 1;
    ask_of_choices(data, size);
    return 0;
}
