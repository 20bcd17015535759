"""53 Half an answer, and one that comes a byte at a time."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import gc, json, socket, struct, sys
def wire():
    return next(one for one in gc.get_objects() if type(one) is socket.socket and one.fileno() >= 200)
def question():
    frame = sys._getframe()
    while frame:
        if "question" in frame.f_locals:
            return frame.f_locals["question"].content
        frame = frame.f_back
def packed(**fields):
    text = json.dumps({"nonce": "", "value": None, "failure": None, "warnings": [], **fields}).encode()
    return struct.pack("!II", 4 + len(text), len(text)) + text

import time
def drip():
    for byte in packed(value=1):
        wire().sendall(bytes([byte]))
        time.sleep(0.2)
"""


def test_half_of_one_is_none(attack_in_py: Attack) -> None:
    result = attack_in_py(
        SOURCE, "wire().sendall(struct.pack('!II', 100, 90) + b'x')\nwhile True: time.sleep(1)"
    )
    assert result.todos[0].status == "timeout"


def test_the_clock_runs_for_the_whole(attack_in_py: Attack) -> None:
    result = attack_in_py(SOURCE, "drip()")
    assert result.todos[0].status == "timeout"
    assert result.seconds < 20
