# SPDX-License-Identifier: BSD-3-Clause
"""The C exchange table of DLPack, as a C program sees it."""

from __future__ import annotations

import ctypes

import deed

_get_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_get_pointer.restype = ctypes.c_void_p
_get_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]

SET_ERROR = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)
ALLOCATE = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p, SET_ERROR
)


class Exchange(ctypes.Structure):
    """The table of the C exchange API."""

    _fields_ = (
        ("major", ctypes.c_uint32),
        ("minor", ctypes.c_uint32),
        ("previous", ctypes.c_void_p),
        ("allocate", ctypes.c_void_p),
        ("from_object", ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.py_object, ctypes.POINTER(ctypes.c_void_p))),
        ("to_object", ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.py_object))),
        ("borrow", ctypes.c_void_p),
        (
            "stream",
            ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.POINTER(ctypes.c_void_p)),
        ),
    )


def exchange() -> Exchange:
    """The table of deed.Array."""
    capsule = type.__getattribute__(deed.Array, "__dlpack_c_exchange_api__")
    return Exchange.from_address(_get_pointer(capsule, b"dlpack_exchange_api"))


def exchanged(array: deed.Array) -> deed.Array:
    """The array that the table makes of the tensor that it makes of this one."""
    table, pointer, result = exchange(), ctypes.c_void_p(), ctypes.py_object()
    assert table.from_object(array, ctypes.byref(pointer)) == 0
    assert table.to_object(pointer, ctypes.byref(result)) == 0
    value = result.value
    del result
    ctypes.pythonapi.Py_DecRef(ctypes.py_object(value))  # the reference that to_object returned
    return value
