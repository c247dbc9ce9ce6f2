# SPDX-License-Identifier: BSD-3-Clause
"""Ratios, spreads and verdicts of the benchmark report."""

from __future__ import annotations

import json

import pytest
from bars import COSTS_AT_MOST, IS_FASTER_AT_LEAST, Bar, FactBar
from regimes import BUSY, QUIET
from report import Results, Spread, as_data, as_text, judge, judge_all, judge_fact, ratio_of, spread_of


def results_of(**subjects: list[float]) -> Results:
    results = Results()
    for subject, ns in subjects.items():
        results.add("program", json.dumps({"case": "share", "subject": subject, "ns": ns}))
    return results


def test_processes_of_a_program_add_up():
    results = results_of(deed=[1, 2])
    results.add("program", json.dumps({"case": "share", "subject": "deed", "ns": [3]}))
    for value in (5, 6):
        results.add("program", json.dumps({"fact": "bytes", "value": value, "case": "share"}))
    assert results.ns("share", "deed") == [1, 2, 3]
    assert [each["value"] for each in results.facts] == [5]


def test_spread_is_median_and_quartiles():
    assert spread_of([5, 1, 4, 2, 3]) == Spread(3, 2, 4)
    assert spread_of([1, 2]) == Spread(1.5, 1.25, 1.75)
    assert spread_of([7]) == Spread(7, 7, 7)


def test_ratio_is_taken_round_by_round():
    # The second round was disturbed as a whole; ratios of medians would show 10 / 20.
    assert ratio_of([10, 100, 10], [5, 50, 20]) == Spread(2, 1.25, 2)


def test_ratio_needs_the_same_rounds():
    with pytest.raises(ValueError, match="zip"):
        ratio_of([1, 2], [1])


@pytest.mark.parametrize(
    ("way", "limit", "met"),
    [
        (COSTS_AT_MOST, 2, True),
        (COSTS_AT_MOST, 1.99, False),
        (IS_FASTER_AT_LEAST, 0.5, True),
        (IS_FASTER_AT_LEAST, 0.51, False),
    ],
)
def test_bar_is_met_up_to_its_limit(way, limit, met):
    verdict = judge(Bar("share", "deed", "floor", way, limit), results_of(deed=[20.0] * 3, floor=[10.0] * 3))
    assert verdict.met is met
    assert verdict.figure.median == (2 if way == COSTS_AT_MOST else 0.5)
    assert str(verdict).startswith("met" if met else "MISSED")


def test_bar_whose_subject_is_missing_is_not_measured():
    verdict = judge(Bar("share", "deed", "floor", COSTS_AT_MOST, 2), results_of(deed=[1.0]))
    assert (verdict.figure, verdict.met) == (None, None)
    assert str(verdict).startswith("NOT MEASURED")


def in_turn(**subjects: list[float]) -> Results:
    """Each subject with batches of the same turns: the first half quiet, the rest busy."""
    results = Results()
    for subject, ns in subjects.items():
        widths = [3.5 if k < len(ns) / 2 else 2.0 for k in range(len(ns))]
        batches = [[each, width, width] for each, width in zip(ns, widths, strict=True)]
        line = {"case": "share", "subject": subject, "ns": [1.0], "batches": batches}
        results.add("program", json.dumps(line))
    return results


@pytest.mark.parametrize(
    ("regime", "limit", "met", "median"),
    [(QUIET, 1.1, True, 1.1), (QUIET, 1.09, False, 1.1), (BUSY, 1.9, True, 1.9), (BUSY, 1.89, False, 1.9)],
)
def test_bar_of_a_regime_is_judged_in_that(regime, limit, met, median):
    results = in_turn(deed=5 * [11.0] + 5 * [19.0], floor=10 * [10.0])
    verdict = judge(Bar("share", "deed", "floor", COSTS_AT_MOST, limit, regime), results)
    assert (verdict.met, verdict.figure.median, verdict.batches) == (met, median, 5)
    assert f"when {regime}" in str(verdict)
    assert str(verdict).endswith("(5 batches)")


@pytest.mark.parametrize("regime", [QUIET, BUSY])
def test_bar_of_a_regime_that_was_hardly_seen_is_not_measured(regime):
    bar = Bar("share", "deed", "floor", COSTS_AT_MOST, 2, regime)
    verdict = judge(bar, in_turn(deed=8 * [1.0], floor=8 * [1.0]))
    assert (verdict.figure, verdict.met, verdict.batches) == (None, None, 4)
    assert str(verdict).startswith("NOT MEASURED")
    without_batches = judge(bar, results_of(deed=9 * [1.0], floor=9 * [1.0]))
    assert (without_batches.met, without_batches.batches) == (None, 0)


def test_batches_of_processes_add_up():
    results = in_turn(deed=6 * [1.0], floor=6 * [1.0])
    more = in_turn(deed=6 * [3.0], floor=6 * [1.0])
    for record in more.times["share"].values():
        results.add("program", json.dumps(record))
    assert judge(Bar("share", "deed", "floor", COSTS_AT_MOST, 2, QUIET), results).batches == 6


def test_text_says_both_regimes():
    results = in_turn(deed=5 * [11.0] + 5 * [19.0], floor=10 * [10.0])
    text = as_text({}, results, [])
    assert "regime: quiet 50%, busy 50% of the turns; whole width 3.50" in text
    assert "quiet 1.100  busy 1.900" in text
    assert as_data({}, results, [])["regimes"] == {"quiet": 0.5, "busy": 0.5}
    assert "regime: not seen" in as_text({}, results_of(deed=[1.0]), [])


def test_bar_of_a_fact():
    results = Results()
    results.add("program", json.dumps({"fact": "bytes_per_array", "value": 180, "case": "live"}))
    assert judge_fact(FactBar("bytes_per_array", "live", 180), results).met is True
    assert judge_fact(FactBar("bytes_per_array", "live", 179), results).met is False
    assert judge_fact(FactBar("bytes_per_array", "dead", 180), results).met is None


@pytest.mark.parametrize(
    "line",
    ["[]", "{}", "nothing", '{"case": "a", "subject": "b"}', '{"case": "a", "subject": "b", "ns": []}'],
)
def test_line_of_another_kind_is_refused(line):
    with pytest.raises(ValueError, match=r"program|Expecting"):
        Results().add("program", line)


def test_text_compares_with_the_floor_and_says_every_bar():
    results = results_of(deed=[30.0, 30.0], floor=[20.0, 20.0])
    results.add("program", json.dumps({"about": {"compiler": "one"}}))
    results.add("program", json.dumps({"fact": "copies", "value": 0, "case": "share", "notes": "deed"}))
    bars = [Bar("share", "deed", "floor", COSTS_AT_MOST, 1.25), Bar("other", "a", "b", COSTS_AT_MOST, 1)]
    text = as_text({"processor": "fast"}, results, judge_all(bars, [], results))
    assert "processor: fast" in text
    assert 'program: {"compiler": "one"}' in text
    assert "over floor" in text
    assert "30.0               1.500  1.500 to 1.500" in text
    assert "copies 0  (deed)" in text
    assert "MISSED        share: deed against floor, at most 1.25x: 1.5 [1.5, 1.5]" in text
    assert "NOT MEASURED  other" in text


def test_data_has_every_round_and_verdict():
    results = results_of(deed=[1.0, 2.0], floor=[1.0, 1.0])
    bars = [Bar("share", "deed", "floor", COSTS_AT_MOST, 2), Bar("other", "a", "b", COSTS_AT_MOST, 1)]
    data = json.loads(json.dumps(as_data({}, results, judge_all(bars, [], results))))
    assert data["times"]["share"]["deed"]["ns"] == [1.0, 2.0]
    assert [bar["met"] for bar in data["bars"]] == [True, None]
    assert data["bars"][0]["figure"] == {"median": 1.5, "low": 1.25, "high": 1.75}
