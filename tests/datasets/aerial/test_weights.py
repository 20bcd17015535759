"""The stand-in is read by Keras itself, and a linear classifier tells the land uses apart by its features."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ..loading import FOLDER, load

weights = load("aerial.weights")
standin = load("aerial.standin")
resnet50 = load("aerial.resnet50")

PINNED = [0.0025663, -0.0364218, -0.0333716]
SCRIPT = """
import json, sys
import keras
import numpy as np
from datasets import aerial
from sklearn.linear_model import LogisticRegression

model = keras.applications.ResNet50(weights=None, include_top=False)
layers = [[layer.name, [list(one.shape) for one in layer.weights]] for layer in model.layers if layer.weights]
place = aerial.path(11, train=8, valid=4)
parts = {part: sorted((place / part).glob("*/*.png")) for part in ("train", "valid")}
found = {part: aerial.features(files) for part, files in parts.items()}
uses = {part: [file.parent.name for file in files] for part, files in parts.items()}
classifier = LogisticRegression(max_iter=3000).fit(found["train"], uses["train"])
every = np.concatenate(list(found.values()))
print(json.dumps({
    "layers": layers,
    "accuracy": classifier.score(found["valid"], uses["valid"]),
    "mean": float(every.mean()),
    "dead": float((every.std(axis=0) < 1e-6).mean()),
    "shape": list(found["train"].shape),
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """TensorFlow runs in a process of its own, without a network or anything downloaded."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "HOME": str(home), "WORKSHOP_DATA": str(home), "CUDA_VISIBLE_DEVICES": "-1"}
    environment = {
        name: value for name, value in environment.items() if name not in ("WORKSHOP_WEIGHTS", "KERAS_HOME")
    }
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=FOLDER.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(answer.stdout.splitlines()[-1])
    return found


def test_its_layers_are_those_of_keras(told: dict[str, object]) -> None:
    ours = [[layer, [list(shape) for shape in own.values()]] for layer, own in resnet50.shapes().items()]
    assert told["layers"] == ours


def test_a_linear_classifier_tells_the_land_uses_apart(told: dict[str, object]) -> None:
    assert told["shape"] == [48, 2048]
    assert told["accuracy"] >= 0.9


def test_its_features_are_alive(told: dict[str, object]) -> None:
    """As large as those of the published weights, and hardly one that never changes."""
    assert 0.3 < told["mean"] < 0.6
    assert told["dead"] < 0.02


def test_its_numbers_are_the_same_everywhere() -> None:
    kernel = standin.stand_in()["conv5_block3_3_conv"]["kernel"]
    assert kernel.shape == (1, 1, 512, 2048)
    assert np.allclose(kernel[0, 0, :3, 0], PINNED, atol=1e-7)


def test_what_a_variable_names_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_WEIGHTS", str(tmp_path / "own.h5"))
    found = weights.weights()
    assert (found.file, found.trained) == (tmp_path / "own.h5", False)
    assert "which WORKSHOP_WEIGHTS names" in found.words


@pytest.fixture
def keras_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("WORKSHOP_WEIGHTS", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(weights, "write_stand_in", lambda file: file.write_bytes(b"a stand-in"))
    models = tmp_path / "keras" / "models"
    models.mkdir(parents=True)
    return models


def test_published_weights_are_taken_where_keras_has_them(
    keras_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = keras_home / weights.PUBLISHED
    published.write_bytes(b"published")
    monkeypatch.setattr(weights, "PUBLISHED_MD5", weights._digest(published))
    found = weights.weights()
    assert (found.file, found.trained) == (published, True)
    assert "trained on ImageNet" in found.words and "stand-in" not in found.words


def test_a_download_that_broke_off_is_not_taken(keras_home: Path) -> None:
    (keras_home / weights.PUBLISHED).write_bytes(b"half of it")
    found = weights.weights()
    assert (found.file.read_bytes(), found.trained) == (b"a stand-in", False)


def test_a_stand_in_is_called_one(keras_home: Path) -> None:
    assert "not trained on ImageNet" in weights.weights().words
