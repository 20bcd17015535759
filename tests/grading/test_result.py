"""The result object is a contract: its JSON is read by others."""

from __future__ import annotations

import json

from course_runtime.grading.result import Result, TestResult, TodoResult


def example() -> Result:
    tests = [TestResult("Doubles", "passed", 0.1, "", 1.0), TestResult("Zero", "failed", 0.2, "no", 2.0)]
    todo = TodoResult("1.1", "Double", 1.0, 3.0, "failed", "no", 2, [{"title": "t", "url": "u"}], tests)
    skipped = TodoResult("1.2", "Half", 0.0, 2.0, "skipped")
    return Result(
        "module1", "emulator", 0.5, [{"name": "pid namespace", "held": True, "detail": ""}], [todo, skipped]
    )


def test_the_json_has_the_promised_fields() -> None:
    document = example().as_json()
    promised = ["schema", "module", "backend", "score", "max_score", "passed", "seconds", "sandbox", "todos"]
    assert [name for name in promised if name not in document] == []
    todo_fields = {"id", "title", "points", "max_points", "status", "message", "hints_used", "docs", "tests"}
    assert set(document["todos"][0]) == todo_fields
    assert {"name", "status", "seconds", "message"} <= set(document["todos"][0]["tests"][0])
    assert document["schema"] == 1


def test_it_survives_the_way_through_json() -> None:
    assert Result.from_json(json.loads(json.dumps(example().as_json()))) == example()


def test_the_score_counts_points_and_a_skipped_todo_does_not_hinder_passing() -> None:
    result = example()
    assert (result.score, result.max_score, result.passed) == (1.0, 5.0, False)
    result.todos[0].status = "passed"
    assert result.passed


def test_nothing_that_was_asked_is_not_a_pass() -> None:
    assert not Result("module1", "emulator").passed
