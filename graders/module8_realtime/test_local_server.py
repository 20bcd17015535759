"""8.2: the inference server on this machine, for one request."""

import pytest

from course_runtime.grading import listed, todo

SECONDS = 40.0
PATIENCE = 20.0  # for a server that starts, or ends, in two seconds where the machine has nothing else to do
# Says who it is; the rest is put in for each test.
SCRIPT = """
import json, os, time
from pathlib import Path

ABOUT = {{
    "processes": [os.getpid(), os.getppid()],
    "port": int(os.environ.get("SERVER_PORT", 0)),
    "server": os.environ.get("HTTP_X_MS_SERVER_VERSION", ""),
}}
Path(os.environ["AZUREML_MODEL_DIR"], "about.json").write_text(json.dumps(ABOUT))

def init():
    {init}

def run(raw_data):
    {run}
"""
DOUBLES = "return {'doubled': [2 * number for number in json.loads(raw_data)['data']]}"
SLOW_AND_TALKATIVE = "print(('x' * 99 + chr(10)) * 2_000); time.sleep(1.5)"


@pytest.fixture
def ask(student, world):
    """What ask_locally makes of a script, and what it leaves behind."""

    def ask(init="pass", run=DOUBLES, **options):
        script, models = f"{world.name('code')}/score.py", world.name("models")
        student.write(script, SCRIPT.format(init=init, run=run))
        student.write(f"{models}/weights.txt", "1")
        body = {"data": options.pop("data", [1])}
        found = student.probe("ask_locally", script, models, body, seconds=SECONDS, **options)
        return found

    return ask


def check_nothing_left(found, when):
    assert not found["left"], (
        f"{when}, ask_locally should leave no process behind; a moment later these are still there:\n"
        f"{listed(found['left'])}"
    )


def check_error(found, when, kind, words=""):
    error = found["error"]
    came = f"{error['type']}: {error['message']}" if error else f"the answer {found['answer']!r}"
    assert error and kind in error["kinds"] and words in error["message"], (
        f"{when}, ask_locally should end with {kind}{f', and {words!r} in its message' if words else ''}; {came} came."
    )


@todo("8.2", points=3)
def test_answers(ask, world):
    """The answer of a script that takes its time and prints a lot, and no process afterwards."""
    data = [world.random.randint(1, 1000) for _ in range(3)]
    found = ask(SLOW_AND_TALKATIVE, data=data, patience=PATIENCE)
    when = f"For a script that prints 200 KB and takes 1.5 seconds in init(), asked for {data}"
    expected = {"doubled": [2 * number for number in data]}
    error = found["error"]
    came = f"{error['type']}: {error['message']}" if error else repr(found["answer"])
    assert found["answer"] == expected, f"{when}, ask_locally should return {expected}; {came} came."
    assert found["about"].get("server", "").startswith("azmlinfsrv"), (
        f"{when}: the script should run in Azure's inference server (azureml_inference_server_http, or the command "
        "azmlinfsrv); it did not."
    )
    check_nothing_left(found, "After an answer")


@todo("8.2", points=2)
def test_another_port(ask, student):
    """When the port of the last time is taken by somebody else, there are others."""
    port = ask()["about"].get("port")
    assert port, "Your server did not start, or not on a port of its own: see the test before this one."
    with_guest = ask(data=[4], taken=port)
    assert not with_guest["in_use"], f"The server of the first request still listens on port {port}."
    assert with_guest["answer"] == {"doubled": [8]}, (
        f"The first time your server listened on port {port}. Then another program took that port, and for [4] "
        f"{ {'doubled': [8]} } was expected all the same; "
        f"{with_guest['error'] or with_guest['answer']} came. Ask the system for a free port each time."
    )


@todo("8.2", points=3)
def test_failures(ask):
    """Each failure is told, soon, and stops the server."""
    found = ask(init="raise RuntimeError('there are no weights here')", patience=PATIENCE)
    when = "When init() raises an exception and the server ends"
    check_error(found, when, "RuntimeError", "there are no weights here")
    check_nothing_left(found, when)

    found = ask(run="raise ValueError('seven columns')")
    when = "When run() raises an exception and the server answers 500"
    check_error(found, when, "HTTPError")
    check_nothing_left(found, when)

    found = ask(init="time.sleep(5)", patience=2.5)
    when = "With patience=2.5, when init() takes five seconds"
    check_error(found, when, "TimeoutError")
    check_nothing_left(found, when)
