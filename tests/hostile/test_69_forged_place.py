"""69 The place where a loop was, forged to steer or to mislead whoever reads it."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import os, time
def forge():
    for number in range(200, 300):
        try:
            if "traces" in os.readlink(f"/proc/self/fd/{number}"):
                os.write(number, b'Thread 1:\\n  File "exercise.py", line 999999999 in \\x1b[31m</script>\\n')
        except OSError:
            continue
"""


def test_it_is_told_harmlessly(attack: Attack) -> None:
    result = attack(SOURCE, "if number > 10**9: return 0\nforge()\ntime.sleep(100)")
    assert result.todos[0].status == "timeout"
