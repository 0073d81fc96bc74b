#!/usr/bin/env python3
"""What the three shells offer behind a line, each asked itself, against what `hoptls --help` names. Prints a line a claim,
`ok - ` or `not ok - `.

    completions.py COMMAND FOLDER      FOLDER: tools/completion"""
import re
import subprocess
import sys
from pathlib import Path

COMMAND, FOLDER = sys.argv[1], Path(sys.argv[2])
HERE = Path(__file__).resolve().parent
BASH = """
source "$1"
complete -p hoptls >/dev/null || exit 1
# as readline splits at the equals sign
read -ra COMP_WORDS <<<"${2//=/ = }"
[[ $2 == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_hoptls
printf '%s\\n' "${COMPREPLY[@]}"
"""


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def bash(line):
    return run("bash", "-c", BASH, "bash", str(FOLDER / "hoptls.bash"), line).split()


def fish(line):
    script = f"source {FOLDER}/hoptls.fish; complete -C '{line}'"
    return [offer.split("\t")[0] for offer in run("fish", "--no-config", "-c", script).splitlines()]


def zsh(line):
    """Words on the terminal behind the line itself, without what moves the cursor."""
    shown = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", run("zsh", str(HERE / "complete.zsh"), str(FOLDER), line))
    rows = shown.replace("\r", "\n").split("\n")
    first = next(i for i, row in enumerate(rows) if row.startswith(line.strip()))
    words = []
    for row in rows[first + 1:]:
        words += [] if row.startswith("hoptls") else row.split(" -- ")[0].split()
    return words


def options_of(text):
    return {option for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)}


def policies_of(command):
    """As the command tells them to whoever asks for another."""
    refused = subprocess.run([command, "--policy=none-of-them"], capture_output=True, text=True)
    return set(re.split(r", | or ", re.search(r"--policy takes (.*)", refused.stderr)[1]))


failed = False


def say(good, claim, why=""):
    global failed
    failed = failed or not good
    print("ok -" if good else "not ok -", claim, "" if good else why)


def main():
    # The help has a part for each command, and at its end what belongs to all.
    parts = re.split(r"^(?=hoptls \w+ \[|  -h, )", run(COMMAND, "--help"), flags=re.M)
    common = options_of(parts[-1])
    wanted = {re.match(r"hoptls (\w+)|", part)[1] or "": options_of(part) | common for part in parts[:-1]}
    wanted["scan"] |= wanted[""]  # "All options above"
    policies = policies_of(COMMAND)
    for shell in (bash, zsh, fish):
        name = shell.__name__
        for command, options in wanted.items():
            offered = {re.sub("=$", "", option) for option in shell(f"hoptls {command} --".replace("  ", " "))}
            say(offered == options, f"{name} offers the options of hoptls {command}", offered ^ options)
        offered = {re.sub("^--policy=", "", word) for word in shell("hoptls --policy=")}
        say(offered == policies, f"{name} offers the policies", offered ^ policies)
        offered = shell("hoptls lea")
        say([word.strip() for word in offered] == ["learn"], f"{name} offers learn", offered)
    for policy in sorted(policies):
        taken = subprocess.run([COMMAND, f"--policy={policy}", "-"], input="\n", capture_output=True, text=True)
        say(taken.returncode == 3, f"the command takes the policy {policy}", taken.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
