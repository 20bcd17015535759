"""One picture of a table: how each measure is spread, and how often its patients are diabetic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .errors import DatasetError
from .schema import DECIMALS, FEATURES, LABEL

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from numpy import dtype, float64, ndarray
    from pandas import DataFrame, Series

    Edges = ndarray[tuple[int], dtype[float64]]

HEALTHY_COLOUR, DIABETIC_COLOUR, ODDS_COLOUR = "#8fb4d9", "#e0a458", "#7a2e3a"
MOST_BINS = 40
FEWEST_PATIENTS = 15
"""A share among fewer patients than this is noise, and is not drawn."""


def plot(table: DataFrame, target: Path) -> Path:
    """Writes a PNG of eight panels, one a feature. Rows with a null in a feature are left out of its panel."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise DatasetError(
            "Pictures need matplotlib, which is not installed. Install it with: python -m pip install matplotlib"
        ) from None
    figure = Figure(figsize=(16, 8), layout="constrained")
    for axes, feature in zip(figure.subplots(2, 4).flat, FEATURES, strict=True):
        known = table[table[feature].notna()]
        _panel(axes, known[feature].astype("float64"), known[LABEL], feature)
    figure.suptitle(_title(table))
    marks, names = _legend()
    figure.legend(marks, names, loc="outside lower center", ncols=3)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, format="png", dpi=100)
    return target


def _title(table: DataFrame) -> str:
    return f"{len(table):,} rows, {table[LABEL].mean():.1%} diabetic"


def _panel(axes: Axes, values: Series, label: Series, feature: str) -> None:
    import numpy as np
    from matplotlib.ticker import MaxNLocator

    edges = _edges(values, whole=feature not in DECIMALS)
    healthy = np.histogram(values[label == 0], edges)[0]
    diabetic = np.histogram(values[label == 1], edges)[0]
    widths = np.diff(edges)
    axes.bar(edges[:-1], healthy, widths, align="edge", color=HEALTHY_COLOUR)
    axes.bar(edges[:-1], diabetic, widths, bottom=healthy, align="edge", color=DIABETIC_COLOUR)
    axes.set_ylim(0, 1.05 * (healthy + diabetic).max())
    axes.set_title(feature)
    if feature not in DECIMALS:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    _draw_odds(axes, edges, healthy, diabetic)


def _draw_odds(axes: Axes, edges: Edges, healthy: Edges, diabetic: Edges) -> None:
    import numpy as np

    patients = healthy + diabetic
    share = np.where(patients >= FEWEST_PATIENTS, diabetic / np.maximum(patients, 1), np.nan)
    right = axes.twinx()
    right.plot((edges[:-1] + edges[1:]) / 2, share, color=ODDS_COLOUR, marker=".", linewidth=1)
    right.set_ylim(0, 1.05)


def _edges(values: Series, whole: bool) -> Edges:
    """Whole numbers stand in the middle of their bins, and each bin holds equally many of them."""
    import numpy as np

    low, high = values.min(), values.max()
    if not whole:
        return np.linspace(low, high, MOST_BINS + 1)
    step = -(-(high - low + 1) // MOST_BINS)
    return np.arange(low - 0.5, high + step + 0.5, step)


def _legend() -> tuple[list[Artist], list[str]]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    odds = Line2D([], [], color=ODDS_COLOUR, marker=".", linewidth=1)
    names = ["healthy patients", "diabetic patients", "share that is diabetic (right axis)"]
    return [Patch(color=HEALTHY_COLOUR), Patch(color=DIABETIC_COLOUR), odds], names
