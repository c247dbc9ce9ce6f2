# SPDX-License-Identifier: BSD-3-Clause
"""What others make of records that deed shows as a buffer: the same fields, or else the same bytes."""

from __future__ import annotations

import ctypes
import io
import pickle

import numpy as np
import pytest

import deed

INNER = np.dtype([("c", "f8"), ("d", "i2")], align=True)
APART = np.dtype({"names": ["a", "b"], "formats": ["i4", "f8"], "offsets": [4, 16], "itemsize": 33})
BACKWARDS = np.dtype({"names": ["a", "b"], "formats": ["i4", "f8"], "offsets": [8, 0], "itemsize": 12})
OVERLAPPING = np.dtype({"names": ["a", "b"], "formats": ["i8", "i4"], "offsets": [0, 4]})
NAMELESS = np.dtype({"names": [], "formats": [], "itemsize": 16})

SAID = {
    "two fields": np.dtype("i8,f8"),
    "packed": np.dtype("i1,f8,i2"),
    "padded": np.dtype([("a", "i1"), ("b", INNER)], align=True),
    "nested": np.dtype([("p", "i4"), ("q", [("a", "f4"), ("b", "i2")])]),
    "rows": np.dtype([("m", "f8", (2, 3)), ("n", "i4")]),
    "rows of records": np.dtype([("m", [("a", "i4"), ("b", "f4")], (2,))]),
    "apart": APART,
    "some of the fields": np.dtype("i4,f8,f8")[["f0"]],
    "other byte order": np.dtype(">i4,>f8"),
    "small ones": np.dtype([("a", "f2"), ("c", "S3"), ("d", "U2"), ("e", "V3")]),
    "long ones": np.dtype([("b", "g"), ("c", "G"), ("a", "c16")]),
    "one field": np.dtype([("é", "f8")]),
    "a hundred fields": np.dtype([(f"field_{k}", "f8") for k in range(100)]),
    "of recarray": np.dtype((np.record, [("a", "i4"), ("b", "f8")])),
}
TITLED = np.dtype([(("a long name", "x"), "S4"), ("y", "S4")])
NOT_SAID = {
    "backwards": BACKWARDS,
    "overlapping": OVERLAPPING,
    "dates": np.dtype([("a", "M8[s]"), ("b", "i4")]),
    "colon": np.dtype([("a:b", "S4"), ("b", "S4")]),
    "padded inside": np.dtype([("a", "i1"), ("b", INNER), ("e", "i4")], align=True),
    "nameless": NAMELESS,
    "nameless inside": np.dtype([("a", "i4"), ("b", NAMELESS)]),
    "V5": np.dtype("V5"),
    "V16": np.dtype("V16"),
}
ALL = SAID | NOT_SAID
named = pytest.mark.parametrize("name", ALL)
COPIED_BY_NUMPY = [name for name in ALL if "nameless" not in name]  # NumPy copies no byte of such a field


def covered(dtype: np.dtype) -> np.ndarray:
    """Which bytes of an element are of a field."""
    if dtype.subdtype:
        inner, shape = dtype.subdtype
        return np.tile(covered(inner), int(np.prod(shape)))
    result = np.full(dtype.itemsize, not dtype.names)
    for field, offset, *_ in (dtype.fields or {}).values():
        result[offset : offset + field.itemsize] |= covered(field)
    return result


def records(dtype: np.dtype) -> np.ndarray:
    """Bytes that differ and end in NULs. Characters of U and long doubles are written as such."""
    raw = np.array([1 + k % 119 for k in range(3 * dtype.itemsize)], "u1").reshape(3, -1)
    raw[0, -1] = raw[2, -2:] = 0
    result = raw.reshape(-1).view(dtype)
    for field in dtype.names or ():
        if dtype[field].kind in "UfcS" and dtype[field].isnative:
            result[field] = 0
            result[field] = (
                ["1", "-2", "3"]
                if dtype[field].kind in "SU"
                else np.array([1, -2, 3]).reshape([3] + [1] * (result[field].ndim - 1))
            )
    return result


def fields_of(x: np.ndarray, dtype: np.dtype) -> bytes:
    """The bytes of the fields. What is between them no copy of NumPy has."""
    raw = np.frombuffer(x.tobytes(), "u1").reshape(-1, dtype.itemsize)
    return raw[:, covered(dtype)].tobytes()


def twin(r: np.ndarray) -> np.ndarray:
    """A copy, also of what NumPy does not copy."""
    return np.frombuffer(bytearray(r.tobytes()), r.dtype)


def changed(r: np.ndarray) -> np.ndarray:
    """The last byte of the last field of the last element is another."""
    raw = bytearray(r.tobytes())
    raw[int(np.flatnonzero(covered(r.dtype))[-1]) - r.dtype.itemsize] ^= 3
    return np.frombuffer(raw, r.dtype)


@pytest.mark.parametrize("name", SAID)
def test_numpy_reads_the_fields_that_came_in(name):
    a = deed.lend(records(SAID[name]))
    assert np.asarray(a).dtype == SAID[name]
    assert np.asarray(a).ctypes.data == a.address


@pytest.mark.parametrize("name", NOT_SAID)
def test_what_no_format_says_goes_out_as_its_bytes(name):
    a = deed.lend(records(NOT_SAID[name]))
    assert memoryview(a).format == f"T{{{a.itemsize}x:bytes:}}"
    assert np.asarray(a).dtype == np.dtype([("bytes", f"V{a.itemsize}")])
    assert np.asarray(a).tobytes() == bytes(a) == records(NOT_SAID[name]).tobytes()
    assert [bytes(element["bytes"]) for element in np.asarray(a)] == [*map(bytes, a.numpy(f"V{a.itemsize}"))]


def test_numpy_has_no_titles_in_formats():
    a = deed.lend(records(TITLED))
    assert a.numpy().dtype == TITLED
    assert np.asarray(a).dtype == np.dtype([("x", "S4"), ("y", "S4")])
    target = np.zeros(3, TITLED)
    target[:] = a
    assert target.tobytes() == records(TITLED).tobytes()


COPIES = {
    "array": np.array,
    "copy": lambda a: np.asarray(a).copy(),
    "ascontiguousarray": lambda a: np.ascontiguousarray(a[::-1])[::-1],
    "array of a memoryview": lambda a: np.array(memoryview(a)),
    "deed": lambda a: a.copy().numpy(),
    "pickle": lambda a: np.asarray(pickle.loads(pickle.dumps(a))),
}


@named
@pytest.mark.parametrize("way", COPIES)
def test_a_copy_has_the_bytes(name, way):
    r = records(ALL[name])
    copy = COPIES[way](deed.lend(twin(r)))
    assert not np.shares_memory(copy, r)
    assert fields_of(copy, r.dtype) == fields_of(r, r.dtype)


@named
def test_joined_they_have_the_elements(name):
    r = records(ALL[name])
    a = deed.lend(r)
    wanted = np.asarray(a).tolist()  # NumPy joins without gaps, in the byte order of the machine
    assert str(np.concatenate([a, a]).tolist()) == str(2 * wanted)
    assert str(np.stack([a, a]).tolist()) == str([wanted, wanted])
    if name not in SAID:
        assert np.concatenate([a, a]).tobytes() == 2 * r.tobytes()


@named
def test_what_differs_is_not_equal(name):
    r = records(ALL[name])
    a, same, other = deed.lend(r), deed.lend(twin(r)), deed.lend(changed(r))
    assert np.array_equal(a, same)
    assert not np.array_equal(a, other)
    assert memoryview(a) != memoryview(other)
    assert bytes(a) == bytes(same) != bytes(other)
    if name in COPIED_BY_NUMPY and name != "nameless inside":
        assert (a == same).all()
        assert [*(a == other)] == [True, True, False]


@pytest.mark.parametrize("name", COPIED_BY_NUMPY)
def test_elements_are_assigned_from_an_array(name):
    r = records(ALL[name])
    a = deed.lend(r)
    b = deed.lend(np.zeros_like(r))
    b[:] = a
    assert fields_of(b.numpy(), r.dtype) == fields_of(r, r.dtype)
    b[1:] = changed(r)[1:]
    assert fields_of(b.numpy()[2:], r.dtype) == fields_of(changed(r)[2:], r.dtype)
    target = np.zeros_like(np.asarray(a))
    target[:] = a
    assert fields_of(target, r.dtype) == fields_of(r, r.dtype)


@pytest.mark.parametrize("name", SAID)
def test_an_ndarray_of_the_same_records_is_filled_from_an_array(name):
    target = np.zeros_like(records(SAID[name]))
    target[:] = deed.lend(records(SAID[name]))
    assert fields_of(target, SAID[name]) == fields_of(records(SAID[name]), SAID[name])


@pytest.mark.parametrize("name", ["colon", "dates", "overlapping"])
def test_an_ndarray_is_not_filled_with_what_may_be_other_fields(name):
    target = np.zeros_like(records(ALL[name]))
    with pytest.raises(TypeError):
        target[:] = deed.lend(records(ALL[name]))


def test_voids_without_fields_are_filled_from_an_array():
    target = np.zeros(3, "V5")
    target[:] = deed.lend(records(ALL["V5"]))
    assert target.tobytes() == records(ALL["V5"]).tobytes()


@named
def test_numpy_saves_and_loads_them(name):
    r = records(ALL[name])
    file = io.BytesIO()
    np.save(file, deed.lend(r))
    file.seek(0)
    loaded = np.load(file)
    assert loaded.dtype.itemsize == r.dtype.itemsize
    assert fields_of(loaded, r.dtype) == fields_of(r, r.dtype)


def test_bytes_without_fields_come_back_as_what_they_are():
    a = deed.alloc(3, "V5", zeroed=True)
    for seen in (np.asarray(a), np.asarray(a)[1:], memoryview(a), np.asarray(memoryview(a))):
        back = deed.lend(seen)
        assert (back.kind, back.dtype, back.role) == ("opaque", np.dtype("V5"), "share")
    assert deed.from_buffer(memoryview(a)).dtype == np.dtype("V5")
    assert deed.lend(np.asarray(a).copy()).dtype == np.dtype("V5")


class Pair(ctypes.Structure):
    _fields_ = (("number", ctypes.c_int64), ("value", ctypes.c_double))


class Gap(ctypes.Structure):
    _fields_ = (("number", ctypes.c_int32), ("value", ctypes.c_double))


COMES_IN = [name for name in SAID if name not in ("apart", "some of the fields", "other byte order")]


@pytest.mark.parametrize("name", COMES_IN)
def test_the_fields_of_a_buffer_come_in(name):
    r = records(SAID[name])
    a = deed.from_buffer(memoryview(r))
    assert (a.kind, a.dtype) == ("opaque", SAID[name])
    assert a.numpy().tobytes() == r.tobytes()


def test_a_buffer_whose_format_is_too_short_is_refused_and_that_of_an_array_is_not():
    r = records(APART)
    with pytest.raises(deed.DtypeError, match="33 bytes: that format has 24"):
        deed.from_buffer(memoryview(r))  # NumPy says nothing of the last bytes
    assert deed.from_buffer(memoryview(deed.lend(r))).dtype == APART


def test_fields_of_another_byte_order_come_in_as_an_ndarray_only():
    r = records(SAID["other byte order"])
    with pytest.raises(deed.DtypeError, match="byte order"):
        deed.from_buffer(memoryview(r))
    assert deed.lend(r).dtype == deed.lend(memoryview(deed.lend(r))).dtype == r.dtype


def test_the_fields_of_ctypes_come_in_where_it_says_them():
    a = deed.from_buffer((Pair * 2)((1, 2.0), (3, 4.0)))
    assert a.numpy().tolist() == [(1, 2.0), (3, 4.0)]
    gap = deed.from_buffer((Gap * 2)((1, 2.0), (3, 4.0)))  # some versions say nothing of the gap
    assert gap.component("f8", 8).numpy().tolist() == [2.0, 4.0]
    assert gap.dtype in (np.dtype("V16"), np.dtype(Gap))


def test_a_format_lives_as_long_as_its_buffer():
    m = memoryview(deed.lend(records(SAID["a hundred fields"])))
    assert m.format.endswith(":field_99:}")


@named
def test_h5py_stores_them(tmp_path, name):
    h5py = pytest.importorskip("h5py", reason="h5py is not installed")
    r = records(ALL[name])
    a = deed.lend(r)
    wanted = np.asarray(a)
    with h5py.File(tmp_path / "x.h5", "w") as file:
        try:
            file["ours"] = wanted.copy()
        except TypeError:
            pytest.skip("HDF5 has no such type, whoever stores it")
        file["x"] = a
        assert str(file["x"][:].tolist()) == str(wanted.tolist())
