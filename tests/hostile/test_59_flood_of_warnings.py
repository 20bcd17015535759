"""59 Warnings by the million, warnings that resist, and warnings made into errors: they cost nothing."""

from __future__ import annotations

import pytest

from .attack import Attack, RIGHT

WAYS = (
    "for n in range(20_000): warnings.warn(str(n))",
    "warnings.warn('x' * 10**7)",
    "warnings.warn(Resisting())",
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


@pytest.mark.parametrize("way", WAYS)
def test_the_points_are_kept(attack: Attack, way: str) -> None:
    result = attack(SOURCE, f"{way}\n{RIGHT}", points=3)
    assert sum(map(len, result.notes)) < 300_000
