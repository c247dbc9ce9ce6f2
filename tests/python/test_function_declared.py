# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: what inspect, help() and repr() say of a declaration."""

from __future__ import annotations

import functools
import gc
import inspect
import pydoc
import weakref

import pytest
from native_procedures import library_path, make

import deed
from deed import arg


@pytest.fixture
def scale_all():
    return make("scale_all", arg.descriptor("u", "float64", 2, "inout"), arg.value("factor", "float64"))


def everything(name="llabs"):
    """A declaration of each kind, of a function that is never called."""
    arguments = [
        arg.handle("h", "float64", 2, order="F"),
        arg.extent("p", 0),
        arg.extent("p", 1, "int32", by_reference=True),
        arg.pointer("p", "float32", 2, "inout"),
        arg.pointer("bytes", "uint8", 3, order="C"),
        arg.pointer_dummy("q", "complex128", 2, "out"),
        arg.pointer_dummy("r", "int16", 1, "inout"),
        arg.allocatable("s", "S5", 1),
        arg.descriptor("names", "S", 1, optional=True),
        arg.descriptor("any", "bool", None),
        arg.character("title"),
        arg.reference("x", "longdouble", "out"),
        arg.text("path", optional=True),
    ]
    return deed.function("libc.so.6", name, arguments, "handle", compiler="gfortran")


EVERYTHING = """\
llabs(h, p, bytes, r, names, any, title, path=None) -> result, q, s, x

    type(deed_array) function llabs(h, p_extent_1, p_extent_2, p, bytes, q, r, s, names, any, title, x, \
path) bind(C)
      type(deed_array), value :: h  ! of real(real64), 2 dimensions, in Fortran order
      integer(int64), value :: p_extent_1
      integer(int32), intent(in) :: p_extent_2
      real(real32), intent(inout) :: p(p_extent_1, p_extent_2)
      integer(int8), intent(in) :: bytes(*)  ! unsigned, 3 dimensions, in C order
      complex(real64), pointer, intent(out) :: q(:, :)
      integer(int16), pointer, intent(in) :: r(:)
      character(kind=c_char, len=5), allocatable, intent(out) :: s(:)
      character(kind=c_char, len=*), intent(in), optional :: names(:)
      logical(1), intent(in) :: any(..)
      character(kind=c_char, len=*), intent(in) :: title
      real(c_long_double), intent(out) :: x
      character(kind=c_char), intent(in), optional :: path(*)  ! with a NUL at its end

From libc.so.6."""


def test_docstring_has_the_interface_in_fortran(scale_all):
    assert inspect.getdoc(scale_all).splitlines() == [
        "scale_all(u, factor)",
        "",
        "    subroutine scale_all(u, factor) bind(C)",
        "      real(real64), intent(inout) :: u(:, :)",
        "      real(real64), value :: factor",
        "",
        f"From {library_path()}.",
    ]
    assert everything().__doc__ == EVERYTHING


def test_signature_has_the_declared_names():
    assert str(inspect.signature(everything())) == "(h, p, bytes, r, names, any, title, path=None)"
    bound = inspect.signature(everything()).bind(1, 2, 3, 4, 5, any=6, title=7)
    assert bound.arguments["any"] == 6


@pytest.mark.parametrize(
    ("names", "signature"),
    [
        (("a", "lambda", "b"), "(a, lambda, /, b)"),
        (("a%b", "1st", ""), "(a_b, _1st, _)"),
        ((), "()"),
    ],
)
def test_names_that_python_cannot_have(names, signature):
    made = deed.function("libc.so.6", "labs", [arg.value(name, "int64") for name in names], "int64")
    assert str(inspect.signature(made)) == signature


def test_name_that_is_a_word_of_python_can_be_given_all_the_same():
    made = deed.function("libc.so.6", "labs", [arg.value("lambda", "int64")], "int64")
    assert made(**{"lambda": -3}) == 3


def test_repr_and_help(scale_all):
    assert repr(scale_all) == "<deed.Function scale_all(u, factor)>"
    n = arg.reference("n", "int32", "inout")
    made = make("bump", n, arg.reference("x", "float64"), arg.reference("total", "float64", "out"))
    assert repr(made) == "<deed.Function bump(n, x) -> n, total>"
    text = pydoc.plain(pydoc.render_doc(scale_all))
    assert "real(real64), intent(inout) :: u(:, :)" in text
    assert "Made by deed.function()" in pydoc.plain(pydoc.render_doc(type(scale_all)))


def test_status_is_no_result(native_path):
    publish = deed.function(native_path, "native_publish", [arg.handle("u", "float64", 1)], "status")
    assert publish.__doc__.splitlines()[0] == "native_publish(u)"
    assert (
        publish.__doc__.splitlines()[2]
        == "    integer(c_int) function native_publish(u) bind(C)  ! a deed_status"
    )


def test_wrong_dtype_is_refused_as_ever():
    with pytest.raises(deed.DtypeError, match="labs: argument 'n'"):
        deed.function("libc.so.6", "labs", [arg.value("n", "float16")])


def test_function_may_have_attributes(scale_all):
    @functools.wraps(scale_all)
    def twice(u):
        scale_all(u, 2.0)

    assert twice.__doc__ == scale_all.__doc__
    scale_all.__doc__ = "grows"
    scale_all.itself = scale_all
    assert scale_all.__doc__ == "grows"


def test_circle_through_an_attribute_is_collected():
    class Marker:
        pass

    made = deed.function("libc.so.6", "labs", [arg.value("n", "int64")], "int64")
    made.itself, made.marker = made, Marker()
    ends = weakref.ref(made.marker)
    del made
    gc.collect()
    assert ends() is None
