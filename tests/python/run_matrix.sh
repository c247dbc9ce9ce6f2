#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Install the libraries of the matrix of protocols in environments of their own, and try and print the matrix:
#   tests/python/run_matrix.sh [--package FOLDER] [--library NAME ...] [--json FILE]
# Without --library, all of them. --package: the folder that has the built package deed; without it, the wheel is built
# from this source tree. The environments are kept in build/matrix.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(realpath "$here/../..")
environments=$root/build/matrix
package=
libraries=()
options=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --package) package=$(realpath "$2") ;;
    --library) libraries+=("$2") ;;
    --json) options+=(--json "$(realpath -m "$2")") ;;
    *) echo "usage: $0 [--package FOLDER] [--library NAME ...] [--json FILE]" >&2; exit 2 ;;
  esac
  shift 2
done
if [[ ${#libraries[@]} -eq 0 ]]; then
  mapfile -t libraries < <(cd "$here" && python3 -m matrix.libraries)
fi

# environment NAME REQUIREMENT ...: a virtual environment with at least these. It is kept, and added to when they change.
environment() {
  local folder=$environments/$1 stamp=$environments/$1/requirements
  shift
  [[ -x $folder/bin/python ]] || python3 -m venv "$folder"
  if [[ ! -e $stamp || $(< "$stamp") != "$*" ]]; then
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$@" 2> "$folder/pip.log" ||
      { cat "$folder/pip.log" >&2; exit 1; }
    echo "$*" > "$stamp"
  fi
}

requirements=(numpy)
for library in "${libraries[@]}"; do
  case $library in
    torch) requirements+=(torch==2.13.0) ;;
    jax) requirements+=(jax jaxlib) ;;
    pyarrow*) requirements+=(pyarrow) ;;
    cffi | array-api-strict) requirements+=("$library") ;;
    numpy-1) environment old 'numpy==1.26.*'; options+=(--interpreter "numpy-1=$environments/old/bin/python") ;;
  esac
  options+=(--library "$library")
done
mapfile -t requirements < <(printf '%s\n' "${requirements[@]}" | sort -u)
environment new "${requirements[@]}"

if [[ -z $package ]]; then
  package=$environments/package
  rm -rf "$package"
  "$environments/new/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$package" "$root"
fi
cd "$here"
PYTHONPATH=$package "$environments/new/bin/python" -m matrix "${options[@]}"
