/* Prints each message's verdict and its path. */
#include <hoptls.h>

#include <stdio.h>
#include <stdlib.h>

/* A file's bytes, to be freed; null if it cannot be read. */
static uint8_t *read_file(const char *path, size_t *len)
{
    FILE *in = fopen(path, "rb");
    uint8_t *bytes = NULL;
    size_t room = 0;
    size_t n = 1;

    *len = 0;
    while (in != NULL && n > 0) {
        if (*len == room) {
            uint8_t *more = realloc(bytes, room = 2 * room + 65536);
            if (more == NULL) {
                break;
            }
            bytes = more;
        }
        *len += n = fread(bytes + *len, 1, room - *len, in);
    }
    if (in == NULL || n > 0 || ferror(in)) {
        free(bytes);
        bytes = NULL;
    }
    if (in != NULL) {
        fclose(in);
    }
    return bytes;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        hoptls_msg msg;
        hoptls_report report;
        uint8_t *bytes = read_file(argv[i], &msg.len);

        msg.ptr = bytes;
        if (bytes == NULL || hoptls_message_read(msg, NULL, NULL, 0, &report) < 0) {
            fprintf(stderr, "answers: %s: cannot be read\n", argv[i]);
            return EXIT_FAILURE;
        }
        printf("%s %s\n", hoptls_verdict_word(report.verdict), argv[i]);
        free(bytes);
    }
    return EXIT_SUCCESS;
}
