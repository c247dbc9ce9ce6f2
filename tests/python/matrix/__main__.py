# SPDX-License-Identifier: BSD-3-Clause
"""Try the matrix and print it: python -m matrix [--library NAME ...] [--json FILE]. 1: a cell failed."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import expectations, libraries, run, table


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="matrix", description=__doc__)
    places = [*libraries.PLACES]
    parser.add_argument("--library", action="append", choices=places, help="default: the quick ones")
    parser.add_argument("--json", type=Path, help="write the outcomes to this file")
    parser.add_argument("--expectations", type=Path, default=expectations.FILE)
    parser.add_argument(
        "--interpreter",
        action="append",
        default=[],
        metavar="LIBRARY=PATH",
        help="the Python that has a library",
    )
    return parser.parse_args()


def outcomes(options: argparse.Namespace) -> tuple[dict, dict[str, str], list[str]]:
    interpreters = dict(text.split("=", 1) for text in options.interpreter)
    cells, versions, failures = {}, {}, []
    for name in options.library or libraries.QUICK:
        result = run.library(name, interpreters.get(name, sys.executable))
        versions[name] = result.version
        cells |= result.cells
        if result.failure:
            failures.append(f"{name} could not be tried: {result.failure}")
    return cells, versions, failures


def write_json(path: Path, cells: dict, complaints: dict, versions: dict) -> None:
    listed = [
        {**key._asdict(), **outcome._asdict(), "complaint": complaints[key]} for key, outcome in cells.items()
    ]
    path.write_text(json.dumps({"versions": versions, "cells": listed}, indent=1), encoding="utf-8")


def main() -> int:
    options = arguments()
    lines = expectations.load(options.expectations)
    cells, versions, failures = outcomes(options)
    complaints, stale = expectations.judge(lines, cells)
    failures += [f"{' / '.join(key)}: {text}" for key, text in complaints.items() if text]
    failures += [f"line {line.number} of the expectations fits no cell" for line in stale]
    print(*(f"{name}: {version}" for name, version in versions.items()), sep="\n")
    print("", table.tables(cells, complaints), "", table.totals(cells, complaints), *failures, sep="\n")
    if options.json:
        write_json(options.json, cells, complaints, versions)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
