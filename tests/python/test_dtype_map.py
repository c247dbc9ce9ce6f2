# SPDX-License-Identifier: BSD-3-Clause
"""The types of NumPy in deed, and deed's in NumPy."""

from __future__ import annotations

import ctypes

import numpy as np
import pytest

import deed

PAIRS = [
    ("i1", "int8"), ("i2", "int16"), ("i4", "int32"), ("i8", "int64"),
    ("u1", "uint8"), ("u2", "uint16"), ("u4", "uint32"), ("u8", "uint64"),
    ("f2", "real16"), ("f4", "real32"), ("f8", "real64"),
    ("c8", "complex(real32)"), ("c16", "complex(real64)"),
    ("?", "logical8"), ("S5", "character(kind=1)"), ("U3", "character(kind=4)"), ("V7", "opaque"),
    ("q", "int64"), ("l", "int64"), ("Q", "uint64"),
]  # fmt: skip


@pytest.mark.parametrize(("numpy_type", "kind"), PAIRS)
def test_there_and_back(numpy_type, kind):
    x = np.zeros((2, 3), dtype=numpy_type)
    a = deed.adopt(x)
    assert (a.kind, a.itemsize) == (kind, x.dtype.itemsize)
    assert a.dtype == x.dtype
    assert a.numpy().dtype == x.dtype
    assert deed.alloc(2, numpy_type).kind == kind


@pytest.mark.skipif(np.finfo(np.longdouble).nmant != 63, reason="long double is not the x87 format here")
def test_long_double_is_real80():
    x = np.array([1, 2], dtype=np.longdouble) / 3
    a = deed.adopt(x)
    assert (a.kind, a.itemsize) == ("real80", 16)
    assert (a.numpy() == x).all()
    assert deed.adopt(x.astype(np.clongdouble)).kind == "complex(real80)"
    with pytest.raises(deed.DtypeError, match="real128"):
        deed.alloc(2, "real128").numpy()


@pytest.mark.parametrize("kind", ["bfloat16", "complex(real128)"])
def test_types_that_numpy_does_not_have(kind):
    a = deed.alloc(2, kind)
    for use in (a.numpy, lambda: np.asarray(a), lambda: a.dtype):
        with pytest.raises(deed.DtypeError, match=kind.replace("(", r"\(").replace(")", r"\)")):
            use()
    assert a.kind in repr(a)


@pytest.mark.parametrize(
    ("numpy_type", "reason"),
    [(object, "references"), (">f8", "byte order"), ("M8[s]", "time"), ("m8[ms]", "time")],
)
def test_trap_a45_types_that_deed_cannot_hold(numpy_type, reason):
    for use in (lambda: deed.adopt(np.zeros(2, numpy_type)), lambda: deed.alloc(2, numpy_type)):
        with pytest.raises(deed.DtypeError, match=reason) as caught:
            use()
        assert isinstance(caught.value, TypeError)


def test_records_with_objects_are_refused():
    with pytest.raises(deed.DtypeError, match="references"):
        deed.adopt(np.zeros(2, [("a", "i4"), ("b", object)]))


@pytest.mark.parametrize(
    ("kind", "numpy_type"), [("logical16", "i2"), ("logical32", "i4"), ("logical64", "i8")]
)
def test_trap_t51_logicals_are_integers_of_their_size(kind, numpy_type):
    a = deed.alloc(3, kind, zeroed=True)
    n = a.numpy()
    assert n.dtype == np.dtype(numpy_type)
    n[1] = -1  # .true. of some compilers
    assert a.numpy().astype(bool).tolist() == [False, True, False]
    assert deed.share(n).dtype == n.dtype


def test_trap_t51_bool_is_logical8():
    x = np.array([True, False])
    assert deed.adopt(x).kind == "logical8"


def test_trap_t52_characters_are_blank_padded_without_nul():
    a = deed.alloc(2, "S4")
    a.numpy().view("u1")[:] = list(b"ab  xyz ")
    assert a.numpy().tolist() == [b"ab  ", b"xyz "]
    assert (a.kind, a.itemsize, a.nbytes) == ("character(kind=1)", 4, 8)
    wide = deed.alloc(2, "U3", zeroed=True)
    assert (wide.kind, wide.itemsize) == ("character(kind=4)", 12)
    wide.numpy()[0] = "äöü"
    assert wide.copy().numpy()[0] == "äöü"


def test_trap_t52_characters_of_length_zero_have_no_numpy_type(native):
    a = deed.Array.from_handle(native.native_typed(23, 0, 3))
    assert (a.kind, a.itemsize, a.nbytes) == ("character(kind=1)", 0, 0)
    with pytest.raises(deed.DtypeError, match="0 bytes"):
        a.numpy()


def test_trap_a36_dtype_mismatch_of_an_output_is_an_error():
    x = np.zeros((2, 3), np.float32)
    with pytest.raises(deed.DtypeError, match=r"real32 of 4 bytes came, real64 of 8 bytes is wanted"):
        deed.handle.of(dtype="float64").from_param(x)


ALIASES = {
    "int32": ["i4", "=i4", "int32", np.int32, np.dtype("int32").newbyteorder("=")],
    "int64": [
        "i8",
        "l",
        "q",
        "long",
        "longlong",
        np.int64,
        np.longlong,
        int,
        ctypes.c_longlong,
    ],
    "uint64": ["u8", "L", "Q", np.uint64, np.ulonglong, ctypes.c_size_t],
    "real64": ["f8", "d", "double", np.float64, float, ctypes.c_double],
    "complex(real64)": ["c16", "D", np.complex128, complex],
    "logical8": ["?", np.bool_, bool, ctypes.c_bool],
}


@pytest.mark.parametrize("kind", ALIASES)
def test_trap_t49_names_of_one_type_are_one_type(kind):
    for alias in ALIASES[kind]:
        dtype = np.dtype(alias)
        a, b = deed.alloc(3, alias, zeroed=True), deed.adopt(np.zeros(3, dtype))
        assert (a.kind, b.kind) == (kind, kind), alias
        assert a.dtype == b.dtype == dtype
        c = deed.from_buffer(memoryview(np.zeros(3, dtype)))
        assert c.kind == kind, alias
        assert deed.handle.of(dtype=alias, ndim=1).from_param(b.numpy()) is not None


def test_trap_t49_types_of_one_size_are_not_one_type():
    pairs = [("i8", "f8"), ("i8", "u8"), ("f8", "c8"), ("logical32", "i4"), ("u1", "?"), ("f2", "bfloat16")]
    for name, other in pairs:
        with pytest.raises(deed.DtypeError):
            deed.handle.of(dtype=name).from_param(deed.alloc(3, other))


def test_bfloat16_of_another_package_is_refused_with_the_way():
    ml_dtypes = pytest.importorskip("ml_dtypes")
    x = np.ones(3, ml_dtypes.bfloat16)
    with pytest.raises(deed.DtypeError, match=r"view\('uint16'\).*component\('bfloat16', 0\)"):
        deed.lend(x)
    a = deed.lend(x.view("uint16")).component("bfloat16", 0)
    assert a.kind == "bfloat16"
    with pytest.raises(deed.DtypeError, match=r"numpy\(ml_dtypes.bfloat16\)"):
        a.numpy()
    assert a.numpy(ml_dtypes.bfloat16).tolist() == [1, 1, 1]
