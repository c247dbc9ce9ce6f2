# SPDX-License-Identifier: BSD-3-Clause
"""JAX on the CPU. Its arrays are immutable: deed must see them as read-only."""

from __future__ import annotations

import os

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_ENABLE_X64"] = "1"

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

import deed

from .layouts import BFLOAT16, Layout, Memory
from .lib_numpy import adopt_array, name_of_dtype
from .library import Library, NotThere, Route


class Jax(Library):
    name = "jax"
    immutable = True
    routes = (
        Route("ndarray", "in", lambda thing: deed.adopt(np.asarray(thing))),
        Route("buffer", "in", lambda thing: deed.from_buffer(thing)),
        Route("dlpack", "out", lambda array: jnp.from_dlpack(array, copy=False)),
        Route("dlpack", "in", lambda thing: deed.from_dlpack(thing)),
        Route("__array__", "in", adopt_array),
    )

    def version(self) -> str:
        return jax.__version__

    def make(self, layout: Layout, memory: Memory) -> jax.Array:
        if not layout.c_order or not layout.writable or layout.offset_bytes:
            raise NotThere("JAX lays its own memory out, in C order")
        array = jnp.array(memory.ndarray(layout))
        return jax.lax.bitcast_convert_type(array, jnp.bfloat16) if layout.dtype == BFLOAT16 else array

    def address(self, thing: jax.Array) -> int:
        return thing.unsafe_buffer_pointer()

    def content(self, thing: jax.Array) -> bytes:
        # A copy: a NumPy view of a JAX array is kept by it.
        return np.asarray(jnp.array(thing, copy=True)).tobytes()

    def dtype(self, thing: jax.Array) -> str:
        return name_of_dtype(np.dtype(thing.dtype))

    def copies(self, thing: jax.Array) -> list[jax.Array]:
        return [jnp.array(thing, copy=True)]

    def joined(self, thing: jax.Array) -> list[jax.Array]:
        pair = [thing, thing]
        return [jnp.stack(pair), jnp.concatenate(pair)] if thing.ndim else [jnp.stack(pair)]

    def equal(self, one: jax.Array, other: jax.Array) -> bool:
        if one.dtype == jnp.bfloat16:
            raise NotThere("the values here are so small that JAX takes them for 0")
        return bool(jnp.array_equal(one, other))

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        raise NotThere("immutable")
