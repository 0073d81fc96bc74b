/* What a scan counts, as sums under names: of messages, of their hops that count, of hosts and organisations. Sums of
 * parts add up to the sum of the whole. The rows, and what their columns mean, stand in README.md ("Results"). */
#ifndef HOPTLS_TOOLS_TALLY_H
#define HOPTLS_TOOLS_TALLY_H

#include "answer.h"
#include "ledger.h"

/* Columns that tell verdicts. */
enum { TALLY_PLAIN, TALLY_UNKNOWN, TALLY_WEAK, TALLY_TLS, TALLY_NONE, TALLY_VERDICTS };

/* Columns of the row `message`, behind the verdicts, and of the row `file`. */
enum { MESSAGE_DUPLICATE = TALLY_VERDICTS, MESSAGE_LEFT_OUT, MESSAGE_COLUMNS };
enum { FILE_READ, FILE_BYTES, FILE_SKIPPED, FILE_NO_MAIL, FILE_TROUBLE, FILE_COLUMNS };

/* Columns of the rows `version`, and of `organisation`: four verdicts as receiver, four as sender. */
enum {
    VERSION_13,
    VERSION_12,
    VERSION_11,
    VERSION_10,
    VERSION_SSL3,
    VERSION_SSL2,
    VERSION_NOT_STATED,
    VERSION_PLAIN,
    VERSION_UNKNOWN,
    VERSION_COLUMNS
};
enum { ORGANISATION_SENDS = 4 };

/* The column of a verdict. */
static inline unsigned tally_column(uint32_t verdict)
{
    return verdict / 16 - 1;
}

struct tally;

struct tally *tally_open(void);
void tally_close(struct tally *tally);

/* Count a message `weight` times: 1, or -1 to take it back. Returns 0, or -1 with errno. */
int tally_message(struct tally *tally, const struct answer *answer, int weight);

/* Add to a column of `message`, of `file`. */
void tally_add_message(struct tally *tally, unsigned column, int weight);
void tally_add_file(struct tally *tally, unsigned column, uint64_t number);

/* All of it as rows, to which what is counted later is added by the next call. Returns 0, or -1 with errno. */
int tally_settle(struct tally *tally);
struct ledger *tally_ledger(struct tally *tally);

/* When the message was taken over: by its newest hop that has a date. Returns 0 if none has. */
int tally_date(const struct answer *answer, int64_t *seconds);

/* The number of messages that the tally has seen, and of those so bad or worse. */
uint64_t tally_messages(const struct tally *tally);
uint64_t tally_verdicts(const struct tally *tally, uint32_t worst);

#endif
