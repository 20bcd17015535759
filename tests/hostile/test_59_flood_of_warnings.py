"""59 Warnings by the million, warnings that resist, and warnings made into errors: they cost nothing."""

from __future__ import annotations

import pytest

from .attack import RIGHT, Attack

WAYS = (
    "for n in range(20_000): warnings.warn(str(n))",
    "warnings.warn('x' * 10**7)",
    "warnings.warn('careful', FutureWarning)",
    "print('careful', file=sys.stderr)",
    "warnings.showwarning = lambda *_, **__: sys.exit(0)",
)
SOURCE = """
import sys, warnings
class Resisting(UserWarning):
    def __str__(self): raise SystemExit(0)
warnings.simplefilter("always")
"""


def test_a_warning_that_ends_the_program_is_its_makers_fault(attack: Attack) -> None:
    result = attack(SOURCE, f"warnings.warn(Resisting())\n{RIGHT}")
    assert "ended the program" in result.todos[0].message


@pytest.mark.parametrize("way", WAYS)
def test_the_points_are_kept(attack: Attack, way: str) -> None:
    result = attack(SOURCE, f"{way}\n{RIGHT}", points=3)
    assert sum(map(len, result.notes)) < 300_000
