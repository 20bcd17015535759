"""The rooms and the arrows between them: design decisions that a careless import would undo."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "course_runtime"
ROOMS = ("cli", "classroom", "course", "emulator", "grading", "sandbox", "studio")
MAY_IMPORT = {
    "cli": {"classroom", "course", "emulator", "grading", "sandbox", "studio"},
    "classroom": {"grading", "course", "emulator"},
    "studio": {"grading", "course", "emulator"},
    "grading": {"sandbox", "course", "emulator"},
    "emulator": {"sandbox"},
    "sandbox": set(),
    "course": set(),
}


def imported_names(file: Path) -> Iterator[str]:
    """Absolute names of the modules that a file imports, wherever in it."""
    package = ".".join(file.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            outer = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*outer, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def files_of(room: str) -> list[Path]:
    return sorted((RUNTIME / room).rglob("*.py"))


@pytest.mark.parametrize("room", [room for room in ROOMS if (RUNTIME / room).is_dir()])
def test_a_room_imports_only_the_rooms_it_may(room: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files_of(room)
        for name in imported_names(file)
        if (other := _room_of(name)) and other != room and other not in MAY_IMPORT[room]
    ]
    assert not wrong, "\n".join(wrong)


def test_graders_import_only_the_grading_room() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in (ROOT / "graders").rglob("test_*.py")
        for name in imported_names(file)
        if name.startswith("course_runtime") and not name.startswith("course_runtime.grading.")
    ]
    assert not wrong, "\n".join(wrong)


def test_exercises_and_solutions_import_nothing_of_ours() -> None:
    files = [*(ROOT / "exercises").rglob("*.py"), *(ROOT / "solutions").rglob("*.py")]
    wrong = [
        str(file) for file in files for name in imported_names(file) if name.startswith("course_runtime")
    ]
    assert files
    assert not wrong, "\n".join(wrong)


def test_another_room_is_entered_through_its_front() -> None:
    """`from course_runtime.course import X`, never `from course_runtime.course.regions import X`."""
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for room in ("classroom", "cli", "grading")
        for file in files_of(room)
        for name in imported_names(file)
        if _room_of(name) not in (None, room) and not _is_public(name)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_module_is_longer_than_400_lines() -> None:
    long = {
        str(file.relative_to(ROOT)): count
        for file in RUNTIME.rglob("*.py")
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def _room_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "course_runtime" and len(parts) > 1 and parts[1] in ROOMS else None


def _is_public(name: str) -> bool:
    """A room's own names, and those of its renderings, which are a room in the room."""
    parts = name.removeprefix("course_runtime.grading.render").split(".")
    return len(parts) <= (2 if name.startswith("course_runtime.grading.render") else 3)
