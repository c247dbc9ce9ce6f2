# SPDX-License-Identifier: BSD-3-Clause
"""Indexing, held against NumPy's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import deed

SHAPES = hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=6)


@st.composite
def arrays_and_indices(draw):
    shape = draw(SHAPES)
    order = draw(st.sampled_from("FC"))
    lower = draw(st.tuples(*(st.integers(-9, 9) for _ in shape)))
    index = draw(hnp.basic_indices(shape, allow_newaxis=True))
    return shape, order, lower, index


@settings(max_examples=400, deadline=None)
@given(arrays_and_indices())
def test_section_is_numpys_section(case):
    shape, order, lower, index = case
    a = deed.alloc(shape, order=order, lower=lower)
    n = a.numpy()
    n[...] = np.arange(a.size).reshape(shape)
    ours = a[index]
    theirs = n[index]
    view = a.view(index)
    assert view.shape == np.shape(theirs)
    assert np.array_equal(view.numpy(), theirs)
    if not isinstance(theirs, np.ndarray):
        assert type(ours) is type(theirs)
        assert ours == theirs
        return
    assert ours.bounds == view.bounds
    assert np.array_equal(ours.numpy(), theirs)
    if ours.size:
        assert ours.address == theirs.ctypes.data
        wide = [k for k in range(ours.ndim) if ours.shape[k] > 1]
        assert [ours.strides[k] for k in wide] == [theirs.strides[k] for k in wide]


@settings(max_examples=200, deadline=None)
@given(arrays_and_indices(), st.data())
def test_sections_of_sections(case, data):
    shape, order, lower, index = case
    a = deed.alloc(shape, order=order, lower=lower)
    n = a.numpy()
    n[...] = np.arange(a.size).reshape(shape)
    ours, theirs = a.view(index), n[index]
    again = data.draw(hnp.basic_indices(ours.shape, allow_newaxis=True))
    assert np.array_equal(ours[again], np.asarray(theirs)[again])
    assert np.array_equal(ours.view(again).numpy(), np.asarray(theirs)[again])
    assert np.array_equal(ours.T.numpy(), np.asarray(theirs).T)


@settings(max_examples=200, deadline=None)
@given(arrays_and_indices())
def test_numpy_views_come_back_as_they_are(case):
    shape, order, lower, index = case
    a = deed.alloc(shape, order=order, lower=lower)
    n = a.numpy()
    n[...] = np.arange(a.size).reshape(shape)
    piece = n[index]
    if isinstance(piece, np.ndarray):
        back = deed.share(piece)
        assert np.array_equal(back.numpy(), piece)
        assert back.strides == piece.strides


@settings(max_examples=200, deadline=None)
@given(SHAPES, st.data())
def test_transpose_is_numpys(shape, data):
    a = deed.alloc(shape)
    axes = data.draw(st.permutations(range(len(shape))))
    n = a.numpy()
    n[...] = np.arange(a.size).reshape(shape)
    assert np.array_equal(a.transpose(*axes).numpy(), n.transpose(*axes) if axes else n)
    assert np.array_equal(a.transpose(axes).numpy(), n.transpose(axes))


@settings(max_examples=200, deadline=None)
@given(hnp.array_shapes(min_dims=1, max_dims=4, max_side=4), st.sampled_from("FC"), st.data())
def test_reshape_is_numpys_or_refused(shape, order, data):
    a = deed.alloc(shape, order=data.draw(st.sampled_from("FC")))
    n = a.numpy()
    n[...] = np.arange(a.size).reshape(shape)
    target = data.draw(st.permutations(shape))
    try:
        ours = a.reshape(target, order=order)
    except deed.OrderError:
        assert not np.shares_memory(n.reshape(target, order=order), n)
    else:
        assert np.array_equal(ours.numpy(), n.reshape(target, order=order))


def test_assignment_goes_through_numpy():
    a = deed.alloc((3, 4), zeroed=True)
    a[1, :] = 5
    a[a.numpy() == 0] = 1
    assert a.numpy().sum() == 28
    with pytest.raises(ValueError, match="deleted"):
        del a[0]


def test_len():
    assert len(deed.alloc((3, 4))) == 3
    with pytest.raises(TypeError):
        len(deed.alloc(()))


@pytest.mark.parametrize("index", [3, -4, (0, 4), (0, 0, 0), (..., ...), 2**70, -(2**63)])
def test_outside_the_bounds(index):
    with pytest.raises(IndexError):
        deed.alloc((3, 4))[index]


@pytest.mark.parametrize("index", ["x", 1.0, True, np.True_, [0, 1], (slice(None), False), (None, 1.0)])
def test_other_indices_are_refused(index):
    with pytest.raises(TypeError):
        deed.alloc((3, 4))[index]


def test_slice_with_step_zero():
    with pytest.raises(ValueError, match="zero"):
        deed.alloc(3)[::0]


@pytest.mark.parametrize("index", [[0], [True, False], 0.5, "x"])
def test_other_indices_are_refused_with_the_way_out(index):
    a = deed.alloc((2, 3))
    for item in (index, np.array(index)):
        with pytest.raises(TypeError, match=r"numpy\(\)"):
            a[item]
        with pytest.raises(TypeError, match=r"numpy\(\)"):
            a[deed.adopt(np.ones(2, "i8"))]
    assert a[np.array(1)].shape == a[deed.adopt(np.array(1))].shape == (3,)
