# SPDX-License-Identifier: BSD-3-Clause
"""The end of a large block lets other threads run."""

from __future__ import annotations

import ctypes
import statistics
import sys
import threading
import time

import pytest

import deed

LARGE_BYTES = 256 << 20
PAGE_BYTES = 4096
MADV_NOHUGEPAGE = 15


class Ticker(threading.Thread):
    """Notes the longest time that it did not get to run."""

    def run(self) -> None:
        """Tick until stopped."""
        self.longest, self.is_over = 0.0, False
        last = time.perf_counter()
        while not self.is_over:
            now = time.perf_counter()
            self.longest = max(self.longest, now - last)
            last = now


def stall_ratio(end) -> float:
    """The longest stall of another thread, in parts of the time that the end of the block took."""
    ticker = Ticker()
    ticker.start()
    time.sleep(0.02)
    ticker.longest = 0.0
    begun = time.perf_counter()
    end()
    took = time.perf_counter() - begun
    time.sleep(0.002)  # so that a stall that has just ended is noted
    ticker.is_over = True
    ticker.join()
    return ticker.longest / took


def touched() -> deed.Array:
    """A large block in small pages, so that its end takes long."""
    a = deed.alloc(LARGE_BYTES, "uint8")
    begin = -(-a.numpy().ctypes.data // PAGE_BYTES) * PAGE_BYTES
    # A system without large pages refuses, and has none to refuse.
    ctypes.CDLL(None).madvise(
        ctypes.c_void_p(begin), ctypes.c_size_t(LARGE_BYTES - PAGE_BYTES), MADV_NOHUGEPAGE
    )
    a.numpy()[::PAGE_BYTES] = 1
    return a


ENDS = {
    "release": lambda held: held.pop().release(),
    "the object": lambda held: held.clear(),
}


@pytest.fixture
def switch_often():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.parametrize("kind", ["release", "the object", "an ndarray"])
def test_trap_a8_the_gil_is_not_held_while_a_large_block_is_freed(kind, switch_often):
    ratios = []
    for _ in range(7):
        held = [touched()]
        if kind == "an ndarray":
            held = [held.pop().numpy()]
        ratios.append(stall_ratio(lambda held=held: ENDS.get(kind, ENDS["the object"])(held)))
    print(f"{kind}: longest stall {statistics.median(ratios):.2f} of the time that the end took")
    assert statistics.median(ratios) < 0.5


def test_trap_a5_a_pending_exception_survives():
    def fail():
        a = touched()
        raise KeyError(a.nbytes)

    with pytest.raises(KeyError, match=str(LARGE_BYTES)):
        fail()
