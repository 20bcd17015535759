"""Courses of several modules, for a whole track, and what is not written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_runtime.course import Catalogue, load_catalogue
from course_runtime.emulator import Places

from ..conftest import ROOT
from .courses import course_in

pytest.importorskip("nbgrader", reason='nbgrader comes with `pip install "azureml-workshop[classroom]"`')

TRACK = "half-day"


def test_a_track_is_a_course_with_an_assignment_a_module(places: Places, tmp_path: Path) -> None:
    course = course_in(tmp_path, places, ROOT)
    said = course.workshop("nbgrader", "build", str(course.folder), "--track", TRACK)
    expected = _points_of_track(load_catalogue(ROOT))
    assert len(expected) > 1
    assert ", ".join(expected) in said
    assert sorted(path.name for path in (course.folder / "source").iterdir()) == sorted(expected)
    course.together(*([course.folder, "generate_assignment", name] for name in expected))
    with course.gradebook() as gradebook:
        found = {one.name: one.max_code_score for one in gradebook.assignments}
        reflections = {one.name: one.max_written_score for one in gradebook.assignments}
    assert found == expected
    assert set(reflections.values()) == {2}


def test_module_and_track_together_give_that_module_as_the_track_has_it(
    places: Places, tmp_path: Path
) -> None:
    course = course_in(tmp_path, places, ROOT)
    course.workshop("nbgrader", "build", str(course.folder), "--track", TRACK, "--module", "0")
    assert [path.name for path in (course.folder / "source").iterdir()] == ["module0"]
    document = json.loads((course.folder / "source/module0/exercise.ipynb").read_text())
    graded = [cell["id"] for cell in document["cells"] if cell["id"].startswith("points-")]
    assert graded == ["points-0-2"]


def test_a_roster_is_the_class_and_its_dates_are_said_to_be_left_out(places: Places, tmp_path: Path) -> None:
    course = course_in(tmp_path, places)
    (tmp_path / "class.csv").write_text("student,name,extension\nada,Ada Lovelace,2\nben,Ben Ode,\n")
    said = course.workshop("nbgrader", "build", str(course.folder), "--roster", str(tmp_path / "class.csv"))
    assert "2 students are in" in said
    assert "extensions are left out" in said and "grant_extension" in said
    with course.gradebook() as gradebook:
        assert [(one.id, one.last_name) for one in gradebook.students] == [
            ("ada", "Lovelace"),
            ("ben", "Ode"),
        ]


def test_a_track_that_is_not_there_is_named(places: Places, tmp_path: Path) -> None:
    course = course_in(tmp_path, places, ROOT)
    said = course.workshop("nbgrader", "build", str(course.folder), "--track", "halfday", code=2)
    assert "halfday" in said and TRACK in said
    assert not course.folder.exists()


def _points_of_track(catalogue: Catalogue) -> dict[str, float]:
    """By module, in order, what the track's TODOs are worth: its single ones, and its whole modules."""
    parts = catalogue.tracks.track(TRACK).parts
    single = {todo for part in parts for todo in part.todos}
    whole = {number for part in parts for number in part.modules}
    points = {
        module.short: sum(
            todo.points
            for todo in module.todos
            if todo.id in single or (module.number in whole and todo.in_track(TRACK))
        )
        for module in catalogue.modules
    }
    return {name: float(value) for name, value in points.items() if value}
