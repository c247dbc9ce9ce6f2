# SPDX-License-Identifier: BSD-3-Clause
"""The elements of an array as an object of ctypes or cffi, which holds a buffer of the array."""

from __future__ import annotations

import ctypes
from typing import Any

from ._core import Array
from .errors import Status, make_error

_KINDS: dict[str, tuple[Any, str]] = {
    "int8": (ctypes.c_int8, "int8_t"),
    "int16": (ctypes.c_int16, "int16_t"),
    "int32": (ctypes.c_int32, "int32_t"),
    "int64": (ctypes.c_int64, "int64_t"),
    "uint8": (ctypes.c_uint8, "uint8_t"),
    "uint16": (ctypes.c_uint16, "uint16_t"),
    "uint32": (ctypes.c_uint32, "uint32_t"),
    "uint64": (ctypes.c_uint64, "uint64_t"),
    "real32": (ctypes.c_float, "float"),
    "real64": (ctypes.c_double, "double"),
    "real80": (ctypes.c_longdouble, "long double"),
    "logical8": (ctypes.c_bool, "_Bool"),
    "logical16": (ctypes.c_int16, "int16_t"),
    "logical32": (ctypes.c_int32, "int32_t"),
    "logical64": (ctypes.c_int64, "int64_t"),
}


def _types_of(array: Array) -> tuple[Any, str]:
    if array.kind not in _KINDS:
        raise make_error(Status.EDTYPE, f"C has no type for {array.kind}", (), 0)
    if not array.c_contiguous:
        message = f"strides {array.strides} came, gapless C order is wanted; transpose or copy() the array"
        raise make_error(Status.EORDER, message, (), 0)
    if array.readonly:
        raise make_error(Status.ERIGHTS, "C arrays of Python cannot be read-only", (), 0)
    return _KINDS[array.kind]


def as_ctypes(array: Array) -> Any:
    """What Array.as_ctypes() returns."""
    kind, _ = _types_of(array)
    for extent in reversed(array.shape):
        kind = kind * extent
    return kind.from_buffer(array)


def as_cffi(array: Array, ffi: Any) -> Any:
    """What Array.as_cffi(ffi) returns."""
    if not hasattr(ffi, "from_buffer"):
        raise TypeError(f"ffi must be a cffi.FFI, not {ffi!r}")
    _, name = _types_of(array)
    extents = "".join(f"[{extent}]" for extent in array.shape) or "[1]"
    return ffi.from_buffer(f"{name}{extents}", array, require_writable=True)
