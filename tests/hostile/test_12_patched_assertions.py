"""12 AssertionError, isinstance and the comparing functions of the libraries, replaced."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import builtins, unittest
class Never(Exception):
    def __init__(self, *_): pass
builtins.AssertionError = Never
builtins.isinstance = lambda *_: True
builtins.type = lambda *_: int
unittest.TestCase.assertEqual = lambda *_: None
"""


def test_only_its_own_builtins_change(attack: Attack) -> None:
    result = attack(SOURCE)
    assert result.todos[0].status == "failed"
