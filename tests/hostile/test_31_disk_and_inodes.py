"""31 The disk, filled with one large file and with many small ones."""

from __future__ import annotations

from .attack import Attack

SMALL = """
def small():
    made = 0
    while True:
        open(f"{made}.txt", "w").close()
        made += 1
"""
SPARSE = """
import os
def sparse():
    with open("large", "wb") as file:
        file.truncate(10**12)
"""


def test_a_large_file_is_refused_in_words(attack: Attack) -> None:
    large = "with open('/tmp/large', 'wb') as file:\n    while True: file.write(bytes(10**7))"
    result = attack("", large)
    assert "256 MB" in result.todos[0].message


def test_many_small_ones_too(attack_in_py: Attack) -> None:
    result = attack_in_py(SMALL, "small()")
    assert "folders hold 256 MB" in result.todos[0].message or result.todos[0].status == "timeout"


def test_a_file_of_holes_too(attack: Attack) -> None:
    result = attack(SPARSE, "sparse()")
    assert "256 MB" in result.todos[0].message
