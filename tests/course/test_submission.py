from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course.finding import find_submission
from course_runtime.course.model import Module
from course_runtime.course.submission import Submission

RAISE = 'raise NotImplementedError("TODO 0.2: Add the numbers up")'


def _submit(course: Path, basics: Module, *changes: tuple[str, str]) -> Submission:
    path = course / basics.name / "exercise.py"
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return find_submission(basics, None, course)


def test_a_fresh_exercise_is_untouched(course: Path, basics: Module) -> None:
    submission = _submit(course, basics)
    assert [submission.state(todo) for todo in ("0.1", "0.2")] == ["untouched", "untouched"]
    assert "not started" in submission.state_message("0.2")


def test_a_comment_or_a_blank_line_is_no_edit(course: Path, basics: Module) -> None:
    submission = _submit(course, basics, (RAISE, f"# I will think\n\n        {RAISE}  # later"))
    assert submission.state("0.2") == "untouched"


def test_one_edited_region_makes_the_todo_edited(course: Path, basics: Module) -> None:
    submission = _submit(course, basics, (RAISE, "return 1"))
    assert (submission.state("0.1"), submission.state("0.2")) == ("untouched", "edited")
    assert submission.state_message("0.2") == ""


def test_an_older_editions_placeholder_is_untouched(course: Path, basics: Module) -> None:
    submission = _submit(course, basics, ("Add the numbers up", "Sum the numbers"))
    assert submission.state("0.2") == "untouched"


@pytest.mark.parametrize("marker", ["        # TODO 0.2 Add the numbers up\n", "        # END TODO\n"])
def test_damaged_markers_are_missing_and_the_sentence_says_what_to_do(
    course: Path, basics: Module, marker: str
) -> None:
    submission = _submit(course, basics, (marker, ""))
    assert (submission.state("0.1"), submission.state("0.2")) == ("untouched", "missing")
    assert "`workshop reset 0.2`" in submission.state_message("0.2")


def test_a_syntax_error_points_into_the_students_file(course: Path, basics: Module) -> None:
    problem = _submit(course, basics, (RAISE, "return (1")).syntax_error
    assert problem is not None
    line = (course / basics.name / "exercise.py").read_text().split("\n").index("        return (1") + 1
    assert (problem.place.path, problem.line) == (course / basics.name / "exercise.py", line)


def test_a_syntax_error_in_a_notebook_points_into_the_cell(course: Path, basics: Module) -> None:
    path = course / basics.name / "exercise.ipynb"
    path.write_text(path.read_text().replace("NAME = ...", "NAME = ("))
    problem = find_submission(basics, path, course).syntax_error
    assert problem is not None
    assert str(problem.place) == "exercise.ipynb, cell 1, line 7"


def test_a_syntax_error_in_another_source_points_there(course: Path, scripts: Module) -> None:
    (course / scripts.name / "train.py").write_text("x = (\n")
    problem = find_submission(scripts, None, course).syntax_error
    assert problem is not None and problem.place.path == course / scripts.name / "train.py"


def test_lines_past_the_end_of_a_notebook_are_its_last_line(course: Path, basics: Module) -> None:
    submission = find_submission(basics, course / basics.name / "exercise.ipynb", course)
    assert submission.where("exercise.py", 10_000).cell == 3
    assert submission.where("exercise.py", 0).cell == 1


def test_a_copy_kept_beside_the_exercise_does_not_count(course: Path, basics: Module) -> None:
    folder = course / basics.name
    (folder / "old.py").write_text((folder / "exercise.py").read_text().replace(RAISE, "return 1"))
    submission = _submit(course, basics)
    assert "old.py" in submission.sources
    assert submission.state("0.2") == "untouched"
