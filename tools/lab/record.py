"""Writes cases into the corpus: what the servers wrote, and beside it what the wire said.

A folder has, for each row of cases, NAME.mbox (the messages, byte for byte as the last machine got them) and NAME.truth.
`derive` makes NAME.want of them.
"""
import datetime
import pathlib
import re

NAMES = pathlib.Path(__file__).resolve().parent.parent / "names"


def suite_names():
    """IANA names of cipher suites by number."""
    found = {}
    for line in (NAMES / "iana.txt").read_text().splitlines():
        words = line.split()
        if len(words) == 2 and not line.startswith("#"):
            found[int(words[0], 16)] = words[1]
    return found


GROUP_NAMES = {0x17: "secp256r1", 0x18: "secp384r1", 0x19: "secp521r1", 0x1D: "x25519", 0x1E: "x448", 0x100: "ffdhe2048",
               0x101: "ffdhe3072", 0x102: "ffdhe4096", 0x103: "ffdhe6144", 0x104: "ffdhe8192"}
PROTOCOLS = {0x0300: "SSLv3", 0x0301: "TLSv1", 0x0302: "TLSv1.1", 0x0303: "TLSv1.2", 0x0304: "TLSv1.3"}


def value(text):
    """A value as .truth and .want spell it: in quotes if it has blanks or quotes, bytes outside ASCII as \\x."""
    if text == "" or text is None:
        return "-"
    raw = str(text).encode("utf-8", "surrogateescape")
    if re.fullmatch(rb"[!#-\[\]-~]+", raw):
        return raw.decode()
    out = ""
    for byte in raw:
        char = chr(byte)
        out += "\\" + char if char in '"\\' else char if 32 <= byte < 127 else f"\\x{byte:02x}"
    return f'"{out}"'


def line(word, **facts):
    return " ".join([word, *(f"{key.replace('_', '-')}={value(text)}" for key, text in facts.items())])


class Recorder:
    """One row of cases."""

    def __init__(self, folder, name, about):
        self.folder = pathlib.Path(folder)
        self.name = name
        self.mbox = bytearray()
        self.truth = [f"# {text}" for text in about]
        self.count = 0

    def server(self, **facts):
        self.truth.append(line("server", **facts))

    def case(self, name, message, hops):
        """One message; `hops` are lines of truth, the newest first."""
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%a %b %e %H:%M:%S %Y")
        if not message.endswith(b"\n"):
            message += b"\n"
        message = re.sub(rb"(?m)^(>*From )", rb">\1", message)
        self.mbox += f"From {name} {now}\n".encode() + message + b"\n"
        self.truth += ["", f"case {name}", *hops]
        self.count += 1

    def write(self):
        if self.count == 0:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{self.name}.mbox").write_bytes(self.mbox)
        (self.folder / f"{self.name}.truth").write_text("\n".join(self.truth) + "\n")


def received(message):
    """The trace fields of a message, newest first."""
    head = message.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    fields = re.split(rb"\n(?![ \t])", head)
    return [field for field in fields if field[:9].lower() == b"received:"]


SUITES = suite_names()


def connection_facts(truth):
    """What client.py reported of a connection, as keys of a line of truth."""
    facts = {"tls": truth["tls"]}
    shake = truth.get("handshake")
    if shake is not None:
        if PROTOCOLS.get(shake.get("version")) != truth["protocol"]:
            raise ValueError(f"the library says {truth['protocol']}, the wire {shake}")
        facts |= {"protocol": truth["protocol"], "suite": SUITES.get(shake["suite"], f"0x{shake['suite']:04x}"),
                  "bits": truth["bits"], "group": GROUP_NAMES.get(shake.get("group"), ""),
                  "asked": "yes" if shake["cert_asked"] else "no", "given": "yes" if shake["cert_given"] else "no",
                  "resumed": "yes" if truth["resumed"] else "no"}
    return facts
