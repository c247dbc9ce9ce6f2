# SPDX-License-Identifier: BSD-3-Clause
"""A package with a Fortran solver that works on deed's arrays."""

import ctypes
from pathlib import Path

import deed

_solver = ctypes.CDLL(str(Path(__file__).parent / "libsolver.so"))


def scale(array: deed.Array, factor: float) -> None:
    """Multiply every element, in Fortran."""
    status = _solver.solver_scale(array, ctypes.c_double(factor))
    if status:
        raise RuntimeError(f"solver_scale: status {status}")
