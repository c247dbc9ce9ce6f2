#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# run.sh SOURCE PYTHON WORK - build deed's wheel, then the consumer with deed as a build requirement, and use both in a fresh
# environment.
set -eu
source=$1 python=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
"$python" -m venv "$work/venv"
pip="$work/venv/bin/python -m pip --quiet --disable-pip-version-check"
$pip wheel --no-deps --wheel-dir "$work/wheels" "$source"
cp -r "$source/tests/consumers/python" "$work/consumer"
$pip install --find-links "$work/wheels" "$work"/wheels/deed_arrays-*.whl "$work/consumer"
"$work/venv/bin/python" "$work/consumer/check.py"
