from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course_runtime.course import progress_store
from course_runtime.course.errors import CourseError
from course_runtime.course.progress import Outcome
from course_runtime.course.progress_store import ProgressStore


@pytest.fixture
def store(tmp_path: Path) -> ProgressStore:
    return ProgressStore(tmp_path)


def test_what_is_recorded_is_there_next_time(store: ProgressStore, tmp_path: Path) -> None:
    store.record([Outcome("0.1", "passed", 2)], now="2026-01-01")
    store.record_hint("0.1", 2)
    kept = ProgressStore(tmp_path).load().of("0.1")
    assert (kept.status, kept.points, kept.hints_used, kept.first_passed) == ("passed", 2, 2, "2026-01-01")


def test_before_the_first_check_there_is_nothing(store: ProgressStore) -> None:
    assert store.load().todos == {}
    assert not store.path.exists()


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    def write(number: int) -> None:
        ProgressStore(tmp_path).record([Outcome(f"1.{number}", "passed", 1)])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert len(ProgressStore(tmp_path).load().todos) == 40


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"todos": 3}', "{}", '{"todos": {"0.1": 3}}', '{"format": "x"}', "\xff", "[" * 100_000],
)
def test_a_damaged_file_is_set_aside_with_a_sentence(store: ProgressStore, content: str) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(content.encode("latin-1"))
    progress = store.load()
    kept = list(store.path.parent.glob("progress-damaged-*.json"))
    assert progress.todos == {} and kept[0].name in progress.note
    assert kept[0].read_bytes() == content.encode("latin-1")


def test_progress_goes_on_after_a_damaged_file(store: ProgressStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text("{")
    store.record([Outcome("0.1", "passed", 2)])
    assert store.load().of("0.1").passed and store.load().note == ""


def test_a_newer_kits_file_is_left_alone(store: ProgressStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text('{"format": 2, "todos": {}}')
    with pytest.raises(CourseError, match="Update the kit"):
        store.record([Outcome("0.1", "passed", 2)])
    assert store.path.read_text() == '{"format": 2, "todos": {}}'


def test_todos_the_kit_does_not_know_are_kept(store: ProgressStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text('{"format": 1, "todos": {"77.7": {"status": "passed", "points": 3}}}')
    store.record([Outcome("0.1", "failed", 0)])
    assert json.loads(store.path.read_text())["todos"]["77.7"]["points"] == 3


def test_a_second_machines_progress_is_taken_over(store: ProgressStore, tmp_path: Path) -> None:
    other = ProgressStore(tmp_path / "other")
    other.record([Outcome("0.1", "passed", 2)])
    store.record([Outcome("0.1", "failed", 0), Outcome("0.2", "passed", 1)])
    merged = store.merge(other.load())
    assert merged.of("0.1").passed and merged.of("0.2").passed


def test_a_refused_write_keeps_the_old_file(store: ProgressStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record([Outcome("0.1", "passed", 2)])

    def refuse(path: Path, text: str) -> None:
        raise CourseError("full")

    monkeypatch.setattr(progress_store, "write_text_atomic", refuse)
    with pytest.raises(CourseError):
        store.record([Outcome("0.2", "passed", 2)])
    assert list(store.load().todos) == ["0.1"]
