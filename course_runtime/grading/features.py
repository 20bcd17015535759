"""Hidden tiles' ResNet50 features, with labels: to train a classifier with, and to see what it has learnt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from course_runtime.grading.tables import aerial
from course_runtime.grading.tiles import reference_features

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

SEED = 51_022  # of the tiles; none of them is one of hidden_tiles()
TRAIN, VALID = 20, 10  # of each land use
LEAST_SPREAD = 1e-3
"""Of a column: the features that never change are not blown up."""


@dataclass(frozen=True)
class Features:
    """Rows of 2048 numbers, each column scaled to mean 0 and spread 1 over the training rows; one-hot labels."""

    train: NDArray[float32]
    train_labels: NDArray[float32]
    valid: NDArray[float32]
    valid_labels: NDArray[float32]

    def shuffled(self, random: Random) -> Features:
        train, valid = (random.sample(range(len(rows)), len(rows)) for rows in (self.train, self.valid))
        return replace(
            self,
            train=self.train[train],
            train_labels=self.train_labels[train],
            valid=self.valid[valid],
            valid_labels=self.valid_labels[valid],
        )


def hidden_features() -> Features:
    """Always the same; made on the first check of this machine, and kept."""
    import numpy as np

    parts = hidden_files()
    found = np.load(reference_features([*parts["train"], *parts["valid"]]), allow_pickle=False)
    train, valid = np.split(found, [len(parts["train"])])
    centre, spread = train.mean(axis=0), train.std(axis=0) + LEAST_SPREAD
    return Features(
        (train - centre) / spread,
        one_hot(parts["train"]),
        (valid - centre) / spread,
        one_hot(parts["valid"]),
    )


def hidden_files() -> dict[str, list[Path]]:
    """The tiles behind the rows, in folders that are named after what they show: `train` and `valid`."""
    folder = aerial().path(SEED, train=TRAIN, valid=VALID)
    return {part: sorted((folder / part).glob("*/*.png")) for part in ("train", "valid")}


def one_hot(files: Sequence[Path]) -> NDArray[float32]:
    """What each of those files shows: a row a file, a column a land use."""
    import numpy as np

    classes = aerial().CLASSES
    found: NDArray[float32] = np.eye(len(classes), dtype="float32")[
        [classes.index(file.parent.name) for file in files]
    ]
    return found
