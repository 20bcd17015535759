"""58 Exceptions whose text, type or traceback resists being told."""

from __future__ import annotations

import pytest

from .attack import Attack

SOURCE = """
class Silent(Exception):
    def __str__(self): raise SystemExit(0)
    __repr__ = __str__
class Huge(Exception):
    def __str__(self): return "x" * 10**7
class Number(Exception):
    def __str__(self): return 5
class Looping(Exception):
    def __str__(self):
        while True: pass
class Meta(type):
    def __getattribute__(cls, name): raise SystemExit(0)
class Hidden(Exception, metaclass=Meta): pass
class Traced(Exception):
    @property
    def __traceback__(self): raise KeyError
def deep(n): return deep(n + 1)
def chain(n):
    try:
        if n: chain(n - 1)
        else: raise ValueError("first")
    except Exception as problem:
        raise ValueError(n) from problem
"""
WAYS = (
    "raise Silent",
    "raise Huge",
    "raise Number",
    "raise Hidden",
    "raise Traced",
    "deep(0)",
    "chain(500)",
    "raise Silent from Huge()",
    "raise ExceptionGroup('g', [Huge(), Silent()])",
    "raise SystemExit(Silent())",
    "raise AssertionError",
    "raise MemoryError('forged')",
    "raise SyntaxError('forged', ('exercise.py', 1, 1, 'x'))",
    "raise NotImplementedError('TODO')",
    "raise UnicodeDecodeError('x', b'x', 0, 1, 'y')",
    "raise StopIteration",
)


@pytest.mark.parametrize("way", WAYS)
def test_each_is_told_in_words(attack_in_py: Attack, way: str) -> None:
    result = attack_in_py(SOURCE, way)
    assert result.todos[0].status == "failed"


def test_one_that_takes_for_ever(attack_in_py: Attack) -> None:
    result = attack_in_py(SOURCE, "if number > 10**9: return 0\nraise Looping")
    assert result.todos[0].status == "timeout"
