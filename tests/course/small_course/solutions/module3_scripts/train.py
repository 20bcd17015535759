import argparse


def flags(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    # TODO 3.2 Read the flag --rate
    parser.add_argument("--rate", type=float, default=0.1)
    return parser.parse_args(arguments)
    # END TODO
