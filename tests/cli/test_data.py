"""Data for a student, from the command as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from .conftest import Command


@pytest.fixture
def kit(tmp_path: Path) -> Command:
    """With the real generators, which the small course does not have."""
    return Command(tmp_path, Path(__file__).parents[2], {"WORKSHOP_DATA": str(tmp_path / "data")})


def test_tiles_go_where_the_scripts_look_for_them(kit: Command) -> None:
    done = kit("data", "tiles", "--train", "2", "--valid", "1", "--seed", "5")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("18 tiles of 6 classes are in aerialsmall.\n")
    folder = kit.home / "aerialsmall"
    assert len(list((folder / "train").glob("*/*.png"))) == 12
    assert {file.parent.name for file in (folder / "valid").glob("*/*.png")} >= {"Barren", "Shrub"}
    with Image.open(folder / "train" / "Forest" / "tile_0001.png") as picture:
        assert picture.size == (224, 224)


def test_a_folder_with_something_in_it_is_left_alone(kit: Command) -> None:
    (kit.home / "mine").mkdir()
    (kit.home / "mine" / "notes.txt").write_text("kept")
    done = kit("data", "tiles", "mine", "--train", "1", "--valid", "1")
    assert done.returncode == 2 and "The folder mine is not empty. Name another one" in done.stderr
    assert [file.name for file in (kit.home / "mine").iterdir()] == ["notes.txt"]


def test_what_cannot_be_made_is_told_in_a_sentence(kit: Command) -> None:
    (kit.home / "file").write_text("")
    assert "Traceback" not in (done := kit("data", "tiles", "file", "--train", "1")).stderr
    assert done.returncode == 2 and "cannot be written" in done.stderr
    assert kit("data", "tiles", "more", "--train", "0").returncode == 2
    unknown = kit("data", "gallery", "tiles.doc")
    assert unknown.returncode == 2 and "Name the file like tiles.png" in unknown.stderr


def test_a_gallery_has_as_many_columns_as_asked_for(kit: Command) -> None:
    assert kit("data", "gallery", "few.png", "--columns", "1").stdout == "The gallery is few.png.\n"
    with Image.open(kit.home / "few.png") as sheet:
        assert 224 < sheet.width < 300


def test_the_weights_are_named_for_a_shell(kit: Command) -> None:
    """The path alone on the standard output, so that a variable can hold it."""
    own = kit.home / "own.h5"
    own.write_bytes(b"weights")
    kit.more["WORKSHOP_WEIGHTS"] = str(own)
    done = kit("data", "weights")
    assert (done.returncode, done.stdout) == (0, f"{own}\n")
    assert "which WORKSHOP_WEIGHTS names" in done.stderr
