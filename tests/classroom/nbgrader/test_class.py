"""A class through `workshop nbgrader autograde`: everybody gets what their work is worth, also when it is killed.

WORKSHOP_CLASS=100 and WORKSHOP_KILLED_CLASS=500 make the classes larger.
"""

from __future__ import annotations

import copy
import json
import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable

from ..conftest import Workshop
from ..submissions import KINDS, Kind
from .answers import RIGHT, Notebook, answered, cell_called, code, hand_in
from .courses import Course

STUDENTS = int(os.environ.get("WORKSHOP_CLASS", "24"))
KILLED = int(os.environ.get("WORKSHOP_KILLED_CLASS", "24"))
KILLS = 3


def in_cells(released: Notebook, kind: Kind) -> str:
    """The kind's answers, each in the cell that it belongs into."""
    first, *answers = (part.strip("\n") for part in kind.text.split("# %%\n") if part.strip())
    notebook = answered(released, dict(zip(RIGHT, answers, strict=True)))
    notebook["cells"].insert(1, code(first))
    return json.dumps(notebook)


def cut_off(released: Notebook) -> str:
    return json.dumps(answered(released))[:-40]


def without_names(released: Notebook) -> str:
    notebook = answered(released)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    return json.dumps(notebook)


def points_raised(released: Notebook) -> str:
    notebook = answered(released, {"todo-1-2": RIGHT["todo-1-2"]})
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["metadata"]["nbgrader"]["points"] = 1000.0
    return json.dumps(notebook)


def answer_deleted(released: Notebook) -> str:
    notebook = answered(released)
    notebook["cells"].remove(cell_called(notebook, "todo-1-1"))
    return json.dumps(notebook)


def points_cell_forged(released: Notebook) -> str:
    """What it would say under nbgrader alone: full marks."""
    notebook = copy.deepcopy(released)
    cell = cell_called(notebook, "points-1-1")
    cell["source"] = "4.0"
    cell["outputs"] = [
        {"output_type": "execute_result", "execution_count": 1, "data": {"text/plain": "4.0"}, "metadata": {}}
    ]
    return json.dumps(notebook)


DAMAGES: dict[Callable[[Notebook], str], float] = {
    cut_off: 0,
    without_names: 10,
    points_raised: 3,
    answer_deleted: 6,
    points_cell_forged: 0,
}


def test_everybody_gets_exactly_what_it_is_worth(course: Course) -> None:
    released, expected = course.released(), {}
    kinds = [kind for kind in KINDS if not kind.refused]
    for number in range(STUDENTS):
        which = number % (len(kinds) + len(DAMAGES))
        if which < len(kinds):
            text, points = in_cells(released, kinds[which]), kinds[which].points
        else:
            damage, points = list(DAMAGES.items())[which - len(kinds)]
            text = damage(released)
        hand_in(course.folder, f"s{number:03}", text)
        expected[f"s{number:03}"] = points
    assert len(set(expected.values())) > 4
    course.workshop("nbgrader", "autograde", str(course.folder))
    assert course.points() == expected


def test_killed_three_times_everybody_is_in_the_gradebook_once(course: Course, workshop: Workshop) -> None:
    released = course.released()
    partly = {name: text for name, text in RIGHT.items() if name != "todo-1-3"}
    notebooks = [answered(released, RIGHT if number % 3 else partly) for number in range(KILLED)]
    for number, notebook in enumerate(notebooks):
        hand_in(course.folder, f"s{number:03}", notebook)
    for number in range(1, KILLS + 1):
        process = workshop.start("nbgrader", "autograde", str(course.folder))
        wanted = number * KILLED // (KILLS + 1)
        while process.poll() is None and len(gradings(course)) < wanted:
            time.sleep(0.02)
        assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGKILL)
        process.communicate()
    before = len(gradings(course))
    assert before < KILLED
    said = course.workshop("nbgrader", "autograde", str(course.folder))
    assert f"{before} of {KILLED} have their grade already." in said
    assert set(Counter(gradings(course)).values()) == {1}, "nobody was graded twice"
    assert len(gradings(course)) == KILLED
    assert course.points() == {f"s{number:03}": 10 if number % 3 else 7 for number in range(KILLED)}
    assert len(list((course.folder / "autograded").glob("*/module1/exercise.ipynb"))) == KILLED


def gradings(course: Course) -> list[str]:
    book = course.folder / ".workshop" / "grades.db"
    if not book.exists():
        return []
    with sqlite3.connect(book, timeout=30) as database:
        try:
            return [row[0] for row in database.execute("SELECT key FROM gradings")]
        except sqlite3.OperationalError:
            return []  # not made yet
