"""The folder that a grader unpacks into."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.classroom.scratch import PREFIX, scratch_folder


def test_it_is_named_in_full_wherever_the_output_was_named_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever checks what lies in it runs in another folder."""
    monkeypatch.chdir(tmp_path)
    Path("out").mkdir()
    with scratch_folder(Path("out")) as folder:
        assert folder.is_absolute() and folder.is_dir()
    assert list((tmp_path / "out").glob(f"{PREFIX}*")) == []


def test_what_a_killed_grader_left_is_removed_and_what_is_in_use_stays(tmp_path: Path) -> None:
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / "lock").touch()
    with scratch_folder(tmp_path) as first, scratch_folder(tmp_path) as second:
        assert not left.exists()
        assert first.is_dir() and second.is_dir()
