# SPDX-License-Identifier: BSD-3-Clause
"""What people do with an array that crossed: copy, join, save, load, compare. A view hides wrong elements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .library import Library, NotThere


class Wrong(Exception):
    """An observation that contradicts what deed promises."""


def check(condition: bool, text: str) -> None:
    if not condition:
        raise Wrong(text)


def results(use: Callable[..., list[Any]], *things: Any) -> list[Any]:
    try:
        return use(*things)
    except NotThere:
        return []


def check_copies(library: Library, thing: Any) -> list[Any]:
    """The copies, each with memory of its own and the elements of thing."""
    content = library.content(thing)
    copies = results(library.copies, thing)
    for number, copy in enumerate(copies):
        check(not content or library.address(copy) != library.address(thing), f"copy {number} is none")
        check(library.content(copy) == content, f"values of copy {number} differ")
        check(library.dtype(copy) == library.dtype(thing), f"{library.dtype(copy)} of copy {number}")
    return copies


def check_joined_and_loaded(library: Library, thing: Any) -> None:
    content = library.content(thing)
    for number, joined in enumerate(results(library.joined, thing)):
        check(library.content(joined) == 2 * content, f"values of two that were joined differ, {number}")
    for number, loaded in enumerate(results(library.loaded, thing)):
        check(library.content(loaded) == content, f"values that were saved and loaded differ, {number}")


def compared(library: Library, thing: Any, copy: Any) -> bool | None:
    try:
        return library.equal(thing, copy)
    except NotThere:
        return None


def check_uses(library: Library, thing: Any, change: Callable[[], None] | None) -> None:
    """change: makes an element of thing another; None if it has no elements."""
    copies = check_copies(library, thing)
    check_joined_and_loaded(library, thing)
    for copy in copies:
        check(compared(library, thing, copy) is not False, "not equal to its copy")
    if change:
        change()
        for copy in copies:
            check(not compared(library, thing, copy), "equal to a copy of what it was before")
