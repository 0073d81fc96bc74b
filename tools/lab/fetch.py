"""Retrieval: a reader's program fetches messages from a store by POP3 or IMAP. The store is Dovecot; messages are laid
into its Maildirs, so that the only trace field is the fetching program's, and what the connection was is read from the wire.
"""
import dataclasses
import time

import chains
import record

PORTS = {("POP3", "none"): 110, ("POP3", "starttls"): 110, ("POP3", "implicit"): 995,
         ("IMAP", "none"): 143, ("IMAP", "starttls"): 143, ("IMAP", "implicit"): 993}
ACCOUNTS = ("reader", "esmtps", "tls1.3.using")  # the second and third could look like a record of TLS


@dataclasses.dataclass(frozen=True)
class Way:
    """How a message is fetched."""

    protocol: str
    tls: str
    version: str = ""
    account: str = "reader"

    @property
    def name(self):
        what = "plain" if self.tls == "none" else f"{self.version.lower().replace('tlsv1.', 'tls1')}-{self.tls}"
        return f"{self.protocol.lower()}-{what}-{self.account}"

    @property
    def port(self):
        return PORTS[self.protocol, self.tls]


def ways(server):
    for protocol in server.protocols:
        for tls in server.secures:
            for version in ("",) if tls == "none" else server.versions:
                for account in ACCOUNTS:
                    yield Way(protocol, tls, version, account)


def lay(store, account, ticket, subject):
    """A message into the Maildir, which all accounts share."""
    store.write(f"/var/vmail/Maildir/new/{time.time_ns()}.lab",
                f"Message-ID: <{ticket}@client.example>\nFrom: author@client.example\nTo: {account}@sink.example\n"
                f"Subject: {subject}\n\nHello\n")
    store.shell("chown -R mail:mail /var/vmail")


def hop_line(server, configuration, way, store, found):
    return record.line("hop", server=server.name, config=configuration.name, by=server.host, port=way.port, client_name=store.host,
                       greet=way.protocol, user=way.account, **found)


def connection(edges, server, store, way):
    """The one kind of connection that the wire shows from the program to the store."""
    ours = {edge: some for edge, some in edges.items()
            if edge[0] in server.addresses and edge[1] in store.addresses and edge[2] in (way.port, 0)}
    found = chains.edge_facts([one for some in ours.values() for one in some])
    if len(found) != 1 or len({edge[1] for edge in ours}) != 1:
        raise RuntimeError(f"the wire shows {len(found)} kinds of connection from {server.name} to {store.name}: {found}")
    found[0].pop("greet")
    if found[0]["tls"] != "none":
        found[0]["tls"] = way.tls
    if (found[0]["tls"], found[0].get("protocol", "")) != (way.tls, way.version):
        raise RuntimeError(f"{way.name}: asked for, but the wire shows {found[0]}")
    return {"client": next(iter(ours))[1], **found[0]}


def play(lab, server, machine, configuration, store, store_machine, tally, place):
    """(case's name, message, line of truth) for each that was fetched."""
    for n, way in enumerate(ways(server)):
        ticket = f"{server.name}.{configuration.name}.{n}"
        lay(store_machine, way.account, ticket, way.name)
        capture = chains.Capture(lab.roots.mounted("capture"))
        said = server.fetch(machine, configuration, way, store)
        messages = lab.arrived([ticket], lambda: server.collect(machine), patience=3)
        edges = capture.stop()
        store_machine.shell("rm -rf /var/vmail/Maildir/*/*.lab*")
        if ticket not in messages:
            tally.refuse(place, way.name, f"not fetched: {said.strip()[-60:]}")
            continue
        yield way.name, messages[ticket], hop_line(server, configuration, way, store, connection(edges, server, store, way))
