# SPDX-License-Identifier: BSD-3-Clause
"""Which batches had a core for themselves."""

from __future__ import annotations

import pytest
from regimes import BUSY, LEAST_WIDTH, QUIET, Batch, regime_of, whole_width, within


@pytest.mark.parametrize(
    ("before", "after", "regime"),
    [
        (4.0, 4.0, QUIET),
        (3.6, 3.6, QUIET),
        (3.6, 3.59, None),  # the sibling began to work
        (3.59, 3.6, None),  # it ended
        (3.59, 3.21, None),  # it worked for a part of the time
        (2.0, 2.0, BUSY),
        (3.2, 3.2, BUSY),
        (3.2, 3.21, None),
        (3.21, 3.2, None),
    ],
)
def test_regime_is_that_of_both_ends(before, after, regime):
    assert regime_of(Batch(10, before, after), 4.0) == regime


def test_whole_width_is_seen_more_than_once():
    # One calibration of a thousand in which the clock changed; most of the run was busy.
    assert whole_width([7.0] + 30 * [3.5] + 969 * [2.0]) == 3.5


def test_run_that_was_always_busy_is_not_called_quiet():
    whole = whole_width(100 * [2.0])
    assert whole == LEAST_WIDTH
    assert regime_of(Batch(10, 2.0, 2.0), whole) == BUSY


@pytest.mark.parametrize("widths", [[], [2.0], [3.5], [3.5, 3.5]])
def test_few_widths(widths):
    assert whole_width(widths) == max([LEAST_WIDTH, *widths])


def test_series_keep_step():
    deed = [Batch(30, 3.5, 3.5), Batch(35, 3.5, 2.0), Batch(45, 2.0, 2.0), Batch(31, 3.5, 3.5)]
    peer = [batch._replace(ns=ns) for batch, ns in zip(deed, (10, 11, 12, 13), strict=True)]
    assert within(QUIET, 3.5, deed, peer) == [[30, 31], [10, 13]]
    assert within(BUSY, 3.5, deed, peer) == [[45], [12]]
    assert within(QUIET, 9.0, deed, peer) == [[], []]
