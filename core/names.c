/* Names: what follows `with`, protocol versions and cipher suites, whoever spelled them.
 *
 * A name is looked up as a whole: folded to one case, hashed, and compared with the one row that has its hash. Where a
 * row is read, its number is checked against the table although the tables of names.h never hold a wrong one: so no
 * claim about their contents is needed to see that every read stays inside.
 */
#include "names.h"
#include "internal.h"

#define NO_ROW          0xFFFFu
#define LONGEST_SUITE   96u /* nobody writes longer ones; longer text is not looked at */
#define LONGEST_REWRITE 64u

/* ---- looking up -------------------------------------------------------------------------------------- */

/* A name as it is looked up. */
typedef struct folded {
    uint32_t len; /* 0 if the text is longer than any name */
    uint32_t hash;
    uint8_t byte[NAME_MAX_LENGTH];
} folded;

/* What contracts say of it: it was folded by a table, and it is the text of a row. */
/*@ predicate folds{L}(folded *f, uint8_t *p, hoptls_span text, uint8_t *table) =
        f->len == (text.len <= NAME_MAX_LENGTH ? text.len : 0) &&
        (\forall integer k; 0 <= k < f->len ==> f->byte[k] == table[p[text.off + k]]);
    predicate is_text{L}(folded *f, uint8_t *row, integer n) =
        f->len == n && (\forall integer k; 0 <= k < n ==> f->byte[k] == row[k]);
    predicate short_folded{L}(folded *f) = f->len <= NAME_MAX_LENGTH;
*/

/* Fold `text` by a table of bytes, and hash it as names.h was made. A place adds at most 255 * 65535 to the sum, so
 * that 257 places fit 32 bits, and no name is as long. */
/*@ requires span_readable(p, text) && readable(table, 0, 256);
    requires \valid(out) && \separated(out, p + (text.off .. text.off + text.len - 1));
    requires \separated(out, table + (0 .. 255));
    terminates \true;
    assigns *out, hoptls_work;
    ensures folds(out, p, text, table) && short_folded(out);
    ensures spent{Pre, Here}(NAME_MAX_LENGTH); */
static void fold(const uint8_t *p, hoptls_span text, const uint8_t *table, folded *out)
{
    uint32_t len = text.len <= NAME_MAX_LENGTH ? text.len : 0;
    uint32_t hash = 0;
    uint32_t i = 0;
    uint8_t c;
    /*@ loop invariant i <= len && hash <= 255 * 65535 * i;
        loop invariant \forall integer k; 0 <= k < i ==> out->byte[k] == table[p[text.off + k]];
        loop invariant spent{Pre, Here}(i);
        loop assigns i, c, hash, out->byte[0 .. NAME_MAX_LENGTH - 1], hoptls_work;
        loop variant len - i; */
    while (i < len) {
        c = table[p[text.off + i]];
        out->byte[i] = c;
        hash += (uint32_t)c * name_weight[i];
        i++;
        HOPTLS_WORK(1);
    }
    out->len = len;
    out->hash = hash;
}

/* Whether `name` is the `n` bytes of a row that has room for `room`. */
/*@ requires \valid_read(name) && short_folded(name) && readable(text, 0, room);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 <==> n <= room && is_text(name, text, n);
    ensures spent{Pre, Here}(NAME_MAX_LENGTH); */
static int is_row(const folded *name, const uint8_t *text, uint32_t n, size_t room)
{
    return name->len == n && n <= room && bytes_same(name->byte, text, n);
}

/* ---- words behind `with` ------------------------------------------------------------------------------ */

int hoptls_with_word_find(const uint8_t *p, hoptls_span word, with_word *out)
{
    folded name;
    uint32_t row;
    fold(p, word, fold_case, &name);
    row = word_slot[(name.hash / WORD_BUCKETS + word_shift[name.hash % WORD_BUCKETS]) % WORD_SLOTS];
    if (row >= WORD_COUNT ||
        !is_row(&name, word_rows[row].text, word_rows[row].length, sizeof(word_rows[row].text))) {
        return 0;
    }
    out->evidence = word_rows[row].evidence;
    out->role = word_rows[row].role;
    out->auth = word_rows[row].auth;
    out->local = word_rows[row].local;
    return 1;
}

/* ---- protocol versions --------------------------------------------------------------------------------- */

/* mox writes a version that its library has no name for as `TLS identifier 305`; a blank may be a fold. */
/*@ requires span_readable(p, text);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(2 * text.len); */
static int is_unnamed_version(const uint8_t *p, hoptls_span text)
{
    uint32_t at = text.len > 0 ? phrase_end(p, text, TEXT("tls identifier ")) : 0;
    uint32_t i = at > 0 ? at : span_end(text);
    /*@ loop invariant text.off <= i <= text.off + text.len && (at > 0 ==> at <= i);
        loop invariant at == 0 ==> i == text.off + text.len;
        loop invariant spent{Pre, Here}(at > 0 ? text.len + (i - at) : text.len);
        loop assigns i, hoptls_work;
        loop variant text.off + text.len - i; */
    while (i < span_end(text) && is_hex(p[i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return at > 0 && i > at && i - at <= 4 && i == span_end(text);
}

/* `TLS 1.2`, folded at its blank: 0 if it is not. */
/*@ requires span_readable(p, text);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || 0x0301 <= \result <= 0x0304;
    ensures spent{Pre, Here}(text.len); */
static uint16_t folded_version(const uint8_t *p, hoptls_span text)
{
    uint32_t at = text.len > 0 ? phrase_end(p, text, TEXT("tls 1.")) : 0;
    int named = at > 0 && span_end(text) - at == 1 && p[at] >= '0' && p[at] <= '3';
    return named ? (uint16_t)(0x0301u + (uint32_t)(p[at] - '0')) : 0;
}

/*@ requires \valid(tls);
    terminates \true;
    assigns tls->version, tls->any_version;
    ensures tls->version == version && tls->any_version == (version == 0 ? 1 : 0); */
static void set_version(hoptls_tls *tls, uint16_t version)
{
    tls->version = version;
    tls->any_version = version == 0;
}

int hoptls_version_find(const uint8_t *p, hoptls_span text, hoptls_tls *tls)
{
    folded name;
    uint32_t row;
    fold(p, text, fold_case, &name);
    row = version_slot[(name.hash / VERSION_BUCKETS + version_shift[name.hash % VERSION_BUCKETS]) %
                       VERSION_SLOTS];
    if (row < VERSION_COUNT &&
        is_row(&name, version_rows[row].text, version_rows[row].length, sizeof(version_rows[row].text))) {
        set_version(tls, version_rows[row].version);
        return 1;
    }
    if (folded_version(p, text) != 0) {
        set_version(tls, folded_version(p, text));
        return 1;
    }
    if (is_unnamed_version(p, text)) {
        set_version(tls, 0);
        return 1;
    }
    return 0;
}

const char *hoptls_tls_version_word(const hoptls_tls *tls)
{
    if (tls == NULL) {
        return "";
    }
    switch (tls->version) {
    case 0x0002: return "ssl2";
    case 0x0300: return "ssl3";
    case 0x0301: return "1.0";
    case 0x0302: return "1.1";
    case 0x0303: return "1.2";
    case 0x0304: return "1.3";
    case 0: return tls->any_version ? "any" : "";
    default: return "";
    }
}

/* ---- cipher suites: spellings that are in the tables --------------------------------------------------- */

/* Whether `name` is what follows TLS_ in the registered name of a suite. */
/*@ requires \valid_read(name) && short_folded(name) && \valid_read(suite);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 ==> suite->length > 4 && name->len == suite->length - 4 &&
        (\forall integer k; 0 <= k < name->len ==> name->byte[k] == suite->name[k + 4]);
    ensures spent{Pre, Here}(NAME_MAX_LENGTH); */
static int is_registered_name(const folded *name, const suite_row *suite)
{
    uint32_t i = 0;
    if (suite->length <= 4 || name->len != suite->length - 4u) {
        return 0;
    }
    /*@ loop invariant i <= name->len;
        loop invariant \forall integer k; 0 <= k < i ==> name->byte[k] == suite->name[k + 4];
        loop invariant spent{Pre, Here}(i);
        loop assigns i, hoptls_work;
        loop variant name->len - i; */
    /* NOLINTNEXTLINE(bugprone-signed-char-misuse): registered names are ASCII */
    while (i < name->len && i < NAME_MAX_LENGTH && name->byte[i] == suite->name[i + 4]) {
        i++;
        HOPTLS_WORK(1);
    }
    return i == name->len;
}

/* The row of facts of a spelling without TLS_ or SSL_, or NO_ROW. */
/*@ requires span_readable(p, text);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(2 * NAME_MAX_LENGTH); */
static uint32_t suite_of(const uint8_t *p, hoptls_span text)
{
    folded name;
    uint32_t row;
    fold(p, text, fold_suite, &name);
    row = suite_slot[(name.hash / SUITE_BUCKETS + suite_shift[name.hash % SUITE_BUCKETS]) % SUITE_SLOTS];
    if (row < SUITE_REGISTERED) {
        return is_registered_name(&name, &suite_rows[row]) ? row : NO_ROW;
    }
    row -= SUITE_REGISTERED;
    if (row >= SPELLING_COUNT ||
        !is_row(&name, spelling_rows[row].text, spelling_rows[row].length, sizeof(spelling_rows[row].text))) {
        return NO_ROW;
    }
    return spelling_rows[row].suite;
}

/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 <==> c == '_' || c == '-'; */
static int is_joint(uint8_t c)
{
    return c == '_' || c == '-';
}

/* `text` without TLS_ or SSL_, which say nothing. */
/*@ requires span_readable(p, text);
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, text.off, text.off + text.len);
    ensures \result.off + \result.len <= UINT32_MAX;
    ensures spent{Pre, Here}(6); */
static hoptls_span without_prefix(const uint8_t *p, hoptls_span text)
{
    if (text.len > 4 && is_joint(p[text.off + 3]) &&
        (span_starts(p, text, TEXT("tls")) || span_starts(p, text, TEXT("ssl")))) {
        return span_of(text.off + 4, span_end(text));
    }
    return text;
}

/* `text` without the curve that Windows to 2012R2 put behind a suite. */
/*@ requires span_readable(p, text);
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, text.off, text.off + text.len);
    ensures \result.off + \result.len <= UINT32_MAX;
    ensures spent{Pre, Here}(15); */
static hoptls_span without_curve(const uint8_t *p, hoptls_span text)
{
    if (text.len > 5 && p[span_end(text) - 5] == '_' &&
        (span_ends(p, text, TEXT("_p256")) || span_ends(p, text, TEXT("_p384")) ||
         span_ends(p, text, TEXT("_p521")))) {
        return span_of(text.off, span_end(text) - 5);
    }
    return text;
}

/* ---- cipher suites: the sessions that GnuTLS describes ------------------------------------------------- */

/* GnuTLS describes a session by its parts, and Exim writes them so: ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM or
 * RSA__AES_256_CBC__SHA1. From TLS 1.3 on the cipher alone names the suite; below, so do key exchange, signature and
 * cipher. The name of the suite is put together from them and looked up. */
typedef struct rewrite {
    uint32_t len;
    uint8_t byte[LONGEST_REWRITE];
} rewrite;

/*@ predicate written{L}(rewrite *r) = \valid{L}(r) && r->len <= LONGEST_REWRITE;
*/

/* Append `text` folded, each run of underlines as one. */
/*@ requires written(to) && span_readable(p, text);
    terminates \true;
    assigns *to, hoptls_work;
    ensures written(to);
    ensures spent{Pre, Here}(text.len); */
static void append(rewrite *to, const uint8_t *p, hoptls_span text)
{
    uint32_t i = 0;
    uint8_t before = 0;
    uint8_t c;
    /*@ loop invariant i <= text.len && to->len <= LONGEST_REWRITE;
        loop invariant spent{Pre, Here}(i);
        loop assigns i, before, c, *to, hoptls_work;
        loop variant text.len - i; */
    while (i < text.len && to->len < LONGEST_REWRITE) {
        c = fold_suite[p[text.off + i]];
        if (c != '_' || before != '_') {
            to->byte[to->len] = c;
            to->len++;
        }
        before = c;
        i++;
        HOPTLS_WORK(1);
    }
}

/*@ requires written(to) && readable(text, 0, n);
    terminates \true;
    assigns *to, hoptls_work;
    ensures written(to);
    ensures spent{Pre, Here}(n); */
static void append_literal(rewrite *to, const uint8_t *text, uint32_t n)
{
    hoptls_span all = {0, n};
    append(to, text, all);
}

/* The end of the part of a description that begins at `at`: two underlines follow, or nothing. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures \result < end ==> \result + 2 <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t part_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && !(p[i] == '_' && i + 1 < end && p[i + 1] == '_')) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/*@ requires part_ends <= end && (part_ends < end ==> part_ends + 2 <= end);
    terminates \true;
    assigns \nothing;
    ensures part_ends <= \result <= end; */
static uint32_t next_part(uint32_t part_ends, uint32_t end)
{
    return part_ends < end ? part_ends + 2 : end;
}

/* Append the key exchange: whole, or without its group, which stands behind the first underline if there is a
 * signature. */
/*@ requires written(to) && span_readable(p, part);
    terminates \true;
    assigns *to, hoptls_work;
    ensures written(to);
    ensures spent{Pre, Here}(2 * part.len + 1); */
static void append_exchange(rewrite *to, const uint8_t *p, hoptls_span part, int is_signed)
{
    uint32_t i = part.off;
    /*@ loop invariant part.off <= i <= part.off + part.len;
        loop invariant spent{Pre, Here}(i - part.off);
        loop assigns i, hoptls_work;
        loop variant part.off + part.len - i; */
    while (i < span_end(part) && !(is_signed && p[i] == '_')) {
        i++;
        HOPTLS_WORK(1);
    }
    append(to, p, span_of(part.off, i));
    append_literal(to, TEXT("_"));
}

/* Append what a signature is called in the name of a suite. Returns 0 if `part` is no signature. */
/*@ requires written(to) && span_readable(p, part);
    terminates \true;
    assigns *to, hoptls_work;
    ensures written(to);
    ensures spent{Pre, Here}(30); */
static int append_signature(rewrite *to, const uint8_t *p, hoptls_span part)
{
    if (span_starts(p, part, TEXT("rsa_"))) {
        append_literal(to, TEXT("RSA_"));
        return 1;
    }
    if (span_starts(p, part, TEXT("ecdsa_")) || span_starts(p, part, TEXT("eddsa_"))) {
        append_literal(to, TEXT("ECDSA_"));
        return 1;
    }
    if (span_starts(p, part, TEXT("dsa_"))) {
        append_literal(to, TEXT("DSS_"));
        return 1;
    }
    return 0;
}

/* The suite whose name was put together. A description does not tell the hash of an authenticated cipher, but each of
 * these ciphers has only one. */
/*@ requires written(name);
    terminates \true;
    assigns *name, hoptls_work;
    ensures written(name);
    ensures spent{Pre, Here}(4 * NAME_MAX_LENGTH + 14); */
static uint32_t suite_of_rewrite(rewrite *name)
{
    hoptls_span all = {0, name->len};
    uint32_t row = suite_of(name->byte, all);
    if (row != NO_ROW) {
        return row;
    }
    if (span_ends(name->byte, all, TEXT("256_gcm"))) {
        append_literal(name, TEXT("_SHA384"));
    } else {
        append_literal(name, TEXT("_SHA256"));
    }
    all.len = name->len;
    return suite_of(name->byte, all);
}

/* The suite of TLS 1.3 that has the cipher at the end of a description, or that is nothing but a cipher. */
/*@ requires span_readable(p, cipher);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(cipher.len + 4 * NAME_MAX_LENGTH + 14); */
static uint32_t suite_of_cipher(const uint8_t *p, hoptls_span cipher)
{
    rewrite name = {0, {0}};
    uint32_t row;
    append(&name, p, cipher);
    row = suite_of_rewrite(&name);
    return row < SUITE_COUNT && suite_rows[row].floor == 0x0304 ? row : NO_ROW;
}

/* The suite of a description. It takes the version to tell, so without one there is none. */
/*@ requires span_readable(p, text);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(6 * text.len + 300); */
static uint32_t suite_of_description(const uint8_t *p, hoptls_span text, uint16_t version)
{
    uint32_t end = span_end(text);
    uint32_t first = part_end(p, text.off, end);
    uint32_t second = next_part(first, end);
    uint32_t rest = second;
    rewrite signature = {0, {0}};
    rewrite name = {0, {0}};
    hoptls_span signed_by = {0, 0};
    if (version == 0 || (first == end && version != 0x0304)) {
        return NO_ROW;
    }
    if (append_signature(&signature, p, span_of(second, end))) {
        rest = next_part(part_end(p, second, end), end);
    }
    if (version == 0x0304) {
        return suite_of_cipher(p, first == end ? text : span_of(rest, end));
    }
    signed_by.len = signature.len;
    append_exchange(&name, p, span_of(text.off, first), rest != second);
    append(&name, signature.byte, signed_by);
    append(&name, p, span_of(rest, end));
    return suite_of_rewrite(&name);
}

/* ---- cipher suites: unknown names, by their parts ------------------------------------------------------- */

/* What the parts of a name tell together. */
typedef struct suite_parts {
    uint32_t known;
    uint32_t unknown;
    uint32_t kind;   /* PART_ bits */
    uint32_t traits; /* HOPTLS_SUITE_ bits */
    uint32_t bits;   /* of the key */
    int sized;       /* the key's length was written as a part of its own */
    int encrypts;    /* there is a cipher which is not NULL */
} suite_parts;

/*@ requires span_readable(p, word);
    terminates \true;
    assigns hoptls_work;
    ensures \result < PART_COUNT || \result == NO_ROW;
    ensures spent{Pre, Here}(2 * NAME_MAX_LENGTH); */
static uint32_t row_of_part(const uint8_t *p, hoptls_span word)
{
    folded name;
    uint32_t row;
    fold(p, word, fold_case, &name);
    row = part_slot[(name.hash / PART_BUCKETS + part_shift[name.hash % PART_BUCKETS]) % PART_SLOTS];
    if (row >= PART_COUNT ||
        !is_row(&name, part_rows[row].text, part_rows[row].length, sizeof(part_rows[row].text))) {
        return NO_ROW;
    }
    return row;
}

/*@ requires \valid(parts) && parts->known < UINT32_MAX && \valid_read(part) && \separated(parts, part);
    terminates \true;
    assigns *parts;
    ensures parts->known <= \old(parts->known) + 1 && parts->unknown == \old(parts->unknown); */
static void add_known(suite_parts *parts, const part_row *part)
{
    int is_size = (part->kind & PART_NUMBER) != 0 && (parts->kind & PART_CIPHER) != 0 && !parts->sized;
    int is_longer = (part->kind & PART_CIPHER) != 0 && part->bits > parts->bits;
    if (is_size || is_longer) {
        parts->bits = part->bits;
    }
    if (is_size) {
        parts->sized = 1;
    }
    if ((part->kind & PART_CIPHER) != 0 && (part->traits & HOPTLS_SUITE_NULL) == 0) {
        parts->encrypts = 1;
    }
    if ((part->kind & PART_NUMBER) == 0) {
        parts->known++;
    }
    parts->kind |= part->kind;
    parts->traits |= part->traits;
}

/* Numbers speak neither for nor against a name: the 256 of AES_256, the 8 of CCM_8, but also mail-aes-256. */
/*@ requires span_readable(p, word);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(word.len); */
static int is_number(const uint8_t *p, hoptls_span word)
{
    uint32_t i = 0;
    /*@ loop invariant i <= word.len;
        loop invariant spent{Pre, Here}(i);
        loop assigns i, hoptls_work;
        loop variant word.len - i; */
    while (i < word.len && is_digit(p[word.off + i])) {
        i++;
        HOPTLS_WORK(1);
    }
    return i == word.len;
}

/*@ requires \valid(parts) && parts->known < UINT32_MAX && parts->unknown < UINT32_MAX && span_readable(p, word);
    terminates \true;
    assigns *parts, hoptls_work;
    ensures parts->known <= \old(parts->known) + 1 && parts->unknown <= \old(parts->unknown) + 1;
    ensures spent{Pre, Here}(word.len + 2 * NAME_MAX_LENGTH); */
static void add_part(suite_parts *parts, const uint8_t *p, hoptls_span word)
{
    uint32_t row = row_of_part(p, word);
    if (row != NO_ROW) {
        add_known(parts, &part_rows[row]);
    } else if (!is_number(p, word)) {
        parts->unknown++;
    }
}

/* The end of a word of a name: a dot belongs to it, so that a host name is one word and none that we know. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t suite_word_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant spent{Pre, Here}(i - at);
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && (is_alpha(p[i]) || is_digit(p[i]) || p[i] == '.')) {
        i++;
        HOPTLS_WORK(1);
    }
    return i;
}

/*@ terminates \true;
    assigns \nothing; */
static int is_separator(uint8_t c)
{
    return c == '-' || c == '_' || c == '+' || c == '/';
}

/* Read the parts of a name. Returns 0 if there is a byte that no name of a suite has. */
/*@ requires span_readable(p, text) && \valid(parts) && parts->known == 0 && parts->unknown == 0;
    terminates \true;
    assigns *parts, hoptls_work;
    ensures spent{Pre, Here}(85 * text.len); */
static int read_parts(const uint8_t *p, hoptls_span text, suite_parts *parts)
{
    uint32_t end = span_end(text);
    uint32_t at = text.off;
    uint32_t stop;
    /*@ loop invariant text.off <= at <= end;
        loop invariant parts->known <= at - text.off && parts->unknown <= at - text.off;
        loop invariant spent{Pre, Here}(85 * (at - text.off));
        loop assigns at, stop, *parts, hoptls_work;
        loop variant end - at; */
    while (at < end) {
        stop = suite_word_end(p, at, end);
        if (stop < end && !is_separator(p[stop])) {
            return 0;
        }
        add_part(parts, p, span_of(at, stop));
        at = stop < end ? stop + 1 : end;
    }
    return 1;
}

/* The bits of its key. An export suite has at most 56, whatever the cipher could do. */
/*@ requires \valid_read(parts);
    terminates \true;
    assigns \nothing; */
static uint32_t bits_of(const suite_parts *parts)
{
    int is_export = (parts->traits & HOPTLS_SUITE_EXPORT) != 0;
    return is_export && parts->bits > 56 ? 56 : parts->bits;
}

/* The traits of an unknown suite. */
/*@ requires \valid_read(parts);
    terminates \true;
    assigns \nothing; */
static uint32_t traits_of(const suite_parts *parts)
{
    uint32_t traits = parts->traits;
    if (parts->encrypts) {
        traits &= ~(uint32_t)HOPTLS_SUITE_NULL;
    }
    if ((traits & HOPTLS_SUITE_3DES) != 0) {
        traits &= ~(uint32_t)HOPTLS_SUITE_DES;
    }
    if (bits_of(parts) > 0 && bits_of(parts) < 112) {
        traits |= HOPTLS_SUITE_DES;
    }
    if ((parts->kind & PART_LONG) != 0 && (parts->kind & (PART_FRESH | PART_TLS13)) == 0) {
        traits |= HOPTLS_SUITE_STATIC;
    }
    return traits;
}

/* The lowest version of an unknown suite, 0 if its parts do not tell. Suites of PSK with CBC were given new hashes for
 * TLS 1.0 too (RFC 5487), so their hash tells nothing. */
/*@ requires \valid_read(parts);
    terminates \true;
    assigns \nothing;
    ensures \result == 0 || \result == 0x0303 || \result == 0x0304; */
static uint16_t floor_of(const suite_parts *parts)
{
    if ((parts->kind & PART_TLS13) != 0) {
        return 0x0304;
    }
    if ((parts->kind & PART_TLS12) == 0 ||
        ((parts->traits & HOPTLS_SUITE_PSK) != 0 && (parts->traits & HOPTLS_SUITE_AEAD) == 0)) {
        return 0;
    }
    return 0x0303;
}

/* Set what the parts of a name tell. Returns 0, and sets nothing, if the text does not look like a suite. */
/*@ requires span_readable(p, text) && \valid(tls);
    terminates \true;
    assigns tls->cipher, tls->suite, tls->traits, tls->floor, tls->bits, hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 ==> tls->cipher == text;
    ensures \result == 0 ==> tls->cipher == \old(tls->cipher);
    ensures spent{Pre, Here}(85 * text.len); */
static int find_by_parts(const uint8_t *p, hoptls_span text, hoptls_tls *tls)
{
    suite_parts parts = {0, 0, 0, 0, 0, 0, 0};
    if (!read_parts(p, text, &parts) || (parts.kind & PART_CIPHER) == 0 || parts.known <= parts.unknown) {
        return 0;
    }
    tls->cipher = text;
    tls->suite = 0;
    tls->traits = (uint16_t)(traits_of(&parts) & 0xFFFFu);
    tls->floor = floor_of(&parts);
    if (tls->bits == 0) {
        tls->bits = (uint16_t)(bits_of(&parts) & 0xFFFFu);
    }
    return 1;
}

/* ---- cipher suites: any spelling ---------------------------------------------------------------------- */

/*@ requires \valid(tls) && \valid_read(facts) && \separated(tls, facts);
    terminates \true;
    assigns tls->cipher, tls->suite, tls->traits, tls->floor, tls->bits;
    ensures tls->cipher == text && tls->suite == facts->number; */
static void set_suite(hoptls_tls *tls, hoptls_span text, const suite_row *facts)
{
    tls->cipher = text;
    tls->suite = facts->number;
    tls->traits = facts->traits;
    tls->floor = facts->floor;
    if (tls->bits == 0) {
        tls->bits = facts->bits;
    }
}

/* The suite is the one that the text names, even where another must have been meant: GnuTLS gives sessions of TLS 1.3
 * the name of a suite of TLS 1.2, ECDHE_RSA_AES_256_GCM_SHA384. */
int hoptls_suite_find(const uint8_t *p, hoptls_span text, hoptls_tls *tls)
{
    uint32_t row;
    if (text.len == 0 || text.len > LONGEST_SUITE) {
        return 0;
    }
    row = suite_of(p, without_prefix(p, without_curve(p, text)));
    if (row == NO_ROW) {
        row = suite_of_description(p, text, tls->version);
    }
    if (row < SUITE_COUNT) {
        set_suite(tls, text, &suite_rows[row]);
        return 1;
    }
    return find_by_parts(p, text, tls);
}

const char *hoptls_suite_name(uint32_t suite)
{
    uint32_t low = 0;
    uint32_t high = SUITE_REGISTERED;
    uint32_t middle;
    /*@ loop invariant low <= high <= SUITE_REGISTERED;
        loop assigns low, high, middle;
        loop variant high - low; */
    while (low < high) {
        middle = low + (high - low) / 2;
        if (suite_rows[middle].number < suite) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    /* Number 0 is TLS_NULL_WITH_NULL_NULL in the registry, but here it says that no suite was stated. */
    return suite != 0 && low < SUITE_REGISTERED && suite_rows[low].number == suite ? suite_rows[low].name
                                                                                   : "";
}
