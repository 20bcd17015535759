from __future__ import annotations

from pathlib import Path

from course_runtime.cli.where import what_next
from course_runtime.course import load_catalogue, status
from course_runtime.course.progress import Outcome
from course_runtime.course.progress_store import ProgressStore

from .conftest import Command


def test_outside_a_course_folder_it_says_how_to_start(workshop: Command, tmp_path: Path) -> None:
    done = workshop(cwd=tmp_path)
    assert done.returncode == 0
    assert "workshop start" in done.stdout


def test_inside_it_says_what_comes_next(workshop: Command, course: Path) -> None:
    shown = workshop(cwd=course).stdout
    assert "A small track  (half-day, 1 h 30 min)" in shown
    assert "0/1" in shown and "0/1 p" in shown
    assert "not in the kit yet" in shown
    assert "\n  workshop check module7 --todo 7.1\n" in shown


def test_when_all_is_done_that_the_kit_has(content: Path, course: Path) -> None:
    ProgressStore(course).record([Outcome("7.1", "passed", 1)])
    (line,) = what_next(status(course, load_catalogue(content)))
    assert "All that the kit has of this track is done." in line


def test_version(workshop: Command) -> None:
    from course_runtime import __version__

    assert workshop("--version").stdout == f"azureml-workshop {__version__}\n"
