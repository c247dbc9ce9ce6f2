# SPDX-License-Identifier: BSD-3-Clause
"""The bars that README.md names are those that ./dev bench prints."""

from __future__ import annotations

import re
from pathlib import Path

from bars import BARS, FACT_BARS

README = Path(__file__).resolve().parents[2] / "README.md"


def limits(case: str) -> list[float]:
    """Those of the bars of a case for what deed costs at most, the quiet one first."""
    return [bar.limit for bar in [*BARS, *FACT_BARS] if bar.case == case and "at most" in str(bar)]


def test_readme_names_the_bars_as_they_are():
    rows = {
        "a share and its release": "share_release",
        "8 KiB, allocated": "alloc_release_8KiB",
        "an array becomes an ndarray": "ndarray_out",
        "three arrays": "three_arrays",
        "a handover": "handover_share",
        "records of an array": "live_memory",
    }
    text = README.read_text()
    for beginning, case in rows.items():
        row = re.search(rf"^\| {re.escape(beginning)}.*$", text, re.MULTILINE)
        assert row, beginning
        assert [float(each) for each in re.findall(r"at most ([\d.]+)", row[0])] == limits(case), beginning
    assert len(re.findall(r"at most \d", text)) == len(rows) + 1
