/* slot -> evidence. Every form is read from its first byte on by a grammar of its own; nothing is searched for. */
#include "internal.h"

/* ---- pieces: what blanks, commas and parentheses separate ---- */

/* clang-format off */
static const uint8_t separators[256] = {
    ['\t'] = 1, ['\n'] = 1, ['\r'] = 1, [' '] = 1, ['('] = 1, [')'] = 1, [','] = 1,
};
/* clang-format on */

/*@ terminates \true;
    assigns \nothing; */
static int separates(uint8_t c)
{
    return separators[c];
}

/* Behind the bytes at `at` that separate pieces, or behind those that do not. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t piece_stop(const uint8_t *p, uint32_t at, uint32_t end, int separating)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (i < end && separates(p[i]) == separating) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* Take the next piece off `rest`; empty at its end. */
/*@ requires \valid(rest) && span_readable(p, *rest);
    terminates \true;
    assigns *rest, hoptls_work;
    ensures span_readable(p, *rest) && span_readable(p, \result);
    ensures rest->len + \result.len <= \old(rest->len);
    ensures spent{Pre, Here}(\old(rest->len) - rest->len); */
static hoptls_span take_piece(const uint8_t *p, hoptls_span *rest)
{
    uint32_t end = span_end(*rest);
    uint32_t at = piece_stop(p, rest->off, end, 1);
    uint32_t stop = piece_stop(p, at, end, 0);
    *rest = span_of(stop, end);
    return span_of(at, stop);
}

/* The first byte in lower case, 0 if there is none: no form is looked for that cannot begin with it. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns \nothing;
    ensures \result != 0 ==> s.len > 0; */
static uint8_t first_letter(const uint8_t *p, hoptls_span s)
{
    return s.len > 0 ? lower(p[s.off]) : 0;
}

/* The offset of `byte` in `s`, or the end of `s`. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures s.off <= \result <= s.off + s.len;
    ensures spent{Pre, Here}(s.len + 1); */
static uint32_t find_in(const uint8_t *p, hoptls_span s, uint8_t byte)
{
    return (uint32_t)hoptls_find_byte(p, s.off, span_end(s), byte);
}

/* `s` without its last byte, where that is `byte`. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures span_readable(p, \result) && \result.len <= s.len;
    ensures spent{Pre, Here}(1); */
static hoptls_span without_last(const uint8_t *p, hoptls_span s, uint8_t byte)
{
    return span_ends(p, s, &byte, 1) ? span_of(s.off, span_end(s) - 1) : s;
}

/* The number at the start of `s`, at most 9999; -1 if it starts with no digit. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures -1 <= \result <= 9999;
    ensures spent{Pre, Here}(s.len); */
static int32_t number_at(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    int32_t n = 0;
    /*@ loop invariant s.off <= i <= s.off + s.len && 0 <= n <= 9999;
        loop assigns i, n;
        loop variant s.off + s.len - i; */
    while (i < span_end(s) && is_digit(p[i]) && n < 1000) {
        n = n * 10 + (p[i] - '0');
        i++;
    }
    HOPTLS_WORK(i - s.off);
    return i > s.off ? n : -1;
}

/* ---- statements: what pieces add to a record ---- */

/* `0` bits mean that nothing was encrypted. */
/*@ requires span_readable(p, text) && \valid(out);
    terminates \true;
    assigns out->tls.traits, out->tls.bits, hoptls_work; */
static void state_bits(const uint8_t *p, hoptls_span text, tls_record *out)
{
    int32_t n = number_at(p, text);
    uint32_t traits = out->tls.traits;
    if (n == 0) {
        traits |= HOPTLS_SUITE_NULL;
        out->tls.traits = (uint16_t)(traits & 0xFFFFu);
    }
    if (n >= 0) {
        out->tls.bits = (uint16_t)n;
    }
}

/*@ requires span_readable(p, text) && \valid(out);
    terminates \true;
    assigns out->tls.version, out->tls.any_version, hoptls_work;
    ensures \result != 0 ==> text.len > 0; */
static int state_version(const uint8_t *p, hoptls_span text, tls_record *out)
{
    return text.len > 0 && hoptls_version_find(p, text, &out->tls);
}

/*@ requires span_readable(p, text) && \valid(out) && span_readable(p, out->tls.cipher);
    terminates \true;
    assigns out->tls.cipher, out->tls.suite, out->tls.traits, out->tls.floor, out->tls.bits, hoptls_work;
    ensures \result != 0 ==> text.len > 0;
    ensures span_readable(p, out->tls.cipher); */
static int state_cipher(const uint8_t *p, hoptls_span text, tls_record *out)
{
    return text.len > 0 && hoptls_suite_find(p, text, &out->tls);
}

/* Details outweigh the bare statement, and a cipher that encrypts nothing outweighs both. */
/*@ requires \valid(out) && form <= 255;
    terminates \true;
    assigns out->form, out->evidence;
    ensures out->form == form; */
static void settle(tls_record *out, uint32_t form)
{
    out->form = (uint8_t)form;
    if (out->evidence == HOPTLS_EVIDENCE_NEGATIVE || (out->tls.traits & HOPTLS_SUITE_NULL) != 0) {
        out->evidence = HOPTLS_EVIDENCE_NEGATIVE;
    } else if (out->tls.version != 0 || out->tls.cipher.len > 0) {
        out->evidence = HOPTLS_EVIDENCE_DETAIL;
    } else {
        out->evidence = HOPTLS_EVIDENCE_KEYWORD;
    }
}

/* ---- (version=V cipher=C bits=N verify=X) ---- */

#define VERIFY_LENGTH 10u /* no word is longer */

typedef struct verify_word {
    uint8_t text[VERIFY_LENGTH];
    uint8_t len;
    uint8_t cert;     /* hoptls_client_cert */
    uint8_t negative; /* 1: there was no TLS */
} verify_word;

/* clang-format off */
/* Sendmail op.me, macro ${verify}: whether the *client's* certificate could be verified. NO and FAIL are no
 * fault of the encryption; the last five say that the session was not encrypted. */
static const verify_word verify_words[] = {
    {"ok", 2, HOPTLS_CERT_VERIFIED, 0},     {"yes", 3, HOPTLS_CERT_VERIFIED, 0},
    {"trusted", 7, HOPTLS_CERT_VERIFIED, 0}, {"no", 2, HOPTLS_CERT_NONE, 0},
    {"not", 3, HOPTLS_CERT_NOT_ASKED, 0},   {"fail", 4, HOPTLS_CERT_UNVERIFIED, 0},
    {"none", 4, HOPTLS_CERT_NOT_STATED, 1}, {"clear", 5, HOPTLS_CERT_NOT_STATED, 1},
    {"software", 8, HOPTLS_CERT_NOT_STATED, 1}, {"protocol", 8, HOPTLS_CERT_NOT_STATED, 1},
    {"config", 6, HOPTLS_CERT_NOT_STATED, 1},
};
/* clang-format on */
#define VERIFY_WORDS (uint32_t)(sizeof(verify_words) / sizeof(verify_words[0]))

/* The row of a word; VERIFY_WORDS if it has none. */
/*@ requires span_readable(p, text);
    terminates \true;
    assigns hoptls_work;
    ensures \result <= VERIFY_WORDS; */
static uint32_t verify_row(const uint8_t *p, hoptls_span text)
{
    uint32_t n = text.len <= VERIFY_LENGTH ? text.len : 0;
    uint32_t i = 0;
    /*@ loop invariant i <= VERIFY_WORDS;
        loop assigns i, hoptls_work;
        loop variant VERIFY_WORDS - i; */
    while (i < VERIFY_WORDS && (n != verify_words[i].len || !span_is(p, text, verify_words[i].text, n))) {
        i++;
    }
    return i;
}

/*@ requires span_readable(p, text) && \valid(out);
    terminates \true;
    assigns out->tls.client_cert, out->evidence, hoptls_work; */
static void state_verify(const uint8_t *p, hoptls_span text, tls_record *out)
{
    uint32_t i = verify_row(p, text);
    if (i == VERIFY_WORDS) {
        return;
    }
    out->tls.client_cert = verify_words[i].cert;
    if (verify_words[i].negative) {
        out->evidence = HOPTLS_EVIDENCE_NEGATIVE;
    }
}

/* A version that no table knows is still a statement of TLS. */
/*@ requires span_readable(p, text) && \valid(out);
    terminates \true;
    assigns out->tls.version, out->tls.any_version, hoptls_work; */
static void state_any_version(const uint8_t *p, hoptls_span text, tls_record *out)
{
    if (!state_version(p, text, out)) {
        out->tls.any_version = 1;
    }
}

/*@ requires span_readable(p, text) && \valid(out) && span_readable(p, out->tls.cipher);
    terminates \true;
    assigns out->tls.cipher, out->tls.suite, out->tls.traits, out->tls.floor, out->tls.bits, hoptls_work;
    ensures span_readable(p, out->tls.cipher); */
static void state_any_cipher(const uint8_t *p, hoptls_span text, tls_record *out)
{
    if (!state_cipher(p, text, out)) {
        out->tls.cipher = text;
    }
}

/* A header that was pasted into a quoted-printable body writes `=` as `=3D`. */
/*@ requires span_readable(p, value);
    terminates \true;
    assigns hoptls_work;
    ensures span_readable(p, \result) && \result.len <= value.len; */
static hoptls_span unquoted(const uint8_t *p, hoptls_span value)
{
    int escaped = span_starts(p, value, TEXT("3d")) && !span_starts(p, value, TEXT("3des"));
    return escaped ? span_of(value.off + 2, span_end(value)) : value;
}

/* What a key states by its value. Returns 0 at a key that no server has. */
/*@ requires span_readable(p, key) && span_readable(p, value) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static int state_value(const uint8_t *p, hoptls_span key, hoptls_span value, tls_record *out)
{
    if (span_is(p, key, TEXT("version")) || span_is(p, key, TEXT("tlsversion"))) {
        state_any_version(p, value, out);
    } else if (span_is(p, key, TEXT("cipher")) || span_is(p, key, TEXT("tlscipher"))) {
        state_any_cipher(p, value, out);
    } else if (span_is(p, key, TEXT("bits"))) {
        state_bits(p, value, out);
    } else if (span_is(p, key, TEXT("verify"))) {
        state_verify(p, value, out);
    } else {
        return 0;
    }
    return 1;
}

/* Add one `key=value`. Returns 0 where the row of pairs ends: at a word that is no pair, or at a certificate's
 * name, which is the client's text. */
/*@ requires span_readable(p, piece) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out);
    ensures \result != 0 ==> piece.len > 0; */
static int state_pair(const uint8_t *p, hoptls_span piece, tls_record *out)
{
    uint32_t end = span_end(piece);
    uint32_t eq = find_in(p, piece, '=');
    if (eq == end) {
        return 0;
    }
    return state_value(p, span_of(piece.off, eq), unquoted(p, span_of(eq + 1, end)), out);
}

/* fdm names the suite by itself behind the version (`version=TLSv1.3 C 256 bits`). */
/*@ requires span_readable(p, rest) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static void read_bare_cipher(const uint8_t *p, hoptls_span rest, tls_record *out)
{
    if (state_cipher(p, take_piece(p, &rest), out)) {
        state_bits(p, take_piece(p, &rest), out);
    }
}

/* The next pair. OpenSSL's word for no suite stands in parentheses, which separate: `cipher=(NONE) bits=0`. */
/*@ requires \valid(rest) && span_readable(p, *rest) && \valid(out) && record_readable(p, out) && \separated(rest, out);
    terminates \true;
    assigns *rest, out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out) && span_readable(p, *rest); */
static int take_pair(const uint8_t *p, hoptls_span *rest, tls_record *out)
{
    hoptls_span piece = take_piece(p, rest);
    hoptls_span behind = *rest;
    int stated = state_pair(p, piece, out);
    if (stated && span_ends(p, piece, TEXT("cipher=")) && state_cipher(p, take_piece(p, &behind), out)) {
        *rest = behind;
    }
    return stated;
}

/* As many pairs as stand at the start of `rest`, at most eight; `next` is what stands behind them. */
/*@ requires span_readable(p, rest) && \valid(next) && \valid(out) && record_readable(p, out) && \separated(next, out);
    terminates \true;
    assigns *next, out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out) && span_readable(p, *next) && \result <= 8; */
static uint32_t take_pairs(const uint8_t *p, hoptls_span rest, hoptls_span *next, tls_record *out)
{
    uint32_t pairs = 0;
    hoptls_span left = rest;
    *next = rest;
    /*@ loop invariant pairs <= 8 && span_readable(p, left) && span_readable(p, *next) && record_readable(p, out);
        loop assigns pairs, left, *next, out->evidence, out->tls, hoptls_work;
        loop variant 8 - pairs; */
    while (pairs < 8 && take_pair(p, &left, out)) {
        pairs++;
        *next = left;
    }
    return pairs;
}

/*@ requires span_readable(p, rest) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static void read_pairs(const uint8_t *p, hoptls_span rest, tls_record *out)
{
    hoptls_span next;
    uint32_t pairs = take_pairs(p, rest, &next, out);
    if (pairs == 1 && out->tls.version != 0) {
        read_bare_cipher(p, next, out);
    }
    if (pairs > 0) {
        settle(out, FORM_PAIRS);
    }
}

/* ---- (using V with cipher C (u/a bits)) ---- */

/* Behind the word `cipher` the bits count even where nobody registered the name: `NULL-SHA999 (0/0 bits)`. */
/*@ requires \valid(rest) && span_readable(p, *rest) && \valid(out) && record_readable(p, out) && \separated(rest, out);
    terminates \true;
    assigns *rest, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static void read_cipher_words(const uint8_t *p, hoptls_span *rest, tls_record *out)
{
    hoptls_span word = take_piece(p, rest);
    int announced;
    if (span_is(p, word, TEXT("with"))) {
        word = take_piece(p, rest);
    }
    announced = span_is(p, word, TEXT("cipher"));
    if (announced) {
        word = take_piece(p, rest);
    }
    if (state_cipher(p, word, out) || announced) {
        state_bits(p, take_piece(p, rest), out);
    }
}

/* The first word may be a heading (`using TLS: TLSv1.2, C`). */
/*@ requires \valid(rest) && span_readable(p, *rest) && \valid(out) && record_readable(p, out) && \separated(rest, out);
    terminates \true;
    assigns *rest, out->tls.version, out->tls.any_version, hoptls_work;
    ensures span_readable(p, *rest); */
static int read_version_words(const uint8_t *p, hoptls_span *rest, tls_record *out)
{
    hoptls_span word = take_piece(p, rest);
    hoptls_span name = without_last(p, word, ':');
    if (!state_version(p, name, out)) {
        return 0;
    }
    return name.len == word.len || state_version(p, take_piece(p, rest), out);
}

/* Begins with `using` or `not using`. */
/*@ requires span_readable(p, inside) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static void read_using(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    hoptls_span rest = inside;
    if (span_is(p, take_piece(p, &rest), TEXT("not"))) {
        (void)take_piece(p, &rest);
        out->evidence = HOPTLS_EVIDENCE_NEGATIVE;
    }
    if (read_version_words(p, &rest, out)) {
        read_cipher_words(p, &rest, out);
        settle(out, FORM_USING);
    }
}

/* ---- (V:C:N) ---- */

/* Take what stands before the next colon off `rest`. */
/*@ requires \valid(rest) && span_readable(p, *rest);
    terminates \true;
    assigns *rest, hoptls_work;
    ensures span_readable(p, *rest) && span_readable(p, \result); */
static hoptls_span take_part(const uint8_t *p, hoptls_span *rest)
{
    uint32_t at = rest->off;
    uint32_t colon = find_in(p, *rest, ':');
    uint32_t end = span_end(*rest);
    *rest = span_of(colon < end ? colon + 1 : end, end);
    return span_of(at, colon);
}

/* Exim with GnuTLS wrote bytes for bits before 4.80 (tls-gnu.c). */
/*@ requires \valid(out);
    terminates \true;
    assigns out->tls.bits; */
static void bytes_to_bits(tls_record *out)
{
    if (out->tls.bits == 16 || out->tls.bits == 24 || out->tls.bits == 32) {
        out->tls.bits = (uint16_t)(out->tls.bits * 8);
    }
}

/* Custom Exim headers put a heading before the cipher. */
/*@ requires span_readable(p, inside);
    terminates \true;
    assigns hoptls_work;
    ensures span_readable(p, \result); */
static hoptls_span without_heading(const uint8_t *p, hoptls_span inside)
{
    hoptls_span rest = inside;
    hoptls_span word = take_piece(p, &rest);
    if (span_is(p, word, TEXT("cipher")) || span_is(p, word, TEXT("tls_cipher"))) {
        return span_trim(p, rest);
    }
    return inside;
}

/* A version with nothing behind it. `UNKNOWN` is one only where a cipher follows. */
/*@ requires span_readable(p, version) && \valid(out);
    terminates \true;
    assigns out->form, out->evidence, hoptls_work; */
static void read_bare_version(const uint8_t *p, hoptls_span version, tls_record *out)
{
    if (out->tls.version != 0) {
        settle(out, FORM_COLON);
    } else if (span_starts(p, version, TEXT("tls")) || span_starts(p, version, TEXT("ssl"))) {
        settle(out, FORM_WORD);
    }
}

/*@ requires span_readable(p, inside) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static void read_colon(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    hoptls_span rest = without_heading(p, inside);
    hoptls_span version = take_part(p, &rest);
    if (!state_version(p, version, out)) {
        return;
    }
    if (rest.len == 0) {
        read_bare_version(p, version, out);
    } else if (state_cipher(p, take_part(p, &rest), out)) {
        state_bits(p, take_part(p, &rest), out);
        bytes_to_bits(out);
        state_verify(p, take_part(p, &rest), out);
        settle(out, FORM_COLON);
    }
}

/* ---- (C encrypted) ---- */

/* A cipher, or a version and a cipher with a colon between. */
/*@ requires span_readable(p, piece) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->tls, hoptls_work;
    ensures record_readable(p, out); */
static int state_cipher_part(const uint8_t *p, hoptls_span piece, tls_record *out)
{
    hoptls_span rest = piece;
    hoptls_span head = take_part(p, &rest);
    if (rest.len > 0) {
        return state_version(p, head, out) && state_cipher(p, rest, out);
    }
    return state_cipher(p, piece, out);
}

/* The second word is `encrypted`. */
/*@ requires span_readable(p, inside) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static void read_encrypted(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    hoptls_span rest = inside;
    hoptls_span what = take_piece(p, &rest);
    if (span_is(p, what, TEXT("not"))) {
        out->evidence = HOPTLS_EVIDENCE_NEGATIVE;
    } else if (!state_cipher_part(p, what, out) && !state_version(p, what, out)) {
        return;
    }
    settle(out, FORM_ENCRYPTED);
}

/* ---- (AUTH: user, TLS: V,Nbits,C) ---- */

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 ==> s.len > 0; */
static int list_head(const uint8_t *p, hoptls_span s)
{
    return phrase_starts(p, s, TEXT("tls: ")) || phrase_starts(p, s, TEXT("ssl: "));
}

/* Whether nothing but blanks stands between `i` and the comma before it. */
/*@ requires span_readable(p, s) && s.off <= i < s.off + s.len;
    terminates \true;
    assigns hoptls_work; */
static int begins_list_item(const uint8_t *p, hoptls_span s, uint32_t i)
{
    if (i == s.off || is_space(p[i]) || !is_space(p[i - 1])) {
        return i == s.off;
    }
    return span_ends(p, span_of(s.off, skip_space_back(p, s.off, i)), TEXT(","));
}

/* Where the last item of a list that is headed `TLS:` begins, or the end of the list. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures s.off <= \result <= s.off + s.len; */
static uint32_t last_list_item(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    uint32_t found = span_end(s);
    /*@ loop invariant s.off <= i <= s.off + s.len && s.off <= found <= s.off + s.len;
        loop assigns i, found, hoptls_work;
        loop variant s.off + s.len - i; */
    while (i < span_end(s)) {
        if (begins_list_item(p, s, i) && list_head(p, span_of(i, span_end(s)))) {
            found = i;
        }
        i++;
    }
    HOPTLS_WORK(i - s.off);
    return found;
}

/* Courier (submit.C). What identd said may stand in the same list, in front: such a list does not begin like one of
 * ours, since its last item may be the client's own. */
/*@ requires span_readable(p, inside) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static void read_list(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    uint32_t at = last_list_item(p, inside);
    hoptls_span rest = span_of(at, span_end(inside));
    if (rest.len == 0) {
        return;
    }
    (void)take_piece(p, &rest);
    if (state_version(p, take_piece(p, &rest), out)) {
        hoptls_span bits = take_piece(p, &rest);
        (void)state_cipher(p, take_piece(p, &rest), out);
        state_bits(p, bits, out);
        settle(out, FORM_LIST);
    }
}

/* ---- (V C bits=N) ---- */

/*@ requires span_readable(p, inside) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static void read_spaced(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    hoptls_span rest = inside;
    if (!state_version(p, take_piece(p, &rest), out)) {
        return;
    }
    if (state_cipher(p, take_piece(p, &rest), out)) {
        (void)state_pair(p, take_piece(p, &rest), out);
        settle(out, FORM_SPACED);
    } else {
        rest = inside;
        (void)take_piece(p, &rest);
        read_pairs(p, rest, out);
    }
}

/* ---- (over SMTP, TLS-1.3, envelope from "...") ---- */

/* chasquid conn.go */
/*@ requires span_readable(p, inside) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, hoptls_work;
    ensures record_readable(p, out); */
static void read_over(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    hoptls_span rest = inside;
    hoptls_span word;
    (void)take_piece(p, &rest);
    (void)take_piece(p, &rest);
    word = take_piece(p, &rest);
    if (state_version(p, word, out)) {
        settle(out, FORM_OVER);
    } else if (span_is(p, word, TEXT("plain")) && span_is(p, take_piece(p, &rest), TEXT("text!"))) {
        out->evidence = HOPTLS_EVIDENCE_NEGATIVE;
        settle(out, FORM_OVER);
    }
}

/* ---- (product with V C u/a) ---- */

/* Behind ` with ` if it begins at `i`, else 0. */
/*@ requires span_readable(p, s) && s.off <= i < s.off + s.len;
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || s.off <= \result <= s.off + s.len; */
static uint32_t behind_with_at(const uint8_t *p, hoptls_span s, uint32_t i)
{
    return phrase_may_begin(p, s, i, ' ') ? phrase_end(p, span_of(i, span_end(s)), TEXT(" with ")) : 0;
}

/* Behind the first ` with ` in `s`, or the end of `s`. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures s.off <= \result <= s.off + s.len; */
static uint32_t behind_with(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    uint32_t behind = 0;
    /*@ loop invariant s.off <= i <= s.off + s.len && (behind == 0 || s.off <= behind <= s.off + s.len);
        loop assigns i, behind, hoptls_work;
        loop variant s.off + s.len - i; */
    while (i < span_end(s) && behind == 0) {
        behind = behind_with_at(p, s, i);
        i++;
        HOPTLS_WORK(1);
    }
    return behind > 0 ? behind : span_end(s);
}

/*@ requires \valid(out);
    terminates \true;
    assigns *out;
    ensures out->form == FORM_NONE && out->evidence == 0;
    ensures out->tls.cipher.len == 0 && out->tls.group.len == 0 && out->span.len == 0;
    ensures out->tls.cipher.off == 0 && out->tls.group.off == 0 && out->span.off == 0; */
static void clear_record(tls_record *out)
{
    memset(out, 0, sizeof *out);
}

void hoptls_tls_product(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    hoptls_span rest = span_of(behind_with(p, inside), span_end(inside));
    clear_record(out);
    out->span = inside;
    if (phrase_starts(p, inside, TEXT("envelope-")) || !state_version(p, take_piece(p, &rest), out)) {
        return;
    }
    if (state_cipher(p, take_piece(p, &rest), out)) {
        state_bits(p, take_piece(p, &rest), out);
    }
    settle(out, FORM_PRODUCT);
}

/* ---- the client's certificate ---- */

/* Postfix smtpd.c: the remark on verification is the last thing in the comment; whatever stands before it, in
 * quotes or not, the client chose. */
/*@ requires span_readable(p, inside);
    terminates \true;
    assigns hoptls_work; */
static uint8_t certificate_of_client(const uint8_t *p, hoptls_span inside)
{
    return phrase_ends(p, inside, TEXT("(verified ok)")) ? HOPTLS_CERT_VERIFIED : HOPTLS_CERT_UNVERIFIED;
}

uint8_t hoptls_tls_certificate(const uint8_t *p, hoptls_span inside)
{
    uint8_t c = first_letter(p, inside);
    if (c != 'n' && c != 'c') {
        return HOPTLS_CERT_NOT_STATED;
    }
    if (phrase_is(p, inside, TEXT("no client certificate requested"))) {
        return HOPTLS_CERT_NOT_ASKED;
    }
    if (phrase_is(p, inside, TEXT("client did not present a certificate")) ||
        phrase_is(p, inside, TEXT("client certificate not present"))) {
        return HOPTLS_CERT_NONE;
    }
    if (phrase_starts(p, inside, TEXT("client cn ")) || phrase_starts(p, inside, TEXT("client rpk "))) {
        return certificate_of_client(p, inside);
    }
    return HOPTLS_CERT_NOT_STATED;
}

/* ---- comments ---- */

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work; */
static int begins_pairs(const uint8_t *p, hoptls_span s)
{
    uint8_t c = first_letter(p, s);
    return (c == 'v' || c == 'c' || c == 't') &&
           (phrase_starts(p, s, TEXT("version=")) || phrase_starts(p, s, TEXT("cipher=")) ||
            phrase_starts(p, s, TEXT("tlsversion=")));
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work; */
static int begins_using(const uint8_t *p, hoptls_span s)
{
    uint8_t c = first_letter(p, s);
    return (c == 'u' && phrase_starts(p, s, TEXT("using "))) ||
           (c == 'n' && phrase_starts(p, s, TEXT("not using ")));
}

/* The forms that begin with the name of a version; the second is tried on an empty record. */
/*@ requires span_readable(p, inside) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures record_readable(p, out); */
static void read_version_first(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    read_colon(p, inside, out);
    if (out->form == FORM_NONE) {
        clear_record(out);
        read_spaced(p, inside, out);
    }
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work; */
static int begins_list(const uint8_t *p, hoptls_span s)
{
    uint8_t c = first_letter(p, s);
    return ((c == 't' || c == 's') && list_head(p, s)) || (c == 'a' && phrase_starts(p, s, TEXT("auth: ")));
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work; */
static int begins_version(const uint8_t *p, hoptls_span s)
{
    switch (first_letter(p, s)) {
    case 't': return span_starts(p, s, TEXT("tls"));
    case 's': return span_starts(p, s, TEXT("ssl"));
    case 'u': return span_starts(p, s, TEXT("unknown:"));
    case 'c': return phrase_starts(p, s, TEXT("cipher "));
    default: return 0;
    }
}

/* Whether the second piece is `encrypted`: most comments do not even hold its two rarest letters. */
/*@ requires span_readable(p, inside) && readable(p, 0, inside.off + inside.len);
    terminates \true;
    assigns hoptls_work; */
static int tells_encrypted(const uint8_t *p, hoptls_span inside)
{
    hoptls_span rest = inside;
    if (hoptls_find_pair(p, inside.off, span_end(inside), 'y', 'p') == span_end(inside)) {
        return 0;
    }
    (void)take_piece(p, &rest);
    return span_is(p, take_piece(p, &rest), TEXT("encrypted"));
}

/* The forms that begin with a name: each has a sign of its own, looked for before any name is looked up. */
/*@ requires span_readable(p, inside) && readable(p, 0, inside.off + inside.len) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures record_readable(p, out); */
static void read_names(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    if (phrase_is(p, inside, TEXT("unencrypted"))) {
        out->evidence = HOPTLS_EVIDENCE_NEGATIVE;
        settle(out, FORM_ENCRYPTED);
    } else if (tells_encrypted(p, inside)) {
        read_encrypted(p, inside, out);
    } else if (begins_list(p, inside)) {
        read_list(p, inside, out);
    } else if (begins_version(p, inside)) {
        read_version_first(p, inside, out);
    }
}

void hoptls_tls_comment(const uint8_t *p, hoptls_span inside, tls_record *out)
{
    clear_record(out);
    if (begins_pairs(p, inside)) {
        read_pairs(p, inside, out);
    } else if (begins_using(p, inside)) {
        read_using(p, inside, out);
    } else if (first_letter(p, inside) == 'o' && phrase_starts(p, inside, TEXT("over "))) {
        read_over(p, inside, out);
    } else if (first_letter(p, inside) == 'g' && phrase_is(p, inside, TEXT("google transport security"))) {
        settle(out, FORM_GTS);
    } else {
        read_names(p, inside, out);
    }
    if (out->form == FORM_NONE) {
        clear_record(out);
    }
    out->span = inside;
}

/* ---- words outside comments ---- */

/* The span of item `i` if it is a word or keyword, else nothing. */
/*@ requires \valid_read(c) && c->count <= CLAUSE_ITEMS;
    terminates \true;
    assigns \nothing;
    ensures (\result.off == 0 && \result.len == 0) || (i < c->count && \result == c->item[i].span); */
static hoptls_span word_at(const clauses *c, uint32_t i)
{
    if (i >= c->count || c->item[i].kind > ITEM_WORD) {
        return span_of(0, 0);
    }
    return c->item[i].span;
}

/* From the word `first` to the word `last`, which stands behind it; nothing if that is nothing. */
/*@ requires first.off + first.len <= UINT32_MAX && last.off + last.len <= UINT32_MAX;
    terminates \true;
    assigns \nothing;
    ensures \result.len > 0 ==> \result.off == first.off && \result.off + \result.len == last.off + last.len;
    ensures \result.len == 0 ==> \result.off == 0; */
static hoptls_span words_to(hoptls_span first, hoptls_span last)
{
    return span_of(first.off, span_end(last));
}

/* The name behind the word `group` at item `i`, if it is there. */
/*@ requires clauses_readable(p, c) && i < CLAUSE_ITEMS + 4;
    terminates \true;
    assigns hoptls_work;
    ensures (\result.off == 0 && \result.len == 0) || (i + 1 < c->count && \result == c->item[i + 1].span);
    ensures span_readable(p, \result); */
static hoptls_span group_at(const uint8_t *p, const clauses *c, uint32_t i)
{
    return span_is(p, word_at(c, i), TEXT("group")) ? word_at(c, i + 1) : span_of(0, 0);
}

/* RFC 8314 section 4.3: `tls` suite [`group` name] */
/*@ requires clauses_readable(p, c) && i < c->count && \valid(out) && record_readable(p, out) && \separated(out, c);
    terminates \true;
    assigns out->form, out->evidence, out->tls, out->span, hoptls_work;
    ensures span_readable(p, out->tls.cipher);
    ensures span_readable(p, out->tls.group);
    ensures span_readable(p, out->span); */
static void read_clause(const uint8_t *p, const clauses *c, uint32_t i, tls_record *out)
{
    hoptls_span suite = word_at(c, i + 1);
    hoptls_span group = group_at(p, c, i + 2);
    hoptls_span whole = words_to(c->item[i].span, group.len > 0 ? group : suite);
    if (state_cipher(p, suite, out)) {
        out->tls.group = group;
        out->span = whole;
        settle(out, FORM_CLAUSE);
    }
}

/* OpenSMTPD before 6.0 (smtp_session.c): `TLS version=V cipher=C bits=N verify=X` */
/*@ requires clauses_readable(p, c) && i < c->count && \valid(out) && record_readable(p, out) && \separated(out, c);
    terminates \true;
    assigns out->form, out->evidence, out->tls, out->span, hoptls_work;
    ensures span_readable(p, out->tls.cipher);
    ensures span_readable(p, out->tls.group);
    ensures span_readable(p, out->span); */
static void read_clause_pairs(const uint8_t *p, const clauses *c, uint32_t i, tls_record *out)
{
    hoptls_span first = c->item[i].span;
    hoptls_span last = first;
    hoptls_span word = word_at(c, i + 1);
    uint32_t k = i + 1;
    /*@ loop invariant i < k <= c->count && record_readable(p, out);
        loop invariant part_of(last, c->value.off, c->value.off + c->value.len) && last.len > 0;
        loop invariant span_readable(p, word) && part_of(word, c->value.off, c->value.off + c->value.len);
        loop invariant word.len > 0 ==> k < c->count;
        loop assigns k, word, last, out->evidence, out->tls, hoptls_work;
        loop variant c->count - k; */
    while (word.len > 0 && state_pair(p, without_last(p, word, ';'), out)) {
        last = word;
        k++;
        word = word_at(c, k);
    }
    if (k > i + 1) {
        out->span = words_to(first, last);
        settle(out, FORM_CLAUSE_PAIRS);
    }
}

/* Microsoft SMTPSVC: `over TLS secured channel` */
/*@ requires clauses_readable(p, c) && i < c->count && \valid(out) && record_readable(p, out) && \separated(out, c);
    terminates \true;
    assigns out->form, out->evidence, out->tls, out->span, hoptls_work;
    ensures span_readable(p, out->tls.cipher);
    ensures span_readable(p, out->tls.group);
    ensures span_readable(p, out->span); */
static void read_channel(const uint8_t *p, const clauses *c, uint32_t i, tls_record *out)
{
    hoptls_span last = word_at(c, i + 3);
    hoptls_span whole = words_to(c->item[i].span, last);
    if (span_is(p, word_at(c, i + 1), TEXT("tls")) && span_is(p, word_at(c, i + 2), TEXT("secured")) &&
        span_is(p, last, TEXT("channel"))) {
        out->span = whole;
        out->tls.any_version = 1;
        settle(out, FORM_CHANNEL);
    }
}

/* What stands in brackets at item `i`, if anything does. */
/*@ requires \valid_read(c) && c->value.off + c->value.len <= UINT32_MAX;
    requires items_in(c, c->value.off, c->value.off + c->value.len);
    terminates \true;
    assigns \nothing;
    ensures part_of(\result, c->value.off, c->value.off + c->value.len);
    ensures \result.len == 0 ==> \result.off == 0; */
static hoptls_span literal_at(const clauses *c, uint32_t i)
{
    if (i >= c->count || c->item[i].kind != ITEM_LITERAL) {
        return span_of(0, 0);
    }
    return span_of(c->item[i].span.off + 1, span_end(c->item[i].span));
}

/* s/qmail (received.c): `de/crypted with V: C [u/a]` */
/*@ requires clauses_readable(p, c) && i < c->count && \valid(out) && record_readable(p, out) && \separated(out, c);
    terminates \true;
    assigns out->form, out->evidence, out->tls, out->span, hoptls_work;
    ensures span_readable(p, out->tls.cipher);
    ensures span_readable(p, out->tls.group);
    ensures span_readable(p, out->span); */
static void read_crypted(const uint8_t *p, const clauses *c, uint32_t i, tls_record *out)
{
    hoptls_span version = without_last(p, word_at(c, i + 2), ':');
    hoptls_span suite = word_at(c, i + 3);
    hoptls_span bits = literal_at(c, i + 4);
    hoptls_span whole = words_to(c->item[i].span, suite);
    if (span_is(p, word_at(c, i + 1), TEXT("with")) && state_version(p, version, out) &&
        state_cipher(p, suite, out)) {
        out->span = whole;
        state_bits(p, bits, out);
        settle(out, FORM_CRYPTED);
    }
}

/* IronPort: `ESMTP/TLS/C` */
/*@ requires span_readable(p, word) && word.off <= slash < word.off + word.len && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, out->span, hoptls_work;
    ensures span_readable(p, out->tls.cipher);
    ensures span_readable(p, out->tls.group);
    ensures span_readable(p, out->span); */
static void read_slash(const uint8_t *p, hoptls_span word, uint32_t slash, tls_record *out)
{
    hoptls_span rest = span_of(slash + 1, span_end(word));
    if (!phrase_starts(p, rest, TEXT("tls"))) {
        return;
    }
    if (rest.len == 3) {
        out->tls.any_version = 1;
    } else if (rest.len < 5 || p[rest.off + 3] != '/' ||
               !state_cipher(p, span_of(rest.off + 4, span_end(rest)), out)) {
        return;
    }
    out->span = word;
    settle(out, FORM_SLASH);
}

/* qmail with a TLS patch: `with C encrypted SMTP`; `both` is the first two words. */
/*@ requires span_readable(p, suite) && span_readable(p, next) && span_readable(p, both) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, out->span, hoptls_work;
    ensures span_readable(p, out->tls.cipher);
    ensures span_readable(p, out->tls.group);
    ensures span_readable(p, out->span); */
static void read_cipher_first(const uint8_t *p, hoptls_span suite, hoptls_span next, hoptls_span both,
                              tls_record *out)
{
    if (span_is(p, next, TEXT("encrypted")) && state_cipher(p, suite, out)) {
        out->span = both;
        settle(out, FORM_CIPHER);
    }
}

/* Whether item `i` is a protocol word that states TLS; before the first protocol word there is none. */
/*@ requires clauses_readable(p, c) && i < c->count && \valid_read(first);
    terminates \true;
    assigns hoptls_work; */
static int is_letter(const uint8_t *p, const clauses *c, uint32_t i, const protocol *first)
{
    with_word w = first->word;
    if (i < first->item || (i > first->item && !hoptls_with_word_find(p, word_at(c, i), &w))) {
        return 0;
    }
    return w.evidence == HOPTLS_EVIDENCE_KEYWORD;
}

/* The second protocol word of Mimecast (`with STARTTLS`) and IronMail (`with TLS`). */
/*@ requires span_readable(p, word) && \valid(out) && record_readable(p, out);
    terminates \true;
    assigns out->form, out->evidence, out->tls, out->span, hoptls_work;
    ensures record_readable(p, out); */
static void read_starttls(const uint8_t *p, hoptls_span word, tls_record *out)
{
    if (span_is(p, word, TEXT("starttls")) || span_is(p, word, TEXT("tls"))) {
        out->span = word;
        out->tls.any_version = 1;
        settle(out, FORM_STARTTLS);
    }
}

/*@ requires clauses_readable(p, c) && i < c->count && \valid(out) && record_readable(p, out) && \separated(out, c) && \valid_read(first) && \separated(out, first);
    terminates \true;
    assigns out->form, out->evidence, out->tls, out->span, hoptls_work;
    ensures span_readable(p, out->tls.cipher);
    ensures span_readable(p, out->tls.group);
    ensures span_readable(p, out->span); */
static void read_with(const uint8_t *p, const clauses *c, uint32_t i, const protocol *first, tls_record *out)
{
    hoptls_span word = c->item[i].span;
    hoptls_span next = word_at(c, i + 1);
    hoptls_span both = words_to(word, next);
    uint32_t slash = find_in(p, word, '/');
    uint8_t opens = c->item[i].first;
    if (is_letter(p, c, i, first)) {
        out->span = word;
        settle(out, FORM_LETTER);
        return;
    }
    if (slash < span_end(word)) {
        read_slash(p, word, slash, out);
    }
    if (out->form == FORM_NONE) {
        read_cipher_first(p, word, next, both, out);
    }
    if (out->form == FORM_NONE && opens) {
        read_starttls(p, word, out);
    }
}

/* A suite or, in OpenSMTPD's older form, pairs. */
/*@ requires clauses_readable(p, c) && i < c->count && \valid(out) && record_readable(p, out) && \separated(out, c);
    terminates \true;
    assigns *out, hoptls_work;
    ensures record_readable(p, out); */
static void read_tls_word(const uint8_t *p, const clauses *c, uint32_t i, tls_record *out)
{
    hoptls_span next = word_at(c, i + 1);
    if (find_in(p, next, '=') < span_end(next)) {
        read_clause_pairs(p, c, i, out);
    } else {
        read_clause(p, c, i, out);
    }
}

/* The forms that begin with a word of their own. */
/*@ requires clauses_readable(p, c) && i < c->count && \valid(out) && record_readable(p, out) && \separated(out, c);
    terminates \true;
    assigns *out, hoptls_work;
    ensures record_readable(p, out); */
static void read_named(const uint8_t *p, const clauses *c, uint32_t i, tls_record *out)
{
    hoptls_span word = word_at(c, i);
    uint8_t letter = first_letter(p, word);
    if (letter == 't' && span_is(p, word, TEXT("tls"))) {
        read_tls_word(p, c, i, out);
    } else if (letter == 'o' && span_is(p, word, TEXT("over"))) {
        read_channel(p, c, i, out);
    } else if (letter == 'd' && span_is(p, word, TEXT("de/crypted"))) {
        read_crypted(p, c, i, out);
    }
}

void hoptls_tls_words(const uint8_t *p, const clauses *c, uint32_t i, const protocol *first, tls_record *out)
{
    clear_record(out);
    if (c->item[i].kind != ITEM_WORD) {
        return;
    }
    read_named(p, c, i, out);
    if (out->form == FORM_NONE && c->item[i].place == PLACE_WITH) {
        clear_record(out);
        read_with(p, c, i, first, out);
    }
    if (out->form == FORM_NONE) {
        clear_record(out);
    }
}
