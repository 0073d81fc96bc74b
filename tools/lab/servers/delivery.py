"""Delivery: a server hands each message to procmail or maildrop, which lays it into a person's mailbox, or hands it in again.

Everything goes to one person. A delivery agent writes no trace field; what it, its tools and its From line do to those
that are there is what these rows show.
"""
from servers import Configuration, Door

PERSON = "anna"
HOME = f"/home/{PERSON}"
DOMAINS = ("sink.example", "away.example", "third.example")
MARK = "X-Filtered: by the laboratory"

PROCMAIL = {
    "maildir": f":0\n{HOME}/Maildir/\n",
    "mbox": f":0:\n{HOME}/mbox\n",
    "formail": f':0fhw\n| formail -c -A "{MARK}" -I "X-Loop: {PERSON}"\n\n:0\n{HOME}/Maildir/\n',
    "forward": ":0\n! onward@away.example\n",
}
MAILDROP = {
    "maildir": f'to "{HOME}/Maildir"\n',
    "mbox": f'to "{HOME}/mbox"\n',
    "reformail": f'SHELL="/bin/sh"\nxfilter "reformail -A\'{MARK}\' -I\'X-Loop: {PERSON}\'"\nto "{HOME}/Maildir"\n',
    "forward": 'to "!onward@third.example"\n',
}
ABOUT = {"maildir": "into a Maildir", "mbox": "into an mbox", "formail": "its header through formail -c -A -I, which unfolds it",
         "reformail": "through reformail -A -I", "forward": "forwarded: handed in again by the `sendmail` command"}


def configurations(rules, doors=(Door(25), Door(465, ("implicit",), ("PLAIN",))), again=({"tls": "local", "user": PERSON},)):
    """One for each way of delivery. `again` are the fields of a message that is handed in again."""
    return tuple(Configuration(name, ABOUT[name], doors, "program" if name == "maildir" else "door", {}, again if name == "forward" else ())
                 for name in rules)


def domains(rules):
    """Whose mail is delivered: all of it, but what these rules forward leaves."""
    return tuple(name for name in DOMAINS if f"@{name}" not in rules and not ("@away" in rules and name == DOMAINS[2]))


def clear(machine, path, rules):
    """An empty home, and the agent's rules for it."""
    machine.shell(f"""rm -rf {HOME}/Maildir {HOME}/mbox*
mkdir -p {HOME}/Maildir/new {HOME}/Maildir/cur {HOME}/Maildir/tmp; chown -R {PERSON}: {HOME}/Maildir""")
    machine.write(path, rules)


class Deliverer:
    """What such a server has beside its own; named in front of its class."""

    def prepare(self, machine):
        super().prepare(machine)
        machine.shell(f"id {PERSON} >/dev/null 2>&1 || useradd -m -s /bin/sh {PERSON}; chmod 755 {HOME}")

    def collect(self, machine):
        """What lies in the Maildir, and in the mbox if nobody writes there; each message of the mbox with its From line."""
        home = machine.root / HOME.lstrip("/")
        found = []
        for path in sorted((home / "Maildir").glob("new/*")):
            found.append(path.read_bytes())
            path.unlink()
        mbox = home / "mbox"
        if mbox.exists():
            size, text = mbox.stat().st_size, mbox.read_bytes()
            if size == len(text) == mbox.stat().st_size and text.endswith(b"\n\n") and not list(home.glob("mbox.lock")):
                found += [(b"From " if n else b"") + one.rstrip(b"\n") + b"\n" for n, one in enumerate(text.split(b"\n\nFrom "))]
        return found
