# SPDX-License-Identifier: BSD-3-Clause
"""What the benchmark programs of Python share: subjects measured in turn, printed as lines of JSON.

The subjects of a case are timed in batches, one batch of each in turn, so that whatever else the machine does
meets all of them. Several batches make a round; the median of each subject's batches is its figure of that
round.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import timer  # built by peers/CMakeLists.txt

PEERS = Path(timer.__file__).parent
KERNELS = PEERS / "libkernels.so"
BATCHES = 5
BATCH_MS, SMOKE_MS = 2.0, 0.02


class Subject(NamedTuple):
    """One way to do what a case does: callable(*arguments), steps times the work of the case in one call."""

    name: str
    callable: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    steps: int = 1
    notes: str = ""


class Batch(NamedTuple):
    """Nanoseconds per call, and the width of the core before and after."""

    ns: float
    before: float
    after: float


class Case(NamedTuple):
    """What the subjects do, each in its own way."""

    name: str
    subjects: list[Subject]


def batch_ns(subject: Subject, count: int) -> float:
    """Nanoseconds for the work of the case, the mean of one batch of count calls."""
    return timer.time_calls(subject.callable, subject.arguments, count) / (count * subject.steps)


def calls_per_batch(subject: Subject, batch_ms: float) -> int:
    """How many calls take about batch_ms; the first, cold ones are not looked at."""
    count = 1
    batch_ns(subject, count)
    while True:
        spent_ns = timer.time_calls(subject.callable, subject.arguments, count)
        if spent_ns >= batch_ms * 1e5:
            return max(1, round(count * batch_ms * 1e6 / spent_ns))
        count *= 2


def round_of(subjects: list[Subject], counts: list[int]) -> list[list[Batch]]:
    """One round: the batches of each subject. The order turns, so that nobody is always first. The width of
    the core is seen between the turns (native/core_width.h).
    """
    times: list[list[Batch]] = [[] for _ in subjects]
    before = timer.core_width()
    for batch in range(BATCHES):
        numbers = [(k + batch) % len(subjects) for k in range(len(subjects))]
        ns = {number: batch_ns(subjects[number], counts[number]) for number in numbers}
        after = timer.core_width()
        for number, each in enumerate(times):
            each.append(Batch(round(ns[number], 3), round(before, 2), round(after, 2)))
        before = after
    return times


def measure(case: Case, rounds: int, batch_ms: float) -> Iterator[dict[str, Any]]:
    """The lines of one case, one per subject."""
    counts = [calls_per_batch(subject, batch_ms) for subject in case.subjects]
    figures = [round_of(case.subjects, counts) for _ in range(rounds)]
    for number, subject in enumerate(case.subjects):
        batches = [each[number] for each in figures]
        yield {
            "case": case.name,
            "subject": subject.name,
            "ns": [statistics.median(batch.ns for batch in each) for each in batches],
            "unit_work": 1,
            "notes": subject.notes,
            "batches": [batch for each in batches for batch in each],
        }


def say(line: dict[str, Any]) -> None:
    """One line of JSON, seen at once by whoever reads."""
    print(json.dumps(line), flush=True)


def fact(name: str, value: Any, case: str, notes: str = "") -> None:
    """A line that is not a time."""
    say({"fact": name, "value": value, "case": case, "notes": notes})


def about() -> dict[str, Any]:
    """The versions of everything that is measured."""
    from importlib.metadata import version

    import numpy

    import deed

    flags = (PEERS / "flags.txt").read_text().splitlines()
    named = ("Cython", "cffi", "nanobind", "pybind11")
    return {
        "python": sys.version.split()[0],
        "numpy": numpy.__version__,
        "deed": deed.__version__,
        "peers": {name: version(name) for name in named},
        "compiler": flags[0],
        "flags": flags[1],
        "clock": "processor time of the thread, around a loop in C that calls the subject",
    }


def main(cases: list[Callable[[], Case]], facts: Callable[[], None] | None = None) -> None:
    """The program: measure the cases that --only selects; without it, tell the facts too."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=21)
    options.add_argument("--only", metavar="PATTERN", default="*", help="cases whose name is like this")
    options.add_argument("--smoke", action="store_true", help="batches of a moment")
    given = options.parse_args()
    say({"about": about()})
    for make in cases:
        if fnmatch.fnmatchcase(make.__name__, given.only):
            for line in measure(make(), given.rounds, SMOKE_MS if given.smoke else BATCH_MS):
                say(line)
    if facts and given.only == "*":
        facts()
