"""32 Output without end, and one line of a hundred megabytes."""

from __future__ import annotations

from .attack import RIGHT, Attack


def test_endless_printing_is_said_so(attack: Attack) -> None:
    result = attack("", "while True: print('x' * 10**6)")
    message = result.todos[0].message
    assert "256 MB" in message or "was not done" in message


def test_one_long_line_costs_nothing(attack: Attack) -> None:
    attack("", f"print('y' * 10**8)\n{RIGHT}", points=3)


def test_of_a_failing_call_the_end_is_shown(attack: Attack) -> None:
    result = attack("", "print('begin' + 'y' * 10**6 + 'end')\nraise ValueError('no')")
    assert "the last 2000 of" in result.todos[0].message
    assert "begin" not in result.todos[0].message
