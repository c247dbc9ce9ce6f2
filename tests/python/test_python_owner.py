# SPDX-License-Identifier: BSD-3-Clause
"""The release of Python objects: on any thread, with or without the GIL, before, during and after the end."""

from __future__ import annotations

import ctypes
import gc
import itertools
import os
import subprocess
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import deed

# Starts and ends of an interpreter while native threads release; CI takes a thousand.
ENDS = int(os.environ.get("DEED_TEST_ENDS", "5"))


class Owner(np.ndarray):
    """An ndarray that can tell when it goes."""


def owned(on_end=None) -> tuple[np.ndarray, weakref.ref]:
    x = np.zeros(3).view(Owner)
    return x, weakref.ref(x, on_end)


def is_set_soon(ended: threading.Event) -> bool:
    """Pending calls are run by the main thread, and before Python 3.13 only when it has just got the GIL."""
    return any(ended.wait(0.01) for _ in range(1000))


def test_trap_a1_t19_last_release_on_a_thread_without_interpreter(native):
    x, alive = owned()
    number = deed.adopt(x).into_handle()
    del x
    assert native.native_release_on_thread(deed.handle(number)) == deed.Status.OK
    deed.counts()  # drains what the pending call has not
    assert alive() is None


def test_release_on_a_native_thread_is_drained_without_a_call_of_deed(native):
    ended = threading.Event()
    x, alive = owned(lambda _: ended.set())
    number = deed.adopt(x).into_handle()
    del x
    native.native_start_release(deed.handle(number))
    assert is_set_soon(ended)
    native.native_join()
    assert alive() is None


def test_trap_a2_holder_of_the_gil_joins_the_releasing_thread(native_with_gil):
    x, alive = owned()
    number = deed.adopt(x).into_handle()
    del x
    assert native_with_gil.native_release_on_thread(deed.handle(number)) == deed.Status.OK
    deed.counts()
    assert alive() is None


def test_many_releases_from_native_threads(native):
    x = np.zeros(3)
    count = sys.getrefcount(x)
    for _ in range(300):
        assert native.native_release_on_thread(deed.handle(deed.adopt(x).into_handle())) == 0
    assert deed.counts().queued == 0
    assert sys.getrefcount(x) == count


def test_more_than_the_pending_calls_of_the_interpreter(native_with_gil):
    objects = [np.zeros(1) for _ in range(200)]
    numbers = [deed.adopt(x).into_handle() for x in objects]
    for number in numbers:
        native_with_gil.native_release_on_thread(deed.handle(number))
    del number
    assert deed.counts().queued == 0
    assert {sys.getrefcount(x) for x in objects} == {3}


def test_release_by_native_code_that_holds_the_gil(native_with_gil):
    x, alive = owned()
    number = deed.adopt(x).into_handle()
    del x
    assert native_with_gil.native_release(deed.handle(number)) == 0
    assert alive() is None


def test_trap_a9_the_last_claim_ends_in_a_call_that_has_released_the_gil(native):
    x, alive = owned()
    number = deed.adopt(x).into_handle()
    del x
    assert native.native_release(deed.handle(number)) == deed.Status.OK
    deed.counts()  # drains what the pending call has not
    assert alive() is None


def test_trap_a5_pending_exception_is_kept():
    x, alive = owned()
    held = [deed.adopt(x).numpy()]
    del x

    def end_while_raising():
        last = iter([held.pop()])
        list(map(int, ["no number", *last]))

    with pytest.raises(ValueError, match="no number"):
        end_while_raising()
    gc.collect()
    assert alive() is None


def test_error_in_the_end_of_an_object_does_not_reach_the_caller(monkeypatch):
    unraisable = []
    monkeypatch.setattr(sys, "unraisablehook", lambda event: unraisable.append(str(event.exc_value)))

    def fail(_):
        raise RuntimeError("in a callback")

    x, alive = owned(fail)
    a = deed.adopt(x)
    del x
    a.release()
    assert alive() is None
    assert unraisable == ["in a callback"]


def test_trap_a7_object_whose_end_calls_deed_again():
    inner = deed.alloc(3)
    ended = []

    def again(_):
        inner.release()
        ended.append(deed.alloc(2).shape)

    x, alive = owned(again)
    a = deed.adopt(x)
    del x
    a.release()
    assert alive() is None
    assert ended == [(2,)]
    assert not inner.is_live


def test_trap_t19_release_by_threads_of_python():
    a = deed.adopt(np.zeros(1000))
    shares = [a.share() for _ in range(64)]
    a.release()
    threads = [threading.Thread(target=share.release) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert deed.counts().live_claims == 0


WAYS_TO_HOLD = {
    "ndarray": lambda a: a.numpy(),
    "a view of an ndarray": lambda a: a.numpy()[1:],
    "share": lambda a: a.share(),
    "view": lambda a: a[1:],
    "memoryview": memoryview,
    "numpy.frombuffer": np.frombuffer,
    "ctypes": lambda a: a.as_ctypes(),
    "DLPack": np.from_dlpack,
    "DLPack capsule": lambda a: a.__dlpack__(max_version=(1, 3)),
    "Arrow": lambda a: a.__arrow_c_array__(),
    "deed.share": lambda a: deed.share(a.numpy()),
    "weak": lambda a: deed.weak(a).upgrade(),
}


@pytest.mark.parametrize("hold", WAYS_TO_HOLD.values(), ids=WAYS_TO_HOLD)
def test_what_was_lent_goes_with_the_last_claim(hold):
    x, alive = owned()
    held = hold(deed.lend(x))
    del x
    gc.collect()
    assert alive() is not None
    del held
    assert alive() is None


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_what_was_lent_goes_with_the_last_of_several(order):
    x, alive = owned()
    loan = deed.lend(x)
    held = [loan, loan.numpy(), memoryview(loan)]
    del x, loan
    for k in order:
        assert alive() is not None
        held[k] = None
    assert alive() is None


def lent_share() -> tuple[deed.handle, weakref.ref, threading.Event]:
    """The only claim on an object that was lent, by its number."""
    ended = threading.Event()
    x, alive = owned(lambda _: ended.set())
    return deed.handle(deed.lend(x).share().into_handle()), alive, ended


def test_what_was_lent_goes_in_a_thread_of_python():
    x, alive = owned()
    held = [deed.lend(x).numpy()]
    del x
    thread = threading.Thread(target=held.clear)
    thread.start()
    thread.join()
    assert alive() is None


def test_what_was_lent_goes_in_a_native_call_with_the_gil(native_with_gil):
    share, alive, _ = lent_share()
    assert native_with_gil.native_release(share) == 0
    assert alive() is None


@pytest.mark.parametrize("end", ["native_release", "native_release_on_thread"])
def test_what_was_lent_goes_by_the_next_safe_point(end, native, native_with_gil):
    for library in (native, native_with_gil):
        share, alive, ended = lent_share()
        assert getattr(library, end)(share) == 0
        assert is_set_soon(ended)  # nothing calls deed
        assert alive() is None


def test_what_was_lent_goes_while_the_interpreter_does_something_else(native):
    share, alive, ended = lent_share()
    native.native_start_release(share)
    assert is_set_soon(ended)
    native.native_join()
    assert alive() is None


def test_title_of_a_native_loan_ends_with_the_last_claim(native):
    held = deed.Array.from_handle(native.native_lend()).numpy()
    assert [(entry.owner, entry.claim_count) for entry in deed.ledger()] == [("none", 1)]
    assert held.shape == (6,)
    del held
    assert deed.counts().live_claims == 0


def test_more_loans_than_the_pending_calls_of_the_interpreter(native_with_gil):
    fill = ctypes.pythonapi.Py_AddPendingCall
    nothing = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(lambda _: 0)
    loans = [lent_share() for _ in range(3)]
    shares = [share for share, _, _ in loans]
    number = native_with_gil.native_release_on_thread
    # No code of Python runs in between, so the interpreter does not get at its pending calls.
    fills = map(fill, itertools.repeat(nothing, 1000), itertools.repeat(None))
    outcomes = list(itertools.chain(fills, map(number, shares[:2])))
    assert outcomes[-3:] == [-1, 0, 0]
    assert not any(ended.is_set() for _, _, ended in loans)
    assert number(shares[2]) == 0  # what this one asks for lets go the others, too
    assert all(is_set_soon(ended) for _, _, ended in loans)


def test_end_of_a_loan_in_the_child_of_a_fork(run_python):
    script = """
import os, deed, numpy as np
n = deed.lend(np.zeros(3)).numpy()
child = os.fork()
if child == 0:
    del n
    os._exit(deed.counts().live_blocks + 10 * deed.counts().abandoned)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 10
del n
print(deed.counts().live_blocks, deed.counts().abandoned)
"""
    assert run_python(script) == "0 0\n"


def test_end_of_a_loan_after_the_interpreter(run_python, native_path):
    script = """
native.native_release_at_exit(deed.handle(deed.lend(x).share().into_handle()))
print("end of script", flush=True)
"""
    out = run_python(PREPARE + script, native_path)
    assert out == "end of script\nlate release: status 0, live blocks 0\n"


PREPARE = """
import ctypes, sys
import numpy as np, deed
from conftest import declare
native = declare(ctypes.CDLL(sys.argv[1]))
x = np.arange(3.0)
"""


def test_trap_a3_t18_release_after_the_interpreter_has_ended(run_python, native_path):
    script = """
native.native_release_at_exit(deed.handle(deed.adopt(x).into_handle()))
print("end of script", flush=True)
"""
    out = run_python(PREPARE + script, native_path)
    assert out == "end of script\nlate release: status 0, live blocks 0\n"


def test_trap_a3_what_nobody_can_let_go_is_counted(run_python, native_path):
    script = """
import atexit, sys

@atexit.register  # before deed is imported, so it runs after deed has closed its queue
def late():
    assert native.native_release_on_thread(deed.handle(number)) == 0
    print(deed.counts().live_blocks, deed.report().splitlines()[-1])
"""
    take = "number = deed.adopt(x).into_handle()"
    out = run_python(script + PREPARE + take, native_path)
    assert out == "0 Python objects: 0 queued, 1 abandoned\n"


@pytest.mark.parametrize(
    "ending",
    ["", "sys.exit(0)", "import os; os._exit(0)"],
)
def test_trap_t17_exit_with_live_arrays(ending, run_python, native_path):
    script = """
kept = [deed.alloc(3, name="u"), deed.adopt(x), deed.lend(np.zeros(2)), deed.lookup("u").numpy()]
kept.append(deed.lend(np.zeros(2)).numpy())
deed.kept_by_the_module = kept[:]
"""
    assert run_python(PREPARE + script + ending, native_path) == ""


def test_an_array_goes_after_its_module_in_silence():
    script = """
import deed
def f():
    a = deed.alloc(3)
    a.handle  # a number that deed has to forget
    class Index:
        def __index__(self):
            return a.size + 9
    a[Index()]
f()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert done.stderr.rstrip().splitlines()[-1].startswith("deed.errors.BoundsError")


def test_trap_a4_native_threads_release_while_the_interpreter_ends(run_python, native_path):
    script = """
for _ in range(20):
    native.native_start_release(deed.handle(deed.adopt(np.zeros(3)).into_handle()))
"""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outputs = pool.map(lambda _: run_python(PREPARE + script, native_path), range(ENDS))
        assert set(outputs) == {""}


def test_failed_exit_code_is_kept(run_python, native_path):
    run_python(PREPARE + "kept = deed.alloc(3).numpy(); sys.exit(3)", native_path, code=3)


def test_trap_a48_child_of_fork_with_live_arrays(run_python, native_path):
    script = """
import os
a = deed.adopt(x); s = a.share(); n = deed.alloc(3).numpy()
for leave in (sys.exit, os._exit):
    child = os.fork()
    if child == 0:
        a.release()
        leave(0)
    assert os.waitpid(child, 0)[1] == 0
assert a.is_live and s.numpy().sum() == 3
a.release()
print("parent", deed.counts().live_claims)
"""
    assert run_python(PREPARE + script, native_path) == "parent 2\n"


def test_trap_a52_sub_interpreter_is_refused(run_python):
    script = """
import deed
try:
    import _xxsubinterpreters as interpreters
except ImportError:
    import _interpreters as interpreters
inner = interpreters.create()
code = "import sys; sys.path[:] = " + repr(__import__("sys").path) + '''
try:
    import deed
except ImportError as error:
    refused = str(error)
assert refused
'''
result = interpreters.run_string(inner, code)
assert result is None, result
interpreters.destroy(inner)
print("refused")
"""
    assert run_python(script) == "refused\n"


def test_abandoned_is_shown():
    assert "Python objects: 0 queued, 0 abandoned" in deed.report()


def test_handles_are_numbers_for_ctypes():
    assert ctypes.sizeof(deed.handle) == 8
