"""The keeper of a worker without a jail: a fresh process with the same wire and the same way to the emulator.

It takes the place of the middle and of init. Nothing is hidden from the code: the result says so.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict

from . import fresh_worker, network, orphans
from .descriptors import close_all_but
from .given import Orders, read_orders
from .limits import apply_limits
from .lines import send_line
from .mechanisms import Attempts
from .plain_switch import UNSANDBOXED, why_unsandboxed
from .spec import DOOR_PLACEHOLDER, JailSpec

LOOK_SECONDS = 0.02


def run_keeper(spec: JailSpec, channel: socket.socket, zygote_pid: int) -> None:
    """Until the worker has ended, or the trusted side or the zygote is gone."""
    os.setsid()
    close_all_but([0, 1, 2, channel.fileno()])
    with channel:
        orders = read_orders(channel)
    orphans.adopt()
    work_directory = tempfile.mkdtemp(prefix="sandbox-")
    try:
        with network.open_door(False) as door:
            _announce(orders.control, door, spec)
            port = int(door.getsockname()[1])
        process = _start(orders, port, work_directory)
        with socket.socket(fileno=orders.control) as control:
            _wait(process, control, zygote_pid)
            ending = _end(process)
            with contextlib.suppress(OSError):
                send_line(control, dict(ending))
    finally:
        shutil.rmtree(work_directory, ignore_errors=True)


def _announce(control_descriptor: int, door: socket.socket, spec: JailSpec) -> None:
    attempts = Attempts()
    attempts.failed(UNSANDBOXED, why_unsandboxed())
    attempts.attempt("resource limits", lambda: apply_limits(spec.limits, shared=True))
    ready = {
        "door_port": int(door.getsockname()[1]),
        "mechanisms": [asdict(one) for one in attempts.made],
    }
    with socket.socket(fileno=os.dup(control_descriptor)) as control:
        send_line(control, ready, [door.fileno()])


def _start(orders: Orders, port: int, work_directory: str) -> subprocess.Popen[bytes]:
    """In a session of its own, so that a signal to its group reaches all that it started in the open."""
    given = orders.worker
    environment = {
        name: text.replace(DOOR_PLACEHOLDER, str(port)) for name, text in orders.environment.items()
    }
    process = subprocess.Popen(
        fresh_worker.command(given.wire, given.traces, work_directory),
        stdin=subprocess.DEVNULL,
        stdout=given.stdout,
        stderr=given.stderr,
        pass_fds=(given.wire, given.traces),
        env={**environment, "HOME": work_directory},
        cwd=work_directory,
        start_new_session=True,
    )
    for descriptor in given.all():
        os.close(descriptor)
    return process


def _wait(process: subprocess.Popen[bytes], control: socket.socket, zygote_pid: int) -> None:
    while process.poll() is None and os.getppid() == zygote_pid:
        if select.select([control], [], [], LOOK_SECONDS)[0]:
            return


def _end(process: subprocess.Popen[bytes]) -> dict[str, int]:
    """Kill what is left of it; on Linux also what has left its group. Says how it ended by itself, if it did."""
    code = process.poll()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if sys.platform == "linux":
        orphans.kill_descendants()
    if code is None:
        return {}
    return {"exit": code} if code >= 0 else {"signal": -code}
