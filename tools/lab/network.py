"""Machines and the wire between them.

Every machine is a network namespace with one Ethernet card, and all cards meet in a bridge in the laboratory's own
namespace, which has no way out. Addresses are those of RFC 5737 and RFC 3849, names those of RFC 2606.
"""
import os
import pathlib
import signal
import socketserver
import subprocess
import tempfile
import threading
import time

NETWORKS = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
NETWORK6 = "2001:db8::/32"
RESOLVER = "192.0.2.1"


def _ip(*words):
    subprocess.run(["ip", *words], check=True, stdin=subprocess.DEVNULL)


class Machine:
    """One machine: a root, a network namespace, names and addresses."""

    def __init__(self, name, root, addresses, bridge="lab0"):
        self.name = name
        self.root = pathlib.Path(root)
        self.addresses = tuple(addresses)
        self.started = []
        self.holder = subprocess.Popen(["unshare", "--net", "--uts", "--pid", "--fork", "--kill-child", "sleep", "infinity"],
                                       stdin=subprocess.DEVNULL)
        self._await_namespace()
        self._plug_in(bridge)
        self._forget_last_run()
        self.log = _Log(self.root / "dev/log", self.root / "var/log/lab.log")

    def _await_namespace(self):
        own = os.readlink("/proc/self/ns/net")
        for _ in range(200):
            try:
                if os.readlink(f"/proc/{self.holder.pid}/ns/net") != own and \
                        os.readlink(f"/proc/{self.holder.pid}/ns/pid_for_children"):
                    return
            except OSError:
                pass
            time.sleep(0.01)
        raise RuntimeError(f"{self.name}: no network namespace")

    def _plug_in(self, bridge):
        card = f"v{self.holder.pid}"
        _ip("link", "add", card, "type", "veth", "peer", "name", "eth0", "netns", str(self.holder.pid))
        _ip("link", "set", card, "master", bridge, "up")
        lines = ["link set lo up", "link set eth0 up"]
        for address in self.addresses:
            lines.append(f"addr add {address}/{'128' if ':' in address else '32'} dev eth0"
                         f"{' nodad' if ':' in address else ''}")
        first = next(a for a in self.addresses if ":" not in a)
        lines += [f"route add {net} dev eth0 src {first}" for net in NETWORKS]
        first6 = next((a for a in self.addresses if ":" in a), None)
        if first6:
            lines.append(f"route add {NETWORK6} dev eth0 src {first6}")
        subprocess.run(self._enter() + ["ip", "-batch", "-"], input="\n".join(lines) + "\n", text=True, check=True)

    def _forget_last_run(self):
        """Numbers of processes that were, and the list of processes of this machine alone."""
        for folder in ("run", "var/spool/postfix/pid", "var/lib/courier"):
            for path in (self.root / folder).rglob("*.pid*"):
                if path.is_file():
                    path.unlink()
        self.run("mount", "-t", "proc", "proc", "/proc")

    def _enter(self, chroot=False):
        space = f"/proc/{self.holder.pid}/ns"
        way = ["nsenter", f"--net={space}/net", f"--uts={space}/uts", f"--pid={space}/pid_for_children"]
        return way + (["chroot", str(self.root)] if chroot else [])

    def inside(self):
        """What stands before a command of the laboratory's own that is to run on this machine's network."""
        return ["nsenter", f"--net=/proc/{self.holder.pid}/ns/net"]

    def set_hostname(self, fqdn):
        subprocess.run(self._enter() + ["hostname", fqdn], check=True)
        (self.root / "etc/hostname").write_text(fqdn + "\n")
        own = "".join(f"{a} {fqdn} {fqdn.split('.')[0]}\n" for a in self.addresses[:1])
        (self.root / "etc/hosts").write_text(f"127.0.0.1 localhost\n::1 localhost\n{own}")
        (self.root / "etc/mailname").write_text(fqdn + "\n")
        resolver = self.root / "etc/resolv.conf"
        resolver.unlink(missing_ok=True)
        resolver.write_text(f"nameserver {RESOLVER}\noptions timeout:1 attempts:2\n")

    ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8",
                   "HOME": "/root", "LANG": "C.UTF-8"}

    def start(self, *command, environment=(), **more):
        """A program on this machine, running on."""
        out = open(self.root / "var/log/lab-programs.log", "ab")
        more.setdefault("stdin", subprocess.DEVNULL)
        more.setdefault("stdout", out)
        program = subprocess.Popen(self._enter(chroot=True) + list(command), stderr=out, start_new_session=True,
                                   env={**self.ENVIRONMENT, **dict(environment)}, **more)
        self.started.append(program)
        return program

    def run(self, *command, limit=60, check=True, **more):
        """A program on this machine, to its end; what it printed."""
        with tempfile.TemporaryFile() as out:  # not a pipe: a daemon that it starts may keep it open
            done = subprocess.run(self._enter(chroot=True) + list(command), env=self.ENVIRONMENT, timeout=limit,
                                  stdin=subprocess.DEVNULL, stdout=out, stderr=out, **more)
            out.seek(0)
            said = out.read().decode(errors="replace")
        if check and done.returncode != 0:
            raise RuntimeError(f"{self.name}: {command[-1][:200]}: status {done.returncode}: {said[-2000:]}")
        return said

    def shell(self, script, **more):
        return self.run("sh", "-ec", script, **more)

    def write(self, path, text, mode=0o644, owner=None):
        target = self.root / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, str):
            text = text.encode()
        target.unlink(missing_ok=True)
        target.write_bytes(text)
        target.chmod(mode)
        if owner:
            self.run("chown", owner, "/" + path.lstrip("/"))

    def is_listening(self, port):
        """Whether a program of this machine listens on that TCP port; asks the kernel, not the program."""
        for table in ("tcp", "tcp6"):
            for line in pathlib.Path(f"/proc/{self.holder.pid}/net/{table}").read_text().splitlines()[1:]:
                words = line.split()
                if words[3] == "0A" and int(words[1].rsplit(":", 1)[1], 16) == port:
                    return True
        return False

    def await_port(self, port, limit=180):
        end = time.monotonic() + limit
        while not self.is_listening(port):
            if time.monotonic() > end:
                raise RuntimeError(f"{self.name}: nothing listens on port {port}")
            time.sleep(0.1)

    def _processes(self):
        """Of this machine, but for the two that keep its namespaces."""
        mine = os.readlink(f"/proc/{self.holder.pid}/ns/net")
        for entry in os.listdir("/proc"):
            try:
                if entry.isdigit() and int(entry) != self.holder.pid and os.readlink(f"/proc/{entry}/ns/net") == mine and \
                        pathlib.Path(f"/proc/{entry}/cmdline").read_bytes() != b"sleep\0infinity\0":
                    yield int(entry)
            except OSError:
                continue

    def stop_programs(self):
        """End every program that was started on this machine."""
        for sign, patience in ((signal.SIGTERM, 1.5), (signal.SIGKILL, 3)):
            end = time.monotonic() + patience
            found = list(self._processes())
            for pid in found:
                try:
                    os.kill(pid, sign)
                except ProcessLookupError:
                    pass
            while found and time.monotonic() < end:
                time.sleep(0.05)
                for program in self.started:
                    program.poll()
                found = list(self._processes())
            if not found:
                return

    def close(self):
        self.stop_programs()
        self.holder.kill()  # it would not hear SIGTERM; what it holds goes with it
        self.holder.wait()
        self.log.close()


class _Log:
    """What programs say to /dev/log, kept in a file of the machine for whoever looks for a mistake."""

    def __init__(self, socket_path, file_path):
        socket_path.unlink(missing_ok=True)
        self.out = open(file_path, "ab", buffering=0)
        out = self.out

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                out.write(self.request[0] + b"\n")

        self.server = socketserver.UnixDatagramServer(str(socket_path), Handler)
        socket_path.chmod(0o666)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def make_bridge(name="lab0"):
    _ip("link", "set", "lo", "up")
    _ip("link", "add", name, "type", "bridge")
    _ip("link", "set", name, "up")
