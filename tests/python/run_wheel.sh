#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Install the wheel in a fresh environment and run the quick tests there, by default with the oldest NumPy that deed supports:
#   tests/python/run_wheel.sh [--python COMMAND] [--numpy REQUIREMENT] [--wheel FILE]
# Without --wheel, the wheel is built from this source tree.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=python3
numpy='numpy==1.26.*'
wheel=
while [[ $# -gt 0 ]]; do
  case $1 in
    --python) python=$2 ;;
    --numpy) numpy=$2 ;;
    --wheel) wheel=$(realpath "$2") ;;
    *) echo "usage: $0 [--python COMMAND] [--numpy REQUIREMENT] [--wheel FILE]" >&2; exit 2 ;;
  esac
  shift 2
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" -m venv "$folder/venv"
pip=("$folder/venv/bin/python" -m pip --quiet --disable-pip-version-check)
if [[ -z $wheel ]]; then
  "${pip[@]}" wheel --no-deps --wheel-dir "$folder" "$here/../.."
  wheel=$(echo "$folder"/deed_arrays-*.whl)
fi
"${pip[@]}" install "$numpy" cffi pytest hypothesis
"${pip[@]}" install --no-deps "$wheel"
"$folder/venv/bin/python" -c 'import numpy, deed; print("numpy", numpy.__version__, "deed", deed.__version__)'
cd "$here"
env -u PYTHONPATH -u DEED_TEST_NATIVE "$folder/venv/bin/python" -m pytest -q -p no:cacheprovider \
  --ignore=test_leaks.py --ignore=test_typing.py --ignore=test_matrix.py
