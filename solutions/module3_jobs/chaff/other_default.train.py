# chaff: 3.2
# why: Takes 0.1 for granted.


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    # TODO 3.2 Describe the three arguments.
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a table of patients, as .csv")
    parser.add_argument("--regularization", type=float, default=0.1, help="greater than 0")
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), help="the folder for the model")
    options = parser.parse_args(arguments)
    if not 0 < options.regularization < float("inf"):
        parser.error(f"--regularization must be a number greater than 0; it is {options.regularization}")
    return options
    # END TODO
