"""33 Descriptors used up, and those of others looked for."""

from __future__ import annotations

from .attack import Attack

USED_UP = "import os\ndef use():\n    while True: os.dup(0)"
OTHERS = """
import os
def loot():
    found = []
    for number in range(3, 1100):
        try:
            found.append(os.readlink(f"/proc/self/fd/{number}"))
        except OSError:
            continue
    return [name for name in found if not name.startswith(("socket:", "/memfd:traces"))]
"""


def test_using_them_up_fails_only_itself(attack: Attack) -> None:
    result = attack(USED_UP, "use()")
    assert "Too many open files" in result.todos[0].message


def test_none_is_inherited(attack: Attack) -> None:
    result = attack(OTHERS, "raise RuntimeError(loot())")
    assert "raised RuntimeError: []" in result.todos[0].message
