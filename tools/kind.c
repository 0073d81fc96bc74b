#include "kind.h"

#include <string.h>
#include <strings.h>

struct magic {
    size_t at;
    size_t len;
    const char *bytes;
    enum kind kind;
};

/* How packed and compressed files begin, as far as libarchive reads them. */
static const struct magic magics[] = {
    {0, 4, "!BDN", KIND_PST},
    {0, 2, "\xFF\xFE", KIND_UTF16},
    {0, 2, "\xFE\xFF", KIND_UTF16},
    {0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", KIND_MSG},
    {0, 2, "\x1F\x8B", KIND_GZIP},
    {0, 3, "BZh", KIND_ARCHIVE}, /* bzip2 */
    {0, 6,
     "\xFD"
     "7zXZ\0",
     KIND_ARCHIVE},                           /* xz */
    {0, 3, "\x5D\0\0", KIND_ARCHIVE},         /* lzma: its usual properties, a dictionary of 64 KiB or more */
    {0, 4, "\x28\xB5\x2F\xFD", KIND_ARCHIVE}, /* zstd */
    {0, 4, "\x04\x22\x4D\x18", KIND_ARCHIVE}, /* lz4 */
    {0, 4, "LZIP", KIND_ARCHIVE},             /* lzip */
    {0, 2, "\x1F\x9D", KIND_ARCHIVE},         /* compress */
    {0, 4, "PK\3\4", KIND_ARCHIVE},           /* zip */
    {0, 4, "PK\5\6", KIND_ARCHIVE},           /* an empty one */
    {0, 6, "7z\xBC\xAF\x27\x1C", KIND_ARCHIVE}, /* 7-Zip */
    {0, 6, "070701", KIND_ARCHIVE},             /* cpio */
    {0, 6, "070707", KIND_ARCHIVE},
    {257, 5, "ustar", KIND_ARCHIVE}, /* tar */
};

static enum kind find_magic(const uint8_t *head, size_t len)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
        const struct magic *m = &magics[i];
        if (len >= m->at + m->len && memcmp(head + m->at, m->bytes, m->len) == 0) {
            return m->kind;
        }
    }
    return KIND_NOTHING;
}

static size_t skip_lines(const uint8_t *head, size_t len)
{
    size_t i = 0;
    while (i < len && (head[i] == '\n' || head[i] == '\r')) {
        i++;
    }
    return i;
}

/* Whether a header begins at `at`: a name, blanks perhaps, a colon. */
static int is_field(const uint8_t *head, size_t at, size_t len)
{
    size_t i = at;
    while (i < len && head[i] > ' ' && head[i] < 0x7F && head[i] != ':') {
        i++;
    }
    if (i == at) {
        return 0;
    }
    while (i < len && (head[i] == ' ' || head[i] == '\t')) {
        i++;
    }
    return i < len && head[i] == ':';
}

size_t kind_emlx(const uint8_t *head, size_t len, uint64_t *length)
{
    size_t i = 0;
    size_t blanks;
    *length = 0;
    while (i < len && i < 12 && head[i] >= '0' && head[i] <= '9') {
        *length = *length * 10 + (uint64_t)(head[i] - '0');
        i++;
    }
    blanks = i;
    while (blanks < len && (head[blanks] == ' ' || head[blanks] == '\r')) {
        blanks++;
    }
    return i > 0 && blanks < len && head[blanks] == '\n' && is_field(head, blanks + 1, len) ? blanks + 1 : 0;
}

/* Fields without which no mail is: one of them stands in the first 4 KiB of any that went somewhere. */
static int is_mail_field(const uint8_t *name, size_t len)
{
    static const char *const names[] = {"from",
                                        "to",
                                        "subject",
                                        "date",
                                        "received",
                                        "message-id",
                                        "return-path",
                                        "delivered-to",
                                        "mime-version",
                                        "sender",
                                        "cc",
                                        "bcc",
                                        "reply-to",
                                        "envelope-to",
                                        "x-original-to",
                                        "x-received",
                                        "dkim-signature",
                                        "content-type",
                                        "in-reply-to",
                                        "newsgroups",
                                        "x-mozilla-status",
                                        "authentication-results",
                                        "arc-seal",
                                        "resent-from",
                                        "apparently-to",
                                        "x-envelope-from",
                                        "status",
                                        "x-uidl"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i]) == len && strncasecmp(names[i], (const char *)name, len) == 0) {
            return 1;
        }
    }
    return 0;
}

static size_t name_length(const uint8_t *head, size_t at, size_t len)
{
    size_t i = at;
    while (i < len && head[i] > ' ' && head[i] < 0x7F && head[i] != ':') {
        i++;
    }
    return i - at;
}

int kind_is_mail(const uint8_t *head, size_t len)
{
    size_t mark = kind_mark(head, len);
    size_t at = mark + skip_lines(head + mark, len - mark);
    while (at < len && (head[at] == ' ' || head[at] == '\t' || is_field(head, at, len))) {
        const uint8_t *feed = memchr(head + at, '\n', len - at);
        if (is_mail_field(head + at, name_length(head, at, len))) {
            return 1;
        }
        at = feed != NULL ? (size_t)(feed - head) + 1 : len;
    }
    return len == KIND_HEAD &&
           at + name_length(head, at, len) == len; /* a long header, of which more is to come */
}

enum kind kind_of(const uint8_t *head, size_t len)
{
    enum kind kind = find_magic(head, len);
    size_t mark = kind_mark(head, len);
    size_t at;
    uint64_t length;
    if (len == 0) {
        return KIND_EMPTY;
    }
    head += mark;
    len -= mark;
    at = skip_lines(head, len);
    if (kind != KIND_NOTHING) {
        return kind;
    }
    if (len - at >= 5 && memcmp(head + at, "From ", 5) == 0 && !is_field(head, at, len)) {
        return KIND_MBOX;
    }
    if (is_field(head, at, len)) {
        return KIND_MESSAGE;
    }
    return kind_emlx(head, len, &length) > 0 ? KIND_EMLX : KIND_NOTHING;
}

/* Whether the bytes up to the first line's end are text. */
static int begins_with_text(const uint8_t *head, size_t len)
{
    size_t i = 0;
    while (i < len && (head[i] >= ' ' || head[i] == '\t') && head[i] != 0x7F) {
        i++;
    }
    return i < len && (head[i] == '\n' || head[i] == '\r');
}

enum kind kind_of_packed(const uint8_t *head, size_t len)
{
    size_t mark = kind_mark(head, len);
    size_t at = mark + skip_lines(head + mark, len - mark);
    int mail = is_field(head, at, len) || (len - at >= 5 && memcmp(head + at, "From ", 5) == 0);
    return mail && begins_with_text(head + at, len - at) ? KIND_NOTHING : find_magic(head, len);
}

enum kind kind_as(enum kind format, const uint8_t *head, size_t len)
{
    enum kind packed;
    if (format == KIND_AUTO) {
        return kind_of(head, len);
    }
    packed = kind_of_packed(head, len);
    return packed == KIND_ARCHIVE || packed == KIND_GZIP ? packed : format;
}

int kind_named(const char *word, enum kind *kind)
{
    static const struct {
        const char *word;
        enum kind kind;
    } words[] = {
        {"auto", KIND_AUTO},
        {"message", KIND_MESSAGE},
        {"mbox", KIND_MBOX},
        {"mboxo", KIND_MBOX_QUOTED},
        {"mboxrd", KIND_MBOX_QUOTED},
        {"mboxcl", KIND_MBOX},
        {"mboxcl2", KIND_MBOX},
        {"emlx", KIND_EMLX},
        {"archive", KIND_ARCHIVE},
        {"pst", KIND_PST},
        {"msg", KIND_MSG},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(word, words[i].word) == 0) {
            *kind = words[i].kind;
            return 0;
        }
    }
    return -1;
}
