# SPDX-License-Identifier: BSD-3-Clause
"""What the lines of the benchmark programs amount to: ratios, bars met or missed, a table for people."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bars import COSTS_AT_MOST, Bar, FactBar
from regimes import LEAST_BATCHES, REGIMES, Batch, regime_of, whole_width, within

# Among the subjects of a case, the first of these is what the table compares with.
REFERENCES = (
    "floor",
    "numpy",
    "shared_ptr",
    "c_f_pointer",
    "new[]",
    "allocatable",
    "unordered_map",
    "1_KiB",
    "1000",
)


class Spread(NamedTuple):
    """The median of a figure and its quartiles."""

    median: float
    low: float
    high: float


class Verdict(NamedTuple):
    """A bar and what was measured; figure None: it was not measured."""

    bar: Bar | FactBar
    figure: Spread | None
    met: bool | None
    batches: int | None = None  # those of the regime of the bar

    def __str__(self) -> str:
        """One line of the report."""
        seen = "" if self.batches is None else f" ({self.batches} batches)"
        if self.figure is None:
            return f"NOT MEASURED  {self.bar}{seen}"
        word = "met" if self.met else "MISSED"
        spread = "" if isinstance(self.bar, FactBar) else f" [{self.figure.low:.3g}, {self.figure.high:.3g}]"
        return f"{word:12}  {self.bar}: {self.figure.median:.3g}{spread}{seen}"


class Results:
    """The lines of all programs of a run."""

    def __init__(self) -> None:
        """Nothing measured yet."""
        self.about: dict[str, dict[str, Any]] = {}
        self.times: dict[str, dict[str, dict[str, Any]]] = {}
        self.facts: list[dict[str, Any]] = []

    def add(self, program: str, line: str) -> None:
        """Take one line that a process of the program printed: times join those of processes before, and of a
        fact the first is taken. ValueError if it is none of the three kinds.
        """
        record = json.loads(line)
        if not isinstance(record, dict):
            raise ValueError(f"{program}: {line!r} is no object")
        if "about" in record:
            self.about[program] = record["about"]
        elif "fact" in record:
            if self.fact(record["fact"], record["case"]) is None:
                self.facts.append(record)
        elif record.keys() >= {"case", "subject", "ns"} and record["ns"]:
            known = self.times.setdefault(record["case"], {}).setdefault(record["subject"], record)
            if known is not record:
                known["ns"].extend(record["ns"])
                known.get("batches", []).extend(record.get("batches", []))
        else:
            raise ValueError(f"{program}: {line!r} is neither a time nor a fact")

    def batches(self, case: str, *subjects: str) -> list[list[Batch]] | None:
        """The batches of subjects that were measured in turn; None if one of them has none."""
        records = [self.times.get(case, {}).get(subject, {}) for subject in subjects]
        if not all(record.get("batches") for record in records):
            return None
        return [[Batch(*each) for each in record["batches"]] for record in records]

    def turns(self) -> list[Batch]:
        """One batch of each turn of the run, for what it says of the core."""
        first = (next(iter(subjects.values())) for subjects in self.times.values())
        return [Batch(*each) for record in first for each in record.get("batches", [])]

    def whole_width(self) -> float:
        """How wide the core is when nobody else uses it."""
        return whole_width(width for turn in self.turns() for width in turn[1:])

    def ns(self, case: str, subject: str) -> list[float] | None:
        """The figures of the rounds, or None."""
        record = self.times.get(case, {}).get(subject)
        return record["ns"] if record else None

    def fact(self, name: str, case: str) -> float | None:
        """The value of a fact, or None."""
        return next(
            (each["value"] for each in self.facts if (each["fact"], each["case"]) == (name, case)), None
        )


def spread_of(figures: Sequence[float]) -> Spread:
    """Median and quartiles, which a single figure is all of."""
    if len(figures) == 1:
        return Spread(figures[0], figures[0], figures[0])
    low, median, high = statistics.quantiles(figures, n=4, method="inclusive")
    return Spread(median, low, high)


def ratio_of(above: Sequence[float], below: Sequence[float]) -> Spread:
    """The spread of the ratios of each round: what disturbs a round disturbs both of its figures. ValueError
    unless both have the same rounds.
    """
    return spread_of([a / b for a, b in zip(above, below, strict=True)])


def measured(bar: Bar, results: Results) -> list[list[float]]:
    """The figures of the subject and of the peer that a bar is about: of the rounds, or of the batches in a
    regime. Empty ones if there are none.
    """
    if bar.regime is None:
        return [results.ns(bar.case, each) or [] for each in (bar.subject, bar.peer)]
    both = results.batches(bar.case, bar.subject, bar.peer)
    return within(bar.regime, results.whole_width(), *both) if both else [[], []]


def judge(bar: Bar, results: Results) -> Verdict:
    """Whether a bar of two subjects is met."""
    subject, peer = measured(bar, results)
    batches = len(subject) if bar.regime else None
    if not subject or not peer or (batches is not None and batches < LEAST_BATCHES):
        return Verdict(bar, None, None, batches)
    if bar.way == COSTS_AT_MOST:
        figure = ratio_of(subject, peer)
        return Verdict(bar, figure, figure.median <= bar.limit, batches)
    figure = ratio_of(peer, subject)
    return Verdict(bar, figure, figure.median >= bar.limit, batches)


def judge_fact(bar: FactBar, results: Results) -> Verdict:
    """Whether a bar of a fact is met."""
    value = results.fact(bar.fact, bar.case)
    if value is None:
        return Verdict(bar, None, None)
    return Verdict(bar, spread_of([value]), value <= bar.limit)


def judge_all(bars: Iterable[Bar], fact_bars: Iterable[FactBar], results: Results) -> list[Verdict]:
    """Every bar, in the order given."""
    return [judge(bar, results) for bar in bars] + [judge_fact(bar, results) for bar in fact_bars]


def reference_of(subjects: Iterable[str]) -> str:
    """What the others of a case are compared with: a known reference, else the first."""
    names = list(subjects)
    return next((name for name in REFERENCES if name in names), names[0])


def regime_figures(both: list[list[Batch]] | None, whole: float) -> str:
    """The ratio of two subjects in each regime that was measured, as "quiet 1.234"."""
    text = ""
    for regime in REGIMES if both else ():
        above, below = within(regime, whole, *both)
        text += f"  {regime} {ratio_of(above, below).median:.3f}" if len(above) >= LEAST_BATCHES else ""
    return text


def case_lines(case: str, results: Results, whole: float) -> list[str]:
    """The table of one case."""
    subjects = results.times[case]
    reference = reference_of(subjects)
    lines = [f"\n{case}", f"  {'subject':24}{'median ns':>12}{'over ' + reference:>20}  quartiles"]
    for name, record in subjects.items():
        ratio = ratio_of(record["ns"], subjects[reference]["ns"])
        median_ns = statistics.median(record["ns"])
        lines.append(
            f"  {name:24}{median_ns:12.1f}{ratio.median:20.3f}  {ratio.low:.3f} to {ratio.high:.3f}"
            + regime_figures(results.batches(case, name, reference), whole)
            + (f"  {record['notes']}" if record.get("notes") else "")
        )
    return lines


def fact_line(fact: dict[str, Any]) -> str:
    """One fact."""
    notes = f"  ({fact['notes']})" if fact.get("notes") else ""
    return f"  {fact['case']}: {fact['fact']} {fact['value']}{notes}"


def about_lines(machine: dict[str, str], results: Results) -> list[str]:
    """The machine, and what each program says of itself, said once if they say the same."""
    lines = [f"{name}: {value}" for name, value in machine.items()]
    said: dict[str, list[str]] = {}
    for program, about in results.about.items():
        said.setdefault(json.dumps(about), []).append(program)
    return lines + [f"{', '.join(programs)}: {text}" for text, programs in said.items()]


def share_of_regimes(results: Results) -> dict[str, float]:
    """The part of the turns that was quiet, and busy; nothing if no program said how wide the core was."""
    turns, whole = results.turns(), results.whole_width()
    found = [regime_of(turn, whole) for turn in turns]
    return {regime: found.count(regime) / len(turns) for regime in REGIMES} if turns else {}


def regime_line(results: Results) -> str:
    """What the machine was like while it measured."""
    shares = share_of_regimes(results)
    if not shares:
        return "regime: not seen, no program said how wide the core was"
    parts = ", ".join(f"{regime} {share:.0%}" for regime, share in shares.items())
    return f"regime: {parts} of the turns; whole width {results.whole_width():.2f} additions at a time"


def as_text(machine: dict[str, str], results: Results, verdicts: list[Verdict]) -> str:
    """The report for people."""
    lines = [*about_lines(machine, results), regime_line(results)]
    for case in results.times:
        lines += case_lines(case, results, results.whole_width())
    if results.facts:
        lines += ["\nfacts", *map(fact_line, results.facts)]
    return "\n".join([*lines, "\nbars", *(f"  {verdict}" for verdict in verdicts)])


def as_data(machine: dict[str, str], results: Results, verdicts: list[Verdict]) -> dict[str, Any]:
    """The report for programs."""
    return {
        "machine": machine,
        "regimes": share_of_regimes(results),
        "whole_width": results.whole_width(),
        "about": results.about,
        "times": results.times,
        "facts": results.facts,
        "bars": [
            {
                **each.bar._asdict(),
                "figure": each.figure and each.figure._asdict(),
                "met": each.met,
                "batches": each.batches,
            }
            for each in verdicts
        ],
    }
