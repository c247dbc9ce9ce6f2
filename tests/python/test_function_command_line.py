# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: the command line that a Fortran library sees. It is the process's, so each test has one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from native_procedures import COMPILER, library_path

import deed

PRELUDE = """
import os, sys
from pathlib import Path
import numpy as np
import deed
from deed import arg

def make(name, *arguments, **options):
    return deed.function(sys.argv[1], name, arguments, "int32", **options)

text = arg.pointer("text", "S1", 1, "out")

def line():
    count = make("count_arguments")()
    at = make("argument_at", arg.value("number", "int32"), text)
    characters = np.zeros(40, "S1")
    seen = []
    for k in range(count + 1):
        length = at(k, characters)
        seen.append(b"".join(characters)[:length].decode())
    return seen
"""


def run(run_python, script, library=None, **options):
    return run_python(PRELUDE + script, library or library_path(), **options).splitlines()


def test_command_line_is_seen(run_python):
    script = """
count = make("count_arguments", command_line=["solver", "-n", "grün 4"])
print(count(), line(), make("whole_command")())
"""
    assert run(run_python, script) == ["2 ['solver', '-n', 'grün 4'] 17"]


def test_empty_argument_is_one(run_python):
    assert run(run_python, 'make("count_arguments", command_line=["a", "", "b"])\nprint(line())') == [
        "['a', '', 'b']"
    ]


def test_bytes_and_paths_are_arguments_as_well(run_python):
    script = """
make("count_arguments", command_line=(b"a\\xff", Path("b") / "c"))
characters = np.zeros(40, "S1")
at = make("argument_at", arg.value("number", "int32"), text)
print(at(0, characters), b"".join(characters[:2]), at(1, characters))
"""
    assert run(run_python, script) == ["2 b'a\\xff' 3"]


def test_last_one_counts_and_a_function_without_one_changes_nothing(run_python):
    script = """
make("count_arguments", command_line=["a", "b"])
make("count_arguments", command_line=["c"])
make("count_arguments")
print(line())
make("count_arguments", command_line=["a", "b"])
print(line())
"""
    assert run(run_python, script) == ["['c']", "['a', 'b']"]


def test_function_that_cannot_be_made_tells_nothing(run_python):
    script = """
make("count_arguments", command_line=["a"])
for wrong in (lambda: make("count_arguments", arg.value("n", "float16"), command_line=["b"]),
              lambda: make("no_such", command_line=["b"])):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, line())
"""
    assert run(run_python, script) == ["DtypeError ['a']", "AttributeError ['a']"]


def test_same_line_again_needs_no_memory(run_python):
    script = """
import resource
long = ["a", "b" * 100_000]
def use(times):
    for _ in range(times):
        make("count_arguments", command_line=long)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
first = use(100)
print(use(1000) - first < 20_000, make("count_arguments")())
"""
    assert run(run_python, script) == ["True 1"]


AT_EXIT = """
import ctypes
make("count_arguments", command_line=["a", "input.nml"])
ctypes.CDLL(sys.argv[1]).ask_at_exit()  # by the C library, when Python has ended
"""

ASKER = """
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int argument_at(int number, char *text);
static void ask(void) {
  char text[40];
  _exit(argument_at(1, text) == 9 && memcmp(text, "input.nml", 9) == 0 ? 42 : 1);
}
int ask_at_exit(void) { return atexit(ask); }
"""


def compiler_program():
    for name in (COMPILER, f"{COMPILER}-22", f"{COMPILER}-12"):
        if shutil.which(name):
            return name
    pytest.skip(f"no {COMPILER}")
    return None


def linked(folder, *more):
    """A library of its own of these procedures."""
    source = Path(__file__).parent / "procedures" / "command_line.f90"
    path = str(folder / "command_line.so")
    command = [compiler_program(), "-shared", "-fPIC", str(source), *more, "-o", path]
    subprocess.run(command, check=True, cwd=folder)
    return path


def test_command_line_outlives_python(run_python, tmp_path):
    (tmp_path / "asker.c").write_text(ASKER)
    subprocess.run(["cc", "-c", "-fPIC", "asker.c"], check=True, cwd=tmp_path)
    library = linked(tmp_path, str(tmp_path / "asker.o"))
    run(run_python, AT_EXIT, library, code=42)


@pytest.mark.skipif(COMPILER != "flang", reason="only flang has two ways")
def test_runtime_with_the_entry_of_main_programs(run_python, tmp_path):
    library = linked(tmp_path, "-Wl,-u,_FortranAProgramStart")
    script = 'make("count_arguments", command_line=["a", "b c"])\nprint(line())'
    assert run(run_python, script, library) == ["['a', 'b c']"]


def test_library_without_a_runtime_is_refused_by_name():
    looked = "looked for _gfortran_set_args, _FortranAProgramStart, _ZN7Fortran"
    with pytest.raises(deed.UnsupportedError, match=rf"labs: no Fortran runtime of 'libc.so.6' .*{looked}"):
        deed.function("libc.so.6", "labs", [], command_line=["a"])


def test_runtime_of_another_compiler_is_not_told():
    other = {"gfortran": "flang", "flang": "gfortran"}[COMPILER]
    with pytest.raises(deed.UnsupportedError, match="count_arguments: no Fortran runtime of"):
        deed.function(library_path(), "count_arguments", [], compiler=other, command_line=["a"])


def test_what_is_no_command_line():
    for wrong, error, message in (
        ([], deed.InvalidArgument, "an empty command_line came"),
        (["a", "b\0c"], deed.InvalidArgument, r"b'b\\x00c' came"),
        ("a b", TypeError, "a list of arguments, not 'a b'"),
        ([1], TypeError, "expected str, bytes or os.PathLike"),
    ):
        with pytest.raises(error, match=message):
            deed.function(library_path(), "count_arguments", [], command_line=wrong)
