from __future__ import annotations

import os
from pathlib import Path

import pytest

from course_runtime.course.errors import CourseError
from course_runtime.course.finding import find_submission
from course_runtime.course.model import Module


@pytest.fixture
def folder(course: Path, basics: Module) -> Path:
    return course / basics.name


def _work_in(path: Path, at: int) -> None:
    path.write_text(path.read_text().replace("NAME = ...", "NAME = 1"))
    os.utime(path, (at, at))


def _picked(folder: Path, basics: Module) -> tuple[str, str]:
    submission = find_submission(basics, folder, folder)
    return submission.path.name, submission.note


def test_the_file_worked_in_wins_however_old_it_is(folder: Path, basics: Module) -> None:
    _work_in(folder / "exercise.ipynb", at=1000)
    assert _picked(folder, basics) == (
        "exercise.ipynb",
        "exercise.ipynb counts; exercise.py is as it was given.",
    )


@pytest.mark.parametrize(
    ("newer", "older"), [("exercise.py", "exercise.ipynb"), ("exercise.ipynb", "exercise.py")]
)
def test_of_two_worked_in_the_newer_wins_and_the_note_names_both(
    folder: Path, basics: Module, newer: str, older: str
) -> None:
    _work_in(folder / newer, at=2000)
    _work_in(folder / older, at=1000)
    name, note = _picked(folder, basics)
    assert name == newer
    assert f"{newer} is newer and counts, {older} does not" in note


def test_of_two_untouched_the_source_is_taken(folder: Path, basics: Module) -> None:
    name, note = _picked(folder, basics)
    assert name == "exercise.py" and "both as they were given" in note


def test_saving_a_notebook_with_outputs_is_not_working_in_it(folder: Path, basics: Module) -> None:
    notebook = folder / "exercise.ipynb"
    notebook.write_text(notebook.read_text().replace('"execution_count": null', '"execution_count": 7'))
    _work_in(folder / "exercise.py", at=1000)
    assert _picked(folder, basics)[0] == "exercise.py"


def test_a_broken_notebook_counts_as_worked_in(folder: Path, basics: Module) -> None:
    (folder / "exercise.ipynb").write_text("{")
    with pytest.raises(CourseError, match=r"exercise\.ipynb is damaged"):
        _picked(folder, basics)


def test_a_single_file_with_its_own_name_is_taken(folder: Path, basics: Module) -> None:
    (folder / "exercise.ipynb").unlink()
    (folder / "exercise.py").rename(folder / "ada (1).py")
    name, note = _picked(folder, basics)
    assert name == "ada (1).py" and "counts as exercise.py" in note


def test_nothing_to_take_is_a_sentence(tmp_path: Path, basics: Module) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(CourseError, match=r"No exercise\.py or exercise\.ipynb .* no \.py or \.ipynb file"):
        _picked(empty, basics)


def test_several_unknown_files_are_named(tmp_path: Path, basics: Module) -> None:
    for name in ("a.py", "b.ipynb"):
        (tmp_path / name).write_text("")
    with pytest.raises(CourseError, match=r"it holds a\.py, b\.ipynb"):
        _picked(tmp_path, basics)
