from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli.watching import snapshot


def changed(folder: Path, before: snapshot.Snapshot, named: frozenset[str] = frozenset()) -> set[str]:
    return {path.name for path in snapshot.differences(before, snapshot.take([folder], named))}


def test_new_changed_renamed_over_and_deleted_files_differ(tmp_path: Path) -> None:
    for name in ("stays.py", "grows.py", "goes.ipynb", "replaced.py"):
        (tmp_path / name).write_text("1")
    before = snapshot.take([tmp_path])
    (tmp_path / "grows.py").write_text("11")
    (tmp_path / "goes.ipynb").unlink()
    (tmp_path / ".swap").write_text("1")
    (tmp_path / ".swap").replace(tmp_path / "replaced.py")
    (tmp_path / "new.py").write_text("1")
    assert changed(tmp_path, before) == {"grows.py", "goes.ipynb", "replaced.py", "new.py"}


@pytest.mark.parametrize(
    "name",
    [
        ".#exercise.py",
        "#exercise.py#",
        ".exercise.py.swp",
        "exercise.py~",
        "4913",
        "data.csv",
        "exercise.pyc",
    ],
)
def test_what_editors_keep_for_themselves_is_no_save(tmp_path: Path, name: str) -> None:
    before = snapshot.take([tmp_path])
    (tmp_path / name).write_text("1")
    assert changed(tmp_path, before) == set()


@pytest.mark.parametrize("folder", [".ipynb_checkpoints", "__pycache__", "venv"])
def test_folders_of_tools_are_passed_over(tmp_path: Path, folder: str) -> None:
    before = snapshot.take([tmp_path])
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "exercise.py").write_text("1")
    assert changed(tmp_path, before) == set()


def test_files_of_the_module_count_whatever_their_suffix(tmp_path: Path) -> None:
    before = snapshot.take([tmp_path])
    (tmp_path / "conda.yml").write_text("1")
    assert changed(tmp_path, before, frozenset({"conda.yml"})) == {"conda.yml"}


def test_a_folder_that_is_gone_is_empty(tmp_path: Path) -> None:
    assert snapshot.take([tmp_path / "none"]) == {}
