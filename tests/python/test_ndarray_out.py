# SPDX-License-Identifier: BSD-3-Clause
"""numpy(): the ndarray, its base, and how long the block lives."""

from __future__ import annotations

import ctypes
import gc
import itertools
import operator
import pickle

import numpy as np
import pytest

import deed
from deed import arg


def filled(shape, order="F", lower=None) -> deed.Array:
    a = deed.alloc(shape, order=order, lower=lower)
    a.numpy()[...] = np.arange(a.size).reshape(a.shape)
    return a


def claims() -> int:
    gc.collect()
    return deed.counts().live_claims


def test_same_memory_same_index_order():
    a = filled((3, 4), lower=(-1, 1))
    n = a.numpy()
    assert n.__array_interface__["data"][0] == a.address
    assert (n.shape, n.strides, n.dtype) == (a.shape, a.strides, a.dtype)
    n[2, 1] = 99
    assert a[2, 1] == 99
    assert a[2, 1, ...].numpy() == 99


def test_asarray_gives_the_same_memory():
    a = filled((3, 4))
    assert np.shares_memory(np.asarray(a), a.numpy())
    assert np.asarray(a).base.__class__.__name__ == "memoryview"


def test_asarray_copies_only_when_asked():
    a = filled((3, 4))
    assert np.asarray(a, dtype=np.float32).dtype == np.float32
    assert not np.shares_memory(a.__array__(copy=True), a.numpy())
    assert np.shares_memory(a.__array__(copy=False), a.numpy())
    with pytest.raises(ValueError, match="without a copy"):
        a.__array__(np.float32, copy=False)


def test_the_claim_is_recorded_with_this_line():
    a = filled(3)
    n = a.numpy()  # the site
    line = test_the_claim_is_recorded_with_this_line.__code__.co_firstlineno + 2
    assert [(h.language, h.role, h.rights, h.file, h.line) for h in a.holders()[1:]] == [
        ("Python", "share", "rw", __file__, line)
    ]
    assert n.shape == (3,)


def test_trap_a10_base_that_nobody_uses_releases_once():
    a = filled(3)
    before = claims()
    base = a.numpy().base
    assert claims() == before + 1
    del base
    assert claims() == before


def test_trap_a13_empty_arrays_through_every_route():
    before = deed.counts()
    for _ in range(1000):
        a = deed.alloc((0, 3))
        n = a.numpy()
        assert (n.shape, n.flags.owndata) == ((0, 3), False)
        v = deed.share(n)
        with deed.lend(np.empty((2, 0))) as loan:
            loan.numpy()
        deed.adopt(np.empty(0)).numpy()
        v.copy()
        del a, n, v, loan
    after = deed.counts()
    assert after.blocks_made - before.blocks_made == 4000
    assert after.blocks_ended - before.blocks_ended == 4000


def test_trap_a21_released_while_an_ndarray_is_out():
    a = filled(1000)
    n = a.numpy()
    raw = np.ndarray((10,), buffer=n)
    a.release()
    assert n.sum() == 499500
    del n
    assert raw.sum() == 45


def test_trap_a22_middle_of_the_chain_dropped():
    a = filled(10)
    n = a.numpy()
    view = memoryview(n)
    again = np.asarray(view)
    piece = again[3:6]
    a.release()
    del a, n, view, again
    gc.collect()
    assert piece.tolist() == [3, 4, 5]
    assert deed.counts().live_claims == 1
    assert deed.share(piece).shape == (3,)


def test_trap_a23_t02_temporary_owner_in_one_expression():
    n = deed.alloc((2, 3), zeroed=True).numpy()
    n += 1
    assert n.sum() == 6
    assert np.asarray(deed.alloc(4, zeroed=True)[1:])[::2].tolist() == [0, 0]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_trap_a20_any_order_of_deletion(order):
    a = filled((4, 5))
    things = [a, a.numpy(), a[1:].numpy()[:, ::2], a.numpy().T]
    del a
    for place in order:
        things[place] = None
        for kept in things:
            if isinstance(kept, np.ndarray):
                assert kept[0, 0] in (0, 5)
    gc.collect()
    assert deed.counts().live_blocks == 0


WRITABLE = {
    "lent": lambda: deed.lend(np.zeros((3, 4))).numpy(),
    "allocated": lambda: deed.alloc((3, 4), zeroed=True).numpy(),
    "strided": lambda: deed.alloc((3, 8), zeroed=True)[:, ::2].numpy(),
    "reversed": lambda: deed.alloc((3, 4), zeroed=True)[::-1].numpy(),
    "view": lambda: deed.alloc((4, 8), zeroed=True).numpy()[1:, ::2],
    "reshaped": lambda: deed.alloc(12, zeroed=True).numpy().reshape(3, 4),
    "empty": lambda: deed.alloc((3, 0)).numpy(),
}


@pytest.mark.parametrize("make", WRITABLE.values(), ids=WRITABLE)
def test_right_to_write_is_given_up_and_taken_again(make):
    n = make()
    for _ in range(2):
        n.flags.writeable = False
        with pytest.raises(ValueError, match="read-only"):
            n[...] = 1
        n.setflags(write=True)
        n[...] = 2
    assert (n == 2).all()


def test_right_to_write_is_not_taken_from_a_claim_without_it():
    x = np.zeros(4)
    x.flags.writeable = False
    writable = deed.alloc(4, zeroed=True)
    arrays = [deed.lend(x), deed.lend(np.zeros(4), writable=False), writable.share(writable=False)]
    arrays += [deed.lend(b"12345678"), deed.adopt(x)]
    for array in arrays:
        for n in (array.numpy(), array.numpy()[1:], array.numpy().reshape(2, -1)):
            with pytest.raises(ValueError, match="WRITEABLE"):
                n.flags.writeable = True


def test_right_to_write_ends_with_the_claim(native):
    a = deed.alloc(4, zeroed=True)
    n = a.numpy()
    n.flags.writeable = False
    claim = ctypes.c_uint64.from_address(id(n.base) + object.__basicsize__).value
    assert native.native_release(deed.handle(claim)) == 0
    with pytest.raises(ValueError, match="WRITEABLE"):
        n.flags.writeable = True


def test_base_shows_no_elements():
    n = filled(4).numpy()
    assert memoryview(n.base).nbytes == 0
    assert not memoryview(n.base).readonly
    with pytest.raises(TypeError, match="cannot create"):
        type(n.base)()
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(n.base)
    assert pickle.loads(pickle.dumps(n)).tolist() == n.tolist()


def test_trap_a33_read_only_survives_and_cannot_be_flipped():
    a = filled(4)
    n = a.share(writable=False).numpy()
    assert not n.flags.writeable
    for flip in (lambda: n.setflags(write=True), lambda: setattr(n.flags, "writeable", True)):
        with pytest.raises(ValueError, match="WRITEABLE"):
            flip()
    with pytest.raises(ValueError, match="read-only"):
        n[0] = 1
    back = deed.adopt(n)
    assert back.readonly
    with pytest.raises(deed.RightsError):
        back.share(writable=True)
    with pytest.raises(deed.RightsError):
        deed.share(n, writable=True)
    assert not back.numpy()[1:].flags.writeable


def test_trap_t26_never_owns_its_data():
    for shape in [(), (0,), (3,), (2, 3)]:
        a = deed.alloc(shape, zeroed=True)
        for n in (a.numpy(), np.asarray(a), a[...].numpy(), a.T.numpy()):
            assert not n.flags.owndata
            with pytest.raises(ValueError, match="own"):
                n.resize((50,), refcheck=False)


def test_trap_t35_length_one_array_is_a_writable_view():
    a = deed.alloc(1, zeroed=True)
    n = a.numpy()
    assert n.shape == (1,)
    n[0] = 7
    assert a.numpy()[0] == 7


def test_trap_t36_assignment_to_elements_writes_and_rebinding_does_not():
    a = deed.alloc(3, zeroed=True)
    x = a.numpy()
    x[:] = [1, 2, 3]
    assert a.numpy().tolist() == [1, 2, 3]
    x = x + 1  # a new ndarray of NumPy's own
    assert a.numpy().tolist() == [1, 2, 3]
    assert x.flags.owndata
    a[1:] = 9
    assert a.numpy().tolist() == [1, 9, 9]


@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (1,), (1, 1, 4), (3, 1, 2)])
def test_trap_a37_t45_edge_shapes_with_any_strides(shape):
    a = filled(shape)
    for form in (a, a.T, a[...], a.T.T):
        n = form.numpy()
        assert n.shape == form.shape
        assert np.array_equal(np.array(n), np.asarray(form))
    piece = filled((4, 6))[1:2, ::3]
    assert piece.shape == (1, 2)
    assert not piece.f_contiguous
    assert piece[:, :1].f_contiguous
    assert piece[:, :1].c_contiguous


EDGES = [(), (1,), (3,), (1, 1), (1, 3), (3, 1), (2, 3), (2, 1, 3), (1, 2, 1), (0,), (0, 3), (3, 0)]


@pytest.mark.parametrize("index", [(), np.s_[::2], np.s_[..., ::-1], np.s_[:1]], ids=str)
@pytest.mark.parametrize("order", ["F", "C"])
@pytest.mark.parametrize("shape", EDGES, ids=str)
def test_strides_and_flags_are_those_of_the_layout(shape, order, index):
    """Also where NumPy is left to find the strides itself."""
    a = deed.alloc(shape, order=order)
    if index != () and len(shape) > 0:
        a = a.view(index)
    n = a.numpy()
    plain = np.lib.stride_tricks.as_strided(n, a.shape, a.strides)  # whose strides are always looked at
    assert (n.shape, n.strides) == (a.shape, a.strides)
    for flag in ("C_CONTIGUOUS", "F_CONTIGUOUS", "ALIGNED", "WRITEABLE"):
        assert n.flags[flag] == plain.flags[flag], flag
    assert np.shares_memory(n, plain) == (n.size > 0)


def test_trap_a38_t44_no_memory_is_no_error():
    a = deed.alloc((3, 0))
    assert a.numpy().tolist() == [[], [], []]
    assert deed.share(a.numpy()[1:]).shape == (2, 0)
    assert deed.adopt(np.empty((0, 4))[:, 2:]).shape == (0, 2)


@pytest.mark.parametrize(
    "form",
    [
        lambda x: x.T,
        operator.itemgetter((slice(None, None, -1), slice(None, None, 2), slice(None))),
        operator.itemgetter((slice(1, None), slice(None), slice(None, None, -3))),
        operator.itemgetter((slice(None), 2, slice(None))),
    ],
)
def test_trap_a42_values_through_strides(form, native):
    from conftest import weighted_sum

    x = np.random.default_rng(1).random((4, 5, 6))
    for order in "FC":
        base = deed.adopt(np.array(x, order=order))
        ours = form(base)
        theirs = form(x)
        assert np.array_equal(ours.numpy(), theirs)
        assert native.native_sum(ours) == pytest.approx(weighted_sum(theirs))
        assert native.native_sum(form(base.numpy())) == pytest.approx(weighted_sum(theirs))


def test_trap_t48_shape_order_is_index_order_in_every_language(native):
    a = deed.alloc((2, 3), zeroed=True)
    a.numpy()[1, 0] = 1.0  # the second element in Fortran's order
    assert native.native_sum(a) == 2.0
    assert a.T.shape == (3, 2)
    assert a.T.numpy()[0, 1] == 1.0


def test_numpy_dtype_shows_records():
    fields = np.dtype([("x", "f8"), ("n", "i4"), ("pad", "i4")])
    a = deed.alloc(3, fields, zeroed=True)
    n = a.numpy(fields)
    n["x"] = [1, 2, 3]
    assert a.component("float64", 0).numpy().tolist() == [1, 2, 3]
    assert a.numpy().dtype == fields
    assert a.numpy("V16").dtype == np.dtype("V16")
    with pytest.raises(deed.DtypeError):
        a.numpy("f8")
    with pytest.raises(deed.DtypeError):
        deed.alloc(3, "int64").numpy(object)


def test_every_ndarray_of_an_array_shows_the_same():
    a = deed.alloc((3, 4), "bfloat16", zeroed=True)
    assert a.numpy("uint16").dtype == np.uint16
    with pytest.raises(deed.DtypeError):
        a.numpy()
    b = filled((3, 4), order="C")
    first, second = b.numpy(), b.numpy()
    second.shape = 12, 1, 1
    third = b.numpy()
    assert (third.shape, third.strides, third.dtype) == (first.shape, first.strides, first.dtype)
    share = b.share(writable=False)
    assert not share.numpy().flags.writeable
    assert not share.numpy().flags.writeable
    share.release()
    with pytest.raises(deed.StaleError):
        share.numpy()


@pytest.fixture
def number_of():
    """The number of the handle that a native function gets for an array; labs() does not know what it is."""
    return deed.function("libc.so.6", "labs", [arg.handle("a", "float64", rank=2)], "int64")


def test_claim_of_an_unchanged_ndarray_goes_to_native_functions(number_of, native_path):
    a = filled((3, 4), lower=(-1, 1))
    n = a.numpy()
    assert number_of(n) == number_of(n) != a.handle
    assert number_of(a.numpy()) != number_of(n)
    share = deed.function(native_path, "native_share", [arg.handle("a", "float64", rank=2)], "handle")(n)
    del a, n
    assert share.lower == (-1, 1)
    assert share.numpy()[2, 3] == 11


@pytest.mark.parametrize(
    "change",
    [
        lambda n: setattr(n, "shape", (4, 3)),
        lambda n: n.setflags(write=False),
        lambda n: setattr(n, "dtype", np.dtype("f8", metadata={"unit": "m"})),
    ],
    ids=["shape", "rights", "type"],
)
def test_ndarray_that_was_changed_in_place_gets_a_claim_of_its_own(change, number_of, native_path):
    n = filled((3, 4), order="C").numpy()
    change(n)
    assert number_of(n) != number_of(n)
    share = deed.function(native_path, "native_share", [arg.handle("a", "float64", rank=2)], "handle")(n)
    assert (share.shape, share.strides, share.readonly) == (n.shape, n.strides, not n.flags.writeable)


def test_view_of_an_ndarray_gets_a_claim_of_its_own(number_of):
    n = filled((3, 4)).numpy()
    assert number_of(n[:]) != number_of(n[:])
    logical = deed.alloc((3, 4), "logical64", zeroed=True).numpy()
    whole = deed.function("libc.so.6", "labs", [arg.handle("a", "int64", rank=2)], "int64")
    assert whole(logical) != whole(logical)
