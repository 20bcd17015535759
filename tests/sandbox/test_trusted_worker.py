from __future__ import annotations

import math

import pytest

from course_runtime.sandbox import Handle, JailSpec, Worker, Zygote

SOURCE = """
import os, sys, warnings
class Model:
    size = 3
    def predict(self, rows):
        return [row * self.size for row in rows]
def make(): return Model()
def use(model, rows): return model.predict(rows)
def echo(value): return value
def speak():
    print("to stdout")
    os.write(1, b"to fd 1\\n")
    print("to stderr", file=sys.stderr)
    warnings.warn("look out")
    return True
def fail():
    raise ValueError("the wrong colour")
def loop():
    while True:
        pass
def leave(): sys.exit(3)
"""


@pytest.fixture
def loaded(worker: Worker) -> Worker:
    answer = worker.load("exercise", SOURCE, "course/exercise.py", {"data/rows.csv": b"1,2\n"})
    assert answer.ok, answer
    return worker


def test_plain_values_go_there_and_back(loaded: Worker) -> None:
    value = [None, True, 1, 2.5, "ü", {"a": [1], 2: "b"}, b"\x00\xff", math.inf]
    assert loaded.call("exercise.echo", value).value == value


def test_tuples_come_back_as_lists(loaded: Worker) -> None:
    assert loaded.call("exercise.echo", (1, (2,))).value == [1, [2]]


def test_objects_stay_behind_handles(loaded: Worker) -> None:
    model = loaded.call("exercise.make").value
    assert isinstance(model, Handle)
    assert model.type == "exercise.Model"
    assert loaded.method(model, "predict", [1, 2]).value == [3, 6]
    assert loaded.call("exercise.use", model, [5]).value == [15]
    assert loaded.attribute(model, "size").value == 3
    assert loaded.attribute("exercise.Model", "size").value == 3


def test_a_function_can_be_called_by_its_handle(loaded: Worker) -> None:
    function = loaded.attribute("exercise", "echo").value
    assert loaded.call(function, 7).value == 7


def test_a_probe_sees_the_objects_behind_handles(loaded: Worker) -> None:
    model = loaded.call("exercise.make").value
    answer = loaded.probe("def name(thing): return type(thing).__name__", "name", model)
    assert answer.value == "Model"


def test_output_and_warnings_come_with_the_answer_they_belong_to(loaded: Worker) -> None:
    answer = loaded.call("exercise.speak")
    assert answer.value is True
    assert answer.stdout == "to stdout\nto fd 1\n"
    assert answer.stderr == "to stderr\n"
    assert [warning.partition(" (")[0] for warning in answer.warnings] == ["UserWarning: look out"]
    assert loaded.call("exercise.echo", 1).stdout == ""


def test_an_exception_names_the_students_line(loaded: Worker) -> None:
    failure = loaded.call("exercise.fail").failure
    assert failure is not None
    assert (failure.kind, failure.type, failure.message) == ("exception", "ValueError", "the wrong colour")
    [frame] = failure.frames
    assert (frame.file, frame.line, frame.function) == ("course/exercise.py", 17, "fail")
    assert frame.text == 'raise ValueError("the wrong colour")'


def test_a_syntax_error_names_its_line(worker: Worker) -> None:
    failure = worker.load("exercise", "x = 1\ny = = 2\n", "exercise.py", {}).failure
    assert failure is not None
    assert failure.kind == "syntax"
    assert [(frame.file, frame.line, frame.text) for frame in failure.frames] == [
        ("exercise.py", 2, "y = = 2")
    ]


def test_a_name_that_is_not_there_is_an_exception(loaded: Worker) -> None:
    failure = loaded.call("exercise.missing").failure
    assert failure is not None
    assert failure.type == "AttributeError"
    assert "missing" in failure.message


def test_exit_is_a_failure_and_the_worker_lives_on(loaded: Worker) -> None:
    failure = loaded.call("exercise.leave").failure
    assert failure is not None
    assert (failure.kind, failure.type) == ("exit", "SystemExit")
    assert loaded.call("exercise.echo", 1).value == 1


def test_no_answer_in_time_kills_and_names_the_line(loaded: Worker) -> None:
    failure = loaded.call("exercise.loop", seconds=0.5).failure
    assert failure is not None
    assert failure.kind == "timeout"
    assert failure.frames[0].file == "course/exercise.py"
    assert failure.frames[0].function == "loop"
    assert not loaded.alive
    again = loaded.call("exercise.echo", 1).failure
    assert again is not None
    assert again.kind == "died"


def test_files_of_the_work_directory(loaded: Worker) -> None:
    assert loaded.read_file("data/rows.csv").value == b"1,2\n"
    assert loaded.write_file("out/new.txt", b"new").ok
    assert loaded.list_files().value == ["data/rows.csv", "out/new.txt"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../etc/passwd", "data/../../etc/passwd", "."])
def test_files_outside_the_work_directory_are_refused(loaded: Worker, name: str) -> None:
    failure = loaded.read_file(name).failure
    assert failure is not None
    assert "not the name of a file in the work directory" in failure.message


def test_a_script_runs_as_main(loaded: Worker) -> None:
    loaded.write_file("train.py", b"import sys\nprint(__name__, sys.argv)\nsys.exit(4)\n")
    answer = loaded.run_script("train.py", ["--epochs", "2"])
    assert answer.value == {"exit_code": 4, "failure": None}
    assert answer.stdout == "__main__ ['train.py', '--epochs', '2']\n"


def test_a_script_that_fails_says_where(loaded: Worker) -> None:
    loaded.write_file("train.py", b"def go():\n    raise KeyError('x')\ngo()\n")
    answer = loaded.run_script("train.py", [])
    assert answer.value["exit_code"] == 1
    assert [frame["line"] for frame in answer.value["failure"]["frames"]] == [3, 2]
    assert answer.stderr.startswith('Traceback (most recent call last):\n  File "train.py", line 3')


def test_a_script_that_hangs_names_its_line(loaded: Worker) -> None:
    loaded.write_file("train.py", b"import time\ntime.sleep(60)\n")
    failure = loaded.run_script("train.py", [], seconds=0.5).failure
    assert failure is not None
    assert failure.kind == "timeout"
    assert [(frame.file, frame.line) for frame in failure.frames] == [("train.py", 2)]


def test_what_is_no_plain_data_is_refused_before_it_is_sent(loaded: Worker) -> None:
    with pytest.raises(TypeError, match="object is not plain data"):
        loaded.call("exercise.echo", object())
    assert loaded.call("exercise.echo", 1).value == 1


def test_workers_do_not_share_random_numbers(zygote: Zygote) -> None:
    drawn = set()
    for _ in range(5):
        with zygote.spawn(JailSpec(environment={})) as worker:
            worker.load("exercise", "import random\ndef f(): return random.random()", "exercise.py", {})
            drawn.add(worker.call("exercise.f").value)
    assert len(drawn) == 5
