"""Hidden tiles come with the features that they should have; those are computed once, in another process."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from course_runtime.emulator import Emulator
from course_runtime.grading import Azure, KitError, World
from course_runtime.grading import tiles as hidden
from course_runtime.grading.tables import aerial

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="checks fork, here they cannot")


@pytest.fixture(autouse=True)
def quick_features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In the place of ResNet50: the mean of each file's bytes. Each computation leaves a line in the log."""
    log = tmp_path / "log"

    def features(files: list[Path]) -> np.ndarray:
        with log.open("a") as lines:
            lines.write(f"{os.getpid()}\n")
        return np.array([[np.frombuffer(file.read_bytes(), "uint8").mean()] for file in files])

    (tmp_path / "weights.h5").write_bytes(b"weights")
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("WORKSHOP_WEIGHTS", str(tmp_path / "weights.h5"))
    monkeypatch.setattr(hidden, "A_CLASS", 2)
    monkeypatch.setitem(aerial().kept_features.__globals__, "features", features)
    return log


def test_each_tile_has_its_own_features() -> None:
    for tile in hidden.hidden_tiles():
        assert tile.features[0] == np.frombuffer(tile.png, "uint8").mean()
        assert tile.pixels.shape == (224, 224, 3)


def test_they_are_computed_once_and_in_another_process(quick_features: Path) -> None:
    for _ in range(2):
        assert Counter(tile.land_use for tile in hidden.hidden_tiles()) == dict.fromkeys(aerial().CLASSES, 2)
    (process,) = quick_features.read_text().split()
    assert int(process) != os.getpid()


def test_other_weights_have_other_features(tmp_path: Path, quick_features: Path) -> None:
    hidden.hidden_tiles()
    (tmp_path / "weights.h5").write_bytes(b"other weights")
    hidden.hidden_tiles()
    assert len(quick_features.read_text().split()) == 2


def test_a_failure_is_the_kits(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(files: list[Path]) -> np.ndarray:
        os._exit(3)

    monkeypatch.setitem(aerial().kept_features.__globals__, "features", broken)
    with pytest.raises(KitError, match="features of the hidden tiles could not be computed"):
        hidden.hidden_tiles()


def test_every_student_has_an_order_of_their_own() -> None:
    with Emulator() as cloud:
        azure = Azure(cloud)
        first, again, other = (
            [tile.png for tile in World(seed, "a", azure).tiles(1)] for seed in ("s", "s", "t")
        )
    assert len(first) == 6
    assert first == again
    assert first != other


def test_the_weights_are_those_of_the_kit(tmp_path: Path) -> None:
    assert hidden.weights_file() == tmp_path / "weights.h5"
