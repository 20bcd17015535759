"""`check` without a jail, as on macOS: the same answers, and it is said aloud."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from .conftest import RIGHT, WRONG, Command, write_answer


@pytest.fixture
def unsandboxed(workshop: Command, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Command]:
    command = replace(workshop, home=tmp_path_factory.mktemp("unsandboxed"), more={"WORKSHOP_SANDBOX": "off"})
    yield command
    command("emulator", "stop")


def test_the_same_answers_said_to_be_unsandboxed(unsandboxed: Command, course: Path) -> None:
    write_answer(course, WRONG)
    done = unsandboxed("check", "module7", cwd=course)
    assert done.returncode == 1
    assert "it gave back 41" in " ".join(done.stdout.split())
    assert "UNSANDBOXED (WORKSHOP_SANDBOX=off: the code runs as you" in " ".join(done.stdout.split())
    file = course / "module7_answers" / "exercise.py"
    file.write_text(file.read_text().replace(WRONG, RIGHT))
    document = json.loads(unsandboxed("check", "module7", "--json", cwd=course).stdout)
    assert document["passed"]
    assert [one["name"] for one in document["sandbox"] if not one["held"]] == ["unsandboxed"]


def test_a_background_without_a_jail_does_not_serve_those_who_want_one(
    unsandboxed: Command, course: Path
) -> None:
    write_answer(course, WRONG)
    unsandboxed("check", "module7", cwd=course)
    jailed = replace(unsandboxed, more={"WORKSHOP_SANDBOX": "on"})
    document = json.loads(jailed("check", "module7", "--json", cwd=course).stdout)
    assert "The emulator was started again, to run code in a sandbox." in document["notes"]
    assert "unsandboxed" not in {one["name"] for one in document["sandbox"]}
