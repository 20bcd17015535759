"""60 The standard streams closed, replaced or pointed at one another."""

from __future__ import annotations

import pytest

from .attack import RIGHT, Attack

WAYS = (
    "os.close(0); os.close(1); os.close(2)",
    "os.dup2(1, 2); os.dup2(0, 1)",
    "sys.stdout = sys.stderr = None",
    "sys.stdout = Bad()",
    "sys.stdout.close()",
    "os.closerange(0, 199)",
    "sys.stdin.read()",
    "input()",
    "os.ftruncate(1, 10**9)",
)
SOURCE = """
import os, sys
class Bad:
    def __getattr__(self, name): raise SystemExit(0)
"""


@pytest.mark.parametrize("way", WAYS)
def test_it_ends_in_words_or_in_points(attack_in_py: Attack, way: str) -> None:
    attack_in_py(SOURCE, f"try:\n    {way}\nexcept BaseException: pass\n{RIGHT}", points=3)
    attack_in_py(f"{SOURCE}\ntry:\n    {way}\nexcept BaseException: pass")


def test_the_wire_closed_is_no_answer(attack_in_py: Attack) -> None:
    result = attack_in_py(SOURCE, "os.closerange(3, 2000)")
    assert "ended without an answer" in result.todos[0].message or result.todos[0].status == "timeout"
