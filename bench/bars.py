# SPDX-License-Identifier: BSD-3-Clause
"""The bars: what deed promises of its speed, as data.

A bar compares two subjects of one case, or one fact with a number. COSTS_AT_MOST looks at the time of the
subject over that of the peer; IS_FASTER_AT_LEAST at the time of the peer over that of the subject. Where the
ratio depends on what the other hyperthread of the core does, a bar holds for one regime (regimes.py); else
for all rounds, whatever the machine did.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from regimes import BUSY, QUIET, Regime

Way = Literal["costs at most", "is faster at least"]
COSTS_AT_MOST: Way = "costs at most"
IS_FASTER_AT_LEAST: Way = "is faster at least"


class Bar(NamedTuple):
    """A limit for the ratio of two subjects of a case."""

    case: str
    subject: str
    peer: str
    way: Way
    limit: float
    regime: Regime | None = None

    def __str__(self) -> str:
        """As the report says it."""
        verb = "at most" if self.way == COSTS_AT_MOST else "faster, at least"
        when = f" when {self.regime}" if self.regime else ""
        return f"{self.case}: {self.subject} against {self.peer}, {verb} {self.limit:g}x{when}"


class FactBar(NamedTuple):
    """A limit for a number that is no time."""

    fact: str
    case: str
    limit: float

    def __str__(self) -> str:
        """As the report says it."""
        return f"{self.case}: {self.fact}, at most {self.limit:g}"


_WRAPPERS = ("pybind11", "nanobind")
_HANDOVERS = ("share", "view", "transfer", "cxx_array", "fortran_pointer", "adopt", "lend")
_KERNELS = ("triad_cxx", "stencil_cxx", "triad_fortran", "stencil_fortran")
_LOOPS = ("1d", "2d", "2d_fortran", "3d", "stencil")
_LIVE_VERBS = ("alloc_release", "lend_release", "share_release", "view_release", "describe")
_THREAD_VERBS = ("alloc_release", "share_release", "view_release")

# Cases of claims beside the copy and drop of a std::shared_ptr: at most this when quiet, and when busy.
_CLAIMS = {
    "share_release": (1.2, 1.9),
    "view_release": (3, 3),
    "view_share_release": (3, 3),
    "lend_release": (1.9, 2.9),
    "fortran_lend_release": (3.3, 5.7),
}
_ALLOCATIONS = {"256B": 1.3, "8KiB": 1.2, "1MiB": 1.2}

PYTHON_BARS = [
    Bar("ndarray_out", "deed", "floor", COSTS_AT_MOST, 1.7),
    Bar("ndarray_out", "deed", "pybind11", IS_FASTER_AT_LEAST, 2),
    Bar("ndarray_out", "deed", "nanobind", IS_FASTER_AT_LEAST, 3),
    Bar("one_array", "deed", "floor", COSTS_AT_MOST, 2),
    Bar("three_arrays", "deed", "floor", COSTS_AT_MOST, 2),
    Bar("assumed_shape", "deed", "floor", COSTS_AT_MOST, 2),
    *(
        Bar(case, "deed", peer, IS_FASTER_AT_LEAST, 3)
        for case in ("one_array", "three_arrays")
        for peer in _WRAPPERS
    ),
    Bar("one_array", "deed", "f2py", IS_FASTER_AT_LEAST, 1),
    Bar("three_arrays", "deed", "f2py", IS_FASTER_AT_LEAST, 1),
    Bar("handle", "deed", "floor", COSTS_AT_MOST, 1.5),
    *(
        Bar(case, "deed", peer, IS_FASTER_AT_LEAST, 1)
        for case in ("solver_16", "solver_64")
        for peer in ("f2py", "pybind11")
    ),
]

NATIVE_BARS = [
    *(
        Bar(case, "deed", "shared_ptr", COSTS_AT_MOST, limit, regime)
        for case, limits in _CLAIMS.items()
        for regime, limit in zip((QUIET, BUSY), limits, strict=True)
    ),
    *(
        Bar(f"alloc_release_{size}", "deed", "shared_ptr", COSTS_AT_MOST, limit)
        for size, limit in _ALLOCATIONS.items()
    ),
    Bar("fortran_pointer", "deed", "c_f_pointer", COSTS_AT_MOST, 8.5),
    *(Bar(f"handover_{verb}", "8_GiB", "1_KiB", COSTS_AT_MOST, 1.2) for verb in _HANDOVERS),
    *(
        Bar(
            f"{kernel}_{size}",
            "deed",
            "new[]" if "cxx" in kernel else "allocatable",
            IS_FASTER_AT_LEAST,
            0.98,
        )
        for kernel in _KERNELS
        for size in ("small", "large")
    ),
    *(Bar(f"elements_{loop}_small", "deed", "data", COSTS_AT_MOST, 1.1) for loop in _LOOPS),
    *(Bar(f"live_{verb}", "1000000", "1000", COSTS_AT_MOST, 1.5) for verb in _LIVE_VERBS),
    *(Bar(f"threads_{verb}", "2_threads", "1_thread", IS_FASTER_AT_LEAST, 1.7) for verb in _THREAD_VERBS),
    *(
        Bar(f"registry_lookup_{readers}", "deed", "unordered_map", COSTS_AT_MOST, 2)
        for readers in ("1_reader", "2_readers")
    ),
]

BARS = PYTHON_BARS + NATIVE_BARS

FACT_BARS = [
    FactBar("allocations_per_1000_calls_deed", "handle", 0),
    FactBar("bytes_per_array", "live_memory", 256),
]
