from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course_runtime.course.catalogue import Catalogue
from course_runtime.course.errors import CourseError
from course_runtime.course.finding import find_submission
from course_runtime.course.model import Module


def test_the_course_folder_is_searched_from_anywhere_inside(
    course: Path, basics: Module, scripts: Module
) -> None:
    submission = find_submission(scripts, None, course / basics.name)
    assert submission.path == course / scripts.name / "exercise.py"
    assert set(submission.sources) == {"exercise.py", "train.py", "settings.py"}


def test_a_checkouts_own_exercises_are_found(built: Catalogue, basics: Module) -> None:
    submission = find_submission(basics, None, built.root / "solutions")
    assert submission.path == basics.exercise_folder / "exercise.py"
    assert submission.state("0.2") == "untouched"


def test_edits_made_in_a_checkout_are_edits(built: Catalogue, basics: Module) -> None:
    path = basics.exercise_folder / "exercise.py"
    path.write_text(path.read_text().replace("NAME = ...", "NAME = 'ada'"))
    assert find_submission(basics, None, built.root).state("0.1") == "edited"


@pytest.mark.parametrize(
    "where", [".", "module0_basics", "module0_basics/exercise.py", "module0_basics/exercise.ipynb"]
)
def test_a_file_or_a_folder_may_be_named(course: Path, basics: Module, where: str) -> None:
    submission = find_submission(basics, Path(where), course)
    assert submission.path.parent == course / basics.name
    assert submission.files["numbers.csv"] == b"1\n2\n3\n"


def test_a_lone_file_does_not_take_other_students_files_along(tmp_path: Path, scripts: Module) -> None:
    for name in ("ada.py", "bob.py", "train.py"):
        (tmp_path / name).write_text(f"# {name}\n")
    submission = find_submission(scripts, Path("ada.py"), tmp_path)
    assert set(submission.sources) == {"exercise.py", "train.py", "settings.py"}
    assert submission.sources["exercise.py"] == "# ada.py\n"
    assert submission.sources["train.py"] == "# train.py\n"


def test_what_was_not_handed_in_is_taken_as_given_and_said(tmp_path: Path, scripts: Module) -> None:
    (tmp_path / "ada.py").write_text("")
    submission = find_submission(scripts, Path("ada.py"), tmp_path)
    assert submission.state("3.2") == "untouched"
    assert "taken as given: train.py, settings.py" in submission.note


def test_a_students_own_helper_goes_along_and_a_scrap_does_no_harm(course: Path, basics: Module) -> None:
    (course / basics.name / "helper.py").write_text("x = 1\n")
    (course / basics.name / "scrap.py").write_bytes(b"\xe9\0")
    submission = find_submission(basics, None, course)
    assert submission.sources["helper.py"] == "x = 1\n"
    assert submission.files["scrap.py"] == b"\xe9\0"


def test_a_named_source_that_cannot_be_read_stops(course: Path, scripts: Module) -> None:
    (course / scripts.name / "train.py").write_bytes(b"\0")
    with pytest.raises(CourseError, match=r"train\.py, line 1, holds a NUL"):
        find_submission(scripts, None, course)


def test_the_notebook_stands_for_the_main_source(course: Path, scripts: Module) -> None:
    submission = find_submission(scripts, Path("module3_scripts/exercise.ipynb"), course)
    assert (submission.kind, submission.sources["exercise.py"][:4]) == ("ipynb", "# %%")
    assert "exercise.ipynb" not in submission.files


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("none.py", "does not exist"),
        ("notes.txt", "neither a .py nor an .ipynb"),
        ("folder.py", "No exercise.py"),
    ],
)
def test_a_wrong_path_is_a_sentence(tmp_path: Path, basics: Module, where: str, said: str) -> None:
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "folder.py").mkdir()
    with pytest.raises(CourseError) as refusal:
        find_submission(basics, Path(where), tmp_path)
    assert said in refusal.value.message


def test_outside_a_course_the_next_step_is_said(tmp_path: Path, basics: Module) -> None:
    with pytest.raises(CourseError, match="`workshop start`"):
        find_submission(basics, None, tmp_path)


def test_a_module_missing_from_the_course_folder_is_a_sentence(course: Path, basics: Module) -> None:
    shutil.rmtree(course / basics.name)
    with pytest.raises(CourseError, match="module0 is not in this course folder"):
        find_submission(basics, None, course)
