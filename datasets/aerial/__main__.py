"""Tiles, a gallery or the weights from the command line: `python -m datasets.aerial write tiles --seed 7`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import DatasetError, gallery, weights, write


def main() -> int:
    options = _parser().parse_args()
    try:
        print(_done(options))  # noqa: T201
    except DatasetError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


def _done(options: argparse.Namespace) -> str:
    if options.what == "write":
        made = write(options.folder, options.seed, options.train, options.valid, options.noise)
        return f"The tiles are in {made}."
    if options.what == "gallery":
        return f"The gallery is {gallery(options.file, options.seed, options.columns)}."
    found = weights()
    return f"{found.file}\n{found.words}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m datasets.aerial", description=__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    tiles = commands.add_parser("write", help="write train/<Class>/*.png and valid/<Class>/*.png")
    tiles.add_argument("folder", type=Path)
    tiles.add_argument("--seed", type=int, default=1)
    tiles.add_argument("--train", type=int, default=48, help="tiles a class to train with")
    tiles.add_argument("--valid", type=int, default=16, help="tiles a class to validate with")
    tiles.add_argument(
        "--noise", type=float, default=0.0, help="the share of training tiles in a wrong class"
    )
    sheet = commands.add_parser("gallery", help="write one picture of many tiles")
    sheet.add_argument("file", type=Path)
    sheet.add_argument("--seed", type=int, default=1)
    sheet.add_argument("--columns", type=int, default=6)
    commands.add_parser("weights", help="say where ResNet50's weights are, and which")
    return parser


if __name__ == "__main__":
    sys.exit(main())
