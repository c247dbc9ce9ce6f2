# SPDX-License-Identifier: BSD-3-Clause
"""deed.Array as an exporter of the buffer protocol."""

from __future__ import annotations

import base64
import ctypes
import gc
import hashlib
import io
import itertools
import pickle
import struct
import sys
import tempfile
import threading
import zlib

import cffi
import numpy as np
import pytest

import deed

SIMPLE, WRITABLE, FORMAT, ND, STRIDES = 0, 0x1, 0x4, 0x8, 0x18
C_ORDER, F_ORDER, ANY_ORDER, INDIRECT = 0x38, 0x58, 0x98, 0x118


class PyBuffer(ctypes.Structure):
    _fields_ = [
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.c_void_p),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.POINTER(ctypes.c_ssize_t)),
        ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
        ("suboffsets", ctypes.POINTER(ctypes.c_ssize_t)),
        ("internal", ctypes.c_void_p),
    ]


api = ctypes.pythonapi
api.PyObject_GetBuffer.argtypes = [ctypes.py_object, ctypes.c_void_p, ctypes.c_int]


def request(a, flags):
    """(readonly, has format, has shape, has strides) of the buffer that these flags give."""
    view = PyBuffer()
    api.PyObject_GetBuffer(a, ctypes.byref(view), flags)
    shown = (bool(view.readonly), bool(view.format), bool(view.shape), bool(view.strides))
    assert view.buf == a.address
    assert view.len == a.nbytes
    api.PyBuffer_Release(ctypes.byref(view))
    return shown


def answer(exporter, flags, refusal=BufferError):
    """Every field that these flags give but strides to no second element; None for a refusal."""
    view = PyBuffer()
    try:
        api.PyObject_GetBuffer(exporter, ctypes.byref(view), flags)
    except refusal:
        return None
    shape = view.shape[: view.ndim] if view.shape else None
    strides = view.strides[: view.ndim] if view.strides else None
    if shape and strides:
        strides = [s if n > 1 and 0 not in shape else None for n, s in zip(shape, strides, strict=True)]
    numbers = (view.ndim, view.len, view.itemsize, bool(view.readonly), bool(view.suboffsets))
    result = (*numbers, view.format, shape, strides)
    api.PyBuffer_Release(ctypes.byref(view))
    return result


def every_request():
    """Each request that the C interface of Python has a name for, and each union of some."""
    names = (WRITABLE, FORMAT, ND, STRIDES, C_ORDER, F_ORDER, ANY_ORDER, INDIRECT)
    return sorted(
        {
            sum(bit for bit in (1 << k for k in range(9)) if any(bit & name for name in chosen))
            for count in range(len(names) + 1)
            for chosen in itertools.combinations(names, count)
        }
    )


REQUESTS = every_request()


def exporters(x):
    """Python's own exporters of the memory of x."""
    yield memoryview(x)
    testbuffer = pytest.importorskip("_testbuffer")
    yield testbuffer.ndarray(x, getbuf=INDIRECT | FORMAT | (WRITABLE if x.flags.writeable else 0))


SHAPES = [(), (3,), (1,), (0,), (3, 4), (1, 3), (2, 0), (2, 3, 4), (1, 1, 3), (2, 0, 3)]
WHOLE = [(f"{shape} in order {order}", np.zeros(shape, order=order)) for shape in SHAPES for order in "CF"]
PARTS = [
    ("stepped", np.zeros(6)[::2]),
    ("section", np.zeros((4, 6))[::2, 1:]),
    ("reversed", np.zeros((4, 6))[::-1, ::-1]),
    ("transposed", np.zeros((2, 3, 4)).transpose(1, 0, 2)),
    ("broadcast", np.broadcast_to(np.zeros(3), (2, 3))),
]


@pytest.mark.parametrize("writable", [True, False])
def test_every_request_gets_what_exporters_of_python_give(writable):
    assert len(REQUESTS) == 72
    for name, whole in WHOLE + PARTS:
        x = whole.view()
        x.flags.writeable = writable and x.flags.writeable
        a = deed.lend(x)
        for exporter in exporters(x):
            for flags in REQUESTS:
                assert answer(a, flags) == answer(exporter, flags), (name, hex(flags))
        del exporter


@pytest.mark.parametrize("writable", [True, False])
def test_a_request_is_met_although_an_earlier_one_left_its_exception(native_with_gil, writable):
    ask = native_with_gil.native_buffer_after_an_error
    ask.argtypes = [ctypes.py_object, ctypes.c_void_p, ctypes.c_int]
    for name, x in WHOLE + PARTS:
        a = deed.lend(x, writable=writable and x.flags.writeable)
        for flags in REQUESTS:
            view = PyBuffer()
            met = ask(a, ctypes.byref(view), flags) == 0
            assert met == (answer(a, flags) is not None), (name, hex(flags))
            if met:
                api.PyBuffer_Release(ctypes.byref(view))


def test_what_numpy_exports_deed_exports():
    for name, x in WHOLE + PARTS:
        a = deed.lend(x)
        for flags in REQUESTS:
            of_numpy, of_deed = answer(x, flags, (BufferError, ValueError)), answer(a, flags)
            if flags & ND or of_numpy is None:
                expected = of_numpy
            elif flags & FORMAT:
                expected = None  # Python's documentation says that a format does not go without a shape
            else:
                expected = (1, *of_numpy[1:])  # NumPy says 0 dimensions of many elements
            assert of_deed == expected, (name, hex(flags))


@pytest.mark.parametrize("method", ["md5", "sha256", "blake2b"])
def test_digests_are_those_of_the_ndarray(method):
    for shape in [(), (3,), (3, 4), (2, 3, 4), (0, 3)]:
        x = np.arange(np.prod(shape, dtype=int), dtype="f8").reshape(shape)
        a = deed.adopt(x)
        assert hashlib.new(method, a).digest() == hashlib.new(method, x).digest()
        assert getattr(hashlib, method)(a).digest() == getattr(hashlib, method)(x).digest()


def layouts(a):
    return {"whole": a, "transposed": a.T, "stepped": a[::2, 1:], "reversed": a[::-1, ::-1]}


@pytest.mark.parametrize("layout", ["whole", "transposed", "stepped", "reversed"])
def test_trap_a42_values_through_every_layout(layout):
    a = deed.adopt(np.arange(24.0).reshape(4, 6))
    part = layouts(a)[layout]
    m = memoryview(part)
    assert (m.shape, m.strides, m.format, m.readonly) == (part.shape, part.strides, "d", False)
    assert m.tolist() == part.numpy().tolist()
    m[1, 1] = -1.0
    assert part.numpy()[1, 1] == -1.0


def test_trap_a44_request_flags_of_fortran_order():
    a = deed.alloc((3, 4), order="F")
    assert request(a, STRIDES) == (False, False, True, True)
    assert request(a, F_ORDER | FORMAT) == (False, True, True, True)
    assert request(a, ANY_ORDER | WRITABLE) == (False, False, True, True)
    assert request(a, INDIRECT) == (False, False, True, True)
    for flags in (SIMPLE, ND, C_ORDER, WRITABLE, FORMAT):
        with pytest.raises(BufferError, match="C order"):
            request(a, flags)


def test_trap_a44_request_flags_of_c_order_and_of_gaps():
    a = deed.alloc((3, 4), order="C")
    assert request(a, SIMPLE) == (False, False, False, False)
    assert request(a, ND) == (False, False, True, False)
    with pytest.raises(BufferError, match="Fortran order"):
        request(a, F_ORDER)
    with pytest.raises(BufferError, match="gaps"):
        request(a[:, ::2], ANY_ORDER)


def test_trap_a33_read_only_is_kept_and_named():
    a = deed.alloc(4).share(writable=False)
    assert memoryview(a).readonly
    assert not np.asarray(a).flags.writeable
    with pytest.raises(BufferError, match="read-only"):
        request(a, WRITABLE)
    with pytest.raises(ValueError, match="WRITEABLE"):
        np.asarray(a).flags.writeable = True


def test_a_buffer_holds_a_claim_of_its_own():
    a = deed.alloc(3, zeroed=True)
    m = memoryview(a)
    assert len(a.holders()) == 2
    a.release()
    assert m.tolist() == [0.0, 0.0, 0.0]
    m[0] = 2.0
    assert m[0] == 2.0


def test_trap_a21_recall_is_refused_while_a_buffer_is_out():
    a = deed.lend(np.arange(4.0))
    m = memoryview(a)
    n = np.ndarray((2,), buffer=a)
    with pytest.raises(deed.BusyError) as caught:
        a.recall()
    assert caught.value.holder_count == 2
    del m, n
    with pytest.raises(deed.BusyError):
        a.release()
    del a
    assert deed.ledger() == []


def test_trap_a21_ndarray_of_a_buffer_keeps_the_memory():
    a = deed.alloc(4, zeroed=True)
    n = np.ndarray((4,), buffer=a)
    a.release()
    assert len(deed.ledger()) == 1
    n[:] = 1.0
    assert n.sum() == 4.0
    del n, a
    assert deed.ledger() == []


def test_a_buffer_with_a_format_pins_nothing():
    a = deed.lend(np.arange(4.0))
    memoryview(a).release()
    a.recall()


def test_trap_a22_the_chain_keeps_the_owner():
    a = deed.adopt(np.arange(6.0))
    n = np.asarray(memoryview(a))[2:]
    del a
    gc.collect()
    assert n.tolist() == [2.0, 3.0, 4.0, 5.0]


def test_trap_a23_a_temporary_owner():
    assert memoryview(deed.adopt(np.arange(3.0))).tolist() == [0.0, 1.0, 2.0]


def test_trap_a27_a_slice_names_the_block_that_it_keeps():
    a = deed.alloc(1 << 20, dtype="uint8")
    m = memoryview(a)[:10]
    a.release()
    (entry,) = deed.ledger()
    assert entry.size_bytes == 1 << 20
    m.release()


@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (1, 1, 3)])
def test_trap_a37_shapes_without_or_with_one_element(shape):
    a = deed.alloc(shape, zeroed=True)
    m = memoryview(a)
    assert (m.shape, m.nbytes) == (shape, a.nbytes)
    assert np.asarray(a).shape == shape


FORMATS = [("bool", "?"), ("float16", "e"), ("complex64", "Zf"), ("complex128", "Zd"), ("int64", "l")]
FORMATS += [("S1", "c"), ("S5", "5s"), ("U3", "3w"), ("V16", "T{16x:bytes:}"), ("logical32", "i")]


@pytest.mark.parametrize(("dtype", "text"), FORMATS)
def test_formats_are_understood_by_numpy(dtype, text):
    a = deed.alloc(2, dtype=dtype, zeroed=True)
    assert memoryview(a).format == text
    n = np.asarray(a)
    assert (n.ctypes.data, n.dtype.kind, n.itemsize) == (a.address, a.dtype.kind, a.itemsize)


def types_without_a_format():
    """Of which deed has a type on this machine, and Python and NumPy none."""
    for name in ("bfloat16", "real80", "real128", "complex(real128)"):
        a = deed.alloc(3, name)
        try:
            memoryview(a)
        except deed.DtypeError as error:
            yield name, a, str(error)


def test_a_memoryview_reads_single_characters():
    a = deed.lend(np.array([b"a", b"b"]))
    m = memoryview(a)
    m[0] = b"z"
    assert m.tolist() == [b"z", b"b"]
    assert m == memoryview(np.array([b"z", b"b"]))


def test_a_type_without_a_format_is_refused_with_the_ways_to_see_it():
    kinds = []
    for name, a, message in types_without_a_format():
        kinds.append(name)
        assert f"no format for {name} of {a.itemsize} bytes; bytes() of the Array has its bytes" in message
        assert f"component('V{a.itemsize}', 0)" in message
        assert memoryview(a.component(f"V{a.itemsize}", 0)).itemsize == a.itemsize
        with pytest.raises(deed.DtypeError, match=r"NumPy has no type for .*; .*(numpy|component)\("):
            a.numpy()
    assert {"bfloat16", "real128"} <= {*kinds, np.dtype("g").name.replace("float", "real")}
    a = deed.alloc(2, "bfloat16", zeroed=True)
    assert a.component("uint16", 0).numpy().tolist() == a.numpy("uint16").tolist() == [0, 0]


def test_bytes_are_always_to_be_had():
    for name, a, _ in types_without_a_format():
        raw = np.arange(a.nbytes, dtype="u1")
        ctypes.memmove(a.address, raw.ctypes.data, a.nbytes)
        assert bytes(a) == b"".join([a]) == raw.tobytes(), name
        assert bytes(a[::-1]) == raw.reshape(3, -1)[::-1].tobytes(), name
    for dtype in ("f8", "S3", "U2", "g", "i4,f8"):
        x = np.arange(48).reshape(4, 3, 4).astype(dtype)
        for part in (x, x.T, x[::-1, 1:, ::2], x[:0], x[1, 1, 1, ...], np.broadcast_to(x[1:2], x.shape)):
            assert bytes(deed.lend(part)) == part.tobytes(), dtype


def test_bytes_pin_nothing():
    a = deed.lend(np.arange(4.0))
    assert len(bytes(a)) == 32
    a.recall()


def test_what_numpy_made_of_a_buffer_is_recognised():
    a = deed.alloc((3, 4), lower=(-1, 2))
    n = np.asarray(a)
    back = deed.adopt(n)
    assert (back.address, back.bounds, back.role) == (a.address, a.bounds, "share")
    part = deed.adopt(np.asarray(memoryview(a))[1:])
    assert (part.address, part.origin) == (a[1:].address, a.origin)
    assert np.shares_memory(n, a.numpy())
    assert not np.shares_memory(np.array(a, copy=True), n)


def to_file(act):
    def run(a):
        with tempfile.TemporaryFile(buffering=0) as file:
            file.write(bytes(24))
            file.seek(0)
            act(file, a)

    return run


READS = {
    "bytes": bytes,
    "bytearray": bytearray,
    "memoryview": lambda a: memoryview(a).tobytes(),
    "hashlib": lambda a: hashlib.sha256(a).digest(),
    "zlib.crc32": zlib.crc32,
    "zlib.compress": zlib.compress,
    "b''.join": lambda a: b"".join([a]),
    "write": to_file(lambda file, a: file.write(a)),
    "BytesIO": io.BytesIO,
    "struct.unpack_from": lambda a: struct.unpack_from("d", a, 8),
    "int.from_bytes": lambda a: int.from_bytes(a, "little"),
    "base64": base64.b64encode,
    "numpy.frombuffer": np.frombuffer,
    "numpy.asarray": np.asarray,
    "numpy.array": np.array,
    "pickle": lambda a: pickle.dumps(pickle.PickleBuffer(a), protocol=5),
    "ctypes copy": lambda a: (ctypes.c_double * 3).from_buffer_copy(a),
    "cffi": lambda a: cffi.FFI().from_buffer(a),
}

WRITES = {
    "readinto": to_file(lambda file, a: file.readinto(a)),
    "struct.pack_into": lambda a: struct.pack_into("d", a, 8, 1.0),
    "BytesIO.readinto": lambda a: io.BytesIO(bytes(24)).readinto(a),
    "ctypes": lambda a: (ctypes.c_double * 3).from_buffer(a),
    "cffi": lambda a: cffi.FFI().from_buffer(a, require_writable=True),
    "slice of a memoryview": lambda a: memoryview(a).cast("B").__setitem__(slice(None), bytes(24)),
}


@pytest.mark.parametrize("use", [*READS.values(), *WRITES.values()], ids=[*READS, *WRITES])
def test_who_gives_a_buffer_back_leaves_the_loan_free(use):
    with deed.lend(np.arange(3.0)) as a:
        use(a)
    assert not a.is_live


@pytest.mark.parametrize("use", READS.values(), ids=READS)
def test_who_gives_a_read_only_buffer_back_leaves_the_loan_free(use):
    with deed.lend(np.arange(3.0), writable=False) as a:
        use(a)
    assert not a.is_live


@pytest.mark.parametrize(
    "flags", [ANY_ORDER, ANY_ORDER | WRITABLE, C_ORDER | WRITABLE, ND, STRIDES | WRITABLE]
)
def test_who_keeps_a_buffer_needs_no_pin(flags):
    """mpi4py asks as numpy.ndarray(buffer=) does, but keeps the buffer while it sends."""
    a = deed.lend(np.arange(3.0))
    view = PyBuffer()  # not on the stack
    api.PyObject_GetBuffer(a, ctypes.byref(view), flags)
    with pytest.raises(deed.BusyError) as caught:
        a.release()
    assert caught.value.holder_count == 1
    assert "numpy.ndarray" not in str(caught.value)
    api.PyBuffer_Release(ctypes.byref(view))
    a.release()


@pytest.mark.parametrize(("flags", "writable"), [(WRITABLE, True), (SIMPLE, True), (SIMPLE, False)])
def test_who_keeps_what_a_buffer_names_keeps_the_memory(flags, writable):
    """torch.frombuffer gives the buffer back and keeps the object that it names."""
    a = deed.lend(np.arange(3.0), writable=writable)
    view = PyBuffer()
    api.PyObject_GetBuffer(a, ctypes.byref(view), flags)
    kept = ctypes.cast(view.obj, ctypes.py_object).value
    api.PyBuffer_Release(ctypes.byref(view))
    with pytest.raises(deed.BusyError, match=r"test_buffer_out\.py:"):
        a.release()
    del kept
    a.release()


@pytest.mark.parametrize("writable", [True, False])
def test_trap_a21_refusal_names_what_keeps_the_array_in_place_of_a_buffer(writable):
    a = deed.lend(np.arange(3.0), writable=writable)
    n = np.ndarray(3, buffer=a)
    line = sys._getframe().f_lineno - 1
    for verb in ("release", "recall"):
        with pytest.raises(deed.BusyError, match=rf"test_buffer_out\.py:{line} .*numpy\.ndarray\(buffer=\)"):
            getattr(a, verb)()
    assert n.flags.writeable is writable
    del a
    assert n.tolist() == [0, 1, 2]
    del n
    b = deed.adopt(np.arange(3.0))
    n = np.ndarray(3, buffer=b)
    with pytest.raises(deed.BusyError, match=r"numpy\.ndarray\(buffer=\)"):
        b.reclaim()
    assert n.tolist() == [0, 1, 2]


@pytest.mark.parametrize("thread", [False, True])
def test_trap_a21_an_ndarray_in_place_of_a_buffer_is_noticed_in_every_thread(thread):
    a = deed.lend(np.arange(3.0), writable=False)
    kept = []

    def keep():
        kept.append(np.ndarray(3, buffer=a))

    if thread:
        worker = threading.Thread(target=keep)
        worker.start()
        worker.join()
    else:
        keep()
    with pytest.raises(deed.BusyError, match="numpy"):
        a.release()


def test_trap_a21_who_keeps_only_the_array_object_keeps_the_memory():
    a = deed.alloc(3, zeroed=True)
    x = np.ndarray(3, buffer=a)
    a.release()
    assert deed.counts().live_blocks == 1
    x[1] = 5
    assert x.tolist() == [0, 5, 0]
    del x, a
    assert deed.counts().live_blocks == 0


@pytest.mark.parametrize(
    "show", [lambda a: memoryview(a), lambda a: memoryview(a)[1:], lambda a: memoryview(a).cast("B")]
)
def test_an_ndarray_on_a_memoryview_keeps_the_memory(show):
    a = deed.alloc(100, zeroed=True)
    y = np.ndarray(3, buffer=show(a))
    a.release()
    assert deed.counts().live_claims == 1
    y[:] = 7
    assert y.sum() == 21
    del y
    x = np.zeros(4)
    with deed.lend(x) as loan:
        y = np.ndarray(3, buffer=show(loan))
        with pytest.raises(deed.BusyError, match="test_buffer_out"):
            loan.release()
        del y
