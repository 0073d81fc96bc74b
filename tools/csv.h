/* A line of CSV a message (RFC 4180), for spreadsheets; its columns are documented in README.md. */
#ifndef HOPTLS_TOOLS_CSV_H
#define HOPTLS_TOOLS_CSV_H

#include "answer.h"
#include "output.h"

/* What the head begins with. */
#define CSV_BEGINS "file,offset,date,verdict,"

void csv_head(struct output *out);
void csv_answer(struct output *out, const char *file, uint64_t offset, const struct answer *answer);

#endif
