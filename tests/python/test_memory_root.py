# SPDX-License-Identifier: BSD-3-Clause
"""An ndarray on memory that somebody else may move or unmap: as long as deed holds it, nobody does."""

from __future__ import annotations

import array
import gc
import mmap
from multiprocessing import shared_memory

import numpy as np
import pytest

import deed
from deed import arg

NUMPY_1 = np.lib.NumpyVersion(np.__version__) < "2.1.0"

COUNT = 1000
SIZE_BYTES = 8 * COUNT


def of_bytearray(folder):
    root = bytearray(SIZE_BYTES)
    return np.ndarray(COUNT, buffer=root), lambda: root.extend(bytes(1 << 20))


def of_array(folder):
    root = array.array("d", bytes(SIZE_BYTES))
    return np.ndarray(COUNT, buffer=root)[::2], lambda: root.extend([0.0] * (1 << 17))


def of_mmap(folder):
    root = mmap.mmap(-1, SIZE_BYTES)
    return np.ndarray((10, 100), buffer=root, order="F").T, root.close


def of_shared_memory(folder):
    root = shared_memory.SharedMemory(create=True, size=SIZE_BYTES)
    root.unlink()
    return np.ndarray(COUNT, buffer=root.buf), root.close


def of_memmap(folder):
    (folder / "file").write_bytes(bytes(SIZE_BYTES))
    whole = np.memmap(folder / "file", "f8", "r+")
    return whole[5:], whole._mmap.close


def of_read_only_memmap(folder):
    (folder / "file").write_bytes(bytes(SIZE_BYTES))
    whole = np.memmap(folder / "file", "f8", "r")
    return whole, whole._mmap.close


def through_a_memoryview_of_an_ndarray(folder):
    root = bytearray(SIZE_BYTES)
    return np.asarray(memoryview(np.ndarray(COUNT, buffer=root))), lambda: root.extend(bytes(1 << 20))


SOURCES = [of_bytearray, of_array, of_mmap, of_shared_memory, of_memmap, of_read_only_memmap]
SOURCES += [through_a_memoryview_of_an_ndarray]


class Shows:
    """An object that shows an ndarray by one protocol."""

    def __init__(self, ndarray):
        self.ndarray = ndarray


class Interface(Shows):
    @property
    def __array_interface__(self):
        return self.ndarray.__array_interface__ | {"data": self.ndarray.base}


class Method(Shows):
    def __array__(self, dtype=None, copy=None):
        return self.ndarray


WAYS_IN = {
    "lend": deed.lend,
    "adopt": deed.adopt,
    "lend a memoryview": lambda x: deed.lend(memoryview(x)),
    "from_buffer": deed.from_buffer,
    "from_dlpack": deed.from_dlpack,
    "__array__": lambda x: deed.lend(Method(x)),
}


def check_held(held, change):
    """The memory stays where it is until held is released."""
    with pytest.raises(BufferError):
        change()
    assert float(np.asarray(held).sum()) == 0
    held.release()
    del held
    gc.collect()
    change()


@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN)
@pytest.mark.parametrize("source", SOURCES)
def test_memory_stays_where_it_is_while_deed_has_it(source, way, tmp_path):
    x, change = source(tmp_path)
    if way is deed.from_dlpack and not x.flags.writeable and NUMPY_1:
        pytest.skip("this NumPy shows nothing that is read-only by DLPack")
    held = way(x)
    del x
    check_held(held, change)


def test_data_of_an_interface_stays_where_it_is():
    root = bytearray(24)
    check_held(deed.lend(Interface(np.ndarray(3, buffer=root))), lambda: root.extend(bytes(1 << 20)))


def test_memory_stays_while_others_hold_the_loan(tmp_path):
    x, change = of_memmap(tmp_path)
    n = deed.lend(x).numpy()
    with pytest.raises(BufferError):
        change()
    assert n.sum() == 0
    del n
    change()


def test_memory_stays_while_native_code_holds_the_array(native_path, tmp_path):
    x, change = of_bytearray(tmp_path)
    share = deed.function(native_path, "native_share", [arg.handle("a", "float64", rank=1)], "handle")
    held = share(x)
    check_held(held, change)


def test_reclaim_gives_the_memory_free(tmp_path):
    x, change = of_array(tmp_path)
    a = deed.adopt(x)
    with pytest.raises(BufferError):
        change()
    assert a.reclaim() is x
    change()


def test_memory_that_is_gone_already_is_refused():
    root = mmap.mmap(-1, 4096)
    x = np.ndarray(512, buffer=root)
    root.close()
    for way in (deed.lend, deed.adopt):
        with pytest.raises(ValueError, match="mmap closed"):
            way(x)


def test_an_ndarray_on_a_buffer_of_deed():
    a = deed.lend(bytearray(16))
    n = np.ndarray(2, buffer=a)
    b = deed.lend(n)
    with pytest.raises(deed.BusyError):
        a.release()
    b.release()
    del n, b, a
    gc.collect()


RESIZABLE = {
    "part": lambda x: deed.adopt(x[1:]),
    "reshaped": lambda x: deed.lend(x.reshape(2, -1)),
    "memoryview": lambda x: deed.adopt(memoryview(x)),
    "memoryview of a part": lambda x: deed.lend(memoryview(x[1:])),
    "from_buffer": deed.from_buffer,
    "from_dlpack": deed.from_dlpack,
}


@pytest.mark.parametrize("way", RESIZABLE.values(), ids=RESIZABLE)
def test_the_ndarray_that_owns_the_memory_is_not_resized(way):
    x = np.zeros(1000)
    a = way(x)
    with pytest.raises(ValueError, match="resize"):
        x.resize(100_000, refcheck=False)
    a.release()
    x.resize(2000, refcheck=False)
    assert x.size == 2000
