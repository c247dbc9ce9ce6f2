# SPDX-License-Identifier: BSD-3-Clause
"""Write the C source of cffi's wrapper (API mode) to the path that is the only argument."""

import re
import sys
from pathlib import Path

import cffi

header = (Path(__file__).parent / "kernels.h").read_text()
declarations = re.findall(r"^void [^;]+;", header, re.MULTILINE)

ffi = cffi.FFI()
ffi.cdef("\n".join(declarations))
ffi.set_source("cffi_peer", '#include "kernels.h"')
ffi.emit_c_code(sys.argv[1])
