# SPDX-License-Identifier: BSD-3-Clause
"""Array.flags: NumPy's answers, without a claim and not to be set."""

from __future__ import annotations

import numpy as np
import pytest

import deed
from deed.flags import Flags

NAMES = [name for name in dir(np.zeros(1).flags) if not name.startswith("_") and name != "num"]
KEYS = ["C", "F", "O", "W", "A", "X", "B", "CA", "FA", "FNC", "FORC", *(name.upper() for name in NAMES)]

FORMS = {
    "F": lambda a: a,
    "C": lambda a: a.T,
    "gaps": lambda a: a[::2],
    "rows": lambda a: a[1],
    "element": lambda a: a[1, 1, ...],
    "new axis": lambda a: a[:, None],
    "nothing": lambda a: a[:0],
    "one row": lambda a: a[:1],
    "read-only": lambda a: a.share(writable=False),
    "backwards": lambda a: a[::-1, ::-1],
}


@pytest.mark.parametrize("form", FORMS)
def test_all_are_those_of_an_ndarray(form):
    a = FORMS[form](deed.alloc((4, 6)))
    theirs = a.numpy().flags
    ours = a.flags
    assert {name: getattr(ours, name) for name in NAMES} == {name: getattr(theirs, name) for name in NAMES}
    assert {key: ours[key] for key in KEYS} == {key: theirs[key] for key in KEYS}
    assert (ours.num, repr(ours), str(ours)) == (theirs.num, repr(theirs), str(theirs))
    assert (ours.c_contiguous, ours.f_contiguous) == (a.c_contiguous, a.f_contiguous)


def test_memory_that_is_not_aligned():
    a = deed.adopt(np.zeros(17, "u1")[1:].view("f8"))
    assert not a.flags.aligned
    assert not a.flags["BEHAVED"]


@pytest.mark.parametrize("name", ["nothing", "c", "num", "NUM", "", "writeable"])
def test_what_is_no_flag(name):
    with pytest.raises(KeyError):
        deed.alloc(3).flags[name]


def test_they_are_not_set_in_vain():
    a = deed.alloc(3)
    with pytest.raises(AttributeError):
        a.flags.writeable = False
    with pytest.raises(TypeError):
        a.flags["WRITEABLE"] = False
    with pytest.raises(AttributeError):
        a.flags = a.flags
    assert a.flags.writeable


def test_they_hold_no_claim_and_stay_what_they_were():
    x = np.zeros(3)
    with deed.lend(x) as a:
        flags = a.flags
    assert isinstance(flags, Flags)
    assert flags == deed.alloc(3).flags
    assert flags != deed.alloc((3, 2)).flags
    with pytest.raises(deed.StaleError):
        _ = a.flags


def test_types_that_numpy_does_not_have():
    with pytest.raises(deed.DtypeError):
        _ = deed.alloc(3, "bfloat16").flags
