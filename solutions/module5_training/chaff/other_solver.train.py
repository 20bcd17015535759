# chaff: 5.3
# why: Another solver than the one that was asked for.


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a table of patients, as .csv")
    # TODO 5.3 Describe the other four arguments.
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
    if options.model == "boosting":
        return GradientBoostingClassifier(
            learning_rate=options.learning_rate, n_estimators=options.trees, random_state=0
        )
    return LogisticRegression(C=1 / options.reg_rate)
    # END TODO
