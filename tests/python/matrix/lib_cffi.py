# SPDX-License-Identifier: BSD-3-Clause
"""cffi: arrays of C, and the buffer of one."""

from __future__ import annotations

from typing import Any

import cffi

import deed

from .layouts import Layout, Memory
from .library import Library, NotThere, Route


class Cffi(Library):
    name = "cffi"
    TYPES = {  # noqa: RUF012
        **{f"int{n}": f"int{n}_t" for n in (8, 16, 32, 64)},
        **{f"uint{n}": f"uint{n}_t" for n in (8, 16, 32, 64)},
        **{"float32": "float", "float64": "double", "bool": "_Bool"},
    }

    def __init__(self) -> None:
        self.ffi = ffi = cffi.FFI()
        self.routes = (
            Route("cffi", "out", lambda array: array.as_cffi(ffi), flat=True),
            Route("cffi", "in", lambda thing: deed.from_buffer(ffi.buffer(thing)), flat=True),
        )

    def version(self) -> str:
        return cffi.__version__

    def make(self, layout: Layout, memory: Memory) -> Any:
        if not layout.c_order or not layout.writable or layout.dtype not in self.TYPES:
            raise NotThere("only C order, and types that C has")
        ffi, extents = self.ffi, "".join(f"[{extent}]" for extent in layout.shape) or "[1]"
        window = memoryview(memory)[memory.start + layout.offset_bytes :][: layout.size_bytes]
        return ffi.from_buffer(f"{self.TYPES[layout.dtype]}{extents}", window, require_writable=True)

    def address(self, thing: Any) -> int:
        return int(self.ffi.cast("uintptr_t", thing))

    def content(self, thing: Any) -> bytes:
        return bytes(self.ffi.buffer(thing))

    def shape(self, thing: Any) -> tuple[int, ...]:
        return (len(thing),)

    def copies(self, thing: Any) -> list[Any]:
        ffi, size_bytes = self.ffi, len(self.content(thing))
        copy = ffi.from_buffer(ffi.typeof(thing), bytearray(size_bytes), require_writable=True)
        ffi.memmove(copy, thing, size_bytes)
        return [copy]

    def equal(self, one: Any, other: Any) -> bool:
        return self.ffi.buffer(one) == self.ffi.buffer(other)

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        if not index:
            index = (0,)
        for i in index[:-1]:
            thing = thing[i]
        thing[index[-1]] = value
