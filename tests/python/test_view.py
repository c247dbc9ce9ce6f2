# SPDX-License-Identifier: BSD-3-Clause
"""view, rebound, reshape, component, interior: the same elements in another form."""

from __future__ import annotations

import numpy as np
import pytest

import deed


def test_section_has_lower_bounds_one_unless_told():
    a = deed.alloc((5, 5), lower=-2)
    assert a[1:, 1:].lower == (1, 1)
    assert a.view((slice(1, None), slice(2)), lower=(0, 7)).bounds == ((0, 3), (7, 8))
    assert a.view().shape == (5, 5)
    assert a.view((1, 2)).shape == a[1, 2, ...].shape == ()
    assert a.view((None, 1, slice(3)), lower=(7, 8)).bounds == ((7, 7), (8, 10))


@pytest.mark.parametrize("dtype", ["u8", np.float32, np.dtype("i8"), np.ndarray])
def test_view_in_the_form_of_numpy_is_refused_with_the_way(dtype):
    with pytest.raises(TypeError, match=r"component\(dtype\) .* numpy\(dtype\)"):
        deed.alloc(3).view(dtype)
    with pytest.raises(TypeError):
        deed.alloc(3).view(dtype=dtype)


def test_rebound():
    a = deed.alloc((3, 4))
    assert a.rebound((-1, 5)).bounds == ((-1, 1), (5, 8))
    assert a.rebound(0).lower == (0, 0)
    with pytest.raises(deed.RankError):
        a.rebound((1, 2, 3))
    with pytest.raises(deed.SizeError):
        a.rebound(2**63 - 2)


def test_transpose_carries_bounds():
    a = deed.alloc((3, 4), lower=(-1, 5))
    assert a.T.bounds == ((5, 8), (-1, 1))
    assert a.transpose(0, -1).bounds == a.bounds
    for axes in [(0,), (0, 0), (0, 2), (1, -3)]:
        with pytest.raises((deed.RankError, deed.InvalidArgument)):
            a.transpose(axes)


def test_interior_keeps_the_meaning_of_indices():
    nx, ny = 6, 4
    a = deed.alloc((nx + 4, ny + 4), lower=-1)
    assert a.bounds == ((-1, nx + 2), (-1, ny + 2))
    assert a.interior(2).bounds == ((1, nx), (1, ny))
    assert a.interior((2, 0)).bounds == ((1, nx), (-1, ny + 2))
    a[...] = 0
    a.interior(2)[...] = 1
    assert a.numpy().sum() == nx * ny
    assert a.interior(4).shape == (2, 0)
    for ghost in (5, -1, (1, 5)):
        with pytest.raises(deed.ShapeError):
            a.interior(ghost)


def test_component_of_records_and_complex():
    a = deed.alloc((2, 3), "complex128", lower=-1, zeroed=True)
    real, imaginary = a.component("float64"), a.component("float64", 8)
    real[...] = 1
    imaginary[...] = 2
    assert (a.numpy() == 1 + 2j).all()
    assert (imaginary.lower, imaginary.strides) == ((-1, -1), (16, 32))
    with pytest.raises(deed.BoundsError):
        a.component("float64", 9)
    with pytest.raises(deed.BoundsError):
        a.component("float64", -8)


def test_reshape():
    a = deed.alloc((4, 6))
    a[...] = np.arange(24).reshape(4, 6)
    assert a.reshape(24, order="F").numpy().tolist() == a.numpy().ravel("F").tolist()
    assert a.reshape(24, order="A").shape == a.reshape(-1, order="F").shape == (24,)
    assert a.reshape((2, 12), order="F").lower == (1, 1)
    assert a.T.reshape(4, -1).lower == (0, 0)
    assert a.T.reshape(24).numpy().tolist() == a.T.numpy().ravel().tolist()
    for shape in (24, (2, 12)):
        with pytest.raises(deed.OrderError, match="order='F'"):
            a.reshape(shape)
    with pytest.raises(deed.ShapeError):
        a.reshape(23)
    for shape in ((-2, -12), (-1, -1), (5, -1), (0, -1), -(2**63)):
        with pytest.raises(deed.ShapeError):
            a.reshape(shape)


def test_views_outlive_the_title():
    a = deed.alloc((4, 6), zeroed=True)
    v = a[1:].T
    a.release()
    assert v.owner is None
    assert v.numpy().shape == (6, 3)


def test_rights_never_grow():
    s = deed.alloc((4, 6)).share(writable=False)
    for view in (s[1:], s.T, s.reshape(24, order="F"), s.interior(1), s.rebound(0), s.share()):
        assert view.readonly
        assert not view.numpy().flags.writeable
        with pytest.raises(deed.RightsError):
            view.share(writable=True)


def test_trap_t38_lower_bounds_survive_the_way_through_numpy(native):
    import ctypes

    a = deed.alloc((3, 4), lower=(-2, 0))
    back = deed.adopt(np.asarray(a))
    assert back.lower == (-2, 0)
    lower = (ctypes.c_int64 * 15)()
    assert native.native_lower(a.numpy(), lower) == 2
    assert list(lower[:2]) == [-2, 0]
    from_c = deed.Array.from_handle(native.native_alloc(4))
    assert from_c.bounds == ((-2, 1),)
    assert deed.share(from_c.numpy()).bounds == ((-2, 1),)
    huge = deed.alloc(1, lower=2**63 - 1)
    assert huge.bounds == ((2**63 - 1, 2**63 - 1),)
    assert huge[0:].T.interior(0).shape == huge.interior(0).shape == huge[...].shape == (1,)
    with pytest.raises(deed.SizeError):
        deed.alloc(2, lower=2**63 - 1)
