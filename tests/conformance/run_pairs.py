# SPDX-License-Identifier: BSD-3-Clause
"""Play the scenarios with all four languages in one process: every pair, and four holders in every order.

run_pairs.py SCENARIOS LIBRARY LANGUAGE...   LIBRARY has the interpreters of C, C++ and Fortran, as built
"""

from __future__ import annotations

import ctypes
import itertools
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

import deed

Step = Callable[[str, ctypes.c_uint64], int]
LOWER = (-1, 2)


class Interpreter:
    """The actor that is played by Python."""

    def __init__(self) -> None:
        """Begin without variables."""
        self.arrays: dict[str, deed.Array] = {}
        self.natives: dict[str, np.ndarray] = {}
        self.remembered: dict[str, deed.Weak] = {}

    def __call__(self, step: str, handle: ctypes.c_uint64) -> int:
        """Perform a step and return the status."""
        verb, one, other, *_ = [*step.split(), ""]
        if verb == "transfer":
            return self.status(
                lambda: setattr(handle, "value", self.arrays[one].transfer("other").into_handle())
            )
        if verb == "receive":
            return self.status(lambda: self.arrays.__setitem__(one, deed.Array.from_handle(handle.value)))
        return self.status(lambda: getattr(self, verb)(one, other))

    @staticmethod
    def status(work: Callable[[], object]) -> int:
        """Run, and turn an exception of deed into its status."""
        try:
            result = work()
        except deed.DeedError as error:
            return int(error.status)
        return int(result) if isinstance(result, deed.Status) else 0

    def alloc(self, a: str, _: str) -> None:
        self.arrays[a] = deed.alloc((4, 3), lower=LOWER, zeroed=True)

    def native(self, a: str, _: str) -> None:
        self.natives[a] = np.zeros((4, 3), order="F")
        self.arrays[a] = deed.adopt(self.natives[a], lower=LOWER)

    def lend(self, a: str, _: str) -> None:
        self.arrays[a] = deed.lend(np.zeros((4, 3), order="F"), lower=LOWER)

    def pattern(self) -> np.ndarray:
        return np.add.outer(np.arange(-1, 3), 10 * np.arange(2, 5)).astype(float)

    def fill(self, a: str, _: str) -> None:
        self.arrays[a].numpy()[...] = self.pattern()

    def check(self, a: str, _: str) -> deed.Status:
        array = self.arrays[a]
        right = np.array_equal(array.numpy(), self.pattern()) and array.lower == LOWER
        return deed.Status.OK if right else deed.Status.EBOUNDS

    def share(self, a: str, b: str) -> None:
        self.arrays[b] = self.arrays[a].share()

    def read(self, a: str, b: str) -> None:
        self.arrays[b] = self.arrays[a].share(writable=False)

    def write(self, a: str, b: str) -> None:
        self.arrays[b] = self.arrays[a].share(writable=True)

    def section(self, a: str, b: str) -> None:
        self.arrays[b] = self.arrays[a][::2, ::-1]

    def sections(self, a: str, _: str) -> deed.Status:
        right = np.array_equal(self.arrays[a].numpy(), self.pattern()[::2, ::-1])
        return deed.Status.OK if right else deed.Status.EBOUNDS

    def outside(self, a: str, b: str) -> None:
        self.arrays[b] = self.arrays[a][4]

    def reclaim(self, a: str, _: str) -> deed.Status:
        native = self.arrays[a].reclaim()
        return deed.Status.OK if native is self.natives.pop(a) else deed.Status.EDAMAGED

    def recall(self, a: str, _: str) -> None:
        self.arrays[a].recall()

    def release(self, a: str, _: str) -> None:
        self.arrays[a].release()

    def publish(self, a: str, name: str) -> None:
        self.arrays[a].publish(name)

    def lookup(self, a: str, name: str) -> None:
        self.arrays[a] = deed.lookup(name)

    def withdraw(self, a: str, _: str) -> None:
        self.arrays[a].withdraw()

    def copy(self, a: str, b: str) -> None:
        self.arrays[b] = self.arrays[a].copy()

    def weak(self, a: str, _: str) -> None:
        self.remembered[a] = deed.weak(self.arrays[a])

    def upgrade(self, a: str, b: str) -> None:
        self.arrays[b] = self.remembered[a].upgrade()

    def rank(self, a: str, _: str) -> None:
        deed.handle.of(ndim=3).from_param(self.arrays[a])

    def type(self, a: str, _: str) -> None:
        deed.handle.of(dtype="float32").from_param(self.arrays[a])

    def negative(self, a: str, _: str) -> None:
        self.arrays[a] = deed.alloc((-1, 3))

    def overflow(self, a: str, _: str) -> None:
        self.arrays[a] = deed.alloc((2**63 - 1, 3))


def native_interpreter(library: ctypes.CDLL, name: str) -> Step:
    """The function conformance_<name> of the library as a step."""
    function = getattr(library, f"conformance_{name}")
    function.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_uint64)]
    function.restype = ctypes.c_int32
    return lambda step, handle: function(step.encode(), ctypes.byref(handle))


class Run:
    """All scenarios with all casts; counts what was done and what failed."""

    def __init__(self, languages: dict[str, Step]) -> None:
        """Begin with languages by name."""
        self.languages = languages
        self.scenarios = self.runs = self.steps = self.failures = 0

    def play(self, name: str, steps: list[str], cast: dict[str, str], wanted: tuple[int, ...]) -> None:
        """One scenario with one cast."""
        before, handle = deed.counts(), ctypes.c_uint64()
        self.runs += 1
        for step in steps:
            call, _, status = step.partition(" -> ")
            got = self.languages[cast[call[0]]](call[2:], handle)
            self.steps += 1
            if deed.Status(got).name != (status.removeprefix("DEED_") or "OK"):
                self.complain(name, cast, f"{step}: {deed.Status(got).name}")
        after = deed.counts()
        got_counts = (
            after.blocks_made - before.blocks_made,
            after.blocks_ended - before.blocks_ended,
            after.copies - before.copies,
        )
        lives = (after.live_blocks - before.live_blocks, after.live_claims - before.live_claims)
        if got_counts != wanted or lives != (0, 0):
            self.complain(name, cast, f"made, ended, copies {got_counts}, live blocks and claims {lives}")

    def complain(self, name: str, cast: dict[str, str], what: str) -> None:
        """Print a failure."""
        self.failures += 1
        print(f"FAILED {name} {cast}: {what}")

    def casts(self, is_of_four: bool) -> list[dict[str, str]]:
        """Every cast of a scenario."""
        names = list(self.languages)
        if not is_of_four:
            return [{"P": p, "Q": q} for p, q in itertools.product(names, names)]
        players = (names * 4)[:4]
        return [dict(zip("ABCD", [*players[k:], *players[:k]], strict=True)) for k in range(4)]

    def scenario(self, text: str) -> None:
        """Play one scenario with every cast and, where it says so, in every order."""
        name, *lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        words = lines.pop().split()
        wanted = (int(words[2]), int(words[4]), int(words[6]))
        self.scenarios += 1
        if "orders" not in lines:
            for cast in self.casts(False):
                self.play(name, lines, cast, wanted)
            return
        begin, end = lines.index("orders"), lines.index("end")
        for cast, order in itertools.product(
            self.casts(True), itertools.permutations(lines[begin + 1 : end])
        ):
            self.play(name, [*lines[:begin], *order, *lines[end + 1 :]], cast, wanted)


def main(scenarios: str, library: str, *names: str) -> int:
    """Play and report."""
    loaded = ctypes.CDLL(library)
    languages = {name: native_interpreter(loaded, name) for name in names if name != "python"}
    if "python" in names:
        languages["python"] = Interpreter()
    run = Run(languages)
    for text in Path(scenarios).read_text().split("\nscenario ")[1:]:
        run.scenario(text)
    print(f"{run.scenarios} scenarios, {run.runs} runs, {run.steps} steps, {run.failures} failures")
    return 1 if run.failures or not run.scenarios else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
