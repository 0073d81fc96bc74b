"""The mail servers, one file each: what to install, how to configure, how to start.

A file defines `SERVER`, an instance of Server. What a server records of TLS is not told here: that stands in `derive`.
"""
import dataclasses
import importlib
import pathlib

KEYS = "/etc/lab-keys"
USER, PASSWORD = "user", "secret"


@dataclasses.dataclass(frozen=True)
class Route:
    """Where a server sends on what it takes."""

    host: str
    port: int = 25
    tls: str = "none"  # none, starttls
    version: str = ""  # the only version of TLS that the server may offer there, where it can be told so
    lmtp: bool = False
    login: bool = False  # it takes mail from none but those who log in


@dataclasses.dataclass(frozen=True)
class Door:
    """A port on which a server takes mail, and what it does there."""

    port: int
    tls: tuple = ("none", "starttls")  # what the client may do: none, starttls, implicit
    auth: tuple = ()  # PLAIN, LOGIN
    must_auth: bool = False
    greet: tuple = ("EHLO", "HELO")
    utf8: bool = False
    front: bool = False  # another program ends TLS here, in front of the server


@dataclasses.dataclass(frozen=True)
class Configuration:
    """One way of running a server. `plan` names the modes of modes.py that it is tried with. `inner` are the trace
    fields that are written behind the client's hop and inside the machine, the newest first: keys of a line of truth, with
    `part`, the program that writes it, as `derive` knows it."""

    name: str
    about: str
    doors: tuple
    plan: str = "brief"
    options: dict = dataclasses.field(default_factory=dict)
    inner: tuple = ()


class Server:
    """A program that takes mail and passes it on. Subclasses say how."""

    name = ""  # of the file, the machine and the folder in the corpus
    program = ""  # as hoptls may know it, in `derive`
    title = ""  # as its makers write it
    suite = "bookworm"  # the Debian that carries the version wanted
    packages = ()
    steps = ()  # shell scripts that install what Debian does not carry
    host = ""
    addresses = ()
    login, password = USER, PASSWORD  # who logs in
    sender = ""  # the only address that they may send from
    configurations = ()
    writes_trace = True  # False for a command that hands mail on without a field of its own
    session_part = ""  # the `part` that `sendmail -bs` is, where that hands on to the usual one and each writes a field
    store = ""  # the server that a fetching program fetches from
    old_tls = False  # may be run on the lab's OpenSSL, which still has SSL 3, RC4 and 3DES

    @property
    def domain(self):
        return self.host.split(".", 1)[1]

    def version(self, machine):
        """The version of the program, as its package tells it."""
        text = machine.run("dpkg-query", "-W", "-f", "${Version}", self.packages[0])
        return text.split(":")[-1]

    def prepare(self, machine):
        """What is done once, before the first configuration."""

    def configure(self, machine, configuration, route):
        raise NotImplementedError

    def start(self, machine, configuration):
        raise NotImplementedError

    def ready(self, machine, configuration):
        for door in configuration.doors:
            machine.await_port(door.port)

    def collect(self, machine):
        """Messages that the server itself stored, where it passes nothing on."""
        return []


class Keeper(Server):
    """A program that hands each message to another one, here to one of the laboratory's that keeps it."""

    KEEP = "#!/bin/sh\nf=$(mktemp -p /var/lab-kept)\ncat >$f && mv $f $f.eml\n"

    def prepare(self, machine):
        machine.write("/usr/local/bin/lab-keep", self.KEEP, 0o755)
        machine.shell("rm -rf /var/lab-kept; mkdir -p /var/lab-kept; chmod 1777 /var/lab-kept")

    def collect(self, machine):
        found = []
        for path in sorted((machine.root / "var/lab-kept").glob("*.eml")):
            found.append(path.read_bytes())
            path.unlink()
        return found


def load(names=None, none_is_all=True):
    """Servers by name, all that lie in this folder or those named."""
    here = pathlib.Path(__file__).parent
    found = sorted(path.stem for path in here.glob("*.py") if "\nSERVER = " in path.read_text())
    unknown = set(names or ()) - set(found)
    if unknown:
        raise SystemExit(f"lab: no such server: {', '.join(sorted(unknown))}; there are {', '.join(found)}")
    servers = {name: importlib.import_module(f"servers.{name}").SERVER for name in (names or (found if none_is_all else ()))}
    _check_addresses(servers.values())
    return servers


def _check_addresses(servers):
    """Machines stand on one bridge: of two with one address, one would get the other's mail."""
    owners = {}
    for server in servers:
        for address in server.addresses:
            other = owners.setdefault(address, server.name)
            if other != server.name:
                raise SystemExit(f"lab: {other} and {server.name} have one address: {address}")
