# SPDX-License-Identifier: BSD-3-Clause
"""Arrays as objects of ctypes and cffi."""

from __future__ import annotations

import ctypes
import gc
import re
from pathlib import Path

import cffi
import numpy as np
import pytest

import deed
from deed import pointers

HEADER = Path(__file__).parents[2] / "c/include/deed/dtype.h"
NO_C_TYPE = re.compile(r"real16|bfloat16|real128|complex\(|character\(|opaque")


def filled() -> deed.Array:
    a = deed.alloc((2, 3), order="C")
    a.numpy()[...] = np.arange(6).reshape(2, 3)
    return a


def test_every_dtype_has_a_type_of_c_or_none():
    labels = re.findall(r'X\(\w+, \d+, \d+, "(.*?)"', HEADER.read_text())
    assert len(labels) >= 25
    assert set(pointers._KINDS) == {label for label in labels if not NO_C_TYPE.match(label)}


def test_ctypes_array_shares_the_memory_and_holds_it():
    a = filled()
    c = a.as_ctypes()
    assert ctypes.addressof(c) == a.address
    assert [list(row) for row in c] == [[0, 1, 2], [3, 4, 5]]
    c[1][2] = 9
    assert a.numpy()[1, 2] == 9
    del a
    gc.collect()
    assert deed.counts().live_blocks == 1
    assert c[1][2] == 9
    del c
    gc.collect()
    assert deed.counts().live_blocks == 0


def test_cffi_array_shares_the_memory_and_holds_it():
    ffi, a = cffi.FFI(), filled()
    c = a.as_cffi(ffi)
    assert int(ffi.cast("uintptr_t", c)) == a.address
    c[1][2] = 9
    assert a.numpy()[1, 2] == 9
    del a
    gc.collect()
    assert c[1][2] == 9
    ffi.release(c)
    del c
    gc.collect()
    assert deed.counts().live_blocks == 0


@pytest.mark.parametrize(
    "name", ["int8", "uint16", "int32", "uint64", "float32", "float64", "bool", "longdouble"]
)
def test_types(name):
    a = deed.alloc(3, name, zeroed=True)
    assert ctypes.sizeof(a.as_ctypes()) == a.nbytes
    assert cffi.FFI().sizeof(a.as_cffi(cffi.FFI())) == a.nbytes


def test_trap_a33_read_only_is_refused():
    a = filled().share(writable=False)
    for call in (deed.Array.as_ctypes, lambda a: a.as_cffi(cffi.FFI())):
        with pytest.raises(deed.RightsError, match="read-only"):
            call(a)


def test_order_and_types_that_c_does_not_have():
    for call in (deed.Array.as_ctypes, lambda a: a.as_cffi(cffi.FFI())):
        with pytest.raises(deed.OrderError, match="C order"):
            call(deed.alloc((2, 3)))
        assert call(deed.alloc((2, 3)).T)
        with pytest.raises(deed.DtypeError, match="complex"):
            call(deed.alloc(3, "complex128"))


def test_arrays_of_ctypes_and_cffi_come_in():
    ffi = cffi.FFI()
    assert deed.from_buffer(ffi.buffer(ffi.new("double[3]"))).nbytes == 24
    c = ((ctypes.c_int32 * 3) * 2)()
    a = deed.lend(c)
    a.numpy()[1, 2] = 7
    assert c[1][2] == 7
    a.recall()
