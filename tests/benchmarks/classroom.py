"""A class graded by the kit, beside `nbgrader autograde` on the same notebooks in the same run.

python tests/benchmarks/classroom.py [STUDENTS ...]
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from timed import measured, seconds

COURSE = Path(__file__).parents[1] / "classroom" / "course"
WORKSHOP = [sys.executable, "-m", "course_runtime.cli"]
NBGRADER = [sys.executable, "-m", "nbgrader"]
ASSIGNMENT = "prices"
CLASSES = (20, 100)
TESTS = {
    "tax": "assert with_tax(100, 7) == 107\nassert with_tax(0.99, 19) == 1.18",
    "cheapest": "assert cheapest({'tea': 2, 'milk': 1}) == 'milk'",
    "words": "assert in_words(3.5) == '3.50 EUR'",
}


def notebook(right: bool) -> dict[str, Any]:
    """The solution as nbgrader wants it: a cell for each answer, and a cell of tests after it."""
    source = (COURSE / "solutions/module1_prices/exercise.py").read_text()
    if not right:
        source = source.replace('f"{price:.2f} EUR"', "str(price)")
    _, docstring, *answers = source.split("# %%\n")
    cells = [cell(docstring)]
    for (name, test), answer in zip(TESTS.items(), answers, strict=True):
        cells.append(cell(answer, name, solution=True))
        cells.append(cell(test, f"test-{name}", points=3))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def cell(source: str, name: str = "", *, solution: bool = False, points: int = 0) -> dict[str, Any]:
    about = {"grade_id": name, "solution": solution, "grade": points > 0, "locked": points > 0}
    about |= {"schema_version": 3, "task": False, **({"points": points} if points else {})}
    return {
        "id": name or "first",
        "cell_type": "code",
        "metadata": {"nbgrader": about} if name else {},
        "outputs": [],
        "execution_count": None,
        "source": source.strip("\n"),
    }


def hand_in(folder: Path, students: int) -> Path:
    """nbgrader's own layout; every fifth student has one answer wrong."""
    for number in range(students):
        path = folder / "submitted" / f"s{number:03}" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook(right=number % 5 > 0)))
    return folder / "submitted"


def by_the_kit(work: Path, submitted: Path) -> tuple[float, float, float]:
    """Seconds from nothing, and once more with the emulator and the sandbox warm; the MB of the command."""
    own = {"WORKSHOP_STATE": str(work / "state"), "WORKSHOP_CONTENT": str(COURSE)}
    command = [*WORKSHOP, "grade", str(submitted), "--out"]
    try:
        cold = seconds([*command, str(work / "cold")], work, **own)
        return cold, *measured([*command, str(work / "warm")], work, **own)
    finally:
        seconds([*WORKSHOP, "emulator", "stop"], work, **own)


def by_nbgrader(work: Path) -> float:
    """Its gradebook and its feedback, as the kit's figure has them."""
    source = work / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    (source / f"{ASSIGNMENT}.ipynb").write_text(json.dumps(notebook(right=True)))
    seconds([*NBGRADER, "generate_assignment", ASSIGNMENT, "--create", "--force"], work)
    graded = seconds([*NBGRADER, "autograde", ASSIGNMENT, "--create"], work)
    return graded + seconds([*NBGRADER, "generate_feedback", ASSIGNMENT], work)


def classroom_lines(classes: tuple[int, ...] = CLASSES) -> None:
    for students in classes:
        work = Path(tempfile.mkdtemp(prefix="class-"))
        try:
            submitted = hand_in(work, students)
            cold, warm, memory = by_the_kit(work, submitted)
            theirs = by_nbgrader(work) if find_spec("nbgrader") else 0.0
        finally:
            shutil.rmtree(work, ignore_errors=True)
        beside = f"nbgrader {theirs:.1f} s: {theirs / cold:.1f}x" if theirs else ""
        print(f"{f'grade {students} submissions, from nothing':<58}{cold:>9.2f} s   {beside}")
        print(f"{'the same, warm':<58}{warm:>9.2f} s   {warm / students:.3f} s each; {memory:.0f} MB")


if __name__ == "__main__":
    classroom_lines(tuple(map(int, sys.argv[1:])) or CLASSES)
