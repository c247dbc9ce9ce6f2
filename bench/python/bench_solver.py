# SPDX-License-Identifier: BSD-3-Clause
"""A loop in Python steps a Fortran solver with ten arrays; the same compiled procedure behind every wrapper.

The solver notes where its arrays were, so the copies that a wrapper made can be counted.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import cffi_peer
import cython_peer
import f2py_peer
import floor
import nanobind_peer
import numpy as np
import pybind11_peer
from measure import KERNELS, Case, Subject, fact, main

import deed
from deed import arg

NAMES = ("h", "u", "v", "h_next", "u_next", "v_next", "depth", "friction", "source", "energy")
WRITTEN = ("h_next", "u_next", "v_next", "energy")
STEPS = 20
Step = Callable[..., Any]


def deed_step() -> Step:
    """Declared with the extents that the procedure takes by reference."""
    extents = [arg.extent("h", k, "int32", by_reference=True) for k in (0, 1)]
    arrays = [
        arg.pointer(name, "float64", rank=2, intent="inout" if name in WRITTEN else "in", order="F")
        for name in NAMES
    ]
    return deed.function(KERNELS, "wave_step", [*extents, arg.reference("dt", "float64"), *arrays])


def cffi_step() -> Step:
    """Ten buffers, and three numbers by reference."""
    ffi, function = cffi_peer.ffi, cffi_peer.lib.wave_step

    def step(dt: float, *arrays: np.ndarray) -> None:
        nx, ny = (ffi.new("int *", extent) for extent in arrays[0].shape)
        function(nx, ny, ffi.new("double *", dt), *(ffi.from_buffer("double[]", each.T) for each in arrays))

    return step


def steps() -> dict[str, Step]:
    """By subject, step(dt, h, u, ..., energy)."""
    return {
        "deed": deed_step(),
        "floor": floor.step,
        "pybind11": pybind11_peer.step,
        "nanobind": nanobind_peer.step,
        "f2py": f2py_peer.wave_step,
        "cython": cython_peer.step,
        "cffi": cffi_step(),
    }


def state(extent: int) -> list[np.ndarray]:
    """A hill of water at rest, in memory of deed: ten ndarrays."""
    arrays = [deed.alloc((extent, extent), zeroed=True).numpy() for _ in NAMES]
    fields = dict(zip(NAMES, arrays, strict=True))
    fields["h"][extent // 4 : extent // 2, extent // 4 : extent // 2] = 0.01
    fields["depth"][...] = 1.0
    fields["friction"][...] = 0.01
    return arrays


def run(step: Step, arrays: list[np.ndarray]) -> None:
    """STEPS steps; what was next is now."""
    h, u, v, h_next, u_next, v_next, *others = arrays
    for _ in range(STEPS):
        step(1e-3, h, u, v, h_next, u_next, v_next, *others)
        h, u, v, h_next, u_next, v_next = h_next, u_next, v_next, h, u, v


def check(ways: dict[str, Step]) -> None:
    """Every wrapper leads to the same numbers."""
    energies = {}
    for name, way in ways.items():
        arrays = state(16)
        run(way, arrays)
        energies[name] = arrays[-1].sum()
    assert len(set(energies.values())) == 1, energies
    assert energies["floor"] > 0


def solver(extent: int) -> Case:
    """The loop over fields of extent x extent elements."""
    ways = steps()
    check(ways)
    arrays = state(extent)
    return Case(f"solver_{extent}", [Subject(name, run, (way, arrays), STEPS) for name, way in ways.items()])


def solver_16() -> Case:
    """Fields of 2 KiB: the way to the solver counts."""
    return solver(16)


def solver_64() -> Case:
    """Fields of 32 KiB."""
    return solver(64)


def copies(step: Step, arrays: list[np.ndarray]) -> int | str:
    """How many arrays the solver saw elsewhere than they are, or the name of the error."""
    seen = (ctypes.c_int64 * len(NAMES))()
    try:
        step(1e-3, *arrays)
    except (TypeError, ValueError, BufferError) as error:
        return type(error).__name__
    ctypes.CDLL(str(KERNELS)).wave_seen(seen)
    return sum(address != array.ctypes.data for address, array in zip(seen, arrays, strict=True))


def in_c_order(names: tuple[str, ...]) -> list[np.ndarray]:
    """The state with some of its arrays in C order, which the solver cannot be given as they are."""
    arrays = zip(NAMES, state(16), strict=True)
    return [array.copy(order="C") if name in names else array for name, array in arrays]


def count_copies() -> None:
    """What is not in Fortran order must be copied or refused; a copy of what is written would lose what is
    written.
    """
    read = tuple(name for name in NAMES if name not in WRITTEN)
    for name, way in steps().items():
        fact("copies_of_10_fortran_arrays", copies(way, in_c_order(())), "solver", name)
        fact("copies_with_6_inputs_in_c_order", copies(way, in_c_order(read)), "solver", name)
        fact("copies_of_10_c_arrays", copies(way, in_c_order(NAMES)), "solver", name)


if __name__ == "__main__":
    main([solver_16, solver_64], count_copies)
