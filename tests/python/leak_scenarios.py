# SPDX-License-Identifier: BSD-3-Clause
"""Uses of every public API, each of which must leave nothing behind: for loops that look for leaks."""

from __future__ import annotations

import contextlib
import copy
import ctypes
import hashlib
import operator
import pickle
import struct
import types
import weakref
import zlib
from collections.abc import Callable

import numpy as np
from exchange_table import exchanged

import deed
from deed import arg

X = np.arange(12.0).reshape(3, 4)
READ_ONLY = np.arange(3.0)
READ_ONLY.flags.writeable = False

# ctypes itself loses memory whenever it makes a type again that nobody holds.
HELD_TYPE = ctypes.c_double * 3 * 4

Uses = dict[str, Callable[[], object]]


def refused(function):
    """A use that is an error, whatever class it has."""

    def use():
        try:
            function()
        except (deed.DeedError, TypeError, ValueError, BufferError, AttributeError, IndexError):
            return
        raise AssertionError("not refused")

    return use


def held_by_a_buffer(loan: deed.Array) -> None:
    """A loan that an ndarray stands in the way of, in place of a buffer."""
    kept = np.ndarray(12, buffer=loan)
    with contextlib.suppress(deed.BusyError):
        loan.release()
    del kept


def error_inside(loan: deed.Array) -> None:
    """An error leaves a with statement whose Array is held."""
    with contextlib.suppress(KeyError), loan:
        kept = loan.numpy()
        raise KeyError(kept.shape)


def verbs(a: deed.Array) -> Uses:
    """The verbs and views."""
    n = a.numpy()
    return {
        "alloc": lambda: deed.alloc((3, 4), "S5", lower=-1),
        "adopt": lambda: deed.adopt(X),
        "reclaim": lambda: deed.adopt(X).reclaim(),
        "lend": lambda: deed.lend(X).recall(),
        "orphaned loan": lambda: deed.lend(X).numpy(),
        "loan that a buffer holds": lambda: held_by_a_buffer(deed.lend(X)),
        "error in with": lambda: error_inside(deed.lend(X)),
        "handle twice": lambda: [deed.Array.from_handle(share.handle) for share in [a.share()] * 2],
        "right to write": lambda: [a.numpy().setflags(write=write) for write in (False, True)],
        "share": lambda: deed.share(a),
        "recognise": lambda: deed.share(n[1:]),
        "numpy": lambda: a.numpy(),
        "numpy again": lambda: [a.numpy() for _ in range(3)] + [a.numpy(), a.numpy()],
        "numpy of a share": lambda: a.share().numpy(),
        "numpy dtype": lambda: a.numpy("i8"),
        "asarray": lambda: np.asarray(a, dtype="f4"),
        "section": lambda: (a[1:, ::-2], a[None, 1, ..., None]),
        "element": lambda: (a[1, 2], a[-1, 0], a[np.array(1), deed.adopt(np.array(1))], a.view((1, 2))),
        "set item": lambda: a.__setitem__(0, 1.0),
        "transpose": lambda: a.T.transpose(1, 0),
        "reshape": lambda: a.reshape(3, -1, order="F"),
        "rebound": lambda: a.rebound((0, -4)),
        "component": lambda: a.component("i4", 4),
        "interior": lambda: a.interior((1, 1)),
        "view": lambda: a.view(0, lower=3),
        "transfer": lambda: deed.alloc(2).transfer("C").transfer(),
        "copy": lambda: a.copy("C"),
        "handles": lambda: deed.Array.from_handle(a.share().into_handle()),
        "registry": lambda: (a.publish("u"), deed.lookup("u"), deed.names(), a.name, a.withdraw()),
        "alloc by name": lambda: (deed.alloc(2, name="v"), deed.lookup("v", writable=False)),
        "ledger": lambda: (deed.ledger(), deed.report(), deed.counts(), a.holders()),
        "enquiries": lambda: [getattr(a, name) for name in dir(a) if not name.startswith("__")],
        "repr": lambda: (repr(a), str(a), a.__sizeof__()),
        "ctypes": lambda: deed.handle.of(dtype="f8", ndim=2).from_param(X),
        "with": lambda: deed.alloc(2).__enter__().__exit__(None, None, None),
    }


def python_objects(a: deed.Array) -> Uses:
    """What Python's own operations do with an Array."""

    def circle():
        x = X.copy().view(Owner)
        x.loan = deed.lend(x)
        return x

    def in_place():
        b = a
        b += 0
        b -= a * 0
        b **= 1
        c = deed.alloc((2, 2), zeroed=True)
        c @= c

    return {
        "operators": lambda: (a + 1, 2 * a, a - a, a / 3, a // 2, a % 5, divmod(a, 2), a**2, a @ a.T),
        "unary": lambda: (-a, +a, abs(a)),
        "number of an element": lambda: [
            of(a[0, 0, ...]) for of in (float, int, bool, complex, format, "{:.2f}".format)
        ],
        "index": lambda: [10, 20, 30][deed.adopt(np.array(1))],
        "contains": lambda: (1.0 in a, a[0] in a),
        "in place": in_place,
        "comparison": lambda: (a == a, a != 1, a < X, X[0] == a[0], a is None),
        "ufunc": lambda: (np.add(a, 1, out=a), np.add.reduce(a), np.sin(a, where=a == 0, out=a), np.modf(a)),
        "mean": lambda: np.mean(a, axis=0, out=deed.alloc(4)),
        "ufunc at": lambda: np.add.at(a, (0, 0), 0),
        "iteration": lambda: ([list(row) for row in a], len(a), 1.0 in a[0]),
        "weak reference": lambda: weakref.ref(a.share())(),
        "weak callback": lambda: weakref.ref(a.share(), lambda _: None),
        "circle": circle,
        "copy.copy": lambda: (copy.copy(a), copy.deepcopy([a])),
        "pickle": lambda: [pickle.loads(pickle.dumps(a, protocol=p)) for p in (2, 5)],
        "pickle with gaps": lambda: pickle.loads(pickle.dumps(a[::2, ::3], protocol=5)),
        "pickle out of band": out_of_band(a),
    }


class Owner(np.ndarray):
    """An ndarray that can hold an Array."""


def out_of_band(a: deed.Array):
    """A round trip without a copy."""

    def use():
        buffers: list[pickle.PickleBuffer] = []
        data = pickle.dumps(a, protocol=5, buffer_callback=buffers.append)
        return pickle.loads(data, buffers=buffers)

    return use


class Number:
    """A number that runs code when it is read."""

    def __init__(self, value: int):
        self.value = value

    def __index__(self) -> int:
        return self.value


def native_calls(a: deed.Array) -> Uses:
    """Functions of the core itself as native procedures."""
    library, n = deed.get_library_path(), a.numpy()
    is_live = deed.function(library, "deed_is_live", [arg.handle("a", "float64", 2)], "int32")
    kind = deed.function(
        library, "deed_dtype_from_name", [arg.text("name"), arg.value("unused", "float64")], "int32"
    )
    is_live(n)  # from the first time on it has a claim to lend
    late = deed.function(
        library, "deed_is_live", [arg.handle("a", "float64", 2), arg.value("late", "int8")], "int32"
    )
    return {
        "function": lambda: deed.function(library, "deed_is_live", [arg.handle("a", "float64", 2)], "int32"),
        "call with an Array": lambda: is_live(a),
        "call with a number read first": lambda: late(a, Number(1)),
        "refused: number read first": refused(lambda: late(a, Number(300))),
        "refused: array before a wrong number": refused(lambda: late(None, Number(300))),
        "call with its ndarray": lambda: is_live(n),
        "call with an ndarray": lambda: is_live(X),
        "call with text and a real": lambda: kind("real64", 1.5),
        "call refused": refused(lambda: is_live(X[0])),
        "call refused late": refused(lambda: kind("real64", "x")),
    }


WAYS_IN = (deed.lend, deed.adopt, deed.from_buffer, deed.from_dlpack)


def protocols(a: deed.Array) -> Uses:
    """The protocols, out of deed and into it."""
    flat = a.T.reshape(12, order="C") if a.T.c_contiguous else a.reshape(12, order="F")
    buffer = bytearray(96)
    return {
        "memoryview": lambda: (memoryview(a), memoryview(a).tolist(), bytes(memoryview(a))),
        "memoryview of a share": lambda: memoryview(a.share()),
        "slices of a memoryview": lambda: (memoryview(flat)[2:5], memoryview(flat).cast("B")),
        "ndarray in place of a buffer": lambda: np.ndarray((12,), buffer=a.share(), order="F"),
        "buffer of bytes": lambda: (
            bytes(a),
            zlib.crc32(a.T),
            hashlib.md5(a.T),
            struct.pack_into("d", a.T, 0, 1.0),
        ),
        "from_buffer": lambda: (deed.from_buffer(buffer), deed.adopt(memoryview(b"abc"))),
        "ndarray on a buffer": lambda: [way(np.ndarray(12, buffer=buffer)) for way in WAYS_IN],
        "adopt a memoryview": lambda: deed.adopt(memoryview(a)),
        "dlpack": lambda: a.__dlpack__(max_version=(1, 0)),
        "dlpack unversioned": lambda: a.__dlpack__(),
        "dlpack copy": lambda: a.__dlpack__(max_version=(1, 0), copy=True),
        "dlpack to numpy": lambda: np.from_dlpack(a),
        "dlpack from numpy": lambda: deed.from_dlpack(X),
        "dlpack from deed": lambda: (deed.from_dlpack(a), deed.from_dlpack(a, copy=True)),
        "dlpack capsule": lambda: deed.from_dlpack(a.__dlpack__(max_version=(1, 3))),
        "dlpack exchange": lambda: exchanged(a),
        "dlpack device": lambda: a.__dlpack_device__(),
        "arrow": lambda: (flat.__arrow_c_array__(), flat.__arrow_c_schema__()),
        "arrow to deed": lambda: deed.from_arrow(flat),
        "arrow capsules": lambda: deed.from_arrow(Pair(flat.__arrow_c_array__())),
        "interface": lambda: (a.__array_interface__, deed.adopt(Interface(X))),
        "__array__": lambda: (
            a.__array__(),
            a.__array__("f4"),
            a.__array__(copy=True),
            deed.adopt(Method(X)),
        ),
        "as_ctypes": lambda: a.T.as_ctypes(),
        "parameter": lambda: a._as_parameter_,
    }


class Pair:
    """Speaks Arrow with a pair of capsules."""

    def __init__(self, pair):
        self.pair = pair

    def __arrow_c_array__(self, requested_schema=None):
        """The pair."""
        return self.pair


class Interface:
    """Speaks __array_interface__ only."""

    wrong = types.SimpleNamespace(__array_interface__=3)
    masked = types.SimpleNamespace(__array_interface__={**X.__array_interface__, "mask": np.ones(3, bool)})

    def __init__(self, ndarray):
        self.__array_interface__ = ndarray.__array_interface__
        self.ndarray = ndarray


class Method:
    """Speaks __array__ only."""

    def __init__(self, ndarray):
        self.ndarray = ndarray

    def __array__(self, dtype=None, copy=None):
        """The ndarray."""
        return self.ndarray


def refusals(a: deed.Array) -> Uses:
    """Errors of the verbs, views and Python's operations."""
    n = a.numpy()
    ended = deed.alloc(2)
    ended.release()
    read_only = a.share(writable=False)
    functions = {
        "busy": lambda: (deed.adopt(X), n)[0].share().reclaim(),
        "unknown name": lambda: deed.lookup("none"),
        "dtype": lambda: deed.alloc(3, object),
        "bounds": lambda: a[5],
        "index": lambda: a["x"],
        "shape": lambda: deed.alloc((1, -1)),
        "size": lambda: deed.alloc((2**40, 2**40)),
        "order of alloc": lambda: deed.alloc(3, order="X"),
        "lower": lambda: deed.adopt(X, lower=(1, 2, 3)),
        "name taken": lambda: (deed.alloc(1, name="w"), deed.alloc(1, name="w")),
        "read-only": lambda: deed.lend(READ_ONLY, writable=True),
        "write": lambda: read_only.__setitem__(0, 1),
        "more rights": lambda: read_only.share(writable=True),
        "no ndarray of deed": lambda: deed.share(X),
        "adopt": lambda: deed.adopt(object()),
        "argument": lambda: deed.handle.of(dtype="f4").from_param(X),
        "reduce": lambda: a.__reduce__(),
        "reshape": lambda: a[::2].reshape(8, order="F"),
        "reshape to nothing": lambda: a.reshape(),
        "reshape with a copy": lambda: a.reshape(12, copy=True),
        "no index": lambda: a[0, "x"],
        "index outside": lambda: a[0, 7],
        "new axes": lambda: a[(None,) * 14],
        "number": lambda: (float(a), 0),
        "index of elements": lambda: [1, 2][a],
        "format": lambda: f"{a:.2f}",
        "matrix product": lambda: operator.imatmul(a, X),
        "component": lambda: a.component("i4", 6),
        "interior": lambda: a.interior(5),
        "language": lambda: a.transfer("Cobol"),
        "reason": lambda: a.copy(reason="none"),
        "handle": lambda: deed.Array.from_handle(2**63),
        "origin": lambda: a.reclaim(),
        "not title": lambda: read_only.publish("x"),
        "stale": lambda: ended.share(),
        "stale numpy": lambda: ended.numpy(),
        "stale operator": lambda: a + ended,
        "stale comparison": lambda: ended == a,
        "stale ufunc": lambda: np.add(a, 1, out=ended),
        "read-only ufunc": lambda: np.add(a, 1, out=read_only),
        "cast of a ufunc": lambda: np.add(a, 1, out=deed.alloc((3, 4), "i4"), casting="no"),
        "operator": lambda: a + object(),
        "matrix": lambda: a @ a,
        "truth": lambda: bool(a),
        "delete": lambda: a.__delitem__(0),
        "timeout": lambda: deed.lend(X).recall(timeout="x"),
    }
    return {f"refused: {name}": refused(function) for name, function in functions.items()}


def protocol_refusals(a: deed.Array) -> Uses:
    """Errors of the protocols."""
    read_only = a.share(writable=False)
    strided = a[::2]
    functions = {
        "buffer of a stale array": lambda: memoryview(ended()),
        "buffer without a format": lambda: memoryview(deed.alloc(3, "bfloat16")),
        "writable buffer": lambda: memoryview(read_only).cast("B").__setitem__(0, 1),
        "from_buffer": lambda: deed.from_buffer(3),
        "from_buffer format": lambda: deed.from_buffer(X.astype(">f8")),
        "dlpack type": lambda: deed.alloc(3, "S5").__dlpack__(),
        "dlpack read-only": lambda: read_only.__dlpack__(),
        "dlpack stream": lambda: a.__dlpack__(stream=1),
        "dlpack device": lambda: a.__dlpack__(dl_device=(2, 0)),
        "dlpack version": lambda: a.__dlpack__(max_version="x"),
        "from_dlpack": lambda: deed.from_dlpack(3),
        "from_dlpack device": lambda: deed.from_dlpack(a, device="gpu"),
        "from_dlpack twice": lambda: [deed.from_dlpack(c) for c in [a.__dlpack__()] * 2],
        "exchange type": lambda: exchanged(deed.alloc(3, "S5")),
        "exchange of a stale array": lambda: exchanged(ended()),
        "arrow rank": lambda: a.__arrow_c_array__(),
        "arrow type": lambda: deed.alloc(3, "S5").__arrow_c_array__(),
        "arrow schema": lambda: deed.alloc(3).__arrow_c_array__(3),
        "arrow lower": lambda: deed.adopt(Pair(deed.alloc(3).__arrow_c_array__()), lower=(1, 2)),
        "arrow stream": lambda: deed.from_arrow(WrongStream()),
        "dlpack lower": lambda: deed.adopt(a.__dlpack__(max_version=(1, 0)), lower=(1, 2, 3)),
        "dlpack rights": lambda: deed.lend(a.__dlpack__(), writable=True),
        "mask": lambda: deed.lend(MASKED),
        "mask of a buffer": lambda: deed.from_buffer(memoryview(MASKED)),
        "mask of an argument": lambda: deed.handle.of().from_param(MASKED),
        "mask of an interface": lambda: deed.adopt(Interface.masked),
        "released memoryview": lambda: deed.lend(released()),
        "from_arrow": lambda: deed.from_arrow(3),
        "from_arrow pair": lambda: deed.from_arrow(Pair((1, 2))),
        "from_arrow twice": lambda: [
            deed.from_arrow(p) for p in [Pair(deed.alloc(3).__arrow_c_array__())] * 2
        ],
        "interface": lambda: deed.adopt(Interface(Interface.wrong)),
        "__array__": lambda: deed.adopt(Method(3)),
        "__array__ copy": lambda: a.__array__("f4", copy=False),
        "as_ctypes order": lambda: strided.as_ctypes(),
        "as_ctypes type": lambda: deed.alloc(3, "complex128").as_ctypes(),
        "unpickling": lambda: pickle.loads(pickle.dumps(ended())),
    }
    return {f"refused: {name}": refused(function) for name, function in functions.items()}


MASKED = np.ma.array([1.0, 2.0], mask=[0, 1])


class WrongStream:
    """An object with a stream that is none."""

    def __arrow_c_stream__(self):
        """No capsule."""
        return object()


def released() -> memoryview:
    """A memoryview that shows nothing any more."""
    view = memoryview(bytearray(3))
    view.release()
    return view


def ended() -> deed.Array:
    """An Array whose claim has ended."""
    a = deed.alloc(3)
    a.release()
    return a


def all_uses(a: deed.Array) -> Uses:
    """Every use, by name."""
    groups = (verbs, python_objects, native_calls, protocols, refusals, protocol_refusals)
    uses = [group(a) for group in groups]
    names = [name for group in uses for name in group]
    assert len(set(names)) == len(names)
    return {name: use for group in uses for name, use in group.items()}
