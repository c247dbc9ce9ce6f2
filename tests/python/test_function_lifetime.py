# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: what lives during a call and after it, with and without the GIL."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
import weakref

import numpy as np
import pytest
from native_procedures import library_path, make

import deed
from deed import arg


@pytest.fixture
def scale_all():
    return make("scale_all", arg.descriptor("u", "float64", 2, "inout"), arg.value("factor", "float64"))


@pytest.fixture
def sum_when_told():
    return make(
        "sum_when_told",
        arg.descriptor("u", "float64", 1),
        arg.pointer("flag", "int32", 0, "inout"),
        result="float64",
        release_gil=True,
    )


def test_threads_without_the_gil():
    scale = make(
        "scale_all",
        arg.descriptor("u", "float64", 2, "inout"),
        arg.value("factor", "float64"),
        release_gil=True,
    )
    with deed.alloc((20, 20), zeroed=True) as shared:
        arrays = [np.ones((20, 20)) for _ in range(4)]

        def work(u):
            for _ in range(500):
                scale(u, -1.0)
                scale(shared, 1.0)

        threads = [threading.Thread(target=work, args=(u,)) for u in arrays]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all((u == 1).all() for u in arrays)


def test_gil_is_released_only_on_request():
    """While the procedure sleeps, another thread runs only if the GIL was released."""
    usleep = [arg.value("microseconds", "uint32")]
    for release_gil in (True, False):
        pause = deed.function("libc.so.6", "usleep", usleep, "int32", release_gil=release_gil)
        ran = []
        interval = sys.getswitchinterval()
        sys.setswitchinterval(100)
        try:
            go = threading.Event()
            thread = threading.Thread(target=lambda ran=ran, go=go: (go.wait(), ran.append(1)))
            thread.start()
            go.set()
            pause(200_000)
            seen = bool(ran)
        finally:
            sys.setswitchinterval(interval)
            thread.join()
        assert seen == release_gil


def sum_while(sum_when_told, take_away, held):
    """The sum of held[0], which take_away has taken from everybody else while the procedure runs."""
    flag = np.zeros((), "int32")
    seen = []

    def run():
        while flag != 1:
            pass
        try:
            seen.append(take_away(held))
        finally:
            flag[()] = 2

    thread = threading.Thread(target=run)
    thread.start()
    total = sum_when_told(held[0], flag)
    thread.join()
    return total, *seen


def test_array_released_by_another_thread_lives_until_the_end_of_the_call(sum_when_told):
    u = deed.alloc(1000, zeroed=True)
    u.numpy()[:] = 2
    blocks = deed.counts().live_blocks

    def release(held):
        held.pop().release()
        return deed.counts().live_blocks

    assert sum_while(sum_when_told, release, [u]) == (2000, blocks)
    assert deed.counts().live_blocks == blocks - 1


def test_ndarray_dropped_by_another_thread_lives_until_the_end_of_the_call(sum_when_told):
    held = [np.full(1000, 2.0)]
    ends = weakref.ref(held[0])

    def drop(held):
        held.clear()
        gc.collect()
        return ends() is None

    assert sum_while(sum_when_told, drop, held) == (2000, False)
    assert ends() is None


def test_status_is_raised_or_nothing(native_path):
    u = arg.handle("u", "float64", 1, "inout")
    publish = deed.function(native_path, "native_publish", [u, arg.text("name")], "status")
    with deed.alloc(2, zeroed=True) as array:
        assert publish(array, "function/u") is None
        with pytest.raises(deed.NameTaken, match="native_publish returned"):
            publish(array, "function/u")
        assert deed.names() == ["function/u"]


def test_circle_through_the_library_is_collected():
    library = ctypes.CDLL(library_path())
    library.weigh_ = deed.function(library, "weigh", [arg.descriptor("u", "float64", 2)], "float64")
    ends = weakref.ref(library)
    del library
    gc.collect()
    assert ends() is None


def test_nothing_leaks(scale_all):
    make_array = make("make_array", arg.value("n", "int32"), arg.allocatable("a", "float64", 1))
    u = np.ones((3, 3))
    wrong = np.ones(3)

    def once():
        scale_all(u, 1.0)
        make_array(2)
        with pytest.raises(deed.RankError):
            scale_all(wrong, 1.0)

    for _ in range(50):
        once()
    gc.collect()
    before = (
        sys.getallocatedblocks(),
        sys.getrefcount(u),
        sys.getrefcount(wrong),
        sys.getrefcount(scale_all),
    )
    for _ in range(500):
        once()
    gc.collect()
    after = (sys.getallocatedblocks(), sys.getrefcount(u), sys.getrefcount(wrong), sys.getrefcount(scale_all))
    assert after[1:] == before[1:]
    assert abs(after[0] - before[0]) < 50


def test_functions_themselves_do_not_leak():
    def blocks_after(count):
        for _ in range(count):
            make("weigh", arg.descriptor("u", "float64", 2), result="float64")
        gc.collect()
        return sys.getallocatedblocks()

    before = blocks_after(500)
    assert blocks_after(1000) - before < 500
