# SPDX-License-Identifier: BSD-3-Clause
"""Every public struct says whether it is frozen or grows, and tests/c/abi.h asserts its size and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tree

STRUCT = re.compile(
    r"/\*(?P<comment>(?:[^*]|\*(?!/))*)\*/\nstruct (?P<name>\w+) \{\n(?P<body>.*?)\n\};", re.DOTALL
)
ANY_STRUCT = re.compile(r"^struct (\w+) \{$", re.MULTILINE)
FIELD = re.compile(r"^  [\w *]+?\**(\w+)(?:\[\w+\])?;", re.MULTILINE)
WORD = re.compile(r"^ (Frozen|Grows)\. ")

ABI = (tree.ROOT / "tests/c/abi.h").read_text()


def problems_of(struct: re.Match[str]) -> Iterator[str]:
    """What a struct or the assertions on it lack."""
    name = struct["name"]
    if not WORD.search(struct["comment"]):
        yield f"struct {name}: its comment begins neither with 'Frozen.' nor with 'Grows.'"
    if f"sizeof(struct {name}) == " not in ABI:
        yield f"struct {name}: its size is not in tests/c/abi.h"
    for field in FIELD.findall(struct["body"]):
        if f"offsetof(struct {name}, {field}) == " not in ABI:
            yield f"struct {name}: {field} is not in tests/c/abi.h"


problems: list[str] = []
count = 0
for header in sorted((tree.ROOT / "c/include/deed").glob("*.h")):
    text = header.read_text()
    structs = list(STRUCT.finditer(text))
    undocumented = set(ANY_STRUCT.findall(text)) - {struct["name"] for struct in structs}
    problems += [f"struct {name}: no comment" for name in sorted(undocumented)]
    problems += [problem for struct in structs for problem in problems_of(struct)]
    count += len(structs) + len(undocumented)
tree.finish(problems, count)
