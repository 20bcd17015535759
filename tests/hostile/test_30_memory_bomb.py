"""30 Memory: one huge block, many small ones, and spread over processes and shared memory."""

from __future__ import annotations

from .attack import Attack

SPREAD = """
import mmap, os
def spread():
    for _ in range(30):
        if os.fork() == 0:
            block = mmap.mmap(-1, 1 << 30)
            for place in range(0, 1 << 30, 4096):
                block[place] = 1
            os.pause() if hasattr(os, "pause") else __import__("signal").pause()
    __import__("signal").pause()
"""


def test_a_huge_block_is_refused_in_words(attack: Attack) -> None:
    result = attack("", "return len(bytearray(10**11))")
    assert "needed more memory than there is" in result.todos[0].message


def test_many_small_ones_too(attack_in_py: Attack) -> None:
    result = attack_in_py("", "kept = []\nwhile True: kept.append(bytes(10**8))")
    assert "more memory" in result.todos[0].message or result.todos[0].status == "timeout"


def test_over_many_processes_it_ends_all_the_same(attack_in_py: Attack) -> None:
    result = attack_in_py(SPREAD, "if number > 10**9: return 0\nspread()")
    assert result.todos[0].status in ("timeout", "failed")
