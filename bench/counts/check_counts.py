# SPDX-License-Identifier: BSD-3-Clause
"""Hold the instructions of the hot verbs against counts.txt, which says for which build they hold.

A verb that needs over a tenth more instructions than it did fails. So does a build that counts.txt knows
nothing of: nothing was compared then. --record writes what was counted into the file.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

COUNTS = Path(__file__).with_name("counts.txt")
GROWTH = 1.10
HEADER = """\
# Instructions of one call of each hot verb, with what it calls in the C library, as callgrind counts them.
# A section holds for one compiler, processor and build type. Written by check_counts.py --record.
"""

Counts = dict[str, int]


def without_patch_level(build: str) -> str:
    """What counts depend on: the compiler with its major version, the processor, the build type."""
    compiler, version, processor, build_type = build.split()
    return f"{compiler} {version.split('.')[0]} {processor} {build_type}"


def count(valgrind: str, program: str) -> Counts:
    """Run the program under callgrind: one dump per verb."""
    with tempfile.TemporaryDirectory() as folder:
        dumps = Path(folder)
        command = [valgrind, "--tool=callgrind", "--collect-atstart=no", "--quiet"]
        command += [f"--callgrind-out-file={dumps / 'out'}", program]
        # Symbols are bound at the start, not when a verb calls them first.
        subprocess.run(command, check=True, env={**os.environ, "LD_BIND_NOW": "1"})
        in_turn = sorted(dumps.iterdir(), key=lambda path: int(path.suffix[1:] or 0))
        found = [read_dump(path.read_text()) for path in in_turn]
    return {name: instructions for name, instructions in found if name}


def read_dump(text: str) -> tuple[str, int]:
    """The name of the verb and its instructions; no name in the dump at the end of the program."""
    trigger = re.search(r"^desc: Trigger: Client Request: (\w+)$", text, re.MULTILINE)
    total = re.search(r"^(?:summary|totals): (\d+)", text, re.MULTILINE)
    return (trigger[1] if trigger else "", int(total[1]) if total else 0)


def read_counts() -> dict[str, Counts]:
    """The sections of the file."""
    sections: dict[str, Counts] = {}
    section: Counts = {}
    for line in COUNTS.read_text().splitlines() if COUNTS.exists() else []:
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            name, instructions = line.split()
            section[name] = int(instructions)
    return sections


def write_counts(sections: dict[str, Counts]) -> None:
    """Write the file anew."""
    lines = [HEADER]
    for build, counts in sorted(sections.items()):
        lines.append(f"\n[{build}]\n")
        lines += [f"{name:<16}{instructions:>6}\n" for name, instructions in counts.items()]
    COUNTS.write_text("".join(lines))


def compare(now: Counts, before: Counts) -> list[str]:
    """Print all counts; return what is wrong."""
    wrong = [f"{name}: not counted any more" for name in before.keys() - now.keys()]
    print(f"{'verb':<16}{'now':>6}{'before':>8}")
    for name, instructions in now.items():
        print(f"{name:<16}{instructions:>6}{before.get(name, '-'):>8}")
        if name not in before:
            wrong.append(f"{name}: not in {COUNTS.name}")
        elif instructions > GROWTH * before[name]:
            wrong.append(f"{name}: {instructions} instructions, {before[name]} before")
        elif instructions == 0:
            wrong.append(f"{name}: nothing was counted")
    return wrong


def main() -> int:
    """Count, then compare or record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--valgrind", default="valgrind")
    parser.add_argument("--program", required=True)
    parser.add_argument("--build", required=True, help="compiler, its version, processor, build type")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    build = without_patch_level(options.build)
    sections = read_counts()
    now = count(options.valgrind, options.program)
    if options.record:
        write_counts(sections | {build: now})
        return 0
    if build not in sections:
        print(f"counts: nothing compared: {COUNTS.name} has no section [{build}], only {sorted(sections)}")
        return 1
    wrong = compare(now, sections[build])
    print("\n".join(wrong) if wrong else f"counts: {len(now)} verbs within {GROWTH:.2f} of [{build}]")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
