"""27 A loop without an end, in a function and at import."""

from __future__ import annotations

from .attack import Attack


def test_the_line_of_the_loop_is_named(attack: Attack) -> None:
    result = attack("", "while True:\n    number += 1")
    todo = result.todos[0]
    assert todo.status == "timeout"
    assert "was not done after 2 seconds" in todo.message
    assert "number += 1" in todo.message or "while True:" in todo.message


def test_a_loop_at_import_is_waited_for_once(attack_in_py: Attack) -> None:
    result = attack_in_py("while True: pass")
    assert [todo.status for todo in result.todos] == ["timeout", "timeout"]
    assert "while True: pass" in result.todos[1].message
    assert result.seconds < 8
