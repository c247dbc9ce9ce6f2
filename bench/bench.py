# SPDX-License-Identifier: BSD-3-Clause
"""Run the benchmark programs and report ratios, and the bars that are met and missed.

A program takes --rounds N, --only PATTERN and --smoke, and prints lines of JSON: times, facts and what it is.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bars import BARS, FACT_BARS, Bar, FactBar
from plot import draw
from report import Results, as_data, as_text, judge_all

BENCH = Path(__file__).resolve().parent

# Where memory and code lie differs from process to process, and with it which cache lines collide.
PROCESSES = 5


def commands(build: Path) -> Iterator[tuple[str, list[str]]]:
    """The programs: those of build/bench/native, then those of bench/python."""
    for program in sorted((build / "bench" / "native").glob("bench_*")):
        if program.is_file() and os.access(program, os.X_OK):
            yield program.name, [str(program)]
    for program in sorted((BENCH / "python").glob("bench_*.py")):
        yield program.name, [sys.executable, str(program)]


def rounds_of(given: argparse.Namespace) -> list[int]:
    """How many rounds each process of a program does."""
    processes = min(PROCESSES, given.rounds)
    return [given.rounds // processes + (k < given.rounds % processes) for k in range(processes)]


def options_of(given: argparse.Namespace, is_native: bool) -> Iterator[list[str]]:
    """What each process of a program is told. Every second one of a native program keeps the sibling of its
    core busy, so that both regimes are seen where a program can choose.
    """
    only = ["--only", given.only] if given.only else []
    if given.smoke:
        yield ["--rounds", "1", "--smoke", *only]
        return
    for number, rounds in enumerate(rounds_of(given)):
        load = ["--load-sibling"] if is_native and number % 2 else []
        yield ["--rounds", str(rounds), *load, *only]


def run_program(name: str, command: list[str], environment: dict[str, str], results: Results) -> bool:
    """Take the lines of one process of a program; False if it failed."""
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    for line in done.stdout.splitlines():
        results.add(name, line)
    if done.returncode != 0:
        print(f"bench: {name} ended with status {done.returncode}", file=sys.stderr)
    return done.returncode == 0


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    processor = platform.processor()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            processor = line.split(":", 1)[1].strip()
            break
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    return {
        "processor": f"{processor}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}, {' '.join(platform.libc_ver())}",
        "load before": load,
    }


def wanted(bars: Sequence[Bar | FactBar], only: str | None) -> list[Bar | FactBar]:
    """The bars of the cases that are measured."""
    return [bar for bar in bars if fnmatch.fnmatchcase(bar.case, only or "*")]


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options of the command."""
    options = argparse.ArgumentParser(prog="./dev bench", description=__doc__.splitlines()[0])
    options.add_argument(
        "--build", type=Path, default=BENCH.parent / "build" / "bench", help=argparse.SUPPRESS
    )
    options.add_argument(
        "--peers", type=Path, default=BENCH.parent / "build" / "peers", help=argparse.SUPPRESS
    )
    options.add_argument("--json", type=Path, metavar="FILE", help="the figures of every round also as JSON")
    options.add_argument("--plot", type=Path, metavar="FILE", help="the bars also as a picture")
    options.add_argument(
        "--only", metavar="PATTERN", help="cases whose name is like this, as file names in a shell"
    )
    options.add_argument("--rounds", type=int, default=21)
    options.add_argument(
        "--smoke", action="store_true", help="run everything for a moment; the figures mean nothing"
    )
    return options.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Status 0 when every program ran to its end, whatever the figures are."""
    given = parse(arguments)
    results, before = Results(), machine()
    environment = {**os.environ, "PYTHONPATH": f"{given.build / 'python'}{os.pathsep}{given.peers}"}
    ran = []
    for name, command in commands(given.build):
        print(f"bench: {name}", file=sys.stderr, flush=True)
        is_native = command[0] != sys.executable
        told = options_of(given, is_native)
        turns = (run_program(name, [*command, *options], environment, results) for options in told)
        ran.append(all(turns))
    verdicts = judge_all(wanted(BARS, given.only), wanted(FACT_BARS, given.only), results)
    print(as_text(before, results, verdicts))
    if given.json:
        given.json.write_text(json.dumps(as_data(before, results, verdicts), indent=1) + "\n")
    if given.plot and not draw(verdicts, given.plot):
        print("bench: nothing to draw", file=sys.stderr)
    return 0 if results.times and all(ran) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
