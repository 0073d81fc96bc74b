"""Modes: everything in which one connection can differ from another, as data.

A plan is a row of cases for one door of a server: how to connect, with which handshake, certificate, login, greeting,
names. A server that refuses a case is no mistake; the run counts what was refused.
"""
import dataclasses
import itertools

CLIENT_DOMAIN = "client.example"


@dataclasses.dataclass(frozen=True)
class Peer:
    """The client as a host: its address, and the name that it gives if a case says no other."""

    name: str
    address: str
    helo: str
    rdns: str = ""


PEERS = {
    "named": Peer("named", "198.51.100.10", "mail.client.example", "mail.client.example"),
    "other-name": Peer("other-name", "198.51.100.11", "mail.client.example", "host11.client.example"),
    "unnamed": Peer("unnamed", "203.0.113.66", "mail.client.example"),
    "v6": Peer("v6", "2001:db8:2::10", "mail.client.example", "mail.client.example"),
}


@dataclasses.dataclass(frozen=True)
class Handshake:
    """What the client offers: one version, and one suite or group of it, so that the server has no choice."""

    name: str
    version: str
    cipher: str = ""
    suites: str = ""
    group: str = ""
    signature: str = ""
    resume: bool = False


TLS13 = tuple(Handshake(f"tls13-{short}", "TLSv1.3", suites=suite) for short, suite in (
    ("aes256gcm", "TLS_AES_256_GCM_SHA384"), ("chacha20", "TLS_CHACHA20_POLY1305_SHA256"),
    ("aes128gcm", "TLS_AES_128_GCM_SHA256"), ("aes128ccm", "TLS_AES_128_CCM_SHA256"),
    ("aes128ccm8", "TLS_AES_128_CCM_8_SHA256")))
GROUPS = tuple(Handshake(f"tls13-{group.lower()}", "TLSv1.3", suites="TLS_AES_256_GCM_SHA384", group=group)
               for group in ("X25519", "P-256", "P-384", "P-521", "X448", "ffdhe2048", "ffdhe3072", "ffdhe4096"))
GROUPS12 = tuple(Handshake(f"tls12-{group.lower()}", "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", group=group)
                 for group in ("X25519", "P-256", "P-384", "P-521", "X448"))
SIGNATURES = tuple(Handshake(f"tls13-{short}", "TLSv1.3", signature=signature) for short, signature in (
    ("rsa-sha256", "rsa_pss_rsae_sha256"), ("rsa-sha512", "rsa_pss_rsae_sha512"), ("ecdsa", "ecdsa_secp256r1_sha256")))
RESUMED = (Handshake("tls13-resumed", "TLSv1.3", resume=True),
           Handshake("tls12-resumed", "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", resume=True),
           Handshake("tls12-dhe-resumed", "TLSv1.2", "DHE-RSA-AES128-SHA256", resume=True),
           Handshake("tls10-resumed", "TLSv1", "ECDHE-RSA-AES256-SHA", resume=True))
TYPICAL12 = Handshake("tls12", "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384")
TYPICAL13 = Handshake("tls13", "TLSv1.3", suites="TLS_AES_256_GCM_SHA384")
TYPICAL10 = Handshake("tls10", "TLSv1", "ECDHE-RSA-AES256-SHA")

FEW = (TYPICAL13, TYPICAL12, TYPICAL10, TLS13[1], TLS13[2],
       Handshake("tls12-ecdsa", "TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256"),
       Handshake("tls12-dhe", "TLSv1.2", "DHE-RSA-AES256-GCM-SHA384"),
       Handshake("tls12-static", "TLSv1.2", "AES128-GCM-SHA256"),
       Handshake("tls12-anonymous", "TLSv1.2", "ADH-AES256-GCM-SHA384"),
       Handshake("tls12-anonymous-ec", "TLSv1.2", "AECDH-AES256-SHA"),
       Handshake("tls12-null", "TLSv1.2", "NULL-SHA256"),
       Handshake("tls12-null-ec", "TLSv1.2", "ECDHE-RSA-NULL-SHA"),
       Handshake("tls12-3des", "TLSv1.2", "DES-CBC3-SHA"),
       Handshake("tls12-rc4", "TLSv1.2", "RC4-SHA"),
       Handshake("tls11", "TLSv1.1", "ECDHE-RSA-AES128-SHA"), Handshake("tls11-static", "TLSv1.1", "AES256-SHA"),
       Handshake("tls10-dhe", "TLSv1", "DHE-RSA-AES256-SHA"), Handshake("tls10-rc4", "TLSv1", "RC4-MD5"),
       Handshake("tls10-null", "TLSv1", "NULL-MD5"), Handshake("tls10-anonymous", "TLSv1", "ADH-AES128-SHA"),
       Handshake("ssl3", "SSLv3", "AES256-SHA"), Handshake("ssl3-rc4", "SSLv3", "RC4-MD5"),
       Handshake("ssl3-3des", "SSLv3", "DES-CBC3-SHA"))

NO_KEYS_FOR = ("PSK", "SRP", "GOST", "DSS", "DH-RSA-", "KRB5", "IDEA", "SEED")
VERSIONS = (("TLSv1.2", "tls12"), ("TLSv1.1", "tls11"), ("TLSv1", "tls10"), ("SSLv3", "ssl3"))


def every_handshake(ciphers):
    """Every suite that the client's library has, in every version in which it exists: (name, first version)."""
    found = list(TLS13 + GROUPS + GROUPS12 + SIGNATURES + RESUMED)
    for name, first in ciphers:
        if first == "TLSv1.3" or any(mark in name for mark in NO_KEYS_FOR):
            continue
        for version, short in VERSIONS[:1] if first == "TLSv1.2" else VERSIONS:
            found.append(Handshake(f"{short}-{name}", version, name))
    return tuple(found)


# What a client can call itself so that a careless reader sees evidence (or its denial) where there is none.
FORGED_NAMES = {
    "esmtps": "ESMTPS", "tls": "TLS", "smtpsvc": "SMTPSVC", "version-word": "TLS1_3", "dotted": "esmtps.tls1.3.example",
    "verify": "verify=NO", "pairs": "version=TLSv1.3", "colons": "TLS1.3:ECDHE_RSA_AES_256_GCM_SHA384:256",
    "underscore": "with_ESMTPS_tls", "negative": "NOT-encrypted", "cipher": "cipher=NULL-SHA",
    "using": "x (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))",
    "using-bare": "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))",
    "by": "x by mx.example.org with ESMTPS id 4XyZ1f2g3i",
    "by-postfix": "x (x [192.0.2.1]) by mx.example.org (Postfix) with ESMTPS id 4XyZ1f2g3i",
    "with": "x with ESMTPS", "clause": "x tls TLS_AES_256_GCM_SHA384",
    "exim": "x with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384",
    "sendmail": "x (version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=OK)",
    "opensmtpd": "x (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO)", "qmail": "x with (AES256-SHA encrypted) SMTP",
    "s-qmail": "x de/crypted with TLSv1.3: TLS_AES_256_GCM_SHA384 [256/256]",
    "courier": "TLS: TLSv1.3,256bits,TLS_AES_256_GCM_SHA384",
    "microsoft": "x over TLS secured channel with Microsoft SMTPSVC(6.0.3790.4675)",
    "ironport": "x with ESMTP/TLS/AES256-SHA", "yandex": "x; Mon, 2 Mar 2026 10:00:00 +0000 (using TLSv1.3 with cipher X (256/256 bits))",
    "not-encrypted": "x (NOT encrypted)", "plain-text": "x (over SMTP, plain text!)", "open": "x (((", "close": "x )))",
    "quote": 'x "with ESMTPS', "angle": "<x with ESMTPS", "comma": "x, TLS: TLSv1.3,256bits,AES256-SHA",
    "verified": "(verified OK)", "wide": "tést.example", "long": "tls13." * 30 + "example",
}
# Names with a meaning of their own; {host}, {domain} and {address} are filled in.
OTHER_NAMES = {
    "localhost": "localhost", "localdomain": "localhost.localdomain", "loopback": "[127.0.0.1]", "short": "pc",
    "own": "{host}", "own-domain": "pc.{domain}", "literal": "[{address}]", "google": "mail.google.com",
    "outlook": "outlook.com", "stranger": "mail.stranger.test",
}
FORGED_SENDERS = {
    "sender-using": '"x (using TLSv1.3 with cipher AES256-SHA (256/256 bits))"@client.example',
    "sender-with": '"a b with ESMTPS id c"@client.example', "sender-word": "esmtps@client.example",
    "sender-pairs": "version=tlsv1.3@client.example", "sender-close": '"a>) with ESMTPS (x"@client.example',
}
FORGED_RECIPIENTS = {
    "recipient-with": '"with ESMTPS id x; (version=TLSv1.3"@sink.example', "recipient-word": "esmtps@sink.example",
    "recipient-close": '"a> (version=TLSv1.3 cipher=AES256-SHA bits=256 verify=OK) <b"@sink.example',
    "recipient-tls": '"tls TLS_AES_256_GCM_SHA384"@sink.example',
}


@dataclasses.dataclass(frozen=True)
class Case:
    """One connection that carries one message."""

    name: str
    tls: str = "none"
    handshake: Handshake = None
    cert: str = ""
    auth: str = ""
    greet: str = "EHLO"
    greet_first: str = ""
    helo: str = ""
    utf8: bool = False
    peer: str = "named"
    sender: str = "author@client.example"
    recipient: str = "reader@sink.example"


def _secured(door):
    return [way for way in door.tls if way != "none"]


def handshakes(door, _names, every):
    """Each handshake through each secure way of the door."""
    for way, one in itertools.product(_secured(door), every):
        yield Case(f"{one.name}-{way}", way, one)


def few_handshakes(door, names, _every):
    yield from handshakes(door, names, FEW)


def plain(door, _names, _every):
    if "none" in door.tls:
        for peer, greet in itertools.product(PEERS, door.greet):
            yield Case(f"plain-{greet.lower()}-{peer}", greet=greet, peer=peer)


OLD_MARKS = ("RC4", "DES-CBC3")


def old_handshakes(door, _names, every):
    """What only the laboratory's own OpenSSL still can: SSL 3 with every suite, and RC4 and 3DES in all versions."""
    for one in every:
        if one.version == "SSLv3" or any(mark in one.cipher for mark in OLD_MARKS):
            yield Case(f"{one.name}-{_secured(door)[0]}", _secured(door)[0], one)


def peers(door, _names, _every):
    for way, peer, one in itertools.product(_secured(door), PEERS, (TYPICAL13, TYPICAL12)):
        yield Case(f"{one.name}-{way}-{peer}", way, one, peer=peer)


def greetings(door, _names, _every):
    """HELO in place of EHLO, before STARTTLS, behind it, or not at all."""
    for way, one in itertools.product(_secured(door), (TYPICAL13, TYPICAL12, TYPICAL10)):
        if "HELO" in door.greet:
            yield Case(f"{one.name}-{way}-helo", way, one, greet="HELO", greet_first="EHLO")
            yield Case(f"{one.name}-{way}-helo-only", way, one, greet="HELO", greet_first="HELO")
        yield Case(f"{one.name}-{way}-no-greeting", way, one, greet="", greet_first=door.greet[0])


def certificates(door, names, _every):
    for way, name, one in itertools.product(_secured(door), names["certificates"], (TYPICAL13, TYPICAL12, TYPICAL10)):
        yield Case(f"cert-{name}-{one.name}-{way}", way, one, cert=name)
    for way, one in itertools.product(_secured(door), RESUMED):
        yield Case(f"cert-valid-{one.name}-{way}", way, one, cert="valid")


def logins(door, _names, _every):
    for way, mechanism, one, peer in itertools.product(door.tls, door.auth, (TYPICAL13, TYPICAL12, TYPICAL10), PEERS):
        if way == "none":
            if one is TYPICAL13:
                yield Case(f"auth-{mechanism.lower()}-plain-{peer}", auth=mechanism, peer=peer)
        else:
            yield Case(f"auth-{mechanism.lower()}-{one.name}-{way}-{peer}", way, one, auth=mechanism, peer=peer)


def forgeries(door, names, _every):
    for way, one in [("none", None)] * ("none" in door.tls) + [(w, h) for w in _secured(door) for h in (TYPICAL13, TYPICAL12)]:
        how = f"{one.name}-{way}" if one else "plain"
        for greet in (door.greet if way == "none" else door.greet[:1]):
            for what, helo in {**FORGED_NAMES, **OTHER_NAMES}.items():
                yield Case(f"helo-{what}-{greet.lower()}-{how}", way, one, greet=greet,
                           helo=helo.format(**names) if what in OTHER_NAMES else helo)
        for what, sender in FORGED_SENDERS.items():
            yield Case(f"{what}-{how}", way, one, sender=sender, greet=door.greet[0])
        for what, recipient in FORGED_RECIPIENTS.items():
            yield Case(f"{what}-{how}", way, one, recipient=recipient, greet=door.greet[0])


def forgeries_brief(door, names, every):
    """In plaintext and in one handshake, where `forgeries` has three."""
    for case in forgeries(door, names, every):
        if case.greet == door.greet[0] and case.handshake in (None, TYPICAL13) and case.tls in ("none", _secured(door)[0]):
            yield case


def certificates_brief(door, names, every):
    for case in certificates(door, names, every):
        if case.handshake in (TYPICAL13, TYPICAL12) and case.tls == _secured(door)[0]:
            yield case


def logins_brief(door, names, every):
    for case in logins(door, names, every):
        if case.peer in ("named", "unnamed"):
            yield case


def wide(door, _names, _every):
    """SMTPUTF8 (RFC 6531)."""
    if door.utf8:
        for way, one in [("none", None)] * ("none" in door.tls) + [(w, h) for w in _secured(door) for h in (TYPICAL13, TYPICAL12)]:
            how = f"{one.name}-{way}" if one else "plain"
            for auth in ("", *door.auth[:1]):
                for what, address in (("ascii", "author@client.example"), ("wide", "autör@client.example")):
                    yield Case(f"utf8-{what}-{how}{'-auth' if auth else ''}", way, one, auth=auth, utf8=True, sender=address)


PLANS = {
    "sweep": (plain, peers, greetings, handshakes, logins, forgeries, wide),
    "handshakes": (plain, few_handshakes, greetings),
    "certificates": (certificates,),
    "logins": (logins,),
    "forgeries": (forgeries,),
    "brief": (plain, peers, few_handshakes, logins),
    "names": (plain, forgeries, wide),
    "program": (plain, peers, greetings, few_handshakes, logins_brief, forgeries_brief, wide),
    "door": (plain, peers, few_handshakes, logins_brief),
    "certificates-brief": (certificates_brief,),
    "old-tls": (old_handshakes,),
    "smoke": (plain, peers),
}


FIRST_DOOR_ONLY = (plain, peers, greetings, forgeries, forgeries_brief)


def _parts(plan, is_first):
    return [part for part in PLANS[plan] if is_first or part not in FIRST_DOOR_ONLY]


def _fit(case, door):
    """The case as the door allows it, or nothing."""
    if door.must_auth and not case.auth:
        case = dataclasses.replace(case, auth=door.auth[0])
    if case.greet == "EHLO" and "EHLO" not in door.greet:
        case = dataclasses.replace(case, greet=door.greet[0], greet_first="")
    return case


def cases_of(configuration, plan, names, every):
    """(door, case) for each case of a plan. A name comes once: what the first door has shown, the next need not."""
    seen = set()
    for door in configuration.doors:
        for part in _parts(plan, door is configuration.doors[0]):
            for case in part(door, names, every):
                case = _fit(case, door)
                if case.name not in seen:
                    seen.add(case.name)
                    yield door, case


def job(case, server, door, number):
    """The case as client.py wants it."""
    peer = PEERS[case.peer]
    wide_door = ":" in peer.address
    address = next(a for a in server.addresses if (":" in a) == wide_door)
    body = "Grüße" if case.utf8 else "Hello"
    sender = server.sender if case.auth and server.sender else ""
    message = (f"Message-ID: <{number}@client.example>\nFrom: {sender or 'author@client.example'}\nTo: reader@sink.example\n"
               f"Subject: {case.name}\n\n{body}\n")
    words = {"id": number, "host": address, "port": door.port, "source": peer.address, "tls": case.tls,
             "cert": case.cert, "greet": case.greet, "greet_first": case.greet_first, "helo": case.helo or peer.helo,
             "auth": case.auth, "user": server.login, "password": server.password, "utf8": case.utf8, "sender": sender or case.sender, "recipient": case.recipient, "message": message}
    if case.handshake:
        one = case.handshake
        words |= {"version": one.version, "cipher": one.cipher, "suites": one.suites, "group": one.group,
                  "signature": one.signature, "resume": one.resume}
    return words
