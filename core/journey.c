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
#define JOURNEY_NAMES (sizeof journey_names / sizeof journey_names[0])

/* Whether a name of `n` bytes that begins so may be one of them: nearly all others are told by that. */
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

uint32_t hoptls_journey_field(hoptls_msg msg, const hoptls_field *field)
{
    uint32_t i = 0;
    if (msg.ptr == NULL || field == NULL || !span_in(field->name, msg.len) || field->name.len == 0 ||
        !may_part(msg.ptr[field->name.off], field->name.len)) {
        return 0;
    }
    while (i < JOURNEY_NAMES && !span_is(msg.ptr, field->name, journey_names[i].text, journey_names[i].len)) {
        i++;
    }
    HOPTLS_WORK(i);
    return i < JOURNEY_NAMES ? journey_names[i].bit : 0;
}

static int journey_same_org(const uint8_t *p, hoptls_span a, uint16_t a_provider, hoptls_span b,
                            uint16_t b_provider)
{
    return (a.len > 0 && span_same(p, a, b)) || (a_provider != 0 && a_provider == b_provider);
}

/* What stands behind the @ of `<ben@beta.example>`. */
static hoptls_span recipient_domain(const uint8_t *p, hoptls_span recipient)
{
    uint32_t end = span_end(recipient);
    uint32_t at;
    if (recipient.len > 0 && p[end - 1] == '>') {
        end--;
    }
    at = find_last(p, span_of(recipient.off, end), '@');
    return at < end ? span_of(at + 1, end) : span_of(0, 0);
}

/* Whether the recipient is the one of the hop above, byte for byte: mostly it is, and then nothing more needs to be known. */
static int is_onward(const uint8_t *p, const hoptls_hop *newer, hoptls_span recipient)
{
    return newer != NULL && recipient.len > 0 && newer->onward.len == recipient.len &&
           bytes_same(p + newer->onward.off, p + recipient.off, recipient.len);
}

/* Whether two recipients belong to two organisations. A server changes the name or the host of a mailbox on its way
 * in; another organisation is another journey. */
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
static int only_arrives(const uint8_t *p, const hoptls_hop *newer, const hoptls_hop *hop)
{
    return newer->role == HOPTLS_ROLE_RETRIEVAL ||
           (newer->role == HOPTLS_ROLE_DELIVERY &&
            journey_same_org(p, newer->by_org, newer->by_provider, hop->by_org, hop->by_provider));
}

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

void hoptls_journey_set(const uint8_t *p, const hoptls_hop *newer, hoptls_hop *hop)
{
    int onward = is_onward(p, newer, hop->recipient);
    int named = onward || hoptls_host_is_qualified(p, recipient_domain(p, hop->recipient));
    hop->parting = newer != NULL ? parting_of(p, newer, hop, onward) : 0;
    hop->journey = newer == NULL ? 1 : newer->journey + (hop->parting != 0 ? 1u : 0u);
    hop->onward = named ? hop->recipient : span_of(0, 0);
    if (!named && newer != NULL && hop->parting == 0) {
        hop->onward = newer->onward;
    }
}
