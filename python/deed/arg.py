# SPDX-License-Identifier: BSD-3-Clause
"""Declarations of the arguments of native procedures, for deed.function().

Each takes the name that errors show first. dtype: what deed.alloc() takes; records whose fields are known
must have those of dtype. intent: "in", "out" or
"inout". optional=True: None is passed as an absent argument (NULL).
"""

from __future__ import annotations

import enum
from typing import Any, Literal, NamedTuple

from .errors import Status, make_error

Intent = Literal["in", "out", "inout"]
Order = Literal["F", "C"]

MAX_RANK = 15  # DEED_MAX_RANK
_INTENTS = {"in": 1, "out": 2, "inout": 3}


class Passing(enum.IntEnum):
    """How an argument is passed; the numbers of function_argument.h."""

    VALUE = 0
    REFERENCE = 1
    ARRAY_POINTER = 2
    DESCRIPTOR = 3
    POINTER_DUMMY = 4
    ALLOCATABLE = 5
    HANDLE = 6
    EXTENT_VALUE = 7
    EXTENT_REFERENCE = 8
    TEXT = 9
    CHARACTER = 10


class Argument(NamedTuple):
    """One declared argument. Made by the functions of this module."""

    name: str
    passing: Passing
    dtype: Any = None
    rank: int = -1
    intent: Intent = "in"
    order: Order | None = None
    optional: bool = False
    array: str | None = None
    dimension: int = 0

    @property
    def is_given(self) -> bool:
        """Whether the caller gives it: not what only comes back, nor extents."""
        comes_back = (Passing.REFERENCE, Passing.ALLOCATABLE, Passing.POINTER_DUMMY)
        return self.array is None and not (self.intent == "out" and self.passing in comes_back)

    @property
    def is_returned(self) -> bool:
        """Whether it comes back to the caller."""
        if self.passing in (Passing.REFERENCE, Passing.ALLOCATABLE):
            return self.intent != "in"
        return self.passing is Passing.POINTER_DUMMY and self.intent == "out"

    def packed(self, source: int) -> tuple[Any, ...]:
        """What make_function() reads; source tells which of its arguments is the array of an extent."""
        return (
            self.name,
            int(self.passing),
            self.dtype,
            self.rank,
            _INTENTS[self.intent],
            self.order or "A",
            self.optional,
            source,
            self.dimension,
            self.is_given,
            self.is_returned,
        )


def _made(argument: Argument) -> Argument:
    if argument.intent not in _INTENTS:
        _refuse(
            Status.EINVAL, argument.name, f"intent {argument.intent!r} came, 'in', 'out' or 'inout' is wanted"
        )
    if argument.order not in (None, "F", "C"):
        _refuse(Status.EINVAL, argument.name, f"order {argument.order!r} came, 'F', 'C' or None is wanted")
    if not -1 <= argument.rank <= MAX_RANK:
        _refuse(Status.ERANK, argument.name, f"rank {argument.rank} came, 0 to {MAX_RANK} is wanted")
    return argument


def _refuse(status: Status, name: str, message: str) -> None:
    raise make_error(status, f"argument {name!r}: {message}", (), 0)


def value(name: str, dtype: Any) -> Argument:
    """A scalar by value: a C scalar, or a Fortran dummy with the attribute value."""
    return _made(Argument(name, Passing.VALUE, dtype))


def reference(name: str, dtype: Any, intent: Intent = "in", optional: bool = False) -> Argument:
    """A scalar by address: a Fortran dummy without value. "out" is not given but returned;
    "inout" is both.
    """
    if optional and intent == "out":
        _refuse(Status.EINVAL, name, "an optional scalar of intent 'out' cannot be left out, it is not given")
    return _made(Argument(name, Passing.REFERENCE, dtype, intent=intent, optional=optional))


def pointer(
    name: str,
    dtype: Any,
    rank: int,
    intent: Intent = "in",
    order: Order | None = None,
    optional: bool = False,
) -> Argument:
    """The address of a gapless array: a C pointer, or an explicit-shape or assumed-size dummy.

    order: "F" or "C"; None takes either.
    """
    return _made(Argument(name, Passing.ARRAY_POINTER, dtype, rank, intent, order, optional))


def extent(array: str, dimension: int, dtype: Any = "int64", by_reference: bool = False) -> Argument:
    """The extent of a dimension, from 0, of the argument named array. Not given: deed fills it in.

    dtype: "int32" or "int64". 0 when the array is an absent optional one.
    """
    if dtype not in ("int32", "int64"):
        _refuse(Status.EDTYPE, array, f"an extent of dtype {dtype!r} came, 'int32' or 'int64' is wanted")
    passing = Passing.EXTENT_REFERENCE if by_reference else Passing.EXTENT_VALUE
    name = f"extent {dimension} of {array}"
    return _made(Argument(name, passing, dtype, array=array, dimension=dimension))


def descriptor(
    name: str,
    dtype: Any,
    rank: int | None,
    intent: Intent = "in",
    order: Order | None = None,
    optional: bool = False,
) -> Argument:
    """An assumed-shape dummy, ``u(:,:)``, or with rank None an assumed-rank one, ``u(..)``, of a
    bind(C) procedure.

    Strides go with it, nothing is copied. order None takes any strides. dtype "S" is
    ``character(len=*)`` of any length, NumPy's bytes: NUL at their ends where Fortran has blanks.
    """
    return _made(
        Argument(name, Passing.DESCRIPTOR, dtype, -1 if rank is None else rank, intent, order, optional)
    )


def pointer_dummy(
    name: str, dtype: Any, rank: int, intent: Intent = "in", optional: bool = False
) -> Argument:
    """A dummy with the attribute pointer.

    "in" and "inout" are the intent of the elements: as descriptor(), and the lower bounds of a
    deed.Array go with it. What the procedure points it to instead is not seen.

    "out" is Fortran's ``pointer, intent(out)``, and is not given: what the procedure points it to
    comes back as a deed.Array with its bounds and strides; None if that is nothing. It is the title
    of a loan: the memory is Fortran's, nothing here frees it, and recall() or release() tell
    whether anybody still uses it. Where it lies in an argument that was given or allocated, it
    keeps that and has no more rights; else the library must not free it before it is released.
    """
    if optional and intent == "out":
        _refuse(
            Status.EINVAL, name, "an optional pointer of intent 'out' cannot be left out, it is not given"
        )
    return _made(Argument(name, Passing.POINTER_DUMMY, dtype, rank, intent, None, optional))


def allocatable(name: str, dtype: Any, rank: int, intent: Intent = "out") -> Argument:
    """A dummy with the attribute allocatable, "out" or "inout". What is allocated after the call
    comes back: a deed.Array of origin fortran, which the allocator of that library frees; None if
    nothing is.

    "out" is not given. "inout" is given None, not allocated, or such a deed.Array, which must be
    the only claim: the procedure may deallocate and allocate it. The Array itself comes back with
    what it is now, or is stale if None comes back. BusyError (with the holders, or published),
    OriginError (not of an allocatable of that compiler through deed.function). UnsupportedError
    for intent "in".
    """
    if intent == "in":
        _refuse(Status.EUNSUPPORTED, name, "allocatable with intent 'in' came, 'out' or 'inout' is possible")
    return _made(Argument(name, Passing.ALLOCATABLE, dtype, rank, intent))


def handle(name: str, dtype: Any, rank: int, intent: Intent = "in", order: Order | None = None) -> Argument:
    """``struct deed_array`` by value. An ndarray of deed that shows all of its claim lends another
    like it, with the same number in every call, which ends with the ndarray; any other ndarray
    gets one for the call, as by deed.handle. A deed.Array goes by its own.

    A procedure that ends what it was given takes nothing from an ndarray; a deed.Array is stale
    then. A result "handle" that is an argument's is that deed.Array again, or a new one that takes
    over what the ndarray lent.
    """
    return _made(Argument(name, Passing.HANDLE, dtype, rank, intent, order))


def text(name: str, optional: bool = False) -> Argument:
    """``const char *`` with a NUL at its end, from str (UTF-8) or bytes. The callee must not keep
    or change it.
    """
    return _made(Argument(name, Passing.TEXT, optional=optional))


def character(name: str, optional: bool = False) -> Argument:
    """A scalar ``character(kind=c_char, len=*), intent(in)`` of a bind(C) procedure, from str
    (UTF-8) or bytes. The length goes with it, nothing is copied.
    """
    return _made(Argument(name, Passing.CHARACTER, optional=optional))
