# SPDX-License-Identifier: BSD-3-Clause
"""NumPy, and array-api-strict on top of it."""

from __future__ import annotations

import copy
import io
from typing import Any

import numpy as np

import deed

from .layouts import BFLOAT16, RECORDS, Layout, Memory
from .library import Library, NotThere, Only, Route, WithArray


def adopt_only(attribute: str) -> Any:
    return lambda thing: deed.adopt(Only(thing, attribute))


def adopt_array(thing: Any) -> deed.Array:
    return deed.adopt(WithArray(thing))


def name_of_dtype(dtype: np.dtype) -> str:
    """The name in layouts.py."""
    if dtype.type is np.void:
        bare = dtype.names in (None, ("bytes",))  # how bytes without fields leave deed as a buffer
        return (
            f"V{dtype.itemsize}" if bare else next((n for n in RECORDS if dtype == np.dtype(n)), str(dtype))
        )
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
        return name_of_dtype(thing.dtype)

    def write(self, thing: np.ndarray, index: tuple[int, ...], value: Any) -> None:
        if thing.dtype.names == ("bytes",):
            thing = thing["bytes"]
        thing[index] = value

    def copies(self, thing: np.ndarray) -> list[np.ndarray]:
        return [np.array(thing), thing.copy(), copy.deepcopy(thing)]

    def joined(self, thing: np.ndarray) -> list[np.ndarray]:
        pair = [thing, thing]
        return [np.stack(pair), np.concatenate(pair)] if thing.ndim else [np.stack(pair)]

    def loaded(self, thing: np.ndarray) -> list[np.ndarray]:
        file = io.BytesIO()
        np.save(file, thing)
        file.seek(0)
        return [np.load(file)]

    def equal(self, one: np.ndarray, other: np.ndarray) -> bool:
        return np.array_equal(one, other)


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

    def copies(self, thing: Any) -> list[Any]:
        return [self.module.asarray(thing, copy=True)]

    def joined(self, thing: Any) -> list[Any]:
        pair = [thing, thing]
        return (
            [self.module.stack(pair), self.module.concat(pair)] if thing.ndim else [self.module.stack(pair)]
        )

    def loaded(self, thing: Any) -> list[Any]:
        raise NotThere("the array API standard has no files")

    def equal(self, one: Any, other: Any) -> bool:
        return bool(self.module.all(one == other))
