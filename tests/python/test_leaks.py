# SPDX-License-Identifier: BSD-3-Clause
"""Each API in a loop: the interpreter's blocks, the references and the claims do not grow.

A debug build of the interpreter also counts all references; run_debug.sh runs this with one.
"""

from __future__ import annotations

import gc
import sys

import numpy as np
import pytest
from leak_scenarios import X, all_uses

import deed

TIMES = 100
ROUNDS = 12  # caches of NumPy and of the interpreter fill up at first

# The code of NumPy counts no references where it was not built for the debug interpreter, so these go up and
# down with what NumPy takes and gives. In all other uses they are those of deed and of the interpreter.
USE_NUMPY = {
    *(
        "orphaned loan",
        "numpy",
        "numpy again",
        "numpy of a share",
        "numpy dtype",
        "asarray",
        "set item",
        "component",
        "enquiries",
        "ctypes",
    ),
    *("operators", "unary", "in place", "comparison", "ufunc", "ufunc at", "iteration", "circle"),
    *(
        "ndarray in place of a buffer",
        "adopt a memoryview",
        "dlpack to numpy",
        "interface",
        "__array__",
        "function",
    ),
    *("as_ctypes", "refused: dtype", "refused: write", "refused: argument", "refused: component"),
    *(
        "refused: stale operator",
        "refused: stale ufunc",
        "refused: read-only ufunc",
        "refused: cast of a ufunc",
    ),
    *("refused: operator", "refused: matrix", "refused: truth", "refused: from_buffer format"),
    *(
        "refused: arrow schema",
        "refused: interface",
        "refused: __array__",
        "refused: __array__ copy",
        "refused: as_ctypes type",
    ),
    *("error in with", "right to write", "ndarray on a buffer", "mean"),
    *("element", "number of an element", "index", "contains"),
    *(
        "refused: number",
        "refused: index of elements",
        "refused: matrix product",
        "refused: mask of a buffer",
        "refused: mask of an interface",
    ),
}


def prepared() -> deed.Array:
    return deed.alloc((3, 4), zeroed=True)


NAMES = list(all_uses(prepared()))


def references() -> int:
    """All references, which a release build of the interpreter does not count."""
    return sys.gettotalrefcount() if hasattr(sys, "gettotalrefcount") else 0


def growth(use, count: int) -> tuple[int, int]:
    """By how many blocks the interpreter grows, and by how many references it grows or shrinks."""
    gc.collect()
    before = sys.getallocatedblocks(), references()
    for _ in range(count):
        use()
    gc.collect()
    return sys.getallocatedblocks() - before[0], abs(references() - before[1])


def numpy_counts() -> bool:
    """Does the code of NumPy count references as the interpreter does?"""
    return is_flat(lambda: np.zeros(3), True)


def is_flat(use, with_references: bool) -> bool:
    """Is there a round in which nothing grows? What leaks grows in every one."""
    rounds = (growth(use, TIMES) for _ in range(ROUNDS))
    return any(
        blocks < TIMES // 10 and (not with_references or total < TIMES // 10) for blocks, total in rounds
    )


@pytest.mark.parametrize("name", NAMES)
def test_trap_t21_nothing_grows(name):
    use = all_uses(prepared())[name]
    count = sys.getrefcount(X)
    claims = deed.counts().live_claims
    assert is_flat(use, name not in USE_NUMPY or numpy_counts())
    deed.counts()  # ends the loan whose title was dropped first
    assert sys.getrefcount(X) == count
    assert deed.counts().live_claims == claims


def test_uses_of_numpy_are_uses():
    assert set(NAMES) > USE_NUMPY


def test_none_and_types_are_not_consumed():
    for name in NAMES:
        # NumPy 2 itself takes a reference to None each time it reads __array_interface__.
        singletons = [True, np.dtype("f8"), deed.Array, ..., np.ndarray, (), NotImplemented]
        if "interface" not in name:
            singletons.append(None)
        use = all_uses(prepared())[name]
        use()
        gc.collect()
        before = [sys.getrefcount(x) for x in singletons]
        for _ in range(200):
            use()
        gc.collect()
        after = [sys.getrefcount(x) for x in singletons]
        assert all(abs(x - y) < 100 for x, y in zip(before, after, strict=True)), name
