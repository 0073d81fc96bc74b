/* Are the fields of any bytes what RFC 5322 section 2.2 makes of them when it is read plainly, line by line? And may a
 * caller stop anywhere: does a message that is cut behind a field, or a walk that begins anew at one, give the same? */
#include "oracle.h"

#include <string.h>

static int same_field(const hoptls_field *a, const hoptls_field *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* The first field of a walk that begins at `at`, in a message that ends at `end`. */
static void check_again(hoptls_msg msg, uint32_t at, uint32_t end, const hoptls_field *field)
{
    hoptls_msg cut = exact_copy(msg.ptr, end);
    hoptls_field again;
    uint32_t pos = at;
    memset(&again, 0xFF, sizeof again);
    MUST(hoptls_field_next(cut, &pos, &again) == HOPTLS_MORE, "a field of a message that is cut behind it");
    MUST(pos == end && same_field(field, &again), "a field of a message that is cut behind it");
    MUST(hoptls_field_next(cut, &pos, &again) == HOPTLS_END && pos == end, "the end of a message");
    exact_free(cut);
}

static void check_received(hoptls_msg msg, const hoptls_field *field)
{
    static const char name[] = "received";
    uint32_t i = 0;
    while (i < field->name.len && i < sizeof name - 1 && (msg.ptr[field->name.off + i] | 0x20) == name[i]) {
        i++;
    }
    MUST(hoptls_field_is_received(msg, field) ==
             (field->name.len == sizeof name - 1 && i == sizeof name - 1 ? 1 : 0),
         "a trace field by its name, in any case");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hoptls_msg msg = exact_copy(data, size);
    choices c = choices_from(data, size);
    hoptls_field field;
    uint32_t pos = 0;
    uint32_t at = 0;

    (void)check_fields(msg);
    while (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE) {
        check_received(msg, &field);
        if (choose(&c, 4) == 0) {
            check_again(msg, at, pos, &field);
            check_wrong_calls(msg, &field, &c);
        }
        at = pos;
    }
    exact_free(msg);
    return 0;
}
