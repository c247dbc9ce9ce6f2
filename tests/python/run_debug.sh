#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Build the Python package for Debian's debug build of the interpreter, which checks itself and counts all references, and
# run tests there, by default those that look for leaks:
#   tests/python/run_debug.sh [PYTEST ARGUMENT ...]
# The environment and the build are kept in build/python-debug. NumPy is that of the index: a debug interpreter loads
# modules of the release build.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(realpath "$here/../..")
build=$root/build/python-debug
python=$build/venv/bin/python

[[ -x /usr/bin/python3-dbg ]] || { echo "run_debug.sh: ./dev setup debug installs python3-dbg" >&2; exit 1; }
[[ -x $python ]] || /usr/bin/python3-dbg -m venv "$build/venv"
"$python" -m pip install --quiet --disable-pip-version-check numpy cffi pytest hypothesis

# Debian's headers of the debug build are links to those of the release build: if gcc followed them, it would read the
# release build's pyconfig.h beside them.
cmake -S "$root" --preset dev -B "$build" --log-level=NOTICE -DPython_EXECUTABLE="$python" \
  -DCMAKE_C_FLAGS=-fno-canonical-system-headers
cmake --build "$build" --parallel "$(nproc)" --target deed_python deed_python_native
cd "$here"
[[ $# -gt 0 ]] || set -- test_leaks.py test_trace.py test_array_ufunc.py test_python_owner.py
PYTHONPATH=$build/python DEED_TEST_NATIVE=$build/tests/python/native.so "$python" -X dev -m pytest -q -p no:cacheprovider "$@"
