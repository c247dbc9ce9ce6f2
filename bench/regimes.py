# SPDX-License-Identifier: BSD-3-Clause
"""Whether a batch had a core for itself (quiet) or shared it with a busy hyperthread (busy).

A program says of each batch how wide the core was before and after it: how many additions it did at a time
(native/core_width.h). What is compared is only the widths of one run with each other.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Regime = Literal["quiet", "busy"]
QUIET: Regime = "quiet"
BUSY: Regime = "busy"
REGIMES = (QUIET, BUSY)

# Shares of the whole width. Two busy hyperthreads have about half of it each; between the two limits the
# other one was busy for a part of the time.
QUIET_AT_LEAST, BUSY_AT_MOST = 0.9, 0.8
# A run may never see the whole width. No core with two hyperthreads has fewer arithmetic units than this.
LEAST_WIDTH = 3.0
# With fewer batches a regime was not measured.
LEAST_BATCHES = 5


class Batch(NamedTuple):
    """Nanoseconds per call, and the width of the core before and after."""

    ns: float
    before: float
    after: float


def whole_width(widths: Iterable[float]) -> float:
    """The width of a core that nobody else uses: what a hundredth of the widths of the run reach, since a
    change of the clock in the middle of a calibration can make one too large.
    """
    seen = sorted(widths)
    if len(seen) < 2:
        return max([LEAST_WIDTH, *seen])
    return max(LEAST_WIDTH, statistics.quantiles(seen, n=100, method="inclusive")[-1])


def regime_of(batch: Batch, whole: float) -> Regime | None:
    """The regime of a batch, None if it changed or was neither."""
    if min(batch.before, batch.after) >= QUIET_AT_LEAST * whole:
        return QUIET
    if max(batch.before, batch.after) <= BUSY_AT_MOST * whole:
        return BUSY
    return None


def within(regime: Regime, whole: float, *series: Sequence[Batch]) -> list[list[float]]:
    """Nanoseconds of the turns in this regime: as many of each series. The series were measured in turn."""
    numbers = [k for k, batch in enumerate(series[0]) if regime_of(batch, whole) == regime]
    return [[each[k].ns for k in numbers] for each in series]
