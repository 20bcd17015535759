"""What the grader has ready before it forks a check."""

from __future__ import annotations

import os
import subprocess
import sys

from course_runtime.grading.warm import TABLES
from course_runtime.sandbox import ONE_THREAD

WARM = """
import os, sys
from course_runtime.grading.warm import warm_tables
warm_tables()
print(*sorted(set(sys.modules) & set(sys.argv[1:])))
print(len(os.listdir("/proc/self/task")))
"""


def test_arrays_and_tables_are_there_and_no_thread_that_a_fork_would_lose() -> None:
    environment = {**os.environ, **ONE_THREAD}
    command = [sys.executable, "-c", WARM, *TABLES]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    modules, threads = done.stdout.splitlines()
    assert modules.split() == sorted(TABLES)
    assert int(threads) == 1
