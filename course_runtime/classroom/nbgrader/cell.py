"""What a notebook's cell of points calls: `workshop check` in a process of its own, for one TODO."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import wrap
from typing import Any

from course_runtime.classroom.nbgrader.outputs import message_of
from course_runtime.grading import KitError, Result

VALIDATING = ("NBGRADER_EXECUTION", "validate")
VALIDATE_WIDTH = 80
"""nbgrader's Validate cuts longer lines off."""


class Told(AssertionError):
    """For the reader of a notebook: Jupyter shows the sentence, and none of the kit's own lines above it."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


def check_todo(module: str, todo: str) -> float:
    """The points of the notebook in this folder. Under nbgrader's Validate, which shows only errors, it raises one."""
    try:
        result = check_folder(module, Path.cwd(), todo)
    except KitError as error:
        raise Told("\n".join(wrap(str(error), VALIDATE_WIDTH))) from None
    own = next(one for one in result.todos if one.id == todo)
    if own.status != "passed" and os.environ.get(VALIDATING[0]) == VALIDATING[1]:
        raise Told(message_of(own, VALIDATE_WIDTH, break_words=True))
    sys.stdout.write(f"{message_of(own)}\n")
    return own.points


def check_folder(module: str, folder: Path, todo: str = "") -> Result:
    """Through the command: the notebook's own process has run the student's code, and is not believed."""
    command = [sys.executable, "-m", "course_runtime.cli", "check", module, str(folder), "--json"]
    chosen = ["--todo", todo] if todo else []
    done = subprocess.run([*command, *chosen], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    document = _answer(done.stdout)
    if "error" in document:
        raise KitError(document["error"]["message"], document["error"].get("next_step", ""))
    if "todos" not in document:
        raise KitError(f"`workshop check {module}` gave no result: {done.stderr.strip() or done.stdout}")
    return Result.from_json(document)


def _answer(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
