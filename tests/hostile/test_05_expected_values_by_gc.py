"""5 The expected values, found among all objects that the collector knows."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import gc
def loot():
    secret = "HIDDEN"
    found = []
    for thing in gc.get_objects():
        if type(thing) is dict and secret in thing:
            found.append(str(thing[secret]))
    return found
"""


def test_they_are_in_another_process(attack: Attack) -> None:
    result = attack(SOURCE, "raise RuntimeError(loot())")
    assert "raised RuntimeError: []" in result.todos[0].message
