from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from ..loading import FOLDER, load

aerial = load("aerial")
gallery = load("aerial.gallery")


def test_a_row_for_each_class(tmp_path: Path) -> None:
    sheet = np.asarray(Image.open(aerial.gallery(tmp_path / "sheet.png", 2, columns=1)))
    row = gallery.SIDE + gallery.GAP + gallery.CAPTION
    for down, name in enumerate(aerial.CLASSES):
        top = down * row + gallery.GAP + gallery.CAPTION
        shown = sheet[top : top + 224, gallery.GAP : gallery.GAP + 224]
        assert np.array_equal(shown, aerial.tile(name, 2, 0))


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "datasets.aerial", *arguments],
        cwd=FOLDER.parent,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_tiles(tmp_path: Path) -> None:
    answer = command("write", str(tmp_path / "tiles"), "--train", "1", "--valid", "1")
    assert answer.stdout == f"The tiles are in {tmp_path / 'tiles'}.\n"
    assert len(list((tmp_path / "tiles").rglob("*.png"))) == 12


def test_the_command_says_which_weights(tmp_path: Path) -> None:
    answer = command("weights", WORKSHOP_WEIGHTS=str(tmp_path / "own.h5"))
    assert answer.stdout.splitlines()[0] == str(tmp_path / "own.h5")


def test_the_command_refuses_in_a_sentence(tmp_path: Path) -> None:
    answer = command("write", str(tmp_path / "tiles"), "--seed", "-1")
    assert answer.returncode == 2
    assert answer.stderr == "The seed is a whole number from 0 up; -1 came. Give for example 41.\n"
