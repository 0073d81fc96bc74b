/* The question of fuzz_dialects, asked of so many fields: the same ones in every run. Ends at the first that core and twin
 * read otherwise, and shows it.
 *
 *     dialects FIELDS [SEED]      prints how often the twin knew */
#include "dialects.h"

#include <stdio.h>
#include <stdlib.h>

enum { CHOICES_MOST = 160 };

int main(int count, char **words)
{
    unsigned long fields = count > 1 ? strtoul(words[1], NULL, 10) : 0;
    choices c = {count > 2 ? strtoull(words[2], NULL, 10) : 1};
    for (unsigned long i = 0; i < fields; i++) {
        uint8_t data[CHOICES_MOST] = {0};
        for (size_t k = 0; k < sizeof data; k++) {
            data[k] = (uint8_t)choose(&c, 256);
        }
        ask_of_choices(data, sizeof data);
    }
    reference_print_sums();
    printf("%lu passed, 0 failed\n", fields);
    return fields == 0;
}
