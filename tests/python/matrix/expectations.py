# SPDX-License-Identifier: BSD-3-Clause
"""What is expected of each cell: ok, unless a line of expectations.txt that fits it says otherwise."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from .cell import CRASH, NARROW, NONE, OK, REFUSED, UNSAFE, WRONG, Outcome
from .run import Key

FILE = Path(__file__).with_name("expectations.txt")
KINDS = {OK, REFUSED, NONE, "copy", NARROW, UNSAFE, CRASH}


class Line(NamedTuple):
    number: int
    patterns: tuple[list[str], ...]
    kind: str
    names: list[str]
    why: str

    def fits(self, key: Key) -> bool:
        return all(
            any(fnmatchcase(field, pattern) for pattern in patterns)
            for field, patterns in zip(key, self.patterns, strict=True)
        )

    def allows(self, outcome: Outcome) -> bool:
        return outcome.kind == self.kind and (self.kind != REFUSED or outcome.name in self.names)


def items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",")]


def parse(number: int, text: str) -> Line:
    fields = [field.strip() for field in text.split("|")]
    if len(fields) != 6:
        raise ValueError(f"line {number}: {len(fields)} fields, not 6")
    kind, _, names = fields[4].partition(" ")
    if kind not in KINDS or (kind == REFUSED) != bool(names):
        raise ValueError(f"line {number}: {fields[4]!r} is no outcome")
    return Line(number, tuple(map(items, fields[:4])), kind, items(names), fields[5])


def load(path: Path = FILE) -> list[Line]:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return [parse(number, text) for number, text in lines if text.strip() and not text.startswith("#")]


def judge(lines: list[Line], cells: dict[Key, Outcome]) -> tuple[dict[Key, str], list[Line]]:
    """The complaint about each cell, "" if it is as expected; and the lines that counted for no cell of a
    library that they name and that was tried."""
    complaints, used = {}, set[int]()
    for key, outcome in cells.items():
        line = next((line for line in lines if line.fits(key)), None)
        used.add(line.number if line else 0)
        got = " ".join(filter(None, outcome[:2]))
        if line is None:
            complaints[key] = "" if outcome.kind == OK else f"{got}, expected ok: {outcome.detail}"
        else:
            wanted = f"line {line.number} expects {line.kind} {', '.join(line.names)}"
            complaints[key] = "" if line.allows(outcome) else f"{got}, {wanted}: {outcome.detail}"
    tried = {key.library for key in cells}
    return complaints, [line for line in lines if line.number not in used and set(line.patterns[1]) <= tried]


assert WRONG not in KINDS
