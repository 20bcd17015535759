"""The metrics that AutoML logs for every trial, by Azure's names and normalisations."""

from __future__ import annotations

import warnings
from typing import Any

Array = Any


def classification(truth: Array, probabilities: Array, classes: Array) -> dict[str, float]:
    import numpy
    from sklearn import metrics  # type: ignore[import-untyped]

    predicted = numpy.asarray(classes)[probabilities.argmax(axis=1)]
    recall = metrics.recall_score(truth, predicted, average="macro", zero_division=0)
    chance = 1 / len(classes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {
            "accuracy": float(metrics.accuracy_score(truth, predicted)),
            "AUC_weighted": _area(truth, probabilities, classes),
            "average_precision_score_weighted": _average_precision(truth, probabilities, classes),
            "norm_macro_recall": float((recall - chance) / (1 - chance)),
            "precision_score_weighted": float(
                metrics.precision_score(truth, predicted, average="weighted", zero_division=0)
            ),
            "recall_score_macro": float(recall),
            "f1_score_weighted": float(
                metrics.f1_score(truth, predicted, average="weighted", zero_division=0)
            ),
            "log_loss": float(metrics.log_loss(truth, probabilities, labels=list(classes))),
        }


def _area(truth: Array, probabilities: Array, classes: Array) -> float:
    """One class against the rest, weighted by how often each occurs; classes that never occur do not count."""
    from sklearn import metrics

    return _weighted(truth, probabilities, classes, metrics.roc_auc_score)


def _average_precision(truth: Array, probabilities: Array, classes: Array) -> float:
    from sklearn import metrics

    return _weighted(truth, probabilities, classes, metrics.average_precision_score)


def _weighted(truth: Array, probabilities: Array, classes: Array, score: Any) -> float:
    import numpy

    truth = numpy.asarray(truth)
    total, weight = 0.0, 0
    for index, one in enumerate(classes):
        is_one = truth == one
        if 0 < is_one.sum() < len(truth):
            total += float(score(is_one, probabilities[:, index])) * int(is_one.sum())
            weight += int(is_one.sum())
    return total / weight if weight else float("nan")


def regression(truth: Array, predicted: Array) -> dict[str, float]:
    """Errors are normalised by the range of what was observed."""
    import numpy
    from scipy.stats import spearmanr  # type: ignore[import-untyped]
    from sklearn import metrics

    truth, predicted = numpy.asarray(truth, dtype=float), numpy.asarray(predicted, dtype=float)
    spread = float(truth.max() - truth.min()) or 1.0
    root = float(numpy.sqrt(metrics.mean_squared_error(truth, predicted)))
    mean = float(metrics.mean_absolute_error(truth, predicted))
    varies = len(set(truth)) > 1 and len(set(predicted)) > 1
    return {
        "normalized_root_mean_squared_error": root / spread,
        "normalized_mean_absolute_error": mean / spread,
        "root_mean_squared_error": root,
        "mean_absolute_error": mean,
        "r2_score": float(metrics.r2_score(truth, predicted)) if len(truth) > 1 else float("nan"),
        "spearman_correlation": float(spearmanr(truth, predicted).statistic) if varies else 0.0,
    }
