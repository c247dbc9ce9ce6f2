# SPDX-License-Identifier: BSD-3-Clause
"""The functions that a loaded library has, for the error that one is not there.

dlsym() does not list any, so the table is read in the ELF file. Where that cannot be done there is none.
"""

from __future__ import annotations

import ctypes
import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from .near import near_names

_LINK_MAP = 2  # RTLD_DI_LINKMAP
_SYMBOLS_OF_THE_LINKER, _SYMBOLS_OF_THE_FILE = 11, 2  # SHT_DYNSYM, SHT_SYMTAB
_FUNCTIONS = (2, 10)  # STT_FUNC, STT_GNU_IFUNC

# What compilers make of a name: of procedures that are not bind(C), and of C++ functions.
_MANGLED = [
    re.compile(r"__.+_MOD_(.+)"),  # gfortran, in a module
    re.compile(r"_Q(?:[MSF][a-z0-9_]+)*P([a-z0-9_]+)"),  # flang
    re.compile(r".+_mp_(.+)_"),  # Intel
    re.compile(r"([^_].*?)__?"),  # outside of modules
]


class _LinkMap(ctypes.Structure):
    """struct link_map, as far as it is read here."""

    _fields_ = (("load_address", ctypes.c_void_p), ("path", ctypes.c_char_p))


def missing_symbol(library: ctypes.CDLL, name: str) -> str:
    """What to say of a symbol that a library has not: with the names that may have been meant."""
    message = f"library {library._name!r} has no symbol {name!r}"
    try:
        exported, hidden = _functions(_path(library))
    except (OSError, AttributeError, struct.error, LookupError, OverflowError, ValueError):
        return message
    wanted = name.partition("@")[0]
    if wanted in hidden:
        return f"{message}; the function is in it, but not exported"
    plain: dict[str, list[str]] = {}
    for symbol in sorted(exported):
        plain.setdefault(_plain(symbol), []).append(symbol)
    near = [symbol for each in near_names(_plain(wanted), plain) for symbol in plain[each]][:3]
    return f"{message}; it has {' and '.join(map(_said, near))}" if near else message


def _said(symbol: str) -> str:
    """A name, and that its arguments are not passed as C and bind(C) pass them."""
    if symbol.startswith("_Z"):
        return f"{symbol!r} (C++)"
    return repr(symbol) + (" (not bind(C))" if _plain(symbol) != symbol else "")


def _plain(symbol: str) -> str:
    """The name in the source."""
    if symbol.startswith("_Z"):
        return _plain_cxx(symbol)
    for pattern in _MANGLED:
        match = pattern.fullmatch(symbol)
        if match:
            return match[1]
    return symbol


def _plain_cxx(symbol: str) -> str:
    """The last of the names that a C++ symbol is made of: each has its length in front."""
    name, rest = symbol, re.sub(r"^_ZN?[KVr]*", "", symbol)
    while (length := re.match(r"\d+", rest)) is not None:
        end = length.end() + int(length[0])
        name, rest = rest[length.end() : end], rest[end:]
    return name


def _path(library: ctypes.CDLL) -> str:
    """The file that was loaded, wherever it was found."""
    found = ctypes.POINTER(_LinkMap)()
    handle = ctypes.c_void_p(library._handle)
    if ctypes.CDLL(None).dlinfo(handle, ctypes.c_int(_LINK_MAP), ctypes.byref(found)) != 0:
        raise OSError
    return os.fsdecode(found.contents.path or b"/proc/self/exe")


def _functions(path: str) -> tuple[set[str], set[str]]:
    """The names of the functions that the file exports, and of its others."""
    file = Path(path).read_bytes()
    if file[:5] != b"\x7fELF\x02":  # of 64 bits
        raise ValueError
    order = "<" if file[5] == 1 else ">"
    exported = set(_names(file, order, _SYMBOLS_OF_THE_LINKER))
    return exported, set(_names(file, order, _SYMBOLS_OF_THE_FILE)) - exported


def _names(file: bytes, order: str, kind: int) -> Iterator[str]:
    """The names of the functions that are defined in a table of that kind."""
    (begin,) = struct.unpack_from(order + "Q", file, 40)
    size, count = struct.unpack_from(order + "HH", file, 58)
    sections = [struct.unpack_from(order + "IIQQQQIIQQ", file, begin + k * size) for k in range(count)]
    for _, each, _, _, offset, size_bytes, link, _, _, entry_bytes in sections:
        if each != kind or entry_bytes == 0:
            continue
        texts = sections[link][4]
        for at in range(offset, offset + size_bytes, entry_bytes):
            text, info, _, section = struct.unpack_from(order + "IBBH", file, at)
            if section != 0 and info & 15 in _FUNCTIONS:
                yield file[texts + text : file.index(b"\0", texts + text)].decode(errors="replace")
