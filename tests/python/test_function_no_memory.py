# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: each allocation of Python fails once on every way through a call."""

from __future__ import annotations

from native_procedures import library_path

SCRIPT = """
import ctypes, gc, sys
import numpy as np
import deed
from deed import arg

native, procedures = sys.argv[1:]
library = ctypes.PyDLL(native)
assert library.native_no_memory_install() == 0
left = ctypes.c_long.in_dll(library, "native_no_memory_left")

def make(name, *arguments, result=None, path=procedures, **options):
    return deed.function(path, name, arguments, result, **options)

def inout(name="a"):
    return arg.allocatable(name, "float64", 1, "inout")

scale = make("scale_all", arg.descriptor("u", "float64", 2, "inout"), arg.value("factor", "float64"))
free = make("scale_all", arg.descriptor("u", "float64", 2, "inout"), arg.value("factor", "float64"),
            release_gil=True)
add = make("add_values", arg.value("a", "int64"), arg.value("b", "float32"), arg.value("c", "complex128"),
           result="float64")
bump = make("bump", arg.reference("n", "int32", "inout"), arg.reference("x", "float64"),
            arg.reference("total", "float64", "out"))
longs = make("shift_long_double", arg.reference("a", "longdouble"), arg.reference("b", "longdouble", "inout"),
             arg.reference("c", "longdouble", "out"))
letters = make("count_letter", arg.character("text"), result="int32")
length = make("strlen", arg.text("text"), result="uint64", path="libc.so.6")
total = make("native_sum", arg.handle("u", "float64", 2), result="float64", path=native)
fill = make("native_fill", arg.handle("u", "float64", 2, "inout"), arg.value("x", "float64"), result="status",
            path=native)
new = make("native_alloc", arg.value("n", "int64"), result="handle", path=native)
made = make("make_array", arg.value("n", "int32"), arg.allocatable("a", "float64", 1))
twice = make("give_twice", arg.allocatable("a", "float64", 1), arg.reference("n", "int32", "out"),
             arg.allocatable("b", "float64", 1), result="int32")
resize = make("resize", inout(), arg.value("n", "int32"))
double_each = make("double_each", inout(), result="int32")
point_into = make("point_into", arg.descriptor("u", "float64", 1, "inout"),
                  *(arg.pointer_dummy(name, "float64", 1, "out") for name in ("odd", "even")))
exchange = make("exchange", inout("a"), inout("b"))

# Python keeps freed tuples and floats for the next that is made, which would then need no allocation.
kept = []

def drain(times):
    for k in range(times):
        kept.extend([(k, k), (k, k, k), (k, k, k, k)] + [k + 0.5 + n for n in range(5)])

u = np.zeros((2, 3))
row = u[0]
whole = deed.alloc((2, 3), zeroed=True)
seen = whole.numpy()
a, b = resize(None, 2), resize(None, 3)
third = np.longdouble(1) / 3
uses = {
    "ndarray": lambda: scale(u, 1.0),
    "Array": lambda: scale(whole, 1.0),
    "without the GIL": lambda: free(whole, 1.0),
    "integers that are no int": lambda: add(np.int64(10**9), np.float32(1), np.complex64(1j)),
    "reals from int": lambda: add(10**9, 2**20, 2**40),
    "references": lambda: bump(10**6, 2**40),
    "long doubles": lambda: longs(2**63 + 1, third),
    "characters": lambda: letters("gr\\u00fcn" * int("40")),
    "text": lambda: length("gr\\u00fcn" * int("40")),
    "handle of an ndarray": lambda: total(u),
    "handle of an ndarray of deed": lambda: total(seen),
    "handle of an Array": lambda: total(whole),
    "status": lambda: fill(whole, 0.0),
    "returned handle": lambda: new(3),
    "allocatable out": lambda: made(3),
    "several results": lambda: twice(),
    "pointers into an ndarray": lambda: point_into(row),
    "pointers into an Array": lambda: point_into(a),
    "allocatable inout": lambda: resize(a, 2),
    "allocatable inout and a result": lambda: double_each(a),
    "allocatable inout of None": lambda: resize(None, 2),
    "two allocatables inout": lambda: exchange(a, b),
}
drain(2500)
total(seen)  # from the first time on it has a claim to lend
gc.collect()
base = deed.counts()
held = (u, row, whole, seen, a, b)
counts = [sys.getrefcount(x) for x in held]
points = 0
for name, use in uses.items():
    for at in range(1, 200):
        result = error = None
        drain(2)
        left.value = at
        try:
            result = use()
        except Exception as raised:
            error = type(raised)
        happened = left.value == 0
        left.value = 0
        assert error in (None, MemoryError), (name, error)
        del result
        now = deed.counts()
        assert (now.live_blocks, now.live_claims) == (base.live_blocks, base.live_claims), (name, at)
        assert now.abandoned == base.abandoned, (name, at)
        assert [sys.getrefcount(x) for x in held] == counts, (name, at)
        assert a.is_live and b.is_live and {a.shape, b.shape} == {(2,), (3,)}, (name, at)
        if not happened:
            break
        points += 1
    assert at < 199, name
print("survived", points)
"""


def test_every_allocation_of_python_fails_once(run_python, native_path):
    survived, points = run_python(SCRIPT, native_path, library_path()).split()
    assert survived == "survived"
    assert int(points) > 30
