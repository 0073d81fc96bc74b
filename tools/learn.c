#include "learn.h"

#include "prose.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- The key of a hop ---- */

struct key {
    char text[COUNTS_KEY_ROOM];
    size_t len;
    size_t server; /* the length of host and writer */
    size_t peer;   /* and of the peer */
};

/* A name in small letters, without the dot of the root. Returns 0, or -1 if it is no name that counts may hold. */
static int add_name(struct key *key, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    if (len > 0 && p[len - 1] == '.') {
        len--;
    }
    if (len == 0 || len > COUNTS_NAME_MOST) {
        return -1;
    }
    for (size_t i = 0; i < len; i++) {
        if (p[i] <= ' ' || p[i] > '~') {
            return -1;
        }
        key->text[key->len++] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + ('a' - 'A') : p[i]);
    }
    key->text[key->len] = '\0';
    return 0;
}

static int add_span(struct key *key, hoptls_msg msg, hoptls_span span)
{
    return add_name(key, msg.ptr + span.off, span.len);
}

static void add_tab(struct key *key)
{
    key->text[key->len++] = '\t';
    key->text[key->len] = '\0';
}

static int set_server(struct key *key, hoptls_msg msg, const hoptls_hop *hop)
{
    const char *writer = hoptls_writer_name(hop->writer);
    key->len = 0;
    if (add_span(key, msg, hop->by) < 0) {
        return -1;
    }
    add_tab(key);
    if (writer[0] == '\0') {
        writer = "-";
    }
    if (add_name(key, writer, strlen(writer)) < 0) {
        return -1;
    }
    key->server = key->len;
    return 0;
}

/* The peer's organisation; of a peer without a name, its address. */
static int set_peer(struct key *key, hoptls_msg msg, const hoptls_hop *hop)
{
    char address[ADDRESS_ROOM];
    hoptls_span org = prose_from_org(hop);
    add_tab(key);
    prose_address(&hop->addr, address);
    if ((org.len > 0 ? add_span(key, msg, org) : add_name(key, address, strlen(address))) < 0) {
        return -1;
    }
    key->peer = key->len;
    return 0;
}

/* The month as `2019-08`, "-" if the hop has no date. */
static void set_month(struct key *key, const hoptls_hop *hop)
{
    char date[DATE_ROOM];
    const char *month;
    prose_date(hop, ' ', date);
    date[7] = '\0';
    month = date[0] != '\0' ? date : "-";
    add_tab(key);
    memcpy(key->text + key->len, month, strlen(month) + 1);
    key->len += strlen(month);
}

static int set_key(struct key *key, hoptls_msg msg, const hoptls_hop *hop)
{
    if (set_server(key, msg, hop) < 0 || set_peer(key, msg, hop) < 0) {
        return -1;
    }
    set_month(key, hop);
    return 0;
}

/* ---- Counting ---- */

/* A hop whose server would have said TLS if it does so at all. A denial is a statement, but not of TLS. */
static int can_tell(const hoptls_hop *hop)
{
    return hop->scope == HOPTLS_SCOPE_EXTERNAL && hop->evidence != HOPTLS_EVIDENCE_NEGATIVE &&
           hop->silence != HOPTLS_SILENCE_NOT_NETWORK && (hop->flags & HOPTLS_F_TOO_MANY) == 0 &&
           (hop->role == HOPTLS_ROLE_RELAY || hop->role == HOPTLS_ROLE_DELIVERY);
}

static int count_hop(struct ledger *counts, hoptls_msg msg, const hoptls_hop *hop, int weight)
{
    struct key key;
    uint64_t *sums;
    if (!can_tell(hop) || set_key(&key, msg, hop) < 0) {
        return 0;
    }
    sums = ledger_row(counts, key.text, key.len);
    if (sums == NULL) {
        return -1;
    }
    sums[hop->evidence == HOPTLS_EVIDENCE_SILENT ? 1 : 0] += (uint64_t)(int64_t)weight;
    return 0;
}

int learn_count(struct ledger *counts, const struct answer *answer, int weight)
{
    struct walk walk = {0};
    const hoptls_hop *hop = answer_next(answer, &walk);
    int status = 0;
    uint32_t hops = answer->request->trust.given ? answer->report.trusted_hops : answer->report.hops;
    while (hop != NULL && status == 0 && walk.next <= hops) {
        status = count_hop(counts, answer->msg, hop, weight);
        hop = answer_next(answer, &walk);
    }
    return status;
}

/* ---- What the counts tell ---- */

struct learned {
    struct counts counts;
    struct learned_record *records; /* sorted by key */
    size_t count;
};

/* The length of the first `columns` columns of a row. */
static size_t columns_of(const char *key, int columns)
{
    size_t len = strcspn(key, "\t");
    while (--columns > 0) {
        len += 1 + strcspn(key + len + 1, "\t");
    }
    return len;
}

/* Whether the row at `key` begins with the `len` bytes of columns at `with`. */
static int is_under(const char *key, const char *with, size_t len)
{
    return strncmp(key, with, len) == 0 && key[len] == '\t';
}

/* Add up the rows of one peer, from row `i` on. Returns the row behind them. */
static size_t sum_peer(const struct counts *counts, size_t i, struct count *sum, char since[8])
{
    const char *key = counts->rows[i].key;
    size_t len = columns_of(key, 3);
    while (i < counts->count && is_under(counts->rows[i].key, key, len)) {
        const struct count *row = &counts->rows[i];
        const char *month = row->key + len + 1;
        sum->stated += row->stated;
        sum->silent += row->silent;
        if (row->stated > 0 && month[0] != '-' && (since[0] == '\0' || strcmp(month, since) < 0)) {
            memcpy(since, month, strlen(month) + 1);
        }
        i++;
    }
    return i;
}

/* Add up the rows of one server. Peers that never came over TLS tell nothing of its record. */
static size_t sum_server(const struct counts *counts, size_t i, struct learned_record *record)
{
    record->key = counts->rows[i].key;
    record->len = columns_of(record->key, 2);
    while (i < counts->count && is_under(counts->rows[i].key, record->key, record->len)) {
        struct count sum = {NULL, 0, 0};
        i = sum_peer(counts, i, &sum, record->since);
        if (sum.stated > 0) {
            record->peers++;
            record->stated += sum.stated;
            record->silent += sum.silent;
        }
    }
    return i;
}

static int is_reliable(const struct learned_record *record, const struct learn_rule *rule)
{
    uint64_t all = record->stated + record->silent;
    return record->stated > 0 && record->stated >= rule->hops && record->peers >= rule->peers &&
           record->stated * 10000 >= all * rule->share;
}

static int add_records(struct learned *learned, const struct learn_rule *rule)
{
    size_t i = 0;
    learned->records = calloc(learned->counts.count + 1, sizeof *learned->records);
    if (learned->records == NULL) {
        return -1;
    }
    while (i < learned->counts.count) {
        struct learned_record *record = &learned->records[learned->count++];
        i = sum_server(&learned->counts, i, record);
        record->reliable = is_reliable(record, rule);
    }
    return 0;
}

struct learned *learned_open(struct counts *counts, const struct learn_rule *rule)
{
    struct learned *learned = calloc(1, sizeof *learned);
    if (learned == NULL) {
        counts_free(counts);
        return NULL;
    }
    learned->counts = *counts;
    memset(counts, 0, sizeof *counts);
    counts_settle(&learned->counts);
    if (add_records(learned, rule) < 0) {
        learned_close(learned);
        return NULL;
    }
    return learned;
}

void learned_close(struct learned *learned)
{
    counts_free(&learned->counts);
    free(learned->records);
    free(learned);
}

static void write_column(struct output *out, uint64_t number)
{
    output_word(out, "\t");
    output_number(out, number);
}

static void write_record(const struct learned_record *record, struct output *out)
{
    output_bytes(out, record->key, record->len);
    write_column(out, record->peers);
    write_column(out, record->stated);
    write_column(out, record->silent);
    output_word(out, "\t");
    output_word(out, record->since[0] != '\0' ? record->since : "-");
    output_word(out, record->reliable ? "\treliable\n" : "\tshort\n");
}

void learned_write(const struct learned *learned, struct output *out)
{
    for (size_t i = 0; i < learned->count; i++) {
        if (learned->records[i].stated > 0) {
            write_record(&learned->records[i], out);
        }
    }
}

/* Columns in the order of the rows, in which a tab comes before every byte of a name. */
static int compare(const struct learned_record *record, const struct key *key)
{
    size_t len = record->len < key->server ? record->len : key->server;
    int order = strncmp(record->key, key->text, len);
    return order != 0 ? order : (record->len > key->server) - (record->len < key->server);
}

static const struct learned_record *find_record(const struct learned *learned, const struct key *key)
{
    size_t low = 0;
    size_t high = learned->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(&learned->records[middle], key);
        if (order == 0) {
            return &learned->records[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

const struct learned_record *learned_record_of(const struct learned *learned, hoptls_msg msg,
                                               const hoptls_hop *hop)
{
    struct key key;
    return set_server(&key, msg, hop) < 0 ? NULL : find_record(learned, &key);
}

/* Whether this server ever said TLS of this peer: then the peer is none of those of which silence tells. */
static int was_stated(const struct learned *learned, const struct key *key)
{
    struct count sum = {NULL, 0, 0};
    struct key peer = *key;
    char since[8] = "";
    size_t i;
    peer.text[peer.peer] = '\0';
    i = counts_find(&learned->counts, peer.text);
    if (i < learned->counts.count && is_under(learned->counts.rows[i].key, peer.text, peer.peer)) {
        sum_peer(&learned->counts, i, &sum, since);
    }
    return sum.stated > 0;
}

/* Whether silence is to be explained, and the hop is such as were counted. From a private network another program may
 * have ended the TLS before. */
static int is_open(const hoptls_hop *hop)
{
    return hop->evidence == HOPTLS_EVIDENCE_SILENT && hop->silence == HOPTLS_SILENCE_UNKNOWN &&
           hop->silence_basis != HOPTLS_BASIS_SITE_PROFILE && can_tell(hop) &&
           hop->addr.network == HOPTLS_NET_PUBLIC;
}

void learned_tell_silence(const struct learned *learned, hoptls_msg msg, hoptls_hop *hop)
{
    const struct learned_record *record;
    struct key key;
    if (!is_open(hop) || set_key(&key, msg, hop) < 0) {
        return;
    }
    record = find_record(learned, &key);
    if (record == NULL || !record->reliable || record->since[0] == '\0' ||
        strcmp(key.text + key.peer + 1, record->since) < 0 || was_stated(learned, &key)) {
        return;
    }
    hop->silence = HOPTLS_SILENCE_PLAIN;
    hop->silence_basis = HOPTLS_BASIS_LEARNED;
}
