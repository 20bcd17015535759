"""21 Trace functions, profilers, import hooks and audit hooks that look for the grader at work."""

from __future__ import annotations

from .attack import RIGHT, Attack

SOURCE = """
import builtins, sys
seen = []
def trace(frame, event, argument):
    seen.append(frame.f_code.co_filename)
    return trace
class Finder:
    def find_spec(self, name, *_):
        seen.append(name)
sys.settrace(trace)
sys.setprofile(trace)
sys.addaudithook(lambda event, arguments: seen.append(event) if len(seen) < 10_000 else None)
sys.meta_path.insert(0, Finder())
real_import = builtins.__import__
builtins.__import__ = lambda name, *more, **named: (seen.append(name), real_import(name, *more, **named))[1]
"""


def test_they_see_no_grader(attack: Attack) -> None:
    look = "sys.settrace(None); sys.setprofile(None)\nraise RuntimeError([n for n in seen if 'grad' in n or 'test_' in n])"
    result = attack(SOURCE, look)
    assert "raised RuntimeError: []" in result.todos[0].message


def test_a_hook_that_refuses_everything_harms_only_itself(attack: Attack) -> None:
    hook = "import sys\ndef refuse(*_): raise SystemExit(0)\nsys.addaudithook(refuse)"
    attack(hook, RIGHT, points=3)
