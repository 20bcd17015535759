"""10 Shell histories, and what a crash would leave for others to read."""

from __future__ import annotations

from .attack import Attack
from .kit import Kit

CRASH = """
import ctypes, resource
def crash():
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        pass
    ctypes.string_at(0)
"""


def test_no_history_is_there(attack: Attack) -> None:
    look = "raise RuntimeError([name for name in glob.glob('/*/.*history') + glob.glob('/*/*/.*history')])"
    result = attack("import glob", look)
    assert "raised RuntimeError: []" in result.todos[0].message


def test_a_crash_is_told_and_leaves_no_dump(attack: Attack, kit: Kit) -> None:
    result = attack(CRASH, "crash()")
    assert "SIGSEGV" in result.todos[0].message
    assert [path for path in kit.folder.rglob("core*")] == []
