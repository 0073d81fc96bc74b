/* The closest job of GMime: its parser over an mbox, and the raw Received fields of each message.
 *
 *     cc -O3 -o gmime bench/peers/gmime.c $(pkg-config --cflags --libs gmime-3.0) */
#include <fcntl.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <sys/mman.h>

static unsigned long count_received(GMimeMessage *message)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
    unsigned long count = 0;
    for (int i = 0; i < g_mime_header_list_get_count(headers); i++) {
        GMimeHeader *header = g_mime_header_list_get_header_at(headers, i);
        count += g_ascii_strcasecmp(g_mime_header_get_name(header), "Received") == 0 &&
                 g_mime_header_get_raw_value(header) != NULL;
    }
    return count;
}

int main(int argc, char **argv)
{
    unsigned long messages = 0, hops = 0;
    GMimeParser *parser;
    GMimeStream *stream;
    int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
    if (fd < 0) {
        return 2;
    }
    g_mime_init();
    stream = g_mime_stream_mmap_new(fd, PROT_READ, MAP_PRIVATE);
    parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_format(parser, GMIME_FORMAT_MBOX);
    while (!g_mime_parser_eos(parser)) {
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        if (message != NULL) {
            messages++;
            hops += count_received(message);
            g_object_unref(message);
        }
    }
    printf("%lu %lu\n", messages, hops);
    return 0;
}
