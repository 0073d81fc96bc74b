#include "progress.h"

#include "terminal.h"
#include "walk.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TICK = 200 * 1000 * 1000 };

struct progress {
    struct scan *scan;
    char *const *paths;
    int count;
    uint64_t total; /* bytes, as far as they were counted */
    int counted;    /* 1: all of them were */
    atomic_int over;
    struct timespec start;
    pthread_t thread;
};

/* ---- How much there is: its own walk, which asks for nothing but sizes ---- */

static int count_file(void *to, struct folder *folder, const char *name, const char *path, int64_t size)
{
    struct progress *progress = to;
    (void)folder;
    (void)name;
    (void)path;
    progress->counted &= size >= 0;
    progress->total += size > 0 ? (uint64_t)size : 0;
    return progress->over ? -1 : 0;
}

static void count_nothing(void *to, const char *path, const char *words)
{
    (void)to;
    (void)path;
    (void)words;
}

static void count_all(struct progress *progress)
{
    struct finds finds = {progress, progress->paths, progress->count, 0,
                          1,        count_file,      count_nothing,   count_nothing};
    progress->counted = 1;
    for (int i = 0; i < progress->count && !progress->over; i++) {
        walk_path(&finds, progress->paths[i]);
    }
}

/* ---- The line ---- */

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static int write_left(const struct progress *progress, uint64_t bytes, double seconds, char *text,
                      size_t room)
{
    unsigned left;
    if (!progress->counted || progress->total == 0 || bytes == 0 || bytes > progress->total) {
        return 0;
    }
    left = (unsigned)(seconds / (double)bytes * (double)(progress->total - bytes) + 0.5);
    return snprintf(text, room, ", %u %%, %u:%02u:%02u left",
                    (unsigned)((double)bytes * 100 / (double)progress->total), left / 3600, left / 60 % 60,
                    left % 60);
}

static void write_line(const struct progress *progress)
{
    uint64_t bytes = progress->scan->bytes;
    uint64_t messages = progress->scan->messages;
    double seconds = seconds_since(&progress->start);
    unsigned width = terminal_look(STDERR_FILENO, COLOUR_NEVER).width;
    char line[256];
    int len = snprintf(line, sizeof line, "\r\x1b[K%.1f MB, %llu messages, %.1f MB/s", (double)bytes / 1e6,
                       (unsigned long long)messages, seconds > 0 ? (double)bytes / 1e6 / seconds : 0);
    len += write_left(progress, bytes, seconds, line + len, sizeof line - (size_t)len);
    len = len > (int)width + 3 ? (int)width + 3 : len;
    if (write(STDERR_FILENO, line, (size_t)len) < 0) {
        return;
    }
}

static void *run(void *of)
{
    struct progress *progress = of;
    struct timespec tick = {0, TICK};
    count_all(progress);
    while (!progress->over) {
        write_line(progress);
        nanosleep(&tick, NULL);
    }
    return NULL;
}

struct progress *progress_start(struct scan *scan, char *const *paths, int count)
{
    struct progress *progress = isatty(STDERR_FILENO) ? calloc(1, sizeof *progress) : NULL;
    if (progress == NULL) {
        return NULL;
    }
    progress->scan = scan;
    progress->paths = paths;
    progress->count = count;
    (void)clock_gettime(CLOCK_MONOTONIC, &progress->start);
    if (pthread_create(&progress->thread, NULL, run, progress) != 0) {
        free(progress);
        return NULL;
    }
    return progress;
}

void progress_end(struct progress *progress)
{
    static const char clear[] = "\r\x1b[K";
    if (progress == NULL) {
        return;
    }
    progress->over = 1;
    pthread_join(progress->thread, NULL);
    if (write(STDERR_FILENO, clear, sizeof clear - 1) < 0) {
        return;
    }
    free(progress);
}
