"""Hidden aerial tiles with the features that ResNet50 should give for them, and the weights that it gets."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_runtime.grading.failures import KitError
from course_runtime.grading.tables import aerial

if TYPE_CHECKING:
    from numpy import float32, uint8
    from numpy.typing import NDArray

SEED = 22_402  # of the hidden tiles; their order and their names are each student's own
A_CLASS = 6
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}


@dataclass(frozen=True)
class Tile:
    """One hidden tile: what it shows, the file, its pixels, and its features."""

    land_use: str
    png: bytes
    pixels: NDArray[uint8]
    features: NDArray[float32]


def hidden_tiles() -> list[Tile]:
    """As many of each land use; made on the first check of this machine, and kept."""
    import numpy as np
    from PIL import Image

    kit = aerial()
    folder = kit.path(SEED, train=A_CLASS, valid=1) / "train"
    files = sorted(folder.glob("*/*.png"))
    pixels = [np.asarray(Image.open(file)) for file in files]
    features = np.load(reference_features(files), allow_pickle=False)
    rows = zip(files, pixels, features, strict=True)
    return [Tile(file.parent.name, file.read_bytes(), own, row) for file, own, row in rows]


def weights_file() -> Path:
    """What ResNet50 is to be made with in a check: the published weights, or the stand-in."""
    found: Path = aerial().weights().file
    return found


def about_weights() -> list[str]:
    """A note for the result where features are those of the stand-in."""
    found = aerial().weights()
    return [] if found.trained else [str(found.words)]


def reference_features(files: list[Path]) -> Path:
    """A row for each file, as .npy; computed by the first check that needs them."""
    kept: Path = aerial().kept_features(files, in_a_process_of_its_own)
    return kept


def in_a_process_of_its_own(work: Callable[[], Any]) -> None:
    """TensorFlow must not have run in a process that will fork, as this one will."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.environ.update(QUIET)
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if status:
        raise KitError(
            "The features of the hidden tiles could not be computed, or what is made of them.",
            "Run `workshop doctor`.",
        )
