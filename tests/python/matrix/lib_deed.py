# SPDX-License-Identifier: BSD-3-Clause
"""deed.Array as the library that something crossed into: what NumPy and Python do with it."""

from __future__ import annotations

import copy
import io
from typing import Any

import numpy as np

import deed

from .layouts import BFLOAT16, gather
from .library import Library, NotThere


def content_of(array: deed.Array) -> bytes:
    """What the descriptor says, without the help of any library."""
    return gather(array.address, array.shape, array.strides, array.itemsize)


def for_numpy(array: deed.Array) -> deed.Array:
    if array.kind == BFLOAT16:
        raise NotThere("NumPy has no such type")
    return array


class Deed(Library):
    """Not a library of the table: each route into deed is used as one."""

    name = "deed"

    def address(self, thing: deed.Array | np.ndarray) -> int:
        return thing.ctypes.data if isinstance(thing, np.ndarray) else thing.address

    def content(self, thing: deed.Array | np.ndarray) -> bytes:
        return thing.tobytes() if isinstance(thing, np.ndarray) else content_of(thing)

    def copies(self, thing: deed.Array) -> list[Any]:
        ours = [thing.copy(), copy.deepcopy(thing)]
        if thing.kind == BFLOAT16:
            return ours
        return [*ours, np.array(thing), np.asarray(thing).copy(), np.asarray(thing.numpy()).copy()]

    def joined(self, thing: deed.Array) -> list[np.ndarray]:
        pair = [for_numpy(thing)] * 2
        return [np.stack(pair), np.concatenate(pair)] if thing.ndim else [np.stack(pair)]

    def loaded(self, thing: deed.Array) -> list[np.ndarray]:
        file = io.BytesIO()
        np.save(file, for_numpy(thing))
        file.seek(0)
        return [np.load(file)]

    def equal(self, one: deed.Array, other: Any) -> bool:
        """By all the ways to ask, which must agree; a memoryview may say that it does not know."""
        if for_numpy(one).kind == "opaque" and not isinstance(other, deed.Array):
            return bool(np.all(one.numpy() == other.view(one.dtype)))
        whole, elements = np.array_equal(one, other), bool(np.all(one == other))
        if whole != elements or (memoryview(one) == memoryview(other) and not whole):
            raise AssertionError("ways to compare do not agree")
        return whole
