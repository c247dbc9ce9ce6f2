# SPDX-License-Identifier: BSD-3-Clause
"""The ways of an ndarray that came from deed to a native function that takes a handle."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import floor
import numpy as np
from measure import KERNELS

import deed
from deed import arg


def known_ndarray() -> np.ndarray:
    """The argument: an ndarray on memory of deed."""
    return deed.alloc((64, 64), zeroed=True).numpy()


def ways() -> dict[str, Callable[[np.ndarray], Any]]:
    """By subject. The floor believes that the claim in the base lives and shows what the ndarray shows."""
    library = ctypes.PyDLL(str(KERNELS))
    library.bench_handle.argtypes = [deed.handle.of("float64", ndim=2, order="F", writable=True)]
    library.bench_handle.restype = None
    u = arg.handle("u", "float64", rank=2, intent="inout", order="F")
    return {
        "deed": deed.function(KERNELS, "bench_handle", [u]),
        "deed_ctypes": library.bench_handle,
        "deed_share": deed.share,
        "floor": floor.handle,
    }
