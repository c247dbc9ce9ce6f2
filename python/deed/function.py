# SPDX-License-Identifier: BSD-3-Clause
"""Native procedures called without a wrapper: deed.function()."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from . import _core
from .arg import MAX_RANK, Argument, Passing
from .command_line import encoded, tell
from .declared import Declared
from .errors import Status, make_error
from .symbols import missing_symbol

Compiler = Literal["gfortran", "flang"]

_COMPILERS = {"gfortran": 1, "flang": 2}
# Only the runtime of that compiler defines these. dlsym() looks into the library and all it depends on.
_SYMBOLS = {"gfortran": "_gfortran_runtime_error", "flang": "_FortranAAssign"}
_DEALLOCATE = {"gfortran": "free", "flang": "CFI_deallocate"}
_DESCRIBED = (Passing.DESCRIPTOR, Passing.POINTER_DUMMY, Passing.ALLOCATABLE, Passing.CHARACTER)
_RETURNED = {None: 0, "status": 2, "handle": 3}
_SCALAR = 1


def function(
    library: str | os.PathLike[str] | ctypes.CDLL,
    name: str,
    arguments: Sequence[Argument],
    result: Any = None,
    *,
    release_gil: bool = False,
    compiler: Compiler | None = None,
    command_line: Sequence[str | bytes | os.PathLike[str]] | None = None,
) -> _core.Function:
    """A callable for the procedure name of a library: a C function, or a Fortran procedure with
    bind(C).

    library: a path, or what ctypes loaded; it stays loaded until the process ends. arguments:
    declarations of deed.arg, in the order of the procedure. result: None, the dtype of a scalar,
    "status" (a deed_status; an error is raised) or "handle" (a deed.Array that takes over the
    claim). release_gil: the procedure runs without the GIL. compiler: "gfortran" (12 or newer) or
    "flang"; None finds it by the symbols of the library, and is needed for descriptors only.
    command_line: what get_command_argument() gives from now on, the program's name first, in all
    libraries that have the Fortran runtime of this one in common; None leaves it as it is, empty
    unless something has set it.

    The callable takes what is given, by position or by name: neither extents nor what has intent
    "out" but arrays. What is optional may be left out, as None. It returns the result and then what
    comes back, as a tuple if there is more than one. Its docstring has the interface in Fortran.
    The declarations are believed: nothing can check them against the procedure.

    Errors in order: OSError (no such library), AttributeError (no such symbol; it names those that
    are like it), InvalidArgument (two arguments of one name, an extent of no array,
    command_line, compiler), UnsupportedError (compiler undecided, no deallocation in its runtime),
    DtypeError, UnsupportedError (no runtime that takes a command line; then none was told one).
    """
    loaded = _loaded(library)
    address = _address(loaded, name)
    if address is None:
        raise AttributeError(missing_symbol(loaded, name))
    packed = _packed(name, arguments)
    told = None if command_line is None else encoded(name, command_line)
    chosen = _chosen_compiler(loaded, name, arguments, compiler)
    deallocate = _deallocate(loaded, name, arguments, chosen)
    declared = Declared(name, str(loaded._name), tuple(arguments), result)
    attributes: dict[str, Any] = {}
    number = _COMPILERS[chosen] if chosen else 0
    returned = _returned(result)
    made = _core.make_function(
        name, address, loaded, deallocate, number, packed, *returned, release_gil, declared, attributes
    )
    if told is not None:
        tell(loaded, name, told, compiler)
    attributes.update(declared.attributes())
    return made


def _returned(result: Any) -> tuple[int, Any]:
    """How a result comes back, and its dtype if it is a scalar."""
    if result is None or isinstance(result, str):
        number = _RETURNED.get(result, _SCALAR)
        return number, result if number == _SCALAR else None
    return _SCALAR, result


def _loaded(library: str | os.PathLike[str] | ctypes.CDLL) -> ctypes.CDLL:
    """The library, loaded so that nothing unloads it: code and allocated memory of it may live
    on.
    """
    mode = os.RTLD_NOW | os.RTLD_NODELETE
    if not isinstance(library, ctypes.CDLL):
        return ctypes.CDLL(os.fspath(library), mode=mode)
    if library._name:
        ctypes.CDLL(library._name, mode=mode | os.RTLD_NOLOAD)
    return library


def _address(library: ctypes.CDLL, symbol: str) -> int | None:
    try:
        return ctypes.cast(library[symbol], ctypes.c_void_p).value
    except AttributeError:
        return None


def _packed(function_name: str, arguments: Sequence[Argument]) -> tuple[Any, ...]:
    """What make_function() reads. Extents come last, when their arrays have been passed."""
    names = [argument.name for argument in arguments if argument.array is None]
    if len(set(names)) != len(names):
        _refuse(Status.EINVAL, function_name, f"two arguments of one name came: {names}")
    order = sorted(range(len(arguments)), key=lambda position: arguments[position].array is not None)
    return tuple(
        (position, *arguments[position].packed(order.index(_source(function_name, arguments, position))))
        for position in order
    )


def _source(function_name: str, arguments: Sequence[Argument], position: int) -> int:
    """The position of the array that an extent is of; that of anything else is its own."""
    extent = arguments[position]
    if extent.array is None:
        return position
    for number, argument in enumerate(arguments):
        if argument.name == extent.array and _has_extents(argument):
            if not 0 <= extent.dimension < (MAX_RANK if argument.rank == -1 else argument.rank):
                break
            return number
    _refuse(Status.EINVAL, function_name, f"{extent.name}: no array argument has it")
    return 0


def _has_extents(argument: Argument) -> bool:
    """Whether it is an array that is given."""
    arrays = (Passing.ARRAY_POINTER, Passing.DESCRIPTOR, Passing.POINTER_DUMMY, Passing.HANDLE)
    return argument.rank != 0 and argument.passing in arrays and argument.is_given


def _chosen_compiler(
    library: ctypes.CDLL,
    function_name: str,
    arguments: Sequence[Argument],
    compiler: Compiler | None,
) -> str | None:
    if compiler is not None and compiler not in _COMPILERS:
        _refuse(Status.EINVAL, function_name, f"compiler {compiler!r} came, 'gfortran' or 'flang' is wanted")
    if compiler or not any(argument.passing in _DESCRIBED for argument in arguments):
        return compiler
    found = [name for name, symbol in _SYMBOLS.items() if _address(library, symbol) is not None]
    if not found and _names_flang(library._name):
        found = ["flang"]
    if len(found) == 1:
        return found[0]
    looked = ", ".join(_SYMBOLS.values())
    outcome = "all of them are there" if found else "none is there, nor 'flang version' in the file"
    message = (
        f"which compiler made {library._name!r}? Looked for the symbols {looked}: {outcome}; give compiler="
    )
    _refuse(Status.EUNSUPPORTED, function_name, message)
    return None


def _names_flang(path: str | None) -> bool:
    """Whether flang signed the file. A library of small procedures needs nothing of its static
    runtime.
    """
    return bool(path) and Path(str(path)).is_file() and b"flang version" in Path(str(path)).read_bytes()


def _deallocate(
    library: ctypes.CDLL, function_name: str, arguments: Sequence[Argument], compiler: str | None
) -> int:
    if compiler is None or not any(argument.passing is Passing.ALLOCATABLE for argument in arguments):
        return 0
    address = _address(library, _DEALLOCATE[compiler])
    if address is None:
        message = f"{library._name!r} has no {_DEALLOCATE[compiler]}, which would free what it allocates"
        _refuse(Status.EUNSUPPORTED, function_name, message)
    return address or 0


def _refuse(status: Status, function_name: str, message: str) -> None:
    raise make_error(status, f"{function_name}: {message}", (), 0)
