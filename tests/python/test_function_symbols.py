# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: what the error of a missing symbol says that was perhaps meant."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest
from native_procedures import COMPILER, library_path

import deed

IN_MODULE = {"gfortran": "__plain_module_MOD_plain_step", "flang": "_QMplain_modulePplain_step"}[COMPILER]


def error(library, name):
    with pytest.raises(AttributeError) as caught:
        deed.function(library, name, [])
    return str(caught.value)


@pytest.mark.parametrize("name", ["plain_step", "PLAIN_STEP", "plain_step_", "plain_stp", "plain_step@@V1"])
def test_procedure_of_a_module_without_bind_c(name):
    assert error(library_path(), name) == (
        f"library {library_path()!r} has no symbol {name!r}; it has {IN_MODULE!r} (not bind(C))"
    )


@pytest.mark.parametrize("name", ["lonely_step", "Lonely_Step", "lonely_stop"])
def test_procedure_outside_of_modules(name):
    assert error(library_path(), name).endswith("; it has 'lonely_step_' (not bind(C))")


@pytest.mark.parametrize("name", ["scale_all_", "SCALE_ALL", "_scale_all", "scale_al"])
def test_procedure_with_bind_c(name):
    assert error(library_path(), name).endswith(f"no symbol {name!r}; it has 'scale_all'")


def test_nothing_is_like_it():
    assert error(library_path(), "qqqqqqq") == f"library {library_path()!r} has no symbol 'qqqqqqq'"


def test_library_that_is_found_by_its_name():
    assert "'strlen'" in error("libc.so.6", "strlem")
    assert "'strlen'" in error(ctypes.CDLL("libc.so.6"), "strlem")


def compiled(folder, source, name="made.c", *options):
    path = str(folder / "made.so")
    (folder / name).write_text(source)
    subprocess.run(["cc", "-shared", "-fPIC", *options, str(folder / name), "-o", path], check=True)
    return path


def test_function_that_is_not_exported(tmp_path):
    source = "int step(void) { return 1; } int other(void) { return step(); }"
    library = compiled(tmp_path, '__attribute__((visibility("hidden"))) ' + source)
    assert error(library, "step").endswith("; the function is in it, but not exported")


def test_function_of_cxx(tmp_path):
    if not shutil.which("c++"):
        pytest.skip("no C++ compiler")
    source = "namespace solver { int step(double *u) { return u != nullptr; } } int step(int n) { return n; }"
    said = error(compiled(tmp_path, source, "made.cpp", "-x", "c++"), "step")
    assert said.endswith("; it has '_Z4stepi' (C++) and '_ZN6solver4stepEPd' (C++)")


def test_data_is_no_function(tmp_path):
    assert "it has" not in error(compiled(tmp_path, "int steps = 3; int other(void) { return 1; }"), "stepz")


@pytest.mark.parametrize("damage", ["truncated", "no sections", "wild sections", "wild names", "removed"])
def test_file_that_cannot_be_read_costs_only_the_hint(tmp_path, damage):
    path = Path(compiled(tmp_path, "int step(void) { return 1; }"))
    library = ctypes.CDLL(str(path))
    file = bytearray(path.read_bytes())
    path.unlink()  # what is loaded stays as it was
    if damage == "truncated":
        del file[len(file) // 2 :]
    elif damage == "no sections":
        file[60:62] = b"\0\0"
    elif damage == "wild sections":
        file[40:48] = b"\xff" * 8
    elif damage == "wild names":
        file[int.from_bytes(file[40:48], "little") :] = b"\xff" * (
            len(file) - int.from_bytes(file[40:48], "little")
        )
    if damage != "removed":
        path.write_bytes(file)
    assert error(library, "stop") == f"library {str(path)!r} has no symbol 'stop'"
