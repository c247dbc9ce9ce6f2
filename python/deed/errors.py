# SPDX-License-Identifier: BSD-3-Clause
"""The exceptions of deed: one class for each status of the core.

Every class derives from DeedError and from the built-in exception that a Python user expects.
"""

from __future__ import annotations

import enum
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .accounts import Holder

#: Frames of files in this folder are not the caller that a claim is recorded with.
PACKAGE_FOLDER = os.path.join(os.path.dirname(__file__), "")


class Status(enum.IntEnum):
    """The results of the core, with the numbers and names of c/include/deed/status.h."""

    OK = 0
    ENOMEM = 1
    EINVAL = 2
    EHANDLE = 3
    ESTALE = 4
    EBUSY = 5
    ENOTTITLE = 6
    EORIGIN = 7
    ERIGHTS = 8
    EBOUNDS = 9
    ERANK = 10
    EDTYPE = 11
    ESHAPE = 12
    EOVERFLOW = 13
    EORDER = 14
    ENONAME = 15
    EEXIST = 16
    ENULL = 17
    EUNALLOCATED = 18
    EDAMAGED = 19
    EFULL = 20
    EDUPLICATE = 21
    EUNSUPPORTED = 22
    EDEVICE = 23


class DeedError(Exception):
    """Anything that deed refuses.

    status: what the core said. holders: on BusyError, the first of those who hold the array; holder_count:
    how many there are in all.
    """

    status: Status = Status.EINVAL
    holders: tuple[Holder, ...] = ()
    holder_count: int = 0

    __str__ = Exception.__str__  # not that of KeyError, which shows the message in quotes


class OutOfMemory(DeedError, MemoryError):
    """Memory could not be had."""

    status = Status.ENOMEM


class InvalidArgument(DeedError, ValueError):
    """An argument has no meaning."""

    status = Status.EINVAL


class HandleError(DeedError, ValueError):
    """The number is not a handle of this process."""

    status = Status.EHANDLE


class StaleError(DeedError, ValueError):
    """The claim has ended: it was released, transferred, reclaimed or recalled before."""

    status = Status.ESTALE


class BusyError(DeedError, BufferError):
    """Others hold the array; holders says who."""

    status = Status.EBUSY


class NotTitleError(DeedError, BufferError):
    """Only the holder of the title may do this."""

    status = Status.ENOTTITLE


class OriginError(DeedError, ValueError):
    """The allocator that made the memory does not allow this."""

    status = Status.EORIGIN


class RightsError(DeedError, BufferError):
    """The claim lacks the right asked for: it is read-only."""

    status = Status.ERIGHTS


class BoundsError(DeedError, IndexError):
    """Outside the bounds of the array."""

    status = Status.EBOUNDS


class RankError(DeedError, ValueError):
    """A wrong number of dimensions, or more than deed has."""

    status = Status.ERANK


class DtypeError(DeedError, TypeError):
    """A wrong type of element, or one that NumPy or deed does not have."""

    status = Status.EDTYPE


class ShapeError(DeedError, ValueError):
    """A wrong or negative extent."""

    status = Status.ESHAPE


class SizeError(DeedError, OverflowError):
    """A size or an address does not fit 64 bits."""

    status = Status.EOVERFLOW


class OrderError(DeedError, ValueError):
    """The elements are not in the order asked for."""

    status = Status.EORDER


class NameUnknown(DeedError, KeyError):
    """No array is published under this name."""

    status = Status.ENONAME


class NameTaken(DeedError, ValueError):
    """An array is already published under this name, or the array has a name."""

    status = Status.EEXIST


class NullError(DeedError, ValueError):
    """A null pointer where memory was expected."""

    status = Status.ENULL


class UnallocatedError(DeedError, ValueError):
    """A Fortran variable is not allocated or not associated."""

    status = Status.EUNALLOCATED


class DamagedError(DeedError, RuntimeError):
    """The guard before the memory was overwritten, or the memory was freed elsewhere."""

    status = Status.EDAMAGED


class HandlesExhausted(DeedError, MemoryError):
    """No handle is left."""

    status = Status.EFULL


class DuplicateCore(DeedError, ImportError):
    """Two copies of the deed core are loaded."""

    status = Status.EDUPLICATE


class UnsupportedError(DeedError, NotImplementedError):
    """Not supported by this build or this language."""

    status = Status.EUNSUPPORTED


class DeviceError(DeedError, BufferError):
    """The memory is on a device, which the host cannot read."""

    status = Status.EDEVICE


def visible(text: str) -> str:
    """The text with escapes in place of whatever a terminal would obey instead of showing it."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


_CLASSES: dict[int, type[DeedError]] = {cls.status: cls for cls in DeedError.__subclasses__()}


def make_error(status: int, message: str, holders: tuple[Holder, ...], holder_count: int) -> DeedError:
    """The exception for a status, with its detail. Called by the extension module."""
    error = _CLASSES.get(status, DeedError)(visible(message))
    error.status = Status(status)
    error.holders = holders
    error.holder_count = holder_count
    return error


def note_refusal(error: BaseException, refusal: DeedError) -> None:
    """Say with an error that leaves a with statement that the array was not released.

    By a note; before Python 3.11 the refusal is the first context in the chain. Called by the extension.
    """
    if hasattr(error, "add_note"):
        error.add_note(f"{type(refusal).__name__} at the end of the with statement: {refusal}")
        return
    while error.__context__ is not None:
        error = error.__context__
    refusal.__context__ = None
    error.__context__ = refusal
