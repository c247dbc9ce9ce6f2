# SPDX-License-Identifier: BSD-3-Clause
"""What a thousand calls with a handle ask of the allocator, as facts.

Runs in a process of its own, with liballocations.so preloaded and PYTHONMALLOC=malloc, so that nothing of
Python or NumPy goes by. Free lists, as Python has for tuples, are no allocation.
"""

from __future__ import annotations

import ctypes

import timer
from handles import known_ndarray, ways
from measure import fact

CALLS = 1000

counter = ctypes.PyDLL(None).allocations_count
counter.restype = ctypes.c_int64


def allocations(way, ndarray, calls: int) -> int:
    """What is counted around a loop of calls, and what the counting itself takes."""
    before = counter()
    timer.time_calls(way, (ndarray,), calls)
    return counter() - before


ndarray = known_ndarray()
for name, way in ways().items():
    allocations(way, ndarray, CALLS)
    value = allocations(way, ndarray, 2 * CALLS) - allocations(way, ndarray, CALLS)
    fact(f"allocations_per_1000_calls_{name}", value, "handle")
