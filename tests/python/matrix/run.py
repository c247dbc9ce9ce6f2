# SPDX-License-Identifier: BSD-3-Clause
"""A library in processes of its own: when a cell kills one, that is its outcome, and another goes on."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from .cell import CRASH, Outcome

TIMEOUT_S = 300


class Key(NamedTuple):
    protocol: str
    library: str
    direction: str
    column: str


class Result(NamedTuple):
    version: str
    cells: dict[Key, Outcome]
    failure: str  # why there are no cells, or not all of them


def read(file: Path, cells: dict[Key, Outcome]) -> tuple[str, int, Key | None]:
    """Version, the number of the next cell, and the cell that has begun and has no outcome."""
    version, following, pending = "", 0, None
    for line in file.read_text(encoding="utf-8").splitlines():
        said: dict[str, Any] = json.loads(line)
        version = said.get("version", version)
        following = said.get("number", following - 1) + 1
        if "key" in said:
            pending = Key(*said["key"])
        elif "outcome" in said and pending:
            cells[pending] = Outcome(*said["outcome"])
            pending = None
    return version, following, pending


def library(name: str, interpreter: str = sys.executable) -> Result:
    cells: dict[Key, Outcome] = {}
    version, first = "", 0
    with tempfile.TemporaryDirectory() as folder:
        while True:
            file = Path(folder) / str(first)
            file.touch()
            command = [interpreter, "-m", "matrix.worker", name, str(file), str(first)]
            here = Path(__file__).parent.parent
            done = subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=TIMEOUT_S)
            said, first, pending = read(file, cells)
            version = said or version
            if done.returncode == 0:
                return Result(version, cells, "")
            if pending is None:
                return Result(version, cells, done.stderr[-2000:] or f"exit status {done.returncode}")
            cells[pending] = Outcome(CRASH, str(done.returncode), done.stderr.strip()[:300])
