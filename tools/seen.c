#include "seen.h"

#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FIRST_ROOM = 1 << 16 };

/* All 0: nothing is here. */
struct digest {
    uint64_t high, low;
};

struct seen {
    FILE *file;
    struct digest *table;
    size_t room; /* a power of two, at least half of it free */
    size_t count;
};

/* A file with holes would end the program where the disk has no room to fill them. */
static int map_table(struct seen *seen, size_t room)
{
    void *table;
    int error;
    seen->file = files_spool();
    if (seen->file == NULL) {
        return -1;
    }
    error = posix_fallocate(fileno(seen->file), 0, (off_t)(room * sizeof *seen->table));
    if (error != 0) {
        errno = error;
        return -1;
    }
    table = mmap(NULL, room * sizeof *seen->table, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(seen->file), 0);
    if (table == MAP_FAILED) {
        return -1;
    }
    seen->table = table;
    seen->room = room;
    return 0;
}

static void unmap_table(struct seen *seen)
{
    if (seen->table != NULL) {
        munmap(seen->table, seen->room * sizeof *seen->table);
    }
    if (seen->file != NULL) {
        (void)fclose(seen->file);
    }
}

struct seen *seen_open(void)
{
    struct seen *seen = calloc(1, sizeof *seen);
    if (seen != NULL && map_table(seen, FIRST_ROOM) < 0) {
        int error = errno;
        seen_close(seen);
        errno = error;
        return NULL;
    }
    return seen;
}

void seen_close(struct seen *seen)
{
    if (seen != NULL) {
        unmap_table(seen);
        free(seen);
    }
}

static size_t find_place(const struct seen *seen, const struct digest *digest)
{
    size_t place = (size_t)digest->high & (seen->room - 1);
    while ((seen->table[place].high | seen->table[place].low) != 0 &&
           (seen->table[place].high != digest->high || seen->table[place].low != digest->low)) {
        place = (place + 1) & (seen->room - 1);
    }
    return place;
}

/* A table of twice the room, in a file of its own, takes the place of the old one. */
static int grow(struct seen *seen)
{
    struct seen more = {NULL, NULL, 0, seen->count};
    if (map_table(&more, seen->room * 2) < 0) {
        int error = errno;
        unmap_table(&more);
        errno = error;
        return -1;
    }
    for (size_t i = 0; i < seen->room; i++) {
        if ((seen->table[i].high | seen->table[i].low) != 0) {
            more.table[find_place(&more, &seen->table[i])] = seen->table[i];
        }
    }
    unmap_table(seen);
    *seen = more;
    return 0;
}

static hoptls_span find_id(hoptls_msg msg)
{
    static const char name[] = "message-id";
    hoptls_field field;
    uint32_t pos = 0;
    while (hoptls_field_next(msg, &pos, &field) == HOPTLS_MORE) {
        uint32_t i = 0;
        while (i < field.name.len && i < sizeof name - 1 && (msg.ptr[field.name.off + i] | 0x20) == name[i]) {
            i++;
        }
        if (i == sizeof name - 1 && field.name.len == i) {
            return field.value;
        }
    }
    return (hoptls_span){0, 0};
}

/* Without blanks and folds, as one server may fold it otherwise than another. */
static int digest_id(hoptls_msg msg, struct digest *digest)
{
    hoptls_span id = find_id(msg);
    uint8_t sum[SHA256_DIGEST_SIZE];
    struct sha256_ctx hash;
    uint32_t bytes = 0;
    sha256_init(&hash);
    for (uint32_t i = id.off; i < id.off + id.len; i++) {
        if (msg.ptr[i] > ' ') {
            sha256_update(&hash, 1, msg.ptr + i);
            bytes++;
        }
    }
    sha256_digest(&hash, sizeof sum, sum);
    memcpy(digest, sum, sizeof *digest);
    digest->low |= 1; /* not all 0 */
    return bytes > 0;
}

int seen_before(struct seen *seen, const struct answer *answer)
{
    struct digest digest;
    size_t place;
    if (!digest_id(answer->msg, &digest)) {
        return 0;
    }
    if (seen->count >= seen->room / 2 && grow(seen) < 0) {
        return -1;
    }
    place = find_place(seen, &digest);
    if ((seen->table[place].high | seen->table[place].low) != 0) {
        return 1;
    }
    seen->table[place] = digest;
    seen->count++;
    return 0;
}
