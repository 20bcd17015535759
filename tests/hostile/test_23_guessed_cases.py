"""23 Hidden values, guessed: by seeding, by what was asked before, by names in the environment."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import os, random
def guess(number):
    for seed in [*os.environ.values(), "", "0", 0, 1, 42]:
        for test in ("test_double", "1.1"):
            if random.Random(f"{seed}/{test}").randrange(10**6, 10**9) == number:
                return 2 * number
    return {1: 2, 2: 4, 21: 42}.get(number)
"""


def test_no_guess_is_right(attack: Attack) -> None:
    result = attack(SOURCE, "return guess(number)")
    assert "it is None" in result.todos[0].message


def test_each_check_asks_something_else(attack_in_py: Attack) -> None:
    first, second = (attack_in_py("", "return 0").todos[0].tests[0].message for _ in range(2))
    assert first != second
