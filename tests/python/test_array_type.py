# SPDX-License-Identifier: BSD-3-Clause
"""The life of the object: weak references and circles."""

from __future__ import annotations

import array
import gc
import sys
import weakref

import numpy as np
import pytest

import deed


class Owner(np.ndarray):
    """An ndarray that can hold an Array."""


def test_weak_references_end_with_the_object():
    ended = []
    a = deed.alloc(3)
    weak = weakref.ref(a, ended.append)
    assert weak() is a
    del a
    assert weak() is None
    assert ended == [weak]


def test_trap_a25_a_lent_object_that_holds_its_loan_is_collected():
    x = np.zeros(3).view(Owner)
    x.loan = deed.lend(x)
    alive = weakref.ref(x)
    del x
    gc.collect()
    assert alive() is None
    assert deed.counts().live_blocks == 0


class Bytes(bytes):
    """Bytes that can hold an attribute."""


class ByteArray(bytearray):
    """A bytearray that can hold an attribute."""


class Numbers(array.array):
    """An array of Python that can hold an attribute."""


class Shows:
    """An object that has what others may see."""

    def __init__(self, shown):
        self.shown = shown


class Interface(Shows):
    @property
    def __array_interface__(self):
        return self.shown.__array_interface__


class Method(Shows):
    def __array__(self, dtype=None, copy=None):
        return self.shown


class Tensor(Shows):
    def __dlpack__(self, **wanted):
        return self.shown.__dlpack__(**wanted)

    def __dlpack_device__(self):
        return 1, 0


class Column(Shows):
    def __arrow_c_array__(self, requested_schema=None):
        return self.shown.__arrow_c_array__()


LENT = {
    "bytes": lambda: Bytes(24),
    "bytearray": lambda: ByteArray(24),
    "array.array": lambda: Numbers("d", [1, 2]),
    "ndarray": lambda: np.zeros(3).view(Owner),
    "array interface": lambda: Interface(np.zeros(3)),
    "__array__": lambda: Method(np.zeros(3)),
    "DLPack": lambda: Tensor(np.zeros(3)),
    "Arrow": lambda: Column(deed.alloc(3, zeroed=True)),
}

SHOWN_AS = {
    "itself": lambda owner: owner,
    "a memoryview": memoryview,
    "an ndarray on it": lambda owner: np.ndarray(1, buffer=owner),
    "a view of a view": lambda owner: np.frombuffer(owner, "i1")[2:].reshape(2, -1)[:, 1:],
}


def collected(make, show=lambda owner: owner) -> bool:
    """Whether an object goes that holds its own loan; an attribute tells, as bytes have no weakref."""
    owner = make()
    owner.loan, owner.witness = deed.lend(show(owner)), Owner(1)
    alive = weakref.ref(owner.witness)
    del owner
    gc.collect()
    return alive() is None


@pytest.mark.parametrize("make", LENT.values(), ids=LENT)
def test_a_circle_through_what_was_lent_is_collected(make):
    assert collected(make)


@pytest.mark.parametrize("show", SHOWN_AS.values(), ids=SHOWN_AS)
@pytest.mark.parametrize("kind", ["bytes", "bytearray", "array.array"])
def test_a_circle_through_a_view_of_what_was_lent_is_collected(kind, show):
    assert collected(LENT[kind], show)


def test_what_was_lent_and_is_used_elsewhere_is_not_collected():
    owner = ByteArray(24)
    owner.loan, owner.witness = deed.lend(np.ndarray(3, buffer=owner)), Owner(1)
    alive, held = weakref.ref(owner.witness), owner.loan
    del owner
    gc.collect()
    assert alive() is not None
    assert held.numpy().tolist() == [0, 0, 0]


def test_trap_a25_a_circle_of_a_busy_loan_lives_until_it_can_end():
    x = np.zeros(3).view(Owner)
    x.loan = deed.lend(x)
    share = x.loan.share()
    x[1] = 5
    del x
    gc.collect()
    assert deed.counts().live_blocks == 1
    assert share.numpy().tolist() == [0, 5, 0]
    share.release()
    assert deed.counts().live_blocks == 0


def test_trap_a25_an_adopted_object_that_holds_its_array_is_named_in_the_report():
    x = np.zeros(3).view(Owner)
    x.array = deed.adopt(x)
    alive = weakref.ref(x)
    del x
    gc.collect()
    assert alive() is not None
    entry = deed.ledger()[0]
    assert (entry.origin, entry.holder.line > 0) == ("python", True)
    assert "test_array_type.py" in deed.report()
    del alive().array
    gc.collect()
    assert alive() is None


def test_arrays_are_seen_by_the_collector():
    a = deed.lend(np.zeros(3))
    assert gc.is_tracked(a)
    assert any(isinstance(it, np.ndarray) for it in gc.get_referents(a))


@pytest.mark.parametrize("attribute", ["x", "shape"])
def test_attributes_are_not_added(attribute):
    with pytest.raises(AttributeError):
        setattr(deed.alloc(3), attribute, 1)


def test_size_as_of_an_ndarray(native):
    empty = sys.getsizeof(deed.alloc(0))
    a = deed.alloc((1000, 10))
    view = a[1:]
    assert (sys.getsizeof(a), sys.getsizeof(view), sys.getsizeof(a.share())) == (empty + 80000, empty, empty)
    a.release()
    assert sys.getsizeof(a) == empty
    x = np.zeros(1000)
    assert sys.getsizeof(deed.adopt(x)) == empty  # x counts it
    with deed.lend(x) as loan:
        assert sys.getsizeof(loan) == empty
    assert sys.getsizeof(deed.Array.from_handle(native.native_static())) == empty
    assert sys.getsizeof(deed.Array.from_handle(native.native_foreign(1000))) == empty + 8000
