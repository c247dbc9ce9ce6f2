# SPDX-License-Identifier: BSD-3-Clause
"""The command line that a Fortran library sees: outside of Fortran programs its runtime is told none."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Sequence
from typing import Any

from .errors import Status, make_error

_GFORTRAN = "_gfortran_set_args"
_FLANG = "_FortranAProgramStart"
# A library that was linked with the static runtime of flang has only what its procedures need: not the
# above, but what that calls for the command line, a member function and its object.
_FLANG_MEMBER = (
    "_ZN7Fortran7runtime20ExecutionEnvironment9ConfigureEiPPKcS4_PK22EnvironmentDefaultList",
    "_ZN7Fortran7runtime20executionEnvironmentE",
)

# What each runtime was told last, by the address of what it was told with.
_told: dict[int, tuple[bytes, ...]] = {}

# Takes the number of the arguments and the address of them.
_Teller = Callable[[int, int], Any]


def encoded(function_name: str, command_line: Sequence[str | bytes | os.PathLike[str]]) -> tuple[bytes, ...]:
    """The arguments as C has them. TypeError for what is no text; InvalidArgument if there are none, or a
    NUL is in one.
    """
    if isinstance(command_line, (str, bytes)):
        raise TypeError(f"{function_name}: command_line must be a list of arguments, not {command_line!r}")
    texts = tuple(os.fsencode(text) for text in command_line)
    if not texts:
        _refuse(Status.EINVAL, function_name, "an empty command_line came, it begins with the program's name")
    for text in texts:
        if b"\0" in text:
            _refuse(
                Status.EINVAL, function_name, f"{text!r} came in command_line, text without a NUL is wanted"
            )
    return texts


def tell(
    library: ctypes.CDLL, function_name: str, command_line: tuple[bytes, ...], compiler: str | None
) -> None:
    """Tell every Fortran runtime of the library, or that of the compiler. UnsupportedError if there is none
    that can be told.
    """
    finders = {"gfortran": _gfortran, "flang": _flang}
    found = [finders[each](library) for each in finders if compiler in (None, each)]
    tellers = [each for each in found if each is not None]
    if not tellers:
        looked = ", ".join((_GFORTRAN, _FLANG, *_FLANG_MEMBER))
        message = f"no Fortran runtime of {library._name!r} takes a command line: looked for {looked}"
        _refuse(Status.EUNSUPPORTED, function_name, message)
    for address, teller in tellers:
        if _told.get(address) != command_line:
            teller(len(command_line), _kept_for_ever(command_line))
            _told[address] = command_line


def _refuse(status: Status, function_name: str, message: str) -> None:
    raise make_error(status, f"{function_name}: {message}", (), 0)


def _kept_for_ever(command_line: tuple[bytes, ...]) -> int:
    """The address of argv. A runtime keeps it until the process ends, which may be after Python."""
    pointers_bytes = (len(command_line) + 1) * ctypes.sizeof(ctypes.c_void_p)
    text = b"".join(each + b"\0" for each in command_line)
    allocate = ctypes.CDLL(None)["malloc"]
    allocate.restype, allocate.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    block: int | None = allocate(pointers_bytes + len(text))
    if block is None:
        raise MemoryError
    at = block + pointers_bytes
    ctypes.memmove(at, text, len(text))
    pointers = (ctypes.c_void_p * (len(command_line) + 1)).from_address(block)
    for k, each in enumerate(command_line):
        pointers[k] = at
        at += len(each) + 1
    pointers[len(command_line)] = None
    return block


def _function(library: ctypes.CDLL, name: str, *argument_types: Any) -> tuple[int, Callable[..., Any]] | None:
    """A function of the runtime, with its address."""
    try:
        function = library[name]
    except AttributeError:
        return None
    function.restype, function.argtypes = None, list(argument_types)
    return ctypes.cast(function, ctypes.c_void_p).value or 0, function


def _gfortran(library: ctypes.CDLL) -> tuple[int, _Teller] | None:
    return _function(library, _GFORTRAN, ctypes.c_int, ctypes.c_void_p)


def _flang(library: ctypes.CDLL) -> tuple[int, _Teller] | None:
    """What is told besides: the environment, and that no variable of it has a default of the program."""
    environment = ctypes.c_void_p.in_dll(ctypes.CDLL(None), "environ")
    program = (ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    found = _function(library, _FLANG, *program)
    if found is not None:
        address, start = found
        return address, lambda count, arguments: start(count, arguments, environment, None)
    member, this = _function(library, _FLANG_MEMBER[0], ctypes.c_void_p, *program), _flang_object(library)
    if member is None or this is None:
        return None
    address, configure = member
    return address, lambda count, arguments: configure(this, count, arguments, environment, None)


def _flang_object(library: ctypes.CDLL) -> int | None:
    try:
        return ctypes.addressof(ctypes.c_char.in_dll(library, _FLANG_MEMBER[1]))
    except ValueError:
        return None
