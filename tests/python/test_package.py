# SPDX-License-Identifier: BSD-3-Clause
"""The package as a whole: names, docstrings, paths, errors, one core."""

from __future__ import annotations

import ctypes
import inspect
import re
import shutil
from pathlib import Path

import pytest

import deed
from deed import _core


def test_everything_public_has_a_docstring():
    for name in deed.__all__:
        if name != "__version__":
            assert inspect.getdoc(getattr(deed, name)), name
    for name in dir(deed.Array):
        member = getattr(deed.Array, name)
        if not name.startswith("__") or name in ("__array__", "__enter__", "__exit__"):
            assert inspect.getdoc(member), name
    for name in dir(_core):
        if not name.startswith("__"):
            assert inspect.getdoc(getattr(_core, name)), name


def test_functions_have_signatures():
    assert str(inspect.signature(deed.alloc)) == (
        "(shape, dtype='float64', order='F', lower=None, zeroed=False, name=None)"
    )
    for name in dir(deed.Array):
        if not name.startswith("_") and callable(getattr(deed.Array, name)):
            assert inspect.signature(getattr(deed.Array, name)) is not None


def test_all_is_complete():
    public = {name for name in vars(deed) if not name.startswith("_") and name != "annotations"}
    modules = {"accounts", "command_line", "declared", "errors", "native"}
    modules |= {"near", "paths", "pickling", "pointers", "symbols"}
    assert public - modules == set(deed.__all__) - {"__version__"}


def test_version_is_that_of_the_core():
    assert re.fullmatch(r"\d+\.\d+\.\d+", deed.__version__)


@pytest.fixture
def core():
    return ctypes.CDLL(deed.get_library_path())


def test_statuses_are_those_of_the_core(core):
    core.deed_status_name.restype = ctypes.c_char_p
    for status in deed.Status:
        assert core.deed_status_name(status).decode() == f"DEED_{status.name}"
    assert core.deed_status_name(len(deed.Status)) == b"DEED_UNKNOWN"


def test_each_status_has_its_exception(core):
    classes = deed.DeedError.__subclasses__()
    assert {cls.status for cls in classes} == set(deed.Status) - {deed.Status.OK}
    for cls in classes:
        builtin = cls.__mro__[2]
        assert builtin.__module__ == "builtins"
        assert builtin is not Exception
        assert str(cls("message")) == "message"


def test_library_path_is_the_loaded_core():
    path = deed.get_library_path()
    assert Path(path).name.startswith("libdeed.so")
    assert path in {
        line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "libdeed" in line
    }


def test_core_is_loaded_once(native):
    loaded = {
        line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "libdeed" in line
    }
    assert len(loaded) == 1
    assert deed.Array.from_handle(native.native_alloc(1)).owner == "C"


def test_trap_a53_second_core_is_refused_with_both_paths(run_python, tmp_path):
    first = _core.core_path()
    second = shutil.copy(first, tmp_path / "libother.so")
    script = """
import ctypes, sys
ctypes.CDLL(sys.argv[1])
try:
    import deed
except ImportError as error:
    print(error)
"""
    # A copy with the same SONAME would be the same library to the loader, which is what the wheel relies on.
    Path(second).write_bytes(Path(second).read_bytes().replace(b"libdeed.so.0\0", b"libDEED.so.0\0"))
    out = run_python(script, str(second))
    assert str(second) in out
    assert first in out


def test_installed_files():
    if not (Path(deed.__file__).parent / "include").exists():
        with pytest.raises(FileNotFoundError, match="not an installed one"):
            deed.get_include()
        return
    assert (Path(deed.get_include()) / "deed" / "deed.h").exists()
    assert (Path(deed.get_include()) / "deed" / "deed.hpp").exists()
    assert (Path(deed.get_cmake_dir()) / "DeedConfig.cmake").exists()
