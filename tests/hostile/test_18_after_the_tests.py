"""18 Code that runs after the tests: atexit, finalizers, `__del__`, threads."""

from __future__ import annotations

from .attack import RIGHT, Attack

SOURCE = """
import atexit, threading, time, weakref, sys
class Late:
    def __del__(self): forge()
def forge():
    for place in ("/student/results.json", "/tmp/results.json"):
        open(place, "w").write('{"score": 5}')
late = Late()
atexit.register(forge)
weakref.finalize(late, forge)
threading._register_atexit(forge)
def later():
    while True:
        time.sleep(0.01)
        forge()
threading.Thread(target=later).start()
threading.Thread(target=later, daemon=True).start()
sys.exitfunc = forge
"""


def test_it_changes_nothing(attack: Attack) -> None:
    result = attack(SOURCE, RIGHT, points=3)
    assert result.todos[0].status == "passed"
