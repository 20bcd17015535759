"""51 Answers forged on the wire itself, with and without the question's number."""

from __future__ import annotations

import pytest

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
FORGED = {
    "no number": "packed(value=2 * number)",
    "for the next one too": "packed(nonce=question()['nonce'], value=0) * 3",
    "a kind of value there is not": "packed(nonce=question()['nonce'], value={'object': 'x'})",
    "a failure nobody may report": "packed(nonce=question()['nonce'], failure=dict(kind='timeout', type='', message='', frames=[]))",
    "a blob outside": "packed(nonce=question()['nonce'], value={'bytes': [0, 10**9]})",
    "a bool for a length": "packed(nonce=question()['nonce'], value={'bytes': [False, True]})",
    "an array larger than came": "packed(nonce=question()['nonce'], value={'npy': [0, 0]})",
    "endless text": "packed(nonce=question()['nonce'], warnings=['x' * 10**6])",
    "nested": "struct.pack('!II', 2 * 10**5 + 4, 2 * 10**5) + b'[' * 2 * 10**5",
    "a length of four gigabytes": "struct.pack('!II', 2**32 - 1, 4)",
}


@pytest.mark.parametrize("name", FORGED)
def test_the_answer_is_none(attack_in_py: Attack, name: str) -> None:
    result = attack_in_py(SOURCE, f"wire().sendall({FORGED[name]})\nreturn 0")
    assert result.todos[0].status == "failed"


def test_one_that_is_right_in_form_is_worth_what_it_says(attack_in_py: Attack) -> None:
    result = attack_in_py(
        SOURCE, "wire().sendall(packed(nonce=question()['nonce'], value=0))\nwire().close()"
    )
    assert result.todos[0].status == "failed"
