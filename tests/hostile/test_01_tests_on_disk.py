"""1 The hidden tests, read from the disk."""

from __future__ import annotations

from .attack import Attack
from .kit import COURSE

SOURCE = f"""
import os
def loot():
    found = []
    for start in ({str(COURSE)!r}, "/"):
        for folder, inner, files in os.walk(start):
            if folder.removeprefix(start).count("/") < 3 or "graders" in folder:
                found += [os.path.join(folder, name) for name in files if name.startswith("test_module")]
            else:
                inner.clear()  # libraries: there is too much of them to walk through
    return [path for path in found if b"KEPT-" + b"SECRET" in open(path, "rb").read()]
"""


def test_nothing_is_found(attack: Attack) -> None:
    result = attack(SOURCE, "raise RuntimeError(loot())")
    assert "raised RuntimeError: []" in result.todos[0].message


def test_by_its_name(attack: Attack) -> None:
    path = COURSE / "graders/module1_plain/test_module1.py"
    result = attack("", f"return open({str(path)!r}).read()")
    assert "No such file or directory" in result.todos[0].message
