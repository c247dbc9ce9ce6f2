# SPDX-License-Identifier: BSD-3-Clause
"""An ndarray that came from deed goes to a native function that takes a handle."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from handles import known_ndarray, ways
from measure import PEERS, Case, Subject, main


def handle() -> Case:
    """The claim is made for the call, or deed's own Array of it."""
    ndarray = known_ndarray()
    return Case("handle", [Subject(name, way, (ndarray,)) for name, way in ways().items()])


def count_allocations() -> None:
    """Print the facts of count_allocations.py."""
    program = Path(__file__).with_name("count_allocations.py")
    preload = {"LD_PRELOAD": str(PEERS / "liballocations.so"), "PYTHONMALLOC": "malloc"}
    subprocess.run([sys.executable, str(program)], env={**os.environ, **preload}, check=True)


if __name__ == "__main__":
    main([handle], count_allocations)
