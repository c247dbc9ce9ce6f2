# SPDX-License-Identifier: BSD-3-Clause
"""What comes with Python: memoryview, bytes and bytearray, array, mmap, ctypes, pickle."""

from __future__ import annotations

import array
import ctypes
import mmap
import pickle
import platform
from typing import Any

import numpy as np

import deed

from .layouts import BFLOAT16, Layout, Memory, gather
from .library import Library, NotThere, Route

CODES = {"int8": "b", "int16": "h", "int32": "i", "int64": "l", "uint8": "B", "uint16": "H", "uint32": "I"}
CODES |= {"uint64": "L", "float16": "e", "float32": "f", "float64": "d", "bool": "?"}


def address_of_buffer(thing: Any) -> int:
    return np.asarray(memoryview(thing)).ctypes.data


class Standard(Library):
    def version(self) -> str:
        return f"Python {platform.python_version()}"

    def address(self, thing: Any) -> int:
        return address_of_buffer(thing)

    def content(self, thing: Any) -> bytes:
        return memoryview(thing).tobytes()

    def shape(self, thing: Any) -> tuple[int, ...]:
        return memoryview(thing).shape

    def copies(self, thing: Any) -> list[memoryview]:
        return [memoryview(np.array(memoryview(thing)))]

    def equal(self, one: Any, other: Any) -> bool:
        result = memoryview(one) == memoryview(other)
        if not result and self.content(one) == self.content(other):
            raise NotThere("Python cannot compare this format")
        return result


class MemoryView(Standard):
    name = "memoryview"
    routes = (
        Route("buffer", "out", memoryview),
        Route("buffer", "in", lambda thing: deed.from_buffer(thing)),
    )

    def make(self, layout: Layout, memory: Memory) -> memoryview:
        if layout.dtype == BFLOAT16:
            raise NotThere("no format for bfloat16")
        return memoryview(memory.ndarray(layout))

    def address(self, thing: memoryview) -> int:
        return np.asarray(thing).ctypes.data

    def dtype(self, thing: memoryview) -> str | None:
        codes = {code: name for name, code in CODES.items()}
        return codes.get(thing.format.replace("q", "l").replace("Q", "L"))

    def write(self, thing: memoryview, index: tuple[int, ...], value: Any) -> None:
        if self.dtype(thing) is None:
            raise NotThere(f"memoryview reads and writes no {thing.format}")
        try:
            thing[index] = value
        except NotImplementedError as error:  # float16 before Python 3.12
            raise NotThere(str(error)) from error


class OneDimension(Standard):
    """Libraries that have their own memory, elements one after the other, in one dimension."""

    routes = (Route("buffer", "in", lambda thing: deed.from_buffer(thing)),)

    def contents(self, layout: Layout, memory: Memory) -> bytes:
        if not layout.c_order or len(layout.shape) != 1 or layout.offset_bytes:
            raise NotThere("only one dimension, from the start")
        if not layout.writable:
            raise NotThere("nothing is read-only")
        return memory.gathered(layout)

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        thing[index[0]] = value


class Array(OneDimension):
    name = "array"

    def make(self, layout: Layout, memory: Memory) -> array.array:
        contents = self.contents(layout, memory)
        code = CODES.get(layout.dtype, "")
        if code not in array.typecodes or not code:
            raise NotThere(f"no type code for {layout.dtype}")
        return array.array(code, contents)

    def dtype(self, thing: array.array) -> str:
        return {code: name for name, code in CODES.items()}[thing.typecode]


class Bytes(OneDimension):
    """Bytes, which are read-only, and bytearray."""

    name = "bytes"

    def make(self, layout: Layout, memory: Memory) -> bytes | bytearray:
        if layout.dtype != "uint8":
            raise NotThere("only uint8")
        return bytearray(self.contents(layout, memory))


class ReadOnlyBytes(Bytes):
    name = "bytes (read-only)"
    immutable = True

    def make(self, layout: Layout, memory: Memory) -> bytes:
        return bytes(super().make(layout, memory))

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        raise NotThere("immutable")


class Mmap(OneDimension):
    name = "mmap"

    def make(self, layout: Layout, memory: Memory) -> mmap.mmap:
        contents = self.contents(layout, memory)
        if layout.dtype != "uint8":
            raise NotThere("only uint8")
        mapped = mmap.mmap(-1, len(contents))
        mapped[:] = contents
        return mapped


class Ctypes(Standard):
    name = "ctypes"
    TYPES = {  # noqa: RUF012
        **{f"int{n}": getattr(ctypes, f"c_int{n}") for n in (8, 16, 32, 64)},
        **{f"uint{n}": getattr(ctypes, f"c_uint{n}") for n in (8, 16, 32, 64)},
        **{"float32": ctypes.c_float, "float64": ctypes.c_double, "bool": ctypes.c_bool},
        "longdouble": ctypes.c_longdouble,
    }
    routes = (
        Route("ctypes", "out", lambda array: array.as_ctypes()),
        Route("ctypes", "in", lambda thing: deed.from_buffer(thing)),
    )

    def make(self, layout: Layout, memory: Memory) -> Any:
        if layout.dtype not in self.TYPES:
            raise NotThere(f"no type for {layout.dtype}")
        if not layout.c_order or not layout.writable:
            raise NotThere("only C order, nothing is read-only")
        kind = self.TYPES[layout.dtype]
        for extent in reversed(layout.shape):
            kind = kind * extent
        return kind.from_buffer(memory, memory.start + layout.offset_bytes)

    def address(self, thing: Any) -> int:
        return ctypes.addressof(thing)

    def copies(self, thing: Any) -> list[Any]:
        return [type(thing).from_buffer_copy(thing)]

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        if not index:
            thing.value = value
            return
        for i in index[:-1]:
            thing = thing[i]
        thing[index[-1]] = value


class Pickle(Standard):
    """Protocol 5, out of band: what crosses is a buffer (out), or the buffers and the stream (in)."""

    name = "pickle 5"

    def __init__(self) -> None:
        self.routes = (
            Route("pickle", "out", self.dump),
            Route("pickle", "in", lambda thing: pickle.loads(thing.stream, buffers=[thing.memory])),
        )

    def dump(self, array: Any) -> memoryview:
        buffers: list[pickle.PickleBuffer] = []
        pickle.dumps(array, protocol=5, buffer_callback=buffers.append)
        if len(buffers) != 1:
            raise BufferError(f"{len(buffers)} buffers out of band")
        return memoryview(buffers[0])

    def make(self, layout: Layout, memory: Memory) -> Pickled:
        if layout.dtype == BFLOAT16:
            raise NotThere("cannot be pickled")
        with deed.adopt(memory.ndarray(layout)) as array:
            if not (array.c_contiguous or array.f_contiguous):
                raise NotThere("packed on the way out")
            buffers: list[pickle.PickleBuffer] = []
            stream = pickle.dumps(array, protocol=5, buffer_callback=buffers.append)
            with buffers[0].raw() as raw:
                result = Pickled(stream, bytearray(raw), layout)
            buffers[0].release()
        return result

    def content(self, thing: Any) -> bytes:
        if not isinstance(thing, Pickled):
            return bytes(thing.tobytes("C"))
        return thing.gathered()

    def address(self, thing: Any) -> int:
        return thing.address if isinstance(thing, Pickled) else super().address(thing)

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        raise NotThere("a pickle is bytes")


class Pickled:
    """A stream, and in memory of its own what the stream has out of band."""

    def __init__(self, stream: bytes, raw: bytearray, layout: Layout) -> None:
        self.stream = stream
        self.layout = layout
        self.own = np.frombuffer(raw, "uint8") if raw else np.empty(0, "uint8")
        view = memoryview(self.own)
        self.memory = view if layout.writable else view.toreadonly()

    @property
    def address(self) -> int:
        return self.own.ctypes.data

    def gathered(self) -> bytes:
        layout = self.layout
        return gather(self.address, layout.shape, layout.stride_bytes, layout.storage.itemsize)
