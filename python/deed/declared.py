# SPDX-License-Identifier: BSD-3-Clause
"""What a deed.Function was declared as: signature, docstring, and the errors of calls that do not fit."""

from __future__ import annotations

import inspect
import keyword
import re
from typing import Any, NamedTuple, NoReturn

from . import _core
from .arg import Argument, Passing
from .near import near_names

_RESULTS = {"status": ("integer(c_int)", "a deed_status"), "handle": ("type(deed_array)", "")}
_ATTRIBUTES = {
    Passing.VALUE: ["value"],
    Passing.HANDLE: ["value"],
    Passing.EXTENT_VALUE: ["value"],
    Passing.POINTER_DUMMY: ["pointer"],
    Passing.ALLOCATABLE: ["allocatable"],
}


class Declared(NamedTuple):
    """The declaration of one native procedure."""

    name: str
    library: str
    arguments: tuple[Argument, ...]
    result: Any

    def given(self) -> list[Argument]:
        """What the caller gives, in order."""
        return [argument for argument in self.arguments if argument.is_given]

    def call(self) -> str:
        """How it is called, and what comes back."""
        given = self.given()
        first = _first_default(given)
        names = [argument.name + "=None" * (k >= first) for k, argument in enumerate(given)]
        returned = ["result"] * (self.result not in (None, "status"))
        returned += [argument.name for argument in self.arguments if argument.is_returned]
        arrow = f" -> {', '.join(returned)}" if returned else ""
        return f"{self.name}({', '.join(names)}){arrow}"

    def attributes(self) -> dict[str, Any]:
        """What Python asks a callable for."""
        return {"__doc__": self.doc(), "__signature__": self.signature()}

    def doc(self) -> str:
        """The docstring: the call, and the interface in Fortran."""
        lines = [f"    {line}" for line in _interface(self)]
        return "\n".join([self.call(), "", *lines, "", f"From {self.library}."])

    def signature(self) -> inspect.Signature:
        """None is the default of what is optional, unless something follows that has to be given. A name that
        is a word of Python makes what comes before it positional.
        """
        given = self.given()
        last_word = max(
            (k for k, argument in enumerate(given) if keyword.iskeyword(argument.name)), default=-1
        )
        first = _first_default(given)
        parameters = []
        for k, argument in enumerate(given):
            named = inspect.Parameter.POSITIONAL_OR_KEYWORD
            kind = inspect.Parameter.POSITIONAL_ONLY if k <= last_word else named
            default = None if k >= first else inspect.Parameter.empty
            parameters.append(inspect.Parameter(_identifier(argument.name), kind, default=default))
        return inspect.Signature(parameters)

    def refuse_call(self, count: int, keywords: tuple[str, ...]) -> NoReturn:
        """Raise the TypeError of a call with count arguments by position and these by name."""
        raise TypeError(f"{self.name}: {self._what_is_wrong(count, keywords)}")

    def _what_is_wrong(self, count: int, keywords: tuple[str, ...]) -> str:
        names = [argument.name for argument in self.given()]
        if count > len(names):
            return f"{count} arguments came, {len(names)} are wanted: {', '.join(names)}"
        for name in keywords:
            if name not in names:
                return self._unknown(name, names)
            if name in names[:count]:
                return f"argument {name!r} came twice, by position and by name"
        missing = [
            repr(argument.name)
            for argument in self.given()[count:]
            if not argument.optional and argument.name not in keywords
        ]
        verb = "is" if len(missing) == 1 else "are"
        came = f"{count + len(keywords)} arguments came, {len(names)} are wanted"
        return f"{came}: {' and '.join(missing)} {verb} missing"

    def _unknown(self, name: str, names: list[str]) -> str:
        if any(argument.name == name for argument in self.arguments):
            return f"argument {name!r} is not given, it comes back"
        near = near_names(name, names)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names) or 'none'}"
        return f"no argument is called {name!r}; {hint}"


def _first_default(given: list[Argument]) -> int:
    """From where on all is optional."""
    return 1 + max((k for k, argument in enumerate(given) if not argument.optional), default=-1)


def _identifier(name: str) -> str:
    return name if name.isidentifier() else re.sub(r"\W|^(?=\d)", "_", name) or "_"


def _interface(declared: Declared) -> list[str]:
    kind, note = ("", "") if declared.result is None else _RESULTS.get(declared.result, ("", ""))
    if declared.result is not None and not kind:
        kind, note = _type_of(declared.result)
    what = f"{kind} function" if kind else "subroutine"
    names = ", ".join(_dummy(argument) for argument in declared.arguments)
    lines = [_noted(f"{what} {declared.name}({names}) bind(C)", note)]
    return lines + [f"  {_declaration(argument, declared.arguments)}" for argument in declared.arguments]


def _noted(text: str, *notes: str) -> str:
    said = ", ".join(note for note in notes if note)
    return f"{text}  ! {said}" if said else text


def _dummy(argument: Argument) -> str:
    if argument.array is None:
        return argument.name
    return f"{argument.array}_extent_{argument.dimension + 1}"


def _declaration(argument: Argument, arguments: tuple[Argument, ...]) -> str:
    kind, note = _type_of_argument(argument)
    attributes = list(_ATTRIBUTES.get(argument.passing, []))
    if attributes != ["value"]:
        is_pointer_in = argument.passing is Passing.POINTER_DUMMY and argument.is_given
        attributes.append(f"intent({'in' if is_pointer_in else argument.intent})")
    attributes += ["optional"] * argument.optional
    shape, layout = _shape(argument, arguments)
    return _noted(f"{', '.join([kind, *attributes])} :: {_dummy(argument)}{shape}", note, layout)


def _type_of_argument(argument: Argument) -> tuple[str, str]:
    if argument.passing is Passing.TEXT:
        return "character(kind=c_char)", "with a NUL at its end"
    if argument.passing is Passing.CHARACTER:
        return "character(kind=c_char, len=*)", ""
    kind, note = _type_of(argument.dtype)
    return ("type(deed_array)", f"of {kind}") if argument.passing is Passing.HANDLE else (kind, note)


def _type_of(dtype: Any) -> tuple[str, str]:
    """In Fortran, and what that does not say."""
    kind, size_bytes = _core.element_of(dtype)
    if kind.startswith("uint"):
        return f"integer({kind[1:]})", "unsigned"
    if kind.startswith("int"):
        return f"integer({kind})", ""
    if kind.startswith("logical"):
        return f"logical({size_bytes})", ""
    if kind.startswith("character"):
        code = "c_char" if kind == "character(kind=1)" else "4"
        length = size_bytes if code == "c_char" else size_bytes // 4
        return f"character(kind={code}, len={length or '*'})", ""
    if kind == "opaque":
        return "type(*)", f"{size_bytes} bytes each"
    number = kind.replace("real80", "c_long_double")
    return (number if number.startswith("complex") else f"real({number})"), ""


def _shape(argument: Argument, arguments: tuple[Argument, ...]) -> tuple[str, str]:
    """In Fortran, and what that does not say."""
    rank = argument.rank
    order = f"in {'Fortran' if argument.order == 'F' else 'C'} order" if argument.order else ""
    if argument.passing is Passing.TEXT:
        return "(*)", ""
    if argument.passing is Passing.HANDLE:
        return "", ", ".join(filter(None, [_dimensions(rank), order]))
    if argument.passing is Passing.ARRAY_POINTER and rank > 0:
        extents = [_extent(argument, dimension, arguments) for dimension in range(rank)]
        known = "*" not in extents[:-1]
        return f"({', '.join(extents) if known else '*'})", ", ".join(
            filter(None, ["" if known else _dimensions(rank), order])
        )
    if argument.dtype is None or argument.array is not None or rank == 0 or not _is_array(argument):
        return "", ""
    return ("(..)" if rank < 0 else f"({', '.join(':' * rank)})"), order


def _is_array(argument: Argument) -> bool:
    return argument.passing in (Passing.DESCRIPTOR, Passing.POINTER_DUMMY, Passing.ALLOCATABLE)


def _dimensions(rank: int) -> str:
    return f"{rank} dimension{'s' * (rank != 1)}" if rank >= 0 else "any number of dimensions"


def _extent(array: Argument, dimension: int, arguments: tuple[Argument, ...]) -> str:
    for argument in arguments:
        if (argument.array, argument.dimension) == (array.name, dimension):
            return _dummy(argument)
    return "*"
