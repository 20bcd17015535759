from __future__ import annotations

import pytest

from course_runtime.grading import refusals
from course_runtime.grading.refusals import refusal
from course_runtime.sandbox import Failure


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("[Errno 101] Network is unreachable", refusals.NO_NETWORK),
        ("[Errno -3] Temporary failure in name resolution", refusals.NO_NETWORK),
        ("<urlopen error Tunnel connection failed: 403 Forbidden>", refusals.NO_NETWORK),
        ("[Errno 97] Address family not supported by protocol", refusals.NO_NETWORK),
        ("HTTP Error 403: Forbidden", refusals.NOT_AZURE),
        ("[Errno 2] No such file or directory: '/etc/shadow'", refusals.NO_SUCH_PLACE),
        ("[Errno 2] No such file or directory: '../other/exercise.py'", refusals.NO_SUCH_PLACE),
        ("[Errno 13] Permission denied: '/root'", refusals.NO_SUCH_PLACE),
        ("[Errno 30] Read-only file system: '/usr/x'", refusals.READ_ONLY),
        ("[Errno 27] File too large", refusals.TOO_MUCH),
        ("[Errno 28] No space left on device", refusals.NO_SPACE),
        ("[Errno 11] Resource temporarily unavailable", refusals.TOO_MANY),
        ("can't start new thread", refusals.TOO_MANY),
        ("[Errno 1] Operation not permitted", refusals.FORBIDDEN),
    ],
)
def test_what_the_sandbox_refused_is_told(message: str, words: str) -> None:
    assert refusal(Failure("exception", "OSError", message)) == words


@pytest.mark.parametrize(
    "message",
    ["", "no", "[Errno 2] No such file or directory: 'data.csv'", "invalid literal for int()", "403"],
)
def test_their_own_mistakes_are_theirs(message: str) -> None:
    assert refusal(Failure("exception", "OSError", message)) == ""


def test_only_exceptions_are_refusals() -> None:
    assert refusal(Failure("timeout", "TimeoutError", "[Errno 101] Network is unreachable")) == ""


def test_only_the_beginning_of_a_long_message_is_searched() -> None:
    """A pattern tried at every place of a hostile text would take minutes."""
    assert refusal(Failure("exception", "OSError", "x" * 1000 + "Network is unreachable")) == ""
