"""Cases of what the user knows or asks for: policies, site profiles, counts of an archive. Loaded by `run`."""

PROFILES = os.path.join(HERE, "..", "..", "tools", "profiles")
HOTMAIL = os.path.join(ARTICLE, "hotmail-to-luxsci.eml")
PROOFPOINT = os.path.join(ARTICLE, "luxsci-to-proofpoint.eml")


def profile(text):
    return put("profile", text if isinstance(text, bytes) else text.encode())


def hop_of(data, *args):
    return answer(data, *args)["hops"][0]


def received(client, address, server, tls=False, date=b"Tue, 01 Jul 2025 10:00:00 +0000"):
    """A field of software that nobody knows: its silence means nothing."""
    return b"Received: from %s (%s [%s])\n\tby %s with %s; %s\n" % (
        client, client, address, server, b"ESMTPS" if tls else b"ESMTP", date)


def refused(got, place, reason):
    """One line that names file and line, no answer, exit status 2."""
    equal([got.status, got.out], [2, b""], "status and output")
    one_line(got.err)
    safe_for_terminal(got.err)
    text = got.err.decode()
    assert text.startswith("hoptls: %s: " % place), text
    assert reason in text, text


# ---- Organisations ----

@case
def names_that_nobody_registers():
    for client, server, between in (
            (b"ip-10-1-2-3.ec2.compute.internal", b"mx.example.org", ["ip-10-1-2-3.ec2.compute.internal", "example.org"]),
            (b"mail.uni.internal", b"mx.firm.lan", ["uni.internal", "firm.lan"]),
            (b"a.b.github.io", b"mx.example.co.uk", ["b.github.io", "example.co.uk"])):
        hop = hop_of(received(client, b"192.0.2.1", server) + BODY)
        equal(list(hop["organisations"].values()), between, "%r" % client)


# ---- Policies ----

def with_suite(version, suite, bits=256):
    return TLS.replace(b"TLSv1.3", version).replace(b"TLS_AES_256_GCM_SHA384 (256/256", b"%s (%d/%d" % (suite, bits, bits))


RULES = [  # version, suite, bits, what breaks rfc9325, what breaks nist-800-52r2
    (b"TLSv1.3", b"TLS_AES_256_GCM_SHA384", 256, None, None),
    (b"TLSv1.3", b"TLS_AES_128_GCM_SHA256", 128, None, None),
    (b"TLSv1.3", b"TLS_CHACHA20_POLY1305_SHA256", 256, None, "no cipher but AES"),
    (b"TLSv1.2", b"ECDHE-RSA-AES256-GCM-SHA384", 256, None, None),
    (b"TLSv1.2", b"ECDHE-ECDSA-AES128-SHA", 128, None, None),
    (b"TLSv1.2", b"ECDHE-RSA-CHACHA20-POLY1305", 256, None, "no cipher but AES"),
    (b"TLSv1.2", b"ECDHE-RSA-CAMELLIA128-SHA256", 128, None, "no cipher but AES"),
    (b"TLSv1.2", b"DHE-RSA-AES128-GCM-SHA256", 128, "Diffie-Hellman in a finite field", None),
    (b"TLSv1.2", b"AES256-GCM-SHA384", 256, "static RSA", "appendix D.1"),
    (b"TLSv1.2", b"ECDH-RSA-AES128-SHA", 128, "forward secrecy", None),
    (b"TLSv1.2", b"AECDH-AES256-SHA", 256, None, "no anonymous suite"),
    (b"TLSv1.2", b"ADH-AES256-GCM-SHA384", 256, None, "no anonymous suite"),
    (b"TLSv1.2", b"TLS_SRP_SHA_WITH_AES_128_CBC_SHA", 128, None, "no password for a certificate"),
    (b"TLSv1.2", b"TLS_ECCPWD_WITH_AES_128_GCM_SHA256", 128, None, "no password for a certificate"),
    (b"TLSv1.2", b"TLS_RSA_PSK_WITH_AES_128_GCM_SHA256", 128, "static RSA", "appendix D.1"),
    (b"TLSv1.2", b"ECDHE-RSA-DES-CBC3-SHA", 168, "3DES has 112", "3DES is not approved"),
    (b"TLSv1.2", b"ECDHE-RSA-RC4-SHA", 128, "RC4", "no cipher but AES"),
    (b"TLSv1.2", b"RC4-MD5", 128, "RC4", "no cipher but AES"),
    (b"TLSv1.2", b"DES-CBC-SHA", 56, "keys under 112 bits", "128 bits"),
    (b"TLSv1.2", b"EXP-RC4-MD5", 40, "keys under 112 bits", "128 bits"),
    (b"TLSv1.1", b"ECDHE-RSA-AES256-SHA", 256, "section 3.1.1", "section 3.1:"),
    (b"TLSv1", b"ECDHE-RSA-AES256-SHA", 256, "section 3.1.1", "section 3.1:"),
    (b"SSLv3", b"RC4-SHA", 128, "section 3.1.1", "section 3.1:"),
]


@case
def policy_by_name_suite_by_suite():
    for version, suite, bits, rfc, nist in RULES:
        data = with_suite(version, suite, bits) + BODY
        for name, want, title in (("any", None, ""), ("rfc9325", rfc, "RFC 9325 section "),
                                  ("nist-800-52r2", nist, "NIST SP 800-52r2 section"),
                                  ("hipaa", nist, "HIPAA, as HHS reads it (74 FR 19006), NIST SP 800-52r2 section")):
            got = hoptls("--json", "--policy", name, stdin=data)
            message = got.answers()[0]
            hop = message["hops"][0]
            what = "%s of %s %s: %r" % (name, version, suite, hop["rule"])
            equal([got.status, hop["verdict"]], [1, "weak"] if want else [0, "tls"], what)
            equal(hop["rule"] is None, want is None, what)
            if want:
                assert want in hop["rule"] and hop["rule"].startswith(title), what
                assert hop["rule"] in message["reason"], message["reason"]


@case
def policy_names_its_rule_in_words():
    text = " ".join(hoptls("--policy=rfc9325", stdin=OLD_TLS + BODY).out.decode().split())
    assert "Falls short: " in text, text
    assert "falls short of RFC 9325 section 3.1.1: versions before TLS 1.2 must not be negotiated" in text, text


@case
def policy_yields_to_what_is_asked_for():
    old = with_suite(b"TLSv1.1", b"ECDHE-RSA-AES128-SHA", 128) + BODY
    for args, rule in ((("--policy=rfc9325",), "RFC 9325 section 3.1.1"), (("--policy=rfc9325", "--min-tls=1.1"), None),
                       (("--min-tls=1.1", "--policy=rfc9325"), None), (("--policy=rfc9325", "--min-tls=1.3"), "--min-tls"),
                       (("--policy=hipaa", "--min-tls=1.0", "--min-bits=256"), "--min-bits"),
                       (("--min-tls=1.2",), "--min-tls"), (("--policy=any",), None),
                       (("--policy=hipaa", "--policy=any"), None)):
        got = hop_of(old, *args)["rule"]
        assert got == rule or (rule and got and got.startswith(rule)), "%r gives %r" % (args, got)
    short = with_suite(b"TLSv1.2", b"DES-CBC3-SHA", 168) + BODY
    assert "3DES" in hop_of(short, "--policy=rfc9325", "--min-bits=0", "--min-tls=1.0")["rule"]


@case
def policy_of_a_version_that_is_not_stated():
    bare = PLAIN.replace(b"with esmtp", b"with esmtps") + BODY
    hop = hop_of(bare, "--policy=rfc9325")
    equal([hop["verdict"], hop["rule"]], ["tls", None])
    hop = hop_of(bare, "--policy=rfc9325", "--strict")
    equal([hop["verdict"], hop["weak"], hop["rule"]], ["weak", "not-stated", "--strict"])


@case
def policy_judges_no_hop_without_tls():
    for data, verdict in ((PLAIN, "plain"), (UNKNOWN, "unknown")):
        hop = hop_of(data + BODY, "--policy=hipaa")
        equal([hop["verdict"], hop["weak"], hop["rule"]], [verdict, None, None])


@case
def policy_that_is_none_is_refused():
    for name in ("", "RFC9325", "rfc9325 ", "nist", "strict", "\x1b[31m"):
        got = hoptls("--policy", name, stdin=TLS)
        equal([got.status, got.out], [2, b""])
        one_line(got.err)
        safe_for_terminal(got.err)


# ---- Profiles ----

@case
def profile_of_the_article():
    got = hoptls("--json", "--profile", os.path.join(PROFILES, "luxsci.ini"), HOTMAIL)
    equal(got.status, 1, "exit status")
    message = got.answers()[0]
    equal([message["verdict"], message["trusted"], message["trusted_hops"], message["deciding_hop"]],
          ["plain", "plain", 5, 4])
    data = received(b"one.luxsci.com", b"192.0.2.1", b"two.luxsci.net") + BODY
    equal(hop_of(data, "--profile", os.path.join(PROFILES, "luxsci.ini"))["scope"], "internal")


@case
def profile_of_the_documents_is_read():
    with open(os.path.join(HERE, "..", "..", "tools", "README.md"), encoding="utf-8") as file:
        text = re.search(r"```ini\n(.*?)```", file.read(), re.S).group(1)
    args = ("--profile", profile(text))
    equal(hop_of(received(b"a.example.com", b"203.0.113.1", b"b.example.net") + BODY, *args)["scope"], "internal")
    equal(hop_of(received(b"a.other.example", b"198.51.100.9", b"mx.example.org") + BODY, *args)["scope"], "internal")
    hop = hop_of(received(b"a.other.example", b"203.0.113.1", b"mx.example.org") + BODY, *args)
    equal([hop["scope"], hop["verdict"], hop["basis"]], ["external", "plain", "site-profile"])
    equal(answer(received(b"a.other.example", b"203.0.113.1", b"filter.example") + BODY, *args)["trusted_hops"], 1)


def scope_by(text, client, address, server, field=None):
    return hop_of((field or received(client, address, server)) + BODY, "--profile", profile(text))["scope"]


@case
def profile_organisations():
    both = "[organisation A]\nhosts = .example.com, .example.net\n"
    apart = "[organisation A]\nhosts = a.example.com\n[organisation B]\nhosts = b.example.com\n"
    for text, client, server, want in (
            (both, b"x.example.com", b"y.example.net", "internal"),
            (both, b"example.com", b"EXAMPLE.NET", "internal"),
            (both, b"x.example.com.", b"y.example.net", "internal"),
            (both, b"x.example.org", b"y.example.net", "external"),
            (both, b"xexample.com", b"y.example.net", "external"),
            (apart, b"a.example.com", b"b.example.com", "external"),
            (apart, b"a.example.com", b"c.example.com", "external"),
            (apart, b"c.example.com", b"d.example.com", "internal"),
            (apart, b"x.a.example.com", b"d.example.com", "internal"),
            ("[organisation A]\nhosts = .example.com\n[organisation B]\nhosts = .b.example.com\n",
             b"x.b.example.com", b"x.example.com", "external"),
            ("[organisation A]\nhosts = .example.com\n[organisation B]\nhosts = .b.example.com\n",
             b"x.b.example.com", b"y.b.example.com", "internal")):
        equal(scope_by(text, client, b"203.0.113.1", server), want, "scope of %r" % ((text, client, server),))


@case
def profile_networks():
    text = ("[organisation A]\nhosts = .example.com\nnetworks = 198.51.100.0/24, 2001:db8:1::/48, 203.0.113.7\n"
            "[organisation B]\nhosts = .example.net\nnetworks = 198.51.100.128/25\n")
    for address, server, want in (
            (b"198.51.100.1", b"mx.example.com", "internal"), (b"198.51.100.127", b"mx.example.com", "internal"),
            (b"198.51.100.128", b"mx.example.com", "external"), (b"198.51.100.128", b"mx.example.net", "internal"),
            (b"198.51.101.1", b"mx.example.com", "external"), (b"203.0.113.7", b"mx.example.com", "internal"),
            (b"203.0.113.6", b"mx.example.com", "external"), (b"IPv6:2001:db8:1:2::3", b"mx.example.com", "internal"),
            (b"IPv6:2001:db8:2::3", b"mx.example.com", "external"),
            (b"IPv6:::ffff:198.51.100.1", b"mx.example.com", "internal")):
        equal(scope_by(text, b"host.isp.example", address, server), want, "scope of %r" % ((address, server),))
    equal(scope_by("[organisation A]\nhosts = .example.com\nnetworks = 0.0.0.0/0\n", b"a.example.org", b"203.0.113.9",
                   b"mx.example.com"), "internal", "scope in the widest network")


@case
def profile_names_that_the_client_claims_still_count():
    text = "[organisation A]\nhosts = .example.com, .example.net\n"
    field = received(b"x.example.com", b"203.0.113.1", b"y.example.net").replace(b"(x.example.com [", b"(unknown [")
    hop = hop_of(field + BODY, "--profile", profile(text))
    equal([hop["scope"], hop["counts"], "name-claimed" in hop["flags"]], ["internal", True, True])


@case
def profile_private_links():
    pair = "[private link]\nbetween = mx.example.com\nand = .example.org\n"
    net = "[private link]\nbetween = 198.51.100.0/24\nand = mx.example.com\n"
    for text, client, address, server, want in (
            (pair, b"out.example.org", b"203.0.113.1", b"mx.example.com", "internal"),
            (pair, b"mx.example.com", b"203.0.113.1", b"in.example.org", "internal"),
            (pair, b"out.example.net", b"203.0.113.1", b"mx.example.com", "external"),
            (pair, b"other.example.com", b"203.0.113.1", b"in.example.org", "external"),
            (net, b"a.example.net", b"198.51.100.3", b"mx.example.com", "internal"),
            (net, b"a.example.net", b"198.51.101.3", b"mx.example.com", "external"),
            (net, b"a.example.net", b"198.51.100.3", b"mx2.example.com", "external")):
        equal(scope_by(text, client, address, server), want, "scope of %r" % ((text, client, address, server),))
    claimed = received(b"out.example.org", b"203.0.113.1", b"mx.example.com").replace(b"(out.example.org [", b"(unknown [")
    equal(scope_by(pair, b"", b"", b"", claimed), "external", "scope by the client's word")
    message = answer(received(b"out.example.org", b"203.0.113.1", b"mx.example.com") + BODY, "--profile", profile(pair))
    equal([message["verdict"], message["hops"][0]["counts"]], ["none-needed", False])


@case
def profile_recording():
    silent = received(b"a.example.com", b"192.0.2.1", b"mx.example.org") + BODY
    equal(hop_of(silent)["verdict"], "unknown")
    for text, verdict, basis in (
            ("hosts = mx.example.org\ntls = always\n", "plain", "site-profile"),
            ("hosts = .example.org\ntls = always\n", "plain", "site-profile"),
            ("hosts = .example.net, MX.EXAMPLE.ORG\ntls = always\n", "plain", "site-profile"),
            ("hosts = mx2.example.org\ntls = always\n", "unknown", "no-knowledge"),
            ("hosts = mx.example.org\ntls = always\nsince = 2025-07\n", "plain", "site-profile"),
            ("hosts = mx.example.org\ntls = always\nsince = 2025-08\n", "unknown", "no-knowledge"),
            ("hosts = mx.example.org\ntls = always\nuntil = 2025-07\n", "plain", "site-profile"),
            ("hosts = mx.example.org\ntls = always\nuntil = 2025-06\n", "unknown", "no-knowledge"),
            ("hosts = mx.example.org\ntls = always\nsince = 2025-07\nuntil = 2025-07\n", "plain", "site-profile"),
            ("hosts = .example.org\ntls = always\n[recording]\nhosts = mx.example.org\ntls = never\n", "unknown",
             "no-knowledge"),
            ("hosts = mx.example.org\ntls = never\n[recording]\nhosts = .example.org\ntls = always\n", "plain",
             "site-profile")):
        hop = hop_of(silent, "--profile", profile("[recording]\n" + text))
        equal([hop["verdict"], hop["basis"]], [verdict, basis], "with %r" % text)
    path = profile("[recording]\nhosts = mx.example.org\ntls = always\n")
    text = " ".join(hoptls("--profile", path, stdin=silent).out.decode().split())
    assert "the site's profile says that it always records TLS" in text, text


@case
def profile_recording_and_dates():
    undated = received(b"a.example.com", b"192.0.2.1", b"mx.example.org", date=b"never") + BODY
    for text, verdict in (("", "plain"), ("since = 1970-01\n", "unknown"), ("until = 9999-12\n", "unknown")):
        path = profile("[recording]\nhosts = mx.example.org\ntls = always\n" + text)
        equal(hop_of(undated, "--profile", path)["verdict"], verdict, "verdict with %r" % text)


@case
def profile_outweighs_what_is_known_but_no_statement():
    never = profile("[recording]\nhosts = .example.org\ntls = never\n")
    hop = hop_of(PLAIN + BODY)
    equal([hop["verdict"], hop["basis"]], ["plain", "silence"])
    hop = hop_of(PLAIN + BODY, "--profile", never)
    equal([hop["verdict"], hop["silence"]], ["unknown", "unknown"])
    text = " ".join(hoptls("--profile", never, stdin=PLAIN + BODY).out.decode().split())
    assert "the site's profile says that it never does" in text, text
    equal(hop_of(TLS + BODY, "--profile", never)["verdict"], "tls")
    always = profile("[recording]\nhosts = .example.org\ntls = always\n")
    equal(hop_of(TLS + BODY, "--profile", always)["verdict"], "tls")
    inferred = profile("[recording]\nhosts = .ppe-hosted.com\ntls = never\n")
    hop = hoptls("--json", "--profile", inferred, HOTMAIL).answers()[0]["hops"][4]
    equal([hop["verdict"], hop["grade"]], ["unknown", "inferred"])
    local = b"Received: by mx.example.org (Postfix, from userid 0)\n\tid 4XyZ1f2g3h; Tue, 01 Jul 2025 10:00:00 +0000\n"
    equal(hop_of(local + BODY, "--profile", always)["verdict"], "none-needed")


@case
def profile_of_private_peers():
    inner = received(b"a.example.com", b"10.0.0.1", b"mx.example.org") + BODY
    equal(hop_of(inner)["verdict"], "unknown")
    path = profile("[recording]\nhosts = mx.example.org\ntls = always\n")
    hop = hop_of(inner, "--profile", path)
    equal([hop["verdict"], hop["basis"]], ["plain", "site-profile"])


@case
def profile_trust():
    data = INNER + TLS + PLAIN.replace(b"mx.example.org", b"other.example.net") + BODY
    site = "[organisation A]\nhosts = store.example.org, .mx.example.org\n"
    for text, args, hops in (("[trust]\nhosts = .example.org\n", (), 2), ("[trust]\nhosts = store.example.org\n", (), 1),
                             ("[trust]\nhosts = nobody.example\n", (), 0),
                             (site + "[trust]\norganisations = A\n", (), 2),
                             ("[trust]\norganisations = A\n" + site, (), 2),
                             ("[trust]\norganisations = A\nhosts = other.example.net\n" + site, (), 3),
                             (site, (), None), ("[trust]\nhosts = .example.org\n", ("--trust=1",), 1),
                             ("[trust]\nhosts = .example.org\n", ("--trust=0",), 0)):
        equal(answer(data, "--profile", profile(text), *args)["trusted_hops"], hops, "hops believed with %r" % text)


@case
def profiles_add_up():
    one = put("one", b"[organisation A]\nhosts = .example.com, .example.net\n")
    two = put("two", b"[trust]\norganisations = A\n[organisation B]\nhosts = .example.org\n")
    data = received(b"a.example.com", b"192.0.2.1", b"b.example.net") + BODY
    message = answer(data, "--profile", one, "--profile=" + two)
    equal([message["hops"][0]["scope"], message["trusted_hops"]], ["internal", 1])
    refused(hoptls("--profile", two, "--profile", one, stdin=data), two + ":2", "no organisation of this name")
    refused(hoptls("--profile", one, "--profile", one, stdin=data), one + ":1", "organisation of this name already")


WRONG_PROFILES = [  # text, line, reason
    ("hosts = a.example\n", 1, "before the first section: hosts"),
    ("[nonsense]\n", 1, "no such section: nonsense"),
    ("[Trust]\nhosts = a.example\n", 1, "no such section: Trust"),
    ("[trust ]\nhosts = a.example\n", 1, "no such section"),
    ("; x\n\n[organisations A]\nhosts = a.example\n", 3, "no such section"),
    ("[organisation]\nhosts = a.example\n", 1, "an organisation needs a name"),
    ("[organisation A]\nhosts = a.example\n[organisation A]\nhosts = b.example\n", 3, "of this name already: A"),
    ("[organisation %s]\nhosts = a.example\n" % ("A" * 40), 1, "longer than"),
    ("[organisation A]\n", 1, "this section says nothing"),
    ("[organisation A]\nhosts =\n", 1, "this section says nothing"),
    ("[trust]\n\n[organisation A]\nhosts = a.example\n", 1, "this section says nothing"),
    ("[portal]\n", 1, "this section says nothing"),
    ("[portal]\nfield = X-A\n", 2, "no such key: field"),
    ("[portal]\nfields = X A\n", 2, "no name of a header field"),
    ("[portal]\nfields = X-A:\n", 2, "no name of a header field"),
    ("[portal]\nfields = X-B,\n  : yes\n", 3, "no name of a header field"),
    ("[portal]\nfields = received\n", 2, "Received is no sign"),
    ("[organisation A\nhosts = a.example\n", 1, "no title of a section"),
    ("[trust] hosts\n", 1, "something stands behind the title"),
    ("[trust]\nhosts = a.example\n [private link]\n", 3, "begins at the start of its line"),
    ("[trust]\nhosts a.example\n", 2, "neither [SECTION] nor KEY = VALUE"),
    ("[trust]\nhosts = a.example\nhsots = b.example\n", 3, "no such key: hsots"),
    ("[trust]\nHosts = a.example\n", 2, "no such key: Hosts"),
    ("[trust]\n%s = a.example\n" % ("hosts" * 12), 2, "no such key"),
    ("[trust]\nhosts = a.example,,b.example\n", 2, "a comma without a value"),
    ("[trust]\nhosts = , a.example\n", 2, "a comma without a value"),
    ("[trust]\nhosts = a.example b.example\n", 2, "no host"),
    ("[trust]\nhosts = a.example,\n  b..example\n", 3, "no host; write mx.example.org"),
    ("[trust]\nhosts = *.example\n", 2, "no host"),
    ("[trust]\nhosts = .\n", 2, "no host"),
    ("[trust]\nhosts = a.example.\n", 2, "no host"),
    ("[trust]\nhosts = a.example # b\n", 2, "no host"),
    ("[trust]\nhosts = 192.0.2.1\n", 2, "an address, where a host is asked for: 192.0.2.1"),
    ("[trust]\nhosts = 2001:db8::1\n", 2, "an address"),
    ("[trust]\norganisations = A, B\n[organisation A]\nhosts = a.example\n", 2, "no organisation of this name: B"),
    ("[organisation A]\nhosts = a.example\n[organisation B]\nhosts = A.example\n", 4, "has an organisation already"),
    ("[organisation A]\nnetworks = 192.0.2.0/24\n  192.0.2.0/24\n", 3, "has an organisation already"),
    ("[organisation A]\nnetworks = 192.0.2.1/24\n", 2, "no bits set behind the prefix"),
    ("[organisation A]\nnetworks = 192.0.2.0/33\n", 2, "no network"),
    ("[organisation A]\nnetworks = 192.0.2.0/\n", 2, "no network"),
    ("[organisation A]\nnetworks = 192.0.2/24\n", 2, "no network"),
    ("[organisation A]\nnetworks = 192.0.2.0/024\n", 2, "no network"),
    ("[organisation A]\nnetworks = 192.0.2.0/-1\n", 2, "no network"),
    ("[organisation A]\nnetworks = 2001:db8::/129\n", 2, "no network"),
    ("[organisation A]\nnetworks = 2001:db8::1/64\n", 2, "no network"),
    ("[organisation A]\nnetworks = a.example\n", 2, "no network"),
    ("[private link]\nbetween = a.example\n", 1, "needs both between and and"),
    ("[private link]\nand = a.example\n\n[trust]\nhosts = a.example\n", 1, "needs both between and and"),
    ("[private link]\nbetween = 192.0.2.0/24\nand = 2001:db8::/32\n", 1, "must be a host"),
    ("[private link]\nbetween = a.example\nand = 192.0.2.0/99\n", 3, "no network"),
    ("[private link]\nbetween = a.example\nbetween = b.example\nand = c.example\n", 3, "stands here already"),
    ("[private link]\nbetween = a.example\n  b.example\nand = c.example\n", 3, "goes on in a second line"),
    ("[private link]\nbetween =\nand = c.example\n", 2, "has no value"),
    ("[private link]\nbetween = a.example, b.example\nand = c.example\n", 2, "no host"),
    ("[recording]\nhosts = a.example\n", 1, "needs hosts and tls"),
    ("[recording]\ntls = always\n", 1, "needs hosts and tls"),
    ("[recording]\nhosts = a.example\ntls = sometimes\n", 3, "always or never: sometimes"),
    ("[recording]\nhosts = a.example\ntls = Always\n", 3, "always or never"),
    ("[recording]\nhosts = a.example\ntls = always\nsince = 2019\n", 4, "no month; write 2019-08: 2019"),
    ("[recording]\nhosts = a.example\ntls = always\nsince = 2019-13\n", 4, "no month"),
    ("[recording]\nhosts = a.example\ntls = always\nsince = 2019-00\n", 4, "no month"),
    ("[recording]\nhosts = a.example\ntls = always\nuntil = 2019-08-01\n", 4, "no month"),
    ("[recording]\nhosts = a.example\ntls = always\nsince = 2020-01\nuntil = 2019-12\n", 1, "ends before it begins"),
    ("[trust]\nhosts = a.example\n; " + "x" * 200 + "\n", 3, "longer than 197 bytes"),
    ("[trust]\nhosts = a\0.example\n", 2, "control character"),
    ("[trust]\nhosts = \x1b[31m.example\n", 2, "control character"),
    ("[trust]\r\nhosts = a.example\r\nkey = x\r\n", 3, "no such key: key"),
    ("[trust]\nx = \n[nonsense]\n", 2, "no such key: x"),
]


@case
def profile_portals():
    """A portal that hoptls does not know, by a field of its notices; beside the transport, never in its place."""
    text = "[portal]\nfields = X-Lux-Portal, X-Notice: secure mail\n"
    plain = answer(TLS, "--profile", profile(text))
    equal(plain["protection"], [], "of a message that is none")
    for field, protection in ((b"X-Lux-Portal: 1", ["portal"]), (b"x-lux-portal:", ["portal"]),
                              (b"X-Notice:  Secure Mail \n ", ["portal"]), (b"X-Notice: secure", []),
                              (b"X-Lux-Portals: 1", []), (b"Y-X-Lux-Portal: 1", [])):
        message = answer(field + b"\n" + TLS, "--profile", profile(text))
        equal(message["protection"], protection, "protection with %r" % field)
        equal(message["verdict"], plain["verdict"], "verdict with %r" % field)
    equal(answer(b"X-Lux-Portal: 1\n" + TLS)["protection"], [], "without the profile")


@case
def wrong_profiles_are_refused_with_file_and_line():
    missing = os.path.join(FOLDER, "missing")
    for text, line, reason in WRONG_PROFILES:
        path = profile(text)
        for args in ((), ("--json",), (missing,)):
            refused(hoptls("--profile", path, *args, stdin=TLS), "%s:%d" % (path, line), reason)
        refused(hoptls("learn", "--profile", path, stdin=TLS), "%s:%d" % (path, line), reason)


@case
def a_profile_that_cannot_be_read():
    for path, reason in ((FOLDER, "Is a directory"), (os.path.join(FOLDER, "missing"), "No such file")):
        refused(hoptls("--profile", path, stdin=TLS), path, reason)


@case
def odd_profiles_that_are_right():
    for text in ("", "; nothing\n", "\ufeff[trust]\nhosts = .example.org\n", "[trust]\r\nhosts = .example.org\r\n",
                 "[trust]\nhosts = .example.org", "[trust] ; a comment\nhosts = .example.org ; another\n",
                 "[trust]\nhosts =\n  .example.org\n", "[trust]\nhosts=.example.org,\n\t.example.net,\n"):
        got = answer(TLS + BODY, "--profile", profile(text))
        equal(got["trusted_hops"], 1 if "hosts" in text else None, "hops believed with %r" % text)


# ---- Learning ----

def learn(*args, stdin=b"", status=0):
    got = hoptls("learn", *args, stdin=stdin)
    equal([got.status, got.err], [status, b""], "status and complaints of learn")
    return got.out


def rows(out):
    lines = out.decode().split("\n")
    equal([lines[0], lines[-1]], ["hoptls-counts 1", ""], "first and last line")
    return [tuple(line.split("\t")) for line in lines[1:-1]]


def counts(*lines):
    return put("counts", b"hoptls-counts 1\n" + b"".join(line.replace(b" ", b"\t") + b"\n" for line in sorted(lines)))


@case
def learn_from_the_articles_two_messages():
    """Nothing is known of Proofpoint: silence means nothing until it was learned."""
    path = put("counts", learn(HOTMAIL, PROOFPOINT))
    before = hoptls("--json", "--forget-silence", HOTMAIL)
    equal([before.status, before.answers()[0]["verdict"]], [3, "unknown"], "before")
    few = hoptls("--json", "--forget-silence", "--learned", path, HOTMAIL)
    equal([few.status, few.answers()[0]["verdict"]], [3, "unknown"], "with the usual minima")
    one = put("one", learn(HOTMAIL))
    alone = hoptls("--json", "--forget-silence", "--learned", one, "--learn-hops=1", "--learn-peers=1", HOTMAIL)
    equal(alone.answers()[0]["verdict"], "unknown", "verdict from the first message alone")
    after = hoptls("--json", "--forget-silence", "--learned", path, "--learn-hops=1", "--learn-peers=1", HOTMAIL)
    message = after.answers()[0]
    equal([after.status, message["verdict"], message["deciding_hop"]], [1, "plain", 4], "after")
    hop = message["hops"][4]
    equal([hop["evidence"], hop["silence"], hop["basis"]], ["silent", "plain", "learned"])
    equal(hop["learned"], {"peers": 1, "stated": 1, "silent": 0})
    assert "of 1 message from 1 peer that uses TLS with it, it says so of 1" in message["reason"], message["reason"]
    equal(message["hops"][3]["basis"], "stated", "basis of a statement")
    equal(message["hops"][5]["verdict"], "unknown", "verdict of a hop inside an organisation")


@case
def learn_without_any_knowledge_of_proofpoint():
    """The same under reserved names: no row of the tables can fit the server in question, and none is set aside."""
    def renamed(path):
        with open(path, "rb") as file:
            return file.read().replace(b"ppe-hosted.com", b"gateway.example").replace(b"(PPE Hosted ESMTP Server)", b"(ESMTP Server)")
    hotmail, proofpoint = put("hotmail.eml", renamed(HOTMAIL)), put("proofpoint.eml", renamed(PROOFPOINT))
    before = hoptls("--json", hotmail).answers()[0]
    equal([before["hops"][4]["writer"], before["hops"][4]["verdict"], before["verdict"]], [None, "unknown", "unknown"], "before")
    path = put("counts", learn(hotmail, proofpoint))
    few = hoptls("--json", "--learned", path, hotmail).answers()[0]
    equal(few["verdict"], "unknown", "with the usual minima")
    after = hoptls("--json", "--learned", path, "--learn-hops=1", "--learn-peers=1", hotmail).answers()[0]
    equal([after["verdict"], after["deciding_hop"]], ["plain", 4], "after")
    hop = after["hops"][4]
    equal([hop["writer"], hop["basis"], hop["learned"]], [None, "learned", {"peers": 1, "stated": 1, "silent": 0}])


@case
def learn_counts_what_can_tell():
    data = (received(b"a.example.com", b"192.0.2.1", b"MX.example.org", tls=True) +
            received(b"b.example.com", b"192.0.2.2", b"mx.example.org.") +
            received(b"unknown", b"203.0.113.3", b"mx.example.org", date=b"never") +
            received(b"c.example.org", b"192.0.2.4", b"mx.example.org") +  # internal
            received(b"localhost", b"127.0.0.1", b"mx.example.org") +
            received(b"a.example.net", b"10.0.0.1", b"mx.example.org") +  # undetermined
            TLS.replace(b"ESMTPS", b"ESMTPSA") +  # submission
            b"Received: from a.example.com (a.example.com [192.0.2.1])\n\tby m\xc3\xbc.example.org (Postfix) with ESMTP "
            b"id 4X; Tue, 01 Jul 2025 10:00:00 +0000\n" +
            TLS + PLAIN + UNKNOWN + BODY)
    equal(rows(learn(stdin=data)), [
        ("mx.example.org", "-", "203.0.113.3", "-", "0", "1"),
        ("mx.example.org", "-", "example.com", "2025-07", "1", "2"),
        ("mx.example.org", "exim", "example.com", "2025-07", "0", "1"),
        ("mx.example.org", "postfix", "example.com", "2025-07", "1", "0"),
    ])


@case
def learn_from_an_mbox_takes_all_messages():
    separator = b"From b@example.com Tue Jul  1 10:00:00 2025\n"
    mbox = b"".join(separator + received(b"a.example.com", b"192.0.2.1", b"mx.example.org", tls=i % 2 == 0) + BODY + b"\n"
                    for i in range(101))
    want = [("mx.example.org", "-", "example.com", "2025-07", "51", "50")]
    equal(rows(learn(put("box", mbox))), want)
    equal(rows(learn(stdin=mbox)), want)
    equal(rows(learn("-", put("more", TLS + BODY), stdin=mbox)),
          want + [("mx.example.org", "postfix", "example.com", "2025-07", "1", "0")])
    equal(rows(learn(stdin=b"")), [])


@case
def learn_counts_only_what_is_believed():
    data = TLS + PLAIN.replace(b"mx.example.org", b"mail.example.com").replace(b"mail", b"x", 1) + BODY
    equal(len(rows(learn("--trust=.example.org", stdin=data))), 1)
    equal(len(rows(learn("--trust=0", stdin=data))), 0)
    equal(len(rows(learn("--profile", profile("[trust]\nhosts = mx.example.org\n"), stdin=data))), 1)
    one = profile("[organisation A]\nhosts = .example.com, .example.org\n")
    equal(rows(learn("--profile", one, stdin=TLS + BODY)), [])


@case
def learn_merges_by_addition():
    data = {}
    for i in range(30):
        data["m%d" % i] = (received(b"a%d.example.com" % (i % 4), b"192.0.2.1", b"mx%d.example.org" % (i % 3), tls=i % 5 > 0) +
                           received(b"b.example%d.net" % (i % 7), b"192.0.2.2", b"mx.example.com") + BODY)
    files = [put(name, text) for name, text in data.items()]
    whole = learn(*files)
    assert len(rows(whole)) == 10, whole
    shards = [put("shard%d" % i, learn(*files[i::4])) for i in range(4)]
    equal(learn("--merge", *shards), whole)
    equal(learn("--merge", *reversed(shards)), whole)
    half = put("half", learn("--merge", shards[2], shards[0]))
    equal(learn("--merge", half, shards[1], shards[3]), whole)
    equal(learn("--merge", put("empty", b"hoptls-counts 1\n")), b"hoptls-counts 1\n")
    with open(shards[0], "rb") as file:
        equal(learn("--merge", stdin=file.read()), learn("--merge", shards[0]))
    twice = {row[:4]: row[4:] for row in rows(learn("--merge", put("whole", whole), os.path.join(FOLDER, "whole")))}
    equal(twice, {row[:4]: tuple(str(2 * int(n)) for n in row[4:]) for row in rows(whole)})


@case
def learn_records_of_servers():
    """The record of each server that ever stated TLS, by the same rule that --learned applies."""
    path = put("counts", b"hoptls-counts 1\n" + b"".join(
                   b"a.example\texim\tp%d.test\t2019-08\t10\t0\n" % i for i in range(3)) +
               b"b.example\t-\tp0.test\t2020-01\t1\t1\nb.example\t-\tp1.test\t2020-01\t0\t9\n"
               b"c.example\t-\tp0.test\t2020-01\t0\t9\n")
    got = hoptls("learn", "--records", path)
    equal(got.out, b"a.example\texim\t3\t30\t0\t2019-08\treliable\nb.example\t-\t1\t1\t1\t2020-01\tshort\n")
    got = hoptls("learn", "--records", "--learn-share=50", "--learn-hops=1", "--learn-peers=1", path)
    equal(got.out.count(b"reliable"), 2)
    refused(hoptls("learn", "--records", FOLDER), FOLDER, "Is a directory")
    equal(hoptls("learn", "--records", "--trust=1", path).status, 2)


@case
def learn_of_many_rows():
    many = 20000 // PART
    separator = b"From b@example.com Tue Jul  1 10:00:00 2025\n"
    mbox = b"".join(separator + received(b"a.example%d.com" % (i * 7919 % many), b"192.0.2.1", b"mx.example.org", tls=True) +
                    BODY + b"\n" for i in range(2 * many))
    got = rows(learn(put("box", mbox)))
    equal(len(got), many, "rows")
    equal(got, sorted(got), "the order")
    equal({row[4:] for row in got}, {("2", "0")}, "counts")


SILENT = received(b"a.example.com", b"192.0.2.1", b"mx.example.org") + BODY
GOOD = (b"mx.example.org - one.example 2025-01 10 0", b"mx.example.org - two.example 2025-02 5 0",
        b"mx.example.org - three.example 2025-07 5 0")


def learned_verdict(lines, *args, data=SILENT):
    hop = hop_of(data, "--learned", counts(*lines), *args)
    equal(hop["verdict"] == "plain", hop["basis"] == "learned", "verdict and basis disagree: %s" % hop["basis"])
    return hop["verdict"]


@case
def learned_rule_and_its_minima():
    one, two, three = GOOD
    for lines, args, want in (
            (GOOD, (), "plain"),
            ((one, two), (), "unknown"), ((one, two), ("--learn-peers=2", "--learn-hops=15"), "plain"),
            ((one, two), ("--learn-peers=2",), "unknown"), (GOOD, ("--learn-peers=4",), "unknown"),
            (GOOD, ("--learn-hops=21",), "unknown"),
            ((one, two, three.replace(b" 5 0", b" 4 0")), (), "unknown"),
            ((one, two, three.replace(b" 5 0", b" 5 1")), (), "unknown"),
            ((one, two, three.replace(b" 5 0", b" 5 1")), ("--learn-share=95.23",), "plain"),
            ((one, two, three.replace(b" 5 0", b" 5 1")), ("--learn-share=95.24",), "unknown"),
            ((one, two, three.replace(b" 5 0", b" 84 1")), (), "plain"),
            ((one, two, three.replace(b" 5 0", b" 84 1")), ("--learn-share", "100"), "unknown"),
            # a peer that never came over TLS tells nothing of the record
            (GOOD + (b"mx.example.org - plain.example 2025-01 0 500",), (), "plain"),
            # one that did, in any month, does
            (GOOD + (b"mx.example.org - one.example 2024-01 0 1",), (), "unknown"),
            # other hosts and other software are others
            (tuple(x.replace(b"mx.", b"mx2.") for x in GOOD), (), "unknown"),
            (tuple(x.replace(b" - ", b" postfix ") for x in GOOD), (), "unknown"),
            (GOOD + (b"mx.example.org postfix one.example 2024-01 1 99",), (), "plain"),
            ((one, two, b"mx.example.orga - three.example 2025-07 5 0"), (), "unknown"),
            # a server that never states anything tells nothing, whatever is asked for
            ((b"mx.example.org - one.example 2025-01 0 1000",), ("--learn-hops=1", "--learn-peers=1"), "unknown"),
            ((b"mx.example.org - one.example 2025-01 0 1000",),
             ("--learn-hops=1", "--learn-peers=1", "--learn-share=0"), "unknown")):
        equal(learned_verdict(lines, *args), want, "verdict of %r with %r" % (lines, args))


@case
def learned_of_the_peer_and_the_time():
    for lines, want in (
            (GOOD + (b"mx.example.org - example.com 2024-01 0 3",), "plain"),
            # silence about a peer that came over TLS before may be a slip of the record
            (GOOD + (b"mx.example.org - example.com 2025-01 1 0",), "unknown"),
            (GOOD + (b"mx.example.org - example.co 2025-01 1 0",), "plain"),
            # what is older than the first statement may be older than the record
            (tuple(x.replace(b"2025-0", b"2025-1").replace(b"-17", b"-12") for x in GOOD), "unknown"),
            (tuple(x.replace(b"2025-0", b"2024-0") for x in GOOD), "plain"),
            (tuple(re.sub(rb"2025-..", b"2025-07", x) for x in GOOD), "plain"),
            (tuple(re.sub(rb"2025-..", b"-", x) for x in GOOD), "unknown")):
        equal(learned_verdict(lines), want, "verdict of %r" % (lines,))
    undated = SILENT.replace(b"Tue, 01 Jul", b"sometime")
    equal(learned_verdict(GOOD, data=undated), "unknown", "verdict of a hop without a date")


@case
def learned_never_overrides():
    args = ("--learned", counts(*GOOD))
    equal(hop_of(TLS + BODY, *args)["verdict"], "tls", "verdict of a statement")
    denied = TLS.replace(b"TLS_AES_256_GCM_SHA384", b"NULL-SHA")
    hop = hop_of(denied + BODY, *args)
    assert hop["basis"] != "learned", hop
    for address in (b"127.0.0.1", b"10.0.0.1", b"192.168.1.1", b"100.64.0.1", b"169.254.0.1", b"IPv6:fd00::1", b"IPv6:::1"):
        for client in (b"a.example.com", b"a.example.org", b"localhost"):
            hop = hop_of(received(client, address, b"mx.example.org") + BODY, *args)
            assert hop["verdict"] in ("unknown", "none-needed"), (address, client, hop["verdict"])
    inner = hop_of(received(b"a.example.org", b"192.0.2.1", b"mx.example.org") + BODY, *args)
    equal([inner["scope"], inner["verdict"]], ["internal", "unknown"])
    never = profile("[recording]\nhosts = mx.example.org\ntls = never\n")
    equal(hop_of(SILENT, "--profile", never, *args)["verdict"], "unknown", "verdict where the profile says never")
    always = profile("[recording]\nhosts = mx.example.org\ntls = always\n")
    equal(hop_of(SILENT, "--profile", always, *args)["basis"], "site-profile")


@case
def learned_and_what_is_known():
    lines = tuple(x.replace(b" - ", b" exim ") for x in GOOD)
    args = ("--learned", counts(*lines))
    equal(hop_of(PLAIN + BODY, *args)["basis"], "silence")
    hop = hop_of(PLAIN + BODY, "--forget-silence")
    equal([hop["verdict"], hop["silence"], hop["learned"]], ["unknown", "unknown", None])
    hop = hop_of(PLAIN + BODY, "--forget-silence", *args)
    equal([hop["verdict"], hop["basis"], hop["learned"]], ["plain", "learned", {"peers": 3, "stated": 20, "silent": 0}])
    text = " ".join(hoptls("--forget-silence", *args, stdin=PLAIN + BODY).out.decode().split())
    assert "of 20 messages from 3 peers that use TLS with it, it says so of 20" in text, text
    text = " ".join(hoptls("--forget-silence", stdin=PLAIN + BODY).out.decode().split())
    assert "which you set aside" in text, text


@case
def learned_files_add_up():
    one, two = put("one", b"hoptls-counts 1\n" + GOOD[0].replace(b" ", b"\t") + b"\n"), counts(*GOOD[1:])
    equal(hop_of(SILENT, "--learned", one)["verdict"], "unknown")
    hop = hop_of(SILENT, "--learned", one, "--learned=" + two)
    equal([hop["verdict"], hop["learned"]], ["plain", {"peers": 3, "stated": 20, "silent": 0}])


ROW = b"mx.example.org\tpostfix\texample.com\t2025-07\t1\t0\n"
WRONG_COUNTS = [  # bytes, line, reason
    (b"", 1, "the last line has no end"),
    (b"\n", 1, "the first line is not hoptls-counts 1"),
    (b"hoptls-counts 2\n" + ROW, 1, "the first line is not hoptls-counts 1"),
    (b"hoptls-counts 1\r\n" + ROW, 1, "the first line is not hoptls-counts 1"),
    (ROW, 1, "the first line is not hoptls-counts 1"),
    (TLS + BODY, 1, "the first line is not hoptls-counts 1"),
    (b"hoptls-counts 1", 1, "the last line has no end"),
    (b"hoptls-counts 1\n" + ROW[:-1], 2, "the last line has no end"),
    (b"hoptls-counts 1\n\n", 2, "not six columns"),
    (b"hoptls-counts 1\n" + ROW.replace(b"\t", b" "), 2, "not six columns"),
    (b"hoptls-counts 1\n" + ROW[:-1] + b"\t\n", 2, "not six columns"),
    (b"hoptls-counts 1\n" + ROW[:-1] + b"\r\n", 2, "no counts"),
    (b"hoptls-counts 1\n" + ROW.replace(b"mx.", b"MX."), 2, "a name that is none"),
    (b"hoptls-counts 1\n" + ROW.replace(b"postfix", b""), 2, "a name that is none"),
    (b"hoptls-counts 1\n" + ROW.replace(b"example.com", b"ex\xc3\xa9.com"), 2, "a name that is none"),
    (b"hoptls-counts 1\n" + ROW.replace(b"example.com", b"a" * 256), 2, "a name that is none"),
    (b"hoptls-counts 1\n" + ROW.replace(b"example.com", b"a" * 100000), 2, "too long"),
    (b"hoptls-counts 1\n" + ROW.replace(b"example.com", b"a\0b"), 2, "a NUL"),
    (b"hoptls-counts 1\n" + ROW.replace(b"2025-07", b"2025-7"), 2, "no month"),
    (b"hoptls-counts 1\n" + ROW.replace(b"2025-07", b"2025-13"), 2, "no month"),
    (b"hoptls-counts 1\n" + ROW.replace(b"2025-07", b""), 2, "no month"),
    (b"hoptls-counts 1\n" + ROW.replace(b"\t1\t0", b"\t0\t0"), 2, "no counts"),
    (b"hoptls-counts 1\n" + ROW.replace(b"\t1\t0", b"\t-1\t0"), 2, "no counts"),
    (b"hoptls-counts 1\n" + ROW.replace(b"\t1\t0", b"\t+1\t0"), 2, "no counts"),
    (b"hoptls-counts 1\n" + ROW.replace(b"\t1\t0", b"\t01\t0"), 2, "no counts"),
    (b"hoptls-counts 1\n" + ROW.replace(b"\t1\t0", b"\t1\t"), 2, "no counts"),
    (b"hoptls-counts 1\n" + ROW.replace(b"\t1\t0", b"\t1.5\t0"), 2, "no counts"),
    (b"hoptls-counts 1\n" + ROW.replace(b"\t1\t0", b"\t9999999999999999\t0"), 2, "no counts"),
    (b"hoptls-counts 1\n" + ROW.replace(b"\t1\t0", b"\t999999999999999\t0"), 2, "too large"),
    (b"hoptls-counts 1\n" + ROW + ROW, 3, "out of order"),
    (b"hoptls-counts 1\n" + ROW + ROW.replace(b"mx.", b"mw."), 3, "out of order"),
]


@case
def wrong_counts_are_refused_with_file_and_line():
    good = put("good", b"hoptls-counts 1\n" + ROW)
    for data, line, reason in WRONG_COUNTS:
        path = put("wrong", data)
        refused(hoptls("--learned", path, stdin=TLS), "%s:%d" % (path, line), reason)
        refused(hoptls("learn", "--merge", good, path), "%s:%d" % (path, line), reason)
    refused(hoptls("learn", "--merge", good, FOLDER), FOLDER, "Is a directory")
    refused(hoptls("--learned", FOLDER, stdin=TLS), FOLDER, "Is a directory")


@case
def sums_that_are_too_large_are_refused():
    path = put("large", b"hoptls-counts 1\n" + ROW.replace(b"\t1\t", b"\t60000000000000\t"))
    equal(rows(learn("--merge", path))[0][4], "60000000000000")
    refused(hoptls("learn", "--merge", path, path), path + ":2", "too large")


@case
def learn_where_a_file_cannot_be_read():
    good = put("good", TLS + BODY)
    got = hoptls("learn", good, os.path.join(FOLDER, "no such file"))
    equal(got.status, 2, "exit status")
    one_line(got.err)
    equal(len(rows(got.out)), 1)


@case
def options_of_the_wrong_command_are_refused():
    path = counts(*GOOD)
    for args in (("learn", "--json"), ("learn", "--policy=any"), ("learn", "--learned", path), ("learn", "--min-tls=1.2"),
                 ("learn", "--forget-silence"), ("learn", "--learn-hops=1"), ("learn", "--nonsense"), ("--merge",),
                 ("--merge", path), ("learn", "--merge", "--trust=1"), ("--learned",), ("--profile",),
                 ("--learn-share=",), ("--learn-share=101",), ("--learn-share=100.01",), ("--learn-share=-1",),
                 ("--learn-share=9.999",), ("--learn-share=99.",), ("--learn-share=.5",), ("--learn-share=x",),
                 ("--learn-hops=0",), ("--learn-hops=",), ("--learn-hops=1x",), ("--learn-peers=0",),
                 ("--learn-peers=9999999999999999",)):
        got = hoptls(*args, stdin=TLS)
        equal([got.status, got.out], [2, b""], "exit status and output of %r" % (args,))
        one_line(got.err)
    for args in (("learn", "--help"), ("learn", "-V")):
        equal(hoptls(*args).status, 0, "exit status of %r" % (args,))
    os.chdir(FOLDER)
    put("learn", TLS + BODY)
    equal(hoptls("./learn").status, 0, "exit status of a file called learn")


@case
def learn_of_nasty_input():
    for name, data in NASTY.items():
        out = learn("--format=message", stdin=data)
        path = put("nasty", out)
        equal(learn("--merge", path), out, "the counts of %s, read again" % name)


@case
def learn_writes_to_a_full_disk():
    with open("/dev/full", "wb") as full:
        got = hoptls("learn", stdin=TLS + BODY, stdout=full)
    equal(got.status, 2, "exit status")
    one_line(got.err)


@case
def new_options_are_in_the_help():
    text = hoptls("--help").out
    for option in ("--policy", "--profile", "--learned", "--learn-share", "--learn-hops", "--learn-peers",
                   "--forget-silence", "--merge", "hoptls learn"):
        assert option.encode() in text, option
