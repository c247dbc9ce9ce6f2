# SPDX-License-Identifier: BSD-3-Clause
"""The ufuncs of NumPy with deed.Array anywhere among their operands, against the same with ndarrays."""

from __future__ import annotations

import numpy as np
import pytest

import deed


def filled(dtype="float64", order="F") -> deed.Array:
    a = deed.alloc((2, 3), dtype, order=order, lower=(0, -1))
    a.numpy()[...] = np.arange(1, 7).reshape(2, 3)
    return a


X = np.arange(1, 7.0).reshape(2, 3)


@pytest.mark.parametrize("order", ["F", "C"])
def test_out_writes_the_memory_of_deed_and_comes_back(order):
    a = filled(order=order)
    address, copies = a.address, deed.counts().copies
    assert np.multiply(a, 2, out=a) is a
    assert np.add(X, a, out=a) is a
    assert np.add(a, 1, a) is a
    assert (a.address, deed.counts().copies) == (address, copies)
    np.testing.assert_array_equal(a.numpy(), 3 * X + 1)
    x = np.zeros((2, 3))
    assert np.add(a, a, out=x) is x
    np.testing.assert_array_equal(x, 6 * X + 2)


def test_out_overlaps_an_input():
    a = deed.alloc(6)
    a.numpy()[...] = np.arange(6)
    assert np.add(a[:-1], 1, out=a[1:]).numpy().tolist() == [1, 2, 3, 4, 5]
    assert a.numpy().tolist() == [0, 1, 2, 3, 4, 5]


def test_several_outputs():
    fraction, whole = filled(), filled("int32")
    results = np.modf(X / 2, out=(fraction, None))
    assert results[0] is fraction
    assert isinstance(results[1], np.ndarray)
    results = np.frexp(filled(), out=(fraction, whole))
    assert results[0] is fraction
    assert results[1] is whole
    np.testing.assert_array_equal(np.ldexp(fraction, whole), X)
    assert np.divmod(filled(), 4)[1].tolist() == (X % 4).tolist()


def test_methods():
    a, total = filled(), deed.alloc(3)
    assert np.add.reduce(a).tolist() == [5, 7, 9]
    assert np.add.reduce(a, axis=None) == 21
    for result in (np.add.reduce(a, axis=0, out=total), np.sum(a, axis=0, out=total)):
        assert type(result) is np.ndarray
        assert np.shares_memory(result, total)
    del result
    assert total.numpy().tolist() == [5, 7, 9]
    assert np.shares_memory(np.add.accumulate(a, axis=1, out=a), a)
    assert a.numpy().tolist() == [[1, 3, 6], [4, 9, 15]]
    assert np.add.reduceat(total, [0, 1]).tolist() == [5, 16]
    assert np.multiply.outer(total, a).shape == (3, 2, 3)
    assert np.add.at(total, [0, 0], 1) is None
    assert total.numpy().tolist() == [7, 7, 9]
    indices = deed.alloc(2, "int64", zeroed=True)
    np.add.at(total.numpy(), indices, 1)
    assert total.numpy().tolist() == [9, 7, 9]
    assert np.matmul(a, a.T, out=np.zeros((2, 2))).tolist() == (a.numpy() @ a.numpy().T).tolist()


def test_where():
    a, mask = filled(), deed.alloc((2, 3), "bool", zeroed=True)
    mask.numpy()[0] = True
    x = a.numpy().copy()
    assert np.sin(a, where=mask, out=a) is a
    np.testing.assert_array_equal(a.numpy(), np.where(mask.numpy(), np.sin(x), x))
    np.testing.assert_array_equal(np.negative(x, where=mask, out=x.copy()), np.where(mask.numpy(), -x, x))
    assert np.add.reduce(a, axis=1, where=mask)[1] == 0


def test_operators_of_ndarrays():
    a, x = filled(), X.copy()
    assert type(x + a) is np.ndarray
    same = x
    x += a
    assert x is same
    np.testing.assert_array_equal(x, 2 * X)
    assert (x > a).all()
    a += x
    assert isinstance(a, deed.Array)
    np.testing.assert_array_equal(a.numpy(), 3 * X)


def test_trap_a33_read_only_out_is_refused():
    a = filled()
    share = a.share(writable=False)
    with pytest.raises(ValueError, match="read-only"):
        np.add(a, 1, out=share)
    with pytest.raises(ValueError, match="read-only"):
        np.add.at(share, [0], 1)
    np.testing.assert_array_equal(a.numpy(), X)


def test_refusals_are_those_of_numpy():
    a, ended = filled(), filled()
    ended.release()
    with pytest.raises(deed.StaleError):
        np.add(X, ended)
    with pytest.raises(deed.StaleError):
        np.add(X, 1, out=ended)
    with pytest.raises(ValueError, match="broadcast"):
        np.add(a, np.zeros(5))
    with pytest.raises(TypeError, match="cast"):
        np.add(filled("int32"), 0.5, out=filled("int32"))
    with pytest.raises(deed.DtypeError):
        np.add(deed.alloc(3, "bfloat16"), 1)
    with pytest.raises(TypeError, match="got 0"):
        a.__array_ufunc__()
    with pytest.raises(AttributeError):
        a.__array_ufunc__(np.add, "nothing", a)
    assert a.__array_ufunc__(np.add, "__call__", a, 1, out=None)[0, 0] == 2


class Unit:
    """An array of another library, which knows ndarrays and not deed."""

    def __init__(self, values):
        self.values = values

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **keywords):
        if not all(isinstance(it, (Unit, np.ndarray, int, float)) for it in (*inputs, *out)):
            return NotImplemented
        values = [it.values if isinstance(it, Unit) else it for it in inputs]
        if out:
            keywords["out"] = tuple(it.values if isinstance(it, Unit) else it for it in out)
        return Unit(getattr(ufunc, method)(*values, **keywords))


class Opaque:
    """What wants no part in ufuncs."""

    __array_ufunc__ = None

    def __radd__(self, other):
        return type(other)


class Sub(np.ndarray):
    """A subclass without a say of its own."""


def test_other_types_that_have_a_say():
    a, unit = filled(), Unit(X.copy())
    for result in (np.add(a, unit), np.add(unit, a), np.add(unit, 1, out=a)):
        assert isinstance(result, Unit)
    np.testing.assert_array_equal(np.add(a, unit).values, a.numpy() + X)
    np.testing.assert_array_equal(a.numpy(), X + 1)
    np.add(a, 1, out=unit)
    np.testing.assert_array_equal(unit.values, a.numpy() + 1)
    with pytest.raises(TypeError):
        np.add(a, Opaque())
    assert a + Opaque() is np.ndarray
    assert type(np.add(a, X.view(Sub))) is Sub
    masked = np.ma.masked_array(X, X > 3)
    assert type(np.add(a, masked)) is np.ma.MaskedArray
