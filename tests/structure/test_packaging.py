"""What an installed user has: the wheel carries the whole course, and works without a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as pip would."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel; it is in requirements-dev.txt")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    target = folder / "site"
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(target)
    return target


@pytest.fixture
def workshop(installed: Path, tmp_path: Path) -> Iterator[list[str]]:
    """The command as the unpacked wheel has it, with a home of its own."""
    path = f"import sys; sys.path.insert(0, {str(installed)!r})"
    program = f"{path}; from course_runtime.cli import program; program()"
    yield [sys.executable, "-c", program]
    subprocess.run(
        [sys.executable, "-c", program, "emulator", "stop"], env=environment(installed, tmp_path), check=False
    )


def environment(installed: Path, home: Path) -> dict[str, str]:
    own = {"HOME": str(home), "WORKSHOP_STATE": str(home / "state"), "PYTHONPATH": str(installed)}
    return {**os.environ, **own, "NO_COLOR": "1", "COLUMNS": "80"}


def test_every_module_is_in_the_wheel_whole(installed: Path) -> None:
    content = installed / "course_runtime" / "_content"
    for room in ("solutions", "exercises", "graders"):
        here = {file.relative_to(ROOT) for file in (ROOT / room).rglob("*") if _is_source(file)}
        there = {file.relative_to(content) for file in (content / room).rglob("*") if file.is_file()}
        assert here == there, room
    assert (content / "datasets" / "diabetes").is_dir()


def test_data_files_of_the_package_are_in_the_wheel(installed: Path) -> None:
    own = {file.relative_to(ROOT) for file in (ROOT / "course_runtime").rglob("*") if _is_source(file)}
    there = {file.relative_to(installed) for file in installed.rglob("*") if file.is_file()}
    assert own <= there, own - there


def test_the_installed_kit_starts_a_course_and_checks_it(
    installed: Path, workshop: list[str], tmp_path: Path
) -> None:
    own = environment(installed, tmp_path)
    started = subprocess.run(
        [*workshop, "start", "mine"], cwd=tmp_path, env=own, capture_output=True, text=True
    )
    assert started.returncode == 0, started.stderr
    checked = subprocess.run(
        [*workshop, "check", "module0"], cwd=tmp_path / "mine", env=own, capture_output=True, text=True
    )
    assert checked.returncode == 1, checked.stderr
    assert "0 of 6 points" in checked.stdout  # what the half-day track takes of it


def _is_source(file: Path) -> bool:
    return (
        file.is_file()
        and not {"__pycache__", ".ipynb_checkpoints"} & set(file.parts)
        and file.suffix != ".pyc"
    )
