"""25 Answers that would run code if they were unpickled."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import os, pickle, numpy as np
class Bomb:
    def __reduce__(self): return os.system, ("touch /tmp/marker",)
    def __reduce_ex__(self, protocol): return self.__reduce__()
    def __getstate__(self): os._exit(0)
    def __deepcopy__(self, memo): os._exit(0)
"""


def test_an_object_stays_a_handle(attack: Attack) -> None:
    result = attack(SOURCE, "return Bomb()", "return pd.DataFrame({'total': [Bomb()]})", module="module2")
    assert "should return an array" in result.todos[0].message


def test_an_array_of_objects_too(attack: Attack) -> None:
    answer = "values = np.empty(50, object)\nvalues[:] = [Bomb()] * 50\nreturn values"
    result = attack(SOURCE, answer, "return pickle.dumps(table)", module="module2")
    assert "should return an array" in result.todos[0].message
