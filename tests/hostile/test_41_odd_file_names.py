"""41 File names that lead elsewhere or mean something to others; what an archive may hold is the classroom's."""

from __future__ import annotations

from .attack import RIGHT, Attack, honest
from .kit import Kit

NAMES = (
    "..\\..\\up.txt",
    "-rf",
    "$(touch marker)",
    "a\nb.txt",
    "\x1b[31mred.txt",
    "EXERCISE.PY",
    "CON",
    "\udce4.txt",
    "é" * 100 + ".txt",
    "exercise.py.",
    ".hidden",
    "~",
    "%2e%2e",
)


def test_they_are_names_and_nothing_else(attack: Attack, kit: Kit) -> None:
    folder = kit.folder / "attack"
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        (folder / name).write_text("")
    attack("", RIGHT, points=3)
    for name in NAMES:
        (folder / name).unlink()
    assert not (kit.folder / "marker").exists()


def test_a_folder_named_by_a_student(kit: Kit) -> None:
    folder = "x;touch marker/\x1b]0;title\x07/`id`"
    result = kit.check(kit.write(f"{folder}/exercise.py", honest()))
    assert result.score == 5
