"""3 The tests through frames, `__main__` and sys.modules."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import sys
def loot():
    found = [name for name in sys.modules if "pytest" in name or "grad" in name or "test_module" in name]
    found += [str(vars(sys.modules["__main__"]).get("__file__"))]
    frame = sys._getframe()
    while frame:
        found += [f"{name}={value!r}"[:500] for name, value in frame.f_locals.items() if "KEPT" in repr(value)]
        frame = frame.f_back
    return [one for one in found if one != "None"]
"""


def test_none_is_loaded_beside_the_code(attack: Attack) -> None:
    result = attack(SOURCE, "raise RuntimeError(loot())")
    assert "raised RuntimeError: []" in result.todos[0].message
