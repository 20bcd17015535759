"""28 Loops that ignore every signal, block in C or hold the interpreter's lock."""

from __future__ import annotations

import pytest

from .attack import Attack

IGNORING = """
import signal, threading
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
"""
WAYS = {
    "ignoring": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "in C": "import re\nre.match('(a+)+b', 'a' * 60)",
    "without the lock": "import time\ntime.sleep(1000)",
    "with the lock": "sum(iter(int, 1))",
    "waiting for itself": "lock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    "stopped": "import os\nos.kill(os.getpid(), signal.SIGSTOP)",
}


@pytest.mark.parametrize("way", WAYS)
def test_it_is_ended_from_outside(attack_in_py: Attack, way: str) -> None:
    body = f"if number > 10**9: return 0\n{WAYS[way]}"  # once, in the test of a number below
    result = attack_in_py(IGNORING, body)
    assert result.todos[0].status == "timeout"
    assert "2 seconds" in result.todos[0].message
