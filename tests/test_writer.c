/* The mail servers: that every row of the table makes sense and can be reached, and that real fields find theirs. */
#include "cases.h"

/* The file itself, for its table and its shapes. */
#include "writer.c"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define DATE "Mon, 2 Mar 2026 10:00:00 +0000"

/* ---- the table ---------------------------------------------------------------------------------------- */

static void row_is_wrong(uint32_t row, const char *why)
{
    print_error("# row %u (%s): %s\n", (unsigned)row, writers[row].name, why);
    fail();
}

#define ROW_HOLDS(row, condition)                                                                            \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            row_is_wrong((row), #condition);                                                                 \
        }                                                                                                    \
    } while (0)

static uint32_t signs_of(const writer_row *row)
{
    uint32_t n = 0;
    while (n < WRITER_SIGNS && row->sign[n].where != SIGN_NONE) {
        n++;
    }
    return n;
}

static int is_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-");
    return n > 0 && name[n] == '\0';
}

static void row_zero_knows_nothing(void **state)
{
    (void)state;
    assert_string_equal(writers[0].name, "");
    assert_int_equal(signs_of(&writers[0]), 0);
    assert_int_equal(writers[0].grade, HOPTLS_GRADE_NONE);
    assert_int_equal(writers[0].silence, HOPTLS_SILENCE_UNKNOWN);
    assert_int_equal(writers[0].role, 0);
    assert_int_equal(writers[0].hints, 0);
}

static void every_other_row_has_a_name(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < WRITERS; i++) {
        ROW_HOLDS(i,
                  memchr(writers[i].name, '\0', sizeof writers[i].name) != NULL && is_name(writers[i].name));
    }
}

/* A row that turns silence into plaintext has to say how it knows. */
static void facts_are_values_that_exist(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < WRITERS; i++) {
        const writer_row *row = &writers[i];
        ROW_HOLDS(i, row->grade == HOPTLS_GRADE_NONE || hoptls_grade_word(row->grade)[0] != '\0');
        ROW_HOLDS(i, hoptls_silence_word(row->silence)[0] != '\0');
        ROW_HOLDS(i, row->role == 0 || hoptls_role_word(row->role)[0] != '\0');
        ROW_HOLDS(i, row->hints < 2 * HINT_FOUND_FIRST);
        ROW_HOLDS(i, row->grade != HOPTLS_GRADE_NONE || row->silence == HOPTLS_SILENCE_UNKNOWN);
    }
}

static void years_are_in_order(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < WRITERS; i++) {
        const writer_row *row = &writers[i];
        ROW_HOLDS(i, row->since == 0 || (row->since > 1980 && row->since < 2100));
        ROW_HOLDS(i, row->until == 0 || (row->until > 1980 && row->until < 2100 && row->since < row->until));
    }
}

static int is_text_sign(const writer_sign *sign)
{
    return sign->how == IS || sign->how == STARTS || sign->how == ENDS || sign->how == HAS;
}

static int is_lower_case(const writer_sign *sign)
{
    uint32_t i = 0;
    while (i < sign->len && sign->text[i] == lower(sign->text[i])) {
        i++;
    }
    return i == sign->len;
}

static int is_whole(const writer_sign *sign)
{
    return sign->len <= sizeof sign->text && (sign->len == 0 || sign->text[sign->len - 1] != 0) &&
           (sign->len == sizeof sign->text || sign->text[sign->len] == 0);
}

/* Shapes have their letters in one place and their functions in another. */
static int is_known_shape(const writer_sign *sign)
{
    static const char letters[] =
        SHAPE_SENDMAIL_8_12 SHAPE_SENDMAIL_8_11 SHAPE_SENDMAIL_OLD SHAPE_SENDMAIL_ANY SHAPE_SENDMAIL_ID
            SHAPE_POSTFIX_ID SHAPE_EXIM_ID SHAPE_PPS_ID SHAPE_COURIER_ID SHAPE_DOVECOT_ID SHAPE_SMG_ID
                SHAPE_DOMINO_ID SHAPE_FORTIMAIL_ID SHAPE_BARRACUDA_ID SHAPE_SLASH SHAPE_HEX_8 SHAPE_MDAEMON_15
                    SHAPE_PEER SHAPE_BRACKETS SHAPE_DAY_FIRST SHAPE_PRIVATE SHAPE_SENDMAIL_8_10
                        SHAPE_SENDMAIL_10 SHAPE_CLOUDMARK_ID SHAPE_MCAFEE_ID SHAPE_SURGEMAIL_ID SHAPE_SIMTA_ID
                            SHAPE_HEX_64 SHAPE_VERSION SHAPE_SMTP_WORD SHAPE_GOOGLE_ID;
    return sign->len == 1 && strchr(letters, sign->text[0]) != NULL;
}

/* What ends a text is compared byte by byte: a blank in it would not fit where the field is folded. */
static int ends_in_one_word(const writer_sign *sign)
{
    return sign->how != ENDS || memchr(sign->text, ' ', sign->len) == NULL;
}

static void check_sign(uint32_t row, const writer_sign *sign)
{
    ROW_HOLDS(row, sign->where > SIGN_NONE && sign->where < SIGN_PLACES);
    ROW_HOLDS(row, sign->how <= SHAPE);
    ROW_HOLDS(row, is_whole(sign) && is_lower_case(sign));
    ROW_HOLDS(row, ends_in_one_word(sign));
    ROW_HOLDS(row, is_text_sign(sign) == (sign->len > 0 && sign->how != SHAPE));
    ROW_HOLDS(row, sign->how != SHAPE || is_known_shape(sign));
}

static void signs_can_be_compared(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < WRITERS; i++) {
        uint32_t n = signs_of(&writers[i]);
        ROW_HOLDS(i, n > 0);
        for (uint32_t k = 0; k < n; k++) {
            check_sign(i, &writers[i].sign[k]);
        }
        for (uint32_t k = n; k < WRITER_SIGNS; k++) {
            ROW_HOLDS(i, writers[i].sign[k].where == SIGN_NONE);
        }
    }
}

static int is_the_clients(const writer_sign *sign)
{
    return sign->where == SIGN_HELO || sign->where == SIGN_HELO_NOTE;
}

/* What the client wrote must not make the server, nor be searched for a phrase. */
static void no_row_rests_on_the_clients_words_alone(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < WRITERS; i++) {
        uint32_t servers = 0;
        for (uint32_t k = 0; k < signs_of(&writers[i]); k++) {
            const writer_sign *sign = &writers[i].sign[k];
            servers += !is_the_clients(sign) && sign->how != ABSENT;
            ROW_HOLDS(i, sign->how != HAS || !is_the_clients(sign));
        }
        ROW_HOLDS(i, servers > 0);
    }
}

static uint32_t place_of(uint8_t slot)
{
    return slot / (uint32_t)SLOT(1, 0);
}

static uint32_t form_of(uint8_t slot)
{
    return slot % (uint32_t)SLOT(1, 0);
}

static uint32_t slots_of(const writer_row *row)
{
    uint32_t n = 0;
    while (n < WRITER_SLOTS && row->slot[n] != 0) {
        n++;
    }
    return n;
}

/* A form of words has its own places; what stands behind `from` is never a letter. */
static int is_sensible_slot(uint8_t slot)
{
    uint32_t form = form_of(slot);
    uint32_t place = place_of(slot);
    if (form == FORM_LETTER || form == FORM_SLASH || form == FORM_CIPHER || form == FORM_STARTTLS) {
        return place == PLACE_WITH;
    }
    return form != FORM_NONE && form <= FORM_STARTTLS && place > PLACE_START && place < PLACE_COUNT;
}

static void slots_are_forms_in_places(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < WRITERS; i++) {
        const writer_row *row = &writers[i];
        uint32_t n = slots_of(row);
        for (uint32_t k = 0; k < n; k++) {
            ROW_HOLDS(i, is_sensible_slot(row->slot[k]));
            ROW_HOLDS(i, memchr(row->slot, row->slot[k], k) == NULL);
        }
        for (uint32_t k = n; k < WRITER_SLOTS; k++) {
            ROW_HOLDS(i, row->slot[k] == 0);
        }
    }
}

/* Whether the protocol of every field of the row is a word that states no TLS. */
static int has_a_silent_word(const writer_row *row)
{
    for (uint32_t k = 0; k < signs_of(row); k++) {
        const writer_sign *sign = &row->sign[k];
        with_word word;
        if (sign->where == SIGN_WITH && sign->how == IS &&
            !(hoptls_with_word_find(sign->text, (hoptls_span){0, sign->len}, &word) &&
              word.evidence == HOPTLS_EVIDENCE_KEYWORD)) {
            return 1;
        }
    }
    return 0;
}

/* A slot that no server can fill is one for somebody else. */
static void a_silent_word_has_no_slot(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < WRITERS; i++) {
        const writer_row *row = &writers[i];
        int letters = memchr(row->slot, SLOT(PLACE_WITH, FORM_LETTER), WRITER_SLOTS) != NULL ||
                      memchr(row->slot, SLOT(PLACE_WITH, FORM_SLASH), WRITER_SLOTS) != NULL;
        ROW_HOLDS(i, !letters || !has_a_silent_word(row));
    }
}

/* A slot's two numbers have room in one byte, whatever they are. */
static void slots_tell_places_and_forms_apart(void **state)
{
    (void)state;
    for (uint32_t place = 0; place < PLACE_COUNT; place++) {
        for (uint32_t form = 0; form <= FORM_STARTTLS; form++) {
            assert_int_equal(place_of(SLOT(place, form)), place);
            assert_int_equal(form_of(SLOT(place, form)), form);
        }
    }
}

static void an_unknown_writer_states_nothing_in_the_clients_places(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < COMMON_SLOTS; i++) {
        uint32_t place = place_of(common_slots[i]);
        assert_true(is_sensible_slot(common_slots[i]));
        assert_true(place != PLACE_FROM && place != PLACE_TAIL && place != PLACE_START);
    }
}

/* ---- rows that no field reaches ----------------------------------------------------------------------- */

static int begins_with(const writer_sign *a, const writer_sign *b)
{
    return a->len >= b->len && memcmp(a->text, b->text, b->len) == 0;
}

static int ends_with(const writer_sign *a, const writer_sign *b)
{
    return a->len >= b->len && memcmp(a->text + a->len - b->len, b->text, b->len) == 0;
}

static int holds(const writer_sign *a, const writer_sign *b)
{
    uint32_t i = 0;
    while (i + b->len <= a->len && memcmp(a->text + i, b->text, b->len) != 0) {
        i++;
    }
    return i + b->len <= a->len;
}

/* Whether `b` holds wherever `a` does. */
static int implies(const writer_sign *a, const writer_sign *b)
{
    if (a->where != b->where || a->how == ABSENT || b->how == ABSENT) {
        return a->where == b->where && a->how == b->how;
    }
    switch (b->how) {
    case PRESENT: return 1;
    case STARTS: return (a->how == IS || a->how == STARTS) && begins_with(a, b);
    case ENDS: return (a->how == IS || a->how == ENDS) && ends_with(a, b);
    case HAS: return is_text_sign(a) && holds(a, b);
    default: return a->how == b->how && a->len == b->len && begins_with(a, b);
    }
}

/* Whether every field that fits `row` fits `other` too, dates apart. */
static int row_implies(const writer_row *row, const writer_row *other)
{
    for (uint32_t k = 0; k < signs_of(other); k++) {
        uint32_t i = 0;
        while (i < signs_of(row) && !implies(&row->sign[i], &other->sign[k])) {
            i++;
        }
        if (i == signs_of(row)) {
            return 0;
        }
    }
    return 1;
}

static int is_reached_in(uint32_t row, uint32_t year)
{
    uint32_t i = 1;
    while (i < row && !(dated(&writers[i], year) && row_implies(&writers[row], &writers[i]))) {
        i++;
    }
    return i == row && dated(&writers[row], year);
}

/* Year 0 is a date that cannot be read. */
static void every_row_can_be_reached(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < WRITERS; i++) {
        uint32_t years = (uint32_t)is_reached_in(i, 0);
        for (uint32_t year = 1970; year < 2100; year++) {
            years += (uint32_t)is_reached_in(i, year);
        }
        ROW_HOLDS(i, years > 0);
    }
}

/* ---- shapes ------------------------------------------------------------------------------------------- */

typedef struct shape_case {
    const char *shape;
    const char *text;
    int fits;
} shape_case;

/* clang-format off */
static void shapes_fit_what_servers_write(void **state)
{
    static const shape_case table[] = {
        {SHAPE_SENDMAIL_8_12, "8.12.1/8.11.6", 1}, {SHAPE_SENDMAIL_8_12, "8.15.2/8.15.2/Debian-8", 1}, {SHAPE_SENDMAIL_8_12, "8.18.1.2/8.18.1.2", 1},
        {SHAPE_SENDMAIL_8_12, "8.14.4+Sun/8.14.4", 1}, {SHAPE_SENDMAIL_8_12, "8.11.6/8.12.1", 0}, {SHAPE_SENDMAIL_8_12, "8.9.3/8.9.1", 0},
        {SHAPE_SENDMAIL_8_12, "8.12.1", 0}, {SHAPE_SENDMAIL_8_12, "9.12/1", 0}, {SHAPE_SENDMAIL_8_12, "a8.12/1", 0}, {SHAPE_SENDMAIL_8_12, "8./8", 0}, {SHAPE_SENDMAIL_8_12, "8123", 0}, {SHAPE_SENDMAIL_8_12, "8.1234/8", 0},
        {SHAPE_SENDMAIL_8_11, "8.11.6/8.11.6", 1}, {SHAPE_SENDMAIL_8_11, "8.12.0/8.12.0", 0}, {SHAPE_SENDMAIL_8_11, "8.10.0/8.10.0", 0},
        {SHAPE_SENDMAIL_8_10, "8.9.3/8.9.1", 1}, {SHAPE_SENDMAIL_8_10, "8.10.2+Sun/8.9.1", 1}, {SHAPE_SENDMAIL_8_10, "5.65/1.37", 0}, {SHAPE_SENDMAIL_8_10, "8.11.6/8.11.6", 0},
        {SHAPE_SENDMAIL_OLD, "8.9.3/8.9.1", 0}, {SHAPE_SENDMAIL_OLD, "5.65/1.37", 1}, {SHAPE_SENDMAIL_OLD, "8.11.6/8.11.6", 0},
        {SHAPE_SENDMAIL_10, "g6OIqMg06645", 1}, {SHAPE_SENDMAIL_10, "2E07A1486493", 0}, {SHAPE_SENDMAIL_10, "g6OIqMg0664", 0}, {SHAPE_SENDMAIL_10, "g6OIqMg0664x", 0},
        {SHAPE_CLOUDMARK_ID, "vupUrbnUxReGpvupUrYOs3", 1}, {SHAPE_CLOUDMARK_ID, "sMXyhAf44qTdhsMY0hku6b", 1}, {SHAPE_CLOUDMARK_ID, "vupUrbnUxReGpwupUrYOs3", 0}, {SHAPE_CLOUDMARK_ID, "vupUrbnUxReGpvupUrYOs", 0},
        {SHAPE_CLOUDMARK_ID, "vu-UrbnUxReGpvupUrYOs3", 0}, {SHAPE_CLOUDMARK_ID, "vupUrbnUxReGpvwpUrYOs3", 0},
        {SHAPE_MCAFEE_ID, "4cc5_ed71_872456ee_201c_4e50_bf6b_757cc60f34a0", 1}, {SHAPE_MCAFEE_ID, "4cc5_ed71_872456ee_201c_4e50_bf6b_757cc60f34ag", 0}, {SHAPE_MCAFEE_ID, "4cc5-ed71_872456ee_201c_4e50_bf6b_757cc60f34a0", 0},
        {SHAPE_MCAFEE_ID, "4cc5_ed71-872456ee_201c_4e50_bf6b_757cc60f34a0", 0}, {SHAPE_MCAFEE_ID, "4cc5_ed71_872456ee-201c_4e50_bf6b_757cc60f34a0", 0},
        {SHAPE_MCAFEE_ID, "4cc5ed71_0872456ee_201c_4e50_bf6b_757cc60f34a0", 0}, {SHAPE_MCAFEE_ID, "4cc5_ed71_872456ee_201c_4e50_bf6b_757cc60f34a", 0},
        {SHAPE_SURGEMAIL_ID, "18406123-1500050", 1}, {SHAPE_SURGEMAIL_ID, "18406123", 0}, {SHAPE_SURGEMAIL_ID, "18406123-150005x", 0}, {SHAPE_SURGEMAIL_ID, "1840-1500050", 0},
        {SHAPE_SURGEMAIL_ID, "18406123.1500050", 0}, {SHAPE_SURGEMAIL_ID, "18406123-1500", 0},
        {SHAPE_SIMTA_ID, "8DA8C4B3.7E8C0.55640", 1}, {SHAPE_SIMTA_ID, "00E541B3.622DE4D2.00005824", 0}, {SHAPE_SIMTA_ID, "8DA8C4B3.7E8C0", 0}, {SHAPE_SIMTA_ID, "8DA8C4B3..55640", 0},
        {SHAPE_SIMTA_ID, "8DA8C4B3.7E8C0.5564x", 0}, {SHAPE_SIMTA_ID, "8DA8C4B3.7E8C0-55640", 0}, {SHAPE_SIMTA_ID, "8DA8C4B3.7E8C0.", 0}, {SHAPE_SIMTA_ID, "8DA8C4B3.7E8C0.123455640", 0},
        {SHAPE_SIMTA_ID, "8DA8C-B3.7E8C0.55640", 0}, {SHAPE_SIMTA_ID, "8DA8C4B3", 0},
        {SHAPE_HEX_64, "7cb349a42b1b1f1259b38414f775f2c20b6e7347a6127f8df26891016837968f", 1}, {SHAPE_HEX_64, "7cb349a42b1b1f1259b38414f775f2c20b6e7347a6127f8df26891016837968", 0},
        {SHAPE_GOOGLE_ID, "s18so7168202lam.3", 1}, {SHAPE_GOOGLE_ID, "x6csp3014333lag", 1}, {SHAPE_GOOGLE_ID, "ui2mr7261261lbb.116.1433988337576", 1}, {SHAPE_GOOGLE_ID, "4DA2F1C03B", 0}, {SHAPE_GOOGLE_ID, "x6csp3014lag", 0},
        {SHAPE_GOOGLE_ID, "s18soft7168202lam.3", 0}, {SHAPE_GOOGLE_ID, "s18s7168202lam.3", 0}, {SHAPE_GOOGLE_ID, "s18so7168202l.3", 0}, {SHAPE_GOOGLE_ID, "s18so7168202lamb.3", 0},
        {SHAPE_GOOGLE_ID, "s18so7168202lam-3", 0}, {SHAPE_GOOGLE_ID, "s~8so7168202lam.3", 0}, {SHAPE_GOOGLE_ID, "so7168202lam.3", 0},
        {SHAPE_VERSION, "3.11v", 1}, {SHAPE_VERSION, "8.9.3/8.9.1", 0}, {SHAPE_VERSION, "V8/cf", 0}, {SHAPE_VERSION, "3", 0}, {SHAPE_VERSION, "3-11v", 0},
        {SHAPE_SMTP_WORD, "esmtpa", 1}, {SHAPE_SMTP_WORD, "LMTP", 1}, {SHAPE_SMTP_WORD, "local-esmtp", 1}, {SHAPE_SMTP_WORD, "http", 0}, {SHAPE_SMTP_WORD, "emc1-ok", 0},
        {SHAPE_SENDMAIL_ANY, "8.9.3/8.9.1", 1}, {SHAPE_SENDMAIL_ANY, "8.17.1/8.17.1", 1}, {SHAPE_SENDMAIL_ANY, "qpsmtpd/0.84", 0},
        {SHAPE_SENDMAIL_ID, "r7JEfLgH003867", 1}, {SHAPE_SENDMAIL_ID, "r7JEfLgH00386", 0}, {SHAPE_SENDMAIL_ID, "r7JEfLgH00386x", 0}, {SHAPE_SENDMAIL_ID, "r7JEf-gH003867", 0}, {SHAPE_SENDMAIL_ID, "r7JEfLgH0x3867", 0},
        {SHAPE_POSTFIX_ID, "4DA2F1C03B", 1}, {SHAPE_POSTFIX_ID, "4QPZbK6s8jz3xVc", 1}, {SHAPE_POSTFIX_ID, "4da2f1c03b", 0}, {SHAPE_POSTFIX_ID, "4DA2", 0},
        {SHAPE_POSTFIX_ID, "4QPZbK6s8jy3xVc", 0}, {SHAPE_POSTFIX_ID, "4QPZaK6s8jz3xVc", 0}, {SHAPE_POSTFIX_ID, "4DA2F1C03B.1", 0},
        {SHAPE_POSTFIX_ID, "4QPZeK6s8jz3xVc", 0}, {SHAPE_POSTFIX_ID, "4QPZbKIs8jz3xVc", 0}, {SHAPE_POSTFIX_ID, "4QPZbK6s8jz3xoc", 0}, {SHAPE_POSTFIX_ID, "4QPZbK6sUjz3xVc", 0},
        {SHAPE_POSTFIX_ID, "4QPZbK6s8jz3xVc4QPZbK", 0}, {SHAPE_POSTFIX_ID, "4DA2F1C03B4DA2F1C03B4", 0}, {SHAPE_POSTFIX_ID, "4QPZbK-s8jz3xVc", 0}, {SHAPE_POSTFIX_ID, "4DA2F1C03Bz", 0},
        {SHAPE_EXIM_ID, "1mfYh0-0002e8-QW", 1}, {SHAPE_EXIM_ID, "1rNpQa-00000003Abc-1AbC", 1}, {SHAPE_EXIM_ID, "1mfYh0-0002e8", 0}, {SHAPE_EXIM_ID, "1mfYh-0002e8-QW", 0},
        {SHAPE_EXIM_ID, "1mfYh0-0002e-QW", 0}, {SHAPE_EXIM_ID, "1mfYh0-0002e8-Q", 0}, {SHAPE_EXIM_ID, "1mfYh0-0002e8-Q.", 0},
        {SHAPE_EXIM_ID, "1m.Yh0-0002e8-QW", 0}, {SHAPE_EXIM_ID, "1mfYh0-0002e8.QW", 0}, {SHAPE_EXIM_ID, "1mfYh0-0002e8-QWERT", 0},
        {SHAPE_EXIM_ID, "1rNpQa-00000003Abc", 0}, {SHAPE_EXIM_ID, "1rNpQa-00000003Abc-1", 0}, {SHAPE_EXIM_ID, "1rNpQa-0000003Abc-1AbC", 0},
        {SHAPE_PPS_ID, "292hw54kbu-1", 1}, {SHAPE_PPS_ID, "47f2rptpg2-12", 1}, {SHAPE_PPS_ID, "292hw54kbu", 0}, {SHAPE_PPS_ID, "292hw54kbu-", 0}, {SHAPE_PPS_ID, "292hw54kbu-x", 0}, {SHAPE_PPS_ID, "292hw5-1", 0},
        {SHAPE_PPS_ID, "292hw54kbu-1234", 0}, {SHAPE_PPS_ID, "292hw54kb-12", 1}, {SHAPE_PPS_ID, "292-w54kbu-1", 0}, {SHAPE_PPS_ID, "292hw54kbuu-1", 0},
        {SHAPE_COURIER_ID, "0000000000E541B3.00000000622DE4D2.00005824", 1}, {SHAPE_COURIER_ID, "00E541B3.622DE4D2.00005824", 1}, {SHAPE_COURIER_ID, "00E541B3.622DE4D2", 0},
        {SHAPE_COURIER_ID, "E541B3.622DE4D2.00005824", 0}, {SHAPE_COURIER_ID, "00E541B3.622DE4D2.5824", 0}, {SHAPE_COURIER_ID, "00E541BX.622DE4D2.00005824", 0},
        {SHAPE_COURIER_ID, "00E541B3.622DE4.00005824", 0}, {SHAPE_COURIER_ID, "0000000000E541B3.622DE.00005824", 0}, {SHAPE_COURIER_ID, "0000000000E541B3.00000000622DE4D2.5824", 0}, {SHAPE_COURIER_ID, "00E541B3.622DE4D2.0000582X", 0}, {SHAPE_COURIER_ID, "00E541B3-622DE4D2.00005824", 0},
        {SHAPE_COURIER_ID, "00E541B3.622DE4D2-00005824", 0}, {SHAPE_COURIER_ID, "00E541B3622DE4D200005824FF", 0},
        {SHAPE_DOVECOT_ID, "EGCAMqjvBmrOowIAu9opvQ", 1}, {SHAPE_DOVECOT_ID, "EGCAMqjvBmrOowIAu9opvQ:T2", 1}, {SHAPE_DOVECOT_ID, "EGCAMqjvBmrOowIBu9opvQ", 0}, {SHAPE_DOVECOT_ID, "EGCAMqjvBmrOowIAu9opv", 0},
        {SHAPE_DOVECOT_ID, "EGCAMqjvBmrOowIAu9opvQ.T2", 0}, {SHAPE_DOVECOT_ID, "EGCAMqjvBmrOowIAu9op.Q", 0}, {SHAPE_DOVECOT_ID, "EGCAMqjvBmrOowIAu9+/vQ", 1},
        {SHAPE_SMG_ID, "C4.98.10621.47ABF006", 1}, {SHAPE_SMG_ID, "C4.98.1062.47ABF006", 1}, {SHAPE_SMG_ID, "C4.98.10621.47ABF00", 0}, {SHAPE_SMG_ID, "C4.98.1062A.47ABF006", 0}, {SHAPE_SMG_ID, "C4-98.10621.47ABF006", 0},
        {SHAPE_SMG_ID, "C4.98-10621.47ABF006", 0}, {SHAPE_SMG_ID, "C4.98.10621-47ABF006", 0}, {SHAPE_SMG_ID, "G4.98.10621.47ABF006", 0}, {SHAPE_SMG_ID, "C4.G8.10621.47ABF006", 0},
        {SHAPE_SMG_ID, "C4.98.10621.47ABF00G", 0}, {SHAPE_SMG_ID, "C4.98.1062147.47ABF006", 0},
        {SHAPE_DOMINO_ID, "2017030816455096-411668", 1}, {SHAPE_DOMINO_ID, "2017030816455096", 0}, {SHAPE_DOMINO_ID, "201703081645509-411668", 0}, {SHAPE_DOMINO_ID, "2017030816455096-", 0}, {SHAPE_DOMINO_ID, "2017030816455096-41166x", 0}, {SHAPE_DOMINO_ID, "20170308x6455096-411668", 0},
        {SHAPE_FORTIMAIL_ID, "025AiehM006195-025AiehO006195", 1}, {SHAPE_FORTIMAIL_ID, "025AiehM006195_025AiehO006195", 0}, {SHAPE_FORTIMAIL_ID, "025AiehM006195", 0}, {SHAPE_FORTIMAIL_ID, "025AiehM006195-025AiehO00619x", 0}, {SHAPE_FORTIMAIL_ID, "025AiehM00619x-025AiehO006195", 0},
        {SHAPE_BARRACUDA_ID, "aCZF7qO2B6CDuv2i", 1}, {SHAPE_BARRACUDA_ID, "aCZF7qO2B6CDuv2", 0}, {SHAPE_BARRACUDA_ID, "ACZF7QO2B6CDUV2I", 0}, {SHAPE_BARRACUDA_ID, "aCZF7qO2-6CDuv2i", 0}, {SHAPE_BARRACUDA_ID, "aczfaqoabacduvai", 0},
        {SHAPE_HEX_8, "22cd2ccf", 1}, {SHAPE_HEX_8, "22cd2ccg", 0}, {SHAPE_HEX_8, "22cd2ccf0", 0},
        {SHAPE_MDAEMON_15, "MDaemon PRO v23.5.1", 1}, {SHAPE_MDAEMON_15, "MDaemon PRO v15.0.0", 1}, {SHAPE_MDAEMON_15, "MDaemon PRO v14.5.3", 0}, {SHAPE_MDAEMON_15, "MDaemon PRO v9.5.1", 0},
        {SHAPE_MDAEMON_15, "MDaemon PRO v100.1", 1}, {SHAPE_MDAEMON_15, "MDaemon PRO 23.5.1", 0}, {SHAPE_MDAEMON_15, "MDaemon PRO v", 0}, {SHAPE_MDAEMON_15, "MDaemon PRO v.15", 0},
        {SHAPE_SLASH, "ESMTP/TLS/AES256-SHA", 1}, {SHAPE_SLASH, "smtp/tls/RC4-MD5", 1}, {SHAPE_SLASH, "ESMTP", 0}, {SHAPE_SLASH, "HTTP/1.1", 0}, {SHAPE_SLASH, "x-esmtp/tls/a", 0}, {SHAPE_SLASH, "ESMTPS/TLS/AES256-SHA", 1}, {SHAPE_SLASH, "ESMTPSA/TLS/AES256-SHA", 1},
        {SHAPE_PEER, "mx.example.com [192.0.2.1]", 1}, {SHAPE_PEER, "unknown [IPv6:2001:db8::1]", 1}, {SHAPE_PEER, "[192.0.2.1]", 0}, {SHAPE_PEER, "mx.example.com", 0}, {SHAPE_PEER, "a b [192.0.2.1]", 0}, {SHAPE_PEER, "a [192.0.2.1] b", 0},
        {SHAPE_PEER, "a [192.0.2.1", 0}, {SHAPE_PEER, " [192.0.2.1]", 0},
        {SHAPE_BRACKETS, "[192.0.2.1]", 1}, {SHAPE_BRACKETS, "[]", 0}, {SHAPE_BRACKETS, "a [192.0.2.1]", 0}, {SHAPE_BRACKETS, "[192.0.2.1] a", 0},
        {SHAPE_DAY_FIRST, "2 Mar 2026 10:00:00 -0000", 1}, {SHAPE_DAY_FIRST, "25 Aug 2021", 1}, {SHAPE_DAY_FIRST, "Mon, 2 Mar 2026", 0}, {SHAPE_DAY_FIRST, "2026-03-02", 0}, {SHAPE_DAY_FIRST, "125 Aug 2021", 0},
        {SHAPE_DAY_FIRST, "25Aug 2021", 0}, {SHAPE_DAY_FIRST, "25 ", 0}, {SHAPE_DAY_FIRST, "25 8 2021", 0},
        {SHAPE_PRIVATE, "10.1.2.3", 1}, {SHAPE_PRIVATE, "[192.168.1.1]", 1}, {SHAPE_PRIVATE, "127.0.0.1", 1}, {SHAPE_PRIVATE, "192.0.2.1", 0}, {SHAPE_PRIVATE, "ten.example.com", 0},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        hoptls_span all = {0, (uint32_t)strlen(table[i].text)};
        if (has_shape((const uint8_t *)table[i].text, all, (uint8_t)table[i].shape[0]) != table[i].fits) {
            print_error("# %s is %sof shape %s\n", table[i].text, table[i].fits ? "" : "not ", table[i].shape);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}
/* clang-format on */

/* A shape is tried on whatever stands there, cut anywhere: it must not look beyond. */
static void shapes_stay_inside(void **state)
{
    static const char letters[] = "nmo8aufspeqcdgl/rkytiwxzj6.+hv7";
    static const char text[] =
        "8.15.2/8.15.2 4QPZbK6s8jz3xVc 1mfYh0-0002e8-QW [10.0.0.1] 2 Mar 00E541B3.622DE4D2.00005824";
    (void)state;
    for (uint32_t at = 0; at < sizeof text - 1; at++) {
        for (uint32_t len = 1; len <= sizeof text - 1 - at; len++) {
            uint8_t *block = malloc(len);
            hoptls_span all = {0, len};
            assert_non_null(block);
            memcpy(block, text + at, len);
            for (size_t i = 0; i < sizeof letters - 1; i++) {
                int fits = has_shape(block, all, (uint8_t)letters[i]);
                assert_true(fits == 0 || fits == 1);
            }
            free(block);
        }
    }
}

/* ---- real fields -------------------------------------------------------------------------------------- */

static writer_facts find_writer(const char *value)
{
    writer_facts found;
    clauses c;
    peer who;
    hoptls_span all = {0, (uint32_t)strlen(value)};
    hoptls_clauses_read((const uint8_t *)value, all, &c);
    hoptls_peer_read((const uint8_t *)value, &c, &who);
    hoptls_writer_find((const uint8_t *)value, all, &c, &who, &found);
    return found;
}

typedef struct writer_case {
    const char *value;
    const char *name;
    const char *silence;
} writer_case;

#define EIGHT_NOTES " (1) (2) (3) (4) (5) (6) (7) (8)"
#define HUNDRED_AND_MORE                                                                                     \
    "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrst" \
    "uvwxyz"

/* clang-format off */
static const writer_case fields[] = {
    {"from a (b [192.0.2.1]) by mx.example.net (Postfix) with ESMTP id 4DA2F1C03B; " DATE, "postfix", "plain"},
    {"from a (b [192.0.2.1]) by mx.example.net (Postfix) with SMTP id 4DA2F1C03B; " DATE, "postfix", "unknown"},
    {"from a (b [192.0.2.1]) by mx.example.net (Postfix) with ESMTP id 4DA2F1C03B; Mon, 2 Jul 2007 10:00:00 +0000", "postfix", "unknown"},
    {"from a (b [192.0.2.1]) by mx.example.net (Postfix) with ESMTP id 4DA2F1C03B", "postfix", "unknown"},
    {"by mx.example.net (Postfix, from userid 1000) id 4DA2F1C03B; " DATE, "postfix", "not-network"},
    {"by mx.example.net (Postfix) id 4DA2F1C03B; Mon, 1 Jul 2024 10:00:00 +0000", "postfix", "not-network"},
    {"by mx.example.net (Postfix) id 4DA2F1C03B; " DATE, "postfix", "unknown"},
    {"from a (b [192.0.2.1]) by mx.example.net (Name) with ESMTP id 4DA2F1C03B; " DATE, "postfix", "plain"},
    {"from a (b [192.0.2.1]) by mx.example.net (Name) with SMTP id 4DA2F1C03B; " DATE, "postfix", "unknown"},
    {"from a ([192.0.2.1]) by mx.example.net with esmtp (Exim 4.96) id 1mfYh0-0002e8-QW; " DATE, "exim", "plain"},
    {"from a ([192.0.2.1]) by mx.example.net with smtp id 1mfYh0-0002e8-QW; " DATE, "exim", "unknown"},
    {"from a (b [192.0.2.1]) by mx.example.net (8.15.2/8.15.2) with ESMTP id r7JEfLgH003867; " DATE, "sendmail", "plain"},
    {"from a (b [192.0.2.1]) by mx.example.net (8.9.3/8.9.1) with ESMTP id JAA12345; " DATE, "sendmail", "plain"},
    {"(from a@localhost) by mx.example.net (8.15.2/8.15.2/Submit) id r7JEfLgH003867; " DATE, "sendmail", "not-network"},
    {"from a (b [192.0.2.1]) by mx.example.net (OpenSMTPD) with ESMTP id 01234567; " DATE, "opensmtpd", "plain"},
    {"from a (HELO b) (192.0.2.1) by mx.example.net with SMTP; 2 Mar 2026 10:00:00 -0000", "qmail", "unknown"},
    {"(qmail 1234 invoked by uid 89); 2 Mar 2026 10:00:00 -0000", "qmail", "not-network"},
    {"(qmail 1234 invoked from network); 2 Mar 2026 10:00:00 -0000", "qmail", "unknown"},
    {"from a ([192.0.2.1]) by mx.example.net with ESMTP id 00E541B3.622DE4D2.00005824; " DATE, "courier", "plain"},
    {"from a ([192.0.2.1]) by mx.example.net with LMTP id EGCAMqjvBmrOowIAu9opvQ; " DATE, "dovecot", "plain"},
    {"from a by mx.example.net with LMTP id EGCAMqjvBmrOowIAu9opvQ; " DATE, "dovecot", "not-network"},
    {"from a ([unix socket]) by mx.example.net (Cyrus 3.0) with LMTPA; " DATE, "cyrus", "not-network"},
    {"from a (b [192.0.2.1]) by mx.example.net (Cyrus 3.0) with LMTP; " DATE, "cyrus", "plain"},
    {"from a (b [192.0.2.1]) by mx.example.net (Haraka/3.0.1) with ESMTP id 6A-1.1; " DATE, "haraka", "plain"},
    {"(Haraka outbound); " DATE, "haraka", "not-network"},
    {"from [192.0.2.1] (b) by mx.example.net (chasquid) with ESMTP (over SMTP, plain text!, envelope from \"a\"); " DATE, "chasquid", "plain"},
    {"from a ([127.0.0.1]) by localhost (mx.example.net [127.0.0.1]) (amavis, port 10024) with ESMTP id ab; " DATE, "amavis", "plain"},
    {"from a (EHLO b) ([192.0.2.1]) by mx.example.net (JAMES SMTP Server ) with ESMTPA ID 1234; " DATE, "james", "unknown"},
    {"from a (192.0.2.1) by mx.example.net (198.51.100.1) with Microsoft SMTP Server id 15.20.5273.14; " DATE, "exchange", "plain"},
    {"from a ([192.0.2.1]) by b.example.com ([198.51.100.1]) with mapi id 15.20.5273.14; " DATE, "exchange", "not-network"},
    {"from a ([192.0.2.1]) by mx.example.net with Microsoft SMTPSVC(6.0.3790.4675); " DATE, "smtpsvc", "plain"},
    {"from mail pickup service by mx.example.net with Microsoft SMTPSVC; " DATE, "smtpsvc", "not-network"},
    {"from a (b. [192.0.2.1]) by mx.google.com with ESMTP id a1b2 for <a@example.net>; " DATE, "google", "plain"},
    {"by mail-pf1-f1.google.com with SMTP id a1b2; " DATE, "google-internal", "unknown"},
    {"by 2002:a05:6830:1ac6::1 with SMTP id a1b2; " DATE, "google-internal", "unknown"},
    {"from 127.0.0.1 (EHLO a) (192.0.2.1) by mta1.mail.yahoo.com with SMTP; " DATE, "yahoo", "plain"},
    {"from 127.0.0.1 (EHLO a) (192.0.2.1) by mta1.mail.yahoo.com with SMTP; Mon, 7 Jul 2014 10:00:00 +0000", "yahoo", "unknown"},
    {"by a.qloud-c.yandex.net (smtp/Yandex) with ESMTP id aB-1; " DATE, "yandex", "plain"},
    {"by a.qloud-c.yandex.net (smtp/Yandex) with ESMTP id aB-1; " DATE " (Client certificate not present) (Postfix)", "yandex", "plain"},
    {"from a (HELO b) (192.0.2.1) de/crypted with TLSv1.3: AES256-SHA [256/256] DN=none by mx.example.net with ESMTPS; " DATE, "s-qmail", "plain"},
    {"from a ([192.0.2.1]) by mail.gmx.net (mrgmx104 [198.51.100.1]) with ESMTP (Nemesis) id 0M; " DATE, "nemesis", "plain"},
    {"from a (unknown [192.0.2.1]) by mx0a-1.pphosted.com (PPS) with ESMTP id 47f2rptpg2-1; " DATE, "proofpoint", "plain"},
    {"from unknown [192.0.2.1] (EHLO a) by dispatch1-us1.ppe-hosted.com (envelope-from <a>); " DATE, "proofpoint-essentials", "plain"},
    {"from a (b [192.0.2.1]) by relay.mimecast.com with ESMTP id us-mta-1; " DATE, "mimecast", "plain"},
    {"from unknown (HELO a) ([192.0.2.1]) by mx.example.net with ESMTP/TLS/AES256-SHA; 02 Mar 2026 10:00:00 +0000", "ironport", "plain"},
    {"from unknown (HELO a) ([192.0.2.1]) by mx.example.net with ESMTP; 02 Mar 2026 10:00:00 +0000", "ironport", "plain"},
    {"from [192.0.2.1] by server-1.bemta.az-a.example.messagelabs.com id 11/22-33; " DATE, "messagelabs", "plain"},
    {"from a ([192.0.2.1]) by mx.example.net (HCL Domino Release 14.0FP4) with ESMTP id 2026030210000000-1 ; " DATE, "domino", "unknown"},
    {"from a.example.com by mx.example.net with IMAP (fetchmail-6.3.26) for <a@localhost>; " DATE, "fetchmail", "unknown"},
    {"from a (192.0.2.1) by mx.example.net (PowerMTA v5.0r8) id h1b for <a@example.net>; " DATE, "powermta", "unknown"},
    {"from mta1.example.com (LHLO mta1.example.com) (192.0.2.1) by store.example.net with LMTP; " DATE, "zimbra", "unknown"},
    {"from mta1.example.com [192.0.2.1] (LHLO mta1.example.com) by store.example.net with LMTP; " DATE, "zimbra", "unknown"},
    /* a sign of any length, and the eighth note of a place, which is the last that counts */
    {"by mx.example.net (Postfix, from userid 1000" HUNDRED_AND_MORE HUNDRED_AND_MORE HUNDRED_AND_MORE ") id 4DA2F1C03B; " DATE, "postfix", "not-network"},
    {"from a (b [192.0.2.1]) by mx.example.net (1) (2) (3) (4) (5) (6) (7) (Postfix) with ESMTP id 1; " DATE, "postfix", "plain"},
    {"from a (b [192.0.2.1]) by mx.example.net" EIGHT_NOTES " (Postfix) with ESMTP id 1; " DATE, "", "unknown"},
    {"from a (b [192.0.2.1])" EIGHT_NOTES " by mx.example.net (Postfix) with ESMTP id 1; " DATE, "postfix", "plain"},
    {"from a (b [192.0.2.1]) (local mail) by mx.example.net (Postfix) with ESMTP id 1; " DATE, "postfix", "plain"},
    {"from a (b [192.0.2.1])", "", "unknown"},
    {"from a (b [192.0.2.1]) by mx.example.net with ESMTP id 1; " DATE, "", "unknown"},
    {"from a (b [192.0.2.1]) by mx.google.com.example.net with ESMTP id 1; " DATE, "", "unknown"},
    {"from a (b [192.0.2.1]) by notmx.google.community with ESMTP id 1; " DATE, "", "unknown"},
    {"from a by b", "", "unknown"},
    {"", "", "unknown"},
};
/* clang-format on */

static void real_fields_find_their_writer(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(fields); i++) {
        writer_facts w = find_writer(fields[i].value);
        if (strcmp(hoptls_writer_name(w.number), fields[i].name) != 0 ||
            strcmp(hoptls_silence_word(w.silence), fields[i].silence) != 0) {
            print_error("# %s\n# expected %s, %s; got %s, %s\n", fields[i].value, fields[i].name,
                        fields[i].silence, hoptls_writer_name(w.number), hoptls_silence_word(w.silence));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* The mark is where a reader looks who asks how we know. */
static void a_known_writer_has_a_mark_in_the_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fields); i++) {
        writer_facts w = find_writer(fields[i].value);
        assert_true(span_in(w.mark, strlen(fields[i].value)));
        assert_true((w.mark.len > 0) == (w.number > 0));
    }
}

static void facts_are_those_of_the_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fields); i++) {
        writer_facts w = find_writer(fields[i].value);
        assert_int_equal(w.grade, writers[w.number].grade);
        assert_int_equal(w.silence, writers[w.number].silence);
        assert_int_equal(w.role, writers[w.number].role);
        assert_int_equal(w.hints, writers[w.number].hints);
    }
}

/* The marks of all kinds of rows, in the name of a client of a server that has none. */
static void a_clients_name_makes_no_writer(void **state)
{
    static const char *const names[] = {
        "Postfix",
        "(Postfix)",
        "x (Postfix, from userid 0)",
        "x (8.15.2/8.15.2)",
        "x (Exim 4.96)",
        "mx.google.com",
        "x by mx.google.com",
        "x by y (Postfix) with ESMTPS id 4DA2F1C03B",
        "x with Microsoft SMTPSVC(6.0)",
        "x with mapi id 15.20.5273.14",
        "x id 1mfYh0-0002e8-QW",
        "x (PPS)",
        "x via listexpand",
        "x (fetchmail-6.3.26)",
        "x with ESMTP/TLS/AES256-SHA",
        "x by z.pphosted.com",
        "x (amavis, port 10024)",
        "qmail 1 invoked from network",
        "x [192.0.2.1]) (qmail 1 invoked from network",
        "indimail-mta",
        "x (Haraka outbound)",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        char value[256];
        snprintf(value, sizeof value, "from %s (b [192.0.2.1]) by mx.example.net with ESMTP id 1; " DATE,
                 names[i]);
        if (find_writer(value).number != 0) {
            print_error("# %s\n", value);
            fail();
        }
    }
}

/* ---- numbers that no caller and no table gives ---------------------------------------------------------- */

/* A note that is no item is no sign, and nothing follows it. */
static void a_note_beyond_the_items_is_none(void **state)
{
    static const char value[] = "from a (b [192.0.2.1]) x by mx.example.net (Postfix) with ESMTP id 1; " DATE;
    hoptls_span all = {0, sizeof value - 1};
    clauses c;
    peer who;
    writer_facts found;
    (void)state;
    hoptls_clauses_read((const uint8_t *)value, all, &c);
    hoptls_peer_read((const uint8_t *)value, &c, &who);
    c.count = who.note;
    hoptls_writer_find((const uint8_t *)value, all, &c, &who, &found);
    assert_string_equal(hoptls_writer_name(found.number), "");
    assert_int_equal(found.mark.len, 0);
}

static void an_empty_phrase_stands_nowhere(void **state)
{
    static const uint8_t text[] = "mx.example.net";
    hoptls_span all = {0, sizeof text - 1};
    (void)state;
    assert_true(has_phrase(text, all, (const uint8_t *)"example", 7));
    assert_false(has_phrase(text, all, text, 0));
}

/* ---- questions to a writer ---------------------------------------------------------------------------- */

static void a_writer_uses_the_slots_of_its_row(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < WRITERS; i++) {
        for (uint32_t slot = 1; slot <= UINT8_MAX; slot++) {
            int listed = memchr(writers[i].slot, (int)slot, WRITER_SLOTS) != NULL;
            assert_int_equal(hoptls_writer_uses(i, (uint8_t)slot), listed);
        }
    }
}

static void an_unknown_writer_uses_the_common_slots(void **state)
{
    (void)state;
    for (uint32_t slot = 1; slot <= UINT8_MAX; slot++) {
        int listed = memchr(common_slots, (int)slot, sizeof common_slots) != NULL;
        assert_int_equal(hoptls_writer_uses(0, (uint8_t)slot), listed);
    }
}

static void no_writer_uses_no_slot(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < WRITERS; i++) {
        assert_int_equal(hoptls_writer_uses(i, 0), 0);
    }
    assert_int_equal(hoptls_writer_uses(WRITERS, SLOT(PLACE_WITH, FORM_LETTER)), 0);
    assert_int_equal(hoptls_writer_uses(UINT32_MAX, SLOT(PLACE_WITH, FORM_LETTER)), 0);
}

static void names_are_those_of_the_table(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < WRITERS; i++) {
        assert_ptr_equal(hoptls_writer_name(i), writers[i].name);
    }
    assert_string_equal(hoptls_writer_name(WRITERS), "");
    assert_string_equal(hoptls_writer_name(UINT32_MAX), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_zero_knows_nothing),
        cmocka_unit_test(every_other_row_has_a_name),
        cmocka_unit_test(facts_are_values_that_exist),
        cmocka_unit_test(years_are_in_order),
        cmocka_unit_test(signs_can_be_compared),
        cmocka_unit_test(no_row_rests_on_the_clients_words_alone),
        cmocka_unit_test(slots_are_forms_in_places),
        cmocka_unit_test(a_silent_word_has_no_slot),
        cmocka_unit_test(slots_tell_places_and_forms_apart),
        cmocka_unit_test(an_unknown_writer_states_nothing_in_the_clients_places),
        cmocka_unit_test(every_row_can_be_reached),
        cmocka_unit_test(shapes_fit_what_servers_write),
        cmocka_unit_test(shapes_stay_inside),
        cmocka_unit_test(real_fields_find_their_writer),
        cmocka_unit_test(a_known_writer_has_a_mark_in_the_field),
        cmocka_unit_test(facts_are_those_of_the_row),
        cmocka_unit_test(a_clients_name_makes_no_writer),
        cmocka_unit_test(a_note_beyond_the_items_is_none),
        cmocka_unit_test(an_empty_phrase_stands_nowhere),
        cmocka_unit_test(a_writer_uses_the_slots_of_its_row),
        cmocka_unit_test(an_unknown_writer_uses_the_common_slots),
        cmocka_unit_test(no_writer_uses_no_slot),
        cmocka_unit_test(names_are_those_of_the_table),
    };
    return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
