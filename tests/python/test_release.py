# SPDX-License-Identifier: BSD-3-Clause
"""The end of a large block lets other threads run. How long they wait is a case of the benchmarks."""

from __future__ import annotations

import pytest

import deed

LARGE_BYTES = 256 << 20

ENDS = {
    "release": lambda held: held.pop().release(),
    "the object": lambda held: held.clear(),
    "an ndarray": lambda held: held.__setitem__(0, held[0].numpy()) or held.clear(),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_trap_a8_the_gil_is_not_held_while_a_large_block_is_freed(end, native):
    held = [deed.Array.from_handle(native.native_watched(LARGE_BYTES))]
    end(held)
    assert native.native_was_freed_with_gil() == 0


def test_a_small_block_is_freed_with_the_gil(native):
    deed.Array.from_handle(native.native_watched(1000)).release()
    assert native.native_was_freed_with_gil() == 1


def test_trap_a5_a_pending_exception_survives():
    def fail():
        a = deed.alloc(LARGE_BYTES, "uint8")
        raise KeyError(a.nbytes)

    with pytest.raises(KeyError, match=str(LARGE_BYTES)):
        fail()
