/* Built where libgsf is not (outlook.c). */
#include "scan.h"

void outlook_message(struct worker *worker, struct stream *stream, unsigned depth)
{
    (void)stream;
    (void)depth;
    scan_trouble(worker, -1,
                 "a message of Outlook (.msg), which this build cannot read: convert it with msgconvert(1)");
}
