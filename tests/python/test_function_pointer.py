# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: pointer dummies of intent(out), which come back as loans of Fortran's memory."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from native_procedures import make

import deed
from deed import arg


def out(name="p", dtype="float64", rank=1):
    return arg.pointer_dummy(name, dtype, rank, "out")


GRID = np.add.outer(np.arange(4.0), 10 * np.arange(-1.0, 5))


@pytest.fixture
def point_at_grid():
    return make("point_at_grid", arg.value("which", "int32"), out(rank=2))


@pytest.fixture
def point_into():
    return make("point_into", arg.descriptor("u", "float64", 1, "inout"), out("odd"), out("even"))


def test_pointer_comes_back_with_its_bounds_as_a_loan(point_at_grid):
    with point_at_grid(1) as p:
        assert (p.origin, p.role, p.bounds, p.readonly) == ("lent", "title", ((0, 3), (-1, 4)), False)
        assert np.array_equal(p.numpy(), GRID)


def test_what_is_written_is_seen_by_fortran(point_at_grid):
    value = make("grid_value", arg.value("i", "int32"), arg.value("j", "int32"), result="float64")
    with point_at_grid(1) as p:
        p.numpy()[2, 0] = 42
    assert value(2, -1) == 42


def test_strides_come_back(point_at_grid):
    with point_at_grid(2) as p:
        assert (p.strides, p.bounds) == ((-16, 96), ((1, 2), (1, 2)))
        assert np.array_equal(p.numpy(), GRID[3::-2, ::3])


def test_pointer_to_nothing_is_none(point_at_grid):
    assert point_at_grid(0) is None


def test_pointer_to_no_element_is_an_empty_array(point_at_grid):
    with point_at_grid(3) as p:
        assert p.shape == (0, 6)


def test_component_has_the_stride_of_its_type():
    size, p = make("point_at_weights", out(), result="int32")()
    assert (size, p.strides, p.bounds) == (5, (16,), ((-2, 2),))
    assert p.numpy().tolist() == [0.5, 1, 1.5, 2, 2.5]
    p.release()


def test_scalar_pointer_is_an_array_without_dimensions(point_at_grid):
    point_at_grid(1).release()
    with make("point_at_corner", out(rank=0))() as p:
        assert (p.shape, p.numpy()[()]) == ((), 43)


def test_release_frees_nothing_and_says_who_uses_it():
    point = make("point_at_new", arg.value("n", "int32"), out(dtype="int32"))
    p = point(3)
    x = p.numpy()
    with pytest.raises(deed.BusyError, match="1 other claim"):
        p.release()
    del p
    gc.collect()
    assert x.tolist() == [1, 4, 9]
    del x
    again = point(2)
    again.release()
    with pytest.raises(deed.StaleError):
        again.numpy()


def test_pointer_goes_back_in_as_it_came(point_at_grid):
    lower = make("point_lower", arg.pointer_dummy("p", "float64", 1, "inout"), result="int32")
    _, p = make("point_at_weights", out(), result="int32")()
    assert lower(p) == -2
    assert p.numpy()[0] == 42
    p.release()


def test_part_of_an_ndarray_keeps_it(point_into):
    u = np.arange(5.0)
    odd, even = point_into(u)
    with pytest.raises(ValueError, match="resize"):
        u.resize(50)
    address = u.ctypes.data
    del u
    gc.collect()
    assert [p.numpy().tolist() for p in (odd, even)] == [[0, 2, 4], [1, 3]]
    assert (odd.address, even.address) == (address, address + 8)
    odd.release()
    even.release()


def test_part_of_an_array_keeps_its_memory_though_it_is_released(point_into):
    blocks = deed.counts().live_blocks
    a = deed.alloc(6, zeroed=True)
    a.numpy()[:] = range(6)
    odd, even = point_into(a)
    a.release()
    assert [p.numpy().tolist() for p in (odd, even)] == [[0, 2, 4], [1, 3, 5]]
    odd.release()
    assert deed.counts().live_blocks == blocks + 2
    even.release()
    assert deed.counts().live_blocks == blocks


def test_part_of_what_may_not_be_written_may_not_either():
    point_into = make("point_into", arg.descriptor("u", "float64", 1), out("odd"), out("even"))
    u = np.arange(4.0)
    u.flags.writeable = False
    odd, even = point_into(u)
    for p in (odd, even):
        assert p.readonly
        p.release()


def test_part_of_what_the_call_allocates_keeps_it():
    point = make(
        "point_and_allocate", arg.value("n", "int32"), out(), arg.allocatable("a", "float64", 1, "inout")
    )
    blocks = deed.counts().live_blocks
    p, a = point(4, None)
    a.release()
    assert p.numpy().tolist() == [2, 3, 4]
    p.release()
    assert deed.counts().live_blocks == blocks


def test_allocatable_that_a_pointer_shows_is_in_use():
    point = make(
        "point_and_allocate", arg.value("n", "int32"), out(), arg.allocatable("a", "float64", 1, "inout")
    )
    p, a = point(4, None)
    with pytest.raises(deed.BusyError, match="'a'"):
        point(3, a)
    p.release()
    a.release()


def test_declarations_that_cannot_be():
    with pytest.raises(deed.InvalidArgument, match="'p'"):
        arg.pointer_dummy("p", "float64", 1, "out", optional=True)
    with pytest.raises(deed.InvalidArgument, match="extent 0 of p"):
        make("point_at_corner", out(), arg.extent("p", 0))


def test_nothing_leaks(point_into):
    u = np.zeros(4)
    a = deed.alloc(4, zeroed=True)
    claims = deed.counts().live_claims
    for _ in range(100):
        for array in (u, a):
            for p in point_into(array):
                p.release()
    assert deed.counts().live_claims == claims
    a.release()
