from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course_runtime.cli import main

from .conftest import ENDLESS, Command, write_answer

HEAVY = (
    "pytest",
    "_pytest",
    "azure",
    "starlette",
    "uvicorn",
    "jupytext",
    "nbformat",
    "numpy",
    "cryptography",
    "rich",
)


def test_help_imports_nothing_heavy() -> None:
    """The time it takes is measured by the benchmarks; this is what keeps it short."""
    code = (
        "import sys; from course_runtime.cli import main; code = main(['--help']);"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]; assert not heavy, heavy; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "check" in done.stdout


def test_each_command_tells_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in (
        "start",
        "check",
        "hint",
        "docs",
        "reset",
        "diff",
        "doctor",
        "exec",
        "data",
        "emulator",
        "dev",
    ):
        assert f"\n  {name} " in shown
    assert "..." not in shown.partition("Commands:")[2], "a summary is cut off"


def test_ctrl_c_ends_the_command_and_the_check(workshop: Command, course: Path) -> None:
    write_answer(course, ENDLESS)
    assert workshop("emulator", "start").returncode == 0
    process = workshop.start("check", "module7", cwd=course)
    wait_until(lambda: busy(workshop))
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=20)
    assert (process.returncode, stdout, stderr) == (130, "", "\n")
    wait_until(lambda: not busy(workshop))


def processes_of(workshop: Command) -> dict[int, float]:
    """Every process of the test's own background, with the processor time it has had."""
    state = str(workshop.home / "state")
    parents: dict[int, int] = {}
    times: dict[int, float] = {}
    roots = set()
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_text()
        except (OSError, ValueError):
            continue
        if not entry.name.isdigit() or fields[0] == "Z":
            continue
        parents[int(entry.name)] = int(fields[1])
        times[int(entry.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        if "course_runtime.grading.background" in command and state in command:
            roots.add(int(entry.name))
    return {pid: spent for pid, spent in times.items() if has_ancestor(pid, roots, parents)}


def has_ancestor(pid: int, roots: set[int], parents: dict[int, int]) -> bool:
    while pid in parents:
        if pid in roots:
            return True
        pid = parents[pid]
    return False


def busy(workshop: Command) -> bool:
    """A process goes on working hard: the endless loop has been reached."""
    spent = processes_of(workshop)
    time.sleep(0.5)
    return any(now - spent.get(pid, now) > 0.1 for pid, now in processes_of(workshop).items())


def wait_until(condition: object, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)
