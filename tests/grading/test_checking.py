"""A check from request to result, with the real grader, worker and emulator."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from course_runtime.grading import KitError, Result
from tests.grading.conftest import answer

Grade = Callable[..., Result]


def statuses(result: Result) -> dict[str, str]:
    return {todo.id: todo.status for todo in result.todos}


def test_a_right_answer_passes_with_all_points(grade: Grade) -> None:
    result = grade(answer())
    assert statuses(result) == {"1.1": "passed", "1.2": "passed"}
    assert (result.score, result.max_score, result.passed) == (5, 5, True)


def test_what_is_untouched_is_not_started_and_says_what_to_do(grade: Grade) -> None:
    result = grade(answer(half='raise NotImplementedError("TODO 1.2: Halve the number.")'))
    assert statuses(result) == {"1.1": "passed", "1.2": "not_started"}
    assert "workshop docs 1.2" in result.todos[1].message
    assert "exercise.py, line" in result.todos[1].message


def test_a_wrong_answer_fails_in_the_graders_words_and_keeps_partial_points(grade: Grade) -> None:
    result = grade(answer(double="return 8"))
    assert statuses(result)["1.1"] == "failed"
    assert result.todos[0].points == 1
    assert result.todos[0].message == "double(0) should be 0; it is 8."
    assert [test.status for test in result.todos[0].tests] == ["passed", "failed"]
    assert result.todos[0].tests[0].name == "Doubles a small number"


def test_an_exception_names_the_students_line(grade: Grade) -> None:
    message = grade(answer(double="return numbr * 2")).todos[0].message
    assert "NameError" in message
    assert "exercise.py, line 6" in message
    assert "return numbr * 2" in message
    assert "course_runtime" not in message


def test_a_line_of_another_file_is_named_by_that_file(grade: Grade, tmp_path: Path) -> None:
    """It is run from the student's working folder, as a script that the exercise imports is."""
    body = "import sys\nsys.path.insert(0, '.')\nimport helping\nreturn helping.twice(number)"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "helping.py").write_text("def twice(number):\n    return numbr * 2\n")
    message = grade(answer(double=body)).todos[0].message
    assert "helping.py, line 2, in twice:  return numbr * 2" in message
    assert "exercise.py, line 9, in double:  return helping.twice(number)" in message


def test_what_a_failing_call_printed_is_shown(grade: Grade) -> None:
    message = grade(answer(double="print('was here')\nraise ValueError('no')")).todos[0].message
    assert "ValueError: no" in message
    assert "was here" in message


def test_a_syntax_error_fails_what_was_begun_and_names_the_line(grade: Grade) -> None:
    result = grade(
        answer(double="return 2 *", half='raise NotImplementedError("TODO 1.2: Halve the number.")')
    )
    assert statuses(result) == {"1.1": "failed", "1.2": "not_started"}
    assert "exercise.py, line 6" in result.todos[0].message


def test_an_endless_loop_costs_its_own_todo_alone(grade: Grade) -> None:
    result = grade(answer(half="while True:\n    number += 1"))
    assert statuses(result) == {"1.1": "passed", "1.2": "timeout"}


@pytest.mark.parametrize(
    "body", ["import os; os._exit(0)", "raise SystemExit(0)", "import os; os.kill(os.getpid(), 9)"]
)
def test_no_answer_is_a_failure(grade: Grade, body: str) -> None:
    result = grade(answer(half=body))
    assert statuses(result) == {"1.1": "passed", "1.2": "failed"}
    assert result.todos[1].points == 0


def test_only_the_todos_asked_for_are_run(grade: Grade) -> None:
    result = grade(answer(double="return 1"), todos=("1.2",))
    assert statuses(result) == {"1.1": "skipped", "1.2": "passed"}
    assert result.passed


def test_an_unknown_todo_is_refused_in_words(grade: Grade) -> None:
    with pytest.raises(KitError, match=r"has no TODO 1\.9"):
        grade(answer(), todos=("1.9",))


def test_a_broken_test_of_ours_is_an_error_and_not_the_students_fault(grade: Grade, content: Path) -> None:
    grader = content / "graders/module1_sums/test_module1.py"
    grader.write_text(grader.read_text() + "\n\n@todo('1.2')\ndef test_broken(student):\n    {}['nothing']\n")
    result = grade(answer())
    assert statuses(result) == {"1.1": "passed", "1.2": "error"}
    assert "not your fault" in result.todos[1].message


def test_a_grader_that_cannot_be_read_is_the_kits_problem(grade: Grade, content: Path) -> None:
    (content / "graders/module1_sums/test_module1.py").write_text("this is not python")
    with pytest.raises(KitError, match="graders could not be read"):
        grade(answer())


def test_the_students_warnings_are_noted_and_cost_nothing(grade: Grade) -> None:
    result = grade(
        answer(double="import warnings\nwarnings.warn('old way', FutureWarning)\nreturn 2 * number")
    )
    assert result.passed
    assert any("old way (exercise.py, line " in note for note in result.notes)


def test_the_result_says_what_held_the_sandbox(grade: Grade) -> None:
    names = {mechanism["name"] for mechanism in grade(answer()).sandbox}
    assert "network namespace" in names


def test_the_graders_are_not_to_be_seen_from_inside(grade: Grade, content: Path) -> None:
    grader = content / "graders/module1_sums/test_module1.py"
    result = grade(answer(double=f"return open({str(grader)!r}).read()"))
    assert result.todos[0].status == "failed"
    assert "Error" in result.todos[0].message
    assert "should be 8" not in result.todos[0].message


def test_checks_at_once_do_not_disturb_each_other(grade: Grade) -> None:
    results: list[Result] = []
    threads = [threading.Thread(target=lambda: results.append(grade(answer()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result.score for result in results] == [5, 5, 5, 5]


def test_the_kits_own_answers_are_checked_too(grade: Grade) -> None:
    assert grade("", whose="solution").passed
    bare = grade("", whose="exercise")
    assert statuses(bare) == {"1.1": "failed", "1.2": "failed"}
    assert all("still to be written" in todo.message for todo in bare.todos)


def test_hints_and_documents_are_in_the_result(grade: Grade) -> None:
    todo = grade(answer(), hints_used={"1.1": 2}).todos[0]
    assert todo.hints_used == 2
    assert todo.docs[0]["url"].startswith("https://docs.python.org/")


def test_an_endless_loop_is_waited_for_once(grade: Grade) -> None:
    result = grade(answer(double="while True:\n    number += 1"))
    first, second = result.todos[0].tests
    assert (first.status, second.status) == ("timeout", "timeout")
    assert "Not run" in second.message
    assert second.seconds < first.seconds / 10
