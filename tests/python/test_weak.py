# SPDX-License-Identifier: BSD-3-Clause
"""weakref.ref(array), and deed.weak(array), which lives as long as the memory."""

from __future__ import annotations

import copy
import gc
import pickle
import threading
import weakref

import numpy as np
import pytest

import deed


def test_a_weakref_dies_with_the_object_a_weak_with_the_memory():
    a = deed.alloc((3, 4), lower=-1, name="u")
    reference, weak = weakref.ref(a), deed.weak(a)
    share = a.share()
    address = a.address
    del a
    assert reference() is None
    assert weak.is_live
    again = weak.upgrade()
    assert (again.address, again.lower, again.role) == (address, (-1, -1), "share")
    share.release()
    assert weak.is_live
    again.release()
    assert not weak.is_live
    with pytest.raises(deed.StaleError):
        weak.upgrade()


def test_a_weak_is_no_claim():
    a = deed.alloc(3)
    before = deed.counts()
    weaks = [deed.weak(a) for _ in range(100)]
    assert deed.counts() == before
    assert len(a.holders()) == 1
    a.release()
    assert not any(weak.is_live for weak in weaks)


def test_what_is_remembered_is_the_part_and_its_rights():
    a = deed.alloc((3, 4), zeroed=True)
    with a.share(writable=False) as reader:
        weak = deed.weak(reader[::-2, 1])
    part = weak.upgrade()
    assert (part.shape, part.rights) == ((2,), "r")
    assert np.shares_memory(part.numpy(), a.numpy())
    with pytest.raises(deed.RightsError):
        weak.upgrade(writable=True)
    assert deed.weak(a).upgrade(writable=False).rights == "r"
    assert deed.weak(a).upgrade(writable=True).rights == "rw"


def test_a_loan_ends_although_it_is_remembered():
    x = np.zeros(3)
    with deed.lend(x) as loan:
        weak = deed.weak(loan)
        with weak.upgrade() as again:
            again[0] = 1.0
    assert x[0] == 1.0
    assert not weak.is_live


def test_an_ndarray_keeps_what_is_remembered():
    weak = deed.weak(deed.alloc(3))
    assert not weak.is_live
    x = deed.alloc(3).numpy()
    weak = deed.weak(deed.share(x))
    assert weak.is_live
    del x
    gc.collect()
    assert not weak.is_live


def test_only_arrays_of_deed_are_remembered():
    with pytest.raises(TypeError, match=r"array must be a deed\.Array, not numpy\.ndarray"):
        deed.weak(np.zeros(3))
    a = deed.alloc(3)
    a.release()
    with pytest.raises(deed.StaleError, match="weak: stale handle"):
        deed.weak(a)
    with pytest.raises(TypeError):
        deed.Weak()


def test_a_weak_does_not_leave_the_process():
    a = deed.alloc(3)
    for leave in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError, match=r"cannot pickle '?deed\.Weak"):
            leave(deed.weak(a))


def test_repr():
    a = deed.alloc((3, 4), "int16")
    weak = deed.weak(a)
    assert repr(weak) == "<deed.Weak of int16 of rank 2, live>"
    a.release()
    assert repr(weak) == "<deed.Weak of int16 of rank 2, ended>"


def test_upgrades_race_with_the_last_release():
    for _ in range(50):
        a = deed.alloc(3, zeroed=True)
        weak = deed.weak(a)
        seen = []

        def upgrade(weak=weak, seen=seen):
            try:
                while True:
                    seen.append(float(weak.upgrade()[0]))
            except deed.StaleError:
                pass

        threads = [threading.Thread(target=upgrade) for _ in range(3)]
        for thread in threads:
            thread.start()
        a.release()
        for thread in threads:
            thread.join()
        assert set(seen) <= {0.0}
        assert not weak.is_live
