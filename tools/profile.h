/* Site profiles: what only the operator of a site knows, read from a small text file (its form is in README.md). */
#ifndef HOPTLS_TOOLS_PROFILE_H
#define HOPTLS_TOOLS_PROFILE_H

#include "trust.h"

struct profiles;

/* Null if there is no memory. */
struct profiles *profiles_open(void);
void profiles_close(struct profiles *profiles);

/* Add what the file at `path` says. Returns 0; or -1, and what is wrong was said with file and line. */
int profiles_read(struct profiles *profiles, const char *path);

/* Whom the profiles believe. */
const struct trust *profiles_trust(const struct profiles *profiles);

/* Change the facts of a hop: its organisations before it is routed; its scope and the meaning of its silence behind
 * that. */
void profiles_name(const struct profiles *profiles, hoptls_msg msg, hoptls_hop *hop);
void profiles_place(const struct profiles *profiles, hoptls_msg msg, hoptls_hop *hop);
void profiles_tell_silence(const struct profiles *profiles, hoptls_msg msg, hoptls_hop *hop);

/* What a field, not Received, tells of the message's own protection by the operator's word: HOPTLS_P_ bits. */
uint32_t profiles_protection(const struct profiles *profiles, hoptls_msg msg, const hoptls_field *field);

#endif
