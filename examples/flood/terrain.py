# SPDX-License-Identifier: BSD-3-Clause
"""Elevations from a file, as the solver sees them."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

METRES_PER_DEGREE = 111_320.0
DEFAULT_CELL_M = 30.0


class TerrainError(ValueError):
    """A file that holds no terrain; the message says why."""


@dataclass
class Terrain:
    """Elevations in metres, first index eastwards and second northwards, and the size of a cell in metres."""

    elevation: np.ndarray
    dx: float
    dy: float
    title: str


def load(path: Path | None) -> Terrain:
    """Load a .npy or .npz file, northernmost row first; None is the model that comes with matplotlib."""
    title = "Jacksboro fault, Tennessee" if path is None else path.stem
    if path is None:
        from matplotlib import cbook

        path = Path(cbook.get_sample_data("jacksboro_fault_dem.npz", asfileobj=False))
    arrays = _read(path)
    rows = _elevations(path, arrays)
    dx, dy = _cell_size(path, arrays)
    return Terrain(np.ascontiguousarray(rows, dtype=np.float64).T[:, ::-1], dx, dy, title)


def _read(path: Path) -> dict[str, np.ndarray]:
    """All arrays of a file, by name; the one of a .npy file has the name elevation."""
    try:
        loaded = np.load(path, allow_pickle=False)
        if isinstance(loaded, np.ndarray):
            return {"elevation": loaded}
        with loaded:
            return {name: loaded[name] for name in loaded.files}
    except FileNotFoundError:
        raise TerrainError(f"{path} does not exist") from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as problem:
        raise TerrainError(f"{path} cannot be read as .npy or .npz: {problem}") from None


def _elevations(path: Path, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """The array called elevation, or the only one of rank 2, if it can be a terrain."""
    if not arrays:
        raise TerrainError(f"{path} holds no array")
    flat = [name for name, array in arrays.items() if array.ndim == 2]
    name = "elevation" if "elevation" in arrays else flat[0] if len(flat) == 1 else None
    if name is None:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise TerrainError(f"{path} holds {len(flat)} 2-D arrays and none called elevation: {shapes}")
    rows = arrays[name]
    if rows.ndim != 2:
        raise TerrainError(f"{name} in {path} has {rows.ndim} dimensions, not 2")
    if rows.dtype.kind not in "iuf":
        raise TerrainError(f"{name} in {path} holds {rows.dtype}, not numbers")
    if min(rows.shape) < 3:
        raise TerrainError(f"{name} in {path} is {rows.shape[0]} x {rows.shape[1]}; the least is 3 x 3")
    missing = int(np.count_nonzero(~np.isfinite(rows)))
    if missing:
        raise TerrainError(
            f"{missing} of {rows.size} elevations in {path} are NaN or infinite; fill them first"
        )
    return rows


def _cell_size(path: Path, arrays: dict[str, np.ndarray]) -> tuple[float, float]:
    """Metres eastwards and northwards: dx and dy of the file, which are degrees if it has latitudes."""
    numbers = {name: float(a) for name, a in arrays.items() if a.ndim == 0 and a.dtype.kind in "iuf"}
    dx = abs(numbers.get("dx", DEFAULT_CELL_M))
    dy = abs(numbers.get("dy", dx))
    if {"ymin", "ymax"} <= numbers.keys() and max(dx, dy) < 1.0:
        latitude = np.radians((numbers["ymin"] + numbers["ymax"]) / 2)
        dx, dy = dx * METRES_PER_DEGREE * float(np.cos(latitude)), dy * METRES_PER_DEGREE
    if not (0.0 < dx < np.inf and 0.0 < dy < np.inf):
        raise TerrainError(f"the cells in {path} are {dx:g} m x {dy:g} m large")
    return dx, dy
