"""The estimators behind Azure's algorithm names, and the settings that a search varies."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

Estimator = Any
Settings = dict[str, Any]

LOG = "log"  # a range on a logarithmic scale

SPACES: Mapping[str, Mapping[str, Any]] = {
    "LogisticRegression": {"C": (LOG, 1e-3, 1e3)},
    "LinearSVM": {"C": (LOG, 1e-3, 1e2)},
    "SVM": {"C": (LOG, 1e-1, 1e2)},
    "SGD": {"alpha": (LOG, 1e-6, 1e-1)},
    "KNN": {"n_neighbors": [3, 5, 9, 15, 25], "weights": ["uniform", "distance"]},
    "BernoulliNaiveBayes": {"alpha": (LOG, 1e-2, 1e1)},
    "MultinomialNaiveBayes": {"alpha": (LOG, 1e-2, 1e1)},
    "DecisionTree": {"max_depth": [3, 5, 7, 10, None], "min_samples_leaf": [1, 5, 20]},
    "RandomForest": {
        "n_estimators": [50, 100, 200],
        "max_features": ["sqrt", 0.5],
        "min_samples_leaf": [1, 3, 10],
    },
    "ExtremeRandomTrees": {"n_estimators": [50, 100, 200], "max_features": ["sqrt", 0.5, 1.0]},
    "GradientBoosting": {
        "learning_rate": (LOG, 0.02, 0.5),
        "max_iter": [50, 100, 200],
        "max_leaf_nodes": [7, 15, 31],
    },
    "ElasticNet": {"alpha": (LOG, 1e-4, 1e1), "l1_ratio": [0.1, 0.5, 0.9]},
    "LassoLars": {"alpha": (LOG, 1e-5, 1e0)},
}
SLOW_ON_MANY_ROWS = {"SVM": 5_000, "KNN": 50_000}


def draw(algorithm: str, generator: random.Random) -> Settings:
    """Settings for one more trial of an algorithm; the first trial of each runs with the library's own."""
    return {name: _draw(given, generator) for name, given in SPACES.get(algorithm, {}).items()}


def _draw(given: Any, generator: random.Random) -> Any:
    if isinstance(given, tuple):
        _, low, high = given
        return float(f"{low * (high / low) ** generator.random():.4g}")
    return generator.choice(given)


def scaler_for(algorithm: str) -> str:
    """Counts must not be negative, distances must be comparable, trees do not care."""
    if algorithm == "MultinomialNaiveBayes":
        return "MinMaxScaler"
    if algorithm in ("DecisionTree", "RandomForest", "ExtremeRandomTrees", "GradientBoosting"):
        return "MaxAbsScaler"
    return "StandardScalerWrapper"


def classifier(algorithm: str, settings: Settings, seed: int) -> Estimator:
    return _classifiers()[algorithm](settings, seed)


def regressor(algorithm: str, settings: Settings, seed: int) -> Estimator:
    return _regressors()[algorithm](settings, seed)


def _classifiers() -> Mapping[str, Callable[[Settings, int], Estimator]]:
    from sklearn import ensemble, linear_model, naive_bayes, neighbors, svm, tree  # type: ignore[import-untyped]
    from sklearn.calibration import CalibratedClassifierCV  # type: ignore[import-untyped]

    return {
        "LogisticRegression": lambda given, seed: linear_model.LogisticRegression(max_iter=1000, **given),
        "DecisionTree": lambda given, seed: tree.DecisionTreeClassifier(random_state=seed, **given),
        "RandomForest": lambda given, seed: ensemble.RandomForestClassifier(random_state=seed, **given),
        "ExtremeRandomTrees": lambda given, seed: ensemble.ExtraTreesClassifier(random_state=seed, **given),
        "GradientBoosting": lambda given, seed: ensemble.HistGradientBoostingClassifier(
            random_state=seed, **given
        ),
        "KNN": lambda given, seed: neighbors.KNeighborsClassifier(**given),
        "SGD": lambda given, seed: linear_model.SGDClassifier(loss="log_loss", random_state=seed, **given),
        "BernoulliNaiveBayes": lambda given, seed: naive_bayes.BernoulliNB(**given),
        "MultinomialNaiveBayes": lambda given, seed: naive_bayes.MultinomialNB(**given),
        "LinearSVM": lambda given, seed: CalibratedClassifierCV(
            svm.LinearSVC(random_state=seed, **given), cv=3
        ),
        "SVM": lambda given, seed: CalibratedClassifierCV(svm.SVC(random_state=seed, **given), cv=3),
    }


def _regressors() -> Mapping[str, Callable[[Settings, int], Estimator]]:
    from sklearn import ensemble, linear_model, neighbors, tree

    return {
        "ElasticNet": lambda given, seed: linear_model.ElasticNet(random_state=seed, **given),
        "LassoLars": lambda given, seed: linear_model.LassoLars(random_state=seed, **given),
        "DecisionTree": lambda given, seed: tree.DecisionTreeRegressor(random_state=seed, **given),
        "RandomForest": lambda given, seed: ensemble.RandomForestRegressor(random_state=seed, **given),
        "ExtremeRandomTrees": lambda given, seed: ensemble.ExtraTreesRegressor(random_state=seed, **given),
        "GradientBoosting": lambda given, seed: ensemble.HistGradientBoostingRegressor(
            random_state=seed, **given
        ),
        "KNN": lambda given, seed: neighbors.KNeighborsRegressor(**given),
        "SGD": lambda given, seed: linear_model.SGDRegressor(random_state=seed, **given),
    }
