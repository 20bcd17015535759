"""The course's tables, from the content that is in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.grading import tables


def test_the_contents_own_generators_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "datasets" / "diabetes"
    package.mkdir(parents=True)
    (tmp_path / "solutions").mkdir()
    (package.parent / "__init__.py").write_text("")
    (package / "__init__.py").write_text("from .made import ROWS\n")
    (package / "made.py").write_text("ROWS = 7\n")
    monkeypatch.setenv("WORKSHOP_CONTENT", str(tmp_path))
    monkeypatch.setattr(tables, "PACKAGE", "workshop_datasets_of_a_test")
    assert tables.diabetes().ROWS == 7


def test_content_without_tables_is_told_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    monkeypatch.setenv("WORKSHOP_CONTENT", str(tmp_path))
    monkeypatch.setattr(tables, "PACKAGE", "workshop_datasets_of_a_test_too")
    with pytest.raises(RuntimeError, match=r"tables are missing: .*__init__\.py"):
        tables.diabetes()
