# SPDX-License-Identifier: BSD-3-Clause
"""NumPy, and array-api-strict on top of it."""

from __future__ import annotations

from typing import Any

import numpy as np

import deed

from .layouts import BFLOAT16, Layout, Memory
from .library import Library, NotThere, Only, Route, WithArray


def adopt_only(attribute: str) -> Any:
    return lambda thing: deed.adopt(Only(thing, attribute))


def adopt_array(thing: Any) -> deed.Array:
    return deed.adopt(WithArray(thing))


def name_of_dtype(dtype: np.dtype) -> str:
    """The name in layouts.py."""
    if dtype.kind == "V" and dtype.names:
        return "i4,f8" if dtype == np.dtype("i4,f8") else str(dtype)
    if dtype.kind in "SU":
        return f"{dtype.kind}{dtype.itemsize // (4 if dtype.kind == 'U' else 1)}"
    return dtype.name.replace("float128", "longdouble").replace("complex256", "clongdouble")


class NumPy(Library):
    name = "numpy" if int(np.__version__.split(".")[0]) >= 2 else "numpy-1"
    routes = (
        Route("ndarray", "out", lambda array: array.numpy()),
        Route("ndarray", "in", deed.adopt),
        Route("buffer", "out", lambda array: np.asarray(memoryview(array))),
        Route("buffer", "in", lambda thing: deed.from_buffer(thing)),
        Route("dlpack", "out", lambda array: np.from_dlpack(array)),
        Route("dlpack", "in", lambda thing: deed.from_dlpack(thing)),
        Route(
            "interface",
            "out",
            lambda array: np.asarray(Only(array, "__array_interface__")),
            holds_claim=False,
        ),
        Route("interface", "in", adopt_only("__array_interface__")),
        Route("__array__", "out", lambda array: np.asarray(WithArray(array))),
        Route("__array__", "in", adopt_array),
    )

    def version(self) -> str:
        return np.__version__

    def make(self, layout: Layout, memory: Memory) -> np.ndarray:
        if layout.dtype == BFLOAT16:
            raise NotThere("no bfloat16")
        return memory.ndarray(layout)

    def address(self, thing: np.ndarray) -> int:
        return thing.ctypes.data

    def content(self, thing: np.ndarray) -> bytes:
        return thing.tobytes()

    def dtype(self, thing: np.ndarray) -> str | None:
        return None if thing.dtype.kind == "V" and not thing.dtype.names else name_of_dtype(thing.dtype)

    def write(self, thing: np.ndarray, index: tuple[int, ...], value: Any) -> None:
        if thing.dtype.kind == "V" and not thing.dtype.names:
            raise NotThere("elements without fields")
        thing[index] = value


class ArrayAPIStrict(NumPy):
    name = "array-api-strict"

    def __init__(self) -> None:
        import array_api_strict

        self.module = array_api_strict
        self.routes = (
            Route("dlpack", "out", array_api_strict.from_dlpack),
            Route("dlpack", "in", lambda thing: deed.from_dlpack(thing)),
            Route("__array__", "in", adopt_array),
        )

    def version(self) -> str:
        return self.module.__version__

    def make(self, layout: Layout, memory: Memory) -> Any:
        return self.module.asarray(super().make(layout, memory), copy=False)

    def address(self, thing: Any) -> int:
        return super().address(thing._array)

    def content(self, thing: Any) -> bytes:
        return super().content(thing._array)

    def dtype(self, thing: Any) -> str | None:
        return super().dtype(thing._array)

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        thing[index] = value
