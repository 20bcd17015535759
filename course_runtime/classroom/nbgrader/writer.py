"""The writer's process, as the command sees it: students go in as their grades come, answers are read at the end."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from course_runtime.grading import KitError


@dataclass(frozen=True)
class Answer:
    student: str
    written: bool
    """False when it was in gradebook.db already, or could not be written."""
    problem: str


class Writer:
    """`with Writer(...) as writer: writer.ask(student)`, then `writer.answers()`; all that was asked is written."""

    def __init__(self, course: Path, assignment: str, submissions: Path, grades: Path) -> None:
        self._course = course
        self._files = contextlib.ExitStack()
        self._answers, self._errors = self._file(), self._file()
        module = "course_runtime.classroom.nbgrader.writing"
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, str(course), assignment, str(submissions), str(grades)],
            stdin=subprocess.PIPE,
            stdout=self._answers,
            stderr=self._errors,
            cwd="/",  # what lies in the course's folder must not be imported: no json.py of theirs
            text=True,
        )

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finish()
        self._files.close()

    def ask(self, student: str) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # `answers` says why it has ended
            self._process.stdin.write(json.dumps(student) + "\n")
            self._process.stdin.flush()

    def answers(self) -> list[Answer]:
        """When everything is written. KitError when the writer could not go on."""
        if self._finish() != 0:
            self._errors.seek(0)
            lines = self._errors.read().strip().splitlines()
            raise KitError(
                f"The grades could not be written into {self._course / 'gradebook.db'}."
                f" {lines[-1] if lines else 'The writer was ended.'}",
                "They are kept: run the same command again.",
            )
        self._answers.seek(0)
        return [Answer(**json.loads(line)) for line in self._answers]

    def _finish(self) -> int:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        return self._process.wait()

    def _file(self) -> IO[str]:
        """And no pipe: the writer never waits for us to read."""
        return self._files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace"))
