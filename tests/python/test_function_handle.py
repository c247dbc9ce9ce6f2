# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: handles that go by number to native code, which may keep, end or return them."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import deed
from deed import arg

LARGE = 4_000_000  # elements, so that their memory would be given back to the system at once


def with_handle(library, name, result):
    return deed.function(library, name, [arg.handle("u", "float64", 1)], result)


@pytest.fixture
def same():
    """A procedure that returns the handle that it was given."""
    return with_handle("libc.so.6", "llabs", "handle")


@pytest.fixture
def number():
    """The same, as a number: native code that keeps it for later."""
    return with_handle("libc.so.6", "llabs", "uint64")


@pytest.fixture
def end(native_path):
    """A procedure that releases what it was given."""
    return with_handle(native_path, "native_release", "int32")


def last_ndarray():
    """An ndarray that has the only claim on its memory."""
    array = deed.alloc(LARGE)
    ndarray = array.numpy()
    ndarray[:] = 2
    array.release()
    return ndarray


def lives(ndarray):
    return deed.counts().live_blocks == 1 and ndarray.sum() == 2 * LARGE


def test_handle_of_an_ndarray_that_comes_back_has_memory_of_its_own_account(same):
    x = last_ndarray()
    for _ in range(3):
        back = same(x)
        assert back.address == x.ctypes.data
        del back
        assert lives(x)
    same(x).release()
    assert lives(x)


def test_handle_that_comes_back_outlives_its_ndarray(same):
    x = last_ndarray()
    first, second = same(x), same(x)
    del x
    assert lives(first.numpy())
    first.release()
    assert lives(second.numpy())
    second.release()


def test_ndarray_keeps_its_memory_when_the_procedure_releases_it(end, native_path):
    x = last_ndarray()
    for _ in range(3):
        assert end(x) == 0
        assert lives(x)
    with_handle(native_path, "native_release_on_thread", "int32")(x)
    assert lives(x)


def test_ndarray_keeps_its_memory_when_the_procedure_moves_it(native_path):
    x = last_ndarray()
    transfer = with_handle(native_path, "native_transfer", "handle")
    with pytest.raises(deed.HandleError, match="native_transfer returned no array"):
        transfer(x)
    assert lives(x)


def test_number_that_is_kept_is_released_later_in_another_thread(number, native):
    x = last_ndarray()
    kept = number(x)
    assert number(x) == kept
    thread = threading.Thread(target=native.native_release, args=(deed.handle(kept),))
    thread.start()
    thread.join()
    assert lives(x)
    assert number(x) != kept
    assert native.native_release(deed.handle(kept)) != 0


def test_number_that_is_kept_ends_with_its_ndarray(number, native):
    x = last_ndarray()
    kept = deed.handle(number(x))
    assert native.native_rights(kept) >= 0
    del x
    assert native.native_rights(kept) == -1
    assert deed.counts().live_blocks == 0


def test_two_ndarrays_of_one_array_lend_different_numbers(number, native):
    with deed.alloc(3, zeroed=True) as a:
        x, y = a.numpy(), a.numpy()
        kept = number(x)
        assert native.native_release(deed.handle(number(y))) == 0
        assert native.native_sum(deed.handle(kept)) == 0
        assert x.tolist() == y.tolist() == [0, 0, 0]


def test_array_that_the_procedure_releases_is_stale_and_its_ndarrays_live(end):
    def show():
        return a.numpy()

    a = deed.alloc(3, zeroed=True)
    x = a.numpy()
    show()  # leaves a claim for the next ndarray of that place
    assert end(a) == 0
    with pytest.raises(deed.StaleError):
        show()
    assert deed.counts().live_claims == 1
    assert x.tolist() == [0, 0, 0]


def test_handle_of_an_array_comes_back_as_that_array(same):
    with deed.alloc(3) as a:
        assert same(a) is a
        claims = deed.counts().live_claims
        same(a)
        assert deed.counts().live_claims == claims


def test_ndarray_of_numpy_comes_back_with_its_memory(same):
    x = np.arange(3.0)
    back = same(x)
    assert back.address == x.ctypes.data
    del x
    assert back.numpy().tolist() == [0, 1, 2]
    part = back.numpy()[1:]
    with same(part) as second:
        back.release()
        assert second.numpy().tolist() == [1, 2]


def test_result_that_is_no_array_is_refused_by_name(native_path):
    nothing = deed.function("libc.so.6", "llabs", [arg.value("n", "int64")], "handle")
    with pytest.raises(deed.HandleError, match="llabs returned no array: not a handle"):
        nothing(0)
    a = deed.alloc(3)
    stale = a.handle
    a.release()
    with pytest.raises(deed.StaleError, match="llabs returned no array: stale handle"):
        nothing(stale)


def test_share_of_an_argument_is_another_array(native_path):
    share = with_handle(native_path, "native_share", "handle")
    x = last_ndarray()
    with share(x) as other:
        del x
        assert lives(other.numpy())


def test_threads_that_lend_and_end_one_ndarray(end, number, native):
    a = deed.alloc(3, zeroed=True)
    x = a.numpy()

    def work():
        for _ in range(2000):
            native.native_release(deed.handle(number(x)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    a.release()
    assert x.tolist() == [0, 0, 0]
