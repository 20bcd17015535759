from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ..loading import load

aerial = load("aerial")
files = load("aerial.files")


def pixels(file: Path) -> np.ndarray:
    return np.asarray(Image.open(file))


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.png")}


def test_folders_are_parts_and_classes(tmp_path: Path) -> None:
    aerial.write(tmp_path, 1, train=2, valid=1)
    counts = {place: len(list((tmp_path / place).iterdir())) for place in ("train", "valid")}
    assert counts == {"train": 6, "valid": 6}
    for name in aerial.CLASSES:
        assert [file.name for file in sorted((tmp_path / "train" / name).iterdir())] == [
            "tile_0001.png",
            "tile_0002.png",
        ]
        assert len(list((tmp_path / "valid" / name).iterdir())) == 1


def test_a_file_holds_its_tile(tmp_path: Path) -> None:
    aerial.write(tmp_path, 9, train=1, valid=1)
    for name in aerial.CLASSES:
        file = tmp_path / "train" / name / "tile_0001.png"
        assert Image.open(file).mode == "RGB"
        assert np.array_equal(pixels(file), aerial.tile(name, 9, 0))
        assert 20_000 < file.stat().st_size < 130_000


def test_more_tiles_begin_with_the_same(tmp_path: Path) -> None:
    few = tree(aerial.write(tmp_path / "few", 4, train=1, valid=1, noise=0.3))
    more = tree(aerial.write(tmp_path / "more", 4, train=3, valid=2, noise=0.3))
    assert few.items() <= more.items()


def test_several_processes_write_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FEWEST_FOR_A_POOL", 1)
    alone = tree(aerial.write(tmp_path / "alone", 4, train=1, valid=1, jobs=1))
    together = tree(aerial.write(tmp_path / "together", 4, train=1, valid=1, jobs=2))
    assert together == alone


def test_no_tile_is_in_both_parts_or_twice(tmp_path: Path) -> None:
    every = tree(aerial.write(tmp_path, 5, train=4, valid=4, noise=0.5))
    assert len(set(every.values())) == len(every)


@pytest.mark.parametrize(("train", "noise"), [(0, 0.0), (2, -0.1), (2, 0.6)])
def test_nothing_is_written_for_a_wrong_question(train: int, noise: float, tmp_path: Path) -> None:
    with pytest.raises(aerial.DatasetError):
        aerial.write(tmp_path / "tiles", 1, train=train, valid=1, noise=noise)
    assert not (tmp_path / "tiles").exists()
