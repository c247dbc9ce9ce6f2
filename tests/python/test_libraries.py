# SPDX-License-Identifier: BSD-3-Clause
"""What other libraries make of an Array. pandas, SciPy and Dask are tried where they are."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np
import pytest

import deed


def filled(values, dtype=float) -> deed.Array:
    values = np.asarray(values, dtype)
    a = deed.alloc(values.shape, values.dtype, order="F")
    a.numpy()[...] = values
    return a


# Imported outside of the tests, because a library that remembers a failed import keeps its frames.
@pytest.fixture
def pandas():
    return pytest.importorskip("pandas")


@pytest.fixture
def dask_array():
    return pytest.importorskip("dask.array")


@pytest.fixture
def pyplot():
    pytest.importorskip("matplotlib").use("Agg")
    return pytest.importorskip("matplotlib.pyplot")


@contextmanager
def drawn(pyplot):
    figure, axes = pyplot.subplots()
    yield axes
    figure.canvas.draw()
    pyplot.close(figure)


def data_of(line) -> list[list[float]]:
    return [values.tolist() for values in line.get_data(orig=False)]


def test_matplotlib_plots(pyplot):
    x, y = filled([0, 1, 2, 3]), filled([1, 4, 2, 8])
    with drawn(pyplot) as axes:
        for line in axes.plot(x, y) + axes.plot(y):
            assert data_of(line) == [[0, 1, 2, 3], [1, 4, 2, 8]]
        columns = axes.plot(filled([[1, 2], [3, 4]]))
        assert [data_of(line) for line in columns] == [[[0, 1], [1, 3]], [[0, 1], [2, 4]]]
        assert axes.scatter(x, y, c=y).get_offsets().tolist() == [[0, 1], [1, 4], [2, 2], [3, 8]]
        assert axes.hist(y, bins=2)[0].tolist() == [3, 1]
        assert [bar.get_height() for bar in axes.bar(x, y)] == [1, 4, 2, 8]
        axes.errorbar(x, y, yerr=x)
        axes.fill_between(x, y)
    del axes, columns, line


def test_matplotlib_images(pyplot):
    a = filled(np.arange(12).reshape(3, 4))
    with drawn(pyplot) as axes:
        assert axes.imshow(a).get_array().tolist() == a.numpy().tolist()
        assert axes.pcolormesh(a).get_array().size == 12
        axes.contourf(a)
        axes.quiver(a, a)


def test_pandas_takes_an_array_for_its_values(pandas):
    series = pandas.Series([1, 2, 3, 4])
    for dtype in ("i8", "f8"):
        assert series.isin(filled([2, 4], dtype)).tolist() == [False, True, False, True]
    a = filled([3, 1, 2])
    assert pandas.Series(a).tolist() == [3, 1, 2]
    assert pandas.DataFrame(filled([[1, 2], [3, 4]])).values.tolist() == [[1, 2], [3, 4]]
    assert pandas.DataFrame({"a": a})["a"].sum() == 6
    assert pandas.Index(a).get_loc(2) == 2
    assert series.iloc[filled([0, 2], "i8")].tolist() == [1, 3]
    assert pandas.Series(1, index=a)[3.0] == 1
    assert pandas.cut(a, 3).codes.tolist() == [2, 0, 1]
    assert pandas.unique(pandas.Series(a)).tolist() == [3, 1, 2]


@pytest.fixture
def scipy():
    return pytest.importorskip("scipy")


def test_scipy_takes_an_array_for_an_ndarray(scipy):
    from scipy import integrate, interpolate, linalg, ndimage, optimize, signal, sparse, stats

    q, v = filled([[4, 1], [2, 3]]), filled([1, 2])
    x = q.numpy()
    for ours, theirs in [
        (linalg.inv(q), linalg.inv(x)),
        (linalg.solve(q, v), linalg.solve(x, v.numpy())),
        (linalg.expm(q), linalg.expm(x)),
        (linalg.lu(q), linalg.lu(x)),
        (linalg.blas.dgemm(1, q, q), linalg.blas.dgemm(1, x, x)),
        (sparse.csr_matrix(q) @ v, x @ v.numpy()),
        (ndimage.gaussian_filter(q, 1), ndimage.gaussian_filter(x, 1)),
        (signal.convolve(v, v), signal.convolve(v.numpy(), v.numpy())),
        (stats.zscore(v), stats.zscore(v.numpy())),
        (stats.describe(q).variance, stats.describe(x).variance),
        (integrate.simpson(v), integrate.simpson(v.numpy())),
        (interpolate.interp1d(v, v)(1.5), 1.5),
        (optimize.nnls(q, v)[0], optimize.nnls(x, v.numpy())[0]),
        (scipy.fft.fft2(q), scipy.fft.fft2(x)),
        (scipy.special.erf(q), scipy.special.erf(x)),
    ]:
        np.testing.assert_array_equal(ours, theirs)


def test_dask_knows_an_array_by_its_elements(dask_array):
    from dask.base import tokenize

    a = filled(np.arange(24).reshape(4, 6))
    token = tokenize(a)
    assert tokenize(a) == tokenize(a.share()) == tokenize(a.copy()) == token
    different = [
        a.rebound(0),
        a.T,
        a.reshape(24, order="F"),
        a.copy("C"),
        deed.adopt(a.numpy().astype("i8")),
        a[1:],
    ]
    assert token not in {tokenize(other) for other in different}
    assert len({tokenize(other) for other in different}) == len(different)
    assert dask_array.from_array(a, chunks=2).name == dask_array.from_array(a, chunks=2).name
    a[0, 0] = 5
    assert tokenize(a) != token
    short, same, other = (deed.alloc(2, dtype, zeroed=True) for dtype in ("bfloat16", "bfloat16", "uint16"))
    assert tokenize(short) == tokenize(same) != tokenize(other)


def test_dask_computes_with_an_array(dask_array):
    a = filled(np.arange(24).reshape(4, 6))
    lazy = dask_array.from_array(a, chunks=(2, 3))
    x = a.numpy()
    for ours, theirs in [
        (lazy.sum(axis=0), x.sum(axis=0)),
        (lazy.reshape(24), x.reshape(24)),
        (lazy.mean(), x.mean()),
        (lazy.T @ lazy, x.T @ x),
        (lazy[1], x[1]),
        (lazy[:, None, ::2], x[:, None, ::2]),
    ]:
        result = ours.compute(scheduler="synchronous")
        assert not isinstance(result, deed.Array)
        np.testing.assert_array_equal(result, theirs)


def test_rows_that_numpy_shuffles_by_hand_are_said():
    """Rows are views, so a swap of two by Python's means duplicates one, as it does with an ndarray."""
    a = filled([[1, 2], [3, 4], [5, 6]])
    with pytest.warns(UserWarning, match="not guaranteed to behave correctly"):
        np.random.default_rng(1).shuffle(a)
    b = filled([[1, 2], [3, 4], [5, 6]])
    np.random.default_rng(1).shuffle(b.numpy())
    assert sorted(b.numpy()[:, 0].tolist()) == [1, 3, 5]
