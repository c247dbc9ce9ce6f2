# SPDX-License-Identifier: BSD-3-Clause
"""Each API in a loop: the interpreter's blocks, the references and the claims do not grow."""

from __future__ import annotations

import gc
import sys

import numpy as np
import pytest

import deed

X = np.arange(12.0).reshape(3, 4)
READ_ONLY = np.arange(3.0)
READ_ONLY.flags.writeable = False


def refused(function):
    def use():
        try:
            function()
        except (deed.DeedError, TypeError, ValueError):
            return
        raise AssertionError("not refused")

    return use


def scenarios(a: deed.Array) -> dict:
    n = a.numpy()
    uses = {
        "alloc": lambda: deed.alloc((3, 4), "S5", lower=-1),
        "adopt": lambda: deed.adopt(X),
        "reclaim": lambda: deed.adopt(X).reclaim(),
        "lend": lambda: deed.lend(X).recall(),
        "orphaned loan": lambda: deed.lend(X).numpy(),
        "share": lambda: deed.share(a),
        "recognise": lambda: deed.share(n[1:]),
        "numpy": lambda: a.numpy(),
        "numpy dtype": lambda: a.numpy("i8"),
        "numpy of a share": lambda: a.share().numpy(),
        "asarray": lambda: np.asarray(a, dtype="f4"),
        "section": lambda: a[1:, ::-2],
        "set item": lambda: a.__setitem__(0, 1.0),
        "transpose": lambda: a.T.transpose(1, 0),
        "reshape": lambda: a.reshape(12),
        "component": lambda: a.component("i4", 4),
        "interior": lambda: a.interior((1, 1)),
        "view": lambda: a.view(0, lower=3),
        "transfer": lambda: deed.alloc(2).transfer("C").transfer(),
        "copy": lambda: a.copy("C"),
        "handles": lambda: deed.Array.from_handle(a.share().into_handle()),
        "registry": lambda: (a.publish("u"), deed.lookup("u"), deed.names(), a.name, a.withdraw()),
        "ledger": lambda: (deed.ledger(), deed.report(), deed.counts(), a.holders()),
        "enquiries": lambda: [getattr(a, name) for name in dir(a) if not name.startswith("__")],
        "repr": lambda: repr(a),
        "ctypes": lambda: deed.handle.of(dtype="f8", ndim=2).from_param(X),
        "with": lambda: deed.alloc(2).__enter__().__exit__(None, None, None),
        "busy": refused(lambda: (deed.adopt(X), n)[0].share().reclaim()),
        "unknown name": refused(lambda: deed.lookup("none")),
        "dtype": refused(lambda: deed.alloc(3, object)),
        "bounds": refused(lambda: a[5]),
        "index": refused(lambda: a["x"]),
        "shape": refused(lambda: deed.alloc((1, -1))),
        "read-only": refused(lambda: deed.lend(READ_ONLY, writable=True)),
        "argument": refused(lambda: deed.handle.of(dtype="f4").from_param(X)),
        "pickle": refused(lambda: a.__reduce__()),
    }
    return uses


NAMES = list(scenarios(deed.alloc((3, 4))))


def growth(use, count: int) -> int:
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(count):
        use()
    gc.collect()
    return sys.getallocatedblocks() - before


@pytest.mark.parametrize("name", NAMES)
def test_trap_t21_nothing_grows(name):
    use = scenarios(deed.alloc((3, 4), zeroed=True))[name]
    references = sys.getrefcount(X)
    growth(use, 20)
    assert min(growth(use, 300) for _ in range(3)) < 30
    deed.counts()  # ends the loan whose title was dropped first
    assert sys.getrefcount(X) == references


def test_none_and_types_are_not_consumed():
    a = deed.alloc(2)
    singletons = [None, True, np.dtype("f8"), deed.Array, ..., np.ndarray]
    for name in NAMES:
        use = scenarios(deed.alloc((3, 4), zeroed=True))[name]
        use()
        before = [sys.getrefcount(x) for x in singletons]
        for _ in range(200):
            use()
        after = [sys.getrefcount(x) for x in singletons]
        assert all(abs(x - y) < 100 for x, y in zip(before, after, strict=True)), name
    assert a.is_live
