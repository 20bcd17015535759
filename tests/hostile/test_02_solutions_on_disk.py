"""2 The solutions, read from the disk, from where the kit is installed and from the packages."""

from __future__ import annotations

from .attack import Attack
from .kit import COURSE

SOURCE = f"""
import os, course_runtime
def loot():
    places = [os.path.dirname(course_runtime.__file__), {str(COURSE)!r}, {str(COURSE.parents[2] / "solutions")!r}]
    found = []
    for place in places:
        for folder, _, files in os.walk(place):
            if "solutions" in folder or "graders" in folder:
                found += [os.path.join(folder, name) for name in files]
    return sorted(found)
"""


def test_no_solution_is_there(attack: Attack) -> None:
    result = attack(SOURCE, "raise RuntimeError(loot())")
    assert "raised RuntimeError: []" in result.todos[0].message
