/* What stands between two hops, and whom they were for -> whether they are of one journey. */
#include "internal.h"

#define J_FIELDS (HOPTLS_J_RESENT | HOPTLS_J_DELIVERED | HOPTLS_J_FORWARDED | HOPTLS_J_LIST)

typedef struct journey_name {
    uint8_t bit;
    uint8_t len;
    uint8_t text[18];
} journey_name;

#define JOURNEY(bit, text)                                                                                   \
    {                                                                                                        \
        (bit), (uint8_t)(sizeof(text) - 1), text                                                             \
    }

/* clang-format off */
/* Fields that are put on top when a message is handed in again, so that they stand between its two journeys. List-Unsubscribe
 * is not among them: whoever sends newsletters writes it on the first. */
static const journey_name journey_names[] = {
    JOURNEY(HOPTLS_J_RESENT, "resent-date"), JOURNEY(HOPTLS_J_RESENT, "resent-from"), JOURNEY(HOPTLS_J_RESENT, "resent-to"),
    JOURNEY(HOPTLS_J_RESENT, "resent-sender"), JOURNEY(HOPTLS_J_RESENT, "resent-cc"), JOURNEY(HOPTLS_J_RESENT, "resent-message-id"),
    JOURNEY(HOPTLS_J_DELIVERED, "delivered-to"), JOURNEY(HOPTLS_J_DELIVERED, "x-original-to"),
    JOURNEY(HOPTLS_J_FORWARDED, "x-forwarded-to"), JOURNEY(HOPTLS_J_FORWARDED, "x-forwarded-for"),
    JOURNEY(HOPTLS_J_LIST, "list-id"), JOURNEY(HOPTLS_J_LIST, "list-post"), JOURNEY(HOPTLS_J_LIST, "mailing-list"),
    JOURNEY(HOPTLS_J_LIST, "x-mailing-list"),
};
/* clang-format on */
#undef JOURNEY
#define JOURNEY_NAMES (uint32_t)(sizeof(journey_names) / sizeof(journey_names[0]))

/* Whether a name of `n` bytes that begins so may be one of them: nearly all others are told by that. */
/*@ terminates \true;
    assigns \nothing;
    ensures \result != 0 ==> 7 <= n <= 17; */
static int may_part(uint8_t first, uint32_t n)
{
    switch (lower(first)) {
    case 'd':
    case 'l':
    case 'm':
    case 'r':
    case 'x': return n >= 7 && n <= 17;
    default: return 0;
    }
}

/* How long the name of row `i` is: as the ones that may_part lets through. */
/*@ requires i < JOURNEY_NAMES;
    terminates \true;
    assigns \nothing;
    ensures 7 <= \result <= 17;
    ensures \result == journey_names[i].len; */
static uint32_t name_length(uint32_t i)
{
    return journey_names[i].len;
}

/* The bit of a field's name, 0 if it tells nothing. */
/*@ requires span_readable(p, name);
    terminates \true;
    assigns hoptls_work;
    ensures spent{Pre, Here}(252); */
static uint32_t journey_bit(const uint8_t *p, hoptls_span name)
{
    uint32_t i = 0;
    /*@ loop invariant i <= JOURNEY_NAMES;
        loop invariant spent{Pre, Here}(18 * i);
        loop assigns i, hoptls_work;
        loop variant JOURNEY_NAMES - i; */
    while (i < JOURNEY_NAMES && !span_is(p, name, journey_names[i].text, name_length(i))) {
        i++;
        HOPTLS_WORK(1);
    }
    return i < JOURNEY_NAMES ? journey_names[i].bit : 0;
}

uint32_t hoptls_journey_field(hoptls_msg msg, const hoptls_field *field)
{
    if (msg.ptr == NULL || field == NULL || msg.len > UINT32_MAX || !span_in(field->name, msg.len) ||
        field->name.len == 0 || !may_part(msg.ptr[field->name.off], field->name.len)) {
        return 0;
    }
    return journey_bit(msg.ptr, field->name);
}

/*@ requires span_readable(p, a) && span_readable(p, b);
    terminates \true;
    assigns hoptls_work; */
static int journey_same_org(const uint8_t *p, hoptls_span a, uint16_t a_provider, hoptls_span b,
                            uint16_t b_provider)
{
    return (a.len > 0 && span_same(p, a, b)) || (a_provider != 0 && a_provider == b_provider);
}

/* What stands behind the @ of `<ben@beta.example>`. */
/*@ requires span_readable(p, recipient);
    terminates \true;
    assigns hoptls_work;
    ensures part_of(\result, recipient.off, recipient.off + recipient.len);
    ensures spent{Pre, Here}(recipient.len); */
static hoptls_span recipient_domain(const uint8_t *p, hoptls_span recipient)
{
    hoptls_span box = recipient;
    uint32_t at;
    if (box.len > 0 && p[span_end(box) - 1] == '>') {
        box.len--;
    }
    at = find_last(p, box, '@');
    return at < span_end(box) ? span_of(at + 1, span_end(box)) : span_of(0, 0);
}

/* Whether the recipient is the one of the hop above, byte for byte: mostly it is, and then nothing more needs to be known. */
/*@ requires newer == \null || onward_readable(p, newer);
    requires span_readable(p, recipient);
    terminates \true;
    assigns hoptls_work;
    ensures \result != 0 ==> newer != \null && recipient.len > 0;
    ensures spent{Pre, Here}(recipient.len); */
static int is_onward(const uint8_t *p, const hoptls_hop *newer, hoptls_span recipient)
{
    return newer != NULL && recipient.len > 0 && newer->onward.len == recipient.len &&
           bytes_same(p + newer->onward.off, p + recipient.off, recipient.len);
}

/* Whether two recipients belong to two organisations. A server changes the name or the host of a mailbox on its way
 * in; another organisation is another journey. */
/*@ requires span_readable(p, newer) && span_readable(p, older);
    terminates \true;
    assigns hoptls_work; */
static int is_forwarded(const uint8_t *p, hoptls_span newer, hoptls_span older)
{
    host to, from;
    if (newer.len == 0 || older.len == 0) {
        return 0;
    }
    hoptls_host_read(p, recipient_domain(p, newer), &to);
    hoptls_host_read(p, recipient_domain(p, older), &from);
    return to.org.len > 0 && from.org.len > 0 &&
           !journey_same_org(p, to.org, to.provider, from.org, from.provider);
}

/* What was fetched from a mailbox, or is put into one inside its own house, had arrived and went nowhere else. */
/*@ requires onward_readable(p, newer) && onward_readable(p, hop);
    terminates \true;
    assigns hoptls_work; */
static int only_arrives(const uint8_t *p, const hoptls_hop *newer, const hoptls_hop *hop)
{
    return newer->role == HOPTLS_ROLE_RETRIEVAL ||
           (newer->role == HOPTLS_ROLE_DELIVERY &&
            journey_same_org(p, newer->by_org, newer->by_provider, hop->by_org, hop->by_provider));
}

/*@ requires onward_readable(p, newer) && onward_readable(p, hop) && span_readable(p, hop->recipient);
    terminates \true;
    assigns hoptls_work; */
static uint32_t parting_of(const uint8_t *p, const hoptls_hop *newer, const hoptls_hop *hop, int onward)
{
    uint32_t bits = hop->parting & J_FIELDS;
    if ((hoptls_writer_hints(newer->writer) & HINT_LIST) != 0) {
        bits |= HOPTLS_J_LIST;
    }
    if (!onward && is_forwarded(p, newer->onward, hop->recipient)) {
        bits |= HOPTLS_J_RECIPIENT;
    }
    if (bits != 0 && only_arrives(p, newer, hop)) {
        bits &= ~(uint32_t)(HOPTLS_J_DELIVERED | HOPTLS_J_RECIPIENT);
    }
    return bits;
}

/* The number of a hop's journey: the one of the hop above, or the next where the two part. */
/*@ requires newer == \null || \valid_read(newer);
    terminates \true;
    assigns \nothing;
    ensures newer == \null ==> \result == 1;
    ensures newer != \null ==> newer->journey <= \result <= newer->journey + 1;
    ensures newer != \null && parting == 0 ==> \result == newer->journey; */
static uint32_t journey_number(const hoptls_hop *newer, uint32_t parting)
{
    if (newer == NULL) {
        return 1;
    }
    return newer->journey + (parting != 0 && newer->journey < UINT32_MAX ? 1u : 0u);
}

void hoptls_journey_set(const uint8_t *p, const hoptls_hop *newer, hoptls_hop *hop)
{
    int onward = is_onward(p, newer, hop->recipient);
    int named = onward || hoptls_host_is_qualified(p, recipient_domain(p, hop->recipient));
    hop->parting = newer != NULL ? parting_of(p, newer, hop, onward) : 0;
    hop->journey = journey_number(newer, hop->parting);
    hop->onward = named ? hop->recipient : span_of(0, 0);
    if (!named && newer != NULL && hop->parting == 0) {
        hop->onward = newer->onward;
    }
}
