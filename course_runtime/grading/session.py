"""A process that has a module's graders collected: each check is a fork of it.

What pytest needs to find the tests takes longer than most checks. It ends with the grader that has started it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NoReturn

from course_runtime.course import Module
from course_runtime.grading.client_gone import ClientGone, end_with_client
from course_runtime.grading.collecting import collect
from course_runtime.grading.plugin import Graders
from course_runtime.grading.request import CheckRequest

LONGEST_CHECK = 600
LONGEST_PIECE = 65536
Answer = Callable[[socket.socket, CheckRequest, Graders], None]
"""Does one check, and answers it."""


@dataclass(frozen=True)
class GraderSession:
    """The process, as the grader sees it."""

    channel: socket.socket
    stamp: object
    """What the graders' files were like when they were collected."""

    def hand_over(self, connection: socket.socket, request: CheckRequest) -> None:
        """Raises OSError when it has died."""
        message = json.dumps(request.as_json()).encode() + b"\n"
        sent = socket.send_fds(self.channel, [message], [connection.fileno()])
        if sent < len(message):
            self.channel.sendall(message[sent:])

    def end(self) -> None:
        """Checks that are under way go on."""
        self.channel.close()


def fork_session(
    module: Module, stamp: object, answer: Answer, others: Iterable[socket.socket]
) -> GraderSession:
    """`others` are the grader's own sockets, which are none of its."""
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        for one in (ours, *others):
            one.close()
        _live(module, theirs, answer)
    theirs.close()
    return GraderSession(ours, stamp)


def _live(module: Module, channel: socket.socket, answer: Answer) -> NoReturn:
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        said = sys.stdout, sys.stderr

        def serve(graders: Graders) -> None:
            with contextlib.redirect_stdout(said[0]), contextlib.redirect_stderr(said[1]):
                _serve(channel, graders, answer)

        collect(module.grader_folder, serve)
    except BaseException:  # noqa: BLE001 - it ends here, in the background's log
        traceback.print_exc()
    finally:
        os._exit(0)  # never back into the grader that it is a fork of


def _serve(channel: socket.socket, graders: Graders, answer: Answer) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel then reaps the checks by itself
    gc.collect()
    gc.freeze()  # what is here by now stays: no child need look through it for garbage
    while True:
        received = _receive(channel)
        if received is None:
            os._exit(0)
        request, connection = received
        with connection:
            if os.fork() == 0:
                channel.close()
                _check(connection, request, graders, answer)


def _check(connection: socket.socket, request: CheckRequest, graders: Graders, answer: Answer) -> NoReturn:
    """The forked child's whole life."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.alarm(LONGEST_CHECK)
        with contextlib.suppress(ClientGone, OSError):
            end_with_client(connection)
            answer(connection, request, graders)
    except BaseException:  # noqa: BLE001 - it ends here, in the background's log
        traceback.print_exc()
    finally:
        os._exit(0)  # whatever happened: the child must not go on as a second session


def _receive(channel: socket.socket) -> tuple[CheckRequest, socket.socket] | None:
    """None when the grader has ended."""
    text, descriptors = b"", []
    while not text.endswith(b"\n"):
        piece, received, _, _ = socket.recv_fds(channel, LONGEST_PIECE, 1)
        descriptors += received
        text += piece
        if not piece:
            return None
    os.set_inheritable(descriptors[0], False)
    return CheckRequest.from_json(json.loads(text)), socket.socket(fileno=descriptors[0])
