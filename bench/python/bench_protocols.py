# SPDX-License-Identifier: BSD-3-Clause
"""Memory comes into deed and goes out of it by the protocols of Python, compared with NumPy and itself.

Every subject makes an object that keeps the memory, and drops it.
"""

from __future__ import annotations

import numpy as np
from measure import Case, Subject, main

import deed

SHAPE = (64, 64)


def ndarray_in() -> Case:
    """An ndarray comes into deed; NumPy makes a view of it."""
    u = np.zeros(SHAPE, order="F")
    return Case(
        "ndarray_in",
        [Subject("adopt", deed.adopt, (u,)), Subject("lend", deed.lend, (u,)), Subject("numpy", u.view)],
    )


def known_ndarray_in() -> Case:
    """An ndarray that came from deed is recognised."""
    array = deed.alloc(SHAPE)
    u = array.numpy()
    return Case(
        "known_ndarray_in",
        [Subject("deed", deed.share, (u,)), Subject("share", array.share), Subject("numpy", u.view)],
    )


def dlpack() -> Case:
    """numpy.from_dlpack of an ndarray and of an Array, and deed.from_dlpack of an ndarray."""
    u = np.zeros(SHAPE)
    array = deed.alloc(SHAPE, order="C")
    return Case(
        "dlpack",
        [
            Subject("into_deed", deed.from_dlpack, (u,)),
            Subject("out_of_deed", np.from_dlpack, (array,)),
            Subject("numpy", np.from_dlpack, (u,)),
        ],
    )


def buffer() -> Case:
    """numpy.asarray of a memoryview and of an Array, and deed.from_buffer of a memoryview."""
    view = memoryview(np.zeros(SHAPE))
    array = deed.alloc(SHAPE, order="C")
    return Case(
        "buffer",
        [
            Subject("into_deed", deed.from_buffer, (view,)),
            Subject("out_of_deed", np.asarray, (array,)),
            Subject("numpy", np.asarray, (view,)),
        ],
    )


def frombuffer() -> Case:
    """numpy.frombuffer of a bytearray and of an Array."""
    array = deed.alloc(64 * 64, dtype="uint8")
    return Case(
        "frombuffer",
        [
            Subject("out_of_deed", np.frombuffer, (array, np.uint8)),
            Subject("numpy", np.frombuffer, (bytearray(64 * 64), np.uint8)),
        ],
    )


if __name__ == "__main__":
    main([ndarray_in, known_ndarray_in, dlpack, buffer, frombuffer])
