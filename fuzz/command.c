#include "command.h"

#include "complain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- files -------------------------------------------------------------------------------------------- */

static int files[2] = {-1, -1};

_Noreturn static void give_up(const char *what)
{
    perror(what);
    exit(99);
}

/* A file without a name, made once. */
static int file_of(int slot)
{
    char path[512];
    const char *folder = getenv("TMPDIR");
    if (files[slot] < 0) {
        snprintf(path, sizeof path, "%s/hoptls-fuzz-XXXXXX", folder != NULL ? folder : "/tmp");
        files[slot] = mkstemp(path);
        if (files[slot] < 0 || unlink(path) != 0) {
            give_up(path);
        }
    }
    return files[slot];
}

int file_emptied(int slot)
{
    int fd = file_of(slot);
    if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0) {
        give_up("a file");
    }
    return fd;
}

const char *file_with(int slot, const uint8_t *bytes, size_t size)
{
    static char paths[2][32];
    int fd = file_emptied(slot);
    size_t done = 0;
    while (done < size) {
        ssize_t n = write(fd, bytes + done, size - done);
        if (n <= 0) {
            give_up("a file");
        }
        done += (size_t)n;
    }
    snprintf(paths[slot], sizeof paths[slot], "/dev/fd/%d", fd);
    return paths[slot];
}

buffer file_bytes(int slot)
{
    buffer b = {NULL, 0, 0};
    uint8_t chunk[4096];
    ssize_t n;
    off_t at = 0;
    while ((n = pread(file_of(slot), chunk, sizeof chunk, at)) > 0) {
        buffer_put(&b, chunk, (size_t)n);
        at += n;
    }
    return b;
}

/* ---- complaints ---------------------------------------------------------------------------------------- */

static complaint heard;

void complain(const char *subject, const char *words)
{
    heard.count++;
    snprintf(heard.subject, sizeof heard.subject, "%s", subject != NULL ? subject : "");
    snprintf(heard.words, sizeof heard.words, "%s", words);
}

complaint complaints(void)
{
    complaint now = heard;
    memset(&heard, 0, sizeof heard);
    return now;
}

static size_t count_lines(const uint8_t *bytes, size_t size)
{
    size_t lines = 1;
    for (size_t i = 0; i < size; i++) {
        lines += bytes[i] == '\n' ? 1u : 0u;
    }
    return lines;
}

void check_complaint(int status, const char *path, const uint8_t *bytes, size_t size)
{
    complaint said = complaints();
    size_t n = strlen(path);
    unsigned long line;
    MUST(status == 0 || status == -1, "a reader succeeds or fails");
    MUST(said.count == (status == 0 ? 0u : 1u), "a failure is told in one line, a success is not");
    if (status == 0) {
        return;
    }
    MUST(strncmp(said.subject, path, n) == 0 && said.subject[n] == ':',
         "a failure names the file and the line");
    line = strtoul(said.subject + n + 1, NULL, 10);
    MUST(line >= 1 && line <= count_lines(bytes, size), "a failure names a line that the file has");
    MUST(said.words[0] != '\0' && strchr(said.words, '\n') == NULL, "a failure says why, in one line");
}

/* ---- hops ---------------------------------------------------------------------------------------------- */

static const char mail[] =
    "Received: from a.example.net (b.example.net [192.0.2.1])\n\tby mx.example.org (Postfix) with ESMTP id "
    "4DA2F1C03B; "
    "Mon, 19 Aug 2019 10:00:00 +0000\n"
    "Received: from mail.example.com ([198.51.100.7]) by a.example.net (Mailer) with SMTP id 1; "
    "Mon, 19 Aug 2019 09:59:00 +0000\n"
    "Received: from x.example.org ([10.1.2.3]) by mail.example.com with ESMTPS id 1; Sun, 18 Aug 2019 "
    "09:59:00 +0000\n"
    "Received: from localhost (localhost [127.0.0.1]) by MX.example.org. (Postfix) with ESMTP id 4DA2F1C03C; "
    "Sat, 17 Aug 2019 10:00:00 +0000\n"
    "Received: by mx.example.org (Postfix, from userid 1000) id 4DA2F1C03D; Sat, 17 Aug 2019 09:00:00 +0000\n"
    "Received: from c.example (c.example [IPv6:2001:db8::1] (may be forged)) by d.example with ESMTP id 1\n"
    "Received: from e by f\n"
    "Received: \n\n";

sample sample_hops(void)
{
    sample s;
    hoptls_field f;
    uint32_t pos = 0;
    memset(&s, 0, sizeof s);
    s.msg.ptr = (const uint8_t *)mail;
    s.msg.len = sizeof mail - 1;
    while (s.count < HOPS_MOST && hoptls_field_next(s.msg, &pos, &f) == HOPTLS_MORE) {
        MUST(hoptls_hop_read(s.msg, &f, &s.hops[s.count]) == HOPTLS_OK, "malformed mail is no error");
        s.count++;
    }
    return s;
}
