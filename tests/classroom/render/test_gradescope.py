from __future__ import annotations

import json

from course_runtime.classroom.render.gradescope import gradescope_json, not_graded_json

from .grades import MARKUP, result


def test_a_test_for_each_todo() -> None:
    document = json.loads(gradescope_json(result(note="Warned.")))
    assert (document["score"], document["output"]) == (6.0, "Warned.")
    first, second, third = document["tests"]
    assert (first["number"], first["score"], first["max_score"], first["status"]) == (
        "1.1",
        3.0,
        4.0,
        "failed",
    )
    assert "not passed: It is rounded" in first["output"]
    assert (second["status"], third["output"]) == ("passed", "Not started.")


def test_a_message_is_text() -> None:
    document = json.loads(gradescope_json(result(message=MARKUP)))
    assert document["tests"][0]["output_format"] == "text"
    assert "\x1b" not in document["tests"][0]["output"]


def test_without_a_grade_there_is_no_score() -> None:
    assert "score" not in json.loads(not_graded_json("The sandbox does not hold.", None))
    assert json.loads(not_graded_json("Empty.", 0.0))["score"] == 0.0
