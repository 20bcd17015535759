"""34 A thousand threads."""

from __future__ import annotations

from .attack import RIGHT, Attack

SOURCE = """
import threading, time
def many():
    for _ in range(1000):
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
"""


def test_they_are_limited_in_words(attack: Attack) -> None:
    result = attack(SOURCE, "many()")
    assert "64 processes and threads" in result.todos[0].message


def test_a_few_are_fine(attack: Attack) -> None:
    few = "import threading, time\nfor _ in range(5):\n    threading.Thread(target=time.sleep, args=(9,)).start()"
    attack(few, RIGHT, points=3)
