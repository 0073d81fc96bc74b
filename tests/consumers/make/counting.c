/* Prints each message's verdict and its path, and on standard error how many messages had each verdict. Files are mapped,
 * not read: the library asks for no terminator and no room behind the message. */
#define _POSIX_C_SOURCE 200809L
#include <hoptls.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int verdict_of(const char *path)
{
    hoptls_report report;
    hoptls_msg msg;
    struct stat about;
    void *map;
    int status;
    int file = open(path, O_RDONLY);

    if (file < 0 || fstat(file, &about) != 0 || about.st_size == 0) {
        return -1;
    }
    map = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (map == MAP_FAILED) {
        return -1;
    }
    msg.ptr = map;
    msg.len = (size_t)about.st_size;
    status = hoptls_message_read(msg, NULL, NULL, 0, &report);
    munmap(map, msg.len);
    return status < 0 ? -1 : report.verdict;
}

int main(int argc, char **argv)
{
    unsigned count[256] = {0};

    for (int i = 1; i < argc; i++) {
        int verdict = verdict_of(argv[i]);
        if (verdict < 0) {
            fprintf(stderr, "counting: %s: cannot be read\n", argv[i]);
            return EXIT_FAILURE;
        }
        printf("%s %s\n", hoptls_verdict_word((uint32_t)verdict), argv[i]);
        count[verdict]++;
    }
    for (uint32_t v = 0; v < 256; v++) {
        if (count[v] > 0) {
            fprintf(stderr, "%7u %s\n", count[v], hoptls_verdict_word(v));
        }
    }
    return EXIT_SUCCESS;
}
