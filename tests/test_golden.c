/* Every message of the corpus against the expectation beside it; first the comparison itself against wrong
 * expectations, since one that never complains would make all others worthless. */
#include "cases.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the comparison ----------------------------------------------------------------------------------- */

static const char sample[] = "Received: from mx.example.org (mx.example.org [192.0.2.1])\r\n"
                             "\t(using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))\r\n"
                             "\t(No client certificate requested)\r\n"
                             "\tby mail.example.com (Postfix) with ESMTPS id 4Xyz12345\r\n"
                             "\tfor <a@example.com>; Mon, 2 Mar 2026 10:00:05 +0000 (UTC)\r\n"
                             "Received: from pc.example.net (pc.example.net [198.51.100.7])\r\n"
                             "\tby mx.example.org (Postfix) with ESMTP id 4Xyz00001\r\n"
                             "\tfor <a@example.com>; Mon, 2 Mar 2026 10:00:00 +0000 (UTC)\r\n"
                             "Subject: x\r\n"
                             "\r\n"
                             "x\r\n";

static reading sample_reading(void)
{
    return reading_of((const uint8_t *)sample, sizeof sample - 1);
}

static size_t faults_of(const char *want)
{
    reading r = sample_reading();
    text why = {NULL, 0, 0};
    size_t n = want_check(want, strlen(want), &r, &why);

    text_free(&why);
    reading_free(&r);
    return n;
}

/* The expectation that the sample fulfils, with the first `from` replaced by `to`. */
static text altered(const char *from, const char *to)
{
    reading r = sample_reading();
    text right = {NULL, 0, 0};
    text out = {NULL, 0, 0};
    const char *at;

    want_print(&right, &r);
    at = strstr(right.ptr, from);
    if (at == NULL) {
        print_error("not in the expectation: %s\n%s", from, right.ptr);
        fail();
    }
    text_put(&out, right.ptr, (size_t)(at - right.ptr));
    text_add(&out, "%s%s", to, at + strlen(from));
    text_free(&right);
    reading_free(&r);
    return out;
}

static void own_expectation_is_fulfilled(void **state)
{
    text same = altered("message", "message");
    (void)state;
    assert_int_equal(faults_of(same.ptr), 0);
    text_free(&same);
}

static void each_wrong_value_is_found(void **state)
{
    static const char *const wrong[][2] = {
        {"message verdict=plain", "message verdict=tls"},
        {"claimed=plain", "claimed=unknown"},
        {"trusted=unknown", "trusted=plain"},
        {"submission=none", "submission=tls"},
        {"retrieval=none", "retrieval=plain"},
        {"protection=-", "protection=signed"},
        {"writer=postfix", "writer=-"},
        {"by=mail.example.com", "by=mail.example.org"},
        {"evidence=detail", "evidence=keyword"},
        {"silence=-", "silence=unknown"},
        {"silence=plain", "silence=-"},
        {"scope=external", "scope=internal"},
        {"role=relay", "role=delivery"},
        {"auth=no", "auth=yes"},
        {"version=1.2", "version=1.3"},
        {"version=1.2", "version=-"},
        {"cipher=ECDHE-RSA-AES256-GCM-SHA384", "cipher=ECDHE-RSA-AES256-GCM-SHA38"},
        {"cipher=ECDHE-RSA-AES256-GCM-SHA384", "cipher=-"},
        {"bits=256", "bits=128"},
        {" verdict=tls", " verdict=weak"},
        {"basis=stated", "basis=keyword"},
        {"flags=-", "flags=no-by"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        text bad = altered(wrong[i][0], wrong[i][1]);
        size_t n = faults_of(bad.ptr);
        text_free(&bad);
        if (n != 1) {
            print_error("%s in place of %s: %zu faults\n", wrong[i][1], wrong[i][0], n);
        }
        assert_int_equal(n, 1);
    }
}

static void keys_may_be_left_out(void **state)
{
    (void)state;
    assert_int_equal(faults_of("message verdict=plain\n"
                               "hop 0 evidence=detail verdict=tls\n"
                               "hop 1 evidence=silent verdict=plain\n"),
                     0);
    assert_int_equal(
        faults_of("# why\n\nmessage verdict=plain hops=2 counted=2\n"
                  "# the newest\n"
                  "hop 0 evidence=detail verdict=tls for=<a@example.com> date=2026-03-02T10:00:05Z\n"
                  "hop 1 evidence=silent verdict=plain helo=pc.example.net with=ESMTP counts=yes"),
        0);
}

static void mistakes_in_the_expectation_are_found(void **state)
{
    static const char *const mistaken[] = {
        "",
        "# only a comment\n",
        "hop 0 evidence=detail verdict=tls\nhop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=detail verdict=tls\n",
        "message\nhop 0 evidence=detail verdict=tls\nhop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=detail\nhop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 verdict=tls\nhop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=- verdict=tls\nhop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 1 evidence=silent verdict=plain\nhop 0 evidence=detail verdict=tls\n",
        "message verdict=plain\nhop 0 evidence=detail verdict=tls\nhop 1 evidence=silent verdict=plain\n"
        "hop 2 evidence=silent verdict=plain\n",
        "message verdict=plain\nmessage verdict=plain\nhop 0 evidence=detail verdict=tls\n"
        "hop 1 evidence=silent verdict=plain\n",
        "message verdict=plain verdict=plain\nhop 0 evidence=detail verdict=tls\n"
        "hop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=detail verdict=tls colour=red\n"
        "hop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=detail verdict=tls weak\n"
        "hop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=details verdict=tls\nhop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=detail verdict=tls flags=no-from,\n"
        "hop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=detail verdict=tls bits=many\n"
        "hop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=detail verdict=tls auth=-\n"
        "hop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=detail verdict=tls cipher=\n"
        "hop 1 evidence=silent verdict=plain\n",
        "message verdict=plain\nhop 0 evidence=detail verdict=tls\nhop 1 evidence=silent verdict=plain\n"
        "verdict=plain\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof mistaken / sizeof mistaken[0]; i++) {
        size_t n = faults_of(mistaken[i]);
        if (n == 0) {
            print_error("no fault found in:\n%s", mistaken[i]);
        }
        assert_true(n > 0);
    }
}

/* ---- the corpus --------------------------------------------------------------------------------------- */

static void report(const char *name, const text *why)
{
    const char *line = why->ptr;
    while (line != NULL && *line != '\0') {
        const char *end = strchr(line, '\n');
        print_error("# %s: %.*s\n", name, (int)(end - line), line);
        line = end + 1;
    }
}

/* A dispute is a complaint that is known and not settled: it counts as soon as it changes. */
static int is_as_disputed(const corpus_case *one, const text *why)
{
    return one->disputed.len == why->len && memcmp(one->disputed.ptr, why->ptr, why->len) == 0;
}

static void message_is_as_wanted(void **state)
{
    const corpus_case *one = *state;
    reading r = reading_of(one->mail.ptr, one->mail.len);
    text why = {NULL, 0, 0};
    size_t faults = 0;

    if (one->want.ptr == NULL) {
        print_error("# %s: no expectation beside it\n", one->name);
        fail();
    }
    want_check((const char *)one->want.ptr, one->want.len, &r, &why);
    if (one->disputed.len > 0 ? !is_as_disputed(one, &why) : why.len > 0) {
        faults = 1;
        print_error("%s", one->disputed.len > 0 ? "# not what the list of disputes says:\n" : "");
        report(one->name, &why);
    }
    text_free(&why);
    reading_free(&r);
    assert_int_equal(faults, 0);
}

static void every_expectation_has_its_message(void **state)
{
    const char *root = *state;
    paths wants = paths_below(root, ".want");
    size_t alone = 0;

    assert_true(wants.count > 0);
    for (size_t i = 0; i < wants.count; i++) {
        char *mail = path_swap(wants.path[i], ".want", ".eml");
        char *archive = path_swap(wants.path[i], ".want", ".mbox");
        if (!path_exists(mail) && !path_exists(archive)) {
            print_error("# %s: no message beside it\n", wants.path[i]);
            alone++;
        }
        free(mail);
        free(archive);
    }
    paths_free(&wants);
    assert_int_equal(alone, 0);
}

static void add_case(struct CMUnitTest *list, size_t at, const char *name, CMUnitTestFunction run,
                     void *state)
{
    struct CMUnitTest one = {name, run, NULL, NULL, state};
    list[at] = one;
}

static int run_corpus(char *root)
{
    corpus mails = corpus_below(root, 1);
    size_t own = 5;
    struct CMUnitTest *list = calloc(own + mails.count, sizeof *list);
    int failed;

    add_case(list, 0, "own_expectation_is_fulfilled", own_expectation_is_fulfilled, NULL);
    add_case(list, 1, "each_wrong_value_is_found", each_wrong_value_is_found, NULL);
    add_case(list, 2, "keys_may_be_left_out", keys_may_be_left_out, NULL);
    add_case(list, 3, "mistakes_in_the_expectation_are_found", mistakes_in_the_expectation_are_found, NULL);
    add_case(list, 4, "every_expectation_has_its_message", every_expectation_has_its_message, root);
    for (size_t i = 0; i < mails.count; i++) {
        add_case(list, own + i, mails.list[i].name, message_is_as_wanted, &mails.list[i]);
    }
    failed = _cmocka_run_group_tests("golden", list, own + mails.count, NULL, NULL);
    free(list);
    corpus_free(&mails);
    return failed;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: test_golden CORPUS\n");
        return EXIT_FAILURE;
    }
    return run_corpus(argv[1]) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
