# SPDX-License-Identifier: BSD-3-Clause
"""Wrong arguments: the message names the argument, or the verb, and says what came and what is wanted."""

from __future__ import annotations

import numpy as np
import pytest

import deed

X = np.zeros((3, 4))


@pytest.fixture
def a():
    with deed.alloc((3, 4), zeroed=True) as array:
        yield array


WRONG = [
    (lambda a: deed.alloc(None), TypeError, "shape must be an int or a sequence of int, not None"),
    (lambda a: deed.alloc("x"), TypeError, "shape must be .*, not 'x'"),
    (lambda a: deed.alloc((1, 2.5)), TypeError, r"shape must be .*, not \(1, 2.5\)"),
    (lambda a: deed.alloc((1, -1)), deed.ShapeError, r"shape \(1, -1\): wrong or negative"),
    (lambda a: deed.alloc(2**70), deed.SizeError, f"shape: {2**70} does not fit 64 bits"),
    (lambda a: deed.alloc((1,) * 16), deed.RankError, "shape has 16 dimensions, deed has at most 15"),
    (lambda a: deed.alloc(3, object), deed.DtypeError, r"dtype\('O'\): .* references to Python objects"),
    (lambda a: deed.alloc(3, "nonsense"), TypeError, "type 'nonsense'"),
    (lambda a: deed.alloc(3, order="X"), ValueError, "order must be 'F', 'C', 'A' or 'K', not 'X'"),
    (lambda a: deed.alloc(3, lower="x"), TypeError, "lower must be .*, not 'x'"),
    (lambda a: deed.alloc(3, lower=(1, 2)), deed.RankError, "lower has 2 entries, the array has 1 dim"),
    (lambda a: deed.alloc(3, name=5), TypeError, "argument 6 must be str or None, not int"),
    (lambda a: deed.adopt(5), TypeError, "int shows no memory"),
    (lambda a: deed.adopt(a), TypeError, r"an array of deed already; share\(\) it"),
    (lambda a: deed.lend(b"12345678", writable=True), deed.RightsError, "read-only, write right asked"),
    (lambda a: deed.from_buffer(5), TypeError, "int exports no buffer"),
    (lambda a: deed.from_arrow(5), TypeError, "int .* neither __arrow_c_array__ nor"),
    (lambda a: deed.from_dlpack(5), TypeError, "int .* no __dlpack__"),
    (lambda a: deed.from_dlpack(a, device="gpu"), deed.UnsupportedError, "device 'gpu': deed has 'cpu'"),
    (lambda a: deed.share(X), TypeError, r"numpy.ndarray is not an array of deed; adopt\(\) or lend\(\)"),
    (lambda a: deed.lookup(5), TypeError, "argument 1 must be str, not int"),
    (lambda a: deed.lookup("none"), deed.NameUnknown, 'lookup refused: "none"'),
    (lambda a: deed.publish(5, "x"), TypeError, "array must be a deed.Array, not 5"),
    (lambda a: a.publish(5), TypeError, "name must be a str, not 5"),
    (lambda a: a.share(foo=1), TypeError, "unexpected keyword argument 'foo', expected 'writable'"),
    (lambda a: a.view("x"), TypeError, r"view\(\) takes an index and lower bounds, not 'x'; component"),
    (lambda a: a.rebound("x"), TypeError, "lower must be .*, not 'x'"),
    (lambda a: a.transpose("x"), TypeError, "axes must be .*, not 'x'"),
    (lambda a: a.transpose(0, 5), deed.InvalidArgument, r"axes \(0, 5\) are no order of the axes 0 to 1"),
    (lambda a: a.transpose(0), deed.RankError, "1 axes for an array of 2 dimensions"),
    (lambda a: a.reshape("x"), TypeError, "shape must be .*, not 'x'"),
    (lambda a: a.reshape(11), deed.ShapeError, "reshape of 12 elements to 11"),
    (lambda a: a.reshape(12, order="K"), ValueError, "order of reshape must be 'C', 'F' or 'A', not 'K'"),
    (
        lambda a: a.reshape(12),
        deed.OrderError,
        "12 elements to 12 in order 'C': .*; order='F' counts in Fortran's",
    ),
    (
        lambda a: a[::2].reshape(8, order="F"),
        deed.OrderError,
        r"in order 'F': .*; numpy\(\).reshape\(\) or copy",
    ),
    (lambda a: a.reshape(), TypeError, "missing 1 required argument: 'shape'"),
    (lambda a: a.reshape(12, copy=True), TypeError, r"no copies; copy\(\) gives a copy"),
    (lambda a: a[(None,) * 16], deed.RankError, "more than 15 new dimensions"),
    (lambda a: a[(None,) * 14], deed.RankError, "section: .*rank"),
    (lambda a: deed.alloc(3, "bfloat16")[0], deed.DtypeError, "NumPy has no type for bfloat16"),
    (lambda a: f"{a:.2f}", TypeError, "an array of 2 dimensions has no format"),
    (lambda a: a.component("i4", 6), deed.BoundsError, "component of 4 bytes at 6 in elements of 8"),
    (lambda a: a.interior("x"), TypeError, "ghost must be .*, not 'x'"),
    (lambda a: a.interior(5), deed.ShapeError, "5 ghost cells on each side of extent 3"),
    (lambda a: a.transfer("Cobol"), ValueError, "'Cobol' is none of the languages C, C"),
    (lambda a: a.copy(reason="none"), ValueError, "'none' is none of the reasons requested"),
    (lambda a: a.reclaim(), deed.OriginError, "origin malloc, asked for was python"),
    (lambda a: deed.lend(X).recall(timeout="x"), TypeError, "timeout must be .* or None, not 'x'"),
    (lambda a: deed.lend(X).recall(timeout=-1), ValueError, "timeout must be .* >= 0, .*, not -1"),
    (lambda a: a.numpy("i4"), deed.DtypeError, r"real64 of 8 bytes cannot be shown as dtype\('int32'\)"),
    (
        lambda a: a.__dlpack__(max_version="x"),
        TypeError,
        "max_version must be .*, not 'x'",
    ),
    (lambda a: a.__arrow_c_array__(), BufferError, "has one dimension, this array has 2"),
    (lambda a: a[0].copy().__arrow_c_array__(5), TypeError, "requested_schema must be .*, not int"),
    (lambda a: a.as_cffi(5), TypeError, "ffi must be a cffi.FFI, not 5"),
    (lambda a: deed.Array.from_handle("x"), TypeError, "handle must be an int or a deed.handle, not 'x'"),
    (lambda a: deed.Array.from_handle(-1), OverflowError, "handle must have 64 bits and no sign, not -1"),
    (lambda a: a[5], deed.BoundsError, "index 5 is out of bounds for dimension 0 of extent 3"),
    (lambda a: a[0, 0, 0], deed.BoundsError, "3 indices .* 2 dimensions"),
    (lambda a: deed.handle.of(order="X"), ValueError, "order must be 'F', 'C' or None, not 'X'"),
    (lambda a: deed.handle.of(ndim="x"), TypeError, "ndim must be an int or None, not 'x'"),
    (lambda a: deed.handle.of(ndim=3).from_param(X), deed.RankError, "2 dimensions came, 3 are wanted"),
]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_messages(a, number):
    use, error, message = WRONG[number]
    with pytest.raises(error, match=message):
        use(a)
    assert a.is_live
