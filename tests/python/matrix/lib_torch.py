# SPDX-License-Identifier: BSD-3-Clause
"""PyTorch on the CPU."""

from __future__ import annotations

import io
import warnings
from typing import Any

import torch

import deed

from .layouts import Layout, Memory
from .lib_numpy import adopt_array
from .library import Library, NotThere, Route

DTYPES = {name: getattr(torch, name) for name in ("bool", "bfloat16", "complex64", "complex128")}
DTYPES |= {f"int{n}": getattr(torch, f"int{n}") for n in (8, 16, 32, 64)}
DTYPES |= {f"uint{n}": getattr(torch, f"uint{n}") for n in (8, 16, 32, 64)}
DTYPES |= {f"float{n}": getattr(torch, f"float{n}") for n in (16, 32, 64)}


def from_buffer(array: deed.Array) -> torch.Tensor:
    name = "bfloat16" if array.kind == "bfloat16" else array.dtype.name
    if name not in DTYPES:
        raise NotThere(f"no {name}")
    return torch.frombuffer(array, dtype=DTYPES[name])


class Torch(Library):
    name = "torch"
    routes = (
        Route("ndarray", "out", lambda array: torch.from_numpy(array.numpy())),
        Route("ndarray", "in", lambda thing: deed.adopt(thing.numpy())),
        Route("buffer", "out", from_buffer, flat=True),
        Route("dlpack", "out", torch.from_dlpack),
        Route("dlpack", "in", lambda thing: deed.from_dlpack(thing)),
        Route("__array__", "in", adopt_array),
    )

    def __init__(self) -> None:
        warnings.simplefilter("ignore", UserWarning)  # of a read-only ndarray; the matrix sees what follows

    def version(self) -> str:
        return torch.__version__

    def make(self, layout: Layout, memory: Memory) -> torch.Tensor:
        size_bytes = layout.storage.itemsize
        if layout.dtype not in DTYPES or not layout.writable:
            raise NotThere(f"no {layout.dtype}, nothing read-only")
        if any(stride % size_bytes for stride in layout.stride_bytes):
            raise NotThere("strides are a number of elements")
        at = memory.start + layout.offset_bytes % size_bytes
        whole = torch.frombuffer(memory, dtype=DTYPES[layout.dtype], offset=at)
        strides = [stride // size_bytes for stride in layout.stride_bytes]
        return torch.as_strided(whole, layout.shape, strides, layout.offset_bytes // size_bytes)

    def address(self, thing: torch.Tensor) -> int:
        return thing.data_ptr()

    def content(self, thing: torch.Tensor) -> bytes:
        return bytes(thing.detach().clone(memory_format=torch.contiguous_format).flatten().view(torch.uint8))

    def dtype(self, thing: torch.Tensor) -> str:
        return str(thing.dtype).removeprefix("torch.")

    def copies(self, thing: torch.Tensor) -> list[torch.Tensor]:
        return [thing.clone()]

    def joined(self, thing: torch.Tensor) -> list[torch.Tensor]:
        pair = [thing, thing]
        return [torch.stack(pair), torch.cat(pair)] if thing.ndim else [torch.stack(pair)]

    def loaded(self, thing: torch.Tensor) -> list[torch.Tensor]:
        file = io.BytesIO()
        torch.save(thing, file)
        file.seek(0)
        return [torch.load(file)]

    def equal(self, one: torch.Tensor, other: torch.Tensor) -> bool:
        return torch.equal(one, other)

    def write(self, thing: torch.Tensor, index: tuple[int, ...], value: Any) -> None:
        if thing.numel() and len(index) != thing.ndim:
            index = (thing.numel() - 1,)
        thing[index] = value
