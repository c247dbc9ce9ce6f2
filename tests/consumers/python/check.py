# SPDX-License-Identifier: BSD-3-Clause
"""Use the installed consumer together with deed, and see that one core is loaded.

check.py FIRST, where FIRST is the module that is imported first: consumer or deed.
"""

import ctypes
import importlib
import sys
from pathlib import Path

import numpy as np

importlib.import_module(sys.argv[1])
consumer = importlib.import_module("consumer")
deed = importlib.import_module("deed")


def fortran_works_on_an_ndarray():
    field = deed.adopt(np.full((4, 3), 2.0, order="F"))
    assert consumer.solver.solver_scale(field, ctypes.c_double(21.0)) == 0
    assert (field.numpy() == 42.0).all()
    assert consumer.average(field) == 42.0


def python_works_on_an_allocatable():
    handle = deed.handle()
    assert consumer.solver.solver_make(ctypes.byref(handle)) == 0
    title = deed.Array.from_handle(handle)
    share = title.share()
    share.numpy()[3, 2] = 14.0
    assert title.lower == (0, -1)
    assert consumer.average(title) == 3.0
    assert consumer.solver.solver_finish(title) == deed.Status.EBUSY
    share.release()
    assert consumer.solver.solver_finish(title) == 0
    assert not title.is_live


def loaded_cores():
    lines = Path("/proc/self/maps").read_text().splitlines()
    return {line.split()[-1] for line in lines if "libdeed" in line}


fortran_works_on_an_ndarray()
python_works_on_an_allocatable()
assert loaded_cores() == {deed.get_library_path()}, loaded_cores()
counts = deed.counts()
assert (counts.live_blocks, counts.live_claims, counts.copies) == (0, 0, 0), counts
print("consumer works")
