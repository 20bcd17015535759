"""JSON lines over a socket."""

from __future__ import annotations

import socket

import pytest

from course_runtime.grading.lines import receive_line, send_line


def test_a_document_comes_through_whole() -> None:
    near, far = socket.socketpair()
    with near, far:
        document = {"text": "line\nbreak", "many": list(range(1000))}
        send_line(near, document)
        assert receive_line(far) == document


def test_an_end_in_the_middle_is_no_document() -> None:
    near, far = socket.socketpair()
    with far:
        near.sendall(b'{"half": ')
        near.close()
        with pytest.raises(ValueError, match="without a whole answer"):
            receive_line(far)
