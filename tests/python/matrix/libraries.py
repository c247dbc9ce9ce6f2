# SPDX-License-Identifier: BSD-3-Clause
"""The libraries by name. Each is imported in a process of its own, because not all of them live together."""

from __future__ import annotations

import importlib

from .library import Library

#: name: (module, class). "numpy-1" is numpy in an interpreter that has NumPy 1.26.
PLACES = {
    "numpy": ("lib_numpy", "NumPy"),
    "memoryview": ("lib_standard", "MemoryView"),
    "bytes": ("lib_standard", "Bytes"),
    "bytes (read-only)": ("lib_standard", "ReadOnlyBytes"),
    "array": ("lib_standard", "Array"),
    "mmap": ("lib_standard", "Mmap"),
    "ctypes": ("lib_standard", "Ctypes"),
    "pickle 5": ("lib_standard", "Pickle"),
    "cffi": ("lib_cffi", "Cffi"),
    "array-api-strict": ("lib_numpy", "ArrayAPIStrict"),
    "numpy-1": ("lib_numpy", "NumPy"),
    "torch": ("lib_torch", "Torch"),
    "jax": ("lib_jax", "Jax"),
    "pyarrow": ("lib_pyarrow", "PyArrow"),
    "pyarrow buffer": ("lib_pyarrow", "ArrowBuffer"),
}
QUICK = [*PLACES][: [*PLACES].index("numpy-1")]


def load(name: str) -> Library:
    module, cls = PLACES[name]
    library = getattr(importlib.import_module(f"{__package__}.{module}"), cls)()
    if library.name != name:
        raise RuntimeError(f"this interpreter has {library.name} {library.version()}, not {name}")
    return library


if __name__ == "__main__":
    print(*PLACES, sep="\n")
