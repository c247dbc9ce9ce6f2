# SPDX-License-Identifier: BSD-3-Clause
"""Functions of at most 60 lines, files of at most 800, lines of C, C++ and Fortran of at most 120 columns.

With --list, print every function and its length, longest first.
"""

from __future__ import annotations

import ast
import re
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import tree

FUNCTION_LINES = 60
FILE_LINES = 800
LINE_COLUMNS = 120  # of Python, the linter looks at the length of lines

C_NO_FUNCTION = r"(?! *(?:if|for|while|switch|else|do|namespace|class|struct|enum|union|extern)\b)"
C_OPENING = re.compile(rf"^{C_NO_FUNCTION}[^=]*\)[^;=]*\{{$")
C_END_OF_OTHERS = re.compile(r"^$|^ *(?://|#)|(?:[;:{}\\]|\*/)$")
C_NAME = re.compile(r"([\w~]+)\s*\(")
FORTRAN_BEGIN = re.compile(
    r"^\s*(?!end\b)(?:[\w(),= ]+\s)?(?:subroutine|function)\s+(\w+)\s*\(", re.IGNORECASE
)
FORTRAN_END = re.compile(r"^\s*end\s+(?:subroutine|function)\b", re.IGNORECASE)


class Function(NamedTuple):
    """A function and how many lines it has, from its first to its last."""

    path: Path
    name: str
    lines: int


def in_c(path: Path, lines: list[str]) -> Iterator[Function]:
    """Functions of formatted C or C++: their last line is a brace as deep as their first."""
    for number in (number for number, line in enumerate(lines) if C_OPENING.match(line)):
        first = number
        while first > 0 and not C_END_OF_OTHERS.search(lines[first - 1]):
            first -= 1
        name = C_NAME.search(" ".join(lines[first : number + 1]))
        closing = re.match(" *", lines[first]).group() + "}"
        end = next((k for k in range(number, len(lines)) if lines[k].startswith(closing)), number)
        if name and end > number:
            yield Function(path, name.group(1), end - first + 1)


def in_fortran(path: Path, lines: list[str]) -> Iterator[Function]:
    """Procedures and interface bodies. Code with internal procedures counts their lines too."""
    open_ones: list[tuple[str, int]] = []
    for number, line in enumerate(lines):
        if begin := FORTRAN_BEGIN.match(line):
            open_ones.append((begin.group(1), number))
        elif FORTRAN_END.match(line) and open_ones:
            name, first = open_ones.pop()
            yield Function(path, name, number - first + 1)


def in_python(path: Path, lines: list[str]) -> Iterator[Function]:
    """Functions and methods, without their decorators."""
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(path, node.name, node.end_lineno - node.lineno + 1)


READERS = dict.fromkeys((".c", ".h", ".cpp", ".hpp"), in_c) | dict.fromkeys((".f90", ".F90"), in_fortran)
READERS[".py"] = in_python


def problems_of(path: Path, lines: list[str], functions: list[Function]) -> Iterator[str]:
    """What is too long in one file."""
    name = tree.name_of(path)
    if len(lines) > FILE_LINES:
        yield f"{name}: {len(lines)} lines, at most {FILE_LINES}"
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_COLUMNS and path.suffix != ".py":
            yield f"{name}:{number}: {len(line)} columns, at most {LINE_COLUMNS}"
    for function in functions:
        if function.lines > FUNCTION_LINES:
            yield f"{name}: {function.name} has {function.lines} lines, at most {FUNCTION_LINES}"


def main() -> None:
    """Look at every file of a language that has a reader."""
    functions: list[Function] = []
    problems: list[str] = []
    for path in (path for path in tree.code_files() if path.suffix in READERS):
        lines = path.read_text().splitlines()
        here = list(READERS[path.suffix](path, lines))
        functions += here
        problems += problems_of(path, lines, here)
    if "--list" in sys.argv:
        for function in sorted(functions, key=lambda each: -each.lines):
            print(f"{function.lines:4} {tree.name_of(function.path)}: {function.name}")
    print(f"functions: median {statistics.median(each.lines for each in functions)} lines")
    tree.finish(problems, len(functions))


if __name__ == "__main__":
    main()
