"""The zip for Gradescope, unpacked and run as Gradescope does, in folders of this machine."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from course_runtime.classroom import write_autograder_zip
from course_runtime.classroom.autograder import results_json
from course_runtime.classroom.grading_one import Judged
from course_runtime.course import load_catalogue
from course_runtime.grading import KitError

from .conftest import COURSE, ROOT
from .submissions import notebook, source


@pytest.fixture(scope="module")
def autograder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that Gradescope calls /autograder."""
    folder = tmp_path_factory.mktemp("gs")
    content = folder / "course"
    shutil.copytree(COURSE, content)
    shutil.copytree(ROOT / "datasets", content / "datasets")
    shutil.copy(ROOT / "requirements.txt", content)
    write_autograder_zip(load_catalogue(content).module("1"), folder / "autograder.zip")
    shutil.rmtree(content)
    with zipfile.ZipFile(folder / "autograder.zip") as archive:
        archive.extractall(folder / "source")
    shutil.copy(folder / "source" / "run_autograder", folder)
    (folder / "run_autograder").chmod(0o755)
    return folder


def run(folder: Path, name: str, text: str) -> dict[str, Any]:
    for inside in ("submission", "results"):
        shutil.rmtree(folder / inside, ignore_errors=True)
        (folder / inside).mkdir()
    (folder / "submission" / name).write_text(text)
    own = {"PYTHON": sys.executable, "HOME": str(folder), "WORKSHOP_STATE": str(folder / "state")}
    kept = {one: value for one, value in os.environ.items() if not one.startswith("WORKSHOP_")}
    done = subprocess.run(
        [folder / "run_autograder"], cwd="/", env={**kept, **own}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads((folder / "results" / "results.json").read_text())
    return found


def test_a_script_and_a_notebook_get_their_points(autograder: Path) -> None:
    assert run(autograder, "exercise.py", source())["score"] == 10
    found = run(autograder, "mine.ipynb", notebook(source(words="return str(price)")))
    assert (found["score"], [one["score"] for one in found["tests"]]) == (7, [4, 3, 0])


def test_what_cannot_be_read_gets_none_and_says_why(autograder: Path) -> None:
    found = run(autograder, "report.pdf", "%PDF")
    assert found["score"] == 0 and "holds no .py or .ipynb file: it holds report.pdf" in found["output"]


def test_the_scripts_can_be_run_and_only_one_module_is_in_it(autograder: Path) -> None:
    with zipfile.ZipFile(autograder / "autograder.zip") as archive:
        names = archive.namelist()
        for name in ("setup.sh", "run_autograder"):
            assert archive.getinfo(name).external_attr >> 16 & stat.S_IXUSR, name
    assert "kit/course_runtime/_content/graders/module1_prices/test_module1.py" in names
    assert not [name for name in names if "__pycache__" in name or "/chaff/" in name]
    subprocess.run(["bash", "-n", autograder / "source" / "setup.sh"], check=True)


def test_a_sandbox_that_does_not_hold_is_no_zero() -> None:
    document = json.loads(results_json(Judged("failed", "The sandbox does not hold on this machine.")))
    assert "score" not in document and "tell your instructor" in document["output"]


def test_without_pins_there_is_no_zip(tmp_path: Path) -> None:
    with pytest.raises(KitError, match=r"requirements\.txt is not there"):
        write_autograder_zip(load_catalogue(COURSE).module("1"), tmp_path / "a.zip")
