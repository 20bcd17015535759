"""The ways that nbgrader has for students' work to come in: its exchange, and what a learning platform zipped."""

from __future__ import annotations

import getpass
import json
import zipfile
from pathlib import Path

from .answers import RIGHT, answered
from .courses import Course

TWO_OF_THREE = {name: text for name, text in RIGHT.items() if name != "todo-1-3"}


def test_the_exchange_and_the_platforms_zips(course: Course, tmp_path: Path) -> None:
    home, exchange = tmp_path / "home", f"--Exchange.root={tmp_path / 'exchange'}"
    home.mkdir()
    course.together(
        [course.folder, "release_assignment", "module1", exchange],
        [home, "fetch_assignment", "module1", "--course=azureml-workshop", exchange],
    )
    fetched = home / "module1" / "exercise.ipynb"
    released = json.loads(fetched.read_text())
    fetched.write_text(json.dumps(answered(released)))
    _platforms_zip(course.folder, json.dumps(answered(released, TWO_OF_THREE)))
    course.together(
        [home, "submit", "module1", "--course=azureml-workshop", exchange],
        [course.folder, "collect", "module1", exchange],
        [course.folder, "zip_collect", "module1"],
    )
    course.workshop("nbgrader", "autograde", str(course.folder))
    assert course.points() == {getpass.getuser(): 10, "meierandrea_12": 7, "Ben Ode_4711": 7, "cleo": 7}
    with course.gradebook() as gradebook:
        times = {one.student.id: one.timestamp for one in gradebook.assignment_submissions("module1")}
    assert times[getpass.getuser()] is not None, "the exchange notes when something was submitted"


def _platforms_zip(folder: Path, notebook: str) -> None:
    archives = folder / "downloaded" / "module1" / "archive"
    archives.mkdir(parents=True)
    with zipfile.ZipFile(archives / "submissions.zip", "w") as archive:
        archive.writestr("meierandrea_12_77_exercise-1.ipynb", notebook)
        archive.writestr("Ben Ode_4711_assignsubmission_file_/exercise.ipynb", notebook)
    with zipfile.ZipFile(archives / "cleo.zip", "w") as archive:
        archive.writestr("module1/exercise.ipynb", notebook)
