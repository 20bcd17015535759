# chaff: 3.2
# why: Keeps the model beside the script.


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    # TODO 3.2 Describe the three arguments.
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
    # TODO 3.2 Track it with MLflow, and save the model.
    mlflow.log_param("regularization", regularization)
    mlflow.log_metrics({"Accuracy": accuracy, "AUC": auc})
    outputs.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, "model.joblib")
    # END TODO
