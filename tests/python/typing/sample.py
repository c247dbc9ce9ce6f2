# SPDX-License-Identifier: BSD-3-Clause
"""A program that uses all of deed, for mypy --strict. It is not run."""

from __future__ import annotations

import ctypes

import numpy as np
import numpy.typing as npt
from typing_extensions import assert_type

import deed


def use(x: npt.NDArray[np.float64]) -> float:
    a = deed.alloc((3, 4), np.float32, order="C", lower=-1, zeroed=True, name="u")
    assert_type(a, deed.Array)
    assert_type(a.shape, tuple[int, ...])
    assert_type(a.bounds, tuple[tuple[int, int], ...])
    assert_type(a.owner, str | None)
    assert_type(a[1:, ::-2].T, deed.Array)
    assert_type(a[None, ...], deed.Array)
    assert_type(a.flags.writeable, bool)
    assert_type(a.reshape(-1, 2, order="F").reshape((6, 2)), deed.Array)
    a[0, ...] = 1.0
    assert_type(a.holders()[0].line, int)
    with deed.lend(x, lower=(0, 0), writable=False) as loan:
        assert_type(loan, deed.Array)
        loan.recall(timeout=None)
    moved = deed.adopt(x).transfer("Fortran").copy("F", "order")
    deed.publish(moved, "v")
    assert_type(deed.weak(moved).upgrade(writable=False), deed.Array)
    assert_type(deed.names(), list[str])
    assert_type(deed.counts().live_blocks, int)
    assert_type([entry.name for entry in deed.ledger()], list[str | None])
    function = ctypes.CDLL(deed.get_library_path()).deed_is_live
    function.argtypes = [deed.handle.of(dtype="float64", ndim=2)]
    function(deed.lookup("v", writable=True))
    call = deed.function("x.so", "f", [deed.arg.descriptor("u", "float64", 2, "inout")], release_gil=True)
    assert_type(call, deed.Function)
    call(x)
    try:
        a.interior((1, 1)).rebound(0).reclaim()
    except deed.BusyError as error:
        assert_type(error.status, deed.Status)
        assert_type(error.holders, tuple[deed.Holder, ...])
    return float(a.numpy().sum()) + float(np.asarray(a.share()).sum())
