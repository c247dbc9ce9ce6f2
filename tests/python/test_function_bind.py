# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: arguments given by name or left out, and calls that do not fit the declaration."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from native_procedures import make

import deed
from deed import arg


@pytest.fixture
def scale_all():
    return make("scale_all", arg.descriptor("u", "float64", 2, "inout"), arg.value("factor", "float64"))


@pytest.fixture
def is_there():
    array = arg.descriptor("a", "float64", 1, optional=True)
    return make("is_there", array, arg.reference("n", "int32", optional=True), result="int32")


@pytest.fixture
def bump():
    arguments = (arg.reference("n", "int32", "inout"), arg.reference("x", "float64"))
    return make("bump", *arguments, arg.reference("total", "float64", "out"))


def test_names_in_any_order(scale_all):
    u = np.ones((2, 2))
    scale_all(u, factor=2.0)
    scale_all(factor=3.0, u=u)
    scale_all(**{"".join(["fac", "tor"]): 0.5, "u": u})
    assert (u == 3).all()


def test_extents_and_what_comes_back_are_between_others(bump):
    fill = make(
        "fill_explicit",
        arg.extent("u", 0, "int32", by_reference=True),
        arg.extent("u", 1),
        arg.pointer("u", "float64", 2, "out", "F"),
    )
    u = np.zeros((2, 3), order="F")
    fill(u=u)
    assert u[1, 2] == 32
    assert bump(x=0.5, n=4) == (5, 5.5)


def test_what_is_optional_may_be_left_out(is_there):
    a = np.zeros(3)
    assert [is_there(), is_there(a), is_there(n=2), is_there(a, n=1)] == [0, 3, 2000, 1003]
    assert [is_there(a=None), is_there(None, n=None)] == [0, 0]


def test_optional_before_what_is_not():
    first = deed.function(
        "libc.so.6", "labs", [arg.text("s", optional=True), arg.value("n", "int64")], "int64"
    )
    assert first(n=3) == 0
    assert first("", 3) != 0
    with pytest.raises(TypeError, match="'n' is missing"):
        first("")


WRONG = {
    "none": ((), {}, "0 arguments came, 2 are wanted: 'u' and 'factor' are missing"),
    "one": ((1,), {}, "1 arguments came, 2 are wanted: 'factor' is missing"),
    "one by name": ((), {"factor": 1}, "1 arguments came, 2 are wanted: 'u' is missing"),
    "three": ((1, 2, 3), {}, "3 arguments came, 2 are wanted: u, factor"),
    "unknown": ((1,), {"facter": 1}, "no argument is called 'facter'; did you mean 'factor'?"),
    "case": ((1,), {"FACTOR": 1}, "no argument is called 'FACTOR'; did you mean 'factor'?"),
    "far away": ((1,), {"zzz": 1}, "no argument is called 'zzz'; there are u, factor"),
    "twice": ((1,), {"u": 1, "factor": 2}, "argument 'u' came twice, by position and by name"),
}


@pytest.mark.parametrize("what", WRONG)
def test_call_that_does_not_fit_says_why(scale_all, what):
    position, named, message = WRONG[what]
    with pytest.raises(TypeError) as caught:
        scale_all(*position, **named)
    assert str(caught.value) == f"scale_all: {message}"


def test_name_of_what_comes_back(bump):
    with pytest.raises(TypeError, match="'total' is not given, it comes back"):
        bump(1, 2, total=3)


def test_errors_of_arguments_are_those_of_calls_by_position(scale_all):
    with pytest.raises(deed.RankError, match="scale_all: argument 'u': 1 dimensions came"):
        scale_all(factor=1, u=np.zeros(2))


def test_nothing_leaks(scale_all):
    u = np.ones((2, 2))
    before = sys.getrefcount(u)
    for _ in range(100):
        scale_all(u=u, factor=1)
        for arguments in ({"u": u}, {"u": u, "wrong": u}, {"u": u, "factor": "x"}):
            with pytest.raises((TypeError, deed.DtypeError)):
                scale_all(**arguments)
    del arguments
    assert sys.getrefcount(u) == before
