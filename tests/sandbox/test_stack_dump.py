from __future__ import annotations

from course_runtime.sandbox.stack_dump import where

DUMP = """Timeout (0:00:00.450000)!
Thread 0x00007f0000000002 (most recent call first):
  File "mine.py", line 90 in in_a_thread
Thread 0x00007f0000000001 (most recent call first):
  File "/usr/lib/python3.11/socket.py", line 5 in recv
  File "mine.py", line 12 in inner
  File "mine.py", line 7 in outer
"""


def test_the_innermost_own_line_of_the_oldest_thread_is_named() -> None:
    assert where(DUMP, lambda file: file == "mine.py") == ("mine.py", 12, "inner")


def test_no_own_line_is_none() -> None:
    assert where(DUMP, lambda file: False) is None
    assert where("", lambda file: True) is None


def test_nonsense_is_none() -> None:
    assert where('  File "mine.py", line 99999999999999999999 in f\n  File "', lambda file: True) is None
