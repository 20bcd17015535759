from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course.place import Place
from course_runtime.course.syntax import SyntaxProblem, syntax_problem
from course_runtime.grading.explain import explain, explain_syntax
from course_runtime.grading.render import safe
from course_runtime.sandbox import Answer, Failure, Frame

FILE = Path("exercise.py")
LOOP = Frame("exercise.py", 7, "total", "    while True:")


def told(kind: str, message: str = "", name: str = "", *frames: Frame, **answer: str) -> str:
    failure = Failure(kind, name, message, list(frames))  # type: ignore[arg-type]
    return explain(
        Answer(False, None, failure, **answer), "total()", lambda file, line: f"{file}, line {line}"
    )  # type: ignore[arg-type]


def test_an_exception_comes_with_their_own_lines() -> None:
    message = told(
        "exception", "no", "ValueError", Frame("exercise.py", 3, "total", "  raise ValueError('no')")
    )
    assert (
        message == "total() raised ValueError: no\n  exercise.py, line 3, in total:  raise ValueError('no')"
    )


def test_a_line_of_another_file_is_named_as_such() -> None:
    frames = [
        Frame("exercise.py", 9, "total", "return summed()"),
        Frame("/elsewhere/sums.py", 2, "summed", "1 / 0"),
    ]
    assert told("exception", "no", "ValueError", *frames).splitlines()[1:] == [
        "  exercise.py, line 9, in total:  return summed()",
        "  /elsewhere/sums.py, line 2, in summed:  1 / 0",
    ]


def test_of_many_frames_the_innermost_are_shown_and_the_rest_counted() -> None:
    frames = [Frame("exercise.py", line, "deep", f"deep({line})") for line in range(1, 51)]
    lines = told("exception", "too deep", "RecursionError", *frames).splitlines()
    assert lines[1] == "  (44 earlier calls)"
    assert [line.split(", ")[1] for line in lines[2:]] == [f"line {number}" for number in range(45, 51)]


def test_an_endless_loop_is_named_with_its_line() -> None:
    message = told("timeout", "no answer after 20 seconds. It was in …", "TimeoutError", LOOP)
    assert "total() was not done after 20 seconds" in message
    assert "exercise.py, line 7, in total:  while True:" in message
    assert "loop that never ends" in message


def test_without_a_line_a_timeout_is_still_a_sentence() -> None:
    message = told("timeout", "no answer after 0.5 seconds.")
    assert message == "total() gave no answer within 0.5 seconds, and was ended."


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("memory", "needed more memory than there is (boom)"),
        ("exit", "take out the exit"),
        ("syntax", "could not be read by Python: boom"),
        ("died", "total(): boom"),
        ("malformed", "total(): boom"),
    ],
)
def test_each_ending_has_words_of_its_own(kind: str, words: str) -> None:
    assert words in told(kind, "boom")


def test_what_is_not_written_yet_is_no_mistake() -> None:
    message = told("exception", "TODO 4.2: features", "NotImplementedError")
    assert message == "total() reached 'TODO 4.2: features': this part is still to be written."


def test_what_azure_says_twice_is_shown_once() -> None:
    twice = "(Conflict) It is there.\nSince May.\nCode: Conflict\nMessage: It is there.\nSince May."
    assert told("exception", twice, "HttpResponseError") == (
        "total() raised HttpResponseError: (Conflict) It is there.\nSince May."
    )


def test_what_azure_adds_stays() -> None:
    more = (
        "(Conflict) It is there.\nCode: Conflict\nMessage: It is there.\nException Details:\t(Inner) Locked."
    )
    assert told("exception", more, "HttpResponseError").endswith(more)


def test_a_refusal_is_explained() -> None:
    assert "There is no network in here" in told("exception", "[Errno 101] Network is unreachable", "OSError")


def test_what_a_failing_call_printed_is_shown() -> None:
    message = told("exception", "no", "ValueError", stdout="one\ntwo", stderr="")
    assert message.endswith("It printed:\n  one\n  two")


def test_progress_bars_are_left_out() -> None:
    bars = (
        "\rUploading:   0%|          | 0/26 [00:00<?, ?it/s]\rUploading: 100%|██| 26/26 [00:00<00:00, 9it/s]"
    )
    assert told("exception", "no", "ValueError", stdout="one", stderr=f"{bars}\ntwo").endswith(
        "It printed:\n  one\n  two"
    )
    in_color = f"\x1b[32m{bars}\n\x1b[0m"
    assert "It printed" not in told("exception", "no", "ValueError", stderr=in_color)


def test_of_long_output_the_end_is_shown() -> None:
    message = told("exception", "no", "ValueError", stdout="begin" + "x" * 5000 + "end")
    assert "(the last 2000 of 5008 characters)" in message
    assert message.endswith("end")
    assert "begin" not in message


def test_nothing_in_it_steers_a_terminal() -> None:
    message = told("exception", "\x1b[31mred\u202e", "X\x07", LOOP, stdout="a\rb\x1b]0;title\x07")
    assert safe(message) == message
    assert "\x1b" not in message


def test_a_syntax_error_has_a_caret_below_the_character() -> None:
    problem = syntax_problem("def f():\n    return (1 +* 2)\n", lambda line: Place(FILE, line))
    assert problem is not None
    first, line, caret = explain_syntax(problem).splitlines()
    assert first.startswith("Python cannot read exercise.py, line 2")
    assert line[caret.index("^")] == "*"


@pytest.mark.parametrize("column", [1, 50_000, 99_999, 200_000])
def test_of_an_endless_line_the_part_about_the_caret_is_shown(column: int) -> None:
    message = explain_syntax(SyntaxProblem(Place(FILE, 1), column, "x" * 100_000, "no"))
    assert len(message) < 1_000
    assert "^" in message


def test_tabs_do_not_move_the_caret() -> None:
    problem = SyntaxProblem(Place(FILE, 1), 4, "\tif\t= 1", "no")
    _, line, caret = explain_syntax(problem).splitlines()
    assert caret.index("^") == line.index("if") + 2
