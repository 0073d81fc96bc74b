/* The naive twin (I12): a second reading of the same facts, slow and obvious, that shares no line with the core. It knows
 * the header hoptls.h and what mail servers write, as their sources and documents have it; it does not know how the core
 * goes about it. Where the core splits a field into clauses and looks into slots, the twin holds whole fields of every
 * server as templates and tries one after the other.
 *
 * The twin may say that it does not know, and then nothing is compared; how often it does so is counted. */
#ifndef HOPTLS_FUZZ_REFERENCE_H
#define HOPTLS_FUZZ_REFERENCE_H

#include "oracle.h"

/* The tokens of a value, one by one, are those of a lexer that searches anew at every byte. */
void check_reference_tokens(hoptls_msg msg, hoptls_span value);

/* 1 and the seconds, if `text` begins with a date-time as RFC 5322 section 3.3 has it, and how many bytes that takes;
 * 0 if it is none; -1: the twin does not know. */
int reference_date(const uint8_t *p, size_t len, int64_t *seconds, size_t *used);

/* Seconds since 1970 of a day and time, `zone` minutes east of Greenwich; `month` 0 to 11. */
int64_t reference_seconds(int year, int month, int day, int minutes, int second, int zone);

/* 1 if `text` is an address and nothing else (read by the C library), 0 if not; -1: the twin does not know. */
int reference_address(const char *text, hoptls_addr *out);

/* A protocol version in one of its spellings: its number, 0 for one that names none, -1 if it is none that the twin knows. */
int reference_version(const char *text);

/* What the parts of a cipher suite's name say of it: HOPTLS_SUITE_ bits that must be set. */
uint32_t reference_traits(const char *name);

/* What a word behind `with` says: 1 TLS, 0 nothing of it, -1: the twin does not know the word. */
int reference_protocol(const char *word);

/* Every hop of a reading: clauses, client, date, evidence, silence, scope. */
void check_reference(const reading *r);

/* How often the twin was asked and knew, by question; for the drivers that want to tell. */
void reference_print_sums(void);

#endif
