# SPDX-License-Identifier: BSD-3-Clause
"""Two procedures of an unmodified Fortran module, called with ndarrays."""

import sys

import numpy as np

import deed
from deed import arg

library = sys.argv[1]
step = deed.function(
    library,
    "heat_step",
    [
        arg.descriptor("u", "float64", rank=2, intent="inout"),
        arg.value("rate", "float64"),
        arg.reference("change", "float64", intent="out"),
    ],
)
hot = deed.function(
    library,
    "heat_hot",
    [
        arg.descriptor("u", "float64", rank=2),
        arg.value("threshold", "float64"),
        arg.allocatable("hot", "float64", rank=1),
    ],
)

plate = np.zeros((40, 60))
plate[10:20, 10:20] = 100.0
left_half = plate[:, ::2]  # strides, which go to Fortran as they are
for _ in range(3):
    change = step(left_half, 0.1)
print(f"largest change {change:.3f}")

with hot(plate, 50.0) as values:  # Fortran allocated it, and Fortran's allocator frees it
    print(f"{values.shape[0]} hot values in {values.origin} memory")

try:
    step(plate.astype("float32"), 0.1)
except deed.DtypeError as error:
    print(error)
