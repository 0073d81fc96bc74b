/* Is a hop that is read from any value made of facts that hoptls.h knows, that fit each other and that come from this
 * value alone (I1, I2, I3, I6)? Does it stay the same hop when the value is folded, cased or placed otherwise (I9)? Are
 * wrong calls refused? The input is the value of one Received field. */
#include "oracle.h"

/* The value as it is, whatever it holds: a caller may hand in any span. */
static void check_value(hoptls_msg msg, choices *c)
{
    hoptls_field field = {{0, (uint32_t)msg.len}, {0, 0}, {0, (uint32_t)msg.len}};
    hoptls_hop hop;
    check_hop(msg, &field, &hop);
    check_wrong_calls(msg, &field, c);
}

/* The value as a field of a message, between two others. */
static void check_message(hoptls_msg msg, choices *c)
{
    const hoptls_policy any = {0, 0, 0, 0, 0, 0};
    buffer b = {NULL, 0, 0};
    reading r;
    buffer_add(&b, "Received:");
    buffer_put(&b, msg.ptr, msg.len);
    buffer_add(&b, "\nReceived: from a.example.net ([192.0.2.1]) by b.example.net (Postfix) with ESMTPS\n\n");
    r = reading_of(b.ptr, b.len, &any);
    check_judgement(&r, &any);
    check_alike(&r, c);
    reading_free(&r);
    buffer_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hoptls_msg msg = exact_copy(data, size);
    choices c = choices_from(data, size);
    check_value(msg, &c);
    check_message(msg, &c);
    exact_free(msg);
    return 0;
}
