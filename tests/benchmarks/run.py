"""The budgets, measured: medians and ratios of one run on this machine. Nothing here passes or fails.

nox -s bench
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from classroom import classroom_lines
from emulator import CLIENTS, under_load
from featurizer import lines as featurizer_lines
from nbgrader_course import nbgrader_course_lines
from submissions import SUBMISSIONS, submissions
from sweeping import sweep
from watching import save_to_screen

from course_runtime.course import load_catalogue
from course_runtime.emulator import EmulatorClient, Places
from course_runtime.grading import CheckRequest, check
from course_runtime.grading.background import ensure_background, stop_background

ROOT = Path(__file__).parents[2]
WORKSHOP = [sys.executable, "-m", "course_runtime.cli"]


def median(action: Callable[[], object], runs: int) -> float:
    """The middle of so many runs, in seconds, after one that is not counted."""
    action()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def command(*arguments: str, cwd: Path, state: Path) -> Callable[[], object]:
    environment = {**os.environ, "WORKSHOP_STATE": str(state), "COLUMNS": "80"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return lambda: subprocess.run(arguments, cwd=cwd, env=environment, capture_output=True, check=False)


def line(what: str, seconds: float, budget: float, beside: str = "") -> None:
    ratio = seconds / budget
    print(f"{what:<58}{seconds * 1000:>9.1f} ms {budget * 1000:>8.0f} ms {ratio:>6.2f}x  {beside}")


def emulator_start(state: Path) -> None:
    """From nothing to the first answer, in a process of its own."""
    places = Places.of(state)
    stop_background(places)
    ensure_background(places)


def sdk_share(places: Places) -> float:
    """The emulator's own share of a request, p50, as its log says; one client of the real SDK."""
    cloud = EmulatorClient(places).personal()
    before = cloud.log()[-1]["number"] if cloud.log() else 0
    snippet = (
        "import os; from azure.identity import DefaultAzureCredential; from azure.ai.ml import MLClient;"
        "e = os.environ;"
        "c = MLClient(DefaultAzureCredential(), e['AZURE_SUBSCRIPTION_ID'], e['AZURE_RESOURCE_GROUP']);"
        "[c.workspaces.get(e['AZURE_WORKSPACE_NAME']) for _ in range(300)]"
    )
    subprocess.run([sys.executable, "-c", snippet], env={**os.environ, **cloud.environment()}, check=True)
    return statistics.median(entry["seconds"] for entry in cloud.log(before))


def load_lines(places: Places) -> None:
    """Eight clients, ten thousand resources; afterwards the store is as before."""
    load = under_load(places)
    each = ", ".join(f"{method} {seconds * 1000:.2f}" for method, seconds in load.by_method.items())
    line(f"emulator's share, {CLIENTS} clients, {load.listed} resources, p50", load.p50, 0.001, f"ms: {each}")
    line("the same, p95", load.p95, 0.001, "the budget is for p50")
    grown = "not known here" if load.grown_mb is None else f"{load.grown_mb:.1f} MB"
    print(f"{'memory grown by listing all':<58}{grown:>12}  {load.pages} pages")
    EmulatorClient(places).reset()


def submission_lines(places: Places, work: Path) -> None:
    found = submissions(places, work)
    ours = found.steady
    nbgrader = (
        "nbgrader: not installed"
        if found.by_nbgrader is None
        else f"nbgrader {found.by_nbgrader / ours:.0f}x"
    )
    beside = f"pytest in a fresh process {found.by_pytest / ours:.1f}x, {nbgrader} of it"
    line("one submission, pandas and sklearn, 6 TODOs, sandboxed", ours, 0.1, beside)
    line("  the same as `pytest` in a fresh process", found.by_pytest, 0.1)
    if found.by_nbgrader is not None:
        line("  an equal one by `nbgrader autograde`", found.by_nbgrader, 0.1)
    line(f"{SUBMISSIONS} submissions, cold, two at once", found.cold, 5.0)


def watch_lines(places: Places, work: Path) -> None:
    middle, slow = save_to_screen(work, places)
    line("workshop watch: from the save to the screen, p50", middle, 0.5)
    line("the same, p95", slow, 0.5)


def sweep_lines(places: Places) -> None:
    """Once with workers that have TensorFlow imported already, once with a fresh process a trial."""
    ensure_background(places)
    sweep(places, cold=False)
    warm, cold = sweep(places, cold=False), sweep(places, cold=True)
    ratio = float(str(cold["seconds"])) / float(str(warm["seconds"]))
    same = "same metrics" if warm["metrics"] == cold["metrics"] else "OTHER METRICS"
    line(
        "18-trial Keras sweep on features",
        float(str(warm["seconds"])),
        30.0,
        f"{same} as cold, {ratio:.1f}x faster",
    )
    line("  the same with a cold process a trial", float(str(cold["seconds"])), 30.0)


def cloud_life(client: EmulatorClient) -> None:
    client.create_cloud().close()


def main() -> int:
    work = Path(tempfile.mkdtemp(prefix="bench-"))
    state = work / "state"
    module = load_catalogue().module("0")
    shutil.copytree(module.folder, work / "mine", ignore=shutil.ignore_patterns("wheat", "chaff"))
    solution = str(work / "mine" / "exercise.py")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    places = Places.of(state)
    try:
        print(f"{'':<58}{'median':>12} {'budget':>11} {'of it':>7}")
        python = median(command(sys.executable, "-c", "pass", cwd=work, state=state), 9)
        help_time = median(command(*WORKSHOP, "--help", cwd=work, state=state), 9)
        line("workshop --help", help_time, 0.1, f"{help_time / python:.1f}x an empty Python")
        line("emulator start to first answer", median(lambda: emulator_start(state), 5), 0.5)
        line("emulator's share of an SDK call, p50", sdk_share(places), 0.001)
        load_lines(places)
        client = EmulatorClient(places)
        line("a check's cloud, made and gone", median(lambda: cloud_life(client), 50), 0.005)
        fresh = median(
            command(
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "--co",
                str(ROOT / "tests/structure"),
                cwd=ROOT,
                state=state,
            ),
            3,
        )
        request = CheckRequest("0", str(work), where=solution)
        inner = median(lambda: check(request, places), 9)
        line("warm check of module0's solution, in the kit", inner, 0.5)
        whole = median(command(*WORKSHOP, "check", "module0", solution, cwd=work, state=state), 9)
        line(
            "warm `workshop check module0`, whole command",
            whole,
            0.5,
            f"{fresh / whole:.2f}x: `pytest --co` fresh, nothing run",
        )
        bare = median(command(*WORKSHOP, "check", "module0", cwd=ROOT, state=state), 9)
        line("the same on the bare exercise", bare, 0.5)
        featurizer_lines()
        stop_background(places)
        classroom_lines()
        nbgrader_course_lines()
        submission_lines(places, work)
        watch_lines(places, work)
        sweep_lines(places)
    finally:
        stop_background(places)
        shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
