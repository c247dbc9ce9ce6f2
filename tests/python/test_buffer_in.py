# SPDX-License-Identifier: BSD-3-Clause
"""Exporters of the buffer protocol on their way into deed."""

from __future__ import annotations

import array
import ctypes
import mmap
import sys

import numpy as np
import pytest

import deed


@pytest.mark.parametrize("take", [deed.adopt, deed.lend, deed.from_buffer])
def test_the_buffers_of_the_standard_library(take):
    for source, kind, readonly in [
        (b"abc", "uint8", True),
        (bytearray(b"abc"), "uint8", False),
        (array.array("d", [1, 2, 3]), "real64", False),
        (memoryview(b"abc"), "uint8", True),
        ((ctypes.c_int32 * 3)(1, 2, 3), "int32", False),
    ]:
        a = take(source)
        assert (a.kind, a.shape, a.readonly, a.lower) == (kind, (3,), readonly, (1,))
        assert a.numpy().tolist() == list(source)


def test_mmap_cannot_be_closed_meanwhile():
    m = mmap.mmap(-1, 4096)
    a = deed.from_buffer(m)
    with pytest.raises(BufferError):
        m.close()
    a.release()
    m.close()


def test_bytearray_cannot_be_resized_and_comes_back():
    source = bytearray(b"abcd")
    count = sys.getrefcount(source)
    a = deed.from_buffer(source)
    a.numpy()[0] = ord("x")
    with pytest.raises(BufferError):
        source.append(1)
    assert a.reclaim() is source
    source.append(1)
    assert source == b"xbcd\x01"
    assert sys.getrefcount(source) == count


def test_a_loan_of_a_buffer_ends():
    source = bytearray(8)
    a = deed.lend(source)
    a.recall()
    source.append(1)


def test_trap_a33_read_only_buffers_are_not_lent_for_writing():
    with pytest.raises(deed.RightsError):
        deed.lend(b"abc", writable=True)


def test_trap_a39_strides_of_a_memoryview():
    n = np.arange(24.0).reshape(4, 6)
    for part in (n.T, n[::-2, 1:], np.broadcast_to(n[0], (3, 6)), n[:0]):
        a = deed.from_buffer(memoryview(part))
        assert (a.shape, a.strides) == (part.shape, part.strides)
        assert a.numpy().tolist() == part.tolist()


def test_nested_ctypes_arrays_and_records():
    table = ((ctypes.c_double * 3) * 2)()
    a = deed.from_buffer(table)
    assert (a.shape, a.kind, a.address) == ((2, 3), "real64", ctypes.addressof(table))

    class Pair(ctypes.Structure):
        _fields_ = [("Ordinal", ctypes.c_int), ("value", ctypes.c_double)]

    b = deed.from_buffer((Pair * 2)())
    assert (b.kind, b.itemsize) == ("opaque", ctypes.sizeof(Pair))


def test_trap_a45_foreign_byte_order_is_refused_with_its_reason():
    with pytest.raises(deed.DtypeError, match="byte order"):
        deed.from_buffer(memoryview(np.arange(3, dtype=">f8")))
    big = (ctypes.c_double.__ctype_be__ * 3)()
    with pytest.raises(deed.DtypeError, match="byte order"):
        deed.from_buffer(big)


def test_objects_are_refused_and_let_go():
    source = np.array([None], dtype=object)
    count = sys.getrefcount(source)
    with pytest.raises(deed.DtypeError):
        deed.from_buffer(memoryview(source))
    assert sys.getrefcount(source) == count
    with pytest.raises(TypeError, match="int"):
        deed.from_buffer(3)


def test_a_memoryview_of_an_array_gives_a_share():
    a = deed.alloc((2, 3), lower=(0, -1))
    b = deed.adopt(memoryview(a))
    assert (b.address, b.lower, deed.counts().live_blocks) == (a.address, (0, -1), 1)


@pytest.mark.parametrize("take", [deed.adopt, deed.lend, deed.from_buffer])
def test_a_memoryview_that_was_released_is_refused(take):
    views = []
    for source in (bytearray(100_000), np.zeros(1000), deed.alloc(3), (ctypes.c_double * 1000)()):
        view = memoryview(source)
        view.release()
        views.append(view)
    del source
    for view in views:
        with pytest.raises(ValueError, match="released memoryview"):
            take(view)


def test_an_exporter_that_refuses_may_leave_anything_in_the_view():
    testbuffer = pytest.importorskip("_testbuffer")
    flags = testbuffer.ND_GETBUF_FAIL | testbuffer.ND_GETBUF_UNDEFINED
    exporter = testbuffer.ndarray([1, 2, 3], shape=[3], flags=flags)
    for take in (deed.from_buffer, deed.lend, deed.adopt):
        with pytest.raises(BufferError):
            take(exporter)
