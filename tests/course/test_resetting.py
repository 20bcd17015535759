from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_runtime.course.catalogue import Catalogue
from course_runtime.course.errors import CourseError
from course_runtime.course.finding import find_submission
from course_runtime.course.model import Module
from course_runtime.course.resetting import reset


@pytest.fixture
def answered(course: Path, basics: Module) -> Path:
    path = course / basics.name / "exercise.py"
    text = (
        path.read_text()
        .replace("NAME = ...", "NAME = 1")
        .replace("raise NotImplementedError", "return print")
    )
    path.write_text(text)
    return path


def test_a_todo_is_put_back_and_the_rest_stays(
    answered: Path, course: Path, catalogue: Catalogue, basics: Module
) -> None:
    before = answered.read_bytes()
    report = reset(catalogue, "0.2", course)
    submission = find_submission(basics, None, course)
    assert (submission.state("0.1"), submission.state("0.2")) == ("edited", "untouched")
    assert report.files == [answered]
    assert report.backups[0].parent == course / ".workshop" / "backup"
    assert report.backups[0].read_bytes() == before
    assert str(report.backups[0]) in report.message


def test_a_module_is_put_back_file_by_file(answered: Path, course: Path, catalogue: Catalogue) -> None:
    (answered.parent / "numbers.csv").unlink()
    (answered.parent / "notes.txt").write_text("mine")
    report = reset(catalogue, "module0", course)
    assert set(report.files) == {answered, answered.parent / "numbers.csv"}
    assert len(report.backups) == 1
    assert (answered.parent / "notes.txt").read_text() == "mine"


def test_what_is_untouched_is_left_alone(course: Path, catalogue: Catalogue) -> None:
    notebook = Path("module0_basics/exercise.ipynb")
    saved_by_another_editor = json.dumps(json.loads((course / notebook).read_bytes()))
    (course / notebook).write_text(saved_by_another_editor)
    for target, where in (("0.2", None), ("TODO 0.2", None), ("0.2", notebook)):
        report = reset(catalogue, target, course, where)
        assert report.files == report.backups == []
        assert "already as it was given" in report.message


def test_an_untouched_module_is_left_alone(course: Path, catalogue: Catalogue) -> None:
    assert "already as it was given" in reset(catalogue, "module0", course).message
    assert not (course / ".workshop" / "backup").exists()


def test_a_notebook_is_put_back(course: Path, catalogue: Catalogue, basics: Module) -> None:
    path = course / basics.name / "exercise.ipynb"
    path.write_text(path.read_text().replace("NAME = ...", "NAME = 1"))
    report = reset(catalogue, "0.1", course)
    assert report.files == [path]
    assert find_submission(basics, path, course).state("0.1") == "untouched"


def test_a_todo_in_a_second_source_is_put_back_there(
    course: Path, catalogue: Catalogue, scripts: Module
) -> None:
    path = course / scripts.name / "train.py"
    path.write_text(path.read_text().replace("raise NotImplementedError", "return print"))
    assert reset(catalogue, "3.2", course).files == [path]
    assert find_submission(scripts, None, course).state("3.2") == "untouched"


def test_a_named_file_is_put_back_and_backed_up_beside_it(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "ada.py"
    path.write_text("x = 1\n")
    report = reset(catalogue, "module0", tmp_path, Path("ada.py"))
    assert "# TODO 0.2" in path.read_text()
    assert report.backups[0].parent.parent.parent == tmp_path


def test_windows_line_ends_are_kept(answered: Path, course: Path, catalogue: Catalogue) -> None:
    answered.write_bytes(answered.read_bytes().replace(b"\n", b"\r\n"))
    reset(catalogue, "0.2", course)
    content = answered.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")


def test_lost_markers_come_back(answered: Path, course: Path, catalogue: Catalogue, basics: Module) -> None:
    answered.write_text(answered.read_text().replace("# TODO 0.1 Choose a name\n", ""))
    reset(catalogue, "0.1", course)
    submission = find_submission(basics, None, course)
    assert (submission.state("0.1"), submission.state("0.2")) == ("untouched", "edited")


def test_a_damaged_notebook_can_be_put_back_whole(course: Path, catalogue: Catalogue, basics: Module) -> None:
    path = course / basics.name / "exercise.ipynb"
    path.write_text("{")
    with pytest.raises(CourseError, match="workshop reset"):
        reset(catalogue, "0.1", course)
    report = reset(catalogue, "module0", course)
    assert report.files == [path] and report.backups[0].read_text() == "{"
    assert find_submission(basics, path, course).state("0.1") == "untouched"


def test_without_room_for_a_backup_nothing_is_changed(
    answered: Path, course: Path, catalogue: Catalogue
) -> None:
    before = answered.read_bytes()
    (course / ".workshop" / "backup").write_text("a file where the folder should be")
    with pytest.raises(CourseError, match="could not be written"):
        reset(catalogue, "0.2", course)
    assert answered.read_bytes() == before
