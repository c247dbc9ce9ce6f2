# SPDX-License-Identifier: BSD-3-Clause
"""Arrays through ctypes to native functions that take a handle by value, and back."""

from __future__ import annotations

import ctypes
import gc
import sys

import numpy as np
import pytest
from conftest import weighted_sum

import deed


def test_array_passes_through(native):
    a = deed.alloc((3, 4), zeroed=True)
    assert native.native_fill(a, 2.0) == 0
    assert (a.numpy() == 2).all()


def test_ndarray_passes_through_without_a_copy(native):
    x = np.arange(12.0).reshape(3, 4)[:, ::-1]
    assert native.native_sum(x) == weighted_sum(x)
    native.native_fill(x, 5.0)
    assert (x == 5).all()


def test_claim_of_the_call_ends_with_it(native):
    x = np.zeros(3)
    count = sys.getrefcount(x)
    assert native.native_sum(x) == 0
    assert deed.counts().live_claims == 0
    assert sys.getrefcount(x) == count


def test_callee_that_keeps_a_share_keeps_the_memory(native):
    share = deed.Array.from_handle(native.native_share(np.arange(3.0)))
    gc.collect()
    assert (share.origin, share.owner, share.holders()[0].language) == ("python", None, "C")
    assert share.holders()[0].file.endswith("native.c")
    assert share.numpy().tolist() == [0, 1, 2]


def test_ndarray_from_deed_is_not_wrapped_again(native):
    a = deed.alloc((3, 4), lower=-1, zeroed=True)
    blocks = deed.counts().blocks_made
    share = deed.Array.from_handle(native.native_share(a.numpy()[1:]))
    assert (share.origin, share.shape) == ("malloc", (2, 4))
    assert deed.counts().blocks_made == blocks


def test_as_parameter_without_argtypes(native_path):
    library = ctypes.CDLL(native_path)
    a = deed.alloc(3, zeroed=True)
    assert isinstance(a._as_parameter_, ctypes.c_uint64)
    assert a._as_parameter_.value == a.handle
    assert library.native_rights(a) == 3
    assert library.native_rights(a.share(writable=False)) == 1


def test_handle_goes_round_as_it_is(native):
    bare = native.native_alloc(3)
    assert native.native_rights(bare) == 3
    with pytest.raises(TypeError):
        deed.handle.of(ndim=1).from_param(bare)
    assert native.native_release(bare) == deed.Status.OK
    assert native.native_release(bare) == deed.Status.ESTALE


def test_callee_may_take_the_title(native):
    a = deed.alloc(3)
    moved = deed.Array.from_handle(native.native_transfer(a))
    assert not a.is_live
    assert (moved.role, moved.owner) == ("title", "C")
    assert native.native_release(moved) == deed.Status.OK
    assert not moved.is_live


def test_stale_array_is_refused_by_the_callee(native):
    a = deed.alloc(3)
    a.release()
    assert native.native_sum(a) == -1
    with pytest.raises(deed.StaleError):
        deed.handle.of(ndim=1).from_param(a)


CHECKS = [
    ({"dtype": "float64"}, np.zeros(3, "f4"), deed.DtypeError),
    ({"dtype": "float64"}, np.zeros(3, "c16"), deed.DtypeError),
    ({"dtype": "S4"}, np.zeros(3, "S5"), deed.DtypeError),
    ({"ndim": 2}, np.zeros(3), deed.RankError),
    ({"order": "F"}, np.zeros((3, 4)), deed.OrderError),
    ({"order": "F"}, np.zeros(6)[::2], deed.OrderError),
    ({"order": "C"}, np.zeros((3, 4), order="F"), deed.OrderError),
    ({"writable": True}, np.broadcast_to(np.zeros(1), 3), deed.RightsError),
    ({"dtype": "float64"}, np.zeros(9, "u1")[1:].view("f8"), deed.OrderError),
]


@pytest.mark.parametrize(("wanted", "array", "error"), CHECKS)
def test_trap_a12_refused_argument_is_released_once(wanted, array, error, native):
    count = sys.getrefcount(array)
    argument = deed.handle.of(**wanted)
    with pytest.raises(error):
        argument.from_param(array)
    function = ctypes.CDLL(native._name).native_sum
    function.argtypes = [argument]
    with pytest.raises(ctypes.ArgumentError, match=error.__name__):
        function(array)
    gc.collect()
    assert deed.counts().live_claims == 0
    assert sys.getrefcount(array) == count


def test_trap_t34_a36_no_silent_copy_for_an_output(native):
    fill = ctypes.CDLL(native._name).native_fill
    fill.argtypes = [deed.handle.of(dtype="float64", ndim=2, order="F", writable=True), ctypes.c_double]
    copies = deed.counts().copies
    wrong = np.zeros((3, 4))
    with pytest.raises(ctypes.ArgumentError, match=r"OrderError.*Fortran order"):
        fill(wrong, 1.0)
    right = np.zeros((3, 4), order="F")
    fill(right, 1.0)
    assert (right == 1).all()
    assert not wrong.any()
    assert deed.counts().copies == copies


def test_accepted_arguments():
    checks = [
        ({}, np.zeros((2, 2), "i2")),
        ({"dtype": "float64", "ndim": 2, "order": "F"}, np.zeros((3, 4), order="F")),
        ({"dtype": np.complex64, "order": "C"}, np.zeros((3, 4), "c8")),
        ({"order": "F"}, np.zeros((1, 5))),
        ({"order": "C"}, np.zeros((0, 5), order="F")),
        ({"dtype": "bfloat16"}, deed.alloc(3, "bfloat16")),
        ({"dtype": np.dtype([("a", "i1"), ("b", "f8")])}, np.zeros(3, [("a", "i1"), ("b", "f8")])),
    ]
    for wanted, array in checks:
        assert deed.handle.of(**wanted).from_param(array).bits != 0
    with pytest.raises(ValueError, match="order"):
        deed.handle.of(order="K")


def test_what_is_no_array():
    for wrong in (None, 3, [1.0], object()):
        with pytest.raises(TypeError):
            deed.handle.from_param(wrong)


def test_trap_a33_read_only_through_c_and_back(native):
    a = deed.alloc(3).share(writable=False)
    back = deed.Array.from_handle(native.native_share(a))
    assert native.native_rights(back) == 1
    assert not back.numpy().flags.writeable
    with pytest.raises(deed.RightsError):
        back.share(writable=True)
    x = np.zeros(3)
    x.flags.writeable = False
    assert native.native_rights(x) == 1


def test_trap_a14_a24_static_memory_is_never_freed(native):
    for _ in range(3):
        a = deed.Array.from_handle(native.native_static())
        assert (a.origin, a.readonly) == ("static", True)
        assert a.numpy().tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("count", [0, 1, 1000])
def test_trap_a46_foreign_memory_is_freed_once_by_its_own_function(count, native):
    freed = native.native_freed_count()
    a = deed.Array.from_handle(native.native_foreign(count))
    n = a.numpy()
    a.release()
    assert native.native_freed_count() == freed
    del n
    assert native.native_freed_count() == freed + 1


def test_trap_a46_each_memory_is_freed_from_the_other_language(native):
    number = deed.alloc(100).into_handle()
    assert native.native_release(deed.handle(number)) == deed.Status.OK
    x = np.zeros(100)
    count = sys.getrefcount(x)
    number = deed.adopt(x).into_handle()
    assert native.native_release(deed.handle(number)) == deed.Status.OK
    assert sys.getrefcount(x) == count
    deed.Array.from_handle(native.native_alloc(100)).release()


def test_trap_t01_native_lender_is_told_who_looks_at_its_memory(native):
    title = native.native_lend()
    n = deed.Array.from_handle(native.native_share(title)).numpy()
    message = ctypes.create_string_buffer(512)
    assert native.native_recall(title, message, 512) == deed.Status.EBUSY
    assert f"share by Python at {__file__}:" in message.value.decode()
    assert n.tolist() == [1, 2, 3, 4, 5, 6]
    del n
    assert native.native_recall(title, message, 512) == deed.Status.OK


def test_names_meet_in_the_registry(native):
    title = native.native_alloc(3)
    assert native.native_publish(title, b"from/c") == 0
    u = deed.lookup("from/c")
    assert (u.owner, u.bounds) == ("C", ((-2, 0),))
    with pytest.raises(deed.NotTitleError):
        u.withdraw()
    assert native.native_release(title) == 0
    assert u.name is None
