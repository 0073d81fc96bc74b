/* Does the command's walk through folders (tools/walk.c) find just the files that were put there, each where it is, in the order of
 * their names or in any; does it follow no link in a folder, stop when it is told, and leave nothing open? The input is a list of
 * things to put into a private folder; what there is to find is told by a model of it in memory, which asks the system
 * nothing. The room for the names of a folder is small in this build, so that few names get out of it.
 *
 * Input: three bytes a thing: in which of the folders so far, its name, its kind. */
#include "oracle.h"
#include "walk.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the model ------------------------------------------------------------------------------------------ */

enum { NODES_MOST = 128, NAME_ROOM = 256, FINDS_MOST = 2000, DEEPEST = 64 };

enum thing { FOLDER, FILE_OF_BYTES, LINK, PIPE };

typedef struct node {
    enum thing kind;
    unsigned in;       /* which folder it lies in */
    const char *leads; /* of a link */
    char name[NAME_ROOM];
} node;

/* Node 0 is the private folder, node 1 the one that is walked: `..` in it leads to node 0. */
enum { PRIVATE, ROOT };

typedef struct tree {
    node at[NODES_MOST];
    unsigned count;
} tree;

static const node *find_node(const tree *t, unsigned in, const char *name)
{
    for (unsigned i = ROOT; i < t->count; i++) {
        if (t->at[i].in == in && strcmp(t->at[i].name, name) == 0) {
            return &t->at[i];
        }
    }
    return NULL;
}

/* Where a name leads, through at most 40 links, as on Linux; null: nowhere. */
static const node *follow(const tree *t, const node *n)
{
    for (unsigned links = 0; n != NULL && n->kind == LINK; links++) {
        if (links == 40) {
            return NULL;
        }
        if (strcmp(n->leads, ".") == 0) {
            n = &t->at[n->in];
        } else if (strcmp(n->leads, "..") == 0) {
            n = &t->at[t->at[n->in].in];
        } else {
            n = find_node(t, n->in, n->leads);
        }
    }
    return n;
}

static unsigned number_of(const tree *t, const node *n)
{
    return (unsigned)(n - t->at);
}

/* ---- what is put there ---------------------------------------------------------------------------------- */

/* Of Maildir, Maildir++ and MH, of what programs keep beside, of neither. */
static const char *const names[] = {
    "cur",     "new",
    "tmp",     "a",
    "b",       "c",
    ".Sent",   ".",
    "..",      ",1",
    ",a",      "#7",
    "1",       "2",
    "inbox",   "dovecot.log",
    "dovec",   "maildirfolder",
    "curx",    "\xFF",
    ".mh_seq", ".DS_Stores",
    "A",       "x y",
    "-",       ",",
    "#12x",    "new.",
    "1:2,S",   "tmp2",
    "\n",      "subscriptions",
};

enum { NAMES = sizeof names / sizeof names[0] };

/* From 0x80 on long names, of which a few fill the room. */
static void name_of(uint8_t byte, char name[NAME_ROOM])
{
    (void)snprintf(name, NAME_ROOM, "%s", names[byte % NAMES]);
    if (byte >= 0x80) {
        memset(name, "amz\xC3"[byte >> 5 & 3], NAME_ROOM - 1);
        name[byte < 0xC0 ? NAME_ROOM - 1 : 2 * (byte - 0xBF)] = '\0';
        name[0] = (char)('0' + byte % 64);
    }
}

static void add_node(tree *t, unsigned in, const char *name, enum thing kind, const char *leads)
{
    if (t->count < NODES_MOST && find_node(t, in, name) == NULL && strcmp(name, ".") != 0 &&
        strcmp(name, "..") != 0) {
        node *n = &t->at[t->count++];
        n->kind = kind;
        n->in = in;
        n->leads = leads;
        (void)snprintf(n->name, NAME_ROOM, "%s", name);
    }
}

/* The `n`th folder. */
static unsigned folder_of(const tree *t, unsigned n)
{
    unsigned folders = 1; /* ROOT is one */
    unsigned i = ROOT;
    for (unsigned k = ROOT + 1; k < t->count; k++) {
        folders += t->at[k].kind == FOLDER ? 1u : 0u;
    }
    n %= folders;
    while (t->at[i].kind != FOLDER || n-- > 0) {
        i++;
    }
    return i;
}

static void add_thing(tree *t, const uint8_t thing[3])
{
    static const enum thing kinds[] = {FILE_OF_BYTES, FILE_OF_BYTES, FOLDER, FOLDER,
                                       LINK,          FILE_OF_BYTES, FOLDER, PIPE};
    char name[NAME_ROOM];
    unsigned in = folder_of(t, thing[0]);
    name_of(thing[1], name);
    add_node(t, in, name, kinds[thing[2] % 8], names[thing[2] >> 3]);
}

static tree tree_of(const uint8_t *data, size_t size)
{
    tree t;
    memset(&t, 0, sizeof t);
    t.count = 2;
    (void)snprintf(t.at[ROOT].name, NAME_ROOM, "%s",
                   size % 3 == 1 && data[size - 1] % 2 == 1 ? "cur" : "walked");
    for (size_t i = 0; i + 3 <= size; i += 3) {
        add_thing(&t, data + i);
    }
    return t;
}

/* ---- on the disk ---------------------------------------------------------------------------------------- */

static int opened[NODES_MOST]; /* of folders: descriptors, while the tree is made or removed */

/* A file is as long as the number of its node, by which it is known. */
static void make_node(const tree *t, unsigned i)
{
    const node *n = &t->at[i];
    int at = opened[n->in];
    int fd;
    int made = -1;
    switch (n->kind) {
    case FOLDER:
        made = mkdirat(at, n->name, 0700);
        opened[i] = openat(at, n->name, O_RDONLY | O_DIRECTORY);
        break;
    case FILE_OF_BYTES:
        fd = openat(at, n->name, O_WRONLY | O_CREAT | O_EXCL, 0600);
        made = ftruncate(fd, (off_t)i);
        (void)close(fd);
        break;
    case LINK: made = symlinkat(n->leads, at, n->name); break;
    default: made = mkfifoat(at, n->name, 0600); break;
    }
    MUST(made == 0, "the private folder takes what is put into it");
}

static void make_tree(const tree *t)
{
    for (unsigned i = ROOT; i < t->count; i++) {
        make_node(t, i);
    }
}

static void remove_tree(const tree *t)
{
    for (unsigned i = t->count - 1; i >= ROOT; i--) {
        const node *n = &t->at[i];
        if (n->kind == FOLDER) {
            (void)close(opened[i]);
        }
        MUST(unlinkat(opened[n->in], n->name, n->kind == FOLDER ? AT_REMOVEDIR : 0) == 0,
             "a walk leaves all as it is");
    }
}

/* ---- what there is to find ------------------------------------------------------------------------------ */

typedef struct find {
    unsigned node; /* of the file; 0: of no file */
    int message;
    char *path;
} find;

typedef struct finds_list {
    find at[FINDS_MOST];
    unsigned count;
    int too_many;
    unsigned skips, troubles;
} finds_list;

static void add_find(finds_list *f, unsigned number, int message, const char *path)
{
    if (f->count == FINDS_MOST) {
        f->too_many = 1;
        return;
    }
    f->at[f->count].node = number;
    f->at[f->count].message = message;
    f->at[f->count].path = strdup(path);
    f->count++;
}

static void free_finds(finds_list *f)
{
    while (f->count > 0) {
        free(f->at[--f->count].path);
    }
}

/* hoptls.1 and tools/walk.h: what mail programs keep beside the messages, and what MH removed. */
static int is_kept_beside(const char *name)
{
    static const char *const beside[] = {"dovecot",   "courierimap", "maildirfolder", "maildirsize",
                                         ".mh_",      ".xmhcache",   "subscriptions", ".uidvalidity",
                                         ".DS_Store", ".notmuch"};
    const char *digits = name + 1;
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        if (strncmp(name, beside[i], strlen(beside[i])) == 0) {
            return 1;
        }
    }
    while (*digits >= '0' && *digits <= '9') {
        digits++;
    }
    return (name[0] == ',' || name[0] == '#') && digits > name + 1 && *digits == '\0';
}

static int has_folder(const tree *t, unsigned in, const char *name)
{
    const node *n = follow(t, find_node(t, in, name));
    return n != NULL && n->kind == FOLDER;
}

enum { PLAIN_FOLDER, MAILDIR, MESSAGES };

static void expect_folder(const tree *t, finds_list *f, unsigned depth, unsigned number, const char *path,
                          int messages);

/* Whether it lies in the folder that is walked, or is that. */
static int is_within(const tree *t, const node *n)
{
    unsigned number = number_of(t, n);
    while (number != PRIVATE && number != ROOT) {
        number = t->at[number].in;
    }
    return number == ROOT;
}

/* What a link leads to is found where it lies, or lies elsewhere. */
static void expect_link(const tree *t, finds_list *f, const node *n, const char *path)
{
    const node *to = follow(t, n);
    f->too_many |= strlen(path) + NAME_ROOM >= PATH_MAX; /* too long for the system to follow */
    f->troubles += to == NULL ? 1u : 0u;
    f->skips += to != NULL && !is_within(t, to) ? 1u : 0u;
}

static void expect_entry(const tree *t, finds_list *f, unsigned depth, const node *n, const char *path,
                         int role)
{
    int of_maildir = role == MAILDIR;
    if (n->kind == LINK) {
        expect_link(t, f, n, path);
    } else if (n->kind == PIPE) {
        f->skips++;
    } else if (n->kind == FILE_OF_BYTES) {
        if (!of_maildir) {
            add_find(f, number_of(t, n), role == MESSAGES, path);
        }
    } else if (!of_maildir || strcmp(n->name, "tmp") != 0) {
        expect_folder(t, f, depth + 1, number_of(t, n), path,
                      of_maildir && (strcmp(n->name, "cur") == 0 || strcmp(n->name, "new") == 0));
    }
}

/* The entry behind `last` in the order of bytes; null if there is none. */
static const node *entry_behind(const tree *t, unsigned in, const node *last)
{
    const node *next = NULL;
    for (unsigned i = ROOT; i < t->count; i++) {
        const node *n = &t->at[i];
        if (n->in == in && (last == NULL || strcmp(n->name, last->name) > 0) &&
            (next == NULL || strcmp(n->name, next->name) < 0)) {
            next = n;
        }
    }
    return next;
}

static void expect_folder(const tree *t, finds_list *f, unsigned depth, unsigned number, const char *path,
                          int messages)
{
    int role = messages ? MESSAGES : PLAIN_FOLDER;
    if (depth == DEEPEST) {
        f->troubles++;
        return;
    }
    if (!messages && has_folder(t, number, "cur") && has_folder(t, number, "new")) {
        role = MAILDIR;
    }
    for (const node *n = entry_behind(t, number, NULL); n != NULL && !f->too_many;
         n = entry_behind(t, number, n)) {
        size_t room = strlen(path) + strlen(n->name) + 2;
        char *below = malloc(room);
        (void)snprintf(below, room, "%s/%s", path, n->name);
        if (!is_kept_beside(n->name)) {
            expect_entry(t, f, depth, n, below, role);
        }
        free(below);
    }
}

/* ---- what is found -------------------------------------------------------------------------------------- */

typedef struct heard {
    finds_list list;
    unsigned most; /* after so many the walk is told to end */
    int want_size;
    struct folder *kept; /* as whoever reads the file later keeps it */
} heard;

static int hear_file(void *to, struct folder *folder, const char *name, const char *path, int64_t size)
{
    heard *h = to;
    struct stat about = {0};
    MUST(h->list.count < h->most, "who is told to end finds no more");
    if (folder == NULL) {
        MUST(0, "a file lies in a folder");
        return 0;
    }
    MUST(fstatat(folder->fd, name, &about, 0) == 0, "a file lies in its folder by its name");
    MUST(size == (int64_t)about.st_size || (size == -1 && !h->want_size && folder->maildir),
         "the size is the file's");
    MUST(strncmp(path, folder->path, strlen(folder->path)) == 0, "a path is its folder's and a name");
    add_find(&h->list, (unsigned)about.st_size, folder->maildir, path);
    if (h->kept == NULL) {
        h->kept = folder;
        atomic_fetch_add(&folder->users, 1);
    }
    return h->list.count == h->most ? -1 : 0;
}

static void hear_skip(void *to, const char *path, const char *words)
{
    MUST(path[0] != '\0' && words[0] != '\0', "what is skipped is named");
    ((heard *)to)->list.skips++;
}

static void hear_trouble(void *to, const char *path, const char *words)
{
    MUST(path[0] != '\0' && words[0] != '\0', "trouble is named");
    ((heard *)to)->list.troubles++;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const find *)a)->path, ((const find *)b)->path);
}

/* Up to where the walk was told to end. `any_order`: both lists by their paths. */
static void check_finds(finds_list *expected, finds_list *f, int any_order)
{
    if (any_order) {
        qsort(expected->at, expected->count, sizeof *expected->at, by_path);
        qsort(f->at, f->count, sizeof *f->at, by_path);
    }
    for (unsigned i = 0; i < f->count; i++) {
        const find *is = &f->at[i];
        const find *ought = &expected->at[i];
        MUST(i < expected->count && strcmp(is->path, ought->path) == 0,
             "just the files that are there, in their order");
        MUST(is->node == ought->node && is->message == ought->message,
             "a path is of its file, a message of a Maildir");
    }
}

static void check_walk(char *path, finds_list *expected, int sort, int want_size, unsigned most)
{
    static heard h;
    struct finds finds = {&h, &path, 1, sort, want_size, hear_file, hear_skip, hear_trouble};
    int before = dup(0);
    int after;
    int status;
    (void)close(before);
    memset(&h, 0, sizeof h);
    h.most = most;
    h.want_size = want_size;
    status = walk_path(&finds, path);
    MUST((status == -1) == (h.list.count == most), "a walk says whether it was told to end");
    check_finds(expected, &h.list, !sort && h.list.count == expected->count);
    MUST(h.list.count == most || (h.list.count == expected->count && h.list.skips == expected->skips &&
                                  h.list.troubles == expected->troubles),
         "all that is there is found or told");
    folder_release(h.kept);
    after = dup(0);
    (void)close(after);
    MUST(before == after, "a walk leaves nothing open");
    free_finds(&h.list);
}

/* ---- all of it ------------------------------------------------------------------------------------------ */

static char private_folder[64];

static void remove_private(void)
{
    (void)rmdir(private_folder);
}

static void make_private(void)
{
    const char *where = getenv("TMPDIR");
    int len =
        snprintf(private_folder, sizeof private_folder, "%s/walk.XXXXXX", where != NULL ? where : "/tmp");
    MUST(len > 0 && (size_t)len < sizeof private_folder && mkdtemp(private_folder) != NULL,
         "there is room for a folder");
    (void)atexit(remove_private);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static finds_list expected;
    char path[sizeof private_folder + NAME_ROOM];
    tree t = tree_of(data, size);
    if (private_folder[0] == '\0') {
        make_private();
    }
    (void)snprintf(path, sizeof path, "%s/%s", private_folder, t.at[ROOT].name);
    memset(&expected, 0, sizeof expected);
    expect_folder(&t, &expected, 0, ROOT, path, strcmp(t.at[ROOT].name, "cur") == 0);
    if (!expected.too_many) {
        opened[PRIVATE] = open(private_folder, O_RDONLY | O_DIRECTORY);
        make_tree(&t);
        check_walk(path, &expected, 1, size % 2 == 0, FINDS_MOST + 1);
        check_walk(path, &expected, 1, 0, size > 0 ? 1 + data[0] % 4u : 1);
        check_walk(path, &expected, 0, 1, FINDS_MOST + 1);
        remove_tree(&t);
        (void)close(opened[PRIVATE]);
    }
    free_finds(&expected);
    return 0;
}
