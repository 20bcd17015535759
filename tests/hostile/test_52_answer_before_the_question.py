"""52 Answers sent before they are asked for, and the next question read away."""

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
"""


def test_an_early_answer_fits_no_question(attack: Attack) -> None:
    early = "wire().sendall(packed(nonce=question()['nonce'], value=None) + packed(nonce='0' * 32, value=5))"
    attack(SOURCE + early)


def test_reading_along_answers_nothing(attack_in_py: Attack) -> None:
    thief = "import threading\nthreading.Thread(target=lambda: wire().recv(10**6), daemon=True).start()"
    result = attack_in_py(SOURCE + thief)
    assert result.todos[0].status in ("failed", "timeout")
