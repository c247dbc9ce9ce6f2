# SPDX-License-Identifier: BSD-3-Clause
"""deed: an array that knows who must free it, shared by Fortran, C, C++ and Python without copying.

>>> import deed
>>> u = deed.alloc((3, 4), lower=(-1, 1), name="heat/u", zeroed=True)
>>> u.numpy()[0, 0] = 1.0  # the element u(-1,1) of Fortran
>>> deed.lookup("heat/u").bounds
((-1, 1), (1, 4))
"""

from __future__ import annotations

from . import arg
from ._core import (
    TRACEMALLOC_DOMAIN,
    Array,
    Function,
    Weak,
    __version__,
    adopt,
    alloc,
    counts,
    from_arrow,
    from_buffer,
    from_dlpack,
    ledger,
    lend,
    lookup,
    names,
    share,
    weak,
)
from .accounts import Counts, Holder, LedgerEntry, report
from .errors import (
    BoundsError,
    BusyError,
    DamagedError,
    DeedError,
    DeviceError,
    DtypeError,
    DuplicateCore,
    HandleError,
    HandlesExhausted,
    InvalidArgument,
    NameTaken,
    NameUnknown,
    NotTitleError,
    NullError,
    OrderError,
    OriginError,
    OutOfMemory,
    RankError,
    RightsError,
    ShapeError,
    SizeError,
    StaleError,
    Status,
    UnallocatedError,
    UnsupportedError,
)
from .function import function
from .native import handle
from .paths import get_cmake_dir, get_include, get_library_path

__all__ = [
    "TRACEMALLOC_DOMAIN",
    "Array",
    "BoundsError",
    "BusyError",
    "Counts",
    "DamagedError",
    "DeedError",
    "DeviceError",
    "DtypeError",
    "DuplicateCore",
    "Function",
    "HandleError",
    "HandlesExhausted",
    "Holder",
    "InvalidArgument",
    "LedgerEntry",
    "NameTaken",
    "NameUnknown",
    "NotTitleError",
    "NullError",
    "OrderError",
    "OriginError",
    "OutOfMemory",
    "RankError",
    "RightsError",
    "ShapeError",
    "SizeError",
    "StaleError",
    "Status",
    "UnallocatedError",
    "UnsupportedError",
    "Weak",
    "__version__",
    "adopt",
    "alloc",
    "arg",
    "counts",
    "from_arrow",
    "from_buffer",
    "from_dlpack",
    "function",
    "get_cmake_dir",
    "get_include",
    "get_library_path",
    "handle",
    "ledger",
    "lend",
    "lookup",
    "names",
    "publish",
    "report",
    "share",
    "weak",
]


def publish(array: Array, name: str) -> None:
    """Publish an array in the registry. array must hold the title (NotTitleError); NameTaken."""
    if not isinstance(array, Array):
        raise TypeError(f"array must be a deed.Array, not {array!r}")
    array.publish(name)
