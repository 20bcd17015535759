"""9 The source of the hidden test, through linecache and the text of tracebacks."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import linecache, traceback
def loot():
    lines = [line for entry in linecache.cache.values() if len(entry) > 1 for line in entry[2]]
    lines += traceback.format_stack()
    return [line for line in lines if "KEPT" + "-SECRET" in line or "test" + "_module" in line]
"""


def test_the_stack_ends_at_the_wire(attack: Attack) -> None:
    result = attack(SOURCE, "raise RuntimeError(loot())")
    assert "raised RuntimeError: []" in result.todos[0].message
