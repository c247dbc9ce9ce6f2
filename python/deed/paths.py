# SPDX-License-Identifier: BSD-3-Clause
"""Where the parts of deed are that other programs are built with."""

from __future__ import annotations

from pathlib import Path

from . import _core

_PREFIX = Path(__file__).resolve().parent


def _existing(path: Path) -> str:
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist: this deed is not an installed one")
    return str(path)


def get_include() -> str:
    """The folder of the C and C++ headers: compile with -I of it."""
    return _existing(_PREFIX / "include")


def get_library_path() -> str:
    """The shared library with the core of this process. Programs that link it share its arrays."""
    return str(Path(_core.core_path()).resolve())


def get_cmake_dir() -> str:
    """The folder of DeedConfig.cmake: what CMake's Deed_DIR takes."""
    return _existing(_PREFIX / "lib" / "cmake" / "Deed")
