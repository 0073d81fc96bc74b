/* What the tests share: files, guard pages, a whole reading of a message, and the notation of expectations. */
#ifndef HOPTLS_TESTS_SUPPORT_H
#define HOPTLS_TESTS_SUPPORT_H

#include "hoptls.h"

#include <stddef.h>
#include <stdint.h>

/* ---- files -------------------------------------------------------------------------------------------- */

typedef struct blob {
    uint8_t *ptr;
    size_t len;
} blob;

/* The bytes of a file. A test cannot go on without its input: if there is none, the program ends with a message. */
blob blob_read(const char *path);
void blob_free(blob *b);

typedef struct paths {
    char **path;
    size_t count;
} paths;

/* Every file below `root` whose name ends in `suffix`, sorted, so that two runs agree. */
paths paths_below(const char *root, const char *suffix);
void paths_free(paths *list);

/* `path` with `from` at its end replaced by `to`; to be freed. */
char *path_swap(const char *path, const char *from, const char *to);
int path_exists(const char *path);

/* ---- messages of the corpus --------------------------------------------------------------------------- */

/* A message and its expectation. Either is a file of its own (NAME.eml, NAME.want), or lies in an archive
 * (NAME.mbox) and among the expectations of that archive (NAME.want), each behind a line `case CASE`. */
typedef struct corpus_case {
    char *name; /* below the root: `hostile/traps/7-pipe.eml`, `wire/postfix/header.mbox#plain-ehlo` */
    blob mail;
    blob want;     /* .ptr null: there is none */
    blob disputed; /* the complaints that corpus/wire/disputed lists for it, one a line; .ptr null: none */
} corpus_case;

typedef struct corpus {
    corpus_case *list;
    size_t count;
} corpus;

/* Every message below `root`, sorted by name; of each archive the first and every `step`-th. An archive whose
 * messages are not those of its expectations ends the program. */
corpus corpus_below(const char *root, size_t step);
void corpus_free(corpus *c);

/* Where one message of an archive is as good as its neighbour, and the test takes long for each, this many stand
 * between two that are looked at. test_golden reads all of them. */
#define CORPUS_SAMPLE 37

/* ---- text that grows ---------------------------------------------------------------------------------- */

typedef struct text {
    char *ptr; /* ends in a NUL that `len` does not count; null while empty */
    size_t len;
    size_t cap;
} text;

void text_put(text *t, const char *bytes, size_t n);
void text_add(text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_free(text *t);

/* ---- guard pages -------------------------------------------------------------------------------------- */

/* `room` bytes of memory, whole pages, between two pages that nobody may touch. */
typedef struct arena {
    uint8_t *map;
    size_t map_len;
    uint8_t *room;
    size_t room_len;
} arena;

arena arena_make(size_t room);
void arena_free(arena *a);

/* A copy of `n` bytes that begins where the room begins, or ends where it ends. */
uint8_t *arena_at_start(arena *a, const uint8_t *bytes, size_t n);
uint8_t *arena_at_end(arena *a, const uint8_t *bytes, size_t n);

/* ---- a message read with every hop -------------------------------------------------------------------- */

typedef struct reading {
    hoptls_msg msg;
    hoptls_report report;
    hoptls_hop *hops; /* report.hops of them */
} reading;

/* Reads with the policy of all zeros. */
reading reading_of(const uint8_t *ptr, size_t len);
void reading_free(reading *r);

/* ---- expectations ------------------------------------------------------------------------------------- */

/* A .want file tells what hoptls must find in the message beside it. Lines that begin with `#` are comments. Then
 *
 *     message verdict=tls claimed=tls trusted=none-needed submission=none retrieval=none protection=-
 *     hop 0 writer=postfix evidence=detail verdict=tls cipher=TLS_AES_256_GCM_SHA384 ...
 *
 * one `hop` line for every hop, newest first. A value is the word of hoptls_*_word(), `-` for none, bytes of the
 * message as they stand, or a number; one with blanks or quotes is written "so, with \" \\ and \x0a". A set of
 * words is joined by commas in the order of its bits. Keys may be left out, and are then not compared, but for
 * `verdict` of the message, `evidence` and `verdict` of a hop. */

/* Write `n` bytes as a value. */
void text_value(text *out, const uint8_t *p, size_t n);

/* Write the expectation that `r` fulfils. */
void want_print(text *out, const reading *r);

/* Compare. Every difference, and every mistake in the expectation itself, is one line in `why`. Returns how many. */
size_t want_check(const char *want, size_t len, const reading *r, text *why);

#endif
