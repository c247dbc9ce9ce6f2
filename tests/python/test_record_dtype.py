# SPDX-License-Identifier: BSD-3-Clause
"""The NumPy type of records travels with an Array, and functions compare it with what is declared."""

from __future__ import annotations

import copy
import ctypes
import gc
import pickle
import sys

import numpy as np
import pytest

import deed
from deed import arg

POINT = np.dtype([("x", "f8"), ("n", "i4"), ("word", "S4")])
OTHER = np.dtype([("x", "f8"), ("m", "i4"), ("word", "S4")])
TITLED = np.dtype([(("the abscissa", "x"), "f8"), ("y", "f8")])
INNER = np.dtype([("a", "i1"), ("b", "f8", (2,))], align=True)
NESTED = np.dtype({"names": ["p", "q"], "formats": [INNER, ">i4"], "offsets": [8, 2], "itemsize": 40})
RECORD = np.dtype((np.record, [("x", "f8"), ("y", "f8")]))
TYPES = [POINT, TITLED, INNER, NESTED, RECORD]
every_type = pytest.mark.parametrize(
    "dtype", TYPES, ids=["plain", "titled", "aligned", "nested", "np.record"]
)


def points(dtype: np.dtype = POINT) -> np.ndarray:
    return np.frombuffer(bytearray(range(6 * dtype.itemsize)), dtype).reshape(2, 3)


def loaded(array: deed.Array, protocol: int) -> deed.Array:
    return pickle.loads(pickle.dumps(array, protocol=protocol))


def out_of_band(array: deed.Array) -> deed.Array:
    buffers: list[pickle.PickleBuffer] = []
    return pickle.loads(pickle.dumps(array, 5, buffer_callback=buffers.append), buffers=buffers)


class Interface:
    def __init__(self, ndarray: np.ndarray) -> None:
        self.ndarray = ndarray
        self.__array_interface__ = ndarray.__array_interface__


WAYS = {
    "itself": lambda a: a,
    "share": lambda a: a.share(),
    "read-only share": lambda a: a.share(writable=False),
    "view": lambda a: a.view(),
    "section": lambda a: a[:, ::-2],
    "element": lambda a: a.view((1, 2)),
    "transposed": lambda a: a.T,
    "transpose": lambda a: a.transpose(1, 0),
    "reshape": lambda a: a.reshape((1, 6), order="C"),
    "rebound": lambda a: a.rebound(-1),
    "interior": lambda a: a.interior((0, 1)),
    "copy": lambda a: a.copy(),
    "copy in Fortran order": lambda a: a.copy(order="F"),
    "copy.copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle 2": lambda a: loaded(a, 2),
    "pickle 5": lambda a: loaded(a, 5),
    "pickle with gaps": lambda a: loaded(a[:, ::2], 5),
    "pickle of nothing": lambda a: loaded(a[:0], 5),
    "pickle out of band": out_of_band,
    "lend what came back": lambda a: deed.lend(a.numpy()),
    "adopt a part of what came back": lambda a: deed.adopt(a.numpy()[1:]),
    "share what came back": lambda a: deed.share(a.numpy()),
    "transfer": lambda a: deed.adopt(points(a.dtype)).transfer("Fortran").transfer(),
    "weak": lambda a: deed.weak(a).upgrade(),
    "alloc": lambda a: deed.alloc(3, a.dtype),
    "component": lambda a: a.component(a.dtype),
}


@every_type
@pytest.mark.parametrize("way", WAYS)
def test_the_type_travels(way, dtype):
    b = WAYS[way](deed.lend(points(dtype)))
    assert (b.kind, b.itemsize) == ("opaque", dtype.itemsize)
    for seen in (b.dtype, b.numpy().dtype, np.asarray(b.__array__()).dtype):
        assert seen == dtype
        assert seen.type is dtype.type
        assert str(seen) == str(dtype)  # titles and alignment too
    assert b.numpy().ctypes.data == b.address or b.size == 0


def test_whoever_goes_lets_the_type_go():
    dtype = np.dtype([("x", "f8"), ("n", "i4"), ("only here", "S4")])
    call = deed.function("libc.so.6", "abs", [arg.pointer("p", dtype, 2)], "int32")
    uses = [*WAYS.values(), memoryview, np.asarray, deed.weak, lambda a: a[...].__setitem__(..., a)]
    uses += [call, lambda a: a.component("V16"), lambda a: deed.handle.of(dtype).from_param(a)]
    for _ in range(2):
        before = sys.getrefcount(dtype)
        for use in uses:
            use(deed.lend(points(dtype)))
        with pytest.raises(deed.RightsError):
            deed.lend(np.frombuffer(bytes(16), dtype), writable=True)
        with pytest.raises(deed.ShapeError):
            deed.alloc(-1, dtype)
        gc.collect()
    assert sys.getrefcount(dtype) == before


def test_the_very_type_is_kept():
    r = points()
    a = deed.lend(r)
    assert a.numpy().dtype is a.T.copy().dtype is r.dtype
    assert a.numpy()["n"].tolist() == r["n"].tolist()


def test_a_type_comes_in_with_the_array_interface():
    assert deed.lend(Interface(points())).dtype == POINT
    assert deed.adopt(points()).dtype == POINT


def test_a_type_that_is_asked_for_is_shown_and_not_kept():
    a = deed.lend(points())
    assert a.numpy("V16").dtype == np.dtype("V16")
    assert a.numpy(OTHER).dtype == OTHER
    assert a.dtype == POINT
    assert deed.lend(a.numpy(OTHER)).dtype == OTHER
    assert deed.lend(a.numpy("V16")).dtype == np.dtype("V16")


def test_a_component_has_the_fields_that_are_named():
    a = deed.lend(points(NESTED))
    assert a.component(INNER, 8).numpy()["b"].tobytes() == a.numpy()["p"]["b"].tobytes()
    assert a.component("V24", 8).dtype == np.dtype("V24")
    assert a.component("i1", 8).dtype == np.dtype("i1")
    assert a.component(f"V{a.itemsize}").dtype == np.dtype("V40")
    assert deed.lend(a.numpy()["p"]["b"]).dtype == np.dtype("f8")


def test_elsewhere_the_fields_are_not_known():
    a = deed.alloc(3, POINT, zeroed=True, name="points")
    a.numpy()["n"] = [1, 2, 3]
    found = deed.lookup("points")
    assert found.dtype == np.dtype("V16")
    assert found.component(POINT).numpy()["n"].tolist() == [1, 2, 3]
    assert found.component(POINT).T.dtype == POINT
    again = deed.Array.from_handle(a.share().into_handle())
    assert again.dtype == np.dtype("V16")


def test_a_stale_array_tells_no_type():
    a = deed.alloc(3, POINT)
    a.release()
    with pytest.raises(deed.StaleError):
        _ = a.dtype


@pytest.mark.parametrize("nothing", [np.dtype([]), np.dtype("V0"), np.zeros(1, [("s", "S0")])["s"].dtype])
def test_elements_without_bytes_are_refused(nothing):
    x = np.zeros(3, [("s", nothing)])["s"]
    for make in (
        lambda: deed.lend(x),
        lambda: deed.adopt(x),
        lambda: deed.lend(Interface(x)),
        lambda: deed.from_buffer(memoryview(x)),
        lambda: deed.alloc(3, nothing),
        lambda: deed.alloc(3, "f8").component(nothing),
    ):
        with pytest.raises(deed.DtypeError, match="0 bytes"):
            make()


def test_elements_without_bytes_of_a_buffer_are_refused():
    with pytest.raises(deed.DtypeError, match="0 bytes"):
        deed.from_buffer((type("Nothing", (ctypes.Structure,), {}) * 2)())


def native_function(native_path, argument):
    return deed.function(native_path, "native_freed_count", [argument], "int32")


DECLARED = {
    "pointer": arg.pointer("p", POINT, 1),
    "pointer in order": arg.pointer("p", POINT, 1, order="C"),
    "handle": arg.handle("p", POINT, 1),
}


@pytest.mark.parametrize("declared", DECLARED)
def test_another_record_type_is_no_argument(native_path, declared):
    call = native_function(native_path, DECLARED[declared])
    for wrong in (
        np.zeros(3, OTHER),
        deed.alloc(3, OTHER),
        deed.lend(np.zeros(3, TITLED)),
        np.zeros(3, RECORD),
    ):
        with pytest.raises(deed.DtypeError, match=r"argument 'p': .*came, records of .*'n'.* is wanted"):
            call(wrong)
    with pytest.raises(deed.DtypeError, match="opaque of 20 bytes came"):
        call(deed.alloc(3, "V20"))


@pytest.mark.parametrize("declared", DECLARED)
def test_the_same_record_type_and_unknown_bytes_are_arguments(native_path, declared):
    call = native_function(native_path, DECLARED[declared])
    right = np.dtype([*POINT.descr])
    assert right is not POINT
    for x in (np.zeros(3, POINT), np.zeros(3, right), np.zeros(3, "V16"), deed.alloc(3, right)):
        call(x)
    call(deed.lend(np.zeros(3, POINT)))
    call(deed.lend(np.zeros(3, OTHER)).component("V16"))
    call(np.asarray(deed.alloc(3, "V16")))


def test_declared_bytes_take_every_record_type(native_path):
    call = native_function(native_path, arg.pointer("p", "V16", 1))
    for x in (np.zeros(3, OTHER), deed.alloc(3, POINT), np.zeros(3, "V16"), deed.alloc(3, "V16")):
        call(x)


@pytest.mark.parametrize("dtype", ["V24", "f8,f8,f8", "U3", "S5"])
def test_elements_need_not_begin_at_a_multiple_of_their_size(native_path, dtype):
    call = native_function(native_path, arg.pointer("p", dtype, 1))
    whole = deed.alloc(5, dtype)
    for k in range(5):
        call(whole[k:])


def test_records_that_were_declared_aligned_must_be(native_path):
    aligned = np.dtype([("a", "i4"), ("b", "f8")], align=True)
    call = native_function(native_path, arg.pointer("p", aligned, 1))
    raw = bytearray(72)
    odd = np.frombuffer(raw, "u1")[1:65].view(aligned)
    for x in (odd, deed.lend(odd)):
        with pytest.raises(deed.OrderError, match="not aligned"):
            call(x)
    call(deed.alloc(3, aligned))


def test_another_record_type_is_no_handle_of_ctypes():
    kind = deed.handle.of(dtype=POINT)
    for right in (np.zeros(3, POINT), deed.alloc(3, POINT), deed.alloc(3, "V16"), np.zeros(3, "V16")):
        assert kind.from_param(right).bits
    for wrong in (np.zeros(3, OTHER), deed.alloc(3, OTHER)):
        with pytest.raises(deed.DtypeError, match=r"records of .*'m'.* came, records of .*'n'"):
            kind.from_param(wrong)
    assert deed.handle.of(dtype="V16").from_param(deed.alloc(3, OTHER)).bits
