/* A scan of archives: what the rooms of it share, in the order of the data.
 *
 *     paths -> files -> containers -> messages -> answers -> sums, lines, rows
 *
 * walk.c finds files, pool.c hands them to threads in pieces and takes the pieces back in order, reader.c and the rooms
 * behind it (mboxes.c, stream.c, unpack.c, gunzip.c) find messages, worker.c takes a message to where it goes. */
#ifndef HOPTLS_TOOLS_SCAN_H
#define HOPTLS_TOOLS_SCAN_H

#include "answer.h"
#include "hold.h"
#include "kind.h"
#include "tally.h"

#include <stdatomic.h>

/* ---- What the user asked for ---- */

/* Without --listed. */
enum { LISTED_USUAL = 1000 };

enum lines { LINES_NONE, LINES_JSON, LINES_CSV };

struct scan_options {
    unsigned jobs;
    int sort;
    int quiet;
    int dedup;
    enum kind format;
    enum lines lines;       /* a line a message on standard output, or in a file */
    const char *lines_path; /* null: standard output */
    const char *sqlite;     /* or null, and so on */
    const char *html;
    const char *results;
    const char *state;
    uint32_t fail_on; /* a verdict, 0: none */
    int has_since, has_until;
    int64_t since, until;
    unsigned only;   /* bits of tally_column; 0: all */
    uint32_t listed; /* how many messages of each verdict the page shows */
    int own_listed;  /* 1: the user said so */
};

/* ---- Files ---- */

/* A folder whose files are read, kept open as long as one of them is to come. */
struct folder {
    int fd;
    atomic_uint users;
    int maildir; /* 1: each file is one message */
    char path[];
};

struct entry {
    struct folder *folder; /* null: the name is the user's path */
    char *name;
};

/* An mbox that is read in several pieces. */
struct big {
    int fd;
    uint64_t size;
    uint32_t quoting;
    atomic_uint users;
    char path[];
};

void folder_release(struct folder *folder);

enum { BATCH = 32 };

/* What a thread takes at a time: some files, or a part of a big mbox. */
struct piece {
    uint64_t number;
    uint64_t index; /* of its first file */
    struct entry entries[BATCH];
    unsigned count;
    struct big *big; /* null: files */
    int starts;      /* 1: it is the first that is read of it */
    uint64_t to;
    uint64_t first, next; /* where the part's messages begin, and where those of the next part do */
    uint64_t counted;     /* so many of its messages were counted */
    int state;            /* pool.c's */
};

/* ---- A thread ---- */

struct scan;

struct worker {
    struct scan *scan;
    struct request request; /* with organisations of its own */
    struct tally *tally;
    struct ledger *counts; /* of hoptls learn, else null */
    struct piece *piece;
    int named;         /* 1: the user named the file itself */
    uint64_t index;    /* of the file */
    uint64_t messages; /* of the file so far */
    uint64_t skip;     /* so many of its first were counted before */
    int weight;        /* -1: what was counted is taken back, and nothing is told */
    int stop;          /* 1: go no further in this piece */
    int in_turn;       /* 1: all pieces before are done, so that what is held may go */
    struct hold lines;
    uint64_t bytes_told, messages_told; /* to the progress bar */
    uint8_t *room;                      /* for a stream */
    char path[8192];                    /* of the file, and of the member in it */
    struct answer answer;
};

/* The fuzz targets have a smaller one, which takes less to fill. */
#ifndef SCAN_ROOM
#define SCAN_ROOM (2 << 20)
#endif
enum { ROOM = SCAN_ROOM };

/* ---- The whole ---- */

struct pool;
struct state;
struct seen;
struct table;

struct scan {
    const struct scan_options *options;
    const struct request *request;
    int learning;
    struct worker **workers; /* one a thread */
    struct tally *own;       /* of what no thread counts: files that were skipped, an earlier call */
    struct pool *pool;
    struct state *state;    /* null without --resume */
    void (*save)(void *of); /* write the state while nothing is being read; null: only at the end */
    void *save_of;
    struct seen *seen;   /* null without --dedup */
    struct table *table; /* null without --sqlite */
    int wants_listed;
    atomic_uint listed[TALLY_VERDICTS]; /* so many messages of each verdict are listed */
    struct output *out;                 /* of lines */
    const char *lines_name;             /* where they go */
    struct output *listing;
    atomic_int trouble;               /* 1: something could not be read or written */
    atomic_int broken;                /* 1: nothing more can be written or counted: end */
    _Atomic uint64_t bytes, messages; /* for the progress bar */
};

/* Say what is wrong with the file at hand, and count it. `offset` is a place in it, or -1. */
void scan_trouble(struct worker *worker, int64_t offset, const char *words);
void scan_skip(struct worker *worker, const char *words);

/* Nothing can go on: no memory, no room on the disk. Returns -1. */
int scan_break(struct scan *scan, const char *subject, int error);

/* Whether the user or trouble ends the scan. */
int scan_ends(const struct scan *scan);

/* ---- Messages ---- */

/* A message at `offset` of the file at `worker->path`, which takes `bytes` of it. Returns 0, or -1 to go no further. */
int worker_message(struct worker *worker, uint64_t offset, hoptls_msg msg, uint64_t bytes);

/* A file begins: `worker->stop` is set where the scan ends before. It ends. */
void worker_begin_file(struct worker *worker);
void worker_end_file(struct worker *worker);

/* More bytes of the message that came last. */
void worker_tell_bytes(struct worker *worker, uint64_t bytes);

/* ---- reader.c: a file, opened ---- */

void reader_entry(struct worker *worker, const struct entry *entry);

/* ---- mboxes.c: an mbox on the disk ---- */

/* Whether the open file is a big mbox: then it is to be read in parts. Takes the descriptor if so. */
struct big *mboxes_big(const struct scan_options *options, int at, const char *name, const char *path);
struct big *mboxes_keep(struct big *big);
void mboxes_release(struct big *big);

/* All messages of a part, which begins where `piece->first` says. Sets `piece->next`. At most `most` messages. */
void mboxes_part(struct worker *worker, struct piece *piece, uint64_t most);

/* Where the first message behind `from` seems to begin. */
uint64_t mboxes_guess(const struct big *big, uint64_t from);

/* All messages of a file of `size` bytes. Returns -1 if it cannot be mapped. */
int mboxes_file(struct worker *worker, int fd, uint64_t size, uint32_t quoting);

/* ---- stream.c: bytes that come one after the other ---- */

struct meter;

struct stream {
    /* As read(2), but whole: less than asked for only at the end, or where it breaks: then `error` says why. */
    size_t (*read)(struct stream *stream, uint8_t *bytes, size_t len);
    void *from;
    const char *error;
    const uint8_t *head; /* what was read before, and comes first */
    size_t head_len;
    struct meter *meter; /* of what it was unpacked out of, else null */
    int told;            /* 1: of the error */
    int ended;           /* 1: behind the head there is nothing more */
    int on_disk;         /* 1: nobody waits for the rest to be read */
    int fd;              /* of the file on the disk, which may be read anywhere */
};

size_t stream_read(struct stream *stream, uint8_t *bytes, size_t len);

/* Why a stream broke, for who tells it. */
const char *stream_error(struct stream *stream);

void stream_mbox(struct worker *worker, struct stream *stream, uint32_t quoting);
void stream_message(struct worker *worker, struct stream *stream);
void stream_emlx(struct worker *worker, struct stream *stream);
void stream_end(struct worker *worker, struct stream *stream);

/* What the stream holds, found by its head. `depth` counts the containers around. */
void stream_any(struct worker *worker, struct stream *stream, enum kind format, unsigned depth);

/* ---- unpack.c, gunzip.c: what other programs packed ---- */

/* How much came out of a container, and out of those in it, against what went in. */
struct meter {
    struct meter *outermost; /* of the file itself */
    uint64_t in, out;        /* bytes; of the outermost, what containers in it added too */
    int over;
};

/* Of a container whose bytes are those of `packed`. */
void meter_begin(struct meter *meter, const struct stream *packed);

/* Count so many bytes that came out. Whether that is more than is believed; the words for it. */
int meter_runs_over(struct meter *meter, uint64_t more);
extern const char meter_words[];

/* Whether it was so before: then the stream breaks, and that was told by the one that it happened in. */
int meter_stops(struct meter *meter, struct stream *stream);

/* Containers in containers, so many at most. */
enum { DEPTH_PACKED = 8 };

/* A container of the kind. All files in it are read as `format`. */
void unpack(struct worker *worker, struct stream *stream, enum kind kind, enum kind format, unsigned depth);
void gunzip(struct worker *worker, struct stream *stream, enum kind format, unsigned depth);

#endif
