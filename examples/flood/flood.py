# SPDX-License-Identifier: BSD-3-Clause
"""A flood over real terrain, in three languages on one set of arrays.

Python lends the elevations to a Fortran solver; deed takes the solver's state and publishes it; C++ computes
diagnostics on the same memory while it runs; Python draws what it looks up by name. At the end the depth is
transferred to Python and outlives the solver; the other arrays go back to Fortran.

    flood.py [--terrain FILE] [--steps N] [--out DIR] [--library DIR]

FILE: .npy or .npz with a 2-D array of elevations in metres, northernmost row first; the scalars dx and dy of
a .npz are the size of a cell (30 m without them). By default the elevation model of the Jacksboro fault
(Tennessee) that comes with matplotlib. DIR of --library: where libflood_solver and libflood_diagnostics were
built; without it, FLOOD_LIBRARY of the environment, else the newest build in this source tree.

Run it with the deed package of the same build on PYTHONPATH, as ./dev demo does:

    PYTHONPATH=build/dev/python python examples/flood/flood.py --library build/dev/examples/flood
"""

from __future__ import annotations

import argparse
import csv
import ctypes
import gc
import os
import sys
import time
from pathlib import Path

import numpy as np
from handovers import Handover, Handovers
from picture import Picture
from terrain import Terrain, TerrainError, load

import deed

PYTHON = 4  # DEED_LANGUAGE_PYTHON
ARRAYS = {1: "depth", 2: "momentum_x", 3: "momentum_y"}  # as the solver numbers them
RAIN_MM_PER_HOUR = 90.0
RAIN_SECONDS = 3600.0
FLOODED_M = 0.3
LOOK_EVERY = 10  # steps


class Figures(ctypes.Structure):
    """What the C++ diagnostics report."""

    _fields_ = (
        ("flooded_area_m2", ctypes.c_double),
        ("largest_depth_m", ctypes.c_double),
        ("largest_speed_m_s", ctypes.c_double),
    )


class Library:
    """A shared library whose functions return 0, or a status whose sentence another function gives."""

    def __init__(self, directory: Path, name: str, error: str) -> None:
        """Load lib<name>.so from a directory."""
        path = directory / f"lib{name}.so"
        try:
            self.library = ctypes.CDLL(str(path.resolve()))
        except OSError as problem:
            raise SystemExit(f"flood: {problem}; ./dev demo builds it") from None
        self.error = getattr(self.library, error)
        self.error.restype = ctypes.c_char_p

    def call(self, name: str, *arguments: object) -> None:
        """Call a function; a deed.Array passes as its handle, a float as a double, C data by reference."""
        converted = [self._pass(argument) for argument in arguments]
        if getattr(self.library, name)(*converted) != 0:
            raise SystemExit(f"flood: {name}: {self.error().decode().strip()}")

    @staticmethod
    def _pass(argument: object) -> object:
        if isinstance(argument, float):
            return ctypes.c_double(argument)
        if isinstance(argument, (ctypes.Structure, ctypes.Array, ctypes.c_double, ctypes.c_uint64)):
            return ctypes.byref(argument)
        return argument


class Flood:
    """The solver and its diagnostics, with the arrays that went to and fro."""

    def __init__(self, terrain: Terrain, directory: Path) -> None:
        """Lend the terrain to the solver, and let deed take the solver's state."""
        self.terrain = terrain
        self.handovers = Handovers()
        self.solver = Library(directory, "flood_solver", "flood_error")
        self.diagnostics = Library(directory, "flood_diagnostics", "diagnostics_error")
        self.loan = self._lend_terrain()
        row = Handover()
        self.solver.call("flood_open", self.loan, terrain.dx, terrain.dy, RAIN_MM_PER_HOUR, RAIN_SECONDS, row)
        self.handovers.add("terrain", "Python", "Fortran", "share", row)
        for field, array in ARRAYS.items():
            self.solver.call("flood_take", field, row)
            self.handovers.add(array, "Fortran", "deed", "take", row)

    def _lend_terrain(self) -> deed.Array:
        elevation = self.terrain.elevation
        start = time.perf_counter()
        loan = deed.lend(elevation, writable=False, lower=(1, 1))
        seconds = time.perf_counter() - start
        row = Handover(elevation.nbytes, elevation.ctypes.data, loan.address, seconds)
        self.handovers.add("terrain", "Python", "deed", "lend", row)
        return loan

    def _lookup(self, array: str, origin: str) -> deed.Array:
        name = f"flood/{array}"
        before = next(entry.address for entry in deed.ledger() if entry.name == name)
        start = time.perf_counter()
        found = deed.lookup(name, writable=False)
        row = Handover(found.nbytes, before, found.address, time.perf_counter() - start)
        self.handovers.add(array, origin, "Python", "lookup", row)
        return found

    def check_lake(self) -> tuple[float, float]:
        """Largest speed in m/s and change of the surface in m of a lake that should be at rest."""
        speed, change = ctypes.c_double(), ctypes.c_double()
        level = float(np.percentile(self.terrain.elevation, 30))
        self.solver.call("flood_check_lake", level, 20, speed, change)
        return speed.value, change.value

    def run(self, steps: int) -> list[tuple[float, ...]]:
        """Advance; a row per look: time in s, flooded km2, deepest m, fastest m/s, million m3 of water."""
        lookups = (Handover * len(ARRAYS))()
        self.diagnostics.call("diagnostics_open", self.terrain.dx, self.terrain.dy, FLOODED_M, lookups)
        for array, row in zip(ARRAYS.values(), lookups, strict=True):
            self.handovers.add(array, "Fortran", "C++", "lookup", row)
        seen = self._lookup("depth", "Fortran")
        print(f"published: {', '.join(deed.names())}")
        print(
            f"flood/depth: {seen.kind}, bounds {seen.bounds}, made by {seen.origin}, owner {seen.owner}",
            flush=True,
        )
        depth = seen.interior(1).numpy()
        series: list[tuple[float, ...]] = []
        begun = time.perf_counter()
        for done in range(0, steps, LOOK_EVERY):
            after = min(done + LOOK_EVERY, steps)
            series.append(self._advance(after - done, depth))
            if after == steps or after * 20 // steps > done * 20 // steps:
                self._show_progress(after, steps, series[-1], time.perf_counter() - begun)
        return series

    def _advance(self, steps: int, depth: np.ndarray) -> tuple[float, ...]:
        now, figures = ctypes.c_double(), Figures()
        self.solver.call("flood_step", steps, now)
        self.diagnostics.call("diagnostics_look", now.value, figures)
        water = float(depth.sum()) * self.terrain.dx * self.terrain.dy
        return (
            now.value,
            figures.flooded_area_m2 / 1e6,
            figures.largest_depth_m,
            figures.largest_speed_m_s,
            water / 1e6,
        )

    @staticmethod
    def _show_progress(done: int, steps: int, row: tuple[float, ...], seconds: float) -> None:
        print(
            f"step {done:5} of {steps}  t = {row[0] / 60:6.1f} min  flooded {row[1]:7.2f} km2"
            f"  deepest {row[2]:6.2f} m  fastest {row[3]:5.2f} m/s  ({seconds:.0f} s)",
            flush=True,
        )

    def water(self) -> tuple[float, float, float, float]:
        """Cubic metres on the ground, rained, and left over the edges; the least depth in m."""
        numbers = [ctypes.c_double() for _ in range(4)]
        self.solver.call("flood_water", *numbers)
        on_ground, rained, left, shallowest = (number.value for number in numbers)
        return on_ground, rained, left, shallowest

    def finish(self) -> tuple[deed.Array, deed.Array]:
        """Shut the solver and the diagnostics down; the depth and the times of arrival stay."""
        arrival = self._lookup("arrival", "C++")
        self.diagnostics.library.diagnostics_finish()
        depth = self._receive_depth()
        row = Handover()
        for field in (2, 3):
            self.solver.call("flood_reclaim", field, row)
            self.handovers.add(ARRAYS[field], "deed", "Fortran", "reclaim", row)
        self.solver.library.flood_close()
        self.diagnostics.library.diagnostics_close()
        self._recall_terrain()
        return depth, arrival

    def _receive_depth(self) -> deed.Array:
        handle, row = ctypes.c_uint64(), Handover()
        self.solver.call("flood_transfer", 1, PYTHON, handle, row)
        depth = deed.Array.from_handle(handle.value)
        row.address_after = depth.numpy().ctypes.data
        self.handovers.add("depth", "Fortran", "Python", "transfer", row)
        return depth

    def _recall_terrain(self) -> None:
        elevation, before = self.terrain.elevation, self.loan.address
        start = time.perf_counter()
        self.loan.recall(timeout=1.0)
        seconds = time.perf_counter() - start
        row = Handover(elevation.nbytes, before, elevation.ctypes.data, seconds)
        self.handovers.add("terrain", "deed", "Python", "recall", row)


def write_series(series: list[tuple[float, ...]], path: Path) -> None:
    """Write the time series as CSV."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["time_s", "flooded_area_km2", "largest_depth_m", "largest_speed_m_s", "water_million_m3"]
        )
        writer.writerows([f"{number:.6g}" for number in row] for row in series)


def check(what: str, value: float, bound: float) -> bool:
    """Print a figure with the bound that it must keep."""
    holds = abs(value) <= bound
    print(f"{what:28} {value:9.2e}  at most {bound:.0e}  {'ok' if holds else 'FAILED'}")
    return holds


def run(terrain: Terrain, options: argparse.Namespace) -> bool:
    """The whole job; True if every check holds."""
    flood = Flood(terrain, options.library)
    lake_speed, lake_change = flood.check_lake()
    series = flood.run(options.steps)
    on_ground, rained, left, shallowest = flood.water()
    depth, arrival = flood.finish()
    print(f"\nthe solver is shut down; the depth, made by {depth.origin}, is owned by {depth.owner} now\n")
    title = (
        f"{terrain.title}: depth after {series[-1][0] / 60:.0f} min\n"
        f"rain of {RAIN_MM_PER_HOUR:.0f} mm/h for {RAIN_SECONDS / 60:.0f} min"
    )
    picture, table = options.out / "flood.png", options.out / "flood.csv"
    Picture(terrain, title).draw(
        depth.interior(1).numpy(), arrival.numpy(), FLOODED_M, np.array(series), picture
    )
    write_series(series, table)
    print(f"{flood.handovers}\n")
    print(f"water: {rained / 1e6:.2f} million m3 rained, {left / 1e6:.2f} left over the edges")
    good = check("water lost or made, relative", (on_ground + left) / rained - 1, 1e-12)
    good = check("water below the ground, m", min(shallowest, 0.0), 0.0) and good
    good = check("lake at rest: speed, m/s", lake_speed, 1e-10) and good
    good = check("lake at rest: surface, m", lake_change, 1e-10) and good
    print(f"wrote {picture} and {table}")
    return good and flood.handovers.copied == 0


def default_library() -> Path:
    """Where the libraries of the flood are when the user does not say."""
    if "FLOOD_LIBRARY" in os.environ:
        return Path(os.environ["FLOOD_LIBRARY"])
    root = Path(__file__).resolve().parents[2]
    pattern = "examples/flood/libflood_solver.so"
    built = [*root.glob(f"build*/{pattern}"), *root.glob(f"build*/*/{pattern}")]
    if not built:
        raise SystemExit(f"flood: no build of the flood in {root}; run ./dev demo, or give --library")
    return max(built, key=lambda path: path.stat().st_mtime).parent


def parse_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument(
        "--terrain", type=Path, metavar="FILE", help="elevations, .npy or .npz (default: matplotlib's)"
    )
    parser.add_argument(
        "--steps", type=int, default=2000, metavar="N", help="time steps (default: %(default)s)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("out"), metavar="DIR", help="where results go (default: out)"
    )
    parser.add_argument(
        "--library", type=Path, metavar="DIR", help="where the flood was built (default: found)"
    )
    options = parser.parse_args()
    if options.steps < 1:
        parser.error("--steps must be at least 1")
    if options.library is None:
        options.library = default_library()
    return options


def main() -> int:
    """Run, and say what is left."""
    options = parse_options()
    try:
        terrain = load(options.terrain)
        options.out.mkdir(parents=True, exist_ok=True)
        good = run(terrain, options)
    except (TerrainError, OSError) as problem:
        raise SystemExit(f"flood: {problem}") from None
    gc.collect()  # figures of matplotlib refer to themselves, and to the arrays they show
    counts = deed.counts()
    print(f"live blocks {counts.live_blocks}, copies {counts.copies}")
    return 0 if good and counts.live_blocks == 0 and counts.copies == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
