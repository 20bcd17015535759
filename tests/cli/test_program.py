"""The process called `workshop` ends at once, and yet as any other program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(before: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    begin = f"import sys; {before}; sys.argv[1:] = {list(arguments)}"
    source = f"{begin}; from course_runtime.cli import program; program()"
    return subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_what_was_registered_for_the_end_is_run_and_all_output_arrives() -> None:
    done = run("import atexit; atexit.register(print, 'the end')", "--version")
    assert done.stdout.startswith("azureml-workshop ") and done.stdout.endswith("the end\n")
    assert done.returncode == 0


def test_threads_are_waited_for() -> None:
    late = "import threading, time; threading.Thread(target=lambda: (time.sleep(0.3), print('late'))).start()"
    assert run(late, "--version").stdout.endswith("late\n")


def test_the_exit_code_is_the_commands() -> None:
    assert run("pass", "check", "module99").returncode == 2
