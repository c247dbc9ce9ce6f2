# SPDX-License-Identifier: BSD-3-Clause
"""What NumPy calls the flags of an array: facts about its memory, under NumPy's names."""

from __future__ import annotations

from dataclasses import dataclass, fields

from ._core import Array

_SHORT = {
    "C": "c_contiguous",
    "CONTIGUOUS": "c_contiguous",
    "F": "f_contiguous",
    "FORTRAN": "f_contiguous",
    "O": "owndata",
    "W": "writeable",
    "A": "aligned",
    "X": "writebackifcopy",
    "B": "behaved",
    "CA": "carray",
    "FA": "farray",
}
_PRINTED = ("C_CONTIGUOUS", "F_CONTIGUOUS", "OWNDATA", "WRITEABLE", "ALIGNED", "WRITEBACKIFCOPY")


@dataclass(frozen=True, repr=False)
class Flags:
    """The flags of a deed.Array, as they were when it was asked; they hold no claim and cannot be set.

    Each is an attribute and, in upper case or by NumPy's short name, an item: flags.f_contiguous, flags["F"].
    """

    c_contiguous: bool
    f_contiguous: bool
    owndata: bool
    writeable: bool
    aligned: bool
    writebackifcopy: bool
    behaved: bool
    carray: bool
    farray: bool
    fnc: bool
    forc: bool
    num: int

    @property
    def contiguous(self) -> bool:
        """NumPy's other name of c_contiguous."""
        return self.c_contiguous

    @property
    def fortran(self) -> bool:
        """NumPy's other name of f_contiguous."""
        return self.f_contiguous

    def __getitem__(self, name: str) -> bool:
        """The flag of this name; KeyError."""
        attribute = _SHORT.get(name) or (name.lower() if name.isupper() else "")
        if attribute in _NAMES - {"num"}:
            return bool(getattr(self, attribute))
        raise KeyError(f"there is no flag {name!r}")

    def __repr__(self) -> str:
        """One line for each flag that is a fact of its own."""
        return "".join(f"  {name} : {self[name]}\n" for name in _PRINTED)


_NAMES = frozenset(field.name for field in fields(Flags))


def of(array: Array) -> Flags:
    """What an ndarray on the elements has. DtypeError, StaleError."""
    flags = array.numpy().flags
    return Flags(**{name: getattr(flags, name) for name in _NAMES})
