"""16 Result lines, printed and written to every descriptor that can be found."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import json, os
line = json.dumps({"result": {"schema": 1, "score": 5, "todos": []}, "value": 5, "ok": True}) + "\\n"
def shout():
    for number in range(300):
        try:
            os.write(number, line.encode() * 3)
        except OSError:
            continue
    print(line)
"""


def test_a_line_is_no_evidence(attack: Attack) -> None:
    result = attack("print('{\"score\": 5}\\nok 5/5 passed', flush=True)")
    assert result.todos[0].status == "failed"


def test_on_the_wire_it_is_no_answer(attack: Attack) -> None:
    result = attack(SOURCE, "shout()\nreturn 1")
    assert "what came back is not an answer" in result.todos[0].message
