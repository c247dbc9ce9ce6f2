# SPDX-License-Identifier: BSD-3-Clause
"""The picture of a flood: depth over hillshade, times of arrival where most water is, and its course."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LightSource, ListedColormap, LogNorm
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter
from terrain import Terrain

SHALLOWEST_M = 0.1
WATER = ListedColormap(matplotlib.colormaps["YlGnBu"](np.linspace(0.42, 1.0, 256)))
WINDOW = 0.3  # part of the map, along each side, that the panel of arrival times shows


class Picture:
    """A map, a magnified part of it, and a time series."""

    def __init__(self, terrain: Terrain, title: str) -> None:
        """Prepare the ground. title: of the map."""
        self.terrain = terrain
        self.title = title
        elevation = terrain.elevation.T
        light = LightSource(azdeg=315, altdeg=45)
        # hillshade takes the first row for the northernmost; here it is the southernmost.
        self.shade = light.hillshade(elevation, vert_exag=2.5, dx=terrain.dx, dy=-terrain.dy)
        self.extent_km = (
            0.0,
            elevation.shape[1] * terrain.dx / 1e3,
            0.0,
            elevation.shape[0] * terrain.dy / 1e3,
        )

    def draw(
        self, depth: np.ndarray, arrival: np.ndarray, threshold_m: float, series: np.ndarray, path: Path
    ) -> None:
        """Write a .png file. series: rows of time in s, flooded area in km2, largest depth in m."""
        figure = plt.figure(figsize=(16, 9.4), layout="constrained")
        grid = figure.add_gridspec(2, 2, width_ratios=(1.5, 1), height_ratios=(1.75, 1))
        window = self._wettest_window(depth)
        self._draw_depth(figure.add_subplot(grid[:, 0]), depth, window)
        self._draw_arrival(figure.add_subplot(grid[0, 1]), arrival, window, threshold_m)
        self._draw_series(figure.add_subplot(grid[1, 1]), series)
        figure.savefig(path, dpi=110)
        plt.close(figure)

    def _ground(self, axes: Axes) -> None:
        axes.imshow(self.shade, cmap="gray", origin="lower", extent=self.extent_km, vmin=-0.45, vmax=1.1)
        axes.set(xlabel="east (km)", ylabel="north (km)")

    def _water(self, axes: Axes, values: np.ndarray, **how: object) -> object:
        return axes.imshow(values.T, origin="lower", extent=self.extent_km, interpolation="nearest", **how)

    def _draw_depth(self, axes: Axes, depth: np.ndarray, window: tuple[float, float, float, float]) -> None:
        self._ground(axes)
        norm = LogNorm(SHALLOWEST_M, max(10 * SHALLOWEST_M, float(depth.max())))
        image = self._water(axes, np.ma.masked_less(depth, SHALLOWEST_M), cmap=WATER, norm=norm)
        bar = axes.figure.colorbar(image, ax=axes, location="bottom", shrink=0.7, aspect=40, pad=0.02)
        bar.set_label(f"water depth (m), from {SHALLOWEST_M:g} m")
        bar.set_ticks(
            [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if norm.vmin <= tick <= norm.vmax]
        )
        bar.ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        bar.ax.minorticks_off()
        west, east, south, north = window
        axes.add_patch(
            Rectangle((west, south), east - west, north - south, fill=False, color="tab:red", lw=1.5)
        )
        self._mark_deepest(axes, depth)
        axes.set_title(self.title)

    def _mark_deepest(self, axes: Axes, depth: np.ndarray) -> None:
        i, j = np.unravel_index(int(depth.argmax()), depth.shape)
        east, north = (i + 0.5) * self.terrain.dx / 1e3, (j + 0.5) * self.terrain.dy / 1e3
        axes.annotate(
            f"{depth[i, j]:.1f} m",
            (east, north),
            xytext=(14, -18),
            textcoords="offset points",
            arrowprops={"arrowstyle": "->", "color": "black"},
            bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "alpha": 0.8, "linewidth": 0},
        )

    def _draw_arrival(
        self, axes: Axes, arrival: np.ndarray, window: tuple[float, float, float, float], threshold_m: float
    ) -> None:
        self._ground(axes)
        image = self._water(axes, np.ma.masked_less(arrival, 0.0) / 60, cmap="plasma_r")
        axes.figure.colorbar(image, ax=axes, label=f"first deeper than {threshold_m:g} m (min)")
        axes.set(xlim=window[:2], ylim=window[2:], title="arrival of the flood, in the red frame")
        for spine in axes.spines.values():
            spine.set(color="tab:red", linewidth=1.5)

    @staticmethod
    def _draw_series(axes: Axes, series: np.ndarray) -> None:
        times, area, deepest = series[:, :3].T
        axes.plot(times / 60, area, color="tab:blue")
        axes.set(xlabel="time (min)", title="course of the flood", xlim=(0, times[-1] / 60), ylim=(0, None))
        axes.set_ylabel("flooded area (km²)", color="tab:blue")
        other = axes.twinx()
        other.plot(times / 60, deepest, color="tab:red")
        other.set_ylabel("largest depth (m)", color="tab:red")
        other.set_ylim(0, None)

    def _wettest_window(self, depth: np.ndarray) -> tuple[float, float, float, float]:
        """West, east, south and north in km of the part of the map that holds most water."""
        n, m = (max(3, round(WINDOW * extent)) for extent in depth.shape)
        water = np.pad(depth, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
        inside = water[n:, m:] - water[:-n, m:] - water[n:, :-m] + water[:-n, :-m]
        i, j = np.unravel_index(int(inside.argmax()), inside.shape)
        dx, dy = self.terrain.dx / 1e3, self.terrain.dy / 1e3
        return i * dx, (i + n) * dx, j * dy, (j + m) * dy
