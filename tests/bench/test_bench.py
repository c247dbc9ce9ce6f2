# SPDX-License-Identifier: BSD-3-Clause
"""The benchmark command with programs of its own."""

from __future__ import annotations

import json
from pathlib import Path

import bench
import pytest

LINES = [
    {"about": {"compiler": "one"}},
    {"case": "alloc_release_256B", "subject": "deed", "ns": [10, 12]},
    {"case": "alloc_release_256B", "subject": "shared_ptr", "ns": [10, 10]},
]


@pytest.fixture
def build(tmp_path, monkeypatch) -> Path:
    """A build with one native program, and no programs of Python."""
    monkeypatch.setattr(bench, "BENCH", tmp_path)
    folder = tmp_path / "bench" / "native"
    folder.mkdir(parents=True)
    program = folder / "bench_share"
    printed = "\n".join(map(json.dumps, LINES))
    program.write_text(f"#!/bin/sh\necho \"$@\" >> {tmp_path}/told\ncat <<'END'\n{printed}\nEND\n")
    program.chmod(0o755)
    (folder / "bench_notes.txt").write_text("no program")
    return tmp_path


def test_programs_are_found_run_and_judged(build, capsys):
    figures = build / "figures.json"
    status = bench.main(["--build", str(build), "--rounds", "2", "--only", "alloc*", "--json", str(figures)])
    text = capsys.readouterr().out
    assert status == 0
    assert (
        build / "told"
    ).read_text() == "--rounds 1 --only alloc*\n--rounds 1 --load-sibling --only alloc*\n"
    assert "met           alloc_release_256B: deed against shared_ptr, at most 1.3x: 1.1 [1, 1.2]" in text
    data = json.loads(figures.read_text())
    assert data["about"] == {"bench_share": {"compiler": "one"}}
    assert data["times"]["alloc_release_256B"]["deed"]["ns"] == [10, 12, 10, 12]


def test_bars_of_other_cases_are_not_reported(build, capsys):
    bench.main(["--build", str(build), "--only", "alloc*"])
    with_only = capsys.readouterr().out
    bench.main(["--build", str(build)])
    assert "share_release" not in with_only
    assert "NOT MEASURED  share_release" in capsys.readouterr().out


def test_rounds_are_spread_over_processes(build):
    assert bench.main(["--build", str(build), "--rounds", "12"]) == 0
    told = (build / "told").read_text().splitlines()
    assert [line.split()[1] for line in told] == ["3", "3", "2", "2", "2"]
    assert ["--load-sibling" in line for line in told] == [False, True, False, True, False]


def test_program_that_fails_is_said(build, capsys):
    program = build / "bench" / "native" / "bench_wrong"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    assert bench.main(["--build", str(build)]) == 1
    assert "bench_wrong ended with status 3" in capsys.readouterr().err


def test_nothing_measured_is_a_failure(build):
    (build / "bench" / "native" / "bench_share").unlink()
    assert bench.main(["--build", str(build)]) == 1


def test_smoke_is_one_round(build):
    assert bench.main(["--build", str(build), "--smoke"]) == 0
    assert (build / "told").read_text() == "--rounds 1 --smoke\n"
