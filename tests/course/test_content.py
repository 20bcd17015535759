from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course import content
from course_runtime.course.errors import CourseError


def test_the_environment_decides_first(root: Path) -> None:
    assert content.content_root() == root


def test_an_installed_kit_brings_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(content.OVERRIDE, raising=False)
    monkeypatch.setattr(content, "INSTALLED", tmp_path)
    assert content.content_root() == tmp_path
    assert content.checkout_root() is None


def test_a_checkout_is_its_own_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(content.OVERRIDE, raising=False)
    monkeypatch.setattr(content, "INSTALLED", tmp_path / "none")
    monkeypatch.setattr(content, "PACKAGE", tmp_path / "course_runtime")
    (tmp_path / "solutions").mkdir()
    assert content.content_root() == content.checkout_root() == tmp_path


def test_no_content_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(content.OVERRIDE, str(tmp_path))
    with pytest.raises(CourseError, match="no solutions folder"):
        content.content_root()
    assert content.checkout_root() is None
