# SPDX-License-Identifier: BSD-3-Clause
"""Each allocation of the interpreter fails once, in every use: a MemoryError, and nothing is lost."""

from __future__ import annotations

import pytest

# Only what is written in C: CPython 3.12 does not survive every failed allocation in Python code, nor NumPy
# each of those in its __array_interface__ and in ufuncs that have a where.
SCRIPT = """
import copy, ctypes, gc, sys
import numpy as np, deed

library = ctypes.PyDLL(sys.argv[1])
assert library.native_no_memory_install() == 0
left = ctypes.c_long.in_dll(library, "native_no_memory_left")
x = np.arange(3.0)
buffer = bytearray(96)
a = deed.alloc((3, 4), zeroed=True)
pairs = np.zeros(3, [("x", "f8"), ("n", "i4")])
records = deed.alloc(3, pairs.dtype, zeroed=True)
memoryview(records).release()  # for the format of the records NumPy runs Python code, once
flat = deed.alloc(12, zeroed=True)
n = a.numpy()

uses = {
    "numpy": lambda: a.numpy(),
    "numpy, the first": lambda: deed.alloc(2).numpy(),
    "numpy, the next": lambda: [a.numpy().ndim for _ in range(3)],
    "share": lambda: a.share(),
    "section": lambda: a[1:, ::2],
    "adopt": lambda: deed.adopt(x),
    "lend": lambda: deed.lend(x),
    "recognise": lambda: deed.share(n),
    "alloc": lambda: deed.alloc((2, 2), "S3"),
    "copy": lambda: a.copy(),
    "copy.copy": lambda: copy.copy(a),
    "transfer": lambda: deed.alloc(2).transfer("C"),
    "holders": lambda: a.holders(),
    "ledger": lambda: deed.ledger(),
    "counts": lambda: deed.counts(),
    "repr": lambda: repr(a),
    "iteration": lambda: list(a),
    "operator": lambda: a + 1,
    "in place": lambda: a.__iadd__(1),
    "comparison": lambda: a == a,
    "ufunc": lambda: np.add(a, 1, out=a),
    "dlpack out": lambda: a.__dlpack__(max_version=(1, 0)),
    "dlpack unversioned": lambda: a.__dlpack__(),
    "dlpack copy": lambda: a.__dlpack__(max_version=(1, 0), copy=True),
    "dlpack to numpy": lambda: np.from_dlpack(a),
    "dlpack in": lambda: deed.from_dlpack(x),
    "dlpack capsule": lambda: deed.from_dlpack(a.__dlpack__(max_version=(1, 0))),
    "arrow out": lambda: flat.__arrow_c_array__(),
    "arrow schema": lambda: flat.__arrow_c_schema__(),
    "arrow in": lambda: deed.from_arrow(flat),
    "buffer out": lambda: memoryview(a),
    "buffer of bytes out": lambda: memoryview(deed.alloc(3, "V5")),
    "buffer of records out": lambda: memoryview(records),
    "records in": lambda: deed.lend(pairs),
    "records share": lambda: records.share().numpy(),
    "records alloc": lambda: deed.alloc(3, pairs.dtype),
    "records component": lambda: records.component(pairs.dtype),
    "records weak": lambda: deed.weak(records).upgrade(),
    "records assigned": lambda: records.__setitem__(..., records),
    "plain buffer out": lambda: np.ndarray((12,), buffer=flat.share()),
    "buffer in": lambda: deed.from_buffer(buffer),
    "adopt buffer": lambda: deed.adopt(buffer),
    "__array__": lambda: a.__array__("f4"),
}
base = deed.counts()
count = sys.getrefcount(x), sys.getrefcount(buffer)

def fails(use, at):
    # Whether an allocation failed; anything but MemoryError is raised.
    left.value = at
    try:
        use()
    except MemoryError:
        pass
    happened = left.value == 0
    left.value = 0
    return happened

points = 0
for name in sys.argv[2:]:
    for at in range(1, 500):
        happened = fails(uses[name], at)
        now = deed.counts()
        assert (now.live_blocks, now.live_claims) == (base.live_blocks, base.live_claims), (name, at)
        assert (sys.getrefcount(x), sys.getrefcount(buffer)) == count, (name, at)
        if not happened:
            break
        points += 1
    assert at < 499, name
assert a.is_live
print(points > 2 * len(sys.argv[2:]) or sys.argv[2:])
"""

GROUPS = {
    "verbs": [
        "numpy",
        "numpy, the first",
        "numpy, the next",
        "share",
        "section",
        "adopt",
        "lend",
        "recognise",
        "alloc",
        "copy",
        "copy.copy",
        "transfer",
    ],
    "reports": ["holders", "ledger", "counts", "repr"],
    "operations": ["iteration", "operator", "in place", "comparison", "ufunc", "__array__"],
    "dlpack": [
        "dlpack out",
        "dlpack unversioned",
        "dlpack copy",
        "dlpack to numpy",
        "dlpack in",
        "dlpack capsule",
    ],
    "arrow": ["arrow out", "arrow schema", "arrow in"],
    "records": [
        "buffer of bytes out",
        "buffer of records out",
        "records in",
        "records share",
        "records alloc",
        "records component",
        "records weak",
        "records assigned",
    ],
    "buffers": ["buffer out", "plain buffer out", "buffer in", "adopt buffer"],
}


@pytest.mark.parametrize("group", GROUPS)
def test_trap_a19_every_allocation_of_python_fails_once(run_python, native_path, group):
    assert run_python(SCRIPT, native_path, *GROUPS[group]) == "True\n"
