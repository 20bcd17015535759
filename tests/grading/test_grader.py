"""The grader process: what happens around a check."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path

from course_runtime.emulator import Places
from course_runtime.grading import CheckRequest, Result
from course_runtime.grading.grader import grader_socket
from course_runtime.grading.lines import receive_line, send_line
from course_runtime.sandbox.middle import WAITING
from tests.grading.conftest import answer


def test_when_the_asker_goes_the_check_ends(
    grade: Callable[..., Result], places: Places, content: Path
) -> None:
    grade(answer())
    file = content.parent / "loop.py"
    file.write_text(answer(half="import time\nopen('started', 'w')\ntime.sleep(30)"))
    grader = content / "graders/module1_sums/test_module1.py"
    grader.write_text(grader.read_text().replace("seconds=1", "seconds=30"))
    wait_for(lambda: children_of_zygotes(places) == 0)  # of the first check's
    with socket.socket(socket.AF_UNIX) as asker:
        asker.connect(str(grader_socket(places)))
        request = CheckRequest("1", str(content), where=str(file), content=str(content))
        send_line(asker, request.as_json())
        wait_for(lambda: children_of_zygotes(places) > 0)
    wait_for(lambda: children_of_zygotes(places) == 0)


def test_a_request_that_is_none_gets_no_answer_and_harms_nobody(
    grade: Callable[..., Result], places: Places
) -> None:
    grade(answer())
    for nonsense in (b"not json\n", b'{"module": 1}\n', b"[]\n"):
        with socket.socket(socket.AF_UNIX) as asker:
            asker.connect(str(grader_socket(places)))
            asker.sendall(nonsense)
            asker.settimeout(10)
            assert asker.recv(10) == b""
    assert grade(answer()).passed


def test_the_reply_is_one_line_of_json(grade: Callable[..., Result], places: Places, content: Path) -> None:
    grade(answer())
    with socket.socket(socket.AF_UNIX) as asker:
        asker.connect(str(grader_socket(places)))
        send_line(asker, CheckRequest("7", str(content), content=str(content)).as_json())
        asker.settimeout(10)
        reply = receive_line(asker)
    assert (
        "no module '7'" in json.dumps(reply["problem"]) or "not in the kit yet" in reply["problem"]["message"]
    )


def children_of_zygotes(places: Places) -> int:
    """How many keepers of workers the zygotes of this background have, without those made ahead."""
    status = json.loads(json.dumps(_status(places)))
    grader = _children(status["pid"])
    zygotes = [child for one in grader for child in _children(one) if "zygote" in _command(child)]
    keepers = [keeper for one in zygotes for keeper in _children(one)]
    return sum(_name(keeper) not in ("", WAITING) for keeper in keepers)


def _name(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _status(places: Places) -> dict[str, int]:
    from course_runtime.grading.background import current_status

    status = current_status(places)
    assert status is not None
    return status


def _children(pid: int | str) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def _command(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come about within ten seconds")
