# SPDX-License-Identifier: BSD-3-Clause
"""The picture of the bars."""

from __future__ import annotations

from bars import COSTS_AT_MOST, IS_FASTER_AT_LEAST, Bar, FactBar
from plot import cost_of, draw, label_of
from regimes import QUIET
from report import Spread, Verdict


def test_every_bar_is_drawn_as_a_cost():
    slower = Verdict(Bar("a", "deed", "floor", COSTS_AT_MOST, 2), Spread(1.5, 1.25, 1.75), True)
    faster = Verdict(Bar("a", "deed", "peer", IS_FASTER_AT_LEAST, 2), Spread(4, 2.5, 5), True)
    assert cost_of(slower) == (Spread(1.5, 1.25, 1.75), 2)
    assert cost_of(faster) == (Spread(0.25, 0.2, 0.4), 0.5)


def test_label_says_the_regime():
    bar = Bar("a", "deed", "floor", COSTS_AT_MOST, 2)
    assert label_of(bar) == "a: deed / floor"
    assert label_of(bar._replace(regime=QUIET)) == "a: deed / floor, quiet"


def test_picture_is_written_if_there_is_something_to_draw(tmp_path):
    path = tmp_path / "bars.png"
    unmeasured = Verdict(Bar("a", "deed", "floor", COSTS_AT_MOST, 2), None, None)
    fact = Verdict(FactBar("bytes", "a", 1), Spread(1, 1, 1), True)
    assert draw([unmeasured, fact], path) is False
    assert not path.exists()
    measured = Verdict(Bar("a", "deed", "floor", COSTS_AT_MOST, 2), Spread(1.5, 1.25, 1.75), True)
    assert draw([unmeasured, fact, measured], path) is True
    assert path.read_bytes().startswith(b"\x89PNG")
