# SPDX-License-Identifier: BSD-3-Clause
"""deed.alloc: new blocks, their layout, and what a with statement does with them."""

from __future__ import annotations

import numpy as np
import pytest

import deed


def test_default_is_fortran_order_float64_with_lower_bounds_one():
    a = deed.alloc((3, 4))
    assert (a.shape, a.strides, a.lower, a.upper) == ((3, 4), (8, 24), (1, 1), (3, 4))
    assert a.bounds == ((1, 3), (1, 4))
    assert (a.dtype, a.kind, a.ndim, a.itemsize, a.size, a.nbytes) == (np.float64, "real64", 2, 8, 12, 96)
    assert (a.origin, a.owner, a.role, a.rights, a.readonly) == ("malloc", "Python", "title", "rw", False)
    assert (a.f_contiguous, a.c_contiguous, a.copied, a.name) == (True, False, None, None)


def test_c_order_has_lower_bounds_zero():
    a = deed.alloc((3, 4), order="C")
    assert (a.strides, a.lower, a.c_contiguous) == ((32, 8), (0, 0), True)


def test_first_byte_is_aligned():
    assert all(deed.alloc(n, "int8").address % 64 == 0 for n in (1, 7, 1000))


def test_zeroed():
    assert not deed.alloc((50, 50), zeroed=True).numpy().any()


@pytest.mark.parametrize("lower", [-2, (-2, -2)])
def test_lower_bounds(lower):
    assert deed.alloc((3, 4), lower=lower).bounds == ((-2, 0), (-2, 1))


def test_name_publishes():
    with deed.alloc(3, name="field") as a:
        assert a.name == "field"
        assert deed.names() == ["field"]
    assert deed.names() == []


def test_taken_name_leaves_nothing_behind():
    with deed.alloc(3, name="field"):
        before = deed.counts().live_blocks
        with pytest.raises(deed.NameTaken):
            deed.alloc(3, name="field")
        assert deed.counts().live_blocks == before


def test_with_statement_releases():
    with deed.alloc(3) as a:
        assert a.is_live
    assert not a.is_live


def test_with_statement_accepts_an_array_that_is_already_released():
    with deed.alloc(3) as a:
        a.release()
    assert not a.is_live


def test_deed_names_of_types_numpy_does_not_have():
    assert deed.alloc(3, "bfloat16").kind == "bfloat16"
    assert deed.alloc(3, "real128").itemsize == 16
    assert deed.alloc(3, "logical32").kind == "logical32"


def test_repr_shows_what_the_array_is():
    a = deed.alloc((3, 4), "int32", lower=(-1, 1))
    s = a.share(writable=False)
    assert repr(a) == (
        "<deed.Array int32 shape=(3, 4) bounds=(-1:1, 1:4) title of malloc memory, owner Python, "
        "holders Python 2>"
    )
    assert "read-only share" in repr(s)
    a.release()
    assert repr(a) == "<deed.Array, claim ended>"


def test_cannot_be_made_by_calling_the_type():
    with pytest.raises(TypeError):
        deed.Array()


def test_trap_t47_sizes_beyond_32_bits():
    a = deed.alloc(2**31 + 5, "int8")
    assert a.shape == (2**31 + 5,)
    assert a[2**31 :].shape == (5,)
    assert a[2**31 :].address == a.address + 2**31


def test_trap_t47_overflow_is_an_error_before_it_happens():
    with pytest.raises(deed.SizeError):
        deed.alloc((2**32, 2**32), "float64")
    with pytest.raises(OverflowError):
        deed.alloc(2**64)


def test_memory_that_is_not_there_is_a_memory_error():
    with pytest.raises(deed.OutOfMemory) as caught:
        deed.alloc(2**60, "int8")
    assert isinstance(caught.value, MemoryError)
    assert caught.value.status == deed.Status.ENOMEM


def test_trap_t46_rank_0_and_rank_15():
    scalar = deed.alloc((), zeroed=True)
    scalar.numpy()[...] = 5.0
    assert (scalar.ndim, scalar.size, float(scalar.numpy())) == (0, 1, 5.0)
    deep = deed.alloc((1,) * 14 + (2,), lower=range(15))
    assert deep.ndim == 15
    assert deep.numpy().shape == (1,) * 14 + (2,)
    assert deep.lower == tuple(range(15))
    with pytest.raises(deed.RankError):
        deed.alloc((1,) * 16)


def test_repr_says_which_languages_hold_the_memory(native):
    a = deed.alloc(3)
    shares = [native.native_share(a) for _ in range(20)]
    assert repr(a).endswith("holders C 20, Python 1>")
    for share in shares[1:]:
        native.native_release(share)
    title = a.transfer("Fortran")
    n = title.numpy()
    assert repr(title).endswith("owner Fortran, holders C 1, Fortran 1, Python 1>")
    native.native_release(shares[0])
    del n
    assert repr(title).endswith("holders Fortran 1>")
