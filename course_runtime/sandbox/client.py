"""The trusted side's hold on a zygote: start it, wait for it, have it fork workers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import bootstrap
from .connection import Connection
from .errors import SandboxError
from .lines import read_line
from .plain_switch import SWITCH
from .spec import JailSpec, spec_to_json
from .trusted_worker import Worker

POLL_SECONDS = 0.01
PATIENCE_SECONDS = 30.0
# A thread pool made at import would live in the zygote, and a forked worker must not find half of one.
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
ONE_THREAD["JE_ARROW_MALLOC_CONF"] = "background_thread:false"
# A fork copies an entry for each page of memory: fewer and larger ones, where kernel and C library can.
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": "-1"}
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", SWITCH)


class Zygote:
    """A running zygote, by the path of its socket. Any number of threads and processes may hold one."""

    def __init__(self, socket_path: Path) -> None:
        self.socket_path = Path(socket_path)

    @staticmethod
    def start(import_set: str, socket_path: Path, idle_minutes: float = 60.0) -> subprocess.Popen[bytes]:
        """Start a zygote; where one already serves this path the new process ends at once, with code 0.

        It ends with the process that calls this, when its socket is removed, or after `idle_minutes` unused.
        """
        command = bootstrap.command(
            "zygote",
            "--imports",
            import_set,
            "--socket",
            str(socket_path),
            "--idle-minutes",
            str(idle_minutes),
        )
        with _log_path(Path(socket_path)).open("wb") as log:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment(), cwd="/"
            )

    def wait_until_ready(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while True:
            try:
                self.report(max(deadline - time.monotonic(), POLL_SECONDS))
                return
            except (SandboxError, OSError) as problem:
                if time.monotonic() >= deadline:
                    raise SandboxError(f"{problem}{self._log()}") from None
            time.sleep(POLL_SECONDS)

    def report(self, seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
        """Import set, missing libraries, threads that imports left behind, modules, seconds, pid."""
        with self._connect(seconds) as channel:
            channel.sendall(b'{"do": "report"}\n')
            return read_line(channel)[0]

    def spawn(self, spec: JailSpec) -> Worker:
        """Fork a worker into the jail that `spec` asks for; its `mechanisms` say which walls stand."""
        return Worker(spec, lambda outputs: self._start_worker(spec, outputs), self._start_fresh(spec))

    def _start_fresh(self, spec: JailSpec) -> Callable[[Iterable[int]], Connection]:
        return lambda outputs: self._start_worker(replace(spec, fresh=True), outputs)

    def _start_worker(self, spec: JailSpec, outputs: Iterable[int]) -> Connection:
        with self._connect(PATIENCE_SECONDS) as channel:
            request = {"do": "spawn", "spec": json.loads(spec_to_json(spec))}
            return Connection(channel, json.dumps(request).encode() + b"\n", outputs)

    def _connect(self, seconds: float) -> socket.socket:
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        channel.settimeout(seconds)
        try:
            channel.connect(str(self.socket_path))
        except OSError as problem:
            channel.close()
            raise SandboxError(
                f"no zygote answers at {self.socket_path} ({problem}); start one with Zygote.start"
            ) from None
        return channel

    def _log(self) -> str:
        try:
            text = _log_path(self.socket_path).read_text(errors="replace").strip()
        except OSError:
            return ""
        return f"; it wrote:\n{text}" if text else ""


def _log_path(socket_path: Path) -> Path:
    return socket_path.with_name(socket_path.name + ".log")


def _environment() -> dict[str, str]:
    """Little: whatever a zygote is started with can be read in its workers' /proc/self/environ."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**passed_on, **ONE_THREAD, **LARGE_PAGES, **QUIET}
