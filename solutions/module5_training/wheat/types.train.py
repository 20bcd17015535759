# why: Refuses while it reads, makes the models from a table, and ranks patients by the decision function.


def read_options(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a table of patients, as .csv")

    # TODO 5.3 Describe the other four arguments.
    def above_zero(kind):
        def read(text):
            number = kind(text)
            if not (number > 0 and number != float("inf")):
                raise argparse.ArgumentTypeError(f"{text} is not above 0")
            return number

        return read

    parser.add_argument("--model", default="logistic", choices=("boosting", "logistic"), help="the algorithm")
    parser.add_argument("--reg_rate", default=0.01, type=above_zero(float), help="of logistic")
    parser.add_argument("--learning_rate", default=0.1, type=above_zero(float), help="of boosting")
    parser.add_argument(
        "--trees", default=100, type=above_zero(int), metavar="n", help="of boosting: how many"
    )
    return parser.parse_args(arguments)
    # END TODO


def make_model(options):
    # TODO 5.3 Make a LogisticRegression or a GradientBoostingClassifier.
    makers = {
        "logistic": lambda: LogisticRegression(solver="liblinear", C=options.reg_rate**-1),
        "boosting": lambda: GradientBoostingClassifier(
            random_state=0, n_estimators=options.trees, learning_rate=options.learning_rate
        ),
    }
    return makers[options.model]()
    # END TODO


def log_results(options, model, unseen, labels):
    # TODO 5.3 Log the parameters and the metrics with MLflow.
    mlflow.log_param("model", options.model)
    if options.model == "logistic":
        mlflow.log_param("reg_rate", options.reg_rate)
    else:
        mlflow.log_param("learning_rate", options.learning_rate)
        mlflow.log_param("trees", options.trees)
    mlflow.log_metric("Accuracy", (model.predict(unseen) == labels).mean())
    mlflow.log_metric("AUC", roc_auc_score(labels, model.decision_function(unseen)))
    # END TODO
