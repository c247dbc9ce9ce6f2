# SPDX-License-Identifier: BSD-3-Clause
"""The columns of the matrix: where the elements of an array are in memory, said without any library."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

ALIGNMENT_BYTES = 64
RECORDS = {"i4,f8": "record", "i2,(2,)f4,S3": "rows"}  #: and the names of their columns
BFLOAT16 = "bfloat16"  # NumPy has no such type; its elements are moved as uint16


class Layout(NamedTuple):
    """An array of `shape` in `size_bytes` of memory, its first element `offset_bytes` from the start."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    stride_bytes: tuple[int, ...]
    offset_bytes: int
    size_bytes: int
    writable: bool = True

    @property
    def storage(self) -> np.dtype:
        """The NumPy type with which the elements are stored and moved."""
        return np.dtype("uint16" if self.dtype == BFLOAT16 else self.dtype)

    @property
    def last(self) -> tuple[int, ...]:
        """The index of the last element; only for an array that has any."""
        return tuple(extent - 1 for extent in self.shape)

    @property
    def empty(self) -> bool:
        return 0 in self.shape

    @property
    def c_order(self) -> bool:
        """Are the elements one after the other, the last index fastest?"""
        found = [*self.positions()]
        return found == [number * self.storage.itemsize for number in range(len(found))]

    def indices(self) -> Iterator[tuple[int, ...]]:
        """The last index fastest."""
        return itertools.product(*map(range, self.shape))

    def positions(self) -> Iterator[int]:
        """Bytes from the first element to each, the last index fastest."""
        return positions(self.shape, self.stride_bytes)

    def value(self, number: int) -> object:
        """A value of the dtype that is unlike those of other small numbers."""
        kind = self.storage.kind
        if kind == "b":
            return bool(number % 2)
        if kind == "c":
            return complex(number, -number)
        if kind in "SU":
            return f"{number:03d}".encode() if kind == "S" else f"{number:03d}"
        if kind == "V":
            return record(self.storage, number)
        return number

    def encoded(self, number: int) -> bytes:
        return np.array(self.value(number), self.storage).tobytes()


def record(dtype: np.dtype, number: int) -> object:
    """Fields with values that depend on the number; of a type without fields, bytes."""
    if not dtype.names:
        return np.void(f"{number:05d}".encode())
    return {2: (number, number / 2), 3: (number, (number, -number), f"{number:03d}".encode())}[
        len(dtype.names)
    ]


def positions(shape: tuple[int, ...], stride_bytes: tuple[int, ...]) -> Iterator[int]:
    for index in itertools.product(*map(range, shape)):
        yield sum(i * stride for i, stride in zip(index, stride_bytes, strict=True))


def gather(
    address: int, shape: tuple[int, ...], stride_bytes: tuple[int, ...], element_size_bytes: int
) -> bytes:
    """The elements at an address, read byte by byte, the last index fastest."""
    return b"".join(
        ctypes.string_at(address + position, element_size_bytes)
        for position in positions(shape, stride_bytes)
    )


class Memory(bytearray):
    """Aligned memory that can be watched with a weak reference. `start` is where the alignment begins."""

    start = 0

    @classmethod
    def of(cls, layout: Layout) -> Memory:
        """Memory with the values 1, 2, 3, ... in the elements of a layout."""
        memory = cls(layout.size_bytes + 2 * ALIGNMENT_BYTES)
        memory.start = -memory.address % ALIGNMENT_BYTES
        for number, position in enumerate(layout.positions(), 1):
            memory.store(layout, position, layout.encoded(number))
        return memory

    @property
    def address(self) -> int:
        return ctypes.addressof(ctypes.c_char.from_buffer(self))

    def first(self, layout: Layout) -> int:
        """The address of the first element."""
        return self.address + self.start + layout.offset_bytes

    def store(self, layout: Layout, position: int, element: bytes) -> None:
        at = self.start + layout.offset_bytes + position
        self[at : at + len(element)] = element

    def gathered(self, layout: Layout) -> bytes:
        return gather(self.first(layout), layout.shape, layout.stride_bytes, layout.storage.itemsize)

    def ndarray(self, layout: Layout) -> np.ndarray:
        """The layout as an ndarray whose base keeps this memory."""
        result = np.ndarray(
            layout.shape, layout.storage, self, self.start + layout.offset_bytes, layout.stride_bytes
        )
        result.flags.writeable = layout.writable
        return result


LAYOUTS = [
    Layout("C", "float64", (3, 4), (32, 8), 0, 96),
    Layout("F", "float64", (3, 4), (8, 24), 0, 96),
    Layout("transposed", "float64", (4, 2, 3), (8, 96, 32), 0, 192),
    Layout("stepped", "float64", (3, 2), (32, 16), 0, 96),
    Layout("reversed", "float64", (3, 4), (-32, -8), 88, 96),
    Layout("zero stride", "float64", (3, 4), (0, 8), 0, 32),
    Layout("0-d", "float64", (), (), 0, 8),
    Layout("empty", "float64", (0, 4), (32, 8), 0, 0),
    Layout("size-1 dim", "float64", (1, 4), (1000, 8), 0, 32),
    Layout("offset", "float64", (3, 4), (32, 8), 8, 104),
    Layout("read-only", "float64", (3, 4), (32, 8), 0, 96, writable=False),
    Layout("field", "float64", (3, 4), (64, 16), 8, 192),
    Layout("odd bytes", "float64", (3, 4), (36, 9), 1, 109),
    Layout("1-d", "float64", (6,), (8,), 0, 48),
    Layout("1-d offset", "float64", (6,), (8,), 16, 64),
    Layout("1-d stepped", "float64", (3,), (16,), 0, 48),
    Layout("1-d reversed", "float64", (6,), (-8,), 40, 48),
    Layout("1-d read-only", "float64", (6,), (8,), 0, 48, writable=False),
]

DTYPE_NAMES = [
    *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", BFLOAT16, "float32", "float64", "longdouble"),
    *("complex64", "complex128", "clongdouble", "bool", "S5", "U3", "V5", *RECORDS),
]


def of_dtype(name: str) -> Layout:
    size_bytes = np.dtype("uint16" if name == BFLOAT16 else name).itemsize
    return Layout(RECORDS.get(name, name), name, (6,), (size_bytes,), 0, 6 * size_bytes)


DTYPES = [of_dtype(name) for name in DTYPE_NAMES]
