"""61 Forks in which parent and child both answer, by the library and past it."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import ctypes, os
libc = ctypes.CDLL(None)
"""


def test_only_one_answer_counts(attack: Attack) -> None:
    attack(SOURCE, "os.fork()\nreturn 0")


def test_past_the_library_neither(attack_in_py: Attack) -> None:
    attack_in_py(SOURCE, "libc.fork()\nreturn 0")


def test_a_child_that_answers_rightly(attack_in_py: Attack) -> None:
    attack_in_py(SOURCE, "return 2 * number if os.fork() == 0 else 0")
