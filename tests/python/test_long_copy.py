# SPDX-License-Identifier: BSD-3-Clause
"""What moves many bytes lets other threads run, and holds the memory meanwhile."""

from __future__ import annotations

import contextlib
import pickle
import sys
import threading

import numpy as np
import pytest

import deed
from deed._core import raw_bytes

LARGE = (1 << 13, 1 << 10)  # 64 MiB


@contextlib.contextmanager
def nobody_is_interrupted():
    """Until the end, a thread keeps the GIL unless it lets go of it."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def is_seen_by_another_thread(act, do=lambda: None) -> bool:
    """Whether another thread runs, and does something, while this one acts."""
    seen, done, starts = [], [], threading.Lock()

    def watch():
        with starts:
            seen.append(not done)
            do()

    with nobody_is_interrupted():
        starts.acquire()
        thread = threading.Thread(target=watch)
        thread.start()
        starts.release()
        act()
        done.append(True)
        thread.join()
    return seen[0]


ACTS = {
    "copy": lambda a: a.copy(),
    "copy in another order": lambda a: a.copy(order="C"),
    "copy with gaps": lambda a: a[::2].copy(),
    "__dlpack__": lambda a: a.__dlpack__(copy=True),
    "from_dlpack": lambda a: deed.from_dlpack(a, copy=True),
    "numpy.array": lambda a: np.array(a),
    "assignment": lambda a: a.__setitem__(..., 1.0),
    "pickle": raw_bytes,
}
if np.lib.NumpyVersion(np.__version__) >= "2.1.0":
    ACTS["numpy.from_dlpack"] = lambda a: np.from_dlpack(a, copy=True)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_other_threads_run_while_much_is_copied(act):
    source = deed.alloc(LARGE, zeroed=True)
    assert any(is_seen_by_another_thread(lambda: act(source)) for _ in range(50))


def test_few_bytes_are_copied_with_the_gil():
    source = deed.alloc(100, zeroed=True)
    assert not any(is_seen_by_another_thread(source.copy) for _ in range(20))


COPIES = {
    "copy": lambda a: a.copy().numpy(),
    "__dlpack__": lambda a: deed.from_dlpack(a.__dlpack__(copy=True)).numpy(),
    "pickle": lambda a: np.frombuffer(raw_bytes(a)),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_memory_is_held_while_it_is_copied(copy):
    for _ in range(50):
        source, copied = deed.alloc(1 << 22), []
        source[...] = 7
        if is_seen_by_another_thread(lambda: copied.append(copy(source)), source.release):  # noqa: B023
            break
    else:
        pytest.fail("no other thread ran")
    assert not source.is_live
    assert (copied[0] == 7).all()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("order", ["C", "F"])
def test_pickles_of_large_arrays(protocol, order):
    a = deed.alloc((512, 512), order=order)
    a[...] = np.arange(512 * 512.0).reshape(512, 512)
    for part in (a, a[1::2, ::3], a[:0]):
        loaded = pickle.loads(pickle.dumps(part, protocol))
        assert (loaded.numpy() == part.numpy()).all()
        assert loaded.bounds == part.bounds


def test_raw_bytes_are_those_of_the_memory():
    x = np.arange(6.0).reshape(2, 3)
    assert raw_bytes(deed.lend(x)) == x.tobytes()
    assert raw_bytes(deed.lend(x).T) == x.tobytes()
    assert raw_bytes(deed.lend(x)[:, :0]) == b""
    with pytest.raises(deed.OrderError):
        raw_bytes(deed.lend(x)[:, ::2])
    with pytest.raises(deed.OrderError):
        raw_bytes(deed.lend(np.broadcast_to(x, (3, 2, 3))))
    with pytest.raises(TypeError):
        raw_bytes(x)
    gone = deed.alloc(3)
    gone.release()
    with pytest.raises(deed.StaleError):
        raw_bytes(gone)
