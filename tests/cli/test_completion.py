from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli.completion import module_names, targets, todo_ids, track_names

from .conftest import Command


@pytest.fixture(autouse=True)
def our_course(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_CONTENT", str(content))


def test_what_begins_so_is_offered() -> None:
    assert module_names("mod") == [("module7", "Answers")]
    assert todo_ids("7") == [("7.1", "Answer the question")]
    assert track_names("") == [("half-day", "A small track")]
    assert [name for name, _ in targets("")] == ["7.1", "module7"]


def test_what_begins_otherwise_is_not() -> None:
    assert module_names("x") == todo_ids("8") == track_names("x") == []


def test_without_content_nothing_is_offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WORKSHOP_CONTENT", str(tmp_path))
    assert module_names("") == todo_ids("") == track_names("") == []


@pytest.mark.parametrize(
    ("words", "offered"),
    [("workshop check ", "module7"), ("workshop hint ", "7.1"), ("workshop check module7 --todo ", "7.1")],
)
def test_bash_is_answered(workshop: Command, words: str, offered: str) -> None:
    workshop.more = {
        "_WORKSHOP_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split())),
    }
    assert offered in workshop().stdout.split()
