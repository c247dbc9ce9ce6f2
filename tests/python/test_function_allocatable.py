# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: allocatable dummies that are given what is allocated and may allocate it anew."""

from __future__ import annotations

import gc
import hashlib

import numpy as np
import pytest
from native_procedures import COMPILER, make

import deed
from deed import arg


def inout(name="a", dtype="float64", rank=1):
    return arg.allocatable(name, dtype, rank, "inout")


@pytest.fixture
def resize():
    return make("resize", inout(), arg.value("n", "int32"))


@pytest.fixture
def exchange():
    return make("exchange", inout("a"), inout("b"))


@pytest.fixture
def double_each():
    return make("double_each", inout(), result="int32")


def test_none_is_not_allocated(resize, double_each):
    assert resize(None, -1) is None
    assert double_each(None) == (0, None)
    with resize(None, 2) as a:
        assert (a.origin, a.bounds, list(a.numpy())) == ("fortran", ((0, 1),), [0, 0])


def test_what_stays_where_it_is_comes_back_as_it_was(resize, double_each):
    a = resize(None, 3)
    a.numpy()[:] = [1, 2, 3]
    gc.collect()
    address = a.numpy().ctypes.data
    lower, back = double_each(a)
    assert back is a
    assert (lower, a.bounds, list(a.numpy())) == (0, ((0, 2),), [2, 4, 6])
    assert a.numpy().ctypes.data == address
    a.release()


def test_lower_bounds_go_in(double_each):
    make_array = make("make_array", arg.value("n", "int32"), arg.allocatable("a", "float64", 1))
    with make_array(4) as a:
        assert double_each(a) == (-1, a)
        assert list(a.numpy()) == [2, 4, 6, 8]


def test_reallocated_by_the_procedure(resize):
    a = resize(None, 2)
    blocks = deed.counts().live_blocks
    a.numpy()[:] = 5
    assert resize(a, 4) is a
    assert list(a.numpy()) == [5, 5, 0, 0]
    assert resize(a, 0) is a
    assert a.shape == (0,)
    assert deed.counts().live_blocks == blocks
    a.release()


def test_deallocated_by_the_procedure(resize):
    a = resize(None, 2)
    blocks = deed.counts().live_blocks
    assert resize(a, -1) is None
    assert deed.counts().live_blocks == blocks - 1
    with pytest.raises((deed.StaleError, deed.HandleError)):
        a.numpy()
    with pytest.raises((deed.StaleError, deed.HandleError), match="'a'"):
        resize(a, 1)


def test_ndarrays_that_are_gone_are_in_nobodys_way(resize):
    def show(array):
        return array.numpy()

    a = resize(None, 2)
    show(a)[:] = 5
    for n in (3, 4, 5):
        show(a)
        assert resize(a, n) is a
        assert show(a).shape == (n,)
    other = a.share()
    show(other)
    with pytest.raises(deed.BusyError, match="; 1 other claim:"):
        resize(a, 2)
    other.release()
    a.release()


def test_moved_between_two(resize, exchange):
    a, b = resize(None, 1), resize(None, 2)
    addresses = [x.numpy().ctypes.data for x in (a, b)]
    assert exchange(a, b) == (a, b)
    assert (a.shape, b.shape) == ((2,), (1,))
    assert [x.numpy().ctypes.data for x in (b, a)] == addresses
    assert exchange(a, None)[0] is None
    with pytest.raises((deed.StaleError, deed.HandleError)):
        a.share()
    b.release()


def test_other_claims_are_named(resize):
    with resize(None, 2) as a:
        a.numpy()[:] = 1
        with a.share(), pytest.raises(deed.BusyError, match=r"resize: argument 'a': .*held") as raised:
            resize(a, 5)
        assert raised.value.holder_count == 1
        assert raised.value.holders[0].file == __file__
        view = a.numpy()
        with pytest.raises(deed.BusyError):
            resize(a, 5)
        assert list(view) == [1, 1]
        del view
        gc.collect()
        assert resize(a, 3) is a


def test_other_allocators_are_refused(resize):
    for other in (deed.alloc(2, zeroed=True), deed.adopt(np.zeros(2)), deed.lend(np.zeros(2))):
        with other, pytest.raises(deed.OriginError, match="'a'"):
            resize(other, 1)
    with resize(None, 2) as a, a.share() as share, pytest.raises(deed.DeedError, match="'a'"):
        resize(share, 1)


def test_memory_of_another_compiler_is_refused(resize):
    other = "flang" if COMPILER == "gfortran" else "gfortran"
    elsewhere = make("resize", inout(), arg.value("n", "int32"), compiler=other)
    with resize(None, 2) as a, pytest.raises(deed.OriginError, match=r"'a': .*from another allocator"):
        elsewhere(a, 1)


def test_published_is_refused(resize):
    with resize(None, 2) as a:
        a.publish("function/a")
        with pytest.raises(deed.BusyError, match="published"):
            resize(a, 1)
        assert deed.names() == ["function/a"]
        a.withdraw()
        assert resize(a, 1) is a


def test_what_is_not_wanted_is_refused_by_name(resize):
    wrong = make("resize", inout(rank=2), arg.value("n", "int32"))
    other = make("resize", inout(dtype="float32"), arg.value("n", "int32"))
    with resize(None, 2) as a:
        with pytest.raises(deed.RankError, match="'a'"):
            wrong(a, 1)
        with pytest.raises(deed.DtypeError, match="'a'"):
            other(a, 1)
        with pytest.raises(deed.DtypeError, match=r"'a': .*ndarray came"):
            resize(np.zeros(2), 1)
        with pytest.raises(deed.BoundsError, match="'n'"):
            resize(a, 2**40)
        assert a.shape == (2,)


def test_refusal_leaves_the_other_array_as_it_was(resize, exchange):
    with resize(None, 1) as a, resize(None, 2) as b:
        with b.share(), pytest.raises(deed.BusyError, match="'b'"):
            exchange(a, b)
        assert (a.shape, b.shape) == ((1,), (2,))
        with pytest.raises((deed.StaleError, deed.HandleError), match="'b'"):
            exchange(a, a)
        assert a.shape == (1,)


def test_result_and_all_that_comes_back():
    arguments = (
        arg.allocatable("a", "float64", 1),
        arg.reference("n", "int32", "out"),
        arg.allocatable("b", "float64", 1),
    )
    total, a, n, b = make("give_twice", *arguments, result="int32")()
    assert (total, a.shape, n, b.shape) == (9, (3,), 3, (6,))
    a.release()
    b.release()


def test_an_element_is_of_the_memory_that_its_index_was_held_against(resize):
    a = resize(None, 100_000)

    class Shrinks:
        def __index__(self):
            resize(a, 4)
            return 99_999

    with pytest.raises(deed.StaleError, match="while its index was read"):
        a[Shrinks()]
    assert a.shape == (4,)
    a.release()


EXPORTS = {
    "memoryview": lambda a: memoryview(a).shape[0],
    "bytes": lambda a: len(bytes(a)) // 8,
    "digest": lambda a: {hashlib.sha256(bytes(8 * n)).digest(): n for n in (4, 100_000)}[
        hashlib.sha256(a).digest()
    ],
    "ndarray": lambda a: np.ndarray(4, buffer=a).sum() * 0 + 4 if len(a) == 4 else 100_000,
    "Arrow": lambda a: len(deed.from_arrow(a)),
    "DLPack": lambda a: len(np.from_dlpack(a)),
}


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_an_export_shows_the_memory_that_it_holds(resize, export):
    """A collection may run anything between two steps of an export, and so give the Array other memory."""
    a = resize(None, 100_000)
    a[...] = 0

    class Shrinks:
        def __del__(self):
            resize(a, 4)[...] = 0

    circle = Shrinks()
    circle.itself = circle
    del circle
    threshold = gc.get_threshold()
    gc.set_threshold(1)
    try:
        shown = export(a)
    except deed.StaleError:
        shown = len(a)
    finally:
        gc.set_threshold(*threshold)
    assert shown in (100_000, len(a))
    gc.collect()
    a.release()
