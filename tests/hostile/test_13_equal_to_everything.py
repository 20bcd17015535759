"""13 Objects that are equal to, less than and an instance of everything."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
class Meta(type):
    def __instancecheck__(self, other): return True
class Agree(metaclass=Meta):
    __class__ = int
    def agree(self, *_): return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = agree
    __hash__ = lambda self: 0
    __repr__ = lambda self: "2"
    __int__ = __index__ = lambda self: 2
class Text(str):
    __eq__ = lambda *_: True
    __ne__ = lambda *_: False
    __hash__ = str.__hash__
class Number(int):
    __eq__ = lambda *_: True
    __ne__ = lambda *_: False
    __hash__ = int.__hash__
"""


def test_an_object_stays_behind_its_handle(attack: Attack) -> None:
    result = attack(SOURCE, "return Agree()", "return Agree()")
    assert result.todos[0].status == "failed"


def test_a_subclass_comes_as_its_plain_value(attack: Attack) -> None:
    result = attack(SOURCE, "return Number(1)", "return Text('wrong')")
    assert "it is 1." in result.todos[0].message
    assert "it is 'wrong'" in result.todos[1].message
