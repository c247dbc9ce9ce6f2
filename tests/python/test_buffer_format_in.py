# SPDX-License-Identifier: BSD-3-Clause
"""Formats of the buffer protocol on their way into deed, held against the item size that they come with."""

from __future__ import annotations

import ctypes
import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_buffer_out import PyBuffer

import deed

ctypes.pythonapi.PyMemoryView_FromBuffer.restype = ctypes.py_object
ctypes.pythonapi.PyMemoryView_FromBuffer.argtypes = [ctypes.c_void_p]


WORDS = []  # what exporters said: a memoryview does not keep it


class Exporter:
    """A memoryview of zeros that says whatever it is told to."""

    def __init__(self, text, size_bytes, count=3):
        """count elements of size_bytes, of the format text."""
        self.memory = ctypes.create_string_buffer(max(1, size_bytes * count))
        self.text = None if text is None else text.encode()
        self.shape = (ctypes.c_ssize_t * 1)(count)
        self.strides = (ctypes.c_ssize_t * 1)(size_bytes)
        WORDS.append((self.memory, self.text, self.shape, self.strides))
        self.buffer = PyBuffer(
            buf=ctypes.addressof(self.memory),
            len=size_bytes * count,
            itemsize=size_bytes,
            ndim=1,
            format=self.text,
            shape=self.shape,
            strides=self.strides,
        )

    @property
    def view(self):
        """A memoryview of it."""
        return ctypes.pythonapi.PyMemoryView_FromBuffer(ctypes.byref(self.buffer))


def element(text, size_bytes):
    """What deed makes of them: the type and its size."""
    exporter = Exporter(text, size_bytes)
    a = deed.from_buffer(exporter.view)
    assert a.shape == (3,)
    return a.kind, a.itemsize


LONG = ctypes.sizeof(ctypes.c_long)
RIGHT = {
    "int8": ["b", "1b", "@b", "<b", ">b", "!b"],
    "int16": ["h", "=h", "<h", "^h"],
    "int32": ["i", "1i", "<i", "<l", "=l"],
    "int64": ["q", "l", "n", "<q", "=q", "<l"],
    "uint8": ["B", ">B"],
    "uint16": ["H", "<H"],
    "uint32": ["I", "<I", "<L"],
    "uint64": ["Q", "L", "N", "<Q", "<L"],
    "real16": ["e", "<e"],
    "real32": ["f", "<f"],
    "real64": ["d", "=d", "<d"],
    "complex(real32)": ["Zf", "<Zf"],
    "complex(real64)": ["Zd", "=Zd"],
    "logical8": ["?", "<?"],
}
SIZES = {"int8": 1, "uint8": 1, "logical8": 1, "int16": 2, "uint16": 2, "real16": 2, "int32": 4, "uint32": 4}
SIZES |= {"real32": 4, "int64": 8, "uint64": 8, "real64": 8, "complex(real32)": 8, "complex(real64)": 16}


@pytest.mark.parametrize("kind", RIGHT)
def test_a_format_with_its_own_size(kind):
    for text in RIGHT[kind]:
        assert element(text, SIZES[kind]) == (kind, SIZES[kind]), text


def test_characters_and_padding_have_their_count_of_units():
    for text, size_bytes in [("5s", 5), ("s", 1), ("1c", 1), ("c", 1), (">5s", 5)]:
        assert element(text, size_bytes) == ("character(kind=1)", size_bytes)
    assert element("3w", 12) == ("character(kind=4)", 12)
    assert element("16x", 16) == ("opaque", 16)
    assert element(None, 1) == ("uint8", 1)


MISMATCHED = [
    ("d", 2),
    ("f", 8),
    ("b", 8),
    ("B", 8),
    ("Zd", 8),
    ("Zf", 16),
    ("e", 4),
    ("q", 4),
    ("@i", 8),
    ("<h", 4),
]
MISMATCHED += [("g", 8), ("Zg", 8), ("?", 4), ("c", 2), ("3s", 4), ("3s", 2), ("3w", 3), ("16x", 8), ("x", 2)]
MISMATCHED += [
    (None, 8),
    ("T{i:a:}", 8),
    ("T{i:a:i:b:}", 4),
    ("T{(2,3)d:a:}", 24),
    ("1i", 8),
    ("=l", 2),
    ("s", 3),
]


def test_a_format_of_another_size_is_refused_and_both_are_named():
    for text, size_bytes in MISMATCHED:
        with pytest.raises(deed.DtypeError) as caught:
            element(text, size_bytes)
        assert f"format '{text or 'B'}' and {size_bytes} bytes: that format has " in str(caught.value)


OTHERS = {
    "malformed": [
        "",
        "@",
        "3",
        "T{",
        "T{i:a:",
        "T{i:a",
        "T{i",
        "(2",
        "(2,",
        "(2,3",
        "()i",
        "(x)i",
        "T{T{i:a:}",
    ],
    "addresses": ["P", "&i", "z", "Z", "Zi", "T{P:a:}", "T{<z:a:}", "T{i:a:&<i:b:}", "T{i:a:X{}:b:}"],
    "Python objects": ["O", "T{O:a:}", "T{i:a:T{O:O:}:b:}"],
    "byte order": [">i", "!d", ">Zf", ">3w", "T{>i:a:}", "T{<i:a:>i:b:}", "T{i:a:T{>d:x:}:b:}"],
    "one more dimension": ["2i", "2c", "(2)i", "(1)i", "2d", "0i", "2T{i:a:}", "(2,3)c"],
    "no type": ["ii", "i:a:", "k", "T{k:a:}", "T{i:a:}}", "p", "5p", "t", "E", "i i", "T{i:a:}x"],
    "does not fit": ["99999999999999999999s", "9223372036854775807w", "T{(4294967296,4294967296)d:a:}"],
    "too deep": ["T{" * 17 + "i" + "}" * 17, "T{" * 100_000],
}


@pytest.mark.parametrize("reason", OTHERS)
def test_what_is_refused_whatever_its_size(reason):
    for text in OTHERS[reason]:
        for size_bytes in (1, 2, 4, 8, 16):
            with pytest.raises(deed.DtypeError, match=reason):
                element(text, size_bytes)


def test_records_of_numpy():
    for name in (
        "i4,f8",
        "i1,(2,3)f8,S3,U2,c8,?",
        [("a", [("x", "f4"), ("y", "i2", (2,))]), ("b", "g"), ("c", "V3")],
    ):
        for align in (False, True):
            dtype = np.dtype(name, align=align)
            a = deed.from_buffer(memoryview(np.zeros(2, dtype)))
            assert (a.kind, a.itemsize) == ("opaque", dtype.itemsize)
    big = memoryview(np.zeros(2, [("a", "<i4"), ("b", ">f8")]))
    with pytest.raises(deed.DtypeError, match="byte order"):
        deed.from_buffer(big)


def test_gaps_of_records_are_where_the_mark_says():
    for text, size_bytes in [("T{b:a:d:x:b:b:d:y:}", 32), ("T{=b:a:d:x:b:b:d:y:}", 18), ("T{^b:a:d:x:}", 9)]:
        assert element(text, size_bytes) == ("opaque", size_bytes)
    for text, size_bytes in [("T{b:a:d:x:b:b:d:y:}", 18), ("T{=b:a:d:x:b:b:d:y:}", 24), ("T{b:a:d:x:}", 9)]:
        with pytest.raises(deed.DtypeError, match="that format has"):
            element(text, size_bytes)


def test_records_of_ctypes_which_leave_gaps_unsaid():
    class Inner(ctypes.Structure):
        _fields_ = (("x", ctypes.c_double), ("n", ctypes.c_int))

    class Outer(ctypes.Structure):
        _fields_ = (
            ("n", ctypes.c_long),
            ("i", ctypes.c_int),
            ("text", ctypes.c_char * 3),
            ("m", ctypes.c_double * 2 * 3),
        )

    class Nested(ctypes.Structure):
        _fields_ = (
            ("flag", ctypes.c_bool),
            ("inner", Inner * 2),
            ("wide", ctypes.c_wchar),
            ("last", ctypes.c_longdouble),
        )

    class Gaps(ctypes.Structure):
        _fields_ = (
            ("a", ctypes.c_bool),
            ("x", ctypes.c_double),
            ("b", ctypes.c_bool),
            ("y", ctypes.c_double),
        )

    for kind in (Inner, Outer, Nested, Gaps):
        a = deed.from_buffer((kind * 2)())
        assert (a.kind, a.itemsize) == ("opaque", ctypes.sizeof(kind))

    class Pointing(ctypes.Structure):
        _fields_ = (("p", ctypes.c_void_p),)

    with pytest.raises(deed.DtypeError, match="addresses"):
        deed.from_buffer((Pointing * 2)())


def test_unions_and_packed_records_of_ctypes_say_bytes_and_are_no_integers():
    class Packed(ctypes.Structure):
        _pack_ = 1
        _layout_ = "ms"
        _fields_ = (("a", ctypes.c_int), ("b", ctypes.c_int))

    class Union(ctypes.Union):
        _fields_ = (("a", ctypes.c_int), ("b", ctypes.c_double))

    for kind in (Packed, Union):
        with pytest.raises(deed.DtypeError, match="that format has 1"):
            deed.from_buffer((kind * 2)())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=500, deadline=None)
@given(
    text=st.text(alphabet="@=<>!^bBhHiIlLqQnNefdgZ?cswxuPOT{}():,0123456789a", max_size=24),
    size_bytes=st.sampled_from([0, 1, 2, 4, 8, 12, 16, 32]),
)
@example(text="T{" * 9 + "i" + "}" * 9, size_bytes=4)
def test_any_text_is_held_with_its_size_or_refused(text, size_bytes):
    exporter = Exporter(text, size_bytes)
    try:
        a = deed.from_buffer(exporter.view)
    except deed.DtypeError:
        return
    assert a.itemsize == size_bytes
    if (
        a.kind not in ("opaque", "character(kind=1)", "character(kind=4)")
        and "Z" not in text
        and not set(text) & set("gu<>=!^")
    ):
        assert struct.calcsize(text) == size_bytes
