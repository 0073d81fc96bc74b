/* core/content.c: what other fields and the body tell of the message's own protection. */
#include "cases.h"

#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A copy of `text` that fills its heap block, so that a byte read beyond it is caught by a sanitizer. */
static uint8_t *block_of(const void *text, size_t n)
{
    uint8_t *block = malloc(n > 0 ? n : 1);
    assert_non_null(block);
    if (n > 0) {
        memcpy(block, text, n);
    }
    return block;
}

/* What the field of `n` bytes tells, name and value parted at its first colon. */
static uint32_t field_bits(const char *text, size_t n)
{
    const char *colon = memchr(text, ':', n);
    uint32_t name = colon != NULL ? (uint32_t)(colon - text) : (uint32_t)n;
    uint32_t value = colon != NULL ? name + 1 : name;
    uint8_t *block = block_of(text, n);
    hoptls_msg msg = {block, n};
    hoptls_field field = {{0, (uint32_t)n}, {0, name}, span_of(value, (uint32_t)n)};
    uint32_t bits = hoptls_content_field(msg, &field);
    free(block);
    return bits;
}

static uint32_t body_bits(const char *text, size_t n)
{
    uint8_t *block = block_of(text, n);
    hoptls_msg msg = {block, n};
    uint32_t bits = hoptls_content_body(msg, 0);
    free(block);
    return bits;
}

/* ---- fields ------------------------------------------------------------------------------------------- */

#define PGP      HOPTLS_P_PGP_MIME
#define INLINE   HOPTLS_P_PGP_INLINE
#define SMIME    HOPTLS_P_SMIME
#define SIGNED   HOPTLS_P_SIGNED
#define PORTAL   HOPTLS_P_PORTAL
#define OPTIONAL HOPTLS_P_TLS_OPTIONAL

static const struct {
    const char *field;
    uint32_t bits;
} fields[] = {
    /* RFC 3156 */
    {"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"b\"", PGP},
    {"content-type:MULTIPART/ENCRYPTED;PROTOCOL=\"Application/PGP-Encrypted\"", PGP},
    {"Content-Type: multipart/encrypted; boundary=b; protocol=application/pgp-encrypted", PGP},
    {"Content-Type: multipart/encrypted; boundary=\"; protocol=x\"; protocol=\"application/pgp-encrypted\"",
     PGP},
    {"Content-Type: multipart/encrypted;\r\n boundary=\"b\";\r\n\tprotocol=\"application/pgp-encrypted\"\r\n",
     PGP},
    {"Content-Type: multipart/encrypted;\n protocol\n =\n \"application/pgp-encrypted\"", PGP},
    {"Content-Type: multipart/encrypted; protocol=\"application\\/pgp-encrypted\"", PGP},
    {"Content-Type: multipart/encrypted; protocol=\"application/\r\npgp-encrypted\"", PGP},
    {"Content-Type: (a (nested; \\) one)) multipart (b) / (c) encrypted (d) ; (e;f) protocol (g) = (h) "
     "\"application/pgp-encrypted\" (i)",
     PGP},
    {"Content-Type: multipart/encrypted (\\() ; protocol=application/pgp-encrypted(why not)", PGP},
    {"Content-Type: multipart/encrypted;; ;x; protocol=application/pgp-encrypted", PGP},
    {"Content-Type: multipart/encrypted; a=\"\\\"; protocol=x\"; protocol=application/pgp-encrypted", PGP},
    {"Content-Type: multipart/encrypted; a=b c=d; protocol=application/pgp-encrypted", PGP},
    {"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted", PGP},
    {"Content-Type: multipart/encrypted", 0},
    {"Content-Type: multipart/encrypted; protocol=\"application/pkcs7-mime\"", 0},
    {"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted2\"", 0},
    {"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypte\"", 0},
    {"Content-Type: multipart/encrypted; protocol=\" application/pgp-encrypted\"", 0},
    {"Content-Type: multipart/encrypted; protocol=\"application\\\\/pgp-encrypted\"", 0},
    {"Content-Type: multipart/encrypted; protocol=\"application/ pgp-encrypted\"", 0},
    {"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\\", 0},
    {"Content-Type: multipart/encrypted; protocol=", 0},
    {"Content-Type: multipart/encrypted; protocol", 0},
    {"Content-Type: multipart/encrypted; xprotocol=\"application/pgp-encrypted\"", 0},
    {"Content-Type: multipart/encrypted; protocol*=\"application/pgp-encrypted\"", 0},
    {"Content-Type: multipart/encrypted; (protocol=\"application/pgp-encrypted\")", 0},
    {"Content-Type: multipart/encrypted (; protocol=\"application/pgp-encrypted\"", 0},
    {"Content-Type: multipart/encrypted; boundary=\"; protocol=application/pgp-encrypted\"", 0},
    {"Content-Type: multipart/encrypted protocol=\"application/pgp-encrypted\"", 0},
    {"Content-Type: multipart/mixed; protocol=\"application/pgp-encrypted\"", 0},
    {"Content-Type: multipart/encryptedx; protocol=\"application/pgp-encrypted\"", 0},
    {"Content-Type: xmultipart/encrypted; protocol=\"application/pgp-encrypted\"", 0},
    {"Content-Type: application/pgp-encrypted", 0}, /* of a part only */
    {"X-Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"", 0},
    {"Content-Typ: multipart/encrypted; protocol=\"application/pgp-encrypted\"", 0},
    {"Subject: multipart/encrypted; protocol=\"application/pgp-encrypted\"", 0},

    /* RFC 8551 */
    {"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"", SMIME},
    {"Content-Type: application/x-pkcs7-mime; name=smime.p7m; smime-type=\"Enveloped-Data\"", SMIME},
    {"Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data", SMIME},
    {"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", SIGNED},
    {"Content-Type: application/pkcs7-mime; smime-type=signed-receipt", SIGNED},
    {"Content-Type: application/pkcs7-mime; smime-type=certs-only; name=smime.p7c", 0},
    {"Content-Type: application/pkcs7-mime; smime-type=compressed-data; name=smime.p7z", 0},
    {"Content-Type: application/pkcs7-mime; name=smime.p7m", 0}, /* enveloped or signed: the body tells */
    {"Content-Type: application/pkcs7-mime; smime-type=enveloped-dat", 0},
    {"Content-Type: application/pkcs7-signature; smime-type=enveloped-data", 0},
    {"Content-Type: application/octet-stream; smime-type=enveloped-data", 0},
    {"Content-Type: text/plain; name=\"application/pkcs7-mime; smime-type=enveloped-data\"", 0},
    {"Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; micalg=pgp-sha256", SIGNED},
    {"Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b", SIGNED},
    {"Content-Type: multipart/signed", SIGNED},
    {"Content-Type: multipart/signed; protocol=\"application/pgp-encrypted\"", SIGNED},
    {"Content-Type: multipart/mixed", 0},
    {"Content-Type: text/plain; charset=us-ascii", 0},
    {"Content-Type: text", 0},
    {"Content-Type: /", 0},
    {"Content-Type: ;", 0},
    {"Content-Type:", 0},
    {"Content-Type", 0},
    {"", 0},
    {":", 0},

    /* RFC 8689 */
    {"TLS-Required: No", OPTIONAL},
    {"tls-required:no", OPTIONAL},
    {"TLS-Required: (please)\r\n NO (really)\r\n", OPTIONAL},
    {"TLS-Required: Yes", 0},
    {"TLS-Required: No, never", 0},
    {"TLS-Required: None", 0},
    {"TLS-Required: \"No\"", 0},
    {"TLS-Required: (No)", 0},
    {"TLS-Required: (No", 0},
    {"TLS-Required: No (", OPTIONAL},
    {"TLS-Required:", 0},
    {"X-TLS-Required: No", 0},

    /* portals */
    {"Content-Class: rpmsg.message", PORTAL},
    {"content-class: RPMSG.Message \r\n", PORTAL},
    {"Content-Class: urn:content-classes:message", 0},
    {"Content-Class: rpmsg.messages", 0},
    {"Content-Class: rpmsg.message; x", 0},
    {"Content-Type: application/x-microsoft-rpmsg-message; name=\"message.rpmsg\"", PORTAL},
    {"Content-Type: application/octet-stream; name=\"message_v2.rpmsg\"", PORTAL},
    {"Content-Type: text/html; name=\"SecureMessageAtt.html\"", PORTAL},
    {"Content-Type: text/html; name=securedoc_20230303T095915.html", PORTAL},
    {"Content-Type: text/html; name=securedoc20100615193043.html", PORTAL},
    {"Content-Disposition: attachment; filename=\"securedoc.html\"", PORTAL},
    {"Content-Disposition: attachment (; filename=a); filename=SecureMessageAtt.html; size=1", PORTAL},
    {"Content-Disposition: attachment (; filename=securedoc.html)", 0},
    {"Content-Disposition: attachment; name=\"a\"; x=\"securedoc.html\"", 0},
    {"Content-Type: text/html; charset=securedoc.html", 0},
    {"Content-Disposition: attachment; filename=\"message_v4.rpmsg\"", PORTAL},
    {"Content-Type: text/html; name=\"secure-email.html\"", PORTAL},
    {"Content-Type: text/html; name=\"our-secure-email.html\"", 0},
    {"Content-Type: text/html; name=\"results.pdf.tdf.html\"", PORTAL},
    {"Content-Type: text/html; name=\"tdf.html\"", 0},
    {"X-Zivver-ConversationId: 4f1c2a", PORTAL},
    {"X-Zivver: 4f1c2a", 0},
    {"Content-Type: text/html; name=\"my-SecureMessageAtt.html\"", 0},
    {"Content-Type: text/html; name=\"securedocument.html\"", 0},
    {"Content-Type: text/html; name=\"securedoc_2023.htm\"", 0},
    {"Content-Type: text/html; name=\"securedoc\"", 0},
    {"Content-Type: text/html; name=\"securedoc1x1.html\"", 0},
    {"Content-Type: text/html; name=\"securedocx11.html\"", 0},
    {"Content-Type: text/html; name=\".html\"", 0},
    {"Subject: message.rpmsg", 0},
};

static void test_fields(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(fields); i++) {
        uint32_t bits = field_bits(fields[i].field, strlen(fields[i].field));
        if (bits != fields[i].bits) {
            fail_msg("%s: %u", fields[i].field, (unsigned)bits);
        }
    }
}

/* I1: every prefix, in a block of its size. What a prefix tells is at most what a parameter behind it can add. */
static void test_field_prefixes(void **state)
{
    size_t i, n;
    (void)state;
    for (i = 0; i < COUNT(fields); i++) {
        for (n = 0; n <= strlen(fields[i].field); n++) {
            uint32_t bits = field_bits(fields[i].field, n);
            assert_int_equal(bits & ~(uint32_t)(PGP | SMIME | SIGNED | PORTAL | OPTIONAL), 0);
        }
    }
}

/* RFC 2045 section 5.1: which bytes end a token. */
static void test_tokens(void **state)
{
    uint32_t c;
    (void)state;
    for (c = 0; c < 256; c++) {
        char text[] = "Content-Type: multipart/signed?x";
        int ends = c <= ' ' || c >= 0x7F || memchr("()<>@,;:\\\"/[]?=", (int)c, 15) != NULL;
        text[30] = (char)c;
        assert_int_equal(field_bits(text, strlen("Content-Type: multipart/signed?x")), ends ? SIGNED : 0);
    }
}

/* I9: line ends do not matter, nor does the case of what is compared. */
static void test_field_line_ends_and_case(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(fields); i++) {
        char text[512];
        size_t n = 0, k;
        for (k = 0; fields[i].field[k] != 0; k++) {
            char c = fields[i].field[k];
            if (c == '\r') {
                continue;
            }
            if (c == '\n') {
                text[n++] = '\r';
            }
            text[n++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
        }
        assert_true(n < sizeof text);
        if (field_bits(text, n) != fields[i].bits) {
            fail_msg("%s: changes with its case or line ends", fields[i].field);
        }
    }
}

/* A call that is wrong gets no bits. */
static void test_wrong_calls(void **state)
{
    static const char text[] = "TLS-Required: No";
    hoptls_msg msg = {(const uint8_t *)text, sizeof text - 1};
    hoptls_msg null = {NULL, 0};
    hoptls_field good = {{0, 16}, {0, 12}, {13, 3}};
    hoptls_field bad = good;
    (void)state;
    assert_int_equal(hoptls_content_field(msg, &good), OPTIONAL);
    assert_int_equal(hoptls_content_field(msg, NULL), 0);
    assert_int_equal(hoptls_content_field(null, &good), 0);
    bad.value.len = 4;
    assert_int_equal(hoptls_content_field(msg, &bad), 0);
    bad = good;
    bad.name.off = UINT32_MAX;
    assert_int_equal(hoptls_content_field(msg, &bad), 0);
    assert_int_equal(hoptls_content_body(null, 0), 0);
    assert_int_equal(hoptls_content_body(msg, 17), 0);
    assert_int_equal(hoptls_content_body(msg, UINT32_MAX), 0);
    assert_int_equal(hoptls_content_body(msg, 16), 0);
    if (SIZE_MAX > UINT32_MAX) { /* a body that offsets cannot reach to the end of its window */
        msg.len = SIZE_MAX;
        assert_int_equal(hoptls_content_body(msg, UINT32_MAX), 0);
        assert_int_equal(hoptls_content_field(msg, &good), 0); /* nor a span that may end beyond them */
    }
}

/* ---- bodies ------------------------------------------------------------------------------------------- */

#define ARMOUR "-----BEGIN PGP MESSAGE-----"

static const struct {
    const char *body;
    uint32_t bits;
} bodies[] = {
    {"", 0},
    {"Hello\n", 0},

    /* RFC 9580 section 6.2 */
    {ARMOUR, INLINE},
    {ARMOUR "\r\n\r\nwV4D\r\n", INLINE},
    {ARMOUR " \t\r\nVersion: 1\n", INLINE},
    {"\r\n\r\n" ARMOUR "\n\n", INLINE},
    {"Dear B,\n\n" ARMOUR "\n\nwV4D\n", INLINE},
    {"-- \n" ARMOUR "\n", INLINE},
    {"--x\n" ARMOUR "\n", INLINE},
    {"--x\nA: b\n" ARMOUR "\n", INLINE},
    {" " ARMOUR "\n", 0},
    {"> " ARMOUR "\n", 0},
    {"see " ARMOUR "\n", 0},
    {ARMOUR "x\n", 0},
    {"-----BEGIN PGP MESSAGE----\n", 0},
    {"-----begin pgp message-----\n", 0},
    {"-----BEGIN PGP PUBLIC KEY BLOCK-----\n", 0},
    {"-----BEGIN PGP SIGNATURE-----\n", 0},
    {"a\r" ARMOUR "\n", 0},
    {"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n", SIGNED},
    {"> -----BEGIN PGP SIGNED MESSAGE-----\n", 0},

    /* PGP/MIME, whose second part is armoured */
    {"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--b\r\n"
     "Content-Type: application/octet-stream\r\n\r\n" ARMOUR "\r\n\r\nwV4D\r\n",
     PGP},
    {"------=_b\nContent-Description: x\ncontent-type:\n application/PGP-encrypted (x)\n\nVersion: 1\n", PGP},
    {"--a\nContent-Type: multipart/encrypted; boundary=b;\n protocol=\"application/pgp-encrypted\"\n\n--b\n",
     PGP},
    {"Content-Type: application/pgp-encrypted\n\nVersion: 1\n", 0},
    {"--b\n\nContent-Type: application/pgp-encrypted\n", 0},
    {"-b\nContent-Type: application/pgp-encrypted\n", 0},
    {"-- b\nContent-Type: application/pgp-encrypted\n", 0},
    {"--\nContent-Type: application/pgp-encrypted\n", 0},
    {"--b\nno field\nContent-Type: application/pgp-encrypted\n", 0},
    {"--b\nContent-Type: multipart/signed\n\n", 0},
    {"--b\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\n", 0},
    {"--b\nTLS-Required: No\nContent-Class: rpmsg.message\n\n", 0},

    /* portals */
    {"x\n--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: application/x-microsoft-rpmsg-message;\n"
     " name=\"message.rpmsg\"\n\n",
     PORTAL},
    {"--b\nContent-Type: application/octet-stream\nContent-Disposition: "
     "attachment;\n\tfilename=message.rpmsg\n",
     PORTAL},
    {"--b\nContent-Type: text/html; name=\"securedoc_20230303T095915.html\"\n\n", PORTAL},
    {"--b\nContent-Type: text/html; name=\"SecureMessageAtt.html\"\n\n", PORTAL},
    {"Open the attachment SecureMessageAtt.html to read the message.\n", 0},

    /* CMS: RFC 5652, RFC 5083 */
    {"MIAGCSqGSIb3DQEHA6CAMIACAQAxggFA", SMIME},
    {"\r\n MIAGCSqGSIb3DQEHA6CAMIACAQAxggFA\r\n", SMIME},
    {"MIAGCSqGSIb3DQEHAqCAMIACAQExDzAN", SIGNED},
    {"MIIBzQYJKoZIhvcNAQcDoIIBvjCCAboC", SMIME},
    {"MIIBzQYJKoZIhvcNAQcCoIIBvjCCAboC", SIGNED},
    {"MIMBAAAGCSqGSIb3DQEHA6CDAP//MIIB", SMIME},
    {"MIGVBgkqhkiG9w0BBwOggYcwgYQCAQAx", SMIME},
    {"MIAGCyqGSIb3DQEJEAEXoIAwgAIBADGC", SMIME},
    {"MIIBzQYLKoZIhvcNAQkQARegggG8MIIB", SMIME},
    {"MIAGCSqGSIb3DQEHAaCAJIAEgAAAAAAA", 0}, /* data */
    {"MIAGCSqGSIb3DQEHBqCAMIACAQAxggFA", 0}, /* encrypted-data, no S/MIME type */
    {"MIAGCSqGSIb3DQEHA6CAMIACAQAx", SMIME},
    {"MIAGCSqGSIb3DQEHA6CAMIACAQA", 0},
    {"MIAGCSqGSIb3DQEHA6CAMIACAQ=xggFA", 0},
    {"MIAGCSqGSIb3\nDQEHA6CAMIACAQAxggFA", 0},
    {"MYAGCSqGSIb3DQEHA6CAMIACAQAxggFA", 0},
    {"MQYJKoZIhvcNAQcDAAAAAAAAAAAA", 0},
    {"MIVABgkqhkiG9w0BBwOggDCAAgEAMYIB", 0},
    {"> MIAGCSqGSIb3DQEHA6CAMIACAQAxggFA", 0},
    {"Text MIAGCSqGSIb3DQEHA6CAMIACAQAxggFA", 0},
};

static void test_bodies(void **state)
{
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(bodies); i++) {
        uint32_t bits = body_bits(bodies[i].body, strlen(bodies[i].body));
        if (bits != bodies[i].bits) {
            fail_msg("%s: %u", bodies[i].body, (unsigned)bits);
        }
    }
}

static void test_body_prefixes(void **state)
{
    size_t i, n;
    (void)state;
    for (i = 0; i < COUNT(bodies); i++) {
        for (n = 0; n <= strlen(bodies[i].body); n++) {
            uint32_t bits = body_bits(bodies[i].body, n);
            assert_int_equal(bits & ~(uint32_t)(PGP | INLINE | SMIME | SIGNED | PORTAL), 0);
        }
    }
}

/* Only the 4096 bytes from `body` on are looked at, and nothing in front of it. */
static void test_body_window(void **state)
{
    char text[8192];
    hoptls_msg msg = {(const uint8_t *)text, sizeof text};
    const uint32_t n = (uint32_t)strlen(ARMOUR);
    (void)state;
    memset(text, '\n', sizeof text);
    memcpy(text + 4096, ARMOUR, n);
    assert_int_equal(hoptls_content_body(msg, 0), 0);
    assert_int_equal(hoptls_content_body(msg, n - 1), 0); /* the line is cut */
    assert_int_equal(hoptls_content_body(msg, n), INLINE);
    assert_int_equal(hoptls_content_body(msg, 4096), INLINE);
    assert_int_equal(hoptls_content_body(msg, 4097), 0);
    assert_int_equal(hoptls_content_body(msg, 5000), 0);
}

/* ---- hostile ------------------------------------------------------------------------------------------ */

/* A megabyte of a repeated piece as the value of a field, less in special places, and as a body: linear work. */
static void test_long(void **state)
{
    static const char *const names[] = {
        "Content-Type:",
        "Content-Type: multipart/encrypted;",
        "Content-Type: multipart/encrypted; protocol=",
        "Content-Type: application/pkcs7-mime; smime-type=\"",
        "Content-Type: text/html; name=\"securedoc",
        "Content-Disposition:",
        "TLS-Required:",
        "Content-Class:",
    };
    static const char *const pieces[] = {
        "(",        ")",    "()",       "(()",     "\"",     "\\",  "\"\\", ";",    "; ", ";a=", ";a=b",
        "/",        "=",    "a",        " ",       "\r\n ",  "\r",  "\n",   "\xFF", "\0", "(\\", ";(",
        ";a=\"b\"", "\\\"", ";name=\"", "\"\r\n ", ";name=", "a/b", "[",    "no",   "0",  "T_",
    };
    char *text = malloc(1024u * 1024);
    size_t i, j, k;
    (void)state;
    assert_non_null(text);
    for (i = 0; i < COUNT(names); i++) {
        const size_t n = i == 0 ? 1024u * 1024 : 64u * 1024;
        size_t head = strlen(names[i]);
        memcpy(text, names[i], head);
        for (j = 0; j < COUNT(pieces); j++) {
            size_t len = strlen(pieces[j]) > 0 ? strlen(pieces[j]) : 1;
            for (k = head; k < n; k++) {
                text[k] = pieces[j][(k - head) % len];
            }
#ifdef HOPTLS_COUNT_WORK
            hoptls_work = 0;
#endif
            assert_int_equal(field_bits(text, n), 0);
#ifdef HOPTLS_COUNT_WORK
            assert_true(hoptls_work <= 8 * n);
            hoptls_work = 0;
#endif
            assert_int_equal(body_bits(text, n), 0);
#ifdef HOPTLS_COUNT_WORK
            assert_true(hoptls_work <= 8 * 4096);
#endif
        }
    }
    free(text);
}

/* Lines that look like delimiters and are read twice, and deep folds: the work stays within the window's size. */
static void test_long_bodies(void **state)
{
    static const char *const pieces[] = {"--a\n",       "--a\nX\n",   "--a\n \n",    "--a\nX: y\n",
                                         "--a\nX\n \n", "--a\n\n",    "-----\n",     "--a\r\n\r\n",
                                         "-",           "--a\nname",  "A: b\n ",     "--a\nA:\n ",
                                         ARMOUR,        ARMOUR "-\n", "MIAGCSqGSIb3"};
    char text[16384];
    size_t i, k;
    (void)state;
    for (i = 0; i < COUNT(pieces); i++) {
        for (k = 0; k < sizeof text; k++) {
            text[k] = pieces[i][k % strlen(pieces[i])];
        }
#ifdef HOPTLS_COUNT_WORK
        hoptls_work = 0;
#endif
        assert_int_equal(body_bits(text, sizeof text), 0);
#ifdef HOPTLS_COUNT_WORK
        assert_true(hoptls_work <= 8 * 4096);
#endif
    }
}

/* Random rows of the pieces that matter: nothing is read outside, and the same bytes give the same answer
 * wherever they lie. */
static void test_random(void **state)
{
    static const char *const words[] = {
        "multipart/encrypted",
        "application/pkcs7-mime",
        "multipart/signed",
        "protocol",
        "smime-type",
        "name",
        "=",
        "=",
        "=",
        ";",
        ";",
        ";",
        "\"",
        "\\",
        "(",
        ")",
        " ",
        "\r\n ",
        "application/pgp-encrypted",
        "enveloped-data",
        "securedoc.html",
        "--b\n",
        "\n\n",
        "Content-Type: ",
        ARMOUR "\n",
        "\n",
    };
    uint32_t seed = 20190819;
    size_t round;
    (void)state;
    for (round = 0; round < 60000; round++) {
        char text[1024] = "Content-Type: ";
        int as_field = round % 2 == 0;
        size_t n = as_field ? strlen(text) : 0;
        uint32_t first, second;
        char moved[1200];
        uint32_t k;
        for (k = 0; k < 14; k++) {
            const char *word;
            seed = seed * 1103515245u + 12345u;
            word = words[(seed >> 16) % COUNT(words)];
            memcpy(text + n, word, strlen(word));
            n += strlen(word);
        }
        first = as_field ? field_bits(text, n) : body_bits(text, n);
        memset(moved, '"', sizeof moved);
        memcpy(moved + 100, text, n);
        if (as_field) {
            const char *colon = memchr(text, ':', n);
            uint32_t name = colon != NULL ? (uint32_t)(colon - text) : (uint32_t)n;
            hoptls_field field = {{100, (uint32_t)n},
                                  {100, name},
                                  span_of(100 + name + (colon != NULL ? 1 : 0), 100 + (uint32_t)n)};
            second = hoptls_content_field((hoptls_msg){(const uint8_t *)moved, sizeof moved}, &field);
        } else {
            second = hoptls_content_body((hoptls_msg){(const uint8_t *)moved, 100 + n}, 100);
        }
        assert_int_equal(first, second);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),        cmocka_unit_test(test_field_prefixes),
        cmocka_unit_test(test_tokens),        cmocka_unit_test(test_field_line_ends_and_case),
        cmocka_unit_test(test_wrong_calls),   cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_body_prefixes), cmocka_unit_test(test_body_window),
        cmocka_unit_test(test_long),          cmocka_unit_test(test_long_bodies),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
