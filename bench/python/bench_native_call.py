# SPDX-License-Identifier: BSD-3-Clause
"""An ndarray goes to a native function that does next to nothing, without a copy."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import cffi_peer
import cython_peer
import f2py_peer
import floor
import nanobind_peer
import numpy as np
import pybind11_peer
from measure import KERNELS, Case, Subject, main
from numpy.ctypeslib import ndpointer

import deed
from deed import arg

SHAPE = (64, 64)
MATRIX = ndpointer(np.float64, ndim=2, flags=("F", "ALIGNED"))


def fortran_array() -> np.ndarray:
    """The argument: 64 x 64 elements in Fortran order, NumPy's own memory."""
    return np.zeros(SHAPE, order="F")


def with_extents(array: str) -> list[deed.arg.Argument]:
    """The extents of a two-dimensional array, as C takes them."""
    return [arg.extent(array, 0), arg.extent(array, 1)]


def deed_touch() -> Callable[..., Any]:
    """Declared as a pointer and two extents."""
    u = arg.pointer("u", "float64", rank=2, intent="inout", order="F")
    return deed.function(KERNELS, "bench_touch", [u, *with_extents("u")])


def ctypes_touch() -> Callable[..., Any]:
    """What ctypes and numpy.ctypeslib check."""
    function = ctypes.CDLL(str(KERNELS)).bench_touch
    function.argtypes = [MATRIX, ctypes.c_int64, ctypes.c_int64]
    function.restype = None
    return lambda u: function(u, *u.shape)


def cffi_touch() -> Callable[..., Any]:
    """What cffi checks: that the buffer is in C order."""
    from_buffer, function = cffi_peer.ffi.from_buffer, cffi_peer.lib.bench_touch
    return lambda u: function(from_buffer("double[]", u.T), *u.shape)


def one_array() -> Case:
    """A matrix by its address, and its two extents."""
    u = fortran_array()
    ways = {
        "deed": deed_touch(),
        "floor": floor.touch,
        "pybind11": pybind11_peer.touch,
        "nanobind": nanobind_peer.touch,
        "f2py": f2py_peer.bench_touch,
        "cython": cython_peer.touch,
        "cffi": cffi_touch(),
        "ctypes": ctypes_touch(),
    }
    for name, way in ways.items():
        u[0, 0] = 0
        way(u)
        assert u[0, 0] == sum(SHAPE), name
    return Case("one_array", [Subject(name, way, (u,)) for name, way in ways.items()])


def assumed_shape() -> Case:
    """A Fortran procedure with u(:,:), for which a descriptor is written. The other wrappers cannot."""
    u = arg.descriptor("u", "float64", rank=2, intent="inout")
    array = np.zeros((128, 64), order="F")[::2]
    ways = {
        "deed": deed.function(KERNELS, "bench_touch_shape", [u], compiler="gfortran"),
        "floor": floor.touch_shape,
    }
    for name, way in ways.items():
        array[0, 0] = 0
        way(array)
        assert array[0, 0] == sum(SHAPE), name
    return Case("assumed_shape", [Subject(name, way, (array,)) for name, way in ways.items()])


def deed_combine() -> Callable[..., Any]:
    """Declared as three pointers, two extents and two scalars by value."""
    u = arg.pointer("u", "float64", rank=2, intent="inout", order="F")
    others = [arg.pointer(name, "float64", rank=2, order="F") for name in "vw"]
    scalars = [arg.value(name, "float64") for name in "ab"]
    return deed.function(KERNELS, "bench_combine", [u, *others, *with_extents("u"), *scalars])


def cffi_combine() -> Callable[..., Any]:
    """Three buffers in C order, so of the transposed arrays."""
    from_buffer, function = cffi_peer.ffi.from_buffer, cffi_peer.lib.bench_combine

    def combine(u: np.ndarray, v: np.ndarray, w: np.ndarray, a: float, b: float) -> None:
        u_data, v_data, w_data = (from_buffer("double[]", each.T) for each in (u, v, w))
        function(u_data, v_data, w_data, *u.shape, a, b)

    return combine


def ctypes_combine() -> Callable[..., Any]:
    """What ctypes and numpy.ctypeslib check."""
    function = ctypes.CDLL(str(KERNELS)).bench_combine
    function.argtypes = [
        MATRIX,
        MATRIX,
        MATRIX,
        ctypes.c_int64,
        ctypes.c_int64,
        ctypes.c_double,
        ctypes.c_double,
    ]
    function.restype = None
    return lambda u, v, w, a, b: function(u, v, w, *u.shape, a, b)


def three_arrays() -> Case:
    """Three matrices and two numbers."""
    u, v, w = (fortran_array() for _ in range(3))
    v[0, 0], w[-1, -1] = 2, 3
    ways = {
        "deed": deed_combine(),
        "floor": floor.combine,
        "pybind11": pybind11_peer.combine,
        "nanobind": nanobind_peer.combine,
        "f2py": f2py_peer.bench_combine,
        "cython": cython_peer.combine,
        "cffi": cffi_combine(),
        "ctypes": ctypes_combine(),
    }
    for name, way in ways.items():
        u[0, 0] = 0
        way(u, v, w, 10.0, 100.0)
        assert u[0, 0] == 320, name
    return Case("three_arrays", [Subject(name, way, (u, v, w, 10.0, 100.0)) for name, way in ways.items()])


if __name__ == "__main__":
    main([one_array, assumed_shape, three_arrays])
