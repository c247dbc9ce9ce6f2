# SPDX-License-Identifier: BSD-3-Clause
"""The same procedure through f2py and through deed: which arrays are copied on the way."""

import sys

import numpy as np

import deed
from deed import arg

library, folder = sys.argv[1:]
sys.path.insert(0, folder)
import heat_f2py  # noqa: E402

by_f2py = heat_f2py.heat.heat_step
by_deed = deed.function(
    library,
    "heat_step",
    [
        arg.descriptor("u", "float64", rank=2, intent="inout"),
        arg.value("rate", "float64"),
        arg.reference("change", "float64", intent="out"),
    ],
)

plate = np.zeros((40, 60))
plate[10:20, 10:20] = 100.0
layouts = {
    "Fortran order": np.asfortranarray,
    "C order": np.ascontiguousarray,
    "every second column": lambda u: u[:, ::2],
    "float32": lambda u: u.astype("float32"),
}

for name, layout in layouts.items():
    given = layout(plate.copy())
    result, change = by_f2py(given, 0.1)
    f2py_does = "works in place" if np.shares_memory(result, given) else "copies it"
    given = layout(plate.copy())
    try:
        assert by_deed(given, 0.1) == change
        assert np.array_equal(given, result)
        deed_does = "works in place"
    except deed.DtypeError:
        deed_does = "refuses it"
    print(f"{name}: f2py {f2py_does}, deed {deed_does}")
