# SPDX-License-Identifier: BSD-3-Clause
"""Every ndarray has a claim of its own, which ends with it: native code sees the claims of live objects."""

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
    """The live claims as native code counts them."""
    counts = Counts()
    CORE.deed_count(ctypes.byref(counts), ctypes.c_size_t(ctypes.sizeof(counts)))
    return counts.live_claims


def claim_of(ndarray: np.ndarray) -> int:
    """The handle in the base of an ndarray."""
    return ctypes.c_uint64.from_address(id(ndarray.base) + object.__basicsize__).value


def show(array: deed.Array, dtype=None) -> np.ndarray:
    """An ndarray that is always made at this place."""
    return array.numpy(dtype)


LINE_OF_SHOW = show.__code__.co_firstlineno + 2


def shown(array: deed.Array) -> deed.Array:
    """The Array, of which there was an ndarray that has gone."""
    before = live()
    assert show(array).base is not None
    assert live() == before
    return array


def places(array: deed.Array) -> list[int]:
    return [holder.line for holder in array.holders()[1:]]


def test_an_ndarray_leaves_no_claim_when_it_goes():
    a = deed.alloc(3, zeroed=True)
    before = live()
    n = show(a)
    claim = claim_of(n)
    assert (live(), places(a)) == (before + 1, [LINE_OF_SHOW])
    del n
    assert (live(), places(a)) == (before, [])
    assert not CORE.deed_is_live(ctypes.c_uint64(claim))
    for _ in range(3):
        n = show(a)
        assert claim_of(n) != claim
        assert n.tolist() == [0, 0, 0]
        del n
        assert live() == before


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
    assert live() == before + 3
    del first, second
    assert live() == before + 1
    assert claim_of(show(a)) != claim_of(third)
    del third
    assert live() == before


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
    n.shape = 12
    n.dtype = "i8"
    del n
    n = show(a)
    assert (n.shape, n.dtype, n.flags.writeable) == ((3, 4), np.dtype("f8"), False)
    assert show(a, "i8").dtype == np.dtype("i8")
    before = live()
    with pytest.raises(deed.DtypeError):
        show(a, "i4")
    assert live() == before


def test_each_array_shows_its_own_elements():
    a, b = shown(deed.alloc(3)), shown(deed.alloc(4))
    assert (show(a).shape, show(b).shape, show(a[1:]).shape) == ((3,), (4,), (2,))
    assert places(a) == places(b) == []


def test_counts_ledger_holders_and_repr_see_the_array_alone():
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


def test_errors_list_live_holders_only():
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
        shown(a)
        assert native.native_recall(deed.handle(title.bits), message, 512) == 0, message.value
        with pytest.raises(deed.StaleError):
            show(a)


def test_what_native_code_is_lent_ends_with_the_ndarray():
    number = deed.function("libc.so.6", "labs", [arg.handle("a", "float64", rank=1)], "int64")
    a = deed.alloc(3)
    before = live()
    n = show(a)
    assert number(n) == number(n)
    assert live() == before + 2
    del n
    assert live() == before


def test_claim_that_native_code_has_ended(native):
    a = deed.alloc(3, zeroed=True)
    before = live()
    n = show(a)
    assert native.native_release(deed.handle(claim_of(n))) == 0
    assert live() == before
    del n
    assert live() == before
    assert show(a).tolist() == [0, 0, 0]


def test_recall_waits_for_live_ndarrays_only():
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
    loan.recall(timeout=10)  # BusyError if a claim were left
    thread.join()


def test_release_without_the_gil_leaves_no_claim(native):
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


def test_interpreter_that_ends(run_python):
    script = """
import atexit, ctypes, sys

@atexit.register  # before deed is imported, so it runs after what deed has registered
def end():
    counts = (ctypes.c_int64 * 10)()
    core.deed_count(counts, ctypes.c_size_t(80))
    a.numpy()
    after = (ctypes.c_int64 * 10)()
    core.deed_count(after, ctypes.c_size_t(80))
    print(counts[1], after[1])

import deed
core = ctypes.PyDLL(deed.get_library_path())
a = deed.alloc(3)
sys.kept = a
for _ in range(2):
    a.numpy()
"""
    assert run_python(script) == "1 1\n"
