# SPDX-License-Identifier: BSD-3-Clause
"""The outcomes as tables of text: for each protocol, rows of library and direction, columns of layouts."""

from __future__ import annotations

from collections import Counter

from .cell import NONE, OK, Outcome
from .layouts import DTYPES, LAYOUTS
from .run import Key

LEGEND = """\
ok       crossed; everything compared           refused  with the exception that is expected
-        the library has no such thing          copy     the library copies, as expected of it
narrow   crossed; one side may only read what the other may write, as expected of the protocol
UNSAFE   the library writes to read-only memory, as expected of it
CRASH    the library ends the process, as expected of it
FAIL     none of these is expected"""
SHOWN = {NONE: "-", "unsafe": "UNSAFE", "crash": "CRASH"}


def shown(outcome: Outcome | None, complaint: str) -> str:
    if outcome is None:
        return ""
    return "FAIL" if complaint else SHOWN.get(outcome.kind, outcome.kind)


def table(
    title: str, columns: list[str], cells: dict[Key, Outcome], complaints: dict[Key, str], protocol: str
) -> str:
    rows = dict.fromkeys((key.library, key.direction) for key in cells if key.protocol == protocol)
    text = [[title, "", *columns]]
    for library, direction in rows:
        keys = [Key(protocol, library, direction, column) for column in columns]
        text.append([library, direction, *(shown(cells.get(k), complaints.get(k, "")) for k in keys)])
    widths = [max(map(len, column)) for column in zip(*text, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in text)


def tables(cells: dict[Key, Outcome], complaints: dict[Key, str]) -> str:
    text = [LEGEND]
    for protocol in dict.fromkeys(key.protocol for key in cells):
        for columns in (LAYOUTS, DTYPES):
            names = [column.name for column in columns]
            text.append(table(protocol, names, cells, complaints, protocol))
    return "\n\n".join(text)


def totals(cells: dict[Key, Outcome], complaints: dict[Key, str]) -> str:
    counts = Counter(shown(outcome, complaints[key]) for key, outcome in cells.items())
    order = [OK, "refused", "-", "copy", "narrow", "UNSAFE", "CRASH", "FAIL"]
    return f"{len(cells)} cells: " + ", ".join(f"{counts[kind]} {kind}" for kind in order)
