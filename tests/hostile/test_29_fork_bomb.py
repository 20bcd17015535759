"""29 Fork bombs, while somebody else is graded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from .attack import Attack, honest
from .kit import Kit

SOURCE = """
import os, time
def bomb():
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(0.01)
"""


def test_another_check_goes_on_meanwhile(attack_in_py: Attack, kit: Kit) -> None:
    with ThreadPoolExecutor() as pool:
        attacker = pool.submit(attack_in_py, SOURCE, "if number > 10**9: return 0\nbomb()")
        neighbour = kit.write("neighbour/exercise.py", honest())
        assert [kit.check(neighbour).score for _ in range(5)] == [5] * 5
        attacker.result()


def test_too_many_processes_are_said_so(attack: Attack) -> None:
    more = "import os, time\ndef bomb():\n    while True:\n        if os.fork() == 0: time.sleep(60)"
    result = attack(more, "bomb()")
    assert "64 processes and threads" in result.todos[0].message
