# SPDX-License-Identifier: BSD-3-Clause
"""Names that are like one that is not there, for the errors that say so."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def near_names(name: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Up to count of names, the nearest first. Case and underscores around do not count; if that is all the
    difference, only those.
    """
    plain: dict[str, list[str]] = {}
    for each in names:
        plain.setdefault(_plain(each), []).append(each)
    if _plain(name) in plain:
        return plain[_plain(name)][:count]
    matches = difflib.get_close_matches(_plain(name), plain, n=count, cutoff=0.7)
    return [each for match in matches for each in plain[match]][:count]


def _plain(name: str) -> str:
    return name.strip("_").casefold()
