"""37 Signals to everything: the parent, the group, all processes, each number."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import os, signal
def kill():
    for target in [os.getppid(), -1, 1, *range(2, 40_000)]:
        if target not in (os.getpid(), 0):
            for number in (signal.SIGSTOP, signal.SIGKILL):
                try: os.kill(target, number)
                except OSError: pass
"""


def test_only_its_own_are_hit(attack: Attack) -> None:
    """Itself perhaps, stopped or killed: by the number of one of its own threads. Nobody else, and nothing is gained."""
    result = attack(SOURCE, "kill()")
    assert result.todos[0].status in ("failed", "timeout")


def test_killing_its_group_ends_itself(attack: Attack) -> None:
    result = attack("import os, signal", "os.killpg(0, signal.SIGKILL)")
    assert "the process ended without an answer" in result.todos[0].message
