# SPDX-License-Identifier: BSD-3-Clause
"""Bad input: each is an error with a name, and nothing is lost."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import deed


@pytest.fixture
def a():
    with deed.alloc((3, 4), zeroed=True) as array:
        yield array
        assert array.is_live
        assert array.numpy().shape == (3, 4)


def test_reclaim_while_someone_holds_a_share():
    x = np.zeros(3)
    title = deed.adopt(x)
    share = title.share()
    with pytest.raises(deed.BusyError):
        title.reclaim()
    share.release()
    assert title.reclaim() is x


def test_trap_a15_reclaim_of_what_another_allocator_made(a, native):
    with pytest.raises(deed.OriginError, match="malloc"):
        a.reclaim()
    with deed.lend(np.zeros(3)) as loan, pytest.raises(deed.OriginError):
        loan.reclaim()
    foreign = deed.Array.from_handle(native.native_foreign(3))
    with pytest.raises(deed.OriginError, match="foreign"):
        foreign.reclaim()


def test_verbs_of_the_title_by_a_share(a):
    share = a.share()
    uses = [
        share.reclaim,
        share.recall,
        share.withdraw,
        lambda: share.transfer("C"),
        lambda: share.publish("x"),
    ]
    for use in uses:
        with pytest.raises(deed.NotTitleError) as caught:
            use()
        assert isinstance(caught.value, BufferError)


def test_recall_of_what_is_not_lent(a):
    with pytest.raises(deed.OriginError):
        a.recall()


def test_recall_while_lent_out():
    title = deed.lend(np.zeros(3))
    share = title.share()
    with pytest.raises(deed.BusyError):
        title.recall()
    with pytest.raises(deed.BusyError):
        title.release()
    share.release()
    title.release()


def test_view_outside_the_bounds(a):
    with pytest.raises(deed.BoundsError) as caught:
        a[3]
    assert isinstance(caught.value, IndexError)
    assert a[3:].shape == (0, 4)


def test_overflowing_shape():
    with pytest.raises(deed.SizeError) as caught:
        deed.alloc((2**40, 2**40))
    assert isinstance(caught.value, OverflowError)


def test_negative_extent():
    with pytest.raises(deed.ShapeError, match="-1"):
        deed.alloc((3, -1))


def test_rank_16():
    with pytest.raises(deed.RankError):
        deed.alloc((1,) * 16)
    with pytest.raises(deed.RankError):
        deed.adopt(np.zeros((1,) * 16))
    with pytest.raises(deed.RankError):
        deed.lend(np.zeros((1,) * 16))


def test_release_twice():
    share = deed.alloc(3).share()
    share.release()
    with pytest.raises(deed.StaleError):
        share.release()


def test_unknown_name(a):
    with pytest.raises(deed.NameUnknown, match=r'^lookup refused: "nowhere"') as caught:
        deed.lookup("nowhere")
    assert isinstance(caught.value, KeyError)
    with pytest.raises(deed.NameUnknown):
        a.withdraw()


def test_name_already_published(a):
    with deed.alloc(3, name="u"):
        with pytest.raises(deed.NameTaken):
            a.publish("u")
        a.publish("v")
        with pytest.raises(deed.NameTaken):
            a.publish("w")
        assert deed.names() == ["u", "v"]
        a.withdraw()


@pytest.mark.parametrize("name", ["", " u", "u ", "a\nb", "x" * 128])
def test_names_that_are_none(a, name):
    with pytest.raises(deed.InvalidArgument):
        a.publish(name)
    with pytest.raises(deed.InvalidArgument):
        deed.lookup(name)


def test_names_python_cannot_pass_on(a):
    with pytest.raises(ValueError, match="null"):
        deed.lookup("a\0b")
    with pytest.raises(UnicodeEncodeError):
        a.publish("\udc80")
    with pytest.raises(TypeError):
        a.publish(3)


def test_name_with_a_nul_is_not_cut(a):
    with pytest.raises(ValueError, match="null"):
        a.publish("u\0v")
    assert deed.names() == []


def test_unsupported_dtype():
    for dtype in (object, ">i4", "M8[D]", "nonsense"):
        with pytest.raises(TypeError):
            deed.alloc(3, dtype)


def test_c_order_where_fortran_order_is_asked_for():
    x = np.arange(12.0).reshape(3, 4)
    copies = deed.counts().copies
    with pytest.raises(deed.OrderError, match="Fortran order"):
        deed.handle.of(dtype="float64", ndim=2, order="F").from_param(x)
    assert deed.counts().copies == copies


@pytest.mark.parametrize("shape", [None, "x", 1.5, (1, 2.5), (1, "x")])
def test_shapes_that_are_none(shape):
    with pytest.raises(TypeError):
        deed.alloc(shape)


@pytest.mark.parametrize("lower", [(1,), (1, 2, 3), "xy", 1.5])
def test_lower_bounds_that_are_none(lower):
    with pytest.raises((deed.RankError, TypeError)):
        deed.alloc((3, 4), lower=lower)


@pytest.mark.parametrize("order", ["X", "", "f"])
def test_orders_that_are_none(order):
    with pytest.raises(ValueError, match="order"):
        deed.alloc(3, order=order)


def test_failed_adoption_leaves_the_ndarray_as_it_was():
    x = np.zeros((1,) * 16)
    count = sys.getrefcount(x)
    for verb in (deed.adopt, deed.lend):
        with pytest.raises(deed.RankError):
            verb(x)
        with pytest.raises(deed.RankError):
            verb(np.zeros(3), lower=(1, 2))
    assert sys.getrefcount(x) == count
    x.resize((1,) * 15, refcheck=False)


def test_ndarray_whose_bytes_do_not_fit_the_address_space():
    x = np.lib.stride_tricks.as_strided(np.zeros(1), shape=(3,), strides=(2**62,))
    count = sys.getrefcount(x)
    for verb in (deed.adopt, deed.lend):
        with pytest.raises(deed.SizeError):
            verb(x)
    after = sys.getrefcount(x)  # apart, because a failed assertion would print x
    assert after == count
