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

/* Fold `text` by a table of bytes, and hash it as names.h was made. A place adds at most 255 * 65535 to the sum, so
 * that 257 places fit 32 bits, and no name is as long. */
static void fold(const uint8_t *p, hoptls_span text, const uint8_t *table, folded *out)
{
    uint32_t len = text.len <= NAME_MAX_LENGTH ? text.len : 0;
    uint32_t hash = 0;
    uint32_t i = 0;
    uint8_t c;
    while (i < len) {
        c = table[p[text.off + i]];
        out->byte[i] = c;
        hash += (uint32_t)c * name_weight[i];
        i++;
    }
    out->len = len;
    out->hash = hash;
    HOPTLS_WORK(len);
}

/* Whether `name` is the `n` bytes of a row that has room for `room`. */
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
static int is_unnamed_version(const uint8_t *p, hoptls_span text)
{
    uint32_t at = text.len > 0 ? phrase_end(p, text, TEXT("tls identifier ")) : 0;
    uint32_t i = at > 0 ? at : span_end(text);
    while (i < span_end(text) && is_hex(p[i])) {
        i++;
    }
    HOPTLS_WORK(at > 0 ? i - at : 0);
    return at > 0 && i > at && i - at <= 4 && i == span_end(text);
}

/* `TLS 1.2`, folded at its blank: 0 if it is not. */
static uint16_t folded_version(const uint8_t *p, hoptls_span text)
{
    uint32_t at = text.len > 0 ? phrase_end(p, text, TEXT("tls 1.")) : 0;
    int named = at > 0 && at + 1 == span_end(text) && p[at] >= '0' && p[at] <= '3';
    return named ? (uint16_t)(0x0301u + (uint32_t)(p[at] - '0')) : 0;
}

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
static int is_registered_name(const folded *name, const suite_row *suite)
{
    return suite->length > 4 &&
           is_row(name, (const uint8_t *)suite->name + 4, suite->length - 4u, sizeof(suite->name) - 4);
}

/* The row of facts of a spelling without TLS_ or SSL_, or NO_ROW. */
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

static int is_joint(uint8_t c)
{
    return c == '_' || c == '-';
}

/* `text` without TLS_ or SSL_, which say nothing. */
static hoptls_span without_prefix(const uint8_t *p, hoptls_span text)
{
    if (text.len > 4 && is_joint(p[text.off + 3]) &&
        (span_starts(p, text, TEXT("tls")) || span_starts(p, text, TEXT("ssl")))) {
        return span_of(text.off + 4, span_end(text));
    }
    return text;
}

/* `text` without the curve that Windows to 2012R2 put behind a suite. */
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

/* Append `text` folded, each run of underlines as one. */
static void append(rewrite *to, const uint8_t *p, hoptls_span text)
{
    uint32_t i = 0;
    uint8_t before = 0;
    uint8_t c;
    while (i < text.len && to->len < LONGEST_REWRITE) {
        c = fold_suite[p[text.off + i]];
        if (c != '_' || before != '_') {
            to->byte[to->len] = c;
            to->len++;
        }
        before = c;
        i++;
    }
    HOPTLS_WORK(i);
}

static void append_literal(rewrite *to, const uint8_t *text, uint32_t n)
{
    hoptls_span all = {0, n};
    append(to, text, all);
}

/* The end of the part of a description that begins at `at`: two underlines follow, or nothing. */
static uint32_t part_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && !(p[i] == '_' && i + 1 < end && p[i + 1] == '_')) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

static uint32_t next_part(uint32_t part_ends, uint32_t end)
{
    return part_ends < end ? part_ends + 2 : end;
}

/* Append the key exchange: whole, or without its group, which stands behind the first underline if there is a
 * signature. */
static void append_exchange(rewrite *to, const uint8_t *p, hoptls_span part, int is_signed)
{
    uint32_t i = part.off;
    while (i < span_end(part) && !(is_signed && p[i] == '_')) {
        i++;
    }
    HOPTLS_WORK(i - part.off);
    append(to, p, span_of(part.off, i));
    append_literal(to, TEXT("_"));
}

/* Append what a signature is called in the name of a suite. Returns 0 if `part` is no signature. */
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
static uint32_t suite_of_cipher(const uint8_t *p, hoptls_span cipher)
{
    rewrite name = {0, {0}};
    uint32_t row;
    append(&name, p, cipher);
    row = suite_of_rewrite(&name);
    return row < SUITE_COUNT && suite_rows[row].floor == 0x0304 ? row : NO_ROW;
}

/* The suite of a description. It takes the version to tell, so without one there is none. */
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

static uint32_t part_of(const uint8_t *p, hoptls_span word)
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
static int is_number(const uint8_t *p, hoptls_span word)
{
    uint32_t i = 0;
    while (i < word.len && is_digit(p[word.off + i])) {
        i++;
    }
    HOPTLS_WORK(i);
    return i == word.len;
}

static void add_part(suite_parts *parts, const uint8_t *p, hoptls_span word)
{
    uint32_t row = part_of(p, word);
    if (row != NO_ROW) {
        add_known(parts, &part_rows[row]);
    } else if (!is_number(p, word)) {
        parts->unknown++;
    }
}

/* The end of a word of a name: a dot belongs to it, so that a host name is one word and none that we know. */
static uint32_t suite_word_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && (is_alpha(p[i]) || is_digit(p[i]) || p[i] == '.')) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

static int is_separator(uint8_t c)
{
    return c == '-' || c == '_' || c == '+' || c == '/';
}

/* Read the parts of a name. Returns 0 if there is a byte that no name of a suite has. */
static int read_parts(const uint8_t *p, hoptls_span text, suite_parts *parts)
{
    uint32_t end = span_end(text);
    uint32_t at = text.off;
    uint32_t stop;
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
static uint32_t bits_of(const suite_parts *parts)
{
    int is_export = (parts->traits & HOPTLS_SUITE_EXPORT) != 0;
    return is_export && parts->bits > 56 ? 56 : parts->bits;
}

/* The traits of an unknown suite. */
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
