# SPDX-License-Identifier: BSD-3-Clause
"""The stubs: complete, true to the module, and of use to a type checker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import deed

FOLDER = Path(__file__).parent / "typing"
PACKAGE = Path(deed.__file__).parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=FOLDER)


def test_stubs_agree_with_the_module():
    done = run(
        "mypy.stubtest",
        "--allowlist",
        str(Path(__file__).parent / "typing" / "stubtest_allowed.txt"),
        "--ignore-unused-allowlist",
        "deed._core",
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_sample_passes_strict_checks(tmp_path):
    done = run("mypy", "--strict", "--cache-dir", str(tmp_path), "sample.py")
    assert done.returncode == 0, done.stdout + done.stderr


def test_package_passes_strict_checks(tmp_path):
    done = run("mypy", "--strict", "--cache-dir", str(tmp_path), "-p", "deed")
    assert done.returncode == 0, done.stdout + done.stderr


def test_mistakes_are_found(tmp_path):
    done = run("mypy", "--strict", "--cache-dir", str(tmp_path), "wrong.py")
    found = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    source = (FOLDER / "wrong.py").read_text().splitlines()
    assert found == {k for k, line in enumerate(source, 1) if line.endswith("# wrong")}, done.stdout


def test_py_typed_is_installed():
    assert (PACKAGE / "py.typed").exists()
    assert (PACKAGE / "_core.pyi").exists()
