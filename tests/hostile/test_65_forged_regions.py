"""65 TODO regions doubled, nested, hidden in text, and comments that claim points."""

from __future__ import annotations

import pytest

from .attack import Attack

SOURCES = {
    "doubled": "# TODO 1.1 Give back twice the number.\nx = 1\n# END TODO\n# TODO 1.2 again\nx = 1\n# END TODO",
    "in a text": '"""\n# TODO 1.1 x\n# END TODO\n"""',
    "never ended": "# TODO 1.1 x",
    "more points": "# TODO 1.1 points=100\nx = 1\n# END TODO\n# BEGIN SOLUTION\n### BEGIN HIDDEN TESTS\nassert True",
    "unknown": "# TODO 9.9 x\nx = 1\n# END TODO",
    "many": "# TODO 1.1 x\n# END TODO\n" * 2000,
}


@pytest.mark.parametrize("name", SOURCES)
def test_points_come_from_tests_alone(attack: Attack, name: str) -> None:
    result = attack(SOURCES[name])
    assert result.max_score == 5
