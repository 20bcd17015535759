"""Grading by the submission: ours in its sandbox, beside a fresh pytest and nbgrader on an equal assignment."""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from equal import SOLUTION, as_nbgrader, as_pytest

from course_runtime.emulator import Places
from course_runtime.grading import CheckRequest, Result, check
from course_runtime.grading.background import stop_background

COURSE = Path(__file__).with_name("course")
SUBMISSIONS = 20
AT_ONCE = 2


@dataclass(frozen=True)
class Submissions:
    """Seconds; None for a tool that is not installed."""

    steady: float
    own_share: float
    cold: float
    by_pytest: float
    by_nbgrader: float | None


def submissions(places: Places, work: Path, runs: int = 15) -> Submissions:
    folders = [_hand_in(work / f"student{number}") for number in range(SUBMISSIONS)]
    stop_background(places)
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(lambda folder: _grade(folder, places), folders))
    cold = time.perf_counter() - started
    _require_right(results)
    steady, inside = [], []
    for _ in range(runs):
        started = time.perf_counter()
        inside.append(_grade(folders[0], places).seconds)
        steady.append(time.perf_counter() - started)
    return Submissions(
        statistics.median(steady),
        statistics.median(inside),
        cold,
        _pytest_seconds(work),
        _nbgrader_seconds(work),
    )


def _hand_in(folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(SOLUTION, folder / "exercise.py"))


def _grade(file: Path, places: Places) -> Result:
    return check(CheckRequest("module1", str(file.parent), where=str(file), content=str(COURSE)), places)


def _require_right(results: list[Result]) -> None:
    """A submission that fails early would be fast."""
    wrong = [todo.message for result in results for todo in result.todos if todo.status != "passed"]
    if wrong:
        raise RuntimeError(f"The submissions should pass: {wrong[0]}")


def _pytest_seconds(work: Path, runs: int = 3) -> float:
    folder = work / "pytest"
    folder.mkdir()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(as_pytest(folder))]
    return statistics.median(_seconds(command, folder) for _ in range(runs))


def _nbgrader_seconds(work: Path, runs: int = 2) -> float | None:
    if importlib.util.find_spec("nbgrader") is None or importlib.util.find_spec("ipykernel") is None:
        return None
    folder = work / "nbgrader"
    as_nbgrader(folder)
    nbgrader = [sys.executable, "-m", "nbgrader"]
    _seconds([*nbgrader, "generate_assignment", "tables", "--force"], folder)
    autograde = [*nbgrader, "autograde", "tables", "--student", "student", "--force"]
    return statistics.median(_seconds(autograde, folder) for _ in range(runs))


def _seconds(command: list[str], folder: Path) -> float:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}  # nbgrader calls its tools by name
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return time.perf_counter() - started
