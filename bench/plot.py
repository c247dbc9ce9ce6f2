# SPDX-License-Identifier: BSD-3-Clause
"""The bars as a picture: one horizontal bar each, the time of the subject over that of its peer."""

from __future__ import annotations

from pathlib import Path

from bars import COSTS_AT_MOST, Bar
from report import Spread, Verdict

MET, MISSED = "#4c8c6b", "#c0504d"


def cost_of(verdict: Verdict) -> tuple[Spread, float]:
    """The figure and the limit as time of the subject over that of the peer, whichever way the bar looks."""
    figure, bar = verdict.figure, verdict.bar
    if bar.way == COSTS_AT_MOST:
        return figure, bar.limit
    return Spread(1 / figure.median, 1 / figure.high, 1 / figure.low), 1 / bar.limit


def label_of(bar: Bar) -> str:
    """What stands beside the bar in the picture."""
    return f"{bar.case}: {bar.subject} / {bar.peer}" + (f", {bar.regime}" if bar.regime else "")


def draw(verdicts: list[Verdict], path: Path) -> bool:
    """Draw what was measured of the ratios into a file; False, and no file, if nothing was."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    shown = [each for each in verdicts if isinstance(each.bar, Bar) and each.figure]
    if not shown:
        return False
    costs = [cost_of(each) for each in shown]
    medians = [figure.median for figure, _ in costs]
    whiskers = [[f.median - f.low for f, _ in costs], [f.high - f.median for f, _ in costs]]
    places = range(len(shown))
    figure, axes = pyplot.subplots(figsize=(9, 1.2 + 0.32 * len(shown)), layout="constrained")
    axes.barh(places, medians, xerr=whiskers, height=0.6, color=[MET if v.met else MISSED for v in shown])
    for place, (_, limit) in zip(places, costs, strict=True):
        axes.plot([limit, limit], [place - 0.42, place + 0.42], color="black", linewidth=2)
    axes.set_yticks(places, [label_of(verdict.bar) for verdict in shown])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xscale("log")
    axes.axvline(1, color="grey", linewidth=0.8, linestyle=":")
    axes.set_xlabel(
        "time over that of the peer: median and quartiles of the rounds\nblack: at most this; green: met"
    )
    axes.xaxis.set_major_formatter("{x:g}")
    figure.savefig(path, dpi=130)
    pyplot.close(figure)
    return True
