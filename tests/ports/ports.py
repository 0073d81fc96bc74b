"""The library on other machines: compiled for each, its test suite run there, its answers compared with this machine's.
Called by tools/ports, which see."""
import argparse
import dataclasses
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
BUILD = TOP / "build" / "ports"
CORE = sorted((TOP / "core").glob("*.c"))

# Suites of what a port can change. The checks of files, of the work counted and of the command are about this machine;
# the suite `portable` is a port of its own here.
SUITES = ["unit", "golden", "replay"]
MORE_SUITES = ["alike", "bounds", "survive"]
LEFT_OUT = ["replay-linear", "writer-index"]  # work counted; a check of files


@dataclasses.dataclass(frozen=True)
class Port:
    name: str
    compiler: str
    flags: tuple = ()
    system: str = "linux"
    cpu: str = "x86_64"
    endian: str = "little"
    emulator: tuple = ()
    suite: bool = True  # the test suite needs POSIX; without it, only the answers are compared
    needs: str = ""  # a word of this machine's /proc/cpuinfo without which the port cannot run


def foreign(name, triple, cpu, emulator, endian="little"):
    return Port(name, f"{triple}-gcc", cpu=cpu, endian=endian, emulator=(emulator, "-L", f"/usr/{triple}"))


WINE = "/usr/lib/wine/wine64"
PORTS = [
    Port("x86-64 portable", "gcc", ("-DHOPTLS_PORTABLE",)),
    Port("x86-64 SSE2", "gcc", ("-march=x86-64",)),
    Port("x86-64 AVX2", "gcc", ("-march=x86-64-v3",), needs="avx2"),
    Port("x86-64 AVX-512", "gcc", ("-march=x86-64-v4",), needs="avx512bw"),
    Port("x86-64 Nehalem", "gcc", (), emulator=("qemu-x86_64", "-cpu", "Nehalem")),
    Port("musl", "musl-gcc"),
    foreign("i386", "i686-linux-gnu", "x86", "qemu-i386"),
    foreign("aarch64", "aarch64-linux-gnu", "aarch64", "qemu-aarch64"),
    foreign("armhf", "arm-linux-gnueabihf", "arm", "qemu-arm"),
    foreign("riscv64", "riscv64-linux-gnu", "riscv64", "qemu-riscv64"),
    foreign("s390x", "s390x-linux-gnu", "s390x", "qemu-s390x", endian="big"),
    Port("Windows x86-64", "x86_64-w64-mingw32-gcc", ("-static",), system="windows", emulator=(WINE,), suite=False),
    Port("wasm32", "clang", ("--target=wasm32", "-ffreestanding", "-nostdlib", "-Wl,--no-entry"), system="wasm",
         suite=False),
]
SHORT = ["i386", "musl"]


class Failure(Exception):
    pass


def run(command, timeout=3000, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=timeout,
                          stdin=subprocess.DEVNULL, **options)
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))[:300]}\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


# ---- cmocka ---------------------------------------------------------------------------------------------------

HAVE = "INTTYPES_H MALLOC_H STRINGS_H SIGNAL_H SETJMP_H STRSIGNAL CLOCK_GETTIME STRUCT_TIMESPEC TIME_H".split()


def fetch_cmocka():
    """Its source, out of Debian's archive, without a change to this machine's lists of packages."""
    folder = BUILD / "cmocka"
    if not list(folder.glob("cmocka-*/src/cmocka.c")):
        (folder / "lists/partial").mkdir(parents=True, exist_ok=True)
        (folder / "sources.list").write_text("deb-src http://deb.debian.org/debian bookworm main\n")
        apt = ["apt-get", "-q", "-o", f"Dir::Etc::sourcelist={folder}/sources.list", "-o", "Dir::Etc::sourceparts=-",
               "-o", f"Dir::State::lists={folder}/lists"]
        run([*apt, "update"], cwd=folder)
        run([*apt, "source", "--download-only", "cmocka"], cwd=folder)
        run(["tar", "-xf", next(folder.glob("cmocka_*.orig.tar.*z"))], cwd=folder)
    return next(folder.glob("cmocka-*/src/cmocka.c")).parents[1]


def build_cmocka(port, source, folder):
    """One file makes all of it. Returns where pkg-config finds it."""
    pc = folder / "pkgconfig"
    pc.mkdir(parents=True, exist_ok=True)
    (folder / "config.h").touch()
    run([port.compiler, *port.flags, "-O1", "-w", f"-I{folder}", f"-I{source}/include", "-DHAVE_CONFIG_H=1",
         *(f"-DHAVE_{name}=1" for name in HAVE), "-c", source / "src/cmocka.c", "-o", folder / "cmocka.o"])
    run(["ar", "rcs", folder / "libcmocka.a", folder / "cmocka.o"])
    (pc / "cmocka.pc").write_text(f"Name: cmocka\nDescription: tests\nVersion: 1.1.5\nLibs: -L{folder} -lcmocka\n"
                                  f"Cflags: -I{source}/include\n")
    return pc


# ---- the suite ------------------------------------------------------------------------------------------------

def quoted(words):
    return "[" + ", ".join(f"'{word}'" for word in words) + "]"


def write_cross_file(port, folder, pkgconfig):
    path = folder / "cross.ini"
    wrapper = f"exe_wrapper = {quoted(port.emulator)}\n" if port.emulator else ""
    path.write_text(f"[binaries]\nc = {quoted(port.compiler.split())}\nar = 'ar'\npkgconfig = 'pkg-config'\n{wrapper}"
                    f"[built-in options]\nc_args = {quoted(port.flags)}\nc_link_args = {quoted(port.flags)}\n"
                    f"[properties]\npkg_config_libdir = '{pkgconfig}'\n"
                    f"[host_machine]\nsystem = '{port.system}'\ncpu_family = '{port.cpu}'\ncpu = '{port.cpu}'\n"
                    f"endian = '{port.endian}'\n")
    return path


def cases(log):
    """What passed and failed: every case of a program that tells its cases, else the program. A program that ended badly and
    named no case is a failed one, and so is one that tested nothing."""
    passed, failed, names = 0, 0, []
    for line in log.read_text().splitlines():
        test = json.loads(line)
        told = test.get("stdout", "")
        ok = len(re.findall(r"^ok \d(?!.*# SKIP)", told, re.M)) + sum(map(int, re.findall(r"^(\d+) passed, 0 failed$", told, re.M)))
        bad = len(re.findall(r"^not ok \d", told, re.M))
        if test["result"] != "OK" or ok == 0:
            bad = max(bad, 1)
            names.append(test["name"])
        passed += ok
        failed += bad
    return passed, failed, names


def run_suite(port, folder, suites):
    cross = write_cross_file(port, folder, build_cmocka(port, fetch_cmocka(), folder))
    build = folder / "build"
    if not (build / "build.ninja").exists():
        environment = {key: value for key, value in os.environ.items() if key not in ("CC", "CFLAGS", "CXX")}
        run(["meson", "setup", "--cross-file", cross, "--buildtype=debugoptimized", "--werror", "-Dtests=enabled",
             "-Dcommand=disabled", build, TOP], env=environment)
    tests = json.loads(run(["meson", "introspect", "--tests", build]))
    tests = [test for test in tests if {suite.split(":")[-1] for suite in test["suite"]} & set(suites)
             and test["name"] not in LEFT_OUT]
    # Only what these tests need is built.
    programs = [Path(word).relative_to(build) for test in tests for word in test["cmd"] if word.startswith(f"{build}/")]
    run(["ninja", "-C", build, "fuzz/seeds", *(program for program in programs if program.parts[0] in ("tests", "fuzz")
                                               and "seeds" not in program.parts)])
    done = subprocess.run(["meson", "test", "-C", build, "--no-rebuild", "-t", "20", "--num-processes", "1",
                           *(test["name"] for test in tests)],
                          capture_output=True, text=True, stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})
    passed, failed, names = cases(build / "meson-logs/testlog.json")
    if done.returncode != 0 and failed == 0:
        failed = 1
    return passed, failed, names


# ---- the answers ----------------------------------------------------------------------------------------------

def digests(port, folder, mails):
    out = folder / {"windows": "digest.exe", "wasm": "digest.wasm"}.get(port.system, "digest")
    flags = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", *port.flags]
    run([port.compiler, *flags, f"-I{TOP / 'core'}", HERE / "digest.c", *CORE, "-o", out])
    command = ["node", HERE / "digest.js", out] if port.system == "wasm" else [*port.emulator, out]
    found = run([*command, mails], cwd=TOP, env={**os.environ, "WINEDEBUG": "-all", "WINEPREFIX": str(BUILD / "wine")})
    return found.replace("\r", "").splitlines()


def list_mails():
    BUILD.mkdir(parents=True, exist_ok=True)
    path = BUILD / "mails"
    mails = sorted(str(mail.relative_to(TOP)) for mail in (TOP / "corpus").rglob("*.eml"))
    path.write_text("".join(f"{mail}\n" for mail in mails))
    return path


def is_missing(port):
    return port.needs != "" and port.needs not in Path("/proc/cpuinfo").read_text()


def try_port(port, mails, wanted, suites):
    """A row of the table, and what went wrong."""
    began = time.monotonic()
    folder = BUILD / re.sub(r"[^a-z0-9]+", "-", port.name.lower())
    folder.mkdir(parents=True, exist_ok=True)
    row = {"name": port.name, "passed": 0, "failed": 0, "same": 0, "other": 0, "why": [], "seconds": 0}
    try:
        if port.suite:
            row["passed"], row["failed"], row["why"] = run_suite(port, folder, suites)
        found = digests(port, folder, mails)
        row["same"] = sum(a == b for a, b in zip(found, wanted))
        row["other"] = max(len(wanted), len(found)) - row["same"]
        row["why"] += [f"{b}, here {a}" for a, b in zip(wanted, found) if a != b][:5]
    except (Failure, OSError, subprocess.TimeoutExpired) as error:
        row["failed"] += 1
        row["why"].append(str(error))
    row["seconds"] = time.monotonic() - began
    return row


def main():
    parser = argparse.ArgumentParser(prog="tools/ports")
    parser.add_argument("names", nargs="*", metavar="PORT", help=", ".join(port.name for port in PORTS))
    parser.add_argument("--short", action="store_true", help=f"only {' and '.join(SHORT)}, only the answers")
    parser.add_argument("--all", action="store_true", help=f"the slow suites too: {' '.join(MORE_SUITES)}")
    options = parser.parse_args()
    unknown = set(options.names) - {port.name for port in PORTS}
    if unknown:
        parser.error(f"no port {', '.join(sorted(unknown))}")
    names = SHORT if options.short else options.names
    by_name = {port.name: port for port in PORTS}
    chosen = [by_name[name] for name in names] if names else PORTS
    if options.short:
        chosen = [dataclasses.replace(port, suite=False) for port in chosen]
    mails = list_mails()
    here = BUILD / "here"
    here.mkdir(exist_ok=True)
    wanted = digests(Port("here", "cc"), here, mails)
    if len(wanted) < 100:
        print(f"only {len(wanted)} messages", file=sys.stderr)
        return 1
    if any(port.suite for port in chosen):
        fetch_cmocka()

    suites = SUITES + (MORE_SUITES if options.all else [])
    passed = failed = 0
    print(f"{'port':<18}{'tests passed':>13}{'failed':>8}{'same answers':>14}{'other':>7}{'seconds':>9}", flush=True)
    for port in chosen:
        if is_missing(port):
            print(f"{port.name:<18}  left out: this processor has no {port.needs}", flush=True)
            continue
        row = try_port(port, mails, wanted, suites)
        tests = f"{row['passed']:>13}{row['failed']:>8}" if port.suite else f"{'-':>13}{row['failed'] or '-':>8}"
        print(f"{row['name']:<18}{tests}{row['same']:>14}{row['other']:>7}{row['seconds']:>9.0f}", flush=True)
        for why in row["why"]:
            print(re.sub("^", "    ", why, flags=re.M), flush=True)
        passed += row["passed"] + row["same"]
        failed += row["failed"] + row["other"]
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
