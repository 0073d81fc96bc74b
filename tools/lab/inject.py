"""Injection: a person or a program on the server's own machine hands a message in with its `sendmail` command.

No network is crossed, and the laboratory itself starts the command: that is the truth of the hop.
"""
import dataclasses

import modes
import record

PERSON = "anna"  # an ordinary user


@dataclasses.dataclass(frozen=True)
class Injection:
    name: str
    user: str = PERSON
    sender: str = "author@client.example"
    recipient: str = "reader@sink.example"
    full_name: str = ""  # sendmail -F
    session: str = ""  # `sendmail -bs`, and the greeting that is said there


NAMES = {"name-using": "x (using TLSv1.3 with cipher AES256-SHA (256/256 bits))", "name-with": "x with ESMTPS id y",
         "name-close": "x) by mx.example.org with ESMTPS (y"}


def injections():
    yield Injection("local-person")
    yield Injection("local-root", user="root")
    yield Injection("local-session", session="EHLO localhost")
    yield Injection("local-session-forged", session="EHLO ESMTPS")
    for name, sender in modes.FORGED_SENDERS.items():
        yield Injection(f"local-{name}", sender=sender)
    for name, recipient in modes.FORGED_RECIPIENTS.items():
        yield Injection(f"local-{name}", recipient=recipient)
    for name, full in NAMES.items():
        yield Injection(f"local-{name}", full_name=full)


def few():
    """Some, for a chain."""
    return [one for one in injections() if one.name in ("local-person", "local-root", "local-sender-word", "local-recipient-word", "local-name-with")]


def prepare(machine):
    machine.shell(f"id {PERSON} >/dev/null 2>&1 || useradd -m -s /bin/sh {PERSON}")


def hand_in(machine, one, ticket):
    """Whether the command took it."""
    text = (f"Message-ID: <{ticket}@client.example>\nFrom: author@client.example\nTo: reader@sink.example\n"
            f"Subject: {one.name}\n\nHello\n")
    if one.session:
        text = "".join(f"{line}\r\n" for line in (one.session, f"MAIL FROM:<{one.sender}>", f"RCPT TO:<{one.recipient}>", "DATA",
                                                  *text.split("\n")[:-1], ".", "QUIT"))
    machine.write("/tmp/lab-message", text)
    words = ["-bs"] if one.session else ["-i", "-f", one.sender, *(["-F", one.full_name] if one.full_name else []), one.recipient]
    said = machine.run("runuser", "-u", one.user, "--", "sh", "-c", 'exec /usr/sbin/sendmail "$@" </tmp/lab-message; echo "status $?"', "sh", *words,
                       check=False)
    return said


def hop_line(server, configuration, one, **more):
    return record.line("hop", server=server.name, config=configuration.name, by=server.host, tls="local", user=one.user,
                       helo=one.session.removeprefix("EHLO "), sender=one.sender, full_name=one.full_name, **more)


def hop_lines(server, configuration, one):
    """A line of truth for each field, the newest first."""
    if not one.session or not server.session_part:
        return [hop_line(server, configuration, one)]
    return [hop_line(server, configuration, dataclasses.replace(one, session="")),
            hop_line(server, configuration, one, part=server.session_part, greet="EHLO")]


def play(lab, server, machine, configuration, tally, place, prefix=""):
    """(case's name, message, lines of truth) for each that arrives."""
    prepare(machine)
    tickets = {f"{server.name}.{configuration.name}.{prefix}{n}": one for n, one in enumerate(injections())}
    for ticket, one in tickets.items():
        hand_in(machine, one, ticket)
    messages = lab.arrived(list(tickets), lambda: server.collect(machine))
    for ticket, one in tickets.items():
        if ticket in messages:
            yield one.name, messages[ticket], hop_lines(server, configuration, one)
        else:
            tally.refuse(place, one.name, "not taken, or not sent on")
