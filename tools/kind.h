/* What a file holds, told by its first bytes and never by its name. */
#ifndef HOPTLS_TOOLS_KIND_H
#define HOPTLS_TOOLS_KIND_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum kind {
    KIND_AUTO,        /* to be found out */
    KIND_NOTHING,     /* no mail */
    KIND_EMPTY,       /* no bytes */
    KIND_MESSAGE,     /* one message, as in a Maildir */
    KIND_MBOX,        /* separators told from prose, a Content-Length that fits believed */
    KIND_MBOX_QUOTED, /* mboxo, mboxrd */
    KIND_EMLX,        /* a length, a message, a property list (Apple Mail) */
    KIND_ARCHIVE,     /* packed or compressed, or both */
    KIND_GZIP,
    KIND_UTF16, /* text that Windows wrote */
    KIND_PST,   /* Outlook's store */
    KIND_MSG    /* one message of Outlook */
};

/* Bytes that are enough to tell. */
enum { KIND_HEAD = 4096 };

/* The length of the mark that some editors put in front of UTF-8, and that is no part of the mail; 0 without one. */
static inline size_t kind_mark(const uint8_t *head, size_t len)
{
    return len >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Whether a header, known to begin with something like a field, has a field of mail before it ends or `head` does. */
int kind_is_mail(const uint8_t *head, size_t len);

enum kind kind_of(const uint8_t *head, size_t len);

/* What an archive or a store is that is no message, else KIND_NOTHING: such bytes, and a first line that no header has, which may well begin
 * with LZIP or hold ustar. */
enum kind kind_of_packed(const uint8_t *head, size_t len);

/* What a file is of which the user said `format`. What is packed remains so: the format is that of what is in it. */
enum kind kind_as(enum kind format, const uint8_t *head, size_t len);

/* The kind that the user named: auto, message, mbox, mboxo, mboxrd, mboxcl, mboxcl2, emlx, archive, pst, msg. Returns 0, or
 * -1 for another word. */
int kind_named(const char *word, enum kind *kind);

/* Where the message of an .emlx begins behind its length, which is set. 0 if it is none. */
size_t kind_emlx(const uint8_t *head, size_t len, uint64_t *length);

#endif
