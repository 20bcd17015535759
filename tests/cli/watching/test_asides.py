from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli.watching import asides
from course_runtime.course import DocLink, Module, Todo


def module(**todo: object) -> Module:
    todos = (Todo("1.1", "Do it", 1, **todo),)  # type: ignore[arg-type]
    return Module(1, "module1_x", "X", 10, "", (), "plain", ("exercise.py",), (), todos, Path("/"))


def test_a_hint_says_which_it_is(tmp_path: Path) -> None:
    mine = module(hints=("first", "second"))
    assert asides.hint(mine, "1.1", tmp_path) == ["Hint 1 of 2: first", "h gives the next one."]


def test_a_todo_without_hints_says_so(tmp_path: Path) -> None:
    assert "has no hints" in asides.hint(module(), "1.1", tmp_path)[0]


@pytest.mark.parametrize("windows", [True, False])
def test_links_are_shown_and_opened_only_where_there_are_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: bool
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(asides, "has_windows", lambda: windows)
    monkeypatch.setattr("course_runtime.cli.docs.opened", lambda url: opened.append(url) or True)
    mine = module(docs=(DocLink("A page", "https://example.org/a"),))
    assert asides.reading(mine, "1.1", tmp_path) == ["A page", "https://example.org/a"]
    assert opened == (["https://example.org/a"] if windows else [])


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    assert "README.md" in asides.reading(module(), "1.1", tmp_path)[0]
