/* Which names the Public Suffix List says anything of. libpsl answers each name by some searches of the whole list, and of
 * hosts there are as many as an archive has messages; but of nearly all of them only the end is in the list. Here are the
 * ends of all rules, as the list's text has them: how many labels the registrable domain of a name has depends on nothing
 * but the longest end that it shares with a rule, so that libpsl is asked once for each of these. */
#ifndef HOPTLS_TOOLS_SUFFIXES_H
#define HOPTLS_TOOLS_SUFFIXES_H

#include <libpsl.h>
#include <stddef.h>

struct suffixes;

/* The ends of the rules of the list that libpsl has from the file `list`, which is of the same content as the text beside it. Null if
 * there is no such text, or one that is newer: then it may have rules that the list has not. */
struct suffixes *suffixes_open(const char *list);
void suffixes_close(struct suffixes *suffixes);

/* How many labels the registrable domain of a name has, by libpsl; 0 if the list cannot tell. */
typedef unsigned suffixes_ask(const psl_ctx_t *list, const char *name);

/* The same, if `name` has as many labels; 0 if it is to be asked for itself: it is the end of a rule, or shares none with any.
 * The name is in ASCII and in small letters, no label of it is empty, none is in Punycode. From any thread. */
unsigned suffixes_labels(struct suffixes *suffixes, const psl_ctx_t *list, suffixes_ask *ask,
                         const char *name, size_t len);

#endif
