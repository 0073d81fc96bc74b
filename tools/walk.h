/* The files below the paths that the user named: folders of messages, Maildir and Maildir++, MH, whatever lies in them. */
#ifndef HOPTLS_TOOLS_WALK_H
#define HOPTLS_TOOLS_WALK_H

#include "scan.h"

struct finds {
    void *to;
    char *const *paths; /* that the user named: links in folders lead there, or are skipped */
    int count;
    int sort;      /* 1: the entries of each folder in the order of their bytes; 0: as the folder has them */
    int want_size; /* 1: of files in a Maildir too, which takes a call for each */
    /* A file: in a folder, by its name there; else by the user's path. `size` is -1 if it was not asked. Returns -1 to
     * end. */
    int (*file)(void *to, struct folder *folder, const char *name, const char *path, int64_t size);
    /* What is no file that could hold mail; what cannot be read. */
    void (*skip)(void *to, const char *path, const char *words);
    void (*trouble)(void *to, const char *path, const char *words);
};

/* Returns 0, or -1 if a find said so. */
int walk_path(const struct finds *finds, const char *path);

#endif
