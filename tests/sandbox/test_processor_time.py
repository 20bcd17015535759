from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from course_runtime.sandbox.processor_time import Meter

from .conftest import linux_only
from .test_zygote import eventually

LOOP = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"


@linux_only
def test_all_that_descends_is_counted() -> None:
    busy = subprocess.Popen([sys.executable, "-c", LOOP], start_new_session=True)
    idle = subprocess.Popen(["sleep", "60"])
    try:
        assert eventually(lambda: Meter().milliseconds_below(busy.pid) >= 50)
        assert Meter().milliseconds_below(os.getpid()) >= 50
        assert Meter().milliseconds_below(idle.pid) == 0
    finally:
        os.killpg(busy.pid, 9)
        idle.kill()
        busy.wait()
        idle.wait()


@linux_only
def test_what_cannot_be_read_counts_as_nothing(tmp_path: Path) -> None:
    assert Meter(str(tmp_path)).milliseconds_below(1) == 0
    assert Meter().milliseconds_below(int(time.time())) == 0
