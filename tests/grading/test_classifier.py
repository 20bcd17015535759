"""A classifier to serve: right about its tiles, with an order of the classes that has to be read."""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image

from course_runtime.emulator import Emulator
from course_runtime.grading import Azure, World
from course_runtime.grading import classifier as served
from course_runtime.grading import features as hidden
from course_runtime.grading.tables import aerial
from course_runtime.grading.tiles import in_a_process_of_its_own

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="checks fork, here they cannot")

SIDE = 16


@pytest.fixture(scope="module", autouse=True)
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A log of the processes that compute features: here, how bright a tile is in each of a few places."""
    folder = tmp_path_factory.mktemp("classifier")
    (folder / "weights.h5").write_bytes(b"weights")

    def features(files: list[Path]) -> np.ndarray:
        with (folder / "log").open("a") as lines:
            lines.write(f"{os.getpid()}\n")
        return brightness([file.read_bytes() for file in files])

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKSHOP_DATA", str(folder / "data"))
        patch.setenv("WORKSHOP_WEIGHTS", str(folder / "weights.h5"))
        patch.setattr(hidden, "TRAIN", 8)
        patch.setattr(hidden, "VALID", 4)
        patch.setattr(served, "SURE", 0.0)
        patch.setitem(aerial().kept_features.__globals__, "features", features)
        patch.setattr(aerial(), "features", features)
        yield folder / "log"


def brightness(pictures: Sequence[bytes]) -> np.ndarray:
    small = [Image.open(io.BytesIO(picture)).resize((SIDE, SIDE)) for picture in pictures]
    return np.stack([np.asarray(picture, "float32").ravel() for picture in small])


def answers(models: Sequence[bytes], rows: np.ndarray, folder: Path) -> list[list[int]]:
    """Which output of each model is the highest, row by row; asked in a process in which TensorFlow may run."""

    def ask() -> None:
        import keras  # type: ignore[import-untyped]

        for number, model in enumerate(models):
            (folder / f"{number}.keras").write_bytes(model)
            answered = keras.models.load_model(folder / f"{number}.keras").predict(rows, verbose=0)
            np.save(folder / f"{number}.npy", answered)

    in_a_process_of_its_own(ask)
    return [np.load(folder / f"{number}.npy").argmax(axis=1).tolist() for number in range(len(models))]


def test_a_model_is_right_about_its_tiles_in_its_own_order(tmp_path: Path) -> None:
    classifiers = [served.hidden_classifier(Random(seed)) for seed in range(8)]
    found = {one.files[served.CLASSES]: one for one in classifiers}
    assert len(found) > 1
    models = [one.files[served.MODEL] for one in found.values()]
    tiles = classifiers[0].tiles
    outputs = answers(models, brightness([tile.png for tile in tiles]), tmp_path)
    for own, names in zip(outputs, map(json.loads, found), strict=True):
        assert [names[best] for best in own] == [tile.land_use for tile in tiles]
        assert names != sorted(names) == list(aerial().CLASSES)


def test_it_is_trained_once_and_in_another_process(work: Path) -> None:
    for seed in range(3):
        served.hidden_classifier(Random(seed))
    features, in_another_size = work.read_text().split()
    assert str(os.getpid()) not in (features, in_another_size)


def test_each_land_use_has_tiles_and_none_has_many() -> None:
    counts = Counter(tile.land_use for tile in served.hidden_classifier(Random(1)).tiles)
    assert counts and max(counts.values()) <= served.TRIED
    assert all(0 < tile.probability <= 1 for tile in served.hidden_classifier(Random(1)).tiles)


def test_a_student_has_an_order_of_their_own() -> None:
    with Emulator() as cloud:
        worlds = [World(seed, "test", Azure(cloud)) for seed in ("s", "s", "t")]
        first, again, other = ([tile.png for tile in world.classifier().tiles] for world in worlds)
    assert first == again
    assert first != other and sorted(first) == sorted(other)
    assert all(world.used_weights for world in worlds)
