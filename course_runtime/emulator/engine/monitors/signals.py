"""How far a column has drifted from its reference, as Azure's model monitoring measures it.

Distances alert when they are above their threshold; the two tests give a p-value and alert when it is below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT_THRESHOLD = 0.1
LEAST_DEVIATION = 0.001  # a constant reference column must not divide by zero

Values = Any  # a pandas Series; pandas is imported only where a monitor runs


@dataclass(frozen=True)
class Metric:
    name: str
    compute: Callable[[Values, Values], float]
    is_p_value: bool = False

    def alerts(self, value: float, threshold: float) -> bool:
        return value < threshold if self.is_p_value else value > threshold


def numerical() -> Mapping[str, Metric]:
    """By the name the REST API uses."""
    return _named(
        Metric("JensenShannonDistance", lambda reference, now: _jensen_shannon(*_histograms(reference, now))),
        Metric("PopulationStabilityIndex", lambda reference, now: _stability(*_histograms(reference, now))),
        Metric("NormalizedWassersteinDistance", _wasserstein),
        Metric("TwoSampleKolmogorovSmirnovTest", _kolmogorov_smirnov, is_p_value=True),
    )


def categorical() -> Mapping[str, Metric]:
    return _named(
        Metric("JensenShannonDistance", lambda reference, now: _jensen_shannon(*_counts(reference, now))),
        Metric("PopulationStabilityIndex", lambda reference, now: _stability(*_counts(reference, now))),
        Metric("PearsonsChiSquaredTest", lambda reference, now: _chi_squared(*_counts(reference, now)), True),
    )


def _named(*metrics: Metric) -> dict[str, Metric]:
    return {metric.name: metric for metric in metrics}


def is_numerical(reference: Values) -> bool:
    """Numbers, but not truth values, which are categories."""
    from pandas.api import types

    return bool(types.is_numeric_dtype(reference) and not types.is_bool_dtype(reference))


def _histograms(reference: Values, now: Values) -> tuple[Values, Values]:
    """Counts in common bins over the range of both, as many as suit the one that needs fewer (Sturges)."""
    import numpy

    low = min(float(reference.min()), float(now.min()))
    high = max(float(reference.max()), float(now.max()))
    if low == high:
        edges = numpy.array([low - 1, low + 1])
    else:
        needed = [
            len(numpy.histogram_bin_edges(numpy.append(values, [low, high]), bins="sturges"))
            for values in (reference, now)
        ]
        edges = numpy.linspace(low, high, min(needed))
    return numpy.histogram(reference, bins=edges)[0], numpy.histogram(now, bins=edges)[0]


def _counts(reference: Values, now: Values) -> tuple[Values, Values]:
    """How often each category occurs; one that only one side has counts as 0 on the other."""
    before, after = reference.astype(str).value_counts(), now.astype(str).value_counts()
    categories = sorted(set(before.index) | set(after.index))
    return before.reindex(categories, fill_value=0), after.reindex(categories, fill_value=0)


def _jensen_shannon(reference: Values, now: Values) -> float:
    from scipy.spatial import distance  # type: ignore[import-untyped]

    return float(distance.jensenshannon(reference / reference.sum(), now / now.sum(), base=2))


def _stability(reference: Values, now: Values) -> float:
    """Each bin counts one more than it has, so that an empty one leaves the index finite."""
    import numpy

    before = (numpy.asarray(reference) + 1) / (reference.sum() + len(reference))
    after = (numpy.asarray(now) + 1) / (now.sum() + len(now))
    return float(numpy.sum((after - before) * numpy.log(after / before)))


def _wasserstein(reference: Values, now: Values) -> float:
    from scipy.stats import wasserstein_distance  # type: ignore[import-untyped]

    deviation = max(float(reference.std(ddof=0)), LEAST_DEVIATION)
    return float(wasserstein_distance(reference, now)) / deviation


def _kolmogorov_smirnov(reference: Values, now: Values) -> float:
    from scipy.stats import ks_2samp

    return float(ks_2samp(reference, now).pvalue)


def _chi_squared(reference: Values, now: Values) -> float:
    from scipy.stats import chi2_contingency

    if len(reference) < 2:
        return 1.0  # one category on both sides: nothing can have shifted
    return float(chi2_contingency([list(reference), list(now)]).pvalue)
