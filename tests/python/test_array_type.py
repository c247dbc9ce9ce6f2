# SPDX-License-Identifier: BSD-3-Clause
"""The life of the object: weak references and circles."""

from __future__ import annotations

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
