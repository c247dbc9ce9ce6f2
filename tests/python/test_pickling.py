# SPDX-License-Identifier: BSD-3-Clause
"""Arrays in pickles."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

import deed


def out_of_band(a):
    buffers = []
    data = pickle.dumps(a, protocol=5, buffer_callback=buffers.append)
    return pickle.loads(data, buffers=buffers), buffers


@pytest.mark.parametrize("order", ["C", "F"])
def test_trap_a54_out_of_band_is_zero_copy(order):
    a = deed.alloc((2, 3), order=order, lower=(-1, 4), zeroed=True)
    a.numpy()[:] = np.arange(6.0).reshape(2, 3)
    b, buffers = out_of_band(a)
    assert (b.address, b.strides, b.bounds, b.copied) == (a.address, a.strides, a.bounds, None)
    b.numpy()[1, 1] = 9.0
    assert a.numpy()[1, 1] == 9.0
    del buffers


def test_trap_a54_the_loaded_array_adopts_a_received_buffer():
    _, buffers = out_of_band(deed.alloc(3, zeroed=True))
    data = pickle.dumps(deed.alloc(3, zeroed=True), protocol=5, buffer_callback=lambda _: None)
    received = bytearray(buffers[0].raw())
    b = pickle.loads(data, buffers=[received])
    b.numpy()[0] = 1.0
    assert np.frombuffer(received)[0] == 1.0
    del buffers


def test_trap_a54_read_only_is_kept():
    a = deed.alloc(3, zeroed=True).share(writable=False)
    for protocol in (2, 4, 5):
        assert pickle.loads(pickle.dumps(a, protocol=protocol)).readonly
    assert out_of_band(a)[0].readonly


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_trap_a54_strided_arrays_say_that_they_were_copied(protocol):
    a = deed.adopt(np.arange(24.0).reshape(4, 6))[::-2, 1::2]
    b = pickle.loads(pickle.dumps(a, protocol=protocol))
    assert (b.copied, b.bounds) == ("order", a.bounds)
    assert b.numpy().tolist() == a.numpy().tolist()


@pytest.mark.parametrize("dtype", ["bool", "complex128", "S5", "V7", "logical32", "float16", "bfloat16"])
@pytest.mark.parametrize("shape", [(), (0, 2), (3,)])
def test_types_and_shapes(dtype, shape):
    a = deed.alloc(shape, dtype=dtype, zeroed=True)
    for protocol in (2, 5):
        b = pickle.loads(pickle.dumps(a, protocol=protocol))
        assert (b.kind, b.itemsize, b.bounds, b.readonly) == (a.kind, a.itemsize, a.bounds, False)
        raw = f"V{a.itemsize}"
        assert b.component(raw).numpy().tobytes() == a.component(raw).numpy().tobytes()


def test_trap_a54_types_that_numpy_does_not_have_keep_their_bits():
    a = deed.alloc((2, 3), "bfloat16", lower=(-1, 4))
    a.component("u2").numpy()[...] = np.arange(6).reshape(2, 3)
    for b in (
        pickle.loads(pickle.dumps(a, protocol=2)),
        out_of_band(a)[0],
        pickle.loads(pickle.dumps(a[::-1, ::2])),
    ):
        assert b.kind == "bfloat16"
    assert b.component("u2").numpy().tolist() == [[3, 5], [0, 2]]
    b = out_of_band(a)[0]
    assert (b.address, b.bounds) == (a.address, a.bounds)


@pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4])
def test_in_band_says_that_it_copied(protocol):
    a = deed.alloc((2, 3), order="C", lower=(0, 7), zeroed=True)
    b = pickle.loads(pickle.dumps(a, protocol=protocol))
    assert (b.copied, b.bounds, b.c_contiguous, b.origin) == ("requested", a.bounds, True, "malloc")


def test_copies_of_the_module_copy_say_so():
    a = deed.alloc((2, 3), lower=(0, 7), zeroed=True)
    copies = deed.counts().copies
    for make in (copy.copy, copy.deepcopy):
        for it in (a, a.share(writable=False), a[::-1]):
            b = make(it)
            assert (b.copied, b.role, b.readonly, b.bounds) == ("requested", "title", False, it.bounds)
            assert b.address != it.address
            assert b.numpy().tolist() == it.numpy().tolist()
    assert deed.counts().copies == copies + 6
    assert copy.deepcopy([a])[0].copied == "requested"
