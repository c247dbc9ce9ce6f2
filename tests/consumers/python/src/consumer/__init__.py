# SPDX-License-Identifier: BSD-3-Clause
"""A package with a Fortran solver and a C++ function that work on deed's arrays. It does not import deed."""

import ctypes
from pathlib import Path

_HERE = Path(__file__).parent
solver = ctypes.CDLL(str(_HERE / "libsolver.so"))
average = ctypes.CDLL(str(_HERE / "libaverage.so")).average
average.restype = ctypes.c_double
