/* A message that comes field by field, as a mail server hands it to a filter, newest first: each Received is read when it
 * comes, and the answer is there when the last one has come. Only the trace fields are kept. */
#ifndef FIELDS_H
#define FIELDS_H

#include <hoptls.h>

typedef struct fields {
    char *text; /* the trace fields so far, as they stand in a header; spans are offsets into it */
    size_t len;
    size_t room;
    hoptls_policy policy;
    hoptls_report report;
    hoptls_hop first;    /* the newest hop */
    hoptls_hop last;     /* the hop that came last: the next one is routed by it */
    hoptls_hop deciding; /* the hop number report.claimed_hop, if there is one */
    int failed;          /* no memory, or more than 4 GiB of trace fields */
} fields;

void fields_begin(fields *f, hoptls_policy policy);

/* The next field. `value` is what stands behind the colon, folded lines included, whichever way they end. */
void fields_add(fields *f, const char *name, const char *value, size_t len);

/* No more fields: f->report is closed. Returns -1 if something failed. */
int fields_end(fields *f);
void fields_free(fields *f);

#endif
