# SPDX-License-Identifier: BSD-3-Clause
"""pyarrow: arrays of one dimension, immutable by agreement, and buffers, which may be writable."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

import deed

from .layouts import BFLOAT16, Layout, Memory
from .lib_numpy import adopt_array
from .library import Library, NotThere, Route

TYPES = {name: getattr(pa, name)() for name in ("float16", "float32", "float64")}
TYPES |= {f"int{n}": getattr(pa, f"int{n}")() for n in (8, 16, 32, 64)}
TYPES |= {f"uint{n}": getattr(pa, f"uint{n}")() for n in (8, 16, 32, 64)}


class PyArrow(Library):
    name = "pyarrow"
    immutable = True
    routes = (
        Route("ndarray", "out", lambda array: pa.array(array.numpy())),
        Route("arrow", "out", pa.array),
        Route("arrow", "in", lambda thing: deed.from_arrow(thing)),
        Route("dlpack", "in", lambda thing: deed.from_dlpack(thing)),
        Route("__array__", "in", adopt_array),
    )

    def version(self) -> str:
        return pa.__version__

    def make(self, layout: Layout, memory: Memory) -> pa.Array:
        size_bytes = layout.storage.itemsize
        if layout.dtype not in TYPES or len(layout.shape) != 1 or not layout.c_order:
            raise NotThere("one dimension of numbers")
        if layout.offset_bytes % size_bytes:
            raise NotThere("an offset is a number of elements")
        buffer = pa.py_buffer(memoryview(memory)[memory.start :][: layout.size_bytes])
        offset = layout.offset_bytes // size_bytes
        return pa.Array.from_buffers(TYPES[layout.dtype], layout.shape[0], [None, buffer], offset=offset)

    def address(self, thing: pa.Array) -> int:
        offset_bytes = thing.offset * thing.type.bit_width // 8 if thing.offset else 0
        return thing.buffers()[-1].address + offset_bytes

    def content(self, thing: pa.Array) -> bytes:
        return np.array(thing.to_pylist(), self.dtype(thing)).tobytes()

    def shape(self, thing: pa.Array) -> tuple[int, ...]:
        return (len(thing),)

    def dtype(self, thing: pa.Array) -> str:
        return {"halffloat": "float16", "float": "float32", "double": "float64"}.get(
            str(thing.type), str(thing.type)
        )

    def copies(self, thing: pa.Array) -> list[pa.Array]:
        return [pa.array(thing.to_pylist(), thing.type)]

    def joined(self, thing: pa.Array) -> list[pa.Array]:
        return [pa.concat_arrays([thing, thing])]

    def loaded(self, thing: pa.Array) -> list[pa.Array]:
        batch = pa.RecordBatch.from_arrays([thing], ["x"])
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_batch(batch)
        return [pa.ipc.open_stream(sink.getvalue()).read_next_batch().column(0)]

    def equal(self, one: pa.Array, other: pa.Array) -> bool:
        return one.equals(other)

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        raise NotThere("immutable")


def buffer_of(array: deed.Array) -> pa.Buffer:
    if array.f_contiguous and not array.c_contiguous:
        raise NotThere("bytes as they are in memory, without an order to compare")
    return pa.py_buffer(array)


class ArrowBuffer(Library):
    name = "pyarrow buffer"
    routes = (
        Route("buffer", "out", buffer_of, flat=True),
        Route("buffer", "in", lambda thing: deed.from_buffer(thing), flat=True),
    )

    def version(self) -> str:
        return pa.__version__

    def make(self, layout: Layout, memory: Memory) -> pa.Buffer:
        if not layout.c_order or layout.dtype == BFLOAT16:
            raise NotThere("bytes one after the other")
        return pa.py_buffer(memory.ndarray(layout))

    def address(self, thing: pa.Buffer) -> int:
        return thing.address

    def content(self, thing: pa.Buffer) -> bytes:
        return thing.to_pybytes()

    def shape(self, thing: pa.Buffer) -> tuple[int, ...]:
        return (thing.size,)

    def copies(self, thing: pa.Buffer) -> list[pa.Buffer]:
        return [pa.py_buffer(thing.to_pybytes())]

    def equal(self, one: pa.Buffer, other: pa.Buffer) -> bool:
        return one.equals(other)

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        raise NotThere("a buffer of Arrow is not written element by element")
