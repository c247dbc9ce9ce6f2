# SPDX-License-Identifier: BSD-3-Clause
"""The claim of an ndarray that is gone, kept for the next one at the same place. Only native code sees it."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
import threading
import time
from typing import Any, ClassVar

import numpy as np
import pytest

import deed
from deed import arg


class Counts(ctypes.Structure):
    """struct deed_counts, as far as it is read here."""

    _fields_: ClassVar[Any] = [("live_blocks", ctypes.c_int64), ("live_claims", ctypes.c_int64)]
    _fields_ += [("rest", ctypes.c_int64 * 8)]


CORE = ctypes.PyDLL(deed.get_library_path())


def live() -> int:
    """The live claims as native code counts them; deed.counts() ends the idle ones first."""
    counts = Counts()
    CORE.deed_count(ctypes.byref(counts))
    return counts.live_claims


def claim_of(ndarray: np.ndarray) -> int:
    """The handle in the base of an ndarray."""
    return ctypes.c_uint64.from_address(id(ndarray.base) + object.__basicsize__).value


def show(array: deed.Array, dtype=None) -> np.ndarray:
    """An ndarray that is always made at this place."""
    return array.numpy(dtype)


LINE_OF_SHOW = show.__code__.co_firstlineno + 2


def shown(array: deed.Array) -> deed.Array:
    """The Array, with an idle claim, as native code can see."""
    before = deed.counts().live_claims
    show(array)
    assert live() == before + 1
    return array


def places(array: deed.Array) -> list[int]:
    return [holder.line for holder in array.holders()[1:]]


def test_next_ndarray_of_the_same_place_has_the_same_claim():
    a = deed.alloc(3, zeroed=True)
    claims = {claim_of(show(a)) for _ in range(10)}
    assert len(claims) == 1
    n = show(a)
    assert {claim_of(n)} == claims
    assert places(a) == [LINE_OF_SHOW]
    assert n.tolist() == [0, 0, 0]


def test_another_place_has_another_claim():
    a = shown(deed.alloc(3))
    before = live()
    n = a.numpy()
    assert live() == before  # the idle claim has made room
    del n
    n = a.numpy()
    assert places(a) == [test_another_place_has_another_claim.__code__.co_firstlineno + 6]
    assert n.shape == (3,)


def test_another_function_with_the_same_lines_is_another_place():
    a = deed.alloc(3)
    for names in (("one.py", "two.py"), ("two.py", "one.py")):
        for name in names:
            scope = {"a": a}
            exec(compile("n = a.numpy()", name, "exec"), scope)
        assert [holder.file for holder in a.holders()[1:]] == [names[-1]]
        assert scope["n"].shape == (3,)


def test_live_ndarrays_have_claims_of_their_own():
    a = deed.alloc(3)
    before = live()
    first, second, third = show(a), show(a), show(a)
    assert len({claim_of(n) for n in (first, second, third)}) == 3
    assert places(a) == [LINE_OF_SHOW] * 3
    del first, second
    assert live() == before + 1
    assert claim_of(show(a)) != claim_of(third)
    del third
    assert deed.counts().live_claims == before


def test_a_view_or_the_base_keep_the_claim_as_the_ndarray_does():
    a = deed.alloc((3, 4))
    for keep in (lambda n: n[1:], lambda n: n.base, lambda n: memoryview(n), lambda n: np.asarray(n.T)):
        kept = keep(show(a))
        n = show(a)
        assert places(a) == [LINE_OF_SHOW] * 2
        del kept, n
        assert places(a) == []


def test_rights_layout_and_type_are_those_of_the_array():
    a = deed.alloc((3, 4), order="C", zeroed=True).share(writable=False)
    n = show(a)
    claim = claim_of(n)
    n.shape = 12
    n.dtype = "i8"
    del n
    n = show(a)
    assert (claim_of(n), n.shape, n.dtype, n.flags.writeable) == (claim, (3, 4), np.dtype("f8"), False)
    del n
    assert (claim_of(show(a, "i8")), show(a, "i8").dtype) == (claim, np.dtype("i8"))
    with pytest.raises(deed.DtypeError):
        show(a, "i4")
    assert claim_of(show(a)) == claim


def test_each_array_has_its_own():
    a, b = shown(deed.alloc(3)), shown(deed.alloc(4))
    assert (show(a).shape, show(b).shape, show(a[1:]).shape) == ((3,), (4,), (2,))
    assert places(a) == places(b) == []


def test_counts_ledger_holders_and_repr_see_none():
    enquiries = [
        lambda a: deed.counts().live_claims - before,
        lambda a: next(entry for entry in deed.ledger() if entry.size_bytes == 24).claim_count,
        lambda a: len(a.holders()),
        lambda a: int(repr(a).rpartition("Python ")[2][:-1]),
        lambda a: int(deed.report().partition(" bytes at ")[2].partition("Python, ")[2].split()[0]),
    ]
    gc.collect()
    before = deed.counts().live_claims
    a = deed.alloc(3)
    for enquiry in enquiries:
        assert enquiry(shown(a)) == 1


def test_verbs_that_need_the_array_alone(native):
    x = np.zeros(3)
    assert shown(deed.adopt(x)).reclaim() is x
    shown(deed.lend(x)).recall()
    shown(deed.lend(x)).release()
    with deed.lend(x) as loan:
        shown(loan)
    freed = native.native_freed_count()
    shown(deed.Array.from_handle(native.native_foreign(3))).release()
    assert native.native_freed_count() == freed + 1
    shown(deed.Array.from_handle(native.native_foreign(3)))
    assert native.native_freed_count() == freed + 2
    moved = shown(deed.Array.from_handle(native.native_foreign(3))).transfer("C")
    assert native.native_release(deed.handle(shown(moved).into_handle())) == 0
    assert native.native_freed_count() == freed + 3


@pytest.mark.parametrize(
    "end",
    [
        lambda a: a.reclaim(),
        lambda a: a.release(),
        lambda a: a.__exit__(None, None, None),
        lambda a: a.transfer("C").release(),
        lambda a: deed.Array.from_handle(a.into_handle()).release(),
    ],
    ids=["reclaim", "release", "exit", "transfer", "into_handle"],
)
def test_an_array_that_has_ended_shows_nothing(end):
    a = shown(deed.adopt(np.zeros(3)))
    end(a)
    with pytest.raises((deed.StaleError, deed.HandleError)):
        show(a)


def test_errors_list_no_idle_claim():
    loan = deed.lend(np.zeros(3))
    share = loan.share()
    adopted = deed.adopt(np.zeros(3))
    second = adopted.share()
    verbs = [(share, verb) for verb in (loan.reclaim, loan.transfer, loan.release, loan.recall)]
    verbs += [(second, adopted.reclaim), (share, lambda: share.publish("x"))]
    verbs += [(share, verb) for verb in (share.transfer, share.withdraw, share.recall)]
    for array, verb in verbs:
        shown(array)
        with pytest.raises(deed.DeedError, match="; 1 other claim:") as caught:
            verb()
        assert len(caught.value.holders) == 1
    share.release()
    loan.release()


def test_weak_handles_see_that_the_memory_has_ended():
    a = deed.alloc(3)
    weak = deed.weak(a)
    shown(a)
    del a
    assert not weak.is_live


def test_native_code_that_has_the_number_finds_the_array_alone(native):
    number = deed.function("libc.so.6", "labs", [arg.handle("a", "float64", rank=1)], "int64")
    message = ctypes.create_string_buffer(512)
    for tell in (lambda a: native.native_sum(a), lambda a: a.handle, lambda a: number(a)):
        title = native.native_lend()
        a = shown(deed.Array.from_handle(title))
        tell(a)
        before = live()
        show(a)
        assert live() == before
        assert native.native_recall(deed.handle(title.bits), message, 512) == 0, message.value
        with pytest.raises(deed.StaleError):
            show(a)


def test_claim_that_native_code_has_ended_is_not_used_again(native):
    a = deed.alloc(3, zeroed=True)
    claim = claim_of(show(a))
    assert native.native_release(deed.handle(claim)) == 0
    n = show(a)
    assert claim_of(n) != claim
    assert places(a) == [LINE_OF_SHOW]
    assert native.native_release(deed.handle(claim_of(n))) == 0
    del n
    assert show(a).tolist() == [0, 0, 0]
    assert len(a.holders()) == 1


def test_few_arrays_have_one_at_a_time():
    arrays = [deed.alloc(3) for _ in range(200)]
    before = live()
    for _ in range(2):
        for a in arrays:
            show(a)
            assert 1 <= live() - before <= 64
    shown(arrays[0])
    arrays.reverse()
    for a in arrays:
        assert len({claim_of(show(a)) for _ in range(3)}) == 1
    assert deed.counts().live_claims == before


def test_recall_waits_for_none():
    loan = deed.lend(np.zeros(3))
    begun, until = threading.Event(), time.monotonic() + 0.2

    def use():
        kept = loan.numpy()  # so that the recall has to wait
        begun.set()
        while time.monotonic() < until:
            show(loan)
        del kept

    thread = threading.Thread(target=use)
    thread.start()
    begun.wait()
    loan.recall(timeout=10)  # BusyError if an idle claim were left
    thread.join()


def test_release_without_the_gil_leaves_none(native):
    def use(array, released):
        with contextlib.suppress(deed.StaleError):
            while not released.is_set():
                show(array)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    for _ in range(2000):
        before = live()
        a, released = deed.Array.from_handle(native.native_watched(1 << 20)), threading.Event()
        thread = threading.Thread(target=use, args=(a, released))
        thread.start()
        a.release()
        released.set()
        thread.join()
        assert live() == before
    sys.setswitchinterval(interval)


def test_interpreter_that_ends_with_one(run_python):
    script = """
import atexit, ctypes, sys

@atexit.register  # before deed is imported, so it runs after what deed has registered
def end():
    counts = (ctypes.c_int64 * 10)()
    core.deed_count(counts)
    a.numpy()
    after = (ctypes.c_int64 * 10)()
    core.deed_count(after)
    print(counts[1], after[1])

import deed
core = ctypes.PyDLL(deed.get_library_path())
a = deed.alloc(3)
sys.kept = a
for _ in range(2):
    a.numpy()
"""
    assert run_python(script) == "1 1\n"
