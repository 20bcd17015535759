"""An honest grade is the same to the last word before and after hostile ones, from the same warm zygote."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from course_runtime.grading import TodoResult
from course_runtime.sandbox import JailSpec, Zygote

from .attack import HONEST, NOTHING, honest, shaped
from .kit import Kit, eventually

HALF_RIGHT = shaped("", HONEST["module1"][0], 'return f"Goodbye {name}"')
ATTACKS = {
    "killed": "import os; os.kill(-1, 9)",
    "left": "import os; os._exit(0)",
    "exhausted": "kept = bytearray(10**11)",
    "forked": "import os, time\nfor _ in range(9):\n    if os.fork() == 0: time.sleep(60)",
    "patched": "import builtins, json\nbuiltins.len = lambda _: 0\njson.dumps = json.loads = lambda *_: '{}'",
    "poisoned": "import sys\nfor name in list(sys.modules): sys.modules[name] = None",
}


@pytest.mark.parametrize("source", ATTACKS.values(), ids=ATTACKS.keys())
def test_an_honest_grade_stays_as_it_was(kit: Kit, source: str) -> None:
    before = grades(kit)
    assert eventually(lambda: kit.workers() == [])
    zygotes = kit.zygotes()
    assert zygotes, "the honest submissions came from no zygote: there is nothing to compare"
    for _ in range(3):
        kit.check(kit.write("attack/exercise.py", shaped(source, NOTHING, NOTHING)))
    assert grades(kit) == before
    assert eventually(lambda: kit.zygotes() == zygotes)  # an attacker's last fork may still be on its way out


def grades(kit: Kit) -> list[TodoResult]:
    """Of one all right and one half right, without the time they took."""
    found = [
        todo
        for text in (honest(), HALF_RIGHT)
        for todo in kit.check(kit.write("honest/exercise.py", text), seed="the same names").todos
    ]
    assert [todo.status for todo in found] == ["passed", "passed", "passed", "failed"]
    return [replace(todo, tests=[replace(test, seconds=0) for test in todo.tests]) for todo in found]


@pytest.mark.skipif(sys.platform != "linux", reason="the jail is Linux's")
def test_a_fork_that_is_left_would_be_seen(kit: Kit) -> None:
    """Forks keep the zygote's command line; that must not hide them from what every attack is held to."""
    path = kit.places.runtime / "of-this-test"
    process, zygote = Zygote.start("plain", path), Zygote(path)
    zygote.wait_until_ready(30)
    with zygote.spawn(JailSpec(environment={})) as worker:
        worker.load(
            "exercise", "import os, time\ndef f():\n    return os.fork() or time.sleep(60)", "e.py", {}
        )
        worker.call("exercise.f", seconds=5)
        assert len(kit.workers()) >= 2
        assert process.pid in kit.zygotes()
    assert eventually(lambda: kit.workers() == [])
    process.terminate()
    process.wait()
