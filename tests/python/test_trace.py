# SPDX-License-Identifier: BSD-3-Clause
"""Memory of deed's own in tracemalloc: there while Python holds it, with the line that asked for it."""

from __future__ import annotations

import copy
import ctypes
import pickle
import sys
import threading
import tracemalloc

import numpy as np
import pytest

import deed


@pytest.fixture(autouse=True)
def tracing():
    tracemalloc.start()
    yield
    assert traced() == []
    tracemalloc.stop()
    deed.alloc(1).release()  # shows deed that nothing is traced any more


def traced() -> list[tuple[int, int]]:
    """Size and line of each trace."""
    domain = tracemalloc.DomainFilter(True, deed.TRACEMALLOC_DOMAIN)
    traces = tracemalloc.take_snapshot().filter_traces([domain]).traces
    return [(trace.size, trace.traceback[0].lineno) for trace in traces]


def here() -> int:
    """The line of the caller."""
    return sys._getframe(1).f_lineno


def test_the_line_that_asked():
    a, line = deed.alloc((10, 100)), here()
    assert traced() == [(8000, line)]
    b, copied = a.copy(), here()
    assert sorted(traced()) == sorted([(8000, line), (8000, copied)])
    b.release()
    assert traced() == [(8000, line)]
    del a
    assert traced() == []


@pytest.mark.parametrize("shape", [(), (3,), (1 << 17,)])
def test_any_claim_of_python_keeps_the_trace(shape):
    a = deed.alloc(shape)
    uses = [a.share(), a.numpy(), memoryview(a), a.__dlpack__(max_version=(1, 0)), np.from_dlpack(a)]
    a.release()
    while uses:
        assert len(traced()) == 1
        uses.pop()
    assert traced() == []


def test_arrow_and_copies():
    a = deed.alloc(5, zeroed=True)
    capsules = a.__arrow_c_array__()
    a.release()
    assert len(traced()) == 1
    del capsules
    a = deed.alloc(5, zeroed=True)
    for make in (copy.copy, copy.deepcopy, lambda x: deed.from_dlpack(x, copy=True)):
        b = make(a)
        assert len(traced()) == 2
        del b
    tensor = a.__dlpack__(max_version=(1, 0), copy=True)
    assert len(traced()) == 2
    del a
    assert len(traced()) == 1
    del tensor
    assert pickle.loads(pickle.dumps(deed.alloc(0))).shape == (0,)  # no bytes, no trace


def test_memory_of_others_is_not_traced(native):
    others = [deed.adopt(np.zeros(3)), deed.lend(np.zeros(3)), deed.Array.from_handle(native.native_alloc(3))]
    assert traced() == []
    del others


def test_what_c_holds_alone_is_not_traced(native):
    a = deed.alloc(3)
    share = native.native_share(a)  # a claim of C
    a.release()
    assert traced() == []
    native.native_release(share)
    b = deed.alloc(3)
    held = b.transfer("C")
    assert traced() == []
    native.native_release(deed.handle(held.into_handle()))


def test_what_c_holds_too_is_traced_as_long_as_python_does(native):
    a = deed.alloc(3)
    share = native.native_share(a)
    native.native_release(share)
    assert len(traced()) == 1
    share = native.native_share(a)
    array = deed.Array.from_handle(share.bits)
    n = array.numpy()
    a.release()
    assert len(traced()) == 1
    del n
    assert traced() == []
    array.release()


def test_what_c_holds_is_not_traced_for_an_ndarray_that_is_gone():
    a = deed.alloc(3)
    share = a.share()
    held = a.transfer("C")
    assert held.numpy().shape == (3,)
    del share
    assert traced() == []
    held.release()


def test_a_claim_given_away_and_a_block_freed_by_a_thread_of_c(native):
    bits = deed.alloc(3).into_handle()
    assert traced() == []
    native.native_release_on_thread(deed.handle(bits))
    a = deed.alloc(3)
    n = a.numpy()
    bits = a.into_handle()
    assert traced() == []  # nobody would tell when the claim ends that was given away
    del n
    native.native_release_on_thread(deed.handle(bits))
    a = deed.alloc(3)
    assert len(traced()) == 1


def test_threads_end_the_last_claims():
    def work():
        for _ in range(200):
            a = deed.alloc(100)
            shares = [a.numpy(), memoryview(a), a.share()]
            threads = [threading.Thread(target=share_list.clear) for share_list in ([s] for s in shares)]
            for thread in threads:
                thread.start()
            del a, shares
            for thread in threads:
                thread.join()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert traced() == []


def test_tracing_that_begins_and_ends_meanwhile():
    tracemalloc.stop()
    a = deed.alloc(3)
    tracemalloc.start()
    assert traced() == []
    b = deed.alloc(3)
    del a
    assert len(traced()) == 1
    tracemalloc.stop()
    tracemalloc.start()
    assert traced() == []
    c = deed.alloc(4)
    del b
    assert [size for size, _ in traced()] == [32]
    del c


def test_a_tensor_that_ends_without_the_interpreter(native_path):
    library = ctypes.CDLL(native_path)  # calls without the GIL
    a = deed.alloc(3)
    capsule = a.__dlpack__(max_version=(1, 0))
    a.release()
    assert len(traced()) == 1
    get = ctypes.pythonapi.PyCapsule_GetPointer
    get.restype, get.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    managed = get(capsule, b"dltensor_versioned")
    ctypes.pythonapi.PyCapsule_SetName(ctypes.py_object(capsule), b"used_dltensor_versioned")
    deleter = ctypes.cast(managed + 16, ctypes.POINTER(ctypes.c_void_p))[0]
    ctypes.CFUNCTYPE(None, ctypes.c_void_p)(deleter)(managed)
    assert traced() == []
    assert library
