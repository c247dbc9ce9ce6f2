# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: every kind of scalar, by value and by reference, in each direction."""

from __future__ import annotations

import numpy as np
import pytest
from native_procedures import make

import deed
from deed import arg

LONG_REAL = "real80" if np.finfo("longdouble").nmant == 63 else "real128"

# dtype: the procedures that take it, and values that need the whole of the type. Fortran has no unsigned
# integers, but their bits; the longer logicals are integers here.
KINDS = {
    "int8": ("int8", -128, 127),
    "int16": ("int16", -(2**15), 2**15 - 1),
    "int32": ("int32", -(2**31), 2**31 - 1),
    "int64": ("int64", -(2**63), 2**63 - 1),
    "uint8": ("int8", 200, 255),
    "uint16": ("int16", 2**15, 2**16 - 1),
    "uint32": ("int32", 2**31, 2**32 - 1),
    "uint64": ("int64", 2**63, 2**64 - 1),
    "real32": ("real32", 1.5, -(2.0**127)),
    "real64": ("real64", 0.1, -1e308),
    LONG_REAL: ("long_double", np.longdouble(1) / 3, np.longdouble("1e400")),
    "complex64": ("complex64", 1.5 - 2.5j, 2.0**127 + 0.5j),
    "complex128": ("complex128", 0.1 - 0.2j, 1e308 + 1e-300j),
    f"complex({LONG_REAL})": (
        "complex_long_double",
        np.clongdouble(1j) / 3,
        np.longdouble("1e400") * np.clongdouble(1 - 1j),
    ),
    "logical8": ("logical8", True, False),
    "logical16": ("int16", True, False),
    "logical32": ("int32", False, True),
    "logical64": ("int64", True, False),
}


@pytest.mark.parametrize("dtype", KINDS)
def test_by_value_and_as_the_result(dtype):
    kind, *values = KINDS[dtype]
    same = make(f"value_{kind}", arg.value("x", dtype), result=dtype)
    for value in values:
        returned = same(value)
        assert returned == value
        assert type(returned) is type(value)


@pytest.mark.parametrize("dtype", KINDS)
def test_by_reference_in_each_direction(dtype):
    kind, first, second = KINDS[dtype]
    shift = make(
        f"shift_{kind}",
        arg.reference("a", dtype),
        arg.reference("b", dtype, "inout"),
        arg.reference("c", dtype, "out"),
    )
    assert shift(first, second) == (first, second)
    assert shift(second, first) == (second, first)


@pytest.mark.parametrize("dtype", KINDS)
def test_what_is_no_number_is_refused_by_name(dtype):
    same = make(f"value_{KINDS[dtype][0]}", arg.value("x", dtype), result=dtype)
    for wrong in ("1", None, np.zeros(1), [1]):
        with pytest.raises(deed.DtypeError, match=r"'x': .* came, a scalar"):
            same(wrong)


def test_long_double_takes_what_it_holds_exactly():
    same = make("value_long_double", arg.value("x", LONG_REAL), result=LONG_REAL)
    assert same(2**63 + 1) == np.longdouble(2**63) + 1
    assert same(0.1) == np.longdouble(0.1)
    assert same(np.float32(0.5)) == 0.5
    with pytest.raises(deed.BoundsError, match="'x'"):
        same(2**200 + 1)


def test_complex_takes_reals():
    for dtype, kind in (("complex128", "complex128"), (f"complex({LONG_REAL})", "complex_long_double")):
        same = make(f"value_{kind}", arg.value("z", dtype), result=dtype)
        assert same(2) == 2
        assert same(0.5) == 0.5
        assert same(1 - 1j) == 1 - 1j


def test_real_without_a_type_of_numpy_is_refused():
    other = "real128" if LONG_REAL == "real80" else "real80"
    with pytest.raises(deed.DtypeError, match=other):
        make("shift_long_double", arg.reference("a", other))


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("weigh_few", "irir" + "iiii"), ("weigh_seven_integers", "iiiiiii"), ("weigh_three_reals", "rrr")],
)
def test_few_arguments_and_a_few_more(name, kinds):
    """Six integers and two reals are the most that a short call takes."""
    arguments, digits, expected = [], [], 0.0
    for k, kind in enumerate(kinds):
        number = kinds[: k + 1].count(kind)
        arguments.append(arg.value(f"{kind}{number}", "int64" if kind == "i" else "float64"))
        digits.append(number if kind == "i" else float(number))
        expected += number * 10.0 ** (number - 1 if kind == "i" else -number)
    assert make(name, *arguments, result="float64")(*digits) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(("name", "pairs"), [("weigh_in_registers", 8), ("weigh_on_the_stack", 9)])
def test_integers_and_reals_that_alternate(name, pairs):
    """The registers of either sort hold eight; with more, libffi is asked."""
    arguments = []
    for k in range(1, pairs + 1):
        arguments += [arg.value(f"i{k}", "int64"), arg.value(f"r{k}", "float32" if k == 4 else "float64")]
    digits = [number for k in range(1, pairs + 1) for number in (k, float(k))]
    expected = sum(k * (10.0 ** (k - 1) + 10.0**-k) for k in range(1, pairs + 1))
    assert make(name, *arguments, result="float64")(*digits) == pytest.approx(expected, rel=1e-15)


class Sly:
    """A number that does something when it is read."""

    def __init__(self, act, value=3):
        self.act, self.value = act, value

    def __index__(self):
        self.act()
        return self.value

    def __float__(self):
        return float(self.__index__())


@pytest.mark.parametrize("dtype", ["int32", "int64", "float64"])
def test_scalars_are_read_before_arrays_are_looked_at(dtype):
    """Also those that come after an array: a number may resize it."""
    x = np.zeros(3)
    pointer = [arg.pointer("x", "float64", rank=1), arg.value("n", dtype)]
    address = deed.function("libc.so.6", "labs", pointer, "int64")
    extent = deed.function("libc.so.6", "labs", [arg.extent("x", 0), *pointer], "int64")

    def grow():
        x.resize(len(x) * 1000, refcheck=False)

    assert address(x, Sly(grow)) == x.ctypes.data
    assert extent(x, Sly(grow)) == len(x) == 3_000_000


def test_scalars_that_are_not_plain_are_read_once():
    read = []
    a = deed.alloc(3)
    arguments = [arg.pointer("x", "float64", rank=1), arg.value("m", "int32"), arg.value("n", "int32")]
    function = deed.function("libc.so.6", "labs", arguments, "int64")
    m, n = Sly(lambda: read.append("m")), Sly(lambda: read.append("n"))
    assert function(a, m, n) == function(a, n=n, m=m) == a.address
    assert read == ["m", "n"] * 2
    assert len(a.holders()) == 1


def test_the_first_wrong_argument_is_named_whatever_is_read_first():
    array, other = arg.pointer("x", "float64", rank=1), arg.pointer("y", "float64", rank=1)
    arguments = [array, arg.value("m", "int8"), other, arg.value("n", "int8")]
    function = deed.function("libc.so.6", "labs", arguments, "int64")
    wrong = {"x": np.zeros(3, "f4"), "m": Sly(lambda: None, 300), "y": None, "n": Sly(lambda: None, 400)}
    right = {"x": np.zeros(3), "m": Sly(lambda: None), "y": np.zeros(3), "n": Sly(lambda: None)}
    for k, name in enumerate(wrong):
        given = {**right, **dict(list(wrong.items())[k:])}
        with pytest.raises(deed.DeedError, match=f"argument '{name}'"):
            function(**given)
