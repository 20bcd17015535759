from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest

from course_runtime.cli.check import Options, _ids, checked
from course_runtime.grading import KitError

from .conftest import RIGHT, WRONG, Command, write_answer


def test_an_untouched_exercise_is_not_started(workshop: Command, course: Path) -> None:
    done = workshop("check", "module7", cwd=course)
    assert done.returncode == 1, done.stderr
    assert "0 of 1 points, 0 of 1 TODOs" in done.stdout
    assert "Not started. Write it at exercise.py, line" in done.stdout


def test_a_right_answer_passes_and_is_remembered(workshop: Command, course: Path) -> None:
    write_answer(course, RIGHT)
    done = workshop("check", "module7", cwd=course)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Well done: module7 is complete" in done.stdout
    assert "workshop diff module7" in done.stdout
    assert "1/1" in workshop(cwd=course).stdout


def test_a_wrong_answer_says_what_was_expected_and_what_came(workshop: Command, course: Path) -> None:
    write_answer(course, WRONG)
    done = workshop("check", "module7", "--verbose", cwd=course)
    assert done.returncode == 1
    together = " ".join(done.stdout.split())
    assert "answer() should give back 42, the whole number; it gave back 41" in together
    assert "workshop hint 7.1" in done.stdout
    assert "https://docs.python.org/3/tutorial/controlflow.html#defining-functions" in done.stdout
    assert "the answer is given back" in done.stdout


def test_json_is_one_object(workshop: Command, course: Path) -> None:
    write_answer(course, RIGHT)
    document = json.loads(workshop("check", "7", "--json", cwd=course).stdout)
    assert document["schema"] == 1
    assert (document["module"], document["backend"], document["passed"]) == ("module7", "emulator", True)
    assert (document["score"], document["max_score"]) == (1, 1)
    (todo,) = document["todos"]
    assert (todo["id"], todo["status"], todo["hints_used"]) == ("7.1", "passed", 0)
    assert [test["status"] for test in todo["tests"]] == ["passed"]


def test_hints_that_were_used_are_in_the_result(workshop: Command, course: Path) -> None:
    write_answer(course, RIGHT)
    assert workshop("hint", "7.1", cwd=course).returncode == 0
    document = json.loads(workshop("check", "7", "--json", cwd=course).stdout)
    assert document["todos"][0]["hints_used"] == 1


def test_json_tells_of_a_problem_of_the_kit_in_the_same_way(workshop: Command, course: Path) -> None:
    done = workshop("check", "module99", "--json", cwd=course)
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert document["schema"] == 1 and document["module"] == "module99"
    assert document["error"]["message"] and "module7" in document["error"]["next_step"]


def test_outside_a_course_folder_it_says_how_to_start(workshop: Command, tmp_path: Path) -> None:
    done = workshop("check", "module7", cwd=tmp_path)
    assert done.returncode == 2
    assert "workshop start" in done.stderr and "Traceback" not in done.stderr


def test_junit_and_a_picture(workshop: Command, course: Path, tmp_path: Path) -> None:
    write_answer(course, WRONG)
    report, picture = tmp_path / "report.xml", tmp_path / "check.svg"
    workshop("check", "7", "--junit", str(report), "--svg", str(picture), cwd=course)
    assert ElementTree.parse(report).getroot().get("failures") == "1"
    assert "<svg" in picture.read_text()


def test_two_checks_at_once(workshop: Command, course: Path) -> None:
    write_answer(course, RIGHT)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: workshop("check", "7", cwd=course), range(2)))
    assert [one.returncode for one in done] == [0, 0], [one.stderr for one in done]


def test_what_the_student_prints_cannot_steer_the_terminal(workshop: Command, course: Path) -> None:
    write_answer(course, r"print('\x1b]0;title\x07\x1b[31m[bold]red'); raise ValueError('\u202eabc')")
    shown = workshop("check", "7", cwd=course).stdout
    assert "\x1b" not in shown and "\u202e" not in shown
    assert "[bold]red" in shown and "\\u202eabc" in shown


def test_a_result_is_shown_though_progress_cannot_be_kept(workshop: Command, course: Path) -> None:
    write_answer(course, RIGHT)
    (course / ".workshop" / "progress.json").mkdir()
    done = workshop("check", "7", cwd=course)
    assert done.returncode == 0
    assert "1 of 1 points" in done.stdout
    assert "Your progress was not kept." in done.stdout


def test_live_is_not_there_yet(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="not in this version"):
        checked("module7", tmp_path, Options("live", (), None))


@pytest.mark.parametrize("given", [["4.1", "4.2"], ["4.1,4.2"], ["TODO 4.1", "todo4.2"], [" 4.1 , 4.2 ,"]])
def test_todos_may_be_named_in_several_ways(given: list[str]) -> None:
    assert _ids(given) == ("4.1", "4.2")
