"""Trains a model that tells who is diabetic: here, or as a job.

python train.py --data diabetes.csv --regularization 0.1 --outputs outputs
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import joblib
import mlflow
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

LABEL = "Diabetic"
NOT_FEATURES = ["PatientID", LABEL]


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """`data` and `outputs` (paths), and `regularization` (a number), as the command line gives them."""
    # TODO 3.2 Describe the three arguments.
    #   --data must be given. --regularization is a number greater than 0, and 0.01 when it is not given; --outputs is
    #   "outputs" when it is not given. A value that cannot be ends the script with argparse's own words and code.
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a table of patients, as .csv")
    parser.add_argument("--regularization", type=float, default=0.01, help="greater than 0")
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), help="the folder for the model")
    options = parser.parse_args(arguments)
    if not 0 < options.regularization < float("inf"):
        parser.error(f"--regularization must be a number greater than 0; it is {options.regularization}")
    return options
    # END TODO


def report(
    model: LogisticRegression, regularization: float, accuracy: float, auc: float, outputs: Path
) -> None:
    """Track what came out, and keep the model."""
    # TODO 3.2 Track it with MLflow, and save the model.
    #   The parameter "regularization"; the metrics "Accuracy" and "AUC"; and model.joblib in the folder `outputs`,
    #   which may not be there yet. In a job there is a run already: do not name another one.
    mlflow.log_param("regularization", regularization)
    mlflow.log_metrics({"Accuracy": accuracy, "AUC": auc})
    outputs.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, outputs / "model.joblib")
    # END TODO


def main() -> None:
    options = read_options()
    table = pd.read_csv(options.data)
    x, unseen_x, y, unseen_y = train_test_split(
        table.drop(columns=NOT_FEATURES), table[LABEL], test_size=0.3, random_state=0
    )
    model = LogisticRegression(C=1 / options.regularization, solver="newton-cholesky").fit(x, y)
    accuracy = float(model.score(unseen_x, unseen_y))
    auc = float(roc_auc_score(unseen_y, model.predict_proba(unseen_x)[:, 1]))
    report(model, options.regularization, accuracy, auc, options.outputs)


if __name__ == "__main__":
    main()
