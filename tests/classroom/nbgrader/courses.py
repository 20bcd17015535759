"""An nbgrader course on disk, and the commands that are run on it: the kit's and nbgrader's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course_runtime.emulator import Places

from ..conftest import COURSE, ROOT
from .answers import Notebook

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


@dataclass
class Course:
    folder: Path
    environment: dict[str, str]

    def run(self, *command: str, cwd: Path | None = None, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=cwd or (self.folder if self.folder.is_dir() else self.folder.parent),
            env=self.environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def workshop(self, *arguments: str, code: int = 0) -> str:
        return self.run("course_runtime.cli", *arguments, code=code)

    def nbgrader(self, *arguments: str) -> str:
        return self.run("nbgrader", *arguments)

    def together(self, *commands: Sequence[str | Path]) -> str:
        """nbgrader's commands one after the other, each with the folder that it is given in before it."""
        texts = [[str(part) for part in command] for command in commands]
        return self.run("tests.classroom.nbgrader.commands", json.dumps(texts))

    def gradebook(self) -> Gradebook:
        from nbgrader.api import Gradebook

        return Gradebook(f"sqlite:///{self.folder}/gradebook.db")

    def released(self) -> Notebook:
        return dict(json.loads((self.folder / "release/module1/exercise.ipynb").read_text()))

    def grades(self) -> dict[str, dict[str, float | None]]:
        """By student, what nbgrader's gradebook says of each cell."""
        with self.gradebook() as gradebook:
            return {
                submission.student.id: {
                    grade.name: grade.auto_score for book in submission.notebooks for grade in book.grades
                }
                for submission in gradebook.assignment_submissions("module1")
            }

    def points(self) -> dict[str, float]:
        return {
            student: sum(points or 0 for points in own.values()) for student, own in self.grades().items()
        }


def course_in(folder: Path, places: Places, content: Path = COURSE) -> Course:
    """Not built yet. Everybody's home is beside it."""
    own = {"WORKSHOP_STATE": str(places.state), "WORKSHOP_CONTENT": str(content), "PYTHONPATH": str(ROOT)}
    own |= {"HOME": str(folder), "JUPYTER_ALLOW_INSECURE_WRITES": "1", "COLUMNS": "100"}
    return Course(folder / "course", {**os.environ, **own})
