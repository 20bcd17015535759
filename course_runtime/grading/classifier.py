"""A classifier of aerial tiles as module 5 keeps one, and hidden tiles that it is sure of: to be served and asked."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from course_runtime.grading.features import hidden_files, one_hot
from course_runtime.grading.tables import aerial
from course_runtime.grading.tiles import in_a_process_of_its_own, reference_features

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Array = NDArray[float32]

SEED = 8
ORDERS = 5  # of the classes; none is the alphabet's
UNITS, EPOCHS = 32, 20
SMOOTHING = 0.2
"""Keeps probabilities away from 1, so that slightly other features are seen in them."""
SURE = 0.5
TRIED = 4  # tiles of each land use
MODEL, CLASSES, TILES = "aerial_classifier.keras", "classes.json", "tiles.json"


@dataclass(frozen=True)
class SureTile:
    """A tile that is classified rightly, and still is when it comes in another size; the probability of that."""

    land_use: str
    png: bytes
    probability: float


@dataclass(frozen=True)
class Classifier:
    """`files`: the model in one Keras file, and the list of its classes in the order of its outputs."""

    files: Mapping[str, bytes]
    tiles: Sequence[SureTile]


def hidden_classifier(random: Random) -> Classifier:
    """With an order of the classes of its own; trained on the first check of this machine, and kept."""
    folder = _kept()
    own = folder / str(random.randrange(ORDERS))
    told = json.loads((folder / TILES).read_text(encoding="utf-8"))
    files = hidden_files()["valid"]
    tiles = [
        SureTile(files[row].parent.name, files[row].read_bytes(), probability) for row, probability in told
    ]
    return Classifier({name: (own / name).read_bytes() for name in (MODEL, CLASSES)}, tiles)


def _kept() -> Path:
    parts = hidden_files()
    features = reference_features([*parts["train"], *parts["valid"]])
    digest = hashlib.blake2b(features.read_bytes(), digest_size=8)
    digest.update(Path(__file__).read_bytes() + version("keras").encode())
    make = partial(_make, parts, features)
    kept: Path = aerial().kept(
        f"classifier-{digest.hexdigest()}",
        "classifier",
        lambda place: in_a_process_of_its_own(partial(make, place)),
    )
    return kept


def _make(parts: Mapping[str, list[Path]], features: Path, folder: Path) -> None:
    import numpy as np

    train, valid = np.split(np.load(features, allow_pickle=False), [len(parts["train"])])
    model = _trained(train, one_hot(parts["train"]))
    _save_in_orders(model, folder)
    tiles = _sure(model, parts["valid"], valid)
    (folder / TILES).write_text(json.dumps(tiles), encoding="utf-8")


def _trained(features: Array, labels: Array) -> Any:
    import keras  # type: ignore[import-untyped]

    keras.utils.set_random_seed(SEED)
    scaled = keras.layers.Normalization()
    scaled.adapt(features)
    layers = [
        keras.Input((features.shape[1],)),
        scaled,
        keras.layers.Dense(UNITS, activation="relu"),
        keras.layers.Dense(labels.shape[1], activation="softmax"),
    ]
    model = keras.Sequential(layers)
    model.compile("adam", keras.losses.CategoricalCrossentropy(label_smoothing=SMOOTHING))
    model.fit(features, labels, epochs=EPOCHS, batch_size=32, verbose=0)
    return keras.Sequential([keras.Input((features.shape[1],)), *model.layers])  # without the optimizer


def _save_in_orders(model: Any, folder: Path) -> None:
    classes = aerial().CLASSES
    last, random = model.layers[-1], Random(SEED)
    kernel, bias = last.get_weights()
    for number in range(ORDERS):
        order = list(range(len(classes)))
        while order == sorted(order):
            random.shuffle(order)
        last.set_weights([kernel[:, order], bias[order]])
        own = folder / str(number)
        own.mkdir(parents=True)
        model.save(own / MODEL)
        (own / CLASSES).write_text(json.dumps([classes[place] for place in order]), encoding="utf-8")
    last.set_weights([kernel, bias])


def _sure(model: Any, files: Sequence[Path], features: Array) -> list[tuple[int, float]]:
    """The tiles' numbers, and how probable the right answer is."""
    labels = one_hot(files)
    probable, margins = _rightly(model, features, labels)
    rows = [
        int(row)
        for use in range(labels.shape[1])
        for row in [row for row in labels[:, use].nonzero()[0] if margins[row] > SURE][:TRIED]
    ]
    _, resized = _rightly(model, _resized_features([files[row] for row in rows]), labels[rows])
    return [(row, float(probable[row])) for row, margin in zip(rows, resized, strict=True) if margin > SURE]


def _rightly(model: Any, features: Array, labels: Array) -> tuple[Array, Array]:
    """The probability of the right answer, and how far it is above that of any other."""
    answers = model.predict(features, verbose=0)
    right = (answers * labels).sum(axis=1)
    return right, right - (answers * (1 - labels)).max(axis=1)


def _resized_features(files: Sequence[Path]) -> Array:
    """Of the tiles in twice their size and back: what that costs depends on the method, and this one costs most."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        changed = [Path(folder) / f"{number}.png" for number in range(len(files))]
        for file, own in zip(files, changed, strict=True):
            picture = Image.open(file)
            twice = picture.resize((2 * picture.width, 2 * picture.height), Image.Resampling.NEAREST)
            twice.resize(picture.size, Image.Resampling.BILINEAR).save(own)
        found: Array = aerial().features(changed)
        return found
