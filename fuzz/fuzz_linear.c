/* Is the work done on any message at most a constant times its length (I7)? Work is counted by a core that was built with
 * HOPTLS_COUNT_WORK, not timed. The input is taken as it is, and as a shape: a head, a unit that is repeated until
 * a square would show, and a tail. Byte 0 says where the head ends and byte 1 where the unit does. */
#include "oracle.h"

#include <stdio.h>

/* As tests/test_linear.c has them: bytes examined for each byte of the message, and for each call. */
#define BYTES_A_BYTE 64u
#define BYTES_A_CALL 1024u

enum { LONG = 32 * 1024 };

extern uint64_t hoptls_work;
uint64_t hoptls_work;

static uint64_t work_of_message(hoptls_msg msg)
{
    hoptls_hop hops[2];
    hoptls_report report;
    hoptls_work = 0;
    MUST(hoptls_message_read(msg, NULL, hops, 2, &report) == HOPTLS_OK, "malformed mail is no error");
    return hoptls_work;
}

static uint64_t work_of_archive(hoptls_msg archive)
{
    hoptls_msg one;
    size_t pos = 0;
    hoptls_work = 0;
    while (hoptls_mbox_next(archive, &pos, &one) == HOPTLS_MORE) {
    }
    return hoptls_work;
}

static uint64_t work_of_tokens(hoptls_msg msg)
{
    hoptls_span all = {0, (uint32_t)msg.len};
    hoptls_tokens_state state;
    hoptls_token t;
    hoptls_work = 0;
    MUST(hoptls_tokens(msg, all, &state) == HOPTLS_OK, "I4");
    while (hoptls_token_next(msg, &state, &t) == HOPTLS_MORE) {
    }
    return hoptls_work;
}

static void check_work(uint64_t work, size_t len, const char *what)
{
    int linear = work <= BYTES_A_CALL + (uint64_t)BYTES_A_BYTE * len;
    if (!linear) {
        fprintf(stderr, "%s: %llu bytes examined in %zu, %.1f for each\n", what, (unsigned long long)work,
                len, (double)work / (double)len);
    }
    MUST(linear, "I7");
}

static void check_linear(const uint8_t *bytes, size_t len)
{
    hoptls_msg msg = {bytes, len};
    check_work(work_of_message(msg), len, "a message");
    check_work(work_of_archive(msg), len, "an archive");
    check_work(work_of_tokens(msg), len, "tokens");
}

static void check_shape(const uint8_t *bytes, size_t len, size_t head, size_t unit)
{
    buffer b = {NULL, 0, 0};
    buffer_put(&b, bytes, head);
    while (b.len < LONG) {
        buffer_put(&b, bytes + head, unit);
    }
    buffer_put(&b, bytes + head + unit, len - head - unit);
    check_linear(b.ptr, b.len);
    buffer_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t head;
    size_t unit;
    if (size < 3) {
        return 0;
    }
    head = data[0] % (size - 2);
    unit = 1 + data[1] % (size - 2 - head);
    check_linear(data + 2, size - 2);
    check_shape(data + 2, size - 2, head, unit);
    return 0;
}
