"""From a save to the answer on the screen, in a pseudo-terminal."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from pathlib import Path

from course_runtime.emulator import Places

ROOT = Path(__file__).parents[2]
TRACKS = """\
[[track]]
name = "half-day"
title = "All"
minutes = 1
[[track.part]]
title = "All"
minutes = 1
modules = [1]
"""


def save_to_screen(work: Path, places: Places, runs: int = 20) -> tuple[float, float]:
    """Median and 95th percentile, for a file whose check is itself quick: one broken line, mended and broken."""
    sys.path.insert(0, str(ROOT))
    from tests.cli.watching.terminal import Terminal

    course = _course(work)
    file = course / "module1_tables" / "exercise.py"
    right = file.read_text(encoding="utf-8")
    wrong = right.replace("return table.dropna()", "return table")
    environment = {
        **os.environ,
        "WORKSHOP_STATE": str(places.state),
        "WORKSHOP_CONTENT": str(work / "content"),
    }
    times = []
    with Terminal(environment, course, "module1") as terminal:
        terminal.wait_for("checked at")
        for number in range(runs):
            terminal.written = ""
            text, words = (wrong, "no longer does") if number % 2 == 0 else (right, "1.1 passes now")
            time.sleep(0.3)
            started = time.perf_counter()
            file.write_text(text, encoding="utf-8")
            times.append(terminal.wait_for(words) - started)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _course(work: Path) -> Path:
    """A student's folder of the benchmarks' own course, all TODOs done."""
    from course_runtime.course import build, load_catalogue, start

    content = work / "content"
    shutil.copytree(Path(__file__).with_name("course"), content)
    (content / "tracks.toml").write_text(TRACKS)
    catalogue = load_catalogue(content)
    build(catalogue)
    start(work / "mine-to-watch", None, catalogue)
    folder = work / "mine-to-watch"
    shutil.copy(catalogue.module("1").folder / "exercise.py", folder / "module1_tables" / "exercise.py")
    return folder
