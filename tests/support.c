#include "support.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

_Noreturn static void give_up(const char *what, const char *about)
{
    perror(about);
    fprintf(stderr, "%s: %s\n", about, what);
    exit(99);
}

static void *must(void *memory)
{
    if (memory == NULL) {
        give_up("no memory", "tests");
    }
    return memory;
}

/* ---- files -------------------------------------------------------------------------------------------- */

blob blob_read(const char *path)
{
    blob out = {NULL, 0};
    FILE *in = fopen(path, "rb");
    long len = 0;

    if (in == NULL || fseek(in, 0, SEEK_END) != 0) {
        give_up("cannot be read", path);
    }
    len = ftell(in);
    if (len < 0 || fseek(in, 0, SEEK_SET) != 0) {
        give_up("cannot be read", path);
    }
    out.len = (size_t)len;
    out.ptr = must(malloc(out.len + 1)); /* one more, so that an empty file has an address too */
    if (fread(out.ptr, 1, out.len, in) != out.len) {
        give_up("cannot be read", path);
    }
    fclose(in);
    return out;
}

void blob_free(blob *b)
{
    free(b->ptr);
    b->ptr = NULL;
    b->len = 0;
}

static int ends_in(const char *name, const char *suffix)
{
    size_t n = strlen(name);
    size_t s = strlen(suffix);
    return n >= s && strcmp(name + n - s, suffix) == 0;
}

char *path_swap(const char *path, const char *from, const char *to)
{
    size_t keep = strlen(path) - strlen(from);
    char *out = must(malloc(keep + strlen(to) + 1));

    memcpy(out, path, keep);
    memcpy(out + keep, to, strlen(to) + 1);
    return out;
}

int path_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0;
}

static int is_directory(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static char *path_join(const char *dir, const char *name)
{
    text t = {NULL, 0, 0};
    text_add(&t, "%s/%s", dir, name);
    return t.ptr;
}

static void paths_push(paths *list, char *path)
{
    list->path = must(realloc(list->path, (list->count + 1) * sizeof list->path[0]));
    list->path[list->count++] = path;
}

static void paths_walk(paths *list, const char *dir, const char *suffix)
{
    DIR *open = opendir(dir);
    struct dirent *entry;

    if (open == NULL) {
        give_up("not a directory that can be read", dir);
    }
    while ((entry = readdir(open)) != NULL) {
        char *path = path_join(dir, entry->d_name);
        if (entry->d_name[0] != '.' && is_directory(path)) {
            paths_walk(list, path, suffix);
            free(path);
        } else if (entry->d_name[0] != '.' && ends_in(entry->d_name, suffix)) {
            paths_push(list, path);
        } else {
            free(path);
        }
    }
    closedir(open);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

paths paths_below(const char *root, const char *suffix)
{
    paths list = {NULL, 0};
    paths_walk(&list, root, suffix);
    if (list.count > 0) {
        qsort(list.path, list.count, sizeof list.path[0], by_name);
    }
    return list;
}

void paths_free(paths *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->path[i]);
    }
    free(list->path);
    list->path = NULL;
    list->count = 0;
}

/* ---- text that grows ---------------------------------------------------------------------------------- */

void text_put(text *t, const char *bytes, size_t n)
{
    if (t->len + n + 1 > t->cap) {
        t->cap = 2 * (t->len + n + 1);
        t->ptr = must(realloc(t->ptr, t->cap));
    }
    if (n > 0) {
        memcpy(t->ptr + t->len, bytes, n);
    }
    t->len += n;
    t->ptr[t->len] = '\0';
}

void text_add(text *t, const char *format, ...)
{
    char line[1024];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof line) {
        give_up("a line too long to print", "tests");
    }
    text_put(t, line, (size_t)n);
}

void text_free(text *t)
{
    free(t->ptr);
    t->ptr = NULL;
    t->len = 0;
    t->cap = 0;
}

/* ---- messages of the corpus --------------------------------------------------------------------------- */

static blob blob_of(const uint8_t *ptr, size_t len)
{
    blob out = {must(malloc(len + 1)), len};
    if (len > 0) {
        memcpy(out.ptr, ptr, len);
    }
    return out;
}

/* The end of the line that begins at `at`, behind its line feed. */
static size_t line_end(const blob *b, size_t at)
{
    const uint8_t *end = memchr(b->ptr + at, '\n', b->len - at);
    return end != NULL ? (size_t)(end - b->ptr) + 1 : b->len;
}

/* The first line from `at` on that begins with `mark`, or the end. */
static size_t line_of(const blob *b, size_t at, const char *mark)
{
    size_t n = strlen(mark);
    while (at < b->len && (b->len - at < n || memcmp(b->ptr + at, mark, n) != 0)) {
        at = line_end(b, at);
    }
    return at;
}

/* The second word of the line at `at`, as a new string. */
static char *second_word(const blob *b, size_t at)
{
    size_t begin = at;
    size_t end = 0;
    char *out = NULL;

    while (begin < b->len && b->ptr[begin] != ' ' && b->ptr[begin] != '\n') {
        begin++;
    }
    begin += begin < b->len && b->ptr[begin] == ' ';
    for (end = begin; end < b->len && b->ptr[end] != ' ' && b->ptr[end] != '\n';) {
        end++;
    }
    out = must(malloc(end - begin + 1));
    memcpy(out, b->ptr + begin, end - begin);
    out[end - begin] = '\0';
    return out;
}

static void corpus_push(corpus *c, corpus_case one)
{
    if ((c->count & (c->count - 1)) == 0) {
        c->list = must(realloc(c->list, (c->count > 0 ? 2 * c->count : 1) * sizeof c->list[0]));
    }
    c->list[c->count++] = one;
}

static void push_file(corpus *c, const char *root, const char *path)
{
    text name = {NULL, 0, 0};
    char *want = path_swap(path, ".eml", ".want");
    corpus_case one = {NULL, blob_read(path), {NULL, 0}, {NULL, 0}};

    text_add(&name, "%s", path + strlen(root) + 1);
    one.name = name.ptr;
    if (path_exists(want)) {
        one.want = blob_read(want);
    }
    free(want);
    corpus_push(c, one);
}

/* A message runs to the empty line before the next separator, its expectation to the next `case`. */
static void push_archived(corpus *c, const char *label, const blob *mbox, size_t from, size_t to,
                          const blob *want, size_t want_from, size_t want_to)
{
    text name = {NULL, 0, 0};
    char *in_mbox = second_word(mbox, from);
    char *in_want = second_word(want, want_from);
    size_t head = line_end(mbox, from);
    size_t want_head = want_from < want->len ? line_end(want, want_from) : want->len;
    corpus_case one = {NULL, {NULL, 0}, {NULL, 0}, {NULL, 0}};

    text_add(&name, "%s#%s", label, in_mbox);
    if (strcmp(in_mbox, in_want) != 0) {
        give_up("the expectations of the archive have another case here", name.ptr);
    }
    one.name = name.ptr;
    one.mail = blob_of(mbox->ptr + head, to - head > 0 ? to - head - 1 : 0);
    one.want = blob_of(want->ptr + want_head, want_to - want_head);
    free(in_mbox);
    free(in_want);
    corpus_push(c, one);
}

static void push_archive(corpus *c, const char *root, const char *path, size_t step)
{
    char *want_path = path_swap(path, ".mbox", ".want");
    blob mbox = blob_read(path);
    blob want = blob_read(want_path);
    size_t at = 0;
    size_t want_at = line_of(&want, 0, "case ");

    for (size_t n = 0; at < mbox.len; n++) {
        size_t next = line_of(&mbox, line_end(&mbox, at), "From ");
        size_t want_next = line_of(&want, want_at < want.len ? line_end(&want, want_at) : want.len, "case ");
        if (n % step == 0) {
            push_archived(c, path + strlen(root) + 1, &mbox, at, next, &want, want_at, want_next);
        }
        at = next;
        want_at = want_next;
    }
    if (want_at < want.len) {
        give_up("has cases that its archive has not", want_path);
    }
    free(want_path);
    blob_free(&mbox);
    blob_free(&want);
}

/* The lines `NAME: COMPLAINT` of the list of disputes that are about this case, without the name. */
static void add_disputes(corpus_case *one, const blob *list)
{
    text found = {NULL, 0, 0};
    size_t n = strlen(one->name);

    for (size_t at = line_of(list, 0, one->name); at < list->len;
         at = line_of(list, line_end(list, at), one->name)) {
        size_t end = line_end(list, at);
        if (end - at > n + 2 && memcmp(list->ptr + at + n, ": ", 2) == 0) {
            text_put(&found, (const char *)list->ptr + at + n + 2, end - at - n - 2);
        }
    }
    one->disputed.ptr = (uint8_t *)found.ptr;
    one->disputed.len = found.len;
}

static void read_disputes(corpus *c, const char *root)
{
    char *path = path_join(root, "wire/disputed");

    if (path_exists(path)) {
        blob list = blob_read(path);
        for (size_t i = 0; i < c->count; i++) {
            add_disputes(&c->list[i], &list);
        }
        blob_free(&list);
    }
    free(path);
}

corpus corpus_below(const char *root, size_t step)
{
    corpus out = {NULL, 0};
    paths files = paths_below(root, ".eml");
    paths archives = paths_below(root, ".mbox");

    for (size_t i = 0; i < files.count; i++) {
        push_file(&out, root, files.path[i]);
    }
    for (size_t i = 0; i < archives.count; i++) {
        char *want = path_swap(archives.path[i], ".mbox", ".want");
        if (path_exists(want)) {
            push_archive(&out, root, archives.path[i], step);
        }
        free(want);
    }
    read_disputes(&out, root);
    paths_free(&files);
    paths_free(&archives);
    return out;
}

void corpus_free(corpus *c)
{
    for (size_t i = 0; i < c->count; i++) {
        free(c->list[i].name);
        blob_free(&c->list[i].mail);
        blob_free(&c->list[i].want);
        blob_free(&c->list[i].disputed);
    }
    free(c->list);
}

/* ---- guard pages -------------------------------------------------------------------------------------- */

arena arena_make(size_t room)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    arena a;

    a.room_len = (room / page + 1) * page;
    a.map_len = a.room_len + 2 * page;
    a.map = mmap(NULL, a.map_len, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (a.map == MAP_FAILED) {
        give_up("no memory", "guard pages");
    }
    a.room = a.map + page;
    if (mprotect(a.room, a.room_len, PROT_READ | PROT_WRITE) != 0) {
        give_up("no memory", "guard pages");
    }
    return a;
}

void arena_free(arena *a)
{
    munmap(a->map, a->map_len);
}

uint8_t *arena_at_start(arena *a, const uint8_t *bytes, size_t n)
{
    if (n > 0) {
        memcpy(a->room, bytes, n);
    }
    return a->room;
}

uint8_t *arena_at_end(arena *a, const uint8_t *bytes, size_t n)
{
    uint8_t *at = a->room + a->room_len - n;
    if (n > 0) {
        memcpy(at, bytes, n);
    }
    return at;
}

/* ---- a message read with every hop -------------------------------------------------------------------- */

reading reading_of(const uint8_t *ptr, size_t len)
{
    reading r;
    int status;

    memset(&r, 0, sizeof r);
    r.msg.ptr = ptr;
    r.msg.len = len;
    status = hoptls_message_read(r.msg, NULL, NULL, 0, &r.report);
    if (status != HOPTLS_OK) {
        give_up("a message is never an error", "hoptls_message_read");
    }
    r.hops = must(calloc((size_t)r.report.hops + 1, sizeof r.hops[0]));
    status = hoptls_message_read(r.msg, NULL, r.hops, r.report.hops, &r.report);
    if (status != HOPTLS_OK) {
        give_up("a message is never an error", "hoptls_message_read");
    }
    return r;
}

void reading_free(reading *r)
{
    free(r->hops);
    r->hops = NULL;
}

/* ---- expectations: the values ------------------------------------------------------------------------- */

/* What a key is asked about: a hop, or the message if `hop` is null. */
typedef struct subject {
    const reading *r;
    const hoptls_hop *hop;
} subject;

static int is_bare(uint8_t c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != '\\';
}

static void put_quoted(text *out, const uint8_t *p, size_t n)
{
    text_add(out, "\"");
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '"' || p[i] == '\\') {
            text_add(out, "\\%c", p[i]);
        } else if (p[i] < ' ' || p[i] >= 0x7f) {
            text_add(out, "\\x%02x", p[i]);
        } else {
            text_add(out, "%c", p[i]);
        }
    }
    text_add(out, "\"");
}

void text_value(text *out, const uint8_t *p, size_t n)
{
    size_t bare = 0;
    while (bare < n && is_bare(p[bare])) {
        bare++;
    }
    if (n == 0) {
        text_add(out, "-");
    } else if (bare < n || (n == 1 && p[0] == '-')) {
        put_quoted(out, p, n);
    } else {
        text_put(out, (const char *)p, n);
    }
}

static void put_string(text *out, const char *s)
{
    text_value(out, (const uint8_t *)s, strlen(s));
}

static void put_span(text *out, subject of, hoptls_span s)
{
    text_value(out, s.len > 0 ? of.r->msg.ptr + s.off : NULL, s.len);
}

static void put_number(text *out, uint32_t n)
{
    if (n == 0) {
        text_add(out, "-");
    } else {
        text_add(out, "%u", (unsigned)n);
    }
}

typedef const char *word_of(uint32_t value);

static void put_set(text *out, uint32_t bits, word_of *word)
{
    const char *comma = "";
    for (uint32_t i = 0; i < 32; i++) {
        if ((bits >> i & 1u) != 0) {
            text_add(out, "%s%s", comma, word((uint32_t)1 << i));
            comma = ",";
        }
    }
    if (bits == 0) {
        text_add(out, "-");
    }
}

static void put_step(text *out, uint8_t verdict)
{
    put_string(out, verdict == 0 ? "none" : hoptls_verdict_word(verdict));
}

static void put_time(text *out, subject of)
{
    char line[64];
    time_t seconds = (time_t)of.hop->date;
    struct tm utc;

    if ((of.hop->flags & HOPTLS_F_NO_DATE) != 0) {
        text_add(out, "-");
    } else if (gmtime_r(&seconds, &utc) != NULL &&
               strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0) {
        text_add(out, "%s", line);
    } else {
        text_add(out, "%lld", (long long)of.hop->date);
    }
}

/* ---- expectations: the keys --------------------------------------------------------------------------- */

typedef enum kind { FREE, NUMBER, WORD, SET, STEP, YES_NO, VERSION } kind;

typedef struct want_key {
    const char *name;
    void (*put)(text *out, subject of);
    word_of *word; /* the words that the value may be, of WORD, SET and STEP */
    kind kind;
    int printed; /* 1: want_print writes it */
    int needed;  /* 1: a line without it is a mistake */
} want_key;

#define HOP_KEY(name, print)                                                                                 \
    static void name(text *out, subject of)                                                                  \
    {                                                                                                        \
        print;                                                                                               \
    }

HOP_KEY(put_writer, put_string(out, hoptls_writer_name(of.hop->writer)))
HOP_KEY(put_evidence, put_string(out, hoptls_evidence_word(of.hop->evidence)))
HOP_KEY(put_silence, put_string(out, hoptls_silence_word(of.hop->silence)))
HOP_KEY(put_scope, put_string(out, hoptls_scope_word(of.hop->scope)))
HOP_KEY(put_role, put_string(out, hoptls_role_word(of.hop->role)))
HOP_KEY(put_auth, put_string(out, (of.hop->flags & HOPTLS_F_AUTHENTICATED) != 0 ? "yes" : "no"))
HOP_KEY(put_version, put_string(out, hoptls_tls_version_word(&of.hop->tls)))
HOP_KEY(put_cipher, put_span(out, of, of.hop->tls.cipher))
HOP_KEY(put_bits, put_number(out, of.hop->tls.bits))
HOP_KEY(put_verdict, put_string(out, hoptls_verdict_word(of.hop->verdict)))
HOP_KEY(put_basis, put_string(out, hoptls_basis_word(of.hop->basis)))
HOP_KEY(put_flags, put_set(out, of.hop->flags, hoptls_flag_word))
HOP_KEY(put_weak, put_string(out, hoptls_rule_word(of.hop->weak)))
HOP_KEY(put_grade, put_string(out, hoptls_grade_word(of.hop->grade)))
HOP_KEY(put_cert, put_string(out, hoptls_client_cert_word(of.hop->tls.client_cert)))
HOP_KEY(put_suite, put_string(out, hoptls_suite_name(of.hop->tls.suite)))
HOP_KEY(put_group, put_span(out, of, of.hop->tls.group))
HOP_KEY(put_by, put_span(out, of, of.hop->by))
HOP_KEY(put_helo, put_span(out, of, of.hop->helo))
HOP_KEY(put_rdns, put_span(out, of, of.hop->rdns))
HOP_KEY(put_with, put_span(out, of, of.hop->with))
HOP_KEY(put_id, put_span(out, of, of.hop->id))
HOP_KEY(put_for, put_span(out, of, of.hop->recipient))
HOP_KEY(put_proof, put_span(out, of, of.hop->proof))
HOP_KEY(put_date, put_time(out, of))
HOP_KEY(put_counts, put_string(out, of.hop->counts != 0 ? "yes" : "no"))
HOP_KEY(put_journey, text_add(out, "%u", (unsigned)of.hop->journey))
HOP_KEY(put_parting, put_set(out, of.hop->parting, hoptls_parting_word))
HOP_KEY(put_journeys, text_add(out, "%u", (unsigned)of.r->report.journeys))
HOP_KEY(put_last, put_string(out, hoptls_verdict_word(of.r->report.last_journey)))
HOP_KEY(put_message_verdict, put_string(out, hoptls_verdict_word(of.r->report.verdict)))
HOP_KEY(put_claimed, put_string(out, hoptls_verdict_word(of.r->report.claimed)))
HOP_KEY(put_trusted, put_string(out, hoptls_verdict_word(of.r->report.trusted)))
HOP_KEY(put_submission, put_step(out, of.r->report.submission))
HOP_KEY(put_retrieval, put_step(out, of.r->report.retrieval))
HOP_KEY(put_protection, put_set(out, of.r->report.protection, hoptls_protection_word))
HOP_KEY(put_hops, text_add(out, "%u", (unsigned)of.r->report.hops))
HOP_KEY(put_counted, text_add(out, "%u", (unsigned)of.r->report.counted))
HOP_KEY(put_body, text_add(out, "%u", (unsigned)of.r->report.body))

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* clang-format off */
static const want_key message_keys[] = {
    {"verdict",    put_message_verdict, hoptls_verdict_word,    WORD,    1, 1},
    {"claimed",    put_claimed,         hoptls_verdict_word,    WORD,    1, 0},
    {"trusted",    put_trusted,         hoptls_verdict_word,    WORD,    1, 0},
    {"submission", put_submission,      hoptls_verdict_word,    STEP,    1, 0},
    {"retrieval",  put_retrieval,       hoptls_verdict_word,    STEP,    1, 0},
    {"protection", put_protection,      hoptls_protection_word, SET,     1, 0},
    {"hops",       put_hops,            NULL,                   NUMBER,  0, 0},
    {"counted",    put_counted,         NULL,                   NUMBER,  0, 0},
    {"body",       put_body,            NULL,                   NUMBER,  0, 0},
    {"journeys",   put_journeys,        NULL,                   NUMBER,  0, 0},
    {"last",       put_last,            hoptls_verdict_word,    WORD,    0, 0},
};

static const want_key hop_keys[] = {
    {"writer",     put_writer,   hoptls_writer_name,      WORD,    1, 0},
    {"by",         put_by,       NULL,                    FREE,    1, 0},
    {"evidence",   put_evidence, hoptls_evidence_word,    WORD,    1, 1},
    {"silence",    put_silence,  hoptls_silence_word,     WORD,    1, 0},
    {"scope",      put_scope,    hoptls_scope_word,       WORD,    1, 0},
    {"role",       put_role,     hoptls_role_word,        WORD,    1, 0},
    {"auth",       put_auth,     NULL,                    YES_NO,  1, 0},
    {"version",    put_version,  NULL,                    VERSION, 1, 0},
    {"cipher",     put_cipher,   NULL,                    FREE,    1, 0},
    {"bits",       put_bits,     NULL,                    NUMBER,  1, 0},
    {"verdict",    put_verdict,  hoptls_verdict_word,     WORD,    1, 1},
    {"basis",      put_basis,    hoptls_basis_word,       WORD,    1, 0},
    {"flags",      put_flags,    hoptls_flag_word,        SET,     1, 0},
    {"weak",       put_weak,     hoptls_rule_word,        WORD,    0, 0},
    {"grade",      put_grade,    hoptls_grade_word,       WORD,    0, 0},
    {"cert",       put_cert,     hoptls_client_cert_word, WORD,    0, 0},
    {"suite",      put_suite,    NULL,                    FREE,    0, 0},
    {"group",      put_group,    NULL,                    FREE,    0, 0},
    {"helo",       put_helo,     NULL,                    FREE,    0, 0},
    {"rdns",       put_rdns,     NULL,                    FREE,    0, 0},
    {"with",       put_with,     NULL,                    FREE,    0, 0},
    {"id",         put_id,       NULL,                    FREE,    0, 0},
    {"for",        put_for,      NULL,                    FREE,    0, 0},
    {"proof",      put_proof,    NULL,                    FREE,    0, 0},
    {"date",       put_date,     NULL,                    FREE,    0, 0},
    {"counts",     put_counts,   NULL,                    YES_NO,  0, 0},
    {"journey",    put_journey,  NULL,                    NUMBER,  0, 0},
    {"parting",    put_parting,  hoptls_parting_word,     SET,     0, 0},
};
/* clang-format on */

static void print_keys(text *out, const want_key *keys, size_t count, subject of)
{
    for (size_t i = 0; i < count; i++) {
        if (keys[i].printed) {
            text_add(out, " %s=", keys[i].name);
            keys[i].put(out, of);
        }
    }
    text_add(out, "\n");
}

void want_print(text *out, const reading *r)
{
    subject of = {r, NULL};

    text_add(out, "message");
    print_keys(out, message_keys, COUNT(message_keys), of);
    for (uint32_t i = 0; i < r->report.hops; i++) {
        of.hop = &r->hops[i];
        text_add(out, "hop %u", (unsigned)i);
        print_keys(out, hop_keys, COUNT(hop_keys), of);
    }
}

/* ---- expectations: the comparison --------------------------------------------------------------------- */

/* A part of the expectation, a line or a word of it. */
typedef struct part {
    const char *ptr;
    size_t len;
} part;

static int part_is(part p, const char *s)
{
    return p.len == strlen(s) && memcmp(p.ptr, s, p.len) == 0;
}

static part take_line(part *rest)
{
    part line = *rest;
    const char *end = memchr(rest->ptr, '\n', rest->len);

    if (end != NULL) {
        line.len = (size_t)(end - rest->ptr);
    }
    rest->ptr += line.len + (end != NULL);
    rest->len -= line.len + (end != NULL);
    return line;
}

/* The next word of a line; blanks inside quotes belong to it. */
static part take_word(part *rest)
{
    size_t at = 0;
    size_t end = 0;
    int quoted = 0;
    part word;

    while (at < rest->len && rest->ptr[at] == ' ') {
        at++;
    }
    for (end = at; end < rest->len && (quoted || rest->ptr[end] != ' '); end++) {
        if (rest->ptr[end] == '"') {
            quoted = !quoted;
        } else if (quoted && rest->ptr[end] == '\\' && end + 1 < rest->len) {
            end++;
        }
    }
    word.ptr = rest->ptr + at;
    word.len = end - at;
    rest->ptr += end;
    rest->len -= end;
    return word;
}

static int is_word_of(part value, word_of *word)
{
    for (uint32_t i = 1; i < 0x10000; i++) {
        if (word(i)[0] != '\0' && part_is(value, word(i))) {
            return 1;
        }
    }
    return 0;
}

static int is_set_of(part value, word_of *word)
{
    part rest = value;
    while (rest.len > 0) {
        const char *comma = memchr(rest.ptr, ',', rest.len);
        size_t len = comma != NULL ? (size_t)(comma - rest.ptr) : rest.len;
        part one = {rest.ptr, len};
        if (!is_word_of(one, word)) {
            return 0;
        }
        rest.ptr += len + (comma != NULL);
        rest.len -= len + (comma != NULL);
    }
    return value.len > 0;
}

static int is_number(part value)
{
    size_t i = 0;
    while (i < value.len && value.ptr[i] >= '0' && value.ptr[i] <= '9') {
        i++;
    }
    return i == value.len && i > 0;
}

static int is_version(part value)
{
    static const char *const words[] = {"1.0", "1.1", "1.2", "1.3", "ssl2", "ssl3", "any"};
    for (size_t i = 0; i < COUNT(words); i++) {
        if (part_is(value, words[i])) {
            return 1;
        }
    }
    return 0;
}

/* Whether the value could ever be: a word that is none is a slip of the pen, not an expectation. */
static int is_possible(const want_key *key, part value)
{
    int none = part_is(value, "-") && !key->needed;
    switch (key->kind) {
    case NUMBER: return none || is_number(value);
    case WORD: return none || is_word_of(value, key->word);
    case SET: return none || is_set_of(value, key->word);
    case STEP: return part_is(value, "none") || is_word_of(value, key->word);
    case YES_NO: return part_is(value, "yes") || part_is(value, "no");
    case VERSION: return none || is_version(value);
    case FREE: break;
    }
    return value.len > 0;
}

/* One comparison under way. */
typedef struct check {
    const char *where; /* "message" or "hop 3" */
    text *why;
    size_t faults;
} check;

static void fault(check *c, const char *what, part about)
{
    c->faults++;
    text_add(c->why, "%s: %s", c->where, what);
    if (about.len > 0) {
        text_add(c->why, ": ");
        text_put(c->why, about.ptr, about.len);
    }
    text_add(c->why, "\n");
}

static void differ(check *c, const want_key *key, part want, const text *got)
{
    c->faults++;
    text_add(c->why, "%s: %s: want ", c->where, key->name);
    text_put(c->why, want.ptr, want.len);
    text_add(c->why, ", got ");
    text_put(c->why, got->ptr, got->len);
    text_add(c->why, "\n");
}

static void check_value(check *c, const want_key *key, part want, subject of)
{
    text got = {NULL, 0, 0};
    part got_part = {NULL, 0};

    key->put(&got, of);
    got_part.ptr = got.ptr;
    got_part.len = got.len;
    if (!is_possible(key, want)) {
        fault(c, "no such value", want);
    } else if (got_part.len != want.len || memcmp(got_part.ptr, want.ptr, want.len) != 0) {
        differ(c, key, want, &got);
    }
    text_free(&got);
}

static size_t find_key(const want_key *keys, size_t count, part name)
{
    size_t i = 0;
    while (i < count && !part_is(name, keys[i].name)) {
        i++;
    }
    return i;
}

/* One word `key=value`. `seen` has a bit for every key that this line had before. */
static void check_word(check *c, const want_key *keys, size_t count, part word, subject of, uint64_t *seen)
{
    const char *sign = memchr(word.ptr, '=', word.len);
    part name = {word.ptr, sign != NULL ? (size_t)(sign - word.ptr) : word.len};
    part value = {word.ptr + name.len + (sign != NULL), word.len - name.len - (sign != NULL)};
    size_t i = find_key(keys, count, name);

    if (sign == NULL || i == count) {
        fault(c, "no such key", word);
    } else if ((*seen >> i & 1u) != 0) {
        fault(c, "a key twice", name);
    } else {
        *seen |= (uint64_t)1 << i;
        check_value(c, &keys[i], value, of);
    }
}

static void check_line(check *c, const want_key *keys, size_t count, part line, subject of)
{
    uint64_t seen = 0;
    part word = take_word(&line);

    while (word.len > 0) {
        check_word(c, keys, count, word, of, &seen);
        word = take_word(&line);
    }
    for (size_t i = 0; i < count; i++) {
        part name = {keys[i].name, strlen(keys[i].name)};
        if (keys[i].needed && (seen >> i & 1u) == 0) {
            fault(c, "this key must not be left out", name);
        }
    }
}

static void check_hop(check *c, part line, const reading *r, uint32_t index)
{
    char where[32];
    char number[16];
    part named = take_word(&line);
    part none = {"", 0};
    subject of = {r, NULL};

    snprintf(number, sizeof number, "%u", (unsigned)index);
    snprintf(where, sizeof where, "hop %u", (unsigned)index);
    c->where = where;
    if (!part_is(named, number)) {
        fault(c, "its line has another number", named);
    } else if (index >= r->report.hops) {
        fault(c, "the message has no such hop", none);
    } else {
        of.hop = &r->hops[index];
        check_line(c, hop_keys, COUNT(hop_keys), line, of);
    }
    c->where = "message";
}

size_t want_check(const char *want, size_t len, const reading *r, text *why)
{
    check c = {"message", why, 0};
    part rest = {want, len};
    part none = {"", 0};
    uint32_t hops = 0;
    int head = 0;
    subject of = {r, NULL};

    while (rest.len > 0) {
        part line = take_line(&rest);
        part left = line;
        part first = take_word(&left);
        if (first.len == 0 || first.ptr[0] == '#') {
            continue;
        }
        if (part_is(first, "message") && !head) {
            head = 1;
            check_line(&c, message_keys, COUNT(message_keys), left, of);
        } else if (part_is(first, "hop") && head) {
            check_hop(&c, left, r, hops);
            hops++;
        } else {
            fault(&c, "a line that is neither the one `message` line nor, behind it, a `hop` line", line);
        }
    }
    if (!head) {
        fault(&c, "no `message` line", none);
    }
    if (hops < r->report.hops) {
        fault(&c, "fewer `hop` lines than the message has hops", none);
    }
    return c.faults;
}
