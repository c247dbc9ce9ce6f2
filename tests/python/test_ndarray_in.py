# SPDX-License-Identifier: BSD-3-Clause
"""adopt, lend and share of an ndarray, and recognising those that came from deed."""

from __future__ import annotations

import gc
import mmap
import sys

import numpy as np
import pytest

import deed


def test_adopt_is_the_same_memory():
    x = np.arange(12.0).reshape(3, 4)
    a = deed.adopt(x)
    assert (a.address, a.shape, a.strides) == (x.ctypes.data, x.shape, x.strides)
    assert (a.origin, a.owner, a.role, a.lower) == ("python", "Python", "title", (1, 1))
    assert deed.adopt(x, lower=(0, -1)).bounds == ((0, 2), (-1, 2))


def test_adopt_keeps_the_ndarray_until_the_last_claim():
    x = np.arange(5.0)
    count = sys.getrefcount(x)
    a = deed.adopt(x)
    s = a.share()
    n = s.numpy()
    a.release()
    s.release()
    assert sys.getrefcount(x) == count + 1
    del n
    assert sys.getrefcount(x) == count


def test_reclaim_gives_the_very_ndarray_back():
    x = np.arange(6.0)
    count = sys.getrefcount(x)
    a = deed.adopt(x)
    assert a.reclaim() is x
    assert not a.is_live
    assert sys.getrefcount(x) == count


def test_lend_and_recall():
    x = np.arange(6.0)
    count = sys.getrefcount(x)
    a = deed.lend(x)
    assert (a.origin, a.role, a.address) == ("lent", "title", x.ctypes.data)
    a.recall()
    assert not a.is_live
    assert sys.getrefcount(x) == count


def test_lent_ndarray_lives_until_the_loan_has_ended():
    a = deed.lend(np.arange(6.0))
    gc.collect()
    assert a.numpy().sum() == 15
    a.recall()


def test_title_of_a_loan_dropped_while_others_hold_it():
    x = np.arange(6.0)
    count = sys.getrefcount(x)
    n = deed.lend(x).numpy()
    gc.collect()
    assert sys.getrefcount(x) == count + 1
    assert [(entry.claim_count, entry.origin) for entry in deed.ledger()] == [(1, "lent")]
    assert n.sum() == 15
    del n
    assert sys.getrefcount(x) == count
    assert deed.counts().live_claims == 0


def test_with_lend():
    x = np.zeros(3)
    with deed.lend(x) as a:
        a[:] = 4
    assert not a.is_live
    assert x.tolist() == [4, 4, 4]


def test_trap_a24_scoped_loan_that_outlives_its_scope_is_detected():
    x = np.zeros(3)
    kept = []
    with pytest.raises(deed.BusyError, match=r"share by Python at .*test_ndarray_in.py"), deed.lend(x) as a:
        kept.append(a.numpy())
    assert a.is_live
    kept.clear()
    a.recall()


def test_trap_a21_t01_recall_while_an_ndarray_is_out_says_who_holds_it():
    a = deed.lend(np.zeros(3))
    n = a.numpy()
    raw = np.ndarray((2,), buffer=n)
    with pytest.raises(deed.BusyError) as caught:
        a.recall()
    assert isinstance(caught.value, BufferError)
    assert caught.value.holder_count == 1
    assert caught.value.holders[0].file == __file__
    del n
    with pytest.raises(deed.BusyError):
        a.recall(timeout=0.01)
    raw += 1
    del raw
    a.recall()


def test_memory_of_mmap(tmp_path):
    path = tmp_path / "numbers"
    np.arange(1000.0).tofile(path)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
        a = deed.adopt(np.frombuffer(mapped, dtype=np.float64))
        with pytest.raises(BufferError):
            mapped.close()
        a[3] = -1
        a.release()
    assert np.fromfile(path)[3] == -1


def test_ndarray_from_deed_is_recognised():
    a = deed.alloc((4, 6), lower=(-1, 0), zeroed=True)
    n = a.numpy()
    blocks = deed.counts().live_blocks
    for verb in (deed.adopt, deed.share, deed.lend):
        s = verb(n)
        assert (s.address, s.role, s.origin, s.lower) == (a.address, "share", "malloc", (-1, 0))
    assert deed.counts().live_blocks == blocks


def test_view_of_an_ndarray_from_deed_is_recognised_with_its_layout():
    a = deed.alloc((4, 6))
    a.numpy()[...] = np.arange(24).reshape(4, 6)
    n = a.numpy()[1:, ::-2].T
    v = deed.adopt(n)
    assert (v.address, v.shape, v.strides, v.lower) == (n.ctypes.data, n.shape, n.strides, (1, 1))
    assert np.array_equal(v.numpy(), n)
    assert deed.adopt(n, lower=5).lower == (5, 5)
    imaginary = deed.alloc(3, "complex128", zeroed=True).numpy().imag
    imaginary += 1
    assert deed.share(imaginary).kind == "real64"
    assert deed.share(imaginary).strides == (16,)


def test_recognised_again_and_again_keeps_no_chain():
    a = deed.alloc(8, zeroed=True)
    for _ in range(100):
        a = deed.adopt(a.numpy()[:])
    gc.collect()
    assert deed.counts().live_claims == 1


def test_share_of_a_foreign_ndarray_is_refused():
    with pytest.raises(TypeError, match="adopt"):
        deed.share(np.zeros(3))
    with pytest.raises(TypeError):
        deed.share([1, 2])
    with pytest.raises(TypeError):
        deed.adopt([1.0, 2.0])


def test_trap_a33_read_only_ndarray_stays_read_only():
    x = np.arange(3.0)
    x.flags.writeable = False
    for verb in (deed.adopt, deed.lend):
        a = verb(x)
        assert a.readonly
        assert not a.numpy().flags.writeable
        a.release()
    with pytest.raises(deed.RightsError):
        deed.lend(x, writable=True)
    with pytest.raises(deed.RightsError):
        deed.adopt(x).share(writable=True)
    y = np.arange(3.0)
    with deed.lend(y, writable=False) as loan:
        assert loan.readonly
    assert y.flags.writeable


def test_trap_a39_t42_negative_strides():
    x = np.arange(12.0).reshape(3, 4)[::-1, ::-2]
    a = deed.adopt(x)
    assert (a.address, a.strides) == (x.ctypes.data, (-32, -16))
    assert np.array_equal(a.numpy(), x)
    with deed.lend(x) as loan:
        assert np.array_equal(loan.numpy(), x)


def test_trap_a40_strides_that_are_no_multiple_of_the_item():
    records = np.zeros(4, dtype=[("flag", "i1"), ("x", "<f8"), ("n", "<i2")])
    records["x"] = [1, 2, 3, 4]
    a = deed.adopt(records["x"])
    assert a.strides == (11,)
    assert a.numpy().tolist() == [1, 2, 3, 4]
    assert not a.numpy().flags.aligned
    with pytest.raises(deed.OrderError, match="aligned"):
        deed.handle.of(dtype="float64").from_param(a)


def test_trap_a38_pointers_of_empty_arrays_are_not_looked_at():
    x = np.ndarray((0, 3), buffer=b"")
    odd = np.frombuffer(bytearray(9), dtype=np.int8)[1:1].view(np.float64)
    for empty in (x, odd):
        a = deed.adopt(empty)
        assert a.numpy().shape == empty.shape
        with deed.lend(empty) as loan:
            assert loan.size == 0


def test_adopted_ndarray_cannot_be_resized_under_deed():
    x = np.arange(4.0)
    a = deed.adopt(x)
    with pytest.raises(ValueError, match="resize"):
        x.resize(10_000, refcheck=False)
    assert a.numpy().sum() == 6
    a.reclaim().resize(8, refcheck=False)
    assert x.size == 8


def test_trap_a25_cycle_through_an_ndarray_subclass_is_in_the_report():
    class Owner(np.ndarray):
        pass

    x = np.zeros(3).view(Owner)
    x.array = deed.adopt(x)
    line = test_trap_a25_cycle_through_an_ndarray_subclass_is_in_the_report.__code__.co_firstlineno + 5
    number = x.array.handle
    del x
    gc.collect()
    assert f"{__file__}:{line}" in deed.report()
    deed.Array.from_handle(number).release()
    assert deed.counts().live_blocks == 0


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_subclasses_keep_their_object():
    x = np.matrix([[1.0, 2.0]])
    assert deed.adopt(x).reclaim() is x


@pytest.mark.parametrize("verb", [deed.lend, deed.adopt])
def test_trap_a26_an_ndarray_that_deed_holds_keeps_its_memory(verb):
    x = np.arange(6.0)
    a = verb(x)
    with pytest.raises(ValueError, match="resize"):
        x.resize((600,), refcheck=False)
    shown = x.view()
    shown.shape = (2, 3)  # of another ndarray: deed has a layout of its own
    assert a.shape == (6,)
    assert a.numpy().sum() == 15


def test_trap_a28_a_chunk_is_not_recycled_while_a_view_is_alive():
    ring = np.zeros((2, 4))
    chunk = deed.lend(ring[0])
    view = chunk[1:3].numpy()
    with pytest.raises(deed.BusyError):
        chunk.recall()
    del view
    chunk.recall()
    ring[0] = 1


@pytest.mark.parametrize("verb", [deed.adopt, deed.lend])
def test_an_ndarray_is_held_before_it_is_looked_at(verb):
    """A collection may run anything, also what resizes the ndarray."""
    x = np.zeros(100_000)
    sizes = []

    class Resizes:
        def __del__(self):
            try:
                x.resize(8_000_000, refcheck=False)
            except ValueError:
                sizes.append(x.size)

    circle = Resizes()
    circle.itself = circle
    del circle
    threshold = gc.get_threshold()
    gc.set_threshold(1)
    try:
        a = verb(x)
    finally:
        gc.set_threshold(*threshold)
    gc.collect()
    assert (a.address, a.shape) == (x.ctypes.data, x.shape)
    a.release()


@pytest.mark.parametrize("verb", [deed.adopt, deed.lend, deed.share])
def test_what_a_released_memoryview_named_is_not_followed(verb):
    a = deed.alloc(1000)
    x = np.asarray(a)
    assert isinstance(x.base, memoryview)
    x.base.release()
    with pytest.raises(ValueError, match="released"):
        verb(x)
    a.release()


def test_what_a_released_memoryview_named_is_no_root():
    view = memoryview(bytearray(24))
    x = np.asarray(view)
    shown = memoryview(x)
    x.base.release()
    view.release()
    for verb in (deed.adopt, deed.lend):
        with pytest.raises(ValueError, match="released"):
            verb(shown)
