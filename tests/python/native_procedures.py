# SPDX-License-Identifier: BSD-3-Clause
"""The library of procedures/*.f90, which know nothing of deed, compiled by the compiler that CTest names."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import deed

COMPILER = os.environ.get("DEED_TEST_COMPILER", "gfortran")
SOURCES = sorted((Path(__file__).parent / "procedures").glob("*.f90"))


@functools.cache
def library_path() -> str:
    """Built by CMake, or here for the installed package."""
    built = os.environ.get("DEED_TEST_PROCEDURES")
    if built:
        return built
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    path = str(Path(folder) / "procedures.so")
    subprocess.run([COMPILER, "-shared", "-fPIC", *map(str, SOURCES), "-o", path], check=True, cwd=folder)
    return path


def make(name, *arguments, result=None, **options):
    """A deed.Function of the library."""
    return deed.function(library_path(), name, arguments, result, **options)
