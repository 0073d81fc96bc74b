/* What goes wrong is said in one line on standard error. */
#ifndef HOPTLS_TOOLS_COMPLAIN_H
#define HOPTLS_TOOLS_COMPLAIN_H

/* `hoptls: SUBJECT: WORDS`; the subject is made safe for a terminal, or null. */
void complain(const char *subject, const char *words);

#endif
