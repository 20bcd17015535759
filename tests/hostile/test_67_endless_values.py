"""67 Values without an end: iterators, containers that hold themselves, mappings that grow."""

from __future__ import annotations

import pytest

from .attack import Attack

SOURCE = """
import itertools, collections
class Growing(dict):
    def __iter__(self): return itertools.count()
    def keys(self): return itertools.count()
ring = []
ring.append(ring)
table = {}
table["self"] = table
"""


@pytest.mark.parametrize(
    "answer",
    [
        "itertools.count()",
        "ring",
        "table",
        "Growing()",
        "range(10**12)",
        "[ring] * 10",
        "collections.ChainMap({})",
        "[0] * 10**7",
        "{n: n for n in range(10**6)}",
    ],
)
def test_each_is_a_wrong_answer(attack_in_py: Attack, answer: str) -> None:
    result = attack_in_py(SOURCE, f"return {answer}")
    assert result.todos[0].status in ("failed", "timeout")
