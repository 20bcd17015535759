from __future__ import annotations

import pytest

from course_runtime.course.catalogue import Catalogue
from course_runtime.course.errors import CourseError
from course_runtime.course.given import given_files, given_sources
from course_runtime.course.model import Module


def test_what_is_given_does_not_depend_on_the_exercises_folder(built: Catalogue, basics: Module) -> None:
    path = basics.exercise_folder / "exercise.py"
    built_text = path.read_text()
    path.write_text("edited in place")
    assert given_sources(basics)["exercise.py"] == built_text


def test_extra_scripts_are_sources_and_extra_data_are_files(basics: Module, scripts: Module) -> None:
    assert given_sources(scripts)["settings.py"] == "RATE = 0.5\n"
    assert given_files(scripts) == {}
    assert given_files(basics) == {"numbers.csv": b"1\n2\n3\n"}


def test_a_lost_extra_file_is_a_sentence(basics: Module) -> None:
    (basics.folder / "numbers.csv").unlink()
    with pytest.raises(CourseError, match=r"numbers\.csv cannot be read"):
        given_files(basics)
