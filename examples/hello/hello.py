# SPDX-License-Identifier: BSD-3-Clause
import numpy as np

import deed

elevation = np.zeros((4, 3))
with deed.lend(elevation, name="hello/field") as field:  # deed never frees it; others find it by name
    share = deed.lookup("hello/field")  # one more claim, no copy
    seen = share.numpy()  # an ndarray that keeps its claim
    seen[3, 2] = 42.0
    try:
        field.recall()
    except deed.BusyError as busy:
        print(busy)  # says who holds it, and where
    del share, seen
print(elevation[3, 2], deed.counts().live_blocks)
