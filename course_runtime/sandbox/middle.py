"""The trusted processes around a worker: the middle outside its pid namespace, and init, the first inside.

They make the jail, then wait to be told whose it is to be. From then on the middle waits for one of two things: the
grader hanging up, or init's end. Either way init is killed, which kills all that ever lived in the namespace, and the
grader is told how the worker ended. Init only collects orphans.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import traceback
from dataclasses import asdict
from typing import Any, NoReturn

from . import fresh_worker, linux, orphans, worker
from .descriptors import close_all_but, move_high
from .errors import SandboxError
from .given import Output, pass_on, read_orders, read_passed_on
from .jail import Jail
from .lines import read_line, send_line
from .processor_time import Meter
from .spec import DOOR_PLACEHOLDER, JailSpec

WAITING, KEEPER, WORKER = "sandbox-waiting", "sandbox-keeper", "sandbox-worker"


def run_middle(spec: JailSpec, channel: socket.socket, zygote_pid: int) -> None:
    """`channel` brings the orders; when it ends without any, the jail is cleared away."""
    os.setsid()
    os.umask(0o022)  # the new root's folders must be open to the worker
    close_all_but([0, 1, 2, channel.fileno()])
    _name(WAITING)
    # Libraries that run threads may hang in a fork: how busy one was tells that from an endless loop.
    meter = Meter() if "tensorflow" in sys.modules and not spec.fresh else None
    jail = _make_jail(spec)
    init, inside, to_worker = _fork_init(jail, channel)
    ending: dict[str, int] = {}
    control: socket.socket | None = None
    try:
        control = _take_orders(channel, inside, to_worker, zygote_pid)
        kept = [control.fileno(), inside.fileno(), *jail.descriptors, *([meter.descriptor] if meter else [])]
        close_all_but(kept)
        ending = _wait_for_the_end(control, inside)
        if meter:
            ending["forked_cpu_ms"] = meter.milliseconds_below(init)
    except SandboxError:
        pass  # there were no orders: nobody wants this jail any more
    finally:
        _kill(init, jail)
        if jail.ran_out_of_memory:
            ending["out_of_memory"] = 1
        jail.remove_leftovers()
    if control is not None:
        _tell(control, ending)


def _make_jail(spec: JailSpec) -> Jail:
    _set_dumpable(True)  # its own /proc files are needed for the user namespace's maps
    jail = Jail(spec)
    jail.make_cgroups()
    jail.unshare_namespaces()
    _set_dumpable(True)  # a new user namespace clears it
    if "pid" not in jail.namespaces:
        orphans.adopt()
    return jail


def _fork_init(jail: Jail, channel: socket.socket) -> tuple[int, socket.socket, socket.socket]:
    """Its number, a socket to init, and one that leads through init to the worker."""
    inside, outside = socket.socketpair()
    to_worker, from_middle = socket.socketpair()
    init = os.fork()
    if init == 0:
        for one in (channel, inside, to_worker):
            one.close()
        _run_init(jail, outside, from_middle)
    outside.close()
    from_middle.close()
    return init, inside, to_worker


def _take_orders(
    channel: socket.socket, inside: socket.socket, to_worker: socket.socket, zygote_pid: int
) -> socket.socket:
    """The trusted side is told how the walls stand, and given the door; the worker gets the rest."""
    ready, doors = _read_readiness(inside)
    orders = read_orders(channel)
    _tie_to_parent(zygote_pid)
    _name(KEEPER)
    control = socket.socket(fileno=orders.control)
    with contextlib.suppress(OSError):  # it has hung up, or there is no worker: both show at once
        send_line(control, ready, doors)
        pass_on(to_worker, orders)
    return control


def _read_readiness(inside: socket.socket) -> tuple[dict[str, Any], list[int]]:
    try:
        return read_line(inside)
    except SandboxError as problem:
        return {"error": str(problem)}, []


def _tie_to_parent(parent: int) -> None:
    """Until it has orders their channel's end tells it that the zygote is gone, and it can clear up after itself."""
    try:
        linux.die_with_parent(signal.SIGKILL)
    except OSError:
        return
    if os.getppid() != parent:
        raise SandboxError("the zygote is gone")


def _wait_for_the_end(control: socket.socket, inside: socket.socket) -> dict[str, int]:
    """What init said of the worker's end; empty when the grader hung up first or init itself was killed."""
    ready, _, _ = select.select([control, inside], [], [])
    if control in ready:
        return {}
    try:
        return read_line(inside)[0]
    except (SandboxError, OSError):
        return {}


def _kill(init: int, jail: Jail) -> None:
    os.kill(init, signal.SIGKILL)
    os.waitpid(init, 0)
    if "pid" not in jail.namespaces:
        orphans.kill_descendants()


def _tell(control: socket.socket, ending: dict[str, int]) -> None:
    with contextlib.suppress(OSError):
        send_line(control, ending)


def _run_init(jail: Jail, outside: socket.socket, from_middle: socket.socket) -> NoReturn:
    code = 1
    try:
        _init(jail, outside, from_middle)
        code = 0
    except BaseException:  # noqa: BLE001 - it ends here, in the zygote's log
        traceback.print_exc()
    finally:
        os._exit(code)


def _init(jail: Jail, outside: socket.socket, from_middle: socket.socket) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a first process ignores what it has no handler for
    # To tell the middle fails, and so ends this process, if it died too early to take this one along.
    port = _put_up_walls(jail, outside)
    if port is None:
        return
    close_all_but([outside.fileno(), from_middle.fileno()])
    _set_dumpable(False)
    worker_pid = os.fork()
    if worker_pid == 0:
        outside.close()
        _set_dumpable(True)
        _run_worker(jail, from_middle, port)
    from_middle.close()
    send_line(outside, _collect_until(worker_pid))


def _put_up_walls(jail: Jail, outside: socket.socket) -> int | None:
    """Tell the middle how it went, and hand it the door; gives the door's port, or None when all failed."""
    try:
        jail.join_cgroups()
        door = jail.furnish()
        jail.lose_privileges()
    except Exception as problem:  # noqa: BLE001 - whatever it is, the grader is told
        send_line(outside, {"error": str(problem)})
        return None
    with door:
        port = int(door.getsockname()[1])
        ready = {"door_port": port, "mechanisms": [asdict(one) for one in jail.attempts.made]}
        send_line(outside, ready, [door.fileno()])
    return port


def _name(name: str) -> None:
    with contextlib.suppress(OSError):
        linux.set_name(name)


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


def _run_worker(jail: Jail, from_middle: socket.socket, port: int) -> NoReturn:
    try:
        environment, given = read_passed_on(from_middle)
    except (SandboxError, OSError):
        os._exit(0)  # there were no orders
    try:
        _name(WORKER)
        from_middle.close()
        high_wire, traces = _arrange_descriptors(given)
        wire = socket.socket(fileno=high_wire)
        close_all_but([0, 1, 2, wire.fileno(), traces])
        _set_environment(environment, jail.work_directory, port)
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


def _arrange_descriptors(given: Output) -> tuple[int, int]:
    """All go out of the way first: they may have come as 0, 1 and 2. Gives the wire and the traces."""
    wire, stdout, stderr, traces = (move_high(one) for one in given.all())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.set_inheritable(0, True)  # it may have been 0 already, and closed for what the student starts
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    return wire, traces


def _set_environment(environment: dict[str, str], work_directory: str, port: int) -> None:
    os.environ.clear()
    for name, value in environment.items():
        os.environ[name] = value.replace(DOOR_PLACEHOLDER, str(port))
    os.environ["HOME"] = work_directory
