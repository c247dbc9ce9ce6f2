# SPDX-License-Identifier: BSD-3-Clause
"""All cells of one library, in this process: python -m matrix.worker LIBRARY FILE FIRST.

Every line appended to FILE is a JSON object: the version, then for each cell from number FIRST on one line
before it is tried and one with its outcome. A process that dies leaves the line of the cell that killed it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from . import cell, libraries
from .layouts import DTYPES, LAYOUTS


def main(name: str, path: str, first: int) -> None:
    library = libraries.load(name)
    cells = [(route, layout) for route in library.routes for layout in (*LAYOUTS, *DTYPES)]
    with open(path, "a", encoding="utf-8") as file:

        def say(**line: Any) -> None:
            print(json.dumps(line), file=file, flush=True)

        say(version=library.version())
        for number, (route, layout) in enumerate(cells[first:], first):
            key = [route.protocol, library.name, route.direction, layout.name]
            say(number=number, key=key)
            outcome = cell.run(library, route, layout)
            say(number=number, outcome=outcome)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
