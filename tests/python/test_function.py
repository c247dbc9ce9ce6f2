# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: procedures of a library that knows nothing of deed, compiled by the compiler
that CTest names.
"""

from __future__ import annotations

import gc

import numpy as np
import pytest
from native_procedures import COMPILER, library_path, make

import deed
from deed import arg


@pytest.fixture
def scale_all():
    return make("scale_all", arg.descriptor("u", "float64", 2, "inout"), arg.value("factor", "float64"))


@pytest.fixture
def weigh():
    return make("weigh", arg.descriptor("u", "float64", 2), result="float64")


LAYOUTS = {
    "C": lambda u: u,
    "transposed": lambda u: u.T,
    "Fortran": np.asfortranarray,
    "stepped": lambda u: u[::2, 1::3],
    "reversed": lambda u: u[::-1, ::-1],
    "one column": lambda u: u[:, 2:3],
    "broadcast": lambda u: np.broadcast_to(u[:1], u.shape),
    "empty": lambda u: u[:0],
    "empty reversed": lambda u: u[::-1, 3:3],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_trap_t34_assumed_shape_sees_every_layout_without_a_copy(weigh, layout):
    u = LAYOUTS[layout](np.arange(30.0).reshape(5, 6))
    weights = np.add.outer(np.arange(1, u.shape[0] + 1), 100 * np.arange(1, u.shape[1] + 1))
    assert weigh(u) == float((u * weights).sum())


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "broadcast"])
def test_assumed_shape_writes_where_the_ndarray_is(scale_all, layout):
    whole = np.arange(30.0).reshape(5, 6)
    u = LAYOUTS[layout](whole)
    expected = u * 3
    address = u.ctypes.data
    assert scale_all(u, 3) is None
    assert np.array_equal(u, expected)
    assert u.ctypes.data == address


def test_a_mask_is_refused_by_the_name_of_the_argument(scale_all, weigh):
    u = np.ma.array(np.ones((2, 3)))
    assert weigh(u) > 0
    u[1, 1] = np.ma.masked
    for call in (lambda: scale_all(u, 3), lambda: weigh(u)):
        with pytest.raises(deed.UnsupportedError, match=r"u.*mask of this .*MaskedArray"):
            call()
    assert u.data.tolist() == np.ones((2, 3)).tolist()


def test_array_of_deed_is_passed_as_an_ndarray_is(scale_all):
    with deed.alloc((2, 3), zeroed=True) as u:
        u.numpy()[:] = 2
        scale_all(u, 2.5)
        assert (u.numpy() == 5).all()
        assert len(u.holders()) == 1


def test_pointer_dummy_keeps_lower_bounds():
    point = make("point_lower", arg.pointer_dummy("p", "float64", 1, "inout"), result="int32")
    with deed.alloc(4, lower=-1, zeroed=True) as p:
        assert point(p) == -1
        assert list(p.numpy()) == [42, 0, 0, 0]
    plain = np.zeros(6)[::-2]
    assert point(plain) == 1
    assert plain[0] == 42


@pytest.mark.parametrize("rank", [0, 1, 2, 7, 15])
def test_assumed_rank(rank):
    rank_of = make("rank_of", arg.descriptor("a", "float64", None), result="int32")
    assert rank_of(np.zeros((1,) * rank)) == rank


def test_rank_15():
    a = np.arange(2.0**15).reshape((2,) * 15).T
    assert make("sum_deep", arg.descriptor("a", "float64", 15), result="float64")(a) == a.sum()


def test_rank_16_is_refused_by_name():
    rank_of = make("rank_of", arg.descriptor("a", "float64", None), result="int32")
    deep = np.zeros((1,) * 16)
    with pytest.raises(deed.RankError, match="'a'"):
        rank_of(deep)


def test_allocatable_out_is_freed_once_by_its_own_runtime():
    make_array = make("make_array", arg.value("n", "int32"), arg.allocatable("a", "float64", 1))
    blocks = deed.counts().live_blocks
    a = make_array(5)
    del make_array
    gc.collect()
    assert (a.origin, a.bounds, list(a.numpy())) == ("fortran", ((-1, 3),), [1, 2, 3, 4, 5])
    assert deed.counts().live_blocks == blocks + 1
    view = a.numpy()
    a.release()
    assert view.sum() == 15
    del view
    gc.collect()
    assert deed.counts().live_blocks == blocks


def test_trap_t55_allocatable_out_that_is_not_allocated_is_none():
    assert make("make_array", arg.value("n", "int32"), arg.allocatable("a", "float64", 1))(-1) is None


def test_allocatable_out_of_zero_size():
    with make("make_array", arg.value("n", "int32"), arg.allocatable("a", "float64", 1))(0) as a:
        assert a.shape == (0,)


def test_allocatable_out_keeps_the_bounds_of_every_dimension():
    with make("make_cube", arg.allocatable("a", "int32", 3))() as a:
        assert a.bounds == ((1, 2), (0, 2), (-3, 0))
        assert (a.numpy() == 7).all()


ALLOCATED_AND_FREED = """
import resource, sys
import deed
make = deed.function(sys.argv[1], "make_array",
                     [deed.arg.value("n", "int32"), deed.arg.allocatable("a", "float64", 1)])
for _ in range(20): make(1_000_000).release()
first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for _ in range(200): make(1_000_000).release()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - first < 100_000)
"""


UNLOADED = """
import _ctypes, ctypes, sys
import deed
library = ctypes.CDLL(sys.argv[1])
make = deed.function(library, "make_array",
                     [deed.arg.value("n", "int32"), deed.arg.allocatable("a", "float64", 1)])
a = make(3)
for _ in range(4): _ctypes.dlclose(library._handle)
print(a.numpy().sum())
a.release()
print(deed.counts().live_blocks)
"""


def test_trap_a29_library_that_frees_cannot_be_unloaded(run_python):
    assert run_python(UNLOADED, library_path()) == "6.0\n0\n"


def test_memory_of_allocatables_goes_back(run_python):
    assert run_python(ALLOCATED_AND_FREED, library_path()) == "True\n"


def test_scalars_by_reference_in_out_and_inout():
    arguments = (arg.reference("n", "int32", "inout"), arg.reference("x", "float64"))
    bump = make("bump", *arguments, arg.reference("total", "float64", "out"))
    assert bump(4, 0.5) == (5, 5.5)


def test_scalars_by_value():
    values = (arg.value("a", "int64"), arg.value("b", "float32"), arg.value("c", "complex128"))
    assert make("add_values", *values, result="float64")(2**40, 0.5, 3 + 4j) == 2**40 + 43.5


def test_logical():
    negate = make("negate", arg.reference("flag", "logical8", "inout"))
    assert negate(True) is False
    assert negate(np.False_) is True


def test_complex_array():
    z = np.array([1 + 2j, 3 - 4j], dtype="complex64")
    make("conjugate", arg.descriptor("z", "complex64", 1, "inout"))(z)
    assert list(z) == [1 - 2j, 3 + 4j]


def test_long_double_arrays():
    u = np.arange(6, dtype="longdouble").reshape(2, 3) + np.longdouble(2) ** -60
    expected = u[:, ::-2] / 2
    make("halve_long", arg.descriptor("u", "longdouble", 2, "inout"))(u[:, ::-2])
    assert np.array_equal(u[:, ::-2], expected)
    z = np.array([1 + 2j, 3 - 4j, 5j], dtype="clongdouble")
    conjugate = make("conjugate_long", arg.descriptor("z", "clongdouble", 1, "inout"))
    conjugate(z[::2])
    with deed.adopt(z[1:]) as array:
        conjugate(array)
    assert list(z) == [1 - 2j, 3 + 4j, 5j]


def test_extents_are_filled_in():
    extents = (arg.extent("u", 0, "int32", by_reference=True), arg.extent("u", 1))
    fill = make("fill_explicit", *extents, arg.pointer("u", "float64", 2, "out", "F"))
    u = np.zeros((2, 3), order="F")
    fill(u)
    assert u.tolist() == [[11, 21, 31], [12, 22, 32]]


def first_argument(*arguments):
    """What a C function is given first, as int64."""
    return deed.function("libc.so.6", "llabs", arguments, "int64")


def test_extent_of_an_absent_array_is_0():
    extent_of = first_argument(arg.extent("u", 0), arg.pointer("u", "float64", 1, optional=True))
    assert [extent_of(np.zeros(7)), extent_of(None), extent_of(deed.alloc(5))] == [7, 0, 5]


def test_extent_is_that_of_the_array_as_it_is_passed():
    class Reshapes:
        def __index__(self):
            u.resize((6, 1), refcheck=False)
            return 1

    u = np.zeros((2, 3))
    array = arg.pointer("u", "float64", 2, order="C")
    assert first_argument(arg.extent("u", 1), array, arg.value("n", "int64"))(u, Reshapes()) == 1
    assert u.shape == (6, 1)


def test_trap_t55_absent_optional():
    optional = (
        arg.descriptor("a", "float64", 1, optional=True),
        arg.reference("n", "int32", optional=True),
    )
    is_there = make("is_there", *optional, result="int32")
    assert is_there(None, None) == 0
    assert is_there(np.zeros(3), None) == 3
    assert is_there(None, 2) == 2000
    assert is_there(np.zeros(3)[::2], 1) == 1002


WRONG = {
    "kind": (np.zeros((2, 2), "float32"), deed.DtypeError),
    "integer of that size": (np.zeros((2, 2), "int64"), deed.DtypeError),
    "byte order": (np.zeros((2, 2), ">f8"), deed.DtypeError),
    "rank": (np.zeros(2), deed.RankError),
    "no array": ([[1.0]], deed.DtypeError),
    "None": (None, deed.DtypeError),
}


@pytest.mark.parametrize("what", WRONG)
def test_trap_a36_what_is_not_wanted_is_refused_by_name(scale_all, what):
    array, error = WRONG[what]
    with pytest.raises(error, match=r"scale_all: argument 'u': .* came"):
        scale_all(array, 1.0)


def test_read_only_is_refused_for_what_is_written(scale_all, weigh):
    u = np.ones((2, 2))
    u.flags.writeable = False
    with pytest.raises(deed.RightsError, match="'u'"):
        scale_all(u, 2)
    assert weigh(u) == 606


def test_read_only_array_of_deed_is_refused(scale_all):
    u = np.ones((2, 2))
    with deed.lend(u, writable=False) as loan, pytest.raises(deed.RightsError, match="'u'"):
        scale_all(loan, 2)


def test_trap_a36_order_of_an_output_is_refused_by_name():
    fill = make(
        "fill_explicit",
        arg.value("nx", "int32"),
        arg.value("ny", "int64"),
        arg.pointer("u", "float64", 2, "out", "F"),
    )
    for u in (np.zeros((2, 3)), np.zeros((4, 3), order="F")[::2]):
        with pytest.raises(deed.OrderError, match="'u'"):
            fill(2, 3, u)


def test_unaligned_is_refused(weigh):
    u = np.frombuffer(bytearray(33), dtype="float64", offset=1).reshape(2, 2)
    with pytest.raises(deed.OrderError, match="not aligned"):
        weigh(u)


def test_stride_that_is_no_multiple_of_the_element(weigh):
    records = np.zeros(4, dtype=[("x", "f8"), ("n", "i4"), ("m", "i4", 2), ("k", "i4")])
    records["x"] = [1, 2, 3, 4]
    assert weigh(records["x"].reshape(4, 1)) == 101 + 204 + 309 + 416
    z = np.zeros(3, dtype=[("x", "c8"), ("n", "i4")])["x"]
    conjugate = make("conjugate", arg.descriptor("z", "complex64", 1, "inout"))
    if COMPILER == "gfortran":
        with pytest.raises(deed.OrderError, match="'z'"):
            conjugate(z)
    else:
        z[:] = 1j
        conjugate(z)
        assert list(z) == [-1j, -1j, -1j]


def test_scalars_that_do_not_fit_are_refused_by_name():
    arguments = (arg.reference("n", "int32", "inout"), arg.reference("x", "float64"))
    bump = make("bump", *arguments, arg.reference("total", "float64", "out"))
    for n, error in ((2**31, deed.BoundsError), (1.0, deed.DtypeError), (True, deed.DtypeError)):
        with pytest.raises(error, match="'n'"):
            bump(n, 1.0)
    for x, error in ((2**53 + 1, deed.BoundsError), ("1", deed.DtypeError), (1j, deed.DtypeError)):
        with pytest.raises(error, match="'x'"):
            bump(1, x)


@pytest.mark.parametrize("bits", [8, 16, 32, 64])
@pytest.mark.parametrize("sign", ["int", "uint"])
def test_every_integer_goes_and_comes_within_its_range(bits, sign):
    dtype = f"{sign}{bits}"
    identity = deed.function("libc.so.6", "labs", [arg.value("n", dtype)], dtype)
    info = np.iinfo(dtype)
    assert identity(7) == 7
    for outside in (int(info.max) + 1, int(info.min) - 1):
        with pytest.raises(deed.BoundsError, match="'n'"):
            identity(outside)


def test_text():
    strlen = deed.function("libc.so.6", "strlen", [arg.text("s")], "uint64")
    assert strlen("grün") == 5
    assert strlen(b"abc") == 3
    for text in ("a\0b", 3, None):
        with pytest.raises(deed.DeedError, match="'s'"):
            strlen(text)


def test_handles(native_path):
    total = deed.function(native_path, "native_sum", [arg.handle("u", "float64", 1)], "float64")
    assert total(np.arange(3.0)) == 8
    with deed.alloc(3, zeroed=True) as u:
        assert total(u) == 0
    with pytest.raises(deed.RankError, match="'u'"):
        total(np.zeros((2, 2)))
    made = deed.function(native_path, "native_alloc", [arg.value("n", "int64")], "handle")
    with made(4) as array:
        assert array.shape == (4,)


def test_released_array_is_refused_by_name(weigh):
    u = deed.alloc((2, 2), zeroed=True)
    u.release()
    with pytest.raises(deed.StaleError, match="'u'"):
        weigh(u)


def test_missing_symbol_names_library_and_symbol():
    with pytest.raises(AttributeError, match=r"procedures.*no_such"):
        make("no_such")


def test_undecided_compiler_says_what_was_looked_at_and_what_to_give():
    u = arg.descriptor("u", "float64", 1)
    wanted = "_gfortran_runtime_error, _FortranAAssign: none is there.*give compiler="
    with pytest.raises(deed.UnsupportedError, match=wanted):
        deed.function("libc.so.6", "abs", [u])
    for compiler in ("gfortran", "flang"):
        assert deed.function("libc.so.6", "abs", [u], compiler=compiler).__name__ == "abs"
    with pytest.raises(
        deed.InvalidArgument, match="abs: compiler 'ifx' came, 'gfortran' or 'flang' is wanted"
    ):
        deed.function("libc.so.6", "abs", [u], compiler="ifx")


def test_compiler_that_is_said_decides(scale_all):
    said = make(
        "scale_all",
        arg.descriptor("u", "float64", 2, "inout"),
        arg.value("factor", "float64"),
        compiler=COMPILER,
    )
    u = np.ones((2, 3))[:, ::2]
    said(u, 2.0)
    scale_all(u, 2.0)
    assert (u == 4).all()


def test_declarations_that_cannot_be():
    with pytest.raises(deed.UnsupportedError, match="'a'"):
        arg.allocatable("a", "float64", 1, intent="in")
    with pytest.raises(deed.InvalidArgument, match="intent"):
        arg.value("n", "int32")._replace(intent="x") and arg.reference("n", "int32", "x")
    for rank, dimension in ((2, 2), (2, -1), (None, -1), (None, 15)):
        with pytest.raises(deed.InvalidArgument, match=f"extent {dimension} of u"):
            make("weigh", arg.descriptor("u", "float64", rank), arg.extent("u", dimension))
    with pytest.raises(deed.DtypeError, match="'u'"):
        make("weigh", arg.descriptor("u", "uint8", 2))
    with pytest.raises(deed.InvalidArgument, match="33"):
        make("weigh", *(arg.value(f"n{k}", "int32") for k in range(33)))
