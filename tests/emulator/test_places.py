from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_runtime.emulator.places import Places, PlaceUnusable, runtime_root


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Short, so that the folder shared with other emulators of this user is left alone."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with tempfile.TemporaryDirectory(prefix="w", dir="/tmp") as folder:
        monkeypatch.setattr("tempfile.tempdir", folder)
        yield Path(folder)


def test_each_state_folder_has_sockets_of_its_own(tmp_path: Path) -> None:
    one, two = Places.of(tmp_path / "one"), Places.of(tmp_path / "two")
    assert one.runtime != two.runtime
    assert Places.of(tmp_path / "x" / ".." / "one").runtime == one.runtime


@pytest.mark.parametrize("length", [10, 60, 100, 200])
def test_sockets_fit_whatever_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    long = tmp_path / ("x" * length)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    assert len(os.fsencode(Places.of(tmp_path).handover_socket)) <= 103


def test_no_folder_at_all_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PlaceUnusable, match="Set XDG_RUNTIME_DIR"):
        runtime_root()


def test_both_folders_are_private(tmp_path: Path) -> None:
    places = Places.of(tmp_path / "state")
    places.make()
    for folder in (places.state, places.runtime, places.runtime.parent):
        assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("which", ["runtime", "root"])
def test_a_folder_that_others_may_enter_is_not_used(
    tmp_path: Path, own_temporary_folder: Path, which: str
) -> None:
    places = Places.of(tmp_path / "state")
    places.make()
    assert own_temporary_folder in places.runtime.parents
    folder = places.runtime if which == "runtime" else places.runtime.parent
    folder.chmod(0o755)
    with pytest.raises(PlaceUnusable, match="not private to you"):
        places.make()


def test_a_state_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places.of(tmp_path / "state")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PlaceUnusable, match=r"/state cannot be written to .* Set WORKSHOP_STATE"):
        places.make()
