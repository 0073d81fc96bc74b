/* Does any message give the same answer whatever memory held before, whatever room there is for hops, and by whichever
 * calls it is asked (I1 to I6); the same answer in any other spelling (I9); and never a better one under a stricter policy,
 * the worst of its hops always (I10)? The input is the message. */
#include "oracle.h"

static void check_policies(const uint8_t *data, size_t size, choices *c)
{
    hoptls_policy lax = choose_policy(c);
    hoptls_policy strict = choose_stricter(c, &lax);
    reading a = reading_of(data, size, &lax);
    reading b = reading_of(data, size, &strict);
    check_reading(&a, &lax, c);
    check_judgement(&a, &lax);
    check_judgement(&b, &strict);
    check_stricter(&a, &b);
    reading_free(&a);
    reading_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const hoptls_policy any = {0, 0, 0, 0, 0, 0};
    choices c = choices_from(data, size);
    reading r = reading_of(data, size, NULL);

    check_reading(&r, NULL, &c);
    check_judgement(&r, &any);
    check_policies(data, size, &c);
    check_alike(&r, &c);
    reading_free(&r);
    return 0;
}
