"""A course of one small module, a student's folder of it, and the command as a student types it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

TRACKS = """\
[[track]]
name = "half-day"
title = "A small track"
minutes = 90
[[track.part]]
title = "The only part"
minutes = 90
modules = [7, 8]

[[module]]
number = 8
title = "A module to come"
minutes = 30
"""
RIGHT, WRONG, ENDLESS = "return 42", "return 41", "while True: pass"


@dataclass
class Command:
    """Runs `workshop` in a process of its own, with a home and a state folder that are the test's."""

    home: Path
    content: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("WORKSHOP_", "XDG_"))
        }
        own = {"HOME": str(self.home), "WORKSHOP_CONTENT": str(self.content), "COLUMNS": "80"}
        return {**kept, **own, "WORKSHOP_STATE": str(self.home / "state"), "TERM": "dumb", **self.more}

    def start(self, *arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "course_runtime.cli", *arguments],
            cwd=cwd or self.home,
            env={**self.environment, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def __call__(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments, cwd=cwd)
        stdout, stderr = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content root with module7, whose one TODO asks for 42."""
    from course_runtime.course import build, load_catalogue, new_module

    root = tmp_path_factory.mktemp("content")
    (root / "tracks.toml").write_text(TRACKS)
    new_module(root, 7, "answers", "Answers")
    build(load_catalogue(root))
    return root


@pytest.fixture(scope="session")
def shared(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Command]:
    """One background for all tests that check something: it is stopped at the end."""
    command = Command(tmp_path_factory.mktemp("home"), content)
    yield command
    command("emulator", "stop")


@pytest.fixture
def workshop(shared: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(shared.home, shared.content)


@pytest.fixture
def course(workshop: Command, tmp_path: Path) -> Path:
    """A student's folder, as `workshop start` made it."""
    folder = tmp_path / "course"
    assert workshop("start", str(folder)).returncode == 0
    return folder


def write_answer(course: Path, answer: str) -> Path:
    """In place of the raise of TODO 7.1."""
    path = course / "module7_answers" / "exercise.py"
    lines = path.read_text().splitlines()
    changed = [
        line.split("raise ")[0] + answer if line.lstrip().startswith("raise ") else line for line in lines
    ]
    path.write_text("\n".join(changed) + "\n")
    return path
