from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from course_runtime.cli import running
from course_runtime.cli.running import run

from .conftest import RIGHT, Command, write_answer


def failing(error: BaseException) -> object:
    def command(*_: object, **__: object) -> int:
        raise error

    return lambda wanted: command


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(28, "No space left on device", "/x"), 2, "The disk is full: /x. Make room"),
        (PermissionError(13, "denied", "/y"), 2, "Permission was refused: /y."),
        (ZeroDivisionError("by zero"), 2, "The kit itself broke: ZeroDivisionError: by zero."),
        (KeyboardInterrupt(), 130, "\n"),
    ],
)
def test_what_went_wrong_is_a_sentence(
    error: BaseException,
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(running, "build_app", failing(error))
    assert run([]) == code
    shown = capsys.readouterr()
    assert shown.err.startswith(words) and "Traceback" not in shown.err and not shown.out


def test_the_traceback_is_there_for_those_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_DEBUG", "1")
    monkeypatch.setattr(running, "build_app", failing(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        run([])


def test_a_mistyped_command_is_told_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["chekc"]) == 2
    assert "Did you mean 'check'?" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["/proc/no-such-place", "/dev/null/x"])
def test_a_state_folder_that_cannot_be_made(workshop: Command, course: Path, folder: str) -> None:
    """Neither can be written to, whoever asks, root included."""
    write_answer(course, RIGHT)
    workshop.more = {"WORKSHOP_STATE": folder}
    done = workshop("check", "7", cwd=course)
    assert done.returncode == 2
    assert folder in done.stderr and "WORKSHOP_STATE" in done.stderr and "Traceback" not in done.stderr


def test_an_unwritable_home(workshop: Command, tmp_path: Path) -> None:
    workshop.more = {"HOME": "/proc/home", "WORKSHOP_STATE": ""}
    done = workshop("emulator", "start", cwd=tmp_path)
    assert done.returncode == 2
    assert "/proc/home" in done.stderr and "Traceback" not in done.stderr


@pytest.fixture
def full_disk(tmp_path: Path) -> Path:
    folder = tmp_path / "full"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk to fill")
    yield folder  # type: ignore[misc]
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_start_on_a_full_disk(workshop: Command, full_disk: Path) -> None:
    (full_disk / "filler").write_bytes(b"x" * 60_000)
    done = workshop("start", str(full_disk / "course"))
    assert done.returncode == 2
    assert "the disk is full" in done.stderr.lower() and "Traceback" not in done.stderr


def test_check_with_a_full_disk_for_its_state(workshop: Command, course: Path, full_disk: Path) -> None:
    write_answer(course, RIGHT)
    workshop.more = {"WORKSHOP_STATE": str(full_disk / "state")}
    done = workshop("check", "7", cwd=course)
    workshop("emulator", "stop")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and "full" in done.stderr.lower(), done.stderr
