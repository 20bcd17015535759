from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli.places import places_for, state_folder


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WORKSHOP_STATE", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


def course_in(folder: Path) -> Path:
    (folder / ".workshop").mkdir()
    (folder / ".workshop" / "course.toml").write_text('format = 1\ntrack = "half-day"\n')
    return folder


def test_the_course_folder_has_its_own(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    (course / "module0").mkdir()
    assert state_folder(course / "module0") == course / ".workshop" / "emulator"


def test_the_variable_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_STATE", str(tmp_path / "mine"))
    assert state_folder(course_in(tmp_path)) == tmp_path / "mine"


def test_elsewhere_it_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_folder(tmp_path) == tmp_path / ".local" / "share" / "azureml-workshop"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert state_folder(tmp_path) == tmp_path / ".local" / "share" / "azureml-workshop"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert state_folder(tmp_path) == tmp_path / "data" / "azureml-workshop"


def test_places_are_of_that_folder(tmp_path: Path) -> None:
    assert places_for(course_in(tmp_path)).state == tmp_path / ".workshop" / "emulator"
