#!/usr/bin/env python3
"""Make an archive to measure with: the same bytes for the same numbers, on any machine.

    gen.py MESSAGES [SEED] > archive.mbox

Every message has a header of some kilobytes: four to nine Received fields, each in the form of one of the servers that
are met most (about half with TLS), and the fields that stand around them. All hosts and addresses are reserved ones
(RFC 2606, 5737, 3849). Bodies are short: what stands in them costs the library nothing.
"""

import sys

DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LOW = "abcdefghijklmnopqrstuvwxyz"
BASE64 = LOW.upper() + LOW + "0123456789+/"
SUITES = [("TLSv1.3", "TLS_AES_256_GCM_SHA384", 256), ("TLSv1.3", "TLS_AES_128_GCM_SHA256", 128),
          ("TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", 256), ("TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256", 128),
          ("TLSv1.2", "ECDHE-RSA-CHACHA20-POLY1305", 256), ("TLSv1", "DHE-RSA-AES256-SHA", 256)]


class Dice:
    """Chance that is the same everywhere (xorshift, Marsaglia 2003)."""

    def __init__(self, seed):
        self.state = seed * 2654435761 % 2**64 or 1

    def below(self, n):
        x = self.state
        x ^= x << 13 & 2**64 - 1
        x ^= x >> 7
        x ^= x << 17 & 2**64 - 1
        self.state = x
        return (x >> 11) % n

    def of(self, things):
        return things[self.below(len(things))]

    def word(self, n, letters=LOW):
        return "".join(self.of(letters) for _ in range(n))

    def host(self):
        top = self.of(["example.com", "example.net", "example.org", "mail.example.com", "example"])
        return f"{self.of(['mx', 'mail', 'out', 'smtp', 'relay', 'gw'])}{self.below(40)}.{self.word(4 + self.below(9))}.{top}"

    def ip(self):
        return f"{self.of(['192.0.2', '198.51.100', '203.0.113'])}.{1 + self.below(254)}"

    def ip6(self):
        return f"2001:db8:{self.word(3, '123456789abcdef')}::{self.word(4, '123456789abcdef')}"

    def date(self, zone=""):
        offset = self.of(["+0000", "-0700", "+0200", "+0900", "-0500"])
        return (f"{self.of(DAYS)}, {1 + self.below(28)} {self.of(MONTHS)} {2018 + self.below(8)} "
                f"{self.below(24):02}:{self.below(60):02}:{self.below(60):02} {offset}{zone}")

    def rcpt(self):
        return f"<{self.word(3 + self.below(7))}@example.{self.of(['com', 'net', 'org'])}>"


# Each returns the value of a Received field, folded as the server folds it.

def postfix_tls(d):
    v, c, b = d.of(SUITES)
    h = d.host()
    return (f"from {h} ({h} [{d.ip()}])\n\t(using {v} with cipher {c} ({b}/{b} bits))\n"
            f"\t(No client certificate requested)\n\tby {d.host()} (Postfix) with ESMTPS id {d.word(10, '0123456789ABCDEF')}\n"
            f"\tfor {d.rcpt()}; {d.date(' (UTC)')}")


def postfix_plain(d):
    h = d.host()
    return (f"from {h} ({d.of([h, 'unknown'])} [{d.ip()}])\n\tby {d.host()} (Postfix) with ESMTP id "
            f"{d.word(10, '0123456789ABCDEF')}\n\tfor {d.rcpt()}; {d.date(' (CEST)')}")


def postfix_loopback(d):
    return (f"from localhost (localhost [127.0.0.1])\n\tby {d.host()} (Postfix) with ESMTP id "
            f"{d.word(10, '0123456789ABCDEF')};\n\t{d.date()}")


def exim_tls(d):
    v, c, b = d.of(SUITES)
    return (f"from {d.host()} ([{d.ip()}]:{1024 + d.below(60000)})\n\tby {d.host()} with esmtps ({v}:{c}:{b})\n"
            f"\t(Exim 4.96)\n\t(envelope-from {d.rcpt()})\n"
            f"\tid 1{d.word(5)}-{d.word(6, '0123456789')}-{d.word(2)}\n\tfor {d.rcpt()[1:-1]}; {d.date()}")


def exim_plain(d):
    return (f"from [{d.ip()}] (helo={d.host()})\n\tby {d.host()} with smtp (Exim 3.35 #1 (Debian))\n"
            f"\tid 1{d.word(5)}-{d.word(6, '0123456789')}-00\n\tfor {d.rcpt()}; {d.date()}")


def sendmail_tls(d):
    v, c, b = d.of(SUITES)
    h = d.host()
    return (f"from {h} ({h} [{d.ip()}])\n\tby {d.host()} (8.17.1/8.17.1) with ESMTPS id "
            f"{d.word(8, LOW + '0123456789')}{d.word(6, '0123456789')}\n\t(version={v} cipher={c} bits={b} verify=NO)\n"
            f"\tfor {d.rcpt()}; {d.date()}")


def sendmail_plain(d):
    h = d.host()
    return (f"from {h} ({h} [{d.ip()}] (may be forged))\n\tby {d.host()} (8.14.4/8.14.4) with ESMTP id "
            f"{d.word(8, LOW)}{d.word(6, '0123456789')}\n\tfor {d.rcpt()}; {d.date()}")


def google(d):
    v, c, b = d.of([("TLS1_3", "TLS_AES_128_GCM_SHA256", 128), ("TLS1_2", "ECDHE-ECDSA-AES128-GCM-SHA256", 128)])
    h = d.host()
    return (f"from {h} ({h}. [{d.ip()}])\n        by mx.google.com with ESMTPS id "
            f"{d.word(16)}si{d.word(7, '0123456789')}{d.word(3)}.{d.below(600)}.2023.09.14.07.12.{d.below(60):02}\n"
            f"        for {d.rcpt()}\n        (version={v} cipher={c} bits={b}/{b});\n        {d.date(' (PDT)')}")


def exchange(d):
    return (f"from {d.word(12).upper()}.eurprd.example.com ({d.ip6()}) by\n {d.word(12).upper()}.eurprd.example.com "
            f"({d.ip6()}) with Microsoft SMTP\n Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\n"
            f" 15.20.{d.below(9999)}.{d.below(40)}; {d.date()}")


def smtpsvc(d):
    h = d.host()
    return f"from {h} ([{d.ip()}]) by {d.host()} with Microsoft SMTPSVC(6.0.3790.4675);\n\t {d.date()}"


def qmail(d):
    return f"from unknown (HELO {d.host()}) ({d.ip()})\n  by {d.host()} with SMTP; {d.date()}"


def qmail_local(d):
    return f"(qmail {d.below(99999)} invoked by uid {d.below(2000)}); {d.date()}"


def dovecot(d):
    return (f"from {d.host()} ([{d.ip()}])\n\tby {d.host()} with LMTP\n\tid {d.word(15, BASE64[:62])}A{d.word(6, BASE64[:62])}\n"
            f"\t(envelope-from {d.rcpt()})\n\tfor {d.rcpt()}; {d.date()}")


def opensmtpd(d):
    return (f"from {d.host()} ({d.of(['unknown', d.host()])} [{d.ip()}])\n\tby {d.host()} (OpenSMTPD) with ESMTPS id "
            f"{d.word(8, '0123456789abcdef')} (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO)\n\tfor {d.rcpt()};\n\t{d.date(' (CET)')}")


def unknown(d):
    return f"from {d.host()} by {d.host()} with {d.of(['ESMTP', 'SMTP', 'ESMTPS'])} id {d.word(9)};\n {d.date()}"


SERVERS = [postfix_tls, postfix_tls, postfix_tls, postfix_plain, postfix_plain, postfix_loopback, exim_tls, exim_plain,
           sendmail_tls, sendmail_plain, sendmail_plain, google, google, exchange, exchange, smtpsvc, qmail, qmail_local,
           dovecot, opensmtpd, unknown]


def folded(value, width=64):
    return "\n ".join(value[i:i + width] for i in range(0, len(value), width))


def signature(d):
    return f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1;\n b={folded(d.word(340, BASE64))}"


def message(d):
    fields = [f"Return-Path: {d.rcpt()}"]
    fields += [f"Received: {d.of(SERVERS)(d)}" for _ in range(4 + d.below(6))]
    fields += [signature(d) for _ in range(1 + d.below(3))]
    fields += [f"Date: {d.date()}", f"From: {d.word(7)} {d.rcpt()}", f"To: {d.rcpt()}",
               f"Message-ID: <{d.word(24)}@{d.host()}>", f"Subject: {d.word(6)} {d.word(9)} {d.word(4)}",
               "MIME-Version: 1.0", f'Content-Type: multipart/alternative; boundary="{d.word(20)}"',
               f"X-Scan: {folded(d.word(200, BASE64))}"]
    return "From a@example.com Thu Jan  1 00:00:00 2026\n" + "\n".join(fields) + "\n\nText.\n\n"


def main():
    if len(sys.argv) not in (2, 3) or not all(a.isdigit() for a in sys.argv[1:]):
        sys.exit(__doc__)
    dice = Dice(int(sys.argv[2]) if len(sys.argv) == 3 else 1)
    for _ in range(int(sys.argv[1])):
        sys.stdout.write(message(dice))


if __name__ == "__main__":
    main()
