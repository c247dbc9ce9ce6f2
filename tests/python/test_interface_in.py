# SPDX-License-Identifier: BSD-3-Clause
"""__array_interface__ in both directions, and __array__ on its way into deed."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import deed


class Interface:
    def __init__(self, ndarray, **changes):
        self.ndarray = ndarray
        self.__array_interface__ = {**ndarray.__array_interface__, **changes}


class Method:
    def __init__(self, ndarray):
        self.ndarray = ndarray

    def __array__(self, dtype=None, copy=None):
        return self.ndarray


@pytest.mark.parametrize("wrap", [Interface, Method])
@pytest.mark.parametrize("take", [deed.adopt, deed.lend])
def test_memory_strides_and_lifetime(wrap, take):
    n = np.arange(24.0).reshape(4, 6)
    for part in (n, n.T, n[::-2, ::3]):
        source = wrap(part)
        count = sys.getrefcount(source)
        a = take(source)
        assert (a.address, a.strides) == (part.ctypes.data, part.strides)
        assert a.numpy().tolist() == part.tolist()
        a.release()
        assert sys.getrefcount(source) == count


@pytest.mark.parametrize("wrap", [Interface, Method])
def test_reclaim_gives_the_object_back(wrap):
    source = wrap(np.arange(3.0))
    assert deed.adopt(source).reclaim() is source


@pytest.mark.parametrize("wrap", [Interface, Method])
def test_trap_a33_read_only_is_kept(wrap):
    n = np.arange(3.0)
    n.flags.writeable = False
    assert deed.adopt(wrap(n)).readonly


@pytest.mark.parametrize(
    "changes", [{"shape": (-1,)}, {"strides": (8, 8)}, {"typestr": "nonsense"}, {"data": "x"}, {"shape": 3.5}]
)
def test_trap_a43_lies_are_refused(changes):
    source = Interface(np.arange(3.0), **changes)
    count = sys.getrefcount(source)
    with pytest.raises((TypeError, ValueError)):
        deed.adopt(source)
    assert sys.getrefcount(source) == count


def test_out():
    a = deed.alloc((2, 3), zeroed=True)
    interface = a[::-1].__array_interface__
    assert interface["data"] == (a[::-1].address, False)
    assert (interface["shape"], interface["strides"]) == ((2, 3), a[::-1].strides)
    assert interface["typestr"] == a.dtype.str
    assert a.share(writable=False).__array_interface__["data"][1]
