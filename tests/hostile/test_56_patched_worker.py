"""56 The worker's own code, replaced from inside: what it does, encodes and reports."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import sys
import course_runtime.sandbox.student as student
import course_runtime.sandbox.values as values
import course_runtime.sandbox.worker as worker
student.Student.call = lambda self, target, args, kwargs: 0
values.rebuilt = lambda value: value
worker.attempt = lambda student, question: (5, [], None)
worker.answer = lambda *arguments: b"\\x00" * 8
sys.modules["course_runtime.sandbox.wire"].send = lambda *arguments: None
"""


def test_the_trusted_side_is_not_that_code(attack_in_py: Attack) -> None:
    result = attack_in_py(SOURCE)
    assert all(todo.status in ("failed", "timeout") for todo in result.todos)
