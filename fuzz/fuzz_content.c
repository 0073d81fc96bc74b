/* Is the message's own protection the sum of what each field and the first lines of the body tell, and is that independent
 * of the order of fields, of their repetition, of hops, of folds, of case where MIME has none, and of what stands behind
 * the first 4096 bytes of the body? The input is a message. */
#include "oracle.h"

enum { LOOKED_AT = 4096 };

static uint32_t protection_of(const buffer *b)
{
    hoptls_msg msg = exact_copy(b->ptr, b->len);
    hoptls_report r;
    MUST(hoptls_message_read(msg, NULL, NULL, 0, &r) == HOPTLS_OK, "malformed mail is no error");
    exact_free(msg);
    return r.protection;
}

/* Field `index` of the message, 0 the first; an empty one behind the last. */
static hoptls_span field_at(hoptls_msg msg, uint32_t index)
{
    hoptls_field f = {{0, 0}, {0, 0}, {0, 0}};
    uint32_t pos = 0;
    uint32_t i = 0;
    while (hoptls_field_next(msg, &pos, &f) == HOPTLS_MORE && i < index) {
        i++;
    }
    if (i < index || f.name.len == 0) {
        f.whole.len = 0;
    }
    return f.whole;
}

static uint32_t count_fields(hoptls_msg msg)
{
    hoptls_field f;
    uint32_t pos = 0;
    uint32_t n = 0;
    while (hoptls_field_next(msg, &pos, &f) == HOPTLS_MORE) {
        n++;
    }
    return n;
}

/* A field that is put on top once more, below none but the first, says nothing new. */
static void check_repeated(const reading *r, choices *c)
{
    hoptls_span field = field_at(r->msg, choose(c, count_fields(r->msg)));
    buffer b = {NULL, 0, 0};
    if (field.len == 0 || r->msg.ptr[0] == ' ' || r->msg.ptr[0] == '\t' || r->msg.ptr[field.off] == ' ' ||
        r->msg.ptr[field.off] == '\t') {
        return;
    }
    buffer_put(&b, r->msg.ptr + field.off, field.len);
    buffer_add(&b, "\r\nReceived: from x (using TLSv1.3) by y\r\nX-Content-Type: multipart/encrypted\r\n");
    buffer_put(&b, r->msg.ptr, r->msg.len);
    MUST(protection_of(&b) == r->report.protection, "a field said twice says the same");
    buffer_free(&b);
}

static uint32_t sum_of_fields(hoptls_msg msg)
{
    hoptls_field f;
    uint32_t pos = 0;
    uint32_t bits = 0;
    while (hoptls_field_next(msg, &pos, &f) == HOPTLS_MORE) {
        bits |= hoptls_field_is_received(msg, &f) == 1 ? 0 : hoptls_content_field(msg, &f);
    }
    return bits;
}

/* Bytes of the body that are not looked at say nothing. */
static void check_long_body(const reading *r)
{
    buffer b = {NULL, 0, 0};
    if (r->msg.len - r->report.body < LOOKED_AT) {
        return;
    }
    buffer_put(&b, r->msg.ptr, r->report.body + LOOKED_AT);
    MUST(protection_of(&b) == r->report.protection, "what stands behind the first 4096 bytes says nothing");
    buffer_add(&b, "-----BEGIN PGP MESSAGE-----\n\n-----BEGIN PGP MESSAGE-----\n");
    MUST(protection_of(&b) == r->report.protection, "what stands behind the first 4096 bytes says nothing");
    buffer_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    choices c = choices_from(data, size);
    reading r = reading_of(data, size, NULL);
    uint32_t fields = sum_of_fields(r.msg);
    uint32_t body = hoptls_content_body(r.msg, r.report.body);

    MUST(r.report.protection == (fields | body), "protection is what fields and body tell");
    check_repeated(&r, &c);
    check_long_body(&r);
    check_alike(&r, &c);
    reading_free(&r);
    return 0;
}
