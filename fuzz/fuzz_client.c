/* Can text that the client alone controls become evidence (I11)? The input names a server, the places where this client
 * lies, and its lie: words of its own, and every record of TLS that any server writes. The server does to them what it
 * does in life, and writes its field. If its own slot says nothing of TLS, or denies it, the hop must not come out as
 * `tls` or `weak`; if it tells of TLS, the lie must not make it better TLS.
 *
 * Input: byte 0 the server, byte 1 a bit for each mark in its field (0: all), the rest the lie; a byte from 0x80 on
 * stands for a piece of servers.h. */
#include "client.h"

#include <stdio.h>
#include <string.h>

/* ---- what must hold ----------------------------------------------------------------------------------- */

/* The row itself: a server that is not known by its own field would ask nothing. */
static void check_truth(const server *s, const reading *truth)
{
    const hoptls_hop *h = &truth->hops[0];
    static const uint8_t negative[] = {HOPTLS_EVIDENCE_SILENT, 0, HOPTLS_EVIDENCE_NEGATIVE};
    int named = truth->report.hops == 1 && strcmp(hoptls_writer_name(h->writer), s->name) == 0;
    int said = named && (s->says == SAYS_TLS ? states_tls(h) : h->evidence == negative[s->says]);
    if (!said) {
        reading_print("an honest client's field", truth);
    }
    MUST(named, "a server is known by its own field");
    MUST(said, "a server's own record is read");
}

static void check_lie(const server *s, const reading *truth, const reading *lied)
{
    const hoptls_hop *h = &lied->hops[0];
    int one = lied->report.hops == 1;
    int believed = one && s->says != SAYS_TLS && states_tls(h);
    int improved = one && s->says == SAYS_TLS && states_tls(h) && is_better(&h->tls, &truth->hops[0].tls);
    if (!one || believed || improved) {
        reading_print("an honest client's field", truth);
        reading_print("a lying client's field", lied);
    }
    MUST(one, "I11: one field is one hop");
    MUST(!believed, "I11: the client's words are no evidence");
    MUST(!improved, "I11: the client's words are no better evidence");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const server *s;
    buffer lie;
    buffer fields[2];
    reading readings[2];

    if (size < 2) {
        return 0;
    }
    s = &servers[data[0] % SERVERS];
    lie = lie_of(data + 2, size - 2);
    fields[0] = field_of_lie(s, &lie, 0);
    fields[1] = field_of_lie(s, &lie, data[1] != 0 ? data[1] : 0xFF);
    for (int i = 0; i < 2; i++) {
        readings[i] = reading_of(fields[i].ptr, fields[i].len, NULL);
    }
    check_truth(s, &readings[0]);
    check_lie(s, &readings[0], &readings[1]);
    for (int i = 0; i < 2; i++) {
        reading_free(&readings[i]);
        buffer_free(&fields[i]);
    }
    buffer_free(&lie);
    return 0;
}
