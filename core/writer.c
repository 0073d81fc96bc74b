/* clauses -> writer: the first row of the table whose signs all hold. Which rows are worth a try is told by an index,
 * writer_index.h; it changes no answer. */
#include "writer_index.h"
#include "writers.h"

/* ---- shapes ---- */

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures \forall integer k; at <= k < \result ==> digit(p[k]);
    ensures \result < end ==> !digit(p[\result]);
    ensures spent{Pre, Here}(\result - at); */
static uint32_t digits_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop invariant \forall integer k; at <= k < i ==> digit(p[k]);
        loop assigns i;
        loop variant end - i; */
    while (i < end && is_digit(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/*@ terminates \true;
    assigns \nothing; */
static int is_alnum(uint8_t c)
{
    return is_digit(c) || is_alpha(c);
}

/* How many letters and digits stand at `at`. */
/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures \result <= end - at;
    ensures spent{Pre, Here}(\result); */
static uint32_t alnum_run(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (i < end && is_alnum(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i - at;
}

#define NO_VERSION 0xFFFFu

/* A version `number.number...`, as in sendmail's ${v}/${Z}: 812 for 8.12. NO_VERSION if there is none. `s` begins with a
 * digit. */
/*@ requires span_readable(p, s) && s.len > 0 && digit(p[s.off]);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(s.len); */
static uint32_t version_number(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dot = digits_end(p, s.off, end);
    uint32_t after = dot < end ? digits_end(p, dot + 1, end) : dot;
    uint32_t minor;
    if (dot - s.off > 2 || dot == end || p[dot] != '.' || after - dot > 3 || after == dot + 1) {
        return NO_VERSION;
    }
    minor = p[dot + 1] - (uint32_t)'0';
    if (after - dot == 3) {
        minor = minor * 10 + (p[dot + 2] - (uint32_t)'0');
    }
    return (p[dot - 1] - (uint32_t)'0') * 100 + minor;
}

/* Whether sendmail of a version from `from` to `to` wrote this; a slash stands somewhere behind the version. */
/*@ requires span_readable(p, s) && s.len > 0;
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(2 * s.len + 1); */
static int is_sendmail_of(const uint8_t *p, hoptls_span s, uint32_t from, uint32_t to)
{
    uint32_t version = is_digit(p[s.off]) ? version_number(p, s) : NO_VERSION;
    return version >= from && version <= to && hoptls_find_byte(p, s.off, span_end(s), '/') < span_end(s);
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(14); */
static int is_sendmail_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 14 && is_digit(p[s.off + 13]) && alnum_run(p, s.off, s.off + 8) == 8 &&
           digits_end(p, s.off + 8, span_end(s)) == span_end(s);
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(28); */
static int is_fortimail_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 29 && p[s.off + 14] == '-' && is_sendmail_id(p, span_of(s.off, s.off + 14)) &&
           is_sendmail_id(p, span_of(s.off + 15, span_end(s)));
}

/* A version of 15 or more behind ` v`. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(2 * s.len); */
static int is_mdaemon_15(const uint8_t *p, hoptls_span s)
{
    uint32_t v = find_last(p, s, 'v');
    uint32_t at = v < span_end(s) ? v + 1 : v;
    uint32_t end = digits_end(p, at, span_end(s));
    return end - at > 2 || (end - at == 2 && (p[at] > '1' || p[at + 1] >= '5'));
}

/* How many of the letters and digits in `s` are in lower case. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result <= s.len;
    ensures spent{Pre, Here}(s.len); */
static uint32_t lower_case(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    uint32_t n = 0;
    /*@ loop invariant s.off <= i <= s.off + s.len && n <= i - s.off;
        loop assigns i, n;
        loop variant s.off + s.len - i; */
    while (i < span_end(s)) {
        n += p[i] >= 'a' ? 1u : 0u;
        i++;
    }
    HOPTLS_WORK(s.len);
    return n;
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(48); */
static int is_barracuda_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 16 && alnum_run(p, s.off, span_end(s)) == 16 && lower_case(p, s) > 1 &&
           lower_case(p, s) < 15;
}

/* The ids of sendmail 8.10 and 8.11; they use both cases, those of Postfix one. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(24); */
static int is_sendmail_10_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 12 && alnum_run(p, s.off, s.off + 7) == 7 &&
           digits_end(p, s.off + 7, span_end(s)) == span_end(s) && lower_case(p, s) > 0;
}

/* Cloudmark: 22 letters and digits, of which the first two, of the time, come again behind the thirteenth. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(22); */
static int is_cloudmark_id(const uint8_t *p, hoptls_span s)
{
    uint32_t at = s.off;
    return s.len == 22 && p[at] == p[at + 13] && alnum_run(p, at, span_end(s)) == 22 &&
           p[at + 1] == p[at + 14];
}

/*@ terminates \true;
    assigns \nothing; */
static int is_upper_hex(uint8_t c)
{
    return is_digit(c) || (c >= 'A' && c <= 'F');
}

/* Postfix global/mail_queue.h: microseconds and inode in upper-case hexadecimal. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(20); */
static int is_postfix_short_id(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    if (s.len < 6 || s.len > 20) {
        return 0;
    }
    /*@ loop invariant s.off <= i <= s.off + s.len;
        loop assigns i;
        loop variant s.off + s.len - i; */
    while (i < span_end(s) && is_upper_hex(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - s.off);
    return i == span_end(s);
}

/*@ terminates \true;
    assigns \nothing; */
static int is_base_52(uint8_t c)
{
    uint8_t l = lower(c);
    return is_digit(c) || (is_alpha(c) && l != 'a' && l != 'e' && l != 'i' && l != 'o' && l != 'u');
}

/* The same file: six digits of time and four of microseconds to base 52, `z`, the inode to base 51. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(20); */
static int is_postfix_long_id(const uint8_t *p, hoptls_span s)
{
    uint32_t i = s.off;
    if (s.len < 12 || s.len > 20 || p[s.off + 10] != 'z') {
        return 0;
    }
    /*@ loop invariant s.off <= i <= s.off + s.len;
        loop assigns i;
        loop variant s.off + s.len - i; */
    while (i < span_end(s) && is_base_52(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - s.off);
    return i == span_end(s);
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(3 * s.len); */
static int is_exim_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t middle;
    uint32_t last;
    if (s.len < 16 || p[s.off + 6] != '-') {
        return 0;
    }
    middle = alnum_run(p, s.off + 7, end);
    last = s.off + 7 + middle;
    return (middle == 6 || middle == 11) && alnum_run(p, s.off, end) == 6 && last < end && p[last] == '-' &&
           end - last - 1 == alnum_run(p, last + 1, end) && end - last >= 3 && end - last <= 5;
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(2 * s.len); */
static int is_pps_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dash;
    if (s.len < 11 || (p[s.off + 9] != '-' && p[s.off + 10] != '-')) {
        return 0;
    }
    dash = p[s.off + 9] == '-' ? s.off + 9 : s.off + 10;
    return alnum_run(p, s.off, end) == dash - s.off && end - dash >= 2 && end - dash <= 4 &&
           digits_end(p, dash + 1, end) == end;
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t hex_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (i < end && is_hex(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* McAfee Email Gateway: groups of hexadecimal digits between low lines, 46 bytes in all. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(46); */
static int is_mcafee_id(const uint8_t *p, hoptls_span s)
{
    return s.len == 46 && hex_end(p, s.off, span_end(s)) == s.off + 4 && p[s.off + 4] == '_' &&
           p[s.off + 9] == '_' && p[s.off + 18] == '_' && hex_end(p, s.off + 34, span_end(s)) == span_end(s);
}

/* Two numbers of seven digits or more, a hyphen between. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len); */
static int is_surgemail_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dash = digits_end(p, s.off, end);
    return dash - s.off >= 6 && dash < end && p[dash] == '-' && end - dash >= 6 &&
           digits_end(p, dash + 1, end) == end;
}

/* simta: eight hexadecimal digits, some more, a number, with dots between. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len); */
static int is_simta_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t second;
    if (s.len <= 8 || p[s.off + 8] != '.' || hex_end(p, s.off, end) != s.off + 8) {
        return 0;
    }
    second = hex_end(p, s.off + 9, end);
    return second < end && p[second] == '.' && second > s.off + 9 && end > second + 1 && end - second < 8 &&
           digits_end(p, second + 1, end) == end;
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t letters_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (i < end && p[i] >= 'a' && p[i] <= 'z') {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* Google's sessions: letters and digits in turn, five times, the fourth of five digits or more. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len); */
static int is_google_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t a = letters_end(p, s.off, end);
    uint32_t b = digits_end(p, a, end);
    uint32_t c = letters_end(p, b, end);
    uint32_t d = digits_end(p, c, end);
    uint32_t e = letters_end(p, d, end);
    return a > s.off && b > a && c - b >= 2 && c - b <= 3 && d - c >= 5 && e - d >= 2 && e - d <= 3 &&
           (e == end || p[e] == '.');
}

/* Digits, a dot, and no slash behind them. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len + 1); */
static int is_bare_version(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dot = digits_end(p, s.off, end);
    return dot > s.off && dot < end && p[dot] == '.' && hoptls_find_byte(p, dot, end, '/') == end;
}

/* A word that servers of SMTP and LMTP have of their own accord. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(100); */
static int is_smtp_word(const uint8_t *p, hoptls_span s)
{
    with_word w;
    return hoptls_with_word_find(p, s, &w) && (w.local || w.role != HOPTLS_ROLE_INJECTION);
}

/* Three groups of 16, 16 and 8 hexadecimal digits, older ones of 8, 8 and 8. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len); */
static int is_courier_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t first = hex_end(p, s.off, end);
    uint32_t second = first < end ? hex_end(p, first + 1, end) : end;
    return second < end && first - s.off >= 8 && p[first] == '.' && second - first >= 9 && p[second] == '.' &&
           hex_end(p, second + 1, end) == end && end - second == 9;
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t base64_end(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (i < end && (is_alnum(p[i]) || p[i] == '+' || p[i] == '/')) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* Dovecot lib/guid.c: 16 bytes to base 64; the uppermost bits of the process number are never set. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len); */
static int is_dovecot_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = s.len >= 22 && p[s.off + 15] == 'A' ? base64_end(p, s.off, span_end(s)) : s.off;
    return end - s.off == 22 && (end == span_end(s) || p[end] == ':');
}

/* Symantec Messaging Gateway: XX.XX.NNNNN.XXXXXXXX */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(42); */
static int is_smg_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    return s.len >= 19 && s.len <= 21 && p[s.off + 2] == '.' && hex_end(p, s.off, end) == s.off + 2 &&
           hex_end(p, s.off + 3, end) == s.off + 5 && p[s.off + 5] == '.' &&
           hex_end(p, end - 8, end) == end && p[end - 9] == '.' &&
           digits_end(p, s.off + 6, end - 9) == end - 9;
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len); */
static int is_domino_id(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t dash = s.len > 17 && p[s.off + 16] == '-' ? digits_end(p, s.off, end) : s.off;
    return dash - s.off == 16 && digits_end(p, dash + 1, end) == end;
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(4 * s.len); */
static int is_slash_word(const uint8_t *p, hoptls_span s)
{
    return phrase_starts(p, s, TEXT("esmtp/tls")) || phrase_starts(p, s, TEXT("smtp/tls")) ||
           phrase_starts(p, s, TEXT("esmtps/tls")) || phrase_starts(p, s, TEXT("esmtpsa/tls"));
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns \nothing;
    ensures \result == 0 || \result == 1; */
static int is_brackets(const uint8_t *p, hoptls_span s)
{
    return s.len > 2 && p[s.off] == '[' && p[span_end(s) - 1] == ']';
}

/*@ requires at <= end && readable(p, at, end);
    terminates \true;
    assigns hoptls_work;
    ensures at <= \result <= end;
    ensures spent{Pre, Here}(\result - at); */
static uint32_t blank_stop(const uint8_t *p, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    /*@ loop invariant at <= i <= end;
        loop assigns i;
        loop variant end - i; */
    while (i < end && !is_space(p[i])) {
        i++;
    }
    HOPTLS_WORK(i - at);
    return i;
}

/* `name [address]` */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len); */
static int is_peer(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t name = blank_stop(p, s.off, end);
    uint32_t open = skip_space(p, name, end);
    return name > s.off && open < end && p[open] == '[' && blank_stop(p, open, end) == end &&
           p[end - 1] == ']';
}

/* A date without the day of the week. */
/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(s.len); */
static int is_day_first(const uint8_t *p, hoptls_span s)
{
    uint32_t end = span_end(s);
    uint32_t space = digits_end(p, s.off, end);
    uint32_t month = skip_space(p, space, end);
    return space > s.off && space - s.off <= 2 && month > space && month < end && is_alpha(p[month]);
}

/*@ requires span_readable(p, s);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1; */
static int is_private(const uint8_t *p, hoptls_span s)
{
    hoptls_addr a;
    return hoptls_addr_read(p, s, &a) && a.network != HOPTLS_NET_PUBLIC;
}

/*@ requires span_readable(p, s) && s.len > 0;
    terminates \true;
    assigns hoptls_work; */
static int has_shape(const uint8_t *p, hoptls_span s, uint8_t shape)
{
    switch (shape) {
    case 'n': return is_sendmail_of(p, s, 812, 899);
    case 'm': return is_sendmail_of(p, s, 811, 811);
    case '8': return is_sendmail_of(p, s, 800, 810);
    case 'o': return is_sendmail_of(p, s, 0, 799);
    case 'a': return is_sendmail_of(p, s, 800, 899);
    case 'v': return is_mdaemon_15(p, s);
    case 'h': return s.len == 8 && hex_end(p, s.off, span_end(s)) == span_end(s);
    case '6': return s.len == 64 && hex_end(p, s.off, span_end(s)) == span_end(s);
    case '7': return is_google_id(p, s);
    case '.': return is_bare_version(p, s);
    case '+': return is_smtp_word(p, s);
    case 'i': return is_sendmail_10_id(p, s);
    case 'j': return is_simta_id(p, s);
    case 'w': return is_cloudmark_id(p, s);
    case 'x': return is_mcafee_id(p, s);
    case 'z': return is_surgemail_id(p, s);
    case 'u': return is_barracuda_id(p, s);
    case 'f': return is_fortimail_id(p, s);
    case 's': return is_sendmail_id(p, s);
    case 'p': return is_postfix_short_id(p, s) || is_postfix_long_id(p, s);
    case 'e': return is_exim_id(p, s);
    case 'q': return is_pps_id(p, s);
    case 'c': return is_courier_id(p, s);
    case 'd': return is_dovecot_id(p, s);
    case 'g': return is_smg_id(p, s);
    case 'l': return is_domino_id(p, s);
    case '/': return is_slash_word(p, s);
    case 'r': return is_peer(p, s);
    case 'k': return is_brackets(p, s);
    case 'y': return is_day_first(p, s);
    case 't': return is_private(p, s);
    default: return 0;
    }
}

_Static_assert(INDEX_ROWS == WRITERS && INDEX_PLACES == SIGN_PLACES, "run tools/writer-index");

/* ---- texts ---- */

#define NOTES 8u  /* of one place */
#define TEXTS 64u /* more than there can be: eight notes of six places, and eight clauses */

/* A text in which signs are looked for. */
typedef struct sign_text {
    hoptls_span text;
    hoptls_span whole; /* with the parentheses, where there are any */
    uint32_t where;
} sign_text;

/* What is known of a field before rows are tried. */
typedef struct sign_texts {
    hoptls_span value; /* of which they are parts */
    int64_t year;
    uint32_t present; /* one bit for each place that has a text */
    uint32_t count;
    uint8_t notes[SIGN_PLACES]; /* how many of each place */
    sign_text text[TEXTS];
} sign_texts;

/* What contracts say of them: parts of the value, never empty, and of notes never more than were counted. */
/*@ predicate text_in(sign_text t, hoptls_span value) =
        t.text.len > 0 && value.off <= t.text.off && t.text.off + t.text.len <= value.off + value.len &&
        part_of(t.whole, value.off, value.off + value.len) && t.where < SIGN_PLACES;
    predicate texts_in{L}(sign_texts *t) =
        t->count <= TEXTS && (\forall integer k; 0 <= k < t->count ==> text_in(t->text[k], t->value));
    predicate texts_readable{L}(uint8_t *p, sign_texts *t) =
        \valid_read{L}(t) && texts_in{L}(t) && span_readable{L}(p, t->value);
    predicate note_place(integer where) =
        where == SIGN_BY_NOTE || where == SIGN_BY_ENVELOPE || where == SIGN_NOTE || where == SIGN_HELO_NOTE ||
        where == SIGN_FROM_NOTE || where == SIGN_START;
    predicate notes_counted{L}(sign_texts *t) =
        t->notes[SIGN_BY_NOTE] <= NOTES && t->notes[SIGN_BY_ENVELOPE] <= NOTES && t->notes[SIGN_NOTE] <= NOTES &&
        t->notes[SIGN_HELO_NOTE] <= NOTES && t->notes[SIGN_FROM_NOTE] <= NOTES && t->notes[SIGN_START] <= NOTES &&
        t->count <= t->notes[SIGN_BY_NOTE] + t->notes[SIGN_BY_ENVELOPE] + t->notes[SIGN_NOTE] +
                    t->notes[SIGN_HELO_NOTE] + t->notes[SIGN_FROM_NOTE] + t->notes[SIGN_START];
*/

/* The bit of a place among those that have a text. It is below the 32nd; `% 0x100000000` says so to the proof. */
/*@ requires where < SIGN_PLACES;
    terminates \true;
    assigns \nothing; */
static uint32_t place_bit(uint32_t where)
{
    return (uint32_t)(bit_at(where) % 0x100000000u);
}

/*@ requires \valid(out);
    terminates \true;
    assigns *out;
    ensures out->text == text;
    ensures out->whole == whole;
    ensures out->where == where; */
static void set_text(uint32_t where, hoptls_span text, hoptls_span whole, sign_text *out)
{
    out->text = text;
    out->whole = whole;
    out->where = where;
}

/*@ requires \valid(out) && texts_in(out) && out->count < TEXTS && where < SIGN_PLACES;
    requires part_of(text, out->value.off, out->value.off + out->value.len);
    requires part_of(whole, out->value.off, out->value.off + out->value.len);
    terminates \true;
    assigns *out;
    ensures texts_in(out);
    ensures out->count <= \old(out->count) + 1;
    ensures out->value == \old(out->value);
    ensures \forall integer k; 0 <= k < SIGN_PLACES ==> out->notes[k] == \old(out->notes[k]); */
static void add_text(uint32_t where, hoptls_span text, hoptls_span whole, sign_texts *out)
{
    if (text.len == 0) {
        return;
    }
    out->present |= place_bit(where);
    set_text(where, text, whole, &out->text[out->count]);
    //@ assert text_in(out->text[out->count], out->value);
    //@ assert \forall integer k; 0 <= k < out->count ==> text_in(out->text[k], out->value);
    out->count++;
}

/*@ requires span_readable(p, inside);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(3 * inside.len); */
static int tells_helo(const uint8_t *p, hoptls_span inside)
{
    uint8_t c = inside.len > 4 ? lower(p[inside.off]) : 0;
    return (c == 'h' || c == 'e' || c == 'l') &&
           (phrase_starts(p, inside, TEXT("helo ")) || phrase_starts(p, inside, TEXT("ehlo ")) ||
            phrase_starts(p, inside, TEXT("lhlo ")));
}

/* What the client may have written, in front of its address, is a sign of nothing but the note (HELO name). */
/*@ terminates \true;
    assigns \nothing;
    ensures \result == SIGN_NONE || note_place(\result); */
static uint32_t sign_place(uint8_t place, int clients, int envelope)
{
    switch (place) {
    case PLACE_START: return SIGN_START;
    case PLACE_FROM: return clients ? SIGN_HELO_NOTE : SIGN_FROM_NOTE;
    case PLACE_BY: return envelope ? SIGN_BY_ENVELOPE : SIGN_BY_NOTE;
    case PLACE_TAIL: return SIGN_NONE;
    default: return SIGN_NOTE;
    }
}

/* Of what kind of sign a note is: `first` is 1 for those in front of the one that tells the client's address. */
/*@ requires span_readable(p, inside);
    terminates \true;
    assigns hoptls_work;
    ensures \result == SIGN_NONE || note_place(\result);
    ensures spent{Pre, Here}(4 * inside.len); */
static uint32_t place_of_note(const uint8_t *p, hoptls_span inside, uint8_t place, int first)
{
    int clients = place == PLACE_FROM && (first || tells_helo(p, inside));
    int envelope = place == PLACE_BY && phrase_starts(p, inside, TEXT("envelope-"));
    return sign_place(place, clients, envelope);
}

/* Add a note, unless there are as many of its place as count. */
/*@ requires \valid(out) && texts_in(out) && notes_counted(out) && note_place(where);
    requires part_of(text, out->value.off, out->value.off + out->value.len);
    requires part_of(whole, out->value.off, out->value.off + out->value.len);
    terminates \true;
    assigns *out;
    ensures texts_in(out);
    ensures notes_counted(out);
    ensures out->value == \old(out->value); */
static void add_note(uint32_t where, hoptls_span text, hoptls_span whole, sign_texts *out)
{
    if (out->notes[where] < NOTES) {
        out->notes[where]++;
        add_text(where, text, whole, out);
    }
}

/*@ requires \valid_read(item) && item_in(*item, out->value.off, out->value.off + out->value.len);
    requires \valid(out) && span_readable(p, out->value) && \separated(out, item);
    requires texts_in(out) && notes_counted(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures texts_in(out);
    ensures notes_counted(out);
    ensures out->value == \old(out->value); */
static void add_comment(const uint8_t *p, const clause_item *item, int first, sign_texts *out)
{
    uint32_t where = place_of_note(p, item->inside, item->place, first);
    if (where != SIGN_NONE) {
        add_note(where, item->inside, item->span, out);
    }
}

/* Add the comments among `notes` that stand behind `by`, or those that do not. */
/*@ requires \valid_read(c) && \valid_read(who);
    requires items_in(c, out->value.off, out->value.off + out->value.len);
    requires \valid(out) && span_readable(p, out->value);
    requires \separated(out, c) && \separated(out, who);
    requires texts_in(out) && notes_counted(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures texts_in(out);
    ensures notes_counted(out);
    ensures out->value == \old(out->value); */
static void add_notes(const uint8_t *p, const clauses *c, const peer *who, int behind_by, sign_texts *out)
{
    uint64_t left = c->notes;
    /*@ loop invariant texts_in(out);
        loop invariant notes_counted(out);
        loop invariant out->value == \at(out->value, Pre);
        loop assigns left, *out, hoptls_work;
        loop variant left; */
    while (left != 0) {
        uint32_t i = lowest_bit(left);
        if (i < c->count && c->item[i].kind == ITEM_COMMENT && (c->item[i].place == PLACE_BY) == behind_by) {
            add_comment(p, &c->item[i], i < who->note, out);
        }
        left = bits_rest(left);
        HOPTLS_WORK(1);
    }
}

/* The item that is the first outside comments from `i` on, or with which the clause ends. */
/*@ requires \valid_read(c) && c->count <= CLAUSE_ITEMS && i <= c->count;
    terminates \true;
    assigns hoptls_work;
    ensures i <= \result <= c->count;
    ensures spent{Pre, Here}(\result - i); */
static uint32_t word_from(const clauses *c, uint32_t i)
{
    uint32_t k = i;
    /*@ loop invariant i <= k <= c->count;
        loop assigns k;
        loop variant c->count - k; */
    while (k < c->count && c->item[k].place == PLACE_FROM && c->item[k].kind != ITEM_WORD) {
        k++;
    }
    HOPTLS_WORK(k - i);
    return k;
}

/* The first word outside comments behind the client's address, empty if there is none. */
/*@ requires \valid_read(c) && items_in(c, c->value.off, c->value.off + c->value.len) && \valid_read(who);
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, c->value.off, c->value.off + c->value.len);
    ensures spent{Pre, Here}(CLAUSE_ITEMS); */
static hoptls_span peer_word(const clauses *c, const peer *who)
{
    uint32_t i;
    if (who->note == 0 || who->note >= c->count) {
        return span_of(0, 0);
    }
    i = word_from(c, who->note);
    if (i == c->count || c->item[i].place != PLACE_FROM) {
        return span_of(0, 0);
    }
    return c->item[i].span;
}

/* What the server wrote behind its keywords. */
/*@ requires \valid_read(c) && spans_in(c, out->value.off, out->value.off + out->value.len);
    requires \valid(out) && texts_in(out) && out->count <= TEXTS - 4 && \separated(out, c);
    terminates \true;
    assigns *out;
    ensures texts_in(out);
    ensures out->count <= \old(out->count) + 4;
    ensures out->value == \old(out->value); */
static void add_clauses(const clauses *c, sign_texts *out)
{
    add_text(SIGN_BY, c->by, c->by, out);
    add_text(SIGN_WITH, c->with, c->with, out);
    add_text(SIGN_VIA, c->via, c->via, out);
    add_text(SIGN_ID, c->id, c->id, out);
}

/* What the client said of itself, and what stands around the clauses. */
/*@ requires \valid_read(c) && spans_in(c, out->value.off, out->value.off + out->value.len);
    requires \valid(out) && texts_in(out) && out->count <= TEXTS - 3 && \separated(out, c);
    requires span_readable(p, out->value);
    terminates \true;
    assigns *out, hoptls_work;
    ensures texts_in(out);
    ensures out->count <= \old(out->count) + 3;
    ensures out->value == \old(out->value); */
static void add_rest(const uint8_t *p, const clauses *c, sign_texts *out)
{
    hoptls_span all = span_trim(p, out->value);
    add_text(SIGN_HELO, c->helo, c->helo, out);
    add_text(SIGN_TAIL, c->date_text, c->date_text, out);
    add_text(SIGN_VALUE, all, span_of(0, 0), out);
}

/* The year of a date, near enough: a writer's habits change with a release, not with a day. */
/*@ terminates \true;
    assigns \nothing; */
static int64_t year_of(int64_t date)
{
    return date > 0 ? 1970 + date / 31556952 : 0;
}

/* No text yet. */
/*@ requires \valid(out);
    terminates \true;
    assigns *out;
    ensures texts_in(out);
    ensures notes_counted(out);
    ensures out->value == value; */
static void begin_texts(hoptls_span value, int64_t date, sign_texts *out)
{
    uint32_t i = 0;
    out->value = value;
    out->year = year_of(date);
    out->present = 0;
    out->count = 0;
    /*@ loop invariant i <= SIGN_PLACES;
        loop invariant \forall integer k; 0 <= k < i ==> out->notes[k] == 0;
        loop assigns i, out->notes[0 .. SIGN_PLACES - 1];
        loop variant SIGN_PLACES - i; */
    while (i < SIGN_PLACES) {
        out->notes[i] = 0;
        i++;
    }
}

/* The notes behind `by` first, which tell most writers, and those of the first rows. */
/*@ requires \valid_read(c) && \valid_read(who);
    requires items_in(c, out->value.off, out->value.off + out->value.len);
    requires \valid(out) && span_readable(p, out->value);
    requires \separated(out, c) && \separated(out, who);
    requires texts_in(out) && notes_counted(out);
    terminates \true;
    assigns *out, hoptls_work;
    ensures texts_in(out);
    ensures notes_counted(out);
    ensures out->value == \old(out->value); */
static void add_all_notes(const uint8_t *p, const clauses *c, const peer *who, sign_texts *out)
{
    add_notes(p, c, who, 1, out);
    add_notes(p, c, who, 0, out);
}

/* Collect the texts, in the order in which keys are tried on them. */
/*@ requires clauses_within(p, c) && \valid_read(who);
    requires \valid(out) && \separated(out, c) && \separated(out, who);
    requires texts_in(out) && notes_counted(out) && out->value == c->value;
    terminates \true;
    assigns *out, hoptls_work;
    ensures texts_in(out);
    ensures out->value == \old(out->value); */
static void collect_texts(const uint8_t *p, const clauses *c, const peer *who, sign_texts *out)
{
    hoptls_span word = peer_word(c, who);
    add_all_notes(p, c, who, out);
    add_clauses(c, out);
    add_rest(p, c, out);
    add_text(SIGN_FROM_WORD, word, word, out);
}

/* ---- signs ---- */

/* Numbers of the tables are cut to what they count although they never go beyond: so no claim about what a table holds is
 * needed to see that every read stays inside. */
/*@ terminates \true;
    assigns \nothing;
    ensures \result <= n && \result <= limit; */
static inline uint32_t at_most(uint32_t n, uint32_t limit)
{
    return n < limit ? n : limit;
}

/* Whether the phrase stands anywhere in `s`: only for texts that the server alone wrote. */
/*@ requires span_readable(p, s) && readable(text, 0, n);
    terminates \true;
    assigns hoptls_work; */
static int has_phrase(const uint8_t *p, hoptls_span s, const uint8_t *text, uint32_t n)
{
    return n > 0 && phrase_find(p, s, text, n) < span_end(s);
}

/*@ requires span_readable(p, s) && s.len > 0 && \valid_read(sign);
    terminates \true;
    assigns hoptls_work; */
static int text_fits(const uint8_t *p, hoptls_span s, const writer_sign *sign)
{
    uint32_t n = at_most(sign->len, SIGN_LENGTH);
    switch (sign->how) {
    case IS: return phrase_is(p, s, sign->text, n);
    case STARTS: return phrase_starts(p, s, sign->text, n);
    case ENDS: return span_ends(p, s, sign->text, n);
    case HAS: return has_phrase(p, s, sign->text, n);
    default: break;
    }
    return has_shape(p, s, sign->text[0]);
}

/* The number of the text that fits, or how many texts there are. */
/*@ requires texts_readable(p, t) && \valid_read(sign);
    terminates \true;
    assigns hoptls_work;
    ensures \result <= t->count; */
static uint32_t fitting_text(const uint8_t *p, const sign_texts *t, const writer_sign *sign)
{
    uint32_t i = 0;
    /*@ loop invariant i <= t->count;
        loop assigns i, hoptls_work;
        loop variant t->count - i; */
    while (i < t->count && (t->text[i].where != sign->where || !text_fits(p, t->text[i].text, sign))) {
        i++;
    }
    HOPTLS_WORK(i);
    return i;
}

/*@ requires texts_readable(p, t) && \valid_read(sign);
    terminates \true;
    assigns hoptls_work; */
static int sign_holds(const uint8_t *p, const sign_texts *t, const writer_sign *sign)
{
    if (sign->how == ABSENT || sign->how == PRESENT) {
        return (t->present >> sign->where % 32u & 1) == (sign->how == PRESENT);
    }
    return fitting_text(p, t, sign) < t->count;
}

/* ---- rows: the first of those that the index leaves ---- */

/* The first row that was found to fit, INDEX_ROWS until there is one, and the text that bears its key. */
typedef struct row_found {
    uint32_t row;
    hoptls_span bearer;
} row_found;

/*@ predicate found_in{L}(row_found *f, hoptls_span value) =
        f->row <= INDEX_ROWS && part_of(f->bearer, value.off, value.off + value.len);
*/

/*@ requires \valid_read(row);
    terminates \true;
    assigns \nothing; */
static int dated(const writer_row *row, int64_t year)
{
    return year >= row->since && (row->until == 0 || year < row->until);
}

/* Whether there are texts where rows need them and none where they may find none. */
/*@ requires \valid_read(t);
    terminates \true;
    assigns \nothing; */
static int passes(const sign_texts *t, uint32_t need, uint32_t lack)
{
    return (t->present & need) == need && (t->present & lack) == 0;
}

/* Whether the signs of a row beside its key hold. */
/*@ requires texts_readable(p, t) && \valid_read(row);
    terminates \true;
    assigns hoptls_work; */
static int rest_holds(const uint8_t *p, const sign_texts *t, const writer_row *row, uint32_t key)
{
    uint32_t i = 0;
    /*@ loop invariant i <= WRITER_SIGNS;
        loop assigns i, hoptls_work;
        loop variant WRITER_SIGNS - i; */
    while (i < WRITER_SIGNS && row->sign[i].where != SIGN_NONE &&
           (i == key || sign_holds(p, t, &row->sign[i]))) {
        i++;
    }
    HOPTLS_WORK(i);
    return i == WRITER_SIGNS || row->sign[i].where == SIGN_NONE;
}

/*@ requires texts_readable(p, t) && row < INDEX_ROWS;
    terminates \true;
    assigns hoptls_work; */
static int row_fits(const uint8_t *p, const sign_texts *t, uint32_t row)
{
    return passes(t, writer_gates[row].need, writer_gates[row].lack) && dated(&writers[row], t->year) &&
           rest_holds(p, t, &writers[row], writer_gates[row].key);
}

/* The first row of a key that fits and stands before `limit`, or `limit`. They stand in the order of the table. */
/*@ requires texts_readable(p, t) && \valid_read(key) && limit <= INDEX_ROWS;
    terminates \true;
    assigns hoptls_work;
    ensures \result <= limit; */
static uint32_t fitting_row(const uint8_t *p, const sign_texts *t, const writer_key *key, uint32_t limit)
{
    uint32_t i = key->first;
    uint32_t end = at_most((uint32_t)key->first + key->count, INDEX_KEY_ROWS);
    /*@ loop invariant key->first <= i;
        loop assigns i, hoptls_work;
        loop variant end - i; */
    while (i < end && writer_key_rows[i] < limit && !row_fits(p, t, writer_key_rows[i])) {
        i++;
    }
    HOPTLS_WORK(i - key->first);
    return i < end ? at_most(writer_key_rows[i], limit) : limit;
}

/* Try the rows of a key that a text bears. */
/*@ requires texts_readable(p, t) && \valid_read(key) && part_of(whole, t->value.off, t->value.off + t->value.len);
    requires \valid(found) && found_in(found, t->value) && \separated(found, t) && \separated(found, key);
    terminates \true;
    assigns *found, hoptls_work;
    ensures found_in(found, t->value); */
static void try_rows(const uint8_t *p, const sign_texts *t, const writer_key *key, hoptls_span whole,
                     row_found *found)
{
    uint32_t row = fitting_row(p, t, key, found->row);
    if (row < found->row) {
        found->row = row;
        found->bearer = whole;
    }
}

/* Whether the text may bear the key, and whether it is worth to know, at a glance. */
/*@ requires \valid_read(t) && \valid_read(key);
    terminates \true;
    assigns \nothing; */
static int may_bear(const sign_texts *t, hoptls_span text, const writer_key *key)
{
    return text.len >= key->least && (text.len <= key->most || key->most == ANY_SIZE) &&
           passes(t, key->need, key->lack);
}

/* The key itself; where no blank is in it, folds need no thought. */
/*@ requires span_readable(p, text) && text.len > 0 && \valid_read(key) && key->row < INDEX_ROWS;
    terminates \true;
    assigns hoptls_work; */
static int bears(const uint8_t *p, hoptls_span text, const writer_key *key)
{
    const writer_sign *sign = &writers[key->row].sign[key->sign % WRITER_SIGNS];
    return key->plain ? span_starts(p, text, sign->text, at_most(sign->len, SIGN_LENGTH))
                      : text_fits(p, text, sign);
}

/* Try a key on a text. */
/*@ requires texts_readable(p, t);
    requires \valid_read(text) && text_in(*text, t->value);
    requires \valid_read(key) && key->row < INDEX_ROWS;
    requires \valid(found) && found_in(found, t->value) && \separated(found, t) && \separated(found, key);
    terminates \true;
    assigns *found, hoptls_work;
    ensures found_in(found, t->value); */
static inline void try_key(const uint8_t *p, const sign_texts *t, const sign_text *text,
                           const writer_key *key, row_found *found)
{
    if (may_bear(t, text->text, key) && bears(p, text->text, key)) {
        try_rows(p, t, key, text->whole, found);
    }
}

/* Try those keys that the text bears, from `at` up to `end`. They stand in the order of their first rows: behind the row
 * that was found none needs a try. */
/*@ requires texts_readable(p, t);
    requires \valid_read(text) && text_in(*text, t->value) && at <= end <= INDEX_KEYS;
    requires \valid(found) && found_in(found, t->value) && \separated(found, t) && \separated(found, text);
    terminates \true;
    assigns *found, hoptls_work;
    ensures found_in(found, t->value); */
static void try_keys(const uint8_t *p, const sign_texts *t, const sign_text *text, uint32_t at, uint32_t end,
                     row_found *found)
{
    uint32_t k = at;
    /*@ loop invariant at <= k <= end;
        loop invariant found_in(found, t->value);
        loop assigns k, *found, hoptls_work;
        loop variant end - k; */
    while (k < end && writer_keys[k].row < found->row) {
        try_key(p, t, text, &writer_keys[k], found);
        k++;
    }
    HOPTLS_WORK(k - at);
}

/* The class by which keys are found: of two bytes, whatever their case. tools/writer-index makes the same. The sum is
 * over bytes, so that `% 256` changes nothing; it says so to the proof. */
/*@ terminates \true;
    assigns \nothing;
    ensures \result < INDEX_CLASSES; */
static uint32_t class_of(uint8_t one, uint8_t other)
{
    uint32_t a = (one | 0x20u) % 256;
    uint32_t b = (other | 0x20u) % 256;
    return (a + 5u * b) % INDEX_CLASSES;
}

/*@ requires span_readable(p, t->text) && \valid_read(t) && t->where < INDEX_PLACES;
    terminates \true;
    assigns \nothing;
    ensures \valid_read(\result + (0 .. 1)); */
static inline const uint16_t *range_by_begin(const uint8_t *p, const sign_text *t)
{
    uint32_t at = t->text.off;
    return &keys_by_begin[t->where][t->text.len >= 3 ? class_of(p[at], p[at + 2]) : 0];
}

/*@ requires span_readable(p, t->text) && \valid_read(t) && t->where < INDEX_PLACES;
    terminates \true;
    assigns \nothing;
    ensures \valid_read(\result + (0 .. 1)); */
static inline const uint16_t *range_by_end(const uint8_t *p, const sign_text *t)
{
    uint32_t end = span_end(t->text);
    return &keys_by_end[t->where][t->text.len >= 5 ? class_of(p[end - 1], p[end - 5]) : 0];
}

/* Try the keys from the first number of `range` up to the second. */
/*@ requires texts_readable(p, t);
    requires \valid_read(text) && text_in(*text, t->value) && \valid_read(range + (0 .. 1));
    requires \valid(found) && found_in(found, t->value) && \separated(found, t) && \separated(found, text);
    terminates \true;
    assigns *found, hoptls_work;
    ensures found_in(found, t->value); */
static inline void try_range(const uint8_t *p, const sign_texts *t, const sign_text *text,
                             const uint16_t *range, row_found *found)
{
    uint32_t at = range[0];
    uint32_t end = at_most(range[1], INDEX_KEYS);
    if (at < end) {
        try_keys(p, t, text, at, end, found);
    }
}

/*@ requires texts_readable(p, t);
    requires \valid_read(text) && text_in(*text, t->value);
    requires \valid(found) && found_in(found, t->value) && \separated(found, t) && \separated(found, text);
    terminates \true;
    assigns *found, hoptls_work;
    ensures found_in(found, t->value); */
static inline void try_begin(const uint8_t *p, const sign_texts *t, const sign_text *text, row_found *found)
{
    try_range(p, t, text, range_by_begin(p, text), found);
}

/*@ requires texts_readable(p, t);
    requires \valid_read(text) && text_in(*text, t->value);
    requires \valid(found) && found_in(found, t->value) && \separated(found, t) && \separated(found, text);
    terminates \true;
    assigns *found, hoptls_work;
    ensures found_in(found, t->value); */
static inline void try_end(const uint8_t *p, const sign_texts *t, const sign_text *text, row_found *found)
{
    try_range(p, t, text, range_by_end(p, text), found);
}

/*@ requires texts_readable(p, t);
    requires \valid_read(text) && text_in(*text, t->value) && \valid_read(place);
    requires \valid(found) && found_in(found, t->value) && \separated(found, t) && \separated(found, text);
    requires \separated(found, place);
    terminates \true;
    assigns *found, hoptls_work;
    ensures found_in(found, t->value); */
static void try_text(const uint8_t *p, const sign_texts *t, const sign_text *text, const key_place *place,
                     row_found *found)
{
    if (place->begin) {
        try_begin(p, t, text, found);
    }
    if (place->end) {
        try_end(p, t, text, found);
    }
    try_range(p, t, text, place->alone, found);
}

/* Find the first row that fits. Behind it no place needs a look from which only later rows are reached. */
/*@ requires texts_readable(p, t);
    requires \valid(found) && found_in(found, t->value) && \separated(found, t);
    terminates \true;
    assigns *found, hoptls_work;
    ensures found_in(found, t->value); */
static void find_row(const uint8_t *p, const sign_texts *t, row_found *found)
{
    uint32_t i = 0;
    /*@ loop invariant i <= t->count;
        loop invariant found_in(found, t->value);
        loop assigns i, *found, hoptls_work;
        loop variant t->count - i; */
    while (i < t->count) {
        const key_place *place = &key_places[t->text[i].where];
        if (place->row < found->row) {
            try_text(p, t, &t->text[i], place, found);
        }
        i++;
    }
    HOPTLS_WORK(i);
}

/* What the first sign of a row found, by which the writer is known. */
/*@ requires texts_readable(p, t) && \valid_read(found) && found_in(found, t->value) && found->row < INDEX_ROWS;
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, t->value.off, t->value.off + t->value.len); */
static hoptls_span mark_of(const uint8_t *p, const sign_texts *t, const row_found *found)
{
    uint32_t i;
    if (writer_gates[found->row].key == 0) {
        return found->bearer;
    }
    i = fitting_text(p, t, &writers[found->row].sign[0]);
    return i < t->count ? t->text[i].whole : span_of(0, 0);
}

/*@ requires row < INDEX_ROWS && \valid(out);
    terminates \true;
    assigns *out;
    ensures out->mark == mark; */
static void take_row(uint32_t row, hoptls_span mark, writer_facts *out)
{
    out->number = (uint16_t)row;
    out->grade = writers[row].grade;
    out->silence = writers[row].silence;
    out->role = writers[row].role;
    out->hints = writers[row].hints;
    out->mark = mark;
}

/* What is known of the writer by the row that was found, or of one that has none. */
/*@ requires texts_readable(p, t) && \valid_read(found) && found_in(found, t->value) && \valid(out);
    requires \separated(out, t) && \separated(out, found);
    terminates \true;
    assigns *out, hoptls_work;
    ensures part_of(out->mark, t->value.off, t->value.off + t->value.len); */
static void take_found_row(const uint8_t *p, const sign_texts *t, const row_found *found, writer_facts *out)
{
    if (found->row < INDEX_ROWS) {
        take_row(found->row, mark_of(p, t, found), out);
    } else {
        take_row(0, span_of(0, 0), out);
    }
}

void hoptls_writer_find(const uint8_t *p, hoptls_span value, const clauses *c, const peer *who,
                        writer_facts *out)
{
    sign_texts texts;
    row_found found = {INDEX_ROWS, {0, 0}};
    begin_texts(value, c->date, &texts);
    collect_texts(p, c, who, &texts);
    find_row(p, &texts, &found);
    take_found_row(p, &texts, &found, out);
}

/* Whether `slot` is one of the first `n`, behind which there may be zeros. */
/*@ requires readable(slots, 0, n);
    terminates \true;
    assigns hoptls_work;
    ensures \result == 0 || \result == 1;
    ensures spent{Pre, Here}(n); */
static int in_slots(const uint8_t *slots, uint32_t n, uint8_t slot)
{
    uint32_t i = 0;
    /*@ loop invariant i <= n;
        loop assigns i;
        loop variant n - i; */
    while (i < n && slots[i] != slot && slots[i] != 0) {
        i++;
    }
    HOPTLS_WORK(i);
    return i < n && slots[i] == slot;
}

int hoptls_writer_uses(uint32_t writer, uint8_t slot)
{
    if (slot == 0 || writer >= WRITERS) {
        return 0;
    }
    if (writer == 0) {
        return in_slots(common_slots, COMMON_SLOTS, slot);
    }
    return in_slots(writers[writer].slot, WRITER_SLOTS, slot);
}

uint32_t hoptls_writer_hints(uint32_t writer)
{
    return writer < WRITERS ? writers[writer].hints : 0;
}

const char *hoptls_writer_name(uint32_t writer)
{
    return writer < WRITERS ? writers[writer].name : "";
}
