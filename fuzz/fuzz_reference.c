/* Does a second reading of each field, slow and obvious and from the fact base alone, come to the same (I12): tokens,
 * clauses, client, date, evidence and its details, what silence means, scope? The input is a message. With REFERENCE_SUMS
 * in the environment a replay tells how often the twin had to say that it does not know. */
#include "reference.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int asked;
    reading r = reading_of(data, size, NULL);
    if (!asked && getenv("REFERENCE_SUMS") != NULL) {
        (void)atexit(reference_print_sums);
    }
    asked = 1;
    check_reference(&r);
    reading_free(&r);
    return 0;
}
