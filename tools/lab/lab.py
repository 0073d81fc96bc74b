"""The laboratory: installs, wires, sends, records. Called by `run`, which see."""
import argparse
import json
import os
import pathlib
import queue
import shutil
import socket
import subprocess
import sys
import threading
import time

import chains
import fetch
import inject
import keys
import modes
import network
import record
import servers
from roots import SUITES, RootError, Roots

HERE = pathlib.Path(__file__).resolve().parent
WORKERS = 4
DEAF_LIMIT = 12  # a server that lets so many clients in a row wait in vain is given up
SILENCE_LIMIT = 25  # seconds without any arrival, after which what has not come will not come
SINK = servers.Route("192.0.2.250", 25)
CLIENT_ADDRESSES = ("198.51.100.10", "198.51.100.11", "203.0.113.66", "2001:db8:2::10")
NAMES = {"sink.example": "192.0.2.250", "host11.client.example": "198.51.100.11"}

# Everything that OpenSSL can do, the provider of old ciphers too: a server's own settings then decide.
OPENSSL_SETTINGS = """\
openssl_conf = lab
[lab]
providers = providers
ssl_conf = ssl
[providers]
default = on
legacy = on
[on]
activate = 1
[ssl]
system_default = everything
[everything]
MinProtocol = None
CipherString = ALL:COMPLEMENTOFALL:@SECLEVEL=0
"""


# OpenSSL 1.1.1 has no providers, and gives up on a file that names some.
OPENSSL_SETTINGS_1_1 = "\n".join(line for line in OPENSSL_SETTINGS.splitlines()
                                 if not line.startswith(("providers", "[providers]", "default", "legacy", "[on]", "activate"))) + "\n"


def say(text):
    print(time.strftime("%H:%M:%S"), text, flush=True)


# ---- what is installed ----

OLD_TLS_STEP = """\
mkdir -p /opt/build; cd /opt/build
[ -d openssl-3* ] || apt-get source -q openssl
cd openssl-3*/
[ -f Makefile ] || ./Configure linux-x86_64 enable-ssl3 enable-ssl3-method enable-weak-ssl-ciphers shared no-tests \
    --libdir=lib/x86_64-linux-gnu --prefix=/usr --openssldir=/usr/lib/ssl
make -j2 build_libs >/dev/null
make providers/legacy.so >/dev/null
mkdir -p /opt/old-tls
cp libssl.so.3 libcrypto.so.3 providers/legacy.so /opt/old-tls/
cd /; rm -rf /opt/build
"""
OLD_TLS_PACKAGES = ("gcc", "libc6-dev", "make", "perl", "dpkg-dev")


def install(roots, chosen, old_tls, with_capture):
    """Every root that the run needs. Needs the network; nothing that is installed starts."""
    keyring = None
    for suite in [SUITES[0], *{server.suite for server in chosen.values()} - {SUITES[0]}]:
        say(f"base {suite}")
        roots.make_base(suite)
        keyring = keys.make(roots.base(suite), keyring)
    helpers = {"dns": ("dnsmasq-base",), "client": (), "sink": ()}
    if with_capture:
        helpers["capture"] = ("tcpdump", "tshark")
    for name, packages in helpers.items():
        roots.installed(name, packages)
    for server in chosen.values():
        say(f"install {server.name}")
        try:
            roots.installed(server.name, server.packages, server.steps, server.suite)
        except RootError as failure:
            say(f"{server.name} is left out: {failure}")
    if old_tls:
        say("install old-tls")
        roots.installed("old-tls", OLD_TLS_PACKAGES, (OLD_TLS_STEP,))


def use_old_tls(roots, root):
    """Put the OpenSSL that still has SSL 3, RC4 and 3DES in place of Debian's."""
    source = roots.mounted("old-tls") / "opt/old-tls"
    for library in ("libssl.so.3", "libcrypto.so.3"):
        shutil.copy(source / library, root / "usr/lib/x86_64-linux-gnu" / library)
    shutil.copy(source / "legacy.so", root / "usr/lib/x86_64-linux-gnu/ossl-modules/legacy.so")


# ---- machines ----

class Laboratory:
    """The wire, the resolver, the client and the sink; servers are plugged in one after the other."""

    def __init__(self, roots, chosen, old_tls, claims, helpers=()):
        self.roots = roots
        self.claims = claims
        self.old_tls = old_tls
        self.chosen = chosen
        self.helpers = dict(helpers)  # servers that others need, not tried themselves
        network.make_bridge()
        self.machines = []
        self._start_resolver()
        self.sink = self.machine("sink", [SINK.host], "sink.example")
        self.arrivals = self.sink.root / "var/lab-sink"
        shutil.rmtree(self.arrivals, ignore_errors=True)
        self.arrivals.mkdir()
        self.sink.start("python3", "/lab/sink.py", "/var/lab-sink", str(SINK.port), "24")
        self.sink.await_port(SINK.port)
        self.client = self.machine("client", CLIENT_ADDRESSES, "mail.client.example")
        self.ciphers = json.loads(self.client.run("python3", "/lab/client.py", "--ciphers"))

    def machine(self, name, addresses, fqdn, old_tls=True, suite=SUITES[0]):
        root = self.roots.mounted(name, suite)
        if self.old_tls and old_tls:
            use_old_tls(self.roots, root)
        (root / "etc/ssl/openssl.cnf").write_text(OPENSSL_SETTINGS_1_1 if suite == "bullseye" else OPENSSL_SETTINGS)
        made = network.Machine(name, root, addresses)
        made.set_hostname(fqdn)
        self.machines.append(made)
        return made

    def _start_resolver(self):
        root = self.roots.mounted("dns")
        resolver = network.Machine("dns", root, [network.RESOLVER])
        self.machines.append(resolver)
        resolver.set_hostname("dns.example")
        rows = [f"{address} {name}" for name, address in NAMES.items()]
        rows += [f"{address} mail.client.example" for address in ("198.51.100.10", "2001:db8:2::10")]
        exchangers = ["mx-host=sink.example,sink.example,10", "mx-host=client.example,mail.client.example,10"]
        for server in (self.chosen | self.helpers).values():
            rows += [f"{address} {server.host}" for address in server.addresses]
            exchangers.append(f"mx-host={server.domain},{server.host},10")
        resolver.write("/etc/lab-hosts", "\n".join(rows) + "\n")
        resolver.write("/etc/dnsmasq.conf", "\n".join(["no-resolv", "no-hosts", "addn-hosts=/etc/lab-hosts", "local=/#/",
                                                       "user=root", *exchangers]) + "\n")
        resolver.start("dnsmasq", "--keep-in-foreground", "--conf-file=/etc/dnsmasq.conf")
        resolver.await_port(53)

    def send(self, jobs):
        """Carry out jobs with a few clients at once; reports by id."""
        waiting = queue.Queue()
        for one in jobs:
            waiting.put(one)
        reports = {}
        deaf = []  # for each report, whether the server let the client wait in vain

        def work():
            program = self.client.start("python3", "/lab/client.py", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            while True:
                try:
                    one = waiting.get_nowait()
                except queue.Empty:
                    break
                program.stdin.write(json.dumps(one).encode() + b"\n")
                program.stdin.flush()
                answer = program.stdout.readline()
                reports[one["id"]] = json.loads(answer) if answer else {"id": one["id"], "refused": "the client died"}
                deaf.append(reports[one["id"]].get("refused") == "timed out")
                if not answer or len(deaf) >= DEAF_LIMIT and all(deaf[-DEAF_LIMIT:]):
                    break
            program.stdin.close()
            program.wait()

        crew = [threading.Thread(target=work) for _ in range(min(WORKERS, len(jobs)))]
        for thread in crew:
            thread.start()
        for thread in crew:
            thread.join()
        return reports

    def arrived(self, wanted, collect=lambda: [], patience=SILENCE_LIMIT):
        """Messages by id, when all have come or nothing has come for a while."""
        found = {}
        last = time.monotonic()
        while set(wanted) - set(found) and time.monotonic() - last < patience:
            news = []
            for path in sorted(self.arrivals.glob("*.eml")):
                news.append(path.read_bytes())
                path.unlink()
            for message in news + collect():
                name = message_id(message)
                if name is not None and name not in found:
                    found[name] = message
                    last = time.monotonic()
            time.sleep(0.3)
        return found

    def close(self):
        for machine in self.machines:
            machine.close()


class Claims:
    """What each lane does: a row is the lane's that names it first. A folder that all lanes of a run share."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def claim(self, name):
        try:
            (self.folder / name.replace("/", ":")).mkdir()
            return True
        except FileExistsError:
            return False


def message_id(message):
    for text in message.split(b"\n\n", 1)[0].replace(b"\r\n", b"\n").split(b"\n"):
        if text.lower().startswith(b"message-id: <"):
            return text[13:].split(b"@")[0].decode(errors="replace")
        if not text.strip():
            break
    return None


# ---- one server after the other ----

class Tally:
    """What became of all cases."""

    def __init__(self, log):
        self.kept = 0
        self.refused = {}
        self.lost = []
        self.odd = []
        self.log = open(log, "w")

    def refuse(self, place, case, why):
        self.log.write(f"{place}/{case}: {why}\n")
        self.refused.setdefault(place, {}).setdefault(why, 0)
        self.refused[place][why] += 1


def hop_line(number, server, configuration, door, case, job, truth):
    peer = modes.PEERS[case.peer]
    facts = record.connection_facts(truth)
    first = case.greet_first or case.greet if case.tls == "starttls" else ""
    shown = {"server": server.name, "config": configuration.name, "by": configuration.options.get("by", server.host), "port": door.port, "client": peer.address,
             "client_name": peer.rdns, "greet": case.greet, "greet_first": first,
             "helo": job["helo"],
             "auth": case.auth, "utf8": "yes" if case.utf8 else "no"}
    if door.front and facts["tls"] != "none":
        facts["tls"] = "front"
        facts["seen"] = peer.address if "smtpd_upstream_proxy_protocol" in configuration.options else "127.0.0.1"
    if case.cert and facts["tls"] != "none":
        facts["cert"] = case.cert
    return record.line(f"hop {number}", **shown, **facts)


def recorder_of(lab, server, machine, configuration):
    recorder = record.Recorder(lab.out / server.name, configuration.name, [
        f"{server.title} {server.version(machine)}, configuration `{configuration.name}`: {configuration.about}",
        f"recorded {time.strftime('%Y-%m-%d')} by tools/lab; corpus/README.md tells how to read it"])
    recorder.server(name=server.name, program=server.program, config=configuration.name, version=server.version(machine))
    return recorder


def keep(recorder, tally, place, name, message, lines):
    """The case, if the message has as many trace fields as something is known of."""
    fields = record.received(message)
    if len(fields) != len(lines):
        tally.odd.append(f"{place}/{name}: {len(fields)} trace fields")
        return
    recorder.case(name, message, chains.numbered(lines))


def run_injections(lab, server, machine, configuration, tally):
    place = f"{server.name}/{configuration.name}"
    recorder = recorder_of(lab, server, machine, configuration)
    inside = chains.Inside(lab, server, machine, configuration)
    arrived = list(inject.play(lab, server, machine, configuration, tally, place))
    inner = inside.lines()
    for name, message, lines in arrived:
        keep(recorder, tally, place, name, message, [*inner, *lines])
    finish(recorder, tally, machine, f"{place}: {recorder.count} kept")


def run_fetches(lab, server, machine, configuration, tally):
    place = f"{server.name}/{configuration.name}"
    store = servers.load([server.store])[server.store]
    store_machine = lab.machine(store.name, store.addresses, store.host, suite=store.suite)
    machine.run("ip", "neigh", "flush", "all")  # the last store's card had another address of its own
    recorder = recorder_of(lab, server, machine, configuration)
    try:
        store.configure(store_machine, store.configurations[0], SINK)
        store.start(store_machine, store.configurations[0])
        for port in sorted(set(fetch.PORTS.values())):
            store_machine.await_port(port)
        for name, message, line in fetch.play(lab, server, machine, configuration, store, store_machine, tally, place):
            keep(recorder, tally, place, name, message, [line])
    finally:
        lab.machines.remove(store_machine)
        store_machine.close()
    finish(recorder, tally, machine, f"{place}: {recorder.count} kept")


PLAYS = {"inject": run_injections, "fetch": run_fetches}


def finish(recorder, tally, machine, text):
    recorder.write()
    tally.kept += recorder.count
    say(text)
    machine.stop_programs()


def run_configuration(lab, server, machine, configuration, plan, limit, tally):
    place = f"{server.name}/{configuration.name}"
    server.configure(machine, configuration, SINK)
    server.start(machine, configuration)
    server.ready(machine, configuration)
    if configuration.plan in PLAYS:
        PLAYS[configuration.plan](lab, server, machine, configuration, tally)
        return
    names = {"host": server.host, "domain": server.domain, "address": CLIENT_ADDRESSES[0],
             "certificates": keys.CLIENT_CERTIFICATES}
    todo = list(modes.cases_of(configuration, plan or configuration.plan, names, modes.every_handshake(lab.ciphers)))[:limit]
    tickets = {f"{server.name}.{configuration.name}.{n}": pair for n, pair in enumerate(todo)}
    jobs = {ticket: modes.job(case, server, door, ticket) for ticket, (door, case) in tickets.items()}
    inside = chains.Inside(lab, server, machine, configuration)
    reports = lab.send(list(jobs.values()))
    accepted = [ticket for ticket, report in reports.items() if "truth" in report]
    for ticket, report in reports.items():
        if "refused" in report:
            tally.refuse(place, tickets[ticket][1].name, report["refused"][:60])
    messages = lab.arrived(accepted, lambda: server.collect(machine))
    inner = inside.lines()
    recorder = recorder_of(lab, server, machine, configuration)
    for ticket, (door, case) in tickets.items():
        if ticket in messages:
            keep(recorder, tally, place, case.name, messages[ticket], [
                *inner, hop_line(0, server, configuration, door, case, jobs[ticket], reports[ticket]["truth"])])
        elif ticket in accepted:
            tally.lost.append(f"{place}/{case.name}")
    finish(recorder, tally, machine, f"{place}: {recorder.count} of {len(todo)} kept, {len(todo) - len(accepted)} refused")


def run_servers(lab, tally, only_plan=None, limit=None, configurations=None):
    for server in lab.chosen.values():
        machine = None
        for configuration in server.configurations if server.writes_trace else ():
            if configurations and configuration.name not in configurations:
                continue
            if only_plan and configuration is not server.configurations[0]:
                continue
            if not lab.claims.claim(f"{server.name}/{configuration.name}"):
                continue
            machine = machine or prepared(lab, server)
            try:
                run_configuration(lab, server, machine, configuration, only_plan, limit, tally)
            except (RuntimeError, subprocess.SubprocessError, OSError) as failure:
                tally.odd.append(f"{server.name}/{configuration.name}: {failure}")
                say(f"{server.name}/{configuration.name}: {failure}")
                machine.stop_programs()
        if machine:
            lab.machines.remove(machine)
            machine.close()


def prepared(lab, server):
    """A machine for the server, with what is done there once."""
    machine = lab.machine(server.name, server.addresses, server.host, server.old_tls, server.suite)
    server.prepare(machine)
    return machine


def run_chains(lab, tally, wanted):
    rows = [row for row in chains.WIRINGS if {stage.server for stage in row.stages} <= set(lab.chosen) and
            (not wanted or row.name in wanted)]
    machines = {}
    for row in rows:
        if not lab.claims.claim(f"chains/{row.name}"):
            continue
        for name in {stage.server for stage in row.stages} - set(machines):
            machines[name] = prepared(lab, lab.chosen[name])
        recorder = record.Recorder(lab.out / "chains", row.name, [
            "chain " + " > ".join(f"{stage.server} ({stage.configuration})" for stage in row.stages),
            f"recorded {time.strftime('%Y-%m-%d')} by tools/lab; corpus/README.md tells how to read it"])
        try:
            complaint = chains.run_wiring(lab, row, lab.chosen, machines, SINK, lab.roots.mounted("capture"), hop_line, recorder,
                                          lambda case, why: tally.refuse(f"chains/{row.name}", case, why))
        except (RuntimeError, subprocess.SubprocessError, OSError, StopIteration) as failure:
            complaint = repr(failure)
        if complaint:
            tally.odd.append(f"chains/{row.name}: {complaint}")
        recorder.write()
        tally.kept += recorder.count
        say(f"chains/{row.name}: {recorder.count} kept {complaint or ''}")
        for name in {stage.server for stage in row.stages}:
            machines[name].stop_programs()


def report(tally, total):
    for place, reasons in sorted(tally.refused.items()):
        for why, count in sorted(reasons.items(), key=lambda item: -item[1]):
            print(f"refused {count:5} {place}: {why}")
    for text in tally.lost:
        print(f"lost {text}")
    for text in tally.odd:
        print(f"odd {text}")
    refused = sum(sum(reasons.values()) for reasons in tally.refused.values())
    total.write_text(f"{tally.kept} {refused} {len(tally.lost)} {len(tally.odd)}\n")


def main():
    words = argparse.ArgumentParser(prog="lab")
    words.add_argument("--phase", choices=("install", "play"), required=True)
    words.add_argument("--build", required=True)
    words.add_argument("--out", required=True)
    words.add_argument("--servers", default="")
    words.add_argument("--configurations", default="")
    words.add_argument("--smoke", action="store_true")
    words.add_argument("--chains", default="", help="names of wirings, `all`, or `only` for all and no single servers")
    words.add_argument("--no-old-tls", action="store_true")
    words.add_argument("--limit", type=int)
    words.add_argument("--layers", help="a folder for what this lane's programs write")
    words.add_argument("--claims", help="a folder that the lanes of a run share")
    options = words.parse_args()
    roots = Roots(options.build, HERE, options.layers)
    names = [name for name in options.servers.split(",") if name]
    chosen = servers.load(names or (["exim_light", "postfix"] if options.smoke else None))
    helpers = servers.load(sorted({server.store for server in chosen.values() if server.store} - set(chosen)), none_is_all=False)
    old_tls = not (options.no_old_tls or options.smoke)
    if options.phase == "install":
        socket.sethostname("localhost")  # a name that resolves in every root: packages ask for it
        watched = helpers or any(configuration.inner for server in chosen.values() for configuration in server.configurations)
        install(roots, chosen | helpers, old_tls, bool(options.chains or watched))
        return 0
    tally = Tally(roots.layers / "refused.log")
    claims = Claims(options.claims)
    tally.odd += [f"{name}: is not installed" for name in chosen if not roots.is_installed(name) and claims.claim(name)]
    chosen = {name: server for name, server in chosen.items() if roots.is_installed(name)}
    lab = Laboratory(roots, chosen, old_tls, claims, helpers)
    lab.out = pathlib.Path(options.out)
    try:
        if not options.chains or options.chains == "all":
            run_servers(lab, tally, "smoke" if options.smoke else None, options.limit,
                        [name for name in options.configurations.split(",") if name])
        if options.chains:
            run_chains(lab, tally, set() if options.chains in ("all", "only") else set(options.chains.split(",")))
    finally:
        lab.close()
    report(tally, roots.layers / "count")
    return 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
