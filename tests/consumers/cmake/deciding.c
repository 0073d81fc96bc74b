/* Prints each message's verdict and its path, and on standard error the hop that decided, with the bytes that prove it:
 * results are offsets into the message, so that nothing has to be copied. */
#include <hoptls.h>

#include <stdio.h>
#include <stdlib.h>

enum { HOPS = 64, ROOM = 1 << 20 }; /* a header is shorter than this; of the body 4096 bytes are enough */

static void show_deciding(const uint8_t *bytes, const hoptls_hop *hop, uint32_t index)
{
    fprintf(stderr, "  hop %u, by %.*s (%s), %s: \"%.*s\"\n", (unsigned)index, (int)hop->by.len,
            (const char *)bytes + hop->by.off, hoptls_writer_name(hop->writer),
            hoptls_evidence_word(hop->evidence), (int)hop->proof.len, (const char *)bytes + hop->proof.off);
}

static int answer(const char *path, uint8_t *bytes)
{
    hoptls_hop hops[HOPS];
    hoptls_report report;
    hoptls_msg msg;
    FILE *in = fopen(path, "rb");

    if (in == NULL) {
        return -1;
    }
    msg.ptr = bytes;
    msg.len = fread(bytes, 1, ROOM, in);
    fclose(in);
    if (hoptls_message_read(msg, NULL, hops, HOPS, &report) < 0) {
        return -1;
    }
    printf("%s %s\n", hoptls_verdict_word(report.verdict), path);
    if (report.claimed_hop < HOPS) {
        show_deciding(bytes, &hops[report.claimed_hop], report.claimed_hop);
    }
    return 0;
}

int main(int argc, char **argv)
{
    uint8_t *bytes = malloc(ROOM);
    int status = bytes == NULL ? -1 : 0;

    for (int i = 1; i < argc && status == 0; i++) {
        status = answer(argv[i], bytes);
    }
    free(bytes);
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
