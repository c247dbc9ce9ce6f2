# SPDX-License-Identifier: BSD-3-Clause
"""The files of this repository, as the checks beside this file see them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = {".c", ".h", ".cpp", ".hpp", ".f90", ".F90", ".py", ".pyi", ".sh", ".cmake", ".in", ".toml", ".yaml"}
CODE_NAMES = {"CMakeLists.txt", "Makefile", "dev", "run", ".clang-format", ".clang-tidy", ".editorconfig"}
_NOT_OURS = re.compile(r"build.*|out|dist|__pycache__|\.git|\.venv.*|\.(pytest|mypy|ruff)_cache|\.hypothesis")


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that is not built, in alphabetical order."""
    for path in sorted(folder.iterdir()):
        if _NOT_OURS.fullmatch(path.name):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def code_files() -> Iterator[Path]:
    """The files that people write and compilers or interpreters read."""
    return (path for path in files() if path.suffix in CODE or path.name in CODE_NAMES)


def name_of(path: Path) -> str:
    """The path as it is written in documents."""
    return path.relative_to(ROOT).as_posix()


def finish(problems: Iterable[str], looked_at: int) -> None:
    """Print what is wrong and end the program: status 1 if anything is, or if nothing was looked at."""
    found = list(problems)
    for problem in found:
        print(problem)
    print(f"{looked_at} looked at, {len(found)} wrong")
    sys.exit(1 if found or looked_at == 0 else 0)
