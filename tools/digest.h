/* SHA-256 of inputs, in the form of sha256sum(1), so that anybody can check what a report is about. */
#ifndef HOPTLS_TOOLS_DIGEST_H
#define HOPTLS_TOOLS_DIGEST_H

#include <nettle/sha2.h>
#include <stdint.h>

enum { DIGEST_ROOM = 65 };

/* What was hashed so far; it may go on. */
void digest_write(const struct sha256_ctx *hash, char hex[DIGEST_ROOM]);

/* Of a file. Returns 0, or -1 with errno. */
int digest_file(int at, const char *name, char hex[DIGEST_ROOM], uint64_t *bytes);

/* Of what the user named: a file; or a folder, by the line `DIGEST  PATH` of each file below it, sorted by path:
 *
 *     find -H FOLDER -type f | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum
 *
 * Returns 0, or -1 if something in it could not be read. */
int digest_path(const char *path, char hex[DIGEST_ROOM], uint64_t *bytes);

#endif
