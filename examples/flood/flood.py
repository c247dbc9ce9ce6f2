# SPDX-License-Identifier: BSD-3-Clause
"""A flood over real terrain, in three languages on one set of arrays.

Python lends the elevations to a Fortran solver; deed takes the solver's state and publishes it; C++ computes
diagnostics on the same memory while it runs; Python draws what it looks up by name. At the end the depth is
transferred to Python and outlives the solver; the other arrays go back to Fortran.

    flood.py [--terrain FILE] [--steps N] [--out DIR] [--library DIR]

FILE: .npy or .npz with a 2-D array of elevations in metres, northernmost row first; by default the elevation
model of the Jacksboro fault (Tennessee) that comes with matplotlib. DIR of --library: where libflood_solver
and libflood_diagnostics were built.
"""

from __future__ import annotations

import argparse
import csv
import ctypes
import gc
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import deed

PYTHON = 4  # DEED_LANGUAGE_PYTHON
FIELDS = {1: "flood/depth", 2: "flood/momentum_x", 3: "flood/momentum_y"}
RAIN_MM_PER_HOUR = 90.0
RAIN_SECONDS = 3600.0
FLOODED_M = 0.3
METRES_PER_DEGREE = 111_320.0


class Handover(ctypes.Structure):
    """What one handover did, as the solver reports it."""

    _fields_ = (
        ("size_bytes", ctypes.c_int64),
        ("address_before", ctypes.c_int64),
        ("address_after", ctypes.c_int64),
        ("seconds", ctypes.c_double),
    )


class Figures(ctypes.Structure):
    """What the C++ diagnostics report."""

    _fields_ = (("flooded_area_m2", ctypes.c_double), ("largest_depth_m", ctypes.c_double))


@dataclass
class Terrain:
    """Elevations, first index eastwards and second northwards, and the size of a cell in metres."""

    elevation: np.ndarray
    dx: float
    dy: float
    title: str


class Handovers:
    """The table of who gave what to whom."""

    HEAD = "| from    | to      | verb     |   bytes | address before | address after  | copied |      us |"

    def __init__(self) -> None:
        """Begin with an empty table."""
        self.rows: list[str] = []
        self.copied = 0

    def add(self, origin: str, target: str, verb: str, row: Handover) -> None:
        """Record one handover."""
        copied = row.address_before != row.address_after
        self.copied += copied
        self.rows.append(
            f"| {origin:7} | {target:7} | {verb:8} | {row.size_bytes:7} | {row.address_before:14x} | "
            f"{row.address_after:14x} | {'yes' if copied else 'no':6} | {row.seconds * 1e6:7.1f} |"
        )

    def __str__(self) -> str:
        """Return the whole table."""
        return "\n".join([self.HEAD, *self.rows])


class Library:
    """A shared library whose functions return 0, or a status whose sentence another function gives."""

    def __init__(self, directory: Path, name: str, error: str) -> None:
        """Load lib<name>.so from a directory."""
        path = directory / f"lib{name}.so"
        if not path.exists():
            raise SystemExit(
                f"flood: {path} does not exist; build it first (./dev demo does), or give --library"
            )
        self.library = ctypes.CDLL(str(path))
        self.error = getattr(self.library, error)
        self.error.restype = ctypes.c_char_p

    def call(self, name: str, *arguments: object) -> None:
        """Call a function; a deed.Array passes as its handle, a Python float as a C double."""
        converted = [ctypes.c_double(a) if isinstance(a, float) else a for a in arguments]
        if getattr(self.library, name)(*converted) != 0:
            raise SystemExit(f"flood: {name}: {self.error().decode().strip()}")


def read_elevations(path: Path) -> tuple[np.ndarray, dict[str, float]]:
    """The 2-D array of a .npy or .npz file, and the numbers that came with it."""
    try:
        loaded = np.load(path)
    except (OSError, ValueError) as problem:
        raise SystemExit(f"flood: {path} is no .npy or .npz file: {problem}") from None
    if isinstance(loaded, np.ndarray):
        candidates, numbers = [loaded], {}
    else:
        arrays = {name: loaded[name] for name in loaded.files}
        candidates = [a for a in arrays.values() if a.ndim == 2]
        numbers = {name: float(a) for name, a in arrays.items() if a.ndim == 0 and a.dtype.kind in "iuf"}
    if len(candidates) != 1 or candidates[0].ndim != 2 or candidates[0].dtype.kind not in "iuf":
        raise SystemExit(f"flood: {path} must hold exactly one 2-D array of numbers")
    if min(candidates[0].shape) < 3 or not np.isfinite(candidates[0]).all():
        raise SystemExit(f"flood: the elevations of {path} must be finite, and at least 3 x 3")
    return candidates[0], numbers


def load_terrain(path: Path | None) -> Terrain:
    """Elevations as the solver sees them: rows from the north become a second index northwards."""
    title = "Jacksboro fault, Tennessee" if path is None else path.stem
    if path is None:
        from matplotlib import cbook

        path = Path(cbook.get_sample_data("jacksboro_fault_dem.npz", asfileobj=False))
    rows, numbers = read_elevations(path)
    dx, dy = numbers.get("dx", 30.0), numbers.get("dy", numbers.get("dx", 30.0))
    if "ymin" in numbers and "ymax" in numbers and max(abs(dx), abs(dy)) < 1.0:  # degrees
        latitude = np.radians((numbers["ymin"] + numbers["ymax"]) / 2)
        dx, dy = dx * METRES_PER_DEGREE * float(np.cos(latitude)), dy * METRES_PER_DEGREE
    return Terrain(np.ascontiguousarray(rows, dtype=np.float64).T[:, ::-1], abs(dx), abs(dy), title)


class Flood:
    """The solver and its diagnostics, with the arrays that went to and fro."""

    def __init__(self, terrain: Terrain, directory: Path) -> None:
        """Lend the terrain to the solver, and let deed take the solver's state."""
        self.terrain = terrain
        self.handovers = Handovers()
        self.solver = Library(directory, "flood_solver", "flood_error")
        self.diagnostics = Library(directory, "flood_diagnostics", "diagnostics_error")
        self.loan = self._lend(terrain.elevation)
        self.solver.call("flood_open", self.loan, terrain.dx, terrain.dy, RAIN_MM_PER_HOUR, RAIN_SECONDS)
        for field in FIELDS:
            row = Handover()
            self.solver.call("flood_take", field, ctypes.byref(row))
            self.handovers.add("Fortran", "deed", "take", row)

    def _lend(self, elevation: np.ndarray) -> deed.Array:
        start = time.perf_counter()
        loan = deed.lend(elevation, writable=False, lower=(1, 1))
        seconds = time.perf_counter() - start
        before = elevation.__array_interface__["data"][0]
        self.handovers.add(
            "Python", "Fortran", "lend", Handover(elevation.nbytes, before, loan.address, seconds)
        )
        return loan

    def _lookup(self, origin: str, name: str) -> deed.Array:
        shown = next(entry for entry in deed.ledger() if entry.name == name)
        start = time.perf_counter()
        array = deed.lookup(name, writable=False)
        seconds = time.perf_counter() - start
        self.handovers.add(
            origin, "Python", "lookup", Handover(array.nbytes, shown.address, array.address, seconds)
        )
        return array

    def check_lake(self) -> tuple[float, float]:
        """Largest momentum and change of depth of a lake that should be at rest."""
        momentum, change = ctypes.c_double(), ctypes.c_double()
        level = float(np.percentile(self.terrain.elevation, 30))
        self.solver.call("flood_check_lake", level, 20, ctypes.byref(momentum), ctypes.byref(change))
        return momentum.value, change.value

    def run(self, steps: int) -> list[tuple[float, float, float, float]]:
        """Advance; each entry is time in s, flooded area in km2, largest depth in m, water in million m3."""
        row = Handover()
        self.diagnostics.call(
            "diagnostics_open", self.terrain.dx, self.terrain.dy, FLOODED_M, ctypes.byref(row)
        )
        self.handovers.add("Fortran", "C++", "lookup", row)
        seen = self._lookup("Fortran", "flood/depth")
        inside = seen.interior(1).numpy()
        print(
            f"flood/depth is {seen.kind}, bounds {seen.bounds}, owner {seen.owner}; "
            f"published: {', '.join(deed.names())}"
        )
        del seen
        now, dt, figures, series = ctypes.c_double(), ctypes.c_double(), Figures(), []
        begun = time.perf_counter()
        for done in range(0, steps, max(1, steps // 20)):
            now_steps = min(max(1, steps // 20), steps - done)
            self.solver.call("flood_step", now_steps, ctypes.byref(now), ctypes.byref(dt))
            self.diagnostics.call("diagnostics_look", now, ctypes.byref(figures))
            water = float(inside.sum()) * self.terrain.dx * self.terrain.dy / 1e6
            series.append((now.value, figures.flooded_area_m2 / 1e6, figures.largest_depth_m, water))
            print(
                f"step {done + now_steps:5} of {steps}  t = {now.value / 60:6.1f} min"
                f"  flooded {series[-1][1]:7.2f} km2"
                f"  deepest {series[-1][2]:6.2f} m  ({time.perf_counter() - begun:.0f} s)",
                flush=True,
            )
        return series

    def water(self) -> tuple[float, float]:
        """Cubic metres on the ground, and rained."""
        on_ground, rained = ctypes.c_double(), ctypes.c_double()
        self.solver.call("flood_water", ctypes.byref(on_ground), ctypes.byref(rained))
        return on_ground.value, rained.value

    def finish(self) -> tuple[deed.Array, deed.Array]:
        """Shut the solver down; the depth and the times of arrival stay."""
        arrival = self._lookup("C++", "flood/arrival")
        self.diagnostics.library.diagnostics_finish()
        depth = self._receive_depth()
        for field in (2, 3):
            row = Handover()
            self.solver.call("flood_reclaim", field, ctypes.byref(row))
            self.handovers.add("deed", "Fortran", "reclaim", row)
        self.solver.library.flood_close()
        self.diagnostics.library.diagnostics_close()
        self._recall_terrain()
        return depth, arrival

    def _receive_depth(self) -> deed.Array:
        handle, row = ctypes.c_uint64(), Handover()
        self.solver.call("flood_transfer", 1, PYTHON, ctypes.byref(handle), ctypes.byref(row))
        depth = deed.Array.from_handle(handle.value)
        row.address_after = depth.address
        self.handovers.add("Fortran", "Python", "transfer", row)
        return depth

    def _recall_terrain(self) -> None:
        before, start = self.loan.address, time.perf_counter()
        self.loan.recall(timeout=1.0)
        seconds = time.perf_counter() - start
        elevation = self.terrain.elevation
        after = elevation.__array_interface__["data"][0]
        self.handovers.add("Fortran", "Python", "recall", Handover(elevation.nbytes, before, after, seconds))


def draw(terrain: Terrain, depth: np.ndarray, arrival: np.ndarray, series: list, path: Path) -> None:
    """Depth over hillshade, with the times of arrival and the course of the flood beside it."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib.colors import LightSource, ListedColormap, LogNorm

    elevation = terrain.elevation.T
    shade = LightSource(315, 45).hillshade(elevation, vert_exag=2, dx=terrain.dx, dy=terrain.dy)
    extent_km = (0, elevation.shape[1] * terrain.dx / 1e3, 0, elevation.shape[0] * terrain.dy / 1e3)
    ground = {"cmap": "gray", "origin": "lower", "extent": extent_km, "vmin": -0.3, "vmax": 1.15}
    water = {"origin": "lower", "extent": extent_km, "interpolation": "nearest"}
    figure = plt.figure(figsize=(15, 8.6), layout="constrained")
    grid = figure.add_gridspec(2, 2, width_ratios=(1.75, 1), height_ratios=(1.5, 1))

    map_axes = figure.add_subplot(grid[:, 0])
    map_axes.imshow(shade, **ground)
    deep = np.ma.masked_less(depth.T, FLOODED_M / 2)
    blues = ListedColormap(matplotlib.colormaps["YlGnBu"](np.linspace(0.4, 1.0, 256)))
    image = map_axes.imshow(deep, cmap=blues, norm=LogNorm(0.1, max(1.0, float(depth.max()))), **water)
    figure.colorbar(image, ax=map_axes, label="water depth (m)", shrink=0.8)
    minutes = series[-1][0] / 60
    map_axes.set_title(
        f"{terrain.title}: depth after {minutes:.0f} min\n"
        f"rain {RAIN_MM_PER_HOUR:.0f} mm/h for {RAIN_SECONDS / 60:.0f} min"
    )
    map_axes.set(xlabel="east (km)", ylabel="north (km)")

    arrival_axes = figure.add_subplot(grid[0, 1])
    arrival_axes.imshow(shade, **ground)
    first = np.ma.masked_less(arrival.T, 0.0) / 60
    image = arrival_axes.imshow(first, cmap="plasma_r", **water)
    figure.colorbar(image, ax=arrival_axes, label="first deeper than 0.3 m (min)")
    arrival_axes.set(title="arrival of the flood", xlabel="east (km)", ylabel="north (km)")

    series_axes = figure.add_subplot(grid[1, 1])
    times, area, deepest, _ = np.array(series).T
    series_axes.plot(times / 60, area, color="tab:blue")
    series_axes.set(xlabel="time (min)", ylabel="flooded area (km²)", title="course of the flood")
    series_axes.yaxis.label.set_color("tab:blue")
    depth_axes = series_axes.twinx()
    depth_axes.plot(times / 60, deepest, color="tab:red")
    depth_axes.set_ylabel("largest depth (m)", color="tab:red")
    figure.savefig(path, dpi=110)
    plt.close(figure)


def write_series(series: list, path: Path) -> None:
    """Write the time series as CSV."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["time_s", "flooded_area_km2", "largest_depth_m", "water_million_m3"])
        writer.writerows([f"{number:.6g}" for number in row] for row in series)


def check(what: str, value: float, bound: float) -> bool:
    """Print a figure with the bound that it must keep."""
    holds = abs(value) <= bound
    print(f"{what:28} {value:9.2e}  at most {bound:.0e}  {'ok' if holds else 'FAILED'}")
    return holds


def run(options: argparse.Namespace) -> bool:
    """The whole job; True if every check holds."""
    terrain = load_terrain(options.terrain)
    options.out.mkdir(parents=True, exist_ok=True)
    flood = Flood(terrain, options.library)
    lake_momentum, lake_change = flood.check_lake()
    series = flood.run(options.steps)
    on_ground, rained = flood.water()
    depth, arrival = flood.finish()
    # The solver is gone; its depth is Python's now.
    draw(terrain, depth.interior(1).numpy(), arrival.numpy(), series, options.out / "flood.png")
    write_series(series, options.out / "flood.csv")
    print(f"\n{flood.handovers}\n")
    good = check("water lost or made, relative", on_ground / rained - 1, 1e-11)
    good = check("lake at rest, m2/s", lake_momentum, 1e-8) and good
    good = check("lake at rest, m", lake_change, 1e-10) and good
    print(f"wrote {options.out / 'flood.png'} and {options.out / 'flood.csv'}")
    return good and flood.handovers.copied == 0


def main() -> int:
    """Parse the command line and run."""
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
        "--library", type=Path, required=True, metavar="DIR", help="where the flood was built"
    )
    options = parser.parse_args()
    if options.steps < 1:
        parser.error("--steps must be at least 1")
    good = run(options)
    gc.collect()  # figures of matplotlib refer to themselves, and to the arrays they show
    counts = deed.counts()
    print(f"live blocks {counts.live_blocks}, copies {counts.copies}")
    return 0 if good and counts.live_blocks == 0 and counts.copies == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
