# SPDX-License-Identifier: BSD-3-Clause
"""What Dask recognises an Array by."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ._core import Array
from .errors import DtypeError


def token(array: Array) -> tuple[Any, ...]:
    """What Array.__dask_tokenize__ returns: made of type, extents, bounds and elements, as for ndarrays.

    Two arrays of equal elements have one token, and an array has another once its elements have changed.
    """
    try:
        ndarray = array.numpy()
    except DtypeError:
        ndarray = array.numpy(f"V{array.itemsize}")
    normalize = import_module("dask.base").normalize_token
    return ("deed.Array", array.kind, array.lower, normalize(ndarray))
