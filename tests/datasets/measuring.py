"""How alike two columns are, as drift monitors measure it."""

from __future__ import annotations

import numpy as np
from pandas import Series
from scipy.spatial.distance import jensenshannon
from scipy.stats import ks_2samp, wasserstein_distance


def normalised_wasserstein(before: Series, after: Series) -> float:
    return float(wasserstein_distance(before, after) / before.std())


def jensen_shannon(before: Series, after: Series, bins: int = 50) -> float:
    edges = np.linspace(min(before.min(), after.min()), max(before.max(), after.max()), bins + 1)
    return float(jensenshannon(np.histogram(before, edges)[0], np.histogram(after, edges)[0], base=2))


def kolmogorov_smirnov(before: Series, after: Series) -> float:
    return float(ks_2samp(before, after).statistic)
