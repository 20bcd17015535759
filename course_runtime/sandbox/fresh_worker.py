"""A worker that is a Python of its own instead of a fork: slow to start, and free of what a fork inherits."""

from __future__ import annotations

import os
import socket
import sys

from . import bootstrap, worker


def command(wire: int, traces: int, work_directory: str) -> list[str]:
    """The descriptors must be inheritable."""
    return bootstrap.command("fresh_worker", str(wire), str(traces), work_directory)


def main() -> int:
    wire, traces, work_directory = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    os.set_inheritable(wire, False)
    os.set_inheritable(traces, False)
    try:
        worker.serve(socket.socket(fileno=wire), traces, work_directory)
    finally:
        os._exit(0)  # in silence, as a forked worker ends
