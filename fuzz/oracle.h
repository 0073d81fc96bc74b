/* The invariants of core/README.md as checks over the public header alone: whatever the core gets wrong, nothing in here
 * shares the mistake. A check that fails prints its invariant and ends the program, which every driver takes notice of.
 *
 * Sections: 1 failing, 2 bytes, 3 choices, 4 calls, 5 a message read whole, 6 what ought to be read alike. */
#ifndef HOPTLS_FUZZ_ORACLE_H
#define HOPTLS_FUZZ_ORACLE_H

#include "hoptls.h"

/* What every target defines and every driver calls. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- 1. failing --------------------------------------------------------------------------------------- */

#define MUST(condition, invariant)                                                                           \
    oracle_must((condition) ? 1 : 0, (invariant), #condition, __FILE__, __LINE__)

void oracle_must(int holds, const char *invariant, const char *condition, const char *file, int line);

/* Bytes that a failing check shows beside the input, under `title`; a null `title` takes them back. They are not
 * copied. */
void oracle_about(const char *title, hoptls_msg bytes);

/* ---- 2. bytes ----------------------------------------------------------------------------------------- */

typedef struct buffer {
    uint8_t *ptr;
    size_t len;
    size_t cap;
} buffer;

void buffer_put(buffer *b, const uint8_t *bytes, size_t n);
void buffer_add(buffer *b, const char *text);
void buffer_free(buffer *b);

/* I1: a copy in a heap block of just its size, so that the sanitizer sees the first byte that is read outside. */
hoptls_msg exact_copy(const uint8_t *bytes, size_t len);
void exact_free(hoptls_msg msg);

/* What is left of a failing input may not depend on what was in memory. */
int all_are(const void *memory, size_t len, uint8_t byte);

/* ---- 3. choices --------------------------------------------------------------------------------------- */

/* Numbers that look random and come from the input alone, so that a finding is its input and nothing else. */
typedef struct choices {
    uint64_t state;
} choices;

choices choices_from(const uint8_t *bytes, size_t len);

/* A number from 0 to `below` - 1; 0 for a `below` of 0. */
uint32_t choose(choices *c, uint32_t below);

/* A policy of any kind, and one that is at least as strict in every respect but the hops that it trusts. */
hoptls_policy choose_policy(choices *c);
hoptls_policy choose_stricter(choices *c, const hoptls_policy *policy);

/* ---- 4. calls ----------------------------------------------------------------------------------------- */

/* I3: a span lies in [0, len), and an absent one is zero. */
int span_is_inside(hoptls_span span, size_t len);

/* I4 and I5: the tokens of `value` partition it, each call moves on, the depth counts the open parentheses, and each
 * kind is what hoptls.h says of it. */
void check_tokens(hoptls_msg msg, hoptls_span value);

/* The fields come in order, do not overlap, leave out line ends alone, and are what a plain reading of RFC 5322
 * section 2.2 makes of the bytes. Returns where the body begins by that reading. */
size_t check_fields(hoptls_msg msg);

/* One field read as a hop: I2, I3, I6, every fact is one that hoptls.h knows, facts fit each other. */
void check_hop(hoptls_msg msg, const hoptls_field *field, hoptls_hop *out);

/* A call that is wrong says so and writes nothing. */
void check_wrong_calls(hoptls_msg msg, const hoptls_field *field, choices *c);

/* ---- 5. a message read whole -------------------------------------------------------------------------- */

typedef struct reading {
    hoptls_msg msg; /* an exact copy */
    hoptls_report report;
    hoptls_hop *hops; /* report.hops of them */
} reading;

/* Read with room for every hop. */
reading reading_of(const uint8_t *bytes, size_t len, const hoptls_policy *policy);
void reading_free(reading *r);
void reading_print(const char *title, const reading *r);

/* I1, I2, I3, I6, any `cap`; the parts of the library give what the whole gives. */
void check_reading(const reading *r, const hoptls_policy *policy, choices *c);

/* Verdicts are what hoptls.h says that these facts and this policy make; I10's minimum. */
void check_judgement(const reading *r, const hoptls_policy *policy);

/* I10: `strict` is a reading of the same bytes under a policy that is at least as strict. */
void check_stricter(const reading *lax, const reading *strict);

/* ---- 6. what ought to be read alike (I9) -------------------------------------------------------------- */

/* Line ends, folds, blanks, case of keywords, bytes of the body, a field on top, a hop taken alone. */
void check_alike(const reading *r, choices *c);

/* Facts of a hop that no neighbour tells, and all of them. */
int same_facts(const hoptls_hop *a, const hoptls_hop *b);
int same_hop(const hoptls_hop *a, const hoptls_hop *b);

/* The spans of both hops hold the same text, line ends and case aside. */
int same_texts(hoptls_msg a_msg, const hoptls_hop *a, hoptls_msg b_msg, const hoptls_hop *b);

#endif
