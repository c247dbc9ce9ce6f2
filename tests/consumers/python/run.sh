#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# run.sh SOURCE PYTHON WORK - build deed's wheel, then the consumer with deed as a build requirement, and use both in a fresh
# environment. Only what is not deed may come from elsewhere: it is gathered first, then nothing is asked for outside.
set -eu
source=$1 python=$2 work=$3
rm -rf "$work"
mkdir -p "$work/wheels"
"$python" -m venv "$work/venv"
pip() { "$work/venv/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }

pip wheel --wheel-dir "$work/wheels" 'scikit-build-core>=0.11' 'numpy>=2.0'
export PIP_NO_INDEX=1 PIP_FIND_LINKS="$work/wheels"
pip wheel --no-deps --wheel-dir "$work/wheels" --config-settings=build-dir="$work/deed" "$source"
pip install "$source/tests/consumers/python"

for first in consumer deed; do
  "$work/venv/bin/python" "$source/tests/consumers/python/check.py" $first
done
