#include "profile.h"

#include "complain.h"
#include "input.h"
#include "prose.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Organisations of profiles are numbered behind the library's own providers, of which there are some dozens. */
enum { SITE_FIRST = 0x8000, SITE_MOST = 0x7FFF };

/* A section's name and a month with their NUL. libinih keeps 50 bytes of a section's line. */
enum { NAME_ROOM = 40, MONTH_ROOM = 8 };

struct member {
    struct pattern host;
    uint16_t site; /* 0: none */
};

struct range {
    struct network network;
    uint16_t site;
};

/* One end of a private link: a host, or a network where that has a family. */
struct end {
    struct pattern host;
    struct network network;
};

struct private_link {
    struct end ends[2];
};

/* Since and until are months `2019-08`, or empty. */
struct record {
    struct pattern host;
    int always;
    char since[MONTH_ROOM];
    char until[MONTH_ROOM];
};

/* A field by which the notices of a portal are known; with `value` only if it is just that, in any case. */
struct notice {
    const char *name;
    const char *value; /* or null */
};

struct site {
    char name[NAME_ROOM];
};

/* `count` items of one kind, one behind the other. */
struct list {
    void *items;
    size_t count;
};

struct profiles {
    struct list sites; /* organisation n of the profiles is items[n - SITE_FIRST] */
    struct list members;
    struct list ranges;
    struct list links;
    struct list records;
    struct list notices;
    struct list strings; /* what the patterns point into */
    struct trust trust;
};

/* ---- Memory ---- */

/* Room for one item more; null if there is no memory. Rooms are powers of two. */
static void *list_add(struct list *list, size_t size)
{
    void *items = list->items;
    if (list->count == 0 || (list->count & (list->count - 1)) == 0) {
        items = realloc(list->items, (list->count > 0 ? list->count * 2 : 1) * size);
    }
    if (items == NULL) {
        return NULL;
    }
    list->items = items;
    list->count++;
    items = (char *)items + (list->count - 1) * size;
    memset(items, 0, size);
    return items;
}

/* A copy that lives as long as the profiles. */
static char *keep(struct profiles *profiles, const char *text)
{
    char **string = list_add(&profiles->strings, sizeof *string);
    if (string != NULL) {
        *string = strdup(text);
    }
    return string != NULL ? *string : NULL;
}

struct profiles *profiles_open(void)
{
    return calloc(1, sizeof(struct profiles));
}

void profiles_close(struct profiles *profiles)
{
    char **strings = profiles->strings.items;
    for (size_t i = 0; i < profiles->strings.count; i++) {
        free(strings[i]);
    }
    free(profiles->sites.items);
    free(profiles->members.items);
    free(profiles->ranges.items);
    free(profiles->links.items);
    free(profiles->records.items);
    free(profiles->notices.items);
    free(profiles->strings.items);
    trust_free(&profiles->trust);
    free(profiles);
}

const struct trust *profiles_trust(const struct profiles *profiles)
{
    return &profiles->trust;
}

/* ---- Reading: the state ---- */

enum section {
    SECTION_NONE,
    SECTION_ORGANISATION,
    SECTION_LINK,
    SECTION_RECORDING,
    SECTION_TRUST,
    SECTION_PORTAL
};

static const char *const section_names[] = {
    [SECTION_ORGANISATION] = "organisation",
    [SECTION_LINK] = "private link",
    [SECTION_RECORDING] = "recording",
    [SECTION_TRUST] = "trust",
    [SECTION_PORTAL] = "portal",
};

/* Trust in an organisation, which may stand further down. */
struct believed {
    const char *name;
    unsigned line;
};

struct reader {
    struct profiles *profiles;
    const char *path;
    const char *text; /* what is still to read */
    size_t len;
    unsigned line; /* the one that was read last */

    enum section section;
    unsigned section_line;
    size_t first;     /* of the section's records */
    unsigned entries; /* how many values the section's lists have */
    unsigned seen;    /* KEY_ bits */
    struct end ends[2];
    struct record record;
    struct list believed;

    struct terminal terminal; /* standard error */
    unsigned refused;         /* the first line that is wrong, or 0 */
    struct text reason;
};

/* Note what is wrong with a line; the first one that is wrong is told. `what` stands behind the words. */
static int refuse_at(struct reader *reader, unsigned line, const char *words, const char *what)
{
    enum { WHAT = 80 };
    if (reader->refused != 0 && reader->refused <= line) {
        return -1;
    }
    reader->refused = line;
    text_begin(&reader->reason, &reader->terminal);
    text_add(&reader->reason, words);
    if (what != NULL) {
        text_add(&reader->reason, ": ");
        text_safe_word(&reader->reason, what, WHAT);
    }
    return -1;
}

static int refuse(struct reader *reader, const char *words, const char *what)
{
    return refuse_at(reader, reader->line, words, what);
}

static int refuse_memory(struct reader *reader)
{
    return refuse(reader, strerror(ENOMEM), NULL);
}

/* ---- Reading: values ---- */

static int is_address(const char *text)
{
    struct network network;
    return network_read(&network, text, strlen(text)) == 0 || strchr(text, '/') != NULL ||
           strchr(text, ':') != NULL;
}

/* Letters, digits, `-`, `_`, and what is beyond ASCII (RFC 6531); no two dots side by side, none at the end. */
static int is_host(const char *text)
{
    const char *at = text + (text[0] == '.');
    if (*at == '\0' || *at == '.') {
        return 0;
    }
    while (*at != '\0') {
        int letter = isalnum((unsigned char)*at) || *at == '-' || *at == '_' || (*at & 0x80) != 0;
        if (!letter && (*at != '.' || at[1] == '.' || at[1] == '\0')) {
            return 0;
        }
        at++;
    }
    return 1;
}

/* `text` is kept by the caller. */
static int read_host(struct reader *reader, const char *text, struct pattern *out)
{
    if (is_address(text)) {
        return refuse(reader, "an address, where a host is asked for", text);
    }
    if (!is_host(text)) {
        return refuse(reader, "no host; write mx.example.org, or .example.org for all of a domain", text);
    }
    return pattern_read(out, text, strlen(text));
}

static int read_network(struct reader *reader, const char *text, struct network *out)
{
    if (network_read(out, text, strlen(text)) < 0) {
        return refuse(reader,
                      "no network; write 192.0.2.0/24 or 2001:db8::/32, with no bits set behind the prefix",
                      text);
    }
    return 0;
}

static int read_month(struct reader *reader, const char *text, char month[MONTH_ROOM])
{
    static const char form[] = "0000-00";
    int good = strlen(text) == strlen(form);
    for (size_t i = 0; good && form[i] != '\0'; i++) {
        good = form[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == form[i];
    }
    if (!good || strcmp(text + 5, "01") < 0 || strcmp(text + 5, "12") > 0) {
        return refuse(reader, "no month; write 2019-08", text);
    }
    memcpy(month, text, MONTH_ROOM);
    return 0;
}

/* Hand each value of a list to `take`: they stand with commas between, and may go on in indented lines. */
static int read_list(struct reader *reader, const char *value, int (*take)(struct reader *, const char *))
{
    char *rest = keep(reader->profiles, value);
    int status = rest != NULL ? 0 : refuse_memory(reader);
    while (status == 0 && rest != NULL && rest[strspn(rest, " \t")] != '\0') {
        char *one = rest + strspn(rest, " \t");
        size_t len = strcspn(one, ",");
        rest = one[len] == ',' ? one + len + 1 : NULL;
        while (len > 0 && (one[len - 1] == ' ' || one[len - 1] == '\t')) {
            len--;
        }
        one[len] = '\0';
        reader->entries++;
        status = len > 0 ? take(reader, one) : refuse(reader, "a comma without a value", NULL);
    }
    return status;
}

/* ---- Reading: keys ---- */

static uint16_t this_site(const struct reader *reader)
{
    return (uint16_t)(SITE_FIRST + reader->profiles->sites.count - 1);
}

static int take_member(struct reader *reader, const char *text)
{
    const struct member *members = reader->profiles->members.items;
    struct member *member;
    struct pattern host;
    if (read_host(reader, text, &host) < 0) {
        return -1;
    }
    for (size_t i = 0; i < reader->profiles->members.count; i++) {
        if (pattern_same(&members[i].host, &host)) {
            return refuse(reader, "this host has an organisation already", text);
        }
    }
    member = list_add(&reader->profiles->members, sizeof *member);
    if (member == NULL) {
        return refuse_memory(reader);
    }
    member->host = host;
    member->site = this_site(reader);
    return 0;
}

static int take_range(struct reader *reader, const char *text)
{
    const struct range *ranges = reader->profiles->ranges.items;
    struct range *range;
    struct network network;
    if (read_network(reader, text, &network) < 0) {
        return -1;
    }
    for (size_t i = 0; i < reader->profiles->ranges.count; i++) {
        if (network_same(&ranges[i].network, &network)) {
            return refuse(reader, "this network has an organisation already", text);
        }
    }
    range = list_add(&reader->profiles->ranges, sizeof *range);
    if (range == NULL) {
        return refuse_memory(reader);
    }
    range->network = network;
    range->site = this_site(reader);
    return 0;
}

static int take_recorder(struct reader *reader, const char *text)
{
    struct pattern host;
    struct record *record;
    if (read_host(reader, text, &host) < 0) {
        return -1;
    }
    record = list_add(&reader->profiles->records, sizeof *record);
    if (record == NULL) {
        return refuse_memory(reader);
    }
    record->host = host;
    return 0;
}

static int take_trusted(struct reader *reader, const char *text)
{
    struct pattern host;
    if (read_host(reader, text, &host) < 0) {
        return -1;
    }
    return trust_add_host(&reader->profiles->trust, &host) < 0 ? refuse_memory(reader) : 0;
}

static int take_believed(struct reader *reader, const char *text)
{
    struct believed *believed = list_add(&reader->believed, sizeof *believed);
    if (believed == NULL) {
        return refuse_memory(reader);
    }
    believed->name = text;
    believed->line = reader->line;
    return 0;
}

/* Letters, digits and what else may stand in a field's name (RFC 5322 section 3.6.8). */
static int is_field_name(const char *text)
{
    const char *at = text;
    while (*at > ' ' && *at < 0x7F && *at != ':') {
        at++;
    }
    return at > text && *at == '\0';
}

/* `X-Secure-Portal`, or `X-Secure-Portal: yes`. */
static int take_notice(struct reader *reader, const char *text)
{
    char *name = keep(reader->profiles, text);
    struct notice *notice = list_add(&reader->profiles->notices, sizeof *notice);
    char *colon = name != NULL ? strchr(name, ':') : NULL;
    if (name == NULL || notice == NULL) {
        return refuse_memory(reader);
    }
    if (colon != NULL) {
        *colon = '\0';
        notice->value = colon + 1 + strspn(colon + 1, " \t");
    }
    if (!is_field_name(name) || (notice->value != NULL && notice->value[0] == '\0')) {
        return refuse(reader, "no name of a header field, or one with a colon and no value", text);
    }
    if (strcasecmp(name, "received") == 0) {
        return refuse(reader, "Received is no sign of a portal", text);
    }
    notice->name = name;
    return 0;
}

static int read_notices(struct reader *reader, const char *value)
{
    return read_list(reader, value, take_notice);
}

static int read_members(struct reader *reader, const char *value)
{
    return read_list(reader, value, take_member);
}

static int read_ranges(struct reader *reader, const char *value)
{
    return read_list(reader, value, take_range);
}

static int read_recorders(struct reader *reader, const char *value)
{
    return read_list(reader, value, take_recorder);
}

static int read_trusted(struct reader *reader, const char *value)
{
    return read_list(reader, value, take_trusted);
}

static int read_believed(struct reader *reader, const char *value)
{
    return read_list(reader, value, take_believed);
}

static int read_end(struct reader *reader, const char *value, struct end *end)
{
    const char *kept = keep(reader->profiles, value);
    if (kept == NULL) {
        return refuse_memory(reader);
    }
    return is_address(value) ? read_network(reader, value, &end->network)
                             : read_host(reader, kept, &end->host);
}

static int read_between(struct reader *reader, const char *value)
{
    return read_end(reader, value, &reader->ends[0]);
}

static int read_and(struct reader *reader, const char *value)
{
    return read_end(reader, value, &reader->ends[1]);
}

static int read_tls(struct reader *reader, const char *value)
{
    reader->record.always = strcmp(value, "always") == 0;
    if (!reader->record.always && strcmp(value, "never") != 0) {
        return refuse(reader, "tls is always or never", value);
    }
    return 0;
}

static int read_since(struct reader *reader, const char *value)
{
    return read_month(reader, value, reader->record.since);
}

static int read_until(struct reader *reader, const char *value)
{
    return read_month(reader, value, reader->record.until);
}

struct key {
    enum section section;
    int list; /* 1: of several values, in several lines if need be */
    const char *name;
    int (*read)(struct reader *, const char *value);
};

enum { KEY_BETWEEN = 1 << 2, KEY_AND = 1 << 3, KEY_TLS = 1 << 5 };

/* Bit n of `seen` is row n. */
static const struct key keys[] = {
    {SECTION_ORGANISATION, 1, "hosts", read_members}, {SECTION_ORGANISATION, 1, "networks", read_ranges},
    {SECTION_LINK, 0, "between", read_between},       {SECTION_LINK, 0, "and", read_and},
    {SECTION_RECORDING, 1, "hosts", read_recorders},  {SECTION_RECORDING, 0, "tls", read_tls},
    {SECTION_RECORDING, 0, "since", read_since},      {SECTION_RECORDING, 0, "until", read_until},
    {SECTION_TRUST, 1, "hosts", read_trusted},        {SECTION_TRUST, 1, "organisations", read_believed},
    {SECTION_PORTAL, 1, "fields", read_notices},
};

static int read_key(struct reader *reader, const char *name, const char *value)
{
    enum { KEY_COUNT = sizeof keys / sizeof keys[0] };
    unsigned i = 0;
    while (i < KEY_COUNT && (keys[i].section != reader->section || strcmp(keys[i].name, name) != 0)) {
        i++;
    }
    if (reader->section == SECTION_NONE) {
        return refuse(reader, "this stands before the first section", name);
    }
    if (i == KEY_COUNT) {
        return refuse(reader, "this section has no such key", name);
    }
    if (!keys[i].list && (reader->seen & 1u << i) != 0) {
        return refuse(reader, "this key stands here already, or goes on in a second line", name);
    }
    if (!keys[i].list && value[0] == '\0') {
        return refuse(reader, "this key has no value", name);
    }
    reader->seen |= 1u << i;
    return keys[i].read(reader, value);
}

/* ---- Reading: sections ---- */

static int end_link(struct reader *reader)
{
    struct private_link *link;
    if ((reader->seen & KEY_BETWEEN) == 0 || (reader->seen & KEY_AND) == 0) {
        return refuse_at(reader, reader->section_line, "a private link needs both between and and", NULL);
    }
    if (reader->ends[0].network.family != 0 && reader->ends[1].network.family != 0) {
        return refuse_at(reader, reader->section_line,
                         "one end of a private link must be a host: a server is known by its name", NULL);
    }
    link = list_add(&reader->profiles->links, sizeof *link);
    if (link == NULL) {
        return refuse_memory(reader);
    }
    memcpy(link->ends, reader->ends, sizeof link->ends);
    return 0;
}

static int end_recording(struct reader *reader)
{
    struct record *records = reader->profiles->records.items;
    const struct record *record = &reader->record;
    if ((reader->seen & KEY_TLS) == 0 || reader->entries == 0) {
        return refuse_at(reader, reader->section_line, "a recording needs hosts and tls", NULL);
    }
    if (record->since[0] != '\0' && record->until[0] != '\0' && strcmp(record->since, record->until) > 0) {
        return refuse_at(reader, reader->section_line, "this recording ends before it begins", NULL);
    }
    for (size_t i = reader->first; i < reader->profiles->records.count; i++) {
        struct pattern host = records[i].host;
        records[i] = *record;
        records[i].host = host;
    }
    return 0;
}

static int end_section(struct reader *reader)
{
    switch (reader->section) {
    case SECTION_NONE: break;
    case SECTION_LINK: return end_link(reader);
    case SECTION_RECORDING: return end_recording(reader);
    case SECTION_ORGANISATION:
    case SECTION_TRUST:
    case SECTION_PORTAL:
        return reader->entries > 0
                   ? 0
                   : refuse_at(reader, reader->section_line, "this section says nothing", NULL);
    }
    return 0;
}

static int find_site(const struct profiles *profiles, const char *name)
{
    const struct site *sites = profiles->sites.items;
    size_t i = 0;
    while (i < profiles->sites.count && strcmp(sites[i].name, name) != 0) {
        i++;
    }
    return i < profiles->sites.count ? (int)i + SITE_FIRST : 0;
}

static int begin_organisation(struct reader *reader, const char *name)
{
    struct site *site;
    if (name[0] == '\0') {
        return refuse(reader, "an organisation needs a name: [organisation NAME]", NULL);
    }
    if (strlen(name) >= NAME_ROOM) {
        return refuse(reader, "a name longer than 39 bytes", name);
    }
    if (strchr(name, ',') != NULL) {
        return refuse(reader, "a name with a comma", name);
    }
    if (find_site(reader->profiles, name) != 0) {
        return refuse(reader, "there is an organisation of this name already", name);
    }
    site =
        reader->profiles->sites.count < SITE_MOST ? list_add(&reader->profiles->sites, sizeof *site) : NULL;
    if (site == NULL) {
        return refuse_memory(reader);
    }
    memcpy(site->name, name, strlen(name) + 1);
    return 0;
}

static void set_section(struct reader *reader, enum section section)
{
    reader->section = section;
    reader->section_line = reader->line;
    reader->first = reader->profiles->records.count;
    reader->entries = 0;
    reader->seen = 0;
    memset(reader->ends, 0, sizeof reader->ends);
    memset(&reader->record, 0, sizeof reader->record);
}

/* `title` is what stands between the brackets. */
static int begin_section(struct reader *reader, const char *title)
{
    size_t len = strlen(section_names[SECTION_ORGANISATION]);
    if (strncmp(title, section_names[SECTION_ORGANISATION], len) == 0 &&
        (title[len] == '\0' || title[len] == ' ')) {
        set_section(reader, SECTION_ORGANISATION);
        return begin_organisation(reader, title + len + strspn(title + len, " "));
    }
    for (int i = SECTION_LINK; i <= SECTION_PORTAL; i++) {
        if (strcmp(title, section_names[i]) == 0) {
            set_section(reader, (enum section)i);
            return 0;
        }
    }
    return refuse(reader, "no such section", title);
}

/* ---- Reading: lines ---- */

/* libinih does not tell where a section begins, nor of one without keys, and it cuts long titles: read the line
 * here. */
static int read_title(struct reader *reader, const char *line)
{
    enum { TITLE_MOST = 49 };
    char title[TITLE_MOST + 1];
    size_t len = strcspn(line + 1, "]");
    const char *behind = line + 1 + len + 1;
    if (line[1 + len] != ']' || len > TITLE_MOST) {
        return refuse(reader, "no title of a section, or one longer than 49 bytes", line);
    }
    behind += strspn(behind, " \t");
    if (*behind != '\0' && *behind != ';' && *behind != '#') {
        return refuse(reader, "something stands behind the title", behind);
    }
    memcpy(title, line + 1, len);
    title[len] = '\0';
    return end_section(reader) < 0 ? -1 : begin_section(reader, title);
}

static int is_clean(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (((unsigned char)line[i] < ' ' && line[i] != '\t') || line[i] == 0x7F) {
            return 0;
        }
    }
    return 1;
}

static int check_line(struct reader *reader, const char *line, size_t len)
{
    const char *at = line + strspn(line, " \t");
    if (!is_clean(line, len)) {
        return refuse(reader, "a control character", NULL);
    }
    if (*at == '[' && at > line) {
        return refuse(reader, "a section begins at the start of its line", NULL);
    }
    return *at == '[' ? read_title(reader, line) : 0;
}

/* The length of the next line without its end, which is `*end` bytes long. */
static size_t next_line(const struct reader *reader, size_t *end)
{
    const char *feed = memchr(reader->text, '\n', reader->len);
    size_t len = feed != NULL ? (size_t)(feed - reader->text) : reader->len;
    *end = feed != NULL;
    if (len > 0 && reader->text[len - 1] == '\r') {
        len--;
        *end += 1;
    }
    return len;
}

/* The next line for libinih, which calls this as it would fgets. Null at the end, and at the first line that is
 * wrong. */
static char *give_line(char *room, int size, void *stream)
{
    struct reader *reader = stream;
    size_t end;
    size_t len = next_line(reader, &end);
    if (reader->refused != 0 || reader->len == 0) {
        return NULL;
    }
    reader->line++;
    if (size < 3 || len > (size_t)size - 3) {
        refuse(reader, "a line longer than 197 bytes; a list may go on in an indented line", NULL);
        return NULL;
    }
    memcpy(room, reader->text, len);
    room[len] = '\0';
    reader->text += len + end;
    reader->len -= len + end;
    return check_line(reader, room, len) < 0 ? NULL : room;
}

static int take_key(void *user, const char *section, const char *name, const char *value)
{
    struct reader *reader = user;
    (void)section; /* cut where it is long; read_title knows better */
    if (reader->refused == 0) {
        read_key(reader, name, value != NULL ? value : "");
    }
    return 1;
}

static int believe_site(struct reader *reader, uint16_t site)
{
    const struct member *members = reader->profiles->members.items;
    for (size_t i = 0; i < reader->profiles->members.count; i++) {
        if (members[i].site == site && trust_add_host(&reader->profiles->trust, &members[i].host) < 0) {
            return refuse_memory(reader);
        }
    }
    return 0;
}

static void believe_sites(struct reader *reader)
{
    const struct believed *believed = reader->believed.items;
    for (size_t i = 0; i < reader->believed.count && reader->refused == 0; i++) {
        int site = find_site(reader->profiles, believed[i].name);
        if (site == 0) {
            refuse_at(reader, believed[i].line, "there is no organisation of this name", believed[i].name);
        } else {
            believe_site(reader, (uint16_t)site);
        }
    }
}

static void skip_mark(struct reader *reader)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* the byte order mark that some editors put in front */
    if (reader->len >= 3 && memcmp(reader->text, mark, 3) == 0) {
        reader->text += 3;
        reader->len -= 3;
    }
}

static void read_all(struct reader *reader)
{
    int line;
    skip_mark(reader);
    line = ini_parse_stream(give_line, reader, take_key, reader);
    if (line != 0) {
        refuse_at(reader, line > 0 ? (unsigned)line : 1, "neither [SECTION] nor KEY = VALUE", NULL);
    }
    if (reader->refused == 0) {
        end_section(reader);
        believe_sites(reader);
    }
}

static void tell_refusal(const struct reader *reader)
{
    size_t room = strlen(reader->path) + 16;
    char *place = malloc(room);
    if (place != NULL) {
        (void)snprintf(place, room, "%s:%u", reader->path, reader->refused);
    }
    complain(place != NULL ? place : reader->path, reader->reason.bytes);
    free(place);
}

static int read_input(struct profiles *profiles, const char *path, const struct input *input)
{
    struct reader *reader = calloc(1, sizeof *reader);
    int refused;
    if (reader == NULL) {
        complain(path, strerror(ENOMEM));
        return -1;
    }
    reader->profiles = profiles;
    reader->path = path;
    reader->text = input->size > 0 ? input->bytes : "";
    reader->len = input->size;
    reader->terminal = terminal_look(2, COLOUR_NEVER);
    read_all(reader);
    refused = reader->refused != 0;
    if (refused) {
        tell_refusal(reader);
    }
    free(reader->believed.items);
    free(reader);
    return refused ? -1 : 0;
}

int profiles_read(struct profiles *profiles, const char *path)
{
    struct input input;
    int status = input_open(&input, path);
    if (status < 0) {
        complain(path, input.error);
    } else {
        status = read_input(profiles, path, &input);
    }
    input_close(&input);
    return status;
}

/* ---- What they say of a hop ---- */

/* The organisation of a host by the longest name that covers it. 0: none. `*covered` bytes at the end tell it. */
static uint16_t site_of_name(const struct profiles *profiles, hoptls_msg msg, hoptls_span name,
                             size_t *covered)
{
    const struct member *members = profiles->members.items;
    uint16_t site = 0;
    *covered = 0;
    for (size_t i = 0; i < profiles->members.count; i++) {
        size_t len = pattern_match(&members[i].host, msg.ptr + name.off, name.len);
        if (len > *covered) {
            *covered = len;
            site = members[i].site;
        }
    }
    return site;
}

/* By the narrowest network that covers its address. */
static uint16_t site_of_address(const struct profiles *profiles, const hoptls_addr *addr)
{
    const struct range *ranges = profiles->ranges.items;
    const struct range *best = NULL;
    for (size_t i = 0; i < profiles->ranges.count; i++) {
        if (network_covers(&ranges[i].network, addr) &&
            (best == NULL || ranges[i].network.bits > best->network.bits)) {
            best = &ranges[i];
        }
    }
    return best != NULL ? best->site : 0;
}

/* The name's organisation becomes the part that the profile named, so that a host which the profile sets apart does
 * not pass for one of the registrable domain around it. */
static void set_site(const struct profiles *profiles, hoptls_msg msg, hoptls_span name, hoptls_span *org,
                     uint16_t *provider)
{
    size_t covered;
    uint16_t site = site_of_name(profiles, msg, name, &covered);
    if (site != 0) {
        uint32_t end = name.off + name.len - (msg.ptr[name.off + name.len - 1] == '.');
        org->off = end - (uint32_t)covered;
        org->len = (uint32_t)covered;
        *provider = site;
    }
}

void profiles_name(const struct profiles *profiles, hoptls_msg msg, hoptls_hop *hop)
{
    set_site(profiles, msg, hop->helo, &hop->helo_org, &hop->helo_provider);
    set_site(profiles, msg, hop->rdns, &hop->rdns_org, &hop->rdns_provider);
    set_site(profiles, msg, hop->by, &hop->by_org, &hop->by_provider);
}

static int is_server(hoptls_msg msg, const hoptls_hop *hop, const struct end *end)
{
    return end->network.family == 0 && pattern_match(&end->host, msg.ptr + hop->by.off, hop->by.len) > 0;
}

/* By its address or the name that the server found; what the client calls itself opens no private link. */
static int is_client(hoptls_msg msg, const hoptls_hop *hop, const struct end *end)
{
    if (end->network.family != 0) {
        return network_covers(&end->network, &hop->addr);
    }
    return (hop->flags & HOPTLS_F_FORGED_NAME) == 0 &&
           pattern_match(&end->host, msg.ptr + hop->rdns.off, hop->rdns.len) > 0;
}

static int is_private(const struct profiles *profiles, hoptls_msg msg, const hoptls_hop *hop)
{
    const struct private_link *links = profiles->links.items;
    size_t i = 0;
    while (i < profiles->links.count &&
           !(is_server(msg, hop, &links[i].ends[0]) && is_client(msg, hop, &links[i].ends[1])) &&
           !(is_server(msg, hop, &links[i].ends[1]) && is_client(msg, hop, &links[i].ends[0]))) {
        i++;
    }
    return i < profiles->links.count;
}

static void set_scope(hoptls_hop *hop, uint8_t scope)
{
    hop->scope = scope;
    hop->flags &= ~(uint32_t)HOPTLS_F_NAME_CLAIMED;
}

void profiles_place(const struct profiles *profiles, hoptls_msg msg, hoptls_hop *hop)
{
    uint16_t client = site_of_address(profiles, &hop->addr);
    if (hop->scope == HOPTLS_SCOPE_HOST) {
        return;
    }
    if (is_private(profiles, msg, hop) || (client != 0 && client == hop->by_provider)) {
        set_scope(hop, HOPTLS_SCOPE_INTERNAL);
    } else if (client != 0 && hop->by_provider >= SITE_FIRST) {
        set_scope(hop, HOPTLS_SCOPE_EXTERNAL);
    }
}

static int is_of_time(const struct record *record, const char *month)
{
    if (record->since[0] == '\0' && record->until[0] == '\0') {
        return 1;
    }
    return month[0] != '\0' && (record->since[0] == '\0' || strcmp(month, record->since) >= 0) &&
           (record->until[0] == '\0' || strcmp(month, record->until) <= 0);
}

/* The last entry that covers the hop's server at its time, so that exceptions stand behind the rule. Null: none. */
static const struct record *find_record(const struct profiles *profiles, hoptls_msg msg,
                                        const hoptls_hop *hop)
{
    const struct record *records = profiles->records.items;
    char date[DATE_ROOM];
    size_t i = profiles->records.count;
    prose_date(hop, ' ', date);
    date[MONTH_ROOM - 1] = '\0';
    while (i > 0 && !(is_of_time(&records[i - 1], date) &&
                      pattern_match(&records[i - 1].host, msg.ptr + hop->by.off, hop->by.len) > 0)) {
        i--;
    }
    return i > 0 ? &records[i - 1] : NULL;
}

/* What was not read of an overlong field may have been the record. */
void profiles_tell_silence(const struct profiles *profiles, hoptls_msg msg, hoptls_hop *hop)
{
    const struct record *record = NULL;
    if (hop->evidence == HOPTLS_EVIDENCE_SILENT && hop->silence != HOPTLS_SILENCE_NOT_NETWORK &&
        (hop->flags & HOPTLS_F_TOO_MANY) == 0) {
        record = find_record(profiles, msg, hop);
    }
    if (record != NULL) {
        hop->silence = record->always ? HOPTLS_SILENCE_PLAIN : HOPTLS_SILENCE_UNKNOWN;
        hop->silence_basis = HOPTLS_BASIS_SITE_PROFILE;
    }
}

/* ---- Use: portals ---- */

static int is_text(hoptls_msg msg, hoptls_span span, const char *text)
{
    return strlen(text) == span.len && strncasecmp((const char *)msg.ptr + span.off, text, span.len) == 0;
}

/* Without the blanks around it. */
static hoptls_span trimmed(hoptls_msg msg, hoptls_span span)
{
    const char *text = (const char *)msg.ptr;
    while (span.len > 0 && strchr(" \t\r\n", text[span.off]) != NULL) {
        span.off++;
        span.len--;
    }
    while (span.len > 0 && strchr(" \t\r\n", text[span.off + span.len - 1]) != NULL) {
        span.len--;
    }
    return span;
}

uint32_t profiles_protection(const struct profiles *profiles, hoptls_msg msg, const hoptls_field *field)
{
    const struct notice *notices = profiles->notices.items;
    for (size_t i = 0; i < profiles->notices.count; i++) {
        if (is_text(msg, field->name, notices[i].name) &&
            (notices[i].value == NULL || is_text(msg, trimmed(msg, field->value), notices[i].value))) {
            return HOPTLS_P_PORTAL;
        }
    }
    return 0;
}
