"""What models make of the tables: the exercises on training, metrics and drift stand on these figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from pandas import DataFrame, concat
from sklearn.base import ClassifierMixin
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

from .loading import load

diabetes = load()
FEATURES = list(diabetes.FEATURES)


@dataclass(frozen=True)
class Fitted:
    model: Any
    accuracy: float
    auc: float
    recall: float


def fit(model: ClassifierMixin, table: DataFrame, label: str = "Diabetic") -> Fitted:
    """As the labs do: 70 % to learn from, 30 % to measure on."""
    parts = train_test_split(table[FEATURES], table[label], test_size=0.3, random_state=0)
    seen, unseen, answers, expected = parts
    model.fit(seen, answers)
    chances = model.predict_proba(unseen)[:, 1]
    said = chances > 0.5
    return Fitted(
        model,
        accuracy_score(expected, said),
        roc_auc_score(expected, chances),
        recall_score(expected, said),
    )


def regression(rate: float = 0.1) -> LogisticRegression:
    return LogisticRegression(C=1 / rate, solver="liblinear")


def boosting(rate: float = 0.1, trees: int = 100) -> GradientBoostingClassifier:
    return GradientBoostingClassifier(learning_rate=rate, n_estimators=trees, random_state=0)


@pytest.fixture(scope="module", params=[0, 1])
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def table(seed: int) -> DataFrame:
    made: DataFrame = diabetes.clean(seed)
    return made


@pytest.fixture(scope="module")
def line(table: DataFrame) -> Fitted:
    return fit(regression(), table)


@pytest.fixture(scope="module")
def trees(table: DataFrame) -> Fitted:
    return fit(boosting(), table)


def test_a_straight_line_does_middling(line: Fitted) -> None:
    assert 0.75 <= line.accuracy <= 0.81
    assert 0.83 <= line.auc <= 0.88


def test_its_regularisation_hardly_matters(line: Fitted, table: DataFrame) -> None:
    """So no exercise may grade the choice of a best rate."""
    assert fit(regression(0.01), table).auc == pytest.approx(line.auc, abs=0.001)


def test_boosted_trees_do_far_better(line: Fitted, trees: Fitted) -> None:
    """The champion and the challenger."""
    assert trees.accuracy >= 0.92
    assert trees.auc >= 0.97
    assert trees.accuracy - line.accuracy >= 0.12


def test_a_model_may_rank_well_and_answer_always_no(table: DataFrame) -> None:
    """The trap of accuracy alone: a tenth of the needed steps."""
    timid = fit(boosting(0.01, 10), table)
    assert timid.recall == 0
    assert timid.accuracy == pytest.approx(0.666, abs=0.025)
    assert timid.auc >= 0.89


def test_two_metrics_choose_different_models(table: DataFrame) -> None:
    """The trap of the wrong primary metric: the timid model ranks better, the grown tree answers better."""
    timid, grown = fit(boosting(0.01, 10), table), fit(DecisionTreeClassifier(random_state=0), table)
    assert timid.auc - grown.auc > 0.015
    assert grown.accuracy - timid.accuracy > 0.15


def test_the_best_of_the_sweep_by_auc_is_slow_and_long(trees: Fitted, table: DataFrame) -> None:
    others = [(0.01, 10), (0.01, 100), (0.1, 10), (1, 10), (1, 100)]
    assert all(trees.auc > fit(boosting(rate, count), table).auc for rate, count in others)


def test_drift_spoils_the_trees_and_hardly_the_line(seed: int, line: Fitted, trees: Fitted) -> None:
    before, after = diabetes.baseline(seed), diabetes.drifted(seed)
    lost = {
        model: fitted.model.score(before[FEATURES], before["Diabetic"])
        - fitted.model.score(after[FEATURES], after["Diabetic"])
        for model, fitted in (("line", line), ("trees", trees))
    }
    assert lost["trees"] > 0.07
    assert abs(lost["line"]) < 0.04


def test_a_model_can_tell_the_drifted_table_from_the_baseline(seed: int) -> None:
    before, after = diabetes.baseline(seed), diabetes.drifted(seed)
    both = concat([before.assign(late=0), after.assign(late=1)], ignore_index=True)
    assert fit(boosting(), both, "late").auc > 0.93


def test_and_cannot_where_nothing_drifted(seed: int) -> None:
    table = diabetes.baseline(seed)
    both = table.assign(late=np.arange(len(table)) % 2)
    assert fit(boosting(trees=30), both, "late").auc == pytest.approx(0.5, abs=0.06)
