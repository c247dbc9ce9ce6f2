# SPDX-License-Identifier: BSD-3-Clause
"""An array of native memory becomes an ndarray, which is dropped."""

from __future__ import annotations

from collections.abc import Callable

import floor
import nanobind_peer
import numpy as np
import pybind11_peer
from measure import Case, Subject, main

import deed

SHAPE = (64, 64)


def owners() -> dict[str, Callable[[], np.ndarray]]:
    """By subject, the bound method that gives an ndarray on 64 x 64 elements in Fortran order."""
    plain = floor.Array(*SHAPE)
    methods = {
        "deed": deed.alloc(SHAPE, zeroed=True).numpy,
        "floor": plain.numpy,
        "floor_without_claim": plain.numpy_without_claim,
        "pybind11": pybind11_peer.Array(*SHAPE).numpy,
        "nanobind": nanobind_peer.Array(*SHAPE).numpy,
    }
    for name, method in methods.items():
        ndarray = method()
        flags = ndarray.flags
        assert (ndarray.shape, flags.f_contiguous, flags.writeable, flags.owndata) == (
            SHAPE,
            True,
            True,
            False,
        ), name
        assert np.shares_memory(ndarray, method()), name
    return methods


def ndarray_out() -> Case:
    """The bound method is called by the loop in C."""
    return Case("ndarray_out", [Subject(name, method) for name, method in owners().items()])


def ndarray_out_in_function() -> Case:
    """A Python function is called that calls the method: deed asks for its frame, to record the line."""

    def within(method: Callable[[], np.ndarray]) -> Callable[[], None]:
        def show() -> None:
            method()

        return show

    return Case(
        "ndarray_out_in_function", [Subject(name, within(method)) for name, method in owners().items()]
    )


if __name__ == "__main__":
    main([ndarray_out, ndarray_out_in_function])
