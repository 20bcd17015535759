from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course import working_copy
from course_runtime.course.catalogue import Catalogue
from course_runtime.course.course_record import read_record
from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.working_copy import start


def _new_edition(basics: Module) -> None:
    for name in ("README.md", "numbers.csv"):
        path = basics.folder / name
        path.write_text(path.read_text() + "4\n")


def test_a_start_gives_every_module_of_the_track(tmp_path: Path, catalogue: Catalogue) -> None:
    report = start(tmp_path / "new", "whole", catalogue)
    assert len(report.created) == 9 and report.updated == report.kept == []
    assert (tmp_path / "new" / "module0_basics" / "exercise.ipynb").is_file()
    assert report.not_yet == ["module4 Not written yet"]
    assert read_record(tmp_path / "new").track == "whole"


def test_the_track_is_kept_unless_another_is_named(course: Path, catalogue: Catalogue) -> None:
    created = read_record(course).created
    assert start(course, None, catalogue).track == "whole"
    assert start(course, "half-day", catalogue).track == "half-day"
    assert read_record(course).created == created


def test_starting_again_changes_nothing(course: Path, catalogue: Catalogue) -> None:
    again = start(course, None, catalogue)
    assert again.created == again.updated == again.kept == []


def test_a_new_edition_replaces_what_was_not_touched_and_keeps_what_was(
    course: Path, catalogue: Catalogue, basics: Module
) -> None:
    mine = course / basics.name / "numbers.csv"
    mine.write_text("mine")
    _new_edition(basics)
    report = start(course, None, catalogue)
    assert report.updated == ["module0_basics/README.md"]
    assert report.kept == ["module0_basics/numbers.csv"]
    assert mine.read_text() == "mine"
    assert (course / basics.name / "README.md").read_text().endswith("4\n")


def test_a_change_without_a_new_edition_is_not_worth_a_word(
    course: Path, catalogue: Catalogue, basics: Module
) -> None:
    (course / basics.name / "exercise.py").write_text("mine")
    assert start(course, None, catalogue).kept == []
    assert (course / basics.name / "exercise.py").read_text() == "mine"


def test_a_kept_file_stays_the_students_at_every_later_start(
    course: Path, catalogue: Catalogue, basics: Module
) -> None:
    (course / basics.name / "numbers.csv").write_text("mine")
    for _ in range(2):
        _new_edition(basics)
        assert start(course, None, catalogue).kept == ["module0_basics/numbers.csv"]


def test_a_file_of_the_students_that_was_there_before_is_kept(tmp_path: Path, catalogue: Catalogue) -> None:
    mine = tmp_path / "new" / "module0_basics" / "exercise.py"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    assert start(tmp_path / "new", "whole", catalogue).kept == ["module0_basics/exercise.py"]
    assert mine.read_text() == "mine"


def test_a_deleted_file_comes_back(course: Path, catalogue: Catalogue, basics: Module) -> None:
    (course / basics.name / "exercise.py").unlink()
    assert start(course, None, catalogue).created == ["module0_basics/exercise.py"]


def test_a_start_broken_off_midway_goes_on_where_it_stopped(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, written = working_copy.write_atomic, []

    def full_after_three(path: Path, content: bytes) -> None:
        if len(written) == 3:
            raise CourseError(f"{path} could not be written: the disk is full.")
        real(path, content)
        written.append(path)

    monkeypatch.setattr(working_copy, "write_atomic", full_after_three)
    with pytest.raises(CourseError, match="disk is full"):
        start(tmp_path / "new", "whole", catalogue)
    monkeypatch.setattr(working_copy, "write_atomic", real)
    report = start(tmp_path / "new", "whole", catalogue)
    assert (len(report.created), report.kept) == (6, [])


@pytest.mark.parametrize("inside", ["solutions/mine", "graders", "exercises/module0_basics"])
def test_the_kits_own_folders_are_refused(catalogue: Catalogue, inside: str) -> None:
    with pytest.raises(CourseError, match="inside the kit's own"):
        start(catalogue.root / inside, None, catalogue)


def test_a_file_is_no_folder(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match="is a file"):
        start(tmp_path / "file", None, catalogue)


def test_an_unknown_track_writes_nothing(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(CourseError, match="half-day, whole"):
        start(tmp_path / "new", "nope", catalogue)
    assert not (tmp_path / "new").exists()
