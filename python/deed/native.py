# SPDX-License-Identifier: BSD-3-Clause
"""Arrays as arguments of native functions that ctypes calls.

A C function that takes ``struct deed_array`` by value, or a bind(C) Fortran procedure with a dummy argument
of deed's handle type and the attribute value, is called with a deed.Array or an ndarray for it::

    solver.step.argtypes = [deed.handle.of(dtype="float64", ndim=2, order="F"), ctypes.c_double]
    solver.step(array, 0.5)
"""

from __future__ import annotations

import ctypes
import functools
from typing import Any, ClassVar, NamedTuple

import numpy as np

from . import _core
from .errors import Status, make_error


class _Wanted(NamedTuple):
    """What a native function asks of an argument; None: anything."""

    kind: str | None = None
    itemsize: int | None = None
    ndim: int | None = None
    order: str | None = None
    writable: bool | None = None
    record: np.dtype[Any] | None = None

    def check(self, claim: _core.Array) -> None:
        """Raise the error of the first thing that is not as wanted."""
        if self.kind is not None and (claim.kind, claim.itemsize) != (self.kind, self.itemsize):
            came = f"{claim.kind} of {claim.itemsize} bytes"
            _refuse(Status.EDTYPE, f"{came} came, {self.kind} of {self.itemsize} bytes is wanted")
        if self.record is not None and claim.dtype.names and claim.dtype != self.record:
            _refuse(Status.EDTYPE, f"records of {claim.dtype} came, records of {self.record} is wanted")
        if self.ndim is not None and claim.ndim != self.ndim:
            _refuse(Status.ERANK, f"{claim.ndim} dimensions came, {self.ndim} are wanted")
        if self.order == "F" and not claim.f_contiguous:
            _refuse(Status.EORDER, f"strides {claim.strides} came, gapless Fortran order is wanted")
        if self.order == "C" and not claim.c_contiguous:
            _refuse(Status.EORDER, f"strides {claim.strides} came, gapless C order is wanted")
        if self.writable and claim.readonly:
            _refuse(Status.ERIGHTS, "a read-only array came, a writable one is wanted")
        if self.kind is not None and not _is_aligned(claim):
            _refuse(Status.EORDER, f"the elements are not aligned for {self.kind}")


class handle(ctypes.Structure):
    """``struct deed_array`` as an argument type of ctypes; also a result type.

    What may be passed: a deed.Array (its own claim), an ndarray that came from deed (a share of what it
    shows), any other ndarray (adopted for the call: its memory lives on if the callee keeps a share). The
    claim made for an ndarray ends after the call. Nothing is copied. As restype it gives a handle that
    Array.from_handle() takes over; where nothing is checked it may also be passed on as it is.

    ctypes turns what from_param() raises into a ctypes.ArgumentError, whose text begins with the name of the
    error.
    """

    _fields_: ClassVar[Any] = [("bits", ctypes.c_uint64)]
    _wanted: ClassVar[_Wanted] = _Wanted()

    bits: int
    _claim: _core.Array

    @classmethod
    def from_param(cls, array: Any) -> handle:
        """The argument for array. TypeError if it is no array; else what the checks of of() raise."""
        if isinstance(array, handle) and cls._wanted == _Wanted():
            return array
        claim = _core.claim_for_call(array)
        cls._wanted.check(claim)
        argument = cls(claim.handle)
        argument._claim = claim  # ctypes keeps the argument until the call is over
        return argument

    @classmethod
    def of(
        cls,
        dtype: Any = None,
        ndim: int | None = None,
        order: str | None = None,
        writable: bool | None = None,
    ) -> type[handle]:
        """An argument type that refuses arrays which the callee cannot use.

        dtype: what alloc() takes (DtypeError). ndim: number of dimensions (RankError). order: "F" or "C",
        gapless in that order (OrderError). writable: True for arguments that are written (RightsError).
        Where dtype is given, elements must be aligned for it (OrderError). Records whose fields are known
        must have those of dtype.
        """
        if order not in (None, "F", "C"):
            raise ValueError(f"order must be 'F', 'C' or None, not {order!r}")
        if ndim is not None and not isinstance(ndim, int):
            raise TypeError(f"ndim must be an int or None, not {ndim!r}")
        kind, itemsize = (None, None) if dtype is None else _core.element_of(dtype)
        record = np.dtype(dtype) if kind == "opaque" else None
        record = record if record is not None and record.names else None
        return _subclass(cls, _Wanted(kind, itemsize, ndim, order, writable, record))


@functools.cache
def _subclass(cls: type[handle], wanted: _Wanted) -> type[handle]:
    return type(cls.__name__, (cls,), {"_wanted": wanted, "__doc__": cls.__doc__})


def _refuse(status: Status, message: str) -> None:
    raise make_error(status, f"argument refused: {message}", (), 0)


def _is_aligned(claim: _core.Array) -> bool:
    if claim.kind.startswith("complex"):
        alignment = claim.itemsize // 2
    else:
        unit = {"character(kind=1)": 1, "character(kind=4)": 4, "opaque": 1}
        alignment = unit.get(claim.kind, claim.itemsize)
    return claim.size == 0 or all(number % alignment == 0 for number in (claim.address, *claim.strides))
