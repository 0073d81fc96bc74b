#include "table.h"

#include "complain.h"
#include "prose.h"
#include "tally.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many messages are written at a time. */
enum { GROUP = 20000 };

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS setting (option TEXT NOT NULL, value TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS messages ("
    " id INTEGER PRIMARY KEY, file TEXT NOT NULL, offset INTEGER NOT NULL, date INTEGER, verdict TEXT NOT "
    "NULL,"
    " trusted TEXT, claimed TEXT NOT NULL, hops INTEGER NOT NULL, deciding_hop INTEGER, basis TEXT, "
    "submission TEXT,"
    " retrieval TEXT, protection INTEGER NOT NULL, reason TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS hosts ("
    " id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, organisation TEXT);"
    "CREATE TABLE IF NOT EXISTS hops ("
    " message INTEGER NOT NULL REFERENCES messages (id), number INTEGER NOT NULL, from_host INTEGER "
    "REFERENCES hosts (id),"
    " by_host INTEGER REFERENCES hosts (id), helo TEXT, address TEXT, date INTEGER, protocol TEXT, writer "
    "TEXT,"
    " role TEXT NOT NULL, scope TEXT NOT NULL, evidence TEXT NOT NULL, silence TEXT, verdict TEXT NOT NULL,"
    " basis TEXT NOT NULL, counts INTEGER NOT NULL, version TEXT, suite TEXT, cipher TEXT, bits INTEGER,"
    " flags INTEGER NOT NULL, PRIMARY KEY (message, number)) WITHOUT ROWID;";

static const char indexes[] = "CREATE INDEX IF NOT EXISTS messages_by_verdict ON messages (verdict, date);"
                              "CREATE INDEX IF NOT EXISTS messages_by_date ON messages (date);"
                              "CREATE INDEX IF NOT EXISTS messages_by_place ON messages (file, offset);"
                              "CREATE INDEX IF NOT EXISTS hops_by_receiver ON hops (by_host, verdict);"
                              "CREATE INDEX IF NOT EXISTS hops_by_sender ON hops (from_host, verdict);"
                              "CREATE INDEX IF NOT EXISTS hosts_by_organisation ON hosts (organisation);";

static const char add_message[] = "INSERT INTO messages VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
static const char add_hop[] = "INSERT INTO hops VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
static const char add_host[] = "INSERT INTO hosts (name, organisation) VALUES (?1, ?2)"
                               " ON CONFLICT (name) DO UPDATE SET organisation = organisation RETURNING id";

struct table {
    sqlite3 *base;
    sqlite3_stmt *message, *hop, *host;
    const char *path;
    sqlite3_int64 next;
    unsigned in_group;
};

static int refuse(struct table *table)
{
    complain(table->path, table->base != NULL ? sqlite3_errmsg(table->base) : "no memory");
    return -1;
}

static int run(struct table *table, const char *words)
{
    return sqlite3_exec(table->base, words, NULL, NULL, NULL) == SQLITE_OK ? 0 : -1;
}

static int prepare(struct table *table, const char *words, sqlite3_stmt **statement)
{
    return sqlite3_prepare_v2(table->base, words, -1, statement, NULL) == SQLITE_OK ? 0 : -1;
}

static int find_next(struct table *table)
{
    sqlite3_stmt *last;
    if (prepare(table, "SELECT coalesce(max(id), 0) + 1 FROM messages", &last) < 0) {
        return -1;
    }
    table->next = sqlite3_step(last) == SQLITE_ROW ? sqlite3_column_int64(last, 0) : 1;
    sqlite3_finalize(last);
    return 0;
}

/* A line `setting`, option, value, with tabs between. Returns the next line. */
static const char *bind_setting(sqlite3_stmt *statement, const char *line)
{
    const char *option = line + strcspn(line, "\t\n");
    size_t len;
    option += *option == '\t' ? 1 : 0;
    len = strcspn(option, "\t\n");
    sqlite3_bind_text(statement, 1, option, (int)len, SQLITE_STATIC);
    option += len + (option[len] == '\t' ? 1 : 0);
    len = strcspn(option, "\n");
    sqlite3_bind_text(statement, 2, option, (int)len, SQLITE_STATIC);
    return option + len + (option[len] == '\n' ? 1 : 0);
}

/* The settings of the scan, anew. */
static int put_settings(struct table *table, const char *settings)
{
    sqlite3_stmt *statement;
    int status = run(table, "DELETE FROM setting");
    if (status < 0 || prepare(table, "INSERT INTO setting VALUES (?1, ?2)", &statement) < 0) {
        return -1;
    }
    while (*settings != '\0' && status == 0) {
        settings = bind_setting(statement, settings);
        status = sqlite3_step(statement) == SQLITE_DONE ? 0 : -1;
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    return status;
}

/* Until the file has its name nobody counts on it, so that it need not be safe on the disk at each step. */
static int begin(struct table *table, const char *settings)
{
    return run(table,
               "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
               "PRAGMA cache_size=-4096; PRAGMA application_id=1752134772; PRAGMA user_version=1") < 0 ||
                   run(table, schema) < 0 || put_settings(table, settings) < 0 ||
                   prepare(table, add_message, &table->message) < 0 ||
                   prepare(table, add_hop, &table->hop) < 0 || prepare(table, add_host, &table->host) < 0 ||
                   find_next(table) < 0 || run(table, "BEGIN") < 0
               ? -1
               : 0;
}

static void release(struct table *table)
{
    sqlite3_finalize(table->message);
    sqlite3_finalize(table->hop);
    sqlite3_finalize(table->host);
    sqlite3_close(table->base);
    free(table);
}

struct table *table_open(const char *path, const char *settings)
{
    struct table *table = calloc(1, sizeof *table);
    if (table == NULL) {
        return NULL;
    }
    table->path = path;
    if (sqlite3_open(path, &table->base) != SQLITE_OK || begin(table, settings) < 0) {
        refuse(table);
        release(table);
        return NULL;
    }
    return table;
}

uint64_t table_rows(const struct table *table)
{
    return (uint64_t)table->next - 1;
}

int table_cut(struct table *table, uint64_t rows)
{
    char words[256];
    if (table_rows(table) < rows) {
        complain(
            table->path,
            "fewer messages than the scan left in it that is to go on; without the state it begins anew");
        return -1;
    }
    (void)snprintf(words, sizeof words,
                   "DELETE FROM messages WHERE id > %llu; DELETE FROM hops WHERE message > %llu",
                   (unsigned long long)rows, (unsigned long long)rows);
    table->next = (sqlite3_int64)rows + 1;
    return run(table, words) < 0 ? refuse(table) : 0;
}

/* ---- Values ---- */

static const struct terminal reader = {.utf8 = 1};

static void bind_word(sqlite3_stmt *statement, int at, const char *word)
{
    if (word[0] != '\0') {
        sqlite3_bind_text(statement, at, word, -1, SQLITE_TRANSIENT);
    } else {
        sqlite3_bind_null(statement, at);
    }
}

static void bind_span(sqlite3_stmt *statement, int at, hoptls_msg msg, hoptls_span span)
{
    struct text text;
    text_begin(&text, &reader);
    text_span(&text, msg, span, PROSE_HOST);
    bind_word(statement, at, text.bytes);
}

static void bind_date(sqlite3_stmt *statement, int at, int has, int64_t seconds)
{
    if (has) {
        sqlite3_bind_int64(statement, at, seconds);
    } else {
        sqlite3_bind_null(statement, at);
    }
}

static void to_small_letters(struct text *text)
{
    for (size_t i = 0; i < text->len; i++) {
        text->bytes[i] =
            (char)(text->bytes[i] >= 'A' && text->bytes[i] <= 'Z' ? text->bytes[i] + 32 : text->bytes[i]);
    }
}

/* The number of the host, 0 if it has no name, -1 if it cannot be written. */
static sqlite3_int64 host_number(struct table *table, hoptls_msg msg, hoptls_span name,
                                 hoptls_span organisation)
{
    struct text text;
    sqlite3_int64 number = -1;
    if (name.len == 0) {
        return 0;
    }
    text_begin(&text, &reader);
    text_span(&text, msg, name, PROSE_HOST);
    to_small_letters(&text);
    bind_word(table->host, 1, text.bytes);
    text_begin(&text, &reader);
    text_span(&text, msg, organisation, PROSE_HOST);
    to_small_letters(&text);
    bind_word(table->host, 2, text.bytes);
    if (sqlite3_step(table->host) == SQLITE_ROW) {
        number = sqlite3_column_int64(table->host, 0);
    }
    sqlite3_reset(table->host);
    return number;
}

static void bind_host(sqlite3_stmt *statement, int at, sqlite3_int64 number)
{
    if (number > 0) {
        sqlite3_bind_int64(statement, at, number);
    } else {
        sqlite3_bind_null(statement, at);
    }
}

static int step(sqlite3_stmt *statement)
{
    int status = sqlite3_step(statement) == SQLITE_DONE ? 0 : -1;
    sqlite3_reset(statement);
    return status;
}

/* ---- Rows ---- */

static void bind_facts(sqlite3_stmt *s, const hoptls_hop *hop)
{
    bind_word(s, 9, hoptls_writer_name(hop->writer));
    bind_word(s, 10, hoptls_role_word(hop->role));
    bind_word(s, 11, hoptls_scope_word(hop->scope));
    bind_word(s, 12, hoptls_evidence_word(hop->evidence));
    bind_word(s, 13, hop->evidence == HOPTLS_EVIDENCE_SILENT ? hoptls_silence_word(hop->silence) : "");
    bind_word(s, 14, hoptls_verdict_word(hop->verdict));
    bind_word(s, 15, hoptls_basis_word(hop->basis));
    sqlite3_bind_int(s, 16, hop->counts);
    bind_word(s, 17, hoptls_tls_version_word(&hop->tls));
    bind_word(s, 18, hop->tls.suite != 0 ? hoptls_suite_name(hop->tls.suite) : "");
    bind_date(s, 20, hop->tls.bits != 0, hop->tls.bits);
    sqlite3_bind_int64(s, 21, hop->flags);
}

static int put_hop(struct table *table, hoptls_msg msg, const hoptls_hop *hop, uint32_t number)
{
    sqlite3_stmt *s = table->hop;
    sqlite3_int64 from = host_number(table, msg, hop->rdns, hop->rdns_org);
    sqlite3_int64 by = host_number(table, msg, hop->by, hop->by_org);
    char address[ADDRESS_ROOM];
    if (from < 0 || by < 0) {
        return -1;
    }
    prose_address(&hop->addr, address);
    sqlite3_bind_int64(s, 1, table->next);
    sqlite3_bind_int64(s, 2, number);
    bind_host(s, 3, from);
    bind_host(s, 4, by);
    bind_span(s, 5, msg, hop->helo);
    bind_word(s, 6, address);
    bind_date(s, 7, (hop->flags & HOPTLS_F_NO_DATE) == 0, hop->date);
    bind_span(s, 8, msg, hop->with);
    bind_facts(s, hop);
    bind_span(s, 19, msg, hop->tls.cipher);
    return step(s);
}

static int put_hops(struct table *table, const struct answer *answer)
{
    struct walk walk;
    const hoptls_hop *hop;
    memset(&walk, 0, sizeof walk);
    while ((hop = answer_next(answer, &walk)) != NULL) {
        if (put_hop(table, answer->msg, hop, walk.next - 1) < 0) {
            return -1;
        }
    }
    return 0;
}

static void bind_verdicts(sqlite3_stmt *s, const struct answer *answer)
{
    const hoptls_report *report = &answer->report;
    bind_word(s, 5, hoptls_verdict_word(report->verdict));
    bind_word(s, 6, answer->request->trust.given ? hoptls_verdict_word(report->trusted) : "");
    bind_word(s, 7, hoptls_verdict_word(report->claimed));
    sqlite3_bind_int64(s, 8, report->hops);
    bind_date(s, 9, answer->deciding_hop != HOPTLS_NO_HOP, answer->deciding_hop);
    bind_word(s, 10, answer->deciding_hop != HOPTLS_NO_HOP ? hoptls_basis_word(answer->deciding.basis) : "");
    bind_word(s, 11, hoptls_verdict_word(report->submission));
    bind_word(s, 12, hoptls_verdict_word(report->retrieval));
    sqlite3_bind_int64(s, 13, report->protection);
}

static int put_message(struct table *table, const char *file, uint64_t offset, const struct answer *answer)
{
    sqlite3_stmt *s = table->message;
    struct text text;
    int64_t seconds;
    int dated = tally_date(answer, &seconds);
    sqlite3_bind_int64(s, 1, table->next);
    text_begin(&text, &reader);
    text_safe_word(&text, file, TEXT_ROOM / 2);
    sqlite3_bind_text(s, 2, text.bytes, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(s, 3, (sqlite3_int64)offset);
    bind_date(s, 4, dated, seconds);
    bind_verdicts(s, answer);
    text_begin(&text, &reader);
    text_add(&text, prose_lead(answer));
    text_add(&text, " ");
    prose_add_answer(&text, answer);
    bind_word(s, 14, text.bytes);
    return step(s);
}

int table_add(struct table *table, const char *file, uint64_t offset, const struct answer *answer)
{
    if (put_message(table, file, offset, answer) < 0 || put_hops(table, answer) < 0) {
        return refuse(table);
    }
    table->next++;
    if (++table->in_group == GROUP) {
        table->in_group = 0;
        return run(table, "COMMIT; BEGIN") < 0 ? refuse(table) : 0;
    }
    return 0;
}

int table_close(struct table *table)
{
    int status =
        run(table, "COMMIT") < 0 || run(table, indexes) < 0 || run(table, "ANALYZE") < 0 ? refuse(table) : 0;
    release(table);
    return status;
}
