# chaff: 5.3
# why: Rates of 0 and less go on to the model.


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
    return options
    # END TODO
