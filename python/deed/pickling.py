# SPDX-License-Identifier: BSD-3-Clause
"""Arrays in pickles: with protocol 5 their memory goes out of band, without a copy."""

from __future__ import annotations

import pickle
from typing import Any, Literal

import numpy as np

from ._core import Array, adopt, alloc

_Order = Literal["C", "F"]
_State = tuple[str, np.dtype[Any], tuple[int, ...], tuple[int, ...], _Order, bool, bool]


def reduce(array: Array, protocol: int) -> tuple[Any, tuple[Any, ...]]:
    """What Array.__reduce_ex__ returns.

    Type, extents, lower bounds, order and read-only are kept. An array with gaps is copied into Fortran order
    first, and the loaded one says so: copied is 'order'. DtypeError if the type has no format.
    """
    is_copied = not (array.c_contiguous or array.f_contiguous)
    whole = array.copy(order="F", reason="order") if is_copied else array
    order: _Order = "C" if whole.c_contiguous else "F"
    state = (array.kind, array.dtype, array.shape, array.lower, order, array.readonly, is_copied)
    if protocol >= 5:
        return load, (state, pickle.PickleBuffer(whole))
    return load, (state, bytearray(memoryview(whole).tobytes(order="A")))


def load(state: _State, buffer: Any) -> Array:
    """The array of a pickle. It adopts the buffer, without a copy unless reduce() had to make one."""
    kind, dtype, shape, lower, order, readonly, is_copied = state
    if 0 in shape:
        array = alloc(shape, dtype, order=order, lower=lower)
    else:
        flat = np.frombuffer(pickle.PickleBuffer(buffer).raw(), dtype)
        ndarray = flat.reshape(shape, order=order)
        ndarray.flags.writeable = ndarray.flags.writeable and not readonly
        array = adopt(ndarray, lower)
    if array.kind != kind:
        array = array.component(kind)
    if is_copied:
        array = array.copy(order="F", reason="order")
    return array.share(writable=False) if readonly and not array.readonly else array
