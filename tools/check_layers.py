# SPDX-License-Identifier: BSD-3-Clause
"""The layers of ARCHITECTURE.md: code uses what is listed before it, nothing that is listed after it.

Layers are the files of c/src and the folders of python/src. A file uses what it includes and, with the object
files of a build as arguments, every function and variable of other files that it refers to, whether a header
declares it or not. And no files use each other in a circle, in python/src also not if a header and its source
count as one.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import tree

ROW = re.compile(r"^\| *(`[^|]*) *\|", re.MULTILINE)
NAME = re.compile(r"`([\w./]+)`")
INCLUDE = re.compile(r'^#include "([\w./]+)"', re.MULTILINE)
OBJECT = re.compile(r"(?:^|/)(c|python)/CMakeFiles/[^/]+/src/([\w/]+\.c)\.o(?:bj)?$")

Uses = dict[str, dict[str, set[str]]]  # file -> file that it uses -> by which names


class Layers(NamedTuple):
    """One folder of sources and the section of ARCHITECTURE.md that lists its layers, the lowest first."""

    folder: str
    section: str
    by_folder: bool  # a row names folders; else files


CORE = Layers("c/src", "## The core, from the bottom up", by_folder=False)
PYTHON = Layers("python/src", "## The Python package", by_folder=True)


def rows_of(text: str, section: str) -> list[list[str]]:
    """The first column of the table of a section, row by row: the names in it without endings."""
    part = text.partition(f"{section}\n")[2].partition("\n## ")[0]
    rows = [NAME.findall(row) for row in ROW.findall(part)]
    return [[re.sub(r"\.[ch]$|/$", "", name) for name in row] for row in rows]


def includes_in(sources: Path) -> Uses:
    """What each file includes of its own folder."""
    paths = {path.relative_to(sources).as_posix(): path for path in sources.rglob("*.[ch]")}
    uses: Uses = {}
    for file, path in paths.items():
        included = set(INCLUDE.findall(path.read_text())) & paths.keys()
        uses[file] = {name: {name} for name in included}
    return uses


def symbols_of(path: Path) -> tuple[set[str], set[str]]:
    """The names that an object file defines for others, and those that it asks of others."""
    text = subprocess.run(["nm", "-P", path], capture_output=True, text=True, check=True).stdout
    kinds = [line.split()[:2] for line in text.splitlines()]
    if not kinds:
        sys.exit(f"{path}: nm reads no symbols in it")
    return {name for name, kind in kinds if kind in "TDBRCVWS"}, {name for name, kind in kinds if kind == "U"}


def add_symbols(uses: Uses, objects: dict[str, Path]) -> None:
    """What each file uses of others of its folder, as its object file says."""
    symbols = {file: symbols_of(path) for file, path in objects.items()}
    homes = {name: file for file, (defined, _) in symbols.items() for name in defined}
    for file, (_, wanted) in symbols.items():
        for name in wanted & homes.keys():
            uses[file].setdefault(homes[name], set()).add(name)


def upward(layers: Layers, rows: list[list[str]], uses: Uses) -> Iterator[str]:
    """What is used of a later row, and what has no row."""
    numbers = {name: number for number, row in enumerate(rows) for name in row}

    def named(file: str) -> str:
        return re.sub(r"\.[ch]$", "", file.partition("/")[0] if layers.by_folder else file)

    known = {named(file) for file in uses}
    yield from (f"{layers.folder}/{name} has no row in ARCHITECTURE.md" for name in known - numbers.keys())
    yield from (
        f"ARCHITECTURE.md lists {name}, which is not in {layers.folder}" for name in numbers.keys() - known
    )
    for file, used in uses.items():
        for other, names in used.items():
            if numbers.get(named(other), 0) > numbers.get(named(file), len(rows)):
                what = "includes" if names == {other} else f"uses {some(names)} of"
                yield f"{layers.folder}/{file} {what} {other}, which ARCHITECTURE.md lists later"


def some(names: set[str]) -> str:
    """The first of several names."""
    return ", ".join(sorted(names)[:3]) + (", ..." if len(names) > 3 else "")


def as_nouns(uses: Uses) -> Uses:
    """A header and the source of the same name as one."""
    nouns: Uses = {file[:-2]: {} for file in uses}
    for file, used in uses.items():
        for other, names in used.items():
            if other[:-2] != file[:-2]:
                nouns[file[:-2]].setdefault(other[:-2], set()).update(names)
    return nouns


def circle_from(start: str, uses: Uses) -> list[str]:
    """The shortest way from a file to itself; empty if there is none."""
    before: dict[str, str] = {}
    reached = [start]
    for file in reached:
        if start in uses[file]:
            way = [file]
            while way[-1] != start:
                way.append(before[way[-1]])
            return way[::-1]
        for other in sorted(uses[file].keys() - before.keys()):
            before[other] = file
            reached.append(other)
    return []


def circles(layers: Layers, uses: Uses) -> Iterator[str]:
    """Each circle once, with the names by which it goes on."""
    seen: set[frozenset[str]] = set()
    for file in sorted(uses):
        way = circle_from(file, uses)
        if way and frozenset(way) not in seen:
            seen.add(frozenset(way))
            steps = [f"{a} -({some(uses[a][b])})-> " for a, b in zip(way, way[1:] + way[:1], strict=True)]
            yield f"{layers.folder}: a circle: {''.join(steps)}{file}"


def problems_of(root: Path, layers: Layers, objects: dict[str, Path]) -> Iterator[str]:
    """What is wrong in one folder; objects: of the files in it, or none."""
    uses = includes_in(root / layers.folder)
    if objects:
        compiled = {file for file in uses if file.endswith(".c")}
        yield from (f"{layers.folder}/{file} has no object file" for file in compiled - objects.keys())
        add_symbols(uses, {file: path for file, path in objects.items() if file in compiled})
    yield from upward(layers, rows_of((root / "ARCHITECTURE.md").read_text(), layers.section), uses)
    yield from circles(layers, as_nouns(uses) if layers.by_folder else uses)


def objects_of(layers: Layers, paths: list[str]) -> dict[str, Path]:
    """The object files of one folder, by their sources."""
    found = [(OBJECT.search(Path(path).as_posix()), Path(path)) for path in paths]
    return {where[2]: path for where, path in found if where and f"{where[1]}/src" == layers.folder}


def main() -> None:
    """Look at both folders."""
    both = (CORE, PYTHON)
    objects = {each: objects_of(each, sys.argv[1:]) for each in both}
    if sum(map(len, objects.values())) != len(sys.argv) - 1:
        sys.exit("some arguments are no object files of c/src or python/src")
    problems = [problem for each in both for problem in problems_of(tree.ROOT, each, objects[each])]
    tree.finish(sorted(problems), sum(len(includes_in(tree.ROOT / each.folder)) for each in both))


if __name__ == "__main__":
    main()
