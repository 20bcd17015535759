"""Hidden features to train with: scaled, labelled, the same for everybody but for their order."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import numpy as np
import pytest

from course_runtime.emulator import Emulator
from course_runtime.grading import Azure, World
from course_runtime.grading import features as hidden
from course_runtime.grading.tables import aerial

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="checks fork, here they cannot")


@pytest.fixture(autouse=True)
def quick_features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of ResNet50: some bytes of each file, the class as a number, and a column that never changes."""

    def features(files: list[Path]) -> np.ndarray:
        rows = []
        for file in files:
            data = file.read_bytes()
            middle = np.frombuffer(data[len(data) // 2 :][:30], "uint8").astype("float32")
            rows.append([*middle, aerial().CLASSES.index(file.parent.name), 7.0])
        return np.array(rows, "float32")

    (tmp_path / "weights.h5").write_bytes(b"weights")
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("WORKSHOP_WEIGHTS", str(tmp_path / "weights.h5"))
    monkeypatch.setattr(hidden, "TRAIN", 3)
    monkeypatch.setattr(hidden, "VALID", 2)
    monkeypatch.setitem(aerial().kept_features.__globals__, "features", features)


def test_each_land_use_is_there_as_often() -> None:
    found = hidden.hidden_features()
    assert found.train_labels.sum(axis=0).tolist() == [3] * 6
    assert found.valid_labels.sum(axis=0).tolist() == [2] * 6


def test_columns_are_scaled_by_the_training_rows() -> None:
    found = hidden.hidden_features()
    changing, constant = found.train[:, :-1], found.train[:, -1]
    assert np.allclose(changing.mean(axis=0), 0, atol=1e-5)
    assert np.allclose(changing.std(axis=0), 1, atol=1e-2)
    assert not constant.any() and not found.valid[:, -1].any()
    assert not np.allclose(found.valid[:, :-1].mean(axis=0), 0, atol=1e-3)


def test_a_shuffled_row_keeps_its_label() -> None:
    """The last column but one is the class's number, scaled."""
    found = hidden.hidden_features().shuffled(Random("one"))
    for rows, labels in ((found.train, found.train_labels), (found.valid, found.valid_labels)):
        assert list(np.argsort(rows[:, -2], kind="stable")) == list(
            np.argsort(labels.argmax(axis=1), kind="stable")
        )


def test_the_order_is_the_students_own() -> None:
    with Emulator() as cloud:
        first, again, other = (World(seed, "test", Azure(cloud)).features() for seed in ("s", "s", "t"))
    assert np.array_equal(first.train, again.train)
    assert not np.array_equal(first.train, other.train)
    assert np.array_equal(np.sort(first.valid, axis=0), np.sort(other.valid, axis=0))
