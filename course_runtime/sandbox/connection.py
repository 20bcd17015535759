"""The trusted end of one worker's sockets: ask, check what comes back, and kill it when it does not come."""

from __future__ import annotations

import contextlib
import secrets
import select
import socket
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NoReturn

from . import wire
from .answers import Reply, read_reply
from .descriptors import send_with_descriptors
from .errors import SandboxError
from .lines import read_line
from .mechanisms import Mechanism
from .values import Encoder, Handle, NotPlain

START_SECONDS = 30.0
END_SECONDS = 5.0


class Connection:
    """`wire` is the worker's, and hostile; `control` is its keeper's, and trusted."""

    def __init__(self, zygote: socket.socket, request: bytes, outputs: Iterable[int]) -> None:
        self.wire, their_wire = socket.socketpair()
        self.control, their_control = socket.socketpair()
        self.mechanisms: tuple[Mechanism, ...] = ()
        self.door: socket.socket | None = None
        self.door_port = 0
        try:
            with their_wire, their_control:
                send_with_descriptors(
                    zygote, request, [their_wire.fileno(), their_control.fileno(), *outputs]
                )
            self._wait_until_ready()
        except (OSError, SandboxError) as problem:
            self.end()
            raise SandboxError(f"no worker could be started: {_reason(zygote, problem)}") from None

    def ask(self, operation: str, fields: dict[str, Any], seconds: float) -> Reply:
        """Raises TooLate, Ended or Malformed: the worker is then of no further use, and is to be ended."""
        return self.ask_ahead(operation, fields, seconds)()

    def ask_ahead(self, operation: str, fields: dict[str, Any], seconds: float) -> Callable[[], Reply]:
        """The question is under way; what is given waits for the reply, and raises what `ask` does."""
        nonce = secrets.token_hex(16)
        encoder = Encoder(_encode_other)
        encoded = encoder.encode(fields)
        content = {"nonce": nonce, "operation": operation, "seconds": seconds, "fields": encoded}
        deadline = time.monotonic() + seconds
        packed = wire.pack(content, encoder.blobs)
        try:
            wire.send(self.wire, packed, deadline)
        except (wire.TooLate, wire.Ended) as problem:
            return partial(_fail, problem)
        return lambda: read_reply(wire.receive(self.wire, deadline), nonce)

    def end(self, patience: float = 0.0) -> dict[str, int]:
        """Kill all that lives in the worker's jail and wait until it is gone.

        Gives {"exit": code} or {"signal": number} if the worker ends by itself within `patience` seconds.
        """
        try:
            select.select([self.control], [], [], patience)
            self.control.shutdown(socket.SHUT_WR)
            self.control.settimeout(END_SECONDS)
            return {name: int(number) for name, number in read_line(self.control)[0].items()}
        except (OSError, SandboxError):
            return {}
        finally:
            self.wire.close()
            self.control.close()

    def let_go(self) -> None:
        """Hang up, and be done with it."""
        self.hang_up()
        self.wire.close()
        self.control.close()

    def hang_up(self) -> None:
        """Have all of the jail killed, and wait for nothing."""
        with contextlib.suppress(OSError):  # it is over already
            self.control.shutdown(socket.SHUT_WR)

    def _wait_until_ready(self) -> None:
        self.control.settimeout(START_SECONDS)
        ready, descriptors = read_line(self.control)
        if "error" in ready:
            raise SandboxError(ready["error"])
        self.mechanisms = tuple(Mechanism(**fields) for fields in ready["mechanisms"])
        self.door = socket.socket(fileno=descriptors[0])
        self.door_port = ready["door_port"]


def _reason(zygote: socket.socket, problem: Exception) -> str:
    """The zygote's own words, if it had any, say more than what became of the sockets."""
    try:
        return str(read_line(zygote)[0]["error"])
    except (OSError, ValueError, KeyError, SandboxError):
        return str(problem)


def _fail(problem: Exception) -> NoReturn:
    raise problem


def _encode_other(value: object) -> Any:
    if isinstance(value, Handle):
        return {"handle": {"id": value.id, "type": value.type, "repr": value.repr}}
    raise NotPlain(f"{type(value).__name__} is not plain data and cannot be sent to a worker")
