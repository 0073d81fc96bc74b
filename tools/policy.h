/* Policies by name: what a published rule asks of TLS, as a table. */
#ifndef HOPTLS_TOOLS_POLICY_H
#define HOPTLS_TOOLS_POLICY_H

#include "hoptls.h"

struct named_policy;

/* Null if there is no policy of that name. */
const struct named_policy *policy_find(const char *name);

/* What it asks for: `min_version`, `min_bits` and `forbidden` of `policy`. */
void policy_fill(const struct named_policy *named, hoptls_policy *policy);

/* Some rules speak of what a suite is called rather than of a trait that the library knows. Add to a hop that was read
 * and not yet judged what they ask. */
void policy_mark(hoptls_hop *hop);

/* The rule that a weak hop breaks: where it stands, and what it says. Null if the policy has no such rule: then the
 * caller asked for more than it does. `title` is what stands before it, or "". */
const char *policy_rule(const struct named_policy *named, const hoptls_hop *hop);
const char *policy_title(const struct named_policy *named);

#endif
