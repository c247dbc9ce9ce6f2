# SPDX-License-Identifier: BSD-3-Clause
"""What all Python tests share: the account of leaks, the program in C on the other side, and subprocesses."""

from __future__ import annotations

import ctypes
import gc
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import deed

NATIVE_SOURCES = sorted((Path(__file__).parent / "native").glob("*.c"))


@pytest.fixture(autouse=True)
def no_leak():
    """Every test ends with the live blocks and claims that it began with, and nothing abandoned."""
    gc.collect()
    before = deed.counts()
    yield
    gc.collect()
    after = deed.counts()
    assert (after.live_blocks, after.live_claims) == (before.live_blocks, before.live_claims), deed.report()
    assert after.abandoned == before.abandoned
    assert after.python_abandoned == 0
    assert after.queued == 0
    assert deed.names() == []


@pytest.fixture(scope="session")
def native_path(tmp_path_factory) -> str:
    """The library of native/*.c: built by CMake, or here against the installed package."""
    built = os.environ.get("DEED_TEST_NATIVE")
    if built:
        return built
    path = tmp_path_factory.mktemp("native") / "native.so"
    library = deed.get_library_path()
    command = ["cc", "-std=c11", "-D_GNU_SOURCE", "-shared", "-fPIC", "-pthread", "-I", deed.get_include()]
    command += [
        *map(str, NATIVE_SOURCES),
        library,
        "-ldl",
        f"-Wl,-rpath,{Path(library).parent}",
        "-o",
        str(path),
    ]
    subprocess.run(command, check=True)
    return str(path)


HANDLE_FUNCTIONS = ("native_share", "native_transfer", "native_alloc", "native_static")
HANDLE_FUNCTIONS += ("native_foreign", "native_typed", "native_lend", "native_watched")


def declare(library: ctypes.CDLL) -> ctypes.CDLL:
    """Give the functions of native.c their types."""
    for name in HANDLE_FUNCTIONS:
        getattr(library, name).restype = deed.handle
    for name in ("share", "release", "release_on_thread", "start_release", "release_at_exit", "transfer"):
        getattr(library, f"native_{name}").argtypes = [deed.handle]
    for name in ("alloc", "foreign", "watched"):
        getattr(library, f"native_{name}").argtypes = [ctypes.c_int64]
    library.native_typed.argtypes = [ctypes.c_int, ctypes.c_int64, ctypes.c_int64]
    library.native_recall.argtypes = [deed.handle, ctypes.c_char_p, ctypes.c_size_t]
    library.native_sum.argtypes = [deed.handle]
    library.native_sum.restype = ctypes.c_double
    library.native_fill.argtypes = [deed.handle, ctypes.c_double]
    library.native_lower.argtypes = [deed.handle, ctypes.POINTER(ctypes.c_int64)]
    library.native_rights.argtypes = [deed.handle]
    library.native_publish.argtypes = [deed.handle, ctypes.c_char_p]
    return library


@pytest.fixture(scope="session")
def native(native_path):
    """The functions of native.c; the GIL is not held while they run."""
    return declare(ctypes.CDLL(native_path))


@pytest.fixture(scope="session")
def native_with_gil(native_path):
    """The functions of native.c, called with the GIL held."""
    return declare(ctypes.PyDLL(native_path))


def weighted_sum(ndarray: np.ndarray) -> float:
    """What native_sum() gives: the elements in Fortran's order, weighted 1, 2, 3, ..."""
    flat = np.asarray(ndarray).flatten(order="F")
    return float(np.dot(flat, np.arange(1, flat.size + 1)))


@pytest.fixture
def run_python():
    """Run a script in an interpreter of its own and return its output."""

    def run(script: str, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-X", "faulthandler", "-c", script, *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=Path(__file__).parent,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    return run
