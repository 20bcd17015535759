"""What a spawn request brings beside its words, and how it gets to the processes of a jail."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from .lines import read_line, send_line

DESCRIPTORS = 5


@dataclass(frozen=True)
class Output:
    """A worker's socket, and three files for what it writes."""

    wire: int
    stdout: int
    stderr: int
    traces: int

    def all(self) -> list[int]:
        return [self.wire, self.stdout, self.stderr, self.traces]


@dataclass(frozen=True)
class Orders:
    """Whose worker it is to be: the socket of the trusted side, the environment, and the worker's descriptors."""

    control: int
    environment: dict[str, str]
    worker: Output


def read_orders(channel: socket.socket) -> Orders:
    """Raises SandboxError when there will be none."""
    words, descriptors = read_line(channel, DESCRIPTORS)
    wire, control, *outputs = descriptors
    return Orders(control, words["environment"], Output(wire, *outputs))


def pass_on(channel: socket.socket, orders: Orders) -> None:
    send_line(channel, {"environment": orders.environment}, orders.worker.all())


def read_passed_on(channel: socket.socket) -> tuple[dict[str, str], Output]:
    words, descriptors = read_line(channel, DESCRIPTORS)
    return words["environment"], Output(*descriptors)
