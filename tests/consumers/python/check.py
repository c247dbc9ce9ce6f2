# SPDX-License-Identifier: BSD-3-Clause
"""Use the installed consumer together with deed, and see that one core is loaded."""

import consumer
import numpy as np

import deed

field = deed.adopt(np.full((4, 3), 2.0, order="F"))
consumer.scale(field, 21.0)
assert (field.numpy() == 42.0).all()
field.release()

with open("/proc/self/maps") as maps:
    cores = {line.split()[-1] for line in maps if "libdeed" in line}
assert cores == {deed.get_library_path()}, cores
assert deed.counts().live_blocks == 0
print("consumer works")
