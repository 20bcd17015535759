from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course_runtime.cli.dev import build_lines
from course_runtime.course import BuildReport

from .conftest import Command


@pytest.fixture
def own(workshop: Command, content: Path, tmp_path: Path) -> Command:
    """The same course, to be changed."""
    shutil.copytree(content, tmp_path / "own")
    return Command(workshop.home, tmp_path / "own")


def test_everything_is_proved(own: Command) -> None:
    done = own("dev", "check", "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0 and document["passed"], document
    claims = [proof["claim"] for proof in document["proofs"]]
    assert len(claims) == 2 + 1 + 1 + 3 + 1
    assert "chaff off_by_one is caught by 7.1" in claims


def test_a_grader_that_takes_anything_is_found_out(own: Command) -> None:
    grader = own.content / "graders" / "module7_answers" / "test_module7.py"
    grader.write_text(grader.read_text().replace("value == 42", "True"))
    done = own("dev", "check", "7", "--jobs", "1")
    together = " ".join(done.stdout.split())
    assert done.returncode == 1
    assert "TODO 7.1 passes all the same. It should not: Counted from zero." in together
    assert "3 do not hold" in together


def test_build_writes_and_its_check_says_what_differs(own: Command) -> None:
    exercise = own.content / "exercises" / "module7_answers" / "exercise.py"
    exercise.write_text("changed by hand\n")
    found = own("dev", "build", "--check")
    assert found.returncode == 1 and f"differs  {exercise}" in found.stdout
    assert own("dev", "build").stdout == f"written  {exercise}\n"
    assert own("dev", "build", "--check").returncode == 0


def test_new_begins_a_module(own: Command) -> None:
    done = own("dev", "new", "9", "pipelines", "--title", "Pipelines")
    assert done.returncode == 0 and "workshop dev check module9" in done.stdout
    assert (own.content / "solutions" / "module9_pipelines" / "module.toml").is_file()
    assert own("dev", "new", "9", "others").returncode == 2


def test_the_guide_of_a_track_is_markdown(own: Command) -> None:
    done = own("dev", "guide", "--track", "half-day")
    assert done.returncode == 0 and done.stdout.startswith("# A small track\n")
    assert "- Common mistake: Counted from zero." in done.stdout
    assert (
        "| 0:00 | 1:30 | The only part | 7.1; not in the kit yet: Module 8, A module to come |" in done.stdout
    )
    refused = own("dev", "guide", "--track", "week")
    assert refused.returncode == 2 and "Choose one of: half-day" in refused.stderr


def test_lines_of_a_build() -> None:
    assert build_lines(BuildReport(unchanged=[Path("a")]), False) == ["exercises/ is up to date (1 files)."]
    lines = build_lines(BuildReport(missing=[Path("a")], stray=[Path("b")]), True)
    assert lines[:2] == ["missing  a", "stray    b"] and "workshop dev build" in lines[2]
