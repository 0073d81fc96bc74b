/* The user ends the command, or closes its terminal: it goes on to where it can stop without loss. The second time it ends at
 * once. */
#ifndef HOPTLS_TOOLS_INTERRUPT_H
#define HOPTLS_TOOLS_INTERRUPT_H

void interrupt_install(void);

/* The signal that came, or 0. */
int interrupt_came(void);

#endif
