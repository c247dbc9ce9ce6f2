# SPDX-License-Identifier: BSD-3-Clause
"""The matrix of protocols, with the libraries that install in a moment; run_matrix.sh has all of them."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matrix import cell, expectations, libraries, run
from matrix.layouts import DTYPES, LAYOUTS, Layout, Memory
from matrix.library import Route

import deed

FOLDER = Path(__file__).parent
NUMPY = libraries.load("numpy" if int(np.__version__.split(".")[0]) >= 2 else "numpy-1")


def matrix(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "matrix", *options]
    return subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """All quick libraries: what was printed, and the cells."""
    file = tmp_path_factory.mktemp("matrix") / "outcomes"
    done = matrix("--json", str(file))
    return done, json.loads(file.read_text(encoding="utf-8"))


def test_every_cell_is_as_expected(tried):
    done, _ = tried
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("library", libraries.QUICK)
def test_every_library_is_tried(tried, library):
    _, outcomes = tried
    assert outcomes["versions"][library]
    assert "ok" in {cell["kind"] for cell in outcomes["cells"] if cell["library"] == library}


def kinds(tried, *columns: str) -> set[str]:
    _, outcomes = tried
    cells = (cell for cell in outcomes["cells"] if cell["protocol"] != "pickle")  # which packs, and says so
    return {cell["kind"] for cell in cells if cell["column"] in columns}


def test_trap_a39_negative_strides_are_represented_or_refused(tried):
    assert kinds(tried, "reversed", "1-d reversed") <= {"ok", "refused", "none"}


def test_trap_a41_offsets_and_misaligned_elements_have_the_right_address_or_are_refused(tried):
    assert kinds(tried, "offset", "1-d offset", "odd bytes") <= {"ok", "refused", "none"}


def test_trap_a42_strides_are_never_ignored(tried):
    assert kinds(tried, "F", "transposed", "stepped", "field", "1-d stepped") <= {"ok", "refused", "none"}


def test_a_cell_that_is_not_as_expected_fails(tmp_path):
    wrong = tmp_path / "expectations.txt"
    text = expectations.FILE.read_text(encoding="utf-8")
    wrong.write_text("ndarray | memoryview, numpy | out | F | refused BufferError | a lie\n" + text)
    done = matrix("--library", "numpy", "--expectations", str(wrong))
    assert done.returncode == 1
    assert "ndarray / numpy / out / F: ok, line 1 expects refused BufferError" in done.stdout
    assert ", 1 FAIL" in done.stdout


def test_an_expectation_that_fits_no_cell_fails(tmp_path):
    wrong = tmp_path / "expectations.txt"
    text = expectations.FILE.read_text(encoding="utf-8")
    wrong.write_text(text + "ndarray | mmap | sideways | F | none | a lie\n")
    done = matrix("--library", "mmap", "--expectations", str(wrong))
    assert done.returncode == 1
    assert "fits no cell" in done.stdout


def test_a_library_that_is_not_there_fails():
    done = matrix("--library", "numpy-1")
    assert done.returncode == 1
    assert "numpy-1 could not be tried" in done.stdout


@pytest.mark.parametrize(
    "text", ["a | b | c | d | ok", "a|b|c|d|perhaps|", "a|b|c|d|refused|", "a|b|c|d|ok X|"]
)
def test_a_line_without_meaning_is_an_error(text):
    with pytest.raises(ValueError, match="line 7"):
        expectations.parse(7, text)


KEPT: list[deed.Array] = []


def keep(array: deed.Array) -> deed.Array:
    KEPT.append(array)
    return array.share()


@pytest.mark.parametrize(
    ("cross", "complaint"),
    [
        (lambda thing: deed.adopt(thing.copy("K")), "copy"),
        (lambda thing: keep(deed.adopt(thing)), "wrong the object has more or fewer references"),
        (lambda thing: deed.adopt(thing.T), "wrong shape"),
        (lambda thing: deed.adopt(thing.view("int64")), "wrong int64, not float64"),
        (lambda thing: deed.adopt(thing[::-1]), "wrong values differ"),
        (lambda thing: deed.adopt(np.lib.stride_tricks.as_strided(thing, writeable=False)), "narrow"),
    ],
)
def test_a_wrong_way_into_deed_is_noticed(cross, complaint):
    outcome = cell.run(NUMPY, Route("ndarray", "in", cross), LAYOUTS[0])
    KEPT.clear()
    assert f"{outcome.kind} {outcome.detail}".startswith(complaint)


def writable(array: deed.Array) -> np.ndarray:
    view = array.numpy()
    raw = (ctypes.c_char * view.nbytes).from_address(view.ctypes.data)
    raw.keep = view
    return np.frombuffer(raw, view.dtype).reshape(view.shape)


@pytest.mark.parametrize(
    ("cross", "column", "complaint"),
    [
        (lambda array: array.numpy().copy(), "C", "copy"),
        (lambda array: keep(array.share()).numpy(), "C", "wrong 1 blocks made, 0 ended"),
        (lambda array: array.numpy()[::-1], "0-d", "refused"),
        (lambda array: array.numpy().T, "C", "wrong shape"),
        (writable, "read-only", "unsafe"),
    ],
)
def test_a_wrong_way_out_of_deed_is_noticed(cross, column, complaint):
    layout = next(layout for layout in LAYOUTS if layout.name == column)
    outcome = cell.run(NUMPY, Route("ndarray", "out", cross), layout)
    KEPT.clear()
    assert f"{outcome.kind} {outcome.detail}".startswith(complaint)


class Worse(type(NUMPY)):
    """NumPy, but that one use of what crossed is wrong."""


def worse(use: str, function) -> Worse:
    library = Worse()
    setattr(library, use, function)
    return library


@pytest.mark.parametrize(
    ("use", "function", "complaint"),
    [
        ("copies", lambda x: [x], "wrong copy 0 is none"),
        ("copies", lambda x: [x.copy(), np.zeros_like(x)], "wrong values of copy 1 differ"),
        ("copies", lambda x: [x.copy().view("int64")], "wrong int64 of copy 0"),
        ("joined", lambda x: [np.stack([x, 2 * x])], "wrong values of two that were joined differ"),
        ("loaded", lambda x: [x + 1], "wrong values that were saved and loaded differ"),
        ("equal", lambda x, y: True, "wrong equal to a copy of what it was before"),
        ("equal", lambda x, y: False, "wrong not equal to its copy"),
    ],
)
def test_a_wrong_use_of_what_crossed_is_noticed(use, function, complaint):
    library = worse(use, function)
    outcome = cell.run(library, library.routes[0], LAYOUTS[0])
    assert f"{outcome.kind} {outcome.detail}".startswith(complaint)


def test_a_process_that_dies_is_the_outcome_of_its_cell(tmp_path):
    file = tmp_path / "said"
    file.write_text(
        '{"version": "1"}\n'
        '{"number": 0, "key": ["p", "l", "out", "C"]}\n'
        '{"number": 0, "outcome": ["ok", "", ""]}\n'
        '{"number": 1, "key": ["p", "l", "out", "F"]}\n'
    )
    cells: dict = {}
    version, following, pending = run.read(file, cells)
    assert (version, following, pending) == ("1", 2, ("p", "l", "out", "F"))
    assert cells == {("p", "l", "out", "C"): ("ok", "", "")}


@pytest.mark.parametrize("layout", [*LAYOUTS, *DTYPES], ids=lambda layout: layout.name)
def test_a_layout_is_what_numpy_makes_of_it(layout: Layout):
    memory = Memory.of(layout)
    assert memory.ndarray(layout).tobytes() == memory.gathered(layout)
    assert layout.encoded(91) != layout.encoded(52)
