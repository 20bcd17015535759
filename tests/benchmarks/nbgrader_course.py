"""`workshop nbgrader autograde` from nothing, beside `nbgrader autograde` in kernels on the same notebooks.

python tests/benchmarks/nbgrader_course.py [STUDENTS ...]
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from timed import measured, seconds

WORKSHOP = [sys.executable, "-m", "course_runtime.cli"]
NBGRADER = [sys.executable, "-m", "nbgrader"]
CLASSES = (20, 100)
IN_KERNELS = 3
"""nbgrader grades one after the other: its time for a class is its time for these, in proportion."""


def make_course(folder: Path, students: int, state: Path, *options: str) -> Path:
    """Module 0, released, and handed in by everybody with the solution in it."""
    seconds(
        [*WORKSHOP, "nbgrader", "build", str(folder), "--module", "0", *options],
        Path.cwd(),
        WORKSHOP_STATE=str(state),
    )
    seconds([*NBGRADER, "generate_assignment", "module0"], folder, WORKSHOP_STATE=str(state))
    released = json.loads((folder / "release/module0/exercise.ipynb").read_text())
    source = json.loads((folder / "source/module0/exercise.ipynb").read_text())
    answers = {cell["id"]: cell["source"] for cell in source["cells"] if cell["id"].startswith("todo-")}
    for cell in released["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    for number in range(students):
        path = folder / "submitted" / f"s{number:03}" / "module0" / "exercise.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(released))
    return folder


def nbgrader_course_lines(classes: tuple[int, ...] = CLASSES) -> None:
    if not find_spec("nbgrader"):
        print("nbgrader is not installed: its course is not measured")
        return
    work = Path(tempfile.mkdtemp(prefix="nbgrader-"))
    state = work / "state"
    try:
        theirs = make_course(work / "theirs", IN_KERNELS, state, "--kernel")
        each = seconds([*NBGRADER, "autograde", "module0"], theirs, WORKSHOP_STATE=str(state)) / IN_KERNELS
        for students in classes:
            ours = make_course(work / f"ours-{students}", students, state)
            seconds([*WORKSHOP, "emulator", "stop"], work, WORKSHOP_STATE=str(state))
            cold, memory = measured(
                [*WORKSHOP, "nbgrader", "autograde", str(ours)], work, WORKSHOP_STATE=str(state)
            )
            print(
                f"{f'nbgrader course, {students} notebooks of module 0, from nothing':<58}{cold:>9.2f} s   "
                f"nbgrader in kernels {each * students:.0f} s: {each * students / cold:.1f}x; {memory:.0f} MB"
            )
    finally:
        seconds([*WORKSHOP, "emulator", "stop"], work, WORKSHOP_STATE=str(state))
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    nbgrader_course_lines(tuple(map(int, sys.argv[1:])) or CLASSES)
