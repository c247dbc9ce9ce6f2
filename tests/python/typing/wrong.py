# SPDX-License-Identifier: BSD-3-Clause
"""Mistakes that mypy must find: each line marked so has exactly one error."""

from __future__ import annotations

import deed

a = deed.alloc("3")  # wrong
a.shape = (3,)  # wrong
a["x"]  # wrong
a.copy(order="X")  # wrong
deed.lookup(3)  # wrong
print(deed.Status.EWHAT)  # wrong
n: int = a.owner  # wrong
deed.arg.descriptor("u", "float64", 2, "output")  # wrong
