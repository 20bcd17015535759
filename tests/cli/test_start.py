from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli.start import duration, modules_of, next_step

from .conftest import Command, write_answer


def test_the_first_time(workshop: Command, tmp_path: Path) -> None:
    done = workshop("start", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "azureml-workshop" / "module7_answers" / "exercise.py").is_file()
    assert "new      module7_answers (3 files)" in done.stdout
    assert "later    module8 A module to come: not in the kit yet" in done.stdout
    assert "Next: cd azureml-workshop && workshop" in done.stdout


def test_the_second_time_nothing_is_lost(workshop: Command, course: Path) -> None:
    path = write_answer(course, "return 42")
    text = path.read_text()
    shown = workshop("start", ".", cwd=course).stdout
    assert "Everything is there already" in shown and "Next: workshop\n" in shown
    assert path.read_text() == text


def test_the_tracks(workshop: Command, tmp_path: Path) -> None:
    shown = workshop("start", "--list-tracks", cwd=tmp_path).stdout
    assert "half-day  (1 h 30 min)" in shown and "A small track" in shown
    assert not list(tmp_path.iterdir())


def test_a_track_that_is_not_there(workshop: Command, tmp_path: Path) -> None:
    done = workshop("start", "--track", "no-such", cwd=tmp_path)
    assert done.returncode == 2 and "half-day" in done.stderr
    assert not (tmp_path / "azureml-workshop").exists()


@pytest.mark.parametrize(("minutes", "words"), [(45, "45 min"), (60, "1 h"), (95, "1 h 35 min")])
def test_durations(minutes: int, words: str) -> None:
    assert duration(minutes) == words


def test_files_are_counted_by_module() -> None:
    assert modules_of(["a/x", "a/y", "b/x"]) == {"a": 2, "b": 1}


def test_the_next_step_can_be_pasted(tmp_path: Path) -> None:
    assert next_step(tmp_path, tmp_path) == "Next: workshop"
    assert next_step(tmp_path / "my course", tmp_path) == "Next: cd 'my course' && workshop"


def test_inside_a_course_folder_that_one_is_brought_up_to_date(workshop: Command, course: Path) -> None:
    lost = course / "module7_answers" / "README.md"
    lost.unlink()
    done = workshop("start", cwd=course / "module7_answers")
    assert done.returncode == 0 and lost.is_file()
    assert not list(course.rglob("azureml-workshop"))
