"""Trains a model that tells who is diabetic, with the algorithm that is asked for.

python train.py --data diabetes.csv --model boosting --trees 50
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import joblib
import mlflow
import pandas as pd
from sklearn.base import ClassifierMixin
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

LABEL = "Diabetic"
NOT_FEATURES = ["PatientID", LABEL]


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """`data`, `model`, `reg_rate`, `learning_rate` and `trees`, as the command line gives them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a table of patients, as .csv")
    # TODO 5.3 Describe the other four arguments.
    #   --model: logistic or boosting, nothing else; logistic when it is not given. --reg_rate: a number, 0.01.
    #   --learning_rate: a number, 0.1. --trees: a whole number, 100. Each tells of itself in --help. A number that is
    #   not greater than 0 (and finite) ends the script as argparse ends it: with its own code, naming the argument.
    parser.add_argument("--model", choices=["logistic", "boosting"], default="logistic", help="the algorithm")
    parser.add_argument("--reg_rate", type=float, default=0.01, help="of logistic: how much is penalised")
    parser.add_argument(
        "--learning_rate", type=float, default=0.1, help="of boosting: how much a tree counts"
    )
    parser.add_argument("--trees", type=int, default=100, help="of boosting: how many")
    options = parser.parse_args(arguments)
    for name in ("reg_rate", "learning_rate", "trees"):
        if not 0 < getattr(options, name) < float("inf"):
            parser.error(f"argument --{name}: must be greater than 0; it is {getattr(options, name)}")
    return options
    # END TODO


def make_model(options: argparse.Namespace) -> ClassifierMixin:
    """The classifier that was asked for, not trained yet."""
    # TODO 5.3 Make a LogisticRegression or a GradientBoostingClassifier.
    #   LogisticRegression with the solver liblinear; its C is the inverse of the rate. GradientBoostingClassifier with
    #   random_state=0, so that the same call gives the same model.
    if options.model == "boosting":
        return GradientBoostingClassifier(
            learning_rate=options.learning_rate, n_estimators=options.trees, random_state=0
        )
    return LogisticRegression(C=1 / options.reg_rate, solver="liblinear")
    # END TODO


def log_results(
    options: argparse.Namespace, model: ClassifierMixin, unseen: pd.DataFrame, labels: pd.Series
) -> None:
    """Tracks what was asked for, and how well the model does with patients that it has not seen."""
    # TODO 5.3 Log the parameters and the metrics with MLflow.
    #   Parameters: "model", and those that this model has used and no others. Metrics: "Accuracy", and "AUC", which
    #   judges how the model ranks the patients: by its probabilities, not by its answers.
    used = ["reg_rate"] if options.model == "logistic" else ["learning_rate", "trees"]
    mlflow.log_params({name: getattr(options, name) for name in ["model", *used]})
    chances = model.predict_proba(unseen)[:, 1]
    accuracy = float(model.score(unseen, labels))
    mlflow.log_metrics({"Accuracy": accuracy, "AUC": float(roc_auc_score(labels, chances))})
    # END TODO


def main() -> None:
    options = read_options()
    table = pd.read_csv(options.data)
    x, unseen_x, y, unseen_y = train_test_split(
        table.drop(columns=NOT_FEATURES), table[LABEL], test_size=0.3, random_state=0
    )
    model = make_model(options).fit(x, y)
    log_results(options, model, unseen_x, unseen_y)
    Path("outputs").mkdir(exist_ok=True)
    joblib.dump(model, "outputs/model.joblib")


if __name__ == "__main__":
    main()
