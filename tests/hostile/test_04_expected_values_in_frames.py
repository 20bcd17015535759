"""4 The expected value, taken from the caller's frame."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import sys
def expected(number):
    frame = sys._getframe(2)
    while frame:
        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
            if type(value) is int and value == 2 * number:
                return value
        frame = frame.f_back
"""


def test_no_caller_knows_it(attack: Attack) -> None:
    result = attack(SOURCE, "return expected(number)")
    assert "it is None" in result.todos[0].message
