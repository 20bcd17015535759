"""42 Names of modules and TODOs that lead elsewhere."""

from __future__ import annotations

import pytest

from course_runtime.grading import KitError

from .attack import honest
from .kit import Kit

NAMES = (
    "../../etc",
    "module1/../module2",
    "/etc/passwd",
    "module1\0",
    "",
    ".",
    "module1;ls",
    "module999",
    "мodule1",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_module_is_known_or_refused(kit: Kit, name: str) -> None:
    with pytest.raises(KitError):
        kit.check(kit.write("honest/exercise.py", honest()), name)


@pytest.mark.parametrize("variant", ["../../../../etc/passwd", "/etc/passwd", "../exercise"])
def test_a_variant_too(kit: Kit, variant: str) -> None:
    with pytest.raises(KitError):
        kit.check(kit.folder, whose="chaff", variant=variant)
