/* Built where libgsf is not (outlook.c). */
#include "outlook.h"

static enum outlook read_nothing(uint8_t *room, hoptls_msg *msg)
{
    static const hoptls_msg none = {NULL, 0};
    room[0] = 0;
    *msg = none;
    return OUTLOOK_NEVER;
}

enum outlook outlook_bytes(const uint8_t *bytes, size_t len, uint8_t *room, hoptls_msg *msg)
{
    (void)bytes;
    (void)len;
    return read_nothing(room, msg);
}

enum outlook outlook_file(int fd, uint8_t *room, hoptls_msg *msg)
{
    (void)fd;
    return read_nothing(room, msg);
}

const char *outlook_remark(enum outlook found)
{
    (void)found;
    return "a message of Outlook (.msg), which this build cannot read: convert it with msgconvert(1)";
}
