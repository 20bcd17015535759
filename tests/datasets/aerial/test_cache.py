from __future__ import annotations

from pathlib import Path

import pytest

from ..loading import load

aerial = load("aerial")
cache = load("aerial.cache")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_tiles_are_made_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = aerial.path(5, train=1, valid=1)
    assert first.is_relative_to(folder)
    assert len(list(first.glob("*/*/*.png"))) == 12
    monkeypatch.setattr(cache, "write", lambda *_: pytest.fail("they were made again"))
    assert aerial.path(5, train=1, valid=1) == first


def test_what_differs_lies_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "write", lambda place, *_: place.mkdir())
    asked = [(5, 1, 1, 0.0), (6, 1, 1, 0.0), (5, 2, 1, 0.0), (5, 1, 2, 0.0), (5, 1, 1, 0.1)]
    assert len({aerial.path(*one) for one in asked}) == len(asked)


def test_a_failure_leaves_nothing_behind(folder: Path) -> None:
    def fail_half_way(place: Path) -> None:
        place.write_text("half of it", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.kept("thing", "file", fail_half_way)
    assert [child for child in folder.rglob("*") if child.is_file()] == []


def test_who_comes_second_uses_what_the_first_made() -> None:
    def overtaken(place: Path) -> None:
        cache.kept("thing", "file", lambda other: other.write_text("first", encoding="utf-8"))
        place.write_text("second", encoding="utf-8")

    assert cache.kept("thing", "file", overtaken).read_text(encoding="utf-8") == "first"
