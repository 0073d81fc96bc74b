/* Other fields, and the first lines of the body -> protection of the message itself. Nothing is searched for: a
 * parameter counts in its field, a field in a header section, an armour line at the start of its line. */
#include "internal.h"

/* ---- values of MIME fields (RFC 2045 section 5.1) -------------------------------------------------------- */

typedef struct content_param {
    hoptls_span name;
    hoptls_span value; /* without its quotes */
    uint32_t quoted;   /* 1: backslashes and line ends in it are no part of the text */
    uint32_t next;     /* where the next parameter begins */
} content_param;

/* A parameter that was read in [at, end). */
/*@ predicate param_in{L}(content_param *c, integer at, integer end) =
        part_of(c->name, at, end) && part_of(c->value, at, end) && at <= c->next <= end;
    predicate param_readable{L}(uint8_t *p, content_param *c) =
        span_readable{L}(p, c->name) && span_readable{L}(p, c->value);
*/

/* Behind blanks, line ends and comments, which may nest (RFC 5322 section 3.2.2). A comment that nobody closes
 * takes the rest with it. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t content_skip(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    uint32_t depth = 0;
    /*@ loop invariant at <= i <= end && depth <= i - at;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, depth, hoptls_work;
        loop variant end - i; */
    while (i < end && (depth > 0 || is_space(p[i]) || p[i] == '(')) {
        if (depth > 0 && p[i] == '\\' && end - i > 1) {
            i++;
        } else if (p[i] == '(') {
            depth++;
        } else if (p[i] == ')') {
            depth--;
        }
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* tspecials */
/*@ terminates \true;
    assigns \nothing; */
static int content_is_special(uint8_t c)
{
    switch (c) {
    case '(':
    case ')':
    case '<':
    case '>':
    case '@':
    case ',':
    case ';':
    case ':':
    case '\\':
    case '"':
    case '/':
    case '[':
    case ']':
    case '?':
    case '=': return 1;
    default: return 0;
    }
}

/* Behind the token at `at`. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t content_token(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && p[i] > ' ' && p[i] < 0x7F && !content_is_special(p[i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* Behind a value without quotes. Wider than the grammar's token, for `protocol=application/pgp-encrypted` is
 * written without the quotes that its slash needs. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t content_bare_value(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && !is_space(p[i]) && p[i] != ';' && p[i] != '(') {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* The closing quote of what begins at `at`, or `end`. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures \result < end ==> p[\result] == '"';
    ensures spent{Pre, Here}(\result - at); */
static uint32_t content_quote(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && p[i] != '"') {
        i += p[i] == '\\' && end - i > 1 ? 2 : 1;
        HOPTLS_WORK(1);
    }
    return i;
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures \result < end ==> p[\result] == ';';
    ensures spent{Pre, Here}(\result - at); */
static uint32_t content_semicolon(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && p[i] != ';') {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* The value that begins at `at`. */
/*@ requires at <= end && readable(p, at, end) && \valid(out);
    requires out->quoted == 0;
    terminates \true;
    assigns out->value, out->quoted, out->next, hoptls_work;
    ensures part_of(out->value, at, end) && at <= out->next <= end;
    ensures out->value.len <= out->next - at;
    ensures spent{Pre, Here}(out->next - at); */
static void content_value(const uint8_t *p, uint32_t at, uint32_t end, content_param *out)
{
    uint32_t close;
    if (at < end && p[at] == '"') {
        close = content_quote(p, at + 1, end);
        out->quoted = 1;
        out->value = span_of(at + 1, close);
        out->next = close < end ? close + 1 : end;
        return;
    }
    out->next = content_bare_value(p, at, end);
    out->value = span_of(at, out->next);
}

/* The parameter behind the first semicolon from `at` on; what stands before it is passed over. Returns 0 if there
 * is no semicolon any more. A piece that is no parameter comes out without a value. */
/*@ requires at <= end && readable(p, at, end) && \valid(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 ==> param_in(out, at, end) && at < out->next && out->value.len <= out->next - at;
    ensures spent{Pre, Here}(end - at);
    ensures \result == 1 ==> spent{Pre, Here}(out->next - at); */
static int content_param_read(const uint8_t *p, uint32_t at, uint32_t end, content_param *out)
{
    uint32_t begin = content_semicolon(p, content_skip(p, at, end), end);
    uint32_t name;
    if (begin == end) {
        return 0;
    }
    begin = content_skip(p, begin + 1, end);
    name = content_token(p, begin, end);
    out->name = span_of(begin, name);
    out->value = span_of(0, 0);
    out->quoted = 0;
    out->next = content_skip(p, name, end);
    if (name > begin && out->next < end && p[out->next] == '=') {
        content_value(p, content_skip(p, out->next + 1, end), end, out);
    }
    return 1;
}

/* The offset from `at` on of the next byte of the value's text, or `end`: in quotes a line end is no text, and a
 * backslash makes text of what follows it. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at + 1); */
static uint32_t content_text(const uint8_t *p, uint32_t at, uint32_t end, uint32_t quoted)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (quoted && i < end && (p[i] == '\r' || p[i] == '\n')) {
        i++;
        HOPTLS_WORK(1);
    }
    return quoted && end - i > 1 && p[i] == '\\' ? i + 1 : i;
}

/* Whether the value's text is `text`, in any case. */
/*@ requires \valid_read(param) && span_readable(p, param->value) && readable(text, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(3 * param->value.len + 1); */
static int content_value_is(const uint8_t *p, const content_param *param, const uint8_t *text, uint32_t n)
{
    uint32_t end = span_end(param->value);
    uint32_t at = content_text(p, param->value.off, end, param->quoted);
    uint32_t i = 0;
    /*@ loop invariant i <= n && param->value.off + i <= at <= end;
        loop invariant spent{Pre, Here}(3 * (at - param->value.off) + 1);
        loop assigns i, at, hoptls_work;
        loop variant end - at; */
    while (i < n && at < end && lower(p[at]) == text[i]) {
        at = content_text(p, at + 1, end, param->quoted);
        i++;
        HOPTLS_WORK(1);
    }
    return i == n && at == end;
}

/* ---- what they tell --------------------------------------------------------------------------------------- */

/* Media types whose parameters matter. */
enum { CONTENT_OTHER, CONTENT_ENCRYPTED, CONTENT_PKCS7, CONTENT_PGP_CONTROL };

typedef struct content_media {
    uint8_t kind;
    uint8_t bits;
    uint8_t type_len;
    uint8_t subtype_len;
    uint8_t type[12];
    uint8_t subtype[28];
} content_media;

typedef struct content_rule {
    uint8_t kind;
    uint8_t bits;
    uint8_t name_len;
    uint8_t value_len;
    uint8_t name[12];
    uint8_t value[28];
} content_rule;

typedef struct content_file {
    uint8_t len;
    uint8_t name[24];
} content_file;

/* clang-format off */
#define ROW(kind, bits, left, right) \
    {(kind), (bits), (uint8_t)(sizeof(left) - 1), (uint8_t)(sizeof(right) - 1), left, right}
#define NAMED(text)  {(uint8_t)(sizeof(text) - 1), text}
#define COUNT(table) (uint32_t)(sizeof(table) / sizeof((table)[0]))

static const content_media content_types[] = {
    /* RFC 3156 section 4; what is in it the parameter `protocol` says */
    ROW(CONTENT_ENCRYPTED, 0, "multipart", "encrypted"),
    /* RFC 1847 section 2.1, whatever the signature */
    ROW(CONTENT_OTHER, HOPTLS_P_SIGNED, "multipart", "signed"),
    /* RFC 8551 section 3.2; the x- form is older than RFC 2311 and still written */
    ROW(CONTENT_PKCS7, 0, "application", "pkcs7-mime"),
    ROW(CONTENT_PKCS7, 0, "application", "x-pkcs7-mime"),
    /* RFC 3156 section 4: the first part. It counts as a part only, and says it even where a gateway has made
     * multipart/mixed of the whole, as Exchange does. */
    ROW(CONTENT_PGP_CONTROL, 0, "application", "pgp-encrypted"),
    /* [MS-OXORMMS] section 2.2.3.2 */
    ROW(CONTENT_OTHER, HOPTLS_P_PORTAL, "application", "x-microsoft-rpmsg-message"),
};

static const content_rule content_rules[] = {
    ROW(CONTENT_ENCRYPTED, HOPTLS_P_PGP_MIME, "protocol", "application/pgp-encrypted"),
    /* RFC 8551 section 3.2.2. The other types, certs-only and compressed-data, neither hide nor sign. */
    ROW(CONTENT_PKCS7, HOPTLS_P_SMIME, "smime-type", "enveloped-data"),
    ROW(CONTENT_PKCS7, HOPTLS_P_SMIME, "smime-type", "authenveloped-data"),
    ROW(CONTENT_PKCS7, HOPTLS_P_SIGNED, "smime-type", "signed-data"),
    /* RFC 2634 section 2: a receipt is signed-data */
    ROW(CONTENT_PKCS7, HOPTLS_P_SIGNED, "smime-type", "signed-receipt"),
};

/* Files by which a notice carries the message that its portal opens. Zix, Mimecast, Trend Micro and LuxSci publish neither a file nor
 * a field by which their notices are known: a profile can name one (`[portal]`). */
static const content_file content_files[] = {
    NAMED("message.rpmsg"),         /* [MS-OXORMMS] section 2.2.4 */
    NAMED("message_v2.rpmsg"),      /* what Purview Message Encryption sends now */
    NAMED("message_v4.rpmsg"),      /* and newer still, as seen in public code that sorts attachments */
    NAMED("secure-email.html"),     /* SEPPmail GINA and HIN Mail Global, in public code and help that open it */
    NAMED("securedoc.html"),        /* Cisco PXE, in the help of its portals (websafe/help) */
    NAMED("securemessageatt.html"), /* Proofpoint Encryption, in its customers' instructions (nj.gov/faqs/security) */
};
/* clang-format on */

/* `securedoc_20230303T095915.html`: Cisco, Registered Envelope Recipient Guide, "Overview of Registered Envelopes". */
/*@ requires span_readable(p, name);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(name.len + 28); */
static int content_is_securedoc(const uint8_t *p, hoptls_span name)
{
    uint32_t end = span_end(name);
    uint32_t i;
    if (!span_starts(p, name, TEXT("securedoc")) || !span_ends(p, name, TEXT(".html")) || name.len < 14) {
        return 0;
    }
    i = name.off + 9;
    /*@ loop invariant name.off + 9 <= i <= end - 5;
        loop invariant spent{Pre, Here}(i - name.off + 14);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end - 5 && (is_digit(p[i]) || p[i] == '_' || lower(p[i]) == 't')) {
        i++;
        HOPTLS_WORK(1);
    }
    return i == end - 5;
}

/* Virtru: every protected file ends so (its help, "Persistent File Protection"). */
/*@ requires span_readable(p, name);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(9); */
static int content_is_tdf(const uint8_t *p, hoptls_span name)
{
    return span_ends(p, name, TEXT(".tdf.html")) != 0;
}

/*@ requires \valid_read(param) && span_readable(p, param->value);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(19 * param->value.len + 60); */
static uint32_t content_file_bits(const uint8_t *p, const content_param *param)
{
    uint32_t i = 0;
    /*@ loop invariant i <= COUNT(content_files);
        loop invariant spent{Pre, Here}(i * (3 * param->value.len + 2));
        loop assigns i, hoptls_work;
        loop variant COUNT(content_files) - i; */
    while (i < COUNT(content_files) &&
           !content_value_is(p, param, content_files[i].name, content_files[i].len)) {
        i++;
        HOPTLS_WORK(1);
    }
    return i < COUNT(content_files) || content_is_securedoc(p, param->value) ||
                   content_is_tdf(p, param->value)
               ? HOPTLS_P_PORTAL
               : 0;
}

/* Whether a parameter of such a media type is what rule `i` says. */
/*@ requires \valid_read(param) && param_readable(p, param) && i < COUNT(content_rules);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(3 * param->value.len + 13); */
static int content_rule_fits(const uint8_t *p, const content_param *param, uint8_t kind, uint32_t i)
{
    return content_rules[i].kind == kind &&
           span_is(p, param->name, content_rules[i].name, content_rules[i].name_len) &&
           content_value_is(p, param, content_rules[i].value, content_rules[i].value_len);
}

/*@ requires \valid_read(param) && param_readable(p, param);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(15 * param->value.len + 70); */
static uint32_t content_rule_bits(const uint8_t *p, const content_param *param, uint8_t kind)
{
    uint32_t i = 0;
    /*@ loop invariant i <= COUNT(content_rules);
        loop invariant spent{Pre, Here}(i * (3 * param->value.len + 14));
        loop assigns i, hoptls_work;
        loop variant COUNT(content_rules) - i; */
    while (i < COUNT(content_rules) && !content_rule_fits(p, param, kind, i)) {
        i++;
        HOPTLS_WORK(1);
    }
    return i < COUNT(content_rules) ? content_rules[i].bits : 0;
}

/*@ requires \valid_read(param) && param_readable(p, param);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(19 * param->value.len + 90); */
static uint32_t content_param_bits(const uint8_t *p, const content_param *param, uint8_t kind)
{
    if (span_is(p, param->name, TEXT("name")) || span_is(p, param->name, TEXT("filename"))) {
        return content_file_bits(p, param);
    }
    return content_rule_bits(p, param, kind);
}

/* What the parameters in [at, end) tell, all of them: where two contradict each other, both are reported. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(110 * (end - at)); */
static uint32_t content_params(const uint8_t *p, uint32_t at, uint32_t end, uint8_t kind)
{
    content_param param = {{0, 0}, {0, 0}, 0, at};
    uint32_t bits = 0;
    /*@ loop invariant at <= param.next <= end;
        loop invariant spent{Pre, Here}(110 * (param.next - at));
        loop assigns param, bits, hoptls_work;
        loop variant end - param.next; */
    while (content_param_read(p, param.next, end, &param)) {
        bits |= content_param_bits(p, &param, kind);
    }
    return bits;
}

/* The row of a media type, COUNT(content_types) if it is none of ours. */
/*@ requires span_readable(p, type) && span_readable(p, subtype);
    terminates \true;
    assigns hoptls_work;
    ensures \result <= COUNT(content_types);
    ensures spent{Pre, Here}(250); */
static uint32_t content_type_row(const uint8_t *p, hoptls_span type, hoptls_span subtype)
{
    uint32_t i = 0;
    /*@ loop invariant i <= COUNT(content_types);
        loop invariant spent{Pre, Here}(41 * i);
        loop assigns i, hoptls_work;
        loop variant COUNT(content_types) - i; */
    while (i < COUNT(content_types) &&
           (!span_is(p, type, content_types[i].type, content_types[i].type_len) ||
            !span_is(p, subtype, content_types[i].subtype, content_types[i].subtype_len))) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/* Content-Type, of the message or (`part` 1) of a part of it. Without `smime-type` it cannot be told whether
 * pkcs7-mime is enveloped or signed: `smime.p7m` is the name of both (RFC 8551 section 3.2.1). The first bytes of
 * the body tell. */
/*@ requires span_readable(p, value);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(115 * value.len + 250); */
static uint32_t content_type(const uint8_t *p, hoptls_span value, uint32_t part)
{
    uint32_t end = span_end(value);
    uint32_t at = content_skip(p, value.off, end);
    uint32_t next = content_token(p, at, end);
    hoptls_span type = span_of(at, next);
    uint32_t row;
    at = content_skip(p, next, end);
    if (at < end && p[at] == '/') {
        at = content_skip(p, at + 1, end);
    }
    next = content_token(p, at, end);
    row = content_type_row(p, type, span_of(at, next));
    if (row == COUNT(content_types)) {
        return content_params(p, next, end, CONTENT_OTHER);
    }
    if (content_types[row].kind == CONTENT_PGP_CONTROL) {
        return part ? HOPTLS_P_PGP_MIME : 0;
    }
    return content_types[row].bits | content_params(p, next, end, content_types[row].kind);
}

/* Content-Disposition (RFC 2183): of its parameters only the file name matters. */
/*@ requires span_readable(p, value);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(115 * value.len); */
static uint32_t content_disposition(const uint8_t *p, hoptls_span value)
{
    uint32_t end = span_end(value);
    uint32_t at = content_token(p, content_skip(p, value.off, end), end);
    return content_params(p, at, end, CONTENT_OTHER);
}

/* Whether the value is one word, `text`, with nothing beside it but blanks and comments. */
/*@ requires span_readable(p, value) && readable(text, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(2 * value.len); */
static int content_word_is(const uint8_t *p, hoptls_span value, const uint8_t *text, uint32_t n)
{
    uint32_t end = span_end(value);
    uint32_t at = content_skip(p, value.off, end);
    uint32_t next = content_token(p, at, end);
    return span_is(p, span_of(at, next), text, n) && content_skip(p, next, end) == end;
}

/* The same for every header section. */
/*@ requires \valid_read(field) && span_readable(p, field->name) && span_readable(p, field->value);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(115 * field->value.len + 300); */
static uint32_t content_named(const uint8_t *p, const hoptls_field *field, uint32_t part)
{
    if (span_is(p, field->name, TEXT("content-type"))) {
        return content_type(p, field->value, part);
    }
    if (span_is(p, field->name, TEXT("content-disposition"))) {
        return content_disposition(p, field->value);
    }
    return 0;
}

uint32_t hoptls_content_field(hoptls_msg msg, const hoptls_field *field)
{
    const uint8_t *p = msg.ptr;
    if (p == NULL || field == NULL || msg.len > UINT32_MAX || !span_in(field->name, msg.len) ||
        !span_in(field->value, msg.len)) {
        return 0;
    }
    /* RFC 8689 section 5: the one value that there is */
    if (span_is(p, field->name, TEXT("tls-required"))) {
        return content_word_is(p, field->value, TEXT("no")) ? HOPTLS_P_TLS_OPTIONAL : 0;
    }
    /* [MS-OXORMMS] section 2.2.2.1: a rights-managed message, whatever its parts are called */
    if (span_is(p, field->name, TEXT("content-class"))) {
        return content_word_is(p, field->value, TEXT("rpmsg.message")) ? HOPTLS_P_PORTAL : 0;
    }
    /* Zivver: the number of the conversation in its portal, by which public code knows its notices */
    if (span_is(p, field->name, TEXT("x-zivver-conversationid"))) {
        return HOPTLS_P_PORTAL;
    }
    return content_named(p, field, 0);
}

/* ---- the body: CMS ---------------------------------------------------------------------------------------- */

#define CONTENT_CMS_TEXT  28u /* base64 letters that hold the longest beginning of CMS that matters, */
#define CONTENT_CMS_BYTES 21u /* and the bytes in them */

typedef struct content_oid {
    uint8_t bits;
    uint8_t len;
    uint8_t der[13];
} content_oid;

/* Content types of CMS, as DER (RFC 5652 sections 5.1 and 6.1, RFC 5083 section 2.1). */
static const content_oid content_oids[] = {
    {HOPTLS_P_SIGNED, 11, {6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2}},
    {HOPTLS_P_SMIME, 11, {6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 3}},
    {HOPTLS_P_SMIME, 13, {6, 11, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 23}},
};

/* The value of a base64 letter (RFC 4648 section 4), 64 if it is none. */
/*@ terminates \true;
    assigns \nothing;
    ensures \result <= 64; */
static uint32_t content_sextet(uint8_t c)
{
    if (c >= 'A' && c <= 'Z') {
        return (uint32_t)(c - 'A');
    }
    if (c >= 'a' && c <= 'z') {
        return (uint32_t)(c - 'a') + 26;
    }
    if (is_digit(c)) {
        return (uint32_t)(c - '0') + 52;
    }
    if (c == '+') {
        return 62;
    }
    return c == '/' ? 63 : 64;
}

/* Decode the CONTENT_CMS_TEXT letters at `at`. Returns 0 if one of them is no letter of base64. */
/*@ requires at + CONTENT_CMS_TEXT <= UINT32_MAX && readable(p, at, at + CONTENT_CMS_TEXT);
    requires \valid(out + (0 .. CONTENT_CMS_BYTES - 1)) && \separated(out + (0 .. CONTENT_CMS_BYTES - 1), p + (at .. at + CONTENT_CMS_TEXT - 1));
    terminates \true;
    assigns out[0 .. CONTENT_CMS_BYTES - 1], hoptls_work;
    ensures spent{Pre, Here}(CONTENT_CMS_TEXT); */
static int content_decode(const uint8_t *p, uint32_t at, uint8_t out[CONTENT_CMS_BYTES])
{
    uint32_t i = 0;
    /*@ loop invariant i <= CONTENT_CMS_BYTES && i % 3 == 0;
        loop assigns i, out[0 .. CONTENT_CMS_BYTES - 1];
        loop variant CONTENT_CMS_BYTES - i; */
    while (i < CONTENT_CMS_BYTES) {
        uint32_t from = at + i / 3 * 4;
        uint32_t a = content_sextet(p[from]);
        uint32_t b = content_sextet(p[from + 1]);
        uint32_t c = content_sextet(p[from + 2]);
        uint32_t d = content_sextet(p[from + 3]);
        if (a == 64 || b == 64 || c == 64 || d == 64) {
            return 0;
        }
        out[i] = (uint8_t)(a * 4 + b / 16);
        out[i + 1] = (uint8_t)(b % 16 * 16 + c / 4);
        out[i + 2] = (uint8_t)(c % 4 * 64 + d);
        i += 3;
    }
    HOPTLS_WORK(CONTENT_CMS_TEXT);
    return 1;
}

/* How many bytes the tag and the length of a SEQUENCE take (X.690 section 8.1.3), 0 if it is none. */
/*@ requires readable(der, 0, 2);
    terminates \true;
    assigns \nothing;
    ensures \result <= 6; */
static uint32_t content_sequence(const uint8_t *der)
{
    if (der[0] != 0x30 || der[1] > 0x84) {
        return 0;
    }
    return der[1] > 0x80 ? der[1] - 0x80u + 2 : 2;
}

/* Whether the body is CMS in base64, and of which content type. No other text begins so. */
/*@ requires body <= end && readable(p, body, end);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(end - body + 100); */
static uint32_t content_cms(const uint8_t *p, uint32_t body, uint32_t end)
{
    uint8_t der[CONTENT_CMS_BYTES] = {0};
    uint32_t at = skip_space(p, body, end);
    uint32_t i = 0;
    uint32_t head;
    if (end - at < CONTENT_CMS_TEXT || !content_decode(p, at, der)) {
        return 0;
    }
    head = content_sequence(der);
    /*@ loop invariant i <= COUNT(content_oids);
        loop invariant spent{Pre, Here}(at - body + CONTENT_CMS_TEXT + 14 * i);
        loop assigns i, hoptls_work;
        loop variant COUNT(content_oids) - i; */
    while (head > 0 && i < COUNT(content_oids)) {
        if (bytes_same(der + head, content_oids[i].der, content_oids[i].len)) {
            return content_oids[i].bits;
        }
        i++;
        HOPTLS_WORK(1);
    }
    return 0;
}

/* ---- the body: its lines ---------------------------------------------------------------------------------- */

#define CONTENT_BODY 4096u

/* Where the walk over the body stands. */
typedef struct content_walk {
    uint32_t at;
    uint32_t bits;
    uint32_t in_part; /* 1: in the header section of a part */
} content_walk;

/* How far the walk is, and that it goes on: by a line, or, where a line was no field, from the fields to the lines. */
/*@ predicate walking{L}(content_walk *w, integer end) = w->at <= end && w->in_part <= 1;
    predicate walked{L1, L2}(content_walk *w, integer end) =
        \at(w->at, L1) < \at(w->at, L2) ||
        (\at(w->at, L1) == \at(w->at, L2) && \at(w->in_part, L1) == 1 && \at(w->in_part, L2) == 0);
*/

/* Whether [at, end) is `text`, byte for byte. */
/*@ requires at <= end && readable(p, at, end) && readable(text, 0, n) && n > 0;
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(n) && spent{Pre, Here}(end - at); */
static int content_is(const uint8_t *p, uint32_t at, uint32_t end, const uint8_t *text, uint32_t n)
{
    return end - at == n && bytes_same(p + at, text, n);
}

/* An armour header line (RFC 9580 section 6.2), which nothing but blanks may follow. That an armoured message is
 * encrypted, and not only signed or packed, is true of nearly all; its packets are not looked into. Within
 * PGP/MIME the second part is armoured too, and is no inline message. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(3 * (end - at)); */
static uint32_t content_armour(const uint8_t *p, uint32_t at, uint32_t end, uint32_t bits)
{
    uint32_t text_end = skip_space_back(p, at, end);
    if (content_is(p, at, text_end, TEXT("-----BEGIN PGP MESSAGE-----"))) {
        return (bits & HOPTLS_P_PGP_MIME) != 0 ? 0 : HOPTLS_P_PGP_INLINE;
    }
    /* the cleartext signature framework, RFC 9580 section 7 */
    if (content_is(p, at, text_end, TEXT("-----BEGIN PGP SIGNED MESSAGE-----"))) {
        return HOPTLS_P_SIGNED;
    }
    return 0;
}

/* One line of text. `--` and more is taken for the delimiter of a part (RFC 2046 section 5.1.1), since the
 * boundary is not known here; `-- ` before a signature is none. */
/*@ requires \valid(w) && walking(w, end) && w->at < end && readable(p, w->at, end);
    terminates \true;
    assigns *w, hoptls_work;
    ensures walking(w, end) && \old(w->at) < w->at;
    ensures spent{Pre, Here}(4 * (w->at - \old(w->at)) + 1); */
static void content_line(const uint8_t *p, uint32_t end, content_walk *w)
{
    uint32_t feed = (uint32_t)hoptls_find_byte(p, w->at, end, '\n');
    w->bits |= content_armour(p, w->at, feed, w->bits);
    w->in_part = feed - w->at > 2 && p[w->at] == '-' && p[w->at + 1] == '-' && !is_space(p[w->at + 2]);
    w->at = feed < end ? feed + 1 : end;
}

/* One field of a part's header section. A line that is no field shows that it was none: it is read again, as
 * text. Protection of a mere part is not the message's, but for what only a whole message is given. */
/*@ requires message(head) && head.len <= UINT32_MAX && head.ptr != \null;
    requires \valid(w) && walking(w, head.len) && w->at < head.len && w->in_part == 1;
    terminates \true;
    assigns *w, hoptls_work;
    ensures walking(w, head.len) && walked{Pre, Here}(w, head.len);
    ensures spent{Pre, Here}(120 * (head.len - \old(w->at)) + 301); */
static void content_part_field(hoptls_msg head, content_walk *w)
{
    hoptls_field field = {{0, 0}, {0, 0}, {0, 0}};
    uint32_t at = w->at;
    if (hoptls_field_next(head, &w->at, &field) != HOPTLS_MORE) {
        w->in_part = 0;
    } else if (field.name.len == 0) {
        w->in_part = 0;
        w->at = at;
    } else {
        w->bits |= content_named(head.ptr, &field, 1) & (HOPTLS_P_PGP_MIME | HOPTLS_P_PORTAL);
    }
}

uint32_t hoptls_content_body(hoptls_msg msg, uint32_t body)
{
    content_walk w = {body, 0, 0};
    hoptls_msg head = msg;
    if (msg.ptr == NULL || body > msg.len) {
        return 0;
    }
    if (msg.len - body > CONTENT_BODY) {
        head.len = (size_t)body + CONTENT_BODY;
    }
    if (head.len > UINT32_MAX) {
        return 0;
    }
    w.bits = content_cms(msg.ptr, body, (uint32_t)head.len);
    /*@ loop invariant body <= w.at && walking(&w, head.len);
        loop assigns w, hoptls_work;
        loop variant 2 * (head.len - w.at) + w.in_part; */
    while (w.at < head.len) {
        if (w.in_part) {
            content_part_field(head, &w);
        } else {
            content_line(msg.ptr, (uint32_t)head.len, &w);
        }
    }
    return w.bits;
}

#undef ROW
#undef NAMED
#undef COUNT
