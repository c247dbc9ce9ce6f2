# SPDX-License-Identifier: BSD-3-Clause
"""How long another thread of Python waits, at the longest, while a large block is freed."""

from __future__ import annotations

import argparse
import fnmatch
import sys
import threading
import time
from collections.abc import Callable

import numpy as np
from measure import about, say

import deed

CASE = "stall_while_256MiB_is_freed"


class Ticker(threading.Thread):
    """Looks at the clock all the time."""

    def __init__(self) -> None:
        """Not started yet."""
        super().__init__()
        self.longest_ns, self.is_over = 0, False

    def run(self) -> None:
        """Tick until stopped."""
        last = time.perf_counter_ns()
        while not self.is_over:
            now = time.perf_counter_ns()
            self.longest_ns = max(self.longest_ns, now - last)
            last = now


def longest_stall_ns(make: Callable[[], object]) -> int:
    """Free what make() gives while a thread ticks."""
    held = [make()]
    ticker = Ticker()
    ticker.start()
    time.sleep(0.01)
    ticker.longest_ns = 0
    held.clear()
    time.sleep(0.002)  # so that a stall that has just ended is seen
    ticker.is_over = True
    ticker.join()
    return ticker.longest_ns


def subjects(size_bytes: int) -> dict[str, Callable[[], object]]:
    """What is freed; every page of it was written."""

    def of_deed() -> deed.Array:
        array = deed.alloc(size_bytes, "uint8")
        array.numpy()[::4096] = 1
        return array

    def of_numpy() -> np.ndarray:
        ndarray = np.empty(size_bytes, np.uint8)
        ndarray[::4096] = 1
        return ndarray

    return {"deed": of_deed, "numpy": of_numpy, "nothing": object}


def main() -> None:
    """The options of every benchmark program."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=21)
    options.add_argument("--only", default="*")
    options.add_argument("--smoke", action="store_true")
    given = options.parse_args()
    say({"about": {**about(), "clock": "on the wall"}})
    if not fnmatch.fnmatchcase(CASE, given.only):
        return
    sys.setswitchinterval(1e-4)
    makers = subjects(1 << 20 if given.smoke else 256 << 20)
    rounds = [{name: longest_stall_ns(make) for name, make in makers.items()} for _ in range(given.rounds)]
    for name in makers:
        ns = [each[name] for each in rounds]
        say({"case": CASE, "subject": name, "ns": ns, "unit_work": 1, "notes": ""})


if __name__ == "__main__":
    main()
