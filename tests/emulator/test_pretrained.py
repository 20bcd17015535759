"""ResNet50's weights are found by the emulator, and shown to what has TensorFlow."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.emulator.pretrained import VARIABLE, named_weights, readable_weights, weights_variables


def test_the_environment_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own.h5"))
    assert named_weights() == tmp_path / "own.h5"


@pytest.mark.parametrize("said", ["", "imagenet"])
def test_the_name_that_keras_knows_is_no_file(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, said)
    assert named_weights() is None
    assert weights_variables(None) == {}


def test_a_file_that_is_not_there_is_named_and_cannot_be_shown(tmp_path: Path) -> None:
    file = tmp_path / "own.h5"
    variables = weights_variables(file)
    assert variables == {VARIABLE: str(file)}
    assert readable_weights(variables) == ()
    file.write_bytes(b"weights")
    assert readable_weights(variables) == (str(file),)
