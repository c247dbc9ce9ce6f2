# SPDX-License-Identifier: BSD-3-Clause
"""Arrays of deed as DLPack tensors."""

from __future__ import annotations

import ctypes
import gc
import sys

import numpy as np
import pytest
from exchange_table import ALLOCATE, SET_ERROR, exchange
from lying_producer import Producer

import deed

NUMPY_1 = np.lib.NumpyVersion(np.__version__) < "2.1.0"

_get_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_get_pointer.restype = ctypes.c_void_p
_get_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]


class Versioned(ctypes.Structure):
    """The head of a versioned tensor and the fields of it that the tests look at."""

    _fields_ = (
        ("major", ctypes.c_uint32),
        ("minor", ctypes.c_uint32),
        ("context", ctypes.c_void_p),
        ("deleter", ctypes.CFUNCTYPE(None, ctypes.c_void_p)),
        ("flags", ctypes.c_uint64),
        ("data", ctypes.c_void_p),
        ("device", ctypes.c_int32 * 2),
        ("ndim", ctypes.c_int32),
        ("code", ctypes.c_uint8),
        ("bits", ctypes.c_uint8),
        ("lanes", ctypes.c_uint16),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    )


def versioned(capsule) -> Versioned:
    return Versioned.from_address(_get_pointer(capsule, b"dltensor_versioned"))


def tensor_of(a: deed.Array, **keywords):
    capsule = a.__dlpack__(max_version=(1, 3), **keywords)
    return capsule, versioned(capsule)


def filled() -> deed.Array:
    a = deed.alloc((4, 6), lower=(-1, 2))
    a.numpy()[...] = np.arange(24.0).reshape(4, 6)
    return a


LAYOUTS = {
    "whole": lambda a: a,
    "transposed": lambda a: a.T,
    "stepped": lambda a: a[::2, 1::3],
    "reversed": lambda a: a[::-1, ::-1],
    "0-d": lambda a: a[2, 3, ...],
    "empty": lambda a: a[:0],
}


@pytest.mark.skipif(NUMPY_1, reason="this NumPy takes the unversioned form only")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_numpy_sees_the_same_elements(layout):
    a = LAYOUTS[layout](filled())
    x = np.from_dlpack(a)
    np.testing.assert_array_equal(x, a.numpy())
    if x.size:
        assert x.__array_interface__["data"][0] == a.address
        x[...] = 5
        assert (a.numpy() == 5).all()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_claim_lives_as_long_as_the_tensor(layout):
    a = LAYOUTS[layout](filled())
    expected = a.numpy().copy()
    x = np.from_dlpack(a)
    del a
    gc.collect()
    assert deed.counts().live_blocks == 1
    np.testing.assert_array_equal(x, expected)
    del x
    gc.collect()
    assert deed.counts().live_blocks == 0


def test_fields_of_the_tensor():
    a = filled()
    capsule, tensor = tensor_of(a)
    assert (tensor.major, tensor.flags, list(tensor.device)) == (1, 0, [1, 0])
    assert (tensor.code, tensor.bits, tensor.lanes) == (2, 64, 1)
    assert (tensor.shape[:2], tensor.strides[:2]) == ([4, 6], [1, 4])
    assert tensor.data + tensor.byte_offset == a.address
    assert a.__dlpack_device__() == (1, 0)
    del capsule


def test_strides_are_never_missing():
    for shape in [(3,), (0,), (1, 1), (2, 0)]:
        capsule, tensor = tensor_of(deed.alloc(shape))
        assert tensor.strides
        del capsule


TYPES = {
    "int8": (0, 8),
    "uint64": (1, 64),
    "real16": (2, 16),
    "bfloat16": (4, 16),
    "real32": (2, 32),
    "complex(real32)": (5, 64),
    "complex(real64)": (5, 128),
    "logical8": (6, 8),
}


@pytest.mark.parametrize("kind", TYPES)
def test_types(kind):
    capsule, tensor = tensor_of(deed.alloc(3, kind))
    assert (tensor.code, tensor.bits) == TYPES[kind]
    del capsule


@pytest.mark.parametrize("kind", ["logical32", "real80", "real128", "S5", "V3"])
def test_types_that_dlpack_does_not_have(kind):
    with pytest.raises(BufferError, match="no type"):
        deed.alloc(3, kind).__dlpack__()


def test_trap_a10_a_capsule_nobody_consumes_is_released_once():
    a = filled()
    for form in ({}, {"max_version": (1, 0)}):
        capsule = a.__dlpack__(**form)
        assert len(a.holders()) == 2
        del capsule
        assert len(a.holders()) == 1


def test_trap_a11_a_consumed_capsule_owns_nothing():
    a = filled()
    capsule = a.__dlpack__(max_version=(1, 0))
    b = deed.from_dlpack(capsule)
    del capsule
    assert len(a.holders()) == 2
    del b
    assert len(a.holders()) == 1


def test_trap_a5_a_pending_exception_survives_the_end_of_a_capsule():
    a = filled()
    held = [a.__dlpack__()]

    def end_while_raising():
        last = iter([held.pop()])
        list(map(int, ["no number", *last]))  # the error is set when the list with the capsule goes

    with pytest.raises(ValueError, match="no number"):
        end_while_raising()
    assert len(a.holders()) == 1


def test_trap_a33_read_only_is_said_or_refused():
    a = filled().share(writable=False)
    _, tensor = tensor_of(a)
    assert tensor.flags == 1
    with pytest.raises(BufferError, match="read-only"):
        a.__dlpack__()
    if not NUMPY_1:
        assert not np.from_dlpack(a).flags.writeable


def test_trap_a40_strides_between_elements_are_refused():
    records = deed.alloc(4, np.dtype("f4,f8,f8"))
    with pytest.raises(BufferError, match="multiple"):
        records.component("f8", 4).__dlpack__()


@pytest.mark.parametrize("extent", [0, 1])
def test_trap_a37_a_stride_to_no_second_element_does_not_matter(extent):
    records = deed.alloc(4, np.dtype("f4,f8,f8"))
    part = records.component("f8", 4)[:extent]
    capsule, tensor = tensor_of(part)
    assert tensor.shape[0] == extent
    assert np.from_dlpack(part).shape == (extent,)
    del capsule


def test_trap_a32_a_zero_stride_stays_zero():
    x = np.lib.stride_tricks.as_strided(np.arange(3.0), (2, 3), (0, 8))
    capsule, tensor = tensor_of(deed.adopt(x))
    assert tensor.strides[:2] == [0, 1]
    del capsule


def test_a_copy_only_when_asked():
    a = filled()
    copies = deed.counts().copies
    for copy in (None, False):
        _, tensor = tensor_of(a, copy=copy)
        assert (tensor.data, tensor.flags) == (a.address, 0)
    assert deed.counts().copies == copies
    capsule, tensor = tensor_of(a, copy=True)
    assert tensor.flags == 2
    assert tensor.data != a.address
    assert deed.counts().copies == copies + 1
    del capsule


@pytest.mark.parametrize(
    ("keywords", "error"),
    [
        ({"stream": 1}, BufferError),
        ({"dl_device": (2, 0)}, BufferError),
        ({"dl_device": (1, 1)}, BufferError),
        ({"dl_device": "cpu"}, TypeError),
        ({"max_version": 1}, TypeError),
        ({"max_version": (1,)}, TypeError),
        ({"nonsense": 1}, TypeError),
    ],
)
def test_what_is_asked_for_in_vain(keywords, error):
    with pytest.raises(error):
        filled().__dlpack__(**keywords)


def test_a_stale_array():
    a = filled()
    a.release()
    with pytest.raises(deed.StaleError):
        a.__dlpack__()


def test_a_loan_is_busy_while_a_tensor_lives():
    loan = deed.lend(np.zeros(3))
    x = np.from_dlpack(loan)
    with pytest.raises(deed.BusyError, match="test_dlpack_out"):
        loan.recall()
    del x
    loan.recall()


def test_the_last_claim_of_a_python_block_may_be_a_tensor(native):
    x = np.zeros(3)
    count = sys.getrefcount(x)
    capsule, tensor = tensor_of(deed.adopt(x))
    thread_free = tensor.deleter
    ctypes.pythonapi.PyCapsule_SetName.argtypes = [ctypes.py_object, ctypes.c_char_p]
    pointer = _get_pointer(capsule, b"dltensor_versioned")
    assert ctypes.pythonapi.PyCapsule_SetName(capsule, b"used_dltensor_versioned") == 0
    thread_free(pointer)  # ctypes lets the interpreter go for the call: the object is queued
    assert deed.counts().queued == 0
    assert sys.getrefcount(x) == count


def test_exchange_without_capsules():
    table, a = exchange(), filled()
    assert (table.major, table.minor, table.previous) == (1, 3, None)
    pointer, result = ctypes.c_void_p(), ctypes.py_object()
    assert table.from_object(a, ctypes.byref(pointer)) == 0
    assert len(a.holders()) == 2
    assert table.to_object(pointer, ctypes.byref(result)) == 0
    b = result.value
    del result
    ctypes.pythonapi.Py_DecRef(ctypes.py_object(b))  # the reference that to_object returned
    assert (b.address, b.origin) == (a.address, "foreign")
    del b
    assert len(a.holders()) == 1
    stream = ctypes.c_void_p(1)
    assert table.stream(1, 0, ctypes.byref(stream)) == 0
    assert stream.value is None


def test_trap_a16_exchange_ends_another_major_version_unread(native_path):
    producer, result = Producer(native_path, major=2, shape=None, ndim=1000), ctypes.py_object()
    producer.capsule()
    with pytest.raises(deed.UnsupportedError, match="version 2"):
        exchange().to_object(producer.managed, ctypes.byref(result))
    assert producer.ended_here == 1


def test_exchange_refuses_with_an_exception():
    table, pointer = exchange(), ctypes.c_void_p()
    with pytest.raises(BufferError):
        table.from_object(deed.alloc(3, "S5"), ctypes.byref(pointer))
    a = filled()
    a.release()
    with pytest.raises(deed.StaleError):
        table.from_object(a, ctypes.byref(pointer))


def test_exchange_allocates_like_a_prototype():
    said = []
    set_error = SET_ERROR(lambda _, kind, message: said.append((kind, message)))
    allocate = ALLOCATE(exchange().allocate)
    capsule, tensor = tensor_of(filled())
    prototype = ctypes.addressof(tensor) + 32
    pointer = ctypes.c_void_p()
    assert allocate(prototype, ctypes.byref(pointer), None, set_error) == 0
    made = Versioned.from_address(pointer.value)
    assert (made.shape[:2], made.strides[:2], made.data % 64) == ([4, 6], [6, 1], 0)
    made.deleter(pointer)
    tensor.bits = 4
    assert allocate(prototype, ctypes.byref(pointer), None, set_error) == -1
    assert said == [(b"BufferError", b"wrong or unsupported data type")]
    tensor.bits = 64
    del capsule


def test_trap_t21_a_loop_grows_nothing():
    a = filled()
    for _ in range(2000):
        a.__dlpack__(max_version=(1, 0))
    assert len(a.holders()) == 1
