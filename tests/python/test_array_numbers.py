# SPDX-License-Identifier: BSD-3-Clause
"""Arithmetic and comparison with deed.Array, against NumPy."""

from __future__ import annotations

import ctypes
import operator

import numpy as np
import pytest

import deed

BINARY = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lt", "le", "eq", "ne", "gt", "ge"]
OF_INTEGERS = ["lshift", "rshift", "and_", "xor", "or_"]
IN_PLACE = ["iadd", "isub", "imul", "itruediv", "ifloordiv", "imod", "ipow"]
IN_PLACE_OF_INTEGERS = ["ilshift", "irshift", "iand", "ixor", "ior"]


def filled(dtype="float64") -> deed.Array:
    a = deed.alloc((2, 3), dtype, lower=(0, -1))
    a.numpy()[...] = np.arange(1, 7).reshape(2, 3)
    return a


@pytest.mark.parametrize("name", BINARY + OF_INTEGERS)
def test_binary(name):
    a, b = filled("int32"), filled("int32")
    x, function = a.numpy().copy(), getattr(operator, name)
    for left, right in [(a, b), (a, 2), (2, a), (a, x), (x, a), (a, x[0])]:
        result = function(left, right)
        expected = function(*(x if it is a or it is b else it for it in (left, right)))
        assert isinstance(result, np.ndarray)
        assert result.dtype == expected.dtype
        np.testing.assert_array_equal(result, expected)
    np.testing.assert_array_equal(a.numpy(), x)


@pytest.mark.parametrize("name", IN_PLACE + IN_PLACE_OF_INTEGERS)
def test_in_place_writes_to_the_memory_of_deed(name):
    a = filled("float64" if name in IN_PLACE else "int64")
    address, copies = a.address, deed.counts().copies
    x, function = a.numpy().copy(), getattr(operator, name)
    expected = function(x, 2)
    result = function(a, 2)
    assert result is a
    assert (a.address, deed.counts().copies) == (address, copies)
    np.testing.assert_array_equal(a.numpy(), expected)


def test_in_place_with_a_refused_cast_changes_nothing():
    a = filled("int32")
    with pytest.raises(TypeError):
        a += 0.5
    np.testing.assert_array_equal(a.numpy(), np.arange(1, 7).reshape(2, 3))


def test_trap_a33_read_only_arrays_are_not_written():
    a = filled().share(writable=False)
    with pytest.raises(ValueError, match="read-only"):
        a += 1
    assert (a + 1)[0, 0] == 2


def test_unary_and_scalars():
    a = filled()
    x = a.numpy()
    np.testing.assert_array_equal(-a, -x)
    np.testing.assert_array_equal(+a, x)
    np.testing.assert_array_equal(abs(-1 * a), x)
    np.testing.assert_array_equal(~filled("int8"), ~x.astype("int8"))
    np.testing.assert_array_equal(divmod(a, 2), divmod(x, 2))
    np.testing.assert_array_equal(a @ a.T, x @ x.T)
    assert (float(a[1, 2]), int(a[1, 2]), bool(a[1, 2])) == (6.0, 6, True)
    with pytest.raises(ValueError, match="ambiguous"):
        bool(a)
    with pytest.raises(TypeError):
        pow(a, 2, 3)
    with pytest.raises(TypeError):
        hash(a)


def test_functions_of_numpy():
    a = filled()
    x = a.numpy()
    np.testing.assert_array_equal(np.sin(a), np.sin(x))
    np.testing.assert_array_equal(np.add(a, a), 2 * x)
    assert np.sum(a) == 21
    assert np.concatenate([a, a]).shape == (4, 3)
    assert np.shares_memory(a, x)
    assert not np.shares_memory(a, filled())
    np.testing.assert_array_equal(a, x)
    np.add(x, 1, out=x)
    assert a.numpy()[0, 0] == 2


def test_an_array_that_has_ended():
    a = filled()
    a.release()
    for call in (lambda: a + 1, lambda: a == 1, lambda: -a, lambda: bool(a)):
        with pytest.raises(deed.StaleError):
            call()


def test_iteration_gives_views():
    a = filled()
    rows = list(a)
    assert [row.shape for row in rows] == [(3,), (3,)]
    rows[1].numpy()[2] = 50
    assert a.numpy()[1, 2] == 50
    assert [float(x) for x in a[0]] == [1, 2, 3]
    for function in (len, iter, list):
        with pytest.raises(TypeError, match="rank 0"):
            function(a[0, 0, ...])


@pytest.mark.parametrize(
    "dtype", ["int8", "uint64", "float16", "float64", "longdouble", "complex64", "bool", "logical32"]
)
def test_an_element_is_a_value_of_numpy(dtype):
    a = filled(dtype)
    first = a[0, 1]
    assert type(first) is type(a.numpy()[0, 1])
    assert first == a.numpy()[0, 1]
    a[0, 1] = 0
    assert first == (dtype == "bool") or first == 2
    assert deed.counts().live_claims == 1


def test_elements_of_text_and_records():
    text = deed.adopt(np.array(["abc", "d", ""], "U3"))
    assert text[0] == "abc"
    assert type(text[1]) is np.str_
    assert [*deed.adopt(np.array([b"ab\0", b"c"], "S3"))] == [b"ab", b"c"]
    records = deed.adopt(np.arange(6, dtype="u1").view("V3"))
    assert type(records[1]) is np.void
    assert records[1].tobytes() == b"\3\4\5"


def test_a_record_with_fields_is_a_view_as_in_numpy():
    r = np.array([(1, 2.0), (3, 4.0)], "i8,f8")
    with deed.lend(r) as a:
        record = a[0]
        record["f1"] = 7
        assert r[0]["f1"] == 7
        assert (record == r[0], a[1].item(), [*map(type, a)]) == (True, (3, 4.0), [np.void] * 2)
        with pytest.raises(deed.BusyError):
            a.release()
        del record


def test_elements_that_numpy_has_no_type_for_are_refused_and_can_be_viewed():
    a = deed.alloc(3, "bfloat16", zeroed=True)
    for call in (lambda: a[0], lambda: list(a), lambda: a[-1]):
        with pytest.raises(deed.DtypeError, match="no type for bfloat16"):
            call()
    assert a[0, ...].shape == a.view(0).shape == ()
    assert a.numpy("u2")[0] == 0


def test_elements_and_iteration_hold_no_claim():
    x = np.arange(5.0)
    with deed.lend(x) as a:
        values = list(a)
        started = iter(a)
        next(started)
    assert values == [0, 1, 2, 3, 4]
    with pytest.raises(deed.StaleError):
        next(started)
    assert deed.counts().live_claims == 0


def test_python_adds_the_length_to_an_index_once():
    a = deed.adopt(np.arange(5))
    assert operator.getitem(a, -5) == 0
    get = ctypes.pythonapi.PySequence_GetItem
    get.restype, get.argtypes = ctypes.py_object, (ctypes.py_object, ctypes.c_ssize_t)
    assert get(a, -5) == 0
    for index in (-6, -7, 5):
        with pytest.raises(IndexError):
            get(a, index)


class Own:
    """What answers to an operator that assigns with something else than the array."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **keywords):
        return "its own"


def test_in_place_with_an_answer_of_its_own_is_that_answer():
    a, x = filled(), filled().numpy()
    a += Own()
    x += Own()
    assert a == x == "its own"


def test_in_place_matrix_product_is_refused_where_the_shape_changes():
    a = filled()
    with pytest.raises(ValueError, match="matmul"):
        a @= np.ones((3, 2))
    with pytest.raises(TypeError):
        a @= "x"
    np.testing.assert_array_equal(a, np.arange(1, 7).reshape(2, 3))
