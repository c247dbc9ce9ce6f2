# SPDX-License-Identifier: BSD-3-Clause
"""What the matrix needs to know of a library, and the ways between it and deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from .layouts import Layout, Memory


class NotThere(Exception):
    """The library has no such array, type or operation."""


class Route(NamedTuple):
    """One way across: `cross` takes a deed.Array (out) or an object of the library (in).

    holds_claim: what crossed keeps the memory also after the Array was released; the others keep the Array.
    flat: what crossed has one dimension or none, whatever the array had.
    """

    protocol: str
    direction: str
    cross: Callable[[Any], Any]
    holds_claim: bool = True
    flat: bool = False


class Library:
    """A library under test. Objects are those of the library."""

    name = ""
    immutable = False
    routes: tuple[Route, ...] = ()

    def version(self) -> str:
        raise NotImplementedError

    def make(self, layout: Layout, memory: Memory) -> Any:
        """An object with this layout and the values of memory, on that memory if it can be. NotThere."""
        raise NotImplementedError

    def address(self, thing: Any) -> int:
        """Of the first element."""
        raise NotImplementedError

    def content(self, thing: Any) -> bytes:
        """The elements as the library reads them, the last index fastest."""
        raise NotImplementedError

    def shape(self, thing: Any) -> tuple[int, ...]:
        return tuple(thing.shape)

    def dtype(self, thing: Any) -> str | None:
        """Name of layouts.py; None when the library does not say."""
        return None

    def write(self, thing: Any, index: tuple[int, ...], value: Any) -> None:
        """Write an element through the library. NotThere if it has no way; its own if it may not."""
        thing[index] = value

    # What its users do with an object. NotThere where they cannot.

    def copies(self, thing: Any) -> list[Any]:
        """Copies of it, one for each way to make one."""
        raise NotThere("no copies")

    def joined(self, thing: Any) -> list[Any]:
        """It and it again, one after the other; one for each way to join."""
        raise NotThere("nothing is joined")

    def loaded(self, thing: Any) -> list[Any]:
        """What is loaded when it was saved; one for each way to save."""
        raise NotThere("nothing is saved")

    def equal(self, one: Any, other: Any) -> bool:
        raise NotThere("nothing is compared")


class Only:
    """An object that speaks one protocol of another one, and keeps that."""

    def __init__(self, thing: Any, attribute: str) -> None:
        self._thing = thing
        self._attribute = attribute

    def __getattr__(self, name: str) -> Any:
        if name == self.__dict__.get("_attribute"):
            return getattr(self._thing, name)
        raise AttributeError(name)


class WithArray:
    """An object that has `__array__` and nothing else."""

    def __init__(self, thing: Any) -> None:
        self._thing = thing

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        if dtype is not None or copy:
            raise TypeError("only the memory itself")
        return self._thing.__array__()
