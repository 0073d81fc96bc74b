#include "tally.h"

#include "calendar.h"
#include "hash.h"
#include "prose.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the numbers of things are small, sums lie under them; the others go to the ledger. Writers beyond the room, of a
 * library that knows more than this was written for, share the last place. */
enum {
    WRITERS = 512,
    SUITES = 1 << 16,
    BASES = 16,
    BITS = 32,
    LEDGER_ROWS = 20000,
    MEMORIES = 4096,
    SHORT_NAME = 64
};

/* Hosts come again and again: where their sums lie, by the bytes of the name as it was written. */
struct memory {
    unsigned generation;
    uint8_t kind; /* 0: nothing is remembered here */
    uint8_t len;
    uint8_t org_at, org_len; /* of a host that received: where in its name that of its organisation stands */
    char name[SHORT_NAME];
    uint64_t *sums;
    uint64_t *org_sums;
};

enum { KIND_RECEIVER = 1, KIND_ORGANISATION };

struct tally {
    uint64_t messages[MESSAGE_COLUMNS];
    uint64_t files[FILE_COLUMNS];
    uint64_t months[CALENDAR_MONTHS + 1][TALLY_VERDICTS]; /* the last is for what has no date */
    uint64_t versions[CALENDAR_MONTHS + 1][VERSION_COLUMNS];
    uint64_t writers[WRITERS][TALLY_VERDICTS];
    uint64_t suites[SUITES];
    uint64_t bases[BASES][TALLY_VERDICTS];
    uint64_t protections[BITS];
    uint64_t submissions[TALLY_VERDICTS + 1];
    uint64_t retrievals[TALLY_VERDICTS + 1];
    struct calendar calendar;
    struct ledger *ledger;
    unsigned newest; /* generation of the ledger, which begins with 0 */
    struct memory memories[MEMORIES];
};

struct tally *tally_open(void)
{
    struct tally *tally = calloc(1, sizeof *tally);
    if (tally == NULL) {
        return NULL;
    }
    tally->ledger = ledger_open(LEDGER_ROWS);
    if (tally->ledger == NULL) {
        free(tally);
        return NULL;
    }
    return tally;
}

void tally_close(struct tally *tally)
{
    if (tally != NULL) {
        ledger_close(tally->ledger);
        free(tally);
    }
}

struct ledger *tally_ledger(struct tally *tally)
{
    return tally->ledger;
}

/* Sums wrap around on purpose: to take back is to add the complement. */
static void add(uint64_t *sum, int weight)
{
    *sum += (uint64_t)(int64_t)weight;
}

/* ---- Names ---- */

static const char *const kind_words[] = {
    [KIND_RECEIVER] = "receiver\t", [KIND_ORGANISATION] = "organisation\t"};

/* The key of a name: in small letters, without the dot of the root; `-` for what is no name of a host. */
static size_t write_key(char *key, unsigned kind, const uint8_t *name, size_t len)
{
    size_t head = strlen(kind_words[kind]);
    memcpy(key, kind_words[kind], head);
    len -= len > 0 && name[len - 1] == '.' ? 1 : 0;
    for (size_t i = 0; i < len; i++) {
        if (name[i] <= ' ' || name[i] > '~' || len > 255) {
            len = 0;
            break;
        }
        key[head + i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + ('a' - 'A') : name[i]);
    }
    if (len == 0) {
        key[head] = '-';
        len = 1;
    }
    return head + len;
}

static uint64_t *find_sums(struct tally *tally, unsigned kind, const uint8_t *name, size_t len)
{
    char key[LEDGER_KEY_MOST];
    uint64_t *sums = ledger_row(tally->ledger, key, write_key(key, kind, name, len));
    tally->newest = ledger_generation(tally->ledger);
    return sums;
}

static struct memory *memory_of(struct tally *tally, unsigned kind, const uint8_t *name, size_t len)
{
    return &tally->memories[(hash_bytes(name, len) + kind) % MEMORIES];
}

static int is_remembered(const struct tally *tally, const struct memory *memory, unsigned kind,
                         const uint8_t *name, size_t len)
{
    return memory->kind == kind && memory->len == len && memory->generation == tally->newest &&
           memcmp(memory->name, name, len) == 0;
}

static void remember(const struct tally *tally, struct memory *memory, unsigned kind, const uint8_t *name,
                     size_t len)
{
    memory->kind = (uint8_t)kind;
    memory->generation = tally->newest;
    memory->len = (uint8_t)len;
    memcpy(memory->name, name, len);
}

/* The sums of an organisation. */
static uint64_t *organisation_sums(struct tally *tally, const uint8_t *name, size_t len)
{
    struct memory *memory = memory_of(tally, KIND_ORGANISATION, name, len);
    if (len > SHORT_NAME) {
        return find_sums(tally, KIND_ORGANISATION, name, len);
    }
    if (!is_remembered(tally, memory, KIND_ORGANISATION, name, len)) {
        memory->kind = 0;
        memory->sums = find_sums(tally, KIND_ORGANISATION, name, len);
        if (memory->sums != NULL) {
            remember(tally, memory, KIND_ORGANISATION, name, len);
        }
    }
    return memory->sums;
}

static int add_one(uint64_t *sums, unsigned column, int weight)
{
    if (sums == NULL) {
        return -1;
    }
    add(&sums[column], weight);
    return 0;
}

/* A host whose organisation is not named by a part of its own name, or whose name is long. */
static int add_apart(struct tally *tally, const uint8_t *p, hoptls_span host, hoptls_span org,
                     unsigned column, int weight)
{
    return add_one(find_sums(tally, KIND_RECEIVER, p + host.off, host.len), column, weight) < 0
               ? -1
               : add_one(organisation_sums(tally, p + org.off, org.len), column, weight);
}

/* Where both sums lie. To find the second may empty the ledger, which then has neither. */
static int find_both(struct tally *tally, struct memory *memory, const uint8_t *p, hoptls_span host,
                     hoptls_span org)
{
    unsigned before;
    memory->kind = 0;
    do {
        memory->sums = find_sums(tally, KIND_RECEIVER, p + host.off, host.len);
        before = tally->newest;
        memory->org_sums = find_sums(tally, KIND_ORGANISATION, p + org.off, org.len);
    } while (memory->sums != NULL && memory->org_sums != NULL && tally->newest != before);
    if (memory->sums == NULL || memory->org_sums == NULL) {
        return -1;
    }
    remember(tally, memory, KIND_RECEIVER, p + host.off, host.len);
    memory->org_at = (uint8_t)(org.off - host.off);
    memory->org_len = (uint8_t)org.len;
    return 0;
}

/* The host that received, and its organisation. */
static int add_receiver(struct tally *tally, const uint8_t *p, hoptls_span host, hoptls_span org,
                        unsigned column, int weight)
{
    struct memory *memory = memory_of(tally, KIND_RECEIVER, p + host.off, host.len);
    if (host.len > SHORT_NAME || org.off < host.off || org.off + org.len > host.off + host.len) {
        return add_apart(tally, p, host, org, column, weight);
    }
    if ((!is_remembered(tally, memory, KIND_RECEIVER, p + host.off, host.len) ||
         memory->org_at != org.off - host.off || memory->org_len != org.len) &&
        find_both(tally, memory, p, host, org) < 0) {
        return -1;
    }
    add(&memory->sums[column], weight);
    add(&memory->org_sums[column], weight);
    return 0;
}

/* ---- A hop ---- */

static unsigned version_column(const hoptls_hop *hop)
{
    switch (hop->verdict) {
    case HOPTLS_V_PLAIN: return VERSION_PLAIN;
    case HOPTLS_V_UNKNOWN: return VERSION_UNKNOWN;
    default: break;
    }
    switch (hop->tls.version) {
    case 0x0304: return VERSION_13;
    case 0x0303: return VERSION_12;
    case 0x0302: return VERSION_11;
    case 0x0301: return VERSION_10;
    case 0x0300: return VERSION_SSL3;
    case 0x0002: return VERSION_SSL2;
    default: return VERSION_NOT_STATED;
    }
}

static unsigned month_of(struct tally *tally, const hoptls_hop *hop)
{
    return (hop->flags & HOPTLS_F_NO_DATE) != 0 ? CALENDAR_MONTHS
                                                : calendar_month(&tally->calendar, hop->date);
}

static int add_hop(struct tally *tally, hoptls_msg msg, const hoptls_hop *hop, int weight)
{
    unsigned column = tally_column(hop->verdict);
    hoptls_span from = prose_from_org(hop);
    hoptls_span to = hop->by_org.len > 0 ? hop->by_org : hop->by;
    add(&tally->versions[month_of(tally, hop)][version_column(hop)], weight);
    add(&tally->writers[hop->writer < WRITERS ? hop->writer : WRITERS - 1][column], weight);
    if (hop->tls.cipher.len > 0) {
        add(&tally->suites[hop->tls.suite], weight);
    }
    if (column == TALLY_NONE) {
        return 0;
    }
    return add_receiver(tally, msg.ptr, hop->by, to, column, weight) < 0
               ? -1
               : add_one(organisation_sums(tally, msg.ptr + from.off, from.len), column + ORGANISATION_SENDS,
                         weight);
}

/* ---- A message ---- */

int tally_date(const struct answer *answer, int64_t *seconds)
{
    uint32_t i = 0;
    while (i < answer->kept_count && (answer->kept[i].flags & HOPTLS_F_NO_DATE) != 0) {
        i++;
    }
    *seconds = i < answer->kept_count ? answer->kept[i].date : 0;
    return i < answer->kept_count;
}

static void add_steps(struct tally *tally, const hoptls_report *report, int weight)
{
    unsigned submission = report->submission != 0 ? tally_column(report->submission) : TALLY_VERDICTS;
    unsigned retrieval = report->retrieval != 0 ? tally_column(report->retrieval) : TALLY_VERDICTS;
    add(&tally->submissions[submission], weight);
    add(&tally->retrievals[retrieval], weight);
}

static void add_protections(struct tally *tally, uint32_t bits, int weight)
{
    for (unsigned i = 0; i < BITS && bits >> i != 0; i++) {
        if ((bits >> i & 1) != 0) {
            add(&tally->protections[i], weight);
        }
    }
}

static void add_report(struct tally *tally, const struct answer *answer, int weight)
{
    const hoptls_report *report = &answer->report;
    unsigned column = tally_column(report->verdict);
    unsigned basis = answer->deciding_hop != HOPTLS_NO_HOP ? answer->deciding.basis / 16u : 0;
    int64_t seconds;
    unsigned month =
        tally_date(answer, &seconds) ? calendar_month(&tally->calendar, seconds) : CALENDAR_MONTHS;
    add(&tally->messages[column], weight);
    add(&tally->months[month][column], weight);
    add(&tally->bases[basis < BASES ? basis : 0][column], weight);
    add_steps(tally, report, weight);
    add_protections(tally, report->protection, weight);
}

/* Hops beyond those that are kept come from a walk. */
static int add_hops(struct tally *tally, const struct answer *answer, int weight)
{
    struct walk walk;
    const hoptls_hop *hop;
    memset(&walk, 0, sizeof walk);
    while ((hop = answer_next(answer, &walk)) != NULL) {
        if (hop->counts && add_hop(tally, answer->msg, hop, weight) < 0) {
            return -1;
        }
    }
    return 0;
}

int tally_message(struct tally *tally, const struct answer *answer, int weight)
{
    add_report(tally, answer, weight);
    if (answer->kept_count == ANSWER_KEPT) {
        return add_hops(tally, answer, weight);
    }
    for (uint32_t i = 0; i < answer->kept_count; i++) {
        if (answer->kept[i].counts && add_hop(tally, answer->msg, &answer->kept[i], weight) < 0) {
            return -1;
        }
    }
    return 0;
}

void tally_add_message(struct tally *tally, unsigned column, int weight)
{
    add(&tally->messages[column], weight);
}

void tally_add_file(struct tally *tally, unsigned column, uint64_t number)
{
    tally->files[column] += number;
}

uint64_t tally_verdicts(const struct tally *tally, uint32_t worst)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i <= tally_column(worst); i++) {
        sum += tally->messages[i];
    }
    return sum;
}

uint64_t tally_messages(const struct tally *tally)
{
    return tally_verdicts(tally, HOPTLS_V_NONE_NEEDED);
}

/* ---- Rows ---- */

/* The sums go into their row. Rows whose sums are all 0 are left out. */
static int put_row(struct tally *tally, const char *kind, const char *name, uint64_t *sums, unsigned columns)
{
    char key[LEDGER_KEY_MOST];
    uint64_t any = 0;
    uint64_t *row;
    for (unsigned i = 0; i < columns; i++) {
        any |= sums[i];
    }
    if (any == 0) {
        return 0;
    }
    (void)snprintf(key, sizeof key, "%s\t%s", kind, name[0] != '\0' ? name : "-");
    row = ledger_row(tally->ledger, key, strlen(key));
    tally->newest = ledger_generation(tally->ledger);
    for (unsigned i = 0; i < columns && row != NULL; i++) {
        row[i] += sums[i];
        sums[i] = 0;
    }
    return row != NULL ? 0 : -1;
}

static int put_months(struct tally *tally)
{
    int status = 0;
    for (unsigned i = 0; i <= CALENDAR_MONTHS && status == 0; i++) {
        char name[CALENDAR_ROOM];
        calendar_name(i, name);
        status = put_row(tally, "month", name, tally->months[i], TALLY_VERDICTS) < 0 ||
                         put_row(tally, "version", name, tally->versions[i], VERSION_COLUMNS) < 0
                     ? -1
                     : 0;
    }
    return status;
}

static int put_numbers(struct tally *tally)
{
    int status = 0;
    for (unsigned i = 0; i < WRITERS && status == 0; i++) {
        status = put_row(tally, "writer", hoptls_writer_name(i), tally->writers[i], TALLY_VERDICTS);
    }
    for (unsigned i = 0; i < SUITES && status == 0; i++) {
        if (tally->suites[i] != 0) {
            status = put_row(tally, "suite", i != 0 ? hoptls_suite_name(i) : "", &tally->suites[i], 1);
        }
    }
    for (unsigned i = 0; i < BASES && status == 0; i++) {
        status = put_row(tally, "basis", hoptls_basis_word(i * 16), tally->bases[i], TALLY_VERDICTS);
    }
    for (unsigned i = 0; i < BITS && status == 0; i++) {
        status =
            put_row(tally, "protection", hoptls_protection_word(UINT32_C(1) << i), &tally->protections[i], 1);
    }
    return status;
}

int tally_settle(struct tally *tally)
{
    return put_row(tally, "message", "", tally->messages, MESSAGE_COLUMNS) < 0 ||
                   put_row(tally, "file", "", tally->files, FILE_COLUMNS) < 0 ||
                   put_row(tally, "step", "submission", tally->submissions, TALLY_VERDICTS + 1) < 0 ||
                   put_row(tally, "step", "retrieval", tally->retrievals, TALLY_VERDICTS + 1) < 0 ||
                   put_months(tally) < 0 || put_numbers(tally) < 0
               ? -1
               : 0;
}
