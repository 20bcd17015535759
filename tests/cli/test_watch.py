"""The command as a student has it: in a terminal, and in a pipe."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_runtime.cli.watch import folders, where_the_student_is
from course_runtime.course import CourseError, load_catalogue

from .conftest import RIGHT, WRONG, Command, write_answer

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from .watching.terminal import Terminal


@pytest.fixture
def terminal(workshop: Command, course: Path) -> Iterator[Terminal]:
    with Terminal(workshop.environment, course) as terminal:
        terminal.wait_for("Not started", "checked at")
        yield terminal


def test_a_save_is_answered_and_what_it_changed_is_told(terminal: Terminal, course: Path) -> None:
    write_answer(course, WRONG)
    terminal.wait_for("it gave back 41", "0 of 1 TODOs")
    file = course / "module7_answers" / "exercise.py"
    file.write_text(file.read_text().replace(WRONG, RIGHT))
    terminal.wait_for("7.1 passes now", "module7 is complete", "1 of 1 TODOs", "workshop diff module7")
    file.write_text(file.read_text().replace(RIGHT, WRONG))
    terminal.wait_for("7.1 passed before, and no longer does", "it gave back 41")
    progress = json.loads((course / ".workshop" / "progress.json").read_text())
    assert progress["todos"]["7.1"]["status"] == "passed"


def test_keys(terminal: Terminal, course: Path) -> None:
    terminal.press("h")
    terminal.wait_for("Hint 1 of 3")
    terminal.press("d")
    terminal.wait_for("https://docs.python.org/3/tutorial/controlflow.html#defining-functions")
    terminal.press("?")
    terminal.wait_for("check again, without a save", "noticed by the system's events")
    terminal.press("?\x1b[A")
    terminal.wait_for("Not started")
    terminal.press("q")
    assert terminal.ended() == 0
    assert termios.tcgetattr(terminal.side) == terminal.before
    assert json.loads((course / ".workshop" / "progress.json").read_text())["todos"]["7.1"]["hints_used"] == 1


def test_ctrl_c_leaves_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.press("\x03")
    assert terminal.ended() == 130
    assert "Traceback" not in terminal.written
    assert termios.tcgetattr(terminal.side) == terminal.before


def test_a_termination_leaves_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM
    assert termios.tcgetattr(terminal.side) == terminal.before


def test_a_narrower_terminal_is_drawn_anew(terminal: Terminal) -> None:
    terminal.resize(40)
    terminal.written = ""
    terminal.wait_for("Not started")
    assert max(map(len, terminal.screen.splitlines())) <= 40


def test_half_a_notebook_waits_for_the_next_save(terminal: Terminal, course: Path) -> None:
    notebook = course / "module7_answers" / "exercise.ipynb"
    whole = notebook.read_text().replace("raise NotImplementedError", RIGHT + " #")
    notebook.write_text(whole[: len(whole) // 2])
    terminal.wait_for("exercise.ipynb is damaged", "Waiting for the next save.")
    notebook.write_text(whole)
    terminal.wait_for("module7 is complete", "exercise.ipynb checked")


def test_a_file_that_is_deleted_and_comes_back(terminal: Terminal, course: Path) -> None:
    folder = course / "module7_answers"
    text = write_answer(course, RIGHT).read_text()
    terminal.wait_for("module7 is complete")
    for path in (folder / "exercise.py", folder / "exercise.ipynb"):
        path.unlink()
    terminal.wait_for("Waiting for the next save.")
    (folder / "exercise.py").write_text(text)
    terminal.wait_for("module7 is complete", "checked at")


def test_a_newer_save_calls_the_check_in_flight_off(terminal: Terminal, course: Path) -> None:
    """An endless loop takes its ten seconds only where nobody saves in the meantime."""
    file = write_answer(course, "while True: pass")
    terminal.wait_for("exercise.py saved: checking")
    time.sleep(0.5)
    started = time.monotonic()
    file.write_text(file.read_text().replace("while True: pass", RIGHT))
    terminal.wait_for("module7 is complete")
    assert time.monotonic() - started < 9


def test_the_background_may_be_killed_at_any_time(
    terminal: Terminal, workshop: Command, course: Path
) -> None:
    status = json.loads(workshop("emulator", "status", "--json", cwd=course).stdout)
    os.kill(status["pid"], signal.SIGKILL)
    write_answer(course, RIGHT)
    terminal.wait_for("module7 is complete")


def test_two_watches_at_once(terminal: Terminal, workshop: Command, course: Path) -> None:
    with Terminal(workshop.environment, course, "module7", "--poll") as other:
        other.wait_for("Not started")
        write_answer(course, RIGHT)
        other.wait_for("module7 is complete")
    terminal.wait_for("module7 is complete")


def test_in_a_pipe_it_writes_line_below_line(workshop: Command, course: Path) -> None:
    process = workshop.start("watch", "--poll", cwd=course)
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "7.1 passes now" in line:
            process.send_signal(signal.SIGINT)
        elif line.startswith("exercise.py checked") and len(lines) < 12:
            write_answer(course, RIGHT)
    text = "".join(lines)
    assert process.wait(20) == 130
    assert "\x1b" not in text
    assert "Saves are looked for every 0.25 s: you asked for it." in text
    assert "Not started" in text


def test_outside_a_course_folder_it_says_how_to_start(workshop: Command, tmp_path: Path) -> None:
    done: subprocess.CompletedProcess[str] = workshop("watch", cwd=tmp_path)
    assert done.returncode == 2
    assert "workshop start" in done.stderr


def test_a_module_that_is_not_there_is_named(workshop: Command, course: Path) -> None:
    done = workshop("watch", "module99", cwd=course)
    assert done.returncode == 2
    assert "module7" in done.stderr


def test_it_begins_where_the_student_is(content: Path, course: Path) -> None:
    catalogue = load_catalogue(content)
    present = folders(catalogue, course)
    assert list(present) == [course / "module7_answers"]
    for cwd in (course, course / "module7_answers"):
        assert where_the_student_is(catalogue, cwd, present).short == "module7"
    with pytest.raises(CourseError, match="not in a course folder"):
        folders(catalogue, course.parent)
