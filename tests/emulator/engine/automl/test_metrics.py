"""AutoML's metrics against their definitions."""

from __future__ import annotations

import numpy
import pytest
from sklearn import metrics as reference

from course_runtime.emulator.engine.automl import metrics

CLASSES = numpy.array(["a", "b", "c"])
TRUTH = numpy.array(["a", "a", "b", "b", "b", "c"])
SURE = numpy.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]], dtype=float)


def test_a_perfect_classifier_has_the_best_of_everything() -> None:
    found = metrics.classification(TRUTH, SURE, CLASSES)
    for name in ("accuracy", "AUC_weighted", "average_precision_score_weighted", "norm_macro_recall"):
        assert found[name] == pytest.approx(1)


def test_guessing_has_a_normalised_recall_of_zero() -> None:
    always_b = numpy.tile([0.2, 0.5, 0.3], (6, 1))
    found = metrics.classification(TRUTH, always_b, CLASSES)
    assert found["norm_macro_recall"] == pytest.approx(0)
    assert found["AUC_weighted"] == pytest.approx(0.5)
    assert found["accuracy"] == pytest.approx(0.5)


def test_the_weighted_area_is_scikit_learns() -> None:
    generator = numpy.random.default_rng(1)
    probabilities = generator.dirichlet([1, 1, 1], size=60)
    truth = generator.choice(CLASSES, 60)
    expected = reference.roc_auc_score(truth, probabilities, multi_class="ovr", average="weighted")
    assert metrics.classification(truth, probabilities, CLASSES)["AUC_weighted"] == pytest.approx(expected)


def test_errors_are_normalised_by_the_range() -> None:
    found = metrics.regression([0, 5, 10], [1, 6, 11])
    assert found["normalized_root_mean_squared_error"] == pytest.approx(0.1)
    assert found["normalized_mean_absolute_error"] == pytest.approx(0.1)
    assert found["spearman_correlation"] == pytest.approx(1)


def test_a_constant_prediction_has_no_correlation() -> None:
    assert metrics.regression([1, 2, 3], [2, 2, 2])["spearman_correlation"] == 0
