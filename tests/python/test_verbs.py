# SPDX-License-Identifier: BSD-3-Clause
"""share, transfer, reclaim, recall, release, copy and the handles, as methods of deed.Array."""

from __future__ import annotations

import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest

import deed
from deed import arg
from deed.errors import note_refusal


def test_share_lives_on():
    a = deed.alloc(3, zeroed=True)
    s = a.share()
    assert (s.role, s.address) == ("share", a.address)
    a.release()
    assert s.owner is None
    assert s.numpy().tolist() == [0, 0, 0]


def test_transfer_moves_the_title():
    a = deed.alloc(3)
    b = a.transfer("Fortran")
    assert (b.role, b.owner, b.address != 0) == ("title", "Fortran", True)
    assert not a.is_live
    c = b.transfer()
    assert c.owner == "Python"
    for language, owner in [("C", "C"), ("cxx", "C++"), ("c++", "C++"), ("other", "other")]:
        c = c.transfer(language)
        assert c.owner == owner
    with pytest.raises(ValueError, match="languages"):
        c.transfer("Rust")
    assert c.is_live


def test_trap_a17_handle_that_was_moved_from():
    a = deed.alloc(3)
    moved = a.transfer("C")
    uses = [
        a.numpy,
        a.share,
        a.release,
        a.reclaim,
        a.recall,
        a.copy,
        a.transfer,
        a.withdraw,
        a.holders,
        a.view,
    ]
    uses += [
        lambda: a.publish("x"),
        lambda: a.shape,
        lambda: a[0],
        lambda: a.T,
        lambda: len(a),
        a.into_handle,
    ]
    for use in uses:
        with pytest.raises(deed.StaleError) as caught:
            use()
        assert isinstance(caught.value, ValueError)
        assert caught.value.status == deed.Status.ESTALE
    assert moved.numpy().shape == (3,)
    assert not a.is_live


def test_release_twice():
    a = deed.alloc(3)
    a.release()
    with pytest.raises(deed.StaleError):
        a.release()


def test_copy_says_why():
    a = deed.alloc((2, 3), lower=-1)
    a[...] = [[1, 2, 3], [4, 5, 6]]
    copies = deed.counts().copies
    c = a[:, ::-2].copy("C", "order")
    assert (c.copied, c.c_contiguous, c.role, c.origin, c.owner) == (
        "order",
        True,
        "title",
        "malloc",
        "Python",
    )
    assert c.numpy().tolist() == [[3, 1], [6, 4]]
    assert a.copy().copied == "requested"
    assert a.copy().lower == (-1, -1)
    assert a.copied is None
    assert deed.counts().copies == copies + 3
    for wrong in ({"order": "X"}, {"reason": "whim"}):
        with pytest.raises(ValueError, match=r"order|reason"):
            a.copy(**wrong)


def test_holders_name_everyone():
    a = deed.alloc(3)
    s = a.share(writable=False)
    t = a.transfer("Fortran")
    assert sorted((h.language, h.role, h.rights) for h in t.holders()) == [
        ("Fortran", "title", "rw"),
        ("Python", "share", "r"),
    ]
    assert all(h.file == __file__ and h.line > 0 for h in s.holders())
    assert str(s.holders()[0]).startswith(("title by Fortran (rw) at ", "share by Python (r) at "))


def test_busy_error_has_the_holders():
    a = deed.adopt(np.zeros(3))
    shares = [a.share() for _ in range(12)]
    with pytest.raises(
        deed.BusyError, match=r"12 other claims: share by Python at .*test_verbs.py"
    ) as caught:
        a.reclaim()
    assert caught.value.holder_count == 12
    assert len(caught.value.holders) == 8
    assert {h.role for h in caught.value.holders} == {"share"}
    del shares
    assert a.reclaim().shape == (3,)


def test_recall_waits_for_another_thread():
    a = deed.lend(np.zeros(3))
    held = [a.share()]
    began = time.monotonic()

    def let_go():
        time.sleep(0.15)
        held.pop().release()

    thread = threading.Thread(target=let_go)
    thread.start()
    a.recall(timeout=30)
    assert 0.1 < time.monotonic() - began < 20
    thread.join()
    assert not a.is_live


def test_recall_without_limit():
    a = deed.lend(np.zeros(3))
    held = [a.share()]
    thread = threading.Timer(0.1, lambda: held.pop().release())
    thread.start()
    a.recall(timeout=None)
    thread.join()


def test_recall_runs_out_of_time():
    a = deed.lend(np.zeros(3))
    s = a.share()
    began = time.monotonic()
    with pytest.raises(deed.BusyError):
        a.recall(timeout=0.12)
    assert time.monotonic() - began >= 0.12
    for wrong in (-1, float("nan")):
        with pytest.raises(ValueError, match="timeout"):
            a.recall(timeout=wrong)
    s.release()
    a.recall()


def test_interrupt_ends_the_wait(run_python):
    script = """
import deed, numpy as np, signal
a = deed.lend(np.zeros(3)); s = a.share()
signal.signal(signal.SIGALRM, signal.default_int_handler)
signal.setitimer(signal.ITIMER_REAL, 0.2)
try:
    a.recall(timeout=None)
except KeyboardInterrupt:
    s.release(); a.recall(); print("interrupted")
"""
    assert run_python(script) == "interrupted\n"


def test_trap_a18_many_threads_release_one_handle():
    for _ in range(50):
        a = deed.alloc(3)
        barrier = threading.Barrier(4)
        results = []

        def work(a=a, barrier=barrier, results=results):
            barrier.wait()
            try:
                a.release()
            except deed.StaleError:
                results.append("stale")
            else:
                results.append("released")

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(results) == ["released", "stale", "stale", "stale"]


def test_handles_go_out_and_come_back():
    a = deed.alloc(3, zeroed=True)
    number = a.into_handle()
    assert not a.is_live
    b = deed.Array.from_handle(number)
    assert (b.handle, b.role) == (number, "title")
    assert b.numpy().tolist() == [0, 0, 0]


def test_trap_a11_handle_taken_twice_is_released_once():
    number = deed.alloc(3).into_handle()
    first = deed.Array.from_handle(number)
    second = deed.Array.from_handle(number)
    first.release()
    with pytest.raises(deed.StaleError):
        second.release()
    with pytest.raises(deed.StaleError):
        deed.Array.from_handle(number)


def test_numbers_that_are_no_handles():
    for number in (0, 1, 12345, 2**64 - 1, 2**63):
        with pytest.raises((deed.HandleError, deed.StaleError)):
            deed.Array.from_handle(number)
    for wrong in (-1, 2**64):
        with pytest.raises(OverflowError):
            deed.Array.from_handle(wrong)
    with pytest.raises(TypeError, match="handle must be"):
        deed.Array.from_handle("x")


def test_a_handle_that_came_before_gives_the_same_array(native):
    source = deed.alloc(3, zeroed=True)
    number = native.native_share(source)
    a = deed.Array.from_handle(number)
    assert deed.Array.from_handle(number.bits) is a
    assert deed.Array.from_handle(source.handle) is source
    assert deed.counts().live_claims == 2
    a.release()
    with pytest.raises(deed.StaleError):
        deed.Array.from_handle(number)
    source.release()


def test_a_handle_of_a_live_array_gives_that_array(native):
    a, lent, adopted = deed.alloc(3, zeroed=True), deed.lend(np.zeros(3)), deed.adopt(np.zeros(3))
    for array in (a, lent, adopted, a.share(), a[1:], deed.share(a.numpy())):
        assert deed.Array.from_handle(array.handle) is array
        assert deed.Array.from_handle(deed.handle(array._as_parameter_.value)) is array
        native.native_sum(array)  # as ctypes passes it
    lent.release()


def test_a_handle_that_was_given_away_can_come_back():
    a = deed.alloc(3, zeroed=True)
    before = a.handle
    number = a.into_handle()
    assert number == before
    b = deed.Array.from_handle(number)
    assert b is not a
    assert deed.Array.from_handle(number) is b
    assert not a.is_live
    del a
    assert deed.Array.from_handle(number) is b
    moved = b.transfer("C")
    with pytest.raises(deed.StaleError):
        deed.Array.from_handle(number)
    assert deed.Array.from_handle(moved.handle) is moved


def test_a_handle_of_an_array_that_is_just_going_is_refused():
    outcomes = []

    def again(_):
        try:
            outcomes.append(deed.Array.from_handle(number))
        except deed.StaleError as error:
            outcomes.append(str(error))

    a = deed.alloc(3)
    number, weak = a.handle, weakref.ref(a, again)
    del a
    assert weak() is None
    assert outcomes == ["the Array that has this claim is just going"]
    assert deed.counts().live_claims == 0


def test_a_handle_that_an_ndarray_lent_becomes_that_of_an_array():
    """The ndarray has another claim, so both go as they like."""
    lend_number = deed.function("libc.so.6", "labs", [arg.handle("a", "float64", rank=1)], "int64")
    n = deed.alloc(3, zeroed=True).numpy()
    number = lend_number(n)
    a = deed.Array.from_handle(number)
    assert deed.Array.from_handle(number) is a
    assert lend_number(n) != number
    del n
    assert a.numpy().tolist() == [0, 0, 0]


def test_many_handles_lead_to_their_arrays():
    arrays = {a.handle: a for a in (deed.alloc(1) for _ in range(5000))}
    for number in list(arrays)[::3]:
        del arrays[number]
    assert all(deed.Array.from_handle(number) is a for number, a in arrays.items())
    arrays.clear()
    again = deed.alloc(1)
    assert deed.Array.from_handle(again.handle) is again


def test_threads_get_one_array_for_a_handle(native):
    source = deed.alloc(3, zeroed=True)
    for _ in range(50):
        number = native.native_share(source)
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(deed.Array.from_handle, [number] * 8))
        assert len(set(map(id, found))) == 1


def test_title_of_a_loan_cannot_be_given_away():
    a = deed.lend(np.zeros(3))
    with pytest.raises(deed.OriginError):
        a.into_handle()
    with pytest.raises(deed.OriginError):
        a.transfer("C")
    a.recall()


def notes_of(error: BaseException) -> str:
    """What goes with an error: its notes, or its contexts before Python 3.11."""
    if sys.version_info >= (3, 11):
        return "\n".join(error.__notes__)
    return "" if error.__context__ is None else f"{type(error.__context__).__name__}: {error.__context__}"


def raise_inside(error: BaseException, held: list) -> None:
    """An error leaves a with statement. held: gets the Array, and an ndarray if it is not empty."""
    with deed.lend(np.zeros(3)) as a:
        held[:] = [a, a.numpy()] if held else [a]
        raise error


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit, deed.BoundsError])
def test_an_error_inside_with_reaches_the_caller_although_the_array_is_held(kind):
    raised, held = kind("the reason"), [None]
    with pytest.raises(kind, match="the reason") as caught:
        raise_inside(raised, held)
    assert caught.value is raised
    assert "BusyError" in notes_of(raised)
    assert "test_verbs.py:" in notes_of(raised)
    del held[1]
    held[0].release()


def test_an_error_inside_with_that_has_causes_keeps_them():
    raised, held = ValueError("second"), [None]
    raised.__context__ = KeyError("first")
    with pytest.raises(ValueError, match="second") as caught:
        raise_inside(raised, held)
    assert isinstance(caught.value.__context__, KeyError)
    del held[1]
    held[0].release()


def test_an_error_inside_with_has_no_note_if_the_array_is_released():
    raised, held = ValueError("the reason"), []
    with pytest.raises(ValueError, match="the reason"):
        raise_inside(raised, held)
    assert not held[0].is_live
    assert not hasattr(raised, "__notes__")
    assert raised.__context__ is None


def test_an_error_inside_with_that_takes_no_note_reaches_the_caller(monkeypatch):
    class Stubborn(Exception):
        def add_note(self, note):
            raise RuntimeError(note)

    unraisable, held = [], [None]
    monkeypatch.setattr(sys, "unraisablehook", lambda event: unraisable.append(type(event.exc_value)))
    with pytest.raises(Stubborn):
        raise_inside(Stubborn(), held)
    assert unraisable == [RuntimeError]
    del held[1]
    held[0].release()


def test_a_refusal_is_the_first_context_of_an_error_that_takes_no_notes():
    """As exceptions were before Python 3.11."""
    first = SimpleNamespace(__context__=None)
    refusal = deed.BusyError("busy")
    refusal.__context__ = ValueError("which is being handled")
    note_refusal(SimpleNamespace(__context__=first), refusal)
    assert first.__context__ is refusal
    assert refusal.__context__ is None


def test_a_refusal_without_an_error_is_raised():
    with pytest.raises(deed.BusyError), deed.lend(np.zeros(3)) as a:
        kept = a.numpy()
    assert kept.sum() == 0
    for arguments in ((None, None, None), ()):
        with pytest.raises(deed.BusyError):
            a.__exit__(*arguments)
    del kept
    a.release()


def test_trap_a20_parts_are_released_once_in_any_order():
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        whole = deed.alloc((4, 4), zeroed=True)
        parts = [whole, whole[:2], whole[2:]]
        del whole
        for k in order:
            parts[k].release()
            with pytest.raises(deed.StaleError):
                parts[k].release()
