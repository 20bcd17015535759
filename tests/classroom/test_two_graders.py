"""The command killed three times, and two at once: everybody is graded exactly once.

WORKSHOP_KILLED_CLASS=500 makes the class larger.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .conftest import Workshop
from .submissions import CHEAPEST, OPEN, source

STUDENTS = int(os.environ.get("WORKSHOP_KILLED_CLASS", "60"))


def a_class(folder: Path, students: int = STUDENTS) -> Path:
    """Every third one has seven points."""
    for number in range(students):
        path = folder / "class" / f"s{number:03}" / "exercise.py"
        path.parent.mkdir(parents=True)
        path.write_text(source(cheapest=CHEAPEST if number % 3 else OPEN))
    return folder / "class"


def gradings(out: Path) -> list[str]:
    if not (out / "grades.db").exists():
        return []
    with sqlite3.connect(out / "grades.db", timeout=30) as database:
        try:
            return [row[0] for row in database.execute("SELECT key FROM gradings")]
        except sqlite3.OperationalError:
            return []


def scores(out: Path) -> list[float]:
    with sqlite3.connect(out / "grades.db") as database:
        rows = database.execute(
            "SELECT score FROM submissions s JOIN grades g ON g.key=s.key WHERE g.state='graded' ORDER BY s.student"
        )
        return [row[0] for row in rows]


def until(process: subprocess.Popen[str], condition: Callable[[], bool]) -> None:
    while process.poll() is None and not condition():
        time.sleep(0.02)


def require_everybody_once(out: Path) -> None:
    assert scores(out) == [10 if number % 3 else 7 for number in range(STUDENTS)]
    done = gradings(out)
    assert len(done) == len(set(done)) == STUDENTS
    assert len(list((out / "module1" / "feedback").glob("*.html"))) == STUDENTS
    assert not list(out.glob(".unpacked-*")), "what the killed ones unpacked is gone"


def test_killed_three_times(workshop: Workshop, tmp_path: Path) -> None:
    handed_in, out = a_class(tmp_path), tmp_path / "out"
    for number in range(1, 4):
        process = workshop.start("grade", str(handed_in), "--out", str(out))
        until(process, lambda wanted=number * STUDENTS // 6: len(gradings(out)) >= wanted)  # type: ignore[misc]
        assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGKILL)
        process.communicate()
    before = len(gradings(out))
    assert STUDENTS // 2 <= before < STUDENTS
    last = workshop("grade", str(handed_in), "--out", str(out), "--resume")
    assert last.returncode == 0, last.stderr
    assert f"{before} of {STUDENTS} have their grade already." in last.stdout
    require_everybody_once(out)


def test_two_at_once(workshop: Workshop, tmp_path: Path) -> None:
    handed_in, out = a_class(tmp_path), tmp_path / "out"
    both = [workshop.start("grade", str(handed_in), "--out", str(out), "--jobs", "2") for _ in range(2)]
    said = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    require_everybody_once(out)
    assert all(f"{STUDENTS} students" in stdout for stdout, _ in said), "each waits for the whole class"


def test_ctrl_c_leaves_a_sentence_and_nothing_claimed(workshop: Workshop, tmp_path: Path) -> None:
    handed_in, out = a_class(tmp_path), tmp_path / "out"
    process = workshop.start("grade", str(handed_in), "--out", str(out))
    until(process, lambda: len(gradings(out)) >= 5)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert f"of {STUDENTS} have their grade; the same command again goes on from there." in stderr
    assert "Traceback" not in stderr
    with sqlite3.connect(out / "grades.db") as database:
        assert database.execute("SELECT count(*) FROM grades WHERE state='claimed'").fetchone() == (0,)
