"""Roots: one Debian base, and on top of it a root of its own for each machine of the laboratory.

A root is an overlay over the base where the kernel allows it, else a copy. Roots stay under the laboratory's folder,
so that a second run installs nothing; mounts are made anew in each run, inside its own mount namespace, and end with it.
What programs write in a run goes to a layer above, one for each lane, so that lanes can share roots.
"""
import os
import pathlib
import shutil
import subprocess

SUITES = ("bookworm", "bullseye", "trixie")  # the first is the usual one
MIRROR = os.environ.get("LAB_MIRROR", "http://deb.debian.org/debian")
SECURITY = os.environ.get("LAB_SECURITY_MIRROR", "http://deb.debian.org/debian-security")
BASE_PACKAGES = "ca-certificates,iproute2,netbase,openssl,procps,python3"
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
INSTALL_LIMIT = 3600  # seconds for one root


class RootError(Exception):
    """A root could not be made."""


def _run(command, log, **more):
    with open(log, "ab") as out:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=INSTALL_LIMIT, **more)
    if done.returncode != 0:
        raise RootError(f"{' '.join(map(str, command[:4]))} ...: status {done.returncode}, see {log}")


def _mount(*arguments):
    return subprocess.run(["mount", *map(str, arguments)], stderr=subprocess.DEVNULL, check=False).returncode == 0


class Roots:
    """All roots, below one folder."""

    def __init__(self, folder, here, layers=None):
        self.folder = pathlib.Path(folder)
        self.layers = layers and pathlib.Path(layers)  # where a lane's programs write: what is installed it only reads
        self.here = pathlib.Path(here)  # the laboratory's own programs: every root sees them as /lab
        self.cache = self.folder / "packages"
        self.logs = self.folder / "logs"
        for each in (self.cache / "partial", self.logs):
            each.mkdir(parents=True, exist_ok=True)

    def base(self, suite=SUITES[0]):
        return self.folder / f"base-{suite}"

    def box(self, name):
        return self.folder / "roots" / name

    def make_base(self, suite):
        base = self.base(suite)
        log = self.logs / f"base-{suite}.log"
        if (base / "lab-base-done").exists():
            return
        shutil.rmtree(base, ignore_errors=True)
        _run(["debootstrap", "--variant=minbase", f"--include={BASE_PACKAGES}", suite, base, MIRROR], log)
        sources = f"deb {MIRROR} {suite} main\ndeb-src {MIRROR} {suite} main\n"
        if suite == SUITES[0]:
            sources += f"deb {MIRROR} {suite}-updates main\ndeb {SECURITY} {suite}-security main\n"
        (base / "etc/apt/sources.list").write_text(sources)
        (base / "etc/apt/apt.conf.d/90lab").write_text(
            'APT::Install-Recommends "false";\nDpkg::Options { "--force-confold"; "--force-unsafe-io"; };\n'
            'Acquire::Languages "none";\nDPkg::Lock::Timeout "900";\n')
        policy = base / "usr/sbin/policy-rc.d"  # nothing starts but what the laboratory starts
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        (base / "lab").mkdir(exist_ok=True)
        self._copy_names(base)
        _run(["chroot", base, "apt-get", "update", "-q"], log)
        (base / "lab-base-done").touch()

    @staticmethod
    def _copy_names(root):
        resolver = root / "etc/resolv.conf"
        if os.path.exists("/etc/resolv.conf"):
            resolver.unlink(missing_ok=True)
            resolver.write_bytes(pathlib.Path("/etc/resolv.conf").read_bytes())

    @staticmethod
    def _copy_authorities(root):
        """Whom this machine trusts when it fetches packages, a proxy's authority perhaps."""
        if os.path.exists(AUTHORITIES):
            shutil.copy(AUTHORITIES, root / AUTHORITIES.lstrip("/"))

    def mounted(self, name, suite=SUITES[0]):
        """The root of that name, mounted, with what programs expect in it."""
        box = self.box(name)
        layered = self.layers and not (box / "copied").exists()
        place = self.layers / name if layered else box
        root = place / "root"
        if not os.path.ismount(root) and not (box / "copied").exists():
            for each in (box / "upper", place / "upper", place / "work", root):
                each.mkdir(parents=True, exist_ok=True)
            below = f"{box / 'upper'}:{self.base(suite)}" if layered else self.base(suite)
            if not _mount("-t", "overlay", "overlay", "-o",
                          f"lowerdir={below},upperdir={place}/upper,workdir={place}/work", root):
                if layered:
                    raise RootError(f"{name}: no overlay for a lane")
                root.rmdir()
                _run(["cp", "-a", "--reflink=auto", self.base(suite), root], self.logs / f"{name}.log")
                (box / "copied").touch()
        self._furnish(root)
        return root

    def _furnish(self, root):
        for what, options in (("proc", ("-t", "proc", "proc")), ("dev", ("-t", "tmpfs", "-o", "mode=755", "dev")),
                              ("lab", ("--bind", self.here)), ("var/cache/apt/archives", ("--bind", self.cache))):
            target = root / what
            target.mkdir(parents=True, exist_ok=True)
            if os.path.ismount(target):
                continue
            if not _mount(*options, target):
                raise RootError(f"cannot mount {what} in {root}")
            if what == "dev":
                self._furnish_dev(target)

    @staticmethod
    def _furnish_dev(dev):
        """Devices, and nothing else of the host's /dev: its log is not the laboratory's."""
        for device in ("null", "zero", "full", "random", "urandom", "tty"):
            (dev / device).touch()
            if not _mount("--bind", f"/dev/{device}", dev / device):
                raise RootError(f"cannot give /dev/{device} to a root")
        for folder, options in (("pts", "newinstance,ptmxmode=0666,mode=0620"), ("shm", "mode=1777")):
            (dev / folder).mkdir()
            _mount("-t", "devpts" if folder == "pts" else "tmpfs", "-o", options, folder, dev / folder)
        (dev / "ptmx").symlink_to("pts/ptmx")
        for name, descriptor in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
            (dev / name).symlink_to(f"/proc/self/fd{descriptor}")

    def is_installed(self, name):
        return (self.box(name) / "installed").exists()

    def installed(self, name, packages, steps=(), suite=SUITES[0]):
        """The root of that name with Debian packages in it, and `steps` (shell scripts) carried out, once."""
        box = self.box(name)
        root = self.mounted(name, suite)
        wanted = "\n".join([suite, *packages, *steps])
        done = box / "installed"
        if done.exists() and done.read_text() == wanted:
            return root
        done.unlink(missing_ok=True)
        log = self.logs / f"{name}.log"
        self._copy_names(root)
        self._copy_authorities(root)
        environment = {**os.environ, "NODE_EXTRA_CA_CERTS": AUTHORITIES, "SSL_CERT_FILE": AUTHORITIES,
                       "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "HOME": "/root",
                       "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
        if packages:
            _run(["chroot", root, "apt-get", "install", "-y", "-q", *packages], log, env=environment)
        for step in steps:
            _run(["chroot", root, "sh", "-ec", step], log, env=environment)
        done.write_text(wanted)
        return root
