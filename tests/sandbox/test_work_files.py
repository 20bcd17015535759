from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.sandbox.work_files import WorkFiles


def test_files_are_written_read_and_listed(tmp_path: Path) -> None:
    files = WorkFiles(str(tmp_path))
    files.write("b/c.txt", b"c")
    files.write("a.txt", b"a")
    assert files.read("b/c.txt") == b"c"
    assert files.names() == ["a.txt", "b/c.txt"]


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "secret").write_text("42")
    (tmp_path / "work/link").symlink_to(tmp_path / "secret")
    with pytest.raises(ValueError, match="not the name of a file in the work directory"):
        WorkFiles(str(tmp_path / "work")).read("link")


def test_only_absolute_names_below_it_are_inside(tmp_path: Path) -> None:
    files = WorkFiles(str(tmp_path))
    assert files.contains(str(tmp_path / "a.py"))
    assert not files.contains("<frozen runpy>")
    assert not files.contains(f"{tmp_path}-other/a.py")
