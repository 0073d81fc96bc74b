"""Chains: messages that cross several servers, with a truth for every hop.

The first hop is the client's, as everywhere. What passes between two servers is captured on the bridge and read by
tshark: the ServerHello tells version and suite, its absence in a session that carried mail tells plaintext. In a wiring
every connection from one server to the next is made under the same settings; if the capture shows two that differ,
the wiring is given up, since it would not be known which message took which.
"""
import collections
import dataclasses
import subprocess
import time

import fetch
import inject
import modes
import record
import servers

SMTP_PORTS = (24, 587, 10024, 10025, 10026)  # beside those that tshark knows


@dataclasses.dataclass(frozen=True)
class Stage:
    """A server of a chain, and how it sends on."""

    server: str
    configuration: str = "default"
    tls: str = "starttls"  # to the next
    version: str = ""

    @property
    def is_lmtp(self):
        return self.configuration.startswith("lmtp")


@dataclasses.dataclass(frozen=True)
class Wiring:
    name: str
    stages: tuple


def wiring(name, *stages):
    return Wiring(name, tuple(stages))


WIRINGS = (
    wiring("postfix-exim", Stage("postfix", "header"), Stage("exim_heavy")),
    wiring("sendmail-postfix-store", Stage("sendmail", tls="none"), Stage("postfix", tls="none"), Stage("dovecot", "lmtp")),
    wiring("exim-postfix-sendmail", Stage("exim_light"), Stage("postfix", "header"), Stage("sendmail")),
    wiring("sendmail-opensmtpd-postfix", Stage("sendmail"), Stage("opensmtpd"), Stage("postfix", "header-ask")),
    wiring("opensmtpd-courier-exim", Stage("opensmtpd"), Stage("courier"), Stage("exim_heavy")),
    wiring("courier-postfix-cyrus", Stage("courier", tls="none"), Stage("postfix", tls="starttls"), Stage("cyrus", "lmtp")),
    wiring("inner-plain", Stage("exim_light", tls="none"), Stage("postfix", tls="starttls"), Stage("exim_heavy", tls="none"),
           Stage("postfix_trixie", "header")),
    wiring("inner-tls", Stage("exim_light"), Stage("postfix", "header", tls="none"), Stage("exim_heavy"),
           Stage("postfix_trixie")),
    wiring("six", Stage("postfix", "header"), Stage("exim_heavy"), Stage("sendmail"), Stage("opensmtpd"),
           Stage("courier"), Stage("exim_light")),
    wiring("six-mixed", Stage("exim_light", tls="none"), Stage("sendmail"), Stage("postfix_trixie", "header", tls="none"),
           Stage("courier"), Stage("opensmtpd", tls="none"), Stage("exim_heavy")),
    wiring("old-versions", Stage("postfix", "header", version="TLSv1"), Stage("sendmail", version="TLSv1.2"),
           Stage("exim_heavy", version="TLSv1.1"), Stage("postfix_trixie", "header")),
    wiring("qpsmtpd-first", Stage("qpsmtpd", tls="none"), Stage("exim_heavy"), Stage("postfix", "header")),
    wiring("haraka-first", Stage("haraka", tls="none"), Stage("sendmail"), Stage("exim_light")),
    wiring("to-chasquid", Stage("postfix"), Stage("exim_light", tls="starttls"), Stage("chasquid")),
    wiring("submission-proxy", Stage("dovecot", "submission", tls="starttls"), Stage("postfix", "header"), Stage("sendmail")),
    wiring("sendmail-cyrus", Stage("exim_heavy", tls="starttls"), Stage("sendmail", tls="starttls"), Stage("postfix", tls="starttls"),
           Stage("cyrus", "lmtp")),
    wiring("store-over-tls", Stage("sendmail"), Stage("postfix", "header", tls="starttls"), Stage("dovecot", "lmtp")),
    wiring("renamed", Stage("exim_light"), Stage("postfix", "renamed", tls="none"), Stage("sendmail")),
    wiring("msmtp-postfix-exim", Stage("msmtp", "inject"), Stage("postfix", "header"), Stage("exim_heavy")),
    wiring("dma-sendmail-postfix", Stage("dma", "inject"), Stage("sendmail", tls="none"), Stage("postfix", "header")),
    wiring("nullmailer-exim-courier", Stage("nullmailer", "inject", tls="none"), Stage("exim_light"), Stage("courier")),
    wiring("haraka-outbound", Stage("postfix"), Stage("haraka", "outbound", tls="none"), Stage("exim_heavy")),
    wiring("filtered", Stage("exim_light"), Stage("postfix_amavis", "filter"), Stage("exim_heavy")),
    wiring("listed", Stage("sendmail"), Stage("postfix_mlmmj", "list"), Stage("exim_heavy")),
    wiring("fetched-plain", Stage("exim_light"), Stage("postfix"), Stage("dovecot", "lmtp", tls="none"), Stage("fetchmail", "fetch")),
    wiring("fetched-tls", Stage("postfix", "header", tls="starttls"), Stage("dovecot", "lmtp", tls="implicit"), Stage("getmail", "fetch")),
    wiring("list-filter-fetch", Stage("dma", "inject"), Stage("postfix_amavis", "filter"), Stage("exim_heavy", tls="starttls"),
           Stage("postfix_mlmmj", "list"), Stage("dovecot", "lmtp", tls="starttls"), Stage("mpop", "fetch")),
    wiring("maddy-mailpit", Stage("maddy", tls="none"), Stage("exim_heavy", tls="none"), Stage("mailpit", tls="none"), Stage("sendmail")),
    wiring("sendmail-lmtp", Stage("postfix"), Stage("sendmail"), Stage("dovecot", "lmtp")),
    wiring("opensmtpd-lmtp", Stage("exim_heavy"), Stage("opensmtpd", tls="none"), Stage("dovecot", "lmtp")),
    wiring("postfix-cyrus", Stage("sendmail"), Stage("postfix", "header", tls="none"), Stage("cyrus", "lmtp-open")),
    wiring("to-procmail", Stage("sendmail"), Stage("postfix", "header"), Stage("postfix_procmail", "formail")),
    wiring("to-maildrop", Stage("exim_light"), Stage("sendmail", tls="none"), Stage("courier_maildrop", "reformail")),
    wiring("procmail-mbox", Stage("postfix"), Stage("exim_procmail", "mbox")),
    wiring("forwarded", Stage("exim_heavy"), Stage("postfix_procmail", "forward"), Stage("sendmail"), Stage("postfix_maildrop", "maildir")),
    wiring("forwarded-twice", Stage("postfix", "header", tls="none"), Stage("exim_procmail", "forward"), Stage("postfix_maildrop", "forward", tls="none"),
           Stage("sendmail_procmail", "mbox")),
    wiring("out-by-zonemta", Stage("zonemta"), Stage("postfix", "header"), Stage("exim_heavy")),
    wiring("zonemta-between", Stage("exim_light"), Stage("zonemta", tls="none"), Stage("sendmail"), Stage("postfix_procmail", "maildir")),
    wiring("to-mox", Stage("postfix", "header"), Stage("exim_heavy"), Stage("mox")),
    wiring("mailman-spampd", Stage("exim_heavy"), Stage("postfix_mailman", "list"), Stage("postfix_spampd", "filter"), Stage("sendmail")),
    wiring("to-guerrilla", Stage("postfix"), Stage("exim_light"), Stage("guerrilla")),
    wiring("text-bare", Stage("postfix"), Stage("exim_heavy", "text-bare"), Stage("sendmail", "text-bare")),
)


def entries(door):
    """How the client hands the message in."""
    if "none" in door.tls:
        yield modes.Case("plain")
        yield modes.Case("plain-helo", greet="HELO")
        yield modes.Case("plain-unnamed", peer="unnamed")
        yield modes.Case("plain-forged", helo="ESMTPS")
    if "starttls" in door.tls:
        for one in (modes.TYPICAL13, modes.TYPICAL12, modes.TLS13[1], modes.FEW[5], modes.FEW[6], modes.TYPICAL10):
            yield modes.Case(one.name, "starttls", one)
        yield modes.Case("tls13-unnamed", "starttls", modes.TYPICAL13, peer="unnamed")
        yield modes.Case("tls12-v6", "starttls", modes.TYPICAL12, peer="v6")
        yield modes.Case("tls13-cert", "starttls", modes.TYPICAL13, cert="valid")
        yield modes.Case("tls12-cert-cn-esmtps", "starttls", modes.TYPICAL12, cert="cn-esmtps")


# ---- the wire ----

class Capture:
    """What passes the bridge, and afterwards what each connection was."""

    FIELDS = ("tcp.stream", "ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "tcp.dstport", "tls.handshake.type", "tls.handshake.version",
              "tls.handshake.extensions.supported_version", "tls.handshake.ciphersuite", "smtp.req.command",
              "pop.request.command", "imap.request.command")

    def __init__(self, root, machine=None):
        """On the bridge, or on the loopback of a machine."""
        self.root = root
        self.file = f"/var/lab-{machine.name if machine else 'bridge'}.pcap"
        (root / self.file.lstrip("/")).unlink(missing_ok=True)
        place = machine.inside() if machine else []
        self.program = subprocess.Popen([*place, "chroot", root, "tcpdump", "-i", "lo" if machine else "lab0", "-U", "-s", "0",
                                         "--immediate-mode", "-Z", "root", "-w", self.file, "tcp"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for line in self.program.stderr:
            if b"listening on" in line:
                return
        raise RuntimeError("tcpdump does not listen")

    def stop(self):
        """Facts by (source, destination, port): one for each connection that carried mail."""
        time.sleep(0.5)
        self.program.terminate()
        self.program.wait()
        command = ["chroot", self.root, "tshark", "-r", self.file]
        for port in SMTP_PORTS:
            command += ["-d", f"tcp.port=={port},smtp"]
        command += ["-Y", "tls.handshake.type || smtp.req.command || pop.request.command || imap.request.command", "-T", "fields"]
        for field in self.FIELDS:
            command += ["-e", field]
        text = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              check=True, timeout=300).stdout.decode(errors="replace")
        return self._connections(text)

    @staticmethod
    def _connections(text):
        streams = collections.defaultdict(lambda: {"commands": []})
        for line in filter(None, text.split("\n")):  # splitlines() would also end a line within what was encrypted
            stream, source, source6, destination, destination6, port, kinds, version, supported, suite, *commands = line.split("\t")
            source, destination, command = source or source6, destination or destination6, "".join(commands)
            facts = streams[stream]
            if command:
                facts["edge"] = (source, destination, int(port))
                facts["commands"] += command.upper().split(",")
            kinds = kinds.split(",")
            if "2" in kinds:
                facts["version"] = int((supported or version).split(",")[0], 16)
                facts["suite"] = int(suite.split(",")[0], 0)
                facts["edge"] = facts.get("edge") or (destination, source, 0)
            if "13" in kinds:
                facts["asked"] = True
        edges = collections.defaultdict(list)
        for facts in streams.values():
            broken_off = "version" not in facts and any(verb in ("STAR", "STARTTLS", "STLS") for verb in facts["commands"])
            if "edge" in facts and not broken_off:
                edges[facts["edge"]].append(facts)
        return edges


def bits_of(suite):
    for mark, bits in (("AES_256", 256), ("CHACHA20", 256), ("CAMELLIA_256", 256), ("AES_128", 128), ("CAMELLIA_128", 128)):
        if mark in suite:
            return bits
    return ""


def edge_facts(connections):
    """What the connections of an edge were, each kind once."""
    found = []
    for facts in connections:
        greet = next((verb for verb in reversed(facts["commands"]) if verb in ("EHLO", "HELO", "LHLO")), "EHLO")
        one = {"greet": greet, "tls": "none"}
        if "version" in facts:
            suite = record.SUITES.get(facts["suite"], "")
            one |= {"tls": "starttls", "protocol": record.PROTOCOLS[facts["version"]], "suite": suite, "bits": bits_of(suite)}
            if one["protocol"] != "TLSv1.3":  # there the rest of the handshake is encrypted
                one |= {"asked": "yes" if facts.get("asked") else "no", "given": "no"}
        if one not in found:
            found.append(one)
    return found


class Inside:
    """What happens inside a machine behind the client's hop: a line of truth for each trace field, the newest first. What
    passes over loopback is read from the wire there, as it is on the bridge."""

    def __init__(self, lab, server, machine, configuration):
        self.server, self.configuration = server, configuration
        watched = any(facts.get("over") == "loopback" for facts in configuration.inner)
        self.capture = Capture(lab.roots.mounted("capture"), machine) if watched else None

    def lines(self):
        edges = self.capture.stop() if self.capture else {}
        return [record.line("hop", server=self.server.name, config=self.configuration.name,
                            **{"by": self.server.host, **facts, **self._facts(edges, facts)})
                for facts in self.configuration.inner]

    def _facts(self, edges, facts):
        if facts.get("over") != "loopback":
            return {}
        found = edge_facts([one for edge, some in edges.items() if edge[2] == facts["port"] for one in some])
        if len(found) != 1:
            raise RuntimeError(f"loopback shows {len(found)} kinds of connection to port {facts['port']}: {found}")
        return found[0]


def numbered(lines):
    """Lines of truth with their numbers, whatever number they had."""
    return [f"hop {n} {line.split(' ', 2 if line.split(' ', 2)[1].isdigit() else 1)[-1]}" for n, line in enumerate(lines)]


# ---- one wiring ----

def _configuration_of(server, stage):
    return next(c for c in server.configurations if c.name == stage.configuration)


def _configure(lab, row, chosen, machines, sink):
    for at, stage in enumerate(row.stages):
        server = chosen[stage.server]
        route = sink
        if at + 1 < len(row.stages):
            following = row.stages[at + 1]
            target = chosen[following.server]
            port = 24 if following.is_lmtp else 25
            doors = _configuration_of(target, following).doors
            route = servers.Route(target.addresses[0], port, stage.tls, stage.version, following.is_lmtp,
                                  login=bool(doors) and doors[0].must_auth)
        configuration = _configuration_of(server, stage)
        server.configure(machines[stage.server], configuration, route)
        server.start(machines[stage.server], configuration)
        server.ready(machines[stage.server], configuration)
        yield server, configuration


def _network_entries(row, start, configuration):
    door = configuration.doors[0]
    for case in entries(door):
        if door.must_auth:
            case = dataclasses.replace(case, auth=door.auth[0], greet="EHLO")
        yield start, door, dataclasses.replace(case, name=f"{row.name}-from-{start + 1}-{case.name}")


def _tickets(row, running):
    """(first stage, door, case) for each message: the chain is entered at every server but the last, and by hand where
    its first program has no door."""
    for start, (_server, configuration) in enumerate(running[:-1]):
        if configuration.plan == "inject":
            for one in inject.few():
                yield start, None, dataclasses.replace(one, name=f"{row.name}-from-{start + 1}-{one.name}")
        elif configuration.doors and not (start == len(running) - 2 and running[-1][1].plan == "fetch"):
            yield from _network_entries(row, start, configuration)


def _enter(lab, running, machines, tickets, hop_line, refuse):
    """Hand all messages in; the line of truth of the way in for each that was taken."""
    jobs = {name: modes.job(case, running[start][0], door, name) for name, (start, door, case) in tickets.items() if door}
    reports = lab.send(list(jobs.values()))
    lines = {}
    for name, (start, door, case) in tickets.items():
        server, configuration = running[start]
        if door is None:
            inject.prepare(machines[server.name])
            inject.hand_in(machines[server.name], case, name)
            lines[name] = [inject.hop_line(server, configuration, case)] if server.writes_trace else []
        elif "truth" in reports[name]:
            lines[name] = [hop_line(0, server, configuration, door, case, jobs[name], reports[name]["truth"])]
        else:
            refuse(case.name, reports[name]["refused"][:60])
    return lines


def _await_store(machine, wanted):
    """Until so many messages lie in the store, or none comes any more."""
    last, count = time.monotonic(), -1
    while count < wanted and time.monotonic() - last < 20:
        now = len(list((machine.root / "var/vmail").rglob("new/*")))
        if now != count:
            last, count = time.monotonic(), now
        time.sleep(0.5)


def _arrived(lab, row, running, machines, wanted):
    server, configuration = running[-1]
    if configuration.plan == "fetch":
        store = running[-2][0]
        _await_store(machines[store.name], len(wanted))
        server.fetch(machines[server.name], configuration, _way(server, row), store)
    return lab.arrived(wanted, lambda: server.collect(machines[server.name]))


def _way(server, row):
    stage = row.stages[-2]
    protocol = "IMAP" if stage.tls == "implicit" and "IMAP" in server.protocols else "POP3"
    return fetch.Way(protocol, stage.tls, "" if stage.tls == "none" else "TLSv1.3")


def _edge(edges, row, before, after, configuration):
    """The line of truth of what passed between two servers; a complaint if the wire shows other than one kind of it."""
    door = configuration.doors[0] if configuration.doors else None
    client, target, port = before, after, door.port if door else 0
    facts = {}
    if configuration.plan == "fetch":
        way = _way(after, row)
        client, target, port = after, before, way.port
        facts = {"greet": way.protocol, "user": way.account}
    # a server may send from any of its addresses that suits the target
    ours = {edge: some for edge, some in edges.items()
            if edge[0] in client.addresses and edge[1] in target.addresses and edge[2] in (port, 0)}
    found = edge_facts([one for some in ours.values() for one in some])
    if len(found) != 1:
        raise RuntimeError(f"the wire shows {len(found)} kinds of connection from {before.name} to {after.name}: {found}")
    if facts and found[0]["tls"] != "none":
        facts["tls"] = way.tls
    more = {} if facts else {"helo": before.host, "greet_first": found[0]["greet"]}
    if door and door.must_auth:
        more["auth"] = "PLAIN"  # the only mechanism that our servers log in by
    return record.line("hop", server=after.name, config=configuration.name, by=configuration.options.get("by", after.host), port=port,
                       client=next(iter(ours))[1 if facts else 0], client_name=before.host, **more, **{**found[0], **facts})


def run_wiring(lab, row, chosen, machines, sink, capture_root, hop_line, recorder, refuse):
    """Returns a complaint, or nothing. `refuse` hears which case was not taken, and why."""
    running = list(_configure(lab, row, chosen, machines, sink))
    capture = Capture(capture_root)
    insides = [Inside(lab, server, machines[server.name], configuration) for server, configuration in running]
    tickets = {f"chain.{row.name}.{n}": one for n, one in enumerate(_tickets(row, running))}
    entered = _enter(lab, running, machines, tickets, hop_line, refuse)
    messages = _arrived(lab, row, running, machines, list(entered))
    edges = capture.stop()
    inner = [inside.lines() for inside in insides]
    between = [[_edge(edges, row, before, *after)] for (before, _), after in zip(running, running[1:])]
    for server, configuration in running:
        recorder.server(name=server.name, program=server.program, config=configuration.name,
                        version=server.version(machines[server.name]))
    missing, short = [], 0
    for name, (start, _door, case) in tickets.items():
        if name not in messages:
            if name in entered:
                missing.append(case.name.removeprefix(f"{row.name}-"))
            continue
        lines = [*inner[start], *entered[name]]
        for at in range(start + 1, len(running)):
            lines = [*inner[at], *between[at - 1], *lines]
        if len(record.received(messages[name])) != len(lines):
            short += 1
            continue
        recorder.case(case.name, messages[name], numbered(lines))
    complaints = [f"{len(missing)} did not arrive: {' '.join(missing)}"] if missing else []
    complaints += [f"{short} have another number of trace fields"] if short else []
    return "; ".join(complaints)
