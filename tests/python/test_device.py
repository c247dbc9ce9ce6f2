# SPDX-License-Identifier: BSD-3-Clause
"""Memory on a device: what only tells of an array works, what would read its elements is refused by name.

Runs with a core that says so of every array while DEED_TEST_DEVICE is set: tests/c/device/preload.c.
"""

from __future__ import annotations

import copy
import os
import pickle
import sys
from collections.abc import Callable

import numpy as np
import pytest

import deed
from deed import _core, arg

if "deed_device_preload" not in os.environ.get("LD_PRELOAD", ""):
    pytest.skip("LD_PRELOAD names no core with devices", allow_module_level=True)

CUDA = (2, 1)


@pytest.fixture
def on_device(monkeypatch) -> None:
    """All arrays are, until the end of the test."""
    monkeypatch.setenv("DEED_TEST_DEVICE", "1")


def call(argument: arg.Argument, compiler: str | None = None) -> Callable[[deed.Array], object]:
    return lambda a: deed.function("libc.so.6", "labs", [argument], "int64", compiler=compiler)(a)


def assign(a: deed.Array) -> None:
    a[0] = 1


READERS = {
    "numpy": lambda a: a.numpy(),
    "asarray": np.asarray,
    "interface": lambda a: a.__array_interface__,
    "buffer": memoryview,
    "plain bytes": lambda a: np.frombuffer(a),
    "bytes": bytes,
    "raw bytes": _core.raw_bytes,
    "DLPack": lambda a: a.__dlpack__(),
    "DLPack, versioned": lambda a: a.__dlpack__(max_version=(1, 0)),
    "DLPack, copied": lambda a: a.__dlpack__(max_version=(1, 0), copy=True),
    "Arrow": lambda a: a.__arrow_c_array__(),
    "ctypes": lambda a: a.as_ctypes(),
    "address": lambda a: a.address,
    "element": lambda a: a[1],
    "elements": list,
    "assignment": assign,
    "contains": lambda a: 0.0 in a,
    "arithmetic": lambda a: a + 1,
    "comparison": lambda a: a == a,
    "ufunc": np.sqrt,
    "copy": lambda a: a.copy(),
    "deep copy": copy.deepcopy,
    "pickle": lambda a: pickle.dumps(a, protocol=5),
    "pointer": call(arg.pointer("a", "float64", rank=1)),
    "descriptor": call(arg.descriptor("a", "float64", rank=1), "gfortran"),
    "allocatable": call(arg.allocatable("a", "float64", rank=1, intent="inout"), "gfortran"),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@pytest.mark.usefixtures("on_device")
def test_what_would_read_the_elements_is_refused(read):
    a = deed.alloc(3)
    with pytest.raises(deed.DeviceError, match="the memory is on a device, which the host cannot read"):
        read(a)
    assert len(a.holders()) == 1


ENQUIRIES = {
    "shape": lambda a: a.shape == (3,),
    "strides": lambda a: a.strides == (8,),
    "bounds": lambda a: a.bounds == ((1, 3),),
    "dtype": lambda a: a.dtype == np.dtype("f8"),
    "len": lambda a: len(a) == 3,
    "origin": lambda a: a.origin == "malloc",
    "owner": lambda a: a.owner == "Python",
    "rights": lambda a: a.rights == "rw",
    "repr": lambda a: "real64 shape=(3,)" in repr(a),
    "holders": lambda a: len(a.holders()) == 1,
    "sizeof": lambda a: sys.getsizeof(a) > 24,
    "report": lambda a: "24 bytes" in deed.report(),
    "share": lambda a: a.share().shape == (3,),
    "section": lambda a: a[1:].shape == (2,),
    "transpose": lambda a: a.T.shape == (3,),
    "reshape": lambda a: a.reshape(3, 1).shape == (3, 1),
    "weak": lambda a: deed.weak(a).upgrade().shape == (3,),
    "transfer": lambda a: a.transfer("C").owner == "C",
    "handle": lambda a: a.handle != 0,
    "number": lambda a: deed.Array.from_handle(a.into_handle()).shape == (3,),
    "handle argument": lambda a: call(arg.handle("a", "float64", rank=1))(a) != 0,
    "DLPack device": lambda a: a.__dlpack_device__() == CUDA,
    "release": lambda a: a.release() is None,
}


@pytest.mark.parametrize("holds", ENQUIRIES.values(), ids=ENQUIRIES)
@pytest.mark.usefixtures("on_device")
def test_what_only_tells_of_the_array_works(holds):
    assert holds(deed.alloc(3))


def test_an_array_on_the_host_beside_one_on_a_device():
    a, b = deed.alloc(3, zeroed=True), deed.alloc(3, "V6")
    assert a.numpy().tolist() == [0, 0, 0]
    assert (a.__dlpack_device__(), b.__dlpack_device__()) == ((1, 0), CUDA)
    with pytest.raises(deed.DeviceError):
        b.numpy()
