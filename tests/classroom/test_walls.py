from __future__ import annotations

import pytest

from course_runtime.classroom.walls import NEEDED, rehearse, require_walls
from course_runtime.course import Module
from course_runtime.emulator import Places
from course_runtime.grading import KitError, Result


def result(*fallen: str) -> Result:
    return Result(
        "module1", "emulator", sandbox=[{"name": name, "held": name not in fallen} for name in NEEDED]
    )


def test_a_fallen_wall_stops_a_class_unless_everybody_is_trusted() -> None:
    require_walls(result(), unsandboxed=False)
    with pytest.raises(KitError, match=r"no network namespace, no seccomp.*--unsandboxed"):
        require_walls(result("network namespace", "seccomp"), unsandboxed=False)
    require_walls(result("network namespace"), unsandboxed=True)


def test_a_wall_that_was_not_even_tried_has_fallen() -> None:
    only = Result("module1", "emulator", sandbox=[{"name": "seccomp", "held": True}])
    with pytest.raises(KitError, match="no user namespace"):
        require_walls(only, unsandboxed=False)


def test_what_ran_no_code_needs_no_wall() -> None:
    require_walls(Result("module1", "emulator"), unsandboxed=False)


def test_the_solution_is_tried_and_its_walls_are_there(module: Module, places: Places) -> None:
    assert rehearse(module, module.root, places, unsandboxed=False).score == 10
