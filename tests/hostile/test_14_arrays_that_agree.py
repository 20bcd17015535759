"""14 Subclasses of arrays and tables with operators of their own."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
class Agree(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __sub__(self, other): return np.zeros(self.shape)
    __rsub__ = __sub__
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs): return np.zeros(self.shape)
    def __array_function__(self, function, types, args, kwargs): return True
class Frame(pd.DataFrame):
    def __eq__(self, other): return True
    def __getitem__(self, key): return self
    def __contains__(self, key): return True
    total = property(lambda self: [0])
"""


def test_an_array_comes_as_its_numbers(attack: Attack) -> None:
    result = attack(
        SOURCE, "return np.zeros(50).view(Agree)", "return Frame({'total': [0] * 9})", module="module2"
    )
    assert "The values should be" in result.todos[0].message
    assert "The totals are [0, 0" in result.todos[1].message


def test_objects_in_an_array_do_not_cross(attack: Attack) -> None:
    result = attack(
        "class Any:\n    __eq__ = lambda *_: True", "return np.array([Any()] * 50)", module="module2"
    )
    assert "should return an array" in result.todos[0].message


def test_numbers_that_are_none(attack: Attack) -> None:
    attack("", "return np.full(50, np.nan)", "return table.assign(total=np.inf)", module="module2")
