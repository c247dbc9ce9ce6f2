# SPDX-License-Identifier: BSD-3-Clause
"""Arrays in pickles: with protocol 5 their memory goes out of band, without a copy."""

from __future__ import annotations

import pickle
from typing import Any, Literal

import numpy as np

from ._core import Array, adopt, alloc, raw_bytes
from .errors import DtypeError

_Order = Literal["C", "F"]
_Reason = Literal["order", "requested"]
_State = tuple[str, np.dtype[Any], tuple[int, ...], tuple[int, ...], _Order, bool, _Reason | None]


def reduce(array: Array, protocol: int) -> tuple[Any, tuple[Any, ...]]:
    """What Array.__reduce_ex__ returns.

    Type, extents, lower bounds, order and read-only are kept. An array with gaps is copied into Fortran order
    first, and the loaded one says so: copied is 'order'. Protocols that cannot share memory copy it, and then
    copied is 'requested'.
    """
    has_gaps = not (array.c_contiguous or array.f_contiguous)
    whole = array.copy(order="F", reason="order") if has_gaps else array
    whole, dtype = _shown_by_numpy(whole)
    order: _Order = "C" if whole.c_contiguous else "F"
    reason: _Reason | None = "order" if has_gaps else None if protocol >= 5 else "requested"
    state = (array.kind, dtype, array.shape, array.lower, order, array.readonly, reason)
    if protocol >= 5:
        return load, (state, pickle.PickleBuffer(whole))
    return load, (state, raw_bytes(whole))


def _shown_by_numpy(array: Array) -> tuple[Array, np.dtype[Any]]:
    """The array, or its elements as records where NumPy has no such type."""
    try:
        return array, array.dtype
    except DtypeError:
        dtype = np.dtype(f"V{array.itemsize}")
        return array.component(dtype), dtype


def load(state: _State, buffer: Any) -> Array:
    """The array of a pickle. It adopts the buffer, without a copy unless reduce() had to make one."""
    kind, dtype, shape, lower, order, readonly, reason = state
    if 0 in shape:
        array = alloc(shape, dtype, order=order, lower=lower)
    else:
        flat = np.frombuffer(pickle.PickleBuffer(buffer).raw(), dtype)
        ndarray = flat.reshape(shape, order=order)
        ndarray.flags.writeable = ndarray.flags.writeable and not readonly
        array = adopt(ndarray, lower)
    if array.kind != kind:
        array = array.component(kind)
    if reason:
        array = array.copy(reason=reason)
    return array.share(writable=False) if readonly and not array.readonly else array
