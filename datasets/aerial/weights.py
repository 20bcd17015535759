"""Which weights ResNet50 gets: the published ones where Keras has them already, otherwise the stand-in."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from .cache import kept
from .standin import write_stand_in

OVERRIDE = "WORKSHOP_WEIGHTS"
PUBLISHED = "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5"
PUBLISHED_MD5 = "4d473c1dd8becc155b73f8504c6f6626"
STAND_IN = "resnet50-stand-in.h5"

PUBLISHED_WORDS = "ResNet50 has the weights that were trained on ImageNet, from {file}."
OVERRIDE_WORDS = "ResNet50 has the weights of {file}, which " + OVERRIDE + " names."
STAND_IN_WORDS = (
    "ResNet50 has stand-in weights: random ones, the same on every machine, not trained on ImageNet. "
    "They tell land uses apart; for real use, let Keras download the trained ones once "
    '(keras.applications.ResNet50(weights="imagenet", include_top=False)): they are taken from then on.'
)


@dataclass(frozen=True)
class Weights:
    """`file` is what `keras.applications.ResNet50(weights=...)` takes; `words` say what it holds."""

    file: Path
    trained: bool
    words: str


def weights() -> Weights:
    """What $WORKSHOP_WEIGHTS names, else what Keras has downloaded, else a stand-in made here."""
    override = os.environ.get(OVERRIDE, "")
    if override and override != "imagenet":
        file = Path(override).resolve()
        return Weights(file, file.name == PUBLISHED, OVERRIDE_WORDS.format(file=file))
    published = keras_folder() / "models" / PUBLISHED
    if published.is_file() and _digest(published) == PUBLISHED_MD5:
        return Weights(published, True, PUBLISHED_WORDS.format(file=published))
    return Weights(kept("resnet50", STAND_IN, write_stand_in), False, STAND_IN_WORDS)


def keras_folder() -> Path:
    """Where Keras keeps what it downloads."""
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")


def _digest(file: Path) -> str:
    """The one that Keras itself compares; a download that broke off has another."""
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
