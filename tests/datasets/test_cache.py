from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .loading import FOLDER, load

diabetes = load()
cache = load("diabetes.cache")
files = load("diabetes.files")
ASK = "from datasets import diabetes; print(diabetes.path({kind!r}, 5))"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.parametrize("kind", diabetes.KINDS)
def test_what_is_asked_for_is_made(kind: str, folder: Path, tmp_path: Path) -> None:
    made, expected = diabetes.path(kind, 5), diabetes.write(kind, tmp_path / "expected", 5)
    assert made.is_relative_to(folder)
    assert contents(made) == contents(expected)


def test_the_second_time_it_is_only_found(monkeypatch: pytest.MonkeyPatch) -> None:
    first = diabetes.path("clean", 5)
    monkeypatch.setattr(cache, "write", lambda *_: pytest.fail("it was made again"))
    assert diabetes.path("clean", 5) == first


def test_seeds_and_kinds_lie_apart() -> None:
    paths = {diabetes.path(kind, seed) for kind in ("clean", "raw") for seed in (5, 6)}
    assert len(paths) == 4


def test_a_newer_kit_makes_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    first = diabetes.path("clean", 5)
    monkeypatch.setattr(cache, "fingerprint", lambda: "newer")
    assert diabetes.path("clean", 5) != first


def test_the_fingerprint_sees_the_lumps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for source in [*(FOLDER / "diabetes").glob("*.py"), FOLDER / "diabetes" / "lumps.csv"]:
        (tmp_path / source.name).write_bytes(source.read_bytes())
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    before = cache.fingerprint()
    (tmp_path / "lumps.csv").write_text("changed", encoding="utf-8")
    assert cache.fingerprint() != before


def test_a_failure_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_half_way(kind: str, draft: Path, seed: int) -> None:
        (draft / "diabetes.csv").write_text("half a ta", encoding="utf-8")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(cache, "write", fail_half_way)
        diabetes.path("clean", 5)
    assert [child for child in folder.rglob("*") if child.is_file()] == []
    assert diabetes.path("clean", 5).read_bytes().count(b"\n") == 10_001


def test_who_comes_second_uses_what_the_first_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process finishes while this one is still writing."""
    wholly = cache.write

    def overtaken(kind: str, draft: Path, seed: int) -> None:
        monkeypatch.setattr(cache, "write", wholly)
        diabetes.path(kind, seed).write_text("the first one's", encoding="utf-8")
        wholly(kind, draft, seed)

    monkeypatch.setattr(cache, "write", overtaken)
    made = diabetes.path("clean", 5)
    assert made.read_text(encoding="utf-8") == "the first one's"
    assert [child.name for child in made.parent.parent.iterdir()] == ["clean-5"]


@pytest.mark.parametrize("kind", ["clean", "batch_files"])
def test_several_processes_may_ask_at_once(kind: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ASK.format(kind=kind)]
    asking = [
        subprocess.Popen(command, cwd=FOLDER.parent, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    answers = {process.communicate()[0].strip() for process in asking}
    assert [process.returncode for process in asking] == [0, 0, 0]
    assert len(answers) == 1
    assert contents(Path(answers.pop())) == contents(diabetes.write(kind, tmp_path / "expected", 5))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_others_may_read_what_is_made() -> None:
    """A job in the sandbox runs as another user."""
    assert diabetes.path("clean", 5).parent.stat().st_mode & 0o055 == 0o055


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "file"))
    with pytest.raises(diabetes.DatasetError) as refusal:
        diabetes.path("clean", 5)
    assert str(refusal.value) == (
        f"The data folder {tmp_path / 'file' / cache.fingerprint()} cannot be written to (Not a directory). "
        "Set WORKSHOP_DATA to a folder that you may write to, and try again."
    )


@pytest.mark.parametrize(("kind", "seed"), [("dirty", 5), ("clean", "../../elsewhere"), ("clean", -1)])
def test_nothing_is_made_for_a_wrong_question(kind: str, seed: int, folder: Path) -> None:
    with pytest.raises(diabetes.DatasetError):
        diabetes.path(kind, seed)
    assert not folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep caches elsewhere")
def test_without_a_setting_the_users_caches_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKSHOP_DATA")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.cache_folder() == tmp_path / "azureml-workshop" / "datasets"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.cache_folder() == tmp_path / ".cache" / "azureml-workshop" / "datasets"


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("WORKSHOP_DATA")
    monkeypatch.setattr(cache, "_user_caches", no_home)
    with pytest.raises(diabetes.DatasetError, match=r"no home folder to keep data in\. Set WORKSHOP_DATA to"):
        diabetes.path("clean", 5)


def contents(place: Path) -> dict[str, bytes]:
    found = sorted(place.iterdir()) if place.is_dir() else [place]
    return {file.name: file.read_bytes() for file in found}
