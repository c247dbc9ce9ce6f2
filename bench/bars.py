# SPDX-License-Identifier: BSD-3-Clause
"""The bars: what deed promises of its speed, as data.

A bar compares two subjects of one case, or one fact with a number. COSTS_AT_MOST looks at the time of the
subject over that of the peer; IS_FASTER_AT_LEAST at the time of the peer over that of the subject.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

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

    def __str__(self) -> str:
        """As the report says it."""
        verb = "at most" if self.way == COSTS_AT_MOST else "faster, at least"
        return f"{self.case}: {self.subject} against {self.peer}, {verb} {self.limit:g}x"


class FactBar(NamedTuple):
    """A limit for a number that is no time."""

    fact: str
    case: str
    limit: float

    def __str__(self) -> str:
        """As the report says it."""
        return f"{self.case}: {self.fact}, at most {self.limit:g}"


BARS = [
    Bar("ndarray_out", "deed", "floor", COSTS_AT_MOST, 1.25),
    Bar("ndarray_out", "deed", "pybind11", IS_FASTER_AT_LEAST, 2),
    Bar("ndarray_out", "deed", "nanobind", IS_FASTER_AT_LEAST, 3),
    Bar("one_array", "deed", "floor", COSTS_AT_MOST, 2),
    Bar("one_array", "deed", "pybind11", IS_FASTER_AT_LEAST, 3),
    Bar("one_array", "deed", "nanobind", IS_FASTER_AT_LEAST, 3),
    Bar("one_array", "deed", "f2py", IS_FASTER_AT_LEAST, 1),
    Bar("three_arrays", "deed", "floor", COSTS_AT_MOST, 2),
    Bar("three_arrays", "deed", "pybind11", IS_FASTER_AT_LEAST, 3),
    Bar("three_arrays", "deed", "nanobind", IS_FASTER_AT_LEAST, 3),
    Bar("three_arrays", "deed", "f2py", IS_FASTER_AT_LEAST, 1),
    Bar("assumed_shape", "deed", "floor", COSTS_AT_MOST, 2),
    Bar("handle", "deed", "floor", COSTS_AT_MOST, 1.5),
    Bar("solver_16", "deed", "f2py", IS_FASTER_AT_LEAST, 1),
    Bar("solver_16", "deed", "pybind11", IS_FASTER_AT_LEAST, 1),
    Bar("solver_64", "deed", "f2py", IS_FASTER_AT_LEAST, 1),
    Bar("solver_64", "deed", "pybind11", IS_FASTER_AT_LEAST, 1),
    Bar("share_release", "deed", "shared_ptr", COSTS_AT_MOST, 1.5),
    Bar("alloc_release_256", "deed", "shared_ptr", COSTS_AT_MOST, 1),
    Bar("alloc_release_8k", "deed", "shared_ptr", COSTS_AT_MOST, 1),
    Bar("alloc_release_1m", "deed", "shared_ptr", COSTS_AT_MOST, 1),
    Bar("fortran_lend_release", "deed", "shared_ptr", COSTS_AT_MOST, 3),
    Bar("fortran_pointer", "deed", "c_f_pointer", COSTS_AT_MOST, 10),
]

FACT_BARS = [
    FactBar("allocations_per_1000_calls_deed", "handle", 0),
    FactBar("bytes_per_array", "live_arrays", 256),
]
