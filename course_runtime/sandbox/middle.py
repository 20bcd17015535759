"""The trusted processes around a worker: the middle outside its pid namespace, and init, the first inside.

The middle waits for one of two things: the grader hanging up, or init's end. Either way init is killed, which
kills all that ever lived in the namespace, and the grader is told how the worker ended. Init only collects
orphans.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from dataclasses import asdict
from typing import NoReturn

from . import fresh_worker, linux, orphans, worker
from .descriptors import close_all_but, move_high, send_with_descriptors
from .given import Given
from .jail import Jail
from .processor_time import Meter
from .spec import DOOR_PLACEHOLDER, JailSpec


def run_middle(spec: JailSpec, given: Given, zygote_pid: int) -> None:
    os.setsid()
    os.umask(0o022)  # the new root's folders must be open to the worker
    close_all_but([0, 1, 2, *given.all()])
    _tie_to_parent(zygote_pid)
    # Libraries that run threads may hang in a fork: how busy one was tells that from an endless loop.
    meter = Meter() if "tensorflow" in sys.modules and not spec.fresh else None
    jail = Jail(spec)
    jail.make_cgroups()
    jail.unshare_namespaces()
    _tie_to_parent(zygote_pid)
    if "pid" not in jail.namespaces:
        orphans.adopt()
    ended, ending = os.pipe()
    init = os.fork()
    if init == 0:
        os.close(ended)
        _run_init(jail, given, ending)
    close_all_but([given.control, ended, *jail.descriptors, *([meter.descriptor] if meter else [])])
    control = socket.socket(fileno=given.control)
    report = _wait_for_the_end(control, ended)
    used = meter.milliseconds_below(init) if meter else None
    _kill(init, jail)
    ending = json.loads(report.strip() or b"{}")
    if jail.ran_out_of_memory:
        ending["out_of_memory"] = 1
    if used is not None:
        ending["forked_cpu_ms"] = used
    jail.remove_leftovers()
    _tell(control, ending)


def _tie_to_parent(parent: int) -> None:
    try:
        linux.set_dumpable(True)  # its own /proc files are needed for the user namespace's maps
        linux.die_with_parent(signal.SIGKILL)
    except OSError:
        return
    if os.getppid() != parent:
        os._exit(1)


def _wait_for_the_end(control: socket.socket, ended: int) -> bytes:
    """What init said of the worker's end; empty when the grader hung up first or init itself was killed."""
    said = b""
    while True:
        ready, _, _ = select.select([control, ended], [], [])
        if control in ready:
            return said
        part = os.read(ended, 1024)
        if not part:
            return said
        said += part


def _kill(init: int, jail: Jail) -> None:
    os.kill(init, signal.SIGKILL)
    os.waitpid(init, 0)
    if "pid" not in jail.namespaces:
        orphans.kill_descendants()


def _tell(control: socket.socket, ending: dict[str, int]) -> None:
    try:
        control.sendall(json.dumps(ending).encode() + b"\n")
    except OSError:
        return


def _run_init(jail: Jail, given: Given, ending: int) -> NoReturn:
    code = 1
    try:
        _init(jail, given, ending)
        code = 0
    except BaseException:  # noqa: BLE001 - it ends here, in the zygote's log
        traceback.print_exc()
    finally:
        os._exit(code)


def _init(jail: Jail, given: Given, ending: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a first process ignores what it has no handler for
    port = _put_up_walls(jail, given.control)
    if port is None:
        return
    close_all_but([given.wire, given.stdout, given.stderr, given.traces, ending])
    os.write(ending, b" ")  # fails, and so ends this process, if the middle died too early to take it along
    _set_dumpable(False)
    worker_pid = os.fork()
    if worker_pid == 0:
        _set_dumpable(True)
        _run_worker(jail, given, port)
    for descriptor in (given.wire, given.stdout, given.stderr, given.traces):
        os.close(descriptor)
    os.write(ending, json.dumps(_collect_until(worker_pid)).encode())


def _put_up_walls(jail: Jail, control_descriptor: int) -> int | None:
    """Tell the grader how it went, and hand it the door; gives the door's port, or None when all failed."""
    with socket.socket(fileno=control_descriptor) as control:
        try:
            jail.join_cgroups()
            door = jail.furnish()
            jail.lose_privileges()
        except Exception as problem:  # noqa: BLE001 - whatever it is, the grader is told
            send_with_descriptors(control, json.dumps({"error": str(problem)}).encode() + b"\n", [])
            return None
        with door:
            port = int(door.getsockname()[1])
            ready = {"door_port": port, "mechanisms": [asdict(one) for one in jail.attempts.made]}
            send_with_descriptors(control, json.dumps(ready).encode() + b"\n", [door.fileno()])
        return port


def _set_dumpable(dumpable: bool) -> None:
    """Of the processes inside, the student's code may look into its own, not into init."""
    with contextlib.suppress(OSError):
        linux.set_dumpable(dumpable)


def _collect_until(worker_pid: int) -> dict[str, int]:
    while True:
        pid, status = os.wait()
        if pid == worker_pid:
            code = os.waitstatus_to_exitcode(status)
            return {"exit": code} if code >= 0 else {"signal": -code}


def _run_worker(jail: Jail, given: Given, port: int) -> NoReturn:
    try:
        traces = _arrange_descriptors(given)
        wire = socket.socket(fileno=move_high(given.wire))
        close_all_but([0, 1, 2, wire.fileno(), traces])
        _set_environment(jail, port)
        if jail.spec.fresh:
            _become_fresh(wire.fileno(), traces, jail.work_directory)
    except BaseException:  # noqa: BLE001 - it ends here, in what the trusted side reads as stderr
        traceback.print_exc()
        os._exit(0)
    try:
        worker.serve(wire, traces, jail.work_directory)
    finally:
        os._exit(0)  # in silence: a student's signal handler may strike between two questions


def _become_fresh(wire: int, traces: int, work_directory: str) -> NoReturn:
    for descriptor in (wire, traces):
        os.set_inheritable(descriptor, True)
    command = fresh_worker.command(wire, traces, work_directory)
    os.execv(command[0], command)


def _arrange_descriptors(given: Given) -> int:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.set_inheritable(0, True)  # it may have been 0 already, and closed for what the student starts
    os.dup2(given.stdout, 1)
    os.dup2(given.stderr, 2)
    return move_high(given.traces)


def _set_environment(jail: Jail, port: int) -> None:
    os.environ.clear()
    for name, value in jail.spec.environment.items():
        os.environ[name] = value.replace(DOOR_PLACEHOLDER, str(port))
    os.environ["HOME"] = jail.work_directory
