/* Outlook's own files. */
#include "scan.h"

void outlook_store(struct worker *worker, const char *path, int fd)
{
    (void)path;
    (void)fd;
    scan_trouble(worker, -1,
                 "a store of Outlook (.pst), which this build cannot read: convert it with readpst(1)");
}

void outlook_message(struct worker *worker, struct stream *stream)
{
    (void)stream;
    scan_trouble(worker, -1,
                 "a message of Outlook (.msg), which this build cannot read: convert it with msgconvert(1)");
}
