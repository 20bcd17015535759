"""A worker as the trusted side sees it: questions in, answers out."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

from . import endings, wire
from .answers import Answer, Failure
from .connection import Connection
from .mechanisms import Mechanism
from .output_files import OutputFile
from .spec import JailSpec
from .values import Handle, Malformed, NotPlain

SEE_THE_END_SECONDS = 2.0
MOST_TRACES = 256 * 1024


class Worker:
    """A context manager. Every question has an answer, a failure at worst; once killed it is not `alive`."""

    def __init__(self, zygote: socket.socket, request: bytes, spec: JailSpec) -> None:
        self.limits = spec.limits
        self._outputs = [OutputFile(name) for name in ("stdout", "stderr", "traces")]
        try:
            self._connection = Connection(zygote, request, [file.descriptor for file in self._outputs])
        except BaseException:
            self._close_outputs()
            raise
        self.alive = True
        self._sources = endings.OwnSources()

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        return self._connection.mechanisms

    @property
    def door(self) -> socket.socket | None:
        """The listener that is the worker's only way out: who accepts on it speaks to the student's code."""
        return self._connection.door

    @property
    def door_port(self) -> int:
        return self._connection.door_port

    def load(self, name: str, source: str, filename: str, files: Mapping[str, bytes]) -> Answer:
        """Write `files` into the work directory, then execute `source` as module `name`, as `filename`."""
        self._sources.add(filename, source)
        fields = {"name": name, "source": source, "filename": filename, "files": dict(files)}
        return self._ask("load", fields)

    def call(
        self, target: str | Handle, /, *args: Any, seconds: float | None = None, **kwargs: Any
    ) -> Answer:
        """Call "module.function" or a handle."""
        return self._ask("call", {"target": target, "args": args, "kwargs": kwargs}, seconds)

    def attribute(self, target: str | Handle, name: str) -> Answer:
        return self._ask("attribute", {"target": target, "name": name})

    def method(self, handle: Handle, name: str, /, *args: Any, **kwargs: Any) -> Answer:
        return self._ask("method", {"target": handle, "name": name, "args": args, "kwargs": kwargs})

    def probe(self, source: str, function: str, /, *args: Any, **kwargs: Any) -> Answer:
        """Run `function` of a helper's source beside the student's objects; handles in `args` become those.

        What it answers is no more to be believed than the student's own code.
        """
        fields = {"source": source, "function": function, "args": args, "kwargs": kwargs}
        return self._ask("probe", fields)

    def run_script(self, path: str, argv: Sequence[str], seconds: float | None = None) -> Answer:
        """Run a file of the work directory as `__main__`; the value has `exit_code` and `failure`."""
        self._sources.add(path, "")
        return self._ask("run_script", {"path": path, "argv": list(argv)}, seconds)

    def read_file(self, path: str) -> Answer:
        return self._ask("read_file", {"name": path})

    def write_file(self, path: str, data: bytes) -> Answer:
        return self._ask("write_file", {"name": path, "data": data})

    def list_files(self) -> Answer:
        return self._ask("list_files", {})

    def printed(self, most: int) -> str:
        """What it has written to stdout so far, the last part of it; also while a question is under way."""
        return self._outputs[0].tail(most)

    def hang_up(self) -> None:
        """Kill all that lives in the worker's jail, from any thread: who waits for an answer has it then."""
        self._connection.hang_up()

    def close(self) -> None:
        """Kill all that lives in the worker's jail, and wait until it is gone."""
        if self.alive:
            self._kill()
        if self._connection.door is not None:
            self._connection.door.close()
            self._connection.door = None
        self._close_outputs()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, operation: str, fields: dict[str, Any], seconds: float | None = None) -> Answer:
        allowed = self.limits.seconds if seconds is None else seconds
        if not self.alive:
            return Answer(False, failure=endings.already_ended())
        for file in self._outputs:
            file.empty()
        started = time.monotonic()
        value, failure, warnings = self._exchange(operation, fields, allowed)
        passed = time.monotonic() - started
        stdout, stderr = (file.read(self.limits.output_bytes) for file in self._outputs[:2])
        return Answer(failure is None, value, failure, stdout, stderr, warnings, passed)

    def _exchange(
        self, operation: str, fields: dict[str, Any], seconds: float
    ) -> tuple[Any, Failure | None, list[str]]:
        try:
            reply = self._connection.ask(operation, fields, seconds)
            return reply.value, reply.failure, reply.warnings
        except wire.TooLate:
            self._kill()
            return None, endings.timeout(seconds, self._traces(), self._sources), []
        except wire.Ended:
            ending = self._kill(SEE_THE_END_SECONDS)
            return None, endings.died(ending, self._traces(), self._sources, self.limits), []
        except Malformed as problem:
            self._kill()
            return None, endings.malformed(problem), []
        except NotPlain as problem:
            raise TypeError(f"{operation}: {problem}") from None

    def _kill(self, patience: float = 0.0) -> dict[str, int]:
        self.alive = False
        return self._connection.end(patience)

    def _traces(self) -> str:
        return self._outputs[2].read(MOST_TRACES)

    def _close_outputs(self) -> None:
        for file in self._outputs:
            file.close()
