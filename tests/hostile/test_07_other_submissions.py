"""7 What other students handed in."""

from __future__ import annotations

from .attack import Attack
from .kit import Kit


def test_it_is_out_of_sight(attack: Attack, kit: Kit) -> None:
    other = kit.folder / "others/exercise.py"
    assert "KEPT-SECRET-other-student" in other.read_text()
    result = attack("", f"return open({str(other)!r}).read()")
    assert "No such file or directory" in result.todos[0].message


def test_the_folder_above_is_not_theirs(attack: Attack) -> None:
    result = attack("import os", "raise RuntimeError(sorted(os.listdir('..')), os.path.exists('../others'))")
    assert "False" in result.todos[0].message
